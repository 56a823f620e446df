//! The figures of a headline, deck or caption, and those of the text that they repeat.

use std::collections::HashSet;
use std::ops::Range;

use crate::document::{Block, BlockKind, sentences};
use crate::finding::Severity;
use crate::lexicon::{Abbreviations, Lexicon, Part, class, parts, phrases};
use crate::mention::Mention;
use crate::prose::article::Article;
use crate::prose::candidate::Taken;
use crate::prose::structure::Structure;
use crate::prose::words::{count_alike, is_function, same_noun, sorted_digits, stem};
use crate::rule::Join;
use crate::value::{Amount, Interval, Kind, Mode, Rational, Value};

/// Bytes of a line of plain text that may be a headline.
const LONGEST_HEADLINE: usize = 140;
/// Lines of a letterhead, the title among them.
const LETTERHEAD: usize = 4;
/// Content words that a headline and a sentence share where they speak of the same fact.
const SHARED: usize = 3;
/// The same for the paragraph below the headline, which says again what it says.
const SHARED_BY_LEAD: usize = 2;
/// The same where one figure is the other with another scale word.
const SHARED_BY_SCALE: usize = 2;
/// Figures of the text that a headline is compared with; an article has no more.
const MOST_FIGURES: usize = 400;
/// Figures of headlines and captions that are looked at.
const MOST_HEADS: usize = 32;
/// Blocks behind a headline of which the first paragraph is the lead.
const LEAD_WITHIN: usize = 2;
/// Bytes of a paragraph whose sentences are looked at.
const LONGEST_PARAGRAPH: usize = 8_000;

/// A headline, deck or caption.
struct Title<'b> {
    range: Range<usize>,
    /// The paragraph below it.
    lead: Option<&'b Block>,
    /// Whether it is one for certain.
    is_sure: bool,
}

/// A figure of the text that may be the one of the headline.
struct Body {
    mention: usize,
    shared: usize,
    /// Whether the words that it shares make it the same fact.
    is_near: bool,
}

