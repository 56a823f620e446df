//! What a finding says beyond its message, in lines that every format shares.

use crate::finding::{CHECKS, Finding};
use crate::report::short::plain;
use crate::report::{About, Report};
use crate::source::{Sources, one_line};

/// The arithmetic, what each figure would have to read, and the way on.
pub(super) fn lines(finding: &Finding, sources: &Sources) -> Vec<String> {
    let mut lines: Vec<String> = finding.steps.clone();
    for suggestion in &finding.suggestions {
        let stated = one_line(sources.slice(suggestion.span));
        lines.push(format!("if the rest stands, \"{stated}\" would read {}", suggestion.text));
    }
    lines.extend(finding.help.clone());
    lines
}

/// Message and further lines.
pub(super) fn whole(finding: &Finding, sources: &Sources) -> String {
    let mut out = finding.message.clone();
    for line in lines(finding, sources) {
        out.push('\n');
        out.push_str(&line);
    }
    out
}

/// What a rule is about, in words that act on nothing.
pub(super) fn about(report: &Report, rule: &str) -> About {
    let known = report.rules.get(rule).map(|about| About {
        summary: plain(&about.summary),
        why: about.why.trim().lines().map(plain).collect::<Vec<_>>().join("\n"),
        that: about.that.as_deref().map(plain),
        severity: about.severity,
    });
    known.unwrap_or_else(|| {
        let check = CHECKS.iter().find(|check| check.id == rule);
        let summary =
            check.map_or_else(|| rule.replace('-', " "), |check| check.summary.to_owned());
        let severity = check.map_or(crate::finding::Severity::Error, |check| check.severity);
        About { why: String::new(), that: None, summary, severity }
    })
}
