//! Inputs that the fuzzers found, and their like: none makes the program panic.

use std::fs;

use crossfoot::Options;
use crossfoot::finding::Severity;
use crossfoot::lexicon::Lexicon;
use crossfoot::mention::{find_mentions, parse_value};
use crossfoot::report::{
    Report, Root, github, gitlab, html, json, jsonl, junit, markdown, rdjson, sarif, sheet_csv,
    short, web_annotation,
};
use crossfoot::rule::{Examples, Registry};
use crossfoot::source::Sources;

use crate::mentions::invariants::assert_sound_input;
use crate::support::{always, check_text, check_with, drawn, root};

fn seeds(folder: &str) -> Vec<String> {
    inputs(folder).iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect()
}

fn inputs(folder: &str) -> Vec<Vec<u8>> {
    let folder = root().join("fixtures/seeds").join(folder);
    fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| fs::read(entry.unwrap().path()).unwrap())
        .collect()
}

#[test]
fn claims_files() {
    for seed in seeds("claims") {
        let report = check_with(&seed, Some(&seed));
        drawn(&report);
        in_every_format(&at_length("claims.toml", &seed));
    }
}

/// A text checked for a report that shows all of it: claims that are their own article, or an article.
fn at_length(name: &str, text: &str) -> Report {
    let options = Options::new().at_length(true).lists_coverage(true);
    check_text((name, text), &options, &mut always(Some(text)))
}

/// Writes a report in every format; what is JSON is JSON.
fn in_every_format(report: &Report) {
    let root = Root::default();
    short(report);
    for text in [
        json(report),
        sarif(report, &root, 1),
        gitlab(report, &root),
        rdjson(report, &root),
        web_annotation(report, &root),
    ] {
        serde_json::from_str::<serde_json::Value>(&text).unwrap();
    }
    for line in jsonl(report).lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
    junit(report, &|finding| finding.severity == Severity::Error);
    github(report, &root);
    markdown(report);
    html(report);
    sheet_csv(report);
}

#[test]
fn rule_files() {
    for seed in seeds("rules") {
        let mut sources = Sources::new();
        let id = sources.add("seed.toml", seed);
        Registry::new(&mut sources, &[id], Lexicon::built_in(), Examples::Read, &mut Vec::new());
    }
}

#[test]
fn values() {
    let lexicon = Lexicon::built_in();
    let digits = "9".repeat(5000);
    let long = [
        digits.clone(),
        format!("{digits}.{digits}"),
        format!("${digits} million billion trillion trillion"),
        format!("1/{digits}"),
        "one ".repeat(3000),
        "a ".repeat(3000),
        "between ".repeat(3000),
        "1-".repeat(3000),
        "million ".repeat(3000),
        "5 million million million million million million million million million".to_owned(),
        "9999-12-31 to 0001-01-01".to_owned(),
        "00/00/0000".to_owned(),
        "31 June 2025".to_owned(),
        "since since 9999s".to_owned(),
        "top 0".to_owned(),
        "1 in 0".to_owned(),
        "0/0".to_owned(),
        "½½½ ½ million".to_owned(),
        "−".to_owned(),
        "about about about 5".to_owned(),
    ];
    for text in long.iter().chain(&seeds("values")) {
        let _ = parse_value(text, lexicon);
        for mention in find_mentions(text, lexicon) {
            assert!(text.get(mention.range.clone()).is_some(), "{text:.60}");
        }
    }
}

#[test]
fn articles() {
    for input in inputs("mentions") {
        assert_sound_input(&input);
        let text = String::from_utf8_lossy(&input);
        for name in ["a.md", "a.txt", "a.html"] {
            in_every_format(&at_length(name, &text));
        }
    }
}
