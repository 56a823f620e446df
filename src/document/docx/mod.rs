//! Word documents: what a reader of one sees, with the byte of the part that each byte of it stood at.
//!
//! ECMA-376 (5th edition) decides what is read; the tests name the clause of Part 1 beside each construct.

mod body;
mod comments;
mod field;
mod numbering;
mod properties;
mod relations;
mod shared;
mod styles;
mod symbol;
#[cfg(test)]
mod tests;

pub(super) use relations::{Relations as Parts, main_part};

use std::collections::HashMap;
use std::ops::Range;

use crate::document::Revision;
use crate::document::docx::body::{Body, Story};
use crate::document::docx::numbering::Numbering;
use crate::document::docx::relations::Relations;
use crate::document::docx::shared::Shared;
use crate::document::docx::styles::Styles;
use crate::document::office::{Flow, Hung, Package, hang};
use crate::source::{Content, Layout};

/// The sorts of notes: what the relation to their part is called.
const NOTES: [&str; 2] = ["footnotes", "endnotes"];

/// Reads a document.
///
/// # Errors
/// Why it is none, with the part and the byte.
pub(super) fn read(package: &mut Package<'_>, revision: Revision) -> Result<Content, String> {
    let main = main_part(package)?;
    let Some(text) = package.text(&main)? else {
        return Err(format!("the archive has no part `{main}`"));
    };
    let relations = Relations::read(package, &main)?;
    let own = |package: &mut Package<'_>, kind: &str| match relations.part(kind) {
        Some(part) => package.text(&part),
        None => Ok(None),
    };
    let styles = Styles::read(own(package, "styles")?.as_deref())?;
    let numbering = Numbering::read(own(package, "numbering")?.as_deref())?;
    let remarks = own(package, "comments")?;
    let notes = NOTES.map(|kind| relations.part(kind));
    let shared = Shared { styles, numbering, relations, revision };
    let Story { mut flow, mut has_changes, .. } = Body::read(&text, (&main, 0), &shared)?;
    let mut layout = Layout { parts: vec![main], ..Layout::default() };
    let mut all_notes = Vec::new();
    for part in notes {
        let text = match &part {
            Some(part) => package.text(part)?,
            None => None,
        };
        let (Some(part), Some(text)) = (part, text) else {
            all_notes.push(None);
            continue;
        };
        let story = Body::read(&text, (&part, layout.parts.len()), &shared)?;
        has_changes |= story.has_changes;
        layout.parts.push(part);
        all_notes.push(Some(story));
    }
    add_notes(&mut flow, &all_notes, &mut layout);
    let remarks = comments::read(remarks.as_deref().unwrap_or_default())?;
    hang(&flow, &remarks, &mut layout);
    layout.has_changes = has_changes;
    layout.pieces = flow.pieces;
    layout.blocks = flow.blocks;
    Ok(Content::laid_out(flow.text, layout))
}

/// Adds the notes behind the text, in the order of their marks.
fn add_notes(flow: &mut Flow, notes: &[Option<Story>], layout: &mut Layout) {
    let marks: Vec<(u8, String, usize)> = flow
        .hung
        .iter()
        .filter_map(|(_, hung)| match hung {
            Hung::Note { kind, id, at } => Some((*kind, id.clone(), *at)),
            _ => None,
        })
        .collect();
    let mut told: Vec<HashMap<&str, &Range<usize>>> = notes
        .iter()
        .map(|story| story.iter().flat_map(|story| &story.notes))
        .map(|notes| notes.map(|(id, range)| (&**id, range)).collect())
        .collect();
    for (kind, id, at) in marks {
        let kind = usize::from(kind);
        let (Some(Some(story)), Some(by_id)) = (notes.get(kind), told.get_mut(kind)) else {
            continue;
        };
        // A note stands once, however many marks lead to it.
        let Some(range) = by_id.remove(&*id) else { continue };
        let start = flow.text.len();
        flow.append(&story.flow, range.clone());
        layout.notes.push((start..flow.text.len(), at));
    }
}
