//! What CI systems read: GitHub's workflow commands, GitLab's code quality report, reviewdog's diagnostics.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::finding::{Finding, Severity};
use crate::report::Report;
use crate::report::formats::fingerprint::Fingerprints;
use crate::report::formats::inert::{Syntax, inert, plain};
use crate::report::formats::place::{Region, Root};
use crate::report::formats::told::{placed, whole};
use crate::source::{Sources, Span};

/// Annotations as GitHub's workflow commands: a line each, and the summary.
pub fn github(report: &Report, root: &Root) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let span = finding.primary.span;
        let region = Region::of(&report.sources, span);
        let file = root.path(report.sources.get(span.source).name());
        let (title, file) = (property(finding.rule.as_str()), property(&file));
        let _ = write!(out, "::{command} title={title},file={file}");
        if report.sources.get(span.source).layout().is_none() {
            let (start, end) = (region.start, region.end);
            let _ = write!(out, ",line={},endLine={},col={}", start.line, end.line, start.column);
            // Columns count only within a line.
            if start.line == end.line {
                let _ = write!(out, ",endColumn={}", end.column);
            }
        }
        let _ = writeln!(out, "::{}", data(&message(finding, &report.sources)));
    }
    let _ = writeln!(out, "{}", report.summary());
    out
}

/// What a finding says, with the paragraph and the words before it where the file has no lines.
fn message(finding: &Finding, sources: &Sources) -> String {
    let (span, said) = (finding.primary.span, whole(finding, sources));
    match sources.get(span.source).layout() {
        None => said,
        Some(_) => format!("{}: {said}", placed(sources, span, "").trim_start_matches(", ")),
    }
}

/// The message of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a workflow command.
fn property(text: &str) -> String {
    data(&plain(text)).replace(':', "%3A").replace(',', "%2C")
}

/// GitLab's code quality report, which knows of no suppressions: what stands is told at the lowest level.
pub fn gitlab(report: &Report, root: &Root) -> String {
    let mut known = Fingerprints::default();
    let sources = &report.sources;
    let issue = |(finding, reason): (&Finding, Option<&str>)| {
        let severity = match finding.severity {
            _ if reason.is_some() => "info",
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Note => "info",
        };
        let said = plain(&finding.message);
        let description = match reason {
            Some(reason) => format!("let stand: {said} ({})", plain(reason)),
            None => said,
        };
        let span = finding.primary.span;
        let region = Region::of(sources, span);
        json!({
            "type": "issue",
            "description": description,
            "check_name": finding.rule.as_str(),
            "fingerprint": known.finding(finding, sources),
            "severity": severity,
            "location": {
                "path": root.path(sources.get(span.source).name()),
                "lines": { "begin": region.start.line, "end": region.end.line },
            },
            "content": { "body": message(finding, sources) },
        })
    };
    let told = report.findings.iter().map(|finding| (finding, None));
    let stand = report.let_stand.iter().map(|one| (&one.finding, Some(&*one.reason)));
    let all: Vec<Value> = told.chain(stand).map(issue).collect();
    printed(&json!(all))
}

/// reviewdog's diagnostics. Its columns count bytes.
pub fn rdjson(report: &Report, root: &Root) -> String {
    let sources = &report.sources;
    let all: Vec<Value> =
        report.findings.iter().map(|finding| diagnostic(finding, sources, root)).collect();
    printed(&json!({
        "source": { "name": "crossfoot" },
        "severity": worst(report),
        "diagnostics": all,
    }))
}

fn worst(report: &Report) -> &'static str {
    report.findings.iter().map(|f| f.severity).max().map_or("INFO", severity)
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Note => "INFO",
    }
}

fn diagnostic(finding: &Finding, sources: &Sources, root: &Root) -> Value {
    let range = |span: Span| {
        let region = Region::of(sources, span);
        json!({
            "start": { "line": region.start.line, "column": region.bytes[0] },
            "end": { "line": region.end.line, "column": region.bytes[1] },
        })
    };
    let span = finding.primary.span;
    // A suggestion is about the file that the diagnostic is in.
    let exact = finding.suggestions.iter().filter(|one| one.is_exact);
    let has_lines = sources.get(span.source).layout().is_none();
    let here = exact.filter(|one| one.span.source == span.source && has_lines);
    let suggestions: Vec<Value> =
        here.map(|one| json!({ "range": range(one.span), "text": one.text })).collect();
    let mut location = json!({ "path": root.path(sources.get(span.source).name()) });
    if has_lines {
        location["range"] = range(span);
    }
    json!({
        "message": message(finding, sources),
        "location": location,
        "severity": severity(finding.severity),
        "code": { "value": finding.rule.as_str() },
        "suggestions": suggestions,
    })
}

fn printed(value: &Value) -> String {
    let out = serde_json::to_string_pretty(value).unwrap_or_default() + "\n";
    inert(out, Syntax::Json).into_owned()
}
