//! The sentences of an article, and which of them those of claims have become.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::claim::anchor::digits::Masked;
use crate::claim::anchor::exact::find_one;
use crate::claim::anchor::wanted::{Wanted, fits, overlap, stands_alone};
use crate::claim::anchor::words::stem;
use crate::document::{BlockKind, Document, Folded, REMOVED, sentences};
use crate::lexicon::{Abbreviations, Lexicon, bit, fold};
use crate::mention::{Mention, find_mentions};
use crate::reading::Reading;
use crate::source::one_line;

/// Stands between the cells of a row.
const BAR: &str = " | ";
/// Stands for what is no prose.
const LEFT_OUT: &str = "…";
/// Bytes of a sentence that is written down; a longer one is none.
const LONGEST: usize = 600;
/// How much of two sentences must be the same for one to have become the other, of a thousand.
const ALIKE: u32 = 500;
/// What the words weigh that a sentence begins with, and its names; other words weigh one.
const HEAD: u32 = 3;
/// Words that a sentence begins with.
const HEADS: usize = 2;
/// Sentences with a word; one that stands in more says little.
const MOST_WITH: usize = 64;

/// The sentences of an article in bytes of its prose, in order. The row of a table is one.
#[derive(Clone, Debug, Default)]
pub struct Sentences {
    all: Vec<(Range<usize>, bool)>,
}

impl Sentences {
    /// Cuts a document.
    pub fn new(document: &Document<'_>) -> Self {
        let mut all: Vec<(Range<usize>, bool)> = Vec::new();
        let mut last_row = None;
        for block in document.blocks() {
            let row = match block.kind {
                BlockKind::TableCell { table, row, .. } => Some((table, row)),
                _ => None,
            };
            match (row, all.last_mut()) {
                (Some(_), Some((range, _))) if row == last_row => range.end = block.range.end,
                (Some(_), _) => all.push((block.range.clone(), true)),
                (None, _) => {
                    let text = &document.prose()[block.range.clone()];
                    let start = block.range.start;
                    all.extend(
                        sentences(text, Abbreviations::built_in())
                            .map(|one| (start + one.start..start + one.end, false)),
                    );
                }
            }
            last_row = row;
        }
        Self { all }
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The index of the sentence that a byte of the prose stands in.
    fn find(&self, prose: usize) -> Option<usize> {
        let at = self.all.partition_point(|(range, _)| range.end <= prose);
        self.all.get(at).is_some_and(|(range, _)| range.start <= prose).then_some(at)
    }

    /// The sentence that a byte of the prose stands in.
    pub fn at(&self, prose: usize) -> Option<Range<usize>> {
        self.find(prose).map(|at| self.all[at].0.clone())
    }

    /// The words of a sentence on one line, as a claim keeps them; `None` where they are too many.
    pub fn text(&self, document: &Document<'_>, prose: usize) -> Option<String> {
        let (range, is_row) = &self.all[self.find(prose)?];
        if LONGEST < range.len() {
            return None;
        }
        let text = if *is_row {
            let cells = document.blocks()[document.block_at(range.start)..].iter();
            let cells = cells.take_while(|block| block.range.end <= range.end);
            let cells: Vec<String> =
                cells.map(|cell| one_line(&document.prose()[cell.range.clone()])).collect();
            cells.join(BAR)
        } else {
            one_line(&document.prose()[range.clone()])
        };
        Some(text.replace(REMOVED, LEFT_OUT))
    }
}

/// The form in which sentences are compared, whether cut from an article or kept by a claim.
fn normal(text: &str) -> String {
    text.replace(BAR, " ").replace(REMOVED, LEFT_OUT)
}

/// A sentence that claims stood in.
struct Old {
    text: String,
    words: Weighed,
    /// The quotes that stood in it.
    quotes: Vec<usize>,
}

/// The words of a sentence that say something, each once, with their weights.
#[derive(Default)]
struct Weighed {
    all: HashMap<String, u32>,
    whole: u32,
}

impl Weighed {
    fn new(text: &str, lexicon: &Lexicon) -> Self {
        let mut weighed = Self::default();
        let mut is_first = true;
        let mut heads = 0;
        for word in words(text) {
            let known = lexicon.look_up(word).senses;
            let is_calendar = known & (bit::MONTH | bit::WEEKDAY) != 0;
            let is_name = word.starts_with(char::is_uppercase) && !is_first && !is_calendar;
            is_first = false;
            if known & bit::FUNCTION != 0 && !is_name {
                continue;
            }
            let is_head = heads < HEADS;
            heads += usize::from(!is_name && !is_calendar);
            let weight = if (is_head || is_name) && !is_calendar { HEAD } else { 1 };
            let own = weighed.all.entry(stemmed(word)).or_default();
            *own = weight.max(*own);
        }
        weighed.whole = weighed.all.values().sum();
        weighed
    }

