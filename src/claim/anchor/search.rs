//! The places of an edited article that a quote may have been edited to.

use std::collections::HashSet;
use std::ops::Range;

use crate::claim::anchor::align::{Pattern, Room};
use crate::claim::anchor::wanted::overlap;
use crate::claim::anchor::words::{CONTENT, Figure, Tokens, Vocabulary};
use crate::value::Kind;

/// Tokens that are counted together when words of a quote are looked for.
const BIN: usize = 32;
/// Tokens around a place that a quote is fitted into.
const AROUND: usize = 16;
/// Words of an article that are those of one quote; of more, only those count that stand where the
/// claim stood.
const MOST_WORDS: usize = 8_192;
/// Places that are kept of a quote.
const MOST_CANDIDATES: usize = 32;
/// Places that a quote is fitted into.
const MOST_PLACES: usize = 16;
/// Words that may have come between a quote and those around it.
const BESIDE: usize = 4;
/// How much of a quote must be there for it to be called reworded, of a thousand.
const REWORDED: u32 = 500;
/// How much of its words must be there where its figure is another one.
const CHANGED: u32 = 600;
/// Fits that differ by no more than this are as good as each other.
pub(super) const AS_GOOD: u32 = 40;

/// An article made ready for quotes to be looked for in it.
pub(super) struct Index<'a> {
    prose: &'a str,
    pub(super) tokens: &'a Tokens,
    /// For each word, the tokens that are it.
    places: Vec<Vec<u32>>,
    /// The tokens that are figures, by what they state.
    figures: Vec<Vec<u32>>,
    /// The figures of claims that are found, in order.
    taken: Vec<Range<usize>>,
}

/// A place that a quote may have been edited to.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The bytes of the prose, from the first word of the quote that is there to the last.
    pub(super) range: Range<usize>,
    /// The figure that the claim is about, as it stands there.
    pub(super) figure: Option<Range<usize>>,
    /// Whether that figure is the one of the claim.
    pub(super) same: bool,
    /// How well it fits, of a thousand.
    pub(super) share: u32,
    /// Whether it stands between the claims that it stood between.
    pub(super) in_order: bool,
}

impl Candidate {
    /// A place of which nothing but the figure is known.
    pub(super) fn at_figure(figure: Range<usize>, same: bool, share: u32) -> Self {
        Self { range: figure.clone(), figure: Some(figure), same, share, in_order: false }
    }

    /// Whether another place is as good as this one.
    pub(super) fn is_matched_by(&self, other: &Self) -> bool {
        self.same == other.same
            && self.in_order == other.in_order
            && self.share <= other.share + AS_GOOD
            && self.place() != other.place()
    }

    /// What tells it from another.
    pub(super) fn place(&self) -> Range<usize> {
        self.figure.clone().unwrap_or_else(|| self.range.clone())
    }
}

/// A place where only digits are others than those of a quote, in bytes of the prose.
#[derive(Clone, Debug)]
pub(super) struct OtherDigits {
    pub(super) range: Range<usize>,
    /// The figure there that is another.
    pub(super) figure: Range<usize>,
    /// Whether the words around the quote are named and stand there.
    pub(super) fits: bool,
}

/// A quote that is looked for.
#[derive(Default)]
pub(super) struct Sought {
    pub(super) pattern: Pattern,
    /// The words before its words and those behind them.
    pub(super) around: [Pattern; 2],
    /// The figure that the claim is about, in bytes of the quote.
    pub(super) own: Option<Range<usize>>,
    /// What sort of figure that is.
    pub(super) kind: Option<Kind>,
    /// The figure as written.
    pub(super) written: String,
    /// Whether the claim states another figure than its quote does.
    pub(super) is_misquoted: bool,
    /// The bytes of the prose between the claims before and behind it.
    pub(super) between: Option<Range<usize>>,
    /// Where its words stand with other digits.
    pub(super) other_digits: Vec<OtherDigits>,
    /// The sentence that the one of the quote has become.
    pub(super) sentence: Option<Range<usize>>,
}

