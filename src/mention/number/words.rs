//! Numbers in words: "sixty-four", "two thousand five hundred", "two thirds", "one in five".

use crate::lexicon::{Sense, bit, class};
use crate::mention::amount::counted;
use crate::mention::cursor::Cursor;
use crate::mention::number::numeral::{ReadNumeral, plain_number, vulgar};
use crate::mention::token::TokenKind;
use crate::value::Rational;

/// The number in words that starts at a token, without its last scale word.
pub(super) fn read(cursor: Cursor<'_>, i: usize) -> Option<(ReadNumeral, usize)> {
    if let Some(part) = vulgar(cursor, i) {
        return Some((ReadNumeral::in_words(part), i + 1));
    }
    let opener = cursor.may(i, bit::OPENER);
    if cursor.may(i, bit::CARDINAL)
        || opener && cursor.is(i, class::A) && cursor.may(i + 1, bit::SCALE)
    {
        return counted(cursor, i);
    }
    if cursor.may(i, bit::SCALE) {
        return bare_hundred(cursor, i);
    }
    if opener && cursor.is(i, class::INDEFINITE_ARTICLE) {
        return with_article(cursor, i);
    }
    if cursor.may(i, bit::SCALE_PLURAL) {
        return many(cursor, i);
    }
    if opener && cursor.is(i, class::HALF) {
        return half(cursor, i);
    }
    // "Quarter million".
    let (parts, next) = fraction_word(cursor, i)?;
    cursor
        .may(next, bit::SCALE)
        .then(|| (ReadNumeral::in_words(Rational::fraction(1, parts)), next))
}

/// "hundred thousand", where no word before it makes it a few or several of them.
fn bare_hundred(cursor: Cursor<'_>, i: usize) -> Option<(ReadNumeral, usize)> {
    let scaled = cursor.may(i + 1, bit::SCALE) && 2 < cursor.tokens.str(i + 1).len();
    let vague = cursor.before(i, |cursor, before| {
        cursor.tokens.is(before, TokenKind::Word) || cursor.tokens.is(before, TokenKind::Number)
    });
    (cursor.is(i, class::HUNDRED) && scaled && !vague).then(|| (ReadNumeral::whole(100), i + 1))
}

/// A number that begins with a number word, and what it may be part of.
fn counted(cursor: Cursor<'_>, i: usize) -> Option<(ReadNumeral, usize)> {
    let (number, next) = cardinal(cursor, i)?;
    let is_article = cursor.is(i, class::A);
    if let Some((parts, end)) = fraction_word(cursor, behind_any_hyphen(cursor, next))
        && 0 < number
        && number.unsigned_abs() < parts
        && (number < 11 || 10 < parts)
        && is_share(cursor, i, next, end)
    {
        return Some((ReadNumeral::in_words(Rational::fraction(number, parts)), end));
    }
    if let Some((share, end)) = one_in(cursor, number, next) {
        return Some((ReadNumeral::in_words(share), end));
    }
    // "Two and a half", "one-and-a-half".
    let and = cursor.behind_hyphen(next);
    let article = cursor.behind_hyphen(and + 1);
    let half = cursor.is(and, class::AND) && cursor.is(article, class::A_OR_ONE);
    let half = half.then(|| fraction_word(cursor, cursor.behind_hyphen(article + 1))).flatten();
    let quarters = || {
        let (count, end) = below_hundred(cursor, next + 1)?;
        let (parts, end) = fraction_word(cursor, cursor.behind_hyphen(end))?;
        (cursor.is(next, class::AND) && 0 < count && count.unsigned_abs() < parts)
            .then(|| (Rational::fraction(count, parts), end))
    };
    let part = half.map(|(parts, end)| (Rational::fraction(1, parts), end)).or_else(quarters);
    if let Some((part, end)) = part {
        return Some((ReadNumeral::mixed(&Rational::from(number) + &part, &part), end));
    }
    if let Some((number, decimals, end)) = point(cursor, number, next) {
        let mut read = ReadNumeral::exact(number);
        read.decimals = decimals;
        read.numeral.place = -i32::try_from(decimals).unwrap_or(0);
        read.numeral.rounded = true;
        return Some((read, end));
    }
    if number == 1 && next == i + 1 && !is_article && !is_counting_one(cursor, i) {
        return None;
    }
    let (whole, end) = continued(cursor, number, next);
    Some((ReadNumeral::whole(whole), end))
}

