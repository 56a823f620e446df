//! What a figure states beside its number: sign, direction, denial, hedge, what it is per, weekday, what it
//! counts. An edit of any is a changed figure, and what the prose states now is always checked.

use std::fs;

use crossfoot::claim::State;
use crossfoot::finding::{Finding, Severity};
use crossfoot::report::Report;
use crossfoot::source::Sources;
use crossfoot::{Article, Checker, Inputs, Rules, SourceId};

use super::cases::states;
use super::{anchored, recorded};
use crate::support::crossfoot;

/// Checks an edited draft beside the claims that were recorded of it before.
pub(crate) fn checked(before: &str, after: &str) -> Report {
    with_claims(&recorded(before, None).text, after)
}

pub(crate) fn with_claims(claims: &str, article: &str) -> Report {
    let mut texts = Sources::new();
    let id = texts.add("draft.toml", claims);
    let mut find = |_: SourceId, name: &str| Ok(Article::new(name, article));
    let inputs = Inputs { claims: &[id], ..Inputs::default() };
    Checker::new(&Rules::built_in()).check(&texts, inputs, &mut find)
}

fn rules(report: &Report) -> Vec<(&str, Severity)> {
    let all = report.findings.iter();
    all.map(|finding| (finding.rule.as_str(), finding.severity)).collect()
}

fn of<'r>(report: &'r Report, rule: &str) -> Vec<&'r Finding> {
    report.findings.iter().filter(|finding| finding.rule.as_str() == rule).collect()
}

#[test]
fn what_is_said_of_a_figure_is_part_of_it() {
    for (before, after, value) in [
        // Signs.
        ("Growth was -0.4% in the spring.", "Growth was 0.4% in the spring.", "-0.4%"),
        ("The low was -12 degrees at noon.", "The low was 12 degrees at noon.", "-12 degrees"),
        ("The net result was -€1.2bn.", "The net result was €1.2bn.", "-€1.2bn"),
        ("Growth was minus 3% there.", "Growth was plus 3% there.", "minus 3%"),
        ("The party got 12 seats (+3.5 points).", "The party got 12 seats (-3.5 points).", "3.5"),
        ("Growth of 0.4% was seen by 40 banks.", "Growth of -0.4% was seen by 40 banks.", "0.4%"),
        // Directions.
        ("The shares fell to $73.80 at noon.", "The shares rose to $73.80 at noon.", "$73.80"),
        ("Rents went up 4 percent.", "Rents went down 4 percent.", "4 percent"),
        ("A 5 percent rise in rents is due.", "A 5 percent fall in rents is due.", "5 percent"),
        ("It made a profit of $5 million.", "It made a loss of $5 million.", "$5 million"),
        ("The surplus came to $5 million.", "The deficit came to $5 million.", "$5 million"),
        ("It reported a gain of 3 percent.", "It reported a loss of 3 percent.", "3 percent"),
        // Denials.
        ("The firm did not pay $5 million.", "The firm paid $5 million.", "$5 million"),
        ("The firm paid $5 million.", "The firm never paid $5 million.", "$5 million"),
        ("The tower is 65 metres high.", "The tower isn't 65 metres high.", "65 metres"),
        ("No more than that: it owes $5 million.", "It does not owe $5 million.", "$5 million"),
        // Hedges.
        ("More than 300 men came.", "Fewer than 300 men came.", "More than 300"),
        ("About 300 men came.", "300 men came.", "About 300"),
        // What it is per.
        ("She paid $5 per head.", "She paid $5 per car.", "$5 per head"),
        ("Milk is at $2 a litre.", "Milk is at $2 a gallon.", "$2 a litre"),
        // Weekdays.
        (
            "The fund paid $5 million on Monday.",
            "The fund paid $5 million on Tuesday.",
            "$5 million",
        ),
        (
            "They met on Friday, 8 August 2025.",
            "They met on Monday, 8 August 2025.",
            "Friday, 8 August 2025",
        ),
        // What is counted.
        ("The town has 12 libraries.", "The town has 12 schools.", "12"),
        // Scale and unit.
        ("The fund has $5 million.", "The fund has $5 billion.", "$5 million"),
        ("The road is 5 km long.", "The road is 5 miles long.", "5 km"),
    ] {
        assert_eq!(states(before, after, &[value]), ["figure changed"], "{before} {after}");
    }
}

