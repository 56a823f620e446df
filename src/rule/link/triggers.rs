//! Which links and frames to look at, by the words and figures that stand in a text.
//!
//! Most of them need what does not stand there, and a sieve of bits tells which: each word and each sort of figures
//! has a row with a bit for each link of whose needs it is one, and the rows of all that stand there together have
//! those that are met.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::rule::link::pattern::Slot;
use crate::rule::link::program::Numbers;
use crate::rule::link::sorts::Sorts;

/// Words that a link needs, and sorts of figures, that the sieve looks at, the rarest first.
const MOST_OF_EACH: usize = 2;

/// The needs of one link that it looks at.
const NEEDS: usize = 2 * MOST_OF_EACH;

/// Sorts of figures that there may be.
const SORTS: usize = 64;

/// What a link cannot do without.
pub(crate) struct Needs<'n> {
    /// Of each of these words one must stand there, those with the fewest first.
    pub(crate) words: Vec<&'n Numbers>,
    /// Figures for each of these slots.
    pub(crate) figures: Vec<Slot>,
}

impl Needs<'_> {
    /// The rarest sorts of figures of which each must be there.
    fn sorts(&self) -> Vec<Sorts> {
        let bits = |sorts: Sorts| {
            let is_in = move |bit: &Sorts| sorts.meets(*bit);
            (0..SORTS).map(|bit| Sorts(1 << bit)).filter(is_in)
        };
        let mut sorts: Vec<Sorts> =
            self.figures.iter().flat_map(|slot| bits(slot.all).chain([slot.any])).collect();
        sorts.sort_by_key(|sorts| (sorts.0.count_ones(), sorts.0));
        sorts.dedup();
        sorts
    }
}

/// Links, or frames of slots, with what each cannot do without.
#[derive(Clone, Debug, Default)]
pub struct Triggers {
    /// The links, by their indices.
    pub(crate) links: Numbers,
    /// For each need in turn, a bit for each link that has none such.
    pub(crate) free: Cow<'static, [u64]>,
    /// The row of each sort of figures, and then of each word; the first row is that of what no link needs.
    pub(crate) row_of: Numbers,
    /// For each need in turn, a bit for each link that has the word or the sort in it; one row behind another.
    pub(crate) rows: Cow<'static, [u64]>,
}

/// The links that are to be looked at, in the room that the ones before took.
#[derive(Debug, Default)]
pub struct Met {
    bits: Vec<u64>,
    links: Vec<u16>,
}

impl Met {
    /// The link at a place among them.
    pub fn get(&self, at: usize) -> Option<u16> {
        self.links.get(at).copied()
    }
}

