//! The words that figures are made of: number words, units, currencies, hedges, the calendar.
//!
//! All of it is data in `rules/lexicon/*.toml`, compiled in.

mod abbreviations;
mod rates;
mod table;

use std::collections::HashMap;
use std::sync::LazyLock;

pub use abbreviations::{Abbreviation, Abbreviations};
use foldhash::fast::FixedState;
pub use rates::Rates;

use crate::value::{
    Base, Counting, Currency, DateBound, Dimension, Direction, Hedge, Rational, Shares, Unit,
    UnitData,
};

/// What a phrase can mean where a figure stands.
#[derive(Clone, Debug)]
pub enum Sense {
    /// A whole number word: "sixty".
    Cardinal(i64),
    /// A power of ten that multiplies: "million" is 6.
    Scale(i32),
    /// A counted group: "dozen".
    Group(i64),
    /// One part of so many: "third".
    Fraction(u64),
    /// A rank: "third".
    Ordinal(i64),
    /// A factor in a word: "doubled".
    Multiple(Rational),
    /// What makes the following number a rise or a fall: "down by" is -1.
    Direction(i8),
    /// What makes the share before it a rise or a fall: "less" is -1.
    DirectionBehind(i8),
    /// A share named by a word, above the first and up to the second: "majority".
    Share(Rational, Rational),
    /// "percent", "percentage points".
    Percent(Unit),
    /// "times".
    Factor(Unit),
    /// A month, from 1.
    Month(i8),
    /// A weekday, Monday is 1.
    Weekday(i8),
    /// A part of a year, by its first and last month.
    Part(i8, i8),
    /// "since", "by".
    Bound(DateBound),
    /// A unit of measurement.
    Unit(Unit),
    /// A currency, or the smaller unit of one.
    Money(Unit),
    /// "annually": per this unit.
    Rate(Unit),
    /// A hedge, as an index for [`Lexicon::hedge`].
    Hedge(usize),
}

/// The words after the first of a phrase, and what the phrase means.
#[derive(Debug)]
struct Phrase {
    rest: Box<[Box<str>]>,
    sense: Sense,
}

/// The lexicon, indexed for reading.
#[derive(Debug)]
pub struct Lexicon {
    /// By the folded first word, longest phrase first.
    phrases: HashMap<Box<str>, Vec<Phrase>, FixedState>,
    /// Signs and abbreviations in exact case.
    symbols: HashMap<Box<str>, Vec<Sense>, FixedState>,
    longest_symbol: usize,
    hedges: Vec<Hedge>,
    in_words: Hedge,
    dimensions: HashMap<Box<str>, Dimension>,
    /// Words that change a figure's size, long enough to be misspelt: "million", "percent".
    sizes: Vec<Box<str>>,
}

static BUILT_IN: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read().expect("the built-in lexicon is read by the tests"));

/// How phrases and prose are compared: small letters, no dots.
pub fn fold(word: &str, out: &mut String) {
    for c in word.chars().filter(|&c| c != '.') {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            out.extend(c.to_lowercase());
        }
    }
}

