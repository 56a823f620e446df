//! What holds of the day of publication of any text: it leads back to words that state it.

use crossfoot::document::{Document, Format};
use crossfoot::lexicon::Lexicon;
use crossfoot::published::published;
use proptest::prelude::*;

const BITS: [&str; 40] = [
    "7 August 2025",
    "08/07/2025",
    "2025-08-07",
    "Thursday",
    "9 May 2020",
    "10:00",
    "3 min read",
    "Published",
    "date",
    "updated",
    "on",
    "By",
    "Jane Doe",
    "LONDON",
    "London",
    "ß",
    "(Agency)",
    "/Wire/",
    "é",
    "\u{fffc}",
    "\u{feff}",
    "\u{a0}",
    "𝟓",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    ",",
    ".",
    ":",
    "|",
    "(",
    ")",
    "-",
    "—",
    "---\n",
    "+++\n",
    "=",
    "\"",
];

proptest! {
    #[test]
    fn a_day_leads_back_to_words(bits in prop::collection::vec(prop::sample::select(&BITS[..]), 0..24)) {
        let text = bits.concat();
        for format in [Format::Plain, Format::Markdown] {
            let document = Document::parse(&text, format);
            if let Some(found) = published(&document, &text, Lexicon::built_in()) {
                let words = text.get(found.range).expect("on the bounds of characters");
                prop_assert!(words.contains("20"), "{words:?}");
            }
        }
    }
}
