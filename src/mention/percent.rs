//! Percentages, percentage points, basis points.

use crate::lexicon::Sense;
use crate::mention::cursor::Cursor;
use crate::value::Unit;

/// The percent sign or words behind a numeral.
pub(super) fn unit(cursor: Cursor<'_>, i: usize) -> Option<(Unit, usize)> {
    let i = cursor.behind_hyphen(i);
    cursor.phrase(i, |sense| match sense {
        Sense::Percent(unit) => Some(unit.clone()),
        _ => None,
    })
}
