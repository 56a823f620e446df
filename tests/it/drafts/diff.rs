//! `diff`: two versions of an article or of a claims file, side by side.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::ran;

const OLD: &str = "\
The aid package of $290 million over four years amounts to $72.5 million a year.

Some 5,200 volunteers helped to build the road. It was finished in June 2024 and is 31 km long.
";
const NEW: &str = "\
Some 5,400 volunteers helped to build the road. It was finished in June 2024.

The aid package of $310 million over four years amounts to $72.5 million a year.
It also wants 12 new schools.
";

pub(super) fn git(folder: &Path, arguments: &[&str]) {
    let run = Command::new("git")
        .args(["-c", "user.name=desk", "-c", "user.email=desk@example.org"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("git is installed");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("old.md"), OLD).unwrap();
    fs::write(folder.path().join("new.md"), NEW).unwrap();
    folder
}

#[test]
fn two_articles_are_compared() {
    let here = folder();
    let (code, out, _) = ran(here.path(), &["diff", "old.md", "new.md"]);
    // The rate does not fit the new total.
    assert_eq!(code, 1);
    insta::assert_snapshot!("human", out);
    insta::assert_snapshot!(
        "markdown",
        ran(here.path(), &["diff", "old.md", "new.md", "--format", "markdown"]).1
    );
    insta::assert_snapshot!(
        "notice",
        ran(here.path(), &["diff", "old.md", "new.md", "--format", "notice"]).1
    );
    insta::assert_snapshot!(
        "json",
        ran(here.path(), &["diff", "old.md", "new.md", "--format", "json"]).1
    );
    // The way back mends it.
    let (code, out, _) = ran(here.path(), &["diff", "new.md", "old.md"]);
    assert_eq!(code, 0);
    assert!(out.contains("1 relation mended"), "{out}");
}

#[test]
fn the_json_fits_its_schema() {
    let here = folder();
    let schema = ran(here.path(), &["schema", "diff"]).1;
    let json = ran(here.path(), &["diff", "old.md", "new.md", "--format", "json"]).1;
    let (schema, json) =
        (serde_json::from_str(&schema).unwrap(), serde_json::from_str(&json).unwrap());
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&json));
}

#[test]
fn the_same_text_does_not_differ() {
    let here = folder();
    let (code, out, _) = ran(here.path(), &["diff", "old.md", "old.md"]);
    assert_eq!((code, &*out), (0, "claims: 6 the same\n"));
    assert_eq!(ran(here.path(), &["diff", "old.md", "old.md", "--format", "notice"]).1, "");
}

#[test]
fn the_claims_file_names_the_figures() {
    let here = folder();
    fs::write(
        here.path().join("new.toml"),
        "article = \"new.md\"\n[[claim]]\nid = \"aid\"\nvalue = \"$290 million\"\n\
         quote = \"package of $290 million\"\nmeasure = \"joint aid package\"\nsubject = \"Ruritania\"\n",
    )
    .unwrap();
    let (_, out, _) = ran(here.path(), &["diff", "old.md", "new.md", "--format", "notice"]);
    assert!(
        out.contains(
            "gave the joint aid package of Ruritania as $290 million; it is $310 million."
        ),
        "{out}"
    );
}

#[test]
fn claims_files_are_compared_by_id() {
    let here = folder();
    let claims = |value: &str, more: &str| {
        format!(
            "[[claim]]\nid = \"total\"\nvalue = \"{value}\"\n[[claim]]\nid = \"part\"\nvalue = \"40\"\n{more}\
             [[assert]]\nthat = \"part < total\"\n"
        )
    };
    fs::write(here.path().join("a.toml"), claims("50", "")).unwrap();
    fs::write(
        here.path().join("b.toml"),
        claims("30", "[[claim]]\nid = \"more\"\nvalue = \"5\"\n"),
    )
    .unwrap();
    let (code, out, _) = ran(here.path(), &["diff", "a.toml", "b.toml"]);
    assert_eq!(code, 1);
    assert!(out.contains("total: 50 -> 30"), "{out}");
    assert!(out.contains("more: 5"), "{out}");
    assert!(out.contains("assertion: 40, 30 (part, total), holds -> contradicts"), "{out}");
    let (code, _, error) = ran(here.path(), &["diff", "a.toml", "old.md"]);
    assert_eq!(
        (code, &*error),
        (2, "crossfoot: an article cannot be compared with a claims file\n")
    );
}

