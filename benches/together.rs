//! Whether a million claims and a million relations can stand together, in memory, on one core:
//! `cargo bench --bench together`.
//!
//! Three networks: small sums with an order between their figures, and articles of forty figures with
//! a table each, whose rows and columns tie everything to everything, and one long ledger that is a
//! single component. Some of each have an error.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use crossfoot::network::{Answer, Fact, Form, Linear, Network, Product};
use crossfoot::value::{Interval, Mode, Rational};

fn whole(number: i64) -> Rational {
    Rational::from(number)
}

fn zero() -> Interval {
    Interval::point(Rational::ZERO)
}

/// A figure rounded to tens, as it would be printed; what it was is within its strict interval.
fn claim(network: &mut Network<'_>, truth: i64) -> Fact {
    let fact = network.fact();
    let printed = whole((truth + 5).div_euclid(10) * 10);
    network.claim(
        fact,
        Interval::around(&printed, &whole(5)),
        Interval::around(&printed, &whole(10)),
    );
    fact
}

fn sum(parts: &[Fact], total: Fact) -> Form<'static> {
    let parts = parts.iter().map(|&part| (part, Rational::ONE));
    Linear::new(parts.chain([(total, -Rational::ONE)]), zero()).into()
}

fn at_most(less: Fact, more: Fact) -> Form<'static> {
    let terms = [(less, Rational::ONE), (more, -Rational::ONE)];
    Linear::new(terms, zero().and_below(true)).into()
}

/// Three figures and three relations at a time.
fn sums(claims: usize) -> Network<'static> {
    let mut network = Network::new();
    for i in 0..i64::try_from(claims / 3).unwrap_or(0) {
        let (a, b) = (1_000 + i % 8_000, 2_000 + (i * 7) % 7_000);
        let off = if i % 1_000 == 0 { 300 } else { 0 };
        let parts = [claim(&mut network, a), claim(&mut network, b)];
        let total = claim(&mut network, a + b + off);
        network.relation([sum(&parts, total)]);
        network.relation([at_most(parts[0], total)]);
        network.relation([at_most(parts[1], total)]);
    }
    network
}

/// Forty figures and forty relations at a time: a table of four by four with its totals, what the
/// totals were the year before and by how much they rose, shares, and the order of some of them.
fn articles(claims: usize) -> Network<'static> {
    let mut network = Network::new();
    for i in 0..i64::try_from(claims / 40).unwrap_or(0) {
        let cell = |row: i64, column: i64| 1_000 + (i * 37 + row * 911 + column * 577) % 9_000;
        let mut cells = Vec::new();
        for row in 0..4 {
            for column in 0..4 {
                cells.push(claim(&mut network, cell(row, column)));
            }
        }
        let row_total = |row: i64| (0..4).map(|column| cell(row, column)).sum::<i64>();
        let column_total = |column: i64| (0..4).map(|row| cell(row, column)).sum::<i64>();
        let off = if i % 1_000 == 0 { 900 } else { 0 };
        let rows: Vec<Fact> = (0..4)
            .map(|row| claim(&mut network, row_total(row) + if row == 2 { off } else { 0 }))
            .collect();
        let columns: Vec<Fact> =
            (0..4).map(|column| claim(&mut network, column_total(column))).collect();
        let all: i64 = (0..4).map(row_total).sum();
        let total = claim(&mut network, all);
        for at in 0..4 {
            network.relation([sum(&cells[4 * at..4 * at + 4], rows[at])]);
            let column: Vec<Fact> = (0..4).map(|row| cells[4 * row + at]).collect();
            network.relation([sum(&column, columns[at])]);
        }
        network.relation([sum(&rows, total)]);
        network.relation([sum(&columns, total)]);
        let year_before = |total: i64| total * 9 / 10;
        for at in 0_u32..4 {
            let now = row_total(i64::from(at));
            let before = claim(&mut network, year_before(now));
            let rise = claim(&mut network, now - year_before(now));
            let share = network.fact();
            let percent = Rational::fraction(1000 * now / all, 1000);
            network.claim(
                share,
                Interval::around(&percent, &Rational::fraction(1, 1000)),
                Interval::around(&percent, &Rational::fraction(2, 1000)),
            );
            let row = rows[at as usize];
            network.relation([sum(&[before, rise], row)]);
            network.relation([Product::new(share, Rational::ZERO, total, row).into()]);
            network.relation([at_most(before, row)]);
            network.relation([at_most(row, total)]);
            network.relation([at_most(rise, before)]);
        }
        for at in 0..4 {
            network.relation([at_most(columns[at], total)]);
            network.relation([at_most(cells[at], columns[at])]);
        }
        let extra = [claim(&mut network, 2 * all), claim(&mut network, all * 3)];
        network.relation([sum(&[total, extra[0]], extra[1])]);
        network.relation([at_most(extra[0], extra[1])]);
    }
    network
}

/// One long column of running totals: each is the one before and an entry, and no entry is more than
/// the total after it. All of it hangs together.
fn ledger(claims: usize) -> Network<'static> {
    let mut network = Network::new();
    let mut total = 50_000;
    let mut before = claim(&mut network, total);
    for i in 0..i64::try_from(claims / 2).unwrap_or(0) {
        let entry = if i % 2 == 0 { 300 + i % 700 } else { -(200 + (i * 7) % 90) };
        total += entry;
        let off = if i % 10_000 == 0 { 900 } else { 0 };
        let (of, after) = (claim(&mut network, entry + off), claim(&mut network, total));
        network.relation([sum(&[before, of], after)]);
        network.relation([at_most(of, after)]);
        before = after;
    }
    network
}

/// How many components cannot stand, with a conflict of each.
fn solve(network: &Network<'_>) -> usize {
    let components = network.components();
    let broken = components.iter().filter(|component| component.loose == Answer::Inconsistent);
    broken.map(|component| network.conflicts_of(component, Mode::Loose).clusters.len()).sum()
}

type Build = fn(usize) -> Network<'static>;

fn together(criterion: &mut Criterion) {
    let networks: [(&str, Build); 3] = [("sums", sums), ("articles", articles), ("ledger", ledger)];
    for (name, build) in networks {
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10).measurement_time(Duration::from_secs(5));
        for claims in [10_000, 100_000, 1_000_000] {
            group.throughput(Throughput::Elements(claims as u64));
            let network = build(claims);
            group.bench_function(BenchmarkId::new("solve", claims), |bencher| {
                bencher.iter(|| black_box(solve(&network)));
            });
            group.bench_function(BenchmarkId::new("build and solve", claims), |bencher| {
                bencher.iter(|| black_box(solve(&build(claims))));
            });
        }
        group.finish();
    }
}

criterion_group!(benches, together);
criterion_main!(benches);
