//! Percentages, percentage points, basis points.

use crate::lexicon::{Sense, bit, class};
use crate::mention::cursor::Cursor;
use crate::value::Unit;

/// The percent sign or words behind a numeral.
pub(super) fn unit(cursor: Cursor<'_>, i: usize) -> Option<(Unit, usize)> {
    // "0.7 of a percentage point".
    let of_a = cursor.is(i, class::OF) && cursor.is(i + 1, class::A_OR_ONE);
    let i = if of_a { i + 2 } else { cursor.behind_hyphen(i) };
    cursor.phrase(i, bit::PERCENT, |sense| match sense {
        Sense::Percent(unit) => Some(unit.clone()),
        _ => None,
    })
}
