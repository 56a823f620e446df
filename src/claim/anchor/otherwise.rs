//! What an edited sentence says of a figure otherwise than it did: its sign, its direction, whether it is
//! denied, how it is hedged, what it is per, its weekday, what it counts.
//!
//! The two sentences are aligned word by word, and only words that one of them has alone count. Of those,
//! the ones that have to do with the figure are compared: an edit that leaves them alone changes nothing.

use std::collections::HashMap;
use std::ops::Range;

use crate::claim::Aspect;
use crate::claim::anchor::wanted::overlap;
use crate::claim::anchor::words::stem;
use crate::lexicon::{
    Abbreviations, Lexicon, Part, PhraseClass, Sense, class, fold, parts, phrases,
};
use crate::mention::Mention;
use crate::value::{DateBound, Direction, Value};

/// Words of a sentence that are compared.
const MOST_PIECES: usize = 160;
/// Words that may have been put before or behind a sentence; where more are, it is cut elsewhere.
const AT_THE_EDGE: usize = 3;
/// Words between a figure and what is said of it behind it: "a 5 percent rise".
const RIGHT_BEHIND: usize = 3;
/// Letters of a weekday that is no other word: "sat" is one.
const WHOLE_WEEKDAY: usize = 6;

/// Groups of words of which only one can be meant, each with the number of its first group.
const SORTS: [(i8, PhraseClass); 2] =
    [(1, phrases::FATES), (SECOND_SORTS, phrases::MEASURED_ALONG)];
const SECOND_SORTS: i8 = 64;

/// What words say of the figures near them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Signal {
    /// A rise is 1, a fall -1.
    change: i8,
    /// A profit is 1, a loss -1; so are other words and their contraries.
    balance: i8,
    /// One of several of which only one can be meant: the killed, the injured; high, long.
    sort: i8,
    /// Whether they deny.
    denies: bool,
    /// Whether they begin another part of the sentence.
    turns: bool,
}

/// The phrases that say something of the figures near them.
pub(super) struct Signals {
    /// By their first word: the other words, longest first.
    all: HashMap<String, Vec<(Vec<String>, Signal)>>,
    /// The group of nouns that count the same, by noun.
    alike: HashMap<String, usize>,
}

impl Signals {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let mut signals = Self { all: HashMap::new(), alike: HashMap::new() };
        let mut add = |class: PhraseClass, set: &dyn Fn(&mut Signal)| {
            lexicon.phrases_of(class).iter().for_each(|phrase| signals.add(phrase, set));
        };
        add(phrases::RISE, &|signal| signal.change = 1);
        add(phrases::FALL, &|signal| signal.change = -1);
        add(phrases::GOING_UP, &|signal| signal.change = 1);
        add(phrases::GOING_DOWN, &|signal| signal.change = -1);
        add(phrases::ONE_WAY, &|signal| signal.balance = 1);
        add(phrases::OTHER_WAY, &|signal| signal.balance = -1);
        add(phrases::DENIAL, &|signal| signal.denies = true);
        add(phrases::NO_DENIAL, &|_| {});
        add(phrases::TURN, &|signal| signal.turns = true);
        for (first, class) in SORTS {
            for (sort, words) in (first..).zip(lexicon.phrases_of(class)) {
                words.split_whitespace().for_each(|word| signals.add(word, &|own| own.sort = sort));
            }
        }
        for all in signals.all.values_mut() {
            all.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        for (group, nouns) in lexicon.phrases_of(phrases::COUNTED_ALIKE).iter().enumerate() {
            signals.alike.extend(nouns.split_whitespace().map(|noun| (noun.to_owned(), group)));
        }
        signals
    }

    /// Adds to what a phrase says.
    fn add(&mut self, phrase: &str, set: &dyn Fn(&mut Signal)) {
        let mut words = phrase.split_whitespace().map(str::to_owned);
        let Some(first) = words.next() else { return };
        let rest: Vec<String> = words.collect();
        let all = self.all.entry(first).or_default();
        match all.iter_mut().find(|(known, _)| *known == rest) {
            Some((_, signal)) => set(signal),
            None => {
                let mut signal = Signal::default();
                set(&mut signal);
                all.push((rest, signal));
            }
        }
    }

