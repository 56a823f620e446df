//! What is written, and how a text is changed.

use std::ops::Range;

/// A finding as it is written beside its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its words, as bytes of the text that was read.
    pub range: Range<usize>,
    /// The rule that found it.
    pub rule: String,
    /// What it says, a line each.
    pub lines: Vec<String>,
    /// Whether it is about markup, which would be none with marks around it.
    pub is_of_markup: bool,
}

/// Words with all notes that are about some of them.
pub(super) struct Group<'n> {
    pub(super) range: Range<usize>,
    pub(super) notes: Vec<&'n Note>,
}

/// The notes in order, those together whose words overlap.
pub(super) fn groups(notes: &[Note]) -> Vec<Group<'_>> {
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
pub(super) type Edit = (Range<usize>, String);

/// A text with some changes, which do not overlap; of several at one place the first stands first.
pub(super) fn edited(text: &str, mut edits: Vec<Edit>) -> String {
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
