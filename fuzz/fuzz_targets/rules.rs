//! Any bytes as a rule file, and its own examples run against it: no panic.
#![no_main]

use crossfoot::engine::{Given, test_example};
use crossfoot::lexicon::Lexicon;
use crossfoot::rule::{Examples, Registry};
use crossfoot::source::Sources;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut sources = Sources::new();
    // A rule file is named like its rule.
    let stem = text.split('"').nth(1).unwrap_or("rule");
    let id = sources.add(format!("rules/fuzz/{stem}.toml"), text);
    let lexicon = Lexicon::built_in();
    let rules = Registry::new(&mut sources, &[id], lexicon, Examples::Skip, &mut Vec::new());
    for rule in rules.all().iter().filter(|rule| rule.span.source == id) {
        for example in &rule.examples {
            let _ = test_example(rule, example, Given::new(&rules, lexicon));
        }
    }
});
