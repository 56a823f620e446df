//! Ages: "aged 81", "a 57-year-old", "8 months old", "3 years of age".

use crate::lexicon::{bit, class};
use crate::mention::amount::read_amount::{ReadAmount, bare};
use crate::mention::cursor::Cursor;
use crate::mention::number::{self, Abbreviations, ReadNumeral};
use crate::mention::token::TokenKind;
use crate::value::{Kind, Rational};

/// An age announced by its word: "aged 81", "age 12", "ages 5".
pub(super) fn read(cursor: Cursor<'_>, i: usize) -> Option<(ReadAmount, usize)> {
    if !cursor.is(i, class::AGED) {
        return None;
    }
    let of = usize::from(cursor.is(i, class::AGE) && cursor.is(i + 1, class::OF));
    let (numeral, next) = number::read(cursor, i + 1 + of, Abbreviations::Careful)?;
    let fits = numeral.numeral.number.is_whole()
        && numeral.numeral.number < Rational::from(131)
        && numeral.scale.is_none()
        && numeral.up_to.is_none();
    let year = cursor.lexicon.unit("year")?.clone();
    let unit = cursor.unit(cursor.behind_hyphen(next));
    let (next, in_years) = match unit {
        Some((unit, end)) if *unit == year => (end, true),
        _ => (next, false),
    };
    let measured = unit.is_some() && !in_years || cursor.may(next, bit::PERCENT);
    if !fits || measured {
        return None;
    }
    let after = if in_years { " years" } else { "" };
    let mut amount = bare(numeral, Kind::Duration, "", after);
    amount.unit = year;
    Some((amount, next))
}

/// Steps over what makes a length of time an age: "-old", " old", " of age".
pub(super) fn behind(cursor: Cursor<'_>, i: usize) -> usize {
    let at = cursor.behind_hyphen(i);
    match () {
        () if cursor.is(at, class::OLD) => at + 1,
        () if cursor.is(i, class::OF) && cursor.is(i + 1, class::AGE) => i + 2,
        () => i,
    }
}

/// "Ann Smith, 43, said": a number between commas behind a name is an age.
pub(super) fn of_a_person(
    cursor: Cursor<'_>,
    numeral: &ReadNumeral,
    i: usize,
    next: usize,
) -> Option<ReadAmount> {
    let tokens = cursor.tokens;
    let between = tokens.is_digits(i, &[1, 2])
        && next == i + 1
        && 2 <= i
        && tokens.is_sign(i - 1, ',')
        && tokens.is_sign(next, ',');
    let is_name = |at: usize| tokens.is_capital(at) && !cursor.may(at, bit::MONTH | bit::WEEKDAY);
    let is_apposed = between && is_name(i - 2);
    if !is_apposed && !is_reached(cursor, i, next) {
        return None;
    }
    let mut amount = bare(numeral.clone(), Kind::Duration, "", "");
    amount.unit = cursor.lexicon.unit("year")?.clone();
    Some(amount)
}

/// "He was 19", "their son is 9": a person and a form of "be" before a number.
fn is_of_person(cursor: Cursor<'_>, i: usize) -> bool {
    2 <= i && cursor.is(i - 1, class::IS_WAS) && cursor.is(i - 2, class::OF_PERSON)
}

/// "She turns 75 this year", "died at 74": a number behind a word for reaching an age, which counts
/// nothing.
fn is_reached(cursor: Cursor<'_>, i: usize, next: usize) -> bool {
    let turns = cursor.before(i, |cursor, before| cursor.is(before, class::TURNS));
    let died = 2 <= i && cursor.is(i - 1, class::AT) && cursor.is(i - 2, class::DIED);
    let counts = cursor.tokens.is(next, TokenKind::Word)
        && !cursor.may(next, bit::FUNCTION | bit::RELATIVE | bit::DAY);
    let is = is_of_person(cursor, i);
    // "Children as young as 9".
    let young = 3 <= i
        && cursor.is(i - 1, class::AS)
        && cursor.is(i - 2, class::OLD_YOUNG)
        && cursor.is(i - 3, class::AS);
    let is = is || young;
    (turns || died || is)
        && cursor.tokens.is_digits(i, if is { &[1, 2] } else { &[2] })
        && next == i + 1
        && !counts
        && (young
            || is && cursor.is(next, class::BEHIND_AGE)
            || cursor.tokens.adjacent(next).is_none()
            || [',', '.', ';', ')'].iter().any(|&sign| cursor.tokens.is_sign(next, sign)))
}

/// Whether a hedge before a number makes it an age: "those aged under 30", "children under 18", and neither a
/// measure nor a count follows.
pub(in crate::mention) fn is_bound(
    cursor: Cursor<'_>,
    hedge: usize,
    number: usize,
    next: usize,
) -> bool {
    let of_people = |cursor: Cursor<'_>, before: usize| {
        cursor.is(before, class::AGED)
            || cursor.is(before, class::OF_SOME_AGE) && cursor.is(hedge, class::UNDER_OVER)
    };
    let counts = cursor.is_plural(next)
        || cursor.may(next, bit::ADJECTIVE | bit::SCALE | bit::PERCENT)
        || cursor.unit(next).is_some();
    cursor.before(hedge, of_people)
        && number + 1 == next
        && cursor.tokens.is_digits(number, &[1, 2])
        && !counts
        && cursor.tokens.adjacent(next).is_none_or(|token| {
            matches!(token.kind, TokenKind::Sign('.' | ',' | ';' | ')' | '"' | '”' | '?' | ':'))
        })
}
