//! Spans of prose that state a value, and the one grammar that reads them.
//!
//! A claim's `value`, a literal in a rule and a figure in an article are read by the same
//! functions: [`parse_value`] for a text that is one value, [`find_mentions`] for text around it.

mod amount;
mod brackets;
mod cursor;
mod date;
mod find;
mod hedge;
mod home;
mod names;
mod number;
mod partner;
mod place;
mod read;
mod story;
mod token;

use std::ops::Range;

pub use find::{Finder, Mention, find_mentions};
pub use home::{rests_on, shown};

use crate::lexicon::{Lexicon, Sense, bit, fold};
use crate::mention::amount::{quantity, rate};
use crate::mention::cursor::Cursor;
use crate::mention::date::era;
use crate::mention::read::read_value;
use crate::mention::token::{TokenKind, Tokens};
use crate::shape::closest;
use crate::value::{DateValue, Kind, Rational, Value};

/// Why a text is not one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotUnderstood {
    /// The bytes that could not be read.
    pub range: Range<usize>,
    /// What was expected, or what is wrong with them.
    pub reason: String,
    /// A way on.
    pub hint: Option<String>,
}

/// The text that stands for a figure which exists but is not given.
pub const UNSTATED: &str = "unknown";

/// Reads a text that is one value, as written in prose: "$72.5 million annually", "close to
/// double", "since 1993", "64 parliamentarians".
///
/// ```
/// use crossfoot::{lexicon::Lexicon, mention::parse_value};
/// let value = parse_value("about €270 million", Lexicon::built_in()).unwrap();
/// assert_eq!(value.kind().unwrap().as_str(), "money");
/// ```
pub fn parse_value(text: &str, lexicon: &Lexicon) -> Result<Value, NotUnderstood> {
    if text.trim() == UNSTATED {
        return Ok(Value::Unstated);
    }
    let tokens = Tokens::new(text, lexicon);
    let cursor = Cursor::new(&tokens, lexicon);
    let Some((value, next)) = read_signed(cursor, 0) else {
        return Err(not_a_value(cursor));
    };
    if next == tokens.len() {
        return known(value, cursor);
    }
    let candidates = std::iter::once((value, next))
        // "2024 parliamentarians" is no year.
        .chain(hedge::read(cursor, 0).map(|read| (Value::Amount(read.amount), read.next)));
    for (value, next) in candidates {
        if let Some(counted) = with_counted_noun(value, cursor, next) {
            return Ok(counted);
        }
    }
    let range = tokens.start(next)..text.len();
    let read = &text[tokens.start(0)..tokens.end_before(next)];
    Err(NotUnderstood {
        range,
        reason: format!("`{read}` is understood, what follows it is not"),
        hint: misspelt(cursor, next),
    })
}

/// A date that only the day of publication could tell, or that lies before all calendars, is no
/// value of its own.
fn known(value: Value, cursor: Cursor<'_>) -> Result<Value, NotUnderstood> {
    let Value::Date(DateValue { readings, .. }) = &value else { return Ok(value) };
    if !readings.is_empty() {
        return Ok(value);
    }
    let (reason, hint) = if era::is_before(cursor) {
        ("this date lies before the year 1, and the calendar begins there", BEFORE_CALENDAR)
    } else {
        ("this date is not in the calendar, or depends on the day of publication", WRITE_DATE)
    };
    let range = 0..cursor.tokens.text.len();
    Err(NotUnderstood { range, reason: reason.to_owned(), hint: Some(hint.to_owned()) })
}

const WRITE_DATE: &str = "write the date that it stands for: \"2024\", \"23 February 2024\"";
const BEFORE_CALENDAR: &str = "state the time that has passed instead: \"2,000 years\"; \"unknown\" stands for a date that \
                               is not given";

/// Reads a text that is a bare number, as TOML writes one: "2024" is no year here.
pub fn parse_number(text: &str, lexicon: &Lexicon) -> Result<Value, NotUnderstood> {
    let tokens = Tokens::new(text, lexicon);
    let cursor = Cursor::new(&tokens, lexicon);
    let negative = cursor.tokens.is(0, TokenKind::Dash);
    let signed = negative || cursor.tokens.is_sign(0, '+');
    match quantity::read_amount(cursor, usize::from(signed)) {
        Some((amount, next)) if next == tokens.len() && !amount.has_unit() => {
            let amount = amount.finish(lexicon);
            Ok(Value::Amount(if negative { amount.negated() } else { amount }))
        }
        _ => Err(NotUnderstood {
            range: 0..text.len(),
            reason: "a number is digits, with a decimal point at most".to_owned(),
            hint: Some("write larger ones out, or as text: \"290 million\"".to_owned()),
        }),
    }
}

/// Reads the number with its unit that a text starts with, for a literal in an expression; a range
/// or a hedge is not part of it, for `-` and `<` mean something else there.
pub fn literal_prefix(text: &str, lexicon: &Lexicon) -> Option<(Value, usize)> {
    let tokens = Tokens::new(beginning(text), lexicon);
    let cursor = Cursor::new(&tokens, lexicon);
    let (amount, next) = quantity::read_amount(cursor, 0)?;
    Some((Value::Amount(amount.finish(lexicon)), tokens.end_before(next)))
}

