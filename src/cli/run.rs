//! What the commands share that check: texts in, a report of all of them out, each under the
//! configuration that holds for it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use crate::check::{Article, Error, NoArticles};
use crate::checks::Check;
use crate::cli::asked::{MOST_THREADS, ProjectArgs};
use crate::cli::output::{complain, complain_of};
use crate::cli::progress::Progress;
use crate::cli::wanted::Wanted;
use crate::config::{Named, Settings};
use crate::document::Revision;
use crate::engine::Verdict;
use crate::finding::{self, Finding, Severity};
use crate::home::Home;
use crate::lexicon::Lexicon;
use crate::load::{
    Bounds, Input, Loaded, Passed, Problem, Project, Request, canonical, load, load_rules,
    load_rules_for, shown,
};
use crate::report::{Judged, Report, fingerprint};
use crate::rule::{BUILT_IN, Examples, Registry};
use crate::shape::closest;
use crate::source::{SourceId, Sources, Span};
use crate::suppress::{self, Suppression};
use crate::{Inputs, Options, claim};

/// What was checked, and how it went.
pub(super) struct Checked {
    pub(super) report: Report,
    /// What was passed over in folders.
    pub(super) passed: Passed,
    /// Findings that stand.
    pub(super) silenced: usize,
    /// Whether something could not be done.
    pub(super) failed: bool,
    /// The articles and claims files, with their paths.
    pub(super) texts: HashMap<SourceId, PathBuf>,
    /// The words that figures are made of in the working directory's project.
    pub(super) lexicon: Option<Arc<Lexicon>>,
    /// The file with the findings that are known, if the configuration names one.
    pub(super) baseline: Option<PathBuf>,
    /// Who the comments of annotated documents are from.
    pub(super) author: String,
    /// What files may name.
    pub(super) bounds: Bounds,
    /// Whether the run is over everything that the configuration is about.
    pub(super) is_whole: bool,
    /// The texts of which warnings fail the run, or do not, where their settings say so.
    denied: HashMap<SourceId, bool>,
    /// Whether they do in all others.
    denies: bool,
    /// The number of the options under which each text was checked.
    pub(super) under: HashMap<SourceId, usize>,
    /// All options; the first hold where nothing else is known.
    pub(super) options: Vec<Options>,
}

impl Checked {
    /// Whether a rule was asked for, of a text or of what is not there any more.
    pub(super) fn asks_for(&self, rule: &str, source: Option<SourceId>) -> bool {
        let number = source.and_then(|source| self.under.get(&source)).unwrap_or(&0);
        let Some(options) = self.options.get(*number) else { return true };
        let is_demanded = match Check::find(rule) {
            Some(Check::MissingSource) => options.require_source,
            Some(Check::LowCoverage) => options.min_coverage.is_some(),
            _ => true,
        };
        is_demanded && options.reports(rule)
    }

    /// Whether a finding fails the run.
    pub(super) fn fails(&self, finding: &Finding) -> bool {
        let source = finding.primary.span.source;
        match finding.severity {
            Severity::Error => true,
            Severity::Warning => *self.denied.get(&source).unwrap_or(&self.denies),
            Severity::Note => false,
        }
    }
}

/// Texts under the same settings.
pub(super) struct Group {
    pub(super) tables: Vec<usize>,
    pub(super) claims: Vec<SourceId>,
    pub(super) articles: Vec<SourceId>,
}

