//! Verdicts against brute force: random printed figures, and every unrounded value behind them.

use std::fmt::Write as _;

use crossfoot::Options;
use crossfoot::lexicon::Lexicon;
use crossfoot::mention::parse_value;
use crossfoot::value::{Amount, Interval, Rational, Value};
use proptest::prelude::*;

use crate::support::{cases, check_article, check_claims, check_that, verdict};

/// A printed figure in units of its last digit, with what rounding could have made it from, in
/// twentieths of that digit: half a unit either way.
#[derive(Clone, Copy, Debug)]
struct Printed {
    digits: i64,
    decimals: u32,
}

impl Printed {
    fn text(self) -> String {
        let sign = if self.digits < 0 { "-" } else { "" };
        let size = self.digits.unsigned_abs();
        let power = 10_u64.pow(self.decimals);
        match self.decimals {
            0 => format!("{sign}{size} km"),
            _ => format!(
                "{sign}{}.{:0width$} km",
                size / power,
                size % power,
                width = self.decimals as usize
            ),
        }
    }

    /// In two-hundredths of a kilometer: bounds of half a unit of the last digit.
    fn bounds(self) -> (i64, i64) {
        let unit = 200 / 10_i64.pow(self.decimals);
        (self.digits * unit - unit / 2, self.digits * unit + unit / 2)
    }
}

fn printed() -> impl Strategy<Value = Printed> {
    (1_i64..60, 0_u32..=2).prop_map(|(digits, decimals)| Printed { digits, decimals })
}

