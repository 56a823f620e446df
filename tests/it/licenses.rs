//! Every crate of the program is under a license that `deny.toml` allows.

use std::collections::{HashMap, HashSet};
use std::process::Command;

use serde_json::Value;

use crate::support::{read, root};

/// Whether the allowed licenses satisfy an expression of SPDX (version 2.3, annex D). A slash is an `OR`,
/// as cargo had it once. `Err` where it is no expression.
fn is_satisfied(expression: &str, is_allowed: &dyn Fn(&str) -> bool) -> Result<bool, String> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words: Vec<&str> = spaced.split_whitespace().rev().collect();
    let satisfied = any(&mut words, is_allowed)?;
    words.pop().map_or(Ok(satisfied), |word| Err(format!("{word} is one too many")))
}

/// Alternatives; the words are in reverse.
fn any(words: &mut Vec<&str>, is_allowed: &dyn Fn(&str) -> bool) -> Result<bool, String> {
    let mut satisfied = all(words, is_allowed)?;
    while words.pop_if(|word| *word == "OR").is_some() {
        satisfied |= all(words, is_allowed)?;
    }
    Ok(satisfied)
}

/// What holds together, and binds closer.
fn all(words: &mut Vec<&str>, is_allowed: &dyn Fn(&str) -> bool) -> Result<bool, String> {
    let mut satisfied = one(words, is_allowed)?;
    while words.pop_if(|word| *word == "AND").is_some() {
        satisfied &= one(words, is_allowed)?;
    }
    Ok(satisfied)
}

/// One license, with its exception, or an expression in parentheses.
fn one(words: &mut Vec<&str>, is_allowed: &dyn Fn(&str) -> bool) -> Result<bool, String> {
    let mut name = || match words.pop() {
        None | Some("AND" | "OR" | "WITH" | ")") => Err("a license is missing".to_owned()),
        Some(word) => Ok(word),
    };
    let license = name()?;
    if license == "(" {
        let satisfied = any(words, is_allowed)?;
        return match words.pop() {
            Some(")") => Ok(satisfied),
            _ => Err("a parenthesis stays open".to_owned()),
        };
    }
    if words.pop_if(|word| *word == "WITH").is_none() {
        return Ok(is_allowed(license));
    }
    match words.pop() {
        None | Some("AND" | "OR" | "WITH" | "(" | ")") => Err("an exception is missing".to_owned()),
        Some(exception) => Ok(is_allowed(&format!("{license} WITH {exception}"))),
    }
}

#[test]
fn license_expressions_are_read_as_spdx_has_them() {
    let read =
        |expression| is_satisfied(expression, &|name| ["A", "B", "C WITH x"].contains(&name));
    for satisfied in [
        "A",
        "Z OR A",
        "Z/A",
        "A AND B",
        "A OR Z AND Z",
        "Z AND Z OR A",
        "(Z OR A) AND B",
        "((A))",
        "C WITH x",
        "Z OR C WITH x AND B",
    ] {
        assert_eq!(read(satisfied), Ok(true), "{satisfied}");
    }
    for unsatisfied in
        ["Z", "a", "A AND Z", "(A OR B) AND Z", "A AND (Z OR Y)", "C", "A WITH x", "C WITH y"]
    {
        assert_eq!(read(unsatisfied), Ok(false), "{unsatisfied}");
    }
    for broken in ["", "A B", "A OR", "AND A", "(A", "A)", "A WITH", "WITH x", "()", "A WITH (x)"] {
        assert!(read(broken).is_err(), "{broken}");
    }
}

/// What cargo says of the packages: those of all systems where they were fetched, else those of this one. What the
/// tests of the workspace need beside the program is not there after a first build, and is fetched.
fn metadata() -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let run = |more: &[&str]| {
        let mut command = Command::new(&cargo);
        command.args(["metadata", "--locked", "--format-version", "1"]).args(more);
        command.current_dir(root()).output().unwrap()
    };
    let mut out = run(&["--offline"]);
    if !out.status.success() {
        let version = Command::new(&cargo).arg("-vV").output().unwrap().stdout;
        let version = String::from_utf8(version).unwrap();
        let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
        out = run(&["--filter-platform", host]);
    }
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// The packages, by their ids, that the program is built from: what only tests need is left out.
fn built_from(metadata: &Value) -> HashSet<&str> {
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let nodes: HashMap<&str, &Value> = nodes.iter().map(|node| (text(&node["id"]), node)).collect();
    let own = text(&metadata["resolve"]["root"]);
    let (mut found, mut open) = (HashSet::from([own]), vec![own]);
    while let Some(id) = open.pop() {
        for needed in nodes[id]["deps"].as_array().unwrap() {
            let mut kinds = needed["dep_kinds"].as_array().unwrap().iter();
            if kinds.any(|kind| kind["kind"] != "dev") && found.insert(text(&needed["pkg"])) {
                open.push(text(&needed["pkg"]));
            }
        }
    }
    found
}

#[test]
fn every_crate_of_the_program_has_a_license_that_is_allowed() {
    let policy: toml::Table = read("deny.toml").parse().unwrap();
    let names = |list: &toml::Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    let allowed = names(&policy["licenses"]["allow"]);
    let exceptions = policy["licenses"]["exceptions"].as_array().unwrap();
    let metadata = metadata();
    let built_from = built_from(&metadata);
    let mut faults = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        if !built_from.contains(text(&package["id"])) {
            continue;
        }
        let name = text(&package["name"]);
        let of_crate =
            exceptions.iter().filter(|exception| exception["crate"].as_str() == Some(name));
        let more: Vec<String> = of_crate.flat_map(|exception| names(&exception["allow"])).collect();
        let is_allowed =
            |license: &str| allowed.iter().chain(&more).any(|allowed| allowed == license);
        match package["license"]
            .as_str()
            .map(|license| (license, is_satisfied(license, &is_allowed)))
        {
            None => faults.push(format!("{name} states no license")),
            Some((_, Ok(true))) => {}
            Some((license, Ok(false))) => faults.push(format!("{name} is under {license}")),
            Some((license, Err(fault))) => faults.push(format!("{name} states {license}: {fault}")),
        }
    }
    assert!(faults.is_empty(), "not allowed by deny.toml: {faults:#?}");
    assert!(100 < built_from.len(), "only {} packages seen", built_from.len());
}