/// "a third", "a dozen", "a year"; "a couple of hundred".
fn with_article(cursor: Cursor<'_>, i: usize) -> Option<(ReadNumeral, usize)> {
    // "One-in-a-million" is no million.
    let joined = cursor.tokens.adjacent(i).is_some()
        && cursor.before(i, |cursor, before| cursor.tokens.is(before, TokenKind::Dash));
    if joined {
        return None;
    }
    let next = cursor.behind_hyphen(i + 1);
    if let Some((parts, end)) = fraction_word(cursor, next) {
        // "A third man" is no share.
        return is_share(cursor, i, i + 1, end)
            .then(|| (ReadNumeral::in_words(Rational::fraction(1, parts)), end));
    }
    if let Some((group, end)) = group(cursor, next) {
        return Some((ReadNumeral::whole(group), end));
    }
    if cursor.is(next, class::HALF) && group(cursor, cursor.behind_hyphen(next + 1)).is_some() {
        return half(cursor, next);
    }
    if cursor.may(next, bit::SCALE) {
        cursor.phrase(next, bit::SCALE, |sense| matches!(sense, Sense::Scale(_)).then_some(()))?;
        return (2 < cursor.tokens.str(next).len()).then(|| (ReadNumeral::whole(1), next));
    }
    (next == i + 1 && is_length_of_time(cursor, i)).then(|| (ReadNumeral::whole(1), next))
}

/// Whether "a year" is a length of time here: not in "twice a year", "500 jobs a year", "a day-care".
fn is_length_of_time(cursor: Cursor<'_>, i: usize) -> bool {
    let duration = cursor.phrase(i + 1, bit::UNIT, |sense| match sense {
        Sense::Unit(unit) => unit.dimension.is_duration().then_some(()),
        _ => None,
    });
    let Some(((), end)) = duration else { return false };
    // "A second" is mostly a rank, "a minute" and "a moment" are no figures.
    if cursor.is(i + 1, class::NO_SINGLE_SPAN) {
        let is_bounded = cursor.is(i + 1, class::MINUTE)
            && cursor.before(i, |cursor, before| cursor.is(before, class::BEFORE_MINUTE));
        return is_bounded || cursor.may(end, bit::ELAPSED);
    }
    // "Quite a day", "what a week", "a day of mourning".
    let is_spoken = cursor.before(i, |cursor, before| cursor.is(before, class::EXCLAIMS));
    if is_spoken || cursor.is(end, class::OF) && !cursor.is(end + 1, class::OF_LENGTH) {
        return false;
    }
    let joined = cursor.tokens.adjacent(end).is_some_and(|t| t.kind == TokenKind::Dash)
        && !cursor.is(end + 1, class::MEASURED);
    if cursor.may(end, bit::ELAPSED) {
        return true;
    }
    let is_rate = cursor.before(i, |cursor, before| {
        cursor.tokens.is(before, TokenKind::Number)
            || cursor.is_plural(before)
            || cursor.is(before, class::BEFORE_RATE)
            || cursor.may(before, bit::PERCENT | bit::SCALE)
    });
    !joined && !is_rate
}

/// "half", "half a million", "half a dozen", "half an hour".
fn half(cursor: Cursor<'_>, i: usize) -> Option<(ReadNumeral, usize)> {
    let behind = cursor.behind_hyphen(i + 1);
    let article = usize::from(cursor.is(behind, class::INDEFINITE_ARTICLE));
    if let Some((group, end)) = group(cursor, behind + article) {
        let number = Rational::fraction(group, 2);
        return Some((ReadNumeral::exact(number), end));
    }
    let part = ReadNumeral::in_words(Rational::fraction(1, 2));
    if article == 1 && cursor.is_measure(behind + 1) {
        return Some((part, behind + 1));
    }
    // "Half a point", whose article belongs to its unit, if it has one.
    if article == 1 && cursor.is(behind + 1, class::POINTS) {
        return Some((part, i + 1));
    }
    if i + 1 < behind {
        let measures = cursor.is_measure(behind) || cursor.is(behind, class::POINTS);
        return measures.then_some((part, i + 1));
    }
    let is_part_of_time = cursor.before(i, |cursor, before| {
        cursor.may(before, bit::ORDINAL) || cursor.is(before, class::BEFORE_HALF_OF_TIME)
    });
    let opens = cursor.is(behind, class::BEHIND_HALF)
        || cursor.is_measure(behind)
        || ends(cursor, behind)
        || cursor.before(i, |cursor, before| {
            cursor.may(before, bit::HEDGE) || cursor.is(before, class::THAN)
        });
    // "64,000 tonnes in the half".
    let names_time = !cursor.is(behind, class::OF)
        && cursor.before(i, |cursor, before| cursor.is(before, class::THE));
    (opens && !is_part_of_time && !names_time).then_some((part, i + 1))
}

