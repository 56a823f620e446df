//! JUnit XML as Jenkins' xUnit plugin has it: a suite for each text, a case for each relation that holds
//! and for each finding.

use std::collections::BTreeMap;
use std::fmt::Display;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::engine::Verdict;
use crate::finding::{Finding, Severity};
use crate::report::formats::inert::{Syntax, inert, plain, plain_name};
use crate::report::formats::told::{by_role, placed, whole};
use crate::report::{Judged, Report};
use crate::source::{SourceId, Sources};
use crate::suppress::Silenced;

/// The cases of one text.
#[derive(Default)]
struct Suite<'r> {
    findings: Vec<&'r Finding>,
    let_stand: Vec<&'r Silenced>,
    /// Those that hold.
    relations: Vec<&'r Judged>,
    /// Whether anything of it was compared.
    is_compared: bool,
}

impl Suite<'_> {
    /// Its cases, but for one that says that there is nothing to say.
    fn cases(&self) -> usize {
        self.findings.len() + self.let_stand.len() + self.relations.len()
    }

    /// Whether one more case says that nothing was compared or nothing found.
    fn has_rest(&self) -> bool {
        self.cases() == 0 || !self.is_compared
    }
}

/// The suites of a report.
fn suites(report: &Report) -> BTreeMap<SourceId, Suite<'_>> {
    let mut suites: BTreeMap<SourceId, Suite<'_>> = BTreeMap::new();
    for &text in &report.texts {
        suites.entry(text).or_default();
    }
    for finding in &report.findings {
        let suite = suites.entry(finding.primary.span.source).or_default();
        suite.is_compared |= finding.conflict.is_some();
        suite.findings.push(finding);
    }
    for one in &report.let_stand {
        suites.entry(one.finding.primary.span.source).or_default().let_stand.push(one);
    }
    for relation in report.relations.iter().filter(|one| one.verdict != Verdict::Unknown) {
        let Some(place) = relation.places().min() else { continue };
        let suite = suites.entry(place.source).or_default();
        suite.is_compared = true;
        if relation.verdict.holds() {
            suite.relations.push(relation);
        }
    }
    // What is no text to check has nothing to compare.
    for (source, suite) in &mut suites {
        suite.is_compared |= !report.texts.contains(source);
    }
    suites
}

/// The report as JUnit XML. `fails` says which findings fail the run.
///
/// A reader shows what failed and what was skipped, and of cases that pass only how many there are. So
/// what is worth a look and does not fail the run is a case that was skipped.
pub fn junit(report: &Report, fails: &dyn Fn(&Finding) -> bool) -> String {
    let suites = suites(report);
    let failures = |suite: &Suite<'_>| suite.findings.iter().filter(|f| fails(f)).count();
    let is_skipped = |finding: &Finding| finding.severity == Severity::Warning && !fails(finding);
    let tests = |suite: &Suite<'_>| suite.cases() + usize::from(suite.has_rest());
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    write(&mut writer, Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    let counts = [
        ("name", "crossfoot".to_owned()),
        ("tests", suites.values().map(tests).sum::<usize>().to_string()),
        ("failures", suites.values().map(failures).sum::<usize>().to_string()),
        ("errors", "0".to_owned()),
    ];
    open(&mut writer, "testsuites", &counts);
    for (source, suite) in &suites {
        let name = report.sources.get(*source).name();
        let skipped = suite.findings.iter().filter(|finding| is_skipped(finding)).count();
        let skipped = skipped + suite.let_stand.len() + usize::from(!suite.is_compared);
        let counts = [
            ("name", name.to_owned()),
            ("tests", tests(suite).to_string()),
            ("failures", failures(suite).to_string()),
            ("errors", "0".to_owned()),
            ("skipped", skipped.to_string()),
        ];
        open(&mut writer, "testsuite", &counts);
        for finding in &suite.findings {
            let message = plain(&finding.message);
            let outcome = match finding.severity {
                _ if fails(finding) => Outcome::Failure(finding.severity.as_str(), message),
                Severity::Warning => Outcome::Skipped(format!("warning: {message}")),
                _ => Outcome::Passed,
            };
            let text = lines(finding, &report.sources);
            case(&mut writer, name, &found(finding, &report.sources), &outcome, Some(&text));
        }
        for Silenced { finding, reason, .. } in suite.let_stand.iter().copied() {
            let outcome = Outcome::Skipped(format!("let stand: {}", plain(reason)));
            let text = lines(finding, &report.sources);
            case(&mut writer, name, &found(finding, &report.sources), &outcome, Some(&text));
        }
        for relation in &suite.relations {
            case(&mut writer, name, &held(relation, &report.sources), &Outcome::Passed, None);
        }
        if !suite.is_compared {
            let outcome = Outcome::Skipped("nothing was compared".to_owned());
            case(&mut writer, name, "nothing was compared", &outcome, None);
        } else if suite.has_rest() {
            case(&mut writer, name, "no contradiction", &Outcome::Passed, None);
        }
        close(&mut writer, "testsuite");
    }
    close(&mut writer, "testsuites");
    let mut out = String::from_utf8(writer.into_inner()).unwrap_or_default();
    out.push('\n');
    inert(out, Syntax::Markup).into_owned()
}

type Xml = Writer<Vec<u8>>;

/// Writing into memory does not fail.
fn write(writer: &mut Xml, event: Event<'_>) {
    let _ = writer.write_event(event);
}

fn tag<'n>(name: &'n str, attributes: &[(&str, String)]) -> BytesStart<'n> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, &*xml(&plain(value))));
    }
    start
}

