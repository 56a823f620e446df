//! The value that starts at a token: an amount with its hedges and its sign, or a date.

use crate::lexicon::{Sense, bit, class};
use crate::mention::cursor::Cursor;
use crate::mention::date::{self, ReadDate, era, part_of_date, relative};
use crate::mention::hedge;
use crate::mention::number::{self, Abbreviations};
use crate::mention::token::TokenKind;
use crate::value::{Allowed, Amount, DateValue, Direction, Kind, Value};

/// A value that was read, between two tokens.
pub(super) struct ReadValue {
    pub(super) start: usize,
    pub(super) next: usize,
    pub(super) value: Value,
    pub(super) leans: bool,
    /// The hedge of an amount, by its index in the lexicon.
    pub(super) hedge: Option<usize>,
}

impl ReadValue {
    /// A date that a length of time makes.
    fn date(start: usize, date: ReadDate, hedge: Direction) -> Self {
        let (next, leans) = (date.next, date.leans);
        let value = Value::Date(DateValue { hedge, ..date.value(None) });
        Self { start, next, value, leans, hedge: None }
    }
}

/// The longest value that starts at a token; a date where a number would reach as far.
pub(super) fn read_value(cursor: Cursor<'_>, i: usize) -> Option<ReadValue> {
    if let Some(negative) = negative(cursor, i) {
        return Some(negative);
    }
    let date = date::read(cursor, i).map(|(value, next, leans)| ReadValue {
        start: i,
        next,
        value: Value::Date(value),
        leans,
        hedge: None,
    });
    let amount = amount(cursor, i);
    let reaches = |date: &ReadValue| amount.as_ref().is_none_or(|amount| amount.next <= date.next);
    if date.as_ref().is_some_and(reaches) { date } else { amount }
}

/// The amount that starts at a token, or the date that a length of time makes: "three years ago".
fn amount(cursor: Cursor<'_>, i: usize) -> Option<ReadValue> {
    let hedge::Read { amount, next, borrows, hedge: index } = hedge::read(cursor, i)?;
    if let Some((date, hedge)) = relative::elapsed(cursor, &amount, next) {
        // "Lower than a year earlier" compares, and hedges nothing.
        let compares = cursor.is(i + 1, class::THAN) && !cursor.is(i, class::MORE_LESS);
        let (start, hedge) = if compares { (i + 2, Direction::Exact) } else { (i, hedge) };
        return Some(ReadValue::date(start, date, hedge));
    }
    if let Some(date) = era::of_number(cursor, &amount, next) {
        return Some(ReadValue::date(i, date, amount.hedge));
    }
    if amount.kind == Kind::Duration
        && amount.unit.per.is_none()
        && let Some(count) = amount.to.to_i64()
        && let Some(date) = part_of_date::counted_from(cursor, count, &amount.unit.name, next)
    {
        return Some(ReadValue::date(i, date, amount.hedge));
    }
    if let Some(date) = relative::years_to(cursor, &amount, next) {
        return Some(ReadValue::date(i, date, amount.hedge));
    }
    let (amount, next) = bounded(cursor, amount, next);
    let start = if borrows && cursor.is(i, class::FROM) { i + 1 } else { i };
    Some(ReadValue { start, next, value: Value::Amount(amount), leans: borrows, hedge: index })
}

/// "More than 100 and less than 300": two bounds of one figure.
fn bounded(cursor: Cursor<'_>, amount: Amount, next: usize) -> (Amount, usize) {
    let comma = usize::from(cursor.tokens.is_sign(next, ','));
    let at = next + comma + usize::from(cursor.is(next + comma, class::AND_BUT));
    let sided = |direction| matches!(direction, Direction::More | Direction::Less);
    if at == next || !sided(amount.hedge) || !cursor.may(at, bit::HEDGE) {
        return (amount, next);
    }
    let Some(other) = hedge::read(cursor, at) else { return (amount, next) };
    let opposed = sided(other.amount.hedge) && other.amount.hedge != amount.hedge;
    if !opposed || other.amount.unit != amount.unit || other.amount.kind != amount.kind {
        return (amount, next);
    }
    let (low, high) = if amount.hedge == Direction::More {
        (&amount, &other.amount)
    } else {
        (&other.amount, &amount)
    };
    let strict = low.allowed.strict.intersect(&high.allowed.strict);
    let loose = low.allowed.loose.intersect(&high.allowed.loose);
    let (Some(strict), Some(loose)) = (strict, loose) else { return (amount, next) };
    let both = Amount {
        from: low.from.clone(),
        to: high.to.clone(),
        allowed: Allowed { strict, loose },
        hedge: Direction::Exact,
        ..high.clone()
    };
    (both, other.next)
}

/// "-5 %", "−$3": a sign right before the figure, and nothing that it could join it to.
fn negative(cursor: Cursor<'_>, i: usize) -> Option<ReadValue> {
    let tokens = cursor.tokens;
    // "Minus $37".
    if cursor.may(i, bit::SIGN)
        && let Some((amount, next)) = signed_money(cursor, i)
    {
        let value = Value::Amount(amount);
        return Some(ReadValue { start: i, next, value, leans: false, hedge: None });
    }
    let token = tokens.get(i).filter(|token| token.kind == TokenKind::Dash)?;
    let free = i == 0 || token.spaced || tokens.is_sign(i - 1, '(');
    let joined = tokens.adjacent(i + 1)?;
    let opens = matches!(joined.kind, TokenKind::Number | TokenKind::Sign(_));
    let behind_number = i != 0 && tokens.is(i - 1, TokenKind::Number);
    if !free || !opens || tokens.str(i) == "—" {
        return None;
    }
    let hedge::Read { amount, next, .. } = hedge::read(cursor, i + 1)?;
    // "The index 40 -0.8 %", but "5 -10 %".
    let falls = || {
        let before = number::read(cursor, i - 1, Abbreviations::Careful);
        before.is_some_and(|(before, _)| amount.to < before.numeral.number)
    };
    let signed = !matches!(amount.kind, Kind::Ordinal | Kind::Duration)
        && (!behind_number || amount.kind == Kind::Percent && falls());
    signed.then(|| ReadValue {
        start: i,
        next,
        value: Value::Amount(amount.negated()),
        leans: false,
        hedge: None,
    })
}

fn signed_money(cursor: Cursor<'_>, i: usize) -> Option<(Amount, usize)> {
    let (sign, start) = cursor.phrase(i, bit::SIGN, |sense| match sense {
        Sense::Sign(sign) => Some(*sign),
        _ => None,
    })?;
    let hedge::Read { amount, next, .. } = hedge::read(cursor, start)?;
    let is_sign = matches!(cursor.tokens.get(start)?.kind, TokenKind::Sign(_));
    let money = amount.kind == Kind::Money && is_sign;
    money.then(|| (if sign < 0 { amount.negated() } else { amount }, next))
}
