//! Dimensions: what can be compared with what.

use std::fmt;

/// The bases that dimensions are products of.
///
/// Calendar time (months) stands apart from clock time (seconds): "four years" is exactly 48
/// months, but no exact number of days. [`Dimension::merged`] brings the two together where a
/// relation needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Base {
    /// Meters.
    Length,
    /// Kilograms.
    Mass,
    /// Seconds.
    Clock,
    /// Months.
    Calendar,
    /// Kelvins; of a difference, not of a temperature on a scale.
    Temperature,
    /// Amperes.
    Current,
    /// Candelas.
    Luminosity,
    /// Bytes.
    Information,
    /// Degrees of arc.
    Angle,
    /// Decibels.
    Sound,
    /// Moles.
    Amount,
    /// Money of whatever currency; the currency is kept beside the dimension.
    Money,
    /// Differences of two percentages.
    Points,
}

/// Each base with the name that files use.
const BASES: [(&str, Base); 13] = [
    ("length", Base::Length),
    ("mass", Base::Mass),
    ("clock", Base::Clock),
    ("calendar", Base::Calendar),
    ("temperature", Base::Temperature),
    ("current", Base::Current),
    ("luminosity", Base::Luminosity),
    ("information", Base::Information),
    ("angle", Base::Angle),
    ("sound", Base::Sound),
    ("amount", Base::Amount),
    ("money", Base::Money),
    ("points", Base::Points),
];

/// Exponents over the bases. The product of none is a plain number or a percentage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Dimension([i8; BASES.len()]);

impl Dimension {
    /// A plain number.
    pub const NUMBER: Self = Self([0; BASES.len()]);

    /// One base to the first power.
    pub fn of(base: Base) -> Self {
        Self::NUMBER.with(base, 1)
    }

    /// The base that files call so.
    pub fn base(name: &str) -> Option<Base> {
        BASES.iter().find(|(known, _)| *known == name).map(|&(_, base)| base)
    }

    /// The product of bases, by the names that files use, with their exponents.
    ///
    /// # Errors
    /// A name that is none of a base.
    pub(crate) fn read(of: &[(&str, i8)]) -> Result<Self, String> {
        of.iter().try_fold(Self::NUMBER, |dimension, &(name, exponent)| {
            let base = Self::base(name).ok_or_else(|| format!("{name} is no base"))?;
            Ok(dimension.with(base, exponent))
        })
    }

    /// The same with another exponent for one base.
    #[must_use]
    pub fn with(mut self, base: Base, exponent: i8) -> Self {
        self.0[base as usize] = exponent;
        self
    }

    /// The exponent of one base.
    pub fn exponent(self, base: Base) -> i8 {
        self.0[base as usize]
    }

    /// The dimension of a product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        let mut product = self;
        for (mine, theirs) in product.0.iter_mut().zip(other.0) {
            *mine = mine.saturating_add(theirs);
        }
        product
    }

    /// The dimension of one over it.
    #[must_use]
    pub fn inverse(self) -> Self {
        Self(self.0.map(i8::saturating_neg))
    }

    /// The dimension of a quotient.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        self.times(other.inverse())
    }

    /// The same with calendar time counted as clock time.
    #[must_use]
    pub fn merged(self) -> Self {
        let time = self.exponent(Base::Clock).saturating_add(self.exponent(Base::Calendar));
        self.with(Base::Clock, time).with(Base::Calendar, 0)
    }

    /// Whether it is a plain number.
    pub fn is_number(self) -> bool {
        self == Self::NUMBER
    }

    /// Whether it is a length of time, by the clock or by the calendar.
    pub fn is_duration(self) -> bool {
        self.merged() == Self::of(Base::Clock)
    }
}

impl fmt::Display for Dimension {
    /// As a reader would say it: "money per calendar".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = [("clock", "duration"), ("calendar", "duration"), ("points", "points")];
        let name = |name: &'static str| {
            known.iter().find(|(base, _)| *base == name).map_or(name, |&(_, said)| said)
        };
        let part = |sign: i8| {
            let words: Vec<String> = BASES
                .iter()
                .map(|&(base, key)| (name(base), self.exponent(key) * sign))
                .filter(|&(_, power)| power > 0)
                .map(|(base, power)| match power {
                    1 => base.to_owned(),
                    _ => format!("{base}^{power}"),
                })
                .collect();
            words.join(" ")
        };
        match (part(1), part(-1)) {
            (above, below) if above.is_empty() && below.is_empty() => f.write_str("number"),
            (above, below) if below.is_empty() => f.write_str(&above),
            (above, below) if above.is_empty() => write!(f, "number per {below}"),
            (above, below) => write!(f, "{above} per {below}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_times_its_period_is_the_total() {
        let money = Dimension::of(Base::Money);
        let year = Dimension::of(Base::Calendar);
        assert_eq!(money.over(year).times(year), money);
        assert_eq!(money.over(year).to_string(), "money per duration");
    }

    #[test]
    fn calendar_and_clock_time_merge() {
        let day = Dimension::of(Base::Clock);
        let year = Dimension::of(Base::Calendar);
        assert_ne!(day, year);
        assert_eq!(day.merged(), year.merged());
        assert!(year.over(day).merged().is_number());
    }
}
