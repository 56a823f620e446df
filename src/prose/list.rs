//! Lists that are announced with a number: "four priorities:", and the items that follow.

use std::ops::Range;

use crate::document::{BlockKind, sentences};
use crate::finding::Severity;
use crate::lexicon::{Abbreviations, Lexicon, Part, class, folded, parts, phrases};
use crate::mention::{Mention, parse_number};
use crate::prose::structure::Structure;
use crate::prose::words::{Where, has, is_small};
use crate::rule::Join;
use crate::rule::link::Sorts;
use crate::value::{Direction, Rational, Value};

/// Words between a number and the colon behind it.
const NEAR: usize = 3;
/// The same where the noun is one of those that announce lists.
const FAR: usize = 10;
/// Blocks behind a list in which a further list may be its continuation.
const BEHIND: usize = 4;
/// Words of an item that stands within a sentence.
const LONGEST_ITEM: usize = 6;
/// Items of a list; a longer one is no list of what a word can count.
const MOST_ITEMS: usize = 50;
/// Bytes of a sentence that may announce a list.
const LONGEST_SENTENCE: usize = 1_000;
/// Bytes of an item that are shown.
const SHOWN: usize = 60;

/// Reads the lists of an article.
pub(super) fn read(structure: &mut Structure<'_, '_>) {
    if !structure.wants(Join::List) {
        return;
    }
    let document = structure.article.document;
    for (index, block, mentions) in structure.article.blocks() {
        let is_text = matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::Quote | BlockKind::ListItem { .. }
        );
        if !is_text {
            continue;
        }
        let text = &document.prose()[block.range.clone()];
        let follows = document.blocks().get(index + 1).map(|block| block.kind);
        let announces = text.ends_with(':')
            && block.kind == BlockKind::Paragraph
            && matches!(follows, Some(BlockKind::ListItem { depth: 0, number: 1, .. }));
        if announces {
            read_blocks(structure, index, mentions.clone());
        }
        let prose = document.prose().as_bytes();
        let is_set_off = |mention: &Mention| {
            mention.counted.as_ref().is_some_and(|noun| prose.get(noun.end) == Some(&b','))
        };
        if memchr::memchr2(b':', b'(', text.as_bytes()).is_some()
            || has_dash(text)
            || structure.article.mentions[mentions.clone()].iter().any(is_set_off)
        {
            read_sentences(structure, block.range.clone(), mentions);
        }
    }
}

/// Whether a dash that may open a list stands in a text.
fn has_dash(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Most texts hold no such byte, and none of the dashes.
    memchr::memmem::find(bytes, b" -").is_some()
        || memchr::memchr(0xe2, bytes).is_some() && DASHES.iter().any(|dash| text.contains(dash))
}

/// Whether a figure is a small whole number of things, and only that.
fn is_count(mention: &Mention, words: &str) -> bool {
    let Value::Amount(amount) = &mention.value else { return false };
    let sorts = Sorts::of(mention, words);
    sorts.has_all(Sorts::SMALL.or(Sorts::COUNT))
        && !sorts.meets(Sorts::RATE.or(Sorts::RANGE))
        && amount.hedge == Direction::Exact
        && amount.from.is_whole()
        && Rational::ONE < amount.from
}

