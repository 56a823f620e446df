//! What is prose in Markdown, and where it was read.

use crate::document::dialect::Made;
use crate::document::tests::{check_blocks, check_place};
use crate::document::{BlockKind, Document, Format};

#[track_caller]
fn check(text: &str, expected: &[(BlockKind, &str)]) {
    check_blocks(text, Format::Markdown, expected);
}

/// Compares the only block of a text.
#[track_caller]
fn check_one(text: &str, prose: &str) {
    check(text, &[(BlockKind::Paragraph, prose)]);
}

#[track_caller]
fn check_source(text: &str, words: &str, source: &str) {
    check_place(text, Format::Markdown, words, source);
}

const P: BlockKind = BlockKind::Paragraph;
const L: BlockKind = BlockKind::ListItem { list: 0, number: 1, depth: 0 };
fn item(list: u32, number: u32, depth: u8) -> BlockKind {
    BlockKind::ListItem { list, number, depth }
}

const Q: BlockKind = BlockKind::Quote;
const C: BlockKind = BlockKind::Caption;

#[test]
fn markup_does_not_split_a_figure() {
    for (text, source) in [
        ("It cost **$5** million.", "$5** million"),
        ("It cost [$5 million](http://x.y/2024).", "$5 million"),
        ("It cost $<b>5</b> million.", "$<b>5</b> million"),
        ("It cost $5<!-- or 6? --> million.", "$5<!-- or 6? --> million"),
        ("It cost $5[^1] million.\n\n[^1]: By 2024.", "$5[^1] million"),
        ("It cost \\$5 million.", "$5 million"),
        ("It cost &#36;5 million.", "&#36;5 million"),
        ("It cost *[$5][a] million*.\n\n[a]: http://x.y", "$5][a] million"),
    ] {
        check_source(text, "$5 million", source);
    }
}

#[test]
fn entities_stand_for_their_characters() {
    check_one("AT&amp;T made $5&nbsp;million.", "AT&T made $5\u{a0}million.");
    check_source("made $5&nbsp;million.", "\u{a0}", "&nbsp;");
    check_source("AT&amp;T", "T&", "T&amp;");
}

#[test]
fn what_is_removed_keeps_words_apart() {
    check_one("five`x`million", "five￼million");
    check_one("five <http://x.y/2024> million", "five ￼ million");
    check_one("It cost ~~$5~~ $6 million.", "It cost ￼ $6 million.");
    check_one("It cost <del>$5</del> $6 million.", "It cost ￼ $6 million.");
    check_one("five<br>million", "five￼million");
    check_one("5,000<sup>one more</sup> people", "5,000￼one more￼ people");
    check_one("some 10<sup>6</sup> people", "some 10⁶ people");
    check_one("five[^1]six\n\n[^1]:", "five￼six");
    check_one("five<i></i>six", "five￼six");
    check_source("five`x`million", "e\u{fffc}m", "e`x`m");
}

#[test]
fn lines_break_where_the_source_does() {
    check_one("five\nmillion  \nmen\\\nleft", "five\nmillion\nmen\nleft");
    check_one("five\r\nmillion", "five\nmillion");
    check("> five\n> million", &[(Q, "five\nmillion")]);
    check_source("> five\n> million", "five\nmillion", "five\n> million");
}

#[test]
fn code_and_comments_are_no_blocks() {
    check(
        "    $5 million\n\n```\n$6\n```\n\n<!--\n$8\n\n$9 -->\n\n<script>\n7\n\n6</script>\n\nTen",
        &[(P, "Ten")],
    );
    check("`code`\n\n---\n", &[]);
}

