//! Money, shares, counts, measures, factors, ranks and their hedges.

use crossfoot::lexicon::Lexicon;
use crossfoot::mention::parse_value;
use crossfoot::value::{End, Rational, Value};

use super::check;

#[test]
fn money_is_read_by_its_symbol() {
    check("The council paid €4.2 million for the old mill.", &["€4.2 million | money 4200000 EUR"]);
    check("A seat costs £35 now.", &["£35 | money 35 GBP"]);
    check("The bridge came in at ¥1,250,000.", &["¥1,250,000 | money 1250000 JPY"]);
    check("A C$80 deposit is due.", &["C$80 | money 80 CAD"]);
    check("They asked for US$3bn in loans.", &["US$3bn | money 3000000000 USD"]);
    check("Rescue crews got A$1.5m more.", &["A$1.5m | money 1500000 AUD"]);
}

#[test]
fn money_is_read_by_its_code_or_name() {
    check("The dam will cost EUR 640 million.", &["EUR 640 million | money 640000000 EUR"]);
    check(
        "Lenders wrote off 12 million Swiss francs.",
        &["12 million Swiss francs | money 12000000 CHF"],
    );
    check("Farmers were offered 900 Pakistani rupees.", &["900 Pakistani rupees | money 900 PKR"]);
    check("He owed the bank 15,000 dollars.", &["15,000 dollars | money 15000 USD"]);
    check("The fund holds 75 bn yen.", &["75 bn yen | money 75000000000 JPY"]);
    check("Tolls brought in CHF 2.4m.", &["CHF 2.4m | money 2400000 CHF"]);
}

#[test]
fn number_words_count_money_too() {
    check("Two million euros went missing.", &["Two million euros | money 2000000 EUR"]);
    check(
        "The heirs share half a million dollars.",
        &["half a million dollars | money 500000 USD"],
    );
}

#[test]
fn cents_are_parts_of_their_currency() {
    check(
        "Bread rose to $3.40, or 25 cents more than before.",
        &["$3.40 | money 3.4 USD", "25 cents | money 0.25 USD"],
    );
    check("A stamp costs 85p.", &["85p | money 0.85 GBP"]);
    check("The fee is five cents.", &["five cents | money 5 cent"]);
}

#[test]
fn a_scale_word_is_shared_by_a_range() {
    check("Repairs will take $26–31 million.", &["$26–31 million | money 26000000..31000000 USD"]);
    check(
        "Between 5 and 6 million voters stayed at home.",
        &["Between 5 and 6 million | number 5000000..6000000 (voters)"],
    );
    check(
        "Damage is put at 2 to 3 billion euros.",
        &["2 to 3 billion euros | money 2000000000..3000000000 EUR"],
    );
    check("Wages there run from $400 to $650.", &["from $400 to $650 | money 400..650 USD"]);
}

#[test]
fn a_change_from_one_level_to_another_is_two_figures() {
    check("The levy rose from $5 to $8.", &["$5 | money 5 USD", "$8 | money 8 USD"]);
    check(
        "Unemployment fell from 7 % to 6 %.",
        &["7 % | percent 7 percent", "6 % | percent 6 percent"],
    );
}

#[test]
fn a_fall_by_a_share_to_a_level_is_two_figures() {
    check("Oil fell a third to $81.", &["a third | number 0.333333333333", "$81 | money 81 USD"]);
    check(
        "Oil fell by a third to $81 per barrel.",
        &["a third | number 0.333333333333", "$81 per barrel | money 81 USD/barrel"],
    );
    check(
        "Output was cut by two-thirds to 40 tonnes.",
        &["two-thirds | number 0.666666666667", "40 tonnes | quantity 40 metric ton"],
    );
}

