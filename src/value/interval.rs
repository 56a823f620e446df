//! Intervals with open or closed ends, the only way two values are compared.

use std::cmp::Ordering;
use std::fmt;

use crate::value::Rational;

/// One end of an interval.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// The number belongs to the interval.
    Closed(Rational),
    /// Everything up to the number, but not it.
    Open(Rational),
    /// No end on this side.
    Unbounded,
}

impl End {
    /// The number at the end, if there is one.
    pub fn number(&self) -> Option<&Rational> {
        match self {
            Self::Closed(x) | Self::Open(x) => Some(x),
            Self::Unbounded => None,
        }
    }

    /// Whether the end's number belongs to the interval.
    pub fn is_closed(&self) -> bool {
        matches!(self, Self::Closed(_))
    }

    fn at(number: Rational, closed: bool) -> Self {
        if closed { Self::Closed(number) } else { Self::Open(number) }
    }

    fn map(&self, f: impl Fn(&Rational) -> Rational) -> Self {
        match self {
            Self::Closed(x) => Self::Closed(f(x)),
            Self::Open(x) => Self::Open(f(x)),
            Self::Unbounded => Self::Unbounded,
        }
    }
}

/// A set of numbers without gaps, never empty.
///
/// ```
/// use crossfoot::value::{Interval, Rational};
/// let written = Interval::closed(Rational::from(285), Rational::from(295));
/// let yearly = written.divided_by(&Interval::point(Rational::from(4))).unwrap();
/// assert!(yearly.contains(&Rational::parse("72.5").unwrap()));
/// assert!(!yearly.contains(&Rational::from(74)));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Interval {
    low: End,
    high: End,
}

impl Interval {
    /// Every number.
    pub const ALL: Self = Self { low: End::Unbounded, high: End::Unbounded };

    /// The numbers between two ends; `None` if there are none.
    pub fn new(low: End, high: End) -> Option<Self> {
        let fits = match (low.number(), high.number()) {
            (Some(a), Some(b)) => a < b || (a == b && low.is_closed() && high.is_closed()),
            _ => true,
        };
        fits.then_some(Self { low, high })
    }

    /// One number.
    pub fn point(number: Rational) -> Self {
        Self { low: End::Closed(number.clone()), high: End::Closed(number) }
    }

    /// From one number to another, both included; exchanged if they stand the wrong way round.
    pub fn closed(low: Rational, high: Rational) -> Self {
        let (low, high) = if high < low { (high, low) } else { (low, high) };
        Self { low: End::Closed(low), high: End::Closed(high) }
    }

    /// A number and as much on either side, both ends included.
    pub fn around(number: &Rational, half_width: &Rational) -> Self {
        Self::closed(number - half_width, number + half_width)
    }

    /// The lower end.
    pub fn low(&self) -> &End {
        &self.low
    }

    /// The upper end.
    pub fn high(&self) -> &End {
        &self.high
    }

    /// The number, if there is only one.
    pub fn as_point(&self) -> Option<&Rational> {
        match (self.low.number(), self.high.number()) {
            (Some(a), Some(b)) if a == b => Some(a),
            _ => None,
        }
    }

    /// A number within: the middle, where there is one.
    pub fn middle(&self) -> Rational {
        match (self.low.number(), self.high.number()) {
            (Some(low), Some(high)) if low == high => low.clone(),
            (Some(low), Some(high)) => (low + high) * Rational::fraction(1, 2),
            (Some(low), None) if low.is_negative() => Rational::ZERO,
            (Some(low), None) => low + &Rational::ONE,
            (None, Some(high)) if Rational::ZERO < *high => Rational::ZERO,
            (None, Some(high)) => high - &Rational::ONE,
            (None, None) => Rational::ZERO,
        }
    }

    /// The interval a share of the way to another one; an end without bound is there at once.
    #[must_use]
    pub fn toward(&self, other: &Self, share: &Rational) -> Self {
        if share.is_zero() {
            return self.clone();
        }
        let end = |from: &End, to: &End| match (from.number(), to.number()) {
            (Some(a), Some(b)) => End::at(a + &(&(b - a) * share), to.is_closed()),
            _ => to.clone(),
        };
        let between = Self::new(end(&self.low, &other.low), end(&self.high, &other.high));
        between.unwrap_or_else(|| other.clone())
    }

