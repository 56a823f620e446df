//! Dates as intervals of days, and the time between two of them.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date as Day, Weekday, date};

use crate::value::interval::{End, Interval};
use crate::value::rational::Rational;

/// The first and the last day that a date as written may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Days {
    first: Day,
    last: Day,
}

/// How a date is bound: the word that stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateBound {
    /// "since 1993", "from May".
    Since,
    /// "by June 2025".
    By,
    /// "until May".
    Until,
    /// "before 2020".
    Before,
    /// "after 2020".
    After,
}

impl DateBound {
    /// The word that files and reports use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Since => "since",
            Self::By => "by",
            Self::Until => "until",
            Self::Before => "before",
            Self::After => "after",
        }
    }

    /// Reads that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Since, Self::By, Self::Until, Self::Before, Self::After]
            .into_iter()
            .find(|bound| bound.as_str() == word)
    }
}

impl Days {
    /// From one day to another; `None` if the first is after the last.
    pub fn new(first: Day, last: Day) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// One day.
    pub fn day(day: Day) -> Self {
        Self { first: day, last: day }
    }

    /// A whole year, 1 to 9999.
    pub fn year(year: i16) -> Option<Self> {
        Self::months(year, 1, 12)
    }

    /// Some months of one year, the last included.
    pub fn months(year: i16, first: i8, last: i8) -> Option<Self> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        let first = Day::new(year, first, 1).ok()?;
        let last = Day::new(year, last, 1).ok()?.last_of_month();
        Self::new(first, last)
    }

    /// Whole years, the last included.
    pub fn years(first: i16, last: i16) -> Option<Self> {
        Self::new(Self::year(first)?.first, Self::year(last)?.last)
    }

    /// The first day.
    pub fn first(self) -> Day {
        self.first
    }

    /// The last day.
    pub fn last(self) -> Day {
        self.last
    }

    /// How many months it is as it is written, where that is one or a whole year: 12 of "1950", 1 of "May 1950".
    pub fn whole_months(self) -> Option<i8> {
        let is_whole = self.first.day() == 1 && self.last == self.last.last_of_month();
        let same_year = self.first.year() == self.last.year();
        match self.last.month() - self.first.month() + 1 {
            months @ (1 | 12) if is_whole && same_year => Some(months),
            _ => None,
        }
    }

    /// The years or months of it, but for one that has some days of it only, as months that are counted on leave
    /// them: "1939", "1939 or 1940", "May 1939 to June 1940".
    pub fn in_steps_of(self, months: i8) -> String {
        const FEW: i64 = 4;
        let span = i64::from(months).months();
        let begin = |day: Day| {
            let month = if months == 12 { 1 } else { day.month() };
            Day::new(day.year(), month, 1).unwrap_or(day)
        };
        let step = |day: Day| {
            let next = begin(day).checked_add(span).ok()?;
            Self::new(begin(day), next.yesterday().ok()?)
        };
        let inwards = [self.first.checked_add(FEW.days()), self.last.checked_sub(FEW.days())];
        let [Ok(first), Ok(last)] = inwards else { return self.to_string() };
        let (Some(first), Some(last)) = (step(first), step(last)) else { return self.to_string() };
        match first.through(last) {
            Some(_) if first.last.tomorrow().is_ok_and(|next| next == last.first) => {
                format!("{first} or {last}")
            }
            Some(all) => all.to_string(),
            None => self.to_string(),
        }
    }

    /// From the first day of this to the last of the other.
    pub fn through(self, other: Self) -> Option<Self> {
        Self::new(self.first, other.last)
    }

    /// Widened by its own length on either side, as "around 2019" is.
    #[must_use]
    pub fn widened(self) -> Self {
        let length = days_between(self.first, self.last) + 1;
        let move_by = |day: Day, by: i64| day.checked_add(by.days()).unwrap_or(day);
        Self { first: move_by(self.first, -length), last: move_by(self.last, length) }
    }

    /// As an interval of [`day_number`]s.
    pub fn interval(self) -> Interval {
        Interval::closed(day_number(self.first), day_number(self.last))
    }

    /// The days of an interval of day numbers, each end rounded inwards; `None` if it has no end.
    pub fn from_interval(interval: &Interval) -> Option<Self> {
        let first = interval.low().number()?.ceil().to_i64()?;
        let last = interval.high().number()?.floor().to_i64()?;
        Self::new(from_day_number(first)?, from_day_number(last)?)
    }
}

