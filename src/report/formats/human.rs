//! For people: miette's diagnostics, with the article and the claims file side by side.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::{self, Write as _};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError,
    MietteSpanContents, NarratableReportHandler, SourceCode, SourceSpan, SpanContents,
};

use crate::checks::Check;
use crate::finding::{Conflict, Finding, Label, Severity};
use crate::report::formats::conflict::by_conflict;
use crate::report::formats::inert::{Syntax, inert, is_active, opens_command, plain, plain_name};
use crate::report::formats::told;
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
    let mut texts = Texts::new();
    for finding in &report.findings {
        for label in finding.labels() {
            let source = label.span.source;
            texts.entry(source).or_insert_with(|| printable(sources.get(source).text()));
        }
    }
    let fingerprints = by_conflict(report);
    for finding in report.findings.iter().filter(|one| one.rule != Check::UnreadableFile) {
        if is_too_wide(finding, sources) {
            out.push_str(&told_briefly(finding, sources));
            continue;
        }
        let mut diagnostic = Rendered::new(finding, sources, &texts);
        diagnostic.refer_to(finding, &fingerprints);
        let has_lines = finding.places().all(|at| sources.get(at.source).layout().is_none());
        let start = out.len();
        let _ = if look.narrated {
            let told = NarratableReportHandler::new().render_report(&mut out, &diagnostic);
            if !has_lines {
                let paragraphs = in_paragraphs(&out[start..]);
                out.replace_range(start.., &paragraphs);
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
                .with_wrap_lines(false)
                .with_show_related_as_nested(true)
                .render_report(&mut out, &diagnostic)
        };
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

/// Bytes of a line, or of what is marked, that can still be drawn.
const WIDEST: usize = 8_000;

/// Whether a finding marks a line, or so much, that nobody could read it, nor a terminal show.
fn is_too_wide(finding: &Finding, sources: &Sources) -> bool {
    finding.places().any(|place| {
        let source = sources.get(place.source);
        let (first, last) = (source.line(place.start), source.line(place.end));
        // The lines around are drawn too.
        let drawn = [first.start.saturating_sub(1), first.start, last.start, last.end];
        WIDEST < place.end - place.start || drawn.iter().any(|&at| WIDEST < source.line(at).len())
    })
}

/// A finding without the lines that it marks: where it is and what it marks there.
fn told_briefly(finding: &Finding, sources: &Sources) -> String {
    let mut out =
        format!("{}\n\n  {}: {}\n", finding.rule, finding.severity, plain(&finding.message));
    for label in finding.labels() {
        let source = sources.get(label.span.source);
        let words: String = sources.slice(label.span).chars().take(80).collect();
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

/// The sources that findings stand in, as they can be printed.
type Texts<'s> = HashMap<SourceId, Cow<'s, str>>;

/// A text without control characters, which would speak to the terminal: each becomes as many
/// question marks as it has bytes, so that every label stays in its place.
fn printable(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    // What is copied so far.
    let mut copied = 0;
    let mut at = 0;
    while let Some(next) = text.as_bytes()[at..].iter().position(|byte| may_speak(*byte)) {
        at += next;
        let Some(c) = text[at..].chars().next() else { break };
        let length = c.len_utf8();
        let replaced = match c {
            '\r' => " ",
            // A line break within a paragraph, by a sign of as many bytes.
            '\u{2028}' => "↵",
            '[' if opens_command(&text[..at]) => "?",
            c if is_active(c) => &"????"[..length],
            _ => "",
        };
        if !replaced.is_empty() {
            out.push_str(&text[copied..at]);
            out.push_str(replaced);
            copied = at + length;
        }
        at += length;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// Whether a character that begins with this byte may do something on a terminal.
fn may_speak(byte: u8) -> bool {
    !matches!(byte, b'\n' | b'\t' | b' '..=b'Z' | b'\\'..=b'~')
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
    fn new(finding: &Finding, sources: &'t Sources, texts: &'t Texts<'_>) -> Self {
        let first = finding.primary.span.source;
        let mut further: Vec<SourceId> = Vec::new();
        for label in &finding.related {
            let source = label.span.source;
            if source != first && !further.contains(&source) {
                further.push(source);
            }
        }
        let labels = |wanted: SourceId| {
            let primary = (wanted == first).then_some((&finding.primary, true));
            let related = finding.related.iter().map(|label| (label, false));
            let all = primary.into_iter().chain(related);
            all.filter(|(label, _)| label.span.source == wanted)
                .flat_map(|(label, is_primary)| labelled(label, is_primary, sources))
                .collect::<Vec<_>>()
        };
        let has_lines = finding.places().all(|at| sources.get(at.source).layout().is_none());
        let excerpts =
            |id: SourceId| Excerpts { source: sources.get(id), text: &texts[&id], has_lines };
        let related = further.into_iter().map(|source| Self {
            message: format!("stated in {}", plain(sources.get(source).name())),
            code: None,
            severity: miette::Severity::Advice,
            help: None,
            source: excerpts(source),
            labels: labels(source),
            related: Vec::new(),
        });
        Self {
            message: plain(&finding.message),
            code: Some(finding.rule.to_string()),
            severity: match finding.severity {
                Severity::Error => miette::Severity::Error,
                Severity::Warning => miette::Severity::Warning,
                Severity::Note => miette::Severity::Advice,
            },
            help: help(finding, sources),
            source: excerpts(first),
            labels: labels(first),
            related: related.collect(),
        }
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
    /// Its text as it can be printed.
    text: &'t str,
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
        let text = self.text;
        let (from, to) = (span.offset(), span.offset() + span.len());
        if text.get(from..to).is_none() {
            return Err(MietteError::OutOfBounds);
        }
        let line_start = |offset: usize| text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let line_end =
            |offset: usize| text[offset..].find('\n').map_or(text.len(), |at| offset + at);
        // Without lines before it, a snippet starts at its label: that is how miette asks where a
        // label stands.
        let mut start = if before == 0 { from } else { line_start(from) };
        for _ in 0..before {
            start = line_start(start.saturating_sub(1));
        }
        let mut end = if after == 0 { to } else { line_end(to) };
        for _ in 0..after {
            end = line_end((end + 1).min(text.len()));
        }
        // A snippet that ends with a line break passes for the end of the file in the narrated
        // report, which then puts all later labels there.
        while !span.is_empty() && to < end && text[..end].ends_with('\n') {
            end -= 1;
        }
        let place = self.source.place(start);
        let snippet = &text[start..end];
        let name = plain(self.source.name());
        Ok(Box::new(MietteSpanContents::new_named(
            if self.has_lines { name } else { self.source.told(&name, from) },
            snippet.as_bytes(),
            (start, snippet.len()).into(),
            place.line - 1,
            place.column - 1,
            snippet.lines().count(),
        )))
    }
}

/// A label as miette draws it: one for each line that it runs over, the words on the last.
fn labelled(label: &Label, is_primary: bool, sources: &Sources) -> Vec<LabeledSpan> {
    let text = (!label.text.is_empty()).then(|| plain(&label.text));
    let mut parts = Vec::new();
    let mut at = label.span.start;
    for line in sources.slice(label.span).split_inclusive('\n') {
        let lead = line.len() - line.trim_start().len();
        let length = line.trim().len();
        if length != 0 {
            parts.push((at + lead, length));
        }
        at += line.len();
    }
    let last = parts.pop().unwrap_or((label.span.start, label.span.end - label.span.start));
    let spanned = |text: Option<String>, span: (usize, usize)| {
        if is_primary {
            LabeledSpan::new_primary_with_span(text, span)
        } else {
            LabeledSpan::new_with_span(text, span)
        }
    };
    let continued = parts.into_iter().map(|span| spanned(None, span));
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
