//! The tables of the lexicon, as the grammar looks into them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use crate::lexicon::abroad::{Abroad, Countries};
use crate::lexicon::built_in::{self, Made};
use crate::lexicon::class::{Class, ClassSet, Classes};
use crate::lexicon::made::{Phrase, Sense, made_hedge};
use crate::lexicon::part::fold;
use crate::lexicon::phrase_class::{PhraseClass, class_number};
use crate::lexicon::word::{Known, WordId};
use crate::lexicon::words::{TextTable, Words};
use crate::value::{Currency, Dimension, Hedge, Unit};

/// The tables of the lexicon, indexed for reading.
#[derive(Debug)]
pub struct Index {
    pub(super) words: Words,
    /// The bits of the senses of all phrases that start with a word, by its number; the first is the unknown
    /// word's.
    pub(super) senses: Cow<'static, [u64]>,
    /// These phrases, the longest first.
    pub(super) phrases: Vec<OnceLock<Box<[Phrase]>>>,
    pub(super) word_classes: Classes,
    pub(super) hyphen: WordId,
    /// Signs and abbreviations in exact case.
    pub(super) symbols: TextTable,
    /// What they mean, by number.
    pub(super) symbol_senses: Vec<OnceLock<Box<[Sense]>>>,
    pub(super) longest_symbol: usize,
    /// Whether a symbol starts with this byte.
    pub(super) symbol_starts: [bool; 256],
    pub(super) hedges: Vec<Hedge>,
    pub(super) in_words: Hedge,
    pub(super) dimensions: HashMap<Box<str>, Dimension>,
    /// Words that change a figure's size, long enough to be misspelt: "million", "percent".
    pub(super) sizes: Vec<Box<str>>,
    /// Currencies whose hundredth is the cent.
    pub(super) with_cents: Vec<Currency>,
    /// Phrases that links and tables name by what they have in common, folded, by the name of their
    /// class: those of the built-in lexicon in the order of their names, then those of a project.
    pub(super) classes: OnceLock<Vec<(String, Vec<String>)>>,
    /// What words and signs are elsewhere.
    pub(super) abroad: OnceLock<Abroad>,
    /// Whose units are that differ by country.
    pub(super) countries: OnceLock<Countries>,
    /// What the built-in tables have come to.
    pub(super) made: Made,
}

impl Index {
    /// The built-in tables.
    ///
    /// # Errors
    /// What cannot be in them; the tests read them.
    pub(super) fn built_in() -> Result<Self, String> {
        let dimensions = built_in::dimensions()?;
        Ok(Self {
            words: built_in::words(),
            senses: Cow::Borrowed(&built_in::SENSES),
            phrases: built_in::later(built_in::COUNT as usize),
            word_classes: Classes::built_in(),
            hyphen: built_in::HYPHEN,
            symbols: built_in::SYMBOLS.clone(),
            symbol_senses: built_in::later(built_in::SYMBOLS.len()),
            longest_symbol: built_in::LONGEST_SYMBOL,
            symbol_starts: built_in::SYMBOL_STARTS,
            hedges: built_in::hedges()?,
            in_words: made_hedge(&built_in::IN_WORDS)?,
            dimensions: dimensions.clone(),
            sizes: built_in::SIZES.iter().map(|&word| word.into()).collect(),
            with_cents: built_in::with_cents(),
            classes: OnceLock::new(),
            abroad: OnceLock::new(),
            countries: OnceLock::new(),
            made: Made::new(dimensions),
        })
    }

    /// The number of a word as it stands in prose.
    pub fn word(&self, word: &str) -> WordId {
        self.look_up(word).id
    }

    /// Whether a word as it stands in prose is of a class.
    pub(crate) fn is(&self, word: &str, class: Class) -> bool {
        self.is_of(self.look_up(word).classes, class)
    }

    /// Whether words with these classes are of a class.
    pub(crate) fn is_of(&self, classes: ClassSet, class: Class) -> bool {
        self.word_classes.holds(classes, class)
    }

    /// What is known of a word as it stands in prose. Classes hold words with or without stops, senses
    /// do not care: "I.N." is no "in", "U.S." is "us".
    pub fn look_up(&self, word: &str) -> Known {
        if 8 < word.len() {
            return self.look_up_long(word);
        }
        let mut number = 0;
        let mut has_stops = false;
        for byte in word.bytes() {
            match byte {
                b'.' => has_stops = true,
                0x80.. => return self.beyond_ascii(word),
                byte => number = number << 8 | u64::from(byte.to_ascii_lowercase()),
            }
        }
        let known = self.words.short.get(number);
        if has_stops {
            return Known { classes: self.word_classes.dotted(word), ..known };
        }
        known
    }

    /// What is known of a word of up to eight small letters of ASCII, by these as a number, the first one
    /// highest.
    pub(crate) fn short_word(&self, letters: u64) -> Known {
        self.words.short.get(letters)
    }

