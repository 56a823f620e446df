//! Where articles are at home: what is set, what they show themselves, and what is said of it.

use crossfoot::Options;
use crossfoot::home::{DateOrder, Home, Imperial, Origin};
use crossfoot::lexicon::Lexicon;
use crossfoot::mention::{find_mentions, parse_value};
use crossfoot::report::{html, json, jsonl};
use crossfoot::value::{Currency, Value};

use crate::support::{always, check_article, check_text, drawn, folder, ran};

fn at(currency: Option<&str>, order: Option<DateOrder>, imperial: Option<Imperial>) -> Lexicon {
    let currency = currency.map(|code| Lexicon::built_in().home_currency(code).unwrap());
    Lexicon::built_in().at(Home::of(Origin::Configuration, currency, order, imperial))
}

fn home(lexicon: Lexicon) -> Options {
    let mut options = Options::new();
    options.lexicon = Some(lexicon.into());
    options
}

/// The unit of each amount, the first day of each date.
fn read(value: &Value) -> Option<String> {
    match value {
        Value::Amount(amount) => Some(amount.unit.name.to_string()),
        Value::Date(date) => {
            let days: Vec<String> =
                date.readings.iter().map(|days| days.first().to_string()).collect();
            Some(days.join(" or "))
        }
        _ => None,
    }
}

fn units(text: &str, lexicon: &Lexicon) -> Vec<String> {
    find_mentions(text, lexicon).iter().filter_map(|mention| read(&mention.value)).collect()
}

/// What the figures of an article come to, its own home included.
fn of_article(text: &str) -> Vec<String> {
    let report = check_article(text, &Options::new().at_length(true));
    let figures = &report.articles[0].figures;
    figures.iter().filter_map(|figure| read(&figure.mention.value)).collect()
}

#[test]
fn words_and_signs_that_several_currencies_share_are_the_homes() {
    for (code, text, expected) in [
        ("AUD", "It cost $5.", "AUD"),
        ("AUD", "It cost 5 million dollars.", "AUD"),
        ("AUD", "It cost 30 cents.", "AUD"),
        ("AUD", "It cost US$5.", "USD"),
        ("AUD", "It cost 5 US dollars.", "USD"),
        ("AUD", "It cost $US5.", "USD"),
        ("AUD", "It cost C$5.", "CAD"),
        ("AUD", "It cost A$5.", "AUD"),
        ("AUD", "It cost 5 euros.", "EUR"),
        ("AUD", "It cost £5.", "GBP"),
        // A sign with letters that say it is another's, though not whose.
        ("AUD", "It cost B$5.", "USD"),
        ("USD", "It cost $5.", "USD"),
        ("SEK", "It cost 5 crowns.", "SEK"),
        ("ISK", "It cost 5 krona.", "ISK"),
        ("NOK", "It cost 5 kroner.", "NOK"),
        ("CHF", "It cost 5 million francs.", "CHF"),
        ("MXN", "It cost $5.", "MXN"),
        ("MXN", "It cost 5 pesos.", "MXN"),
        ("MXN", "It cost 5 dollars.", "USD"),
        ("EGP", "It cost 5 million pounds.", "EGP"),
        ("CNY", "It cost ¥5.", "CNY"),
        ("PKR", "It cost Rs 500.", "PKR"),
        ("EUR", "It cost 30 cents.", "EUR"),
        ("EUR", "It cost $5.", "USD"),
    ] {
        let lexicon = at(Some(code), None, None);
        assert_eq!(units(text, &lexicon), [expected], "{code}: {text}");
    }
    assert_eq!(units("5 crowns", Lexicon::built_in()), ["crown"]);
    // Cents are of the currency before them, whatever the home.
    assert_eq!(
        units("It cost €5 and later 50 cents.", &at(Some("AUD"), None, None)),
        ["EUR", "EUR"]
    );
}

