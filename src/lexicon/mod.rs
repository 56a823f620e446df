//! The words that figures are made of: number words, units, currencies, hedges, the calendar.
//!
//! All of it is data in `rules/lexicon/*.toml`, compiled in.

mod abbreviations;
mod abroad;
mod built_in;
pub(crate) mod class;
mod filter;
mod home;
mod made;
mod part;
mod rates;
mod read;
mod sense;
mod short;
mod stated;
mod table;
mod word;
mod words;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, LazyLock, OnceLock};

pub use abbreviations::{Abbreviation, Abbreviations};
pub(crate) use filter::Filter;
pub use part::{Part, behind_phrase, fold, folded, mark, parts};
pub use rates::Rates;
pub use sense::{Holiday, SenseOf, bit};
pub use word::{Known, WordId};

use crate::checks::Check;
use crate::finding::Finding;
use crate::home::Home;
use crate::lexicon::abroad::{Abroad, Countries};
use crate::lexicon::class::{Class, ClassSet, Classes};
use crate::lexicon::read::{Draft, class_number};
pub(crate) use crate::lexicon::words::TextTable;
use crate::lexicon::words::Words;
use crate::source::{SourceId, Sources};
use crate::value::{Currency, DateBound, Dimension, Hedge, Rational, Unit};

/// What a phrase can mean where a figure stands.
pub type Sense = SenseOf<Unit, Rational, DateBound, Holiday, Arc<[WordId]>>;

/// The words after the first of a phrase, and what the phrase means.
#[derive(Debug)]
struct Phrase {
    rest: Box<[WordId]>,
    sense: Sense,
}

/// A class of phrases of the built-in lexicon, by its number.
#[derive(Clone, Copy, Debug)]
pub struct PhraseClass(usize);

/// The classes of `rules/lexicon/phrases.toml` under their names.
#[allow(dead_code, reason = "most are named by rule files only")]
pub mod phrases {
    use super::PhraseClass;

    include!(concat!(env!("OUT_DIR"), "/phrase_classes.rs"));
}

/// The lexicon where an article is at home. What is shared is the index; to be at home elsewhere costs
/// nothing.
#[derive(Clone, Debug)]
pub struct Lexicon {
    index: Arc<Index>,
    home: Home,
}

impl Deref for Lexicon {
    type Target = Index;

    fn deref(&self) -> &Index {
        &self.index
    }
}

/// The tables of the lexicon, indexed for reading.
#[derive(Debug)]
pub struct Index {
    words: Words,
    /// The bits of the senses of all phrases that start with a word, by its number; the first is the unknown
    /// word's.
    senses: Cow<'static, [u64]>,
    /// These phrases, the longest first.
    phrases: Vec<OnceLock<Box<[Phrase]>>>,
    word_classes: Classes,
    hyphen: WordId,
    /// Signs and abbreviations in exact case.
    symbols: TextTable,
    /// What they mean, by number.
    symbol_senses: Vec<OnceLock<Box<[Sense]>>>,
    longest_symbol: usize,
    /// Whether a symbol starts with this byte.
    symbol_starts: [bool; 256],
    hedges: Vec<Hedge>,
    in_words: Hedge,
    dimensions: HashMap<Box<str>, Dimension>,
    /// Words that change a figure's size, long enough to be misspelt: "million", "percent".
    sizes: Vec<Box<str>>,
    /// Currencies whose hundredth is the cent.
    with_cents: Vec<Currency>,
    /// Phrases that links and tables name by what they have in common, folded, by the name of their
    /// class: those of the built-in lexicon in the order of their names, then those of a project.
    classes: OnceLock<Vec<(String, Vec<String>)>>,
    /// What words and signs are elsewhere.
    abroad: OnceLock<Abroad>,
    /// Whose units are that differ by country.
    countries: OnceLock<Countries>,
    /// The units of the built-in tables, by number, where they are not made yet.
    units: Vec<OnceLock<Unit>>,
}

/// The digests of the tables that are compiled in.
#[allow(clippy::unreadable_literal, reason = "generated")]
const DIGESTS: &[u64] = include!(concat!(env!("OUT_DIR"), "/lexicon_digests.rs"));

static BUILT_IN: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(built_in::index().expect("the built-in lexicon is read by the tests"))
});

impl Lexicon {
    fn of(index: Index) -> Self {
        Self { index: Arc::new(index), home: Home::default() }
    }

