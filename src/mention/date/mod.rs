//! Dates at every precision, with the bound or the weekday beside them.

mod calendar;
pub(super) mod era;
mod holiday;
mod named;
mod nearest;
pub(super) mod numeric_date;
pub(super) mod part_of_date;
pub(super) mod parts;
mod period;
mod read_date;
pub(super) mod relative;
mod step;
mod time;
mod weekday;
pub(super) mod year;

use jiff::civil::Date as Day;
pub(super) use read_date::ReadDate;

use crate::lexicon::{Sense, bit, class};
use crate::mention::cursor::Cursor;
use crate::mention::date::named::Named;
use crate::mention::date::parts::{day_number, month};
use crate::mention::token::TokenKind;
use crate::value::{DateBound, DateValue, Days, Direction, Kind};

/// What names a date or a part of one.
pub(super) const NAMES: u64 = bit::MONTH
    | bit::WEEKDAY
    | bit::PART
    | bit::DAY
    | bit::DECADE
    | bit::EDGE
    | bit::RELATIVE
    | bit::HOLIDAY
    | bit::SEASON
    | bit::TIME_OF_DAY;

/// What may start a date, beside digits.
const STARTS: u64 = NAMES | bit::BOUND | bit::ORDINAL | bit::CARDINAL | bit::HEDGE;

/// What a date begins with behind its bound, its hedge and its article, beside digits.
const PARTS: u64 = NAMES | bit::ORDINAL | bit::CARDINAL | bit::OPENER;

/// The date or range of dates that starts at a token, with its bound and its hedge.
pub(super) fn read(cursor: Cursor<'_>, i: usize) -> Option<(DateValue, usize, bool)> {
    let is_digits = cursor.tokens.is(i, TokenKind::Number);
    let opener = cursor.may(i, bit::OPENER);
    if is_digits && !may_be_date(cursor, i) {
        return None;
    }
    let apostrophe = matches!(cursor.tokens.get(i)?.kind, TokenKind::Sign('\'' | '’' | '‘'));
    let is_date = opener || apostrophe || cursor.may(i, STARTS) || era::leads(cursor, i).is_some();
    if !is_digits && !is_date {
        return None;
    }
    let bound = cursor.phrase(i, bit::BOUND, |sense| match sense {
        Sense::Bound(bound) => Some(*bound),
        _ => None,
    });
    // "Up to 30 September".
    let until = || {
        let dated = cursor.is(i, class::UP)
            && cursor.is(i + 1, class::TO)
            && cursor.tokens.is(i + 2, TokenKind::Number)
            && cursor.may(i + 3, bit::MONTH);
        dated.then_some((DateBound::Until, i + 2))
    };
    let (bound, start) =
        bound.or_else(until).map_or((None, i), |(bound, next)| (Some(bound), next));
    let hedge = cursor.phrase(start, bit::HEDGE, |sense| match sense {
        Sense::Hedge(index) => Some(cursor.lexicon.hedge(*index).direction),
        _ => None,
    });
    let (about, start) = match hedge {
        Some((Direction::About, next))
            if cursor.tokens.is(next, TokenKind::Number) || cursor.may(next, bit::MONTH) =>
        {
            (true, next)
        }
        _ => (false, start),
    };
    // "About 1500 stayed" counts, "from about 1500" and "circa 1500" date.
    let dates = bound.is_some()
        || year::is_bracketed(cursor, start)
        || about && i == 0 && start + 1 == cursor.tokens.len()
        || about && cursor.is(i, class::CIRCA)
        || about && cursor.before(i, |cursor, before| cursor.is(before, class::BEFORE_ABOUT_YEAR));
    let mut read = range(cursor, start, bound, dates)?;
    if about {
        read.0.hedge = Direction::About;
    }
    Some(read)
}

/// Whether a number may start a date, by what follows it.
fn may_be_date(cursor: Cursor<'_>, i: usize) -> bool {
    let text = cursor.tokens.str(i).as_bytes();
    let Some(next) = cursor.tokens.get(i + 1) else { return text.len() == 4 };
    let joined = !next.spaced && !matches!(next.kind, TokenKind::Sign(',' | '%' | ')' | ';'));
    match text.len() {
        1 | 2 => {
            joined
                || is_behind_day(cursor, i)
                || next.kind == TokenKind::Dash
                || next.senses & (bit::MONTH | bit::TIME_OF_DAY) != 0
                || (next.kind == TokenKind::Word
                    && next.range().len() <= 7
                    && cursor.is(i + 1, class::BEHIND_HOUR))
        }
        4 => true,
        3 | 5 => joined,
        _ => false,
    }
}

