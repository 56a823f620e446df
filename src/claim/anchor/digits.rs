//! Quotes found by their words with other digits.

use std::ops::Range;

use crate::claim::anchor::exact::find_all;
use crate::claim::anchor::search::{OtherDigits, Sought};
use crate::claim::anchor::wanted::{Wanted, fits, stands_alone};
use crate::reading::Reading;

/// Places where the words of one quote stand with other digits; of more, only those count that stand
/// where the claim stood.
const MOST_PLACES: usize = 64;

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
        // The digits of a label are no figure: "No. 5 of 12".
        let is_figure = |numeral: &Range<usize>| {
            let place = article.unfolded(start + numeral.start..start + numeral.end);
            let all = article.mentions();
            let at = all.partition_point(|mention| mention.range.end <= place.start);
            all.get(at).is_some_and(|mention| mention.range.start < place.end)
        };
        let figure = differing(here, words, own.as_ref(), &is_figure)?;
        let figure = article.unfolded(start + figure.start..start + figure.end);
        let has_context = wanted.prefix.is_some() || wanted.suffix.is_some();
        let fits = has_context && fits(wanted, text, &(start..end));
        Some(OtherDigits { range: article.unfolded(start..end), figure, fits })
    };
    let asked = wanted.iter().zip(sought);
    asked
        .zip(quotes.iter().zip(all))
        .map(|((quote, sought), (words, places))| {
            let mut places = &*places;
            if MOST_PLACES < places.len() {
                let Some(between) = &sought.between else { return Vec::new() };
                let room =
                    article.folded().folded(between.start)..article.folded().folded(between.end);
                let first = places.partition_point(|&at| masked.origin[at] < room.start);
                let last = places.partition_point(|&at| masked.origin[at] < room.end);
                places = places.get(first..last).unwrap_or_default();
            }
            let length = words.text.len();
            let all = places.iter().take(MOST_PLACES);
            all.filter_map(|&at| place(quote, sought, length, at)).collect()
        })
        .collect()
}

/// The figure of some words that is another than in a quote with the same words: the one at `own`, if it
/// is, else the first; where only labels are others, the one at `own`.
fn differing(
    here: &str,
    words: &str,
    own: Option<&Range<usize>>,
    is_figure: &dyn Fn(&Range<usize>) -> bool,
) -> Option<Range<usize>> {
    let numerals = |text: &str| Masked::new(text).numerals;
    let (here_numerals, word_numerals) = (numerals(here), numerals(words));
    let pairs = || here_numerals.iter().zip(&word_numerals);
    let is_other =
        |(a, b): &(&Range<usize>, &Range<usize>)| here[(*a).clone()] != words[(*b).clone()];
    let is_own = |b: &Range<usize>| own.is_some_and(|own| own.start <= b.start && b.end <= own.end);
    let others = || pairs().filter(is_other);
    let (numeral, was) = others()
        .find(|(_, b)| is_own(b))
        .or_else(|| others().find(|(here, _)| own.is_none() || is_figure(here)))
        .or_else(|| pairs().find(|(_, b)| is_own(b)))
        .or_else(|| others().next())?;
    // The whole figure: what stands around its numeral stands there as before.
    let Some(own) = own.filter(|_| is_own(was)) else { return Some(numeral.clone()) };
    let first = pairs().find(|(_, b)| is_own(b))?;
    let last = pairs().rfind(|(_, b)| is_own(b))?;
    let start = first.0.start.checked_sub(first.1.start - own.start)?;
    let end = last.0.end + (own.end - last.1.end);
    here.get(start..end).map(|_| start..end)
}

/// A text with all numerals alike.
pub(super) struct Masked {
    pub(super) text: String,
    /// For each byte, and for the end, the one of the original that it came from.
    pub(super) origin: Vec<usize>,
    /// Where the numerals stand in the original.
    numerals: Vec<Range<usize>>,
}

impl Masked {
    pub(super) fn new(original: &str) -> Self {
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