impl Lexicon {
    /// The lexicon that is compiled in.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    fn read() -> Result<Self, String> {
        let mut lexicon = Self {
            phrases: HashMap::default(),
            symbols: HashMap::default(),
            longest_symbol: 0,
            hedges: Vec::new(),
            in_words: Hedge {
                name: "in words".into(),
                direction: Direction::About,
                strict: Shares { low: None, high: None },
                loose: Shares { low: None, high: None },
                includes_figure: true,
            },
            dimensions: HashMap::new(),
            sizes: Vec::new(),
        };
        lexicon.add_numbers(parse(include_str!("../../rules/lexicon/numbers.toml"))?)?;
        lexicon.add_calendar(&parse(include_str!("../../rules/lexicon/calendar.toml"))?)?;
        lexicon.add_hedges(parse(include_str!("../../rules/lexicon/hedges.toml"))?)?;
        lexicon.add_dimensions(parse(include_str!("../../rules/lexicon/dimensions.toml"))?)?;
        lexicon.add_units(parse(include_str!("../../rules/lexicon/units.toml"))?)?;
        lexicon.add_currencies(parse(include_str!("../../rules/lexicon/currencies.toml"))?)?;
        for phrases in lexicon.phrases.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        let is_size = |phrases: &Vec<Phrase>| {
            let mut senses = phrases.iter().map(|phrase| &phrase.sense);
            senses.any(|sense| matches!(sense, Sense::Scale(_) | Sense::Percent(_)))
        };
        let sizes = lexicon.phrases.iter().filter(|(word, all)| 5 <= word.len() && is_size(all));
        lexicon.sizes = sizes.map(|(word, _)| word.clone()).collect();
        lexicon.sizes.sort();
        Ok(lexicon)
    }

    fn add_phrase(&mut self, words: &str, sense: Sense) {
        let mut folded = String::new();
        fold(words, &mut folded);
        let mut split = split_phrase(&folded).into_iter();
        let Some(first) = split.next() else { return };
        let phrase = Phrase { rest: split.collect(), sense };
        self.phrases.entry(first).or_default().push(phrase);
    }

    fn add_symbol(&mut self, symbol: &str, sense: Sense) {
        self.longest_symbol = self.longest_symbol.max(symbol.len());
        self.symbols.entry(symbol.into()).or_default().push(sense);
    }

    fn add_numbers(&mut self, table: table::Numbers) -> Result<(), String> {
        for (word, number) in table.cardinal {
            self.add_phrase(&word, Sense::Cardinal(number));
        }
        for (word, number) in table.scale {
            let power = number.checked_ilog10().and_then(|power| i32::try_from(power).ok());
            self.add_phrase(
                &word,
                Sense::Scale(power.ok_or(format!("{word} is no power of ten"))?),
            );
        }
        for (word, number) in table.group {
            self.add_phrase(&word, Sense::Group(number));
        }
        for (word, parts) in table.fraction {
            self.add_phrase(&word, Sense::Fraction(parts));
        }
        for (word, rank) in table.ordinal {
            self.add_phrase(&word, Sense::Ordinal(rank));
        }
        for (word, factor) in table.multiple {
            self.add_phrase(&word, Sense::Multiple(number(&factor)?));
        }
        for (words, sign) in table.direction {
            self.add_phrase(&words, Sense::Direction(sign));
        }
        for (word, sign) in table.direction_behind {
            self.add_phrase(&word, Sense::DirectionBehind(sign));
        }
        for (word, (low, high)) in table.share {
            self.add_phrase(&word, Sense::Share(number(&low)?, number(&high)?));
        }
        for (words, unit) in table.percent {
            let unit = match unit.as_str() {
                "percent" => Unit::percent(),
                "percentage point" => Unit::percentage_point(),
                "basis point" => Unit::basis_point(),
                other => return Err(format!("{other} is no kind of percent")),
            };
            self.add_phrase(&words, Sense::Percent(unit));
        }
        for words in table.factor.into_keys() {
            self.add_phrase(&words, Sense::Factor(Unit::times()));
        }
        Ok(())
    }

    fn add_calendar(&mut self, table: &table::Calendar) -> Result<(), String> {
        for (word, &month) in &table.month {
            self.add_phrase(word, Sense::Month(month));
        }
        for (word, &day) in &table.weekday {
            self.add_phrase(word, Sense::Weekday(day));
        }
        for (words, &(first, last)) in &table.part {
            self.add_phrase(words, Sense::Part(first, last));
        }
        for (words, bound) in &table.bound {
            let bound = DateBound::parse(bound).ok_or(format!("{bound} is no bound"))?;
            self.add_phrase(words, Sense::Bound(bound));
        }
        Ok(())
    }

    fn add_hedges(&mut self, table: table::Hedges) -> Result<(), String> {
        let words = &table.in_words;
        debug_assert!(!words.why.is_empty());
        self.in_words.strict = shares(&words.strict)?;
        self.in_words.loose = shares(&words.loose)?;
        for entry in table.hedge {
            debug_assert!(!entry.why.is_empty());
            let direction = Direction::parse(&entry.direction)
                .ok_or(format!("{} is no direction", entry.direction))?;
            for words in &entry.phrases {
                self.add_phrase(words, Sense::Hedge(self.hedges.len()));
            }
            self.hedges.push(Hedge {
                name: entry.name.into(),
                direction,
                strict: shares(&entry.strict)?,
                loose: shares(&entry.loose)?,
                includes_figure: entry.figure,
            });
        }
        Ok(())
    }

    fn add_dimensions(&mut self, table: table::Dimensions) -> Result<(), String> {
        for (name, exponents) in table.dimension {
            let mut dimension = Dimension::NUMBER;
            for (base, exponent) in exponents {
                let base = Dimension::base(&base).ok_or(format!("{base} is no base"))?;
                dimension = dimension.with(base, exponent);
            }
            self.dimensions.insert(name.into(), dimension);
        }
        self.dimensions.insert("money".into(), Dimension::of(Base::Money));
        Ok(())
    }

    fn add_units(&mut self, table: table::Units) -> Result<(), String> {
        for entry in table.unit {
            debug_assert!(!entry.source.is_empty());
            let dimension = self.dimensions.get(entry.dimension.as_str());
            let counting = match (entry.round, entry.counted) {
                (true, _) => Counting::Round,
                (_, true) => Counting::Counted,
                _ => Counting::Measured,
            };
            let unit = Unit::new(UnitData {
                name: entry.name.as_str().into(),
                dimension: *dimension.ok_or(format!("{} is no dimension", entry.dimension))?,
                factor: number(&entry.factor)?,
                offset: entry.offset.as_deref().map(number).transpose()?,
                currency: None,
                per: None,
                counting,
            });
            for name in &entry.names {
                self.add_phrase(name, Sense::Unit(unit.clone()));
            }
            for symbol in &entry.symbols {
                self.add_symbol(symbol, Sense::Unit(unit.clone()));
            }
            for rate in &entry.rates {
                self.add_phrase(rate, Sense::Rate(unit.clone()));
            }
        }
        Ok(())
    }

    fn add_currencies(&mut self, table: table::Currencies) -> Result<(), String> {
        let money = |name: &str, currency: Option<Currency>, factor: Rational| {
            Unit::new(UnitData {
                name: name.into(),
                dimension: Dimension::of(Base::Money),
                factor,
                offset: None,
                currency,
                per: None,
                counting: Counting::Measured,
            })
        };
        for entry in table.currency {
            debug_assert!(!entry.name.is_empty());
            let code = Currency::new(&entry.code).ok_or(format!("{} is no code", entry.code))?;
            let unit = money(code.as_str(), Some(code), Rational::ONE);
            for name in &entry.names {
                self.add_phrase(name, Sense::Money(unit.clone()));
            }
            for symbol in &entry.symbols {
                self.add_symbol(symbol, Sense::Money(unit.clone()));
            }
            let Some(minor) = entry.minor else { continue };
            debug_assert!(!minor.name.is_empty());
            let unit = money(code.as_str(), Some(code), number(&minor.factor)?);
            for name in &minor.names {
                self.add_phrase(name, Sense::Money(unit.clone()));
            }
            for symbol in &minor.symbols {
                self.add_symbol(symbol, Sense::Money(unit.clone()));
            }
        }
        // "Cents" of which currency, the text may tell; the word alone does not.
        let cent = money("cent", None, Rational::fraction(1, 100));
        self.add_phrase("cent", Sense::Money(cent.clone()));
        self.add_phrase("cents", Sense::Money(cent));
        Ok(())
    }

    /// What phrases that start with this folded word mean, longest first, each with the folded
    /// words that are to follow.
    pub fn phrases(&self, first: &str) -> impl Iterator<Item = (&[Box<str>], &Sense)> {
        let phrases = self.phrases.get(first).map_or(&[][..], Vec::as_slice);
        phrases.iter().map(|phrase| (&*phrase.rest, &phrase.sense))
    }

    /// What a sign or abbreviation in exact case means.
    pub fn symbol(&self, symbol: &str) -> &[Sense] {
        self.symbols.get(symbol).map_or(&[], Vec::as_slice)
    }

    /// Bytes of the longest sign.
    pub fn longest_symbol(&self) -> usize {
        self.longest_symbol
    }

    /// The hedge with this index.
    pub fn hedge(&self, index: usize) -> &Hedge {
        &self.hedges[index]
    }

    /// How far a share or a factor in a word reaches.
    pub fn in_words(&self) -> &Hedge {
        &self.in_words
    }

    /// The dimension that rule files call so.
    pub fn dimension(&self, name: &str) -> Option<Dimension> {
        self.dimensions.get(name).copied()
    }

    /// The names of all dimensions, for messages.
    pub fn dimension_names(&self) -> impl Iterator<Item = &str> {
        self.dimensions.keys().map(|name| &**name)
    }

    /// Words that change a figure's size, for hints about misspelt ones.
    pub fn size_words(&self) -> impl Iterator<Item = &str> {
        self.sizes.iter().map(|word| &**word)
    }
}

