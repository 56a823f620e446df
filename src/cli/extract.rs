//! `crossfoot extract`.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;

use crate::cli::asked::{self, ProjectArgs};
use crate::cli::exit::Exit;
use crate::cli::formats::passed;
use crate::cli::output::{Sink, cannot, complain, complain_of, is_free, is_standard};
use crate::cli::progress::Progress;
use crate::cli::rules::show_broken;
use crate::cli::run::MOST_THREADS;
use crate::config::{Config, Settings};
use crate::document::{Document, Encoding, Offsets, words_of};
use crate::finding;
use crate::lexicon::Lexicon;
use crate::load::{
    self, Article, Bounds, LARGEST_ARTICLE, Origin, canonical, is_same_file, shown, too_large,
};
use crate::mention::Mention;
use crate::published::Dated;
use crate::reading::Reading;
use crate::report::{
    HomeLine, InputLine, MentionLine, Syntax, home_lines, in_words, inert, plain, plural,
};
use crate::source::{Source, Sources, one_line};

/// Bytes of input that are worked on at once, give or take the last document.
const BATCH: u64 = 16 << 20;
/// Documents that are worked on at once.
const MOST_JOBS: usize = 4096;

/// What `crossfoot extract` takes.
#[derive(Args, Debug)]
pub(super) struct ExtractArgs {
    /// Articles (.md, .txt, .html), folders, documents a line (.jsonl), or `-`
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// How to list them
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
    /// How many documents to read at once; as many as there are cores where not said
    #[arg(long, value_name = "N", value_parser = asked::at_least_one)]
    jobs: Option<usize>,
    /// The name of standard input; its ending says how it is written
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExtractFormat {
    /// A row each, for people
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

/// A document to read.
enum Job {
    /// An article in a file.
    File(PathBuf, Origin),
    /// A text that was read from standard input.
    Text(String, Article),
    /// A line of a `.jsonl` file, with its place for messages.
    Line(String, String),
}

impl Job {
    /// What messages call it.
    fn name(&self) -> String {
        match self {
            Self::File(path, _) => shown(path),
            Self::Text(name, _) | Self::Line(_, name) => name.clone(),
        }
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
    let jobs =
        args.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let mut run = Run {
        args,
        bounds: Bounds::of(&request),
        words,
        output,
        is_begun: false,
        jobs: jobs.clamp(1, MOST_THREADS),
        pool: None,
        pending: Vec::new(),
        bytes: 0,
        exit: Exit::Clean,
        done: Arc::new(AtomicUsize::new(0)),
    };
    // Lines on the terminal show by themselves how far it is.
    let file = file_of(args);
    let is_seen = file.is_none() && io::stdout().is_terminal();
    let progress = (!is_seen).then(|| Progress::counting(&run.done));
    let done = run.all();
    drop(progress);
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

struct Run<'a> {
    args: &'a ExtractArgs,
    bounds: Bounds,
    words: Words<'a>,
    output: Sink,
    /// Whether a document was written.
    is_begun: bool,
    jobs: usize,
    pool: Option<rayon::ThreadPool>,
    pending: Vec<Job>,
    bytes: u64,
    exit: Exit,
    /// Counts the documents that are done.
    done: Arc<AtomicUsize>,
}

impl Run<'_> {
    fn all(&mut self) -> io::Result<()> {
        for path in &self.args.paths {
            if path.as_os_str() == "-" {
                self.standard_input()?;
            } else if let Err(reason) = self.bounds.check(path) {
                self.fail(&format!("{}: {reason}", shown(path)));
            } else if path.is_dir() {
                self.folder(path)?;
            } else if is_lines(path) {
                load::note(path);
                match File::open(path) {
                    Ok(file) => {
                        self.lines(&mut BufReader::with_capacity(1 << 16, file), &shown(path))?;
                    }
                    Err(error) => self.fail(&format!("{}: {}", shown(path), load::reason(&error))),
                }
            } else {
                self.file(path, Origin::Given)?;
            }
        }
        self.work()?;
        match (self.args.format, self.is_begun) {
            (ExtractFormat::Json, true) => self.output.write_all(b"\n]\n"),
            (ExtractFormat::Json, false) => self.output.write_all(b"[]\n"),
            _ => Ok(()),
        }
    }

    /// What stands before the next document.
    fn lead(&self) -> &'static [u8] {
        match (self.args.format, self.is_begun) {
            (ExtractFormat::Json, false) => b"[\n",
            (ExtractFormat::Json, true) => b",\n",
            _ => b"",
        }
    }

    fn folder(&mut self, folder: &Path) -> io::Result<()> {
        let mut problems = Vec::new();
        let (files, others) = load::articles_below(folder, &self.bounds, &mut problems);
        for file in files {
            self.file(&file, Origin::Found)?;
        }
        for problem in problems {
            self.fail(&format!("{}: {}", problem.path, problem.reason));
        }
        if let Some(told) = passed(&others) {
            complain(&told);
        }
        Ok(())
    }

    fn fail(&mut self, message: &str) {
        complain(message);
        self.exit = Exit::Failed;
    }

    fn standard_input(&mut self) -> io::Result<()> {
        let name = self.args.stdin_filename.as_deref().unwrap_or("-").to_owned();
        if is_lines(Path::new(&name)) {
            load::note_standard_input();
            return self.lines(&mut io::stdin().lock(), &name);
        }
        match load::read_standard_input(&name, self.args.project.revisions.all()) {
            Ok(article) => {
                let bytes = article.text.text().len() as u64;
                self.push(Job::Text(name, article), bytes)
            }
            Err(reason) => {
                self.fail(&format!("{name}: {reason}"));
                Ok(())
            }
        }
    }

    fn file(&mut self, path: &Path, origin: Origin) -> io::Result<()> {
        let size = std::fs::metadata(path).map_or(0, |data| data.len());
        self.push(Job::File(path.to_owned(), origin), size)
    }

    fn lines(&mut self, input: &mut dyn BufRead, name: &str) -> io::Result<()> {
        let mut number = 0;
        loop {
            let mut bytes = Vec::new();
            match input.take(LARGEST_ARTICLE + 1).read_until(b'\n', &mut bytes) {
                Ok(0) => return Ok(()),
                Ok(_) if LARGEST_ARTICLE < bytes.len() as u64 => {
                    let reason = too_large(LARGEST_ARTICLE);
                    self.fail(&format!("{name}:{}: {reason}; nor is what follows", number + 1));
                    return Ok(());
                }
                Ok(_) => {}
                Err(error) => {
                    self.fail(&format!("{name}: {error}"));
                    return Ok(());
                }
            }
            number += 1;
            match String::from_utf8(bytes) {
                Ok(line) if line.trim().is_empty() => {}
                Ok(line) => {
                    let size = line.len() as u64;
                    self.push(Job::Line(line, format!("{name}:{number}")), size)?;
                }
                Err(_) => self.fail(&format!("{name}:{number}: not UTF-8 text")),
            }
        }
    }

    fn push(&mut self, job: Job, bytes: u64) -> io::Result<()> {
        self.pending.push(job);
        self.bytes += bytes;
        if BATCH <= self.bytes || MOST_JOBS <= self.pending.len() { self.work() } else { Ok(()) }
    }

    /// Works on what is pending, in parallel where that helps, and writes it in order.
    fn work(&mut self) -> io::Result<()> {
        let pending = std::mem::take(&mut self.pending);
        self.bytes = 0;
        let count = Arc::clone(&self.done);
        let (args, words) = (self.args, self.words);
        let worked = |job: Job| {
            let name = job.name();
            let done = finding::guarded(|| extract(args, words, job));
            count.fetch_add(1, Ordering::Relaxed);
            done.unwrap_or_else(|fault| Err(format!("{name}: {fault}")))
        };
        if self.jobs == 1 || pending.len() < 2 {
            for job in pending {
                self.put(worked(job))?;
            }
            return Ok(());
        }
        let pool = match &self.pool {
            Some(pool) => pool,
            None => {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(self.jobs).build();
                self.pool.insert(pool.map_err(io::Error::other)?)
            }
        };
        let done: Vec<_> = pool.install(|| pending.into_par_iter().map(worked).collect());
        for result in done {
            self.put(result)?;
        }
        Ok(())
    }

    /// Writes what a document came to, or says why it cannot be read.
    fn put(&mut self, document: Result<Vec<u8>, String>) -> io::Result<()> {
        match document {
            Ok(lines) => {
                self.output.write_all(self.lead())?;
                self.output.write_all(&lines)?;
                self.is_begun = true;
            }
            Err(problem) => self.fail(&problem),
        }
        Ok(())
    }
}

/// Whether a file has a text in each line.
pub(super) fn is_lines(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "jsonl" || ending == "ndjson")
}

