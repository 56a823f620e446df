//! For people: miette's diagnostics, with the article and the claims file side by side.

use std::collections::HashMap;
use std::fmt::{self, Write as _};
use std::ops::Range;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError,
    MietteSpanContents, NarratableReportHandler, SourceCode, SourceSpan, SpanContents,
};

use crate::checks::Check;
use crate::document::words_of;
use crate::finding::{Conflict, Finding, Label, Severity};
use crate::report::formats::conflict::by_conflict;
use crate::report::formats::inert::{Syntax, inert, plain, plain_name};
use crate::report::formats::told;
use crate::report::formats::window::{Mark, Numbers, Window};
use crate::report::{Report, home_lines};
use crate::source::{Source, SourceId, Sources, one_line};

/// How the report looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Look {
    /// Whether colours are used.
    pub colour: bool,
    /// Whether it is told in words, for a screen reader, instead of drawn.
    pub narrated: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether every relation is listed.
    pub relations: bool,
    /// Whether the figures are listed that no claim covers.
    pub coverage: bool,
}

/// All findings, and the summary.
pub fn human(report: &Report, look: Look) -> String {
    let mut out = String::new();
    let sources = &report.sources;
    let fingerprints = by_conflict(report);
    for finding in report.findings.iter().filter(|one| one.rule != Check::UnreadableFile) {
        if is_too_wide(finding, sources, look.narrated) {
            out.push_str(&told_briefly(finding, sources));
            continue;
        }
        let width = (!look.narrated).then_some(look.width);
        let (mut diagnostic, numbers) = Rendered::new(finding, sources, width);
        diagnostic.refer_to(finding, &fingerprints);
        let has_lines = diagnostic.source.has_lines;
        let mut drawn = String::new();
        let _ = if look.narrated {
            let told = NarratableReportHandler::new().render_report(&mut drawn, &diagnostic);
            if !has_lines {
                drawn = in_paragraphs(&drawn);
            }
            told
        } else {
            let theme = if look.colour {
                GraphicalTheme::unicode()
            } else {
                GraphicalTheme::unicode_nocolor()
            };
            let handler = GraphicalReportHandler::new_themed(theme);
            // What has no lines has its paragraph beside its name.
            let handler = if has_lines { handler } else { handler.without_primary_span_start() };
            handler
                .with_width(look.width)
                .with_context_lines(1)
                .with_show_related_as_nested(true)
                .render_report(&mut drawn, &diagnostic)
        };
        out.push_str(&numbers.restored(drawn));
        out.push('\n');
    }
    if look.relations {
        out.push_str(&listed(report));
    }
    if look.coverage {
        out.push_str(&uncovered(report));
    }
    for (name, line) in homes(report) {
        let _ = writeln!(out, "{name}: {line}");
    }
    out.push_str(&report.summary());
    out.push('\n');
    inert(out, Syntax::Text).into_owned()
}

/// What the renderer tells of a text without lines, which it calls lines and are paragraphs.
fn in_paragraphs(told: &str) -> String {
    let one = |line: &str| {
        let inner = line.trim_start();
        let lead = &line[..line.len() - inner.len()];
        if let Some(rest) = inner.strip_prefix("snippet line ") {
            format!("{lead}paragraph {rest}")
        } else if let Some(rest) = inner.strip_prefix("label at line ") {
            format!("{lead}label at paragraph {rest}")
        } else if let Some((name, _)) = inner
            .strip_prefix("Begin snippet for ")
            .and_then(|rest| rest.rsplit_once(" starting at line "))
        {
            format!("{lead}Begin snippet for {name}\n")
        } else {
            line.to_owned()
        }
    };
    told.split_inclusive('\n').map(one).collect()
}

/// Where articles are at home, as far as findings rest on it, each with the article's name.
fn homes(report: &Report) -> impl Iterator<Item = (String, String)> {
    report.homes.iter().flat_map(|read| {
        let name = plain_name(report.sources.get(read.source).name());
        home_lines(read.matters).into_iter().map(move |line| (name.clone(), line))
    })
}

/// Bytes of what is marked that can still be drawn, and of a line that can still be told.
const WIDEST: usize = 8_000;