/// Whether a day of a month and what joins it to another stand before a number: the "19" of "June 18 and 19".
fn is_behind_day(cursor: Cursor<'_>, i: usize) -> bool {
    3 <= i
        && cursor.is(i - 1, class::LIST_JOINT)
        && cursor.tokens.is(i - 2, TokenKind::Number)
        && (cursor.may(i - 3, bit::MONTH)
            || 4 <= i && cursor.tokens.is_sign(i - 3, '.') && cursor.may(i - 4, bit::MONTH))
}

/// "2019–2023", "from March to May 2024", "between 2019 and 2023", or a single date.
fn range(
    cursor: Cursor<'_>,
    i: usize,
    bound: Option<DateBound>,
    hedged: bool,
) -> Option<(DateValue, usize, bool)> {
    let opener = cursor.may(i, bit::OPENER);
    let between = opener && cursor.is(i, class::BETWEEN);
    let opened = between || opener && cursor.is(i, class::FROM);
    let start = if opened { i + 1 } else { i };
    if let Some(range) = days_of_one_month(cursor, start) {
        let next = range.next;
        return Some((range.value(bound), next, false));
    }
    let mut first = single(cursor, start, hedged || bound.is_some() || opened)?;
    let next = first.next;
    let dash = cursor.tokens.is(next, TokenKind::Dash) || cursor.tokens.is_sign(next, '~');
    let joined = if between {
        cursor.is(next, class::AND)
    } else {
        dash || cursor.is(next, class::RANGE_TO)
    };
    let is_impossible = |date: &ReadDate| date.named.is_some_and(Named::is_impossible);
    if joined
        && first.kind != Kind::Time
        && !is_impossible(&first)
        && let Some(last) = single(cursor, next + 1, true)
        && last.kind != Kind::Time
    {
        let joined = if is_impossible(&last) { None } else { joined_days(&first, &last) };
        let Some((days, leans)) = joined else {
            // Two dates, and the word before them is that of neither.
            in_year_of(&mut first, &last);
            return (!opened).then(|| alone(cursor, i, first, bound, false));
        };
        let on_weekdays = weekday::of_both(cursor, &first, &last);
        let range = DateValue { bound, on_weekdays, ..DateValue::new(Kind::DateRange, days) };
        return Some((range, last.next, leans));
    }
    if between || (opened && bound.is_some()) {
        return None;
    }
    // "From 1100 to 1900 staff".
    let counts = opened
        && joined
        && cursor.tokens.is_digits(start, &[4])
        && next == start + 1
        && !year::likely(cursor, start)
        && cursor.tokens.is(next + 1, TokenKind::Number);
    if counts {
        return None;
    }
    Some(alone(cursor, i, first, bound, opened))
}

/// A date that is no range, though "from" may stand before it.
fn alone(
    cursor: Cursor<'_>,
    i: usize,
    first: ReadDate,
    bound: Option<DateBound>,
    opened: bool,
) -> (DateValue, usize, bool) {
    // "Up 8 % from May" compares.
    let compares = cursor.any_before(i, 8, bit::CHANGE | bit::PERCENT | bit::DIRECTION)
        || matches!(
            cursor.tokens.adjacent(first.next).map(|t| t.kind),
            Some(TokenKind::Sign('\'' | '’'))
        );
    let since = bound.or((opened && !compares).then_some(DateBound::Since));
    let leans = first.leans || opened;
    let next = first.next;
    (first.value(since), next, leans)
}

