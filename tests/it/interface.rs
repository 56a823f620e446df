//! What the library promises: its public names, its examples, and what it needs.

use std::process::Command;

use crossfoot::{Checker, Error, Mention, Options, Report, Rules, Sources};

use crate::house::sources;
use crate::support::{read, root};

#[expect(unreachable_pub, reason = "an example is a program of its own")]
#[path = "../../examples/editor.rs"]
mod editor;
#[expect(unreachable_pub, reason = "an example is a program of its own")]
#[path = "../../examples/embed.rs"]
mod embed;

/// Every name that the library promises. A new one is a decision: write it here too.
const PUBLIC: &[&str] = &[
    "Article",
    "Articles",
    "Check",
    "Checker",
    "Content",
    "Date",
    "Error",
    "Finding",
    "FindingId",
    "Inputs",
    "Judged",
    "JudgedRole",
    "Label",
    "Mention",
    "NoArticles",
    "Options",
    "Origin",
    "Place",
    "Publication",
    "Reading",
    "Report",
    "RuleId",
    "Rules",
    "Severity",
    "Source",
    "SourceId",
    "Sources",
    "Span",
    "Suggestion",
    "Value",
    "Verdict",
];

/// The names that a `lib.rs` exports, but for what is hidden from its documentation.
fn public(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for item in text.lines().filter(|line| !line.starts_with("//")).collect::<String>().split(';') {
        let (attributes, what) = item.split_once("pub ").unwrap_or((item, ""));
        if attributes.contains("doc(hidden)") {
            continue;
        }
        let what = what.rsplit("::").next().unwrap_or(what);
        let what = what.trim_start_matches("mod ").trim_matches(['{', '}', ' ']);
        names.extend(
            what.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()),
        );
    }
    names.sort();
    names
}

/// Public types that outside code may make or match in full, and why.
const COMPLETE: &[(&str, &str)] = &[
    ("FindingId", "a finding is of a rule or of a check, and of nothing else"),
    ("Inputs", "made with `..Inputs::default()`, and of slices that live as long as they do there"),
    ("NoArticles", "has nothing in it"),
    ("Place", "a line and a column"),
    ("Severity", "the levels of SARIF and of every editor"),
    ("Span", "a source and two offsets"),
    ("Verdict", "strictly, loosely, not at all, or not known"),
];

/// Whether a definition may grow without breaking those who use it: it says so, or has a part that only its
/// own module sees.
fn may_grow(attributes: &str, body: &str) -> bool {
    let is_private = |line: &str| {
        let line = line.trim();
        let is_field = line.contains(": ") && !line.starts_with("//") && !line.starts_with('#');
        is_field && !line.starts_with("pub ")
    };
    attributes.contains("#[non_exhaustive]") || body.lines().any(is_private)
}

#[test]
fn public_types_may_grow_but_those_that_are_complete() {
    let lib = read("src/lib.rs");
    let from = regex::Regex::new(r"(?m)^pub use (\w+)::([^;]+);").unwrap();
    let definition =
        regex::Regex::new(r"((?:\n *(?:#|///).*)*)\n *pub (?:struct|enum) (\w+)(.*)").unwrap();
    let (mut seen, mut complete) = (Vec::new(), Vec::new());
    for path in sources(&root().join("src")) {
        let below = path.strip_prefix(root().join("src")).unwrap().to_string_lossy().into_owned();
        let module = below.split(['/', '.']).next().unwrap();
        let handed_on: Vec<&str> = from
            .captures_iter(&lib)
            .filter(|found| found[1] == *module)
            .flat_map(|found| found.get(2).unwrap().as_str().split(|c: char| !c.is_alphanumeric()))
            .collect();
        let text = std::fs::read_to_string(&path).unwrap();
        for found in definition.captures_iter(&text) {
            let (attributes, name, rest) = (&found[1], found[2].to_owned(), &found[3]);
            if !handed_on.contains(&&*name) {
                continue;
            }
            let behind = &text[found.get(0).unwrap().end()..];
            let body = if rest == ";" { "" } else { behind.split("\n}").next().unwrap() };
            let is_closed = rest.starts_with('(') && !rest.contains("pub ");
            if !is_closed && !may_grow(attributes, body) {
                complete.push(name.clone());
            }
            seen.push(name);
        }
    }
    seen.sort();
    complete.sort();
    // A trait, and a type of another crate.
    let types = PUBLIC.iter().filter(|name| !["Articles", "Date"].contains(name));
    assert!(types.eq(&seen), "{seen:?}");
    assert!(COMPLETE.iter().map(|(name, _)| name).eq(&complete), "{complete:?}");
}

