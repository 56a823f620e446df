//! The texts that were read, and places in them.

mod block;
mod layout;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

pub use block::{Block, BlockKind};
pub use layout::{Layout, Piece, Remark, Revision};

/// Which source a span points into: an index into [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

/// A run of bytes of one source.
///
/// Both ends lie on character boundaries of the source's text, `start <= end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The source the bytes are in.
    pub source: SourceId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The same source, other bytes.
    #[must_use]
    pub fn with_range(self, range: Range<usize>) -> Self {
        Self { source: self.source, start: range.start, end: range.end }
    }

    /// Whether both have a byte in common.
    pub fn meets(self, other: Self) -> bool {
        self.source == other.source && self.start < other.end && other.start < self.end
    }

    /// The bytes as a range, for slicing the source's text.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// Whether each of some places meets one of others, and the other way round.
pub fn same_places(a: &[Span], b: &[Span]) -> bool {
    let within = |one: &[Span], two: &[Span]| one.iter().all(|&a| two.iter().any(|&b| a.meets(b)));
    within(a, b) && within(b, a)
}

/// Words on one line.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning and the end of a text of more than so many characters, with a sign for what is left out.
pub fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most || text.chars().nth(most).is_none() {
        return Cow::Borrowed(text);
    }
    let (first, last) = (most * 3 / 4, most / 4 - 1);
    let from = text.char_indices().nth(first).map_or(text.len(), |(at, _)| at);
    let to = text.char_indices().rev().nth(last - 1).map_or(0, |(at, _)| at);
    Cow::Owned(format!("{}…{}", &text[..from], &text[to..]))
}

/// A place for people: both count from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A text, and where it stood, if the file was no text: what a Word document says, a paragraph a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    text: String,
    layout: Option<Arc<Layout>>,
}

impl Content {
    /// The text of a file that is no text, with where it stood there.
    #[cfg(feature = "office")]
    pub(crate) fn laid_out(text: String, layout: Layout) -> Self {
        Self { text, layout: Some(Arc::new(layout)) }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The whole text, by itself.
    pub fn into_text(self) -> String {
        self.text
    }

    /// Where it stood in a file that was no text.
    pub(crate) fn layout(&self) -> Option<&Arc<Layout>> {
        self.layout.as_ref()
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        Self { text, layout: None }
    }
}

impl From<&str> for Content {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// One text that was read, with the name it is reported under.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    layout: Option<Arc<Layout>>,
    /// Byte offset of the first byte of each line; never empty, starts with 0. Counted when a place
    /// is first asked for: of most texts none is.
    lines: OnceLock<Vec<usize>>,
    /// How many characters begin before each [`STRIDE`] bytes, so that a column of a long line is not
    /// counted from its start.
    characters: OnceLock<Vec<usize>>,
}

/// Bytes between two counts of characters.
const STRIDE: usize = 4096;

impl Source {
    fn new(name: String, Content { text, layout }: Content) -> Self {
        Self { name, text, layout, lines: OnceLock::new(), characters: OnceLock::new() }
    }

    /// The name that findings give: a path as the user wrote it, or `<stdin>`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the text stood in its file, if that is no text and so has no lines: its lines are the
    /// paragraphs then.
    pub fn layout(&self) -> Option<&Layout> {
        self.layout.as_deref()
    }

    /// The text with where it stood.
    pub fn content(&self) -> Content {
        Content { text: self.text.clone(), layout: self.layout.clone() }
    }

    /// A place for people behind the file's name, which may be escaped: "a.md:3:7", "a.docx, paragraph 3".
    pub fn told(&self, name: &str, offset: usize) -> String {
        let place = self.place(offset);
        match self.layout {
            None => format!("{name}:{}:{}", place.line, place.column),
            Some(_) => format!("{name}, paragraph {}", place.line),
        }
    }

    /// The same without the column: "a.md:3", "a.docx, paragraph 3".
    pub fn told_line(&self, name: &str, offset: usize) -> String {
        format!(
            "{name}{}{}",
            if self.layout.is_some() { ", paragraph " } else { ":" },
            self.place(offset).line
        )
    }

    /// What a line of the text is called: "line", or "paragraph" where the file has none.
    pub fn unit(&self) -> &'static str {
        if self.layout.is_some() { "paragraph" } else { "line" }
    }

