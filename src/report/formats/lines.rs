//! The report in lines of JSON: of a run, or of one text behind another.

use schemars::JsonSchema;
use serde::Serialize;

use crate::checks::Check;
use crate::report::formats::fingerprint::fingerprint_of;
use crate::report::formats::inert::{Syntax, inert};
use crate::report::formats::json::{
    JsonClaim, JsonConflict, JsonCoverage, JsonFinding, JsonHome, JsonLabel, JsonLocation,
    JsonRelation, JsonReport, JsonStanding, JsonSummary, JsonTogether, Totals, VERSION, whole,
};
use crate::report::{Differing, FactRow, Report};
use crate::severity::Severity;

/// A line of the report.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[schemars(title = "A line of a Crossfoot report")]
enum JsonLine {
    /// Something to tell the user.
    Finding(JsonFinding),
    /// A finding that stands.
    LetStand(JsonStanding),
    /// A relation that was looked at.
    Relation(JsonRelation),
    /// Figures and relations that cannot stand together.
    Conflict(JsonConflict),
    /// A claim that quotes its article.
    Claim(JsonClaim),
    /// Where an article is at home.
    Home(JsonHome),
    /// The last line.
    Summary(JsonEnd),
}

/// What a report ends with.
#[derive(Serialize, JsonSchema)]
struct JsonEnd {
    /// The version of this format.
    version: u32,
    /// What the relations came to, all together.
    together: JsonTogether,
    /// How much of the articles is claimed.
    coverage: JsonCoverage,
    /// How much was checked, and how many findings there are of each level.
    summary: JsonSummary,
}

/// The report, a line of JSON for each thing it says, the summary last.
pub fn jsonl(report: &Report) -> String {
    let all = whole(report);
    let JsonReport { version, together, coverage, summary, .. } = all;
    let end = JsonEnd { version, together, coverage, summary };
    written(
        said(all.findings, all.let_stand)
            .chain(all.relations.into_iter().map(JsonLine::Relation))
            .chain(all.conflicts.into_iter().map(JsonLine::Conflict))
            .chain(all.claims.into_iter().map(JsonLine::Claim))
            .chain(all.homes.into_iter().map(JsonLine::Home))
            .chain([JsonLine::Summary(end)]),
    )
}

/// The lines of one text of many, without a summary: its findings, those that are let stand, and its
/// conflicts; its relations where they are asked for.
pub fn text_jsonl(report: &Report, relations: bool) -> String {
    let JsonReport { findings, let_stand, relations: all, conflicts, .. } = whole(report);
    let all = if relations { all } else { Vec::new() };
    written(
        said(findings, let_stand)
            .chain(all.into_iter().map(JsonLine::Relation))
            .chain(conflicts.into_iter().map(JsonLine::Conflict)),
    )
}

/// A line for a fact that articles state differently.
pub fn across_jsonl(one: &Differing, severity: Severity) -> String {
    written([JsonLine::Finding(differing(one, severity))])
}

/// The last line: what all texts came to.
pub fn end_jsonl(totals: &Totals) -> String {
    let (together, coverage, summary) = totals.told();
    let end = JsonEnd { version: VERSION, together, coverage, summary };
    written([JsonLine::Summary(end)])
}

/// A fact that articles state differently.
fn differing(one: &Differing, severity: Severity) -> JsonFinding {
    let rule = Check::DiffersAcrossArticles.id();
    let place = |(row, _): &(FactRow, usize)| JsonLocation {
        file: row.id.clone(),
        start: row.byte,
        end: row.byte + row.bytes,
        line: row.place.map(|(line, _)| line),
        column: row.place.map(|(_, column)| column),
        paragraph: None,
        part: None,
        offset: None,
    };
    JsonFinding {
        rule: rule.to_owned(),
        severity: severity.as_str(),
        message: one.message(),
        fingerprint: fingerprint_of([rule].into_iter().chain(one.fewer.0.key())),
        location: place(&one.fewer),
        revision: None,
        related: vec![JsonLabel { location: place(&one.more), text: one.more.0.text.clone() }],
        steps: one.steps(),
        computed: None,
        suggestions: Vec::new(),
        help: None,
        conflict: None,
    }
}

fn said(
    findings: Vec<JsonFinding>,
    let_stand: Vec<JsonStanding>,
) -> impl Iterator<Item = JsonLine> {
    let findings = findings.into_iter().map(JsonLine::Finding);
    findings.chain(let_stand.into_iter().map(JsonLine::LetStand))
}

fn written(lines: impl IntoIterator<Item = JsonLine>) -> String {
    let mut out = String::new();
    for line in lines {
        out.push_str(&serde_json::to_string(&line).unwrap_or_default());
        out.push('\n');
    }
    inert(out, Syntax::Json).into_owned()
}

/// The JSON Schema of a line of the report.
pub fn report_line_schema() -> serde_json::Value {
    schemars::schema_for!(JsonLine).to_value()
}
