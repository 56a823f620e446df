//! Units, hedges and senses made of what the tables state.

use std::collections::HashMap;
use std::sync::Arc;

use crate::lexicon::sense::{Holiday, SenseOf};
use crate::lexicon::stated::{Count, HedgeRow, Meaning, UnitOf, UnitRow};
use crate::lexicon::word::WordId;

use crate::value::{
    Counting, Currency, DateBound, Dimension, Direction, Hedge, Rational, Shares, Unit, UnitData,
};

/// What a phrase can mean where a figure stands.
pub type Sense = SenseOf<Unit, Rational, DateBound, Holiday, Arc<[WordId]>>;

/// The words after the first of a phrase, and what the phrase means.
#[derive(Debug)]
pub(super) struct Phrase {
    pub(super) rest: Box<[WordId]>,
    pub(super) sense: Sense,
}

/// The unit of a row.
pub(super) fn made_unit(
    row: &UnitRow<'_>,
    dimensions: &HashMap<Box<str>, Dimension>,
) -> Result<Unit, String> {
    let code = |code: &str| Currency::new(code).ok_or_else(|| format!("{code} is no code"));
    let currency = row.currency.map(code).transpose()?;
    let dimension = dimensions.get(row.dimension);
    let dimension = *dimension.ok_or_else(|| format!("{} is no dimension", row.dimension))?;
    let factor = number(row.factor)?;
    let is_minor = row.is_money && factor != Rational::ONE;
    Ok(Unit::new(UnitData {
        name: row.name.into(),
        plural: row.plural.map(Into::into),
        dimension,
        offset: row.offset.map(number).transpose()?,
        currency,
        minor: is_minor.then(|| factor.clone()),
        factor,
        per: None,
        counting: match row.counting {
            Count::Whole => Counting::Counted,
            Count::Measure => Counting::Measured,
            Count::Multiple => Counting::Round,
        },
    }))
}

/// The hedge of a row.
pub(super) fn made_hedge(row: &HedgeRow<'_>) -> Result<Hedge, String> {
    let direction = Direction::parse(row.direction);
    Ok(Hedge {
        name: row.name.into(),
        direction: direction.ok_or_else(|| format!("{} is no direction", row.direction))?,
        strict: made_shares(row.strict)?,
        loose: made_shares(row.loose)?,
        includes_figure: row.figure,
    })
}

/// Shares of a number; an empty text sets no bound.
pub(super) fn made_shares((low, high): (&str, &str)) -> Result<Shares, String> {
    let share = |text: &str| if text.is_empty() { Ok(None) } else { number(text).map(Some) };
    Ok(Shares { low: share(low)?, high: share(high)? })
}

fn number(text: &str) -> Result<Rational, String> {
    Rational::parse(text).ok_or_else(|| format!("{text} is no number"))
}

/// A sense of what a table states, with the units and the words near that it names by number.
pub(super) fn sense(
    meaning: &Meaning<'_>,
    unit: &dyn Fn(u16) -> Unit,
    near: &dyn Fn(u16) -> Arc<[WordId]>,
) -> Result<Sense, String> {
    let unit = |of: UnitOf| match of {
        UnitOf::Numbered(number) => unit(number),
        UnitOf::Hundredths(0) => Unit::percent(),
        UnitOf::Hundredths(1) => Unit::percentage_point(),
        UnitOf::Hundredths(_) => Unit::basis_point(),
        UnitOf::Factors => Unit::times(),
    };
    Ok(match *meaning {
        Meaning::Cardinal(number) => Sense::Cardinal(number),
        Meaning::Scale(power) => Sense::Scale(power),
        Meaning::ScalePlural(number) => Sense::ScalePlural(number),
        Meaning::Group(number) => Sense::Group(number),
        Meaning::Fraction(parts) => Sense::Fraction(parts),
        Meaning::Ordinal(rank) => Sense::Ordinal(rank),
        Meaning::Multiple(factor) => Sense::Multiple(number(factor)?),
        Meaning::Direction(sign) => Sense::Direction(sign),
        Meaning::DirectionBehind(sign) => Sense::DirectionBehind(sign),
        Meaning::Sign(sign) => Sense::Sign(sign),
        Meaning::Share(low, high) => Sense::Share(number(low)?, number(high)?),
        Meaning::Percent(of) => Sense::Percent(unit(of)),
        Meaning::Factor(of) => Sense::Factor(unit(of)),
        Meaning::Month(month) => Sense::Month(month),
        Meaning::Weekday(day) => Sense::Weekday(day),
        Meaning::Part(first, last) => Sense::Part(first, last),
        Meaning::Bound(bound) => {
            Sense::Bound(DateBound::parse(bound).ok_or_else(|| format!("{bound} is no bound"))?)
        }
        Meaning::Day(distance) => Sense::Day(distance),
        Meaning::DayPart => Sense::DayPart,
        Meaning::Decade(year) => Sense::Decade(year),
        Meaning::Edge => Sense::Edge,
        Meaning::Elapsed(sign) => Sense::Elapsed(sign),
        Meaning::Relative(step) => Sense::Relative(step),
        Meaning::Season => Sense::Season,
        Meaning::TimeOfDay(hour) => Sense::TimeOfDay(hour),
        Meaning::Zone => Sense::Zone,
        Meaning::Unit(of) => Sense::Unit(unit(of)),
        Meaning::UnitNear(of, words) => Sense::UnitNear(unit(of), near(words)),
        Meaning::Money(of) => Sense::Money(unit(of)),
        Meaning::MoneyScaled(of) => Sense::MoneyScaled(unit(of)),
        Meaning::Rate(of) => Sense::Rate(unit(of)),
        Meaning::Hedge(number) => Sense::Hedge(number),
        Meaning::HedgeBehind(number) => Sense::HedgeBehind(number),
        Meaning::Name => Sense::Name,
        Meaning::Label => Sense::Label,
        Meaning::YearLabel => Sense::YearLabel,
        Meaning::Model => Sense::Model,
        Meaning::Telephone => Sense::Telephone,
        Meaning::Adjective => Sense::Adjective,
        Meaning::Change => Sense::Change,
        Meaning::Contest => Sense::Contest,
        Meaning::Function => Sense::Function,
        Meaning::Future => Sense::Future,
        Meaning::Plural => Sense::Plural,
        Meaning::Thing => Sense::Thing,
        Meaning::Street => Sense::Street,
        Meaning::Opener => Sense::Opener,
        Meaning::Holiday(day) => Sense::Holiday(
            Holiday::parse(day).ok_or_else(|| format!("{day} is no day of a holiday"))?,
        ),
        Meaning::Past => Sense::Past,
        Meaning::Address => Sense::Address,
    })
}