#[test]
fn other_words_for_the_same_change_nothing() {
    for (before, after, value) in [
        ("The shares fell to $73.80 at noon.", "The shares dropped to $73.80 at noon.", "$73.80"),
        ("The shares fell to $73.80 at noon.", "At noon the shares fell to $73.80.", "$73.80"),
        ("Rents fell by 4 percent in May.", "Rents changed by -4 percent in May.", "4 percent"),
        ("The firm did not pay $5 million.", "The firm failed to pay $5 million.", "$5 million"),
        ("The firm did not pay $5 million.", "The firm didn't pay $5 million.", "$5 million"),
        ("More than 300 men came.", "Over 300 men came.", "More than 300"),
        ("She paid $5 per head.", "She paid $5 a person.", "$5 per head"),
        ("The firm has 300 staff.", "The firm has 300 employees.", "300"),
        (
            "They met on Friday, 8 August 2025.",
            "They met on 8 August 2025.",
            "Friday, 8 August 2025",
        ),
        // Another part of the sentence.
        (
            "The firm paid $5 million, and its rival grew.",
            "The firm paid $5 million, and its rival did not grow.",
            "$5 million",
        ),
        (
            "Rents rose 5 percent and wages fell 3 percent.",
            "Rents rose 5 percent and wages went up 3 percent.",
            "5 percent",
        ),
    ] {
        let state = states(before, after, &[value])[0];
        assert!(["same", "reworded"].contains(&state), "{state}: {before} {after}");
    }
}

#[test]
fn what_changed_is_labelled_in_both() {
    let report = checked(
        "The shares fell to $73.80 from $76.90 in June.\n",
        "The shares rose to $73.80 from $76.90 in June.\n",
    );
    let changed = of(&report, "changed-figure");
    let first = changed[0];
    assert_eq!(first.message, "the article says \"rose\" of $73.80 now, it said \"fell\"");
    let labels: Vec<(&str, &str)> = first
        .related
        .iter()
        .map(|label| (report.sources.slice(label.span), &*label.text))
        .collect();
    assert_eq!(labels[0], ("rose", "direction: \"fell\" before"));
    assert_eq!(labels[1], ("$73.80", "`shares`"));
    // What the prose states now is judged as if there were no claims, and the assert says that it is stale.
    assert_eq!(of(&report, "wrong-direction").len(), 1);
    let stale = of(&report, "stale-assert");
    assert_eq!(stale.len(), 1);
    assert!(stale[0].message.contains("stale"), "{}", stale[0].message);
}

#[test]
fn a_claim_without_its_sentence_is_compared_by_its_quote() {
    let claims = "article = \"draft.md\"\n[[claim]]\nid = \"shares\"\nvalue = \"$73.80\"\n\
                  quote = \"shares fell to $73.80\"\n";
    assert_eq!(anchored("The shares rose to $73.80.\n", claims).state("shares"), State::Changed);
    assert_eq!(
        anchored("The shares dropped to $73.80.\n", claims).state("shares"),
        State::Reworded
    );
    // What stands before the quote may have stood there always.
    let claims = claims.replace("shares fell to $73.80", "the sum of $73.80");
    let after = anchored("They never paid the sum of $73.80.\n", &claims);
    assert_eq!(after.state("shares"), State::Same);
    let after = anchored("They never paid a sum of $73.80.\n", &claims);
    assert_eq!(after.state("shares"), State::Reworded);
}

#[test]
fn a_mended_figure_is_said_to_be_mended() {
    let wrong = "The talks were held on Friday, 9 August 2025 in Oslo.\n";
    let right = "The talks were held on Saturday, 9 August 2025 in Oslo.\n";
    assert_eq!(rules(&checked(wrong, wrong)), [("wrong-weekday", Severity::Error)]);
    let report = checked(wrong, right);
    assert_eq!(rules(&report), [("changed-figure", Severity::Warning)]);
    assert!(report.findings[0].message.contains("mended: take it over"));
    let wrong = "The fund has $290 million over four years, or $82.5 million a year.\n";
    let right = wrong.replace("82.5", "72.5");
    assert_eq!(rules(&checked(wrong, wrong)), [("wrong-rate", Severity::Error)]);
    assert_eq!(rules(&checked(wrong, &right)), [("changed-figure", Severity::Warning)]);
    // One wrong figure for another is not mended.
    let report = checked(wrong, &wrong.replace("82.5", "92.5"));
    let all = rules(&report);
    assert!(all.contains(&("wrong-rate", Severity::Error)), "{all:?}");
    assert!(all.contains(&("changed-figure", Severity::Error)), "{all:?}");
}

#[test]
fn a_weekday_that_only_the_claim_states_is_misquoted() {
    let claims = "article = \"draft.md\"\n[[claim]]\nid = \"talks\"\n\
                  quote = \"held on Saturday, 9 August 2025\"\nvalue = \"Friday, 9 August 2025\"\n";
    let report = with_claims(claims, "The talks were held on Saturday, 9 August 2025 in Oslo.\n");
    assert_eq!(rules(&report), [("misquoted-value", Severity::Error)]);
}

