//! The source sheet: every claim with where it stands, where it comes from and how far it was checked.

use std::fmt::Write as _;

use crate::claim::{Claim, ClaimsFile, Exempt, Sentences};
use crate::document::{Document, words_of};
use crate::report::Report;
use crate::report::formats::diff::in_markdown;
use crate::report::formats::inert::{Syntax, clean, inert, is_unseen};
use crate::source::{Span, one_line};

const COLUMNS: [&str; 21] = [
    "claims_file",
    "id",
    "state",
    "file",
    "line",
    "column",
    "paragraph",
    "quote",
    "sentence",
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

type Row = [String; COLUMNS.len()];

/// The source sheet as CSV (RFC 4180), a row for each claim and each exemption.
pub fn sheet_csv(report: &Report) -> String {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing into memory does not fail.
    let _ = writer.write_record(COLUMNS);
    for file in &report.files {
        let article = file.anchored_in.map(|id| Document::of_source(report.sources.get(id)));
        let cut = article.map(|article| (Sentences::new(&article), article));
        let sentence = |claim: &Claim| {
            let (sentences, article) = cut.as_ref()?;
            sentences.text(article, claim.found.last()?.prose.start)
        };
        let all = file.claims.all().iter();
        let claims = all.map(|claim| claim_row(claim, sentence(claim), report));
        let exempt = file.exempt.iter().map(|exempt| exempt_row(exempt, report));
        for row in claims.chain(exempt) {
            let _ = writer.write_record(row.iter().map(|text| cell(text)));
        }
    }
    let sheet = String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default();
    inert(sheet, Syntax::Cells).into_owned()
}

/// A cell that no spreadsheet takes for a formula, whatever stands before its sign that is not seen or is
/// as wide as a Chinese letter; and without characters that act, which CSV has no escapes for.
fn cell(text: &str) -> String {
    let first = |c: char| text.starts_with(c);
    let is_cut = ['\t', '\r', '\n'].into_iter().any(first);
    let begins = text.trim_start_matches(|c: char| c.is_whitespace() || is_unseen(c));
    let is_formula = match begins.chars().next() {
        Some('=' | '+' | '@' | '＝' | '＋' | '＠') => true,
        Some(minus @ ('-' | '－' | '−')) => !is_figure(&begins[minus.len_utf8()..]),
        _ => false,
    };
    let apostrophe = if is_cut || is_formula { "'" } else { "" };
    format!("{apostrophe}{}", clean(text))
}

/// Whether what stands behind a minus sign is a figure and nothing that could be reckoned with.
fn is_figure(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c == ' ' || "$€£¥".contains(c));
    let belongs = |c: char| c.is_alphanumeric() || " .,%°$€£¥".contains(c);
    text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(belongs)
}

fn name(report: &Report, span: Span) -> String {
    report.sources.get(span.source).name().to_owned()
}

/// The file, line and column of a place.
fn place(report: &Report, span: Option<Span>) -> [String; 3] {
    let Some(span) = span else { return Default::default() };
    let source = report.sources.get(span.source);
    let place = source.place(span.start);
    match source.layout() {
        None => [name(report, span), place.line.to_string(), place.column.to_string()],
        Some(_) => [name(report, span), format!("paragraph {}", place.line), String::new()],
    }
}

fn claim_row(claim: &Claim, sentence: Option<String>, report: &Report) -> Row {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let source = claim.source.clone().unwrap_or_default();
    let [file, line, column] = place(report, stands_at(claim));
    [
        name(report, claim.id_span),
        claim.id.clone(),
        state(claim).to_owned(),
        file,
        line,
        column,
        claim.stands_in.map_or_else(String::new, |number| number.to_string()),
        claim.quote.as_ref().map_or_else(String::new, |quote| quote.text.clone()),
        // Where it stands now, else where it stood.
        text(&sentence.or_else(|| claim.quote.as_ref()?.sentence.clone())),
        claim.figure.written.clone(),
        text(&claim.subject),
        text(&claim.measure),
        claim.figure.when.as_ref().map_or_else(String::new, |(when, _)| when.clone()),
        text(&source.title),
        text(&source.url),
        text(&source.accessed),
        text(&source.locator),
        claim.status.as_str().to_owned(),
        text(&claim.checker),
        String::new(),
        text(&claim.note),
    ]
}

fn exempt_row(exempt: &Exempt, report: &Report) -> Row {
    let [file, line, column] = place(report, exempt.places.first().copied());
    let mut row = Row::default();
    let known = [
        ("claims_file", name(report, exempt.quote.span)),
        ("state", "exempt".to_owned()),
        ("file", file),
        ("line", line),
        ("column", column),
        ("quote", exempt.quote.text.clone()),
        ("because", exempt.because.clone().unwrap_or_default()),
    ];
    for (column, cell) in known {
        if let Some(at) = COLUMNS.iter().position(|name| *name == column) {
            row[at] = cell;
        }
    }
    row
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

/// The source sheet as a Markdown page, with what has no source and what no claim covers.
pub(super) fn sheet_markdown(report: &Report) -> String {
    let mut out = String::new();
    for file in &report.files {
        let name = in_markdown(report.sources.get(file.span.source).name());
        let _ = writeln!(out, "### Sources of {name}\n");
        one_file(&mut out, file, report);
        out.push('\n');
    }
    for coverage in &report.coverage {
        let source = report.sources.get(coverage.article);
        let article = in_markdown(source.name());
        let _ = writeln!(
            out,
            "### Coverage of {article}\n\n{} of {} figures are claimed ({} %){}.\n",
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
            let words = in_markdown(&one_line(&words_of(source, span.range())));
            let at = match source.layout() {
                None => format!("line {}, column {}", place.line, place.column),
                Some(_) => format!("paragraph {}", place.line),
            };
            let _ = writeln!(out, "- {at}: {words}");
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
                source.told_line(&in_markdown(source.name()), span.start)
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
            in_markdown(&claim.figure.written),
            text(&source.locator),
            claim.status.as_str(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_figures_stay_figures() {
        for formula in [
            "=1+1",
            "\u{feff}=1+1",
            "\u{a0}\u{200b} =1+1",
            "\t=1+1",
            "\n=1+1",
            "\r\n@SUM(A1)",
            "\ttext",
            "+1",
            "＝1+1",
            "＋1",
            "＠SUM(A1)",
            "－1+1",
            "-1+1",
            "-5+cmd|' /C calc'!A0",
            "- SUM(A1)",
            "-A1",
            "\u{202e}=1+1",
            "\u{ad}-2*3",
            "\u{3000}=1+1",
        ] {
            assert!(cell(formula).starts_with('\''), "{formula:?}");
        }
        for figure in ["-5", "-5.5 %", "-$5 million", "- 5 percent", "−3 °C", "5-6", "a=b", ""] {
            assert_eq!(cell(figure), figure);
        }
        assert_eq!(cell("a\r\nb\u{9b}\u{202e}c\td"), "a\nb\u{fffd}\u{fffd}c\td");
    }
}