/// Reads the headline of an article, its deck and its captions.
pub(super) fn read(structure: &mut Structure<'_, '_>) {
    if !structure.wants(Join::Headline) {
        return;
    }
    let article = structure.article;
    let blocks = article.document.blocks();
    let mut left = MOST_HEADS;
    for (index, block, mentions) in article.blocks() {
        let head = match block.kind {
            BlockKind::Heading(1) if blocks[..index].iter().all(|b| b.kind != block.kind) => {
                Some(block.range.clone())
            }
            BlockKind::Paragraph => title(article, index, mentions.clone()),
            BlockKind::Caption | BlockKind::Deck => Some(block.range.clone()),
            _ => None,
        };
        let Some(head) = head else { continue };
        let is_text = |block: &&Block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Deck);
        let lead = blocks[index + 1..].iter().take(LEAD_WITHIN).find(is_text);
        let lead = lead.filter(|_| block.kind != BlockKind::Caption);
        let within = |&mention: &usize| article.mentions[mention].range.end <= head.end;
        // A line of a letterhead may be no title at all.
        let is_sure = index == 0 || block.kind != BlockKind::Paragraph;
        let title = Title { range: head.clone(), lead, is_sure };
        for mention in mentions.filter(within).take(left) {
            read_figure(structure, mention, &title);
            read_toll(structure, mention, &title);
            left -= 1;
        }
    }
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
    let is_over_text = || match &blocks[index + 1..] {
        [] => false,
        [only] => {
            let text = &prose[only.range.clone()];
            text.ends_with(['.', '"', '”']) && blocks[index].range.len() < text.len()
        }
        _ => true,
    };
    let is_above = blocks[..index].iter().all(|above| is_line(&prose[above.range.clone()]));
    if LETTERHEAD <= index || !is_above || !is_over_text() {
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

/// The amount of a figure that can be compared at all.
fn amount(mention: &Mention) -> Option<&Amount> {
    let Value::Amount(amount) = &mention.value else { return None };
    let fits = match amount.kind {
        Kind::Money | Kind::Quantity => true,
        Kind::Percent => amount.unit.dimension.is_number(),
        // Of what is left out, the noun stands elsewhere: "from three cars to 27".
        Kind::Number => {
            amount.unit.name.is_empty()
                && Rational::ONE <= amount.to
                && mention.counted.as_ref().is_some_and(|noun| mention.range.end <= noun.start)
        }
        _ => false,
    };
    (fits && amount.unit.per.is_none() && amount.unit.offset.is_none()).then_some(amount)
}

fn is_like(article: Article<'_>, lexicon: &Lexicon, a: &Mention, b: &Mention) -> bool {
    let (Some(x), Some(y)) = (amount(a), amount(b)) else { return false };
    let noun =
        |mention: &Mention| mention.counted.clone().map(|noun| &article.document.prose()[noun]);
    let nouns = match (x.kind, noun(a), noun(b)) {
        (Kind::Number, Some(a), Some(b)) => {
            let (one, other) = (a.to_lowercase(), b.to_lowercase());
            let both = |class| lexicon.is(&one, class) && lexicon.is(&other, class);
            same_noun(a, b) || both(class::POST) || both(class::DWELLING)
        }
        (Kind::Number, ..) => false,
        _ => true,
    };
    x.kind == y.kind
        && x.unit.dimension == y.unit.dimension
        && x.unit.currency == y.unit.currency
        && nouns
}

fn read_figure(
    structure: &mut Structure<'_, '_>,
    head: usize,
    Title { range: title, lead, is_sure }: &Title<'_>,
) {
    let article = structure.article;
    let mention = &article.mentions[head];
    let Some(stated) = amount(mention) else { return };
    if stated.from != stated.to || stated.from.is_zero() {
        return;
    }
    let noun = mention.counted.as_ref().map_or(mention.range.end, |noun| noun.end);
    if goes_on(structure, noun..title.end) {
        return;
    }
    let generous = rounded(stated);
    let mut words = content(structure, title.clone(), &mention.range);
    // What is counted is the same in any case.
    if let Some(noun) = &mention.counted {
        words.remove(&stem(&article.document.prose()[noun.clone()]));
    }
    let lead = lead.filter(|lead| {
        let theirs = content(structure, lead.range.clone(), &(lead.range.start..lead.range.start));
        SHARED_BY_LEAD <= words.intersection(&theirs).count()
    });
    let like: Vec<usize> = (0..article.mentions.len())
        .filter(|&index| {
            let other = &article.mentions[index];
            !title.contains(&other.range.start)
                && is_like(article, structure.lexicon, mention, other)
        })
        .take(MOST_FIGURES + 1)
        .collect();
    if like.is_empty() || MOST_FIGURES < like.len() {
        return;
    }
    let mut near: Vec<Body> = Vec::new();
    let mut agrees: Option<(Body, bool)> = None;
    for mention in like.iter().copied() {
        let Some(other) = amount(&article.mentions[mention]) else { continue };
        let around = sentence_of(structure, &article.mentions[mention]);
        let theirs = content(structure, around, &article.mentions[mention].range);
        let shared = words.intersection(&theirs).count();
        let in_lead =
            lead.is_some_and(|lead| lead.range.contains(&article.mentions[mention].range.start));
        let is_near = SHARED <= shared || in_lead;
        if generous.meets(&other.in_base(Mode::Loose)) {
            let is_same = stated.stated_in_base() == other.stated_in_base();
            let better = |(known, same): &(Body, bool)| (*same, known.shared) < (is_same, shared);
            if agrees.as_ref().is_none_or(better) {
                agrees = Some((Body { mention, shared, is_near }, is_same));
            }
        } else {
            near.push(Body { mention, shared, is_near });
        }
    }
    if let Some((body, _)) = agrees {
        if 0 < body.shared {
            relate(structure, head, &generous, body.mention, Severity::Error);
        }
        return;
    }
    // "Two of its six plants" says two, whatever it counts.
    let is_there = |other: &Mention| {
        stated.kind == Kind::Number
            && lead.is_some_and(|lead| lead.range.contains(&other.range.start))
            && matches!(&other.value, Value::Amount(other)
                if other.kind == Kind::Number && other.to == stated.to)
    };
    if !is_sure
        || is_told_as_part(article, stated, &generous)
        || article.mentions.iter().any(is_there)
    {
        return;
    }
    let by_scale: Vec<&Body> = near
        .iter()
        .filter(|body| SHARED_BY_SCALE <= body.shared)
        .filter(|body| {
            amount(&article.mentions[body.mention]).is_some_and(|b| same_digits(stated, b))
        })
        .collect();
    if let [body] = *by_scale {
        return relate(structure, head, &generous, body.mention, Severity::Error);
    }
    // The first of those that share most; all of them disagree.
    let same = near
        .iter()
        .filter(|body| body.is_near && is_comparable(article, head, body.mention))
        .max_by_key(|body| (body.shared, std::cmp::Reverse(body.mention)));
    // "The loss of 210 jobs and 130 more".
    let more = |mention: &Mention| {
        stated.kind == Kind::Number
            && lead.is_some_and(|lead| lead.range.contains(&mention.range.start))
            && matches!(&mention.value, Value::Amount(other) if is_whole(other))
    };
    let more = (0..article.mentions.len()).filter(|&at| more(&article.mentions[at]));
    let others: Vec<usize> = like.iter().copied().chain(more).collect();
    if let Some(body) = same
        && !is_made_of(article, &generous, &others)
    {
        relate(structure, head, &generous, body.mention, Severity::Warning);
    }
}

/// Whether a percentage is told as a part in the text: "around half".
fn is_told_as_part(article: Article<'_>, stated: &Amount, generous: &Interval) -> bool {
    let is_part = |mention: &Mention| match &mention.value {
        Value::Amount(other) => {
            other.kind == Kind::Number
                && other.unit.name.is_empty()
                && other.to < Rational::ONE
                && generous.meets(&other.in_base(Mode::Loose))
        }
        _ => false,
    };
    stated.kind == Kind::Percent && article.mentions.iter().any(is_part)
}

/// Words from a figure to what tells what became of those whom it counts, in a headline and in the text.
const TOLL_IN_TITLE: usize = 3;
const TOLL_IN_TEXT: usize = 7;

/// Relates the number of those who were killed, hurt or held in a headline to that of its lead: "Blast kills
/// 17" over "Seventeen workers died".
fn read_toll(structure: &mut Structure<'_, '_>, head: usize, title: &Title<'_>) {
    let article = structure.article;
    let Some(stated) = people(structure, head) else { return };
    let Some(lead) = title.lead else { return };
    let Some(fate) = fate_beside(structure, head, title.range.clone(), TOLL_IN_TITLE) else {
        return;
    };
    let told: Vec<usize> = (0..article.mentions.len())
        .filter(|&index| {
            let mention = &article.mentions[index];
            lead.range.contains(&mention.range.start)
                && people(structure, index).is_some()
                && fate_beside(structure, index, sentence_of(structure, mention), TOLL_IN_TEXT)
                    == Some(fate)
        })
        .collect();
    let generous = stated.in_base(Mode::Loose);
    let agrees = |&index: &usize| {
        people(structure, index).is_some_and(|other| generous.meets(&other.in_base(Mode::Loose)))
    };
    if let Some(body) = told.iter().copied().find(agrees) {
        relate(structure, head, &generous, body, Severity::Error);
    } else if let ([body], true) = (&*told, title.is_sure)
        && are_others(structure, *body, fate)
        && !is_in_list(structure, *body)
    {
        relate(structure, head, &generous, *body, Severity::Warning);
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

fn is_whole(amount: &Amount) -> bool {
    amount.kind == Kind::Number
        && amount.unit.name.is_empty()
        && amount.unit.per.is_none()
        && amount.from == amount.to
        && amount.to.is_whole()
        && !amount.to.is_zero()
}

/// Whether what else a sentence counts is told to be others: "19 died and 26 were injured".
fn are_others(structure: &Structure<'_, '_>, figure: usize, fate: usize) -> bool {
    let article = structure.article;
    let sentence = sentence_of(structure, &article.mentions[figure]);
    (0..article.mentions.len())
        .filter(|&at| at != figure && sentence.contains(&article.mentions[at].range.start))
        .filter(|&at| people(structure, at).is_some())
        .all(|at| {
            let other = fate_beside(structure, at, sentence.clone(), TOLL_IN_TEXT);
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

/// Whether more than one thing is counted: "214 phones and computers".
fn goes_on(structure: &Structure<'_, '_>, behind: Range<usize>) -> bool {
    let text = structure.article.document.prose().get(behind).unwrap_or_default();
    let mut words = parts(text).map(|(part, range)| (part, &text[range]));
    matches!(words.next(), Some((Part::Word, and)) if structure.lexicon.is(and, class::AND))
        && matches!(words.next(), Some((Part::Word, word)) if word.ends_with('s'))
}

/// What a headline's figure may stand for: rounded to its first digit, or to its second if it
/// shows two.
fn rounded(amount: &Amount) -> Interval {
    let loose = amount.in_base(Mode::Loose);
    let stated = &amount.from * &amount.unit.factor;
    let Some(magnitude) = amount.from.magnitude() else { return loose };
    let second = Rational::power_of_ten(magnitude - 1);
    let shows_two = !(&amount.from / &Rational::power_of_ten(magnitude)).is_whole();
    let step = if shows_two { second } else { Rational::power_of_ten(magnitude) };
    let half = step * Rational::fraction(1, 2) * amount.unit.factor.clone();
    loose.hull(&Interval::around(&stated, &half))
}

/// Whether two figures have the same digits, and one is a thousand or a million times the other.
fn same_digits(a: &Amount, b: &Amount) -> bool {
    let power = |amount: &Amount| amount.style.scale.as_ref().map(|&(_, power)| power);
    let digits =
        |amount: &Amount| amount.from.abs() * Rational::power_of_ten(-power(amount).unwrap_or(0));
    a.unit.factor == b.unit.factor
        && matches!((power(a), power(b)), (Some(a), Some(b)) if a != b)
        && digits(a) == digits(b)
        && !digits(a).is_whole()
}

/// Whether the figures are of one size, or have the same digits in another order: nobody rounds 5
/// to 300.
fn is_comparable(article: Article<'_>, head: usize, body: usize) -> bool {
    let digits = |index: usize| sorted_digits(article.words(&article.mentions[index]));
    let (Some(stated), Some(other)) =
        (amount(&article.mentions[head]), amount(&article.mentions[body]))
    else {
        return false;
    };
    if other.from != other.to {
        return false;
    }
    let a = (&stated.from * &stated.unit.factor).abs();
    let b = (&other.from * &other.unit.factor).abs();
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    large < &small * &Rational::from(2)
        || digits(head) == digits(body) && large < small * Rational::from(10)
}

/// Whether a figure may be the sum or the difference of two others.
fn is_made_of(article: Article<'_>, figure: &Interval, others: &[usize]) -> bool {
    let all: Vec<Interval> = others
        .iter()
        .filter_map(|&index| match &article.mentions[index].value {
            Value::Amount(amount) => Some(amount.in_base(Mode::Loose)),
            _ => None,
        })
        .take(40)
        .collect();
    let total = all.iter().fold(Interval::point(Rational::ZERO), |sum, next| sum.plus(next));
    total.meets(figure)
        || all.iter().enumerate().any(|(i, a)| {
            all[..i]
                .iter()
                .any(|b| [a.plus(b), a.minus(b), b.minus(a)].iter().any(|made| made.meets(figure)))
        })
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

fn relate(
    structure: &mut Structure<'_, '_>,
    head: usize,
    generous: &Interval,
    body: usize,
    severity: Severity,
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
