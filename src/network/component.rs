//! The parts of a network that have nothing to do with one another, and whether each can stand.

use crate::network::facts::{Answer, NONE, Network};
use crate::network::form::Fact;
use crate::network::inquiry::Inquiry;
use crate::network::solve::{Part, Solver};
use crate::value::Mode;

/// Facts that relations tie together, with what was found out about them.
#[derive(Clone, Debug)]
pub struct Component {
    /// The claims over them, by their numbers.
    pub claims: Vec<u32>,
    /// The relations between them, by their numbers.
    pub relations: Vec<u32>,
    /// With what the digits allow strictly.
    pub strict: Answer,
    /// With what they allow loosely.
    pub loose: Answer,
}

impl Network<'_> {
    /// The parts of the network that have nothing to do with one another, each with its answers.
    pub fn components(&self) -> Vec<Component> {
        let mut solver = Solver::new(self);
        self.split()
            .into_iter()
            .map(|(claims, relations)| {
                let constraints = self.constraints_of_all(&relations);
                let part = Part { claims: &claims, constraints: &constraints };
                let strict = solver.run(part, Mode::Strict, None);
                // What is allowed strictly is allowed loosely.
                let loose = match strict {
                    Answer::Consistent => Answer::Consistent,
                    _ => solver.run(part, Mode::Loose, None),
                };
                Component { claims, relations, strict, loose }
            })
            .collect()
    }

    /// Claims and relations by component, in the order of their first claims; claims of facts that
    /// nothing relates and that are claimed once are left out.
    fn split(&self) -> Vec<(Vec<u32>, Vec<u32>)> {
        let mut sets = Sets::new(self.facts);
        // The forms of one relation belong together, whatever facts they have.
        let mut before: Option<(u32, Fact)> = None;
        for constraint in &self.constraints {
            let mut facts = constraint.form.facts();
            let Some(first) = facts.next() else { continue };
            facts.for_each(|fact| sets.join(first, fact));
            match before {
                Some((relation, fact)) if relation == constraint.relation => sets.join(fact, first),
                _ => before = Some((constraint.relation, first)),
            }
        }
        // How many claims and relations each has, to make room for them at once.
        let mut sizes = vec![(0_u32, 0_u32); self.facts as usize];
        for stated in &self.claims {
            sizes[sets.find(stated.fact) as usize].0 += 1;
        }
        let relations = || 0..u32::try_from(self.relations()).unwrap_or(NONE);
        for relation in relations() {
            if let Some(fact) = self.facts_of(relation).next() {
                sizes[sets.find(fact) as usize].1 += 1;
            }
        }
        let mut number = vec![NONE; self.facts as usize];
        let mut parts: Vec<(Vec<u32>, Vec<u32>)> = Vec::new();
        let mut place = |top: u32, parts: &mut Vec<(Vec<u32>, Vec<u32>)>| {
            let (claims, relations) = sizes[top as usize];
            if relations == 0 && claims < 2 {
                return None;
            }
            let slot = &mut number[top as usize];
            if *slot == NONE {
                *slot = u32::try_from(parts.len()).unwrap_or(NONE);
                let room = |size: u32| Vec::with_capacity(size as usize);
                parts.push((room(claims), room(relations)));
            }
            Some(*slot as usize)
        };
        for (claim, stated) in (0..).zip(&self.claims) {
            if let Some(part) = place(sets.find(stated.fact), &mut parts) {
                parts[part].0.push(claim);
            }
        }
        for relation in relations() {
            let top = self.facts_of(relation).next().map(|fact| sets.find(fact));
            if let Some(part) = top.and_then(|top| place(top, &mut parts)) {
                parts[part].1.push(relation);
            }
        }
        parts
    }
}

impl Inquiry<'_, '_> {
    /// Whether a relation can hold, given all that is claimed of its facts and nothing else.
    pub fn alone(&mut self, relation: usize, claims: &[u32], mode: Mode) -> Answer {
        let relation = u32::try_from(relation).unwrap_or(u32::MAX);
        let constraints: Vec<u32> = self.network.constraints_of(relation).collect();
        self.solver.allow(u64::MAX);
        self.solver.run(Part { claims, constraints: &constraints }, mode, None)
    }
}

/// Disjoint sets (Tarjan), with paths halved.
pub(super) struct Sets(Vec<u32>);

impl Sets {
    pub(super) fn new(size: u32) -> Self {
        Self((0..size).collect())
    }

    pub(super) fn find(&mut self, mut at: u32) -> u32 {
        while self.0[at as usize] != at {
            let up = self.0[self.0[at as usize] as usize];
            self.0[at as usize] = up;
            at = up;
        }
        at
    }

    pub(super) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        // The lower number stays on top, so that parts come in the order of their facts.
        let (top, below) = if a < b { (a, b) } else { (b, a) };
        self.0[below as usize] = top;
    }
}
