//! Relations judged together: what clashes only with others, what is said of it, and in which order.

use std::fmt::Write as _;

use crossfoot::lexicon::Lexicon;
use crossfoot::report::Report;
use crossfoot::rule::{Case, Examples, Expected, Registry};
use crossfoot::source::Sources;
use crossfoot::{NoArticles, Options};

use crate::support::{check_article, check_claims, check_text, check_with, crossfoot, drawn, root};

/// Claims with these names and values, and conditions over them.
fn network(claims: &[(&str, &str)], conditions: &[&str]) -> String {
    let mut text = String::new();
    for (name, value) in claims {
        let _ = writeln!(text, "[[claim]]\nid = \"{name}\"\nvalue = \"{value}\"");
    }
    for that in conditions {
        let _ = writeln!(text, "[[assert]]\nthat = \"{that}\"");
    }
    text
}

fn written(report: &Report) -> Vec<Vec<&str>> {
    let figures = |conflict: &'_ crossfoot::finding::Conflict| {
        let mut all: Vec<usize> = (0..conflict.figures.len()).collect();
        all.sort_by_key(|&at| conflict.figures[at].span);
        all
    };
    report
        .conflicts
        .iter()
        .map(|conflict| {
            let order = figures(conflict);
            order.into_iter().map(|at| conflict.figures[at].written.as_str()).collect()
        })
        .collect()
}

#[test]
fn a_sum_a_difference_and_a_figure_that_fits_neither() {
    let claims = [("x", "3 km"), ("y", "unknown"), ("sum", "10.0 km"), ("difference", "4.0 km")];
    let report = check_claims(&network(&claims, &["x + y = sum", "x - y = difference"]));
    insta::assert_snapshot!(drawn(&report));
}

#[test]
fn what_only_multiples_of_the_relations_show() {
    let claims = [("a", "41"), ("b", "unknown"), ("c", "unknown"), ("d", "101"), ("e", "61")];
    let conditions = ["b + c = d", "b - c = e", "2 * b = 4 * a"];
    let report = check_claims(&network(&claims, &conditions));
    assert_eq!(written(&report), [["41", "101", "61"]]);
    let steps = report.conflicts[0].steps.join("\n");
    insta::assert_snapshot!(steps);
}

#[test]
fn what_no_relation_leaves_to_the_next_is_shown_by_their_multiples() {
    let claims = [
        ("a", "unknown"),
        ("b", "unknown"),
        ("c", "unknown"),
        ("ab", "10.3 km"),
        ("bc", "11.2 km"),
        ("ac", "12.1 km"),
        ("all", "19 km"),
    ];
    let conditions = ["a + b = ab", "b + c = bc", "a + c = ac", "a + b + c = all"];
    let report = check_claims(&network(&claims, &conditions));
    assert_eq!(report.conflicts.len(), 1);
    insta::assert_snapshot!(report.conflicts[0].steps.join("\n"));
}

#[test]
fn another_claim_of_a_fact_decides_where_its_own_would_not() {
    let fact = "subject = \"Fund\"\nmeasure = \"grants\"\nwhen = \"2024\"";
    let text = format!(
        "[[claim]]\nid = \"rough\"\nvalue = \"about $50 million\"\n{fact}\n\
         [[claim]]\nid = \"fine\"\nvalue = \"$53.4 million\"\n{fact}\n\
         [[claim]]\nid = \"loans\"\nvalue = \"$20.0 million\"\n\
         [[claim]]\nid = \"all\"\nvalue = \"$70.1 million\"\n\
         [[assert]]\nrule = \"wrong-total\"\nparts = [\"rough\", \"loans\"]\ntotal = \"all\"\n"
    );
    let report = check_claims(&text);
    let finding = report.findings.iter().find(|f| f.rule.as_str() == "wrong-total").unwrap();
    let conflict = finding.conflict.as_ref().unwrap();
    // The exact figure is what clashes; the rough one agrees with the sum.
    let mut written: Vec<&str> = conflict.figures.iter().map(|f| f.written.as_str()).collect();
    written.sort_unstable();
    assert_eq!(written, ["$20.0 million", "$53.4 million", "$70.1 million"]);
    // Without it, the rough figure would do.
    let rough = text.replace("$53.4 million", "$50.1 million");
    assert!(check_claims(&rough).findings.is_empty());
}

