//! Hedges before a figure: what "about", "nearly" or "more than" make of it.

use crate::lexicon::Sense;
use crate::mention::cursor::Cursor;
use crate::mention::token::TokenKind;
use crate::mention::{multiple, range};
use crate::value::{Amount, End, Hedge, Interval, Numeral, hedged};

/// The amount that starts at a token, its hedge included.
pub(super) fn read(cursor: Cursor<'_>, i: usize) -> Option<(Amount, usize)> {
    let found = cursor.phrase(i, |sense| match sense {
        Sense::Hedge(index) => Some(*index),
        _ => None,
    });
    // The "c" of "C$5" is no "circa".
    let apart = |next| cursor.tokens.get(next).is_some_and(|token| token.spaced);
    let is_word = cursor.tokens.is(i, TokenKind::Word);
    if let Some((index, next)) = found
        && (!is_word || apart(next))
        && let Some((numerals, amount, end)) = core(cursor, next)
    {
        return Some((apply(amount, &numerals, cursor.lexicon.hedge(index)), end));
    }
    core(cursor, i).map(|(_, amount, end)| (amount, end))
}

/// The amount with the numerals that a hedge works on: one, or the two ends of a range.
fn core(cursor: Cursor<'_>, i: usize) -> Option<(Vec<Numeral>, Amount, usize)> {
    let i = if cursor.is_word(i, "the") && cursor.is_word(i + 1, "top") { i + 1 } else { i };
    if let Some((numeral, amount, next)) = multiple::read(cursor, i) {
        return Some((vec![numeral], amount, next));
    }
    let (amounts, next) = range::read(cursor, i)?;
    let numerals = match &amounts {
        range::Amounts::One(amount) => vec![amount.numeral.numeral.clone()],
        range::Amounts::Range(low, high) => {
            vec![low.numeral.numeral.clone(), high.numeral.numeral.clone()]
        }
    };
    Some((numerals, amounts.finish(cursor.lexicon), next))
}

fn apply(mut amount: Amount, numerals: &[Numeral], hedge: &Hedge) -> Amount {
    amount.hedge = hedge.direction;
    match numerals {
        [numeral] if numeral.number == amount.to => {
            amount.allowed = hedged(numeral, &amount.allowed, hedge);
        }
        [low, high] => {
            let low = hedged(low, &amount.allowed, hedge);
            let high = hedged(high, &amount.allowed, hedge);
            amount.allowed.strict = span(&low.strict, &high.strict);
            amount.allowed.loose = span(&low.loose, &high.loose);
        }
        _ => {
            // A quantity in two units ("6 feet 2 inches"): the shares are of the whole.
            let whole = Numeral {
                number: amount.to.clone(),
                place: amount.style.place(),
                rounded: true,
                in_words: false,
            };
            amount.allowed = hedged(&whole, &amount.allowed, hedge);
        }
    }
    amount
}

fn span(low: &Interval, high: &Interval) -> Interval {
    let ends: (End, End) = (low.low().clone(), high.high().clone());
    Interval::new(ends.0, ends.1).unwrap_or(Interval::ALL)
}
