//! Figures that stand in one clause or sentence in any order, each in a slot that the words beside it
//! make: "of the 85 hostages, 52 were freed", "accounting for 31 percent of".
//!
//! A frame is found where each of its slots is filled in one way only, by figures of its own. Every other
//! figure between the first and the last of them must be one that no slot takes and that means nothing
//! there: a date, a length of time, a rank, a figure in a bracket by itself. Where the slots can be filled
//! in several ways, the frame says nothing, and only excuses other readings of its figures.

use std::ops::Range;

use crate::prose::article::Article;
use crate::prose::candidate::{self, Candidate, Taken};
use crate::prose::clause::{BESIDE, LEVEL, LONGEST_BRACKET, RATIO, clauses, ends_clause};
use crate::prose::fit::{counts_alike, fits, goes_with};
use crate::prose::paragraph::Paragraph;
use crate::prose::tried::{Misfit, Why};
use crate::prose::{Reader, add};
use crate::rule::expression::Type;
use crate::rule::link::{
    Aspect, CompiledSlots, Filled, Item, Machine, Program, Scope, Slot, Slots, Sorts, Takes,
    Triggers,
};
use crate::rule::{Role, Rule};
use crate::value::{Amount, Value};

/// Ways to fill one slot in a scope; where there are more, the frame is not there.
const MOST_WAYS: usize = 8;

/// Figures before a frame among which the rest of its relation is looked for.
const MOST_BEFORE: u32 = 16;

/// The same with the ends of lists for themselves.
const MOST_FOUND: usize = 64;

/// Ways to fill all slots of a frame.
const MOST_READINGS: usize = 256;

/// Figures that mean nothing between those of a frame.
const ASIDE: Sorts = BESIDE.or(Sorts::DURATION);

/// Figures that measure or count.
const AMOUNT: Sorts = LEVEL.or(RATIO);

/// The figures of one way to fill some slots.
pub(super) type Reading = Vec<Filled>;

impl<'r> Reader<'r> {
    /// Finds the frames of slots that some tokens bring up, the words of which are known.
    pub(super) fn find_slots(
        &mut self,
        triggers: &'r Triggers,
        items: &Range<usize>,
        article: Article<'_>,
        found: &mut Vec<Candidate<'r>>,
    ) {
        let paragraph = &self.paragraph;
        triggers.met(&paragraph.words, paragraph.all_sorts, &mut self.met);
        let mut next = 0;
        while let Some(frame) = self.met.get(next) {
            self.find_frame(frame, items, article, found);
            next += 1;
        }
    }

    /// Whether a frame over two sentences may be in the tokens the words of which are known.
    pub(super) fn may_hold_across(&self) -> bool {
        let paragraph = &self.paragraph;
        1 < paragraph.sentences.len()
            && 1 < paragraph.figures().len()
            && self.links.over_two_sentences().any(|slots| self.may_fill(slots))
    }

    /// Whether the figures and the words of the tokens are such that a frame may be there.
    fn may_fill(&self, slots: &CompiledSlots) -> bool {
        slots.needed.iter().all(|program| self.paragraph.latest_start(program).is_some())
    }

    /// Looks for a frame in each of its scopes, if it can be there at all.
    fn find_frame(
        &mut self,
        index: u16,
        items: &Range<usize>,
        article: Article<'_>,
        found: &mut Vec<Candidate<'r>>,
    ) {
        let slots = self.links.slots(index);
        if !self.may_fill(slots) {
            return;
        }
        if slots.scope != Scope::Clause {
            let _ = self.fill_slots(slots, items.clone(), article, found);
            return;
        }
        for scope in self.clauses(items) {
            let _ = self.fill_slots(slots, scope, article, found);
        }
    }

    /// The clauses of some tokens.
    pub(super) fn clauses(&self, items: &Range<usize>) -> Vec<Range<usize>> {
        let (all, cues) = (&self.paragraph.items, self.links.cues());
        clauses(all, items.clone(), |at| ends_clause(all, cues, at)).collect()
    }

