//! The nearest weekday, month or day to that of publication, before it or ahead.

use jiff::civil::{Date as Day, Weekday};

use crate::lexicon::{bit, class};
use crate::mention::cursor::Cursor;
use crate::mention::token::TokenKind;

/// How far before a date the word may stand that points it to the future.
const REACH: usize = 10;

/// The same before a deadline.
const REACH_OF_DEADLINE: usize = 20;

/// How far before a date in the past its verb may stand.
const VERB: usize = 6;

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
///
/// Before a deadline a participle tells nothing: "will be formed with the firms involved by July".
fn is_future(cursor: Cursor<'_>, i: usize, deadline: bool) -> bool {
    let reach = if deadline { REACH_OF_DEADLINE } else { REACH };
    let mut before = 0;
    for at in (i.saturating_sub(reach)..i).rev() {
        if ends_sentence(cursor, at) {
            break;
        }
        if cursor.behind(at, bit::FUTURE).is_some() {
            return true;
        }
        let tells = !deadline || cursor.may(at, bit::PAST);
        if tells && is_past(cursor, at) {
            return false;
        }
        before += 1;
    }
    let opens = before <= 2;
    opens
        && (i + 1..i + REACH)
            .take_while(|&at| !ends_sentence(cursor, at) && !is_past(cursor, at))
            .any(|at| cursor.is(at, class::WILL_SHALL))
}

fn ends_sentence(cursor: Cursor<'_>, at: usize) -> bool {
    matches!(cursor.tokens.get(at).map(|t| t.kind), Some(TokenKind::Sign('.' | ';')))
}

/// Whether a date lies ahead: "until Friday" does, unless the words before say otherwise. Tells too
/// whether words had a say.
fn is_to_come(cursor: Cursor<'_>, i: usize) -> (bool, bool) {
    let bound = cursor.before(i, |cursor, before| cursor.is(before, class::DEADLINE));
    let past = || {
        (i.saturating_sub(REACH)..i)
            .rev()
            .take_while(|&at| !ends_sentence(cursor, at))
            .any(|at| is_past(cursor, at))
    };
    let past = bound && past();
    let future = bound && !past || is_future(cursor, i, bound);
    (future, future || past)
}

/// Whether a word tells of what has been: "said", "recovered", but not the participle of "would be closed".
fn is_past(cursor: Cursor<'_>, i: usize) -> bool {
    (cursor.may(i, bit::PAST) || is_participle(cursor, i))
        && !cursor.before(i, |cursor, before| cursor.is(before, class::BE_PRESENT))
}

fn is_participle(cursor: Cursor<'_>, i: usize) -> bool {
    let word = cursor.tokens.str(i);
    // "Sued", but not "need".
    (4 < word.len() || word.len() == 4 && word.as_bytes()[1] != b'e')
        && word.ends_with("ed")
        && cursor.tokens.is(i, TokenKind::Word)
        && !cursor.may(i, bit::FUTURE | bit::CARDINAL)
}

/// Whether what happened on a date stands before it in the past tense: "sued its rival in January". What was
/// said may be of any time.
fn has_happened(cursor: Cursor<'_>, i: usize) -> bool {
    let Some(preposition) = i.checked_sub(1).filter(|&at| cursor.is(at, class::IN_ON)) else {
        return false;
    };
    let verb = (preposition.saturating_sub(VERB)..preposition)
        .rev()
        .take_while(|&at| {
            !matches!(cursor.tokens.get(at).map(|t| t.kind), Some(TokenKind::Sign(_)))
        })
        .find(|&at| is_past(cursor, at));
    verb.is_some_and(|verb| {
        !cursor.is(verb, class::AUXILIARY)
            && (!cursor.is(verb, class::REPORTS) || verb + 1 == preposition)
    })
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
        (Some((year, days)), Some((_, since)))
            if days <= near && days < -since && !has_happened(cursor, i) =>
        {
            Some(year)
        }
        (_, Some((year, _))) => Some(year),
        (Some((year, _)), None) => Some(year),
        (None, None) => None,
    };
    (year, told)
}
