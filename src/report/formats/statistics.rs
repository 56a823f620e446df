//! How often each rule spoke.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::finding::{FindingId, Severity};
use crate::report::Report;
use crate::report::formats::told::about;

/// A line for each rule that spoke, the most frequent first: how often, at which level, what about.
pub fn statistics(report: &Report) -> String {
    let mut counts: BTreeMap<(&FindingId, Severity), usize> = BTreeMap::new();
    for finding in &report.findings {
        *counts.entry((&finding.rule, finding.severity)).or_default() += 1;
    }
    let mut all: Vec<((&FindingId, Severity), usize)> = counts.into_iter().collect();
    all.sort_by_key(|(rule, count)| (std::cmp::Reverse(*count), *rule));
    let mut out = String::new();
    for ((rule, severity), count) in all {
        let summary = about(report, rule).summary;
        let _ = writeln!(out, "{count:>6}  {severity:<7}  {rule:<24}  {summary}");
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}