impl fmt::Display for Days {
    /// At the precision that says it shortest: "2021", "June 2025", "23 February 2024".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = (self.first, self.last);
        if first == last {
            return write!(f, "{}", write_day(first));
        }
        let whole_months = first.day() == 1 && last == last.last_of_month();
        let same_year = first.year() == last.year();
        match (whole_months, same_year) {
            (true, true) if first.month() == 1 && last.month() == 12 => {
                write!(f, "{}", first.year())
            }
            (true, true) if first.month() == last.month() => {
                write!(f, "{}", first.strftime("%B %-Y"))
            }
            (true, false) if first.month() == 1 && last.month() == 12 => {
                write!(f, "{} to {}", first.year(), last.year())
            }
            (true, _) => write!(f, "{} to {}", first.strftime("%B %-Y"), last.strftime("%B %-Y")),
            _ => write!(f, "{} to {}", write_day(first), write_day(last)),
        }
    }
}

/// A day as a report writes it: "23 February 2024".
pub fn write_day(day: Day) -> String {
    day.strftime("%-d %B %-Y").to_string()
}

fn days_between(from: Day, to: Day) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

const EPOCH: Day = date(1970, 1, 1);

/// Days since 1 January 1970, the number that dates are compared by.
pub fn day_number(day: Day) -> Rational {
    Rational::from(days_between(EPOCH, day))
}

/// The day with this number, within the years 1 to 9999.
pub fn from_day_number(number: i64) -> Option<Day> {
    if number.abs() > 4_000_000 {
        return None;
    }
    EPOCH.checked_add(number.days()).ok().filter(|day| 1 <= day.year())
}

/// Days of 400 years, in which the calendar comes round: leap years and weekdays repeat.
const ROUND_DAYS: i64 = 146_097;
/// Their months.
const ROUND_MONTHS: i64 = 400 * 12;

/// How many times a length goes into a number, and what is left over, at least 0.
fn rounds(number: &Rational, length: i64) -> Option<(Rational, i64)> {
    let length = Rational::from(length);
    let rounds = (number / &length).floor();
    let rest = number - &(&rounds * &length);
    Some((rounds, rest.to_i64()?))
}

/// The day with a number, whatever its year: whole rounds of the calendar, and a day of the 400
/// years from 1970 on. `None` for what is no whole number.
fn far_day(number: &Rational) -> Option<(Rational, Day)> {
    let (rounds, rest) = rounds(number, ROUND_DAYS)?;
    Some((rounds, EPOCH.checked_add(rest.days()).ok()?))
}

/// The weekday of the day with a number, within the calendar or beyond its ends.
pub fn weekday_of(number: &Rational) -> Option<Weekday> {
    far_day(number).map(|(_, day)| day.weekday())
}

/// Whole and part months from one day to a later one, exact: the days that are left over count as
/// their share of the month they fall in, so that an anniversary is a whole number of years.
fn months_until(start: Day, end: Day) -> Rational {
    let of = |day: Day| i64::from(day.year()) * 12 + i64::from(day.month());
    let mut whole = of(end) - of(start);
    let mut anchor = start.checked_add(whole.months()).unwrap_or(start);
    if end < anchor {
        whole -= 1;
        anchor = start.checked_add(whole.months()).unwrap_or(start);
    }
    let next = start.checked_add((whole + 1).months()).unwrap_or(end);
    let length = u64::try_from(days_between(anchor, next)).unwrap_or(30).max(1);
    Rational::from(whole) + Rational::fraction(days_between(anchor, end), length)
}