    /// Line and column of a byte offset; an offset past the end is the end. Of a file without lines, the
    /// paragraph and the column in it.
    pub fn place(&self, offset: usize) -> Place {
        let offset = offset.min(self.text.len());
        let lines = self.lines();
        let line = lines.partition_point(|&start| start <= offset) - 1;
        let start = if line == 0 { self.first().min(offset) } else { lines[line] };
        let column = if offset - start < STRIDE {
            characters(&self.text.as_bytes()[start..offset])
        } else {
            self.characters_before(offset) - self.characters_before(start)
        };
        Place { line: line + 1, column: column + 1 }
    }

    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let breaks = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(breaks.map(|at| at + 1)).collect()
        })
    }

    /// How many lines there are.
    pub fn count_lines(&self) -> usize {
        self.lines().len()
    }

    /// The bytes of a line by its number, from 1, with its line break; `None` where there is none.
    pub fn numbered(&self, line: usize) -> Option<Range<usize>> {
        let start = *self.lines().get(line.checked_sub(1)?)?;
        Some(self.line(if start == 0 { self.first() } else { start }))
    }

    /// The bytes of the line of an offset, with its line break.
    pub fn line(&self, offset: usize) -> Range<usize> {
        let offset = offset.min(self.text.len());
        let lines = self.lines();
        let line = lines.partition_point(|&start| start <= offset) - 1;
        let start = if line == 0 { self.first().min(offset) } else { lines[line] };
        start..lines.get(line + 1).copied().unwrap_or(self.text.len())
    }

    /// Where the first line begins: behind a byte order mark, which no editor counts.
    fn first(&self) -> usize {
        if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
    }

    /// How many characters of the text begin before an offset.
    pub(crate) fn characters_before(&self, offset: usize) -> usize {
        let bytes = self.text.as_bytes();
        let counts = self.characters.get_or_init(|| {
            let mut count = 0;
            let blocks = bytes.chunks(STRIDE).map(|block| {
                count += characters(block);
                count
            });
            std::iter::once(0).chain(blocks).collect()
        });
        let block = offset / STRIDE;
        counts[block] + characters(&bytes[block * STRIDE..offset])
    }
}

/// How many characters begin in some bytes: all that are no continuation bytes (`10xxxxxx`).
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

/// All texts of one run, in the order in which they were added. A copy shares the texts.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    all: Vec<Arc<Source>>,
}

impl Sources {
    /// No sources yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text under a name and returns its id. A text that was read from a document
    /// ([`Content`]) keeps where it stood there.
    ///
    /// # Panics
    /// After four billion sources.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<Content>) -> SourceId {
        let id = u32::try_from(self.all.len()).expect("fewer than four billion sources");
        self.all.push(Arc::new(Source::new(name.into(), text.into())));
        SourceId(id)
    }

    /// Gives a source another text, as an editor does; its name and its id stay. Copies of the sources keep
    /// the text that they have.
    pub fn replace(&mut self, id: SourceId, text: impl Into<Content>) {
        let source = &mut self.all[id.0 as usize];
        *source = Arc::new(Source::new(source.name.clone(), text.into()));
    }

    /// The source with this id.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.all[id.0 as usize]
    }

    /// All sources, in the order in which they were added.
    pub fn all(&self) -> impl Iterator<Item = &Source> {
        self.all.iter().map(|source| &**source)
    }

    /// The ids of all sources, in the same order.
    pub fn ids(&self) -> impl Iterator<Item = SourceId> + use<> {
        let all = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        (0..all).map(SourceId)
    }

    /// The text a span covers.
    pub fn slice(&self, span: Span) -> &str {
        &self.get(span.source).text[span.range()]
    }

    /// A span over the whole of a source.
    pub fn whole(&self, source: SourceId) -> Span {
        Span { source, start: 0, end: self.get(source).text.len() }
    }

    /// How many sources there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether nothing was read.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let mut sources = Sources::new();
        let id = sources.add("a.md", "one\n€270 million\n");
        let place = sources.get(id).place(4 + "€270 ".len());
        assert_eq!(place, Place { line: 2, column: 6 });
        assert_eq!(sources.get(id).place(999), Place { line: 3, column: 1 });
    }

    #[test]
    fn of_a_long_text_both_ends_are_left() {
        assert_eq!(shortened("äöüäöüäöüäöü", 12), "äöüäöüäöüäöü");
        assert_eq!(shortened("äöüäöüäöü 5 km", 12), "äöüäöüäöü…km");
        assert_eq!(shortened(&"ä".repeat(1 << 20), 200).chars().count(), 200);
    }

    #[test]
    fn a_long_line_has_the_same_columns() {
        let text = format!("one\n{}€ end", "€uro ".repeat(3000));
        let mut sources = Sources::new();
        let id = sources.add("a.md", text.clone());
        for (at, _) in text.char_indices().skip(4).step_by(997).chain([(text.len(), ' ')]) {
            let column = text[4..at].chars().count() + 1;
            assert_eq!(sources.get(id).place(at), Place { line: 2, column });
        }
    }
}
