//! What is read of prose: a sentence in, its figures and dates out.

mod context;
mod dates;
mod extract;
mod figures;
pub(crate) mod invariants;
mod kinds;
mod names;
mod press;
mod properties;
mod units;
mod weekdays;

use crossfoot::document::{Document, Format};
use crossfoot::mention::Mention;
use crossfoot::report::MentionLine;
use jiff::civil::Date;

use self::invariants::mentions_of;

/// The Thursday on which every sentence here was published.
fn published() -> Date {
    jiff::civil::date(2025, 8, 7)
}

/// A mention on one line: its words, its kind, what they state.
///
/// `5 to 6 euros | money 5..6 EUR`, `$3 a barrel | money 3 USD/barrel`,
/// `over 64 | number 64 (members) more`, `since May | date 2025-05-01..2025-05-31 since`.
fn row(document: &Document<'_>, mention: &Mention) -> String {
    let words = &document.prose()[mention.range.clone()];
    let counted = mention.counted.clone().map(|noun| &document.prose()[noun]);
    let line = MentionLine::new(mention, 0..0, words, counted);
    let line = serde_json::to_value(line).unwrap();
    let text = |key: &str| line[key].as_str();
    let mut parts = vec![text("kind").unwrap_or("unstated").to_owned()];
    if line.get("start_date").is_some() {
        parts.push(match (text("start_date"), text("end_date")) {
            (Some(first), Some(last)) if first == last => first.to_owned(),
            (Some(first), Some(last)) => format!("{first}..{last}"),
            _ => "unknown".to_owned(),
        });
        if let Some([first, last]) = line["or"].as_array().map(Vec::as_slice) {
            assert_eq!(first, last, "no month is written with two readings");
            parts.push(format!("or {}", first.as_str().unwrap()));
        }
    } else {
        parts.push(match (text("value"), text("from"), text("to")) {
            (Some(value), ..) => value.to_owned(),
            (_, from, to) => format!("{}..{}", from.unwrap(), to.unwrap()),
        });
    }
    let per = text("per").map(|per| format!("/{per}"));
    let unit = text("unit").map(|unit| unit.to_owned() + per.as_deref().unwrap_or_default());
    parts.extend(unit.or(per));
    parts.extend(text("counted").map(|noun| format!("({noun})")));
    let hedge = text("hedge").filter(|hedge| *hedge != "exact");
    parts.extend([text("time"), text("bound"), hedge].into_iter().flatten().map(str::to_owned));
    format!("{words} | {}", parts.join(" "))
}

/// Checks what is read of a sentence, each mention as a [`row`].
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    check_on(Some(published()), text, expected);
}

/// The same of a sentence that was published on some day, or nobody knows when.
#[track_caller]
fn check_on(day: Option<Date>, text: &str, expected: &[&str]) {
    let document = Document::parse(text, Format::Plain);
    let found: Vec<String> =
        mentions_of(&document, day).iter().map(|mention| row(&document, mention)).collect();
    assert_eq!(found, expected, "{text}");
}

/// Checks that a sentence states no figure and no date.
#[track_caller]
fn check_none(text: &str) {
    check(text, &[]);
}
