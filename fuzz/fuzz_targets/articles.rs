//! Any bytes as an article, in Markdown and as plain text: no panic, in any format.
#![no_main]

use std::sync::LazyLock;

use crossfoot::lexicon::Lexicon;
use crossfoot::report::{Look, human, json, short};
use crossfoot::rule::{Examples, Registry};
use crossfoot::source::Sources;
use crossfoot::{Inputs, Options, check_with};
use libfuzzer_sys::fuzz_target;

static RULES: LazyLock<(Sources, Registry)> = LazyLock::new(|| {
    let mut sources = Sources::new();
    let lexicon = Lexicon::built_in();
    let rules = Registry::new(&mut sources, &[], lexicon, Examples::Skip, &mut Vec::new());
    (sources, rules)
});

fuzz_target!(|text: &str| {
    let (mut sources, rules) = (RULES.0.clone(), &RULES.1);
    let articles = ["a.md", "a.txt"].map(|name| sources.add(name, text));
    let inputs = Inputs { articles: &articles, ..Inputs::default() };
    let options = Options {
        published: Some(jiff::civil::date(2025, 8, 7)),
        preview: true,
        ..Options::default()
    };
    let report = check_with(sources, rules, inputs, &options, &mut |_, _| None);
    human(&report, Look { colour: false, narrated: false, width: 80, relations: true });
    short(&report);
    json(&report);
});
