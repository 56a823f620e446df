//! What a bare number counts: "64 parliamentarians", "over 100,000 ethnic Armenians".

use crate::lexicon::{bit, class};
use crate::mention::cursor::Cursor;
use crate::mention::token::TokenKind;

/// Words that may stand between a number and what it counts.
const REACH: usize = 8;

/// The tokens of the noun that a number counts which ends before `next`.
pub(in crate::mention) fn noun(cursor: Cursor<'_>, next: usize) -> Option<std::ops::Range<usize>> {
    // "Two-thirds", "a 12-nation treaty", but not "a 28,000-strong force".
    let start = cursor.behind_hyphen(next);
    let start = if cursor.is(start, class::OF) { start + 1 } else { start };
    // "Three of its senior officers".
    if start == next + 1 && cursor.is(start, class::POSSESSIVE) {
        return whole(cursor, next).filter(|noun| cursor.is_plural(noun.end - 1));
    }
    if start != next && !cursor.is(next, class::OF) {
        let single = cursor.tokens.is(start, TokenKind::Word)
            && !is_function(cursor, start)
            && !cursor.tokens.str(start).ends_with("ed")
            && !cursor.is(start, class::STRONG);
        return single.then_some(start..start + 1);
    }
    let start = if cursor.is(start, class::BEFORE_COUNTED) { start + 1 } else { start };
    let mut i = start;
    while i < start + REACH {
        if let Some(behind) = measure(cursor, i, start) {
            i = behind;
            continue;
        }
        if cursor.tokens.get(i)?.kind != TokenKind::Word {
            return None;
        }
        // "52,000 veterans' families".
        let apostrophe = cursor
            .tokens
            .adjacent(i + 1)
            .is_some_and(|t| matches!(t.kind, TokenKind::Sign('\'' | '’')));
        if is_label_below(cursor, i) {
            return None;
        }
        if (cursor.is_plural(i) || is_people(cursor, i)) && !apostrophe {
            return Some(whole_noun(cursor, i));
        }
        let joins = start < i && cursor.is(i, class::AND) && !cursor.may(i + 1, bit::CARDINAL);
        // "Bus-only lanes".
        let hyphened = start < i
            && cursor.tokens.adjacent(i).is_some()
            && cursor.tokens.is(i - 1, TokenKind::Dash);
        // "40 hybrid and all-electric models".
        let opens = cursor.behind_hyphen(i + 1) != i + 1;
        if !joins
            && !hyphened
            && !opens
            && (is_function(cursor, i) || cursor.may(i, bit::MONTH | bit::CARDINAL))
        {
            return None;
        }
        i += 1;
        if cursor.tokens.adjacent(i).is_some_and(|t| t.kind == TokenKind::Dash) {
            i += 1;
        }
        if apostrophe {
            i += 1;
            if cursor.tokens.adjacent(i).is_some() {
                return None;
            }
        }
    }
    None
}

/// Whether a word is the name of a people that has no plural, and stands before no noun: "503 East
/// Timorese", not "two Chinese activists".
fn is_people(cursor: Cursor<'_>, i: usize) -> bool {
    let word = cursor.tokens.str(i);
    let ends = !cursor.tokens.is(i + 1, TokenKind::Word)
        || cursor.may(i + 1, bit::FUNCTION | bit::PAST | bit::CHANGE);
    5 < word.len() && word.ends_with("ese") && cursor.tokens.is_capital(i) && ends
}

/// Whether a word begins a line with a capital and has a figure behind it: the "Revs" of a table in plain
/// text.
fn is_label_below(cursor: Cursor<'_>, i: usize) -> bool {
    cursor.tokens.is_capital(i)
        && cursor.tokens.is(i + 1, TokenKind::Number)
        && cursor.tokens.begins_line(i)
}

/// The token behind a measure or a type that stands before what is counted: the "330ml" of "six million
/// 330ml cans", the "31" of "six new Type 31 frigates".
fn measure(cursor: Cursor<'_>, i: usize, start: usize) -> Option<usize> {
    if !cursor.tokens.is(i, TokenKind::Number) {
        return None;
    }
    let unit = cursor.behind_hyphen(i + 1);
    let joined = cursor.tokens.adjacent(unit).is_some();
    if let Some((_, end)) = cursor.unit(unit).filter(|_| joined) {
        return Some(end);
    }
    let named = start < i && cursor.tokens.is_capital(i - 1) && cursor.may(i - 1, bit::LABEL);
    named.then_some(i + 1)
}

