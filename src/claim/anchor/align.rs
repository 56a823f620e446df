//! How well a quote fits into some words of an article: a weighted edit distance.

use crate::claim::anchor::words::{CONTENT, FUNCTION, Figure, Tokens, Vocabulary};

/// What it costs that words were put between those of a quote; how many hardly matters.
const OPEN: u32 = FUNCTION;
/// What it costs that another figure stands in the place of one.
const OTHER_FIGURE: u32 = CONTENT / 2;
/// The same for the figure that the claim is about: too little to prefer another sentence.
const OTHER_OWN_FIGURE: u32 = 8;

/// A word or figure of a quote or of the words around it.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Word(u32),
    Figure(Figure),
}

/// A quote with the words around it, as it is looked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Pattern {
    /// Each part with its weight.
    parts: Vec<(Part, u32)>,
    /// The parts that are the quote.
    quote: std::ops::Range<usize>,
    /// The figure that the claim is about.
    pub(super) own: Option<usize>,
    /// What all parts but that figure weigh.
    pub(super) weight: u32,
    /// What the words around the quote weigh.
    pub(super) context: u32,
}

impl Pattern {
    /// Puts a quote together with the words around it, which weigh half. `own` is the index of the
    /// token of the quote that the claim is about.
    pub(super) fn new(
        [prefix, quote, suffix]: [&Tokens; 3],
        own: Option<usize>,
        vocabulary: &Vocabulary,
    ) -> Self {
        let mut pattern = Self::default();
        pattern.push(prefix, vocabulary, 2);
        let start = pattern.parts.len();
        pattern.push(quote, vocabulary, 1);
        pattern.quote = start..pattern.parts.len();
        pattern.push(suffix, vocabulary, 2);
        pattern.own = own.map(|own| start + own);
        let weigh = |counts: &dyn Fn(usize) -> bool| {
            let all = pattern.parts.iter().enumerate().filter(|&(at, _)| counts(at));
            all.map(|(_, (_, weight))| weight).sum()
        };
        let (weight, context) =
            (weigh(&|at| Some(at) != pattern.own), weigh(&|at| !pattern.quote.contains(&at)));
        (pattern.weight, pattern.context) = (weight, context);
        pattern
    }

    fn push(&mut self, tokens: &Tokens, vocabulary: &Vocabulary, share: u32) {
        for at in 0..tokens.all.len() {
            let (part, weight) = match tokens.figure_at(at) {
                Some(figure) => (Part::Figure(figure.clone()), CONTENT),
                None => {
                    let word = tokens.all[at].word;
                    (Part::Word(word), vocabulary.weight(word))
                }
            };
            self.parts.push((part, weight / share));
        }
    }

    /// Words that stand before or behind a quote.
    pub(super) fn around(words: &Tokens, vocabulary: &Vocabulary) -> Self {
        let mut pattern = Self::default();
        pattern.push(words, vocabulary, 1);
        let has_words = pattern.parts.iter().any(|(part, _)| matches!(part, Part::Word(_)));
        for (part, weight) in &mut pattern.parts {
            if matches!(part, Part::Figure(_)) && has_words {
                *weight = 0;
            }
        }
        pattern.weight = pattern.parts.iter().map(|(_, weight)| weight).sum();
        pattern
    }

    /// How many parts there are.
    pub(super) fn len(&self) -> usize {
        self.parts.len()
    }

    /// The words that say something, each with its place and weight; all words where none does.
    pub(super) fn content(&self) -> impl Iterator<Item = (usize, u32, u32)> {
        let words = || {
            self.parts.iter().enumerate().filter_map(|(at, (part, weight))| match part {
                Part::Word(word) => Some((at, *word, *weight)),
                Part::Figure(_) => None,
            })
        };
        let least = if words().any(|(.., weight)| CONTENT / 2 <= weight) { CONTENT / 2 } else { 0 };
        words().filter(move |(.., weight)| least <= *weight)
    }

    /// The figures of the quote.
    pub(super) fn quoted_figures(&self) -> impl Iterator<Item = &Figure> {
        self.parts[self.quote.clone()].iter().filter_map(|(part, _)| match part {
            Part::Figure(figure) => Some(figure),
            Part::Word(_) => None,
        })
    }

    /// The figure that the claim is about.
    pub(super) fn own_figure(&self) -> Option<&Figure> {
        match &self.parts[self.own?].0 {
            Part::Figure(figure) => Some(figure),
            Part::Word(_) => None,
        }
    }
}

/// Where and how well a quote fits.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    /// How much of it is there, of a thousand.
    pub(super) share: u32,
    /// The token of the article where each part of the quote stands.
    pub(super) at: Vec<Option<usize>>,
    /// The token of the figure that the claim is about.
    pub(super) own: Option<usize>,
}