#[test]
fn a_revision_of_git_is_a_version() {
    let here = folder();
    git(here.path(), &["init", "-q"]);
    fs::create_dir(here.path().join("desk")).unwrap();
    fs::write(here.path().join("desk/draft.md"), OLD).unwrap();
    git(here.path(), &["add", "-A"]);
    git(here.path(), &["commit", "-qm", "one"]);
    fs::write(here.path().join("desk/draft.md"), NEW).unwrap();
    let (code, out, _) = ran(here.path(), &["diff", "HEAD:desk/draft.md", "desk/draft.md"]);
    assert_eq!(code, 1);
    assert!(
        out.contains("$290 million -> $310 million (HEAD:desk/draft.md:1 -> desk/draft.md:3)"),
        "{out}"
    );
    // From within a folder, a path is counted from the top or from here.
    let desk = here.path().join("desk");
    for name in ["HEAD:desk/draft.md", "HEAD:./draft.md", "HEAD:draft.md"] {
        let (code, out, _) = ran(&desk, &["diff", name, "draft.md"]);
        assert_eq!(code, 1, "{name}");
        assert!(out.contains("$290 million -> $310 million"), "{out}");
    }
    for (name, says) in [
        ("HEAD:nothing.md", "there is no nothing.md in HEAD"),
        ("nowhere:draft.md", "there is no revision `nowhere`"),
        ("--output=x:draft.md", ""),
        ("nothing.md", "there is no such file"),
    ] {
        let (code, _, error) = ran(&desk, &["diff", name, "draft.md"]);
        assert_eq!(code, 2, "{name}");
        assert!(error.contains(says), "{error}");
    }
}

/// The notice of an edit.
fn notice(before: &str, after: &str, format: &str) -> (String, String) {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("old.md"), format!("{before}\n")).unwrap();
    fs::write(here.path().join("new.md"), format!("{after}\n")).unwrap();
    let (_, out, error) = ran(here.path(), &["diff", "old.md", "new.md", "--format", format]);
    (out, error)
}

#[test]
fn the_notice_names_what_a_reader_must_be_told() {
    for (before, after, was, is) in [
        (
            "Profit fell 5 percent to $5 million.",
            "Profit rose 5 percent to $5 billion.",
            "Profit fell 5 percent to $5 million",
            "Profit rose 5 percent to $5 billion",
        ),
        (
            "Growth was -0.4% in the spring of 2024.",
            "Growth was 0.4% in the spring of 2024.",
            "Growth was -0.4% in the spring",
            "Growth was 0.4% in the spring",
        ),
        (
            "The firm did not pay $5 million in fines.",
            "The firm paid $5 million in fines.",
            "The firm did not pay $5 million in fines",
            "The firm paid $5 million in fines",
        ),
        (
            "The talks began at 14:30 on 3 May 2025 in Oslo.",
            "The talks began at 16:30 on 3 May 2025 in Oslo.",
            "talks began at 14:30 on 3 May 2025 in Oslo",
            "talks began at 16:30 on 3 May 2025 in Oslo",
        ),
        (
            "She finished No. 5 of 12 in Rome.",
            "She finished No. 6 of 12 in Rome.",
            "She finished No. 5 of 12 in Rome",
            "She finished No. 6 of 12 in Rome",
        ),
    ] {
        let (out, _) = notice(before, after, "notice");
        assert_eq!(
            out,
            format!("Correction: An earlier version said \"{was}\"; it should say \"{is}\".\n")
        );
    }
    // Other words for the same are nothing to correct.
    let (out, error) =
        notice("Rents fell 5 percent in May.", "Rents dropped 5 percent in May.", "notice");
    assert_eq!(
        (&*out, &*error),
        ("", "crossfoot: no figure changed; there is nothing to correct\n")
    );
}

#[test]
fn corrections_are_json_ld_too() {
    let (out, _) = notice("The fund has $5 million.", "The fund has $6 million.", "json-ld");
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["@context"], "https://schema.org");
    assert_eq!(json["correction"][0]["@type"], "CorrectionComment");
    let text = json["correction"][0]["text"].as_str().unwrap();
    assert!(text.contains("$5 million") && text.contains("$6 million"), "{text}");
    assert_eq!(json["correction"].as_array().unwrap().len(), 1);
}

#[test]
fn what_is_said_otherwise_is_told_to_people_and_programs() {
    let (before, after) = ("Rents rose to $73.80 there.", "Rents fell to $73.80 there.");
    let (out, _) = notice(before, after, "human");
    assert!(out.contains("rents: $73.80; direction: rose -> fell (old.md:1 -> new.md:1)"), "{out}");
    let json: serde_json::Value = serde_json::from_str(&notice(before, after, "json").0).unwrap();
    assert_eq!(json["claims"][0]["change"], "changed");
    assert_eq!(json["claims"][0]["otherwise"][0]["aspect"], "direction");
    assert_eq!(json["claims"][0]["otherwise"][0]["was"], "rose");
}
