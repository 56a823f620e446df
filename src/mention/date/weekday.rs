//! Weekdays and times beside the days of a month, which must fall on the weekdays.

use jiff::civil::{Date as Day, Weekday};

use crate::lexicon::{bit, class};
use crate::mention::cursor::Cursor;
use crate::mention::date::calendar::day_of_month;
use crate::mention::date::named::Named;
use crate::mention::date::nearest::{nearest_weekday, year_of};
use crate::mention::date::parts::{self, day_number, month};
use crate::mention::date::read_date::ReadDate;
use crate::mention::date::step::named_day;
use crate::mention::date::{numeric_date, time, year};
use crate::mention::token::TokenKind;
use crate::value::{Days, Kind, OnWeekday};

/// Days of one month that are listed with their weekdays.
const MOST_LISTED: usize = 7;

/// A weekday with the date behind it: "Tuesday, 4 March 2025", "Sunday's (9 March)", "Saturday and
/// Sunday, 7 and 8 March".
pub(super) fn dated(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    several(cursor, i).or_else(|| one(cursor, i))
}

fn one(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let (weekday, next) = parts::weekday(cursor, i)?;
    // "VOTE DUE THURSDAY 2-MAR-2021 05:52": a headline, and the stamp of its hour.
    if parts::is_stamp(cursor, next) {
        return None;
    }
    let next = cursor.behind(next, bit::DAY_PART).unwrap_or(next);
    let (possessive, next) = match cursor.tokens.adjacent(next).map(|token| token.kind) {
        Some(TokenKind::Sign('\'' | '’')) if cursor.tokens.str(next + 1) == "s" => {
            (true, next + 2)
        }
        _ => (false, next),
    };
    let opened = cursor.tokens.is_sign(next, '(') || cursor.tokens.is_sign(next, '[');
    let comma = cursor.tokens.is_sign(next, ',');
    if possessive && !opened {
        return None;
    }
    let at = next + usize::from(opened || comma);
    let at = at + usize::from(cursor.is(at, class::THE));
    let mut found = day(cursor, at).or_else(|| {
        // "Tuesday 8/7" is a result as often as a date, but a year makes it one.
        let (readings, end) = numeric_date::read(cursor, at)?;
        Some(ReadDate { readings, ..ReadDate::maybe(None, end) })
    })?;
    if let Some(named) = found.named.as_mut().filter(|named| named.year.is_none())
        && let Some(year) = year_behind_time(cursor, found.next)
    {
        named.year = Some(year);
        found.readings = named.in_year(year).map(Days::day).into_iter().collect();
        found.partial = None;
    }
    if opened && matches!(cursor.tokens.get(found.next)?.kind, TokenKind::Sign(')' | ']')) {
        found.next += 1;
    }
    let is_other = is_part_of_name(cursor, i, opened)
        || goes_on_as_name(cursor, found.next)
        || is_behind_weekday(cursor, i);
    Some(if is_other { found } else { beside(cursor, found, weekday, i) })
}

/// The year of "Thu Apr 8 13:39:53 1997", as machines write it.
fn year_behind_time(cursor: Cursor<'_>, i: usize) -> Option<i16> {
    let time = cursor.tokens.is(i, TokenKind::Number).then(|| timed(cursor, i)).flatten()?;
    year::four_digits(cursor, time.next).map(|(year, _)| year)
}

/// The time that starts at a token, with its zone and with the day behind it.
pub(super) fn timed(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let (time, next) = time::read(cursor, i)?;
    let day = day_behind(cursor, next);
    let end = day.as_ref().map_or(next, |day| day.next);
    let mut read = day.unwrap_or_else(|| ReadDate::maybe(None, end));
    read.kind = Kind::Time;
    read.time = Some(time);
    read.partial = None;
    Some(read)
}

