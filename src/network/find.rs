//! The smallest sets that cannot stand together, several of them, and the claims that sit in most.
//!
//! First those of one relation, then disjoint ones of several, each shrunk to what is needed; then others
//! around them, until a limit.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use foldhash::fast::FixedState;

use crate::network::component::{Component, Sets};
use crate::network::conflict::{Cluster, Conflict, Conflicts, Ranked};
use crate::network::facts::{Answer, numbers};
use crate::network::form::Fact;
use crate::network::inquiry::Inquiry;
use crate::network::search::{Around, Element, Search, elements};
use crate::network::solve::{Part, Solver};
use crate::value::{Interval, Mode};

impl Inquiry<'_, '_> {
    /// The conflicts of a component.
    pub fn conflicts_of(&mut self, component: &Component, mode: Mode) -> Conflicts {
        let network = self.network;
        let size = component.claims.len() + component.relations.len();
        let mut search = Search {
            network,
            solver: std::mem::replace(&mut self.solver, Solver::unused(network)),
            mode,
            found: Vec::new(),
            known: HashSet::default(),
            broken: BTreeSet::new(),
            unlike: BTreeSet::new(),
            around: Around::new(network, component),
            size: component.relations.len(),
            steps: 0,
            // Half of what it may take to decide whether they clash.
            most_steps: network.steps_for(size) / 2,
        };
        let found = search.run(component);
        self.solver = search.solver;
        found
    }
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
            if self.is_exhausted() {
                break;
            }
            let part = Part { claims: &around, constraints: &constraints };
            self.bound();
            let answer = self.solver.run(part, self.mode, None);
            self.steps += self.solver.steps() + around.len() as u64;
            if answer == Answer::Inconsistent {
                broken.insert(relation);
                let claims = around.iter().map(|&claim| self.network.element(claim));
                let conflict = self.shrink(claims.chain([Element::Relation(relation)]).collect());
                if let Some(conflict) = conflict {
                    self.add(conflict);
                }
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
        let ran_out = self.is_exhausted();
        let may_be_more = ran_out || clusters.iter().any(|(_, full)| *full);
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
        let steps = self.steps;
        Conflicts { conflicts, clusters, may_be_more, ran_out, steps }
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
            if self.is_exhausted() {
                break;
            }
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
                self.steps += at as u64;
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