#[test]
fn blocks_know_what_they_are() {
    check(
        "# One {#id}\n\nTwo\n===\n\nThree",
        &[(BlockKind::Heading(1), "One"), (BlockKind::Heading(1), "Two"), (P, "Three")],
    );
    check(
        "- one\n- two\n  - three\n\n    four\n5. five\n",
        &[
            (L, "one"),
            (item(0, 2, 0), "two"),
            (item(1, 1, 1), "three"),
            (item(1, 1, 1), "four"),
            (item(2, 5, 0), "five"),
        ],
    );
    check("- [ ] one\n- > two\n\n> [!NOTE]\n> three\n", &[(L, "one"), (Q, "two"), (Q, "three")]);
    check(
        "7. one\n\n   two\n8. three\n",
        &[(item(0, 7, 0), "one"), (item(0, 7, 0), "two"), (item(0, 8, 0), "three")],
    );
    check("one[^1]\n\n[^1]: two\n", &[(P, "one"), (P, "two")]);
}

#[test]
fn cells_of_a_table_know_their_place() {
    let cell = |table, row, column| BlockKind::TableCell { table, row, column, header: row == 0 };
    let table = "| year | spent |\n|---|---|\n| 2023 | **$5** m |\n| 2024 | |\n";
    check(
        &format!("{table}\n{table}").replace("2024", "`x`"),
        &[
            (cell(0, 0, 0), "year"),
            (cell(0, 0, 1), "spent"),
            (cell(0, 1, 0), "2023"),
            (cell(0, 1, 1), "$5 m"),
            (cell(1, 0, 0), "year"),
            (cell(1, 0, 1), "spent"),
            (cell(1, 1, 0), "2023"),
            (cell(1, 1, 1), "$5 m"),
        ],
    );
    check_source("|a|\n|---|\n|5 \\| 6|\n", "5 | 6", "5 \\| 6");
}

#[test]
fn an_image_is_what_it_shows() {
    let text = "Aid ![A chart of *$5* million](c.png \"Aid & more\") rose.";
    check(text, &[(P, "Aid ￼ rose."), (C, "A chart of $5 million"), (C, "Aid & more")]);
    check_source(text, "$5 m", "$5* m");
    check_source(text, "more", "more");
    check("![Harbours](c.png)", &[(C, "Harbours")]);
    check("![](c.png)", &[]);
}

#[test]
fn front_matter_is_set_apart() {
    for (text, inner) in [
        ("---\ndate: 2024-01-05\n---\nBody", "date: 2024-01-05\n"),
        ("---\r\ndate: 2024-01-05\r\n...\r\nBody", "date: 2024-01-05\r\n"),
        ("\u{feff}+++\ndate = 2024-01-05\n+++\n\nBody", "date = 2024-01-05\n"),
        ("---\n---\nBody", ""),
    ] {
        check_one(text, "Body");
        let document = Document::parse(text, Format::Markdown);
        assert_eq!(&text[document.front_matter().unwrap()], inner);
        check_source(text, "Body", "Body");
    }
}

#[test]
fn a_rule_across_the_page_is_no_front_matter() {
    for text in
        ["---\n\nBody\n\n---\n", "---\nBody\n", "---\nBody\n---\n", "Body\n\n---\na: Body\n---\n"]
    {
        let document = Document::parse(text, Format::Markdown);
        assert_eq!(document.front_matter(), None, "{text}");
        assert!(document.prose().contains("Body"), "{text}");
    }
}

