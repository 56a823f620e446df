//! A text as words and figures, in the form in which a quote is compared with an edited article.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::FixedState;
use jiff::civil::Date;

use crate::claim::anchor::wanted::overlap;
use crate::lexicon::{Lexicon, bit, fold};
use crate::mention::{Finder, Mention};
use crate::value::{Currency, Days, Dimension, Kind, Rational, Value};

/// What a word weighs that holds a sentence together.
pub(super) const FUNCTION: u32 = 32;
/// What any other word weighs.
pub(super) const CONTENT: u32 = 96;

/// What a figure states, as far as two of them are compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Amount(Rational, Rational, Dimension, Option<Currency>),
    /// The same without its currency.
    Money(Rational, Rational),
    /// The same without what it is a rate of: "38,000 passengers a day".
    Bare(Rational, Rational, Box<str>),
    Date(Days, Option<(i8, i8)>),
    /// Digits that state no value: "Boeing 737".
    Digits(String),
}

/// A number in a text.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// The same for figures that state the same.
    pub(super) key: u32,
    /// The same for figures of the same number, be it of a rate or not.
    pub(super) bare: u32,
    /// Whether it is a rate.
    pub(super) is_rate: bool,
    /// The same for figures of the same number in whatever currency.
    pub(super) amount: u32,
    /// Of a date, its words; and whether they say which days it is.
    pub(super) date: Option<(Box<str>, bool)>,
    /// Whether it is in dollars, and if so whether of a country that is named.
    pub(super) dollars: Option<bool>,
    /// What sort of value it is; `None` for digits that state none.
    pub(super) kind: Option<Kind>,
    /// Whether a claim has it whose place is known.
    pub(super) is_taken: bool,
}

impl Figure {
    /// Whether two figures state the same. "A day" may stand elsewhere in the sentence: a rate is the
    /// same as its number, but not as another rate. And "A$5" may have been "$5".
    pub(super) fn states(&self, other: &Self) -> bool {
        let same_dollars = || {
            let named = self.dollars.zip(other.dollars).is_some_and(|(a, b)| a != b);
            named && self.amount == other.amount
        };
        self.key == other.key
            || (self.bare == other.bare && self.is_rate != other.is_rate)
            || same_dollars()
            || self.shortens(other)
            || other.shortens(self)
    }

    /// Whether it is a date without a year, all of whose words another date has: "Tuesday, March 17".
    fn shortens(&self, other: &Self) -> bool {
        let (Some((words, false)), Some((longer, true))) = (&self.date, &other.date) else {
            return false;
        };
        let has = |word: &str| longer.split(' ').any(|other| other == word);
        words.bytes().any(|byte| byte.is_ascii_digit()) && words.split(' ').all(has)
    }
}

/// A word or a figure.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// Which word it is; 0 for one that no quote has.
    pub(super) word: u32,
    /// The index of the figure that it is.
    pub(super) figure: Option<u32>,
    /// Whether a sentence seems to begin with it.
    pub(super) begins: bool,
}

/// A text that was cut into words and figures.
#[derive(Clone, Debug, Default)]
pub(super) struct Tokens {
    pub(super) all: Vec<Token>,
    pub(super) figures: Vec<Figure>,
}

/// The words of all quotes, by number, and what figures state.
#[derive(Default)]
pub(super) struct Vocabulary {
    words: HashMap<Box<str>, u32, FixedState>,
    weights: Vec<u32>,
    keys: HashMap<Key, u32, FixedState>,
    room: String,
}

impl Vocabulary {
    /// What a word weighs.
    pub(super) fn weight(&self, word: u32) -> u32 {
        word.checked_sub(1).map_or(CONTENT, |at| self.weights[at as usize])
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.weights.len()
    }

    /// Cuts a quote, whose words all get their numbers.
    pub(super) fn learn(
        &mut self,
        text: &str,
        lexicon: &Lexicon,
        published: Option<Date>,
    ) -> Tokens {
        let mut mentions = Vec::new();
        Finder::new(lexicon, published).find(text, &mut |mention| mentions.push(mention));
        self.cut(text, &mentions, Some(lexicon))
    }

    /// Cuts an article, of which only the words of quotes matter.
    pub(super) fn read(&mut self, text: &str, mentions: &[Mention]) -> Tokens {
        self.cut(text, mentions, None)
    }

