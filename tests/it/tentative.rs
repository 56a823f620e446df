//! Relations that are taken only where they hold.

use crossfoot::Options;
use crossfoot::engine::Verdict;
use crossfoot::finding::Severity;
use crossfoot::report::Report;

use crate::support::check_article;

fn checked(article: &str) -> Report {
    check_article(article, &Options::new().published(jiff::civil::date(2025, 11, 28)))
}

fn loud(report: &Report) -> Vec<&str> {
    let loud = report.findings.iter().filter(|finding| finding.severity != Severity::Note);
    loud.map(|finding| &*finding.message).collect()
}

/// The verdicts of the relations of a rule, each with whether it is said to be taken because it holds.
fn of_rule(report: &Report, rule: &str) -> Vec<(Verdict, bool)> {
    let own = report.relations.iter().filter(|relation| relation.rule.as_str() == rule);
    let is_tentative = |remark: &String| remark.starts_with("taken because it holds");
    own.map(|relation| (relation.verdict, relation.remarks.iter().any(is_tentative))).collect()
}

#[test]
fn weak_words_relate_where_the_figures_agree_and_say_so() {
    for (rule, article, figure, other) in [
        (
            "wrong-difference",
            "The phone, which starts at $749, would jump by $74.90 to $823.90.",
            "$823.90",
            "$833.90",
        ),
        (
            "wrong-percent-change",
            "The shares plummeted 34 percent in a day, dropping the value of the group from $1.2 billion to \
             $786 million.",
            "34 percent",
            "44 percent",
        ),
        (
            "wrong-percent-change",
            "Permits rose in May by 4.4 percent to 1,764,000 after falling 11.5 percent to 1,690,000 in April.",
            "4.4 percent",
            "6.4 percent",
        ),
        (
            "wrong-unit-price",
            "It will also acquire another 2.4 million shares at $7 a share in a year for another $16.8 million.",
            "$16.8 million",
            "$26.8 million",
        ),
        (
            "wrong-list-count",
            "The talks were with the two main importing countries, Britain and the Netherlands.",
            "two",
            "three",
        ),
    ] {
        assert_eq!(of_rule(&checked(article), rule), [(Verdict::Holds, true)], "{article}");
        let altered = article.replacen(figure, other, 1);
        let report = checked(&altered);
        assert_eq!(of_rule(&report, rule), [], "{altered}");
        assert_eq!(loud(&report), Vec::<&str>::new(), "{altered}");
    }
}

#[test]
fn what_words_tell_is_not_called_tentative() {
    let article = "Of the 340 arrivals by sea, 272, or 80 percent, had been returned.";
    assert_eq!(of_rule(&checked(article), "wrong-share"), [(Verdict::Holds, false)]);
}

#[test]
fn no_contradiction_is_silenced() {
    // 460 less 410 is 50 by chance; the words tell of a rise of 5 percent.
    let article =
        "The valley had 460 burglaries, up 5 percent from 410 a year before, and 50 arrests.";
    let report = checked(article);
    assert_eq!(of_rule(&report, "wrong-percent-change"), [(Verdict::Contradicts, false)]);
    assert_eq!(loud(&report).len(), 1, "{:?}", loud(&report));
}

#[test]
fn nothing_is_to_hold_together_with_it() {
    // Both are taken because they hold as rounded, and no clash is made of them.
    let article = "The debt of one group rose by $14.8 billion, that of another by $24.2 billion and of a third by $39 \
                   billion, up $2 billion.";
    let report = checked(article);
    assert!(report.findings.iter().all(|finding| finding.rule.as_str() != "clashing-figures"));
}

/// Two weak readings of the same figures are no strong one.
#[test]
fn what_is_told_in_two_weak_ways_is_put_to_the_test_too() {
    let article = "Sales rose 5 percent to $26.4 million after rising to $25.14 million in April.";
    assert_eq!(of_rule(&checked(article), "wrong-percent-change"), [(Verdict::Holds, true)]);
    for base in ["$25.9 million", "$23.9 million"] {
        let report = checked(&article.replace("$25.14 million", base));
        assert_eq!(of_rule(&report, "wrong-percent-change"), [], "{base}");
        assert_eq!(loud(&report), Vec::<&str>::new(), "{base}");
    }
}