/// The texts of a project, by the tables of its configuration that are about them.
pub(super) fn groups(loaded: &Loaded, sources: &Sources, number: usize) -> Vec<Group> {
    let config = &loaded.projects[number].config;
    let tables = |paths: &[PathBuf]| {
        if config.per_path.is_empty() {
            return Vec::new();
        }
        let places: Vec<PathBuf> = paths.iter().map(|path| canonical(path)).collect();
        config.fitting(&places.iter().map(PathBuf::as_path).collect::<Vec<_>>())
    };
    let mut groups: Vec<Group> = Vec::new();
    let mut add = |tables: Vec<usize>, input: &Input, is_claims: bool| {
        let at = groups.iter().position(|group| group.tables == tables).unwrap_or_else(|| {
            groups.push(Group { tables, claims: Vec::new(), articles: Vec::new() });
            groups.len() - 1
        });
        let ids = if is_claims { &mut groups[at].claims } else { &mut groups[at].articles };
        ids.push(input.source);
    };
    let own = |input: &&Input| input.project == number;
    for input in loaded.claims.iter().filter(own) {
        let named = || loaded.bounds.article_of(&input.path, sources.get(input.source).text());
        let article = if config.per_path.is_empty() { None } else { named() };
        let paths: Vec<PathBuf> = std::iter::once(input.path.clone()).chain(article).collect();
        add(tables(&paths), input, true);
    }
    for input in loaded.articles.iter().filter(own) {
        add(tables(std::slice::from_ref(&input.path)), input, false);
    }
    groups
}

/// Reads what is asked for and checks it.
pub(super) fn checked(wanted: &Wanted) -> Checked {
    let loaded = load(&wanted.request);
    for (name, encoding) in &loaded.foreign {
        wanted.notice(&format!("{name} is read as {encoding}"));
    }
    complain_of(&loaded.problems);
    let ready = Ready::of(loaded, wanted);
    let names_unknown = complain_of_unknown(&wanted.settings, &ready.known);
    let done = Arc::new(AtomicUsize::new(0));
    let total = ready.loaded.claims.len() + ready.loaded.articles.len();
    let progress = Progress::start(total, &done, wanted.is_quiet);
    let sources = ready.loaded.sources.clone();
    let checked = ready.check(wanted, sources, &done, &|_| None);
    drop(progress);
    Checked { failed: names_unknown || !ready.loaded.problems.is_empty(), ..checked }
}

/// What was read, with the rules and words of each of its projects: all that is needed to check its texts as
/// often as they change.
pub(super) struct Ready {
    /// What was read. Its sources have the rules too.
    pub(super) loaded: Loaded,
    /// What is a rule in each project.
    pub(super) known: Vec<HashSet<String>>,
    /// The rules and words of each project.
    pub(super) words: Vec<Words>,
}

/// The text that somebody has open of the file at a place, instead of what is in it.
pub(super) type OpenText<'o> = &'o (dyn Fn(&Path) -> Option<String> + Sync);

impl Ready {
    /// Reads the rules of all projects.
    pub(super) fn of(mut loaded: Loaded, wanted: &Wanted) -> Self {
        let known = tell_unknown_rules(&mut loaded);
        // Why a rule matters is read with its examples.
        let examples = if wanted.explains { Examples::Read } else { Examples::Skip };
        let Loaded { projects, sources, .. } = &mut loaded;
        let words = |project: &Project| {
            let home = wanted.settings.home.over(project.config.settings.home);
            words_of(project, sources, examples, home)
        };
        let words = projects.iter().map(words).collect();
        Self { loaded, known, words }
    }

    /// The words of a project.
    fn lexicon(&self, project: usize) -> &Lexicon {
        self.words[project].lexicon.as_ref().unwrap_or_else(|| Lexicon::built_in())
    }

