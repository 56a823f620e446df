//! The files of the lexicon as they stand in TOML.
//!
//! The build script reads them and writes them down in a compact form, which the program reads in
//! a fraction of the time; both sides share these structs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// All files but the exchange rates, which are read when first needed.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Tables {
    pub(crate) numbers: Numbers,
    pub(crate) calendar: Calendar,
    pub(crate) hedges: Hedges,
    pub(crate) dimensions: Dimensions,
    pub(crate) units: Units,
    pub(crate) currencies: Currencies,
    pub(crate) names: Names,
    pub(crate) words: Words,
    /// Folded.
    pub(crate) phrases: BTreeMap<String, Vec<String>>,
}

/// `numbers.toml`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Numbers {
    pub(crate) cardinal: BTreeMap<String, i64>,
    pub(crate) scale: BTreeMap<String, i64>,
    pub(crate) scale_plural: BTreeMap<String, i64>,
    pub(crate) group: BTreeMap<String, i64>,
    pub(crate) fraction: BTreeMap<String, u64>,
    pub(crate) ordinal: BTreeMap<String, i64>,
    pub(crate) multiple: BTreeMap<String, String>,
    pub(crate) direction: BTreeMap<String, i8>,
    pub(crate) direction_behind: BTreeMap<String, i8>,
    pub(crate) sign: BTreeMap<String, i8>,
    pub(crate) share: BTreeMap<String, (String, String)>,
    pub(crate) percent: BTreeMap<String, String>,
    pub(crate) factor: BTreeMap<String, String>,
}

/// `calendar.toml`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Calendar {
    pub(crate) month: BTreeMap<String, i8>,
    pub(crate) weekday: BTreeMap<String, i8>,
    pub(crate) part: BTreeMap<String, (i8, i8)>,
    pub(crate) bound: BTreeMap<String, String>,
    pub(crate) day: BTreeMap<String, i8>,
    pub(crate) day_part: BTreeMap<String, String>,
    pub(crate) decade: BTreeMap<String, i16>,
    pub(crate) edge: BTreeMap<String, String>,
    pub(crate) elapsed: BTreeMap<String, i8>,
    pub(crate) holiday: BTreeMap<String, String>,
    pub(crate) relative: BTreeMap<String, i8>,
    pub(crate) season: BTreeMap<String, i8>,
    pub(crate) time_of_day: BTreeMap<String, i8>,
    pub(crate) zone: BTreeMap<String, String>,
}

/// `hedges.toml`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Hedges {
    pub(crate) hedge: Vec<HedgeEntry>,
    pub(crate) in_words: Option<InWords>,
}

/// One hedge.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HedgeEntry {
    pub(crate) name: String,
    pub(crate) direction: String,
    pub(crate) strict: (String, String),
    pub(crate) loose: (String, String),
    pub(crate) figure: bool,
    pub(crate) why: String,
    pub(crate) phrases: Vec<String>,
    #[serde(default)]
    pub(crate) behind: Vec<String>,
}

/// How far a share or factor in a word reaches.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct InWords {
    pub(crate) strict: (String, String),
    pub(crate) loose: (String, String),
    pub(crate) why: String,
}

/// `units.toml`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Units {
    pub(crate) unit: Vec<UnitEntry>,
    pub(crate) imperial: Vec<ImperialEntry>,
}

/// Words and signs that are one unit in one country and another in another.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImperialEntry {
    pub(crate) names: Vec<String>,
    pub(crate) symbols: Vec<String>,
    pub(crate) us: String,
    pub(crate) uk: String,
}

/// One unit.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnitEntry {
    pub(crate) name: String,
    /// Where it is not the name with an s.
    pub(crate) plural: Option<String>,
    pub(crate) names: Vec<String>,
    pub(crate) symbols: Vec<String>,
    pub(crate) dimension: String,
    pub(crate) factor: String,
    pub(crate) offset: Option<String>,
    #[serde(default)]
    pub(crate) rates: Vec<String>,
    #[serde(default)]
    pub(crate) round: bool,
    #[serde(default)]
    pub(crate) counted: bool,
    pub(crate) near: Option<NearEntry>,
    pub(crate) source: String,
}

/// Names and signs that mean a unit only near some words.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NearEntry {
    pub(crate) words: Vec<String>,
    #[serde(default)]
    pub(crate) names: Vec<String>,
    #[serde(default)]
    pub(crate) symbols: Vec<String>,
}

/// `dimensions.toml`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Dimensions {
    pub(crate) dimension: BTreeMap<String, BTreeMap<String, i8>>,
}

/// `currencies.toml`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Currencies {
    pub(crate) currency: Vec<CurrencyEntry>,
    pub(crate) home: Vec<HomeEntry>,
}

/// Words and signs that several currencies share.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HomeEntry {
    pub(crate) names: Vec<String>,
    pub(crate) symbols: Vec<String>,
    pub(crate) currencies: Vec<String>,
    #[serde(default)]
    pub(crate) wider: Vec<String>,
    #[serde(default)]
    pub(crate) minor: bool,
}

/// One currency.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CurrencyEntry {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) names: Vec<String>,
    pub(crate) symbols: Vec<String>,
    pub(crate) minor: Option<MinorEntry>,
    #[serde(default)]
    pub(crate) scaled: Vec<String>,
    #[serde(default)]
    pub(crate) shared: bool,
}

/// The smaller unit of a currency.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MinorEntry {
    pub(crate) name: String,
    pub(crate) names: Vec<String>,
    pub(crate) symbols: Vec<String>,
    pub(crate) factor: String,
}

/// `names.toml`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Names {
    pub(crate) model: Vec<String>,
    pub(crate) label: Vec<String>,
    pub(crate) year_label: Vec<String>,
    pub(crate) phrase: Vec<String>,
    pub(crate) telephone: Vec<String>,
    pub(crate) address: Vec<String>,
    pub(crate) street: Vec<String>,
}

/// `words.toml`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) adjective: Vec<String>,
    pub(crate) change: Vec<String>,
    pub(crate) contest: Vec<String>,
    pub(crate) function: Vec<String>,
    pub(crate) future: Vec<String>,
    pub(crate) opener: Vec<String>,
    pub(crate) past: Vec<String>,
    pub(crate) plural: Vec<String>,
    pub(crate) thing: Vec<String>,
    /// By the name of the class. The build script takes those of the built-in file out and writes them
    /// down as code.
    pub(crate) class: BTreeMap<String, Vec<String>>,
}

/// Whether prose would give a text as one word or sign: "the", "p.m.", "&".
pub(crate) fn is_one_word(text: &str) -> bool {
    let is_letter = |piece: &str| piece.chars().all(char::is_alphabetic) && !piece.is_empty();
    if let Some((first, rest)) = text.split_once('.') {
        // What is written with stops is letters that stand alone.
        let rest = rest.strip_suffix('.').unwrap_or(rest);
        let mut pieces = std::iter::once(first).chain(rest.split('.'));
        return text.is_ascii()
            && text.len() <= 8
            && pieces.all(|piece| piece.len() == 1 && is_letter(piece));
    }
    let is_sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    is_letter(text) || text.chars().count() == 1 && text.chars().all(is_sign)
}

/// A number for a text, by which the program knows its own tables (FNV-1a, 64 bits; Fowler, Noll and
/// Vo, <https://www.isthe.com/chongo/tech/comp/fnv/>).
pub(crate) fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |digest, byte| {
        (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
