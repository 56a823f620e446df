//! A search for conflicts: what is known so far, and what claims and relations are about which fact.

use std::collections::{BTreeSet, HashSet};

use foldhash::fast::FixedState;

use crate::network::component::Component;
use crate::network::conflict::Conflict;
use crate::network::facts::{Answer, Network};
use crate::network::form::Fact;
use crate::network::solve::{Part, Solver};
use crate::value::Mode;

/// What a conflict is made of. Relations are kept longer than claims, and among claims the doubted
/// ones go first; the order says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Element {
    Relation(u32),
    Claim(u8, u32),
}

pub(super) fn elements(conflict: &Conflict) -> Vec<Element> {
    let number = |n: &usize| u32::try_from(*n).unwrap_or(u32::MAX);
    let relations = conflict.relations.iter().map(|n| Element::Relation(number(n)));
    relations.chain(conflict.claims.iter().map(|n| Element::Claim(0, number(n)))).collect()
}

/// Whether these clash, and the steps that it took.
pub(super) fn answer(
    network: &Network<'_>,
    solver: &mut Solver<'_, '_>,
    which: &[Element],
    mode: Mode,
) -> (bool, u64) {
    let mut claims = Vec::new();
    let mut constraints = Vec::new();
    for element in which {
        match element {
            Element::Claim(_, claim) => claims.push(*claim),
            Element::Relation(relation) => constraints.extend(network.constraints_of(*relation)),
        }
    }
    claims.sort_unstable();
    constraints.sort_unstable();
    let part = Part { claims: &claims, constraints: &constraints };
    let clashes = solver.run(part, mode, None) == Answer::Inconsistent;
    (clashes, solver.steps() + which.len() as u64)
}

impl Network<'_> {
    pub(super) fn element(&self, claim: u32) -> Element {
        Element::Claim(self.claims[claim as usize].doubt, claim)
    }
}

/// Which claims and relations are about a fact: pairs of a fact and a number, sorted.
pub(super) struct Around {
    claims: Vec<(Fact, u32)>,
    relations: Vec<(Fact, u32)>,
}

impl Around {
    pub(super) fn new(network: &Network<'_>, component: &Component) -> Self {
        let of_claim = |&claim: &u32| (network.claims[claim as usize].fact, claim);
        let mut claims: Vec<(Fact, u32)> = component.claims.iter().map(of_claim).collect();
        let of_relation =
            |&relation: &u32| network.facts_of(relation).map(move |fact| (fact, relation));
        let mut relations: Vec<(Fact, u32)> =
            component.relations.iter().flat_map(of_relation).collect();
        claims.sort_unstable();
        relations.sort_unstable();
        relations.dedup();
        Self { claims, relations }
    }

    pub(super) fn claims(&self, fact: Fact) -> impl DoubleEndedIterator<Item = u32> + Clone {
        about(&self.claims, fact)
    }

    pub(super) fn relations(&self, fact: Fact) -> impl DoubleEndedIterator<Item = u32> + Clone {
        about(&self.relations, fact)
    }
}

fn about(pairs: &[(Fact, u32)], fact: Fact) -> impl DoubleEndedIterator<Item = u32> + Clone {
    let first = pairs.partition_point(|&(of, _)| of < fact);
    let count = pairs[first..].iter().take_while(|&&(of, _)| of == fact).count();
    pairs[first..first + count].iter().map(|&(_, number)| number)
}

/// A search in a component.
pub(super) struct Search<'s, 'n> {
    pub(super) network: &'s Network<'n>,
    pub(super) solver: Solver<'s, 'n>,
    pub(super) mode: Mode,
    pub(super) found: Vec<Conflict>,
    pub(super) known: HashSet<Conflict, FixedState>,
    /// Relations of the conflicts that were found before others were looked for around them, and
    /// claims that clash with others of their fact.
    pub(super) broken: BTreeSet<u32>,
    pub(super) unlike: BTreeSet<u32>,
    pub(super) around: Around,
    /// Relations of the component.
    pub(super) size: usize,
    pub(super) steps: u64,
    pub(super) most_steps: u64,
}

impl Search<'_, '_> {
    pub(super) fn is_exhausted(&self) -> bool {
        self.most_steps < self.steps
    }

    pub(super) fn add(&mut self, conflict: Conflict) -> bool {
        let is_new = self.known.insert(conflict.clone());
        if is_new {
            self.found.push(conflict);
        }
        is_new
    }

    /// Lets the next part take no more steps than are left.
    pub(super) fn bound(&mut self) {
        self.solver.allow(self.most_steps.saturating_sub(self.steps));
    }

    pub(super) fn clashes(&mut self, which: &[Element]) -> bool {
        self.bound();
        let (clashes, steps) = answer(self.network, &mut self.solver, which, self.mode);
        self.steps += steps;
        clashes
    }
}
