//! What the targets share: the rules of a run, read once, and a report in every format.

use std::sync::LazyLock;

use crossfoot::finding::Severity;
use crossfoot::lexicon::Lexicon;
use crossfoot::report::{
    Look, Report, Root, github, gitlab, html, human, json, jsonl, junit, markdown, rdjson, sarif,
    sheet_csv, short,
};
use crossfoot::rule::{Examples, Registry};
use crossfoot::source::Sources;

static RULES: LazyLock<(Sources, Registry)> = LazyLock::new(|| {
    let mut sources = Sources::new();
    let lexicon = Lexicon::built_in();
    let rules = Registry::new(&mut sources, &[], lexicon, Examples::Skip, &mut Vec::new());
    (sources, rules)
});

/// The built-in rules with a copy of their sources, to which texts are added.
pub fn rules() -> (Sources, &'static Registry) {
    (RULES.0.clone(), &RULES.1)
}

/// Writes a report in every format.
pub fn write(report: &Report) {
    human(report, Look { width: 80, relations: true, coverage: true, ..Look::default() });
    short(report);
    for text in [json(report), sarif(report, &Root::default(), 1)] {
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
    }
    for text in [gitlab(report, &Root::default()), rdjson(report, &Root::default())] {
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
    }
    jsonl(report);
    junit(report, &|finding| finding.severity == Severity::Error);
    github(report, &Root::default());
    markdown(report);
    html(report);
    sheet_csv(report);
}
