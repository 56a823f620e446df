//! The figures of a headline, deck or caption, and those of the text that they repeat.

use std::ops::Range;

use crate::finding::Severity;
use crate::lexicon::{Lexicon, Part, class, parts};
use crate::mention::Mention;
use crate::prose::article::Article;
use crate::prose::structure::Structure;
use crate::prose::title::{Title, content, is_whole, relate, sentence_of, titles};
use crate::prose::toll;
use crate::prose::words::{same_noun, sorted_digits, stem};
use crate::rule::Join;
use crate::value::{Amount, Interval, Kind, Mode, Rational, Value};

/// Content words that a headline and a sentence share where they speak of the same fact.
const SHARED: usize = 3;
/// The same for the paragraph below the headline, which says again what it says.
const SHARED_BY_LEAD: usize = 2;
/// The same where one figure is the other with another scale word.
const SHARED_BY_SCALE: usize = 2;
/// Figures of the text that a headline is compared with; an article has no more.
const MOST_FIGURES: usize = 400;

/// Up to so many things are counted again and again, whatever they are.
const DOZEN: i64 = 12;

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
    for (title, figures) in titles(structure.article) {
        for figure in figures {
            let before = structure.found.len();
            read_figure(structure, figure, &title);
            toll::read(structure, figure, &title);
            if structure.found.len() == before {
                repeat(structure, figure, &title);
            }
        }
    }
}

/// Relates a number that the paragraph below says again, of whatever it says it: "To shut 38 stores" over "38 of
/// its 214 shops".
fn repeat(structure: &mut Structure<'_, '_>, head: usize, title: &Title<'_>) {
    let article = structure.article;
    let number = |index: usize| match &article.mentions[index].value {
        Value::Amount(amount) if is_whole(amount) => Some(amount),
        _ => None,
    };
    let Some(stated) = number(head).filter(|stated| Rational::from(DOZEN) < stated.to) else {
        return;
    };
    let Some(lead) = title.lead else { return };
    let says_again = |&index: &usize| {
        lead.range.contains(&article.mentions[index].range.start)
            && number(index).is_some_and(|other| other.to == stated.to)
    };
    if let Some(body) = (0..article.mentions.len()).find(says_again) {
        relate(structure, head, &rounded(stated), body, None);
    }
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
    let in_lead =
        |mention: &Mention| lead.is_some_and(|lead| lead.range.contains(&mention.range.start));
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
        let is_near = SHARED <= shared || in_lead(&article.mentions[mention]);
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
            relate(structure, head, &generous, body.mention, Some(Severity::Error));
        }
        return;
    }
    // "Two of its six plants" says two, whatever it counts.
    let is_there = |other: &Mention| {
        stated.kind == Kind::Number
            && in_lead(other)
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
        return relate(structure, head, &generous, body.mention, Some(Severity::Error));
    }
    // The first of those that share most; all of them disagree.
    let same = near
        .iter()
        .filter(|body| body.is_near && is_comparable(article, head, body.mention))
        .max_by_key(|body| (body.shared, std::cmp::Reverse(body.mention)));
    // "The loss of 210 jobs and 130 more".
    let more = |mention: &Mention| {
        stated.kind == Kind::Number
            && in_lead(mention)
            && matches!(&mention.value, Value::Amount(other) if is_whole(other))
    };
    let more = (0..article.mentions.len()).filter(|&at| more(&article.mentions[at]));
    let others: Vec<usize> = like.iter().copied().chain(more).collect();
    if let Some(body) = same
        && !is_made_of(article, &generous, &others)
    {
        relate(structure, head, &generous, body.mention, Some(Severity::Warning));
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
