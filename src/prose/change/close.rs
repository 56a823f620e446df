//! How a change ends: with the levels that stand before it, or that follow from what it states.

use crate::prose::change::clause::{APART, BEHIND, Clause};
use crate::prose::change::group::{Change, Derived, Group};
use crate::prose::clause::RATIO;
use crate::rule::link::{Cue, Sorts};

/// Tokens between a level and the words that compare it.
const REACH: usize = 24;

impl Clause<'_> {
    /// Takes the only figure without a place for the level that another is compared with: "a 16 percent
    /// increase, showing $43 million compared with $37 million".
    pub(super) fn take_strayed(&mut self, figure: u32, is_to: bool, cue: usize) {
        let Some((level, at)) = self.group.strayed.filter(|_| !is_to) else { return };
        let group = &mut self.group;
        let fits = group.to.is_none()
            && group.from.is_none()
            && !group.by.is_empty()
            && cue.saturating_sub(at) <= BEHIND
            && at.saturating_sub(group.end) <= APART
            && self.text.are_alike(level, figure);
        if fits {
            group.to = Some(level);
            group.is_strayed = false;
            group.end = at;
        }
    }

    /// The level that a change told beside it ended with.
    pub(super) fn level_before(&self, from: u32) -> Option<u32> {
        let start = self.group.start;
        let before = self.levels.iter().rev().filter(|level| level.at < start);
        let near = before.take_while(|level| start - level.at <= REACH);
        let mut found = None;
        for level in near {
            let is_alike = self.text.are_alike(level.figure, from);
            match found {
                None if is_alike => found = Some(level.figure),
                None if level.is_alternative => {}
                None => return None,
                // "431 million on revenues of 3.14 billion, down from 442 million".
                Some(nearest) if is_alike && !level.is_alternative => {
                    let order = |to: u32| self.text.order(from, to);
                    if order(nearest) != order(level.figure) {
                        return None;
                    }
                }
                Some(_) => {}
            }
        }
        // "Up 4 percent from 300 and 30 percent above 240".
        let shared = || {
            let (to, end) = self.to_before?;
            let joined =
                (end..start).any(|between| self.text.cue(between, |cue| cue == Cue::And).is_some());
            (joined && start - end <= BEHIND && self.text.are_alike(to, from)).then_some(to)
        };
        found.or_else(shared)
    }

    /// The level that a change began with, where a date stands behind it and no other level does.
    pub(super) fn dated_before(&self, to: u32) -> Option<u32> {
        let [level] = &*self.levels else { return None };
        let fits = level.is_dated
            && self.text.are_near(level.figure, to)
            && !self.group.is_at
            && level.at < self.group.start
            && self.group.start - level.at <= REACH
            && self.text.are_alike(level.figure, to);
        fits.then_some(level.figure)
    }

    /// The change in the unit of its level, where it is told in other terms, too.
    pub(super) fn amount_of(&self, by: &[u32], to: u32) -> Option<u32> {
        let is_ratio = |&by: &u32| self.text.sorts(by).meets(RATIO);
        let amount = by.iter().copied().find(|by| !is_ratio(by))?;
        (by.iter().any(is_ratio) && self.text.is_part_of(amount, to)).then_some(amount)
    }

    /// Both levels in other terms, where both are told so.
    fn both_also(&self, to: Option<u32>) -> Option<(u32, u32)> {
        let from = self.group.from_also?;
        let behind = |to: u32| {
            let at = self.levels.iter().position(|level| level.figure == to)?;
            let next = self.levels.get(at + 1)?;
            next.is_alternative.then_some(next.figure)
        };
        let to = self.group.to_also.or_else(|| behind(to?))?;
        self.text.are_alike(from, to).then_some((from, to))
    }

    /// Ends a change, and hands it over where both its levels are known.
    pub(super) fn close(&mut self, changes: &mut Vec<Change>) {
        let Group { rises, from, to, is_compared, is_mixed, is_dead, .. } = self.group;
        // "Grew 3.3 percent, versus 5.5 percent": of what a verb tells, the level does not stand before.
        let is_beside = self.group.is_beside || is_compared && !self.group.is_finite;
        let to = match (from, to) {
            (Some(from), None) if is_beside => self.level_before(from),
            _ => to,
        };
        let from = match (from, to) {
            (None, Some(to)) if !self.group.by.is_empty() && !is_beside => self.dated_before(to),
            _ => from,
        };
        let is_weak = self.group.is_weak || self.group.is_at;
        // "Closed at $36.80, off $3.20 from $40".
        let is_told_beside = self.group.is_aside && !self.group.is_weak;
        let also = self.both_also(to);
        self.to_before = to.map(|to| (to, self.group.end)).or(self.to_before);
        let mut by = std::mem::take(&mut self.group).by;
        // "By 400 to 1,200, a 50 percent increase".
        let derived = match (from, to, rises) {
            (None, Some(to), Some(_)) if !is_mixed => self.amount_of(&by, to).map(Derived::From),
            (Some(from), None, Some(_)) if !is_mixed => self.amount_of(&by, from).map(Derived::To),
            _ => None,
        };
        let (from, to) = match derived {
            Some(_) => (from.or(to), to.or(from)),
            None => (from, to),
        };
        let (Some(from), Some(to)) = (from, to) else { return };
        if is_dead || !self.text.are_alike(from, to) {
            return;
        }
        let order = self.text.order(from, to);
        let rises_by_figures = if derived.is_some() { rises == Some(true) } else { order.is_gt() };
        let told = rises.unwrap_or(rises_by_figures);
        // What is only compared may be the base of another comparison.
        if is_weak && order.is_ne() && told != rises_by_figures {
            return;
        }
        // "To 63.1 percent from 62.9, up two-tenths" of a point.
        if self.text.sorts(from).meets(Sorts::PERCENT) {
            by.retain(|&by| !self.text.sorts(by).meets(Sorts::FRACTION));
        }
        // By how much a figure differs from that of another time it seldom says in its own unit.
        if is_weak && !is_told_beside || derived.is_some() {
            by.retain(|&by| self.text.sorts(by).meets(RATIO.or(Sorts::MULTIPLE)));
        }
        changes.push(Change {
            rises: told,
            is_told: rises.is_some() && !is_mixed,
            is_compared: is_weak,
            from,
            to,
            derived,
            by,
            clause: self.items.clone(),
        });
        if let (Some((from, to)), Some(rises)) = (also, rises.filter(|_| !is_mixed)) {
            let change = Change {
                rises,
                is_told: true,
                is_compared: is_weak,
                from,
                to,
                derived: None,
                by: Vec::new(),
                clause: self.items.clone(),
            };
            changes.push(change);
        }
    }
}
