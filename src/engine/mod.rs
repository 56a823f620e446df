//! Relations from rules and claims, judged one by one, and what there is to say about them.

mod account;
mod article;
mod clash;
mod compile;
mod example;
mod exchange;
mod explain;
mod judge;
mod operand;
mod relate;
mod render;
mod slips;
mod together;

pub use account::{Account, Bar, Side, account};
pub use article::{Checked, check_prose, judged};
pub use example::test_example;
pub use judge::{NO_PUBLICATION, left};
pub use operand::{Figures, Operand};
pub use together::{Layer, Together, together};

use crate::claim::{Claim, ClaimsFile};
use crate::finding::{Conflict, Finding, RuleId, Severity};
use crate::lexicon::{Lexicon, Rates};
use crate::rule::expression::Condition;
use crate::rule::{Join, Loosely, Registry, Rule};
use crate::source::Span;

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
    /// The slip that explains a contradiction.
    pub slip: Option<&'r Rule>,
    /// The verdict.
    pub verdict: Verdict,
    /// Why it is unknown, or what a conversion rests on.
    pub remarks: Vec<String>,
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
    /// The rule's id, or `assertion`.
    pub fn rule(&self) -> RuleId {
        match &self.holds {
            Holds::Rule(rule) => self.slip.unwrap_or(*rule).id.clone(),
            Holds::That(..) => RuleId::new("assertion"),
        }
    }

    /// Whether the engine looked at a claim by itself, unasked.
    fn is_about_one_claim(&self) -> bool {
        matches!(&self.holds, Holds::Rule(rule) if rule.join == Some(Join::EachClaim))
            && self.asserted.is_none()
    }

    /// Whether its rule says nothing of what holds.
    fn is_quiet(&self) -> bool {
        matches!(self.holds, Holds::Rule(rule) if rule.is_quiet)
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
    pub conflicts: Vec<Conflict>,
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
    /// Steps that figures which hang together may take to be decided together, where it is not what
    /// [`crate::network::steps_for`] says.
    pub budget: Option<u64>,
}

impl<'a> Given<'a> {
    /// The rules and words of a run, the built-in rates, and nothing else.
    pub fn new(rules: &'a Registry, lexicon: &'a Lexicon) -> Self {
        let rates = Rates::built_in();
        Self { rules, rates, lexicon, preview: false, budget: None }
    }
}

/// Relates the claims of a file and judges every relation.
pub fn check<'r>(file: &ClaimsFile, given: Given<'r>) -> Outcome<'r> {
    let mut findings = Vec::new();
    let mut used = vec![false; file.claims.all().len()];
    let facts = file.claims.same_facts();
    let mut relations = relate::relations(file, given, &facts, &mut used, &mut findings);
    let figures = Figures::claimed(file);
    for relation in &mut relations {
        judge::judge(relation, figures, given);
    }
    // A check of one claim by itself is worth a line only where it fails: it relates nothing.
    relations
        .retain(|relation| !relation.is_about_one_claim() || relation.verdict != Verdict::Holds);
    let said = explain::findings(&relations, figures, given.rates);
    // A quote has its use without a relation: the claim is watched in the article.
    let idle = file
        .claims
        .all()
        .iter()
        .zip(&used)
        .filter(|(claim, used)| !**used && claim.quote.is_none());
    findings.extend(idle.map(|(claim, _)| unused(claim)));
    Outcome { relations, said, findings, facts, conflicts: Vec::new() }
}

fn unused(claim: &Claim) -> Finding {
    let message = format!("nothing uses the claim `{}`", claim.id);
    Finding::new(&RuleId::new("unused-claim"), Severity::Note, message, claim.id_span)
        .labelled("no assert names it, and no other claim states the same fact")
        .helped("a figure is checked by what it has to do with others: an `[[assert]]` says what")
}
