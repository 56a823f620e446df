//! An article as blocks of prose and their sentences, each mapped back to the bytes of its source.
//!
//! ```
//! use crossfoot::document::{Document, Format, sentences};
//! use crossfoot::lexicon::Abbreviations;
//!
//! let text = "# Aid\n\nAid came to **$5** million. See `aid.csv`.";
//! let document = Document::parse(text, Format::Markdown);
//! let block = &document.blocks()[1];
//! let prose = &document.prose()[block.range.clone()];
//! assert_eq!(prose, "Aid came to $5 million. See \u{fffc}.");
//!
//! let first = sentences(prose, Abbreviations::built_in()).next().unwrap();
//! assert_eq!(&prose[first], "Aid came to $5 million.");
//!
//! let figure = document.prose().find("$5 million").unwrap();
//! let source = document.source_range(figure..figure + "$5 million".len());
//! assert_eq!(&text[source], "$5** million");
//! ```

mod annotate;
#[cfg(feature = "internals")]
mod as_markdown;
mod block;
mod bytes;
mod dialect;
#[cfg(feature = "office")]
mod docx;
mod encoding;
mod fold;
mod html;
mod map;
mod mark;
mod markdown;
#[cfg(feature = "office")]
mod odt;
#[cfg(feature = "office")]
mod office;
mod open;
mod pages;
mod plain;
mod sentence;
mod write;

use std::borrow::Cow;
use std::ops::Range;

pub use annotate::{Note, annotate};
#[cfg(feature = "internals")]
pub use as_markdown::as_markdown;
pub use block::{Block, BlockKind, REMOVED};
pub use dialect::Swallowed;
pub use encoding::{Decoded, Encoding, Offsets, decode};
pub use fold::Folded;
pub use html::DateMark;
pub(crate) use mark::unmarked;
pub use open::{Opened, States, open};
pub use sentence::sentences;

use crate::document::block::BYTE_ORDER_MARK;
use crate::document::map::{Prose, SourceMap};
pub use crate::source::Revision;
use crate::source::{Layout, Remark, Source};

/// How a source is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text without markup: every character is prose, but for marks such as `[1]`.
    Plain,
    /// `CommonMark` with tables, footnotes and front matter.
    Markdown,
    /// HTML: a page, or a part of one.
    Html,
    /// A Word document, which is an archive of parts. Its source has what a reader sees, a paragraph a
    /// line.
    Docx,
    /// An `OpenDocument` text, in the same way.
    Odt,
}

impl Format {
    /// Whether a file of this format is text, with lines of its own.
    pub fn is_text(self) -> bool {
        !matches!(self, Self::Docx | Self::Odt)
    }

    /// The format that a file of this name has, by its ending in any case.
    ///
    /// ```
    /// use crossfoot::document::Format;
    ///
    /// assert_eq!(Format::of("drafts/aid.MD"), Some(Format::Markdown));
    /// assert_eq!(Format::of("aid.txt"), Some(Format::Plain));
    /// assert_eq!(Format::of("aid.html"), Some(Format::Html));
    /// assert_eq!(Format::of("claims.toml"), None);
    /// ```
    pub fn of(name: &str) -> Option<Self> {
        let file = name.rsplit(['/', '\\']).next()?;
        let (stem, ending) = file.rsplit_once('.')?;
        let is = |known: &[&str]| known.iter().any(|known| ending.eq_ignore_ascii_case(known));
        match () {
            () if stem.is_empty() => None,
            () if is(&["md", "markdown"]) => Some(Self::Markdown),
            () if is(&["txt", "text"]) => Some(Self::Plain),
            () if is(&["html", "htm", "xhtml"]) => Some(Self::Html),
            () if is(&["docx", "docm", "dotx", "dotm"]) => Some(Self::Docx),
            () if is(&["odt", "ott"]) => Some(Self::Odt),
            () => None,
        }
    }

    /// The format of a text: what its name says, else HTML if it begins as HTML does, else plain text.
    ///
    /// ```
    /// use crossfoot::document::Format;
    ///
    /// assert_eq!(Format::of_text("-", "<!DOCTYPE html>\n<title>Aid"), Format::Html);
    /// assert_eq!(Format::of_text("-", "<$5 million"), Format::Plain);
    /// assert_eq!(Format::of_text("a.md", "<p>Aid"), Format::Markdown);
    /// ```
    pub fn of_text(name: &str, text: &str) -> Self {
        let begins = || if html::begins(text) { Self::Html } else { Self::Plain };
        Self::of(name).unwrap_or_else(begins)
    }
}

