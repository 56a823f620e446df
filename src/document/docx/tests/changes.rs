//! Tracked changes: each construct in both states, beside its clause.

use crate::document::Revision;
use crate::document::docx::tests::{cells, document, kinds, p, read, t, told};
use crate::source::BlockKind;

/// Both states of a body.
#[track_caller]
fn states(body: &str) -> [String; 2] {
    let bytes = document(body, &[]);
    let accepted = read(bytes.clone(), Revision::Accepted);
    assert!(accepted.layout().unwrap().has_changes);
    [told(&accepted), told(&read(bytes, Revision::Original))]
}

/// A change around runs.
fn change(name: &str, inner: &str) -> String {
    format!("<w:{name} w:id='1' w:author='A' w:date='2025-01-01T00:00:00Z'>{inner}</w:{name}>")
}

fn deleted(words: &str) -> String {
    format!("<w:r><w:delText xml:space=\"preserve\">{words}</w:delText></w:r>")
}

#[test]
fn insertions_and_deletions_are_of_one_state() {
    // 17.13.5.18 (ins), 17.13.5.14 (del), 17.3.3.7 (delText).
    let body = p(&(t("Aid of $")
        + &change("del", &deleted("5"))
        + &change("ins", &t("6"))
        + &t(" million")));
    assert_eq!(states(&body), ["Aid of $6 million", "Aid of $5 million"]);
    // A deletion of what was inserted is in neither.
    let body =
        p(&(t("a") + &change("ins", &change("del", &deleted("b"))) + &change("ins", &t("c"))));
    assert_eq!(states(&body), ["ac", "a"]);
}

#[test]
fn what_was_moved_stands_once() {
    // 17.13.5.22 (moveFrom), 17.13.5.25 (moveTo).
    let body =
        p(&(t("x") + &change("moveFrom", &t("5")))) + &p(&(t("y") + &change("moveTo", &t("5"))));
    assert_eq!(states(&body), ["x|y5", "x5|y"]);
}

#[test]
fn a_deleted_end_of_a_paragraph_joins_two() {
    // 17.13.5.15 (del of a mark), 17.13.5.20 (ins of a mark): the paragraph goes on with the next one,
    // whose properties hold for both.
    let marked = |name: &str, words: &str| {
        format!("<w:p><w:pPr><w:rPr>{}</w:rPr></w:pPr>{}</w:p>", change(name, ""), t(words))
    };
    let next = format!("<w:p><w:pPr><w:outlineLvl w:val='0'/></w:pPr>{}</w:p>", t("million"));
    let body = marked("del", "Aid of $5 ") + &next;
    assert_eq!(states(&body), ["Aid of $5 million", "Aid of $5 |million"]);
    let content = read(document(&body, &[]), Revision::Accepted);
    assert_eq!(kinds(&content), [(BlockKind::Heading(1), "Aid of $5 million")]);
    assert_eq!(
        states(&(marked("ins", "Aid of $5 ") + &next)),
        ["Aid of $5 |million", "Aid of $5 million"]
    );
    // Nothing goes on into a table.
    let table = format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", p(&t("6")));
    assert_eq!(states(&(marked("del", "5") + &table + &p(&t("7")))), ["5|6|7", "5|6|7"]);
}

#[test]
fn rows_and_cells_are_of_one_state() {
    // 17.13.5.12 (del of a row), 17.13.5.16 (ins of a row), 17.13.5.1 and 17.13.5.2 (cells).
    let row = |properties: &str, words: &str| {
        format!("<w:tr><w:trPr>{properties}</w:trPr><w:tc>{}</w:tc></w:tr>", p(&t(words)))
    };
    let body = format!(
        "<w:tbl>{}{}{}</w:tbl>",
        row("", "a"),
        row(&change("del", ""), "b"),
        row(&change("ins", ""), "c")
    );
    assert_eq!(states(&body), ["a|c", "a|b"]);
    let rows: Vec<u32> = cells(&body, Revision::Accepted).iter().map(|cell| cell.1).collect();
    assert_eq!(rows, [0, 1]);
    let cell = |change: &str, words: &str| {
        format!("<w:tc><w:tcPr>{change}</w:tcPr>{}</w:tc>", p(&t(words)))
    };
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr></w:tbl>",
        cell(&change("cellDel", ""), "a"),
        cell(&change("cellIns", ""), "b")
    );
    assert_eq!(states(&body), ["b", "a"]);
}

#[test]
fn properties_that_were_changed_are_of_one_state() {
    // 17.13.5.31 (rPrChange), 17.13.5.29 (pPrChange).
    let run = format!(
        "<w:r><w:rPr><w:vanish/>{}</w:rPr><w:t>5</w:t></w:r>",
        change("rPrChange", "<w:rPr/>")
    );
    assert_eq!(states(&p(&(t("a") + &run))), ["a", "a5"]);
    let heading = format!(
        "<w:p><w:pPr><w:outlineLvl w:val='0'/>{}</w:pPr>{}</w:p>",
        change("pPrChange", "<w:pPr><w:outlineLvl w:val='1'/></w:pPr>"),
        t("a")
    );
    for (revision, level) in [(Revision::Accepted, 1), (Revision::Original, 2)] {
        let content = read(document(&heading, &[]), revision);
        assert_eq!(kinds(&content), [(BlockKind::Heading(level), "a")]);
    }
}
