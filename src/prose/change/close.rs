//! How a change ends: with the levels that stand before it, or that follow from what it states.

use crate::prose::change::clause::{APART, BEHIND, Clause};
use crate::prose::change::group::{Change, Derived, Ended, Group, Lost, Pending, Place};
use crate::prose::clause::RATIO;
use crate::prose::tried::{End, NoChange};
use crate::rule::link::{Cue, Sorts};
use crate::value::Rational;

/// Tokens between a level and the words that compare it.
const REACH: usize = 24;

/// Words from a comma to the cue of a figure whose change began before it.
const BEHIND_COMMA: usize = 3;

impl Clause<'_> {
    /// A level at one end of a change.
    pub(super) fn end(
        &mut self,
        figure: u32,
        place: Place,
        at: usize,
        pending: Option<Pending>,
        changes: &mut Vec<Change>,
    ) {
        let is_to = place == Place::To;
        let taken = if is_to { self.group.to } else { self.group.from };
        // "Stocks at four ports were down 40 percent at 126,000".
        let was_place = |to: &u32| is_to && self.group.is_at && !self.text.are_alike(*to, figure);
        let taken = taken.filter(|to| !was_place(to));
        let cue = pending.map_or(at, |pending| pending.at);
        self.take_strayed(figure, is_to, cue);
        let is_far = APART < cue.saturating_sub(self.group.end)
            || self.group.end < self.comma && BEHIND_COMMA < cue.saturating_sub(self.comma + 1);
        // "From 89 to 93 billion down to 84 billion": a range, and what became of it.
        let was_range = is_to
            && taken.is_some()
            && self.group.from.is_some()
            && cue.saturating_sub(self.group.end) <= 2;
        if was_range {
            self.group.dead = Some(NoChange::WasRange);
        }
        // "Up from 61,750, to 71,035 for the next, up from".
        let is_next = is_to
            && self.group.from.is_some()
            && self.group.by.is_empty()
            && self.group.is_beside
            && self.comma + 1 == cue;
        if taken.is_some() || self.group.is_strayed || is_far || is_next {
            // What has no place in the change before has none in this one either.
            let dead = self.group.is_strayed.then_some(NoChange::Strayed);
            self.group.ended = Some(match self.group.strayed {
                Some((stray, _)) => Ended::Stray(stray),
                None if is_far => Ended::Far(figure),
                None => Ended::Second(if is_to { End::To } else { End::From }, figure),
            });
            self.close(changes);
            self.group = Group { start: at, end: at, dead, ..Group::default() };
        }
        if self.group.is_empty() && self.group.rises.is_none() {
            self.group.start = at;
        }
        (self.group.last, self.group.end) = (at, at);
        if is_to {
            self.group.is_at = pending.is_some_and(|pending| pending.cue == Cue::At);
            self.group.ends_with_to = true;
            // "From 30 % to 35 % of all revenue": of what the first one is, nobody knows.
            let is_share = |figure: u32, at: usize| {
                self.text.sorts(figure).meets(Sorts::PERCENT)
                    && self.text.cue(at + 1, |cue| cue == Cue::Of).is_some()
            };
            if self.group.from.is_some() && is_share(figure, at) {
                self.group.dead = Some(NoChange::OfAnother);
            }
            self.group.to = Some(figure);
            return;
        }
        // "Up 4 % from May, from 300": two bases.
        let is_of_date = pending.is_some_and(|pending| pending.behind_date);
        if self.group.has_base && !is_of_date {
            self.group.dead = Some(NoChange::TwoBases);
        }
        self.group.from = Some(figure);
        self.group.ends_with_to = false;
        self.group.is_compared = place == Place::Compared;
        // "118,000 versus 94,400, up 25 percent" tells of these two.
        self.group.is_weak =
            self.group.is_compared && (!self.group.by.is_empty() || self.group.is_finite);
    }

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

    /// Whether an amount is rather what a level changed by than what it became, by the percentage told with it.
    fn is_change_from(&self, amount: u32, from: u32, rises: Option<bool>) -> bool {
        let mut ratios = self.group.by.iter().filter(|&&by| self.text.sorts(by).meets(RATIO));
        let Some(&ratio) = ratios.next() else { return false };
        let (ratio, base) = (self.text.stated(ratio), self.text.stated(from));
        if base.is_zero() {
            return false;
        }
        let share = &self.text.stated(amount) / &base;
        let sign = if rises == Some(true) { Rational::ONE } else { -Rational::ONE };
        let level = Rational::ONE + &sign * &ratio;
        (&share - &ratio).abs() < (&share - &level).abs()
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
        let Group { rises, from, to, is_compared, is_mixed, dead, ended, .. } = self.group;
        // "Grew 3.3 percent, versus 5.5 percent": of what a verb tells, the level does not stand before.
        let is_beside = self.group.is_beside || is_compared && !self.group.is_finite;
        let to = match (from, to) {
            (Some(from), None) if is_beside => self.level_before(from),
            _ => to,
        };
        let from = match (from, to) {
            (None, Some(to)) if self.group.is_further => self
                .to_before
                .map(|(before, _)| before)
                .filter(|&before| self.text.are_alike(before, to)),
            (None, Some(to)) if !self.group.by.is_empty() && !is_beside => self.dated_before(to),
            _ => from,
        };
        // "Were 2.8 billion or 0.7 percent below the level of 431.6 billion".
        let or_change = self.group.or_change.zip(from).filter(|&(amount, from)| {
            to == Some(amount) && self.is_change_from(amount, from, rises)
        });
        let to = if or_change.is_some() { None } else { to };
        self.group.by.extend(or_change.map(|(amount, _)| amount));
        let is_weak = self.group.is_weak || self.group.is_at;
        // "Closed at $36.80, off $3.20 from $40".
        let is_told_beside = self.group.is_aside && !self.group.is_weak;
        let also = self.both_also(to);
        let told_at = self.group.told_at;
        self.to_before = to.map(|to| (to, self.group.end)).or(self.to_before);
        let mut by = std::mem::take(&mut self.group).by;
        if let Some(to) = to {
            self.follow(from, to, &by, rises.filter(|_| !is_mixed), changes);
        }
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
        let read = Lost {
            rises: rises.filter(|_| !is_mixed),
            clause: self.items.clone(),
            ended,
            expected: self.expected,
            ..Lost::default()
        };
        let (Some(from), Some(to)) = (from, to) else {
            let why = match (from, to) {
                (Some(_), None) => NoChange::NoLast,
                (None, Some(_)) => NoChange::NoFirst,
                _ => NoChange::NoLevels,
            };
            return self.lose(Lost { from, to, by, why, ..read });
        };
        let unlike = || (!self.text.are_alike(from, to)).then_some(NoChange::Unlike);
        if let Some(why) = dead.or_else(unlike) {
            return self.lose(Lost { from: Some(from), to: Some(to), by, why, ..read });
        }
        let order = self.text.order(from, to);
        let rises_by_figures = if derived.is_some() { rises == Some(true) } else { order.is_gt() };
        let told = rises.unwrap_or(rises_by_figures);
        // What is only compared may be the base of another comparison.
        if is_weak && order.is_ne() && told != rises_by_figures {
            let (from, to, why) = (Some(from), Some(to), NoChange::OtherWay);
            return self.lose(Lost { from, to, by, why, ..read });
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
            against: told_at.filter(|_| told != rises_by_figures),
            is_compared: is_weak,
            from,
            to,
            derived,
            by,
            clause: self.items.clone(),
            ended,
            is_tentative: false,
        });
        if let (Some((from, to)), Some(rises)) = (also, rises.filter(|_| !is_mixed)) {
            let change = Change {
                rises,
                is_told: true,
                against: told_at,
                is_compared: is_weak,
                from,
                to,
                derived: None,
                by: Vec::new(),
                clause: self.items.clone(),
                ended: None,
                is_tentative: false,
            };
            changes.push(change);
        }
    }

    /// Keeps a change that has no first level, or gives one of the clause before the level that this one ended with.
    fn follow(
        &mut self,
        from: Option<u32>,
        to: u32,
        by: &[u32],
        rises: Option<bool>,
        changes: &mut Vec<Change>,
    ) {
        let alike = |earlier: &Change| self.text.are_alike(to, earlier.to);
        if let Some(earlier) = self.earlier.take().filter(alike) {
            changes.push(Change { from: to, ..earlier });
        }
        if let (None, Some(rises), false) = (from, rises, by.is_empty()) {
            self.open = Some(Change {
                rises,
                is_told: true,
                against: None,
                is_compared: false,
                from: to,
                to,
                derived: None,
                by: by.to_vec(),
                clause: self.items.clone(),
                ended: None,
                is_tentative: true,
            });
        }
    }

    /// Puts down what came to nothing, where that is asked for.
    fn lose(&mut self, read: Lost) {
        if let Some(lost) = self.lost.as_deref_mut()
            && (read.from.or(read.to).is_some() || !read.by.is_empty())
        {
            lost.push(read);
        }
    }
}