    /// Adds the relation of a frame in a scope.
    ///
    /// # Errors
    /// Why there is none, or only readings that excuse others.
    pub(super) fn fill_slots(
        &mut self,
        slots: &'r CompiledSlots,
        scope: Range<usize>,
        article: Article<'_>,
        found: &mut Vec<Candidate<'r>>,
    ) -> Result<(), Why> {
        let rule = &self.rules.all()[slots.frame.rule];
        let Takes::Slots(takes) = &rule.frames[slots.frame.frame].takes else { return Ok(()) };
        let readings = readings(slots, &self.paragraph, &mut self.machine, scope.clone())?;
        if let Some(slot) = takes.before {
            return self.fill_before(slots, slot, &readings, scope, article, found);
        }
        let mut roles_of = Vec::new();
        let mut meant = Ok(());
        for reading in &readings {
            let mut roles = self.taken(rule, reading);
            self.share_units(rule, &mut roles, article);
            match belong(rule, takes, &roles, article) {
                Ok(()) => roles_of.push(roles),
                Err(misfit) => meant = meant.and(Err(Why::Misfit(misfit))),
            }
        }
        if roles_of.is_empty() {
            return meant;
        }
        self.allow(slots, scope)?;
        let is_tentative = rule.frames[slots.frame.frame].tentative;
        let ways = roles_of.len();
        let excuses = 1 < ways && !is_tentative;
        for roles in roles_of {
            let tried = candidate::tested(&roles, is_tentative);
            self.relate_slots(slots, roles, excuses, tried, found);
        }
        if excuses { Err(Why::Ambiguous(ways)) } else { Ok(()) }
    }

    /// The figures of a reading in their roles.
    fn taken(&self, rule: &Rule, reading: &Reading) -> Vec<Vec<Taken>> {
        let mut roles = vec![Vec::new(); rule.roles.len()];
        for filled in reading {
            roles[filled.role].push(Taken {
                aspect: filled.aspect,
                ..Taken::stated(self.paragraph.first + filled.figure as usize)
            });
        }
        roles
    }

    /// Sees whether the words of a scope allow a frame.
    ///
    /// # Errors
    /// Which do not, or that one is missing.
    fn allow(&mut self, slots: &CompiledSlots, scope: Range<usize>) -> Result<(), Why> {
        let tape = self.paragraph.tape();
        let mut stands =
            |program: &Program| scope.clone().find_map(|at| self.machine.run(program, tape, at));
        if !slots.with.is_empty() && slots.with.iter().find_map(&mut stands).is_none() {
            return Err(Why::Without);
        }
        match slots.frame.unless.iter().find_map(stands) {
            Some(words) => Err(Why::Excluded(words.items)),
            None => Ok(()),
        }
    }

    /// Adds the relation of a frame.
    fn relate_slots(
        &self,
        slots: &CompiledSlots,
        roles: Vec<Vec<Taken>>,
        excuses: bool,
        tried: Option<usize>,
        found: &mut Vec<Candidate<'r>>,
    ) {
        let rule = &self.rules.all()[slots.frame.rule];
        let frame = &rule.frames[slots.frame.frame];
        let first = self.paragraph.first;
        let quoted = roles.iter().flatten().any(|t| self.paragraph.quoted[t.mention - first]);
        let severity = frame.severity.unwrap_or(rule.severity);
        let strain = frame.strain.or(rule.strain);
        let apart = candidate::apart(frame.apart.as_deref(), tried);
        let cue = None;
        add(found, Candidate { rule, roles, severity, apart, strain, cue, quoted, excuses, tried });
    }

    /// Adds the relation of a frame with each figure before its own that fits its last role, the nearest first.
    ///
    /// # Errors
    /// Why there is none.
    fn fill_before(
        &mut self,
        slots: &CompiledSlots,
        slot: Slot,
        readings: &[Reading],
        scope: Range<usize>,
        article: Article<'_>,
        found: &mut Vec<Candidate<'r>>,
    ) -> Result<(), Why> {
        let rule = &self.rules.all()[slots.frame.rule];
        let Takes::Slots(takes) = &rule.frames[slots.frame.frame].takes else { return Ok(()) };
        let [reading] = readings else { return Err(Why::Ambiguous(readings.len())) };
        let (Some(role), Some(first)) = (slot.role, reading.iter().map(|own| own.figure).min())
        else {
            return Ok(());
        };
        self.allow(slots, scope)?;
        let own = self.taken(rule, reading);
        for figure in (first.saturating_sub(MOST_BEFORE)..first).rev() {
            if !slot.takes(self.paragraph.sorts[figure as usize]) {
                continue;
            }
            let mention = self.paragraph.first + figure as usize;
            let mut roles = own.clone();
            roles[role].push(Taken { aspect: slot.aspect, ..Taken::stated(mention) });
            self.share_units(rule, &mut roles, article);
            if belong(rule, takes, &roles, article).is_ok() {
                self.relate_slots(slots, roles, false, Some(mention), found);
            }
        }
        Ok(())
    }

