//! Paragraphs as they are put together: text with its bytes, one paragraph a line, those of text boxes
//! behind the paragraph that they hang on.

use std::ops::Range;

use crate::document::block::{REMOVED, is_blank, trimmed};
use crate::document::html;
use crate::document::mark::{self, Label};
use crate::source::{Block, BlockKind, Piece};

/// Stands in the text for a line break within a paragraph.
const LINE_BREAK: char = '\u{2028}';

/// How text stands to its line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::document) enum Level {
    /// On it.
    #[default]
    Line,
    /// Above it: powers, ends of ordinals, marks of notes.
    Raised,
    /// Below it.
    Lowered,
}

/// What hangs on a place of the text and is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::document) enum Hung {
    /// The words of a comment begin.
    Comment(String),
    /// They end.
    CommentEnd(String),
    /// The words of a link begin.
    Link(String),
    /// They end.
    LinkEnd,
    /// A mark leads to a note.
    Note {
        /// Which sort of notes.
        kind: u8,
        /// What it is called among them.
        id: String,
        /// The byte of the part at which the mark stands.
        at: usize,
    },
}

/// A paragraph in the making.
#[derive(Debug)]
struct Para {
    text: String,
    /// With their bytes of its text.
    pieces: Vec<Piece>,
    hung: Vec<(usize, Hung)>,
    kind: BlockKind,
    /// Whether something stood here that leaves nothing, unless two words would run together.
    gap: bool,
    level: Level,
    /// Where the text of the level begins.
    level_start: usize,
    /// Paragraphs of text boxes that hang on it.
    after: Vec<Self>,
}

impl Para {
    fn new() -> Self {
        Self {
            text: String::new(),
            pieces: Vec::new(),
            hung: Vec::new(),
            kind: BlockKind::Paragraph,
            gap: false,
            level: Level::Line,
            level_start: 0,
            after: Vec::new(),
        }
    }

    fn push(&mut self, text: &str, piece: (usize, Range<usize>), verbatim: bool) {
        let (part, source) = piece;
        let start = self.text.len();
        self.text.push_str(text);
        let end = self.text.len();
        match self.pieces.last_mut() {
            Some(last)
                if verbatim
                    && last.verbatim
                    && last.part == part
                    && last.text.end == start
                    && last.source.end == source.start =>
            {
                last.text.end = end;
                last.source.end = source.end;
            }
            _ => self.pieces.push(Piece { text: start..end, part, source, verbatim }),
        }
    }

    /// Replaces the text from a byte on by other text, or by none.
    fn replace(&mut self, start: usize, text: &str) {
        let first = self.pieces.partition_point(|piece| piece.text.end <= start);
        let cut = self.pieces.split_off(first);
        let (Some(from), Some(to)) = (cut.first(), cut.last()) else { return };
        let inside = start - from.text.start;
        let source = if from.verbatim { from.source.start + inside } else { from.source.start };
        let (part, end) = (from.part, if to.part == from.part { to.source.end } else { source });
        if 0 < inside && from.verbatim {
            let text = from.text.start..start;
            let source = from.source.start..from.source.start + inside;
            self.pieces.push(Piece { text, source, ..from.clone() });
        }
        self.text.truncate(start);
        if text.is_empty() {
            self.gap = true;
        } else {
            self.push(text, (part, source..end.max(source)), false);
        }
    }

    /// Reads the raised or lowered text that ends here: a power, the end of an ordinal, the mark of a note.
    fn settle(&mut self) {
        let (level, start) = (self.level, self.level_start);
        self.level = Level::Line;
        if level == Level::Line || self.text.len() <= start {
            return;
        }
        let raised = self.text[start..].trim();
        let before = self.text[..start].chars().next_back();
        if level == Level::Lowered {
            if let Some(digits) = lowered(raised) {
                self.replace(start, &digits);
            }
            return;
        }
        let word = self.text[..start].rsplit(|c: char| !c.is_alphanumeric()).next();
        let word = word.unwrap_or_default();
        let inner = raised.trim_matches(['[', ']', '(', ')']);
        if word == "10"
            && let Some(power) = html::raised(raised)
        {
            self.replace(start, &power);
        } else if let Some(power) = html::power(word, raised) {
            self.replace(start, power);
        } else if html::ends_ordinal(raised) {
            // It is read as it stands.
        } else if Label::of(inner).is_some() && (before.is_none() || mark::joins(before)) {
            self.replace(start, "");
        } else if raised.starts_with(|c: char| c.is_ascii_digit())
            && before.is_some_and(|c| c.is_ascii_digit())
        {
            let apart = format!("{REMOVED}{raised}");
            self.replace(start, &apart);
        }
    }
}

/// Lowered digits as characters of their own: "₂"; `None` for anything else.
fn lowered(digits: &str) -> Option<String> {
    let one = |c: char| char::from_u32(0x2080 + c.to_digit(10)?);
    digits.chars().map(one).collect()
}

/// Paragraphs in the making, and those that are made.
#[derive(Debug, Default)]
pub(in crate::document) struct Flow {
    /// The text, a paragraph a line.
    pub(in crate::document) text: String,
    /// Where it stood.
    pub(in crate::document) pieces: Vec<Piece>,
    /// What it is.
    pub(in crate::document) blocks: Vec<Block>,
    /// What hangs on it.
    pub(in crate::document) hung: Vec<(usize, Hung)>,
    /// The part that is read.
    part: usize,
    /// Paragraphs that are open, the innermost last.
    open: Vec<Para>,
    /// A paragraph whose end is deleted, so that the next one goes on with it.
    joined: Option<Para>,
}

