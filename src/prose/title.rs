//! Headlines, decks and captions: where they stand, and what is below them.

use std::collections::HashSet;
use std::ops::Range;

use crate::document::{Block, BlockKind, sentences};
use crate::finding::Severity;
use crate::lexicon::{Abbreviations, Part, parts};
use crate::mention::Mention;
use crate::prose::article::Article;
use crate::prose::candidate::Taken;
use crate::prose::structure::Structure;
use crate::prose::words::{is_function, stem};
use crate::rule::Join;
use crate::value::{Amount, Interval, Kind, Value};

/// Bytes of a line of plain text that may be a headline.
const LONGEST_HEADLINE: usize = 140;
/// Lines of a letterhead, the title among them.
const LETTERHEAD: usize = 4;
/// Figures of headlines and captions that are looked at.
const MOST_HEADS: usize = 32;
/// Blocks behind a headline of which the first paragraph is the lead.
const LEAD_WITHIN: usize = 2;
/// Bytes of a paragraph whose sentences are looked at.
const LONGEST_PARAGRAPH: usize = 8_000;

/// A headline, deck or caption.
pub(super) struct Title<'b> {
    pub(super) range: Range<usize>,
    /// The paragraph below it.
    pub(super) lead: Option<&'b Block>,
    /// Whether it is one for certain.
    pub(super) is_sure: bool,
}

/// The headline of an article, its deck and its captions, with their figures, up to so many.
pub(super) fn titles(article: Article<'_>) -> Vec<(Title<'_>, Vec<usize>)> {
    let blocks = article.document.blocks();
    let mut left = MOST_HEADS;
    let mut found = Vec::new();
    for (index, block, mentions) in article.blocks() {
        let range = match block.kind {
            BlockKind::Heading(1) if blocks[..index].iter().all(|b| b.kind != block.kind) => {
                Some(block.range.clone())
            }
            BlockKind::Paragraph => title(article, index, mentions.clone()),
            BlockKind::Caption | BlockKind::Deck => Some(block.range.clone()),
            _ => None,
        };
        let Some(range) = range else { continue };
        let within = |&mention: &usize| article.mentions[mention].range.end <= range.end;
        let figures: Vec<usize> = mentions.filter(within).take(left).collect();
        if figures.is_empty() {
            continue;
        }
        left -= figures.len();
        let is_text = |block: &&Block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Deck);
        let lead = blocks[index + 1..].iter().take(LEAD_WITHIN).find(is_text);
        let lead = lead.filter(|_| block.kind != BlockKind::Caption);
        // A line of a letterhead may be no title at all.
        let is_sure = index == 0 || block.kind != BlockKind::Paragraph;
        found.push((Title { range, lead, is_sure }, figures));
    }
    found
}

/// The title of plain text: its first short line that is no sentence, or one of the lines of the letterhead
/// above it. A line with nothing but its date may stand below it.
fn title(
    article: Article<'_>,
    index: usize,
    mut mentions: impl Iterator<Item = usize> + Clone,
) -> Option<Range<usize>> {
    let blocks = article.document.blocks();
    let prose = article.document.prose();
    if LETTERHEAD <= index {
        return None;
    }
    let is_over_text = || match &blocks[index + 1..] {
        [] => false,
        [only] => {
            let text = &prose[only.range.clone()];
            text.ends_with(['.', '"', '”']) && blocks[index].range.len() < text.len()
        }
        _ => true,
    };
    let is_above = || blocks[..index].iter().all(|above| is_line(&prose[above.range.clone()]));
    if !is_over_text() || !is_above() {
        return None;
    }
    let range = &blocks[index].range;
    let text = &prose[range.clone()];
    let Some((first, rest)) = text.split_once('\n') else {
        return is_line(text).then(|| range.clone());
    };
    // "12-MAR-1987 06:38:22.46".
    let mut at = range.start + first.len() + 1;
    let is_dated = mentions.clone().any(|mention| at <= article.mentions[mention].range.start)
        && mentions.all(|mention| {
            let mention = &article.mentions[mention];
            let is_date = !matches!(mention.value, Value::Amount(_));
            let is_in_title = mention.range.end < at;
            is_in_title
                || is_date && {
                    let before = &prose[at.min(mention.range.start)..mention.range.start];
                    at = mention.range.end;
                    before.trim().is_empty()
                }
        })
        && prose[at..range.end].trim().is_empty();
    (is_dated && !rest.is_empty() && is_line(first)).then(|| range.start..range.start + first.len())
}

/// Whether a text is a short line, and no sentence.
fn is_line(text: &str) -> bool {
    text.len() <= LONGEST_HEADLINE
        && !text.contains('\n')
        && !text.ends_with(['.', '?', '!', ':', ';', ',', '"', '”'])
}

/// The content words of a part of the prose, but for those of a figure.
pub(super) fn content(
    structure: &Structure<'_, '_>,
    range: Range<usize>,
    figure: &Range<usize>,
) -> HashSet<String> {
    let prose = structure.article.document.prose();
    let mut words = HashSet::new();
    for part in [range.start..figure.start.max(range.start), figure.end.min(range.end)..range.end] {
        let text = &prose[part];
        for (part, word) in parts(text) {
            let word = &text[word];
            if part == Part::Word && 2 < word.len() && !is_function(structure.lexicon, word) {
                words.insert(stem(word));
            }
        }
    }
    words
}

/// The sentence that a figure stands in.
pub(super) fn sentence_of(structure: &Structure<'_, '_>, mention: &Mention) -> Range<usize> {
    let document = structure.article.document;
    let blocks = document.blocks();
    let at = blocks.partition_point(|block| block.range.end <= mention.range.start);
    let Some(block) = blocks.get(at) else { return mention.range.clone() };
    if LONGEST_PARAGRAPH < block.range.len() {
        return mention.range.clone();
    }
    let text = &document.prose()[block.range.clone()];
    sentences(text, Abbreviations::built_in())
        .map(|sentence| block.range.start + sentence.start..block.range.start + sentence.end)
        .find(|sentence| mention.range.start < sentence.end)
        .unwrap_or_else(|| block.range.clone())
}

/// Whether an amount is a whole number of something.
pub(super) fn is_whole(amount: &Amount) -> bool {
    amount.kind == Kind::Number
        && amount.unit.name.is_empty()
        && amount.unit.per.is_none()
        && amount.from == amount.to
        && amount.to.is_whole()
        && !amount.to.is_zero()
}

/// Relates a figure of a title, which may stand for so much, to one of the text.
pub(super) fn relate(
    structure: &mut Structure<'_, '_>,
    head: usize,
    generous: &Interval,
    body: usize,
    severity: Option<Severity>,
) {
    let mention = &structure.article.mentions[head];
    let Value::Amount(amount) = &mention.value else { return };
    let mut amount = amount.clone();
    amount.allowed.loose = crate::value::from_base(generous, &amount.unit);
    let range = mention.range.clone();
    let headline = structure.figure(Value::Amount(amount), range);
    let body = Taken::stated(body);
    structure.relate(Join::Headline, &[vec![body], vec![headline]], severity);
}
