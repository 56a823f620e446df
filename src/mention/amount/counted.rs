//! What a bare number counts: "64 parliamentarians", "over 100,000 ethnic Armenians".

use crate::lexicon::{bit, class};
use crate::mention::cursor::Cursor;
use crate::mention::token::TokenKind;

/// Words that may stand between a number and what it counts.
const REACH: usize = 8;

/// The tokens of the noun that a number counts which ends before `next`.
pub(in crate::mention) fn noun(cursor: Cursor<'_>, next: usize) -> Option<std::ops::Range<usize>> {
    // "Two-thirds", "a 12-nation treaty", but not "a 28,000-strong force".
    let start = cursor.behind_hyphen(next);
    let start = if cursor.is(start, class::OF) { start + 1 } else { start };
    if start != next && !cursor.is(next, class::OF) {
        let single = cursor.tokens.is(start, TokenKind::Word)
            && !is_function(cursor, start)
            && !cursor.tokens.str(start).ends_with("ed")
            && !cursor.is(start, class::STRONG);
        return single.then_some(start..start + 1);
    }
    let start = if cursor.is(start, class::BEFORE_COUNTED) { start + 1 } else { start };
    let mut i = start;
    while i < start + REACH {
        if let Some(behind) = measure(cursor, i, start) {
            i = behind;
            continue;
        }
        if cursor.tokens.get(i)?.kind != TokenKind::Word {
            return None;
        }
        // "52,000 veterans' families".
        let apostrophe = cursor
            .tokens
            .adjacent(i + 1)
            .is_some_and(|t| matches!(t.kind, TokenKind::Sign('\'' | '’')));
        if cursor.is_plural(i) && !apostrophe {
            return Some(whole_noun(cursor, i));
        }
        let joins = start < i && cursor.is(i, class::AND) && !cursor.may(i + 1, bit::CARDINAL);
        // "Bus-only lanes".
        let hyphened = start < i
            && cursor.tokens.adjacent(i).is_some()
            && cursor.tokens.is(i - 1, TokenKind::Dash);
        if !joins
            && !hyphened
            && (is_function(cursor, i) || cursor.may(i, bit::MONTH | bit::CARDINAL))
        {
            return None;
        }
        i += 1;
        if cursor.tokens.adjacent(i).is_some_and(|t| t.kind == TokenKind::Dash) {
            i += 1;
        }
        if apostrophe {
            i += 1;
            if cursor.tokens.adjacent(i).is_some() {
                return None;
            }
        }
    }
    None
}

/// The token behind a measure or a type that stands before what is counted: the "330ml" of "six million
/// 330ml cans", the "31" of "six new Type 31 frigates".
fn measure(cursor: Cursor<'_>, i: usize, start: usize) -> Option<usize> {
    if !cursor.tokens.is(i, TokenKind::Number) {
        return None;
    }
    let unit = cursor.behind_hyphen(i + 1);
    let joined = cursor.tokens.adjacent(unit).is_some();
    if let Some((_, end)) = cursor.unit(unit).filter(|_| joined) {
        return Some(end);
    }
    let named = start < i && cursor.tokens.is_capital(i - 1) && cursor.may(i - 1, bit::LABEL);
    named.then_some(i + 1)
}

/// The noun of one thing: the word behind "one", or behind an adjective there.
pub(in crate::mention) fn single(
    cursor: Cursor<'_>,
    next: usize,
) -> Option<std::ops::Range<usize>> {
    let start = cursor.behind_hyphen(next);
    // "A 3-1 win".
    let is_result = 2 <= next
        && cursor.tokens.is(next - 2, TokenKind::Dash)
        && cursor.tokens.adjacent(next - 1).is_some();
    let fits = !is_result
        && cursor.tokens.is(start, TokenKind::Word)
        && !is_function(cursor, start)
        && !cursor.tokens.is_capital(start)
        && cursor.tokens.get(start).is_some_and(|token| token.spaced);
    if !fits {
        return None;
    }
    let is_adjective = |i: usize| {
        let word = cursor.tokens.str(i);
        cursor.may(i, bit::ADJECTIVE) || ADJECTIVE_ENDINGS.iter().any(|end| word.ends_with(end))
    };
    let mut noun = start;
    while is_adjective(noun) && noun < start + 3 {
        let next = noun + 1;
        let goes_on = cursor.tokens.is(next, TokenKind::Word)
            && !is_function(cursor, next)
            && !cursor.tokens.is_capital(next)
            && !cursor.may(next, bit::CHANGE | bit::PAST);
        // An adjective that nothing follows is none: "one official".
        if !goes_on {
            break;
        }
        noun = next;
    }
    Some(noun..noun + 1)
}

/// How words end that mostly say what a thing is like.
const ADJECTIVE_ENDINGS: [&str; 14] = [
    "able", "ible", "ous", "ful", "less", "ive", "ish", "ular", "ical", "ional", "ious", "born",
    "ary", "est",
];

/// A plural, or the one behind it ("14 crew members"), with what is joined to it ("hard-liners").
fn whole_noun(cursor: Cursor<'_>, i: usize) -> std::ops::Range<usize> {
    let next = cursor.is_plural(i + 1) && !cursor.tokens.is_capital(i + 1);
    let noun = if next { i + 1 } else { i };
    let joined = 2 <= noun
        && cursor.tokens.adjacent(noun).is_some()
        && cursor.tokens.is(noun - 1, TokenKind::Dash)
        && cursor.tokens.adjacent(noun - 1).is_some()
        && cursor.tokens.is(noun - 2, TokenKind::Word);
    if joined { noun - 2..noun + 1 } else { noun..noun + 1 }
}

/// Whether a word is never part of what is counted; "U.S." is, though "us" is not.
fn is_function(cursor: Cursor<'_>, i: usize) -> bool {
    let word = cursor.tokens.str(i);
    cursor.may(i, bit::FUNCTION) && !word.contains('.') && word != "US"
}
