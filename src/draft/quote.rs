//! The words that a claim quotes: enough of those around a figure to find it again.

use std::ops::Range;

use crate::claim::occurrences;
use crate::document::{Quotable, REMOVED};
use crate::lexicon::{Lexicon, bit};

/// Words with a meaning that a quote is to have beside its figure.
const ENOUGH: usize = 3;
/// Words on either side of a figure.
const MOST_WORDS: usize = 6;

/// Words before or behind a quote that tell it from others.
const MOST_AROUND: usize = 24;

/// A quote in bytes of the prose, with the words around it where it stands more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quoted {
    pub(super) text: Range<usize>,
    pub(super) prefix: Option<Range<usize>>,
    pub(super) suffix: Option<Range<usize>>,
}

/// Words on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words around a figure that a quote takes in, in bytes of the prose. `room` is the sentence
/// without the figures on either side.
pub(super) fn around(
    prose: &str,
    figure: Range<usize>,
    room: Range<usize>,
    lexicon: &Lexicon,
) -> Range<usize> {
    let mut range = whole_words(prose, figure, &room);
    let first = range.start;
    let mut content = 0;
    let means = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        !word.is_empty() && lexicon.look_up(word).1 & bit::FUNCTION == 0
    };
    let stops = |word: &str| word.contains(['"', '“', '”', '(', ')', '[', ']', '|', REMOVED]);
    for _ in 0..MOST_WORDS {
        let before = prose[room.start..range.start].trim_end();
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        if word.is_empty() || stops(word) || word.ends_with(['.', ';', '?', '!']) {
            break;
        }
        range.start = room.start + before.len() - word.len();
        content += usize::from(means(word));
        if content + 1 == ENOUGH {
            break;
        }
    }
    // What hangs on the figure before belongs to that.
    let lead = &prose[range.start..first];
    range.start += lead.find(char::is_alphanumeric).unwrap_or(lead.len());
    for _ in 0..MOST_WORDS {
        let rest = &prose[range.end..room.end];
        // A mark behind the last word ends the quote.
        if ENOUGH <= content || !rest.starts_with(char::is_whitespace) {
            break;
        }
        let gap = rest.len() - rest.trim_start().len();
        let word = rest[gap..].split(char::is_whitespace).next().unwrap_or_default();
        let kept = word.trim_end_matches(|c: char| !c.is_alphanumeric() && !"%°$€£¥".contains(c));
        if kept.is_empty() || stops(word) {
            break;
        }
        range.end += gap + kept.len();
        content += usize::from(means(word));
    }
    range
}

/// A figure with the rest of the words that it begins and ends in.
pub(super) fn whole_words(prose: &str, figure: Range<usize>, room: &Range<usize>) -> Range<usize> {
    let joins = |a: Option<char>, b: Option<char>| {
        a.zip(b).is_some_and(|(a, b)| a.is_alphanumeric() && b.is_alphanumeric())
    };
    let (mut start, mut end) = (figure.start, figure.end);
    while room.start < start
        && joins(prose[..start].chars().next_back(), prose[start..].chars().next())
    {
        start -= prose[..start].chars().next_back().map_or(0, char::len_utf8);
    }
    while end < room.end && joins(prose[..end].chars().next_back(), prose[end..].chars().next()) {
        end += prose[end..].chars().next().map_or(0, char::len_utf8);
    }
    start..end
}

/// Gives quotes that stand more than once the words before them, or behind, that tell them apart.
pub(super) fn told_apart(article: &Quotable<'_>, quotes: &[Range<usize>]) -> Vec<Quoted> {
    let folded: Vec<Range<usize>> = quotes
        .iter()
        .map(|quote| article.folded.folded(quote.start)..article.folded.folded(quote.end))
        .map(|range| trimmed(article.folded.text(), range))
        .collect();
    let text = article.folded.text();
    let all = occurrences(text, folded.iter().map(|range| &text[range.clone()]));
    let tell = |((quote, own), places): ((&Range<usize>, &Range<usize>), Vec<usize>)| {
        let others: Vec<usize> = places.into_iter().filter(|&at| at != own.start).collect();
        let (prefix, suffix) = apart(text, own, others);
        let prose = |range: Range<usize>| article.prose(range);
        Quoted { text: quote.clone(), prefix: prefix.map(prose), suffix: suffix.map(prose) }
    };
    quotes.iter().zip(&folded).zip(all).map(tell).collect()
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text[range.clone()].trim_end();
    range.start..range.start + part.len()
}

/// The words before or behind a place that tell it from others with the same words.
fn apart(
    text: &str,
    own: &Range<usize>,
    mut others: Vec<usize>,
) -> (Option<Range<usize>>, Option<Range<usize>>) {
    if others.is_empty() {
        return (None, None);
    }
    let before = text[..own.start].trim_end();
    let mut start = before.len();
    let mut words = 0;
    while 0 < start && !others.is_empty() && words < MOST_AROUND {
        words += 1;
        let rest = before[..start].trim_end();
        start = rest.rfind(' ').map_or(0, |space| space + 1);
        let prefix = &before[start..];
        others.retain(|&at| text[..at].trim_end().ends_with(prefix));
    }
    let prefix = (start < before.len()).then_some(start..before.len());
    if others.is_empty() {
        return (prefix, None);
    }
    // Where the words before do not tell, as at the start of a text, those behind may. Where they do not
    // either, the text stands there twice, and so do its claims.
    let length = own.len();
    let skip = text[own.end..].len() - text[own.end..].trim_start().len();
    let first = own.end + skip;
    let mut end = first;
    words = 0;
    while end < text.len() && !others.is_empty() && words < MOST_AROUND {
        words += 1;
        let rest = &text[end..];
        let gap = rest.len() - rest.trim_start().len();
        end += gap + rest[gap..].find(' ').unwrap_or(rest.len() - gap);
        let suffix = &text[first..end];
        others.retain(|&at| text[at + length..].trim_start().starts_with(suffix));
    }
    (prefix, (first < end).then_some(first..end))
}
