//! Where an article is at home, and who says so: what `$` and "dollar" mean there, which of day and month
//! comes first, whose gallons are meant.

use crate::value::Currency;

/// Who says something of an article, in the order in which they count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Origin {
    /// The article's claims file, or the example of a rule.
    ClaimsFile,
    /// An option of the command line.
    CommandLine,
    /// The article itself.
    Article,
    /// The configuration.
    Configuration,
}

impl Origin {
    /// The words that reports use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ClaimsFile => "claims file",
            Self::CommandLine => "command line",
            Self::Article => "article",
            Self::Configuration => "configuration",
        }
    }
}

/// Which comes first in a date in digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// 23/10/2019.
    DayFirst,
    /// 10/23/2019.
    MonthFirst,
}

impl DateOrder {
    /// The words that stand for them.
    pub const WORDS: [&'static str; 2] = ["day-first", "month-first"];

    /// The order that a word stands for.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::DayFirst, Self::MonthFirst].into_iter().find(|order| order.as_str() == word)
    }

    /// The word that stands for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DayFirst => Self::WORDS[0],
            Self::MonthFirst => Self::WORDS[1],
        }
    }
}

/// Whose units are meant where countries have different ones of one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imperial {
    /// The imperial gallon, pint and ton.
    Uk,
    /// Those of the United States.
    Us,
}

impl Imperial {
    /// The words that stand for them.
    pub const WORDS: [&'static str; 2] = ["uk", "us"];

    /// What a word stands for.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Uk, Self::Us].into_iter().find(|whose| whose.as_str() == word)
    }

    /// The word that stands for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Uk => Self::WORDS[0],
            Self::Us => Self::WORDS[1],
        }
    }
}

/// Something that holds for an article, with who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said<T> {
    /// What holds.
    pub value: T,
    /// Who says so.
    pub origin: Origin,
}

/// Where an article is at home; `None` is what nobody says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Home {
    /// What the signs and words of money mean that several currencies share.
    pub currency: Option<Said<Currency>>,
    /// Which of day and month comes first in a date in digits.
    pub date_order: Option<Said<DateOrder>>,
    /// Whose gallons, pints and tons are meant.
    pub imperial: Option<Said<Imperial>>,
}

impl Home {
    /// What one of them says of all.
    pub fn of(
        origin: Origin,
        currency: Option<Currency>,
        date_order: Option<DateOrder>,
        imperial: Option<Imperial>,
    ) -> Self {
        Self {
            currency: currency.map(|value| Said { value, origin }),
            date_order: date_order.map(|value| Said { value, origin }),
            imperial: imperial.map(|value| Said { value, origin }),
        }
    }

    /// This home, and where it says nothing, that one.
    #[must_use]
    pub fn over(self, under: Self) -> Self {
        Self {
            currency: self.currency.or(under.currency),
            date_order: self.date_order.or(under.date_order),
            imperial: self.imperial.or(under.imperial),
        }
    }

    /// Whether nobody says anything.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// What holds as the keys of a configuration have it, each with who says so.
    pub fn said(&self) -> impl Iterator<Item = (&'static str, &str, Origin)> {
        let currency = self.currency.as_ref();
        let order = self.date_order.as_ref();
        let imperial = self.imperial.as_ref();
        [
            currency.map(|said| ("currency", said.value.as_str(), said.origin)),
            order.map(|said| ("date-order", said.value.as_str(), said.origin)),
            imperial.map(|said| ("imperial", said.value.as_str(), said.origin)),
        ]
        .into_iter()
        .flatten()
    }
}
