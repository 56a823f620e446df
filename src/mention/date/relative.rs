//! Dates that are counted from the day of publication: "last year", "on Tuesday", "three years ago".

use jiff::ToSpan;
use jiff::civil::{Date as Day, Weekday};

use crate::lexicon::{Sense, bit, class};
use crate::mention::cursor::Cursor;
use crate::mention::date::nearest::nearest_weekday;
use crate::mention::date::parts::{self, day_number, is_announced, month, part_name};
use crate::mention::date::read_date::ReadDate;
use crate::mention::date::step::{
    SPANS, Span, month_by_step, named_day, span_by_step, step, week_of, weekday_by_step,
    weekday_within, year as step_year,
};
use crate::mention::date::{calendar, holiday, weekday, year};
use crate::mention::token::TokenKind;
use crate::value::{Amount, Base, Days, Direction, Kind};

/// "yesterday", "last year", "this week", "the previous month", "next Tuesday", "last May".
pub(super) fn read(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    if let Some(found) = named_day(cursor, i) {
        return Some(found);
    }
    if cursor.is(i, class::YEAR)
        && cursor.before(i, |cursor, before| cursor.is(before, class::ARTICLE))
        && let Some(span) = span_to(cursor, 12, i + 1)
    {
        return Some(span);
    }
    if let Some(found) =
        said_after(cursor, i).or_else(|| same(cursor, i)).or_else(|| the_weekend(cursor, i))
    {
        return Some(found);
    }
    let (step, next) = step(cursor, i)?;
    if let Some((weekday, end)) = parts::weekday(cursor, next) {
        // "Next Tuesday, 4 March".
        if let Some(date) = weekday::dated(cursor, next) {
            return Some(date);
        }
        let end = cursor.behind(end, bit::DAY_PART).unwrap_or(end);
        let day = cursor.published.and_then(|today| weekday_by_step(today, weekday, step));
        return Some(ReadDate {
            weekday: Some(weekday),
            ..ReadDate::maybe(day.map(Days::day), end)
        });
    }
    let is_verb = !cursor.tokens.is_capital(next) && cursor.is(next, class::MONTH_OR_VERB);
    if let Some((month, end)) = month(cursor, next).filter(|_| !is_verb) {
        let year = cursor.published.map(|today| month_by_step(today, month, step));
        let (day, end) = day_number(cursor, end).map_or((None, end), |(day, end)| (Some(day), end));
        let days = year.and_then(|year| match day {
            Some(day) => Day::new(year, month, day).ok().map(Days::day),
            None => Days::months(year, month, month),
        });
        return Some(ReadDate::maybe(days, end));
    }
    let is_span = cursor.is(i, class::LENGTH_OF_TIME);
    let adjective = usize::from(cursor.is(next, class::KIND_OF_LONG_YEAR));
    let at = next + adjective;
    let unit = SPANS.iter().find(|&&(unit, _)| cursor.is(at, unit)).map(|&(_, span)| span);
    if let Some(span) = unit {
        // "The past year" is a length of time.
        let is_ahead = 0 < step && matches!(span, Span::Decade | Span::Century);
        if is_span && adjective == 0 || is_ahead {
            return None;
        }
        // "The previous year" counts from the date before it, if there is one.
        let told = cursor.is(i, class::FROM_DATE_TOLD);
        let base = cursor.dated.filter(|_| told).map(|days| base_of(days, span));
        let leans = base.is_some();
        let days = base.or(cursor.published).and_then(|today| span_by_step(today, span, step));
        // "Next week on Tuesday".
        let on = usize::from(cursor.is(at + 1, class::ON));
        if span == Span::Week
            && let Some((weekday, end)) = parts::weekday(cursor, at + 1 + on)
        {
            let day = days.and_then(|week| weekday_within(week, weekday));
            return Some(ReadDate {
                weekday: Some(weekday),
                ..ReadDate::maybe(day.map(Days::day), end)
            });
        }
        // "Last year's fourth quarter".
        if span == Span::Year
            && let Some(((first, last), end)) =
                cursor.behind_genitive(at + 1).and_then(|part| part_name(cursor, part))
        {
            let part = days.and_then(|days| Days::months(days.first().year(), first, last));
            return Some(ReadDate::maybe(part, end));
        }
        return Some(ReadDate { leans, ..ReadDate::maybe(days, at + 1) });
    }
    if let Some(found) = holiday::by_step(cursor, next, step) {
        return Some(found);
    }
    if cursor.may(next, bit::SEASON) && !is_span {
        let days = cursor.published.and_then(|today| Days::year(today.year() + i16::from(step)));
        return Some(ReadDate::maybe(days, next + 1));
    }
    None
}

