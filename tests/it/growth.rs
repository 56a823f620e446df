//! Inputs that are made to be costly: what they take is in proportion to their size, or it is bounded and
//! said. Work is counted, not timed.

use std::fmt::Write as _;

use crossfoot::lexicon::Lexicon;
use crossfoot::network::{Linear, Network};
use crossfoot::report::html;
use crossfoot::rule::expression::parse_condition;
use crossfoot::value::{Interval, Mode, Rational};
use crossfoot::{NoArticles, Options};

use crate::support::{check_article, check_text, check_with};

/// Facts of which each is one more than the one before, and the last is not so much more than the first.
fn chain(size: u32) -> Network<'static> {
    let number = |n: i64| Rational::from(n);
    let mut network = Network::new();
    let facts: Vec<_> = (0..=size).map(|_| network.fact()).collect();
    for (fact, value) in [(facts[0], 1), (facts[size as usize], 3)] {
        let interval = Interval::point(number(value));
        network.claim(fact, interval.clone(), interval);
    }
    for pair in facts.windows(2) {
        let terms = [(pair[1], number(1)), (pair[0], number(-1))];
        network.relation([Linear::new(terms, Interval::point(number(1))).into()]);
    }
    network
}

#[test]
fn a_chain_that_clashes_at_its_ends_takes_steps_in_proportion() {
    let steps = |size: u32| {
        let network = chain(size);
        let found = network.conflicts(Mode::Loose);
        assert_eq!(found.conflicts.len(), 1);
        assert_eq!(found.conflicts[0].relations.len(), size as usize);
        assert!(!found.ran_out);
        found.steps
    };
    let (once, twice) = (steps(500), steps(1_000));
    assert!(twice <= once * 9 / 4, "{once} steps become {twice}");
}

/// Eight sums over the same figures that clash among each other.
fn clashing_sums(terms: usize) -> String {
    let mut claims = String::new();
    for at in 0..terms {
        let _ = writeln!(claims, "[[claim]]\nid = \"x{at}\"\nvalue = \"unknown\"");
        let _ = writeln!(claims, "[[assert]]\nthat = \"x{at} > 0\"");
    }
    for row in 0..8 {
        let sum: Vec<String> =
            (0..terms).map(|at| format!("{} * x{at}", 1 + at * (row + 3) % 7)).collect();
        let _ = writeln!(claims, "[[claim]]\nid = \"t{row}\"\nvalue = \"{}\"", 100 + 17 * row);
        let _ = writeln!(claims, "[[assert]]\nthat = \"{} = t{row}\"", sum.join(" + "));
    }
    let all: Vec<String> = (0..terms).map(|at| format!("x{at}")).collect();
    let _ = writeln!(claims, "[[assert]]\nthat = \"{} = 7\"", all.join(" + "));
    claims
}

#[test]
fn the_budget_bounds_the_search_and_the_telling_and_says_so() {
    let claims = clashing_sums(12);
    let checked = |budget| {
        let options = Options::new().budget(budget);
        check_text(("claims.toml", &claims), &options, &mut NoArticles)
    };
    let whole = checked(None);
    assert_eq!(whole.together.verdict().as_str(), "contradicts");
    let mut said = Vec::new();
    for budget in [10, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000] {
        let report = checked(Some(budget));
        let undecided =
            report.findings.iter().find(|finding| finding.rule.as_str() == "undecided-figures");
        match undecided {
            Some(finding) => said.push(finding.message.clone()),
            None => assert_eq!(report.together, whole.together, "{budget}"),
        }
    }
    for words in ["to decide together", "which of them clash", "in more ways than"] {
        assert!(said.iter().any(|message| message.contains(words)), "{words}: {said:#?}");
    }
}

#[test]
fn what_surely_clashes_is_an_error_though_the_search_is_given_up() {
    let claims = clashing_sums(12);
    let found = (0..200).find_map(|step| {
        let options = Options::new().budget(300 + 100 * step);
        let report = check_text(("claims.toml", &claims), &options, &mut NoArticles);
        let cannot = |message: &str| message.contains("which of them clash");
        report.findings.into_iter().find(|finding| cannot(&finding.message))
    });
    assert_eq!(found.unwrap().severity.as_str(), "error");
}

