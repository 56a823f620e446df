//! What a claims file, a configuration or a link of a repository cannot do: read or write outside of it.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::support::{crossfoot_with, folder, ran};

const SECRET: &str = "A secret of $290 million.\n";
const DRAFT: &str = "Aid came to $290 million.\n";

/// A claims file whose article is at a path.
fn claims(article: &str) -> String {
    let quote = "[[claim]]\nid = \"a\"\nvalue = \"$290 million\"\nquote = \"$290 million\"\n";
    format!("article = \"{article}\"\n{quote}")
}

/// A folder with a repository of articles `desk`, and what lies beside it.
fn desk() -> (TempDir, PathBuf) {
    let here = folder(&[
        ("secret.md", SECRET),
        ("rules/secret.toml", "token = \"secret\"\n"),
        ("desk/articles/draft.md", DRAFT),
        ("desk/claims/draft.toml", &claims("../articles/draft.md")),
        ("desk/.git/config", "[core]\nsecret = 1\n"),
        ("desk/.env", "SECRET=secret\n"),
    ]);
    let desk = here.path().canonicalize().unwrap().join("desk");
    (here, desk)
}

/// What all commands say that read the article of `claims/x.toml`.
fn everything(desk: &Path, more: &[&str]) -> String {
    let commands: [&[&str]; 8] = [
        &["check", "claims/x.toml", "--format", "html"],
        &["check", "claims/x.toml", "--show-coverage"],
        &["check", "claims/x.toml", "--fix"],
        &["check", "claims/x.toml", "--diff"],
        &["report", "claims/x.toml", "--format", "markdown"],
        &["review", "claims/x.toml", "--list"],
        &["review", "claims/x.toml", "--accept-all"],
        &["explain", "--conflict", "00000000", "claims/x.toml"],
    ];
    let mut all = String::new();
    for arguments in commands {
        let (code, out, err) = ran(desk, &[arguments, more].concat());
        assert_eq!(code, 2, "{arguments:?}\n{out}\n{err}");
        all.push_str(&out);
        all.push_str(&err);
    }
    all
}

#[test]
fn a_claims_file_names_no_article_outside_of_its_repository() {
    let (_here, desk) = desk();
    symlink("../../secret.md", desk.join("articles/link.md")).unwrap();
    symlink("link.md", desk.join("articles/chain.md")).unwrap();
    symlink("..", desk.join("articles/up")).unwrap();
    symlink("../..", desk.join("articles/upup")).unwrap();
    let absolute = desk.with_file_name("secret.md");
    for article in [
        "../../secret.md",
        "./../claims/../../secret.md",
        absolute.to_str().unwrap(),
        "/etc/passwd",
        "/proc/self/environ",
        "/dev/stdin",
        "/proc/self/cwd/../secret.md",
        "../articles/link.md",
        "../articles/chain.md",
        "../articles/upup/secret.md",
        "../.git/config",
        "../articles/up/.git/config",
        "../.env",
    ] {
        fs::write(desk.join("claims/x.toml"), claims(article)).unwrap();
        let said = everything(&desk, &[]);
        assert!(!said.contains("A secret") && !said.contains("root:"), "{article}: {said}");
        let (_, short, _) = ran(&desk, &["check", "claims/x.toml", "--format", "short"]);
        let place = "claims/x.toml:1:12: error[article-missing] the article";
        assert!(short.starts_with(place), "{article}: {short}");
        let is_hidden = [".env", ".git/config"].iter().any(|name| article.ends_with(name));
        let reason = if is_hidden { "is a hidden file" } else { "lies outside of the repository" };
        assert!(short.contains(reason), "{article}: {short}");
    }
}

#[test]
fn what_lies_in_the_repository_is_read_by_any_way() {
    let (_here, desk) = desk();
    symlink("articles/draft.md", desk.join("link.md")).unwrap();
    let absolute = desk.join("articles/draft.md");
    for article in ["../articles/draft.md", "../link.md", absolute.to_str().unwrap()] {
        fs::write(desk.join("claims/x.toml"), claims(article)).unwrap();
        let (code, out, err) = ran(&desk, &["check", "claims/x.toml"]);
        assert_eq!(code, 0, "{article}: {out}{err}");
    }
}

