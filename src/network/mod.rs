//! Figures and what must hold between them, all together: whether they can all stand, and the
//! smallest sets of them that cannot.
//!
//! A fact is a number that is the same whoever states it; claims say in which interval it lies, and
//! relations what holds between facts. Nothing here knows of articles: [`crate::engine`] fills a
//! network and puts into words what comes of it.
//!
//! ```
//! use crossfoot::network::{Linear, Network};
//! use crossfoot::value::{Interval, Mode, Rational};
//! let number = |n: i64| Rational::from(n);
//! // x + y = 10, x − y = 4, and somebody writes that x is 3.
//! let mut network = Network::new();
//! let (x, y) = (network.fact(), network.fact());
//! let three = Interval::point(number(3));
//! network.claim(x, three.clone(), three);
//! for (sign, comes_to) in [(1, 10), (-1, 4)] {
//!     let terms = [(x, number(1)), (y, number(sign))];
//!     network.relation([Linear::new(terms, Interval::point(number(comes_to))).into()]);
//! }
//! let conflicts = network.conflicts(Mode::Loose).conflicts;
//! assert_eq!(conflicts[0].claims, [0]);
//! assert_eq!(conflicts[0].relations, [0, 1]);
//! ```

mod area;
mod conflict;
mod explain;
mod form;
mod project;
mod shrink;
mod simplex;
mod solve;

pub use conflict::{Cluster, Conflict, Conflicts, Ranked};
pub use explain::{Certificate, Explanation, Step};
pub use form::{Form, Linear, Nonlinear, Product};

use crate::network::solve::{Part, Solver};
use crate::value::{Interval, Mode};

/// A number that claims state and relations relate.
pub type Fact = u32;

/// How much work so many claims and relations that hang together may take, where nobody says otherwise.
/// A step is a term of a relation looked at once; two million take about a second.
pub fn steps_for(size: usize) -> u64 {
    /// For any, and for each.
    const STEPS: (u64, u64) = (20_000_000, 100);
    STEPS.0 + STEPS.1.saturating_mul(size as u64)
}

/// What a claim says of its fact.
#[derive(Clone, Debug)]
struct Stated {
    fact: Fact,
    strict: Interval,
    loose: Interval,
    /// How gladly it is left out of a conflict: the higher, the sooner.
    doubt: u8,
}

impl Stated {
    fn interval(&self, mode: Mode) -> &Interval {
        match mode {
            Mode::Strict => &self.strict,
            Mode::Loose => &self.loose,
        }
    }
}

/// Facts, claims and relations.
#[derive(Debug)]
pub struct Network<'n> {
    facts: u32,
    claims: Vec<Stated>,
    constraints: Vec<Constraint<'n>>,
    /// For each relation, its first constraint; and one more at the end.
    first: Vec<u32>,
    budget: Option<u64>,
}

/// One form that a relation demands.
#[derive(Debug)]
struct Constraint<'n> {
    relation: u32,
    form: Form<'n>,
}

/// Whether some choice of numbers satisfies everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing speaks against it; for linear relations, there is one.
    Consistent,
    /// There is none.
    Inconsistent,
    /// It would have taken more steps than the budget allows.
    Unknown,
}

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

impl Default for Network<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'n> Network<'n> {
    /// A network without facts.
    pub fn new() -> Self {
        Self { facts: 0, claims: Vec::new(), constraints: Vec::new(), first: vec![0], budget: None }
    }

    /// The same with another budget of steps for each component.
    #[must_use]
    pub fn with_budget(mut self, steps: u64) -> Self {
        self.budget = Some(steps);
        self
    }

    /// One more fact.
    pub fn fact(&mut self) -> Fact {
        self.facts += 1;
        self.facts - 1
    }

    /// A claim that a fact lies in an interval, read strictly and loosely; its number.
    ///
    /// The loose interval must contain the strict one.
    pub fn claim(&mut self, fact: Fact, strict: Interval, loose: Interval) -> usize {
        self.doubted_claim(fact, strict, loose, 0)
    }

    /// The same, with how gladly it is left out of a conflict: the higher, the sooner.
    pub fn doubted_claim(
        &mut self,
        fact: Fact,
        strict: Interval,
        loose: Interval,
        doubt: u8,
    ) -> usize {
        self.claims.push(Stated { fact, strict, loose, doubt });
        self.claims.len() - 1
    }

    /// A relation that demands all of these forms; its number.
    pub fn relation(&mut self, forms: impl IntoIterator<Item = Form<'n>>) -> usize {
        let relation = self.relations();
        let number = u32::try_from(relation).unwrap_or(u32::MAX);
        let forms = forms.into_iter().map(|form| Constraint { relation: number, form });
        self.constraints.extend(forms);
        self.first.push(u32::try_from(self.constraints.len()).unwrap_or(u32::MAX));
        relation
    }

    /// What a claim says of its fact.
    pub fn interval(&self, claim: u32, mode: Mode) -> &Interval {
        self.claims[claim as usize].interval(mode)
    }

    /// The facts that a relation is about; one stands twice where two of its demands are about it.
    pub fn facts_of_relation(&self, relation: usize) -> Vec<Fact> {
        self.facts_of(u32::try_from(relation).unwrap_or(u32::MAX)).collect()
    }

    /// Facts that these relations add to a fact or compare with it, as they stand.
    pub fn added_to(&self, fact: Fact, relations: &[usize]) -> Vec<Fact> {
        let constraints = explain::numbers(relations)
            .into_iter()
            .flat_map(|relation| self.constraints_of(relation))
            .map(|constraint| &self.constraints[constraint as usize].form);
        let sums = constraints.filter_map(|form| match form {
            Form::Linear(linear) => Some(linear.terms()),
            _ => None,
        });
        let with = sums.filter(|terms| terms.iter().any(|(of, _)| *of == fact));
        with.flatten().map(|(of, _)| *of).filter(|of| *of != fact).collect()
    }

    /// How many relations there are.
    pub fn relations(&self) -> usize {
        self.first.len() - 1
    }

    /// The constraints of a relation, by their numbers.
    fn constraints_of(&self, relation: u32) -> std::ops::Range<u32> {
        self.first[relation as usize]..self.first[relation as usize + 1]
    }

    /// The constraints of several relations, one after another.
    fn constraints_of_all(&self, relations: &[u32]) -> Vec<u32> {
        relations.iter().flat_map(|&relation| self.constraints_of(relation)).collect()
    }

    /// Whether a relation can hold, given all that is claimed of its facts and nothing else.
    pub fn alone(&self, relation: usize, claims: &[u32], mode: Mode) -> Answer {
        let relation = u32::try_from(relation).unwrap_or(u32::MAX);
        let constraints: Vec<u32> = self.constraints_of(relation).collect();
        Solver::new(self).run(Part { claims, constraints: &constraints }, mode, None)
    }

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

/// No index.
const NONE: u32 = u32::MAX;

/// Disjoint sets (Tarjan), with paths halved.
struct Sets(Vec<u32>);

impl Sets {
    fn new(size: u32) -> Self {
        Self((0..size).collect())
    }

    fn find(&mut self, mut at: u32) -> u32 {
        while self.0[at as usize] != at {
            let up = self.0[self.0[at as usize] as usize];
            self.0[at as usize] = up;
            at = up;
        }
        at
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        // The lower number stays on top, so that parts come in the order of their facts.
        let (top, below) = if a < b { (a, b) } else { (b, a) };
        self.0[below as usize] = top;
    }
}
