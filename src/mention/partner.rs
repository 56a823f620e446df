//! The unit that a figure leaves out, taken from the one it is set against: the 72,000 of "to 81,000
//! tonnes from 72,000" is tonnes, and the 380 of "to 410 million pounds from 380" millions of pounds.

use std::collections::VecDeque;
use std::ops::Range;

use crate::lexicon::{bit, class};
use crate::mention::amount::counted;
use crate::mention::cursor::Cursor;
use crate::mention::date::year;
use crate::mention::hedge;
use crate::mention::read::ReadValue;
use crate::mention::token::TokenKind;
use crate::value::{Amount, Direction, Kind, Numeral, Rational, Unit, as_written, hedged};

/// Figures before one that it may be set against: a level, the same in other terms, a change.
const PARTNERS: usize = 3;

/// Tokens from the end of a figure to the one that is set against it, at most.
const REACH: usize = 24;

/// Tokens of "from the previous year's".
const DATE: usize = 6;

/// Tokens from the first of two figures to the word before the second, at most.
const REACH_AHEAD: usize = 8;

/// A figure with its unit, or with what it counts.
struct Partner {
    /// The token behind it, its noun included.
    next: usize,
    number: Rational,
    kind: Kind,
    unit: Unit,
    scale: Option<(Box<str>, i32)>,
    /// The bytes of the noun that it counts.
    counted: Option<Range<usize>>,
}

impl Partner {
    /// Whether it states what it is of, and has not only a scale word.
    fn measures(&self) -> bool {
        self.kind != Kind::Number || self.counted.is_some() || !self.unit.name.is_empty()
    }

    /// Whether a figure stands in its sentence, and not too far behind it.
    fn reaches(&self, cursor: Cursor<'_>, read: &ReadValue) -> bool {
        read.start - self.next <= REACH && !ends_between(cursor, self.next..read.start)
    }
}

/// Whether an amount has a scale word of thousands or more.
fn is_scaled(amount: &Amount) -> bool {
    amount.style.scale.as_ref().is_some_and(|&(_, power)| 3 <= power)
}

/// The figures of one text that a later one may be set against.
#[derive(Default)]
pub(super) struct Partners(VecDeque<Partner>);

impl Partners {
    /// Forgets those of the text before.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Keeps an amount that states what it is of.
    pub(super) fn keep(
        &mut self,
        cursor: Cursor<'_>,
        read: &ReadValue,
        amount: &Amount,
        counted: Option<&Range<usize>>,
        next: usize,
    ) {
        let measures = match amount.kind {
            Kind::Number => counted.is_some() || !amount.unit.name.is_empty() || is_scaled(amount),
            Kind::Percent => is_level(cursor, read.start),
            Kind::Money | Kind::Quantity => true,
            _ => false,
        };
        if !measures || amount.from != amount.to || amount.style.decimals > MOST_DECIMALS {
            return;
        }
        if self.0.len() == PARTNERS {
            self.0.pop_front();
        }
        self.0.push_back(Partner {
            next,
            number: amount.to.clone(),
            kind: amount.kind,
            unit: amount.unit.clone(),
            scale: amount.style.scale.clone(),
            counted: counted.cloned(),
        });
    }

    /// Gives a figure behind a word that sets it against another the rate of that one, which it leaves
    /// out: the 5 of "4 dollars a barrel from 5 dollars". Tells whether it did.
    pub(super) fn complete_rate(
        &self,
        cursor: Cursor<'_>,
        read: &ReadValue,
        amount: &mut Amount,
    ) -> bool {
        let Some(partner) = self.0.back() else { return false };
        let is_same = amount.unit.per.is_none()
            && partner.unit.per.is_some()
            && partner.kind == amount.kind
            && partner.unit.currency == amount.unit.currency
            && partner.unit.name == amount.unit.name
            && partner.unit.minor == amount.unit.minor
            && partner.counted.is_none()
            && amount.from == amount.to
            && amount.to.is_near(&partner.number);
        if !is_same || !partner.reaches(cursor, read) || !is_bare(cursor, read, false) {
            return false;
        }
        amount.unit = partner.unit.clone();
        true
    }

