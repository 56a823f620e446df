//! Rule files: the registry is the folder, every example comes out, no rule speaks out of turn.

use crossfoot::Check;
use crossfoot::engine::{Given, test_example};
use crossfoot::lexicon::Lexicon;
use crossfoot::rule::{BUILT_IN, BuiltIn, Examples, Expected, Registry};
use crossfoot::source::Sources;

use crate::support::root;

fn registry() -> Registry {
    let mut findings = Vec::new();
    let mut sources = Sources::new();
    let registry =
        Registry::new(&mut sources, &[], Lexicon::built_in(), Examples::Read, &mut findings);
    assert!(findings.is_empty(), "{findings:#?}");
    registry
}

fn rule_files(folder: &std::path::Path) -> usize {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| match () {
            () if path.ends_with("lexicon") => 0,
            () if path.ends_with("measured.toml") => 0,
            () if path.is_dir() => rule_files(&path),
            () => usize::from(path.extension().is_some_and(|ending| ending == "toml")),
        })
        .sum()
}

#[test]
fn the_registry_is_the_folder() {
    let registry = registry();
    assert_eq!(registry.all().len(), BUILT_IN.len());
    assert_eq!(registry.all().len(), rule_files(&root().join("rules")));
    assert!(15 <= registry.all().len());
}

#[test]
fn every_example_comes_out_as_it_says() {
    let mut wrong = Vec::new();
    let registry = registry();
    let given = Given::new(&registry, Lexicon::built_in());
    for rule in registry.all() {
        for (number, example) in rule.examples.iter().enumerate() {
            if let Err(verdict) = test_example(rule, example, given) {
                wrong.push(format!("{} example {}: {verdict}", rule.id, number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_rule_is_documented_by_examples_of_both_kinds() {
    for rule in registry().all() {
        for wanted in [Expected::Pass, Expected::Fail] {
            let count = rule.examples.iter().filter(|example| example.expected == wanted).count();
            let enough = if rule.roles.len() == 1 { 3 } else { 4 };
            assert!(enough <= count, "{} has {count} examples of {wanted:?}", rule.id);
        }
        assert!(100 < rule.why.len(), "{} does not say why", rule.id);
    }
}

#[test]
fn messages_are_one_line_and_take_no_side() {
    for rule in registry().all() {
        // The margin of error is a term of the trade.
        let text = format!("{:?}", rule.message).replace("margin of error", "margin");
        for word in ["wrong", "incorrect", "mistake", "error", "should be"] {
            assert!(!text.contains(word), "{} takes a side: {text}", rule.id);
        }
        assert!(!text.contains('\n'), "{}", rule.id);
    }
}

/// A rule of one group does not speak of an example that another rule lets pass, in the same roles.
#[test]
fn rules_with_the_same_roles_agree_on_what_passes() {
    let registry = registry();
    for rule in registry.all() {
        for other in registry.all() {
            // A slip is a way to break another rule.
            let own = rule.slip.is_none() && other.slip.is_none();
            let same_roles = own && rule.that == other.that && rule.id != other.id;
            assert!(!same_roles, "{} and {} are the same rule", rule.id, other.id);
        }
    }
}

#[test]
fn checks_and_rules_have_different_names_and_are_sorted() {
    let registry = registry();
    let ids: Vec<&str> = Check::ALL.iter().map(|check| check.id()).collect();
    assert!(ids.is_sorted(), "{ids:?}");
    for id in ids {
        assert!(registry.get(id).is_none(), "{id} is a rule and a check");
    }
}

#[test]
fn the_page_of_rules_is_fresh() {
    let page = crossfoot::report::rules_page(&registry());
    let written = std::fs::read_to_string(root().join("docs/rules.md")).unwrap();
    assert!(written == page, "run `cargo run -- rules --markdown > docs/rules.md`");
}

/// A built-in rule is read without its examples for a check, so they stand last in the file.
#[test]
fn examples_stand_last() {
    for &BuiltIn { path, text, .. } in BUILT_IN {
        let first = ["\n[[pass]]", "\n[[fail]]"].iter().filter_map(|table| text.find(table)).min();
        let Some(first) = first else { continue };
        for table in ["\n[roles]", "\n[holds]", "\n[message]", "\n[[link]]", "\n[slip]"] {
            assert!(text.rfind(table).is_none_or(|at| at < first), "{path}: {table}");
        }
    }
}
