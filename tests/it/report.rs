//! The formats: JSON fits its schema, text from a file cannot pass for anything else.

use crossfoot::report::{Look, human, json, report_schema, short};
use crossfoot::rule::Registry;
use crossfoot::source::Sources;
use crossfoot::{Article, Inputs, NoArticles, Options, check};

use crate::support::{check_article, check_claims, check_text, check_with, read, registry};

const CLASH: &str = r#"
[[claim]]
id = "total"
value = "$290 million"

[[claim]]
id = "span"
value = "four years"

[[claim]]
id = "rate"
value = "$82.5 million annually"

[[assert]]
rule = "wrong-rate"
total = "total"
span = "span"
rate = "rate"
"#;

#[test]
fn the_json_report_fits_its_schema() {
    let validator = jsonschema::validator_for(&report_schema()).unwrap();
    for claims in [CLASH, "", "[[claim]]\n", "not toml", &CLASH.replace("$82.5", "$72.5")] {
        let report: serde_json::Value = serde_json::from_str(&json(&check_claims(claims))).unwrap();
        let errors: Vec<String> = validator.iter_errors(&report).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn the_json_report_has_the_frozen_keys() {
    let report: serde_json::Value = serde_json::from_str(&json(&check_claims(CLASH))).unwrap();
    assert_eq!(report["version"], 1);
    let finding = &report["findings"][0];
    assert_eq!(finding["rule"], "wrong-rate");
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["computed"], "$72.5 million annually");
    assert_eq!(finding["location"]["line"], 12);
    assert_eq!(finding["location"]["column"], 10);
    let suggestions = finding["suggestions"].as_array().unwrap();
    let of_the_rate = suggestions.last().unwrap();
    assert_eq!(of_the_rate["text"], "between $71.3 and $73.8 million annually");
    let relation = &report["relations"][0];
    assert_eq!(relation["verdict"], "contradicts");
    assert_eq!(relation["roles"]["total"]["text"], "$290 million");
    assert_eq!(report["summary"]["errors"], 1);
}

#[test]
fn a_fingerprint_survives_edits_elsewhere_in_the_file() {
    let fingerprint = |claims: &str| {
        let report: serde_json::Value = serde_json::from_str(&json(&check_claims(claims))).unwrap();
        report["findings"][0]["fingerprint"].as_str().unwrap().to_owned()
    };
    let moved = format!("# A comment above.\n\n{CLASH}");
    assert_eq!(fingerprint(CLASH), fingerprint(&moved));
    assert_ne!(fingerprint(CLASH), fingerprint(&CLASH.replace("82.5", "83.5")));
}

#[test]
fn the_same_input_gives_the_same_report() {
    let article = read("fixtures/articles/city-marathon.md").replace(" 4", " 5");
    for text in [("claims.toml", CLASH), ("article.md", &article)] {
        // The rules are read anew each time, and once more for all tests together.
        let checked = || {
            let mut sources = Sources::new();
            let all = [sources.add(text.0, text.1)];
            let rules = registry(&mut sources, &[]);
            let inputs = match text.0 {
                "claims.toml" => Inputs { claims: &all, ..Inputs::default() },
                _ => Inputs { articles: &all, ..Inputs::default() },
            };
            let options = Options::default();
            json(&check(sources, &rules, inputs, &options, &mut NoArticles))
        };
        let first = checked();
        assert!(first.contains("\"fingerprint\""), "{first}");
        assert_eq!(checked(), first);
        let options = Options::default();
        let with_those = check_text(text, &options, &mut NoArticles);
        assert_eq!(json(&with_those), first);
    }
}

#[test]
fn control_characters_of_a_file_do_not_reach_the_terminal() {
    let article = "The plan cost \u{1b}[31m$5 million\u{7} in all.\r\nIt is \u{9b}1m over.";
    let claims = "article = \"a.md\"\n[[claim]]\nid = \"cost\"\nvalue = \"$6 million\"\n\
                  quote = \"\u{7f}$5 million\"\n[[assert]]\nthat = \"cost > $1 million\"\n";
    let claims = claims.replace('\u{7f}', "cost \\u001b[31m");
    let report = check_with(&claims, Some(article));
    for narrated in [false, true] {
        let drawn = human(&report, Look { colour: false, narrated, width: 80, ..Look::default() });
        let bad = drawn.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(bad, None, "{drawn:?}");
        assert!(drawn.contains("misquoted-value"));
    }
    let lines = short(&report);
    assert!(lines.chars().all(|c| c == '\n' || !c.is_control()));
}

#[test]
fn a_control_character_of_two_bytes_is_one_column() {
    let article = "The plan\u{85} cost \u{9b}\u{9b}$5 million.";
    let claims = "article = \"a.md\"\n[[claim]]\nid = \"cost\"\nvalue = \"$6 million\"\n\
                  quote = \"$5 million\"\n[[assert]]\nthat = \"cost > $1 million\"\n";
    let report = check_with(claims, Some(article));
    let drawn = human(&report, Look { width: 80, ..Look::default() });
    assert!(short(&report).contains("a.md:1:18: "), "{}", short(&report));
    assert!(drawn.contains("[a.md:1:18]"), "{drawn}");
}

#[test]
fn a_remark_on_one_figure_is_counted_as_no_contradiction() {
    let report = check_article("The panel met on 08/07/2025.\n", &Options::default());
    assert_eq!(report.findings[0].rule.as_str(), "ambiguous-date");
    assert_eq!(report.summary(), "1 figure: 1 compared in 1 relation, no contradiction. 1 note");
    // What somebody asserted is one at any level.
    let report = check_claims(
        "[[claim]]\nid = \"a\"\nvalue = \"5 km\"\n[[claim]]\nid = \"b\"\nvalue = \"9 km\"\n\
         [[assert]]\nthat = \"a = b\"\nseverity = \"note\"\n",
    );
    assert_eq!(report.summary(), "2 figures: 2 compared in 1 relation, 1 contradicts. 1 note");
}

#[test]
fn a_check_of_one_figure_is_listed_only_where_it_fails() {
    let relations = |share: &str| {
        let text = format!("Some {share} percent of voters stayed at home.\n");
        let report = check_article(&text, &Options::default());
        report.relations.iter().map(|one| one.rule.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(relations("140"), ["impossible-share"]);
    assert_eq!(relations("40"), [""; 0]);
}

#[test]
fn the_narrated_report_says_the_same_in_words() {
    let report = check_claims(CLASH);
    let told = human(&report, Look { colour: false, narrated: true, width: 80, ..Look::default() });
    insta::assert_snapshot!(told);
}

#[test]
fn the_narrated_report_puts_every_label_in_its_own_line() {
    let claims = "[[claim]]\nid = \"a\"\nvalue = \"5 km\"\n\n\n\n[[claim]]\nid = \"b\"\nvalue = \"9 km\"\n\
                  [[assert]]\nthat = \"a = b\"\n";
    let told = human(
        &check_claims(claims),
        Look { colour: false, narrated: true, width: 80, ..Look::default() },
    );
    assert_eq!(told.matches(": `b`").count(), 1, "{told}");
    assert!(told.contains("label at line 9, columns 10 to 13: `b`"), "{told}");
}

#[test]
fn the_drawn_report() {
    insta::assert_snapshot!(crate::support::drawn(&check_claims(CLASH)));
}

#[test]
fn colours_only_where_wanted() {
    let report = check_claims(CLASH);
    let look =
        |colour| human(&report, Look { colour, narrated: false, width: 80, ..Look::default() });
    assert!(look(true).contains('\u{1b}'));
    assert!(!look(false).contains('\u{1b}'));
}

#[test]
fn a_line_of_any_length_is_told() {
    let sentence = "Membership fell by 50 percent, from 146,000 in 2019 to 100,000 last year. ";
    let here = crate::support::folder(&[("a.txt", &sentence.repeat(2_000))]);
    let (code, drawn, said) = crate::support::ran(here.path(), &["check", "a.txt"]);
    assert_eq!(code, 1, "{said}");
    assert!(drawn.contains("[a.txt:1:94]"), "{drawn:.4000}");
    let (_, told, _) = crate::support::ran(here.path(), &["check", "a.txt", "--narrated"]);
    assert!(told.contains("a.txt:1:20: 50 percent (change)"), "{told:.2000}");
    assert!(drawn.len().max(told.len()) < 4_000_000, "{} {}", drawn.len(), told.len());
}

#[test]
fn a_fault_while_an_article_is_fetched_is_a_finding_of_its_claims_file() {
    let mut sources = Sources::new();
    let claims = ["a", "b"].map(|name| {
        let text = format!(
            "article = \"{name}.md\"\n\
             [[claim]]\nid = \"a\"\nvalue = \"5 km\"\n[[claim]]\nid = \"b\"\nvalue = \"90 km\"\n\
             [[assert]]\nthat = \"a = b\"\n"
        );
        sources.add(format!("{name}.toml"), text)
    });
    let inputs = Inputs { claims: &claims, ..Inputs::default() };
    let report =
        check(sources, Registry::built_in(), inputs, &Options::default(), &mut |_, name: &str| {
            assert_ne!(name, "a.md", "planted");
            Ok(Article::new(name, ""))
        });
    let said: Vec<(&str, &str)> = report
        .findings
        .iter()
        .map(|one| (report.sources.get(one.primary.span.source).name(), one.rule.as_str()))
        .collect();
    assert_eq!(said, [("a.toml", "internal-error"), ("b.toml", "assertion")]);
}
