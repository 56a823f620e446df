//! Money: a sign or a code before the number, millions before a code, cents behind dollars.

use crate::lexicon::{Sense, bit};
use crate::mention::amount::read_amount::{ReadAmount, with_unit};
use crate::mention::cursor::Cursor;
use crate::mention::number::{self, Abbreviations, ReadNumeral};
use crate::mention::token::{Token, TokenKind};
use crate::value::{Kind, Rational, Unit, UnitData};

/// "$72.5 million", "US$1.2bn", "€ 5".
pub(super) fn prefixed_money(cursor: Cursor<'_>, i: usize) -> Option<(ReadAmount, usize)> {
    let token = cursor.tokens.get(i)?;
    if token.kind == TokenKind::Number || 6 < token.range().len() {
        return None;
    }
    // The "S $" of "the council's $5" in capitals is no Singapore dollar.
    if cursor.tokens.adjacent(i).is_some()
        && cursor.before(i, |cursor, at| {
            matches!(cursor.tokens.get(at).map(|t| t.kind), Some(TokenKind::Sign('\'' | '’')))
        })
        && token.kind == TokenKind::Word
    {
        return None;
    }
    // A currency in letters has its number, or a sign, right behind it: "USD 5", "US$5".
    let opens = |next: &Token| match next.kind {
        TokenKind::Number => true,
        TokenKind::Sign(c) => !next.spaced || c == '$',
        _ => next.senses & bit::CARDINAL != 0,
    };
    if let Some((unit, at)) = in_millions(cursor, i)
        && let Some((numeral, next)) = number::read(cursor, at, Abbreviations::Money)
    {
        let (mut amount, end) = with_unit(cursor, numeral, &unit, Kind::Money, next, next);
        amount.before = cursor.tokens.str(i).into();
        return Some((amount, end));
    }
    if token.kind == TokenKind::Word && !cursor.tokens.get(i + 1).is_some_and(opens) {
        return None;
    }
    let (unit, at) = cursor.symbol(i, |sense| match sense {
        Sense::Money(unit) => Some(unit),
        _ => None,
    })?;
    let unit = cursor.at_home(unit, i..at);
    // "85 sen", but not "sen 85".
    if token.kind == TokenKind::Word && unit.minor.is_some() {
        return None;
    }
    if !cursor.tokens.is(at, TokenKind::Number)
        && !cursor.may(at, bit::CARDINAL)
        && !matches!(cursor.tokens.get(at)?.kind, TokenKind::Sign(_) | TokenKind::Dash)
    {
        return None;
    }
    let (numeral, next) = signed(cursor, at)
        .or_else(|| in_brackets(cursor, at))
        .or_else(|| number::read(cursor, at, Abbreviations::Money))?;
    let before = &cursor.tokens.text[cursor.tokens.start(i)..cursor.tokens.start(at)];
    let (mut amount, end) = with_unit(cursor, numeral, unit, Kind::Money, next, next);
    amount.before = before.into();
    Some((amount, end))
}

/// "$-7.9bn": a minus between the sign of the currency and the digits.
fn signed(cursor: Cursor<'_>, at: usize) -> Option<(ReadNumeral, usize)> {
    let minus = cursor.tokens.is(at, TokenKind::Dash) && cursor.tokens.str(at) != "—";
    let digits = cursor.tokens.adjacent(at + 1)?.kind == TokenKind::Number;
    let (numeral, next) =
        (minus && digits).then(|| number::read(cursor, at + 1, Abbreviations::Money))??;
    Some((numeral.negated(), next))
}

/// "$(4.2) million", "$(4.2 million)": a loss as accounts write it.
fn in_brackets(cursor: Cursor<'_>, at: usize) -> Option<(ReadNumeral, usize)> {
    let tokens = cursor.tokens;
    let opens = tokens.is_sign(at, '(') && tokens.adjacent(at).is_some();
    let digits = tokens.adjacent(at + 1)?.kind == TokenKind::Number;
    let (numeral, next) =
        (opens && digits).then(|| number::read(cursor, at + 1, Abbreviations::Money))??;
    let closes = tokens.is_sign(next, ')');
    let loss = closes.then(|| numeral.negated())?;
    let scaled = loss.scale.is_none().then(|| number::scale_behind(cursor, &loss, next + 1));
    Some(scaled.flatten().unwrap_or((loss, next + 1)))
}

/// "30 MUSD": a million in front of a code.
pub(super) fn in_millions(cursor: Cursor<'_>, i: usize) -> Option<(Unit, usize)> {
    let code = cursor.tokens.str(i).strip_prefix('M').filter(|code| code.len() == 3)?;
    let unit = cursor.lexicon.symbol(code).iter().find_map(|sense| match sense {
        Sense::Money(unit) => Some(unit),
        _ => None,
    })?;
    Some((millions_of(unit), i + 1))
}

/// A million of a currency as a unit of its own.
fn millions_of(unit: &Unit) -> Unit {
    let million = Rational::power_of_ten(6);
    Unit::new(UnitData {
        factor: &unit.factor * &million,
        offset: None,
        minor: Some(million),
        per: None,
        ..(**unit).clone()
    })
}

/// The cents of "15 dollars 50", "13 dollars and 45": a number of cents that ends the clause.
pub(super) fn spoken_cents(
    cursor: Cursor<'_>,
    unit: &Unit,
    numeral: &ReadNumeral,
    next: usize,
) -> Option<Unit> {
    let currency = unit.currency.filter(|&currency| cursor.lexicon.has_cents(currency))?;
    let ends = cursor.tokens.get(next).is_none_or(|token| {
        matches!(token.kind, TokenKind::Sign('.' | ',' | ';' | '?' | '!'))
            && cursor.tokens.adjacent(next + 1).is_none()
    });
    let cents = &numeral.numeral.number;
    let fits = numeral.numeral.number.is_whole()
        && Rational::from(9) < *cents
        && *cents < Rational::from(100);
    if unit.minor.is_some() || !ends || !fits || numeral.scale.is_some() {
        return None;
    }
    Some(Unit::new(UnitData {
        name: currency.as_str().into(),
        factor: &unit.factor / &Rational::from(100),
        offset: None,
        minor: Some(Rational::fraction(1, 100)),
        per: None,
        ..(**unit).clone()
    }))
}
