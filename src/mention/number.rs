//! Numerals: digits, number words, fractions, scale words.

use crate::lexicon::Sense;
use crate::mention::cursor::Cursor;
use crate::mention::token::TokenKind;
use crate::value::{Base, Dimension, Numeral, Rational};

/// Scale words that may follow one another: "five hundred thousand million".
const MOST_SCALES: usize = 3;

/// A numeral with what a figure like it needs to be written.
#[derive(Clone, Debug)]
pub(super) struct ReadNumeral {
    pub(super) numeral: Numeral,
    /// The scale word with its spacing, and its power of ten.
    pub(super) scale: Option<(Box<str>, i32)>,
    pub(super) decimals: u32,
    pub(super) grouped: bool,
}

impl ReadNumeral {
    fn whole(number: i64) -> Self {
        Self::exact(Rational::from(number))
    }

    fn exact(number: Rational) -> Self {
        let numeral = Numeral { number, place: 0, rounded: false, in_words: false };
        Self { numeral, scale: None, decimals: 0, grouped: false }
    }

    fn in_words(number: Rational) -> Self {
        let mut read = Self::exact(number);
        read.numeral.in_words = true;
        read
    }

    /// The same number times a power of ten, as its scale word makes it.
    pub(super) fn scaled(mut self, word: &str, power: i32) -> Self {
        self.numeral.number = &self.numeral.number * &Rational::power_of_ten(power);
        // "Three hundred" is 300 in digits; from a thousand on, the word is where rounding stops.
        if 3 <= power {
            self.numeral.place += power;
            self.numeral.rounded = true;
        }
        self.scale = match self.scale {
            Some((before, old)) => Some((format!("{before}{word}").into(), old + power)),
            None => Some((word.into(), power)),
        };
        self
    }
}

/// Which abbreviations of scale words may be read: "m" is a meter unless money is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviations {
    /// Money is certain: "$5m".
    Money,
    /// Only those that can mean nothing else, or that stand before a currency: "5m dollars".
    Careful,
}

/// The numeral that starts at a token, its scale words included.
pub(super) fn read(
    cursor: Cursor<'_>,
    i: usize,
    short: Abbreviations,
) -> Option<(ReadNumeral, usize)> {
    let (read, next) =
        if cursor.tokens.is(i, TokenKind::Number) { digits(cursor, i)? } else { words(cursor, i)? };
    Some(scales(cursor, read, next, short))
}

/// "72.5", "1,234", "2 1/4", "2-1/4", "1/3", "2½".
fn digits(cursor: Cursor<'_>, i: usize) -> Option<(ReadNumeral, usize)> {
    let text = cursor.tokens.str(i);
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let number = Rational::parse(&digits)?;
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let decimals = u32::try_from(decimals).ok()?;
    if decimals == 0
        && let Some((part, next)) = slashed(cursor, i)
    {
        return Some((ReadNumeral::in_words(part), next));
    }
    if decimals == 0
        && let Some(whole) = number.to_i64()
    {
        let share = one_in(cursor, whole, i + 1);
        if let Some((share, next)) = share {
            return Some((ReadNumeral::in_words(share), next));
        }
    }
    let mut read = ReadNumeral::exact(number);
    read.decimals = decimals;
    read.grouped = text.len() != digits.len();
    read.numeral.place = -i32::try_from(decimals).ok()?;
    read.numeral.rounded = decimals != 0;
    let mut next = i + 1;
    let after = cursor.behind_hyphen(next);
    let mixed = match vulgar(cursor, next) {
        Some(part) => Some((part, next + 1)),
        None => slashed(cursor, after).filter(|(part, _)| *part < Rational::ONE),
    };
    if decimals == 0
        && let Some((part, end)) = mixed
    {
        read.numeral.number = &read.numeral.number + &part;
        read.numeral.place = part.decimals(3).map_or(-1, |n| -i32::try_from(n).unwrap_or(1));
        read.decimals = part.decimals(3).unwrap_or(2);
        read.numeral.rounded = true;
        next = end;
    }
    Some((read, next))
}

/// "1/4", and nothing with a third part, which would be a date.
fn slashed(cursor: Cursor<'_>, i: usize) -> Option<(Rational, usize)> {
    let tokens = cursor.tokens;
    let shape = tokens.is_digits(i, &[1, 2, 3])
        && tokens.adjacent(i + 1).is_some_and(|t| t.kind == TokenKind::Sign('/'))
        && tokens.adjacent(i + 2).is_some()
        && tokens.is_digits(i + 2, &[1, 2, 3])
        && !tokens.is_sign(i + 3, '/');
    if !shape {
        return None;
    }
    let part = Rational::parse(&format!("{}/{}", tokens.str(i), tokens.str(i + 2)))?;
    Some((part, i + 3))
}