/// A list in blocks of its own, behind a paragraph that ends in a colon.
fn read_blocks(structure: &mut Structure<'_, '_>, index: usize, mentions: Range<usize>) {
    let article = structure.article;
    let (blocks, prose) = (article.document.blocks(), article.document.prose());
    let range = blocks[index].range.clone();
    let text = &prose[range.clone()];
    let Some(sentence) = sentences(text, Abbreviations::built_in()).last() else { return };
    let sentence = range.start + sentence.start..range.start + sentence.end;
    let counts: Vec<usize> = mentions
        .filter(|&index| sentence.contains(&article.mentions[index].range.start))
        .filter(|&index| {
            let mention = &article.mentions[index];
            Sorts::of(mention, article.words(mention)).meets(Sorts::BARE)
        })
        .collect();
    let [stated] = *counts else { return };
    let mention = &article.mentions[stated];
    if !is_count(mention, article.words(mention)) {
        return;
    }
    let between = &prose[mention.range.end..range.end];
    let reach = if names_list(structure, mention) { FAR } else { NEAR };
    if reach < words_of(between) || !is_open(structure, sentence.clone(), mention) {
        return;
    }
    let BlockKind::ListItem { list, .. } = blocks[index + 1].kind else { return };
    let mut items: Vec<(u32, Range<usize>)> = Vec::new();
    let mut end = index + 1;
    for (at, block) in blocks.iter().enumerate().skip(index + 1) {
        match block.kind {
            BlockKind::ListItem { list: own, number, .. } if own == list => {
                if items.last().is_none_or(|(last, _)| *last != number) {
                    items.push((number, block.range.clone()));
                }
            }
            BlockKind::ListItem { depth: 1.., .. } => {}
            _ => break,
        }
        end = at + 1;
    }
    let whole = items.iter().zip(1..).all(|((number, _), expected)| *number == expected);
    let says = count(mention) == i64::try_from(items.len()).ok();
    // What follows may be the rest of the list, or another one that belongs to it.
    let behind = &blocks[end..blocks.len().min(end + BEHIND)];
    let continues = behind
        .iter()
        .take_while(|block| !matches!(block.kind, BlockKind::Heading(_)))
        .any(|block| matches!(block.kind, BlockKind::ListItem { .. }));
    let vague = items.last().is_some_and(|(_, range)| {
        has(structure.lexicon, phrases::LIST_OPEN, &folded(&prose[range.clone()]), Where::Anywhere)
    });
    // "Two were fined" counts people, and "four people:" before it may do so too.
    let counts_itself = items.iter().any(|(_, range)| {
        has(structure.lexicon, phrases::LIST_NUMBER, &folded(&prose[range.clone()]), Where::Start)
            || prose[range.clone()].starts_with(|c: char| c.is_ascii_digit())
    });
    // One item alone is what was found of a list, and no list.
    let is_list = whole && 1 < items.len() && items.len() <= MOST_ITEMS;
    if is_list && (says || !continues && !vague && !counts_itself) {
        let ranges = items.into_iter().map(|(_, range)| shown(prose, range)).collect();
        let severity =
            if names_list(structure, mention) { Severity::Error } else { Severity::Warning };
        relate(structure, stated, ranges, Some(severity));
    }
}

/// Lists within a sentence: "three reasons: a, b and c", "the four sites (a, b, c and d)".
fn read_sentences(structure: &mut Structure<'_, '_>, block: Range<usize>, mentions: Range<usize>) {
    let article = structure.article;
    let prose = article.document.prose();
    let mut next = mentions.start;
    for sentence in sentences(&prose[block.clone()], Abbreviations::built_in()) {
        let sentence = block.start + sentence.start..block.start + sentence.end;
        let is_short = sentence.len() <= LONGEST_SENTENCE;
        while next < mentions.end && article.mentions[next].range.start < sentence.end {
            let mention = &article.mentions[next];
            if is_short && is_count(mention, article.words(mention)) {
                let list = list_behind(prose, mention, &sentence, NEAR);
                let is_list = |items: &Vec<Range<usize>>| {
                    are_alike(structure, items)
                        && is_open(structure, sentence.clone(), mention)
                        && is_of_places(structure, &sentence, mention, items)
                        && is_certain(structure, items, mention)
                };
                let sure = list.and_then(|list| split(structure, list)).filter(is_list);
                if let Some(items) = sure {
                    relate(structure, next, items, Some(Severity::Warning));
                } else if let Some(items) = as_many(structure, mention, &sentence) {
                    relate(structure, next, items, None);
                }
            }
            next += 1;
        }
    }
}

