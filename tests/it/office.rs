//! Word documents and `OpenDocument` texts by the programs that people write them with, through the command.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crossfoot::document::{Format, Note, Revision, States, annotate, open};
use proptest::prelude::*;
use serde_json::Value;
use zip::ZipArchive;

use crate::support::{cases, root};

const CROSSFOOT: &str = env!("CARGO_BIN_EXE_crossfoot");

fn fixture(name: &str) -> PathBuf {
    root().join("fixtures/documents").join(name)
}

fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(CROSSFOOT)
        .args(arguments)
        .args(["--isolated"])
        .current_dir(root().join("fixtures/documents"))
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn report(arguments: &[&str]) -> Value {
    let (_, out, err) = run(&[&["check", "--format", "json"], arguments].concat());
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"))
}

/// What is found: rule, message, and the words that are marked.
fn found(name: &str, further: &[&str]) -> Vec<(String, String)> {
    let report = report(&[&[name], further].concat());
    let findings = report["findings"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut all: Vec<(String, String)> =
        findings.map(|one| (text(&one["rule"]), text(&one["message"]))).collect();
    all.sort();
    all
}

#[test]
fn an_article_has_the_same_findings_in_each_format() {
    let expected = found("harbour.md", &[]);
    assert_eq!(expected.len(), 5);
    for name in [
        "harbour-pandoc.docx",
        "harbour-libreoffice.docx",
        "harbour-pandoc.odt",
        "harbour-libreoffice.odt",
    ] {
        assert_eq!(found(name, &[]), expected, "{name}");
    }
    assert_eq!(found("fare-python-docx.docx", &[]), found("fare-libreoffice.odt", &[]));
}

#[test]
fn each_state_of_tracked_changes_has_its_own_findings() {
    for name in ["changes-pandoc.docx", "changes-libreoffice.docx", "changes-libreoffice.odt"] {
        let rules = |state: &str| found(name, &["--revisions", state]).len();
        assert_eq!([rules("accepted"), rules("original")], [2, 1], "{name}");
        let both = report(&[name, "--revisions", "both"]);
        let states: Vec<Option<&str>> = both["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["revision"].as_str())
            .collect();
        assert_eq!(states, [Some("accepted"), None], "{name}");
        let (_, told, _) = run(&["check", name, "--revisions", "both"]);
        assert!(told.contains("only with the tracked changes accepted"), "{told}");
    }
}

#[test]
fn a_finding_of_the_original_alone_is_told_as_such() {
    // Accepted and original exchange their places where the changes are turned around.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("turned.docx");
    let turned = with_part(&fixture("changes-pandoc.docx"), "word/document.xml", |text| {
        let swapped = text.replace("w:ins ", "w:XXX ").replace("/w:ins>", "/w:XXX>");
        let swapped = swapped.replace("w:del ", "w:ins ").replace("/w:del>", "/w:ins>");
        swapped.replace("w:XXX", "w:del").replace("w:delText", "w:t")
    });
    std::fs::write(&path, turned).unwrap();
    let both = report(&[path.to_str().unwrap(), "--revisions", "both"]);
    let states: Vec<Option<&str>> =
        both["findings"].as_array().unwrap().iter().map(|one| one["revision"].as_str()).collect();
    assert!(states.contains(&Some("original")), "{both:#}");
    assert_eq!(both["summary"]["errors"], 2);
}

#[test]
fn places_are_paragraphs_for_people_and_parts_for_programs() {
    let report = report(&["harbour-pandoc.docx"]);
    let location = &report["findings"][1]["location"];
    assert_eq!(location["paragraph"], 4);
    assert_eq!(location["part"], "word/document.xml");
    assert!(location.get("line").is_none() && location.get("column").is_none());
    let offset = usize::try_from(location["offset"].as_u64().unwrap()).unwrap();
    let part = part(&std::fs::read(fixture("harbour-pandoc.docx")).unwrap(), "word/document.xml");
    assert!(part[offset..].starts_with("50 percent"));
    let told = |format: &str| run(&["check", "harbour-pandoc.docx", "--format", format]).1;
    assert!(told("short").contains("harbour-pandoc.docx, paragraph 4, \"50 percent\": error["));
    assert!(told("human").contains("[harbour-pandoc.docx, paragraph 4]"));
    assert!(told("markdown").contains("harbour-pandoc.docx, paragraph 4"));
    assert!(told("junit").contains("paragraph 4: wrong-percent-change"));
    let github = told("github");
    assert!(
        github
            .contains("file=fixtures/documents/harbour-pandoc.docx::paragraph 4, \"50 percent\": "),
        "{github}"
    );
    let sarif: Value = serde_json::from_str(&told("sarif")).unwrap();
    let place = &sarif["runs"][0]["results"][1]["locations"][0];
    assert!(place["physicalLocation"].get("region").is_none());
    assert_eq!(place["logicalLocations"][0]["name"], "paragraph 4");
    let narrated = run(&["check", "harbour-pandoc.docx", "--narrated"]).1;
    assert!(
        narrated.contains("label at paragraph 4,") && !narrated.contains("snippet line"),
        "{narrated}"
    );
}

#[test]
fn all_commands_take_documents() {
    for name in ["harbour-pandoc.docx", "harbour-libreoffice.odt"] {
        let (code, out, err) = run(&["extract", name]);
        assert_eq!(code, 0, "{err}");
        assert!(out.contains(&format!("{name}, paragraph 4  ")), "{out}");
        let (code, out, _) = run(&["report", name, "-o", "-"]);
        assert_eq!(code, 0);
        assert!(out.contains("50 percent"));
        let (code, out, _) = run(&["explain", &format!("{name}:4")]);
        assert_eq!(code, 0);
        assert!(out.starts_with(&format!("{name}, paragraph 4\n")), "{out}");
    }
    let (code, out, err) = run(&["diff", "changes-pandoc.docx", "changes-libreoffice.docx"]);
    assert_eq!(code, 0, "{out}{err}");
    // The two states of one document.
    let (code, out, err) = run(&["diff", "changes-pandoc.docx"]);
    assert_eq!(code, 1, "{out}{err}");
    assert!(out.contains("40 percent"), "{out}");
    let (code, _, err) = run(&["diff", "harbour-pandoc.docx"]);
    assert_eq!(code, 2);
    assert!(err.contains("no changes are tracked in it"), "{err}");
}

#[test]
fn claims_are_recorded_of_a_document_and_followed_in_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let crossfoot = |arguments: &[&str]| {
        let output =
            Command::new(CROSSFOOT).args(arguments).current_dir(folder.path()).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let draft = folder.path().join("draft.docx");
    std::fs::copy(fixture("changes-pandoc.docx"), &draft).unwrap();
    let (code, out) = crossfoot(&["record", "draft.docx", "--revisions", "original"]);
    assert_eq!(code, Some(0), "{out}");
    let claims = std::fs::read_to_string(folder.path().join("claims/draft.toml")).unwrap();
    assert!(claims.contains("25 percent"), "{claims}");
    let (code, out) = crossfoot(&["check", "draft.docx", "--format", "short"]);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains("changed-figure"), "{out}");
}

#[test]
fn comments_become_notes_of_claims_and_links_their_sources() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("draft.docx");
    let linked = with_part(&fixture("fare-python-docx.docx"), "word/document.xml", |text| {
        let link = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>HYPERLINK \
                    &quot;https://example.org/fares&quot;</w:instrText></w:r><w:r><w:fldChar \
                    w:fldCharType=\"separate\"/></w:r><w:r><w:t xml:space=\"preserve\"> to $12, or </w:t></w:r><w:r><w:fldChar \
                    w:fldCharType=\"end\"/></w:r>";
        text.replace("<w:r><w:t xml:space=\"preserve\"> to $12, or </w:t></w:r>", link)
    });
    std::fs::write(&draft, linked).unwrap();
    let output = Command::new(CROSSFOOT)
        .args(["record", "draft.docx"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success());
    let claims = std::fs::read_to_string(folder.path().join("claims/draft.toml")).unwrap();
    assert_eq!(claims.matches("note      = \"Desk: Is this so?\"").count(), 1, "{claims}");
    assert!(claims.contains("source    = { url = \"https://example.org/fares\" }"), "{claims}");
}

#[test]
fn a_document_comes_by_standard_input_too() {
    let bytes = std::fs::read(fixture("harbour-pandoc.docx")).unwrap();
    for arguments in
        [&["check", "-", "--isolated", "--format", "short"][..], &["extract", "-", "--isolated"]]
    {
        for named in [&[][..], &["--stdin-filename", "draft.docx"]] {
            let mut child = Command::new(CROSSFOOT)
                .args(arguments)
                .args(named)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            child.stdin.take().unwrap().write_all(&bytes).unwrap();
            let output = child.wait_with_output().unwrap();
            let out = String::from_utf8(output.stdout).unwrap();
            assert!(out.contains(", paragraph 4"), "{out}");
        }
    }
}

#[test]
fn what_is_not_read_has_a_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let told = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let (code, _, err) = run(&["check", path.to_str().unwrap()]);
        assert_eq!(code, 2, "{name}");
        err
    };
    assert!(told("a.doc", b"x").contains("soffice --headless --convert-to docx"));
    assert!(told("a.rtf", b"{\\rtf1").contains("soffice --headless --convert-to docx"));
    assert!(told("a.pdf", b"%PDF-1.7").contains("pdftotext -layout"));
    assert!(told("a.pages", b"PK").contains("export it as Word"));
    assert!(told("b.docx", b"%PDF-1.7").contains("this is a PDF"));
    assert!(told("c.docx", b"5 million").contains("no zip archive"));
    let whole = std::fs::read(fixture("harbour-pandoc.docx")).unwrap();
    assert!(told("d.docx", &whole[..5000]).contains("cannot be read"));
    // What a file is its bytes say, whatever it is called.
    let path = folder.path().join("e.txt");
    std::fs::write(&path, &whole).unwrap();
    assert_eq!(run(&["check", path.to_str().unwrap()]).0, 1);
}

