//! Numerals: digits, number words, fractions, scale words.

use crate::lexicon::{Sense, bit};
use crate::mention::cursor::Cursor;
use crate::mention::token::TokenKind;
use crate::mention::words;
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
    /// For "thousands": the other end of what it may stand for.
    pub(super) up_to: Option<Rational>,
}

impl ReadNumeral {
    pub(super) fn whole(number: i64) -> Self {
        Self::exact(Rational::from(number))
    }

    pub(super) fn exact(number: Rational) -> Self {
        let numeral = Numeral { number, place: 0, rounded: false, in_words: false };
        Self { numeral, scale: None, decimals: 0, grouped: false, up_to: None }
    }

    pub(super) fn in_words(number: Rational) -> Self {
        let mut read = Self::exact(number);
        read.numeral.in_words = true;
        read
    }

    /// A mixed number: "2½", "two and a half".
    pub(super) fn mixed(number: Rational, part: &Rational) -> Self {
        let decimals = part.decimals(3).unwrap_or(2);
        let mut read = Self::exact(number);
        read.numeral.place = -i32::try_from(decimals).unwrap_or(1);
        read.numeral.rounded = true;
        read.decimals = decimals;
        read
    }

    /// The same number times a power of ten, as its scale word makes it.
    pub(super) fn scaled(mut self, word: &str, power: i32) -> Self {
        let factor = Rational::power_of_ten(power);
        self.numeral.number = &self.numeral.number * &factor;
        self.up_to = self.up_to.map(|end| end * factor);
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
    let (read, next) = if cursor.tokens.is(i, TokenKind::Number) {
        digits(cursor, i)?
    } else {
        let (sign, start) = cursor
            .phrase(i, bit::SIGN, |sense| match sense {
                Sense::Sign(sign) => Some(*sign),
                _ => None,
            })
            .map_or((1, i), |(sign, next)| (sign, next));
        let (mut read, next) = if start != i && cursor.tokens.is(start, TokenKind::Number) {
            digits(cursor, start)?
        } else {
            words::read(cursor, start)?
        };
        if sign < 0 {
            read.numeral.number = -read.numeral.number;
        }
        (read, next)
    };
    Some(scales(cursor, read, next, short))
}

/// "72.5", "1,234", "2 1/4", "2-1/4", "1/3", "2½".
fn digits(cursor: Cursor<'_>, i: usize) -> Option<(ReadNumeral, usize)> {
    // "1,2345" is a slip, and what it should be nobody knows.
    let slip = cursor.tokens.adjacent(i + 1).is_some_and(|t| t.kind == TokenKind::Sign(','))
        && cursor.tokens.adjacent(i + 2).is_some_and(|t| t.kind == TokenKind::Number);
    if slip {
        return None;
    }
    let text = cursor.tokens.str(i);
    let (number, decimals, grouped) = parse(text)?;
    // "3 dozens".
    if decimals == 0
        && cursor.may(i + 1, bit::GROUP | bit::SCALE_PLURAL)
        && let Some((size, next)) = words::group(cursor, i + 1)
    {
        return Some((ReadNumeral::exact(number * Rational::from(size)), next));
    }
    if decimals == 0
        && let Some((part, next)) = slashed(cursor, i)
    {
        return Some((ReadNumeral::in_words(part), next));
    }
    if decimals == 0
        && (cursor.is_word(i + 1, "in") || cursor.is_word(i + 1, "out"))
        && let Some(whole) = number.to_i64()
        && let Some((share, next)) = words::one_in(cursor, whole, i + 1)
    {
        return Some((ReadNumeral::in_words(share), next));
    }
    let mut next = i + 1;
    let after = cursor.behind_hyphen(next);
    let mixed = match vulgar(cursor, next) {
        Some(part) => Some((part, next + 1)),
        None => slashed(cursor, after).filter(|(part, _)| *part < Rational::ONE),
    };
    if decimals == 0
        && let Some((part, end)) = mixed
    {
        next = end;
        let mut read = ReadNumeral::mixed(&number + &part, &part);
        read.grouped = grouped;
        return Some((read, next));
    }
    // "0.7 of a percent": the share word behind is read with the unit.
    let mut read = ReadNumeral::exact(number);
    read.decimals = decimals;
    read.grouped = grouped;
    read.numeral.place = -i32::try_from(decimals).ok()?;
    read.numeral.rounded = decimals != 0;
    Some((read, next))
}

/// The number of some digits, how many decimals it has, and whether thousands are separated.
fn parse(text: &str) -> Option<(Rational, u32, bool)> {
    let (mut mantissa, mut decimals, mut behind_point) = (0_i64, 0_u32, false);
    let mut grouped = false;
    let mut fits = true;
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => {
                let next = mantissa.checked_mul(10);
                match next.and_then(|next| next.checked_add(i64::from(byte - b'0'))) {
                    Some(next) => mantissa = next,
                    None => fits = false,
                }
                decimals += u32::from(behind_point);
            }
            b'.' => behind_point = true,
            _ => grouped = true,
        }
    }
    let number = if fits && decimals <= 18 {
        Rational::fraction(mantissa, 10_u64.pow(decimals))
    } else {
        let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        Rational::parse(&digits)?
    };
    Some((number, decimals, grouped))
}