    /// The lexicon that is compiled in.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Whether it is the built-in one, at home nowhere.
    pub(crate) fn is_plain(&self) -> bool {
        self.home.is_empty() && Arc::ptr_eq(&self.index, &BUILT_IN.index)
    }

    /// The built-in lexicon with the tables of a project, files of the same names in its folder
    /// `rules/lexicon/`. What a project says of a word goes before what is built in.
    ///
    /// `None` where there is nothing to add; the built-in files themselves add nothing.
    ///
    /// Findings: a file of another name, one that does not parse.
    pub fn with(
        sources: &Sources,
        files: &[SourceId],
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        let is_own =
            |&&file: &&SourceId| DIGESTS.contains(&table::digest(sources.get(file).text()));
        let files: Vec<SourceId> = files.iter().filter(|file| !is_own(file)).copied().collect();
        if files.is_empty() {
            return None;
        }
        let mut lexicon = Draft::read().ok()?;
        for file in files {
            let source = sources.get(file);
            let name = source.name().rsplit('/').next().unwrap_or_default();
            let stem = name.trim_end_matches(".toml");
            if let Err(mistake) = lexicon.add_file(stem, source.text()) {
                let whole = sources.whole(file);
                let range = mistake.range.unwrap_or(0..0);
                let end = range.end.min(whole.end);
                let span = whole.with_range(range.start.min(end)..end);
                let finding = Finding::broken(Check::InvalidLexicon, mistake.message, span)
                    .labelled("this table cannot be used");
                findings.push(match mistake.help {
                    Some(help) => finding.helped(help),
                    None => finding,
                });
            }
        }
        Some(Self::of(lexicon.finished()))
    }
}

impl Index {
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
        let made = || built_in::phrases(self, first);
        let phrases = self.phrases[first.0 as usize].get_or_init(made);
        phrases.iter().map(|phrase| (&*phrase.rest, &phrase.sense))
    }

    /// What a sign or abbreviation in exact case means.
    pub fn symbol(&self, symbol: &str) -> &[Sense] {
        let Some(number) = self.symbols.get(symbol.as_bytes()) else { return &[] };
        let made = || built_in::senses_of_symbol(self, number);
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
    fn abroad(&self) -> &Abroad {
        self.abroad.get_or_init(|| built_in::abroad(self))
    }

    /// Words that change a figure's size, for hints about misspelt ones.
    pub fn size_words(&self) -> impl Iterator<Item = &str> {
        self.sizes.iter().map(|word| &**word)
    }
}

/// Bytes of the longest word that is looked up; all words of the tables are shorter.
const LONGEST_FOLDED: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_care_for_stops_and_not_for_case() {
        let lexicon = Lexicon::built_in();
        for (word, class, is) in [
            ("in", class::IN, true),
            ("IN", class::IN, true),
            ("i.n", class::IN, false),
            ("I.N.", class::IN, false),
            ("in.", class::IN, false),
            ("P.M.", class::AFTERNOON, true),
            ("p.m", class::AFTERNOON, true),
            ("pm", class::AFTERNOON, true),
            ("p.m", class::BEHIND_HOUR, false),
            ("Approximately", class::BEFORE_COUNT, true),
            ("approximatel", class::BEFORE_COUNT, false),
            ("&", class::LIST_JOINT, true),
            // The sign of the kelvin.
            ("wee\u{212a}", class::WEEK, false),
            ("week", class::WEEK, true),
            ("", class::WEEK, false),
        ] {
            assert_eq!(lexicon.is(word, class), is, "{word} {class:?}");
        }
    }

    #[test]
    fn a_word_that_is_in_classes_only_stays_unknown() {
        let lexicon = Lexicon::built_in();
        for (word, class) in [("fled", class::PAST_VERB), ("commencing", class::WEEK_EDGE)] {
            let known = lexicon.look_up(word);
            assert!(lexicon.is(word, class), "{word}");
            assert_eq!((known.id, known.senses), (WordId::UNKNOWN, 0), "{word}");
        }
    }

    #[test]
    fn the_built_in_lexicon_reads() {
        let lexicon = Lexicon::built_in();
        assert!(lexicon.phrases(lexicon.word("Per")).any(|(rest, _)| rest.len() == 1));
        assert!(lexicon.words.longest <= LONGEST_FOLDED);
        assert!(matches!(lexicon.symbol("US$"), [Sense::Money(_)]));
    }
}
