//! The places of an edited article that a quote may have been edited to.

use std::ops::Range;

use crate::claim::anchor::align::{Pattern, Room};
use crate::claim::anchor::exact::OtherDigits;
use crate::claim::anchor::words::{CONTENT, FUNCTION, Figure, Tokens, Vocabulary};
use crate::value::Kind;

/// Tokens that are counted together when words of a quote are looked for.
const BIN: usize = 32;
/// Tokens around a place that a quote is fitted into.
const AROUND: usize = 16;
/// Words of an article that are those of one quote; of more, only those count that stand where the
/// claim stood.
const MOST_WORDS: usize = 8_192;
/// Places that a quote is fitted into.
const MOST_PLACES: usize = 16;
/// Tokens on either side of a figure that are searched for the words of a quote.
const NEAR: usize = 24;
/// How much of a quote must be there for it to be called reworded, of a thousand.
const REWORDED: u32 = 500;
/// How much of its words must be there where its figure is another one.
const CHANGED: u32 = 600;
/// How much of the words must stand around the same figure, in any order.
const AROUND_FIGURE: u32 = 500;
/// The same where the figure stands between the same claims as before.
const ALIKE_IN_PLACE: u32 = 300;
/// Digits that are not written twice by chance.
const RARE: usize = 3;
/// Fits that differ by no more than this are as good as each other.
const AS_GOOD: u32 = 40;
/// Figures of one value that are looked at; what is said so often says nothing.
const MOST_ALIKE: usize = 512;

/// An article made ready for quotes to be looked for in it.
pub(super) struct Index<'a> {
    prose: &'a str,
    tokens: &'a Tokens,
    /// For each word, the tokens that are it.
    places: Vec<Vec<u32>>,
    /// The tokens that are figures, by their number.
    figures: Vec<Vec<u32>>,
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

/// A quote that is looked for.
pub(super) struct Sought {
    pub(super) pattern: Pattern,
    /// What sort of figure the claim is about.
    pub(super) kind: Option<Kind>,
    /// The figure as written.
    pub(super) written: String,
    /// Whether the claim states another figure than its quote does.
    pub(super) is_misquoted: bool,
    /// The bytes of the prose between the claims before and behind it.
    pub(super) between: Option<Range<usize>>,
    /// Where its words stand with other digits.
    pub(super) other_digits: Vec<OtherDigits>,
}

impl Sought {
    /// Whether the quote is little more than its figure.
    fn is_bare(&self) -> bool {
        self.pattern.weight < CONTENT
    }

    /// Whether its figure is one that hardly stands anywhere by chance.
    fn is_rare(&self) -> bool {
        let digits = self.written.bytes().filter(u8::is_ascii_digit).count();
        let is_date = matches!(self.kind, Some(Kind::Date | Kind::DateRange) | None);
        RARE <= digits && !is_date
    }

    /// The same without the words around it.
    pub(super) fn is_bare_quote(&self) -> bool {
        self.pattern.weight - self.pattern.context < CONTENT
    }

    pub(super) fn is_in_order(&self, place: &Range<usize>) -> bool {
        self.between
            .as_ref()
            .is_some_and(|between| between.start <= place.start && place.end <= between.end)
    }
}

impl<'a> Index<'a> {
    /// Indexes an article.
    pub(super) fn new(prose: &'a str, tokens: &'a Tokens, vocabulary: &Vocabulary) -> Self {
        let mut places = vec![Vec::new(); vocabulary.len() + 1];
        let mut figures: Vec<Vec<u32>> = Vec::new();
        for (at, token) in tokens.all.iter().enumerate() {
            let place = u32::try_from(at).unwrap_or(u32::MAX);
            match tokens.figure_at(at) {
                Some(figure) => {
                    let key = figure.bare as usize;
                    if figures.len() <= key {
                        figures.resize(key + 1, Vec::new());
                    }
                    figures[key].push(place);
                    // "5 km" and "5,000 m" have other numbers.
                    let key = figure.key as usize;
                    if key != figure.bare as usize {
                        if figures.len() <= key {
                            figures.resize(key + 1, Vec::new());
                        }
                        figures[key].push(place);
                    }
                }
                None if token.word != 0 => places[token.word as usize].push(place),
                None => {}
            }
        }
        Self { prose, tokens, places, figures }
    }

