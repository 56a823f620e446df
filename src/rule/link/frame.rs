//! Frames: which figures of a change a rule takes, whatever the order of the words.

use crate::finding::Severity;
use crate::rule::link::pattern::{Piece, Slot};
use crate::source::Span;

/// A change that prose states, as a rule takes it: from one level to another, by so much.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Where it stands in the rule file.
    pub span: Span,
    /// How it is taken where something rises.
    pub rise: Moves,
    /// How it is taken where something falls.
    pub fall: Moves,
    /// Phrases of which none may stand in its clause.
    pub unless: Vec<Vec<Piece>>,
    /// The level of a contradiction, where it is not the rule's.
    pub severity: Option<Severity>,
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
