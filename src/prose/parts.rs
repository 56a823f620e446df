//! Parts that a sentence names of a whole: "115,000 tonnes, comprising 40,000 of wheat, 35,000 of rye and
//! 40,000 of oats".
//!
//! What opens the parts is a cue, and the last two are joined by "and". Every figure behind the cue is a
//! part, or what a part is compared with, a date, a length of time, or the same in other terms; where
//! any other figure stands there, nothing is added up.

use std::ops::Range;

use crate::prose::clause::{BESIDE, LEVEL, RATIO, Text};
use crate::rule::link::{Cue, Item, Sorts};

/// A whole and all its parts.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    /// The figure of the whole, by its index in the paragraph.
    pub(super) whole: u32,
    /// Those of its parts.
    pub(super) parts: Vec<u32>,
    /// The tokens of its clause.
    pub(super) clause: Range<usize>,
}

/// Tokens from a whole to the cue that opens its parts.
const REACH: usize = 14;

/// Tokens from one part to the next.
const APART: usize = 12;

/// Words between a cue and its figure.
const GAP: usize = 2;

/// Tokens of a bracket that is passed over.
const LONGEST_BRACKET: usize = 14;

/// The wholes of some tokens that are told with their parts.
pub(super) fn read(text: Text<'_>, items: Range<usize>, wholes: &mut Vec<Whole>) {
    let mut start = items.start;
    for at in items.clone() {
        match text.tape.items[at] {
            Item::Mark(';') | Item::Stop => start = at + 1,
            _ => {
                if let Some((is_dash, next)) = opens(text, at, items.end)
                    && let Some(found) = parts(text, start, at, next, items.end, is_dash)
                {
                    wholes.push(found);
                }
            }
        }
    }
}

/// Whether a token opens parts, and the one behind it: "comprising", a dash with a figure behind it.
fn opens(text: Text<'_>, at: usize, end: usize) -> Option<(bool, usize)> {
    if let Some((_, next)) = text.cue(at, |cue| cue == Cue::Parts) {
        return Some((false, next));
    }
    let is_dash = |at: usize| text.tape.items.get(at) == Some(&Item::Mark('-'));
    let next = if is_dash(at + 1) { at + 2 } else { at + 1 };
    let figure = (next..end.min(next + 2)).find(|&at| text.is_amount(at))?;
    let Item::Figure(index) = text.tape.items[figure] else { return None };
    // "A five-for-one deal", "won 5-2".
    let before = &text.prose[..text.mention(index).range.start];
    let is_spaced = next < figure || before.ends_with([' ', '—', '\n']) || before.ends_with("--");
    (is_dash(at) && is_spaced).then_some((true, next))
}

fn parts(
    text: Text<'_>,
    start: usize,
    open: usize,
    behind: usize,
    end: usize,
    is_dash: bool,
) -> Option<Whole> {
    let mut parts: Vec<u32> = Vec::new();
    let mut at = behind;
    let mut last = behind;
    // What stands before the next figure.
    let mut cue = None;
    let mut joined = false;
    while at < end {
        match text.tape.items[at] {
            Item::Stop | Item::Mark(';') => break,
            Item::Mark('-') if is_dash && !parts.is_empty() => break,
            Item::Mark('(') => {
                let items = &text.tape.items[..end];
                let close = items.iter().skip(at).take(LONGEST_BRACKET);
                at += close.into_iter().position(|item| *item == Item::Mark(')')).unwrap_or(0);
            }
            Item::Mark(_) => cue = None,
            Item::Word(_) => {
                let tells = |cue| {
                    matches!(
                        cue,
                        Cue::And | Cue::Or | Cue::From | Cue::Against | Cue::To | Cue::By | Cue::Turn
                            | Cue::Rise | Cue::Fall | Cue::Parts | Cue::Some
                    )
                };
                if let Some((found, next)) = text.cue(at, tells) {
                    match found {
                        Cue::Turn => break,
                        Cue::Parts | Cue::Some => return None,
                        Cue::And => (joined, cue) = (true, None),
                        _ => cue = Some((found, next)),
                    }
                    at = next;
                    continue;
                }
            }
            Item::Figure(figure) => {
                let sorts = text.sorts(figure);
                let is_compared = cue.is_some_and(|(cue, behind): (Cue, usize)| {
                    matches!(cue, Cue::From | Cue::Against | Cue::Or) && at - behind <= GAP
                });
                let is_aside = sorts.meets(BESIDE) || sorts.meets(Sorts::DURATION) || is_compared;
                cue = None;
                if !is_aside {
                    if APART < at - last || sorts.meets(Sorts::RANGE.or(Sorts::RATE)) {
                        return None;
                    }
                    let is_part = sorts.meets(LEVEL.or(RATIO))
                        && parts.first().is_none_or(|&first| text.are_alike(first, figure));
                    if !is_part {
                        return None;
                    }
                    // Behind the last of a list none follows.
                    if joined && 2 <= parts.len() && !is_open(text, last, at) {
                        return None;
                    }
                    parts.push(figure);
                }
                last = at;
            }
        }
        at += 1;
    }
    let is_list = 2 <= parts.len() && joined;
    let whole = whole(text, start, open, *parts.first()?).filter(|_| is_list)?;
    // What is more than a figure is no part of it: "two models - the 3230 and the 7710".
    let fits = parts.iter().all(|&part| text.order(part, whole).is_gt());
    fits.then(|| Whole { whole, parts, clause: start..at })
}

/// Whether a comma or an "and" stands between two figures.
fn is_open(text: Text<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|at| {
        text.tape.items[at] == Item::Mark(',') || text.cue(at, |cue| cue == Cue::And).is_some()
    })
}

/// The figure before the cue that measures what the parts do, and is no level that it is compared with.
fn whole(text: Text<'_>, start: usize, open: usize, part: u32) -> Option<u32> {
    let mut found = None;
    let mut cue = None;
    // "The sale, which will raise 6.1 billion, comprises".
    let ends_aside = text.tape.items[open.saturating_sub(1)] == Item::Mark(',');
    let mut in_aside = false;
    for at in start.max(open.saturating_sub(2 * REACH))..open {
        match text.tape.items[at] {
            Item::Mark(_) => (cue, in_aside) = (None, false),
            Item::Word(_) => {
                in_aside |= text.cue(at, |cue| cue == Cue::Which).is_some();
                let tells = |cue| matches!(cue, Cue::From | Cue::Against);
                cue = text.cue(at, tells).map(|(cue, _)| cue).or(cue);
            }
            Item::Figure(figure) => {
                let sorts = text.sorts(figure);
                if !sorts.meets(BESIDE) && !sorts.meets(Sorts::DURATION) {
                    let is_whole = cue.is_none()
                        && !(in_aside && ends_aside)
                        && text.are_alike(figure, part);
                    // What stands nearer, and is none, is what the parts may be of.
                    if is_whole {
                        found = Some((figure, at));
                    } else if cue.is_none() {
                        found = None;
                    }
                }
                cue = None;
            }
            Item::Stop => {}
        }
    }
    found.filter(|&(_, at)| open - at <= REACH).map(|(figure, _)| figure)
}