/// "1/4", and nothing with a third part, which would be a date.
fn slashed(cursor: Cursor<'_>, i: usize) -> Option<(Rational, usize)> {
    let tokens = cursor.tokens;
    let shape =
        tokens.adjacent(i + 1).is_some_and(|t| matches!(t.kind, TokenKind::Sign('/' | '⁄')))
            && tokens.adjacent(i + 2).is_some()
            && tokens.is_digits(i, &[1, 2, 3])
            && tokens.is_digits(i + 2, &[1, 2, 3])
            && !tokens.is_sign(i + 3, '/');
    if !shape {
        return None;
    }
    let part = Rational::parse(&format!("{}/{}", tokens.str(i), tokens.str(i + 2)))?;
    Some((part, i + 3))
}

/// "½" and its like.
pub(super) fn vulgar(cursor: Cursor<'_>, i: usize) -> Option<Rational> {
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
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    };
    Some(Rational::fraction(above, below))
}

/// A whole number in digits that is no year: the 250 of "one in 250".
pub(super) fn plain_number(cursor: Cursor<'_>, i: usize) -> Option<(i64, usize)> {
    let is_year = cursor.tokens.is_digits(i, &[4]) && !cursor.tokens.str(i).ends_with("00");
    if !cursor.tokens.is(i, TokenKind::Number) || is_year {
        return None;
    }
    let (number, decimals, _) = parse(cursor.tokens.str(i))?;
    Some((number.to_i64().filter(|_| decimals == 0)?, i + 1))
}

fn scale_word(cursor: Cursor<'_>, i: usize) -> Option<(i32, usize)> {
    cursor.phrase(i, bit::SCALE | bit::SCALE_PLURAL, |sense| match sense {
        Sense::Scale(power) => Some(*power),
        Sense::ScalePlural(number) => i32::try_from(number.checked_ilog10()?)
            .ok()
            .filter(|power| number.checked_rem(10_i64.pow(power.unsigned_abs())) == Some(0)),
        _ => None,
    })
}

