//! One line a finding, as compilers and editors expect it.

use std::fmt::Write as _;

use crate::report::{Report, UNREADABLE};

/// `file:line:column: severity[rule] message`, a line each, and the summary.
pub fn short(report: &Report) -> String {
    let mut out = String::new();
    for finding in report.findings.iter().filter(|one| one.rule.as_str() != UNREADABLE) {
        let source = report.sources.get(finding.primary.span.source);
        let place = source.place(finding.primary.span.start);
        let message = plain(&finding.message);
        let (name, rule, level) = (plain_name(source.name()), &finding.rule, finding.severity);
        let _ = writeln!(out, "{name}:{}:{}: {level}[{rule}] {message}", place.line, place.column);
    }
    out.push_str(&report.summary());
    out.push('\n');
    out
}

/// Text without line breaks and control characters, so that nothing in an article can pass for
/// another line or for the terminal's own language, stand in another order than it is read, or be a
/// command to the runner whose log it comes into.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        // GitHub's runner looks for `##[` anywhere in a line.
        let is_command = c == '[' && out.ends_with("##");
        out.push(if is_active(c) || is_command { '\u{fffd}' } else { c });
    }
    out
}

/// The same of each of its lines.
pub(super) fn plain_lines(text: &str) -> String {
    text.lines().map(plain).collect::<Vec<_>>().join("\n")
}

/// Text without characters that do something to those around them, but for line breaks.
pub(super) fn clean(text: &str) -> String {
    text.chars().map(|c| if is_active(c) && c != '\n' { '\u{fffd}' } else { c }).collect()
}

/// The name of a file at the start of a line, where two colons would begin a command.
pub(super) fn plain_name(name: &str) -> String {
    let before = if name.starts_with(':') { "./" } else { "" };
    format!("{before}{}", plain(name))
}

/// JSON whose strings hold nothing that a runner takes for a command: `##[` is written with an escape.
pub(super) fn quiet_json(json: String) -> String {
    if json.contains("##[") { json.replace("##[", "#\\u0023[") } else { json }
}

/// Whether a character does something to those around it: a control character, a line break, a mark of
/// the direction of writing (Unicode's `Bidi_Control`).
pub(super) fn is_active(c: char) -> bool {
    let directs = matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    c.is_control() || directs || matches!(c, '\u{2028}' | '\u{2029}')
}
