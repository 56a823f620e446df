//! Cues: the phrases that give the figures beside them a place in a change.

use crate::lexicon::{Lexicon, PhraseClass, phrases};
use crate::rule::link::item::Item;
use crate::rule::link::program::Vocabulary;

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
}

/// Each class of phrases with what it tells, the more special ones first.
const CLASSES: [(Cue, PhraseClass); 28] = [
    (Cue::Turn, phrases::TURN),
    (Cue::Turn, phrases::CHANGE_TURN),
    (Cue::Or, phrases::CHANGE_OR),
    (Cue::Result, phrases::CHANGE_RESULT),
    (Cue::Amounts, phrases::COMES_TO),
    (Cue::Parts, phrases::MADE_OF),
    (Cue::Some, phrases::INCLUDING),
    (Cue::Left, phrases::LAST_PART),
    (Cue::Then, phrases::CHANGE_THEN),
    (Cue::Guess, phrases::CHANGE_GUESS),
    (Cue::Moves, phrases::CHANGE_MOVES),
    (Cue::Up, phrases::A_RISE),
    (Cue::Down, phrases::A_FALL),
    (Cue::Up, phrases::CHANGE_UP),
    (Cue::Down, phrases::CHANGE_DOWN),
    (Cue::Off, phrases::CHANGE_OFF),
    (Cue::Ahead, phrases::CHANGE_AHEAD),
    (Cue::RiseNoun, phrases::RISE_NOUN),
    (Cue::FallNoun, phrases::FALL_NOUN),
    (Cue::Rise, phrases::RISE),
    (Cue::Fall, phrases::FALL),
    (Cue::More, phrases::MORE),
    (Cue::Less, phrases::LESS),
    (Cue::From, phrases::CHANGE_FROM),
    (Cue::Against, phrases::CHANGE_AGAINST),
    (Cue::To, phrases::CHANGE_TO),
    (Cue::At, phrases::CHANGE_AT),
    (Cue::OfAnother, phrases::CHANGE_OF_ANOTHER),
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
struct Phrase {
    cue: Cue,
    rest: Box<[Item]>,
}

/// All cues, by the number of their first word.
#[derive(Clone, Debug, Default)]
pub struct Cues {
    by_word: Vec<Vec<Phrase>>,
    /// The words without one of which no change states both its levels.
    levels: Vec<u16>,
    /// Those before the level that a change ended with, where the other one follows from it.
    ends: Vec<u16>,
}

impl Cues {
    /// The cues of a lexicon, their words numbered with those of the links.
    pub(super) fn new(lexicon: &Lexicon, words: &mut Vocabulary) -> Self {
        let mut cues = Self::default();
        for (cue, class) in CLASSES {
            for phrase in lexicon.phrases_of(class) {
                cues.add(cue, phrase, words);
            }
        }
        for (cue, word) in WORDS {
            cues.add(cue, word, words);
        }
        for phrases in &mut cues.by_word {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        let words_of = |wanted: fn(Cue) -> bool| {
            let tells = |phrases: &[Phrase]| phrases.iter().any(|phrase| wanted(phrase.cue));
            let numbered = cues.by_word.iter().zip(0_u16..);
            numbered.filter(|(phrases, _)| tells(phrases)).map(|(_, word)| word).collect()
        };
        let levels =
            words_of(|cue| matches!(cue, Cue::From | Cue::Against | Cue::More | Cue::Less));
        let ends = words_of(|cue| matches!(cue, Cue::To | Cue::At));
        Self { levels, ends, ..cues }
    }

    fn add(&mut self, cue: Cue, phrase: &str, words: &mut Vocabulary) {
        let mut items = words.items(phrase);
        let Some(Item::Word(first)) = items.next() else { return };
        let rest = items.collect();
        let at = usize::from(first);
        if self.by_word.len() <= at {
            self.by_word.resize(at + 1, Vec::new());
        }
        self.by_word[at].push(Phrase { cue, rest });
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
        let phrases = self.by_word.get(word).filter(|_| word != 0).map_or(&[][..], Vec::as_slice);
        phrases
            .iter()
            .filter(move |phrase| items[at + 1..].starts_with(&phrase.rest))
            .map(|phrase| (phrase.cue, 1 + phrase.rest.len()))
    }
}