/// Whether a clause ends before a token.
fn ends(cursor: Cursor<'_>, i: usize) -> bool {
    cursor.tokens.get(i).is_none_or(|token| matches!(token.kind, TokenKind::Sign(_)))
}

/// "thousands", "tens of thousands": from twice the number up to the next power.
fn many(cursor: Cursor<'_>, i: usize) -> Option<(ReadNumeral, usize)> {
    let word = |i: usize| {
        cursor.phrase(i, bit::SCALE_PLURAL, |sense| match sense {
            Sense::ScalePlural(number) => Some(*number),
            _ => None,
        })
    };
    let (mut number, mut next) = word(i)?;
    let small = number < 100;
    if cursor.is(next, class::OF)
        && let Some((scale, end)) = word(next + 1)
    {
        number = number.checked_mul(scale)?;
        next = end;
        if cursor.is(next, class::OF)
            && let Some((scale, end)) = word(next + 1)
        {
            number = number.checked_mul(scale)?;
            next = end;
        }
    } else if small && number != 12 && !cursor.is(next, class::OF) {
        // "He scores", "tens" of a score.
        return None;
    }
    let factor = if number % 12 == 0 { 5 } else { 10 };
    let mut read = ReadNumeral::whole(number.checked_mul(2)?);
    read.up_to = Some(Rational::from(number.checked_mul(factor)?));
    Some((read, next))
}

/// Whether "one" counts: "one man", "one in five", not "no one", "one of them", "this one".
fn is_counting_one(cursor: Cursor<'_>, i: usize) -> bool {
    let next = cursor.behind_hyphen(i + 1);
    let named = cursor.may(next, bit::SCALE | bit::PERCENT | bit::GROUP)
        || cursor.unit(next).is_some()
        || cursor.money(next).is_some()
        // "Twenty Danes and one Norwegian".
        || cursor.may(next, bit::MONEY) && cursor.tokens.is_capital(next);
    if cursor.before(i, |cursor, before| cursor.may(before, bit::SIGN)) {
        return true;
    }
    let barred = cursor.before(i, |cursor, before| {
        cursor.is(before, class::DETERMINER_OF_ONE) && !opens_report(cursor, before)
    });
    // "One “near-miss” incident".
    let quoted =
        matches!(cursor.tokens.get(next).map(|token| token.kind), Some(TokenKind::Sign('"' | '“')))
            && cursor.tokens.get(next).is_some_and(|token| token.spaced)
            && cursor.tokens.is(next + 1, TokenKind::Word)
            && !cursor.before(i, |cursor, before| cursor.may(before, bit::ORDINAL));
    let named_behind = next == i + 1 && counted::is_before_noun(cursor, next);
    let followed = quoted
        || named_behind
        || cursor.tokens.is(next, TokenKind::Word)
            && cursor.tokens.get(next).is_some_and(|t| t.spaced || next != i + 1)
            && !cursor.may(next, bit::FUNCTION)
            && !cursor.tokens.is_capital(next)
            && !(next == i + 1 && is_behind_pronoun(cursor, next));
    let or_two = cursor.is(next, class::OR_TO) && cursor.may(next + 1, bit::CARDINAL);
    named || ((followed || or_two) && !barred) || (cursor.tokens.len() == 1)
}

/// Whether a word makes the "one" before it a pronoun: "one carefully chosen", "one known as", "one based on".
fn is_behind_pronoun(cursor: Cursor<'_>, i: usize) -> bool {
    let word = cursor.tokens.str(i);
    let adverb = cursor.is(i, class::NO_NOUN_OF_ONE)
        || word.ends_with("ly") && !cursor.is(i, class::ADJECTIVE_IN_LY);
    let participle = cursor.is(i, class::PARTICIPLE) || 4 < word.len() && word.ends_with("ed");
    adverb || participle && cursor.may(i + 1, bit::FUNCTION)
}

/// Whether "that" opens what somebody says: "doctors say that one nurse fell ill".
fn opens_report(cursor: Cursor<'_>, that: usize) -> bool {
    cursor.is(that, class::THAT) && cursor.before(that, |cursor, at| cursor.is(at, class::REPORTS))
}

