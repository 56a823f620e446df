//! `crossfoot extract`.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use serde::Serialize;

use crate::cli::asked::{self, FieldArgs, ProjectArgs};
use crate::cli::exit::Exit;
use crate::cli::output::{Sink, cannot, complain, complain_of, is_free, is_standard};
use crate::cli::rules::show_broken;
use crate::cli::stream::{Damage, Stream, Text, threads};
use crate::config::{Config, Settings};
use crate::document::{Document, Encoding, Offsets, words_of};
use crate::lexicon::Lexicon;
use crate::load::{self, Article, Bounds, canonical, is_same_file};
use crate::mention::Mention;
use crate::published::Dated;
use crate::reading::Reading;
use crate::report::{HomeLine, MentionLine, Syntax, home_lines, in_words, inert, plain, plural};
use crate::source::{Source, Sources, one_line};

/// What `crossfoot extract` takes.
#[derive(Args, Debug)]
pub(super) struct ExtractArgs {
    /// Articles (.md, .txt, .html), folders, records (.jsonl, .jsonl.gz, .jsonl.zst, .parquet), or `-`
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Format of the list
    #[arg(long, value_enum, default_value_t = ExtractFormat::Table)]
    format: ExtractFormat,
    /// Write the list to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The day of publication, which relative dates are counted from
    #[arg(long, value_name = "DATE", value_parser = asked::day)]
    published: Option<Date>,
    #[command(flatten)]
    project: ProjectArgs,
    #[command(flatten)]
    records: FieldArgs,
    /// The number of documents to read at once; by default the number of cores
    #[arg(long, value_name = "N", value_parser = asked::at_least_one)]
    jobs: Option<usize>,
    /// The name of standard input; its ending gives the format
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExtractFormat {
    /// A row for each figure, for people
    Table,
    /// One JSON array with an object for each document; see `crossfoot schema extract`
    Json,
    /// A line of JSON for each document; see `crossfoot schema mentions`
    Jsonl,
}

/// The words that figures are made of, and what the configuration says.
#[derive(Clone, Copy)]
struct Words<'a> {
    lexicon: &'a Lexicon,
    config: &'a Config,
}

impl Words<'_> {
    /// What the configuration says of a file, or of what is none.
    fn settings(self, path: Option<&Path>) -> Settings {
        let tables = match path.filter(|_| !self.config.per_path.is_empty()) {
            Some(path) => self.config.fitting(&[&canonical(path)]),
            None => Vec::new(),
        };
        self.config.settings_with(&tables)
    }
}

/// Extracts, and says how it went.
pub(super) fn run(args: &ExtractArgs) -> Exit {
    let output = match opened(args) {
        Ok(output) => output,
        Err(reason) => {
            complain(&reason);
            return Exit::Failed;
        }
    };
    let request = args.project.request(&args.paths, None);
    let Some((own, config)) = own_words(&request) else { return Exit::Failed };
    let lexicon = own.as_ref().unwrap_or_else(|| Lexicon::built_in());
    let words = Words { lexicon, config: &config };
    // Lines on the terminal show by themselves how far it is.
    let file = file_of(args);
    let is_seen = file.is_none() && io::stdout().is_terminal();
    let stream = Stream {
        bounds: &Bounds::of(&request),
        states: args.project.revisions.all(),
        fields: &args.records.fields(),
        stdin_name: args.stdin_filename.as_deref(),
        jobs: threads(args.jobs),
        excludes: &|_| false,
        is_quiet: is_seen,
    };
    let mut run = Run { format: args.format, output, is_begun: false, exit: Exit::Clean };
    let work = |text: Result<Text, Damage>| text.and_then(|text| extract(args, words, text));
    let done =
        stream.run(&args.paths, work, |made| made.into_iter().try_for_each(|one| run.put(one)));
    let done = done.and_then(|()| run.end());
    let Run { output, exit, .. } = run;
    match done.and_then(|()| output.finish(|| file.map_or(Ok(()), is_free))) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => exit,
        Err(error) => {
            complain(&cannot(file.unwrap_or(Path::new("standard output")), &error));
            Exit::Failed
        }
        Ok(()) => exit,
    }
}

/// The lexicon with a project's own tables, if it has any, and its configuration; `None` if they cannot be
/// used.
fn own_words(request: &load::Request) -> Option<(Option<Lexicon>, Config)> {
    let mut loaded = load::load_rules(request);
    complain_of(&loaded.problems);
    let project = loaded.projects.swap_remove(0);
    let mut findings = project.findings;
    let own = Lexicon::with(&loaded.sources, &project.lexicon, &mut findings);
    let is_whole = findings.is_empty() && loaded.problems.is_empty();
    show_broken(loaded.sources, findings);
    is_whole.then_some((own, project.config))
}

/// Opens where the lines go, which is no file that is named to be read.
fn opened(args: &ExtractArgs) -> Result<Sink, String> {
    let Some(path) = file_of(args) else { return Ok(Sink::standard()) };
    // What is named is refused before anything is done.
    if path.is_file() && args.paths.iter().any(|input| is_same_file(input, path)) {
        load::note(path);
    }
    is_free(path).and_then(|()| Sink::file(path)).map_err(|error| cannot(path, &error))
}

/// The file that the lines go to, if it is one.
fn file_of(args: &ExtractArgs) -> Option<&Path> {
    args.output.as_deref().filter(|path| !is_standard(path))
}

/// What is written, and how it goes.
struct Run {
    format: ExtractFormat,
    output: Sink,
    /// Whether a document was written.
    is_begun: bool,
    exit: Exit,
}

