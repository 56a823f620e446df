//! The words before or behind a quote that tell it from others with the same words.
//!
//! How far the text around one place is that around another is known from its neighbours once all places
//! are sorted by it, so that a sentence that stands there thousands of times is not compared with each of
//! the others.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use foldhash::fast::FixedState;

/// Words before or behind a quote that tell it from others.
const MOST_AROUND: usize = 24;
/// Bytes that are compared; so many words are rarely longer.
const MOST_BYTES: usize = 1024;
/// Other places that a quote is compared with one by one, where it is none of those that were sorted.
const MOST_OTHERS: usize = 1_000;

/// For each place, how far the text there is that at another.
type Shared = HashMap<usize, usize, FixedState>;

/// The places in a text where the same words stand.
pub(super) struct Alike<'t> {
    text: &'t str,
    length: usize,
    places: Vec<usize>,
    /// Where each place stands in the order of what is before it, read backwards.
    at: HashMap<usize, usize, FixedState>,
    before: Neighbours,
    /// For stretches of that order, how far what is behind each place is that behind another.
    behind: RefCell<HashMap<(usize, usize), Rc<Shared>, FixedState>>,
}

impl<'t> Alike<'t> {
    /// Where words of some bytes stand.
    pub(super) fn new(text: &'t str, length: usize, places: &[usize]) -> Self {
        let mut places = places.to_vec();
        places.sort_by(|&a, &b| {
            let (a, b) = (before(text, a), before(text, b));
            a.iter().rev().cmp(b.iter().rev())
        });
        let shared = |pair: &[usize]| ends_alike(before(text, pair[0]), before(text, pair[1]));
        let before = Neighbours::new(places.windows(2).map(shared).collect());
        let at = places.iter().copied().zip(0..).collect();
        Self { text, length, places, at, before, behind: RefCell::default() }
    }

    /// The most bytes that what stands before a place has in common with what stands before another;
    /// `None` if there is no other.
    fn shared_before(&self, own: usize) -> Option<usize> {
        match self.at.get(&own) {
            Some(&at) => self.before.most(at),
            None => {
                let here = before(self.text, own);
                self.others(own).map(|at| ends_alike(here, before(self.text, at))).max()
            }
        }
    }

    /// The same behind it, among those that have so many bytes before it in common.
    fn shared_behind(&self, own: usize, least: usize) -> Option<usize> {
        let Some(&at) = self.at.get(&own) else {
            let (here, there) = (before(self.text, own), self.behind(own));
            let others = self.others(own);
            let alike = others.filter(|&at| least <= ends_alike(here, before(self.text, at)));
            return alike.map(|at| begins_alike(there, self.behind(at))).max();
        };
        let (first, last) = self.before.around(at, least);
        let mut known = self.behind.borrow_mut();
        let of = known.entry((first, last)).or_insert_with(|| {
            let mut places = self.places[first..=last].to_vec();
            places.sort_by(|&a, &b| self.behind(a).cmp(self.behind(b)));
            let shared = |pair: &[usize]| begins_alike(self.behind(pair[0]), self.behind(pair[1]));
            let neighbours: Vec<usize> = places.windows(2).map(shared).collect();
            let most = |at: usize| most_beside(&neighbours, at);
            let all = places.iter().enumerate();
            Rc::new(all.filter_map(|(at, &place)| Some((place, most(at)?))).collect())
        });
        of.get(&own).copied()
    }

    fn others(&self, own: usize) -> impl Iterator<Item = usize> {
        let others = self.places.iter().copied().filter(move |&at| at != own);
        others.take(MOST_OTHERS)
    }

    fn behind(&self, at: usize) -> &'t [u8] {
        let rest = self.text[at + self.length..].trim_start().as_bytes();
        &rest[..rest.len().min(MOST_BYTES)]
    }

    /// The words before or behind a place that tell it from the others. `lead` is where words before it
    /// begin that it has in any case.
    pub(super) fn apart(
        &self,
        own: &Range<usize>,
        lead: Option<usize>,
    ) -> (Option<Range<usize>>, Option<Range<usize>>) {
        let text = self.text;
        let before = text[..own.start].trim_end();
        let mut start = lead.unwrap_or(before.len()).min(before.len());
        let shared = self.shared_before(own.start);
        let has_others = |start: usize| shared.is_some_and(|shared| before.len() - start <= shared);
        let mut words = 0;
        while 0 < start && has_others(start) && words < MOST_AROUND {
            words += 1;
            let rest = before[..start].trim_end();
            start = rest.rfind(' ').map_or(0, |space| space + 1);
        }
        let prefix = (start < before.len()).then_some(start..before.len());
        if !has_others(start) {
            return (prefix, None);
        }
        // Where the words before do not tell, as at the start of a text, those behind may. Where they do
        // not either, the text stands there twice, and so do its claims.
        let shared = self.shared_behind(own.start, before.len() - start);
        let skip = text[own.end..].len() - text[own.end..].trim_start().len();
        let first = own.end + skip;
        let mut end = first;
        words = 0;
        let has_others = |end: usize| shared.is_some_and(|shared| end - first <= shared);
        while end < text.len() && has_others(end) && words < MOST_AROUND {
            words += 1;
            let rest = &text[end..];
            let gap = rest.len() - rest.trim_start().len();
            end += gap + rest[gap..].find(' ').unwrap_or(rest.len() - gap);
        }
        (prefix, (first < end).then_some(first..end))
    }
}