    /// Checks the texts as they are in `sources`, which are those that were read, or others in their places.
    pub(super) fn check(
        &self,
        wanted: &Wanted,
        sources: Sources,
        done: &Arc<AtomicUsize>,
        open: OpenText<'_>,
    ) -> Checked {
        let loaded = &self.loaded;
        let mut run = Run {
            wanted,
            open,
            done: Arc::clone(done),
            jobs: wanted.jobs.or(loaded.projects[0].config.jobs),
            report: Report::of(sources, Vec::new()),
            denied: HashMap::new(),
            under: HashMap::new(),
            options: Vec::new(),
            noted: HashSet::new(),
            lexicon: None,
        };
        for number in 0..loaded.projects.len() {
            run.project(self, number);
        }
        let Run { mut report, denied, lexicon, under, options, .. } = run;
        for problem in &loaded.problems {
            let finding = unreadable(problem, &mut report.sources);
            report.findings.push(finding);
        }
        finding::sort(&mut report.findings);
        // Two projects may read one broken file.
        report.findings.dedup();
        let mut texts = places(loaded);
        let named = report.files.iter().filter_map(|file| file.anchored_in);
        texts.extend(named.map(|id| (id, PathBuf::from(report.sources.get(id).name()))));
        let config = &loaded.projects[0].config;
        Checked {
            passed: loaded.passed.clone(),
            silenced: report.let_stand.len(),
            report,
            failed: false,
            texts,
            lexicon,
            baseline: config.baseline.as_ref().map(|(path, _)| path.clone()),
            author: config.author.clone().unwrap_or_else(|| "Crossfoot".to_owned()),
            bounds: loaded.bounds.clone(),
            is_whole: wanted.is_whole(),
            denied,
            denies: wanted
                .settings
                .deny_warnings
                .or(config.settings.deny_warnings)
                .unwrap_or(false),
            under,
            options,
        }
    }
}

/// Says which rules the command line names that no project has. Returns whether there are any.
pub(super) fn complain_of_unknown(settings: &Settings, known: &[HashSet<String>]) -> bool {
    let known: HashSet<&String> = known.iter().flatten().collect();
    let unknown: Vec<&Named> =
        settings.named_rules().filter(|(name, _)| !known.contains(name)).collect();
    for (name, _) in &unknown {
        let near = closest(name, known.iter().map(|known| known.as_str()));
        let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        complain(&format!("there is no rule `{name}`{hint}"));
    }
    !unknown.is_empty()
}

/// The finding that a file could not be read, which is added to the sources without text.
fn unreadable(problem: &Problem, sources: &mut Sources) -> Finding {
    let source = sources.add(&*problem.path, "");
    let message = format!("this file cannot be read: {}", problem.reason);
    Finding::broken(Check::UnreadableFile, message, sources.whole(source))
}

/// Adds to the findings of each project what it names as rules and are none. Returns what is a rule in
/// each of them.
pub(super) fn tell_unknown_rules(loaded: &mut Loaded) -> Vec<HashSet<String>> {
    let mut all_known = Vec::new();
    for project in &mut loaded.projects {
        let known = known_rules(&loaded.sources, &project.rules);
        let named = project.config.named_rules().filter(|(name, _)| !known.contains(name));
        let unknown: Vec<Finding> =
            named.map(|(name, span)| unknown(name, *span, &known)).collect();
        project.findings.extend(unknown);
        all_known.push(known);
    }
    all_known
}

/// The path of each text.
fn places(loaded: &Loaded) -> HashMap<SourceId, PathBuf> {
    let all = loaded.claims.iter().chain(&loaded.articles);
    all.map(|input| (input.source, input.path.clone())).collect()
}

/// A run over one project after another.
struct Run<'r> {
    wanted: &'r Wanted,
    open: OpenText<'r>,
    done: Arc<AtomicUsize>,
    jobs: Option<usize>,
    report: Report,
    denied: HashMap<SourceId, bool>,
    under: HashMap<SourceId, usize>,
    options: Vec<Options>,
    /// Articles whose encoding was told.
    noted: HashSet<String>,
    lexicon: Option<Arc<Lexicon>>,
}

