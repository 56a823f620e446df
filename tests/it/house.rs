//! The rules of the house: imports run one way, files stay readable, exceptions have reasons.

use std::path::{Path, PathBuf};

use crossfoot::Check;

use crate::support::{read, root};

/// Each module may use those before it.
const ORDER: [&str; 32] = [
    "source",
    "severity",
    "checks",
    "finding",
    "shape",
    "value",
    "home",
    "figure",
    "network",
    "lexicon",
    "document",
    "language",
    "mention",
    "published",
    "reading",
    "claim",
    "rule",
    "prose",
    "engine",
    "draft",
    "suppress",
    "report",
    "check",
    "measure",
    "baseline",
    "config",
    "load",
    "lib",
    "follow",
    "alone",
    "cli",
    "main",
];

/// The Rust files of a folder.
pub(crate) fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files
}

fn module(path: &Path) -> String {
    let below = path.strip_prefix(root().join("src")).unwrap();
    let first = below.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// Top-level names behind `crate::`, in code and not in comments.
fn imported(text: &str) -> Vec<String> {
    let code: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    let pattern = regex::Regex::new(r"\bcrate::(\{[^}]*\}|\w+)").unwrap();
    let word = regex::Regex::new(r"\w+").unwrap();
    pattern
        .captures_iter(&code)
        .flat_map(|found| {
            word.find_iter(found.get(1).unwrap().as_str())
                .map(|name| name.as_str().to_owned())
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn imports_run_one_way() {
    let place = |name: &str| ORDER.iter().position(|module| *module == name);
    let mut checked = 0;
    for path in sources(&root().join("src")) {
        let module = module(&path);
        let own = place(&module).unwrap_or_else(|| panic!("{module} has no place in the order"));
        for name in imported(&std::fs::read_to_string(&path).unwrap()) {
            // What is no module is something that lib.rs exports.
            let used = place(&name).unwrap_or_else(|| place("lib").unwrap());
            assert!(used <= own, "{} uses {name}, which comes later", path.display());
            checked += 1;
        }
    }
    assert!(100 < checked, "only {checked} imports seen");
}

#[test]
fn the_reader_of_imports_sees_all_forms() {
    let text = "use crate::value::Unit;\n// crate::main\nuse crate::{Options, lexicon};\ncrate::load::shown()";
    assert_eq!(imported(text), ["value", "Options", "lexicon", "load"]);
}

#[test]
fn every_file_opens_with_what_it_is() {
    for folder in ["src", "tests", "benches"] {
        for path in sources(&root().join(folder)) {
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(text.starts_with("//! "), "{} does not say what it is", path.display());
        }
    }
}

#[test]
fn files_stay_readable() {
    for path in sources(&root().join("src")) {
        let lines = std::fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= 600, "{} has {lines} lines", path.display());
    }
}

/// The ids of checks stand in one table; all other code names them by the enum.
#[test]
fn no_id_of_a_check_is_written_out() {
    for path in sources(&root().join("src")).iter().filter(|path| !path.ends_with("src/checks.rs"))
    {
        let text = std::fs::read_to_string(path).unwrap();
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let named = Check::ALL.iter().find(|check| line.contains(&format!("\"{check}\"")));
            assert_eq!(named, None, "{} writes out an id: {line}", path.display());
        }
    }
}

#[test]
fn the_findings_know_no_renderer() {
    for file in ["src/finding.rs", "src/engine/explain.rs"] {
        assert!(!read(file).contains("miette"), "{file} knows miette");
    }
    for path in sources(&root().join("src")) {
        let text = std::fs::read_to_string(&path).unwrap();
        let in_human = path.ends_with("report/formats/human.rs");
        assert!(in_human || !text.contains("use miette"), "{} knows miette", path.display());
    }
}

#[test]
fn nothing_below_loading_touches_the_outside() {
    let outside = regex::Regex::new(
        r"\bstd::(fs|env|net|process|time|thread|io)\b|SystemTime|Instant|Zoned::now",
    )
    .unwrap();
    let allowed = ["load", "main.rs", "cli"];
    for path in sources(&root().join("src")) {
        let module = path.strip_prefix(root().join("src")).unwrap();
        if allowed.iter().any(|name| module.starts_with(name)) {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        // Archives are read from memory and written into it.
        let text = text.replace("use std::io::{Cursor, Read};", "");
        let text = text.replace("use std::io::{Cursor, Read, Write};", "");
        let text = text.replace("use std::io::{Cursor, Write};", "");
        let found = outside.find(&text).map(|found| found.as_str());
        assert_eq!(found, None, "{} reaches outside", path.display());
    }
}

#[test]
fn no_float_decides_anything() {
    let float = regex::Regex::new(r"\bf(32|64)\b").unwrap();
    for path in sources(&root().join("src")) {
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!float.is_match(&text), "{} has a float", path.display());
    }
}

#[test]
fn a_panic_does_not_end_the_release_build() {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    for (name, profile) in manifest["profile"].as_table().unwrap() {
        assert!(profile.get("panic").is_none(), "the profile {name} ends at a panic");
    }
}

#[test]
fn no_property_throws_its_failures_away() {
    let mut properties = 0;
    for path in sources(&root().join("tests/it")) {
        let text = std::fs::read_to_string(&path).unwrap();
        let is_here = path.ends_with("house.rs");
        assert!(is_here || !text.contains("failure_persistence"), "{}", path.display());
        properties += usize::from(text.contains("\nproptest! {"));
    }
    assert!(10 <= properties, "only {properties} files with properties seen");
}

/// Words of small letters that the code of the grammar holds, and why; all others are in
/// `rules/lexicon/`.
const WORDS_IN_CODE: [(&[&str], &str); 4] = [
    (
        &[
            "century",
            "day",
            "decade",
            "degree",
            "foot",
            "fortnight",
            "inch",
            "month",
            "quarter",
            "second",
            "week",
            "year",
        ],
        "names of units in units.toml, by which the code asks for them",
    ),
    (
        &[
            "able", "al", "ary", "born", "ed", "ese", "est", "fold", "ful", "ible", "ical", "ice",
            "ing", "ional", "ious", "is", "ish", "ive", "less", "ly", "ous", "ss", "ular", "us",
        ],
        "endings of words",
    ),
    (&["each", "person"], "what a rate is called in reports"),
    (&["unknown"], "what a claims file writes for a value that nobody states"),
];

#[test]
fn the_grammar_names_no_words() {
    let root = root();
    let mut files = sources(&root.join("src/mention"));
    files.extend(["src/prose/list.rs", "src/prose/repeated.rs"].map(|file| root.join(file)));
    let word = regex::Regex::new(r#""([a-z][a-z.'’-]+)""#).unwrap();
    let by_name = regex::Regex::new(r"\bis_(any|word)\(").unwrap();
    let mut seen = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        let is_code =
            |line: &&str| !line.trim().starts_with("//") && !line.trim().starts_with("#[");
        for line in code.lines().filter(is_code) {
            assert!(!by_name.is_match(line), "{}: {line}", path.display());
            for found in word.captures_iter(line) {
                let literal = found.get(1).unwrap().as_str().to_owned();
                let is_allowed = WORDS_IN_CODE.iter().any(|(words, _)| words.contains(&&*literal));
                assert!(is_allowed, "{}: \"{literal}\" is no class: {line}", path.display());
                seen.push(literal);
            }
        }
    }
    for (words, why) in WORDS_IN_CODE {
        for word in words {
            assert!(seen.iter().any(|seen| seen == word), "\"{word}\" ({why}) is not there");
        }
    }
}

/// What `benches/mutants.py` puts into the code must still be to be found there, and the test too.
#[test]
fn every_known_fault_has_its_place_and_its_test() {
    let list: toml::Table = read("benches/mutants.toml").parse().unwrap();
    let mutants = list["mutant"].as_array().unwrap();
    let mut names = Vec::new();
    for mutant in mutants {
        let text = |key: &str| mutant[key].as_str().unwrap();
        let name = text("name");
        assert!(!names.contains(&name), "two faults are named {name}");
        names.push(name);
        let (file, find) = (text("file"), text("find"));
        let places = read(file).matches(find).count();
        assert_eq!(places, 1, "{name}: {file} has this {places} times: {find}");
        assert_ne!(find, text("replace"), "{name} changes nothing");
        assert!(!text("behaviour").is_empty(), "{name}");
        if mutant.get("lib").is_some() {
            continue;
        }
        let (module, test) = text("test").rsplit_once("::").unwrap();
        let module = module.replace("::", "/");
        let tests = read(format!("tests/it/{module}.rs"));
        assert!(tests.contains(&format!("fn {test}()")), "{name}: {module}.rs has no test {test}");
    }
    assert!(23 <= names.len(), "only {} faults", names.len());
}