/// More of a text than any figure takes: so many words, numbers and signs. An expression of thousands of
/// terms is not to be cut into words at each of them.
fn beginning(text: &str) -> &str {
    const MOST: usize = 64;
    let mut count = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let kind = (c.is_alphanumeric(), c.is_whitespace());
        // A sign is one by itself.
        if before != Some(kind) || kind == (false, false) {
            count += usize::from(!kind.1);
            if MOST < count {
                return &text[..at];
            }
        }
        before = Some(kind);
    }
    text
}

/// A value with the sign that claims may give it: "-20 %", "down 20 %".
fn read_signed(cursor: Cursor<'_>, i: usize) -> Option<(Value, usize)> {
    // First as it stands: "up to 100 %" begins with a word for a rise, but is none.
    if let Some(read) = read_value(cursor, i) {
        return Some((read.value, read.next));
    }
    let direction = cursor.phrase(i, bit::DIRECTION, |sense| match sense {
        Sense::Direction(sign) => Some(*sign),
        _ => None,
    });
    let (sign, start) = match direction {
        Some(found) => found,
        None if cursor.tokens.is(i, TokenKind::Dash) => (-1, i + 1),
        None if cursor.tokens.is_sign(i, '+') => (1, i + 1),
        None => return None,
    };
    let hedge::Read { amount, next, .. } = hedge::read(cursor, start)?;
    let amount = if sign < 0 { amount.negated() } else { amount };
    Some((Value::Amount(amount), next))
}

/// The value with the words for what is counted behind it, and the rate behind them: "64
/// parliamentarians", "1,200 children a day". `None` if the rest is something else.
fn with_counted_noun(value: Value, cursor: Cursor<'_>, next: usize) -> Option<Value> {
    let Value::Amount(mut amount) = value else { return None };
    let counts =
        matches!(amount.kind, Kind::Number | Kind::Ordinal | Kind::Multiple | Kind::Percent);
    let end = cursor.tokens.len();
    // "25C" and "44BC" count no C and no BC.
    let is_joined = cursor.tokens.adjacent(next).is_some_and(|token| token.kind == TokenKind::Word);
    let is_misspelt = misspelt(cursor, next).is_some();
    if !counts || is_joined || is_misspelt || MOST_COUNTED_WORDS < end - next {
        return None;
    }
    let is_noun = |i: usize| {
        let kind = cursor.tokens.get(i).map(|token| token.kind);
        matches!(
            kind,
            Some(TokenKind::Word | TokenKind::Dash | TokenKind::Sign('\'' | '’' | '.' | ','))
        )
    };
    if let Some((sign, behind)) = cursor.phrase(next, bit::DIRECTION_BEHIND, |sense| match sense {
        Sense::DirectionBehind(sign) => Some(*sign),
        _ => None,
    }) && behind == end
        && matches!(amount.kind, Kind::Percent | Kind::Number)
    {
        return Some(Value::Amount(if sign < 0 { amount.negated() } else { amount }));
    }
    for i in next..end {
        let (unit, behind) = rate::read(cursor, &amount.unit, i);
        if behind == end && i < behind {
            amount.unit = unit;
            amount.style.after = cursor.tokens.text[cursor.tokens.end_before(next)..].into();
            return Some(Value::Amount(amount));
        }
        if !is_noun(i) {
            return None;
        }
    }
    Some(Value::Amount(amount))
}

/// More words than that behind a number are not only what it counts.
const MOST_COUNTED_WORDS: usize = 8;

/// A hint where the next word is nearly one that would have been understood.
fn misspelt(cursor: Cursor<'_>, i: usize) -> Option<String> {
    let mut word = String::new();
    fold(cursor.tokens.str(i), &mut word);
    if word.len() < 5 || cursor.tokens.senses(i) != 0 {
        return None;
    }
    closest(&word, cursor.lexicon.size_words()).map(|near| format!("did you mean `{near}`?"))
}

fn not_a_value(cursor: Cursor<'_>) -> NotUnderstood {
    let text = cursor.tokens.text;
    let reason = if text.trim().is_empty() {
        "a value is empty".to_owned()
    } else {
        "no figure or date is understood here".to_owned()
    };
    let hint = "write it as prose does: \"$72.5 million a year\", \"31 %\", \"over 100,000 people\", \
                \"June 2025\", \"close to double\"; \"unknown\" stands for a figure that is not given";
    NotUnderstood { range: 0..text.len(), reason, hint: Some(hint.to_owned()) }
}

/// Whether two values state the same figure: the same number and unit, or the same days.
///
/// Hedges and the words around may differ, and so may the sign, which prose puts into a verb.
pub fn states_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Amount(a), Value::Amount(b)) => {
            let stated = |amount: &crate::value::Amount| {
                let factor = &amount.unit.factor;
                (&amount.from.abs() * factor, &amount.to.abs() * factor)
            };
            // "47 cents" alone does not say of which currency.
            let is_open =
                |unit: &crate::value::Unit| unit.currency.is_none() && unit.minor.is_some();
            let same_currency =
                a.unit.currency == b.unit.currency || is_open(&a.unit) != is_open(&b.unit);
            let same_unit = a.unit.dimension == b.unit.dimension
                && same_currency
                && a.unit.offset == b.unit.offset;
            let bare = a.unit.name.is_empty() || b.unit.name.is_empty();
            let numbers = |amount: &crate::value::Amount| -> (Rational, Rational) {
                (amount.from.abs(), amount.to.abs())
            };
            (same_unit && stated(a) == stated(b)) || (bare && numbers(a) == numbers(b))
        }
        (Value::Date(a), Value::Date(b)) => a.readings.iter().any(|days| b.readings.contains(days)),
        _ => false,
    }
}
