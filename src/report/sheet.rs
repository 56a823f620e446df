//! The source sheet: every claim with where it stands, where it comes from and how far it was checked.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::claim::{Claim, ClaimsFile, Status};
use crate::report::Report;
use crate::report::diff::in_markdown;
use crate::source::{Span, one_line};

const COLUMNS: [&str; 20] = [
    "claims_file",
    "id",
    "state",
    "file",
    "line",
    "column",
    "paragraph",
    "quote",
    "value",
    "subject",
    "measure",
    "when",
    "source",
    "url",
    "accessed",
    "locator",
    "status",
    "checker",
    "because",
    "note",
];

/// The source sheet as CSV (RFC 4180), a row for each claim and each exemption.
pub fn sheet_csv(report: &Report) -> String {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing into memory does not fail.
    let _ = writer.write_record(COLUMNS);
    for file in &report.files {
        for claim in file.claims.all() {
            let cells = row(claim, report);
            let _ = writer.write_record(cells.iter().map(|cell| inert(cell).into_owned()));
        }
        for exempt in &file.exempt {
            let mut cells: [String; COLUMNS.len()] = Default::default();
            let span = exempt.places.first().copied();
            cells[0] = name(report, exempt.quote.span);
            "exempt".clone_into(&mut cells[2]);
            place(&mut cells, report, span);
            cells[7].clone_from(&exempt.quote.text);
            cells[18] = exempt.because.clone().unwrap_or_default();
            let _ = writer.write_record(cells.iter().map(|cell| inert(cell).into_owned()));
        }
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula. A minus sign before a figure is none.
fn inert(cell: &str) -> Cow<'_, str> {
    let mut characters = cell.chars();
    let is_formula = match characters.next() {
        Some('=' | '+' | '@' | '\t' | '\r') => true,
        Some('-') => !characters.next().is_some_and(|c| c.is_ascii_digit() || "$€£¥ ".contains(c)),
        _ => false,
    };
    if is_formula { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

fn name(report: &Report, span: Span) -> String {
    report.sources.get(span.source).name().to_owned()
}

fn place(cells: &mut [String; COLUMNS.len()], report: &Report, span: Option<Span>) {
    let Some(span) = span else { return };
    let source = report.sources.get(span.source);
    let place = source.place(span.start);
    source.name().clone_into(&mut cells[3]);
    cells[4] = place.line.to_string();
    cells[5] = place.column.to_string();
}

fn row(claim: &Claim, report: &Report) -> [String; COLUMNS.len()] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let source = claim.source.clone().unwrap_or_default();
    let mut cells: [String; COLUMNS.len()] = Default::default();
    cells[0] = name(report, claim.id_span);
    cells[1].clone_from(&claim.id);
    state(claim).clone_into(&mut cells[2]);
    place(&mut cells, report, stands_at(claim));
    cells[6] = claim.stands_in.map_or_else(String::new, |number| number.to_string());
    cells[7] = claim.quote.as_ref().map_or_else(String::new, |quote| quote.text.clone());
    cells[8].clone_from(&claim.written);
    cells[9] = text(&claim.subject);
    cells[10] = text(&claim.measure);
    cells[11] = claim.when.as_ref().map_or_else(String::new, |(when, _)| when.clone());
    cells[12] = text(&source.title);
    cells[13] = text(&source.url);
    cells[14] = text(&source.accessed);
    cells[15] = text(&source.locator);
    status(claim).clone_into(&mut cells[16]);
    cells[17] = text(&claim.checker);
    cells[19] = text(&claim.note);
    cells
}

/// Where a claim stands in its article, if it does.
fn stands_at(claim: &Claim) -> Option<Span> {
    claim.place.or_else(|| claim.found.first().map(|found| found.span))
}

fn state(claim: &Claim) -> &'static str {
    match claim.state {
        _ if claim.is_gone => "gone",
        Some(state) => state.as_str(),
        None => "not quoted",
    }
}

fn status(claim: &Claim) -> &'static str {
    match claim.status {
        Status::Unchecked => "unchecked",
        Status::Verified => "verified",
        Status::Disputed => "disputed",
    }
}

/// The source sheet as a Markdown page, with what has no source and what no claim covers.
pub fn sheet_markdown(report: &Report) -> String {
    let mut out = String::new();
    for file in &report.files {
        let name = in_markdown(report.sources.get(file.span.source).name());
        let _ = writeln!(out, "# Sources of {name}\n");
        one_file(&mut out, file, report);
        out.push('\n');
    }
    for coverage in &report.coverage {
        let source = report.sources.get(coverage.article);
        let article = in_markdown(source.name());
        let _ = writeln!(
            out,
            "# Coverage of {article}\n\n{} of {} figures are claimed ({} %){}.\n",
            coverage.claimed,
            coverage.wanted(),
            coverage.percent(),
            match coverage.exempt {
                0 => String::new(),
                n => format!(", {n} need no checking"),
            }
        );
        if coverage.unclaimed.is_empty() {
            continue;
        }
        out.push_str("Figures that no claim covers:\n\n");
        for &span in &coverage.unclaimed {
            let place = source.place(span.start);
            let words = in_markdown(&one_line(report.sources.slice(span)));
            let _ = writeln!(out, "- line {}, column {}: {words}", place.line, place.column);
        }
        out.push('\n');
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

fn one_file(out: &mut String, file: &ClaimsFile, report: &Report) {
    let all = file.claims.all();
    out.push_str("| claim | stands at | value | source | locator | status | checker |\n");
    out.push_str("|---|---|---|---|---|---|---|\n");
    for claim in all {
        let place = match stands_at(claim) {
            Some(span) => {
                let source = report.sources.get(span.source);
                let line = source.place(span.start).line;
                format!("{}:{line}", in_markdown(source.name()))
            }
            None => String::new(),
        };
        let place = match state(claim) {
            "same" => place,
            state if place.is_empty() => state.to_owned(),
            state => format!("{place} ({state})"),
        };
        let source = claim.source.clone().unwrap_or_default();
        let from = match (&source.title, &source.url) {
            (Some(title), Some(url)) => format!("{}, {}", in_markdown(title), in_markdown(url)),
            (Some(one), None) | (None, Some(one)) => in_markdown(one),
            (None, None) => String::new(),
        };
        let from = match &source.accessed {
            Some(day) => format!("{from} ({})", in_markdown(day)),
            None => from,
        };
        let text = |text: &Option<String>| in_markdown(text.as_deref().unwrap_or_default());
        let _ = writeln!(
            out,
            "| {} | {place} | {} | {from} | {} | {} | {} |",
            in_markdown(&claim.id),
            in_markdown(&claim.written),
            text(&source.locator),
            status(claim),
            text(&claim.checker),
        );
    }
    let sourceless: Vec<String> = all
        .iter()
        .filter(|claim| crate::claim::sourceless(claim).is_some())
        .map(|claim| in_markdown(&claim.id))
        .collect();
    if !sourceless.is_empty() {
        let _ = writeln!(
            out,
            "\n{} of {} claims have no source: {}.",
            sourceless.len(),
            all.len(),
            sourceless.join(", ")
        );
    }
}
