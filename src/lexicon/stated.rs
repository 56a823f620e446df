//! From the tables of `rules/lexicon/` to what their words mean, in the order in which it is taken.
//!
//! The build script takes the built-in tables with this file, and the program those of a project.

use std::collections::BTreeMap;

use crate::lexicon::sense::SenseOf;
use crate::lexicon::table;

/// A unit as a sense names it before it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum UnitOf {
    /// One of the tables, by its number.
    Numbered(u16),
    /// A kind of percent, by its number in [`PERCENTS`].
    Hundredths(u16),
    /// A factor.
    Factors,
}

/// What the kinds of percent are called.
pub(crate) const PERCENTS: [&str; 3] = ["percent", "percentage point", "basis point"];

/// What a phrase means as the tables have it: numbers, bounds and holidays are texts.
pub(crate) type Meaning<'t> = SenseOf<UnitOf, &'t str, &'t str, &'t str, u16>;

/// The dimension of money, and its base.
const MONEY: &str = "money";

/// How numbers of a unit are rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Count {
    /// As whole things are.
    Whole,
    /// As measures are.
    Measure,
    /// As multiples in words are.
    Multiple,
}

/// A unit as the tables have it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UnitRow<'t> {
    pub(crate) name: &'t str,
    pub(crate) plural: Option<&'t str>,
    pub(crate) dimension: &'t str,
    pub(crate) factor: &'t str,
    pub(crate) offset: Option<&'t str>,
    pub(crate) currency: Option<&'t str>,
    /// Whether it is a currency, the smaller unit of one, or the cent of whatever currency.
    pub(crate) is_money: bool,
    pub(crate) counting: Count,
}

/// A hedge as the tables have it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HedgeRow<'t> {
    pub(crate) name: &'t str,
    pub(crate) direction: &'t str,
    pub(crate) strict: (&'t str, &'t str),
    pub(crate) loose: (&'t str, &'t str),
    pub(crate) figure: bool,
}

