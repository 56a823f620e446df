//! What is no document, and what has no measure.

use crate::document::docx::tests::{WORD, document, p, read, t, text, told};
use crate::document::office::archive;
use crate::document::{Format, Revision, States, open};

#[test]
fn what_is_no_document_is_told() {
    let error =
        |bytes: Vec<u8>, format: Format| open(bytes, Some(format), States::default()).unwrap_err();
    let ole = [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 512]].concat();
    assert!(error(ole, Format::Docx).contains("locked with a password"));
    assert!(error(b"%PDF-1.7".to_vec(), Format::Plain).contains("pdftotext"));
    assert!(error(b"{\\rtf1 a}".to_vec(), Format::Docx).contains("soffice"));
    assert_eq!(
        error(b"text".to_vec(), Format::Docx),
        "this is no Word document: it is no zip archive"
    );
    assert!(error(b"PK\x03\x04 and so on".to_vec(), Format::Docx).contains("cannot be read"));
    let whole = document(&p(&t("a")), &[]);
    assert!(error(whole[..whole.len() / 2].to_vec(), Format::Docx).contains("cannot be read"));
    let sheet = archive(&[("xl/workbook.xml", "<a/>"), ("[Content_Types].xml", "<a/>")]);
    assert!(error(sheet, Format::Docx).contains("Excel"));
    assert!(error(archive(&[("a.txt", "5")]), Format::Docx).contains("zip archive of other files"));
    let empty = archive(&[("[Content_Types].xml", "<a/>")]);
    assert_eq!(error(empty, Format::Docx), "the archive has no part `word/document.xml`");
    let broken = archive(&[("word/document.xml", "<w:document><w:p></w:document>")]);
    assert!(error(broken, Format::Docx).starts_with("word/document.xml: byte "));
    // A relation that leaves the archive leads nowhere.
    let astray = archive(&[
        (
            "word/document.xml",
            &format!("<w:document {WORD}><w:body>{}</w:body></w:document>", p(&t("5"))),
        ),
        (
            "_rels/.rels",
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>\
            <Relationship Id='a' Type='x/officeDocument' Target='../../etc/passwd'/></Relationships>",
        ),
        ("../../evil.xml", "<a/>"),
    ]);
    assert_eq!(told(&read(astray, Revision::Accepted)), "5");
}

#[test]
fn what_has_no_measure_is_bounded() {
    let error = |bytes: Vec<u8>| open(bytes, Some(Format::Docx), States::default()).unwrap_err();
    let lol = "<!DOCTYPE a [<!ENTITY b 'bbbbbbbbbb'>]><a>&b;</a>";
    assert!(error(archive(&[("word/document.xml", lol)])).contains("its own markup"));
    let bomb = " ".repeat(65 << 20);
    let reason = error(archive(&[("word/document.xml", &bomb)]));
    assert_eq!(reason, "word/document.xml: it is larger than 64 MiB unpacked");
    let deep = |n: usize| format!("{}{}", "<w:customXml>".repeat(n), "</w:customXml>".repeat(n));
    assert_eq!(text(&(deep(10_000) + &p(&t("5")))), "5");
    assert!(error(document(&deep(30_000), &[])).contains("nested deeper"));
    let boxes = |n: usize| {
        format!(
            "{}{}",
            "<w:p><w:r><w:txbxContent>".repeat(n),
            "</w:txbxContent></w:r></w:p>".repeat(n)
        )
    };
    assert_eq!(text(&boxes(5_000)), "");
}
