//! A weekday beside a day of a month, which must fall on it.

use jiff::civil::{Date as Day, Weekday};

/// A weekday as written, with the days of the calendar that the date beside it may be.
///
/// A date with its year is one day. One without is the day nearest to publication, and others that
/// it may be as well; "03/04/2025" is two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnWeekday {
    /// The weekday.
    pub weekday: Weekday,
    /// What the date may be, the likeliest first; empty where nobody can tell.
    pub days: Vec<Day>,
}

impl OnWeekday {
    /// Whether the date falls on the weekday, whichever day it is; `None` where no day is known.
    pub fn fits(&self) -> Option<bool> {
        let fits = self.days.iter().any(|day| day.weekday() == self.weekday);
        (!self.days.is_empty()).then_some(fits)
    }

    /// The last such weekday before the likeliest day, and the next one behind it.
    pub fn around(&self) -> Option<[Day; 2]> {
        let day = self.days.first()?;
        Some([day.nth_weekday(-1, self.weekday).ok()?, day.nth_weekday(1, self.weekday).ok()?])
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_date_fits_its_weekday_if_one_of_its_days_does() {
        let tuesday = |days: &[Day]| OnWeekday { weekday: Weekday::Tuesday, days: days.to_vec() };
        assert_eq!(tuesday(&[date(2025, 3, 4)]).fits(), Some(true));
        assert_eq!(tuesday(&[date(2025, 3, 7)]).fits(), Some(false));
        assert_eq!(tuesday(&[date(2025, 4, 3), date(2025, 3, 4)]).fits(), Some(true));
        assert_eq!(tuesday(&[]).fits(), None);
    }

    #[test]
    fn the_weekdays_around_a_day_are_named() {
        let wrong = OnWeekday { weekday: Weekday::Tuesday, days: vec![date(2025, 3, 7)] };
        assert_eq!(wrong.around(), Some([date(2025, 3, 4), date(2025, 3, 11)]));
    }
}
