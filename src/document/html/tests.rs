//! What is prose in HTML, and where it was read.

use crate::document::tests::{check_blocks, check_place};
use crate::document::{BlockKind, Document, Format};

#[track_caller]
fn check(text: &str, expected: &[(BlockKind, &str)]) {
    check_blocks(text, Format::Html, expected);
}

/// Compares the blocks of a text that are all paragraphs.
#[track_caller]
fn check_all(text: &str, prose: &[&str]) {
    check(text, &prose.iter().map(|block| (P, *block)).collect::<Vec<_>>());
}

/// Compares the only block of a text.
#[track_caller]
fn check_one(text: &str, prose: &str) {
    check_all(text, &[prose]);
}

#[track_caller]
fn check_source(text: &str, words: &str, source: &str) {
    check_place(text, Format::Html, words, source);
}

const P: BlockKind = BlockKind::Paragraph;
const Q: BlockKind = BlockKind::Quote;
const C: BlockKind = BlockKind::Caption;
const D: BlockKind = BlockKind::Deck;
const H1: BlockKind = BlockKind::Heading(1);

fn item(list: u32, number: u32, depth: u8) -> BlockKind {
    BlockKind::ListItem { list, number, depth }
}

fn cell(table: u32, row: u32, column: u32) -> BlockKind {
    BlockKind::TableCell { table, row, column, header: row == 0 }
}

#[test]
fn markup_does_not_split_a_figure() {
    for (text, source) in [
        ("<p>It cost <b>$5</b> million.", "$5</b> million"),
        ("<p>It cost <a href=x?y=2024>$5 million</a>.", "$5 million"),
        ("<p>It cost $<b>5</b> million.", "$<b>5</b> million"),
        ("<p>It cost $5<!-- or 6? --> million.", "$5<!-- or 6? --> million"),
        (
            "<p>It cost $5<sup><a href=#n>1</a></sup> million.",
            "$5<sup><a href=#n>1</a></sup> million",
        ),
        ("<p>It cost &#36;5\n   million.", "&#36;5\n   million"),
        ("It cost <span class=c><i>$5</i> million</span>.", "$5</i> million"),
        ("It cost $<wbr>5 mil&shy;lion.", "$<wbr>5 mil&shy;lion"),
        ("It cost <ins>$5</ins> million.", "$5</ins> million"),
    ] {
        let document = Document::parse(text, Format::Html);
        let words = document.prose();
        let at = words.find("$5 million").unwrap_or_else(|| panic!("{text}: {words}"));
        assert_eq!(&text[document.source_range(at..at + "$5 million".len())], source);
    }
}

#[test]
fn references_stand_for_their_characters() {
    check_one(
        "AT&amp;T made $5&nbsp;million &ndash; 12&thinsp;000&hellip;",
        "AT&T made $5\u{a0}million – 12\u{2009}000…",
    );
    check_source("made $5&nbsp;million.", "\u{a0}", "&nbsp;");
    check_source("AT&amp;T", "T&", "T&amp;");
    check_source("AT&ampT &x", "&T &x", "&ampT &x");
}

#[test]
fn white_space_is_one_space() {
    check_one("<p>\n  five\t \n  million\n  <b> men</b>\n</p>", "five million men");
    check_one("five<b> </b> million", "five million");
    check_source("<p>five \n\n million</p>", "five million", "five \n\n million");
}

#[test]
fn what_is_not_shown_is_not_read() {
    for hidden in [
        "<script>var a = 1 < 5;</script>",
        "<style>p { top: 5px }</style>",
        "<template><p>5</p></template>",
        "<noscript>5</noscript>",
        "<span hidden>5</span>",
        "<span hidden=until-found>5</span>",
        "<span style='color:red; DISPLAY : none !important'>5</span>",
        "<span style=visibility:hidden>5</span>",
        "<span class='x visually-hidden'>5</span>",
        "<b hidden>5</b>",
        "<i style='display:none'>5 <b>6</b></i>",
        "<!-- 5 -->",
        "<?php echo 5 ?>",
        "<![CDATA[5]]>",
        "<datalist><option>5</datalist>",
        "<title>5</title>",
        "<input type=hidden value=5>",
        "<object hidden>5</object>",
    ] {
        check_one(&format!("<p>It cost {hidden}$6 million."), "It cost $6 million.");
    }
    check_one("<p hidden>5<p>six", "six");
    check_one("<div style='display:none'><div>5</div><p>6</div>six", "six");
    check_one("<details><summary>five</summary></details><dialog open>x</dialog>", "five");
    // A screen reader leaves it out, and everybody else sees it.
    check_one("<p><span aria-hidden=true>It cost $5</span>", "It cost $5");
}

