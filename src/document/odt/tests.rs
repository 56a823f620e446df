//! What is read of each construct, beside the section of `OpenDocument` 1.3, Part 3, that decides it.

use std::fmt::Write as _;

use crate::document::office::archive;
use crate::document::{Format, Opened, Revision, States, open};
use crate::source::{BlockKind, Content};

const SPACES: &str = "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
    xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' \
    xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' \
    xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' \
    xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0' \
    xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:dc='http://purl.org/dc/elements/1.1/'";

fn document(styles: &str, body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    archive(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)])
}

#[track_caller]
fn read(styles: &str, body: &str, revision: Revision) -> Content {
    let bytes = document(styles, body);
    let Opened { content, format, .. } =
        open(bytes, Some(Format::Odt), States::One(revision)).unwrap();
    assert_eq!(format, Format::Odt);
    content
}

fn told(content: &Content) -> String {
    content.text().trim_end().replace('\n', "|")
}

/// The text of a body, its paragraphs with bars between them.
#[track_caller]
fn text(body: &str) -> String {
    told(&read("", body, Revision::Accepted))
}

fn kinds(content: &Content) -> Vec<(BlockKind, &str)> {
    let all = content.layout().unwrap().blocks.iter();
    all.map(|block| (block.kind, &content.text()[block.range.clone()])).collect()
}

fn p(words: &str) -> String {
    format!("<text:p>{words}</text:p>")
}

#[test]
fn white_space_in_a_row_is_one_space() {
    // 6.1.2 (white space), 6.1.3 (text:s), 6.1.4 (text:tab), 6.1.5 (text:line-break).
    assert_eq!(text(&p("\n  Aid \t of\n$5 million ")), "Aid of $5 million");
    assert_eq!(
        text(&p("5<text:s text:c='999999999'/>6<text:tab/>7<text:line-break/>8")),
        "5 6\t7\u{2028}8"
    );
    assert_eq!(text(&p("R&amp;D, 5&#160;million")), "R&D, 5\u{a0}million");
}

#[test]
fn spans_fields_and_links_let_their_text_through() {
    // 6.1.7 (text:span), 6.1.8 (text:a), 7 (fields).
    assert_eq!(
        text(&p(
            "5<text:span>8</text:span> <text:a xlink:href='https://example.org'>million</text:a>"
        )),
        "58 million"
    );
    assert_eq!(text(&p("page <text:page-number>12</text:page-number>")), "page 12");
    let content = read(
        "",
        &p("a <text:a xlink:href='https://example.org'>link</text:a>"),
        Revision::Accepted,
    );
    let [(range, address)] = &*content.layout().unwrap().links else { panic!() };
    assert_eq!((&content.text()[range.clone()], &**address), ("link", "https://example.org"));
}

#[test]
fn styles_hide_and_raise_text() {
    // 20.388 (text:display), 20.401 (style:text-position).
    let style = |name: &str, property: &str| {
        format!(
            "<style:style style:name='{name}' style:family='text'><style:text-properties {property}/></style:style>"
        )
    };
    let styles = style("H", "text:display='none'")
        + &style("U", "style:text-position='super 58%'")
        + &style("L", "style:text-position='-33% 100%'");
    let span = |style: &str, words: &str| {
        format!("<text:span text:style-name='{style}'>{words}</text:span>")
    };
    let body = p(&("5".to_owned() + &span("H", "0") + " km" + &span("U", "2")))
        + &p(&("CO".to_owned() + &span("L", "2") + ", 5,000" + &span("U", "1") + " people"));
    assert_eq!(told(&read(&styles, &body, Revision::Accepted)), "5 km²|CO₂, 5,000 people");
}

#[test]
fn paragraphs_are_headings_items_and_cells() {
    // 5.1.2 (text:h), 5.3 (lists), 9.1 (tables).
    let body = "<text:h text:outline-level='2'>a</text:h>\
        <text:list><text:list-item><text:p>b</text:p><text:list><text:list-item><text:p>c</text:p></text:list-item>\
        </text:list></text:list-item><text:list-item text:start-value='7'><text:p>d</text:p></text:list-item></text:list>\
        <table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>e</text:p></table:table-cell>\
        </table:table-row></table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned='2'>\
        <text:p>f</text:p><text:p>g</text:p></table:table-cell><table:covered-table-cell><text:p>no</text:p>\
        </table:covered-table-cell><table:table-cell><text:list><text:list-item><text:p>h</text:p></text:list-item>\
        </text:list></table:table-cell></table:table-row></table:table>";
    let content = read("", body, Revision::Accepted);
    let item = |list, number, depth| BlockKind::ListItem { list, number, depth };
    let cell = |row, column, header| BlockKind::TableCell { table: 0, row, column, header };
    let expected = [
        (BlockKind::Heading(2), "a"),
        (item(0, 1, 0), "b"),
        (item(1, 1, 1), "c"),
        (item(0, 7, 0), "d"),
        (cell(0, 0, true), "e"),
        (cell(1, 0, false), "f\ng"),
        (cell(1, 2, false), "h"),
    ];
    assert_eq!(kinds(&content), expected);
}

