//! `crossfoot.toml`: which file holds for what, and what each key does.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{crossfoot, crossfoot_with, folder, read};

const WRONG: &str = "Membership fell by 50 percent, from 146,000 in 2019 to 100,000 last year.\n";
const LATE: &str = "---\ndate: 2025-08-07\n---\n\nThe road is to open by June 2025.\n";

fn short(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut all = vec!["check", "--format", "short", "--quiet"];
    all.extend(arguments);
    let run = crossfoot(folder, &all);
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(said, "", "{arguments:?}");
    (run.status.code().unwrap(), String::from_utf8(run.stdout).unwrap())
}

#[test]
fn the_nearest_file_holds_for_each_text() {
    let here = folder(&[
        ("crossfoot.toml", "paths = [\".\"]\nignore = [\"wrong-percent-change\"]\n"),
        ("a.md", WRONG),
        ("desk/b.md", WRONG),
        ("desk/sport/crossfoot.toml", "[levels]\nwrong-percent-change = \"warning\"\n"),
        ("desk/sport/c.md", WRONG),
        ("desk/sport/deep/d.md", WRONG),
    ]);
    let (code, out) = short(here.path(), &[]);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 2, "{out}");
    assert!(lines[0].starts_with("desk/sport/c.md:1:20: warning[wrong-percent-change]"), "{out}");
    assert!(lines[1].starts_with("desk/sport/deep/d.md:1:20: warning["), "{out}");
    assert_eq!(code, 0);
    // From elsewhere, the same.
    let (_, from_below) = short(&here.path().join("desk"), &["..", "sport/c.md"]);
    assert_eq!(from_below.lines().count(), 2, "{from_below}");
    // Standard input has the working directory's.
    for (folder, found) in [("desk", 0), ("desk/sport", 1)] {
        let arguments = ["check", "-", "--format", "short", "--quiet"];
        let run = crossfoot_with(&here.path().join(folder), &arguments, WRONG, &[]);
        assert_eq!(String::from_utf8(run.stdout).unwrap().lines().count(), found, "{folder}");
    }
}

#[test]
fn each_project_has_its_rules_and_its_suppressions() {
    let rule = read("rules/README.md");
    let rule = rule.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let claims = "[[claim]]\nid = \"v\"\nvalue = \"4,100\"\n[[claim]]\nid = \"w\"\nvalue = \"904\"\n\
                  [[assert]]\nrule = \"more-votes-than-voters\"\nvotes = \"v\"\nvoters = \"w\"\n";
    let suppress =
        "paths = [\".\"]\n[[suppress]]\nrule = \"wrong-percent-change\"\nreason = \"known\"\n";
    let here = folder(&[
        ("crossfoot.toml", suppress),
        ("a.md", WRONG),
        ("polls/crossfoot.toml", "rules = [\"own\"]\n"),
        ("polls/own/more-votes-than-voters.toml", rule),
        ("polls/claims.toml", claims),
        ("polls/b.md", WRONG),
    ]);
    let (code, out) = short(here.path(), &[]);
    assert_eq!(code, 1);
    assert!(out.contains("polls/claims.toml:6:10: error[more-votes-than-voters]"), "{out}");
    assert!(out.contains("polls/b.md:1:20: error[wrong-percent-change]"), "{out}");
    assert_eq!(out.lines().count(), 2, "{out}");
    // The rule is not known elsewhere.
    let elsewhere = folder(&[("claims.toml", claims)]);
    let (code, out) = short(elsewhere.path(), &["claims.toml"]);
    assert_eq!(code, 2);
    assert!(out.contains("error[unknown-rule]"), "{out}");
}

