//! One line a finding, as compilers and editors expect it.

use std::fmt::Write as _;

use crate::report::Report;

/// `file:line:column: severity[rule] message`, a line each, and the summary.
pub fn short(report: &Report) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        let source = report.sources.get(finding.primary.span.source);
        let place = source.place(finding.primary.span.start);
        let message = plain(&finding.message);
        let (name, rule, level) = (source.name(), &finding.rule, finding.severity);
        let _ = writeln!(out, "{name}:{}:{}: {level}[{rule}] {message}", place.line, place.column);
    }
    out.push_str(&report.summary());
    out.push('\n');
    out
}

/// Text without line breaks and control characters, so that nothing in an article can pass for
/// another line or for the terminal's own language.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
