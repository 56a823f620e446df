//! A clause read from left to right: what each figure of it is to a change.

use std::ops::Range;

use crate::prose::change::group::{Behind, Change, Ended, Group, Level, Lost, Pending, Place};
use crate::prose::clause::{BESIDE, LEVEL, RATIO, Text, closing};
use crate::prose::tried::{End, NoChange};
use crate::rule::link::{Cue, Item, Sorts};
use crate::value::{Rational, Value};

/// Words between a cue and its figure: "to as much as a".
const GAP: usize = 4;

/// Tokens between two words for directions of which neither counts.
const MIXED: usize = 6;

/// Tokens from one figure of a change to the cue of the next, dates and brackets apart, at most.
pub(super) const APART: usize = 11;

/// Tokens from the levels of a change to what tells the change itself behind them.
pub(super) const BEHIND: usize = 4;

/// The same to a change in the unit of the levels.
const AMOUNT: usize = 2;

/// Tokens from the start of a bracket to a level in other terms: "(equal to about 5 dollars a share)".
const IN_BRACKET: usize = 4;

/// Tokens from a comma to the cue of a change that is told behind it: ", which represents growth of".
const COMMA: usize = 3;

/// Tokens from a figure of a change to a date that belongs to it.
const NEAR: usize = 9;

/// Tokens from a change to "over".
const OVER: usize = 2;

/// Tokens from "over" to the level that the change is told of.
const OVER_REACH: usize = 9;

/// A clause that is read.
pub(super) struct Clause<'t> {
    pub(super) text: Text<'t>,
    pub(super) items: Range<usize>,
    pub(super) levels: Vec<Level>,
    pub(super) group: Group,
    /// The level that the change before ended with, for one that has none of its own, and where that
    /// change ended.
    pub(super) to_before: Option<(u32, usize)>,
    pub(super) pending: Option<Pending>,
    /// A change of the clause before that has no first level, where this clause tells what was before it.
    pub(super) earlier: Option<Change>,
    /// The last change that has no first level.
    pub(super) open: Option<Change>,
    /// The last comma.
    pub(super) comma: usize,
    /// What came to nothing, where that is asked for.
    pub(super) lost: Option<&'t mut Vec<Lost>>,
    /// The last level that was only expected, as far as that is asked for.
    pub(super) expected: Option<u32>,
}

impl<'t> Clause<'t> {
    pub(super) fn new(
        text: Text<'t>,
        items: Range<usize>,
        earlier: Option<Change>,
        lost: Option<&'t mut Vec<Lost>>,
    ) -> Self {
        Self {
            text,
            items,
            levels: Vec::new(),
            group: Group::default(),
            to_before: None,
            pending: None,
            earlier,
            open: None,
            comma: 0,
            lost,
            expected: None,
        }
    }

    /// Reads the clause; a change that has no first level is handed out.
    pub(super) fn read(mut self, changes: &mut Vec<Change>) -> Option<Change> {
        let figures = self.text.tape.items[self.items.clone()]
            .iter()
            .filter(|i| matches!(i, Item::Figure(_)));
        if figures.count() < 2 {
            return None;
        }
        let mut at = self.items.start;
        while at < self.items.end {
            at = match self.text.tape.items[at] {
                Item::Figure(figure) => self.figure(figure, at, changes),
                Item::Mark('(') => self.bracket(at),
                Item::Mark(mark) => {
                    // "From the year-ago level of".
                    let joins = mark == '-' && self.pending.is_some_and(|pending| 0 < pending.gap);
                    if mark != '\'' && !joins {
                        self.pending = None;
                    }
                    if matches!(mark, ',' | '-') {
                        self.comma = at;
                    }
                    at + 1
                }
                Item::Word(_) => self.word(at, changes),
                Item::Stop => at + 1,
            };
        }
        self.close(changes);
        self.open
    }