/// Scale words behind a numeral: "million", "hundred thousand", "bn", and "m" where it may be.
fn scales(
    cursor: Cursor<'_>,
    mut read: ReadNumeral,
    mut next: usize,
    short: Abbreviations,
) -> (ReadNumeral, usize) {
    for _ in 0..MOST_SCALES {
        let start = cursor.behind_hyphen(next);
        let Some((power, end)) = scale_word(cursor, start) else { break };
        let word = cursor.tokens.str(start);
        let is_letter = word.len() == 1 || word.eq_ignore_ascii_case("mm");
        let adjacent = cursor.tokens.adjacent(start).is_some();
        let money_follows = || money_word(cursor, end);
        let allowed = match (is_letter, short) {
            (false, _) => true,
            (true, Abbreviations::Money) => adjacent,
            // "2.33 k", but "5 k run" and "2.5 m tall" are none.
            (true, Abbreviations::Careful) if !adjacent => {
                0 < read.decimals && matches!(word, "k" | "K" | "M")
            }
            (true, Abbreviations::Careful) => {
                adjacent
                    && word.len() == 1
                    && (word.eq_ignore_ascii_case("k")
                        || money_follows()
                        || mass_unit_word(cursor, end)
                        || (word.eq_ignore_ascii_case("m") && many(cursor, end))
                        || matches!(word, "M" | "B")
                        || (word == "b" && read.decimals == 1))
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
    // "Three million and a half", "one billion and a half million".
    if let Some((_, power)) = read.scale
        && 3 <= power
        && !read.numeral.in_words
        && cursor.is_word(next, "and")
        && let Some((part, of, end)) = words::part_behind(cursor, next + 1, power)
    {
        read.numeral.number = &read.numeral.number + &(&part * &Rational::power_of_ten(of));
        read.numeral.place -= 1;
        read.decimals = read.decimals.max(part.decimals(3).unwrap_or(2));
        next = end;
    }
    // "3 hundred and 21".
    if read.scale.as_ref().is_some_and(|&(_, power)| power == 2)
        && read.numeral.number.is_whole()
        && let Some((rest, end)) = below_hundred_behind(cursor, next)
    {
        read = ReadNumeral::exact(&read.numeral.number + &Rational::from(rest));
        next = end;
    }
    // "Two thirds of a million".
    if read.numeral.in_words
        && read.scale.is_none()
        && cursor.is_word(next, "of")
        && cursor.is_word(next + 1, "a")
        && let Some((power, end)) = scale_word(cursor, next + 2)
        && 2 < cursor.tokens.str(next + 2).len()
    {
        let spelled =
            &cursor.tokens.text[cursor.tokens.end_before(next + 2)..cursor.tokens.end_before(end)];
        read = read.scaled(spelled, power);
        next = end;
    }
    if read.numeral.in_words && read.scale.is_some() {
        // "Half a million" can only be written again in digits.
        read.decimals = 1;
    }
    (read, next)
}

/// The "and 21" of "3 hundred and 21".
fn below_hundred_behind(cursor: Cursor<'_>, next: usize) -> Option<(i64, usize)> {
    if !cursor.is_word(next, "and") {
        return None;
    }
    let (rest, end) =
        plain_number(cursor, next + 1).or_else(|| words::below_hundred(cursor, next + 1))?;
    // "3 hundred and 21 million" is two figures.
    ((1..100).contains(&rest) && !cursor.may(end, bit::SCALE)).then_some((rest, end))
}

/// The numeral with the scale word that stands behind its currency: "75 USD million".
pub(super) fn scale_behind(
    cursor: Cursor<'_>,
    numeral: &ReadNumeral,
    i: usize,
) -> Option<(ReadNumeral, usize)> {
    let (power, end) = scale_word(cursor, i).filter(|_| 2 < cursor.tokens.str(i).len())?;
    let spelled = &cursor.tokens.text[cursor.tokens.end_before(i)..cursor.tokens.end_before(end)];
    Some((numeral.clone().scaled(spelled, power), end))
}

/// Whether a currency is named here: "5m dollars", "5m US dollars".
fn money_word(cursor: Cursor<'_>, i: usize) -> bool {
    let money = |sense: &Sense| matches!(sense, Sense::Money(_)).then_some(());
    cursor.phrase(i, bit::MONEY, money).or_else(|| cursor.symbol(i, money)).is_some()
}

/// Whether a unit in words is named here that is no length: "1m barrels", but not "5m long".
fn mass_unit_word(cursor: Cursor<'_>, i: usize) -> bool {
    let unit = |sense: &Sense| match sense {
        Sense::Unit(unit) => (unit.dimension != Dimension::of(Base::Length)).then_some(()),
        _ => None,
    };
    cursor.tokens.str(i).len() > 2 && cursor.phrase(i, bit::UNIT, unit).is_some()
}

/// Whether many of something follow: "2.5m people", but not "5m tall".
fn many(cursor: Cursor<'_>, i: usize) -> bool {
    cursor.tokens.get(i).is_some_and(|token| token.spaced) && words::is_plural(cursor, i)
}
