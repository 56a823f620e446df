//! The machine against a reader that tries every way, the better ones first.

use proptest::prelude::*;

use super::*;
use crate::lexicon::Lexicon;
use crate::rule::link::pattern::{Piece, Slot};
use crate::rule::link::program::Vocabulary;

/// A way through a text, as far as it has come.
#[derive(Clone, Debug, PartialEq)]
struct Way {
    at: usize,
    stops: u8,
    filled: Vec<Filled>,
}

/// Reads links as `rules/README.md` describes them: all ways, the preferred ones first.
struct Reference<'r> {
    words: &'r Vocabulary,
    slots: Vec<Slot>,
    tape: Tape<'r>,
}

impl Reference<'_> {
    fn sequence(&self, pieces: &[Piece], from: Way) -> Vec<Way> {
        let mut ways = vec![from];
        for piece in pieces {
            let mut next = Vec::new();
            for way in ways.into_iter().flat_map(|way| self.piece(piece, way)) {
                push_new(&mut next, way);
            }
            ways = next;
        }
        ways
    }

    fn piece(&self, piece: &Piece, way: Way) -> Vec<Way> {
        let here = self.tape.items.get(way.at).copied();
        let next =
            |fits: bool| if fits { vec![Way { at: way.at + 1, ..way.clone() }] } else { vec![] };
        let stay = |fits: bool| if fits { vec![way.clone()] } else { vec![] };
        let is_one_of = |item: Option<Item>, words: &[Box<str>]| {
            words.iter().any(|word| item == Some(Item::Word(self.words.number(word))))
        };
        match piece {
            Piece::Word(word) => next(here == Some(Item::Word(self.words.number(word)))),
            Piece::AnyWord => next(matches!(here, Some(Item::Word(_)))),
            Piece::Mark(mark) => next(here == Some(Item::Mark(*mark))),
            Piece::Figure(slot) => {
                let Some(Item::Figure(figure)) = here else { return Vec::new() };
                let filled = slot.role.map(|role| Filled { role, aspect: slot.aspect, figure });
                let mut ways = next(slot.takes(self.tape.sorts[figure as usize]));
                for way in &mut ways {
                    way.filled.extend(filled);
                }
                ways
            }
            Piece::Gap(most) | Piece::Anything(most) | Piece::Words(most) => {
                let step = |way: &Way| self.pass(piece, way);
                std::iter::successors(Some(way), step).take(usize::from(*most) + 1).collect()
            }
            Piece::NotAfter(words) => {
                let before = way.at.checked_sub(1).map(|before| self.tape.items[before]);
                stay(!is_one_of(before, words))
            }
            Piece::NotBefore(words) => stay(!is_one_of(here, words)),
            Piece::Start => stay(self.tape.starts_sentence(way.at)),
            Piece::End => stay(self.tape.ends_sentence(way.at)),
            Piece::Maybe(inner) => {
                let mut ways = self.sequence(inner, way.clone());
                ways.push(way);
                ways
            }
            Piece::Many(inner) => self.many(inner, way),
            // Words alone are looked up together, behind all else.
            Piece::Either(all) => {
                let alone = |branch: &&Vec<Piece>| matches!(&***branch, [Piece::Word(_)]);
                let longer = all.iter().filter(|branch| !alone(branch));
                let branches = longer.chain(all.iter().filter(alone));
                branches.flat_map(|branch| self.sequence(branch, way.clone())).collect()
            }
            Piece::Class(_) => unreachable!("none is made here"),
        }
    }

    /// Up to eleven times, more of them preferred.
    fn many(&self, inner: &[Piece], from: Way) -> Vec<Way> {
        let mut ways = vec![(from, true)];
        for _ in 0..11 {
            let mut next = Vec::new();
            for (way, goes_on) in ways {
                if goes_on {
                    for once in self.sequence(inner, way.clone()) {
                        push_new(&mut next, (once, true));
                    }
                }
                push_new(&mut next, (way, false));
            }
            ways = next;
        }
        ways.into_iter().map(|(way, _)| way).collect()
    }

    /// Over one token of a gap.
    fn pass(&self, gap: &Piece, way: &Way) -> Option<Way> {
        let turns = |word: u16| word != 0 && word == self.words.number("while");
        let fits = match (gap, *self.tape.items.get(way.at)?) {
            (Piece::Words(_), Item::Word(word)) => !turns(word),
            (Piece::Words(_), item) => item == Item::Mark('\''),
            (_, Item::Stop) => 0 < way.stops,
            (Piece::Anything(_), _) => true,
            (_, Item::Word(word)) => !turns(word),
            (_, Item::Mark(mark)) => mark != ';',
            (_, Item::Figure(figure)) => {
                let sorts = self.tape.sorts[figure as usize];
                !self.slots.iter().any(|slot| slot.role.is_some() && slot.takes(sorts))
            }
        };
        let stops = way.stops - u8::from(fits && self.tape.items[way.at] == Item::Stop);
        fits.then(|| Way { at: way.at + 1, stops, filled: way.filled.clone() })
    }
}

