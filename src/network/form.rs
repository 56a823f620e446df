//! What a relation demands of its facts: a sum in an interval, a product, or something that only the
//! one who asks can narrow.

use std::collections::HashMap;
use std::fmt;

use foldhash::fast::FixedState;

use crate::value::{Interval, Mode, Rational};

/// A number that claims state and relations relate.
pub type Fact = u32;

/// One demand.
#[derive(Debug)]
pub enum Form<'n> {
    /// A sum of multiples lies in an interval.
    Linear(Linear),
    /// Two facts multiplied come to a third.
    Product(Product),
    /// Anything else.
    Other(Box<dyn Nonlinear + 'n>),
}

/// Terms of a sum that are looked through one by one.
const FEW: usize = 16;

/// A sum of multiples of facts lies in an interval.
#[derive(Clone, Debug)]
pub struct Linear {
    terms: Box<[(Fact, Rational)]>,
    range: Interval,
    /// The interval when read loosely, where it is another.
    loose: Option<Box<Interval>>,
}

/// `(x + shift) × y = z`.
#[derive(Clone, Debug)]
pub struct Product {
    facts: [Fact; 3],
    shift: Rational,
}

/// A demand that is neither sum nor product.
pub trait Nonlinear: fmt::Debug {
    /// The facts it is about, each once.
    fn facts(&self) -> &[Fact];

    /// What is left to each fact, in their order, when they lie in these intervals; `None` if that
    /// cannot be. What is left may be wider than it need be, never narrower.
    fn narrow(&self, domains: &[&Interval], mode: Mode) -> Option<Vec<Interval>>;

    /// The demand as sums, when those facts that lie at one point are taken for numbers.
    fn linear(&self, fixed: &dyn Fn(Fact) -> Option<Rational>) -> Option<Vec<Linear>>;
}

impl From<Linear> for Form<'_> {
    fn from(linear: Linear) -> Self {
        Self::Linear(linear)
    }
}

impl From<Product> for Form<'_> {
    fn from(product: Product) -> Self {
        Self::Product(product)
    }
}

impl Form<'_> {
    /// The facts it is about, each once.
    pub(super) fn facts(&self) -> impl Iterator<Item = Fact> {
        let (terms, others): (&[(Fact, Rational)], &[Fact]) = match self {
            Self::Linear(linear) => (&linear.terms, &[]),
            Self::Product(product) => (&[], &product.facts),
            Self::Other(other) => (&[], other.facts()),
        };
        terms.iter().map(|&(fact, _)| fact).chain(others.iter().copied())
    }

    /// What the others leave the fact at a place of [`Self::facts`]; `None` if nothing.
    pub(super) fn narrow_one<'d>(
        &self,
        place: usize,
        domains: &dyn Fn(usize) -> &'d Interval,
        mode: Mode,
    ) -> Option<Interval> {
        match self {
            Self::Linear(linear) => linear.narrow_one(place, domains, mode),
            Self::Product(product) => product.narrow_one(place, domains),
            Self::Other(_) => self.narrow_all(domains, mode)?.into_iter().nth(place),
        }
    }

    /// What is left to each fact; `None` if the demand cannot be met.
    pub(super) fn narrow_all<'d>(
        &self,
        domains: &dyn Fn(usize) -> &'d Interval,
        mode: Mode,
    ) -> Option<Vec<Interval>> {
        let one = |place| {
            self.narrow_one(place, domains, mode)
                .and_then(|allowed| domains(place).intersect(&allowed))
        };
        match self {
            Self::Linear(linear) => linear.narrow_all(domains, mode),
            Self::Product(_) => (0..3).map(one).collect(),
            Self::Other(other) => {
                let all: Vec<&Interval> = (0..other.facts().len()).map(domains).collect();
                let left = other.narrow(&all, mode)?;
                all.iter().zip(left).map(|(domain, left)| domain.intersect(&left)).collect()
            }
        }
    }

    /// Whether the demand can be met.
    pub(super) fn meets<'d>(&self, domains: &dyn Fn(usize) -> &'d Interval, mode: Mode) -> bool {
        match self {
            Self::Linear(linear) => linear.sum(domains, None).meets(linear.range(mode)),
            Self::Product(product) => {
                product.narrow_one(2, domains).is_some_and(|allowed| allowed.meets(domains(2)))
            }
            Self::Other(_) => self.narrow_all(domains, mode).is_some(),
        }
    }

    /// Sums that follow from the demand where the facts lie in these intervals.
    pub(super) fn linear(&self, domain: &dyn Fn(Fact) -> Option<Interval>) -> Vec<Linear> {
        match self {
            Self::Linear(linear) => vec![linear.clone()],
            Self::Product(product) => product.linear(domain),
            Self::Other(other) => {
                let fixed = |fact| domain(fact)?.as_point().cloned();
                other.linear(&fixed).unwrap_or_default()
            }
        }
    }
}

