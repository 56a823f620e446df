//! Parts that a sentence names of a whole: "115,000 tonnes, comprising 40,000 of wheat, 35,000 of rye and
//! 40,000 of oats".
//!
//! What opens the parts is a cue, and the last two are joined by "and". Every figure behind the cue is a
//! part, or what a part is compared with, a date, a length of time, or the same in other terms; where
//! any other figure stands there, nothing is added up.

use std::ops::Range;

use crate::prose::clause::{BESIDE, LEVEL, RATIO, Text, closing};
use crate::prose::words::same_noun;
use crate::rule::link::{Cue, Item, Sorts};
use crate::value::Rational;

/// A whole and all its parts.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    /// The figure of the whole, by its index in the paragraph.
    pub(super) total: u32,
    /// Those of its parts.
    pub(super) parts: Vec<u32>,
    /// The tokens of its clause.
    pub(super) clause: Range<usize>,
    /// Whether only the sum tells that the parts are all of it.
    pub(super) adds_up: bool,
}

/// Tokens from a whole to the cue that opens its parts.
const REACH: usize = 14;

/// Tokens from a whole to the comma behind it.
const BESIDE_COMMA: usize = 4;

/// Tokens from one part to the next.
const APART: usize = 12;

/// Words between a cue and its figure.
const GAP: usize = 2;

/// Tokens from "with" to the first part.
const NEAR: usize = 4;

/// The wholes of some tokens that are told with their parts.
pub(super) fn read(text: Text<'_>, items: Range<usize>, wholes: &mut Vec<Whole>) {
    let mut start = items.start;
    let is_of = |start: usize| text.cue(start, |cue| cue == Cue::Of).is_some();
    let mut opens_with_of = is_of(start);
    for at in items.clone() {
        let opener = match text.tape.items[at] {
            Item::Mark(';') | Item::Stop => {
                start = at + 1;
                opens_with_of = is_of(start);
                continue;
            }
            Item::Mark(',') if opens_with_of => opens_of(text, start, at),
            Item::Mark(',') if text.is_amount(at + 1) => {
                Some(Opener { sign: Sign::Comma, behind: at + 1 })
            }
            Item::Mark(':') if text.is_amount(at + 1) => {
                Some(Opener { sign: Sign::Dash, behind: at + 1 })
            }
            Item::Mark('-') => opens_dash(text, at, items.end),
            Item::Word(word) if word != 0 => opens(text, at),
            _ => None,
        };
        if let Some(opener) = opener
            && let Some(found) = parts(text, start, at, opener, items.end)
        {
            wholes.push(found);
        }
    }
}

/// What opens parts, by how sure it is that they are all of them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// "Comprising".
    Phrase,
    /// A dash, with a figure behind it.
    Dash,
    /// "With", with a figure right behind it.
    With,
    /// "Of which", or "with crops accounting for": all parts only where the last is what is left.
    Some,
    /// "Of the 48 glaciers, 41 were".
    Of,
    /// A comma, with a figure right behind it: "36 paintings, 20 from Lisbon".
    Comma,
}

/// What opens parts, and the token behind it.
#[derive(Clone, Copy)]
struct Opener {
    sign: Sign,
    behind: usize,
}

/// The comma behind the whole of "Of the 48 glaciers studied, 41 were shrinking and seven were not".
fn opens_of(text: Text<'_>, start: usize, at: usize) -> Option<Opener> {
    let is_figure = |at: usize| text.is_amount(at);
    let opens = at - start <= OF
        && (start + 1..at).filter(|&at| is_figure(at)).count() == 1
        && is_figure(at + 1);
    opens.then_some(Opener { sign: Sign::Of, behind: at + 1 })
}

/// Tokens of "Of the 48 glaciers studied".
const OF: usize = 16;

/// A phrase that opens parts, or "with" before a figure.
fn opens(text: Text<'_>, at: usize) -> Option<Opener> {
    let (cue, behind) = text.cue(at, |cue| matches!(cue, Cue::Parts | Cue::With | Cue::Some))?;
    let sign = match cue {
        Cue::Parts => Sign::Phrase,
        Cue::With if text.is_amount(behind) => Sign::With,
        _ => Sign::Some,
    };
    let is_near = (behind..behind + NEAR).any(|at| text.is_amount(at));
    (sign == Sign::Phrase || is_near).then_some(Opener { sign, behind })
}

/// A dash with a figure behind it, apart from what stands before.
fn opens_dash(text: Text<'_>, at: usize, end: usize) -> Option<Opener> {
    let is_second = text.tape.items.get(at + 1) == Some(&Item::Mark('-'));
    let behind = if is_second { at + 2 } else { at + 1 };
    let figure = (behind..end.min(behind + 2)).find(|&at| text.is_amount(at))?;
    let Item::Figure(index) = text.tape.items[figure] else { return None };
    // "A five-for-one deal", "won 5-2".
    let before = &text.prose[..text.mention(index).range.start];
    let is_spaced = behind < figure || before.ends_with([' ', '—', '\n']) || before.ends_with("--");
    is_spaced.then_some(Opener { sign: Sign::Dash, behind })
}

