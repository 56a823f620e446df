//! What is read of each construct, beside the clause of ECMA-376 (5th edition, Part 1 where no other is
//! named) that decides it.

use std::fmt::Write as _;

use crate::document::office::archive;
use crate::document::{Format, Opened, Revision, States, open};
use crate::source::{BlockKind, Content, Layout};

mod changes;
mod hostile;

const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
    xmlns:v=\"urn:schemas-microsoft-com:vml\"";

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A document with this in its body, and these further parts, each with what its relation is called.
fn document(body: &str, further: &[(&str, &str)]) -> Vec<u8> {
    let main = format!("<w:document {WORD}><w:body>{body}</w:body></w:document>");
    let mut relations = String::new();
    let mut parts = vec![("word/document.xml".to_owned(), main)];
    for (at, (kind, text)) in further.iter().enumerate() {
        let text = text.replace("WORD", WORD);
        let _ = write!(
            relations,
            "<Relationship Id=\"r{at}\" Type=\"{RELATIONS}/{kind}\" Target=\"{kind}.xml\"/>"
        );
        parts.push((format!("word/{kind}.xml"), text));
    }
    let _ = write!(
        relations,
        "<Relationship Id=\"link\" Type=\"{RELATIONS}/hyperlink\" TargetMode=\"External\" \
         Target=\"https://example.org/a\"/>"
    );
    parts.push((
        "word/_rels/document.xml.rels".to_owned(),
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             {relations}</Relationships>"
        ),
    ));
    let all: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (&**name, &**text)).collect();
    archive(&all)
}

#[track_caller]
fn read(bytes: Vec<u8>, revision: Revision) -> Content {
    let Opened { content, format, .. } =
        open(bytes, Some(Format::Docx), States::One(revision)).unwrap();
    assert_eq!(format, Format::Docx);
    let layout = content.layout().unwrap();
    // Every piece that says so is the same bytes.
    let mut end = 0;
    for piece in &layout.pieces {
        assert!(end <= piece.text.start && piece.text.start < piece.text.end, "{piece:?}");
        end = piece.text.end;
    }
    content
}

/// The text of a body, its paragraphs with bars between them.
#[track_caller]
fn text(body: &str) -> String {
    told(&read(document(body, &[]), Revision::Accepted))
}

fn told(content: &Content) -> String {
    content.text().trim_end().replace('\n', "|")
}

fn kinds(content: &Content) -> Vec<(BlockKind, &str)> {
    let layout: &Layout = content.layout().unwrap();
    let all = layout.blocks.iter();
    all.map(|block| (block.kind, &content.text()[block.range.clone()])).collect()
}

/// A paragraph of runs.
fn p(runs: &str) -> String {
    format!("<w:p>{runs}</w:p>")
}

fn t(words: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
}

