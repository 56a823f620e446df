//! Two amounts that are one, the second in brackets: what they share.

use crate::mention::cursor::Cursor;
use crate::value::{Amount, Direction, Kind, Unit};

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
