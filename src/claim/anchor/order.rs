//! Where claims stood between others, and which stand in another order than they did.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::claim::anchor::exact::Exact;
use crate::claim::anchor::own::own_figure;
use crate::claim::anchor::wanted::{Found, Wanted};
use crate::claim::{Claim, Store};
use crate::lexicon::Lexicon;
use crate::reading::Reading;

/// One claim in so many may stand out of order for the order of a file to be that of its article.
const MOST_OUT_OF_ORDER: usize = 10;

/// The order in which claims stood in the article when they were recorded.
pub(super) struct Order {
    /// For each quote, the bytes of the prose between the claims that stood before and behind it.
    between: Vec<Option<Range<usize>>>,
    /// For each quote, which one it was in the article.
    ranks: Vec<usize>,
    /// The quotes whose words are found where they may not have been.
    swapped: HashSet<usize>,
    /// The paragraphs that the claims of the quotes stood in.
    recorded: Vec<Option<usize>>,
}

impl Order {
    /// Reads the order off the paragraphs that claims remember, or else off the claims file, if what
    /// was found stands in the order of the file.
    pub(super) fn new(
        claims: &Store,
        article: &Reading<'_>,
        wanted: &[Wanted],
        (found, placed): (&[Exact], &[bool]),
        lexicon: &Lexicon,
    ) -> Self {
        let recorded: Vec<Option<usize>> =
            wanted.iter().map(|wanted| claims.get(wanted.claim).paragraph).collect();
        let mut rows: Vec<usize> = (0..wanted.len()).collect();
        let all_remember = recorded.iter().all(Option::is_some);
        if all_remember {
            rows.sort_by_key(|&at| (recorded[at], at));
        }
        let place = |&at: &usize| match &found[at] {
            Exact::Fits { range, figure } => Some(figure.nearest().unwrap_or(range).clone()),
            _ => None,
        };
        let places: Vec<(usize, Range<usize>)> =
            rows.iter().enumerate().filter_map(|(row, at)| Some((row, place(at)?))).collect();
        let starts: Vec<usize> = places.iter().map(|(_, place)| place.start).collect();
        let out = out_of_order(&starts);
        let is_ordered = all_remember || out.len() * MOST_OUT_OF_ORDER <= places.len();
        let mut between = vec![None; wanted.len()];
        let mut swapped = HashSet::new();
        if is_ordered {
            let place_of: HashMap<usize, usize> =
                places.iter().map(|(row, place)| (*row, place.start)).collect();
            let at = |row: usize| Some((*rows.get(row)?, *place_of.get(&row)?));
            let out_rows = out.iter().map(|&index| places[index].0);
            swapped = swapped_among(out_rows, &at, &|at| {
                matches!(found[at], Exact::Fits { .. })
                    && !placed[at]
                    && is_bare(claims.get(wanted[at].claim), lexicon)
            });
            let mut out = out.into_iter().peekable();
            let mut fixed = places.into_iter().enumerate().filter_map(|(index, place)| {
                let is_out = out.next_if_eq(&index).is_some();
                (!is_out && !swapped.contains(&rows[place.0])).then_some(place)
            });
            let mut low = 0;
            let mut next = fixed.next();
            for (row, &at) in rows.iter().enumerate() {
                while let Some((_, place)) = next.take_if(|(fixed, _)| *fixed <= row) {
                    low = place.end;
                    next = fixed.next();
                }
                let high = next.as_ref().map(|(_, place)| place.start);
                let high = high.unwrap_or(article.prose().len());
                between[at] = Some(low..high.max(low));
            }
        }
        let mut ranks = vec![0; rows.len()];
        for (rank, at) in rows.into_iter().enumerate() {
            ranks[at] = rank;
        }
        Self { between, ranks, swapped, recorded }
    }

    /// The bytes of the prose between the claims before and behind a quote.
    pub(super) fn between(&self, at: usize) -> Option<Range<usize>> {
        self.between[at].clone()
    }

    /// The quotes whose words are found where they may not have been: figures without words that stand
    /// before or behind others than they did, and their neighbours. So are the cells of a table whose
    /// figures were exchanged.
    pub(super) fn swapped(&self) -> &HashSet<usize> {
        &self.swapped
    }

    /// Which one a quote was in the article.
    pub(super) fn rank(&self, at: usize) -> usize {
        self.ranks[at]
    }

    /// For each quote, whether it stands in another paragraph order than was recorded.
    pub(super) fn moved(&self, found: &[Found], article: &Reading<'_>) -> Vec<bool> {
        let mut moved = vec![false; found.len()];
        if self.recorded.iter().all(Option::is_none) {
            return moved;
        }
        let mut rows: Vec<(usize, usize, usize)> = Vec::new();
        for (at, found) in found.iter().enumerate() {
            if let (Some(recorded), Found::At { range, .. }) = (self.recorded[at], found) {
                rows.push((recorded, article.paragraph(range.start), at));
            }
        }
        rows.sort_unstable();
        let now: Vec<usize> = rows.iter().map(|(_, now, _)| *now).collect();
        for row in out_of_order(&now) {
            moved[rows[row].2] = true;
        }
        moved
    }
}

/// Quotes out of order that are no more than a figure, with the neighbours that they changed sides with.
/// `at` leads from the row of a quote to the quote and its place.
fn swapped_among(
    out: impl Iterator<Item = usize>,
    at: &dyn Fn(usize) -> Option<(usize, usize)>,
    is_bare: &dyn Fn(usize) -> bool,
) -> HashSet<usize> {
    let mut swapped = HashSet::new();
    for row in out {
        let Some((own, place)) = at(row).filter(|&(own, _)| is_bare(own)) else { continue };
        // The neighbour that stands on its other side now.
        let before = row.checked_sub(1).and_then(at).filter(|&(_, other)| place < other);
        let behind = at(row + 1).filter(|&(_, other)| other < place);
        let near = before.into_iter().chain(behind).map(|(one, _)| one);
        swapped.extend(near.filter(|&one| is_bare(one)).chain([own]));
    }
    swapped
}

/// Whether a claim quotes little more than its figure, and no words around it.
fn is_bare(claim: &Claim, lexicon: &Lexicon) -> bool {
    let Some(quote) = &claim.quote else { return false };
    let own = own_figure(&quote.text, 0..quote.text.len(), &claim.figure.value, lexicon);
    let rest = own.nearest().map(|own| quote.text.len() - own.len());
    quote.prefix.is_none() && quote.suffix.is_none() && rest.is_some_and(|rest| rest < 4)
}

/// The largest set of places that are in order; the indices of the others. Equal ones are in order.
///
/// Patience sorting: as many steps as there are places, times the logarithm of it.
pub(super) fn out_of_order(places: &[usize]) -> Vec<usize> {
    // For each length, the place that the best row of that length ends with.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(places.len());
    for (at, &place) in places.iter().enumerate() {
        let length = ends.partition_point(|&end| places[end] <= place);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() { ends.push(at) } else { ends[length] = at }
    }
    let mut stays = vec![false; places.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        stays[at] = true;
        next = before[at];
    }
    (0..places.len()).filter(|&at| !stays[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::out_of_order;

    #[test]
    fn the_fewest_have_moved() {
        assert!(out_of_order(&[]).is_empty());
        assert!(out_of_order(&[1, 1, 2, 5, 9]).is_empty());
        assert_eq!(out_of_order(&[1, 2, 9, 3, 4]), [2]);
        assert_eq!(out_of_order(&[4, 4, 1, 2, 3, 5]), [0, 1]);
        assert_eq!(out_of_order(&[3, 1, 2]).len(), 1);
    }
}
