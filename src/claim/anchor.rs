//! From a claim's quote to its place in the article, and whether the two state the same figure.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::claim::{Claim, Quote, Store};
use crate::document::{Folded, Quotable};
use crate::finding::{Finding, RuleId, Severity};
use crate::lexicon::Lexicon;
use crate::mention::{Mention, find_mentions, states_same};
use crate::source::{Sources, Span};
use crate::value::{DateBound, Direction, Value};

/// Gives every claim with a quote its place in the article.
///
/// Findings: a quote that is not there, one that is there more than once, and one whose words
/// state another value than the claim.
pub fn anchor(
    claims: &mut Store,
    article: &Quotable,
    sources: &Sources,
    lexicon: &Lexicon,
    findings: &mut Vec<Finding>,
) {
    let quoted: Vec<usize> =
        (0..claims.all().len()).filter(|&i| claims.get(i).quote.is_some()).collect();
    let folded: Vec<Folded> = quoted
        .iter()
        .filter_map(|&i| claims.get(i).quote.as_ref())
        .map(|quote| Folded::new(&quote.text))
        .collect();
    let places = find_all(article.folded.text(), &folded);
    for ((&index, words), found) in quoted.iter().zip(&folded).zip(places) {
        let claim = &mut claims.all_mut()[index];
        let Some(quote) = &claim.quote else { continue };
        let fitting = fitting(quote, words, found, article);
        match &*fitting {
            [] => findings.push(not_there(quote)),
            [only] => {
                let whole = article.span(sources, *only..*only + words.text().len());
                claim.place = Some(whole);
                compare(claim, whole, sources, lexicon, findings);
            }
            several => {
                let spans: Vec<Span> = several
                    .iter()
                    .take(3)
                    .map(|&at| article.span(sources, at..at + words.text().len()))
                    .collect();
                findings.push(ambiguous(quote, &spans, several.len()));
            }
        }
    }
}

/// Where each of many texts starts in one, in a single pass over it.
fn find_all(text: &str, wanted: &[Folded]) -> Vec<Vec<usize>> {
    let mut found = vec![Vec::new(); wanted.len()];
    let patterns = wanted.iter().map(Folded::text);
    // A dense automaton would cost more to build than an article takes to search.
    let built = AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(patterns);
    let Ok(automaton) = built else { return found };
    for hit in automaton.find_overlapping_iter(text) {
        let places = &mut found[hit.pattern().as_usize()];
        // An empty quote is everywhere; a few places say so as well as all of them.
        if places.len() < 10_000 {
            places.push(hit.start());
        }
    }
    found
}

/// The places whose neighbouring words fit the claim's prefix and suffix, and that do not begin or
/// end within a longer number or word.
fn fitting(quote: &Quote, words: &Folded, found: Vec<usize>, article: &Quotable) -> Vec<usize> {
    let text = article.folded.text();
    let prefix = quote.prefix.as_deref().map(Folded::new);
    let suffix = quote.suffix.as_deref().map(Folded::new);
    let whole: Vec<usize> =
        found.into_iter().filter(|&at| stands_alone(text, at, at + words.text().len())).collect();
    whole
        .into_iter()
        .filter(|&at| {
            let before = text[..at].trim_end();
            let after = text[at + words.text().len()..].trim_start();
            prefix.as_ref().is_none_or(|prefix| before.ends_with(prefix.text()))
                && suffix.as_ref().is_none_or(|suffix| after.starts_with(suffix.text()))
        })
        .collect()
}

/// "5 million" does not stand in "25 million", nor "rose 5" in "rose 5.5".
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    if start == end {
        return false;
    }
    let before = text[..start].chars().next_back();
    let first = text[start..end].chars().next();
    let last = text[start..end].chars().next_back();
    let mut rest = text[end..].chars();
    let after = rest.next();
    let joins = |a: Option<char>, b: Option<char>| {
        a.zip(b).is_some_and(|(a, b)| a.is_alphanumeric() && b.is_alphanumeric())
    };
    let decimal = last.is_some_and(|c| c.is_ascii_digit())
        && after.is_some_and(|c| c == '.' || c == ',')
        && rest.next().is_some_and(|c| c.is_ascii_digit());
    let in_number = first.is_some_and(|c| c.is_ascii_digit())
        && before.is_some_and(|c| c == '.' || c == ',')
        && text[..start].chars().rev().nth(1).is_some_and(|c| c.is_ascii_digit());
    !joins(before, first) && !joins(last, after) && !decimal && !in_number
}

