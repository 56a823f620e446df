//! Random edits of the project's articles: what leaves a claim's words alone never loses the claim,
//! what changes a digit of them never passes.

use std::ops::Range;
use std::sync::LazyLock;

use crossfoot::claim::State;
use crossfoot::lexicon::Lexicon;
use crossfoot::mention::find_mentions;
use proptest::prelude::*;
use proptest::sample::Index;

use super::{Anchored, anchored, articles, recorded};
use crate::support::cases;

/// An article with the claims that `record` writes for it.
struct Recorded {
    name: String,
    text: String,
    claims: String,
    base: Anchored,
}

static ARTICLES: LazyLock<Vec<Recorded>> = LazyLock::new(|| {
    articles()
        .into_iter()
        .map(|(name, text)| {
            let claims = recorded(&text, None).text;
            let base = anchored(&text, &claims);
            Recorded { name, text, claims, base }
        })
        .collect()
});

impl Recorded {
    /// The id of a claim and the bytes of its quote.
    fn claim(&self, index: Index) -> (&str, Range<usize>) {
        let claim = index.get(self.base.file.claims.all());
        (&claim.id, claim.found[0].span.range())
    }

    /// The bytes of the paragraphs of prose, without headings, tables and front matter.
    fn paragraphs(&self) -> Vec<Range<usize>> {
        let mut start = 0;
        let mut all = Vec::new();
        for part in self.text.split_inclusive("\n\n") {
            let is_prose = part.starts_with(|c: char| c.is_alphabetic() || c == '"' || c == '“');
            if is_prose {
                all.push(start..start + part.len());
            }
            start += part.len();
        }
        all
    }
}

