//! What a finding says beyond its message, in lines that every format shares.

use crate::document::words_of;
use crate::finding::{Finding, FindingId, MOST_SAID, Severity, Suggestion};
use crate::report::formats::inert::{plain, plain_lines};
use crate::report::{About, Judged, Report};
use crate::source::{Revision, Sources, Span, one_line, shortened};

/// A place behind the name of the file, which may be escaped; of a file without lines the paragraph and
/// the words there: `a.docx, paragraph 3, "50 percent"`.
pub(super) fn placed(sources: &Sources, span: Span, name: &str) -> String {
    let source = sources.get(span.source);
    let mut place = source.told(name, span.start);
    if source.layout().is_some() && span.start < span.end {
        let words = plain(&one_line(sources.slice(span)));
        place = format!("{place}, \"{}\"", shortened(&words, MOST_WORDS));
    }
    place
}

/// Characters of the words that tell a place.
const MOST_WORDS: usize = 60;

/// The arithmetic, a step a line.
pub(super) fn steps(finding: &Finding) -> Vec<String> {
    finding.steps.iter().map(|step| shortened(step, MOST_SAID).into_owned()).collect()
}

/// The arithmetic, what each figure would have to read, and the way on.
pub(super) fn lines(finding: &Finding, sources: &Sources) -> Vec<String> {
    let mut lines: Vec<String> =
        finding.revision.map(|state| of_state(state).to_owned()).into_iter().collect();
    lines.extend(steps(finding));
    lines.extend(finding.suggestions.iter().map(|one| suggested(one, sources)));
    lines.extend(finding.help.clone());
    lines
}

/// Which state of a document alone has a finding.
fn of_state(state: Revision) -> &'static str {
    match state {
        Revision::Accepted => "only with the tracked changes accepted",
        Revision::Original => "only in the original, before the tracked changes",
    }
}

/// What a figure would have to read.
pub(super) fn suggested(suggestion: &Suggestion, sources: &Sources) -> String {
    let span = suggestion.span;
    let stated = one_line(&words_of(sources.get(span.source), span.range()));
    let stated = shortened(&stated, 200);
    format!("if the rest stands, \"{stated}\" would read {}", suggestion.text)
}

/// What stands beside the words of a finding in a copy of their text: the message, and a line each what
/// there is beyond it.
pub fn said_beside(finding: &Finding, sources: &Sources) -> Vec<String> {
    let first = plain(&finding.message);
    std::iter::once(first).chain(lines(finding, sources).iter().map(|line| plain(line))).collect()
}

/// Message and further lines, in words that act on nothing.
pub(super) fn whole(finding: &Finding, sources: &Sources) -> String {
    let lines = lines(finding, sources);
    let all: Vec<String> =
        std::iter::once(&finding.message).chain(&lines).map(|line| plain_lines(line)).collect();
    all.join("\n")
}

/// What a rule is about, in words that act on nothing.
pub(super) fn about(report: &Report, rule: &FindingId) -> About {
    let known = report.rules.get(rule.as_str()).map(|about| About {
        summary: plain(&about.summary),
        why: plain_lines(about.why.trim()),
        that: about.that.as_deref().map(plain),
        measured: about.measured.iter().map(|line| plain(line)).collect(),
        severity: about.severity,
        is_said_once: about.is_said_once,
    });
    known.unwrap_or_else(|| {
        let (summary, severity) = match rule {
            FindingId::Check(check) => (check.summary().to_owned(), check.severity()),
            FindingId::Rule(rule) => (rule.as_str().replace('-', " "), Severity::Error),
        };
        About {
            why: String::new(),
            that: None,
            measured: Vec::new(),
            summary,
            severity,
            is_said_once: false,
        }
    })
}

/// The figures of a relation by role: "total $290 million, span four years". `write` makes text of the
/// format.
pub(super) fn by_role(relation: &Judged, write: &dyn Fn(&str) -> String) -> String {
    let roles = relation.roles.iter().map(|role| {
        let figures: Vec<String> =
            role.places.iter().map(|(_, text)| write(&shortened(&one_line(text), 200))).collect();
        format!("{} {}", write(&role.name.replace('_', " ")), figures.join(" + "))
    });
    roles.collect::<Vec<_>>().join(", ")
}
