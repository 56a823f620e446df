//! Frames: which figures of a change, of a whole and its parts, or of a clause a rule takes, whatever the
//! order of the words.

use crate::finding::Severity;
use crate::rule::Later;
use crate::rule::link::Scope;
use crate::rule::link::pattern::{Piece, Slot};
use crate::source::Span;
use crate::value::Strain;

/// The name under which sums are measured that were taken because they hold, of every frame of parts.
pub const ADDED_UP: &str = "added-up";

/// The name under which is measured what was taken only because it holds, and has no name of its own.
pub const TENTATIVE: &str = "tentative";

/// What prose states, as a rule takes it.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Where it stands in the rule file.
    pub span: Span,
    /// Which of its figures the rule takes.
    pub takes: Takes,
    /// Phrases of which none may stand in its clause.
    pub unless: Later<Vec<Vec<Piece>>>,
    /// The name under which it is measured apart from the rest of the rule.
    pub apart: Option<String>,
    /// Beyond which strain its figures contradict, where that is not what the rule says.
    pub strain: Option<Strain>,
    /// The level of a contradiction, where it is not the rule's.
    pub severity: Option<Severity>,
    /// Whether it is taken only where the relation holds; of slots only.
    pub tentative: bool,
}

/// The figures that a frame takes.
#[derive(Clone, Debug)]
pub enum Takes {
    /// A change from one level to another, by so much: as it is taken where something rises, and where
    /// it falls.
    Change {
        /// What rises.
        rise: Moves,
        /// What falls.
        fall: Moves,
    },
    /// A whole and all its parts.
    Whole {
        /// The whole.
        whole: Slot,
        /// The parts.
        parts: Slot,
    },
    /// Figures that stand in one scope in any order, each beside its own words.
    Slots(Slots),
}

/// Figures in any order, each in a slot that words beside it make.
#[derive(Clone, Debug)]
pub struct Slots {
    /// Patterns of which each must match once; together they fill every role.
    pub needed: Later<Vec<Vec<Piece>>>,
    /// These patterns as written.
    pub written: Vec<String>,
    /// A figure of the paragraph before them all, with which the relation holds.
    pub before: Option<Slot>,
    /// Patterns that may match once.
    pub also: Later<Vec<Vec<Piece>>>,
    /// Where they all stand.
    pub scope: Scope,
    /// Whether the figures may count different things.
    pub mixed: bool,
    /// Roles whose figures are in one currency, while those of the others are in another.
    pub alike: Vec<usize>,
    /// Phrases of which one must stand in the scope, if there are any.
    pub with: Later<Vec<Vec<Piece>>>,
    /// These phrases as written.
    pub with_written: Vec<String>,
}

/// The roles that the figures of a change fill.
#[derive(Clone, Copy, Debug)]
pub struct Moves {
    /// The level that it began with.
    pub from: Slot,
    /// The level that it ended with.
    pub to: Slot,
    /// The change itself, if the rule has a role for it.
    pub by: Option<Slot>,
}
