//! What Crossfoot tells its user: plain data that any renderer can read.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::source::{Span, shortened};

/// Characters of one thing that is said; of more, which only a file that is not written by hand has, the
/// middle is left out.
pub const MOST_SAID: usize = 1000;

/// Words as a finding says them.
fn said(words: impl Into<String>) -> String {
    let words = words.into();
    if words.len() <= MOST_SAID { words } else { shortened(&words, MOST_SAID).into_owned() }
}

/// The name of the rule or check that speaks; names a defect and reads after "allow".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(Arc<str>);

impl RuleId {
    /// An id as it is written in a rule file or after `--select`.
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

/// How much a finding matters; only errors make a run fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing, nothing to mend.
    Note,
    /// Worth a second look.
    Warning,
    /// Cannot stand.
    Error,
}

impl Severity {
    /// The word used in files and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// One level lower, notes being the lowest.
    #[must_use]
    pub fn lower(self) -> Self {
        match self {
            Self::Error => Self::Warning,
            Self::Warning | Self::Note => Self::Note,
        }
    }

    /// Reads the word used in files.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Note, Self::Warning, Self::Error].into_iter().find(|level| level.as_str() == word)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A span with what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
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
}

/// Something to tell the user.
///
/// Built by [`Finding::new`], which cannot be had without a primary place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule or check that speaks.
    pub rule: RuleId,
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
    pub conflict: Option<Box<Conflict>>,
    /// Whether it says that a file could not be understood, rather than that figures clash.
    pub broken_input: bool,
}

impl Finding {
    /// A finding with its message and the place to look first.
    pub fn new(rule: &RuleId, severity: Severity, message: impl Into<String>, at: Span) -> Self {
        Self {
            rule: rule.clone(),
            severity,
            message: said(message),
            primary: Label { span: at, text: String::new() },
            related: Vec::new(),
            steps: Vec::new(),
            computed: None,
            suggestions: Vec::new(),
            help: None,
            conflict: None,
            broken_input: false,
        }
    }

    /// A finding that says a claims, rule or configuration file could not be understood.
    pub fn broken(check: &str, message: impl Into<String>, at: Span) -> Self {
        let mut finding = Self::new(&RuleId::new(check), Severity::Error, message, at);
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

/// A check that is part of the program rather than a rule file.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Its id, as a finding gives it.
    pub id: &'static str,
    /// Its level.
    pub severity: Severity,
    /// The defect in a line.
    pub summary: &'static str,
}

/// Every check that is no rule file, sorted by id. Those of broken input cannot be ignored.
pub const CHECKS: &[Check] = &[
    check("ambiguous-quote", "a quote stands in the article more than once"),
    check("article-missing", "a claims file names an article that cannot be read"),
    check("assertion", "a condition that a claims file asserts does not hold"),
    check("changed-figure", "the article states another figure than when it was quoted"),
    check("clashing-figures", "figures that cannot all be true, by several relations together"),
    check("dimension-mismatch", "figures of different dimensions are compared or added"),
    check("duplicate-id", "two claims of a file have one id"),
    check("duplicate-rule", "two rules have one id"),
    warning("expired-ignore", "a comment or a [[suppress]] whose last day is over"),
    warning("foreign-language", "an article in another language than English, which alone is read"),
    warning("gone-quote", "a quote does not stand in the article, nor anything like it"),
    check(INTERNAL_ERROR, "a fault of the program in one text"),
    check("invalid-date", "a date that is none, or that can be read in two ways where it must not"),
    check("invalid-expression", "an expression that cannot be used"),
    check("invalid-id", "a name that cannot name a claim or a rule"),
    check("invalid-lexicon", "a table of words that cannot be used"),
    check("invalid-link", "a link of a rule that cannot be used"),
    check("invalid-path", "a folder that the configuration names and that is not there"),
    check("invalid-role", "a role that a rule cannot have"),
    check("invalid-rounding", "a rounding step that is no number above zero"),
    check("invalid-toml", "a file that is not TOML"),
    check("low-coverage", "claims cover fewer figures of an article than are asked for"),
    warning("mended-finding", "a finding that the baseline knows and that is mended"),
    check("misquoted-value", "a claim states another value than its quote"),
    check("missing-key", "a key that is needed is left out"),
    warning("missing-reason", "a comment or a [[suppress]] that does not say why a finding stands"),
    check("missing-role", "a role that a rule needs is left out"),
    check("missing-source", "a claim has no source, where one is asked for"),
    note("moved-quote", "a quote stands in another place of the article than it did"),
    warning("reworded-quote", "the article words a claim otherwise than its quote"),
    note("undecided-figures", "figures that would take too many steps to decide together"),
    check("unknown-claim", "an assert names a claim that is not there"),
    warning("unknown-ignore", "a comment that names a rule that does not exist"),
    check("unknown-key", "a key that means nothing where it stands"),
    check("unknown-role", "a role that the rule does not have"),
    check("unknown-rule", "a rule that does not exist"),
    note("unread-html", "an article of whose numbers most stand in block HTML, which is not read"),
    check(UNREADABLE, "a file that was asked for and cannot be read"),
    warning("unreadable-ignore", "a comment that is to silence a finding and is not understood"),
    check("unreadable-value", "a value that is not understood"),
    note("unused-claim", "a claim that nothing uses"),
    note("unused-exempt", "an exemption whose words stand nowhere in the article"),
    warning("unused-ignore", "a comment or a [[suppress]] that silences nothing"),
    check("unwritable-claims", "a claims file that cannot be changed as it is written"),
    check("wrong-type", "a key that holds the wrong sort of value"),
];

/// The check that tells a fault of the program itself.
pub const INTERNAL_ERROR: &str = "internal-error";

/// The check that says a file could not be read; people are told of it on standard error.
pub const UNREADABLE: &str = "unreadable-file";

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

const fn check(id: &'static str, summary: &'static str) -> Check {
    Check { id, severity: Severity::Error, summary }
}

const fn warning(id: &'static str, summary: &'static str) -> Check {
    Check { id, severity: Severity::Warning, summary }
}

const fn note(id: &'static str, summary: &'static str) -> Check {
    Check { id, severity: Severity::Note, summary }
}