impl Linear {
    /// That a sum of multiples lies in an interval. Terms of one fact are added up.
    pub fn new(terms: impl IntoIterator<Item = (Fact, Rational)>, range: Interval) -> Self {
        let terms = terms.into_iter();
        let mut all: Vec<(Fact, Rational)> = Vec::with_capacity(terms.size_hint().0);
        let mut places: HashMap<Fact, usize, FixedState> = HashMap::default();
        for (fact, factor) in terms {
            // Few are looked through faster than they are hashed.
            let known = if all.len() < FEW {
                all.iter().position(|(known, _)| *known == fact)
            } else {
                if all.len() == FEW {
                    places.extend(all.iter().map(|(fact, _)| *fact).zip(0..));
                }
                places.get(&fact).copied()
            };
            match known {
                Some(at) => all[at].1 = &all[at].1 + &factor,
                None => {
                    if FEW <= all.len() {
                        places.insert(fact, all.len());
                    }
                    all.push((fact, factor));
                }
            }
        }
        all.retain(|(_, factor)| !factor.is_zero());
        Self { terms: all.into(), range, loose: None }
    }

    /// The same with a wider interval where figures are read loosely.
    #[must_use]
    pub fn or_loosely(mut self, loose: Interval) -> Self {
        self.loose = (loose != self.range).then(|| Box::new(loose));
        self
    }

    /// The facts with their factors.
    pub fn terms(&self) -> &[(Fact, Rational)] {
        &self.terms
    }

    /// Where the sum lies.
    pub fn range(&self, mode: Mode) -> &Interval {
        match (&self.loose, mode) {
            (Some(loose), Mode::Loose) => loose,
            _ => &self.range,
        }
    }

    /// The sum of all terms, or of all but one.
    fn sum<'d>(&self, domains: &dyn Fn(usize) -> &'d Interval, without: Option<usize>) -> Interval {
        let mut sum = Interval::point(Rational::ZERO);
        for (place, (_, factor)) in self.terms.iter().enumerate() {
            if Some(place) != without {
                sum.add_multiple(domains(place), factor);
            }
        }
        sum
    }

    fn narrow_one<'d>(
        &self,
        place: usize,
        domains: &dyn Fn(usize) -> &'d Interval,
        mode: Mode,
    ) -> Option<Interval> {
        let rest = self.sum(domains, Some(place));
        self.left_by(place, &rest, mode)
    }

    /// What the sum of the other terms leaves a fact.
    fn left_by(&self, place: usize, rest: &Interval, mode: Mode) -> Option<Interval> {
        let factor = &self.terms[place].1;
        let left = self.range(mode).minus(rest);
        if *factor == Rational::ONE {
            return Some(left);
        }
        Some(left.scaled(&factor.recip()?))
    }

    fn narrow_all<'d>(
        &self,
        domains: &dyn Fn(usize) -> &'d Interval,
        mode: Mode,
    ) -> Option<Vec<Interval>> {
        // From the end: the sum of all terms behind each.
        let mut behind = vec![Interval::point(Rational::ZERO)];
        for (place, (_, factor)) in self.terms.iter().enumerate().rev() {
            let mut sum = behind[behind.len() - 1].clone();
            sum.add_multiple(domains(place), factor);
            behind.push(sum);
        }
        if self.terms.is_empty() {
            let zero = Interval::point(Rational::ZERO);
            return self.range(mode).meets(&zero).then(Vec::new);
        }
        let mut before = Interval::point(Rational::ZERO);
        let mut all = Vec::with_capacity(self.terms.len());
        for (place, (_, factor)) in self.terms.iter().enumerate() {
            let rest = before.plus(&behind[self.terms.len() - 1 - place]);
            all.push(domains(place).intersect(&self.left_by(place, &rest, mode)?)?);
            before.add_multiple(domains(place), factor);
        }
        Some(all)
    }
}

