//! Dates at every precision, what bounds them, and what only the day of publication can tell.

use super::{check, check_on};

#[test]
fn a_day_is_read_in_every_order() {
    check("Polls open on 5 March 2024.", &["5 March 2024 | date 2024-03-05"]);
    check("Polls open on March 5, 2024.", &["March 5, 2024 | date 2024-03-05"]);
    check("Polls open on the 5th of March 2024.", &["the 5th of March 2024 | date 2024-03-05"]);
    check("Polls open on 2024-03-05.", &["2024-03-05 | date 2024-03-05"]);
    check("Polls open on Mar. 5, 2024.", &["Mar. 5, 2024 | date 2024-03-05"]);
}

#[test]
fn a_month_is_all_its_days() {
    check("The law passed in February 2024.", &["February 2024 | date 2024-02-01..2024-02-29"]);
    check(
        "By early June 2025 it was over.",
        &["By early June 2025 | date 2025-06-01..2025-06-30 by"],
    );
}

#[test]
fn a_year_is_all_its_days() {
    check("Floods came back in 2019.", &["2019 | date 2019-01-01..2019-12-31"]);
    check("Its 2016 census counted them.", &["2016 | date 2016-01-01..2016-12-31"]);
    check("The castle burnt in 1689.", &["1689 | date 1689-01-01..1689-12-31"]);
}

#[test]
fn quarters_and_halves_are_months() {
    check(
        "Profit fell in the third quarter of 2023.",
        &["the third quarter of 2023 | date 2023-07-01..2023-09-30"],
    );
    check("Sales held up in Q1 2025.", &["Q1 2025 | date 2025-01-01..2025-03-31"]);
    check(
        "The first half of 2024 was dry.",
        &["The first half of 2024 | date 2024-01-01..2024-06-30"],
    );
}

#[test]
fn decades_and_centuries_are_years() {
    check("The line closed in the 1990s.", &["the 1990s | date 1990-01-01..1999-12-31"]);
    check("Hats were worn in the '50s.", &["the '50s | date 1950-01-01..1959-12-31"]);
    check(
        "The chapel was built in the 12th century.",
        &["the 12th century | date 1100-01-01..1199-12-31"],
    );
    check("He moved there in the eighties.", &["the eighties | date 1980-01-01..1989-12-31"]);
}

#[test]
fn a_fiscal_year_is_a_year_as_written() {
    check("Spending for fiscal 2024 is frozen.", &["fiscal 2024 | date 2024-01-01..2024-12-31"]);
    check("Losses in FY2023 were larger.", &["FY2023 | date 2023-01-01..2023-12-31"]);
    check("In 2003-04 they won it all.", &["2003-04 | date-range 2003-01-01..2004-12-31"]);
}

#[test]
fn digits_alone_may_be_two_days() {
    check("The deed is dated 08/07/2025.", &["08/07/2025 | date 2025-08-07 or 2025-07-08"]);
    check("The deed is dated 25/12/2024.", &["25/12/2024 | date 2024-12-25"]);
    check("The deed is dated 03.04.2021.", &["03.04.2021 | date 2021-04-03"]);
}

#[test]
fn a_bound_belongs_to_its_date() {
    check("She has led it since 1993.", &["since 1993 | date 1993-01-01..1993-12-31 since"]);
    check(
        "The road stays shut until May 2026.",
        &["until May 2026 | date 2026-05-01..2026-05-31 until"],
    );
    check("Claims must arrive by 30 June 2025.", &["by 30 June 2025 | date 2025-06-30 by"]);
    check(
        "Cars built before 2011 are banned.",
        &["before 2011 | date 2011-01-01..2011-12-31 before"],
    );
    check(
        "After October 2023 none came.",
        &["After October 2023 | date 2023-10-01..2023-10-31 after"],
    );
}

