//! Units: a name, a dimension, and an exact factor to the dimension's base.

use std::fmt;
use std::sync::{Arc, LazyLock};

use crate::value::dimension::{Base, Dimension};
use crate::value::rational::Rational;

/// An ISO 4217 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Reads a code of three capital letters.
    pub fn new(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How a number of this unit is rounded where its digits do not say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counting {
    /// Whole things: "64 votes", "four years". Exact unless trailing zeros suggest otherwise.
    Counted,
    /// A measure: "30 feet". The last written digit was rounded.
    Measured,
    /// A round word: "three decades". Widened as a multiple in words is.
    Round,
}

/// What a unit is, shared by every value that is written in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnitData {
    /// English singular ("kilometer", "percentage point"), ISO 4217 code for money, "" for none.
    pub name: Box<str>,
    /// The English plural of the name, where it has one: not of money, of a number, of "hertz".
    pub plural: Option<Box<str>>,
    /// What it measures.
    pub dimension: Dimension,
    /// One unit in the base of its dimension.
    pub factor: Rational,
    /// For a temperature on a scale: base = (x + offset) × factor.
    pub offset: Option<Rational>,
    /// The currency, for money whose currency is known.
    pub currency: Option<Currency>,
    /// For the smaller unit of a currency: its worth in the larger one, 1/100 for the cent.
    pub minor: Option<Rational>,
    /// The unit or thing of a rate: "year", "barrel", "person".
    pub per: Option<Box<str>>,
    /// How bare numbers of it are rounded.
    pub counting: Counting,
}

/// A unit of measurement, money, percent, or none.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Unit(Arc<UnitData>);

static NONE: LazyLock<Unit> = LazyLock::new(|| plain("", Rational::ONE, Counting::Counted));
static PERCENT: LazyLock<Unit> =
    LazyLock::new(|| plain("percent", Rational::fraction(1, 100), Counting::Measured));
static TIMES: LazyLock<Unit> = LazyLock::new(|| plain("times", Rational::ONE, Counting::Measured));
static POINT: LazyLock<Unit> = LazyLock::new(|| points("percentage point", 100));
static BASIS_POINT: LazyLock<Unit> = LazyLock::new(|| points("basis point", 10_000));

fn plain(name: &str, factor: Rational, counting: Counting) -> Unit {
    Unit::new(UnitData {
        name: name.into(),
        plural: None,
        dimension: Dimension::NUMBER,
        factor,
        offset: None,
        currency: None,
        minor: None,
        per: None,
        counting,
    })
}

fn points(name: &str, in_one: u64) -> Unit {
    Unit::new(UnitData {
        name: name.into(),
        plural: Some(format!("{name}s").into()),
        dimension: Dimension::of(Base::Points),
        factor: Rational::fraction(1, in_one),
        offset: None,
        currency: None,
        minor: None,
        per: None,
        counting: Counting::Measured,
    })
}

impl Unit {
    /// A unit of its own.
    pub fn new(data: UnitData) -> Self {
        Self(Arc::new(data))
    }

    /// No unit: a count or a plain number.
    pub fn none() -> Self {
        NONE.clone()
    }

    /// A hundredth of something.
    pub fn percent() -> Self {
        PERCENT.clone()
    }

    /// A factor: "1.6 times".
    pub fn times() -> Self {
        TIMES.clone()
    }

    /// A difference of two percentages.
    pub fn percentage_point() -> Self {
        POINT.clone()
    }

    /// A hundredth of a percentage point.
    pub fn basis_point() -> Self {
        BASIS_POINT.clone()
    }

    /// This unit for each of another: dollars per year.
    #[must_use]
    pub fn per(&self, other: &Self) -> Self {
        Self::new(UnitData {
            dimension: self.dimension.over(other.dimension),
            factor: &self.factor / &other.factor,
            offset: None,
            currency: self.currency.or(other.currency),
            per: Some(other.name.clone()),
            plural: None,
            counting: Counting::Measured,
            ..(**self).clone()
        })
    }

    /// The currency of a rate of money, without what it is for each of; `None` of anything else.
    pub fn unrated(&self) -> Option<Self> {
        self.per.as_ref()?;
        let factor = self.currency.map(|_| self.minor.clone().unwrap_or(Rational::ONE))?;
        Some(Self::new(UnitData {
            dimension: Dimension::of(Base::Money),
            factor,
            offset: None,
            per: None,
            ..(**self).clone()
        }))
    }

    /// This unit for each of some thing that has no unit: dollars per person.
    #[must_use]
    pub fn per_thing(&self, thing: &str) -> Self {
        Self::new(UnitData {
            offset: None,
            per: Some(thing.into()),
            plural: None,
            counting: Counting::Measured,
            ..(**self).clone()
        })
    }

    /// The unit for differences of what this one measures on a scale.
    #[must_use]
    pub fn without_zero(&self) -> Self {
        Self::new(UnitData { offset: None, ..(**self).clone() })
    }

    /// Whether values of it are points on a scale that has no true zero.
    pub fn is_temperature(&self) -> bool {
        self.offset.is_some()
    }

    /// Whether it is money, a rate of money included.
    pub fn is_money(&self) -> bool {
        self.dimension.exponent(Base::Money) > 0
    }
}

impl std::ops::Deref for Unit {
    type Target = UnitData;
    fn deref(&self) -> &UnitData {
        &self.0
    }
}

impl fmt::Debug for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.per {
            Some(per) => write!(f, "{} per {per}", self.name),
            None => f.write_str(&self.name),
        }
    }
}
