//! The screens of a review: one claim that drifted, as it was and as it is.

use std::fmt::Write as _;

use similar::{ChangeTag, TextDiff};

use crate::claim::State;
use crate::document::words_of;
use crate::draft::{Drift, Place};
use crate::report::formats::inert::plain;
use crate::source::{Sources, Span, one_line};

/// Letters of an article shown on either side of a claim's words.
const AROUND: usize = 60;

/// A claim that drifted, which one it is of how many, with what can be done about it.
pub fn review_screen(
    drift: &Drift,
    (number, count): (usize, usize),
    sources: &Sources,
    colour: bool,
) -> String {
    let mut out = String::new();
    let file = sources.get(drift.quoted_at.source);
    let _ = writeln!(out, "{} {number} of {count}", plain(file.name()));
    let _ = writeln!(out, "{}: {}\n", paint(&drift.id, BOLD, colour), drift.state.as_str());
    let now = drift.now.first().map(|place| &*place.quote);
    let (was, is) = marked(&one_line(&drift.was), now.unwrap_or_default(), colour);
    let _ = writeln!(out, "  was  {was}");
    match (&*drift.now, now) {
        ([only], Some(_)) => {
            let _ = writeln!(out, "  now  {is}");
            let _ = writeln!(out, "       {}", at(only.span, sources));
            let _ = writeln!(out, "       {}", in_context(only.span, sources, colour));
        }
        ([], _) => out.push_str("  now  nothing like it is in the article\n"),
        (several, _) => {
            for (number, place) in several.iter().enumerate() {
                let _ = writeln!(out, "  {}    {}", number + 1, at(place.span, sources));
                let _ = writeln!(out, "       {}", in_context(place.span, sources, colour));
            }
        }
    }
    if let Some(Place { value: Some(value), .. }) =
        drift.now.first().filter(|_| drift.now.len() == 1)
    {
        let _ = writeln!(out, "\n  value  {} -> {}", plain(&drift.value), plain(value));
    }
    out.push('\n');
    out.push_str(&review_help(drift, colour));
    out
}

/// What each key does about a claim.
pub fn review_help(drift: &Drift, colour: bool) -> String {
    let line = |(key, does): (String, String)| format!("  {}  {does}\n", paint(&key, BOLD, colour));
    keys(drift).into_iter().map(line).collect()
}

/// The keys that there are for a claim, in a row.
pub fn review_keys(drift: &Drift) -> String {
    let keys: Vec<String> = keys(drift).into_iter().map(|(key, _)| key).collect();
    keys.join(", ")
}

/// What can be done about a claim, by key.
fn keys(drift: &Drift) -> Vec<(String, String)> {
    let accept = match drift.state {
        State::Gone => "accept: mark the claim as gone",
        State::Changed => "accept: the article is right, the claim takes its figure and words over",
        State::Ambiguous => "accept: the claim means the first of them",
        _ => "accept: the claim takes the article's words over",
    };
    let mut keys = Vec::new();
    if drift.state == State::Ambiguous {
        keys.push((
            format!("1-{}", drift.now.len().min(9)),
            "accept: the claim means this one".to_owned(),
        ));
    } else {
        keys.push(("a".to_owned(), accept.to_owned()));
    }
    keys.push((
        "r".to_owned(),
        "reject: the claim is right, the article is to be mended".to_owned(),
    ));
    if drift.state != State::Gone && drift.now.len() == 1 {
        keys.push((
            "e".to_owned(),
            "edit: take the words over, with a value of your own".to_owned(),
        ));
    }
    keys.push(("s".to_owned(), "skip: decide later".to_owned()));
    keys.push(("q".to_owned(), "quit: what was decided stays".to_owned()));
    keys
}

/// A line for a list: the claim, its state, what it was and is, and where.
pub fn review_line(drift: &Drift, sources: &Sources) -> String {
    let place = drift.now.first().map_or(drift.quoted_at, |place| place.span);
    let was = plain(&one_line(&drift.was));
    let what = match &*drift.now {
        [only] if only.value.is_some() => format!(
            "{} -> {}",
            plain(&drift.value),
            plain(only.value.as_deref().unwrap_or_default())
        ),
        [only] if only.quote != was => format!("\"{was}\" -> \"{}\"", plain(&only.quote)),
        _ => format!("\"{was}\""),
    };
    let mut line =
        format!("{}: {}: {}: {what}\n", at(place, sources), drift.id, drift.state.as_str());
    if drift.state == State::Ambiguous {
        for (number, place) in drift.now.iter().enumerate() {
            let _ = writeln!(
                line,
                "  {} {}: {}",
                number + 1,
                at(place.span, sources),
                in_context(place.span, sources, false)
            );
        }
    }
    line
}

fn at(span: Span, sources: &Sources) -> String {
    let source = sources.get(span.source);
    source.told(&plain(source.name()), span.start)
}

/// Some words of an article between those around them.
fn in_context(span: Span, sources: &Sources, colour: bool) -> String {
    let source = sources.get(span.source);
    let text = source.text();
    let before = &text[..span.start];
    let after = &text[span.end..];
    // A paragraph is enough.
    let before = before.rsplit("\n\n").next().unwrap_or_default();
    let after = after.split("\n\n").next().unwrap_or_default();
    let start = before.char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
    let end = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
    let dots = |is_cut: bool| if is_cut { "…" } else { "" };
    let (head, tail) = (spaced(&before[start..]), spaced(&after[..end]));
    let words = paint(&plain(&one_line(&words_of(source, span.range()))), BOLD, colour);
    let words = if colour { words } else { format!("[{words}]") };
    format!("{}{head}{words}{tail}{}", dots(0 < start), dots(end < after.len()))
}

/// Text on one line that keeps a blank at either end.
fn spaced(text: &str) -> String {
    let blank = |is_blank: bool| if is_blank { " " } else { "" };
    let words = plain(&one_line(text));
    if words.is_empty() {
        return String::new();
    }
    let (first, last) =
        (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
    format!("{}{words}{}", blank(first), blank(last))
}

const BOLD: &str = "1";
const RED: &str = "31";
const GREEN: &str = "32";

fn paint(text: &str, code: &str, colour: bool) -> String {
    if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// The old and the new words, what differs in colour.
fn marked(was: &str, is: &str, colour: bool) -> (String, String) {
    let (was, is) = (plain(was), plain(is));
    if !colour || is.is_empty() {
        return (was, is);
    }
    let diff = TextDiff::from_words(&*was, &*is);
    let (mut old, mut new) = (String::new(), String::new());
    for change in diff.iter_all_changes() {
        match change.tag() {
            ChangeTag::Equal => {
                old.push_str(change.value());
                new.push_str(change.value());
            }
            ChangeTag::Delete => old.push_str(&paint(change.value(), RED, true)),
            ChangeTag::Insert => new.push_str(&paint(change.value(), GREEN, true)),
        }
    }
    (old, new)
}
