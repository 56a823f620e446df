//! Abbreviations, whose stop is not yet the end of a sentence.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use foldhash::fast::FixedState;
use serde::Deserialize;

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
#[derive(Debug)]
pub struct Abbreviations {
    /// By the abbreviation without its last stop.
    kinds: HashMap<Box<str>, Abbreviation, FixedState>,
    openers: HashSet<Box<str>, FixedState>,
}

static BUILT_IN: LazyLock<Abbreviations> = LazyLock::new(|| {
    Abbreviations::read(include_str!("../../rules/lexicon/abbreviations.toml"))
        .expect("the built-in abbreviations are read by the tests")
});

/// `abbreviations.toml`: words in groups, whose names are for people.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    never_ends: BTreeMap<String, Vec<String>>,
    may_end: BTreeMap<String, Vec<String>>,
    before_figures: BTreeMap<String, Vec<String>>,
    openers: BTreeMap<String, Vec<String>>,
}

impl Abbreviations {
    /// The table that is compiled in, read when first needed.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    fn read(text: &str) -> Result<Self, String> {
        let table: Table = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut kinds = HashMap::default();
        for (groups, kind) in [
            (table.never_ends, Abbreviation::NeverEnds),
            (table.may_end, Abbreviation::MayEnd),
            (table.before_figures, Abbreviation::BeforeFigures),
        ] {
            for word in groups.into_values().flatten() {
                let stem = word.strip_suffix('.').ok_or(format!("{word} has no stop"))?;
                let mut letters = stem.chars();
                let capital: String = letters
                    .next()
                    .into_iter()
                    .flat_map(char::to_uppercase)
                    .chain(letters)
                    .collect();
                // Where both are listed, each stands for itself.
                kinds.entry(capital.into()).or_insert(kind);
                kinds.insert(stem.into(), kind);
            }
        }
        let openers = table.openers.into_values().flatten().map(Into::into).collect();
        Ok(Self { kinds, openers })
    }

    /// What the stop behind a word is, if the word is an abbreviation: "Feb", "e.g".
    pub fn kind(&self, word: &str) -> Option<Abbreviation> {
        self.kinds.get(word).copied()
    }

    /// Whether a word often opens a sentence: "The".
    pub fn opens(&self, word: &str) -> bool {
        self.openers.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_case_of_a_word_counts_but_for_a_capital_at_its_start() {
        let table = Abbreviations::built_in();
        assert_eq!(table.kind("Mr"), Some(Abbreviation::NeverEnds));
        assert_eq!(table.kind("Ill"), Some(Abbreviation::MayEnd));
        assert_eq!(table.kind("ill"), None);
        assert_eq!(table.kind("no"), table.kind("No"));
        assert!(table.opens("The") && !table.opens("the"));
    }
}
