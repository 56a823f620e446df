//! The documents say what is so: every worked example runs, every file they name is there.

use crate::support::{check_that, read, root, verdict};

/// The fenced blocks of a language in a document.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut current: Option<String> = None;
    for line in text.lines() {
        match &mut current {
            None if line.trim() == format!("```{language}") => current = Some(String::new()),
            None => {}
            Some(_) if line.trim() == "```" => blocks.extend(current.take()),
            Some(block) => {
                block.push_str(line);
                block.push('\n');
            }
        }
    }
    blocks
}

#[test]
fn the_worked_examples_of_the_semantics_come_out() {
    let mut count = 0;
    for block in blocks(&read("docs/semantics.md"), "crossfoot") {
        let (mut values, mut that, mut expected) = (Vec::new(), "", "");
        for line in block.lines() {
            let (key, text) = line.split_once(':').unwrap_or_else(|| panic!("{line}"));
            match key {
                "that" => that = text.trim(),
                "verdict" => expected = text.trim(),
                name => {
                    assert_eq!(name.len(), 1, "{block}");
                    values.push(text.trim());
                }
            }
        }
        assert_eq!(verdict(&check_that(&values, that)), expected, "{block}");
        count += 1;
    }
    assert!(10 <= count, "only {count} examples");
}

#[test]
fn the_claims_files_of_the_documents_are_read() {
    for document in ["README.md", "claims/README.md"] {
        let blocks = blocks(&read(document), "toml");
        assert!(!blocks.is_empty(), "{document} shows no claims file");
        for block in blocks.iter().filter(|block| block.contains("[[claim]]")) {
            let article = "The aid package of $290 million over four years amounts to $72.5 million \
                           annually, officials said.";
            let report = crate::support::check_with(block, Some(article));
            let errors: Vec<_> = report.findings.iter().map(|f| &f.message).collect();
            assert!(!report.has_broken_input(), "{document}: {errors:?}\n{block}");
        }
    }
}

#[test]
fn paths_that_documents_name_exist() {
    let pattern =
        regex::Regex::new(r"`((?:src|rules|claims|docs|tests|fixtures|benches|fuzz)/[\w./-]*)`")
            .unwrap();
    for document in [
        "README.md",
        "docs/architecture.md",
        "docs/semantics.md",
        "docs/ci.md",
        "docs/configuration.md",
        "docs/drafts.md",
        "docs/mentions.md",
        "docs/performance.md",
        "docs/reports.md",
        "docs/suppression.md",
        "claims/README.md",
        "rules/README.md",
    ] {
        for found in pattern.captures_iter(&read(document)) {
            let path = &found[1];
            assert!(root().join(path).exists(), "{document} names {path}");
        }
    }
}
