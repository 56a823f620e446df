//! The era beside a year: "44 BCE", "AD 79", "10,000 BC", "300–200 BC", "5000 BP".
//!
//! The calendar begins with the year 1. A year before it is a date, and no count, but has no days.

use jiff::civil::Date as Day;

use crate::lexicon::class;
use crate::mention::cursor::Cursor;
use crate::mention::date::read_date::ReadDate;
use crate::mention::token::TokenKind;
use crate::value::{Amount, Days, Kind, Rational};

/// Which way years are counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Era {
    /// Back from the year 1, or from the present.
    Before,
    /// On from the year 1.
    Common,
}

/// Years before the present below this are not told from basis points.
const FEWEST_BEFORE_PRESENT: i64 = 1000;

/// The era that is named behind a year.
fn named(cursor: Cursor<'_>, i: usize) -> Option<Era> {
    let before = || cursor.is(i, class::BEFORE_CHRIST);
    // "12 CE-marked toys", "in 2021 BC's forests".
    let goes_on = cursor.tokens.adjacent(i + 1).is_some_and(|next| {
        matches!(next.kind, TokenKind::Dash | TokenKind::Sign('\'' | '’'))
            && cursor.tokens.adjacent(i + 2).is_some_and(|next| next.kind == TokenKind::Word)
    });
    match cursor.tokens.str(i) {
        _ if goes_on => None,
        "AD" | "CE" | "A.D." | "C.E." => Some(Era::Common),
        _ if before() => Some(Era::Before),
        _ => None,
    }
}

/// Whether a text names years before the year 1, or before the present.
pub(in crate::mention) fn is_before(cursor: Cursor<'_>) -> bool {
    (0..cursor.tokens.len())
        .any(|i| named(cursor, i) == Some(Era::Before) || before_present(cursor, i).is_some())
}

/// The index behind "BP" or "before present".
fn before_present(cursor: Cursor<'_>, i: usize) -> Option<usize> {
    if matches!(cursor.tokens.str(i), "BP" | "B.P.") {
        return Some(i + 1);
    }
    let the = usize::from(cursor.is(i + 1, class::THE));
    (cursor.is(i, class::BEFORE) && cursor.is(i + 1 + the, class::PRESENT)).then_some(i + 2 + the)
}

/// Whether a year and another one behind it are before the year 1: "1200–1150 BC", "44 and 42 BC".
fn shares_era(cursor: Cursor<'_>, next: usize) -> bool {
    let joins = cursor.tokens.is(next, TokenKind::Dash) || cursor.is(next, class::JOINS_FIGURES);
    joins
        && cursor.tokens.is(next + 1, TokenKind::Number)
        && named(cursor, next + 2) == Some(Era::Before)
}

/// Years of the common era from one to another behind a dash: "70–79 CE".
fn years_through(cursor: Cursor<'_>, from: &Rational, next: usize) -> Option<ReadDate> {
    let is_range = cursor.tokens.is(next, TokenKind::Dash)
        && cursor.tokens.is_digits(next + 1, &[1, 2, 3, 4])
        && named(cursor, next + 2) == Some(Era::Common);
    if !is_range {
        return None;
    }
    let first = Days::year(i16::try_from(from.to_i64()?).ok()?)?;
    let last = cursor.tokens.str(next + 1).parse().ok()?;
    let days = first.through(Days::year(last)?)?;
    Some(ReadDate { kind: Kind::DateRange, ..ReadDate::of(days, next + 3) })
}

/// "AD 79", "A.D. 476".
pub(super) fn leads(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    if !matches!(cursor.tokens.str(i), "AD" | "A.D.") {
        return None;
    }
    let year = cursor.tokens.is_digits(i + 1, &[1, 2, 3, 4]).then(|| cursor.tokens.str(i + 1))?;
    Some(ReadDate::of(Days::year(year.parse().ok()?)?, i + 2))
}

