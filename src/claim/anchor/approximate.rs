//! Quotes whose exact words are not there, or not with the right words around them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use jiff::civil::Date;
#[cfg(feature = "parallel")]
use rayon::prelude::*;

use crate::claim::anchor::align::Pattern;
use crate::claim::anchor::digits::other_digits;
use crate::claim::anchor::exact::{Exact, same_words};
use crate::claim::anchor::order::Order;
use crate::claim::anchor::own::{Own, own_figure};
use crate::claim::anchor::search::{Candidate, Index, Scratch, Sought};
use crate::claim::anchor::sentences::Traced;
use crate::claim::anchor::wanted::{Found, Wanted, overlap};
use crate::claim::anchor::words::{Figure, Tokens, Vocabulary};
use crate::claim::{Claim, State, Store};
use crate::document::Folded;
use crate::lexicon::Lexicon;
use crate::reading::Reading;

/// How much better a place must fit than the next best, of a thousand.
const CLEARLY: u32 = 100;
/// Words before or behind a quote that are compared.
const MOST_AROUND: usize = 16;
/// How much of the words around a quote must be there for it to stand where it stood.
const IN_PLACE: u32 = 400;

/// Settles every quote that its exact words did not settle.
pub(super) fn find(
    wanted: &[Wanted],
    claims: &Store,
    (article, traced): (&Reading<'_>, &Traced),
    lexicon: &Lexicon,
    order: &Order,
    found: &mut [Exact],
) {
    let is_free =
        |at: usize, place: &Range<usize>| !traced.is_of_another(at, place, (article, lexicon));
    let swapped = order.swapped();
    let lost: Vec<usize> = (0..wanted.len())
        .filter(|&at| {
            let marked = claims.get(wanted[at].claim).is_gone;
            let is_lost = matches!(&found[at], Exact::Elsewhere(_) | Exact::Several(_));
            !marked && (is_lost || swapped.contains(&at))
        })
        .collect();
    if lost.is_empty() {
        return;
    }
    let published = article.published().map(|known| known.day);
    let mut vocabulary = Vocabulary::default();
    let mut seek_at = |&at: &usize| {
        let claim = claims.get(wanted[at].claim);
        seek(claim, order.between(at), (lexicon, published), &mut vocabulary)
    };
    let mut sought: Vec<Sought> = lost.iter().map(&mut seek_at).collect();
    let quotes: Vec<&Wanted> = lost.iter().map(|&at| &wanted[at]).collect();
    for (&at, places) in lost.iter().zip(same_words(&quotes, article)) {
        if let Exact::Elsewhere(known) = &mut found[at]
            && !swapped.contains(&at)
        {
            known.extend(places.into_iter().filter(|place| is_free(at, place)));
            known.sort_by_key(|place| (place.start, place.end));
            known.dedup_by(|later, earlier| overlap(later, earlier));
        }
    }
    let digits = other_digits(&quotes, &sought, article);
    for ((sought, mut places), &at) in sought.iter_mut().zip(digits).zip(&lost) {
        places.retain(|place| is_free(at, &place.range));
        sought.other_digits = places;
        sought.sentence = traced.now(at);
    }
    let prose = article.prose();
    let mut tokens = vocabulary.read(prose, article.mentions());
    let stays = |(at, found): (usize, &Exact)| figure(found).filter(|_| !swapped.contains(&at));
    let mut taken: Vec<Range<usize>> = found.iter().enumerate().filter_map(stays).collect();
    taken.sort_unstable_by_key(|range| range.start);
    tokens.mark_taken(&taken);
    let index = Index::new(prose, &tokens, &vocabulary, taken);
    let whole = found.iter().filter_map(unclear).collect();
    let others = sought
        .iter()
        .flat_map(|one| one.other_digits.iter().map(|at| (at.figure.start, one.written.clone())))
        .collect();
    let search = Search { index, prose, lexicon, whole, others };
    let mut in_turn = search.in_turn(&lost, &sought, order);
    let look = |scratch: &mut Scratch, (i, in_turn): (usize, &mut Option<Found>)| {
        let at = lost[i];
        match in_turn.take() {
            Some(found) => Result::Found(found),
            None => {
                let claim = claims.get(wanted[at].claim);
                let mut result = search.look(claim, &found[at], &sought[i], scratch);
                if let Result::Candidates(all) = &mut result {
                    all.retain(|one| is_free(at, &one.place()));
                }
                result
            }
        }
    };
    #[cfg(feature = "parallel")]
    let results: Vec<Result> =
        in_turn.par_iter_mut().enumerate().map_init(Scratch::default, look).collect();
    #[cfg(not(feature = "parallel"))]
    let results: Vec<Result> = {
        let mut scratch = Scratch::default();
        in_turn.iter_mut().enumerate().map(|one| look(&mut scratch, one)).collect()
    };
    // Each place goes to one claim, first to those that fit best.
    let mut assigned: HashMap<usize, &str> = HashMap::new();
    let mut best_first: Vec<usize> = (0..lost.len()).collect();
    best_first.sort_by_key(|&i| (Reverse(results[i].rank()), i));
    for i in best_first {
        let one = &wanted[lost[i]];
        let words = one.words.text();
        // Two claims that quote the same may have it both, others cannot stand in one place.
        let is_free = |candidate: &&Candidate| {
            assigned.get(&candidate.place().start).is_none_or(|holder| *holder == words)
        };
        let settled = match &results[i] {
            Result::Found(found) => found.clone(),
            Result::Candidates(all) => {
                let free: Vec<&Candidate> = all.iter().filter(is_free).collect();
                search.choose(claims.get(one.claim), &sought[i], &free)
            }
        };
        if let Found::At { range, figure, .. } = &settled {
            assigned.insert(figure.nearest().unwrap_or(range).start, words);
        }
        found[lost[i]] = Exact::Settled(settled);
    }
}

/// The figure that a claim has, which is no other claim's.
fn figure(found: &Exact) -> Option<Range<usize>> {
    match found {
        Exact::Fits { figure, .. } => figure.nearest().cloned(),
        _ => None,
    }
}

/// The words of a claim whose figure is not plain.
fn unclear(found: &Exact) -> Option<Range<usize>> {
    match found {
        Exact::Fits { figure: Own::Unclear, range } => Some(range.clone()),
        _ => None,
    }
}

fn seek(
    claim: &Claim,
    between: Option<Range<usize>>,
    (lexicon, published): (&Lexicon, Option<Date>),
    vocabulary: &mut Vocabulary,
) -> Sought {
    let Some(quote) = &claim.quote else { return Sought::default() };
    let mut cut = |text: &str| vocabulary.learn(text, lexicon, published);
    let words = cut(&quote.text);
    let mut prefix = quote.prefix.as_deref().map_or_else(Tokens::default, &mut cut);
    let mut suffix = quote.suffix.as_deref().map_or_else(Tokens::default, &mut cut);
    prefix.all.drain(..prefix.all.len().saturating_sub(MOST_AROUND));
    suffix.all.truncate(MOST_AROUND);
    let own = own_figure(&quote.text, 0..quote.text.len(), &claim.figure.value, lexicon);
    let token = own.nearest().and_then(|own| {
        words.all.iter().position(|t| t.figure.is_some() && overlap(&t.range, own))
    });
    // A quote with a single figure is about that figure, whatever the claim's value.
    let token = token.or_else(|| {
        let mut figures = words.all.iter().enumerate().filter(|(_, t)| t.figure.is_some());
        figures.next().filter(|_| figures.next().is_none()).map(|(at, _)| at)
    });
    let figure = token.and_then(|at| words.figure_at(at));
    let kind = figure.and_then(|figure| figure.kind);
    let written = figure.map_or_else(String::new, |f| quote.text[f.range.clone()].to_owned());
    let pattern = Pattern::new([&prefix, &words, &suffix], token, vocabulary);
    let is_misquoted = matches!(own, Own::Other(_));
    let own = figure.map(|figure| figure.range.clone());
    let around = [&prefix, &suffix].map(|words| Pattern::around(words, vocabulary));
    let other_digits = Vec::new();
    Sought {
        pattern,
        around,
        own,
        kind,
        written,
        is_misquoted,
        between,
        other_digits,
        sentence: None,
    }
}

/// What was found of one quote.
enum Result {
    Found(Found),
    /// Places that it may have been edited to, best first.
    Candidates(Vec<Candidate>),
}

impl Result {
    /// Which quotes are given their places first.
    fn rank(&self) -> (bool, bool, u32) {
        match self {
            Self::Found(_) => (true, true, 0),
            Self::Candidates(all) => {
                all.first().map_or((false, false, 0), |best| (false, best.same, best.share))
            }
        }
    }
}

struct Search<'a> {
    index: Index<'a>,
    prose: &'a str,
    lexicon: &'a Lexicon,
    /// The words of claims that are found whose figure is not plain.
    whole: HashSet<Range<usize>>,
    /// The figures that stand where those of claims stood, with other digits, and what stood there.
    others: HashMap<usize, String>,
}