    /// Passes over a bracket that says nothing of the change.
    fn bracket(&mut self, open: usize) -> usize {
        let items = self.text.tape.items;
        // "An increase over the figure of last year (1.7 billion)".
        let is_base = self.pending.is_some_and(|p| matches!(p.cue, Cue::From | Cue::Against));
        if is_base
            && self.text.is_of(open + 1, LEVEL)
            && items.get(open + 2) == Some(&Item::Mark(')'))
        {
            return open + 1;
        }
        self.pending = None;
        let Some(close) = closing(items, open, self.items.end) else { return open + 1 };
        // "(Including 6,000 from abroad)".
        if self.text.cue(open + 1, |cue| cue == Cue::Aside).is_some() {
            self.group.end = close;
            return close + 1;
        }
        let tells = |at: usize| {
            let tells = |cue| {
                matches!(
                    cue,
                    Cue::From
                        | Cue::Against
                        | Cue::To
                        | Cue::Rise
                        | Cue::Fall
                        | Cue::Up
                        | Cue::Down
                        | Cue::Off
                        | Cue::Ahead
                        | Cue::RiseNoun
                        | Cue::FallNoun
                        | Cue::Less
                        | Cue::Moves
                )
            };
            self.text.cue(at, tells).is_some()
        };
        if (open + 1..close).any(tells) {
            return open + 1;
        }
        let is_ratio = |item: &Item| match item {
            Item::Figure(figure) => self.text.sorts(*figure).meets(RATIO.or(Sorts::MULTIPLE)),
            _ => false,
        };
        let inside = &items[open + 1..close];
        // "From 5,000 to 6,000 (20 percent)".
        let complete = self.group.from.is_some() && self.group.to.is_some();
        // "Ahead $18.40 (0.8 percent) at $2,318.40".
        let told_twice = self.group.last + 1 == open && !self.group.by.is_empty();
        if (complete || told_twice) && inside.iter().any(is_ratio) {
            return open + 1;
        }
        // "(Before the winter bonus of two cents)" says nothing in other terms.
        for (offset, item) in inside.iter().enumerate().take(IN_BRACKET) {
            if let Item::Figure(figure) = *item {
                let at = open + 1 + offset;
                self.levels.push(Level { figure, at, is_alternative: true, is_dated: false });
            }
        }
        self.group.end = close;
        close + 1
    }

    fn word(&mut self, at: usize, changes: &mut Vec<Change>) -> usize {
        let directs = |cue| {
            matches!(cue, Cue::Rise | Cue::Fall | Cue::Up | Cue::Down)
                || matches!(cue, Cue::Off | Cue::Ahead) && self.text.is_amount(at + 1)
        };
        let places = |cue| {
            matches!(
                cue,
                Cue::From | Cue::Against | Cue::To | Cue::At | Cue::By | Cue::Or | Cue::And
            )
        };
        if let Some((_, next)) = self.text.cue(at, |cue| cue == Cue::Idiom) {
            return next;
        }
        if let Some((cue, next)) = self.text.cue(at, places) {
            // "Up from" tells a direction, too.
            if let Some((direction, _)) = self.text.cue(at, directs) {
                self.direction(direction, at, changes);
            }
            self.pending = Some(Pending { cue, gap: 0, at, behind_date: false });
            return next;
        }
        if let Some((cue, next)) = self.text.cue(at, directs) {
            self.direction(cue, at, changes);
            self.pending = Some(Pending { cue, gap: 0, at, behind_date: false });
            return next;
        }
        // "From 1.2 billion a year before, an increase of".
        if let Some((_, next)) = self.text.cue(at, |cue| cue == Cue::Then) {
            if at - self.group.end <= NEAR {
                self.group.end = next - 1;
            }
            return next;
        }
        // "Growth could reach 3.5 percent": another subject.
        let subject = |cue| matches!(cue, Cue::RiseNoun | Cue::FallNoun);
        if let Some((_, next)) = self.text.cue(at, subject) {
            self.close(changes);
            return next;
        }
        if let Some((_, next)) = self.text.cue(at, |cue| cue == Cue::Moves) {
            self.moves(at, changes);
            return next;
        }
        // "Income from operations was 493 million".
        let is_parted = self.pending.is_some_and(|p| p.is_of_level() && 0 < p.gap);
        if is_parted && self.text.cue(at, |cue| cue == Cue::Is).is_some() {
            self.pending = None;
        }
        // "An increase of 239 million over the figure of 1,894 million".
        let is_behind = self.group.is_beside
            && !self.group.by.is_empty()
            && self.group.from.is_none()
            && at - self.group.last <= OVER;
        if is_behind
            && let Some((_, next)) = self.text.cue(at, |cue| cue == Cue::Over)
            && self.is_told_of(next)
        {
            self.pending = Some(Pending { cue: Cue::From, gap: 0, at, behind_date: false });
            return next;
        }
        // "Compared with the mean estimate of 23.67 billion".
        if self.text.cue(at, |cue| cue == Cue::Guess).is_some() {
            self.pending = None;
        }
        if let Some(pending) = &mut self.pending {
            pending.gap += 1;
            if GAP < pending.gap {
                self.pending = None;
            }
        }
        at + 1
    }

