//! Links compiled: one program each, over the words of all of them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use crate::lexicon::{
    Filter, Lexicon, Part, ShortWords, TextTable, as_number, as_small_number, letters, parts,
};
use crate::rule::link::Sorts;
use crate::rule::link::item::Item;
use crate::rule::link::pattern::{Piece, Slot};

/// Words by their numbers, in order.
pub(crate) type Numbers = Cow<'static, [u16]>;

/// One step of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    /// This word.
    Word(u16),
    /// One of the words of a set of the program.
    Words(u16),
    Mark(char),
    Figure(u8),
    AnyWord,
    /// Up to so many tokens; goes on at the next step.
    Gap(u8),
    /// Up to so many tokens of any sort.
    Anything(u8),
    /// Up to so many words.
    Between(u8),
    /// The token before is none of the words of a set.
    NotAfter(u16),
    /// The token behind is none of the words of a set.
    NotBefore(u16),
    Start,
    End,
    /// The token behind is one of the words of a set: what every branch behind it begins with.
    Guard(u16),
    /// Both, the first one preferred.
    Split(u16, u16),
    Jump(u16),
    Match,
}

/// Steps of the longest program.
const LONGEST_PROGRAM: usize = 4000;
/// How often a repeated piece may match.
const MOST_REPEATS: usize = 11;

/// The words of all links, numbered from 1.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    pub(crate) numbers: TextTable,
    pub(crate) longest: usize,
    /// Those of up to eight bytes by these, for a look at each word of a text.
    pub(crate) short: ShortWords<u16>,
    /// The longer ones.
    pub(crate) filter: Filter<256>,
    /// The numbers of marks that links cannot do without, by their ASCII code.
    pub(crate) marks: Numbers,
    /// The classes of phrases that links have named so far.
    pub(crate) classes: HashMap<Box<str>, Arc<Class>>,
}

/// Bytes of the longest word that is looked up.
const LONGEST_WORD: usize = 32;

/// A class of phrases by the numbers of their words.
#[derive(Debug, Default)]
pub(crate) struct Class {
    /// Phrases of one word, sorted.
    words: Vec<u16>,
    /// Longer ones.
    phrases: Vec<Vec<Item>>,
    /// One word of each phrase, sorted.
    any: Vec<u16>,
}

impl Class {
    /// The words that its phrases begin with; `None` where one begins with something else.
    fn first_words(&self) -> Option<Vec<u16>> {
        let mut all = self.words.clone();
        for phrase in &self.phrases {
            let Some(Item::Word(first)) = phrase.first() else { return None };
            all.push(*first);
        }
        Some(all)
    }

    fn read(phrases: &[String], words: &mut Vocabulary) -> Self {
        let mut single = Vec::new();
        let mut longer = Vec::new();
        let mut any = Vec::new();
        for phrase in phrases {
            let items: Vec<Item> = words.items(phrase).collect();
            // The longest word is the one that is there least often.
            let words_of = parts(phrase).filter(|(part, _)| *part == Part::Word);
            let longest = words_of.max_by_key(|(_, range)| range.len());
            any.extend(longest.map(|(_, range)| words.intern(&phrase[range].to_lowercase())));
            match &*items {
                [Item::Word(word)] => single.push(*word),
                _ => longer.push(items),
            }
        }
        single.sort_unstable();
        single.dedup();
        any.sort_unstable();
        any.dedup();
        Self { words: single, phrases: longer, any }
    }
}

impl Vocabulary {
    fn class(&mut self, name: &str, lexicon: &Lexicon) -> Arc<Class> {
        if let Some(known) = self.classes.get(name) {
            return known.clone();
        }
        let class = Arc::new(Class::read(lexicon.phrase_class(name).unwrap_or_default(), self));
        self.classes.insert(name.into(), class.clone());
        class
    }

