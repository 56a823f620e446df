//! The words that figures are made of: number words, units, currencies, hedges, the calendar.
//!
//! All of it is data in `rules/lexicon/*.toml`, compiled in.

mod abbreviations;
mod abroad;
pub(crate) mod class;
mod filter;
mod home;
mod part;
mod rates;
mod read;
mod sense;
mod short;
mod table;
mod word;

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

pub use abbreviations::{Abbreviation, Abbreviations};
pub(crate) use filter::Filter;
use foldhash::fast::FixedState;
pub use part::{Part, behind_phrase, fold, folded, mark, parts};
pub use rates::Rates;
pub use sense::{Holiday, Sense, bit};
pub use word::{Known, WordId};

use crate::checks::Check;
use crate::finding::Finding;
use crate::home::Home;
use crate::lexicon::abroad::Abroad;
use crate::lexicon::class::{Class, ClassSet, Classes};
use crate::lexicon::short::{ShortWords, as_number};
use crate::lexicon::word::split_phrase;
use crate::source::{SourceId, Sources};
use crate::value::{Currency, Dimension, Hedge, Unit};

/// The words after the first of a phrase, and what the phrase means.
#[derive(Debug)]
struct Phrase {
    rest: Box<[WordId]>,
    sense: Sense,
}

/// What starts with a word.
#[derive(Debug, Default)]
struct Entry {
    /// The bits of the senses of all its phrases.
    senses: u64,
    /// Longest first.
    phrases: Vec<Phrase>,
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
    /// Words of up to eight bytes, by those bytes as a number: nearly all that prose looks up.
    short_words: ShortWords,
    /// By the bytes of the folded word.
    words: HashMap<Box<[u8]>, (WordId, ClassSet), FixedState>,
    /// The words of `words`.
    filter: Filter<1024>,
    /// By [`WordId`]; the first is the unknown word's and stays empty.
    entries: Vec<Entry>,
    longest_word: usize,
    word_classes: Classes,
    hyphen: WordId,
    /// Signs and abbreviations in exact case.
    symbols: HashMap<Box<str>, Vec<Sense>, FixedState>,
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
    classes: Vec<(String, Vec<String>)>,
    /// What words and signs are elsewhere.
    abroad: Abroad,
    /// Whether the tables of a project are being added.
    overriding: bool,
}

/// The digests of the tables that are compiled in.
#[allow(clippy::unreadable_literal, reason = "generated")]
const DIGESTS: &[u64] = include!(concat!(env!("OUT_DIR"), "/lexicon_digests.rs"));

static BUILT_IN: LazyLock<Lexicon> = LazyLock::new(|| {
    Index::read().map(Index::finished).expect("the built-in lexicon is read by the tests")
});

impl Lexicon {
    /// The lexicon that is compiled in.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
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
        let mut lexicon = Index::read().ok()?;
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
        Some(lexicon.finished())
    }
}

impl Index {
    fn finished(mut self) -> Lexicon {
        self.finish();
        Lexicon { index: Arc::new(self), home: Home::default() }
    }

    fn finish(&mut self) {
        self.hyphen = self.intern("-");
        for entry in &mut self.entries {
            // A project's phrases come last and go first.
            entry.phrases.reverse();
            entry.phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
            entry.senses = entry.phrases.iter().fold(0, |all, phrase| all | phrase.sense.bit());
        }
        let short: Vec<(u64, Known)> = self.short_words.all().collect();
        for (number, known) in short {
            self.short_words.insert(number, Known { senses: self.senses(known.id), ..known });
        }
        for (word, classes) in self.word_classes.finish() {
            if let Some(number) = as_number(word.as_bytes()) {
                let known = self.short_words.get(number);
                self.short_words.insert(number, Known { classes, ..known });
            } else {
                self.longest_word = self.longest_word.max(word.len());
                self.filter.insert(&word);
                let word = Box::from(word.as_bytes());
                self.words.entry(word).or_insert((WordId::UNKNOWN, classes)).1 = classes;
            }
        }
        let sizes = bit::SCALE | bit::SCALE_PLURAL | bit::PERCENT;
        let is_size = |id: WordId| self.senses(id) & sizes != 0;
        let words = self.words.iter().filter(|(word, (id, _))| 5 <= word.len() && is_size(*id));
        self.sizes = words.map(|(word, _)| String::from_utf8_lossy(word).into()).collect();
        self.sizes.sort();
    }

    fn add_phrase(&mut self, words: &str, sense: Sense) {
        let mut folded = String::with_capacity(words.len());
        fold(words, &mut folded);
        let mut pieces = split_phrase(&folded);
        let Some(first) = pieces.next().map(|word| self.intern(word)) else { return };
        let rest = pieces.map(|word| self.intern(word)).collect();
        self.entries[first.0 as usize].phrases.push(Phrase { rest, sense });
    }

