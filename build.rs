//! Compiles `rules/` in: each rule file as it is, so that adding a rule is adding a file, and the
//! lexicon as tables that are used where they lie, so that no start of the program has to make them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};

/// What the program reads the tables of a project with.
#[path = "src/lexicon"]
#[allow(dead_code, unreachable_pub, reason = "tables are made here, and not asked")]
mod lexicon {
    pub(crate) mod filter;
    pub(crate) mod part;
    pub(crate) mod sense;
    pub(crate) mod short;
    pub(crate) mod stated;
    pub(crate) mod table;
    pub(crate) mod word;
    pub(crate) mod words;
    pub(crate) use filter::Filter;
    pub(crate) use part::{Part, fold, mark, parts};
    pub(crate) use short::{ShortWords, as_number, as_small_number, letters};
    pub(crate) use words::TextTable;

    /// The classes of phrases, which are what links need of the lexicon.
    pub(crate) struct Lexicon(pub(crate) std::collections::BTreeMap<String, Vec<String>>);

    impl Lexicon {
        pub(crate) fn phrase_class(&self, name: &str) -> Option<&[String]> {
            self.0.get(name).map(Vec::as_slice)
        }

        pub(crate) fn phrase_classes(&self) -> impl Iterator<Item = &str> {
            self.0.keys().map(String::as_str)
        }
    }
}
/// What the program compiles the rules of a newsroom with.
#[path = "src/rule"]
#[allow(dead_code, unreachable_pub, reason = "links are compiled here, and do not run")]
mod rule {
    pub(crate) mod kind;
    pub(crate) mod row;
    pub(crate) use kind::{Role, RoleKind};

    pub(crate) mod link {
        pub(crate) mod cue;
        pub(crate) mod item;
        pub(crate) mod links;
        pub(crate) mod pattern;
        pub(crate) mod program;
        pub(crate) mod scope;
        pub(crate) mod sorts;
        pub(crate) mod triggers;
        pub(crate) use cue::Cues;
        pub(crate) use scope::Scope;
        pub(crate) use sorts::Sorts;
    }
}
#[path = "src/value"]
#[allow(dead_code, unreachable_pub, reason = "roles are read here, and no values")]
mod value {
    pub(crate) mod dimension;
    pub(crate) use dimension::{Base, Dimension};
}
/// Built-in rules name what is there, or nothing is built; so there is nothing to hint at.
mod shape {
    pub(crate) fn closest<'n>(_: &str, _: impl Iterator<Item = &'n str>) -> Option<&'n str> {
        None
    }
}
#[path = "build/lexicon.rs"]
mod lexicon_tables;
#[path = "build/rules.rs"]
mod rule_tables;

use lexicon::{Lexicon, part, table};
use value::{Base, Dimension};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=rules");
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    fs::write(out.join("lexicon_digests.rs"), digests()?)?;
    fs::write(out.join("policy.txt"), policy()?)?;
    if env::var_os("CARGO_FEATURE_PAGE").is_some() {
        fs::write(out.join("page.html.gz"), page()?)?;
    }
    let mut lexicon = lexicon()?;
    let classes = std::mem::take(&mut lexicon.words.class);
    let (code, sets) = word_classes(&classes)?;
    fs::write(out.join("word_classes.rs"), code)?;
    fs::write(out.join("phrase_classes.rs"), phrase_classes(&lexicon)?)?;
    let phrases = Lexicon(std::mem::take(&mut lexicon.phrases));
    let all: Vec<(&String, &Vec<String>)> = phrases.0.iter().collect();
    fs::write(out.join("phrases.bin"), postcard::to_stdvec(&all).map_err(io::Error::other)?)?;
    let (code, rows) = rules()?;
    fs::write(out.join("built_in_rules.rs"), code)?;
    fs::write(out.join("rules.bin"), postcard::to_stdvec(&rows).map_err(io::Error::other)?)?;
    println!("cargo::rerun-if-changed=rules/measured.toml");
    let measured = rule_tables::measured(&fs::read_to_string("rules/measured.toml")?);
    let measured = postcard::to_stdvec(&measured.map_err(io::Error::other)?);
    fs::write(out.join("measured.bin"), measured.map_err(io::Error::other)?)?;
    let links = rule_tables::compiled(&rows, &phrases, &|name| dimension(&lexicon, name));
    fs::write(out.join("links.rs"), links.map_err(io::Error::other)?)?;
    let (code, abroad) = lexicon_tables::written(&lexicon, &sets).map_err(io::Error::other)?;
    fs::write(out.join("lexicon_tables.rs"), code)?;
    fs::write(out.join("abroad.bin"), abroad)?;
    let abbreviations = lexicon_tables::abbreviations(&read("abbreviations")?);
    fs::write(out.join("abbreviations.rs"), abbreviations.map_err(io::Error::other)?)?;
    fs::write(out.join("lexicon.bin"), postcard::to_stdvec(&lexicon).map_err(io::Error::other)?)
}

