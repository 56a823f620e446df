//! Times of day: "10:30", "2 p.m.", "1830 GMT", "noon", with the day beside them.

use crate::lexicon::{Sense, bit, class};
use crate::mention::cursor::Cursor;
use crate::mention::token::TokenKind;

/// The time that starts at a token, with its zone.
pub(super) fn read(cursor: Cursor<'_>, i: usize) -> Option<((i8, i8), usize)> {
    if !cursor.tokens.is(i, TokenKind::Number) && !cursor.may(i, bit::TIME_OF_DAY) {
        return None;
    }
    let (time, next) = named(cursor, i).or_else(|| clock(cursor, i))?;
    let next = cursor.behind(next, bit::ZONE).filter(|_| is_zone(cursor, next)).unwrap_or(next);
    Some((time, next))
}

/// Letters that are a zone only in capitals: "ET", not "et".
fn is_zone(cursor: Cursor<'_>, i: usize) -> bool {
    let word = cursor.tokens.str(i);
    4 < word.len() || word.chars().all(|c| c.is_uppercase() || c == '.')
}

/// "noon", "12 noon", "midnight".
fn named(cursor: Cursor<'_>, i: usize) -> Option<((i8, i8), usize)> {
    let at = if cursor.tokens.str(i) == "12" { i + 1 } else { i };
    let (hour, next) = cursor.phrase(at, bit::TIME_OF_DAY, |sense| match sense {
        Sense::TimeOfDay(hour) => Some(*hour),
        _ => None,
    })?;
    Some(((hour, 0), next))
}

/// "10:30", "10.30am", "2pm", "6 o'clock", "1830 GMT", "0600 hours".
fn clock(cursor: Cursor<'_>, i: usize) -> Option<((i8, i8), usize)> {
    let tokens = cursor.tokens;
    let text = tokens.str(i);
    if let Some((hour, minute)) = text.split_once('.') {
        let (hour, minute) = (two(hour)?, (minute.len() == 2).then(|| two(minute))??);
        let (half, next) = half_of_day(cursor, i + 1)?;
        return Some((on_clock(hour, minute, Some(half))?, next));
    }
    if tokens.is_digits(i, &[4]) {
        // Four digits are a time only where a zone says so: "1830 GMT".
        let (hour, minute) = (two(&text[..2])?, two(&text[2..])?);
        let hours = cursor.is(i + 1, class::HOURS) && (text.starts_with('0') || minute % 5 == 0);
        let zone = cursor.behind(i + 1, bit::ZONE).is_some() && is_zone(cursor, i + 1);
        let next = if hours && !zone { i + 2 } else { i + 1 };
        let known = zone || (hours && text.starts_with('0'));
        return known.then(|| Some((on_clock(hour, minute, None)?, next))).flatten();
    }
    if !tokens.is_digits(i, &[1, 2]) {
        return None;
    }
    let hour = two(text)?;
    let colon = tokens.adjacent(i + 1).is_some_and(|token| token.kind == TokenKind::Sign(':'))
        && tokens.adjacent(i + 2).is_some()
        && tokens.is_digits(i + 2, &[2]);
    if colon {
        let minute = two(tokens.str(i + 2))?;
        let seconds =
            tokens.adjacent(i + 3).is_some_and(|token| token.kind == TokenKind::Sign(':'))
                && tokens.adjacent(i + 4).is_some()
                && tokens.is(i + 4, TokenKind::Number);
        let next = if seconds { i + 5 } else { i + 3 };
        if cursor.is(cursor.behind_hyphen(next), class::OF_RATIO) {
            return None;
        }
        // "1:30:15.2 behind" is a length of time, "3:2" a score; both end otherwise.
        if tokens.adjacent(next).is_some_and(|token| token.kind == TokenKind::Sign(':')) {
            return None;
        }
        let half = half_of_day(cursor, next);
        let end = half.as_ref().map_or(next, |&(_, end)| end);
        return Some((on_clock(hour, minute, half.map(|(half, _)| half))?, end));
    }
    if cursor.is(i + 1, class::O) && cursor.is(i + 3, class::CLOCK) {
        return Some((on_clock(hour, 0, None)?, i + 4));
    }
    let (half, next) = half_of_day(cursor, i + 1)?;
    Some((on_clock(hour, 0, Some(half))?, next))
}

fn two(text: &str) -> Option<i8> {
    text.parse().ok()
}

/// Whether "am" (false) or "pm" (true) stands here; "a.m." is one token, "a. m." is not read.
fn half_of_day(cursor: Cursor<'_>, i: usize) -> Option<(bool, usize)> {
    match () {
        () if cursor.is(i, class::FORENOON) => Some((false, i + 1)),
        () if cursor.is(i, class::AFTERNOON) => Some((true, i + 1)),
        () => None,
    }
}

/// An hour and a minute on the clock of 24 hours.
fn on_clock(hour: i8, minute: i8, afternoon: Option<bool>) -> Option<(i8, i8)> {
    if !(0..60).contains(&minute) {
        return None;
    }
    let hour = match afternoon {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(false) => hour % 12,
        Some(true) => hour % 12 + 12,
        None => hour,
    };
    (0..=24).contains(&hour).then_some((hour, minute))
}