    /// The tokens of a phrase as the text's are numbered; digits stand for no word.
    pub(super) fn items<'v>(&'v mut self, phrase: &'v str) -> impl Iterator<Item = Item> + 'v {
        parts(phrase).map(|(part, range)| match part {
            Part::Word => Item::Word(self.intern(&phrase[range].to_lowercase())),
            Part::Mark(mark) => Item::Mark(mark),
            Part::Digits => Item::Word(0),
        })
    }

    pub(super) fn intern(&mut self, word: &str) -> u16 {
        self.longest = self.longest.max(word.len());
        let number = u16::try_from(self.numbers.insert(word) + 1).unwrap_or(u16::MAX);
        match as_number(word.as_bytes()) {
            Some(short) => self.short.insert(short, number),
            None => self.filter.insert(word),
        }
        number
    }

    /// The number of a mark that some link cannot do without; 0 for any other.
    pub fn mark(&self, mark: char) -> u16 {
        usize::try_from(u32::from(mark)).map_or(0, |at| self.marks.get(at).copied().unwrap_or(0))
    }

    /// Numbers a mark like a word; `None` for one that stands everywhere.
    fn intern_mark(&mut self, mark: char) -> Option<u16> {
        if !mark.is_ascii() || matches!(mark, ',' | '.' | '-' | '\'' | '"') {
            return None;
        }
        let number = self.intern(mark.encode_utf8(&mut [0; 4]));
        let marks = self.marks.to_mut();
        marks.resize(128, 0);
        marks[mark as usize] = number;
        Some(number)
    }

    /// How many numbers there are, 0 included.
    pub fn numbers(&self) -> usize {
        self.numbers.len() + 1
    }

    /// The number of a word as it stands in prose; 0 if no link has it.
    pub fn number(&self, word: &str) -> u16 {
        let short = match letters(word.as_bytes()) {
            Some((length, short)) if length == word.len() => Some(short),
            _ => as_small_number(word.as_bytes()),
        };
        if let Some(short) = short {
            return self.short.get(short);
        }
        if LONGEST_WORD.min(self.longest) < word.len() {
            return 0;
        }
        if !self.filter.may_hold(word.as_bytes()) {
            return 0;
        }
        let mut small = [0; LONGEST_WORD];
        for (to, byte) in small.iter_mut().zip(word.bytes()) {
            *to = byte.to_ascii_lowercase();
        }
        let number = self.numbers.get(&small[..word.len()]);
        number.map_or(0, |number| u16::try_from(number + 1).unwrap_or(u16::MAX))
    }
}

/// A compiled link.
#[derive(Clone, Debug)]
pub struct Program {
    pub(crate) ops: Cow<'static, [Op]>,
    pub(crate) slots: Cow<'static, [Slot]>,
    /// The words that its steps take one of.
    pub(crate) sets: Cow<'static, [Numbers]>,
    /// How many sentences it may run over.
    pub sentences: u8,
    /// Words that turn to something else, which no gap but the widest passes.
    pub(crate) turns: Numbers,
    /// The first words of one of these it cannot do without; the fewest, for a first look.
    pub(crate) needs: Cow<'static, [Numbers]>,
    /// For each figure that it cannot do without, what it may be.
    pub(crate) figures: Cow<'static, [Slot]>,
    /// What it may begin with.
    pub(crate) first: First,
}

/// What a match may begin with.
#[derive(Clone, Debug, Default)]
pub(crate) struct First {
    /// Whether that is not known beforehand.
    pub(crate) any: bool,
    pub(crate) words: Numbers,
    pub(crate) marks: Cow<'static, [char]>,
    pub(crate) slots: Cow<'static, [Slot]>,
}

impl First {
    fn takes(&self, item: Item, sorts: &[Sorts]) -> bool {
        match item {
            _ if self.any => true,
            Item::Word(word) => word != 0 && self.words.binary_search(&word).is_ok(),
            Item::Mark(mark) => self.marks.contains(&mark),
            Item::Figure(figure) => {
                self.slots.iter().any(|slot| slot.takes(sorts[figure as usize]))
            }
            Item::Stop => false,
        }
    }
}

