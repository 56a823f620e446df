//! Quotes that are to be found, and where they were.

use std::ops::Range;
use std::sync::Arc;

use crate::claim::anchor::own::Own;
use crate::claim::{Quote, State};
use crate::document::{Folded, unmarked};

/// Places of a quote that are kept where it is not known which is meant, and one more, which says that
/// there are others.
pub(super) const MOST_AMBIGUOUS: usize = 100;

/// A quote that is to be found.
pub(super) struct Wanted {
    /// The index of its claim.
    pub(super) claim: usize,
    pub(super) words: Folded,
    pub(super) prefix: Option<Folded>,
    pub(super) suffix: Option<Folded>,
    /// The sentence that it stood in.
    pub(super) sentence: Option<Folded>,
}

impl Wanted {
    pub(super) fn new(claim: usize, quote: &Quote) -> Self {
        // A quote may have been copied with the marks of its sources, which are no prose.
        let folded = |text: &str| Folded::new(&unmarked(text));
        let (prefix, suffix) = (quote.prefix.as_deref(), quote.suffix.as_deref());
        let (prefix, suffix) = (prefix.map(folded), suffix.map(folded));
        let sentence = quote.sentence.as_deref().map(folded);
        Self { claim, words: folded(&quote.text), prefix, suffix, sentence }
    }

    /// Those of some places that have the right words around them.
    pub(super) fn fitting(
        &self,
        text: &str,
        places: &[usize],
    ) -> impl Iterator<Item = Range<usize>> {
        let length = self.words.text().len();
        let places = places.iter().map(move |&at| at..at + length);
        places.filter(|place| fits(self, text, place))
    }
}

/// Where a quote was found, in bytes of the prose.
#[derive(Clone, Debug)]
pub(super) enum Found {
    /// At these bytes, with the figure that its claim is about if that is plain.
    At { range: Range<usize>, figure: Own, state: State },
    /// At several places that are as good as each other.
    Several(Arc<[Range<usize>]>),
    /// Nowhere.
    Nowhere,
}

/// Whether two ranges have a byte in common.
pub(super) fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether a claim's prefix and suffix stand right before and behind a place.
pub(super) fn fits(wanted: &Wanted, text: &str, place: &Range<usize>) -> bool {
    let before = text[..place.start].trim_end();
    let after = text[place.end..].trim_start();
    wanted.prefix.as_ref().is_none_or(|prefix| before.ends_with(prefix.text()))
        && wanted.suffix.as_ref().is_none_or(|suffix| after.starts_with(suffix.text()))
}

/// "5 million" does not stand in "25 million", nor "rose 5" in "rose 5.5".
pub(super) fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    if start == end {
        return false;
    }
    let before = text[..start].chars().next_back();
    let first = text[start..end].chars().next();
    let last = text[start..end].chars().next_back();
    let mut rest = text[end..].chars();
    let after = rest.next();
    let joins = |a: Option<char>, b: Option<char>| {
        a.zip(b).is_some_and(|(a, b)| a.is_alphanumeric() && b.is_alphanumeric())
    };
    let decimal = last.is_some_and(|c| c.is_ascii_digit())
        && after.is_some_and(|c| c == '.' || c == ',')
        && rest.next().is_some_and(|c| c.is_ascii_digit());
    let in_number = first.is_some_and(|c| c.is_ascii_digit())
        && before.is_some_and(|c| c == '.' || c == ',')
        && text[..start].chars().rev().nth(1).is_some_and(|c| c.is_ascii_digit());
    !joins(before, first) && !joins(last, after) && !decimal && !in_number
}
