//! What an amount is a rate of: "annually", "a year", "per barrel", "per 100,000", "each".

use crate::lexicon::{Sense, bit, class};
use crate::mention::cursor::Cursor;
use crate::mention::number::{self, Abbreviations};
use crate::mention::token::TokenKind;
use crate::value::{Base, Unit};

/// What an amount is a rate of: "annually", "a year", "per barrel", "per capita", "/km", "each".
pub(in crate::mention) fn read(cursor: Cursor<'_>, unit: &Unit, i: usize) -> (Unit, usize) {
    if unit.is_temperature()
        || unit.dimension.exponent(Base::Points) != 0
        || cursor.tokens.get(i).is_none()
    {
        return (unit.clone(), i);
    }
    if let Some((per, next)) = adverb(cursor, i)
        && !describes(cursor, unit, next)
    {
        return (unit.per(per), next);
    }
    // "50 cents on the dollar".
    if cursor.is(i, class::ON)
        && cursor.is(i + 1, class::THE)
        && let Some((money, next)) = cursor.money(i + 2).filter(|_| unit.is_money())
        && money.minor.is_none()
        && cursor.tokens.is(i + 2, TokenKind::Word)
    {
        return (unit.per_thing(cursor.tokens.str(i + 2)), next);
    }
    if let Some(found) = behind_matter(cursor, unit, i)
        .or_else(|| behind_bracket(cursor, unit, i).map(|per| (per, i)))
    {
        return found;
    }
    let at = cursor.behind_hyphen(i);
    let slash = cursor.tokens.is_sign(at, '/');
    let article = cursor.is(at, class::RATE_ARTICLE);
    let per = cursor.is(at, class::BEFORE_EVERY)
        && (cursor.is(at, class::PER) || cursor.is(at + 1, class::EACH_EVERY));
    if !slash && !article && !per {
        let each = cursor.is(at, class::APIECE) && !unit.name.is_empty();
        return if each { (unit.per_thing("each"), at + 1) } else { (unit.clone(), i) };
    }
    let start =
        if cursor.is(at + 1, class::EACH_EVERY) { at + 2 } else { cursor.behind_hyphen(at + 1) };
    // "For every extra month".
    let adjective = cursor.is(start, class::BEFORE_RATED);
    let start = if adjective { start + 1 } else { start };
    // "$08/07/2025" is no price for seven.
    if !slash && let Some(found) = per_many(cursor, unit, start) {
        return found;
    }
    if let Some((other, next)) = cursor.unit(start)
        && !other.is_temperature()
        && !(article && (cursor.may(next, bit::ELAPSED) || cursor.is(next, class::BEFORE)))
    {
        // "Two months a year" is a rate of time, "an hour a day" too, but not "a year a".
        return (unit.per(other), next);
    }
    if slash || cursor.is(at, class::PER) || per {
        if let Some(next) = cursor.behind(start, bit::THING) {
            return (unit.per_thing(thing(cursor, start)), next);
        }
        if cursor.tokens.is(start, TokenKind::Word)
            && !cursor.may(start, bit::PERCENT | bit::FUNCTION)
        {
            return (unit.per_thing(thing(cursor, start)), start + 1);
        }
    } else if unit.is_money() {
        if let Some(next) = cursor.behind(start, bit::THING) {
            return (unit.per_thing(thing(cursor, start)), next);
        }
        if cursor.is(at, class::EACH) {
            return (unit.per_thing("each"), at + 1);
        }
    } else if cursor.is(at, class::EACH) && !unit.name.is_empty() {
        return (unit.per_thing("each"), at + 1);
    }
    (unit.clone(), i)
}

/// Whether a word of a rate is an adjective of what is counted: "5.5 million monthly active users".
fn describes(cursor: Cursor<'_>, unit: &Unit, next: usize) -> bool {
    unit.name.is_empty()
        && cursor.tokens.is(next, TokenKind::Word)
        && !cursor.may(next, bit::FUNCTION)
        && !cursor.tokens.is_capital(next)
}