impl Triggers {
    /// Of links with their needs; there are so many numbers of words.
    pub(crate) fn new<'n>(all: impl Iterator<Item = (u16, Needs<'n>)>, numbers: usize) -> Self {
        let all: Vec<(u16, Needs<'_>)> = all.collect();
        let width = all.len().div_ceil(64);
        let nothing = vec![0_u64; NEEDS * width];
        let (mut free, mut by_number) = (nothing.clone(), vec![nothing.clone(); SORTS + numbers]);
        for (at, (_, needs)) in all.iter().enumerate() {
            let sorts = needs.sorts();
            for need in 0..MOST_OF_EACH {
                let place = |need: usize| need * width + at / 64;
                let bit = 1 << (at % 64);
                match needs.words.get(need) {
                    Some(words) => words.iter().for_each(|&word| {
                        by_number[SORTS + usize::from(word)][place(need)] |= bit;
                    }),
                    None => free[place(need)] |= bit,
                }
                let of_sorts = place(MOST_OF_EACH + need);
                match sorts.get(need) {
                    Some(sorts) => {
                        let own = (0..SORTS).filter(|sort| sorts.0 & (1 << sort) != 0);
                        own.for_each(|sort| by_number[sort][of_sorts] |= bit);
                    }
                    None => free[of_sorts] |= bit,
                }
            }
        }
        let mut rows = nothing.clone();
        let mut known = BTreeMap::from([(nothing, 0)]);
        let row_of = by_number.into_iter().map(|row| {
            let next = u16::try_from(known.len()).unwrap_or(u16::MAX);
            *known.entry(row).or_insert_with_key(|row| {
                rows.extend(row);
                next
            })
        });
        let row_of = row_of.collect();
        let links = all.iter().map(|&(link, _)| link).collect();
        Self { links, free: free.into(), row_of, rows: rows.into() }
    }

    /// What the word or the sort of a number meets; `None` of one that no link needs.
    fn row(&self, number: usize) -> Option<&[u64]> {
        let row = self.row_of.get(number).filter(|row| **row != 0)?;
        let length = self.free.len();
        Some(&self.rows[usize::from(*row) * length..][..length])
    }

    /// The links of which these words and figures meet the needs: those that need no word, and the others in the
    /// order of the words that bring them up.
    pub fn met(&self, words: &[u16], figures: Sorts, met: &mut Met) {
        let Met { bits, links } = met;
        bits.clear();
        bits.extend_from_slice(&self.free);
        let mut left = figures.0;
        let sorts = std::iter::from_fn(|| {
            let sort = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (sort < SORTS).then_some(sort)
        });
        let numbers = words.iter().map(|word| SORTS + usize::from(*word));
        for row in sorts.chain(numbers.clone()).filter_map(|number| self.row(number)) {
            bits.iter_mut().zip(row).for_each(|(bits, own)| *bits |= own);
        }
        links.clear();
        let width = bits.len() / NEEDS;
        for place in 0..width {
            bits[place] = (0..NEEDS).fold(u64::MAX, |all, need| all & bits[need * width + place]);
        }
        let mut bring = |row: &[u64]| {
            for (place, (left, own)) in bits[..width].iter_mut().zip(row).enumerate() {
                let mut own = *left & own;
                *left &= !own;
                while own != 0 {
                    links.push(self.links[64 * place + own.trailing_zeros() as usize]);
                    own &= own - 1;
                }
            }
        };
        bring(&self.free);
        numbers.filter_map(|number| self.row(number)).for_each(bring);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::link::pattern::Aspect;

    #[test]
    fn what_lacks_a_word_or_a_figure_is_passed_by() {
        let words: [&[&[u16]]; 5] =
            [&[], &[&[1]], &[&[1, 2]], &[&[2], &[3]], &[&[1], &[2], &[3, 4]]];
        let words: Vec<Vec<Numbers>> = words
            .iter()
            .map(|needs| needs.iter().map(|words| Cow::Owned(words.to_vec())).collect())
            .collect();
        let slot =
            |any, all| Slot { role: None, aspect: Aspect::Stated, any, all, none: Sorts::NONE };
        let slots = [
            vec![],
            vec![slot(Sorts::MONEY, Sorts::NONE)],
            vec![slot(Sorts::MONEY.or(Sorts::PERCENT), Sorts::HEDGED)],
        ];
        // So many that they take more than one word of bits.
        let of = |link: u16| (&words[usize::from(link) % 5], &slots[usize::from(link) % 3]);
        let all = (0..100).map(|link| {
            let (words, slots) = of(link);
            (link, Needs { words: words.iter().collect(), figures: slots.clone() })
        });
        let triggers = Triggers::new(all, 6);
        let mut met = Met::default();
        for words in [&[][..], &[1], &[2], &[3, 2], &[3, 1, 2], &[5, 9]] {
            for figures in [Sorts::NONE, Sorts::MONEY, Sorts::PERCENT.or(Sorts::HEDGED)] {
                triggers.met(words, figures, &mut met);
                let is_met = |link: &u16| {
                    let (needs, slots) = of(*link);
                    let mut needs = needs.iter().take(MOST_OF_EACH);
                    needs.all(|need| need.iter().any(|word| words.contains(word)))
                        && slots
                            .iter()
                            .all(|slot| figures.meets(slot.any) && figures.has_all(slot.all))
                };
                let mut wanted: Vec<u16> = (0..100).filter(is_met).collect();
                let first = |link: &u16| {
                    let need = of(*link).0.first();
                    need.map(|need| words.iter().position(|word| need.contains(word)))
                };
                wanted.sort_by_key(first);
                assert_eq!(met.links, wanted, "{words:?} {figures:?}");
            }
        }
    }
}
