//! Any bytes as a claims file and as the article it quotes: no panic, in any format.
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
    let id = sources.add("claims.toml", text);
    let inputs = Inputs { claims: &[id], ..Inputs::default() };
    let report = check_with(sources, rules, inputs, &Options::default(), &mut |_, name| {
        Some((name.to_owned(), text.to_owned()))
    });
    human(&report, Look { colour: false, narrated: false, width: 80, relations: true });
    short(&report);
    json(&report);
});
