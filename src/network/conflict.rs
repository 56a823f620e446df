//! The smallest sets that cannot stand together, several of them, and the claims that sit in most.
//!
//! First those of one relation, then disjoint ones of several, each shrunk to what is needed; then others
//! around them, until a limit.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use foldhash::fast::FixedState;

use crate::network::area::Around;
use crate::network::explain::numbers;
use crate::network::shrink::{Element, answer, elements};
use crate::network::solve::{Part, Solver};
use crate::network::{Answer, Component, Fact, Network, Sets, steps_for};
use crate::value::{Interval, Mode};

/// Claims and relations that cannot stand together, none of which can be left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Conflict {
    /// The relations, by their numbers.
    pub relations: Vec<usize>,
    /// The claims, by their numbers.
    pub claims: Vec<usize>,
}

/// A claim among conflicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// The claim.
    pub claim: usize,
    /// In how many conflicts of the cluster it sits.
    pub conflicts: usize,
    /// Whether all the others of the cluster can stand without it.
    pub mends_all: bool,
}

/// Conflicts that share figures or relations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Their places among all.
    pub conflicts: Vec<usize>,
    /// Their claims, those that sit in most of them first.
    pub ranking: Vec<Ranked>,
}

/// What was found in a network or a component.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conflicts {
    /// The conflicts, the smaller ones first, and of those the ones that rest on the least doubted claims.
    pub conflicts: Vec<Conflict>,
    /// Which of them belong together.
    pub clusters: Vec<Cluster>,
    /// Whether it was given up to look for more.
    pub may_be_more: bool,
}

impl Network<'_> {
    /// The conflicts of all components.
    pub fn conflicts(&self, mode: Mode) -> Conflicts {
        let mut all = Conflicts::default();
        for component in self.components() {
            let answer = if mode == Mode::Strict { component.strict } else { component.loose };
            if answer == Answer::Inconsistent {
                all.append(self.conflicts_of(&component, mode));
            }
        }
        all
    }

    /// The conflicts of a component.
    pub fn conflicts_of(&self, component: &Component, mode: Mode) -> Conflicts {
        let size = component.claims.len() + component.relations.len();
        let steps = steps_for(size);
        let mut search = Search {
            network: self,
            solver: Solver::new(self),
            mode,
            found: Vec::new(),
            known: HashSet::default(),
            broken: BTreeSet::new(),
            unlike: BTreeSet::new(),
            around: Around::new(self, component),
            size: component.relations.len(),
            steps: 0,
            most_steps: self.budget.map_or(steps, |most| steps.min(most)),
        };
        search.run(component)
    }

    /// Whether claims and relations cannot stand together, and can when any one is left out.
    pub fn is_minimal(&self, conflict: &Conflict, mode: Mode) -> bool {
        let mut solver = Solver::new(self);
        let all = elements(conflict);
        let mut clashes = |which: &[Element]| answer(self, &mut solver, which, mode).0;
        clashes(&all)
            && (0..all.len()).all(|without| {
                let rest: Vec<Element> = all
                    .iter()
                    .enumerate()
                    .filter(|&(at, _)| at != without)
                    .map(|(_, &e)| e)
                    .collect();
                !clashes(&rest)
            })
    }
}

