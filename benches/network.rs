//! What loading and checking a claims file costs, per claim, from a thousand claims to a hundred
//! thousand: `cargo bench --bench network`.

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use crossfoot::NoArticles;
use crossfoot::lexicon::Lexicon;
use crossfoot::rule::Registry;
use crossfoot::source::Sources;
use crossfoot::{Inputs, Options, check, claim};

/// As many claims as relations: each third claim is the sum of the two before it, and each claim
/// is compared with the next sum too.
fn claims_file(claims: usize) -> String {
    let mut text = String::new();
    for i in 0..claims / 3 {
        let (a, b) = (100 + i % 800, 200 + (i * 7) % 700);
        // One sum in a hundred is off, as in a file that is mostly right.
        let sum = a + b + 1 + usize::from(i % 100 == 0);
        for (name, value) in [("a", a), ("b", b)] {
            let _ =
                writeln!(text, "[[claim]]\nid = \"{name}_{i}\"\nvalue = \"${value}.5 million\"\n");
        }
        let _ = writeln!(text, "[[claim]]\nid = \"sum_{i}\"\nvalue = \"${sum}.0 million\"\n");
        let _ = writeln!(
            text,
            "[[assert]]\nrule = \"wrong-total\"\nparts = [\"a_{i}\", \"b_{i}\"]\ntotal = \"sum_{i}\"\n"
        );
        let _ = writeln!(text, "[[assert]]\nthat = \"a_{i} <= sum_{i}\"\n");
        let _ = writeln!(text, "[[assert]]\nthat = \"b_{i} <= sum_{i}\"\n");
    }
    text
}

fn network(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("claims file");
    group.sample_size(10);
    for claims in [999, 9_999, 99_999] {
        let text = claims_file(claims);
        group.throughput(Throughput::Elements(claims as u64));
        group.bench_with_input(BenchmarkId::new("read", claims), &text, |bencher, text| {
            bencher.iter(|| {
                let mut sources = Sources::new();
                let id = sources.add("bench.toml", text.as_str());
                let mut findings = Vec::new();
                black_box(claim::read(&sources, id, Lexicon::built_in(), &mut findings))
            });
        });
        group.bench_with_input(
            BenchmarkId::new("read and check", claims),
            &text,
            |bencher, text| {
                bencher.iter(|| {
                    let mut sources = Sources::new();
                    let id = sources.add("bench.toml", text.as_str());
                    let report = check(
                        sources,
                        Registry::built_in(),
                        Inputs { claims: &[id], ..Inputs::default() },
                        &Options::default(),
                        &mut NoArticles,
                    );
                    assert_eq!(report.relations.len(), claims);
                    black_box(report)
                });
            },
        );
    }
    group.finish();
}

criterion_group!(benches, network);
criterion_main!(benches);
