//! Any bytes as a claims file and as the article it quotes: no panic, in any format.
#![no_main]

use crossfoot::{Article, Inputs, Options, check};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (mut sources, rules) = crossfoot_fuzz::rules();
    let id = sources.add("claims.toml", text);
    let inputs = Inputs { claims: &[id], ..Inputs::default() };
    let options = Options::new().at_length(true).lists_coverage(true);
    let report = check(sources, rules, inputs, &options, &mut |_, name: &str| {
        Ok(Article::new(name, text))
    });
    crossfoot_fuzz::write(&report);
});
