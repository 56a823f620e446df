//! Dates at every precision, with the bound or the weekday beside them.

use jiff::civil::{Date as Day, Weekday};

use crate::lexicon::{Sense, bit};
use crate::mention::cursor::Cursor;
use crate::mention::token::TokenKind;
use crate::mention::weekday::{self, Named};
use crate::mention::{era, holiday, numeric_date, part_of_date, relative, time, words, year};
use crate::value::{Amount, DateBound, DateValue, Days, Direction, Kind, OnWeekday};

/// What may start a date, beside digits.
const STARTS: u64 = bit::MONTH
    | bit::WEEKDAY
    | bit::PART
    | bit::BOUND
    | bit::DAY
    | bit::DECADE
    | bit::EDGE
    | bit::RELATIVE
    | bit::HOLIDAY
    | bit::SEASON
    | bit::TIME_OF_DAY
    | bit::ORDINAL
    | bit::CARDINAL
    | bit::HEDGE;

/// A date that was read.
#[derive(Clone, Debug)]
pub(super) struct ReadDate {
    pub(super) kind: Kind,
    /// Empty where the day of publication would have to tell and is not known.
    pub(super) readings: Vec<Days>,
    pub(super) weekday: Option<Weekday>,
    pub(super) time: Option<(i8, i8)>,
    /// A month, or a month and a day, without a year of its own.
    pub(super) partial: Option<(i8, Option<i8>)>,
    /// The day of a month that it names, and no more.
    pub(super) named: Option<Named>,
    /// Weekdays beside days of a month.
    pub(super) on_weekdays: Vec<OnWeekday>,
    /// The length of time before the day of publication that it is.
    pub(super) ago: Option<Box<Amount>>,
    /// Whether words outside it decided what it means.
    pub(super) leans: bool,
    pub(super) next: usize,
}

impl ReadDate {
    pub(super) fn of(days: Days, next: usize) -> Self {
        Self::maybe(Some(days), next)
    }

    /// A date whose days are known only where the day of publication is.
    pub(super) fn maybe(days: Option<Days>, next: usize) -> Self {
        Self {
            kind: Kind::Date,
            readings: days.into_iter().collect(),
            weekday: None,
            time: None,
            partial: None,
            named: None,
            on_weekdays: Vec::new(),
            ago: None,
            leans: false,
            next,
        }
    }

    /// What it states, with the bound before it.
    pub(super) fn value(self, bound: Option<DateBound>) -> DateValue {
        DateValue {
            bound,
            weekday: self.weekday,
            time: self.time,
            is_impossible: self.named.is_some_and(Named::is_impossible),
            on_weekdays: self.on_weekdays,
            ago: self.ago,
            ..DateValue::new(self.kind, self.readings)
        }
    }

    pub(super) fn days(&self) -> Option<Days> {
        match &*self.readings {
            [days] => Some(*days),
            _ => None,
        }
    }
}

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
    let (bound, start) = bound.map_or((None, i), |(bound, next)| (Some(bound), next));
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
    let mut read = range(cursor, start, bound, about)?;
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
                || next.kind == TokenKind::Dash
                || next.senses & (bit::MONTH | bit::TIME_OF_DAY) != 0
                || (next.kind == TokenKind::Word
                    && next.range().len() <= 7
                    && cursor.is_any(
                        i + 1,
                        &["am", "a.m.", "pm", "p.m.", "o", "of", "to", "and", "through", "until"],
                    ))
        }
        4 => true,
        3 | 5 => joined,
        _ => false,
    }
}

