//! What findings say, read aloud: the words of messages, of what figures would have to read, and of slips.

use crossfoot::Options;
use crossfoot::finding::Finding;

use crate::support::check_article;

/// The first finding of a text that a rule raises.
fn finding(rule: &str, text: &str) -> Finding {
    let mut options = Options::default();
    options.published = Some(jiff::civil::date(2024, 8, 7));
    let mut all = check_article(text, &options).findings.into_iter();
    all.find(|found| found.rule.as_str() == rule).unwrap_or_else(|| panic!("{text}"))
}

/// What each figure of a finding would have to read.
fn readings(rule: &str, text: &str) -> Vec<String> {
    finding(rule, text).suggestions.into_iter().map(|one| one.text).collect()
}

#[test]
fn a_conversion_says_what_the_original_comes_to() {
    for (rule, text, message) in [
        (
            "wrong-exchange",
            "The bridge cost 12 million euros ($20 million) in all.",
            "12 million euros comes to $",
        ),
        (
            "magnitude-slip",
            "The bridge cost 12 million euros ($13 billion) in all.",
            "12 million euros comes to $",
        ),
        (
            "wrong-temperature-difference",
            "The decade was 1.5 °C (34.7 °F) warmer than the one before.",
            "a difference of 1.5 °C is one of 2.7 °F, not of 34.7 °F",
        ),
    ] {
        let said = finding(rule, text).message;
        assert!(said.starts_with(message), "{said}");
    }
}

#[test]
fn a_margin_of_error_is_a_root() {
    for (text, message) in [
        (
            "The poll of 1,004 adults has a margin of error of 1 percentage point.",
            "a sample of 1,004 has a margin of error of 2.5 to 6.2 percentage points, not 1 percentage point",
        ),
        (
            "The institute asked 2,000 voters; the margin of error is plus or minus 6.5 points.",
            "a sample of 2,000 has a margin of error of 1.8 to 4.4, not plus or minus 6.5",
        ),
    ] {
        assert_eq!(finding("wrong-margin", text).message, message);
    }
}

#[test]
fn a_difference_of_counts_is_a_count() {
    let text = "Staff fell from 900 to 600, with a third of the decline, or 200, in the capital.";
    let found = finding("wrong-share-of-change", text);
    assert_eq!(found.steps, ["a third × 300 = 100"]);
}

#[test]
fn one_figure_is_offered_where_one_is_meant() {
    for (rule, text, expected) in [
        (
            "same-fact-differs",
            "Parliament approved a $290 million package for the harbour. The $270 million package runs for four years.",
            &["$270 million", "$290 million"][..],
        ),
        (
            "wrong-conversion",
            "The trail is 42 kilometres (36 miles) long.",
            &["58 kilometres", "26 miles"],
        ),
        (
            "headline-differs",
            "# Harbour upgrade gets $2.9 billion\n\nThe government will spend $2.9 million on the harbour upgrade, it said.\n",
            &["$2.9 billion", "$2.9 million"],
        ),
        // "Nearly" leaves more than one.
        (
            "wrong-approximation",
            "Nearly 3,000 people (3,120) signed.",
            &["3,120", "between 2,400 and 2,999"],
        ),
    ] {
        let mut readings = readings(rule, text);
        readings.sort_by_key(|text| text != expected[0]);
        assert_eq!(readings, expected, "{text}");
    }
}

#[test]
fn nothing_absurd_is_offered() {
    for (rule, text, there, absent) in [
        (
            "wrong-gain",
            "The dealer bought 40 tickets at 25 euros each and sold them at 90 euros, a profit of 3,600 euros.",
            "115 euros",
            "between -0.13 and 0.13 euros each",
        ),
        (
            "wrong-share",
            "Only 1,900 of the 5,200 ballots, more than 40 %, were valid.",
            "at most 4,781",
            "between 1 and 4,781",
        ),
        (
            "wrong-anniversary",
            "The town marks the 40th anniversary of the 1975 fire.",
            "48th to 50th",
            "between number 48 and number 50",
        ),
        (
            "rank-outside",
            "The town finished in the top ten, coming 12th.",
            "at most 10th",
            "at most number 10",
        ),
        (
            "wrong-age",
            "The 78-year-old was born in Leeds on 3 November 1950.",
            "73- or 74-year-old",
            "between 73 and 74-year-old",
        ),
        (
            "wrong-duration",
            "The mine opened in 1998 and closed 22 years later, in 2010.",
            "1987 to 1989",
            "1 January 1987 to 3 January 1990",
        ),
        (
            "wrong-odds",
            "A third of the ballots – 43.6 percent – came by post.",
            "44 percent",
            "0.44",
        ),
    ] {
        let readings = readings(rule, text);
        let has = |one: &str| readings.iter().any(|text| text == one);
        assert!(has(there) && !has(absent), "{text}: {readings:?}");
    }
}

#[test]
fn lengths_are_told_in_whole_units() {
    for (rule, text, message) in [
        (
            "wrong-period",
            "The camp lasted three weeks, from 3 to 16 March 2025.",
            "from 3 to 16 March 2025 is 13 days, not three weeks",
        ),
        (
            "wrong-duration",
            "Work began in 1998 and, two decades later, in 2010, the first train ran.",
            "from 1998 to 2010 is 12 years, not two decades",
        ),
        (
            "wrong-period",
            "He led the bank from March 2016 to June 2024 (five years).",
            "from March 2016 to June 2024 is 8 years, not five years",
        ),
        (
            "wrong-shift",
            "Power went out at 11:20 p.m. and was restored at 2:05 a.m., leaving the district dark for three hours and 45 minutes.",
            "from 11:20 p.m. to 2:05 a.m. is 2 hours and 45 minutes, not three hours and 45 minutes",
        ),
        (
            "wrong-elapsed-time",
            "Ten years ago, in 2005, the mill burned down.",
            "2005 was 19 years before publication on 7 August 2024, not ten years ago",
        ),
        // "Not only" would say something else.
        (
            "wrong-share",
            "Only 1,200 of the 8,400 eligible voters (21 %) took part.",
            "21 % of 8,400 comes to 1,764, not 1,200",
        ),
    ] {
        assert_eq!(finding(rule, text).message, message);
    }
}

#[test]
fn a_slip_that_leaves_everything_open_is_not_told() {
    let text = "Flights cut by a third in new timetable, from 412 departures to 340.";
    let said = finding("wrong-percent-change", text).steps;
    assert!(said.iter().all(|step| !step.contains("slip")), "{said:?}");
}