/// The day behind a time: "10 a.m. Tuesday", "noon on 5 May", "8:30 p.m., Friday".
fn day_behind(cursor: Cursor<'_>, next: usize) -> Option<ReadDate> {
    let comma = usize::from(cursor.tokens.is_sign(next, ','));
    let on = usize::from(cursor.is(next + comma, class::OF_ON));
    let at = next + comma + on;
    if let Some((readings, end)) = numeric_date::read(cursor, at) {
        return Some(ReadDate { readings, ..ReadDate::maybe(None, end) });
    }
    let the = usize::from(cursor.is(at, class::THE));
    if let Some(date) = day_of_month(cursor, at + the) {
        return Some(date);
    }
    if let Some((weekday, end)) = parts::weekday(cursor, at) {
        if let Some(date) = dated(cursor, at) {
            return Some(date);
        }
        let (day, leans) = nearest_weekday(cursor, weekday, at);
        let read = ReadDate::maybe(day.map(Days::day), end);
        return Some(ReadDate { weekday: Some(weekday), leans, ..read });
    }
    named_day(cursor, at)
}

/// Whether a capital letter before a word for a weekday makes the two a name: a newspaper, a club.
fn is_part_of_name(cursor: Cursor<'_>, i: usize, opened: bool) -> bool {
    let word = cursor.tokens.str(i);
    let may_be_other = word.len() <= 4 && cursor.is(i, class::WEEKDAY_OR_WORD);
    if may_be_other && !cursor.tokens.is_capital(i) {
        return true;
    }
    cursor.before(i, |cursor, before| {
        let is_name = cursor.tokens.is(before, TokenKind::Word)
            && cursor.tokens.is_capital(before)
            && cursor.tokens.senses(before) & (bit::FUNCTION | bit::RELATIVE | bit::HOLIDAY) == 0;
        (may_be_other && (is_name || cursor.is(before, class::THE)))
            || (opened && is_name && !cursor.is(before, class::WEEKDAY_OF_NAME))
    })
}

/// Whether a weekday is the last of several that one date stands behind: "Tuesday to Sunday, 1 April
/// to 31 October".
fn is_behind_weekday(cursor: Cursor<'_>, i: usize) -> bool {
    (1..=3).any(|back| {
        let before = i.checked_sub(back).filter(|&before| cursor.may(before, bit::WEEKDAY));
        before
            .and_then(|before| parts::weekday(cursor, before))
            .and_then(|(_, next)| behind_joint(cursor, next))
            .is_some_and(|next| next == i)
    })
}

/// Whether a hyphen joins a date to a word: "3 Mar-a-Lago members".
fn goes_on_as_name(cursor: Cursor<'_>, next: usize) -> bool {
    let hyphen = cursor.behind_hyphen(next);
    next < hyphen
        && cursor.tokens.is(hyphen, TokenKind::Word)
        && !cursor.may(hyphen, bit::WEEKDAY | bit::MONTH)
}

/// The date with the weekday that must be its own.
fn beside(cursor: Cursor<'_>, date: ReadDate, weekday: Weekday, i: usize) -> ReadDate {
    let days = match date.named {
        Some(named) => named.days(cursor, i),
        None => date.readings.iter().map(|days| days.first()).collect(),
    };
    ReadDate { weekday: Some(weekday), on_weekdays: vec![OnWeekday { weekday, days }], ..date }
}

/// A day of a month; or the number of one whose month stands behind the next weekday: "Tuesday 10
/// and Wednesday 11 November".
fn day(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    if let Some(found) = day_of_month(cursor, i) {
        return Some(found);
    }
    let (day, end) = day_number(cursor, i)?;
    let mut at = end;
    for _ in 0..MOST_LISTED {
        let next = behind_joint(cursor, at)?;
        let (_, next) = parts::weekday(cursor, next)?;
        let next = next + usize::from(cursor.tokens.is_sign(next, ','));
        let next = next + usize::from(cursor.is(next, class::THE));
        if let Some(last) = day_of_month(cursor, next) {
            let Named { year, month, .. } = last.named?;
            let named = Named { year, month, day };
            let year = year.or_else(|| last.days().map(|days| days.first().year()));
            let date = year.and_then(|year| named.in_year(year)).map(Days::day);
            let partial = named.year.is_none().then_some((month, Some(day)));
            let found = ReadDate { named: Some(named), partial, ..ReadDate::maybe(date, end) };
            return Some(ReadDate { leans: true, ..found });
        }
        at = day_number(cursor, next)?.1;
    }
    None
}

