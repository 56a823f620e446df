//! Any bytes as a page, as a block of HTML in Markdown, and as text of pages: every block stands where words are,
//! every place leads back, and a check of it tells what it finds in every format.
#![no_main]

use crossfoot::document::{Document, Format};
use crossfoot::{Inputs, NoArticles, Options, check};
use libfuzzer_sys::fuzz_target;

fn assert_sound(text: &str, format: Format) {
    let document = Document::parse(text, format);
    let mut end = 0;
    for block in document.blocks() {
        assert!(end <= block.range.start, "{block:?} begins before {end}");
        end = block.range.end;
        let mut last = 0;
        for (at, c) in document.prose()[block.range.clone()].char_indices() {
            let at = block.range.start + at;
            let source = document.source_range(at..at + c.len_utf8());
            assert!(text.get(source.clone()).is_some_and(|there| !there.is_empty()), "{c:?}");
            assert!(last <= source.start, "{c:?} stands before what is before it");
            last = source.start;
        }
    }
}

fuzz_target!(|text: &str| {
    assert_sound(text, Format::Html);
    assert_sound(&format!("> <div>\n> {text}\n\n{text}"), Format::Markdown);
    assert_sound(&format!("{text}\x0c{text}"), Format::Plain);
    let (mut sources, rules) = crossfoot_fuzz::rules();
    let articles = [sources.add("a.html", text)];
    let inputs = Inputs { articles: &articles, ..Inputs::default() };
    let options = Options::new().at_length(true).lists_coverage(true);
    crossfoot_fuzz::write(&check(sources, rules, inputs, &options, &mut NoArticles));
});
