//! How far figures have to be stretched for a relation to hold.

use std::fmt;

use crate::value::{Interval, Rational};

/// How far every figure of a relation is stretched, each within its own room: 0 is as printed, 1 at the
/// ends of what the digits allow, 2 at the ends of careless rounding. In sixteenths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Strain(u8);

/// Sixteenths of one.
const PARTS: u8 = 16;

impl Strain {
    /// As printed.
    pub const NONE: Self = Self(0);
    /// At the ends of what the digits allow.
    pub const STRICT: Self = Self(PARTS);
    /// At the ends of careless rounding.
    pub const LOOSE: Self = Self(2 * PARTS);

    /// Reads "1.25"; `None` for what is no sixteenth from 0 to 2.
    pub fn parse(text: &str) -> Option<Self> {
        let parts = Rational::parse(text)? * Rational::from(i64::from(PARTS));
        let parts = u8::try_from(parts.to_i64()?).ok()?;
        (parts <= 2 * PARTS).then_some(Self(parts))
    }

    /// A sixteenth more, and at most what careless rounding allows.
    #[must_use]
    pub fn widened(self) -> Self {
        Self(self.0 + 1).min(Self::LOOSE)
    }

    /// The least strain from one to another, the second included, at which something holds that holds
    /// at the second and at every greater one.
    pub fn least(above: Self, at: Self, holds: impl Fn(Self) -> bool) -> Self {
        let (mut low, mut high) = (above.0, at.0);
        while low + 1 < high {
            let middle = low.midpoint(high);
            if holds(Self(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        Self(high)
    }

    /// The interval that is stretched so far: from the figure as stated through the strict one to the
    /// loose one.
    pub fn stretch(self, stated: &Interval, strict: &Interval, loose: &Interval) -> Interval {
        let share = |parts: u8| Rational::fraction(i64::from(parts), u64::from(PARTS));
        match self.0.checked_sub(PARTS) {
            None => stated.toward(strict, &share(self.0)),
            Some(parts) => strict.toward(loose, &share(parts)),
        }
    }
}

impl fmt::Display for Strain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = Rational::fraction(i64::from(self.0), u64::from(PARTS));
        f.write_str(&number.to_decimal())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strain_is_a_sixteenth_up_to_two() {
        assert_eq!(Strain::parse("1.25").unwrap().to_string(), "1.25");
        assert_eq!(Strain::parse("0"), Some(Strain::NONE));
        assert_eq!(Strain::parse("2"), Some(Strain::LOOSE));
        for wrong in ["2.5", "-1", "0.3", "much", ""] {
            assert_eq!(Strain::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_interval_is_stretched_by_its_share() {
        let interval = |low, high| Interval::closed(Rational::from(low), Rational::from(high));
        let (stated, strict, loose) = (interval(10, 10), interval(8, 12), interval(0, 20));
        let at = |text: &str| Strain::parse(text).unwrap().stretch(&stated, &strict, &loose);
        assert_eq!(at("0"), stated);
        assert_eq!(at("0.5"), interval(9, 11));
        assert_eq!(at("1"), strict);
        assert_eq!(at("1.25"), interval(6, 14));
        assert_eq!(at("2"), loose);
    }

    #[test]
    fn the_least_strain_is_found() {
        let limit = Strain::parse("1.4375").unwrap();
        assert_eq!(Strain::least(Strain::STRICT, Strain::LOOSE, |at| limit <= at), limit);
        assert_eq!(Strain::least(Strain::STRICT, Strain::LOOSE, |_| false), Strain::LOOSE);
    }
}
