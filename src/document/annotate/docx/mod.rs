//! Notes as comments of a Word document (ECMA-376 Part 1, 17.13.4).
//!
//! The part of the document gains marks of comments, and where one stands within a run, the run is parted
//! in two of the same properties. Beside it only what comments need is changed: the comments themselves,
//! the types of parts, the relations.

mod comments;
mod runs;

use std::collections::HashSet;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::document::annotate::docx::comments::Comments;
use crate::document::annotate::docx::runs::{Anchor, Runs};
use crate::document::annotate::note::{Edit, Note, edited};
use crate::document::docx::{Parts, main_part};
use crate::document::office::Package;
use crate::source::Content;

/// Writes notes into a document.
pub(super) fn annotate(
    file: &[u8],
    content: &Content,
    notes: &[Note],
    author: &str,
) -> Result<Vec<u8>, String> {
    let Some(layout) = content.layout() else { return Err("this is no document".to_owned()) };
    let mut package = Package::open(file)?;
    let main = main_part(&mut package)?;
    let relations = Parts::read(&mut package, &main)?;
    let text = as_written(file, &main)?;
    let named = relations.part("comments");
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let part = named.clone().unwrap_or_else(|| joined(folder, "comments.xml"));
    let old = if named.is_some() { Some(as_written(file, &part)?) } else { None };
    let extended = match relations.part("commentsExtended") {
        Some(part) => package.text(&part)?.unwrap_or_default(),
        None => String::new(),
    };
    let strict = text.contains("http://purl.oclc.org/ooxml/wordprocessingml/main");
    let comments = Comments::read(old, &extended, strict)?;
    let runs = Runs::read(&text)?;
    let removed: HashSet<String> = comments.own().map(str::to_owned).collect();
    let mut edits: Vec<Edit> = runs.without(&removed);
    let mut next = comments.first_free();
    let mut anchors: Vec<Anchor> = Vec::new();
    let mut written = comments.kept();
    for note in notes {
        let place = match layout.range(note.range.clone()) {
            Some((0, range)) => Some(range),
            _ => layout.mark_of_note(note.range.start).map(|at| at..at + 1),
        };
        let mut lines = note.lines.clone();
        if let Some(first) = lines.first_mut() {
            first.insert_str(0, &format!("{}: ", note.rule));
        }
        // A remark that somebody has answered stays, and is not made again.
        if comments.has_answered(&lines) {
            continue;
        }
        let Some(place) = place else { continue };
        anchors.push(Anchor { place, id: next });
        written.add(next, author, &lines);
        next += 1;
    }
    edits.extend(runs.anchored(&anchors, strict));
    let changed = edited(&text, edits);
    let mut parts = vec![(main.clone(), changed)];
    if !anchors.is_empty() || named.is_some() {
        parts.push((part.clone(), written.finish()));
    }
    if named.is_none() && !anchors.is_empty() {
        let (folder, name) = main.rsplit_once('/').unwrap_or(("", &main));
        let rels = joined(folder, &format!("_rels/{name}.rels"));
        parts.push((rels.clone(), comments::related(as_written(file, &rels).ok(), strict)));
        let types = "[Content_Types].xml";
        let old = as_written(file, types)?;
        parts.push((types.to_owned(), comments::typed(&old, &part)));
    }
    packed(file, &parts)
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The text of a part, if it is in UTF-8 and so can be written as it was.
fn as_written(file: &[u8], name: &str) -> Result<String, String> {
    let failed = |reason: &dyn std::fmt::Display| format!("{name}: {reason}");
    let mut archive = ZipArchive::new(Cursor::new(file)).map_err(|error| failed(&error))?;
    let mut part = archive.by_name(name).map_err(|error| failed(&error))?;
    let mut bytes = Vec::new();
    // Its size was looked at when it was read.
    part.read_to_end(&mut bytes).map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|_| failed(&"only parts in UTF-8 are annotated"))
}

/// The archive with some parts changed or added, the others as they are packed.
fn packed(file: &[u8], parts: &[(String, String)]) -> Result<Vec<u8>, String> {
    let failed = |error: &dyn std::fmt::Display| format!("the copy cannot be made: {error}");
    let mut archive = ZipArchive::new(Cursor::new(file)).map_err(|error| failed(&error))?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(file.len() + (1 << 16))));
    let mut written: HashSet<&str> = HashSet::new();
    for at in 0..archive.len() {
        let entry = archive.by_index_raw(at).map_err(|error| failed(&error))?;
        let name = entry.name().map(std::borrow::Cow::into_owned).unwrap_or_default();
        let new = parts.iter().find(|(known, _)| *known == name);
        match new {
            None => writer.raw_copy_file(entry).map_err(|error| failed(&error))?,
            Some((name, text)) => {
                let time = entry.last_modified().unwrap_or_default();
                let options = SimpleFileOptions::default().last_modified_time(time);
                drop(entry);
                if written.insert(name) {
                    writer.start_file(&**name, options).map_err(|error| failed(&error))?;
                    writer.write_all(text.as_bytes()).map_err(|error| failed(&error))?;
                }
            }
        }
    }
    for (name, text) in parts {
        if written.insert(name) {
            let options = SimpleFileOptions::default();
            writer.start_file(&**name, options).map_err(|error| failed(&error))?;
            writer.write_all(text.as_bytes()).map_err(|error| failed(&error))?;
        }
    }
    Ok(writer.finish().map_err(|error| failed(&error))?.into_inner())
}