/// An edit that leaves the words of a claim alone.
#[derive(Clone, Debug)]
enum Edit {
    /// A sentence before a paragraph.
    Insert(Index, &'static str),
    /// A paragraph that the claim does not stand in is cut.
    Cut(Index),
    /// A paragraph goes to where another stands.
    Move(Index, Index),
    /// The paragraph of the claim in capitals.
    Capitals,
    /// The paragraph of the claim in small letters.
    SmallLetters,
    /// Its commas, semicolons and quotation marks, but for those in numbers, are taken out.
    Punctuation,
    /// Its lines are broken elsewhere.
    Wrap(usize),
}

const SENTENCES: [&str; 4] = [
    "Nobody at the table had an answer to that.\n\n",
    "It rained all through the meeting, and the windows stayed shut.\n\n",
    "The spokeswoman would not say more, nor would the others who were there.\n\n",
    "> A reader wrote in to ask why it took so long.\n\n",
];

fn edit() -> impl Strategy<Value = Edit> {
    let index = any::<Index>;
    prop_oneof![
        (index(), proptest::sample::select(&SENTENCES[..])).prop_map(|(at, s)| Edit::Insert(at, s)),
        index().prop_map(Edit::Cut),
        (index(), index()).prop_map(|(from, to)| Edit::Move(from, to)),
        Just(Edit::Capitals),
        Just(Edit::SmallLetters),
        Just(Edit::Punctuation),
        (20_usize..90).prop_map(Edit::Wrap),
    ]
}

/// The text after an edit, and where the claim's quote is in it, if that is a paragraph of prose.
fn edited(article: &Recorded, quote: &Range<usize>, edit: &Edit) -> String {
    let text = &article.text;
    let all = article.paragraphs();
    let own = all.iter().position(|part| part.start <= quote.start && quote.end <= part.end);
    let with = |change: &dyn Fn(&str) -> String| match own {
        Some(at) => {
            let part = &all[at];
            format!("{}{}{}", &text[..part.start], change(&text[part.clone()]), &text[part.end..])
        }
        None => text.clone(),
    };
    match edit {
        Edit::Insert(at, sentence) => {
            let at = at.get(&all).start;
            format!("{}{sentence}{}", &text[..at], &text[at..])
        }
        Edit::Cut(at) => {
            let part = at.get(&all);
            let overlaps = part.start < quote.end && quote.start < part.end;
            if overlaps {
                text.clone()
            } else {
                format!("{}{}", &text[..part.start], &text[part.end..])
            }
        }
        Edit::Move(from, to) => {
            let (from, to) = (from.get(&all).clone(), to.get(&all).start);
            let part = &text[from.clone()];
            if to <= from.start {
                let (a, b, c) = (&text[..to], &text[to..from.start], &text[from.end..]);
                format!("{a}{part}{b}{c}")
            } else if from.end <= to {
                let (a, b, c) = (&text[..from.start], &text[from.end..to], &text[to..]);
                format!("{a}{b}{part}{c}")
            } else {
                text.clone()
            }
        }
        Edit::Capitals => with(&str::to_uppercase),
        Edit::SmallLetters => with(&str::to_lowercase),
        Edit::Punctuation => with(&|part| {
            let characters: Vec<char> = part.chars().collect();
            let in_number = |at: usize| {
                at.checked_sub(1).is_some_and(|before| characters[before].is_ascii_digit())
                    && characters.get(at + 1).is_some_and(char::is_ascii_digit)
            };
            let keep = |&(at, c): &(usize, char)| !",;\"“”".contains(c) || in_number(at);
            characters.iter().copied().enumerate().filter(keep).map(|(_, c)| c).collect()
        }),
        Edit::Wrap(width) => with(&|part| {
            let mut out = String::new();
            let mut column = 0;
            for word in part.split_whitespace() {
                // A line that begins with a number and a dot would be a list.
                let breaks = word.starts_with(char::is_alphabetic);
                if *width < column + word.len() && column != 0 && breaks {
                    out.push('\n');
                    column = 0;
                } else if column != 0 {
                    out.push(' ');
                }
                out.push_str(word);
                column += word.len() + 1;
            }
            out + "\n\n"
        }),
    }
}

proptest! {
    #![proptest_config(cases(1_500))]

    #[test]
    fn what_leaves_the_words_alone_loses_no_claim(
        article in any::<Index>(),
        claim in any::<Index>(),
        edit in edit(),
    ) {
        let article = article.get(&ARTICLES);
        let (id, quote) = article.claim(claim);
        let after = anchored(&edited(article, &quote, &edit), &article.claims);
        let state = after.state(id);
        prop_assert!(
            !matches!(state, State::Gone | State::Changed),
            "{}: `{id}` {:?} is {}", article.name, &article.text[quote], state.as_str()
        );
        // No finding says that a figure changed that did not.
        let changed = after.findings.iter().find(|f| f.rule.as_str() == "changed-figure");
        prop_assert_eq!(changed.map(|finding| &finding.message), None);
    }

    #[test]
    fn another_digit_is_always_a_changed_figure(
        article in any::<Index>(),
        claim in any::<Index>(),
        at in any::<Index>(),
        by in 1_u8..10,
    ) {
        let article = article.get(&ARTICLES);
        let (id, quote) = article.claim(claim);
        let text = article.text.as_bytes();
        let digits: Vec<usize> = quote.clone().filter(|&at| text[at].is_ascii_digit()).collect();
        if digits.is_empty() {
            return Ok(());
        }
        let at = *at.get(&digits);
        let digit = char::from(b'0' + (text[at] - b'0' + by) % 10);
        let edited = format!("{}{digit}{}", &article.text[..at], &article.text[at + 1..]);
        let after = anchored(&edited, &article.claims);
        // "16, 17, 17" becomes "16, 16, 17": then the words stand elsewhere, exactly as quoted.
        let found = after.file.claims.get(after.file.claims.find(id).unwrap()).found[0].clone();
        if after.state(id) == State::Same && !found.span.range().contains(&at) {
            return Ok(());
        }
        // The digits of a label are no figure: "a Porsche 911".
        let is_figure = |text: &str| {
            let all = find_mentions(text, Lexicon::built_in());
            all.iter().any(|mention| mention.range.contains(&at))
        };
        if !is_figure(&article.text) && !is_figure(&edited) {
            return Ok(());
        }
        prop_assert_eq!(
            after.state(id), State::Changed,
            "{}: `{}` {:?} is now {:?}",
            article.name, id, &article.text[quote.clone()], &edited[quote]
        );
    }
}

#[test]
fn every_claim_stands_in_its_own_article() {
    for article in ARTICLES.iter() {
        assert!(article.base.findings.is_empty(), "{}: {:#?}", article.name, article.base.findings);
        for claim in article.base.file.claims.all() {
            assert_eq!(claim.state, Some(State::Same), "{}: {}", article.name, claim.id);
        }
        let again = recorded(&article.text, Some(&article.claims));
        assert_eq!(again.text, article.claims, "{}", article.name);
    }
}
