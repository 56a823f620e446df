//! What two versions of a sentence say differently that no claim is about: a time of day, a weekday, the number
//! of a page.

use std::ops::Range;

use crate::claim::rewritten;
use crate::document::sentences;
use crate::draft::quote::around;
use crate::draft::{Rewritten, Stated};
use crate::lexicon::Abbreviations;
use crate::reading::Reading;
use crate::source::{Span, one_line};

/// What differs in sentences that were rewritten, but for what stands at the places of claims in either version.
pub fn unclaimed([old, new]: [&Reading<'_>; 2], claimed: [&[Span]; 2]) -> Vec<Rewritten> {
    let mut all = Vec::new();
    for [was, is] in rewritten(old, new) {
        let before = loose(old, &was, claimed[0]);
        let after = loose(new, &is, claimed[1]);
        if before.len() != after.len() {
            continue;
        }
        for (before, after) in before.iter().zip(&after) {
            let words = |reading: &Reading<'_>, at: &Range<usize>| {
                one_line(&reading.prose()[at.clone()]).to_lowercase()
            };
            if words(old, before) != words(new, after) {
                all.push(Rewritten {
                    old: stated(old, before, &was),
                    new: stated(new, after, &is),
                });
            }
        }
    }
    all
}

/// The figures, dates and other numerals of a sentence that no claim is about, in order.
fn loose(reading: &Reading<'_>, sentence: &Range<usize>, claimed: &[Span]) -> Vec<Range<usize>> {
    let prose = reading.prose();
    let mut all: Vec<Range<usize>> = Vec::new();
    let mut at = sentence.start;
    let mentions = reading.mentions_in(sentence).iter().map(|mention| mention.range.clone());
    for mention in mentions.chain(std::iter::once(sentence.end..sentence.end)) {
        let mut from = at;
        while let Some(start) =
            prose[from..mention.start].find(|c: char| c.is_ascii_digit()).map(|found| from + found)
        {
            let rest = &prose[start..mention.start];
            let end = rest.find(|c: char| !c.is_alphanumeric() && !":.,/-".contains(c));
            let numeral =
                rest[..end.unwrap_or(rest.len())].trim_end_matches([':', '.', ',', '/', '-']);
            all.push(start..start + numeral.len());
            from = start + numeral.len();
        }
        let place = reading.place(mention.clone());
        let behind = claimed.partition_point(|claim| claim.end <= place.start);
        let is_claimed = claimed.get(behind).is_some_and(|claim| claim.start < place.end);
        if !mention.is_empty() && !is_claimed {
            all.push(mention.clone());
        }
        at = mention.end.max(at);
    }
    all
}

fn stated(reading: &Reading<'_>, at: &Range<usize>, sentence: &Range<usize>) -> Stated {
    let prose = reading.prose();
    // The row of a table has no words to be quoted from another cell.
    let block = reading.document().block_at(at.start);
    let block = reading.document().blocks().get(block).map_or(at.clone(), |b| b.range.clone());
    let room =
        sentence.start.max(block.start).min(at.start)..sentence.end.min(block.end).max(at.end);
    let own = sentences(&prose[room.clone()], Abbreviations::built_in())
        .map(|one| room.start + one.start..room.start + one.end)
        .find(|one| one.start <= at.start && at.end <= one.end)
        .unwrap_or(room);
    let words = around(prose, at.clone(), own, reading.lexicon());
    Stated {
        value: one_line(&prose[at.clone()]),
        quote: Some(one_line(&prose[words])),
        sentence: Some(one_line(&prose[sentence.clone()])),
        at: reading.place(at.clone()),
    }
}
