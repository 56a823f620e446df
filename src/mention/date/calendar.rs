//! Dates that name a month or a part of a year.

use jiff::civil::Date as Day;

use crate::lexicon::{bit, class};
use crate::mention::cursor::Cursor;
use crate::mention::date::named::Named;
use crate::mention::date::parts::{day_number, is_announced, is_month_name, is_stamp, month};
use crate::mention::date::read_date::ReadDate;
use crate::mention::date::{nearest, period, step, year};
use crate::mention::token::TokenKind;
use crate::value::Days;

/// Dates that name a month or a part of a year.
pub(super) fn read(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    day_behind_another(cursor, i)
        .or_else(|| day_of_month(cursor, i))
        .or_else(|| month_of_year(cursor, i))
        .or_else(|| month_behind_year(cursor, i))
        .or_else(|| period::part(cursor, i))
        .or_else(|| period::season(cursor, i))
}

/// Whether a number is more than a day: "May 5 percent", "May 5.5", "May 12,000" , "5 May-be".
fn is_only_a_day(cursor: Cursor<'_>, end: usize) -> bool {
    let time = cursor.tokens.is_sign(end, ':')
        && cursor.tokens.adjacent(end).is_some()
        && cursor.tokens.adjacent(end + 1).is_some();
    !time && !cursor.may(end, bit::PERCENT | bit::SCALE)
}

/// "February 23, 2024", "Feb. 23 2024", "23 February 2024", "23rd of February", "May 5".
pub(super) fn day_of_month(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let ((month, day), next) = if let Some((month, next)) = month(cursor, i) {
        let dash = cursor.behind_hyphen(next);
        let the = usize::from(cursor.is(dash, class::THE));
        // "RAIN IN FEBRUARY 30-MAR-2021 00:55".
        if is_stamp(cursor, next) {
            return None;
        }
        let (day, next) = day_number(cursor, dash + the)?;
        ((month, day), next)
    } else {
        if !cursor.tokens.is(i, TokenKind::Number) && !cursor.may(i, bit::ORDINAL | bit::CARDINAL) {
            return None;
        }
        let (day, next) = day_number(cursor, i)?;
        if let Some(date) = day_of_this_month(cursor, day, next)
            .or_else(|| day_before_another(cursor, i, day, next))
        {
            return Some(date);
        }
        let next = if cursor.is(next, class::OF) { next + 1 } else { cursor.behind_hyphen(next) };
        if !is_month_name(cursor, next) {
            return None;
        }
        let (month, next) = month(cursor, next)?;
        ((month, day), next)
    };
    let comma = usize::from(cursor.tokens.is_sign(next, ','));
    let of = usize::from(cursor.is(next, class::IN_OF));
    let year = year::four_digits(cursor, cursor.behind_hyphen(next + comma.max(of)))
        .filter(|&(_, end)| !year::is_counted(cursor, end))
        .or_else(|| year::short(cursor, next))
        .or_else(|| year::in_words(cursor, next + of))
        .or_else(|| of_year(cursor, next))
        .or_else(|| of_that_year(cursor, next).and_then(|(year, end)| Some((year?, end))))
        .or_else(|| Some((year_of_list(cursor, next)?, next)));
    if let Some((year, end)) = year {
        // "31 June 2024" is a date too, though it has no days.
        let date = Day::new(year, month, day).ok();
        let named = Some(Named { year: Some(year), month, day });
        return Some(ReadDate { named, ..ReadDate::maybe(date.map(Days::day), end) });
    }
    let named = Named { year: None, month, day };
    let unknown = relative_year(cursor, next).map(|(_, end)| end);
    if let Some(end) = unknown.or_else(|| Some(of_that_year(cursor, next)?.1)) {
        return Some(ReadDate { named: Some(named), ..ReadDate::maybe(None, end) });
    }
    // "In November 31 schools closed" counts schools.
    let goes_on =
        cursor.tokens.is(next, TokenKind::Word) && !cursor.may(next, bit::FUNCTION | bit::CHANGE);
    if !is_only_a_day(cursor, next) || named.is_impossible() && goes_on {
        return None;
    }
    let (year, leans) = nearest::year_of(cursor, month, Some(day), i);
    let date = year.and_then(|year| Day::new(year, month, day).ok()).map(Days::day);
    Some(ReadDate {
        partial: Some((month, Some(day))),
        named: Some(named),
        leans,
        ..ReadDate::maybe(date, next)
    })
}

