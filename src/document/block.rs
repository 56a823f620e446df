//! Blocks of prose, what is left out of it, and the white space around it.

use std::ops::Range;

pub use crate::source::{Block, BlockKind};

/// Stands in prose for what is no prose: a code span, an image, struck-out words.
///
/// It is no white space and no letter, so what stands on its two sides is never read as one.
pub const REMOVED: char = '\u{fffc}';

pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';

/// White space, and the byte order mark, which is invisible too wherever it got into a text.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == BYTE_ORDER_MARK
}

/// The part of a range of a text that is neither blank at its start nor at its end.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let end = range.start + part.trim_end_matches(is_blank).len();
    let start = end - text[range.start..end].trim_start_matches(is_blank).len();
    start..end
}
