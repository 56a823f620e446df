//! Slips of the pen that would explain why a figure does not fit: the factors, digits and years that
//! writers get wrong.

use jiff::ToSpan;

use crate::figure::Figure;
use crate::value::{
    Amount, DateValue, Interval, Kind, Mode, Rational, Value, day_number, from_day_number,
    write_day,
};

/// What a figure was perhaps meant to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slip {
    /// Which slip it would be.
    pub(super) name: &'static str,
    /// The figure without it.
    pub(super) meant: String,
    /// How many figures it may lead to.
    pub(super) ways: usize,
}

/// Factors that are lost or added with a zero or a scale word.
const FACTORS: [(&str, i32); 3] =
    [("factor of 10", 1), ("factor of 1,000", 3), ("factor of 1,000,000", 6)];
/// Years that a date may be off.
const YEARS: i64 = 100;
/// Figures that one slip may lead to, of which the first are said.
const MOST: usize = 3;

/// The slips that bring a claim into an interval, in its own unit or in day numbers.
pub(super) fn slips(claim: &Figure, room: &Interval) -> Vec<Slip> {
    match &claim.value {
        Value::Amount(amount) if amount.from == amount.to => {
            let strictly = of_amount(amount, amount.interval(Mode::Strict), room);
            if strictly.is_empty() {
                of_amount(amount, amount.interval(Mode::Loose), room)
            } else {
                strictly
            }
        }
        Value::Date(date) => of_date(date, room).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The slips by which `around`, what the figure stands for as it is, would come into the room.
fn of_amount(amount: &Amount, around: &Interval, room: &Interval) -> Vec<Slip> {
    let mut slips = Vec::new();
    let stated = &amount.from;
    let moved = |number: &Rational| around.shifted(&(number - stated));
    for sign in [-1, 1] {
        // Where a smaller factor explains it, a greater one is no better.
        let fits = FACTORS.iter().find_map(|&(name, power)| {
            let factor = Rational::power_of_ten(sign * power);
            // The digits may have stayed, or the place where they end.
            let number = stated * &factor;
            let fits = around.scaled(&factor).meets(room) || moved(&number).meets(room);
            fits.then(|| Slip { name, meant: amount.write(&number), ways: 1 })
        });
        slips.extend(fits);
    }
    let fits = |number: &Rational| moved(number).meets(room);
    let mut try_all = |name: &'static str, all: Vec<Rational>| {
        let all = all.iter().filter(|number| fits(number)).take(MOST);
        let meant: Vec<String> = all.map(|number| amount.write_rounded(number)).collect();
        if let Some((last, rest)) = meant.split_last() {
            let rest = rest.join(", ");
            let joint = if rest.is_empty() { "" } else { " or " };
            slips.push(Slip { name, meant: format!("{rest}{joint}{last}"), ways: meant.len() });
        }
    };
    if amount.kind == Kind::Percent && amount.unit.dimension.is_number() {
        let whole = Rational::from(100);
        try_all("ratio for increase", vec![stated - &whole, stated + &whole]);
    }
    if let Some(digits) = Digits::of(amount) {
        try_all("two digits exchanged", digits.exchanged());
        try_all("one digit off", digits.one_off());
    }
    slips
}

/// The digits that a figure shows.
struct Digits {
    all: Vec<u8>,
    is_negative: bool,
    place: i32,
}

impl Digits {
    fn of(amount: &Amount) -> Option<Self> {
        let place = amount.style.place();
        let shown = (&amount.from / &Rational::power_of_ten(place)).abs();
        let whole = shown.to_i64().filter(|&whole| whole != 0)?;
        let digits = whole.to_string().bytes().map(|byte| byte - b'0').collect();
        Some(Self { all: digits, is_negative: amount.from.is_negative(), place })
    }

    fn number(&self, digits: &[u8]) -> Rational {
        let whole = digits.iter().fold(0_i64, |whole, &digit| whole * 10 + i64::from(digit));
        let sign = if self.is_negative { -1 } else { 1 };
        Rational::from(sign * whole) * Rational::power_of_ten(self.place)
    }

    /// Two neighbours exchanged; then any other two.
    fn exchanged(&self) -> Vec<Rational> {
        let mut all = Vec::new();
        for apart in 1..self.all.len() {
            for first in 0..self.all.len() - apart {
                let mut digits = self.all.clone();
                digits.swap(first, first + apart);
                if digits != self.all && digits[0] != 0 {
                    all.push(self.number(&digits));
                }
            }
        }
        all
    }

    fn one_off(&self) -> Vec<Rational> {
        let mut all = Vec::new();
        for at in 0..self.all.len() {
            for digit in 0..=9 {
                let mut digits = self.all.clone();
                digits[at] = digit;
                let leads = at == 0 && digit == 0 && 1 < digits.len();
                if digits != self.all && !leads {
                    all.push(self.number(&digits));
                }
            }
        }
        all
    }
}

/// The year nearest to the stated one in which the day would fit.
fn of_date(date: &DateValue, room: &Interval) -> Option<Slip> {
    let [days] = &*date.readings else { return None };
    if days.first() != days.last() {
        return None;
    }
    let fits = |years: i64| {
        let day = days.first().checked_add(years.years()).ok()?;
        room.contains(&day_number(day)).then_some(day)
    };
    // A room without days within a lifetime is not tried year by year for nothing.
    let reach = |end: Option<&Rational>| end.and_then(Rational::to_i64).and_then(from_day_number);
    if reach(room.low().number()).is_none() && reach(room.high().number()).is_none() {
        return None;
    }
    let day = (1..=YEARS).flat_map(|years| [-years, years]).find_map(fits)?;
    Some(Slip { name: "wrong year", meant: write_day(day), ways: 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_figure_begins_with_nought() {
        let digits = |all: &[u8]| Digits { all: all.to_vec(), is_negative: false, place: 0 };
        assert_eq!(digits(&[6, 0]).exchanged(), []);
        assert_eq!(digits(&[6, 0, 2]).exchanged(), [620, 206].map(Rational::from));
        assert!(digits(&[6, 0]).one_off().iter().all(|number| Rational::from(9) < *number));
    }
}
