//! Years by themselves, in digits and in words.

use jiff::civil::Date as Day;

use crate::lexicon::{bit, class};
use crate::mention::cursor::Cursor;
use crate::mention::number::words;
use crate::mention::token::TokenKind;

/// Years that a bare number of four digits may be.
const YEARS: std::ops::RangeInclusive<i16> = 1000..=2999;
/// Years that it is where no word says otherwise: nobody writes a count of 1,990 without its comma.
pub(super) const LIKELY: std::ops::RangeInclusive<i16> = 1900..=2099;

/// A year of four digits.
pub(in crate::mention) fn four_digits(cursor: Cursor<'_>, i: usize) -> Option<(i16, usize)> {
    let year = cursor.tokens.is_digits(i, &[4]).then(|| cursor.tokens.str(i).parse().ok())??;
    YEARS.contains(&year).then_some((year, i + 1))
}

/// Whether a token is a year where no word says otherwise.
pub(in crate::mention) fn likely(cursor: Cursor<'_>, i: usize) -> bool {
    four_digits(cursor, i).is_some_and(|(year, _)| LIKELY.contains(&year))
}

/// The longest reign, life or period that stands in brackets, in years.
const LONGEST: i16 = 130;

/// Whether a bracket holds two years and nothing else, as a life or a reign does: "(1899-1986)", "(1553 to
/// 1562)".
pub(in crate::mention) fn is_bracketed(cursor: Cursor<'_>, i: usize) -> bool {
    let tokens = cursor.tokens;
    let is_joined = || tokens.is(i + 1, TokenKind::Dash) || cursor.is(i + 1, class::RANGE_TO);
    let is_alone = || {
        tokens.is_sign(i + 3, ')') && cursor.before(i, |cursor, at| cursor.tokens.is_sign(at, '('))
    };
    four_digits(cursor, i).is_some_and(|(first, _)| {
        is_joined()
            && is_alone()
            && four_digits(cursor, i + 2).is_some_and(|(last, _)| {
                let is_time = last <= *LIKELY.end() && (1..=LONGEST).contains(&(last - first));
                is_time || LIKELY.contains(&first) && LIKELY.contains(&last)
            })
    })
}

/// A year of two digits behind an apostrophe: "'98".
pub(super) fn short(cursor: Cursor<'_>, i: usize) -> Option<(i16, usize)> {
    let apostrophe = matches!(cursor.tokens.get(i)?.kind, TokenKind::Sign('\'' | '’' | '‘'));
    let digits = cursor.tokens.adjacent(i + 1).is_some() && cursor.tokens.is_digits(i + 1, &[2]);
    let joined = cursor.tokens.adjacent(i + 2).is_some_and(|t| t.kind == TokenKind::Word);
    if !apostrophe || !digits || joined || !is_free(cursor, i) {
        return None;
    }
    Some((century_of(cursor, cursor.tokens.str(i + 1).parse().ok()?), i + 2))
}

/// Whether an apostrophe stands behind a space, or behind the part of a year: "Q3'24".
fn is_free(cursor: Cursor<'_>, i: usize) -> bool {
    let part = || {
        cursor.before(i, |cursor, at| {
            cursor.tokens.is(at, TokenKind::Number)
                || matches!(cursor.tokens.str(at), "Q" | "H" | "M")
        })
    };
    cursor.tokens.get(i).is_some_and(|token| token.spaced)
        || 2 <= i && part() && cursor.tokens.adjacent(i - 1).is_some()
}

/// The year that two digits stand for: the last one that is not more than ten years ahead of the
/// day of publication, or of 2020 where that is not known.
pub(super) fn century_of(cursor: Cursor<'_>, two: i16) -> i16 {
    let now = cursor.published.map_or(2020, Day::year);
    let year = now - now.rem_euclid(100) + two;
    if now + 10 < year { year - 100 } else { year }
}

/// A year in words behind a month or "in": "nineteen ninety-six", "two thousand and fifteen".
pub(super) fn in_words(cursor: Cursor<'_>, i: usize) -> Option<(i16, usize)> {
    if !cursor.may(i, bit::CARDINAL) {
        return None;
    }
    let (first, next) = words::below_hundred(cursor, i)?;
    if first == 2 && cursor.is(next, class::THOUSAND) {
        let and = usize::from(cursor.is(next + 1, class::AND));
        let rest = words::below_hundred(cursor, next + 1 + and);
        return match rest {
            Some((rest, end)) => Some((2000 + i16::try_from(rest).ok()?, end)),
            None => Some((2000, next + 1)),
        };
    }
    let hundred = usize::from(cursor.is(next, class::HUNDRED));
    let and = usize::from(cursor.is(next + hundred, class::AND));
    let (rest, end) = words::below_hundred(cursor, next + hundred + and)?;
    let fits = (11..=20).contains(&first) && (10..100).contains(&rest);
    fits.then_some((i16::try_from(first * 100 + rest).ok()?, end))
}

/// Whether the word behind a year begins a name, though it is a unit in small letters: "in 2012 Foot
/// Locker closed".
pub(in crate::mention) fn is_before_name(cursor: Cursor<'_>, i: usize, word: usize) -> bool {
    let name = cursor.tokens.str(word);
    likely(cursor, i)
        && cursor.tokens.is_capital(word)
        && 2 < name.len()
        && name.contains(char::is_lowercase)
        && (i == 0
            || cursor.before(i, |cursor, before| cursor.is(before, class::BEFORE_YEAR_OF_NAME)))
}

/// Whether a number with this end counts what follows: "2000 people", "1500 jobs", "2000 miles".
pub(super) fn is_counted(cursor: Cursor<'_>, end: usize) -> bool {
    let at = cursor.behind_hyphen(end);
    cursor.may(end, bit::SCALE | bit::PERCENT | bit::FACTOR)
        || (cursor.tokens.adjacent(end).is_none_or(|token| token.kind == TokenKind::Dash)
            && cursor.tokens.is(at, TokenKind::Word)
            && cursor.may(at, bit::UNIT | bit::MONEY)
            && !end.checked_sub(1).is_some_and(|i| is_before_name(cursor, i, at))
            && (cursor.unit(at).is_some() || cursor.money(at).is_some())
            && !cursor.is(at, class::SECOND))
}
