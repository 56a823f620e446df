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
    let (was, is) = sentences(drift, colour);
    let _ = writeln!(out, "  was  {was}");
    match &*drift.now {
        [only] => {
            let _ = writeln!(out, "  now  {is}");
            let _ = writeln!(out, "       {}", at(only.span, sources));
            if only.sentence.is_none() || drift.sentence.is_none() {
                let _ = writeln!(out, "       {}", in_context(only.span, sources, colour));
            }
        }
        [] => out.push_str("  now  nothing like it is in the article\n"),
        several => {
            for (number, place) in several.iter().enumerate() {
                let _ = writeln!(out, "  {}    {}", number + 1, at(place.span, sources));
                let _ = writeln!(out, "       {}", in_context(place.span, sources, colour));
            }
        }
    }
    for one in &drift.otherwise {
        let words = |words: &str| match plain(&one_line(words)) {
            nothing if nothing.is_empty() => "nothing".to_owned(),
            words => words,
        };
        let (was, is) = (words(&one.was), words(&one.is));
        let _ = writeln!(out, "\n  {}  {was} -> {is}", one.aspect.as_str());
    }
    if let Some(Place { value: Some(value), .. }) =
        drift.now.first().filter(|_| drift.now.len() == 1)
        && *value != drift.value
    {
        let _ = writeln!(out, "\n  value  {} -> {}", plain(&drift.value), plain(value));
    }
    out.push('\n');
    out.push_str(&review_help(drift, colour));
    out
}

/// The sentence before and after, or the words that are quoted where it is not known, with what differs marked.
fn sentences(drift: &Drift, colour: bool) -> (String, String) {
    let Some(now) = drift.now.first().filter(|_| drift.now.len() == 1) else {
        return (plain(&one_line(drift.sentence.as_ref().unwrap_or(&drift.was))), String::new());
    };
    match (&drift.sentence, &now.sentence) {
        (Some(was), Some(is)) => marked(&one_line(was), &one_line(is), colour),
        _ => marked(&one_line(&drift.was), &now.quote, colour),
    }
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
    keys.push(("u".to_owned(), "undo: take the last answer back".to_owned()));
    keys.push((
        "q".to_owned(),
        "quit: what was decided stays, this one and the rest wait".to_owned(),
    ));
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

/// The old and the new words, with what differs in colour, or in brackets as `git` marks words.
fn marked(was: &str, is: &str, colour: bool) -> (String, String) {
    let (was, is) = (plain(was), plain(is));
    if is.is_empty() || was == is {
        return (was, is);
    }
    let diff = TextDiff::from_words(&*was, &*is);
    let (mut old, mut new) = (String::new(), String::new());
    let taken = |text: &str| if colour { paint(text, RED, true) } else { format!("[-{text}-]") };
    let put = |text: &str| if colour { paint(text, GREEN, true) } else { format!("{{+{text}+}}") };
    let (mut gone, mut come) = (String::new(), String::new());
    for change in diff.iter_all_changes() {
        match change.tag() {
            ChangeTag::Equal
                if change.value().trim().is_empty() && !(gone.is_empty() && come.is_empty()) =>
            {
                // A blank between two words that differ belongs to both.
                gone.push_str(change.value());
                come.push_str(change.value());
            }
            ChangeTag::Equal => {
                close(&mut old, &mut gone, &taken);
                close(&mut new, &mut come, &put);
                old.push_str(change.value());
                new.push_str(change.value());
            }
            ChangeTag::Delete => gone.push_str(change.value()),
            ChangeTag::Insert => come.push_str(change.value()),
        }
    }
    close(&mut old, &mut gone, &taken);
    close(&mut new, &mut come, &put);
    (old, new)
}

/// Puts words that differ behind others, marked, without the blanks around them.
fn close(out: &mut String, words: &mut String, mark: &dyn Fn(&str) -> String) {
    let text = words.trim();
    if text.is_empty() {
        out.push_str(words);
    } else {
        let start = words.len() - words.trim_start().len();
        let (before, behind) = (&words[..start], &words[start + text.len()..]);
        out.push_str(before);
        out.push_str(&mark(text));
        out.push_str(behind);
    }
    words.clear();
}
