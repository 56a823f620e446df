//! What holds of the mentions of any text; the tests and the fuzzer both ask for it.

use std::ops::Range;

use crossfoot::document::{Document, Format};
use crossfoot::lexicon::Lexicon;
use crossfoot::mention::{Finder, Mention, parse_value};
use crossfoot::value::{Amount, End, Interval, Value};
use jiff::ToSpan;
use jiff::civil::Date;

/// Every mention of a document, as `extract` finds them.
pub(crate) fn mentions_of(document: &Document<'_>, published: Option<Date>) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut finder = Finder::new(Lexicon::built_in(), published);
    finder.find_in(document, &mut |mention| mentions.push(mention));
    mentions
}

/// Reads a text as a document, and asserts that its mentions stand where words are, in order, and
/// that what they state makes sense.
pub(crate) fn assert_sound(text: &str, format: Format, published: Option<Date>) {
    let document = Document::parse(text, format);
    let prose = document.prose();
    let mut behind = 0;
    for mention in mentions_of(&document, published) {
        let range = mention.range.clone();
        assert!(behind <= range.start && range.start < range.end, "{range:?} behind {behind}");
        let words = prose.get(range.clone()).expect("on the bounds of characters");
        assert_eq!(words.trim(), words, "white space at an end");
        let block = document.blocks().iter().find(|block| range.start < block.range.end).unwrap();
        assert_within(&range, &block.range);
        assert_in_source(&document, text, &range);
        if let Some(noun) = &mention.counted {
            assert!(
                range.start <= noun.start && noun.start < noun.end,
                "{words:?} counts {noun:?}"
            );
            assert_within(noun, &block.range);
            assert!(prose.get(noun.clone()).is_some(), "{words:?} counts {noun:?}");
            assert_in_source(&document, text, noun);
        }
        match &mention.value {
            Value::Amount(amount) => assert_amount(amount, words),
            Value::Date(date) => {
                assert!(date.readings.len() <= 2, "{words:?}");
                assert!(date.readings.iter().all(|days| days.first() <= days.last()), "{words:?}");
            }
            _ => panic!("{words:?} states nothing"),
        }
        let _ = parse_value(words, Lexicon::built_in());
        behind = range.end;
    }
}

/// Reads an input of the fuzzer: three bytes for format and day of publication, then a text.
pub(crate) fn assert_sound_input(input: &[u8]) {
    let Some((&[choice, low, high], text)) = input.split_first_chunk() else { return };
    let text = String::from_utf8_lossy(text);
    let format = if choice & 1 == 0 { Format::Plain } else { Format::Markdown };
    let days = i32::from(u16::from_le_bytes([low, high]));
    let published = match choice >> 1 & 3 {
        0 => None,
        // 1900 to 2079.
        1 => jiff::civil::date(1900, 1, 1).checked_add(days.days()).ok(),
        2 => Date::MIN.checked_add(days.days()).ok(),
        _ => Date::MAX.checked_sub(days.days()).ok(),
    };
    assert_sound(&text, format, published);
}

fn assert_within(inner: &Range<usize>, outer: &Range<usize>) {
    assert!(outer.start <= inner.start && inner.end <= outer.end, "{inner:?} leaves {outer:?}");
}

fn assert_in_source(document: &Document<'_>, text: &str, prose: &Range<usize>) {
    let source = document.source_range(prose.clone());
    let there = text.get(source.clone());
    assert!(there.is_some_and(|there| !there.is_empty()), "{prose:?} leads to {source:?}");
}

fn assert_amount(amount: &Amount, words: &str) {
    let (strict, loose) = (&amount.allowed.strict, &amount.allowed.loose);
    assert!(amount.from <= amount.to, "{words:?}");
    // A bound is cut at the number as stated, so the end itself counts.
    let closed = closure(strict);
    assert!(closed.contains(&amount.from) && closed.contains(&amount.to), "{words:?}: {strict:?}");
    assert_eq!(strict.intersect(loose).as_ref(), Some(strict), "{words:?}: {loose:?}");
}

/// An interval with both its ends.
fn closure(interval: &Interval) -> Interval {
    let closed = |end: &End| end.number().map_or(End::Unbounded, |x| End::Closed(x.clone()));
    Interval::new(closed(interval.low()), closed(interval.high())).unwrap()
}