#[test]
fn units_that_differ_by_country_are_the_homes() {
    for (text, expected) in [
        ("10 gallons", "imperial gallon"),
        ("a 10-gallon drum", "imperial gallon"),
        ("3 pints", "imperial pint"),
        ("5 fl oz", "imperial fluid ounce"),
        ("40 mpg", "mile per imperial gallon"),
        ("12 tons", "long ton"),
        ("12 cwt", "long hundredweight"),
        ("10 US gallons", "gallon"),
        ("12 short tons", "ton"),
        ("12 tonnes", "metric ton"),
        ("10 imperial gallons", "imperial gallon"),
        ("10 miles", "mile"),
    ] {
        assert_eq!(units(text, &at(None, None, Some(Imperial::Uk))), [expected], "{text}");
    }
    assert_eq!(units("10 gallons", &at(None, None, Some(Imperial::Us))), ["gallon"]);
}

#[test]
fn the_order_of_dates_in_digits_is_the_homes() {
    let (day, month) =
        (at(None, Some(DateOrder::DayFirst), None), at(None, Some(DateOrder::MonthFirst), None));
    for (text, by_day, by_month) in [
        ("on 08/07/2025", "2025-07-08", "2025-08-07"),
        ("on 8-7-2025", "2025-07-08", "2025-08-07"),
        ("on 8/7/25", "2025-07-08", "2025-08-07"),
        // What is possible in one order only has that one.
        ("on 23/10/2019", "2019-10-23", "2019-10-23"),
        ("on 10/23/2019", "2019-10-23", "2019-10-23"),
        ("on 2025-08-07", "2025-08-07", "2025-08-07"),
        ("on 08.07.2025", "2025-07-08", "2025-07-08"),
    ] {
        assert_eq!(units(text, &day), [by_day], "{text}");
        assert_eq!(units(text, &month), [by_month], "{text}");
    }
    assert_eq!(units("on 08/07/2025", Lexicon::built_in()), ["2025-08-07 or 2025-07-08"]);
}

#[test]
fn values_of_claims_are_at_home_too() {
    let lexicon = at(Some("AUD"), Some(DateOrder::DayFirst), Some(Imperial::Uk));
    for (value, expected) in [
        ("$72.5 million a year", "AUD"),
        ("about 30 dollars", "AUD"),
        ("US$5", "USD"),
        ("50 cents", "AUD"),
        ("10 gallons", "imperial gallon"),
        ("08/07/2025", "2025-07-08"),
    ] {
        let parsed = parse_value(value, &lexicon).unwrap();
        assert_eq!(read(&parsed).as_deref(), Some(expected), "{value}");
    }
}

#[test]
fn a_date_that_is_possible_in_one_order_only_settles_the_others() {
    let first = "The inquiry opens on 08/07/2025. ";
    for (more, expected) in [
        ("It was set up on 23/10/2024.", &["2025-07-08"][..]),
        ("It was set up on 10/23/2024.", &["2025-08-07"]),
        // They disagree, or show nothing.
        ("It was set up on 10/23/2024 and 23/11/2024.", &["2025-08-07 or 2025-07-08"]),
        ("It was set up on 5/5/2024.", &["2025-08-07 or 2025-07-08"]),
        ("It was set up on 2024-10-23.", &["2025-08-07 or 2025-07-08"]),
    ] {
        let text = format!("{first}{more}\n");
        assert_eq!(of_article(&text)[..1], *expected, "{text}");
        let asked = check_article(&text, &Options::new()).findings;
        let is_asked = asked.iter().any(|finding| finding.rule.as_str() == "ambiguous-date");
        assert_eq!(is_asked, expected[0].contains("or"), "{text}: {asked:#?}");
    }
}