#[test]
fn a_mark_of_a_source_never_joins_a_figure() {
    for mark in [
        "[1]",
        "[1][]",
        "[1][s]",
        "[1](u)",
        "[a](u)",
        "[¹](u)",
        "[*](u)",
        "[source](u)",
        "[\\[1\\]](u)",
        "[[7]](u)",
        "[^1]",
        "[^none]",
        "<sup>1</sup>",
        "<sup>[1]</sup>",
        "<sup>[1](u)</sup>",
        "<sup><a href=\"u\">1</a></sup>",
        "![1](u)",
        "![](u)",
        "<http://x.y/1>",
        "[12]",
        "[1, 2]",
        "[1][2]",
        "[1], [2]",
        "[1](u)[2](v)",
        "\\[1\\]",
        "[a]",
        "[note 1]",
        "[citation needed]",
        "<b>[1]</b>",
        " [1]",
        " [12]",
    ] {
        let notes = "\n\n[1]: http://x.y/1\n[s]: http://x.y/2\n\n[^1]: By then.";
        let text = format!("It cost $5{mark} million in 2024{mark}, or 50{mark} percent.{notes}");
        let document = Document::parse(&text, Format::Markdown);
        let block = &document.prose()[document.blocks()[0].range.clone()];
        assert_eq!(block, "It cost $5 million in 2024, or 50 percent.", "{mark}");
        for figure in ["$5 million", "2024,", "50 percent"] {
            let (first, last) = figure.split_once(' ').unwrap_or((figure, ""));
            let at = document.prose().find(figure).unwrap();
            let source = &text[document.source_range(at..at + figure.len())];
            assert!(source.starts_with(first.trim_end_matches(',')), "{mark}: {source}");
            assert!(source.ends_with(if last.is_empty() { "," } else { last }), "{mark}: {source}");
        }
    }
}

#[test]
fn a_figure_that_is_the_text_of_a_link_is_a_figure() {
    check_one("from [40](u) to [50](v) percent", "from 40 to 50 percent");
    check_one("[50 percent](u) of $[5](u) million", "50 percent of $5 million");
    check_one("in [2024](u), 5[km](u) on", "in 2024, 5km on");
    check_one("**5**0 and 5[0](u) and [5](u)0", "50 and 5 and 5￼0");
    check_one("\"[50](u) percent\", ([50](u))", "\"50 percent\", (50)");
    check_one("rose to [50][s]\n\n[s]: u", "rose to 50");
    check_one("50[2024](u)", "50￼2024");
}

#[test]
fn raised_text_that_is_no_mark_stays() {
    check_one("on 5 km<sup>2</sup> of land", "on 5 km² of land");
    check_one("the 5<sup>th</sup> time", "the 5th time");
    check_source("the 5<sup>th</sup> time", "5th", "5<sup>th");
}

#[test]
fn a_block_that_is_a_mark_alone_is_none() {
    check("[1]\n\nFive[2]\n\n- [3]", &[(P, "Five")]);
}

#[test]
fn block_html_is_read_as_html() {
    let cell = |row, column| BlockKind::TableCell { table: 0, row, column, header: row == 0 };
    check(
        "One\n\n<table>\n<tr><th>a<th>b\n<tr><td>c<td>&#36;5\n</table>\n\n| a |\n|---|\n| b |\n\n<p>\ntwo <b>three</b>\n</p>\n",
        &[
            (P, "One"),
            (cell(0, 0), "a"),
            (cell(0, 1), "b"),
            (cell(1, 0), "c"),
            (cell(1, 1), "$5"),
            (BlockKind::TableCell { table: 1, row: 0, column: 0, header: true }, "a"),
            (BlockKind::TableCell { table: 1, row: 1, column: 0, header: false }, "b"),
            (P, "two three"),
        ],
    );
    check_source(
        "<div>\n<p>It cost <b>$5</b>\nmillion.</p></div>",
        "$5 million",
        "$5</b>\nmillion",
    );
    check("> <div>\n> five\n> million\n> </div>\n\nsix", &[(Q, "five million"), (P, "six")]);
    check_source("> <div>\n> five\n> million\n> </div>", "million", "million");
    check("- <p>one\n- two", &[(item(0, 1, 0), "one"), (item(0, 2, 0), "two")]);
    check(
        "<figure>\n<img alt=Ships>\n\nFive *ships*\n\n<figcaption>All</figcaption></figure>",
        &[(C, "Ships"), (P, "Five ships"), (C, "All")],
    );
}

