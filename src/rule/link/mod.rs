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
pub use frame::{Frame, Moves, Takes};
pub use item::Item;
pub use machine::{Filled, Found, MOST_SENTENCES, Machine, Tape};
pub use pattern::{Aspect, PatternError, Piece, Slot, read, read_slot};
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

/// All links and frames of a run.
#[derive(Clone, Debug, Default)]
pub struct Links {
    all: Vec<Compiled>,
    frames: Vec<CompiledFrame>,
    cues: Cues,
    words: Vocabulary,
    /// Those of one sentence and one figure.
    about_one: Triggers,
    /// Those of one sentence and several figures.
    within: Triggers,
    /// Those of several.
    across: Triggers,
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
        if !links.frames.is_empty() {
            links.cues = Cues::new(lexicon, &mut links.words);
        }
        for triggers in [&mut links.about_one, &mut links.within, &mut links.across] {
            triggers.by_word = vec![Vec::new(); links.words.numbers()];
        }
        for (index, compiled) in links.all.iter().enumerate() {
            let index = u16::try_from(index).unwrap_or(u16::MAX);
            let triggers = match (compiled.program.sentences, compiled.program.least_figures()) {
                (0 | 1, 0 | 1) => &mut links.about_one,
                (0 | 1, _) => &mut links.within,
                _ => &mut links.across,
            };
            match compiled.program.needs().first() {
                Some(words) => {
                    for &word in words {
                        triggers.by_word[usize::from(word)].push(index);
                    }
                }
                None => triggers.always.push(index),
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
            let words = &mut self.words;
            let unless = frame.unless.iter().map(|one| Program::new(one, 1, words, lexicon));
            match unless.collect() {
                Some(unless) => self.frames.push(CompiledFrame { rule, frame: index, unless }),
                None => findings.push(too_long(frame.span)),
            }
        }
    }

    /// The frames of all rules.
    pub fn frames(&self) -> &[CompiledFrame] {
        &self.frames
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