impl Fit {
    /// The tokens of figures that are others than those of the quote.
    pub(super) fn figures(&self, pattern: &Pattern, article: &Tokens) -> Vec<usize> {
        let parts = pattern.parts[pattern.quote.clone()].iter().zip(&self.at);
        let differs = |((part, _), &at): (&(Part, u32), &Option<usize>)| match (part, at) {
            (Part::Figure(figure), Some(at)) => {
                let is_same = article.figure_at(at).is_some_and(|other| figure.states(other));
                (!is_same).then_some(at)
            }
            _ => None,
        };
        parts.filter_map(differs).collect()
    }
}

/// The room in which quotes are fitted, one after another.
#[derive(Default)]
pub(super) struct Room {
    /// The cost of each prefix of the quote that ends in a match or a deletion at the token.
    ends: Vec<u32>,
    /// The same where words are being put in between.
    gaps: Vec<u32>,
    /// How each cell came about.
    steps: Vec<u8>,
}

const MATCH: u8 = 1;
const DELETE: u8 = 2;
/// Whether the cell before was one of a gap.
const FROM_GAP: u8 = 4;
/// Whether a gap goes on.
const GAP_GOES_ON: u8 = 8;

impl Room {
    /// The best fit of a quote into some tokens of an article.
    pub(super) fn fit(
        &mut self,
        pattern: &Pattern,
        article: &Tokens,
        window: std::ops::Range<usize>,
    ) -> Fit {
        let (rows, columns) = (pattern.parts.len(), window.len());
        let width = columns + 1;
        let never = u32::MAX / 2;
        self.ends.clear();
        self.ends.resize(width, 0);
        self.gaps.clear();
        self.gaps.resize(width, never);
        self.steps.clear();
        self.steps.resize((rows + 1) * width, 0);
        let mut best = (never, columns);
        for (row, (part, weight)) in pattern.parts.iter().enumerate() {
            let weight = *weight;
            let is_own = pattern.own == Some(row);
            let mut diagonal = (self.ends[0], self.gaps[0]);
            let line = (row + 1) * width;
            self.ends[0] += weight;
            self.steps[line] = DELETE;
            self.gaps[0] = never;
            for column in 1..width {
                let above = (self.ends[column], self.gaps[column]);
                let swap = cost(part, weight, is_own, article, window.start + column - 1);
                let cheaper =
                    |(end, gap): (u32, u32)| if gap < end { (gap, FROM_GAP) } else { (end, 0) };
                let (before, from) = cheaper(diagonal);
                let (without, from_above) = cheaper(above);
                let (matched, deleted) = (before + swap, without + weight);
                let (end, step) = if matched <= deleted {
                    (matched, MATCH | from)
                } else {
                    (deleted, DELETE | from_above)
                };
                // A gap behind the last part is none.
                let (opened, goes_on) = (self.ends[column - 1] + OPEN, self.gaps[column - 1] + 1);
                let (gap, gap_step) =
                    if goes_on < opened { (goes_on, GAP_GOES_ON) } else { (opened, 0) };
                self.ends[column] = end;
                self.gaps[column] = gap;
                self.steps[line + column] = step | gap_step;
                diagonal = above;
                if row + 1 == rows && end < best.0 {
                    best = (end, column);
                }
            }
        }
        self.traced(pattern, &window, best)
    }

    fn traced(
        &self,
        pattern: &Pattern,
        window: &std::ops::Range<usize>,
        (cost, mut column): (u32, usize),
    ) -> Fit {
        let width = window.len() + 1;
        let mut at = vec![None; pattern.parts.len()];
        let mut row = pattern.parts.len();
        let mut in_gap = false;
        while 0 < row {
            let step = self.steps[row * width + column];
            if in_gap {
                in_gap = step & GAP_GOES_ON != 0;
                column -= 1;
                continue;
            }
            in_gap = step & FROM_GAP != 0;
            if step & MATCH != 0 {
                column -= 1;
                at[row - 1] = Some(window.start + column);
            }
            row -= 1;
        }
        let whole = pattern.weight.max(1);
        let share = 1000_u32.saturating_sub(cost.saturating_mul(1000) / whole);
        let own = pattern.own.and_then(|own| at[own]);
        Fit { share, at: at[pattern.quote.clone()].to_vec(), own }
    }
}

fn cost(part: &Part, weight: u32, is_own: bool, article: &Tokens, token: usize) -> u32 {
    match (part, article.figure_at(token)) {
        // The figure of another claim is not that of this one.
        (Part::Figure(_), Some(other)) if is_own && other.is_taken => weight + OPEN / 2,
        (Part::Figure(a), Some(b)) if a.states(b) => 0,
        (Part::Figure(_), Some(_)) if is_own => OTHER_OWN_FIGURE,
        (Part::Figure(_), Some(_)) => OTHER_FIGURE.min(weight),
        (Part::Word(word), None) if *word != 0 && article.all[token].word == *word => 0,
        // A word for another costs as much as leaving it out and putting another in.
        _ => weight + OPEN / 2,
    }
}