#[test]
fn a_weekday_is_the_last_one_or_the_next() {
    check("Police said on Tuesday that all was calm.", &["Tuesday | date 2025-08-05"]);
    check("The court will sit on Monday.", &["Monday | date 2025-08-11"]);
    check("Shops shut on Friday, 14 March 2025.", &["Friday, 14 March 2025 | date 2025-03-14"]);
    check("The vote was held last Sunday.", &["last Sunday | date 2025-08-03"]);
}

#[test]
fn a_relative_date_is_counted_from_publication() {
    check("The shop opened yesterday.", &["yesterday | date 2025-08-06"]);
    check("Rain is due tomorrow.", &["tomorrow | date 2025-08-08"]);
    check("Prices fell last year.", &["last year | date 2024-01-01..2024-12-31"]);
    check("Talks resume next month.", &["next month | date 2025-09-01..2025-09-30"]);
    check("Three years ago the mine shut.", &["Three years ago | date 2022-01-01..2022-12-31"]);
    check("Harvest begins this week.", &["this week | date 2025-08-04..2025-08-10"]);
    check("Rents rose this March.", &["this March | date 2025-03-01..2025-03-31"]);
    check("She resigned two weeks ago.", &["two weeks ago | date 2025-07-21..2025-07-27"]);
}

#[test]
fn the_same_time_of_another_year_is_that_of_the_date_before_it() {
    check(
        "Traffic in April 2023 was above the same month a year earlier.",
        &[
            "April 2023 | date 2023-04-01..2023-04-30",
            "the same month a year earlier | date 2022-04-01..2022-04-30",
        ],
    );
    check(
        "Sales of the first quarter of 2024 beat the same quarter of 2021.",
        &[
            "the first quarter of 2024 | date 2024-01-01..2024-03-31",
            "the same quarter of 2021 | date 2021-01-01..2021-03-31",
        ],
    );
    check("It beat the same period last year.", &["the same period last year | date unknown"]);
    check(
        "In the same period in 2011/12 it lost.",
        &["2011/12 | date-range 2011-01-01..2012-12-31"],
    );
    check(
        "It sold more than in the year previous.",
        &["the year previous | date 2024-01-01..2024-12-31"],
    );
}

#[test]
fn a_year_that_only_publication_tells_belongs_to_its_month_and_its_day() {
    for date in
        ["October last year", "July of this year", "5 October last year", "March 3 this year"]
    {
        check_on(None, &format!("It opened in {date}."), &[&format!("{date} | date unknown")]);
    }
}

#[test]
fn a_span_longer_than_the_calendar_is_no_date() {
    check("Eight million days ago it was warm.", &["Eight million days ago | date unknown"]);
    check(
        "Half a million quarters ago it was cold.",
        &["Half a million quarters ago | date unknown"],
    );
}

#[test]
fn a_million_years_after_a_day_are_no_date() {
    check(
        "A million years after 3 May 2024 it rained.",
        &["A million years after 3 May 2024 | date unknown"],
    );
}

#[test]
fn a_day_without_a_year_is_the_nearest() {
    check("The ferry sank on 3 July.", &["3 July | date 2025-07-03"]);
    check("Parliament rose on November 20.", &["November 20 | date 2024-11-20"]);
    check("Voting ended in May.", &["May | date 2025-05-01..2025-05-31"]);
}

#[test]
fn two_dates_make_a_range() {
    check(
        "The war lasted from 1992 to 1995.",
        &["from 1992 to 1995 | date-range 1992-01-01..1995-12-31"],
    );
    check("The show runs 3–17 May 2024.", &["3–17 May 2024 | date-range 2024-05-03..2024-05-17"]);
    check(
        "Between March and June 2023 nothing grew.",
        &["Between March and June 2023 | date-range 2023-03-01..2023-06-30"],
    );
    check("The study covers 2010–2019.", &["2010–2019 | date-range 2010-01-01..2019-12-31"]);
    check(
        "Debt fell in the four years to 2024.",
        &["four years to 2024 | date-range 2021-01-01..2024-12-31"],
    );
}