fn with(property: &str, words: &str) -> String {
    format!("<w:r><w:rPr>{property}</w:rPr><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
}

#[test]
fn a_figure_split_over_runs_is_one() {
    // 17.3.2.25: runs follow each other without anything between them.
    let body = p(&(t("Aid of $5") + &with("<w:b/>", "8") + &t(".5 million")));
    assert_eq!(text(&body), "Aid of $58.5 million");
}

#[test]
fn white_space_at_the_ends_of_text_counts_where_it_is_said() {
    // 17.3.3.31 and XML 1.0, 2.10.
    assert_eq!(text(&p("<w:r><w:t> 5 </w:t></w:r><w:r><w:t>000</w:t></w:r>")), "5000");
    assert_eq!(text(&p(&(t("5 ") + &t("000")))), "5 000");
    assert_eq!(text(&p("<w:r><w:t xml:space='preserve'>5\n\tmillion</w:t></w:r>")), "5  million");
}

#[test]
fn references_and_other_prefixes_are_read() {
    let body = "<x:p xmlns:x='http://purl.oclc.org/ooxml/wordprocessingml/main'><x:r><x:t>R&amp;D, \
                &#8364;5 &lt; &#x20AC;6</x:t></x:r></x:p>";
    assert_eq!(text(body), "R&D, €5 < €6");
}

#[test]
fn tabs_and_breaks_part_figures() {
    // 17.3.3.32, 17.3.3.1, 17.3.3.4, 17.3.3.23.
    let body = p("<w:r><w:t>5</w:t><w:tab/><w:t>6</w:t><w:br/><w:t>7</w:t><w:cr/><w:t>8</w:t>\
                  <w:ptab w:alignment='left'/><w:t>9</w:t></w:r>");
    assert_eq!(text(&body), "5\t6\u{2028}7\u{2028}8\t9");
    // What a paragraph says of its tab stops is none (17.3.1.37).
    let body = "<w:p><w:pPr><w:tabs><w:tab w:val='left' w:pos='720'/></w:tabs></w:pPr></w:p>";
    assert_eq!(text(body), "");
}

#[test]
fn hyphens_are_what_they_show() {
    // 17.3.3.18 and 17.3.3.29.
    let body = p(
        "<w:r><w:t>10</w:t><w:noBreakHyphen/><w:t>year mil</w:t><w:softHyphen/><w:t>lion</w:t></w:r>",
    );
    assert_eq!(text(&body), "10\u{2011}year mil\u{ad}lion");
}

#[test]
fn symbols_are_characters_where_they_are_known() {
    // 17.3.3.30.
    let sym = |font: &str, c: &str| format!("<w:r><w:sym w:font='{font}' w:char='{c}'/></w:r>");
    assert_eq!(text(&p(&(sym("Symbol", "F0B1") + &t("5")))), "±5");
    assert_eq!(text(&p(&(sym("Symbol", "F02D") + &t("5")))), "−5");
    assert_eq!(text(&p(&(sym("Arial", "20AC") + &t("5")))), "€5");
    // An arrow between two figures is no digit, and does not make one of them.
    assert_eq!(text(&p(&(t("5") + &sym("Wingdings", "F0E0") + &t("6")))), "5\u{fffc}6");
}

#[test]
fn of_a_field_what_it_shows_is_read() {
    // 17.16.18 and 17.16.19.
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    let code = "<w:r><w:instrText> =SUM(1000) \\# 0 </w:instrText></w:r>";
    let body =
        t("Cost ") + &field("begin") + code + &field("separate") + &t("5,000") + &field("end");
    assert_eq!(text(&p(&(body.clone() + &t(" euros")))), "Cost 5,000 euros");
    // Text of an instruction is none, nor a field within it.
    let inner = field("begin") + code + &field("separate") + &t("77") + &field("end");
    let nested = field("begin") + &t("88") + &inner + &field("separate") + &t("9") + &field("end");
    assert_eq!(text(&p(&nested)), "9");
    // 17.16.16.
    let simple = format!("<w:fldSimple w:instr=' PAGE '>{}</w:fldSimple>", t("12"));
    assert_eq!(text(&p(&(t("page ") + &simple))), "page 12");
    // A field that never ends hides nothing.
    assert_eq!(text(&(p(&field("begin")) + &p(&t("5 million")))), "5 million");
}

#[test]
fn contents_are_not_read_twice() {
    // 17.16.5.69: the entries of a table of contents are headings again, with pages.
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    let body = p(&(field("begin")
        + "<w:r><w:instrText> TOC \\o &quot;1-3&quot; </w:instrText></w:r>"
        + &field("separate")
        + &t("Costs of 5 million 12")))
        + &p(&(t("Rents 13") + &field("end")))
        + &p(&t("Costs"));
    assert_eq!(text(&body), "Costs");
}

#[test]
fn containers_let_their_text_through() {
    // 17.5.2.29, 17.5.1.3, 17.5.1.9, 17.16.22, 17.3.2.3.
    for container in ["smartTag", "customXml", "hyperlink", "dir", "bdo"] {
        let body = format!("<w:{container}>{}</w:{container}>", t("8"));
        assert_eq!(text(&p(&(t("5") + &body + &t(" million")))), "58 million", "{container}");
    }
    let sdt = format!(
        "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        t("8")
    );
    assert_eq!(text(&p(&(t("5") + &sdt))), "58");
    let block = format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", p(&t("5 million")));
    assert_eq!(text(&block), "5 million");
    // 17.5.2.39: words that stand for what nobody has written.
    let held = sdt.replace("<w:text/>", "<w:showingPlcHdr/>");
    assert_eq!(text(&p(&(t("5 ") + &held))), "5");
}

#[test]
fn hidden_text_is_not_read() {
    // 17.3.2.41; 17.7.3: where two styles hide, the text shows.
    let styles = "<w:styles WORD><w:style w:type='paragraph' w:styleId='P'><w:name w:val='P'/><w:rPr><w:vanish/>\
                  </w:rPr></w:style><w:style w:type='character' w:styleId='C'><w:name w:val='C'/><w:rPr>\
                  <w:vanish/></w:rPr></w:style></w:styles>";
    let styled = "<w:p><w:pPr><w:pStyle w:val='P'/></w:pPr>";
    let body = p(&(t("5") + &with("<w:vanish/>", "0") + &t(" million")))
        + &p(&(t("6") + &with("<w:rStyle w:val='C'/>", "0")))
        + &p(&(t("7") + &with("<w:rStyle w:val='C'/><w:vanish w:val='false'/>", "0")))
        + &format!("{styled}{}</w:p>", t("gone"))
        + &format!("{styled}{}</w:p>", with("<w:rStyle w:val='C'/>", "shown"));
    let content = read(document(&body, &[("styles", styles)]), Revision::Accepted);
    assert_eq!(told(&content), "5 million|6|70|shown");
    // 17.3.2.44: hidden on the web only.
    assert_eq!(text(&p(&with("<w:webHidden/>", "5"))), "5");
}

#[test]
fn raised_and_lowered_text_is_told_from_figures() {
    // 17.3.2.42.
    let raised = |words: &str| with("<w:vertAlign w:val='superscript'/>", words);
    let lowered = |words: &str| with("<w:vertAlign w:val='subscript'/>", words);
    assert_eq!(text(&p(&(t("10") + &raised("6") + &t(" cells")))), "10⁶ cells");
    assert_eq!(text(&p(&(t("5 km") + &raised("2")))), "5 km²");
    assert_eq!(text(&p(&(t("the 5") + &raised("th") + &t(" day")))), "the 5th day");
    assert_eq!(text(&p(&(t("5,000") + &raised("1") + &t(" people")))), "5,000 people");
    assert_eq!(
        text(&p(&(t("5,000") + &raised("1") + &raised("2") + &t("people")))),
        "5,000\u{fffc}people"
    );
    assert_eq!(text(&p(&(t("CO") + &lowered("2") + &t(" of 5 tonnes")))), "CO₂ of 5 tonnes");
}

#[test]
fn an_equation_is_no_prose() {
    // 22.1.2.77: numerator and denominator would run together.
    let run = |words: &str| format!("<m:r><m:t>{words}</m:t></m:r>");
    let fraction = format!(
        "<m:oMath><m:f><m:num>{}</m:num><m:den>{}</m:den></m:f></m:oMath>",
        run("1"),
        run("2")
    );
    assert_eq!(text(&p(&(t("It is ") + &fraction + &t(" of 6")))), "It is \u{fffc} of 6");
}

#[test]
fn the_words_beside_a_reading_are_not_read() {
    // 17.3.3.24 and 17.3.3.25.
    let ruby = format!(
        "<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>",
        t("99"),
        t("5")
    );
    assert_eq!(text(&p(&ruby)), "5");
}

#[test]
fn a_text_box_is_read_once_behind_its_paragraph() {
    // 17.17.1 (txbxContent), Part 3, 7.5 (AlternateContent).
    let inner = format!("<w:txbxContent>{}</w:txbxContent>", p(&t("In short: 7 of 9")));
    let both = format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing>\
         </mc:Choice><mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback>\
         </mc:AlternateContent></w:r>"
    );
    let body = p(&(t("Exports rose ") + &both + &t("5 percent."))) + &p(&t("Then they fell."));
    assert_eq!(text(&body), "Exports rose 5 percent.|In short: 7 of 9|Then they fell.");
    // What is not understood gives way.
    let other = both.replace("Requires='wps'", "Requires='new' xmlns:new='urn:new'");
    assert_eq!(text(&p(&other)), "In short: 7 of 9");
    // A picture within a word parts it.
    assert_eq!(text(&p(&(t("5") + "<w:r><w:drawing/></w:r>" + &t("6")))), "5\u{fffc}6");
}

