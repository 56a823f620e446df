//! `crossfoot check` over archives: one text behind another is checked, told as lines of JSON or as rows of a
//! table, and let go.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::slice;
use std::sync::Arc;

use crate::checks::Check;
use crate::cli::across;
use crate::cli::commands::{CheckArgs, Format};
use crate::cli::exit::Exit;
use crate::cli::findings::{Form, Output, Told};
use crate::cli::output::{Sink, cannot, complain, complain_of, is_free, is_standard, left};
use crate::cli::rules::show_broken;
use crate::cli::run::{
    Silence, Words, at_home, complain_of_unknown, silence, tell_unknown_rules, words_of,
};
use crate::cli::stream::{Damage, Stream, Text, threads};
use crate::cli::wanted::Wanted;
use crate::document::States;
use crate::finding::{self, Finding};
use crate::lexicon::Lexicon;
use crate::load::{
    Bounds, Cache, CacheKey, Digested, Loaded, Project, Runs, canonical, is_parquet, is_records,
    load_rules, note,
};
use crate::report::{FactRow, Report, Totals, fact_rows};
use crate::rule::{Examples, Registry};
use crate::severity::Severity;
use crate::source::Sources;
use crate::suppress::may_hold_comments;
use crate::value::grouped;
use crate::{Inputs, NoArticles, Options};

/// Whether texts are to be checked one behind another: where that is said, where results are kept, and where
/// there are records.
pub(super) fn is_meant(args: &CheckArgs) -> bool {
    let input = args.asked.stdin_filename.as_ref().map(Path::new);
    let is_input = |path: &Path| path.as_os_str() == "-" && input.is_some_and(is_records);
    let has_records = || args.paths.iter().any(|path| is_records(path) || is_input(path));
    args.stream || args.across || args.cache.is_some() || has_records()
}

/// Checks, and says how it went.
pub(super) fn run(args: &CheckArgs, program: &Path) -> Exit {
    checked(args, program).unwrap_or_else(|reason| {
        complain(&reason);
        Exit::Failed
    })
}

fn checked(args: &CheckArgs, program: &Path) -> Result<Exit, String> {
    let form = form(args)?;
    let output = Output::begin(form, sink(args)?).map_err(|error| error.to_string())?;
    let wanted = Wanted {
        settings: args.settings(),
        options: Options::new().lists_facts(args.across),
        is_quiet: args.quiet,
        ..args.asked.wanted(&args.paths, &args.demands)
    };
    let mut loaded = load_rules(&wanted.request);
    complain_of(&loaded.problems);
    let known = tell_unknown_rules(&mut loaded);
    let is_unknown = complain_of_unknown(&wanted.settings, &known);
    let Loaded { mut sources, mut projects, problems, .. } = loaded;
    let project = projects.swap_remove(0);
    let home = wanted.settings.home.over(project.config.settings.home);
    let Words { registry, lexicon, findings } =
        words_of(&project, &mut sources, Examples::Skip, home);
    if is_unknown || !problems.is_empty() || !findings.is_empty() {
        show_broken(sources, findings);
        return Ok(Exit::Failed);
    }
    let cache = match &args.cache {
        Some(folder) => {
            let program = std::fs::read(program).unwrap_or_default();
            let run = hangs_on(&program, (form, args.across), &wanted, &sources);
            Some(Cache::open(folder, run, VERSION)?)
        }
        None => None,
    };
    let checks = Checks {
        wanted: &wanted,
        project: &project,
        sources: &sources,
        registry,
        lexicon,
        known: &known[0],
        form,
        cache,
    };
    Ok(checks.all(args, output))
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// How findings are written. What needs all texts at once is refused.
fn form(args: &CheckArgs) -> Result<Form, String> {
    let others = [
        (args.changed_since.is_some(), "--changed-since"),
        (args.baseline.is_some(), "--baseline"),
        (args.write_baseline.is_some(), "--write-baseline"),
        (args.annotate.is_some(), "--annotate"),
        (args.fix, "--fix"),
        (args.diff, "--diff"),
        (args.show_coverage, "--show-coverage"),
        (args.statistics, "--statistics"),
        (args.demands.min_coverage.is_some(), "--min-coverage"),
        (args.demands.require_source, "--require-source"),
        (args.asked.project.revisions.all() == States::Both, "--revisions both"),
    ];
    if let Some((_, option)) = others.iter().find(|(is_asked, _)| *is_asked) {
        return Err(format!("{option} does not go with texts that are checked one behind another"));
    }
    if args.paths.is_empty() {
        return Err("name what is to be checked: folders, articles, records".to_owned());
    }
    if 1 < args.output.len() {
        return Err("texts that are checked one behind another get one report".to_owned());
    }
    let named = args.output.first().and_then(|only| only.format).or(args.format);
    let is_table = || file_of(args).is_some_and(is_parquet);
    match named {
        None if is_table() => {}
        None | Some(Format::Jsonl) => return Ok(Form::Lines { relations: args.show_relations }),
        Some(Format::Parquet) => {}
        Some(_) => {
            let told = "texts that are checked one behind another are reported as jsonl or parquet";
            return Err(told.to_owned());
        }
    }
    if args.show_relations {
        return Err("--show-relations goes with jsonl; a table has findings only".to_owned());
    }
    if file_of(args).is_none() && io::stdout().is_terminal() {
        return Err("Parquet is no text for a terminal; name a file: -o found.parquet".to_owned());
    }
    Ok(Form::Table)
}

/// The file that findings go to, if it is one.
fn file_of(args: &CheckArgs) -> Option<&Path> {
    args.output.first().map(|target| &*target.path).filter(|path| !is_standard(path))
}

/// Where findings go, opened.
fn sink(args: &CheckArgs) -> Result<Sink, String> {
    let Some(path) = file_of(args) else { return Ok(Sink::standard()) };
    for input in args.paths.iter().filter(|input| input.is_file()) {
        note(input);
    }
    is_free(path).and_then(|()| Sink::growing(path)).map_err(|error| cannot(path, &error))
}

/// What the results of a run hang on, beside the texts: the program with its rules and words, those of the
/// project, and what is asked for.
fn hangs_on(program: &[u8], told: (Form, bool), wanted: &Wanted, sources: &Sources) -> Digested {
    // A program of the same version may have been built of other code.
    let asked = format!("{:?} {told:?}", wanted.settings);
    let all = Digested::default().with(VERSION.as_bytes()).with(program).with(asked.as_bytes());
    sources.all().fold(all, |all, one| all.with(one.name().as_bytes()).with(one.text().as_bytes()))
}

/// What texts are checked by.
struct Checks<'a> {
    wanted: &'a Wanted,
    project: &'a Project,
    /// The rules and words that the project brings.
    sources: &'a Sources,
    registry: Cow<'static, Registry>,
    lexicon: Option<Lexicon>,
    /// What is a rule.
    known: &'a HashSet<String>,
    form: Form,
    cache: Option<Cache>,
}