/// The token behind what joins two days: "and", "to", ", and", a dash, a comma.
fn behind_joint(cursor: Cursor<'_>, i: usize) -> Option<usize> {
    let comma = cursor.tokens.is_sign(i, ',');
    let at = i + usize::from(comma);
    let joins = cursor.is(at, class::JOINS_WEEKDAYS)
        || cursor.tokens.is_sign(at, '&')
        || cursor.tokens.is_sign(at, '/')
        || cursor.tokens.is(at, TokenKind::Dash);
    (comma || joins).then_some(at + usize::from(joins))
}

/// As many weekdays as days of one month: "Saturday and Sunday, 7 and 8 March".
fn several(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let (first, next) = parts::weekday(cursor, i)?;
    let mut weekdays = vec![first];
    let mut next = next;
    let mut spans = false;
    while let Some((weekday, end)) = behind_joint(cursor, next)
        .and_then(|at| parts::weekday(cursor, at))
        .filter(|_| weekdays.len() < 7)
    {
        spans |= is_span(cursor, next);
        weekdays.push(weekday);
        next = end;
    }
    if weekdays.len() < 2 {
        return None;
    }
    let opened = cursor.tokens.is_sign(next, '(');
    let at = next + usize::from(opened || cursor.tokens.is_sign(next, ','));
    let at = at + usize::from(cursor.is(at, class::THE));
    let month_first = month(cursor, at);
    let (mut days, mut end) = (Vec::new(), month_first.map_or(at, |(_, end)| end));
    while days.len() < weekdays.len() {
        let at = if days.is_empty() { end } else { behind_joint(cursor, end)? };
        spans |= !days.is_empty() && is_span(cursor, end);
        let (day, next) = day_number(cursor, at)?;
        days.push(day);
        end = next;
    }
    let of = usize::from(month_first.is_none() && cursor.is(end, class::OF));
    let (month, end) = match month_first {
        Some((month, _)) => (month, end),
        None => month(cursor, end + of)?,
    };
    let comma = usize::from(cursor.tokens.is_sign(end, ','));
    let (year, end) = match year::four_digits(cursor, end + comma) {
        Some((year, end)) => (Some(year), end),
        None => (None, end),
    };
    let named = |day: i8| Named { year, month, day };
    let listed = weekdays.iter().zip(&days);
    // "Thursday to Sunday, 1 to 18 March" are the opening days of some weeks.
    let fits = !spans || {
        let apart = weekdays[0].until(weekdays[weekdays.len() - 1]);
        days.last().zip(days.first()).is_some_and(|(last, first)| last - first == apart)
    };
    let on_weekdays = if fits {
        let one = |(&weekday, &day)| OnWeekday { weekday, days: named(day).days(cursor, i) };
        listed.map(one).collect()
    } else {
        Vec::new()
    };
    let (year, leans) = match year {
        Some(_) => (year, false),
        None => year_of(cursor, month, days.first().copied(), i),
    };
    let day = |day: Option<&i8>| Day::new(year?, month, *day?).ok().map(Days::day);
    let whole = day(days.first()).zip(day(days.last())).and_then(|(a, b)| a.through(b));
    let closed = opened && cursor.tokens.is_sign(end, ')');
    Some(ReadDate {
        kind: Kind::DateRange,
        on_weekdays,
        leans,
        ..ReadDate::maybe(whole, end + usize::from(closed))
    })
}

/// Whether two days are joined as the ends of a time, not as members of a list.
fn is_span(cursor: Cursor<'_>, i: usize) -> bool {
    cursor.is(i, class::TO_UNTIL) || cursor.tokens.is(i, TokenKind::Dash)
}

