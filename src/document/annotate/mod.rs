//! Findings written into a copy of their document, beside the words that they are about.

mod critic;
#[cfg(feature = "office")]
mod docx;
mod html;

use std::ops::Range;

use crate::document::Format;
use crate::source::Content;

/// A finding as it is written beside its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its words, as bytes of the text that was read.
    pub range: Range<usize>,
    /// The rule that found it.
    pub rule: String,
    /// What it says, a line each.
    pub lines: Vec<String>,
}

/// Writes notes into a copy of a file: as comments of a Word document, in `CriticMarkup` in Markdown and
/// plain text, as `mark` elements in HTML. What an earlier run wrote is taken out first, and nothing else
/// is changed.
///
/// `content` is what was read of `file`, and `name` what it is called.
///
/// # Errors
/// Why it cannot be done.
pub fn annotate(
    file: &[u8],
    (content, name): (&Content, &str),
    notes: &[Note],
    author: &str,
) -> Result<Vec<u8>, String> {
    let known = "only .docx, .md, .txt and .html are annotated";
    if content.layout().is_some() {
        #[cfg(feature = "office")]
        if crate::document::office::is_zip(file) && Format::of(name) != Some(Format::Odt) {
            return docx::annotate(file, content, notes, author);
        }
        return Err(known.to_owned());
    }
    let text = std::str::from_utf8(file).ok().filter(|text| *text == content.text());
    let text = text.ok_or_else(|| "only texts in UTF-8 are annotated".to_owned())?;
    let annotated = match Format::of_text(name, text) {
        Format::Html => html::annotate(text, notes),
        Format::Markdown => critic::annotate(text, notes, author, true),
        _ => critic::annotate(text, notes, author, false),
    };
    Ok(annotated.into_bytes())
}

/// Words with all notes that are about some of them.
struct Group<'n> {
    range: Range<usize>,
    notes: Vec<&'n Note>,
}

/// The notes in order, those together whose words overlap.
fn groups(notes: &[Note]) -> Vec<Group<'_>> {
    let mut sorted: Vec<&Note> = notes.iter().filter(|note| !note.range.is_empty()).collect();
    sorted.sort_by_key(|note| (note.range.start, note.range.end));
    let mut groups: Vec<Group<'_>> = Vec::new();
    for note in sorted {
        match groups.last_mut() {
            Some(last) if note.range.start < last.range.end => {
                last.range.end = last.range.end.max(note.range.end);
                last.notes.push(note);
            }
            _ => groups.push(Group { range: note.range.clone(), notes: vec![note] }),
        }
    }
    groups
}

/// A change of a text: some bytes, and what stands in their place.
type Edit = (Range<usize>, String);

/// A text with some changes, which do not overlap; of several at one place the first stands first.
fn edited(text: &str, mut edits: Vec<Edit>) -> String {
    // What is taken out stands before what is put in behind it.
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let length: usize = edits.iter().map(|(_, new)| new.len()).sum();
    let mut out = String::with_capacity(text.len() + length);
    let mut at = 0;
    for (range, new) in edits {
        if let Some(before) = text.get(at..range.start) {
            out.push_str(before);
        }
        out.push_str(&new);
        at = at.max(range.end);
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests;
