//! A paragraph cut into the tokens that links run over.

use std::ops::Range;

use crate::document::sentences;
use crate::lexicon::{Abbreviations, Part, parts};
use crate::prose::article::Article;
use crate::rule::link::{Item, Program, Sorts, Tape, Vocabulary};

/// A paragraph as tokens, with what each figure of it is.
#[derive(Default)]
pub(super) struct Paragraph {
    /// The tokens.
    pub(super) items: Vec<Item>,
    /// Its sentences, by their tokens.
    pub(super) sentences: Vec<Range<usize>>,
    /// The token of each figure.
    tokens: Vec<usize>,
    /// What each figure is.
    pub(super) sorts: Vec<Sorts>,
    /// Whether a figure stands within quotation marks.
    pub(super) quoted: Vec<bool>,
    /// The words of links that occur in the part that is looked at, each once.
    pub(super) words: Vec<u16>,
    /// The figures of that part.
    looked_at: Range<usize>,
    /// What they are together.
    pub(super) all_sorts: Sorts,
    /// The first mention of the article that stands in it.
    pub(super) first: usize,
    /// A bit for each word of links: whether it occurs.
    present: Vec<u64>,
    /// The last token that each of those is.
    last: Vec<usize>,
}

impl Paragraph {
    /// Reads a paragraph with its mentions, in the room that the last one took.
    pub(super) fn fill(
        &mut self,
        article: Article<'_>,
        range: Range<usize>,
        mentions: Range<usize>,
        words: &Vocabulary,
        abbreviations: &Abbreviations,
    ) {
        self.items.clear();
        self.sorts.clear();
        self.tokens.clear();
        self.quoted.clear();
        self.sentences.clear();
        self.first = mentions.start;
        self.present.resize(words.numbers() / 64 + 1, 0);
        self.last.resize(words.numbers(), 0);
        let text = &article.document.prose()[range.clone()];
        let mut quotes = Quotes::default();
        let mut next = mentions.clone();
        for sentence in sentences(text, abbreviations) {
            if !self.items.is_empty() {
                self.items.push(Item::Stop);
            }
            let first = self.items.len();
            let end = range.start + sentence.end;
            let mut at = range.start + sentence.start;
            while let Some(mention) =
                article.mentions[next.clone()].first().filter(|m| m.range.start < end)
            {
                self.words_of(article, at..mention.range.start.max(at), words, &mut quotes);
                let sorts = Sorts::of(mention, article.words(mention));
                let index = u32::try_from(self.sorts.len()).unwrap_or(u32::MAX);
                self.tokens.push(self.items.len());
                self.items.push(Item::Figure(index));
                self.sorts.push(sorts);
                self.quoted.push(quotes.open);
                at = mention.range.end;
                next.start += 1;
            }
            self.words_of(article, at..end.max(at), words, &mut quotes);
            self.sentences.push(first..self.items.len());
        }
    }

    /// Looks at some tokens only; `false` if no figure is among them.
    pub(super) fn narrow(&mut self, items: Range<usize>, words: &Vocabulary) -> bool {
        for word in self.words.drain(..) {
            self.present[usize::from(word / 64)] = 0;
        }
        let mut figures = self.items[items.clone()].iter().filter_map(|item| match item {
            Item::Figure(figure) => Some(*figure as usize),
            _ => None,
        });
        let Some(first) = figures.next() else { return false };
        let last = figures.next_back().unwrap_or(first);
        self.looked_at = first..last + 1;
        self.all_sorts =
            self.sorts[first..=last].iter().fold(Sorts::NONE, |all, sorts| all.or(*sorts));
        for token in items {
            let word = match self.items[token] {
                Item::Word(word) => word,
                Item::Mark(mark) => words.mark(mark),
                Item::Figure(_) | Item::Stop => 0,
            };
            let (at, bit) = (usize::from(word / 64), 1 << (word % 64));
            if word != 0 {
                self.last[usize::from(word)] = token;
                if self.present[at] & bit == 0 {
                    self.present[at] |= bit;
                    self.words.push(word);
                }
            }
        }
        true
    }

    /// What the figures are that are looked at.
    pub(super) fn figures(&self) -> &[Sorts] {
        &self.sorts[self.looked_at.clone()]
    }

    /// The token of a figure.
    pub(super) fn token(&self, figure: u32) -> usize {
        self.tokens[figure as usize]
    }

    /// The tokens of the figures that are looked at.
    pub(super) fn figure_tokens(&self) -> &[usize] {
        &self.tokens[self.looked_at.clone()]
    }

