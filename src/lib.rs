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
//! let none = &mut |_, name: &str| Err(Unread::missing(name));
//! let report = check(sources, inputs, &Options::default(), none);
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

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::claim::ClaimsFile;
use crate::document::{Document, Format, Quotable};
use crate::draft::Coverage;
use crate::engine::{Checked, Given, Layer, Outcome, ReadArticle, Together, Verdict};
use crate::finding::{CHECKS, Conflict, Finding, RuleId, Severity};
use crate::lexicon::Lexicon;
use crate::load::Unread;
use crate::mention::Mention;
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
pub type FindArticle<'f> = dyn FnMut(SourceId, &str) -> Result<(String, String), Unread> + 'f;

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
    let mut findings = Vec::new();
    let given = Given {
        published: options.published,
        preview: options.preview,
        budget: options.budget,
        ..Given::new(rules, lexicon)
    };
    let mut told = Told::default();
    let (mut files, mut coverage) = (Vec::new(), Vec::new());
    let (mut figures, mut uncovered) = (0, 0);
    let mut together = Together::default();
    let mut articles = Vec::new();
    for &id in inputs.claims {
        let before = findings.len();
        let Some(mut file) = claim::read(&sources, id, lexicon, &mut findings) else { continue };
        let article = article(&file, id, &mut sources, find_article, &mut findings);
        let document = article.map(|article| document(&sources, article));
        let article = article.zip(document.as_ref());
        if let Some((id, document)) = article {
            let article = Quotable::new(document, id);
            claim::anchor(&mut file, &article, &sources, lexicon, &mut findings);
        }
        figures += file.claims.all().len();
        let mut outcome = engine::check(&file, given);
        // Where an assert could not be read, that nothing uses a claim is only its echo.
        if findings[before..].iter().chain(&outcome.findings).any(|finding| finding.broken_input) {
            outcome.findings.retain(|finding| finding.rule.as_str() != "unused-claim");
        }
        let mut prose = article.map(|(id, document)| {
            read_article(document, &sources, id, given, file.published, options)
        });
        if let Some(prose) = &mut prose {
            let covered = Coverage::new(prose.source, &prose.figures, Some(&file));
            figures += prose.figures.len() - covered.claimed;
            coverage.push(covered);
            prose.leave_to(&file, &outcome);
        }
        let published = file.published.or(given.published);
        if options.at_length
            && let Some((id, _)) = article
        {
            articles.extend(prose.as_ref().map(|prose| prose.read(id)));
        }
        let mut layers =
            vec![Layer { file: &file, outcome: &mut outcome, published, is_prose: false }];
        layers.extend(prose.as_mut().map(Prose::layer));
        together.add(engine::together(&mut layers, given));
        tell(&file, outcome, published, (given, options), &mut told);
        if let Some(prose) = prose {
            let Checked { file, outcome } = prose.checked;
            tell(&file, outcome, prose.published, (given, options), &mut told);
        }
        if options.require_source {
            findings.extend(file.claims.all().iter().filter_map(claim::sourceless));
        }
        files.push(file);
        options.count();
    }
    for read in read_articles(&sources, inputs.articles, given, options) {
        figures += read.figures;
        match read.coverage {
            Some(one) => coverage.push(one),
            None => uncovered += read.figures,
        }
        together.add(read.together);
        told.findings.extend(read.told.findings);
        told.relations.extend(read.told.relations);
        told.conflicts.extend(read.told.conflicts);
        articles.extend(read.article);
    }
    let Told { mut relations, findings: said, conflicts } = told;
    findings.extend(said);
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
    let spoke = findings.iter().filter_map(|finding| rules.get(finding.rule.as_str()));
    let about = spoke.map(|rule| (rule.id.to_string(), About::rule(rule))).collect();
    Report {
        sources,
        findings,
        relations,
        conflicts,
        figures,
        files,
        coverage,
        uncovered,
        together,
        articles,
        rules: about,
        let_stand: Vec::new(),
    }
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

/// What texts came to.
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
    published: Option<Date>,
    (given, options): (Given<'_>, &Options),
    told: &mut Told,
) {
    let judged = |relation| {
        let account = || engine::account(relation, file, given.rates, published);
        let account = if options.at_length { account() } else { None };
        Judged { account: account.map(Box::new), ..report::judged(relation, file) }
    };
    told.relations.extend(outcome.relations.iter().map(judged));
    told.findings.extend(outcome.said.into_iter().map(|(_, finding)| finding));
    told.findings.extend(outcome.findings);
    told.conflicts.extend(outcome.conflicts);
}