/// "2 million barrels of crude oil a day": what is measured stands before the rate.
fn behind_matter(cursor: Cursor<'_>, unit: &Unit, i: usize) -> Option<(Unit, usize)> {
    if !cursor.is(i, class::OF) || unit.name.is_empty() || unit.is_money() {
        return None;
    }
    let is_matter = |at: usize| {
        cursor.tokens.is(at, TokenKind::Word)
            && !cursor.may(at, bit::FUNCTION)
            && !cursor.is(at, class::RATE_ARTICLE)
    };
    let mut at = i + 1;
    while at - i <= MOST_WORDS && is_matter(at) {
        at += 1;
    }
    let opens = cursor.is(at, class::PER) || cursor.is(at, class::RATE_ARTICLE);
    if at == i + 1 || !opens {
        return None;
    }
    let (time, next) = cursor.unit(at + 1).filter(|(time, _)| time.dimension.is_duration())?;
    let is_elapsed = cursor.may(next, bit::ELAPSED);
    (!is_elapsed).then(|| (unit.per(time), next))
}

/// "4 billion euros ($4.3 billion) a year": what both are for each of stands behind the bracket, and in
/// neither of them.
fn behind_bracket(cursor: Cursor<'_>, unit: &Unit, i: usize) -> Option<Unit> {
    let tokens = cursor.tokens;
    let is_bracket = |at: usize| tokens.is_sign(at, '(') || tokens.is_sign(at, ')');
    let close = if tokens.is_sign(i, '(') {
        (i + 1..i + LONGEST_BRACKET).find(|&at| is_bracket(at)).filter(|&at| {
            tokens.is_sign(at, ')') && (i + 1..at).any(|inner| tokens.is(inner, TokenKind::Number))
        })?
    } else {
        let opens = tokens.is_sign(i, ')')
            && (i.saturating_sub(LONGEST_BRACKET)..i)
                .rev()
                .find(|&at| is_bracket(at))
                .is_some_and(|at| tokens.is_sign(at, '('));
        opens.then_some(i)?
    };
    if unit.name.is_empty() || unit.per.is_some() || unit.dimension.is_duration() {
        return None;
    }
    per_time(cursor, close + 1).map(|(time, _)| unit.per(time))
}

/// Tokens of a bracket in which a figure stands in other terms, at most.
const LONGEST_BRACKET: usize = 12;

/// "Annually", "daily": what something is for each of, and the token behind it.
fn adverb(cursor: Cursor<'_>, i: usize) -> Option<(&Unit, usize)> {
    cursor.phrase(i, bit::RATE, |sense| match sense {
        Sense::Rate(unit) => Some(unit),
        _ => None,
    })
}

/// "A year", "per month", "annually": the time that something is for each of, and the token behind it.
pub(in crate::mention) fn per_time(cursor: Cursor<'_>, i: usize) -> Option<(&Unit, usize)> {
    let article = cursor.is(i, class::RATE_ARTICLE) || cursor.is(i, class::PER);
    let named = || {
        let (time, next) = article.then(|| cursor.unit(i + 1)).flatten()?;
        let elapsed = cursor.may(next, bit::ELAPSED) || cursor.is(next, class::BEFORE);
        (time.dimension.is_duration() && !elapsed).then_some((time, next))
    };
    adverb(cursor, i).or_else(named).filter(|(time, _)| time.dimension.is_duration())
}

/// Words between a unit and its rate: "of light crude oil".
const MOST_WORDS: usize = 3;

/// "per 100,000", "per 1,000 people", "per million".
fn per_many(cursor: Cursor<'_>, unit: &Unit, start: usize) -> Option<(Unit, usize)> {
    let (numeral, next) = number::read(cursor, start, Abbreviations::Careful)?;
    // "500 mg every 6-8 hours" is no rate.
    let is_range = cursor.tokens.is(next, TokenKind::Dash) || cursor.is(next, class::OR_TO);
    if is_range && number::read(cursor, next + 1, Abbreviations::Careful).is_some() {
        return None;
    }
    let whole = numeral.numeral.number.to_i64().filter(|&number| 1 < number)?;
    let mut end = next;
    let mut name = whole.to_string();
    if let Some((other, behind)) = cursor.unit(next) {
        name = format!("{name} {}", other.name);
        end = behind;
    }
    Some((unit.per_thing(&name), end))
}

/// What a price is for, in one word.
fn thing(cursor: Cursor<'_>, i: usize) -> &str {
    let word = cursor.tokens.str(i);
    // "Head" with a capital is a name, but where all is in capitals.
    let is_plain = |case: fn(&u8) -> bool| word.bytes().all(|byte| case(&byte));
    let in_one_case = is_plain(u8::is_ascii_lowercase) || is_plain(u8::is_ascii_uppercase);
    let is_person = cursor.is(i, class::PERSON) && in_one_case;
    if is_person { "person" } else { word }
}
