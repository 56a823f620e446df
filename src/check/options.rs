//! Options of a check.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::Date;

use crate::finding::Severity;
use crate::lexicon::Lexicon;
use crate::published::{Dated, Publication};

/// Options of a check.
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

    /// What is known of the day of publication of a text whose claims file states one, or does not.
    pub(crate) fn dated(&self, stated: Option<Publication>) -> Dated {
        Dated { stated, given: self.published, otherwise: self.published_else }
    }

    /// Whether a rule is to be reported.
    pub fn reports(&self, rule: &str) -> bool {
        (self.select.is_empty() || self.select.contains(rule)) && !self.ignore.contains(rule)
    }

    /// The level of something that a rule said at a level, its own being another: what was lowered, or
    /// holds loosely, stays as many levels below.
    pub(super) fn level(&self, rule: &str, own: Severity, said: Severity) -> Severity {
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