    /// Its words that another has, by weight.
    fn shared(&self, other: &Self) -> u32 {
        self.all.iter().filter(|(word, _)| other.all.contains_key(*word)).map(|(_, w)| w).sum()
    }

    /// How much of two sentences is the same, of a thousand.
    fn likeness(&self, other: &Self) -> u32 {
        let shared = self.shared(other) + other.shared(self);
        (shared * 1000).checked_div(self.whole + other.whole).unwrap_or(0)
    }

    /// Whether it has a name or a head that another sentence does not have.
    fn has_other_head(&self, other: &Self) -> bool {
        self.all.iter().any(|(word, &weight)| HEAD <= weight && !other.all.contains_key(word))
    }
}

/// Words without digits.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')))
        .filter(|word| word.starts_with(char::is_alphabetic))
}

fn stemmed(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold(word, &mut folded);
    stem(&folded).to_owned()
}

/// What the sentences that claims stood in have become.
#[derive(Default)]
pub(super) struct Traced {
    pub(super) sentences: Sentences,
    olds: Vec<Old>,
    /// For each quote, its sentence among those.
    old_of: Vec<Option<usize>>,
    /// For each of those, the sentence of the article that it is now.
    now: Vec<Option<Now>>,
    /// The other way round.
    was: HashMap<usize, usize>,
}

/// What a sentence has become.
#[derive(Clone, Copy)]
pub(super) struct Now {
    at: usize,
    how: Likeness,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// Every word and figure is the same.
    Verbatim,
    /// Only digits are others.
    OtherDigits,
    /// Most words are the same.
    Alike,
}

impl Traced {
    /// Follows the sentences of quotes into an article. Nothing is cut where no claim has one.
    pub(super) fn new(
        wanted: &[Wanted],
        is_marked: &dyn Fn(&Wanted) -> bool,
        article: &Reading<'_>,
        lexicon: &Lexicon,
    ) -> Self {
        let mut traced = Self { old_of: vec![None; wanted.len()], ..Self::default() };
        let mut known: HashMap<&str, usize> = HashMap::new();
        for (at, one) in wanted.iter().enumerate() {
            // What was gone is looked for by its words.
            let Some(sentence) = one.sentence.as_ref().filter(|_| !is_marked(one)) else {
                continue;
            };
            let old = *known.entry(sentence.text()).or_insert_with(|| {
                let text = normal(sentence.text());
                let words = Weighed::new(&text, lexicon);
                traced.olds.push(Old { text, words, quotes: Vec::new() });
                traced.olds.len() - 1
            });
            traced.olds[old].quotes.push(at);
            traced.old_of[at] = Some(old);
        }
        if traced.olds.is_empty() {
            return traced;
        }
        traced.sentences = Sentences::new(article.document());
        traced.now = vec![None; traced.olds.len()];
        // What stood there twice is left to the words around it.
        let is_twice = |old: &Old| {
            let mut seen = HashSet::new();
            !old.quotes.iter().all(|&at| {
                let one = &wanted[at];
                seen.insert((one.words.text(), one.prefix.as_ref().map(Folded::text)))
            })
        };
        let open: Vec<bool> = traced.olds.iter().map(|old| !is_twice(old)).collect();
        traced.pair_all(article, &open, lexicon);
        traced
    }

    fn pair_all(&mut self, article: &Reading<'_>, open: &[bool], lexicon: &Lexicon) {
        let all = self.sentences.all.iter();
        let texts: Vec<String> =
            all.map(|(range, _)| normal(folded_text(article, range))).collect();
        self.pair(&texts, open, str::to_owned, Likeness::Verbatim);
        self.pair(&texts, open, |text| Masked::new(text).text, Likeness::OtherDigits);
        self.pair_alike(&texts, lexicon);
    }

