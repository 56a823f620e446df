//! The shipped example: what it finds, and that altering any figure of it is noticed.

use std::fs;

use crossfoot::Article;
use crossfoot::claim::{self, Claim, ClaimsFile};
use crossfoot::engine::{self, Figures, Given, Relation, Verdict};
use crossfoot::lexicon::{Lexicon, Rates};
use crossfoot::published::Dated;
use crossfoot::reading::Reading;
use crossfoot::report::Report;
use crossfoot::rule::expression::{Comparison, Condition};
use crossfoot::rule::{Examples, Registry};
use crossfoot::source::{SourceId, Sources};
use crossfoot::value::{Amount, Interval, Rational, Style, Value};
use crossfoot::{Inputs, Options, check};
use proptest::prelude::*;

use crate::support::{cases, crossfoot, read, root};

const CLAIMS: &str = "claims/armenia.toml";
const ARTICLE: &str = "fixtures/articles/armenia.md";

fn report(claims: &str, article: &str) -> Report {
    let mut sources = Sources::new();
    let id = sources.add(CLAIMS, claims);
    check(
        sources,
        Registry::built_in(),
        Inputs { claims: &[id], ..Inputs::default() },
        &Options::default(),
        &mut |_, _: &str| Ok(Article::new(ARTICLE, article)),
    )
}

/// The example taken apart, for finding figures to alter.
struct Example {
    sources: Sources,
    file: ClaimsFile,
    registry: Registry,
}

impl Example {
    fn new() -> Self {
        let mut sources = Sources::new();
        let mut findings = Vec::new();
        let lexicon = Lexicon::built_in();
        let registry = Registry::new(&mut sources, &[], lexicon, Examples::Read, &mut findings);
        let claims: SourceId = sources.add(CLAIMS, read(CLAIMS));
        let article = sources.add(ARTICLE, read(ARTICLE));
        let mut file = claim::read(&sources, claims, lexicon, &mut findings).unwrap();
        let dated = Dated::settled(file.published);
        let reading = Reading::new(&sources, article, dated, lexicon);
        claim::anchor(&mut file, &reading, &sources, &mut findings);
        assert!(findings.is_empty(), "{findings:#?}");
        Self { sources, file, registry }
    }

    fn relations(&self) -> Vec<Relation<'_>> {
        let given = Given::new(&self.registry, Lexicon::built_in());
        engine::check(&self.file, given).relations
    }

    /// The texts with one figure altered, in the article and in every place of the claims file
    /// that quotes it.
    fn altered(&self, claim: &Claim, figure: &str) -> (String, String) {
        let place = claim.place.unwrap();
        let article = read(ARTICLE);
        let altered_article =
            format!("{}{figure}{}", &article[..place.start], &article[place.end..]);
        let mut edits = vec![(claim.figure.span, figure.to_owned())];
        let words = spaced(self.sources.slice(place));
        for other in self.file.claims.all() {
            let Some(quote) = &other.quote else { continue };
            let covers = spaced(&quote.text)
                .find_iter(&article)
                .any(|found| found.start() <= place.start && place.end <= found.end());
            if covers {
                let text = words.replacen(&quote.text, 1, regex::NoExpand(figure));
                edits.push((quote.span, text.into_owned()));
            }
        }
        edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
        let mut claims = read(CLAIMS);
        for (span, text) in edits {
            claims.replace_range(span.range(), &text);
        }
        (claims, altered_article)
    }
}

/// Words in a row, whatever white space is between them.
fn spaced(text: &str) -> regex::Regex {
    let words: Vec<String> = text.split_whitespace().map(regex::escape).collect();
    regex::Regex::new(&words.join(r"\s+")).unwrap()
}

/// The figure in its own style with another number.
fn rewritten(amount: &Amount, number: &Rational, decimals: u32) -> String {
    Style { decimals, ..amount.style.clone() }.write_rounded(number)
}

