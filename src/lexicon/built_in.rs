//! The built-in lexicon: tables that the build script made, used where they lie. What takes making, units and
//! senses, is made when a text first has the word.

#![allow(
    clippy::enum_glob_use,
    clippy::unicode_not_nfc,
    reason = "what is generated names variants alone"
)]

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use crate::lexicon::abroad::{Abroad, Countries, add_countries};
use crate::lexicon::filter::Filter;
use crate::lexicon::made::{Phrase, Sense, made_hedge, made_unit, sense};
use crate::lexicon::sense::SenseOf::*;
use crate::lexicon::short::ShortWords;
use crate::lexicon::stated::{Count, HedgeRow, Meaning, UnitOf::*, UnitRow};
use crate::lexicon::table;
use crate::lexicon::word::{ClassSet, Known, WordId};
use crate::lexicon::words::{TextTable, Words};
use crate::value::{Currency, Dimension, Hedge, Unit};

const fn known(id: u32, classes: u16, senses: u64) -> Known {
    Known { id: WordId(id), classes: ClassSet(classes), senses }
}

include!(concat!(env!("OUT_DIR"), "/lexicon_tables.rs"));

/// The words that differ from country to country.
type Abroads = (Vec<table::ImperialEntry>, Vec<table::HomeEntry>);

/// The words.
pub(super) fn words() -> Words {
    Words {
        short: ShortWords { places: Cow::Borrowed(&SHORT), count: SHORT_COUNT },
        long: LONG.clone(),
        known: Cow::Borrowed(&LONG_KNOWN),
        filter: Filter(Cow::Borrowed(&FILTER)),
        longest: LONGEST,
        count: COUNT,
    }
}

/// The hedges.
pub(super) fn hedges() -> Result<Vec<Hedge>, String> {
    HEDGES.iter().map(made_hedge).collect()
}

/// The dimensions.
pub(super) fn dimensions() -> Result<HashMap<Box<str>, Dimension>, String> {
    let dimension = |(name, of): &(&str, &[(&str, i8)])| Ok(((*name).into(), Dimension::read(of)?));
    DIMENSIONS.iter().map(dimension).collect()
}

/// The currencies whose hundredth is the cent.
pub(super) fn with_cents() -> Vec<Currency> {
    WITH_CENTS.iter().filter_map(|code| Currency::new(code)).collect()
}

/// What is made of the tables when a text has their words.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// By number.
    units: Vec<OnceLock<Unit>>,
    dimensions: HashMap<Box<str>, Dimension>,
}

impl Made {
    /// Nothing yet.
    pub(super) fn new(dimensions: HashMap<Box<str>, Dimension>) -> Self {
        Self { units: later(UNITS.len()), dimensions }
    }

    /// The phrases that start with a word.
    pub(super) fn phrases(&self, first: WordId) -> Box<[Phrase]> {
        let first = first.0 as usize;
        let all = &PHRASES[PHRASES_OF[first] as usize..PHRASES_OF[first + 1] as usize];
        let phrase = |&(start, length, meaning): &(u32, u8, u16)| {
            let rest = &REST[start as usize..][..usize::from(length)];
            let rest = rest.iter().map(|&word| WordId(word)).collect();
            Some(Phrase { rest, sense: self.sense(meaning)? })
        };
        all.iter().filter_map(phrase).collect()
    }

    /// What a sign means, by its number.
    pub(super) fn senses_of_symbol(&self, number: usize) -> Box<[Sense]> {
        let all = SYMBOL_SENSES_OF[number] as usize..SYMBOL_SENSES_OF[number + 1] as usize;
        SYMBOL_SENSES[all].iter().filter_map(|&meaning| self.sense(meaning)).collect()
    }

    /// The sense of a meaning; all of them can be made, as the tests see.
    fn sense(&self, meaning: u16) -> Option<Sense> {
        let unit = |number| self.unit(number);
        let near = |set: u16| -> Arc<[WordId]> {
            NEAR[usize::from(set)].iter().map(|&word| WordId(word)).collect()
        };
        sense(&MEANINGS[usize::from(meaning)], &unit, &near).ok()
    }

    /// The unit of a number.
    fn unit(&self, number: u16) -> Unit {
        let number = usize::from(number);
        let made = || made_unit(&UNITS[number], &self.dimensions).unwrap_or_else(|_| Unit::none());
        self.units[number].get_or_init(made).clone()
    }

