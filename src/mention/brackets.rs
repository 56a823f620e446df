//! Two amounts that are one, the second in brackets: what they share.

use crate::lexicon::{bit, class};
use crate::mention::amount::rate;
use crate::mention::cursor::Cursor;
use crate::mention::token::TokenKind;
use crate::value::{Amount, Direction, Kind, Unit};

/// The bracket behind which the rate stands of two amounts that are one, and the end of the rate: "4
/// billion euros ($4.3 billion) a year".
pub(super) fn rate_behind_brackets(
    cursor: Cursor<'_>,
    start: usize,
    next: usize,
) -> Option<(usize, usize)> {
    const LONGEST: usize = 6;
    let tokens = cursor.tokens;
    let within =
        tokens.is_sign(next, ')') && start.checked_sub(1).is_some_and(|i| tokens.is_sign(i, '('));
    let close = match () {
        () if within => next,
        () if tokens.is_sign(next, '(') && rest_is_amount(cursor, next + 1) => {
            (next + 2..next + LONGEST).find(|&at| tokens.is_sign(at, ')'))?
        }
        () => return None,
    };
    let is_rate = cursor.may(close + 1, bit::RATE) || cursor.is(close + 1, class::RATE_START);
    let (_, end) = is_rate.then(|| {
        let none = Unit::none();
        rate::read(cursor, &none, close + 1)
    })?;
    let of_time = cursor.unit(end - 1).is_some_and(|(unit, _)| unit.dimension.is_duration())
        || cursor.may(close + 1, bit::RATE);
    (close + 1 < end && of_time).then_some((close, end))
}

pub(super) fn rest_is_amount(cursor: Cursor<'_>, i: usize) -> bool {
    cursor.tokens.is(i, TokenKind::Number)
        || cursor.money(i).is_some()
        || matches!(cursor.tokens.get(i).map(|t| t.kind), Some(TokenKind::Sign(_)))
}

/// Whether an amount behind a bracket says the one before it in another unit or currency, and without
/// a hedge of its own: "more than 30 metres (98 feet)".
pub(super) fn is_same_in_brackets(
    cursor: Cursor<'_>,
    i: usize,
    end: usize,
    amount: &Amount,
    unit: &Unit,
) -> bool {
    end + 1 == i
        && cursor.tokens.is_sign(end, '(')
        && amount.hedge == Direction::Exact
        && amount.from == amount.to
        && amount.unit != *unit
        && amount.unit.dimension == unit.dimension
        && amount.kind != Kind::Number
}
