//! The nearest weekday, month or day to that of publication, before it or ahead.

use jiff::civil::{Date as Day, Weekday};

use crate::lexicon::{bit, class};
use crate::mention::cursor::Cursor;
use crate::mention::token::TokenKind;

/// How far before a date the word may stand that points it to the future.
const REACH: usize = 10;

/// A month that is so many days ahead and has no word for the future before it lies ahead; one that
/// is further away is the last one.
const NEAR: i32 = 75;

/// The same for a month without a day.
const NEAR_MONTH: i32 = 45;

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
            .any(|at| cursor.is(at, class::WILL_SHALL))
}

/// Whether a date lies ahead: "until Friday" does, unless the words before say otherwise. Tells too
/// whether words had a say.
fn is_to_come(cursor: Cursor<'_>, i: usize) -> (bool, bool) {
    let bound = cursor.before(i, |cursor, before| cursor.is(before, class::DEADLINE));
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