    /// What words and signs are elsewhere.
    pub(super) fn abroad(&self) -> Abroad {
        let (imperial, home) = abroads();
        let mut abroad = Abroad::default();
        for &number in &TOLD {
            abroad.add(&self.unit(number), false);
        }
        NAMED.iter().filter_map(|code| Currency::new(code)).for_each(|named| abroad.name(named));
        let added = imperial.iter().try_for_each(|entry| abroad.add_imperial(entry));
        let added = added.and_then(|()| home.iter().try_for_each(|entry| abroad.add_home(entry)));
        debug_assert_eq!(added, Ok(()));
        abroad
    }
}

/// So many that are made later.
pub(super) fn later<T>(count: usize) -> Vec<OnceLock<T>> {
    std::iter::repeat_with(OnceLock::new).take(count).collect()
}

/// The phrases of each class, by its name.
pub(super) fn classes() -> Vec<(String, Vec<String>)> {
    let bytes = include_bytes!(concat!(env!("OUT_DIR"), "/phrases.bin"));
    postcard::from_bytes(bytes).unwrap_or_default()
}

fn abroads() -> Abroads {
    let bytes = include_bytes!(concat!(env!("OUT_DIR"), "/abroad.bin"));
    postcard::from_bytes(bytes).unwrap_or_default()
}

/// Whose the units are that differ by country.
pub(super) fn countries() -> Countries {
    let mut countries = Countries::default();
    abroads().0.iter().for_each(|entry| add_countries(&mut countries, entry));
    countries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_made_later_can_be_made() {
        let made = Made::new(dimensions().unwrap());
        for row in &UNITS {
            made_unit(row, &made.dimensions).unwrap();
        }
        for meaning in &MEANINGS {
            let unit = |number| made.unit(number);
            let near = |set: u16| -> Arc<[WordId]> {
                NEAR[usize::from(set)].iter().map(|&word| WordId(word)).collect()
            };
            let sense = sense(meaning, &unit, &near).unwrap();
            assert_eq!(sense.bit(), meaning.bit());
        }
        assert!(!classes().is_empty());
        let (imperial, home) = abroads();
        assert!(!imperial.is_empty() && !home.is_empty());
    }

    /// What the build script wrote down is what the tables come to where a project adds to them.
    #[test]
    fn the_tables_are_those_of_a_draft() {
        let drafted = crate::lexicon::read::Draft::read().unwrap().finished();
        let index = crate::lexicon::Index::built_in().unwrap();
        let places = |words: &Words| words.short.all().collect::<Vec<_>>();
        assert_eq!(places(&index.words), places(&drafted.words));
        assert_eq!(index.words.long.text, drafted.words.long.text);
        assert_eq!(index.words.known, drafted.words.known);
        assert_eq!(index.words.longest, drafted.words.longest);
        assert_eq!(index.senses, drafted.senses);
        assert_eq!((index.hyphen, &index.sizes), (drafted.hyphen, &drafted.sizes));
        let told = |all: &mut dyn Iterator<Item = (&[WordId], &Sense)>| -> Vec<String> {
            all.map(|one| format!("{one:?}")).collect()
        };
        for word in (0..COUNT).map(WordId) {
            let (own, other) = (&mut index.phrases(word), &mut drafted.phrases(word));
            assert_eq!(told(own), told(other));
        }
        for number in 0..SYMBOLS.len() {
            let symbol = SYMBOLS.text(number).to_owned();
            let senses = |index: &crate::lexicon::Index| format!("{:?}", index.symbol(&symbol));
            assert_eq!(senses(&index), senses(&drafted), "{symbol}");
        }
        assert_eq!(index.longest_symbol, drafted.longest_symbol);
        assert_eq!(index.symbol_starts, drafted.symbol_starts);
        assert_eq!((&index.hedges, &index.in_words), (&drafted.hedges, &drafted.in_words));
        assert_eq!(index.dimensions, drafted.dimensions);
        assert_eq!(index.with_cents, drafted.with_cents);
        assert!(index.abroad().told() == drafted.abroad().told());
        assert_eq!(Some(&countries()), drafted.countries.get());
    }
}
