//! Blocks of prose: what is read as one, and what it is.

use std::ops::Range;

/// What a block of prose is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph; in plain text also a headline, which nothing tells from a short paragraph.
    Paragraph,
    /// A heading of this level, from 1.
    Heading(u8),
    /// What stands below the title and says in a sentence or two what the article says; HTML only.
    Deck,
    /// A paragraph of a list item, without its bullet or number.
    ListItem {
        /// Which list of the document, from 0; a list within an item is a list of its own.
        list: u32,
        /// The number that the item bears; items with bullets are counted from 1.
        number: u32,
        /// How many lists are around this one.
        depth: u8,
    },
    /// A cell of a table; all three count from 0.
    TableCell {
        /// Which table of the document.
        table: u32,
        /// Which row; the header is row 0.
        row: u32,
        /// Which column.
        column: u32,
        /// Whether it names its column.
        header: bool,
    },
    /// A paragraph of a block quote.
    Quote,
    /// What stands for an image: its alternative text, its title, or the words below it; in HTML also what
    /// stands over a table.
    Caption,
}

/// A run of prose that is read as one: nothing reads on from one block into the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes of the prose, without white space at either end; never empty.
    pub range: Range<usize>,
}