/// What an article that no claims file names came to.
struct Alone {
    figures: usize,
    coverage: Option<Coverage>,
    together: Together,
    told: Told,
    article: Option<ArticleRead>,
}

/// Articles read one by one, on all cores, in their order.
fn read_articles(
    sources: &Sources,
    articles: &[SourceId],
    given: Given<'_>,
    options: &Options,
) -> Vec<Alone> {
    let read = |&id: &SourceId| {
        let document = document(sources, id);
        let mut prose = read_article(&document, sources, id, given, None, options);
        let together = engine::together(&mut [prose.layer()], given);
        let article = options.at_length.then(|| prose.read(id));
        let mut told = Told::default();
        let Checked { file, outcome } = prose.checked;
        tell(&file, outcome, prose.published, (given, options), &mut told);
        let asked = options.lists_coverage || options.min_coverage.is_some();
        let coverage = asked.then(|| Coverage::new(id, &prose.figures, None));
        options.count();
        Alone { figures: prose.figures.len(), coverage, together, told, article }
    };
    match articles {
        // One article is not worth waking other threads for.
        [only] => vec![read(only)],
        several => several.par_iter().map(read).collect(),
    }
}

/// What an article's prose came to.
struct Prose<'r> {
    source: SourceId,
    /// Where its figures stand in the source.
    figures: Vec<Range<usize>>,
    /// The figures.
    mentions: Vec<Mention>,
    checked: Checked<'r>,
    published: Option<Date>,
}

impl<'r> Prose<'r> {
    /// Leaves out what an assert over the same figures has said already.
    fn leave_to(&mut self, file: &ClaimsFile, asserted: &Outcome<'_>) {
        let asserted: Vec<Judged> =
            asserted.relations.iter().map(|relation| report::judged(relation, file)).collect();
        let Checked { file, outcome } = &mut self.checked;
        outcome.retain(|relation| {
            let judged = report::judged(relation, file);
            !asserted.iter().any(|other| other.is_same(&judged))
        });
    }

    /// The article and its figures for a report at length.
    fn read(&self, source: SourceId) -> ArticleRead {
        let figures = self.figures.iter().zip(&self.mentions);
        let figures = figures.map(|(place, mention)| {
            let span = Span { source, start: place.start, end: place.end };
            report::figure_read(mention, span)
        });
        ArticleRead { source, published: self.published, figures: figures.collect() }
    }

    fn layer(&mut self) -> Layer<'_, 'r> {
        let Checked { file, outcome } = &mut self.checked;
        Layer { file, outcome, published: self.published, is_prose: true }
    }
}

/// Reads an article's prose: its figures, the relations between them, and what there is to say.
fn read_article<'r>(
    document: &Document<'_>,
    sources: &Sources,
    source: SourceId,
    given: Given<'r>,
    stated: Option<Date>,
    options: &Options,
) -> Prose<'r> {
    let text = sources.get(source).text();
    let published = published_on(document, text, stated, given.lexicon, options);
    let read = engine::read_article(document, text, source, given, published);
    let ReadArticle { figures, mentions, checked } = read;
    Prose { source, figures, mentions, checked, published }
}

/// The day of publication: what the claims file says, else the command line, else the article itself,
/// else the configuration.
fn published_on(
    document: &Document<'_>,
    text: &str,
    stated: Option<Date>,
    lexicon: &Lexicon,
    options: &Options,
) -> Option<Date> {
    let own = || published::published(document, text, lexicon).map(|found| found.day);
    stated.or(options.published).or_else(own).or(options.published_else)
}

/// The article of a claims file; a finding where it names one that is not there.
fn article(
    file: &ClaimsFile,
    id: SourceId,
    sources: &mut Sources,
    find_article: &mut FindArticle<'_>,
    findings: &mut Vec<Finding>,
) -> Option<SourceId> {
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
    match find_article(id, path) {
        Ok((name, text)) => Some(sources.add(name, text)),
        Err(Unread { message, label, help }) => {
            let finding = Finding::broken("article-missing", message, *span);
            findings.push(finding.labelled(label).helped(help));
            None
        }
    }
}

/// An article of a run; what has no known ending is plain text.
fn document(sources: &Sources, article: SourceId) -> Document<'_> {
    let format = Format::of(sources.get(article).name()).unwrap_or(Format::Plain);
    Document::parse(sources.get(article).text(), format)
}