/// What stands before a place, without the space there.
fn before(text: &str, at: usize) -> &[u8] {
    let before = text[..at].trim_end().as_bytes();
    &before[before.len().saturating_sub(MOST_BYTES)..]
}

fn ends_alike(a: &[u8], b: &[u8]) -> usize {
    a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count()
}

fn begins_alike(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

/// The greater of what one has in common with that before it and that behind it.
fn most_beside(shared: &[usize], at: usize) -> Option<usize> {
    let before = at.checked_sub(1).and_then(|before| shared.get(before));
    before.into_iter().chain(shared.get(at)).copied().max()
}

/// How much each of a sorted list has in common with the next, and the least of 2, 4, 8 … in a row.
struct Neighbours(Vec<Vec<usize>>);

impl Neighbours {
    fn new(shared: Vec<usize>) -> Self {
        let mut levels = vec![shared];
        loop {
            let (last, step) = (&levels[levels.len() - 1], 1 << (levels.len() - 1));
            if last.len() <= step {
                return Self(levels);
            }
            levels.push(last.iter().zip(&last[step..]).map(|(a, b)| *a.min(b)).collect());
        }
    }

    /// The most that one has in common with any other.
    fn most(&self, at: usize) -> Option<usize> {
        most_beside(&self.0[0], at)
    }

    /// From the first to the last that have so much in common with one, which is among them.
    fn around(&self, at: usize, least: usize) -> (usize, usize) {
        let (mut first, mut last) = (at, at);
        for (level, shared) in self.0.iter().enumerate().rev() {
            let step = 1 << level;
            if shared.get(last).is_some_and(|&shared| least <= shared) {
                last += step;
            }
            if first.checked_sub(step).is_some_and(|before| least <= shared[before]) {
                first -= step;
            }
        }
        (first, last)
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use proptest::prelude::*;

    use super::{Alike, MOST_AROUND};

    type Apart = (Option<Range<usize>>, Option<Range<usize>>);

    /// The same, every other place compared at every word.
    fn one_by_one(
        text: &str,
        own: &Range<usize>,
        lead: Option<usize>,
        mut others: Vec<usize>,
    ) -> Apart {
        let before = text[..own.start].trim_end();
        let mut start = lead.unwrap_or(before.len()).min(before.len());
        others.retain(|&at| text[..at].trim_end().ends_with(&before[start..]));
        let mut words = 0;
        while 0 < start && !others.is_empty() && words < MOST_AROUND {
            words += 1;
            let rest = before[..start].trim_end();
            start = rest.rfind(' ').map_or(0, |space| space + 1);
            others.retain(|&at| text[..at].trim_end().ends_with(&before[start..]));
        }
        let prefix = (start < before.len()).then_some(start..before.len());
        if others.is_empty() {
            return (prefix, None);
        }
        let first = text.len() - text[own.end..].trim_start().len();
        let mut end = first;
        words = 0;
        while end < text.len() && !others.is_empty() && words < MOST_AROUND {
            words += 1;
            let rest = &text[end..];
            let gap = rest.len() - rest.trim_start().len();
            end += gap + rest[gap..].find(' ').unwrap_or(rest.len() - gap);
            let suffix = &text[first..end];
            others.retain(|&at| text[at + own.len()..].trim_start().starts_with(suffix));
        }
        (prefix, (first < end).then_some(first..end))
    }

    proptest! {
        #[test]
        fn sorted_places_tell_apart_as_each_with_each_does(
            words in prop::collection::vec(prop::sample::select(vec!["a", "b", "ba", "5"]), 1..60),
            lead in 0_usize..4,
        ) {
            let text = words.join(" ");
            let places: Vec<usize> = text.match_indices('5').map(|(at, _)| at).collect();
            let alike = Alike::new(&text, 1, &places);
            for &at in &places {
                let own = at..at + 1;
                let lead = text[..at].trim_end().len().checked_sub(2 * lead)
                    .filter(|&lead| text[..lead].ends_with(' ') && lead < at);
                let others = places.iter().copied().filter(|&other| other != at).collect();
                prop_assert_eq!(alike.apart(&own, lead), one_by_one(&text, &own, lead, others));
            }
        }
    }
}
