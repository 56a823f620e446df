//! Conflicts around those that are known, as in Reiter's tree of hitting sets ("A Theory of Diagnosis
//! from First Principles", 1987), and the claims that sit in most of them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::network::conflict::{Conflict, Ranked};
use crate::network::facts::numbers;
use crate::network::form::Fact;
use crate::network::search::{Element, Search, elements};

/// Conflicts that are looked for among those that share a figure.
const MOST: usize = 24;
/// Sets that are left out, one after another, in looking for them.
const MOST_TRIED: usize = 96;
/// Relations around a conflict in which others are looked for: all of a component that has no more
/// than so many, and in a larger one so many.
const AREA: (usize, usize) = (400, 100);

impl Search<'_, '_> {
    /// Looks for more conflicts around those of a group, and ranks their claims. Whether it was given
    /// up before the end.
    pub(super) fn search_around(
        &mut self,
        mut group: Vec<usize>,
    ) -> ((Vec<usize>, Vec<Ranked>), bool) {
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
                !self.clashes(&all) && !self.is_exhausted()
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
