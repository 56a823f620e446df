//! The built-in lexicon as Rust code: its words numbered, its phrases cut, its tables in the form in which they
//! are looked into.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use serde::Deserialize;

use crate::lexicon::part::fold;
use crate::lexicon::sense::bit;
use crate::lexicon::stated::{self, HedgeRow, Meaning, Taker, UnitRow};
use crate::lexicon::table::{HomeEntry, ImperialEntry, InWords, Tables};
use crate::lexicon::word::{ClassSet, Known, WordId, split_phrase};
use crate::lexicon::words::{TextTable, Words, in_order};

/// A phrase: the words behind its first, and the number of its meaning.
type Phrase = (Vec<u32>, u16);

/// What was taken of the tables.
struct Taken<'t> {
    words: Words,
    /// By the number of their first word.
    phrases: Vec<Vec<Phrase>>,
    /// Each once.
    meanings: Vec<Meaning<'t>>,
    numbers: HashMap<String, u16>,
    symbols: TextTable,
    symbol_senses: Vec<Vec<u16>>,
    units: Vec<UnitRow<'t>>,
    told: Vec<(u16, bool)>,
    near: Vec<Vec<u32>>,
    hedges: Vec<HedgeRow<'t>>,
    in_words: Option<HedgeRow<'t>>,
    dimensions: Vec<(&'t str, Vec<(&'t str, i8)>)>,
    with_cents: Vec<&'t str>,
    imperial: Vec<&'t ImperialEntry>,
    homes: Vec<&'t HomeEntry>,
}

impl<'t> Taken<'t> {
    fn number(&mut self, meaning: Meaning<'t>) -> Result<u16, String> {
        let written = format!("{meaning:?}");
        if let Some(&known) = self.numbers.get(&written) {
            return Ok(known);
        }
        let number = u16::try_from(self.meanings.len()).map_err(|_| "too many meanings")?;
        self.numbers.insert(written, number);
        self.meanings.push(meaning);
        Ok(number)
    }

    /// Puts the phrases in order, and says of each word what is known of it.
    fn finish(&mut self, classes: &[(&str, u16)]) -> WordId {
        let hyphen = self.words.intern("-");
        self.phrases.resize(self.words.count as usize, Vec::new());
        for phrases in &mut self.phrases {
            in_order(phrases, |(rest, _)| rest.len());
        }
        self.words.put_senses(&self.senses());
        for &(word, set) in classes.iter().filter(|(word, _)| !is_dotted(word)) {
            self.words.put_classes(word, ClassSet(set));
        }
        hyphen
    }

    /// The bits of the senses of the phrases that start with each word.
    fn senses(&self) -> Vec<u64> {
        let bit = |(_, meaning): &Phrase| self.meanings[usize::from(*meaning)].bit();
        let bits = |phrases: &Vec<Phrase>| phrases.iter().map(bit).fold(0, |all, bit| all | bit);
        self.phrases.iter().map(bits).collect()
    }
}

impl<'t> Taker<'t> for Taken<'t> {
    fn is_adding(&self) -> bool {
        false
    }

    fn phrase(&mut self, words: &str, meaning: Meaning<'t>) -> Result<(), String> {
        let meaning = self.number(meaning)?;
        let mut folded = String::new();
        fold(words, &mut folded);
        let mut pieces = split_phrase(&folded).map(|word| self.words.intern(word).0);
        let Some(first) = pieces.next() else { return Ok(()) };
        let rest = pieces.collect();
        let first = first as usize;
        if self.phrases.len() <= first {
            self.phrases.resize(first + 1, Vec::new());
        }
        self.phrases[first].push((rest, meaning));
        Ok(())
    }

    fn symbol(&mut self, symbol: &str, meaning: Meaning<'t>, first: bool) -> Result<(), String> {
        let meaning = self.number(meaning)?;
        let number = self.symbols.insert(symbol);
        if self.symbol_senses.len() <= number {
            self.symbol_senses.push(Vec::new());
        }
        let senses = &mut self.symbol_senses[number];
        senses.insert(if first { 0 } else { senses.len() }, meaning);
        Ok(())
    }

    fn unit(&mut self, row: UnitRow<'t>) -> Result<u16, String> {
        let number = u16::try_from(self.units.len()).map_err(|_| "too many units")?;
        self.units.push(row);
        Ok(number)
    }

    fn near(&mut self, words: &'t [String]) -> u16 {
        let number = u16::try_from(self.near.len()).unwrap_or(u16::MAX);
        let words = words.iter().map(|word| self.words.intern(word).0).collect();
        self.near.push(words);
        number
    }

    fn hedge(&mut self, row: HedgeRow<'t>) -> Result<(), String> {
        self.hedges.push(row);
        Ok(())
    }

    fn hedges(&self) -> usize {
        self.hedges.len()
    }

    fn in_words(&mut self, words: &'t InWords) -> Result<(), String> {
        self.in_words = Some(HedgeRow {
            name: "in words",
            direction: "about",
            strict: (&words.strict.0, &words.strict.1),
            loose: (&words.loose.0, &words.loose.1),
            figure: true,
        });
        Ok(())
    }

    fn dimension(&mut self, name: &'t str, of: &[(&'t str, i8)]) -> Result<(), String> {
        self.dimensions.push((name, of.to_vec()));
        Ok(())
    }

    fn told(&mut self, unit: u16, is_named: bool) {
        self.told.push((unit, is_named));
    }

    fn imperial(&mut self, entry: &'t ImperialEntry) -> Result<(), String> {
        self.imperial.push(entry);
        Ok(())
    }

    fn home(&mut self, entry: &'t HomeEntry) -> Result<(), String> {
        self.homes.push(entry);
        Ok(())
    }

    fn cents(&mut self, code: &'t str) {
        self.with_cents.push(code);
    }
}