impl Program {
    /// Compiles a link; `None` if it is too long to be one.
    pub fn new(
        pieces: &[Piece],
        sentences: u8,
        words: &mut Vocabulary,
        lexicon: &Lexicon,
    ) -> Option<Self> {
        let mut program = Self {
            ops: Cow::default(),
            slots: Cow::default(),
            sets: Cow::default(),
            sentences,
            turns: words.class("turn", lexicon).words.clone().into(),
            needs: Cow::default(),
            figures: Cow::default(),
            first: First::default(),
        };
        program.sequence(pieces, words, lexicon)?;
        program.push(Op::Match)?;
        let needs = needs(pieces, words, lexicon).into_iter().map(Cow::Owned);
        program.needs = needs.collect();
        program.figures = figures(pieces).into();
        program.first = program.first();
        Some(program)
    }

    /// For each word or group of words that it cannot do without, the words of which one must be
    /// there.
    pub fn needs(&self) -> &[Numbers] {
        &self.needs
    }

    /// How many figures there are at least where it matches.
    pub fn least_figures(&self) -> usize {
        self.figures.len()
    }

    /// For each figure that it cannot do without, what it may be.
    pub fn figures(&self) -> &[Slot] {
        &self.figures
    }

    /// Whether a figure may fill one of its roles.
    pub fn takes(&self, sorts: Sorts) -> bool {
        self.slots.iter().any(|slot| slot.role.is_some() && slot.takes(sorts))
    }

    /// Whether a word turns to something else: "while", "but".
    pub(super) fn turns(&self, word: u16) -> bool {
        self.turns.binary_search(&word).is_ok()
    }

    /// Whether it may match from a token on.
    pub fn may_begin(&self, item: Item, sorts: &[Sorts]) -> bool {
        self.first.takes(item, sorts)
    }

    /// Whether it begins with a figure, and with nothing else.
    pub fn begins_with_figure(&self) -> bool {
        !self.first.any && self.first.words.is_empty() && self.first.marks.is_empty()
    }

