//! Kinds of figures and dates in news: plans and what has happened, names with days and numbers, ages, shares,
//! prices and decimals as others write them.

use jiff::civil::date;

use super::{check, check_none, check_on};

/// Checks the first mention of each sentence.
#[track_caller]
fn check_each(rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        check(text, &[expected]);
    }
}

#[test]
fn a_plan_lies_ahead_though_a_participle_stands_before_its_date() {
    check_each(&[
        (
            "The deal is expected to be completed during the fourth quarter.",
            "the fourth quarter | date 2025-10-01..2025-12-31",
        ),
        (
            "The plant would be closed by March, the firm said.",
            "by March | date 2026-03-01..2026-03-31 by",
        ),
        (
            "A board will be set up with the towns involved and report by June.",
            "by June | date 2026-06-01..2026-06-30 by",
        ),
        ("The fair closes on Sunday.", "Sunday | date 2025-08-10"),
        ("Entries close on Monday.", "Monday | date 2025-08-11"),
    ]);
}

#[test]
fn what_has_happened_lies_behind_though_the_month_is_near() {
    check_each(&[
        (
            "The ministry sued the grocer in September over its labels.",
            "September | date 2024-09-01..2024-09-30",
        ),
        ("The union walked out on 4 October.", "4 October | date 2024-10-04"),
        // What was said may be of any time.
        (
            "It was said that in September more would come.",
            "September | date 2025-09-01..2025-09-30",
        ),
    ]);
}

#[test]
fn days_in_the_names_of_papers_and_clubs_are_no_dates() {
    check_none("The Sunday Herald and the Monday Club disagree.");
    check_none("The Wednesday Trust was silent.");
    check("The Friday meeting was short.", &["The Friday | date 2025-08-01"]);
}

#[test]
fn dates_in_other_words_are_read() {
    check_each(&[
        ("It was due on the 12th of this month.", "the 12th of this month | date 2025-08-12"),
        ("The ferry sails on 25/26 August.", "25/26 August | date-range 2025-08-25..2025-08-26"),
        ("Sales rose up to 30 June.", "up to 30 June | date 2025-06-30 until"),
        ("First half profit fell.", "First half | date 2025-01-01..2025-06-30"),
        ("Prices are below 2001's level.", "2001 | date 2001-01-01..2001-12-31"),
    ]);
    check_on(
        Some(date(2005, 1, 25)),
        "In the 12 months to 30 September 2004 it grew, after a fall in the previous fiscal year.",
        &[
            "12 months to 30 September 2004 | date-range 2003-10-01..2004-09-30",
            "the previous fiscal year | date 2003-01-01..2003-12-31",
        ],
    );
}

#[test]
fn one_that_stands_for_something_counts_nothing() {
    check_none("It chose one known as Old Tom, and one carefully kept.");
    check_none("No-one came, and it stays one forever.");
    check_each(&[
        ("It saw one illegal boat.", "one | number 1 (boat)"),
        ("One friendly dog barked.", "One | number 1 (dog)"),
        ("One fenced shop stays.", "One | number 1 (shop)"),
    ]);
}

#[test]
fn numbers_of_names_dockets_and_lists_are_left_alone() {
    check_none("The Harbour Four and the so-called Mill Seven were freed.");
    check_none("It runs on OpenDesk 4 now.");
    check_none("The case is 21-cv-4410.");
    check_none("It sells a 1:10 scale model.");
    check_none("It likes the stock for: 1) its price; 2) its debt.");
    check("Profit fell (a loss of 12).", &["12 | number 12"]);
}

#[test]
fn a_bound_of_people_is_an_age() {
    check_each(&[
        ("Children under 12 pay nothing.", "under 12 | duration 12 year less"),
        ("It asked people over 55.", "over 55 | duration 55 year more"),
        ("Those aged under 30 agree.", "under 30 | duration 30 year less"),
        ("It takes pupils as young as 4.", "4 | duration 4 year"),
        ("It hired people under 20 contracts.", "under 20 | number 20 (contracts) less"),
    ]);
}

#[test]
fn a_share_is_of_the_whole_noun_phrase() {
    check_each(&[
        ("It owns a third of known copper deposits.", "a third | number 0.333333333333 (deposits)"),
        ("Half the men left.", "Half | number 0.5 (men)"),
        ("Half the battle is won.", "Half | number 0.5"),
        ("Half of those phones are old.", "Half | number 0.5 (phones)"),
        ("Half of those asked agree.", "Half | number 0.5"),
    ]);
    check("It shut half its 20 shops.", &["half | number 0.5 (shops)", "20 | number 20 (shops)"]);
}