/// The options of a text, and whether its warnings fail the run.
struct Under {
    /// The tables of the configuration that are about it.
    tables: Vec<usize>,
    options: Options,
    denies: bool,
}

/// What a text came to.
struct Made {
    totals: Totals,
    told: Told,
    /// What it states that others can be held against it.
    facts: Vec<FactRow>,
    denies: bool,
    /// What it is to be kept under, if it is new.
    key: Option<CacheKey>,
    /// Whether it was known.
    is_known: bool,
    damage: Option<Damage>,
}

impl Checks<'_> {
    fn all(&self, args: &CheckArgs, output: Output) -> Exit {
        let file = file_of(args);
        let config = &self.project.config;
        let stream = Stream {
            bounds: &Bounds::of(&self.wanted.request),
            states: self.wanted.request.states,
            fields: &args.records.fields(),
            stdin_name: args.asked.stdin_filename.as_deref(),
            jobs: threads(self.wanted.jobs.or(config.jobs)),
            excludes: &|path| config.excludes(&canonical(path)),
            is_quiet: args.quiet || file.is_none() && io::stdout().is_terminal(),
        };
        let plain = self.under(None);
        let across = args.across.then(|| across::level(&plain.options)).flatten();
        let mut sum = Sum::new(output);
        let done = stream.run(
            &args.paths,
            |text| self.made(text, &plain),
            |made| sum.put(made, self.cache.as_ref()),
        );
        let done = done.and_then(|()| match across {
            Some(level) => sum.put_across(level, self.form, plain.denies),
            None => Ok(()),
        });
        let Sum { output, totals, fails, texts, known, .. } = sum;
        let exit = match () {
            () if totals.is_broken => Exit::Failed,
            () if fails && !args.exit_zero => Exit::Findings,
            () => Exit::Clean,
        };
        let done = done
            .and_then(|()| output.end(&totals))
            .and_then(|sink| sink.finish(|| file.map_or(Ok(()), is_free)));
        if self.cache.is_some() {
            let (known, texts) = (grouped(&known.to_string()), grouped(&texts.to_string()));
            self.wanted.notice(&format!("{known} of {texts} texts were known"));
        }
        match done {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => exit,
            Err(error) => {
                let name = file.unwrap_or(Path::new("standard output"));
                complain(&(cannot(name, &error) + &file.map_or_else(String::new, left)));
                Exit::Failed
            }
            Ok(()) => exit,
        }
    }

    /// The settings of a file, or of what is none.
    fn under(&self, path: Option<&Path>) -> Under {
        let config = &self.project.config;
        let tables = match path.filter(|_| !config.per_path.is_empty()) {
            Some(path) => config.fitting(&[&canonical(path)]),
            None => Vec::new(),
        };
        let settings = config.settings_with(&tables);
        let denies = self.wanted.settings.deny_warnings.or(settings.deny_warnings);
        let home = self.wanted.settings.home.over(settings.home);
        let options = Options {
            lexicon: at_home(self.lexicon.as_ref(), home).map(Arc::new),
            ..self.wanted.options(settings)
        };
        Under { tables, options, denies: denies.unwrap_or(false) }
    }

    /// What a text comes to, or has come to before.
    fn made(&self, text: Result<Text, Damage>, plain: &Under) -> Made {
        let text = match text {
            Ok(text) => text,
            Err(damage) => return Made::of(damage, self.form),
        };
        let own;
        let under = match &text.path {
            Some(path) if !self.project.config.per_path.is_empty() => {
                own = self.under(Some(path));
                &own
            }
            _ => plain,
        };
        let key = self.cache.as_ref().and_then(|cache| self.key(cache, &text, under));
        let found = self.cache.as_ref().zip(key).and_then(|(cache, key)| cache.get(&key));
        let found = found.and_then(|kept| postcard::from_bytes(&kept).ok());
        let is_known = found.is_some();
        let (totals, told, facts) = found.unwrap_or_else(|| self.check(text, under));
        Made { totals, told, facts, denies: under.denies, key, is_known, damage: None }
    }

    /// What the result of a text is known by; `None` where too much else counts, as in a document.
    fn key(&self, cache: &Cache, text: &Text, under: &Under) -> Option<CacheKey> {
        let Text { name, article, published, path: _ } = text;
        if article.text.layout().is_some() {
            return None;
        }
        let all = article.text.text();
        // What is let stand for a time is not for ever.
        let may_end = !self.project.config.suppress.is_empty() || may_hold_comments(all);
        let today = may_end.then(|| jiff::Zoned::now().date());
        let format = article.format();
        let besides = format!("{published:?} {format:?} {today:?} {:?}", under.tables);
        Some(cache.key(&[name.as_bytes(), besides.as_bytes(), all.as_bytes()]))
    }

    fn check(&self, text: Text, under: &Under) -> (Totals, Told, Vec<FactRow>) {
        let Text { name, article, published, path: _ } = text;
        if let Some(encoding) = article.foreign_encoding() {
            self.wanted.notice(&format!("{name} is read as {encoding}"));
        }
        let mut sources = self.sources.clone();
        let format = Some(article.format());
        let id = sources.add(name, article.text);
        let given = published.or(under.options.published);
        let options = Options { published: given, format, ..under.options.clone() };
        let articles = [id];
        let inputs = Inputs { articles: &articles, ..Inputs::default() };
        let mut report =
            crate::check::check(sources, &self.registry, inputs, &options, &mut NoArticles);
        let scope = Silence {
            claims: &[],
            articles: &articles,
            configured: &self.project.config.suppress,
            known: self.known,
            is_whole: false,
            lexicon: options.lexicon(),
            reported: slice::from_ref(&options),
        };
        silence(&mut report, &scope);
        finding::sort(&mut report.findings);
        report.say_once();
        (Totals::of(&report), Told::of(&report, self.form), fact_rows(&report))
    }
}