/// `abbreviations.toml`: words in groups, whose names are for people.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Abbreviations {
    never_ends: BTreeMap<String, Vec<String>>,
    may_end: BTreeMap<String, Vec<String>>,
    before_figures: BTreeMap<String, Vec<String>>,
    openers: BTreeMap<String, Vec<String>>,
}

/// The abbreviations as code: their stems, what the stop of each is, and the words that open sentences.
pub(crate) fn abbreviations(table: &Abbreviations) -> Result<String, String> {
    let mut kinds: BTreeMap<String, &str> = BTreeMap::new();
    for (groups, kind) in [
        (&table.never_ends, "NeverEnds"),
        (&table.may_end, "MayEnd"),
        (&table.before_figures, "BeforeFigures"),
    ] {
        for word in groups.values().flatten() {
            let stem = word.strip_suffix('.').ok_or(format!("{word} has no stop"))?;
            let mut letters = stem.chars();
            let capital = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters);
            // Where both are listed, each stands for itself.
            kinds.entry(capital.collect()).or_insert(kind);
            kinds.insert(stem.to_owned(), kind);
        }
    }
    let (mut stems, mut openers) = (TextTable::new(), TextTable::new());
    for stem in kinds.keys() {
        stems.insert(stem);
    }
    for word in table.openers.values().flatten() {
        openers.insert(word);
    }
    let mut code = Code::default();
    code.text_table("STEMS", &stems);
    code.table("KINDS", "Abbreviation", kinds.values());
    code.text_table("OPENERS", &openers);
    Ok(code.0)
}

/// Whether a word of a class is written with stops.
pub(crate) fn is_dotted(word: &str) -> bool {
    1 < word.len() && word.contains('.')
}

/// The tables as code, and those of words that differ from country to country as bytes.
pub(crate) fn written(
    tables: &Tables,
    classes: &[(&str, u16)],
) -> Result<(String, Vec<u8>), String> {
    let mut taken = Taken {
        words: Words::new(),
        phrases: Vec::new(),
        meanings: Vec::new(),
        numbers: HashMap::new(),
        symbols: TextTable::new(),
        symbol_senses: Vec::new(),
        units: Vec::new(),
        told: Vec::new(),
        near: Vec::new(),
        hedges: Vec::new(),
        in_words: None,
        dimensions: Vec::new(),
        with_cents: Vec::new(),
        imperial: Vec::new(),
        homes: Vec::new(),
    };
    stated::tables(&mut taken, tables)?;
    let hyphen = taken.finish(classes);
    let abroad = postcard::to_stdvec(&(&taken.imperial, &taken.homes));
    let mut code = Code::default();
    taken.write(hyphen, &mut code);
    Ok((code.0, abroad.map_err(|error| error.to_string())?))
}