/// An article's prose, its blocks, and the way back to its source.
#[derive(Clone, Debug)]
pub struct Document<'t> {
    prose: Cow<'t, str>,
    /// In order and disjoint.
    blocks: Vec<Block>,
    map: SourceMap,
    front_matter: Option<Range<usize>>,
    dates: Vec<DateMark>,
    swallowed: Vec<Swallowed>,
    layout: Option<&'t Layout>,
}

impl<'t> Document<'t> {
    /// Reads a source in the format that its name says, or else its beginning. A source that was no text has
    /// its blocks with it.
    pub fn of_source(source: &'t Source) -> Self {
        Self::of_format(source, Format::of_text(source.name(), source.text()))
    }

    /// Reads a source in a format, whatever its name says.
    pub fn of_format(source: &'t Source, format: Format) -> Self {
        match source.layout() {
            Some(layout) => Self::laid_out(source.text(), layout),
            None => Self::parse(source.text(), format),
        }
    }

    /// Reads a text. Any text is a document; a byte order mark at its start is not prose.
    pub fn parse(text: &'t str, format: Format) -> Self {
        let start = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
        let body = &text[start..];
        match format {
            Format::Plain if pages::has_pages(body) => {
                let prose = pages::read(body, start);
                let blocks = plain::blocks(&prose.text);
                Self::unmarked((prose, blocks))
            }
            Format::Plain | Format::Docx | Format::Odt => {
                Self::verbatim(body, start, plain::blocks(body))
            }
            Format::Markdown => {
                let (front_matter, start) = markdown::front_matter(text, start);
                let (prose, blocks, swallowed) = markdown::read(text, start);
                Self { front_matter, swallowed, ..Self::unmarked((prose, blocks)) }
            }
            Format::Html => {
                let html::Read { prose, blocks, dates } = html::read(text, start);
                Self { dates, ..Self::unmarked((prose, blocks)) }
            }
        }
    }

    /// A document without the marks of sources and notes in it.
    fn unmarked((prose, mut blocks): (Prose, Vec<Block>)) -> Self {
        let marks = mark::find(&prose.text, &blocks);
        if marks.is_empty() {
            Self::of(prose, blocks)
        } else {
            Self::of(mark::without(&prose, marks, &mut blocks), blocks)
        }
    }

    fn laid_out(text: &'t str, layout: &'t Layout) -> Self {
        let document = Self::verbatim(text, 0, layout.blocks.clone());
        Self { layout: Some(layout), ..document }
    }

    /// A document whose prose is the source itself from a byte on, but for marks.
    fn verbatim(body: &'t str, start: usize, mut blocks: Vec<Block>) -> Self {
        let map = SourceMap::verbatim(start, body.len());
        let marks = mark::find(body, &blocks);
        if marks.is_empty() {
            let prose = Cow::Borrowed(body);
            let (dates, swallowed) = (Vec::new(), Vec::new());
            return Self { prose, blocks, map, front_matter: None, dates, swallowed, layout: None };
        }
        let whole = Prose { text: body.to_owned(), map };
        Self::of(mark::without(&whole, marks, &mut blocks), blocks)
    }

    fn of(prose: Prose, blocks: Vec<Block>) -> Self {
        let (prose, map) = (Cow::Owned(prose.text), prose.map);
        let (dates, swallowed) = (Vec::new(), Vec::new());
        Self { prose, blocks, map, front_matter: None, dates, swallowed, layout: None }
    }

    /// What a reader sees: of Markdown the words without markup, of plain text the text itself; of
    /// both without the marks of sources and notes.
    pub fn prose(&self) -> &str {
        &self.prose
    }

    /// The blocks, in the order of the prose, disjoint.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// For each block, which paragraph of the document it is, from 1. The cells of a table are one
    /// paragraph together, every other block is one by itself.
    pub fn paragraphs(&self) -> Vec<usize> {
        let mut number = 0;
        let mut last_table = None;
        let count = |block: &Block| {
            let table = match block.kind {
                BlockKind::TableCell { table, .. } => Some(table),
                _ => None,
            };
            number += usize::from(table.is_none() || table != last_table);
            last_table = table;
            number
        };
        self.blocks.iter().map(count).collect()
    }