/// Months from the day with one number to the day with another, before it or behind.
fn months_between(from: &Rational, to: &Rational) -> Option<Rational> {
    if to < from {
        return months_between(to, from).map(|months| -months);
    }
    let ((before, start), (behind, mut end)) = (far_day(from)?, far_day(to)?);
    let mut rounds = behind - before;
    if end < start {
        end = end.checked_add(ROUND_MONTHS.months()).ok()?;
        rounds = rounds - Rational::ONE;
    }
    Some(months_until(start, end) + rounds * Rational::from(ROUND_MONTHS))
}

/// The time from some day of one interval to some day of another, in months.
///
/// Ends without a day are unbounded; intervals are of [`day_number`]s. A time of day is widened to
/// its day.
pub fn elapsed_months(from: &Interval, to: &Interval) -> Interval {
    let first = |end: &End| end.number().map(Rational::floor);
    let last = |end: &End| end.number().map(Rational::ceil);
    let span = |a: Option<Rational>, b: Option<Rational>| {
        let months = a.zip(b).and_then(|(a, b)| months_between(&a, &b));
        months.map_or(End::Unbounded, End::Closed)
    };
    let low = span(last(from.high()), first(to.low()));
    let high = span(first(from.low()), last(to.high()));
    Interval::new(low, high).unwrap_or(Interval::ALL)
}

/// The days that can lie so many months after some day of an interval, by [`elapsed_months`].
pub fn months_after(from: &Interval, months: &Interval) -> Interval {
    moved_interval(from, months, 0)
}

/// The days that can lie so many months before some day of an interval, by [`elapsed_months`].
pub fn months_before(to: &Interval, months: &Interval) -> Interval {
    // From 31 January to 28 February is a month, as it is from the 28th.
    moved_interval(to, &months.negated(), 3)
}

/// An interval of days moved by whole months, and its end by some days more where it is the last of
/// a month.
fn moved_interval(days: &Interval, months: &Interval, more: i64) -> Interval {
    let end = |day: Option<Rational>, months: Option<Rational>, more| {
        let moved = day.zip(months).and_then(|(day, months)| moved(&day, &months, more));
        moved.map_or(End::Unbounded, End::Closed)
    };
    // What is left over counts as a share of the month that has begun.
    let first = |end: &End| end.number().map(Rational::floor);
    let last = |end: &End| end.number().map(Rational::ceil);
    let low = end(first(days.low()), first(months.low()), 0);
    let high = end(last(days.high()), last(months.high()), more);
    Interval::new(low, high).unwrap_or(Interval::ALL)
}

