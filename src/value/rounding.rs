//! From digits as written to the numbers an honest writer could have meant.

use crate::value::interval::{End, Interval};
use crate::value::rational::Rational;
use crate::value::unit::Counting;

/// A number as it was written: its size, and how far its digits go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// The number the digits state, scale word included.
    pub number: Rational,
    /// The power of ten of the last written digit: 5 for "72.5 million", 0 for "64".
    pub place: i32,
    /// Whether a scale word or decimals make it a rounded measure even of whole things.
    pub rounded: bool,
    /// Whether it was written as a word that stands for a share or factor ("a third", "double").
    pub in_words: bool,
}

/// The strict and the loose interval of one written number (`docs/semantics.md`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// The last written digit was rounded.
    pub strict: Interval,
    /// Truncated too, or with trailing zeros that are rounding.
    pub loose: Interval,
}

impl Allowed {
    /// Nothing but the number itself.
    pub fn exactly(number: Rational) -> Self {
        let point = Interval::point(number);
        Self { strict: point.clone(), loose: point }
    }
}

/// Shares of a written number that a hedge allows; `None` where it sets no bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shares {
    /// From this share of the number.
    pub low: Option<Rational>,
    /// To this share of it.
    pub high: Option<Rational>,
}

/// What a hedge does to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// No hedge.
    Exact,
    /// Widens on both sides: "about".
    About,
    /// The true figure is higher: "more than".
    More,
    /// The true figure is lower: "nearly".
    Less,
}

impl Direction {
    /// The word that files and reports use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::About => "about",
            Self::More => "more",
            Self::Less => "less",
        }
    }

    /// Reads that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Exact, Self::About, Self::More, Self::Less]
            .into_iter()
            .find(|direction| direction.as_str() == word)
    }
}

/// A hedge as the lexicon's table gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hedge {
    /// The entry's name: "nearly".
    pub name: Box<str>,
    /// Which way it points.
    pub direction: Direction,
    /// What it allows strictly.
    pub strict: Shares,
    /// What it allows loosely.
    pub loose: Shares,
    /// Whether the number as written is itself allowed: "at least" includes it, "over" does not.
    pub includes_figure: bool,
}

/// The intervals of a number without a hedge.
///
/// Strictly, half a unit of the last written digit on either side, both ends included (XBRL
/// Calculations 1.1, round mode). Loosely, one unit of that digit, or half a unit of the last
/// digit that is not zero, whichever is wider, the latter never coarser than half a unit of the
/// second significant digit.
pub fn as_written(numeral: &Numeral, counting: Counting, words: &Hedge) -> Allowed {
    if numeral.in_words {
        return hedged_point(&numeral.number, words);
    }
    match counting {
        Counting::Round => round_word(numeral, words),
        Counting::Counted if !numeral.rounded => counted(numeral),
        Counting::Counted | Counting::Measured => measured(numeral),
    }
}

fn measured(numeral: &Numeral) -> Allowed {
    let unit = Rational::power_of_ten(numeral.place);
    let half = &unit * &Rational::fraction(1, 2);
    let strict = Interval::around(&numeral.number, &half);
    Allowed { strict, loose: Interval::around(&numeral.number, &loose_width(numeral)) }
}

fn counted(numeral: &Numeral) -> Allowed {
    let strict = Interval::point(numeral.number.clone());
    if last_digit_place(numeral) == numeral.place {
        return Allowed { loose: strict.clone(), strict };
    }
    Allowed { strict, loose: Interval::around(&numeral.number, &loose_width(numeral)) }
}

fn round_word(numeral: &Numeral, words: &Hedge) -> Allowed {
    let allowed = hedged_point(&numeral.number, words);
    let half = Rational::power_of_ten(numeral.place) * Rational::fraction(1, 2);
    let loose = allowed.loose.hull(&Interval::around(&numeral.number, &half));
    Allowed { strict: allowed.strict, loose }
}

fn loose_width(numeral: &Numeral) -> Rational {
    let unit = Rational::power_of_ten(numeral.place);
    let Some(magnitude) = numeral.number.magnitude() else { return unit };
    let place = last_digit_place(numeral).min(magnitude - 1);
    unit.max(Rational::power_of_ten(place) * Rational::fraction(1, 2))
}