impl Run<'_> {
    /// Checks the texts of a project.
    fn project(&mut self, ready: &Ready, number: usize) {
        let (loaded, words) = (&ready.loaded, &ready.words[number]);
        let project = &loaded.projects[number];
        let sources = std::mem::take(&mut self.report.sources);
        if number == 0 {
            self.lexicon = words.lexicon.clone().map(Arc::new);
        }
        let mut report = Report::of(sources, words.findings.clone());
        let mut reported = Vec::new();
        for group in groups(loaded, &report.sources, number) {
            let settings = project.config.settings_with(&group.tables);
            let deny_warnings = self.wanted.settings.deny_warnings.or(settings.deny_warnings);
            let home = self.wanted.settings.home.over(settings.home);
            let options = Options {
                lexicon: at_home(words.lexicon.as_ref(), home).map(Arc::new),
                done: Some(Arc::clone(&self.done)),
                ..self.wanted.options(settings)
            };
            self.group(&group, loaded, &words.registry, &options, &mut report);
            let named = report.files.iter().filter_map(|file| file.anchored_in);
            let sources = group.claims.iter().chain(&group.articles).copied();
            let number = self.options.len() + reported.len();
            for source in sources.chain(named) {
                self.under.entry(source).or_insert(number);
                if let Some(denies) = deny_warnings {
                    self.denied.entry(source).or_insert(denies);
                }
            }
            reported.push(options);
        }
        if reported.is_empty() {
            reported.push(self.wanted.options(project.config.settings.clone()));
        }
        let own = |inputs: &[Input]| -> Vec<SourceId> {
            inputs.iter().filter(|one| one.project == number).map(|one| one.source).collect()
        };
        let (claims, mut articles) = (own(&loaded.claims), own(&loaded.articles));
        articles.extend(report.files.iter().filter_map(|file| file.anchored_in));
        let scope = Silence {
            claims: &claims,
            articles: &articles,
            configured: &project.config.suppress,
            known: &ready.known[number],
            is_whole: self.wanted.is_whole(),
            lexicon: ready.lexicon(number),
            reported: &reported,
        };
        silence(&mut report, &scope);
        self.options.append(&mut reported);
        self.report.absorb(report);
    }

    /// Checks texts under the same settings.
    fn group(
        &mut self,
        group: &Group,
        loaded: &Loaded,
        registry: &Registry,
        options: &Options,
        report: &mut Report,
    ) {
        let inputs = Inputs { claims: &group.claims, articles: &group.articles };
        let (noted, wanted, open) = (&mut self.noted, self.wanted, self.open);
        let mut find = |file: SourceId, article: &str| {
            let input = loaded.claims.iter().find(|input| input.source == file);
            let input = input.ok_or_else(|| Error::missing(article))?;
            let (path, article) =
                loaded.bounds.read_named_article(&input.path, article, wanted.request.states)?;
            let name = shown(&path);
            if let Some(text) = open(&canonical(&path)) {
                return Ok(Article::new(name, text));
            }
            if let Some(encoding) = article.foreign_encoding()
                && noted.insert(name.clone())
            {
                wanted.notice(&format!("{name} is read as {encoding}"));
            }
            Ok(Article::new(name, article.text))
        };
        let sources = std::mem::take(&mut report.sources);
        let check = || crate::check::check(sources, registry, inputs, options, &mut find);
        let mut checked = on_threads(self.jobs, check);
        originals(group, loaded, registry, options, &mut checked);
        report.absorb(checked);
    }
}