/// Whether some choice of unrounded values adds up, trying every one on a grid that has all the
/// bounds on it.
fn adds_up(parts: &[(i64, i64)], total: (i64, i64)) -> bool {
    fn reachable(parts: &[(i64, i64)]) -> Vec<i64> {
        let mut sums = vec![0];
        for &(low, high) in parts {
            let step = ((high - low) / 2).max(1);
            let mut next: Vec<i64> = sums
                .iter()
                .flat_map(|sum| [low, low + step, high].into_iter().map(move |x| sum + x))
                .collect();
            next.sort_unstable();
            next.dedup();
            sums = next;
        }
        sums
    }
    let sums = reachable(parts);
    let (low, high) = (sums.iter().min().unwrap(), sums.iter().max().unwrap());
    // The sums of unrounded values fill everything from the least to the greatest.
    *low <= total.1 && total.0 <= *high
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn sums(parts in prop::collection::vec(printed(), 1..5), total in printed(), near in -3_i64..=3) {
        // Half of the totals lie near the true sum, where the verdict turns.
        let exact: i64 = parts.iter().map(|part| i64::midpoint(part.bounds().0, part.bounds().1)).sum();
        let unit = 200 / 10_i64.pow(total.decimals);
        let total = if total.digits % 2 == 0 {
            Printed { digits: (exact / unit + near).max(1), ..total }
        } else {
            total
        };
        let bounds: Vec<(i64, i64)> = parts.iter().map(|part| part.bounds()).collect();
        let expected = adds_up(&bounds, total.bounds());
        let mut values: Vec<String> = parts.iter().map(|part| part.text()).collect();
        values.push(total.text());
        let names: Vec<String> = ('a'..).take(parts.len()).map(String::from).collect();
        let whole = ('a'..).nth(parts.len()).unwrap();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let report = check_that(&values, &format!("{} = {whole}", names.join(" + ")));
        prop_assert_eq!(verdict(&report) == "holds", expected, "{:?}", values);
    }

    #[test]
    fn products(a in printed(), b in 2_i64..9, total in printed(), near in -2_i64..=2) {
        let (low, high) = a.bounds();
        let unit = 200 / 10_i64.pow(total.decimals);
        let total = if total.digits % 2 == 0 {
            Printed { digits: (i64::midpoint(low, high) * b / unit + near).max(1), ..total }
        } else {
            total
        };
        // A count is exact, so the product runs from one bound times it to the other.
        let (from, to) = total.bounds();
        let expected = (low..=high).any(|x| from <= x * b && x * b <= to)
            || (low * b <= to && from <= high * b);
        let report = check_that(&[&a.text(), &format!("{b} items"), &total.text()], "a * b = c");
        prop_assert_eq!(verdict(&report) == "holds", expected, "{:?} {} {:?}", a, b, total);
    }

    #[test]
    fn differences(a in printed(), b in printed(), c in printed()) {
        let ((a0, a1), (b0, b1), (c0, c1)) = (a.bounds(), b.bounds(), c.bounds());
        let expected = a0 - b1 <= c1 && c0 <= a1 - b0;
        let report = check_that(&[&a.text(), &b.text(), &c.text()], "a - b = c");
        prop_assert_eq!(verdict(&report) == "holds", expected, "{:?} {:?} {:?}", a, b, c);
    }

    #[test]
    fn comparisons(a in printed(), b in printed()) {
        let ((a0, _), (_, b1)) = (a.bounds(), b.bounds());
        let report = check_that(&[&a.text(), &b.text()], "a <= b");
        prop_assert_eq!(verdict(&report) == "holds", a0 <= b1);
        let report = check_that(&[&a.text(), &b.text()], "a < b");
        prop_assert_eq!(verdict(&report) == "holds", a0 < b1);
    }

    /// XBRL Calculations 1.1, round mode: facts are closed intervals of half a unit of the last
    /// digit, weights have either sign, and the sum is consistent iff the intervals meet.
    #[test]
    fn xbrl_sums(
        facts in prop::collection::vec((1_i64..2_000_000, 0_u32..=4, any::<bool>()), 2..6),
        decimals in 0_u32..=4,
        off in -3_i64..=3,
    ) {
        let round = |x: i64, decimals: u32| {
            let step = 10_i64.pow(decimals);
            (x + step / 2).div_euclid(step) * step
        };
        let weight = |plus: bool| if plus { 1 } else { -1 };
        let sum: i64 = facts.iter().map(|&(x, _, plus)| weight(plus) * x).sum();
        let step = 10_i64.pow(decimals);
        let total = round(sum, decimals) + off * step;
        // In halves, so that half a unit is whole.
        let (mut low, mut high) = (0, 0);
        let mut claims = String::new();
        let mut terms = Vec::new();
        for (n, &(x, decimals, plus)) in facts.iter().enumerate() {
            let step = 10_i64.pow(decimals);
            let stated = round(x, decimals);
            low += weight(plus) * 2 * stated - step;
            high += weight(plus) * 2 * stated + step;
            writeln!(claims, "[[claim]]\nid = \"f{n}\"\nvalue = {stated}\nrounded_to = {step}").unwrap();
            terms.push(format!("{} f{n}", if plus { "+" } else { "-" }));
        }
        writeln!(claims, "[[claim]]\nid = \"total\"\nvalue = {total}\nrounded_to = {step}").unwrap();
        writeln!(claims, "[[assert]]\nthat = \"total = 0 {}\"", terms.join(" ")).unwrap();
        let consistent = low <= 2 * total + step && 2 * total - step <= high;
        let report = check_claims(&claims);
        let expected = if consistent { "holds" } else { "contradicts" };
        prop_assert_eq!(verdict(&report), expected, "{}", claims);
    }

    /// What the others leave a figure is right: the figure moved there holds, moved out it does not.
    #[test]
    fn what_is_left_to_a_figure(a in 1_i64..500, b in 1_i64..500, c in 1_i64..1500) {
        let value = |x: i64| format!("{}.{} km", x / 10, x % 10);
        let report = check_that(&[&value(a), &value(b), &value(c)], "a + b = c");
        if verdict(&report) == "contradicts" {
            let suggestion = &report.findings[0].suggestions;
            // A figure that would have to be about nothing is not offered.
            let around_none = |x: i64, y: i64| (x - y).abs() <= 20;
            let none = [around_none(b, c), around_none(a, c)].into_iter().filter(|none| *none).count();
            prop_assert!(3 - none <= suggestion.len() && suggestion.len() <= 3);
            let text = &suggestion.last().unwrap().text;
            let numbers: Vec<String> = text
                .split(|c: char| !c.is_ascii_digit() && c != '.')
                .filter(|part| !part.is_empty())
                .map(|part| format!("{part} km"))
                .collect();
            for number in numbers {
                let mended = check_that(&[&value(a), &value(b), &number], "a + b = c");
                prop_assert_ne!(verdict(&mended), "contradicts", "{} of {}", number, text);
            }
        }
    }
}

