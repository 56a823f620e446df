//! A value as a claims file writes it, so that it is read as the value it was.

use crate::lexicon::Lexicon;
use crate::mention::parse_value;
use crate::source::one_line;
use crate::value::{Amount, Kind, Mode, Style, Value};

/// The words for a value that stands in an article as `text`: the same words where they alone state
/// it, else others that do. `None` if none are found.
pub(super) fn written(value: &Value, text: &str, lexicon: &Lexicon) -> Option<String> {
    let says =
        |words: &String| parse_value(words, lexicon).is_ok_and(|parsed| means_same(&parsed, value));
    let text = one_line(text);
    if says(&text) {
        return Some(text);
    }
    let others = match value {
        Value::Amount(amount) => amounts(amount, &text),
        // The day alone would not say what a time of day says.
        Value::Date(date) if date.kind == Kind::Time => Vec::new(),
        Value::Date(date) => match &*date.readings {
            [days] => {
                let bound = date.bound.map_or("", |bound| bound.as_str());
                vec![format!("{bound} {days}").trim_start().to_owned(), days.to_string()]
            }
            _ => Vec::new(),
        },
        Value::Unstated => Vec::new(),
    };
    others.into_iter().find(says)
}

/// Other words for an amount: with its sign, with the unit or scale that it shares, as points.
fn amounts(amount: &Amount, text: &str) -> Vec<String> {
    let bare = text.trim_start_matches(['-', '−']);
    let mut words = Vec::new();
    if amount.to.is_negative() || amount.from.is_negative() {
        words.extend([format!("-{bare}"), format!("down {bare}")]);
    }
    if amount.kind == Kind::Percent {
        let sign = if amount.to.is_negative() { "-" } else { "" };
        words.push(format!("{sign}{bare} percentage points"));
        words.push(format!("{sign}{bare} percent"));
    }
    let hedge: String = text.split_inclusive(' ').take_while(|word| !has_digit(word)).collect();
    words.extend(in_larger_unit(amount, &hedge));
    let styled = if amount.from == amount.to {
        amount.style.write(&amount.to)
    } else {
        let style = &amount.style;
        format!("{} to {}", style.write(&amount.from), style.write(&amount.to))
    };
    words.push(format!("{hedge}{styled}"));
    // "2650" would be a year, "2,650" is a number.
    let grouped = Style { grouped: true, ..amount.style.clone() };
    words.push(format!("{hedge}{}", grouped.write(&amount.to)));
    if let Some(unit) = amount.unit.name.get(..).filter(|unit| !unit.is_empty()) {
        words.push(format!("{text} {unit}"));
        words.push(format!("{hedge}{styled} {unit}"));
    }
    words
}

/// "47 cents a share" of a currency that other words tell: "USD 0.47/share".
fn in_larger_unit(amount: &Amount, hedge: &str) -> Option<String> {
    let currency = amount.unit.currency.filter(|_| amount.from == amount.to)?;
    let rate = amount.unit.per.as_deref().map(|per| format!("/{per}")).unwrap_or_default();
    if amount.unit.minor.is_none() {
        // "42 cents" may be a rate as another figure is: "47 cents a share from 42".
        let style = Style { after: "".into(), before: "".into(), ..amount.style.clone() };
        let number = style.write(&amount.to);
        return Some(format!("{hedge}{} {number}{rate}", currency.as_str()));
    }
    let decimals = amount.style.decimals + MINOR_DECIMALS;
    let style = Style { decimals, ..Style::plain() };
    let number = style.write_rounded(&(&amount.to * &amount.unit.factor));
    Some(format!("{hedge}{} {number}{rate}", currency.as_str()))
}

/// Decimals of the larger unit that the smaller one is.
const MINOR_DECIMALS: u32 = 2;

fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether two values stand for the same numbers or days, and are compared with the same things.
pub(super) fn means_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Amount(a), Value::Amount(b)) => {
            let per = |amount: &Amount| amount.unit.per.as_deref().map(str::to_lowercase);
            a.kind == b.kind
                && a.unit.dimension == b.unit.dimension
                && a.unit.currency == b.unit.currency
                && a.unit.offset == b.unit.offset
                && per(a) == per(b)
                && a.hedge == b.hedge
                && a.stated_in_base() == b.stated_in_base()
                && [Mode::Strict, Mode::Loose]
                    .iter()
                    .all(|&mode| a.in_base(mode) == b.in_base(mode))
        }
        (Value::Date(a), Value::Date(b)) => {
            // "40 years ago" is a length of time too, which no date states.
            a.readings == b.readings
                && !a.readings.is_empty()
                && a.bound == b.bound
                && a.hedge == b.hedge
                && a.ago == b.ago
        }
        _ => false,
    }
}
