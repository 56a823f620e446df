//! What holds of the prose of any text: blocks, sentences and places fit together.

use crossfoot::document::{Decoded, Document, Encoding, Format, Offsets, decode, sentences};
use crossfoot::lexicon::Abbreviations;
use proptest::prelude::*;

use crate::support::cases;

/// Bits of Markdown and of prose that mean something to a reader of either.
const BITS: [&str; 134] = [
    "a",
    "B",
    "The ",
    "million",
    "Mr",
    "U.S.",
    "No",
    "e.g",
    "5",
    "72",
    "1.",
    "2) ",
    "$",
    "€",
    "%",
    ".",
    "!",
    "?",
    "…",
    "...",
    ",",
    ":",
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    "\u{a0}",
    "\u{c}",
    "\u{feff}",
    "\u{fffc}",
    "\0",
    "é",
    "𝟓",
    "“",
    "”",
    "’",
    "\"",
    "'",
    "(",
    ")",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```",
    "    ",
    "- ",
    "• ",
    "* ",
    "# ",
    "===",
    "---",
    "+++",
    "> ",
    "> [!NOTE]",
    "|",
    "|---|",
    "\\",
    "[",
    "]",
    "](x)",
    "![",
    "[^1]",
    "[^1]: ",
    "[a]: /x",
    "<",
    ">",
    "<b>",
    "</b>",
    "<s>",
    "</s>",
    "<br>",
    "<!--",
    "-->",
    "<div>",
    "<http://x.y>",
    "</div>",
    "&amp;",
    "&#36;",
    "&nGg;",
    "&nbsp;",
    "{#id}",
    "[ ]",
    "<sup>",
    "</sup>",
    "[1]",
    "[12]",
    "[1](x)",
    "[note 1]",
    "[2]: /y",
    "10",
    "km",
    "th",
    "<p>",
    "</p>",
    "<li>",
    "<table>",
    "<tr>",
    "<td>",
    "<td colspan=2 rowspan=0>",
    "</table>",
    "<caption>",
    "<h1>",
    "<a href=x>",
    "</a>",
    "<span hidden>",
    "</span>",
    "<script>",
    "</script>",
    "<img alt='5 &amp; 6' title=7>",
    "<pre>",
    "<sub>2</sub>",
    "<svg>",
    "</svg>",
    "<aside>",
    "<q>",
    "</q>",
    "<button>",
    "<div hidden>",
    "<nav>",
    "</nav>",
    "\n\n<table>\n",
    "~",
    "5*3*2",
    "1986. ",
    "\n\n3.\n",
    "9. May 2024",
    "\n>5",
    "\n> <div>\n> ",
    "&#x35;&ampx",
];

fn text() -> impl Strategy<Value = String> {
    let bits = prop::collection::vec(prop::sample::select(&BITS[..]), 0..60);
    prop_oneof![4 => bits.prop_map(|bits| bits.concat()), 1 => any::<String>()]
}

fn format() -> impl Strategy<Value = Format> {
    prop_oneof![Just(Format::Plain), Just(Format::Markdown), Just(Format::Html)]
}

/// Digits of full width are digits.
fn narrow(source: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        _ => c,
    };
    source.chars().map(narrow).collect()
}

/// Whether a character is written as an entity, or in a ligature.
fn is_entity(source: &str) -> bool {
    source.starts_with('&') || source.starts_with(|c| matches!(c, 'ﬀ'..='ﬆ'))
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn blocks_are_in_order_and_not_empty(text in text(), format in format()) {
        let document = Document::parse(&text, format);
        let prose = document.prose();
        let mut end = 0;
        for block in document.blocks() {
            prop_assert!(end <= block.range.start && block.range.end <= prose.len());
            let words = prose.get(block.range.clone());
            prop_assert!(words.is_some_and(|words| !words.trim().is_empty()));
            prop_assert_eq!(words.map(str::trim), words);
            end = block.range.end;
        }
    }

    #[test]
    fn plain_text_is_all_in_blocks(text in text()) {
        let document = Document::parse(&text, Format::Plain);
        let mut outside = String::new();
        let mut end = 0;
        for block in document.blocks() {
            outside += &document.prose()[end..block.range.start];
            end = block.range.end;
        }
        outside += &document.prose()[end..];
        // Bullets and numbers of list items are all that is left out.
        prop_assert!(!outside.contains(char::is_alphabetic), "{outside:?}");
    }

    #[test]
    fn sentences_cover_all_but_white_space(text in text(), format in format()) {
        let document = Document::parse(&text, format);
        for block in document.blocks() {
            let words = &document.prose()[block.range.clone()];
            let mut end = 0;
            for sentence in sentences(words, Abbreviations::built_in()) {
                prop_assert!(sentence.start < sentence.end);
                prop_assert!(words.get(end..sentence.start).is_some_and(|gap| gap.trim().is_empty()));
                prop_assert!(words.get(sentence.clone()).is_some());
                end = sentence.end;
            }
            prop_assert!(words[end..].trim().is_empty());
        }
    }

    #[test]
    fn every_place_leads_back_to_its_source(text in text(), format in format()) {
        let document = Document::parse(&text, format);
        for block in document.blocks() {
            let words = &document.prose()[block.range.clone()];
            let mut last = 0;
            for (at, c) in words.char_indices() {
                let at = block.range.start + at;
                let source = document.source_range(at..at + c.len_utf8());
                let there = text.get(source.clone());
                prop_assert!(there.is_some_and(|there| !there.is_empty()), "{c:?} {source:?}");
                prop_assert!(last <= source.start, "{c:?} {source:?} behind {last}");
                if c.is_ascii_alphanumeric() && !there.is_some_and(is_entity) {
                    prop_assert_eq!(there.map(narrow), Some(c.to_string()));
                }
                let to_end = document.source_range(at..block.range.end);
                prop_assert!(to_end.start == source.start && source.end <= to_end.end);
                prop_assert!(text.get(to_end).is_some());
                last = source.start;
            }
        }
        // Not a place in one block, and still no panic.
        let _ = document.source_range(0..text.len() + 9);
    }

    #[test]
    fn front_matter_is_not_prose(text in text()) {
        let text = format!("---\nsecret: {text}\n---\n{text}");
        let document = Document::parse(&text, Format::Markdown);
        if let Some(range) = document.front_matter() {
            prop_assert!(text[range].starts_with("secret: "));
            prop_assert!(!document.prose().contains("secret"));
        }
    }

    #[test]
    fn all_bytes_are_text_or_are_told_why_not(bytes in any::<Vec<u8>>()) {
        if let Ok(Decoded { text, encoding }) = decode(bytes.clone()) {
            let mut offsets = Offsets::new(&text, encoding);
            let mut last = 0;
            for (at, _) in text.char_indices() {
                let file = offsets.to_file(at);
                prop_assert!(last <= file && file < bytes.len());
                last = file;
            }
            prop_assert_eq!(offsets.to_file(text.len()), bytes.len());
        }
    }

    #[test]
    fn utf_16_comes_back(text in any::<String>()) {
        let low: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let decoded = decode([&b"\xFF\xFE"[..], &low].concat());
        prop_assume!(!text.starts_with('\0'));
        let expected = Decoded { text: format!("\u{feff}{text}"), encoding: Encoding::Utf16Le };
        prop_assert_eq!(decoded, Ok(expected));
    }
}