#[test]
fn the_command_line_allows_more_and_the_configuration_does_not() {
    let (_here, desk) = desk();
    fs::write(desk.join("claims/x.toml"), claims("../../secret.md")).unwrap();
    assert_eq!(ran(&desk, &["check", "claims/x.toml", "--allow-outside", ".."]).0, 0);
    assert_eq!(ran(&desk, &["check", "claims/x.toml", "--allow-outside", "articles"]).0, 2);
    // What is named is allowed by naming it.
    assert_eq!(ran(&desk, &["check", "claims/x.toml", "../secret.md"]).0, 0);
    fs::write(desk.join("crossfoot.toml"), "allow-outside = [\"..\"]\n").unwrap();
    let (code, out, _) = ran(&desk, &["check", "claims/x.toml", "--format", "short"]);
    assert_eq!(code, 2);
    assert!(out.contains("unknown-key") && out.contains("article-missing"), "{out}");
}

#[test]
fn without_a_repository_the_configuration_or_the_folders_bound_what_is_named() {
    let files = [
        ("secret.md", SECRET),
        ("desk/articles/draft.md", DRAFT),
        ("desk/claims/draft.toml", &*claims("../articles/draft.md")),
        ("desk/claims/x.toml", &*claims("../../secret.md")),
        ("desk/other/y.toml", &*claims("../articles/draft.md")),
        ("desk/other/own.toml", &*claims("own.md")),
        ("desk/other/own.md", DRAFT),
    ];
    let here = folder(&files);
    let (top, desk, other) =
        (here.path(), here.path().join("desk"), here.path().join("desk/other"));
    let code = |folder: &Path, file: &str| ran(folder, &["check", file]).0;
    // The working directory, the claims file's own folder, and the one above `claims`.
    assert_eq!(code(&desk, "claims/draft.toml"), 0);
    assert_eq!(code(&other, "../claims/draft.toml"), 0);
    assert_eq!(code(&other, "../other/own.toml"), 0);
    assert_eq!(code(&desk, "other/y.toml"), 0);
    assert_eq!(code(&other, "y.toml"), 2);
    assert_eq!(code(&desk, "claims/x.toml"), 2);
    assert_eq!(code(top, "desk/claims/x.toml"), 0);
    // A configuration bounds its folder.
    fs::write(desk.join("crossfoot.toml"), "").unwrap();
    assert_eq!(code(&other, "y.toml"), 0);
    assert_eq!(code(top, "desk/claims/x.toml"), 2);
}

#[test]
fn a_configuration_names_nothing_outside_of_its_repository() {
    let (_here, desk) = desk();
    symlink("../rules", desk.join("link")).unwrap();
    for key in [
        "paths = [\"..\"]",
        "paths = [\"/dev/zero\"]",
        "paths = [\"link\"]",
        "claims = [\"../rules\"]",
        "rules = [\"../rules\"]",
        "rules = [\"link\"]",
        "baseline = \"../rules/secret.toml\"",
        "baseline = \"link/secret.toml\"",
        "baseline = \".git/config\"",
    ] {
        fs::write(desk.join("crossfoot.toml"), format!("{key}\n")).unwrap();
        let (code, out, err) = ran(&desk, &["check", "--format", "short"]);
        assert_eq!(code, 2, "{key}: {out}{err}");
        assert!(out.starts_with("crossfoot.toml:1:"), "{key}: {out}{err}");
        assert!(!out.contains("A secret") && !out.contains("token"), "{key}: {out}{err}");
        // The command line may.
        fs::write(desk.join("crossfoot.toml"), "").unwrap();
        if key == "rules = [\"../rules\"]" {
            let (_, out, _) = ran(&desk, &["check", "--config", key, "--format", "short"]);
            assert!(out.contains("../rules/secret.toml:1:1"), "{out}");
        }
    }
}