#[test]
fn percent_is_read_in_all_spellings() {
    check("Turnout reached 61.3%.", &["61.3% | percent 61.3 percent"]);
    check("Rents climbed 4 per cent.", &["4 per cent | percent 4 percent"]);
    check("Nearly 12 percent of pupils walk.", &["Nearly 12 percent | percent 12 percent less"]);
    check("Ninety percent of the crop was lost.", &["Ninety percent | percent 90 percent"]);
    check("Output slipped 0.5 pct.", &["0.5 pct | percent 0.5 percent"]);
    check("Growth of 2 to 3 percent is expected.", &["2 to 3 percent | percent 2..3 percent"]);
}

#[test]
fn points_are_no_percent() {
    check(
        "Her lead shrank by 3 percentage points.",
        &["3 percentage points | percent 3 percentage point"],
    );
    check(
        "The bank cut its rate by 25 basis points.",
        &["25 basis points | percent 25 basis point"],
    );
    check(
        "A 1.5-percentage-point swing decided it.",
        &["1.5-percentage-point | percent 1.5 percentage point"],
    );
}

#[test]
fn shares_are_read_in_words() {
    check("A third of the flats stand empty.", &["A third | number 0.333333333333 (flats)"]);
    check("Two-thirds of members voted.", &["Two-thirds | number 0.666666666667 (members)"]);
    check("Three quarters of the harvest was sold.", &["Three quarters | number 0.75 (harvest)"]);
    check("Half of the money is spent.", &["Half | number 0.5 (money)"]);
    check("One in 250 babies is affected.", &["One in 250 | number 0.004 (babies)"]);
    check("Three out of ten homes lack heating.", &["Three out of ten | number 0.3 (homes)"]);
    check("Only 1/8 of the reef is left.", &["Only 1/8 | number 0.125 (reef)"]);
}

#[test]
fn a_number_knows_what_it_counts() {
    check("The vote went to 64 parliamentarians.", &["64 | number 64 (parliamentarians)"]);
    check("Some 1,200 fishing boats were lost.", &["Some 1,200 | number 1200 (boats) about"]);
    check("At least 15 people died.", &["At least 15 | number 15 (people) more"]);
    check("The firm employs 2.3 million workers.", &["2.3 million | number 2300000 (workers)"]);
    check("The 27-nation bloc agreed.", &["27 | number 27 (nation)"]);
    check("It has 40 other members.", &["40 | number 40 (members)"]);
}

#[test]
fn number_words_are_numbers() {
    check("Twenty-one miners were freed.", &["Twenty-one | number 21 (miners)"]);
    check(
        "Three hundred and twelve cows drowned.",
        &["Three hundred and twelve | number 312 (cows)"],
    );
    check("A dozen villages were cut off.", &["A dozen | number 12 (villages)"]);
    check("Two dozen trucks waited.", &["Two dozen | number 24 (trucks)"]);
    check("Six thousand students marched.", &["Six thousand | number 6000 (students)"]);
    check(
        "One and a half million tickets were sold.",
        &["One and a half million | number 1500000 (tickets)"],
    );
}

#[test]
fn a_plural_of_a_scale_word_is_a_range() {
    check(
        "Tens of thousands of people fled.",
        &["Tens of thousands | number 20000..100000 (people) about"],
    );
    check("Hundreds of letters came in.", &["Hundreds | number 200..1000 (letters) about"]);
}

#[test]
fn digits_are_grouped_as_the_world_does() {
    check("The city has 1 250 000 inhabitants.", &["1 250 000 | number 1250000 (inhabitants)"]);
    check("It sold 12,34,567 tickets.", &["12,34,567 | number 1234567 (tickets)"]);
    check(
        "Some 2\u{202f}500 sheep graze there.",
        &["Some 2\u{202f}500 | number 2500 (sheep) about"],
    );
}

#[test]
fn a_number_with_a_space_behind_its_comma_is_left_alone() {
    check(
        "Turnout fell from 155, 625 votes to 140,000 votes.",
        &["140,000 | number 140000 (votes)"],
    );
    // In a list both are figures.
    check(
        "It drew 155, 625 and 710 guests.",
        &["155 | number 155", "625 | number 625", "710 | number 710 (guests)"],
    );
}

