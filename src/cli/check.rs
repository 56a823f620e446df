//! `crossfoot check`.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::output::{colours, complain, deliver, width};
use crate::cli::{Asked, CheckArgs, Demands, Exit, Format, git};
use crate::config::Config;
use crate::finding::{self, CHECKS, Finding, Severity};
use crate::follow::{Before, narrow};
use crate::load::{Article, Loaded, Request, beside, load, read_named_article, shown};
use crate::report::{Look, Report, human, json, short};
use crate::rule::{BUILT_IN, Examples, Registry};
use crate::shape::closest;
use crate::source::{SourceId, Sources, Span};
use crate::suppress::{self, Suppression};
use crate::{Inputs, Options, claim, lexicon::Lexicon};

/// Checks, reports, and says how it went.
pub(super) fn run(args: &CheckArgs) -> Exit {
    let demands = Demands { lists_coverage: args.show_coverage, ..args.demands.clone() };
    let checked = checked(&args.paths, &args.asked, &demands);
    let Checked { mut report, skipped, silenced, failed, deny_warnings, texts, lexicon } = checked;
    let lexicon = lexicon.as_deref().unwrap_or_else(|| Lexicon::built_in());
    if let Some(revision) = &args.changed_since
        && let Err(reason) = narrowed(&mut report, revision, &texts, lexicon)
    {
        complain(&reason);
        return Exit::Failed;
    }
    let written = report_on(args, &report, skipped, silenced);
    let deny = args.deny_warnings || deny_warnings;
    let level = report.findings.iter().map(|finding| finding.severity).max();
    match () {
        () if failed || report.has_broken_input() || written == Exit::Failed => Exit::Failed,
        () if args.exit_zero => Exit::Clean,
        () if level == Some(Severity::Error) => Exit::Findings,
        () if deny && level == Some(Severity::Warning) => Exit::Findings,
        () => Exit::Clean,
    }
}

/// What was checked, and how it went.
pub(super) struct Checked {
    pub(super) report: Report,
    /// Files of folders that were not read.
    skipped: usize,
    /// Findings that stand.
    silenced: usize,
    /// Whether something could not be done.
    pub(super) failed: bool,
    /// Whether the configuration lets warnings fail.
    deny_warnings: bool,
    /// The articles and claims files, with their paths.
    texts: HashMap<SourceId, PathBuf>,
    lexicon: Option<Arc<Lexicon>>,
}

/// Leaves in a report what an edit since a revision touched.
fn narrowed(
    report: &mut Report,
    revision: &str,
    texts: &HashMap<SourceId, PathBuf>,
    lexicon: &Lexicon,
) -> Result<(), String> {
    let mut commits: HashMap<PathBuf, String> = HashMap::new();
    narrow(report, lexicon, &mut |id| {
        let Some(path) = texts.get(&id) else { return Ok(Before::Unknown) };
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let commit = match commits.get(&folder) {
            Some(known) => known.clone(),
            None => {
                let found = git::commit(&folder, revision)?;
                commits.insert(folder, found.clone());
                found
            }
        };
        let Some(bytes) = git::file_at(&commit, path)? else { return Ok(Before::Unknown) };
        let text = Article::of(bytes, &path.to_string_lossy())
            .map_err(|reason| format!("{} at {revision}: {reason}", shown(path)))?;
        Ok(Before::Text(text.text))
    })
}

