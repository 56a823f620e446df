//! A date that was read, before it is bounded or joined to another.

use jiff::civil::Weekday;

use crate::mention::date::named::Named;
use crate::value::{Amount, DateBound, DateValue, Days, Kind, OnWeekday};

/// A date that was read.
#[derive(Clone, Debug)]
pub(in crate::mention) struct ReadDate {
    pub(in crate::mention) kind: Kind,
    /// Empty where the day of publication would have to tell and is not known.
    pub(in crate::mention) readings: Vec<Days>,
    pub(in crate::mention) weekday: Option<Weekday>,
    pub(in crate::mention) time: Option<(i8, i8)>,
    /// A month, or a month and a day, without a year of its own.
    pub(in crate::mention) partial: Option<(i8, Option<i8>)>,
    /// The day of a month that it names, and no more.
    pub(super) named: Option<Named>,
    /// Weekdays beside days of a month.
    pub(in crate::mention) on_weekdays: Vec<OnWeekday>,
    /// The length of time before the day of publication that it is.
    pub(in crate::mention) ago: Option<Box<Amount>>,
    /// Whether words outside it decided what it means.
    pub(in crate::mention) leans: bool,
    pub(in crate::mention) next: usize,
}

impl ReadDate {
    pub(in crate::mention) fn of(days: Days, next: usize) -> Self {
        Self::maybe(Some(days), next)
    }

    /// A date whose days are known only where the day of publication is.
    pub(in crate::mention) fn maybe(days: Option<Days>, next: usize) -> Self {
        Self {
            kind: Kind::Date,
            readings: days.into_iter().collect(),
            weekday: None,
            time: None,
            partial: None,
            named: None,
            on_weekdays: Vec::new(),
            ago: None,
            leans: false,
            next,
        }
    }

    /// What it states, with the bound before it.
    pub(in crate::mention) fn value(self, bound: Option<DateBound>) -> DateValue {
        DateValue {
            bound,
            weekday: self.weekday,
            time: self.time,
            is_impossible: self.named.is_some_and(Named::is_impossible),
            on_weekdays: self.on_weekdays,
            ago: self.ago,
            ..DateValue::new(self.kind, self.readings)
        }
    }

    pub(in crate::mention) fn days(&self) -> Option<Days> {
        match &*self.readings {
            [days] => Some(*days),
            _ => None,
        }
    }
}