#[test]
fn paragraphs_are_what_their_styles_say() {
    // 17.7.4.9: names of built-in styles; 17.3.1.20: levels of headings; 17.7.4.3: styles based on others.
    let styles = "<w:styles WORD>\
        <w:style w:type='paragraph' w:styleId='berschrift2'><w:name w:val='heading 2'/></w:style>\
        <w:style w:type='paragraph' w:styleId='Own'><w:name w:val='Own'/><w:basedOn w:val='berschrift2'/></w:style>\
        <w:style w:type='paragraph' w:styleId='B'><w:name w:val='caption'/></w:style>\
        <w:style w:type='paragraph' w:styleId='Q'><w:name w:val='Quote'/></w:style>\
        <w:style w:type='paragraph' w:styleId='T1'><w:name w:val='toc 1'/></w:style>\
        <w:style w:type='paragraph' w:styleId='Loop'><w:name w:val='l'/><w:basedOn w:val='Loop'/></w:style>\
        </w:styles>";
    let of = |style: &str, words: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr>{}</w:p>", t(words))
    };
    let body = of("berschrift2", "a")
        + &of("Own", "b")
        + &of("B", "c")
        + &of("Q", "d")
        + &of("T1", "e 5")
        + &of("Loop", "f")
        + &format!("<w:p><w:pPr><w:outlineLvl w:val='0'/></w:pPr>{}</w:p>", t("g"))
        + &format!(
            "<w:p><w:pPr><w:pStyle w:val='Own'/><w:outlineLvl w:val='9'/></w:pPr>{}</w:p>",
            t("h")
        );
    let content = read(document(&body, &[("styles", styles)]), Revision::Accepted);
    let expected = [
        (BlockKind::Heading(2), "a"),
        (BlockKind::Heading(2), "b"),
        (BlockKind::Caption, "c"),
        (BlockKind::Quote, "d"),
        (BlockKind::Paragraph, "f"),
        (BlockKind::Heading(1), "g"),
        (BlockKind::Paragraph, "h"),
    ];
    assert_eq!(kinds(&content), expected);
}