    fn cut(&mut self, text: &str, mentions: &[Mention], learn: Option<&Lexicon>) -> Tokens {
        let mut tokens = Tokens::default();
        let mut next = mentions.iter().peekable();
        let mut at = 0;
        while at < text.len() {
            if let Some(mention) = next.next_if(|mention| mention.range.start <= at) {
                if at < mention.range.end {
                    tokens.figure(self.figure(mention, text), text);
                    at = mention.range.end;
                }
                continue;
            }
            let stop = next.peek().map_or(text.len(), |mention| mention.range.start);
            let rest = &text[at..stop];
            let Some(start) = rest.find(char::is_alphanumeric) else {
                at = stop.max(at + 1);
                continue;
            };
            let word = word_at(&rest[start..]);
            let range = at + start..at + start + word.len();
            at = range.end;
            if word.bytes().any(|byte| byte.is_ascii_digit()) {
                let key = self.numbered(Key::Digits(word.to_lowercase()));
                tokens.figure(
                    Figure {
                        range,
                        key,
                        bare: key,
                        is_rate: false,
                        amount: key,
                        date: None,
                        dollars: None,
                        kind: None,
                        is_taken: false,
                    },
                    text,
                );
            } else {
                let word = self.number(word, learn);
                tokens.push(range, word, None, text);
            }
        }
        tokens
    }

    fn figure(&mut self, mention: &Mention, text: &str) -> Figure {
        let range = mention.range.clone();
        let key = self.key(&mention.value, &text[range.clone()]);
        let (bare, is_rate) = match &mention.value {
            Value::Amount(amount) => {
                let (from, to) = (amount.from.abs(), amount.to.abs());
                let unit = amount.unit.name.clone();
                (self.numbered(Key::Bare(from, to, unit)), amount.unit.per.is_some())
            }
            Value::Date(_) | Value::Unstated => (key, false),
        };
        let (amount, dollars) = match &mention.value {
            Value::Amount(amount) if amount.kind == Kind::Money => {
                let factor = &amount.unit.factor;
                let number = |number: &Rational| &number.abs() * factor;
                let money = Key::Money(number(&amount.from), number(&amount.to));
                let written = &text[range.clone()];
                // "47 cents" alone does not say of which currency.
                let is_minor = amount.unit.minor.is_some();
                let is_open = is_minor && amount.unit.currency.is_none();
                let is_named = !is_open
                    && (is_minor
                        || !written.contains('$')
                        || written.split('$').next().is_some_and(|before| {
                            before.chars().next_back().is_some_and(char::is_alphabetic)
                        })
                        || written.contains(|c: char| c.is_ascii_uppercase()));
                let is_dollar =
                    written.contains('$') || amount.unit.name.ends_with('D') || is_minor;
                (self.numbered(money), is_dollar.then_some(is_named))
            }
            _ => (key, None),
        };
        let date = match &mention.value {
            Value::Date(date) => {
                let is_known = !date.readings.is_empty() && date.ago.is_none();
                Some((words_of(&text[range.clone()]).into(), is_known))
            }
            _ => None,
        };
        let kind = mention.value.kind();
        Figure { date, range, key, bare, is_rate, amount, dollars, kind, is_taken: false }
    }

    fn key(&mut self, value: &Value, written: &str) -> u32 {
        let key = match value {
            Value::Amount(amount) => {
                let factor = &amount.unit.factor;
                let number = |number: &Rational| &number.abs() * factor;
                let (dimension, currency) = (amount.unit.dimension, amount.unit.currency);
                Key::Amount(number(&amount.from), number(&amount.to), dimension, currency)
            }
            // "30 years ago" is counted from the day of publication; it names no date.
            Value::Date(date) => match date.readings.first().filter(|_| date.ago.is_none()) {
                Some(&days) => Key::Date(days, date.time),
                None => Key::Digits(words_of(written)),
            },
            Value::Unstated => Key::Digits(words_of(written)),
        };
        self.numbered(key)
    }

    fn numbered(&mut self, key: Key) -> u32 {
        let next = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        *self.keys.entry(key).or_insert(next)
    }