#[test]
fn an_assert_hides_nothing_that_it_does_not_say() {
    // All taken over, and the assert is of the figures as they were.
    let here = tempfile::tempdir().unwrap();
    let path = here.path().join("draft.md");
    fs::write(&path, "The shares fell to $73.80 from $76.90 in June.\n").unwrap();
    assert!(crossfoot(here.path(), &["record", "draft.md"]).status.success());
    fs::write(&path, "The shares rose to $73.80 from $76.90 in June.\n").unwrap();
    assert!(crossfoot(here.path(), &["review", "--accept-all"]).status.success());
    let output = crossfoot(here.path(), &["check", "draft.md", "--format", "short"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("error[wrong-direction]"), "{text}");
    assert!(!text.contains("changed-figure"), "{text}");
    // Where somebody gave a reason, the assert decides.
    let claims = fs::read_to_string(here.path().join("claims/draft.toml")).unwrap();
    let claims = claims.replace(
        "rule      = \"wrong-direction\"",
        "rule      = \"wrong-direction\"\nbecause   = \"the desk was told so\"",
    );
    fs::write(here.path().join("claims/draft.toml"), claims).unwrap();
    let output = crossfoot(here.path(), &["check", "draft.md", "--format", "short"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains("wrong-direction"), "{text}");
}

#[test]
fn a_look_alike_is_no_place_for_a_claim_whose_sentence_is_gone() {
    let before = "Alpha Ltd reported that profits rose 12 percent in March.\n\n\
                  Beta Ltd reported that profits rose 14 percent in March.\n";
    let after = "Beta Ltd reported that profits rose 12 percent in March.\n";
    assert_eq!(states(before, after, &["12 percent", "14 percent"]), ["gone", "figure changed"]);
    let before = "Alpha said sales rose 12 percent in May.\n\nBeta said sales rose 14 percent in May.\n\n\
                  Gamma said sales rose 9 percent in May.\n";
    let after =
        "Alpha said sales rose 14 percent in May.\n\nGamma said sales rose 9 percent in May.\n";
    let all = states(before, after, &["12 percent", "14 percent", "9 percent"]);
    assert_eq!(all, ["figure changed", "gone", "same"]);
    let before = "The mayor spent $5,000 on flags and ropes.\n\nThe deputy spent $6,000 on drums and ropes.\n";
    let after = "The deputy spent $6,000 on flags and ropes.\n";
    assert_eq!(states(before, after, &["$5,000", "$6,000"]), ["gone", "reworded"]);
}

#[test]
fn a_row_of_a_table_is_known_by_its_label() {
    let table = |rows: &[(&str, &str)]| {
        let rows: Vec<String> = rows.iter().map(|(a, b)| format!("| {a} | {b} |")).collect();
        format!("| Town | Votes |\n|---|---|\n{}\n", rows.join("\n"))
    };
    let before = table(&[("Aston", "420"), ("Barr", "310"), ("Clay", "250"), ("Dunn", "115")]);
    let values = ["420", "310", "250", "115"];
    let after = table(&[("Barr", "310"), ("Aston", "420"), ("Clay", "250"), ("Dunn", "115")]);
    assert_eq!(states(&before, &after, &values), ["same"; 4]);
    let after = table(&[
        ("Aston", "420"),
        ("Barr", "310"),
        ("Cole", "250"),
        ("Clay", "250"),
        ("Dunn", "115"),
    ]);
    assert_eq!(states(&before, &after, &values), ["same"; 4]);
    let after = table(&[("Aston", "310"), ("Barr", "420"), ("Clay", "250"), ("Dunn", "115")]);
    let all = states(&before, &after, &values);
    assert_eq!(all, ["figure changed", "figure changed", "same", "same"]);
    let after = table(&[("Aston", "-420"), ("Barr", "310"), ("Clay", "250"), ("Dunn", "115")]);
    assert_eq!(states(&before, &after, &["420"]), ["figure changed"]);
}

#[test]
fn the_digits_of_a_label_are_no_figure() {
    for (before, after, value) in [
        (
            "It is on page 5 of 12 pages, with notes.",
            "It is on page 6 of 12 pages, with notes.",
            "12",
        ),
        ("Ranked No. 3 of 40 firms, it grew.", "Ranked No. 4 of 40 firms, it grew.", "40"),
        ("It is the #5 of 12 firms.", "It is the #6 of 12 firms.", "12"),
        ("Flat 7 of 40 flats is let.", "Flat 8 of 40 flats is let.", "40"),
    ] {
        assert_eq!(states(before, after, &[value]), ["same"], "{before}");
    }
}
