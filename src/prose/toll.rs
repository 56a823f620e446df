//! The number of those who were killed, hurt or held, in a headline and in the paragraph below it.

use std::ops::Range;

use crate::finding::Severity;
use crate::lexicon::{Part, class, parts, phrases};
use crate::prose::structure::Structure;
use crate::prose::title::{Title, is_whole, relate, sentence_of};
use crate::prose::words::count_alike;
use crate::value::{Amount, Mode, Value};

/// Words from a figure to what tells what became of those whom it counts, in a headline and in the text.
const IN_TITLE: usize = 3;
const IN_TEXT: usize = 7;

/// Relates the number of those who were killed, hurt or held in a headline to that of its lead: "Blast kills
/// 17" over "Seventeen workers died".
pub(super) fn read(structure: &mut Structure<'_, '_>, head: usize, title: &Title<'_>) {
    let article = structure.article;
    let Some(stated) = people(structure, head) else { return };
    let Some(lead) = title.lead else { return };
    let Some(fate) = fate_beside(structure, head, title.range.clone(), IN_TITLE) else {
        return;
    };
    let told: Vec<usize> = (0..article.mentions.len())
        .filter(|&index| {
            let mention = &article.mentions[index];
            lead.range.contains(&mention.range.start)
                && people(structure, index).is_some()
                && fate_beside(structure, index, sentence_of(structure, mention), IN_TEXT)
                    == Some(fate)
        })
        .collect();
    let generous = stated.in_base(Mode::Loose);
    let agrees = |&index: &usize| {
        people(structure, index).is_some_and(|other| generous.meets(&other.in_base(Mode::Loose)))
    };
    if let Some(body) = told.iter().copied().find(agrees) {
        relate(structure, head, &generous, body, Some(Severity::Error));
    } else if let ([body], true) = (&*told, title.is_sure)
        && are_others(structure, *body, fate)
        && !is_in_list(structure, *body)
    {
        relate(structure, head, &generous, *body, Some(Severity::Warning));
    }
}

/// The amount of a figure that may count people: without a noun, or with one of theirs behind it, and no
/// age.
fn people<'a>(structure: &Structure<'a, '_>, figure: usize) -> Option<&'a Amount> {
    let article = structure.article;
    let mention = article.mentions.get(figure)?;
    let Value::Amount(amount) = &mention.value else { return None };
    let prose = article.document.prose();
    let is_theirs = mention
        .counted
        .clone()
        .is_none_or(|noun| count_alike(structure.lexicon, "people", &prose[noun]));
    let before = prose[..mention.range.start].trim_end().rsplit(char::is_whitespace).next();
    let is_age = before.is_some_and(|before| {
        structure.lexicon.is(before, class::AT) || structure.lexicon.is(before, class::AGED)
    });
    (is_whole(amount) && is_theirs && !is_age).then_some(amount)
}

/// Whether others stand beside those whom a figure counts: "the driver and two passengers".
fn is_in_list(structure: &Structure<'_, '_>, figure: usize) -> bool {
    let prose = structure.article.document.prose();
    let range = &structure.article.mentions[figure].range;
    let is_and = |word: &str| structure.lexicon.is(word, class::AND);
    let mut before = prose[..range.start].split_whitespace().rev().take(IN_LIST);
    before.any(is_and) || prose[range.end..].split_whitespace().take(IN_LIST).any(is_and)
}

/// Words beside a figure among which an "and" makes it one of several.
const IN_LIST: usize = 3;

/// Whether what else a sentence counts is told to be others: "19 died and 26 were injured".
fn are_others(structure: &Structure<'_, '_>, figure: usize, fate: usize) -> bool {
    let article = structure.article;
    let sentence = sentence_of(structure, &article.mentions[figure]);
    (0..article.mentions.len())
        .filter(|&at| at != figure && sentence.contains(&article.mentions[at].range.start))
        .filter(|&at| people(structure, at).is_some())
        .all(|at| {
            let other = fate_beside(structure, at, sentence.clone(), IN_TEXT);
            other.is_some_and(|other| other != fate)
        })
}

/// What became of those whom a figure counts, by the number of its group of words, where one stands
/// within so many words of it and no other figure between them.
fn fate_beside(
    structure: &Structure<'_, '_>,
    figure: usize,
    within: Range<usize>,
    most: usize,
) -> Option<usize> {
    let article = structure.article;
    let prose = article.document.prose();
    let range = &article.mentions[figure].range;
    let starts = figure.checked_sub(1).map_or(0, |before| article.mentions[before].range.end);
    let ends = article.mentions.get(figure + 1).map_or(prose.len(), |next| next.range.start);
    let before = &prose[within.start.max(starts).min(range.start)..range.start];
    let behind = &prose[range.end..within.end.min(ends).max(range.end)];
    let words = |text: &str| -> Vec<String> {
        let all = parts(text).filter(|(part, _)| *part == Part::Word);
        all.map(|(_, word)| text[word].to_lowercase()).collect()
    };
    let groups = structure.lexicon.phrases_of(phrases::FATES);
    let group_of =
        |word: &String| groups.iter().position(|group| group.split(' ').any(|own| own == word));
    let near = words(behind).iter().take(most).find_map(group_of);
    near.or_else(|| words(before).iter().rev().take(most).find_map(group_of))
}