#[test]
fn units_are_named_in_full() {
    check("The tunnel is 57 km long.", &["57 km | quantity 57 kilometer"]);
    check("It weighs 3.5 tonnes.", &["3.5 tonnes | quantity 3.5 metric ton"]);
    check("A 12-metre wave struck.", &["12-metre | quantity 12 meter"]);
    check("Farms used 80 litres of diesel.", &["80 litres | quantity 80 liter"]);
    check("The plant makes 600 MW.", &["600 MW | quantity 600 megawatt"]);
    check("Fires burnt 4,000 hectares.", &["4,000 hectares | quantity 4000 hectare"]);
    check("The load was 18 kg.", &["18 kg | quantity 18 kilogram"]);
}

#[test]
fn compound_units_are_one_unit() {
    check("Gusts of 130 km/h were measured.", &["130 km/h | quantity 130 kilometer per hour"]);
    check("It drove at 55 miles per hour.", &["55 miles per hour | quantity 55 mile per hour"]);
    check(
        "The site covers 30 square kilometres.",
        &["30 square kilometres | quantity 30 square kilometer"],
    );
    check(
        "The reservoir holds 9 million cubic metres.",
        &["9 million cubic metres | quantity 9000000 cubic meter"],
    );
    check("Panels gave 2.4 GWh.", &["2.4 GWh | quantity 2.4 gigawatt hour"]);
}

#[test]
fn feet_and_inches_are_one_length() {
    check("She is 5 feet 6 inches tall.", &["5 feet 6 inches | quantity 5.5 foot"]);
    check("He stands 6ft 3in.", &["6ft 3in | quantity 6.25 foot"]);
    check("The door is 6'6\" high.", &["6'6\" | quantity 6.5 foot"]);
}

#[test]
fn temperatures_have_a_scale() {
    check(
        "It was 38 degrees Celsius in the shade.",
        &["38 degrees Celsius | quantity 38 degree celsius"],
    );
    check("The cellar stays at 12°C.", &["12°C | quantity 12 degree celsius"]);
    check("Highs of 95 °F are likely.", &["95 °F | quantity 95 degree fahrenheit"]);
    check("Nights fell to -14 °C.", &["-14 °C | quantity -14 degree celsius"]);
}

#[test]
fn a_letter_behind_thousands_is_no_temperature() {
    check("The kiln is kept at 980 C all night.", &["980 C | quantity 980 degree celsius"]);
    check("The archive bought 30,000 C prints.", &["30,000 | number 30000 (prints)"]);
    check("They shipped 2,500 F parts.", &["2,500 | number 2500 (parts)"]);
}

#[test]
fn a_rate_has_what_it_is_per() {
    check("The club loses $4 million a year.", &["$4 million a year | money 4000000 USD/year"]);
    check(
        "Aid of $72.5 million annually will flow.",
        &["$72.5 million annually | money 72500000 USD/year"],
    );
    check("Crude sold at $81 per barrel.", &["$81 per barrel | money 81 USD/barrel"]);
    check("Shares fetched $12.50 each.", &["$12.50 each | money 12.5 USD/each"]);
    check(
        "The clinic treats 30 patients a day.",
        &["30 patients a day | number 30 /day (patients)"],
    );
    check("Rent is €9 per square metre.", &["€9 per square metre | money 9 EUR/square meter"]);
}

#[test]
fn factors_are_multiples() {
    check("Exports doubled.", &["doubled | multiple 2 times"]);
    check(
        "Debt tripled within a decade.",
        &["tripled | multiple 3 times", "a decade | duration 1 decade"],
    );
    check("It is 1.6 times as large.", &["1.6 times | multiple 1.6 times"]);
    check("The toll halved.", &["halved | multiple 0.5 times"]);
    check("Sales grew tenfold.", &["tenfold | multiple 10 times"]);
    check("Prices went up 3x.", &["3x | multiple 3 times"]);
    check("Output came close to double.", &["close to double | multiple 2 times less"]);
}