/// The noun in the singular that a number counts before another: "a 600 point loss", "a three word slogan".
pub(in crate::mention) fn attribute(
    cursor: Cursor<'_>,
    next: usize,
) -> Option<std::ops::Range<usize>> {
    // "A two-for-one stock split", "the 15 can run".
    let joined = 2 <= next
        && cursor.tokens.is(next - 2, TokenKind::Dash)
        && cursor.tokens.adjacent(next - 1).is_some();
    if joined || cursor.is(next, class::AUXILIARY) {
        return None;
    }
    let behind = cursor.behind(next, bit::THING)?;
    let is_noun = behind == next + 1
        && cursor.tokens.is(behind, TokenKind::Word)
        && !cursor.tokens.is_capital(behind)
        && !is_function(cursor, behind)
        && !cursor.may(behind, bit::PAST | bit::FUTURE | bit::CHANGE | bit::DIRECTION);
    is_noun.then_some(next..behind)
}

/// The noun of one thing: the word behind "one", or behind an adjective there.
pub(in crate::mention) fn single(
    cursor: Cursor<'_>,
    next: usize,
) -> Option<std::ops::Range<usize>> {
    let start = behind_quotes(cursor, cursor.behind_hyphen(next));
    // "A 3-1 win".
    let is_result = 2 <= next
        && cursor.tokens.is(next - 2, TokenKind::Dash)
        && cursor.tokens.adjacent(next - 1).is_some();
    // "One Frisian journalist".
    let start = if is_before_noun(cursor, start) { start + 1 } else { start };
    let fits = !is_result
        && cursor.tokens.is(start, TokenKind::Word)
        && !is_function(cursor, start)
        && !cursor.tokens.is_capital(start)
        && cursor.tokens.get(start).is_some_and(|token| token.spaced);
    if !fits {
        return None;
    }
    let is_adjective = |i: usize| {
        let word = cursor.tokens.str(i);
        cursor.may(i, bit::ADJECTIVE)
            || ADJECTIVE_ENDINGS.iter().any(|end| word.ends_with(end))
            || word.ends_with("ed") && !cursor.may(i, bit::PAST)
    };
    // "One oil pumped in the north".
    let is_behind = |i: usize| cursor.tokens.str(i).ends_with("ed") && is_function(cursor, i + 1);
    let mut noun = start;
    while is_adjective(noun) && noun < start + 3 {
        let next = noun + 1;
        let goes_on = cursor.tokens.is(next, TokenKind::Word)
            && !is_function(cursor, next)
            && !cursor.tokens.is_capital(next)
            && !cursor.may(next, bit::CHANGE | bit::PAST)
            && !is_behind(next);
        // An adjective that nothing follows is none: "one official".
        if !goes_on {
            break;
        }
        noun = next;
    }
    Some(noun..noun + 1)
}

/// Tokens of a quotation that stands before what is counted.
const LONGEST_QUOTED: usize = 6;

/// Steps over words in quotation marks with a noun behind them: "one “near-miss” incident".
fn behind_quotes(cursor: Cursor<'_>, start: usize) -> usize {
    let is_quote = |at: usize| {
        matches!(
            cursor.tokens.get(at).map(|token| token.kind),
            Some(TokenKind::Sign('"' | '“' | '”'))
        )
    };
    if !is_quote(start) {
        return start;
    }
    let close = (start + 1..start + LONGEST_QUOTED).find(|&at| is_quote(at));
    close.map_or(start, |close| close + 1)
}

/// What a share is of: the "population" of "one third of the Danish population", the "Danes" of "one in
/// five Danes".
pub(in crate::mention) fn whole(cursor: Cursor<'_>, next: usize) -> Option<std::ops::Range<usize>> {
    if !cursor.is(next, class::OF) {
        let behind =
            |back: usize, class| next.checked_sub(back).is_some_and(|at| cursor.is(at, class));
        let of_so_many = behind(2, class::IN) || behind(2, class::OF) && behind(3, class::OUT);
        // "Half the men", "half its 20 shops".
        let of_all = || {
            let start = next + 1 + usize::from(cursor.tokens.is(next + 1, TokenKind::Number));
            let is_half = behind(1, class::HALF) && cursor.is(next, class::BEFORE_WHOLE_NOUN);
            let plural = plural_behind(cursor, start).filter(|noun| noun.start < start + 2);
            plural.filter(|_| is_half)
        };
        return if of_so_many { noun(cursor, next) } else { of_all() };
    }
    let mut start = next + 1;
    // "Half of those phones", but not "half of those questioned".
    if cursor.is(start, class::DEFINITE) && !cursor.is(start, class::THE) {
        let number = usize::from(cursor.tokens.is(start + 1, TokenKind::Number));
        return plural_behind(cursor, start + 1 + number);
    }
    while cursor.is(start, class::BEFORE_WHOLE_NOUN) || cursor.is(start, class::BEFORE_COUNTED) {
        start += 1;
    }
    // "A third of the 90 staff", but not "of the 90 tonnes".
    if next + 1 < start && cursor.tokens.is(start, TokenKind::Number) {
        let scale = usize::from(cursor.may(start + 1, bit::SCALE));
        let at = start + 1 + scale;
        let measures = cursor.unit(at).is_some() || cursor.money(at).is_some();
        return plural_behind(cursor, at).filter(|_| !measures);
    }
    // "Half of the city's budget".
    if let Some(behind) = (start..start + 3).find_map(|at| cursor.behind_genitive(at + 1)) {
        start = behind;
    }
    // "A third of them", "half of what was paid".
    let fits = cursor.tokens.is(start, TokenKind::Word) && !is_function(cursor, start);
    if !fits {
        return None;
    }
    // Names stand before the noun: "the Danish population".
    let mut at = start;
    while cursor.tokens.is(at, TokenKind::Word) && cursor.tokens.is_capital(at) && at < start + 3 {
        at += 1;
    }
    let plural = (start..=at).find(|&at| cursor.is_plural(at));
    let plural = plural.map(|at| whole_noun(cursor, at));
    // "Half of global output".
    let describes = |at: usize| {
        let word = cursor.tokens.str(at);
        ["al", "ed", "ing"].iter().any(|ending| word.ends_with(ending))
            && cursor.tokens.is(at + 1, TokenKind::Word)
            && !is_function(cursor, at + 1)
            && !cursor.tokens.is_capital(at + 1)
            && !cursor.may(at + 1, bit::CHANGE | bit::PAST)
    };
    plural
        .or_else(|| plural_behind(cursor, at))
        .or_else(|| single(cursor, if describes(at) { at + 1 } else { at }))
}

