//! The smallest sets that cannot stand together, several of them, and the claims that sit in most.
//!
//! A set that clashes is shrunk with `QuickXplain` (Junker, "QUICKXPLAIN: Preferred Explanations and
//! Relaxations for Over-Constrained Problems", AAAI 2004); others are found by leaving out what would
//! mend those that are known, as in Reiter's tree of hitting sets ("A Theory of Diagnosis from First
//! Principles", 1987), until a limit.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use foldhash::fast::FixedState;

use crate::network::explain::numbers;
use crate::network::solve::{Part, Solver, Trail};
use crate::network::{Answer, Component, Fact, Network, Sets};
use crate::value::{Interval, Mode};

/// Conflicts that are looked for among those that share a figure.
const MOST: usize = 24;
/// Sets that are left out, one after another, in looking for them.
const MOST_TRIED: usize = 96;
/// Relations around a conflict in which others are looked for: all of a component that has no more
/// than so many, and in a larger one so many.
const AREA: (usize, usize) = (400, 100);
/// Steps for all of that in one component, for each claim and relation of it, and at least.
const STEPS: (u64, u64) = (100, 20_000_000);

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
        let steps = STEPS.1.max(STEPS.0.saturating_mul(size as u64));
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
            most_steps: steps.min(self.budget),
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

/// What a conflict is made of. Relations are kept longer than claims, and among claims the doubted
/// ones go first; the order says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Element {
    Relation(u32),
    Claim(u8, u32),
}

fn elements(conflict: &Conflict) -> Vec<Element> {
    let number = |n: &usize| u32::try_from(*n).unwrap_or(u32::MAX);
    let relations = conflict.relations.iter().map(|n| Element::Relation(number(n)));
    relations.chain(conflict.claims.iter().map(|n| Element::Claim(0, number(n)))).collect()
}