/// The text of a part of an archive.
fn part(archive: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The bytes of all parts of an archive.
fn parts(archive: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut all = BTreeMap::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        all.insert(entry.name().unwrap().into_owned(), bytes);
    }
    all
}

/// An archive with one part changed.
fn with_part(path: &Path, name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut all = parts(&std::fs::read(path).unwrap());
    let text = String::from_utf8(all[name].clone()).unwrap();
    all.insert(name.to_owned(), change(&text).into_bytes());
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in all {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A document with its findings as comments.
fn annotated(path: &Path, further: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.docx");
    let arguments =
        ["check", path.to_str().unwrap(), "--annotate", out.to_str().unwrap(), "--exit-zero"];
    let (code, _, err) = run(&[&arguments, further].concat());
    assert_eq!(code, 0, "{err}");
    std::fs::read(out).unwrap()
}

/// XML without marks of comments, and runs of the same properties that follow each other as one.
fn without_marks(text: &str) -> String {
    let pattern = regex::Regex::new(
        r#"<w:commentRange(?:Start|End) w:id="\d+"/>|<w:r><w:commentReference w:id="\d+"/></w:r>"#,
    );
    let joint = regex::Regex::new(r"</w:t></w:r><w:r>(?:<w:rPr></w:rPr>)?<w:t>").unwrap();
    let text =
        pattern.unwrap().replace_all(text, "").replace("<w:t xml:space=\"preserve\">", "<w:t>");
    joint.replace_all(&text, "").into_owned()
}

#[test]
fn an_annotated_document_gains_comments_and_nothing_else() {
    for name in ["harbour-pandoc.docx", "harbour-libreoffice.docx", "changes-pandoc.docx"] {
        let original = std::fs::read(fixture(name)).unwrap();
        let copy = annotated(&fixture(name), &[]);
        let (before, after) = (parts(&original), parts(&copy));
        let allowed = [
            "word/document.xml",
            "word/comments.xml",
            "[Content_Types].xml",
            "word/_rels/document.xml.rels",
        ];
        for (part, bytes) in &after {
            assert!(
                before.get(part) == Some(bytes) || allowed.contains(&&**part),
                "{name}: {part}"
            );
        }
        assert!(before.keys().all(|part| after.contains_key(part)), "{name}");
        let main = |parts: &BTreeMap<String, Vec<u8>>| {
            String::from_utf8(parts["word/document.xml"].clone()).unwrap()
        };
        let (before, after) = (main(&before), main(&after));
        assert!(after.contains("<w:commentRangeStart w:id=\""), "{name}");
        assert_eq!(without_marks(&after), without_marks(&before), "{name}");
    }
}

#[test]
fn comments_stand_on_the_words_that_they_are_about() {
    let copy = annotated(
        &fixture("harbour-pandoc.docx"),
        &["--config", "annotate-author = 'Figures & desk'"],
    );
    let main = part(&copy, "word/document.xml");
    let inner = |id: u32| {
        let start = main.find(&format!("<w:commentRangeStart w:id=\"{id}\"/>")).unwrap();
        let end = main.find(&format!("<w:commentRangeEnd w:id=\"{id}\"/>")).unwrap();
        let tags = regex::Regex::new("<[^>]*>").unwrap();
        tags.replace_all(&main[start..end], "").into_owned()
    };
    let words = [0, 1, 2, 3, 4].map(inner);
    assert_eq!(
        words,
        ["$82.5 million a year", "50 percent", "65", "30 percent", "Monday, 7 August 2025"]
    );
    let comments = part(&copy, "word/comments.xml");
    assert!(comments.contains("w:author=\"Figures &amp; desk\""), "{comments}");
    assert!(comments.contains("wrong-percent-change: from 146,000 to 100,000"), "{comments}");
}

#[test]
fn a_further_run_replaces_its_own_comments_and_nobody_elses() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docx");
    for name in ["changes-pandoc.docx", "harbour-libreoffice.docx"] {
        let once = annotated(&fixture(name), &[]);
        std::fs::write(&path, &once).unwrap();
        let twice = annotated(&path, &[]);
        let (once, twice) = (parts(&once), parts(&twice));
        for (part, bytes) in &once {
            assert!(twice.get(part) == Some(bytes), "{name}: {part}");
        }
        // Where nothing is found any more, the document is as it was but for parted runs.
        let none = annotated(&path, &["--select", "wrong-total"]);
        let main = part(&none, "word/document.xml");
        let original = part(&std::fs::read(fixture(name)).unwrap(), "word/document.xml");
        assert_eq!(without_marks(&main), without_marks(&original), "{name}");
    }
    // What somebody changes in a comment is somebody's, as are comments of others.
    let once = annotated(&fixture("changes-pandoc.docx"), &[]);
    assert!(part(&once, "word/comments.xml").contains("Is it?"));
    std::fs::write(&path, &once).unwrap();
    let edited = with_part(&path, "word/comments.xml", |text| {
        text.replacen("wrong-percent-change: from 200", "Ask the port: from 200", 1)
    });
    std::fs::write(&path, edited).unwrap();
    let comments = part(&annotated(&path, &[]), "word/comments.xml");
    assert!(comments.contains("Is it?") && comments.contains("Ask the port"), "{comments}");
    assert_eq!(comments.matches("wrong-percent-change: from 200").count(), 1);
    assert_eq!(comments.matches("wrong-percent-change: from 146,000").count(), 1);
}

#[test]
fn only_one_article_in_a_file_is_annotated() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.docx");
    let out = out.to_str().unwrap();
    let told = |arguments: &[&str]| {
        let (code, _, err) = run(&[&["check", "--annotate", out], arguments].concat());
        assert_eq!(code, 2, "{err}");
        assert!(!Path::new(out).exists());
        err
    };
    assert!(told(&["harbour-pandoc.docx", "changes-pandoc.docx"]).contains("takes one article"));
    assert!(told(&["harbour-libreoffice.odt"]).contains("only .docx, .md, .txt"));
    // Nor is the article written over.
    let path = folder.path().join("a.docx");
    std::fs::copy(fixture("harbour-pandoc.docx"), &path).unwrap();
    let path = path.to_str().unwrap();
    let (code, _, err) = run(&["check", path, "--annotate", path]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("a file that was read"), "{err}");
}

