//! The report's page in a browser, used as a reader would: `tests/browser/page.mjs` says how.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{crossfoot, root};

/// Opens pages and fails with what is wrong with them.
fn opened(pages: &[PathBuf]) {
    let script = root().join("tests/browser/page.mjs");
    let run = Command::new("node").arg(script).args(pages).output().expect("Node.js");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(run.status.success(), "{said}{}", String::from_utf8_lossy(&run.stdout));
}

/// The page of some files of the project.
fn page(folder: &Path, name: &str, arguments: &[&str]) -> PathBuf {
    let page = folder.join(name);
    let output = page.to_string_lossy().into_owned();
    let mut all = vec!["report", "-o", &output];
    all.extend(arguments);
    let run = crossfoot(&root(), &all);
    assert_ne!(run.status.code(), Some(2), "{}", String::from_utf8_lossy(&run.stderr));
    page
}

#[test]
#[ignore = "needs Chromium: .ci/parts/browser"]
fn the_page_of_the_example_can_be_used_by_everybody() {
    let here = tempfile::tempdir().unwrap();
    let example = page(here.path(), "example.html", &["claims/armenia.toml"]);
    opened(&[example]);
}

#[test]
#[ignore = "needs Chromium: .ci/parts/browser"]
fn pages_of_drafts_articles_and_claims_can_be_used_by_everybody() {
    let here = tempfile::tempdir().unwrap();
    let draft = page(here.path(), "draft.html", &["fixtures/newsroom/draft-4.md"]);
    let articles = page(here.path(), "articles.html", &["fixtures/articles/city-marathon.md"]);
    let claims = here.path().join("loose.toml");
    fs::write(
        &claims,
        "[[claim]]\nid = \"a\"\nvalue = \"31 %\"\n[[assert]]\nthat = \"a > 50 %\"\n",
    )
    .unwrap();
    let claims = claims.to_string_lossy().into_owned();
    let alone = page(here.path(), "claims.html", &[&claims]);
    opened(&[draft, articles, alone]);
}

#[test]
#[ignore = "needs Chromium: .ci/parts/browser"]
fn a_hostile_page_does_nothing() {
    let here = tempfile::tempdir().unwrap();
    crate::hostile::write_bait(here.path());
    let output = here.path().join("hostile.html").to_string_lossy().into_owned();
    crossfoot(here.path(), &["report", ".", "-o", &output]);
    opened(&[PathBuf::from(output)]);
}
