//! Prose that is put together from pieces of a source, and the way back.

use std::ops::Range;

/// A run of prose that was read from one run of the source.
#[derive(Clone, Debug)]
struct Piece {
    prose: Range<usize>,
    source: Range<usize>,
    /// Whether the two are the same bytes, so that a part of one is a part of the other.
    verbatim: bool,
}

/// Where each byte of a document's prose was read.
#[derive(Clone, Debug, Default)]
pub(super) struct SourceMap {
    /// In the order of the prose, disjoint; in one block also in the order of the source.
    pieces: Vec<Piece>,
}

impl SourceMap {
    /// Prose that is the source itself from a byte on.
    pub(super) fn verbatim(start: usize, length: usize) -> Self {
        let piece = Piece { prose: 0..length, source: start..start + length, verbatim: true };
        Self { pieces: vec![piece] }
    }

    /// The hull in the source of some bytes of prose.
    pub(super) fn source(&self, prose: Range<usize>) -> Range<usize> {
        let start = match self.piece(prose.start) {
            Some(piece) if piece.verbatim => at_most(piece, prose.start),
            Some(piece) => piece.source.start,
            None => 0,
        };
        if prose.end <= prose.start {
            return start..start;
        }
        let end = match self.piece(prose.end - 1) {
            Some(piece) if piece.verbatim => at_most(piece, prose.end),
            Some(piece) => piece.source.end,
            None => 0,
        };
        start..end.max(start)
    }

    /// The last piece that starts at a byte of prose or before it.
    fn piece(&self, at: usize) -> Option<&Piece> {
        let behind = self.pieces.partition_point(|piece| piece.prose.start <= at);
        self.pieces.get(behind.saturating_sub(1))
    }
}

/// The source of a byte of a verbatim piece; what follows the piece is at its end.
fn at_most(piece: &Piece, at: usize) -> usize {
    (piece.source.start + at.saturating_sub(piece.prose.start)).min(piece.source.end)
}

/// Prose in the making.
#[derive(Debug, Default)]
pub(super) struct Prose {
    /// The prose so far.
    pub(super) text: String,
    /// Where it was read.
    pub(super) map: SourceMap,
}

impl Prose {
    /// Adds what was read from some bytes of the source, which is them or stands for them.
    pub(super) fn push(&mut self, text: &str, source: Range<usize>, verbatim: bool) {
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        let end = self.text.len();
        match self.map.pieces.last_mut() {
            Some(last)
                if last.verbatim
                    && verbatim
                    && last.prose.end == start
                    && last.source.end == source.start =>
            {
                last.prose.end = end;
                last.source.end = source.end;
            }
            _ => self.map.pieces.push(Piece { prose: start..end, source, verbatim }),
        }
    }

    /// Adds what was read nowhere: the space between two blocks.
    pub(super) fn separate(&mut self) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
    }

    /// Adds other prose.
    pub(super) fn append(&mut self, other: &Self) {
        for piece in &other.map.pieces {
            self.push(&other.text[piece.prose.clone()], piece.source.clone(), piece.verbatim);
        }
    }

    /// Adds a part of other prose.
    pub(super) fn append_part(&mut self, other: &Self, part: Range<usize>) {
        let pieces = &other.map.pieces;
        let mut at = part.start;
        let first = pieces.partition_point(|piece| piece.prose.end <= part.start);
        for piece in pieces[first..].iter().take_while(|piece| piece.prose.start < part.end) {
            let (start, end) = (piece.prose.start.max(at), piece.prose.end.min(part.end));
            self.text.push_str(&other.text[at..start]);
            let source = if piece.verbatim {
                at_most(piece, start)..at_most(piece, end)
            } else {
                piece.source.clone()
            };
            self.push(&other.text[start..end], source, piece.verbatim);
            at = end;
        }
        self.text.push_str(&other.text[at..part.end]);
    }

    /// Takes back all prose from a byte on.
    pub(super) fn truncate(&mut self, end: usize) {
        self.text.truncate(end);
        while self.map.pieces.pop_if(|piece| end <= piece.prose.start).is_some() {}
        if let Some(last) = self.map.pieces.last_mut().filter(|last| end < last.prose.end) {
            let cut = last.prose.end - end;
            last.prose.end = end;
            if last.verbatim {
                last.source.end -= cut;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prose() -> Prose {
        let mut prose = Prose::default();
        prose.push("a $", 0..3, true);
        prose.push("&", 3..8, false);
        prose.push("5 m", 10..13, true);
        prose.push("n", 13..14, true);
        prose
    }

    #[test]
    fn neighbours_in_the_source_are_one_piece() {
        assert_eq!(prose().map.pieces.len(), 3);
    }

    #[test]
    fn a_range_maps_to_the_hull_of_its_pieces() {
        let map = prose().map;
        assert_eq!(map.source(2..3), 2..3);
        assert_eq!(map.source(2..4), 2..8);
        assert_eq!(map.source(3..5), 3..11);
        assert_eq!(map.source(4..8), 10..14);
        assert_eq!(map.source(4..4), 10..10);
        assert_eq!(map.source(8..99), 14..14);
        assert_eq!(SourceMap::default().source(0..1), 0..0);
    }

    #[test]
    fn what_is_taken_back_leaves_no_trace() {
        let mut prose = prose();
        prose.truncate(5);
        assert_eq!(prose.text, "a $&5");
        assert_eq!(prose.map.source(4..5), 10..11);
        prose.truncate(0);
        assert!(prose.map.pieces.is_empty());
    }
}