/// Two claims of the length of a route, and a part of it that is longer than either.
fn route(values: [&str; 2], status: &str) -> String {
    let fact = "subject = \"Route\"\nmeasure = \"length\"\nwhen = \"2024\"";
    format!(
        "[[claim]]\nid = \"a\"\nvalue = \"{}\"\n{fact}\n\
         [[claim]]\nid = \"b\"\nvalue = \"{}\"\n{fact}\n{status}\n\
         [[claim]]\nid = \"c\"\nvalue = \"25 km\"\n[[assert]]\nthat = \"c <= a\"\n",
        values[0], values[1]
    )
}

/// The figures of the conflict of the only assert.
fn told(claims: &str) -> Vec<String> {
    let report = check_claims(claims);
    let finding = report.findings.iter().find(|f| f.rule.as_str() == "assertion").unwrap();
    let conflict = finding.conflict.clone().unwrap();
    let mut written: Vec<String> = conflict.figures.iter().map(|f| f.written.clone()).collect();
    written.sort_unstable();
    written
}

#[test]
fn a_conflict_without_a_hedge_is_told_before_one_with_it() {
    assert_eq!(told(&route(["about 10 km", "10.2 km"], "")), ["10.2 km", "25 km"]);
    assert_eq!(told(&route(["10.2 km", "about 10 km"], "")), ["10.2 km", "25 km"]);
}

#[test]
fn what_somebody_verified_is_held_against_the_rest_hedged_or_not() {
    let verified = "status = \"verified\"";
    assert_eq!(told(&route(["10.2 km", "about 10 km"], verified)), ["25 km", "about 10 km"]);
}

#[test]
fn dates_are_in_one_network_with_the_time_between_them() {
    let claims = [
        ("signed", "3 March 2021"),
        ("ratified", "unknown"),
        ("in_force", "20 March 2021"),
        ("first", "10 days"),
        ("second", "two weeks"),
    ];
    let conditions = ["ratified - signed >= first", "in_force - ratified >= second"];
    let report = check_claims(&network(&claims, &conditions));
    assert_eq!(report.conflicts.len(), 1, "{:#?}", report.conflicts);
    assert_eq!(report.conflicts[0].relations.len(), 2);
    let read = |name: &str| {
        let figures = &report.conflicts[0].figures;
        figures.iter().find(|f| f.written == name).and_then(|f| f.reading.clone()).unwrap()
    };
    assert_eq!(read("3 March 2021"), "25 February 2021 or earlier");
    assert_eq!(read("20 March 2021"), "26 March 2021 or later");
    let fits = claims.map(|(name, value)| match value {
        "20 March 2021" => (name, "27 March 2021"),
        value => (name, value),
    });
    assert!(check_claims(&network(&fits, &conditions)).conflicts.is_empty());
}

#[test]
fn a_date_before_another_is_a_day_before_it_at_least() {
    let dates = |last: &str| {
        let claims = [("signed", "3 March 2021"), ("ratified", "unknown"), ("in_force", last)];
        let conditions = ["signed < ratified", "ratified < in_force"];
        check_claims(&network(&claims, &conditions)).conflicts.len()
    };
    // No day lies between the 3rd and the 4th.
    assert_eq!(dates("4 March 2021"), 1);
    assert_eq!(dates("5 March 2021"), 0);
    let after = |last: &str| {
        let claims = [("in_force", last), ("ratified", "unknown"), ("signed", "3 March 2021")];
        let conditions = ["in_force > ratified", "ratified > signed"];
        check_claims(&network(&claims, &conditions)).conflicts.len()
    };
    assert_eq!(after("4 March 2021"), 1);
    assert_eq!(after("5 March 2021"), 0);
}

#[test]
fn an_order_of_dates_that_runs_in_a_circle() {
    let claims = [("a", "2021"), ("b", "2021"), ("c", "2021")];
    let report = check_claims(&network(&claims, &["a < b", "b < c", "c < a"]));
    // No two of them clash, whatever the days are; not even the claims are needed.
    assert_eq!(report.conflicts.len(), 1);
    assert_eq!(report.conflicts[0].relations.len(), 3);
    assert_eq!(report.together.verdict().as_str(), "contradicts");
    let clash = report.findings.iter().find(|f| f.rule.as_str() == "clashing-figures").unwrap();
    assert_eq!(clash.message, "these cannot all hold: 2021 < 2021; 2021 < 2021; 2021 < 2021");
    assert_eq!(clash.related.len(), 2);
}