    fn look_up_long(&self, word: &str) -> Known {
        let mut small = [0; LONGEST_FOLDED];
        if self.words.longest.min(LONGEST_FOLDED) < word.len() {
            return Known::NOTHING;
        }
        // Most long words are in no table, which is seen before they are written in small letters.
        let is_plain = word.is_ascii() && !word.as_bytes().contains(&b'.');
        if is_plain && !self.words.filter.may_hold(word.as_bytes()) {
            return Known::NOTHING;
        }
        let mut length = 0;
        for byte in word.bytes() {
            match byte {
                b'.' => {}
                0x80.. => return self.beyond_ascii(word),
                byte => small[length] = byte.to_ascii_lowercase(),
            }
            length += 1;
        }
        self.words.get(&small[..length])
    }

    fn beyond_ascii(&self, word: &str) -> Known {
        let mut folded = String::new();
        fold(word, &mut folded);
        let known = self.words.get(folded.as_bytes());
        // The sign of the kelvin becomes a k, but a word with it is none of a class.
        if folded.is_ascii() || word.contains('.') {
            return Known { classes: ClassSet::NONE, ..known };
        }
        known
    }

    /// The hyphen, as a word of phrases.
    pub fn hyphen(&self) -> WordId {
        self.hyphen
    }

    /// The bits of the senses of all phrases that start with this word.
    pub fn senses(&self, word: WordId) -> u64 {
        self.senses[word.0 as usize]
    }

    /// What phrases that start with this word mean, longest first, each with the words that are to
    /// follow.
    pub fn phrases(&self, first: WordId) -> impl Iterator<Item = (&[WordId], &Sense)> {
        let made = || self.made.phrases(first);
        let phrases = self.phrases[first.0 as usize].get_or_init(made);
        phrases.iter().map(|phrase| (&*phrase.rest, &phrase.sense))
    }

    /// What a sign or abbreviation in exact case means.
    pub fn symbol(&self, symbol: &str) -> &[Sense] {
        let Some(number) = self.symbols.get(symbol.as_bytes()) else { return &[] };
        let made = || self.made.senses_of_symbol(number);
        self.symbol_senses[number].get_or_init(made)
    }

    /// Whether any sign or abbreviation starts with this byte.
    pub fn starts_symbol(&self, byte: u8) -> bool {
        self.symbol_starts[usize::from(byte)]
    }

    /// Bytes of the longest sign.
    pub fn longest_symbol(&self) -> usize {
        self.longest_symbol
    }

    /// Whether the hundredth of a currency is called a cent.
    pub fn has_cents(&self, currency: Currency) -> bool {
        self.with_cents.contains(&currency)
    }

    /// The hedge with this index.
    pub fn hedge(&self, index: usize) -> &Hedge {
        &self.hedges[index]
    }

    /// How far a share or a factor in a word reaches.
    pub fn in_words(&self) -> &Hedge {
        &self.in_words
    }

    /// The unit of this name.
    pub fn unit(&self, name: &str) -> Option<&Unit> {
        self.phrases(self.word(name)).find_map(|(rest, sense)| match sense {
            Sense::Unit(unit) if rest.is_empty() && &*unit.name == name => Some(unit),
            _ => None,
        })
    }

    /// The dimension that rule files call so.
    pub fn dimension(&self, name: &str) -> Option<Dimension> {
        self.dimensions.get(name).copied()
    }

    /// The names of all dimensions, for messages.
    pub fn dimension_names(&self) -> impl Iterator<Item = &str> {
        self.dimensions.keys().map(|name| &**name)
    }

    /// The phrases of each class, by its name.
    fn classes(&self) -> &[(String, Vec<String>)] {
        self.classes.get_or_init(built_in::classes)
    }

    /// The phrases of a class that links name, as [`folded`] has them: "rise".
    pub fn phrase_class(&self, name: &str) -> Option<&[String]> {
        let classes = self.classes();
        class_number(classes, name).map(|number| classes[number].1.as_slice())
    }

    /// The phrases of a class of the built-in lexicon, as [`folded`] has them.
    pub fn phrases_of(&self, class: PhraseClass) -> &[String] {
        self.classes().get(class.0).map_or(&[], |(_, phrases)| phrases)
    }

    /// The names of all classes of phrases, for messages.
    pub fn phrase_classes(&self) -> impl Iterator<Item = &str> {
        self.classes().iter().map(|(name, _)| name.as_str())
    }

    /// What words and signs are elsewhere.
    pub(super) fn abroad(&self) -> &Abroad {
        self.abroad.get_or_init(|| self.made.abroad())
    }

    /// Words that change a figure's size, for hints about misspelt ones.
    pub fn size_words(&self) -> impl Iterator<Item = &str> {
        self.sizes.iter().map(|word| &**word)
    }
}

/// Bytes of the longest word that is looked up; all words of the tables are shorter.
pub(super) const LONGEST_FOLDED: usize = 40;
