//! How many instructions a page and a hundred kilobytes of prose take, by callgrind:
//! `cargo install gungraun-runner && cargo bench --bench instructions`.
//!
//! Unlike times, the counts repeat exactly, so that a change of a hundredth shows.
#![expect(missing_docs, unused_qualifications, reason = "the macros write modules of their own")]

use std::hint::black_box;

use crossfoot::document::{Document, Format};
use crossfoot::lexicon::Lexicon;
use crossfoot::mention::Finder;
use gungraun::{library_benchmark, library_benchmark_group, main};

const ARTICLE: &str = include_str!("../fixtures/articles/armenia.md");

/// The first page of the article, some 500 words.
fn page() -> &'static str {
    let end = ARTICLE[..3_000].rfind('\n').expect("a page has lines");
    &ARTICLE[..end]
}

/// A hundred kilobytes of prose; the lexicon is read before the count begins.
fn long() -> &'static str {
    Lexicon::built_in();
    ARTICLE.repeat(100_000usize.div_ceil(ARTICLE.len())).leak()
}

/// A hundred kilobytes of the same article, in Markdown and as pandoc makes a page of it.
fn grain(text: &'static str) -> &'static str {
    Lexicon::built_in();
    text.repeat(100_000usize.div_ceil(text.len())).leak()
}

const GRAIN: &str = include_str!("../fixtures/formats/grain.md");
const PAGE: &str = include_str!("../fixtures/formats/grain-pandoc.html");

#[library_benchmark]
#[bench::markdown(grain(GRAIN), Format::Markdown)]
#[bench::html(grain(PAGE), Format::Html)]
fn documents(text: &'static str, format: Format) -> usize {
    Document::parse(black_box(text), format).prose().len()
}

fn count(text: &str) -> usize {
    let document = Document::parse(text, Format::Markdown);
    let mut count = 0;
    let published = Some(jiff::civil::date(2025, 8, 7));
    Finder::new(Lexicon::built_in(), published).find_in(&document, &mut |mention| {
        black_box(mention);
        count += 1;
    });
    count
}

#[library_benchmark]
#[bench::first(page())]
fn start_and_one_page(text: &str) -> usize {
    count(black_box(text))
}

#[library_benchmark]
#[bench::prose(long())]
fn hundred_kilobytes(text: &'static str) -> usize {
    count(black_box(text))
}

library_benchmark_group!(
    name = mentions;
    benchmarks = start_and_one_page, hundred_kilobytes, documents
);

main!(library_benchmark_groups = mentions);
