//! Factors in a word, and shares named by one: "doubled", "a majority".

use crate::lexicon::{Lexicon, Sense, bit, class};
use crate::mention::cursor::Cursor;
use crate::mention::token::TokenKind;
use crate::value::{
    Allowed, Amount, Direction, End, Interval, Kind, Numeral, Rational, Style, Unit, as_written,
};

/// A word that is a whole figure by itself: its numeral for a hedge to work on, and the amount.
pub(in crate::mention) fn read(cursor: Cursor<'_>, i: usize) -> Option<(Numeral, Amount, usize)> {
    let article = cursor.may(i, bit::OPENER) && cursor.is(i, class::ARTICLE);
    let i = if article { i + 1 } else { i };
    if !cursor.may(i, bit::MULTIPLE | bit::SHARE) {
        return None;
    }
    if let Some((factor, next)) = cursor.phrase(i, bit::MULTIPLE, |sense| match sense {
        Sense::Multiple(factor) => Some(factor),
        _ => None,
    }) {
        // "He hit a double".
        let is_thing = cursor.is(i, class::BASE_FACTOR)
            && cursor.before(i, |cursor, before| cursor.is(before, class::A))
            && !cursor.is(next, class::OF);
        if is_thing || !is_factor(cursor, i, next) {
            return None;
        }
        let numeral = in_words(factor.clone());
        let amount = factor_amount(&numeral, cursor.lexicon);
        return Some((numeral, amount, next));
    }
    let (share, next) = cursor.phrase(i, bit::SHARE, |sense| match sense {
        Sense::Share(low, high) => Some((low, high)),
        _ => None,
    })?;
    // "The Senate majority leader", "a majority stake" state no share.
    if !cursor.is(next, class::OF) && next < cursor.tokens.len() {
        return None;
    }
    let (amount, numeral) = share_amount(share.0, share.1);
    Some((numeral, amount, next))
}

/// Whether a word is a factor here: "doubled" always is, "double" in "double the sum" and "close to
/// double", but not in "double standard".
fn is_factor(cursor: Cursor<'_>, i: usize, next: usize) -> bool {
    let word = cursor.tokens.str(i);
    let inflected = ["d", "ing", "s", "fold", "ice"].iter().any(|ending| word.ends_with(ending));
    // "Doubles" is tennis; "halves" are of a match.
    let is_noun = cursor.is(i, class::FACTOR_OR_NOUN)
        && !cursor.is(next, class::OBJECT_OF_FACTOR)
        && !cursor.may(next, bit::RELATIVE);
    if inflected {
        return !is_noun || next == cursor.tokens.len();
    }
    let ends = cursor
        .tokens
        .get(next)
        .is_none_or(|token| matches!(token.kind, TokenKind::Sign('.' | ',' | ';' | ')')));
    let raised = |cursor: Cursor<'_>, before: usize| {
        cursor.is(before, class::BEFORE_FACTOR) || cursor.may(before, bit::FUTURE | bit::HEDGE)
    };
    cursor.is(next, class::BEHIND_FACTOR) || ends || cursor.before(i, raised)
}

fn in_words(number: Rational) -> Numeral {
    Numeral { number, place: 0, rounded: false, in_words: true }
}

fn factor_amount(numeral: &Numeral, lexicon: &Lexicon) -> Amount {
    let unit = Unit::times();
    Amount {
        kind: Kind::Multiple,
        from: numeral.number.clone(),
        to: numeral.number.clone(),
        allowed: as_written(numeral, unit.counting, lexicon.in_words()),
        unit,
        hedge: Direction::Exact,
        style: Style { after: " times".into(), decimals: 2, ..Style::plain() },
    }
}

/// Above the lower share, and up to the upper one.
fn share_amount(low: &Rational, high: &Rational) -> (Amount, Numeral) {
    let half = Rational::fraction(1, 2);
    let ends = if *low == half {
        (End::Open(low.clone()), End::Closed(high.clone()))
    } else {
        (End::Closed(low.clone()), End::Open(high.clone()))
    };
    let interval = Interval::new(ends.0, ends.1).unwrap_or(Interval::ALL);
    let amount = Amount {
        kind: Kind::Number,
        from: low.clone(),
        to: high.clone(),
        allowed: Allowed { strict: interval.clone(), loose: interval },
        unit: Unit::none(),
        hedge: if *low == half { Direction::More } else { Direction::Less },
        style: Style { decimals: 2, ..Style::plain() },
    };
    (amount, in_words(half))
}
