//! From the tables of `rules/lexicon/` to the index that the grammar reads by.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::FixedState;
use toml::de::DeTable;

use crate::lexicon::abroad::Abroad;
use crate::lexicon::class::{self, Classes};
use crate::lexicon::short::ShortWords;
use crate::lexicon::{Entry, Filter, Holiday, Index, Sense, WordId, folded, table};
use crate::shape::{closest, quoted};
use crate::value::{
    Base, Counting, Currency, DateBound, Dimension, Direction, Hedge, Rational, Shares, Unit,
    UnitData,
};

impl Index {
    /// The tables that the build script wrote down.
    pub(super) fn read() -> Result<Self, String> {
        let bytes = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));
        let tables: table::Tables = postcard::from_bytes(bytes).map_err(|e| e.to_string())?;
        let mut lexicon = Self {
            short_words: ShortWords::new(),
            words: HashMap::with_capacity_and_hasher(8192, FixedState::default()),
            entries: {
                let mut entries = Vec::with_capacity(8192);
                entries.push(Entry::default());
                entries
            },
            filter: Filter::default(),
            longest_word: 0,
            word_classes: Classes::new(),
            hyphen: WordId::UNKNOWN,
            symbols: HashMap::default(),
            longest_symbol: 0,
            symbol_starts: [false; 256],
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
            with_cents: Vec::new(),
            classes: Vec::new(),
            abroad: Abroad::default(),
            overriding: false,
        };
        lexicon.add_numbers(tables.numbers)?;
        lexicon.add_calendar(&tables.calendar)?;
        lexicon.add_hedges(tables.hedges)?;
        lexicon.add_dimensions(tables.dimensions)?;
        lexicon.add_units(tables.units)?;
        lexicon.add_currencies(tables.currencies)?;
        lexicon.add_names(&tables.names);
        lexicon.add_words(&tables.words);
        lexicon.classes = tables.phrases.into_iter().collect();
        Ok(lexicon)
    }

    /// Adds a table of a project.
    pub(super) fn add_file(&mut self, stem: &str, text: &str) -> Result<(), Mistake> {
        self.overriding = true;
        match stem {
            "numbers" => self.add_numbers(parse(text)?)?,
            "calendar" => self.add_calendar(&parse(text)?)?,
            "hedges" => self.add_hedges(parse(text)?)?,
            "dimensions" => self.add_dimensions(parse(text)?)?,
            "units" => self.add_units(parse(text)?)?,
            "currencies" => self.add_currencies(parse(text)?)?,
            "names" => self.add_names(&parse(text)?),
            "words" => {
                let words: table::Words = parse(text)?;
                self.add_to_classes(&words.class, text)?;
                self.add_words(&words);
            }
            "phrases" => {
                let added: BTreeMap<String, Vec<String>> = parse(text)?;
                for (class, phrases) in added {
                    let number = self.class_number(&class).unwrap_or_else(|| {
                        self.classes.push((class, Vec::new()));
                        self.classes.len() - 1
                    });
                    self.classes[number].1.extend(phrases.iter().map(|phrase| folded(phrase)));
                }
            }
            _ => {
                let known = "calendar, currencies, dimensions, hedges, names, numbers, phrases, units and \
                     words";
                return Err(format!("a lexicon has the files {known}").into());
            }
        }
        Ok(())
    }

    fn add_names(&mut self, table: &table::Names) {
        self.add_all(&table.label, &Sense::Label);
        self.add_all(&table.year_label, &Sense::YearLabel);
        self.add_all(&table.model, &Sense::Model);
        self.add_all(&table.phrase, &Sense::Name);
        self.add_all(&table.telephone, &Sense::Telephone);
        self.add_all(&table.address, &Sense::Address);
        self.add_all(&table.street, &Sense::Street);
    }

    fn add_words(&mut self, table: &table::Words) {
        self.add_all(&table.adjective, &Sense::Adjective);
        self.add_all(&table.change, &Sense::Change);
        self.add_all(&table.contest, &Sense::Contest);
        self.add_all(&table.function, &Sense::Function);
        self.add_all(&table.future, &Sense::Future);
        self.add_all(&table.opener, &Sense::Opener);
        self.add_all(&table.past, &Sense::Past);
        self.add_all(&table.plural, &Sense::Plural);
        self.add_all(&table.thing, &Sense::Thing);
    }

    /// Adds a project's words to classes; all of them, or none where one cannot be.
    fn add_to_classes(
        &mut self,
        table: &BTreeMap<String, Vec<String>>,
        text: &str,
    ) -> Result<(), Mistake> {
        let mut found = Vec::new();
        for (name, words) in table {
            let Some(number) = Classes::number(name) else {
                return Err(Mistake {
                    message: format!("`class` has no `{name}`"),
                    range: place_in_class(text, name, None),
                    help: Some(near_classes(name)),
                });
            };
            if let Some(word) = words.iter().find(|word| !table::is_one_word(word)) {
                return Err(Mistake {
                    message: format!("{} is not one word, as those of a class are", quoted(word)),
                    range: place_in_class(text, name, Some(word)),
                    help: None,
                });
            }
            found.push((number, words));
        }
        for (number, words) in found {
            self.word_classes.add(number, words);
        }
        Ok(())
    }

    fn add_all(&mut self, phrases: &[String], sense: &Sense) {
        for words in phrases {
            self.add_phrase(words, sense.clone());
        }
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
        for (word, number) in table.scale_plural {
            self.add_phrase(&word, Sense::ScalePlural(number));
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
        for (word, sign) in table.sign {
            self.add_phrase(&word, Sense::Sign(sign));
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
        for (words, day) in &table.holiday {
            let holiday = Holiday::parse(day).ok_or(format!("{day} is no day of a holiday"))?;
            self.add_phrase(words, Sense::Holiday(holiday));
        }
        self.add_each(&table.day, |&distance| Sense::Day(distance));
        self.add_each(&table.day_part, |_| Sense::DayPart);
        self.add_each(&table.decade, |&year| Sense::Decade(year));
        self.add_each(&table.edge, |_| Sense::Edge);
        self.add_each(&table.elapsed, |&sign| Sense::Elapsed(sign));
        self.add_each(&table.relative, |&step| Sense::Relative(step));
        self.add_each(&table.season, |_| Sense::Season);
        self.add_each(&table.time_of_day, |&hour| Sense::TimeOfDay(hour));
        self.add_each(&table.zone, |_| Sense::Zone);
        Ok(())
    }

    fn add_each<T>(&mut self, table: &BTreeMap<String, T>, sense: impl Fn(&T) -> Sense) {
        for (words, value) in table {
            self.add_phrase(words, sense(value));
        }
    }

    fn add_hedges(&mut self, table: table::Hedges) -> Result<(), String> {
        if let Some(words) = &table.in_words {
            self.in_words.strict = shares(&words.strict)?;
            self.in_words.loose = shares(&words.loose)?;
        }
        for entry in table.hedge {
            let direction = Direction::parse(&entry.direction)
                .ok_or(format!("{} is no direction", entry.direction))?;
            for words in &entry.phrases {
                self.add_phrase(words, Sense::Hedge(self.hedges.len()));
            }
            for words in &entry.behind {
                self.add_phrase(words, Sense::HedgeBehind(self.hedges.len()));
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
            let dimension = self.dimensions.get(entry.dimension.as_str());
            let counting = match (entry.round, entry.counted) {
                (true, _) => Counting::Round,
                (_, true) => Counting::Counted,
                _ => Counting::Measured,
            };
            let unit = Unit::new(UnitData {
                name: entry.name.as_str().into(),
                plural: plural(&entry).map(Into::into),
                dimension: *dimension.ok_or(format!("{} is no dimension", entry.dimension))?,
                factor: number(&entry.factor)?,
                offset: entry.offset.as_deref().map(number).transpose()?,
                currency: None,
                minor: None,
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
            if let Some(near) = &entry.near {
                let words: Arc<[WordId]> =
                    near.words.iter().map(|word| self.intern(word)).collect();
                for name in &near.names {
                    self.add_phrase(name, Sense::UnitNear(unit.clone(), words.clone()));
                }
                for symbol in &near.symbols {
                    self.add_symbol_first(symbol, Sense::UnitNear(unit.clone(), words.clone()));
                }
            }
            self.abroad.add_unit(unit);
        }
        for entry in table.imperial {
            self.abroad.add_imperial(&entry)?;
        }
        Ok(())
    }

    fn add_currencies(&mut self, table: table::Currencies) -> Result<(), String> {
        let money = |name: &str, currency: Option<Currency>, factor: Rational| {
            Unit::new(UnitData {
                name: name.into(),
                plural: None,
                dimension: Dimension::of(Base::Money),
                offset: None,
                currency,
                minor: (factor != Rational::ONE).then(|| factor.clone()),
                factor,
                per: None,
                counting: Counting::Measured,
            })
        };
        for entry in table.currency {
            let code = Currency::new(&entry.code).ok_or(format!("{} is no code", entry.code))?;
            let name = if entry.shared { &*entry.name } else { code.as_str() };
            let unit = money(name, Some(code), Rational::ONE);
            for name in &entry.names {
                self.add_phrase(name, Sense::Money(unit.clone()));
            }
            for symbol in &entry.symbols {
                self.add_symbol(symbol, Sense::Money(unit.clone()));
                let Some(country) = symbol.strip_suffix('$').filter(|c| !c.is_empty()) else {
                    continue;
                };
                self.add_symbol(&format!("${country}"), Sense::Money(unit.clone()));
                // "A $5 note" names no country.
                if 1 < country.len() || country == "S" {
                    self.add_symbol(&format!("{country} $"), Sense::Money(unit.clone()));
                }
            }
            for name in &entry.scaled {
                self.add_phrase(name, Sense::MoneyScaled(unit.clone()));
            }
            if !entry.shared {
                self.abroad.add_currency(code);
            }
            self.abroad.add_money(unit.clone());
            let Some(minor) = entry.minor else { continue };
            if minor.name == "cent" {
                self.with_cents.push(code);
            }
            let unit = money(code.as_str(), Some(code), number(&minor.factor)?);
            for name in &minor.names {
                self.add_phrase(name, Sense::Money(unit.clone()));
            }
            for symbol in &minor.symbols {
                self.add_symbol(symbol, Sense::Money(unit.clone()));
            }
            self.abroad.add_money(unit);
        }
        for entry in table.home {
            self.abroad.add_home(&entry)?;
        }
        if self.overriding {
            return Ok(());
        }
        // "Cents" of which currency, the text may tell; the word alone does not.
        let cent = money("cent", None, Rational::fraction(1, 100));
        self.add_phrase("cent", Sense::Money(cent.clone()));
        self.add_phrase("cts", Sense::Money(cent.clone()));
        self.add_phrase("cents", Sense::Money(cent));
        Ok(())
    }
}

/// What is wrong with a table, and where, if that is known.
#[derive(Debug)]
pub(super) struct Mistake {
    pub(super) message: String,
    pub(super) range: Option<Range<usize>>,
    pub(super) help: Option<String>,
}

impl From<String> for Mistake {
    fn from(message: String) -> Self {
        Self { message, range: None, help: None }
    }
}

fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Mistake> {
    toml::from_str(text).map_err(|error: toml::de::Error| Mistake {
        message: error.message().replace('\n', ", "),
        range: error.span(),
        help: None,
    })
}

/// Where the name of a class stands in a file, or one of its words.
fn place_in_class(text: &str, class: &str, word: Option<&str>) -> Option<Range<usize>> {
    let file = DeTable::parse(text).ok()?;
    let (key, words) = file.get_ref().get("class")?.get_ref().as_table()?.get_key_value(class)?;
    let Some(word) = word else { return Some(key.span()) };
    let mut words = words.get_ref().as_array()?.iter();
    words.find(|value| value.get_ref().as_str() == Some(word)).map(toml::Spanned::span)
}

/// The names of classes that an unknown one may stand for.
fn near_classes(name: &str) -> String {
    let mut left = class::NAMES.to_vec();
    let mut near = Vec::new();
    while near.len() < 3
        && let Some(next) = closest(name, left.iter().copied())
    {
        left.retain(|other| *other != next);
        near.push(format!("`{next}`"));
    }
    match near.pop() {
        None => "the classes are those of the built-in `words.toml`".to_owned(),
        Some(last) if near.is_empty() => format!("did you mean {last}?"),
        Some(last) => format!("did you mean {} or {last}?", near.join(", ")),
    }
}

fn number(text: &str) -> Result<Rational, String> {
    Rational::parse(text).ok_or(format!("{text} is no number"))
}

fn shares((low, high): &(String, String)) -> Result<Shares, String> {
    let share = |text: &str| if text.is_empty() { Ok(None) } else { number(text).map(Some) };
    Ok(Shares { low: share(low)?, high: share(high)? })
}

/// The plural of a unit's name, where it is said or one of the names.
fn plural(entry: &table::UnitEntry) -> Option<&str> {
    let is_regular = |name: &&String| {
        name.strip_prefix(&*entry.name).is_some_and(|ending| matches!(ending, "s" | "es"))
    };
    let regular = || entry.names.iter().find(is_regular).map(String::as_str);
    entry.plural.as_deref().or_else(regular)
}