/// The "18" of "on 18 and 19 June": a day whose month stands behind the next one.
fn day_before_another(cursor: Cursor<'_>, i: usize, day: i8, next: usize) -> Option<ReadDate> {
    let joined = cursor.is(next, class::LIST_JOINT) && cursor.tokens.is(i, TokenKind::Number);
    let (last, end) = joined.then(|| day_number(cursor, next + 1)).flatten()?;
    let of = usize::from(cursor.is(end, class::OF));
    if !is_announced(cursor, i) || last <= day || !is_month_name(cursor, end + of) {
        return None;
    }
    let (month, end) = month(cursor, end + of)?;
    let comma = usize::from(cursor.tokens.is_sign(end, ','));
    let stated = year::four_digits(cursor, end + comma).map(|(year, _)| year);
    let year = stated.or_else(|| nearest::year_of(cursor, month, Some(day), i).0);
    let date = year.and_then(|year| Day::new(year, month, day).ok()).map(Days::day);
    let named = Some(Named { year, month, day });
    Some(ReadDate { named, leans: true, ..ReadDate::maybe(date, next) })
}

/// The year of "June 18 and 19, 2024" behind its first day.
fn year_of_list(cursor: Cursor<'_>, next: usize) -> Option<i16> {
    let (_, end) =
        cursor.is(next, class::LIST_JOINT).then(|| day_number(cursor, next + 1)).flatten()?;
    let comma = usize::from(cursor.tokens.is_sign(end, ','));
    year::four_digits(cursor, end + comma).map(|(year, _)| year)
}

/// The day behind another of its month: the "19" of "June 18 and 19".
fn day_behind_another(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let joined = cursor.tokens.is_digits(i, &[1, 2])
        && cursor.before(i, |cursor, before| cursor.is(before, class::LIST_JOINT));
    let first = i.checked_sub(2).filter(|&at| joined && cursor.tokens.is_digits(at, &[1, 2]))?;
    let before = first.checked_sub(1)?;
    let dot = usize::from(cursor.tokens.is_sign(before, '.'));
    let name = before.checked_sub(dot).filter(|&at| cursor.may(at, bit::MONTH))?;
    let (month, behind) = month(cursor, name).filter(|_| is_month_name(cursor, name))?;
    let (day, next) = day_number(cursor, i)?;
    let earlier: i8 = cursor.tokens.str(first).parse().ok()?;
    let goes_on = cursor.tokens.is(next, TokenKind::Word) && !cursor.may(next, bit::FUNCTION)
        || cursor.tokens.is_sign(next, '%')
        || !is_only_a_day(cursor, next);
    if behind != first || day <= earlier || goes_on {
        return None;
    }
    let comma = usize::from(cursor.tokens.is_sign(next, ','));
    let stated = year::four_digits(cursor, next + comma);
    let end = stated.map_or(next, |(_, end)| end);
    let year = stated.map(|(year, _)| year);
    let year = year.or_else(|| nearest::year_of(cursor, month, Some(day), name).0);
    let date = year.and_then(|year| Day::new(year, month, day).ok()).map(Days::day);
    let named = Some(Named { year, month, day });
    Some(ReadDate { named, leans: true, ..ReadDate::maybe(date, end) })
}

/// "The 12th of this month", "the second of last month".
fn day_of_this_month(cursor: Cursor<'_>, day: i8, next: usize) -> Option<ReadDate> {
    let (step, at) = cursor.is(next, class::OF).then(|| step::step(cursor, next + 1)).flatten()?;
    if !cursor.is(at, class::MONTH) {
        return None;
    }
    let month = cursor
        .published
        .and_then(|today| step::span_by_step(today, step::Span::Month, step))
        .map(Days::first);
    let date = month.and_then(|first| Day::new(first.year(), first.month(), day).ok());
    Some(ReadDate::maybe(date.map(Days::day), at + 1))
}

/// "Of last year", "this year" behind a month or a day; without days where the day of publication is not
/// known.
fn relative_year(cursor: Cursor<'_>, next: usize) -> Option<(Option<Days>, usize)> {
    let at = if cursor.is(next, class::OF) { next + 1 } else { next };
    step::year(cursor, at)
}

