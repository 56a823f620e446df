//! Mentions as `extract` prints them: a line of JSON for a document, or a table for people.

use std::ops::Range;

use serde::Serialize;

use crate::home::Home;
use crate::mention::Mention;
use crate::value::{
    Amount, DateBound, DateValue, Days, End, Interval, Kind, Mode, Rational, Unit, Value, grouped,
};

/// A mention as a line of `extract --format jsonl` holds it (`docs/mentions.md`).
#[derive(Debug, Serialize, schemars::JsonSchema)]
#[serde(untagged)]
pub enum MentionLine<'a> {
    /// Numbers with a unit.
    Amount(AmountLine<'a>),
    /// Days, or a time of day.
    Date(DateLine<'a>),
}

/// An amount. Decimal strings; those of a number that does not end have twelve significant digits.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct AmountLine<'a> {
    /// First byte in the file.
    start: usize,
    /// One past the last byte.
    end: usize,
    /// What sort of value it is.
    kind: &'static str,
    /// The words as they stand.
    text: &'a str,
    /// The lower end of the strict interval; null where it has none.
    low: Option<String>,
    /// The upper end of the strict interval; null where it has none.
    high: Option<String>,
    /// The number as stated; a range has `from` and `to` instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    /// ISO 4217 code of money, else the unit's English name.
    unit: Option<&'a str>,
    /// The unit or thing of a rate.
    per: Option<&'a str>,
    /// What a bare number counts.
    counted: Option<&'a str>,
    /// Which way it is hedged: exact, about, more, less.
    hedge: &'static str,
}

/// A date. Days as ISO 8601; null where only the day of publication would tell and it is not known.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct DateLine<'a> {
    /// First byte in the file.
    start: usize,
    /// One past the last byte.
    end: usize,
    /// What sort of value it is.
    kind: &'static str,
    /// The words as they stand.
    text: &'a str,
    start_date: Option<String>,
    end_date: Option<String>,
    /// since, by, until, before, after.
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<&'static str>,
    /// The hour and minute of a time of day.
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    /// The other reading of a date like 08/07/2025, first and last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    or: Option<[String; 2]>,
    /// Which way it is hedged: exact, about, more, less.
    hedge: &'static str,
}

impl<'a> MentionLine<'a> {
    /// A mention of a text, with the bytes of the file that it stands at; `None` for a figure that is
    /// not given.
    pub fn new(
        mention: &'a Mention,
        place: Range<usize>,
        text: &'a str,
        counted: Option<&'a str>,
    ) -> Option<Self> {
        match &mention.value {
            Value::Amount(amount) => Some(Self::Amount(amount_line(amount, place, text, counted))),
            Value::Date(date) => Some(Self::Date(date_line(date, place, text))),
            Value::Unstated => None,
        }
    }
}

fn amount_line<'a>(
    amount: &'a Amount,
    place: Range<usize>,
    text: &'a str,
    counted: Option<&'a str>,
) -> AmountLine<'a> {
    let decimal = |number: &Rational| in_major(number, &amount.unit).to_decimal();
    let end = |end: &End| end.number().map(decimal);
    let is_range = amount.from != amount.to;
    AmountLine {
        start: place.start,
        end: place.end,
        kind: amount.kind.as_str(),
        text,
        low: end(amount.allowed.strict.low()),
        high: end(amount.allowed.strict.high()),
        value: (!is_range).then(|| decimal(&amount.to)),
        from: is_range.then(|| decimal(&amount.from)),
        to: is_range.then(|| decimal(&amount.to)),
        unit: unit_name(amount),
        per: amount.unit.per.as_deref(),
        counted,
        hedge: amount.hedge.as_str(),
    }
}

/// "50 cents" is 0.50 of its currency; cents of no known currency stay cents.
fn in_major(number: &Rational, unit: &Unit) -> Rational {
    match (&unit.minor, unit.currency) {
        (Some(minor), Some(_)) => number * minor,
        _ => number.clone(),
    }
}

fn unit_name(amount: &Amount) -> Option<&str> {
    match (&*amount.unit.name, amount.kind) {
        ("", Kind::Multiple) => Some("times"),
        ("", _) => None,
        (name, _) => Some(name),
    }
}

fn date_line<'a>(date: &DateValue, place: Range<usize>, text: &'a str) -> DateLine<'a> {
    let ends = |days: &Days| [days.first().to_string(), days.last().to_string()];
    let mut readings = date.readings.iter().map(ends);
    let (start_date, end_date) = readings.next().map_or((None, None), |[a, b]| (Some(a), Some(b)));
    DateLine {
        start: place.start,
        end: place.end,
        kind: date.kind.as_str(),
        text,
        start_date,
        end_date,
        bound: date.bound.map(DateBound::as_str),
        time: date.time.map(|(hour, minute)| format!("{hour:02}:{minute:02}")),
        or: readings.next(),
        hedge: date.hedge.as_str(),
    }
}