    /// What the words at the front of some say, and how many they are.
    fn at(&self, words: &[(String, Range<usize>)]) -> Option<(Signal, usize)> {
        let ((first, _), rest) = words.split_first()?;
        self.all.get(first)?.iter().find_map(|(phrase, signal)| {
            let next = rest.get(..phrase.len())?;
            let fits = next.iter().zip(phrase).all(|((word, _), own)| word == own);
            fits.then_some((*signal, phrase.len() + 1))
        })
    }

    /// Whether two nouns count the same things.
    fn count_alike(&self, a: &str, b: &str) -> bool {
        let folded = |noun: &str| {
            let mut out = String::new();
            fold(noun.rsplit(char::is_whitespace).next().unwrap_or(noun), &mut out);
            out
        };
        let (a, b) = (folded(a), folded(b));
        let group = |noun: &str| self.alike.get(noun);
        stem(&a) == stem(&b) || group(&a).is_some_and(|own| group(&b) == Some(own))
    }
}

/// What a piece of a sentence is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Word(String),
    Signal(Signal),
    Weekday(i8),
    Figure,
}

#[derive(Clone, Debug)]
struct Piece {
    range: Range<usize>,
    what: What,
    /// Which part of the sentence it stands in, as far as joints and turns go.
    part: usize,
    /// The same with commas too.
    narrow: usize,
    /// Whether the other sentence has it too.
    is_shared: bool,
}

/// A sentence with a figure in it. All bytes are those of the text.
pub(super) struct Side<'a> {
    pub(super) text: &'a str,
    /// Its bytes of the text.
    pub(super) window: Range<usize>,
    /// Its figures, in order.
    pub(super) mentions: &'a [Mention],
    /// The bytes of the figure in question.
    pub(super) own: Range<usize>,
    /// The bytes outside of which nothing is known.
    pub(super) known: Range<usize>,
}

/// What two sentences say of a figure differently: the words of each.
pub(super) struct Differs {
    pub(super) aspect: Aspect,
    pub(super) was: Range<usize>,
    pub(super) is: Range<usize>,
}