/// The day of a time from which "the previous year" counts: a year of account has the name of the one that
/// it ends in.
fn base_of(days: Days, span: Span) -> Day {
    let is_year = || days.first().until(days.last()).is_ok_and(|span| span.get_days() < 366);
    if span == Span::Year && is_year() { days.last() } else { days.first() }
}

/// "Over the weekend": the last one, or the next where the words before speak of what is to come.
fn the_weekend(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let is_it = cursor.is(i, class::WEEKEND)
        && cursor.before(i, |cursor, before| cursor.is(before, class::THE));
    if !is_it {
        return None;
    }
    let (saturday, leans) = nearest_weekday(cursor, Weekday::Saturday, i);
    let days = saturday.and_then(|saturday| {
        Days::day(saturday).through(Days::day(saturday.checked_add(1.days()).ok()?))
    });
    Some(ReadDate { leans, ..ReadDate::maybe(days, i + 1) })
}

/// "The year previous", "the month prior".
fn said_after(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    if !cursor.is(i + 1, class::SAID_AFTER)
        || !cursor.before(i, |cursor, before| cursor.is(before, class::THE))
    {
        return None;
    }
    let (_, span) = SPANS.into_iter().find(|&(name, _)| cursor.is(i, name))?;
    let base = cursor.dated.map(Days::first).or(cursor.published);
    let days = base.and_then(|day| span_by_step(day, span, -1));
    Some(ReadDate { leans: true, ..ReadDate::maybe(days, i + 2) })
}

/// "The same quarter a year earlier", "the same month last year", "the same period of 2023": the time
/// named before it, in another year.
fn same(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    if !cursor.is(i, class::SAME) {
        return None;
    }
    let months = match () {
        () if cursor.is(i + 1, class::QUARTER) => Some(3),
        () if cursor.is(i + 1, class::MONTH) => Some(1),
        () if cursor.is(i + 1, class::PERIOD) => None,
        () => return None,
    };
    let (year, next) = other_year(cursor, i + 2)?;
    let fits = |days: &Days| {
        let (first, last) = (days.first(), days.last());
        let length = i32::from(last.month()) - i32::from(first.month()) + 1;
        first.day() == 1
            && last == last.last_of_month()
            && first.year() == last.year()
            && length < 12
            && months.is_none_or(|months| months == length)
    };
    let days = cursor.dated.filter(fits).and_then(|days| {
        let (first, last) = (days.first(), days.last());
        Days::months(year.of(first)?, first.month(), last.month())
    });
    Some(ReadDate { leans: true, ..ReadDate::maybe(days, next) })
}

/// A year that is told beside the name of a shorter time.
#[derive(Clone, Copy)]
enum OtherYear {
    /// By its number; `None` where the day of publication would have to tell.
    Named(Option<i16>),
    /// By its distance from the time before.
    Earlier,
}

impl OtherYear {
    fn of(self, day: Day) -> Option<i16> {
        match self {
            Self::Named(year) => year,
            Self::Earlier => Some(day.year() - 1),
        }
    }
}

/// "A year earlier", "the year before", "last year", "of 2023".
fn other_year(cursor: Cursor<'_>, i: usize) -> Option<(OtherYear, usize)> {
    let at = if cursor.is(i, class::IN_OF) { i + 1 } else { i };
    if let Some((year, next)) = year::four_digits(cursor, at) {
        // "The same period in 2011/12".
        let goes_on = cursor
            .tokens
            .adjacent(next)
            .is_some_and(|token| matches!(token.kind, TokenKind::Dash | TokenKind::Sign('/')));
        return (!goes_on).then_some((OtherYear::Named(Some(year)), next));
    }
    let the = usize::from(cursor.is(at, class::THE));
    if let Some((days, next)) = step_year(cursor, at + the) {
        return Some((OtherYear::Named(days.map(|days| days.first().year())), next));
    }
    let is_year = cursor.is(at, class::ANY_ARTICLE) && cursor.is(at + 1, class::YEAR);
    let elapsed = cursor.phrase(at + 2, bit::ELAPSED, |sense| match sense {
        Sense::Elapsed(sign) if *sign < 0 => Some(()),
        _ => None,
    });
    let before = cursor.is(at + 2, class::BEFORE) || cursor.is(at + 2, class::SAID_AFTER);
    let next = elapsed.map(|((), next)| next).or(before.then_some(at + 3)).filter(|_| is_year)?;
    Some((OtherYear::Earlier, next))
}

