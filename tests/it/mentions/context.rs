//! What the words around a figure decide: the tense of a date, the noun of a count, one figure or two.

use super::{check, check_none};

#[test]
fn a_deadline_lies_ahead_and_what_was_said_behind() {
    check("The ceiling holds until Friday.", &["until Friday | date 2025-08-08 until"]);
    check("Crews recovered the wreck by Friday.", &["by Friday | date 2025-08-01 by"]);
    check("On Monday the panel will meet.", &["Monday | date 2025-08-11"]);
    check("On Monday the panel met.", &["Monday | date 2025-08-04"]);
    check("The permit expires on March 3.", &["March 3 | date 2026-03-03"]);
    check("The permit expired on March 3.", &["March 3 | date 2025-03-03"]);
}

#[test]
fn earlier_and_previous_count_from_the_date_before() {
    check(
        "In 2019 trade rose by a tenth on the previous year.",
        &[
            "2019 | date 2019-01-01..2019-12-31",
            "a tenth | number 0.1",
            "the previous year | date 2018-01-01..2018-12-31",
        ],
    );
    check("Trade fell in the previous year.", &["the previous year | date 2024-01-01..2024-12-31"]);
    check(
        "She left in June 1995; two years later she was back.",
        &[
            "June 1995 | date 1995-06-01..1995-06-30",
            "two years later | date 1997-01-01..1997-12-31",
        ],
    );
    check("Two years later she was back.", &["Two years later | date unknown"]);
}

#[test]
fn a_date_far_before_says_nothing_of_a_year_earlier() {
    let between = |sentences: usize| {
        let words = "Nobody came to the river any more. ".repeat(sentences);
        format!("The mill closed in March 1987. {words}A year earlier its owner had died.")
    };
    let closed = "March 1987 | date 1987-03-01..1987-03-31";
    check(&between(1), &[closed, "A year earlier | date 1986-01-01..1986-12-31"]);
    // Then it is counted from the day of publication.
    check(&between(5), &[closed, "A year earlier | date 2024-01-01..2024-12-31"]);
}

#[test]
fn a_comparison_hedges_no_date() {
    check("Rents are higher than a year ago.", &["a year ago | date 2024-01-01..2024-12-31"]);
    check(
        "Up 8 percent from May.",
        &["8 percent | percent 8 percent", "from May | date 2025-05-01..2025-05-31"],
    );
}

#[test]
fn the_noun_may_stand_behind_several_words() {
    check("The 28 guards and relief unit staff left.", &["28 | number 28 (guards)"]);
    check("Some 4,700 U.S. troops stay.", &["Some 4,700 | number 4700 (troops) about"]);
    check("It houses 52 miners' families.", &["52 | number 52 (families)"]);
    check("Eight hard-liners voted no.", &["Eight | number 8 (hard-liners)"]);
    check("The 14 crew members swam.", &["14 | number 14 (members)"]);
    check("A 28,000-strong force waits.", &["28,000 | number 28000"]);
    check("One farmer objected.", &["One | number 1 (farmer)"]);
    check_none("No one objected, and one of them laughed.");
}

#[test]
fn by_so_much_to_so_much_are_two_figures() {
    check(
        "Stocks fell by 16,000 to 187,000.",
        &["16,000 | number 16000", "187,000 | number 187000"],
    );
    check("Rates may go up 5 to 10 percent.", &["5 to 10 percent | percent 5..10 percent"]);
    check("They lost 6-4, 3-6.", &["6 | number 6", "4 | number 4", "3 | number 3", "6 | number 6"]);
    check(
        "They won 8-7 in 10 innings.",
        &["8 | number 8", "7 | number 7", "10 | number 10 (innings)"],
    );
}

#[test]
fn a_number_between_commas_behind_a_name_is_an_age() {
    check("Ann Lee, 43, objected.", &["43 | duration 43 year"]);
    check("Rooms 4, 43, and 51 burnt.", &["4 | number 4", "43 | number 43", "51 | number 51"]);
}

#[test]
fn the_level_of_a_year_is_no_count() {
    check("Output is below 2005 levels.", &["2005 | date 2005-01-01..2005-12-31"]);
    check("Output is below 2000 units.", &["below 2000 | number 2000 (units) less"]);
    check("An 1871 fire took it.", &["1871 | date 1871-01-01..1871-12-31"]);
}

#[test]
fn cents_are_of_the_currency_that_the_text_names() {
    check("It fell 14 cents to $19.", &["14 cents | money 0.14 USD", "$19 | money 19 USD"]);
    check("It cost €2, now 80 cents.", &["€2 | money 2 EUR", "80 cents | money 0.8 EUR"]);
    check("It fell 14 cents.", &["14 cents | money 14 cent"]);
}

#[test]
fn a_malformed_number_is_left_alone() {
    check_none("A sum of $1,2345 was booked.");
    check("The 31 June 2024 edition.", &["The 31 June 2024 | date unknown"]);
}

#[test]
fn what_was_found_by_reading() {
    check("It rained the day before yesterday.", &["the day before yesterday | date 2025-08-05"]);
    check_none("The Data Protection Act 2018 applies.");
    check_none("Old phones run iOS 17.");
    check(
        "It costs $30 and up to $50 with extras.",
        &["$30 | money 30 USD", "up to $50 | money 50 USD less"],
    );
}