    /// What it may begin with, from its first steps.
    fn first(&self) -> First {
        let (mut any, mut first_words) = (false, Vec::new());
        let (mut marks, mut slots) = (Vec::new(), Vec::new());
        let mut open = vec![0];
        let mut seen = vec![false; self.ops.len()];
        while let Some(at) = open.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            match self.ops[at] {
                Op::Word(word) => first_words.push(word),
                Op::Words(set) => first_words.extend(self.set(set)),
                Op::Mark(mark) => marks.push(mark),
                Op::Figure(index) => slots.push(self.slots[usize::from(index)]),
                Op::Split(one, other) => open.extend([usize::from(one), usize::from(other)]),
                Op::Jump(next) => open.push(usize::from(next)),
                Op::Start | Op::End | Op::NotAfter(_) | Op::NotBefore(_) | Op::Guard(_) => {
                    open.push(at + 1);
                }
                Op::AnyWord | Op::Gap(_) | Op::Anything(_) | Op::Between(_) | Op::Match => {
                    any = true;
                }
            }
        }
        first_words.sort_unstable();
        first_words.dedup();
        First { any, words: first_words.into(), marks: marks.into(), slots: slots.into() }
    }

    /// The words of a set.
    pub(super) fn set(&self, set: u16) -> &[u16] {
        &self.sets[usize::from(set)]
    }

    /// A set of these words.
    fn add_set(&mut self, words: Vec<u16>) -> Option<u16> {
        let number = u16::try_from(self.sets.len()).ok()?;
        self.sets.to_mut().push(words.into());
        Some(number)
    }

    fn push(&mut self, op: Op) -> Option<usize> {
        self.ops.to_mut().push(op);
        (self.ops.len() < LONGEST_PROGRAM).then_some(self.ops.len() - 1)
    }

    fn here(&self) -> u16 {
        u16::try_from(self.ops.len()).unwrap_or(u16::MAX)
    }

    fn sequence(
        &mut self,
        pieces: &[Piece],
        words: &mut Vocabulary,
        lexicon: &Lexicon,
    ) -> Option<()> {
        for piece in pieces {
            self.piece(piece, words, lexicon)?;
        }
        Some(())
    }

    fn piece(&mut self, piece: &Piece, words: &mut Vocabulary, lexicon: &Lexicon) -> Option<()> {
        match piece {
            Piece::Word(word) => {
                let word = words.intern(word);
                self.push(Op::Word(word))?;
            }
            Piece::Mark(mark) => {
                self.push(Op::Mark(*mark))?;
            }
            Piece::Figure(slot) => {
                let index = u8::try_from(self.slots.len()).ok()?;
                self.slots.to_mut().push(*slot);
                self.push(Op::Figure(index))?;
            }
            Piece::Gap(most) => {
                self.push(Op::Gap(*most))?;
            }
            Piece::Anything(most) => {
                self.push(Op::Anything(*most))?;
            }
            Piece::Words(most) => {
                self.push(Op::Between(*most))?;
            }
            Piece::NotAfter(all) => {
                let all = all.iter().map(|word| words.intern(word)).collect();
                let set = self.add_set(all)?;
                self.push(Op::NotAfter(set))?;
            }
            Piece::NotBefore(all) => {
                let all = all.iter().map(|word| words.intern(word)).collect();
                let set = self.add_set(all)?;
                self.push(Op::NotBefore(set))?;
            }
            Piece::AnyWord => {
                self.push(Op::AnyWord)?;
            }
            Piece::Start => {
                self.push(Op::Start)?;
            }
            Piece::End => {
                self.push(Op::End)?;
            }
            Piece::Maybe(inner) => {
                let split = self.push(Op::Split(0, 0))?;
                let first = self.here();
                self.sequence(inner, words, lexicon)?;
                self.ops.to_mut()[split] = Op::Split(first, self.here());
            }
            Piece::Many(inner) => {
                let mut splits = Vec::new();
                for _ in 0..MOST_REPEATS {
                    let split = self.push(Op::Split(0, 0))?;
                    splits.push((split, self.here()));
                    self.sequence(inner, words, lexicon)?;
                }
                for (split, first) in splits {
                    self.ops.to_mut()[split] = Op::Split(first, self.here());
                }
            }
            Piece::Class(name) => {
                let class = words.class(name, lexicon);
                self.class(&class)?;
            }
            Piece::Either(all) => self.either(all, words, lexicon)?,
        }
        Some(())
    }

    fn class(&mut self, class: &Class) -> Option<()> {
        let single = (!class.words.is_empty()).then_some(None);
        let branches: Vec<_> = class.phrases.iter().map(Some).chain(single).collect();
        if 1 < branches.len() {
            self.guard(class.first_words())?;
        }
        self.any_of(branches, |program, phrase: Option<&Vec<Item>>| {
            let Some(items) = phrase else {
                let set = program.add_set(class.words.clone())?;
                return program.push(Op::Words(set)).map(drop);
            };
            for item in items {
                program.push(match *item {
                    Item::Mark(mark) => Op::Mark(mark),
                    Item::Word(word) => Op::Word(word),
                    Item::Figure(_) | Item::Stop => return None,
                })?;
            }
            Some(())
        })
    }

    fn either(
        &mut self,
        all: &[Vec<Piece>],
        words: &mut Vocabulary,
        lexicon: &Lexicon,
    ) -> Option<()> {
        let single = |pieces: &Vec<Piece>| match &**pieces {
            [Piece::Word(word)] => Some(word.clone()),
            _ => None,
        };
        let mut set: Vec<u16> = all.iter().filter_map(single).map(|w| words.intern(&w)).collect();
        set.sort_unstable();
        set.dedup();
        let longer = all.iter().filter(|pieces| single(pieces).is_none()).map(Some);
        let branches: Vec<_> = longer.chain((!set.is_empty()).then_some(None)).collect();
        if 1 < branches.len() {
            self.guard(first_words_of(all, words, lexicon))?;
        }
        self.any_of(branches, |program, pieces: Option<&Vec<Piece>>| match pieces {
            Some(pieces) => program.sequence(pieces, words, lexicon),
            None => {
                let set = program.add_set(set.clone())?;
                program.push(Op::Words(set)).map(drop)
            }
        })
    }

    /// Looks whether any of several branches may begin, before each is tried, where all begin with words.
    fn guard(&mut self, first: Option<Vec<u16>>) -> Option<()> {
        let Some(mut first) = first else { return Some(()) };
        first.sort_unstable();
        first.dedup();
        let set = self.add_set(first)?;
        self.push(Op::Guard(set)).map(drop)
    }

    /// One of several branches, the first that matches preferred.
    fn any_of<B>(
        &mut self,
        branches: Vec<B>,
        mut branch: impl FnMut(&mut Self, B) -> Option<()>,
    ) -> Option<()> {
        let mut ends = Vec::new();
        let last = branches.len().saturating_sub(1);
        for (at, one) in branches.into_iter().enumerate() {
            if at == last {
                branch(self, one)?;
                break;
            }
            let split = self.push(Op::Split(0, 0))?;
            let first = self.here();
            branch(self, one)?;
            ends.push(self.push(Op::Jump(0))?);
            self.ops.to_mut()[split] = Op::Split(first, self.here());
        }
        for end in ends {
            self.ops.to_mut()[end] = Op::Jump(self.here());
        }
        Some(())
    }
}