/// A line of `extract --format jsonl`, for its schema; it is written piece by piece.
#[derive(schemars::JsonSchema)]
#[schemars(title = "A document's figures and dates")]
#[expect(dead_code, reason = "only its schema is used")]
struct Line<'a> {
    /// The document's name: its path, or the `id` of an input line.
    id: String,
    /// In the order of the text, none within another.
    mentions: Vec<MentionLine<'a>>,
    /// Where the document is at home, if something says so.
    home: Option<HomeLine>,
}

/// Where a document is at home: which of several meanings its signs, words and dates have.
#[derive(Serialize, schemars::JsonSchema)]
pub struct HomeLine {
    /// What the signs and words of money stand for that several currencies share: an ISO 4217 code, or `QML`
    /// for a dollar that is not named.
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<SaidLine>,
    /// `day-first` or `month-first`.
    #[serde(skip_serializing_if = "Option::is_none")]
    date_order: Option<SaidLine>,
    /// Whose gallons, pints and tons are meant: `uk` or `us`.
    #[serde(skip_serializing_if = "Option::is_none")]
    imperial: Option<SaidLine>,
}

/// What holds, and who says so.
#[derive(Serialize, schemars::JsonSchema)]
struct SaidLine {
    /// What holds.
    value: String,
    /// `command line`, `article` or `configuration`.
    says: &'static str,
}

impl HomeLine {
    /// A home as it is written.
    pub fn new(home: Home) -> Self {
        let said = |wanted: &str| {
            home.said().find(|(key, ..)| *key == wanted).map(|(_, value, origin)| SaidLine {
                value: value.to_owned(),
                says: origin.as_str(),
            })
        };
        Self {
            currency: said("currency"),
            date_order: said("date-order"),
            imperial: said("imperial"),
        }
    }
}

/// The JSON Schema of a line of `extract --format jsonl`.
pub fn mentions_schema() -> serde_json::Value {
    schemars::schema_for!(Line<'_>).to_value()
}

/// The JSON Schema of what `extract --format json` prints.
pub fn extract_schema() -> serde_json::Value {
    schemars::schema_for!(Vec<Line<'_>>).to_value()
}

/// What a figure strictly and loosely stands for, in words; `None` of a date.
pub(crate) fn allowed(value: &Value) -> Option<[String; 2]> {
    let Value::Amount(amount) = value else { return None };
    let words = |interval: &Interval| {
        let end =
            |end: &End| end.number().map(|number| in_major(number, &amount.unit).to_decimal());
        match (end(interval.low()), end(interval.high())) {
            (Some(low), Some(high)) if low == high => apart(&low),
            (Some(low), Some(high)) => format!("{} to {}", apart(&low), apart(&high)),
            (Some(low), None) => format!("{} or more", apart(&low)),
            (None, Some(high)) => format!("{} or less", apart(&high)),
            (None, None) => "anything".to_owned(),
        }
    };
    Some([Mode::Strict, Mode::Loose].map(|mode| words(amount.interval(mode))))
}

/// A value in words for the table: "289.5 to 290.5 million" is left to the reader, the digits are
/// grouped.
pub fn in_words(mention: &Mention, counted: Option<&str>) -> String {
    match &mention.value {
        Value::Amount(amount) => {
            let line = amount_line(amount, 0..0, "", counted);
            let number = match (&line.value, &line.from, &line.to) {
                (Some(value), ..) => apart(value),
                (None, Some(from), Some(to)) => format!("{} to {}", apart(from), apart(to)),
                _ => String::new(),
            };
            let unit = line.unit.map_or_else(String::new, |unit| format!(" {unit}"));
            let per = line.per.map_or_else(String::new, |per| format!(" per {per}"));
            let counted = counted.map_or_else(String::new, |noun| format!(" {noun}"));
            format!("{number}{unit}{counted}{per}")
        }
        Value::Date(date) => {
            let line = date_line(date, 0..0, "");
            let time = line.time.map_or_else(String::new, |time| format!(" {time}"));
            match (line.start_date, line.end_date) {
                (Some(from), Some(to)) if from == to => format!("{from}{time}"),
                (Some(from), Some(to)) => format!("{from} to {to}{time}"),
                _ if time.is_empty() => "days unknown".to_owned(),
                _ => time.trim_start().to_owned(),
            }
        }
        Value::Unstated => String::new(),
    }
}

/// A number with its thousands apart, if it has more than four digits before the point.
fn apart(digits: &str) -> String {
    let whole = digits.split('.').next().unwrap_or(digits).trim_start_matches('-');
    if 4 < whole.len() { grouped(digits) } else { digits.to_owned() }
}