    /// Gives a number for each of some time behind "or" the unit of the sum that it is told of: the 30
    /// million of "300 million dollars over ten years, or 30 million a year". Tells whether it did.
    pub(super) fn complete_number_of_rate(
        &self,
        cursor: Cursor<'_>,
        read: &ReadValue,
        amount: &mut Amount,
    ) -> bool {
        let Some(partner) = self.0.back() else { return false };
        // "84 million litres a week, or 12 million a day".
        let sum = partner.unit.unrated();
        let sum = sum.as_ref().unwrap_or(&partner.unit);
        let is_sum = sum.per.is_none()
            && matches!(partner.kind, Kind::Money | Kind::Quantity)
            && amount.kind == Kind::Number
            && amount.unit.name.is_empty();
        if !is_sum
            || !partner.reaches(cursor, read)
            || !cursor.before(read.start, |cursor, before| cursor.is(before, class::OR))
        {
            return false;
        }
        let time = amount.unit.per.as_deref().and_then(|time| cursor.lexicon.unit(time));
        let Some(time) = time.filter(|time| time.dimension.is_duration()) else { return false };
        amount.unit = sum.per(time);
        amount.kind = partner.kind;
        true
    }

    /// Whether a number goes on with a list of measures of several things: the 20,000 of "35,000 tonnes of
    /// rye and 20,000 of oats".
    pub(super) fn continues_list(
        &self,
        cursor: Cursor<'_>,
        read: &ReadValue,
        amount: &Amount,
    ) -> bool {
        let Some(partner) = self.0.back() else { return false };
        let is_bare = amount.kind == Kind::Number && amount.unit.name.is_empty();
        is_bare
            && cursor.is(read.next, class::OF)
            && partner.counted.is_none()
            && matches!(partner.kind, Kind::Money | Kind::Quantity)
            && self::is_bare(cursor, read, false)
            && amount.to.is_near(&partner.number)
            && read.start - partner.next <= REACH
    }

    /// Gives a bare number behind a word that sets it against another the unit of that one. Tells
    /// whether it has one; `counted` is then the noun that it counts with it.
    pub(super) fn complete(
        &self,
        cursor: Cursor<'_>,
        read: &ReadValue,
        amount: &mut Amount,
        counted: &mut Option<Range<usize>>,
    ) -> bool {
        if amount.from != amount.to || !is_bare(cursor, read, is_scaled(amount)) {
            return false;
        }
        if let Some(partner) = ahead(cursor, read.next)
            && inherit(cursor, read, amount, &partner)
        {
            *counted = partner.counted;
            return true;
        }
        // "Rises outnumbered falls by 389 to 353": the figure right before the word is the one it is set
        // against, and states no unit.
        let is_next = |partner: &Partner| partner.next + 1 == read.start;
        let stands_before = read.start.checked_sub(2).is_some_and(|at| {
            // No year, no day of a month, no half of "1986/87".
            cursor.tokens.is(at, TokenKind::Number)
                && !year::likely(cursor, at)
                && cursor.tokens.get(at).is_some_and(|token| token.spaced)
                && !cursor.before(at, |cursor, before| cursor.may(before, bit::MONTH))
        });
        if stands_before && !self.0.back().is_some_and(is_next) {
            return false;
        }
        let near = || self.0.iter().rev().take_while(|partner| partner.reaches(cursor, read));
        // What has a scale word only is the last choice.
        let measured = near().filter(|partner| partner.measures());
        for partner in measured.chain(near().filter(|partner| !partner.measures())) {
            if inherit(cursor, read, amount, partner) {
                counted.clone_from(&partner.counted);
                return true;
            }
        }
        false
    }
}

/// Decimals of a figure that others are set against at most.
const MOST_DECIMALS: u32 = 6;

/// Whether a percentage is how much of something there is, and not by how much it changed.
fn is_level(cursor: Cursor<'_>, start: usize) -> bool {
    cursor.before(start, |cursor, before| cursor.is(before, class::BEFORE_LEVEL))
}