#[test]
fn each_public_name_is_meant() {
    assert_eq!(public(&read("src/lib.rs")), PUBLIC);
}

#[test]
fn modules_are_private_but_for_the_tests() {
    let lib = read("src/lib.rs");
    let opened = regex::Regex::new(r"#\[cfg\((.*)\)\]\n#\[doc\(hidden\)\]\npub mod \w+;").unwrap();
    let opened: Vec<_> = opened.captures_iter(&lib).map(|found| found[1].to_owned()).collect();
    assert_eq!(opened.len(), lib.matches("pub mod ").count());
    assert!(
        !opened.is_empty() && opened.iter().all(|when| when.contains("feature = \"internals\""))
    );
    let manifest = read("Cargo.toml");
    let with = |line: &&str| line.contains("internals") && !line.starts_with('#');
    let named: Vec<&str> = manifest.lines().filter(with).collect();
    let may = |line: &&str| {
        ["internals = []", "required-features = ", "crossfoot = { path = \".\","]
            .iter()
            .any(|start| line.starts_with(start))
    };
    assert!(named.iter().all(may), "no other feature brings it: {named:?}");
}

#[test]
fn the_reader_of_public_names_sees_all_forms() {
    let text = "#[doc(hidden)]\npub mod a;\npub mod b;\n#[doc(hidden)]\npub use a::x;\n// pub use c::d;\n\
                #[cfg(feature = \"e\")]\npub use a::{\n    One,\n    Two,\n};\npub use a::b::Three;\n";
    assert_eq!(public(text), ["One", "Three", "Two", "b"]);
}

#[test]
fn the_examples_run() {
    embed::main();
    editor::main();
}

#[test]
fn what_is_shared_may_be_used_on_all_threads() {
    fn assert<T: Send + Sync>() {}
    assert::<Checker>();
    assert::<Error>();
    assert::<Mention>();
    assert::<Options>();
    assert::<crossfoot::Reading<'static>>();
    assert::<Report>();
    assert::<Rules>();
    assert::<Sources>();
}

#[test]
fn rules_that_cannot_be_used_say_where_and_why() {
    let error = Rules::with([("house.toml", "id = \"x\"\n")]).unwrap_err();
    assert!(error.message.starts_with("house.toml:1:"), "{error}");
    assert!(Rules::with([]).unwrap().ids().eq(Rules::built_in().ids()));
}

/// The crates that the library takes in with these features, and itself.
fn packages(features: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args(["tree", "--locked", "--offline", "-e", "normal", "--prefix", "none"])
        .args(["--no-default-features", "--features", features, "--format", "{p}"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let mut all: Vec<String> = text
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .map(ToOwned::to_owned)
        .collect();
    all.sort();
    all.dedup();
    all
}

#[test]
fn the_library_alone_takes_in_few_crates_and_no_terminal() {
    let alone = packages("");
    assert!((10..=50).contains(&alone.len()), "{} crates: {alone:?}", alone.len());
    for foreign in ["clap", "ignore", "miette", "notify", "rayon", "serde_json", "console"] {
        assert!(!alone.iter().any(|name| name == foreign), "{foreign}");
        assert!(packages("cli").iter().any(|name| name == foreign), "{foreign} is in none");
    }
}
