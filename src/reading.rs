//! A text that was read: its prose, its day of publication, and the figures that stand in it.
//!
//! Each text is read once. What follows quotes, relates figures, records claims, counts what they cover or
//! draws a page is a function of its reading.

use std::ops::Range;
use std::sync::OnceLock;

use crate::document::{Document, Folded};
use crate::home::Home;
use crate::language::{Foreign, foreign};
use crate::lexicon::Lexicon;
use crate::mention::{self, Finder, Mention};
use crate::published::{self, Dated, Publication};
use crate::source::{SourceId, Sources, Span};
use crate::value::Value;

/// A text that was read.
#[derive(Debug)]
pub struct Reading<'t> {
    source: SourceId,
    text: &'t str,
    document: Document<'t>,
    published: Option<Publication>,
    foreign: Option<Foreign>,
    lexicon: Lexicon,
    mentions: Vec<Mention>,
    quotable: OnceLock<Quotable>,
}

/// The prose as quotes are compared with it.
#[derive(Debug)]
struct Quotable {
    folded: Folded,
    /// For each block, the paragraph that it is.
    paragraphs: Vec<usize>,
}

impl<'t> Reading<'t> {
    /// Reads a source in the format that its name says; what has no known ending is plain text.
    pub fn new(sources: &'t Sources, source: SourceId, dated: Dated, lexicon: &Lexicon) -> Self {
        let text = sources.get(source);
        Self::of(Document::of_source(text), (source, text.text()), dated, lexicon)
    }

    /// Reads a document of a source; `text` is all of it.
    pub fn of(
        document: Document<'t>,
        (source, text): (SourceId, &'t str),
        dated: Dated,
        lexicon: &Lexicon,
    ) -> Self {
        let foreign = foreign(document.prose(), lexicon);
        let read = |lexicon: &Lexicon| {
            let published = dated.publication(|| published::published(&document, text, lexicon));
            // One figure in a hundred bytes is what dense prose has.
            let mut mentions = Vec::with_capacity(document.prose().len() / 100 + 8);
            let day = published.map(|known| known.day);
            // What another language writes would be misread: "5.000", "2026 au Canada".
            if foreign.is_none() {
                Finder::new(lexicon, day).find_in(&document, &mut |mention| mentions.push(mention));
            }
            (published, mentions)
        };
        let (mut published, mut mentions) = read(lexicon);
        // What its figures show of its home holds for all of them.
        let shown = mention::shown(&document, &mentions, lexicon);
        let lexicon = lexicon.at(lexicon.home().over(shown));
        if !shown.is_empty() {
            (published, mentions) = read(&lexicon);
        }
        let quotable = OnceLock::new();
        Self { source, text, document, published, foreign, lexicon, mentions, quotable }
    }

    /// Its source.
    pub fn source(&self) -> SourceId {
        self.source
    }

    /// The whole source, markup included.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Its prose and blocks.
    pub fn document(&self) -> &Document<'t> {
        &self.document
    }

    /// Its prose.
    pub fn prose(&self) -> &str {
        self.document.prose()
    }

    /// The day of publication, as far as it is known.
    pub fn published(&self) -> Option<Publication> {
        self.published
    }

    /// The lexicon, at home where the article is.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// What of its home its figures rest on.
    pub fn home_of_mentions(&self) -> Home {
        self.home_of(self.mentions.iter())
    }

    /// What of its home some of its figures rest on.
    pub fn home_of<'m>(&self, mentions: impl Iterator<Item = &'m Mention>) -> Home {
        mention::rests_on(self.prose(), mentions, &self.lexicon)
    }

    /// Its language, if that is not English; no figures are read of such a text.
    pub fn foreign(&self) -> Option<Foreign> {
        self.foreign
    }

    /// Its figures and dates, in order; ranges are of the prose.
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// Dates that only the day of publication would tell, where it is not known: "on Tuesday", "last
    /// year".
    pub fn undated(&self) -> usize {
        let is_undated = |mention: &&Mention| matches!(&mention.value, Value::Date(date) if date.readings.is_empty());
        match self.published {
            Some(_) => 0,
            None => self.mentions.iter().filter(is_undated).count(),
        }
    }

    /// The figures and dates of some bytes of the prose, each wholly within them.
    pub fn mentions_in(&self, prose: &Range<usize>) -> &[Mention] {
        let first = self.mentions.partition_point(|mention| mention.range.start < prose.start);
        let last = self.mentions.partition_point(|mention| mention.range.end <= prose.end);
        self.mentions.get(first..last).unwrap_or_default()
    }

    /// The place in the source of some bytes of the prose.
    pub fn place(&self, prose: Range<usize>) -> Span {
        let place = self.document.source_range(prose);
        Span { source: self.source, start: place.start, end: place.end }
    }

    /// The paragraph that a byte of the prose stands in, from 1.
    pub fn paragraph(&self, prose: usize) -> usize {
        let paragraphs = &self.quotable().paragraphs;
        paragraphs.get(self.document.block_at(prose)).copied().unwrap_or(1)
    }

    /// Its prose as quotes are compared with it.
    pub fn folded(&self) -> &Folded {
        &self.quotable().folded
    }

    /// The prose that some bytes of the folded text came from.
    pub fn unfolded(&self, range: Range<usize>) -> Range<usize> {
        let folded = self.folded();
        let start = folded.original(range.start);
        if range.is_empty() {
            return start..start;
        }
        // The last character, not the blanks before the next one.
        let last = folded.original(range.end - 1);
        let length = self.prose()[last..].chars().next().map_or(0, char::len_utf8);
        start..last + length
    }

    fn quotable(&self) -> &Quotable {
        self.quotable.get_or_init(|| Quotable {
            folded: Folded::new(self.document.prose()),
            paragraphs: self.document.paragraphs(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_found_across_line_breaks_and_markup_and_mapped_back() {
        let mut sources = Sources::new();
        let text = "\u{feff}The  plan\r\n   of “**$290**\nmillion” stands.  \n\nNext.";
        let id = sources.add("a.md", text);
        let reading = Reading::new(&sources, id, Dated::default(), Lexicon::built_in());
        let folded = reading.folded();
        assert_eq!(folded.text(), "The plan of \"$290 million\" stands. Next.");
        let quote = "$290 million";
        let at = folded.text().find(quote).unwrap();
        let prose = reading.unfolded(at..at + quote.len());
        assert_eq!(sources.slice(reading.place(prose.clone())), "$290**\nmillion");
        assert_eq!(folded.folded(prose.start), at);
        assert_eq!((reading.paragraph(0), reading.paragraph(reading.prose().len() - 1)), (1, 2));
    }

    #[test]
    fn figures_are_those_that_stand_wholly_within() {
        let mut sources = Sources::new();
        let id = sources.add("a.txt", "It rose from 5 to 6 million, 7 per cent, in 1999.");
        let reading = Reading::new(&sources, id, Dated::default(), Lexicon::built_in());
        let words = |range: Range<usize>| {
            let mentions = reading.mentions_in(&range).iter();
            mentions.map(|mention| &reading.prose()[mention.range.clone()]).collect::<Vec<_>>()
        };
        assert_eq!(words(0..reading.prose().len()), ["5", "6 million", "7 per cent", "1999"]);
        assert_eq!(words(14..40), ["6 million", "7 per cent"]);
        assert_eq!(words(19..27), [""; 0]);
    }
}