#[test]
fn a_link_out_of_the_repository_is_not_followed() {
    let (_here, desk) = desk();
    let at = |name: &str, target: &str| {
        let path = desk.join(name);
        let _ = fs::remove_file(&path);
        symlink(target, path).unwrap();
    };
    at("linked", "..");
    at("secret.toml", "../rules/secret.toml");
    for arguments in [
        &["check", "linked"][..],
        &["check", "linked/secret.md"],
        &["extract", "linked"],
        &["extract", "linked/secret.md"],
        &["diff", "linked/secret.md", "articles/draft.md"],
        &["record", "linked/secret.md"],
        &["check", "articles", "--config", "secret.toml"],
        &["check", "articles", "--baseline", "secret.toml"],
        &["check", "articles", "--rules", "linked/rules"],
    ] {
        let (code, out, err) = ran(&desk, arguments);
        assert_eq!(code, 2, "{arguments:?}: {out}{err}");
        assert!(err.contains("this is a link out of the repository"), "{arguments:?}: {out}{err}");
        assert!(!out.contains("$290 million") && !out.contains("token"), "{arguments:?}: {out}");
    }
    for name in ["crossfoot.toml", ".gitignore", "rules"] {
        at(name, if name == "rules" { "../rules" } else { "../rules/secret.toml" });
        let (code, out, err) = ran(&desk, &["check", "articles"]);
        assert_eq!(code, 2, "{name}: {out}{err}");
        assert!(err.contains(&format!("{name}: this is a link out")), "{name}: {out}{err}");
        assert!(!out.contains("token"), "{name}: {out}");
        fs::remove_file(desk.join(name)).unwrap();
    }
    // In a folder it is passed over, and counted.
    at("articles/s.md", "../../secret.md");
    let (code, out, _) = ran(&desk, &["check", "articles"]);
    assert_eq!(code, 0);
    assert!(out.ends_with("1 other file in these folders was not read: 1 link\n"), "{out}");
}

#[test]
fn a_folder_behind_a_link_is_outside_though_it_is_a_repository() {
    let (_here, desk) = desk();
    fs::create_dir_all(desk.with_file_name("other").join(".git")).unwrap();
    fs::write(desk.with_file_name("other").join("secret.md"), SECRET).unwrap();
    symlink("../other", desk.join("linked")).unwrap();
    let (code, out, _) = ran(&desk, &["check", "linked", "linked/secret.md", "--format", "short"]);
    assert_eq!(code, 2);
    assert!(out.contains("0 figures"), "{out}");
}

#[test]
fn nothing_is_written_through_a_link_out_of_the_repository() {
    let (_here, desk) = desk();
    let outside = desk.with_file_name("victim");
    fs::write(&outside, "").unwrap();
    symlink("../victim", desk.join("report.html")).unwrap();
    let (code, _, err) = ran(&desk, &["check", "articles", "-o", "html=report.html"]);
    assert_eq!(code, 2);
    assert!(err.contains("report.html cannot be written: it is a link out of"), "{err}");
    let (code, _, err) = ran(&desk, &["extract", "articles", "-o", "report.html"]);
    assert_eq!(code, 2);
    assert!(err.contains("report.html cannot be written: it is a link out of"), "{err}");
    fs::remove_file(desk.join("claims/draft.toml")).unwrap();
    symlink("../../victim", desk.join("claims/draft.toml")).unwrap();
    assert_eq!(ran(&desk, &["record", "articles/draft.md"]).0, 2);
    assert_eq!(fs::read_to_string(&outside).unwrap(), "");
}

#[test]
fn claims_on_standard_input_are_bounded_too() {
    let (_here, desk) = desk();
    let run =
        crossfoot_with(&desk, &["check", "-", "--format", "html"], &claims("../secret.md"), &[]);
    assert_eq!(run.status.code(), Some(2));
    assert!(!String::from_utf8(run.stdout).unwrap().contains("A secret"));
}

#[test]
fn recording_a_draft_from_elsewhere_says_that_a_check_needs_leave() {
    let (_here, desk) = desk();
    let (code, _, err) = ran(&desk, &["record", "../secret.md"]);
    assert_eq!(code, 0);
    assert!(err.contains("--allow-outside"), "{err}");
    assert_eq!(ran(&desk, &["check", "claims/secret.toml"]).0, 2);
    assert_eq!(ran(&desk, &["check", "../secret.md"]).0, 0);
}

#[test]
fn a_folder_that_passes_for_a_repository_is_not_asked() {
    let here = folder(&[("bare/a.md", DRAFT)]);
    let git = |folder: &str, arguments: &[&str]| {
        let mut git = std::process::Command::new("git");
        let run = git.arg("-C").arg(here.path().join(folder)).args(arguments).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    };
    git(".", &["init", "-q", "--bare", "bare"]);
    let (code, out, err) = ran(here.path(), &["check", "bare/a.md", "--changed-since", "HEAD"]);
    assert_eq!(code, 2, "{out}");
    assert!(err.contains("safe.bareRepository"), "{err}");
}
