//! Every relation that holds in the project's own articles, broken by altering one figure: the rule
//! that found it must speak.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crossfoot::document::{Document, Format};
use crossfoot::engine::{self, Checked, Given, Relation, Verdict};
use crossfoot::finding::Severity;
use crossfoot::lexicon::{Lexicon, Rates};
use crossfoot::published::Dated;
use crossfoot::reading::Reading;
use crossfoot::rule::{Examples, Registry};
use crossfoot::source::{SourceId, Sources};
use crossfoot::value::{Amount, Interval, Kind, Rational, Value};

use crate::support::root;

/// What checks an article, made once.
struct Desk {
    rules: Registry,
    source: SourceId,
}

impl Desk {
    fn new() -> Self {
        let mut sources = Sources::new();
        let lexicon = Lexicon::built_in();
        let rules = Registry::new(&mut sources, &[], lexicon, Examples::Skip, &mut Vec::new());
        let source = sources.add("article.md", "");
        Self { rules, source }
    }

    fn read(&self, text: &str) -> Checked<'_> {
        let lexicon = Lexicon::built_in();
        let document = Document::parse(text, Format::Markdown);
        let reading = Reading::of(document, (self.source, text), Dated::default(), lexicon);
        engine::check_prose(&reading, Given::new(&self.rules, lexicon))
    }
}

/// The articles of prose of our own, each with its name; the example is read in another place.
fn articles() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(root().join("fixtures/articles")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if path.extension().is_some_and(|ending| ending == "md")
            && !["README", "armenia"].contains(&&*name)
        {
            all.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
    all.sort();
    all
}

#[test]
fn there_is_enough_prose() {
    let articles = articles();
    let words: usize = articles.iter().map(|(_, text)| text.split_whitespace().count()).sum();
    assert!(15 <= articles.len());
    assert!(6_000 <= words, "{words} words");
}

#[test]
fn nothing_is_said_of_articles_in_which_all_is_right() {
    let desk = Desk::new();
    let mut said = String::new();
    for (name, text) in articles() {
        for finding in desk.read(&text).outcome.all_findings() {
            if finding.severity != Severity::Note {
                writeln!(
                    said,
                    "{name}: {}[{}] {}",
                    finding.severity, finding.rule, finding.message
                )
                .unwrap();
            }
        }
    }
    assert!(said.is_empty(), "{said}");
}

/// A figure of a relation to be altered: its bytes, and the words to stand there.
struct Mutant {
    range: std::ops::Range<usize>,
    words: String,
}

const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// One alteration of a relation that breaks it, of the first figure that allows one, the last role
/// first: it mostly states what the others come to.
fn mutant(relation: &Relation<'_>, read: &Checked<'_>, text: &str) -> Option<Mutant> {
    let figures = read.figures();
    let left = engine::left(relation, figures, Rates::built_in());
    for (role, filled) in relation.roles.iter().enumerate().rev() {
        for (member, &index) in filled.claims.iter().enumerate() {
            let figure = figures.get(index).figure();
            let range = figure.span.range();
            let written = &text[range.clone()];
            let words = match &figure.value {
                Value::Amount(amount) if written.bytes().any(|b| b.is_ascii_digit()) => {
                    let left = left.get(role)?.get(member)?.as_ref()?;
                    let reach = left.hull(&amount.allowed.loose);
                    past(&reach).map(|number| rewritten(amount, &number))
                }
                Value::Date(_) => {
                    // What is told as past is wrong where it lies ahead.
                    let later = relation.rule().as_str() == "future-in-past-tense";
                    another_date(written, if later { |_| 2090 } else { |year| year - 17 })
                }
                _ => None,
            };
            if let Some(words) = words.filter(|words| words != written) {
                return Some(Mutant { range, words });
            }
        }
    }
    None
}

/// A number well outside an interval, above it where it ends there.
fn past(reach: &Interval) -> Option<Rational> {
    let factor = |share: i64| Rational::fraction(share, 100);
    let above = reach.high().number().filter(|high| Rational::ZERO < **high);
    let above = above.map(|high| high * &factor(145));
    let below = reach.low().number().map(|low| low * &factor(55));
    above.or(below.filter(|low| Rational::ZERO < *low))
}

/// The figure in its own style, whole where it counts.
fn rewritten(amount: &Amount, number: &Rational) -> String {
    let number = if amount.is_counted() { number.ceil() } else { number.clone() };
    if amount.kind == Kind::Ordinal {
        return format!("{}th", number.ceil().to_decimal());
    }
    amount.style.write(&number)
}

/// Another weekday, or another year.
fn another_date(written: &str, other: fn(i32) -> i32) -> Option<String> {
    for (at, weekday) in WEEKDAYS.iter().enumerate() {
        if written.contains(weekday) {
            return Some(written.replace(weekday, WEEKDAYS[(at + 3) % 7]));
        }
    }
    let year = regex::Regex::new(r"\b(1[89]|20)\d\d\b").unwrap();
    let found = year.find(written)?;
    let number: i32 = found.as_str().parse().ok()?;
    Some(written.replace(found.as_str(), &other(number).to_string()))
}

#[test]
fn every_relation_is_missed_when_it_is_broken() {
    let desk = Desk::new();
    let mut by_rule: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut missed = String::new();
    for (name, text) in articles() {
        let read = desk.read(&text);
        for relation in &read.outcome.relations {
            if !matches!(relation.verdict, Verdict::Holds | Verdict::HoldsLoosely) {
                continue;
            }
            // What is taken because it holds is passed over where it does not.
            let apart = relation.way.as_ref().and_then(|way| way.apart);
            if matches!(apart, Some("added-up" | "whole-before" | "tentative")) {
                continue;
            }
            let Some(mutant) = mutant(relation, &read, &text) else { continue };
            let mut altered = text.clone();
            altered.replace_range(mutant.range.clone(), &mutant.words);
            let rule = relation.rule();
            let end = mutant.range.start + mutant.words.len();
            let touches =
                |span: crossfoot::source::Span| span.start < end && mutant.range.start < span.end;
            let caught = desk.read(&altered).outcome.all_findings().any(|finding| {
                let slip = desk.rules.slips_of(rule.as_str()).any(|slip| finding.rule == slip.id);
                let places = std::iter::once(&finding.primary).chain(&finding.related);
                // The stricter of two rules about one thing speaks for both.
                let stricter = rule.as_str() == "uneven-exchange"
                    && finding.rule.as_str() == "inconsistent-exchange";
                (finding.rule == rule || slip || stricter)
                    && places.map(|label| label.span).any(touches)
            });
            let count = by_rule.entry(rule.to_string()).or_default();
            count.0 += 1;
            count.1 += usize::from(caught);
            if !caught {
                let from = &text[mutant.range.clone()];
                writeln!(missed, "{name}: [{rule}] {from} -> {}", mutant.words).unwrap();
            }
        }
    }
    let total: usize = by_rule.values().map(|(all, _)| all).sum();
    let caught: usize = by_rule.values().map(|(_, caught)| caught).sum();
    let table: Vec<String> =
        by_rule.iter().map(|(rule, (all, caught))| format!("{rule}: {caught} of {all}")).collect();
    let report = format!("{caught} of {total}\n{}\n{missed}", table.join("\n"));
    println!("{report}");
    assert!(120 <= total, "{report}");
    assert!(total * 95 <= caught * 100, "{report}");
}
