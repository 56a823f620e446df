//! Numerals: digits, number words, fractions, scale words.

mod numeral;
pub(super) mod words;

pub(super) use numeral::ReadNumeral;

use crate::lexicon::{Sense, bit, class};
use crate::mention::amount::counted;
use crate::mention::cursor::Cursor;
use crate::mention::number::numeral::{parse, plain_number, vulgar};
use crate::mention::token::TokenKind;
use crate::value::{Base, Dimension, Rational};

/// Scale words that may follow one another: "five hundred thousand million".
const MOST_SCALES: usize = 3;

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
            // "Minus-22".
            .map_or((1, i), |(sign, next)| (sign, cursor.behind_hyphen(next)));
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
    if let Some((power, next)) = numeral::power_of_ten(cursor, i) {
        return Some((ReadNumeral::exact(Rational::power_of_ten(power)), next));
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
        && (cursor.is(i + 1, class::IN) || cursor.is(i + 1, class::OUT))
        && let Some(whole) = number.to_i64()
        && let Some((share, next)) = words::one_in(cursor, whole, i + 1)
    {
        return Some((ReadNumeral::in_words(share), next));
    }
    let mut next = i + 1;
    // "2 × 10⁶".
    if let Some(TokenKind::Sign('×' | '*' | '·')) = cursor.tokens.get(next).map(|t| t.kind)
        && let Some((power, end)) = numeral::power_of_ten(cursor, next + 1)
    {
        return Some((with_power(number, decimals, power), end));
    }
    if cursor.is(next, class::X)
        && let Some((power, end)) = numeral::power_of_ten(cursor, next + 1)
    {
        return Some((with_power(number, decimals, power), end));
    }
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

/// Whether a power of ten begins at a token.
pub(super) fn is_power_of_ten(cursor: Cursor<'_>, i: usize) -> bool {
    numeral::power_of_ten(cursor, i).is_some()
}

/// "2.5 × 10⁶": rounded at the last digit that is written.
fn with_power(number: Rational, decimals: u32, power: i32) -> ReadNumeral {
    let mut read = ReadNumeral::exact(number * Rational::power_of_ten(power));
    read.numeral.place = power - i32::try_from(decimals).unwrap_or(0);
    read.numeral.rounded = true;
    read
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
    // "72/78 million" is from 72 to 78.
    let below = tokens.str(i + 2).parse::<u32>().ok()?;
    let is_usual = below <= 10 || matches!(below, 12 | 16 | 20 | 25 | 32 | 50 | 64 | 100);
    if !is_usual && tokens.str(i) != "1" {
        return None;
    }
    let part = Rational::parse(&format!("{}/{}", tokens.str(i), tokens.str(i + 2)))?;
    Some((part, i + 3))
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
        let is_letter = word.len() == 1 || cursor.is(start, class::MILLIONS);
        // "Mil" is a length too, "Md" a state or a doctor.
        let is_doubtful = cursor.is(start, class::SCALE_OR_WORD);
        let adjacent = cursor.tokens.adjacent(start).is_some();
        let money_follows = || money_word(cursor, end);
        let allowed = match (is_letter, short) {
            (false, Abbreviations::Careful) if is_doubtful => money_follows(),
            (false, _) => true,
            // "$458 m (£242 m)".
            (true, Abbreviations::Money) => {
                let ends = cursor.tokens.get(end).is_none_or(|token| {
                    matches!(token.kind, TokenKind::Sign('(' | ')' | ',' | ';'))
                });
                adjacent || word == "MM" || word == "m" && ends
            }
            // "2.33 k", but "5 k run" and "2.5 m tall" are none.
            (true, Abbreviations::Careful) if !adjacent => {
                0 < read.decimals && matches!(word, "k" | "K" | "M")
                    || matches!(word, "B" | "M") && many(cursor, end)
            }
            (true, Abbreviations::Careful) => {
                adjacent
                    && word.len() == 1
                    && (word.eq_ignore_ascii_case("k")
                        || money_follows()
                        || mass_unit_word(cursor, end)
                        || (word.eq_ignore_ascii_case("m")
                            && (many(cursor, end) || many_of(cursor, &read, end)))
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
        && cursor.is(next, class::AND)
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
        && cursor.is(next, class::OF)
        && cursor.is(next + 1, class::A)
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
    if !cursor.is(next, class::AND) {
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
    // "€(12.4)m", but not "75 USD m".
    let joined = cursor.tokens.adjacent(i).is_some() && cursor.tokens.is_sign(i - 1, ')');
    let (power, end) =
        scale_word(cursor, i).filter(|_| joined || 2 < cursor.tokens.str(i).len())?;
    let spelled = &cursor.tokens.text[cursor.tokens.end_before(i)..cursor.tokens.end_before(end)];
    Some((numeral.clone().scaled(spelled, power), end))
}

/// The number of a rank: "8th", "21st", "eighth", "one hundredth".
pub(super) fn rank(cursor: Cursor<'_>, i: usize) -> Option<(i64, usize)> {
    if cursor.tokens.is(i, TokenKind::Number) {
        let suffix =
            cursor.tokens.adjacent(i + 1).is_some() && cursor.is(i + 1, class::ORDINAL_ENDING);
        let digits = suffix.then(|| cursor.tokens.str(i).replace(',', ""))?;
        return Some((digits.parse::<i64>().ok()?, i + 2));
    }
    cursor.phrase(i, bit::ORDINAL, |sense| match sense {
        Sense::Ordinal(rank) => Some(*rank),
        _ => None,
    })
}

/// Whether a currency is named here: "5m dollars", "5m US dollars", but not "the 400m mark".
fn money_word(cursor: Cursor<'_>, i: usize) -> bool {
    let is_level = cursor.is(i, class::MARK)
        && (!cursor.tokens.is(i + 1, TokenKind::Word) || cursor.may(i + 1, bit::FUNCTION));
    if is_level {
        return false;
    }
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

/// Whether many of something follow less closely: "1.3m printed copies", "35m of its members", but not
/// "a 20m high wall", nor "50m of the wall".
fn many_of(cursor: Cursor<'_>, read: &ReadNumeral, i: usize) -> bool {
    if !cursor.tokens.get(i).is_some_and(|token| token.spaced) {
        return false;
    }
    if cursor.is(i, class::OF) {
        let whose = cursor.is(i + 1, class::POSSESSIVE);
        return whose
            || counted::noun(cursor, i + 2).is_some() && cursor.is(i + 1, class::DEFINITE);
    }
    let is_count = 0 < read.decimals || cursor.is(i, class::BEFORE_MANY);
    is_count && counted::noun(cursor, i).is_some()
}

/// Whether many of something follow: "2.5m people", but not "5m tall".
fn many(cursor: Cursor<'_>, i: usize) -> bool {
    cursor.tokens.get(i).is_some_and(|token| token.spaced)
        && cursor.is_plural(i)
        && !cursor.is(i, class::RACE)
}