/// "Tuesday", "Friday, 23 February 2024", "Tuesday of last week", "Monday night".
pub(super) fn weekday(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let (weekday, next) = parts::weekday(cursor, i)?;
    if let Some(date) = weekday::dated(cursor, i) {
        return Some(date);
    }
    let end = cursor.behind(next, bit::DAY_PART).unwrap_or(next);
    let of = usize::from(cursor.is(end, class::OF));
    let the = usize::from(cursor.is(end + of, class::THE));
    // "Tuesday of last week", "Friday next week".
    if (of == 1 || step(cursor, end).is_some())
        && let Some(week) = read(cursor, end + of + the)
        && cursor.is(week.next - 1, class::WEEK)
    {
        let day = week.days().and_then(|days| weekday_within(days, weekday));
        return Some(ReadDate {
            weekday: Some(weekday),
            ..ReadDate::maybe(day.map(Days::day), week.next)
        });
    }
    // "Every Tuesday" is no single day.
    if cursor.before(i, |cursor, before| cursor.is(before, class::EACH_EVERY)) {
        return None;
    }
    // "The Monday Club".
    if is_of_name(cursor, i, end) {
        return None;
    }
    // "Easter Monday", where that is no date.
    if holiday::ends_at(cursor, i + 1) {
        return None;
    }
    // An abbreviation alone is no day: "sun", "sat".
    let is_short = cursor.tokens.str(i).len() < 6;
    if is_short && !(cursor.tokens.is_capital(i) && is_announced(cursor, i)) {
        return None;
    }
    let (day, leans) = nearest_weekday(cursor, weekday, i);
    Some(ReadDate { weekday: Some(weekday), leans, ..ReadDate::maybe(day.map(Days::day), end) })
}

/// Whether a weekday between an article and a word with a capital begins a name: a paper, a club.
fn is_of_name(cursor: Cursor<'_>, i: usize, next: usize) -> bool {
    let name = cursor.tokens.str(next);
    cursor.before(i, |cursor, before| cursor.is(before, class::ANY_ARTICLE))
        && cursor.tokens.get(next).is_some_and(|token| token.spaced)
        && cursor.tokens.is(next, TokenKind::Word)
        && cursor.tokens.is_capital(next)
        && name.bytes().any(|b| b.is_ascii_lowercase())
        && !cursor.may(next, bit::MONTH | bit::WEEKDAY | bit::PART)
}

/// The date that a length of time makes with the word behind it: "three years ago", at the precision
/// of its unit. "Earlier" and "later" count from the date before them; without one, a year earlier
/// counts from the day of publication, and all else has no days.
pub(in crate::mention) fn elapsed(
    cursor: Cursor<'_>,
    amount: &Amount,
    next: usize,
) -> Option<(ReadDate, Direction)> {
    if amount.kind != Kind::Duration || amount.unit.per.is_some() {
        return None;
    }
    let (sign, end) = cursor.phrase(next, bit::ELAPSED, |sense| match sense {
        Sense::Elapsed(sign) => Some(*sign),
        _ => None,
    })?;
    let certain = cursor.is(next, class::ELAPSED_FOR_SURE);
    if !certain && cursor.is(end, class::COMPARES_TIME) {
        return None;
    }
    // "Twelve years later, in 2010": the date stands behind, and the time before it is its length.
    if !certain
        && cursor.tokens.is_sign(end, ',')
        && cursor.is(end + 1, class::IN_ON)
        && (year::four_digits(cursor, end + 2).is_some()
            || calendar::read(cursor, end + 2).is_some())
    {
        return None;
    }
    let unit = &*amount.unit.name;
    // Hours and minutes ago are no dates.
    if amount.unit.dimension.exponent(Base::Clock) != 0
        && !matches!(unit, "day" | "week" | "fortnight")
    {
        return None;
    }
    let base = match cursor.dated {
        _ if certain => cursor.published,
        Some(days) => is_as_fine(days, unit).then(|| days.first()),
        None if sign < 0 && unit == "year" => cursor.published,
        None => None,
    };
    let exact = amount.from == amount.to;
    let count = amount.to.to_i64().filter(|_| exact).and_then(|n| i32::try_from(n).ok());
    let days = match (base, count) {
        (Some(day), Some(count)) => moved(day, i32::from(sign).checked_mul(count)?, unit),
        _ => None,
    };
    let ago = cursor.is(next, class::AGO).then(|| Box::new(amount.clone()));
    Some((ReadDate { leans: !certain, ago, ..ReadDate::maybe(days, end) }, amount.hedge))
}

