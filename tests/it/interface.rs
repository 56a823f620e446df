//! What the library promises: its public names, its examples, and what it needs.

use std::process::Command;

use crossfoot::{Checker, Error, Mention, Options, Report, Rules, Sources};

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

#[test]
fn each_public_name_is_meant() {
    assert_eq!(public(&read("src/lib.rs")), PUBLIC);
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