impl Product {
    /// That `(x + shift) × y = z`; the three facts are three.
    pub fn new(x: Fact, shift: Rational, y: Fact, z: Fact) -> Self {
        Self { facts: [x, y, z], shift }
    }

    fn narrow_one<'d>(
        &self,
        place: usize,
        domains: &dyn Fn(usize) -> &'d Interval,
    ) -> Option<Interval> {
        let x = || domains(0).shifted(&self.shift);
        let may_be_zero = |interval: &Interval| interval.contains(&Rational::ZERO);
        // Nothing can be said of what is multiplied by zero to make zero.
        let quotient = |z: &Interval, by: &Interval| {
            if may_be_zero(z) && may_be_zero(by) {
                return Some(Interval::ALL);
            }
            z.divided_by(by)
        };
        match place {
            0 => {
                let left = quotient(domains(2), domains(1))?;
                Some(left.shifted(&-self.shift.clone()))
            }
            1 => quotient(domains(2), &x()),
            _ => Some(x().times(domains(1))),
        }
    }

    /// A factor of one number makes it a sum. One that lies between two numbers bounds the product by
    /// both multiples of the other factor, if that has a sign.
    fn linear(&self, domain: &dyn Fn(Fact) -> Option<Interval>) -> Vec<Linear> {
        let [x, y, z] = self.facts;
        let (Some(of_x), Some(of_y)) = (domain(x), domain(y)) else { return Vec::new() };
        let factor = of_x.shifted(&self.shift);
        let none = Rational::ZERO;
        let mut all = between_multiples((y, &none, &of_y), &factor, z);
        let other = of_x.shifted(&self.shift);
        all.extend(between_multiples((x, &self.shift, &other), &of_y, z));
        all
    }
}

/// What `z = factor × (fact + shift)` says of `z` and the fact, with `other` for where `fact + shift`
/// lies.
fn between_multiples(
    (fact, shift, other): (Fact, &Rational, &Interval),
    factor: &Interval,
    z: Fact,
) -> Vec<Linear> {
    let minus = -Rational::ONE;
    // factor × fact − z lies where −factor × shift does.
    let sum = |factor: &Rational, range: Interval| {
        let range = range.shifted(&-(factor * shift));
        Linear::new([(fact, factor.clone()), (z, minus.clone())], range)
    };
    if let Some(factor) = factor.as_point() {
        return vec![sum(factor, Interval::point(Rational::ZERO))];
    }
    let zero = || Interval::point(Rational::ZERO);
    let is_positive = other.low().number().is_some_and(|low| !low.is_negative());
    let is_negative = other.high().number().is_some_and(|high| *high <= Rational::ZERO);
    if !is_positive && !is_negative {
        return Vec::new();
    }
    let (most, least) = (zero().and_below(true), zero().and_above(true));
    let (by_low, by_high) = if is_positive { (most, least) } else { (least, most) };
    let low = factor.low().number().map(|low| sum(low, by_low));
    let high = factor.high().number().map(|high| sum(high, by_high));
    low.into_iter().chain(high).collect()
}
