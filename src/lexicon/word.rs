//! Words of the lexicon: their numbers, and how they are compared and cut out of phrases.
//!
//! The build script numbers the words of the built-in lexicon with this file too.

/// The number of a word of the lexicon; that of any other word is [`WordId::UNKNOWN`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordId(pub(crate) u32);

impl WordId {
    /// A word that no phrase contains.
    pub const UNKNOWN: Self = Self(0);
}

/// The classes that a word is in, by the number of their set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClassSet(pub(crate) u16);

impl ClassSet {
    /// That of words in no class.
    pub(crate) const NONE: Self = Self(0);
}

/// What the lexicon knows of a word as it stands in prose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Its number.
    pub id: WordId,
    pub(crate) classes: ClassSet,
    /// The bits of the senses of all phrases that start with it.
    pub senses: u64,
}

impl Known {
    /// What is known of a word that is in no table.
    pub(crate) const NOTHING: Self =
        Self { id: WordId::UNKNOWN, classes: ClassSet::NONE, senses: 0 };
}

/// A phrase as the tokens that prose would give: letters, digits and signs apart.
pub(crate) fn split_phrase(folded: &str) -> impl Iterator<Item = &str> {
    let class = |c: char| if c.is_alphabetic() { 0 } else { 1 + u8::from(c.is_ascii_digit()) };
    let mut rest = folded;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let first = class(rest.chars().next()?);
        // Signs stand alone, letters and digits with their like.
        let mut others = rest.char_indices().skip(1);
        let end = others.find(|&(_, c)| c.is_whitespace() || first == 1 || class(c) != first);
        let (word, behind) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
        rest = behind;
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_splits_as_prose_does() {
        let words: Vec<&str> = split_phrase("q3 per-cent").collect();
        assert_eq!(words, ["q", "3", "per", "-", "cent"]);
    }
}