#[test]
fn what_is_no_prose_keeps_words_apart() {
    check_one("five<code>x</code>million", "five￼million");
    check_one("It cost <del>$5</del> $6 million.", "It cost $6 million.");
    check_one("It cost <s>$5 <b>or</b></s> $6 million.", "It cost $6 million.");
    check_one("It cost 5<del>0</del>6.", "It cost 5￼6.");
    check_one("It cost <button>$5</button> $6 million.", "It cost ￼ $6 million.");
    check_one("<svg><title>5</title><text>6</text><style>7</style></svg> seven", "￼ seven");
    check_one("<math><mn>5</mn><mo>=</mo></math>seven", "￼seven");
    check_one("<del><p>$5</p><p>$6</p></del><p>seven", "seven");
    check_one("<svg/>seven<svg><path d='M5 6'/></svg>", "￼seven");
}

#[test]
fn struck_text_goes_on_until_its_own_end() {
    check_all("<p><s>five<p>six</s> seven", &["seven"]);
    check_all("<s><p>five</p></s><p>six</p>", &["six"]);
    check_all("<div><s>five</div>six", &[]);
    check_all("<table role=none><tr><td><s>five<td>six</table>seven", &["six", "seven"]);
}

#[test]
fn raised_and_lowered_text() {
    check_one("on 5 km<sup>2</sup> of land", "on 5 km² of land");
    check_one("the 5<sup>th</sup> time", "the 5th time");
    check_one("some 10<sup>6</sup> people", "some 10⁶ people");
    check_one("5,000<sup>1</sup> people", "5,000 people");
    check_one("5,000<sup>[1]</sup><sup>2</sup> people", "5,000 people");
    check_one("5,000<a href=#n role=doc-noteref>1</a> people", "5,000 people");
    check_one("5,000<a href=#n><sup>1</sup></a> people", "5,000 people");
    check_one("40 tonnes of CO<sub>2</sub>.", "40 tonnes of CO₂.");
    check_one("log<sub>n</sub> 5", "log￼n 5");
    check_source("the 5<sup>th</sup> time", "5th", "5<sup>th");
}

#[test]
fn phrases_of_a_row_do_not_run_together() {
    check_one("<span>2019</span><span>146</span>", "2019￼146");
    check_one("1<span>46</span>", "146");
    check_one("<span>$5</span><span>m</span>", "$5m");
    check_one("<a href=x>2019</a><a href=y>1460</a>", "2019￼1460");
}

#[test]
fn lines_and_paragraphs() {
    check_one("five<br>million<br/>men", "five\nmillion\nmen");
    check_all("five<br><br>million<br> <br>men<hr>left", &["five", "million", "men", "left"]);
    check_all("<p>one<p>two</p>three<div>four</div>five", &["one", "two", "three", "four", "five"]);
    check_all("one</p>two", &["one", "two"]);
    check_all("<span style='display:block'>one</span>two", &["one", "two"]);
    check_all("<pre>\nOne and\ntwo.\n\nThree.</pre>", &["One and\ntwo.", "Three."]);
    check("<pre><code>5</code></pre>", &[]);
    check(
        "<blockquote><p>five</p><footer>— six</footer></blockquote>seven",
        &[(Q, "five"), (Q, "— six"), (P, "seven")],
    );
    check_one("<q>five</q> he said", "“five” he said");
}

#[test]
fn title_deck_and_body_are_known_apart() {
    check(
        "<h1>One<br>two</h1><h2 class=article__standfirst>Three</h2><p>Four</p><h3>Five</h3>six",
        &[(H1, "One\ntwo"), (D, "Three"), (P, "Four"), (BlockKind::Heading(3), "Five"), (P, "six")],
    );
    check(
        "<hgroup><h1>One</h1><p>Two</p></hgroup><p>Three",
        &[(H1, "One"), (D, "Two"), (P, "Three")],
    );
    check("<h1>One</h1><p role=doc-subtitle>Two</p>", &[(H1, "One"), (D, "Two")]);
}