impl Flow {
    /// A flow of the text of a part.
    pub(in crate::document) fn of(part: usize) -> Self {
        Self { part, ..Self::default() }
    }

    /// A paragraph begins.
    pub(in crate::document) fn open(&mut self) {
        let para = self.joined.take().unwrap_or_else(Para::new);
        self.open.push(para);
    }

    /// The innermost paragraph ends; where its end is deleted, the next one goes on with it.
    pub(in crate::document) fn close(&mut self, kind: BlockKind, is_joined: bool) {
        let Some(mut para) = self.open.pop() else { return };
        para.settle();
        para.kind = kind;
        if is_joined {
            self.joined = Some(para);
        } else {
            self.done(para);
        }
    }

    /// What comes does not go on with what was: a table, the end of a cell or of the text.
    pub(in crate::document) fn part_here(&mut self) {
        if let Some(para) = self.joined.take() {
            self.done(para);
        }
    }

    /// Whether a paragraph is open.
    pub(in crate::document) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Adds text that stood in some bytes of the part, which are it or stand for it.
    pub(in crate::document) fn push(&mut self, text: &str, source: Range<usize>, verbatim: bool) {
        let part = self.part;
        let Some(para) = self.open.last_mut() else { return };
        let Some(first) = text.chars().next() else { return };
        if std::mem::take(&mut para.gap) {
            let before = para.text.chars().next_back();
            if before.is_some_and(char::is_alphanumeric) && first.is_alphanumeric() {
                let none = source.start..source.start;
                para.push(REMOVED.encode_utf8(&mut [0; 4]), (part, none), false);
            }
        }
        para.push(text, (part, source), verbatim);
    }

    /// Adds one character that stands for some bytes of the part.
    pub(in crate::document) fn push_character(&mut self, c: char, source: Range<usize>) {
        self.push(c.encode_utf8(&mut [0; 4]), source, false);
    }

    /// Adds a line break.
    pub(in crate::document) fn break_line(&mut self, source: Range<usize>) {
        self.push_character(LINE_BREAK, source);
    }

    /// Leaves a sign for what is no prose.
    pub(in crate::document) fn remove(&mut self, source: Range<usize>) {
        self.push_character(REMOVED, source);
    }

    /// Leaves nothing, unless two words would run together.
    pub(in crate::document) fn gap(&mut self) {
        if let Some(para) = self.open.last_mut() {
            para.gap = true;
        }
    }

    /// What follows stands on, above or below the line.
    pub(in crate::document) fn set_level(&mut self, level: Level) {
        if let Some(para) = self.open.last_mut()
            && para.level != level
        {
            para.settle();
            para.level = level;
            para.level_start = para.text.len();
        }
    }

    /// Hangs something on this place.
    pub(in crate::document) fn hang(&mut self, what: Hung) {
        match self.open.last_mut().or(self.joined.as_mut()) {
            Some(para) => para.hung.push((para.text.len(), what)),
            None => self.hung.push((self.text.len(), what)),
        }
    }

    fn done(&mut self, para: Para) {
        match self.open.last_mut() {
            Some(outer) => outer.after.push(para),
            None => self.write(para),
        }
    }

    fn write(&mut self, para: Para) {
        // Text boxes within text boxes are no deeper than elements are, but one after the other.
        let mut all = vec![para];
        while let Some(para) = all.pop() {
            let Para { text, pieces, hung, kind, after, .. } = para;
            all.extend(after.into_iter().rev());
            let blank = |c: char| is_blank(c) || c == REMOVED;
            let base = self.text.len();
            if text.chars().all(blank) {
                self.hung.extend(hung.into_iter().map(|(_, what)| (base, what)));
                continue;
            }
            self.text.push_str(&text);
            self.text.push('\n');
            self.pieces.extend(pieces.into_iter().map(|piece| Piece {
                text: piece.text.start + base..piece.text.end + base,
                ..piece
            }));
            self.hung.extend(hung.into_iter().map(|(at, what)| {
                let at = text.floor(at);
                (base + at, what)
            }));
            let range = trimmed(&self.text, base..base + text.len());
            match self.blocks.last_mut() {
                // A cell is one block, however many paragraphs it has.
                Some(last) if last.kind == kind && matches!(kind, BlockKind::TableCell { .. }) => {
                    last.range.end = range.end;
                }
                _ => self.blocks.push(Block { kind, range }),
            }
        }
    }

    /// Adds the paragraphs of another flow behind these.
    pub(in crate::document) fn append(&mut self, other: &Self, from: Range<usize>) {
        let (base, start) = (self.text.len(), from.start);
        self.text.push_str(&other.text[from.clone()]);
        let moved = |range: &Range<usize>| range.start - start + base..range.end - start + base;
        let within = |range: &Range<usize>| from.start <= range.start && range.end <= from.end;
        let pieces = other.pieces.iter().filter(|piece| within(&piece.text));
        self.pieces.extend(pieces.map(|piece| Piece { text: moved(&piece.text), ..piece.clone() }));
        let blocks = other.blocks.iter().filter(|block| within(&block.range));
        self.blocks.extend(blocks.map(|block| Block { range: moved(&block.range), ..*block }));
        let hung = other.hung.iter().filter(|(at, _)| from.contains(at) || *at == from.end);
        self.hung.extend(hung.map(|(at, what)| (at - start + base, what.clone())));
    }
}

/// The greatest place at most at a byte, where a character begins or the text ends.
trait Floor {
    fn floor(&self, at: usize) -> usize;
}

impl Floor for String {
    fn floor(&self, at: usize) -> usize {
        let mut at = at.min(self.len());
        while !self.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}