    /// Whether the next figure is a level, dates apart, and no length of time.
    fn is_told_of(&self, start: usize) -> bool {
        let ahead = self.text.tape.items[start..self.items.end].iter().take(OVER_REACH);
        let mut figures = ahead.filter_map(|item| match item {
            Item::Figure(figure) => Some(self.text.sorts(*figure)),
            _ => None,
        });
        figures
            .find(|sorts| !sorts.meets(Sorts::DATE) || sorts.meets(Sorts::DURATION))
            .is_some_and(|sorts| sorts.meets(LEVEL) && !sorts.meets(Sorts::DURATION))
    }

    /// A word that tells where something goes.
    fn direction(&mut self, cue: Cue, at: usize, changes: &mut Vec<Change>) {
        let rises = matches!(cue, Cue::Rise | Cue::Up | Cue::Ahead);
        let is_beside = matches!(cue, Cue::Up | Cue::Down | Cue::Off | Cue::Ahead);
        let group = &self.group;
        let complete = group.from.is_some() && group.to.is_some();
        // "Fell $8.60 to $451.40 from $460, a loss of 1.9 percent".
        let is_ratio = |&by: &u32| self.text.sorts(by).meets(RATIO.or(Sorts::MULTIPLE));
        let is_in_percent = complete
            && !group.by.iter().any(is_ratio)
            && self
                .text
                .cue(at, |told| told == cue)
                .is_some_and(|(_, next)| self.text.is_of(next, RATIO.or(Sorts::MULTIPLE)));
        let goes_on = is_beside
            && !group.is_empty()
            && group.rises.is_none_or(|known| known == rises)
            && (group.by.is_empty() || group.from.is_none() || is_in_percent)
            && (!complete || at - group.end <= BEHIND);
        // "Nearly tripled in five years, climbing from 4 to 12".
        let is_multiple = |&by: &u32| self.text.sorts(by).meets(Sorts::MULTIPLE);
        let turns_out = group.from.or(group.to).is_none()
            && !group.by.is_empty()
            && group.by.iter().all(is_multiple)
            && group.rises == Some(rises);
        // "From 500 tonnes, sales rose to 600".
        let opens = group.from.is_some()
            && !group.is_compared
            && group.to.is_none()
            && group.by.is_empty()
            && group.rises.is_none()
            && !group.is_strayed;
        if opens && !is_beside {
            self.group.is_finite = true;
            self.group.end = at;
            (self.group.rises, self.group.told_at) = (Some(rises), Some(at));
            return;
        }
        if goes_on || turns_out {
            (self.group.rises, self.group.told_at) = (Some(rises), Some(at));
            self.group.is_beside |= self.group.is_empty();
            self.group.is_aside |= is_beside;
            return;
        }
        // "Revised down the gains": which way the figures went, nobody can tell.
        let is_mixed = group.is_empty()
            && at - group.start <= MIXED
            && (group.is_mixed || group.rises.is_some_and(|known| known != rises));
        self.group.ended = Some(Ended::Words);
        self.close(changes);
        self.group = Group {
            start: at,
            last: at,
            end: at,
            rises: (!is_mixed).then_some(rises),
            told_at: Some(at),
            is_beside,
            is_mixed,
            is_finite: !is_beside,
            ..Group::default()
        };
    }

    /// A word that tells a change, and not which way.
    fn moves(&mut self, at: usize, changes: &mut Vec<Change>) {
        self.group.ended = Some(Ended::Words);
        self.close(changes);
        self.group = Group {
            start: at,
            last: at,
            end: at,
            is_mixed: true,
            is_finite: true,
            ..Group::default()
        };
        self.pending = Some(Pending { cue: Cue::By, gap: 0, at, behind_date: false });
    }

