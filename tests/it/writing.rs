//! The page on which one writes, in a browser: `tests/browser/writing.mjs` says how. And the npm package of the
//! same WebAssembly.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::support::{crossfoot, root};

/// A file that `web/build` makes.
fn built(name: &str) -> PathBuf {
    let path = root().join(name);
    assert!(path.exists(), "{name} is not there; web/build makes it");
    path
}

/// Runs a script of the browser's folder, and fails with what it says.
fn run(script: &str, arguments: &[&Path]) {
    let script = root().join("tests/browser").join(script);
    let run = Command::new("node").arg(script).args(arguments).output().expect("Node.js");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    let out = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success(), "{said}{out}");
    eprint!("{out}");
}

/// What the command says of each document of the fixtures, alone in a folder: rule, message, level and
/// arithmetic of each finding, in order.
fn expected(folder: &Path) -> Value {
    let mut documents = Vec::new();
    for below in ["articles", "documents", "formats", "newsroom"] {
        let mut paths: Vec<PathBuf> = fs::read_dir(root().join("fixtures").join(below))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|ending| ending != "toml"))
            .collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap().to_str().unwrap();
            fs::copy(&path, folder.join(name)).unwrap();
            documents.push(document(folder, &path, &[name], None));
            fs::remove_file(folder.join(name)).unwrap();
        }
    }
    documents.extend(with_claims(folder));
    json!({ "documents": documents })
}

/// The drafts of the newsroom and the shipped example, each with its claims file.
fn with_claims(folder: &Path) -> Vec<Value> {
    let newsroom = root().join("fixtures/newsroom");
    let mut pairs =
        vec![(root().join("fixtures/articles/armenia.md"), root().join("claims/armenia.toml"))];
    for number in 1..=12 {
        pairs.push((newsroom.join(format!("draft-{number}.md")), newsroom.join("claims.toml")));
    }
    let told = |(path, claims): &(PathBuf, PathBuf)| {
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = fs::read_to_string(claims).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let named = lines.iter_mut().find(|line| line.starts_with("article"));
        match named {
            Some(line) => *line = format!("article = {name:?}"),
            None => lines.insert(0, format!("article = {name:?}")),
        }
        let text = lines.join("\n") + "\n";
        fs::copy(path, folder.join(name)).unwrap();
        fs::write(folder.join("claims.toml"), &text).unwrap();
        let told = document(folder, path, &["claims.toml"], Some(&text));
        fs::remove_file(folder.join(name)).unwrap();
        fs::remove_file(folder.join("claims.toml")).unwrap();
        told
    };
    pairs.iter().map(told).collect()
}

fn document(folder: &Path, path: &Path, arguments: &[&str], claims: Option<&str>) -> Value {
    let mut all = vec!["check", "--format", "json"];
    all.extend(arguments);
    let run = crossfoot(folder, &all);
    let report: Value = serde_json::from_slice(&run.stdout).expect("a report");
    let findings = report["findings"].as_array().unwrap().iter();
    let findings: Vec<Value> = findings
        .map(|one| json!([one["rule"], one["message"], one["severity"], one["steps"]]))
        .collect();
    json!({ "path": path, "claims": claims, "findings": findings })
}

/// Uses the page at an address.
fn used(address: &str) {
    let here = tempfile::tempdir().unwrap();
    let fixtures = here.path().join("fixtures");
    fs::create_dir(&fixtures).unwrap();
    let wanted = here.path().join("expected.json");
    fs::write(&wanted, expected(&fixtures).to_string()).unwrap();
    run("writing.mjs", &[Path::new(address), &wanted, here.path()]);
}

#[test]
#[ignore = "needs Chromium and the built page: .ci/parts/page"]
fn the_page_opens_from_a_folder_and_can_be_used_by_everybody() {
    let page = built("web/dist/crossfoot.html");
    used(&format!("file://{}", page.display()));
}

#[cfg(feature = "page")]
#[test]
#[ignore = "needs Chromium and the built page: .ci/parts/page"]
fn the_page_is_served_and_can_be_used_by_everybody() {
    let server = crate::serve::Server::start();
    used(&format!("http://{}/", server.address));
}

#[test]
#[ignore = "needs Node.js and the built package: .ci/parts/page"]
fn the_package_works_in_node_and_in_bundlers() {
    built("bindings/web/package/crossfoot_bg.wasm");
    let here = tempfile::tempdir().unwrap();
    let wanted = here.path().join("expected.json");
    let fixtures = here.path().join("fixtures");
    fs::create_dir(&fixtures).unwrap();
    fs::write(&wanted, expected(&fixtures).to_string()).unwrap();
    run("package.mjs", &[&wanted, here.path()]);
}

#[test]
#[ignore = "needs the built page: .ci/parts/page"]
fn the_page_weighs_less_than_two_megabytes_as_it_is_served() {
    let size = fs::metadata(built("web/dist/crossfoot.html.gz")).unwrap().len();
    assert!(size < 2_000_000, "{size} bytes");
}
