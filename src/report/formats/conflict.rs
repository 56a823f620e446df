//! One conflict at length: what relates the figures, how it comes about, what each would have to read.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::finding::{Conflict, Suspect};
use crate::report::Report;
use crate::report::formats::fingerprint::Fingerprints;
use crate::report::formats::inert::plain;

/// The fingerprints of all conflicts, in their order.
pub(super) fn fingerprints(report: &Report) -> Vec<String> {
    let mut known = Fingerprints::default();
    report.conflicts.iter().map(|conflict| known.conflict(conflict, &report.sources)).collect()
}

/// The fingerprint of each conflict.
pub(super) fn by_conflict(report: &Report) -> HashMap<&Conflict, String> {
    report.conflicts.iter().map(|conflict| &**conflict).zip(fingerprints(report)).collect()
}

/// A conflict at length, found by the beginning of its fingerprint.
///
/// # Errors
/// Why there is no such page.
pub fn conflict_page(report: &Report, wanted: &str) -> Result<String, String> {
    let all = fingerprints(report);
    let wanted = wanted.to_ascii_lowercase();
    let mut fitting = (0..all.len()).filter(|&at| all[at].starts_with(&wanted));
    let (Some(at), None) = (fitting.next(), fitting.next()) else {
        let fits = all.iter().filter(|known| known.starts_with(&wanted)).count();
        return Err(match (fits, &*all) {
            (0, []) => "no figures clash here".to_owned(),
            (0, known) => format!(
                "there is no conflict `{}` here; there are {}",
                plain(&wanted),
                known.iter().take(12).map(String::as_str).collect::<Vec<_>>().join(", ")
            ),
            (n, _) => {
                format!("{n} conflicts begin with `{wanted}`; more of the fingerprint is needed")
            }
        });
    };
    let conflict = &report.conflicts[at];
    let mut out = format!("conflict {}\n\nThese cannot all hold:\n", all[at]);
    for relation in &conflict.relations {
        let _ = writeln!(out, "  {}", plain(relation));
    }
    if conflict.relations.is_empty() {
        let written = conflict.figures.iter().map(|figure| plain(&figure.written));
        let _ = writeln!(out, "  {}", written.collect::<Vec<_>>().join(" = "));
    }
    out.push_str("\nHow it comes about, allowing for rounding:\n");
    for (number, step) in conflict.steps.iter().enumerate() {
        let _ = writeln!(out, "  {}. {}", number + 1, plain(step));
    }
    out.push_str("\nThe figures:\n");
    for figure in &conflict.figures {
        out.push_str(&described(report, conflict, figure));
    }
    let shares = |other: &Conflict| {
        other.figures.iter().any(|one| conflict.figures.iter().any(|two| one.span == two.span))
    };
    let others: Vec<&str> = report
        .conflicts
        .iter()
        .zip(&all)
        .enumerate()
        .filter(|(place, (other, _))| *place != at && shares(other))
        .map(|(_, (_, fingerprint))| fingerprint.as_str())
        .collect();
    if !others.is_empty() {
        let _ = writeln!(out, "\nConflicts that share figures with it: {}", others.join(", "));
    }
    if conflict.may_be_more {
        out.push_str("There may be more of them: the search was given up at its limit.\n");
    }
    Ok(out)
}

fn described(report: &Report, conflict: &Conflict, figure: &Suspect) -> String {
    let source = report.sources.get(figure.span.source);
    let place = source.told(&plain(source.name()), figure.span.start);
    let mut out = format!("  {}  ({place})\n", plain(&figure.written));
    if 1 < conflict.among {
        let rest = if figure.mends_all { "; without it, all the others agree" } else { "" };
        let _ = writeln!(
            out,
            "      sits in {} of {} conflicts that share figures{rest}",
            figure.conflicts, conflict.among
        );
    }
    match (&figure.reading, &figure.room) {
        (Some(reading), _) => {
            let _ = writeln!(out, "      if the rest stands, it would read {}", plain(reading));
        }
        (None, Some(_)) => out.push_str("      no figure like it lets the rest stand\n"),
        (None, None) => out.push_str("      what it would have to read cannot be narrowed down\n"),
    }
    for (name, meant) in &figure.slips {
        let _ = writeln!(out, "      it may stand for {} ({})", plain(meant), plain(name));
    }
    out
}
