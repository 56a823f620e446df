//! Networks against Fourier and Motzkin's elimination, which decides sums by another road.

use crossfoot::network::{Answer, Conflict, Form, Linear, Network, Product};
use crossfoot::value::{End, Interval, Mode, Rational};
use proptest::prelude::*;

use crate::support::cases;

/// `Σ factors × facts ≤ most`, or `< most`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    factors: Vec<i128>,
    most: i128,
    is_strict: bool,
}

impl Row {
    fn scaled(&self, by: i128) -> Self {
        Self {
            factors: self.factors.iter().map(|factor| factor * by).collect(),
            most: self.most * by,
            is_strict: self.is_strict,
        }
    }

    fn plus(&self, other: &Self) -> Self {
        Self {
            factors: self.factors.iter().zip(&other.factors).map(|(a, b)| a + b).collect(),
            most: self.most + other.most,
            is_strict: self.is_strict || other.is_strict,
        }
    }

    fn reduced(mut self) -> Self {
        fn gcd(a: i128, b: i128) -> i128 {
            if b == 0 { a.abs() } else { gcd(b, a % b) }
        }
        let common = self.factors.iter().fold(self.most, |so_far, &factor| gcd(so_far, factor));
        if 1 < common.abs() {
            self.factors.iter_mut().for_each(|factor| *factor /= common.abs());
            self.most /= common.abs();
        }
        self
    }
}

/// Takes a fact out of the rows; what is left of the others is what they can be.
fn eliminate(rows: &[Row], fact: usize) -> Vec<Row> {
    let (mut with, without): (Vec<&Row>, Vec<&Row>) =
        rows.iter().partition(|row| row.factors[fact] != 0);
    let mut left: Vec<Row> = without.into_iter().cloned().collect();
    let at = upper_first(&mut with, fact);
    let (above, below) = with.split_at(at);
    for up in above {
        for down in below {
            let row = up.scaled(-down.factors[fact]).plus(&down.scaled(up.factors[fact])).reduced();
            if !left.contains(&row) {
                left.push(row);
            }
        }
    }
    left
}

/// Rows that bound the fact from above first; how many these are.
fn upper_first(rows: &mut [&Row], fact: usize) -> usize {
    rows.sort_by_key(|row| row.factors[fact] < 0);
    rows.iter().filter(|row| 0 < row.factors[fact]).count()
}

/// What one fact can be; `None` if the rows cannot all be met.
fn projected(rows: &[Row], facts: usize, kept: usize) -> Option<Interval> {
    let mut rows = rows.to_vec();
    for fact in (0..facts).filter(|&fact| fact != kept) {
        rows = eliminate(&rows, fact);
    }
    let mut interval = Interval::ALL;
    for row in &rows {
        let factor = row.factors[kept];
        if factor == 0 {
            let is_met = if row.is_strict { 0 < row.most } else { 0 <= row.most };
            if !is_met {
                return None;
            }
            continue;
        }
        let bound = ratio(row.most) / ratio(factor);
        let end = if row.is_strict { End::Open(bound) } else { End::Closed(bound) };
        let half = if 0 < factor {
            Interval::new(End::Unbounded, end)
        } else {
            Interval::new(end, End::Unbounded)
        };
        interval = interval.intersect(&half?)?;
    }
    Some(interval)
}

fn ratio(whole: i128) -> Rational {
    Rational::from(i64::try_from(whole).unwrap())
}

/// Ends as whole numbers; `None` is without end.
type Ends = (Option<(i8, bool)>, Option<(i8, bool)>);

#[derive(Clone, Debug)]
struct Sum {
    factors: Vec<i8>,
    range: Ends,
}

#[derive(Clone, Debug)]
struct Case {
    facts: usize,
    /// Each with its fact and its interval.
    claims: Vec<(usize, Ends)>,
    sums: Vec<Sum>,
}

fn interval((low, high): Ends) -> Option<Interval> {
    let end = |end: Option<(i8, bool)>| match end {
        None => End::Unbounded,
        Some((x, true)) => End::Closed(Rational::from(i64::from(x))),
        Some((x, false)) => End::Open(Rational::from(i64::from(x))),
    };
    Interval::new(end(low), end(high))
}