#[test]
fn two_readings_of_a_date_are_tried() {
    let either =
        |that: &str| verdict(&check_that(&["08/07/2025", "10 July 2025"], that)).to_owned();
    assert_eq!(either("a < b"), "holds");
    assert_eq!(either("b < a"), "holds");
    assert_eq!(either("a = 'June 2025'"), "contradicts");
}

#[test]
fn each_of_several_dates_is_read_one_way_at_a_time() {
    // 3 April or 4 March, 5 June or 6 May: 63, 33, 94 or 63 days, and nothing between them.
    let verdict_of = |days: &str| {
        let report = check_that(&["03/04/2025", "05/06/2025", days], "b - a = c");
        verdict(&report).to_owned()
    };
    for days in ["33 days", "63 days", "93 days"] {
        assert_eq!(verdict_of(days), "holds", "{days}");
    }
    for days in ["44 days", "78 days"] {
        assert_eq!(verdict_of(days), "contradicts", "{days}");
    }
}

#[test]
fn calendar_time_becomes_days_only_where_both_take_part() {
    let of = |values: &[&str], that: &str| verdict(&check_that(values, that)).to_owned();
    assert_eq!(of(&["four years", "48 months"], "a = b"), "holds");
    assert_eq!(of(&["four years", "1461 days"], "a = b"), "holds");
    assert_eq!(of(&["four years", "1470 days"], "a = b"), "contradicts");
    assert_eq!(of(&["one month", "31 days"], "a = b"), "holds");
    assert_eq!(of(&["one month", "36 days"], "a = b"), "contradicts");
    assert_eq!(of(&["$3 million a day", "$90 million a month"], "a = b"), "holds");
}

#[test]
fn temperatures_and_their_differences_are_two_things() {
    let of = |values: &[&str], that: &str| verdict(&check_that(values, that)).to_owned();
    assert_eq!(of(&["15 °C", "59 °F"], "a = b"), "holds");
    assert_eq!(of(&["15 °C", "27 °F"], "a = b"), "contradicts");
    let report = check_that(&["15 °C", "20 °C", "5 °C"], "b - a = c");
    assert_eq!(report.findings[0].rule.as_str(), "dimension-mismatch");
}

#[test]
fn money_of_two_currencies_needs_a_year_the_table_has() {
    let claims = |when: &str| {
        format!(
            "[[claim]]\nid = \"a\"\nvalue = \"€270 million\"\n{when}\n\
             [[claim]]\nid = \"b\"\nvalue = \"$292 million\"\n{when}\n\
             [[assert]]\nrule = \"wrong-conversion\"\noriginal = \"a\"\nconverted = \"b\"\n"
        )
    };
    assert_eq!(verdict(&check_claims(&claims("when = \"2024\""))), "holds");
    assert_eq!(verdict(&check_claims(&claims(""))), "unknown");
    assert_eq!(verdict(&check_claims(&claims("when = \"1950\""))), "unknown");
    let off = claims("when = \"2001\"");
    let report = check_claims(&off);
    assert_eq!(verdict(&report), "contradicts");
    let steps = report.findings[0].steps.join("\n");
    assert!(steps.contains("European Central Bank"), "the source is named: {steps}");
}

#[test]
fn a_figure_that_is_not_stated_is_unknown_and_its_room_is_computed() {
    let report = check_that(&["$12 billion", "unknown"], "a = 1.8 % * b");
    assert_eq!(verdict(&report), "unknown");
    assert!(report.findings.is_empty());
}

