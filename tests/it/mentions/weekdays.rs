//! Weekdays beside dates: where they may stand, and which days they are held against.

use crossfoot::lexicon::Lexicon;
use crossfoot::mention::Finder;
use crossfoot::value::Value;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;

use super::check;

/// Whether the first date with a weekday in some paragraphs, as of a day, falls on it.
fn fits(paragraphs: &[&str], published: Option<Date>) -> Option<bool> {
    let mut found = Vec::new();
    let mut finder = Finder::new(Lexicon::built_in(), published);
    for paragraph in paragraphs {
        finder.find(paragraph, &mut |mention| found.push(mention));
    }
    let dates = found.into_iter().filter_map(|mention| match mention.value {
        Value::Date(date) if !date.on_weekdays.is_empty() => Some(date),
        _ => None,
    });
    dates.into_iter().next()?.is_on_its_weekdays()
}

/// The same of one sentence that appeared on Thursday, 7 August 2025.
fn fits_in(text: &str) -> Option<bool> {
    fits(&[text], Some(date(2025, 8, 7)))
}

#[test]
fn a_weekday_is_part_of_the_date_beside_it() {
    check("It opens on Tuesday (4 March 2025).", &["Tuesday (4 March 2025) | date 2025-03-04"]);
    check("It is on 4 March 2025, a Tuesday.", &["4 March 2025, a Tuesday | date 2025-03-04"]);
    check(
        "Open on Saturday and Sunday, 7 and 8 March 2020.",
        &["Saturday and Sunday, 7 and 8 March 2020 | date-range 2020-03-07..2020-03-08"],
    );
    check(
        "Tuesday 10 and Wednesday 11 November 2020",
        &["Tuesday 10 | date 2020-11-10", "Wednesday 11 November 2020 | date 2020-11-11"],
    );
}

#[test]
fn a_weekday_stands_before_its_date_or_behind_it() {
    for right in [
        "on Friday, 8 August",
        "on Friday the 8th of August",
        "Friday's (8 August) meeting",
        "next Friday, Aug. 8",
        "8 August (Friday)",
        "8 August, which falls on a Friday,",
        "at 10 a.m. on Friday, August 8",
        "on Friday night, August 8",
        "on Good Friday, 18 April 2025",
        "Friday-Sunday, 8-10 August",
        "Fri 8 and Sat 9 August",
    ] {
        assert_eq!(fits_in(right), Some(true), "{right}");
        let wrong = right.replace("Fri", "Mon").replace("Monday-Sunday", "Monday-Wednesday");
        assert_eq!(fits_in(&wrong), Some(false), "{wrong}");
    }
}

#[test]
fn a_weekday_that_comes_back_is_held_against_nothing() {
    assert_eq!(fits_in("open Tuesday to Sunday, 1 April to 31 October"), None);
    assert_eq!(fits_in("on show Thursday-Sunday, 2-26 October"), None);
    assert_eq!(fits_in("from 4 March, Tuesday, Thursday and Saturday trains stop"), None);
    assert_eq!(fits_in("every Monday, 1 April to 31 October"), None);
}

#[test]
fn names_and_verbs_are_no_weekdays() {
    assert_eq!(fits_in("they wed May 4, 2019, in Rome"), None);
    assert_eq!(fits_in("the Vancouver Sun, May 4, 2019, p. 3"), None);
    assert_eq!(fits_in("Freaky Friday (August 6, 2003) was a film"), None);
}

#[test]
fn a_date_without_a_year_is_the_nearest() {
    assert_eq!(fits_in("on Thursday, 31 July"), Some(true));
    assert_eq!(fits_in("on Wednesday, 31 July"), Some(false), "so it was the year before");
    assert_eq!(fits(&["on Thursday, 31 July"], None), None);
}

#[test]
fn a_date_far_off_may_be_of_the_year_beside() {
    // 1 February was a Thursday in 2024, a Saturday in 2025 and is a Sunday in 2026.
    assert_eq!(fits_in("on Saturday, 1 February"), Some(true));
    assert_eq!(fits_in("on Sunday, 1 February"), Some(true));
    assert_eq!(fits_in("on Thursday, 1 February"), Some(false));
}

#[test]
fn a_year_that_frames_the_story_may_be_meant() {
    let day = Some(date(2021, 9, 10));
    assert_eq!(fits(&["On Tuesday, September 11, he was late."], day), Some(false));
    assert_eq!(
        fits(&["In 2001 he lived here.", "On Tuesday, September 11, he was late."], day),
        Some(true)
    );
    assert_eq!(fits(&["2001", "Tuesday, September 11: he is late"], day), Some(true));
    assert_eq!(fits(&["Founded in 2001, it meets on Tuesday, September 11."], day), Some(true));
    assert_eq!(
        fits(&["It meets on Tuesday, September 11, as it does since 2001."], day),
        Some(false)
    );
}

#[test]
fn what_is_told_as_past_lies_behind() {
    let day = Some(date(2025, 3, 8));
    assert_eq!(fits(&["He was killed on Sunday, March 10."], day), Some(true));
    assert_eq!(fits(&["The hearing is on Sunday, March 10."], day), Some(false));
}

#[test]
fn the_old_calendar_counts_while_it_was_in_use() {
    assert_eq!(fits_in("on Wednesday, 25 October 1917"), Some(true));
    assert_eq!(fits_in("on Thursday, 25 October 1917"), Some(true));
    assert_eq!(fits_in("on Friday, 25 October 1917"), Some(false));
    assert_eq!(fits_in("on Wednesday, 25 October 1415"), None);
}

proptest! {
    #[test]
    fn the_true_weekday_fits_and_no_other_does(
        day in (0..36_000_i64).prop_map(|days| date(1924, 1, 1).checked_add(days.days()).unwrap()),
        other in 1..7_i8,
    ) {
        let written = |weekday: Weekday| format!("on {weekday:?}, {}, at noon", day.strftime("%-d %B %Y"));
        prop_assert_eq!(fits_in(&written(day.weekday())), Some(true));
        prop_assert_eq!(fits_in(&written(day.weekday().wrapping_add(other))), Some(false));
    }
}
