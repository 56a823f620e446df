//! How prose states a relation: patterns over the words and figures of a paragraph.
//!
//! A rule file has them as `[[link]]`; `rules/README.md` describes how they are written. All links
//! of a run are compiled together: they share one numbering of their words, and each is looked at
//! only in paragraphs that hold the words and the sorts of figures that it cannot do without.

mod cue;
mod frame;
mod item;
mod machine;
mod pattern;
mod program;
mod sorts;

pub use cue::{Cue, Cues};
pub use frame::{Frame, Moves, Scope, Slots, Takes};
pub use item::Item;
pub use machine::{Filled, Found, MOST_SENTENCES, Machine, Tape};
pub use pattern::{Aspect, PatternError, Piece, Slot, fills, read, read_part, read_slot};
pub use program::{Program, Vocabulary};
pub use sorts::Sorts;

use crate::checks::Check;
use crate::finding::{Finding, Severity};
use crate::lexicon::Lexicon;
use crate::source::Span;
use crate::value::Strain;

/// One way in which prose states a rule's relation.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of the rule file")]
pub struct Link {
    /// The pattern as written.
    pub written: String,
    /// Where the pattern stands in the rule file.
    pub span: Span,
    /// The pattern.
    pub pieces: Vec<Piece>,
    /// How many sentences it may run over.
    pub sentences: u8,
    /// Whether it runs only where previews are asked for.
    pub preview: bool,
    /// Phrases of which none may stand in the sentences that it runs over.
    pub unless: Vec<Vec<Piece>>,
    /// The name under which it is measured apart from the rest of the rule.
    pub apart: Option<String>,
    /// Beyond which strain its figures contradict, where that is not what the rule says.
    pub strain: Option<Strain>,
    /// The level of a contradiction, where it is not the rule's.
    pub severity: Option<Severity>,
    /// Whether the figures may count different things: parts of a sum, tickets and their price.
    pub mixed: bool,
    /// Whether the figures say the same in units of different systems, or in different currencies.
    pub converts: bool,
    /// Whether it is there only to excuse other readings of its figures, and says nothing itself.
    pub excuses: bool,
}

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
    pub unless: Vec<Program>,
}

/// A frame ready to be looked for.
#[derive(Clone, Debug)]
pub struct CompiledFrame {
    /// The rule, by its index in the registry.
    pub rule: usize,
    /// The frame, by its index in the rule.
    pub frame: usize,
    /// What must not stand in its clause.
    pub unless: Vec<Program>,
}

/// A frame of slots ready to be looked for.
#[derive(Clone, Debug)]
pub struct CompiledSlots {
    /// The rule and the frame, and what must not stand in its scope.
    pub frame: CompiledFrame,
    /// Where its slots stand.
    pub scope: Scope,
    /// The slots that must be filled.
    pub needed: Vec<Program>,
    /// Those that may be.
    pub also: Vec<Program>,
    /// Of which one must stand in its scope.
    pub with: Vec<Program>,
}

impl CompiledSlots {
    /// Whether a text with these figures can hold it; `all` is what they are together.
    pub fn may_hold(&self, figures: &[Sorts], all: Sorts) -> bool {
        self.needed.iter().all(|program| program.may_hold(figures, all))
    }

    /// The words of which one must stand in its scope, the rarest sort first.
    pub fn needs(&self) -> impl Iterator<Item = &Vec<u16>> {
        self.needed.iter().flat_map(Program::needs)
    }

    /// Whether a figure may be in one of its slots.
    pub fn takes(&self, sorts: Sorts) -> bool {
        self.needed.iter().chain(&self.also).any(|program| program.takes(sorts))
    }
}

/// All links and frames of a run.
#[derive(Clone, Debug, Default)]
pub struct Links {
    all: Vec<Compiled>,
    frames: Vec<CompiledFrame>,
    slots: Vec<CompiledSlots>,
    cues: Cues,
    words: Vocabulary,
    /// Those of one sentence and one figure.
    about_one: Triggers,
    /// Those of one sentence and several figures.
    within: Triggers,
    /// Those of several.
    across: Triggers,
    /// Frames of slots within one sentence.
    slots_within: Triggers,
    /// Frames of slots over two.
    slots_across: Triggers,
}