/// Compares what two sentences say of a figure. Where `is_whole` is not set, only a part of the older one is
/// known.
pub(super) fn differences(
    [old, new]: [&Side<'_>; 2],
    is_whole: bool,
    signals: &Signals,
    lexicon: &Lexicon,
) -> Vec<Differs> {
    let mut pieces = [old, new].map(|side| cut(side, signals, lexicon));
    share(&mut pieces);
    let [mut before, mut behind] = pieces;
    if is_whole {
        leave_out_edges(&mut before, &mut behind);
    }
    let (was, is) = (Seen::new(&before, old), Seen::new(&behind, new));
    let mut all = Vec::new();
    let mut add = |aspect, found: Option<(Range<usize>, Range<usize>)>| {
        all.extend(found.map(|(was, is)| Differs { aspect, was, is }));
    };
    add(Aspect::Sign, sign(&was, &is));
    add(Aspect::Direction, direction(&was, &is).or_else(|| bound(&was, &is)));
    add(Aspect::Denial, denial(&was, &is, is_whole));
    add(Aspect::Hedge, hedge(&was, &is, is_whole));
    add(Aspect::Per, per(&was, &is));
    add(Aspect::Weekday, weekday(&was, &is));
    add(Aspect::Counted, counted(&was, &is, signals));
    add(Aspect::Sort, sort(&was, &is));
    all
}

/// Cuts a sentence into words, figures and what says something of these.
fn cut(side: &Side<'_>, signals: &Signals, lexicon: &Lexicon) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut part, mut narrow) = (0, 0);
    let mut at = side.window.start;
    let mut mentions = side.mentions.iter().peekable();
    while at < side.window.end {
        let next = mentions.peek().map_or(side.window.end, |mention| mention.range.start);
        if at < next {
            let words: Vec<(String, Range<usize>)> = parts(&side.text[at..next])
                .map(|(kind, range)| {
                    let mut word = String::new();
                    match kind {
                        Part::Mark(mark) => word.push(mark),
                        Part::Word | Part::Digits => {
                            fold(&side.text[at + range.start..at + range.end], &mut word);
                        }
                    }
                    (word, at + range.start..at + range.end)
                })
                .collect();
            let mut index = 0;
            while index < words.len() {
                let (word, range) = &words[index];
                let (signal, length) = signals.at(&words[index..]).unwrap_or_default();
                let end = words[index + length.max(1) - 1].1.end;
                let is_joint = lexicon.is(word, class::LIST_JOINT);
                let is_stop = matches!(&**word, ";" | ":" | "(" | ")" | "-");
                // Where a sentence begins with a small letter, it was not cut off.
                let is_end = matches!(&**word, "." | "!" | "?")
                    && side.text[range.end..].starts_with(char::is_whitespace)
                    && index
                        .checked_sub(1)
                        .is_none_or(|at| !is_cut_short(&side.text[words[at].1.clone()]));
                let turns = signal.turns || is_joint || is_stop || is_end;
                part += usize::from(turns);
                narrow += usize::from(turns || word == ",");
                let is_mark = !word.starts_with(char::is_alphanumeric) && length <= 1;
                let what = match weekday_of(word, lexicon) {
                    Some(day) if WHOLE_WEEKDAY <= word.len() => What::Weekday(day),
                    _ if signal != Signal::default() && !signal.turns => What::Signal(signal),
                    _ => What::Word(stem(word).to_owned()),
                };
                if !is_mark {
                    pieces.push(Piece {
                        range: range.start..end,
                        what,
                        part,
                        narrow,
                        is_shared: false,
                    });
                }
                index += length.max(1);
            }
        }
        let Some(mention) = mentions.next() else { break };
        let range = mention.range.clone();
        if range.end <= at {
            continue;
        }
        if matches!(mention.value, Value::Date(_)) {
            let own = parts(&side.text[range.clone()]).filter_map(|(_, word)| {
                let word = range.start + word.start..range.start + word.end;
                Some((weekday_of(&side.text[word.clone()], lexicon)?, word))
            });
            pieces.extend(own.map(|(day, range)| {
                let what = What::Weekday(day);
                Piece { range, what, part, narrow, is_shared: false }
            }));
        }
        let what = What::Figure;
        pieces.push(Piece { range: range.clone(), what, part, narrow, is_shared: false });
        at = range.end;
    }
    let own = pieces.partition_point(|piece| piece.range.end <= side.own.start);
    let first = own.saturating_sub(MOST_PIECES / 2);
    pieces.drain(..first);
    pieces.truncate(MOST_PIECES);
    pieces
}

/// Whether a stop behind a word is its own: "Rep.", "p.m."
fn is_cut_short(word: &str) -> bool {
    word.chars().nth(1).is_none() || Abbreviations::built_in().kind(word).is_some()
}

fn weekday_of(word: &str, lexicon: &Lexicon) -> Option<i8> {
    lexicon.phrases(lexicon.word(word)).find_map(|(rest, sense)| match sense {
        Sense::Weekday(day) if rest.is_empty() => Some(*day),
        _ => None,
    })
}

/// Marks what both have, in one order: the longest common part.
fn share([a, b]: &mut [Vec<Piece>; 2]) {
    let width = b.len() + 1;
    let mut longest = vec![0_u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i].what == b[j].what {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a[i].what == b[j].what {
            (a[i].is_shared, b[j].is_shared) = (true, true);
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

/// Where far more words stand before or behind what is shared in one of the two, the sentence is cut
/// elsewhere there: they say nothing.
fn leave_out_edges(a: &mut [Piece], b: &mut [Piece]) {
    let front = |pieces: &[Piece]| pieces.iter().take_while(|piece| !piece.is_shared).count();
    let back = |pieces: &[Piece]| pieces.iter().rev().take_while(|piece| !piece.is_shared).count();
    let (fronts, backs) = ([front(a), front(b)], [back(a), back(b)]);
    for (own, pieces) in [a, b].into_iter().enumerate() {
        let (first, last) = (fronts[own], backs[own]);
        if fronts[1 - own] + AT_THE_EDGE < first {
            pieces[..first].iter_mut().for_each(|piece| piece.is_shared = true);
        }
        if backs[1 - own] + AT_THE_EDGE < last {
            let start = pieces.len() - last;
            pieces[start..].iter_mut().for_each(|piece| piece.is_shared = true);
        }
    }
}

/// A sentence as one of its figures sees it.
struct Seen<'a> {
    side: &'a Side<'a>,
    pieces: &'a [Piece],
    /// The figure in question among them.
    own: usize,
    mention: Option<&'a Mention>,
}

impl<'a> Seen<'a> {
    fn new(pieces: &'a [Piece], side: &'a Side<'a>) -> Self {
        let own = pieces
            .iter()
            .position(|piece| piece.what == What::Figure && overlap(&piece.range, &side.own));
        let behind = || pieces.partition_point(|piece| piece.range.end <= side.own.start);
        let own = own.unwrap_or_else(|| behind().min(pieces.len().saturating_sub(1)));
        let mention = side.mentions.iter().find(|mention| overlap(&mention.range, &side.own));
        Self { side, pieces, own, mention }
    }

    fn amount(&self) -> Option<&'a crate::value::Amount> {
        match &self.mention?.value {
            Value::Amount(amount) => Some(amount),
            _ => None,
        }
    }

    fn figure(&self) -> Range<usize> {
        self.mention.map_or_else(|| self.side.own.clone(), |mention| mention.range.clone())
    }

    /// The signs of one sort that are said of the figure: the last before it and one right behind it, in its
    /// part of the sentence or the next to that.
    fn governing(&self, sign: &dyn Fn(&Piece) -> i8) -> Vec<usize> {
        let Some(own) = self.pieces.get(self.own) else { return Vec::new() };
        let is_here = |at: &usize| self.pieces[*at].part == own.part;
        let says = |at: &usize| sign(&self.pieces[*at]) != 0;
        let before = (0..self.own).rev().filter(says).find(is_here);
        let behind = (self.own + 1..self.pieces.len()).filter(says).find(is_here);
        let near = behind.filter(|at| *at - self.own <= RIGHT_BEHIND);
        let found: Vec<usize> = before.into_iter().chain(near).collect();
        if !found.is_empty() {
            return found;
        }
        let earlier = || (0..self.own).rev().find(says);
        let later = || (self.own + 1..self.pieces.len()).find(says);
        behind.or_else(earlier).or_else(later).into_iter().collect()
    }

    /// Those of them that the other sentence does not have.
    fn own_signs(&self, sign: &dyn Fn(&Piece) -> i8) -> Vec<(i8, Range<usize>)> {
        let all = self.governing(sign).into_iter().map(|at| &self.pieces[at]);
        all.filter(|piece| !piece.is_shared).map(|p| (sign(p), p.range.clone())).collect()
    }

    /// The words that deny it and that the other sentence does not have.
    fn own_denials(&self) -> Vec<Range<usize>> {
        let Some(own) = self.pieces.get(self.own) else { return Vec::new() };
        let denies = |piece: &&Piece| {
            matches!(&piece.what, What::Signal(signal) if signal.denies)
                && piece.narrow == own.narrow
                && !piece.is_shared
                && overlap(&piece.range, &self.side.known)
        };
        self.pieces.iter().filter(denies).map(|piece| piece.range.clone()).collect()
    }

    /// How many words deny that the other sentence does not have.
    fn denials(&self) -> usize {
        let denies = |piece: &&Piece| {
            matches!(&piece.what, What::Signal(signal) if signal.denies) && !piece.is_shared
        };
        self.pieces.iter().filter(denies).count()
    }

    /// Whether the other sentence has the word at some bytes too.
    fn is_shared(&self, range: &Range<usize>) -> bool {
        let mut here = self.pieces.iter().filter(|piece| overlap(&piece.range, range));
        here.next_back().is_some_and(|piece| piece.is_shared)
    }
}

fn change_of(piece: &Piece) -> i8 {
    match &piece.what {
        What::Signal(signal) => signal.change,
        _ => 0,
    }
}

fn balance_of(piece: &Piece) -> i8 {
    match &piece.what {
        What::Signal(signal) => signal.balance,
        _ => 0,
    }
}

type Found = Option<(Range<usize>, Range<usize>)>;

/// Another sign, unless a word says the same: "-5 %" and "down 5 %".
fn sign(was: &Seen<'_>, is: &Seen<'_>) -> Found {
    let (old, new) = (was.amount()?, is.amount()?);
    let (old_is, new_is) = (old.to.is_negative(), new.to.is_negative());
    if old_is == new_is {
        return None;
    }
    let positive = if old_is { is } else { was };
    let in_words = positive.own_signs(&change_of).iter().any(|(sign, _)| *sign < 0)
        || positive.own_signs(&balance_of).iter().any(|(sign, _)| *sign < 0);
    (!in_words).then(|| (was.figure(), is.figure()))
}

fn direction(was: &Seen<'_>, is: &Seen<'_>) -> Found {
    let opposed = |sign: &dyn Fn(&Piece) -> i8| {
        let new = is.own_signs(sign);
        was.own_signs(sign).into_iter().find_map(|(old, was)| {
            let (_, is) = new.iter().find(|(new, _)| *new == -old)?;
            Some((was, is.clone()))
        })
    };
    opposed(&change_of).or_else(|| opposed(&balance_of))
}

/// A date before which, or after which: "before 1990" and "after 1990", or "in 1990".
fn bound(was: &Seen<'_>, is: &Seen<'_>) -> Found {
    let of = |seen: &Seen<'_>| match &seen.mention?.value {
        Value::Date(date) => Some(match date.bound {
            None => 0,
            Some(DateBound::Since | DateBound::After) => 1,
            Some(DateBound::By | DateBound::Until | DateBound::Before) => -1,
        }),
        _ => None,
    };
    (of(was)? * of(is)? < 0).then(|| (was.figure(), is.figure()))
}

/// Another of several sorts of which only one can be meant: killed, injured; high, long.
fn sort(was: &Seen<'_>, is: &Seen<'_>) -> Found {
    let of = |piece: &Piece| match &piece.what {
        What::Signal(signal) => signal.sort,
        _ => 0,
    };
    let new = is.own_signs(&of);
    was.own_signs(&of).into_iter().find_map(|(old, was)| {
        let differs = |new: i8| new != old && (new < SECOND_SORTS) == (old < SECOND_SORTS);
        let (_, is) = new.iter().find(|(new, _)| differs(*new))?;
        Some((was, is.clone()))
    })
}

fn denial(was: &Seen<'_>, is: &Seen<'_>, is_whole: bool) -> Found {
    let shared = was.pieces.iter().filter(|piece| piece.is_shared).count();
    let is_reworked = shared * 2 < was.pieces.len();
    let (old, new) = (was.own_denials(), is.own_denials());
    // What moved within the sentence is in neither or in both.
    if is_reworked || old.len() == new.len() || was.denials() == is.denials() {
        return None;
    }
    // Of a part of the sentence, only what it had is known.
    if !is_whole && is.denials() >= old.len() && new.len() <= old.len() {
        return None;
    }
    let first = |all: &[Range<usize>]| all.first().cloned();
    let nothing = |seen: &Seen<'_>| seen.figure().start..seen.figure().start;
    Some((first(&old).unwrap_or_else(|| nothing(was)), first(&new).unwrap_or_else(|| nothing(is))))
}

fn hedge(was: &Seen<'_>, is: &Seen<'_>, is_whole: bool) -> Found {
    let of = |seen: &Seen<'_>| match &seen.mention?.value {
        Value::Amount(amount) => Some(amount.hedge),
        Value::Date(date) => Some(date.hedge),
        Value::Unstated => None,
    };
    let (old, new) = (of(was)?, of(is)?);
    let is_known = is_whole || old != Direction::Exact;
    (old != new && is_known).then(|| (was.figure(), is.figure()))
}