/// "½" and its like.
fn vulgar(cursor: Cursor<'_>, i: usize) -> Option<Rational> {
    let Some(TokenKind::Sign(c)) = cursor.tokens.get(i).map(|token| token.kind) else {
        return None;
    };
    let (above, below) = match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅛' => (1, 8),
        _ => return None,
    };
    Some(Rational::fraction(above, below))
}

/// "sixty-four", "a hundred and five", "two and a half", "a third", "two in five", "half".
fn words(cursor: Cursor<'_>, i: usize) -> Option<(ReadNumeral, usize)> {
    if let Some(part) = vulgar(cursor, i) {
        return Some((ReadNumeral::in_words(part), i + 1));
    }
    if let Some((number, next)) = cardinal(cursor, i) {
        if let Some((parts, end)) = fraction_word(cursor, cursor.behind_hyphen(next))
            && 0 < number
        {
            let share = Rational::fraction(number, parts);
            return Some((ReadNumeral::in_words(share), end));
        }
        if let Some((share, end)) = one_in(cursor, number, next) {
            return Some((ReadNumeral::in_words(share), end));
        }
        let half = cursor.is_word(next, "and") && cursor.is_any(next + 1, &["a", "one"]);
        let half = half.then(|| fraction_word(cursor, cursor.behind_hyphen(next + 2))).flatten();
        if let Some((parts, end)) = half {
            let share = Rational::fraction(1, parts);
            let decimals = share.decimals(3).unwrap_or(2);
            let mut read = ReadNumeral::exact(Rational::from(number) + share);
            read.numeral.place = -i32::try_from(decimals).unwrap_or(1);
            read.numeral.rounded = true;
            read.decimals = decimals;
            return Some((read, end));
        }
        return Some((ReadNumeral::whole(number), next));
    }
    if cursor.is_any(i, &["a", "an"]) {
        let next = cursor.behind_hyphen(i + 1);
        if let Some((parts, end)) = fraction_word(cursor, next) {
            return Some((ReadNumeral::in_words(Rational::fraction(1, parts)), end));
        }
        if let Some((group, end)) = group(cursor, next) {
            return Some((ReadNumeral::whole(group), end));
        }
        let counts = |sense: &Sense| match sense {
            Sense::Scale(_) => Some(()),
            Sense::Unit(unit) => unit.dimension.is_duration().then_some(()),
            _ => None,
        };
        cursor.phrase(next, counts)?;
        return Some((ReadNumeral::whole(1), next));
    }
    let is_half = cursor.is_any(i, &["half"]);
    is_half.then(|| (ReadNumeral::in_words(Rational::fraction(1, 2)), half_end(cursor, i + 1)))
}

/// "half a million", "half a mile", "half": the article belongs to the numeral before a scale word
/// or a unit.
fn half_end(cursor: Cursor<'_>, i: usize) -> usize {
    let follows = |sense: &Sense| {
        let fits = matches!(
            sense,
            Sense::Scale(_)
                | Sense::Unit(_)
                | Sense::Percent(_)
                | Sense::Money(_)
                | Sense::Group(_)
        );
        fits.then_some(())
    };
    let article = cursor.is_any(i, &["a", "an"]) && cursor.named(i + 1, follows).is_some();
    if article { i + 1 } else { i }
}

/// "one in five", "2 out of 5": `number` was read before `next`.
fn one_in(cursor: Cursor<'_>, number: i64, next: usize) -> Option<(Rational, usize)> {
    let behind = match () {
        () if cursor.is_word(next, "in") => next + 1,
        () if cursor.is_word(next, "out") && cursor.is_word(next + 1, "of") => next + 2,
        () => return None,
    };
    let (whole, end) = cardinal(cursor, behind).or_else(|| plain_number(cursor, behind))?;
    let whole = u64::try_from(whole).ok().filter(|&whole| whole != 0)?;
    (0 < number && number.unsigned_abs() < whole).then(|| (Rational::fraction(number, whole), end))
}

/// A whole number in digits that is no year: the 250 of "one in 250".
fn plain_number(cursor: Cursor<'_>, i: usize) -> Option<(i64, usize)> {
    let is_year = cursor.tokens.is_digits(i, &[4]) && !cursor.tokens.str(i).ends_with("00");
    if !cursor.tokens.is(i, TokenKind::Number) || is_year {
        return None;
    }
    let digits = cursor.tokens.str(i).replace([',', '\u{a0}', '\u{2009}', '\u{202f}'], "");
    Some((digits.parse().ok()?, i + 1))
}

