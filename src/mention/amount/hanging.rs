//! Figures that share the noun or the unit of the last of them: "two- and three-bedroom flats", "5-, 10-
//! and 15-year bonds".

use crate::lexicon::class;
use crate::mention::cursor::Cursor;
use crate::mention::number::{self, Abbreviations, ReadNumeral};
use crate::mention::token::TokenKind;

/// Figures that hang together at most.
const MOST_FIGURES: usize = 6;

/// The last figure of a series.
pub(in crate::mention) struct Last {
    pub(super) numeral: ReadNumeral,
    pub(super) start: usize,
    pub(super) next: usize,
    /// The word behind its hyphen.
    pub(in crate::mention) word: usize,
}

/// The last figure of a series whose first one ends before `next` with a hyphen that joins it to nothing.
pub(in crate::mention) fn last(cursor: Cursor<'_>, next: usize) -> Option<Last> {
    let tokens = cursor.tokens;
    let mut at = next;
    for _ in 0..MOST_FIGURES {
        let hangs = tokens.adjacent(at).is_some_and(|token| token.kind == TokenKind::Dash)
            && matches!(tokens.str(at), "-" | "‐" | "‑")
            && tokens
                .get(at + 1)
                .is_some_and(|behind| behind.spaced || matches!(behind.kind, TokenKind::Sign(',')));
        if !hangs {
            return None;
        }
        let comma = usize::from(tokens.is_sign(at + 1, ','));
        let and = usize::from(cursor.is(at + 1 + comma, class::JOINS_FIGURES));
        let start = at + 1 + comma + and;
        if start == at + 1 {
            return None;
        }
        let (numeral, next) = number::read(cursor, start, Abbreviations::Careful)?;
        let word = cursor.behind_hyphen(next);
        if word != next && tokens.is(word, TokenKind::Word) {
            return Some(Last { numeral, start, next, word });
        }
        at = next;
    }
    None
}
