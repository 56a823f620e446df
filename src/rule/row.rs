//! A built-in rule as the build script writes it down, which has read its file: texts, and what follows from
//! words of the file's format.

use serde::{Deserialize, Serialize};

/// A rule without the reason why it is there; `S` is a text.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct RuleRow<S> {
    pub(crate) id: S,
    pub(crate) summary: S,
    pub(crate) severity: S,
    pub(crate) loosely: Option<S>,
    pub(crate) strain: Option<S>,
    pub(crate) join: Option<S>,
    /// Names and kinds.
    pub(crate) roles: Vec<(S, S)>,
    pub(crate) that: S,
    pub(crate) plausible: Option<S>,
    /// The rule that is contradicted, and what holds where the slip was made.
    pub(crate) slip: Option<(S, S)>,
    pub(crate) over: Vec<S>,
    pub(crate) is_quiet: bool,
    pub(crate) is_said_once: bool,
    pub(crate) keeps_currencies: bool,
    pub(crate) message: MessageRow<S>,
    pub(crate) links: Vec<LinkRow<S>>,
    pub(crate) frames: Vec<FrameRow<S>>,
}

/// What a rule says.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct MessageRow<S> {
    pub(crate) contradicts: S,
    pub(crate) single: Option<S>,
    pub(crate) loosely: Option<S>,
    pub(crate) steps: Option<Vec<S>>,
}

/// A link.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of the rule file")]
pub(crate) struct LinkRow<S> {
    pub(crate) text: S,
    pub(crate) sentences: u8,
    pub(crate) preview: bool,
    pub(crate) unless: Vec<S>,
    pub(crate) apart: Option<S>,
    pub(crate) strain: Option<S>,
    pub(crate) severity: Option<S>,
    pub(crate) mixed: bool,
    pub(crate) converts: bool,
    pub(crate) excuses: bool,
    pub(crate) tentative: bool,
}

/// A frame.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct FrameRow<S> {
    pub(crate) takes: TakesRow<S>,
    pub(crate) unless: Vec<S>,
    pub(crate) apart: Option<S>,
    pub(crate) strain: Option<S>,
    pub(crate) severity: Option<S>,
    pub(crate) tentative: bool,
}

/// The figures that a frame takes.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) enum TakesRow<S> {
    /// From, to and by, where something rises and where it falls.
    Change([(S, S, Option<S>); 2]),
    /// A whole and its parts.
    Whole(S, S),
    /// Slots.
    Slots(SlotsRow<S>),
}

/// The slots of a frame.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct SlotsRow<S> {
    pub(crate) needed: Vec<S>,
    /// A figure that is looked for among those before.
    pub(crate) before: Option<S>,
    pub(crate) also: Vec<S>,
    pub(crate) scope: Option<S>,
    pub(crate) mixed: bool,
    /// Names of roles.
    pub(crate) alike: Vec<S>,
    pub(crate) with: Vec<S>,
}

/// What was measured of rules on some texts.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct MeasuredRow<S> {
    pub(crate) texts: u64,
    /// By the rule's name, with what was measured apart.
    pub(crate) rules: Vec<(S, MeasureRow<S>, Apart<S>)>,
}

/// What was measured apart, by its name.
pub(crate) type Apart<S> = Vec<(S, MeasureRow<S>)>;

/// What was measured of a rule, or apart.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct MeasureRow<S> {
    pub(crate) seen: u64,
    pub(crate) held: u64,
    pub(crate) different: u64,
    pub(crate) unread: u64,
    /// Rightly, arguably, falsely.
    pub(crate) read: [u64; 3],
    /// Of 95 and 99 of 100, and of all.
    pub(crate) strain: Option<[S; 3]>,
}
