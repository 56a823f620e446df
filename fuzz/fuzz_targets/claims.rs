//! Any bytes as a claims file and as the article it quotes: no panic, in any format.
#![no_main]

use crossfoot::report::{Look, human, json, short};
use crossfoot::source::Sources;
use crossfoot::{Options, check};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut sources = Sources::new();
    let id = sources.add("claims.toml", text);
    let report = check(sources, &[id], &[], &Options::default(), &mut |_, name| {
        Some((name.to_owned(), text.to_owned()))
    });
    human(&report, Look { colour: false, narrated: false, width: 80 });
    short(&report);
    json(&report);
});