#[test]
fn a_time_of_day_is_a_time() {
    check("Doors open at 10:30 a.m.", &["10:30 a.m. | time unknown 10:30"]);
    check("The train left at 6 pm.", &["6 pm | time unknown 18:00"]);
    check("The quake struck at 1830 GMT.", &["1830 GMT | time unknown 18:30"]);
    check("At 21:15 on Tuesday the lights failed.", &["21:15 on Tuesday | time 2025-08-05 21:15"]);
    check("They met at noon.", &["noon | time unknown 12:00"]);
}

#[test]
fn may_and_march_are_verbs_too() {
    check("Prices may rise again.", &[]);
    check("Two may march on.", &["Two | number 2"]);
    check("The students march in May 2024.", &["May 2024 | date 2024-05-01..2024-05-31"]);
}

#[test]
fn a_hedged_date_is_still_a_date() {
    check(
        "The temple was built around 1200.",
        &["around 1200 | date 1200-01-01..1200-12-31 about"],
    );
    check("In about 1450 it burnt.", &["about 1450 | date 1450-01-01..1450-12-31 about"]);
}

#[test]
fn a_year_behind_in_begins_no_range() {
    let text = "Membership went from 146,000 in 2019 to 100,000 in 2024.";
    let expected = [
        "146,000 | number 146000",
        "2019 | date 2019-01-01..2019-12-31",
        "100,000 | number 100000",
        "2024 | date 2024-01-01..2024-12-31",
    ];
    check(text, &expected);
}

#[test]
fn a_range_that_runs_backwards_is_two_dates() {
    check(
        "He led it from 2016 to 2012.",
        &["2016 | date 2016-01-01..2016-12-31", "2012 | date 2012-01-01..2012-12-31"],
    );
    check(
        "Shown from 9 June to 3 May 2024.",
        &["9 June | date 2024-06-09", "3 May 2024 | date 2024-05-03"],
    );
    check(
        "Shut from 6 April to 5 April 2024.",
        &["from 6 April to 5 April 2024 | date-range 2023-04-06..2024-04-05"],
    );
}

#[test]
fn years_in_parentheses_are_no_telephone_number() {
    check("Ann Bell (1950–2024) painted.", &["1950–2024 | date-range 1950-01-01..2024-12-31"]);
}

#[test]
fn a_day_that_its_month_does_not_have_has_no_days() {
    check("It is due on 31 June 2025.", &["31 June 2025 | date unknown"]);
    check("It is shut 28–31 June.", &["28–31 June | date-range unknown"]);
}

#[test]
fn what_lies_so_long_before_a_date_is_a_length_of_time() {
    check(
        "It closed 12 years later, in 2010.",
        &["12 years | duration 12 year", "2010 | date 2010-01-01..2010-12-31"],
    );
    check(
        "The 12 days from 3 to 14 March 2025 were dry.",
        &[
            "12 days | duration 12 day",
            "from 3 to 14 March 2025 | date-range 2025-03-03..2025-03-14",
        ],
    );
}

#[test]
fn an_age_that_is_reached_is_a_length_of_time() {
    check("She turns 75, and he died at 74.", &["75 | duration 75 year", "74 | duration 74 year"]);
    check("He died at the age of 81.", &["age of 81 | duration 81 year"]);
    check("It turned 50 heads.", &["50 | number 50 (heads)"]);
}

