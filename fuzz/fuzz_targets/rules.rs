//! Any bytes as a rule file, and its own examples run against it: no panic.
#![no_main]

use crossfoot::engine::test_example;
use crossfoot::lexicon::Lexicon;
use crossfoot::rule::{Examples, read};
use crossfoot::source::Sources;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut sources = Sources::new();
    let id = sources.add("rules/fuzz/wrong-rate.toml", text);
    let mut findings = Vec::new();
    if let Some(rule) = read(&sources, id, Lexicon::built_in(), Examples::Read, &mut findings) {
        for example in &rule.examples {
            let _ = test_example(&rule, example);
        }
    }
});
