//! The form quotes are compared in, mapped back to the bytes of its source.

use crate::source::{SourceId, Sources, Span};

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

    /// The bytes of the original that some bytes of the folded text came from.
    pub fn original(&self, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let start = self.origin[range.start.min(self.origin.len() - 1)];
        let end = self.origin[range.end.min(self.origin.len() - 1)];
        start..end.max(start)
    }
}

fn straight(c: char) -> char {
    match c {
        '‘' | '’' | '‛' | '′' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        c => c,
    }
}

/// An article whose words claims quote.
#[derive(Clone, Debug)]
pub struct Quotable {
    /// Its source.
    pub source: SourceId,
    /// Its text as quotes are compared with it.
    pub folded: Folded,
}

impl Quotable {
    /// Reads a source.
    pub fn new(sources: &Sources, source: SourceId) -> Self {
        Self { source, folded: Folded::new(sources.get(source).text()) }
    }

    /// The place in the source of some bytes of the folded text.
    pub fn span(&self, sources: &Sources, range: std::ops::Range<usize>) -> Span {
        let found = self.folded.original(range);
        let text = sources.get(self.source).text();
        let trimmed = text[found.clone()].trim_end().len();
        Span { source: self.source, start: found.start, end: found.start + trimmed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_found_across_a_line_break_and_mapped_back() {
        let mut sources = Sources::new();
        let text = "\u{feff}The  plan\r\n   of “$290\nmillion” stands.  \n";
        let id = sources.add("a.md", text);
        let article = Quotable::new(&sources, id);
        assert_eq!(article.folded.text(), "The plan of \"$290 million\" stands.");
        let quote = "$290 million";
        let at = article.folded.text().find(quote).unwrap();
        let span = article.span(&sources, at..at + quote.len());
        assert_eq!(sources.slice(span), "$290\nmillion");
    }

    #[test]
    fn an_empty_text_has_no_places() {
        assert_eq!(Folded::new(" \n ").text(), "");
        assert_eq!(Folded::new("").original(0..0), 0..0);
    }
}