/// Whether a number in digits stands behind a word that sets it against another, and before none that
/// it may count.
fn is_bare(cursor: Cursor<'_>, read: &ReadValue, is_scaled: bool) -> bool {
    let at = (read.start..read.next).find(|&at| cursor.tokens.is(at, TokenKind::Number));
    let sets = |cursor: Cursor<'_>, before: usize| {
        cursor.is(before, class::SETS_AGAINST)
            || cursor.is(before, class::WITH_TO)
                && cursor.before(before, |cursor, before| cursor.is(before, class::COMPARED))
    };
    // "From last year's 13.3 billion".
    let is_dated = || {
        read.start >= 2
            && cursor.tokens.str(read.start - 1) == "s"
            && (read.start.saturating_sub(DATE)..read.start - 2).any(|at| sets(cursor, at))
    };
    // "40,000 tonnes of wheat, 35,000 of rye and 20,000 of oats".
    let is_listed = || {
        let is_of = cursor.is(read.next, class::OF) && !cursor.is(read.next + 1, class::THE);
        (is_of || is_scaled)
            && cursor.before(read.start, |cursor, before| {
                cursor.is(before, class::AND)
                    || cursor.tokens.is_sign(before, ',')
                    || cursor.tokens.is_sign(before, ':')
                    || cursor.tokens.is(before, TokenKind::Dash)
                        && cursor.tokens.get(read.start).is_some_and(|token| token.spaced)
            })
    };
    // "50 percent above the 40 million of 2016", "from the 72,000 of May".
    let is_over = || {
        cursor.before(read.start, |cursor, the| {
            cursor.is(the, class::THE)
                && cursor
                    .before(the, |cursor, at| cursor.is(at, class::ABOVE_BELOW) || sets(cursor, at))
        })
    };
    let set_against = cursor.before(read.start, sets) || is_over() || is_dated() || is_listed();
    let goes_on = cursor.tokens.adjacent(read.next).is_some_and(|token| {
        matches!(token.kind, TokenKind::Dash | TokenKind::Word | TokenKind::Sign(':' | '/' | '-'))
    });
    at.is_some() && set_against && !goes_on
}

/// The other end of a change that states what both are of: "from 72,000 in 2019 to 81,000 tonnes".
fn ahead(cursor: Cursor<'_>, next: usize) -> Option<Partner> {
    let tokens = cursor.tokens;
    let stops = |at: usize| {
        tokens.is(at, TokenKind::Number) && !year::likely(cursor, at)
            || ends_between(cursor, at..at + 1)
    };
    let cue = (next..next + REACH_AHEAD)
        .take_while(|&at| at < tokens.len() && !stops(at))
        .find(|&at| cursor.is(at, class::FROM_TO) && tokens.is(at + 1, TokenKind::Number))?;
    let hedge::Read { amount, next, .. } = hedge::read(cursor, cue + 1)?;
    if amount.from != amount.to {
        return None;
    }
    let noun = || counted::noun(cursor, next);
    let counted = (amount.kind == Kind::Number).then(noun).flatten();
    let measures = counted.is_some() || matches!(amount.kind, Kind::Money | Kind::Quantity);
    let bytes = |noun: Range<usize>| tokens.start(noun.start)..tokens.end_before(noun.end);
    measures.then(|| Partner {
        next,
        number: amount.to,
        kind: amount.kind,
        unit: amount.unit,
        scale: amount.style.scale,
        counted: counted.map(bytes),
    })
}

/// Whether a sentence or a part of one ends among some tokens.
fn ends_between(cursor: Cursor<'_>, mut tokens: Range<usize>) -> bool {
    tokens.any(|at| {
        matches!(
            cursor.tokens.get(at).map(|token| token.kind),
            Some(TokenKind::Sign('.' | ';' | '?' | '!'))
        )
    })
}

/// Takes the unit of a partner, and its scale word where the two are of one size only then, as wide as
/// digits and hedge make the number there. Tells whether they are of one size at all.
fn inherit(cursor: Cursor<'_>, read: &ReadValue, amount: &mut Amount, partner: &Partner) -> bool {
    // "Up 60 cents to 8.10": cents have no cents.
    if partner.unit.minor.is_some() && amount.style.decimals == 2 {
        return false;
    }
    if !amount.to.is_near(&partner.number) {
        let own = amount.style.scale.as_ref();
        let Some((word, power)) = partner.scale.as_ref().filter(|_| own.is_none()) else {
            return false;
        };
        let number = &amount.to * &Rational::power_of_ten(*power);
        if !number.is_near(&partner.number) {
            return false;
        }
        (amount.from, amount.to) = (number.clone(), number);
        amount.style.scale = Some((word.clone(), *power));
    }
    measure(cursor, read, amount, partner.kind, partner.unit.clone());
    true
}

/// Gives a number a unit, as wide as digits and hedge make the number there.
pub(super) fn measure(
    cursor: Cursor<'_>,
    read: &ReadValue,
    amount: &mut Amount,
    kind: Kind,
    unit: Unit,
) {
    amount.kind = kind;
    amount.unit = unit;
    let numeral = Numeral {
        number: amount.to.clone(),
        place: amount.style.place(),
        rounded: amount.style.decimals != 0 || amount.style.scale.is_some(),
        in_words: false,
    };
    let written = as_written(&numeral, amount.unit.counting, cursor.lexicon.in_words());
    amount.allowed = match read.hedge {
        Some(hedge) if amount.hedge != Direction::Exact => {
            hedged(&numeral, &written, cursor.lexicon.hedge(hedge))
        }
        _ => written,
    };
}
