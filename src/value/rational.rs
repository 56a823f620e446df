//! Exact numbers: every decimal as written, and every quotient of two, without rounding error.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};

use dashu_int::ops::BitTest;
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

/// An exact rational number.
///
/// Figures of news are small: a numerator and a denominator of a machine word each are kept in
/// place, and only what outgrows them is kept as big integers.
///
/// ```
/// use crossfoot::value::Rational;
/// let third = Rational::fraction(1, 3);
/// assert_eq!(&third * &Rational::from(3), Rational::from(1));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Rational(Repr);

/// In lowest terms; big only if it does not fit as small, so that equal numbers are equal here.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    /// Numerator, and denominator above zero.
    Small(i64, i64),
    Big(Box<RBig>),
}

/// The largest power of ten that text may ask for; beyond it a number is not news.
const MAX_EXPONENT: usize = 60;

impl Rational {
    /// Zero.
    pub const ZERO: Self = Self(Repr::Small(0, 1));
    /// One.
    pub const ONE: Self = Self(Repr::Small(1, 1));

    /// `numerator / denominator`.
    ///
    /// # Panics
    /// If `denominator` is zero.
    pub fn fraction(numerator: i64, denominator: u64) -> Self {
        assert!(denominator != 0, "a fraction has a denominator");
        Self::reduced(i128::from(numerator), i128::from(denominator))
    }

    /// In lowest terms, from parts that may share a factor; the denominator is above zero.
    fn reduced(numerator: i128, denominator: i128) -> Self {
        if let (Ok(above), Ok(below)) = (i64::try_from(numerator), i64::try_from(denominator)) {
            let common = gcd_of_words(above.unsigned_abs(), below.unsigned_abs()).cast_signed();
            return Self(Repr::Small(above / common, below / common));
        }
        let common = gcd(numerator.unsigned_abs(), denominator.unsigned_abs()).cast_signed();
        let (above, below) = (numerator / common, denominator / common);
        match (i64::try_from(above), i64::try_from(below)) {
            (Ok(above), Ok(below)) => Self(Repr::Small(above, below)),
            _ => {
                let below = UBig::from(below.unsigned_abs());
                Self(Repr::Big(Box::new(RBig::from_parts(IBig::from(above), below))))
            }
        }
    }

    fn from_big(big: RBig) -> Self {
        let small = i64::try_from(big.numerator()).ok().zip(i64::try_from(big.denominator()).ok());
        match small {
            Some((above, below)) => Self(Repr::Small(above, below)),
            None => Self(Repr::Big(Box::new(big))),
        }
    }

    fn to_big(&self) -> RBig {
        match &self.0 {
            Repr::Small(above, below) => {
                RBig::from_parts(IBig::from(*above), UBig::from(below.unsigned_abs()))
            }
            Repr::Big(big) => (**big).clone(),
        }
    }

