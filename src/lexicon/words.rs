//! The words of a lexicon by their letters.
//!
//! The tables of the built-in lexicon are made by the build script, with this file too, and are used where
//! they lie; a project that adds words has tables of its own.

use std::borrow::Cow;

use crate::lexicon::filter::Filter;
use crate::lexicon::short::{ShortWords, as_number};
use crate::lexicon::word::{ClassSet, Known, WordId};

/// Texts, numbered from 0 as they come, in open addressing at most half full.
#[derive(Clone, Debug)]
pub(crate) struct TextTable {
    /// All of them, one behind another.
    pub(crate) text: Cow<'static, str>,
    /// Where each ends.
    pub(crate) ends: Cow<'static, [u32]>,
    /// One more than the number of a text, 0 where there is none; a power of two of them.
    pub(crate) places: Cow<'static, [u32]>,
}

impl Default for TextTable {
    fn default() -> Self {
        Self::new()
    }
}

impl TextTable {
    /// One without texts.
    pub(crate) fn new() -> Self {
        let places = Cow::Owned(vec![0; 1 << 8]);
        Self { text: Cow::Borrowed(""), ends: Cow::Borrowed(&[]), places }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The number of a text that is there.
    pub(crate) fn get(&self, text: &[u8]) -> Option<usize> {
        let places: &[u32] = &self.places;
        let mask = places.len() - 1;
        let mut at = place(text, mask);
        loop {
            let number = (places[at] as usize).checked_sub(1)?;
            if self.bytes(number) == text {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
    }

    /// The number of a text, which is added if it is not there.
    pub(crate) fn insert(&mut self, text: &str) -> usize {
        if let Some(known) = self.get(text.as_bytes()) {
            return known;
        }
        let number = self.len();
        self.text.to_mut().push_str(text);
        self.ends.to_mut().push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        if self.places.len() < 2 * self.len() {
            self.places = Cow::Owned(vec![0; 2 * self.places.len()]);
            (0..=number).for_each(|one| self.settle(one));
        } else {
            self.settle(number);
        }
        number
    }

    /// Gives a text its place.
    fn settle(&mut self, number: usize) {
        let mask = self.places.len() - 1;
        let mut at = place(self.bytes(number), mask);
        while self.places[at] != 0 {
            at = (at + 1) & mask;
        }
        self.places.to_mut()[at] = u32::try_from(number + 1).unwrap_or(0);
    }

    /// The text of a number.
    pub(crate) fn text(&self, number: usize) -> &str {
        &self.text[self.range(number)]
    }

    fn bytes(&self, number: usize) -> &[u8] {
        &self.text.as_bytes()[self.range(number)]
    }

    fn range(&self, number: usize) -> std::ops::Range<usize> {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        start..self.ends[number] as usize
    }
}

/// The place to look first: eight bytes at a time, mixed as in Fibonacci hashing.
fn place(text: &[u8], mask: usize) -> usize {
    let mixed = text.chunks(8).fold(text.len() as u64, |mixed, chunk| {
        let number = match <[u8; 8]>::try_from(chunk) {
            Ok(eight) => u64::from_be_bytes(eight),
            Err(_) => chunk.iter().fold(0, |number, &byte| number << 8 | u64::from(byte)),
        };
        let mixed = (mixed ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ mixed >> 32
    });
    usize::try_from(mixed & mask as u64).unwrap_or(0)
}

/// What is known of each word.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    /// Words of up to eight bytes, by those bytes as a number: nearly all that prose looks up.
    pub(crate) short: ShortWords<Known>,
    /// The longer ones.
    pub(crate) long: TextTable,
    /// What is known of each of these.
    pub(crate) known: Cow<'static, [Known]>,
    /// The longer ones too.
    pub(crate) filter: Filter<1024>,
    /// Bytes of the longest.
    pub(crate) longest: usize,
    /// How many have a number, with the unknown one.
    pub(crate) count: u32,
}

impl Words {
    /// No words.
    pub(crate) fn new() -> Self {
        Self {
            short: ShortWords::default(),
            long: TextTable::new(),
            known: Cow::Borrowed(&[]),
            filter: Filter::default(),
            longest: 0,
            count: 1,
        }
    }

    /// What is known of a folded word.
    pub(crate) fn get(&self, folded: &[u8]) -> Known {
        match as_number(folded) {
            Some(number) => self.short.get(number),
            None if !self.filter.may_hold(folded) => Known::NOTHING,
            None => self.long.get(folded).map_or(Known::NOTHING, |number| self.known[number]),
        }
    }

    /// The number of a folded word, which gets one if it has none.
    pub(crate) fn intern(&mut self, word: &str) -> WordId {
        let known = self.get(word.as_bytes());
        if known.id != WordId::UNKNOWN {
            return known.id;
        }
        let next = WordId(self.count);
        self.count += 1;
        self.put(word, Known { id: next, ..known });
        next
    }

    /// Replaces what is known of a word.
    pub(crate) fn put(&mut self, word: &str, known: Known) {
        self.longest = self.longest.max(word.len());
        if let Some(number) = as_number(word.as_bytes()) {
            self.short.insert(number, known);
            return;
        }
        self.filter.insert(word);
        let number = self.long.insert(word);
        if number < self.known.len() {
            self.known.to_mut()[number] = known;
        } else {
            self.known.to_mut().push(known);
        }
    }

    /// Says of every word what the phrases that start with it mean, by its number.
    pub(crate) fn put_senses(&mut self, senses: &[u64]) {
        let of = |known: Known| Known { senses: senses[known.id.0 as usize], ..known };
        let short: Vec<(u64, Known)> = self.short.all().collect();
        for (number, known) in short {
            self.short.insert(number, of(known));
        }
        self.known.to_mut().iter_mut().for_each(|known| *known = of(*known));
    }

    /// The words of five letters and more that have one of some senses, in order.
    pub(crate) fn with_senses(&self, senses: u64) -> Vec<String> {
        let letters = |number: u64| number.to_be_bytes().into_iter().filter(|&byte| byte != 0);
        let short = self.short.all().map(|(number, known)| {
            (String::from_utf8_lossy(&letters(number).collect::<Vec<u8>>()).into_owned(), known)
        });
        let long = self.known.iter().enumerate();
        let long = long.map(|(number, &known)| (self.long.text(number).to_owned(), known));
        let wanted =
            |(word, known): &(String, Known)| 5 <= word.len() && known.senses & senses != 0;
        let mut words: Vec<String> =
            short.chain(long).filter(wanted).map(|(word, _)| word).collect();
        words.sort();
        words
    }

    /// Says of a word which classes it is in.
    pub(crate) fn put_classes(&mut self, word: &str, classes: ClassSet) {
        let known = self.get(word.as_bytes());
        self.put(word, Known { classes, ..known });
    }
}

/// Brings the phrases that start with one word in order: those that came last first, and of all of them the
/// longest.
pub(crate) fn in_order<P>(phrases: &mut [P], length: impl Fn(&P) -> usize) {
    phrases.reverse();
    phrases.sort_by_key(|phrase| std::cmp::Reverse(length(phrase)));
}
