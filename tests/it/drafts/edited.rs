//! `check --changed-since`, `--min-coverage`, `--require-source`, and the source sheet.

use std::fs;

use super::diff::git;
use crate::support::{crossfoot, crossfoot_with, ran};

/// Two errors of old, and one claim that an edit will touch.
const DRAFT: &str = "\
Membership fell by 50 percent, from 146,000 in 2019 to 100,000 in 2023.

Of the 64 members, 33 voted for it and 20 against; together that makes 53.

The package of $290 million over four years amounts to $72.5 million a year.
";

fn repository() -> tempfile::TempDir {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("draft.md"), DRAFT).unwrap();
    git(here.path(), &["init", "-q"]);
    assert!(crossfoot(here.path(), &["record", "draft.md"]).status.success());
    git(here.path(), &["add", "-A"]);
    git(here.path(), &["commit", "-qm", "one"]);
    here
}

#[test]
fn only_what_an_edit_touched_is_reported() {
    let here = repository();
    let since = ["check", "draft.md", "--format", "short", "--changed-since", "HEAD"];
    let (code, out, _) = ran(here.path(), &["check", "draft.md", "--format", "short"]);
    assert_eq!(code, 1);
    assert!(out.contains("wrong-percent-change"), "{out}");
    // Nothing is edited: nothing is reported.
    let (code, out, _) = ran(here.path(), &since);
    assert_eq!(code, 0, "{out}");
    assert!(!out.contains("wrong-percent-change"), "{out}");
    // The rate is another: what it takes part in is reported, the old error is not.
    fs::write(here.path().join("draft.md"), DRAFT.replace("$72.5", "$82.5")).unwrap();
    let (code, out, _) = ran(here.path(), &since);
    assert_eq!(code, 1);
    assert!(out.contains("changed-figure"), "{out}");
    assert!(out.contains("wrong-rate"), "{out}");
    assert!(!out.contains("wrong-percent-change"), "{out}");
    // A sentence that goes takes its claims with it.
    fs::write(
        here.path().join("draft.md"),
        DRAFT.replace(
            "The package of $290 million over four years amounts to $72.5 million a year.\n",
            "",
        ),
    )
    .unwrap();
    let (_, out, _) = ran(here.path(), &since);
    assert!(out.contains("gone-quote"), "{out}");
    assert!(!out.contains("wrong-percent-change"), "{out}");
    // A paragraph that only moves is not touched, nor are other line breaks.
    fs::write(here.path().join("draft.md"), DRAFT.replace(", from 146,000", ",\nfrom 146,000"))
        .unwrap();
    let (code, out, _) = ran(here.path(), &since);
    assert_eq!(code, 0, "{out}");
}

#[test]
fn an_edit_of_the_claims_is_an_edit() {
    let here = repository();
    let path = here.path().join("claims/draft.toml");
    let claims = fs::read_to_string(&path).unwrap();
    fs::write(&path, claims.replace("value     = \"146,000\"", "value     = \"148,000\"")).unwrap();
    let (code, out, _) =
        ran(here.path(), &["check", "--format", "short", "--changed-since", "HEAD"]);
    assert_eq!(code, 1);
    assert!(out.contains("misquoted-value"), "{out}");
    // A file that was not there is touched as a whole.
    fs::write(here.path().join("new.md"), DRAFT).unwrap();
    let (_, out, _) =
        ran(here.path(), &["check", "new.md", "--format", "short", "--changed-since", "HEAD"]);
    assert!(out.contains("new.md:1:"), "{out}");
}

#[test]
fn a_revision_that_is_not_there_is_said() {
    let here = repository();
    let (code, _, error) = ran(here.path(), &["check", "--changed-since", "nowhere"]);
    assert_eq!(
        (code, &*error),
        (2, "crossfoot: there is no revision `nowhere`; a shallow clone may lack it\n")
    );
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("a.md"), DRAFT).unwrap();
    let (code, _, error) = ran(outside.path(), &["check", "a.md", "--changed-since", "HEAD"]);
    assert_eq!(code, 2);
    assert!(error.contains("not a git repository"), "{error}");
}

