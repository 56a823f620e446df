//! Kinds of figures and dates that other readers get wrong: how papers write money, signs, separators,
//! parts of a year, marks of notes and names.

use super::{check, check_none};

/// Checks the first mention of each sentence.
#[track_caller]
fn check_each(rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        check(text, &[expected]);
    }
}

#[test]
fn the_letters_of_a_country_stand_on_either_side_of_the_sign() {
    check_each(&[
        ("The mine went for $US640 million.", "$US640 million | money 640000000 USD"),
        ("The shed is let for $A1,250 a week.", "$A1,250 a week | money 1250 AUD/week"),
        ("It borrowed $NZ85 million.", "$NZ85 million | money 85000000 NZD"),
        ("Parking is AU $14.50 an hour.", "AU $14.50 an hour | money 14.5 AUD/hour"),
        ("The stall rents for S $900.", "S $900 | money 900 SGD"),
        ("Keep a $5 note.", "$5 | money 5 USD"),
        ("The tower fetched RM62.5mil.", "RM62.5mil | money 62500000 MYR"),
        ("The bridge cost €2 Mrd.", "€2 Mrd | money 2000000000 EUR"),
        ("The school cost 1 Md € then.", "1 Md € | money 1000000000 EUR"),
        ("Noodles are 85 sen.", "85 sen | money 0.85 MYR"),
        ("Sales were 62 mln dlrs.", "62 mln dlrs | money 62000000 USD"),
        ("It lost 3 mln Canadian dlrs.", "3 mln Canadian dlrs | money 3000000 CAD"),
        ("Loans grew 2.9 billion stg.", "2.9 billion stg | money 2900000000 GBP"),
        ("A gap of £10-15m opened.", "£10-15m | money 10000000..15000000 GBP"),
        ("It asks for $5 to 6m.", "$5 to 6m | money 5000000..6000000 USD"),
    ]);
    check(
        "It printed 1.3m glossy copies; 7.2m of the doses spoilt; 35m of its users left.",
        &[
            "1.3m | number 1300000 (copies)",
            "7.2m | number 7200000 (doses)",
            "35m | number 35000000 (users)",
        ],
    );
    check("50m of the wall fell.", &["50m | quantity 50 meter"]);
}

#[test]
fn losses_and_frost_keep_their_minus() {
    check_each(&[
        ("The result was $-7.9bn.", "$-7.9bn | money -7900000000 USD"),
        ("It booked $(4.2) million.", "$(4.2) million | money -4200000 USD"),
        ("It booked €(12.4)m.", "€(12.4)m | money -12400000 EUR"),
        (
            "It was minus-22 degrees Celsius.",
            "minus-22 degrees Celsius | quantity -22 degree celsius",
        ),
        ("The index stood at −5 percent.", "−5 percent | percent -5 percent"),
        ("It grew 10 % -20 % here.", "10 % -20 % | percent 10..20 percent"),
        ("It was 5±2 percent.", "5±2 percent | percent 5 percent about"),
    ]);
}

#[test]
fn thousands_stand_apart_in_several_ways() {
    check_each(&[
        ("It cost €12 500.", "€12 500 | money 12500 EUR"),
        ("It cost $1 943 million.", "$1 943 million | money 1943000000 USD"),
        ("There were 1’000 jobs.", "1’000 | number 1000 (jobs)"),
        ("There were 5'000 homes.", "5'000 | number 5000 (homes)"),
        ("There were 3\u{200b}000 jobs.", "3000 | number 3000 (jobs)"),
        ("There were 3,0\u{ad}00 jobs.", "3,000 | number 3000 (jobs)"),
        ("There were ３，０００ jobs.", "3,000 | number 3000 (jobs)"),
        ("There were 5\u{2060}–\u{2060}6 jobs.", "5–6 | number 5..6 (jobs)"),
    ]);
    check(
        "In 1999 500 people came.",
        &["1999 | date 1999-01-01..1999-12-31", "500 | number 500 (people)"],
    );
}