/// What takes in the tables.
///
/// # Errors
/// Each of them may find that what it is given cannot be.
pub(crate) trait Taker<'t> {
    /// Whether the tables are those of a project, which are added to the built-in ones.
    fn is_adding(&self) -> bool;
    /// What a phrase means.
    fn phrase(&mut self, words: &str, meaning: Meaning<'t>) -> Result<(), String>;
    /// What a sign means, or what it means before all else.
    fn symbol(&mut self, symbol: &str, meaning: Meaning<'t>, first: bool) -> Result<(), String>;
    /// A unit; its number.
    fn unit(&mut self, row: UnitRow<'t>) -> Result<u16, String>;
    /// Words of which one must stand near; the number of their set.
    fn near(&mut self, words: &'t [String]) -> u16;
    /// A hedge; its number.
    fn hedge(&mut self, row: HedgeRow<'t>) -> Result<(), String>;
    /// How many hedges there are.
    fn hedges(&self) -> usize;
    /// How far shares and factors in words reach.
    fn in_words(&mut self, words: &'t table::InWords) -> Result<(), String>;
    /// A dimension, by its bases and their exponents.
    fn dimension(&mut self, name: &'t str, of: &[(&'t str, i8)]) -> Result<(), String>;
    /// A unit of the tables has been told of in full; whether a text can name it, if it is money.
    fn told(&mut self, unit: u16, is_named: bool);
    /// Words that are one unit in one country and another in another.
    fn imperial(&mut self, entry: &'t table::ImperialEntry) -> Result<(), String>;
    /// Words that several currencies share.
    fn home(&mut self, entry: &'t table::HomeEntry) -> Result<(), String>;
    /// The hundredth of a currency is called a cent.
    fn cents(&mut self, code: &'t str);
}

/// Takes in all tables but classes.
pub(crate) fn tables<'t>(
    taker: &mut impl Taker<'t>,
    tables: &'t table::Tables,
) -> Result<(), String> {
    numbers(taker, &tables.numbers)?;
    calendar(taker, &tables.calendar)?;
    hedges(taker, &tables.hedges)?;
    dimensions(taker, &tables.dimensions)?;
    units(taker, &tables.units)?;
    currencies(taker, &tables.currencies)?;
    names(taker, &tables.names)?;
    words(taker, &tables.words)
}

fn all<'t>(
    taker: &mut impl Taker<'t>,
    phrases: &'t [String],
    meaning: &Meaning<'t>,
) -> Result<(), String> {
    phrases.iter().try_for_each(|words| taker.phrase(words, meaning.clone()))
}

fn each<'t, T>(
    taker: &mut impl Taker<'t>,
    table: &'t BTreeMap<String, T>,
    meaning: impl Fn(&'t T) -> Meaning<'t>,
) -> Result<(), String> {
    table.iter().try_for_each(|(words, value)| taker.phrase(words, meaning(value)))
}

pub(crate) fn names<'t>(taker: &mut impl Taker<'t>, table: &'t table::Names) -> Result<(), String> {
    all(taker, &table.label, &Meaning::Label)?;
    all(taker, &table.year_label, &Meaning::YearLabel)?;
    all(taker, &table.model, &Meaning::Model)?;
    all(taker, &table.phrase, &Meaning::Name)?;
    all(taker, &table.telephone, &Meaning::Telephone)?;
    all(taker, &table.address, &Meaning::Address)?;
    all(taker, &table.street, &Meaning::Street)
}

pub(crate) fn words<'t>(taker: &mut impl Taker<'t>, table: &'t table::Words) -> Result<(), String> {
    all(taker, &table.adjective, &Meaning::Adjective)?;
    all(taker, &table.change, &Meaning::Change)?;
    all(taker, &table.contest, &Meaning::Contest)?;
    all(taker, &table.function, &Meaning::Function)?;
    all(taker, &table.future, &Meaning::Future)?;
    all(taker, &table.opener, &Meaning::Opener)?;
    all(taker, &table.past, &Meaning::Past)?;
    all(taker, &table.plural, &Meaning::Plural)?;
    all(taker, &table.thing, &Meaning::Thing)
}

pub(crate) fn numbers<'t>(
    taker: &mut impl Taker<'t>,
    table: &'t table::Numbers,
) -> Result<(), String> {
    each(taker, &table.cardinal, |&number| Meaning::Cardinal(number))?;
    for (word, number) in &table.scale {
        let power = number.checked_ilog10().and_then(|power| i32::try_from(power).ok());
        let power = power.ok_or_else(|| format!("{word} is no power of ten"))?;
        taker.phrase(word, Meaning::Scale(power))?;
    }
    each(taker, &table.scale_plural, |&number| Meaning::ScalePlural(number))?;
    each(taker, &table.group, |&number| Meaning::Group(number))?;
    each(taker, &table.fraction, |&parts| Meaning::Fraction(parts))?;
    each(taker, &table.ordinal, |&rank| Meaning::Ordinal(rank))?;
    each(taker, &table.multiple, |factor| Meaning::Multiple(factor))?;
    each(taker, &table.direction, |&sign| Meaning::Direction(sign))?;
    each(taker, &table.direction_behind, |&sign| Meaning::DirectionBehind(sign))?;
    each(taker, &table.sign, |&sign| Meaning::Sign(sign))?;
    each(taker, &table.share, |(low, high)| Meaning::Share(low, high))?;
    for (words, unit) in &table.percent {
        let kind = (0..).zip(PERCENTS).find(|(_, name)| *name == unit.as_str());
        let (kind, _) = kind.ok_or_else(|| format!("{unit} is no kind of percent"))?;
        taker.phrase(words, Meaning::Percent(UnitOf::Hundredths(kind)))?;
    }
    each(taker, &table.factor, |_| Meaning::Factor(UnitOf::Factors))
}

pub(crate) fn calendar<'t>(
    taker: &mut impl Taker<'t>,
    table: &'t table::Calendar,
) -> Result<(), String> {
    each(taker, &table.month, |&month| Meaning::Month(month))?;
    each(taker, &table.weekday, |&day| Meaning::Weekday(day))?;
    each(taker, &table.part, |&(first, last)| Meaning::Part(first, last))?;
    each(taker, &table.bound, |bound| Meaning::Bound(bound))?;
    each(taker, &table.holiday, |day| Meaning::Holiday(day))?;
    each(taker, &table.day, |&distance| Meaning::Day(distance))?;
    each(taker, &table.day_part, |_| Meaning::DayPart)?;
    each(taker, &table.decade, |&year| Meaning::Decade(year))?;
    each(taker, &table.edge, |_| Meaning::Edge)?;
    each(taker, &table.elapsed, |&sign| Meaning::Elapsed(sign))?;
    each(taker, &table.relative, |&step| Meaning::Relative(step))?;
    each(taker, &table.season, |_| Meaning::Season)?;
    each(taker, &table.time_of_day, |&hour| Meaning::TimeOfDay(hour))?;
    each(taker, &table.zone, |_| Meaning::Zone)
}

pub(crate) fn hedges<'t>(
    taker: &mut impl Taker<'t>,
    table: &'t table::Hedges,
) -> Result<(), String> {
    if let Some(words) = &table.in_words {
        taker.in_words(words)?;
    }
    for entry in &table.hedge {
        let number = taker.hedges();
        taker.hedge(HedgeRow {
            name: &entry.name,
            direction: &entry.direction,
            strict: (&entry.strict.0, &entry.strict.1),
            loose: (&entry.loose.0, &entry.loose.1),
            figure: entry.figure,
        })?;
        all(taker, &entry.phrases, &Meaning::Hedge(number))?;
        all(taker, &entry.behind, &Meaning::HedgeBehind(number))?;
    }
    Ok(())
}

