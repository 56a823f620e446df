//! Weeks, months and days of a longer date: "the first week of January", "the last four months of 2021",
//! "the week of 10 April", and days counted from another: "two weeks after 15 January".

use jiff::civil::Date as Day;
use jiff::{Span, ToSpan};

use crate::lexicon::{bit, class};
use crate::mention::cursor::Cursor;
use crate::mention::date::read_date::ReadDate;
use crate::mention::date::{calendar, holiday, numeric_date, period, relative, step};
use crate::mention::number::{self, words};
use crate::mention::token::TokenKind;
use crate::value::{Days, Kind};

/// What a date is cut into.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    Day,
    Week,
    Month,
}

/// A part of a date that starts at a token.
pub(super) fn read(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    if cursor.is(i, class::WEEK) {
        return week_of(cursor, i);
    }
    let token = cursor.tokens.get(i)?;
    let ranked =
        token.kind == TokenKind::Number || token.senses & (bit::ORDINAL | bit::RELATIVE) != 0;
    if !ranked {
        return None;
    }
    let (rank, next) = rank(cursor, i)?;
    let (count, next) = count(cursor, next);
    let (piece, next) = piece(cursor, next)?;
    if !cursor.is(next, class::OF) && !cursor.is(next, class::IN) {
        return None;
    }
    let the = usize::from(cursor.is(next + 1, class::THE));
    let whole = whole(cursor, next + 1 + the)?;
    let days = whole.days().and_then(|days| cut(days, rank, count, piece));
    Some(ReadDate {
        kind: if 1 < count { Kind::DateRange } else { Kind::Date },
        leans: whole.leans,
        ..ReadDate::maybe(days, whole.next)
    })
}

/// "first", "third", "last" (0).
fn rank(cursor: Cursor<'_>, i: usize) -> Option<(i64, usize)> {
    if cursor.is(i, class::FINAL) {
        return Some((0, i + 1));
    }
    number::rank(cursor, i)
}

/// "two", "10": how many pieces; one where no number stands.
fn count(cursor: Cursor<'_>, i: usize) -> (i64, usize) {
    if cursor.tokens.is_digits(i, &[1, 2]) {
        return (cursor.tokens.str(i).parse().unwrap_or(1), i + 1);
    }
    words::below_hundred(cursor, i).unwrap_or((1, i))
}

fn piece(cursor: Cursor<'_>, i: usize) -> Option<(Piece, usize)> {
    let piece = match () {
        () if cursor.is(i, class::WEEKS) => Piece::Week,
        () if cursor.is(i, class::MONTHS) => Piece::Month,
        () if cursor.is(i, class::DAYS) => Piece::Day,
        () => return None,
    };
    Some((piece, i + 1))
}

/// The date that is cut: a month, a year, or one of them counted from the day of publication.
fn whole(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    calendar::read(cursor, i)
        .or_else(|| relative::read(cursor, i))
        .or_else(|| period::read(cursor, i, true))
}

/// The pieces of some days, from the first or, with rank 0, up to the last.
fn cut(days: Days, rank: i64, count: i64, piece: Piece) -> Option<Days> {
    let rank = i32::try_from(rank).ok().filter(|rank| (0..=366).contains(rank))?;
    let count = i32::try_from(count).ok().filter(|count| (1..=60).contains(count))?;
    let (from, to) = match piece {
        Piece::Day if rank == 0 => (days.last().checked_sub((count - 1).days()).ok()?, days.last()),
        Piece::Day => {
            let first = days.first().checked_add(((rank - 1) * count).days()).ok()?;
            (first, first.checked_add((count - 1).days()).ok()?)
        }
        Piece::Month if rank == 0 => {
            let first = days.last().first_of_month().checked_sub((count - 1).months()).ok()?;
            (first, days.last())
        }
        Piece::Month => {
            let first = days.first().first_of_month().checked_add((rank - 1).months()).ok()?;
            (first, first.checked_add((count - 1).months()).ok()?.last_of_month())
        }
        Piece::Week if rank == 0 => {
            // And the week that holds the fourth day from the end is the last.
            let last = monday(days.last().checked_sub(3.days()).ok()?);
            (last.checked_sub((7 * (count - 1)).days()).ok()?, last.checked_add(6.days()).ok()?)
        }
        Piece::Week => {
            // The week that holds the fourth day is the first (ISO 8601).
            let first = monday(days.first().checked_add(3.days()).ok()?)
                .checked_add((7 * (rank - 1)).days())
                .ok()?;
            (first, first.checked_add((7 * count - 1).days()).ok()?)
        }
    };
    let inside = days.first().checked_sub(6.days()).ok()? <= from && from <= days.last();
    Days::new(from, to).filter(|_| inside)
}

fn monday(day: Day) -> Day {
    day.checked_sub(i32::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day)
}

/// "week of April 10", "the week beginning 4 February".
fn week_of(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    if !cursor.is(i + 1, class::WEEK_EDGE) {
        return None;
    }
    let ending = cursor.is(i + 1, class::ENDING);
    let on = usize::from(cursor.is(i + 2, class::ON_THE));
    let named = calendar::day_of_month(cursor, i + 2 + on)?;
    let day = named.days().map(Days::first);
    let first = match ending {
        true => day.and_then(|day| day.checked_sub(6.days()).ok()),
        false if cursor.is(i + 1, class::OF) => day.map(monday),
        false => day,
    };
    let days = first.and_then(|first| Days::new(first, first.checked_add(6.days()).ok()?));
    Some(ReadDate { leans: named.leans, ..ReadDate::maybe(days, named.next) })
}

/// The day so many days or weeks before or after another: "two weeks after 15 January", "three days
/// before Christmas" where the day is known.
pub(in crate::mention) fn counted_from(
    cursor: Cursor<'_>,
    count: i64,
    unit: &str,
    next: usize,
) -> Option<ReadDate> {
    if !matches!(unit, "day" | "week" | "month" | "year") {
        return None;
    }
    let sign = match () {
        () if cursor.is(next, class::COUNTED_FROM) => 1,
        () if cursor.is(next, class::BEFORE) => -1,
        () => return None,
    };
    let the = usize::from(cursor.is(next + 1, class::THE));
    let at = next + 1 + the;
    let from = match numeric_date::read(cursor, at) {
        Some((readings, end)) => ReadDate { readings, ..ReadDate::maybe(None, end) },
        None => calendar::day_of_month(cursor, at)
            .or_else(|| step::named_day(cursor, at))
            .or_else(|| holiday::read(cursor, at))
            .or_else(|| relative::weekday(cursor, at))
            .or_else(|| relative::read(cursor, at))?,
    };
    // "The twelve days from 3 to 14 March" last so long.
    let is_start = cursor.is(next, class::FROM)
        && (cursor.is(from.next, class::RANGE_TO) || cursor.tokens.is(from.next, TokenKind::Dash));
    if is_start {
        return None;
    }
    let count = i32::try_from(count).ok()?.checked_mul(sign)?;
    let day = from.readings.first().filter(|days| days.first() == days.last()).and_then(|days| {
        let span = Span::new();
        // More than the calendar has is no span: "a million years after 3 May".
        let span = match unit {
            "day" => span.try_days(count),
            "week" => span.try_weeks(count),
            "month" => span.try_months(count),
            "year" => span.try_years(count),
            _ => return None,
        };
        days.first().checked_add(span.ok()?).ok()
    });
    Some(ReadDate { leans: from.leans, ..ReadDate::maybe(day.map(Days::day), from.next) })
}
