//! Quotes found by their exact words.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::claim::anchor::search::Sought;
use crate::claim::anchor::{Found, Wanted};
use crate::claim::{State, Store};
use crate::lexicon::Lexicon;
use crate::mention::{Mention, find_mentions, states_same};
use crate::reading::Reading;
use crate::value::{DateBound, Direction, Value};

/// What the exact words of a quote lead to, in bytes of the prose.
#[derive(Clone, Debug)]
pub(super) enum Exact {
    /// To one place with the right words around it.
    Fits { range: Range<usize>, figure: Own },
    /// To several with the right words around them.
    Several(Vec<Range<usize>>),
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
    let settled = |(wanted, found): (&Wanted, Vec<usize>)| {
        let length = wanted.words.text().len();
        let whole: Vec<Range<usize>> = found
            .into_iter()
            .map(|at| at..at + length)
            .filter(|place| stands_alone(text, place.start, place.end))
            .collect();
        let fitting: Vec<&Range<usize>> =
            whole.iter().filter(|place| fits(wanted, text, place)).collect();
        match &*fitting {
            [only] => {
                let range = article.unfolded((*only).clone());
                let value = &claims.get(wanted.claim).figure.value;
                let figure = own_figure(article.prose(), range.clone(), value, lexicon);
                Exact::Fits { range, figure }
            }
            [] => Exact::Elsewhere(whole.into_iter().map(|at| article.unfolded(at)).collect()),
            several => {
                Exact::Several(several.iter().map(|at| article.unfolded((*at).clone())).collect())
            }
        }
    };
    wanted.iter().zip(all).map(settled).collect()
}

/// Whether a claim's prefix and suffix stand right before and behind a place.
pub(super) fn fits(wanted: &Wanted, text: &str, place: &Range<usize>) -> bool {
    let before = text[..place.start].trim_end();
    let after = text[place.end..].trim_start();
    wanted.prefix.as_ref().is_none_or(|prefix| before.ends_with(prefix.text()))
        && wanted.suffix.as_ref().is_none_or(|suffix| after.starts_with(suffix.text()))
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

/// Where each of many texts starts in one, in a single pass over it.
pub(super) fn find_all<'t>(
    text: &str,
    words: impl ExactSizeIterator<Item = &'t str>,
) -> Vec<Vec<usize>> {
    let mut found = vec![Vec::new(); words.len()];
    // A dense automaton would cost more to build than an article takes to search.
    let built = AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(words);
    let Ok(automaton) = built else { return found };
    for hit in automaton.find_overlapping_iter(text) {
        let places = &mut found[hit.pattern().as_usize()];
        // An empty quote is everywhere; a few places say so as well as all of them.
        if places.len() < 10_000 {
            places.push(hit.start());
        }
    }
    found
}