#[test]
fn a_change_and_its_level_are_two_figures() {
    check(
        "Notes in circulation rose 360 million to 27.7 billion.",
        &["360 million | number 360000000", "27.7 billion | number 27700000000"],
    );
    check("The count rose by 69 to 241.", &["69 | number 69", "241 | number 241"]);
    check("Output rose 5 to 15 percent.", &["5 to 15 percent | percent 5..15 percent"]);
}

#[test]
fn prices_on_either_side_of_a_slash_are_a_range() {
    check_each(&[
        ("It pays $17/$19 an hour.", "$17/$19 an hour | money 17..19 USD/hour"),
        ("Barley was at $318/320 a tonne.", "$318/320 a tonne | money 318..320 USD/metric ton"),
    ]);
}

#[test]
fn decimals_behind_a_comma_are_read_before_what_they_measure() {
    check_each(&[
        ("Inflation was 12,5 percent.", "12,5 percent | percent 12.5 percent"),
        ("A margin of 7,8% is thin.", "7,8% | percent 7.8 percent"),
        ("It sold €1.234,5 million of it.", "€1.234,5 million | money 1234500000 EUR"),
        ("A ticket is €14,50.", "€14,50 | money 14.5 EUR"),
        ("A sack weighs 12,50 kg.", "12,50 kg | quantity 12.5 kilogram"),
        ("It costs $30, 000.", "$30, 000 | money 30000 USD"),
    ]);
    check_none("It won 4,12 people say.");
}

#[test]
fn the_money_of_a_story_is_in_one_currency() {
    check(
        "The surplus was 300 million marks after one of 3.8 billion, against a 7.1 billion deficit; debts came to \
         two billion.",
        &[
            "300 million marks | money 300000000 mark",
            "3.8 billion | money 3800000000 mark",
            "7.1 billion | money 7100000000 mark",
            "two billion | money 2000000000 mark",
        ],
    );
    // Sales of some millions may be cars, and two currencies tell nothing.
    check(
        "It lost 5 million euros on sales of 2 million and shares of 3 million.",
        &[
            "5 million euros | money 5000000 EUR",
            "2 million | number 2000000",
            "3 million | number 3000000",
        ],
    );
    check(
        "It lost 5 million euros and 7 million dollars, and has a profit of 3 million.",
        &[
            "5 million euros | money 5000000 EUR",
            "7 million dollars | money 7000000 USD",
            "3 million | number 3000000",
        ],
    );
}

#[test]
fn a_part_counts_what_its_whole_does() {
    check(
        "It owns four of the five largest banks and two of its 12 mills.",
        &[
            "four | number 4 (banks)",
            "five | number 5 (banks)",
            "two | number 2 (mills)",
            "12 | number 12 (mills)",
        ],
    );
}

#[test]
fn the_dollars_of_an_article_are_those_of_its_country() {
    let dollars = |text: &str| {
        let document =
            crossfoot::document::Document::parse(text, crossfoot::document::Format::Plain);
        let lexicon = crossfoot::lexicon::Lexicon::built_in();
        let mentions = crossfoot::mention::find_mentions(document.prose(), lexicon);
        let home = crossfoot::mention::shown(&document, &mentions, lexicon);
        home.currency.map(|currency| currency.value.as_str().to_owned())
    };
    let of = |text: &str| dollars(text).unwrap_or_default();
    assert_eq!(of("The town gets $5 million. Write to desk@example.gov.au for more."), "AUD");
    assert_eq!(of("The town gets $5 million. See www.example.co.nz/2020 for more."), "NZD");
    assert_eq!(of("The town gets $5 million. Media: Jo Doe 0455 555 123"), "AUD");
    assert_eq!(of("ADELAIDE, May 3 - The mill made 5 mln dlrs."), "AUD");
    assert_eq!(of("TORONTO, May 3 - The mill made 5 mln dlrs."), "CAD");
    // Who names one dollar tells them apart, and a sign is no word of a wire.
    assert_eq!(of("ADELAIDE, May 3 - The mill made 5 mln dlrs or 4 mln U.S. dlrs."), "");
    assert_eq!(of("ADELAIDE, May 3 - The mill made $5 million."), "");
    assert_eq!(of("The town gets $5 million. Write to a@b.com.au or c@d.ca."), "");
    assert_eq!(of("The town gets $5 million, e.g. from notes.au it sold."), "");
    assert_eq!(of("The town gets $5 million. Call 20455 555 123."), "");
}

#[test]
fn a_time_that_was_run_is_a_length_of_time() {
    check("She ran it in 3:58.21.", &["3:58.21 | duration 238.21 second"]);
    check("At 10:20 it began.", &["10:20 | time unknown 10:20"]);
}

