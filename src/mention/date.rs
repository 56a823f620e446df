//! Dates at every precision, with the bound or the weekday beside them.

use jiff::civil::{Date as Day, Weekday};

use crate::lexicon::Sense;
use crate::mention::cursor::Cursor;
use crate::mention::token::TokenKind;
use crate::value::{DateBound, DateValue, Days, Direction, Kind};

/// Years that a bare number of four digits may be.
const YEARS: std::ops::RangeInclusive<i16> = 1000..=2999;

/// The date or range of dates that starts at a token, with its bound and its hedge.
pub(super) fn read(cursor: Cursor<'_>, i: usize) -> Option<(DateValue, usize)> {
    let bound = cursor.phrase(i, |sense| match sense {
        Sense::Bound(bound) => Some(*bound),
        _ => None,
    });
    let (bound, start) = bound.map_or((None, i), |(bound, next)| (Some(bound), next));
    let hedge = cursor.phrase(start, |sense| match sense {
        Sense::Hedge(index) => Some(cursor.lexicon.hedge(*index).direction),
        _ => None,
    });
    if let Some((Direction::About, next)) = hedge {
        let (mut date, end) = range(cursor, next, bound)?;
        date.hedge = Direction::About;
        date.readings = date.readings.into_iter().map(Days::widened).collect();
        return Some((date, end));
    }
    range(cursor, start, bound)
}

/// "2019–2023", "from March to May 2024", "between 2019 and 2023", or a single date.
fn range(cursor: Cursor<'_>, i: usize, bound: Option<DateBound>) -> Option<(DateValue, usize)> {
    let between = cursor.is_word(i, "between");
    let opened = between || cursor.is_word(i, "from");
    let start = if opened { i + 1 } else { i };
    let shared = shared_year(cursor, start, between);
    let needs_end = shared.is_some();
    let (first, next) = match shared {
        Some(first) => first,
        None => single(cursor, start)?,
    };
    let joined = if between {
        cursor.is_word(next, "and")
    } else {
        cursor.tokens.is(next, TokenKind::Dash)
            || cursor.is_any(next, &["to", "until", "through", "till"])
    };
    if joined
        && let Some((last, end)) = single(cursor, next + 1)
        && let ([from], [to]) = (&*first.readings, &*last.readings)
        && let Some(days) = from.through(*to)
    {
        return Some((date(Kind::DateRange, vec![days], bound), end));
    }
    if between || (opened && bound.is_some()) || needs_end {
        return None;
    }
    let since = bound.or(opened.then_some(DateBound::Since));
    Some((DateValue { bound: since, kind: Kind::Date, ..first }, next))
}

fn date(kind: Kind, readings: Vec<Days>, bound: Option<DateBound>) -> DateValue {
    DateValue { kind, readings, bound, weekday: None, hedge: Direction::Exact }
}

/// "March to May 2024": a month, or a month and a day, that takes its year from the date behind.
fn shared_year(cursor: Cursor<'_>, i: usize, between: bool) -> Option<(DateValue, usize)> {
    let (month, next) = month(cursor, i)?;
    let day = day_number(cursor, next);
    let behind = day.map_or(next, |(_, end)| end);
    let joined = if between {
        cursor.is_word(behind, "and")
    } else {
        cursor.tokens.is(behind, TokenKind::Dash)
            || cursor.is_any(behind, &["to", "until", "through", "till"])
    };
    if !joined {
        return None;
    }
    let (last, _) = single(cursor, behind + 1)?;
    let year = last.readings.first()?.first().year();
    let days = match day {
        Some((day, _)) => Days::day(Day::new(year, month, day).ok()?),
        None => Days::months(year, month, month)?,
    };
    Some((date(Kind::Date, vec![days], None), behind))
}

