//! The files of the lexicon as they stand in TOML.
//!
//! The build script reads them and writes them down in a compact form, which the program reads in
//! a fraction of the time; both sides share these structs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// All files but the exchange rates, which are read when first needed.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Tables {
    pub(super) numbers: Numbers,
    pub(super) calendar: Calendar,
    pub(super) hedges: Hedges,
    pub(super) dimensions: Dimensions,
    pub(super) units: Units,
    pub(super) currencies: Currencies,
    pub(super) names: Names,
    pub(super) words: Words,
    /// Folded.
    pub(super) phrases: BTreeMap<String, Vec<String>>,
}

/// `numbers.toml`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Numbers {
    pub(super) cardinal: BTreeMap<String, i64>,
    pub(super) scale: BTreeMap<String, i64>,
    pub(super) scale_plural: BTreeMap<String, i64>,
    pub(super) group: BTreeMap<String, i64>,
    pub(super) fraction: BTreeMap<String, u64>,
    pub(super) ordinal: BTreeMap<String, i64>,
    pub(super) multiple: BTreeMap<String, String>,
    pub(super) direction: BTreeMap<String, i8>,
    pub(super) direction_behind: BTreeMap<String, i8>,
    pub(super) sign: BTreeMap<String, i8>,
    pub(super) share: BTreeMap<String, (String, String)>,
    pub(super) percent: BTreeMap<String, String>,
    pub(super) factor: BTreeMap<String, String>,
}

/// `calendar.toml`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Calendar {
    pub(super) month: BTreeMap<String, i8>,
    pub(super) weekday: BTreeMap<String, i8>,
    pub(super) part: BTreeMap<String, (i8, i8)>,
    pub(super) bound: BTreeMap<String, String>,
    pub(super) day: BTreeMap<String, i8>,
    pub(super) day_part: BTreeMap<String, String>,
    pub(super) decade: BTreeMap<String, i16>,
    pub(super) edge: BTreeMap<String, String>,
    pub(super) elapsed: BTreeMap<String, i8>,
    pub(super) holiday: BTreeMap<String, String>,
    pub(super) relative: BTreeMap<String, i8>,
    pub(super) season: BTreeMap<String, i8>,
    pub(super) time_of_day: BTreeMap<String, i8>,
    pub(super) zone: BTreeMap<String, String>,
}

/// `hedges.toml`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Hedges {
    pub(super) hedge: Vec<HedgeEntry>,
    pub(super) in_words: Option<InWords>,
}

/// One hedge.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HedgeEntry {
    pub(super) name: String,
    pub(super) direction: String,
    pub(super) strict: (String, String),
    pub(super) loose: (String, String),
    pub(super) figure: bool,
    pub(super) why: String,
    pub(super) phrases: Vec<String>,
    #[serde(default)]
    pub(super) behind: Vec<String>,
}

/// How far a share or factor in a word reaches.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InWords {
    pub(super) strict: (String, String),
    pub(super) loose: (String, String),
    pub(super) why: String,
}

/// `units.toml`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Units {
    pub(super) unit: Vec<UnitEntry>,
    pub(super) imperial: Vec<ImperialEntry>,
}

/// Words and signs that are one unit in one country and another in another.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ImperialEntry {
    pub(super) names: Vec<String>,
    pub(super) symbols: Vec<String>,
    pub(super) us: String,
    pub(super) uk: String,
}

/// One unit.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitEntry {
    pub(super) name: String,
    /// Where it is not the name with an s.
    pub(super) plural: Option<String>,
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
    pub(super) near: Option<NearEntry>,
    pub(super) source: String,
}

/// Names and signs that mean a unit only near some words.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NearEntry {
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) names: Vec<String>,
    #[serde(default)]
    pub(super) symbols: Vec<String>,
}

/// `dimensions.toml`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Dimensions {
    pub(super) dimension: BTreeMap<String, BTreeMap<String, i8>>,
}

/// `currencies.toml`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Currencies {
    pub(super) currency: Vec<CurrencyEntry>,
    pub(super) home: Vec<HomeEntry>,
}

/// Words and signs that several currencies share.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HomeEntry {
    pub(super) names: Vec<String>,
    pub(super) symbols: Vec<String>,
    pub(super) currencies: Vec<String>,
    #[serde(default)]
    pub(super) wider: Vec<String>,
    #[serde(default)]
    pub(super) minor: bool,
}

/// One currency.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CurrencyEntry {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) names: Vec<String>,
    pub(super) symbols: Vec<String>,
    pub(super) minor: Option<MinorEntry>,
    #[serde(default)]
    pub(super) scaled: Vec<String>,
    #[serde(default)]
    pub(super) shared: bool,
}

/// The smaller unit of a currency.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MinorEntry {
    pub(super) name: String,
    pub(super) names: Vec<String>,
    pub(super) symbols: Vec<String>,
    pub(super) factor: String,
}

/// `names.toml`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Names {
    pub(super) model: Vec<String>,
    pub(super) label: Vec<String>,
    pub(super) year_label: Vec<String>,
    pub(super) phrase: Vec<String>,
    pub(super) telephone: Vec<String>,
    pub(super) address: Vec<String>,
    pub(super) street: Vec<String>,
}

/// `words.toml`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Words {
    pub(super) adjective: Vec<String>,
    pub(super) change: Vec<String>,
    pub(super) contest: Vec<String>,
    pub(super) function: Vec<String>,
    pub(super) future: Vec<String>,
    pub(super) opener: Vec<String>,
    pub(super) past: Vec<String>,
    pub(super) plural: Vec<String>,
    pub(super) thing: Vec<String>,
    /// By the name of the class. The build script takes those of the built-in file out and writes them
    /// down as code.
    pub(super) class: BTreeMap<String, Vec<String>>,
}

/// Whether prose would give a text as one word or sign: "the", "p.m.", "&".
pub(super) fn is_one_word(text: &str) -> bool {
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
pub(super) fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |digest, byte| {
        (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
