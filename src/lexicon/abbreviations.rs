//! Abbreviations, whose stop is not yet the end of a sentence.

use std::borrow::Cow;

use crate::lexicon::words::TextTable;
use Abbreviation::{BeforeFigures, MayEnd, NeverEnds};

/// What the stop of an abbreviation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abbreviation {
    /// Never the end of a sentence: "Mr."
    NeverEnds,
    /// The end of a sentence if an opener follows: "Inc."
    MayEnd,
    /// Not the end of a sentence if a figure follows: "no."
    BeforeFigures,
}

/// The words that tell whether a stop ends a sentence.
///
/// The build script made tables of `rules/lexicon/abbreviations.toml`: `STEMS` and `KINDS`, the abbreviations
/// without their last stop, and `OPENERS`.
#[derive(Debug)]
pub struct Abbreviations(());

include!(concat!(env!("OUT_DIR"), "/abbreviations.rs"));

static BUILT_IN: Abbreviations = Abbreviations(());

impl Abbreviations {
    /// The table that is compiled in.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// What the stop behind a word is, if the word is an abbreviation: "Feb", "e.g".
    pub fn kind(&self, word: &str) -> Option<Abbreviation> {
        STEMS.get(word.as_bytes()).map(|number| KINDS[number])
    }

    /// Whether a word often opens a sentence: "The".
    pub fn opens(&self, word: &str) -> bool {
        OPENERS.get(word.as_bytes()).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_case_of_a_word_counts_but_for_a_capital_at_its_start() {
        let table = Abbreviations::built_in();
        assert_eq!(table.kind("Mr"), Some(NeverEnds));
        assert_eq!(table.kind("Ill"), Some(MayEnd));
        assert_eq!(table.kind("ill"), None);
        assert_eq!(table.kind("no"), table.kind("No"));
        assert!(table.opens("The") && !table.opens("the"));
    }
}