#[test]
fn tables_are_for_some_paths() {
    let here = folder(&[
        (
            "crossfoot.toml",
            "paths = [\".\"]\nignore = [\"impossible-share\"]\n\
             [[per-path]]\npaths = [\"archive/\"]\nlevels = { wrong-percent-change = \"note\" }\n\
             [[per-path]]\npaths = [\"archive/new/*.md\"]\nlevels = { wrong-percent-change = \"off\" }\n\
             [[per-path]]\npaths = [\"desk\"]\ndeny-warnings = true\n",
        ),
        ("archive/a.md", WRONG),
        ("archive/new/b.md", WRONG),
        ("desk/c.md", LATE),
        ("desk2/d.md", LATE),
    ]);
    let (code, out) = short(here.path(), &[]);
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].starts_with("archive/a.md:1:20: note[wrong-percent-change]"), "{out}");
    assert!(lines[1].starts_with("desk/c.md:5:") && lines[1].contains("warning[stale-forecast]"));
    assert!(lines[2].starts_with("desk2/d.md:5:"), "{out}");
    assert_eq!(lines.len(), 3, "{out}");
    // The warning fails where it is denied, and only there.
    assert_eq!(code, 1);
    assert_eq!(short(here.path(), &["desk2"]).0, 0);
    assert_eq!(short(here.path(), &["desk"]).0, 1);
}

#[test]
fn a_table_is_for_the_article_of_a_claims_file_too() {
    let here = folder(&[
        ("crossfoot.toml", "[[per-path]]\npaths = [\"drafts/\"]\nrequire-source = true\n"),
        ("drafts/a.md", "Only 31 % agree.\n"),
        (
            "claims/a.toml",
            "article = \"../drafts/a.md\"\n[[claim]]\nid = \"a\"\nvalue = \"31 %\"\nquote = \"31 %\"\n",
        ),
        (
            "claims/b.toml",
            "[[claim]]\nid = \"b\"\nvalue = \"31 %\"\n[[assert]]\nthat = \"b < 50 %\"\n",
        ),
    ]);
    let (_, out) = short(here.path(), &[]);
    assert!(out.contains("claims/a.toml:3:7: error[missing-source]"), "{out}");
    assert!(!out.contains("claims/b.toml"), "{out}");
}

#[test]
fn what_is_lowered_stays_below() {
    // What is quoted from somebody is a level lower than what the article says itself.
    let quoted = "\"It fell by 50 percent, from 146,000 to 100,000,\" the minister said.\n";
    let here = folder(&[("a.md", WRONG), ("b.md", quoted)]);
    let levels = |arguments: &[&str]| {
        let mut all = vec!["a.md", "b.md"];
        all.extend(arguments);
        let (_, out) = short(here.path(), &all);
        let level = |line: &str| line.split([' ', '[']).nth(1).unwrap().to_owned();
        out.lines().map(level).collect::<Vec<_>>()
    };
    assert_eq!(levels(&[]), ["error", "warning"]);
    assert_eq!(levels(&["--level", "wrong-percent-change=warning"]), ["warning", "note"]);
    assert_eq!(levels(&["--level", "wrong-percent-change=note"]), ["note", "note"]);
    assert!(levels(&["--level", "wrong-percent-change=off"]).is_empty());
}

#[test]
fn the_command_line_goes_before_the_file() {
    let here = folder(&[
        (
            "crossfoot.toml",
            "paths = [\"a.md\"]\n[levels]\nwrong-percent-change = \"off\"\n\
             [[per-path]]\npaths = [\"a.md\"]\nmin-coverage = 10\n",
        ),
        ("a.md", WRONG),
        ("other.toml", "paths = [\"a.md\"]\nselect = [\"impossible-share\"]\n"),
    ]);
    let here = here.path();
    assert!(short(here, &[]).1.contains("low-coverage"));
    assert_eq!(short(here, &["--config", "min-coverage = 0"]).1, "");
    assert_eq!(short(here, &["--config", "other.toml"]).1, "");
    let (_, out) = short(here, &["--config", "other.toml", "--config", "min-coverage = 5"]);
    assert_eq!(out, "", "not selected");
    let (_, out) = short(here, &["--min-coverage", "0", "--level", "wrong-percent-change=error"]);
    assert!(out.contains("error[wrong-percent-change]"), "{out}");
    let (_, out) = short(here, &["a.md", "--isolated"]);
    assert_eq!(out.lines().count(), 1, "{out}");
    assert!(out.contains("error[wrong-percent-change]"), "{out}");
}