#[test]
fn a_revision_that_is_not_one_commit_is_refused() {
    let here = repository();
    git(here.path(), &["commit", "-q", "--allow-empty", "-m", "two"]);
    git(here.path(), &["tag", "-a", "-m", "a tag", "tagged"]);
    let since = |revision: &str| {
        ran(here.path(), &["check", "draft.md", &format!("--changed-since={revision}")])
    };
    for (revision, says) in [
        ("^HEAD", "`^HEAD` is not one commit"),
        ("HEAD~..HEAD", "`HEAD~..HEAD` is not one commit"),
        ("HEAD^!", "is not one commit"),
        ("HEAD^@", "is not one commit"),
        ("HEAD^{tree}", "is not one commit"),
        ("HEAD:draft.md", "is not one commit"),
        ("-x", "there is no revision `-x`"),
        ("--all", "there is no revision `--all`"),
        (":/nowhere", "there is no revision `:/nowhere`"),
        ("@{-1}", "there is no revision `@{-1}`"),
        ("", "no revision is named"),
    ] {
        let (code, out, error) = since(revision);
        assert_eq!((code, &*out), (2, ""), "{revision}");
        assert!(error.contains(says), "{revision}: {error}");
    }
    for revision in ["HEAD", "HEAD~", "tagged", ":/one"] {
        assert_eq!(since(revision).0, 0, "{revision}");
    }
    let (code, _, error) = ran(here.path(), &["diff", "^HEAD:draft.md", "draft.md"]);
    assert_eq!(code, 2);
    assert!(error.contains("`^HEAD` is not one commit"), "{error}");
}

#[test]
fn the_repository_of_the_environment_counts_from_the_working_directory() {
    let here = repository();
    let other = tempfile::tempdir().unwrap();
    fs::rename(here.path().join(".git"), other.path().join("repository")).unwrap();
    fs::create_dir(here.path().join("desk")).unwrap();
    fs::write(here.path().join("desk/draft.md"), DRAFT.replace("20 against", "19 against"))
        .unwrap();
    let repository = other.path().join("repository");
    let environment = [("GIT_DIR", repository.to_str().unwrap())];
    let since = |file: &str| {
        let arguments = ["check", file, "--format", "short", "--changed-since", "HEAD"];
        let run = crossfoot_with(here.path(), &arguments, "", &environment);
        (run.status.code(), String::from_utf8(run.stdout).unwrap())
    };
    assert_eq!(since("draft.md").0, Some(0));
    // Another file of the same name was not there, and is touched as a whole.
    let (code, out) = since("desk/draft.md");
    assert_eq!(code, Some(1));
    assert!(out.contains("wrong-percent-change"), "{out}");
}

const CLAIMS: &str = "\
article = \"draft.md\"

[[claim]]
id      = \"package\"
quote   = \"package of $290 million\"
value   = \"$290 million\"
source  = { title = \"fact sheet\", url = \"https://example.org/aid\", accessed = 2025-08-01, locator = \"p. 3\" }
status  = \"verified\"
checker = \"desk\"
note    = \"=1+1\"

[[claim]]
id    = \"members\"
quote = \"Of the 64 members\"
value = \"64\"

[[exempt]]
quote   = \"in 2019\"
because = \"a date, not a figure\"
";

fn desk() -> tempfile::TempDir {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("draft.md"), DRAFT).unwrap();
    fs::write(here.path().join("draft.toml"), CLAIMS).unwrap();
    here
}