/// Whether a finding marks so much that nobody could read it; where whole lines are told, such a line.
fn is_too_wide(finding: &Finding, sources: &Sources, is_narrated: bool) -> bool {
    finding.places().any(|place| {
        let source = sources.get(place.source);
        let (first, last) = (source.line(place.start), source.line(place.end));
        // The lines around are told too.
        let told = [first.start.saturating_sub(1), first.start, last.start, last.end];
        WIDEST < place.end - place.start
            || is_narrated && told.iter().any(|&at| WIDEST < source.line(at).len())
    })
}

/// A finding without the lines that it marks: where it is and what it marks there.
fn told_briefly(finding: &Finding, sources: &Sources) -> String {
    let mut out =
        format!("{}\n\n  {}: {}\n", finding.rule, finding.severity, plain(&finding.message));
    for label in finding.labels() {
        let source = sources.get(label.span.source);
        let words: String = words_of(source, label.span.range()).chars().take(80).collect();
        let _ = writeln!(
            out,
            "  {}: {} ({})",
            source.told(&plain_name(source.name()), label.span.start),
            plain(&one_line(&words)),
            plain(&label.text)
        );
    }
    for line in told::lines(finding, sources) {
        let _ = writeln!(out, "  help: {}", plain(&line));
    }
    out.push('\n');
    out
}

/// The figures that no claim covers, a line each, and how many are covered.
fn uncovered(report: &Report) -> String {
    let mut out = String::new();
    for coverage in &report.coverage {
        let source = report.sources.get(coverage.article);
        for span in &coverage.unclaimed {
            let words = plain(&source.text()[span.range()]);
            let place = source.told(&plain_name(source.name()), span.start);
            let _ = writeln!(out, "{place}: no claim covers {words}");
        }
        let exempt = match coverage.exempt {
            0 => String::new(),
            n => format!(", {n} need no checking"),
        };
        let _ = writeln!(
            out,
            "{}: claims cover {} of {} figures, {} %{exempt}",
            plain_name(source.name()),
            coverage.claimed,
            coverage.wanted(),
            coverage.percent()
        );
    }
    out
}

/// Every relation, a line each: where it stands, its verdict, its figures by role.
fn listed(report: &Report) -> String {
    let mut out = String::new();
    for relation in &report.relations {
        let place = relation.places().min().map_or_else(String::new, |span| {
            let source = report.sources.get(span.source);
            source.told_line(&plain_name(source.name()), span.start) + ": "
        });
        let roles = told::by_role(relation, &plain);
        let (verdict, rule) = (relation.verdict.as_str(), &relation.rule);
        let _ = writeln!(out, "{place}{verdict} [{rule}] {roles}");
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// A finding as miette wants it: the labels of its first source, and for each further source a
/// diagnostic of its own.
struct Rendered<'t> {
    message: String,
    code: Option<String>,
    severity: miette::Severity,
    help: Option<String>,
    source: Excerpts<'t>,
    labels: Vec<LabeledSpan>,
    related: Vec<Self>,
}

impl<'t> Rendered<'t> {
    /// A finding for so many columns, and the numbers of the lines that it shows; `None` folds nothing.
    fn new(finding: &Finding, sources: &'t Sources, width: Option<usize>) -> (Self, Numbers) {
        let first = finding.primary.span.source;
        let mut further: Vec<SourceId> = Vec::new();
        for label in &finding.related {
            let source = label.span.source;
            if source != first && !further.contains(&source) {
                further.push(source);
            }
        }
        let has_lines = finding.places().all(|at| sources.get(at.source).layout().is_none());
        let mut numbers = Numbers::default();
        let mut excerpts = |id: SourceId| {
            let primary = std::iter::once((&finding.primary, true));
            let related = finding.related.iter().map(|label| (label, false));
            let labels: Vec<(&Label, bool)> =
                primary.chain(related).filter(|(label, _)| label.span.source == id).collect();
            let mark = |(label, _): &(&Label, bool)| Mark {
                range: label.span.range(),
                said: label.text.chars().count(),
            };
            let marks: Vec<Mark> = labels.iter().map(mark).collect();
            let source = sources.get(id);
            let window = Window::new(source, &marks, width, &mut numbers);
            let drawn = labels
                .iter()
                .flat_map(|&(label, is_primary)| labelled(label, is_primary, &window))
                .collect();
            (Excerpts { source, window, has_lines }, drawn)
        };
        let (source, labels) = excerpts(first);
        let related = further.into_iter().map(excerpts);
        let related = related.map(|(source, labels)| Self {
            message: format!("stated in {}", plain(source.source.name())),
            code: None,
            severity: miette::Severity::Advice,
            help: None,
            source,
            labels,
            related: Vec::new(),
        });
        let related = related.collect();
        let rendered = Self {
            message: plain(&finding.message),
            code: Some(finding.rule.to_string()),
            severity: match finding.severity {
                Severity::Error => miette::Severity::Error,
                Severity::Warning => miette::Severity::Warning,
                Severity::Note => miette::Severity::Advice,
            },
            help: help(finding, sources),
            source,
            labels,
            related,
        };
        (rendered, numbers)
    }
}

impl Rendered<'_> {
    /// Says how to read of the conflict at length, where there is more to it than is drawn.
    fn refer_to(&mut self, finding: &Finding, fingerprints: &HashMap<&Conflict, String>) {
        let Some(conflict) = finding.conflict.as_deref() else { return };
        let Some(fingerprint) = fingerprints.get(conflict) else { return };
        if conflict.agreed_against().is_none() && conflict.relations.len() == 1 {
            return;
        }
        let line = format!("at length: `crossfoot explain --conflict {}`", &fingerprint[..8]);
        let help = self.help.take();
        self.help = Some(help.map_or(line.clone(), |help| format!("{help}\n{line}")));
    }
}