#[test]
fn a_sum_may_have_any_number_of_terms() {
    let mut claims = String::new();
    for i in 0..2000 {
        writeln!(claims, "[[claim]]\nid = \"x{i}\"\nvalue = {i}").unwrap();
    }
    let terms: Vec<String> =
        (0..2000).map(|i| format!("{} x{i}", if i % 2 == 0 { '-' } else { '+' })).collect();
    let sum = |total: i64| {
        let text = format!("{claims}[[assert]]\nthat = \"0 {} = {total}\"\n", terms.join(" "));
        verdict(&check_claims(&text)).to_owned()
    };
    assert_eq!(sum(1000), "holds");
    assert_eq!(sum(50_000), "contradicts");
}

#[test]
fn a_long_list_is_cut_in_words_and_whole_in_labels() {
    let mut claims = String::new();
    let ids: Vec<String> = (0..5000).map(|i| format!("\"x{i}\"")).collect();
    for i in 0..5000 {
        writeln!(claims, "[[claim]]\nid = \"x{i}\"\nvalue = 1").unwrap();
    }
    let report = check_claims(&format!(
        "{claims}[[claim]]\nid = \"all\"\nvalue = 4999\n\
         [[assert]]\nrule = \"wrong-total\"\nparts = [{}]\ntotal = \"all\"\n",
        ids.join(", ")
    ));
    let finding = &report.findings[0];
    assert!(finding.message.contains("4988 more"), "{}", finding.message);
    assert!(finding.steps[0].len() < 200, "{}", finding.steps[0]);
    assert_eq!(finding.related.len(), 5001);
}

#[test]
fn a_sum_is_printed_with_the_signs_it_was_written_with() {
    let report = check_that(&["1", "2", "3", "4", "5"], "a + b - c - d = e");
    assert_eq!(report.findings[0].message, "1 + 2 − 3 − 4 = 5 does not hold");
    assert_eq!(report.findings[0].steps[0], "1 + 2 − 3 − 4 = -4");
}

#[test]
fn dividing_by_nothing_is_unknown() {
    let report = check_that(&["5 items", "0 items", "2"], "a / b = c");
    assert_eq!(verdict(&report), "unknown");
}

#[test]
fn days_may_be_counted_with_both_ends_or_without() {
    let of = |days: &str| {
        let report = check_that(&["5 July 2021", "25 July 2021", days], "lasts(a, b, c)");
        verdict(&report).to_owned()
    };
    assert_eq!(of("20 days"), "holds");
    assert_eq!(of("21 days"), "holds loosely");
    assert_eq!(of("three weeks"), "holds");
    assert_eq!(of("23 days"), "contradicts");
}

#[test]
fn nothing_is_suggested_that_cannot_be_counted() {
    let report = check_that(&["121 men", "13 women", "21 people"], "a + b = c");
    let texts: Vec<_> = report.findings[0].suggestions.iter().map(|s| &*s.text).collect();
    assert_eq!(texts, ["8", "134"]);
    let report = check_that(&["-58", "13", "-21"], "a + b = c");
    let texts: Vec<_> = report.findings[0].suggestions.iter().map(|s| &*s.text).collect();
    assert_eq!(texts, ["-34", "37", "-45"]);
}

#[test]
fn a_share_is_no_count() {
    let claims = |share: &str| {
        format!(
            "[[claim]]\nid = \"a\"\nvalue = \"{share}\"\n\
             [[assert]]\nrule = \"impossible-share\"\nshare = \"a\"\n"
        )
    };
    assert_eq!(
        check_claims(&claims("3,000 people")).findings[0].rule.as_str(),
        "dimension-mismatch"
    );
    assert_eq!(verdict(&check_claims(&claims("two thirds"))), "holds");
    assert_eq!(verdict(&check_claims(&claims("12pc"))), "holds");
}

#[test]
fn the_same_fact_does_not_measure_two_things() {
    let claim = |id: &str, value: &str| {
        format!(
            "[[claim]]\nid = \"{id}\"\nvalue = \"{value}\"\n\
             subject = \"x\"\nmeasure = \"y\"\nwhen = \"2024\"\n"
        )
    };
    let report = check_claims(&(claim("a", "$5 million") + &claim("b", "6 people")));
    assert_eq!(report.findings[0].rule.as_str(), "dimension-mismatch");
    let report = check_claims(&(claim("a", "$5 million") + &claim("b", "$8 million")));
    assert_eq!(report.findings[0].rule.as_str(), "same-fact-differs");
}

