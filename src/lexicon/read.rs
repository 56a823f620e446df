//! From the tables of `rules/lexicon/` to the index that the grammar reads by, where a project has tables of
//! its own.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use toml::de::DeTable;

use crate::lexicon::abroad::{Abroad, Countries, add_countries};
use crate::lexicon::built_in::{self, Made};
use crate::lexicon::class::{self, Classes};
use crate::lexicon::index::Index;
use crate::lexicon::made::{Phrase, Sense};
use crate::lexicon::made::{made_hedge, made_shares, made_unit, sense};
use crate::lexicon::part::{fold, folded};
use crate::lexicon::phrase_class::class_number;
use crate::lexicon::sense::bit;
use crate::lexicon::stated::{self, HedgeRow, Meaning, Taker, UnitRow};
use crate::lexicon::table;
use crate::lexicon::word::WordId;
use crate::lexicon::word::split_phrase;
use crate::lexicon::words::{TextTable, Words, in_order};
use crate::shape::{closest, quoted};
use crate::value::{Currency, Dimension, Hedge, Unit};

/// A lexicon that tables are added to.
pub(super) struct Draft {
    words: Words,
    /// The phrases by the number of their first word.
    entries: Vec<Vec<Phrase>>,
    symbols: TextTable,
    /// What each sign means.
    symbol_senses: Vec<Vec<Sense>>,
    units: Vec<Unit>,
    /// Words of which one must stand near.
    near: Vec<Arc<[WordId]>>,
    word_classes: Classes,
    hedges: Vec<Hedge>,
    in_words: Hedge,
    dimensions: HashMap<Box<str>, Dimension>,
    with_cents: Vec<Currency>,
    classes: Vec<(String, Vec<String>)>,
    abroad: Abroad,
    countries: Countries,
    /// Whether the tables of a project are being added.
    is_adding: bool,
}