/// "two dozen", "a couple of".
fn group(cursor: Cursor<'_>, i: usize) -> Option<(i64, usize)> {
    let (size, next) = cursor.phrase(i, |sense| match sense {
        Sense::Group(size) => Some(*size),
        _ => None,
    })?;
    Some((size, if cursor.is_word(next, "of") { next + 1 } else { next }))
}

fn fraction_word(cursor: Cursor<'_>, i: usize) -> Option<(u64, usize)> {
    cursor.phrase(i, |sense| match sense {
        Sense::Fraction(parts) => Some(*parts),
        _ => None,
    })
}

fn scale_word(cursor: Cursor<'_>, i: usize) -> Option<(i32, usize)> {
    cursor.phrase(i, |sense| match sense {
        Sense::Scale(power) => Some(*power),
        _ => None,
    })
}

/// Whole number words below a thousand: "sixty-four", "two hundred and five".
fn cardinal(cursor: Cursor<'_>, i: usize) -> Option<(i64, usize)> {
    let word = |i| {
        cursor.phrase(i, |sense| match sense {
            Sense::Cardinal(number) => Some(*number),
            _ => None,
        })
    };
    let below_hundred = |i| {
        let (tens, next) = word(i)?;
        let after = cursor.behind_hyphen(next);
        match word(after) {
            Some((ones, end)) if 20 <= tens && tens % 10 == 0 && (1..10).contains(&ones) => {
                Some((tens + ones, end))
            }
            _ => Some((tens, next)),
        }
    };
    // "A hundred and forty" counts from one.
    let is_article = cursor.is_word(i, "a") && cursor.is_word(i + 1, "hundred");
    let (mut number, mut next) = if is_article { (1, i + 1) } else { below_hundred(i)? };
    if let Some((size, end)) = group(cursor, next) {
        return Some((number * size, end));
    }
    if cursor.is_word(next, "hundred") && number < 100 {
        number *= 100;
        next += 1;
        let after = if cursor.is_word(next, "and") { next + 1 } else { next };
        if let Some((rest, end)) = below_hundred(after) {
            number += rest;
            next = end;
        }
    }
    Some((number, next))
}

/// Scale words behind a numeral: "million", "hundred thousand", "bn", and "m" where it may be.
fn scales(
    cursor: Cursor<'_>,
    mut read: ReadNumeral,
    mut next: usize,
    short: Abbreviations,
) -> (ReadNumeral, usize) {
    for _ in 0..MOST_SCALES {
        let Some((power, end)) = scale_word(cursor, cursor.behind_hyphen(next)) else { break };
        let start = cursor.behind_hyphen(next);
        let word = cursor.tokens.folded(start);
        let is_letter = word.len() == 1;
        let adjacent = cursor.tokens.adjacent(start).is_some();
        let money_follows = || money_word(cursor, end);
        let allowed = match (is_letter, short) {
            (false, _) => true,
            (true, Abbreviations::Money) => adjacent,
            (true, Abbreviations::Careful) => {
                adjacent && (word == "k" || money_follows() || mass_unit_word(cursor, end))
            }
        };
        if !allowed || (is_letter && read.scale.is_some()) {
            break;
        }
        let spelled =
            &cursor.tokens.text[cursor.tokens.end_before(next)..cursor.tokens.end_before(end)];
        read = read.scaled(spelled, power);
        next = end;
    }
    if read.numeral.in_words && read.scale.is_some() {
        // "Half a million" can only be written again in digits.
        read.decimals = 1;
    }
    (read, next)
}

/// Whether a currency is named here: "5m dollars", "5m US dollars".
fn money_word(cursor: Cursor<'_>, i: usize) -> bool {
    let money = |sense: &Sense| matches!(sense, Sense::Money(_)).then_some(());
    cursor.phrase(i, money).or_else(|| cursor.symbol(i, money)).is_some()
}

/// Whether a unit in words is named here that is no length: "1m barrels", but not "5m long".
fn mass_unit_word(cursor: Cursor<'_>, i: usize) -> bool {
    let unit = |sense: &Sense| match sense {
        Sense::Unit(unit) => (unit.dimension != Dimension::of(Base::Length)).then_some(()),
        _ => None,
    };
    cursor.tokens.str(i).len() > 2 && cursor.phrase(i, unit).is_some()
}
