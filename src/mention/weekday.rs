//! Weekdays, alone or beside the days of a month that must fall on them.

use jiff::ToSpan;
use jiff::civil::{Date as Day, Weekday};

use crate::lexicon::{Sense, bit};
use crate::mention::cursor::Cursor;
use crate::mention::date::{self, ReadDate};
use crate::mention::token::TokenKind;
use crate::mention::{numeric_date, relative, time, year};
use crate::value::{Days, Kind, OnWeekday};

/// A date without a year that lies so many days from publication is in no other year.
const NEAR: i32 = 60;
/// The last year in which a country changed its calendar: Greece, on 16 February 1923.
const LAST_CHANGE: i16 = 1923;
/// The first full year of the present calendar in Britain and its colonies.
const FIRST_YEAR: i16 = 1753;
/// How far from a date without a year the year stands that it may be of, in tokens.
const REACH: usize = 80;
/// Days of one month that are listed with their weekdays.
const MOST_LISTED: usize = 7;

/// A day of a month as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) year: Option<i16>,
    pub(super) month: i8,
    pub(super) day: i8,
}

impl Named {
    fn in_year(self, year: i16) -> Option<Day> {
        Day::new(year, self.month, self.day).ok()
    }

    /// Whether its month never has this day: 31 June, 29 February 2023.
    pub(super) fn is_impossible(self) -> bool {
        // 2024 is a leap year.
        self.in_year(self.year.unwrap_or(2024)).is_none()
    }

    /// The days that it may be, the likeliest first.
    fn days(self, cursor: Cursor<'_>, i: usize) -> Vec<Day> {
        match self.year {
            Some(year) if FIRST_YEAR <= year => {
                let day = self.in_year(year);
                day.map_or_else(Vec::new, |day| by_both_calendars(day, self.day))
            }
            // Years before are told by two calendars.
            Some(_) => Vec::new(),
            None => self.days_without_year(cursor, i),
        }
    }

    /// The nearest one to publication, and those of other years that the text allows.
    ///
    /// A date at some distance may be of the year before or behind, and a review of the year goes
    /// back to its January. What is told of the past is not still to come.
    fn days_without_year(self, cursor: Cursor<'_>, i: usize) -> Vec<Day> {
        let Some(today) = cursor.published else { return Vec::new() };
        let distance = |day: Day| today.until(day).map_or(0, |span| span.get_days());
        // Four years, for the 29th of February.
        let near = |years: [i16; 5]| {
            years.into_iter().filter_map(|step| self.in_year(today.year() + step))
        };
        let behind = near([0, -1, -2, -3, -4]).find(|&day| day <= today);
        let ahead = near([0, 1, 2, 3, 4]).find(|&day| today < day);
        let (Some(behind), Some(ahead)) = (behind, ahead) else { return Vec::new() };
        let (nearest, other) =
            if -distance(behind) <= distance(ahead) { (behind, ahead) } else { (ahead, behind) };
        let mut days = vec![nearest];
        let told_as_past = today < nearest && is_told_as_past(cursor, i);
        if NEAR < distance(nearest).abs() || told_as_past {
            days.push(other);
        }
        let others = std::iter::once(today.year()).chain(years_nearby(cursor, i));
        days.extend(others.filter_map(|year| self.in_year(year)));
        days
    }
}

/// A day, and the days that it is by the older calendar where that was still in use: 25 October 1917
/// was a Wednesday in Petrograd and a Thursday elsewhere.
fn by_both_calendars(day: Day, written: i8) -> Vec<Day> {
    let mut days = vec![day];
    if day.year() <= LAST_CHANGE && written == day.day() {
        let later = [11, 12, 13].into_iter().filter_map(|by| day.checked_add(by.days()).ok());
        days.extend(later);
    }
    days
}

/// Years that a date at a token may be of, though it does not say so.
///
/// Dates near it that name their month share their year with it. A year alone does only where the
/// date is told as past, and the year stands before it: "in 2001 … on Tuesday, September 11, he was".
fn years_nearby(cursor: Cursor<'_>, i: usize) -> Vec<i16> {
    let near = i.saturating_sub(REACH)..i + REACH;
    let year_at = |at: usize| Some((at, year::four_digits(cursor, at)?.0));
    let all: Vec<(usize, i16)> = near.filter_map(year_at).collect();
    let named = all.iter().filter(|&&(at, _)| names_month(cursor, at)).map(|&(_, year)| year);
    let mut years: Vec<i16> = named.collect();
    years.extend(cursor.year_above);
    if sentence(cursor, i).any(|at| is_past(cursor, at)) {
        years.extend(all.iter().filter(|&&(at, _)| at < i).map(|&(_, year)| year));
        years.extend(cursor.year_before);
    }
    years
}

/// Whether a month stands right before a year.
fn names_month(cursor: Cursor<'_>, at: usize) -> bool {
    (at.saturating_sub(3)..at).any(|i| cursor.may(i, bit::MONTH))
}