/// Where the words of quotes stand whatever their case and the marks between them, in bytes of the prose.
pub(super) fn same_words(wanted: &[&Wanted], article: &Reading<'_>) -> Vec<Vec<Range<usize>>> {
    let text = Plain::new(article.folded().text());
    let quotes: Vec<Plain> = wanted.iter().map(|wanted| Plain::new(wanted.words.text())).collect();
    let all = find_all(&text.text, quotes.iter().map(|quote| &*quote.text));
    let places = |(quote, places): (&Plain, Vec<usize>)| {
        let length = quote.text.len();
        let whole = places.into_iter().filter(|&at| stands_alone(&text.text, at, at + length));
        whole.map(|at| article.unfolded(text.original(at..at + length))).collect()
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

/// Places where the words of one quote stand with other digits; of more, only those count that stand
/// where the claim stood.
const MOST_PLACES: usize = 64;

/// A place where only digits are others than those of a quote, in bytes of the prose.
#[derive(Clone, Debug)]
pub(super) struct OtherDigits {
    pub(super) range: Range<usize>,
    /// The figure there that is another.
    pub(super) figure: Range<usize>,
    /// Whether the words around the quote are named and stand there.
    pub(super) fits: bool,
}

/// Where the words of quotes stand with other digits.
pub(super) fn other_digits(
    wanted: &[&Wanted],
    sought: &[Sought],
    article: &Reading<'_>,
) -> Vec<Vec<OtherDigits>> {
    let text = article.folded().text();
    let masked = Masked::new(text);
    let quotes: Vec<Masked> =
        wanted.iter().map(|wanted| Masked::new(wanted.words.text())).collect();
    let all = find_all(&masked.text, quotes.iter().map(|quote| &*quote.text));
    let place = |wanted: &Wanted, sought: &Sought, length: usize, at: usize| {
        let words = wanted.words.text();
        let (start, end) = (*masked.origin.get(at)?, *masked.origin.get(at + length)?);
        let here = text.get(start..end)?;
        if here == words || !stands_alone(text, start, end) {
            return None;
        }
        let folded =
            |own: &Range<usize>| wanted.words.folded(own.start)..wanted.words.folded(own.end);
        let own = sought.own.as_ref().map(folded);
        let figure = differing(here, words, own.as_ref())?;
        let figure = article.unfolded(start + figure.start..start + figure.end);
        let has_context = wanted.prefix.is_some() || wanted.suffix.is_some();
        let fits = has_context && fits(wanted, text, &(start..end));
        Some(OtherDigits { range: article.unfolded(start..end), figure, fits })
    };
    let asked = wanted.iter().zip(sought);
    asked
        .zip(quotes.iter().zip(all))
        .map(|((quote, sought), (words, mut places))| {
            if MOST_PLACES < places.len() {
                let Some(between) = &sought.between else { return Vec::new() };
                let room =
                    article.folded().folded(between.start)..article.folded().folded(between.end);
                places.retain(|&at| room.contains(&masked.origin[at]));
            }
            let length = words.text.len();
            let all = places.into_iter().take(MOST_PLACES);
            all.filter_map(|at| place(quote, sought, length, at)).collect()
        })
        .collect()
}

/// The figure of some words that is another than in a quote with the same words: the one at `own`, if it
/// is, else the first.
fn differing(here: &str, words: &str, own: Option<&Range<usize>>) -> Option<Range<usize>> {
    let numerals = |text: &str| Masked::new(text).numerals;
    let (here_numerals, word_numerals) = (numerals(here), numerals(words));
    let pairs = || here_numerals.iter().zip(&word_numerals);
    let is_other =
        |(a, b): &(&Range<usize>, &Range<usize>)| here[(*a).clone()] != words[(*b).clone()];
    let is_own = |b: &Range<usize>| own.is_some_and(|own| own.start <= b.start && b.end <= own.end);
    let (numeral, was) =
        pairs().filter(is_other).find(|(_, b)| is_own(b)).or_else(|| pairs().find(is_other))?;
    // The whole figure: what stands around its numeral stands there as before.
    let Some(own) = own.filter(|_| is_own(was)) else { return Some(numeral.clone()) };
    let first = pairs().find(|(_, b)| is_own(b))?;
    let last = pairs().rfind(|(_, b)| is_own(b))?;
    let start = first.0.start.checked_sub(first.1.start - own.start)?;
    let end = last.0.end + (own.end - last.1.end);
    here.get(start..end).map(|_| start..end)
}

/// A text with all numerals alike.
struct Masked {
    text: String,
    /// For each byte, and for the end, the one of the original that it came from.
    origin: Vec<usize>,
    /// Where the numerals stand in the original.
    numerals: Vec<Range<usize>>,
}

impl Masked {
    fn new(original: &str) -> Self {
        let bytes = original.as_bytes();
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let mut masked = Self {
            text: String::with_capacity(original.len()),
            origin: Vec::with_capacity(original.len() + 1),
            numerals: Vec::new(),
        };
        let mut at = 0;
        while let Some(c) = original[at..].chars().next() {
            let start = at;
            if c.is_ascii_digit() {
                at += 1;
                // The marks of a number have digits on both sides.
                while is_digit(at)
                    || (matches!(bytes.get(at), Some(b'.' | b',')) && is_digit(at + 1))
                {
                    at += 1;
                }
                masked.text.push('0');
                masked.numerals.push(start..at);
            } else {
                at += c.len_utf8();
                masked.text.push(c);
            }
            masked.origin.resize(masked.text.len(), start);
        }
        masked.origin.push(original.len());
        masked
    }
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

/// The figure of some words that a claim is about, in bytes of the prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Own {
    /// This one states what the claim states.
    Same(Range<usize>),
    /// None does; this one comes nearest.
    Other(Range<usize>),
    /// There is none, or there are several.
    Unclear,
}

impl Own {
    /// Where it stands, if it states what the claim states.
    pub(super) fn same(&self) -> Option<&Range<usize>> {
        match self {
            Self::Same(range) => Some(range),
            Self::Other(_) | Self::Unclear => None,
        }
    }

    /// Where it stands, or what comes nearest.
    pub(super) fn nearest(&self) -> Option<&Range<usize>> {
        match self {
            Self::Same(range) | Self::Other(range) => Some(range),
            Self::Unclear => None,
        }
    }
}

/// The figure among some words of a text that a claim of this value is about.
pub(super) fn own_figure(text: &str, words: Range<usize>, value: &Value, lexicon: &Lexicon) -> Own {
    if matches!(value, Value::Unstated) {
        return Own::Unclear;
    }
    let is_date = matches!(value, Value::Date(_));
    // A date is compared with dates, an amount with amounts: "on 10 April" states no count of 10.
    let mentions: Vec<Mention> = find_mentions(&text[words.clone()], lexicon)
        .into_iter()
        .filter(|mention| match &mention.value {
            // A date that the day of publication would tell says nothing here.
            Value::Date(date) => is_date && !date.readings.is_empty(),
            _ => !is_date,
        })
        .map(|mention| with_sign(mention, words.start, text))
        .collect();
    let place =
        |mention: &Mention| words.start + mention.range.start..words.start + mention.range.end;
    let mut same = mentions
        .iter()
        .filter(|mention| states_same(&mention.value, value) && !opposed(&mention.value, value));
    match (same.next(), same.next(), &*mentions) {
        (Some(only), None, _) => Own::Same(place(only)),
        (None, _, [first, ..]) => {
            let alike = mentions.iter().find(|m| m.value.kind() == value.kind());
            Own::Other(place(alike.unwrap_or(first)))
        }
        _ => Own::Unclear,
    }
}

/// A mention with the minus sign right before it, if that is no dash between two words or numbers.
fn with_sign(mut mention: Mention, start: usize, text: &str) -> Mention {
    let mut before = text[..start + mention.range.start].chars().rev();
    let sign = before.next().filter(|c| matches!(c, '-' | '−'));
    let stands_alone =
        before.next().is_none_or(|c| c.is_whitespace() || "([\u{201c}\"".contains(c));
    if let (Some(sign), true, Value::Amount(amount)) = (sign, stands_alone, &mention.value) {
        mention.value = Value::Amount(amount.clone().negated());
        // The sign may stand before the quote; its place then begins with the figure.
        mention.range.start = mention.range.start.saturating_sub(sign.len_utf8());
    }
    mention
}

/// Whether two values with the same figure say opposite things of it: "over" and "nearly", "since"
/// and "until", or a minus sign on one side only. A claim may turn a fall that the article has in
/// a verb into a minus sign, so only a sign that the article writes counts.
pub(super) fn opposed(quoted: &Value, claimed: &Value) -> bool {
    match (quoted, claimed) {
        (Value::Amount(quoted), Value::Amount(claimed)) => {
            let pair = (quoted.hedge, claimed.hedge);
            let hedges = matches!(
                pair,
                (Direction::More, Direction::Less) | (Direction::Less, Direction::More)
            );
            hedges || (quoted.to.is_negative() && !claimed.to.is_negative())
        }
        (Value::Date(quoted), Value::Date(claimed)) => {
            let side = |bound: DateBound| match bound {
                DateBound::Since | DateBound::After => 1,
                DateBound::By | DateBound::Until | DateBound::Before => -1,
            };
            let sides = quoted.bound.map(side).zip(claimed.bound.map(side));
            sides.is_some_and(|(a, b)| a != b)
        }
        _ => false,
    }
}
