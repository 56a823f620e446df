//! What the reader of an article gives up, put down where that is asked for.

use crate::prose::candidate::Candidate;
use crate::prose::change::{Change, Lost};
use crate::prose::tried::{Tried, Why};
use crate::rule::Rule;

/// What was given up while a paragraph was read.
#[derive(Debug, Default)]
pub(super) struct Trace<'r> {
    /// Changes that came to nothing.
    pub(super) lost: Vec<Lost>,
    /// Changes that were read.
    pub(super) changes: Vec<Change>,
    /// What was tried in vain, each with the first of its figures.
    pub(super) tried: Vec<(usize, Tried<'r>)>,
}

impl<'r> Trace<'r> {
    /// Puts down what a more special rule says of the same figures.
    pub(super) fn gave_way(&mut self, candidate: &Candidate<'r>, special: &Rule) {
        let roles = candidate.roles.iter().enumerate();
        let filled = roles.flat_map(|(role, all)| all.iter().map(move |t| (role, t.mention)));
        let tried = Tried {
            rule: candidate.rule,
            frame: None,
            filled: filled.collect(),
            open: Vec::new(),
            is_faint: false,
            why: Why::GivesWay(special.id.to_string()),
        };
        self.tried.extend(candidate.mentions().first().map(|&first| (first, tried)));
    }
}
