//! Words and signs that mean something else elsewhere: `$` and "dollar", "gallon" and "ton".

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use foldhash::fast::FixedState;

use crate::home::Imperial;
use crate::lexicon::{folded, table};
use crate::value::{Currency, Unit};

/// What a word or a sign is, by where an article is at home.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Meanings {
    /// What it is as money, by currency; and whether an article alone can say so.
    pub(super) money: Vec<(Unit, bool)>,
    /// The unit that it is in the United Kingdom, and in the United States.
    pub(super) imperial: Option<[Unit; 2]>,
}

/// What words and signs are elsewhere.
#[derive(Debug, Default)]
pub(super) struct Abroad {
    /// By the sign in exact case, or the folded words.
    meanings: HashMap<Box<str>, Meanings, FixedState>,
    /// The currencies that a text can name.
    currencies: BTreeSet<Currency>,
    /// Money by currency, the smaller units too.
    money: HashMap<(Currency, bool), Unit, FixedState>,
    /// Units by name.
    units: HashMap<Box<str>, Unit, FixedState>,
}

/// Whose the units are that differ by country, by name.
pub(super) type Countries = HashMap<Box<str>, Imperial, FixedState>;

/// Adds whose the units are that an entry names.
pub(super) fn add_countries(countries: &mut Countries, entry: &table::ImperialEntry) {
    countries.insert((*entry.uk).into(), Imperial::Uk);
    countries.insert((*entry.us).into(), Imperial::Us);
}

impl Abroad {
    /// Adds a unit, or money, and whether a text can name its currency.
    pub(super) fn add(&mut self, unit: &Unit, is_named: bool) {
        match unit.currency {
            Some(currency) => {
                if is_named {
                    self.name(currency);
                }
                self.money.insert((currency, unit.minor.is_some()), unit.clone());
            }
            None => {
                self.units.insert(unit.name.clone(), unit.clone());
            }
        }
    }

    /// A text can name a currency.
    pub(super) fn name(&mut self, currency: Currency) {
        self.currencies.insert(currency);
    }

    /// What words mean elsewhere, and what a text can name, without what only led there.
    #[cfg(test)]
    pub(super) fn told(&self) -> (&impl PartialEq, &BTreeSet<Currency>) {
        (&self.meanings, &self.currencies)
    }

    pub(super) fn add_home(&mut self, entry: &table::HomeEntry) -> Result<(), String> {
        let own = entry.currencies.iter().map(|code| (code, true));
        let mut money = Vec::new();
        for (code, is_shown) in own.chain(entry.wider.iter().map(|code| (code, false))) {
            let currency = Currency::new(code).ok_or_else(|| format!("{code} is no code"))?;
            let unit = self.money.get(&(currency, entry.minor));
            money.push((
                unit.ok_or_else(|| format!("{code} is no such currency"))?.clone(),
                is_shown,
            ));
        }
        for words in keys(&entry.names, &entry.symbols) {
            self.meanings.entry(words).or_default().money.extend(money.iter().cloned());
        }
        Ok(())
    }

    pub(super) fn add_imperial(&mut self, entry: &table::ImperialEntry) -> Result<(), String> {
        let unit = |name: &str| {
            self.units.get(name).cloned().ok_or_else(|| format!("`{name}` is no name of a unit"))
        };
        let units = [unit(&entry.uk)?, unit(&entry.us)?];
        for words in keys(&entry.names, &entry.symbols) {
            self.meanings.entry(words).or_default().imperial = Some(units.clone());
        }
        Ok(())
    }

    /// What some words or a sign mean elsewhere.
    pub(super) fn meanings(&self, words: &str) -> Option<&Meanings> {
        let known = &self.meanings;
        known.get(words).or_else(|| {
            let words = if words.contains('-') {
                Cow::Owned(words.replace('-', " "))
            } else {
                Cow::Borrowed(words)
            };
            known.get(&*folded(&words))
        })
    }

    /// The currencies that share a word or a sign with another.
    pub(super) fn shared(&self) -> BTreeSet<Currency> {
        let money = self.meanings.values().flat_map(|one| &one.money);
        money
            .filter_map(|(unit, _)| unit.currency)
            .filter(|&currency| self.names(currency))
            .collect()
    }

    /// Whether a text can name a currency.
    pub(super) fn names(&self, currency: Currency) -> bool {
        self.currencies.contains(&currency)
    }
}

fn keys(names: &[String], symbols: &[String]) -> impl Iterator<Item = Box<str>> {
    names.iter().map(|name| folded(name).into()).chain(symbols.iter().map(|sign| (**sign).into()))
}