/// Whether a number and a word for a part make a share: "two thirds", "a third of", but "a third
/// man", "one second", "two quarters" do not.
fn is_share(cursor: Cursor<'_>, i: usize, next: usize, end: usize) -> bool {
    let joined = next < cursor.behind_hyphen(next);
    let part = cursor.tokens.str(end - 1);
    let is_plural = part.ends_with('s') || cursor.is(end - 1, class::HALF);
    // "In the past three quarters" is time.
    let of_time = cursor.is(end - 1, class::QUARTERS)
        && !joined
        && (!cursor.is(end, class::OF)
            || cursor.before(i, |cursor, at| cursor.is(at, class::FINAL_OR_FIRST)))
        && (!(ends(cursor, end) || cursor.may(end, bit::SCALE))
            || cursor.before(i, |cursor, before| {
                cursor.may(before, bit::RELATIVE) || cursor.is(before, class::BEFORE_QUARTERS)
            }));
    let followed = cursor.is(end, class::BEHIND_SHARE)
        || cursor.may(end, bit::SCALE | bit::PERCENT)
        || ends(cursor, end);
    let hedged = cursor.before(i, |cursor, before| {
        cursor.may(before, bit::HEDGE | bit::CHANGE | bit::DIRECTION)
            || cursor.is(before, class::BEFORE_SHARE)
    });
    (joined || is_plural || followed || hedged) && !of_time
}

/// "one in five", "2 out of 5": `number` was read before `next`.
pub(super) fn one_in(cursor: Cursor<'_>, number: i64, next: usize) -> Option<(Rational, usize)> {
    let next = cursor.behind_hyphen(next);
    // "Won 8-7 in 10 innings".
    if cursor.before(next, |cursor, at| {
        cursor.before(at, |cursor, dash| cursor.tokens.is(dash, TokenKind::Dash))
    }) {
        return None;
    }
    let behind = match () {
        () if cursor.is(next, class::IN) => next + 1,
        () if cursor.is(next, class::OF) && cursor.is(next + 1, class::EVERY) => next + 1,
        () if cursor.is(next, class::OUT) && cursor.is(next + 1, class::OF) => next + 2,
        () => return None,
    };
    let behind =
        if cursor.is(behind, class::EVERY) { behind + 1 } else { cursor.behind_hyphen(behind) };
    let (whole, end) = cardinal(cursor, behind).or_else(|| plain_number(cursor, behind))?;
    // "5 in 10 years" is no share.
    let measured = cursor.unit(cursor.behind_hyphen(end)).is_some()
        || cursor.may(end, bit::SCALE | bit::MONTH | bit::PERCENT);
    let whole = u64::try_from(whole).ok().filter(|&whole| whole != 0 && !measured)?;
    (0 < number && number.unsigned_abs() < whole).then(|| (Rational::fraction(number, whole), end))
}

/// "two dozen", "a couple of".
pub(super) fn group(cursor: Cursor<'_>, i: usize) -> Option<(i64, usize)> {
    let (size, next) = cursor.phrase(i, bit::GROUP | bit::SCALE_PLURAL, |sense| match sense {
        Sense::Group(size) => Some(*size),
        Sense::ScalePlural(size @ (12 | 20)) => Some(*size),
        _ => None,
    })?;
    // "A pair of shoes" and "a couple said" count nothing.
    if size == 2
        && !cursor.is(next, class::OF)
        && !cursor.may(next, bit::SCALE)
        && next < cursor.tokens.len()
    {
        return None;
    }
    Some((size, if cursor.is(next, class::OF) { next + 1 } else { next }))
}

fn fraction_word(cursor: Cursor<'_>, i: usize) -> Option<(u64, usize)> {
    cursor.phrase(i, bit::FRACTION, |sense| match sense {
        Sense::Fraction(parts) => Some(*parts),
        _ => None,
    })
}

fn word(cursor: Cursor<'_>, i: usize) -> Option<(i64, usize)> {
    cursor.phrase(i, bit::CARDINAL, |sense| match sense {
        Sense::Cardinal(number) => Some(*number),
        _ => None,
    })
}

pub(in crate::mention) fn below_hundred(cursor: Cursor<'_>, i: usize) -> Option<(i64, usize)> {
    let (tens, next) = word(cursor, i)?;
    let after = behind_any_hyphen(cursor, next);
    match word(cursor, after) {
        Some((ones, end)) if 20 <= tens && tens % 10 == 0 && (1..10).contains(&ones) => {
            Some((tens + ones, end))
        }
        _ => Some((tens, next)),
    }
}

/// Steps over a hyphen, with spaces around it too: "forty - five", as some texts are cut.
fn behind_any_hyphen(cursor: Cursor<'_>, i: usize) -> usize {
    let spaced = cursor.tokens.is(i, TokenKind::Dash)
        && cursor.tokens.str(i) == "-"
        && cursor.may(i + 1, bit::CARDINAL | bit::FRACTION);
    if spaced { i + 1 } else { cursor.behind_hyphen(i) }
}