/// Words before the plural of what a share is of, at most.
const BEFORE_PLURAL: usize = 3;

/// The plural that a few words before it describe: "a third of known uranium resources".
fn plural_behind(cursor: Cursor<'_>, start: usize) -> Option<std::ops::Range<usize>> {
    let ends = |at: usize| {
        !cursor.tokens.is(at, TokenKind::Word)
            || is_function(cursor, at)
            || cursor.is(at, class::AUXILIARY)
            || cursor.may(at, bit::CHANGE | bit::PAST | bit::FUTURE)
    };
    let plural = (start..=start + BEFORE_PLURAL)
        .take_while(|&at| !ends(at))
        .find(|&at| cursor.is_plural(at) && !cursor.tokens.is_capital(at))?;
    Some(whole_noun(cursor, plural))
}

/// Whether a name stands before the noun of one thing: "one Frisian journalist", "one FBI agent".
pub(in crate::mention) fn is_before_noun(cursor: Cursor<'_>, name: usize) -> bool {
    let noun = name + 1;
    let dated = bit::MONTH | bit::WEEKDAY | bit::HOLIDAY | bit::DAY;
    cursor.tokens.is(name, TokenKind::Word)
        && cursor.tokens.is_capital(name)
        && !cursor.may(name, bit::FUNCTION | dated)
        && cursor.tokens.is(noun, TokenKind::Word)
        && cursor.tokens.get(noun).is_some_and(|token| token.spaced)
        && !cursor.tokens.is_capital(noun)
        && !cursor.may(noun, bit::FUNCTION | bit::CHANGE | bit::PAST | bit::FUTURE | dated)
        // "One ADR represents": what is one has no plural.
        && !cursor.is_plural(noun)
        && !["ed", "ing"].iter().any(|ending| cursor.tokens.str(noun).ends_with(ending))
}

/// How words end that mostly say what a thing is like.
const ADJECTIVE_ENDINGS: [&str; 14] = [
    "able", "ible", "ous", "ful", "less", "ive", "ish", "ular", "ical", "ional", "ious", "born",
    "ary", "est",
];

/// A plural, or the one behind it ("14 crew members"), with what is joined to it ("hard-liners").
fn whole_noun(cursor: Cursor<'_>, i: usize) -> std::ops::Range<usize> {
    let next = cursor.is_plural(i + 1) && !cursor.tokens.is_capital(i + 1);
    let noun = if next { i + 1 } else { i };
    let joined = 2 <= noun
        && cursor.tokens.adjacent(noun).is_some()
        && cursor.tokens.is(noun - 1, TokenKind::Dash)
        && cursor.tokens.adjacent(noun - 1).is_some()
        && cursor.tokens.is(noun - 2, TokenKind::Word);
    if joined { noun - 2..noun + 1 } else { noun..noun + 1 }
}

/// Whether a word is never part of what is counted; "U.S." is, though "us" is not.
fn is_function(cursor: Cursor<'_>, i: usize) -> bool {
    let word = cursor.tokens.str(i);
    // "60 million class A shares".
    let is_letter =
        || word == "A" && cursor.before(i, |cursor, before| cursor.may(before, bit::LABEL));
    cursor.may(i, bit::FUNCTION) && !word.contains('.') && word != "US" && !is_letter()
}
