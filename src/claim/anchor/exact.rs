//! Quotes found by their exact words.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::claim::anchor::own::{Own, own_figure};
use crate::claim::anchor::wanted::{Found, Wanted, fits, stands_alone};
use crate::claim::{State, Store};
use crate::document::Folded;
use crate::lexicon::Lexicon;
use crate::reading::Reading;

/// Places without the right words around them that are kept of a quote.
const MOST_ELSEWHERE: usize = 256;

/// What the exact words of a quote lead to, in bytes of the prose.
#[derive(Clone, Debug)]
pub(super) enum Exact {
    /// To one place with the right words around it.
    Fits { range: Range<usize>, figure: Own },
    /// To several with the right words around them, in order; claims with the same selector share them.
    Several(Arc<[Range<usize>]>),
    /// To none with the right words around it; to these places without.
    Elsewhere(Vec<Range<usize>>),
    /// It has been settled otherwise.
    Settled(Found),
}

impl Exact {
    pub(super) fn found(self) -> Found {
        match self {
            Self::Fits { range, figure } => Found::At { range, figure, state: State::Same },
            Self::Several(places) => Found::Several(places),
            Self::Elsewhere(_) => Found::Nowhere,
            Self::Settled(found) => found,
        }
    }
}

/// Looks for the exact words of all quotes.
pub(super) fn find(
    wanted: &[Wanted],
    claims: &Store,
    article: &Reading<'_>,
    lexicon: &Lexicon,
) -> Vec<Exact> {
    let text = article.folded().text();
    let all = find_all(text, wanted.iter().map(|wanted| wanted.words.text()));
    // Thousands of claims may have one selector; it is looked at once.
    let mut known: HashMap<[&str; 3], Whole> = HashMap::new();
    let mut exact = Vec::with_capacity(wanted.len());
    for (wanted, places) in wanted.iter().zip(all) {
        let [prefix, suffix] =
            [&wanted.prefix, &wanted.suffix].map(|words| words.as_ref().map_or("", Folded::text));
        let whole = known.entry([wanted.words.text(), prefix, suffix]);
        exact.push(match whole.or_insert_with(|| Whole::new(wanted, &places, article)) {
            Whole::Fitting(only) if only.len() == 1 => {
                let range = only[0].clone();
                let value = &claims.get(wanted.claim).figure.value;
                let figure = own_figure(article.prose(), range.clone(), value, lexicon);
                Exact::Fits { range, figure }
            }
            Whole::Fitting(several) => Exact::Several(several.clone()),
            Whole::Elsewhere(places) => Exact::Elsewhere(places.to_vec()),
        });
    }
    exact
}

/// Where the words of a selector stand by themselves.
enum Whole {
    /// With the right words around them.
    Fitting(Arc<[Range<usize>]>),
    /// Not with them; the first of these places.
    Elsewhere(Arc<[Range<usize>]>),
}

impl Whole {
    fn new(wanted: &Wanted, places: &[usize], article: &Reading<'_>) -> Self {
        let text = article.folded().text();
        let length = wanted.words.text().len();
        let whole = || {
            let places = places.iter().map(|&at| at..at + length);
            places.filter(|place| stands_alone(text, place.start, place.end))
        };
        let unfolded = |place| article.unfolded(place);
        let fitting = whole().filter(|place| fits(wanted, text, place));
        let fitting: Arc<[Range<usize>]> = fitting.map(unfolded).collect();
        if fitting.is_empty() {
            return Self::Elsewhere(whole().take(MOST_ELSEWHERE).map(unfolded).collect());
        }
        Self::Fitting(fitting)
    }
}

/// Where a text starts in another, be it within itself too.
pub(super) fn find_one(text: &str, words: &str) -> Vec<usize> {
    let finder = memchr::memmem::Finder::new(words);
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(at) = finder.find(&text.as_bytes()[from..]) {
        places.push(from + at);
        from += at + 1;
    }
    places
}

/// Where each of many texts starts in one, in a single pass over it. Those that are the same share their
/// places.
pub(super) fn find_all<'t>(
    text: &str,
    words: impl ExactSizeIterator<Item = &'t str>,
) -> Vec<Arc<[usize]>> {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut distinct: Vec<&str> = Vec::new();
    let number_of: Vec<usize> = words
        .map(|words| {
            *numbers.entry(words).or_insert_with(|| {
                distinct.push(words);
                distinct.len() - 1
            })
        })
        .collect();
    let mut found: Vec<Vec<usize>> = vec![Vec::new(); distinct.len()];
    // A dense automaton would cost more to build than an article takes to search.
    let built = AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(&distinct);
    if let Ok(automaton) = built {
        for hit in automaton.find_overlapping_iter(text) {
            let places = &mut found[hit.pattern().as_usize()];
            // An empty quote is everywhere; a few places say so as well as all of them.
            if places.len() < 10_000 {
                places.push(hit.start());
            }
        }
    }
    let shared: Vec<Arc<[usize]>> = found.into_iter().map(Arc::from).collect();
    number_of.into_iter().map(|number| shared[number].clone()).collect()
}

/// Where the words of quotes stand whatever their case and the marks between them, in bytes of the prose.
pub(super) fn same_words(wanted: &[&Wanted], article: &Reading<'_>) -> Vec<Vec<Range<usize>>> {
    let text = Plain::new(article.folded().text());
    let quotes: Vec<Plain> = wanted.iter().map(|wanted| Plain::new(wanted.words.text())).collect();
    let all = find_all(&text.text, quotes.iter().map(|quote| &*quote.text));
    let places = |(quote, places): (&Plain, Arc<[usize]>)| {
        let length = quote.text.len();
        let whole = places.iter().filter(|&&at| stands_alone(&text.text, at, at + length));
        let some = whole.take(MOST_ELSEWHERE);
        some.map(|&at| article.unfolded(text.original(at..at + length))).collect()
    };
    quotes.iter().zip(all).map(places).collect()
}

/// The words of a text in small letters, a space between them, without the marks that state nothing.
struct Plain {
    text: String,
    /// For each byte, the one of the original that it came from.
    origin: Vec<usize>,
}

impl Plain {
    fn new(original: &str) -> Self {
        let mut plain = Self { text: String::with_capacity(original.len()), origin: Vec::new() };
        let mut before = ' ';
        let mut characters = original.char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            let next = characters.peek().map_or(' ', |&(_, next)| next);
            let states = c.is_alphanumeric()
                || "%$€£¥°".contains(c)
                || matches!(c, '.' | ',') && before.is_ascii_digit() && next.is_ascii_digit()
                || matches!(c, '-' | '−') && before.is_whitespace() && !next.is_whitespace();
            before = c;
            if states {
                plain.text.extend(c.to_lowercase());
            } else if c != '\'' && !plain.text.ends_with(' ') && !plain.text.is_empty() {
                plain.text.push(' ');
            }
            plain.origin.resize(plain.text.len(), at);
        }
        if plain.text.ends_with(' ') {
            plain.text.pop();
        }
        plain
    }

    /// The bytes of the original from one to the last before another.
    fn original(&self, range: Range<usize>) -> Range<usize> {
        match range.end.checked_sub(1) {
            Some(last) => self.origin[range.start]..self.origin[last] + 1,
            None => 0..0,
        }
    }
}
