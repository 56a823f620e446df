//! What the targets share: the built-in rules, and a report in every format.

use crossfoot::finding::Severity;
use crossfoot::report::{
    Look, Report, Root, github, gitlab, html, human, json, jsonl, junit, markdown, rdjson, sarif,
    sheet_csv, short,
};
use crossfoot::rule::Registry;
use crossfoot::source::Sources;

/// No texts yet, and the built-in rules.
pub fn rules() -> (Sources, &'static Registry) {
    (Sources::new(), Registry::built_in())
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
