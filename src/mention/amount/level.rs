//! Temperatures told by their tens: "highs in the 70s".

use crate::lexicon::class;
use crate::mention::amount::read_amount::{ReadAmount, bare};
use crate::mention::cursor::Cursor;
use crate::mention::number::ReadNumeral;
use crate::value::{Kind, Rational};

/// Tokens before the tens among which a word of temperatures stands.
const REACH: usize = 8;

/// "The 70s" behind a word of temperatures: from 70 to 79 degrees, on which scale it does not say.
pub(super) fn read(cursor: Cursor<'_>, i: usize) -> Option<(ReadAmount, usize)> {
    let tokens = cursor.tokens;
    if !tokens.is_digits(i, &[2]) || tokens.adjacent(i + 1).is_none() || tokens.str(i + 1) != "s" {
        return None;
    }
    let first: i64 = tokens.str(i).parse().ok()?;
    let of_temperature =
        (i.saturating_sub(REACH)..i).any(|before| cursor.is(before, class::OF_TEMPERATURE));
    if first % 10 != 0 || !of_temperature {
        return None;
    }
    let mut numeral = ReadNumeral::whole(first);
    numeral.up_to = Some(Rational::from(first + 9));
    let mut amount = bare(numeral, Kind::Quantity, "", "s");
    amount.unit = cursor.lexicon.unit("degree")?.clone();
    Some((amount, i + 2))
}