/// From the first to the last, the first taking the year that only the last has.
fn joined_days(first: &ReadDate, last: &ReadDate) -> Option<(Vec<Days>, bool)> {
    // "10/1/2018 - 10/7/2018" has its readings side by side.
    if first.readings.len() == 2 || last.readings.len() == 2 {
        let other = |readings: &[Days]| [readings.first().copied(), readings.last().copied()];
        let [from, to] = [other(&first.readings), other(&last.readings)];
        let pairs = from.into_iter().zip(to);
        let mut days: Vec<Days> = pairs.filter_map(|(from, to)| from?.through(to?)).collect();
        days.dedup();
        return (!days.is_empty()).then_some((days, first.leans || last.leans));
    }
    let to = match last.days() {
        Some(days) => days,
        None if last.readings.is_empty() && first.readings.len() < 2 => {
            return Some((Vec::new(), true));
        }
        None => return None,
    };
    // "From Saturday until 14 January": of which week it is, nobody can tell.
    if first.weekday.is_some() && first.named.is_none() && last.named.is_some() {
        return Some((Vec::new(), true));
    }
    let Some((month, day)) = first.partial else {
        let Some(from) = first.days() else {
            return first.readings.is_empty().then(|| (Vec::new(), true));
        };
        return Some((vec![from.through(to)?], first.leans || last.leans));
    };
    let year = to.last().year();
    let of = |year: i16| match day {
        Some(day) => Day::new(year, month, day).ok().map(Days::day),
        None => Days::months(year, month, month),
    };
    let from = of(year).filter(|from| from.first() <= to.last());
    let from = match from {
        Some(from) => from,
        // "November to March 2024" began the year before.
        None => of(year - 1).filter(|&from| day.is_none() || may_turn_year(from, to))?,
    };
    Some((vec![from.through(to)?], last.leans))
}

/// Whether days from one year to the next may be meant where only the last states its year. "From 9
/// June to 3 May 2024" is nobody's way to tell of eleven months; "from 6 April to 5 April 2024" is
/// a whole year.
fn may_turn_year(from: Days, to: Days) -> bool {
    let length = from.first().until(to.last()).map_or(i32::MAX, |span| span.get_days());
    length < LONG || (363..=366).contains(&length)
}

/// Days of a time that turns from one year to the next and is long, though not all of a year.
const LONG: i32 = 300;

/// Gives a day without a year the year of the one it is joined to, where the two make no range.
fn in_year_of(first: &mut ReadDate, last: &ReadDate) {
    if let (Some((month, Some(day))), Some(Named { year: Some(year), .. })) =
        (first.partial, last.named)
    {
        let date = Day::new(year, month, day).ok().map(Days::day);
        first.readings = date.into_iter().collect();
        first.leans = true;
    }
}

/// "March 1–5, 2024", "12–13 May", "the ninth till the seventeenth of April": two days of one month.
fn days_of_one_month(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let behind_the = |i: usize| if cursor.is(i, class::THE) { i + 1 } else { i };
    let joined = |i: usize| {
        cursor.tokens.is(i, TokenKind::Dash)
            || cursor.tokens.is_sign(i, '/') && cursor.tokens.adjacent(i).is_some()
            || cursor.is(i, class::RANGE_TO)
            || (cursor.is(i, class::AND) && cursor.any_between(i))
    };
    let (month, first, last, next) = if let Some((month, next)) = month(cursor, i) {
        let (first, next) = day_number(cursor, behind_the(next))?;
        let (last, next) = joined(next).then(|| day_number(cursor, behind_the(next + 1)))??;
        (month, first, last, next)
    } else {
        let i = behind_the(i);
        if !cursor.tokens.is(i, TokenKind::Number) && !cursor.may(i, bit::ORDINAL) {
            return None;
        }
        let (first, next) = day_number(cursor, i)?;
        let (last, next) = joined(next).then(|| day_number(cursor, behind_the(next + 1)))??;
        let of = usize::from(cursor.is(next, class::OF));
        let (month, next) = month(cursor, next + of)?;
        (month, first, last, next)
    };
    let comma = usize::from(cursor.tokens.is_sign(next, ','));
    let (stated, next) = match year::four_digits(cursor, next + comma) {
        Some((year, end)) => (Some(year), end),
        None if last <= first => return None,
        None => (None, next),
    };
    let range = ReadDate { kind: Kind::DateRange, ..ReadDate::maybe(None, next) };
    let end = Named { year: stated, month, day: last };
    if end.is_impossible() && first < last {
        return Some(ReadDate { named: Some(end), ..range });
    }
    let year = stated.or_else(|| nearest::year_of(cursor, month, Some(last), i).0);
    let Some(year) = year else { return Some(range) };
    let from = Days::day(Day::new(year, month, first).ok()?);
    let to = Days::day(Day::new(year, month, last).ok()?);
    Some(ReadDate { readings: vec![from.through(to)?], ..range })
}

