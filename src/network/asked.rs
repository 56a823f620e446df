//! A network by itself, asked without a budget: for tests and benches of the arithmetic.

use crate::network::component::Component;
use crate::network::conflict::{Conflict, Conflicts};
use crate::network::explain::Explanation;
use crate::network::facts::{Answer, Network};
use crate::network::form::Fact;
use crate::network::inquiry::Inquiry;
use crate::network::search::{Element, answer, elements};
use crate::network::solve::Solver;
use crate::value::{Interval, Mode};

impl Network<'_> {
    /// A claim that a fact lies in an interval, read strictly and loosely; its number.
    ///
    /// The loose interval must contain the strict one.
    pub fn claim(&mut self, fact: Fact, strict: Interval, loose: Interval) -> usize {
        self.doubted_claim(fact, strict, loose, 0)
    }

    /// The conflicts of all components.
    pub fn conflicts(&self, mode: Mode) -> Conflicts {
        let mut all = Conflicts::default();
        let mut inquiry = Inquiry::new(self, u64::MAX);
        for component in self.components() {
            let answer = if mode == Mode::Strict { component.strict } else { component.loose };
            if answer == Answer::Inconsistent {
                all.append(inquiry.conflicts_of(&component, mode));
            }
        }
        all
    }

    /// The conflicts of a component.
    pub fn conflicts_of(&self, component: &Component, mode: Mode) -> Conflicts {
        Inquiry::new(self, u64::MAX).conflicts_of(component, mode)
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

    /// How a conflict comes about; `None` for what is none.
    pub fn explain(&self, conflict: &Conflict, mode: Mode) -> Option<Explanation> {
        Inquiry::new(self, u64::MAX).explain(conflict, mode)
    }

    /// What these claims and relations leave a fact; `None` if they cannot stand themselves.
    ///
    /// For sums it is exact: each number in it goes with some choice of the others. For others it
    /// may be wider.
    pub fn room(
        &self,
        fact: Fact,
        claims: &[usize],
        relations: &[usize],
        mode: Mode,
    ) -> Option<Interval> {
        Inquiry::new(self, u64::MAX).room(fact, claims, relations, mode)
    }
}

impl Conflicts {
    /// Adds what was found elsewhere in the network.
    fn append(&mut self, other: Self) {
        let first = self.conflicts.len();
        self.conflicts.extend(other.conflicts);
        self.clusters.extend(other.clusters.into_iter().map(|mut cluster| {
            cluster.conflicts.iter_mut().for_each(|conflict| *conflict += first);
            cluster
        }));
        self.may_be_more |= other.may_be_more;
        self.ran_out |= other.ran_out;
        self.steps += other.steps;
    }
}