fn per(was: &Seen<'_>, is: &Seen<'_>) -> Found {
    let of = |seen: &Seen<'_>| seen.amount()?.unit.per.as_deref().map(str::to_lowercase);
    (of(was)? != of(is)?).then(|| (was.figure(), is.figure()))
}

fn weekday(was: &Seen<'_>, is: &Seen<'_>) -> Found {
    let day = |piece: &Piece| match piece.what {
        What::Weekday(day) => day,
        _ => 0,
    };
    let nearest = |seen: &Seen<'_>| {
        let own = seen.pieces.get(seen.own)?;
        let all = seen.pieces.iter().enumerate().filter(|(_, piece)| day(piece) != 0);
        let here = all.filter(|(_, piece)| piece.part == own.part);
        let (_, piece) = here.min_by_key(|(at, _)| at.abs_diff(seen.own))?;
        (!piece.is_shared).then(|| (day(piece), piece.range.clone()))
    };
    let ((old, was), (new, is)) = (nearest(was)?, nearest(is)?);
    (old != new).then_some((was, is))
}

fn counted(was: &Seen<'_>, is: &Seen<'_>, signals: &Signals) -> Found {
    let noun = |seen: &Seen<'_>| {
        let noun = seen.mention?.counted.clone()?;
        (!seen.is_shared(&noun)).then_some(noun)
    };
    let (old, new) = (noun(was)?, noun(is)?);
    let words = [&was.side.text[old.clone()], &is.side.text[new.clone()]];
    (!signals.count_alike(words[0], words[1])).then_some((old, new))
}