#[test]
fn items_bear_numbers_that_are_no_text() {
    // 17.9.18 (numId), 17.9.3 (ilvl), 17.9.25 (start), 17.9.17 (numFmt), 17.9.27 (startOverride).
    let numbering = "<w:numbering WORD>\
        <w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:start w:val='3'/><w:numFmt w:val='decimal'/></w:lvl>\
        <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/></w:lvl></w:abstractNum>\
        <w:abstractNum w:abstractNumId='2'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/></w:lvl></w:abstractNum>\
        <w:num w:numId='5'><w:abstractNumId w:val='1'/></w:num>\
        <w:num w:numId='6'><w:abstractNumId w:val='2'/></w:num>\
        <w:num w:numId='7'><w:abstractNumId w:val='1'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/>\
        </w:lvlOverride></w:num></w:numbering>";
    let item = |id: u32, level: u32, words: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{id}'/></w:numPr></w:pPr>{}</w:p>",
            t(words)
        )
    };
    let body = item(5, 0, "a")
        + &item(5, 1, "b")
        + &item(5, 0, "c")
        + &p(&t("d"))
        + &item(5, 0, "e")
        + &item(6, 0, "f")
        + &item(6, 0, "g")
        + &item(7, 0, "h")
        + &item(0, 0, "i")
        + &item(6, 0, "j");
    let content = read(document(&body, &[("numbering", numbering)]), Revision::Accepted);
    let found: Vec<_> = kinds(&content)
        .into_iter()
        .map(|(kind, words)| match kind {
            BlockKind::ListItem { list, number, depth } => (words, Some((list, number, depth))),
            _ => (words, None),
        })
        .collect();
    let expected = [
        ("a", Some((0, 3, 0))),
        ("b", Some((1, 1, 1))),
        ("c", Some((0, 4, 0))),
        ("d", None),
        ("e", Some((0, 5, 0))),
        ("f", Some((2, 1, 0))),
        ("g", Some((2, 2, 0))),
        ("h", Some((3, 1, 0))),
        ("i", None),
        ("j", Some((4, 1, 0))),
    ];
    assert_eq!(found, expected);
}

