//! Intervals on a scale, as numbers that a drawing needs: hundredths of a percent of its width.

use serde::Serialize;

use crate::engine::{Bar, Side};
use crate::report::formats::inert::clean;
use crate::source::one_line;
use crate::value::{Interval, Rational};

/// How much room is left at both ends, of a hundred.
const MARGIN: i64 = 8;

/// A drawing of intervals that are compared.
#[derive(Serialize)]
pub(super) struct BarView {
    pub(super) sides: Vec<SideView>,
    /// Where all of them overlap, from and how wide.
    pub(super) common: Option<[String; 2]>,
    /// What it shows, in words.
    pub(super) title: String,
    /// Units of height.
    pub(super) height: usize,
}

/// One side of a comparison.
#[derive(Serialize)]
pub(super) struct SideView {
    pub(super) words: String,
    pub(super) role: &'static str,
    pub(super) stated: String,
    pub(super) allowed: String,
    /// Loose and strict interval: from and how wide.
    pub(super) loose: [String; 2],
    pub(super) strict: [String; 2],
    /// Where the stated figure is, if it is one.
    pub(super) at: Option<String>,
    /// Where it is drawn, from above.
    pub(super) top: usize,
}

/// Height of a side.
const ROW: usize = 18;

/// A scale from one number to another.
pub(super) struct Scale {
    low: Rational,
    width: Rational,
}

impl Scale {
    /// A scale on which some numbers have room at both ends; `None` without numbers.
    pub(super) fn over<'n>(numbers: impl Iterator<Item = &'n Rational> + Clone) -> Option<Self> {
        let low = numbers.clone().min()?.clone();
        let high = numbers.max()?.clone();
        let width = &high - &low;
        let width = if width.is_zero() {
            if low.is_zero() { Rational::ONE } else { low.abs() }
        } else {
            width
        };
        let margin = &width * &Rational::fraction(MARGIN, 100);
        let low = &low - &margin;
        let width = &width + &(&margin + &margin);
        Some(Self { low, width })
    }

    /// Where a number is, of a hundred, with two decimals.
    pub(super) fn place(&self, number: &Rational) -> Rational {
        let place = &(&(number - &self.low) / &self.width) * &Rational::from(100);
        let place = place.round_to(&Rational::fraction(1, 100));
        place.max(Rational::ZERO).min(Rational::from(100))
    }

    /// From and how wide an interval is; one without an end runs to the edge. A point is seen too.
    pub(super) fn span(&self, interval: &Interval) -> [String; 2] {
        let from = interval.low().number().map_or(Rational::ZERO, |low| self.place(low));
        let to = interval.high().number().map_or(Rational::from(100), |high| self.place(high));
        let least = Rational::fraction(6, 10);
        let width = &to - &from;
        let (from, width) =
            if width < least { (&from - &Rational::fraction(3, 10), least) } else { (from, width) };
        [from.to_fixed(2), width.to_fixed(2)]
    }
}

/// Draws a bar; `None` where nothing of it has an end.
pub(super) fn bar(bar: &Bar) -> Option<BarView> {
    let ends = |side: &Side| {
        let all = [&side.loose, &side.strict, &side.stated];
        let ends = all.into_iter().flat_map(|interval| [interval.low(), interval.high()]);
        ends.filter_map(|end| end.number().cloned()).collect::<Vec<_>>()
    };
    let numbers: Vec<Rational> = bar.sides.iter().flat_map(ends).collect();
    let scale = Scale::over(numbers.iter())?;
    let sides: Vec<SideView> = bar
        .sides
        .iter()
        .enumerate()
        .map(|(number, side)| SideView {
            words: clean(&one_line(&side.words)),
            role: if side.is_implied { "implied" } else { "stated" },
            stated: clean(&one_line(&side.stated_in_words)),
            allowed: clean(&one_line(&side.allowed_in_words)),
            loose: scale.span(&side.loose),
            strict: scale.span(&side.strict),
            at: side.stated.as_point().map(|point| scale.place(point).to_fixed(2)),
            top: number * ROW,
        })
        .collect();
    let mut loose = bar.sides.iter().map(|side| side.loose.clone());
    let first = loose.next()?;
    let common = loose.try_fold(first, |common, side| common.intersect(&side));
    let is_equal = bar.sign == "=";
    Some(BarView {
        title: title(bar, common.is_some(), is_equal),
        common: common.filter(|_| is_equal).map(|common| scale.span(&common)),
        height: sides.len() * ROW,
        sides,
    })
}

fn title(bar: &Bar, meets: bool, is_equal: bool) -> String {
    let side = |side: &Side| {
        let role = if side.is_implied { "implied" } else { "stated" };
        format!("{role}: {}, that is {}", clean(&side.words), clean(&side.allowed_in_words))
    };
    let sides: Vec<String> = bar.sides.iter().map(side).collect();
    let verdict = match (is_equal, meets) {
        (true, true) => "They have numbers in common.",
        (true, false) => "They have no number in common.",
        (false, _) => "They are compared in their order.",
    };
    format!("{}. {verdict}", sides.join("; "))
}
