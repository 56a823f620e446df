//! Where the text of a file without lines stood in that file.

use std::ops::Range;

use crate::source::Block;

/// Which state of a document with tracked changes is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Revision {
    /// As if all changes were accepted.
    #[default]
    Accepted,
    /// As if none had been made.
    Original,
}

impl Revision {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Original => "original",
        }
    }
}

/// How the text of a file that is no text, such as a Word document, came about: its blocks, and where in
/// the parts of the file each byte stood. Its text has one paragraph a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The names of the parts that were read: `word/document.xml`.
    pub parts: Vec<String>,
    /// Runs of the text, in its order and disjoint.
    pub pieces: Vec<Piece>,
    /// The blocks, in the order of the text and disjoint.
    pub blocks: Vec<Block>,
    /// Notes: the bytes of the text that each takes, and the byte of the first part at which the mark
    /// stands that leads to it.
    pub notes: Vec<(Range<usize>, usize)>,
    /// Words of the text that lead elsewhere, each with the address.
    pub links: Vec<(Range<usize>, String)>,
    /// What somebody has remarked on words of the text.
    pub remarks: Vec<Remark>,
    /// Whether changes are tracked in the file, so that it has an original and an accepted state.
    pub has_changes: bool,
}

/// A run of the text that stood in one run of bytes of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its bytes of the text.
    pub text: Range<usize>,
    /// Which part, of [`Layout::parts`].
    pub part: usize,
    /// Its bytes of the part.
    pub source: Range<usize>,
    /// Whether the two are the same bytes, so that a part of one is a part of the other.
    pub verbatim: bool,
}

/// A comment of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The words that it is about, as bytes of the text.
    pub range: Range<usize>,
    /// Who wrote it.
    pub author: String,
    /// What it says.
    pub text: String,
}

/// A place in a part of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot<'l> {
    /// The name of the part.
    pub part: &'l str,
    /// The byte of the part, which is XML.
    pub offset: usize,
}

impl Layout {
    /// Where a byte of the text stood; of the end of a paragraph, behind its last byte.
    pub fn spot(&self, at: usize) -> Option<Spot<'_>> {
        let (part, offset) = self.offset(at, false)?;
        Some(Spot { part: self.parts.get(part)?, offset })
    }

    /// The bytes of a part that some bytes of the text stood in, with the number of the part; `None` where
    /// they stood in several.
    pub fn range(&self, text: Range<usize>) -> Option<(usize, Range<usize>)> {
        let (part, start) = self.offset(text.start, false)?;
        if text.is_empty() {
            return Some((part, start..start));
        }
        let (other, end) = self.offset(text.end, true)?;
        (part == other && start <= end).then_some((part, start..end))
    }

    /// The part and byte of a byte of the text; where a range ends, that behind the byte before it.
    fn offset(&self, at: usize, ends: bool) -> Option<(usize, usize)> {
        let within =
            |piece: &Piece| if ends { piece.text.start < at } else { piece.text.start <= at };
        let piece = self.pieces.get(self.pieces.partition_point(within).checked_sub(1)?)?;
        let offset = match (piece.verbatim, ends) {
            (true, _) => (piece.source.start + at - piece.text.start).min(piece.source.end),
            (false, true) => piece.source.end,
            (false, false) if piece.text.end <= at => piece.source.end,
            (false, false) => piece.source.start,
        };
        Some((piece.part, offset))
    }

    /// The byte of the first part at which a mark leads to the note that a byte of the text stands in.
    pub fn mark_of_note(&self, at: usize) -> Option<usize> {
        let note = self.notes.iter().find(|(range, _)| range.contains(&at))?;
        Some(note.1)
    }
}
