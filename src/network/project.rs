//! What a claim would have to say for others to stand.

use crate::network::facts::{Network, numbers};
use crate::network::form::Fact;
use crate::network::inquiry::Inquiry;
use crate::network::solve::Part;
use crate::value::{Interval, Mode};

impl Network<'_> {
    /// The fact that a claim is about.
    pub fn fact_of(&self, claim: usize) -> Fact {
        self.claims[claim].fact
    }
}

impl Inquiry<'_, '_> {
    /// What these claims and relations leave a fact; `None` if they cannot stand themselves, or where
    /// the steps run out.
    pub fn room(
        &mut self,
        fact: Fact,
        claims: &[usize],
        relations: &[usize],
        mode: Mode,
    ) -> Option<Interval> {
        let claims = numbers(claims);
        let constraints = self.network.constraints_of_all(&numbers(relations));
        let part = Part { claims: &claims, constraints: &constraints };
        if !self.narrowed(part, mode) {
            return None;
        }
        let Some(place) = self.solver.place_of(fact) else { return Some(Interval::ALL) };
        let narrowed = self.solver.domains[place].clone();
        if constraints.len() < 2 {
            return Some(narrowed);
        }
        match self.range(part, fact, mode) {
            Some(range) => narrowed.intersect(&range),
            None if self.is_spent() => None,
            None => Some(narrowed),
        }
    }
}