/// Reads what is asked for and checks it.
pub(super) fn checked(paths: &[PathBuf], args: &Asked, demands: &Demands) -> Checked {
    let request = Request {
        paths: paths.to_vec(),
        rules: args.rules.rules.clone(),
        stdin_name: args.stdin_filename.clone(),
        directory: std::env::current_dir().unwrap_or_default(),
    };
    let loaded = load(&request);
    let Loaded {
        sources,
        claims,
        articles,
        foreign,
        rules,
        lexicon,
        config,
        skipped,
        mut findings,
        problems,
    } = loaded;
    for (name, encoding) in &foreign {
        complain(&format!("{name} is read as {encoding}"));
    }
    let known = known_rules(&sources, &rules);
    let suppressed = config.suppress.iter().filter_map(|entry| entry.rule.as_ref());
    for (name, span) in config.select.iter().chain(&config.ignore).chain(suppressed) {
        if !known.contains(name) {
            findings.push(unknown(name, *span, &known));
        }
    }
    let mut failed = !problems.is_empty();
    for name in args.select.iter().chain(&args.ignore).filter(|name| !known.contains(*name)) {
        let near = closest(name, known.iter().map(String::as_str));
        let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        complain(&format!("there is no rule `{name}`{hint}"));
        failed = true;
    }
    for problem in &problems {
        complain(&format!("{}: {}", problem.path, problem.reason));
    }
    let names = |given: &[String], configured: &[(String, Span)]| -> HashSet<String> {
        if given.is_empty() {
            configured.iter().map(|(name, _)| name.clone()).collect()
        } else {
            given.iter().cloned().collect()
        }
    };
    let options = Options {
        lexicon: Lexicon::with(&sources, &lexicon, &mut findings).map(Arc::new),
        published: args.published,
        published_else: config.published,
        preview: args.preview,
        min_coverage: demands.min_coverage.or(config.min_coverage),
        lists_coverage: demands.lists_coverage,
        require_source: demands.require_source || config.require_source,
        budget: args.budget,
        select: names(&args.select, &config.select),
        ignore: names(&args.ignore, &config.ignore),
    };
    let places: HashMap<SourceId, PathBuf> = claims.iter().cloned().collect();
    let ids: Vec<SourceId> = claims.iter().map(|(id, _)| *id).collect();
    let mut texts = places.clone();
    texts.extend(articles.iter().map(|&id| (id, PathBuf::from(sources.get(id).name()))));
    let mut noted = HashSet::new();
    let inputs = Inputs { claims: &ids, articles: &articles, rules: &rules };
    let mut find = |file: SourceId, article: &str| {
        let path = beside(places.get(&file)?, article);
        let article = read_named_article(&path).ok()?;
        let name = shown(&path);
        if let Some(encoding) = article.foreign_encoding()
            && noted.insert(name.clone())
        {
            complain(&format!("{name} is read as {encoding}"));
        }
        Some((name, article.text))
    };
    let mut sources = sources;
    let registry =
        Registry::new(&mut sources, &rules, options.lexicon(), Examples::Skip, &mut findings);
    let check = || crate::check_with(sources, &registry, inputs, &options, &mut find);
    let mut report = on_threads(args.jobs, check);
    // The end of the process frees it in no time.
    std::mem::forget(registry);
    report.findings.append(&mut findings);
    let scope = Silence {
        claims: &ids,
        data: ids.iter().chain(&rules).chain(&lexicon).copied().collect(),
        configured: &config.suppress,
        known: &known,
        is_whole: paths.is_empty(),
    };
    let silenced = silence(&mut report, &options, &scope);
    finding::sort(&mut report.findings);
    let named = report.files.iter().filter_map(|file| file.anchored_in);
    texts.extend(named.map(|id| (id, PathBuf::from(report.sources.get(id).name()))));
    let deny_warnings = config.deny_warnings;
    let lexicon = options.lexicon;
    Checked { report, skipped, silenced, failed, deny_warnings, texts, lexicon }
}

/// What the silencing of findings rests on, beside the report.
struct Silence<'s> {
    claims: &'s [SourceId],
    /// What is no article: claims files, rule files and tables of words.
    data: HashSet<SourceId>,
    configured: &'s [Suppression],
    known: &'s HashSet<String>,
    is_whole: bool,
}

/// Takes out of a report what stands; how many findings that were.
fn silence(report: &mut Report, options: &Options, given: &Silence<'_>) -> usize {
    let sources = &report.sources;
    let is_article = |id: &SourceId| {
        let ending = Path::new(sources.get(*id).name()).extension();
        !given.data.contains(id) && ending.is_none_or(|ending| ending != "toml")
    };
    let articles: Vec<SourceId> = sources.ids().filter(is_article).collect();
    let scope = suppress::Scope {
        articles: &articles,
        configured: given.configured,
        known: given.known,
        reported: &|rule| options.reports(rule),
        claim_spans: &|id| claim_spans(sources, given.claims, id, options),
        is_whole: given.is_whole,
        today: Some(jiff::Zoned::now().date()),
    };
    suppress::apply(&mut report.findings, sources, &scope).len()
}