/// Checks what articles were before the changes that are tracked in them, and says which of the findings
/// one state alone has. Of the original no more is reported.
fn originals(
    group: &Group,
    loaded: &Loaded,
    registry: &Registry,
    options: &Options,
    report: &mut Report,
) {
    let pairs = loaded.originals.iter().filter(|(accepted, _)| group.articles.contains(accepted));
    let pairs: Vec<(SourceId, SourceId)> = pairs.copied().collect();
    if pairs.is_empty() {
        return;
    }
    let articles: Vec<SourceId> = pairs.iter().map(|(_, original)| *original).collect();
    let inputs = Inputs { articles: &articles, ..Inputs::default() };
    let sources = std::mem::take(&mut report.sources);
    // What is counted is counted of the accepted state.
    let options = Options { done: None, min_coverage: None, ..options.clone() };
    let before = crate::check::check(sources, registry, inputs, &options, &mut NoArticles);
    report.sources = before.sources;
    let sources = &report.sources;
    for (accepted, original) in pairs {
        let mut known: HashMap<String, usize> = HashMap::new();
        let of = |finding: &Finding, source: SourceId| finding.primary.span.source == source;
        for finding in before.findings.iter().filter(|finding| of(finding, original)) {
            *known.entry(fingerprint(finding, sources)).or_default() += 1;
        }
        for finding in report.findings.iter_mut().filter(|finding| of(finding, accepted)) {
            match known.get_mut(&fingerprint(finding, sources)) {
                Some(left) if 0 < *left => *left -= 1,
                _ => finding.revision = Some(Revision::Accepted),
            }
        }
        let mut alone: Vec<Finding> = Vec::new();
        for finding in before.findings.iter().filter(|finding| of(finding, original)) {
            if let Some(left) = known.get_mut(&fingerprint(finding, sources))
                && 0 < *left
            {
                *left -= 1;
                alone.push(Finding { revision: Some(Revision::Original), ..finding.clone() });
            }
        }
        let contradicts = |relation: &&Judged| {
            relation.verdict == Verdict::Contradicts
                && alone.iter().any(|finding| {
                    finding.rule == relation.rule
                        && relation.places().any(|place| place.meets(finding.primary.span))
                })
        };
        report.relations.extend(before.relations.iter().filter(contradicts).cloned());
        report.findings.extend(alone);
    }
    report.rules.extend(before.rules);
}

/// What the silencing of findings rests on, beside the report.
pub(super) struct Silence<'s> {
    pub(super) claims: &'s [SourceId],
    /// The articles, those that claims files name too.
    pub(super) articles: &'s [SourceId],
    pub(super) configured: &'s [Suppression],
    pub(super) known: &'s HashSet<String>,
    pub(super) is_whole: bool,
    pub(super) lexicon: &'s Lexicon,
    /// The options of the groups.
    pub(super) reported: &'s [Options],
}

/// Takes out of the findings of a report what stands.
pub(super) fn silence(report: &mut Report, given: &Silence<'_>) {
    let sources = &report.sources;
    let scope = suppress::Scope {
        articles: given.articles,
        configured: given.configured,
        known: given.known,
        reported: &|rule| given.reported.iter().any(|options| options.reports(rule)),
        claim_spans: &|id| claim_spans(sources, given.claims, id, given.lexicon),
        is_whole: given.is_whole,
        today: Some(jiff::Zoned::now().date()),
    };
    let silenced = suppress::apply(&mut report.findings, sources, &scope);
    report.let_stand.extend(silenced);
}

/// Where the claims of this id stand in their files, which every finding over a claim marks.
fn claim_spans(sources: &Sources, files: &[SourceId], id: &str, lexicon: &Lexicon) -> Vec<Span> {
    let read = |&file: &SourceId| claim::read(sources, file, lexicon, &mut Vec::new());
    let named = files.iter().filter_map(read).filter_map(|file| {
        let claim = file.claims.find(id).map(|index| file.claims.get(index))?;
        let quote = claim.quote.as_ref().map(|quote| quote.span);
        Some([Some(claim.id_span), Some(claim.figure.span), quote])
    });
    named.flatten().flatten().collect()
}

/// Runs a check with so many articles at once.
fn on_threads(jobs: Option<usize>, check: impl FnOnce() -> Report + Send) -> Report {
    let Some(jobs) = jobs else { return check() };
    let pool = rayon::ThreadPoolBuilder::new();
    match pool.num_threads(jobs.clamp(1, MOST_THREADS)).use_current_thread().build() {
        Ok(pool) => pool.install(check),
        Err(_) => check(),
    }
}

/// Every id that may be selected or ignored.
fn known_rules(sources: &Sources, rules: &[SourceId]) -> HashSet<String> {
    let stem = |path: &str| {
        let stem = Path::new(path).file_stem();
        stem.map(|stem| stem.to_string_lossy().into_owned())
    };
    let built_in = BUILT_IN.iter().filter_map(|file| stem(file.path));
    let added = rules.iter().filter_map(|&id| stem(sources.get(id).name()));
    let checks = Check::ALL.iter().map(|check| check.id().to_owned());
    built_in.chain(added).chain(checks).collect()
}

