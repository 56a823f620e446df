//! Places told by a figure and the words around it, whatever their order.

use std::ops::Range;

use crate::claim::anchor::search::{AS_GOOD, Candidate, Index, Sought};
use crate::claim::anchor::wanted::overlap;
use crate::claim::anchor::words::Figure;
use crate::value::Kind;

/// Tokens on either side of a figure that are searched for the words of a quote.
const NEAR: usize = 24;
/// How much of the words must stand around the same figure, of a thousand.
const AROUND_FIGURE: u32 = 500;
/// The same where the figure stands between the same claims as before.
const ALIKE_IN_PLACE: u32 = 300;
/// The same where the figure is one that is not written twice by chance, and stands there once.
const ALIKE_IF_RARE: u32 = 800;
/// How much of the words must stand around another figure in the place of one, and how many.
const AROUND_ANOTHER: u32 = 600;
const WORDS_AROUND_ANOTHER: usize = 3;
/// Figures of one value that are looked at; what is said so often says nothing.
const MOST_ALIKE: usize = 512;
/// Figures between two claims that are looked at.
const MOST_BETWEEN: usize = 64;

/// The words of a quote that stand around a figure: how many, and how much of all of them.
#[derive(Clone, Copy, Debug, Default)]
struct Near {
    count: usize,
    share: u32,
}

impl Index<'_> {
    /// Places where the figure of the claim stands among words of the quote.
    pub(super) fn by_figure(&self, sought: &Sought, found: &mut Vec<Candidate>) {
        let Some(own) = sought.pattern.own_figure() else { return };
        let others: Vec<&Figure> =
            sought.pattern.quoted_figures().filter(|other| !own.states(other)).collect();
        let mut places = self.figures_of(own.key, MOST_ALIKE);
        places.extend(self.figures_of(own.bare, MOST_ALIKE));
        places.extend(self.figures_of(own.amount, MOST_ALIKE));
        places.sort_unstable();
        places.dedup();
        places.retain(|&at| {
            self.tokens.figure_at(at).is_some_and(|figure| own.states(figure) && !figure.is_taken)
        });
        let words = words_of(sought);
        let in_order =
            places.iter().filter(|&&at| sought.is_in_order(&self.tokens.all[at].range)).count();
        for &at in &places {
            let figure = self.tokens.all[at].range.clone();
            let near = self.tokens.around(at, NEAR);
            let has = |other: &Figure| {
                let mut near = near.clone().filter_map(|token| self.tokens.figure_at(token));
                near.any(|figure| other.states(figure))
            };
            if !others.iter().all(|other| has(other)) {
                continue;
            }
            let Near { count, share } = self.near(sought, &words, near.clone());
            let is_only = places.len() == 1;
            let is_likely = match () {
                // The only figure of its kind is the one, however it is written now.
                () if sought.is_bare() => is_only,
                () if sought.is_in_order(&figure) => {
                    // In the sentence that has the old words, it is the figure of something else.
                    let has_rival = self.has_rival(sought, near);
                    ALIKE_IN_PLACE <= share || (in_order == 1 && sought.is_telling() && !has_rival)
                }
                () if is_only && sought.is_rare() && ALIKE_IF_RARE <= share => true,
                () => AROUND_FIGURE <= share && 1 < count,
            };
            if is_likely {
                // Words in another order are less than the same words in theirs.
                let share = share.max(AROUND_FIGURE) * 9 / 10;
                found.push(Candidate::at_figure(figure, true, share));
            }
        }
    }

    /// The figure of the same kind that stands where the claim stood, among most of its words.
    pub(super) fn by_place(&self, sought: &Sought, found: &mut Vec<Candidate>) {
        let (Some(own), Some(between)) = (sought.pattern.own_figure(), &sought.between) else {
            return;
        };
        let words = words_of(sought);
        if words.len() < WORDS_AROUND_ANOTHER {
            return;
        }
        let tokens = self.tokens_in(between);
        let figures = tokens.filter(|&at| {
            self.tokens
                .figure_at(at)
                .is_some_and(|figure| figure.kind == own.kind && !figure.is_taken)
        });
        let mut best: Vec<(u32, usize)> = figures
            .take(MOST_BETWEEN)
            .filter_map(|at| {
                let near = self.near(sought, &words, self.tokens.around(at, NEAR));
                let enough = AROUND_ANOTHER <= near.share && WORDS_AROUND_ANOTHER <= near.count;
                enough.then_some((near.share, at))
            })
            .collect();
        best.sort_unstable_by(|a, b| b.cmp(a));
        // Where two are as likely, neither is.
        let is_clear = best.get(1).is_none_or(|next| next.0 + AS_GOOD < best[0].0);
        if let Some(&(share, at)) = best.first().filter(|_| is_clear) {
            let figure = self.tokens.all[at].range.clone();
            found.push(Candidate::at_figure(figure, false, share * 9 / 10));
        }
    }

    /// Whether the words of a quote stand among some tokens with other digits.
    fn has_rival(&self, sought: &Sought, tokens: Range<usize>) -> bool {
        let all = &self.tokens.all[tokens];
        let (Some(first), Some(last)) = (all.first(), all.last()) else { return false };
        let here = first.range.start..last.range.end;
        sought.other_digits.iter().any(|other| overlap(&other.range, &here))
    }

    /// The words of a quote among some tokens. Those that stand where the quote stood, with other digits,
    /// are of that sentence and say nothing of another.
    fn near(&self, sought: &Sought, words: &[(u32, u32)], tokens: Range<usize>) -> Near {
        let whole: u32 = words.iter().map(|(_, weight)| weight).sum();
        let own = self.tokens.all[tokens].iter().filter(|token| {
            !sought.other_digits.iter().any(|other| {
                other.range.start <= token.range.start && token.range.end <= other.range.end
            })
        });
        let there: Vec<u32> = own.map(|token| token.word).filter(|word| *word != 0).collect();
        let shared = words.iter().filter(|(word, _)| there.contains(word));
        let (count, sum) = shared.fold((0, 0), |(n, sum), (_, weight)| (n + 1, sum + weight));
        Near { count, share: (sum * 1000).checked_div(whole).unwrap_or(0) }
    }
}

/// The words of a quote that say something, once each, with their weights.
fn words_of(sought: &Sought) -> Vec<(u32, u32)> {
    let mut words: Vec<(u32, u32)> =
        sought.pattern.content().map(|(_, word, weight)| (word, weight)).collect();
    words.sort_unstable();
    words.dedup_by_key(|(word, _)| *word);
    words
}

/// Digits that are not written twice by chance.
const RARE: usize = 3;

impl Sought {
    /// Whether its figure is one that hardly stands anywhere by chance.
    fn is_rare(&self) -> bool {
        let digits = self.written.bytes().filter(u8::is_ascii_digit).count();
        let is_date = matches!(self.kind, Some(Kind::Date | Kind::DateRange) | None);
        RARE <= digits && !is_date
    }

    /// Whether its figure says by itself what sort of thing it is of.
    pub(super) fn is_telling(&self) -> bool {
        self.is_rare() || matches!(self.kind, Some(Kind::Money | Kind::Percent | Kind::Quantity))
    }
}