/// Says where a text was not read as UTF-8.
fn note(article: &Article, name: &str) {
    if let Some(encoding) = article.foreign_encoding() {
        complain(&format!("{name} is read as {encoding}"));
    }
}

/// What is written of a document.
fn extract(args: &ExtractArgs, words: Words<'_>, job: Job) -> Result<Vec<u8>, String> {
    let (name, article, given, path) = match job {
        Job::File(path, origin) => {
            let name = shown(&path);
            let article = load::read_article(&path, origin, args.project.revisions.all());
            (name.clone(), article.map_err(|reason| format!("{name}: {reason}"))?, None, Some(path))
        }
        Job::Text(name, article) => (name, article, None, None),
        Job::Line(line, place) => {
            let (id, text, published) = input_line(&line, &place)?;
            (id, Article::plain(text), published, None)
        }
    };
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
    written.map_err(|error| format!("{name}: {error}"))
}

/// The name, the text and the day of publication that a line of JSON states.
pub(super) fn input_line(
    line: &str,
    place: &str,
) -> Result<(String, String, Option<Date>), String> {
    let input: InputLine<'_> =
        serde_json::from_str(line).map_err(|error| format!("{place}: {error}"))?;
    let published = match input.published.filter(|day| !day.is_empty()) {
        None => None,
        Some(text) => Some(day(&text).ok_or_else(|| {
            format!("{place}: `published` is to be a day: 2025-08-07, not \"{text}\"")
        })?),
    };
    Ok((input.id.into_owned(), input.text.into_owned(), published))
}

/// A day, or the day of a time stamp.
fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
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