#[test]
fn a_long_ring_of_orders_without_a_figure_is_reported_or_said_to_be_undecided() {
    let ring = |size: usize| {
        let mut claims = String::new();
        for at in 0..size {
            let _ = writeln!(claims, "[[claim]]\nid = \"x{at}\"\nvalue = \"unknown\"");
            let _ = writeln!(claims, "[[assert]]\nthat = \"x{at} < x{}\"", (at + 1) % size);
        }
        claims
    };
    let rules = |size, budget: Option<u64>| -> Vec<String> {
        let options = Options::new().budget(budget);
        let report = check_text(("claims.toml", &ring(size)), &options, &mut NoArticles);
        report.findings.iter().map(|f| format!("{}: {}", f.severity.as_str(), f.rule)).collect()
    };
    assert_eq!(rules(100, None), ["error: clashing-figures"]);
    assert_eq!(rules(100, Some(20_000)), ["error: undecided-figures"]);
}

fn parsed(text: &str) -> Result<(), String> {
    let mut names = |_: &str| Ok(0);
    parse_condition(text, &mut names, Lexicon::built_in())
        .map(|_| ())
        .map_err(|error| error.message)
}

#[test]
fn long_conditions_are_read_and_the_longest_are_refused() {
    let many = |part: &str, by: &str, count: usize| vec![part; count].join(by);
    assert_eq!(parsed(&many("a < a", " and ", 5_000)), Ok(()));
    assert_eq!(parsed(&many("a < a", " or ", 5_000)), Ok(()));
    assert_eq!(parsed(&(many("2 * a", " + ", 5_000) + " = a")), Ok(()));
    let deep = "this is nested too deeply";
    assert_eq!(parsed(&(many("a", " * ", 5_000) + " = a")), Err(deep.to_owned()));
    let nested = many("(a * ", "", 300) + "a" + &many(")", "", 300) + " = a";
    assert_eq!(parsed(&nested), Err(deep.to_owned()));
    let refused = parsed(&many("a<a", " and ", 125_001)).unwrap_err();
    assert_eq!(refused, "this has more than 250000 figures and names");
}

fn quoting(claims: usize, places: usize) -> crossfoot::report::Report {
    let article = "The council spent 500 euros on roads.\n\n".repeat(places);
    let mut file = String::from("article = \"a.md\"\n");
    for at in 0..claims {
        let _ = writeln!(file, "[[claim]]\nid = \"c{at}\"\nvalue = \"500 euros\"");
        let _ = writeln!(file, "quote = \"spent 500 euros\"");
    }
    check_with(&file, Some(&article))
}

#[test]
fn claims_with_one_quote_share_its_places() {
    let in_turn = quoting(400, 400);
    let ambiguous = |report: &crossfoot::report::Report| -> Vec<String> {
        let all = report.findings.iter();
        let all = all.filter(|finding| finding.rule.as_str() == "ambiguous-quote");
        all.map(|finding| finding.message.clone()).collect()
    };
    assert_eq!(ambiguous(&in_turn), [""; 0]);
    let told = ambiguous(&quoting(401, 400));
    assert_eq!(told.len(), 401);
    assert_eq!(told[0], "the article says \"spent 500 euros\" more than 100 times");
    let told = ambiguous(&quoting(3, 4));
    assert_eq!(told[0], "the article says \"spent 500 euros\" 4 times");
}

#[test]
fn a_page_shows_the_first_thousands_and_says_so() {
    let mut text = String::new();
    for town in 0..2_010 {
        let _ = writeln!(text, "Aid to town {town} fell by 50 percent, from 146,000 to 100,000.\n");
    }
    let report = check_article(&text, &Options::new().at_length(true));
    assert_eq!(report.findings.len(), 2_010);
    let page = html(&report);
    assert!(page.contains("This page shows 2,000 of 2,010 findings"), "{}", &page[..4_000]);
    assert!(page.contains("id=\"a1-text\""));
    let few = check_article(&text[..text.len() / 20], &Options::new().at_length(true));
    assert!(!html(&few).contains("This page shows"));
}
