//! An article that was read, as its relations are looked for.

use std::ops::Range;

use crate::document::{Block, Document};
use crate::lexicon::Lexicon;
use crate::mention::Mention;
use crate::reading::Reading;

/// An article that was read, with the figures that take part in its relations.
#[derive(Clone, Copy, Debug)]
pub struct Article<'a> {
    /// The prose.
    pub document: &'a Document<'a>,
    /// The lexicon, at home where the article is.
    pub lexicon: &'a Lexicon,
    /// The figures, in order; ranges are of the prose.
    pub mentions: &'a [Mention],
    /// Figures beside them, once they are found.
    pub further: &'a [Mention],
}

impl<'a> Article<'a> {
    /// The article of a reading.
    pub fn of(reading: &'a Reading<'_>) -> Self {
        Self {
            document: reading.document(),
            lexicon: reading.lexicon(),
            mentions: reading.mentions(),
            further: &[],
        }
    }

    /// A figure by its index: those beside the article's own follow on those.
    pub fn mention(&self, index: usize) -> &'a Mention {
        self.mentions.get(index).unwrap_or_else(|| &self.further[index - self.mentions.len()])
    }

    /// The words of a mention.
    pub fn words(&self, mention: &Mention) -> &'a str {
        &self.document.prose()[mention.range.clone()]
    }

    /// The blocks in which figures stand, each with its index and the indices of its figures.
    pub(super) fn blocks(self) -> impl Iterator<Item = (usize, &'a Block, Range<usize>)> {
        let mut next = 0;
        self.document.blocks().iter().enumerate().filter_map(move |(index, block)| {
            let first = next;
            while self.mentions.get(next).is_some_and(|m| m.range.start < block.range.end) {
                next += 1;
            }
            (first < next).then_some((index, block, first..next))
        })
    }
}
