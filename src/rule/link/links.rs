//! All links and frames of a run, compiled together.
//!
//! Those of the built-in rules are compiled by the build script, with this file too, and lie in the program as
//! they run; where a newsroom has rules or words of its own, all are compiled when the run starts.

use std::borrow::Cow;

use crate::lexicon::Lexicon;
use crate::rule::link::pattern::Piece;
use crate::rule::link::program::{Numbers, Program, Vocabulary};
use crate::rule::link::triggers::{Needs, Triggers};
use crate::rule::link::{Cues, Scope, Sorts};

/// A link ready to run.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The rule, by its index in the registry.
    pub rule: usize,
    /// The link, by its index in the rule.
    pub link: usize,
    /// Its program.
    pub program: Program,
    /// What must not stand in its sentences.
    pub unless: Cow<'static, [Program]>,
}

impl Compiled {
    /// What must stand where it matches.
    fn needs(&self) -> Needs<'_> {
        let (words, figures) = (self.program.needs().iter(), self.program.figures());
        Needs { words: words.collect(), figures: figures.to_vec() }
    }
}

/// A frame ready to be looked for.
#[derive(Clone, Debug)]
pub struct CompiledFrame {
    /// The rule, by its index in the registry.
    pub rule: usize,
    /// The frame, by its index in the rule.
    pub frame: usize,
    /// What must not stand in its clause.
    pub unless: Cow<'static, [Program]>,
}

/// A frame of slots ready to be looked for.
#[derive(Clone, Debug)]
pub struct CompiledSlots {
    /// The rule and the frame, and what must not stand in its scope.
    pub frame: CompiledFrame,
    /// Where its slots stand.
    pub scope: Scope,
    /// The slots that must be filled.
    pub needed: Cow<'static, [Program]>,
    /// Those that may be.
    pub also: Cow<'static, [Program]>,
    /// Of which one must stand in its scope.
    pub with: Cow<'static, [Program]>,
}

impl CompiledSlots {
    /// What must stand in its scope.
    fn needs(&self) -> Needs<'_> {
        let mut words: Vec<&Numbers> = self.needed.iter().flat_map(Program::needs).collect();
        words.sort_by_key(|words| words.len());
        Needs { words, figures: self.needed.iter().flat_map(Program::figures).copied().collect() }
    }

    /// Whether a figure may be in one of its slots.
    pub fn takes(&self, sorts: Sorts) -> bool {
        self.needed.iter().chain(&*self.also).any(|program| program.takes(sorts))
    }
}

/// All links and frames of a run.
#[derive(Clone, Debug, Default)]
pub struct Links {
    pub(crate) all: Cow<'static, [Compiled]>,
    pub(crate) frames: Cow<'static, [CompiledFrame]>,
    pub(crate) slots: Cow<'static, [CompiledSlots]>,
    pub(crate) cues: Cues,
    pub(crate) words: Vocabulary,
    /// Those of one sentence and one figure.
    pub(crate) about_one: Triggers,
    /// Those of one sentence and several figures.
    pub(crate) within: Triggers,
    /// Those of several.
    pub(crate) across: Triggers,
    /// Frames of slots within one sentence.
    pub(crate) slots_within: Triggers,
    /// Frames of slots over two.
    pub(crate) slots_across: Triggers,
}

/// A link as it is compiled.
#[derive(Clone, Copy, Debug)]
pub struct LinkPatterns<'p> {
    /// The pattern.
    pub pieces: &'p [Piece],
    /// How many sentences it may run over.
    pub sentences: u8,
    /// Phrases of which none may stand in these sentences.
    pub unless: &'p [Vec<Piece>],
}

/// A frame as it is compiled.
#[derive(Clone, Copy, Debug)]
pub struct FramePatterns<'p> {
    /// Phrases of which none may stand in its clause.
    pub unless: &'p [Vec<Piece>],
    /// Its slots, if it is one of slots.
    pub slots: Option<SlotPatterns<'p>>,
}

/// The slots of a frame as they are compiled.
#[derive(Clone, Copy, Debug)]
pub struct SlotPatterns<'p> {
    /// Where they stand.
    pub scope: Scope,
    /// Those that must be filled.
    pub needed: &'p [Vec<Piece>],
    /// Those that may be.
    pub also: &'p [Vec<Piece>],
    /// Phrases of which one must stand in the scope.
    pub with: &'p [Vec<Piece>],
}

/// A link or a frame of a rule, by its index there.
#[derive(Clone, Copy, Debug)]
pub enum Stated {
    /// A link.
    Link(usize),
    /// A frame.
    Frame(usize),
}