    /// The token behind a figure that got its place.
    fn figure(&mut self, figure: u32, at: usize, changes: &mut Vec<Change>) -> usize {
        let sorts = self.text.sorts(figure);
        let pending = self.pending.take();
        let next = at + 1;
        let is_beside = sorts.meets(BESIDE) || sorts.meets(Sorts::DURATION);
        if is_beside && at - self.group.end <= NEAR {
            self.group.end = at;
        }
        if sorts.meets(BESIDE) || !is_level_here(sorts, pending) {
            self.pass(figure, at, pending, sorts);
            return next;
        }
        let ratio = sorts.meets(RATIO);
        let behind = self.cue_behind(next, ratio);
        let place = self.place(sorts, pending, behind, at);
        match place {
            Place::Level => {
                if self.lost.is_some() && self.is_expected(pending, at) {
                    self.expected = Some(figure);
                }
                self.level(figure, at, false);
                return next;
            }
            Place::Alternative => {
                self.level(figure, at, true);
                return next;
            }
            Place::By => {
                let from_left = pending.is_some_and(Pending::is_of_direction);
                let told = behind.filter(|_| !from_left);
                self.by(figure, at, pending, told, changes);
                if let Some(Behind { compares, end, .. }) = told {
                    // "20 percent more than": what follows is compared.
                    let behind = Pending { cue: Cue::From, gap: 0, at, behind_date: false };
                    self.pending = compares.then_some(behind);
                    return end;
                }
            }
            Place::From | Place::Compared | Place::To => {
                self.end(figure, place, at, pending, changes);
            }
        }
        next
    }

    /// Passes over a date, a rank or a length of time.
    fn pass(&mut self, figure: u32, at: usize, pending: Option<Pending>, sorts: Sorts) {
        if sorts.meets(Sorts::DATE) {
            if let Some(level) = self.levels.last_mut() {
                level.is_dated |= self.group.end.saturating_sub(level.at) <= BEHIND;
            }
            // "Rose by 40 to 310 this year, from 190 a decade ago".
            let group = &mut self.group;
            if group.from.is_some() && group.has_date && self.text.is_far_back(figure) {
                group.dead = Some(NoChange::LongAgo);
            }
            group.has_date = true;
            let opens = self.text.is_dated_base(at);
            group.has_base |= opens && !group.by.is_empty();
            // "From the previous year's 1.8 billion": the cue is part of the date.
            if opens {
                let cue = Pending { cue: Cue::From, gap: 1, at, behind_date: true };
                self.pending = Some(cue);
                return;
            }
        }
        if let Some(pending) = pending {
            let compares = matches!(pending.cue, Cue::From | Cue::Against);
            self.group.has_base |= compares && sorts.meets(Sorts::DATE);
            // "From June's 30.06 billion".
            self.pending = Some(Pending { behind_date: true, ..pending });
        }
    }

    fn level(&mut self, figure: u32, at: usize, is_alternative: bool) {
        self.levels.push(Level { figure, at, is_alternative, is_dated: false });
        self.group.has_share |= is_alternative && self.text.sorts(figure).meets(RATIO);
        if is_alternative {
            self.also(figure, at);
            return;
        }
        if self.group.is_empty() && self.group.rises.is_none() {
            return;
        }
        let is_only = !self.group.is_strayed;
        self.group.strayed = is_only.then_some((figure, at));
        self.group.is_strayed = true;
        // "Against $11.5 billion and $14 billion": two changes in one.
        let is_near = at - self.group.last <= GAP;
        let last = [self.group.from, self.group.to];
        let alike = |last: &u32| self.text.are_alike(*last, figure);
        let joined = (self.group.last..at)
            .any(|between| self.text.cue(between, |cue| cue == Cue::And).is_some());
        if is_near && joined && last.iter().flatten().any(alike) {
            self.group.dead = Some(NoChange::TwoInOne);
        }
    }

    /// A level in other terms, right behind the one that it repeats: "150 million, or 1.20 a share".
    fn also(&mut self, figure: u32, at: usize) {
        let group = &mut self.group;
        if at - group.last.min(at) <= BEHIND {
            match (group.from, group.to) {
                (Some(_), None) => group.from_also = Some(figure),
                (None, Some(_)) => group.to_also = Some(figure),
                (Some(_), Some(_)) if group.ends_with_to => group.to_also = Some(figure),
                (Some(_), Some(_)) => group.from_also = Some(figure),
                (None, None) => {}
            }
        }
    }