/// A source from which miette takes the lines around a label.
///
/// Its own implementation for text counts the lines of a snippet from the top of the file, so that
/// labels far apart are drawn with everything between them.
struct Excerpts<'t> {
    source: &'t Source,
    window: Window,
    /// Whether all sources of the finding have lines, so that the renderer tells the place.
    has_lines: bool,
}

impl SourceCode for Excerpts<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = self.window.text();
        let (from, to) = (span.offset(), span.offset() + span.len());
        if text.get(from..to).is_none() {
            return Err(MietteError::OutOfBounds);
        }
        // Without lines before it, a snippet starts at its label: that is how miette asks where a
        // label stands.
        let around = self.window.around(from..to, before, after);
        let start = if before == 0 { from } else { around.start };
        let mut end = if after == 0 { to } else { around.end };
        // A snippet that ends with a line break passes for the end of the file in the narrated
        // report, which then puts all later labels there.
        while !span.is_empty() && to < end && text[..end].ends_with('\n') {
            end -= 1;
        }
        let (line, column) = if before == 0 && after == 0 {
            let place = self.source.place(self.window.origin(start));
            (place.line, place.column)
        } else {
            let (number, row) = self.window.row(start);
            (number, text[row..start].chars().count() + 1)
        };
        let snippet = &text[start..end];
        let name = plain(self.source.name());
        Ok(Box::new(MietteSpanContents::new_named(
            if self.has_lines { name } else { self.source.told(&name, self.window.origin(from)) },
            snippet.as_bytes(),
            (start, snippet.len()).into(),
            line - 1,
            column - 1,
            snippet.lines().count(),
        )))
    }
}

/// A label as miette draws it: one for each row that it runs over, the words on the last.
fn labelled(label: &Label, is_primary: bool, window: &Window) -> Vec<LabeledSpan> {
    let text = (!label.text.is_empty()).then(|| plain(&label.text));
    let mut rows = window.drawn(label.span.range());
    let last = rows.pop().unwrap_or_else(|| window.nearest(label.span.start));
    let spanned = |text: Option<String>, row: Range<usize>| {
        let span = (row.start, row.end - row.start);
        if is_primary {
            LabeledSpan::new_primary_with_span(text, span)
        } else {
            LabeledSpan::new_with_span(text, span)
        }
    };
    let continued = rows.into_iter().map(|row| spanned(None, row));
    continued.chain(std::iter::once(spanned(text, last))).collect()
}

/// The arithmetic, what each figure would have to read, and the way on.
fn help(finding: &Finding, sources: &Sources) -> Option<String> {
    let lines: Vec<String> = told::lines(finding, sources).iter().map(|line| plain(line)).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

impl fmt::Debug for Rendered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Display for Rendered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Rendered<'_> {}

impl Diagnostic for Rendered<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.as_ref().map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        if self.related.is_empty() {
            return None;
        }
        Some(Box::new(self.related.iter().map(|related| related as &dyn Diagnostic)))
    }
}
