//! Crossfoot checks that the figures and dates of an article can all be true together.
//!
//! An article's claims are kept as TOML beside it; rules say what must hold between them. Every
//! figure stands for the numbers an honest writer would print so, as an exact interval, and a
//! relation contradicts only if no choice of numbers satisfies it.
//!
//! ```
//! use crossfoot::{Inputs, Options, check, source::Sources};
//!
//! let mut sources = Sources::new();
//! let claims = sources.add("aid.toml", r#"
//!     [[claim]]
//!     id = "total"
//!     value = "$290 million"
//!     [[claim]]
//!     id = "years"
//!     value = "four years"
//!     [[claim]]
//!     id = "yearly"
//!     value = "$82.5 million annually"
//!     [[assert]]
//!     rule = "wrong-rate"
//!     total = "total"
//!     span = "years"
//!     rate = "yearly"
//! "#);
//! let inputs = Inputs { claims: &[claims], ..Inputs::default() };
//! let report = check(sources, inputs, &Options::default(), &mut |_, _| None);
//! assert_eq!(
//!     report.findings[0].message,
//!     "$290 million over four years comes to $72.5 million annually, not $82.5 million annually",
//! );
//! ```

pub mod baseline;
pub mod claim;
pub mod cli;
pub mod config;
pub mod document;
pub mod draft;
pub mod engine;
pub mod finding;
pub mod follow;
pub mod lexicon;
pub mod load;
pub mod mention;
pub mod network;
pub mod prose;
pub mod published;
pub mod report;
pub mod rule;
pub mod shape;
pub mod source;
pub mod suppress;
pub mod value;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::claim::ClaimsFile;
use crate::document::{Document, Format, Quotable};
use crate::draft::Coverage;
use crate::engine::{Checked, Given, Layer, Outcome, ReadArticle, Together, Verdict};
use crate::finding::{CHECKS, Conflict, Finding, INTERNAL_ERROR, RuleId, Severity};
use crate::lexicon::Lexicon;
use crate::mention::Mention;
use crate::published::Publication;
use crate::report::{About, ArticleRead, Judged, Report};
use crate::rule::{Examples, Registry};
use crate::source::{SourceId, Sources, Span};

/// What a check is told beside the texts.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Options {
    /// The words that figures are made of; the built-in ones where none are given.
    pub lexicon: Option<Arc<Lexicon>>,
    /// The day of publication, where a claims file does not state it.
    pub published: Option<Date>,
    /// The day of publication, where neither it nor the article states it.
    pub published_else: Option<Date>,
    /// Whether links run that are still being tried.
    pub preview: bool,
    /// The least share of an article's figures that claims must cover, of a hundred.
    pub min_coverage: Option<u8>,
    /// Whether the figures that no claim covers are asked for, of articles without claims too.
    pub lists_coverage: bool,
    /// Whether every claim must have a source.
    pub require_source: bool,
    /// Whether each figure and relation is told at length, those that hold too.
    pub at_length: bool,
    /// Steps that figures which hang together may take to be decided together.
    pub budget: Option<u64>,
    /// The only rules to report; all where empty.
    pub select: HashSet<String>,
    /// Rules not to report.
    pub ignore: HashSet<String>,
    /// Levels that rules have instead of their own.
    pub levels: HashMap<String, Severity>,
    /// Counts the claims files and articles that are done, for whoever watches.
    pub done: Option<Arc<AtomicUsize>>,
}

impl Options {
    /// The words that figures are made of.
    pub fn lexicon(&self) -> &Lexicon {
        self.lexicon.as_deref().unwrap_or_else(|| Lexicon::built_in())
    }

    /// Whether a rule is to be reported.
    pub fn reports(&self, rule: &str) -> bool {
        (self.select.is_empty() || self.select.contains(rule)) && !self.ignore.contains(rule)
    }

    /// The level of something that a rule said at a level, its own being another: what was lowered, or
    /// holds loosely, stays as many levels below.
    fn level(&self, rule: &str, own: Severity, said: Severity) -> Severity {
        let Some(&wanted) = self.levels.get(rule) else { return said };
        let mut level = wanted;
        let mut at = own;
        while said < at {
            at = at.lower();
            level = level.lower();
        }
        level
    }

