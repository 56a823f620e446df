//! Figures that a dialect of Markdown takes for markup: "~5,000–~6,000", "1986." at the start of a line, "5*3*2".
//!
//! They are read as their author meant them, and a note says where a reader does not see them.

use std::ops::Range;

use crate::lexicon::{Lexicon, bit};

/// A figure of which a dialect of Markdown makes something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swallowed {
    /// Its bytes of the source.
    pub range: Range<usize>,
    /// What is made of it.
    pub made: Made,
}

/// What a dialect of Markdown makes of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// Text between two tildes is struck out, or lowered.
    Struck,
    /// Digits between two stars stand slanted, without them.
    Slanted,
    /// A number at the start of a line counts an item, and is counted anew.
    Item,
    /// A sign of comparison at the start of a line begins a quotation.
    Quotation,
    /// Text between two dollar signs is a formula.
    Formula,
}

impl Made {
    /// What happens to it, and where, in words.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Struck => "single tildes strike out in GitHub's Markdown, and lower in pandoc's",
            Self::Slanted => "Markdown shows no stars here: they make what is between them slanted",
            Self::Item => "Markdown takes this for the number of a list's item, and counts anew",
            Self::Quotation => "Markdown shows no sign here: it begins a quotation",
            Self::Formula => {
                "what is between the dollar signs is a formula in pandoc's and GitHub's Markdown"
            }
        }
    }
}

/// Whether a text begins with a figure: "5", "$5", "€.5".
pub(super) fn begins_figure(text: &str) -> bool {
    let rest = text.trim_start_matches(['$', '€', '£', '¥']);
    rest.trim_start_matches('.').starts_with(|c: char| c.is_ascii_digit())
}

/// The number that an item of a list begins with in the source, where it is a figure rather than the item's
/// number: a year or more, a day before its month, or all that there is. With the bytes that show it.
pub(super) fn number_of_item(item: &str) -> Option<usize> {
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    let rest = item[digits..].strip_prefix(['.', ')'])?;
    let words = rest.trim_start();
    let is_year = digits == 4 && (item.starts_with("19") || item.starts_with("20"));
    let is_large = 4 <= digits || words.is_empty();
    let is_day = (1..=2).contains(&digits) && begins_with_month(words);
    // "9. April" is "9 April".
    let shown = if is_day { digits } else { digits + 1 };
    (0 < digits && (is_year || is_large || is_day)).then_some(shown)
}

fn begins_with_month(text: &str) -> bool {
    let name = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let rest = text[name.len()..].trim_start_matches('.').trim_start();
    let has_year = rest.bytes().take_while(u8::is_ascii_digit).count() == 4;
    has_year && Lexicon::built_in().look_up(name).senses & bit::MONTH != 0
}

/// The first two dollar signs of a text between which pandoc and GitHub see a formula with figures, from a
/// byte on: the first has no blank behind it, the second none before it and no letter or digit behind it.
pub(super) fn formula(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let is_escaped = |at: usize| at != 0 && bytes[at - 1] == b'\\';
    let blank = |at: usize| bytes.get(at).is_none_or(u8::is_ascii_whitespace);
    let mut open: Option<usize> = None;
    for at in memchr::memchr_iter(b'$', &bytes[from..]).map(|at| from + at) {
        let ends_word = bytes.get(at + 1).is_none_or(|next| !next.is_ascii_alphanumeric());
        let closes = at != 0 && !blank(at - 1) && ends_word;
        match open {
            _ if is_escaped(at) => {}
            Some(start) if closes && start + 1 < at => {
                let range = start..at + 1;
                if text[range.clone()].bytes().any(|byte| byte.is_ascii_digit()) {
                    return Some(range);
                }
                open = None;
            }
            None if !blank(at + 1) => open = Some(at),
            _ => {}
        }
    }
    None
}