#[test]
fn it_finds_what_the_article_gets_wrong() {
    let report = report(&read(CLAIMS), &read(ARTICLE));
    let lines: Vec<String> = report
        .findings
        .iter()
        .map(|finding| format!("{}[{}] {}", finding.severity, finding.rule, finding.message))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn it_is_as_large_as_promised() {
    let example = Example::new();
    let relations = example.relations();
    assert!(55 <= example.file.claims.all().len());
    let decided =
        relations.iter().filter(|r| r.verdict != Verdict::Unknown && r.asserted.is_some());
    assert!(25 <= decided.count());
    let arithmetic = relations.iter().filter(|relation| {
        relation.verdict != Verdict::Unknown
            && relation
                .claims(Figures::claimed(&example.file))
                .all(|c| matches!(c.value, Value::Amount(_)))
    });
    assert!(10 <= arithmetic.count());
}

#[test]
fn what_has_no_second_figure_is_unknown_and_not_counted() {
    let report = report(&read(CLAIMS), &read(ARTICLE));
    let unknown = report.verdicts(Verdict::Unknown);
    assert!(1 <= unknown);
    let checked = report.relations.len() - unknown;
    assert!(report.summary().contains(&format!("compared in {checked} relations")));
}

#[test]
fn the_first_command_of_the_readme_shows_findings() {
    let run = crossfoot(&root(), &["check"]);
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let out = String::from_utf8(run.stdout).unwrap();
    assert!(out.contains("stale-forecast") && out.contains("parts-exceed-whole"), "{out}");
    assert!(out.contains("armenia.md") && out.contains("claims/armenia.toml"));
}

#[test]
fn the_whole_report() {
    insta::assert_snapshot!(crate::support::drawn(&report(&read(CLAIMS), &read(ARTICLE))));
}

/// Equalities over amounts that hold, with the claims of theirs that stand in the article and
/// nowhere else in the relation.
fn equalities(example: &Example) -> Vec<(Relation<'_>, Vec<(usize, usize)>)> {
    let mut found = Vec::new();
    for relation in example.relations() {
        let equal = matches!(relation.condition(), Condition::Compare(Comparison::Equal, ..));
        let holds = matches!(relation.verdict, Verdict::Holds | Verdict::HoldsLoosely);
        if !equal || !holds {
            continue;
        }
        let mut figures = Vec::new();
        for (role, filled) in relation.roles.iter().enumerate() {
            for (member, &index) in filled.claims.iter().enumerate() {
                let claim = example.file.claims.get(index);
                if matches!(claim.figure.value, Value::Amount(_)) && claim.place.is_some() {
                    figures.push((role, member));
                }
            }
        }
        if !figures.is_empty() {
            found.push((relation, figures));
        }
    }
    found
}

#[test]
fn there_are_equalities_to_alter() {
    let example = Example::new();
    let count: usize = equalities(&example).iter().map(|(_, figures)| figures.len()).sum();
    assert!(4 <= count, "{count} figures");
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn a_figure_altered_past_what_the_others_leave_is_found(percent in 2_u32..400, up in any::<bool>()) {
        let example = Example::new();
        for (relation, figures) in equalities(&example) {
            let left = engine::left(&relation, Figures::claimed(&example.file), Rates::built_in());
            for &(role, member) in &figures {
                let claim = example.file.claims.get(relation.roles[role].claims[member]);
                let Value::Amount(amount) = &claim.figure.value else { continue };
                let Some(left) = &left[role][member] else { continue };
                // Past the loose interval of the figure and of what the others leave it.
                let reach = left.hull(&amount.allowed.loose);
                let Some(number) = past(&reach, percent, up) else { continue };
                let decimals = amount.style.decimals + 2;
                let figure = rewritten(amount, &number, decimals);
                let (claims, article) = example.altered(claim, &figure);
                let report = report(&claims, &article);
                let rule = relation.rule();
                let spoke = report.findings.iter().any(|finding| {
                    finding.rule == rule && finding.severity == relation.severity
                });
                prop_assert!(spoke, "{} with {figure}: {:#?}", claim.id, report.findings);
            }
        }
    }

    #[test]
    fn a_figure_altered_within_its_strict_interval_is_not(share in 0_i64..=100) {
        let example = Example::new();
        let count = |report: &Report| report.findings.len();
        let before = count(&report(&read(CLAIMS), &read(ARTICLE)));
        for (relation, figures) in equalities(&example) {
            for &(role, member) in &figures {
                let claim = example.file.claims.get(relation.roles[role].claims[member]);
                let Value::Amount(amount) = &claim.figure.value else { continue };
                let strict = &amount.allowed.strict;
                let (Some(low), Some(high)) = (strict.low().number(), strict.high().number()) else {
                    continue;
                };
                if low == high || amount.hedge != crossfoot::value::Direction::Exact {
                    continue;
                }
                let number = low + &(&(high - low) * &Rational::fraction(share, 100));
                let figure = rewritten(amount, &number, amount.style.decimals + 1);
                let (claims, article) = example.altered(claim, &figure);
                let after = report(&claims, &article);
                prop_assert_eq!(before, count(&after), "{} as {}: {:#?}", claim.id, figure, after.findings);
            }
        }
    }
}

/// A number some percent outside an interval; `None` where the interval has no end there.
fn past(interval: &Interval, percent: u32, up: bool) -> Option<Rational> {
    let edge = if up { interval.high() } else { interval.low() };
    let edge = edge.number()?;
    let factor = Rational::fraction(i64::from(percent), 100);
    let step = &edge.abs() * &factor;
    let moved = if up { edge + &step } else { edge - &step };
    (Rational::ZERO < moved).then_some(moved)
}

#[test]
fn an_altered_figure_fails_the_run() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("claims")).unwrap();
    fs::create_dir_all(folder.path().join("fixtures/articles")).unwrap();
    let alter = |text: String| text.replace("$72.5 million", "$82.5 million");
    fs::write(folder.path().join(CLAIMS), alter(read(CLAIMS))).unwrap();
    fs::write(folder.path().join(ARTICLE), alter(read(ARTICLE))).unwrap();
    let run = crossfoot(folder.path(), &["check"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(String::from_utf8(run.stdout).unwrap().contains("wrong-rate"));
}
