//! The hooks, by pre-commit itself.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::ci::{RIGHT, WRONG, out, passes};
use crate::support::read;

/// Runs git as somebody in a folder, and says what it printed.
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let run = Command::new("git")
        .args(["-c", "user.name=desk", "-c", "user.email=desk@example.org"])
        .args(["-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    passes(&run);
    out(&run).trim().to_owned()
}

#[test]
#[ignore = "needs pre-commit: .ci/parts/pre-commit"]
fn the_hook_stops_a_commit_with_figures_that_clash() {
    let here = tempfile::tempdir().unwrap();
    let (hooks, news) = (here.path().join("hooks"), here.path().join("news"));
    fs::create_dir_all(&hooks).unwrap();
    fs::create_dir_all(news.join("articles")).unwrap();
    fs::write(hooks.join(".pre-commit-hooks.yaml"), read(".pre-commit-hooks.yaml")).unwrap();
    git(&hooks, &["init", "--quiet"]);
    git(&hooks, &["add", "."]);
    git(&hooks, &["commit", "--quiet", "--message", "hooks"]);
    let revision = git(&hooks, &["rev-parse", "HEAD"]);
    fs::write(
        news.join(".pre-commit-config.yaml"),
        format!(
            "repos:\n  - repo: {}\n    rev: {revision}\n    hooks:\n      - id: crossfoot-system\n",
            hooks.display()
        ),
    )
    .unwrap();
    git(&news, &["init", "--quiet"]);
    let built = Path::new(env!("CARGO_BIN_EXE_crossfoot")).parent().unwrap();
    let mut path = OsString::from(built);
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    let check = |article: &str| {
        fs::write(news.join("articles/draft.md"), article).unwrap();
        fs::write(news.join("articles/picture.png"), [137, 80, 78, 71]).unwrap();
        git(&news, &["add", "."]);
        Command::new("pre-commit")
            .args(["run", "--all-files"])
            .current_dir(&news)
            .env("PATH", &path)
            .env("PRE_COMMIT_HOME", here.path().join("cache"))
            .env("PRE_COMMIT_COLOR", "never")
            .output()
            .expect("pre-commit")
    };
    let run = check(WRONG);
    assert_eq!(run.status.code(), Some(1), "{}", out(&run));
    assert!(out(&run).contains("not of 50 percent"), "{}", out(&run));
    let run = check(RIGHT);
    assert_eq!(run.status.code(), Some(0), "{}", out(&run));
}
