//! Amounts: a numeral with money, percent, a unit, a factor, a rank, and what it is a rate of.

use crate::lexicon::{Lexicon, Sense};
use crate::mention::cursor::Cursor;
use crate::mention::number::{self, Abbreviations, ReadNumeral};
use crate::mention::percent;
use crate::mention::token::TokenKind;
use crate::value::{
    Allowed, Amount, Base, Direction, Interval, Kind, Rational, Style, Unit, as_written,
};

/// An amount that was read, with its parts still apart, so that a range can share them.
#[derive(Clone, Debug)]
pub(super) struct ReadAmount {
    pub(super) numeral: ReadNumeral,
    pub(super) unit: Unit,
    pub(super) kind: Kind,
    /// What stands before the numeral: a currency sign.
    pub(super) before: Box<str>,
    /// What stands behind the scale word: unit and rate.
    pub(super) after: Box<str>,
    /// A smaller part of the same quantity: the inches of "6 feet 2 inches".
    pub(super) smaller: Option<(ReadNumeral, Unit)>,
    /// From the first rank to this one: "top ten".
    pub(super) top: bool,
}

impl ReadAmount {
    /// Whether a unit stands beside the number.
    pub(super) fn has_unit(&self) -> bool {
        self.kind != Kind::Number
    }

    /// The amount without a hedge.
    pub(super) fn finish(self, lexicon: &Lexicon) -> Amount {
        let numeral = &self.numeral.numeral;
        let mut allowed = as_written(numeral, self.unit.counting, lexicon.in_words());
        let mut stated = numeral.number.clone();
        if let Some((part, unit)) = &self.smaller {
            let ratio = &unit.factor / &self.unit.factor;
            let part_allowed = as_written(&part.numeral, unit.counting, lexicon.in_words());
            let whole = Interval::point(stated.clone());
            allowed.strict = whole.plus(&part_allowed.strict.scaled(&ratio));
            allowed.loose = whole.plus(&part_allowed.loose.scaled(&ratio));
            stated = &stated + &(&part.numeral.number * &ratio);
        }
        let from = if self.top { Rational::ONE } else { stated.clone() };
        if self.kind == Kind::Ordinal {
            // The 20th is not the 21st: a rank is never a round number.
            allowed = Allowed::exactly(stated.clone());
        }
        if self.top {
            let ranks = Interval::closed(Rational::ONE, stated.clone());
            allowed.strict.clone_from(&ranks);
            allowed.loose = ranks;
        }
        let style = self.style();
        Amount {
            kind: self.kind,
            from,
            to: stated,
            allowed,
            unit: self.unit,
            hedge: Direction::Exact,
            style,
        }
    }

    fn style(&self) -> Style {
        let smaller = self.smaller.is_some();
        Style {
            before: self.before.clone(),
            scale: self.numeral.scale.clone(),
            after: if smaller { format!(" {}", self.unit.name).into() } else { self.after.clone() },
            decimals: if self.numeral.numeral.in_words || smaller {
                self.numeral.decimals.max(2)
            } else {
                self.numeral.decimals
            },
            grouped: self.numeral.grouped,
        }
    }
}

/// The amount that starts at a token.
pub(super) fn read_amount(cursor: Cursor<'_>, i: usize) -> Option<(ReadAmount, usize)> {
    if cursor.is_word(i, "top")
        && cursor.tokens.adjacent(i + 1).is_none()
        && let Some((numeral, next)) = number::read(cursor, i + 1, Abbreviations::Careful)
        && numeral.numeral.number.is_whole()
    {
        let amount = ReadAmount { top: true, ..bare(numeral, Kind::Ordinal, "top ", "") };
        return Some((amount, next));
    }
    if let Some(read) = prefixed_money(cursor, i) {
        return Some(read);
    }
    if let Some(read) = ordinal(cursor, i) {
        return Some(read);
    }
    let (numeral, next) = number::read(cursor, i, Abbreviations::Careful)?;
    if let Some((unit, end)) = percent::unit(cursor, next) {
        return Some(with_unit(cursor, numeral, &unit, Kind::Percent, next, end));
    }
    if let Some((unit, end)) = unit_behind(cursor, &numeral, next) {
        return Some(measured(cursor, numeral, unit, next, end));
    }
    if let Some((unit, end)) = factor(cursor, next) {
        return Some(with_unit(cursor, numeral, &unit, Kind::Multiple, next, end));
    }
    let (amount, end) = with_unit(cursor, numeral, &Unit::none(), Kind::Number, next, next);
    Some((amount, end))
}

fn bare(numeral: ReadNumeral, kind: Kind, before: &str, after: &str) -> ReadAmount {
    ReadAmount {
        numeral,
        unit: Unit::none(),
        kind,
        before: before.into(),
        after: after.into(),
        smaller: None,
        top: false,
    }
}

/// "$72.5 million", "US$1.2bn", "€ 5".
fn prefixed_money(cursor: Cursor<'_>, i: usize) -> Option<(ReadAmount, usize)> {
    let (unit, at) = cursor.symbol(i, money)?;
    let (numeral, next) = number::read(cursor, at, Abbreviations::Money)?;
    let before = &cursor.tokens.text[cursor.tokens.start(i)..cursor.tokens.start(at)];
    let (mut amount, end) = with_unit(cursor, numeral, &unit, Kind::Money, next, next);
    amount.before = before.into();
    Some((amount, end))
}

fn money(sense: &Sense) -> Option<Unit> {
    match sense {
        Sense::Money(unit) => Some(unit.clone()),
        _ => None,
    }
}