/// Where the claims of this id stand in their files, which every finding over a claim marks.
fn claim_spans(sources: &Sources, files: &[SourceId], id: &str, options: &Options) -> Vec<Span> {
    let read = |&file: &SourceId| claim::read(sources, file, options.lexicon(), &mut Vec::new());
    let named = files.iter().filter_map(read).filter_map(|file| {
        let claim = file.claims.find(id).map(|index| file.claims.get(index))?;
        let quote = claim.quote.as_ref().map(|quote| quote.span);
        Some([Some(claim.id_span), Some(claim.value_span), quote])
    });
    named.flatten().flatten().collect()
}

/// Runs a check with so many articles at once.
fn on_threads(jobs: Option<usize>, check: impl FnOnce() -> Report + Send) -> Report {
    let Some(jobs) = jobs else { return check() };
    let pool = rayon::ThreadPoolBuilder::new();
    match pool.num_threads(jobs.max(1)).use_current_thread().build() {
        Ok(pool) => pool.install(check),
        Err(_) => check(),
    }
}

fn report_on(args: &CheckArgs, report: &Report, skipped: usize, silenced: usize) -> Exit {
    let text = match args.format {
        Format::Json => json(report),
        Format::Short => short(report),
        Format::Human => {
            let look = Look {
                colour: colours(args.color, args.output.is_some()),
                narrated: args.narrated,
                width: width(),
                relations: args.show_relations,
                coverage: args.show_coverage,
            };
            human(report, look)
        }
    };
    let skipped = match skipped {
        0 => String::new(),
        1 => "1 other file in these folders was not read\n".to_owned(),
        n => format!("{n} other files in these folders were not read\n"),
    };
    let silenced = match silenced {
        0 => String::new(),
        1 => "1 finding stands for a reason that was given\n".to_owned(),
        n => format!("{n} findings stand for reasons that were given\n"),
    };
    let text = if args.format == Format::Human { text + &silenced + &skipped } else { text };
    deliver(args.output.as_deref(), &text, &report.sources)
}

/// Every id that may be selected or ignored.
fn known_rules(sources: &Sources, rules: &[SourceId]) -> HashSet<String> {
    let stem = |path: &str| {
        let stem = Path::new(path).file_stem();
        stem.map(|stem| stem.to_string_lossy().into_owned())
    };
    let built_in = BUILT_IN.iter().filter_map(|(path, _)| stem(path));
    let added = rules.iter().filter_map(|&id| stem(sources.get(id).name()));
    let checks = CHECKS.iter().map(|check| check.id.to_owned());
    built_in.chain(added).chain(checks).collect()
}

fn unknown(name: &str, span: Span, known: &HashSet<String>) -> Finding {
    let finding = Finding::broken("unknown-rule", format!("there is no rule `{name}`"), span)
        .labelled("not a rule");
    let mut sorted: Vec<&str> = known.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    match closest(name, sorted) {
        Some(near) => finding.helped(format!("did you mean `{near}`?")),
        None => finding.helped("`crossfoot rules` lists them"),
    }
}

/// The rules of a run, for the commands that only look at rules.
pub(super) struct RulesRead {
    pub(super) sources: Sources,
    pub(super) registry: Registry,
    /// The words of the project, if it has its own.
    pub(super) lexicon: Option<Lexicon>,
    pub(super) findings: Vec<Finding>,
    /// Whether something could not be read.
    pub(super) failed: bool,
    /// The configuration.
    pub(super) config: Config,
}

/// Reads the rules, with those in these folders.
pub(super) fn registry(folders: &[PathBuf], examples: Examples) -> RulesRead {
    let request = Request {
        rules: folders.to_vec(),
        directory: std::env::current_dir().unwrap_or_default(),
        ..Request::default()
    };
    rules_of(&mut crate::load::load_rules(&request), examples)
}

/// The rules among what was read, whose sources are taken from it.
pub(super) fn rules_of(loaded: &mut Loaded, examples: Examples) -> RulesRead {
    for problem in &loaded.problems {
        complain(&format!("{}: {}", problem.path, problem.reason));
    }
    let mut sources = std::mem::take(&mut loaded.sources);
    let mut findings = std::mem::take(&mut loaded.findings);
    let lexicon = Lexicon::with(&sources, &loaded.lexicon, &mut findings);
    let words = lexicon.as_ref().unwrap_or_else(|| Lexicon::built_in());
    let registry = Registry::new(&mut sources, &loaded.rules, words, examples, &mut findings);
    let failed = !loaded.problems.is_empty();
    let config = std::mem::take(&mut loaded.config);
    RulesRead { sources, registry, lexicon, findings, failed, config }
}