pub(crate) fn dimensions<'t>(
    taker: &mut impl Taker<'t>,
    table: &'t table::Dimensions,
) -> Result<(), String> {
    for (name, of) in &table.dimension {
        let of: Vec<(&str, i8)> = of.iter().map(|(base, &exponent)| (&**base, exponent)).collect();
        taker.dimension(name, &of)?;
    }
    taker.dimension(MONEY, &[(MONEY, 1)])
}

pub(crate) fn units<'t>(taker: &mut impl Taker<'t>, table: &'t table::Units) -> Result<(), String> {
    for entry in &table.unit {
        unit(taker, entry)?;
    }
    table.imperial.iter().try_for_each(|entry| taker.imperial(entry))
}

fn unit<'t>(taker: &mut impl Taker<'t>, entry: &'t table::UnitEntry) -> Result<(), String> {
    let number = taker.unit(UnitRow {
        name: &entry.name,
        plural: plural(entry),
        dimension: &entry.dimension,
        factor: &entry.factor,
        offset: entry.offset.as_deref(),
        currency: None,
        is_money: false,
        counting: match (entry.round, entry.counted) {
            (true, _) => Count::Multiple,
            (_, true) => Count::Whole,
            _ => Count::Measure,
        },
    })?;
    let unit = UnitOf::Numbered(number);
    all(taker, &entry.names, &Meaning::Unit(unit))?;
    for symbol in &entry.symbols {
        taker.symbol(symbol, Meaning::Unit(unit), false)?;
    }
    all(taker, &entry.rates, &Meaning::Rate(unit))?;
    if let Some(near) = &entry.near {
        let words = taker.near(&near.words);
        all(taker, &near.names, &Meaning::UnitNear(unit, words))?;
        for symbol in &near.symbols {
            taker.symbol(symbol, Meaning::UnitNear(unit, words), true)?;
        }
    }
    taker.told(number, false);
    Ok(())
}

/// The plural of a unit's name, where it is said or one of the names.
fn plural(entry: &table::UnitEntry) -> Option<&str> {
    let is_regular = |name: &&String| {
        name.strip_prefix(&*entry.name).is_some_and(|ending| matches!(ending, "s" | "es"))
    };
    let regular = || entry.names.iter().find(is_regular).map(String::as_str);
    entry.plural.as_deref().or_else(regular)
}

fn money<'t>(name: &'t str, currency: Option<&'t str>, factor: &'t str) -> UnitRow<'t> {
    UnitRow {
        name,
        plural: None,
        dimension: MONEY,
        factor,
        offset: None,
        currency,
        is_money: true,
        counting: Count::Measure,
    }
}

pub(crate) fn currencies<'t>(
    taker: &mut impl Taker<'t>,
    table: &'t table::Currencies,
) -> Result<(), String> {
    for entry in &table.currency {
        currency(taker, entry)?;
    }
    table.home.iter().try_for_each(|entry| taker.home(entry))?;
    if taker.is_adding() {
        return Ok(());
    }
    // "Cents" of which currency, the text may tell; the word alone does not.
    let cent = UnitOf::Numbered(taker.unit(money("cent", None, "1/100"))?);
    ["cent", "cts", "cents"].iter().try_for_each(|word| taker.phrase(word, Meaning::Money(cent)))
}

fn currency<'t>(taker: &mut impl Taker<'t>, entry: &'t table::CurrencyEntry) -> Result<(), String> {
    let name = if entry.shared { &entry.name } else { &entry.code };
    let number = taker.unit(money(name, Some(&entry.code), "1"))?;
    let unit = UnitOf::Numbered(number);
    all(taker, &entry.names, &Meaning::Money(unit))?;
    for symbol in &entry.symbols {
        taker.symbol(symbol, Meaning::Money(unit), false)?;
        let Some(country) = symbol.strip_suffix('$').filter(|c| !c.is_empty()) else {
            continue;
        };
        taker.symbol(&format!("${country}"), Meaning::Money(unit), false)?;
        // "A $5 note" names no country.
        if 1 < country.len() || country == "S" {
            taker.symbol(&format!("{country} $"), Meaning::Money(unit), false)?;
        }
    }
    all(taker, &entry.scaled, &Meaning::MoneyScaled(unit))?;
    taker.told(number, !entry.shared);
    let Some(minor) = &entry.minor else { return Ok(()) };
    if minor.name == "cent" {
        taker.cents(&entry.code);
    }
    let number = taker.unit(money(&entry.code, Some(&entry.code), &minor.factor))?;
    let unit = UnitOf::Numbered(number);
    all(taker, &minor.names, &Meaning::Money(unit))?;
    for symbol in &minor.symbols {
        taker.symbol(symbol, Meaning::Money(unit), false)?;
    }
    taker.told(number, false);
    Ok(())
}