/// "2019–2023", "from March to May 2024", "between 2019 and 2023", or a single date.
fn range(
    cursor: Cursor<'_>,
    i: usize,
    bound: Option<DateBound>,
    hedged: bool,
) -> Option<(DateValue, usize, bool)> {
    let opener = cursor.may(i, bit::OPENER);
    let between = opener && cursor.is_word(i, "between");
    let opened = between || opener && cursor.is_word(i, "from");
    let start = if opened { i + 1 } else { i };
    if let Some(range) = days_of_one_month(cursor, start) {
        let next = range.next;
        return Some((range.value(bound), next, false));
    }
    let mut first = single(cursor, start, hedged || bound.is_some() || opened)?;
    let next = first.next;
    let dash = cursor.tokens.is(next, TokenKind::Dash) || cursor.tokens.is_sign(next, '~');
    let joined = if between {
        cursor.is_word(next, "and")
    } else {
        dash || cursor.is_any(next, &["to", "until", "through", "till"])
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
    let behind_the = |i: usize| if cursor.is_word(i, "the") { i + 1 } else { i };
    let joined = |i: usize| {
        cursor.tokens.is(i, TokenKind::Dash)
            || cursor.is_any(i, &["to", "through", "until", "till"])
            || (cursor.is_word(i, "and") && cursor.any_between(i))
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
        let of = usize::from(cursor.is_word(next, "of"));
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
    let year = stated.or_else(|| relative::year_of(cursor, month, Some(last), i).0);
    let Some(year) = year else { return Some(range) };
    let from = Days::day(Day::new(year, month, first).ok()?);
    let to = Days::day(Day::new(year, month, last).ok()?);
    Some(ReadDate { readings: vec![from.through(to)?], ..range })
}

/// A date that is no range, with the era beside its year.
pub(super) fn single(cursor: Cursor<'_>, i: usize, announced: bool) -> Option<ReadDate> {
    era::leads(cursor, i)
        .or_else(|| without_era(cursor, i, announced).map(|read| era::of_date(cursor, read)))
}

/// One date at any precision. `announced` tells that a word before it leads one to expect a date.
fn without_era(cursor: Cursor<'_>, i: usize, announced: bool) -> Option<ReadDate> {
    // "The day before yesterday" begins with its article.
    if let Some(day) = relative::named_day(cursor, i) {
        return Some(day);
    }
    let opener = |i: usize, word: &str| cursor.may(i, bit::OPENER) && cursor.is_word(i, word);
    let i = if opener(i, "the") { i + 1 } else { i };
    if let Some((readings, next)) = numeric_date::read(cursor, i) {
        let date = ReadDate { readings, ..ReadDate::maybe(None, next) };
        return Some(weekday::behind(cursor, date, i));
    }
    if cursor.tokens.is_digits(i, &[4]) {
        return four_digits(cursor, i, announced);
    }
    time::read(cursor, i)
        .or_else(|| weekday::read(cursor, i))
        .or_else(|| part_of_date::read(cursor, i))
        .or_else(|| holiday::read(cursor, i))
        .or_else(|| calendar(cursor, i).map(|date| weekday::behind(cursor, date, i)))
        .or_else(|| relative::read(cursor, i))
        .or_else(|| edge(cursor, i))
        .or_else(|| year::read(cursor, i, announced))
}

/// What four digits may be: "1830 GMT", "2019 Q1", "2017 April", a year.
fn four_digits(cursor: Cursor<'_>, i: usize, announced: bool) -> Option<ReadDate> {
    let next = cursor.behind_hyphen(i + 1);
    let timed = cursor.may(next, bit::ZONE) || cursor.is_any(next, &["hours", "hrs", "h"]);
    if let Some(time) = timed.then(|| time::read(cursor, i)).flatten() {
        return Some(time);
    }
    let named = cursor.may(next, bit::MONTH | bit::PART).then(|| calendar(cursor, i)).flatten();
    named.or_else(|| year::read(cursor, i, announced))
}

/// Dates that name a month or a part of a year.
pub(super) fn calendar(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    day_of_month(cursor, i)
        .or_else(|| month_of_year(cursor, i))
        .or_else(|| month_behind_year(cursor, i))
        .or_else(|| year::part(cursor, i))
        .or_else(|| year::season(cursor, i))
}

/// "early 2024", "the end of June", "late last year": as wide as the date behind the word.
fn edge(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let next = cursor.behind(i, bit::EDGE)?;
    let at = cursor.behind_hyphen(next);
    let at = if cursor.is_any(at, &["in", "of"]) { at + 1 } else { at };
    let at = if cursor.is_word(at, "the") { at + 1 } else { at };
    calendar(cursor, at)
        .or_else(|| relative::read(cursor, at))
        .or_else(|| weekday::read(cursor, at).filter(|_| at == next))
        .or_else(|| year::read(cursor, at, true))
}

/// Whether a word before makes a date likely.
pub(super) fn is_announced(cursor: Cursor<'_>, i: usize) -> bool {
    cursor.before(i, |cursor, before| {
        cursor.is_any(
            before,
            &[
                "on", "in", "since", "by", "until", "last", "next", "this", "of", "from",
                "through", "till", "before", "after", "each", "every", "during", "to", "between",
                "for", "a",
            ],
        ) || cursor.may(before, bit::EDGE | bit::RELATIVE)
    })
}

pub(super) fn month(cursor: Cursor<'_>, i: usize) -> Option<(i8, usize)> {
    let (month, next) = cursor.phrase(i, bit::MONTH, |sense| match sense {
        Sense::Month(month) => Some(*month),
        _ => None,
    })?;
    Some((month, behind_dot(cursor, i, next)))
}

/// Steps over the dot of an abbreviation: "Feb. 23", not "in May."
pub(super) fn behind_dot(cursor: Cursor<'_>, i: usize, next: usize) -> usize {
    let dot = cursor.tokens.adjacent(next).is_some_and(|t| t.kind == TokenKind::Sign('.'));
    let short = cursor.tokens.str(i).len() < 5 && !cursor.is_any(i, &["may", "june", "july"]);
    if dot && short { next + 1 } else { next }
}

/// The day of a month: "23", "23rd", "the twenty-third".
pub(super) fn day_number(cursor: Cursor<'_>, i: usize) -> Option<(i8, usize)> {
    if cursor.tokens.is_digits(i, &[1, 2]) {
        let day = cursor.tokens.str(i).parse().ok()?;
        let suffix = cursor.tokens.adjacent(i + 1).is_some()
            && cursor.is_any(i + 1, &["st", "nd", "rd", "th"]);
        let end = if suffix { i + 2 } else { i + 1 };
        return (1..=31).contains(&day).then_some((day, end));
    }
    let rank = cursor.phrase(i, bit::ORDINAL, |sense| match sense {
        Sense::Ordinal(rank) => Some(*rank),
        _ => None,
    });
    if rank.is_none() && cursor.may(i, bit::CARDINAL) {
        // "May twenty-nine", but not "May five people".
        let (day, next) = words::below_hundred(cursor, i)?;
        let day = i8::try_from(day).ok().filter(|day| (21..=31).contains(day) && i + 1 < next)?;
        return (!words::is_plural(cursor, next)).then_some((day, next));
    }
    let (rank, next) = rank?;
    let day = i8::try_from(rank).ok().filter(|day| (1..=31).contains(day))?;
    Some((day, next))
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
        let the = usize::from(cursor.is_word(dash, "the"));
        let (day, next) = day_number(cursor, dash + the)?;
        ((month, day), next)
    } else {
        if !cursor.tokens.is(i, TokenKind::Number) && !cursor.may(i, bit::ORDINAL | bit::CARDINAL) {
            return None;
        }
        let (day, next) = day_number(cursor, i)?;
        let next = if cursor.is_word(next, "of") { next + 1 } else { cursor.behind_hyphen(next) };
        if !is_month_name(cursor, next) {
            return None;
        }
        let (month, next) = month(cursor, next)?;
        ((month, day), next)
    };
    let comma = usize::from(cursor.tokens.is_sign(next, ','));
    let of = usize::from(cursor.is_any(next, &["of", "in"]));
    let year = year::four_digits(cursor, cursor.behind_hyphen(next + comma.max(of)))
        .filter(|&(_, end)| !year::is_counted(cursor, end))
        .or_else(|| year::short(cursor, next))
        .or_else(|| year::in_words(cursor, next + of))
        .or_else(|| of_year(cursor, next));
    if let Some((year, end)) = year {
        // "31 June 2024" is a date too, though it has no days.
        let date = Day::new(year, month, day).ok();
        let named = Some(Named { year: Some(year), month, day });
        return Some(ReadDate { named, ..ReadDate::maybe(date.map(Days::day), end) });
    }
    let named = Named { year: None, month, day };
    // "In November 31 schools closed" counts schools.
    let goes_on =
        cursor.tokens.is(next, TokenKind::Word) && !cursor.may(next, bit::FUNCTION | bit::CHANGE);
    if !is_only_a_day(cursor, next) || named.is_impossible() && goes_on {
        return None;
    }
    let (year, leans) = relative::year_of(cursor, month, Some(day), i);
    let date = year.and_then(|year| Day::new(year, month, day).ok()).map(Days::day);
    Some(ReadDate {
        partial: Some((month, Some(day))),
        named: Some(named),
        leans,
        ..ReadDate::maybe(date, next)
    })
}

/// "of last year", "this year" behind a month or a day.
fn of_year(cursor: Cursor<'_>, next: usize) -> Option<(i16, usize)> {
    let at = if cursor.is_word(next, "of") { next + 1 } else { next };
    relative::year(cursor, at).and_then(|(days, end)| Some((days?.first().year(), end)))
}

/// Whether a word that may be a month is one where nothing but itself says so: "5 May" is, "may" and
/// "march" in small letters are not.
pub(super) fn is_month_name(cursor: Cursor<'_>, i: usize) -> bool {
    cursor.tokens.is_capital(i)
        || !cursor.is_any(i, &["may", "march", "mar", "sun", "dec", "jan", "august"])
}

/// "2017 April": the year first, and a month that is no name.
fn month_behind_year(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let (year, next) = year::four_digits(cursor, i)?;
    let is_name = cursor.is_any(next, &["may", "march", "mar", "august", "june"]);
    let (month, end) = month(cursor, next).filter(|_| !is_name)?;
    let day_follows = day_number(cursor, end).is_some();
    (!day_follows).then(|| Some(ReadDate::of(Days::months(year, month, month)?, end)))?
}

/// "September 2022", "Sept. 2022", "September of 2022", "last May", "in May".
fn month_of_year(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let (month, next) = month(cursor, i)?;
    // "The December quarter" ends with its month.
    let quarter = cursor.is_any(cursor.behind_hyphen(next), &["quarter", "qtr"]) && month % 3 == 0;
    let next = if quarter { cursor.behind_hyphen(next) + 1 } else { next };
    let first = if quarter { month - 2 } else { month };
    let comma = cursor.tokens.is_sign(next, ',')
        || cursor.is_word(next, "of")
        || cursor.is_word(next, "in");
    let at = if comma { next + 1 } else { cursor.behind_hyphen(next) };
    let year = year::four_digits(cursor, at)
        .filter(|&(_, end)| !year::is_counted(cursor, end))
        .or_else(|| year::short(cursor, next))
        .or_else(|| year::in_words(cursor, at))
        .or_else(|| of_year(cursor, next));
    if let Some((year, end)) = year {
        return Some(ReadDate::of(Days::months(year, first, month)?, end));
    }
    if !quarter && !is_bare_month(cursor, i, next) {
        return None;
    }
    let (year, leans) = relative::year_of(cursor, month, None, i);
    let days = year.and_then(|year| Days::months(year, first, month));
    Some(ReadDate { partial: Some((month, None)), leans, ..ReadDate::maybe(days, next) })
}

/// Whether a month's name alone is a date: not a person's, not a verb.
fn is_bare_month(cursor: Cursor<'_>, i: usize, next: usize) -> bool {
    let is_doubtful =
        cursor.is_any(i, &["may", "march", "april", "june", "august", "mar", "jan", "dec", "sun"]);
    let name_follows = cursor.tokens.is_capital(next)
        && cursor.tokens.get(next).is_some_and(|token| token.spaced)
        && !cursor.may(next, bit::MONTH | bit::WEEKDAY);
    let announced = is_announced(cursor, i)
        || (cursor.before(i, |cursor, before| {
            cursor.tokens.is(before, TokenKind::Dash)
                || cursor.is_any(before, &["to", "and", "or"])
                    && cursor.may(before.saturating_sub(1), bit::MONTH)
        }));
    let joined = cursor.tokens.is(next, TokenKind::Dash) && cursor.may(next + 1, bit::MONTH)
        || cursor.is_any(next, &["to", "through", "until", "and"])
            && cursor.may(next + 1, bit::MONTH);
    let is_common = cursor.is_any(i, &["may", "march", "mar", "sun", "dec", "jan"]);
    if is_doubtful {
        let in_month = cursor
            .before(i, |cursor, before| cursor.is_any(before, &["in", "since", "until", "during"]));
        return (cursor.tokens.is_capital(i) || !is_common || in_month)
            && (announced || joined || cursor.tokens.len() == 1);
    }
    (cursor.tokens.is_capital(i) || announced)
        && !(name_follows && !announced && cursor.tokens.str(i).len() < 6)
}
