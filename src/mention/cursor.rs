//! Tokens and the lexicon together: which phrases stand where.

use crate::lexicon::{Lexicon, Sense};
use crate::mention::token::{TokenKind, Tokens};

/// What the grammar reads from; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub(super) tokens: &'a Tokens<'a>,
    pub(super) lexicon: &'a Lexicon,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(tokens: &'a Tokens<'a>, lexicon: &'a Lexicon) -> Self {
        Self { tokens, lexicon }
    }

    /// The longest phrase from token `i` on whose sense is wanted, with the index behind it.
    pub(super) fn phrase<T>(
        self,
        i: usize,
        want: impl Fn(&'a Sense) -> Option<T>,
    ) -> Option<(T, usize)> {
        let first = self.tokens.folded(i);
        if first.is_empty() {
            return None;
        }
        self.lexicon.phrases(first).find_map(|(rest, sense)| {
            let found = want(sense)?;
            let next = self.follow(i + 1, rest)?;
            Some((found, next))
        })
    }

    /// The index behind the words of a phrase; a hyphen between two of them counts as a space.
    fn follow(self, mut i: usize, rest: &[Box<str>]) -> Option<usize> {
        for word in rest {
            if &**word != "-" {
                i = self.behind_hyphen(i);
            }
            if self.tokens.folded(i) != &**word {
                return None;
            }
            i += 1;
        }
        Some(i)
    }

    /// Steps over a hyphen that joins two words: "one-third", "57-year-old".
    pub(super) fn behind_hyphen(self, i: usize) -> usize {
        let joins = self.tokens.adjacent(i).is_some_and(|token| token.kind == TokenKind::Dash)
            && self.tokens.adjacent(i + 1).is_some();
        if joins { i + 1 } else { i }
    }

    /// The longest sign or abbreviation in exact case from token `i` on whose sense is wanted.
    pub(super) fn symbol<T>(
        self,
        i: usize,
        want: impl Fn(&'a Sense) -> Option<T>,
    ) -> Option<(T, usize)> {
        let start = self.tokens.get(i)?.range.start;
        let text = &self.tokens.text[start..];
        let longest = self.lexicon.longest_symbol().min(text.len());
        (1..=longest).rev().filter(|&length| text.is_char_boundary(length)).find_map(|length| {
            let found = self.lexicon.symbol(&text[..length]).iter().find_map(&want)?;
            let next = self.tokens.boundary(start + length)?;
            Some((found, next))
        })
    }

    /// The longer of a phrase and a sign: "bit/s" is not "bit".
    pub(super) fn named<T>(
        self,
        i: usize,
        want: impl Fn(&'a Sense) -> Option<T>,
    ) -> Option<(T, usize)> {
        let phrase = self.phrase(i, &want);
        let symbol = self.symbol(i, &want);
        match (phrase, symbol) {
            (Some(phrase), Some(symbol)) => Some(if phrase.1 < symbol.1 { symbol } else { phrase }),
            (phrase, symbol) => phrase.or(symbol),
        }
    }

    /// Whether the token is this word, in any case.
    pub(super) fn is_word(self, i: usize, word: &str) -> bool {
        self.tokens.folded(i) == word
    }

    /// Whether the token is one of these words.
    pub(super) fn is_any(self, i: usize, words: &[&str]) -> bool {
        words.contains(&self.tokens.folded(i))
    }
}