/// The same where it is known which year that is.
fn of_year(cursor: Cursor<'_>, next: usize) -> Option<(i16, usize)> {
    relative_year(cursor, next).and_then(|(days, end)| Some((days?.first().year(), end)))
}

/// "That year", "of the same year" behind a day: the year of the date told before, where there is one.
fn of_that_year(cursor: Cursor<'_>, next: usize) -> Option<(Option<i16>, usize)> {
    let of = usize::from(cursor.is(next, class::OF));
    let the = usize::from(cursor.is(next + of, class::THE));
    let at = next + of + the;
    (cursor.is(at, class::THAT_OR_SAME) && cursor.is(at + 1, class::YEAR))
        .then(|| (cursor.dated.map(|days| days.first().year()), at + 2))
}

/// "2017 April": the year first, and a month that is no name.
fn month_behind_year(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let (year, next) = year::four_digits(cursor, i)?;
    let is_name = cursor.is(next, class::MONTH_OR_NAME);
    let (month, end) = month(cursor, next).filter(|_| !is_name)?;
    let day_follows = day_number(cursor, end).is_some();
    (!day_follows).then(|| Some(ReadDate::of(Days::months(year, month, month)?, end)))?
}

/// "September 2022", "Sept. 2022", "September of 2022", "last May", "in May".
fn month_of_year(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let (month, next) = month(cursor, i)?;
    // "The December quarter" ends with its month.
    let quarter = cursor.is(cursor.behind_hyphen(next), class::QUARTER_OF_MONTH) && month % 3 == 0;
    let next = if quarter { cursor.behind_hyphen(next) + 1 } else { next };
    let first = if quarter { month - 2 } else { month };
    let comma = cursor.tokens.is_sign(next, ',')
        || cursor.is(next, class::OF)
        || cursor.is(next, class::IN);
    let at = if comma { next + 1 } else { cursor.behind_hyphen(next) };
    let year = year::four_digits(cursor, at)
        .filter(|&(_, end)| !year::is_counted(cursor, end))
        .or_else(|| year::short(cursor, next))
        .or_else(|| year::in_words(cursor, at))
        .or_else(|| of_year(cursor, next));
    if let Some((year, end)) = year {
        return Some(ReadDate::of(Days::months(year, first, month)?, end));
    }
    if let Some((_, end)) = relative_year(cursor, next) {
        return Some(ReadDate::maybe(None, end));
    }
    if !quarter && !is_bare_month(cursor, i, next) {
        return None;
    }
    let (year, leans) = nearest::year_of(cursor, month, None, i);
    let days = year.and_then(|year| Days::months(year, first, month));
    Some(ReadDate { partial: Some((month, None)), leans, ..ReadDate::maybe(days, next) })
}

/// Whether a month's name alone is a date: not a person's, not a verb.
fn is_bare_month(cursor: Cursor<'_>, i: usize, next: usize) -> bool {
    let is_doubtful = cursor.is(i, class::DOUBTFUL_MONTH);
    let name_follows = cursor.tokens.is_capital(next)
        && cursor.tokens.get(next).is_some_and(|token| token.spaced)
        && !cursor.may(next, bit::MONTH | bit::WEEKDAY);
    let announced = is_announced(cursor, i)
        || (cursor.before(i, |cursor, before| {
            cursor.tokens.is(before, TokenKind::Dash)
                || cursor.is(before, class::JOINS_FIGURES)
                    && cursor.may(before.saturating_sub(1), bit::MONTH)
        }));
    let joined = cursor.tokens.is(next, TokenKind::Dash) && cursor.may(next + 1, bit::MONTH)
        || cursor.is(next, class::JOINS_MONTHS) && cursor.may(next + 1, bit::MONTH);
    let is_common = cursor.is(i, class::MONTH_OR_COMMON_WORD);
    if is_doubtful {
        let in_month = cursor.before(i, |cursor, before| cursor.is(before, class::BEFORE_MONTH));
        return (cursor.tokens.is_capital(i) || !is_common || in_month)
            && (announced || joined || cursor.tokens.len() == 1);
    }
    (cursor.tokens.is_capital(i) || announced)
        && !(name_follows && !announced && cursor.tokens.str(i).len() < 6)
}
