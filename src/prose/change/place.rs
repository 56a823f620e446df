//! The place of a figure in a change, by the words beside it.

use crate::prose::change::clause::Clause;
use crate::prose::change::group::{Behind, Pending, Place};
use crate::prose::clause::{LEVEL, RATIO};
use crate::rule::link::{Cue, Item, Sorts};

/// Tokens from a change in percent to the same as an amount: "0.6 percent, or 2.2 billion".
const OTHERWISE: usize = 3;

/// Tokens from a level to the word that says that it was expected.
const GUESSED: usize = 5;

impl Clause<'_> {
    /// A direction behind a figure, and the token behind it: "a 5 percent increase", "300 more than".
    pub(super) fn cue_behind(&self, next: usize, is_ratio: bool) -> Option<Behind> {
        let direction = |at: usize| {
            // "32p up from 768p".
            let is_up_from = self.text.cue(at + 1, |cue| cue == Cue::From).is_some()
                || self.text.is_dated_base(at + 1);
            let wanted = |cue| {
                matches!(cue, Cue::RiseNoun | Cue::FallNoun)
                    || (is_ratio || is_up_from) && matches!(cue, Cue::More | Cue::Less)
            };
            let (cue, end) = self.text.cue(at, wanted)?;
            // "96 billion versus 84 billion, 15 percent more, though".
            let ends = matches!(
                self.text.tape.items.get(end),
                None | Some(Item::Stop | Item::Mark(',' | ';' | ')'))
            );
            Some(Behind {
                rises: matches!(cue, Cue::RiseNoun | Cue::More),
                compares: matches!(cue, Cue::More | Cue::Less) && !ends,
                at,
                end,
            })
        };
        direction(next).or_else(|| {
            // "A 5 percent annual increase".
            let is_word = matches!(self.text.tape.items.get(next), Some(Item::Word(_)));
            let cue = self.text.cue(next, |_| true);
            (is_word && cue.is_none()).then(|| direction(next + 1)).flatten()
        })
    }

    pub(super) fn place(
        &self,
        sorts: Sorts,
        pending: Option<Pending>,
        behind: Option<Behind>,
        at: usize,
    ) -> Place {
        let is_ratio = sorts.meets(RATIO);
        let group = &self.group;
        let has_ratio = group.by.iter().any(|&by| self.text.sorts(by).meets(RATIO));
        if sorts.meets(Sorts::MULTIPLE) {
            // "Up from 3,300, a 3X lens".
            let is_adjective = group.from.is_some()
                && pending.is_none()
                && behind.is_none()
                && matches!(self.text.tape.items.get(at + 1), Some(Item::Word(_)));
            return if is_adjective { Place::Level } else { Place::By };
        }
        // "Against a 50 tonne increase".
        let is_noun = behind.is_some() && !is_ratio;
        if sorts.meets(Sorts::RANGE) || is_noun && pending.is_some_and(Pending::is_of_level) {
            return Place::Level;
        }
        let cue = pending.map(|pending| pending.cue);
        if self.is_expected(pending, at) {
            return Place::Level;
        }
        // "Contributed to a 16 percent rise in earnings to".
        let is_no_level = is_ratio && behind.is_some() && group.is_empty() && group.rises.is_none();
        match cue {
            Some(Cue::To) if is_no_level => Place::By,
            Some(Cue::From) => Place::From,
            Some(Cue::Against) => Place::Compared,
            Some(Cue::To) => Place::To,
            Some(Cue::At) if pending.is_some_and(|pending| pending.gap <= 1) => Place::To,
            // "From 4.29 to 4.48 billion, helped by 951 million".
            Some(Cue::By) if !is_ratio && group.from.is_some() => Place::Level,
            // "Films seen by 22 million".
            Some(Cue::By) if !is_ratio && group.rises.is_none() && !group.is_mixed => Place::Level,
            Some(Cue::By | Cue::Rise | Cue::Fall | Cue::Up | Cue::Down | Cue::Off | Cue::Ahead) => {
                Place::By
            }
            // "To yield 8.8 percent, or 115 basis points over bonds".
            Some(Cue::Or) if sorts.meets(Sorts::POINTS) && group.rises.is_none() => {
                Place::Alternative
            }
            _ if behind.is_some() => Place::By,
            // "Fell 0.6 percent, or 2.2 billion, to".
            Some(Cue::Or)
                if has_ratio
                    && sorts.meets(LEVEL)
                    && !sorts.meets(Sorts::RATE)
                    && group.rises.is_some()
                    && group.by.len() == 1
                    && group.from.or(group.to).is_none()
                    && at - group.last <= OTHERWISE =>
            {
                Place::By
            }
            Some(Cue::Or) => {
                let ends = group.from.is_some() && group.to.is_some();
                let is_change =
                    is_ratio && !has_ratio && !group.has_share && (ends || !group.by.is_empty());
                if is_change { Place::By } else { Place::Alternative }
            }
            _ => {
                let marked = at.checked_sub(1).is_some_and(|before| {
                    matches!(self.text.tape.items[before], Item::Mark(',' | '-' | '(' | ':'))
                });
                let ends = matches!(
                    self.text.tape.items.get(at + 1),
                    None | Some(Item::Mark(_) | Item::Stop)
                );
                let complete = group.from.is_some() && group.to.is_some() && group.by.is_empty()
                    || group.last + 2 == at && !group.by.is_empty() && !has_ratio;
                let is_change = is_ratio && marked && ends && complete && !group.is_strayed;
                if is_change { Place::By } else { Place::Level }
            }
        }
    }

    /// Whether what a figure is compared with was only expected: "versus the 5.5 percent that was".
    pub(super) fn is_expected(&self, pending: Option<Pending>, at: usize) -> bool {
        let is_base = pending.is_some_and(|p| matches!(p.cue, Cue::From | Cue::Against));
        let mut behind = at + 1..self.items.end.min(at + 1 + GUESSED);
        is_base && behind.any(|at| self.text.cue(at, |cue| cue == Cue::Guess).is_some())
    }
}