    /// From the first whole number in it to the last; `None` if there is none.
    pub fn whole(&self) -> Option<Self> {
        let end = |end: &End, is_low: bool| {
            let Some(number) = end.number() else { return End::Unbounded };
            let whole = if is_low { number.ceil() } else { number.floor() };
            let step = Rational::from(i64::from(!end.is_closed() && whole == *number));
            End::Closed(if is_low { whole + step } else { whole - step })
        };
        Self::new(end(&self.low, true), end(&self.high, false))
    }

    /// The numbers not below zero whose square is in it, each end some millionths outwards; `None` if there is
    /// none.
    pub fn root(&self) -> Option<Self> {
        let high = match &self.high {
            End::Unbounded => End::Unbounded,
            end => End::Closed(end.number()?.root(true)?),
        };
        let low = match self.low.number() {
            Some(low) if !low.is_negative() => low.root(false)?,
            _ => Rational::ZERO,
        };
        Self::new(End::Closed(low), high)
    }

    /// Whether a number lies inside.
    pub fn contains(&self, x: &Rational) -> bool {
        let above = match &self.low {
            End::Closed(low) => low <= x,
            End::Open(low) => low < x,
            End::Unbounded => true,
        };
        let below = match &self.high {
            End::Closed(high) => x <= high,
            End::Open(high) => x < high,
            End::Unbounded => true,
        };
        above && below
    }

    /// The numbers that are in both; `None` if there are none.
    pub fn intersect(&self, other: &Self) -> Option<Self> {
        let low = if cmp_low(&self.low, &other.low).is_lt() { &other.low } else { &self.low };
        let high = if cmp_high(&self.high, &other.high).is_lt() { &self.high } else { &other.high };
        Self::new(low.clone(), high.clone())
    }

    /// Whether some number is in both.
    pub fn meets(&self, other: &Self) -> bool {
        self.may_be_at_most(other) && other.may_be_at_most(self)
    }

    /// The smallest interval around both.
    #[must_use]
    pub fn hull(&self, other: &Self) -> Self {
        let low = if cmp_low(&self.low, &other.low).is_le() { &self.low } else { &other.low };
        let high = if cmp_high(&self.high, &other.high).is_ge() { &self.high } else { &other.high };
        Self { low: low.clone(), high: high.clone() }
    }

    /// Whether some number here is less than some number there.
    pub fn may_be_below(&self, other: &Self) -> bool {
        match (self.low.number(), other.high.number()) {
            (Some(a), Some(b)) => a < b,
            _ => true,
        }
    }

    /// Whether some number here is at most some number there.
    pub fn may_be_at_most(&self, other: &Self) -> bool {
        match (self.low.number(), other.high.number()) {
            (Some(a), Some(b)) => {
                a < b || (a == b && self.low.is_closed() && other.high.is_closed())
            }
            _ => true,
        }
    }

    /// Everything that is at most (or less than) some number here.
    #[must_use]
    pub fn and_below(&self, or_equal: bool) -> Self {
        let high = match &self.high {
            End::Closed(x) if !or_equal => End::Open(x.clone()),
            end => end.clone(),
        };
        Self { low: End::Unbounded, high }
    }

    /// Everything that is at least (or more than) some number here.
    #[must_use]
    pub fn and_above(&self, or_equal: bool) -> Self {
        let low = match &self.low {
            End::Closed(x) if !or_equal => End::Open(x.clone()),
            end => end.clone(),
        };
        Self { low, high: End::Unbounded }
    }