/// The finding that there is no rule of a name.
pub(super) fn unknown(name: &str, span: Span, known: &HashSet<String>) -> Finding {
    let finding = Finding::broken(Check::UnknownRule, format!("there is no rule `{name}`"), span)
        .labelled("not a rule");
    let mut sorted: Vec<&str> = known.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    match closest(name, sorted) {
        Some(near) => finding.helped(format!("did you mean `{near}`?")),
        None => finding.helped("`crossfoot rules` lists them"),
    }
}

/// The rules of a project and the words that figures are made of, with what is wrong with it.
pub(super) struct Words {
    pub(super) registry: Cow<'static, Registry>,
    /// Words of its own, if it has any.
    pub(super) lexicon: Option<Lexicon>,
    pub(super) findings: Vec<Finding>,
}

/// Reads what a project brings; its texts are among the sources. Its rules are at home where it is.
pub(super) fn words_of(
    project: &Project,
    sources: &mut Sources,
    examples: Examples,
    home: Home,
) -> Words {
    let mut findings = project.findings.clone();
    let lexicon = Lexicon::with(sources, &project.lexicon, &mut findings);
    let mut registry = match (&*project.rules, &lexicon, examples) {
        ([], None, Examples::Skip) => Cow::Borrowed(&**Registry::built_in()),
        (own, ..) => {
            let words = lexicon.as_ref().unwrap_or_else(|| Lexicon::built_in()).at(home);
            Cow::Owned(Registry::new(sources, own, &words, examples, &mut findings))
        }
    };
    for &id in &project.measured {
        registry.to_mut().add_measured(sources, id, &mut findings);
    }
    Words { registry, lexicon, findings }
}

/// The words of a project, if it has its own, at home somewhere; `None` where the built-in ones do.
pub(super) fn at_home(own: Option<&Lexicon>, home: Home) -> Option<Lexicon> {
    let is_plain = own.is_none() && home.is_empty();
    (!is_plain).then(|| own.unwrap_or_else(|| Lexicon::built_in()).at(home))
}

/// The rules of a run, for the commands that check nothing.
pub(super) struct RulesRead {
    pub(super) sources: Sources,
    pub(super) registry: Cow<'static, Registry>,
    /// The words of the project, at home where its articles are; `None` where the built-in ones do.
    pub(super) lexicon: Option<Lexicon>,
    pub(super) findings: Vec<Finding>,
    /// Whether something could not be read.
    pub(super) failed: bool,
    /// The configuration with its rules.
    pub(super) project: Project,
    /// What it says of the file.
    pub(super) settings: Settings,
    /// What was asked for.
    pub(super) request: Request,
}

/// Reads the rules that hold for a file, or in the working directory.
pub(super) fn rules_for(path: Option<&Path>, args: &ProjectArgs, examples: Examples) -> RulesRead {
    let request = args.request(&[], None);
    let (loaded, number) = match path {
        Some(path) => load_rules_for(&request, path),
        None => (load_rules(&request), 0),
    };
    complain_of(&loaded.problems);
    let Loaded { mut sources, mut projects, problems, .. } = loaded;
    let project = projects.swap_remove(number);
    let tables = path.map_or_else(Vec::new, |path| project.config.fitting(&[&canonical(path)]));
    let settings = project.config.settings_with(&tables);
    // Examples are at home where their rules were written.
    let home = match examples {
        Examples::Skip => args.home().over(settings.home),
        Examples::Read => Home::default(),
    };
    let Words { registry, lexicon, findings } = words_of(&project, &mut sources, examples, home);
    let lexicon = at_home(lexicon.as_ref(), home);
    let failed = !problems.is_empty();
    RulesRead { sources, registry, lexicon, findings, failed, project, settings, request }
}
