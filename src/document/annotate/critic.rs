//! Notes in `CriticMarkup`: `{==50 percent==}{>>Crossfoot [wrong-share]: …<<}`.

use std::ops::Range;

use crate::document::annotate::note::{Edit, Note, edited, groups};

/// Writes notes into Markdown or plain text.
pub(super) fn annotate(text: &str, notes: &[Note], author: &str, is_markdown: bool) -> String {
    let mut edits: Vec<Edit> = earlier(text, author);
    let comment = |note: &Note, words: &str| {
        let said = format!("{words}{}", note.lines.join("; "));
        let said: String = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let (said, author) = (escaped(&said, is_markdown), escaped(author, is_markdown));
        format!("{{>>{author} [{}]: {said}<<}}", note.rule)
    };
    let (of_markup, beside): (Vec<Note>, Vec<Note>) =
        notes.iter().cloned().partition(|note| note.is_of_markup);
    // "{==1986.==}" begins no item of a list, so what is said of "1986." stands behind the line.
    for note in &of_markup {
        let words = text.get(note.range.clone()).unwrap_or_default();
        let rest = text.get(note.range.end..).unwrap_or_default();
        let end = note.range.end + rest.lines().next().map_or(0, |line| line.trim_end().len());
        edits.push((end..end, comment(note, &format!("\"{words}\": "))));
    }
    for group in groups(&beside) {
        let mut behind = "==}".to_owned();
        for note in &group.notes {
            behind.push_str(&comment(note, ""));
        }
        let end = group.range.end;
        edits.push((group.range.start..group.range.start, "{==".to_owned()));
        edits.push((end..end, behind));
    }
    edited(text, edits)
}

/// Words that neither end the comment nor are markup.
fn escaped(words: &str, is_markdown: bool) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if is_markdown && "\\`*_~[]<>|$".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    // In plain text nothing can be escaped.
    out.replace("<<}", "<< }").replace("==}", "== }")
}

/// What takes out the notes of an earlier run, and the marks around their words.
fn earlier(text: &str, author: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let openings =
        [true, false].map(|is_markdown| format!("{{>>{} [", escaped(author, is_markdown)));
    let opens = |at: usize| openings.iter().any(|opening| text[at..].starts_with(opening.as_str()));
    let mut at = 0;
    while let Some(found) = text[at..].find("==}{>>").map(|found| at + found) {
        let closing = found..found + "==}".len();
        at = closing.end;
        let (own, others) = comments(text, at, &opens);
        let Some(start) = text[..found].rfind("{==").filter(|_| !own.is_empty()) else { continue };
        // Where somebody else has commented on the same words too, they stay marked.
        if !others {
            edits.push((start..start + "{==".len(), String::new()));
            edits.push((closing, String::new()));
        }
        at = own.last().map_or(at, |range| range.end);
        edits.extend(own.into_iter().map(|range| (range, String::new())));
    }
    // Those that stand beside no marks.
    let alone: Vec<Range<usize>> = text
        .match_indices("{>>")
        .filter(|(at, _)| opens(*at) && edits.iter().all(|(range, _)| range.start != *at))
        .filter_map(|(at, _)| Some(at..at + text[at..].find("<<}")? + "<<}".len()))
        .collect();
    edits.extend(alone.into_iter().map(|range| (range, String::new())));
    edits
}

/// The own comments that stand one behind the other from a byte on, and whether there are others among
/// them.
fn comments(text: &str, start: usize, opens: &dyn Fn(usize) -> bool) -> (Vec<Range<usize>>, bool) {
    let (mut own, mut others, mut at) = (Vec::new(), false, start);
    while text[at..].starts_with("{>>") {
        let Some(length) = text[at..].find("<<}") else { break };
        let end = at + length + "<<}".len();
        if opens(at) {
            own.push(at..end);
        } else {
            others = true;
        }
        at = end;
    }
    (own, others)
}