    /// Gives numbers without a unit, or a noun, the unit of what else fills the roles of one quantity.
    fn share_units(&self, rule: &Rule, roles: &mut [Vec<Taken>], article: Article<'_>) {
        let is_variable = |role: &Role| matches!(role.kind.member(), Type::Amount { variable: 1, fixed } if fixed.is_number());
        let amount = |mention: usize| match &article.mention(mention).value {
            Value::Amount(amount) => Some(amount),
            _ => None,
        };
        let sorts = |mention: usize| self.paragraph.sorts[mention - self.paragraph.first];
        let open = || rule.roles.iter().zip(0..).filter(|(role, _)| is_variable(role));
        let taken = || open().flat_map(|(_, at)| roles[at].iter().map(|taken| taken.mention));
        let measures = |&mention: &usize| sorts(mention).meets(Sorts::MONEY.or(Sorts::QUANTITY));
        let Some(first) = taken().find(measures) else { return };
        let bare: Vec<usize> = taken().filter(|&other| sorts(other).meets(Sorts::NUMBER)).collect();
        let Some(unit) = amount(first) else { return };
        for mention in bare {
            if amount(mention).is_some_and(|own| own.unit.per.is_none() && may_share(own, unit)) {
                let all = roles.iter_mut().flatten();
                all.filter(|taken| taken.mention == mention && taken.aspect == Aspect::Stated)
                    .for_each(|taken| taken.unit_of = Some(first));
            }
        }
    }
}

/// Sees whether the figures of one reading belong in one relation.
///
/// # Errors
/// Why they do not.
fn belong(
    rule: &Rule,
    takes: &Slots,
    roles: &[Vec<Taken>],
    article: Article<'_>,
) -> Result<(), Misfit> {
    fits(rule, roles, article, takes.mixed)?;
    if takes.alike.is_empty() {
        counts_alike(rule, roles, article, takes.mixed)?;
    }
    if takes.mixed {
        goes_with(roles, article)?;
    }
    let is_spread = are_in_their_currencies(roles, &takes.alike, article);
    if is_spread { Ok(()) } else { Err(Misfit::Spread) }
}

/// Whether a number without a unit is written as what is measured so would be: with a scale word, or near it.
fn may_share(own: &Amount, other: &Amount) -> bool {
    own.to.is_near(&other.to) || own.style.scale.is_some() && other.style.scale.is_some()
}

/// Whether all money is in one currency; where some roles are to be alike, whether it is only there.
fn are_in_their_currencies(roles: &[Vec<Taken>], alike: &[usize], article: Article<'_>) -> bool {
    let currency = |taken: &Taken| match &article.mention(taken.mention).value {
        Value::Amount(amount) => amount.unit.currency,
        _ => None,
    };
    let all = || roles.iter().enumerate();
    let within = |role: usize| alike.is_empty() || alike.contains(&role);
    let mut inside = all().filter(|(role, _)| within(*role)).flat_map(|(_, taken)| taken);
    let first = inside.clone().find_map(currency);
    let mut outside = all().filter(|(role, _)| !within(*role)).flat_map(|(_, taken)| taken);
    inside.all(|taken| currency(taken).is_none_or(|other| Some(other) == first))
        && outside.all(|taken| currency(taken).is_some_and(|other| Some(other) != first))
}

/// All ways to fill the slots of a frame in a scope.
///
/// # Errors
/// Why there is none.
fn readings(
    slots: &CompiledSlots,
    paragraph: &Paragraph,
    machine: &mut Machine,
    scope: Range<usize>,
) -> Result<Vec<Reading>, Why> {
    let mut readings: Vec<Reading> = vec![Vec::new()];
    for (slot, program) in slots.needed.iter().enumerate() {
        let ways = ways(program, paragraph, machine, scope.clone());
        if ways.is_empty() {
            return Err(Why::Unfilled);
        }
        let mut next = Vec::new();
        for reading in readings.iter().filter(|_| ways.len() <= MOST_WAYS) {
            for way in ways.iter().filter(|way| are_apart(reading, way)) {
                next.push(reading.iter().chain(way).copied().collect());
            }
        }
        if MOST_WAYS < ways.len() || MOST_READINGS < next.len() {
            return Err(Why::Crowded(slot));
        }
        if next.is_empty() {
            return Err(Why::Shared(slot));
        }
        readings = next;
    }
    for program in slots.also.iter() {
        let ways = ways(program, paragraph, machine, scope.clone());
        for reading in readings.iter_mut().filter(|_| ways.len() <= MOST_WAYS) {
            let mut apart = ways.iter().filter(|way| are_apart(reading, way));
            if let (Some(only), None) = (apart.next(), apart.next()) {
                reading.extend(only);
            }
        }
    }
    let mut between = None;
    readings.retain(|reading| {
        let stray = stray(slots, paragraph, &scope, reading);
        between = between.or(stray);
        stray.is_none()
    });
    if let Some(figure) = between.filter(|_| readings.is_empty()) {
        return Err(Why::Between(paragraph.first + figure as usize));
    }
    // Two slots of one list filled the other way round are the same.
    for reading in &mut readings {
        reading.sort_unstable_by_key(|filled| (filled.role, filled.figure));
    }
    readings.sort_unstable_by_key(figures);
    readings.dedup();
    Ok(readings)
}