/// Which links to look at.
#[derive(Clone, Debug, Default)]
pub struct Triggers {
    /// For each word, the links to look at where it stands.
    by_word: Vec<Vec<u16>>,
    /// Links that need no word.
    always: Vec<u16>,
}

impl Triggers {
    /// Adds what needs one of some words, or none.
    fn add(&mut self, index: u16, needs: Option<&Vec<u16>>, numbers: usize) {
        self.by_word.resize(numbers, Vec::new());
        match needs {
            Some(words) => {
                for &word in words {
                    self.by_word[usize::from(word)].push(index);
                }
            }
            None => self.always.push(index),
        }
    }

    /// The links to look at where a word stands.
    pub fn at_word(&self, word: u16) -> &[u16] {
        self.by_word.get(usize::from(word)).map_or(&[], Vec::as_slice)
    }

    /// The links to look at wherever figures stand.
    pub fn anywhere(&self) -> &[u16] {
        &self.always
    }
}

impl Links {
    /// Compiles the links of rules, given in the order of their registry.
    ///
    /// Findings: a link that is too long, which does not run.
    pub fn new<'l>(
        rules: impl Iterator<Item = (&'l [Link], &'l [Frame])>,
        lexicon: &Lexicon,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let mut links = Self::default();
        for (rule, (of_rule, frames)) in rules.enumerate() {
            links.add_frames(rule, frames, lexicon, findings);
            for (index, link) in of_rule.iter().enumerate() {
                let words = &mut links.words;
                let program = Program::new(&link.pieces, link.sentences, words, lexicon);
                let unless = link.unless.iter().map(|one| Program::new(one, 1, words, lexicon));
                let (Some(program), Some(unless)) = (program, unless.collect()) else {
                    findings.push(too_long(link.span));
                    continue;
                };
                links.all.push(Compiled { rule, link: index, program, unless });
            }
        }
        if !links.frames.is_empty() || !links.slots.is_empty() {
            links.cues = Cues::new(lexicon, &mut links.words);
        }
        let numbers = links.words.numbers();
        for (index, compiled) in (0..).zip(&links.all) {
            let triggers = match (compiled.program.sentences, compiled.program.least_figures()) {
                (0 | 1, 0 | 1) => &mut links.about_one,
                (0 | 1, _) => &mut links.within,
                _ => &mut links.across,
            };
            triggers.add(index, compiled.program.needs().first(), numbers);
        }
        for (index, slots) in (0..).zip(&links.slots) {
            let needs = slots.needs().min_by_key(|words| words.len());
            links.slots_within.add(index, needs, numbers);
            if slots.scope == Scope::TwoSentences {
                links.slots_across.add(index, needs, numbers);
            }
        }
        links
    }

    fn add_frames(
        &mut self,
        rule: usize,
        frames: &[Frame],
        lexicon: &Lexicon,
        findings: &mut Vec<Finding>,
    ) {
        for (index, frame) in frames.iter().enumerate() {
            if self.add_frame(rule, index, frame, lexicon).is_none() {
                findings.push(too_long(frame.span));
            }
        }
    }

    fn add_frame(
        &mut self,
        rule: usize,
        index: usize,
        frame: &Frame,
        lexicon: &Lexicon,
    ) -> Option<()> {
        let words = &mut self.words;
        let mut compile = |patterns: &[Vec<Piece>]| -> Option<Vec<Program>> {
            patterns.iter().map(|one| Program::new(one, 1, words, lexicon)).collect()
        };
        let unless = compile(&frame.unless)?;
        let compiled = CompiledFrame { rule, frame: index, unless };
        match &frame.takes {
            Takes::Slots(slots) => {
                let needed = compile(&slots.needed)?;
                let (also, with) = (compile(&slots.also)?, compile(&slots.with)?);
                let scope = slots.scope;
                self.slots.push(CompiledSlots { frame: compiled, scope, needed, also, with });
            }
            Takes::Change { .. } | Takes::Whole { .. } => self.frames.push(compiled),
        }
        Some(())
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
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
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

fn too_long(span: Span) -> Finding {
    Finding::broken(Check::InvalidLink, "this link is too long to run", span)
        .labelled("takes too many steps")
        .helped("classes of many phrases and repeats make it long; two links may do")
}
