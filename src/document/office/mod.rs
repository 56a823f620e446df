//! What Word documents and `OpenDocument` texts have in common: an archive of parts, XML with places, and a
//! flow of paragraphs.

mod flow;
mod hang;
mod namespace;
mod package;
mod xml;

pub(super) use flow::{Flow, Hung, Level};
pub(super) use hang::{Comment, hang};
pub(super) use namespace::Namespace;
pub(super) use package::{Package, is_zip};
pub(super) use xml::{Element, Node, Xml};

/// An archive of parts, for the tests of both.
#[cfg(test)]
pub(super) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    use std::io::{Cursor, Write};

    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
