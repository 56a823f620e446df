//! What a mention or a claim states: an interval of numbers with a unit, or of days.

mod calendar;
mod dimension;
mod interval;
mod rational;
mod rounding;
mod strain;
mod style;
mod unit;
mod weekday;
mod written;

use jiff::civil::Weekday;

pub use calendar::{
    DateBound, Days, day_number, elapsed_months, from_day_number, months_after, months_before,
    weekday_of, write_day,
};
pub use dimension::{Base, Dimension};
pub use interval::{End, Interval};
pub use rational::Rational;
pub use rounding::{Allowed, Direction, Hedge, Numeral, Shares, as_written, hedged};
pub use strain::Strain;
pub use style::{Reading, Style, grouped};
pub use unit::{Counting, Currency, Unit, UnitData};
pub use weekday::OnWeekday;
pub use written::between;

/// What sort of value it is, as `extract` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An amount of money, or a rate of it.
    Money,
    /// A percentage, or a difference of two.
    Percent,
    /// A measure with a physical unit.
    Quantity,
    /// A count or a plain number.
    Number,
    /// A rank: "8th", "top ten".
    Ordinal,
    /// A factor: "doubled", "1.6 times".
    Multiple,
    /// A date at some precision.
    Date,
    /// From one date to another.
    DateRange,
    /// A length of time.
    Duration,
    /// A time of day.
    Time,
}

impl Kind {
    /// The word that files and reports use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Quantity => "quantity",
            Self::Number => "number",
            Self::Ordinal => "ordinal",
            Self::Multiple => "multiple",
            Self::Date => "date",
            Self::DateRange => "date-range",
            Self::Duration => "duration",
            Self::Time => "time",
        }
    }
}

/// Which of the two intervals of a value a question is asked of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// The last written digit was rounded, nothing else.
    Strict,
    /// Truncation, rounded zeros and the wider hedges too.
    Loose,
}

/// A number with a unit, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// What sort of number.
    pub kind: Kind,
    /// The number as stated, or the lower end of a range as stated; in `unit`.
    pub from: Rational,
    /// The same number, or the upper end of a range.
    pub to: Rational,
    /// The intervals that the digits and the hedge allow, in `unit`.
    pub allowed: Allowed,
    /// The unit the numbers are in.
    pub unit: Unit,
    /// Which way it is hedged.
    pub hedge: Direction,
    /// How it was written.
    pub style: Style,
}

impl Amount {
    /// One end of a range by itself, as far from it on either side as its digits allow on the outer one.
    #[must_use]
    pub fn at_end(&self, end: &Rational) -> Self {
        let around = |both: &Interval| {
            let mirrored = both.negated().shifted(&(end + end));
            both.intersect(&mirrored).unwrap_or_else(|| Interval::point(end.clone()))
        };
        Self {
            from: end.clone(),
            to: end.clone(),
            allowed: Allowed {
                strict: around(&self.allowed.strict),
                loose: around(&self.allowed.loose),
            },
            ..self.clone()
        }
    }

    /// The interval of one mode, in `unit`.
    pub fn interval(&self, mode: Mode) -> &Interval {
        match mode {
            Mode::Strict => &self.allowed.strict,
            Mode::Loose => &self.allowed.loose,
        }
    }

    /// The interval of one mode in the base of the unit's dimension.
    pub fn in_base(&self, mode: Mode) -> Interval {
        to_base(self.interval(mode), &self.unit)
    }

    /// The interval so far stretched, in the base of the unit's dimension.
    pub fn stretched(&self, strain: Strain) -> Interval {
        let stated = Interval::closed(self.from.clone(), self.to.clone());
        let own = strain.stretch(&stated, &self.allowed.strict, &self.allowed.loose);
        to_base(&own, &self.unit)
    }

    /// The same amount below zero.
    #[must_use]
    pub fn negated(mut self) -> Self {
        (self.from, self.to) = (-self.to, -self.from);
        self.allowed.strict = self.allowed.strict.negated();
        self.allowed.loose = self.allowed.loose.negated();
        self
    }

    /// The number as stated, in the base of the dimension; a range as an interval.
    pub fn stated_in_base(&self) -> Interval {
        to_base(&Interval::closed(self.from.clone(), self.to.clone()), &self.unit)
    }

    /// Whether a repair must be a whole number.
    pub fn is_counted(&self) -> bool {
        self.unit.counting == Counting::Counted
            && self.style.decimals == 0
            && self.style.scale.is_none()
            && self.allowed.strict.as_point().is_some_and(Rational::is_whole)
    }
}

