//! Cues: the phrases that give the figures beside them a place in a change.

use std::borrow::Cow;

use crate::lexicon::Lexicon;
use crate::rule::link::item::Item;
use crate::rule::link::program::{Numbers, Vocabulary};

/// What a phrase tells of the figure beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    /// What follows or stands before goes up.
    Rise,
    /// It goes down.
    Fall,
    /// It goes up, told beside a level: "5,000, up 3 percent".
    Up,
    /// The same down.
    Down,
    /// Down where a figure follows: "off 5 percent".
    Off,
    /// Up where a figure follows: "ahead 5 percent".
    Ahead,
    /// A rise, behind its figure: "a 5 percent increase".
    RiseNoun,
    /// A fall, behind its figure.
    FallNoun,
    /// Behind its figure: "5 percent more", "5 percent above".
    More,
    /// Behind its figure: "5 percent less", "5 percent below".
    Less,
    /// Before the level that a change began with.
    From,
    /// Before one that a figure is compared with.
    Against,
    /// Before the level that it ended with.
    To,
    /// Before a level: "at 5,000".
    At,
    /// Before the change itself.
    By,
    /// Before the change in other terms: "or 5 percent".
    Or,
    /// Between two of a list.
    And,
    /// May open parts, where a figure follows.
    With,
    /// Behind a share of something.
    Of,
    /// Opens what is told of the word before it.
    Which,
    /// Beside a level that was only expected, and that nothing changed from.
    Guess,
    /// Something changes, the words do not say which way: "improved", "a downward revision".
    Moves,
    /// Points back to the change in the sentence before: "that is".
    Result,
    /// "The", and what follows the noun of a change that it points back to: "amounts to".
    The,
    /// Behind such a noun.
    Amounts,
    /// Behind a change that is of what follows: "the rise in fares".
    OfAnother,
    /// Before a change that goes on where the one before it ended: "a further 5 percent".
    Further,
    /// Opens the parts of the figure before it: "comprising".
    Parts,
    /// Opens some of them only: "including".
    Some,
    /// When a level was, told without a date: "the year before".
    Then,
    /// Before the last part of a whole: "the remaining".
    Left,
    /// Turns to something else.
    Turn,
    /// Turns to what was before: "rose to 60 after falling to 50".
    After,
    /// Before the level that a change is told of: "an increase of 90 over the 1,725".
    Over,
    /// A verb with "up" or "down" that moves no level: "made up their minds".
    Idiom,
    /// Opens a bracket that says of what a level is: "excluding a gain of".
    Aside,
    /// A verb that parts a preposition from the figure behind it: "from operations was 493".
    Is,
}

/// Each class of phrases with what it tells, the more special ones first. The build script sees that they are there.
pub(crate) const CLASSES: [(Cue, &str); 33] = [
    (Cue::Turn, "turn"),
    (Cue::Turn, "change-turn"),
    (Cue::Or, "change-or"),
    (Cue::Result, "change-result"),
    (Cue::Amounts, "comes-to"),
    (Cue::Parts, "made-of"),
    (Cue::Some, "including"),
    (Cue::Left, "last-part"),
    (Cue::Then, "change-then"),
    (Cue::Guess, "change-guess"),
    (Cue::Moves, "change-moves"),
    (Cue::Up, "a-rise"),
    (Cue::Down, "a-fall"),
    (Cue::Up, "change-up"),
    (Cue::Down, "change-down"),
    (Cue::Off, "change-off"),
    (Cue::Ahead, "change-ahead"),
    (Cue::RiseNoun, "rise-noun"),
    (Cue::FallNoun, "fall-noun"),
    (Cue::Rise, "rise"),
    (Cue::Fall, "fall"),
    (Cue::More, "more"),
    (Cue::Less, "less"),
    (Cue::From, "change-from"),
    (Cue::Against, "change-against"),
    (Cue::To, "change-to"),
    (Cue::At, "change-at"),
    (Cue::OfAnother, "change-of-another"),
    (Cue::After, "change-after"),
    (Cue::Over, "change-over"),
    (Cue::Is, "change-is"),
    (Cue::Idiom, "change-idiom"),
    (Cue::Aside, "change-aside"),
];

