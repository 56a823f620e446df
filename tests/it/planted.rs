//! Planted errors: networks of figures that agree, in which one was altered.

use std::fmt::Write as _;

use crossfoot::finding::Suspect;
use crossfoot::report::Report;

use crate::support::check_claims;

/// Marsaglia's xorshift: the same numbers in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % most as u64).unwrap()
    }

    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.next() % u64::try_from(high - low).unwrap()).unwrap()
    }
}

/// A figure in thousands of dollars, written with so many of its last digits cut by rounding.
#[derive(Clone, Debug)]
struct Figure {
    /// What is true, in thousands.
    truth: i64,
    /// What is written, in steps.
    written: i64,
    /// A step, in thousands: a power of ten.
    step: i64,
    hedge: &'static str,
}

impl Figure {
    fn new(truth: i64, random: &mut Random) -> Self {
        // Three to five digits are written.
        let digits = i64::from(truth.ilog10()) + 1;
        let kept = random.between(3, 6).min(digits);
        let step = 10_i64.pow(u32::try_from(digits - kept).unwrap());
        let hedge = if random.below(12) == 0 { "about " } else { "" };
        Self { truth, written: (2 * truth + step) / (2 * step), step, hedge }
    }

    fn text(&self) -> String {
        // In millions: 1,000 thousands each.
        let thousands = self.written * self.step;
        let decimals = 3_usize.saturating_sub(self.step.ilog10() as usize);
        let (whole, rest) = (thousands / 1000, thousands % 1000);
        let rest = format!("{rest:03}");
        match decimals {
            0 => format!("{}${whole} million", self.hedge),
            n => format!("{}${whole}.{} million", self.hedge, &rest[..n]),
        }
    }

    /// How far the loose interval reaches at most, in thousands.
    fn slack(&self) -> i64 {
        let hedged = if self.hedge.is_empty() { 0 } else { self.written * self.step / 10 };
        // Zeros at the end may be rounding too, to half a unit of the second digit.
        let zeros = 10_i64.pow((self.written * self.step).ilog10()) / 20;
        hedged.max(zeros).max(self.step)
    }
}

/// Thirty claims, each in three relations at least, as a claims file without them.
fn network(random: &mut Random) -> (Vec<Figure>, String) {
    let mut figures: Vec<Figure> = Vec::new();
    let mut asserts = String::new();
    for _ in 0..12 {
        let truth = random.between(20_000, 900_000);
        figures.push(Figure::new(truth, random));
    }
    let mut uses = [0; 30];
    let assert = |asserts: &mut String, that: String| {
        let _ = writeln!(asserts, "[[assert]]\nthat = \"{that}\"");
    };
    while figures.len() < 30 {
        let (a, b) = (random.below(figures.len()), random.below(figures.len()));
        let at = figures.len();
        let (x, y) = (figures[a].truth, figures[b].truth);
        let (truth, that) = match random.below(3) {
            0 if a != b => (x + y, format!("c{a} + c{b} = c{at}")),
            1 if 20_000 < x - y => (x - y, format!("c{a} - c{b} = c{at}")),
            2 if x % 5 == 0 && x < 90_000_000 => (x / 5 * 8, format!("c{at} = 1.6 * c{a}")),
            _ => continue,
        };
        uses[a] += 1;
        uses[at] += 1;
        if that.contains(&format!("c{b} ")) || that.contains(&format!("c{b} =")) {
            uses[b] += 1;
        }
        figures.push(Figure::new(truth, random));
        assert(&mut asserts, that);
    }
    // Ties between figures that have too few: a difference that is known to the thousand.
    while let Some(a) = (0..30).find(|&at| uses[at] < 3) {
        let (b, c) = (random.below(30), random.below(30));
        if a == b || b == c || a == c {
            continue;
        }
        let left = figures[a].truth + figures[b].truth - figures[c].truth;
        let rest = format!("${}.{:03} million", left.abs() / 1000, left.abs() % 1000);
        assert(
            &mut asserts,
            if left < 0 {
                format!("c{a} + c{b} + {rest} = c{c}")
            } else {
                format!("c{a} + c{b} = c{c} + {rest}")
            },
        );
        for at in [a, b, c] {
            uses[at] += 1;
        }
    }
    (figures, asserts)
}