    fn words_of(
        &mut self,
        article: Article<'_>,
        range: Range<usize>,
        words: &Vocabulary,
        quotes: &mut Quotes,
    ) {
        let text = &article.document.prose()[range];
        for (part, range) in parts(text) {
            let item = match part {
                Part::Word => Item::Word(words.number(&text[range])),
                Part::Digits => Item::Word(0),
                Part::Mark(mark) => {
                    quotes.see(&text[range], mark);
                    Item::Mark(mark)
                }
            };
            self.items.push(item);
        }
    }

    /// What programs run over.
    pub(super) fn tape(&self) -> Tape<'_> {
        Tape { items: &self.items, sorts: &self.sorts }
    }

    /// The last token that a match may begin at, by the words and the figures that a program cannot do without;
    /// `None` if they are not there.
    pub(super) fn latest_start(&self, program: &Program) -> Option<usize> {
        let (figures, slots) = (self.figures(), program.figures());
        let spare = figures.len().checked_sub(slots.len())?;
        if !slots.iter().all(|slot| self.all_sorts.meets(slot.any)) {
            return None;
        }
        let mut latest = self.figure_tokens().get(spare).copied().unwrap_or(self.items.len());
        for words in program.needs() {
            latest = latest.min(self.last_of(words)?);
        }
        for slot in slots {
            let last = figures.iter().rposition(|sorts| slot.takes(*sorts))?;
            latest = latest.min(self.figure_tokens()[last]);
        }
        Some(latest)
    }

    /// The last token that is one of these words.
    fn last_of(&self, words: &[u16]) -> Option<usize> {
        let is_there =
            |word: &&u16| self.present[usize::from(*word / 64)] & (1 << (*word % 64)) != 0;
        words.iter().filter(is_there).map(|word| self.last[usize::from(*word)]).max()
    }

    /// Whether one of the words of a set occurs that [`Paragraph::set_of`] made.
    pub(super) fn has_any_of(&self, set: &[u64]) -> bool {
        self.present.iter().zip(set).any(|(present, set)| present & set != 0)
    }

    /// Words as a set, a bit for each.
    pub(super) fn set_of(words: &[u16], numbers: usize) -> Vec<u64> {
        let mut set = vec![0; numbers / 64 + 1];
        for word in words {
            set[usize::from(word / 64)] |= 1 << (word % 64);
        }
        set
    }

    /// The tokens of all sentences that some tokens lie in.
    pub(super) fn sentences_of(&self, items: &Range<usize>) -> Range<usize> {
        let is_stop = |item: &Item| *item == Item::Stop;
        let start = self.items[..items.start].iter().rposition(is_stop).map_or(0, |at| at + 1);
        let behind = &self.items[items.end.min(self.items.len())..];
        let end = behind.iter().position(is_stop).map_or(self.items.len(), |at| items.end + at);
        start..end
    }
}

/// Whether quotation marks are open.
#[derive(Default)]
struct Quotes {
    open: bool,
}

impl Quotes {
    fn see(&mut self, written: &str, mark: char) {
        if mark != '"' {
            return;
        }
        self.open = match written {
            "“" | "„" => true,
            "”" => false,
            _ => !self.open,
        };
    }
}

/// The bytes of each token of a paragraph, as `Paragraph::fill` cuts it.
pub(super) fn places(
    article: Article<'_>,
    range: Range<usize>,
    mentions: Range<usize>,
) -> Vec<Range<usize>> {
    let prose = article.document.prose();
    let mut next = article.mentions[mentions].iter().peekable();
    let mut places: Vec<Range<usize>> = Vec::new();
    let add_words = |places: &mut Vec<Range<usize>>, words: Range<usize>| {
        let all = parts(&prose[words.clone()]);
        places.extend(all.map(|(_, at)| words.start + at.start..words.start + at.end));
    };
    for sentence in sentences(&prose[range.clone()], Abbreviations::built_in()) {
        let (mut at, end) = (range.start + sentence.start, range.start + sentence.end);
        if !places.is_empty() {
            places.push(at..at);
        }
        while let Some(mention) = next.next_if(|mention| mention.range.start < end) {
            add_words(&mut places, at..mention.range.start.max(at));
            places.push(mention.range.clone());
            at = mention.range.end;
        }
        add_words(&mut places, at..end.max(at));
    }
    places
}

/// The bytes of some tokens; `None` of none.
pub(super) fn bytes(places: &[Range<usize>], items: &Range<usize>) -> Option<Range<usize>> {
    let places = places.get(items.clone())?;
    Some(places.first()?.start..places.last()?.end)
}