/// Two ways that go on alike are one, with the rank of the better.
fn push_new<W: PartialEq>(ways: &mut Vec<W>, way: W) {
    if !ways.contains(&way) {
        ways.push(way);
    }
}

fn slots(pieces: &[Piece]) -> Vec<Slot> {
    let of = |piece: &Piece| match piece {
        Piece::Figure(slot) => vec![*slot],
        Piece::Maybe(inner) | Piece::Many(inner) => slots(inner),
        Piece::Either(all) => all.iter().flat_map(|branch| slots(branch)).collect(),
        _ => Vec::new(),
    };
    pieces.iter().flat_map(of).collect()
}

/// A token of a text, before words have numbers.
#[derive(Clone, Debug)]
enum Token {
    Word(&'static str),
    Mark(char),
    Figure(Sorts),
    Stop,
}

fn word() -> impl Strategy<Value = &'static str> {
    prop_oneof![4 => Just("a"), 4 => Just("b"), 1 => Just("while")]
}

fn sorts() -> impl Strategy<Value = Sorts> {
    prop_oneof![Just(Sorts::MONEY), Just(Sorts::DURATION)]
}

fn mark() -> impl Strategy<Value = char> {
    prop_oneof![4 => Just(','), 1 => Just(';'), 1 => Just('.'), 1 => Just('\'')]
}

fn text() -> impl Strategy<Value = Vec<Token>> {
    let token = prop_oneof![
        6 => word().prop_map(Token::Word),
        1 => Just(Token::Word("unknown")),
        1 => mark().prop_map(Token::Mark),
        2 => sorts().prop_map(Token::Figure),
        1 => Just(Token::Stop),
    ];
    prop::collection::vec(token, 1..12)
}

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let slot = (prop::option::of(0..2_usize), sorts()).prop_map(|(role, any)| {
        let (all, none) = (Sorts::NONE, Sorts::NONE);
        Piece::Figure(Slot { role, aspect: Aspect::Stated, any, all, none })
    });
    let few = || prop::collection::vec(word().prop_map(Box::from), 1..3);
    let leaf = prop_oneof![
        6 => word().prop_map(|word| Piece::Word(word.into())),
        2 => mark().prop_map(Piece::Mark),
        3 => slot,
        1 => Just(Piece::AnyWord),
        3 => (0..6_u8).prop_map(Piece::Gap),
        2 => (0..6_u8).prop_map(Piece::Anything),
        2 => (0..6_u8).prop_map(Piece::Words),
        1 => few().prop_map(Piece::NotAfter),
        1 => few().prop_map(Piece::NotBefore),
        1 => Just(Piece::Start),
        1 => Just(Piece::End),
    ];
    let piece = leaf.prop_recursive(2, 8, 3, |inner| {
        let some = || prop::collection::vec(inner.clone(), 1..3);
        prop_oneof![
            some().prop_map(Piece::Maybe),
            some().prop_map(Piece::Many),
            prop::collection::vec(some(), 1..4).prop_map(Piece::Either),
        ]
    });
    prop::collection::vec(piece, 1..6)
}