/// The power of ten of the last digit that is not zero.
fn last_digit_place(numeral: &Numeral) -> i32 {
    // Most figures are whole numbers of a machine word.
    if let Some(mut digits) =
        numeral.number.to_i64().filter(|&whole| whole != 0 && 0 <= numeral.place)
    {
        let mut place = 0;
        while digits % 10 == 0 {
            digits /= 10;
            place += 1;
        }
        return place.max(numeral.place);
    }
    let ten = Rational::from(10);
    let mut place = numeral.place;
    let mut digits = &numeral.number / &Rational::power_of_ten(place);
    while !digits.is_zero() {
        digits = &digits / &ten;
        if !digits.is_whole() {
            break;
        }
        place += 1;
    }
    place
}

/// What a hedge makes of a written number. It cuts at the number as written, not at its rounding.
pub fn hedged(numeral: &Numeral, written: &Allowed, hedge: &Hedge) -> Allowed {
    if hedge.direction == Direction::Exact {
        return written.clone();
    }
    let by_share = hedged_point(&numeral.number, hedge);
    if hedge.direction != Direction::About {
        return by_share;
    }
    let rounding = if numeral.in_words { written.clone() } else { measured(numeral) };
    Allowed {
        strict: by_share.strict.hull(&written.strict).hull(&rounding.strict),
        loose: by_share.loose.hull(&written.loose).hull(&rounding.loose),
    }
}

fn hedged_point(number: &Rational, hedge: &Hedge) -> Allowed {
    let of = |shares: &Shares| between_shares(number, shares, hedge.includes_figure);
    Allowed { strict: of(&hedge.strict), loose: of(&hedge.loose) }
}

fn between_shares(number: &Rational, shares: &Shares, includes_figure: bool) -> Interval {
    let size = number.abs();
    let end = |share: &Option<Rational>| match share {
        None => End::Unbounded,
        Some(share) if *share == Rational::ONE && !includes_figure => End::Open(size.clone()),
        Some(share) => End::Closed(&size * share),
    };
    let interval = Interval::new(end(&shares.low), end(&shares.high));
    let interval = interval.unwrap_or_else(|| Interval::point(size.clone()));
    if number.is_negative() { interval.negated() } else { interval }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn r(text: &str) -> Rational {
        Rational::parse(text).unwrap()
    }
    fn words() -> Hedge {
        let shares = |low, high| Shares { low: Some(r(low)), high: Some(r(high)) };
        Hedge {
            name: "in words".into(),
            direction: Direction::About,
            strict: shares("0.95", "1.05"),
            loose: shares("0.9", "1.1"),
            includes_figure: true,
        }
    }
    fn allowed(number: &str, place: i32, counting: Counting) -> Allowed {
        let numeral = Numeral { number: r(number), place, rounded: 0 < place, in_words: false };
        as_written(&numeral, counting, &words())
    }

    #[test]
    fn the_intervals_that_the_design_names() {
        let cases = [
            ("72500000", 5, Counting::Measured, ("72450000", "72550000"), ("72400000", "72600000")),
            (
                "290000000",
                6,
                Counting::Measured,
                ("289500000", "290500000"),
                ("285000000", "295000000"),
            ),
            ("100000", 0, Counting::Counted, ("100000", "100000"), ("95000", "105000")),
            ("30", 0, Counting::Measured, ("29.5", "30.5"), ("29", "31")),
            ("64", 0, Counting::Counted, ("64", "64"), ("64", "64")),
            ("3", 0, Counting::Round, ("2.85", "3.15"), ("2.5", "3.5")),
        ];
        for (number, place, counting, strict, loose) in cases {
            let allowed = allowed(number, place, counting);
            assert_eq!(allowed.strict, Interval::closed(r(strict.0), r(strict.1)), "{number}");
            assert_eq!(allowed.loose, Interval::closed(r(loose.0), r(loose.1)), "{number}");
        }
    }

    #[test]
    fn zero_has_a_last_digit_too() {
        let zero = allowed("0", 0, Counting::Measured);
        assert_eq!(zero.loose, Interval::closed(r("-1"), r("1")));
    }
}