fn rows_of(factors: &[i128], (low, high): Ends) -> Vec<Row> {
    let high = high.map(|(x, closed)| Row {
        factors: factors.to_vec(),
        most: i128::from(x),
        is_strict: !closed,
    });
    let low = low.map(|(x, closed)| Row {
        factors: factors.iter().map(|factor| -factor).collect(),
        most: -i128::from(x),
        is_strict: !closed,
    });
    high.into_iter().chain(low).collect()
}

impl Case {
    fn network(&self) -> Network<'static> {
        let mut network = Network::new();
        let facts: Vec<_> = (0..self.facts).map(|_| network.fact()).collect();
        for &(fact, ends) in &self.claims {
            let interval = interval(ends).unwrap();
            network.claim(facts[fact], interval.clone(), interval);
        }
        for sum in &self.sums {
            let terms = sum.factors.iter().zip(&facts);
            let terms = terms.map(|(&factor, &fact)| (fact, Rational::from(i64::from(factor))));
            network.relation([Linear::new(terms, interval(sum.range).unwrap()).into()]);
        }
        network
    }

    /// The rows of these claims and sums.
    fn rows(&self, claims: &[usize], sums: &[usize]) -> Vec<Row> {
        let mut rows = Vec::new();
        for &claim in claims {
            let (fact, ends) = self.claims[claim];
            let mut factors = vec![0; self.facts];
            factors[fact] = 1;
            rows.extend(rows_of(&factors, ends));
        }
        for &sum in sums {
            let factors: Vec<i128> =
                self.sums[sum].factors.iter().map(|&factor| i128::from(factor)).collect();
            rows.extend(rows_of(&factors, self.sums[sum].range));
        }
        rows
    }

    fn can_stand(&self, claims: &[usize], sums: &[usize]) -> bool {
        projected(&self.rows(claims, sums), self.facts, 0).is_some()
    }
}

fn ends() -> impl Strategy<Value = Ends> {
    let bounded = (-6_i8..=6, 0_i8..=3, any::<bool>(), any::<bool>()).prop_map(
        |(low, width, closed, other)| match width {
            0 => (Some((low, true)), Some((low, true))),
            _ => (Some((low, closed)), Some((low + width, other))),
        },
    );
    let half = (-6_i8..=6, any::<bool>(), any::<bool>()).prop_map(|(x, closed, up)| {
        if up { (Some((x, closed)), None) } else { (None, Some((x, closed))) }
    });
    prop_oneof![6 => bounded, 1 => half]
}

fn case(most: usize) -> impl Strategy<Value = Case> {
    (2_usize..=most).prop_flat_map(move |facts| {
        let claims = prop::collection::vec((0..facts, ends()), 1..=most + 1);
        let factor = prop_oneof![3 => Just(0_i8), 3 => Just(1), 3 => Just(-1), 1 => -3_i8..=3];
        let sum = (prop::collection::vec(factor, facts), ends())
            .prop_map(|(factors, range)| Sum { factors, range });
        let sums = prop::collection::vec(sum, 1..=most);
        (Just(facts), claims, sums).prop_map(|(facts, claims, sums)| Case { facts, claims, sums })
    })
}

