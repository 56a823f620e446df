//! The words of a page: white space as a browser shows it, references as their characters.

use std::ops::Range;

use crate::document::html::reference::at as reference_at;
use crate::document::html::walk::{Exit, Walk};
use crate::document::map::Prose;

impl Walk<'_, '_, '_> {
    /// Adds a text with its references read.
    pub(super) fn push_to(&self, prose: &mut Prose, range: Range<usize>, in_attribute: bool) {
        let text = &self.page.text[..range.end];
        let mut from = range.start;
        while let Some(length) = memchr::memchr(b'&', &text.as_bytes()[from..]) {
            let start = from + length;
            let Some((characters, length)) = reference_at(&text[start..], in_attribute) else {
                prose.push(&text[from..=start], self.source(from..start + 1), true);
                from = start + 1;
                continue;
            };
            prose.push(&text[from..start], self.source(from..start), true);
            prose.push(&characters, self.source(start..start + length), false);
            from = start + length;
        }
        prose.push(&text[from..], self.source(from..text.len()), true);
    }

    /// Whether text here stands in a table whose cells are known, and in none of them.
    fn is_stray(&self) -> bool {
        !self.tables.is_empty()
            && !self.in_cell
            && self
                .frames
                .iter()
                .rev()
                .find(|frame| {
                    matches!(frame.exit, Exit::Cell(_) | Exit::Caption(_) | Exit::Table(_))
                })
                .is_some_and(|frame| matches!(frame.exit, Exit::Table(_)))
    }

    pub(super) fn text(&mut self, at: usize, range: Range<usize>) {
        if self.is_stray() {
            if let Some(table) = self.tables.last_mut()
                && !self.page.text[range].trim().is_empty()
            {
                table.strays.push(at);
            }
            return;
        }
        if self.lines != 0 && !self.in_cell {
            return self.preformatted(range);
        }
        self.collapsed(range);
    }

    /// Writes text with its white space as one space.
    fn collapsed(&mut self, range: Range<usize>) {
        let text = &self.page.text[..range.end];
        let bytes = text.as_bytes();
        let (mut from, mut at) = (range.start, range.start);
        while let Some(&byte) = bytes.get(at) {
            if is_blank(byte) {
                let mut end = at + 1;
                while bytes.get(end).is_some_and(|byte| is_blank(*byte)) {
                    end += 1;
                }
                if byte != b' ' || at + 1 < end || from == at && self.ends_blank() {
                    self.verbatim(from..at);
                    if !self.ends_blank() {
                        self.words(" ", self.source(at..end), false);
                    }
                    from = end;
                }
                at = end;
            } else if byte == b'&'
                && let Some((characters, length)) = reference_at(&text[at..], false)
            {
                self.verbatim(from..at);
                self.words(&characters, self.source(at..at + length), false);
                at += length;
                from = at;
            } else {
                at += 1;
            }
        }
        self.verbatim(from..at);
    }

    /// Writes text whose lines are lines; an empty one parts paragraphs.
    fn preformatted(&mut self, range: Range<usize>) {
        let mut at = range.start;
        for line in self.page.text[range].split_inclusive('\n') {
            let end = at + line.len();
            if line.trim().is_empty() {
                if line.ends_with('\n') {
                    self.writer.close();
                }
            } else {
                let words = line.trim_end_matches('\n');
                self.collapsed(at..at + words.len());
                if words.len() < line.len() && !self.writer.is_at_start() {
                    self.words("\n", self.source(end - 1..end), true);
                }
            }
            at = end;
        }
    }

    fn ends_blank(&self) -> bool {
        self.writer.is_at_start()
            || self.line_end.is_some()
            || self.writer.prose.text.ends_with(|c: char| is_ascii_blank(c))
    }

    fn verbatim(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            let text = self.page.text;
            self.words(&text[range.clone()], self.source(range), true);
        }
    }

    /// Writes the end of a line before what stands at some bytes.
    pub(super) fn end_line(&mut self, range: &Range<usize>) {
        if let Some(tag) = self.line_end.take()
            && !self.writer.is_at_start()
        {
            let tag = if tag.is_empty() { range.clone() } else { tag };
            self.writer.words("\n", tag, false);
        }
    }

    pub(super) fn remove(&mut self, range: Range<usize>) {
        self.end_line(&range);
        self.writer.remove(range);
    }

    pub(super) fn show(&mut self, range: Range<usize>) {
        self.end_line(&range);
        self.writer.show(range);
    }

    pub(super) fn raise(&mut self, closes: bool, range: Range<usize>) {
        self.end_line(&range);
        self.writer.raise(closes, range);
    }

    pub(super) fn words(&mut self, words: &str, range: Range<usize>, verbatim: bool) {
        self.end_line(&range);
        if words.bytes().any(|byte| !is_blank(byte)) {
            self.breaks = 0;
            self.phrase_ended = false;
        }
        self.writer.words(words, range, verbatim);
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r')
}

fn is_ascii_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\x0c' | '\r')
}
