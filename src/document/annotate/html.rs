//! Notes in HTML: `<mark class="crossfoot" title="…">50 percent</mark>`.

use crate::document::annotate::note::{Edit, Note, edited, groups};

/// How an element of an earlier run begins.
const OPENING: &str = "<mark class=\"crossfoot\" title=\"";
const CLOSING: &str = "</mark>";

/// Writes notes into HTML. Where words run over tags, each part of them is an element of its own.
pub(super) fn annotate(text: &str, notes: &[Note]) -> String {
    let mut edits: Vec<Edit> = earlier(text);
    for group in groups(notes) {
        let title: Vec<String> = group
            .notes
            .iter()
            .map(|note| format!("{}: {}", note.rule, note.lines.join("\n")))
            .collect();
        let opening = format!("{OPENING}{}\">", escaped(&title.join("\n\n")));
        for part in parts(text, group.range) {
            edits.push((part.start..part.start, opening.clone()));
            edits.push((part.end..part.end, CLOSING.to_owned()));
        }
    }
    edited(text, edits)
}

fn escaped(words: &str) -> String {
    let words = words.replace('&', "&amp;").replace('"', "&quot;");
    words.replace('<', "&lt;").replace('>', "&gt;").replace('\n', "&#10;")
}

/// The parts of some bytes that stand between tags and are not blank.
fn parts(text: &str, range: std::ops::Range<usize>) -> Vec<std::ops::Range<usize>> {
    let mut parts = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        let words = rest.find('<').unwrap_or(rest.len());
        if !rest[..words].trim().is_empty() {
            parts.push(at..at + words);
        }
        let tag = &rest[words..];
        let length = if tag.starts_with("<!--") {
            tag.find("-->").map(|end| end + "-->".len())
        } else {
            tag.find('>').map(|end| end + 1)
        };
        at += words + length.unwrap_or(tag.len()).max(1);
    }
    parts
}

/// What takes out the elements of an earlier run.
fn earlier(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (start, _) in text.match_indices(OPENING) {
        let Some(tag) = text[start..].find('>').map(|length| start + length + 1) else { continue };
        // It holds no tag, so the next closing one is its own.
        let Some(end) = text[tag..].find(CLOSING).map(|length| tag + length) else { continue };
        edits.push((start..tag, String::new()));
        edits.push((end..end + CLOSING.len(), String::new()));
    }
    edits
}