/// "8th", "eighth"; not "a third", which is a share.
fn ordinal(cursor: Cursor<'_>, i: usize) -> Option<(ReadAmount, usize)> {
    let (rank, next) = if cursor.tokens.is(i, TokenKind::Number) {
        let suffix = cursor.tokens.adjacent(i + 1).is_some()
            && cursor.is_any(i + 1, &["st", "nd", "rd", "th"]);
        let rank = cursor.tokens.str(i).parse::<i64>().ok().filter(|_| suffix)?;
        (rank, i + 2)
    } else {
        cursor.phrase(i, |sense| match sense {
            Sense::Ordinal(rank) => Some(*rank),
            _ => None,
        })?
    };
    let numeral = ReadNumeral {
        numeral: crate::value::Numeral {
            number: Rational::from(rank),
            place: 0,
            rounded: false,
            in_words: false,
        },
        scale: None,
        decimals: 0,
        grouped: false,
    };
    Some((bare(numeral, Kind::Ordinal, "number ", ""), next))
}

/// The unit or currency behind a number. "Pounds" is money where the number has a scale word.
fn unit_behind(cursor: Cursor<'_>, numeral: &ReadNumeral, next: usize) -> Option<(Unit, usize)> {
    let i = cursor.behind_hyphen(next);
    let unit = |sense: &Sense| match sense {
        Sense::Unit(unit) => Some(unit.clone()),
        _ => None,
    };
    let as_money = cursor.named(i, money);
    let as_unit = cursor.named(i, unit);
    match (as_money, as_unit) {
        (Some(money), Some(unit)) if money.1 == unit.1 => {
            Some(if numeral.scale.is_some() { money } else { unit })
        }
        (Some(money), Some(unit)) => Some(if unit.1 < money.1 { money } else { unit }),
        (money, unit) => money.or(unit),
    }
}

/// "1.6 times", "3-fold", "2x".
fn factor(cursor: Cursor<'_>, next: usize) -> Option<(Unit, usize)> {
    cursor.phrase(cursor.behind_hyphen(next), |sense| match sense {
        Sense::Factor(unit) => Some(unit.clone()),
        _ => None,
    })
}

/// A quantity with a unit, and with a smaller part of it: "6 feet 2 inches", "2 hours 30 minutes".
fn measured(
    cursor: Cursor<'_>,
    numeral: ReadNumeral,
    unit: Unit,
    next: usize,
    end: usize,
) -> (ReadAmount, usize) {
    let kind = match () {
        () if unit.is_money() => Kind::Money,
        () if unit.dimension.is_duration() => Kind::Duration,
        () => Kind::Quantity,
    };
    if kind != Kind::Money
        && numeral.numeral.number.is_whole()
        && let Some((smaller, behind)) = smaller_part(cursor, &unit, end)
    {
        let mut amount = bare(numeral, kind, "", "");
        amount.unit = unit;
        amount.smaller = Some(smaller);
        return (amount, behind);
    }
    with_unit(cursor, numeral, &unit, kind, next, end)
}

fn smaller_part(
    cursor: Cursor<'_>,
    unit: &Unit,
    end: usize,
) -> Option<((ReadNumeral, Unit), usize)> {
    let i = if cursor.is_word(end, "and") { end + 1 } else { end };
    if !cursor.tokens.is(i, TokenKind::Number) {
        return None;
    }
    let (numeral, next) = number::read(cursor, i, Abbreviations::Careful)?;
    let (part, behind) = unit_behind(cursor, &numeral, next)?;
    let fits = part.dimension == unit.dimension
        && part.factor < unit.factor
        && part.offset.is_none()
        && numeral.numeral.number < &unit.factor / &part.factor;
    fits.then_some(((numeral, part), behind))
}

/// The number with its unit, and the rate behind it.
fn with_unit(
    cursor: Cursor<'_>,
    numeral: ReadNumeral,
    unit: &Unit,
    kind: Kind,
    next: usize,
    end: usize,
) -> (ReadAmount, usize) {
    let (unit, behind) = rate(cursor, unit, end);
    let after =
        &cursor.tokens.text[cursor.tokens.end_before(next)..cursor.tokens.end_before(behind)];
    let mut amount = bare(numeral, kind, "", after);
    amount.unit = unit;
    (amount, behind)
}

/// What an amount is a rate of: "annually", "a year", "per barrel", "per capita", "/km", "each".
pub(super) fn rate(cursor: Cursor<'_>, unit: &Unit, i: usize) -> (Unit, usize) {
    if unit.is_temperature() || unit.dimension.exponent(Base::Points) != 0 {
        return (unit.clone(), i);
    }
    if let Some((per, next)) = cursor.phrase(i, |sense| match sense {
        Sense::Rate(unit) => Some(unit),
        _ => None,
    }) {
        return (unit.per(per), next);
    }
    let slash = cursor.tokens.is_sign(i, '/');
    let word = cursor.is_any(i, &["per", "a", "an", "each", "every"]);
    let sense = |sense: &Sense| match sense {
        Sense::Unit(unit) => Some(unit.clone()),
        _ => None,
    };
    if (slash || word)
        && let Some((per, next)) = cursor.named(i + 1, sense)
    {
        return (unit.per(&per), next);
    }
    if (slash || cursor.is_word(i, "per")) && cursor.tokens.is(i + 1, TokenKind::Word) {
        let thing = match cursor.tokens.folded(i + 1) {
            "capita" | "head" | "person" => "person",
            other => other,
        };
        return (unit.per_thing(thing), i + 2);
    }
    if cursor.is_any(i, &["each", "apiece"]) && !unit.name.is_empty() {
        return (unit.per_thing("each"), i + 1);
    }
    (unit.clone(), i)
}