impl Draft {
    /// The tables that the build script wrote down.
    pub(super) fn read() -> Result<Self, String> {
        let bytes = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));
        let tables: table::Tables = postcard::from_bytes(bytes).map_err(|e| e.to_string())?;
        let mut draft = Self {
            words: Words::new(),
            entries: Vec::new(),
            symbols: TextTable::new(),
            symbol_senses: Vec::new(),
            units: Vec::new(),
            near: Vec::new(),
            word_classes: Classes::new(),
            hedges: Vec::new(),
            in_words: made_hedge(&built_in::IN_WORDS)?,
            dimensions: HashMap::new(),
            with_cents: Vec::new(),
            classes: built_in::classes(),
            abroad: Abroad::default(),
            countries: Countries::default(),
            is_adding: false,
        };
        stated::tables(&mut draft, &tables)?;
        draft.is_adding = true;
        Ok(draft)
    }

    /// Adds a table of a project.
    pub(super) fn add_file(&mut self, stem: &str, text: &str) -> Result<(), Mistake> {
        match stem {
            "numbers" => stated::numbers(self, &parse(text)?)?,
            "calendar" => stated::calendar(self, &parse(text)?)?,
            "hedges" => stated::hedges(self, &parse(text)?)?,
            "dimensions" => stated::dimensions(self, &parse(text)?)?,
            "units" => stated::units(self, &parse(text)?)?,
            "currencies" => stated::currencies(self, &parse(text)?)?,
            "names" => stated::names(self, &parse(text)?)?,
            "words" => {
                let words: table::Words = parse(text)?;
                self.add_to_classes(&words.class, text)?;
                stated::words(self, &words)?;
            }
            "phrases" => self.add_classes(parse(text)?),
            _ => {
                let known = "calendar, currencies, dimensions, hedges, names, numbers, phrases, units and \
                     words";
                return Err(format!("a lexicon has the files {known}").into());
            }
        }
        Ok(())
    }

    /// Adds phrases to classes of phrases, or classes.
    fn add_classes(&mut self, added: BTreeMap<String, Vec<String>>) {
        for (class, phrases) in added {
            let number = class_number(&self.classes, &class).unwrap_or_else(|| {
                self.classes.push((class, Vec::new()));
                self.classes.len() - 1
            });
            self.classes[number].1.extend(phrases.iter().map(|phrase| folded(phrase)));
        }
    }

    /// Adds a project's words to classes; all of them, or none where one cannot be.
    fn add_to_classes(
        &mut self,
        table: &BTreeMap<String, Vec<String>>,
        text: &str,
    ) -> Result<(), Mistake> {
        let mut found = Vec::new();
        for (name, words) in table {
            let Some(number) = Classes::number(name) else {
                return Err(Mistake {
                    message: format!("`class` has no `{name}`"),
                    range: place_in_class(text, name, None),
                    help: Some(near_classes(name)),
                });
            };
            if let Some(word) = words.iter().find(|word| !table::is_one_word(word)) {
                return Err(Mistake {
                    message: format!("{} is not one word, as those of a class are", quoted(word)),
                    range: place_in_class(text, name, Some(word)),
                    help: None,
                });
            }
            found.push((number, words));
        }
        for (number, words) in found {
            self.word_classes.add(number, words);
        }
        Ok(())
    }

    /// The index of all that was added.
    pub(super) fn finished(mut self) -> Index {
        let hyphen = self.words.intern("-");
        self.entries.resize_with(self.words.count as usize, Vec::new);
        for phrases in &mut self.entries {
            // A project's phrases come last and go first.
            in_order(phrases, |phrase| phrase.rest.len());
        }
        let bits = |phrases: &Vec<Phrase>| phrases.iter().fold(0, |all, one| all | one.sense.bit());
        let senses: Vec<u64> = self.entries.iter().map(bits).collect();
        self.words.put_senses(&senses);
        for (word, classes) in self.word_classes.finish() {
            self.words.put_classes(&word, classes);
        }
        let sizes = self.words.with_senses(bit::SCALE | bit::SCALE_PLURAL | bit::PERCENT);
        let mut symbol_starts = [false; 256];
        let mut longest_symbol = 0;
        for symbol in (0..self.symbols.len()).map(|number| self.symbols.text(number)) {
            longest_symbol = longest_symbol.max(symbol.len());
            if let Some(&first) = symbol.as_bytes().first() {
                symbol_starts[usize::from(first)] = true;
            }
        }
        Index {
            words: self.words,
            senses: senses.into(),
            phrases: self.entries.into_iter().map(kept).collect(),
            word_classes: self.word_classes,
            hyphen,
            symbols: self.symbols,
            symbol_senses: self.symbol_senses.into_iter().map(kept).collect(),
            longest_symbol,
            symbol_starts,
            hedges: self.hedges,
            in_words: self.in_words,
            dimensions: self.dimensions,
            sizes: sizes.into_iter().map(Into::into).collect(),
            with_cents: self.with_cents,
            classes: OnceLock::from(self.classes),
            abroad: OnceLock::from(self.abroad),
            countries: OnceLock::from(self.countries),
            made: Made::default(),
        }
    }
}

fn kept<T>(all: Vec<T>) -> OnceLock<Box<[T]>> {
    OnceLock::from(all.into_boxed_slice())
}

impl Draft {
    fn sense(&self, meaning: &Meaning<'_>) -> Result<Sense, String> {
        let unit = |number: u16| self.units[usize::from(number)].clone();
        sense(meaning, &unit, &|number| self.near[usize::from(number)].clone())
    }
}

impl<'t> Taker<'t> for Draft {
    fn is_adding(&self) -> bool {
        self.is_adding
    }

    fn phrase(&mut self, words: &str, meaning: Meaning<'t>) -> Result<(), String> {
        let sense = self.sense(&meaning)?;
        let mut folded = String::with_capacity(words.len());
        fold(words, &mut folded);
        let mut pieces = split_phrase(&folded);
        let Some(first) = pieces.next().map(|word| self.words.intern(word)) else { return Ok(()) };
        let rest = pieces.map(|word| self.words.intern(word)).collect();
        let first = first.0 as usize;
        if self.entries.len() <= first {
            self.entries.resize_with(first + 1, Vec::new);
        }
        self.entries[first].push(Phrase { rest, sense });
        Ok(())
    }

