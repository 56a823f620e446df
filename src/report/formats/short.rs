//! One line a finding, as compilers and editors expect it.

use std::fmt::Write as _;

use crate::checks::Check;
use crate::report::Report;
use crate::report::formats::inert::{Syntax, inert, plain, plain_name};
use crate::report::formats::told;

/// `file:line:column: severity[rule] message; first line of the arithmetic`, a line each, and the summary.
pub fn short(report: &Report) -> String {
    let mut out = String::new();
    for finding in report.findings.iter().filter(|one| one.rule != Check::UnreadableFile) {
        let source = report.sources.get(finding.primary.span.source);
        let place = source.place(finding.primary.span.start);
        let message = plain(&finding.message);
        let further = told::lines(finding, &report.sources).into_iter().next();
        let further = further.map_or_else(String::new, |line| format!("; {}", plain(&line)));
        let (name, rule, level) = (plain_name(source.name()), &finding.rule, finding.severity);
        let _ = writeln!(
            out,
            "{name}:{}:{}: {level}[{rule}] {message}{further}",
            place.line, place.column
        );
    }
    out.push_str(&report.summary());
    out.push('\n');
    inert(out, Syntax::Text).into_owned()
}
