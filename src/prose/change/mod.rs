//! Changes that a clause states: from one level to another, by so much.
//!
//! What gives a figure its place is a cue beside it, never its nearness: "from" before the level that a
//! change began with, "to" before the one that it ended with, a direction before the change itself. A
//! second figure for a place begins another change. What stands between the figures of one change is a
//! date, a length of time, a rank, the same in other terms or in brackets; where any other figure does,
//! there is no change to be found.

mod clause;
mod close;
mod group;
mod place;

use std::ops::Range;

pub(super) use group::{Change, Derived, Lost};

use crate::prose::change::clause::Clause;
use crate::prose::clause::{BESIDE, LEVEL, RATIO, Text, clauses};
use crate::rule::link::{Cue, Item, Sorts};

/// The changes of some tokens; `lost` takes what came to nothing, where that is asked for.
pub(super) fn read(
    text: Text<'_>,
    items: Range<usize>,
    changes: &mut Vec<Change>,
    mut lost: Option<&mut Vec<Lost>>,
) {
    let mut open = None;
    for clause in clauses(text.tape.items, items, |at| text.ends_clause(at)) {
        let earlier = open.take().filter(|_| goes_back(text, clause.start));
        open = Clause::new(text, clause, earlier, lost.as_deref_mut()).read(changes);
    }
}

/// Whether a clause tells of what was before the one that it follows: "after falling 11.5 percent to".
fn goes_back(text: Text<'_>, start: usize) -> bool {
    let is_after = |at| text.cue(at, |cue| cue == Cue::After).is_some();
    let moves = |cue| matches!(cue, Cue::Rise | Cue::Fall);
    start.checked_sub(1).is_some_and(is_after) && text.cue(start, moves).is_some()
}

/// The direction, if they tell it, and where the figure is looked for behind the words that point back:
/// "that is", "the decline works out to", "the drop of 18 percent", "the 5 percent decline".
fn points_back(text: Text<'_>, start: usize) -> Option<(Option<bool>, usize)> {
    if let Some((_, next)) = text.cue(start, |cue| cue == Cue::Result) {
        return Some((None, next));
    }
    let the = text.cue(start, |cue| cue == Cue::The)?.1;
    let noun = |cue| matches!(cue, Cue::RiseNoun | Cue::FallNoun);
    let is_figure = |at: usize| matches!(text.tape.items.get(at), Some(Item::Figure(_)));
    // "The 5 percent rise in fares" is of something else.
    let is_whole = |at: usize| text.cue(at, |cue| cue == Cue::OfAnother).is_none();
    if is_figure(the) {
        let (noun, behind) = text.cue(the + 1, noun)?;
        return is_whole(behind).then_some((Some(noun == Cue::RiseNoun), the));
    }
    let (noun, next) = text.cue(the, noun)?;
    let rises = Some(noun == Cue::RiseNoun);
    if let Some((_, behind)) = text.cue(next, |cue| cue == Cue::Amounts) {
        return Some((rises, behind));
    }
    let comma = next + usize::from(text.tape.items.get(next) == Some(&Item::Mark(',')));
    let at = text.cue(comma, |cue| cue == Cue::Of).map_or(comma, |(_, behind)| behind);
    (next < at && is_figure(at) && is_whole(at + 1)).then_some((rises, at))
}

/// Tokens from the words that point back to the change that they tell of.
const RESULT: usize = 9;

/// Figures before a pair that may be a third level.
const BEFORE: u32 = 8;

/// Tokens between a level and its date.
const DATED: usize = 9;

/// The only two levels of a sentence, each with a date of its own, as the change from the earlier one:
/// "$1.4 billion in 2021 and $2.1 billion in 2022".
pub(super) fn pair(text: Text<'_>, items: Range<usize>) -> Option<Change> {
    let mut levels = Vec::new();
    let mut dates = Vec::new();
    for at in items.clone() {
        let Item::Figure(figure) = text.tape.items[at] else { continue };
        let sorts = text.sorts(figure);
        match () {
            () if sorts.meets(Sorts::DATE) => dates.push((at, figure)),
            () if sorts.meets(BESIDE) || sorts.meets(Sorts::DURATION) => {}
            () if sorts.meets(LEVEL) => levels.push((at, figure)),
            () => return None,
        }
    }
    let &[one, other] = &*levels else { return None };
    // Of a third one, told before, the change may be: "82,500 in 1996. It will be".
    let is_third = |figure: u32| text.sorts(figure).meets(LEVEL) && text.are_alike(figure, one.1);
    let first_figure = one.1.min(other.1);
    if (first_figure.saturating_sub(BEFORE)..first_figure).any(is_third) {
        return None;
    }
    let is_near = |level: (usize, u32), date: (usize, u32)| level.0.abs_diff(date.0) <= DATED;
    let date_of = |level: (usize, u32)| {
        let near = dates.iter().filter(|date| is_near(level, **date));
        near.min_by_key(|(at, _)| at.abs_diff(level.0)).copied()
    };
    // Two dates stand in the order of their levels.
    let (first, second) = match *dates {
        [first, second] if is_near(one, first) && is_near(other, second) => (first, second),
        _ => (date_of(one)?, date_of(other)?),
    };
    let (before, after) = (text.day(first.1)?, text.day(second.1)?);
    if first == second || before == after || !text.are_alike(one.1, other.1) {
        return None;
    }
    let (from, to) = if before < after { (one.1, other.1) } else { (other.1, one.1) };
    Some(Change {
        rises: text.order(from, to).is_gt(),
        is_told: false,
        against: None,
        is_compared: false,
        from,
        to,
        derived: None,
        by: Vec::new(),
        clause: items,
        ended: None,
        is_tentative: false,
    })
}

/// What a sentence tells of the change in the one before it: "That is an increase of 26 percent".
pub(super) fn result(text: Text<'_>, items: Range<usize>, before: &Change) -> Option<Change> {
    let is_quote = text.tape.items.get(items.start) == Some(&Item::Mark('"'));
    let (mut rises, mut at) = points_back(text, items.start + usize::from(is_quote))?;
    let names_it = rises.is_some();
    let end = items.end.min(at + RESULT);
    while at < end {
        if let Item::Figure(figure) = text.tape.items[at] {
            let sorts = text.sorts(figure);
            let noun = |cue| matches!(cue, Cue::RiseNoun | Cue::FallNoun | Cue::More | Cue::Less);
            let behind = text.cue(at + 1, noun);
            let told = behind.map(|(cue, _)| matches!(cue, Cue::RiseNoun | Cue::More));
            let is_change =
                sorts.meets(RATIO) || sorts.meets(LEVEL) && text.are_alike(figure, before.to);
            let rises = rises.or(told).filter(|_| is_change)?;
            // "The rise of 4 percent" behind a fall is another one.
            let is_other = before.is_told && before.rises != rises;
            if is_other && names_it {
                return None;
            }
            let by = vec![figure];
            return Some(Change {
                rises,
                is_told: true,
                against: None,
                by,
                clause: items,
                ..before.clone()
            });
        }
        // "It is to rise to 50,000 tonnes" tells of another change.
        let levels = |cue| matches!(cue, Cue::From | Cue::To | Cue::At | Cue::Against);
        if text.cue(at, levels).is_some() {
            return None;
        }
        let told = |cue| matches!(cue, Cue::Up | Cue::Down | Cue::Rise | Cue::Fall);
        if let Some((cue, next)) = text.cue(at, told) {
            rises = Some(matches!(cue, Cue::Up | Cue::Rise));
            at = next;
            continue;
        }
        at += 1;
    }
    None
}
