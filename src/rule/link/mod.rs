//! How prose states a relation: patterns over the words and figures of a paragraph.
//!
//! A rule file has them as `[[link]]`; `rules/README.md` describes how they are written. All links
//! of a run are compiled together: they share one numbering of their words, and each is looked at
//! only in paragraphs that hold the words and the sorts of figures that it cannot do without.

mod built_in;
mod cue;
mod frame;
mod item;
mod links;
mod machine;
mod pattern;
mod program;
mod scope;
mod sorted;
mod sorts;
mod triggers;

pub use cue::{Cue, Cues};
pub use frame::{ADDED_UP, Frame, Moves, Slots, TENTATIVE, Takes};
pub use item::Item;
pub use links::{Compiled, CompiledFrame, CompiledSlots, Links};
pub use machine::{Filled, Found, MOST_SENTENCES, Machine, Tape};
pub use pattern::{Aspect, PatternError, Piece, Slot, fills, read, read_part, read_slot};
pub use program::{Program, Vocabulary};
pub use scope::Scope;
pub use sorts::Sorts;
pub use triggers::{Met, Triggers};

use crate::checks::Check;
use crate::finding::{Finding, Severity};
use crate::lexicon::Lexicon;
use crate::rule::Later;
use crate::rule::link::links::{FramePatterns, LinkPatterns, SlotPatterns, Stated};
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
    pub pieces: Later<Vec<Piece>>,
    /// How many sentences it may run over.
    pub sentences: u8,
    /// Whether it runs only where previews are asked for.
    pub preview: bool,
    /// Phrases of which none may stand in the sentences that it runs over.
    pub unless: Later<Vec<Vec<Piece>>>,
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
    /// Whether it is taken only where the relation holds.
    pub tentative: bool,
}

impl Links {
    /// These, with the links of the rules from an index of the registry on.
    ///
    /// Findings: a link that is too long, which does not run.
    pub(super) fn with_rules<'r>(
        self,
        rules: impl Iterator<Item = (&'r [Link], &'r [Frame])>,
        from: usize,
        lexicon: &Lexicon,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let rules: Vec<_> = rules.collect();
        let added = rules.iter().enumerate().skip(from);
        let patterns: Vec<_> = added.map(|(index, &rule)| patterns(index, rule)).collect();
        self.with(&patterns, lexicon, |rule, stated| {
            let (links, frames) = rules[rule];
            findings.push(too_long(match stated {
                Stated::Link(index) => links[index].span,
                Stated::Frame(index) => frames[index].span,
            }));
        })
    }
}

/// What is compiled of the links and the frames of a rule.
fn patterns<'r>(
    index: usize,
    (links, frames): (&'r [Link], &'r [Frame]),
) -> (usize, Vec<LinkPatterns<'r>>, Vec<FramePatterns<'r>>) {
    let links = links.iter().map(of_link).collect();
    (index, links, frames.iter().map(of_frame).collect())
}

fn of_link(link: &Link) -> LinkPatterns<'_> {
    LinkPatterns { pieces: &link.pieces, sentences: link.sentences, unless: &link.unless }
}

fn of_frame(frame: &Frame) -> FramePatterns<'_> {
    let slots = match &frame.takes {
        Takes::Slots(slots) => Some(SlotPatterns {
            scope: slots.scope,
            needed: &slots.needed,
            also: &slots.also,
            with: &slots.with,
        }),
        Takes::Change { .. } | Takes::Whole { .. } => None,
    };
    FramePatterns { unless: &frame.unless, slots }
}

fn too_long(span: Span) -> Finding {
    Finding::broken(Check::InvalidLink, "this link is too long to run", span)
        .labelled("takes too many steps")
        .helped("classes of many phrases and repeats make it long; two links may do")
}
