//! The gate: its parts can be run, say what they test, and are run where that changed.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::hooks::git;
use crate::house::sources;
use crate::support::{read, root};

fn names(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// The paths that a part says it tests.
fn tested(part: &str) -> Vec<String> {
    let script = read(format!(".ci/parts/{part}"));
    let stated = script.lines().filter_map(|line| line.strip_prefix("# tests: "));
    stated.flat_map(str::split_whitespace).map(str::to_owned).collect()
}

#[test]
fn every_part_of_the_gate_can_be_run_and_says_what_it_tests() {
    let parts = names(".ci/parts");
    assert!(3 <= parts.len(), "{parts:?}");
    for part in &parts {
        let path = root().join(".ci/parts").join(part);
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o111, 0o111, "{part} cannot be run");
        let script = fs::read_to_string(&path).unwrap();
        assert!(script.starts_with("#!/usr/bin/env bash\n# "), "{part} does not say what it is");
        assert!(script.contains("\nset -euo pipefail\n"), "{part} goes on after an error");
        let first: Vec<&str> = script.lines().take_while(|line| line.starts_with('#')).collect();
        let stated = first.iter().filter(|line| line.starts_with("# tests: ")).count();
        assert!(0 < stated, "{part} does not say what it tests");
        for path in tested(part) {
            assert!(root().join(&path).exists(), "{part} tests {path}, which is not there");
        }
    }
}

#[test]
fn what_plain_tests_leave_out_is_run_by_the_part_that_is_named() {
    let reason = regex::Regex::new(r"#\[ignore\b([^\]]*)\]").unwrap();
    let part = regex::Regex::new(r#"^ = "needs [^"]+: \.ci/parts/([a-z-]+)"$"#).unwrap();
    let mut count = 0;
    for path in sources(&root().join("tests/it")) {
        if path.ends_with("gate.rs") {
            continue;
        }
        let name = path.strip_prefix(root().join("tests/it")).unwrap().to_str().unwrap();
        let module = name.trim_end_matches(".rs").replace('/', "::");
        for found in reason.captures_iter(&fs::read_to_string(&path).unwrap()) {
            let part = part.captures(&found[1]).unwrap_or_else(|| panic!("{name}: {}", &found[0]));
            let script = read(format!(".ci/parts/{}", &part[1]));
            assert!(script.lines().any(|line| line == format!("ignored {module}")), "{name}");
            assert!(tested(&part[1]).contains(&format!("tests/it/{name}")), "{name}");
            count += 1;
        }
    }
    assert!(4 <= count, "only {count} tests");
}

/// The parts that the gate would run in a folder.
fn chosen(folder: &Path, base: Option<&str>) -> BTreeSet<String> {
    let mut gate = Command::new(folder.join(".ci/run"));
    gate.arg("--list").env_remove("CI_BASE");
    if let Some(base) = base {
        gate.env("CI_BASE", base);
    }
    let run = gate.output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn a_part_of_the_gate_is_run_where_what_it_tests_changed() {
    let here = tempfile::tempdir().unwrap();
    let at = |path: &str| here.path().join(path);
    let write = |path: &str| {
        fs::create_dir_all(at(path).parent().unwrap()).unwrap();
        fs::write(at(path), path).unwrap();
    };
    fs::create_dir_all(at(".ci/parts")).unwrap();
    let parts = names(".ci/parts");
    for part in &parts {
        fs::copy(root().join(".ci/parts").join(part), at(".ci/parts").join(part)).unwrap();
    }
    for file in ["run", "functions.sh"] {
        fs::copy(root().join(".ci").join(file), at(".ci").join(file)).unwrap();
    }
    for path in ["tests/browser/page.mjs", ".pre-commit-hooks.yaml", "docs/ci.md"] {
        write(path);
    }
    let is = |base, expected: &[&str]| {
        let expected = expected.iter().map(|&part| part.to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(chosen(here.path(), base), expected, "since {base:?}");
    };
    let is_long = |part: &&str| read(format!(".ci/parts/{part}")).contains("\n# long: ");
    let all: Vec<&str> = parts.iter().map(String::as_str).collect();
    let (long, short): (Vec<&str>, Vec<&str>) = all.iter().copied().partition(|part| is_long(part));
    assert!(!long.is_empty());

    // Nothing is known before there is a repository, a commit or an upstream.
    is(None, &short);
    git(here.path(), &["init", "--quiet"]);
    is(None, &short);
    git(here.path(), &["add", "."]);
    git(here.path(), &["commit", "--quiet", "--message", "all"]);
    is(None, &short);
    is(Some("nothing"), &short);
    is(Some("HEAD"), &[]);

    // Where a branch is its upstream, nothing says what is new.
    git(here.path(), &["checkout", "--quiet", "-b", "work", "--track", "main"]);
    is(None, &short);
    // What is edited, removed or new counts, committed or not.
    fs::write(at("docs/ci.md"), "other").unwrap();
    is(None, &[]);
    fs::remove_file(at(".pre-commit-hooks.yaml")).unwrap();
    is(None, &["pre-commit"]);
    write("tests/browser/new.mjs");
    is(None, &["browser", "pre-commit"]);
    git(here.path(), &["add", "--all"]);
    git(here.path(), &["commit", "--quiet", "--message", "work"]);
    is(None, &["browser", "pre-commit"]);
    is(Some("HEAD"), &[]);
    // What was merged upstream meanwhile is none of the branch.
    git(here.path(), &["checkout", "--quiet", "main"]);
    write("Cargo.toml");
    git(here.path(), &["add", "."]);
    git(here.path(), &["commit", "--quiet", "--message", "main"]);
    git(here.path(), &["checkout", "--quiet", "work"]);
    is(None, &["browser", "pre-commit"]);
    // A part that is itself edited is run, and all are where the gate is.
    write("docs/new.md");
    fs::write(at(".ci/parts/package"), read(".ci/parts/package") + "\n").unwrap();
    is(Some("HEAD"), &["package"]);
    fs::write(at(".ci/functions.sh"), read(".ci/functions.sh") + "\n").unwrap();
    is(Some("HEAD"), &all);
}