impl Made {
    /// Of what could not be read.
    fn of(damage: Damage, form: Form) -> Self {
        let mut sources = Sources::new();
        let id = sources.add(&*damage.place, "");
        let message = format!("this cannot be read: {}", damage.reason);
        let finding = Finding::broken(Check::UnreadableFile, message, sources.whole(id));
        let report = Report::of(sources, vec![finding]);
        let (totals, told) = (Totals::of(&report), Told::of(&report, form));
        let facts = Vec::new();
        Self {
            totals,
            told,
            facts,
            denies: false,
            key: None,
            is_known: false,
            damage: Some(damage),
        }
    }

    /// What is kept of it, and under what: nothing of a fault, which may be gone the next time.
    fn kept(&self) -> Option<(CacheKey, Vec<u8>)> {
        let key = self.key.filter(|_| !self.is_known && !self.totals.is_broken)?;
        Some((key, postcard::to_stdvec(&(&self.totals, &self.told, &self.facts)).ok()?))
    }
}

/// What all texts came to.
struct Sum {
    output: Output,
    totals: Totals,
    fails: bool,
    texts: usize,
    known: usize,
    facts: Runs<FactRow>,
}

impl Sum {
    /// Nothing so far.
    fn new(output: Output) -> Self {
        let (totals, facts) = (Totals::default(), Runs::default());
        Self { output, totals, fails: false, texts: 0, known: 0, facts }
    }

    /// Keeps what is new, and writes everything.
    fn put(&mut self, all: Vec<Made>, cache: Option<&Cache>) -> io::Result<()> {
        if let Some(cache) = cache {
            cache.keep(all.iter().filter_map(Made::kept)).map_err(io::Error::other)?;
        }
        for made in all {
            if let Some(damage) = &made.damage {
                damage.complain();
            }
            self.texts += 1;
            self.known += usize::from(made.is_known);
            self.fails |= 0 < made.totals.errors || made.denies && 0 < made.totals.warnings;
            self.totals.add(&made.totals);
            self.output.put(made.told)?;
            made.facts.into_iter().try_for_each(|fact| self.facts.push(fact))?;
        }
        self.output.flush()
    }

    /// Writes what articles state differently.
    fn put_across(&mut self, level: Severity, form: Form, denies: bool) -> io::Result<()> {
        let Self { output, totals, fails, facts, .. } = self;
        across::tell(std::mem::take(facts), |one| {
            totals.count(level);
            *fails |= level == Severity::Error || denies && level == Severity::Warning;
            output.put(Told::across(&one, level, form))
        })
    }
}