#[test]
fn coverage_is_counted_listed_and_asked_for() {
    let here = desk();
    let (code, out, _) =
        ran(here.path(), &["check", "draft.toml", "--show-coverage", "--exit-zero"]);
    assert_eq!(code, 0);
    assert!(out.contains("draft.md:1:20: no claim covers 50 percent\n"), "{out}");
    assert!(
        out.contains("draft.md: claims cover 2 of 11 figures, 18 %, 1 need no checking\n"),
        "{out}"
    );
    let asks = |least: &str| {
        let arguments =
            ["check", "draft.toml", "--min-coverage", least, "--select", "low-coverage"];
        ran(here.path(), &arguments).0
    };
    assert_eq!((asks("18"), asks("19")), (0, 1));
    // An article without claims has none covered.
    let (code, out, _) = ran(
        here.path(),
        &[
            "check",
            "draft.md",
            "--min-coverage",
            "90",
            "--select",
            "low-coverage",
            "--format",
            "short",
        ],
    );
    assert_eq!(code, 1);
    assert!(out.contains("claims cover 2 of 11 figures, 18 %, and 90 % are asked for"), "{out}");
    assert_eq!(ran(here.path(), &["check", "draft.md", "--min-coverage", "101"]).0, 2);
    fs::write(
        here.path().join("crossfoot.toml"),
        "min-coverage = 90\nselect = [\"low-coverage\"]\n",
    )
    .unwrap();
    assert_eq!(ran(here.path(), &["check", "draft.toml"]).0, 1);
}

#[test]
fn a_changed_figure_is_not_covered() {
    let here = desk();
    fs::write(here.path().join("draft.md"), DRAFT.replace("$290", "$280")).unwrap();
    let (_, out, _) = ran(here.path(), &["check", "draft.toml", "--show-coverage", "--exit-zero"]);
    assert!(out.contains("draft.md: claims cover 1 of 11 figures"), "{out}");
}

#[test]
fn sources_are_listed_and_asked_for() {
    let here = desk();
    let (code, out, _) = ran(here.path(), &["report", "draft.toml", "--format", "markdown"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!("markdown", out);
    let (code, out, _) = ran(here.path(), &["report", "draft.toml", "--format", "csv"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!("csv", out.replace("\r\n", "\n"));
    let (code, _, error) = ran(here.path(), &["report", "draft.toml", "--require-source"]);
    assert_eq!(code, 1);
    assert!(error.contains("`members` has no source"), "{error}");
    assert!(!error.contains("`package`"), "{error}");
    let (code, out, _) =
        ran(here.path(), &["check", "draft.toml", "--require-source", "--format", "short"]);
    assert_eq!(code, 1);
    assert!(out.contains("error[missing-source]"), "{out}");
}

#[test]
fn a_report_is_not_written_over_what_it_is_about() {
    let here = desk();
    for arguments in [
        &["report", "draft.toml", "-o", "draft.toml"][..],
        &["report", "draft.toml", "-o", "draft.md"],
        &["diff", "draft.md", "draft.md", "-o", "draft.md"],
    ] {
        let (code, _, error) = ran(here.path(), arguments);
        assert_eq!(code, 2, "{arguments:?}");
        assert!(error.contains("is a file that was read"), "{error}");
    }
    assert_eq!(fs::read_to_string(here.path().join("draft.md")).unwrap(), DRAFT);
    assert_eq!(fs::read_to_string(here.path().join("draft.toml")).unwrap(), CLAIMS);
}

#[test]
fn a_sheet_that_is_hostile_is_inert() {
    let here = tempfile::tempdir().unwrap();
    let claims = "\
[[claim]]
id = \"a\"
value = \"-5 %\"
note = \"=HYPERLINK(1)\"
source = { title = \"<script>|`*x*`[y](z)\", locator = \"@x\\u001b[31m\", url = \"a,\\\"b\\\"\\nc\" }
[[assert]]
that = \"a < 1\"
";
    fs::write(here.path().join("a.toml"), claims).unwrap();
    let (_, out, _) = ran(here.path(), &["report", "a.toml", "--format", "csv"]);
    let row = out.split("\r\n").nth(1).unwrap();
    assert!(row.contains("'=HYPERLINK(1)"), "{row}");
    assert!(row.contains("'@x"), "{row}");
    assert!(row.contains(",-5 %,"), "{row}");
    assert!(row.contains("\"a,\"\"b\"\"\nc\""), "{row}");
    let (_, out, _) = ran(here.path(), &["report", "a.toml", "--format", "markdown"]);
    assert!(out.contains("&lt;script&gt;\\|\\`\\*x\\*\\`\\[y\\](z)"), "{out}");
    assert!(!out.contains('\u{1b}'), "{out}");
}
