//! Exchange rates as yearly intervals, so that a year's money is an interval too.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::value::{Currency, Interval, Rational};

/// What one currency was worth in another, year by year; read when first asked.
#[derive(Debug)]
pub struct Rates(LazyLock<RateTable>);

#[derive(Debug)]
struct RateTable {
    source: String,
    base: Currency,
    /// Units of a currency for one of the base, lowest to highest day of the year.
    by_year: BTreeMap<(Currency, i16), Interval>,
}

/// `rates.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    source: String,
    package: String,
    base: String,
    through: toml::value::Datetime,
    rates: BTreeMap<String, BTreeMap<String, (String, String)>>,
}

static BUILT_IN: Rates = Rates(LazyLock::new(|| {
    RateTable::read(include_str!("../../rules/lexicon/rates.toml"))
        .expect("the built-in rates are read by the tests")
}));

impl RateTable {
    fn read(text: &str) -> Result<Self, String> {
        let table: Table = toml::from_str(text).map_err(|error| error.to_string())?;
        let code = |text: &str| Currency::new(text).ok_or(format!("{text} is no currency"));
        let mut by_year = BTreeMap::new();
        for (currency, years) in &table.rates {
            for (year, (low, high)) in years {
                let number = |text: &str| Rational::parse(text).ok_or(format!("{text} is no rate"));
                let interval = Interval::closed(number(low)?, number(high)?);
                let year = year.parse::<i16>().map_err(|_| format!("{year} is no year"))?;
                by_year.insert((code(currency)?, year), interval);
            }
        }
        debug_assert!(table.through.date.is_some() && !table.package.is_empty());
        Ok(Self { source: table.source, base: code(&table.base)?, by_year })
    }

    fn for_base(&self, currency: Currency, year: i16) -> Option<Interval> {
        if currency == self.base {
            return Some(Interval::point(Rational::ONE));
        }
        self.by_year.get(&(currency, year)).cloned()
    }
}

impl Rates {
    /// The table that is compiled in.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// The last year that the table has.
    pub fn last_year(&self) -> i16 {
        self.0.by_year.keys().map(|&(_, year)| year).max().unwrap_or(0)
    }

    /// Where the rates come from, for the finding that rests on them.
    pub fn source(&self) -> &str {
        &self.0.source
    }

    /// Units of `to` for one of `from`, over all days of the years, both included.
    ///
    /// `None` where the table lacks one of the currencies in one of the years.
    pub fn between(&self, from: Currency, to: Currency, first: i16, last: i16) -> Option<Interval> {
        let mut hull: Option<Interval> = None;
        if last < first || 200 < i32::from(last) - i32::from(first) {
            return None;
        }
        for year in first..=last {
            let rate = self.0.for_base(to, year)?.divided_by(&self.0.for_base(from, year)?)?;
            hull = Some(hull.map_or(rate.clone(), |hull| hull.hull(&rate)));
        }
        hull
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Currency {
        Currency::new(text).unwrap()
    }

    #[test]
    fn a_year_of_euros_in_dollars_is_an_interval() {
        let rates = Rates::built_in();
        let dollars = rates.between(code("EUR"), code("USD"), 2024, 2024).unwrap();
        assert!(dollars.contains(&Rational::parse("1.08").unwrap()));
        assert!(!dollars.contains(&Rational::parse("1.15").unwrap()));
        assert_eq!(rates.between(code("EUR"), code("USD"), 1950, 1950), None);
        let same = rates.between(code("USD"), code("USD"), 2024, 2024).unwrap();
        assert!(same.contains(&Rational::ONE));
    }
}