impl Links {
    /// These, with the links and frames of further rules, each rule with its index in the registry; says which are
    /// too long to run.
    #[must_use]
    pub fn with(
        self,
        rules: &[(usize, Vec<LinkPatterns<'_>>, Vec<FramePatterns<'_>>)],
        lexicon: &Lexicon,
        mut too_long: impl FnMut(usize, Stated),
    ) -> Self {
        let mut links = self;
        for &(rule, ref of_rule, ref frames) in rules {
            for (index, frame) in frames.iter().enumerate() {
                if links.add_frame(rule, index, frame, lexicon).is_none() {
                    too_long(rule, Stated::Frame(index));
                }
            }
            for (index, link) in of_rule.iter().enumerate() {
                if links.add_link(rule, index, link, lexicon).is_none() {
                    too_long(rule, Stated::Link(index));
                }
            }
        }
        let has_frames = !links.frames.is_empty() || !links.slots.is_empty();
        if has_frames && links.cues.starts.is_empty() {
            links.cues = Cues::new(lexicon, &mut links.words);
        }
        links.add_triggers();
        links
    }

    fn add_link(
        &mut self,
        rule: usize,
        link: usize,
        patterns: &LinkPatterns<'_>,
        lexicon: &Lexicon,
    ) -> Option<()> {
        let words = &mut self.words;
        let program = Program::new(patterns.pieces, patterns.sentences, words, lexicon);
        let unless = compiled(patterns.unless, words, lexicon);
        let (program, unless) = (program?, unless?);
        self.all.to_mut().push(Compiled { rule, link, program, unless });
        Some(())
    }

    fn add_frame(
        &mut self,
        rule: usize,
        index: usize,
        patterns: &FramePatterns<'_>,
        lexicon: &Lexicon,
    ) -> Option<()> {
        let words = &mut self.words;
        let unless = compiled(patterns.unless, words, lexicon)?;
        let frame = CompiledFrame { rule, frame: index, unless };
        let Some(slots) = &patterns.slots else {
            self.frames.to_mut().push(frame);
            return Some(());
        };
        let needed = compiled(slots.needed, words, lexicon)?;
        let also = compiled(slots.also, words, lexicon)?;
        let with = compiled(slots.with, words, lexicon)?;
        let scope = slots.scope;
        self.slots.to_mut().push(CompiledSlots { frame, scope, needed, also, with });
        Some(())
    }

    /// Sets down by which words links are found, when all words have their numbers.
    fn add_triggers(&mut self) {
        let numbers = self.words.numbers();
        let of = |wanted: fn(u8, usize) -> bool| {
            let all = (0..).zip(&*self.all).filter(|(_, compiled)| {
                wanted(compiled.program.sentences, compiled.program.least_figures())
            });
            Triggers::new(all.map(|(index, compiled)| (index, compiled.needs())), numbers)
        };
        let of_slots = |wanted: fn(Scope) -> bool| {
            let all = (0..).zip(&*self.slots).filter(|(_, slots)| wanted(slots.scope));
            Triggers::new(all.map(|(index, slots)| (index, slots.needs())), numbers)
        };
        let about_one = of(|sentences, figures| sentences < 2 && figures < 2);
        let within = of(|sentences, figures| sentences < 2 && 1 < figures);
        let across = of(|sentences, _| 1 < sentences);
        let slots_within = of_slots(|_| true);
        let slots_across = of_slots(|scope| scope == Scope::TwoSentences);
        *self =
            Self { about_one, within, across, slots_within, slots_across, ..std::mem::take(self) };
    }

    /// The frames of all rules.
    pub fn frames(&self) -> &[CompiledFrame] {
        &self.frames
    }

    /// The frame of slots at an index.
    pub fn slots(&self, index: u16) -> &CompiledSlots {
        &self.slots[usize::from(index)]
    }

    /// The frames of slots over two sentences.
    pub fn over_two_sentences(&self) -> impl Iterator<Item = &CompiledSlots> {
        self.slots.iter().filter(|slots| slots.scope == Scope::TwoSentences)
    }

    /// How many frames of slots there are.
    pub fn slot_frames(&self) -> usize {
        self.slots.len()
    }

    /// Which frames of slots to look at within a sentence.
    pub fn slots_within(&self) -> &Triggers {
        &self.slots_within
    }

    /// Which frames of slots to look at over two sentences.
    pub fn slots_across(&self) -> &Triggers {
        &self.slots_across
    }

    /// What gives the figures of a frame their places.
    pub fn cues(&self) -> &Cues {
        &self.cues
    }

    /// The words of all links.
    pub fn words(&self) -> &Vocabulary {
        &self.words
    }

    /// The link at an index.
    pub fn get(&self, index: u16) -> &Compiled {
        &self.all[usize::from(index)]
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// Which links of one sentence and one figure to look at.
    pub fn about_one(&self) -> &Triggers {
        &self.about_one
    }

    /// Which links of one sentence and several figures to look at.
    pub fn within(&self) -> &Triggers {
        &self.within
    }

    /// Which links of several sentences to look at.
    pub fn across(&self) -> &Triggers {
        &self.across
    }
}

fn compiled(
    patterns: &[Vec<Piece>],
    words: &mut Vocabulary,
    lexicon: &Lexicon,
) -> Option<Cow<'static, [Program]>> {
    patterns.iter().map(|one| Program::new(one, 1, words, lexicon)).collect()
}