#[test]
fn powers_are_figures_and_marks_of_notes_are_none() {
    check_each(&[
        ("It holds 10⁶ cells.", "10⁶ | number 1000000 (cells)"),
        ("It holds 2.5 × 10⁶ cells.", "2.5 × 10⁶ | number 2500000 (cells)"),
        ("It holds 3 x 10^9 cells.", "3 x 10^9 | number 3000000000 (cells)"),
        ("It weighs 2 × 10^-3 g.", "2 × 10^-3 g | quantity 0.002 gram"),
        ("The town has 1,250¹ bars.", "1,250 | number 1250 (bars)"),
        ("The town has 1,200* bars.", "1,200 | number 1200 (bars)"),
        ("The town has 30† shops.", "30 | number 30 (shops)"),
        ("The town has 12² bars.", "12 | number 12 (bars)"),
        ("Sales hit $4.7 billion<sup>3</sup> here.", "$4.7 billion | money 4700000000 USD"),
        ("We cut {--3,000--}{++4,000++} jobs.", "4,000 | number 4000 (jobs)"),
        ("We cut {~~3,000~>4,000~~} jobs {>>not 5,000<<}.", "4,000 | number 4000 (jobs)"),
    ]);
}

#[test]
fn four_digits_count_where_no_word_dates_them() {
    check_each(&[
        ("Some cheered; about 1500 stayed.", "about 1500 | number 1500 about"),
        ("Crowds fell by an average of 1800.", "1800 | number 1800"),
        ("The wall dates from about 1500.", "about 1500 | date 1500-01-01..1500-12-31 about"),
        ("In 2012 Foot Locker closed.", "2012 | date 2012-01-01..2012-12-31"),
        ("By 2015 Pounds of Leith was gone.", "By 2015 | date 2015-01-01..2015-12-31 by"),
        ("He sold 1999 cars.", "1999 | number 1999 (cars)"),
        ("The bell dates from A.D. 1130.", "from A.D. 1130 | date 1130-01-01..1130-12-31 since"),
    ]);
    check(
        "Membership went from 1300 to 1750 members.",
        &["1300 | number 1300 (members)", "1750 | number 1750 (members)"],
    );
}

#[test]
fn names_labels_and_places_are_no_figures() {
    for text in [
        "A 767 freighter landed.",
        "The 757 needs a long runway.",
        "It is built to ISO 9001-2.",
        "Patients had HIV 1.",
        "Work at Ground Zero began.",
        "The ES.8 sedan is new.",
        "The Three Gorges dam holds.",
        "He has 20/20 vision and drives a 4x4.",
        "A 2x4 plank broke.",
        "It lies at 51°30′26″N, 0°7′39″W.",
        "Traders recall Black Monday.",
        "She swept Super Tuesday.",
        "Sheffield Wednesday lost.",
        "The suspect, in his mid-30s, fled.",
        "He hit a double.",
        "That was quite a day.",
        "It was a day of mourning.",
        "Motel 6 and a Mazda 3 were there.",
    ] {
        check_none(text);
    }
    check("They won the 4x400m relays.", &["400m | quantity 400 meter"]);
}

#[test]
fn what_is_counted_is_a_whole_noun_and_no_verb() {
    check_each(&[
        ("The road has three bus-only lanes.", "three | number 3 (lanes)"),
        ("It ordered six new Type 31 frigates.", "six | number 6 (frigates)"),
        ("She had 3 TDs.", "3 | number 3 (TDs)"),
        ("One stubborn rumor is left.", "One | number 1 (rumor)"),
        ("One plan calls for more.", "One | number 1 (plan)"),
    ]);
    check(
        "It filled six million 330ml cans.",
        &["six million | number 6000000 (cans)", "330ml | quantity 330 milliliter"],
    );
    check(
        "He wired 12 million of the 90 million yen.",
        &["12 million | money 12000000 JPY", "90 million yen | money 90000000 JPY"],
    );
    check(
        "Output was 4.5, 4.8 and 5.1 million barrels.",
        &[
            "4.5 | quantity 4500000 barrel",
            "4.8 | quantity 4800000 barrel",
            "5.1 million barrels | quantity 5100000 barrel",
        ],
    );
}