fn to_base(interval: &Interval, unit: &Unit) -> Interval {
    match &unit.offset {
        Some(offset) => interval.shifted(offset).scaled(&unit.factor),
        None if unit.factor == Rational::ONE => interval.clone(),
        None => interval.scaled(&unit.factor),
    }
}

/// An interval in the base of a unit's dimension, in that unit.
pub fn from_base(interval: &Interval, unit: &Unit) -> Interval {
    let Some(inverse) = unit.factor.recip() else { return interval.clone() };
    let scaled = interval.scaled(&inverse);
    match &unit.offset {
        Some(offset) => scaled.shifted(&-offset.clone()),
        None => scaled,
    }
}

/// One or more days, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateValue {
    /// A date, from one date to another, or a time of day.
    pub kind: Kind,
    /// What it may mean, as stated: one reading, two for `08/07/2025`, none where only the day of publication
    /// would tell and it is not known.
    pub readings: Vec<Days>,
    /// The bound that stands before it.
    pub bound: Option<DateBound>,
    /// The weekday that stands beside it, or that it was worked out from.
    pub weekday: Option<Weekday>,
    /// The weekdays that stand beside days of a month, which must fall on them.
    pub on_weekdays: Vec<OnWeekday>,
    /// Whether it names a day that its month does not have. It has no readings then.
    pub is_impossible: bool,
    /// The length of time that it is before the day of publication: "114 years ago".
    pub ago: Option<Box<Amount>>,
    /// The hour and minute, for a time of day.
    pub time: Option<(i8, i8)>,
    /// Which way it is hedged.
    pub hedge: Direction,
}

impl DateValue {
    /// A date that means some days, with nothing beside it.
    pub fn new(kind: Kind, readings: Vec<Days>) -> Self {
        Self {
            kind,
            readings,
            bound: None,
            weekday: None,
            on_weekdays: Vec::new(),
            is_impossible: false,
            ago: None,
            time: None,
            hedge: Direction::Exact,
        }
    }

    /// Whether its days fall on the weekdays beside them; `None` where that cannot be known.
    pub fn is_on_its_weekdays(&self) -> Option<bool> {
        let mut all = self.on_weekdays.iter().map(OnWeekday::fits);
        if all.clone().any(|fits| fits == Some(false)) {
            return Some(false);
        }
        all.all(|fits| fits == Some(true)).then_some(true)
    }

    /// The days that a reading allows: "around 2019" reaches a year further on either side.
    pub fn allowed(&self, reading: Days) -> Days {
        if self.hedge == Direction::About { reading.widened() } else { reading }
    }

    /// From the earliest to the latest day that any reading allows.
    pub fn hull(&self) -> Interval {
        let mut readings = self.readings.iter().map(|&days| self.allowed(days).interval());
        let first = readings.next().unwrap_or(Interval::ALL);
        readings.fold(first, |hull, next| hull.hull(&next))
    }
}

/// What a mention or a claim states.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value {
    /// Numbers with a unit.
    Amount(Amount),
    /// Days.
    Date(DateValue),
    /// A figure that exists but is not stated; relations over it cannot be decided.
    Unstated,
}

impl Value {
    /// The length of time that it states, or that a date is before the day of publication.
    pub fn length(&self) -> Option<&Amount> {
        match self {
            Self::Amount(amount) if amount.kind == Kind::Duration => Some(amount),
            Self::Date(date) => date.ago.as_deref(),
            _ => None,
        }
    }

    /// As `extract` names it; `None` for a figure that is not stated.
    pub fn kind(&self) -> Option<Kind> {
        match self {
            Self::Amount(amount) => Some(amount.kind),
            Self::Date(date) => Some(date.kind),
            Self::Unstated => None,
        }
    }

    /// What it measures, in words: "money per duration", "date".
    pub fn measures(&self) -> String {
        match self {
            Self::Amount(amount) if amount.unit.is_temperature() => "temperature".to_owned(),
            Self::Amount(amount) => match (amount.kind, amount.unit.dimension) {
                (Kind::Percent, dimension) if dimension.is_number() => "percent".to_owned(),
                (Kind::Multiple, _) => "multiple".to_owned(),
                (Kind::Ordinal, _) => "rank".to_owned(),
                (_, dimension) => dimension.to_string(),
            },
            Self::Date(_) => "date".to_owned(),
            Self::Unstated => "unknown".to_owned(),
        }
    }
}
