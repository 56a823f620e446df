//! Options of a check.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::Date;

use crate::document::{Document, Format};
use crate::finding::Severity;
use crate::lexicon::Lexicon;
use crate::published::{Dated, Publication};
use crate::reading::Reading;
use crate::report::Spot;
use crate::source::{SourceId, Sources};

/// Options of a check, set one by one.
///
/// ```
/// use crossfoot::{Checker, Date, Options, Rules, Severity};
///
/// let options = Options::new()
///     .published(Date::constant(2025, 8, 7))
///     .ignore("unused-claim")
///     .level("wrong-rate", Severity::Warning);
/// let checker = Checker::new(&Rules::built_in()).options(options);
/// let report = checker.article("a.md", "It is $290 million over four years, or $82.5 million a year.");
/// assert_eq!(report.findings[0].severity, Severity::Warning);
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
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
    /// Whether it is listed what articles state so plainly that others can be held against it.
    pub lists_facts: bool,
    /// Whether every claim must have a source.
    pub require_source: bool,
    /// Whether each figure and relation is told at length, those that hold too.
    pub at_length: bool,
    /// The place of the article at which it is told what was made of its sentences.
    pub explain: Option<Spot>,
    /// The format of articles; where it is not said, their names say it.
    pub(crate) format: Option<Format>,
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

/// Each of these is the same options with one of them set.
impl Options {
    /// No options.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The day of publication, where a claims file does not state it.
    #[must_use]
    pub fn published(mut self, day: impl Into<Option<Date>>) -> Self {
        self.published = day.into();
        self
    }

    /// The day of publication, where neither a claims file nor the article states it.
    #[must_use]
    pub fn published_else(mut self, day: impl Into<Option<Date>>) -> Self {
        self.published_else = day.into();
        self
    }

    /// Whether links run that are still being tried.
    #[must_use]
    pub fn preview(mut self, yes: bool) -> Self {
        self.preview = yes;
        self
    }

    /// The least share of an article's figures that claims must cover, of a hundred.
    #[must_use]
    pub fn min_coverage(mut self, percent: impl Into<Option<u8>>) -> Self {
        self.min_coverage = percent.into();
        self
    }

    /// Whether the figures that no claim covers are asked for, of articles without claims too.
    #[must_use]
    pub fn lists_coverage(mut self, yes: bool) -> Self {
        self.lists_coverage = yes;
        self
    }

    /// Whether it is listed what articles state so plainly that others can be held against it.
    #[must_use]
    pub fn lists_facts(mut self, yes: bool) -> Self {
        self.lists_facts = yes;
        self
    }

    /// Whether every claim must have a source.
    #[must_use]
    pub fn require_source(mut self, yes: bool) -> Self {
        self.require_source = yes;
        self
    }

    /// Whether each figure and relation is told at length, those that hold too.
    #[must_use]
    pub fn at_length(mut self, yes: bool) -> Self {
        self.at_length = yes;
        self
    }

    /// Steps that figures which hang together may take to be decided together.
    #[must_use]
    pub fn budget(mut self, steps: impl Into<Option<u64>>) -> Self {
        self.budget = steps.into();
        self
    }

    /// One more rule to report; without any, all are.
    #[must_use]
    pub fn select(mut self, rule: impl Into<String>) -> Self {
        self.select.insert(rule.into());
        self
    }

    /// One more rule not to report.
    #[must_use]
    pub fn ignore(mut self, rule: impl Into<String>) -> Self {
        self.ignore.insert(rule.into());
        self
    }

    /// The level that a rule has instead of its own.
    #[must_use]
    pub fn level(mut self, rule: impl Into<String>, level: Severity) -> Self {
        self.levels.insert(rule.into(), level);
        self
    }
}

impl Options {
    /// The words that figures are made of.
    pub fn lexicon(&self) -> &Lexicon {
        self.lexicon.as_deref().unwrap_or_else(|| Lexicon::built_in())
    }

    /// What is known of the day of publication of a text whose claims file states one, or does not.
    pub(crate) fn dated(&self, stated: Option<Publication>) -> Dated {
        Dated { stated, given: self.published, otherwise: self.published_else }
    }

    /// Reads an article in the format that is said, else in that of its name.
    pub(super) fn read<'t>(
        &self,
        sources: &'t Sources,
        article: SourceId,
        dated: Dated,
    ) -> Reading<'t> {
        let source = sources.get(article);
        let document = match self.format {
            Some(format) => Document::of_format(source, format),
            None => Document::of_source(source),
        };
        Reading::of(document, (article, source.text()), dated, self.lexicon())
    }

    /// Whether a rule is to be reported.
    pub fn reports(&self, rule: &str) -> bool {
        (self.select.is_empty() || self.select.contains(rule)) && !self.ignore.contains(rule)
    }

    /// The level of something that a rule said at a level, its own being another: what was lowered, or
    /// holds loosely, stays as many levels below.
    pub(super) fn level_of(&self, rule: &str, own: Severity, said: Severity) -> Severity {
        let Some(&wanted) = self.levels.get(rule) else { return said };
        let mut level = wanted;
        let mut at = own;
        while said < at {
            at = at.lower();
            level = level.lower();
        }
        level
    }

    /// What counts a text as done when it is dropped, be it for a fault.
    pub(super) fn counted(&self) -> Counted<'_> {
        Counted(self.done.as_deref())
    }
}

/// Counts a text as done when it is dropped.
pub(super) struct Counted<'o>(Option<&'o AtomicUsize>);

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        if let Some(done) = self.0 {
            done.fetch_add(1, Ordering::Relaxed);
        }
    }
}