impl Search<'_> {
    /// Figures without words, between the same claims as before and as many as before: each is the one
    /// that it was in turn. So are the cells of a table in which one figure was changed.
    fn in_turn(&self, lost: &[usize], sought: &[Sought], order: &Order) -> Vec<Option<Found>> {
        let mut groups: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (i, one) in sought.iter().enumerate() {
            if let Some(between) = &one.between {
                groups.entry((between.start, between.end)).or_default().push(i);
            }
        }
        let mut settled: Vec<Option<Found>> = vec![None; lost.len()];
        for ((start, end), mut group) in groups {
            let figures = self.index.free_between(&(start..end));
            group.sort_by_key(|&i| order.rank(lost[i]));
            let pairs: Vec<(usize, &Figure, bool)> = group
                .iter()
                .zip(&figures)
                .map(|(&i, &figure)| {
                    let own = sought[i].pattern.own_figure();
                    (i, figure, own.is_some_and(|own| own.states(figure)))
                })
                .collect();
            let fits = figures.len() == group.len()
                && pairs.iter().all(|&(i, figure, is_same)| {
                    // What has words of its own is only looked at for its figure.
                    let own = sought[i].pattern.own_figure();
                    let is_alike = own.is_some_and(|own| own.kind == figure.kind);
                    is_same || (sought[i].is_bare_quote() && is_alike)
                });
            // Of those that are found, only two are plainly exchanged; more may be rows of a table.
            let is_found = |i: usize| order.swapped().contains(&lost[i]);
            let has_found = group.iter().any(|&i| is_found(i));
            if !fits || (has_found && group.len() != 2) {
                continue;
            }
            for (i, figure, is_same) in pairs {
                if !sought[i].is_bare_quote() || (is_same && is_found(i)) {
                    continue;
                }
                let range = figure.range.clone();
                let (figure, state) = if is_same {
                    (Own::Same(range.clone()), State::Reworded)
                } else {
                    (Own::Other(range.clone()), State::Changed)
                };
                settled[i] = Some(Found::At { range, figure, state });
            }
        }
        settled
    }

    fn look(&self, claim: &Claim, exact: &Exact, sought: &Sought, scratch: &mut Scratch) -> Result {
        let places = match exact {
            Exact::Elsewhere(places) => places,
            settled => return Result::Found(settled.clone().found()),
        };
        if let Some(found) = self.among(claim, places, sought, scratch) {
            return Result::Found(found);
        }
        let mut all = self.index.find(sought, scratch);
        // What stands where another claim stood, with other digits, is that claim.
        let own = &sought.written;
        all.retain(|one| {
            !one.same || self.others.get(&one.place().start).is_none_or(|by| by == own)
        });
        Result::Candidates(all)
    }

    /// The place of a quote whose words are there, but not those around it.
    fn among(
        &self,
        claim: &Claim,
        places: &[Range<usize>],
        sought: &Sought,
        scratch: &mut Scratch,
    ) -> Option<Found> {
        let own = |place: &Range<usize>| {
            own_figure(self.prose, place.clone(), &claim.figure.value, self.lexicon)
        };
        let mut free: Vec<(u32, bool, &Range<usize>, Own)> = places
            .iter()
            .map(|place| (place, own(place)))
            .filter(|(place, own)| match own.nearest() {
                Some(figure) => !self.index.is_taken(figure),
                None => !self.whole.contains(*place),
            })
            .map(|(place, own)| {
                let share = self.index.share_at(sought, place, scratch);
                (share, sought.is_in_order(place), place, own)
            })
            .collect();
        free.sort_by_key(|(share, in_order, place, _)| (Reverse((*share, *in_order)), place.start));
        let (best, in_order, place, _) = free.first()?;
        // The words around it say more than the same words elsewhere.
        let mut in_context = sought.other_digits.iter().filter(|one| one.fits);
        let changed = in_context.next().filter(|_| in_context.next().is_none());
        if let Some(changed) = changed.filter(|_| *best < IN_PLACE) {
            let (range, figure) = (changed.range.clone(), Own::Other(changed.figure.clone()));
            return Some(Found::At { range, figure, state: State::Changed });
        }
        let is_clear = free.get(1).is_none_or(|(next, next_in_order, ..)| {
            next + CLEARLY <= *best || (*in_order && !next_in_order)
        });
        // A few letters stand anywhere; without the words around them or their place they may be others.
        let is_likely = !sought.is_bare_quote() || IN_PLACE / 2 <= *best || *in_order;
        match (is_clear, is_likely) {
            (true, true) => {
                let is_verbatim = claim.quote.as_ref().is_some_and(|quote| {
                    Folded::new(&self.prose[(*place).clone()]) == Folded::new(&quote.text)
                });
                let state = match () {
                    // Only figures around it are others, and those have claims of their own.
                    () if is_verbatim && *best == 1000 && (*in_order || free.len() == 1) => {
                        State::Same
                    }
                    () if is_verbatim && *best < IN_PLACE => State::Moved,
                    () => State::Reworded,
                };
                Some(Found::At { range: (*place).clone(), figure: free.swap_remove(0).3, state })
            }
            (true, false) => None,
            (false, _) => {
                let places = free.iter().map(|(_, _, place, _)| (*place).clone());
                Some(Found::Several(places.collect()))
            }
        }
    }

    /// The best of several places, if there is one.
    fn choose(&self, claim: &Claim, sought: &Sought, all: &[&Candidate]) -> Found {
        let Some(&best) = all.first() else { return Found::Nowhere };
        let rivals: Vec<&Candidate> =
            all[1..].iter().filter(|other| best.is_matched_by(other)).copied().collect();
        if best.same {
            if !rivals.is_empty() {
                let places = std::iter::once(best).chain(rivals);
                return Found::Several(places.map(|one| one.range.clone()).collect());
            }
            let figure = best.figure.clone().map_or(Own::Unclear, Own::Same);
            return Found::At { range: best.range.clone(), figure, state: State::Reworded };
        }
        // Of several figures that may have taken the place of one, the one most like it has.
        let distance =
            |one: &Candidate| strsim::levenshtein(&self.prose[one.place()], &sought.written);
        let mut nearest: Vec<(usize, &Candidate)> =
            std::iter::once(best).chain(rivals).map(|one| (distance(one), one)).collect();
        nearest.sort_by_key(|(distance, one)| (*distance, Reverse(one.share)));
        match &*nearest {
            [(first, one), (second, other), ..] if first == second && one.share == other.share => {
                Found::Nowhere
            }
            [(_, one), ..] => {
                let figure = one.figure.clone();
                // The claim may have been brought up to date without its quote.
                let own = figure.clone().filter(|_| sought.is_misquoted).map(|figure| {
                    own_figure(self.prose, figure, &claim.figure.value, self.lexicon)
                });
                let (figure, state) = match own {
                    Some(own @ Own::Same(_)) => (own, State::Reworded),
                    _ => (figure.map_or(Own::Unclear, Own::Other), State::Changed),
                };
                Found::At { range: one.range.clone(), figure, state }
            }
            [] => Found::Nowhere,
        }
    }
}
