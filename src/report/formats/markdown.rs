//! The report as Markdown, for a pull request: findings with their arithmetic, what holds, sources.

use std::fmt::Write as _;

use crate::engine::Verdict;
use crate::finding::{Finding, Severity};
use crate::report::formats::diff::in_markdown;
use crate::report::formats::inert::{Syntax, inert};
use crate::report::formats::sheet::sheet_markdown;
use crate::report::formats::told::{by_role, lines, placed};
use crate::report::{Judged, Report, plural};
use crate::source::Span;
use crate::suppress::Silenced;

/// Findings that are told; of more, only how many there are.
const MOST_FINDINGS: usize = 100;
/// Relations that are listed.
const MOST_RELATIONS: usize = 200;

/// The report as Markdown.
pub fn markdown(report: &Report) -> String {
    let mut out = format!("## Figures and dates\n\n{}.\n\n", in_markdown(&report.summary()));
    let mut findings: Vec<&Finding> = report.findings.iter().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    for finding in findings.into_iter().take(MOST_FINDINGS) {
        tell(&mut out, finding, report);
    }
    if MOST_FINDINGS < report.findings.len() {
        let more = report.findings.len() - MOST_FINDINGS;
        let _ = writeln!(out, "\n{} more.", plural(more, "finding", "findings"));
    }
    if !report.findings.is_empty() {
        out.push('\n');
    }
    if !report.let_stand.is_empty() {
        let count = plural(report.let_stand.len(), "finding stands", "findings stand");
        let _ = writeln!(out, "<details><summary>{count}</summary>\n");
        for Silenced { finding, reason, .. } in report.let_stand.iter().take(MOST_FINDINGS) {
            let place = place(report, finding.primary.span);
            let (message, reason) = (in_markdown(&finding.message), in_markdown(reason));
            let _ = writeln!(out, "- {place}: {message} ({}): {reason}", finding.rule);
        }
        out.push_str("\n</details>\n\n");
    }
    let holds = |relation: &&Judged| relation.verdict.holds();
    let holding: Vec<&Judged> = report.relations.iter().filter(holds).collect();
    if !holding.is_empty() {
        let count = plural(holding.len(), "relation holds", "relations hold");
        let _ = writeln!(out, "<details><summary>{count}</summary>\n");
        for relation in holding.iter().take(MOST_RELATIONS) {
            let _ = writeln!(out, "- {}", held(relation, report));
        }
        if MOST_RELATIONS < holding.len() {
            let _ = writeln!(out, "- {} more", holding.len() - MOST_RELATIONS);
        }
        out.push_str("\n</details>\n\n");
    }
    let sheet = sheet_markdown(report);
    if !sheet.is_empty() {
        let _ = writeln!(
            out,
            "<details><summary>Sources and coverage</summary>\n\n{sheet}\n</details>"
        );
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    inert(out, Syntax::Markup).into_owned()
}

fn tell(out: &mut String, finding: &Finding, report: &Report) {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let span = finding.primary.span;
    let source = report.sources.get(span.source);
    let place = match source.layout() {
        None => place(report, span),
        Some(_) => in_markdown(&placed(&report.sources, span, source.name())),
    };
    let message = in_markdown(&finding.message);
    let _ = writeln!(out, "- **{level}**, {place}: {message} ({})", finding.rule);
    for line in lines(finding, &report.sources) {
        let _ = writeln!(out, "  - {}", in_markdown(&line));
    }
}

fn place(report: &Report, span: Span) -> String {
    let source = report.sources.get(span.source);
    source.told_line(&in_markdown(source.name()), span.start)
}

fn held(relation: &Judged, report: &Report) -> String {
    let at = relation.places().min().map_or_else(String::new, |span| place(report, span) + ": ");
    let loosely = if relation.verdict == Verdict::HoldsLoosely { ", loosely" } else { "" };
    format!("{at}{} ({}{loosely})", by_role(relation, &in_markdown), relation.rule)
}
