//! Hedges before a figure: what "about", "nearly" or "more than" make of it.

use crate::lexicon::{Sense, bit, class};
use crate::mention::amount::{age, multiple, quantity, range};
use crate::mention::cursor::Cursor;
use crate::mention::date::year;
use crate::mention::token::TokenKind;
use crate::value::{Amount, Direction, End, Hedge, Interval, Kind, Numeral, as_written, hedged};

/// An amount that was read, the index behind it, and whether it borrows its unit or scale from the
/// figure behind it.
pub(super) struct Read {
    pub(super) amount: Amount,
    pub(super) next: usize,
    pub(super) borrows: bool,
    /// The hedge, by its index in the lexicon.
    pub(super) hedge: Option<usize>,
}

/// The amount without a hedge of its own that starts at a token, with one that holds for it too: the
/// "98 feet" of "more than 30 metres (98 feet)".
pub(super) fn read_with(cursor: Cursor<'_>, i: usize, hedge: usize) -> Option<Read> {
    Some(finish(cursor, core(cursor, i)?, Some(hedge)))
}

/// The amount that starts at a token, its hedges included.
pub(super) fn read(cursor: Cursor<'_>, i: usize) -> Option<Read> {
    // The "c" of "C$5" is no "circa".
    let apart = |next| cursor.tokens.get(next).is_some_and(|token| token.spaced);
    let is_word = cursor.tokens.is(i, TokenKind::Word);
    if let Some((index, next)) = before(cursor, i)
        && (!is_word || apart(next) || cursor.is(i, class::SUB))
        && !is_level_of_a_year(cursor, next)
    {
        // "Only about 5" is about 5.
        let exact = cursor.lexicon.hedge(index).direction == Direction::Exact;
        // "About C$53 million" holds one hedge, and not a "circa" besides.
        let second = before(cursor, next)
            .filter(|&(_, end)| apart(end) || !cursor.tokens.is(next, TokenKind::Word));
        let index = second.filter(|_| exact).map_or(index, |(inner, _)| inner);
        // "More than about 5": the first hedge is the one that is meant.
        let inner = second.map_or(next, |(_, inner)| inner);
        let found = core(cursor, inner).or_else(|| core(cursor, next));
        // "$290 million over four years": there the word is no hedge.
        let spans = cursor.is(i, class::OVER)
            && found.as_ref().is_some_and(|core| core.amount.kind == Kind::Duration)
            && !opens_hedge(cursor, i);
        // "About first place" hedges nothing.
        let ranked = !cursor.tokens.is(inner, TokenKind::Number)
            && found.as_ref().is_some_and(|core| {
                core.amount.kind == Kind::Ordinal && core.amount.from == core.amount.to
            });
        if spans || ranked {
            return None;
        }
        if let Some(mut core) = found {
            if core.amount.kind == Kind::Number && age::is_bound(cursor, i, inner, core.next) {
                in_years(cursor, &mut core);
            }
            return Some(finish(cursor, core, Some(index)));
        }
    }
    core(cursor, i).map(|core| finish(cursor, core, None))
}

/// Makes a number of years of one.
fn in_years(cursor: Cursor<'_>, core: &mut Core) {
    let (Some(unit), [numeral]) = (cursor.lexicon.unit("year"), &*core.numerals) else { return };
    core.amount.kind = Kind::Duration;
    core.amount.unit = unit.clone();
    core.amount.allowed = as_written(numeral, unit.counting, cursor.lexicon.in_words());
}

/// "Below 2005 levels", "over 2020-21": a year, and no count of its size.
fn is_level_of_a_year(cursor: Cursor<'_>, i: usize) -> bool {
    let year = year::four_digits(cursor, i).filter(|(year, _)| (1900..2100).contains(year));
    year.is_some_and(|(year, end)| {
        let joined = cursor.tokens.adjacent(end).is_some_and(|t| t.kind == TokenKind::Dash);
        let level = cursor.is(end, class::LEVEL);
        // "Will rise over 1986."
        let closes = cursor.tokens.get(end).is_none_or(|token| {
            token.kind == TokenKind::Sign('.') || token.senses & bit::FUNCTION != 0
        }) && !cursor.is(end, class::OF);
        joined && cursor.tokens.is_digits(end + 1, &[2])
            || level
            || cursor.behind_genitive(end).is_some()
            || closes && year % 10 != 0
            || year % 10 != 0 && cursor.is_plural(end)
    })
}

/// Whether "over" before a length of time is a hedge: "for over four years", "lasted over a year".
fn opens_hedge(cursor: Cursor<'_>, i: usize) -> bool {
    i == 0 || cursor.before(i, |cursor, before| cursor.is(before, class::BEFORE_LONG_TIME))
}

/// Tokens between the signs around a name: "<GY.L>".
const TAG: usize = 6;

