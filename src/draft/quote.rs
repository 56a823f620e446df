//! The words that a claim quotes: enough of those around a figure to find it again.

use std::ops::Range;

use crate::claim::occurrences;
use crate::document::REMOVED;
use crate::lexicon::{Lexicon, bit};
use crate::reading::Reading;

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
        !word.is_empty() && lexicon.look_up(word).senses & bit::FUNCTION == 0
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

/// The words before a quote that says nothing but its figure, up to one that says something: "Labor (" of
/// "Labor (94%)". `block` is the paragraph.
pub(super) fn lead(
    prose: &str,
    quote: &Range<usize>,
    block: &Range<usize>,
    lexicon: &Lexicon,
) -> Option<Range<usize>> {
    let means = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.chars().any(char::is_alphabetic) && lexicon.look_up(word).senses & bit::FUNCTION == 0
    };
    let has_digit = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    let own = prose[quote.clone()].split_whitespace();
    if own.filter(|word| !has_digit(word)).any(means) {
        return None;
    }
    let end = block.start + prose[block.start..quote.start].trim_end().len();
    let mut start = end;
    for _ in 0..MOST_WORDS {
        let before = prose[block.start..start].trim_end();
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        if word.is_empty() || has_digit(word) || word.contains(REMOVED) {
            return None;
        }
        start = block.start + before.len() - word.len();
        if means(word) {
            return Some(start..end);
        }
    }
    None
}

/// Gives quotes that stand more than once the words before them, or behind, that tell them apart. `leads`
/// are words before them that they have in any case.
pub(super) fn told_apart(
    article: &Reading<'_>,
    quotes: &[Range<usize>],
    leads: &[Option<Range<usize>>],
) -> Vec<Quoted> {
    let folded: Vec<Range<usize>> = quotes
        .iter()
        .map(|quote| article.folded().folded(quote.start)..article.folded().folded(quote.end))
        .map(|range| trimmed(article.folded().text(), range))
        .collect();
    let text = article.folded().text();
    let all = occurrences(text, folded.iter().map(|range| &text[range.clone()]));
    let prose = |range: Range<usize>| article.unfolded(range);
    let mut told = Vec::with_capacity(quotes.len());
    for (((quote, own), lead), places) in quotes.iter().zip(&folded).zip(leads).zip(all) {
        let others: Vec<usize> = places.into_iter().filter(|&at| at != own.start).collect();
        let lead = lead.as_ref().map(|lead| article.folded().folded(lead.start));
        let (prefix, suffix) = apart(text, own, lead, others);
        let (prefix, suffix) = (prefix.map(prose), suffix.map(prose));
        told.push(Quoted { text: quote.clone(), prefix, suffix });
    }
    told
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text[range.clone()].trim_end();
    range.start..range.start + part.len()
}

/// The words before or behind a place that tell it from others with the same words.
fn apart(
    text: &str,
    own: &Range<usize>,
    lead: Option<usize>,
    mut others: Vec<usize>,
) -> (Option<Range<usize>>, Option<Range<usize>>) {
    let before = text[..own.start].trim_end();
    let mut start = lead.unwrap_or(before.len()).min(before.len());
    if start < before.len() {
        others.retain(|&at| text[..at].trim_end().ends_with(&before[start..]));
    }
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
