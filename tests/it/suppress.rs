//! Findings that stand: a whole run, with comments in the article and tables in `crossfoot.toml`.

use std::collections::HashSet;
use std::fs;

use crossfoot::finding::Finding;
use crossfoot::source::Sources;
use crossfoot::suppress::{Scope, apply};
use proptest::prelude::*;

use crate::support::crossfoot;

const ARTICLE: &str = "# Aid\n\nThe package of $290 million over four years comes to\n\
                       $82.5 million annually, the minister said.\n";

const CLAIMS: &str = r#"
article = "../drafts/aid.md"
[[claim]]
id = "total"
quote = "$290 million"
value = "$290 million"
[[claim]]
id = "years"
quote = "four years"
value = "four years"
[[claim]]
id = "yearly"
quote = "$82.5 million annually"
value = "$82.5 million annually"
[[assert]]
rule = "wrong-rate"
total = "total"
span = "years"
rate = "yearly"
"#;

/// What a run over the article with this configuration comes to: exit code and short report.
fn run(article: &str, configuration: &str, arguments: &[&str]) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in
        [("drafts/aid.md", article), ("claims/aid.toml", CLAIMS), ("crossfoot.toml", configuration)]
    {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let format: &[&str] =
        if arguments.contains(&"--format") { &["check"] } else { &["check", "--format", "short"] };
    let run = crossfoot(folder.path(), &[format, arguments].concat());
    (run.status.code().unwrap(), String::from_utf8(run.stdout).unwrap())
}

/// The article with a comment before its figures.
fn with(comment: &str) -> String {
    ARTICLE.replace("The package", &format!("<!-- crossfoot-ignore {comment} -->\nThe package"))
}

fn suppress(keys: &str) -> String {
    format!("[[suppress]]\nreason = \"the minister said so\"\n{keys}\n")
}

#[test]
fn a_finding_without_a_reason_fails_the_run() {
    let (code, out) = run(ARTICLE, "", &[]);
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("error[wrong-rate]"), "{out}");
}

#[test]
fn a_comment_with_a_reason_lets_it_stand() {
    let (code, out) = run(&with("wrong-rate: the minister said so"), "", &["--deny-warnings"]);
    assert_eq!((code, out.contains("[wrong-rate]")), (0, false), "{out}");
}

#[test]
fn a_comment_without_a_reason_does_not() {
    let (code, out) = run(&with("wrong-rate"), "", &[]);
    assert_eq!(code, 1);
    assert!(out.contains("drafts/aid.md:3:1: warning[missing-reason]"), "{out}");
}

#[test]
fn days_are_counted_from_today() {
    assert_eq!(run(&with("wrong-rate until 9999-12-31: said so"), "", &[]).0, 0);
    let (code, out) = run(&with("wrong-rate until 2020-12-31: said so"), "", &[]);
    assert_eq!(code, 1);
    assert!(out.contains("warning[expired-ignore] this held until 31 December 2020"), "{out}");
}

#[test]
fn the_configuration_lets_it_stand() {
    for keys in [
        "rule = \"wrong-rate\"",
        "claim = \"yearly\"",
        "claim = \"total\"\nrule = \"wrong-rate\"\nuntil = 9999-12-31",
        "file = \"drafts/aid.md\"",
        "file = \"aid.toml\"\nclaim = \"years\"",
    ] {
        let (code, out) = run(ARTICLE, &suppress(keys), &["--deny-warnings"]);
        assert_eq!(code, 0, "{keys}: {out}");
    }
}

#[test]
fn what_silences_nothing_is_said_in_a_whole_run() {
    let idle = suppress("claim = \"yearli\"");
    let (code, out) = run(ARTICLE, &idle, &[]);
    assert_eq!(code, 1);
    assert!(out.contains("crossfoot.toml:3:10: warning[unused-ignore]"), "{out}");
    let (_, out) = run(ARTICLE, &idle, &["claims/aid.toml"]);
    assert!(!out.contains("unused-ignore"), "{out}");
    let (_, out) = run(ARTICLE, &idle, &["--ignore", "unused-ignore"]);
    assert!(!out.contains("unused-ignore"), "{out}");
}

#[test]
fn a_comment_is_idle_where_its_rule_finds_nothing() {
    let article = with("wrong-total: said so");
    let (_, out) = run(&article, "", &[]);
    assert!(out.contains("aid.md:3:23: warning[unused-ignore]"), "{out}");
    let (_, out) = run(&article, "", &["--select", "wrong-rate"]);
    assert!(!out.contains("unused-ignore"), "{out}");
}

#[test]
fn the_report_counts_what_stands() {
    let (_, out) = run(&with("wrong-rate: said so"), "", &["--format", "human"]);
    assert!(out.contains("1 finding stands for a reason that was given\n"), "{out}");
}

/// Bits of comments and of what stands around them.
const BITS: [&str; 20] = [
    "<!--",
    "<!-- ",
    "crossfoot-ignore",
    " ",
    "\n",
    "\r\n",
    "\u{a0}",
    "é",
    "wrong-rate",
    "wrong-rat",
    ",",
    ":",
    "until",
    "2026-03-01",
    "2026-02-30",
    "why",
    "-->",
    " -->",
    "--",
    "text",
];

proptest! {
    #[test]
    fn any_text_has_comments_at_its_own_bytes(
        bits in prop::collection::vec(prop::sample::select(&BITS[..]), 0..40),
    ) {
        let findings = comments_of(&bits.concat());
        prop_assert!(findings.iter().all(|rule| rule.ends_with("-ignore") || rule == "missing-reason"));
    }
}

/// What is said of the comments of a text in which nothing else is found.
fn comments_of(text: &str) -> Vec<String> {
    let mut sources = Sources::new();
    let article = sources.add("a.md", text);
    let known = HashSet::from(["wrong-rate".to_owned()]);
    let scope = Scope {
        articles: &[article],
        configured: &[],
        known: &known,
        reported: &|_| true,
        claim_spans: &|_| Vec::new(),
        is_whole: true,
        today: None,
    };
    let mut findings = Vec::new();
    apply(&mut findings, &sources, &scope);
    let rule = |finding: &Finding| {
        // Panics off the bounds of characters.
        let _ = sources.slice(finding.primary.span);
        finding.rule.as_str().to_owned()
    };
    findings.iter().map(rule).collect()
}

/// No comment looks at more of the text than its own part of it.
#[test]
fn many_comments_take_linear_time() {
    let comment = "<!-- crossfoot-ignore wrong-rate: why -->";
    for (one, expected) in [
        (comment.to_owned(), 20_000),
        (format!("{comment}\n"), 20_000),
        (format!("{comment}\n\n\n"), 20_000),
        (format!("a {comment} b"), 20_000),
        ("<!-- crossfoot-ignore ".to_owned(), 1),
        ("crossfoot-ignore ".to_owned(), 0),
    ] {
        assert_eq!(comments_of(&one.repeat(20_000)).len(), expected, "{one}");
    }
}

#[test]
fn an_article_without_claims_has_comments_too() {
    let folder = tempfile::tempdir().unwrap();
    let code = |article: &str| {
        fs::write(folder.path().join("aid.md"), article).unwrap();
        crossfoot(folder.path(), &["check", "aid.md", "--deny-warnings"]).status.code()
    };
    assert_eq!(code(ARTICLE), Some(1));
    assert_eq!(code(&with("wrong-rate: the minister said so")), Some(0));
    assert_eq!(code(&with("wrong-rate")), Some(1));
}