#[test]
fn other_names_and_numbers_of_the_press() {
    check_none("He told the Today programme why this one special.");
    check_none("Call 02 63 555 229.");
    check_none("The Galaxy Pro 3 is out.");
    check("It is close to the 400m mark.", &["400m | quantity 400 meter"]);
    check("Sales rose in 2018's first half.", &["2018's first half | date 2018-01-01..2018-06-30"]);
    check("Ten Danes and one Norwegian came.", &["Ten | number 10 (Danes)", "one | number 1"]);
    check("The majority of these devices work.", &["The majority | number 0.5..1 (devices) more"]);
    check(
        "It rose 1 percent or 49 billion marks to 2,855 billion marks.",
        &[
            "1 percent | percent 1 percent",
            "49 billion marks | money 49000000000 mark",
            "2,855 billion marks | money 2855000000000 mark",
        ],
    );
}

#[test]
fn days_of_one_month_share_its_name() {
    check(
        "It met on 18 and 19 June, and on May 21 and 22, 2015; on May 5 and 6 people came.",
        &[
            "18 | date 2025-06-18",
            "19 June | date 2025-06-19",
            "May 21 | date 2015-05-21",
            "22, 2015 | date 2015-05-22",
            "May 5 | date 2025-05-05",
            "6 | number 6 (people)",
        ],
    );
}

#[test]
fn parts_of_a_point_are_of_percent_where_rates_are() {
    check_each(&[
        (
            "The bank cut its rate by a quarter-point.",
            "a quarter-point | percent 0.25 percentage point",
        ),
        ("Rates rose half a point.", "half a point | percent 0.5 percentage point"),
        ("The index fell 0.8 points.", "0.8 | number 0.8 (points)"),
        ("She won by half a point.", "half | number 0.5"),
    ]);
}

#[test]
fn what_is_counted_stands_behind_words_joined_by_hyphens_and_in_the_singular() {
    check_each(&[
        ("It sells 40 hybrid and all-electric models.", "40 | number 40 (models)"),
        ("The index erased a 600 point loss.", "600 | number 600 (point)"),
        ("It has 24 Iraqis and no other.", "24 | number 24 (Iraqis)"),
        ("Sales were 19 mln kwacha.", "19 mln kwacha | money 19000000 kwacha"),
        ("It sold 4K tickets.", "4K | number 4000 (tickets)"),
    ]);
    check_none("It records 4K video.");
}

#[test]
fn numbers_in_their_places_count_and_others_name() {
    check_each(&[
        ("It shipped 2.4m used phones.", "2.4m | number 2400000 (phones)"),
        ("It owes 3bil ringgit.", "3bil ringgit | money 3000000000 MYR"),
        ("It employs 1950 people.", "1950 | number 1950 (people)"),
        ("An audience of 2000 cheered.", "2000 | number 2000"),
        ("Around 1900 attended.", "Around 1900 | number 1900 about"),
        ("In 1950 people left.", "1950 | date 1950-01-01..1950-12-31"),
        ("It has one unhappy customer.", "one | number 1 (customer)"),
        ("The talks resume on Monday.", "Monday | date 2025-08-11"),
        ("The cut lasted about a minute.", "about a minute | duration 1 minute about"),
        ("It goes 0-to-100-km/h in no time.", "0-to-100-km/h | quantity 0..100 kilometer per hour"),
    ]);
    check(
        "It sends at 5 GHz and 868 MHz.",
        &["5 GHz | quantity 5 gigahertz", "868 MHz | quantity 868 megahertz"],
    );
    check(
        "He is 5 feet and 10 inches tall.",
        &["5 feet and 10 inches | quantity 5.83333333333 foot"],
    );
    check(
        "A third of the 90 staff left.",
        &["A third | number 0.333333333333 (staff)", "90 | number 90 (staff)"],
    );
    check(
        "It has 1,200 full-time and 340 part-time staff.",
        &["1,200 | number 1200 (staff)", "340 | number 340 (staff)"],
    );
    check_none("Hall 9 and Court 4 were shut.");
    check("They met in court. 4 men spoke.", &["4 | number 4 (men)"]);
    check("Sales in 2019 were low.", &["2019 | date 2019-01-01..2019-12-31"]);
}

#[test]
fn other_readings_of_the_press() {
    check_each(&[
        ("The 40,000 seamen struck.", "40,000 | number 40000 (seamen)"),
        ("It may be passed around late September.", "late September | date 2025-09-01..2025-09-30"),
        ("It grew in the third quarter.", "the third quarter | date 2025-07-01..2025-09-30"),
        ("It was one of 2200.", "2200 | date 2200-01-01..2200-12-31"),
    ]);
    check("He is one person out of 2200.", &["one | number 1 (person)", "2200 | number 2200"]);
    check_none("The letters Ã¯Â¿Â½ are broken.");
}