/// A number that the words behind it make years of an era; without days where that is not the
/// common one.
pub(in crate::mention) fn of_number(
    cursor: Cursor<'_>,
    amount: &Amount,
    next: usize,
) -> Option<ReadDate> {
    if amount.unit.per.is_some() {
        return None;
    }
    match amount.kind {
        // "300–200 BC" runs backwards, and is no range of numbers.
        Kind::Number if amount.unit.name.is_empty() && shares_era(cursor, next) => {
            let kind = Kind::DateRange;
            Some(ReadDate { kind, ..ReadDate::maybe(None, next + 3) })
        }
        Kind::Number if amount.unit.name.is_empty() => match named(cursor, next) {
            None => years_through(cursor, &amount.from, next),
            // "4BC" and "2CE" are names: of a station, of a firm.
            Some(_)
                if cursor.tokens.adjacent(next).is_some()
                    && cursor.tokens.is_digits(next.checked_sub(1)?, &[1]) =>
            {
                None
            }
            Some(Era::Before) => Some(ReadDate::maybe(None, next + 1)),
            // "2,000 CE marks" are no year.
            Some(Era::Common) if !cursor.tokens.is_digits(next.checked_sub(1)?, &[1, 2, 3, 4]) => {
                None
            }
            Some(Era::Common) => {
                let year = |number: &Rational| Days::year(i16::try_from(number.to_i64()?).ok()?);
                let days = year(&amount.from)?.through(year(&amount.to)?)?;
                let kind = if amount.from == amount.to { Kind::Date } else { Kind::DateRange };
                Some(ReadDate { kind, ..ReadDate::of(days, next + 1) })
            }
        },
        Kind::Number => None,
        // "12,000 years before the present".
        Kind::Duration => Some(ReadDate::maybe(None, before_present(cursor, next)?)),
        // "5000 BP" was read as basis points.
        Kind::Percent if Rational::from(FEWEST_BEFORE_PRESENT) <= amount.to => next
            .checked_sub(1)
            .and_then(|last| before_present(cursor, last))
            .map(|next| ReadDate::maybe(None, next)),
        _ => None,
    }
}

/// A date with the era that stands behind it: "1500 AD", "March 1190 BC", "1200–1150 BC", and "15
/// March 44 BC", in which the year was no year by itself.
pub(super) fn of_date(cursor: Cursor<'_>, mut read: ReadDate) -> ReadDate {
    let next = read.next;
    if read.kind == Kind::Time {
        return read;
    }
    if let Some(led) = with_led_year(cursor, &read) {
        return led;
    }
    let at = match () {
        () if named(cursor, next).is_some() => next,
        () if shares_era(cursor, next) => next + 2,
        () if read.partial.is_some() && cursor.tokens.is(next, TokenKind::Number) => next + 1,
        () => return read,
    };
    match named(cursor, at) {
        Some(Era::Before) => ReadDate { kind: read.kind, ..ReadDate::maybe(None, at + 1) },
        Some(Era::Common) if at == next => {
            read.next = at + 1;
            read
        }
        Some(Era::Common) if at == next + 1 && cursor.tokens.is_digits(next, &[1, 2, 3]) => {
            let year = cursor.tokens.str(next).parse().ok();
            read.partial.map_or(read, |partial| of_year(partial, year, at + 1))
        }
        _ => read,
    }
}

/// A month, or a day of one, with the year behind it: "24 August AD 79".
fn with_led_year(cursor: Cursor<'_>, read: &ReadDate) -> Option<ReadDate> {
    let partial = read.partial?;
    let comma = usize::from(cursor.tokens.is_sign(read.next, ','));
    let led = leads(cursor, read.next + comma)?;
    let year = led.days().map(|days| days.first().year());
    Some(of_year(partial, year, led.next))
}

/// A month, or a day of one, in a year.
fn of_year((month, day): (i8, Option<i8>), year: Option<i16>, next: usize) -> ReadDate {
    let days = year.and_then(|year| match day {
        Some(day) => Day::new(year, month, day).ok().map(Days::day),
        None => Days::months(year, month, month),
    });
    ReadDate::maybe(days, next)
}