fn without(all: &[usize], at: usize) -> Vec<usize> {
    all.iter().enumerate().filter(|&(place, _)| place != at).map(|(_, &number)| number).collect()
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn sums_are_decided_as_by_elimination(case in case(4)) {
        let network = case.network();
        let claims: Vec<usize> = (0..case.claims.len()).collect();
        let sums: Vec<usize> = (0..case.sums.len()).collect();
        let can_stand = case.can_stand(&claims, &sums);
        let components = network.components();
        let answers: Vec<Answer> = components.iter().map(|component| component.loose).collect();
        prop_assert!(!answers.contains(&Answer::Unknown));
        // A sum of nothing is in no component.
        let is_empty = |sum: &Sum| sum.factors.iter().all(|&factor| factor == 0);
        prop_assume!(!case.sums.iter().any(is_empty));
        prop_assert_eq!(!answers.contains(&Answer::Inconsistent), can_stand);

        let found = network.conflicts(Mode::Loose);
        prop_assert_eq!(found.conflicts.is_empty(), can_stand);
        for conflict in &found.conflicts {
            prop_assert!(!case.can_stand(&conflict.claims, &conflict.relations), "{:?}", conflict);
            for at in 0..conflict.claims.len() {
                let rest = without(&conflict.claims, at);
                prop_assert!(case.can_stand(&rest, &conflict.relations), "{:?}", conflict);
                // What the others leave the fact of the claim.
                let fact = network.fact_of(conflict.claims[at]);
                let room = network.room(fact, &rest, &conflict.relations, Mode::Loose);
                let rows = case.rows(&rest, &conflict.relations);
                prop_assert_eq!(room, projected(&rows, case.facts, fact as usize));
            }
            for at in 0..conflict.relations.len() {
                let rest = without(&conflict.relations, at);
                prop_assert!(case.can_stand(&conflict.claims, &rest), "{:?}", conflict);
            }
            prop_assert!(network.is_minimal(conflict, Mode::Loose));
            prop_assert!(network.explain(conflict, Mode::Loose).is_some());
        }
        // A claim that mends everything does.
        for cluster in &found.clusters {
            for ranked in cluster.ranking.iter().filter(|ranked| ranked.mends_all) {
                if found.clusters.len() == 1 && components.iter().filter(|c| c.loose == Answer::Inconsistent).count() == 1 {
                    let rest: Vec<usize> =
                        claims.iter().copied().filter(|&claim| claim != ranked.claim).collect();
                    prop_assert!(case.can_stand(&rest, &sums));
                }
            }
        }
    }

    /// Every minimal conflict is found, where there are few.
    #[test]
    fn all_conflicts_are_found(case in case(3)) {
        let network = case.network();
        let size = case.claims.len() + case.sums.len();
        let split = |set: u32| {
            let of = |first: usize, count: usize| -> Vec<usize> {
                (0..count).filter(|at| set >> (first + at) & 1 == 1).collect()
            };
            (of(0, case.claims.len()), of(case.claims.len(), case.sums.len()))
        };
        let clashing: Vec<bool> = (0..1_u32 << size)
            .map(|set| { let (claims, sums) = split(set); !case.can_stand(&claims, &sums) })
            .collect();
        let is_minimal = |set: u32| {
            clashing[set as usize]
                && (0..size).all(|at| set >> at & 1 == 0 || !clashing[(set & !(1 << at)) as usize])
        };
        let mut expected: Vec<Conflict> = (0..1_u32 << size)
            .filter(|&set| is_minimal(set))
            .map(|set| { let (claims, relations) = split(set); Conflict { relations, claims } })
            .collect();
        // A sum of nothing is in no component.
        let is_empty = |sum: &Sum| sum.factors.iter().all(|&factor| factor == 0);
        prop_assume!(!case.sums.iter().any(is_empty));
        let found = network.conflicts(Mode::Loose);
        let mut conflicts = found.conflicts.clone();
        conflicts.sort();
        expected.sort();
        for conflict in &conflicts {
            prop_assert!(expected.contains(conflict), "{:?} {:?}", conflict, expected);
        }
        if !found.may_be_more && found.clusters.len() <= 1 {
            prop_assert_eq!(conflicts, expected);
        }
    }
}

/// A sum or a product that holds of whole numbers known beforehand.
#[derive(Clone, Debug)]
enum True {
    Sum(Vec<(usize, i64)>),
    Product(usize, usize),
}