impl Taken<'_> {
    fn write(&self, hyphen: WordId, code: &mut Code) {
        let words = &self.words;
        let short = words.short.places.iter().map(|&(number, known)| match number {
            0 => "N".to_owned(),
            _ => format!("({number}, {})", known_code(known)),
        });
        code.line("const N: (u64, Known) = (0, Known::NOTHING);");
        code.table("SHORT", "(u64, Known)", short);
        code.line(&format!("const SHORT_COUNT: usize = {};", words.short.count));
        code.text_table("LONG", &words.long);
        code.table("LONG_KNOWN", "Known", words.known.iter().map(|&known| known_code(known)));
        code.table("FILTER", "u64", words.filter.0.iter());
        code.line(&format!("const LONGEST: usize = {};", words.longest));
        code.line(&format!("pub(super) const COUNT: u32 = {};", words.count));
        code.line(&format!("pub(super) const HYPHEN: WordId = {hyphen:?};"));
        code.table("SENSES", "u64", self.senses().iter());
        self.write_phrases(code);
        code.text_table("SYMBOLS", &self.symbols);
        code.lists("SYMBOL_SENSES", "u16", &self.symbol_senses);
        let symbols = || (0..self.symbols.len()).map(|number| self.symbols.text(number));
        let longest = symbols().map(str::len).max().unwrap_or(0);
        code.line(&format!("pub(super) const LONGEST_SYMBOL: usize = {longest};"));
        let starts = |byte: u8| symbols().any(|symbol| symbol.as_bytes().first() == Some(&byte));
        let starts: Vec<bool> = (0..=255).map(starts).collect();
        code.line(&format!("pub(super) const SYMBOL_STARTS: [bool; 256] = {starts:?};"));
        self.write_rows(code);
    }

    fn write_phrases(&self, code: &mut Code) {
        let (mut phrases, mut all_rest) = (Vec::new(), Vec::<u32>::new());
        for of_word in &self.phrases {
            let mut written = Vec::new();
            for (rest, meaning) in of_word {
                let start = all_rest.len();
                all_rest.extend(rest);
                written.push(format!("({start}, {}, {meaning})", rest.len()));
            }
            phrases.push(written);
        }
        code.lists("PHRASES", "(u32, u8, u16)", &phrases);
        code.table("REST", "u32", all_rest.iter());
        let meanings = self.meanings.iter().map(|meaning| format!("{meaning:?}"));
        code.table("MEANINGS", "Meaning<'static>", meanings);
    }

    /// The units that entries about home name, and the currencies that a text can name.
    fn write_told(&self, code: &mut Code) {
        let row = |&(number, _): &(u16, bool)| &self.units[usize::from(number)];
        let is_meant = |told: &&(u16, bool)| match row(told).currency {
            Some(currency) => {
                let mut shared =
                    self.homes.iter().flat_map(|one| one.currencies.iter().chain(&one.wider));
                shared.any(|code| code == currency)
            }
            None => self.imperial.iter().any(|one| [&*one.us, &*one.uk].contains(&row(told).name)),
        };
        let told: Vec<u16> = self.told.iter().filter(is_meant).map(|&(number, _)| number).collect();
        code.table("TOLD", "u16", told.iter());
        let named = self.told.iter().filter(|(_, is_named)| *is_named);
        let named: Vec<&str> = named.filter_map(|told| row(told).currency).collect();
        code.table("NAMED", "&str", named.iter().map(|code| format!("{code:?}")));
    }

    fn write_rows(&self, code: &mut Code) {
        let unit = |row: &UnitRow<'_>| {
            let counting = format!("counting: Count::{:?}", row.counting);
            format!("{row:?}").replace(&format!("counting: {:?}", row.counting), &counting)
        };
        code.table("UNITS", "UnitRow<'static>", self.units.iter().map(unit));
        self.write_told(code);
        code.table("NEAR", "&[u32]", self.near.iter().map(|words| format!("&{words:?}")));
        let hedges = self.hedges.iter().map(|hedge| format!("{hedge:?}"));
        code.table("HEDGES", "HedgeRow<'static>", hedges);
        if let Some(in_words) = &self.in_words {
            code.line(&format!("pub(super) const IN_WORDS: HedgeRow<'static> = {in_words:?};"));
        }
        let dimensions = self.dimensions.iter().map(|(name, of)| format!("({name:?}, &{of:?})"));
        code.table("DIMENSIONS", "(&str, &[(&str, i8)])", dimensions);
        code.table("WITH_CENTS", "&str", self.with_cents.iter().map(|code| format!("{code:?}")));
        let sizes = self.words.with_senses(bit::SCALE | bit::SCALE_PLURAL | bit::PERCENT);
        code.table("SIZES", "&str", sizes.iter().map(|word| format!("{word:?}")));
    }
}

fn known_code(known: Known) -> String {
    format!("known({}, {}, {})", known.id.0, known.classes.0, known.senses)
}

/// Rust code as it is written.
#[derive(Default)]
pub(crate) struct Code(pub(crate) String);

impl Code {
    pub(crate) fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    /// A table of values that lies where it is.
    pub(crate) fn table<T: std::fmt::Display>(
        &mut self,
        name: &str,
        of: &str,
        values: impl ExactSizeIterator<Item = T>,
    ) {
        let generated = "#[allow(clippy::unreadable_literal, reason = \"generated\")]";
        let _ =
            write!(self.0, "{generated}\npub(super) static {name}: [{of}; {}] = [", values.len());
        for value in values {
            let _ = write!(self.0, "{value},");
        }
        self.0.push_str("];\n");
    }

    /// Lists, one behind another, and where each begins.
    pub(crate) fn lists<T: std::fmt::Display>(&mut self, name: &str, of: &str, lists: &[Vec<T>]) {
        let mut starts = vec![0];
        for list in lists {
            starts.push(starts[starts.len() - 1] + list.len());
        }
        self.table(&format!("{name}_OF"), "u32", starts.iter());
        let all: Vec<&T> = lists.iter().flatten().collect();
        self.table(name, of, all.into_iter());
    }

    /// A table of texts.
    pub(crate) fn text_table(&mut self, name: &str, texts: &TextTable) {
        self.table(&format!("{name}_ENDS"), "u32", texts.ends.iter());
        self.table(&format!("{name}_PLACES"), "u32", texts.places.iter());
        let _ = writeln!(
            self.0,
            "pub(super) static {name}: TextTable = TextTable {{ text: Cow::Borrowed({:?}), \
             ends: Cow::Borrowed(&{name}_ENDS), places: Cow::Borrowed(&{name}_PLACES) }};",
            texts.text
        );
    }
}
