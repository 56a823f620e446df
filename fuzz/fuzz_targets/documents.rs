//! Any bytes as a file, and as the main part of a Word document and of an `OpenDocument` text: no panic, in
//! either state, nor when notes are written into it; and what is written is read as before.
#![no_main]

use std::io::{Cursor, Write};

use crossfoot::document::{Format, Note, Revision, States, annotate, open};
use libfuzzer_sys::fuzz_target;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"></Types>";

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fuzz_target!(|bytes: &[u8]| {
    let files = [
        bytes.to_vec(),
        archive(&[
            ("[Content_Types].xml", TYPES.as_bytes()),
            ("word/document.xml", bytes),
            ("word/styles.xml", bytes),
            ("word/footnotes.xml", bytes),
        ]),
        archive(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", bytes)]),
    ];
    for file in files {
        for state in [Revision::Accepted, Revision::Original] {
            let Ok(opened) = open(file.clone(), Some(Format::Plain), States::One(state)) else { continue };
            let text = opened.content.text();
            let words = text.char_indices().map(|(at, c)| at..at + c.len_utf8());
            let notes: Vec<Note> = words
                .step_by(7)
                .map(|range| Note { range, rule: "a".to_owned(), lines: vec!["b".to_owned()] })
                .collect();
            if opened.format != Format::Docx {
                continue;
            }
            let Ok(copy) = annotate(&file, (&opened.content, "a.docx"), &notes, "C") else { continue };
            let again = open(copy, Some(Format::Docx), States::One(state)).unwrap();
            assert_eq!(again.content.text(), text);
        }
    }
});