    /// A change itself.
    fn by(
        &mut self,
        figure: u32,
        at: usize,
        pending: Option<Pending>,
        told: Option<Behind>,
        changes: &mut Vec<Change>,
    ) {
        let compares = told.is_some_and(|told| told.compares);
        let told_end = told.map(|told| told.end);
        let (told, told_at) = (told.map(|told| told.rises), told.map(|told| told.at));
        // "14 billion next year, 2 billion or 17 percent more than the 12 billion": the 2 is the change.
        let is_other = |at: usize| pending.is_some_and(|p| p.cue == Cue::Or && at + 1 == p.at);
        if let Some((change, levels)) = self.levels.split_last()
            && compares
            && is_other(change.at)
            && let Some(level) = levels.last().map(|level| level.figure).or(self.group.to)
            && self.text.are_alike(level, change.figure)
        {
            self.levels.pop();
            self.group.is_strayed = false;
        }
        let or_change = self.levels.last().filter(|level| compares && is_other(level.at));
        let or_change = or_change.map(|level| level.figure);
        let sort = |figure: u32| {
            let sorts = self.text.sorts(figure);
            (sorts.meets(RATIO), sorts.meets(Sorts::MULTIPLE))
        };
        // "Up from 300 and 4 percent above the total in May".
        // "Fell by a third, to 60,000 from 90,000, and the price doubled".
        let is_told =
            !self.group.by.is_empty() && self.group.from.is_some() && self.group.to.is_some();
        let is_second = self.group.by.iter().any(|&by| sort(by) == sort(figure))
            || is_told && self.text.sorts(figure).meets(Sorts::MULTIPLE)
            || compares && self.group.from.is_some();
        let turns = told.is_some_and(|told| self.group.rises.is_some_and(|known| known != told));
        // "Will rise to 150,000 from 9,000, pushing exports up 45 percent".
        let has_level = !self.group.is_empty();
        let cue = pending.map_or(at, |pending| pending.at);
        let distance = cue.saturating_sub(self.group.end);
        // "Compared with 1,000 the year before, an increase of 55 percent".
        // "Compared with 38.7 million, which included a gain of 341 million".
        let is_amount = sort(figure) == (false, false);
        let (nearest, behind) = if is_amount { (1, AMOUNT) } else { (COMMA, BEHIND) };
        let follows_comma = cue.saturating_sub(self.comma) <= nearest && distance <= APART;
        let is_far = has_level && behind < distance && !follows_comma;
        // "Profit to 541 million from 529 million and a 5 percent rise in the dividend".
        let is_of_another = self.group.from.is_some()
            && self.group.to.is_some()
            && !follows_comma
            && told_end
                .is_some_and(|end| self.text.cue(end, |cue| cue == Cue::OfAnother).is_some());
        if is_second || turns || is_far || is_of_another || self.group.is_strayed {
            self.group.ended = Some(match self.group.strayed {
                Some((stray, _)) => Ended::Stray(stray),
                None if is_second => Ended::Second(End::By, figure),
                None if turns => Ended::Words,
                None => Ended::Far(figure),
            });
            let (rises, told_at) = (self.group.rises.filter(|_| !turns), self.group.told_at);
            self.close(changes);
            let (start, end) = (at, at);
            self.group = Group { start, end, rises, told_at, is_beside: true, ..Group::default() };
        }
        if self.group.is_empty() && self.group.rises.is_none() {
            self.group.start = at;
        }
        // "Fell 8 percent to 46,000 and a further 25 percent to 34,500".
        let further = at.checked_sub(1).and_then(|at| self.text.cue(at, |cue| cue == Cue::Further));
        self.group.is_further |= further.is_some();
        if told.is_some() {
            self.group.is_beside |= self.group.rises.is_none();
            (self.group.rises, self.group.told_at) = (told, told_at);
        }
        if self.text.sorts(figure).meets(Sorts::MULTIPLE) && self.group.rises.is_none() {
            let rises = match &self.text.mention(figure).value {
                Value::Amount(amount) => Rational::ONE <= amount.to,
                _ => true,
            };
            self.group.rises = Some(rises);
        }
        // "$9,400 next year, 5 percent more": what has a change of its own is no base of the next one.
        if told.is_some()
            && !compares
            && self.group.from.is_none()
            && self.group.to.is_none()
            && let Some(level) = self.levels.last_mut()
        {
            level.is_dated = false;
        }
        self.group.or_change = or_change.or(self.group.or_change);
        self.group.by.push(figure);
        (self.group.last, self.group.end) = (at, at);
    }
}

/// Whether a figure may have a place in a change: a length of time only right behind "from" or "to".
fn is_level_here(sorts: Sorts, pending: Option<Pending>) -> bool {
    if sorts.meets(Sorts::DURATION) {
        return pending.is_some_and(|pending| {
            pending.gap == 0 && !pending.behind_date && matches!(pending.cue, Cue::From | Cue::To)
        });
    }
    sorts.meets(LEVEL.or(RATIO).or(Sorts::MULTIPLE))
}
