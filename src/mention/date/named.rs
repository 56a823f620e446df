//! A day of a month as written, and the days that it may be.

use jiff::ToSpan;
use jiff::civil::Date as Day;

use crate::lexicon::{bit, class};
use crate::mention::cursor::Cursor;
use crate::mention::date::year;
use crate::mention::token::TokenKind;

/// A date without a year that lies so many days from publication is in no other year.
const NEAR: i32 = 60;

/// The last year in which a country changed its calendar: Greece, on 16 February 1923.
const LAST_CHANGE: i16 = 1923;

/// The first full year of the present calendar in Britain and its colonies.
const FIRST_YEAR: i16 = 1753;

/// How far from a date without a year the year stands that it may be of, in tokens.
const REACH: usize = 80;

/// A day of a month as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) year: Option<i16>,
    pub(super) month: i8,
    pub(super) day: i8,
}

impl Named {
    pub(super) fn in_year(self, year: i16) -> Option<Day> {
        Day::new(year, self.month, self.day).ok()
    }

    /// Whether its month never has this day: 31 June, 29 February 2023.
    pub(super) fn is_impossible(self) -> bool {
        // 2024 is a leap year.
        self.in_year(self.year.unwrap_or(2024)).is_none()
    }

    /// The days that it may be, the likeliest first.
    pub(super) fn days(self, cursor: Cursor<'_>, i: usize) -> Vec<Day> {
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
            && !cursor.is(at, class::TO)
    });
    before.any(|at| is_past(cursor, at))
}

/// Whether a word is a verb in the past tense that tells of what has been.
fn is_past(cursor: Cursor<'_>, at: usize) -> bool {
    let word = cursor.tokens.str(at);
    cursor.is(at, class::PAST_VERB)
        || (4 < word.len() && word.ends_with("ed") && cursor.tokens.is(at, TokenKind::Word))
}