#[test]
fn hedges_that_are_none_and_some_that_are() {
    check_each(&[
        ("Prices for sub-400 sq ft flats fell.", "sub-400 sq ft | quantity 400 square foot less"),
        ("He swam a sub-nine-minute lap.", "sub-nine-minute | duration 9 minute less"),
        ("It is for those under the age of 12.", "under the age of 12 | duration 12 year less"),
        ("Barely 400 seats were sold.", "Barely 400 | number 400 (seats) about"),
        ("Growth picked up to 2.6 percent.", "2.6 percent | percent 2.6 percent"),
        ("It may take up to 2.6 percent.", "up to 2.6 percent | percent 2.6 percent less"),
        ("It lasted less than a minute.", "less than a minute | duration 1 minute less"),
    ]);
    check(
        "The crack is more than 30 metres (98 feet) long.",
        &["more than 30 metres | quantity 30 meter more", "98 feet | quantity 98 foot more"],
    );
}

#[test]
fn lengths_of_time_with_an_adjective_or_in_three_parts() {
    check_each(&[
        ("Oil slid for four trading days.", "four trading days | duration 4 day"),
        (
            "It fell for three consecutive quarters.",
            "three consecutive quarters | duration 3 quarter",
        ),
        (
            "It took 3 hours, 12 minutes, and 40 seconds.",
            "3 hours, 12 minutes, and 40 seconds | duration 11560 second",
        ),
        ("It will grow over the next decade.", "next decade | duration 1 decade"),
        ("He was 19 when it began.", "19 | duration 19 year"),
        ("Their son is 9.", "9 | duration 9 year"),
    ]);
    check(
        "Take 500 mg every 6-8 hours.",
        &["500 mg | quantity 500 milligram", "6-8 hours | duration 6..8 hour"],
    );
}

#[test]
fn parts_of_a_year_as_companies_write_them() {
    check_each(&[
        ("Third-quarter sales fell.", "Third-quarter | date 2025-07-01..2025-09-30"),
        ("Sales fell in Q3 FY24.", "Q3 FY24 | date 2024-07-01..2024-09-30"),
        ("Sales fell in 2Q24.", "2Q24 | date 2024-04-01..2024-06-30"),
        ("Sales fell in 4Q 2024.", "4Q 2024 | date 2024-10-01..2024-12-31"),
        ("Sales fell in 1H25.", "1H25 | date 2025-01-01..2025-06-30"),
        ("Sales fell in 9M 2024.", "9M 2024 | date 2024-01-01..2024-09-30"),
        ("Sales fell in Q3'24.", "Q3'24 | date 2024-07-01..2024-09-30"),
        (
            "Fares rose at the beginning of the year.",
            "the beginning of the year | date 2025-01-01..2025-12-31",
        ),
        ("The talks were adjourned until Saturday.", "until Saturday | date 2025-08-09 until"),
        ("It was put off till Monday.", "till Monday | date 2025-08-11 until"),
        ("Shops opened late on Black Friday 2024.", "Black Friday 2024 | date 2024-11-29"),
    ]);
    check(
        "The style of the 1980s and 90s is back.",
        &["the 1980s | date 1980-01-01..1989-12-31", "90s | date 1990-01-01..1999-12-31"],
    );
}

#[test]
fn figures_that_hang_together_share_what_stands_behind_the_last() {
    check(
        "The boatyard builds two-, three- and six-berth boats.",
        &["two | number 2 (berth)", "three | number 3 (berth)", "six | number 6 (berth)"],
    );
    check(
        "It sells 5-, 10- and 15-year bonds.",
        &["5 | duration 5 year", "10 | duration 10 year", "15-year | duration 15 year"],
    );
    check("Use a 2- or 4-inch pipe.", &["2 | quantity 2 inch", "4-inch | quantity 4 inch"]);
    // A word that is not joined to the last is nobody else's.
    check(
        "Fares rose 5- and then 6 weeks later.",
        &["5 | number 5", "6 weeks later | date unknown"],
    );
}

