//! What was tried on figures and made no relation of them, as data.
//!
//! The engine hands a reason back where it gives something up; a check does not look at it, an explanation
//! does. Figures are mentions of the article, by index.

use std::ops::Range;

use crate::rule::Rule;
use crate::rule::link::Frame;

/// A sentence, and what was made of its figures.
#[derive(Clone, Debug)]
pub struct Sentence<'r> {
    /// Its bytes in the prose.
    pub range: Range<usize>,
    /// Its figures, as mentions of the article.
    pub figures: Range<usize>,
    /// The bytes of its clauses.
    pub clauses: Vec<Range<usize>>,
    /// The changes that were read in it, with those that came to nothing.
    pub changes: Vec<ChangeRead>,
    /// What made no relation, the nearest first.
    pub tried: Vec<Tried<'r>>,
    /// How many links of a rule did not match, though their words and sorts of figures are there.
    pub links: Vec<(&'r Rule, usize)>,
}

/// A frame or a link that made no relation.
#[derive(Clone, Debug)]
pub struct Tried<'r> {
    /// Its rule.
    pub rule: &'r Rule,
    /// The frame; `None` of a link.
    pub frame: Option<&'r Frame>,
    /// The figures that have a place in it: each with its role, by index.
    pub filled: Vec<(usize, usize)>,
    /// The slots that nothing fills, by index.
    pub open: Vec<usize>,
    /// Whether no words beside a figure speak for it, only its sort.
    pub is_faint: bool,
    /// Why there is no relation.
    pub why: Why,
}

/// Why something that was tried is no relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// A slot is filled by no figure.
    Unfilled,
    /// More figures fit a slot, by index, than can be told apart.
    Crowded(usize),
    /// A slot, by index, is filled only by figures that others take.
    Shared(usize),
    /// The slots can be filled in so many ways.
    Ambiguous(usize),
    /// A figure stands between that has no place.
    Between(usize),
    /// The figures do not belong in one relation.
    Misfit(Misfit),
    /// Words stand there, at these tokens of the paragraph or bytes of the prose, that exclude it.
    Excluded(Range<usize>),
    /// None of the words is there that must be.
    Without,
    /// A figure of a change is none that the rule's role takes.
    NotTaken(usize, usize),
    /// No figure says by how much something changed, as this role takes it.
    NoAmount(usize),
    /// No words say which way something changed.
    NoDirection,
    /// A more special rule says it of the same figures.
    GivesWay(String),
}

/// Why figures do not belong in one relation of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// Nothing fills a role.
    Empty(usize),
    /// Several figures fill a role that takes one.
    Several(usize),
    /// A figure fills two roles.
    Twice(usize),
    /// A figure does not measure what a role takes.
    Kind(usize, usize),
    /// Two figures do not measure the same.
    Measures(usize, usize),
    /// One figure is a percentage, and the other is not.
    Percent(usize, usize),
    /// One figure is for each of something that the other is not for.
    Rates(usize, usize),
    /// Two figures count different things.
    Counts(usize, usize),
    /// Two figures are in different currencies.
    Currencies(usize, usize),
    /// The currencies are not spread over the roles as the frame wants them.
    Spread,
    /// A price is for other things than those that are counted.
    Price,
    /// Neither figure converts the other.
    NoConversion,
}

/// A change as far as it was read.
#[derive(Clone, Debug)]
pub struct ChangeRead {
    /// The bytes of its clause in the prose.
    pub clause: Range<usize>,
    /// The level that it began with.
    pub from: Option<usize>,
    /// The level that it ended with.
    pub to: Option<usize>,
    /// By how much.
    pub by: Vec<usize>,
    /// Whether it goes up, where that is known.
    pub rises: Option<bool>,
    /// Why it is no change; `None` where it is one.
    pub lost: Option<NoChange>,
    /// What ended it, where that was no end of its clause.
    pub ended: Option<Ended<usize>>,
    /// A level that was only expected.
    pub expected: Option<usize>,
}

/// Why no change came of what was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoChange {
    /// Neither level has its place.
    #[default]
    NoLevels,
    /// The level that it began with is not there.
    NoFirst,
    /// The level that it ended with is not there.
    NoLast,
    /// The levels do not measure the same.
    Unlike,
    /// The figures go the other way than the words.
    OtherWay,
    /// It is compared with a figure and with another time.
    TwoBases,
    /// The first level is of long before what else is told.
    LongAgo,
    /// What it began with is a range, and became something else.
    WasRange,
    /// Two changes are told in one.
    TwoInOne,
    /// A share: of what the first one is, is not told.
    OfAnother,
    /// A figure without a place stands in it.
    Strayed,
}

/// What ended a change before its clause did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended<F> {
    /// A second figure for the first level, the last one, or the change itself.
    Second(End, F),
    /// A figure without a place, before the next one that had one.
    Stray(F),
    /// The next figure stands too far off.
    Far(F),
    /// Words that tell of another change.
    Words,
}

impl<F> Ended<F> {
    /// The same of another sort of figure.
    pub(super) fn map<G>(self, figure: impl Fn(F) -> G) -> Ended<G> {
        match self {
            Self::Second(end, second) => Ended::Second(end, figure(second)),
            Self::Stray(stray) => Ended::Stray(figure(stray)),
            Self::Far(far) => Ended::Far(figure(far)),
            Self::Words => Ended::Words,
        }
    }
}

/// The place of a figure in a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The level that it began with.
    From,
    /// The level that it ended with.
    To,
    /// The change itself.
    By,
}