    /// Every sum of a number here and a number there.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self { low: add(&self.low, &other.low), high: add(&self.high, &other.high) }
    }

    /// Adds a multiple of what is in another interval.
    pub fn add_multiple(&mut self, other: &Self, factor: &Rational) {
        if *factor == Rational::ONE {
            *self = self.plus(other);
        } else if other.low.is_closed() && other.high.is_closed() && other.low == other.high {
            // A point needs one product, not two.
            if let Some(x) = other.low.number() {
                *self = self.shifted(&(x * factor));
            }
        } else {
            *self = self.plus(&other.scaled(factor));
        }
    }

    /// The same or slightly more, with ends that are not too long to compute with.
    #[must_use]
    pub fn shortened(self) -> Self {
        let weight = |end: &End| end.number().map_or(1, Rational::weight);
        if weight(&self.low) == 1 && weight(&self.high) == 1 {
            return self;
        }
        Self {
            low: self.low.map(|low| low.shortened(false)),
            high: self.high.map(|high| high.shortened(true)),
        }
    }

    /// Every number with its sign turned.
    #[must_use]
    pub fn negated(&self) -> Self {
        let turn = |x: &Rational| -x.clone();
        Self { low: self.high.map(turn), high: self.low.map(turn) }
    }

    /// Every difference.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        self.plus(&other.negated())
    }

    /// Every multiple by one number; zero makes it the point zero.
    #[must_use]
    pub fn scaled(&self, factor: &Rational) -> Self {
        if factor.is_zero() {
            return Self::point(Rational::ZERO);
        }
        let by = |x: &Rational| x * factor;
        let (low, high) = (self.low.map(by), self.high.map(by));
        if factor.is_negative() { Self { low: high, high: low } } else { Self { low, high } }
    }

    /// Every number moved by the same amount.
    #[must_use]
    pub fn shifted(&self, by: &Rational) -> Self {
        let add = |x: &Rational| x + by;
        Self { low: self.low.map(add), high: self.high.map(add) }
    }

    /// Every product.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        let corners = [
            corner(&self.low, Side::Low, &other.low, Side::Low),
            corner(&self.low, Side::Low, &other.high, Side::High),
            corner(&self.high, Side::High, &other.low, Side::Low),
            corner(&self.high, Side::High, &other.high, Side::High),
        ];
        let low = corners.iter().min_by(|a, b| a.size.cmp(&b.size).then(b.closed.cmp(&a.closed)));
        let high = corners.iter().max_by(|a, b| a.size.cmp(&b.size).then(a.closed.cmp(&b.closed)));
        let end = |corner: Option<&Corner>| match corner {
            Some(Corner { size: Extended::Finite(x), closed }) => End::at(x.clone(), *closed),
            _ => End::Unbounded,
        };
        Self { low: end(low), high: end(high) }
    }

    /// One over every number but zero; `None` if there is only zero.
    ///
    /// Numbers on both sides of zero give two pieces; what is returned is the interval around
    /// them, so nothing possible is lost.
    pub fn recip(&self) -> Option<Self> {
        let sign = |end: &End| end.number().map(|x| x.cmp(&Rational::ZERO));
        let one_over = |end: &End| match end {
            End::Unbounded => End::Open(Rational::ZERO),
            end => match end.number().and_then(Rational::recip) {
                Some(x) => End::at(x, end.is_closed()),
                None => End::Unbounded,
            },
        };
        match (sign(&self.low), sign(&self.high)) {
            (Some(Ordering::Equal), Some(Ordering::Equal)) => None,
            (Some(Ordering::Greater | Ordering::Equal), _) => {
                Some(Self { low: one_over(&self.high), high: one_over(&self.low) })
            }
            (_, Some(Ordering::Less | Ordering::Equal)) => {
                Some(Self { low: one_over(&self.high), high: one_over(&self.low) })
            }
            _ => Some(Self::ALL),
        }
    }

    /// Every quotient by a number other than zero; `None` if there is none.
    pub fn divided_by(&self, other: &Self) -> Option<Self> {
        Some(self.times(&other.recip()?))
    }

    /// The least of one number from each.
    #[must_use]
    pub fn min(&self, other: &Self) -> Self {
        let low = if cmp_low(&self.low, &other.low).is_le() { &self.low } else { &other.low };
        let high = if cmp_high(&self.high, &other.high).is_le() { &self.high } else { &other.high };
        Self { low: low.clone(), high: high.clone() }
    }

    /// The greatest of one number from each.
    #[must_use]
    pub fn max(&self, other: &Self) -> Self {
        let low = if cmp_low(&self.low, &other.low).is_ge() { &self.low } else { &other.low };
        let high = if cmp_high(&self.high, &other.high).is_ge() { &self.high } else { &other.high };
        Self { low: low.clone(), high: high.clone() }
    }
}

/// Which of two lower ends lets in the smaller number.
fn cmp_low(a: &End, b: &End) -> Ordering {
    match (a.number(), b.number()) {
        (None, None) => Ordering::Equal,
        (None, _) => Ordering::Less,
        (_, None) => Ordering::Greater,
        (Some(x), Some(y)) => x.cmp(y).then(b.is_closed().cmp(&a.is_closed())),
    }
}

