//! Percentages, percentage points, basis points.

use crate::lexicon::{Sense, bit, class};
use crate::mention::cursor::Cursor;
use crate::mention::number::ReadNumeral;
use crate::value::{Rational, Unit};

/// Tokens to either side of a part of a point among which rates are named.
const NEAR: usize = 16;

/// The percentage point of "a quarter point", "half a point" where rates are told of.
pub(super) fn point(
    cursor: Cursor<'_>,
    numeral: &ReadNumeral,
    next: usize,
) -> Option<(Unit, usize)> {
    let number = &numeral.numeral.number;
    let is_part = numeral.numeral.in_words && Rational::ZERO < *number && *number < Rational::ONE;
    let of_a =
        cursor.is(next, class::A) || cursor.is(next, class::OF) && cursor.is(next + 1, class::A);
    let at = if of_a {
        next + 1 + usize::from(cursor.is(next, class::OF))
    } else {
        cursor.behind_hyphen(next)
    };
    let is_rate = || (at.saturating_sub(NEAR)..at + NEAR).any(|at| cursor.is(at, class::OF_RATES));
    (is_part && cursor.is(at, class::POINTS) && is_rate())
        .then(|| (Unit::percentage_point(), at + 1))
}

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