#[test]
fn a_quote_that_says_the_opposite_is_noticed() {
    let rules = |quote: &str, value: &str| {
        let claims = format!(
            "article = \"a.md\"\n[[claim]]\nid = \"a\"\nvalue = \"{value}\"\nquote = \"{quote}\"\n"
        );
        let article = "It fell by -59% in all. Then over 3,000 came since 1993, or on 10 April, \
                       and it was cut by 10%.";
        let report = crate::support::check_with(&claims, Some(article));
        report.findings.iter().any(|finding| finding.rule.as_str() == "misquoted-value")
    };
    assert!(rules("-59%", "59%"));
    assert!(rules("59% in all", "59%"));
    assert!(!rules("-59%", "-59%"));
    assert!(!rules("cut by 10%", "-10%"));
    assert!(rules("over 3,000", "nearly 3,000"));
    assert!(!rules("over 3,000", "3,000"));
    assert!(rules("since 1993", "until 1993"));
    assert!(!rules("10 April", "10 April 2020"));
}

#[test]
fn messages_print_units_that_people_write() {
    let claims = |values: &[(&str, &str)], rule: &str| {
        let mut text = String::new();
        for (role, value) in values {
            writeln!(text, "[[claim]]\nid = \"x_{role}\"\nvalue = \"{value}\"").unwrap();
        }
        writeln!(text, "[[assert]]\nrule = \"{rule}\"").unwrap();
        for (role, _) in values {
            writeln!(text, "{role} = \"x_{role}\"").unwrap();
        }
        check_claims(&text).findings[0].message.clone()
    };
    let dates = [("start", "5 July 2021"), ("end", "25 July 2021"), ("span", "29 days")];
    assert_eq!(
        claims(&dates, "wrong-duration"),
        "from 5 July 2021 to 25 July 2021 is 20 days, not 29 days"
    );
    let degrees = [("original", "15 °C"), ("converted", "99 °F")];
    assert_eq!(claims(&degrees, "wrong-conversion"), "15 °C is 59 °F, not 99 °F");
    let rate = [("total", "1,200 people"), ("span", "3 weeks"), ("rate", "1,000 people a month")];
    assert!(claims(&rate, "wrong-rate").contains("57.14 a day"), "{}", claims(&rate, "wrong-rate"));
}

#[test]
fn dates_may_be_subtracted_and_moved() {
    let of = |values: &[&str], that: &str| verdict(&check_that(values, that)).to_owned();
    let dates = ["3 March 2021", "20 March 2021", "17 days"];
    assert_eq!(of(&dates, "b - a = c"), "holds");
    assert_eq!(of(&dates, "a + c = b"), "holds");
    assert_eq!(of(&dates, "b - c = a"), "holds");
    assert_eq!(of(&dates, "b - a > 17 days"), "contradicts");
    let years = ["14 June 1969", "14 June 2019", "50 years"];
    assert_eq!(of(&["14 June 1969", "14 June 2019"], "a + 50 years = b"), "holds");
    assert_eq!(of(&["14 June 1969", "15 June 2019"], "a + 50 years = b"), "contradicts");
    assert_eq!(of(&["14 June 1969", "14 June 2019"], "b - 50 years = a"), "holds");
    assert_ne!(of(&years, "a + c = b"), "contradicts");
}

