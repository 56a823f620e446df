//! The command line: exit codes, what goes where, what is asked for and not there.

use std::fs;
use std::path::Path;

use crate::support::{RULE, crossfoot, crossfoot_with, folder, root};

const HOLDS: &str = "[[claim]]\nid = \"a\"\nvalue = \"31 %\"\n[[assert]]\nthat = \"a < 50 %\"\n";
const CLASHES: &str = "[[claim]]\nid = \"a\"\nvalue = \"31 %\"\n[[assert]]\nthat = \"a > 50 %\"\n";
const WARNS: &str = "[[claim]]\nid = \"a\"\nvalue = \"31 %\"\n[[assert]]\nthat = \"a > 50 %\"\nseverity = \"warning\"\n";

fn code(folder: &Path, arguments: &[&str]) -> i32 {
    crossfoot(folder, arguments).status.code().unwrap()
}

fn stdout(folder: &Path, arguments: &[&str]) -> String {
    String::from_utf8(crossfoot(folder, arguments).stdout).unwrap()
}

fn stderr(folder: &Path, arguments: &[&str]) -> String {
    String::from_utf8(crossfoot(folder, arguments).stderr).unwrap()
}

#[test]
fn exit_codes() {
    let here = folder(&[
        ("holds.toml", HOLDS),
        ("clashes.toml", CLASHES),
        ("warns.toml", WARNS),
        ("broken.toml", "[[claim]]\nid = 1\n"),
        ("syntax.toml", "[[claim]\n"),
        ("picture.png", "not a text"),
    ]);
    let here = here.path();
    assert_eq!(code(here, &["check", "holds.toml"]), 0);
    assert_eq!(code(here, &["check", "clashes.toml"]), 1);
    assert_eq!(code(here, &["check", "clashes.toml", "--exit-zero"]), 0);
    assert_eq!(code(here, &["check", "warns.toml"]), 0);
    assert_eq!(code(here, &["check", "warns.toml", "--deny-warnings"]), 1);
    assert_eq!(code(here, &["check", "broken.toml"]), 2);
    assert_eq!(code(here, &["check", "broken.toml", "--exit-zero"]), 2);
    assert_eq!(code(here, &["check", "syntax.toml"]), 2);
    assert_eq!(code(here, &["check", "missing.toml"]), 2);
    assert_eq!(code(here, &["check", "picture.png"]), 2);
    assert_eq!(code(here, &["check"]), 2);
    assert_eq!(code(here, &["chekc"]), 2);
    assert_eq!(code(here, &["check", "holds.toml", "--select", "wrong-rat"]), 2);
    assert_eq!(code(here, &["check", "holds.toml", "--published", "Thursday"]), 2);
    assert_eq!(code(here, &["explain", "no-such-rule"]), 2);
}

