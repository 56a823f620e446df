//! A change as it is read, figure by figure.

use std::ops::Range;

use crate::prose::tried::{self, NoChange};
use crate::rule::link::Cue;

/// A change that a clause states.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each tells one thing of a change")]
pub(in crate::prose) struct Change {
    /// Whether it goes up.
    pub(in crate::prose) rises: bool,
    /// Whether words say so, and not only the figures.
    pub(in crate::prose) is_told: bool,
    /// The token of the word that says so against the figures.
    pub(in crate::prose) against: Option<usize>,
    /// Whether the first level is one that the second is only compared with.
    pub(in crate::prose) is_compared: bool,
    /// The level that it began with, as a figure of the paragraph.
    pub(in crate::prose) from: u32,
    /// The level that it ended with.
    pub(in crate::prose) to: u32,
    /// By how much a level changed, where the other one is not stated and follows from it.
    pub(in crate::prose) derived: Option<Derived>,
    /// By how much: in percent, in points, in the unit of the levels, as a factor.
    pub(in crate::prose) by: Vec<u32>,
    /// The tokens of its clause.
    pub(in crate::prose) clause: Range<usize>,
    /// What ended it before its clause did.
    pub(in crate::prose) ended: Option<Ended>,
    /// Whether a level of it is one that stands there without a cue, which is meant only where the change then
    /// holds: "rose 4.4 % to 60 after falling 10 % to 57.5".
    pub(in crate::prose) is_tentative: bool,
}

/// What was read of a change, and came to nothing.
#[derive(Clone, Debug, Default)]
pub(in crate::prose) struct Lost {
    pub(in crate::prose) from: Option<u32>,
    pub(in crate::prose) to: Option<u32>,
    pub(in crate::prose) by: Vec<u32>,
    /// Whether it goes up, where that is known.
    pub(in crate::prose) rises: Option<bool>,
    /// The tokens of its clause.
    pub(in crate::prose) clause: Range<usize>,
    pub(in crate::prose) why: NoChange,
    pub(in crate::prose) ended: Option<Ended>,
    /// A level of the clause that was only expected.
    pub(in crate::prose) expected: Option<u32>,
}

/// What ends a change before its clause does, by figures of the paragraph.
pub(in crate::prose) type Ended = tried::Ended<u32>;

/// The end of a change that is not stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::prose) enum Derived {
    /// The first level is the second less this change.
    From(u32),
    /// The second is the first with this change.
    To(u32),
}

/// A figure that is a level by itself.
#[derive(Clone, Copy)]
pub(super) struct Level {
    pub(super) figure: u32,
    pub(super) at: usize,
    /// Whether it says what the one before it says in other terms.
    pub(super) is_alternative: bool,
    /// Whether a date stands behind it.
    pub(super) is_dated: bool,
}

/// A change as far as it is read.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each tells one thing of a change")]
pub(super) struct Group {
    /// The token that it starts at.
    pub(super) start: usize,
    /// Whether it goes up, once words tell.
    pub(super) rises: Option<bool>,
    /// The token of the word that tells.
    pub(super) told_at: Option<usize>,
    /// Whether the direction is told beside a level: "5,000, up 3 percent".
    pub(super) is_beside: bool,
    /// Whether it is so told behind a level: "at $36.80, off $3.20".
    pub(super) is_aside: bool,
    /// Whether a verb tells it.
    pub(super) is_finite: bool,
    pub(super) from: Option<u32>,
    pub(super) is_compared: bool,
    /// Whether what is compared may be the base of another change than the one told before it.
    pub(super) is_weak: bool,
    /// Whether the last of its levels is the one that it ended with.
    pub(super) ends_with_to: bool,
    /// What its levels come to in other terms: per share beside in all.
    pub(super) from_also: Option<u32>,
    pub(super) to_also: Option<u32>,
    pub(super) to: Option<u32>,
    pub(super) by: Vec<u32>,
    /// The token of its last figure.
    pub(super) last: usize,
    /// The token of its last figure, date or bracket.
    pub(super) end: usize,
    /// Whether its last level stands behind "at".
    pub(super) is_at: bool,
    /// Whether a share stands beside a level in other terms: "$96 million, or 31 % of sales".
    pub(super) has_share: bool,
    /// Whether a figure without a place stands behind its last one.
    pub(super) is_strayed: bool,
    /// That figure, and its token, where it is the only one.
    pub(super) strayed: Option<(u32, usize)>,
    /// A figure that is told in other terms by a change that compares, and may be the change itself or a level:
    /// "were 2.8 billion or 0.7 percent below".
    pub(super) or_change: Option<u32>,
    /// Whether it is compared with a time and not with a figure.
    pub(super) has_base: bool,
    /// Whether a date stands in it.
    pub(super) has_date: bool,
    /// Whether it goes on with the change before it: "and a further 25 percent".
    pub(super) is_further: bool,
    /// Whether words tell both directions: "revised down the gains".
    pub(super) is_mixed: bool,
    /// Why it is no change, where something speaks against it.
    pub(super) dead: Option<NoChange>,
    /// What ends it before its clause does.
    pub(super) ended: Option<Ended>,
}

impl Group {
    pub(super) fn is_empty(&self) -> bool {
        self.from.is_none() && self.to.is_none() && self.by.is_empty()
    }
}

/// What stands before a figure and gives it its place.
#[derive(Clone, Copy)]
pub(super) struct Pending {
    pub(super) cue: Cue,
    /// Words since.
    pub(super) gap: usize,
    /// Its token.
    pub(super) at: usize,
    /// Whether a date stood between.
    pub(super) behind_date: bool,
}

impl Pending {
    /// Whether it tells which way what follows goes.
    pub(super) fn is_of_direction(self) -> bool {
        matches!(self.cue, Cue::Rise | Cue::Fall | Cue::Up | Cue::Down | Cue::Off | Cue::Ahead)
    }

    /// Whether what follows is a level.
    pub(super) fn is_of_level(self) -> bool {
        matches!(self.cue, Cue::From | Cue::Against | Cue::To | Cue::At)
    }
}

/// A direction that stands behind its figure.
#[derive(Clone, Copy)]
pub(super) struct Behind {
    pub(super) rises: bool,
    /// Whether a level follows that it is compared with.
    pub(super) compares: bool,
    /// Its token.
    pub(super) at: usize,
    /// The token behind it.
    pub(super) end: usize,
}

/// The place of a figure.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    From,
    Compared,
    To,
    By,
    Level,
    Alternative,
}
