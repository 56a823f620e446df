//! Rules: kinds of relations that must hold, each with the defect it would show.

mod built_in;
mod example;
pub mod expression;
mod file;
mod kind;
mod later;
pub mod link;
mod measured;
mod registry;
mod role;
mod row;
mod stated;
mod template;

pub use example::{Case, Example, Expected, by_role};
pub use file::{Examples, RULE, read};
pub use kind::{Role, RoleKind};
pub use later::Later;
pub use measured::{
    FILE_NAME as MEASURED_FILE, Known, Measure, Measured, OfRule, Percentiles, Read, Trust,
    read_measured,
};
#[cfg(feature = "internals")]
pub use registry::BuiltIn;
pub use registry::{BUILT_IN, Registry};
#[cfg(feature = "lsp")]
pub(crate) use role::KINDS;
pub use role::Quantity;
pub use template::{Message, OffWeekday, Part, Template};

use crate::finding::{RuleId, Severity};
use crate::rule::expression::Condition;
use crate::rule::link::{Frame, Link};
use crate::source::Span;
use crate::value::Strain;

/// A kind of relation, as one TOML file states it.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Names the defect; equals the file's stem.
    pub id: RuleId,
    /// The defect in a line.
    pub summary: String,
    /// The folder it lies in: "arithmetic".
    pub group: String,
    /// How much a contradiction matters.
    pub severity: Severity,
    /// What to do where the relation holds only loosely.
    pub loosely: Loosely,
    /// Beyond which strain figures of prose contradict; what was measured says it if left out.
    pub strain: Option<Strain>,
    /// Why it matters, for `crossfoot explain`.
    pub why: String,
    /// How the engine applies it by itself.
    pub join: Option<Join>,
    /// What takes part.
    pub roles: Vec<Role>,
    /// What must hold, as written.
    pub that: String,
    /// What must hold.
    pub holds: Later<Condition>,
    /// Without which figures of prose are not meant together.
    pub plausible: Option<Later<Condition>>,
    /// What to say where it does not.
    pub message: Later<Message>,
    /// How prose states it.
    pub links: Vec<Link>,
    /// Which figures of a change in prose it takes.
    pub frames: Vec<Frame>,
    /// What makes a contradiction of another rule one of this.
    pub slip: Option<Slip>,
    /// Rules that are silent where the links of this one match.
    pub over: Vec<String>,
    /// Whether a relation that holds is not worth a line: a check of one figure by itself.
    pub is_quiet: bool,
    /// Whether it speaks once in a file, and only counts the other places.
    pub is_said_once: bool,
    /// Whether money of two currencies is compared as it stands, number with number.
    pub keeps_currencies: bool,
    /// Cases with the verdict they must get.
    pub examples: Vec<Example>,
    /// What was measured of it in prose; the first decides, the others are shown beside it.
    pub measured: Vec<Known>,
    /// The file.
    pub span: Span,
}

impl Rule {
    /// What was measured of it in prose, or of what is measured apart under a name, if anything was.
    pub fn measure(&self, apart: Option<&str>) -> Option<&Measure> {
        self.measured.first()?.of.get(apart)
    }

    /// Each of its measures in words, with what follows from those that decide.
    pub fn measures_told(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (at, known) in self.measured.iter().enumerate() {
            for (name, measure) in known.of.all() {
                let mut line = measure.told(known.texts);
                if let Some(name) = name {
                    line = format!("{name}: {line}");
                }
                if let Some(file) = &known.file {
                    line = format!("{line} ({file})");
                }
                if at == 0
                    && let Some(so) = self.told_level(measure)
                {
                    line = format!("{line}; {so}");
                }
                lines.push(line);
            }
        }
        lines
    }

    /// What a contradiction in prose is by a measure, where that is not the rule's own level.
    fn told_level(&self, measure: &Measure) -> Option<&'static str> {
        match measure.trust() {
            Trust::Preview if self.severity != Severity::Note => {
                Some("so in prose it speaks with `--preview` only")
            }
            Trust::Doubtful if self.severity == Severity::Error => {
                Some("so in prose it is a warning")
            }
            _ => None,
        }
    }

    /// The most that a contradiction in prose may be by what was measured; `None` if it may not speak.
    ///
    /// What is a note asks and asserts nothing, so it needs no measure.
    pub fn level_in_prose(&self, apart: Option<&str>, own: Severity) -> Option<Severity> {
        let trust = self.measure(apart).map_or(Trust::Full, Measure::trust);
        match trust {
            _ if own == Severity::Note => Some(own),
            Trust::Full => Some(own),
            Trust::Doubtful => Some(own.min(Severity::Warning)),
            Trust::Preview => None,
        }
    }
}

/// A slip that explains a contradiction: a ratio that was given for an increase.
#[derive(Clone, Debug)]
pub struct Slip {
    /// The rule that is contradicted; it has the same roles.
    pub of: String,
    /// What holds where the slip was made.
    pub holds: Later<Condition>,
}

/// What to do where a relation holds only by the loose intervals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loosely {
    /// Nothing.
    Allow,
    /// A note.
    Note,
    /// A warning.
    Warn,
}

impl Loosely {
    /// What a word of a rule file says; nothing is done where there is none.
    fn of_word(word: Option<&str>) -> Self {
        match word {
            Some("note") => Self::Note,
            Some("warn") => Self::Warn,
            _ => Self::Allow,
        }
    }

    /// The level of what is said, if anything is.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Allow => None,
            Self::Note => Some(Severity::Note),
            Self::Warn => Some(Severity::Warning),
        }
    }
}

/// Claims that the engine relates by itself, without an assert; or figures that the structure of
/// an article relates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// Each claim that fits the rule's only role.
    EachClaim,
    /// Claims with the same subject, measure and time, in the rule's only role, a list.
    SameFact,
    /// Pairs of amounts in two currencies, of which the links find one at a time; two of them, one
    /// in the first two roles and one in the last two, imply one rate.
    OneRate,
    /// The cells of a table's row or column, and the total that stands beside them.
    TableTotal,
    /// Two cells of a row, and the change between them in percent.
    TableChange,
    /// Two cells of a row, and the difference between them.
    TableDifference,
    /// The items of a list, and the number that announces it.
    List,
    /// A figure of the text, and the same figure in the headline or a caption.
    Headline,
}

impl Join {
    /// Every join with the words that rule files use.
    pub const ALL: [(&'static str, Self); 8] = [
        ("each claim", Self::EachClaim),
        ("same fact", Self::SameFact),
        ("one rate", Self::OneRate),
        ("table total", Self::TableTotal),
        ("table change", Self::TableChange),
        ("table difference", Self::TableDifference),
        ("list", Self::List),
        ("headline", Self::Headline),
    ];

    /// Which roles a rule has that joins so: for each, whether it is a list.
    pub fn roles(self) -> &'static [bool] {
        match self {
            Self::EachClaim => &[false],
            Self::SameFact => &[true],
            Self::OneRate => &[false; 4],
            Self::TableTotal | Self::List => &[true, false],
            Self::TableChange | Self::TableDifference => &[false, false, false],
            Self::Headline => &[false, false],
        }
    }
}