#[test]
fn an_article_shows_which_currency_is_its_own_or_does_not() {
    for (text, expected) in [
        // Named in full at first, and never again beside the bare word.
        (
            "The port earned 30 billion Hong Kong dollars.\n\nIt spent 12 billion dollars.",
            &["HKD", "HKD"][..],
        ),
        (
            "The yard earned 30 million Danish crowns.\n\nIt spent 12 million crowns.",
            &["DKK", "DKK"],
        ),
        // Another dollar is named, or the bare word comes first, or beside it.
        (
            "It earned 3 million Fiji dollars.\n\nIt owes 2 million US dollars.\n\nIt spent 1 million dollars.",
            &["FJD", "USD", "USD"],
        ),
        (
            "It spent 12 billion dollars.\n\nIt earned 30 billion Hong Kong dollars.",
            &["USD", "HKD"],
        ),
        ("It earned 30 billion Hong Kong dollars, about 4 billion dollars.", &["HKD", "USD"]),
        (
            "It earned 30 million Danish crowns.\n\nIt owes 9 million Swedish crowns.\n\nIt spent 2 million crowns.",
            &["DKK", "SEK", "crown"],
        ),
        // A sign with a country says nothing of the bare sign, but where one figure has both.
        ("The share rose to HK$176.\n\nOil was at $57.99.", &["HKD", "USD"]),
        (
            "Council finds A$4.2 million\n\nThe $4.2 million are for a library, $1.1 million for books.",
            &["AUD", "AUD", "AUD"],
        ),
        ("Council finds A$4 million\n\nThe $4 million are for a library.", &["AUD", "USD"]),
        (
            "Council finds A$4.2 million\n\nThe $4.2 million are for a library, US$1.1 million for books.",
            &["AUD", "USD", "USD"],
        ),
        // Conversions show what it is not.
        (
            "They earn 100 dollars (60 US dollars) a month, or $1,200 a year.",
            &["dollar", "USD", "dollar"],
        ),
        (
            "The budget is 3 billion Fiji dollars.\n\nThey earn 100 dollars (45 US dollars).",
            &["FJD", "FJD", "USD"],
        ),
        ("The bid is $5 million (A$7.6 million).\n\nIt was $4.1 million.", &["USD", "AUD", "USD"]),
        (
            "The bid is A$7.6 million ($5 million).\n\nA rival offers $7.6 million.",
            &["AUD", "USD", "USD"],
        ),
        (
            "The bid is A$7.6 million (US$5 million).\n\nA rival offers $7 million.",
            &["AUD", "USD", "USD"],
        ),
        // The country stands behind it.
        (
            "It earned 30 million Canadian dollars.\n\nIt lost 6 million dollars (U.S.) in May.",
            &["CAD", "USD"],
        ),
    ] {
        let units = of_article(&format!("{text}\n"));
        assert_eq!(
            units[..units.len().min(expected.len())],
            expected[..units.len().min(expected.len())],
            "{text}"
        );
    }
}

#[test]
fn an_article_shows_whose_gallons_it_counts_or_does_not() {
    for (text, expected) in [
        ("The tank holds 10 gallons (45.5 litres).", "imperial gallon"),
        ("The tank holds 4.5 litres (1 gallon).", "liter"),
        ("The tank holds 10 gallons (37.9 litres).", "gallon"),
        ("The tank holds 10 gallons (40 litres).", "gallon"),
        ("The tanks hold 10 gallons (45.5 litres) and 20 gallons (75.7 litres).", "gallon"),
        ("The tank holds 10 gallons.", "gallon"),
    ] {
        assert_eq!(of_article(&format!("{text}\n"))[0], expected, "{text}");
    }
    let one = "The cask holds 4.5 litres (1 gallon).\n\nTen of them hold 10 gallons.\n";
    assert_eq!(of_article(one)[1], "imperial gallon");
    let in_full = "The cask holds 9 imperial gallons.\n\nTen hold 90 gallons.\n";
    assert!(of_article(in_full).contains(&"imperial gallon".to_owned()));
    assert_eq!(of_article(in_full).iter().filter(|unit| *unit == "imperial gallon").count(), 2);
    let both = "The cask holds 9 imperial gallons.\n\nIt is sold by 10 US gallons.\n\nTen hold 90 gallons.\n";
    assert_eq!(of_article(both).iter().filter(|unit| *unit == "imperial gallon").count(), 1);
}

#[test]
fn what_is_set_goes_before_what_an_article_shows() {
    let text = "It began on 23/10/2019.\n\nIt ends on 08/07/2025. The tank holds 10 gallons (45.5 litres).\n";
    let lexicon = at(None, Some(DateOrder::MonthFirst), Some(Imperial::Us));
    let options = home(lexicon).at_length(true);
    let report = check_article(text, &options);
    let read: Vec<String> = report.articles[0]
        .figures
        .iter()
        .filter_map(|figure| read(&figure.mention.value))
        .collect();
    assert_eq!(read, ["2019-10-23", "2025-08-07", "gallon", "liter"]);
    let says: Vec<_> =
        report.homes[0].home.said().map(|(_, value, origin)| (value, origin)).collect();
    assert_eq!(says, [("month-first", Origin::Configuration), ("us", Origin::Configuration)],);
}