#[test]
fn years_between_dates_narrow_both() {
    let claims = [
        ("born", "unknown"),
        ("wed", "14 June 1969"),
        ("age", "25 years"),
        ("school", "1 September 1939"),
    ];
    let conditions = ["lasts(born, wed, age)", "years(born, school) >= 6 years"];
    let report = check_claims(&network(&claims, &conditions));
    assert_eq!(report.conflicts.len(), 1, "{:#?}", report.findings);
    let fits =
        claims.map(|(name, value)| if name == "age" { (name, "36 years") } else { (name, value) });
    assert!(check_claims(&network(&fits, &conditions)).conflicts.is_empty());
}

#[test]
fn a_figure_of_the_article_is_the_claim_that_quotes_it() {
    let article = "The $290 million over four years amounts to $72.5 million annually.\n";
    let claims = |monthly: &str| {
        format!(
            "article = \"a.md\"\n[[claim]]\nid = \"total\"\nquote = \"$290 million\"\nvalue = \"$290 million\"\n\
             [[claim]]\nid = \"spent\"\nvalue = \"{monthly}\"\n[[claim]]\nid = \"rest\"\nvalue = \"$100.4 million\"\n\
             [[assert]]\nthat = \"spent + rest = total\"\n"
        )
    };
    assert!(check_with(&claims("$189.6 million"), Some(article)).conflicts.is_empty());
    // With the rounding of "$290 million" alone, $193.6 million would do; four times 72.5 leaves less.
    let report = check_with(&claims("$193.6 million"), Some(article));
    assert_eq!(report.conflicts.len(), 1, "{:#?}", report.findings);
    assert_eq!(report.conflicts[0].relations.len(), 2);
    assert_eq!(report.findings.len(), 1);
    assert_eq!(report.findings[0].rule.as_str(), "clashing-figures");
}

#[test]
fn a_figure_is_the_claim_that_quotes_it_among_several_that_quote_its_words() {
    let article = "The $290 million over four years amounts to $72.5 million annually.\n";
    let mut claims = "article = \"a.md\"\n[[claim]]\nid = \"total\"\nquote = \"$290 million\"\n\
         value = \"$290 million\"\n[[claim]]\nid = \"spent\"\nvalue = \"$193.6 million\"\n\
         [[claim]]\nid = \"rest\"\nvalue = \"$100.4 million\"\n\
         [[assert]]\nthat = \"spent + rest = total\"\n"
        .to_owned();
    let conflicts = |claims: &str| check_with(claims, Some(article)).conflicts.len();
    assert_eq!(conflicts(&claims), 1);
    // Figures that are not stated yet, and whose words begin with the same one.
    for (at, words) in ["over", "over four", "over four years"].into_iter().enumerate() {
        let _ = writeln!(
            claims,
            "[[claim]]\nid = \"open_{at}\"\nquote = \"$290 million {words}\"\nvalue = \"unknown\"\n\
             [[assert]]\nthat = \"open_{at} >= spent\""
        );
    }
    assert_eq!(conflicts(&claims), 1);
}

#[test]
fn what_an_assert_says_of_the_same_figures_is_not_said_of_the_prose_again() {
    let article = "The $290 million over four years amounts to $82.5 million annually.\n";
    let quoted = |figure: &str, id: &str| {
        format!("[[claim]]\nid = \"{id}\"\nquote = \"{figure}\"\nvalue = \"{figure}\"\n")
    };
    let claims = [
        "article = \"a.md\"\n",
        &quoted("$290 million", "total"),
        &quoted("four years", "span"),
        &quoted("$82.5 million annually", "rate"),
    ]
    .concat();
    let rules = |claims: &str| {
        let report = check_with(claims, Some(article));
        let rules = report.relations.iter().map(|one| one.rule.as_str().to_owned());
        let said = report.findings.iter().filter(|one| one.rule.as_str() == "wrong-rate").count();
        (rules.collect::<Vec<_>>(), said)
    };
    let once = (vec!["wrong-rate".to_owned()], 1);
    assert_eq!(rules(&claims), once);
    let assert =
        "[[assert]]\nrule = \"wrong-rate\"\ntotal = \"total\"\nspan = \"span\"\nrate = \"rate\"\n";
    assert_eq!(rules(&(claims + assert)), once);
}

