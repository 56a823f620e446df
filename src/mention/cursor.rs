//! Tokens and the lexicon together: which phrases stand where.

use std::ops::Range;

use jiff::civil::Date as Day;

use crate::lexicon::class::{self, Class};
use crate::lexicon::{Lexicon, Sense, WordId, bit};
use crate::mention::token::{TokenKind, Tokens};
use crate::value::{Days, Unit};

/// Tokens within which a word tells what a sign means.
const NEAR: usize = 40;

/// What the grammar reads from; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub(super) tokens: &'a Tokens<'a>,
    pub(super) lexicon: &'a Lexicon,
    /// The day of publication, which relative dates are counted from.
    pub(super) published: Option<Day>,
    /// The date that stands shortly before.
    pub(super) dated: Option<Days>,
    /// The year that was named last, in an earlier paragraph.
    pub(super) year_before: Option<i16>,
    /// The year that stands alone above, as a heading.
    pub(super) year_above: Option<i16>,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(tokens: &'a Tokens<'a>, lexicon: &'a Lexicon) -> Self {
        Self { tokens, lexicon, published: None, dated: None, year_before: None, year_above: None }
    }

    /// Whether a phrase of one of these kinds may start at a token.
    pub(super) fn may(self, i: usize, kinds: u64) -> bool {
        self.tokens.senses(i) & kinds != 0
    }

    /// The longest phrase of these kinds from token `i` on whose sense is wanted, with the index
    /// behind it.
    pub(super) fn phrase<T>(
        self,
        i: usize,
        kinds: u64,
        want: impl Fn(&'a Sense) -> Option<T>,
    ) -> Option<(T, usize)> {
        if !self.may(i, kinds) {
            return None;
        }
        self.lexicon.phrases(self.tokens.word(i)).find_map(|(rest, sense)| {
            let found = want(sense)?;
            let next = self.follow(i + 1, rest)?;
            Some((found, next))
        })
    }

    /// Whether a phrase of one of these kinds stands at a token.
    pub(super) fn leads(self, i: usize, kinds: u64) -> bool {
        let (next, hyphen) = (self.tokens.word(self.behind_hyphen(i + 1)), self.lexicon.hyphen());
        self.may(i, kinds)
            && self.lexicon.phrases(self.tokens.word(i)).any(|(rest, sense)| {
                // Most phrases end at their second word, which is another.
                let may_follow = rest.first().is_none_or(|word| [next, hyphen].contains(word));
                may_follow && sense.bit() & kinds != 0 && self.follow(i + 1, rest).is_some()
            })
    }

    /// The index behind the longest phrase of a kind that carries no value.
    pub(super) fn behind(self, i: usize, kind: u64) -> Option<usize> {
        self.phrase(i, kind, |sense| (sense.bit() == kind).then_some(())).map(|((), next)| next)
    }

    /// The index behind the words of a phrase; a hyphen between two of them counts as a space.
    fn follow(self, mut i: usize, rest: &[WordId]) -> Option<usize> {
        let hyphen = self.lexicon.hyphen();
        for &word in rest {
            if word != hyphen {
                i = self.behind_hyphen(i);
            }
            if self.tokens.word(i) != word {
                return None;
            }
            i += 1;
        }
        Some(i)
    }

    /// Steps over a hyphen that joins two words: "one-third", "57-year-old".
    pub(super) fn behind_hyphen(self, i: usize) -> usize {
        let joins = self.tokens.adjacent(i).is_some_and(|token| token.kind == TokenKind::Dash)
            && self.tokens.adjacent(i + 1).is_some()
            && matches!(self.tokens.str(i), "-" | "‐" | "‑");
        if joins { i + 1 } else { i }
    }

    /// Whether a scale word, a percentage, a unit or a currency stands here, behind what they measure.
    pub(super) fn is_measure(self, i: usize) -> bool {
        self.may(i, bit::SCALE | bit::PERCENT) || self.unit(i).is_some() || self.money(i).is_some()
    }

    /// The token behind the "'s" that is joined to the token before `i`: "last year's", "the city's".
    pub(super) fn behind_genitive(self, i: usize) -> Option<usize> {
        let marked = matches!(self.tokens.adjacent(i)?.kind, TokenKind::Sign('\'' | '’'));
        (marked && self.tokens.str(i + 1) == "s").then_some(i + 2)
    }

    /// The longest sign or abbreviation in exact case from token `i` on whose sense is wanted.
    pub(super) fn symbol<T>(
        self,
        i: usize,
        want: impl Fn(&'a Sense) -> Option<T>,
    ) -> Option<(T, usize)> {
        let start = self.tokens.get(i)?.range().start;
        let text = &self.tokens.text[start..];
        if !self.lexicon.starts_symbol(*text.as_bytes().first()?) {
            return None;
        }
        // It ends where a token does.
        let longest = start + self.lexicon.longest_symbol();
        let length = |at: usize| Some(self.tokens.get(at)?.range().end - start);
        let is_near = |at: &usize| length(*at).is_some_and(|length| start + length <= longest);
        let behind = (i..self.tokens.len()).take_while(is_near).last()? + 1;
        (i..behind).rev().find_map(|last| {
            let found = self.lexicon.symbol(&text[..length(last)?]).iter().find_map(&want)?;
            Some((found, last + 1))
        })
    }

    /// The longer of a phrase and a sign: "bit/s" is not "bit".
    pub(super) fn named<T>(
        self,
        i: usize,
        kinds: u64,
        want: impl Fn(&'a Sense) -> Option<T>,
    ) -> Option<(T, usize)> {
        let phrase = self.phrase(i, kinds, &want);
        let symbol = self.symbol(i, &want);
        match (phrase, symbol) {
            (Some(phrase), Some(symbol)) => Some(if phrase.1 < symbol.1 { symbol } else { phrase }),
            (phrase, symbol) => phrase.or(symbol),
        }
    }

    /// The unit that is named at a token, in words or by its sign.
    pub(super) fn unit(self, i: usize) -> Option<(&'a Unit, usize)> {
        let unit = self.named(i, bit::UNIT, |sense| match sense {
            Sense::Unit(unit) => Some(unit),
            Sense::UnitNear(unit, words) if self.any_near(i, words) => Some(unit),
            _ => None,
        });
        // "50in" measures, "50 in all" does not.
        let unit = unit.filter(|&(_, end)| {
            end != i + 1 || !self.is(i, class::IN) || self.tokens.adjacent(i).is_some()
        });
        unit.map(|(unit, end)| (self.at_home(unit, i..end), end))
    }

    /// Whether one of some words stands near a token.
    fn any_near(self, i: usize, words: &[WordId]) -> bool {
        (i.saturating_sub(NEAR)..i + NEAR).any(|at| words.contains(&self.tokens.word(at)))
    }

    /// What the unit that some tokens name is at home.
    pub(super) fn at_home(self, unit: &'a Unit, tokens: Range<usize>) -> &'a Unit {
        if self.lexicon.home().is_empty() || self.is_told(tokens.start) {
            return unit;
        }
        self.lexicon.meant(unit, self.tokens.text_of(tokens))
    }

    /// The currency that is named at a token, in words or by its sign.
    pub(super) fn money(self, i: usize) -> Option<(&'a Unit, usize)> {
        let money = self.named(i, bit::MONEY, |sense| match sense {
            Sense::Money(unit) => Some(unit),
            _ => None,
        });
        money.map(|(unit, end)| (self.at_home(unit, i..end), end))
    }

    /// Whether letters right before a sign tell whose it is: "B$5".
    pub(super) fn is_told(self, i: usize) -> bool {
        self.tokens.adjacent(i).is_some()
            && self.before(i, |cursor, before| cursor.tokens.is(before, TokenKind::Word))
    }

    /// Whether the token is a word of this class, in any case.
    pub(super) fn is(self, i: usize, class: Class) -> bool {
        self.tokens.get(i).is_some_and(|token| self.lexicon.is_of(token.classes, class))
    }

    /// The token before, if there is one and it passes.
    pub(super) fn before(self, i: usize, passes: impl Fn(Self, usize) -> bool) -> bool {
        i.checked_sub(1).is_some_and(|before| passes(self, before))
    }

    /// Whether "between" opens the few words before a token.
    pub(super) fn any_between(self, i: usize) -> bool {
        (i.saturating_sub(5)..i).any(|i| self.is(i, class::BETWEEN))
    }

    /// Whether a token is a word and one of these kinds of phrases may start at it, among the
    /// `reach` tokens before an index.
    pub(super) fn any_before(self, i: usize, reach: usize, kinds: u64) -> bool {
        (i.saturating_sub(reach)..i).any(|i| self.may(i, kinds))
    }

    /// Whether a word looks like a plural: it ends in s, or the lexicon says so.
    pub(super) fn is_plural(self, i: usize) -> bool {
        if self.may(i, bit::PLURAL) {
            return true;
        }
        let word = self.tokens.str(i);
        let lower = word.as_bytes();
        // "3 TDs", "12 MPs".
        let initials = word.strip_suffix('s').is_some_and(|initials| {
            2 <= initials.len() && initials.bytes().all(|b| b.is_ascii_uppercase())
        });
        if initials {
            return true;
        }
        let ends_in = |ending: &[u8]| {
            lower.len() >= ending.len()
                && lower[lower.len() - ending.len()..].eq_ignore_ascii_case(ending)
        };
        3 < word.len()
            && self.tokens.is(i, TokenKind::Word)
            && ends_in(b"s")
            && !ends_in(b"ss")
            && !ends_in(b"us")
            && !ends_in(b"is")
            && !self.may(i, bit::FUNCTION)
    }
}
