//! A thousand sums in the manner of XBRL Calculations 1.1, against a calculation of their own: facts of
//! mixed precision, weights of either sign, facts that are reported more than once, rounded or cut off.

use std::fmt::Write as _;

use crate::support::check_claims;

struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

/// An interval in halves of a unit, so that half a unit is whole; each end with whether it is included.
#[derive(Clone, Copy, Debug)]
struct Range {
    low: (i128, bool),
    high: (i128, bool),
}

impl Range {
    /// The fact as the specification has it: §4, in round mode and in truncate mode.
    fn of(reported: i128, step: i128, truncated: bool) -> Self {
        let twice = 2 * reported;
        let (low, high) = match (truncated, reported.signum()) {
            (false, _) => ((twice - step, true), (twice + step, true)),
            (true, 1) => ((twice, true), (twice + 2 * step, false)),
            (true, -1) => ((twice - 2 * step, false), (twice, true)),
            (true, _) => ((-2 * step, false), (2 * step, false)),
        };
        Self { low, high }
    }

    fn exists(self) -> bool {
        self.low.0 < self.high.0 || (self.low.0 == self.high.0 && self.low.1 && self.high.1)
    }

    fn and(self, other: Self) -> Self {
        // Of two ends at one place the open one is the stricter.
        let low = if (self.low.0, !self.low.1) < (other.low.0, !other.low.1) {
            other.low
        } else {
            self.low
        };
        let high = if (self.high.0, self.high.1) < (other.high.0, other.high.1) {
            self.high
        } else {
            other.high
        };
        Self { low, high }
    }

    fn plus(self, other: Self, weight: i128) -> Self {
        let (low, high) =
            if weight < 0 { (other.high, other.low) } else { (other.low, other.high) };
        Self {
            low: (self.low.0 + weight * low.0, self.low.1 && low.1),
            high: (self.high.0 + weight * high.0, self.high.1 && high.1),
        }
    }
}

/// A number as it would be reported to so many digits.
fn reported(number: i128, step: i128, truncated: bool) -> i128 {
    if truncated { number / step * step } else { (number + step / 2).div_euclid(step) * step }
}

/// One sum as a claims file, and whether it is consistent; `None` where facts that are reported twice
/// have nothing in common, so that there is nothing to add up.
fn case(random: &mut Random) -> (String, Option<bool>) {
    let truncated = random.below(2) == 1;
    let mut claims = String::new();
    let mut duplicates = |random: &mut Random, name: &str, truth: i128| {
        let mut range: Option<Range> = None;
        for nth in 0..=random.below(4).saturating_sub(1) {
            let step = 10_i128.pow(u32::try_from(random.below(5)).unwrap());
            let mut stated = reported(truth, step, truncated);
            if random.below(60) == 0 {
                stated += step;
            }
            let mode = if truncated { "truncate" } else { "nearest" };
            let _ = writeln!(
                claims,
                "[[claim]]\nid = \"{name}_{nth}\"\nvalue = {stated}\nrounded_to = {step}\nrounding = \"{mode}\"\n\
                 subject = \"filer\"\nmeasure = \"{name}\"\nwhen = \"2024\""
            );
            let own = Range::of(stated, step, truncated);
            range = Some(range.map_or(own, |range| range.and(own)));
        }
        range.unwrap()
    };
    let mut sum = Range { low: (0, true), high: (0, true) };
    let mut terms = String::from("total_0 = 0");
    let (mut truth, mut is_there) = (0, true);
    for part in 0..=random.below(6) {
        let size = 10_u64.pow(u32::try_from(2 + random.below(5)).unwrap());
        let sign = if random.below(6) == 0 { -1 } else { 1 };
        let number = sign * i128::from(random.below(size));
        let weight = if random.below(4) == 0 { -1 } else { 1 };
        let range = duplicates(random, &format!("part{part}"), number);
        is_there &= range.exists();
        sum = sum.plus(range, weight);
        truth += weight * number;
        let _ = write!(terms, " {} part{part}_0", if weight < 0 { '-' } else { '+' });
    }
    let off = match random.below(3) {
        0 => 0,
        n => i128::from(random.below(1 + 10_u64.pow(u32::try_from(n + 3).unwrap()))) - 30,
    };
    let total = duplicates(random, "total", truth + off);
    is_there &= total.exists();
    let _ = writeln!(claims, "[[assert]]\nthat = \"{terms}\"");
    (claims, is_there.then(|| sum.and(total).exists()))
}

#[test]
fn a_thousand_sums_get_the_verdict_of_the_specification() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let (mut consistent, mut inconsistent, mut unlike) = (0, 0, 0);
    while consistent + inconsistent < 1000 {
        let (claims, expected) = case(&mut random);
        let report = check_claims(&claims);
        let sum = report.relations.iter().find(|relation| relation.rule.as_str() == "assertion");
        let verdict = sum.unwrap().verdict.as_str();
        match expected {
            Some(true) => {
                assert_eq!(verdict, "holds", "{claims}");
                assert!(report.conflicts.is_empty(), "{claims}");
                consistent += 1;
            }
            Some(false) => {
                assert_eq!(verdict, "contradicts", "{claims}");
                inconsistent += 1;
            }
            None => {
                // The facts themselves are what clashes.
                let rules: Vec<&str> = report.findings.iter().map(|f| f.rule.as_str()).collect();
                assert!(rules.contains(&"same-fact-differs"), "{claims}");
                unlike += 1;
            }
        }
    }
    // The generator makes enough of each.
    assert!(
        200 < consistent && 200 < inconsistent && 20 < unlike,
        "{consistent} {inconsistent} {unlike}"
    );
}