#[test]
fn what_is_selected_and_ignored_is_ignored() {
    let here = folder(&[("a.md", WRONG), ("b.md", "It met on 08/07/2025.\n")]);
    let both =
        ["a.md", "b.md", "--select", "wrong-percent-change", "--ignore", "wrong-percent-change"];
    assert_eq!(short(here.path(), &both).1, "", "nothing else is selected");
    let both =
        ["a.md", "b.md", "--select", "wrong-percent-change", "--level", "wrong-percent-change=off"];
    assert_eq!(short(here.path(), &both).1, "");
}

#[test]
fn a_level_brings_back_what_the_file_ignores_and_not_what_the_command_line_does() {
    let here =
        folder(&[("crossfoot.toml", "ignore = [\"wrong-percent-change\"]\n"), ("a.md", WRONG)]);
    let level = ["a.md", "--level", "wrong-percent-change=warning"];
    assert_eq!(short(here.path(), &["a.md"]).1, "");
    let (_, out) = short(here.path(), &level);
    assert!(out.contains("warning[wrong-percent-change]"), "{out}");
    let both = [&level[..], &["--ignore", "wrong-percent-change"]].concat();
    assert_eq!(short(here.path(), &both), (0, String::new()));
    let isolated = [&both[..], &["--isolated"]].concat();
    assert_eq!(short(here.path(), &isolated), (0, String::new()));
}

#[test]
fn of_several_levels_the_last_counts() {
    let here = folder(&[
        (
            "crossfoot.toml",
            "[levels]\nwrong-percent-change = \"off\"\n\
             [[per-path]]\npaths = [\"a.md\"]\nlevels = { wrong-percent-change = \"warning\" }\n",
        ),
        ("a.md", WRONG),
        ("b.md", WRONG),
    ]);
    let (_, out) = short(here.path(), &["a.md", "b.md"]);
    assert_eq!(out.lines().count(), 1, "{out}");
    assert!(out.starts_with("a.md:1:20: warning["), "{out}");
    let (_, out) = short(here.path(), &["a.md", "b.md", "--level", "wrong-percent-change=note"]);
    assert_eq!(out.matches("note[wrong-percent-change]").count(), 2, "{out}");
}

#[test]
fn every_key_can_be_set_for_one_run() {
    let claims = "article = \"../a.md\"\n[[claim]]\nid = \"m\"\nvalue = \"146,000\"\nquote = \"from 146,000\"\n";
    let here = folder(&[
        ("a.md", WRONG),
        ("b.md", WRONG),
        ("sheets/a.toml", claims),
        ("own/x.toml", "not a rule"),
        ("known.toml", ""),
    ]);
    let run = |setting: &str, more: &[&str]| {
        let mut all = vec!["check", "--format", "short", "--config", setting];
        all.extend(more);
        let run = crossfoot(here.path(), &all);
        let said = String::from_utf8(run.stderr).unwrap();
        (run.status.code().unwrap(), String::from_utf8(run.stdout).unwrap() + &said)
    };
    assert!(run("paths = ['a.md']", &[]).1.starts_with("a.md:1:20"));
    let covers = ["a.md", "--min-coverage", "20"];
    assert!(run("claims = ['nowhere']", &covers).1.contains("low-coverage"));
    assert!(!run("claims = ['sheets']", &covers).1.contains("low-coverage"));
    assert!(run("exclude = ['b.md', 'own', 'sheets']", &["."]).1.starts_with("a.md:1:20"));
    assert!(!run("exclude = ['b.md', 'own', 'sheets']", &["."]).1.contains("b.md"));
    assert!(run("rules = ['own']", &["a.md"]).1.contains("own/x.toml:1:"));
    assert_eq!(run("select = ['impossible-share']", &["a.md"]).0, 0);
    assert_eq!(run("ignore = ['wrong-percent-change']", &["a.md"]).0, 0);
    assert_eq!(run("levels = { wrong-percent-change = 'note' }", &["a.md"]).0, 0);
    assert_eq!(
        run("suppress = [{ rule = 'wrong-percent-change', reason = 'so' }]", &["a.md"]).0,
        0
    );
    assert!(run("min-coverage = 50", &["a.md"]).1.contains("low-coverage"));
    assert!(run("require-source = true", &["sheets"]).1.contains("missing-source"));
    assert_eq!(run("baseline = 'known.toml'", &["a.md"]).0, 1);
    assert_eq!(run("jobs = 1", &["a.md", "b.md"]).0, 1);
    assert_eq!(
        run("per-path = [{ paths = ['a.md'], ignore = ['wrong-percent-change'] }]", &["a.md"]).0,
        0
    );
    for (setting, reason) in [
        ("min-coverage = 101", "--config:1:16: error[wrong-type]"),
        ("mincoverage = 50", "the configuration has no key `mincoverage`"),
        ("jobs = 0", "whole number from 1"),
        ("select = ['wrong-rat']", "there is no rule `wrong-rat`"),
        ("levels = { wrong-rate = 'fatal' }", "one of \"error\", \"warning\", \"note\", \"off\""),
        ("exclude = ['[z-a]']", "error[invalid-path]"),
        ("per-path = [{ ignore = ['wrong-rate'] }]", "has no `paths`"),
        ("nonsense", "there is no such file"),
    ] {
        let (code, said) = run(setting, &["a.md"]);
        assert_eq!(code, 2, "{setting}: {said}");
        assert!(said.contains(reason), "{setting}: {said}");
    }
}