impl Sought {
    /// Whether the quote is little more than its figure.
    pub(super) fn is_bare(&self) -> bool {
        self.pattern.weight < CONTENT
    }

    /// The same without the words around it.
    pub(super) fn is_bare_quote(&self) -> bool {
        self.pattern.weight - self.pattern.context < CONTENT
    }

    /// Whether a place lies between the claims before and behind it, or in its own sentence.
    pub(super) fn is_in_order(&self, place: &Range<usize>) -> bool {
        let holds = |room: &Range<usize>| room.start <= place.start && place.end <= room.end;
        [&self.between, &self.sentence].into_iter().flatten().any(holds)
    }
}

impl<'a> Index<'a> {
    /// Indexes an article in which claims have some figures, in order.
    pub(super) fn new(
        prose: &'a str,
        tokens: &'a Tokens,
        vocabulary: &Vocabulary,
        taken: Vec<Range<usize>>,
    ) -> Self {
        let mut places = vec![Vec::new(); vocabulary.len() + 1];
        let mut figures: Vec<Vec<u32>> = Vec::new();
        for (at, token) in tokens.all.iter().enumerate() {
            let place = u32::try_from(at).unwrap_or(u32::MAX);
            match tokens.figure_at(at) {
                Some(figure) => {
                    // "5 km" and "5,000 m" have other numbers, "A$5" and "$5" other currencies.
                    for key in [figure.bare, figure.key, figure.amount] {
                        let key = key as usize;
                        if figures.len() <= key {
                            figures.resize(key + 1, Vec::new());
                        }
                        if figures[key].last() != Some(&place) {
                            figures[key].push(place);
                        }
                    }
                }
                None if token.word != 0 => places[token.word as usize].push(place),
                None => {}
            }
        }
        Self { prose, tokens, places, figures, taken }
    }

    /// Whether another claim has a figure.
    pub(super) fn is_taken(&self, figure: &Range<usize>) -> bool {
        let behind = self.taken.partition_point(|taken| taken.start < figure.end);
        self.taken[behind.saturating_sub(4)..behind].iter().any(|taken| overlap(taken, figure))
    }

    /// The places that a quote may have been edited to, best first.
    pub(super) fn find(&self, sought: &Sought, scratch: &mut Scratch) -> Vec<Candidate> {
        let mut found = Vec::new();
        if !sought.is_bare() {
            self.by_words(sought, scratch, &mut found);
        }
        self.by_figure(sought, &mut found);
        self.by_place(sought, &mut found);
        let last = found.len();
        self.by_digits(sought, &mut found);
        // Where only digits are others, the figure of the claim may be the same; its words are not.
        let (same, others) = found.split_at_mut(last);
        let within = |figure: &Range<usize>| {
            others
                .iter()
                .any(|other| other.range.start <= figure.start && figure.end <= other.range.end)
        };
        // Beside the very words with other digits, the same figure elsewhere says little, unless it is
        // one that is hardly written twice by chance.
        let is_elsewhere = |figure: &Range<usize>| {
            let is_weak = sought.is_bare_quote() && !sought.is_in_order(figure);
            !others.is_empty() && (is_weak || !sought.is_telling())
        };
        for candidate in same {
            let place = candidate.place();
            candidate.same &= !within(&place) && !is_elsewhere(&place);
        }
        found.retain(|candidate| {
            candidate.figure.as_ref().is_none_or(|figure| !self.is_taken(figure))
        });
        for candidate in &mut found {
            candidate.in_order = sought.is_in_order(&candidate.place());
        }
        found.sort_by(|a, b| {
            let rank = |c: &Candidate| (c.same, c.share / (AS_GOOD + 1), c.in_order, c.share);
            rank(b).cmp(&rank(a)).then(a.range.start.cmp(&b.range.start))
        });
        let mut places = HashSet::new();
        found.retain(|candidate| places.insert(candidate.place()));
        found.truncate(MOST_CANDIDATES);
        found
    }