#[test]
fn amounts_in_the_homes_currency_are_compared_with_bare_ones() {
    let wrong = "Sales rose by 50 percent, from A$2.0 million in 2019 to $4.1 million in 2020.\n";
    let right = "Sales rose by 50 percent, from A$2.0 million in 2019 to $3.0 million in 2020.\n";
    let home = home(at(Some("AUD"), None, None));
    assert_eq!(check_article(wrong, &home).count(crossfoot::Severity::Error), 1);
    let held = check_article(right, &home);
    assert_eq!((held.compared(), held.findings.len()), (2, 0), "{:#?}", held.findings);
    // Elsewhere the two are different currencies.
    assert_eq!(check_article(wrong, &Options::new()).compared(), 0);
}

const PORT: &str = "The port earned 12.4 million Hong Kong dollars in 2019.\n\n\
    It earned 13.1 million dollars in 2020, and opened on 08/07/2019. It closed on 30/11/2019.\n";

const CLAIMS: &str = "article = \"port.md\"\n\
    [[claim]]\nid = \"first\"\nvalue = \"12.4 million Hong Kong dollars\"\nquote = \"earned 12.4 million Hong Kong dollars\"\n\
    [[claim]]\nid = \"second\"\nvalue = \"13.1 million dollars\"\nquote = \"earned 13.1 million dollars\"\n\
    [[claim]]\nid = \"opened\"\nvalue = \"08/07/2019\"\nquote = \"opened on 08/07/2019\"\n\
    [[assert]]\nthat = \"second - first = 0.7 million dollars\"\n\
    [[assert]]\nthat = \"opened < '15 July 2019'\"\n";

#[test]
fn claims_are_at_home_where_their_article_is() {
    let report = check_text(("port.toml", CLAIMS), &Options::new(), &mut always(Some(PORT)));
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    assert_eq!(report.compared(), 2);
    let wrong = CLAIMS.replace("0.7 million", "2.9 million");
    let report = check_text(("port.toml", &wrong), &Options::new(), &mut always(Some(PORT)));
    assert_eq!(report.findings.len(), 1, "{:#?}", report.findings);
    // Where something is said of such figures, so is where they are at home.
    let said = "words and signs of money that several currencies share mean HKD, says the article";
    assert!(drawn(&report).contains(said), "{}", drawn(&report));
    assert!(!drawn(&report).contains("day-first"), "{}", drawn(&report));
}

#[test]
fn reports_say_what_holds_and_who_says_so() {
    let report = check_article(PORT, &Options::new().at_length(true));
    assert!(!drawn(&report).contains("says the article"), "nothing rests on it");
    let value: serde_json::Value = serde_json::from_str(&json(&report)).unwrap();
    let home = serde_json::json!([{
        "file": "article.md",
        "currency": {"value": "HKD", "says": "article"},
        "date_order": {"value": "day-first", "says": "article"},
    }]);
    assert_eq!(value["homes"], home);
    assert!(jsonl(&report).contains("{\"type\":\"home\",\"file\":\"article.md\",\"currency\""));
    let page = html(&report);
    assert!(page.contains("share mean HKD, says the article"), "the page says so");
    let plain = check_article("It cost $5.\n", &Options::new().at_length(true));
    assert!(plain.homes.is_empty() && !html(&plain).contains("says the article"));
}