    fn count(&self) {
        if let Some(done) = &self.done {
            done.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Finds the article that a claims file names: given the file and the name, its text and the name
/// to report it under.
pub type FindArticle<'f> = dyn FnMut(SourceId, &str) -> Option<(String, String)> + 'f;

/// The texts of a run, among its sources.
#[derive(Clone, Copy, Debug, Default)]
pub struct Inputs<'i> {
    /// Claims files.
    pub claims: &'i [SourceId],
    /// Articles that no claims file names.
    pub articles: &'i [SourceId],
    /// Rule files beside the built-in ones.
    pub rules: &'i [SourceId],
}

/// Checks claims files and articles: the whole pipeline.
///
/// Nothing but `find_article` touches the outside, so the same input gives the same report.
pub fn check(
    mut sources: Sources,
    inputs: Inputs<'_>,
    options: &Options,
    find_article: &mut FindArticle<'_>,
) -> Report {
    let mut findings = Vec::new();
    let lexicon = options.lexicon();
    let registry =
        Registry::new(&mut sources, inputs.rules, lexicon, Examples::Skip, &mut findings);
    let mut report = check_with(sources, &registry, inputs, options, find_article);
    report.findings.append(&mut findings);
    finding::sort(&mut report.findings);
    report
}

/// Checks with rules that were read before, for a caller who checks again and again: an editor, at
/// every keystroke.
///
/// The rules' own sources must be among `sources`; `inputs.rules` is not looked at.
pub fn check_with(
    mut sources: Sources,
    rules: &Registry,
    inputs: Inputs<'_>,
    options: &Options,
    find_article: &mut FindArticle<'_>,
) -> Report {
    let lexicon = options.lexicon();
    let given =
        Given { preview: options.preview, budget: options.budget, ..Given::new(rules, lexicon) };
    let mut all = Vec::new();
    for &id in inputs.claims {
        let opened = guarded(id, &sources, || {
            let mut findings = Vec::new();
            let file = claim::read(&sources, id, lexicon, &mut findings);
            let named =
                file.as_ref().and_then(|file| article(file, id, find_article, &mut findings));
            (file, named, findings)
        });
        match opened {
            Ok((Some(file), named, findings)) => {
                let article = named.map(|(name, text)| sources.add(name, text));
                all.push(Text::Claimed { file, article, findings });
            }
            Ok((None, _, findings)) => all.push(Text::Broken(findings)),
            Err(fault) => all.push(Text::Broken(vec![fault])),
        }
    }
    all.extend(inputs.articles.iter().map(|&id| Text::Alone(id)));
    let mut came_to = CameTo::default();
    for one in each(all, &sources, options, |text| text.check(&sources, given, options)) {
        came_to.add(one);
    }
    let CameTo { figures, uncovered, files, coverage, together, articles, told } = came_to;
    let Told { mut relations, mut findings, conflicts } = told;
    if let Some(least) = options.min_coverage {
        findings.extend(coverage.iter().filter_map(|one| one.too_low(least)));
    }
    findings.retain(|finding| finding.broken_input || options.reports(finding.rule.as_str()));
    if !options.levels.is_empty() {
        relevel(&mut findings, &mut relations, rules, options);
    }
    finding::sort(&mut findings);
    // What is not reported is no contradiction of the report either.
    relations.retain(|relation| {
        relation.verdict != Verdict::Contradicts || options.reports(relation.rule.as_str())
    });
    let about = spoken(&findings, rules);
    Report {
        sources,
        findings,
        relations,
        conflicts,
        figures,
        texts: texts(&files, inputs.articles),
        files,
        coverage,
        uncovered,
        together,
        articles,
        rules: about,
        let_stand: Vec::new(),
    }
}

/// What was checked: claims files by their articles, where they have one, and the other articles.
fn texts(files: &[ClaimsFile], articles: &[SourceId]) -> Vec<SourceId> {
    let named = files.iter().map(|file| file.anchored_in.unwrap_or(file.span.source));
    named.chain(articles.iter().copied()).collect()
}

/// What the rules are about that have spoken.
fn spoken(findings: &[Finding], rules: &Registry) -> BTreeMap<String, About> {
    let spoke = findings.iter().filter_map(|finding| rules.get(finding.rule.as_str()));
    spoke.map(|rule| (rule.id.to_string(), About::rule(rule))).collect()
}

/// Gives findings and relations the levels that are wanted of their rules.
fn relevel(
    findings: &mut [Finding],
    relations: &mut [Judged],
    rules: &Registry,
    options: &Options,
) {
    let own = |rule: &RuleId| {
        let check = || CHECKS.iter().find(|check| check.id == rule.as_str());
        let of_rule = rules.get(rule.as_str()).map(|rule| rule.severity);
        of_rule.or_else(|| check().map(|check| check.severity))
    };
    let level = |rule: &RuleId, said: Severity| {
        options.level(rule.as_str(), own(rule).unwrap_or(said), said)
    };
    for finding in findings.iter_mut().filter(|finding| !finding.broken_input) {
        finding.severity = level(&finding.rule, finding.severity);
    }
    for relation in relations {
        relation.severity = level(&relation.rule, relation.severity);
    }
}

/// What relations came to.
#[derive(Default)]
struct Told {
    relations: Vec<Judged>,
    findings: Vec<Finding>,
    conflicts: Vec<Conflict>,
}

/// Adds what a file's relations came to, to what a report says.
fn tell(
    file: &ClaimsFile,
    outcome: Outcome<'_>,
    (given, options): (Given<'_>, &Options),
    told: &mut Told,
) {
    let judged = |relation| {
        let account = || engine::account(relation, file, given.rates);
        let account = if options.at_length { account() } else { None };
        Judged { account: account.map(Box::new), ..report::judged(relation, file) }
    };
    told.relations.extend(outcome.relations.iter().map(judged));
    told.findings.extend(outcome.said.into_iter().map(|(_, finding)| finding));
    told.findings.extend(outcome.findings);
    told.conflicts.extend(outcome.conflicts);
}

/// What is checked by itself.
enum Text {
    /// A claims file, with its article if it can be read, and what is wrong with it so far.
    Claimed { file: ClaimsFile, article: Option<SourceId>, findings: Vec<Finding> },
    /// An article that no claims file names.
    Alone(SourceId),
    /// A claims file that cannot be understood.
    Broken(Vec<Finding>),
}

/// What texts came to.
#[derive(Default)]
struct CameTo {
    figures: usize,
    uncovered: usize,
    files: Vec<ClaimsFile>,
    coverage: Vec<Coverage>,
    together: Together,
    articles: Vec<ArticleRead>,
    told: Told,
}

impl CameTo {
    /// Only findings.
    fn of(findings: Vec<Finding>) -> Self {
        Self { told: Told { findings, ..Told::default() }, ..Self::default() }
    }

    fn add(&mut self, other: Self) {
        self.figures += other.figures;
        self.uncovered += other.uncovered;
        self.files.extend(other.files);
        self.coverage.extend(other.coverage);
        self.together.add(other.together);
        self.articles.extend(other.articles);
        self.told.findings.extend(other.told.findings);
        self.told.relations.extend(other.told.relations);
        self.told.conflicts.extend(other.told.conflicts);
    }
}

impl Text {
    /// The text that a fault of the program is reported at.
    fn source(&self) -> Option<SourceId> {
        match self {
            Self::Claimed { file, .. } => Some(file.span.source),
            Self::Alone(id) => Some(*id),
            Self::Broken(_) => None,
        }
    }

    fn check(self, sources: &Sources, given: Given<'_>, options: &Options) -> CameTo {
        match self {
            Self::Claimed { file, article, findings } => {
                check_claims(file, article, findings, sources, (given, options))
            }
            Self::Alone(id) => check_alone(id, sources, given, options),
            Self::Broken(findings) => CameTo::of(findings),
        }
    }
}

/// Checks a claims file with its article.
fn check_claims(
    mut file: ClaimsFile,
    article: Option<SourceId>,
    mut findings: Vec<Finding>,
    sources: &Sources,
    (given, options): (Given<'_>, &Options),
) -> CameTo {
    let mut came_to = CameTo::default();
    let document = article.map(|article| document(sources, article));
    let article = article.zip(document.as_ref());
    let read = article.map(|(id, document)| (document, sources.get(id).text()));
    file.published = published_on(read, file.published, options);
    if let Some((id, document)) = article {
        let article = Quotable::new(document, id);
        claim::anchor(&mut file, &article, sources, given.lexicon, &mut findings);
    }
    came_to.figures = file.claims.all().len();
    let mut outcome = engine::check(&file, given);
    // Where an assert could not be read, that nothing uses a claim is only its echo.
    if findings.iter().chain(&outcome.findings).any(|finding| finding.broken_input) {
        outcome.findings.retain(|finding| finding.rule.as_str() != "unused-claim");
    }
    let mut prose =
        article.map(|(id, document)| read_article(document, sources, id, given, file.published));
    if let Some(prose) = &mut prose {
        findings.extend(prose.unread.take());
        let covered = Coverage::new(prose.source, &prose.figures, Some(&file));
        came_to.figures += prose.figures.len() - covered.claimed;
        came_to.coverage.push(covered);
        prose.leave_to(&file, &outcome);
        came_to.articles.extend(options.at_length.then(|| prose.read()));
    }
    let mut layers = vec![Layer { file: &file, outcome: &mut outcome, is_prose: false }];
    layers.extend(prose.as_mut().map(Prose::layer));
    came_to.together = engine::together(&mut layers, given);
    tell(&file, outcome, (given, options), &mut came_to.told);
    if let Some(prose) = prose {
        let Checked { file, outcome } = prose.checked;
        tell(&file, outcome, (given, options), &mut came_to.told);
    }
    if options.require_source {
        findings.extend(file.claims.all().iter().filter_map(claim::sourceless));
    }
    came_to.told.findings.extend(findings);
    came_to.files.push(file);
    came_to
}

/// Checks an article that no claims file names.
fn check_alone(id: SourceId, sources: &Sources, given: Given<'_>, options: &Options) -> CameTo {
    let mut came_to = CameTo::default();
    let document = document(sources, id);
    let published = published_on(Some((&document, sources.get(id).text())), None, options);
    let mut prose = read_article(&document, sources, id, given, published);
    came_to.figures = prose.figures.len();
    came_to.together = engine::together(&mut [prose.layer()], given);
    came_to.articles.extend(options.at_length.then(|| prose.read()));
    if options.lists_coverage || options.min_coverage.is_some() {
        came_to.coverage.push(Coverage::new(id, &prose.figures, None));
    } else {
        came_to.uncovered = prose.figures.len();
    }
    came_to.told.findings.extend(prose.unread.take());
    let Checked { file, outcome } = prose.checked;
    tell(&file, outcome, (given, options), &mut came_to.told);
    came_to
}

/// Checks texts one by one, on all cores; what each came to, in their order. A fault of the program in
/// one of them is a finding there, and the others are checked all the same.
fn each(
    texts: Vec<Text>,
    sources: &Sources,
    options: &Options,
    check: impl Fn(Text) -> CameTo + Sync,
) -> Vec<CameTo> {
    let check = |text: Text| {
        let came_to = match text.source() {
            Some(id) => {
                guarded(id, sources, || check(text)).unwrap_or_else(|fault| CameTo::of(vec![fault]))
            }
            None => check(text),
        };
        options.count();
        came_to
    };
    // One text is not worth waking other threads for.
    if texts.len() < 2 {
        return texts.into_iter().map(check).collect();
    }
    texts.into_par_iter().map(check).collect()
}

/// Does something for a text.
///
/// # Errors
/// A finding, if the program has a fault there.
fn guarded<T>(id: SourceId, sources: &Sources, work: impl FnOnce() -> T) -> Result<T, Finding> {
    // What was being made is thrown away, so nothing half done is seen.
    catch_unwind(AssertUnwindSafe(work)).map_err(|fault| {
        let message = format!("a fault of Crossfoot: {}", finding::fault(&*fault));
        Finding::broken(INTERNAL_ERROR, message, sources.whole(id))
            .labelled("this text is not checked")
            .helped("nothing is wrong with the text; please report it with the text, if you may")
    })
}

/// What an article's prose came to.
struct Prose<'r> {
    source: SourceId,
    /// Where its figures stand in the source.
    figures: Vec<Range<usize>>,
    /// The figures.
    mentions: Vec<Mention>,
    checked: Checked<'r>,
    /// What there is to say of words that are not read.
    unread: Option<Finding>,
}

impl<'r> Prose<'r> {
    /// Leaves out what an assert over the same figures has decided already.
    fn leave_to(&mut self, file: &ClaimsFile, asserted: &Outcome<'_>) {
        let decided = asserted.relations.iter().filter(|one| one.verdict != Verdict::Unknown);
        let asserted: Vec<Judged> = decided.map(|one| report::judged(one, file)).collect();
        let Checked { file, outcome } = &mut self.checked;
        outcome.retain(|relation| {
            let judged = report::judged(relation, file);
            !asserted.iter().any(|other| other.is_same(&judged))
        });
    }

    /// The article and its figures for a report at length.
    fn read(&self) -> ArticleRead {
        let source = self.source;
        let figures = self.figures.iter().zip(&self.mentions);
        let figures = figures.map(|(place, mention)| {
            let span = Span { source, start: place.start, end: place.end };
            report::figure_read(mention, span)
        });
        let published = self.checked.file.published;
        ArticleRead { source, published, figures: figures.collect() }
    }

    fn layer(&mut self) -> Layer<'_, 'r> {
        let Checked { file, outcome } = &mut self.checked;
        Layer { file, outcome, is_prose: true }
    }
}

/// Reads an article's prose: its figures, the relations between them, and what there is to say.
fn read_article<'r>(
    document: &Document<'_>,
    sources: &Sources,
    source: SourceId,
    given: Given<'r>,
    published: Option<Publication>,
) -> Prose<'r> {
    let text = sources.get(source).text();
    let read = engine::read_article(document, text, source, given, published);
    let ReadArticle { figures, mentions, checked } = read;
    let unread = unread(document, source, figures.len());
    Prose { source, figures, mentions, checked, unread }
}

/// What there is to say of an article of whose numbers as many stand in block HTML as are read, or more.
fn unread(document: &Document<'_>, source: SourceId, figures: usize) -> Option<Finding> {
    let unread = document.unread().filter(|unread| figures <= unread.numbers)?;
    let numbers = report::plural(unread.numbers, "number", "numbers");
    let message = format!("text in block HTML is not read, and {numbers} in it");
    let span = Span { source, start: unread.first.start, end: unread.first.end };
    let finding = Finding::new(&RuleId::new("unread-html"), Severity::Note, message, span);
    Some(finding.labelled("not read").helped(
        "what stands between empty lines is Markdown, and read, though there are tags around it",
    ))
}

/// The day of publication that counts for an article and its claims, as far as it is known; `stated` is
/// what the claims file says.
fn published_on(
    article: Option<(&Document<'_>, &str)>,
    stated: Option<Publication>,
    options: &Options,
) -> Option<Publication> {
    let says = || {
        let (document, text) = article?;
        published::published(document, text, options.lexicon())
    };
    published::publication(stated, options.published, says, options.published_else)
}

/// The article of a claims file, its name and its text; a finding where it names one that is not there.
fn article(
    file: &ClaimsFile,
    id: SourceId,
    find_article: &mut FindArticle<'_>,
    findings: &mut Vec<Finding>,
) -> Option<(String, String)> {
    let Some((path, span)) = &file.article else {
        let quoted = file.claims.all().iter().find_map(|claim| claim.quote.as_ref());
        findings.extend(quoted.map(|quote| {
            Finding::broken(
                "article-missing",
                "a claim has a quote, but the file names no article",
                quote.span,
            )
            .labelled("quoted from what?")
            .helped("`article = \"draft.md\"` at the top of the file, relative to it")
        }));
        return None;
    };
    let found = find_article(id, path);
    if found.is_none() {
        findings.push(
            Finding::broken("article-missing", format!("the article {path} cannot be read"), *span)
                .labelled("no such file, or no text")
                .helped("the path is relative to the claims file"),
        );
    }
    found
}

/// An article of a run; what has no known ending is plain text.
fn document(sources: &Sources, article: SourceId) -> Document<'_> {
    let format = Format::of(sources.get(article).name()).unwrap_or(Format::Plain);
    Document::parse(sources.get(article).text(), format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_in_one_text_leaves_the_others_checked() {
        let mut sources = Sources::new();
        let ids: Vec<SourceId> = ["a.md", "b.md", "c.md"].map(|name| sources.add(name, "")).into();
        for texts in [&ids[..], &ids[1..2]] {
            let check = |text: Text| {
                assert_ne!(text.source(), Some(ids[1]), "planted");
                CameTo { figures: 1, ..CameTo::default() }
            };
            let alone = texts.iter().map(|&id| Text::Alone(id)).collect();
            let came_to = each(alone, &sources, &Options::default(), check);
            let figures: usize = came_to.iter().map(|one| one.figures).sum();
            assert_eq!(figures, texts.len() - 1);
            let findings: Vec<&Finding> =
                came_to.iter().flat_map(|one| &one.told.findings).collect();
            let [only] = &*findings else { panic!("{findings:#?}") };
            assert_eq!((only.rule.as_str(), only.primary.span.source), (INTERNAL_ERROR, ids[1]));
            assert!(only.broken_input && only.message.contains("planted"), "{only:#?}");
        }
    }
}