#[test]
fn a_year_before_the_calendar_is_a_date_without_days_and_no_count() {
    for (text, words) in [
        ("The hall burnt in 44 BC.", "44 BC"),
        ("The hall burnt in 44 BCE.", "44 BCE"),
        ("The hall burnt in 44 B.C. and later.", "44 B.C."),
        ("The hall burnt in 1200 BC.", "1200 BC"),
        ("The hall burnt in 1990 BCE.", "1990 BCE"),
        ("The hall burnt around 300 BCE.", "around 300 BCE"),
        ("Farmers came in 10,000 BCE with goats.", "10,000 BCE"),
        ("It was built in the 5th century BC.", "the 5th century BC"),
        ("He fell on 15 March 44 BC, they say.", "15 March 44 BC"),
        ("He fell in March 1190 BC.", "March 1190 BC"),
        ("The bones are of 5000 BP, they say.", "5000 BP"),
        ("They came 12,000 years BP.", "12,000 years BP"),
        ("They came 12,000 years before the present.", "12,000 years before the present"),
    ] {
        let found = format!("{words} | date unknown");
        let about = format!("{found} about");
        check(text, &[if words.starts_with("around") { &about } else { &found }]);
    }
    for (text, words) in [
        ("The league lasted, 300–200 BC.", "300–200 BC"),
        ("It stood 1200–1150 BC.", "1200–1150 BC"),
        ("It stood in 1200–1150 BC.", "1200–1150 BC"),
        ("It stood from 44 to 27 BC.", "44 to 27 BC"),
        ("It stood 9–4 BC.", "9–4 BC"),
    ] {
        let document =
            crossfoot::document::Document::parse(text, crossfoot::document::Format::Plain);
        let mentions = super::mentions_of(&document, Some(super::published()));
        let [mention] = &*mentions else { panic!("{text}: {mentions:?}") };
        assert!(document.prose()[mention.range.clone()].contains(words), "{text}");
        let crossfoot::value::Value::Date(date) = &mention.value else { panic!("{text}") };
        assert!(date.readings.is_empty(), "{text}");
    }
}

#[test]
fn a_year_of_the_common_era_is_a_year() {
    check("The hall burnt in AD 79.", &["AD 79 | date 0079-01-01..0079-12-31"]);
    check("The hall burnt in 79 CE.", &["79 CE | date 0079-01-01..0079-12-31"]);
    check("The hall burnt in 1500 AD.", &["1500 AD | date 1500-01-01..1500-12-31"]);
    check("It burnt on 24 August AD 79.", &["24 August AD 79 | date 0079-08-24"]);
    check("It burnt on 24 August 79 AD.", &["24 August 79 AD | date 0079-08-24"]);
    check("He ruled 70–79 CE.", &["70–79 CE | date-range 0070-01-01..0079-12-31"]);
    check("They sold 2,000 CE marks.", &["2,000 | number 2000 (marks)"]);
    check("They saw 20 ad campaigns.", &["20 | number 20 (campaigns)"]);
    check("It fell by 25 bp.", &["25 bp | percent 25 basis point"]);
}

#[test]
fn a_time_ago_beyond_the_calendar_is_a_date_without_days() {
    for text in ["12,000 years ago", "2,030 years ago", "800,000 days ago", "120,000 weeks ago"] {
        check(&format!("The ice left {text}."), &[&format!("{text} | date unknown")]);
    }
}

#[test]
fn a_claim_states_no_year_before_the_calendar() {
    let read =
        |text: &str| crossfoot::mention::parse_value(text, crossfoot::lexicon::Lexicon::built_in());
    for text in ["44 BC", "44 BCE", "44BC", "44 bce", "300–200 BC", "5000 BP", "15 March 44 BC"] {
        let error = read(text).expect_err(text);
        assert!(error.reason.contains("before the year 1"), "{text}: {}", error.reason);
    }
    for text in ["AD 79", "79 CE", "A.D. 79", "79 AD", "since AD 79"] {
        let value = read(text).expect(text);
        assert_eq!(value.kind().unwrap().as_str(), "date", "{text}");
    }
}

#[test]
fn one_digit_that_is_joined_to_letters_names_no_year() {
    check("She spoke on 4BC on Monday and on 2CE.", &["Monday | date 2025-08-04"]);
    check("It was built in 4 BC.", &["4 BC | date unknown"]);
    check("It was built in 44BC.", &["44BC | date unknown"]);
}
