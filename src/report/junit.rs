//! JUnit XML as Jenkins' xUnit plugin has it: a suite for each text, a case for each relation that holds
//! and for each finding.

use std::collections::BTreeMap;
use std::fmt::Display;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::finding::{Finding, Severity};
use crate::report::short::{plain, plain_name};
use crate::report::told::whole;
use crate::report::{Judged, Report};
use crate::source::{SourceId, Sources};

/// The cases of one text.
#[derive(Default)]
struct Suite<'r> {
    findings: Vec<&'r Finding>,
    relations: Vec<&'r Judged>,
}

/// The report as JUnit XML. `fails` says which findings fail the run.
pub fn junit(report: &Report, fails: &dyn Fn(&Finding) -> bool) -> String {
    let mut suites: BTreeMap<SourceId, Suite<'_>> = BTreeMap::new();
    for article in report.files.iter().map(|file| file.anchored_in.unwrap_or(file.span.source)) {
        suites.entry(article).or_default();
    }
    for finding in &report.findings {
        suites.entry(finding.primary.span.source).or_default().findings.push(finding);
    }
    let holds = |relation: &&Judged| relation.verdict.holds();
    for relation in report.relations.iter().filter(holds) {
        if let Some(place) = relation.places().min() {
            suites.entry(place.source).or_default().relations.push(relation);
        }
    }
    let failures = |suite: &Suite<'_>| suite.findings.iter().filter(|f| fails(f)).count();
    let tests = |suite: &Suite<'_>| (suite.findings.len() + suite.relations.len()).max(1);
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
        let counts = [
            ("name", name.to_owned()),
            ("tests", tests(suite).to_string()),
            ("failures", failures(suite).to_string()),
            ("errors", "0".to_owned()),
        ];
        open(&mut writer, "testsuite", &counts);
        for finding in &suite.findings {
            let failure = fails(finding).then(|| {
                let kind = finding.severity.as_str().to_owned();
                [("message", plain(&finding.message)), ("type", kind)]
            });
            let against = Against { failure, text: lines(finding, &report.sources) };
            case(&mut writer, name, &found(finding, &report.sources), Some(against));
        }
        for relation in &suite.relations {
            case(&mut writer, name, &held(relation, &report.sources), None);
        }
        if suite.findings.is_empty() && suite.relations.is_empty() {
            case(&mut writer, name, "no contradiction", None);
        }
        close(&mut writer, "testsuite");
    }
    close(&mut writer, "testsuites");
    let mut out = String::from_utf8(writer.into_inner()).unwrap_or_default();
    out.push('\n');
    out
}

type Xml = Writer<Vec<u8>>;

/// Writing into memory does not fail.
fn write(writer: &mut Xml, event: Event<'_>) {
    let _ = writer.write_event(event);
}

fn open(writer: &mut Xml, name: &str, attributes: &[(&str, String)]) {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, &*xml(&plain(value))));
    }
    write(writer, Event::Start(start));
}

fn close(writer: &mut Xml, name: &str) {
    write(writer, Event::End(BytesEnd::new(name)));
}

/// A case, with what speaks against it.
fn case(writer: &mut Xml, suite: &str, name: &str, against: Option<Against>) {
    let mut start = BytesStart::new("testcase");
    start.push_attribute(("name", &*xml(&plain(name))));
    start.push_attribute(("classname", &*xml(&plain(suite))));
    let Some(Against { failure, text }) = against else {
        return write(writer, Event::Empty(start));
    };
    write(writer, Event::Start(start));
    let (element, attributes) = match failure {
        Some(attributes) => ("failure", Vec::from(attributes)),
        None => ("system-out", Vec::new()),
    };
    open(writer, element, &attributes);
    write(writer, Event::Text(BytesText::new(&xml(&text))));
    close(writer, element);
    close(writer, "testcase");
}

/// What is said of a case.
struct Against {
    /// The attributes of a failure, if it is one.
    failure: Option<[(&'static str, String); 2]>,
    text: String,
}

fn place(sources: &Sources, span: crate::source::Span) -> impl Display {
    sources.get(span.source).place(span.start).line
}

fn found(finding: &Finding, sources: &Sources) -> String {
    let level = match finding.severity {
        Severity::Error => "",
        level => level.as_str(),
    };
    let line = place(sources, finding.primary.span);
    let level = if level.is_empty() { String::new() } else { format!(" ({level})") };
    format!("line {line}: {}{level}: {}", finding.rule, plain(&finding.message))
}

fn held(relation: &Judged, sources: &Sources) -> String {
    let line = relation
        .places()
        .min()
        .map_or_else(String::new, |span| format!("line {}: ", place(sources, span)));
    format!("{line}{}: {}", relation.rule, relation.by_role(&plain))
}

fn lines(finding: &Finding, sources: &Sources) -> String {
    let span = finding.primary.span;
    let at = sources.get(span.source).place(span.start);
    let name = plain_name(sources.get(span.source).name());
    format!("{name}:{}:{}\n{}", at.line, at.column, whole(finding, sources))
}

/// Text without what XML 1.0 has no characters for.
fn xml(text: &str) -> String {
    let is_none = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    text.chars().map(|c| if is_none(c) { '\u{fffd}' } else { c }).collect()
}