/// Which of two upper ends lets in the greater number.
fn cmp_high(a: &End, b: &End) -> Ordering {
    match (a.number(), b.number()) {
        (None, None) => Ordering::Equal,
        (None, _) => Ordering::Greater,
        (_, None) => Ordering::Less,
        (Some(x), Some(y)) => x.cmp(y).then(a.is_closed().cmp(&b.is_closed())),
    }
}

fn add(a: &End, b: &End) -> End {
    match (a.number(), b.number()) {
        (Some(x), Some(y)) => End::at(x + y, a.is_closed() && b.is_closed()),
        _ => End::Unbounded,
    }
}

#[derive(Clone, Copy)]
enum Side {
    Low,
    High,
}

/// A number or one of the two infinities.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Extended {
    Below,
    Finite(Rational),
    Above,
}

struct Corner {
    size: Extended,
    closed: bool,
}

/// The product at one corner of two intervals. Zero wins over an infinite end: the products near
/// that corner lie between the other corners' values.
fn corner(a: &End, a_side: Side, b: &End, b_side: Side) -> Corner {
    let is_zero = |end: &End| end.number().is_some_and(Rational::is_zero);
    if is_zero(a) || is_zero(b) {
        let reached = (is_zero(a) && a.is_closed()) || (is_zero(b) && b.is_closed());
        return Corner { size: Extended::Finite(Rational::ZERO), closed: reached };
    }
    if let (Some(x), Some(y)) = (a.number(), b.number()) {
        return Corner { size: Extended::Finite(x * y), closed: a.is_closed() && b.is_closed() };
    }
    let negative = |end: &End, side: Side| match end.number() {
        Some(x) => x.is_negative(),
        None => matches!(side, Side::Low),
    };
    let below = negative(a, a_side) != negative(b, b_side);
    Corner { size: if below { Extended::Below } else { Extended::Above }, closed: false }
}

impl fmt::Debug for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.low {
            End::Closed(x) => write!(f, "[{x:?}, ")?,
            End::Open(x) => write!(f, "({x:?}, ")?,
            End::Unbounded => f.write_str("(-∞, ")?,
        }
        match &self.high {
            End::Closed(x) => write!(f, "{x:?}]"),
            End::Open(x) => write!(f, "{x:?})"),
            End::Unbounded => f.write_str("∞)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(x: i64) -> Rational {
        Rational::from(x)
    }
    fn closed(a: i64, b: i64) -> Interval {
        Interval::closed(n(a), n(b))
    }
    fn from(low: End, high: End) -> Interval {
        Interval::new(low, high).unwrap()
    }

    #[test]
    fn closed_ends_that_touch_meet_and_open_ends_do_not() {
        let below = from(End::Closed(n(0)), End::Open(n(2)));
        assert!(!below.meets(&closed(2, 3)));
        assert!(closed(0, 2).meets(&closed(2, 3)));
        assert_eq!(Interval::new(End::Open(n(1)), End::Closed(n(1))), None);
    }

    #[test]
    fn products_keep_zero_only_where_it_is_reached() {
        let above_zero = from(End::Open(n(0)), End::Closed(n(5)));
        let product = above_zero.times(&closed(2, 3));
        assert_eq!(product, from(End::Open(n(0)), End::Closed(n(15))));
        let reached = closed(0, 5).times(&from(End::Open(n(2)), End::Open(n(3))));
        assert_eq!(reached, from(End::Closed(n(0)), End::Open(n(15))));
        assert_eq!(closed(-2, 3).times(&closed(-5, 7)), closed(-15, 21));
    }

    #[test]
    fn quotients_by_what_may_be_zero_have_no_bound() {
        assert_eq!(closed(1, 2).divided_by(&closed(-1, 1)), Some(Interval::ALL));
        assert_eq!(closed(1, 2).divided_by(&closed(0, 0)), None);
        let up = closed(1, 2).divided_by(&closed(0, 4)).unwrap();
        assert_eq!(up, from(End::Closed(Rational::fraction(1, 4)), End::Unbounded));
    }

    #[test]
    fn the_reciprocal_of_what_has_no_end_stops_before_zero() {
        let tail = from(End::Closed(n(2)), End::Unbounded);
        let expected = from(End::Open(n(0)), End::Closed(Rational::fraction(1, 2)));
        assert_eq!(tail.recip(), Some(expected));
    }
}
