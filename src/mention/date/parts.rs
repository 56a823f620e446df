//! What dates are made of: months, days of a month, weekdays, parts of a year.

use jiff::civil::Weekday;

use crate::lexicon::{Sense, bit, class};
use crate::mention::cursor::Cursor;
use crate::mention::number::words;
use crate::mention::token::TokenKind;

/// Whether a word before makes a date likely.
pub(super) fn is_announced(cursor: Cursor<'_>, i: usize) -> bool {
    cursor.before(i, |cursor, before| {
        cursor.is(before, class::ANNOUNCES_DATE) || cursor.may(before, bit::EDGE | bit::RELATIVE)
    })
}

pub(super) fn month(cursor: Cursor<'_>, i: usize) -> Option<(i8, usize)> {
    let (month, next) = cursor.phrase(i, bit::MONTH, |sense| match sense {
        Sense::Month(month) => Some(*month),
        _ => None,
    })?;
    Some((month, behind_dot(cursor, i, next)))
}

/// Steps over the dot of an abbreviation: "Feb. 23", not "in May."
pub(super) fn behind_dot(cursor: Cursor<'_>, i: usize, next: usize) -> usize {
    let dot = cursor.tokens.adjacent(next).is_some_and(|t| t.kind == TokenKind::Sign('.'));
    let short = cursor.tokens.str(i).len() < 5 && !cursor.is(i, class::SHORT_WHOLE_MONTH);
    if dot && short { next + 1 } else { next }
}

/// The day of a month: "23", "23rd", "the twenty-third".
pub(super) fn day_number(cursor: Cursor<'_>, i: usize) -> Option<(i8, usize)> {
    if cursor.tokens.is_digits(i, &[1, 2]) {
        let day = cursor.tokens.str(i).parse().ok()?;
        let suffix =
            cursor.tokens.adjacent(i + 1).is_some() && cursor.is(i + 1, class::ORDINAL_ENDING);
        let end = if suffix { i + 2 } else { i + 1 };
        return (1..=31).contains(&day).then_some((day, end));
    }
    let rank = cursor.phrase(i, bit::ORDINAL, |sense| match sense {
        Sense::Ordinal(rank) => Some(*rank),
        _ => None,
    });
    if rank.is_none() && cursor.may(i, bit::CARDINAL) {
        // "May twenty-nine" and "on May three to", but not "May five people".
        let (day, next) = words::below_hundred(cursor, i)?;
        let is_long = (21..=31).contains(&day) && i + 1 < next;
        let ends = (1..=31).contains(&day)
            && cursor.tokens.is_capital(i.saturating_sub(1))
            && (cursor.is(next, class::FROM_TO)
                || cursor.tokens.get(next).is_none_or(|t| matches!(t.kind, TokenKind::Sign(_))));
        let day = i8::try_from(day).ok().filter(|_| is_long || ends)?;
        return (!cursor.is_plural(next)).then_some((day, next));
    }
    let (rank, next) = rank?;
    let day = i8::try_from(rank).ok().filter(|day| (1..=31).contains(day))?;
    Some((day, next))
}

/// Whether a day as machines stamp it, with its hour, begins at a token: "2-MAR-2021 05:52".
pub(in crate::mention) fn is_stamp(cursor: Cursor<'_>, i: usize) -> bool {
    let dash = |at: usize| cursor.tokens.adjacent(at).is_some_and(|t| t.kind == TokenKind::Dash);
    cursor.tokens.is_digits(i, &[1, 2])
        && dash(i + 1)
        && cursor.may(i + 2, bit::MONTH)
        && dash(i + 3)
        && cursor.tokens.is_digits(i + 4, &[4])
        && cursor.tokens.is(i + 5, TokenKind::Number)
        && cursor.tokens.is_sign(i + 6, ':')
}

/// Whether a word that may be a month is one where nothing but itself says so: "5 May" is, "may" and
/// "march" in small letters are not.
pub(in crate::mention) fn is_month_name(cursor: Cursor<'_>, i: usize) -> bool {
    cursor.tokens.is_capital(i) || !cursor.is(i, class::NO_MONTH_IN_SMALL)
}

/// A weekday by its name.
pub(super) fn weekday(cursor: Cursor<'_>, i: usize) -> Option<(Weekday, usize)> {
    let (day, next) = cursor.phrase(i, bit::WEEKDAY, |sense| match sense {
        Sense::Weekday(day) => Some(*day),
        _ => None,
    })?;
    Some((Weekday::from_monday_one_offset(day).ok()?, behind_dot(cursor, i, next)))
}

/// The first and the last month of a part of a year.
pub(super) fn part_name(cursor: Cursor<'_>, i: usize) -> Option<((i8, i8), usize)> {
    cursor.phrase(i, bit::PART, |sense| match sense {
        Sense::Part(first, last) => Some((*first, *last)),
        _ => None,
    })
}
