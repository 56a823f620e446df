//! Two amounts as one: "$26–31 million", "between 10 and 20 percent", "$3m to $5m".

use crate::mention::cursor::Cursor;
use crate::mention::quantity::{ReadAmount, read_amount};
use crate::mention::token::TokenKind;
use crate::value::{Allowed, Amount, End, Interval, Rational};

/// A range, or a single amount where there is no second one.
pub(super) enum Amounts {
    One(Box<ReadAmount>),
    Range(Box<ReadAmount>, Box<ReadAmount>),
}

/// The amount or the range that starts at a token.
pub(super) fn read(cursor: Cursor<'_>, i: usize) -> Option<(Amounts, usize)> {
    let between = cursor.is_word(i, "between");
    let from = cursor.is_word(i, "from");
    let start = if between || from { i + 1 } else { i };
    let (first, next) = read_amount(cursor, start)?;
    let joined = match () {
        () if between => cursor.is_word(next, "and"),
        () if cursor.tokens.is(next, TokenKind::Dash) => true,
        () => cursor.is_word(next, "to"),
    };
    let second = joined.then(|| read_amount(cursor, next + 1)).flatten();
    if let Some((second, end)) = second
        && let Some((first, second)) = shared(first.clone(), second)
    {
        return Some((Amounts::Range(first.into(), second.into()), end));
    }
    if between || from {
        return None;
    }
    Some((Amounts::One(first.into()), next))
}

/// The two ends with the unit and the scale word that only one of them carries; `None` if they are
/// not two ends of one range.
fn shared(mut low: ReadAmount, mut high: ReadAmount) -> Option<(ReadAmount, ReadAmount)> {
    if low.top || high.top || low.smaller.is_some() || high.smaller.is_some() {
        return None;
    }
    match (low.has_unit(), high.has_unit()) {
        (true, false) if low.after.is_empty() => {
            (high.unit, high.kind) = (low.unit.clone(), low.kind);
        }
        (false, true) => (low.unit, low.kind) = (high.unit.clone(), high.kind),
        _ => {}
    }
    // "$1 million a year" beside "$1 million": the rate belongs to both.
    if low.unit.per.is_none() && high.unit.per.is_some() && low.unit.name == high.unit.name {
        low.unit = high.unit.clone();
    }
    if low.numeral.scale.is_none()
        && low.numeral.numeral.number < high.numeral.numeral.number
        && let Some((word, power)) = high.numeral.scale.clone()
        && low.numeral.numeral.number < Rational::from(1000)
    {
        low.numeral = low.numeral.scaled(&word, power);
    }
    let same = low.unit == high.unit && low.kind == high.kind;
    let rising = low.numeral.numeral.number < high.numeral.numeral.number;
    (same && rising).then_some((low, high))
}

impl Amounts {
    /// The amount without a hedge. A range has its own ends strictly, and loosely what its ends
    /// allow.
    pub(super) fn finish(self, lexicon: &crate::lexicon::Lexicon) -> Amount {
        match self {
            Self::One(amount) => amount.finish(lexicon),
            Self::Range(low, high) => {
                let before = low.before.clone();
                let (low, high) = (low.finish(lexicon), high.finish(lexicon));
                let strict = Interval::closed(low.from.clone(), high.to.clone());
                let end = |end: &End| end.clone();
                let loose =
                    Interval::new(end(low.allowed.loose.low()), end(high.allowed.loose.high()));
                let mut amount = high;
                amount.from = low.from;
                amount.allowed = Allowed {
                    loose: loose.unwrap_or_else(|| strict.clone()).hull(&strict),
                    strict,
                };
                amount.style.before = before;
                amount
            }
        }
    }
}
