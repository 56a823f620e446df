//! How a set of figures comes to clash: what each relation leaves, step by step, or which multiples
//! of the relations add up to an absurdity.

use std::collections::BTreeSet;

use crate::network::conflict::Conflict;
use crate::network::facts::{Answer, Network, numbers};
use crate::network::form::{Fact, Form};
use crate::network::inquiry::Inquiry;
use crate::network::solve::{Clash, Part, Trail};
use crate::value::{Interval, Mode, Rational};

/// A relation leaves a fact no more than an interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The relation.
    pub relation: usize,
    /// The fact.
    pub fact: Fact,
    /// What is left to it.
    pub left: Interval,
}

/// Multiples of relations whose sum cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Each relation that takes part, and how many times.
    pub times: Vec<(usize, Rational)>,
    /// What the sum of them leaves of the facts: each with its factor.
    pub terms: Vec<(Fact, Rational)>,
    /// What that sum is, by the facts' own intervals.
    pub stated: Interval,
    /// What it would have to be, by the relations.
    pub needed: Interval,
}

/// How a conflict comes about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Explanation {
    /// The claims of one fact have nothing in common.
    Claims(Fact),
    /// After these steps, a relation cannot hold.
    Steps {
        /// What was narrowed, in order.
        steps: Vec<Step>,
        /// The relation that clashes.
        relation: usize,
        /// What its facts are by then.
        facts: Vec<(Fact, Interval)>,
    },
    /// Sums do not fit; some facts may have been narrowed before.
    Sums(Vec<Step>, Certificate),
}

impl Inquiry<'_, '_> {
    /// How a conflict comes about; `None` for what is none, or where the steps run out.
    pub fn explain(&mut self, conflict: &Conflict, mode: Mode) -> Option<Explanation> {
        let network = self.network;
        let claims = numbers(&conflict.claims);
        let constraints = network.constraints_of_all(&numbers(&conflict.relations));
        let part = Part { claims: &claims, constraints: &constraints };
        let mut trail = Trail::default();
        if self.run(part, mode, &mut trail) != Answer::Inconsistent {
            return None;
        }
        let facts = self.solver.facts.clone();
        let claimed = self.solver.claimed(part, mode);
        let before = |place: usize, entry: Option<usize>| match entry {
            Some(entry) => trail.entries[entry].domain.clone(),
            None => claimed[place].clone(),
        };
        let clash = trail.clashes.first()?.clone();
        let used = used(&trail, &clash);
        let steps = used.entries.iter().map(|&entry| {
            let entry = &trail.entries[entry];
            Step {
                relation: network.relation_of(entry.constraint),
                fact: facts[entry.fact],
                left: entry.domain.clone(),
            }
        });
        let steps: Vec<Step> = steps.collect();
        Some(match clash {
            Clash::Claims(place) => Explanation::Claims(facts[place]),
            Clash::Constraint(constraint, inputs) => Explanation::Steps {
                steps,
                relation: network.relation_of(constraint),
                facts: inputs
                    .iter()
                    .map(|&(place, entry)| (facts[place], before(place, entry)))
                    .collect(),
            },
            Clash::Sums { facts: bounds, constraints, .. } => {
                let terms = bounds.iter().map(|&(place, entry, ref factor)| {
                    (facts[place], factor.clone(), before(place, entry))
                });
                let terms: Vec<(Fact, Rational, Interval)> = terms.collect();
                let mut stated = Interval::point(Rational::ZERO);
                for (_, factor, interval) in &terms {
                    stated.add_multiple(interval, factor);
                }
                let mut needed = Interval::point(Rational::ZERO);
                for (_, factor, range) in &constraints {
                    needed.add_multiple(range, &-factor.clone());
                }
                let times = constraints
                    .iter()
                    .map(|(constraint, factor, _)| {
                        (network.relation_of(*constraint), -factor.clone())
                    })
                    .collect();
                let terms = terms.into_iter().map(|(fact, factor, _)| (fact, factor)).collect();
                let whole = Certificate { times, terms, stated, needed };
                Explanation::Sums(steps, whole.in_whole_numbers())
            }
        })
    }
}

impl Network<'_> {
    pub(super) fn relation_of(&self, constraint: u32) -> usize {
        self.constraints[constraint as usize].relation as usize
    }

    /// The facts and relations that a clash rests on: not a minimal set, but mostly a small one.
    pub(super) fn cause(
        &self,
        trail: &Trail,
        clash: &Clash,
        facts: &[Fact],
    ) -> (Vec<Fact>, Vec<u32>) {
        let Used { facts: places, constraints, .. } = used(trail, clash);
        let mut relations: Vec<u32> = constraints
            .into_iter()
            .map(|constraint| self.constraints[constraint as usize].relation)
            .collect();
        relations.dedup();
        (places.into_iter().map(|place| facts[place]).collect(), relations)
    }

    /// Whether a constraint is a sum as it stands.
    pub(super) fn is_sum(&self, constraint: u32) -> bool {
        matches!(self.constraints[constraint as usize].form, Form::Linear(_))
    }
}

/// What a clash rests on.
struct Used {
    /// Facts, by their places in the part, of which claims are needed.
    facts: Vec<usize>,
    constraints: BTreeSet<u32>,
    /// What was narrowed on the way to it, in order.
    entries: Vec<usize>,
}

/// The constraints and facts that a clash rests on, and the entries that led to it, in order.
fn used(trail: &Trail, clash: &Clash) -> Used {
    let mut constraints = BTreeSet::new();
    let mut facts = Vec::new();
    let mut waiting: Vec<(usize, Option<usize>)> = match clash {
        Clash::Claims(fact) => vec![(*fact, None)],
        Clash::Constraint(constraint, inputs) => {
            constraints.insert(*constraint);
            inputs.clone()
        }
        Clash::Sums { facts, constraints: all, fixed } => {
            constraints.extend(all.iter().map(|(constraint, ..)| *constraint));
            let bounds = facts.iter().map(|&(fact, entry, _)| (fact, entry));
            bounds.chain(fixed.iter().copied()).collect()
        }
    };
    let mut used = BTreeSet::new();
    while let Some((fact, entry)) = waiting.pop() {
        match entry {
            // What a fact was narrowed to is within what its claims say.
            None => facts.push(fact),
            Some(entry) if used.insert(entry) => {
                let entry = &trail.entries[entry];
                constraints.insert(entry.constraint);
                waiting.extend(entry.inputs.iter().copied());
            }
            Some(_) => {}
        }
    }
    facts.sort_unstable();
    facts.dedup();
    Used { facts, constraints, entries: used.into_iter().collect() }
}

impl Certificate {
    /// The same with every factor a whole number, as small as it can be.
    fn in_whole_numbers(mut self) -> Self {
        let factors = || self.times.iter().map(|(_, factor)| factor);
        let Some(scale) = Rational::to_whole(factors()) else { return self };
        // The first one is added.
        let is_negative = self.times.first().is_some_and(|(_, factor)| factor.is_negative());
        let scale = if is_negative { -scale } else { scale };
        for (_, factor) in &mut self.times {
            *factor = &*factor * &scale;
        }
        for (_, factor) in &mut self.terms {
            *factor = &*factor * &scale;
        }
        self.stated = self.stated.scaled(&scale);
        self.needed = self.needed.scaled(&scale);
        self
    }
}
