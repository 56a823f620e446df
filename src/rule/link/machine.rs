//! Programs run over a paragraph, in time linear in it.
//!
//! As Thompson and Pike have it: all ways to match advance together over the tokens, so that no
//! text makes a program try again what it tried before. Two ways at one step differ in how many
//! tokens their gap may still pass and how many ends of sentences lie ahead of them; a worse way is
//! given up only where a better one at its step has as much room in both. So at each token a step is
//! taken at most once for each number of tokens that its gap may still pass (one, where it is no
//! gap) and each number of sentences left: [`MOST_SENTENCES`] times, and for the longest gap 256
//! times that.

use crate::rule::link::Sorts;
use crate::rule::link::item::Item;
use crate::rule::link::pattern::Aspect;
use crate::rule::link::program::{Op, Program};

/// Sentences that a link runs over at most.
pub const MOST_SENTENCES: u8 = 4;

/// A figure in its slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The role.
    pub role: usize,
    /// How it is taken.
    pub aspect: Aspect,
    /// The figure, by its index in the paragraph.
    pub figure: u32,
}

/// A link found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The figures, in the order of the text.
    pub filled: Vec<Filled>,
    /// The first token and the one behind the last.
    pub items: std::ops::Range<usize>,
}

/// One way to match, as far as it has come.
#[derive(Clone, Copy)]
struct Thread {
    op: u16,
    /// Tokens that its gap may still pass.
    gap: u8,
    /// Ends of sentences that it may still pass.
    stops: u8,
    /// The figures it has taken: the last one in the arena, 0 for none.
    taken: u32,
}

/// How a step was reached in a round.
#[derive(Clone, Copy, Default)]
struct Seen {
    round: u32,
    /// For each number of ends of sentences: one more than the most tokens that the gap of a
    /// thread with at least so many of them left may still pass; 0 where there was none.
    room: [u16; MOST_SENTENCES as usize],
}

impl Seen {
    /// Whether a thread can match nothing that no better one can; if it can, it is noted.
    fn covers(&mut self, round: u32, gap: u8, stops: u8) -> bool {
        if self.round != round {
            *self = Self { round, ..Self::default() };
        }
        let stops = usize::from(stops.min(MOST_SENTENCES - 1));
        let room = u16::from(gap) + 1;
        if room <= self.room[stops] {
            return true;
        }
        for known in &mut self.room[..=stops] {
            *known = room.max(*known);
        }
        false
    }
}

/// Room for running programs, used again and again.
#[derive(Default)]
pub struct Machine {
    threads: Vec<Thread>,
    next: Vec<Thread>,
    /// With how much room each step was reached.
    seen: Vec<Seen>,
    round: u32,
    /// Figures taken: the one before, slot and figure.
    taken: Vec<(u32, u8, u32)>,
}

/// What a program runs over.
#[derive(Clone, Copy)]
pub struct Tape<'t> {
    /// The tokens.
    pub items: &'t [Item],
    /// What each figure is.
    pub sorts: &'t [Sorts],
}

impl Tape<'_> {
    fn starts_sentence(self, at: usize) -> bool {
        at == 0 || matches!(self.items.get(at - 1), Some(Item::Stop))
    }

    fn ends_sentence(self, at: usize) -> bool {
        let behind = self.items.get(at..).unwrap_or_default();
        let ends = |item: &&Item| !matches!(item, Item::Mark('.' | '!' | '?' | '"'));
        matches!(behind.iter().find(ends), None | Some(Item::Stop))
    }
}

impl Machine {
    /// The first way in which a program matches from a token on.
    pub fn run(&mut self, program: &Program, tape: Tape<'_>, start: usize) -> Option<Found> {
        self.taken.clear();
        self.taken.push((0, 0, 0));
        self.next.clear();
        if self.seen.len() < program.ops.len() {
            self.seen.resize(program.ops.len(), Seen::default());
        }
        self.begin_round();
        let first = Thread { op: 0, gap: 0, stops: program.sentences.saturating_sub(1), taken: 0 };
        let mut found = self.add(program, first, tape, start).map(|taken| (taken, start));
        let mut at = start;
        while !self.next.is_empty() && at < tape.items.len() {
            std::mem::swap(&mut self.threads, &mut self.next);
            self.next.clear();
            self.begin_round();
            let threads = std::mem::take(&mut self.threads);
            for &thread in &threads {
                let Some(moved) = self.advance(program, thread, tape, at) else { continue };
                // Where a better way is found, worse ones are given up.
                if let Some(taken) = self.add(program, moved, tape, at + 1) {
                    found = Some((taken, at + 1));
                    break;
                }
            }
            self.threads = threads;
            at += 1;
        }
        let (mut taken, end) = found?;
        let mut filled = Vec::new();
        while taken != 0 {
            let (before, slot, figure) = self.taken[taken as usize];
            let slot = program.slots[usize::from(slot)];
            if let Some(role) = slot.role {
                filled.push(Filled { role, aspect: slot.aspect, figure });
            }
            taken = before;
        }
        filled.reverse();
        Some(Found { filled, items: start..end })
    }

