//! Exact numbers: every decimal as written, and every quotient of two, without rounding error.

use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

/// An exact rational number.
///
/// ```
/// use crossfoot::value::Rational;
/// let third = Rational::fraction(1, 3);
/// assert_eq!(&third * &Rational::from(3), Rational::from(1));
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rational(RBig);

/// The largest power of ten that text may ask for; beyond it a number is not news.
const MAX_EXPONENT: usize = 60;

impl Rational {
    /// Zero.
    pub const ZERO: Self = Self(RBig::ZERO);
    /// One.
    pub const ONE: Self = Self(RBig::ONE);

    /// `numerator / denominator`.
    ///
    /// # Panics
    /// If `denominator` is zero.
    pub fn fraction(numerator: i64, denominator: u64) -> Self {
        assert!(denominator != 0, "a fraction has a denominator");
        Self(RBig::from_parts(IBig::from(numerator), UBig::from(denominator)))
    }

    /// Ten to a power, positive or negative.
    pub fn power_of_ten(exponent: i32) -> Self {
        let power = UBig::from(10u8).pow(exponent.unsigned_abs() as usize);
        if exponent < 0 {
            Self(RBig::from_parts(IBig::ONE, power))
        } else {
            Self(RBig::from(IBig::from(power)))
        }
    }

    /// Reads `12`, `-12.5` or `5/9`; separators and exponents are not numbers here.
    ///
    /// `None` too for more than sixty digits on a side.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((above, below)) = text.split_once('/') {
            let (above, below) = (Self::parse_decimal(above)?, Self::parse_decimal(below)?);
            return (!below.is_zero()).then(|| above / below);
        }
        Self::parse_decimal(text)
    }

    fn parse_decimal(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let fits = whole.len() <= MAX_EXPONENT && decimals.len() <= MAX_EXPONENT;
        if whole.is_empty() || !all_digits(whole) || !all_digits(decimals) || !fits {
            return None;
        }
        let joined = UBig::from_str_radix(&format!("{whole}{decimals}"), 10).ok()?;
        let shift = UBig::from(10u8).pow(decimals.len());
        let value = Self(RBig::from_parts(IBig::from(joined), shift));
        Some(if negative { -value } else { value })
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        *self < Self::ZERO
    }

    /// Whether it is a whole number.
    pub fn is_whole(&self) -> bool {
        self.0.denominator().is_one()
    }

    /// Its size without the sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self.clone() } else { self.clone() }
    }

    /// One over it; `None` for zero.
    pub fn recip(&self) -> Option<Self> {
        (!self.is_zero()).then(|| Self::ONE / self.clone())
    }

    /// The largest whole number that is not above it.
    #[must_use]
    pub fn floor(&self) -> Self {
        Self(RBig::from(self.0.floor()))
    }

    /// The smallest whole number that is not below it.
    #[must_use]
    pub fn ceil(&self) -> Self {
        Self(RBig::from(self.0.ceil()))
    }

    /// The nearest multiple of `step`, halves away from zero, as people round.
    #[must_use]
    pub fn round_to(&self, step: &Self) -> Self {
        let steps = self.abs() / step.clone() + Self::fraction(1, 2);
        let size = steps.floor() * step.clone();
        if self.is_negative() { -size } else { size }
    }

    /// The exponent of its first digit: 2 for 290, -1 for 0.5; `None` for zero.
    pub fn magnitude(&self) -> Option<i32> {
        if self.is_zero() {
            return None;
        }
        let size = self.abs();
        let digits = |n: &UBig| i32::try_from(n.to_string().len()).unwrap_or(i32::MAX);
        let (_, above) = size.0.numerator().clone().into_parts();
        let mut guess = digits(&above) - digits(size.0.denominator());
        if size < Self::power_of_ten(guess) {
            guess -= 1;
        }
        Some(guess)
    }

    /// As a whole number that fits.
    pub fn to_i64(&self) -> Option<i64> {
        if !self.is_whole() {
            return None;
        }
        i64::try_from(self.0.numerator()).ok()
    }

    /// How many decimals it takes to write it out, if it ends at all within `most`.
    pub fn decimals(&self, most: u32) -> Option<u32> {
        (0..=most).find(|&n| {
            (self.clone() * Self::power_of_ten(i32::try_from(n).unwrap_or(0))).is_whole()
        })
    }

    /// Rounded to so many decimals and written out, without separators.
    pub fn to_fixed(&self, decimals: u32) -> String {
        let step = Self::power_of_ten(-i32::try_from(decimals).unwrap_or(0));
        let scaled = self.round_to(&step) / step;
        let digits = scaled.abs().0.numerator().to_string();
        let sign = if scaled.is_negative() { "-" } else { "" };
        let decimals = decimals as usize;
        if decimals == 0 {
            return format!("{sign}{digits}");
        }
        let padded = format!("{digits:0>width$}", width = decimals + 1);
        let (whole, rest) = padded.split_at(padded.len() - decimals);
        format!("{sign}{whole}.{rest}")
    }

    /// As a decimal string: exact where it ends, else twelve significant digits.
    pub fn to_decimal(&self) -> String {
        if self.is_whole() {
            return self.0.numerator().to_string();
        }
        let magnitude = self.magnitude().unwrap_or(0);
        let exact = self.ends().then(|| self.decimals(400)).flatten();
        let rounded = u32::try_from((11 - magnitude).max(0)).unwrap_or(0);
        let written = self.to_fixed(exact.unwrap_or(rounded));
        if written.contains('.') {
            written.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            written
        }
    }

    /// Whether its decimals end: the denominator has no prime factor but 2 and 5.
    fn ends(&self) -> bool {
        let mut rest = self.0.denominator().clone();
        for prime in [UBig::from(2u8), UBig::from(5u8)] {
            while (&rest % &prime).is_zero() {
                rest /= &prime;
            }
        }
        rest.is_one()
    }
}

