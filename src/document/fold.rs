//! The form quotes are compared in, mapped back to the bytes of its source.

use std::ops::Range;

use crate::document::Document;
use crate::source::{SourceId, Span};

/// A text with white space folded and typographic quotation marks made straight.
///
/// A hard-wrapped line, a doubled space or a curled apostrophe does not keep a quote from being
/// found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// For each byte of `text`, the byte of the original it came from, and the original's length.
    origin: Vec<usize>,
}

impl Folded {
    /// Folds a text.
    pub fn new(original: &str) -> Self {
        let mut folded = Self { text: String::new(), origin: Vec::new() };
        let mut in_space = true;
        for (at, c) in original.char_indices() {
            let space = c.is_whitespace() || c == '\u{feff}';
            if space && in_space {
                continue;
            }
            in_space = space;
            folded.push(if space { ' ' } else { straight(c) }, at);
        }
        if folded.text.ends_with(' ') {
            folded.text.pop();
            folded.origin.pop();
        }
        let end = original.trim_end().len();
        folded.origin.push(end);
        folded
    }

    fn push(&mut self, c: char, at: usize) {
        self.text.push(c);
        self.origin.resize(self.text.len(), at);
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte of the original that a byte of the folded text came from; the end of the one for the
    /// end of the other.
    pub fn original(&self, at: usize) -> usize {
        self.origin[at.min(self.origin.len() - 1)]
    }

    /// The first byte of the folded text that came from a byte of the original or from behind it.
    pub fn folded(&self, original: usize) -> usize {
        self.origin.partition_point(|&origin| origin < original).min(self.text.len())
    }
}

fn straight(c: char) -> char {
    match c {
        '‘' | '’' | '‛' | '′' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        c => c,
    }
}

/// An article whose words claims quote: its prose, as a reader sees it.
#[derive(Clone, Debug)]
pub struct Quotable<'d> {
    /// Its source.
    pub source: SourceId,
    /// Its prose as quotes are compared with it.
    pub folded: Folded,
    /// What it was read as.
    pub document: &'d Document<'d>,
    /// For each block of it, the paragraph that it is.
    paragraphs: Vec<usize>,
}

impl<'d> Quotable<'d> {
    /// An article that was read from a source.
    pub fn new(document: &'d Document<'d>, source: SourceId) -> Self {
        let folded = Folded::new(document.prose());
        Self { source, folded, document, paragraphs: document.paragraphs() }
    }

    /// The place in the source of some bytes of the folded text.
    pub fn span(&self, range: Range<usize>) -> Span {
        self.place(self.prose(range))
    }

    /// The place in the source of some bytes of the prose.
    pub fn place(&self, prose: Range<usize>) -> Span {
        let place = self.document.source_range(prose);
        Span { source: self.source, start: place.start, end: place.end }
    }

    /// The paragraph that a byte of the prose stands in, from 1.
    pub fn paragraph(&self, prose: usize) -> usize {
        self.paragraphs.get(self.document.block_at(prose)).copied().unwrap_or(1)
    }

    /// The prose that some bytes of the folded text came from.
    pub fn prose(&self, range: Range<usize>) -> Range<usize> {
        let start = self.folded.original(range.start);
        if range.is_empty() {
            return start..start;
        }
        // The last character, not the blanks before the next one.
        let last = self.folded.original(range.end - 1);
        let length = self.document.prose()[last..].chars().next().map_or(0, char::len_utf8);
        start..last + length
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::document::Format;
    use crate::source::Sources;

    #[test]
    fn a_quote_is_found_across_line_breaks_and_markup_and_mapped_back() {
        let mut sources = Sources::new();
        let text = "\u{feff}The  plan\r\n   of “**$290**\nmillion” stands.  \n\nNext.";
        let id = sources.add("a.md", text);
        let document = Document::parse(text, Format::Markdown);
        let article = Quotable::new(&document, id);
        assert_eq!(article.folded.text(), "The plan of \"$290 million\" stands. Next.");
        let quote = "$290 million";
        let at = article.folded.text().find(quote).unwrap();
        let span = article.span(at..at + quote.len());
        assert_eq!(sources.slice(span), "$290**\nmillion");
        assert_eq!(article.folded.folded(article.prose(at..at + 1).start), at);
    }

    #[test]
    fn an_empty_text_has_no_places() {
        assert_eq!(Folded::new(" \n ").text(), "");
        assert_eq!(Folded::new("").original(0), 0);
    }
}
