//! Places in characters, as Python and SQL count.

use std::ops::Range;

use crate::source::{SourceId, Sources, Span};

/// Counts the characters before places, from the last place on where they come in their order.
pub(super) struct Characters<'s> {
    sources: &'s Sources,
    /// A byte of a source, and the characters before it.
    counted: Option<(SourceId, usize, usize)>,
}

impl<'s> Characters<'s> {
    /// Nothing is counted yet.
    pub(super) fn new(sources: &'s Sources) -> Self {
        Self { sources, counted: None }
    }

    /// The characters before a place, and before its end.
    pub(super) fn of(&mut self, span: Span) -> (i64, i64) {
        let source = self.sources.get(span.source);
        let characters =
            |range: Range<usize>| source.text().get(range).map_or(0, |text| text.chars().count());
        let start = match self.counted {
            Some((id, byte, before)) if id == span.source && byte <= span.start => {
                before + characters(byte..span.start)
            }
            _ => characters(0..span.start),
        };
        self.counted = Some((span.source, span.start, start));
        let end = start + characters(span.range());
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        (number(start), number(end))
    }
}