/// A phrase as the tokens that prose would give: letters, digits and signs apart.
fn split_phrase(folded: &str) -> Vec<Box<str>> {
    let class = |c: char| if c.is_alphabetic() { 0 } else { 1 + u8::from(c.is_ascii_digit()) };
    let mut words: Vec<String> = Vec::new();
    for part in folded.split_whitespace() {
        let mut last = None;
        for c in part.chars() {
            match words.last_mut() {
                Some(word) if last == Some(class(c)) && class(c) != 1 => word.push(c),
                _ => words.push(c.to_string()),
            }
            last = Some(class(c));
        }
    }
    words.into_iter().map(Into::into).collect()
}

fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| error.to_string())
}

fn number(text: &str) -> Result<Rational, String> {
    Rational::parse(text).ok_or(format!("{text} is no number"))
}

fn shares((low, high): &(String, String)) -> Result<Shares, String> {
    let share = |text: &str| if text.is_empty() { Ok(None) } else { number(text).map(Some) };
    Ok(Shares { low: share(low)?, high: share(high)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_lexicon_reads() {
        let lexicon = Lexicon::read().unwrap();
        assert!(lexicon.phrases("per").any(|(rest, _)| rest.len() == 1));
        assert!(matches!(lexicon.symbol("US$"), [Sense::Money(_)]));
    }

    #[test]
    fn a_phrase_splits_as_prose_does() {
        let words: Vec<String> =
            split_phrase("q3 per-cent").iter().map(ToString::to_string).collect();
        assert_eq!(words, ["q", "3", "per", "-", "cent"]);
    }
}
