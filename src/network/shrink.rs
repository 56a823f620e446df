//! From what clashes to a minimal part of it: `QuickXplain` (Junker, "QUICKXPLAIN: Preferred
//! Explanations and Relaxations for Over-Constrained Problems", AAAI 2004).

use std::collections::BTreeSet;

use crate::network::conflict::Conflict;
use crate::network::facts::{Answer, numbers};
use crate::network::search::{Element, Search};
use crate::network::solve::{Part, Trail};

/// More than a conflict mostly has.
const MANY: usize = 64;

impl Search<'_, '_> {
    /// A minimal conflict among these claims and relations.
    pub(super) fn minimal(&mut self, claims: &[u32], relations: &[u32]) -> Option<Conflict> {
        self.clashing(claims, relations, Trail::default()).into_iter().next()
    }

    /// Minimal conflicts that share no relation, as many as show at once.
    pub(super) fn disjoint(&mut self, claims: &[u32], relations: &[u32]) -> Vec<Conflict> {
        self.clashing(claims, relations, Trail::of_all_clashes())
    }

    fn clashing(&mut self, claims: &[u32], relations: &[u32], mut trail: Trail) -> Vec<Conflict> {
        let network = self.network;
        let constraints = network.constraints_of_all(relations);
        let part = Part { claims, constraints: &constraints };
        self.bound();
        let answer = self.solver.run(part, self.mode, Some(&mut trail));
        self.steps += self.solver.steps() + claims.len() as u64;
        if answer != Answer::Inconsistent {
            return Vec::new();
        }
        let facts = self.solver.facts.clone();
        let all = |claims: &[u32], relations: &[u32]| -> Vec<Element> {
            let relations = relations.iter().map(|&relation| Element::Relation(relation));
            relations.chain(claims.iter().map(|&claim| network.element(claim))).collect()
        };
        let mut found: Vec<Conflict> = Vec::new();
        let mut taken: BTreeSet<u32> = BTreeSet::new();
        for clash in &trail.clashes {
            let (of, by) = network.cause(&trail, clash, &facts);
            let around = of.into_iter().flat_map(|fact| self.around.claims(fact));
            // Both are sorted.
            let cause: Vec<u32> =
                around.filter(|claim| claims.binary_search(claim).is_ok()).collect();
            if by.iter().any(|relation| taken.contains(relation)) {
                continue;
            }
            let mut which = all(&cause, &by);
            if !self.clashes(&which) {
                // What led there may have been narrowed by more than the trail knows.
                if !found.is_empty() {
                    continue;
                }
                which = all(claims, relations);
            }
            let Some(conflict) = self.shrink(which) else { break };
            taken.extend(numbers(&conflict.relations));
            found.push(conflict);
        }
        found
    }

    /// Shrinks what clashes to what clashes and would not, were any of it left out; `None` if the steps
    /// run out before that is sure.
    pub(super) fn shrink(&mut self, mut which: Vec<Element>) -> Option<Conflict> {
        which.sort_unstable();
        which.dedup();
        let kept = if self.is_needed(&which) { which } else { self.left_out(which) };
        if self.is_exhausted() {
            return None;
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
        Some(conflict)
    }

    /// Whether it is sure at once that all of what clashes is needed.
    fn is_needed(&mut self, which: &[Element]) -> bool {
        let Some((is_needed, steps)) = self.network.is_needed(which, self.mode) else {
            return false;
        };
        self.steps += steps;
        is_needed
    }

    fn cannot_leave_out_any(&mut self, which: &[Element]) -> bool {
        (0..which.len()).rev().all(|at| {
            let rest = [&which[..at], &which[at + 1..]].concat();
            !self.is_exhausted() && !self.clashes(&rest)
        })
    }

    /// Leaves out what is not needed, a half at a time, then one by one.
    fn left_out(&mut self, which: Vec<Element>) -> Vec<Element> {
        // What a proof by sums rests on is mostly all needed; where there is much of it, that is asked
        // first, and costs a third.
        if MANY < which.len() && self.cannot_leave_out_any(&which) {
            return which;
        }
        let mut kept = self.quick_xplain(&[], false, &which);
        if !self.clashes(&kept) {
            kept = which;
        }
        if self.is_needed(&kept) {
            return kept;
        }
        // Where more constraints could narrow less, for want of rounds, the shrinking may have erred.
        let mut at = kept.len();
        while 0 < at && !self.is_exhausted() {
            at -= 1;
            let mut rest = kept.clone();
            rest.remove(at);
            if self.clashes(&rest) {
                kept = rest;
            }
        }
        kept
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
        if which.len() <= 1 || self.is_exhausted() {
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
}
