//! From a claim's quote to its place in the article, however that was edited, and whether the two
//! state the same figure.
//!
//! First the exact words, all quotes in one pass (a W3C `TextQuoteSelector`: the words, and what stands
//! right before and behind them). What is not there in these words is looked for by a weighted edit
//! distance, and by its figure. A place whose figures differ is never taken for the claim's.

mod align;
mod approximate;
mod around;
mod digits;
mod exact;
mod order;
mod otherwise;
mod own;
mod search;
mod sentences;
mod tell;
mod wanted;
mod words;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use crate::claim::anchor::exact::Exact;
use crate::claim::anchor::order::Order;
use crate::claim::anchor::otherwise::{Side, Signals, differences};
use crate::claim::anchor::own::{Own, own_figure};
use crate::claim::anchor::sentences::Traced;
use crate::claim::anchor::wanted::{Found, MOST_AMBIGUOUS, Wanted, overlap, stands_alone};
use crate::claim::{self, Claim, ClaimsFile, Exempt, Otherwise, Quote, State, Store};
use crate::document::Folded;
use crate::finding::Finding;
use crate::lexicon::Lexicon;
use crate::mention::{Mention, find_mentions, states_same};
use crate::reading::Reading;
use crate::source::{Sources, Span};
use crate::value::Value;

pub use sentences::{Sentences, rewritten};
pub use tell::{mend, stale};

/// Where each of some words stands in a folded text, not within a longer word or number. Words that are
/// the same share their places.
pub fn occurrences<'t>(text: &str, words: impl Iterator<Item = &'t str>) -> Vec<Arc<[usize]>> {
    let words: Vec<&str> = words.collect();
    let all = match &*words {
        // An automaton is worth building for several.
        [only] if !only.is_empty() => vec![exact::find_one(text, only).into()],
        several => exact::find_all(text, several.iter().copied()),
    };
    let mut known: HashMap<&str, Arc<[usize]>> = HashMap::new();
    let alone = |(places, words): (Arc<[usize]>, &'t str)| {
        let is_alone = |at: &usize| stands_alone(text, *at, *at + words.len());
        let whole = || places.iter().copied().filter(is_alone).collect();
        known.entry(words).or_insert_with(whole).clone()
    };
    all.into_iter().zip(words).map(alone).collect()
}

/// Where a quote stands in an article with the words around it, in bytes of the folded text.
pub fn fitting(quote: &Quote, article: &Reading<'_>) -> Vec<Range<usize>> {
    let wanted = Wanted::new(0, quote);
    let text = article.folded().text();
    let places = occurrences(text, std::iter::once(wanted.words.text()));
    places.iter().flat_map(|places| wanted.fitting(text, places).collect::<Vec<_>>()).collect()
}

/// Whether a claim of this value that quotes some words of a text would be about the figure at `own`, or
/// about the words as a whole where they state it more than once.
pub fn quotes(
    text: &str,
    words: Range<usize>,
    own: &Range<usize>,
    value: &Value,
    lexicon: &Lexicon,
) -> bool {
    match own_figure(text, words, value, lexicon) {
        Own::Same(range) => overlap(&range, own),
        Own::Other(_) => false,
        Own::Unclear => true,
    }
}

/// Gives every claim with a quote its place in the article, and its state, and the file the day on which the
/// article was published, and its home: where that is another one, its figures are read again.
///
/// Findings: a quote whose figure is another one now, that stands elsewhere or in other words, that is
/// gone, that is there more than once, and one whose words state another value than the claim.
pub fn anchor(
    file: &mut ClaimsFile,
    article: &Reading<'_>,
    sources: &Sources,
    findings: &mut Vec<Finding>,
) {
    let lexicon = article.lexicon();
    if file.home != lexicon.home()
        && let Some(again) = claim::read(sources, file.span.source, lexicon, &mut Vec::new())
    {
        *file = again;
    }
    file.anchored_in = Some(article.source());
    file.published = article.published();
    let ClaimsFile { claims, exempt, .. } = file;
    exempted(exempt, article, findings);
    let all = claims.all().iter().enumerate();
    let wanted: Vec<Wanted> =
        all.filter_map(|(claim, it)| Some(Wanted::new(claim, it.quote.as_ref()?))).collect();
    let is_marked = |wanted: &Wanted| claims.get(wanted.claim).is_gone;
    let traced = Traced::new(&wanted, &is_marked, article, lexicon);
    let mut found = exact::find(&wanted, claims, article, lexicon);
    let placed = by_sentence(&wanted, &traced, claims, (article, lexicon), &mut found);
    in_turn(&wanted, claims, article, lexicon, &mut found);
    let order = Order::new(claims, article, &wanted, (&found, &placed), lexicon);
    approximate::find(&wanted, claims, (article, &traced), lexicon, &order, &mut found);
    let mut found: Vec<Found> = found.into_iter().map(Exact::found).collect();
    in_their_sentences(&wanted, &traced, claims, (article, lexicon), &mut found);
    let restated = restated(&wanted, &traced, claims, (article, lexicon), &mut found);
    let moved = order.moved(&found, article);
    for (((wanted, found), has_moved), otherwise) in
        wanted.iter().zip(found).zip(moved).zip(restated)
    {
        let claim = &mut claims.all_mut()[wanted.claim];
        claim.otherwise = otherwise;
        if let Found::At { range, .. } = &found {
            claim.stands_in = Some(article.paragraph(range.start));
        }
        let is_other =
            matches!(&found, Found::At { figure: Own::Other(_), state: State::Changed, .. });
        let misquoted = settle(claim, found, has_moved, article);
        claim.is_misquoted = misquoted.is_some();
        findings.extend(tell::tell(claim, misquoted, (has_moved, is_other), sources));
    }
}

