//! A paragraph as links see it: words by number, marks, and figures as single tokens.

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A word by its number among the words of all links; 0 for any other.
    Word(u16),
    /// Any other character.
    Mark(char),
    /// A figure, by its index among those of the paragraph.
    Figure(u32),
    /// The end of a sentence.
    Stop,
}
