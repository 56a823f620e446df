//! A figure that is repeated as what is known by now: "a $290 million package … the $270 million
//! package".

use std::collections::HashMap;
use std::ops::Range;

use crate::document::{BlockKind, sentences};
use crate::lexicon::{Abbreviations, Part, class, folded, parts, phrases};
use crate::mention::Mention;
use crate::prose::candidate::Taken;
use crate::prose::structure::Structure;
use crate::prose::title::{content, sentence_of};
use crate::prose::words::{Where, has, is_function, sorted_digits, stem};
use crate::rule::Join;
use crate::value::{Direction, Kind, Value};

/// Words of a noun phrase behind a figure.
const LONGEST_PHRASE: usize = 3;

/// Figures of one noun; more of them are not one fact.
const MOST_ALIKE: usize = 32;

/// A figure that stands before a noun as an adjective does.
struct Named {
    mention: usize,
    /// Whether the words before it point back: "the", "this", "their".
    points_back: bool,
    /// The words between the figure and the noun.
    modifiers: Vec<String>,
    /// Whether a date or words of comparison stand in the sentence.
    elsewhere: bool,
}

/// Reads the repetitions of an article.
pub(super) fn read(structure: &mut Structure<'_, '_>) {
    if !structure.wants(Join::SameFact) {
        return;
    }
    let mut named: HashMap<String, Vec<Named>> = HashMap::new();
    let mut order: Vec<String> = Vec::new();
    collect(structure, &mut |noun, found| {
        let all = named.entry(noun.clone()).or_default();
        if all.is_empty() {
            order.push(noun);
        }
        all.push(found);
    });
    for noun in order {
        let Some(all) = named.get(&noun).filter(|all| (2..=MOST_ALIKE).contains(&all.len())) else {
            continue;
        };
        relate(structure, all);
    }
}

/// Relates each figure that points back to the only one before it.
fn relate(structure: &mut Structure<'_, '_>, all: &[Named]) {
    let mentions = structure.article.mentions;
    for (index, later) in all.iter().enumerate().skip(1) {
        if !later.points_back {
            continue;
        }
        let fits = |earlier: &&Named| {
            is_like(&mentions[earlier.mention], &mentions[later.mention])
                && may_be_one(&earlier.modifiers, &later.modifiers)
        };
        let before: Vec<&Named> = all[..index].iter().filter(fits).collect();
        let Some(first) = before.first() else { continue };
        let differs = |named: &Named| !agree(&mentions[named.mention], &mentions[later.mention]);
        if differs(first) {
            // Where a third figure stands for it anywhere, there are several of them.
            let is_one_of_two = all.iter().filter(|named| fits(named)).all(|named| {
                agree(&mentions[named.mention], &mentions[first.mention]) || !differs(named)
            });
            // "Its $9-a-month plan and its $16-a-month plan": one sentence tells them apart.
            let sentence = sentence_of(structure, &mentions[later.mention]);
            let in_one = sentence.contains(&mentions[first.mention].range.start);
            if !is_one_of_two
                || in_one
                || first.elsewhere
                || later.elsewhere
                || !is_same(structure, first, later)
            {
                continue;
            }
        }
        let taken = |named: &Named| Taken::stated(named.mention);
        let facts = vec![taken(first), taken(later)];
        structure.relate(Join::SameFact, &[facts], Some(crate::finding::Severity::Warning));
    }
}

/// Whether it is plain that two figures are of one thing, and not what tells two things apart, as
/// the length of a race does: an amount in millions, figures with the same digits, or sentences that
/// share more than the noun.
fn is_same(structure: &Structure<'_, '_>, a: &Named, b: &Named) -> bool {
    let article = structure.article;
    let (first, second) = (&article.mentions[a.mention], &article.mentions[b.mention]);
    let is_large = |mention: &Mention| match &mention.value {
        Value::Amount(amount) => amount.kind == Kind::Money && amount.style.scale.is_some(),
        _ => false,
    };
    let digits = |mention: &Mention| sorted_digits(article.words(mention));
    let same_digits = digits(first) == digits(second) && 1 < digits(first).len();
    let words =
        |mention: &Mention| content(structure, sentence_of(structure, mention), &mention.range);
    is_large(first) && is_large(second)
        || same_digits
        || 2 < words(first).intersection(&words(second)).count()
}

/// Whether two sets of modifiers can be of one thing: one says no more than the other.
fn may_be_one(a: &[String], b: &[String]) -> bool {
    a.iter().all(|word| b.contains(word)) || b.iter().all(|word| a.contains(word))
}