/// The words that each of several branches begins with; `None` where one may begin with something else.
fn first_words_of(
    branches: &[Vec<Piece>],
    words: &mut Vocabulary,
    lexicon: &Lexicon,
) -> Option<Vec<u16>> {
    let mut all = Vec::new();
    for branch in branches {
        match branch.first()? {
            Piece::Word(word) => all.push(words.intern(word)),
            Piece::Class(name) => all.extend(words.class(name, lexicon).first_words()?),
            Piece::Either(inner) => all.extend(first_words_of(inner, words, lexicon)?),
            _ => return None,
        }
    }
    Some(all)
}

/// Words without which nothing matches: for each piece that must be there, those it may begin with.
fn needs(pieces: &[Piece], words: &mut Vocabulary, lexicon: &Lexicon) -> Vec<Vec<u16>> {
    let mut all: Vec<Vec<u16>> =
        pieces.iter().filter_map(|piece| need(piece, words, lexicon)).collect();
    all.sort_by_key(Vec::len);
    all
}

fn need(piece: &Piece, words: &mut Vocabulary, lexicon: &Lexicon) -> Option<Vec<u16>> {
    match piece {
        Piece::Word(word) => Some(vec![words.intern(word)]),
        Piece::Mark(mark) => Some(vec![words.intern_mark(*mark)?]),
        Piece::Class(name) => Some(words.class(name, lexicon).any.clone()),
        Piece::Either(all) => {
            let mut found = Vec::new();
            for pieces in all {
                found.extend(pieces.iter().find_map(|piece| need(piece, words, lexicon))?);
            }
            found.sort_unstable();
            found.dedup();
            Some(found)
        }
        _ => None,
    }
}

/// The figures without which nothing matches.
fn figures(pieces: &[Piece]) -> Vec<Slot> {
    let mut all = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Figure(slot) => all.push(*slot),
            Piece::Either(branches) => {
                if let [only] = &**branches {
                    all.extend(figures(only));
                }
            }
            _ => {}
        }
    }
    all
}
