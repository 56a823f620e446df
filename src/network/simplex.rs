//! Whether sums can all lie in their intervals, exactly, with a proof if they cannot.
//!
//! The general simplex of Dutertre and de Moura, "A Fast Linear-Arithmetic Solver for DPLL(T)" (CAV
//! 2006): each sum is a variable of its own with bounds, open ends are bounds moved by an
//! infinitesimal, and Bland's rule ends it. Before that the sum of all that is beyond its bounds is made
//! less, as in King, Barrett and Dutertre, "Simplex with Sum of Infeasibilities for SMT" (FMCAD 2013).
//! What cannot be made less is Farkas' certificate.

use std::cmp::Ordering;
use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::value::{End, Interval, Rational};

/// A number and a multiple of an infinitesimal, which tells `x < 1` from `x ≤ 1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Near {
    number: Rational,
    beyond: Rational,
}

impl Near {
    fn low(end: &End) -> Option<Self> {
        Self::end(end, Rational::ONE)
    }

    fn high(end: &End) -> Option<Self> {
        Self::end(end, -Rational::ONE)
    }

    fn end(end: &End, beyond: Rational) -> Option<Self> {
        match end {
            End::Closed(x) => Some(Self { number: x.clone(), beyond: Rational::ZERO }),
            End::Open(x) => Some(Self { number: x.clone(), beyond }),
            End::Unbounded => None,
        }
    }

    fn zero() -> Self {
        Self { number: Rational::ZERO, beyond: Rational::ZERO }
    }

    fn plus_multiple(&self, other: &Self, factor: &Rational) -> Self {
        let beyond = if other.beyond.is_zero() {
            self.beyond.clone()
        } else {
            &self.beyond + &(&other.beyond * factor)
        };
        Self { number: &self.number + &(&other.number * factor), beyond }
    }

    fn minus(&self, other: &Self) -> Self {
        self.plus_multiple(other, &-Rational::ONE)
    }

    fn times(&self, factor: &Rational) -> Self {
        Self::zero().plus_multiple(self, factor)
    }
}

/// The bound that a variable is beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Low,
    High,
}

/// What came of it.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// Some choice is within all bounds.
    Feasible,
    /// None is: the bounds of these variables, so many times each, add up to an absurdity.
    Infeasible(Vec<(usize, Rational)>),
    /// The steps ran out.
    Unknown,
}

/// A basic variable as a sum of others, sorted by variable.
#[derive(Clone, Debug)]
struct Row {
    basic: usize,
    terms: Vec<(usize, Rational)>,
}

/// Variables with bounds; the first are the facts, each later one is a sum of facts.
#[derive(Clone, Debug)]
pub(super) struct Simplex {
    low: Vec<Option<Near>>,
    high: Vec<Option<Near>>,
    value: Vec<Near>,
    rows: Vec<Row>,
    /// For a basic variable, its row.
    row_of: Vec<Option<usize>>,
    /// For each variable, the rows it may stand in: none is missing, some may be wrong.
    columns: Vec<Vec<usize>>,
    /// Rows that may be beyond a bound: none is missing.
    moved: Vec<usize>,
    steps: u64,
    budget: u64,
}

/// Pivots for each row that mend one row after another, each by its shortest column: cheap, and enough
/// where little is wrong and rows have little to do with one another.
const EAGER: usize = 1;
/// Pivots for each row that mend all of them together. Few networks need more than two; after that
/// Bland's rule, which is slow and sure to end.
const TOGETHER: usize = 30;