/// The page that `serve` shows, as `web/build` made it.
fn page() -> io::Result<Vec<u8>> {
    println!("cargo::rerun-if-env-changed=CROSSFOOT_PAGE");
    let given = env::var("CROSSFOOT_PAGE").ok();
    let path = given.as_deref().unwrap_or("web/dist/crossfoot.html.gz");
    println!("cargo::rerun-if-changed={path}");
    let why = "the feature `page` takes the built page in: run web/build first, or let CROSSFOOT_PAGE name \
               the file crossfoot.html.gz";
    fs::read(path).map_err(|error| io::Error::other(format!("{path}: {error}; {why}")))
}

/// What the report's page lets a browser run: its own style and script, by their digests (Content
/// Security Policy, level 3).
fn policy() -> io::Result<String> {
    let digest = |name: &str| -> io::Result<String> {
        let path = format!("src/report/formats/html/{name}");
        println!("cargo::rerun-if-changed={path}");
        let digest = Sha256::digest(fs::read(path)?);
        Ok(format!("'sha256-{}'", BASE64_STANDARD.encode(digest)))
    };
    Ok(format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        digest("page.css")?,
        digest("page.js")?,
    ))
}

/// The digest of each file of the lexicon as a Rust expression, so that the program knows its own
/// tables where it meets them in a folder.
fn digests() -> io::Result<String> {
    let mut paths = Vec::new();
    for entry in fs::read_dir("rules/lexicon")? {
        paths.push(entry?.path());
    }
    paths.sort();
    let mut code = String::from("&[\n");
    for path in paths {
        println!("cargo::rerun-if-changed={}", path.display());
        let digest = table::digest(&fs::read_to_string(&path)?);
        writeln!(code, "    {digest},").map_err(io::Error::other)?;
    }
    code.push(']');
    Ok(code)
}

/// A dimension of the lexicon.
fn dimension(lexicon: &table::Tables, name: &str) -> Option<Dimension> {
    if name == "money" {
        return Some(Dimension::of(Base::Money));
    }
    let bases = lexicon.dimensions.dimension.get(name)?;
    let bases: Vec<(&str, i8)> = bases.iter().map(|(base, &power)| (&**base, power)).collect();
    Dimension::read(&bases).ok()
}

/// The rule files as a Rust expression, and the rows of the rules.
fn rules() -> io::Result<(String, Vec<rule_tables::Row>)> {
    let mut files = Vec::new();
    collect(Path::new("rules"), &mut files)?;
    files.sort();
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let mut code = String::from("&[\n");
    let mut rows = Vec::new();
    for file in files {
        let name = file.to_string_lossy().replace('\\', "/");
        let path = Path::new(&root).join(&file);
        println!("cargo::rerun-if-changed={name}");
        let text = fs::read_to_string(&path)?;
        let row = rule_tables::row(&text);
        rows.push(row.map_err(|mistake| io::Error::other(format!("{name}: {mistake}")))?);
        let check = for_a_check(&text);
        let path = path.display().to_string();
        writeln!(
            code,
            "    BuiltIn {{ path: {name:?}, text: include_str!({path:?}), check: {check:?} }},"
        )
        .map_err(io::Error::other)?;
    }
    code.push(']');
    Ok((code, rows))
}

/// A rule's file as a check needs it: without its examples, which stand last, and with a word for the
/// reason why it is there.
fn for_a_check(text: &str) -> String {
    let start = ["\n[[pass]]", "\n[[fail]]"].into_iter().filter_map(|table| text.find(table)).min();
    let head = start.map_or(text, |start| &text[..start]);
    let why = head.find("\"\"\"").and_then(|open| {
        let is_why = head[..open].trim_end().ends_with("why      =");
        let close = head[open + 3..].find("\"\"\"")? + open + 3;
        is_why.then_some((open, close))
    });
    match why {
        Some((open, close)) => format!("{}\"\"\"-{}", &head[..open], &head[close..]),
        None => head.to_owned(),
    }
}

/// Every TOML file below a folder but the lexicon's and what was measured of rules.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_lexicon = path.file_name().is_some_and(|name| name == "lexicon");
        let is_measured = path == Path::new("rules/measured.toml");
        if path.is_dir() && !is_lexicon {
            collect(&path, files)?;
        } else if !is_measured && path.extension().is_some_and(|ending| ending == "toml") {
            files.push(path);
        }
    }
    Ok(())
}