fn is_like(a: &Mention, b: &Mention) -> bool {
    match (&a.value, &b.value) {
        (Value::Amount(a), Value::Amount(b)) => {
            a.kind == b.kind
                && a.unit.dimension == b.unit.dimension
                && a.unit.currency == b.unit.currency
                && a.unit.per == b.unit.per
        }
        _ => false,
    }
}

fn agree(a: &Mention, b: &Mention) -> bool {
    match (&a.value, &b.value) {
        (Value::Amount(a), Value::Amount(b)) => {
            let mode = crate::value::Mode::Loose;
            a.in_base(mode).meets(&b.in_base(mode))
        }
        _ => false,
    }
}

/// Hands over every figure that names a thing, with the noun of the thing.
fn collect(structure: &Structure<'_, '_>, each: &mut impl FnMut(String, Named)) {
    let article = structure.article;
    let prose = article.document.prose();
    for (_, block, mentions) in article.blocks() {
        let is_text = matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem { .. });
        if !is_text {
            continue;
        }
        let text = &prose[block.range.clone()];
        let mut found: Vec<(usize, String, Named)> = Vec::new();
        for mention in mentions.clone() {
            let end = article.mentions.get(mention + 1).map_or(block.range.end, |m| m.range.start);
            let room = block.range.start..end.min(block.range.end);
            let start = article.mentions[mention].range.start;
            let names = names(structure, mention, room);
            found.extend(names.into_iter().map(|(noun, named)| (start, noun, named)));
        }
        if found.is_empty() {
            continue;
        }
        let mut found = found.into_iter().peekable();
        for sentence in sentences(text, Abbreviations::built_in()) {
            let sentence = block.range.start + sentence.start..block.range.start + sentence.end;
            let mut elsewhere = None;
            while let Some((_, noun, mut named)) = found.next_if(|(at, ..)| *at < sentence.end) {
                named.elsewhere = *elsewhere.get_or_insert_with(|| {
                    is_elsewhere(structure, sentence.clone(), &article.mentions[mentions.clone()])
                });
                each(noun, named);
            }
        }
    }
}

/// Whether a sentence speaks of another time, of a comparison, or in somebody's words.
fn is_elsewhere(
    structure: &Structure<'_, '_>,
    sentence: Range<usize>,
    mentions: &[Mention],
) -> bool {
    let text = &structure.article.document.prose()[sentence.clone()];
    let dated = mentions.iter().any(|mention| {
        sentence.contains(&mention.range.start) && matches!(mention.value, Value::Date(_))
    });
    dated
        || text.contains(['"', '“', '”'])
        || has(structure.lexicon, phrases::OTHER_FACT, &folded(text), Where::Anywhere)
}

/// What a figure names, if it stands between a determiner and a noun: "the $270 million package".
///
/// Where a verb may stand behind the noun, each of the two may be it: "the package tours".
fn names(
    structure: &Structure<'_, '_>,
    mention: usize,
    room: Range<usize>,
) -> Vec<(String, Named)> {
    let lexicon = structure.lexicon;
    let prose = structure.article.document.prose();
    let figure = &structure.article.mentions[mention];
    let Value::Amount(amount) = &figure.value else { return Vec::new() };
    let measures = matches!(amount.kind, Kind::Money | Kind::Quantity | Kind::Duration);
    if !measures || amount.from != amount.to || amount.hedge != Direction::Exact {
        return Vec::new();
    }
    let before = prose[room.start..figure.range.start].trim_end();
    let determiner = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let points_back = lexicon.is(determiner, class::POINTS_BACK);
    if !points_back && !lexicon.is(determiner, class::INDEFINITE_ARTICLE) {
        return Vec::new();
    }
    let rest = &prose[figure.range.end..room.end];
    let mut words: Vec<&str> = Vec::new();
    let mut is_whole = true;
    for (part, range) in parts(rest) {
        let word = &rest[range.clone()];
        // "$290-million package", but not "$290 million - package".
        if part == Part::Mark('-') && range.start == 0 {
            continue;
        }
        if part != Part::Word || is_function(lexicon, word) {
            break;
        }
        if words.len() == LONGEST_PHRASE {
            is_whole = false;
            break;
        }
        words.push(word);
    }
    let may_be_verb = |word: &&str| word.ends_with('s') || word.ends_with("ed");
    let mut names = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let is_last = at + 1 == words.len();
        if if is_last { is_whole } else { words.get(at + 1).is_some_and(may_be_verb) } {
            let modifiers = words[..at].iter().map(|word| stem(word)).collect();
            let named = Named { mention, points_back, modifiers, elsewhere: false };
            names.push((stem(word), named));
        }
    }
    names
}