    /// Pairs what has one form on either side, once.
    fn pair(
        &mut self,
        texts: &[String],
        open: &[bool],
        form: impl Fn(&str) -> String,
        how: Likeness,
    ) {
        let mut there: HashMap<String, (usize, bool)> = HashMap::new();
        for (at, text) in texts.iter().enumerate().filter(|(at, _)| !self.was.contains_key(at)) {
            there.entry(form(text)).and_modify(|(_, once)| *once = false).or_insert((at, true));
        }
        let lost = |now: &[Option<Now>], old: usize| now[old].is_none() && open[old];
        let mut ours: HashMap<String, usize> = HashMap::new();
        for (old, one) in self.olds.iter().enumerate() {
            if lost(&self.now, old) {
                *ours.entry(form(&one.text)).or_default() += 1;
            }
        }
        for old in 0..self.olds.len() {
            if !lost(&self.now, old) {
                continue;
            }
            let form = form(&self.olds[old].text);
            if let (Some(&(at, true)), Some(1)) = (there.get(&form), ours.get(&form)) {
                self.settle(old, Now { at, how });
            }
        }
    }

    fn settle(&mut self, old: usize, now: Now) {
        self.now[old] = Some(now);
        self.was.insert(now.at, old);
    }

    /// Pairs what is most alike, best first.
    fn pair_alike(&mut self, texts: &[String], lexicon: &Lexicon) {
        let lost: Vec<usize> =
            (0..self.olds.len()).filter(|&old| self.now[old].is_none()).collect();
        if lost.is_empty() {
            return;
        }
        let free: Vec<(usize, Weighed)> = texts
            .iter()
            .enumerate()
            .filter(|(at, _)| !self.was.contains_key(at))
            .map(|(at, text)| (at, Weighed::new(text, lexicon)))
            .collect();
        let mut with: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, (_, words)) in free.iter().enumerate() {
            for word in words.all.keys() {
                with.entry(word).or_default().push(index);
            }
        }
        let mut pairs: Vec<(u32, usize, usize)> = Vec::new();
        for &old in &lost {
            let own = &self.olds[old].words;
            let near = own.all.keys().filter_map(|word| with.get(&**word));
            let near: HashSet<usize> =
                near.filter(|all| all.len() <= MOST_WITH).flatten().copied().collect();
            for index in near {
                let likeness = own.likeness(&free[index].1);
                if ALIKE <= likeness {
                    pairs.push((likeness, old, free[index].0));
                }
            }
        }
        pairs.sort_unstable_by_key(|&(likeness, old, at)| (Reverse(likeness), old, at));
        for (_, old, at) in pairs {
            if self.now[old].is_none() && !self.was.contains_key(&at) {
                self.settle(old, Now { at, how: Likeness::Alike });
            }
        }
    }

    /// The sentence of the article that the one of a quote has become.
    pub(super) fn now(&self, quote: usize) -> Option<Range<usize>> {
        let now = self.now[self.old_of[quote]?]?;
        Some(self.sentences.all[now.at].0.clone())
    }

    /// Whether a place stands in the sentence that the one of a quote has become, no word or figure of which
    /// is another.
    pub(super) fn is_verbatim(&self, quote: usize, place: &Range<usize>) -> bool {
        let now = self.old_of[quote].and_then(|own| self.now[own]);
        now.is_some_and(|now| {
            now.how == Likeness::Verbatim && overlap(&self.sentences.all[now.at].0, place)
        })
    }

    /// The sentence that a quote stood in, and where in it the quote stands.
    pub(super) fn old(&self, quote: usize, wanted: &Wanted) -> Option<(&str, Range<usize>)> {
        let text = &*self.olds[self.old_of[quote]?].text;
        let words = wanted.words.text();
        let all = find_one(text, words);
        let is_own = |&&at: &&usize| fits(wanted, text, &(at..at + words.len()));
        let at = *all.iter().find(is_own).or(all.first())?;
        Some((text, at..at + words.len()))
    }

    /// The sentence of a quote in the older text, and the one that a place stands in.
    fn both(&self, quote: usize, place: &Range<usize>) -> Option<(usize, usize)> {
        Some((self.old_of[quote]?, self.sentences.find(place.start)?))
    }

    /// Whether a place stands in a sentence that was another one, and of another subject.
    pub(super) fn is_of_another(
        &self,
        quote: usize,
        place: &Range<usize>,
        (article, lexicon): (&Reading<'_>, &Lexicon),
    ) -> bool {
        let Some((own, at)) = self.both(quote, place) else { return false };
        let is_others = self.was.get(&at).is_some_and(|&old| old != own);
        is_others && self.has_other_head(quote, place, (article, lexicon))
    }

    /// Whether a name or the head of a quote's sentence is not in the one that a place stands in.
    pub(super) fn has_other_head(
        &self,
        quote: usize,
        place: &Range<usize>,
        (article, lexicon): (&Reading<'_>, &Lexicon),
    ) -> bool {
        let Some((own, at)) = self.both(quote, place) else { return false };
        if self.now[own].is_some_and(|now| now.at == at && now.how != Likeness::Alike) {
            return false;
        }
        let text = folded_text(article, &self.sentences.all[at].0);
        self.olds[own].words.has_other_head(&Weighed::new(text, lexicon))
    }

    /// The figure of the article that stands where the one at some bytes of a quote's sentence stood, where the
    /// sentence is worded otherwise and has as many figures.
    pub(super) fn in_place<'a>(
        &self,
        quote: usize,
        own: &Range<usize>,
        (article, lexicon): (&'a Reading<'_>, &Lexicon),
    ) -> Option<&'a Mention> {
        let old = &self.olds[self.old_of[quote]?];
        let was = find_mentions(&old.text, lexicon);
        let is = article.mentions_in(&self.now(quote)?);
        let at = was.iter().position(|mention| overlap(&mention.range, own))?;
        let same_kind = |now: &&Mention| now.value.kind() == was[at].value.kind();
        is.get(at).filter(|_| was.len() == is.len()).filter(same_kind)
    }

    /// The bytes of the prose where a quote stands in a sentence of which no word is another, and
    /// whether its digits are the same.
    pub(super) fn place(
        &self,
        quote: usize,
        wanted: &Wanted,
        article: &Reading<'_>,
    ) -> Option<(Range<usize>, bool)> {
        let own = self.old_of[quote]?;
        let now = self.now[own]?;
        let old = &self.olds[own].text;
        let words = wanted.words.text();
        let range = &self.sentences.all[now.at].0;
        let text = folded_text(article, range);
        let base = article.folded().folded(range.start);
        let is_masked = now.how == Likeness::OtherDigits;
        if now.how == Likeness::Alike || (is_masked && normal(text) != text) {
            return None;
        }
        let (was, is) = (Masked::new(old), Masked::new(text));
        let of = |masked: &Masked, all: &str| -> Vec<usize> {
            if is_masked {
                find_one(&masked.text, &Masked::new(words).text)
            } else {
                find_one(all, words)
            }
        };
        let (before, behind) = (of(&was, old), of(&is, text));
        let origin = |masked: &Masked, at: usize| if is_masked { masked.origin[at] } else { at };
        let is_own = |&at: &usize| {
            let start = origin(&was, at);
            old[start..].starts_with(words)
                && stands_alone(old, start, start + words.len())
                && fits(wanted, old, &(start..start + words.len()))
        };
        let mut fitting = before.iter().enumerate().filter(|(_, at)| is_own(at));
        // The words before may stand in another sentence.
        let mut only = || match (fitting.next(), fitting.next()) {
            (Some((index, _)), None) => Some(index),
            _ => None,
        };
        let index = only().or_else(|| (before.len() == 1).then_some(0))?;
        let at = *behind.get(index).filter(|_| before.len() == behind.len())?;
        let length = if is_masked { Masked::new(words).text.len() } else { words.len() };
        let (start, end) = if is_masked {
            (is.origin[at], *is.origin.get(at + length)?)
        } else {
            (at, at + length)
        };
        let is_same = text.get(start..end)? == words;
        Some((article.unfolded(base + start..base + end), is_same))
    }
}

