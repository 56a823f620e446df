//! What a bare number counts: "64 parliamentarians", "over 100,000 ethnic Armenians".

use crate::lexicon::{bit, class};
use crate::mention::cursor::Cursor;
use crate::mention::number::words;
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
        if cursor.tokens.get(i)?.kind != TokenKind::Word {
            return None;
        }
        // "52,000 veterans' families".
        let apostrophe = cursor
            .tokens
            .adjacent(i + 1)
            .is_some_and(|t| matches!(t.kind, TokenKind::Sign('\'' | '’')));
        if words::is_plural(cursor, i) && !apostrophe {
            return Some(whole_noun(cursor, i));
        }
        let joins = start < i && cursor.is(i, class::AND) && !cursor.may(i + 1, bit::CARDINAL);
        if !joins && (is_function(cursor, i) || cursor.may(i, bit::MONTH | bit::CARDINAL)) {
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

/// The noun of one thing: the word behind "one".
pub(in crate::mention) fn single(
    cursor: Cursor<'_>,
    next: usize,
) -> Option<std::ops::Range<usize>> {
    let start = cursor.behind_hyphen(next);
    let fits = cursor.tokens.is(start, TokenKind::Word)
        && !is_function(cursor, start)
        && !cursor.tokens.is_capital(start)
        && cursor.tokens.get(start).is_some_and(|token| token.spaced);
    fits.then_some(start..start + 1)
}

/// A plural, or the one behind it ("14 crew members"), with what is joined to it ("hard-liners").
fn whole_noun(cursor: Cursor<'_>, i: usize) -> std::ops::Range<usize> {
    let next = words::is_plural(cursor, i + 1) && !cursor.tokens.is_capital(i + 1);
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