/// A date that is no range, with the era beside its year.
fn single(cursor: Cursor<'_>, i: usize, announced: bool) -> Option<ReadDate> {
    era::leads(cursor, i)
        .or_else(|| without_era(cursor, i, announced).map(|read| era::of_date(cursor, read)))
}

/// One date at any precision. `announced` tells that a word before it leads one to expect a date.
fn without_era(cursor: Cursor<'_>, i: usize, announced: bool) -> Option<ReadDate> {
    // "The day before yesterday" begins with its article.
    if let Some(day) = step::named_day(cursor, i) {
        return Some(day);
    }
    let the = cursor.may(i, bit::OPENER) && cursor.is(i, class::THE);
    let i = if the { i + 1 } else { i };
    let token = cursor.tokens.get(i)?;
    let is_weekend = the && cursor.is(i, class::WEEKEND);
    if token.kind == TokenKind::Word && token.senses & PARTS == 0 && !is_weekend {
        return None;
    }
    if let Some((readings, next)) = numeric_date::read(cursor, i) {
        let date = ReadDate { readings, ..ReadDate::maybe(None, next) };
        return Some(weekday::behind(cursor, date, i));
    }
    if cursor.tokens.is_digits(i, &[4]) {
        return four_digits(cursor, i, announced);
    }
    period::short_part(cursor, i)
        .or_else(|| weekday::timed(cursor, i))
        .or_else(|| relative::weekday(cursor, i))
        .or_else(|| part_of_date::read(cursor, i))
        .or_else(|| holiday::read(cursor, i))
        .or_else(|| calendar::read(cursor, i).map(|date| weekday::behind(cursor, date, i)))
        .or_else(|| relative::read(cursor, i))
        .or_else(|| edge(cursor, i))
        .or_else(|| period::read(cursor, i, announced))
}

/// What four digits may be: "1830 GMT", "2019 Q1", "2017 April", a year.
fn four_digits(cursor: Cursor<'_>, i: usize, announced: bool) -> Option<ReadDate> {
    let next = cursor.behind_hyphen(i + 1);
    let timed = cursor.may(next, bit::ZONE) || cursor.is(next, class::HOURS);
    if let Some(time) = timed.then(|| weekday::timed(cursor, i)).flatten() {
        return Some(time);
    }
    let part = cursor.behind_genitive(i + 1).is_some_and(|part| cursor.may(part, bit::PART));
    let named = (part || cursor.may(next, bit::MONTH | bit::PART))
        .then(|| calendar::read(cursor, i))
        .flatten();
    named.or_else(|| period::read(cursor, i, announced))
}

/// "early 2024", "the end of June", "late last year": as wide as the date behind the word.
fn edge(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let next = cursor.behind(i, bit::EDGE)?;
    let at = cursor.behind_hyphen(next);
    let at = if cursor.is(at, class::IN_OF) { at + 1 } else { at };
    let at = if cursor.is(at, class::THE) { at + 1 } else { at };
    calendar::read(cursor, at)
        .or_else(|| relative::read(cursor, at))
        .or_else(|| relative::weekday(cursor, at).filter(|_| at == next))
        .or_else(|| period::read(cursor, at, true))
        .or_else(|| this_span(cursor, at))
}

/// The "year" of "the end of the year", or the month or week: that of publication.
fn this_span(cursor: Cursor<'_>, at: usize) -> Option<ReadDate> {
    let is_it = cursor.before(at, |cursor, before| cursor.is(before, class::THE))
        && !cursor.is(at + 1, class::YEAR_GOES_ON)
        && cursor.tokens.adjacent(at + 1).is_none_or(|t| matches!(t.kind, TokenKind::Sign(_)));
    let (_, span) = step::SPANS.into_iter().filter(|_| is_it).find(|&(unit, span)| {
        matches!(span, step::Span::Year | step::Span::Month | step::Span::Week)
            && cursor.is(at, unit)
    })?;
    let days = cursor.published.and_then(|today| step::span_by_step(today, span, 0));
    Some(ReadDate { leans: true, ..ReadDate::maybe(days, at + 1) })
}
