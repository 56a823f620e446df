//! SARIF 2.1.0 (OASIS, errata 01), for code scanning.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::finding::{Finding, FindingId, MOST_SAID, Suggestion};
use crate::report::formats::fingerprint::Fingerprints;
use crate::report::formats::inert::{Syntax, inert, plain};
use crate::report::formats::place::{Region, Root, uri};
use crate::report::formats::told::{about, suggested, whole};
use crate::report::{About, Report};
use crate::source::{Sources, Span, one_line, shortened};
use crate::suppress::Silenced;

/// The log of one run.
#[derive(Serialize)]
struct Log<R> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<R>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<R> {
    tool: Value,
    column_kind: &'static str,
    invocations: Value,
    results: R,
}

/// Results that are made while they are written, for there may be a hundred thousand.
struct Results<F>(F);

impl<F: Fn() -> I, I: Iterator<Item = Outcome>> Serialize for Results<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: String,
    rule_index: usize,
    level: &'static str,
    message: Value,
    locations: [Value; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Value>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Value>,
}

/// The report as SARIF. `exit` is what the run is about to exit with.
pub fn sarif(report: &Report, root: &Root, exit: u8) -> String {
    let all = report.findings.iter().chain(report.let_stand.iter().map(|one| &one.finding));
    let mut rules: Vec<&FindingId> = all.map(|finding| &finding.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    let results = Results(|| {
        let mut known = Fingerprints::default();
        let told = report.findings.iter().map(|finding| (finding, None));
        let stand = report.let_stand.iter().map(|one| (&one.finding, Some(one)));
        let rules = &rules;
        told.chain(stand).map(move |(finding, stands)| Outcome {
            rule_id: finding.rule.to_string(),
            rule_index: rules.binary_search(&&finding.rule).unwrap_or(0),
            level: finding.severity.as_str(),
            message: json!({ "text": text(finding, &report.sources) }),
            locations: [location(&report.sources, root, finding.primary.span, None)],
            related_locations: related(finding, &report.sources, root),
            partial_fingerprints: BTreeMap::from([(
                "crossfoot/v1",
                known.finding(finding, &report.sources),
            )]),
            fixes: fixes(finding, &report.sources, root),
            suppressions: stands.into_iter().map(suppression).collect(),
        })
    });
    let about: Vec<Value> =
        rules.iter().map(|rule| descriptor(rule.as_str(), &about(report, rule))).collect();
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: json!({ "driver": driver(&about) }),
            column_kind: "unicodeCodePoints",
            invocations: json!([{ "executionSuccessful": exit != 2, "exitCode": exit }]),
            results,
        }],
    };
    let out = serde_json::to_string_pretty(&log).unwrap_or_default();
    inert(out + "\n", Syntax::Json).into_owned()
}

fn driver(rules: &[Value]) -> Value {
    let version = env!("CARGO_PKG_VERSION");
    let mut driver = json!({
        "name": "Crossfoot",
        "version": version,
        "semanticVersion": version,
        "rules": rules,
    });
    // Where the program is at home, as far as Cargo.toml says so.
    let homes = [env!("CARGO_PKG_HOMEPAGE"), env!("CARGO_PKG_REPOSITORY")];
    if let Some(home) = homes.iter().find(|home| home.contains("://")) {
        driver["informationUri"] = json!(home);
    }
    driver
}

/// Without a status, a consumer may take a suppression for one that nobody has accepted yet.
fn suppression(stands: &Silenced) -> Value {
    let kind = if stands.in_text { "inSource" } else { "external" };
    json!({ "kind": kind, "status": "accepted", "justification": plain(&stands.reason) })
}

/// The message and what is behind it. Square brackets would be links.
fn text(finding: &Finding, sources: &Sources) -> String {
    whole(finding, sources).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

fn descriptor(id: &str, about: &About) -> Value {
    let mut help = sentence(&about.summary);
    if !about.why.is_empty() {
        help = format!("{help}\n\n{}", about.why);
    }
    if let Some(that) = &about.that {
        help = format!("{help}\n\nWhat must hold: {that}");
    }
    for line in &about.measured {
        help = format!("{help}\n\nMeasured: {line}");
    }
    help = format!("{help}\n\n`crossfoot explain {id}` has examples.");
    let mut properties = json!({ "tags": ["figures"] });
    if !about.measured.is_empty() {
        properties["measured"] = json!(about.measured);
    }
    json!({
        "id": id,
        "name": pascal(id),
        "shortDescription": { "text": sentence(&about.summary) },
        "fullDescription": {
            "text": if about.why.is_empty() { sentence(&about.summary) } else { about.why.clone() },
        },
        "help": { "text": help },
        "defaultConfiguration": { "level": about.severity.as_str() },
        "properties": properties,
    })
}

/// "wrong-rate" as identifiers are written: `WrongRate`.
fn pascal(id: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    id.split('-').map(word).collect()
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let text: String = first.chain(letters).collect();
    if text.ends_with('.') { text } else { format!("{text}.") }
}

fn related(finding: &Finding, sources: &Sources, root: &Root) -> Vec<Value> {
    let all = finding.related.iter().enumerate();
    all.map(|(number, label)| {
        let words = if label.text.is_empty() { "here" } else { &label.text };
        let mut place = location(sources, root, label.span, Some(words));
        place["id"] = json!(number + 1);
        place
    })
    .collect()
}

fn location(sources: &Sources, root: &Root, span: Span, message: Option<&str>) -> Value {
    let source = sources.get(span.source);
    let mut place = json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(&root.path(source.name())) },
    }});
    match source.layout() {
        None => place["physicalLocation"]["region"] = region(sources, span),
        // A region counts the lines of a text or the bytes of a file; such a file has none that anyone
        // could look at, but paragraphs.
        Some(layout) => {
            let number = source.place(span.start).line;
            let words = one_line(sources.slice(span));
            let mut logical = json!({
                "name": format!("paragraph {number}"),
                "kind": "paragraph",
                "properties": { "words": plain(&shortened(&words, MOST_SAID)) },
            });
            if let Some(spot) = layout.spot(span.start) {
                logical["properties"]["part"] = json!(plain(spot.part));
                logical["properties"]["offset"] = json!(spot.offset);
            }
            place["logicalLocations"] = json!([logical]);
        }
    }
    if let Some(message) = message {
        place["message"] = json!({ "text": plain(message) });
    }
    place
}

fn region(sources: &Sources, span: Span) -> Value {
    let region = Region::of(sources, span);
    json!({
        "startLine": region.start.line,
        "startColumn": region.start.column,
        "endLine": region.end.line,
        "endColumn": region.end.column,
    })
}

/// One fix for each figure that has one reading with which the rest stands. They are alternatives.
fn fixes(finding: &Finding, sources: &Sources, root: &Root) -> Vec<Value> {
    let has_lines = |one: &&Suggestion| sources.get(one.span.source).layout().is_none();
    let exact = finding.suggestions.iter().filter(|one| one.is_exact).filter(has_lines);
    exact.map(|suggestion| fix(suggestion, sources, root)).collect()
}

fn fix(suggestion: &Suggestion, sources: &Sources, root: &Root) -> Value {
    let span = suggestion.span;
    json!({
        "description": { "text": plain(&suggested(suggestion, sources)) },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(&root.path(sources.get(span.source).name())) },
            "replacements": [{
                "deletedRegion": region(sources, span),
                "insertedContent": { "text": suggestion.text },
            }],
        }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_pascal() {
        assert_eq!(pascal("wrong-percent-change"), "WrongPercentChange");
    }
}