#[test]
fn a_project_says_where_its_articles_are_at_home() {
    let here = folder(&[
        (
            "crossfoot.toml",
            "currency = \"AUD\"\ndate-order = \"day-first\"\n\
             [[per-path]]\npaths = [\"abroad/\"]\ncurrency = \"NZD\"\nimperial = \"uk\"\n",
        ),
        ("a.md", "It cost $5 and 10 gallons, from 08/07/2025 on.\n"),
        ("abroad/b.md", "It cost $5 and 10 gallons, from 08/07/2025 on.\n"),
    ]);
    let read = |arguments: &[&str]| {
        let mut all = vec!["extract", "--format", "jsonl"];
        all.extend(arguments);
        let (code, out, err) = ran(here.path(), &all);
        assert_eq!((code, err.as_str()), (0, ""), "{arguments:?}");
        let line: serde_json::Value = serde_json::from_str(&out).unwrap();
        let mentions = line["mentions"].as_array().unwrap();
        let of = |at: usize, key: &str| mentions[at][key].as_str().unwrap().to_owned();
        let said: Vec<String> = line["home"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(_, said)| said["says"].as_str().unwrap().to_owned())
            .collect();
        ([of(0, "unit"), of(1, "unit"), of(2, "start_date")], said)
    };
    let (own, says) = read(&["a.md"]);
    assert_eq!(own, ["AUD", "gallon", "2025-07-08"]);
    assert_eq!(says, ["configuration", "configuration"]);
    assert_eq!(read(&["abroad/b.md"]).0, ["NZD", "imperial gallon", "2025-07-08"]);
    let (given, says) = read(&["a.md", "--currency", "FJD", "--date-order", "month-first"]);
    assert_eq!(given, ["FJD", "gallon", "2025-08-07"]);
    assert_eq!(says, ["command line", "command line"]);
    assert_eq!(read(&["a.md", "--config", "currency = 'CAD'"]).0[0], "CAD");
    assert_eq!(read(&["a.md", "--isolated"]).0, ["USD", "gallon", "2025-08-07"]);
    let (_, shown, _) = ran(here.path(), &["check", "--show-settings", "abroad/b.md"]);
    for line in ["currency = \"NZD\"", "date-order = \"day-first\"", "imperial = \"uk\""] {
        assert!(shown.contains(line), "{shown}");
    }
    // A table for some files holds for what is checked, too.
    let rising = "Sales rose by 50 percent, from NZ$2.0 million in 2019 to $4.1 million in 2020.\n";
    std::fs::write(here.path().join("abroad/b.md"), rising).unwrap();
    let (code, out, _) = ran(here.path(), &["check", "abroad/b.md"]);
    assert!(code == 1 && out.contains("share mean NZD, says the configuration"), "{out}");
}

#[test]
fn what_is_no_home_is_an_error_that_lists_what_there_is() {
    let here = folder(&[("a.md", "It cost $5.\n")]);
    for (arguments, expected) in [
        (["--currency", "XYZ"], "there are AED, "),
        // The złoty shares no word or sign.
        (["--currency", "PLN"], "there are AED, "),
        (["--date-order", "day"], "day-first and month-first"),
        (["--imperial", "gb"], "uk and us"),
        (["--config", "currency = 'aud'"], "there are AED, "),
        (["--config", "date-order = 'day'"], "\"day-first\", \"month-first\""),
        (["--config", "imperial = 'gb'"], "\"uk\", \"us\""),
    ] {
        let (code, out, err) = ran(here.path(), &["check", "a.md", arguments[0], arguments[1]]);
        assert_eq!(code, 2, "{arguments:?}");
        assert!(format!("{out}{err}").contains(expected), "{arguments:?}: {out}{err}");
    }
    let known = Lexicon::built_in().home_currency("EUX").unwrap_err();
    assert!(known.contains("AUD, ") && known.contains("USD") && !known.contains("QM"), "{known}");
    assert_eq!(Lexicon::built_in().home_currency("AUD"), Ok(Currency::new("AUD").unwrap()));
}

#[test]
fn an_apostrophe_and_an_s_make_no_singapore_dollar() {
    for (text, expected) in [
        ("THE MAYOR'S $5 MILLION ROAD", "USD"),
        ("THE MAYOR’S $5 MILLION ROAD", "USD"),
        ("IT COST S $5 MILLION", "SGD"),
    ] {
        assert_eq!(units(text, Lexicon::built_in()), [expected], "{text}");
    }
}

#[test]
fn recording_and_comparing_are_at_home_too() {
    let here = folder(&[
        ("crossfoot.toml", "currency = \"AUD\"\nclaims = [\"claims\"]\n"),
        ("a.md", "The bridge cost $4.2 million in 2019, the road US$1.5 million.\n"),
        ("b.md", "The bridge cost $4.3 million in 2019, the road US$1.5 million.\n"),
    ]);
    let (code, _, err) = ran(here.path(), &["record", "a.md", "-o", "claims/a.toml"]);
    assert_eq!(code, 0, "{err}");
    let (code, out, err) = ran(here.path(), &["check", "claims/a.toml"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(!out.contains("error") && !out.contains("warning"), "{out}");
    let (_, out, err) = ran(here.path(), &["diff", "a.md", "b.md"]);
    assert!(out.contains("4.3 million"), "{out}{err}");
}