    fn begin_round(&mut self) {
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.seen.fill(Seen::default());
            self.round = 1;
        }
    }

    /// Adds a thread and all that it becomes without a token; the figures taken if that is a match.
    fn add(&mut self, program: &Program, thread: Thread, tape: Tape<'_>, at: usize) -> Option<u32> {
        let op = &program.ops[usize::from(thread.op)];
        // What the gap may still pass from here.
        let gap = match op {
            Op::Gap(most) | Op::Anything(most) | Op::Between(most) if thread.gap == 0 => *most,
            _ => thread.gap.saturating_sub(1),
        };
        if self.seen[usize::from(thread.op)].covers(self.round, gap, thread.stops) {
            return None;
        }
        let to = |op: u16| Thread { op, gap: 0, ..thread };
        match op {
            Op::Match => Some(thread.taken),
            Op::Jump(next) => self.add(program, to(*next), tape, at),
            Op::Split(first, second) => self
                .add(program, to(*first), tape, at)
                .or_else(|| self.add(program, to(*second), tape, at)),
            Op::Start if tape.starts_sentence(at) => self.add(program, to(thread.op + 1), tape, at),
            Op::End if tape.ends_sentence(at) => self.add(program, to(thread.op + 1), tape, at),
            Op::Start | Op::End => None,
            Op::NotAfter(words) => {
                let before = at.checked_sub(1).and_then(|at| tape.items.get(at));
                let refused =
                    matches!(before, Some(Item::Word(word)) if program.set(*words).contains(word));
                if refused { None } else { self.add(program, to(thread.op + 1), tape, at) }
            }
            Op::NotBefore(words) => {
                let behind = tape.items.get(at);
                let refused =
                    matches!(behind, Some(Item::Word(word)) if program.set(*words).contains(word));
                if refused { None } else { self.add(program, to(thread.op + 1), tape, at) }
            }
            Op::Guard(set) => match tape.items.get(at) {
                Some(Item::Word(word)) if program.set(*set).binary_search(word).is_ok() => {
                    self.add(program, to(thread.op + 1), tape, at)
                }
                _ => None,
            },
            Op::Gap(_) | Op::Anything(_) | Op::Between(_) => {
                // The shortest gap is the best.
                let found = self.add(program, to(thread.op + 1), tape, at);
                if found.is_none() && 0 < gap {
                    self.next.push(Thread { gap, ..thread });
                }
                found
            }
            // What cannot pass the next token is not kept until it comes.
            op => {
                if tape.items.get(at).is_some_and(|item| fits(program, *op, *item, tape.sorts)) {
                    self.next.push(to(thread.op));
                }
                None
            }
        }
    }

    /// Moves a thread over a token, which fits its step.
    fn advance(
        &mut self,
        program: &Program,
        thread: Thread,
        tape: Tape<'_>,
        at: usize,
    ) -> Option<Thread> {
        let item = tape.items[at];
        let next = Thread { op: thread.op + 1, gap: 0, ..thread };
        match (&program.ops[usize::from(thread.op)], item) {
            (Op::Word(_) | Op::Words(_) | Op::Mark(_) | Op::AnyWord, _) => Some(next),
            (Op::Figure(index), Item::Figure(figure)) => {
                self.taken.push((thread.taken, *index, figure));
                let taken = u32::try_from(self.taken.len() - 1).unwrap_or(0);
                Some(Thread { taken, ..next })
            }
            // A gap that has passed all it may is left with 1, which the next step takes away.
            (Op::Gap(_) | Op::Anything(_) | Op::Between(_), _) if thread.gap == 0 => None,
            (Op::Between(_) | Op::Gap(_), Item::Word(word)) if program.turns(word) => None,
            (Op::Between(_), Item::Word(_) | Item::Mark('\'')) => Some(thread),
            (Op::Gap(_) | Op::Anything(_), Item::Stop) => {
                let stops = thread.stops.checked_sub(1)?;
                Some(Thread { stops, ..thread })
            }
            (Op::Gap(_), Item::Word(_)) => Some(thread),
            (Op::Anything(_), _) => Some(thread),
            (Op::Gap(_), Item::Mark(mark)) if mark != ';' => Some(thread),
            (Op::Gap(_), Item::Figure(figure)) => {
                let sorts = tape.sorts[figure as usize];
                let fits =
                    program.slots.iter().any(|slot| slot.role.is_some() && slot.takes(sorts));
                (!fits).then_some(thread)
            }
            _ => None,
        }
    }
}

/// Whether a step that is no gap passes a token.
fn fits(program: &Program, op: Op, item: Item, sorts: &[Sorts]) -> bool {
    match (op, item) {
        (Op::Word(word), Item::Word(found)) => word == found,
        (Op::Words(set), Item::Word(found)) => program.set(set).binary_search(&found).is_ok(),
        (Op::Mark(mark), Item::Mark(found)) => mark == found,
        (Op::AnyWord, Item::Word(_)) => true,
        (Op::Figure(index), Item::Figure(figure)) => {
            program.slots[usize::from(index)].takes(sorts[figure as usize])
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
