//! Any bytes as an article, in Markdown, as plain text and as a page: no panic, in any format.
#![no_main]

use crossfoot::NoArticles;
use crossfoot::{Inputs, Options, check};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (mut sources, rules) = crossfoot_fuzz::rules();
    let articles = ["a.md", "a.txt", "a.html"].map(|name| sources.add(name, text));
    let inputs = Inputs { articles: &articles, ..Inputs::default() };
    let options = Options::new()
        .published(jiff::civil::date(2025, 8, 7))
        .preview(true)
        .at_length(true)
        .lists_coverage(true);
    crossfoot_fuzz::write(&check(sources, rules, inputs, &options, &mut NoArticles));
});