/// The items behind a number that are as many as it says, so that they were meant, however weak the sign:
/// "the two main importers, Britain and the Netherlands, said", "13 oils -- soy, …, lin and castor".
fn as_many(
    structure: &Structure<'_, '_>,
    mention: &Mention,
    sentence: &Range<usize>,
) -> Option<Vec<Range<usize>>> {
    let prose = structure.article.document.prose();
    let stated = usize::try_from(count(mention)?).ok().filter(|&stated| 2 <= stated)?;
    let agrees = |items: &Vec<Range<usize>>| items.len() == stated;
    let list = list_behind(prose, mention, sentence, FAR);
    list.and_then(|list| split(structure, list))
        .filter(agrees)
        .or_else(|| split(structure, apposition(structure, mention, sentence)?).filter(agrees))
}

/// What stands between the comma behind the noun of a number and the one behind an "and".
fn apposition(
    structure: &Structure<'_, '_>,
    mention: &Mention,
    sentence: &Range<usize>,
) -> Option<Range<usize>> {
    let prose = structure.article.document.prose();
    let noun = mention.counted.as_ref().filter(|noun| mention.range.end <= noun.start)?;
    let rest = &prose[noun.end..sentence.end];
    let start = noun.end + rest.strip_prefix(", ").map(|_| 2)?;
    let mut end = start;
    let mut is_last = false;
    for part in prose[start..sentence.end].split(',') {
        end += part.len();
        let mut words = parts(part).filter(|(kind, _)| *kind == Part::Word);
        is_last = words.any(|(_, word)| is_small(structure.lexicon, &part[word], class::AND_OR));
        if is_last {
            break;
        }
        end += 1;
    }
    let list = prose[start..end.min(sentence.end)].trim_end();
    let list = list.strip_suffix('.').unwrap_or(list);
    (is_last && !list.contains([':', '(', ')', ';'])).then(|| start..start + list.len())
}

/// The list that a number announces: what stands behind a colon up to the end of the sentence, or
/// in parentheses, up to so many words from the number.
fn list_behind(
    prose: &str,
    mention: &Mention,
    sentence: &Range<usize>,
    reach: usize,
) -> Option<Range<usize>> {
    let rest = &prose[mention.range.end..sentence.end];
    let sign = rest.find([':', '(']);
    let dash = DASHES.iter().filter_map(|dash| Some((rest.find(dash)?, dash.len()))).min();
    let (open, length) = match (sign, dash) {
        (Some(sign), Some((dash, _))) if sign < dash => (sign, 1),
        (_, Some(dash)) => dash,
        (sign, None) => (sign?, 1),
    };
    let noun = mention.counted.as_ref()?;
    if reach < words_of(&rest[..open])
        || mention.range.end + open < noun.end
        || rest[..open].contains([',', ';', '.', '–', '—', '"', '“'])
    {
        return None;
    }
    let start = mention.range.end + open + length;
    if rest[open..].starts_with('(') {
        let end = prose[start..sentence.end].find(')')?;
        return Some(start..start + end);
    }
    let list = prose[start..sentence.end].trim_end();
    let list = list.strip_suffix(['.', '!'])?;
    (!list.contains([':', '(', ')'])).then(|| start..start + list.len())
}

/// What may open a list at the end of a sentence, beside a colon.
const DASHES: [&str; 4] = [" - ", " – ", " — ", " -- "];