    /// Ten to a power, positive or negative.
    pub fn power_of_ten(exponent: i32) -> Self {
        match 10_i64.checked_pow(exponent.unsigned_abs()) {
            Some(power) if exponent < 0 => Self(Repr::Small(1, power)),
            Some(power) => Self(Repr::Small(power, 1)),
            None => {
                let power = UBig::from(10u8).pow(exponent.unsigned_abs() as usize);
                Self::from_big(if exponent < 0 {
                    RBig::from_parts(IBig::ONE, power)
                } else {
                    RBig::from(IBig::from(power))
                })
            }
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
        let mut digits = whole.bytes().chain(decimals.bytes());
        let small = digits.try_fold(0_i64, |number, digit| {
            number.checked_mul(10)?.checked_add(i64::from(digit - b'0'))
        });
        let joined = match small {
            Some(small) => Self::from(small),
            None => {
                let digits = format!("{whole}{decimals}");
                Self::from_big(RBig::from(IBig::from_str_radix(&digits, 10).ok()?))
            }
        };
        let value = match i32::try_from(decimals.len()).ok()? {
            0 => joined,
            places => joined * Self::power_of_ten(-places),
        };
        Some(if negative { -value } else { value })
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Repr::Small(0, _))
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Small(above, _) => *above < 0,
            Repr::Big(big) => **big < RBig::ZERO,
        }
    }

    /// Whether it is a whole number.
    pub fn is_whole(&self) -> bool {
        match &self.0 {
            Repr::Small(_, below) => *below == 1,
            Repr::Big(big) => big.denominator().is_one(),
        }
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

    /// Whether neither is more than ten times the other.
    pub(crate) fn is_near(&self, other: &Self) -> bool {
        let ten = Self::from(10);
        *self <= other * &ten && *other <= self * &ten
    }

    /// The largest whole number that is not above it.
    #[must_use]
    pub fn floor(&self) -> Self {
        match &self.0 {
            Repr::Small(above, below) => Self::from(above.div_euclid(*below)),
            Repr::Big(big) => Self::from_big(RBig::from(big.floor())),
        }
    }

    /// The smallest whole number that is not below it.
    #[must_use]
    pub fn ceil(&self) -> Self {
        -(-self.clone()).floor()
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
        let digits = |digits: usize| i32::try_from(digits).unwrap_or(i32::MAX);
        let mut guess = match &size.0 {
            Repr::Small(above, below) => {
                digits(above.ilog10() as usize) - digits(below.ilog10() as usize)
            }
            Repr::Big(big) => {
                let length = |n: String| digits(n.len());
                let (_, above) = big.numerator().clone().into_parts();
                length(above.to_string()) - length(big.denominator().to_string())
            }
        };
        // The quotient of the first digits may lie a place lower.
        if size < Self::power_of_ten(guess) {
            guess -= 1;
        }
        Some(guess)
    }

    /// How much work it is to compute with, 1 for most numbers: the machine words that it takes.
    pub fn weight(&self) -> u64 {
        match &self.0 {
            Repr::Small(..) => 1,
            Repr::Big(big) => {
                let bits = big.numerator().bit_len() + big.denominator().bit_len();
                bits as u64 / 64 + 1
            }
        }
    }

    /// A number near it, above or below, that takes a few machine words only; itself, if it does.
    #[must_use]
    pub fn shortened(&self, up: bool) -> Self {
        /// Words from which on a number is shortened, and the bits that it keeps.
        const WORDS: u64 = 8;
        const BITS: isize = 160;
        let Repr::Big(big) = &self.0 else { return self.clone() };
        if self.weight() <= WORDS {
            return self.clone();
        }
        let length = |bits: usize| isize::try_from(bits).unwrap_or(isize::MAX);
        let magnitude = length(big.numerator().bit_len()) - length(big.denominator().bit_len());
        let shift = BITS - magnitude;
        let power = RBig::from(IBig::ONE << shift.unsigned_abs());
        let scaled = if shift < 0 { &**big / &power } else { &**big * &power };
        let whole = RBig::from(if up { scaled.ceil() } else { scaled.floor() });
        Self::from_big(if shift < 0 { whole * power } else { whole / power })
    }

    /// The least number that makes each of these whole, with nothing left that divides them all;
    /// `None` where that is no machine word, or all are zero.
    pub fn to_whole<'a>(all: impl Iterator<Item = &'a Self>) -> Option<Self> {
        let (mut above, mut below) = (0_u128, 1_u128);
        for number in all {
            let Repr::Small(a, b) = number.0 else { return None };
            let b = u128::from(b.unsigned_abs());
            below = below.checked_mul(b / gcd(below, b))?;
            above = gcd(above, u128::from(a.unsigned_abs()));
        }
        let below = i128::try_from(below).ok()?;
        (above != 0).then(|| Self::reduced(below, above.cast_signed()))
    }

    /// A number next to the square root, at most a millionth of it below or, if `up`, above; `None` below zero.
    pub fn root(&self, up: bool) -> Option<Self> {
        let Some(magnitude) = self.magnitude() else { return Some(Self::ZERO) };
        // An even power leaves 15 or 16 digits to take the root of.
        let half = (15 - magnitude).div_euclid(2);
        let scaled = (self * &Self::power_of_ten(2 * half)).floor().to_i64()?;
        let root = scaled.checked_isqrt()? + i64::from(up);
        Some(Self::from(root) * Self::power_of_ten(-half))
    }

    /// As a whole number that fits.
    pub fn to_i64(&self) -> Option<i64> {
        match self.0 {
            Repr::Small(whole, 1) => Some(whole),
            _ => None,
        }
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
        let digits = scaled.abs().whole_digits();
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
        if let Repr::Small(above, below) = self.0
            && let Some(written) = short_decimal(above, below)
        {
            return written;
        }
        if self.is_whole() {
            return self.whole_digits();
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

    /// The digits of its numerator.
    fn whole_digits(&self) -> String {
        match &self.0 {
            Repr::Small(above, _) => above.to_string(),
            Repr::Big(big) => big.numerator().to_string(),
        }
    }

    /// Whether its decimals end: the denominator has no prime factor but 2 and 5.
    fn ends(&self) -> bool {
        let mut rest = self.to_big().denominator().clone();
        for prime in [UBig::from(2u8), UBig::from(5u8)] {
            while (&rest % &prime).is_zero() {
                rest /= &prime;
            }
        }
        rest.is_one()
    }
}

/// The decimals of a fraction that ends within eighteen of them.
fn short_decimal(above: i64, below: i64) -> Option<String> {
    let mut power = 1_i64;
    let mut decimals = 0;
    while power % below != 0 {
        power = power.checked_mul(10)?;
        decimals += 1;
    }
    let scaled = i128::from(above) * i128::from(power / below);
    if decimals == 0 {
        return Some(scaled.to_string());
    }
    let (whole, rest) = (
        scaled.unsigned_abs() / u128::from(power.unsigned_abs()),
        scaled.unsigned_abs() % u128::from(power.unsigned_abs()),
    );
    let sign = if above < 0 { "-" } else { "" };
    Some(format!("{sign}{whole}.{rest:0decimals$}"))
}

/// The greatest number that divides both (Euclid).
fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        // Most are machine words by now, whose division is a good deal faster.
        if let (Ok(x), Ok(y)) = (u64::try_from(a), u64::try_from(b)) {
            return u128::from(gcd_of_words(x, y));
        }
        (a, b) = (b, a % b);
    }
    a.max(1)
}