fn open(writer: &mut Xml, name: &str, attributes: &[(&str, String)]) {
    write(writer, Event::Start(tag(name, attributes)));
}

fn close(writer: &mut Xml, name: &str) {
    write(writer, Event::End(BytesEnd::new(name)));
}

/// How a case went.
enum Outcome {
    Passed,
    /// With why.
    Skipped(String),
    /// With its level and what is wrong.
    Failure(&'static str, String),
}

/// A case, with what there is to say of it.
fn case(writer: &mut Xml, suite: &str, name: &str, outcome: &Outcome, text: Option<&str>) {
    let (element, attributes) = match outcome {
        Outcome::Passed => ("system-out", Vec::new()),
        Outcome::Skipped(why) => ("skipped", vec![("message", why.clone())]),
        Outcome::Failure(level, message) => {
            ("failure", vec![("message", message.clone()), ("type", (*level).to_owned())])
        }
    };
    let own = tag("testcase", &[("name", name.to_owned()), ("classname", suite.to_owned())]);
    if text.is_none() && attributes.is_empty() {
        return write(writer, Event::Empty(own));
    }
    write(writer, Event::Start(own));
    open(writer, element, &attributes);
    write(writer, Event::Text(BytesText::new(&xml(text.unwrap_or_default()))));
    close(writer, element);
    close(writer, "testcase");
}

fn place(sources: &Sources, span: crate::source::Span) -> impl Display {
    let source = sources.get(span.source);
    format!("{} {}", source.unit(), source.place(span.start).line)
}

fn found(finding: &Finding, sources: &Sources) -> String {
    let level = match finding.severity {
        Severity::Error => "",
        level => level.as_str(),
    };
    let line = place(sources, finding.primary.span);
    let level = if level.is_empty() { String::new() } else { format!(" ({level})") };
    format!("{line}: {}{level}: {}", finding.rule, plain(&finding.message))
}

fn held(relation: &Judged, sources: &Sources) -> String {
    let line = relation
        .places()
        .min()
        .map_or_else(String::new, |span| format!("{}: ", place(sources, span)));
    format!("{line}{}: {}", relation.rule, by_role(relation, &plain))
}

fn lines(finding: &Finding, sources: &Sources) -> String {
    let span = finding.primary.span;
    let name = plain_name(sources.get(span.source).name());
    format!("{}\n{}", placed(sources, span, &name), whole(finding, sources))
}

/// Text without what XML 1.0 has no characters for.
fn xml(text: &str) -> String {
    let is_none = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    text.chars().map(|c| if is_none(c) { '\u{fffd}' } else { c }).collect()
}
