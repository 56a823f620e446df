//! Findings that were there before: known by what they say, told when they are mended.

use std::fs;
use std::path::Path;

use crate::support::{folder, ran};

const OLD: &str = "Membership fell by 50 percent, from 146,000 in 2019 to 100,000 last year.\n";
const NEW: &str = "Costs rose by 20 percent, from €100 million in 2019 to €150 million in 2020.\n";

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    ran(folder, &[&["check", "--format", "short"], arguments].concat())
}

fn text(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn what_was_there_before_is_not_reported_again() {
    let here = folder(&[("news/a.md", OLD), ("news/b.md", "Nothing.\n")]);
    let here = here.path();
    let (code, _, said) = run(here, &["news", "--write-baseline", "known.toml"]);
    assert_eq!(code, 0);
    assert_eq!(said, "crossfoot: 1 known finding in known.toml\n");
    let (code, out, _) = run(here, &["news", "--baseline", "known.toml"]);
    assert_eq!(code, 0, "{out}");
    assert!(!out.contains("wrong-percent-change"), "{out}");
    // Wherever it stands in its file.
    fs::write(here.join("news/a.md"), format!("A new paragraph about 17 things.\n\n{OLD}"))
        .unwrap();
    assert_eq!(run(here, &["news", "--baseline", "known.toml"]).0, 0);
    // But not in another one, and not another.
    fs::write(here.join("news/b.md"), OLD).unwrap();
    let (code, out, _) = run(here, &["news", "--baseline", "known.toml"]);
    assert_eq!(code, 1);
    assert!(out.starts_with("news/b.md:1:20: error[wrong-percent-change]"), "{out}");
    fs::write(here.join("news/b.md"), NEW).unwrap();
    assert!(
        run(here, &["news", "--baseline", "known.toml"]).1.starts_with("news/b.md:1:15: error")
    );
}

#[test]
fn a_baseline_whose_fingerprints_hang_on_the_message_is_still_good() {
    // As version 0.1 wrote it, in the words that the rule had then.
    let known = "[[known]]\nrule = \"wrong-percent-change\"\nfile = \"a.md\"\n\
                 fingerprint = \"553d4b300569b76a\"\n\
                 message = \"from 146,000 to 100,000 is a change of -31.51 percent, not -50 percent\"\n";
    let here = folder(&[("a.md", OLD), ("known.toml", known)]);
    let here = here.path();
    let (code, out, _) = run(here, &["a.md", "--baseline", "known.toml"]);
    assert_eq!(code, 0, "{out}");
    assert!(!out.contains("mended"), "{out}");
    // The same again is new, and what says otherwise is no longer found.
    fs::write(here.join("a.md"), format!("{OLD}\n{OLD}")).unwrap();
    assert_eq!(run(here, &["a.md", "--baseline", "known.toml"]).0, 1);
    fs::write(here.join("a.md"), OLD.replace("50", "60")).unwrap();
    let (code, out, _) = run(here, &["a.md", "--baseline", "known.toml"]);
    assert_eq!((code, out.matches("warning[mended-finding]").count()), (1, 1), "{out}");
    // Written anew, it no longer hangs on the words.
    fs::write(here.join("a.md"), OLD).unwrap();
    run(here, &["a.md", "--write-baseline", "known.toml"]);
    assert!(text(here, "known.toml").contains("fingerprint = \"2:"));
    let reworded = text(here, "known.toml").replace("message = \"from", "message = \"of old: from");
    fs::write(here.join("known.toml"), reworded).unwrap();
    assert_eq!(run(here, &["a.md", "--baseline", "known.toml"]).0, 0);
}

#[test]
fn the_same_finding_twice_is_known_as_often_as_it_was() {
    let here = folder(&[("a.md", &format!("{OLD}\n{OLD}"))]);
    let here = here.path();
    run(here, &["a.md", "--write-baseline", "known.toml"]);
    assert_eq!(text(here, "known.toml").matches("[[known]]").count(), 2);
    assert_eq!(run(here, &["a.md", "--baseline", "known.toml"]).0, 0);
    fs::write(here.join("a.md"), format!("{OLD}\n{OLD}\n{OLD}")).unwrap();
    let (code, out, _) = run(here, &["a.md", "--baseline", "known.toml"]);
    assert_eq!((code, out.matches("error[").count()), (1, 1), "{out}");
    fs::write(here.join("a.md"), OLD).unwrap();
    let (code, out, _) = run(here, &["a.md", "--baseline", "known.toml"]);
    assert_eq!((code, out.matches("warning[mended-finding]").count()), (0, 1), "{out}");
}

#[test]
fn what_is_mended_is_told_where_the_file_lists_it() {
    let here = folder(&[
        ("a.md", OLD),
        ("b.md", NEW),
        ("crossfoot.toml", "paths = [\"a.md\", \"b.md\"]\nbaseline = \"known.toml\"\n"),
    ]);
    let here = here.path();
    run(here, &["--write-baseline", "known.toml"]);
    assert_eq!(run(here, &[]).0, 0, "the configuration names it");
    fs::write(here.join("b.md"), "Costs rose.\n").unwrap();
    let (code, out, _) = run(here, &[]);
    assert_eq!(code, 0);
    let line = text(here, "known.toml").lines().position(|l| l.contains("b.md")).unwrap();
    let place = format!("known.toml:{}:1: warning[mended-finding]", line - 1);
    assert!(out.contains(&place), "{place} {out}");
    assert!(out.contains("a known wrong-percent-change in b.md is mended"), "{out}");
    assert_eq!(run(here, &["--deny-warnings"]).0, 1);
    // Of a file that was not checked, nothing can be said; of a rule that was not asked for, neither.
    assert!(!run(here, &["a.md"]).1.contains("mended"));
    assert!(!run(here, &["--ignore", "wrong-percent-change"]).1.contains("mended"));
    // A file that is gone has nothing that stands.
    fs::remove_file(here.join("b.md")).unwrap();
    fs::write(here.join("crossfoot.toml"), "paths = [\"a.md\"]\nbaseline = \"known.toml\"\n")
        .unwrap();
    assert!(run(here, &[]).1.contains("in b.md is mended"));
    // The file shrinks when it is written again.
    run(here, &["--write-baseline", "known.toml"]);
    assert!(!text(here, "known.toml").contains("b.md"));
    assert!(!run(here, &["--deny-warnings"]).1.contains("mended"));
}

#[test]
fn what_is_known_of_other_files_stays() {
    let here = folder(&[("a.md", OLD), ("b.md", NEW)]);
    let here = here.path();
    run(here, &["a.md", "b.md", "--write-baseline", "known.toml"]);
    let before = text(here, "known.toml");
    run(here, &["b.md", "--write-baseline", "known.toml"]);
    assert_eq!(text(here, "known.toml"), before);
    // Paths are relative to the file, wherever the program runs.
    fs::create_dir_all(here.join("desk")).unwrap();
    let (code, out, _) = run(&here.join("desk"), &["../a.md", "--baseline", "../known.toml"]);
    assert_eq!(code, 0, "{out}");
}

#[test]
fn a_file_that_is_no_baseline_is_told_and_stays() {
    let here = folder(&[
        ("a.md", OLD),
        ("other.toml", "[[claim]]\nid = \"a\"\n"),
        ("bad.toml", "[[known]\n"),
    ]);
    let here = here.path();
    let (code, _, said) = run(here, &["a.md", "--baseline", "missing.toml"]);
    assert_eq!((code, &*said), (2, "crossfoot: missing.toml: there is no such file\n"));
    for name in ["other.toml", "bad.toml"] {
        let before = text(here, name);
        assert_eq!(run(here, &["a.md", "--baseline", name]).0, 2);
        assert_eq!(run(here, &["a.md", "--write-baseline", name]).0, 2);
        assert_eq!(text(here, name), before);
    }
    // What could not be read might have findings.
    let (code, _, said) = run(here, &["a.md", "no.md", "--write-baseline", "known.toml"]);
    assert_eq!(code, 2);
    assert!(said.contains("known.toml is not written"), "{said}");
    assert!(!here.join("known.toml").exists());
}

#[test]
fn only_what_was_asked_for_can_be_mended() {
    let claims = "article = \"a.md\"\n[[claim]]\nid = \"m\"\nvalue = \"146,000\"\nquote = \"from 146,000\"\n";
    let here = folder(&[("a.md", OLD), ("a.toml", claims)]);
    let here = here.path();
    let demands = ["a.toml", "--require-source", "--min-coverage", "90"];
    let (code, _, said) = run(here, &[&demands[..], &["--write-baseline", "known.toml"]].concat());
    assert_eq!((code, said.contains("3 known findings")), (0, true), "{said}");
    for without in [
        &["a.toml"][..],
        &["a.toml", "--level", "wrong-percent-change=off"],
        &["a.toml", "--config", "ignore = ['wrong-percent-change']"],
        &["a.toml", "--config", "select = ['wrong-rate']"],
        &[
            "a.toml",
            "--config",
            "per-path = [{ paths = ['*.md'], ignore = ['wrong-percent-change'] }]",
        ],
    ] {
        let (_, out, _) = run(here, &[without, &["--baseline", "known.toml"]].concat());
        assert!(!out.contains("mended-finding"), "{without:?}: {out}");
    }
    // What stands for another reason is not mended.
    fs::write(
        here.join("a.md"),
        format!("<!-- crossfoot-ignore wrong-percent-change: so -->\n\n{OLD}"),
    )
    .unwrap();
    let (_, out, _) = run(here, &["a.toml", "--baseline", "known.toml"]);
    assert!(!out.contains("mended-finding"), "{out}");
}

#[test]
fn what_got_worse_is_new() {
    let here = folder(&[("a.md", OLD)]);
    let here = here.path();
    run(here, &["a.md", "--min-coverage", "90", "--write-baseline", "known.toml"]);
    let demand = ["a.md", "--min-coverage", "90", "--baseline", "known.toml"];
    assert_eq!(run(here, &demand).0, 0);
    fs::write(here.join("a.md"), format!("{OLD}\nThere are 12 trees, 17 houses and 90 cars.\n"))
        .unwrap();
    let (code, out, _) = run(here, &demand);
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("error[low-coverage]"), "{out}");
}
