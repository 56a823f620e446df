//! What holds of the mentions of any text, and what does not change them.

use crossfoot::document::{Document, Format};
use crossfoot::lexicon::Lexicon;
use crossfoot::mention::{Finder, Mention};
use crossfoot::value::{Style, Value};
use proptest::prelude::*;

use super::invariants::{assert_sound, mentions_of};
use super::published;
use crate::support::cases;

/// Bits of prose that figures and dates are made of, and what may come between them.
const BITS: &str = r#"$|€|£|US$|EUR|rupees|cents|p|5|72.5|1,200|12|30|0|007|250|2024|1993|08/07/2025|2024-03-05|
10:30|1830|one|two|twenty|three hundred|half|a|an|the|third|quarter|quarters|dozen|dozens|
million|bn|m|k|thousands|½|½ million|percent|%|points|percentage points|basis points|–|-|—|−|
to|from|between|and|or|of|in|out of|per|each|annually|over|more than|just under|up to|about|
or more|or so|at least|no|not|minus|doubled|times|fold|x|8th|th|top|first|March|May|Jan.|
September|Monday|summer|Q3|FY|fiscal|century|1990s|'98|s|since|by|until|before|early|mid|
end of|last|next|this|year|years|month|week|day|hours|ago|earlier|later|yesterday|a.m.|GMT|
noon|km|km/h|square|feet|inches|'|"|°C|people|votes|aged|-year-old|Article|Boeing|No.|www.|,|
("#;

const FIGURES: &str = "$5|€72.5 million|US$3bn|12 cents|between 5 and 6 million euros|$26–31 million|
$4 million a year|$81 per barrel|61.3%|4 per cent|3 percentage points|25 basis points|-3.5 %|
two-thirds|one in 250|3 out of 10|2½|64|1,200|about 300|at least 15|2.3 million|twenty-one|a dozen|
two dozen|tens of thousands|57 km|3.5 tonnes|12-metre|130 km/h|30 square kilometres|5 feet 6 inches|
38 degrees Celsius|12°C|doubled|1.6 times|close to double|8th|the top ten|four years|90-day|
three decades|two to three weeks|aged 81|57-year-old|more than $7.3 billion|just under 40 %|as much as €50|
12 km or more|20 minutes or so|5 March 2024|March 5, 2024|2024-03-05|February 2024|in 2019|
the third quarter of 2023|Q1 2025|the first half of 2024|the 1990s|the 12th century|fiscal 2024|
FY2023|08/07/2025|25/12/2024|since 1993|until May 2026|by 30 June 2025|Friday, 14 March 2025|yesterday|
last year|next month|this week|three years ago|two weeks ago|from 1992 to 1995|3–17 May 2024|10:30 a.m.|
1830 GMT|noon";

/// What stands between two figures.
const LINKS: &str =
    "and|of|to|the|fell by|rose to|people|votes|,|;|. In all,|(|)|after|in|on|over|or|
was|for|“|”|of whom|while|against|than|said the|– not|—";

/// What joins the bits: most often a space.
const JOINTS: [&str; 12] = [" ", " ", " ", " ", " ", " ", "", "", "\u{a0}", "\n", ". ", "\n\n"];

fn glued() -> impl Strategy<Value = String> {
    let bits: Vec<&str> = BITS.split('|').map(str::trim).collect();
    let bit = (prop::sample::select(bits), prop::sample::select(&JOINTS[..]));
    prop::collection::vec(bit, 1..14)
        .prop_map(|bits| bits.into_iter().flat_map(|(bit, joint)| [bit, joint]).collect())
}

/// Figures and dates with prose between them, in an order that means nothing.
fn sentence() -> impl Strategy<Value = String> {
    let figures: Vec<&str> = FIGURES.split('|').map(str::trim).collect();
    let links: Vec<&str> = LINKS.split('|').map(str::trim).collect();
    let part = (prop::sample::select(figures), prop::sample::select(links));
    prop::collection::vec(part, 1..6).prop_map(|parts| {
        let parts: Vec<String> =
            parts.into_iter().map(|(figure, link)| format!("{figure} {link}")).collect();
        format!("They saw {}.", parts.join(" "))
    })
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![4 => glued(), 1 => any::<String>()]
}

fn format() -> impl Strategy<Value = Format> {
    prop_oneof![Just(Format::Plain), Just(Format::Markdown)]
}

/// The mentions of a text without paragraphs.
fn found(text: &str) -> Vec<Mention> {
    let mut mentions = Vec::new();
    Finder::new(Lexicon::built_in(), Some(published())).find(text, &mut |m| mentions.push(m));
    mentions
}

/// What a mention states, whatever the words: how it was written is no part of that.
fn stated(mention: &Mention) -> Value {
    let mut value = mention.value.clone();
    if let Value::Amount(amount) = &mut value {
        amount.style = Style::default();
    }
    value
}

/// The words of each mention with what they state and what they count.
fn in_words<'t>(text: &'t str, mentions: &[Mention]) -> Vec<(&'t str, Value, Option<&'t str>)> {
    let words = |range: &std::ops::Range<usize>| &text[range.clone()];
    mentions
        .iter()
        .map(|mention| {
            (words(&mention.range), stated(mention), mention.counted.as_ref().map(words))
        })
        .collect()
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn mentions_stand_where_words_are(text in text(), format in format(), dated in any::<bool>()) {
        assert_sound(&text, format, dated.then(published));
    }

    #[test]
    fn a_mention_alone_states_the_same(text in sentence()) {
        for mention in found(&text) {
            let words = &text[mention.range.clone()];
            if mention.leans {
                continue;
            }
            let alone = found(words);
            prop_assert_eq!(alone.len(), 1, "{:?} of {:?}: {:?}", words, text, alone);
            prop_assert_eq!(&alone[0].range, &(0..words.len()), "{:?} of {:?}", words, text);
            prop_assert_eq!(stated(&alone[0]), stated(&mention), "{:?} of {:?}", words, text);
        }
    }

    #[test]
    fn sentences_around_change_nothing(text in glued()) {
        let text = format!("So {}, he said.", text.replace("\n\n", " "));
        let before = "Lorem ipsum dolor. ";
        let around = format!("{before}{text} Sit amet.");
        let moved: Vec<Mention> = found(&text);
        let there = found(&around);
        prop_assert_eq!(in_words(&around, &there), in_words(&text, &moved));
        for (there, here) in there.iter().zip(&moved) {
            prop_assert_eq!(there.range.start, here.range.start + before.len());
        }
    }

    #[test]
    fn emphasis_changes_nothing(words in prop::collection::vec(prop::sample::select(&WORDS[..]), 1..9), at in any::<prop::sample::Index>()) {
        let plain = format!("It had {} here.", words.join(" "));
        let mut words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let at = at.index(words.len());
        words[at] = format!("**{}**", words[at]);
        let strong = format!("It had {} here.", words.join(" "));
        let (plain, strong) =
            (Document::parse(&plain, Format::Markdown), Document::parse(&strong, Format::Markdown));
        prop_assert_eq!(plain.prose(), strong.prose());
        let mentions = mentions_of(&strong, Some(published()));
        prop_assert_eq!(&mentions, &mentions_of(&plain, Some(published())));
    }
}

/// Words without punctuation that Markdown would take for its own.
const WORDS: [&str; 24] = [
    "$5",
    "million",
    "7",
    "percent",
    "of",
    "the",
    "2024",
    "March",
    "last",
    "year",
    "about",
    "more",
    "than",
    "two",
    "dozen",
    "people",
    "to",
    "km",
    "doubled",
    "since",
    "aged",
    "third",
    "yesterday",
    "Monday",
];
