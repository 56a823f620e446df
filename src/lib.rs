//! Crossfoot checks that the figures and dates of an article can all be true together.
//!
//! An article's claims are kept as TOML beside it; rules say what must hold between them. Every
//! figure stands for the numbers an honest writer would print so, as an exact interval, and a
//! relation contradicts only if no choice of numbers satisfies it.
//!
//! ```
//! use crossfoot::{Options, check, source::Sources};
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
//! let report = check(sources, &[claims], &[], &Options::default(), &mut |_, _| None);
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
pub mod report;
pub mod rule;
pub mod shape;
pub mod source;
pub mod value;

use std::collections::HashSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::claim::ClaimsFile;
use crate::document::Quotable;
use crate::engine::Given;
use crate::finding::{Finding, RuleId};
use crate::lexicon::{Lexicon, Rates};
use crate::mention::find_mentions;
use crate::report::{Coverage, Report};
use crate::rule::{Examples, Registry};
use crate::source::{SourceId, Sources};

/// What a check is told beside the texts.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The words that figures are made of; the built-in ones where none are given.
    pub lexicon: Option<Arc<Lexicon>>,
    /// The day of publication, where a claims file does not state it.
    pub published: Option<Date>,
    /// The only rules to report; all where empty.
    pub select: HashSet<String>,
    /// Rules not to report.
    pub ignore: HashSet<String>,
}

impl Options {
    fn lexicon(&self) -> &Lexicon {
        self.lexicon.as_deref().unwrap_or_else(|| Lexicon::built_in())
    }
}

/// Finds the article that a claims file names: given the file and the name, its text and the name
/// to report it under.
pub type FindArticle<'f> = dyn FnMut(SourceId, &str) -> Option<(String, String)> + 'f;

/// Checks claims files: the whole pipeline.
///
/// Nothing but `find_article` touches the outside, so the same input gives the same report.
pub fn check(
    mut sources: Sources,
    claims: &[SourceId],
    rules: &[SourceId],
    options: &Options,
    find_article: &mut FindArticle<'_>,
) -> Report {
    let mut findings = Vec::new();
    let lexicon = options.lexicon();
    let registry = Registry::new(&mut sources, rules, lexicon, Examples::Skip, &mut findings);
    let mut report = check_with(sources, &registry, claims, options, find_article);
    report.findings.append(&mut findings);
    finding::sort(&mut report.findings);
    report
}

/// Checks claims files with rules that were read before, for a caller who checks again and again:
/// an editor, at every keystroke.
///
/// The rules' own sources must be among `sources`.
pub fn check_with(
    mut sources: Sources,
    rules: &Registry,
    claims: &[SourceId],
    options: &Options,
    find_article: &mut FindArticle<'_>,
) -> Report {
    let lexicon = options.lexicon();
    let mut findings = Vec::new();
    let given = Given { rules, rates: Rates::built_in(), lexicon, published: options.published };
    let mut relations = Vec::new();
    let mut coverage = Coverage::default();
    for &id in claims {
        let before = findings.len();
        let Some(mut file) = claim::read(&sources, id, lexicon, &mut findings) else { continue };
        if let Some(article) = article(&file, id, &mut sources, find_article, &mut findings) {
            claim::anchor(&mut file.claims, &article, &sources, lexicon, &mut findings);
            coverage.add(&file, &find_mentions(sources.get(article.source).text(), lexicon));
        }
        coverage.figures += file.claims.all().len();
        let outcome = engine::check(&file, given);
        findings.extend(outcome.findings);
        // Where an assert could not be read, that nothing uses a claim is only its echo.
        if findings[before..].iter().any(|finding| finding.broken_input) {
            let rest = findings.split_off(before);
            findings.extend(rest.into_iter().filter(|f| f.rule.as_str() != "unused-claim"));
        }
        relations.extend(outcome.relations.iter().map(|relation| report::judged(relation, &file)));
    }
    findings.retain(|finding| finding.broken_input || is_wanted(&finding.rule, options));
    finding::sort(&mut findings);
    Report { sources, findings, relations, coverage }
}

fn is_wanted(rule: &RuleId, options: &Options) -> bool {
    let selected = options.select.is_empty() || options.select.contains(rule.as_str());
    selected && !options.ignore.contains(rule.as_str())
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
