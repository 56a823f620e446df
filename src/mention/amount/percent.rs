//! Percentages, percentage points, basis points.

use crate::lexicon::{Sense, bit};
use crate::mention::cursor::Cursor;
use crate::value::Unit;

/// The percent sign or words behind a numeral.
pub(super) fn unit(cursor: Cursor<'_>, i: usize) -> Option<(Unit, usize)> {
    // "0.7 of a percentage point".
    let of_a = cursor.is_word(i, "of") && cursor.is_any(i + 1, &["a", "one"]);
    let i = if of_a { i + 2 } else { cursor.behind_hyphen(i) };
    cursor.phrase(i, bit::PERCENT, |sense| match sense {
        Sense::Percent(unit) => Some(unit.clone()),
        _ => None,
    })
}
