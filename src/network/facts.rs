//! Facts, what is claimed of them, and what relations demand.

use crate::network::form::{Fact, Form};
use crate::value::{Interval, Mode};

/// How much work so many claims and relations that hang together may take, where nobody says otherwise.
/// A step is a term of a relation looked at once; two million take about a second.
pub(crate) fn steps_for(size: usize) -> u64 {
    /// For any, and for each.
    const STEPS: (u64, u64) = (20_000_000, 100);
    STEPS.0 + STEPS.1.saturating_mul(size as u64)
}

/// What a claim says of its fact.
#[derive(Clone, Debug)]
pub(super) struct Stated {
    pub(super) fact: Fact,
    pub(super) strict: Interval,
    pub(super) loose: Interval,
    /// How gladly it is left out of a conflict: the higher, the sooner.
    pub(super) doubt: u8,
}

impl Stated {
    pub(super) fn interval(&self, mode: Mode) -> &Interval {
        match mode {
            Mode::Strict => &self.strict,
            Mode::Loose => &self.loose,
        }
    }
}

/// Facts, claims and relations.
#[derive(Debug)]
pub struct Network<'n> {
    pub(super) facts: u32,
    pub(super) claims: Vec<Stated>,
    pub(super) constraints: Vec<Constraint<'n>>,
    /// For each relation, its first constraint; and one more at the end.
    pub(super) first: Vec<u32>,
    pub(super) budget: Option<u64>,
}

/// One form that a relation demands.
#[derive(Debug)]
pub(super) struct Constraint<'n> {
    pub(super) relation: u32,
    pub(super) form: Form<'n>,
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

    /// How many steps so many claims and relations that hang together may take.
    pub fn steps_for(&self, size: usize) -> u64 {
        self.budget.unwrap_or_else(|| steps_for(size))
    }

    /// One more fact.
    pub fn fact(&mut self) -> Fact {
        self.facts += 1;
        self.facts - 1
    }

    /// A claim that a fact lies in an interval, read strictly and loosely, with how gladly it is left out of a
    /// conflict: the higher, the sooner. Its number.
    ///
    /// The loose interval must contain the strict one.
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
        let constraints = numbers(relations)
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
    pub(super) fn constraints_of(&self, relation: u32) -> std::ops::Range<u32> {
        self.first[relation as usize]..self.first[relation as usize + 1]
    }

    /// The constraints of several relations, one after another.
    pub(super) fn constraints_of_all(&self, relations: &[u32]) -> Vec<u32> {
        relations.iter().flat_map(|&relation| self.constraints_of(relation)).collect()
    }

    /// The facts of a relation's demands, one after another.
    pub(super) fn facts_of(&self, relation: u32) -> impl Iterator<Item = Fact> {
        self.constraints_of(relation)
            .flat_map(|constraint| self.constraints[constraint as usize].form.facts())
    }
}

/// Numbers as the network keeps them.
pub(super) fn numbers(all: &[usize]) -> Vec<u32> {
    all.iter().map(|&number| u32::try_from(number).unwrap_or(u32::MAX)).collect()
}

/// No index.
pub(super) const NONE: u32 = u32::MAX;
