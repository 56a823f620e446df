//! A first look at a word: most words of prose are in no table, and this says so without hashing.

use std::borrow::Cow;

/// A bit for each word that was put in, in `N` times 64 of them. A word that is not there may seem
/// to be; one that is there always does. Small and capital ASCII letters are the same.
#[derive(Clone, Debug)]
pub(crate) struct Filter<const N: usize>(pub(crate) Cow<'static, [u64]>);

impl<const N: usize> Default for Filter<N> {
    fn default() -> Self {
        Self(Cow::Owned(vec![0; N]))
    }
}

impl<const N: usize> Filter<N> {
    pub(crate) fn insert(&mut self, word: &str) {
        let place = Self::place(word.as_bytes());
        self.0.to_mut()[place / 64] |= 1 << (place % 64);
    }

    pub(crate) fn may_hold(&self, word: &[u8]) -> bool {
        let place = Self::place(word);
        self.0[place / 64] & (1 << (place % 64)) != 0
    }

    /// Where a word's bit is: by its length and three of its letters.
    fn place(word: &[u8]) -> usize {
        let at = |i: usize| usize::from(word.get(i).map_or(0, u8::to_ascii_lowercase));
        let last = word.len().saturating_sub(1);
        let mixed = at(0) * 31 + at(word.len() / 2) * 1021 + at(last) * 4099;
        (mixed + word.len() * 131) % (N * 64)
    }
}
