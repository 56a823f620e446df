//! Steps from the day of publication: this, the last and the next week, month or year.

use jiff::ToSpan;
use jiff::civil::{Date as Day, Weekday};

use crate::lexicon::class::{self, Class};
use crate::lexicon::{Sense, bit};
use crate::mention::cursor::Cursor;
use crate::mention::date::read_date::ReadDate;
use crate::value::Days;

/// The spans that have a current, a last and a next one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    Week,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Night,
}

pub(super) const SPANS: [(Class, Span); 8] = [
    (class::YEAR, Span::Year),
    (class::MONTH, Span::Month),
    (class::WEEK, Span::Week),
    (class::QUARTER, Span::Quarter),
    (class::DECADE, Span::Decade),
    (class::CENTURY, Span::Century),
    (class::WEEKEND, Span::Weekend),
    (class::NIGHT, Span::Night),
];

pub(super) fn step(cursor: Cursor<'_>, i: usize) -> Option<(i8, usize)> {
    cursor.phrase(i, bit::RELATIVE, |sense| match sense {
        Sense::Relative(step) => Some(*step),
        _ => None,
    })
}

/// "today", "yesterday morning", "tomorrow".
pub(super) fn named_day(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let (distance, next) = cursor.phrase(i, bit::DAY, |sense| match sense {
        Sense::Day(distance) => Some(*distance),
        _ => None,
    })?;
    // "The Today programme".
    if cursor.before(i, |cursor, before| cursor.is(before, class::THE)) {
        return None;
    }
    let end = cursor.behind(next, bit::DAY_PART).unwrap_or(next);
    let day = cursor.published.and_then(|today| today.checked_add(i32::from(distance).days()).ok());
    Some(ReadDate::maybe(day.map(Days::day), end))
}

/// "last year", "this fiscal year": a year only, with the index behind it.
pub(super) fn year(cursor: Cursor<'_>, i: usize) -> Option<(Option<Days>, usize)> {
    let (step, next) = step(cursor, i)?;
    let adjective = usize::from(cursor.is(next, class::KIND_OF_YEAR));
    let at = next + adjective;
    if !cursor.is(at, class::YEAR) || cursor.is(i, class::LENGTH_OF_TIME) {
        return None;
    }
    let days = cursor.published.and_then(|today| span_by_step(today, Span::Year, step));
    Some((days, at + 1))
}

pub(super) fn span_by_step(today: Day, span: Span, step: i8) -> Option<Days> {
    let moved = |days: i32| today.checked_add(days.days()).ok();
    let months = |count: i32| today.checked_add(count.months()).ok();
    match span {
        Span::Year => Days::year(today.year() + i16::from(step)),
        Span::Month => {
            let day = months(i32::from(step))?;
            Days::months(day.year(), day.month(), day.month())
        }
        Span::Quarter => {
            let day = months(3 * i32::from(step))?;
            let first = (day.month() - 1) / 3 * 3 + 1;
            Days::months(day.year(), first, first + 2)
        }
        Span::Week => week_of(moved(7 * i32::from(step))?),
        Span::Weekend => {
            let monday = week_of(moved(7 * i32::from(step))?)?.first();
            Days::new(monday.checked_add(5.days()).ok()?, monday.checked_add(6.days()).ok()?)
        }
        Span::Decade => {
            let first = today.year() - today.year().rem_euclid(10) + 10 * i16::from(step);
            Days::years(first, first + 9)
        }
        Span::Century => {
            let first = today.year() - today.year().rem_euclid(100) + 100 * i16::from(step);
            Days::years(first, first + 99)
        }
        Span::Night => moved(i32::from(step.min(0))).map(Days::day),
    }
}

/// Monday to Sunday, as in ISO 8601.
pub(super) fn week_of(day: Day) -> Option<Days> {
    let monday = day.checked_sub(i32::from(day.weekday().to_monday_zero_offset()).days()).ok()?;
    Days::new(monday, monday.checked_add(6.days()).ok()?)
}

/// The day of a week.
pub(super) fn weekday_within(week: Days, weekday: Weekday) -> Option<Day> {
    week.first().checked_add(i32::from(weekday.to_monday_zero_offset()).days()).ok()
}

pub(super) fn weekday_by_step(today: Day, weekday: Weekday, step: i8) -> Option<Day> {
    match step {
        0 => weekday_within(week_of(today)?, weekday),
        _ => today.nth_weekday(i32::from(step), weekday).ok(),
    }
}

pub(super) fn month_by_step(today: Day, month: i8, step: i8) -> i16 {
    match step {
        0 => today.year(),
        step if step < 0 => today.year() - i16::from(today.month() <= month),
        _ => today.year() + i16::from(month <= today.month()),
    }
}