    fn intern(&mut self, word: &str) -> WordId {
        if let Some(&(known, _)) = self.words.get(word.as_bytes()) {
            return known;
        }
        self.longest_word = self.longest_word.max(word.len());
        self.filter.insert(word);
        let next = WordId(u32::try_from(self.entries.len()).unwrap_or(0));
        self.words.insert(Box::from(word.as_bytes()), (next, ClassSet::NONE));
        self.entries.push(Entry::default());
        if let Some(number) = as_number(word.as_bytes()) {
            self.short_words.insert(number, Known { id: next, ..Known::NOTHING });
        }
        next
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
        let known = self.short_words.get(number);
        if has_stops {
            return Known { classes: self.word_classes.dotted(word), ..known };
        }
        known
    }

    fn look_up_long(&self, word: &str) -> Known {
        let mut small = [0; LONGEST_FOLDED];
        if self.longest_word.min(LONGEST_FOLDED) < word.len() {
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
        self.known(&small[..length])
    }

    fn beyond_ascii(&self, word: &str) -> Known {
        let mut folded = String::new();
        fold(word, &mut folded);
        let known = self.known(folded.as_bytes());
        // The sign of the kelvin becomes a k, but a word with it is none of a class.
        if folded.is_ascii() || word.contains('.') {
            return Known { classes: ClassSet::NONE, ..known };
        }
        known
    }

    fn known(&self, folded: &[u8]) -> Known {
        if let Some(number) = as_number(folded) {
            return self.short_words.get(number);
        }
        if !self.filter.may_hold(folded) {
            return Known::NOTHING;
        }
        self.words.get(folded).map_or(Known::NOTHING, |&(id, classes)| Known {
            id,
            classes,
            senses: self.senses(id),
        })
    }

    /// The hyphen, as a word of phrases.
    pub fn hyphen(&self) -> WordId {
        self.hyphen
    }

    /// The bits of the senses of all phrases that start with this word.
    pub fn senses(&self, word: WordId) -> u64 {
        self.entries[word.0 as usize].senses
    }

    fn add_symbol(&mut self, symbol: &str, sense: Sense) {
        let first = self.overriding;
        let senses = self.senses_of_symbol(symbol);
        senses.insert(if first { 0 } else { senses.len() }, sense);
    }

    /// Adds what a sign means before all else that it may mean.
    fn add_symbol_first(&mut self, symbol: &str, sense: Sense) {
        self.senses_of_symbol(symbol).insert(0, sense);
    }

    fn senses_of_symbol(&mut self, symbol: &str) -> &mut Vec<Sense> {
        self.longest_symbol = self.longest_symbol.max(symbol.len());
        if let Some(&first) = symbol.as_bytes().first() {
            self.symbol_starts[usize::from(first)] = true;
        }
        self.symbols.entry(symbol.into()).or_default()
    }

    /// What phrases that start with this word mean, longest first, each with the words that are to
    /// follow.
    pub fn phrases(&self, first: WordId) -> impl Iterator<Item = (&[WordId], &Sense)> {
        let phrases = &self.entries[first.0 as usize].phrases;
        phrases.iter().map(|phrase| (&*phrase.rest, &phrase.sense))
    }

    /// What a sign or abbreviation in exact case means.
    pub fn symbol(&self, symbol: &str) -> &[Sense] {
        self.symbols.get(symbol).map_or(&[], Vec::as_slice)
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

    /// The phrases of a class that links name, as [`folded`] has them: "rise".
    pub fn phrase_class(&self, name: &str) -> Option<&[String]> {
        self.class_number(name).map(|number| self.classes[number].1.as_slice())
    }

    /// The phrases of a class of the built-in lexicon, as [`folded`] has them.
    pub fn phrases_of(&self, class: PhraseClass) -> &[String] {
        self.classes.get(class.0).map_or(&[], |(_, phrases)| phrases)
    }

    fn class_number(&self, name: &str) -> Option<usize> {
        let built_in = &self.classes[..phrases::COUNT.min(self.classes.len())];
        let known = built_in.binary_search_by(|(class, _)| class.as_str().cmp(name));
        let own = || self.classes.iter().position(|(class, _)| class == name);
        known.ok().or_else(own)
    }

    /// The names of all classes of phrases, for messages.
    pub fn phrase_classes(&self) -> impl Iterator<Item = &str> {
        self.classes.iter().map(|(name, _)| name.as_str())
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
        let lexicon = Index::read().unwrap().finished();
        assert!(lexicon.phrases(lexicon.word("Per")).any(|(rest, _)| rest.len() == 1));
        assert!(lexicon.longest_word <= LONGEST_FOLDED);
        assert!(matches!(lexicon.symbol("US$"), [Sense::Money(_)]));
    }
}