#[test]
fn lists_have_their_numbers() {
    check(
        "<ul><li>one<li>two<ol start=5><li>three<li value=9>four<li>five</ol></ul><ol><li><p>six<p>seven</ol>",
        &[
            (item(0, 1, 0), "one"),
            (item(0, 2, 0), "two"),
            (item(1, 5, 1), "three"),
            (item(1, 9, 1), "four"),
            (item(1, 10, 1), "five"),
            (item(2, 1, 0), "six"),
            (item(2, 1, 0), "seven"),
        ],
    );
    check("<li>one<li>two", &[(item(0, 1, 0), "one"), (item(1, 1, 0), "two")]);
    check_all("<dl><dt>one<dd>two<dt>three</dl>", &["one", "two", "three"]);
}

#[test]
fn an_image_is_what_it_shows() {
    let text =
        "<p>Aid <img src=c.png alt=\"A chart of &#36;5 million\" title='Aid &amp; more'> rose.";
    check(text, &[(P, "Aid ￼ rose."), (C, "A chart of $5 million"), (C, "Aid & more")]);
    check_source(text, "$5 m", "&#36;5 m");
    check(
        "<figure><img alt=Ships><figcaption>The 5 <b>ships</b></figcaption></figure>",
        &[(C, "Ships"), (C, "The 5 ships")],
    );
    check(
        "<figure><img alt='The ships'><figcaption>The\n ships</figcaption></figure>",
        &[(C, "The ships")],
    );
    check("<img alt=''><img><img alt=5 role=presentation><img alt=Ships hidden>", &[]);
}

#[test]
fn cells_of_a_table_know_their_place() {
    check(
        "<table><caption>Spent</caption><thead><tr><th>year<th>spent<tbody><tr><td>2023<td><b>$5</b> m\
         <tr><td>2024<td></table>after",
        &[
            (C, "Spent"),
            (cell(0, 0, 0), "year"),
            (cell(0, 0, 1), "spent"),
            (cell(0, 1, 0), "2023"),
            (cell(0, 1, 1), "$5 m"),
            (cell(0, 2, 0), "2024"),
            (P, "after"),
        ],
    );
    // LibreOffice writes a paragraph in each cell, and no header cells.
    check(
        "<table><tr><td><p>year</p></td><td><p>2023</p></td></tr><tr><td><p>all</p></td><td><p>5<br>m</p></td></tr></table>",
        &[
            (cell(0, 0, 0), "year"),
            (cell(0, 0, 1), "2023"),
            (cell(0, 1, 0), "all"),
            (cell(0, 1, 1), "5\nm"),
        ],
    );
}

#[test]
fn cells_over_rows_and_columns() {
    check(
        "<table><tr><th rowspan=2>a<th colspan=2>b<tr><th>c<th>d<tr><td rowspan=2>e<td>1<td>2<tr><td>3<td>4\
         <tr><td>f<td colspan=2>5</table>",
        &[
            (cell(0, 0, 0), "a"),
            (cell(0, 0, 1), "b"),
            (cell(0, 0, 1), "c"),
            (cell(0, 0, 2), "d"),
            (cell(0, 1, 0), "e"),
            (cell(0, 1, 1), "1"),
            (cell(0, 1, 2), "2"),
            (cell(0, 2, 1), "3"),
            (cell(0, 2, 2), "4"),
            (cell(0, 3, 0), "f"),
            (cell(0, 3, 1), "￼5"),
        ],
    );
}

#[test]
fn a_table_without_a_head_has_no_header() {
    let first = |row: u32| {
        let place = |row, column| BlockKind::TableCell { table: 0, row, column, header: false };
        [
            (place(row, 0), "wheat"),
            (place(row, 1), "40"),
            (place(row + 1, 0), "rye"),
            (place(row + 1, 1), "35"),
        ]
    };
    check("<table><tr><td>wheat<td>40<tr><td>rye<td>35</table>", &first(1));
    check("<table><tr><th>wheat<td>40<tr><th>rye<td>35</table>", &first(1));
}

#[test]
fn the_foot_of_a_table_stands_last() {
    check(
        "<table><tfoot><tr><td>all<td>5<tbody><tr><td>rye<td>2<tr><td>oats<td>3</table>",
        &[
            (BlockKind::TableCell { table: 0, row: 3, column: 0, header: false }, "all"),
            (BlockKind::TableCell { table: 0, row: 3, column: 1, header: false }, "5"),
            (BlockKind::TableCell { table: 0, row: 1, column: 0, header: false }, "rye"),
            (BlockKind::TableCell { table: 0, row: 1, column: 1, header: false }, "2"),
            (BlockKind::TableCell { table: 0, row: 2, column: 0, header: false }, "oats"),
            (BlockKind::TableCell { table: 0, row: 2, column: 1, header: false }, "3"),
        ],
    );
}