/// The number of the day so many months behind another, and some days more behind the last of a
/// month.
fn moved(day: &Rational, months: &Rational, more: i64) -> Option<Rational> {
    let ((days, day), (years, months)) = (far_day(day)?, rounds(months, ROUND_MONTHS)?);
    let more = if day == day.last_of_month() { more } else { 0 };
    let moved = day.checked_add(months.months()).ok()?.checked_add(more.days()).ok()?;
    Some(day_number(moved) + (days + years) * Rational::from(ROUND_DAYS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_prints_at_the_precision_it_has() {
        let texts = [
            (Days::year(2021), "2021"),
            (Days::months(2025, 6, 6), "June 2025"),
            (Days::months(2024, 1, 6), "January 2024 to June 2024"),
            (Days::years(1990, 1999), "1990 to 1999"),
        ];
        for (days, text) in texts {
            assert_eq!(days.unwrap().to_string(), text);
        }
        assert_eq!(Days::day(date(2024, 2, 23)).to_string(), "23 February 2024");
    }

    #[test]
    fn an_anniversary_is_a_whole_number_of_years() {
        let months = |a: Day, b: Day| months_between(&day_number(a), &day_number(b)).unwrap();
        let years = |a: Day, b: Day| months(a, b) / Rational::from(12);
        assert_eq!(years(date(1961, 3, 14), date(2025, 3, 14)), Rational::from(64));
        assert!(years(date(1961, 3, 14), date(2025, 3, 13)) < Rational::from(64));
        assert_eq!(months(date(2024, 5, 1), date(2024, 3, 1)), Rational::from(-2));
    }

    #[test]
    fn elapsed_time_between_years_is_an_interval() {
        let year = |y| Days::year(y).unwrap().interval();
        let months = elapsed_months(&year(1993), &year(2025));
        assert!(months.contains(&Rational::from(31 * 12 + 1)));
        assert!(!months.contains(&Rational::from(33 * 12)));
    }

    /// The day before or behind is never left out, whatever days and months are tried.
    #[test]
    fn months_after_and_before_leave_nothing_out() {
        let days = [date(2023, 1, 31), date(2024, 2, 29), date(2023, 12, 30), date(1961, 8, 13)];
        for first in days {
            for ahead in [0_i64, 1, 27, 28, 29, 30, 31, 59, 365, 366, 1461, 10_315] {
                let last = first.checked_add(ahead.days()).unwrap();
                let (from, to) = (Days::day(first).interval(), Days::day(last).interval());
                let months = elapsed_months(&from, &to);
                assert!(months_after(&from, &months).contains(&day_number(last)), "{first} {last}");
                assert!(months_before(&to, &months).contains(&day_number(first)), "{first} {last}");
            }
        }
    }

    #[test]
    fn day_numbers_go_both_ways() {
        for day in [date(1, 1, 1), date(1969, 12, 31), date(2024, 2, 29), date(9999, 12, 31)] {
            let number = day_number(day).to_i64().unwrap();
            assert_eq!(from_day_number(number), Some(day));
        }
    }

    /// The calendar ends for what is written, not for what is computed.
    #[test]
    fn months_count_on_beyond_the_ends_of_the_calendar() {
        let day = |y, m, d| day_number(date(y, m, d));
        let point = |number: &Rational| Interval::point(number.clone());
        let whole = |years: i64| Interval::point(Rational::from(years * 12));
        for years in [0, 1, 399, 400, 401, 2023, 2024, 11_000, 12_000_000, i64::MAX / 12] {
            for from in [day(2024, 3, 7), day(2024, 2, 29), day(9999, 12, 31), day(1, 1, 1)] {
                let back = months_after(&point(&from), &whole(-years));
                let there = back.as_point().expect("one day is moved to one day");
                assert!(years == 0 || there < &from, "{years}");
                let again = months_after(&back, &whole(years));
                let gap = &from - again.as_point().unwrap();
                assert!([0, 1].map(Rational::from).contains(&gap), "{years}: {gap:?}");
                let elapsed = elapsed_months(&back, &point(&from));
                let months = elapsed.as_point().unwrap().floor();
                assert_eq!(months, Rational::from(years * 12));
                assert_eq!(elapsed_months(&point(&from), &back), elapsed.negated());
            }
        }
        let huge = Interval::point(Rational::power_of_ten(60));
        assert!(months_after(&point(&day(2024, 3, 7)), &huge).as_point().is_some());
    }

    #[test]
    fn a_time_of_day_is_in_its_day() {
        let noon = day_number(date(2024, 3, 7)) + Rational::fraction(1, 2);
        let after = months_after(&Interval::point(noon), &Interval::point(Rational::ONE));
        let (first, last) = (day_number(date(2024, 4, 7)), day_number(date(2024, 4, 8)));
        assert_eq!(after, Interval::closed(first, last));
    }

    #[test]
    fn weekdays_count_on_beyond_the_ends_of_the_calendar() {
        let today = day_number(date(2024, 3, 7));
        let week = Rational::from(7);
        for weeks in [-1_000_000, -105_000, 0, 1, 500_000, i64::MAX] {
            let there = &today + &(&week * &Rational::from(weeks));
            assert_eq!(weekday_of(&there), Some(Weekday::Thursday));
        }
    }
}
