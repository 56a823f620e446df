//! Units by the words and signs that papers use: each row is a figure, and the unit it is read in.

use crossfoot::lexicon::Lexicon;
use crossfoot::mention::parse_value;
use crossfoot::value::{Mode, Value};

use super::check;

/// Checks each figure in a sentence: all of it is one quantity, in this unit.
#[track_caller]
fn check_rows(rows: &[(&str, &str)]) {
    for (figure, read) in rows {
        check(&format!("It came to {figure} there."), &[&format!("{figure} | quantity {read}")]);
    }
}

#[test]
fn torque_is_no_mass_and_no_length() {
    check_rows(&[
        ("300 lb-ft", "300 pound foot"),
        ("300 lb.-ft", "300 pound foot"),
        ("300 lbs-ft", "300 pound foot"),
        ("300 lb ft", "300 pound foot"),
        ("300 lbf ft", "300 pound foot"),
        ("300 lb·ft", "300 pound foot"),
        ("300 pound-feet", "300 pound foot"),
        ("400 ft-lb", "400 foot pound"),
        ("400 ft. lbs", "400 foot pound"),
        ("40 ft-lbs", "40 foot pound"),
        ("400 foot-pounds", "400 foot pound"),
        ("50 in-lb", "50 inch pound"),
        ("50 inch-pounds", "50 inch pound"),
        ("350 Nm", "350 newton meter"),
        ("350Nm", "350 newton meter"),
        ("350 N·m", "350 newton meter"),
        ("350 newton-metres", "350 newton meter"),
        ("5 kNm", "5 kilonewton meter"),
    ]);
    check(
        "He lost 20 lb in a month.",
        &["20 lb | quantity 20 pound", "a month | duration 1 month"],
    );
}

#[test]
fn abbreviations_are_read_with_dots_and_in_any_case() {
    check_rows(&[
        ("60 m.p.h.", "60 mile per hour"),
        ("60 Mph", "60 mile per hour"),
        ("60 k.p.h.", "60 kilometer per hour"),
        ("90 Kph", "90 kilometer per hour"),
        ("90 KM/H", "90 kilometer per hour"),
        ("40 m.p.g.", "40 mile per gallon"),
        ("40 mpg", "40 mile per gallon"),
        ("40 p.s.i.", "40 pound per square inch"),
        ("30 psig", "30 pound per square inch"),
        ("50 ksi", "50 kilopound per square inch"),
        ("300 h.p.", "300 horsepower"),
        ("300 BHP", "300 horsepower"),
        ("300 PS", "300 metric horsepower"),
        ("2.4 ghz", "2.4 gigahertz"),
        ("5 Ghz", "5 gigahertz"),
        ("900 Mhz", "900 megahertz"),
        ("44 khz", "44 kilohertz"),
        ("50 hz", "50 hertz"),
        ("5 Kwh", "5 kilowatt hour"),
        ("5 Mwh", "5 megawatt hour"),
        ("5 twh", "5 terawatt hour"),
        ("5,000 mah", "5000 milliampere hour"),
        ("85 db", "85 decibel"),
        ("85 dB(A)", "85 decibel"),
        ("256 gb", "256 gigabyte"),
        ("100 Mbits/s", "100 megabit per second"),
        ("10 KM", "10 kilometer"),
        ("70 KG", "70 kilogram"),
    ]);
}

#[test]
fn areas_and_volumes_are_read_with_stops() {
    check_rows(&[
        ("300 sq. ft", "300 square foot"),
        ("300 sq.ft", "300 square foot"),
        ("300 sq. feet", "300 square foot"),
        ("300 SQFT", "300 square foot"),
        ("300 sq. m", "300 square meter"),
        ("300 sq.m", "300 square meter"),
        ("300 SQM", "300 square meter"),
        ("300 metres²", "300 square meter"),
        ("300 sq. km", "300 square kilometer"),
        ("300 sq. miles", "300 square mile"),
        ("300 sq. yards", "300 square yard"),
        ("300 cu. ft", "300 cubic foot"),
        ("300 cu. m", "300 cubic meter"),
        ("12 fl. oz", "12 fluid ounce"),
        ("3 UK fluid ounces", "3 imperial fluid ounce"),
    ]);
}

#[test]
fn shares_of_a_million_are_read_in_letters() {
    check_rows(&[
        ("417 ppm", "417 part per million"),
        ("417 parts per million", "417 part per million"),
        ("12 ppb", "12 part per billion"),
        ("4 parts per trillion", "4 part per trillion"),
        ("5 mg/kg", "5 milligram/kilogram"),
    ]);
    check("It rose 4 ppt.", &["4 ppt | percent 4 percentage point"]);
    check("They won by 12 points.", &["12 | number 12 (points)"]);
    check("It fell 25bps.", &["25bps | percent 25 basis point"]);
}

#[test]
fn what_flows_is_read_in_letters() {
    check_rows(&[
        ("1.2 million bpd", "1200000 barrel per day"),
        ("1.2 mln b/d", "1200000 barrel per day"),
        ("3 mb/d", "3 million barrel per day"),
        ("20,000 boepd", "20000 barrel of oil equivalent per day"),
        ("3 Bcf/d", "3 bcf per day"),
        ("3,000 cfs", "3000 cubic foot per second"),
        ("300,000 cusecs", "300000 cubic foot per second"),
        ("50 gpm", "50 gallon per minute"),
        ("1.2 million barrels per day", "1200000 barrel/day"),
    ]);
}

#[test]
fn ships_light_print_and_arcs_have_their_units() {
    check_rows(&[
        ("80,000 dwt", "80000 deadweight ton"),
        ("80,000 deadweight tonnes", "80000 deadweight ton"),
        ("20,000 TEUs", "20000 twenty foot equivalent unit"),
        ("20,000 twenty-foot equivalent units", "20000 twenty foot equivalent unit"),
        ("500 lux", "500 lux"),
        ("800 lumens", "800 lumen"),
        ("600 nits", "600 candela per square meter"),
        ("300 dpi", "300 dot per inch"),
        ("3,000 revs per minute", "3000 revolution per minute"),
        ("5 degrees of arc", "5 degree"),
    ]);
}

#[test]
fn small_words_are_the_start_of_no_unit() {
    check("No one in the village knew.", &[]);
    check("No one dead was found.", &[]);
    check("The one part that works is old.", &[]);
}

#[test]
fn units_of_two_systems_meet_where_they_are_equal() {
    let pairs = [
        ("300 lb-ft", "407 Nm"),
        ("300 PS", "296 hp"),
        ("40 mpg", "40 miles per gallon"),
        ("1.2 million bpd", "1.2 million barrels per day"),
        ("12,000 cfs", "340 cumecs"),
        ("417 ppm", "417 mg/kg"),
        ("3 mb/d", "3 million barrels a day"),
        ("1 ksi", "1,000 psi"),
    ];
    let amount = |text: &str| match parse_value(text, Lexicon::built_in()) {
        Ok(Value::Amount(amount)) => amount,
        other => panic!("{text}: {other:?}"),
    };
    for (one, other) in pairs {
        let (a, b) = (amount(one), amount(other));
        assert_eq!(a.unit.dimension, b.unit.dimension, "{one}, {other}");
        assert!(a.in_base(Mode::Loose).meets(&b.in_base(Mode::Loose)), "{one} is not {other}");
    }
}