/// The words of a sentence as quotes are compared with them.
fn folded_text<'a>(article: &'a Reading<'_>, range: &Range<usize>) -> &'a str {
    let folded = article.folded();
    folded.text()[folded.folded(range.start)..folded.folded(range.end)].trim_end()
}

/// The sentences of one version that are others in the next, each with what it has become, in bytes of the prose
/// of each.
pub fn rewritten(old: &Reading<'_>, new: &Reading<'_>) -> Vec<[Range<usize>; 2]> {
    let lexicon = new.lexicon();
    let before = Sentences::new(old.document());
    let olds: Vec<Old> = before
        .all
        .iter()
        .map(|(range, _)| {
            let text = normal(folded_text(old, range));
            let words = Weighed::new(&text, lexicon);
            Old { text, words, quotes: Vec::new() }
        })
        .collect();
    let mut traced = Traced {
        now: vec![None; olds.len()],
        olds,
        sentences: Sentences::new(new.document()),
        ..Traced::default()
    };
    traced.pair_all(new, &vec![true; traced.olds.len()], lexicon);
    let pairs = before.all.iter().zip(&traced.now);
    pairs
        .filter_map(|((range, _), now)| {
            let now = (*now)?;
            let is_other = now.how != Likeness::Verbatim;
            is_other.then(|| [range.clone(), traced.sentences.all[now.at].0.clone()])
        })
        .collect()
}