impl Run {
    /// What stands before the next document.
    fn lead(&self) -> &'static [u8] {
        match (self.format, self.is_begun) {
            (ExtractFormat::Json, false) => b"[\n",
            (ExtractFormat::Json, true) => b",\n",
            _ => b"",
        }
    }

    /// Writes what a document came to, or says why it cannot be read.
    fn put(&mut self, document: Result<Vec<u8>, Damage>) -> io::Result<()> {
        match document {
            Ok(lines) => {
                self.output.write_all(self.lead())?;
                self.output.write_all(&lines)?;
                self.is_begun = true;
            }
            Err(damage) => {
                damage.complain();
                self.exit = Exit::Failed;
            }
        }
        Ok(())
    }

    /// Writes what stands behind all documents.
    fn end(&mut self) -> io::Result<()> {
        match (self.format, self.is_begun) {
            (ExtractFormat::Json, true) => self.output.write_all(b"\n]\n"),
            (ExtractFormat::Json, false) => self.output.write_all(b"[]\n"),
            _ => Ok(()),
        }
    }
}

/// Says where a text was not read as UTF-8.
fn note(article: &Article, name: &str) {
    if let Some(encoding) = article.foreign_encoding() {
        complain(&format!("{name} is read as {encoding}"));
    }
}

/// What is written of a document.
fn extract(args: &ExtractArgs, words: Words<'_>, text: Text) -> Result<Vec<u8>, Damage> {
    let Text { name, article, published: given, path } = text;
    note(&article, &name);
    let mut sources = Sources::new();
    let (format, encoding) = (article.format(), article.encoding());
    let id = sources.add(&*name, article.text);
    let source = sources.get(id);
    let text = source.text();
    // The day that is given for it goes before the one that it states.
    let settings = words.settings(path.as_deref());
    let (given, otherwise) = (given.or(args.published), settings.published);
    let dated = Dated { stated: None, given, otherwise };
    let lexicon = words.lexicon.at(args.project.home().over(settings.home));
    let reading = Reading::of(Document::of_format(source, format), (id, text), dated, &lexicon);
    if let Some(language) = reading.foreign() {
        let language = language.name();
        complain(&format!("{name}: this looks like {language}; only English is read"));
    }
    let written = match args.format {
        ExtractFormat::Json => object(&reading, &name, encoding),
        ExtractFormat::Jsonl => object(&reading, &name, encoding).map(|mut object| {
            object.push(b'\n');
            object
        }),
        ExtractFormat::Table => {
            if reading.undated() != 0 {
                let dates = plural(reading.undated(), "date needs", "dates need");
                complain(&format!(
                    "{name}: {dates} the day of publication: say `--published DATE`"
                ));
            }
            for line in home_lines(reading.home_of_mentions()) {
                complain(&format!("{name}: {line}"));
            }
            Ok(table(&reading, sources.get(id)).into_bytes())
        }
    };
    written.map_err(|error| Damage { place: name, reason: error.to_string() })
}

/// A document as an object of JSON in one line.
fn object(reading: &Reading<'_>, name: &str, encoding: Encoding) -> serde_json::Result<Vec<u8>> {
    let mut out = Vec::from(*b"{\"id\":");
    add_json(&mut out, name)?;
    out.extend_from_slice(b",\"mentions\":[");
    let empty = out.len();
    let mut offsets = Offsets::new(reading.text(), encoding);
    for mention in reading.mentions() {
        let range = reading.place(mention.range.clone()).range();
        let text = &reading.text()[range.clone()];
        let counted = mention.counted.clone().map(|noun| &reading.prose()[noun]);
        let place = offsets.to_file(range.start)..offsets.to_file(range.end);
        if let Some(mention) = MentionLine::new(mention, place, text, counted) {
            if out.len() != empty {
                out.push(b',');
            }
            add_json(&mut out, &mention)?;
        }
    }
    out.push(b']');
    let home = reading.lexicon().home();
    if !home.is_empty() {
        out.extend_from_slice(b",\"home\":");
        add_json(&mut out, &HomeLine::new(home))?;
    }
    out.push(b'}');
    Ok(out)
}

/// Adds a value as JSON in which nothing acts.
fn add_json(out: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) -> serde_json::Result<()> {
    let start = out.len();
    serde_json::to_writer(&mut *out, value)?;
    let json = std::str::from_utf8(&out[start..]).unwrap_or_default();
    if let Cow::Owned(escaped) = inert(json, Syntax::Json) {
        out.truncate(start);
        out.extend_from_slice(escaped.as_bytes());
    }
    Ok(())
}

/// A row for each mention: line and column, kind, the words, what they state.
fn table(reading: &Reading<'_>, source: &Source) -> String {
    let row = |mention: &Mention| {
        let range = reading.place(mention.range.clone()).range();
        let place = source.told(&plain(source.name()), range.start);
        let counted = mention.counted.clone().map(|noun| &reading.prose()[noun]);
        let kind = mention.value.kind().map_or("", |kind| kind.as_str());
        let words = one_line(&words_of(source, range));
        [place, kind.to_owned(), plain(&words), plain(&one_line(&in_words(mention, counted)))]
    };
    let rows: Vec<[String; 4]> = reading.mentions().iter().map(row).collect();
    let width = |column: usize| {
        rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0).min(48)
    };
    let [a, b, c] = [width(0), width(1), width(2)];
    let mut out = String::new();
    for [place, kind, words, value] in &rows {
        let row = format!("{place:a$}  {kind:b$}  {words:c$}  {value}\n");
        out.push_str(&inert(row, Syntax::Text));
    }
    out
}
