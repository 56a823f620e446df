//! How fast figures and dates are found in a megabyte of prose: `cargo bench --bench mentions`.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use crossfoot::document::{Document, Format};
use crossfoot::lexicon::Lexicon;
use crossfoot::mention::Finder;

const ARTICLE: &str = include_str!("../fixtures/articles/armenia.md");

/// Counts the figures and dates of a text.
fn count(text: &str, format: Format) -> usize {
    let document = Document::parse(text, format);
    let mut count = 0;
    let published = Some(jiff::civil::date(2025, 8, 7));
    Finder::new(Lexicon::built_in(), published).find_in(&document, &mut |mention| {
        black_box(mention);
        count += 1;
    });
    count
}

fn mentions(criterion: &mut Criterion) {
    let copies = 1_000_000usize.div_ceil(ARTICLE.len());
    let text = ARTICLE.repeat(copies);
    let mut group = criterion.benchmark_group("mentions of a megabyte");
    group.sample_size(20);
    group.throughput(Throughput::Bytes(text.len() as u64));
    for (name, format) in [("plain text", Format::Plain), ("Markdown", Format::Markdown)] {
        assert!(copies < count(&text, format), "the article has figures");
        group.bench_with_input(BenchmarkId::from_parameter(name), &text, |bencher, text| {
            bencher.iter(|| count(text, format));
        });
    }
    group.finish();
}

criterion_group!(benches, mentions);
criterion_main!(benches);