/// Whether these clash, and the steps that it took.
fn answer(
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

/// Which claims and relations are about a fact: pairs of a fact and a number, sorted.
struct Around {
    claims: Vec<(Fact, u32)>,
    relations: Vec<(Fact, u32)>,
}

impl Around {
    fn new(network: &Network<'_>, component: &Component) -> Self {
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

    fn claims(&self, fact: Fact) -> impl DoubleEndedIterator<Item = u32> + Clone {
        about(&self.claims, fact)
    }

    fn relations(&self, fact: Fact) -> impl DoubleEndedIterator<Item = u32> + Clone {
        about(&self.relations, fact)
    }
}

fn about(pairs: &[(Fact, u32)], fact: Fact) -> impl DoubleEndedIterator<Item = u32> + Clone {
    let first = pairs.partition_point(|&(of, _)| of < fact);
    let count = pairs[first..].iter().take_while(|&&(of, _)| of == fact).count();
    pairs[first..first + count].iter().map(|&(_, number)| number)
}

struct Search<'s, 'n> {
    network: &'s Network<'n>,
    solver: Solver<'s, 'n>,
    mode: Mode,
    found: Vec<Conflict>,
    known: HashSet<Conflict, FixedState>,
    /// Relations of the conflicts that were found before others were looked for around them, and
    /// claims that clash with others of their fact.
    broken: BTreeSet<u32>,
    unlike: BTreeSet<u32>,
    around: Around,
    /// Relations of the component.
    size: usize,
    steps: u64,
    most_steps: u64,
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
        while let Some(conflict) = self.minimal(&claims, &left) {
            left.retain(|&relation| !conflict.relations.contains(&(relation as usize)));
            self.add(conflict);
            if self.is_exhausted() {
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
        let mut all: Vec<Conflict> = std::mem::take(&mut self.found);
        let ranked: Vec<Vec<Ranked>> =
            clusters.iter().map(|((_, ranking), _)| ranking.clone()).collect();
        let members: Vec<Vec<Conflict>> = clusters
            .into_iter()
            .map(|((group, _), _)| group.iter().map(|&at| all[at].clone()).collect())
            .collect();
        let doubt = |conflict: &Conflict| -> u32 {
            conflict.claims.iter().map(|&claim| u32::from(self.network.claims[claim].doubt)).sum()
        };
        all.sort_by_key(|conflict| {
            let sizes = (conflict.relations.len(), conflict.claims.len());
            (sizes, doubt(conflict), conflict.clone())
        });
        let places: HashMap<&Conflict, usize, FixedState> = all.iter().zip(0..).collect();
        let place = |conflict: &Conflict| places.get(conflict).copied();
        let clusters = members
            .iter()
            .zip(ranked)
            .map(|(members, ranking)| {
                let mut conflicts: Vec<usize> = members.iter().filter_map(place).collect();
                conflicts.sort_unstable();
                Cluster { conflicts, ranking }
            })
            .collect();
        drop(places);
        Conflicts { conflicts: all, clusters, may_be_more }
    }

    fn is_exhausted(&self) -> bool {
        self.most_steps < self.steps
    }

    fn add(&mut self, conflict: Conflict) -> bool {
        let is_new = self.known.insert(conflict.clone());
        if is_new {
            self.found.push(conflict);
        }
        is_new
    }

    fn clashes(&mut self, which: &[Element]) -> bool {
        let (clashes, steps) = answer(self.network, &mut self.solver, which, self.mode);
        self.steps += steps;
        clashes
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

    /// A minimal conflict among these claims and relations.
    fn minimal(&mut self, claims: &[u32], relations: &[u32]) -> Option<Conflict> {
        let network = self.network;
        let constraints: Vec<u32> =
            relations.iter().flat_map(|&relation| network.constraints_of(relation)).collect();
        let part = Part { claims, constraints: &constraints };
        let mut trail = Trail::default();
        let answer = self.solver.run(part, self.mode, Some(&mut trail));
        self.steps += self.solver.steps() + claims.len() as u64;
        if answer != Answer::Inconsistent {
            return None;
        }
        let (cause, by) = network.cause(&trail, &self.solver.facts, claims);
        let all = |claims: &[u32], relations: &[u32]| -> Vec<Element> {
            let relations = relations.iter().map(|&relation| Element::Relation(relation));
            relations.chain(claims.iter().map(|&claim| network.element(claim))).collect()
        };
        let mut which = all(&cause, &by);
        if !self.clashes(&which) {
            which = all(claims, relations);
        }
        Some(self.shrink(which))
    }

    /// Shrinks what clashes to what clashes and would not, were any of it left out.
    fn shrink(&mut self, mut which: Vec<Element>) -> Conflict {
        which.sort_unstable();
        which.dedup();
        let mut kept = self.quick_xplain(&[], false, &which);
        if !self.clashes(&kept) {
            kept = which;
        }
        // Where more constraints could narrow less, for want of rounds, the shrinking may have erred.
        let mut at = kept.len();
        while 0 < at {
            at -= 1;
            let mut rest = kept.clone();
            rest.remove(at);
            if self.clashes(&rest) {
                kept = rest;
            }
        }
        let mut conflict = Conflict { claims: Vec::new(), relations: Vec::new() };
        for element in kept {
            match element {
                Element::Claim(_, claim) => conflict.claims.push(claim as usize),
                Element::Relation(relation) => conflict.relations.push(relation as usize),
            }
        }
        conflict.claims.sort_unstable();
        conflict.relations.sort_unstable();
        conflict
    }

    /// What of `which` is needed to clash with what is `given`, the later ones left out first.
    fn quick_xplain(
        &mut self,
        given: &[Element],
        has_new: bool,
        which: &[Element],
    ) -> Vec<Element> {
        if has_new && self.clashes(given) {
            return Vec::new();
        }
        if which.len() <= 1 {
            return which.to_vec();
        }
        let (first, second) = which.split_at(which.len() / 2);
        let with = [given, first].concat();
        let of_second = self.quick_xplain(&with, true, second);
        let with = [given, &of_second].concat();
        let mut needed = self.quick_xplain(&with, !of_second.is_empty(), first);
        needed.extend(of_second);
        needed
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

    /// Looks for more conflicts around those of a group, and ranks their claims. Whether it was given
    /// up before the end.
    fn search_around(&mut self, mut group: Vec<usize>) -> ((Vec<usize>, Vec<Ranked>), bool) {
        let area = self.area(&group);
        let mut tried: BTreeSet<Vec<Element>> = BTreeSet::new();
        let mut queue: VecDeque<Vec<Element>> = VecDeque::from([Vec::new()]);
        let mut gave_up = false;
        while let Some(without) = queue.pop_front() {
            if MOST <= group.len() || MOST_TRIED <= tried.len() || self.is_exhausted() {
                gave_up = true;
                break;
            }
            let misses = |conflict: &Conflict| {
                !elements(conflict).iter().any(|&element| without.contains(&element))
            };
            let known = group.iter().copied().find(|&at| misses(&self.found[at]));
            let conflict = match known {
                Some(at) => self.found[at].clone(),
                None => {
                    let (claims, relations) = left_of(&area, &without);
                    let Some(conflict) = self.minimal(&claims, &relations) else { continue };
                    if self.add(conflict.clone()) {
                        group.push(self.found.len() - 1);
                    }
                    conflict
                }
            };
            for element in elements(&conflict).into_iter().rev() {
                let mut next = without.clone();
                next.push(element);
                next.sort_unstable();
                if tried.insert(next.clone()) {
                    queue.push_back(next);
                }
            }
        }
        let ranking = self.rank(&area, &group);
        ((group, ranking), gave_up)
    }

    /// The claims and relations around the conflicts of a group, without what breaks other groups.
    fn area(&self, group: &[usize]) -> (Vec<u32>, Vec<u32>) {
        let own: BTreeSet<u32> =
            group.iter().flat_map(|&at| numbers(&self.found[at].relations)).collect();
        let network = self.network;
        let mut relations = own.clone();
        let mut facts: VecDeque<Fact> =
            relations.iter().flat_map(|&r| network.facts_of(r)).collect();
        facts.extend(
            group.iter().flat_map(|&at| {
                self.found[at].claims.iter().map(|&claim| network.claims[claim].fact)
            }),
        );
        let mut seen: BTreeSet<Fact> = facts.iter().copied().collect();
        let most = if self.size <= AREA.0 { AREA.0 } else { AREA.1.max(own.len()) };
        while let Some(fact) = facts.pop_front()
            && relations.len() < most
        {
            for relation in self.around.relations(fact) {
                let is_foreign = self.broken.contains(&relation) && !own.contains(&relation);
                if is_foreign || !relations.insert(relation) {
                    continue;
                }
                facts.extend(network.facts_of(relation).filter(|&fact| seen.insert(fact)));
            }
        }
        let among: BTreeSet<Fact> =
            relations.iter().flat_map(|&relation| network.facts_of(relation)).chain(seen).collect();
        let mut claims: Vec<u32> =
            among.iter().flat_map(|&fact| self.around.claims(fact)).collect();
        claims.sort_unstable();
        // What clashes with claims of its own fact only is no part of this.
        let in_group: BTreeSet<u32> =
            group.iter().flat_map(|&at| numbers(&self.found[at].claims)).collect();
        claims.retain(|claim| in_group.contains(claim) || !self.unlike.contains(claim));
        (claims, relations.into_iter().collect())
    }

    fn rank(&mut self, area: &(Vec<u32>, Vec<u32>), group: &[usize]) -> Vec<Ranked> {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for &at in group {
            for &claim in &self.found[at].claims {
                *counts.entry(claim).or_default() += 1;
            }
        }
        let mut ranking = Vec::new();
        for (claim, conflicts) in counts {
            let mends_all = conflicts == group.len() && !self.is_exhausted() && {
                let number = u32::try_from(claim).unwrap_or(u32::MAX);
                let (claims, relations) = left_of(area, &[Element::Claim(0, number)]);
                let all: Vec<Element> = claims
                    .into_iter()
                    .map(|claim| Element::Claim(0, claim))
                    .chain(relations.into_iter().map(Element::Relation))
                    .collect();
                !self.clashes(&all)
            };
            ranking.push(Ranked { claim, conflicts, mends_all });
        }
        let doubt = |ranked: &Ranked| self.network.claims[ranked.claim].doubt;
        ranking.sort_by_key(|ranked| {
            (std::cmp::Reverse((ranked.conflicts, ranked.mends_all, doubt(ranked))), ranked.claim)
        });
        ranking
    }
}

/// What is left of an area.
fn left_of(area: &(Vec<u32>, Vec<u32>), without: &[Element]) -> (Vec<u32>, Vec<u32>) {
    let claims = area.0.iter().copied();
    let relations = area.1.iter().copied();
    (
        claims.filter(|&claim| !without.contains(&Element::Claim(0, claim))).collect(),
        relations.filter(|&relation| !without.contains(&Element::Relation(relation))).collect(),
    )
}

impl Network<'_> {
    fn element(&self, claim: u32) -> Element {
        Element::Claim(self.claims[claim as usize].doubt, claim)
    }

    /// The facts of a relation's demands, one after another.
    pub(super) fn facts_of(&self, relation: u32) -> impl Iterator<Item = Fact> {
        self.constraints_of(relation)
            .flat_map(|constraint| self.constraints[constraint as usize].form.facts())
    }
}
