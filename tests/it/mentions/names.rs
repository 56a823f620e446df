//! Digits that are neither a figure nor a date.

use super::{check, check_none};

#[test]
fn a_telephone_number_is_no_figure() {
    check_none("Ring 020 7946 0123 to book.");
    check_none("Call +44 20 7946 0999 for help.");
    check_none("Her number is (212) 555-0147.");
    check_none("Readers may dial 555-010-9983.");
}

#[test]
fn a_version_is_no_figure() {
    check_none("The patch is in version 3.1.2.");
    check_none("They still use Windows 11.");
    check_none("Release 2.4.1 fixed it.");
}

#[test]
fn the_number_of_a_list_item_is_no_figure() {
    check("1. Wash the beans.", &[]);
    check("2) Add 300 g of flour.", &["300 g | quantity 300 gram"]);
}

#[test]
fn a_number_that_names_a_part_of_a_text_is_no_figure() {
    check_none("Article 4 was invoked.");
    check_none("The judge cited Section 12(b).");
    check_none("See page 87 of the report.");
    check_none("Chapter 3 tells the rest.");
    check_none("He came in as No. 7.");
}

#[test]
fn a_number_within_a_name_is_no_figure() {
    check_none("A Boeing 737 skidded off the runway.");
    check_none("The G7 met in Bari.");
    check_none("Covid-19 closed the schools.");
    check_none("A Formula 1 car sped past.");
    check_none("An F-16 and an A320 were seen.");
    check_none("Traffic on the M25 stood still.");
    check_none("He starred in Apollo 13.");
    check_none("A Category 5 storm is near.");
    check_none("Climbers on K2 fled the B52.");
    check_none("Flight MH370 was never found.");
}

#[test]
fn a_year_within_a_name_is_no_date() {
    check_none("The Data Protection Act 2018 was cited.");
    check_none("Critics of Agenda 2030 met.");
    check_none("Euro 2024 drew crowds.");
}

#[test]
fn the_digits_of_an_address_are_no_figure() {
    check_none("Read more at https://example.org/2023/05/12/item-77.");
    check_none("Write to desk24@example.com.");
    check_none("See www.example.com/page/3.");
}

#[test]
fn a_code_is_no_figure() {
    check_none("Order AB-123-4 is missing.");
    check_none("The file is tagged #2041.");
    check_none("Agent 007 is back.");
    check_none("It plays mp3 files.");
    check_none("They won 3:1 at home.");
}

#[test]
fn the_numbers_of_items_in_brackets_are_no_figures() {
    check("It agreed (1) to pay 5 euros, and (2) to leave.", &["5 euros | money 5 EUR"]);
}

#[test]
fn the_number_of_a_house_is_no_figure() {
    check_none("The shop at 215 Harbour Street shut.");
    check_none("He lived at 14 Mill Lane.");
}

#[test]
fn a_name_does_not_hide_the_figure_beside_it() {
    check("The G7 pledged $5 billion.", &["$5 billion | money 5000000000 USD"]);
    check("Article 4 was invoked in 2022.", &["2022 | date 2022-01-01..2022-12-31"]);
    check("Boeing 737 jets carried 120 people.", &["120 | number 120 (people)"]);
    check(
        "At 1830 GMT it named 12 towns.",
        &["1830 GMT | time unknown 18:30", "12 | number 12 (towns)"],
    );
}
