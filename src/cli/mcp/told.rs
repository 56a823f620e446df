//! What the tools answer, with its schema.

use schemars::JsonSchema;
use serde::Serialize;

use crate::claim::{Claim, State};
use crate::document::words_of;
use crate::finding::Finding;
use crate::mention::Mention;
use crate::report::{Report, allowed, clean, in_words};
use crate::source::{Source, Sources, Span, one_line, shortened};
use crate::value::Value;

/// Findings that are told at most.
const MOST_FINDINGS: usize = 100;

/// Figures that are told at most.
const MOST_FIGURES: usize = 1000;

/// Claims that are told at most.
const MOST_CLAIMS: usize = 1000;

/// Characters of words that are quoted.
const QUOTED: usize = 300;

/// What a check came to.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CheckTold {
    /// What was seen, in a line.
    summary: String,
    /// What cannot be true together, and other remarks, in the order of the text.
    findings: Vec<FindingTold>,
    /// How many more findings there are.
    more_findings: usize,
}

/// Something that was found.
#[derive(Debug, Serialize, JsonSchema)]
struct FindingTold {
    /// The rule that speaks.
    rule: String,
    /// `error`, `warning` or `note`.
    level: &'static str,
    /// What is wrong.
    message: String,
    /// Where to look first.
    at: PlaceTold,
    /// The other figures that take part.
    related: Vec<PlaceTold>,
    /// The arithmetic, a step each.
    arithmetic: Vec<String>,
    /// What a figure would have to read for the others to stand. They are alternatives: which figure is wrong
    /// is not known.
    readings: Vec<ReadingTold>,
    /// A way on.
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
}

/// A place of a text.
#[derive(Debug, Serialize, JsonSchema)]
struct PlaceTold {
    /// Which text.
    file: String,
    /// The line, from 1; of a document the paragraph.
    line: usize,
    /// The column in characters, from 1.
    column: usize,
    /// The words there.
    words: String,
    /// What is to be said of them.
    #[serde(skip_serializing_if = "String::is_empty")]
    role: String,
}

/// What a figure would have to read.
#[derive(Debug, Serialize, JsonSchema)]
struct ReadingTold {
    /// The figure as it stands.
    figure: String,
    /// What it would have to read.
    would_read: String,
    /// Whether these words can take its place as they are.
    exact: bool,
}

/// The figures of a text.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FiguresTold {
    /// The figures and dates, in order.
    figures: Vec<FigureTold>,
    /// How many more there are.
    more_figures: usize,
}

/// A figure or date.
#[derive(Debug, Serialize, JsonSchema)]
struct FigureTold {
    /// Its words.
    words: String,
    /// The line, from 1.
    line: usize,
    /// The column in characters, from 1.
    column: usize,
    /// What sort of value it is: money, percent, count, date and so on.
    kind: &'static str,
    /// What it states.
    states: String,
    /// The numbers that an honest writer would print so.
    #[serde(skip_serializing_if = "Option::is_none")]
    stands_for: Option<String>,
    /// The same where it may be a rough figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    loosely_for: Option<String>,
}

/// What was made of a line.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct LineTold {
    /// The figures, the relations with their arithmetic, and what was tried in vain and why.
    pub(super) explanation: String,
}

/// What became of claims.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ClaimsTold {
    #[serde(flatten)]
    check: CheckTold,
    /// The claims, in the order of their file.
    claims: Vec<ClaimTold>,
    /// How many more there are.
    more_claims: usize,
}

/// A claim.
#[derive(Debug, Serialize, JsonSchema)]
struct ClaimTold {
    /// Its name.
    id: String,
    /// What it states.
    value: String,
    /// What became of it in the article: same, moved, reworded, figure changed, gone, ambiguous; null where it
    /// quotes nothing.
    state: Option<&'static str>,
}

impl CheckTold {
    pub(super) fn new(report: &Report) -> Self {
        let sources = &report.sources;
        let told = report.findings.iter().take(MOST_FINDINGS);
        Self {
            summary: clean(&report.summary()),
            findings: told.map(|finding| FindingTold::new(finding, sources)).collect(),
            more_findings: report.findings.len().saturating_sub(MOST_FINDINGS),
        }
    }
}

impl FindingTold {
    fn new(finding: &Finding, sources: &Sources) -> Self {
        let place = |label: &crate::Label| PlaceTold::new(label.span, &label.text, sources);
        let reading = |one: &crate::Suggestion| ReadingTold {
            figure: words(sources.get(one.span.source), one.span),
            would_read: clean(&one.text),
            exact: one.is_exact,
        };
        Self {
            rule: finding.rule.to_string(),
            level: finding.severity.as_str(),
            message: clean(&finding.message),
            at: place(&finding.primary),
            related: finding.related.iter().map(place).collect(),
            arithmetic: finding.steps.iter().map(|step| clean(step)).collect(),
            readings: finding.suggestions.iter().map(reading).collect(),
            help: finding.help.as_deref().map(clean),
        }
    }
}

impl PlaceTold {
    fn new(span: Span, role: &str, sources: &Sources) -> Self {
        let source = sources.get(span.source);
        let place = source.place(span.start);
        Self {
            file: clean(source.name()),
            line: place.line,
            column: place.column,
            words: words(source, span),
            role: clean(role),
        }
    }
}

impl FiguresTold {
    /// The figures of a text, each with its place and what it counts.
    pub(super) fn new(reading: &crate::Reading<'_>, source: &Source) -> Self {
        let all = reading.mentions();
        let figure = |mention: &Mention| {
            let span = reading.place(mention.range.clone());
            let place = source.place(span.start);
            let counted = mention.counted.clone().map(|noun| &reading.prose()[noun]);
            let [strict, loose] = allowed(&mention.value)
                .map_or([None, None], |[strict, loose]| [Some(strict), Some(loose)]);
            FigureTold {
                words: words(source, span),
                line: place.line,
                column: place.column,
                kind: kind(&mention.value),
                states: clean(&in_words(mention, counted)),
                loosely_for: loose.filter(|loose| Some(loose) != strict.as_ref()),
                stands_for: strict,
            }
        };
        Self {
            figures: all.iter().take(MOST_FIGURES).map(figure).collect(),
            more_figures: all.len().saturating_sub(MOST_FIGURES),
        }
    }
}

impl ClaimsTold {
    pub(super) fn new(report: &Report) -> Self {
        let claims = || report.files.iter().flat_map(|file| file.claims.all());
        let claim = |claim: &Claim| ClaimTold {
            id: clean(&claim.id),
            value: clean(&claim.figure.written),
            state: claim.state.map(State::as_str),
        };
        Self {
            check: CheckTold::new(report),
            claims: claims().take(MOST_CLAIMS).map(claim).collect(),
            more_claims: claims().count().saturating_sub(MOST_CLAIMS),
        }
    }
}

/// What sort of value a figure states.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Amount(amount) => amount.kind.as_str(),
        Value::Date(date) => date.kind.as_str(),
        Value::Unstated => "not given",
    }
}

/// The words of a place, on one line and of a bounded length.
fn words(source: &Source, span: Span) -> String {
    clean(&shortened(&one_line(&words_of(source, span.range())), QUOTED))
}
