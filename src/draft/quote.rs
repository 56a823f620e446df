//! The words that a claim quotes: enough of those around a figure to find it again.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use crate::claim::{Quote, fitting, occurrences};
use crate::document::REMOVED;
use crate::draft::apart::Alike;
use crate::lexicon::{Lexicon, bit};
use crate::reading::Reading;

/// Words with a meaning that a quote is to have beside its figure.
const ENOUGH: usize = 3;
/// Words on either side of a figure.
const MOST_WORDS: usize = 6;

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
    let mut known: HashMap<&str, Alike<'_>> = HashMap::new();
    for (((quote, own), lead), places) in quotes.iter().zip(&folded).zip(leads).zip(all) {
        let alike =
            known.entry(&text[own.clone()]).or_insert_with(|| Alike::new(text, own.len(), &places));
        let lead = lead.as_ref().map(|lead| article.folded().folded(lead.start));
        let (prefix, suffix) = alike.apart(own, lead);
        let (prefix, suffix) = (prefix.map(prose), suffix.map(prose));
        told.push(Quoted { text: quote.clone(), prefix, suffix });
    }
    told
}

/// The words of a quote, and those before and behind it.
type Selector = [Option<String>; 3];

/// Quotes of one article that are told apart one after another; what is known of the words of one serves
/// the others that have the same.
pub(super) struct Teller<'r> {
    article: &'r Reading<'r>,
    alike: RefCell<HashMap<&'r str, Rc<Alike<'r>>>>,
    places: RefCell<HashMap<Selector, Rc<[Range<usize>]>>>,
}

impl<'r> Teller<'r> {
    /// Those of an article.
    pub(super) fn new(article: &'r Reading<'r>) -> Self {
        Self { article, alike: RefCell::default(), places: RefCell::default() }
    }

    /// The words before or behind a quote that tell it from others with the same words.
    pub(super) fn told_apart(&self, quote: &Range<usize>) -> Quoted {
        let (folded, text) = (self.article.folded(), self.article.folded().text());
        let own = trimmed(text, folded.folded(quote.start)..folded.folded(quote.end));
        let words = &text[own.clone()];
        let mut alike = self.alike.borrow_mut();
        let alike = alike.entry(words).or_insert_with(|| {
            let places = occurrences(text, std::iter::once(words));
            Rc::new(Alike::new(text, words.len(), places.first().map_or(&[], |places| &**places)))
        });
        let (prefix, suffix) = alike.apart(&own, None);
        let prose = |range: Range<usize>| self.article.unfolded(range);
        Quoted { text: quote.clone(), prefix: prefix.map(prose), suffix: suffix.map(prose) }
    }

    /// Where a quote stands with the words around it, as [`fitting`] has it.
    pub(super) fn fitting(&self, quote: &Quote) -> Rc<[Range<usize>]> {
        let key = [Some(quote.text.clone()), quote.prefix.clone(), quote.suffix.clone()];
        let mut places = self.places.borrow_mut();
        places.entry(key).or_insert_with(|| fitting(quote, self.article).into()).clone()
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text[range.clone()].trim_end();
    range.start..range.start + part.len()
}