impl From<i64> for Rational {
    fn from(whole: i64) -> Self {
        Self(RBig::from(IBig::from(whole)))
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident) => {
        impl $trait for Rational {
            type Output = Self;
            fn $method(self, other: Self) -> Self {
                Self($trait::$method(self.0, other.0))
            }
        }
        impl<'a> $trait<&'a Rational> for &Rational {
            type Output = Rational;
            fn $method(self, other: &'a Rational) -> Rational {
                Rational($trait::$method(&self.0, &other.0))
            }
        }
    };
}
operator!(Add, add);
operator!(Sub, sub);
operator!(Mul, mul);
operator!(Div, div);

impl Neg for Rational {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl fmt::Debug for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn r(text: &str) -> Rational {
        Rational::parse(text).unwrap()
    }

    #[test]
    fn decimals_are_exact() {
        assert_eq!(r("0.1") + r("0.2"), r("0.3"));
        assert_eq!(r("5/9") * Rational::from(9), Rational::from(5));
        assert_eq!(Rational::parse("1e5"), None);
        assert_eq!(Rational::parse("1/0"), None);
    }

    #[test]
    fn halves_round_away_from_zero() {
        assert_eq!(r("71.25").round_to(&r("0.1")), r("71.3"));
        assert_eq!(r("-71.25").round_to(&r("0.1")), r("-71.3"));
    }

    #[test]
    fn written_out_as_decimals() {
        assert_eq!(r("72.50").to_decimal(), "72.5");
        assert_eq!(r("1/3").to_decimal(), "0.333333333333");
        assert_eq!(r("200/3").to_decimal(), "66.6666666667");
        assert_eq!(r("-0.05").to_fixed(2), "-0.05");
        assert_eq!(r("289500000").to_decimal(), "289500000");
    }

    #[test]
    fn magnitude_is_the_first_digits_place() {
        for (text, place) in [("290", 2), ("1", 0), ("0.99", -1), ("10", 1), ("9.99", 0)] {
            assert_eq!(r(text).magnitude(), Some(place), "{text}");
        }
        assert_eq!(Rational::ZERO.magnitude(), None);
    }
}