    /// Places where the words of the quote stand in their order.
    fn by_words(&self, sought: &Sought, scratch: &mut Scratch, found: &mut Vec<Candidate>) {
        let pattern = &sought.pattern;
        let bins = self.tokens.all.len() / BIN + 2;
        scratch.bins.resize(bins, 0);
        // A place is where the quote would begin, were nothing put in or left out.
        let words: Vec<(usize, u32, u32)> = pattern.content().collect();
        let count: usize = words.iter().map(|&(_, word, _)| self.places[word as usize].len()).sum();
        let room = match &sought.between {
            Some(between) if MOST_WORDS < count => self.tokens_in(between),
            _ => 0..self.tokens.all.len(),
        };
        for (offset, word, weight) in words {
            let places = &self.places[word as usize];
            let first = places.partition_point(|&place| (place as usize) < room.start);
            for &place in places[first..].iter().take_while(|&&place| (place as usize) < room.end) {
                let bin = (place as usize).saturating_sub(offset) / BIN;
                if scratch.bins[bin] == 0 {
                    scratch.touched.push(bin);
                }
                scratch.bins[bin] += weight;
            }
        }
        let bins = &scratch.bins;
        let weigh = |bin: usize| bins[bin] + bins.get(bin + 1).copied().unwrap_or(0);
        let mut best: Vec<(u32, usize)> = scratch
            .touched
            .iter()
            .flat_map(|&bin| [bin.saturating_sub(1), bin])
            .map(|bin| (weigh(bin), bin))
            .collect();
        let order = |a: &(u32, usize), b: &(u32, usize)| b.0.cmp(&a.0).then(a.1.cmp(&b.1));
        if MOST_PLACES * 4 < best.len() {
            best.select_nth_unstable_by(MOST_PLACES * 4, order);
            best.truncate(MOST_PLACES * 4);
        }
        best.sort_unstable_by(order);
        best.dedup();
        for bin in scratch.touched.drain(..) {
            scratch.bins[bin] = 0;
        }
        best.truncate(MOST_PLACES);
        for (_, bin) in best {
            let start = (bin * BIN).saturating_sub(AROUND);
            let end = ((bin + 2) * BIN + pattern.len() + AROUND).min(self.tokens.all.len());
            found.extend(self.fitted(sought, start..end, scratch));
        }
    }

    pub(super) fn tokens_in(&self, range: &Range<usize>) -> Range<usize> {
        let all = &self.tokens.all;
        let start = all.partition_point(|token| token.range.start < range.start);
        start..all.partition_point(|token| token.range.start < range.end)
    }

    fn fitted(
        &self,
        sought: &Sought,
        window: Range<usize>,
        scratch: &mut Scratch,
    ) -> Option<Candidate> {
        let fit = scratch.room.fit(&sought.pattern, self.tokens, window);
        let there: Vec<usize> = fit.at.iter().copied().flatten().collect();
        let (first, last) = (*there.first()?, *there.last()?);
        let range = self.tokens.all[first].range.start..self.tokens.all[last].range.end;
        let own = fit.own.and_then(|own| self.tokens.figure_at(own));
        if sought.pattern.own.is_some() && own.is_none() {
            return None;
        }
        // A sentence does not go on in the next paragraph.
        if self.prose[range.clone()].contains("\n\n") {
            return None;
        }
        // The figure of the claim, else any other of the quote that is not the same.
        let mut differing = fit.figures(&sought.pattern, self.tokens);
        differing.sort_by_key(|&token| Some(token) != fit.own);
        let same = differing.is_empty();
        let own = differing.first().and_then(|&token| self.tokens.figure_at(token)).or(own);
        let enough = if same { REWORDED } else { CHANGED };
        let fits = same || own.is_some_and(|figure| self.may_replace(sought, figure));
        (enough <= fit.share && fits).then(|| Candidate {
            range,
            figure: own.map(|figure| figure.range.clone()),
            same,
            share: fit.share,
            in_order: false,
        })
    }