#[test]
fn what_block_html_hides_is_not_read() {
    for (open, close) in [
        ("<div hidden>", "</div>"),
        ("<div class=x><div style=\"display:none\">", "</div></div>"),
        ("<nav>", "</nav>"),
        ("<template>", "</template>"),
        ("<section hidden>\n<section>\n\none\n\n</section>", "</section>"),
    ] {
        check(
            &format!("Two\n\n{open}\n\n- Five **million**\n\n> Six\n\n{close}\n\nThree"),
            &[(P, "Two"), (P, "Three")],
        );
    }
    check_one("<details>\n<summary>\n\nOne\n\n</summary></details>", "One");
    check_one(
        "It cost <span style='display:none'>$5 <span>or</span> so </span>$6 million.",
        "It cost $6 million.",
    );
    check_one("It cost <span hidden />$6 million.", "It cost $6 million.");
}

/// Compares what a dialect makes of figures, each as it stands in the source.
#[track_caller]
fn check_swallowed(text: &str, prose: &str, swallowed: &[(Made, &str)]) {
    let document = Document::parse(text, Format::Markdown);
    let words: Vec<&str> =
        document.blocks().iter().map(|block| &document.prose()[block.range.clone()]).collect();
    assert_eq!(words.join(" | "), prose, "{text}");
    let found: Vec<(Made, &str)> =
        document.swallowed().iter().map(|one| (one.made, &text[one.range.clone()])).collect();
    assert_eq!(found, swallowed, "{text}");
}

#[test]
fn figures_that_a_dialect_swallows_are_read_as_they_were_meant() {
    let none = &[];
    check_swallowed(
        "some ~5,000/6,000~ men",
        "some ~5,000/6,000~ men",
        &[(Made::Struck, "~5,000/6,000~")],
    );
    check_swallowed("some ~$5~ men", "some ~$5~ men", &[(Made::Struck, "~$5~")]);
    check_swallowed("some ~5,000 to ~6,000 men", "some ~5,000 to ~6,000 men", none);
    check_swallowed("some ~~5,000~~ 6,000 men", "some ￼ 6,000 men", none);
    check_swallowed("some ~old~ men", "some ￼ men", none);
    check_swallowed(
        "it is 5*3*2 or 5 * 3 * 2",
        "it is 5*3*2 or 5 * 3 * 2",
        &[(Made::Slanted, "*3*")],
    );
    check_swallowed("it is *5* and 5*or*6", "it is 5 and 5or6", none);
    check_swallowed("1986. It was good.", "1986. It was good.", &[(Made::Item, "1986.")]);
    check_swallowed("How many?\n\n3.\n", "How many? | 3.", &[(Made::Item, "3.")]);
    check_swallowed("9. April 2024 it rained.", "9 April 2024 it rained.", &[(Made::Item, "9")]);
    check_swallowed("1. April rains\n2. May 5", "April rains | May 5", none);
    check_swallowed(
        "in\n1986. It closed in\n3. It did.",
        "in\n1986. It closed in\n3. It did.",
        none,
    );
    check_swallowed("It was 2024.\n---\n", "It was 2024.", none);
    check_swallowed("one\ntwo\n---\n", "one\ntwo", none);
    check_swallowed(">5 million left.\n", ">5 million left.", &[(Made::Quotation, ">")]);
    check_swallowed("> 5 million left.\n", "5 million left.", none);
    check_swallowed(">5 million left,\n>they say.\n", "5 million left,\nthey say.", none);
    check_swallowed("US$5 and 10$ more", "US$5 and 10$ more", &[(Made::Formula, "$5 and 10$")]);
    check_swallowed(
        "$5 million (A$), $6",
        "$5 million (A$), $6",
        &[(Made::Formula, "$5 million (A$")],
    );
    for plain in ["$5 and $10 million", "\\$5 and 10\\$ more", "$5–$10 and $ 6 $"] {
        check_swallowed(plain, &plain.replace('\\', ""), none);
    }
    check("It was 2024.\n---\n", &[(P, "It was 2024.")]);
    check("Costs\n---\n", &[(BlockKind::Heading(2), "Costs")]);
    check("1986. One\n1987. Two", &[(P, "1986. One"), (P, "1987. Two")]);
    check_source("1986. It was", "1986. It", "1986. It");
}