#[test]
fn a_rate_behind_a_bracket_is_that_of_both_figures() {
    check(
        "The port earns 70 million kroner ($10.2 million) a year.",
        &[
            "70 million kroner | money 70000000 krone/year",
            "$10.2 million | money 10200000 USD/year",
        ],
    );
    check(
        "The ferry makes 30 miles (48 km) an hour.",
        &["30 miles | quantity 30 mile/hour", "48 km | quantity 48 kilometer/hour"],
    );
    check(
        "Rent is $900 (it was $850) a year ago.",
        &[
            "$900 | money 900 USD",
            "$850 | money 850 USD",
            "a year ago | date 2024-01-01..2024-12-31",
        ],
    );
}

#[test]
fn shares_say_what_they_are_of() {
    check_each(&[
        ("One quarter of the Frisian population left.", "One quarter | number 0.25 (population)"),
        ("Two in five bakers agree.", "Two in five | number 0.4 (bakers)"),
        ("Half of all its members voted.", "Half | number 0.5 (members)"),
        (
            "A third of the town's annual budget is gone.",
            "A third | number 0.333333333333 (budget)",
        ),
        ("Two thirds of global output is steel.", "Two thirds | number 0.666666666667 (output)"),
        ("Half of them left.", "Half | number 0.5"),
        ("Half of what was paid is back.", "Half | number 0.5"),
    ]);
}

#[test]
fn signs_and_words_of_two_meanings_are_told_by_what_stands_near() {
    check_each(&[
        ("The jet slowed to 210 kt.", "210 kt | quantity 210 knot"),
        ("Winds of 45 kt were measured.", "45 kt | quantity 45 knot"),
        ("The smelter made 45 kt of zinc.", "45 kt | quantity 45 kiloton"),
        ("Add 2 drams of syrup.", "2 drams | quantity 2 dram"),
        ("A bun is 200 drams in Yerevan.", "200 drams | money 200 AMD"),
    ]);
}

#[test]
fn tens_of_temperatures_are_ten_degrees_wide() {
    check_each(&[
        ("Highs stay in the 60s.", "60s | quantity 60..69 degree about"),
        ("Temperatures fell into the 40s.", "40s | quantity 40..49 degree about"),
    ]);
    check_none("He shot in the 70s.");
}

#[test]
fn one_counts_behind_a_report_and_before_quotation_marks() {
    check_each(&[
        ("Police say that one baker was hurt.", "one | number 1 (baker)"),
        ("There was one “close-call” landing.", "one | number 1 (landing)"),
    ]);
    check_none("I like that one.");
}

#[test]
fn so_many_of_its_members_are_members() {
    check_each(&[
        ("Three of its senior bakers left.", "Three | number 3 (bakers)"),
        ("All four of their Harbour Cup matches were lost.", "four | number 4 (matches)"),
        ("It sold 60 million class A shares.", "60 million | number 60000000 (shares)"),
        ("It fed 503 East Timorese.", "503 | number 503 (Timorese)"),
        ("Two Chinese clerks left.", "Two | number 2 (clerks)"),
        ("It has 5.5 million monthly active users.", "5.5 million | number 5500000 (users)"),
        ("One Frisian journalist was hurt.", "One | number 1 (journalist)"),
    ]);
    check_none("One Frisian represents the town.");
}

#[test]
fn two_figures_with_or_share_their_unit() {
    check(
        "It takes 12 or 18 months.",
        &["12 | duration 12 month", "18 months | duration 18 month"],
    );
    check(
        "It costs 14 or 15 million marks.",
        &["14 | money 14000000 mark", "15 million marks | money 15000000 mark"],
    );
}

#[test]
fn first_is_a_rank_and_no_adverb() {
    check_none("When I first came it rained, because first we had to pay.");
    check("The first two months were dry.", &["two months | duration 2 month"]);
    check("FOURTH FERRY SINKS", &["FOURTH | ordinal 4"]);
}