/// A document with its main part as it is after some edits of its bytes: cut, doubled, exchanged.
fn edited(path: &Path, part: &str, edits: &[(usize, usize, u8)]) -> Vec<u8> {
    with_part(path, part, |text| {
        let mut bytes = text.as_bytes().to_vec();
        for &(at, length, what) in edits {
            let at = at % bytes.len().max(1);
            let end = (at + length).min(bytes.len());
            match what {
                0 => _ = bytes.drain(at..end),
                1 => {
                    let copy = bytes[at..end].to_vec();
                    bytes.splice(at..at, copy);
                }
                _ => {
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte = b"<>/\"=&; 5wp"[length % 11];
                    }
                }
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

proptest! {
    #![proptest_config(cases(64))]

    /// Whatever the parts of a document are, it is read or refused; and what is written into a copy of it
    /// changes nothing of what it reads as.
    #[test]
    fn a_broken_document_is_read_or_refused(
        which in 0usize..3,
        edits in prop::collection::vec((0usize..1 << 20, 1usize..40, 0u8..3), 0..4),
    ) {
        let (name, part) = [
            ("harbour-pandoc.docx", "word/document.xml"),
            ("changes-libreoffice.docx", "word/document.xml"),
            ("changes-libreoffice.odt", "content.xml"),
        ][which];
        let file = edited(&fixture(name), part, &edits);
        for state in [Revision::Accepted, Revision::Original] {
            let Ok(opened) = open(file.clone(), Some(Format::Plain), States::One(state)) else { continue };
            let text = opened.content.text().to_owned();
            if opened.format != Format::Docx {
                continue;
            }
            let places = text.char_indices().map(|(at, c)| at..at + c.len_utf8()).step_by(11);
            let notes: Vec<Note> = places
                .map(|range| Note {
                    range,
                    rule: "a".to_owned(),
                    lines: vec!["b".to_owned()],
                    is_of_markup: false,
                })
                .collect();
            let copy = annotate(&file, (&opened.content, "a.docx"), &notes, "Desk");
            let Ok(copy) = copy else { continue };
            let again = open(copy.clone(), Some(Format::Docx), States::One(state)).unwrap();
            prop_assert_eq!(again.content.text(), &text);
            let twice = annotate(&copy, (&again.content, "a.docx"), &notes, "Desk").unwrap();
            let twice = open(twice, Some(Format::Docx), States::One(state)).unwrap();
            prop_assert_eq!(twice.content.text(), &text);
        }
    }
}