/// One date at any precision.
fn single(cursor: Cursor<'_>, i: usize) -> Option<(DateValue, usize)> {
    let article = cursor.is_word(i, "the");
    let i = if article { i + 1 } else { i };
    if let Some((readings, next)) = numeric(cursor, i) {
        return Some((date(Kind::Date, readings, None), next));
    }
    if let Some((weekday, next)) = weekday(cursor, i) {
        let behind = if cursor.tokens.is_sign(next, ',') { next + 1 } else { next };
        let (mut found, end) = day_of_month(cursor, behind)?;
        found.weekday = Some(weekday);
        return Some((found, end));
    }
    day_of_month(cursor, i)
        .or_else(|| month_of_year(cursor, i))
        .or_else(|| part_of_year(cursor, i))
        .or_else(|| whole_years(cursor, i))
}

fn weekday(cursor: Cursor<'_>, i: usize) -> Option<(Weekday, usize)> {
    let (day, next) = cursor.phrase(i, |sense| match sense {
        Sense::Weekday(day) => Some(*day),
        _ => None,
    })?;
    Some((Weekday::from_monday_one_offset(day).ok()?, behind_dot(cursor, next)))
}

fn month(cursor: Cursor<'_>, i: usize) -> Option<(i8, usize)> {
    let (month, next) = cursor.phrase(i, |sense| match sense {
        Sense::Month(month) => Some(*month),
        _ => None,
    })?;
    Some((month, behind_dot(cursor, next)))
}

/// Steps over the dot of an abbreviation: "Feb. 23".
fn behind_dot(cursor: Cursor<'_>, i: usize) -> usize {
    let dot = cursor.tokens.adjacent(i).is_some_and(|t| t.kind == TokenKind::Sign('.'));
    if dot { i + 1 } else { i }
}

/// A year of four digits.
fn year(cursor: Cursor<'_>, i: usize) -> Option<(i16, usize)> {
    let year = cursor.tokens.is_digits(i, &[4]).then(|| cursor.tokens.str(i).parse().ok())??;
    YEARS.contains(&year).then_some((year, i + 1))
}

/// The day of a month: "23", "23rd".
fn day_number(cursor: Cursor<'_>, i: usize) -> Option<(i8, usize)> {
    let day = cursor.tokens.is_digits(i, &[1, 2]).then(|| cursor.tokens.str(i).parse().ok())??;
    let suffix =
        cursor.tokens.adjacent(i + 1).is_some() && cursor.is_any(i + 1, &["st", "nd", "rd", "th"]);
    (1..=31).contains(&day).then_some((day, if suffix { i + 2 } else { i + 1 }))
}

/// "February 23, 2024", "Feb. 23 2024", "23 February 2024", "23rd of February, 2024".
fn day_of_month(cursor: Cursor<'_>, i: usize) -> Option<(DateValue, usize)> {
    let ((month, day), next) = if let Some((month, next)) = month(cursor, i) {
        let (day, next) = day_number(cursor, next)?;
        ((month, day), next)
    } else {
        let (day, next) = day_number(cursor, i)?;
        let next = if cursor.is_word(next, "of") { next + 1 } else { next };
        let (month, next) = month(cursor, next)?;
        ((month, day), next)
    };
    let next = if cursor.tokens.is_sign(next, ',') { next + 1 } else { next };
    let (year, end) = year(cursor, next)?;
    let day = Day::new(year, month, day).ok()?;
    Some((date(Kind::Date, vec![Days::day(day)], None), end))
}

/// "September 2022", "Sept. 2022", "September of 2022".
fn month_of_year(cursor: Cursor<'_>, i: usize) -> Option<(DateValue, usize)> {
    let (month, next) = month(cursor, i)?;
    let next = if cursor.tokens.is_sign(next, ',') || cursor.is_word(next, "of") {
        next + 1
    } else {
        next
    };
    let (year, end) = year(cursor, next)?;
    Some((date(Kind::Date, vec![Days::months(year, month, month)?], None), end))
}