    /// The places that a quote may have been edited to, best first. `taken` says of a figure whether
    /// another claim has it.
    pub(super) fn find(
        &self,
        sought: &Sought,
        taken: &dyn Fn(&Range<usize>) -> bool,
        scratch: &mut Scratch,
    ) -> Vec<Candidate> {
        let mut found = Vec::new();
        if !sought.is_bare() {
            self.by_words(sought, scratch, &mut found);
        }
        self.by_figure(sought, scratch, &mut found);
        let words = found.len();
        by_digits(sought, &mut found);
        // Where only digits are others, the figure of the claim may be the same; its words are not.
        let (same, others) = found.split_at_mut(words);
        let within = |figure: &Range<usize>| {
            others
                .iter()
                .any(|other| other.range.start <= figure.start && figure.end <= other.range.end)
        };
        for candidate in same {
            candidate.same &= !within(&candidate.place());
        }
        found.retain(|candidate| candidate.figure.as_ref().is_none_or(|figure| !taken(figure)));
        for candidate in &mut found {
            candidate.in_order = sought.is_in_order(&candidate.place());
        }
        found.sort_by(|a, b| {
            let rank = |c: &Candidate| (c.same, c.share / (AS_GOOD + 1), c.in_order, c.share);
            rank(b).cmp(&rank(a)).then(a.range.start.cmp(&b.range.start))
        });
        let mut places = Vec::new();
        found.retain(|candidate| {
            let is_new = !places.contains(&candidate.place());
            places.push(candidate.place());
            is_new
        });
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

    fn tokens_in(&self, range: &Range<usize>) -> Range<usize> {
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

    /// Places where the figure of the claim stands among words of the quote in any order.
    fn by_figure(&self, sought: &Sought, scratch: &mut Scratch, found: &mut Vec<Candidate>) {
        let Some(own) = sought.pattern.own_figure() else { return };
        let others: Vec<&Figure> =
            sought.pattern.quoted_figures().filter(|other| !own.states(other)).collect();
        let with = |key: u32| self.figures.get(key as usize).into_iter().flatten().copied();
        let mut places: Vec<u32> = with(own.key).chain(with(own.bare)).take(MOST_ALIKE).collect();
        places.sort_unstable();
        places.dedup();
        places.retain(|&place| {
            self.tokens.figure_at(place as usize).is_some_and(|figure| own.states(figure))
        });
        let words = &mut scratch.words;
        words.clear();
        words.extend(sought.pattern.content().map(|(_, word, weight)| (word, weight)));
        words.sort_unstable();
        words.dedup_by_key(|(word, _)| *word);
        let whole: u32 = words.iter().map(|(_, weight)| weight).sum();
        for &place in &places {
            let at = place as usize;
            let figure = self.tokens.all[at].range.clone();
            let share = if sought.is_bare() {
                // The only figure of its kind is the one, however it is written now.
                match &*places {
                    [_] => AROUND_FIGURE,
                    _ => continue,
                }
            } else {
                let near = self.tokens.around(at, NEAR);
                let has = |other: &Figure| {
                    let mut near = near.clone().filter_map(|token| self.tokens.figure_at(token));
                    near.any(|figure| other.states(figure))
                };
                if !others.iter().all(|other| has(other)) {
                    continue;
                }
                let near = &self.tokens.all[near];
                let there = words.iter().filter(|(word, _)| near.iter().any(|t| t.word == *word));
                let (count, there) =
                    there.fold((0, 0), |(n, sum), (_, weight)| (n + 1, sum + weight));
                if count == 0 || whole == 0 {
                    continue;
                }
                let share = there * 1000 / whole;
                // Where it stood, or if no other figure reads so, one word beside it is enough.
                if sought.is_in_order(&figure) || (places.len() == 1 && sought.is_rare()) {
                    share.max(AROUND_FIGURE) * u32::from(ALIKE_IN_PLACE <= share)
                } else {
                    share * u32::from(1 < count)
                }
            };
            if AROUND_FIGURE <= share {
                // Words in another order are less than the same words in theirs.
                let share = share * 9 / 10;
                let range = figure.clone();
                found.push(Candidate {
                    range,
                    figure: Some(figure),
                    same: true,
                    share,
                    in_order: false,
                });
            }
        }
    }

    /// The figures between two places that no claim has.
    pub(super) fn free_between(
        &self,
        between: &Range<usize>,
        taken: &dyn Fn(&Range<usize>) -> bool,
    ) -> Vec<&Figure> {
        let figures = &self.tokens.figures;
        let start = figures.partition_point(|figure| figure.range.start < between.start);
        figures[start..]
            .iter()
            .take_while(|figure| figure.range.end <= between.end)
            .filter(|figure| !taken(&figure.range))
            .collect()
    }

    /// Whether one figure may stand where another stood: it is of the same sort, or one of the two is
    /// too garbled to be of any.
    pub(super) fn may_replace(&self, sought: &Sought, figure: &Figure) -> bool {
        let dates = [Some(Kind::Date), Some(Kind::DateRange)];
        let numbers = [Some(Kind::Number), Some(Kind::Ordinal)];
        let alike = |of: &[Option<Kind>]| of.contains(&sought.kind) && of.contains(&figure.kind);
        sought.kind.is_none()
            || figure.kind.is_none()
            || sought.kind == figure.kind
            || alike(&dates)
            || alike(&numbers)
            // "2024" may become "9024", "31 March" may become "32".
            || differ_by_a_digit(&sought.written, &self.prose[figure.range.clone()])
    }

    /// How well a quote and the words around it fit at some bytes.
    pub(super) fn share_at(
        &self,
        sought: &Sought,
        range: &Range<usize>,
        scratch: &mut Scratch,
    ) -> u32 {
        let own = self.tokens_in(range);
        let room = sought.pattern.len() + FUNCTION as usize / 4;
        let window = own.start.saturating_sub(room)..(own.end + room).min(self.tokens.all.len());
        scratch.room.fit(&sought.pattern, self.tokens, window).share
    }
}

/// Places where only digits are others.
fn by_digits(sought: &Sought, found: &mut Vec<Candidate>) {
    for OtherDigits { range, figure, .. } in &sought.other_digits {
        // Without words, only the place tells it from others.
        let is_likely = !sought.is_bare_quote() || sought.is_in_order(figure);
        found.extend(is_likely.then(|| Candidate {
            range: range.clone(),
            figure: Some(figure.clone()),
            same: false,
            share: 1000,
            in_order: false,
        }));
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
    words: Vec<(u32, u32)>,
    room: Room,
}