fn gcd_of_words(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

impl From<i64> for Rational {
    fn from(whole: i64) -> Self {
        Self(Repr::Small(whole, 1))
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Small(a, b), Repr::Small(c, d)) if b == d => a.cmp(c),
            (Repr::Small(a, b), Repr::Small(c, d)) => {
                (i128::from(*a) * i128::from(*d)).cmp(&(i128::from(*c) * i128::from(*b)))
            }
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The quotient of two whole numbers, where it is whole too.
fn whole_quotient(a: i64, b: i64) -> Option<i64> {
    if a.checked_rem(b)? == 0 { a.checked_div(b) } else { None }
}

/// An operator on references and on values; `$whole` is tried where both are whole, and `$small` gives the parts from the four small parts,
/// none of which leaves 128 bits.
macro_rules! operator {
    ($trait:ident, $method:ident, $whole:expr, |$a:ident, $b:ident, $c:ident, $d:ident| $small:expr) => {
        impl<'a> $trait<&'a Rational> for &Rational {
            type Output = Rational;
            fn $method(self, other: &'a Rational) -> Rational {
                if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &other.0) {
                    // Most numbers are whole.
                    if *b == 1
                        && *d == 1
                        && let Some(whole) = $whole(*a, *c)
                    {
                        return Rational::from(whole);
                    }
                    let ($a, $b) = (i128::from(*a), i128::from(*b));
                    let ($c, $d) = (i128::from(*c), i128::from(*d));
                    let (above, below): (i128, i128) = $small;
                    return Rational::reduced(above, below);
                }
                Rational::from_big($trait::$method(self.to_big(), other.to_big()))
            }
        }
        impl $trait for Rational {
            type Output = Self;
            fn $method(self, other: Self) -> Self {
                $trait::$method(&self, &other)
            }
        }
    };
}
operator!(Add, add, i64::checked_add, |a, b, c, d| (a * d + c * b, b * d));
operator!(Sub, sub, i64::checked_sub, |a, b, c, d| (a * d - c * b, b * d));
operator!(Mul, mul, i64::checked_mul, |a, b, c, d| (a * c, b * d));
operator!(Div, div, whole_quotient, |a, b, c, d| {
    assert!(c != 0, "division by zero");
    if c < 0 { (-a * d, -c * b) } else { (a * d, c * b) }
});

impl Neg for Rational {
    type Output = Self;
    fn neg(self) -> Self {
        match self.0 {
            Repr::Small(above, below) => match above.checked_neg() {
                Some(above) => Self(Repr::Small(above, below)),
                None => Self::reduced(-i128::from(above), i128::from(below)),
            },
            Repr::Big(big) => Self::from_big(-*big),
        }
    }
}

impl fmt::Debug for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.to_big(), f)
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

    /// Small and big numbers together, against big ones alone.
    #[test]
    fn small_and_big_numbers_agree() {
        let parts = [0, 1, -1, 2, 3, 7, -10, 999, i64::MAX, i64::MIN, i64::MAX - 1, 1 << 40];
        let mut all = Vec::new();
        for above in parts {
            for below in [1, 2, 3, 1 << 33, u64::MAX] {
                all.push(Rational::fraction(above, below));
            }
        }
        for a in &all {
            assert_eq!(a.floor().to_big(), RBig::from(a.to_big().floor()), "{a:?}");
            assert_eq!((-a.clone()).to_big(), -a.to_big());
            for b in &all {
                assert_eq!((a + b).to_big(), a.to_big() + b.to_big(), "{a:?} + {b:?}");
                assert_eq!((a - b).to_big(), a.to_big() - b.to_big(), "{a:?} - {b:?}");
                assert_eq!((a * b).to_big(), a.to_big() * b.to_big(), "{a:?} * {b:?}");
                assert_eq!(a.cmp(b), a.to_big().cmp(&b.to_big()), "{a:?} against {b:?}");
                assert_eq!(a == b, a.to_big() == b.to_big());
                if !b.is_zero() {
                    assert_eq!((a / b).to_big(), a.to_big() / b.to_big(), "{a:?} / {b:?}");
                }
            }
        }
    }

    #[test]
    fn a_shortened_number_lies_on_the_side_that_is_asked_for() {
        let mut long = r("-7/3");
        for below in 3..90 {
            long = long * Rational::fraction(100, 2 * below + 1);
        }
        assert!(8 < long.weight());
        for number in [long.clone(), -long.clone(), long.recip().unwrap()] {
            let (down, up) = (number.shortened(false), number.shortened(true));
            assert!(down < number && number < up);
            assert!(up.weight() <= 8 && down.weight() <= 8);
            assert!((up - down).abs() < number.abs() * r("0.000000001"));
        }
        assert_eq!(r("1/3").shortened(true), r("1/3"));
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