/// "the first half of 2024", "Q3 2024", "H1 of 2024".
fn part_of_year(cursor: Cursor<'_>, i: usize) -> Option<(DateValue, usize)> {
    let ((first, last), next) = cursor.phrase(i, |sense| match sense {
        Sense::Part(first, last) => Some((*first, *last)),
        _ => None,
    })?;
    let next =
        if cursor.is_any(next, &["of", "in"]) { next + 1 } else { cursor.behind_hyphen(next) };
    let (year, end) = year(cursor, next)?;
    Some((date(Kind::Date, vec![Days::months(year, first, last)?], None), end))
}

/// "2021", "the 1990s", "2003-04".
fn whole_years(cursor: Cursor<'_>, i: usize) -> Option<(DateValue, usize)> {
    let (first, next) = year(cursor, i)?;
    let adjacent = cursor.tokens.adjacent(next).is_some();
    if adjacent && cursor.is_word(next, "s") && first % 10 == 0 {
        return Some((date(Kind::Date, vec![Days::years(first, first + 9)?], None), next + 1));
    }
    let dash = adjacent && cursor.tokens.is(next, TokenKind::Dash);
    let second =
        cursor.tokens.adjacent(next + 1).is_some() && cursor.tokens.is_digits(next + 1, &[2]);
    if dash && second {
        // "2003-04" runs from some day of the one year to some day of the next.
        let follows = cursor.tokens.str(next + 1).parse::<i16>().ok()? == (first + 1) % 100;
        let days = Days::years(first, first + 1)?;
        return follows.then(|| (date(Kind::DateRange, vec![days], None), next + 2));
    }
    Some((date(Kind::Date, vec![Days::year(first)?], None), next))
}

/// "2024-03-26", "08/07/2025" in its two readings, "26.03.2024".
fn numeric(cursor: Cursor<'_>, i: usize) -> Option<(Vec<Days>, usize)> {
    let tokens = cursor.tokens;
    if let Some((day, next)) = dotted(cursor, i) {
        return Some((vec![day], next));
    }
    let separator = tokens.adjacent(i + 1)?.kind;
    let same = tokens.adjacent(i + 3)?.kind == separator;
    tokens.adjacent(i + 2)?;
    tokens.adjacent(i + 4)?;
    let number = |i: usize| tokens.str(i).parse::<i16>().ok();
    let small = |i: usize| i8::try_from(number(i)?).ok();
    let is_day = |i: usize| tokens.is_digits(i, &[1, 2]);
    if !same {
        return None;
    }
    match separator {
        TokenKind::Dash if tokens.is_digits(i, &[4]) && is_day(i + 2) && is_day(i + 4) => {
            let day = Day::new(number(i)?, small(i + 2)?, small(i + 4)?).ok()?;
            (1 <= day.year()).then_some((vec![Days::day(day)], i + 5))
        }
        TokenKind::Sign('/') if is_day(i) && is_day(i + 2) && tokens.is_digits(i + 4, &[4]) => {
            let year = number(i + 4).filter(|year| 1 <= *year)?;
            let (a, b) = (small(i)?, small(i + 2)?);
            let mut readings: Vec<Days> = [(a, b), (b, a)]
                .into_iter()
                .filter_map(|(month, day)| Day::new(year, month, day).ok().map(Days::day))
                .collect();
            readings.dedup();
            (!readings.is_empty()).then_some((readings, i + 5))
        }
        _ => None,
    }
}

/// "26.03.2024": the tokenizer reads "26.03" as one number.
fn dotted(cursor: Cursor<'_>, i: usize) -> Option<(Days, usize)> {
    let tokens = cursor.tokens;
    let (day, month) = tokens.str(i).split_once('.')?;
    let dot = tokens.adjacent(i + 1).is_some_and(|t| t.kind == TokenKind::Sign('.'));
    if !dot || tokens.adjacent(i + 2).is_none() || !tokens.is_digits(i + 2, &[4]) {
        return None;
    }
    let small = |text: &str| (text.len() <= 2).then(|| text.parse::<i8>().ok()).flatten();
    let year = tokens.str(i + 2).parse::<i16>().ok().filter(|year| 1 <= *year)?;
    let day = Day::new(year, small(month)?, small(day)?).ok()?;
    Some((Days::day(day), i + 3))
}