#[test]
fn a_table_for_the_look_of_a_page_is_its_paragraphs() {
    check_all("<table><tr><td>five</td></tr></table>", &["five"]);
    check_all(
        "<table role=presentation><tr><td>five<td>six<tr><td>7<td>8</table>",
        &["five", "six", "7", "8"],
    );
    check(
        "<table><tr><td>five<td><table><tr><th>a<th>b<tr><td>c<td>1</table><tr><td>six<td>7</table>",
        &[
            (P, "five"),
            (cell(0, 0, 0), "a"),
            (cell(0, 0, 1), "b"),
            (cell(0, 1, 0), "c"),
            (BlockKind::TableCell { table: 0, row: 1, column: 1, header: false }, "1"),
            (P, "six"),
            (P, "7"),
        ]
        .map(|(kind, words)| match kind {
            BlockKind::TableCell { table, row, column, .. } => (cell(table, row, column), words),
            kind => (kind, words),
        }),
    );
}

#[test]
fn what_stands_between_cells_stands_behind_the_table() {
    check(
        "<table><tr>five<th>a<th>b</tr>six<tr><td>c<td>1</table>",
        &[
            (cell(0, 0, 0), "a"),
            (cell(0, 0, 1), "b"),
            (cell(0, 1, 0), "c"),
            (cell(0, 1, 1), "1"),
            (P, "five"),
            (P, "six"),
        ],
    );
    check_one("five<td>six<tr>seven", "fivesixseven");
}

/// A page around an article.
fn page(article: &str) -> String {
    format!(
        "<!doctype html><html><head><title>Five</title><meta charset=utf-8></head><body>\
         <header><a href=/>The paper</a> Monday, 12 °C</header><nav><ul><li><a href=/1>1</a></ul></nav>\
         {article}<div role=dialog>We set 12 cookies</div><footer>© 2026</footer></body></html>"
    )
}

#[test]
fn what_stands_outside_of_the_article_is_kept_apart() {
    let story = "<h1>One</h1><p>Two</p>";
    let aside =
        "<aside><h2>More</h2><ul><li><a href=a>5 men</a><li><a href=b>6 men</a></ul></aside>";
    for article in [
        story.to_owned(),
        format!("<main>{story}</main>"),
        format!("<div role=main>{story}</div><p>5</p>"),
        format!("<article>{story}{aside}<footer>5</footer></article><p>6</p>"),
        format!("<main><article>{story}</article><article><p>5</p></article></main>"),
        format!(
            "{story}<div class='box related-stories'>5 men</div><section role=complementary><a href=x>6</a></section>"
        ),
        format!("<header>{}</header><p>Two</p>", "<h1>One</h1>"),
    ] {
        check(&page(&article), &[(H1, "One"), (P, "Two")]);
    }
    // What has words of its own belongs to the article.
    check(
        "<article><h1>One</h1><aside><h2>In figures</h2><p>The town has 5 schools, says <a href=x>it</a>.</aside></article>",
        &[
            (H1, "One"),
            (BlockKind::Heading(2), "In figures"),
            (P, "The town has 5 schools, says it."),
        ],
    );
    // A part that scripts were to fill.
    check("<main><script>x</script></main><p>One", &[(P, "One")]);
    // One of several.
    check("<article>One</article><article>Two</article>", &[(P, "One"), (P, "Two")]);
}

#[test]
fn elements_end_as_browsers_end_them() {
    check_all(
        "<div>one<p>two<div>three</p>four</div>five</div>six",
        &["one", "two", "three", "four", "five", "six"],
    );
    check_all("<p>one<div>two</p>three</div>", &["one", "two", "three"]);
    check_all("<p>one<b><p>two</b>three<h1>", &["one", "twothree"]);
    check_all("one<foo-bar>two<baz>three</foo-bar>four", &["onetwothreefour"]);
    check_all("<button><p>one</button></p>two", &["two"]);
    check_all("<select><option>5<option>6</select>two", &["￼two"]);
    check("<ul><li>one<div><li>two</div></ul>", &[(item(0, 1, 0), "one"), (item(0, 2, 0), "two")]);
    check("<h1>one<h2>two</h1>three", &[(H1, "one"), (BlockKind::Heading(2), "two"), (P, "three")]);
    check_one("five</div></b></sup></td> million", "five million");
    check_all("a<plaintext>b<p>c", &["a", "b<p>c"]);
}
