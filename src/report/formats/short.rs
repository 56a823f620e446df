//! One line a finding, as compilers and editors expect it.

use std::fmt::Write as _;

use crate::checks::Check;
use crate::report::Report;
use crate::report::formats::inert::{Syntax, inert, plain, plain_name};
use crate::report::formats::told::{lines, placed};

/// `file:line:column: severity[rule] message; first line of the arithmetic`, a line each, and the summary; of a
/// file without lines `file, paragraph 12, "50 percent": severity[rule] message`.
pub fn short(report: &Report) -> String {
    let mut out = String::new();
    for finding in report.findings.iter().filter(|one| one.rule != Check::UnreadableFile) {
        let source = report.sources.get(finding.primary.span.source);
        let message = plain(&finding.message);
        // What a state of the document alone has is told in the first of the further lines.
        let further = lines(finding, &report.sources).into_iter().next();
        let further = further.map_or_else(String::new, |line| format!("; {}", plain(&line)));
        let (rule, level) = (&finding.rule, finding.severity);
        let place = placed(&report.sources, finding.primary.span, &plain_name(source.name()));
        let _ = writeln!(out, "{place}: {level}[{rule}] {message}{further}");
    }
    out.push_str(&report.summary());
    out.push('\n');
    inert(out, Syntax::Text).into_owned()
}