#[test]
fn claims_are_looked_for_in_the_folders_that_are_named() {
    let claims = "article = \"../drafts/a.md\"\n[[claim]]\nid = \"m\"\nvalue = \"146,000\"\nquote = \"from 146,000\"\n";
    let here = folder(&[
        ("crossfoot.toml", "claims = [\"sheets\"]\n"),
        ("drafts/a.md", WRONG),
        ("sheets/a.toml", claims),
    ]);
    let claimed = |arguments: &[&str]| {
        let mut all = vec!["check", "--format", "json"];
        all.extend(arguments);
        let run = crossfoot(here.path(), &all);
        let report: Value = serde_json::from_slice(&run.stdout).unwrap();
        report["coverage"]["claimed"].clone()
    };
    assert_eq!(claimed(&["drafts/a.md"]), 1);
    assert_eq!(claimed(&[]), 1);
    assert_eq!(claimed(&["drafts/a.md", "--isolated"]), 0);
    assert_eq!(claimed(&["drafts/a.md", "--isolated", "--claims-dir", "sheets"]), 1);
    // What is written down goes to the first of them.
    fs::write(here.path().join("drafts/b.md"), WRONG).unwrap();
    let run = crossfoot(here.path(), &["record", "drafts/b.md"]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(here.path().join("sheets/b.toml").is_file());
}

#[test]
fn the_settings_are_shown() {
    let here = folder(&[
        (
            "crossfoot.toml",
            "paths = [\".\"]\npublished = 2025-08-07\n[levels]\nwrong-rate = \"note\"\n\
             [[per-path]]\npaths = [\"archive/\"]\nmin-coverage = 20\n",
        ),
        ("a.md", WRONG),
        ("archive/b.md", WRONG),
    ]);
    let run = crossfoot(here.path(), &["check", "--show-settings", "--deny-warnings"]);
    assert_eq!(run.status.code(), Some(0));
    let out = String::from_utf8(run.stdout).unwrap();
    insta::assert_snapshot!(out);
}

#[test]
fn the_settings_that_are_shown_are_those_that_hold() {
    let here = folder(&[("crossfoot.toml", "ignore = [\"wrong-rate\"]\n"), ("a.md", WRONG)]);
    let shown = |arguments: &[&str]| {
        let all = [&["check", "a.md", "--show-settings"], arguments].concat();
        String::from_utf8(crossfoot(here.path(), &all).stdout).unwrap()
    };
    assert!(shown(&[]).contains("ignore = [\"wrong-rate\"]"), "{}", shown(&[]));
    // What is given a level for this run is not ignored in it.
    let levelled = shown(&["--level", "wrong-rate=note"]);
    assert!(!levelled.contains("ignore"), "{levelled}");
    assert!(levelled.contains("wrong-rate = \"note\""), "{levelled}");
}

#[test]
fn the_file_that_init_writes_changes_nothing_and_names_every_key() {
    let here = folder(&[("a.md", WRONG)]);
    let run = crossfoot(here.path(), &["init"]);
    assert!(run.status.success());
    let path = here.path().join("crossfoot.toml");
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(short(here.path(), &["a.md"]), short(here.path(), &["a.md", "--isolated"]));
    // It stays as it is.
    let again = crossfoot(here.path(), &["init"]);
    assert_eq!(again.status.code(), Some(2));
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    // With everything in it set, it is a configuration, and no key is left out.
    let key = regex::Regex::new(r"(?m)^# (\[|[a-z-]+ = )").unwrap();
    let set = key.replace_all(&text, "$1").into_owned();
    fs::write(&path, &set).unwrap();
    for folder in ["drafts", "claims", "desk-rules"] {
        fs::create_dir_all(here.path().join(folder)).unwrap();
    }
    fs::write(here.path().join("crossfoot-baseline.toml"), "").unwrap();
    let (code, out) = short(here.path(), &["a.md"]);
    assert_ne!(code, 2, "{out}");
    let schema = crossfoot(here.path(), &["schema", "config"]);
    let schema: Value = serde_json::from_slice(&schema.stdout).unwrap();
    for key in schema["properties"].as_object().unwrap().keys() {
        let is_there = ["\n# KEY = ", "\n# [KEY]", "\n# [[KEY]]"]
            .iter()
            .any(|form| text.contains(&form.replace("KEY", key)));
        assert!(is_there, "{key} is not explained");
    }
    let value: toml::Table = toml::from_str(&set).unwrap();
    let value = serde_json::to_value(value).unwrap();
    let errors: Vec<String> = jsonschema::validator_for(&schema)
        .unwrap()
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        // A date of TOML is text in JSON.
        .filter(|error| !error.contains("datetime"))
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn what_is_excluded_is_left_out_of_folders_and_where_a_hook_names_it() {
    let here = folder(&[
        ("crossfoot.toml", "exclude = [\"news/old/\"]\n"),
        ("news/a.md", "Nothing.\n"),
        ("news/old/b.md", WRONG),
    ]);
    let here = here.path();
    assert_eq!(short(here, &["news"]), (0, String::new()));
    assert_eq!(short(here, &["news/old/b.md"]).0, 1);
    assert_eq!(short(here, &["news/old/b.md", "news/a.md", "--force-exclude"]), (0, String::new()));
    assert_eq!(short(here, &["news/old/b.md", "--force-exclude"]), (0, String::new()));
    let run = crossfoot(here, &["check", "news/old"]);
    assert_eq!(run.status.code(), Some(2));
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.contains("all that it has is excluded by the configuration"), "{said}");
}

#[test]
fn a_file_that_is_named_counts_from_here() {
    let here = folder(&[
        (
            "ci/strict.toml",
            "exclude = [\"old/\"]\n[[per-path]]\npaths = [\"archive/\"]\nlevels = { wrong-percent-change = \"note\" }\n",
        ),
        ("archive/a.md", WRONG),
        ("old/b.md", WRONG),
    ]);
    let (code, out) = short(here.path(), &[".", "--config", "ci/strict.toml"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.starts_with("archive/a.md:1:20: note["), "{out}");
}

#[test]
fn folders_that_are_not_there_are_told() {
    let here = folder(&[("crossfoot.toml", "claims = [\"fgs\"]\n"), ("a.md", "Nothing.\n")]);
    let (code, out) = short(here.path(), &["a.md"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.starts_with("crossfoot.toml:1:12: warning[invalid-path]"), "{out}");
    let run = crossfoot(here.path(), &["check", "a.md", "--claims-dir", "nowhere"]);
    assert_eq!(run.status.code(), Some(2));
    let (code, out) = short(here.path(), &["a.md", "--config", "per-path = [{ paths = [] }]"]);
    assert_eq!(code, 2);
    assert!(out.contains("settings for some files name no file"), "{out}");
}
