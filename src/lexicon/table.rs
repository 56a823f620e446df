//! The files of the lexicon as they stand in TOML.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `numbers.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Numbers {
    pub(super) cardinal: BTreeMap<String, i64>,
    pub(super) scale: BTreeMap<String, i64>,
    pub(super) group: BTreeMap<String, i64>,
    pub(super) fraction: BTreeMap<String, u64>,
    pub(super) ordinal: BTreeMap<String, i64>,
    pub(super) multiple: BTreeMap<String, String>,
    pub(super) direction: BTreeMap<String, i8>,
    pub(super) direction_behind: BTreeMap<String, i8>,
    pub(super) share: BTreeMap<String, (String, String)>,
    pub(super) percent: BTreeMap<String, String>,
    pub(super) factor: BTreeMap<String, String>,
}

/// `calendar.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Calendar {
    pub(super) month: BTreeMap<String, i8>,
    pub(super) weekday: BTreeMap<String, i8>,
    pub(super) part: BTreeMap<String, (i8, i8)>,
    pub(super) bound: BTreeMap<String, String>,
}

/// `hedges.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hedges {
    pub(super) hedge: Vec<HedgeEntry>,
    pub(super) in_words: InWords,
}

/// One hedge.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HedgeEntry {
    pub(super) name: String,
    pub(super) direction: String,
    pub(super) strict: (String, String),
    pub(super) loose: (String, String),
    pub(super) figure: bool,
    pub(super) why: String,
    pub(super) phrases: Vec<String>,
}

/// How far a share or factor in a word reaches.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InWords {
    pub(super) strict: (String, String),
    pub(super) loose: (String, String),
    pub(super) why: String,
}

/// `units.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Units {
    pub(super) unit: Vec<UnitEntry>,
}

/// One unit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitEntry {
    pub(super) name: String,
    pub(super) names: Vec<String>,
    pub(super) symbols: Vec<String>,
    pub(super) dimension: String,
    pub(super) factor: String,
    pub(super) offset: Option<String>,
    #[serde(default)]
    pub(super) rates: Vec<String>,
    #[serde(default)]
    pub(super) round: bool,
    #[serde(default)]
    pub(super) counted: bool,
    pub(super) source: String,
}

/// `dimensions.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dimensions {
    pub(super) dimension: BTreeMap<String, BTreeMap<String, i8>>,
}

/// `currencies.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Currencies {
    pub(super) currency: Vec<CurrencyEntry>,
}

/// One currency.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CurrencyEntry {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) names: Vec<String>,
    pub(super) symbols: Vec<String>,
    pub(super) minor: Option<MinorEntry>,
}

/// The smaller unit of a currency.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MinorEntry {
    pub(super) name: String,
    pub(super) names: Vec<String>,
    pub(super) symbols: Vec<String>,
    pub(super) factor: String,
}

/// `rates.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the file's own key")]
pub(super) struct Rates {
    pub(super) source: String,
    pub(super) package: String,
    pub(super) base: String,
    pub(super) through: toml::value::Datetime,
    pub(super) rates: BTreeMap<String, BTreeMap<String, (String, String)>>,
}