    /// The tokens of the figures with a key, no more than so many.
    pub(super) fn figures_of(&self, key: u32, most: usize) -> Vec<usize> {
        let places = self.figures.get(key as usize).into_iter().flatten();
        places.take(most).map(|&place| place as usize).collect()
    }

    /// Places where only digits are others.
    fn by_digits(&self, sought: &Sought, found: &mut Vec<Candidate>) {
        let own = sought.pattern.own_figure();
        for OtherDigits { range, figure, fits } in &sought.other_digits {
            // Without words, only the place tells it from others.
            if sought.is_bare_quote() && !sought.is_in_order(figure) {
                continue;
            }
            // "3500" is written otherwise than "3,500", and is the same.
            let figures = &self.tokens.figures;
            let at = figures.partition_point(|one| one.range.end <= figure.start);
            let is_whole =
                |one: &&Figure| one.range.start <= figure.start && figure.end <= one.range.end;
            let there = figures.get(at).filter(is_whole);
            let is_number = |one: &Figure| one.date.is_none();
            let same =
                own.zip(there).is_some_and(|(own, there)| is_number(own) && own.states(there));
            found.push(Candidate {
                range: range.clone(),
                figure: Some(figure.clone()),
                same,
                // The very words, with the words around them or without, before any that are like them.
                share: if *fits { 3000 } else { 2000 },
                in_order: false,
            });
        }
    }

    /// The figures between two places that no claim has.
    pub(super) fn free_between(&self, between: &Range<usize>) -> Vec<&Figure> {
        let figures = &self.tokens.figures;
        let start = figures.partition_point(|figure| figure.range.start < between.start);
        figures[start..]
            .iter()
            .take_while(|figure| figure.range.end <= between.end)
            .filter(|figure| !figure.is_taken)
            .collect()
    }

    /// Whether one figure may stand where another stood: it is of the same sort, or one of the two is
    /// too garbled to be of any.
    pub(super) fn may_replace(&self, sought: &Sought, figure: &Figure) -> bool {
        let dates = [Some(Kind::Date), Some(Kind::DateRange)];
        let numbers = [Some(Kind::Number), Some(Kind::Ordinal)];
        let alike = |of: &[Option<Kind>]| of.contains(&sought.kind) && of.contains(&figure.kind);
        sought.kind == figure.kind
            || alike(&dates)
            || alike(&numbers)
            // "2024" may become "9024", "31 March" may become "32".
            || differ_by_a_digit(&sought.written, &self.prose[figure.range.clone()])
    }

    /// How much of the words around a quote stands around some bytes, of a thousand. Figures among them
    /// do not count, for they have claims of their own.
    pub(super) fn share_at(
        &self,
        sought: &Sought,
        range: &Range<usize>,
        scratch: &mut Scratch,
    ) -> u32 {
        let own = self.tokens_in(range);
        let [prefix, suffix] = &sought.around;
        let room = |pattern: &Pattern| pattern.len() + BESIDE;
        let before = own.start.saturating_sub(room(prefix))..own.start;
        let behind = own.end..(own.end + room(suffix)).min(self.tokens.all.len());
        let (mut there, mut whole) = (0, 0);
        for (pattern, window) in [(prefix, before), (suffix, behind)] {
            if pattern.weight != 0 {
                let share = scratch.room.fit(pattern, self.tokens, window).share;
                there += share * pattern.weight;
                whole += pattern.weight;
            }
        }
        there.checked_div(whole).unwrap_or(1000)
    }
}

/// The digits of two texts differ in no more than one place.
fn differ_by_a_digit(a: &str, b: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (a, b) = (digits(a), digits(b));
    1 < a.len() && strsim::levenshtein(&a, &b) <= 1
}

/// The room in which quotes are looked for, one after another.
#[derive(Default)]
pub(super) struct Scratch {
    bins: Vec<u32>,
    touched: Vec<usize>,
    room: Room,
}
