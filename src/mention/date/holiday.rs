//! Holidays: "Christmas Day 2018", "on Good Friday", "last Easter".

use jiff::ToSpan;
use jiff::civil::{Date as Day, Weekday, date};

use crate::lexicon::{Holiday, Sense, bit, class};
use crate::mention::cursor::Cursor;
use crate::mention::date::read_date::ReadDate;
use crate::mention::date::{nearest, step, weekday, year};
use crate::value::Days;

/// Words of a holiday's name, at most.
const LONGEST: usize = 4;

/// A holiday with a year, or behind a word that leads one to expect a date: no "Christmas tree".
pub(super) fn read(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let (holiday, next) = cursor.phrase(i, bit::HOLIDAY, |sense| match sense {
        Sense::Holiday(holiday) => Some(*holiday),
        _ => None,
    })?;
    // "Easter Monday, 13 April 2020" has its date beside it.
    if let Some(date) = next.checked_sub(1).and_then(|last| weekday::dated(cursor, last)) {
        return Some(date);
    }
    let of = usize::from(cursor.is(next, class::OF));
    if let Some((year, end)) = year::four_digits(cursor, next + of) {
        return Some(ReadDate::of(Days::day(day_in(holiday, year)?), end));
    }
    if let Some((days, end)) = step::year(cursor, next + of) {
        let day = days.and_then(|days| day_in(holiday, days.first().year()));
        return Some(ReadDate::maybe(day.map(Days::day), end));
    }
    // "On Christmas Day or Boxing Day".
    let is_second = cursor.before(i, |cursor, before| {
        (cursor.is(before, class::OR) || cursor.is(before, class::AND)) && ends_at(cursor, before)
    });
    let announced =
        is_second || cursor.before(i, |cursor, before| cursor.is(before, class::BEFORE_HOLIDAY));
    let goes_on = cursor.tokens.get(next).is_some_and(|token| {
        token.kind == crate::mention::token::TokenKind::Word
            && token.spaced
            && token.senses & bit::FUNCTION == 0
    });
    if !announced || goes_on {
        return None;
    }
    let (day, leans) = nearest(cursor, holiday, i);
    Some(ReadDate { leans, ..ReadDate::maybe(day.map(Days::day), next) })
}

/// Whether a holiday's name ends before a token.
pub(super) fn ends_at(cursor: Cursor<'_>, end: usize) -> bool {
    (end.saturating_sub(LONGEST)..end)
        .any(|at| cursor.may(at, bit::HOLIDAY) && cursor.behind(at, bit::HOLIDAY) == Some(end))
}

/// "Last Easter", "next Thanksgiving".
pub(super) fn by_step(cursor: Cursor<'_>, i: usize, step: i8) -> Option<ReadDate> {
    let (holiday, next) = cursor.phrase(i, bit::HOLIDAY, |sense| match sense {
        Sense::Holiday(holiday) => Some(*holiday),
        _ => None,
    })?;
    let day = cursor.published.and_then(|today| {
        let this = day_in(holiday, today.year())?;
        let year = match step {
            0 => today.year(),
            step if step < 0 => today.year() - i16::from(today <= this),
            _ => today.year() + i16::from(this <= today),
        };
        day_in(holiday, year)
    });
    Some(ReadDate::maybe(day.map(Days::day), next))
}

fn nearest(cursor: Cursor<'_>, holiday: Holiday, i: usize) -> (Option<Day>, bool) {
    let Some(today) = cursor.published else { return (None, false) };
    let Some(this) = day_in(holiday, today.year()) else { return (None, false) };
    let (year, leans) = nearest::year_of(cursor, this.month(), Some(this.day()), i);
    (year.and_then(|year| day_in(holiday, year)), leans)
}

fn day_in(holiday: Holiday, year: i16) -> Option<Day> {
    match holiday {
        Holiday::Day(month, day) => Day::new(year, month, day).ok(),
        Holiday::Easter(days) => easter(year)?.checked_add(i32::from(days).days()).ok(),
        Holiday::After(month, weekday, nth, days) => {
            let day = day_in(Holiday::Weekday(month, weekday, nth), year)?;
            day.checked_add(i32::from(days).days()).ok()
        }
        Holiday::Weekday(month, weekday, nth) => {
            let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
            Day::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
        }
    }
}

/// Easter Sunday of the Gregorian calendar, by the method that Nature published on 20 April 1876 and
/// Meeus gives in "Astronomical Algorithms", chapter 8.
#[expect(clippy::many_single_char_names, reason = "the names of the published method")]
fn easter(year: i16) -> Option<Day> {
    if !(1583..=9999).contains(&year) {
        return None;
    }
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let days = h + l - 7 * m + 114;
    date(year, 1, 1)
        .with()
        .month(i8::try_from(days / 31).ok()?)
        .day(i8::try_from(days % 31 + 1).ok()?)
        .build()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_almanacs_have_it() {
        for (year, month, day) in [
            (1818, 3, 22),
            (1954, 4, 18),
            (2000, 4, 23),
            (2018, 4, 1),
            (2024, 3, 31),
            (2038, 4, 25),
        ] {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
    }

    #[test]
    fn a_weekday_of_a_month_is_counted_from_either_end() {
        let day = |text: &str, year| day_in(Holiday::parse(text).unwrap(), year);
        assert_eq!(day("11-thu-4", 2023), Some(date(2023, 11, 23)));
        assert_eq!(day("5-mon--1", 2024), Some(date(2024, 5, 27)));
        assert_eq!(day("easter-2", 2024), Some(date(2024, 3, 29)));
        assert_eq!(day("11-thu-4+1", 2024), Some(date(2024, 11, 29)));
        assert_eq!(day("11-thu-4+4", 2024), Some(date(2024, 12, 2)));
    }
}