#[test]
fn what_takes_too_many_steps_is_said_to_be_undecided() {
    let mut claims = String::new();
    for at in 0..40 {
        let _ = writeln!(claims, "[[claim]]\nid = \"x{at}\"\nvalue = \"about 1000 km\"");
        let _ = writeln!(claims, "[[assert]]\nthat = \"x{at} + 1 km = x{}\"", (at + 1) % 40);
    }
    let checked = |budget| {
        let options = Options::new().budget(budget);
        check_text(("claims.toml", &claims), &options, &mut NoArticles)
    };
    assert_eq!(checked(None).together.verdict().as_str(), "contradicts");
    let report = checked(Some(10));
    assert_eq!(report.together.unknown, 1);
    assert!(report.findings.iter().any(|finding| finding.rule.as_str() == "undecided-figures"));
}

#[test]
fn one_conflict_is_told_at_length() {
    let folder = tempfile::tempdir().unwrap();
    let claims = [
        ("total", "$290 million"),
        ("years", "four years"),
        ("yearly", "$82.5 million annually"),
        ("grants", "$200 million"),
        ("loans", "$90.4 million"),
        ("monthly", "$6.04 million a month"),
    ];
    let conditions = [
        "total = yearly * years",
        "grants + loans = total",
        "monthly * 12 months = yearly * 1 year",
    ];
    std::fs::write(folder.path().join("c.toml"), network(&claims, &conditions)).unwrap();
    let run = |arguments: &[&str]| {
        let output = crossfoot(folder.path(), arguments);
        let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        (output.status.code().unwrap(), text.concat())
    };
    let (code, text) = run(&["check", "c.toml"]);
    assert_eq!(code, 1);
    let named: Vec<&str> = text
        .split("explain --conflict ")
        .skip(1)
        .filter_map(|rest| rest.split('`').next())
        .collect();
    assert_eq!(named.len(), 2, "{text}");
    let (code, text) = run(&["explain", "--conflict", named[1], "c.toml"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(text);
    let (code, text) = run(&["explain", "--conflict", "zzz", "c.toml"]);
    assert_eq!(code, 2);
    assert!(text.contains("there is no conflict `zzz` here; there are "), "{text}");
    let (code, text) = run(&["explain", "wrong-rate", "wrong-total"]);
    assert_eq!((code, text.as_str()), (2, "crossfoot: one rule at a time, not 2\n"));
}

#[test]
fn a_relation_of_another_opinion_is_no_error_by_the_company_it_keeps() {
    // A warning among the relations makes a warning of what clashes with it.
    let text =
        network(&[("a", "100.0 km"), ("b", "40.0 km"), ("c", "unknown")], &["c = a", "c = b"])
            + "severity = \"warning\"\n";
    let report = check_claims(&text);
    assert_eq!(report.findings[0].severity.as_str(), "warning");
}

/// Prose is read in more than one way, and what was misread must not clash with what was not.
#[test]
fn nothing_clashes_in_the_examples_and_articles_of_the_project() {
    let mut texts: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(root().join("fixtures/articles")).unwrap() {
        texts.push(std::fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    let mut sources = Sources::new();
    let lexicon = Lexicon::built_in();
    let rules = Registry::new(&mut sources, &[], lexicon, Examples::Read, &mut Vec::new());
    for example in rules.all().iter().flat_map(|rule| &rule.examples) {
        if let (Case::Text { text, .. }, Expected::Pass) = (&example.case, example.expected) {
            texts.push(text.clone());
        }
    }
    assert!(300 < texts.len(), "{}", texts.len());
    for text in texts {
        let report = check_article(&text, &Options::default());
        let clash =
            report.findings.iter().find(|finding| finding.rule.as_str().ends_with("-figures"));
        assert!(clash.is_none(), "{text}: {clash:#?}");
    }
}
