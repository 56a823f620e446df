//! Edits that people make, one by one: a draft, the draft after, and what becomes of its claims.

use crossfoot::claim::State;

use super::{anchored, recorded};

/// Records the first text, anchors its claims in the second, and says what became of those whose value
/// is named, by their values in order.
pub(super) fn states(before: &str, after: &str, values: &[&str]) -> Vec<&'static str> {
    let claims = recorded(before, None).text;
    let anchored = anchored(after, &claims);
    values
        .iter()
        .map(|value| {
            let mut claims = anchored.file.claims.all().iter();
            let claim = claims.find(|claim| claim.figure.written == *value);
            let claim = claim.unwrap_or_else(|| panic!("no claim of {value} in\n{claims:?}"));
            claim.state.map_or("none", State::as_str)
        })
        .collect()
}

#[test]
fn a_toll_that_rises_everywhere() {
    let before =
        "# Fire kills 30 people\n\nThe fire killed 30 people on Sunday. In all 30 people died.\n";
    let claims = recorded(before, None).text;
    let after = anchored(&before.replace("30", "40"), &claims);
    for claim in after.file.claims.all() {
        assert_eq!(claim.state, Some(State::Changed), "{}", claim.id);
    }
}

#[test]
fn a_look_alike_that_stays_is_no_place_for_another_claim() {
    let before = "The aid of $200 million over four years amounts to $50 million a year.\n\n\
                  The loan of $100 million over five years amounts to $20 million a year.\n";
    let after = before.replace("five", "six");
    assert_eq!(
        states(before, &after, &["five years", "four years", "$100 million"]),
        ["figure changed", "same", "same"]
    );
}

#[test]
fn figures_that_are_exchanged() {
    let before = "There were 300 men and 200 women.\n";
    let after = "There were 200 men and 300 women.\n";
    assert_eq!(states(before, after, &["300", "200"]), ["figure changed"; 2]);
    let (before, after) = ("Men: 300. Women: 200.\n", "Men: 200. Women: 300.\n");
    assert_eq!(states(before, after, &["300", "200"]), ["figure changed"; 2]);
    let table = |a: &str, b: &str| {
        format!("| Year | Men | Women |\n|---|---|---|\n| first | {a} | {b} |\n")
    };
    let (before, after) = (table("310", "220"), table("220", "310"));
    // One of the two is told, and shows the other.
    assert!(states(&before, &after, &["310", "220"]).contains(&"figure changed"));
}

#[test]
fn a_scale_word_is_a_figure_too() {
    let before = "Profit rose 5 percent to $3 million.\n";
    let after = "Profit fell 5 percent to $3 billion.\n";
    assert_eq!(states(before, after, &["$3 million"]), ["figure changed"]);
}

#[test]
fn another_figure_of_a_quote() {
    let claims = "article = \"draft.md\"\n[[claim]]\nid = \"year\"\nvalue = \"2024\"\n\
                  quote = \"In 2024 there were 1,200 'visitors' and 300 men\"\n";
    let after = anchored("In 2024 there were 1,200 'visitors' and 310 men.\n", claims);
    assert_eq!(after.state("year"), State::Changed);
}

#[test]
fn the_words_around_a_quote_say_which_it_is() {
    let claims = "article = \"draft.md\"\n[[claim]]\nid = \"left\"\nvalue = \"300\"\n\
                  quote = \"300 men\"\nprefix = \"Later\"\n";
    let after = anchored("300 men came early. Later 320 men left.\n", claims);
    assert_eq!(after.state("left"), State::Changed);
    let after = anchored("320 men came early. Later 320 men left.\n", claims);
    assert_eq!(after.state("left"), State::Changed);
    let after = anchored("310 men came early. Later 300 men left.\n", claims);
    assert_eq!(after.state("left"), State::Same);
}

#[test]
fn a_place_that_another_claim_has_by_the_words_around_it_is_not_given_twice() {
    let claims = "article = \"draft.md\"\n\
                  [[claim]]\nid = \"annex\"\nvalue = \"12\"\nquote = \"12 rooms\"\n\
                  prefix = \"The annex has\"\n\
                  [[claim]]\nid = \"school\"\nvalue = \"12\"\nquote = \"12 rooms\"\n";
    let article = "The school has 12 rooms. The annex has 12 rooms.\n";
    let after = anchored(article, claims);
    assert!(after.findings.is_empty(), "{:#?}", after.findings);
    let places: Vec<usize> =
        after.file.claims.all().iter().map(|claim| claim.place.unwrap().start).collect();
    assert_eq!(places, [39, 15]);
    // With a third place it is open again which one is meant.
    let after = anchored(&format!("{article}The hostel has 12 rooms.\n"), claims);
    assert_eq!(after.state("annex"), State::Same);
    assert_eq!(after.state("school"), State::Ambiguous);
}

#[test]
fn the_end_of_a_longer_number_is_not_the_figure() {
    let claims = "article = \"draft.md\"\n[[claim]]\nid = \"sold\"\nvalue = \"500\"\n\
                  quote = \"500 tickets\"\n";
    for longer in ["1,500", "2.500", "1500"] {
        let after = anchored(&format!("The club sold {longer} tickets.\n"), claims);
        assert_eq!(after.state("sold"), State::Changed, "{longer}");
    }
    let after = anchored("In May 2024, 500 tickets were sold.\n", claims);
    assert_eq!(after.state("sold"), State::Same);
}

#[test]
fn a_hedge_is_part_of_the_figure() {
    let before = "Nearly 3,000 people came to the old harbour.\n";
    let after = "Almost 3,000 people came to the old harbour.\n";
    assert_eq!(states(before, after, &["Nearly 3,000"]), ["reworded"]);
    let after = "3,000 people came to the old harbour.\n";
    assert_eq!(states(before, after, &["Nearly 3,000"]), ["figure changed"]);
    let after = "More than 3,000 people came to the old harbour.\n";
    assert_eq!(states(before, after, &["Nearly 3,000"]), ["figure changed"]);
}

#[test]
fn a_claim_that_is_marked_as_gone_is_told_of_when_it_is_back() {
    let claims = "article = \"draft.md\"\n[[claim]]\nid = \"a\"\nvalue = \"300\"\n\
                  quote = \"300 men\"\ngone = true\n";
    let after = anchored("There were 300 men.\n", claims);
    assert_eq!(after.findings.len(), 1);
    assert_eq!(after.findings[0].message, "`a` is marked as gone, and the article says it");
    assert!(anchored("There were 20 women.\n", claims).findings.is_empty());
}
