//! Feet with inches that have no word of their own.

use crate::lexicon::class;
use crate::mention::amount::read_amount::{ReadAmount, bare};
use crate::mention::cursor::Cursor;
use crate::mention::number::{self, Abbreviations, ReadNumeral};
use crate::mention::token::TokenKind;
use crate::value::{Kind, Rational};

/// "5'10"", "5' 10", "six-foot-two", "5ft 10in": feet with inches that have no word of their own.
pub(super) fn read(
    cursor: Cursor<'_>,
    numeral: &ReadNumeral,
    next: usize,
) -> Option<(ReadAmount, usize)> {
    let tokens = cursor.tokens;
    let mark = |i: usize, marks: &[char]| {
        tokens
            .adjacent(i)
            .is_some_and(|t| matches!(t.kind, TokenKind::Sign(c) if marks.contains(&c)))
    };
    let small = numeral.numeral.number < Rational::from(100) && numeral.numeral.number.is_whole();
    if !small {
        return None;
    }
    let is_inches = |i: usize| {
        let (inches, end) = number::read(cursor, i, Abbreviations::Careful)?;
        (inches.numeral.number < Rational::from(12)).then_some((inches, end))
    };
    let found = if mark(next, &['\'', '′', '’']) {
        let (inches, end) = is_inches(next + 1)?;
        if mark(end, &['"', '″', '”']) {
            Some((inches, end + 1))
        } else if mark(end, &['\'', '’']) && mark(end + 1, &['\'', '’']) {
            Some((inches, end + 2))
        } else {
            None
        }
    } else if cursor.is(cursor.behind_hyphen(next), class::FEET) {
        let unit_at = cursor.behind_hyphen(next);
        let at = cursor.behind_hyphen(unit_at + 1);
        let (inches, end) = is_inches(at)?;
        let behind = cursor.behind_hyphen(end);
        if cursor.is(behind, class::INCHES) {
            Some((inches, behind + 1))
        } else {
            // "Six-foot-two": joined, and nothing is measured by the second number.
            (unit_at + 1 < at && cursor.unit(behind).is_none()).then_some((inches, end))
        }
    } else {
        None
    };
    let (inches, end) = found?;
    let mut amount = bare(numeral.clone(), Kind::Quantity, "", "");
    amount.unit = cursor.lexicon.unit("foot")?.clone();
    amount.smaller = vec![(inches, cursor.lexicon.unit("inch")?.clone())];
    Some((amount, end))
}