/// The tokens of the sentence around a token, as far as matters.
fn sentence(cursor: Cursor<'_>, i: usize) -> impl Iterator<Item = usize> {
    let ends = move |at: usize| {
        cursor.tokens.is_sign(at, '.')
            && !cursor.may(at.saturating_sub(1), bit::MONTH | bit::WEEKDAY)
    };
    let before = (i.saturating_sub(30)..i).rev().take_while(move |&at| !ends(at));
    before.chain((i..i + 30).take_while(move |&at| at == i || !ends(at)))
}

/// Whether a verb in the past tense stands right before a date: "died on", "was held on".
fn is_told_as_past(cursor: Cursor<'_>, i: usize) -> bool {
    let mut before = (i.saturating_sub(5)..i).rev().take_while(|&at| {
        !matches!(cursor.tokens.get(at).map(|t| t.kind), Some(TokenKind::Sign('.' | ';' | ',')))
            && !cursor.may(at, bit::FUTURE)
            && !cursor.is_word(at, "to")
    });
    before.any(|at| is_past(cursor, at))
}

/// Whether a word is a verb in the past tense that tells of what has been.
fn is_past(cursor: Cursor<'_>, at: usize) -> bool {
    let word = cursor.tokens.str(at);
    cursor.is_any(
        at,
        &[
            "was", "were", "died", "took", "began", "came", "went", "fell", "met", "won", "lost",
            "beat", "had", "shot", "left", "fled", "struck", "hit", "became",
        ],
    ) || (4 < word.len() && word.ends_with("ed") && cursor.tokens.is(at, TokenKind::Word))
}

/// "Tuesday", "Friday, 23 February 2024", "Tuesday of last week", "Monday night".
pub(super) fn read(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let (weekday, next) = name(cursor, i)?;
    if let Some(date) = dated(cursor, i) {
        return Some(date);
    }
    let end = cursor.behind(next, bit::DAY_PART).unwrap_or(next);
    let the = usize::from(cursor.is_word(end + 1, "the"));
    if cursor.is_word(end, "of")
        && let Some(week) = relative::read(cursor, end + 1 + the)
        && cursor.is_word(week.next - 1, "week")
    {
        let day = week.days().and_then(|days| relative::weekday_within(days, weekday));
        return Some(ReadDate {
            weekday: Some(weekday),
            ..ReadDate::maybe(day.map(Days::day), week.next)
        });
    }
    // "Every Tuesday" is no single day.
    if cursor.before(i, |cursor, before| cursor.is_any(before, &["every", "each"])) {
        return None;
    }
    // An abbreviation alone is no day: "sun", "sat".
    let is_short = cursor.tokens.str(i).len() < 6;
    if is_short && !(cursor.tokens.is_capital(i) && date::is_announced(cursor, i)) {
        return None;
    }
    let (day, leans) = relative::nearest_weekday(cursor, weekday, i);
    Some(ReadDate { weekday: Some(weekday), leans, ..ReadDate::maybe(day.map(Days::day), end) })
}

pub(super) fn name(cursor: Cursor<'_>, i: usize) -> Option<(Weekday, usize)> {
    let (day, next) = cursor.phrase(i, bit::WEEKDAY, |sense| match sense {
        Sense::Weekday(day) => Some(*day),
        _ => None,
    })?;
    Some((Weekday::from_monday_one_offset(day).ok()?, date::behind_dot(cursor, i, next)))
}

/// A weekday with the date behind it: "Tuesday, 4 March 2025", "Sunday's (9 March)", "Saturday and
/// Sunday, 7 and 8 March".
pub(super) fn dated(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    several(cursor, i).or_else(|| one(cursor, i))
}

fn one(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let (weekday, next) = name(cursor, i)?;
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
    let at = at + usize::from(cursor.is_word(at, "the"));
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
    let time = cursor.tokens.is(i, TokenKind::Number).then(|| time::read(cursor, i)).flatten()?;
    year::four_digits(cursor, time.next).map(|(year, _)| year)
}

/// Whether a capital letter before a word for a weekday makes the two a name: a newspaper, a club.
fn is_part_of_name(cursor: Cursor<'_>, i: usize, opened: bool) -> bool {
    let word = cursor.tokens.str(i);
    let may_be_other = word.len() <= 4 && cursor.is_any(i, &["sun", "sat", "wed"]);
    if may_be_other && !cursor.tokens.is_capital(i) {
        return true;
    }
    cursor.before(i, |cursor, before| {
        let is_name = cursor.tokens.is(before, TokenKind::Word)
            && cursor.tokens.is_capital(before)
            && cursor.tokens.senses(before) & (bit::FUNCTION | bit::RELATIVE | bit::HOLIDAY) == 0;
        (may_be_other && (is_name || cursor.is_word(before, "the")))
            || (opened && is_name && !cursor.is_any(before, &["easter", "good", "super"]))
    })
}