/// A constant for the number of each class of phrases, in the order of their names: code that names a
/// class that is not there does not compile.
fn phrase_classes(lexicon: &table::Tables) -> io::Result<String> {
    let mut code = format!("pub const COUNT: usize = {};\n", lexicon.phrases.len());
    for (number, (name, _)) in lexicon.phrases.iter().enumerate() {
        let constant = name.to_uppercase().replace('-', "_");
        writeln!(code, "/// `{name}`\npub const {constant}: PhraseClass = PhraseClass({number});")
            .map_err(io::Error::other)?;
    }
    Ok(code)
}

/// The classes of words as Rust code: a constant for the number of each, in the order of their names,
/// as for phrases; and which of them each word is in, as the number of a set.
fn word_classes(classes: &BTreeMap<String, Vec<String>>) -> io::Result<(String, Vec<(&str, u16)>)> {
    let mut constants = String::new();
    let mut words: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    let length = classes.len().div_ceil(64);
    for (number, (name, members)) in classes.iter().enumerate() {
        if let Err(mistake) = is_class(name, members) {
            return Err(io::Error::other(format!("words.toml: class {name}: {mistake}")));
        }
        for word in members {
            let bits = words.entry(word).or_insert_with(|| vec![0; length]);
            bits[number / 64] |= 1 << (number % 64);
        }
        let constant = name.to_uppercase().replace('-', "_");
        let members = members.join(", ");
        writeln!(
            constants,
            "/// `{name}`: {members}\npub(crate) const {constant}: Class = Class({number});"
        )
        .map_err(io::Error::other)?;
    }
    let mut sets = vec![vec![0; length]];
    let mut numbered = Vec::new();
    for (word, bits) in words {
        let known = sets.iter().position(|set| *set == bits);
        let number = u16::try_from(known.unwrap_or(sets.len())).map_err(io::Error::other)?;
        numbered.push((word, number));
        if known.is_none() {
            sets.push(bits);
        }
    }
    let names: Vec<&String> = classes.keys().collect();
    let dotted: Vec<&(&str, u16)> =
        numbered.iter().filter(|(word, _)| lexicon_tables::is_dotted(word)).collect();
    let code = format!(
        "/// How many classes there are.
const COUNT: usize = {};
/// Their names, in order.
pub(super) const NAMES: [&str; COUNT] = {names:?};
/// What classes words are in, a bit for each; the first set is that of words in none.
#[allow(clippy::unreadable_literal, reason = \"generated\")]
const SETS: &[Bits] = &{sets:?};
/// Each word with the number of its set, in order.
const WORDS: &[(&str, u16)] = &{numbered:?};
/// Those that are written with stops.
const DOTTED: &[(&str, u16)] = &{dotted:?};
{constants}",
        classes.len()
    );
    Ok((code, numbered))
}

/// Whether a class can be used as it stands in the table.
fn is_class(name: &str, words: &[String]) -> Result<(), String> {
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    if !is_name || ["count", "names", "sets", "words"].contains(&name) {
        return Err("this is no name for a class".to_owned());
    }
    if words.is_empty() {
        return Err("there is no word in it".to_owned());
    }
    if !words.is_sorted_by(|a, b| a < b) {
        return Err("its words are not sorted, or one is there twice".to_owned());
    }
    let fits = |word: &&String| word.to_lowercase() == **word && table::is_one_word(word);
    match words.iter().find(|word| !fits(word)) {
        Some(word) => Err(format!("{word:?} is not one word in small letters")),
        None => Ok(()),
    }
}

/// The lexicon's tables, which `src/lexicon` reads back from bytes.
fn lexicon() -> io::Result<table::Tables> {
    let mut phrases: BTreeMap<String, Vec<String>> = read("phrases")?;
    for phrase in phrases.values_mut().flatten() {
        *phrase = part::folded(phrase);
    }
    Ok(table::Tables {
        numbers: read("numbers")?,
        calendar: read("calendar")?,
        hedges: read("hedges")?,
        dimensions: read("dimensions")?,
        units: read("units")?,
        currencies: read("currencies")?,
        names: read("names")?,
        words: read("words")?,
        phrases,
    })
}

fn read<T: serde::de::DeserializeOwned>(name: &str) -> io::Result<T> {
    let path = format!("rules/lexicon/{name}.toml");
    println!("cargo::rerun-if-changed={path}");
    let text = fs::read_to_string(&path)?;
    toml::from_str(&text).map_err(|error| io::Error::other(format!("{path}: {error}")))
}