/// The items of a list within a sentence; `None` where they may be counted in two ways.
fn split(structure: &Structure<'_, '_>, list: Range<usize>) -> Option<Vec<Range<usize>>> {
    let prose = structure.article.document.prose();
    let text = &prose[list.clone()];
    let unclear = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '"' | '“' | '”' | '–' | '—' | '/' | '&' | '(' | ')' | '?' | '!' | '…')
    };
    if text.contains(unclear) || text.contains(" - ") {
        return None;
    }
    let separator = if text.contains(';') { ';' } else { ',' };
    let mut items: Vec<Range<usize>> = Vec::new();
    let mut at = list.start;
    for part in text.split(separator) {
        items.push(at..at + part.len());
        at += part.len() + separator.len_utf8();
    }
    let lexicon = structure.lexicon;
    let joins = |range: &Range<usize>| -> Vec<Range<usize>> {
        let text = &prose[range.clone()];
        parts(text)
            .filter(|(part, word)| {
                *part == Part::Word && is_small(lexicon, &text[word.clone()], class::AND_OR)
            })
            .map(|(_, word)| range.start + word.start..range.start + word.end)
            .collect()
    };
    let last = items.pop()?;
    if separator == ',' && items.iter().any(|item| !joins(item).is_empty()) {
        return None;
    }
    let found = joins(&last);
    let begins = found.first().is_some_and(|word| prose[last.start..word.start].trim().is_empty());
    match (&*found, begins) {
        ([_], true) => items.push(found[0].end..last.end),
        // "A, b and c", but not "a; b and c", which may be two.
        ([word], false) if separator == ',' => {
            items.push(last.start..word.start);
            items.push(word.end..last.end);
        }
        _ => return None,
    }
    let items: Vec<Range<usize>> = items
        .into_iter()
        .map(|range| {
            let text = &prose[range.clone()];
            let start = range.start + text.len() - text.trim_start().len();
            start..start + text.trim().len()
        })
        .collect();
    let is_plain = |range: &Range<usize>| {
        let words = folded(&prose[range.clone()]);
        let count = words_of(&prose[range.clone()]);
        0 < count
            && count <= LONGEST_ITEM
            && !has(structure.lexicon, phrases::LIST_MANY, &words, Where::Anywhere)
            && !has(structure.lexicon, phrases::LIST_CLAUSE, &words, Where::Start)
            && !has(structure.lexicon, phrases::LIST_OPEN, &words, Where::Anywhere)
    };
    items.iter().all(is_plain).then_some(items)
}

/// Whether items are of one kind.
fn are_alike(structure: &Structure<'_, '_>, items: &[Range<usize>]) -> bool {
    let prose = structure.article.document.prose();
    let lexicon = structure.lexicon;
    let alike = |of: &dyn Fn(&str) -> bool| {
        let mut kinds = items.iter().map(|range| of(&prose[range.clone()]));
        let first = kinds.next();
        kinds.all(|kind| Some(kind) == first)
    };
    // "The mayor, a Green" is one person; so is "Paris, France" one place.
    let begins_small = |text: &str| text.chars().next().is_some_and(char::is_lowercase);
    alike(&begins_small) && alike(&|item| begins_with_article(lexicon, item))
}

/// Whether items can only be as many as they seem, where the number says otherwise.
///
/// "Paris, France, and London" are two cities, "a man, a baker, and his wife" two people, and far
/// fewer names than the number says are only some.
fn is_certain(structure: &Structure<'_, '_>, items: &[Range<usize>], mention: &Mention) -> bool {
    let prose = structure.article.document.prose();
    let Some(stated) = count(mention).and_then(|count| usize::try_from(count).ok()) else {
        return false;
    };
    let lexicon = structure.lexicon;
    let text = |item: &Range<usize>| &prose[item.clone()];
    let is_name = |item: &Range<usize>| text(item).starts_with(char::is_uppercase);
    // "Three eggs: beat them, add sugar and stir" is no list of eggs.
    let abstractly = names_list(structure, mention);
    if !abstractly
        && !items.iter().all(|item| is_name(item) || begins_with_article(lexicon, text(item)))
    {
        return false;
    }
    if items.len() <= stated {
        // "A mother and her sons" may be any number of people.
        let is_plural = |item: &Range<usize>| text(item).ends_with('s') && !is_name(item);
        let many = !abstractly && items.iter().any(is_plural);
        return items.len() == stated || stated <= items.len() * 2 && !many;
    }
    let [.., before, last] = items else { return false };
    let set_off = prose[before.end..last.start].contains(',');
    let may_be_one =
        |item: &Range<usize>| is_name(item) || set_off && begins_with_article(lexicon, text(item));
    !items.iter().any(may_be_one)
}

