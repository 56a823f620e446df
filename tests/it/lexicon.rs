//! The lexicon is sorted, without clashes, and every entry can be read where prose uses it.

use std::collections::{BTreeMap, HashMap};

use crossfoot::finding::Finding;
use crossfoot::lexicon::Lexicon;
use crossfoot::mention::{find_mentions, parse_value};
use crossfoot::source::Sources;
use crossfoot::value::{Kind, Value};

use crate::support::read;

fn table(file: &str) -> toml::Table {
    read(format!("rules/lexicon/{file}")).parse().unwrap()
}

fn texts(entry: &toml::Value, key: &str) -> Vec<String> {
    entry
        .get(key)
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn tables_of_words_are_sorted() {
    for file in ["numbers.toml", "calendar.toml", "dimensions.toml", "abbreviations.toml"] {
        let mut section = String::new();
        let mut last = String::new();
        for line in read(format!("rules/lexicon/{file}")).lines() {
            if line.starts_with('[') {
                line.clone_into(&mut section);
                last.clear();
            } else if let Some((key, _)) = line.split_once(" = ") {
                let key = key.trim_matches('"').to_owned();
                assert!(last < key, "{file} {section}: {key} stands behind {last}");
                last = key;
            }
        }
    }
}

#[test]
fn abbreviations_are_sorted_and_listed_once() {
    let mut seen: HashMap<String, String> = HashMap::new();
    for (section, groups) in &table("abbreviations.toml") {
        for group in groups.as_table().unwrap().keys() {
            let words = texts(groups, group);
            assert!(words.is_sorted(), "{section}.{group} is not sorted");
            for word in words {
                let stop = word.ends_with('.');
                assert_eq!(stop, section != "openers", "{word} in {section}.{group}");
                if let Some(other) = seen.insert(word.clone(), group.clone()) {
                    panic!("{word} stands in {other} and in {group}");
                }
            }
        }
    }
}

#[test]
fn units_currencies_and_hedges_are_sorted_and_do_not_clash() {
    for (file, list, name) in [
        ("units.toml", "unit", "name"),
        ("currencies.toml", "currency", "code"),
        ("hedges.toml", "hedge", "name"),
    ] {
        let table = table(file);
        let entries = table[list].as_array().unwrap();
        let names: Vec<&str> = entries.iter().map(|entry| entry[name].as_str().unwrap()).collect();
        let mut sorted = names.clone();
        sorted.sort_unstable();
        if file != "hedges.toml" {
            assert_eq!(names, sorted, "{file} is not sorted");
        }
        let mut seen: HashMap<String, &str> = HashMap::new();
        for (entry, name) in entries.iter().zip(&names) {
            let behind =
                texts(entry, "behind").into_iter().map(|phrase| format!("{phrase} behind"));
            let phrases =
                ["names", "phrases", "scaled"].into_iter().flat_map(|key| texts(entry, key));
            let phrases = phrases.chain(behind);
            let folded = phrases.map(|phrase| phrase.to_lowercase());
            let symbols =
                texts(entry, "symbols").into_iter().map(|symbol| format!("symbol {symbol}"));
            for word in folded.chain(symbols) {
                if let Some(other) = seen.insert(word.clone(), name) {
                    panic!("{file}: {word} stands for {other} and for {name}");
                }
            }
        }
    }
}

#[test]
fn every_unit_is_read_by_every_name() {
    let lexicon = Lexicon::built_in();
    let table = table("units.toml");
    for entry in table["unit"].as_array().unwrap() {
        let name = entry["name"].as_str().unwrap();
        let symbols = texts(entry, "symbols");
        for word in texts(entry, "names").iter().chain(&symbols) {
            // "5.5 in" could go on in words.
            let text = format!("5.5{}{word}", if word == "in" { "" } else { " " });
            let value = parse_value(&text, lexicon).unwrap_or_else(|e| panic!("{text}: {e:?}"));
            let Value::Amount(amount) = value else { panic!("{text} is no amount") };
            assert_eq!(&*amount.unit.name, name, "{text}");
        }
    }
}

#[test]
fn every_currency_is_read_by_every_name() {
    let lexicon = Lexicon::built_in();
    let table = table("currencies.toml");
    for entry in table["currency"].as_array().unwrap() {
        let is_shared = entry.get("shared").is_some();
        let code = entry[if is_shared { "name" } else { "code" }].as_str().unwrap();
        for symbol in texts(entry, "symbols") {
            let text = format!("{symbol}5.5 million");
            let value = parse_value(&text, lexicon).unwrap_or_else(|e| panic!("{text}: {e:?}"));
            let Value::Amount(amount) = value else { panic!("{text} is no amount") };
            assert_eq!((amount.kind, &*amount.unit.name), (Kind::Money, code), "{text}");
        }
        for word in texts(entry, "names").into_iter().chain(texts(entry, "scaled")) {
            let text = format!("5.5 million {word}");
            let value = parse_value(&text, lexicon).unwrap_or_else(|e| panic!("{text}: {e:?}"));
            let Value::Amount(amount) = value else { panic!("{text} is no amount") };
            assert_eq!((amount.kind, &*amount.unit.name), (Kind::Money, code), "{text}");
        }
    }
}

#[test]
fn lists_of_words_are_sorted_and_each_is_in_one_of_them_once() {
    for file in ["names.toml", "words.toml"] {
        for (section, list) in table(file).into_iter().filter(|(section, _)| section != "class") {
            let words = texts(&toml::Table::from_iter([(section.clone(), list)]).into(), &section);
            let mut sorted = words.clone();
            sorted.sort();
            sorted.dedup();
            assert_eq!(words, sorted, "{file}: {section}");
            assert!(!words.is_empty(), "{file}: {section} is empty");
        }
    }
}

#[test]
fn classes_of_words_are_sorted_and_no_two_are_the_same() {
    let table = table("words.toml");
    let classes = table["class"].as_table().unwrap();
    assert!(classes.keys().is_sorted());
    let mut seen: HashMap<Vec<String>, &str> = HashMap::new();
    for name in classes.keys() {
        let words = texts(&table["class"], name);
        assert!(words.is_sorted() && !words.is_empty(), "{name} is not sorted");
        if let Some(other) = seen.insert(words, name) {
            panic!("{name} and {other} have the same words");
        }
    }
}

/// What a project's `words.toml` makes of a text, and the findings at the file.
fn read_with(words: &str, text: &str) -> (Vec<String>, Vec<Finding>) {
    let mut sources = Sources::default();
    let file = sources.add("rules/lexicon/words.toml", words);
    let mut findings = Vec::new();
    let lexicon = Lexicon::with(&sources, &[file], &mut findings).unwrap();
    let mentions = find_mentions(text, &lexicon);
    (mentions.into_iter().map(|mention| text[mention.range].to_owned()).collect(), findings)
}

#[test]
fn a_project_adds_words_to_a_class() {
    let text = "It ran from March 2021 thru May 2024.";
    assert_eq!(read_with("thing = [\"gizmo\"]", text).0, ["from March 2021", "May 2024"]);
    for added in ["thru", "THRU"] {
        let (mentions, findings) = read_with(&format!("[class]\nrange-to = [{added:?}]"), text);
        assert_eq!(mentions, ["from March 2021 thru May 2024"]);
        assert!(findings.is_empty(), "{findings:?}");
    }
    // Words with stops, letters beyond ASCII, more than eight of them.
    for joint in ["t.o.", "až", "throughout"] {
        let text = format!("It ran from March 2021 {joint} May 2024.");
        let (mentions, _) = read_with(&format!("[class]\nrange-to = [{joint:?}]"), &text);
        assert_eq!(mentions.len(), 1, "{joint}: {mentions:?}");
        let (mentions, _) = read_with("thing = [\"gizmo\"]", &text);
        assert_eq!(mentions.len(), 2, "{joint}: {mentions:?}");
    }
}

#[test]
fn a_class_that_is_not_there_is_told_at_its_place_with_those_like_it() {
    let words = "[class]\nand = [\"plus\"]\nbefore-yaer = [\"anno\"]\n";
    let (_, findings) = read_with(words, "");
    let [finding] = &*findings else { panic!("{findings:?}") };
    assert_eq!(finding.rule.as_str(), "invalid-lexicon");
    assert_eq!(finding.message, "`class` has no `before-yaer`");
    assert_eq!(&words[finding.primary.span.range()], "before-yaer");
    let help = finding.help.as_deref().unwrap();
    assert!(help.starts_with("did you mean `before-year`"), "{help}");
    let (_, findings) = read_with("[class]\nxyzzy = [\"plugh\"]\n", "");
    let help = findings[0].help.as_deref().unwrap();
    assert_eq!(help, "the classes are those of the built-in `words.toml`");
}

#[test]
fn a_class_holds_single_words_and_nothing_of_a_table_with_a_mistake_counts() {
    let text = "It ran from March 2021 thru May 2024.";
    for phrase in ["up to", "", "a-b", "5", "p.mm.", "."] {
        let words = format!("[class]\nand = [\"plus\", {phrase:?}]\nrange-to = [\"thru\"]\n");
        let (mentions, findings) = read_with(&words, text);
        assert_eq!(mentions.len(), 2, "{mentions:?}");
        let [finding] = &*findings else { panic!("{phrase}: {findings:?}") };
        assert_eq!(&words[finding.primary.span.range()], format!("{phrase:?}"), "{phrase}");
        assert!(finding.message.ends_with("is not one word, as those of a class are"));
    }
}

#[test]
fn every_hedge_has_a_reason_and_works() {
    let lexicon = Lexicon::built_in();
    let mut by_direction: BTreeMap<String, usize> = BTreeMap::new();
    for entry in table("hedges.toml")["hedge"].as_array().unwrap() {
        assert!(!entry["why"].as_str().unwrap().is_empty());
        let direction = entry["direction"].as_str().unwrap();
        *by_direction.entry(direction.to_owned()).or_default() += 1;
        let before =
            texts(entry, "phrases").into_iter().map(|phrase| format!("{phrase} $40 million"));
        let behind = texts(entry, "behind").into_iter().map(|phrase| match &*phrase {
            "plus" | "odd" => format!("40-{phrase}"),
            "+" => "$40 million+".to_owned(),
            phrase => format!("$40 million {phrase}"),
        });
        for text in before.chain(behind) {
            let value = parse_value(&text, lexicon).unwrap_or_else(|e| panic!("{text}: {e:?}"));
            let Value::Amount(amount) = value else { panic!("{text} is no amount") };
            assert_eq!(amount.hedge.as_str(), direction, "{text}");
        }
    }
    assert!(by_direction.keys().eq(["about", "exact", "less", "more"]));
}
