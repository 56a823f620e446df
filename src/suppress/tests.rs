//! Findings over two sources, silenced in one way after another.

use jiff::civil::date;

use super::*;
use crate::finding::{RuleId, Severity};

const RULES: [&str; 3] = ["wrong-rate", "wrong-total", "percent-for-points"];

/// A run over one article and one claims file.
struct Run {
    sources: Sources,
    articles: Vec<SourceId>,
    configured: Vec<Suppression>,
    findings: Vec<Finding>,
    reported: fn(&str) -> bool,
    is_whole: bool,
    today: Option<Date>,
}

impl Run {
    fn new(article: &str) -> Self {
        let mut sources = Sources::new();
        let article = sources.add("drafts/aid.md", article);
        sources.add("claims/aid.toml", "total = 5\nyearly = 7\n");
        Self {
            sources,
            articles: vec![article],
            configured: Vec::new(),
            findings: Vec::new(),
            reported: |_| true,
            is_whole: true,
            today: Some(date(2026, 3, 1)),
        }
    }

    /// The bytes of the first source, from the first, that has these words.
    fn place(&self, words: &str) -> Span {
        let found = self.sources.ids().find_map(|source| {
            let start = self.sources.get(source).text().find(words)?;
            Some(Span { source, start, end: start + words.len() })
        });
        found.unwrap_or_else(|| panic!("no {words}"))
    }

    fn finding(mut self, rule: &str, words: &[&str]) -> Self {
        let place = self.place(words[0]);
        let mut finding = Finding::new(RuleId::new(rule), Severity::Error, "clashes", place);
        for words in &words[1..] {
            finding = finding.with(self.place(words), "");
        }
        self.findings.push(finding);
        self
    }

    fn configured(mut self, change: impl Fn(&mut Suppression)) -> Self {
        let span = Span { source: self.articles[0], start: 0, end: 0 };
        let mut suppression = Suppression {
            span,
            rule: None,
            claim: None,
            file: None,
            reason: "so it is".to_owned(),
            until: None,
        };
        change(&mut suppression);
        self.configured.push(suppression);
        self
    }

    /// The rules that are left, each with the words it marks, and the reasons of the others.
    fn outcome(mut self) -> (Vec<String>, Vec<String>) {
        let known = RULES.iter().map(|&rule| rule.to_owned()).collect();
        let total = self.place("total = 5");
        let scope = Scope {
            articles: &self.articles,
            configured: &self.configured,
            known: &known,
            reported: &self.reported,
            claim_spans: &|id| if id == "total" { vec![total] } else { Vec::new() },
            is_whole: self.is_whole,
            today: self.today,
        };
        let silenced = apply(&mut self.findings, &self.sources, &scope);
        let shown = |finding: &Finding| {
            format!("{}: {}", finding.rule, self.sources.slice(finding.primary.span))
        };
        let left = self.findings.iter().map(shown).collect();
        (left, silenced.into_iter().map(|silenced| silenced.reason).collect())
    }

    fn left(self) -> Vec<String> {
        self.outcome().0
    }
}

fn rule(name: &str) -> impl Fn(&mut Suppression) {
    move |suppression| suppression.rule = Some((name.to_owned(), suppression.span))
}

#[test]
fn a_comment_silences_its_rule_on_its_lines() {
    let article = "<!-- crossfoot-ignore wrong-rate: his words -->\nPaid $5.\n\nThen $6.\n";
    let run = Run::new(article)
        .finding("wrong-rate", &["$5"])
        .finding("wrong-rate", &["$6"])
        .finding("wrong-total", &["$5"]);
    let (left, reasons) = run.outcome();
    assert_eq!(left, ["wrong-rate: $6", "wrong-total: $5"]);
    assert_eq!(reasons, ["his words"]);
}

#[test]
fn any_place_of_a_finding_will_do() {
    let article = "Paid $5. <!-- crossfoot-ignore wrong-rate: a -->\n\nThen $6.\n";
    assert!(Run::new(article).finding("wrong-rate", &["$6", "$5"]).left().is_empty());
    assert!(Run::new(article).finding("wrong-rate", &["yearly = 7", "$5"]).left().is_empty());
}

#[test]
fn each_rule_of_a_comment_counts_by_itself() {
    let article = "<!-- crossfoot-ignore wrong-rate, wrong-total: a --> Paid $5.\n";
    let left = Run::new(article).finding("wrong-total", &["$5"]).left();
    assert_eq!(left, ["unused-ignore: wrong-rate"]);
}

#[test]
fn a_comment_that_cannot_be_used_says_so_and_silences_nothing() {
    let cases = [
        ("wrong-rate", "missing-reason: <!-- crossfoot-ignore wrong-rate -->"),
        ("wrong-rat: a", "unknown-ignore: wrong-rat"),
        (": a", "unreadable-ignore: <!-- crossfoot-ignore : a -->"),
        ("wrong-rate until May: a", "unreadable-ignore: May"),
        (
            "wrong-rate until 2026-02-28: a",
            "expired-ignore: <!-- crossfoot-ignore wrong-rate until 2026-02-28: a -->",
        ),
    ];
    for (says, expected) in cases {
        let article = format!("$5 <!-- crossfoot-ignore {says} -->\n");
        let left = Run::new(&article).finding("wrong-rate", &["$5"]).left();
        assert_eq!(left, ["wrong-rate: $5", expected]);
    }
}