/// Whole number words below a thousand: "sixty-four", "two hundred and five".
fn cardinal(cursor: Cursor<'_>, i: usize) -> Option<(i64, usize)> {
    // "A hundred and forty" counts from one.
    let is_article = cursor.is(i, class::A)
        && cursor.may(i + 1, bit::SCALE)
        && 2 < cursor.tokens.str(i + 1).len();
    let (mut number, mut next) = if is_article { (1, i + 1) } else { below_hundred(cursor, i)? };
    if let Some((size, end)) = group(cursor, cursor.behind_hyphen(next)) {
        return Some((number * size, end));
    }
    let hundred = cursor.behind_hyphen(next);
    if cursor.is(hundred, class::HUNDRED) && number < 100 {
        number *= 100;
        next = hundred + 1;
        let after = if cursor.is(next, class::AND) { next + 1 } else { next };
        if let Some((rest, end)) = below_hundred(cursor, after) {
            number += rest;
            next = end;
        }
    }
    Some((number, next))
}

/// "a half", "one third", "three quarters" that end a number whose scale word is 10 to `power`: the
/// part, and the power of ten that it is of, which a smaller scale word of its own may give.
pub(super) fn part_behind(
    cursor: Cursor<'_>,
    i: usize,
    power: i32,
) -> Option<(Rational, i32, usize)> {
    let (count, next) = if cursor.is(i, class::A) { (1, i + 1) } else { below_hundred(cursor, i)? };
    let (parts, end) = fraction_word(cursor, cursor.behind_hyphen(next))?;
    let is_part = 0 < count && count.unsigned_abs() < parts;
    if !is_part || cursor.is(end, class::OF) || cursor.may(end, bit::PERCENT) {
        return None;
    }
    let part = Rational::fraction(count, parts);
    let own = cursor.phrase(end, bit::SCALE, |sense| match sense {
        Sense::Scale(own) => Some(*own),
        _ => None,
    });
    match own {
        None => Some((part, power, end)),
        Some((own, end)) => (3 <= own && own < power).then_some((part, own, end)),
    }
}

/// "five point five", "two point seven one": the decimals are digits or one number below a hundred.
fn point(cursor: Cursor<'_>, whole: i64, next: usize) -> Option<(Rational, u32, usize)> {
    if !cursor.is(next, class::POINT) {
        return None;
    }
    let (mut digits, mut count, mut at) = (0_i64, 0_u32, next + 1);
    while count < 9
        && let Some((digit, end)) = word(cursor, at).filter(|&(digit, _)| digit < 10)
    {
        (digits, count, at) = (digits * 10 + digit, count + 1, end);
    }
    if count == 0 {
        let (two, end) = below_hundred(cursor, at)?;
        (digits, count, at) = (two, 2, end);
    }
    let part = Rational::fraction(digits, 10_u64.pow(count));
    Some((Rational::from(whole) + part, count, at))
}

/// What follows a scale word in the middle of a number: "two thousand five hundred", "one million
/// two hundred thousand and six". A scale word at the end is left for the numeral.
fn continued(cursor: Cursor<'_>, first: i64, next: usize) -> (i64, usize) {
    let scale = |i: usize| {
        cursor.phrase(i, bit::SCALE, |sense| match sense {
            Sense::Scale(power @ 3..) => Some(10_i64.checked_pow(power.unsigned_abs())?),
            _ => None,
        })
    };
    let (mut total, mut group, mut at, mut last) = (0_i64, first, next, i64::MAX);
    while let Some((factor, behind)) = scale(at).filter(|&(factor, _)| factor < last) {
        if cursor.tokens.str(at).len() < 3 {
            break;
        }
        let and = usize::from(cursor.is(behind, class::AND));
        let Some((rest, end)) = cardinal(cursor, behind + and) else { break };
        // "Three million and two men" is two figures, "five thousand and six" one.
        if and == 1 && 1000 < factor || cursor.is(behind + and, class::A) {
            break;
        }
        let Some(sum) = group.checked_mul(factor).and_then(|part| total.checked_add(part)) else {
            break;
        };
        (total, group, at, last) = (sum, rest, end, factor);
    }
    if last == i64::MAX {
        return (first, next);
    }
    // A scale word at the very end belongs to the last group only.
    if let Some((factor, behind)) = scale(at).filter(|&(factor, _)| factor < last)
        && let Some(part) = group.checked_mul(factor)
    {
        return (total.saturating_add(part), behind);
    }
    (total.saturating_add(group), at)
}