proptest! {
    #![proptest_config(cases(2000))]

    /// What is true of some numbers is never said to clash, products and cycles among it; and where one
    /// figure is altered, each conflict has it, and leaves it room for what it was.
    #[test]
    fn what_is_true_never_clashes(
        numbers in prop::collection::vec(-40_i64..=40, 3..9),
        made in prop::collection::vec((0_usize..9, 0_usize..9, 0_usize..9, -3_i64..=3, 0_u8..3), 1..9),
        width in 0_i64..3,
        altered in (0_usize..9, 3_i64..60),
    ) {
        let (mut values, mut relations) = (numbers.clone(), Vec::new());
        for (a, b, c, factor, kind) in made {
            let [a, b, c] = [a, b, c].map(|place| place % values.len());
            if kind == 0 && a != b {
                relations.push((True::Product(a, b), values.len()));
                values.push(values[a] * values[b]);
            } else {
                // Sums of what is there, or of what is new: they make cycles.
                let sum = values[a] + factor * values[b] - values[c];
                relations.push((True::Sum(vec![(a, 1), (b, factor), (c, -1)]), values.len()));
                values.push(sum);
            }
        }
        let build = |altered: Option<(usize, i64)>| {
            let mut network = Network::new();
            let facts: Vec<_> = values.iter().map(|_| network.fact()).collect();
            for (place, (&value, &fact)) in values.iter().zip(&facts).enumerate() {
                let off = altered.filter(|(which, _)| *which == place).map_or(0, |(_, by)| by);
                let center = Rational::from(value + off);
                let interval = Interval::around(&center, &Rational::from(width));
                network.claim(fact, interval.clone(), interval);
            }
            for (relation, result) in &relations {
                let form: Form<'static> = match relation {
                    True::Sum(terms) => {
                        let terms = terms.iter().map(|&(place, factor)| (facts[place], Rational::from(factor)));
                        let terms = terms.chain([(facts[*result], Rational::from(-1))]);
                        Linear::new(terms, Interval::point(Rational::ZERO)).into()
                    }
                    True::Product(x, y) => Product::new(facts[*x], Rational::ZERO, facts[*y], facts[*result]).into(),
                };
                network.relation([form]);
            }
            network
        };
        let network = build(None);
        prop_assert!(network.components().iter().all(|component| component.strict == Answer::Consistent));
        let which = altered.0 % values.len();
        let by = altered.1.max(2 * width + 1);
        let network = build(Some((which, by)));
        for conflict in network.conflicts(Mode::Loose).conflicts {
            prop_assert!(conflict.claims.contains(&which));
            prop_assert!(network.is_minimal(&conflict, Mode::Loose));
            let rest: Vec<usize> = conflict.claims.iter().copied().filter(|&claim| claim != which).collect();
            let fact = network.fact_of(which);
            let room = network.room(fact, &rest, &conflict.relations, Mode::Loose).unwrap();
            prop_assert!(room.contains(&Rational::from(values[which])), "{:?}", room);
        }
    }
}

#[test]
fn a_product_of_what_may_be_zero_says_nothing_of_its_factors() {
    let mut network = Network::new();
    let (x, y, z) = (network.fact(), network.fact(), network.fact());
    let zero = Interval::point(Rational::ZERO);
    let some = Interval::closed(Rational::ZERO, Rational::from(5));
    network.claim(y, some.clone(), some);
    network.claim(z, zero.clone(), zero);
    network.relation([Product::new(x, Rational::ZERO, y, z).into()]);
    assert_eq!(network.room(x, &[0, 1], &[0], Mode::Loose), Some(Interval::ALL));
}

/// A ring of sums that only all together cannot be, however often each narrows the next.
#[test]
fn what_needs_the_simplex_is_given_up_where_the_budget_is_small() {
    let ring = |budget: Option<u64>| {
        let mut network = Network::new();
        if let Some(budget) = budget {
            network = network.with_budget(budget);
        }
        let facts: Vec<_> = (0..60).map(|_| network.fact()).collect();
        for &fact in &facts {
            let wide = Interval::closed(Rational::from(-1000), Rational::from(1000));
            network.claim(fact, wide.clone(), wide);
        }
        for (at, &fact) in facts.iter().enumerate() {
            let next = facts[(at + 1) % facts.len()];
            let terms = [(next, Rational::ONE), (fact, -Rational::ONE)];
            network.relation([Linear::new(terms, Interval::point(Rational::ONE)).into()]);
        }
        network.components()[0].loose
    };
    assert_eq!(ring(None), Answer::Inconsistent);
    assert_eq!(ring(Some(100)), Answer::Unknown);
}