fn figures(reading: &Reading) -> Vec<(usize, u32)> {
    reading.iter().map(|filled| (filled.role, filled.figure)).collect()
}

/// The ways to fill a slot in a scope; more than [`MOST_WAYS`] are too many.
pub(super) fn ways(
    program: &Program,
    paragraph: &Paragraph,
    machine: &mut Machine,
    scope: Range<usize>,
) -> Vec<Reading> {
    let tape = paragraph.tape();
    let mut ways: Vec<Reading> = Vec::new();
    let Some(latest) = paragraph.latest_start(program) else { return ways };
    let starts = scope.start..scope.end.min(latest + 1);
    // Whether more may be looked for from the next token.
    let mut look = |at: usize| {
        if !program.may_begin(tape.items[at], tape.sorts) {
            return true;
        }
        let found = machine.run(program, tape, at).filter(|found| found.items.end <= scope.end);
        if let Some(found) = found
            && !ways.contains(&found.filled)
        {
            ways.push(found.filled);
        }
        ways.len() <= MOST_FOUND
    };
    let is_whole = if program.begins_with_figure() {
        let figures = paragraph.figure_tokens();
        let first = figures.partition_point(|&at| at < starts.start);
        figures[first..].iter().take_while(|&&at| at < starts.end).all(|&at| look(at))
    } else {
        starts.clone().all(&mut look)
    };
    if !is_whole {
        return ways;
    }
    // The rest of a list is no list of its own.
    let whole = ways.clone();
    ways.retain(|way| !whole.iter().any(|other| way.len() < other.len() && is_within(way, other)));
    ways
}

fn is_within(one: &Reading, other: &Reading) -> bool {
    one.iter().all(|filled| other.contains(filled))
}

/// Whether two ways take different figures.
fn are_apart(one: &Reading, other: &Reading) -> bool {
    other.iter().all(|filled| one.iter().all(|known| known.figure != filled.figure))
}

/// The first figure between the first and the last of a reading that is none of it, and means something.
fn stray(
    slots: &CompiledSlots,
    paragraph: &Paragraph,
    scope: &Range<usize>,
    reading: &Reading,
) -> Option<u32> {
    let is_filled = |figure: u32| reading.iter().any(|filled| filled.figure == figure);
    let figures = || reading.iter().map(|filled| filled.figure);
    let (first, last) = (figures().min()?, figures().max()?);
    (first..=last).filter(|&figure| !is_filled(figure)).find(|&figure| {
        let sorts = paragraph.sorts[figure as usize];
        // Beside dates and lengths of time, what is counted or measured means nothing, and beside measures
        // what is counted: "the 450 km between the two cities".
        let is_count = sorts.meets(Sorts::COUNT) && !slots.takes(Sorts::BARE.or(Sorts::MONEY));
        let is_aside = sorts.meets(ASIDE) || is_count || !slots.takes(AMOUNT);
        let is_nothing =
            is_aside && !slots.takes(sorts) || is_bracketed(paragraph, scope, figure, is_filled);
        !is_nothing
    })
}

/// Whether a figure stands in a bracket that holds none of those that matter.
fn is_bracketed(
    paragraph: &Paragraph,
    scope: &Range<usize>,
    figure: u32,
    matters: impl Fn(u32) -> bool,
) -> bool {
    let at = paragraph.token(figure);
    let items = &paragraph.items;
    let is_apart = |item: &Item| match item {
        Item::Mark('(' | ')') | Item::Stop => true,
        Item::Figure(figure) => matters(*figure),
        _ => false,
    };
    let before = &items[scope.start.max(at.saturating_sub(LONGEST_BRACKET))..at];
    let behind = &items[at + 1..scope.end.min(at + LONGEST_BRACKET).max(at + 1)];
    before.iter().rev().find(|item| is_apart(item)) == Some(&Item::Mark('('))
        && behind.iter().find(|item| is_apart(item)) == Some(&Item::Mark(')'))
}
