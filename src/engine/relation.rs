//! Relations between figures, and the verdicts on them.

use crate::checks::Check;
use crate::engine::operand::{Figures, Operand};
use crate::finding::{FindingId, Severity};
use crate::rule::expression::Condition;
use crate::rule::{Join, Loosely, Rule};
use crate::source::Span;
use crate::value::Strain;

/// Whether a relation can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Some choice of what the figures mean strictly satisfies it.
    Holds,
    /// Only a choice of what they mean loosely does.
    HoldsLoosely,
    /// No choice does.
    Contradicts,
    /// Something that decides it is not stated.
    Unknown,
}

impl Verdict {
    /// Whether it can stand, strictly or loosely.
    pub fn holds(self) -> bool {
        matches!(self, Self::Holds | Self::HoldsLoosely)
    }

    /// The words that reports use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::HoldsLoosely => "holds loosely",
            Self::Contradicts => "contradicts",
            Self::Unknown => "unknown",
        }
    }
}

/// What must hold in a relation, and where that is stated.
#[derive(Clone, Debug)]
pub enum Holds<'r> {
    /// A rule's condition.
    Rule(&'r Rule),
    /// A condition of an assert's own, with its text.
    That(Box<Condition>, String),
}

/// One instance of a rule or assertion, its roles filled by claims.
#[derive(Clone, Debug)]
pub struct Relation<'r> {
    /// What must hold.
    pub holds: Holds<'r>,
    /// The roles, in the order of the rule: a name, and the indices of its claims.
    pub roles: Vec<Filled>,
    /// Where it is asserted; `None` for a join.
    pub asserted: Option<Span>,
    /// Why it should hold, in the writer's words.
    pub because: Option<String>,
    /// How much a contradiction matters.
    pub severity: Severity,
    /// Whether the assert itself says so: then no slip changes it.
    pub is_severity_stated: bool,
    /// What to say where it holds only loosely.
    pub loosely: Loosely,
    /// How prose relates its figures, where that does.
    pub way: Option<Way<'r>>,
    /// Beyond which strain its figures contradict.
    pub limit: Strain,
    /// How far they have to be stretched for it to hold; known where it holds only loosely, and of
    /// everything that holds in a run that measures.
    pub strain: Option<Strain>,
    /// The word that says which way its figures go, where prose has one and they go the other way.
    pub cue: Option<Box<str>>,
    /// The slip that explains a contradiction.
    pub slip: Option<&'r Rule>,
    /// The verdict.
    pub verdict: Verdict,
    /// Why it is unknown, or what a conversion rests on.
    pub remarks: Vec<String>,
}

/// How prose relates figures, as far as it is measured.
#[derive(Clone, Copy, Debug)]
pub struct Way<'r> {
    /// The name under which the words are measured apart from the rest of the rule.
    pub apart: Option<&'r str>,
    /// Whether the rule or the words say how far figures may be stretched.
    pub states_strain: bool,
    /// Whether it is taken only because it holds, and so bears nothing out.
    pub is_tentative: bool,
}

/// A role and the claims that fill it.
#[derive(Clone, Debug)]
pub struct Filled {
    /// The role's name; a claim's id in an assertion.
    pub name: String,
    /// Whether the role takes several claims.
    pub is_list: bool,
    /// Indices of claims.
    pub claims: Vec<usize>,
}

impl Relation<'_> {
    /// The rule's id, or that of an assertion.
    pub fn rule(&self) -> FindingId {
        match &self.holds {
            Holds::Rule(rule) => self.slip.unwrap_or(*rule).id.clone().into(),
            Holds::That(..) => Check::Assertion.into(),
        }
    }

    /// Whether the engine looked at a claim by itself, unasked.
    pub(super) fn is_about_one_claim(&self) -> bool {
        matches!(&self.holds, Holds::Rule(rule) if rule.join == Some(Join::EachClaim))
            && self.asserted.is_none()
    }

    /// Whether its rule says nothing of what holds.
    pub(super) fn is_quiet(&self) -> bool {
        matches!(self.holds, Holds::Rule(rule) if rule.is_quiet)
    }

    /// Whether it is taken only because it holds.
    pub fn is_tentative(&self) -> bool {
        self.way.is_some_and(|way| way.is_tentative)
    }

    /// The condition that must hold.
    pub fn condition(&self) -> &Condition {
        match &self.holds {
            Holds::Rule(rule) => &rule.holds,
            Holds::That(condition, _) => condition,
        }
    }

    /// The condition as written.
    pub fn text(&self) -> &str {
        match &self.holds {
            Holds::Rule(rule) => &rule.that,
            Holds::That(_, text) => text,
        }
    }

    /// The claims of all roles, in order.
    pub fn claims<'c>(&self, all: Figures<'c>) -> impl Iterator<Item = Operand<'c>> {
        self.roles.iter().flat_map(|role| &role.claims).map(move |&index| all.get(index))
    }
}