impl Conflicts {
    /// Adds what was found elsewhere in the network.
    pub fn append(&mut self, other: Self) {
        let first = self.conflicts.len();
        self.conflicts.extend(other.conflicts);
        self.clusters.extend(other.clusters.into_iter().map(|mut cluster| {
            cluster.conflicts.iter_mut().for_each(|conflict| *conflict += first);
            cluster
        }));
        self.may_be_more |= other.may_be_more;
    }
}

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
    fn run(&mut self, component: &Component) -> Conflicts {
        let aside = self.unlike(component);
        let claims: Vec<u32> =
            component.claims.iter().copied().filter(|claim| !aside.contains(claim)).collect();
        // Relations that cannot hold by themselves.
        let mut broken = BTreeSet::new();
        let (mut around, mut constraints) = (Vec::new(), Vec::new());
        for &relation in &component.relations {
            around.clear();
            for fact in self.network.facts_of(relation) {
                around.extend(self.around.claims(fact).filter(|claim| !aside.contains(claim)));
            }
            constraints.clear();
            constraints.extend(self.network.constraints_of(relation));
            let part = Part { claims: &around, constraints: &constraints };
            let answer = self.solver.run(part, self.mode, None);
            self.steps += self.solver.steps();
            if answer == Answer::Inconsistent {
                broken.insert(relation);
                let claims = around.iter().map(|&claim| self.network.element(claim));
                let conflict = self.shrink(claims.chain([Element::Relation(relation)]).collect());
                self.add(conflict);
            }
        }
        // Those that cannot hold together.
        let mut left: Vec<u32> =
            component.relations.iter().copied().filter(|r| !broken.contains(r)).collect();
        loop {
            let found = self.disjoint(&claims, &left);
            if found.is_empty() {
                break;
            }
            let taken: BTreeSet<usize> =
                found.iter().flat_map(|conflict| &conflict.relations).copied().collect();
            left.retain(|&relation| !taken.contains(&(relation as usize)));
            for conflict in found {
                self.add(conflict);
            }
            if taken.is_empty() || self.is_exhausted() {
                break;
            }
        }
        for conflict in &self.found {
            self.broken.extend(numbers(&conflict.relations));
            if conflict.relations.is_empty() {
                self.unlike.extend(numbers(&conflict.claims));
            }
        }
        let groups = self.groups();
        let clusters: Vec<_> = groups.into_iter().map(|group| self.search_around(group)).collect();
        let may_be_more = self.is_exhausted() || clusters.iter().any(|(_, full)| *full);
        let found = std::mem::take(&mut self.found);
        let doubt = |conflict: &Conflict| -> u32 {
            conflict.claims.iter().map(|&claim| u32::from(self.network.claims[claim].doubt)).sum()
        };
        let size = |conflict: &Conflict| {
            (conflict.relations.len(), conflict.claims.len(), doubt(conflict))
        };
        let mut order: Vec<usize> = (0..found.len()).collect();
        order.sort_by(|&a, &b| {
            let (a, b) = (&found[a], &found[b]);
            size(a).cmp(&size(b)).then_with(|| a.cmp(b))
        });
        let mut place = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new;
        }
        let in_order = |((group, ranking), _): ((Vec<usize>, Vec<Ranked>), bool)| {
            let mut conflicts: Vec<usize> = group.iter().map(|&old| place[old]).collect();
            conflicts.sort_unstable();
            Cluster { conflicts, ranking }
        };
        let clusters = clusters.into_iter().map(in_order).collect();
        let conflicts = order.iter().map(|&old| found[old].clone()).collect();
        Conflicts { conflicts, clusters, may_be_more }
    }

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

    /// Facts whose claims have nothing in common: two that do not meet are a conflict. The claims that
    /// those before them do not agree with are put aside.
    fn unlike(&mut self, component: &Component) -> BTreeSet<u32> {
        let mut aside = BTreeSet::new();
        let network = self.network;
        let interval = |claim: u32| network.claims[claim as usize].interval(self.mode);
        let mut facts: Vec<Fact> = component
            .claims
            .iter()
            .map(|&claim| network.claims[claim as usize].fact)
            .filter(|&fact| 1 < self.around.claims(fact).count())
            .collect();
        facts.sort_unstable();
        facts.dedup();
        let mut found = Vec::new();
        for fact in facts {
            let mut claims: Vec<u32> = self.around.claims(fact).collect();
            claims.sort_by_key(|&claim| (network.claims[claim as usize].doubt, claim));
            // Three intervals of a line that meet in pairs meet together (Helly).
            let mut common = Interval::ALL;
            for (at, &claim) in claims.iter().enumerate() {
                if let Some(both) = common.intersect(interval(claim)) {
                    common = both;
                    continue;
                }
                aside.insert(claim);
                let against = claims[..at].iter().find(|&&other| {
                    !aside.contains(&other) && !interval(other).meets(interval(claim))
                });
                if let Some(&against) = against {
                    let mut pair = vec![against as usize, claim as usize];
                    pair.sort_unstable();
                    found.push(Conflict { claims: pair, relations: Vec::new() });
                }
            }
        }
        for conflict in found {
            self.add(conflict);
        }
        aside
    }

    /// The conflicts so far, those that share a claim or relation together.
    fn groups(&self) -> Vec<Vec<usize>> {
        let mut sets = Sets::new(u32::try_from(self.found.len()).unwrap_or(u32::MAX));
        let mut first: HashMap<Element, u32, FixedState> = HashMap::default();
        for (at, conflict) in (0..).zip(&self.found) {
            for element in elements(conflict) {
                let known = *first.entry(element).or_insert(at);
                sets.join(known, at);
            }
        }
        let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for at in 0..self.found.len() {
            let top = sets.find(u32::try_from(at).unwrap_or(u32::MAX));
            groups.entry(top).or_default().push(at);
        }
        groups.into_values().collect()
    }
}

impl Network<'_> {
    /// The facts of a relation's demands, one after another.
    pub(super) fn facts_of(&self, relation: u32) -> impl Iterator<Item = Fact> {
        self.constraints_of(relation)
            .flat_map(|constraint| self.constraints[constraint as usize].form.facts())
    }
}