fn parts(
    text: Text<'_>,
    start: usize,
    open: usize,
    Opener { sign, behind }: Opener,
    end: usize,
) -> Option<Whole> {
    let mut parts: Vec<u32> = Vec::new();
    let mut at = behind;
    let mut last = behind;
    // What stands before the next figure.
    let mut cue = None;
    // Whether an "and" stands before the next figure, and whether it stood before the last.
    let (mut is_last, mut joined) = (false, false);
    // Whether the next part is told to be what is left of the whole, and whether the last one was.
    let (mut is_left, mut closes) = (false, false);
    while at < end {
        match text.tape.items[at] {
            Item::Stop | Item::Mark(';') => break,
            Item::Mark('-') if sign == Sign::Dash && !parts.is_empty() => break,
            Item::Mark('(') => {
                at = closing(text.tape.items, at, end).unwrap_or(at);
            }
            Item::Mark(_) => cue = None,
            Item::Word(_) => {
                let tells = |cue| {
                    matches!(
                        cue,
                        Cue::And
                            | Cue::Or
                            | Cue::From
                            | Cue::Against
                            | Cue::To
                            | Cue::By
                            | Cue::Turn
                            | Cue::Rise
                            | Cue::Fall
                            | Cue::Parts
                            | Cue::Some
                            | Cue::Left
                    )
                };
                if let Some((found, next)) = text.cue(at, tells) {
                    match found {
                        Cue::Turn => break,
                        // "44.1 billion of which was intended".
                        Cue::Some if at == last + 1 && !parts.is_empty() => {}
                        Cue::Parts | Cue::Some => return None,
                        Cue::And => (is_last, cue) = (true, None),
                        Cue::Left => is_left = true,
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
                        && parts.first().is_none_or(|&first| text.are_of_one_sort(first, figure));
                    if !is_part {
                        return None;
                    }
                    // Behind the last of a list none follows.
                    if joined && 2 <= parts.len() && !is_open(text, last, at) {
                        return None;
                    }
                    parts.push(figure);
                    joined |= std::mem::take(&mut is_last);
                    closes = std::mem::take(&mut is_left);
                }
                last = at;
            }
        }
        at += 1;
    }
    // "With the remainder being of other nations".
    let is_list = 2 <= parts.len() && joined && !is_left && !is_last;
    // Of what a comma opens, the whole stands right before it, and is no part of a list itself, unless
    // the parts add up to it.
    let whole = |reach| whole(text, start, open, &parts, reach).filter(|_| is_list);
    let sum = parts.iter().fold(Rational::ZERO, |sum, &part| sum + text.stated(part));
    let is_sum = |total: u32| sum == text.stated(total);
    let total = match sign {
        Sign::Comma => {
            whole(BESIDE_COMMA).or_else(|| whole(REACH).filter(|&total| is_sum(total)))?
        }
        _ => whole(REACH)?,
    };
    // "27 seats, with 19, and two lists, with five and three".
    let noun = |figure: u32| text.mention(figure).counted.clone().map(|noun| &text.prose[noun]);
    let names_other = |&part: &u32| {
        noun(part).is_some_and(|own| noun(total).is_some_and(|all| !same_noun(own, all)))
    };
    let other = parts.iter().position(names_other);
    let is_mixed = other.is_some_and(|at| parts[at..].iter().any(|&part| noun(part).is_none()));
    if is_mixed && !is_sum(total) {
        return None;
    }
    // What is more than a figure is no part of it: "two models - the 3230 and the 7710".
    let fits = parts.iter().all(|&part| text.order(part, total).is_gt());
    let sign = if closes { Sign::Phrase } else { sign };
    let are_told = are_all(sign, &text.stated(total), &sum, parts.len());
    // Those that add up to the digit were meant to.
    let fits = fits && (are_told || is_sum(total));
    fits.then_some(Whole { total, parts, clause: start..at, adds_up: !are_told })
}

/// Whether parts can be all of a whole: behind a weak sign, what leaves much of it is a choice.
fn are_all(sign: Sign, whole: &Rational, sum: &Rational, parts: usize) -> bool {
    let share = match sign {
        Sign::Phrase => return true,
        Sign::Some => return false,
        Sign::With | Sign::Comma if parts < 3 => return false,
        Sign::Dash => Rational::fraction(1, 3),
        // "Of 64 members, 33 voted for it and 20 against": some did neither.
        Sign::With | Sign::Of | Sign::Comma => Rational::fraction(1, 20),
    };
    (sum - whole).abs() <= whole * &share
}

/// Whether a comma or an "and" stands between two figures.
fn is_open(text: Text<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|at| {
        text.tape.items[at] == Item::Mark(',') || text.cue(at, |cue| cue == Cue::And).is_some()
    })
}

/// The figure before the cue that measures what the parts do, and is no level that it is compared with.
fn whole(text: Text<'_>, start: usize, open: usize, parts: &[u32], reach: usize) -> Option<u32> {
    let part = *parts.first()?;
    let number = Rational::from(i64::try_from(parts.len()).ok()?);
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
                    // "Six medals, two fewer than in 2018: one gold".
                    let tells = |cue| matches!(cue, Cue::More | Cue::Less);
                    if text.cue(at + 1, tells).is_some() {
                        continue;
                    }
                    let is_whole = cue.is_none()
                        && !(in_aside && ends_aside)
                        && text.are_of_one_sort(figure, part);
                    // What stands nearer, and is none, is what the parts may be of.
                    // "Divided into three parts: 120 million".
                    let counts_them = sorts.meets(Sorts::SMALL) && text.stated(figure) == number;
                    if is_whole {
                        found = Some((figure, at));
                    } else if counts_them && found.is_some() {
                    } else if sorts.meets(RATIO) && !text.sorts(part).meets(RATIO) {
                        // "93 million for half of the plant - 33 million in cash".
                    } else if cue.is_none() {
                        found = None;
                    }
                }
                cue = None;
            }
            Item::Stop => {}
        }
    }
    found.filter(|&(_, at)| open - at <= reach).map(|(figure, _)| figure)
}