fn begins_with_article(lexicon: &Lexicon, text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    is_small(lexicon, first, class::ARTICLE_OR_POSSESSIVE)
}

/// Whether nothing in the sentence says that the list is another one, or only a part of it.
fn is_open(structure: &Structure<'_, '_>, sentence: Range<usize>, mention: &Mention) -> bool {
    let prose = structure.article.document.prose();
    let lexicon = structure.lexicon;
    let before = folded(&prose[sentence.start..mention.range.start]);
    let between = folded(&prose[mention.range.end..sentence.end.max(mention.range.end)]);
    let between = between.split(" : ").next().unwrap_or_default();
    let between = between.split(" ( ").next().unwrap_or_default();
    !has(lexicon, phrases::LIST_ASIDE, &before, Where::End)
        && !has(lexicon, phrases::LIST_OF, &before, Where::End)
        && !has(lexicon, phrases::LIST_OPEN, &before, Where::Anywhere)
        && !has(lexicon, phrases::LIST_OPEN, &format!("{between} "), Where::Anywhere)
}

/// Whether a list may be of what a number counts where that is a place: "in three towns: ships, rope and
/// tar" names no town, "in three towns - Ayr, Bute and Cowal" does.
fn is_of_places(
    structure: &Structure<'_, '_>,
    sentence: &Range<usize>,
    mention: &Mention,
    items: &[Range<usize>],
) -> bool {
    let prose = structure.article.document.prose();
    let before = folded(&prose[sentence.start..mention.range.start]);
    names_list(structure, mention)
        || !has(structure.lexicon, phrases::LIST_PLACE, &before, Where::End)
        || items.iter().all(|item| prose[item.clone()].starts_with(char::is_uppercase))
            && items
                .first()
                .is_some_and(|first| prose[..first.start].trim_end().ends_with(['-', '–', '—']))
}

/// Whether a number counts what lists are announced by: "priorities", "reasons".
fn names_list(structure: &Structure<'_, '_>, mention: &Mention) -> bool {
    let Some(noun) = &mention.counted else { return false };
    let words = folded(&structure.article.document.prose()[noun.clone()]);
    has(structure.lexicon, phrases::LIST_NOUN, &words, Where::End)
}

fn words_of(text: &str) -> usize {
    parts(text).filter(|(part, _)| *part == Part::Word).count()
}

fn count(mention: &Mention) -> Option<i64> {
    match &mention.value {
        Value::Amount(amount) => amount.from.to_i64(),
        _ => None,
    }
}

/// The first words of an item.
fn shown(prose: &str, range: Range<usize>) -> Range<usize> {
    let text = &prose[range.clone()];
    let line = text.lines().next().unwrap_or_default();
    let mut end = line.len();
    if SHOWN < end {
        let cut = (0..=SHOWN).rev().find(|&at| line.is_char_boundary(at)).unwrap_or(0);
        end = line[..cut].rfind(' ').unwrap_or(cut);
    }
    range.start..range.start + end
}

fn relate(
    structure: &mut Structure<'_, '_>,
    stated: usize,
    items: Vec<Range<usize>>,
    severity: Option<Severity>,
) {
    let Ok(one) = parse_number("1", structure.lexicon) else { return };
    let items = items.into_iter().map(|range| structure.figure(one.clone(), range)).collect();
    let stated = crate::prose::candidate::Taken::stated(stated);
    structure.relate(Join::List, &[items, vec![stated]], severity);
}
