//! Classes of words: the words that the grammar looks for around figures, by the role they have there.
//!
//! A class is a list in `[class]` of `rules/lexicon/words.toml` and a constant here, so code that names
//! a class that is not there does not compile. A word that is in classes and in no other table stays
//! unknown otherwise: it has no number and no sense.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use foldhash::fast::FixedState;

pub(crate) use crate::lexicon::word::ClassSet;

/// A class of words, by its number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Class(usize);

include!(concat!(env!("OUT_DIR"), "/word_classes.rs"));

/// A bit for each class.
type Bits = [u64; COUNT.div_ceil(64)];

/// Which words are in which classes.
#[derive(Debug)]
pub(super) struct Classes {
    /// By the number of the set.
    sets: Cow<'static, [Bits]>,
    /// The sets of words that are written with stops: "p.m.".
    dotted: HashMap<Box<str>, ClassSet, FixedState>,
    /// The classes that a project adds words to, by the word in small letters.
    added: BTreeMap<String, Bits>,
}

impl Classes {
    /// The classes of the built-in lexicon, before any that a project adds.
    pub(super) fn new() -> Self {
        Self { sets: Cow::Borrowed(SETS), dotted: HashMap::default(), added: BTreeMap::new() }
    }

    /// The classes of the built-in lexicon, to be asked.
    pub(super) fn built_in() -> Self {
        let dotted = DOTTED.iter().map(|&(word, set)| (word.into(), ClassSet(set))).collect();
        Self { dotted, ..Self::new() }
    }

    /// The number of the class of a name.
    pub(super) fn number(name: &str) -> Option<usize> {
        NAMES.binary_search(&name).ok()
    }

    /// Adds words to a class.
    pub(super) fn add(&mut self, number: usize, words: &[String]) {
        for word in words {
            let bits = self.added.entry(word.to_lowercase()).or_default();
            bits[number / 64] |= 1 << (number % 64);
        }
    }

    /// Hands out the words without stops, each with its set.
    pub(super) fn finish(&mut self) -> Vec<(Cow<'static, str>, ClassSet)> {
        let mut words: Vec<(Cow<'static, str>, ClassSet)> =
            WORDS.iter().map(|&(word, set)| (Cow::Borrowed(word), ClassSet(set))).collect();
        let mut numbers: HashMap<Bits, ClassSet, FixedState> = HashMap::default();
        for (word, mut bits) in std::mem::take(&mut self.added) {
            // A word stays in the classes that it is in already.
            let known = WORDS.binary_search_by(|(known, _)| (*known).cmp(&word));
            if let Ok(at) = known {
                let own = self.sets[usize::from(WORDS[at].1)];
                bits.iter_mut().zip(own).for_each(|(bits, own)| *bits |= own);
            }
            let sets = &mut self.sets;
            let set = *numbers.entry(bits).or_insert_with(|| {
                let next = u16::try_from(sets.len()).map_or(ClassSet::NONE, ClassSet);
                sets.to_mut().push(bits);
                next
            });
            match known {
                Ok(at) => words[at].1 = set,
                Err(_) => words.push((Cow::Owned(word), set)),
            }
        }
        words.retain(|(word, set)| {
            let is_dotted = 1 < word.len() && word.contains('.');
            if is_dotted {
                self.dotted.insert((**word).into(), *set);
            }
            !is_dotted
        });
        words
    }

    /// The set of a word with stops.
    pub(super) fn dotted(&self, word: &str) -> ClassSet {
        // Decimals have a stop too.
        if !word.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return ClassSet::NONE;
        }
        self.dotted.get(&*word.to_ascii_lowercase()).copied().unwrap_or_default()
    }

    /// Whether a class is in a set.
    pub(super) fn holds(&self, set: ClassSet, class: Class) -> bool {
        self.sets[usize::from(set.0)][class.0 / 64] & (1 << (class.0 % 64)) != 0
    }
}
