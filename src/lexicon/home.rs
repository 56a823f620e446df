//! Words and signs that mean something else elsewhere: `$` and "dollar", "gallon" and "ton".

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use foldhash::fast::FixedState;

use crate::home::{Home, Imperial};
use crate::lexicon::{Index, Lexicon, folded, table};
use crate::value::{Currency, Unit};

/// What a word or a sign is, by where an article is at home.
#[derive(Debug, Default)]
struct Meanings {
    /// What it is as money, by currency; and whether an article alone can say so.
    money: Vec<(Unit, bool)>,
    /// The unit that it is in the United Kingdom, and in the United States.
    imperial: Option<[Unit; 2]>,
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
    /// Whose the units are that differ by country, by name.
    countries: HashMap<Box<str>, Imperial, FixedState>,
}

impl Abroad {
    pub(super) fn add_currency(&mut self, currency: Currency) {
        self.currencies.insert(currency);
    }

    pub(super) fn add_money(&mut self, unit: Unit) {
        if let Some(currency) = unit.currency {
            self.money.insert((currency, unit.minor.is_some()), unit);
        }
    }

    pub(super) fn add_unit(&mut self, unit: Unit) {
        self.units.insert(unit.name.clone(), unit);
    }

    pub(super) fn add_home(&mut self, entry: &table::HomeEntry) -> Result<(), String> {
        let own = entry.currencies.iter().map(|code| (code, true));
        let mut money = Vec::new();
        for (code, is_shown) in own.chain(entry.wider.iter().map(|code| (code, false))) {
            let currency = Currency::new(code).ok_or(format!("{code} is no code"))?;
            let unit = self.money.get(&(currency, entry.minor));
            money.push((unit.ok_or(format!("{code} is no such currency"))?.clone(), is_shown));
        }
        for words in keys(&entry.names, &entry.symbols) {
            self.meanings.entry(words).or_default().money.extend(money.iter().cloned());
        }
        Ok(())
    }

    pub(super) fn add_imperial(&mut self, entry: &table::ImperialEntry) -> Result<(), String> {
        let unit = |name: &str| {
            self.units.get(name).cloned().ok_or(format!("`{name}` is no name of a unit"))
        };
        let units = [unit(&entry.uk)?, unit(&entry.us)?];
        for (unit, whose) in units.iter().zip([Imperial::Uk, Imperial::Us]) {
            self.countries.insert(unit.name.clone(), whose);
        }
        for words in keys(&entry.names, &entry.symbols) {
            self.meanings.entry(words).or_default().imperial = Some(units.clone());
        }
        Ok(())
    }
}

fn keys(names: &[String], symbols: &[String]) -> impl Iterator<Item = Box<str>> {
    names.iter().map(|name| folded(name).into()).chain(symbols.iter().map(|sign| (**sign).into()))
}

impl Index {
    fn meanings(&self, words: &str) -> Option<&Meanings> {
        let known = &self.abroad.meanings;
        known.get(words).or_else(|| {
            let words = match words.contains('-') {
                true => Cow::Owned(words.replace('-', " ")),
                false => Cow::Borrowed(words),
            };
            known.get(&*folded(&words))
        })
    }

    /// The currencies that some words for money may be of, where they do not say which; those that an
    /// article alone can show. `None` of words that are of one only.
    pub fn homes(&self, words: &str) -> Option<impl Iterator<Item = Currency>> {
        let money = &self.meanings(words)?.money;
        let shown = |(unit, is_shown): &(Unit, bool)| unit.currency.filter(|_| *is_shown);
        (!money.is_empty()).then(|| money.iter().filter_map(shown))
    }

    /// Whether a currency is one that stands for those that a text does not name.
    pub fn is_unnamed(&self, currency: Currency) -> bool {
        !self.abroad.currencies.contains(&currency)
    }

    /// The units that some words mean in the United Kingdom and in the United States, where these differ.
    pub fn by_country(&self, words: &str) -> Option<&[Unit; 2]> {
        self.meanings(words)?.imperial.as_ref()
    }

    /// Whose a unit is, if countries have different ones of its name.
    pub fn country_of(&self, unit: &Unit) -> Option<Imperial> {
        self.abroad.countries.get(&unit.name).copied()
    }

    /// The currency that a code of ISO 4217 stands for, if it shares a word or a sign with another.
    ///
    /// # Errors
    /// The codes that there are.
    pub fn home_currency(&self, code: &str) -> Result<Currency, String> {
        let money = self.abroad.meanings.values().flat_map(|one| &one.money);
        let known: BTreeSet<Currency> = money
            .filter_map(|(unit, _)| unit.currency)
            .filter(|currency| self.abroad.currencies.contains(currency))
            .collect();
        Currency::new(code).filter(|currency| known.contains(currency)).ok_or_else(|| {
            let codes: Vec<&str> = known.iter().map(Currency::as_str).collect();
            codes.join(", ")
        })
    }
}

impl Lexicon {
    /// Where it is at home.
    pub fn home(&self) -> Home {
        self.home
    }

    /// The same words at home elsewhere.
    #[must_use]
    pub fn at(&self, home: Home) -> Self {
        Self { index: self.index.clone(), home }
    }

    /// What some words for a unit or for money mean at home.
    pub(crate) fn meant<'a>(&'a self, unit: &'a Unit, words: &str) -> &'a Unit {
        let (currency, imperial) = (self.home.currency, self.home.imperial);
        if unit.is_money() && currency.is_none() || !unit.is_money() && imperial.is_none() {
            return unit;
        }
        let Some(meanings) = self.meanings(words) else { return unit };
        let at_home = if unit.is_money() {
            let mut money = meanings.money.iter().map(|(money, _)| money);
            currency.and_then(|said| money.find(|money| money.currency == Some(said.value)))
        } else {
            meanings.imperial.as_ref().zip(imperial).map(|([uk, us], said)| match said.value {
                Imperial::Uk => uk,
                Imperial::Us => us,
            })
        };
        at_home.unwrap_or(unit)
    }
}
