//! Dates that are counted from the day of publication: "last year", "on Tuesday", "three years ago".

use jiff::ToSpan;
use jiff::civil::{Date as Day, Weekday};

use crate::lexicon::{Sense, bit};
use crate::mention::cursor::Cursor;
use crate::mention::date::{self, ReadDate};
use crate::mention::token::TokenKind;
use crate::mention::{holiday, weekday, year};
use crate::value::{Amount, Base, Days, Direction, Kind};

/// How far before a date the word may stand that points it to the future.
const REACH: usize = 10;
/// A month that is so many days ahead and has no word for the future before it lies ahead; one that
/// is further away is the last one.
const NEAR: i32 = 75;
/// The same for a month without a day.
const NEAR_MONTH: i32 = 45;

/// "yesterday", "last year", "this week", "the previous month", "next Tuesday", "last May".
pub(super) fn read(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    if let Some(found) = named_day(cursor, i) {
        return Some(found);
    }
    if cursor.is_word(i, "year")
        && cursor.before(i, |cursor, before| cursor.is_any(before, &["the", "a"]))
        && let Some(span) = span_to(cursor, 12, i + 1)
    {
        return Some(span);
    }
    let (step, next) = step(cursor, i)?;
    if let Some((weekday, end)) = weekday::name(cursor, next) {
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
    let is_verb = !cursor.tokens.is_capital(next) && cursor.is_any(next, &["may", "march", "mar"]);
    if let Some((month, end)) = date::month(cursor, next).filter(|_| !is_verb) {
        let year = cursor.published.map(|today| month_by_step(today, month, step));
        let (day, end) =
            date::day_number(cursor, end).map_or((None, end), |(day, end)| (Some(day), end));
        let days = year.and_then(|year| match day {
            Some(day) => Day::new(year, month, day).ok().map(Days::day),
            None => Days::months(year, month, month),
        });
        return Some(ReadDate::maybe(days, end));
    }
    let is_span = cursor.is_any(i, &["past", "coming"]);
    let adjective = usize::from(
        cursor.is_any(next, &["fiscal", "financial", "calendar", "full", "school", "academic"]),
    );
    let at = next + adjective;
    let unit = SPANS.iter().find(|(word, _)| cursor.is_word(at, word)).map(|&(_, span)| span);
    if let Some(span) = unit {
        // "The past year" is a length of time.
        if is_span {
            return None;
        }
        // "The previous year" counts from the date before it, if there is one.
        let told = cursor.is_any(i, &["previous", "preceding", "prior", "following"]);
        let base = cursor.dated.filter(|_| told).map(Days::first);
        let leans = base.is_some();
        let days = base.or(cursor.published).and_then(|today| span_by_step(today, span, step));
        // "Next week on Tuesday".
        let on = usize::from(cursor.is_word(at + 1, "on"));
        if span == Span::Week
            && let Some((weekday, end)) = weekday::name(cursor, at + 1 + on)
        {
            let day = days.and_then(|week| weekday_within(week, weekday));
            return Some(ReadDate {
                weekday: Some(weekday),
                ..ReadDate::maybe(day.map(Days::day), end)
            });
        }
        // "Last year's fourth quarter".
        if span == Span::Year
            && let Some(((first, last), end)) = behind_genitive(cursor, at + 1)
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

/// The part of a year behind "'s": "first quarter".
fn behind_genitive(cursor: Cursor<'_>, i: usize) -> Option<((i8, i8), usize)> {
    let apostrophe = matches!(cursor.tokens.adjacent(i)?.kind, TokenKind::Sign('\'' | '’'));
    (apostrophe && cursor.tokens.str(i + 1) == "s")
        .then(|| year::part_name(cursor, i + 2))
        .flatten()
}

/// The spans that have a current, a last and a next one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Span {
    Week,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Night,
}

const SPANS: [(&str, Span); 8] = [
    ("year", Span::Year),
    ("month", Span::Month),
    ("week", Span::Week),
    ("quarter", Span::Quarter),
    ("decade", Span::Decade),
    ("century", Span::Century),
    ("weekend", Span::Weekend),
    ("night", Span::Night),
];

fn step(cursor: Cursor<'_>, i: usize) -> Option<(i8, usize)> {
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
    let end = cursor.behind(next, bit::DAY_PART).unwrap_or(next);
    let day = cursor.published.and_then(|today| today.checked_add(i32::from(distance).days()).ok());
    Some(ReadDate::maybe(day.map(Days::day), end))
}

/// "last year", "this fiscal year": a year only, with the index behind it.
pub(super) fn year(cursor: Cursor<'_>, i: usize) -> Option<(Option<Days>, usize)> {
    let (step, next) = step(cursor, i)?;
    let adjective = usize::from(cursor.is_any(next, &["fiscal", "financial", "calendar"]));
    let at = next + adjective;
    if !cursor.is_word(at, "year") || cursor.is_any(i, &["past", "coming"]) {
        return None;
    }
    let days = cursor.published.and_then(|today| span_by_step(today, Span::Year, step));
    Some((days, at + 1))
}

fn span_by_step(today: Day, span: Span, step: i8) -> Option<Days> {
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
fn week_of(day: Day) -> Option<Days> {
    let monday = day.checked_sub(i32::from(day.weekday().to_monday_zero_offset()).days()).ok()?;
    Days::new(monday, monday.checked_add(6.days()).ok()?)
}

/// The day of a week.
pub(super) fn weekday_within(week: Days, weekday: Weekday) -> Option<Day> {
    week.first().checked_add(i32::from(weekday.to_monday_zero_offset()).days()).ok()
}

fn weekday_by_step(today: Day, weekday: Weekday, step: i8) -> Option<Day> {
    match step {
        0 => weekday_within(week_of(today)?, weekday),
        _ => today.nth_weekday(i32::from(step), weekday).ok(),
    }
}

/// The day of a weekday that stands alone: the last one, the day of publication included; or the
/// next one where the words before it speak of what is to come. Tells whether they did.
pub(super) fn nearest_weekday(
    cursor: Cursor<'_>,
    weekday: Weekday,
    i: usize,
) -> (Option<Day>, bool) {
    let (future, told) = is_to_come(cursor, i);
    let day = cursor.published.and_then(|today| match future {
        true if today.weekday() == weekday => Some(today),
        true => today.nth_weekday(1, weekday).ok(),
        false if today.weekday() == weekday => Some(today),
        false => today.nth_weekday(-1, weekday).ok(),
    });
    (day, told)
}

/// Whether the words before a date in its sentence speak of what is to come; for a date that opens
/// its sentence, whether those behind it do: "On Thursday the panel will meet".
fn is_future(cursor: Cursor<'_>, i: usize) -> bool {
    let ends = |at: usize| {
        matches!(cursor.tokens.get(at).map(|t| t.kind), Some(TokenKind::Sign('.' | ';')))
    };
    let mut before = 0;
    for at in (i.saturating_sub(REACH)..i).rev() {
        if ends(at) {
            break;
        }
        if cursor.behind(at, bit::FUTURE).is_some() {
            return true;
        }
        if is_past(cursor, at) {
            return false;
        }
        before += 1;
    }
    let opens = before <= 2;
    opens
        && (i + 1..i + REACH)
            .take_while(|&at| !ends(at) && !is_past(cursor, at))
            .any(|at| cursor.is_any(at, &["will", "shall"]))
}

/// Whether a date lies ahead: "until Friday" does, unless the words before say otherwise. Tells too
/// whether words had a say.
fn is_to_come(cursor: Cursor<'_>, i: usize) -> (bool, bool) {
    let bound = cursor.before(i, |cursor, before| cursor.is_any(before, &["until", "till", "by"]));
    let past = (i.saturating_sub(REACH)..i).any(|at| is_past(cursor, at));
    let future = bound && !past || is_future(cursor, i);
    (future, future || bound && past)
}

/// Whether a word tells of what has been: "said", "recovered".
fn is_past(cursor: Cursor<'_>, i: usize) -> bool {
    let word = cursor.tokens.str(i);
    cursor.may(i, bit::PAST)
        || (4 < word.len()
            && word.ends_with("ed")
            && cursor.tokens.is(i, TokenKind::Word)
            && !cursor.may(i, bit::FUTURE | bit::CARDINAL))
}

fn month_by_step(today: Day, month: i8, step: i8) -> i16 {
    match step {
        0 => today.year(),
        step if step < 0 => today.year() - i16::from(today.month() <= month),
        _ => today.year() + i16::from(month <= today.month()),
    }
}

/// The year of a month, or of a day of it, that is named without one: the nearest, but ahead only
/// where the words before say so or it is very near. Tells whether words did.
pub(super) fn year_of(
    cursor: Cursor<'_>,
    month: i8,
    day: Option<i8>,
    i: usize,
) -> (Option<i16>, bool) {
    let Some(today) = cursor.published else { return (None, false) };
    let at = |year: i16| Day::new(year, month, day.unwrap_or(15)).ok();
    let distance = |year: i16| {
        let found = at(year)?;
        today.until(found).ok().map(|span| span.get_days())
    };
    let same_month = today.month() == month && day.is_none();
    if same_month {
        return (Some(today.year()), false);
    }
    let (future, told) = is_to_come(cursor, i);
    // Four years, for the 29th of February.
    let ahead = (0..=4)
        .map(|step| today.year() + step)
        .filter_map(|year| Some((year, distance(year)?)))
        .find(|&(_, days)| 0 <= days);
    let behind = (0..=4)
        .map(|step| today.year() - step)
        .filter_map(|year| Some((year, distance(year)?)))
        .find(|&(_, days)| days <= 0);
    let near = if day.is_some() { NEAR } else { NEAR_MONTH };
    let year = match (ahead, behind) {
        (Some((year, days)), _) if future && days < 330 => Some(year),
        (Some((year, days)), Some((_, since))) if days <= near && days < -since => Some(year),
        (_, Some((year, _))) => Some(year),
        (Some((year, _)), None) => Some(year),
        (None, None) => None,
    };
    (year, told)
}

/// The date that a length of time makes with the word behind it: "three years ago", at the precision
/// of its unit. "Earlier" and "later" count from the date before them; without one, a year earlier
/// counts from the day of publication, and all else has no days.
pub(super) fn elapsed(
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
    let certain = cursor.is_any(next, &["ago", "from", "hence"]);
    if !certain && cursor.is_any(end, &["than", "this", "in"]) {
        return None;
    }
    // "Twelve years later, in 2010": the date stands behind, and the time before it is its length.
    if !certain
        && cursor.tokens.is_sign(end, ',')
        && cursor.is_any(end + 1, &["in", "on"])
        && (year::four_digits(cursor, end + 2).is_some()
            || date::calendar(cursor, end + 2).is_some())
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
    let ago = cursor.is_word(next, "ago").then(|| Box::new(amount.clone()));
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
pub(super) fn years_to(cursor: Cursor<'_>, amount: &Amount, next: usize) -> Option<ReadDate> {
    let unit = &*amount.unit.name;
    if amount.kind != Kind::Duration || !matches!(unit, "year" | "month") {
        return None;
    }
    let count = i32::try_from(amount.to.to_i64()?).ok().filter(|count| (1..200).contains(count))?;
    span_to(cursor, if unit == "year" { count * 12 } else { count }, next)
}

/// "the year to March 2020", "the six months to 30 June": so many months up to the end of a date.
fn span_to(cursor: Cursor<'_>, months: i32, next: usize) -> Option<ReadDate> {
    if !cursor.is_word(next, "to") {
        return None;
    }
    let the = usize::from(cursor.is_word(next + 1, "the"));
    let edge =
        cursor.behind(next + 1 + the, bit::EDGE).filter(|_| cursor.is_word(next + 1 + the, "end"));
    let at = edge.unwrap_or(next + 1);
    let last = match year::four_digits(cursor, at) {
        Some((year, end)) => ReadDate::of(Days::year(year)?, end),
        None => date::calendar(cursor, at)?,
    };
    let Some(end) = last.days().map(Days::last) else {
        return Some(ReadDate { kind: Kind::DateRange, ..ReadDate::maybe(None, last.next) });
    };
    let whole = end == end.last_of_month();
    let first = end.checked_sub(months.months()).ok()?;
    let first = if whole { first.last_of_month() } else { first }.checked_add(1.day()).ok()?;
    Some(ReadDate { kind: Kind::DateRange, ..ReadDate::of(Days::new(first, end)?, last.next) })
}
