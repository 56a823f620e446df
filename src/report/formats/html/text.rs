//! The text of an article as the page shows it: its blocks, cut into words and figures.

use std::ops::Range;

use serde::Serialize;

use crate::document::{BlockKind, Document, REMOVED};
use crate::report::ArticleRead;
use crate::report::formats::html::marks::{Mark, Piece, at};
use crate::report::formats::inert::clean;
use crate::source::{Source, Span};

/// A paragraph or a table.
#[derive(Serialize)]
pub(super) struct BlockView {
    pub(super) tag: &'static str,
    /// The bullet or number of an item, as it is written.
    marker: String,
    pub(super) pieces: Vec<Piece>,
    /// The rows of a table.
    rows: Vec<Vec<CellView>>,
    /// The findings that stand beside it, by their numbers.
    pub(super) notes: Vec<usize>,
}

impl BlockView {
    /// The numbers of the marks that stand in it.
    pub(super) fn marks(&self) -> impl Iterator<Item = usize> {
        let cells = self.rows.iter().flatten().flat_map(|cell| &cell.pieces);
        self.pieces.iter().chain(cells).map(|piece| piece.mark).filter(|&mark| mark != 0)
    }
}

#[derive(Serialize)]
pub(super) struct CellView {
    header: bool,
    pieces: Vec<Piece>,
}

/// An article with the marks that stand in it, in order.
pub(super) struct Text<'t> {
    pub(super) source: &'t Source,
    pub(super) article: &'t ArticleRead,
    pub(super) marks: &'t [Mark<'t>],
}

impl Text<'_> {
    /// The article's blocks, its tables put together.
    pub(super) fn blocks(&self) -> Vec<BlockView> {
        let text = self.source.text();
        let document = Document::of_source(self.source);
        let mut views: Vec<BlockView> = Vec::new();
        let mut last: Option<(u32, u32)> = None;
        for block in document.blocks() {
            let pieces = self.pieces(&document, block.range.clone());
            if let BlockKind::TableCell { table, row, header, .. } = block.kind {
                let cell = CellView { header, pieces };
                match (views.last_mut(), last) {
                    (Some(view), Some((known, at))) if known == table => {
                        if at != row {
                            view.rows.push(Vec::new());
                        }
                        view.rows.last_mut().expect("a table has a row").push(cell);
                    }
                    _ => views.push(BlockView {
                        tag: "table",
                        marker: String::new(),
                        pieces: Vec::new(),
                        rows: vec![vec![cell]],
                        notes: Vec::new(),
                    }),
                }
                last = Some((table, row));
                continue;
            }
            last = None;
            let tag = match block.kind {
                BlockKind::Heading(1) => "h3",
                BlockKind::Heading(2) => "h4",
                BlockKind::Heading(_) => "h5",
                BlockKind::ListItem { .. } => "item",
                BlockKind::Quote => "blockquote",
                BlockKind::Caption => "caption",
                _ => "p",
            };
            let marker = match tag {
                "item" => marker(text, document.source_range(block.range.clone()).start),
                _ => String::new(),
            };
            views.push(BlockView { tag, marker, pieces, rows: Vec::new(), notes: Vec::new() });
        }
        views
    }

    /// A block cut into words and figures.
    fn pieces(&self, document: &Document<'_>, range: Range<usize>) -> Vec<Piece> {
        let prose = &document.prose()[range.clone()];
        let whole = document.source_range(range.clone());
        // Code and images are no prose.
        let words = |text: &str| {
            let text = clean(text).replace(REMOVED, "[…]");
            Piece { text, mark: 0, class: "", words: "" }
        };
        let place = Span { source: self.article.source, start: whole.start, end: whole.end };
        let mut pieces = Vec::new();
        let mut from = 0;
        // The characters of the prose, each with where its source begins and ends.
        let starts: Vec<usize> = prose.char_indices().map(|(at, _)| at).collect();
        let source_of = |at: usize| {
            let length = prose[at..].chars().next().map_or(0, char::len_utf8);
            document.source_range(range.start + at..range.start + at + length)
        };
        for number in at(self.marks, place) {
            let mark = &self.marks[number];
            let first = starts.partition_point(|&at| source_of(at).end <= mark.span.start);
            let last = starts.partition_point(|&at| source_of(at).start < mark.span.end);
            let start = starts.get(first).copied().unwrap_or(prose.len()).max(from);
            let end = starts.get(last).copied().unwrap_or(prose.len());
            // Where an image stands there is nothing to read; its words are a block of their own.
            if end <= start || prose[start..end].chars().all(|c| c == REMOVED) {
                continue;
            }
            if from < start {
                pieces.push(words(&prose[from..start]));
            }
            pieces.push(Piece {
                text: clean(&prose[start..end]),
                mark: number + 1,
                class: mark.standing.class(),
                words: mark.standing.words(),
            });
            from = end;
        }
        if from < prose.len() {
            pieces.push(words(&prose[from..]));
        }
        pieces
    }
}

/// The first heading of an article.
pub(super) fn headline(blocks: &[BlockView]) -> String {
    let heading = blocks.iter().find(|block| ["h3", "h4"].contains(&block.tag));
    let pieces = heading.into_iter().flat_map(|block| &block.pieces);
    pieces.map(|piece| piece.text.as_str()).collect()
}

/// What stands before an item in its line: its bullet or its number.
fn marker(text: &str, at: usize) -> String {
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let before = text[start..at].trim();
    // In HTML a tag stands there.
    let is_marker = !before.is_empty() && before.chars().count() <= 6 && !before.contains('<');
    let has_number = before.chars().any(char::is_alphanumeric);
    if is_marker && has_number { clean(before) } else { "–".to_owned() }
}