/// Whether a weekday is the last of several that one date stands behind: "Tuesday to Sunday, 1 April
/// to 31 October".
fn is_behind_weekday(cursor: Cursor<'_>, i: usize) -> bool {
    (1..=3).any(|back| {
        let before = i.checked_sub(back).filter(|&before| cursor.may(before, bit::WEEKDAY));
        before
            .and_then(|before| name(cursor, before))
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
    if let Some(found) = date::day_of_month(cursor, i) {
        return Some(found);
    }
    let (day, end) = date::day_number(cursor, i)?;
    let mut at = end;
    for _ in 0..MOST_LISTED {
        let next = behind_joint(cursor, at)?;
        let (_, next) = name(cursor, next)?;
        let next = next + usize::from(cursor.tokens.is_sign(next, ','));
        let next = next + usize::from(cursor.is_word(next, "the"));
        if let Some(last) = date::day_of_month(cursor, next) {
            let Named { year, month, .. } = last.named?;
            let named = Named { year, month, day };
            let year = year.or_else(|| last.days().map(|days| days.first().year()));
            let date = year.and_then(|year| named.in_year(year)).map(Days::day);
            let partial = named.year.is_none().then_some((month, Some(day)));
            let found = ReadDate { named: Some(named), partial, ..ReadDate::maybe(date, end) };
            return Some(ReadDate { leans: true, ..found });
        }
        at = date::day_number(cursor, next)?.1;
    }
    None
}

/// The token behind what joins two days: "and", "to", ", and", a dash, a comma.
fn behind_joint(cursor: Cursor<'_>, i: usize) -> Option<usize> {
    let comma = cursor.tokens.is_sign(i, ',');
    let at = i + usize::from(comma);
    let joins = cursor.is_any(at, &["and", "to", "through", "until", "or"])
        || cursor.tokens.is_sign(at, '&')
        || cursor.tokens.is_sign(at, '/')
        || cursor.tokens.is(at, TokenKind::Dash);
    (comma || joins).then_some(at + usize::from(joins))
}

/// As many weekdays as days of one month: "Saturday and Sunday, 7 and 8 March".
fn several(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let (first, next) = name(cursor, i)?;
    let mut weekdays = vec![first];
    let mut next = next;
    let mut spans = false;
    while let Some((weekday, end)) =
        behind_joint(cursor, next).and_then(|at| name(cursor, at)).filter(|_| weekdays.len() < 7)
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
    let at = at + usize::from(cursor.is_word(at, "the"));
    let month_first = date::month(cursor, at);
    let (mut days, mut end) = (Vec::new(), month_first.map_or(at, |(_, end)| end));
    while days.len() < weekdays.len() {
        let at = if days.is_empty() { end } else { behind_joint(cursor, end)? };
        spans |= !days.is_empty() && is_span(cursor, end);
        let (day, next) = date::day_number(cursor, at)?;
        days.push(day);
        end = next;
    }
    let of = usize::from(month_first.is_none() && cursor.is_word(end, "of"));
    let (month, end) = match month_first {
        Some((month, _)) => (month, end),
        None => date::month(cursor, end + of)?,
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
        None => relative::year_of(cursor, month, days.first().copied(), i),
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
    cursor.is_any(i, &["to", "through", "until"]) || cursor.tokens.is(i, TokenKind::Dash)
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
        let a = usize::from(cursor.is_any(next + 1, &["a"]));
        let (weekday, end) = name(cursor, next + 1 + a)?;
        return sign(end, &[')', ']']).then_some((weekday, end + 1));
    }
    let comma = usize::from(sign(next, &[',']));
    let dash = usize::from(comma == 0 && cursor.tokens.is(next, TokenKind::Dash));
    let at = next + comma + dash;
    let which = usize::from(comma == 1 && cursor.is_any(at, &["which", "itself"]));
    let verb = at + which;
    let is = cursor.is_any(verb, &["is", "was"]);
    let falls = cursor.is_any(verb, &["falls", "fell"]);
    let will = cursor.is_word(verb, "will") && cursor.is_any(verb + 1, &["fall", "be"]);
    let behind_verb = verb + usize::from(is || falls) + 2 * usize::from(will);
    let on = usize::from(behind_verb != verb && cursor.is_word(behind_verb, "on"));
    let a = usize::from(cursor.is_word(behind_verb + on, "a"));
    if a == 1 && (comma + dash == 1 || behind_verb != verb) {
        let (weekday, end) = name(cursor, behind_verb + on + a)?;
        let end = cursor.behind(end, bit::DAY_PART).unwrap_or(end);
        // "Was a Tuesday to remember" is one still; "is a Tuesday market" is not.
        let ends = !cursor.tokens.is(end, TokenKind::Word) || cursor.may(end, bit::FUNCTION);
        let joined = cursor.tokens.adjacent(end).is_some_and(|t| {
            t.kind == TokenKind::Dash || matches!(t.kind, TokenKind::Sign('\'' | '’'))
        });
        return (ends && !joined).then_some((weekday, end));
    }
    if comma == 1 && verb == at {
        let (weekday, end) = name(cursor, at)?;
        let listed = (end..end + 5).any(|i| cursor.may(i, bit::WEEKDAY));
        let ends = end == cursor.tokens.len()
            || sign(end, &['.', ';', ')', ',', ':'])
            || cursor.is_any(end, &["at"]);
        return (ends && !listed).then_some((weekday, end));
    }
    None
}
