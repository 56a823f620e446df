//! The figure of a quote that its claim is about.

use std::ops::Range;

use crate::lexicon::Lexicon;
use crate::mention::{Mention, find_mentions, states_same};
use crate::value::{DateBound, DateValue, Direction, Value};

/// The figure of some words that a claim is about, in bytes of the prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Own {
    /// This one states what the claim states.
    Same(Range<usize>),
    /// None does; this one comes nearest.
    Other(Range<usize>),
    /// There is none, or there are several.
    Unclear,
}

impl Own {
    /// Where it stands, if it states what the claim states.
    pub(super) fn same(&self) -> Option<&Range<usize>> {
        match self {
            Self::Same(range) => Some(range),
            Self::Other(_) | Self::Unclear => None,
        }
    }

    /// Where it stands, or what comes nearest.
    pub(super) fn nearest(&self) -> Option<&Range<usize>> {
        match self {
            Self::Same(range) | Self::Other(range) => Some(range),
            Self::Unclear => None,
        }
    }
}

/// The figure among some words of a text that a claim of this value is about.
pub(super) fn own_figure(text: &str, words: Range<usize>, value: &Value, lexicon: &Lexicon) -> Own {
    if matches!(value, Value::Unstated) {
        return Own::Unclear;
    }
    let is_date = matches!(value, Value::Date(_));
    // A date is compared with dates, an amount with amounts: "on 10 April" states no count of 10.
    let mentions: Vec<Mention> = find_mentions(&text[words.clone()], lexicon)
        .into_iter()
        .filter(|mention| match &mention.value {
            // A date that the day of publication would tell says nothing here.
            Value::Date(date) => is_date && !date.readings.is_empty(),
            _ => !is_date,
        })
        .map(|mention| with_sign(mention, words.start, text))
        .collect();
    let place =
        |mention: &Mention| words.start + mention.range.start..words.start + mention.range.end;
    let mut same = mentions
        .iter()
        .filter(|mention| states_same(&mention.value, value) && !opposed(&mention.value, value));
    match (same.next(), same.next(), &*mentions) {
        (Some(only), None, _) => Own::Same(place(only)),
        (None, _, [first, ..]) => {
            let alike = mentions.iter().find(|m| m.value.kind() == value.kind());
            Own::Other(place(alike.unwrap_or(first)))
        }
        _ => Own::Unclear,
    }
}

/// A mention with the minus sign right before it, if that is no dash between two words or numbers.
fn with_sign(mut mention: Mention, start: usize, text: &str) -> Mention {
    let mut before = text[..start + mention.range.start].chars().rev();
    let sign = before.next().filter(|c| matches!(c, '-' | '−'));
    let stands_alone =
        before.next().is_none_or(|c| c.is_whitespace() || "([\u{201c}\"".contains(c));
    if let (Some(sign), true, Value::Amount(amount)) = (sign, stands_alone, &mention.value) {
        mention.value = Value::Amount(amount.clone().negated());
        // The sign may stand before the quote; its place then begins with the figure.
        mention.range.start = mention.range.start.saturating_sub(sign.len_utf8());
    }
    mention
}

/// Whether two values with the same figure say opposite things of it: "over" and "nearly", "since"
/// and "until", "Friday" and "Saturday", or a minus sign on one side only. A claim may turn a fall that the article has in
/// a verb into a minus sign, so only a sign that the article writes counts.
fn opposed(quoted: &Value, claimed: &Value) -> bool {
    match (quoted, claimed) {
        (Value::Amount(quoted), Value::Amount(claimed)) => {
            let pair = (quoted.hedge, claimed.hedge);
            let hedges = matches!(
                pair,
                (Direction::More, Direction::Less) | (Direction::Less, Direction::More)
            );
            hedges || (quoted.to.is_negative() && !claimed.to.is_negative())
        }
        (Value::Date(quoted), Value::Date(claimed)) => {
            let side = |bound: DateBound| match bound {
                DateBound::Since | DateBound::After => 1,
                DateBound::By | DateBound::Until | DateBound::Before => -1,
            };
            let sides = quoted.bound.map(side).zip(claimed.bound.map(side));
            let weekday = |date: &DateValue| date.on_weekdays.first().map(|day| day.weekday);
            let weekdays = weekday(quoted).zip(weekday(claimed));
            sides.is_some_and(|(a, b)| a != b) || weekdays.is_some_and(|(a, b)| a != b)
        }
        _ => false,
    }
}
