//! The findings of a report as rows of a table, for programs that take columns.

use serde::{Deserialize, Serialize};

use crate::checks::Check;
use crate::report::Report;
use crate::report::across::{Differing, FactRow};
use crate::report::characters::Characters;
use crate::severity::Severity;

/// A finding as a row. The columns, their order and their names are promised: new ones come at the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingRow {
    /// The text that it is about: its name.
    pub id: String,
    /// The rule or check that speaks.
    pub rule: String,
    /// Its level.
    pub severity: String,
    /// What it says, in one line.
    pub message: String,
    /// Where the marked text begins, in characters, as Python and SQL count.
    pub start: i64,
    /// Where it ends.
    pub end: i64,
    /// The marked text; nothing where the text as a whole could not be read.
    pub text: String,
    /// The arithmetic, a step a line.
    pub steps: String,
    /// The value that the other figures come to.
    pub computed: Option<String>,
}

/// The findings of a report.
pub fn rows(report: &Report) -> Vec<FindingRow> {
    // Findings stand in the order of their places.
    let mut characters = Characters::new(&report.sources);
    let told = report.findings.iter().map(|finding| {
        let span = finding.primary.span;
        let source = report.sources.get(span.source);
        let (start, end) = characters.of(span);
        let marked = if finding.broken_input { "" } else { report.sources.slice(span) };
        FindingRow {
            id: source.name().to_owned(),
            rule: finding.rule.to_string(),
            severity: finding.severity.as_str().to_owned(),
            message: finding.message.clone(),
            start,
            end,
            text: marked.to_owned(),
            steps: finding.steps.join("\n"),
            computed: finding.computed.clone(),
        }
    });
    told.collect()
}

/// The facts of a report.
pub fn fact_rows(report: &Report) -> Vec<FactRow> {
    let mut characters = Characters::new(&report.sources);
    report.facts.iter().map(|fact| fact.row(&report.sources, &mut characters)).collect()
}

/// A fact that articles state differently, as a finding.
pub fn differing_row(one: &Differing, severity: Severity) -> FindingRow {
    let (own, _) = &one.fewer;
    FindingRow {
        id: own.id.clone(),
        rule: Check::DiffersAcrossArticles.to_string(),
        severity: severity.as_str().to_owned(),
        message: one.message(),
        start: own.start,
        end: own.end,
        text: own.text.clone(),
        steps: one.steps().join("\n"),
        computed: None,
    }
}
