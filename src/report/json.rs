//! The JSON report: frozen, versioned, described by its schema.

use std::collections::{BTreeMap, HashMap};

use schemars::JsonSchema;
use serde::Serialize;

use crate::engine::Verdict;
use crate::finding::{Finding, Severity};
use crate::report::{JudgedRole, Report};
use crate::source::{Sources, Span};

/// The report as JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Crossfoot report")]
struct JsonReport {
    /// The version of this format.
    version: u32,
    /// What there is to say, in the order of places.
    findings: Vec<JsonFinding>,
    /// Every relation that was looked at.
    relations: Vec<JsonRelation>,
    /// How much of the articles is claimed.
    coverage: JsonCoverage,
    /// How many findings there are of each level.
    summary: JsonSummary,
}

/// Something to tell the user.
#[derive(Serialize, JsonSchema)]
struct JsonFinding {
    /// The rule or check that speaks.
    rule: String,
    /// `error`, `warning` or `note`.
    severity: &'static str,
    /// One line with both sides of the mismatch.
    message: String,
    /// The same for the same finding, wherever in the file it stands.
    fingerprint: String,
    /// Where to look first.
    location: JsonLocation,
    /// The other figures that take part, and where they are stated.
    related: Vec<JsonLabel>,
    /// The arithmetic, a step a line.
    steps: Vec<String>,
    /// The value that the other figures come to.
    computed: Option<String>,
    /// What each figure would have to read for the others to stand.
    suggestions: Vec<JsonSuggestion>,
    /// One way on.
    help: Option<String>,
}

/// A place in a file.
#[derive(Serialize, JsonSchema)]
struct JsonLocation {
    /// The file's name.
    file: String,
    /// First byte.
    start: usize,
    /// One past the last byte.
    end: usize,
    /// Line, from 1.
    line: usize,
    /// Column in characters, from 1.
    column: usize,
}

/// A place with words.
#[derive(Serialize, JsonSchema)]
struct JsonLabel {
    #[serde(flatten)]
    location: JsonLocation,
    /// The part it plays, or the figure as written.
    text: String,
}

/// What a place would have to read.
#[derive(Serialize, JsonSchema)]
struct JsonSuggestion {
    /// The place.
    location: JsonLocation,
    /// What it would have to read.
    text: String,
}

/// A relation with its verdict.
#[derive(Serialize, JsonSchema)]
struct JsonRelation {
    /// The rule, or `assertion`.
    rule: String,
    /// `holds`, `holds loosely`, `contradicts` or `unknown`.
    #[schemars(with = "VerdictName")]
    verdict: &'static str,
    /// Each role's place, or places where it takes a list.
    roles: BTreeMap<String, JsonRole>,
    /// Why it is unknown, or what a conversion rests on.
    remarks: Vec<String>,
}

/// One place or several.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum JsonRole {
    One(JsonLabel),
    List(Vec<JsonLabel>),
}

#[derive(JsonSchema)]
#[allow(dead_code, reason = "names the four words for the schema")]
enum VerdictName {
    #[serde(rename = "holds")]
    Holds,
    #[serde(rename = "holds loosely")]
    HoldsLoosely,
    #[serde(rename = "contradicts")]
    Contradicts,
    #[serde(rename = "unknown")]
    Unknown,
}

/// How much of the articles is claimed.
#[derive(Serialize, JsonSchema)]
struct JsonCoverage {
    /// Figures and dates that stand in the articles.
    mentions: usize,
    /// Those of them that a claim quotes.
    claimed: usize,
}

/// Findings by level.
#[derive(Serialize, JsonSchema)]
struct JsonSummary {
    /// Errors.
    errors: usize,
    /// Warnings.
    warnings: usize,
    /// Notes.
    notes: usize,
}

/// The report as JSON, indented, with a line break at its end.
pub fn json(report: &Report) -> String {
    let sources = &report.sources;
    let mut seen = HashMap::new();
    let findings = report
        .findings
        .iter()
        .map(|finding| JsonFinding {
            rule: finding.rule.to_string(),
            severity: finding.severity.as_str(),
            message: finding.message.clone(),
            fingerprint: fingerprint(finding, sources, &mut seen),
            location: location(sources, finding.primary.span),
            related: finding.related.iter().map(|l| label(sources, l.span, &l.text)).collect(),
            steps: finding.steps.clone(),
            computed: finding.computed.clone(),
            suggestions: finding
                .suggestions
                .iter()
                .map(|s| JsonSuggestion {
                    location: location(sources, s.span),
                    text: s.text.clone(),
                })
                .collect(),
            help: finding.help.clone(),
        })
        .collect();
    let relations = report
        .relations
        .iter()
        .map(|relation| JsonRelation {
            rule: relation.rule.to_string(),
            verdict: Verdict::as_str(relation.verdict),
            roles: relation
                .roles
                .iter()
                .map(|role| (role.name.clone(), json_role(sources, role)))
                .collect(),
            remarks: relation.remarks.clone(),
        })
        .collect();
    let out = JsonReport {
        version: 1,
        findings,
        relations,
        coverage: JsonCoverage {
            mentions: report.coverage.mentions,
            claimed: report.coverage.claimed,
        },
        summary: JsonSummary {
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            notes: report.count(Severity::Note),
        },
    };
    let mut text = serde_json::to_string_pretty(&out).unwrap_or_default();
    text.push('\n');
    text
}

/// The JSON Schema of the report.
pub fn report_schema() -> serde_json::Value {
    schemars::schema_for!(JsonReport).to_value()
}

fn json_role(sources: &Sources, role: &JudgedRole) -> JsonRole {
    let mut labels = role.places.iter().map(|(span, text)| label(sources, *span, text));
    match (role.is_list, role.places.len()) {
        (false, 1) => labels.next().map_or(JsonRole::List(Vec::new()), JsonRole::One),
        _ => JsonRole::List(labels.collect()),
    }
}

fn location(sources: &Sources, span: Span) -> JsonLocation {
    let source = sources.get(span.source);
    let place = source.place(span.start);
    JsonLocation {
        file: source.name().to_owned(),
        start: span.start,
        end: span.end,
        line: place.line,
        column: place.column,
    }
}

fn label(sources: &Sources, span: Span, text: &str) -> JsonLabel {
    JsonLabel { location: location(sources, span), text: text.to_owned() }
}

/// A finding's identity: its rule, its file, and the words it marks, but not where they stand; the
/// same words a second time are numbered.
fn fingerprint(finding: &Finding, sources: &Sources, seen: &mut HashMap<u64, u64>) -> String {
    let mut hash = Fnv::new();
    hash.write(finding.rule.as_str());
    hash.write(sources.get(finding.primary.span.source).name());
    for label in std::iter::once(&finding.primary).chain(&finding.related) {
        hash.write(sources.slice(label.span));
    }
    let count = seen.entry(hash.0).or_insert(0);
    *count += 1;
    if 1 < *count {
        hash.write(&count.to_string());
    }
    format!("{:016x}", hash.0)
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): the same on every machine and in every version.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn write(&mut self, text: &str) {
        for byte in text.bytes().chain([0]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