fn before(cursor: Cursor<'_>, i: usize) -> Option<(usize, usize)> {
    let (index, next) = cursor.phrase(i, bit::HEDGE, |sense| match sense {
        Sense::Hedge(index) => Some(*index),
        _ => None,
    })?;
    // The sign behind "<GY>" closes what another opened.
    let opens = |at: usize| cursor.tokens.is_sign(at, '<');
    if cursor.tokens.is_sign(i, '>') && (i.saturating_sub(TAG)..i).any(opens) {
        return None;
    }
    // "Picked up to 2.6 percent" reaches it.
    let is_reached = cursor.is(i, class::UP)
        && cursor.is(i + 1, class::TO)
        && cursor.before(i, |cursor, before| cursor.is(before, class::MOVES_UP));
    if is_reached {
        return None;
    }
    // "90 percent more than €4.3 million" compares; "41 percent, less than half" does not.
    let compares = cursor.is(next - 1, class::THAN)
        && !cursor.may(next, bit::FRACTION | bit::CARDINAL)
        && cursor.before(i, |cursor, before| cursor.may(before, bit::PERCENT));
    if compares {
        return None;
    }
    // "Under the age of 12".
    let is_age = cursor.is(next, class::THE) && cursor.is(next + 1, class::AGE_OR_AGES);
    Some((index, if is_age { next + 1 } else { next }))
}

/// The amount with the hedge before it, or else with the one behind it: "50 or more", "50+".
fn finish(cursor: Cursor<'_>, core: Core, before: Option<usize>) -> Read {
    let Core { numerals, mut amount, mut next, borrows } = core;
    if before.is_none() && cursor.tokens.is(next, TokenKind::Number) {
        return Read { amount, next, borrows, hedge: None };
    }
    let behind =
        cursor.phrase(cursor.behind_hyphen(next), bit::HEDGE_BEHIND, |sense| match sense {
            Sense::HedgeBehind(index) => Some(*index),
            _ => None,
        });
    let mut index = before;
    if let Some((found, end)) = behind
        && is_hedge_behind(cursor, next)
    {
        next = end;
        // "15 or so years".
        if amount.kind == Kind::Number
            && amount.unit.name.is_empty()
            && let [numeral] = &*numerals
            && let Some((unit, behind)) = cursor.unit(end)
            && cursor.tokens.is(end, TokenKind::Word)
            && 2 < cursor.tokens.str(end).len()
        {
            amount.kind = quantity::kind_of(unit);
            amount.unit = unit.clone();
            amount.allowed = as_written(numeral, unit.counting, cursor.lexicon.in_words());
            next = behind;
        }
        let is_about =
            index.is_some_and(|index| cursor.lexicon.hedge(index).direction == Direction::About);
        index = index.filter(|_| !is_about).or(Some(found));
    }
    if let Some(index) = index {
        amount = apply(amount, &numerals, cursor.lexicon.hedge(index));
    }
    Read { amount, next, borrows, hedge: index }
}

/// "50-plus" and "20-odd" are hedged, "50 plus 20" and "50 odd socks" are not.
fn is_hedge_behind(cursor: Cursor<'_>, next: usize) -> bool {
    let at = cursor.behind_hyphen(next);
    let word = cursor.is(at, class::ODD_PLUS);
    let sum = cursor.tokens.is_sign(at, '+') && cursor.tokens.is(at + 1, TokenKind::Number);
    let apart = cursor.tokens.is_sign(at, '+') && cursor.tokens.adjacent(at).is_none();
    // "Above 100 and below 150".
    let other = cursor.is(at, class::AND)
        && (cursor.tokens.is(at + 2, TokenKind::Number)
            || cursor.may(at + 2, bit::CARDINAL)
            || cursor.is(at + 2, class::TO)
            || cursor.is(at + 2, class::HEDGE_GOES_ON));
    (!word || next < at) && !sum && !apart && !other
}

/// An amount with the numerals that a hedge works on: one, or the two ends of a range.
struct Core {
    numerals: Vec<Numeral>,
    amount: Amount,
    next: usize,
    borrows: bool,
}

fn core(cursor: Cursor<'_>, i: usize) -> Option<Core> {
    let the_top =
        cursor.may(i, bit::OPENER) && cursor.is(i, class::THE) && cursor.is(i + 1, class::TOP);
    let i = if the_top { i + 1 } else { i };
    if let Some((numeral, amount, next)) = multiple::read(cursor, i) {
        return Some(Core { numerals: vec![numeral], amount, next, borrows: false });
    }
    let (amounts, next) = range::read(cursor, i)?;
    let borrows = match &amounts {
        range::Amounts::Shared(_) => true,
        range::Amounts::One(amount) | range::Amounts::Within(amount, _) => amount.borrowed,
        range::Amounts::Range(_, high) => high.borrowed,
    };
    let numerals = match &amounts {
        range::Amounts::One(amount)
        | range::Amounts::Shared(amount)
        | range::Amounts::Within(amount, _) => {
            vec![amount.numeral.numeral.clone()]
        }
        range::Amounts::Range(low, high) => {
            vec![low.numeral.numeral.clone(), high.numeral.numeral.clone()]
        }
    };
    Some(Core { numerals, amount: amounts.finish(cursor.lexicon), next, borrows })
}

fn apply(mut amount: Amount, numerals: &[Numeral], hedge: &Hedge) -> Amount {
    amount.hedge = hedge.direction;
    // "Over dozens", "nearly the top ten": one numeral, and still a range.
    if let [numeral] = numerals
        && amount.from < amount.to
    {
        let end = |number| Numeral { number, ..numeral.clone() };
        let ends = [end(amount.from.clone()), end(amount.to.clone())];
        return apply(amount, &ends, hedge);
    }
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
