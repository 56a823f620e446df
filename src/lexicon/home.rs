//! What words and signs mean where an article is at home.

use crate::home::{Home, Imperial};
use crate::lexicon::{Index, Lexicon, built_in};
use crate::value::{Currency, Unit};

impl Index {
    /// The currencies that some words for money may be of, where they do not say which; those that an
    /// article alone can show. `None` of words that are of one only.
    pub fn homes(&self, words: &str) -> Option<impl Iterator<Item = Currency>> {
        let money = &self.abroad().meanings(words)?.money;
        let shown = |(unit, is_shown): &(Unit, bool)| unit.currency.filter(|_| *is_shown);
        (!money.is_empty()).then(|| money.iter().filter_map(shown))
    }

    /// Whether a currency is one that stands for those that a text does not name.
    pub fn is_unnamed(&self, currency: Currency) -> bool {
        !self.abroad().names(currency)
    }

    /// The units that some words mean in the United Kingdom and in the United States, where these differ.
    pub fn by_country(&self, words: &str) -> Option<&[Unit; 2]> {
        self.abroad().meanings(words)?.imperial.as_ref()
    }

    /// Whose a unit is, if countries have different ones of its name.
    pub fn country_of(&self, unit: &Unit) -> Option<Imperial> {
        self.countries.get_or_init(built_in::countries).get(&unit.name).copied()
    }

    /// The currency that a code of ISO 4217 stands for, if it shares a word or a sign with another.
    ///
    /// # Errors
    /// The codes that there are.
    pub fn home_currency(&self, code: &str) -> Result<Currency, String> {
        let known = self.abroad().shared();
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
        let Some(meanings) = self.abroad().meanings(words) else { return unit };
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