#[test]
fn notes_follow_the_text() {
    // 6.3 (text:note).
    let note = |words: &str| {
        format!(
            "<text:note><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>",
            p(words)
        )
    };
    let body = p(&("Down 50".to_owned() + &note("First.") + " percent"))
        + &p(&("End".to_owned() + &note("Last.")));
    let content = read("", &body, Revision::Accepted);
    assert_eq!(told(&content), "Down 50 percent|End|First.|Last.");
    let layout = content.layout().unwrap();
    assert!(layout.mark_of_note(content.text().find("Last").unwrap()).is_some());
}

#[test]
fn text_boxes_follow_their_paragraph_and_contents_are_left_out() {
    // 10.4.3 (draw:text-box), 8.3 (indices), 10.4.6 (draw:object), 14.1 (office:annotation).
    let body = p(&format!(
        "Exports <draw:frame><draw:text-box>{}</draw:text-box></draw:frame>rose 5 percent\
         <office:annotation office:name='a'><dc:creator>Desk</dc:creator><dc:date>2025-01-01</dc:date><text:p>Sure?\
         </text:p></office:annotation>.<office:annotation-end office:name='a'/>",
        p("7 of 9")
    )) + "<text:table-of-content><text:index-body><text:p>Costs 12</text:p></text:index-body></text:table-of-content>"
        + &p("It is <draw:frame><draw:object/></draw:frame> of 6");
    let content = read("", &body, Revision::Accepted);
    assert_eq!(told(&content), "Exports rose 5 percent.|7 of 9|It is \u{fffc} of 6");
    let [remark] = &*content.layout().unwrap().remarks else { panic!() };
    assert_eq!((&*remark.author, &*remark.text), ("Desk", "Sure?"));
}

/// Both states of a body behind changes: id, what it is, what was deleted.
#[track_caller]
fn states(changes: &[(&str, &str, &str)], body: &str) -> [String; 2] {
    let mut regions = String::new();
    for (id, kind, deleted) in changes {
        let _ = write!(
            regions,
            "<text:changed-region text:id='{id}'><text:{kind}><office:change-info><dc:creator>A</dc:creator>\
             </office:change-info>{deleted}</text:{kind}></text:changed-region>"
        );
    }
    let body = format!("<text:tracked-changes>{regions}</text:tracked-changes>{body}");
    let accepted = read("", &body, Revision::Accepted);
    assert!(accepted.layout().unwrap().has_changes);
    [told(&accepted), told(&read("", &body, Revision::Original))]
}

#[test]
fn changes_are_of_one_state() {
    // 5.5.2 (text:changed-region), 5.5.4 (text:deletion), 5.5.7 (text:change-start).
    let start = |id: &str| format!("<text:change-start text:change-id='{id}'/>");
    let end = |id: &str| format!("<text:change-end text:change-id='{id}'/>");
    let gone = |id: &str| format!("<text:change text:change-id='{id}'/>");
    let body = p(&format!("Aid of ${}{}6{} million", gone("d"), start("i"), end("i")));
    let changes = [("d", "deletion", "<text:p>5</text:p>"), ("i", "insertion", "")];
    assert_eq!(states(&changes, &body), ["Aid of $6 million", "Aid of $5 million"]);
    // A deleted end of a paragraph, and an inserted one.
    let two = [("d", "deletion", "<text:p>b</text:p><text:p>c</text:p>")];
    assert_eq!(states(&two, &p(&format!("a{}d", gone("d")))), ["ad", "ab|cd"]);
    let body = p(&format!("a{}b", start("i"))) + &p(&format!("c{}d", end("i")));
    assert_eq!(states(&[("i", "insertion", "")], &body), ["ab|cd", "ad"]);
    // Whole paragraphs.
    let whole = [("d", "deletion", "<text:h text:outline-level='1'>b</text:h>")];
    assert_eq!(states(&whole, &(p("a") + &gone("d") + &p("c"))), ["a|c", "a|b|c"]);
    // What is put back once is not put back again, nor are changes within it.
    let nested = "<text:p>b<text:change text:change-id='d'/></text:p>";
    let twice = p(&format!("a{}{}", gone("d"), gone("d")));
    assert_eq!(states(&[("d", "deletion", nested)], &twice), ["a", "ab"]);
}

#[test]
fn what_is_no_document_is_told() {
    let error = |parts: &[(&str, &str)]| {
        open(archive(parts), Some(Format::Odt), States::default()).unwrap_err()
    };
    let mime = ("mimetype", "application/vnd.oasis.opendocument.text");
    let locked = "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'>\
        <manifest:encryption-data/></manifest:manifest>";
    assert!(error(&[mime, ("META-INF/manifest.xml", locked)]).contains("locked with a password"));
    assert_eq!(error(&[mime]), "the archive has no part `content.xml`");
    assert!(error(&[mime, ("content.xml", "<a>")]).starts_with("content.xml: byte "));
    let sheet = ("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    assert!(error(&[sheet]).contains("OpenDocument that is no text"));
}
