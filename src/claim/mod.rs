//! Claims: figures with an identity, as a fact-checker keeps them beside an article.

mod anchor;
mod file;
mod store;

use std::ops::Range;

pub use anchor::{Sentences, anchor, fitting, mend, occurrences, quotes, rewritten, stale};
pub use file::{CLAIMS, is_name, read};
pub use store::{ClaimsFile, Store};

use crate::checks::Check;
use crate::figure::Figure;
use crate::finding::{Finding, Severity};
use crate::source::Span;
use crate::value::Value;

/// A figure with an identity.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Its name, unique in the file.
    pub id: String,
    /// Where the name stands.
    pub id_span: Span,
    /// What it states, where the claims file says so.
    pub figure: Figure,
    /// The article's exact words.
    pub quote: Option<Quote>,
    /// Where the quote stands in the article, once found, or the figure within it. `None` where the
    /// article states another figure now.
    pub place: Option<Span>,
    /// What became of the quote in the article; `None` where there is no quote or no article.
    pub state: Option<State>,
    /// Where the words of the quote stand now: one place; before it the other figure, where that
    /// changed; several where none is plain.
    pub found: Vec<Found>,
    /// The paragraph that it stood in when it was recorded, from 1.
    pub paragraph: Option<usize>,
    /// The paragraph that it stands in now.
    pub stands_in: Option<usize>,
    /// What its sentence says otherwise now, beside the number itself.
    pub otherwise: Vec<Otherwise>,
    /// Whether its quote stands in the article and states another figure than it does.
    pub is_misquoted: bool,
    /// Whether it is marked as gone from the article.
    pub is_gone: bool,
    /// Who or what it is about.
    pub subject: Option<String>,
    /// Which figure of it.
    pub measure: Option<String>,
    /// Where the figure comes from.
    pub source: Option<Origin>,
    /// How far it was checked.
    pub status: Status,
    /// Who checked it.
    pub checker: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

/// Words of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Their bytes in the source.
    pub span: Span,
    /// Their bytes of the prose.
    pub prose: Range<usize>,
}

/// What a figure states beside its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// Its sign: "-0.4 %".
    Sign,
    /// Whether it is of a rise or a fall, a profit or a loss.
    Direction,
    /// Whether it is denied: "did not pay".
    Denial,
    /// Whether it is more, less or about so much.
    Hedge,
    /// What it is per: "a head".
    Per,
    /// The weekday.
    Weekday,
    /// What it counts.
    Counted,
    /// Which of several it is of: the killed or the injured, the height or the length.
    Sort,
}

impl Aspect {
    /// The word that reports use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::Direction => "direction",
            Self::Denial => "denial",
            Self::Hedge => "hedge",
            Self::Per => "per",
            Self::Weekday => "weekday",
            Self::Counted => "counted",
            Self::Sort => "sort",
        }
    }
}

/// What an edited sentence says otherwise of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Otherwise {
    /// Which part of what it states.
    pub aspect: Aspect,
    /// The words that said so when it was recorded; empty where nothing did.
    pub was: String,
    /// The words that say so now; empty where nothing does.
    pub is: String,
    /// Where they stand in the article, where they do.
    pub at: Option<Span>,
}

/// What became of a claim's quote in an article that was edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It stands where it stood, in the same words.
    Same,
    /// It stands elsewhere.
    Moved,
    /// It is worded otherwise, or the words around it are; its figures are the same.
    Reworded,
    /// The sentence is there, its figure is another one.
    Changed,
    /// It is not there.
    Gone,
    /// It stands in several places, and none is plainly meant.
    Ambiguous,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Same, Self::Moved, Self::Reworded, Self::Changed, Self::Gone, Self::Ambiguous];

    /// The words that reports use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Moved => "moved",
            Self::Reworded => "reworded",
            Self::Changed => "figure changed",
            Self::Gone => "gone",
            Self::Ambiguous => "ambiguous",
        }
    }
}

impl Claim {
    /// The place to show a reader: in the article, or in the claims file.
    pub fn shown_at(&self) -> Span {
        self.place.unwrap_or(self.figure.span)
    }
}

/// The finding that a claim has no source; a figure that is not stated needs none.
pub fn sourceless(claim: &Claim) -> Option<Finding> {
    let is_stated = !matches!(claim.figure.value, Value::Unstated) && !claim.is_gone;
    let is_named =
        |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    let has_source = claim
        .source
        .as_ref()
        .is_some_and(|source| is_named(&source.title) || is_named(&source.url));
    (is_stated && !has_source).then(|| {
        let message = format!("`{}` has no source", claim.id);
        Finding::of(Check::MissingSource, message, claim.id_span)
            .labelled("where does the figure come from?")
            .helped("`source = { title = \"…\", locator = \"p. 3\" }`, a `url`, or text")
    })
}

/// The words that a claim quotes, and what tells them from the same words elsewhere.
#[derive(Clone, Debug)]
pub struct Quote {
    /// The words.
    pub text: String,
    /// Where they stand in the claims file.
    pub span: Span,
    /// The words before.
    pub prefix: Option<String>,
    /// The words behind.
    pub suffix: Option<String>,
    /// The sentence that it stood in when it was recorded; of the cell of a table, the row.
    pub sentence: Option<String>,
}

/// Where a figure comes from, for the source sheet.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Origin {
    /// What it is called.
    pub title: Option<String>,
    /// Where to find it.
    pub url: Option<String>,
    /// When it was looked at, as written.
    pub accessed: Option<String>,
    /// Where in it.
    pub locator: Option<String>,
}

/// How far a claim was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Status {
    /// Not yet.
    #[default]
    Unchecked,
    /// Against its source.
    Verified,
    /// Doubtful.
    Disputed,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Unchecked, Self::Verified, Self::Disputed];

    /// The word that claims files and reports use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unchecked => "unchecked",
            Self::Verified => "verified",
            Self::Disputed => "disputed",
        }
    }
}

/// Words of the article whose figures need no checking, wherever they stand.
#[derive(Clone, Debug)]
pub struct Exempt {
    /// The words, and those around them.
    pub quote: Quote,
    /// Why, in the writer's words.
    pub because: Option<String>,
    /// Where they stand in the article.
    pub places: Vec<Span>,
}

/// A relation that a claims file asserts.
#[derive(Clone, Debug)]
pub struct Assert {
    /// Where it stands.
    pub span: Span,
    /// What is asserted.
    pub relation: Asserted,
    /// Why it should hold, in the writer's words.
    pub because: Option<String>,
    /// How much it matters if it does not; the rule's own level where left out.
    pub severity: Option<Severity>,
}

/// A role as an assert fills it.
#[derive(Clone, Debug)]
pub struct FilledRole {
    /// The role's name.
    pub name: String,
    /// Where it is named.
    pub span: Span,
    /// The ids of its claims, with where they stand.
    pub ids: Vec<(String, Span)>,
}

/// What an assert says must hold.
#[derive(Clone, Debug)]
pub enum Asserted {
    /// A rule, with claims in its roles.
    Rule {
        /// The rule's id and where it stands.
        rule: (String, Span),
        /// Its roles, in the order of the file.
        roles: Vec<FilledRole>,
    },
    /// A condition over claims, in so many words.
    That {
        /// The condition.
        text: String,
        /// Where it stands.
        span: Span,
        /// Whether offsets into the text are offsets into the span.
        verbatim: bool,
    },
}