#[test]
fn a_date_beyond_the_calendar_is_never_on_both_sides_of_another() {
    let date = "7 March 2024";
    let asks = |condition: &str| verdict(&check_that(&[date, "8 years"], condition));
    for (earlier, later) in [
        ("a - 11000 years", "a"),
        ("a", "a + 11000 years"),
        ("a - 30000 months", "a"),
        ("a - 5000000 days", "a"),
        ("a - 11000 years", "a - 10000 years"),
        ("a - 99999999999999999999 years", "a"),
        ("a - 36 hours - 11000 years", "a"),
    ] {
        assert_eq!(asks(&format!("{earlier} < {later}")), "holds", "{earlier} < {later}");
        for opposite in [">", ">=", "="] {
            let condition = format!("{earlier} {opposite} {later}");
            assert_eq!(asks(&condition), "contradicts", "{condition}");
        }
    }
    assert_eq!(asks("years(a - 11000 years, a) = 11000 years"), "holds");
    assert_eq!(asks("years(a - 11000 years, a) = 11001 years"), "contradicts");
    // 400 years are whole weeks.
    assert_eq!(asks("weekday(a - 12000 years) = Thursday"), "holds");
    assert_eq!(asks("weekday(a - 12000 years) != Thursday"), "contradicts");
    assert_eq!(asks("a - 11000 years + 11000 years = a"), "holds");
}

fn amount(text: &str) -> Amount {
    match parse_value(text, Lexicon::built_in()) {
        Ok(Value::Amount(amount)) => amount,
        other => panic!("{text} is {other:?}"),
    }
}

#[test]
fn a_unit_stands_in_the_number_that_goes_with_its_figure() {
    let write = |like: &str, number: i64| amount(like).write(&Rational::from(number));
    assert_eq!(write("six-year", 8), "8 years");
    assert_eq!(write("10-foot", 12), "12 feet");
    assert_eq!(write("38-metre", 83), "83 metres");
    assert_eq!(write("3 percentage points", 1), "1 percentage point");
    assert_eq!(write("3 hours", 1), "1 hour");
    assert_eq!(write("72 euros", 2100), "2,100 euros");
    assert_eq!(write("1500 euros", 2100), "2100 euros");
    assert_eq!(write("40th", 11), "11th");
    assert_eq!(write("40th", 122), "122nd");
}

#[test]
fn what_both_ends_share_stands_once() {
    let between = |like: &str, low: i64, high: i64| {
        let ends = Interval::closed(Rational::from(low), Rational::from(high));
        amount(like).write_between(&ends)
    };
    assert_eq!(between("22 years", 11, 13), "11 to 13 years");
    assert_eq!(between("six-year", 1, 2), "1 to 2 years");
    assert_eq!(between("50 %", 31, 33), "31 to 33 %");
    assert_eq!(between("$5", 6, 7), "$6 to $7");
}

#[test]
fn amounts_of_money_have_no_percentage_points() {
    let text = "The firm earned about €5 million, roughly 90 percent more than the around €4.3 million a \
                year ago.\n";
    let report = check_article(text, &Options::default());
    let said: Vec<&str> = report.findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(said, ["wrong-percent-change"]);
}

#[test]
fn a_computed_figure_stands_on_one_line_though_the_stated_one_does_not() {
    let text = "The grant is $290 million over four years, or $82.5\nmillion a year.\n";
    let report = check_article(text, &Options::default());
    assert_eq!(
        report.findings[0].message,
        "$290 million over four years comes to $72.5 million a year, not $82.5 million a year"
    );
    // The unit that both ends share stands once there too.
    let text = "Use nearly doubled to 3,148,000\n   lbs in May from 1,540,000\nlbs in April.\n";
    let report = check_article(text, &Options::default());
    let steps = report.findings[0].steps.join("; ");
    assert!(steps.contains("3.148 million to 3.149 million lbs"), "{steps}");
}

#[test]
fn an_order_is_told_by_the_word_that_says_it() {
    let said = |text: &str| {
        let report = check_article(text, &Options::default());
        let mut all = report.findings.iter();
        let found = all.find(|finding| finding.rule.as_str() == "wrong-direction");
        found.map(|finding| finding.message.clone())
    };
    assert_eq!(
        said("The dividend was $1.84, a 21% decrease from $1.17 in the year before.").as_deref(),
        Some("\"decrease\" says that $1.84 is the lower figure, but $1.17 is lower")
    );
    assert_eq!(
        said("Deaths on rural roads fell from 298 in 2015 to 410 last year.").as_deref(),
        Some("\"fell\" says that 410 is the lower figure, but 298 is lower")
    );
}
