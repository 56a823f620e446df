//! Places as editors count them: lines from 0, and columns in bytes or in UTF-16 units.

use std::ops::Range;

use ls_types::{Position, PositionEncodingKind, Range as Region};

/// What a column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// What every client understands.
    #[default]
    Utf16,
}

impl Encoding {
    /// The one of those that a client offers that is counted fastest.
    pub(super) fn of(offered: Option<&[PositionEncodingKind]>) -> Self {
        let has_bytes = offered.is_some_and(|all| all.contains(&PositionEncodingKind::UTF8));
        if has_bytes { Self::Utf8 } else { Self::Utf16 }
    }

    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    fn units(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.chars().map(char::len_utf16).sum(),
        }
    }
}

/// Where the lines of a text begin. They end at `\n`, `\r\n` or `\r`, as the protocol has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lines {
    starts: Vec<usize>,
    encoding: Encoding,
}

impl Lines {
    /// The lines of a text.
    pub(super) fn of(text: &str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let is_end = |at: usize| match bytes[at] {
            b'\n' => true,
            _ => bytes.get(at + 1) != Some(&b'\n'),
        };
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(|&at| is_end(at));
        Self { starts: std::iter::once(0).chain(ends.map(|at| at + 1)).collect(), encoding }
    }

    /// The place of a byte of the text.
    pub(super) fn position(&self, text: &str, offset: usize) -> Position {
        let offset = offset.min(text.len());
        let line = self.starts.partition_point(|&start| start <= offset) - 1;
        let column = self.encoding.units(text.get(self.starts[line]..offset).unwrap_or_default());
        Position { line: number(line), character: number(column) }
    }

    /// The place of some bytes of the text.
    pub(super) fn region(&self, text: &str, range: Range<usize>) -> Region {
        Region { start: self.position(text, range.start), end: self.position(text, range.end) }
    }

    /// The byte of a place. A column behind the end of its line is that end, a line behind the last one the
    /// end of the text; within a character it is its beginning.
    pub(super) fn offset(&self, text: &str, position: Position) -> usize {
        let Some(&start) = self.starts.get(position.line as usize) else { return text.len() };
        let end = self.starts.get(position.line as usize + 1).copied().unwrap_or(text.len());
        let line = text[start..end].trim_end_matches(['\r', '\n']);
        let wanted = position.character as usize;
        let mut units = 0;
        for (at, c) in line.char_indices() {
            units += self.encoding.units(c.encode_utf8(&mut [0; 4]));
            if wanted < units {
                return start + at;
            }
        }
        start + line.len()
    }

    /// The bytes of a place, of which the ends are put in order.
    pub(super) fn range(&self, text: &str, region: Region) -> Range<usize> {
        let (a, b) = (self.offset(text, region.start), self.offset(text, region.end));
        a.min(b)..a.max(b)
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a€𝄞b\r\nzwei\rdrei\n";

    #[test]
    fn columns_count_what_was_agreed_on() {
        for (encoding, columns) in
            [(Encoding::Utf8, [0, 1, 4, 8, 9]), (Encoding::Utf16, [0, 1, 2, 4, 5])]
        {
            let lines = Lines::of(TEXT, encoding);
            for (at, column) in [0, 1, 4, 8, 9].into_iter().zip(columns) {
                let place = Position { line: 0, character: column };
                assert_eq!(lines.position(TEXT, at), place);
                assert_eq!(lines.offset(TEXT, place), at);
            }
            assert_eq!(lines.position(TEXT, 11), Position { line: 1, character: 0 });
            assert_eq!(lines.position(TEXT, 16), Position { line: 2, character: 0 });
            assert_eq!(lines.position(TEXT, TEXT.len()), Position { line: 3, character: 0 });
        }
    }

    #[test]
    fn what_is_no_place_is_the_nearest_one() {
        let lines = Lines::of(TEXT, Encoding::Utf16);
        let at = |line, character| lines.offset(TEXT, Position { line, character });
        // Behind the line, within a character, behind the text.
        assert_eq!((at(0, 99), at(0, 3), at(9, 0)), (9, 4, TEXT.len()));
        let region = Region { start: Position::new(2, 0), end: Position::new(0, 1) };
        assert_eq!(lines.range(TEXT, region), 1..16);
    }
}
