//! Findings as an editor shows them.

use std::collections::{BTreeMap, HashMap};

use ls_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString,
    Position, Range as Region, Uri,
};

use crate::cli::lsp::desk::{LARGEST, Seen};
use crate::cli::lsp::kind::Kind;
use crate::cli::lsp::position::{Encoding, Lines};
use crate::cli::lsp::texts::{Open, Text};
use crate::finding::{Finding, Label, Severity};
use crate::report::{clean, said_beside};
use crate::source::{SourceId, Span};

/// Findings that an editor is shown of a text, the worst first; of more, how many there are.
pub(super) const MOST: usize = 2000;

/// Who says it.
const SOURCE: &str = "crossfoot";

/// The lines of the texts of a report, each counted when it is first asked for.
pub(super) struct Places<'s> {
    seen: &'s Seen,
    open: &'s Open,
    encoding: Encoding,
    lines: HashMap<SourceId, Lines>,
}

impl<'s> Places<'s> {
    pub(super) fn new(seen: &'s Seen, open: &'s Open, encoding: Encoding) -> Self {
        Self { seen, open, encoding, lines: HashMap::new() }
    }

    /// Some bytes of a text.
    pub(super) fn region(&mut self, span: Span) -> Region {
        let text = self.seen.report.sources.get(span.source).text();
        let lines = self.lines.entry(span.source).or_insert_with(|| Lines::of(text, self.encoding));
        lines.region(text, span.range())
    }

    /// The same with the file that they are in; `None` in a document, which has no lines, and in what is
    /// no file.
    pub(super) fn location(&mut self, span: Span) -> Option<Location> {
        if self.seen.report.sources.get(span.source).layout().is_some() {
            return None;
        }
        let uri = self.open.uri_of(&self.seen.place(span.source))?;
        Some(Location { uri, range: self.region(span) })
    }
}

/// What is said of each file by the check of a text, the text itself included.
pub(super) fn diagnostics(
    seen: &Seen,
    text: &Text,
    open: &Open,
    encoding: Encoding,
) -> BTreeMap<Uri, Vec<Diagnostic>> {
    let mut all = BTreeMap::from([(text.uri.clone(), Vec::new())]);
    let mut places = Places::new(seen, open, encoding);
    let mut findings: Vec<&Finding> = seen.report.findings.iter().collect();
    let count = findings.len();
    if MOST < count {
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        findings.truncate(MOST);
    }
    for finding in findings {
        let Some(at) = places.location(finding.primary.span) else { continue };
        let diagnostic = diagnostic(finding, at.range, &mut places);
        let own = all.entry(at.uri).or_insert_with(Vec::new);
        // A file that two claims files name is read twice.
        if !own.contains(&diagnostic) {
            own.push(diagnostic);
        }
    }
    if MOST < count {
        let message = format!("{} more findings are not shown here", count - MOST);
        all.entry(text.uri.clone()).or_insert_with(Vec::new).push(note(message));
    }
    all
}

/// What is said of a text that is not checked, if it is one that would be.
pub(super) fn unchecked(text: &Text) -> Option<Diagnostic> {
    let is_large = LARGEST < text.content.len() && Kind::of(text).is_some();
    is_large.then(|| {
        let most = LARGEST >> 20;
        note(format!(
            "a text of more than {most} MB is not checked while it is edited; `crossfoot check` reads it"
        ))
    })
}

/// A remark at the top of a text.
fn note(message: String) -> Diagnostic {
    let range = Region { start: Position::new(0, 0), end: Position::new(0, 0) };
    let severity = Some(DiagnosticSeverity::INFORMATION);
    Diagnostic {
        range,
        severity,
        source: Some(SOURCE.to_owned()),
        message,
        ..Diagnostic::default()
    }
}

fn diagnostic(finding: &Finding, range: Region, places: &mut Places<'_>) -> Diagnostic {
    let sources = &places.seen.report.sources;
    let message = said_beside(finding, sources).join("\n");
    let mut related = |label: &Label| {
        let location = places.location(label.span)?;
        Some(DiagnosticRelatedInformation { location, message: clean(&label.text) })
    };
    let related: Vec<DiagnosticRelatedInformation> =
        finding.related.iter().filter_map(&mut related).collect();
    Diagnostic {
        range,
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Note => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(finding.rule.to_string())),
        source: Some(SOURCE.to_owned()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        ..Diagnostic::default()
    }
}