/// Cues of one word each, that no newsroom needs to add to.
const WORDS: [(Cue, &str); 9] = [
    (Cue::The, "the"),
    (Cue::With, "with"),
    (Cue::By, "by"),
    (Cue::And, "and"),
    (Cue::Of, "of"),
    (Cue::Which, "which"),
    (Cue::Which, "who"),
    (Cue::Further, "further"),
    (Cue::Further, "another"),
];

/// A phrase of a cue: what it tells, and the tokens behind its first word.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    pub(crate) cue: Cue,
    pub(crate) rest: Cow<'static, [Item]>,
}

/// All cues, by the number of their first word.
#[derive(Clone, Debug, Default)]
pub struct Cues {
    pub(crate) phrases: Cow<'static, [Phrase]>,
    /// Where the phrases of each word begin, and where the last ones end.
    pub(crate) starts: Cow<'static, [u32]>,
    /// The words without one of which no change has both its levels stated.
    pub(crate) levels: Numbers,
    /// Those before the level that a change ended with, where the other one follows from it.
    pub(crate) ends: Numbers,
}

impl Cues {
    /// The cues of a lexicon, their words numbered with those of the links.
    pub(super) fn new(lexicon: &Lexicon, words: &mut Vocabulary) -> Self {
        let mut by_word = Vec::new();
        for (cue, class) in CLASSES {
            for phrase in lexicon.phrase_class(class).unwrap_or_default() {
                add(&mut by_word, cue, phrase, words);
            }
        }
        for (cue, word) in WORDS {
            add(&mut by_word, cue, word, words);
        }
        for phrases in &mut by_word {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        let words_of = |wanted: fn(Cue) -> bool| -> Numbers {
            let tells = |phrases: &[Phrase]| phrases.iter().any(|phrase| wanted(phrase.cue));
            let numbered = by_word.iter().zip(0_u16..);
            numbered.filter(|(phrases, _)| tells(phrases)).map(|(_, word)| word).collect()
        };
        let levels = words_of(|cue| {
            matches!(cue, Cue::From | Cue::Against | Cue::More | Cue::Less | Cue::After)
        });
        let ends = words_of(|cue| matches!(cue, Cue::To | Cue::At));
        let mut starts = vec![0];
        for phrases in &by_word {
            starts.push(starts[starts.len() - 1] + u32::try_from(phrases.len()).unwrap_or(0));
        }
        let phrases = by_word.into_iter().flatten().collect();
        Self { phrases, starts: starts.into(), levels, ends }
    }

    /// Words without one of which there is no change to be found.
    pub fn levels(&self) -> &[u16] {
        &self.levels
    }

    /// Words without one of which no level follows from a change told in two ways.
    pub fn ends(&self) -> &[u16] {
        &self.ends
    }

    /// The cues that begin at a token, the longest first, each with how many tokens it has.
    pub fn at<'c>(
        &'c self,
        items: &'c [Item],
        at: usize,
    ) -> impl Iterator<Item = (Cue, usize)> + 'c {
        let word = match items.get(at) {
            Some(Item::Word(word)) => usize::from(*word),
            _ => 0,
        };
        let known = self.starts.get(word..word + 2).filter(|_| word != 0);
        let phrases = known.map_or(&[][..], |at| &self.phrases[at[0] as usize..at[1] as usize]);
        phrases
            .iter()
            .filter(move |phrase| items[at + 1..].starts_with(&phrase.rest))
            .map(|phrase| (phrase.cue, 1 + phrase.rest.len()))
    }
}

fn add(by_word: &mut Vec<Vec<Phrase>>, cue: Cue, phrase: &str, words: &mut Vocabulary) {
    let mut items = words.items(phrase);
    let Some(Item::Word(first)) = items.next() else { return };
    let rest = items.collect();
    let at = usize::from(first);
    if by_word.len() <= at {
        by_word.resize(at + 1, Vec::new());
    }
    by_word[at].push(Phrase { cue, rest });
}