    fn symbol(&mut self, symbol: &str, meaning: Meaning<'t>, first: bool) -> Result<(), String> {
        let sense = self.sense(&meaning)?;
        let number = self.symbols.insert(symbol);
        if self.symbol_senses.len() <= number {
            self.symbol_senses.push(Vec::new());
        }
        let senses = &mut self.symbol_senses[number];
        senses.insert(if first || self.is_adding { 0 } else { senses.len() }, sense);
        Ok(())
    }

    fn unit(&mut self, row: UnitRow<'t>) -> Result<u16, String> {
        let number = u16::try_from(self.units.len()).map_err(|_| "too many units")?;
        self.units.push(made_unit(&row, &self.dimensions)?);
        Ok(number)
    }

    fn near(&mut self, words: &'t [String]) -> u16 {
        let number = u16::try_from(self.near.len()).unwrap_or(u16::MAX);
        let words = words.iter().map(|word| self.words.intern(word)).collect();
        self.near.push(words);
        number
    }

    fn hedge(&mut self, row: HedgeRow<'t>) -> Result<(), String> {
        self.hedges.push(made_hedge(&row)?);
        Ok(())
    }

    fn hedges(&self) -> usize {
        self.hedges.len()
    }

    fn in_words(&mut self, words: &'t table::InWords) -> Result<(), String> {
        self.in_words.strict = made_shares((&words.strict.0, &words.strict.1))?;
        self.in_words.loose = made_shares((&words.loose.0, &words.loose.1))?;
        Ok(())
    }

    fn dimension(&mut self, name: &'t str, of: &[(&'t str, i8)]) -> Result<(), String> {
        self.dimensions.insert(name.into(), Dimension::read(of)?);
        Ok(())
    }

    fn told(&mut self, unit: u16, is_named: bool) {
        self.abroad.add(&self.units[usize::from(unit)], is_named);
    }

    fn imperial(&mut self, entry: &'t table::ImperialEntry) -> Result<(), String> {
        self.abroad.add_imperial(entry)?;
        add_countries(&mut self.countries, entry);
        Ok(())
    }

    fn home(&mut self, entry: &'t table::HomeEntry) -> Result<(), String> {
        self.abroad.add_home(entry)
    }

    fn cents(&mut self, code: &'t str) {
        self.with_cents.extend(Currency::new(code));
    }
}

/// What is wrong with a table, and where, if that is known.
#[derive(Debug)]
pub(super) struct Mistake {
    pub(super) message: String,
    pub(super) range: Option<Range<usize>>,
    pub(super) help: Option<String>,
}

impl From<String> for Mistake {
    fn from(message: String) -> Self {
        Self { message, range: None, help: None }
    }
}

fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Mistake> {
    toml::from_str(text).map_err(|error: toml::de::Error| Mistake {
        message: error.message().replace('\n', ", "),
        range: error.span(),
        help: None,
    })
}

/// Where the name of a class stands in a file, or one of its words.
fn place_in_class(text: &str, class: &str, word: Option<&str>) -> Option<Range<usize>> {
    let file = DeTable::parse(text).ok()?;
    let (key, words) = file.get_ref().get("class")?.get_ref().as_table()?.get_key_value(class)?;
    let Some(word) = word else { return Some(key.span()) };
    let mut words = words.get_ref().as_array()?.iter();
    words.find(|value| value.get_ref().as_str() == Some(word)).map(toml::Spanned::span)
}

/// The names of classes that an unknown one may stand for.
fn near_classes(name: &str) -> String {
    let mut left = class::NAMES.to_vec();
    let mut near = Vec::new();
    while near.len() < 3
        && let Some(next) = closest(name, left.iter().copied())
    {
        left.retain(|other| *other != next);
        near.push(format!("`{next}`"));
    }
    match near.pop() {
        None => "the classes are those of the built-in `words.toml`".to_owned(),
        Some(last) if near.is_empty() => format!("did you mean {last}?"),
        Some(last) => format!("did you mean {} or {last}?", near.join(", ")),
    }
}
