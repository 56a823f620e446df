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

pub mod claim;
pub mod cli;
pub mod config;
pub mod document;
pub mod engine;
pub mod finding;
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

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::claim::ClaimsFile;
use crate::document::{Document, Format, Quotable};
use crate::engine::Given;
use crate::finding::Finding;
use crate::lexicon::Lexicon;
use crate::report::{Coverage, Judged, Report};
use crate::rule::{Examples, Registry};
use crate::source::{SourceId, Sources};

/// What a check is told beside the texts.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The words that figures are made of; the built-in ones where none are given.
    pub lexicon: Option<Arc<Lexicon>>,
    /// The day of publication, where a claims file does not state it.
    pub published: Option<Date>,
    /// The day of publication, where neither it nor the article states it.
    pub published_else: Option<Date>,
    /// Whether links run that are still being tried.
    pub preview: bool,
    /// The only rules to report; all where empty.
    pub select: HashSet<String>,
    /// Rules not to report.
    pub ignore: HashSet<String>,
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
    let mut findings = Vec::new();
    let given = Given {
        published: options.published,
        preview: options.preview,
        ..Given::new(rules, lexicon)
    };
    let mut relations: Vec<Judged> = Vec::new();
    let mut coverage = Coverage::default();
    for &id in inputs.claims {
        let before = findings.len();
        let Some(mut file) = claim::read(&sources, id, lexicon, &mut findings) else { continue };
        let article = article(&file, id, &mut sources, find_article, &mut findings);
        if let Some(article) = &article {
            claim::anchor(&mut file.claims, article, &sources, lexicon, &mut findings);
        }
        coverage.figures += file.claims.all().len();
        let outcome = engine::check(&file, given);
        findings.extend(outcome.findings);
        // Where an assert could not be read, that nothing uses a claim is only its echo.
        if findings[before..].iter().any(|finding| finding.broken_input) {
            let rest = findings.split_off(before);
            findings.extend(rest.into_iter().filter(|f| f.rule.as_str() != "unused-claim"));
        }
        let first = relations.len();
        relations.extend(outcome.relations.iter().map(|relation| report::judged(relation, &file)));
        if let Some(article) = article {
            let mut prose = read_article(&sources, article.source, given, file.published, options);
            let covered = coverage.add(&file, &prose.figures);
            coverage.figures += prose.figures.len() - covered;
            prose.leave_to(&relations[first..]);
            findings.append(&mut prose.findings);
            relations.append(&mut prose.relations);
        }
    }
    for mut prose in read_articles(&sources, inputs.articles, given, options) {
        coverage.mentions += prose.figures.len();
        coverage.figures += prose.figures.len();
        findings.append(&mut prose.findings);
        relations.append(&mut prose.relations);
    }
    findings.retain(|finding| finding.broken_input || options.reports(finding.rule.as_str()));
    finding::sort(&mut findings);
    Report { sources, findings, relations, coverage }
}

/// Articles read one by one, on all cores, in their order.
fn read_articles(
    sources: &Sources,
    articles: &[SourceId],
    given: Given<'_>,
    options: &Options,
) -> Vec<Prose> {
    let read = |&id: &SourceId| read_article(sources, id, given, None, options);
    match articles {
        // One article is not worth waking other threads for.
        [only] => vec![read(only)],
        several => several.par_iter().map(read).collect(),
    }
}

/// What an article's prose came to.
struct Prose {
    /// Where its figures stand in the source.
    figures: Vec<Range<usize>>,
    relations: Vec<Judged>,
    findings: Vec<Finding>,
}

impl Prose {
    /// Leaves out what an assert over the same figures has said already.
    fn leave_to(&mut self, asserted: &[Judged]) {
        let said = |relation: &Judged| asserted.iter().any(|other| other.is_same(relation));
        let dropped: Vec<Judged> =
            self.relations.extract_if(.., |relation| said(relation)).collect();
        self.findings.retain(|finding| {
            !dropped.iter().any(|relation| {
                relation.rule == finding.rule
                    && relation.places().any(|place| place == finding.primary.span)
            })
        });
    }
}

/// Reads an article's prose: its figures, the relations between them, and what there is to say.
fn read_article(
    sources: &Sources,
    source: SourceId,
    given: Given<'_>,
    stated: Option<Date>,
    options: &Options,
) -> Prose {
    let format = Format::of(sources.get(source).name()).unwrap_or(Format::Plain);
    let text = sources.get(source).text();
    let document = Document::parse(text, format);
    let own = || published::published(&document, text, given.lexicon).map(|found| found.day);
    let published = stated.or(options.published).or_else(own).or(options.published_else);
    let read = engine::read_article(&document, text, source, given, published);
    let checked = read.checked;
    let relations = checked.outcome.relations.iter();
    Prose {
        figures: read.figures,
        relations: relations.map(|relation| report::judged(relation, &checked.file)).collect(),
        findings: checked.outcome.findings,
    }
}

/// The article of a claims file; a finding where it names one that is not there.
fn article(
    file: &ClaimsFile,
    id: SourceId,
    sources: &mut Sources,
    find_article: &mut FindArticle<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Quotable> {
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
    let Some((name, text)) = find_article(id, path) else {
        findings.push(
            Finding::broken("article-missing", format!("the article {path} cannot be read"), *span)
                .labelled("no such file, or no text")
                .helped("the path is relative to the claims file"),
        );
        return None;
    };
    let article = sources.add(name, text);
    Some(Quotable::new(sources, article))
}