#[test]
fn quarters_in_which_results_were_made_are_dates() {
    check(
        "Fourth quarter profit fell; the 3Q results are due; 1ST QTR NET ROSE.",
        &[
            "Fourth quarter | date 2024-10-01..2024-12-31",
            "the 3Q | date 2025-07-01..2025-09-30",
            "1ST QTR | date 2025-01-01..2025-03-31",
        ],
    );
}

#[test]
fn what_is_left_of_a_letter_is_no_half() {
    check_none("ï¿½The ferry sailed.");
    check("Add 2½ cups.", &["2½ cups | quantity 2.5 cup"]);
}

#[test]
fn a_fraction_of_one_of_something_is_so_much_of_it() {
    check("A quarter of a century passed.", &["A quarter of a century | duration 0.25 century"]);
    check(
        "It is two-thirds of an acre.",
        &["two-thirds of an acre | quantity 0.666666666667 acre"],
    );
    // Of more than one it is a share.
    check("Two-thirds of the acres are dry.", &["Two-thirds | number 0.666666666667 (acres)"]);
}

#[test]
fn pounds_are_money_behind_pounds_that_were_paid() {
    check(
        "They were fined 1,500 pounds each, a total of 9,000 pounds.",
        &["1,500 pounds each | money 1500 GBP/each", "9,000 pounds | money 9000 GBP"],
    );
    check(
        "He was fined 1,500 pounds. The bag weighed 90 pounds.",
        &["1,500 pounds | money 1500 GBP", "90 pounds | quantity 90 pound"],
    );
    check(
        "He paid 15 pounds for 90 pounds of flour.",
        &["15 pounds | money 15 GBP", "90 pounds | quantity 90 pound"],
    );
}

#[test]
fn a_number_for_each_behind_or_is_in_the_unit_of_the_sum() {
    check(
        "It spent $300 million over ten years, or 30 million a year.",
        &[
            "$300 million | money 300000000 USD",
            "ten years | duration 10 year",
            "30 million a year | money 30000000 USD/year",
        ],
    );
    check(
        "It spent $300 million, and 3,000 a year died.",
        &["$300 million | money 300000000 USD", "3,000 a year | number 3000 /year"],
    );
}

#[test]
fn a_margin_or_the_name_of_a_day_takes_no_range_its_unit() {
    check("A margin of 11.5-12 percent.", &["11.5-12 percent | percent 11.5..12 percent"]);
    check("A 9-11 percent gain.", &["9-11 percent | percent 9..11 percent"]);
    check("It costs 9-11 dollars.", &["9-11 dollars | money 9..11 USD"]);
    check_none("Since 9-11, much has changed.");
}

#[test]
fn the_half_is_a_time() {
    check(
        "It shipped 64,000 tonnes in the half, and half of it went by rail.",
        &["64,000 tonnes | quantity 64000 metric ton", "half | number 0.5"],
    );
}

#[test]
fn days_and_periods_without_a_number_of_their_own() {
    check("A storm struck over the weekend.", &["the weekend | date 2025-08-02..2025-08-03"]);
    check("It will open at the weekend.", &["the weekend | date 2025-08-09..2025-08-10"]);
    check(
        "It is due by the end of the month.",
        &["by the end of the month | date 2025-08-01..2025-08-31 by"],
    );
    check(
        "It stays shut until Friday next week.",
        &["until Friday next week | date 2025-08-15 until"],
    );
    check("Q2 alone was good.", &["Q2 | date 2025-04-01..2025-06-30"]);
    check(
        "The shop shuts on Christmas Day and Boxing Day.",
        &["Christmas Day | date 2024-12-25", "Boxing Day | date 2024-12-26"],
    );
    // The Monday of a name is none.
    check_none("Easter Monday eggs.");
}

#[test]
fn two_years_in_a_bracket_are_a_time() {
    check(
        "The queen (1553 to 1562) was young.",
        &["1553 to 1562 | date-range 1553-01-01..1562-12-31"],
    );
    check("A nun (1899-1986) taught there.", &["1899-1986 | date-range 1899-01-01..1986-12-31"]);
    // More than a life, and no time: nothing is read.
    check_none("A part (1203-1986) is missing.");
}
