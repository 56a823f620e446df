//! A table of short words, which is looked into once for every word of a text.

use std::borrow::Cow;

/// The bytes of a word of up to eight of them as one number; words hold no zero byte, so no two
/// words have the same.
pub(crate) fn as_number(word: &[u8]) -> Option<u64> {
    (word.len() <= 8).then(|| word.iter().fold(0, |number, &byte| number << 8 | u64::from(byte)))
}

/// The same of a word whose capitals of ASCII are taken for small letters.
pub(crate) fn as_small_number(word: &[u8]) -> Option<u64> {
    let fold = |number, byte: &u8| number << 8 | u64::from(byte.to_ascii_lowercase());
    (word.len() <= 8).then(|| word.iter().fold(0, fold))
}

/// How many ASCII letters a text begins with, and these in small letters as one number; `None` of none, and of more
/// than eight.
pub(crate) fn letters(text: &[u8]) -> Option<(usize, u64)> {
    const ONES: u64 = u64::MAX / 0xff;
    const HIGH: u64 = 0x80 * ONES;
    let eight = text.first_chunk().copied().unwrap_or_else(|| {
        let mut padded = [0; 8];
        padded[..text.len()].copy_from_slice(text);
        padded
    });
    let written = u64::from_be_bytes(eight);
    // All bytes at once: the highest bit of each says whether it is a letter.
    let small = written | (0x20 * ONES);
    let low = small & !HIGH;
    let others = !(low + (0x80 - 0x61) * ONES) | (low + (0x80 - 0x7b) * ONES) | written;
    let length = (others & HIGH).leading_zeros() as usize / 8;
    let goes_on = || text.get(8).is_some_and(u8::is_ascii_alphabetic);
    let is_short = 0 < length && (length < 8 || !goes_on());
    is_short.then(|| (length, small >> (64 - 8 * length)))
}

/// What is known of words, by their numbers, in open addressing at most a quarter full: a word that is not there
/// is told by the first empty place, mostly the first that is looked at.
#[derive(Clone, Debug)]
pub(crate) struct ShortWords<K: Copy + 'static> {
    /// The number of a word, 0 where there is none; a power of two of them.
    pub(crate) places: Cow<'static, [(u64, K)]>,
    pub(crate) count: usize,
}

impl<K: Copy + Default> Default for ShortWords<K> {
    fn default() -> Self {
        Self { places: Cow::Owned(vec![(0, K::default()); 1 << 10]), count: 0 }
    }
}

impl<K: Copy + Default> ShortWords<K> {
    /// What is known of the word of a number.
    pub(crate) fn get(&self, number: u64) -> K {
        let places: &[(u64, K)] = &self.places;
        let mask = places.len() - 1;
        let mut at = start(number, mask);
        loop {
            let (there, known) = places[at];
            if there == number {
                return known;
            }
            if there == 0 {
                return K::default();
            }
            at = (at + 1) & mask;
        }
    }

    /// Adds a word, or replaces what is known of it.
    pub(crate) fn insert(&mut self, number: u64, known: K) {
        if number == 0 {
            return;
        }
        if self.places.len() < 4 * (self.count + 1) {
            self.grow();
        }
        let mask = self.places.len() - 1;
        let mut at = start(number, mask);
        while self.places[at].0 != number && self.places[at].0 != 0 {
            at = (at + 1) & mask;
        }
        self.count += usize::from(self.places[at].0 == 0);
        self.places.to_mut()[at] = (number, known);
    }

    fn grow(&mut self) {
        let larger = vec![(0, K::default()); 2 * self.places.len()];
        let old = std::mem::replace(&mut self.places, Cow::Owned(larger));
        self.count = 0;
        for &(number, known) in old.iter().filter(|place| place.0 != 0) {
            self.insert(number, known);
        }
    }

    /// Every word that is in the table.
    pub(crate) fn all(&self) -> impl Iterator<Item = (u64, K)> {
        self.places.iter().filter(|place| place.0 != 0).copied()
    }
}

/// The place to look first: Fibonacci hashing (Knuth, "The Art of Computer Programming", volume 3,
/// 6.4).
fn start(number: u64, mask: usize) -> usize {
    let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    usize::try_from(mixed >> 40).unwrap_or(0) & mask
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Known, Lexicon};

    #[test]
    fn letters_are_read_at_once() {
        let one_by_one = |text: &str| {
            let length = text.bytes().take_while(u8::is_ascii_alphabetic).count();
            let small = text[..length].to_ascii_lowercase();
            as_number(small.as_bytes()).filter(|_| 0 < length).map(|number| (length, number))
        };
        for text in
            ["", "a", "Zz", "a1", "@A", "[a", "a[", "`a", "a{", "z|z", "ab\u{e9}", "\u{c1}a"]
        {
            assert_eq!(letters(text.as_bytes()), one_by_one(text), "{text}");
        }
        for text in
            ["Eightlet", "eightlet.", "nineletter", "seven12 3", "AZaz[]^_`{", "short words"]
        {
            assert_eq!(letters(text.as_bytes()), one_by_one(text), "{text}");
        }
        for byte in 0..=u8::MAX {
            let found = letters(&[b'x', byte, b'y', b' ']);
            assert_eq!(found.is_some_and(|(length, _)| length == 3), byte.is_ascii_alphabetic());
        }
    }

    #[test]
    fn what_was_put_in_is_found_and_nothing_else() {
        let mut words = ShortWords::default();
        let number = |i: u64| i.wrapping_mul(0x1234_5678_9abc_def1) | 1;
        let known = |senses| Known { senses, ..Lexicon::built_in().look_up("march") };
        for i in 0..20_000 {
            words.insert(number(i), known(i));
        }
        for i in 0..20_000 {
            assert_eq!(words.get(number(i)), known(i));
        }
        assert_eq!(words.get(2), Known::NOTHING);
        assert_eq!(words.all().count(), 20_000);
    }
}
