//! The currency of a story: "a surplus of 3.8 billion" is in francs where all of its money is.

use crate::lexicon::{bit, class};
use crate::mention::cursor::Cursor;
use crate::mention::read::ReadValue;
use crate::mention::token::TokenKind;
use crate::value::{Amount, Kind, Rational, Unit};

/// Tokens from a noun of money to the number that is so much of it.
const REACH: usize = 10;

/// Words between a number and a noun of money: "a 5.2 billion adjusted surplus".
const BETWEEN: usize = 2;

/// The money of the texts before, as far as it is in millions and more.
#[derive(Default)]
pub(super) struct Story {
    /// What all of it is in.
    unit: Option<Unit>,
    /// Whether there is another currency, not only as a conversion.
    is_mixed: bool,
}

impl Story {
    /// Takes in an amount that states its currency.
    pub(super) fn keep(&mut self, cursor: Cursor<'_>, start: usize, amount: &Amount) {
        let is_large = amount.style.scale.as_ref().is_some_and(|&(_, power)| 6 <= power);
        if amount.kind != Kind::Money || !is_large || amount.unit.minor.is_some() {
            return;
        }
        if cursor.before(start, |cursor, at| cursor.tokens.is_sign(at, '(')) {
            return;
        }
        let Some(unit) = amount.unit.unrated().or_else(|| Some(amount.unit.clone())) else {
            return;
        };
        match &self.unit {
            Some(own) if own.currency != unit.currency || own.name != unit.name => {
                self.is_mixed = true;
            }
            Some(_) => {}
            None => self.unit = Some(unit),
        }
    }

    /// The currency of a bare number of millions or more that is told of money.
    pub(super) fn unit_of(
        &self,
        cursor: Cursor<'_>,
        read: &ReadValue,
        amount: &Amount,
    ) -> Option<&Unit> {
        let &(_, power) = amount.style.scale.as_ref().filter(|&&(_, power)| 6 <= power)?;
        let unit = self.unit.as_ref().filter(|_| !self.is_mixed && amount.to != Rational::ZERO)?;
        let is_money = |at: usize| {
            cursor.is(at, class::SUM_OF_MONEY) || 9 <= power && cursor.is(at, class::SUM_OR_COUNT)
        };
        let ends = |at: usize| !cursor.tokens.is(at, TokenKind::Word);
        let behind = (read.next..=read.next + BETWEEN)
            .take_while(|&at| !ends(at) && !cursor.may(at, bit::FUNCTION))
            .any(is_money);
        let stops = |at: usize| {
            cursor.is(at, class::COUNTED_IN_MILLIONS)
                || matches!(
                    cursor.tokens.get(at).map(|token| token.kind),
                    Some(TokenKind::Sign('.' | ';' | '(' | ')' | '?' | '!'))
                )
        };
        let before = || {
            (read.start.saturating_sub(REACH)..read.start)
                .rev()
                .take_while(|&at| !stops(at))
                .any(is_money)
        };
        let is_free = || {
            cursor.tokens.adjacent(read.next).is_none_or(|token| {
                matches!(token.kind, TokenKind::Sign('.' | ',' | ';' | ')' | '?' | '!'))
            }) && !cursor.is(read.next, class::OF)
                && (!cursor.tokens.is(read.next, TokenKind::Word)
                    || cursor
                        .may(read.next, bit::FUNCTION | bit::CHANGE | bit::MONTH | bit::RELATIVE))
        };
        (behind || is_free() && before()).then_some(unit)
    }
}