#[test]
fn a_misspelt_rule_gets_a_hint() {
    let known = RULES.iter().map(|&rule| rule.to_owned()).collect();
    let place = Run::new("a").place("a");
    let hint = |rule: &str| unknown(rule, place, &known).help.unwrap();
    assert_eq!(hint("wrong-rat"), "did you mean `wrong-rate`?");
    assert!(hint("wrong-rate and wrong-total").starts_with("commas"));
}

#[test]
fn the_last_day_still_counts_and_no_day_never_ends() {
    let article = "$5 <!-- crossfoot-ignore wrong-rate until 2026-03-01: a -->\n";
    assert!(Run::new(article).finding("wrong-rate", &["$5"]).left().is_empty());
    let mut run = Run::new(&article.replace("2026", "2000")).finding("wrong-rate", &["$5"]);
    run.today = None;
    assert!(run.left().is_empty());
}

#[test]
fn what_is_not_reported_is_not_called_unused() {
    let article = "<!-- crossfoot-ignore wrong-rate, wrong-total: a -->\n";
    let mut run = Run::new(article);
    run.reported = |rule| rule != "wrong-total";
    assert_eq!(run.left(), ["unused-ignore: wrong-rate"]);
    let mut run = Run::new(article);
    run.reported = |rule| rule != Check::UnusedIgnore.id();
    assert!(run.left().is_empty());
}

#[test]
fn broken_input_is_never_silent() {
    let article = "$5 <!-- crossfoot-ignore wrong-rate, wrong-total: a -->\n";
    let mut run = Run::new(article).finding("wrong-rate", &["$5"]);
    run.findings[0].broken_input = true;
    // Nor is anything called unused beside it.
    assert_eq!(run.left(), ["wrong-rate: $5"]);
}

#[test]
fn its_own_findings_are_not_silenced() {
    let article = "<!-- crossfoot-ignore wrong-rate: a -->\n";
    let run = Run::new(article).configured(|suppression| {
        suppression.file = Some("aid.md".to_owned());
    });
    let left = run.left();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn an_article_that_was_read_twice_is_one_article() {
    let article = "$5 <!-- crossfoot-ignore wrong-rate, wrong-total: a -->\n";
    let mut run = Run::new(article).finding("wrong-rate", &["$5"]);
    let again = run.sources.add("drafts/aid.md", article);
    run.articles.push(again);
    run.findings[0].primary.span.source = again;
    assert_eq!(run.left(), ["unused-ignore: wrong-total"]);
}

#[test]
fn a_suppress_silences_what_it_names() {
    let found = || Run::new("$5 $6").finding("wrong-rate", &["$5", "total = 5"]);
    let claim =
        |name: &'static str| move |s: &mut Suppression| s.claim = Some((name.to_owned(), s.span));
    let file = |name: &'static str| move |s: &mut Suppression| s.file = Some(name.to_owned());
    assert!(found().configured(rule("wrong-rate")).left().is_empty());
    assert!(found().configured(claim("total")).left().is_empty());
    for name in ["aid.md", "./drafts/aid.md", "drafts\\aid.md", "aid.toml", "claims/aid.toml"] {
        assert!(found().configured(file(name)).left().is_empty(), "{name}");
    }
    for name in ["id.md", "other/aid.md", "aid", "", "/"] {
        assert_eq!(found().configured(file(name)).left().len(), 2, "{name}");
    }
    assert_eq!(found().configured(rule("wrong-total")).left().len(), 2);
    assert_eq!(found().configured(claim("yearly")).left().len(), 2);
    let both = |s: &mut Suppression| {
        rule("wrong-rate")(s);
        claim("yearly")(s);
    };
    assert_eq!(found().configured(both).left().len(), 2);
}

#[test]
fn a_suppress_needs_a_reason_and_ends() {
    let run = |change: &dyn Fn(&mut Suppression)| {
        Run::new("$5")
            .finding("wrong-rate", &["$5"])
            .configured(|suppression| {
                rule("wrong-rate")(suppression);
                change(suppression);
            })
            .left()
    };
    let blank = run(&|suppression| suppression.reason = " ".to_owned());
    assert_eq!(blank, ["wrong-rate: $5", "missing-reason: "]);
    let over = run(&|suppression| suppression.until = Some(date(2026, 2, 28)));
    assert_eq!(over, ["wrong-rate: $5", "expired-ignore: "]);
    assert!(run(&|suppression| suppression.until = Some(date(2026, 3, 1))).is_empty());
}

#[test]
fn only_a_whole_run_tells_what_a_suppress_is_not_needed_for() {
    let mut run = Run::new("$5").configured(rule("wrong-rate"));
    run.is_whole = false;
    assert!(run.left().is_empty());
    assert_eq!(Run::new("$5").configured(rule("wrong-rate")).left(), ["unused-ignore: "]);
    let mut run = Run::new("$5").configured(rule("wrong-rate"));
    run.reported = |rule| rule != "wrong-rate";
    assert!(run.left().is_empty());
}

#[test]
fn a_comment_and_a_suppress_for_the_same_finding_are_both_used() {
    let article = "$5 <!-- crossfoot-ignore wrong-rate: first -->\n";
    let run = Run::new(article).finding("wrong-rate", &["$5"]).configured(rule("wrong-rate"));
    assert_eq!(run.outcome(), (Vec::new(), vec!["first".to_owned()]));
}