/// The cells of a body: row, column, whether a header, words.
#[track_caller]
fn cells(body: &str, revision: Revision) -> Vec<(u32, u32, u32, bool, String)> {
    let content = read(document(body, &[]), revision);
    let cell = |(kind, words): (BlockKind, &str)| match kind {
        BlockKind::TableCell { table, row, column, header } => {
            Some((table, row, column, header, words.replace('\n', "|")))
        }
        _ => None,
    };
    kinds(&content).into_iter().filter_map(cell).collect()
}

#[test]
fn cells_stand_in_rows_and_columns() {
    // 17.4.37 (tbl), 17.4.17 (gridSpan), 17.4.84 (vMerge), 17.4.14 (gridBefore), 17.4.49 (tblHeader).
    let tc = |properties: &str, words: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(&t(words)))
    };
    let body = format!(
        "<w:tbl><w:tblPr><w:tblLook w:val='0000'/></w:tblPr><w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr>\
         <w:tr>{}{}<w:tc>{}{}</w:tc></w:tr><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{}{}</w:tr></w:tbl>",
        tc("<w:gridSpan w:val='2'/>", "Year"),
        tc("", "Sum"),
        tc("<w:vMerge w:val='restart'/>", "2024"),
        tc("", "5"),
        p(&t("6")),
        p(&t("7")),
        tc("<w:vMerge/>", "8"),
        tc("", "9"),
    );
    let cell = |row, column, header, words: &str| (0, row, column, header, words.to_owned());
    let expected = [
        cell(0, 0, true, "Year"),
        cell(0, 2, true, "Sum"),
        cell(1, 0, false, "2024"),
        cell(1, 1, false, "5"),
        cell(1, 2, false, "6|7"),
        cell(2, 2, false, "9"),
    ];
    assert_eq!(cells(&body, Revision::Accepted), expected);
}

#[test]
fn a_table_within_a_cell_is_one_of_its_own() {
    let table = |inner: &str| format!("<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>");
    let body = table(&(p(&t("a")) + &table(&p(&t("b"))) + &p(&t("c")))) + &table(&p(&t("d")));
    let found: Vec<(u32, String)> = cells(&body, Revision::Accepted)
        .into_iter()
        .map(|(table, _, _, _, words)| (table, words))
        .collect();
    let cell = |table, words: &str| (table, words.to_owned());
    assert_eq!(found, [cell(0, "a"), cell(1, "b"), cell(0, "c"), cell(2, "d")]);
}

