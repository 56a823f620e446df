//! What a figure of prose is.

use crate::lexicon::{Lexicon, class};
use crate::mention::Mention;
use crate::rule::link::Sorts;
use crate::value::{Amount, Base, DateBound, DateValue, Dimension, Kind, Rational, Value};

impl Sorts {
    /// What a mention is.
    pub fn of(mention: &Mention, text: &str) -> Self {
        match &mention.value {
            Value::Amount(amount) => of_amount(amount, mention.counted.is_some(), text),
            Value::Date(date) => of_date(date, text),
            Value::Unstated => Self::NONE,
        }
    }
}

/// Currencies in which a hundred thousand are no sum at all.
const WEAK: [&str; 5] = ["IRR", "LBP", "VES", "VEF", "ZWL"];

fn of_amount(amount: &Amount, counts: bool, text: &str) -> Sorts {
    let dimension = amount.unit.dimension;
    let below_one = amount.to.abs() < Rational::ONE && !amount.to.is_zero();
    let in_digits = text.bytes().any(|b| b.is_ascii_digit());
    let own = match amount.kind {
        Kind::Money => Sorts::MONEY,
        Kind::Percent if dimension == Dimension::of(Base::Points) => Sorts::POINTS,
        Kind::Percent => Sorts::PERCENT,
        Kind::Multiple => Sorts::MULTIPLE,
        Kind::Ordinal => Sorts::RANK,
        Kind::Duration => Sorts::DURATION,
        Kind::Number if !dimension.is_number() && amount.unit.per.is_some() => Sorts::COUNT,
        Kind::Number if below_one && !in_digits && is_odds(text) => Sorts::ODDS,
        Kind::Number if below_one && !text.contains('.') => Sorts::FRACTION,
        Kind::Number if !in_digits && amount.to == Rational::ONE && amount.from < amount.to => {
            Sorts::MAJORITY
        }
        Kind::Number if amount.unit.name.is_empty() => {
            let bare = if counts { Sorts::COUNT } else { Sorts::NUMBER };
            bare.or(Sorts::BARE)
        }
        Kind::Quantity if amount.unit.is_temperature() => Sorts::TEMPERATURE,
        _ => Sorts::QUANTITY,
    };
    let mut all = if in_digits { own } else { own.or(Sorts::WORDED) };
    if amount.unit.per.is_some() {
        all = all.or(Sorts::RATE);
    }
    if matches!(amount.unit.per.as_deref(), Some("each" | "person" | "unit" | "piece")) {
        all = all.or(Sorts::EACH);
    }
    if amount.from != amount.to {
        all = all.or(Sorts::RANGE);
    }
    if amount.hedge != crate::value::Direction::Exact {
        all = all.or(Sorts::HEDGED);
        let first = text.split_whitespace().next().unwrap_or_default();
        if Lexicon::built_in().is(&first.to_lowercase(), class::GUESS) {
            all = all.or(Sorts::GUESSED);
        }
    }
    if amount.unit.currency.is_some_and(|currency| WEAK.contains(&currency.as_str())) {
        all = all.or(Sorts::WEAK);
    }
    let scaled = amount.style.scale.is_some();
    // "A couple of" is no count.
    let is_word = !text.contains(char::is_whitespace);
    if own.meets(Sorts::BARE)
        && is_word
        && !scaled
        && amount.to.is_whole()
        && amount.to < Rational::from(32)
    {
        all = all.or(Sorts::SMALL);
    }
    all.or(if scaled { Sorts::SCALED } else { Sorts::UNSCALED })
}

fn is_odds(text: &str) -> bool {
    text.split_whitespace().any(|word| matches!(word, "in" | "out"))
}

fn of_date(date: &DateValue, text: &str) -> Sorts {
    if date.is_impossible {
        return Sorts::IMPOSSIBLE;
    }
    let mut all = Sorts::DATE;
    if text.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("this")) {
        all = all.or(Sorts::RUNNING);
    }
    // "2:28:42" is how long somebody ran.
    if date.time.is_some() && text.matches(':').count() < 2 {
        all = all.or(Sorts::TIME);
    }
    if date.ago.is_some() {
        all = all.or(Sorts::AGO);
    }
    if !date.on_weekdays.is_empty() {
        all = all.or(Sorts::ON_WEEKDAY);
    }
    if 1 < date.readings.len() {
        all = all.or(Sorts::TWO_READINGS);
    }
    let digits: Vec<usize> = digits(text).collect();
    if digits.contains(&4) {
        all = all.or(Sorts::STATED);
    }
    // "From January 2000 to June 2001" is none.
    let is_joined = || {
        let years = text.trim_start_matches(|c: char| !c.is_ascii_digit());
        !years.contains(char::is_alphabetic)
    };
    let is_turn = || digits == [4, 2] || digits == [4, 4] && is_turn(date) && is_joined();
    if date.kind == Kind::DateRange && is_turn() {
        all = all.or(Sorts::SPLIT_YEAR);
    }
    all = all.or(match date.bound {
        Some(DateBound::Since) => Sorts::SINCE,
        Some(DateBound::By) => Sorts::BY,
        Some(DateBound::Until) => Sorts::UNTIL,
        Some(DateBound::Before) => Sorts::BEFORE,
        Some(DateBound::After) => Sorts::AFTER,
        None => Sorts::NONE,
    });
    if date.kind == Kind::DateRange {
        all = all.or(Sorts::RANGE);
    }
    if let [days] = &*date.readings {
        let (first, last) = (days.first(), days.last());
        if first == last {
            all = all.or(Sorts::DAY);
        }
        let whole = first.day_of_year() == 1 && last.month() == 12 && last.day() == 31;
        if whole {
            all = all.or(Sorts::YEARS);
        }
    }
    all
}

/// Whether a range is of two years that follow each other: "2000-2001" may be one financial year.
fn is_turn(date: &DateValue) -> bool {
    date.readings.first().is_some_and(|days| days.last().year() - days.first().year() == 1)
}

/// The lengths of the numbers in a text.
fn digits(text: &str) -> impl Iterator<Item = usize> {
    text.split(|c: char| !c.is_ascii_digit()).map(str::len).filter(|&length| length != 0)
}
