//! What the engine is given beside the claims, and what a claims file comes to.

use std::collections::HashMap;
use std::sync::Arc;

use crate::engine::relation::Relation;
use crate::finding::{Conflict, Finding, RuleId, Severity};
use crate::lexicon::{Lexicon, Rates};
use crate::rule::Registry;
use crate::source::Span;

/// What the engine needs to know beside the claims.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The rules.
    pub rules: &'a Registry,
    /// Exchange rates.
    pub rates: &'a Rates,
    /// The lexicon.
    pub lexicon: &'a Lexicon,
    /// Whether links run that are still being tried.
    pub preview: bool,
    /// Levels that rules have instead of their own, which then hold in prose too, whatever was measured.
    pub levels: Option<&'a HashMap<String, Severity>>,
    /// Whether the run measures: levels, quotation marks and what is not worth a line have no say, and
    /// everything that holds has its strain.
    pub measures: bool,
    /// Steps that figures which hang together may take to be decided together, where it is not what
    /// [`crate::network::steps_for`] says.
    pub budget: Option<u64>,
}

impl<'a> Given<'a> {
    /// The rules and words of a run, the built-in rates, and nothing else.
    pub fn new(rules: &'a Registry, lexicon: &'a Lexicon) -> Self {
        let rates = Rates::built_in();
        Self { rules, rates, lexicon, preview: false, levels: None, measures: false, budget: None }
    }
}

/// What a claims file came to.
#[derive(Debug, Default)]
pub struct Outcome<'r> {
    /// Every relation that was looked at, with its verdict.
    pub relations: Vec<Relation<'r>>,
    /// What there is to say of relations: each by its place, in order.
    pub said: Vec<(usize, Finding)>,
    /// What there is to say beside that.
    pub findings: Vec<Finding>,
    /// Claims that state the same fact, in groups.
    pub facts: Vec<Vec<usize>>,
    /// What cannot stand together, said or not.
    pub conflicts: Vec<Arc<Conflict>>,
    /// Relations over claims of which the article says something else now.
    pub stale: Vec<Stale>,
}

/// A relation over claims as they were recorded, of which the article says something else now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// Its rule; `None` for a condition.
    pub rule: Option<RuleId>,
    /// Where it is asserted; `None` for a join.
    pub asserted: Option<Span>,
    /// The indices of those claims.
    pub claims: Vec<usize>,
    /// Whether it did not hold.
    pub contradicted: bool,
}

impl Outcome<'_> {
    /// Everything there is to say.
    pub fn all_findings(&self) -> impl Iterator<Item = &Finding> {
        self.said.iter().map(|(_, finding)| finding).chain(&self.findings)
    }

    /// Leaves out relations, and what is said of them.
    pub fn retain(&mut self, mut keep: impl FnMut(&Relation<'_>) -> bool) {
        let mut place = 0;
        let places: Vec<Option<usize>> = self
            .relations
            .iter()
            .map(|relation| {
                keep(relation).then(|| {
                    place += 1;
                    place - 1
                })
            })
            .collect();
        let mut kept = places.iter();
        self.relations.retain(|_| kept.next().is_none_or(Option::is_some));
        self.said = std::mem::take(&mut self.said)
            .into_iter()
            .filter_map(|(at, finding)| Some((places[at]?, finding)))
            .collect();
    }
}