/// Whether a date is known as finely as a unit counts: a week after May is no week.
fn is_as_fine(days: Days, unit: &str) -> bool {
    let length = days.first().until(days.last()).map_or(i32::MAX, |span| span.get_days());
    match unit {
        "day" | "week" | "fortnight" => length == 0,
        "month" | "quarter" => length < 31,
        _ => length < 366,
    }
}

fn moved(today: Day, count: i32, unit: &str) -> Option<Days> {
    // More than the calendar has is no span: "eight million days ago".
    let by = |months: i32| today.checked_add(jiff::Span::new().try_months(months).ok()?).ok();
    let by_days = |days: i32| {
        let day = today.checked_add(jiff::Span::new().try_days(days).ok()?).ok();
        day.filter(|day| 1 <= day.year())
    };
    match unit {
        "day" => by_days(count).map(Days::day),
        "week" => week_of(by_days(count.checked_mul(7)?)?),
        "month" => by(count).and_then(|day| Days::months(day.year(), day.month(), day.month())),
        "quarter" => by(count.checked_mul(3)?)
            .and_then(|day| Days::months(day.year(), day.month(), day.month())),
        "year" => Days::year(i16::try_from(i32::from(today.year()).checked_add(count)?).ok()?),
        "decade" => Days::year(
            i16::try_from(i32::from(today.year()).checked_add(count.checked_mul(10)?)?).ok()?,
        ),
        "century" => Days::year(
            i16::try_from(i32::from(today.year()).checked_add(count.checked_mul(100)?)?).ok()?,
        ),
        _ => None,
    }
}

/// Whether the length of time at a token runs up to a year: "the four years to 2024".
pub(in crate::mention) fn years_to(
    cursor: Cursor<'_>,
    amount: &Amount,
    next: usize,
) -> Option<ReadDate> {
    let unit = &*amount.unit.name;
    if amount.kind != Kind::Duration || !matches!(unit, "year" | "month") {
        return None;
    }
    let count = i32::try_from(amount.to.to_i64()?).ok().filter(|count| (1..200).contains(count))?;
    span_to(cursor, if unit == "year" { count * 12 } else { count }, next)
}

/// "the year to March 2020", "the six months to 30 June": so many months up to the end of a date.
fn span_to(cursor: Cursor<'_>, months: i32, next: usize) -> Option<ReadDate> {
    if !cursor.is(next, class::TO) {
        return None;
    }
    let the = usize::from(cursor.is(next + 1, class::THE));
    let edge =
        cursor.behind(next + 1 + the, bit::EDGE).filter(|_| cursor.is(next + 1 + the, class::END));
    let at = edge.unwrap_or(next + 1);
    let last = match year::four_digits(cursor, at) {
        Some((year, end)) => ReadDate::of(Days::year(year)?, end),
        None => calendar::read(cursor, at)?,
    };
    let Some(end) = last.days().map(Days::last) else {
        return Some(ReadDate { kind: Kind::DateRange, ..ReadDate::maybe(None, last.next) });
    };
    let whole = end == end.last_of_month();
    let first = end.checked_sub(months.months()).ok()?;
    let first = if whole { first.last_of_month() } else { first }.checked_add(1.day()).ok()?;
    Some(ReadDate { kind: Kind::DateRange, ..ReadDate::of(Days::new(first, end)?, last.next) })
}