#[test]
fn ranks_are_ordinals() {
    check("She came 8th in the final.", &["8th | ordinal 8"]);
    check("It is the third strike of its kind.", &["third | ordinal 3"]);
    check("The team is in the top ten.", &["the top ten | ordinal 1..10"]);
    check("The twenty-first member joined.", &["twenty-first | ordinal 21"]);
}

#[test]
fn lengths_of_time_are_durations() {
    check("The trial took four years.", &["four years | duration 4 year"]);
    check("A 90-day truce began.", &["90-day | duration 90 day"]);
    check("Power was out for 36 hours.", &["36 hours | duration 36 hour"]);
    check("Three decades of war are over.", &["Three decades | duration 3 decade"]);
    check("It lasted two and a half hours.", &["two and a half hours | duration 2.5 hour"]);
    check("The sale runs two to three weeks.", &["two to three weeks | duration 2..3 week"]);
    check(
        "Aid of $290 million over four years.",
        &["$290 million | money 290000000 USD", "four years | duration 4 year"],
    );
}

#[test]
fn ages_are_durations_in_years() {
    check("The singer died aged 81.", &["aged 81 | duration 81 year"]);
    check("A 57-year-old driver was held.", &["57-year-old | duration 57 year"]);
    check("Their son is 8 months old.", &["8 months old | duration 8 month"]);
}

#[test]
fn hedges_stand_before_or_behind() {
    check("About 300 guests came.", &["About 300 | number 300 (guests) about"]);
    check(
        "More than $7.3 billion was lost.",
        &["More than $7.3 billion | money 7300000000 USD more"],
    );
    check("Just under 40 % agreed.", &["Just under 40 % | percent 40 percent less"]);
    check("It costs up to €50.", &["up to €50 | money 50 EUR less"]);
    check("The walk is 12 km or more.", &["12 km or more | quantity 12 kilometer more"]);
    check("It took 20 minutes or so.", &["20 minutes or so | duration 20 minute about"]);
    check("An estimated 5,000 homes flooded.", &["An estimated 5,000 | number 5000 (homes) about"]);
    check("No fewer than six judges resigned.", &["No fewer than six | number 6 (judges) more"]);
}

#[test]
fn a_hedge_works_on_both_ends_of_dozens() {
    check(
        "More than tens of thousands of people fled.",
        &["More than tens of thousands | number 20000..100000 (people) more"],
    );
    let value = parse_value("over dozens of houses", Lexicon::built_in()).unwrap();
    let Value::Amount(amount) = value else { panic!("{value:?}") };
    assert_eq!(amount.allowed.strict.low(), &End::Open(Rational::from(24)));
}

#[test]
fn two_bounds_make_one_figure() {
    check(
        "More than 100 but fewer than 300 seats are free.",
        &["More than 100 but fewer than 300 | number 100..300 (seats)"],
    );
}

#[test]
fn a_minus_before_a_figure_is_its_sign() {
    check("The index stood at -3.5 %.", &["-3.5 % | percent -3.5 percent"]);
    check("The account showed −$40.", &["−$40 | money -40 USD"]);
    check("Growth was minus 2 percent.", &["minus 2 percent | percent -2 percent"]);
}

#[test]
fn a_long_dash_between_two_figures_joins_them_to_no_range() {
    check(
        "It gave $5 million — $9 million less.",
        &["$5 million | money 5000000 USD", "$9 million | money 9000000 USD"],
    );
}

#[test]
fn a_dash_between_words_is_no_sign() {
    check("Both sides – 12 in all – signed.", &["12 | number 12"]);
    check("It was clear — 40 people knew.", &["40 | number 40 (people)"]);
    check("It was clear—40 people knew.", &["40 | number 40 (people)"]);
}