    fn number(&mut self, word: &str, learn: Option<&Lexicon>) -> u32 {
        self.room.clear();
        fold(word, &mut self.room);
        let stem = stem(&self.room);
        if let Some(&known) = self.words.get(stem) {
            return known;
        }
        let Some(lexicon) = learn else { return 0 };
        let is_function = lexicon.look_up(word).senses & bit::FUNCTION != 0;
        self.weights.push(if is_function { FUNCTION } else { CONTENT });
        let number = u32::try_from(self.weights.len()).unwrap_or(u32::MAX);
        self.words.insert(stem.into(), number);
        number
    }
}

impl Tokens {
    fn figure(&mut self, figure: Figure, text: &str) {
        let index = u32::try_from(self.figures.len()).ok();
        self.push(figure.range.clone(), 0, index, text);
        self.figures.push(figure);
    }

    fn push(&mut self, range: Range<usize>, word: u32, figure: Option<u32>, text: &str) {
        let before = self.all.last().map_or(0, |token| token.range.end);
        let gap = text.get(before..range.start).unwrap_or_default();
        let begins = gap.contains("\n\n")
            || gap.trim_end().ends_with(['.', '!', '?', '"', '”', '’', ')'])
                && gap.contains(['.', '!', '?']);
        self.all.push(Token { range, word, figure, begins });
    }

    /// Marks the figures that claims have, given where these stand, in order.
    pub(super) fn mark_taken(&mut self, taken: &[Range<usize>]) {
        let mut next = taken.iter().peekable();
        for figure in &mut self.figures {
            while next.next_if(|taken| taken.end <= figure.range.start).is_some() {}
            figure.is_taken = next.peek().is_some_and(|taken| overlap(taken, &figure.range));
        }
    }

    /// The tokens around one in its sentence, no more than so many on either side.
    pub(super) fn around(&self, at: usize, most: usize) -> Range<usize> {
        let first = at.saturating_sub(most);
        let start = (first..=at).rev().find(|&token| self.all[token].begins).unwrap_or(first);
        let last = (at + 1 + most).min(self.all.len());
        let end = (at + 1..last).find(|&token| self.all[token].begins).unwrap_or(last);
        start..end
    }

    /// The figure at a token.
    pub(super) fn figure_at(&self, token: usize) -> Option<&Figure> {
        Some(&self.figures[self.all[token].figure? as usize])
    }
}

/// The words of a text in small letters, without the marks between them.
fn words_of(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The word that a text starts with: letters and digits, with the marks within a word or a number.
fn word_at(text: &str) -> &str {
    let mut characters = text.char_indices().peekable();
    let mut last = ' ';
    while let Some((at, c)) = characters.next() {
        let joins = match c {
            '\'' | '’' => last.is_alphabetic(),
            '.' | ',' | ':' | '/' => last.is_ascii_digit(),
            _ => false,
        };
        let goes_on = joins
            && characters.peek().is_some_and(|&(_, next)| {
                if last.is_ascii_digit() { next.is_ascii_digit() } else { next.is_alphabetic() }
            });
        if !c.is_alphanumeric() && !goes_on {
            return &text[..at];
        }
        last = c;
    }
    text
}

/// What is left of a folded word when its ending is cut off, so that "package" and "packages",
/// "total" and "totals" are one.
pub(super) fn stem(word: &str) -> &str {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    let enough = |stem: &&str| 3 <= stem.chars().count();
    let cut = ["ing", "ed", "es", "s", "ly", "e"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending).filter(enough));
    cut.unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_and_stemmed() {
        let mut vocabulary = Vocabulary::default();
        let lexicon = Lexicon::built_in();
        let quote =
            vocabulary.learn("Armenia's aid package, of $290 million (Boeing 737)", lexicon, None);
        let text = "ARMENIA’S aid-packages of 290 million dollars: Boeing 747.";
        let mentions = crate::mention::find_mentions(text, lexicon);
        let article = vocabulary.read(text, &mentions);
        let words = |tokens: &Tokens| tokens.all.iter().map(|t| t.word).collect::<Vec<_>>();
        assert_eq!(words(&quote), words(&article));
        assert_eq!(quote.figures[0].key, article.figures[0].key);
        assert_ne!(quote.figures[1].key, article.figures[1].key);
        assert_eq!(word_at("1,234.5, and"), "1,234.5");
        assert_eq!(word_at("don't'"), "don't");
    }
}
