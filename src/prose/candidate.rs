//! Relations that prose states, before they are judged.

use std::ops::Range;

use crate::finding::Severity;
use crate::mention::Mention;
use crate::rule::Rule;
use crate::rule::link::{Aspect, TENTATIVE};
use crate::value::Strain;

/// What was found in an article.
#[derive(Clone, Debug)]
pub struct Found<'r> {
    /// The relations.
    pub candidates: Vec<Candidate<'r>>,
    /// Figures beside the article's own that take part in them: cells read by their column, items
    /// of a list. Their indices follow on those of the article's.
    pub further: Vec<Mention>,
}

/// A figure of the prose in a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Taken {
    /// The mention, by its index in the article, or behind those among the further ones.
    pub mention: usize,
    /// How it is taken.
    pub aspect: Aspect,
    /// A change that is taken away from it, to have the level that it began with.
    pub less: Option<Less>,
    /// The mention whose unit it takes, where it states none of its own.
    pub unit_of: Option<usize>,
}

/// By how much a level has risen or fallen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Less {
    /// The mention of the change.
    pub mention: usize,
    /// Whether the level rose by it.
    pub rises: bool,
}

impl Taken {
    /// A figure as it stands.
    pub fn stated(mention: usize) -> Self {
        Self { mention, aspect: Aspect::Stated, less: None, unit_of: None }
    }
}

/// The mention that a reading is put to the test with, its first, where it is tentative.
pub(super) fn tested(roles: &[Vec<Taken>], is_tentative: bool) -> Option<usize> {
    let first = || roles.iter().flatten().map(|taken| taken.mention).min();
    is_tentative.then(first).flatten()
}

/// The name under which a reading is measured: its own, or that of all which are put to the test.
pub(super) fn apart(own: Option<&str>, tried: Option<usize>) -> Option<&str> {
    own.or_else(|| tried.map(|_| TENTATIVE))
}

/// A relation that prose states, to be judged.
#[derive(Clone, Debug)]
pub struct Candidate<'r> {
    /// The rule.
    pub rule: &'r Rule,
    /// For each role, the figures that fill it.
    pub roles: Vec<Vec<Taken>>,
    /// How much a contradiction matters.
    pub severity: Severity,
    /// The name under which the words that relate it are measured apart from the rest of the rule.
    pub apart: Option<&'r str>,
    /// Beyond which strain its figures contradict, where the rule or the words that relate it say so.
    pub strain: Option<Strain>,
    /// The word that says which way its figures go, where they go the other way; bytes of the prose.
    pub cue: Option<Range<usize>>,
    /// Whether a figure is quoted from somebody, who may be quoted wrong.
    pub quoted: bool,
    /// Whether it is there only to excuse another reading.
    pub excuses: bool,
    /// A mention that was looked for among others, or put to the test: with another than the right one the
    /// relation does not hold, and says nothing.
    pub tried: Option<usize>,
}

impl Candidate<'_> {
    /// The mentions that take part, sorted.
    pub fn mentions(&self) -> Vec<usize> {
        let taken = self.roles.iter().flatten();
        let less = taken.clone().filter_map(|taken| Some(taken.less?.mention));
        let mut all: Vec<usize> = taken.map(|taken| taken.mention).chain(less).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}