fn not_there(quote: &Quote) -> Finding {
    let with = if quote.prefix.is_some() || quote.suffix.is_some() {
        " with these words around it"
    } else {
        ""
    };
    let message = format!("the article does not say \"{}\"{with}", quote.text);
    Finding::new(&RuleId::new("quote-not-found"), Severity::Error, message, quote.span)
        .labelled("these words are not there")
        .helped(
            "a quote is the article's exact words; line breaks and doubled spaces do not matter",
        )
}

fn ambiguous(quote: &Quote, places: &[Span], count: usize) -> Finding {
    let message = format!("the article says \"{}\" {count} times", quote.text);
    let finding =
        Finding::new(&RuleId::new("ambiguous-quote"), Severity::Error, message, quote.span)
            .labelled("which one is meant?")
            .helped("add a `prefix` or a `suffix`: the words that stand before or behind it");
    places.iter().fold(finding, |finding, &place| finding.with(place, "it stands here"))
}

/// Compares what the quote itself says with the claim's value, and narrows the claim's place to the
/// figure where the quote states it once.
fn compare(
    claim: &mut Claim,
    whole: Span,
    sources: &Sources,
    lexicon: &Lexicon,
    findings: &mut Vec<Finding>,
) {
    if matches!(claim.value, Value::Unstated) {
        return;
    }
    let is_date = matches!(claim.value, Value::Date(_));
    let text = sources.get(whole.source).text();
    // A date is compared with dates, an amount with amounts: "on 10 April" states no count of 10.
    let mentions: Vec<Mention> = find_mentions(sources.slice(whole), lexicon)
        .into_iter()
        .filter(|mention| match &mention.value {
            // A date that the day of publication would tell says nothing here.
            Value::Date(date) => is_date && !date.readings.is_empty(),
            _ => !is_date,
        })
        .map(|mention| with_sign(mention, whole.start, text))
        .collect();
    let span = |range: &std::ops::Range<usize>| {
        whole.with_range(whole.start + range.start..whole.start + range.end)
    };
    let same: Vec<_> = mentions
        .iter()
        .filter(|mention| {
            states_same(&mention.value, &claim.value) && !opposed(&mention.value, &claim.value)
        })
        .collect();
    match (&*same, &*mentions) {
        ([only], _) => claim.place = Some(span(&only.range)),
        ([], [first, ..]) => {
            let first =
                mentions.iter().find(|m| m.value.kind() == claim.value.kind()).unwrap_or(first);
            let stated = sources.slice(span(&first.range));
            let message = format!("the claim says {}, its quote says {stated}", claim.written);
            findings.push(
                Finding::new(
                    &RuleId::new("misquoted-value"),
                    Severity::Error,
                    message,
                    span(&first.range),
                )
                .labelled("the article says this")
                .with(claim.value_span, "the claim says this")
                .helped("one of the two was changed without the other"),
            );
        }
        _ => {}
    }
}

/// A mention with the minus sign right before it, if that is no dash between two words or numbers.
fn with_sign(mut mention: Mention, start: usize, text: &str) -> Mention {
    let mut before = text[..start + mention.range.start].chars().rev();
    let sign = before.next().filter(|c| matches!(c, '-' | '−'));
    let stands_alone =
        before.next().is_none_or(|c| c.is_whitespace() || "([\u{201c}\"".contains(c));
    if let (Some(sign), true, Value::Amount(amount)) = (sign, stands_alone, &mention.value) {
        mention.value = Value::Amount(amount.clone().negated());
        // The sign may stand before the quote; its place then begins with the figure.
        mention.range.start = mention.range.start.saturating_sub(sign.len_utf8());
    }
    mention
}

/// Whether two values with the same figure say opposite things of it: "over" and "nearly", "since"
/// and "until", or a minus sign on one side only. A claim may turn a fall that the article has in
/// a verb into a minus sign, so only a sign that the article writes counts.
fn opposed(quoted: &Value, claimed: &Value) -> bool {
    match (quoted, claimed) {
        (Value::Amount(quoted), Value::Amount(claimed)) => {
            let pair = (quoted.hedge, claimed.hedge);
            let hedges = matches!(
                pair,
                (Direction::More, Direction::Less) | (Direction::Less, Direction::More)
            );
            hedges || (quoted.to.is_negative() && !claimed.to.is_negative())
        }
        (Value::Date(quoted), Value::Date(claimed)) => {
            let side = |bound: DateBound| match bound {
                DateBound::Since | DateBound::After => 1,
                DateBound::By | DateBound::Until | DateBound::Before => -1,
            };
            let sides = quoted.bound.map(side).zip(claimed.bound.map(side));
            sides.is_some_and(|(a, b)| a != b)
        }
        _ => false,
    }
}
