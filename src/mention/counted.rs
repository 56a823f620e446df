//! What a bare number counts: "64 parliamentarians", "over 100,000 ethnic Armenians".

use crate::lexicon::bit;
use crate::mention::cursor::Cursor;
use crate::mention::token::TokenKind;
use crate::mention::words;

/// Words that may stand between a number and what it counts.
const REACH: usize = 4;

/// The tokens of the noun that a number counts which ends before `next`.
pub(super) fn noun(cursor: Cursor<'_>, next: usize) -> Option<std::ops::Range<usize>> {
    // "Two-thirds", "a 12-nation treaty".
    let start = cursor.behind_hyphen(next);
    let start = if cursor.is_word(start, "of") { start + 1 } else { start };
    if start != next && !cursor.is_word(next, "of") {
        let single = cursor.tokens.is(start, TokenKind::Word) && !cursor.may(start, bit::FUNCTION);
        return single.then_some(start..start + 1);
    }
    let start = if cursor
        .is_any(start, &["the", "more", "other", "such", "additional", "new", "further"])
    {
        start + 1
    } else {
        start
    };
    let mut i = start;
    while i < start + REACH {
        let token = cursor.tokens.get(i)?;
        if token.kind != TokenKind::Word {
            return None;
        }
        if words::is_plural(cursor, i) {
            // "14 crew members", "12 police officers".
            let next = words::is_plural(cursor, i + 1) && !cursor.tokens.is_capital(i + 1);
            let noun = if next { i + 1 } else { i };
            return Some(noun..noun + 1);
        }
        if cursor.may(i, bit::FUNCTION | bit::MONTH | bit::CARDINAL) {
            return None;
        }
        i += 1;
        // "ethnic-Armenian people", "and" joins adjectives only rarely.
        if cursor.tokens.adjacent(i).is_some_and(|t| t.kind == TokenKind::Dash) {
            i += 1;
        }
        // "6 Wildcats' wins": an apostrophe ends the word.
        if cursor.tokens.adjacent(i).is_some_and(|t| matches!(t.kind, TokenKind::Sign('\'' | '’')))
        {
            return None;
        }
    }
    None
}