/// Compares both from every token of a text on.
fn compare(pieces: &[Piece], sentences: u8, text: &[Token]) -> Result<usize, TestCaseError> {
    let mut words = Vocabulary::default();
    let program = Program::new(pieces, sentences, &mut words, Lexicon::built_in());
    // Repeats of repeats may be too long to run.
    let Some(program) = program else { return Ok(0) };
    let mut sorts = Vec::new();
    let mut item = |token: &Token| match *token {
        Token::Word(word) => Item::Word(words.number(word)),
        Token::Mark(mark) => Item::Mark(mark),
        Token::Stop => Item::Stop,
        Token::Figure(of) => {
            sorts.push(of);
            Item::Figure(u32::try_from(sorts.len() - 1).unwrap())
        }
    };
    let items: Vec<Item> = text.iter().map(&mut item).collect();
    let tape = Tape { items: &items, sorts: &sorts };
    let reference = Reference { words: &words, slots: slots(pieces), tape };
    let mut machine = Machine::default();
    let mut matches = 0;
    for (start, &item) in items.iter().enumerate() {
        let from = Way { at: start, stops: sentences - 1, filled: Vec::new() };
        let best = reference.sequence(pieces, from).into_iter().next();
        let expected = best.map(|way| Found { filled: way.filled, items: start..way.at });
        prop_assert_eq!(&machine.run(&program, tape, start), &expected, "from {}", start);
        if expected.is_some() {
            matches += 1;
            prop_assert!(program.may_begin(item, &sorts));
            // What it cannot do without stands behind the start.
            let (behind, of_mark) = (&items[start..], |mark| words.mark(mark));
            let stands = |words: &[u16]| {
                behind.iter().any(|item| match *item {
                    Item::Word(word) => word != 0 && words.contains(&word),
                    Item::Mark(mark) => of_mark(mark) != 0 && words.contains(&of_mark(mark)),
                    Item::Figure(_) | Item::Stop => false,
                })
            };
            prop_assert!(program.needs().iter().all(|words| stands(words)));
            let figures = || {
                behind.iter().filter_map(|item| match item {
                    Item::Figure(figure) => Some(sorts[*figure as usize]),
                    _ => None,
                })
            };
            prop_assert!(program.figures().len() <= figures().count());
            let is_there = |slot: &Slot| figures().any(|one| slot.takes(one));
            prop_assert!(program.figures().iter().all(is_there));
        }
    }
    Ok(matches)
}

proptest! {
    // Eight times what is usual, which is 256 or `PROPTEST_CASES`.
    #![proptest_config(ProptestConfig {
        cases: 8 * ProptestConfig::default().cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_first_way_is_found_and_no_other(
        pieces in pieces(),
        sentences in 1..=MOST_SENTENCES,
        text in text(),
    ) {
        compare(&pieces, sentences, &text)?;
    }
}

/// "a …2 b" and the like: one gap that begins twice.
#[test]
fn a_gap_that_began_later_reaches_further() {
    let word = |word: &str| Piece::Word(word.into());
    let text = |words: &str| -> Vec<Token> {
        let token = |c: char| match c {
            'a' => Token::Word("a"),
            'b' => Token::Word("b"),
            '.' => Token::Stop,
            _ => Token::Word("unknown"),
        };
        words.chars().map(token).collect()
    };
    for gap in [Piece::Gap(2), Piece::Anything(2), Piece::Words(2)] {
        let pieces = [Piece::Words(3), word("a"), gap, word("b")];
        assert_eq!(compare(&pieces, 1, &text("aa--b")).unwrap(), 2);
    }
    // The first way spends the only end of a sentence that both may pass, and needs another.
    let pieces = [word("a"), Piece::Gap(3), word("a"), Piece::Gap(4), word("b")];
    assert_eq!(compare(&pieces, 2, &text("a.aa.b")).unwrap(), 1);
    let pieces = [Piece::Gap(4), word("a"), Piece::Gap(4), word("b")];
    assert!(0 < compare(&pieces, 3, &text("a.a.-.b")).unwrap());
}
