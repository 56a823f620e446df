//! What is read of prose: a sentence in, its figures and dates out.

mod dates;
mod extract;
mod figures;
pub(crate) mod invariants;
mod names;
mod properties;

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
    let mut row = format!("{words} | {}", text("kind").unwrap_or("unstated"));
    if line.get("start_date").is_some() {
        row += &match (text("start_date"), text("end_date")) {
            (Some(first), Some(last)) if first == last => format!(" {first}"),
            (Some(first), Some(last)) => format!(" {first}..{last}"),
            _ => " unknown".to_owned(),
        };
        if let Some([first, last]) = line["or"].as_array().map(Vec::as_slice) {
            assert_eq!(first, last, "no month is written with two readings");
            row += &format!(" or {}", first.as_str().unwrap());
        }
    } else {
        row += &match (text("value"), text("from"), text("to")) {
            (Some(value), ..) => format!(" {value}"),
            (_, from, to) => format!(" {}..{}", from.unwrap(), to.unwrap()),
        };
    }
    let slash = text("per").map(|per| format!("/{per}")).unwrap_or_default();
    row += &text("unit").map(|unit| format!(" {unit}")).unwrap_or_default();
    row += &if text("unit").is_some() { slash } else { slash.replacen('/', " /", 1) };
    row += &text("counted").map(|noun| format!(" ({noun})")).unwrap_or_default();
    for key in ["time", "bound"] {
        row += &text(key).map(|word| format!(" {word}")).unwrap_or_default();
    }
    if let Some(hedge) = text("hedge").filter(|hedge| *hedge != "exact") {
        row += &format!(" {hedge}");
    }
    row
}

/// Checks what is read of a sentence, each mention as a [`row`].
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let document = Document::parse(text, Format::Plain);
    let found: Vec<String> = mentions_of(&document, Some(published()))
        .iter()
        .map(|mention| row(&document, mention))
        .collect();
    assert_eq!(found, expected, "{text}");
}

/// Checks that a sentence states no figure and no date.
#[track_caller]
fn check_none(text: &str) {
    check(text, &[]);
}
