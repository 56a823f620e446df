//! A table of short words, which is looked into once for every word of a text.

use std::borrow::Cow;

use crate::lexicon::Known;

/// The bytes of a word of up to eight of them as one number; words hold no zero byte, so no two
/// words have the same.
pub(crate) fn as_number(word: &[u8]) -> Option<u64> {
    (word.len() <= 8).then(|| word.iter().fold(0, |number, &byte| number << 8 | u64::from(byte)))
}

/// Words by their numbers, in open addressing at most a quarter full: a word that is not there is
/// told by the first empty place, mostly the first that is looked at.
#[derive(Clone, Debug)]
pub(crate) struct ShortWords {
    /// The number of a word, 0 where there is none; a power of two of them.
    pub(crate) places: Cow<'static, [(u64, Known)]>,
    pub(crate) count: usize,
}

impl ShortWords {
    pub(crate) fn new() -> Self {
        Self { places: Cow::Owned(vec![(0, Known::NOTHING); 1 << 14]), count: 0 }
    }

    /// What is known of the word of a number.
    pub(crate) fn get(&self, number: u64) -> Known {
        let places: &[(u64, Known)] = &self.places;
        let mask = places.len() - 1;
        let mut at = start(number, mask);
        loop {
            let (there, known) = places[at];
            if there == number {
                return known;
            }
            if there == 0 {
                return Known::NOTHING;
            }
            at = (at + 1) & mask;
        }
    }

    /// Adds a word, or replaces what is known of it.
    pub(crate) fn insert(&mut self, number: u64, known: Known) {
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
        let larger = vec![(0, Known::NOTHING); 2 * self.places.len()];
        let old = std::mem::replace(&mut self.places, Cow::Owned(larger));
        self.count = 0;
        for &(number, known) in old.iter().filter(|place| place.0 != 0) {
            self.insert(number, known);
        }
    }

    /// Every word that is in the table.
    pub(crate) fn all(&self) -> impl Iterator<Item = (u64, Known)> {
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
    use crate::lexicon::Lexicon;

    #[test]
    fn what_was_put_in_is_found_and_nothing_else() {
        let mut words = ShortWords::new();
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