    /// The index of the block that a byte of the prose stands in, or of the last one before it.
    pub fn block_at(&self, prose: usize) -> usize {
        self.blocks.partition_point(|block| block.range.start <= prose).saturating_sub(1)
    }

    /// The bytes of the source that some prose of one block was read from.
    ///
    /// Where the prose runs over markup, so does the range; where it begins or ends within an
    /// entity, the range covers the whole of it. Takes logarithmic time.
    pub fn source_range(&self, prose: Range<usize>) -> Range<usize> {
        self.map.source(prose)
    }

    /// The bytes of the source between the fences of the front matter.
    ///
    /// That is YAML between `---` or TOML between `+++`, at the very top; Markdown only.
    pub fn front_matter(&self) -> Option<Range<usize>> {
        self.front_matter.clone()
    }

    /// What somebody has remarked on some bytes of the source, each with who did, as far as the format has
    /// comments.
    pub fn remarks(&self, source: &Range<usize>) -> impl Iterator<Item = &'t Remark> + use<'t> {
        let (start, end) = (source.start, source.end);
        let all = self.layout.map_or(&[][..], |layout| &layout.remarks);
        all.iter().filter(move |one| one.range.start < end && start < one.range.end)
    }

    /// The addresses that words among some bytes of the source lead to, as far as they are known.
    pub fn links(&self, source: &Range<usize>) -> impl Iterator<Item = &'t str> + use<'t> {
        let (start, end) = (source.start, source.end);
        let all = self.layout.map_or(&[][..], |layout| &layout.links);
        let within = all.iter().filter(move |(range, _)| range.start < end && start < range.end);
        within.map(|(_, address)| &**address)
    }

    /// Figures of which dialects of Markdown make something else, in order.
    pub fn swallowed(&self) -> &[Swallowed] {
        &self.swallowed
    }

    /// Where a page says when it was published, other than in its words; HTML only.
    pub fn date_marks(&self) -> &[DateMark] {
        &self.dates
    }
}

/// Some bytes of a source as a message repeats them: of HTML the words that are shown, of all others the
/// bytes themselves.
pub fn words_of(source: &Source, range: Range<usize>) -> Cow<'_, str> {
    let text = &source.text()[range];
    let has_markup = memchr::memchr2(b'<', b'&', text.as_bytes()).is_some();
    if !has_markup || Format::of_text(source.name(), source.text()) != Format::Html {
        return Cow::Borrowed(text);
    }
    let prose = Document::unmarked(html::part(text)).prose.into_owned();
    Cow::Owned(prose.replace(REMOVED, " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares the blocks of a text with their kinds, "￼" for what was removed.
    #[track_caller]
    pub(super) fn check_blocks(text: &str, format: Format, expected: &[(BlockKind, &str)]) {
        let document = Document::parse(text, format);
        let found: Vec<(BlockKind, &str)> = document
            .blocks()
            .iter()
            .map(|block| (block.kind, &document.prose()[block.range.clone()]))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    /// Compares the source of some words of the prose.
    #[track_caller]
    pub(super) fn check_place(text: &str, format: Format, words: &str, source: &str) {
        let document = Document::parse(text, format);
        let at = document.prose().find(words).expect("the words are prose");
        assert_eq!(&text[document.source_range(at..at + words.len())], source);
    }

    #[test]
    fn a_byte_order_mark_is_not_prose() {
        for format in [Format::Plain, Format::Markdown] {
            let text = "\u{feff}Five million.";
            let document = Document::parse(text, format);
            assert_eq!(document.prose(), "Five million.");
            assert_eq!(document.blocks().len(), 1);
            assert_eq!(&text[document.source_range(5..12)], "million");
        }
    }

    #[test]
    fn plain_text_is_its_own_prose() {
        let text = "Aid of **$5 million** & more.";
        let document = Document::parse(text, Format::Plain);
        assert!(matches!(document.prose, Cow::Borrowed(prose) if prose == text));
        assert_eq!(document.source_range(3..9), 3..9);
        assert_eq!(document.front_matter(), None);
    }

    #[test]
    fn a_hidden_file_has_no_format() {
        assert_eq!(Format::of(".md"), None);
        assert_eq!(Format::of("a.md/b"), None);
        assert_eq!(Format::of("README"), None);
    }
}
