//! What Crossfoot tells its user: plain data that any renderer can read.

use std::cmp::Ordering;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::checks::Check;
use crate::source::{Revision, Span, shortened};

pub use crate::severity::Severity;

/// Characters of one thing that is said; of more, which only a file that is not written by hand has, the
/// middle is left out.
pub const MOST_SAID: usize = 1000;

/// Words as a finding says them.
fn said(words: impl Into<String>) -> String {
    let words = words.into();
    if words.len() <= MOST_SAID { words } else { shortened(&words, MOST_SAID).into_owned() }
}

/// The id of a rule; names a defect and reads after "allow".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(Arc<str>);

impl RuleId {
    /// An id as it is written in a rule file.
    pub fn new(id: &str) -> Self {
        Self(Arc::from(id))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The id of a finding or of a relation: a rule of a rule file, or a check of the program.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FindingId {
    /// A rule of a rule file.
    Rule(RuleId),
    /// A check that is part of the program.
    Check(Check),
}

impl FindingId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Rule(rule) => rule.as_str(),
            Self::Check(check) => check.id(),
        }
    }
}

impl From<RuleId> for FindingId {
    fn from(rule: RuleId) -> Self {
        Self::Rule(rule)
    }
}

impl From<Check> for FindingId {
    fn from(check: Check) -> Self {
        Self::Check(check)
    }
}

impl PartialEq<RuleId> for FindingId {
    fn eq(&self, other: &RuleId) -> bool {
        matches!(self, Self::Rule(rule) if rule == other)
    }
}

impl PartialEq<Check> for FindingId {
    fn eq(&self, other: &Check) -> bool {
        matches!(self, Self::Check(check) if check == other)
    }
}

/// By the text, whatever it names.
impl Ord for FindingId {
    fn cmp(&self, other: &Self) -> Ordering {
        let is_check = |id: &Self| matches!(id, Self::Check(_));
        self.as_str().cmp(other.as_str()).then_with(|| is_check(self).cmp(&is_check(other)))
    }
}

impl PartialOrd for FindingId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for FindingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A span with what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Label {
    /// The bytes it marks.
    pub span: Span,
    /// A few words; may be empty.
    pub text: String,
}

impl Label {
    /// A span with words.
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: said(text) }
    }
}

/// What the marked bytes would have to read for the rest to stand.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Suggestion {
    /// The bytes it would replace.
    pub span: Span,
    /// The words to stand there, or "between … and …".
    pub text: String,
    /// Whether the words can take the place of the bytes as they are.
    pub is_exact: bool,
}

/// Figures that cannot stand together, none of which can be left out.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Conflict {
    /// What relates them, each with the rule that says so.
    pub relations: Vec<String>,
    /// From the figures as written to the clash, a step a line.
    pub steps: Vec<String>,
    /// The figures, those that sit in most conflicts first.
    pub figures: Vec<Suspect>,
    /// How many conflicts share figures with this one, itself included.
    pub among: usize,
    /// Whether there may be more of them than were looked for.
    pub may_be_more: bool,
}

impl Conflict {
    /// The figure that the others agree against: the only one without which all the conflicts around
    /// this one, of which there are several, would be mended.
    pub fn agreed_against(&self) -> Option<&Suspect> {
        let mut alone = self.figures.iter().filter(|figure| figure.mends_all);
        let only = alone.next().filter(|_| alone.next().is_none());
        only.filter(|_| 1 < self.among)
    }
}

/// A figure of a conflict.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Suspect {
    /// Where it stands.
    pub span: Span,
    /// The figure as written.
    pub written: String,
    /// In how many of the conflicts it sits.
    pub conflicts: usize,
    /// Whether all the other figures agree once it is left out.
    pub mends_all: bool,
    /// What it would have to read for the rest to stand, in its own style.
    pub reading: Option<String>,
    /// The same as decimal strings, in its own unit, or as ISO dates; `None` is without end.
    pub room: Option<(Option<String>, Option<String>)>,
    /// Slips that would explain it, each with what would then have been meant.
    pub slips: Vec<(String, String)>,
    /// How many figures the first of them may lead to.
    pub ways: usize,
}

/// Something to tell the user.
///
/// Built by [`Finding::new`], which cannot be had without a primary place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The rule or check that speaks.
    pub rule: FindingId,
    /// How much it matters.
    pub severity: Severity,
    /// One line, lower case, no full stop, both sides of the mismatch.
    pub message: String,
    /// Where to look first.
    pub primary: Label,
    /// The other figures that take part, and where they are stated.
    pub related: Vec<Label>,
    /// The arithmetic, a step a line.
    pub steps: Vec<String>,
    /// The value that the other figures come to.
    pub computed: Option<String>,
    /// What each figure would have to read.
    pub suggestions: Vec<Suggestion>,
    /// One way on, if there is one.
    pub help: Option<String>,
    /// What cannot stand together, at length.
    pub conflict: Option<Arc<Conflict>>,
    /// The only state of a document with tracked changes that has it, where both were checked.
    pub revision: Option<Revision>,
    /// Whether it says that a file could not be understood, rather than that figures clash.
    pub broken_input: bool,
}

impl Finding {
    /// A finding with its message and the place to look first.
    pub fn new(
        rule: impl Into<FindingId>,
        severity: Severity,
        message: impl Into<String>,
        at: Span,
    ) -> Self {
        Self {
            rule: rule.into(),
            severity,
            message: said(message),
            primary: Label { span: at, text: String::new() },
            related: Vec::new(),
            steps: Vec::new(),
            computed: None,
            suggestions: Vec::new(),
            help: None,
            conflict: None,
            revision: None,
            broken_input: false,
        }
    }

    /// A finding of a check, at the check's own level.
    pub fn of(check: Check, message: impl Into<String>, at: Span) -> Self {
        Self::new(check, check.severity(), message, at)
    }

    /// A finding that says a claims, rule or configuration file could not be understood.
    pub fn broken(check: Check, message: impl Into<String>, at: Span) -> Self {
        let mut finding = Self::new(check, Severity::Error, message, at);
        finding.broken_input = true;
        finding
    }

    /// Everything that it marks, the place to look first before the others.
    pub fn labels(&self) -> impl Iterator<Item = &Label> {
        std::iter::once(&self.primary).chain(&self.related)
    }

    /// Where it marks something.
    pub fn places(&self) -> impl Iterator<Item = Span> {
        self.labels().map(|label| label.span)
    }

    /// The same with words on the primary label.
    #[must_use]
    pub fn labelled(mut self, text: impl Into<String>) -> Self {
        self.primary.text = said(text);
        self
    }

    /// The same with one more place.
    #[must_use]
    pub fn with(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Label::new(span, text));
        self
    }

    /// The same with a way on.
    #[must_use]
    pub fn helped(mut self, help: impl Into<String>) -> Self {
        self.help = Some(said(help));
        self
    }
}

/// Findings in the order of a report: by place, then rule, then message.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        (a.primary.span, &a.rule, &a.message).cmp(&(b.primary.span, &b.rule, &b.message))
    });
}

/// Does something for one text, so that a fault of the program there does not end what is done for others.
/// What was being made is thrown away, so nothing half done is seen.
///
/// # Errors
/// What there is to say of the fault.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|fault| {
        let text = fault.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| fault.downcast_ref::<&str>().copied());
        format!("a fault of Crossfoot: {}", text.unwrap_or("it does not say which"))
    })
}