/// The weekdays of both ends of a range, the first in the year of the last if it has none.
///
/// A weekday at the beginning alone may be one that comes back: "open Sunday, 1 April to 31 October".
pub(super) fn of_both(cursor: Cursor<'_>, first: &ReadDate, last: &ReadDate) -> Vec<OnWeekday> {
    if last.on_weekdays.is_empty() {
        return Vec::new();
    }
    let mut all = first.on_weekdays.clone();
    if let (Some(named), Some(Named { year: Some(year), month, day })) = (first.named, last.named)
        && named.year.is_none()
        && let [only] = &mut *all
    {
        let turns = (month, day) < (named.month, named.day);
        let year = Some(year - i16::from(turns));
        only.days = Named { year, ..named }.days(cursor, 0);
    }
    all.extend(last.on_weekdays.iter().cloned());
    all
}

/// A date with the weekday that stands behind it: "4 March 2025, a Tuesday", "4 March (Tuesday)",
/// "March 4, which fell on a Tuesday".
pub(super) fn behind(cursor: Cursor<'_>, date: ReadDate, i: usize) -> ReadDate {
    let names_a_day = date.named.is_some()
        || (!date.readings.is_empty() && date.readings.iter().all(|d| d.first() == d.last()));
    if !names_a_day || !date.on_weekdays.is_empty() {
        return date;
    }
    match apposed(cursor, date.next) {
        Some((weekday, next)) => beside(cursor, ReadDate { next, ..date }, weekday, i),
        None => date,
    }
}

fn apposed(cursor: Cursor<'_>, next: usize) -> Option<(Weekday, usize)> {
    let sign = |i: usize, signs: &[char]| signs.iter().any(|&s| cursor.tokens.is_sign(i, s));
    if sign(next, &['(', '[']) {
        let a = usize::from(cursor.is(next + 1, class::A));
        let (weekday, end) = parts::weekday(cursor, next + 1 + a)?;
        return sign(end, &[')', ']']).then_some((weekday, end + 1));
    }
    let comma = usize::from(sign(next, &[',']));
    let dash = usize::from(comma == 0 && cursor.tokens.is(next, TokenKind::Dash));
    let at = next + comma + dash;
    let which = usize::from(comma == 1 && cursor.is(at, class::WHICH_ITSELF));
    let verb = at + which;
    let is = cursor.is(verb, class::IS_WAS);
    let falls = cursor.is(verb, class::FALLS);
    let will = cursor.is(verb, class::WILL) && cursor.is(verb + 1, class::WILL_FALL);
    let behind_verb = verb + usize::from(is || falls) + 2 * usize::from(will);
    let on = usize::from(behind_verb != verb && cursor.is(behind_verb, class::ON));
    let a = usize::from(cursor.is(behind_verb + on, class::A));
    if a == 1 && (comma + dash == 1 || behind_verb != verb) {
        let (weekday, end) = parts::weekday(cursor, behind_verb + on + a)?;
        let end = cursor.behind(end, bit::DAY_PART).unwrap_or(end);
        // "Was a Tuesday to remember" is one still; "is a Tuesday market" is not.
        let ends = !cursor.tokens.is(end, TokenKind::Word) || cursor.may(end, bit::FUNCTION);
        let joined = cursor.tokens.adjacent(end).is_some_and(|t| {
            t.kind == TokenKind::Dash || matches!(t.kind, TokenKind::Sign('\'' | '’'))
        });
        return (ends && !joined).then_some((weekday, end));
    }
    if comma == 1 && verb == at {
        let (weekday, end) = parts::weekday(cursor, at)?;
        let listed = (end..end + 5).any(|i| cursor.may(i, bit::WEEKDAY));
        let ends = end == cursor.tokens.len()
            || sign(end, &['.', ';', ')', ',', ':'])
            || cursor.is(end, class::AT);
        return (ends && !listed).then_some((weekday, end));
    }
    None
}
