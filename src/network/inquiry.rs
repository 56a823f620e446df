//! Questions about conflicts, asked one after another within a number of steps.

use crate::network::facts::{Answer, Network};
use crate::network::form::Fact;
use crate::network::solve::{Part, Solver, Trail};
use crate::value::{Interval, Mode};

/// Asks a network how conflicts come about and what room they leave, and counts the steps. Its memory, which
/// is in proportion to the network, serves all questions.
#[derive(Debug)]
pub struct Inquiry<'i, 'n> {
    pub(super) network: &'i Network<'n>,
    pub(super) solver: Solver<'i, 'n>,
    /// The steps that are left.
    left: u64,
}

impl<'i, 'n> Inquiry<'i, 'n> {
    /// Questions that take no more than so many steps together.
    pub fn new(network: &'i Network<'n>, steps: u64) -> Self {
        Self { network, solver: Solver::new(network), left: steps }
    }

    /// Lets the next questions take so many steps.
    pub fn grant(&mut self, steps: u64) {
        self.left = steps;
    }

    /// Whether the steps have run out, so that nothing more is said.
    pub fn is_spent(&self) -> bool {
        self.left == 0
    }

    pub(super) fn run(&mut self, part: Part<'_>, mode: Mode, trail: &mut Trail) -> Answer {
        if self.is_spent() {
            return Answer::Unknown;
        }
        self.solver.allow(self.left);
        let answer = self.solver.run(part, mode, Some(trail));
        self.spend(self.solver.steps() + part.claims.len() as u64);
        answer
    }

    pub(super) fn narrowed(&mut self, part: Part<'_>, mode: Mode) -> bool {
        if self.is_spent() {
            return false;
        }
        self.solver.allow(self.left);
        let stands = self.solver.narrowed(part, mode);
        self.spend(self.solver.steps() + part.claims.len() as u64);
        stands && !self.is_spent()
    }

    /// What the sums of a part that was narrowed just now leave a fact.
    pub(super) fn range(&mut self, part: Part<'_>, fact: Fact, mode: Mode) -> Option<Interval> {
        let before = self.solver.steps();
        let range = self.solver.range(part, fact, mode);
        self.spend(self.solver.steps() - before);
        range
    }

    fn spend(&mut self, steps: u64) {
        self.left = self.left.saturating_sub(steps);
    }
}