/// Claims whose sentence stands in the article, be it with other digits, stand where they stood in it; and no
/// claim stands in a sentence of another subject that was another one. For each quote, whether its sentence
/// says where it is.
fn by_sentence(
    wanted: &[Wanted],
    traced: &Traced,
    claims: &Store,
    (article, lexicon): (&Reading<'_>, &Lexicon),
    found: &mut [Exact],
) -> Vec<bool> {
    let prose = article.prose();
    let place = |(at, found): (usize, &mut Exact)| {
        let one = &wanted[at];
        let value = &claims.get(one.claim).figure.value;
        if let Some((range, is_same)) = traced.place(at, one, article) {
            let own = own_figure(prose, range.clone(), value, lexicon);
            if is_same {
                *found = Exact::Fits { range, figure: own };
                return true;
            }
            let other = other_figure(traced.old(at, one), (article, &range), lexicon);
            let (figure, state) = match (own, other) {
                // The digits of a label are no figure.
                (own @ Own::Same(_), None) => (own, State::Same),
                (Own::Other(own), _) => (Own::Other(own), State::Changed),
                (_, Some(other)) => (Own::Other(other), State::Changed),
                (Own::Unclear, None) => return false,
            };
            *found = Exact::Settled(Found::At { range, figure, state });
            return true;
        }
        let is_free = |place: &Range<usize>| !traced.is_of_another(at, place, (article, lexicon));
        match found {
            Exact::Fits { range, .. } if !is_free(range) => *found = Exact::Elsewhere(Vec::new()),
            Exact::Several(places) => {
                if !places.iter().all(is_free) {
                    *places = places.iter().filter(|place| is_free(place)).cloned().collect();
                }
                if let [only] = &**places {
                    let range = only.clone();
                    let figure = own_figure(prose, range.clone(), value, lexicon);
                    *found = Exact::Fits { range, figure };
                }
            }
            Exact::Elsewhere(places) => places.retain(is_free),
            _ => {}
        }
        false
    };
    found.iter_mut().enumerate().map(place).collect()
}

/// Claims that are found nowhere, and whose sentence is there in other words with as many figures: each is the
/// one that stands in its place.
fn in_their_sentences(
    wanted: &[Wanted],
    traced: &Traced,
    claims: &Store,
    (article, lexicon): (&Reading<'_>, &Lexicon),
    found: &mut [Found],
) {
    let place = |found: &Found| match found {
        Found::At { range, figure, .. } => Some(figure.nearest().unwrap_or(range).clone()),
        _ => None,
    };
    if !found.iter().any(|found| matches!(found, Found::Nowhere)) {
        return;
    }
    let mut taken: BTreeMap<usize, usize> =
        found.iter().filter_map(place).map(|place| (place.start, place.end)).collect();
    for (at, one) in wanted.iter().enumerate() {
        let claim = claims.get(one.claim);
        if !matches!(found[at], Found::Nowhere) || claim.is_gone {
            continue;
        }
        let Some((text, quote)) = traced.old(at, one) else { continue };
        let own = own_figure(text, quote, &claim.figure.value, lexicon);
        let now = own.same().and_then(|own| traced.in_place(at, own, (article, lexicon)));
        let is_free = |range: &Range<usize>| {
            taken.range(..range.end).next_back().is_none_or(|(_, end)| *end <= range.start)
        };
        let Some(mention) = now.filter(|now| is_free(&now.range)) else { continue };
        let range = mention.range.clone();
        taken.insert(range.start, range.end);
        let (figure, state) = if states_same(&mention.value, &claim.figure.value) {
            (Own::Same(range.clone()), State::Reworded)
        } else {
            (Own::Other(range.clone()), State::Changed)
        };
        found[at] = Found::At { range, figure, state };
    }
}

/// The figure at some place, of which only digits are others than in a quote of a sentence, that is another.
fn other_figure(
    old: Option<(&str, Range<usize>)>,
    (article, place): (&Reading<'_>, &Range<usize>),
    lexicon: &Lexicon,
) -> Option<Range<usize>> {
    let (text, quote) = old?;
    let was = find_mentions(text, lexicon);
    let was = was.iter().filter(|mention| overlap(&mention.range, &quote));
    let is = article.mentions().iter().filter(|mention| overlap(&mention.range, place));
    let time = |mention: &Mention| match &mention.value {
        Value::Date(date) => date.time,
        _ => None,
    };
    let mut pairs = was.zip(is);
    let other =
        pairs.find(|(was, is)| !states_same(&was.value, &is.value) || time(was) != time(is));
    other.map(|(_, is)| is.range.clone())
}

/// What the sentences of claims that were found say otherwise of their figures than they did: those claims
/// have changed, though their numbers have not.
fn restated(
    wanted: &[Wanted],
    traced: &Traced,
    claims: &Store,
    (article, lexicon): (&Reading<'_>, &Lexicon),
    found: &mut [Found],
) -> Vec<Vec<Otherwise>> {
    let prose = article.prose();
    let (mut signals, mut cut) = (None, None);
    let mut all = vec![Vec::new(); found.len()];
    for (at, found) in found.iter_mut().enumerate() {
        let Found::At { range, figure, state } = found else { continue };
        let kept = traced.old(at, &wanted[at]);
        let is_whole = kept.is_some();
        // Of another number too, what else is said of it is told, where that is known.
        let is_found = matches!(state, State::Same | State::Reworded);
        let is_compared = (is_whole || is_found && !matches!(figure, Own::Other(_)))
            && !claims.get(wanted[at].claim).is_gone;
        if !is_compared || traced.is_verbatim(at, range) || (!is_whole && *state == State::Same) {
            continue;
        }
        let sentences = match &traced.sentences {
            known if known.is_empty() => {
                cut.get_or_insert_with(|| Sentences::new(article.document()))
            }
            known => known,
        };
        let window = sentences.at(range.start).unwrap_or_else(|| range.clone());
        let window = window.start.min(range.start)..window.end.max(range.end);
        let (text, quote) = kept.unwrap_or_else(|| {
            let words = wanted[at].words.text();
            (words, 0..words.len())
        });
        let value = &claims.get(wanted[at].claim).figure.value;
        let own = own_figure(text, quote.clone(), value, lexicon);
        // The quote did not state what the claim does before either.
        let is_misquoted = matches!((&own, &*figure), (Own::Other(_), Own::Other(_)));
        if is_misquoted && *state != State::Changed {
            continue;
        }
        let mentions = find_mentions(text, lexicon);
        let old = Side {
            text,
            window: 0..text.len(),
            mentions: &mentions,
            own: own.nearest().unwrap_or(&quote).clone(),
            known: 0..text.len(),
        };
        let new = Side {
            text: prose,
            mentions: article.mentions_in(&window),
            window,
            own: figure.nearest().unwrap_or(range).clone(),
            known: if is_whole { 0..prose.len() } else { range.clone() },
        };
        let signals = signals.get_or_insert_with(|| Signals::new(lexicon));
        let otherwise = differences([&old, &new], is_whole, signals, lexicon);
        all[at] = otherwise
            .into_iter()
            .map(|one| Otherwise {
                aspect: one.aspect,
                was: text[one.was].to_owned(),
                is: prose[one.is.clone()].to_owned(),
                at: (!one.is.is_empty()).then(|| article.place(one.is)),
            })
            .collect();
        if !all[at].is_empty() {
            *state = State::Changed;
        } else if *state == State::Same && traced.has_other_head(at, range, (article, lexicon)) {
            *state = State::Reworded;
        }
    }
    all
}

/// Claims that quote the very same words, as often as these stand there beside other claims: each is the
/// one that it was in turn. So are those of a passage that stands in an article twice.
fn in_turn(
    wanted: &[Wanted],
    claims: &Store,
    article: &Reading<'_>,
    lexicon: &Lexicon,
    found: &mut [Exact],
) {
    // First those with the same words around them too.
    for with_context in [true, false] {
        let mut same: BTreeMap<[&str; 3], Vec<usize>> = BTreeMap::new();
        let mut taken: HashSet<Range<usize>> = HashSet::new();
        for (at, wanted) in wanted.iter().enumerate() {
            match &found[at] {
                Exact::Several(_) => {
                    let around = [&wanted.prefix, &wanted.suffix].map(|words| {
                        words.as_ref().filter(|_| with_context).map_or("", Folded::text)
                    });
                    let selector = [wanted.words.text(), around[0], around[1]];
                    same.entry(selector).or_default().push(at);
                }
                Exact::Fits { range, .. } => {
                    taken.insert(range.clone());
                }
                _ => {}
            }
        }
        for mut group in same.into_values() {
            let places_of = |at: &usize| match &found[*at] {
                Exact::Several(places) => &**places,
                _ => &[],
            };
            // Those with one selector have one list of places.
            let mut lists: Vec<&[Range<usize>]> = group.iter().map(places_of).collect();
            lists.sort_by_key(|list| list.as_ptr());
            lists.dedup_by_key(|list| list.as_ptr());
            let mut places: Vec<Range<usize>> = lists.concat();
            places.sort_unstable_by_key(|place| (place.start, place.end));
            places.dedup();
            places.retain(|place| !taken.contains(place));
            group.sort_by_key(|&at| (claims.get(wanted[at].claim).paragraph, at));
            let mut pairs = group.iter().zip(&places);
            let has = |places: &[Range<usize>], place: &Range<usize>| {
                places.binary_search_by_key(&place.start, |one| one.start).is_ok()
            };
            let fits =
                places.len() == group.len() && pairs.all(|(at, place)| has(places_of(at), place));
            if !fits {
                continue;
            }
            for (at, range) in group.into_iter().zip(places) {
                let value = &claims.get(wanted[at].claim).figure.value;
                let prose = article.prose();
                let figure = own_figure(prose, range.clone(), value, lexicon);
                found[at] = Exact::Fits { range, figure };
            }
        }
    }
}

/// Finds the places of words whose figures need no checking.
fn exempted(all: &mut [Exempt], article: &Reading<'_>, findings: &mut Vec<Finding>) {
    let text = article.folded().text();
    let wanted: Vec<Wanted> = all.iter().map(|exempt| Wanted::new(0, &exempt.quote)).collect();
    let places = occurrences(text, wanted.iter().map(|wanted| wanted.words.text()));
    for ((exempt, wanted), places) in all.iter_mut().zip(&wanted).zip(places) {
        let fitting = wanted.fitting(text, &places);
        exempt.places = fitting.map(|place| article.place(article.unfolded(place))).collect();
        if exempt.places.is_empty() {
            findings.push(tell::unused_exempt(exempt));
        }
    }
}

/// Gives a claim what was found of it; the figure of its quote that it does not state, if there is one.
fn settle(claim: &mut Claim, found: Found, has_moved: bool, article: &Reading<'_>) -> Option<Span> {
    let words = |range: &Range<usize>| claim::Found {
        span: article.place(range.clone()),
        prose: range.clone(),
    };
    let span = |range: &Range<usize>| words(range).span;
    match found {
        Found::At { range, figure, state: State::Changed } => {
            claim.state = Some(State::Changed);
            claim.found = vec![words(figure.nearest().unwrap_or(&range)), words(&range)];
            None
        }
        Found::At { range, figure, state } => {
            let is_moved = has_moved && state == State::Same;
            claim.state = Some(if is_moved { State::Moved } else { state });
            claim.place = Some(span(figure.same().unwrap_or(&range)));
            claim.found = vec![words(&range)];
            match figure {
                Own::Other(figure) => Some(span(&figure)),
                Own::Same(_) | Own::Unclear => None,
            }
        }
        Found::Several(places) => {
            claim.state = Some(State::Ambiguous);
            claim.found = places.iter().take(MOST_AMBIGUOUS + 1).map(words).collect();
            None
        }
        Found::Nowhere => {
            claim.state = Some(State::Gone);
            if claim.is_gone {
                // What the article does not say any more takes part in nothing.
                claim.figure.value = Value::Unstated;
            }
            None
        }
    }
}