fn checked(figures: &[Figure], asserts: &str) -> Report {
    let mut claims = String::new();
    for (at, figure) in figures.iter().enumerate() {
        let _ = writeln!(claims, "[[claim]]\nid = \"c{at}\"\nvalue = \"{}\"", figure.text());
    }
    check_claims(&(claims + asserts))
}

/// Alters a figure past what its digits could loosely mean; which slip it was.
fn alter(figure: &mut Figure, random: &mut Random) -> &'static str {
    let before = figure.clone();
    loop {
        *figure = before.clone();
        let digits: Vec<u8> = figure.written.to_string().into_bytes();
        let name = match random.below(5) {
            0 => {
                figure.written *= 10;
                "factor of 10"
            }
            1 => {
                figure.written *= 1000;
                "factor of 1,000"
            }
            2 => {
                let mut swapped = digits.clone();
                let at = random.below(digits.len() - 1);
                swapped.swap(at, at + 1);
                figure.written = String::from_utf8(swapped).unwrap().parse().unwrap();
                "two digits exchanged"
            }
            3 => {
                let mut off = digits.clone();
                let at = random.below(digits.len());
                off[at] = b'0' + u8::try_from(random.below(10)).unwrap();
                figure.written = String::from_utf8(off).unwrap().parse().unwrap();
                "one digit off"
            }
            _ => {
                figure.written = figure.written * random.between(20, 80) / 50;
                ""
            }
        };
        let off = (figure.written * figure.step - figure.truth).abs();
        // A slip of the first digit to nought would be a shorter figure.
        let is_as_long =
            name.starts_with("factor") || figure.written.to_string().len() == digits.len();
        if figure.written != 0 && is_as_long && figure.slack() + before.slack() < off {
            return name;
        }
    }
}

const NETWORKS: usize = 500;

#[test]
fn an_altered_figure_is_found_among_thirty() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut found, mut first, mut in_all, mut in_room, mut conflicts) = (0, 0, 0, 0, 0);
    let (mut slipped, mut named) = (0, 0);
    for _ in 0..NETWORKS {
        let (mut figures, asserts) = network(&mut random);
        let clean = checked(&figures, &asserts);
        assert!(clean.conflicts.is_empty(), "{:#?}", clean.conflicts);
        assert!(clean.findings.iter().all(|finding| finding.rule.as_str() == "unused-claim"));
        let at = random.below(30);
        let slip = alter(&mut figures[at], &mut random);
        let report = checked(&figures, &asserts);
        let text = figures[at].text();
        let is_it = |figure: &&Suspect| {
            // Each claim takes two lines and its header.
            report.sources.get(figure.span.source).place(figure.span.start).line == 3 * at + 3
        };
        if report.conflicts.is_empty() {
            continue;
        }
        found += 1;
        conflicts += report.conflicts.len();
        let own: Vec<&Suspect> = report
            .conflicts
            .iter()
            .filter_map(|conflict| conflict.figures.iter().find(is_it))
            .collect();
        in_all += usize::from(own.len() == report.conflicts.len());
        first += usize::from(report.conflicts.iter().all(|conflict| is_it(&&conflict.figures[0])));
        let contains = |figure: &&&Suspect| {
            let (low, high) = figure.room.clone().unwrap();
            let number = |text: Option<String>| text.map(|text| text.parse::<f64>().unwrap());
            let truth = f64::from(i32::try_from(figures[at].truth).unwrap()) * 1000.0;
            number(low).is_none_or(|low| low <= truth + 1e-3)
                && number(high).is_none_or(|high| truth - 1e-3 <= high)
        };
        in_room += usize::from(own.iter().filter(contains).count() == own.len());
        if !slip.is_empty() {
            slipped += 1;
            let says = own.iter().any(|figure| figure.slips.iter().any(|(name, _)| name == slip));
            named += usize::from(says);
            if !says {
                eprintln!("{slip} of {} not named: {text}, {:#?}", figures[at].truth, own[0]);
            }
        }
    }
    println!(
        "{found} of {NETWORKS} clash, in {conflicts} conflicts; the altered figure is in all of them in \
         {in_all}, first in {first}; its room has the truth in {in_room}; slips named {named} of {slipped}"
    );
    assert_eq!((in_all, in_room), (found, found));
    assert_eq!(named, slipped);
    assert!(NETWORKS * 8 <= first * 10, "{first}");
    assert!(NETWORKS * 95 <= found * 100, "{found}");
}