#[test]
fn notes_follow_the_text_in_the_order_of_their_marks() {
    // 17.11.14 (footnoteReference), 17.11.7 (endnoteReference), 17.18.33 (kinds of notes).
    let note = |id: u32, words: &str| {
        format!(
            "<w:footnote w:id='{id}'><w:p><w:r><w:footnoteRef/></w:r>{}</w:p></w:footnote>",
            t(words)
        )
    };
    let footnotes = format!(
        "<w:footnotes WORD><w:footnote w:id='0' w:type='separator'>{}</w:footnote>{}{}{}</w:footnotes>",
        p(&t("line")),
        note(1, " First."),
        note(2, " Second."),
        note(3, " Nowhere.")
    );
    let endnotes =
        format!("<w:endnotes WORD><w:endnote w:id='1'>{}</w:endnote></w:endnotes>", p(&t("Last.")));
    let mark = |id: u32| format!("<w:r><w:footnoteReference w:id='{id}'/></w:r>");
    let custom = "<w:r><w:endnoteReference w:customMarkFollows='1' w:id='1'/><w:t>9</w:t></w:r>";
    let body =
        p(&(t("Down 50") + &mark(2) + &t(" percent, 5,000") + custom)) + &p(&(mark(1) + &t("End")));
    let bytes = document(&body, &[("footnotes", &footnotes), ("endnotes", &endnotes)]);
    let content = read(bytes, Revision::Accepted);
    assert_eq!(told(&content), "Down 50 percent, 5,000|End| Second.|Last.| First.");
    let layout = content.layout().unwrap();
    let second = content.text().find("Second").unwrap();
    let spot = layout.spot(second).unwrap();
    assert_eq!(spot.part, "word/footnotes.xml");
    let part = footnotes.replace("WORD", WORD);
    assert!(part[spot.offset..].starts_with("Second"));
    assert!(layout.mark_of_note(second).is_some());
    assert_eq!(layout.mark_of_note(3), None);
}

#[test]
fn each_byte_leads_back_to_its_part() {
    let body = p(&(t("Aid &amp; of $5") + &with("<w:b/>", "8") + &t(" million")));
    let bytes = document(&body, &[]);
    let content = read(bytes, Revision::Accepted);
    let main = format!("<w:document {WORD}><w:body>{body}</w:body></w:document>");
    let layout = content.layout().unwrap();
    let range = |words: &str| {
        let at = content.text().find(words).unwrap();
        let (part, range) = layout.range(at..at + words.len()).unwrap();
        assert_eq!(part, 0);
        main[range].to_owned()
    };
    assert_eq!(range("Aid"), "Aid");
    assert_eq!(range("&"), "&amp;");
    assert_eq!(range("million"), "million");
    let across = range("$58");
    assert!(across.starts_with("$5</w:t>") && across.ends_with(">8"), "{across}");
}

#[test]
fn comments_and_links_stand_on_their_words() {
    // 17.13.4.4 (commentRangeStart), 17.16.22 (hyperlink).
    let comments = format!(
        "<w:comments WORD><w:comment w:id='4' w:author='Desk'>{}</w:comment></w:comments>",
        p(&t("Source?"))
    );
    let body = p(&(t("Aid of ")
        + "<w:commentRangeStart w:id='4'/>"
        + &t("$5 million")
        + "<w:commentRangeEnd w:id='4'/>"
        + &format!("<w:hyperlink r:id='link'>{}</w:hyperlink>", t(" came"))));
    let content = read(document(&body, &[("comments", &comments)]), Revision::Accepted);
    assert_eq!(told(&content), "Aid of $5 million came");
    let layout = content.layout().unwrap();
    let [remark] = &*layout.remarks else { panic!("{layout:?}") };
    assert_eq!(&content.text()[remark.range.clone()], "$5 million");
    assert_eq!((&*remark.author, &*remark.text), ("Desk", "Source?"));
    let [(range, address)] = &*layout.links else { panic!("{layout:?}") };
    assert_eq!((&content.text()[range.clone()], &**address), (" came", "https://example.org/a"));
}