impl Simplex {
    /// Facts in these intervals.
    pub(super) fn new<'d>(domains: impl Iterator<Item = &'d Interval>, budget: u64) -> Self {
        let mut simplex = Self {
            low: Vec::new(),
            high: Vec::new(),
            value: Vec::new(),
            rows: Vec::new(),
            row_of: Vec::new(),
            columns: Vec::new(),
            moved: Vec::new(),
            steps: 0,
            budget,
        };
        for domain in domains {
            let start = Near { number: domain.middle(), beyond: Rational::ZERO };
            simplex.variable(domain, start, None);
        }
        simplex
    }

    fn variable(&mut self, domain: &Interval, value: Near, row: Option<usize>) -> usize {
        self.low.push(Near::low(domain.low()));
        self.high.push(Near::high(domain.high()));
        self.value.push(value);
        self.row_of.push(row);
        self.columns.push(Vec::new());
        self.value.len() - 1
    }

    /// One more sum, in an interval; the number of its variable.
    pub(super) fn sum(&mut self, terms: &[(usize, Rational)], range: &Interval) -> usize {
        let row = self.rows.len();
        let mut terms = terms.to_vec();
        terms.sort_unstable_by_key(|&(variable, _)| variable);
        let value = terms.iter().fold(Near::zero(), |sum, (variable, factor)| {
            sum.plus_multiple(&self.value[*variable], factor)
        });
        for &(variable, _) in &terms {
            self.columns[variable].push(row);
        }
        let basic = self.variable(range, value, Some(row));
        self.rows.push(Row { basic, terms });
        self.moved.push(row);
        basic
    }

    /// Steps that were taken.
    pub(super) fn steps(&self) -> u64 {
        self.steps
    }

    /// Looks for a choice within all bounds.
    pub(super) fn solve(&mut self) -> Outcome {
        let mut pivots = 0;
        loop {
            if self.budget < self.steps {
                return Outcome::Unknown;
            }
            let eager = pivots < EAGER * self.rows.len();
            if !eager && pivots < (EAGER + TOGETHER) * self.rows.len() {
                match self.mend_together() {
                    Some(outcome) => return outcome,
                    None => pivots += 1,
                }
                continue;
            }
            let Some((row, side)) = self.violated(eager) else { return Outcome::Feasible };
            let Some(entering) = self.entering(row, side, eager) else {
                return Outcome::Infeasible(self.certificate(row));
            };
            let basic = self.rows[row].basic;
            let bound = match side {
                Side::Low => self.low[basic].clone(),
                Side::High => self.high[basic].clone(),
            };
            let Some(bound) = bound else { return Outcome::Unknown };
            self.pivot_to(row, entering, &bound);
            pivots += 1;
        }
    }

    /// Makes the sum of all that is beyond its bounds less, by the variable that does most for it;
    /// what came of it, if that is the end.
    fn mend_together(&mut self) -> Option<Outcome> {
        let violated: Vec<(usize, Side)> = self.all_beyond().collect();
        self.steps += self.rows.len() as u64;
        if violated.is_empty() {
            return Some(Outcome::Feasible);
        }
        // How much of it each variable takes away, rising by one.
        let mut gain: HashMap<usize, Rational, FixedState> = HashMap::default();
        for &(row, side) in &violated {
            for (variable, factor) in &self.rows[row].terms {
                let of = gain.entry(*variable).or_insert(Rational::ZERO);
                *of = if side == Side::Low { &*of + factor } else { &*of - factor };
            }
            self.steps += self.rows[row].terms.len() as u64;
        }
        let useful = |(variable, gain): &(&usize, &Rational)| {
            !gain.is_zero() && self.has_room(**variable, !gain.is_negative())
        };
        // Of the same gain the first, so that each run is the same.
        let best = gain
            .iter()
            .filter(useful)
            .max_by(|(a, x), (b, y)| x.abs().cmp(&y.abs()).then(b.cmp(a)));
        let Some((&entering, most)) = best else {
            let basics = violated.iter().map(|&(row, side)| {
                let sign = if side == Side::Low { -Rational::ONE } else { Rational::ONE };
                (self.rows[row].basic, sign)
            });
            let mut others: Vec<(usize, Rational)> =
                gain.into_iter().filter(|(_, gain)| !gain.is_zero()).collect();
            others.sort_unstable_by_key(|&(variable, _)| variable);
            return Some(Outcome::Infeasible(basics.chain(others).collect()));
        };
        let (rises, gain) = (!most.is_negative(), most.abs());
        match self.farthest(entering, rises, gain) {
            None => return Some(Outcome::Unknown),
            Some((step, None)) => self.move_by(entering, &step),
            Some((step, Some(row))) => self.pivot_by(row, entering, &step),
        }
        None
    }

    /// How far a variable can move until what is beyond bounds grows again, and the row that makes it so.
    fn farthest(
        &mut self,
        variable: usize,
        rises: bool,
        mut gain: Rational,
    ) -> Option<(Near, Option<usize>)> {
        let size = |step: &Near| if rises { step.clone() } else { step.times(&-Rational::ONE) };
        // Where a basic variable comes to a bound, with its row and by how much less is gained from
        // there on.
        let mut turns: Vec<(Near, usize, Rational)> = Vec::new();
        for (row, factor) in self.column(variable) {
            let Some(inverse) = factor.recip() else { continue };
            let basic = self.rows[row].basic;
            let up = factor.is_negative() != rises;
            let (first, last) = (&self.low[basic], &self.high[basic]);
            let (first, last) = if up { (first, last) } else { (last, first) };
            let ahead = |bound: &Near| size(&bound.minus(&self.value[basic]).times(&inverse));
            // It is beyond the first until it comes there, and beyond the last from there on.
            let enters = first.as_ref().map(ahead).filter(|ahead| Near::zero() < *ahead);
            let leaves = last.as_ref().map(ahead).filter(|ahead| Near::zero() <= *ahead);
            for ahead in enters.into_iter().chain(leaves) {
                turns.push((ahead, row, factor.abs()));
            }
        }
        turns.sort_by(|a, b| {
            a.0.cmp(&b.0).then_with(|| self.rows[a.1].basic.cmp(&self.rows[b.1].basic))
        });
        let bound = if rises { &self.high[variable] } else { &self.low[variable] };
        let own = bound.as_ref().map(|bound| size(&bound.minus(&self.value[variable])));
        for (ahead, row, less) in turns {
            if own.as_ref().is_some_and(|own| *own <= ahead) {
                break;
            }
            gain = gain - less;
            if gain <= Rational::ZERO {
                return Some((size(&ahead), Some(row)));
            }
        }
        own.map(|own| (size(&own), None))
    }

    /// A basic variable beyond a bound; by Bland's rule, the first.
    fn violated(&mut self, eager: bool) -> Option<(usize, Side)> {
        if eager {
            while let Some(&row) = self.moved.last() {
                self.steps += 1;
                match self.beyond(self.rows[row].basic) {
                    Some(side) => return Some((row, side)),
                    None => self.moved.pop(),
                };
            }
            return None;
        }
        self.steps += self.rows.len() as u64;
        self.all_beyond().min_by_key(|&(row, _)| self.rows[row].basic)
    }

    /// The rows whose basic variables are beyond a bound.
    fn all_beyond(&self) -> impl Iterator<Item = (usize, Side)> {
        let beyond = |(row, of): (usize, &Row)| Some((row, self.beyond(of.basic)?));
        self.rows.iter().enumerate().filter_map(beyond)
    }

    fn beyond(&self, variable: usize) -> Option<Side> {
        let value = &self.value[variable];
        if self.low[variable].as_ref().is_some_and(|low| value < low) {
            return Some(Side::Low);
        }
        self.high[variable].as_ref().is_some_and(|high| high < value).then_some(Side::High)
    }

    /// A variable whose move mends a row; by Bland's rule, the first.
    fn entering(&self, row: usize, side: Side, eager: bool) -> Option<usize> {
        let mut usable = self.rows[row]
            .terms
            .iter()
            .filter(|(variable, factor)| {
                let up = factor.is_negative() == (side == Side::High);
                self.has_room(*variable, up)
            })
            .map(|&(variable, _)| variable);
        if eager {
            usable.min_by_key(|&variable| (self.columns[variable].len(), variable))
        } else {
            usable.next()
        }
    }

    fn has_room(&self, variable: usize, up: bool) -> bool {
        let value = &self.value[variable];
        if up {
            self.high[variable].as_ref().is_none_or(|high| value < high)
        } else {
            self.low[variable].as_ref().is_none_or(|low| low < value)
        }
    }

    /// A basic variable is beyond a bound, and all it is made of is at the bounds that hold it there.
    fn certificate(&self, row: usize) -> Vec<(usize, Rational)> {
        let Row { basic, terms } = &self.rows[row];
        std::iter::once((*basic, -Rational::ONE)).chain(terms.iter().cloned()).collect()
    }

    /// Moves a basic variable to a value by another one, which takes its place.
    fn pivot_to(&mut self, row: usize, entering: usize, value: &Near) {
        let basic = self.rows[row].basic;
        let factor = self.factor(row, entering);
        let Some(inverse) = factor.recip() else { return };
        let step = value.minus(&self.value[basic]).times(&inverse);
        self.move_by(entering, &step);
        self.value[basic] = value.clone();
        self.pivot(row, entering);
    }

    /// The same, the other one moving so far.
    fn pivot_by(&mut self, row: usize, entering: usize, step: &Near) {
        let factor = self.factor(row, entering);
        let value = self.value[self.rows[row].basic].plus_multiple(step, &factor);
        self.pivot_to(row, entering, &value);
    }

    /// Moves a variable that is not basic, and with it all that rest on it.
    fn move_by(&mut self, variable: usize, step: &Near) {
        self.value[variable] = self.value[variable].plus_multiple(step, &Rational::ONE);
        for (row, factor) in self.column(variable) {
            let basic = self.rows[row].basic;
            self.value[basic] = self.value[basic].plus_multiple(step, &factor);
            self.moved.push(row);
        }
    }

    /// The rows that a variable stands in, each once, with its factors there.
    fn column(&mut self, variable: usize) -> Vec<(usize, Rational)> {
        let mut rows = std::mem::take(&mut self.columns[variable]);
        self.steps += rows.len() as u64;
        rows.sort_unstable();
        rows.dedup();
        let mut column = Vec::with_capacity(rows.len());
        rows.retain(|&row| {
            let factor = self.factor(row, variable);
            let stands = !factor.is_zero();
            if stands {
                column.push((row, factor));
            }
            stands
        });
        self.columns[variable] = rows;
        column
    }

    fn factor(&self, row: usize, variable: usize) -> Rational {
        let terms = &self.rows[row].terms;
        match terms.binary_search_by_key(&variable, |&(known, _)| known) {
            Ok(at) => terms[at].1.clone(),
            Err(_) => Rational::ZERO,
        }
    }

    /// Exchanges the basic variable of a row with one it is made of.
    fn pivot(&mut self, row: usize, entering: usize) {
        let basic = self.rows[row].basic;
        let factor = self.factor(row, entering);
        let Some(inverse) = factor.recip() else { return };
        // basic = factor × entering + rest, so entering = basic / factor − rest / factor.
        let mut terms: Vec<(usize, Rational)> = self.rows[row]
            .terms
            .iter()
            .filter(|(variable, _)| *variable != entering)
            .map(|(variable, other)| (*variable, -(other * &inverse)))
            .collect();
        let at = terms.partition_point(|&(variable, _)| variable < basic);
        terms.insert(at, (basic, inverse));
        self.rows[row] = Row { basic: entering, terms: terms.clone() };
        self.row_of[entering] = Some(row);
        self.row_of[basic] = None;
        self.moved.push(row);
        self.columns[basic].push(row);
        for (other, factor) in self.column(entering) {
            self.substitute(other, entering, &factor, &terms);
        }
        self.columns[entering].clear();
    }

    /// Replaces a variable in a row by what it is made of.
    fn substitute(
        &mut self,
        row: usize,
        variable: usize,
        factor: &Rational,
        terms: &[(usize, Rational)],
    ) {
        let old = std::mem::take(&mut self.rows[row].terms);
        let mut merged = Vec::with_capacity(old.len() + terms.len());
        let mut new = terms.iter().peekable();
        for (known, own) in old.into_iter().filter(|(known, _)| *known != variable) {
            while let Some((next, added)) = new.next_if(|(next, _)| *next < known) {
                merged.push((*next, added * factor));
                self.columns[*next].push(row);
            }
            match new.next_if(|(next, _)| *next == known) {
                Some((_, added)) => {
                    let sum = own + added * factor;
                    if !sum.is_zero() {
                        merged.push((known, sum));
                    }
                }
                None => merged.push((known, own)),
            }
        }
        for (next, added) in new {
            merged.push((*next, added * factor));
            self.columns[*next].push(row);
        }
        self.steps += merged.iter().map(|(_, factor)| factor.weight()).sum::<u64>();
        self.rows[row].terms = merged;
    }

    /// The least and the greatest value of a variable within all bounds, once a choice is found;
    /// `None` if the steps run out.
    pub(super) fn range(&mut self, variable: usize) -> Option<Interval> {
        let low = self.extreme(variable, false)?;
        let high = self.extreme(variable, true)?;
        Interval::new(low, high)
    }

    /// How far a variable can go; `None` if the steps run out.
    fn extreme(&mut self, variable: usize, up: bool) -> Option<End> {
        loop {
            if self.budget < self.steps {
                return None;
            }
            let terms = match self.row_of[variable] {
                Some(row) => self.rows[row].terms.clone(),
                None => vec![(variable, Rational::ONE)],
            };
            // By Bland's rule, the first that improves it.
            let better = terms
                .iter()
                .find(|(other, factor)| self.has_room(*other, factor.is_negative() != up));
            let Some((entering, factor)) = better else {
                let Near { number, beyond } = self.value[variable].clone();
                let is_reached = beyond.is_zero();
                return Some(if is_reached { End::Closed(number) } else { End::Open(number) });
            };
            let rises = factor.is_negative() != up;
            match self.limit(*entering, rises) {
                None => return Some(End::Unbounded),
                Some((step, None)) => self.move_by(*entering, &step),
                Some((step, Some(row))) => self.pivot_by(row, *entering, &step),
            }
        }
    }

    /// How far a variable can move, and the row that stops it; `None` if nothing does.
    fn limit(&mut self, variable: usize, rises: bool) -> Option<(Near, Option<usize>)> {
        let bound = if rises { &self.high[variable] } else { &self.low[variable] };
        let mut least: Option<(Near, Option<usize>)> =
            bound.as_ref().map(|bound| (bound.minus(&self.value[variable]), None));
        let size = |step: &Near| if rises { step.clone() } else { step.times(&-Rational::ONE) };
        for (row, factor) in self.column(variable) {
            let Some(inverse) = factor.recip() else { continue };
            let basic = self.rows[row].basic;
            let up = factor.is_negative() != rises;
            let bound = if up { &self.high[basic] } else { &self.low[basic] };
            let Some(bound) = bound else { continue };
            let step = bound.minus(&self.value[basic]).times(&inverse);
            let order =
                least.as_ref().map_or(Ordering::Less, |(known, _)| size(&step).cmp(&size(known)));
            let first = match (&least, order) {
                (Some((_, Some(known))), Ordering::Equal) => basic < self.rows[*known].basic,
                (Some((_, None)), Ordering::Equal) => false,
                _ => order.is_lt(),
            };
            if first {
                least = Some((step, Some(row)));
            }
        }
        least
    }
}