#[test]
fn a_clean_run_ends_with_one_line() {
    let here = folder(&[("claims/a.toml", HOLDS)]);
    assert_eq!(
        stdout(here.path(), &["check"]),
        "1 figure: 1 compared in 1 relation, no contradiction\n"
    );
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_checked() {
    let here = folder(&[("clashes.toml", CLASHES)]);
    let run =
        crossfoot(here.path(), &["check", "missing.toml", "clashes.toml", "--format", "short"]);
    assert_eq!(run.status.code(), Some(2));
    let (out, err) =
        (String::from_utf8(run.stdout).unwrap(), String::from_utf8(run.stderr).unwrap());
    assert!(
        out.contains("clashes.toml:5:1: error[assertion]") || out.contains("error[assertion]"),
        "{out}"
    );
    assert_eq!(err, "crossfoot: missing.toml: there is no such file\n");
}

#[test]
fn folders_are_searched_and_the_rest_is_counted() {
    let here = folder(&[
        ("archive/a.toml", HOLDS),
        ("archive/deep/b.toml", CLASHES),
        ("archive/settings.toml", "colour = 1\n"),
        ("archive/notes.md", "Nothing.\n"),
        ("archive/photo.png", "no text"),
    ]);
    let out = stdout(here.path(), &["check", "archive"]);
    assert!(out.contains("2 figures: 2 compared in 2 relations, 1 contradicts. 1 error"), "{out}");
    assert!(
        out.contains("2 other files in these folders were not read: 1 .png, 1 .toml\n"),
        "{out}"
    );
}

#[test]
fn the_same_file_named_twice_is_checked_once() {
    let here = folder(&[("claims/a.toml", CLASHES)]);
    let out = stdout(here.path(), &["check", "claims", "claims/a.toml", "./claims/a.toml"]);
    assert!(out.contains("1 figure:"), "{out}");
}

#[test]
fn an_article_brings_its_claims() {
    let claims = format!(
        "article = \"../draft.md\"\n{}",
        CLASHES.replace("value", "quote = \"31 %\"\nvalue")
    );
    let here = folder(&[
        ("draft.md", "Only 31 % agree.\n"),
        ("other.md", "From 12 % to 15 % is a rise of 3 %, or from 40 to 60, up 20 %.\n"),
        ("claims/draft.toml", &claims),
    ]);
    let out = stdout(here.path(), &["check", "draft.md", "--format", "short"]);
    assert!(out.starts_with("draft.md:1:6: error[assertion]"), "{out}");
    // One without claims is read by itself.
    let out = stdout(here.path(), &["check", "other.md", "--format", "short"]);
    assert!(out.contains("other.md:1:"), "{out}");
    assert!(!out.contains("draft.md"), "{out}");
}

#[test]
fn standard_input() {
    let here = folder(&[]);
    let run = crossfoot_with(here.path(), &["check", "-", "--format", "short"], CLASHES, &[]);
    let out = String::from_utf8(run.stdout).unwrap();
    assert!(out.starts_with("<stdin>:3:10: error[assertion]"), "{out}");
    let arguments = ["check", "-", "--format", "short", "--stdin-filename", "desk/a.toml"];
    let run = crossfoot_with(here.path(), &arguments, CLASHES, &[]);
    assert!(String::from_utf8(run.stdout).unwrap().starts_with("desk/a.toml:3:10:"));
    assert_eq!(run.status.code(), Some(1));
}

#[test]
fn no_escape_codes_where_no_terminal_is() {
    let here = folder(&[("a.toml", CLASHES)]);
    let plain = stdout(here.path(), &["check", "a.toml"]);
    assert!(!plain.contains('\u{1b}'));
    let forced = stdout(here.path(), &["check", "a.toml", "--color", "always"]);
    assert!(forced.contains('\u{1b}'));
    let run = crossfoot_with(here.path(), &["check", "a.toml"], "", &[("NO_COLOR", "1")]);
    assert!(!String::from_utf8(run.stdout).unwrap().contains('\u{1b}'));
}

#[test]
fn a_report_is_written_whole_or_not_at_all() {
    let here = folder(&[("a.toml", CLASHES)]);
    assert_eq!(code(here.path(), &["check", "a.toml", "--format", "json", "-o", "out.json"]), 1);
    let text = fs::read_to_string(here.path().join("out.json")).unwrap();
    serde_json::from_str::<serde_json::Value>(&text).unwrap();
    assert_eq!(code(here.path(), &["check", "a.toml", "-o", "no/such/folder.txt"]), 2);
    let left: Vec<_> = fs::read_dir(here.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn selecting_and_ignoring() {
    let claims = CLASHES.replace("a >", "a + b >").replace("[[assert]]", "[[claim]]\nid = \"b\"\nvalue = \"2 %\"\n[[claim]]\nid = \"c\"\nvalue = \"1 %\"\n[[assert]]");
    let here = folder(&[("a.toml", &claims)]);
    let all = stdout(here.path(), &["check", "a.toml", "--format", "short"]);
    assert!(all.contains("assertion") && all.contains("unused-claim"), "{all}");
    let some =
        stdout(here.path(), &["check", "a.toml", "--format", "short", "--select", "unused-claim"]);
    assert!(!some.contains("assertion") && some.contains("unused-claim"));
    let some =
        stdout(here.path(), &["check", "a.toml", "--format", "short", "--ignore", "unused-claim"]);
    assert!(some.contains("assertion") && !some.contains("unused-claim"));
}

const COPIES: &str = "[[claim]]\nid = \"sold\"\nvalue = 7123\n[[claim]]\nid = \"run\"\nvalue = 6123\n\
                      [[assert]]\nrule = \"too-many-copies\"\nsold = \"sold\"\nprinted = \"run\"\n";

#[test]
fn a_newsroom_adds_its_own_rules() {
    let here = folder(&[("rules/desk/too-many-copies.toml", RULE), ("a.toml", COPIES)]);
    let out = stdout(here.path(), &["check", "a.toml", "--format", "short"]);
    assert!(
        out.contains("error[too-many-copies] 7123 copies cannot be sold of 6123 printed"),
        "{out}"
    );
    assert!(stdout(here.path(), &["rules"]).contains("desk\n  too-many-copies"));
    assert!(stdout(here.path(), &["explain", "too-many-copies"]).contains("sold <= printed"));
    assert_eq!(code(here.path(), &["rules", "--test"]), 0);

    let there = folder(&[("mine/too-many-copies.toml", RULE), ("a.toml", COPIES)]);
    assert_eq!(code(there.path(), &["check", "a.toml"]), 2);
    assert_eq!(code(there.path(), &["check", "a.toml", "--rules", "mine"]), 1);
    assert_eq!(code(there.path(), &["check", "a.toml", "--rules", "nowhere"]), 2);
}

#[test]
fn a_failing_example_fails_the_test_of_rules() {
    let wrong = RULE.replace("7,123", "5,123");
    let here = folder(&[("rules/too-many-copies.toml", &wrong)]);
    let run = crossfoot(here.path(), &["rules", "--test"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(String::from_utf8(run.stdout).unwrap().contains("example 2 is to fail, but: holds"));
}

#[test]
fn the_configuration_is_found_above() {
    let here = folder(&[
        ("crossfoot.toml", "paths = [\"desk\"]\ndeny-warnings = true\n"),
        ("desk/a.toml", WARNS),
        ("deep/er/b.toml", HOLDS),
    ]);
    assert_eq!(code(&here.path().join("deep/er"), &["check"]), 1);
    assert_eq!(code(here.path(), &["check", "deep"]), 0);
}

#[test]
fn the_publication_date_comes_from_the_option_where_the_file_is_silent() {
    let claims = "[[claim]]\nid = \"due\"\nvalue = \"June 2025\"\n[[assert]]\nrule = \"stale-forecast\"\ndeadline = \"due\"\n";
    let here = folder(&[("a.toml", claims)]);
    let run = |date: &str| {
        code(here.path(), &["check", "a.toml", "--deny-warnings", "--published", date])
    };
    assert_eq!(run("2025-08-07"), 1);
    assert_eq!(run("2025-06-30"), 0);
    assert_eq!(code(here.path(), &["check", "a.toml", "--deny-warnings"]), 0);
}

#[test]
fn schemas_are_json() {
    for name in ["claims", "rule", "config", "report", "mentions", "extract", "explain"] {
        let text = stdout(&root(), &["schema", name]);
        let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
        jsonschema::validator_for(&schema).unwrap();
    }
}

#[test]
fn the_schema_of_claims_accepts_the_example_and_refuses_a_misspelt_key() {
    let schema: serde_json::Value =
        serde_json::from_str(&stdout(&root(), &["schema", "claims"])).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let json = |text: &str| -> serde_json::Value {
        // TOML's dates are text in JSON, as editors that check TOML by a schema have it.
        let text =
            regex::Regex::new(r"(?m)= (\d{4}-\d\d-\d\d)$").unwrap().replace_all(text, "= \"$1\"");
        let table: toml::Table = text.parse().unwrap();
        serde_json::to_value(table).unwrap()
    };
    let example = crate::support::read("claims/armenia.toml");
    assert!(validator.is_valid(&json(&example)));
    assert!(!validator.is_valid(&json("[[claim]]\nid = \"a\"\nvalue = 1\nmeasur = \"x\"\n")));
}

#[test]
fn help_is_there_for_every_command() {
    for arguments in [
        vec!["--help"],
        vec!["check", "--help"],
        vec!["rules", "--help"],
        vec!["explain", "--help"],
        vec!["schema", "--help"],
    ] {
        assert!(stdout(&root(), &arguments).contains("Usage:"));
    }
}

#[test]
fn a_condition_without_a_claim_is_reported_too() {
    let claims = "[[claim]]\nid = \"a\"\nvalue = 1\n[[assert]]\nthat = \"1 = 2\"\n";
    let here = folder(&[("a.toml", claims)]);
    let run = crossfoot(here.path(), &["check", "a.toml", "--format", "short"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(String::from_utf8(run.stdout).unwrap().contains("a.toml:4:1: error[assertion] 1 = 2"));
}

#[test]
fn a_report_does_not_overwrite_what_was_read() {
    let claims =
        format!("article = \"draft.md\"\n{}", CLASHES.replace("value", "quote = \"31 %\"\nvalue"));
    let here = folder(&[("draft.md", "Only 31 % agree.\n"), ("draft.toml", &claims)]);
    for input in ["draft.md", "draft.toml", "./draft.toml"] {
        let before = fs::read_to_string(here.path().join(input)).unwrap();
        assert_eq!(code(here.path(), &["check", "draft.toml", "-o", input]), 2);
        assert_eq!(fs::read_to_string(here.path().join(input)).unwrap(), before);
    }
}

#[test]
fn a_folder_without_claims_is_not_passed() {
    let here = folder(&[("claims/photo.png", "no text")]);
    assert_eq!(code(here.path(), &["check"]), 2);
    assert_eq!(code(here.path(), &["check", "claims"]), 2);
    assert!(
        stderr(here.path(), &["check"])
            .contains("there is no article and no claims file in this folder")
    );
}

#[test]
fn an_article_finds_claims_beside_it_and_those_named_with_it() {
    let claims =
        format!("article = \"draft.md\"\n{}", CLASHES.replace("value", "quote = \"31 %\"\nvalue"));
    let here = folder(&[("draft.md", "Only 31 % agree.\n"), ("draft.toml", &claims)]);
    assert_eq!(code(here.path(), &["check", "draft.md"]), 1);
    assert_eq!(code(here.path(), &["check", "draft.md", "draft.toml"]), 1);
    assert!(stdout(here.path(), &["check", "draft.md", "draft.toml"]).contains("1 figure:"));
}

#[test]
fn an_article_in_an_old_encoding_is_read_and_said_so() {
    let claims = "article = \"draft.txt\"\n[[claim]]\nid = \"aid\"\nquote = \"“€5 million”\"\n\
                  value = \"€5 million\"\n[[assert]]\nthat = \"aid < €6 million\"\n";
    let here = folder(&[("one.toml", claims), ("two.toml", claims)]);
    fs::write(here.path().join("draft.txt"), b"It gave \x93\x805 million\x94 to caf\xE9s.")
        .unwrap();
    let run = crossfoot(here.path(), &["check", "one.toml", "two.toml"]);
    assert_eq!(run.status.code(), Some(0));
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(said, "crossfoot: draft.txt is read as Windows-1252\n");
}

#[test]
fn without_paths_and_claims_the_folder_itself_is_checked() {
    let wrong = "Aid rose from $40 to $60, up 90 percent.\n";
    let here =
        folder(&[("a.md", wrong), ("deep/b.txt", wrong), ("notes.xlsx", ""), ("~$notes.docx", "")]);
    let out = stdout(here.path(), &["check"]);
    assert!(out.contains("a.md:1:30") && out.contains("deep/b.txt:1:30"), "{out}");
    assert!(
        out.ends_with("2 other files in these folders were not read: 1 .docx, 1 .xlsx\n"),
        "{out}"
    );
    assert_eq!(code(here.path(), &["check"]), 1);
    assert_eq!(code(here.path(), &["report", "--format", "csv"]), 0);
    // A folder `claims`, or what the configuration names, goes before.
    fs::create_dir(here.path().join("claims")).unwrap();
    fs::write(here.path().join("claims/c.toml"), HOLDS).unwrap();
    assert_eq!(code(here.path(), &["check"]), 0);
    let empty = folder(&[("table.xlsx", "")]);
    assert_eq!(code(empty.path(), &["check"]), 2);
    let said = stderr(empty.path(), &["check"]);
    let expected = "there is no article and no claims file in this folder, but 1 .xlsx";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn a_file_in_the_place_of_a_command_is_told_what_checks_it() {
    let here = folder(&[("draft.md", ""), ("my draft.md", ""), ("it's.md", "")]);
    for (given, command) in [
        ("draft.md", "`crossfoot check draft.md` checks it"),
        ("my draft.md", "`crossfoot check 'my draft.md'` checks it"),
        ("it's.md", r"`crossfoot check 'it'\''s.md'` checks it"),
        (".", "`crossfoot check .` checks it"),
        ("-", "`crossfoot check -` checks it"),
    ] {
        assert_eq!(code(here.path(), &[given]), 2);
        let said = stderr(here.path(), &[given]);
        assert!(said.contains(command), "{said}");
    }
    let said = stderr(here.path(), &["missing.md"]);
    assert!(!said.contains("checks it"), "{said}");
    assert!(stderr(here.path(), &["chekc"]).contains("'check'"));
}

#[test]
fn what_is_no_text_is_told_what_makes_a_text_of_it() {
    let endings = ["rtf", "pdf", "doc"];
    let names: Vec<String> = endings.iter().map(|ending| format!("draft.{ending}")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (&**name, "")).collect();
    let here = folder(&files);
    for (name, ending) in names.iter().zip(endings) {
        let piped = match ending {
            "pdf" => format!("`pdftotext -layout {name} - | crossfoot check -` checks its text"),
            "doc" | "rtf" => {
                format!("`soffice --headless --convert-to docx {name}` writes draft.docx")
            }
            _ => format!("`pandoc -t plain {name} | crossfoot check -` checks its text"),
        };
        let written = match ending {
            "pdf" => format!("`pdftotext -layout {name} draft.txt` writes its text"),
            "doc" | "rtf" => piped.clone(),
            _ => format!("`pandoc -t plain -o draft.txt {name}` writes its text"),
        };
        for (arguments, command) in [
            (&["check", name][..], &piped),
            (&["report", name, "--format", "csv"], &piped),
            (&["extract", name], &written),
            (&["record", name], &written),
            (&["diff", name, name], &written),
        ] {
            assert_eq!(code(here.path(), arguments), 2);
            let said = stderr(here.path(), arguments);
            assert!(said.contains(&**command), "{arguments:?}: {said}");
        }
    }
    // What is not there is not to be converted.
    assert!(stderr(here.path(), &["extract", "none.doc"]).contains("there is no such file"));
}
