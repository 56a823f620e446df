//! Heads of articles, and the day that is read from each.

use super::*;
use crate::document::Format;

/// The day and its words, in an article of this head.
fn found(head: &str, format: Format) -> Option<(String, String)> {
    let text = format!("{head}\n\nOn 1 January 2001 the council paid $5.\n");
    let document = Document::parse(&text, format);
    let found = published(&document, &text, Lexicon::built_in())?;
    Some((found.day.to_string(), text[found.range].to_owned()))
}

fn day(head: &str) -> Option<String> {
    found(&format!("A headline\n\n{head}"), Format::Plain).map(|(day, _)| day)
}

fn markdown(head: &str) -> Option<String> {
    found(head, Format::Markdown).map(|(day, _)| day)
}

#[track_caller]
fn all_say(heads: &[&str], read: fn(&str) -> Option<String>, expected: Option<&str>) {
    for head in heads {
        assert_eq!(read(head).as_deref(), expected, "{head}");
    }
}

const DAY: Option<&str> = Some("2025-08-07");

#[test]
fn a_block_that_is_a_day() {
    let heads = [
        "7 August 2025",
        "07 August 2025",
        "7th August, 2025",
        "Thursday, August 7, 2025",
        "THURSDAY 7 AUGUST 2025",
        "Thu, 07 Aug 2025 10:00:00 GMT",
        "Aug. 7, 2025.",
        "2025-08-07",
        "2025/08/07",
        "07.08.2025",
    ];
    all_say(&heads, day, DAY);
    all_say(&heads, markdown, DAY);
}

#[test]
fn a_day_with_a_label() {
    let heads = [
        "Published: 7 August 2025",
        "Posted on August 7, 2025",
        "First published on 7 August 2025",
        "PUBLISHED 7 AUGUST 2025",
        "Date: Thursday, 7 August 2025",
        "MEDIA RELEASE | 7 August 2025",
        "Media Release | For immediate release: Thursday 7 August 2025",
        "7 August 2025 \u{2014} Media release",
        "DATE: THURSDAY AUGUST 7, 2025 - FOR IMMEDIATE RELEASE",
        "By Jane Doe | 7 August 2025",
        "By Jane Doe and Rafael de Souza\n7 August 2025",
    ];
    all_say(&heads, day, DAY);
    all_say(&heads, markdown, DAY);
    assert_eq!(markdown("**Published:** *7 August 2025*").as_deref(), DAY);
    assert_eq!(markdown("`x` 7 August 2025").as_deref(), DAY);
}

#[test]
fn a_day_with_a_time_a_place_or_a_change_behind() {
    let heads = [
        "7 August 2025, 10:00 GMT",
        "7 August 2025 at 6 p.m.",
        "August 7, 2025 - 15:00",
        "7 Aug 2025 4:45 PM",
        "Thursday, 7 August 2025, Publish time: 6:07pm",
        "7 August 2025 10am | 3 min read",
        "7 August 2025, London",
        "7 August 2025 | Washington, D.C.",
        "Published 7 August 2025, updated 9 August 2025",
        "Published 7 August 2025 at 10:00 | Last updated on 9 August 2025 at 11:00",
    ];
    all_say(&heads, day, DAY);
}

#[test]
fn a_day_with_a_stamp_a_zone_or_an_author() {
    let heads = [
        "Published 2025-08-07T10:00:00+01:00",
        "Posted: 2025-08-07T23:30:00.000-05:00",
        "7 August 2025 10:00 +0100",
        "7 August 2025 10:00 GMT+1",
        "First published on Thu 7 Aug 2025 11.00 BST",
        "Published 10:15 AM EDT, Thu August 7, 2025",
        "Published: 23:30, 7 August 2025 | Updated: 01:10, 8 August 2025",
        "By The News Desk, August 7, 2025",
        "7 August 2025 by News Desk",
        "August 7, 2025 / 6:05 AM EDT / Radio News",
        "Release date: 7 August 2025",
    ];
    all_say(&heads, day, DAY);
    all_say(&heads, markdown, DAY);
}

#[test]
fn a_day_of_the_last_change_counts_where_there_is_no_other() {
    let heads = [
        "Updated 7 August 2025",
        "Updated: 7 August 2025, 10:00",
        "Last updated on 2025-08-07T10:00:00Z",
        "Updated 9 August 2025 | Published 7 August 2025",
        "Updated 9 August 2025\n\nPublished 7 August 2025",
    ];
    all_say(&heads, day, DAY);
    for key in ["lastmod", "date-modified", "updatedAt", "last_updated"] {
        let matter = format!("---\n{key}: 2025-08-07\n---\nA story.");
        assert_eq!(markdown(&matter).as_deref(), DAY, "{key}");
        let matter = format!("---\n{key}: 2025-08-09\n---\nPublished 7 August 2025");
        assert_eq!(markdown(&matter).as_deref(), DAY, "{key}");
    }
}

#[test]
fn a_day_of_the_command_line() {
    let read = |text| read_day(text, Lexicon::built_in()).map(|day| day.to_string());
    for text in ["2025-08-07", "August 7, 2025", "7 Aug 2025", "2025-08-07T23:30:00-05:00"] {
        assert_eq!(read(text).as_deref(), Ok("2025-08-07"), "{text}");
    }
    for text in ["soon", "", "2025", "August", "7 August 2025 to 8 August 2025", "2025-02-30"] {
        assert_eq!(read(text), Err(0), "{text}");
    }
    assert_eq!(read("07/08/2025"), Err(2));
}

#[test]
fn what_is_no_date_line() {
    let heads = [
        "On 7 August 2025 the council met.",
        "7 August 2025 was a hot day.",
        "7 August 2025: the council votes",
        "7 August 2025 \u{2013} Council Meeting",
        "On 7 August 2025",
        "Updated until 7 August 2025",
        "Date received: 7 August 2025",
        "No publication date: received on 07/08/2025",
        "Until 7 August 2025",
        "By 7 August 2025",
        "Embargoed until 7 August 2025",
        "around 7 August 2025",
        "7 August 2025 to 9 August 2025",
        "7 August 2025, 8 August 2025",
        "7 August",
        "August 2025",
        "today",
        "7 August 2025 BC",
        "- 7 August 2025",
        "30 February 2025",
    ];
    all_say(&heads, day, None);
    all_say(&["# 7 August 2025", "> 7 August 2025", "| 7 August 2025 |\n|---|"], markdown, None);
    let long = format!("7 August 2025{}, London", " ".repeat(LONGEST_LINE));
    assert_eq!(day(&long), None);
}

#[test]
fn the_place_and_day_that_a_report_begins_with() {
    let heads = [
        "LONDON, 7 August 2025 (Agency) - The council paid.",
        "CANBERRA, Aug. 7, 2025 \u{2014} The council paid.",
        "NEW YORK, Aug. 7, 2025 /Wire/ -- The council paid.",
        "WASHINGTON, D.C., August 7, 2025 \u{2013} The council paid.",
        "GENEVA (7 August 2025) \u{2013} The council paid.",
        "BRUSSELS \u{2014} 7 August 2025 \u{2014} The council paid.",
    ];
    all_say(&heads, day, DAY);
    all_say(&heads, markdown, DAY);
    let heads = [
        "LONDON, 7 August 2025 The council paid.",
        "LONDON, 7 August 2025 (Agency",
        "LONDON, 7 August 2025 -",
        "Yesterday, 7 August 2025 - a Thursday - the council paid.",
        "UPDATED, 7 August 2025 - The council paid.",
        "The council of LONDON, 7 August 2025 - paid.",
        "7 August 2025 - The council paid.",
    ];
    all_say(&heads, day, None);
}

#[test]
fn what_can_be_read_in_two_ways_is_not_taken() {
    all_say(&["08/07/2025", "8/7/2025", "Published: 08/07/2025"], day, None);
    assert_eq!(day("08/13/2025").as_deref(), Some("2025-08-13"));
    assert_eq!(day("13/08/2025").as_deref(), Some("2025-08-13"));
    assert_eq!(day("08/08/2025").as_deref(), Some("2025-08-08"));
    // Only one of the two is a Thursday, and the 8th of August none at all.
    assert_eq!(day("Thursday, 08/07/2025").as_deref(), DAY);
    assert_eq!(day("Thursday, 8 August 2025"), None);
}

#[test]
fn two_that_differ_are_none() {
    assert_eq!(day("7 August 2025\n\n7 August 2025").as_deref(), DAY);
    assert_eq!(day("7 August 2025\n\nPublished: 2025-08-07").as_deref(), DAY);
    assert_eq!(day("08/07/2025\n\n7 August 2025").as_deref(), DAY);
    assert_eq!(day("08/07/2025\n\n9 August 2025"), None);
    assert_eq!(day("7 August 2025\n\n8 August 2025"), None);
    assert_eq!(day("7 August 2025\n\nLONDON, 8 August 2025 (Agency) - Paid."), None);
    assert_eq!(day("7 August 2025\n\nFriday, 7 August 2025"), None);
}

#[test]
fn only_the_head_counts() {
    let head = |blocks: usize| format!("{}7 August 2025", "Name\n\n".repeat(blocks));
    assert_eq!(day(&head(HEAD - 2)).as_deref(), DAY);
    assert_eq!(day(&head(HEAD - 1)), None);
}

#[test]
fn front_matter() {
    let yaml = [
        "published: 2025-08-07",
        "title: A\ndate: 2025-08-07 # as planned",
        "date: \"2025-08-07\"",
        "date: '7 August 2025'",
        "date: August 7, 2025",
        "date:   2025-08-07T10:00:00Z",
        "date: 2025-08-07 10:00:00 +0200",
        "date: Thu, 07 Aug 2025 10:00:00 GMT",
        "date: 2025-08-09\npublished: 2025-08-07",
        "published: true\ndate: 2025-08-07",
        "date :\t2025-08-07",
    ];
    for keys in yaml {
        assert_eq!(markdown(&format!("---\n{keys}\n---\n9 May 2020")).as_deref(), DAY, "{keys}");
    }
    for keys in ["date = 2025-08-07", "published = \"7 August 2025\"\ndate = 2020-01-01"] {
        assert_eq!(markdown(&format!("+++\n{keys}\n+++\n9 May 2020")).as_deref(), DAY, "{keys}");
    }
    let words = found("---\ndate: \"August 7, 2025\"\n---", Format::Markdown).unwrap().1;
    assert_eq!(words, "August 7, 2025");
}

#[test]
fn keys_of_site_generators() {
    for line in [
        "publishedAt: 2025-08-07T10:00:00.000Z",
        "pubDate: Thu, 07 Aug 2025 10:00:00 GMT",
        "publish_date: 2025/08/07",
        "datePublished: \"August 7, 2025\"",
        "date: 2025-08-07 10:00:00 +0100",
        "date: 2025-08-07T10:00:00+01:00",
        "date: 7 August 2025 10:00 +0100",
        "date:\n  created: 2025-08-07\n  updated: 2025-08-09",
        "Date: 2025-08-07 10:20",
        "created_at: '2025-08-07'",
    ] {
        assert_eq!(markdown(&format!("---\n{line}\n---\n9 May 2020")).as_deref(), DAY, "{line}");
    }
}

#[test]
fn front_matter_that_states_no_day() {
    for keys in ["date: 08/07/2025", "published: 08/07/2025\ndate: 2025-08-07"] {
        assert_eq!(markdown(&format!("---\n{keys}\n---\n7 August 2025")), None, "{keys}");
    }
    let silent = [
        "date:",
        "date: \"\"",
        "date: soon",
        "dated: 2020-01-01",
        "event:\n  date: 2020-01-01",
        "date: 2020-02-30",
        "date: 2020",
    ];
    for keys in silent {
        assert_eq!(markdown(&format!("---\n{keys}\n---\n7 August 2025")).as_deref(), DAY, "{keys}");
    }
    let toml = "+++\ntitle = \"A\"\n[event]\ndate = 2020-01-01\n+++\n7 August 2025";
    assert_eq!(markdown(toml).as_deref(), DAY);
}

#[test]
fn the_words_of_the_source_are_marked() {
    let found = |head| found(head, Format::Markdown).unwrap().1;
    assert_eq!(found("Published: **7** August 2025"), "7** August 2025");
    assert_eq!(found("# Aid\n\nLONDON, 7 August 2025 (Agency) - Paid."), "7 August 2025");
}

/// The day of a page of this head and these lines below its title.
fn page(head: &str, lines: &str) -> Option<String> {
    let text = format!(
        "<!doctype html><head>{head}</head><body><article><h1>Aid is cut</h1>{lines}\
         <p>On 1 January 2001 the council paid $5 to <time datetime=2001-01-02>the next</time>.</p>"
    );
    let document = Document::parse(&text, Format::Html);
    let found = published(&document, &text, Lexicon::built_in())?;
    assert!(
        text[found.range.clone()].contains('7') || found.day.day() != 7,
        "{}",
        &text[found.range]
    );
    Some(found.day.to_string())
}

fn linked(more: &str, day: &str) -> String {
    format!(
        "<script type=application/ld+json>{{\"@type\":\"NewsArticle\",{more}\"datePublished\":\"{day}\",\
         \"dateModified\":\"2025-09-01T10:00:00Z\"}}</script>"
    )
}

#[test]
fn a_page_says_when_it_was_published() {
    for head in [
        &*linked("", "2025-08-07T10:00:00Z"),
        &*linked("\"author\":[{\"@type\":\"Person\",\"name\":\"A, \\\"B\\\"\"}],", "2025-08-07"),
        "<meta property=\"article:published_time\" content=\"2025-08-07T23:30:00-04:00\">",
        "<meta name=date content='7 August 2025'><meta name=dateModified content=2025-09-01>",
        "<META content=' 2025-08-07 ' itemprop=datePublished>",
    ] {
        assert_eq!(page(head, "").as_deref(), DAY, "{head}");
    }
    for lines in [
        "<p>By The Newsroom | <time datetime=2025-08-07T12:00:00Z>3 hours ago</time></p>",
        "<p>Published <time datetime='2025-08-07T12:00+02:00'>on Thursday</time></p>\
         <p>Updated <time datetime=2025-08-09>yesterday</time></p>",
        "<time itemprop=datePublished datetime=2025-08-07>Thursday</time>",
        "<time datetime=2025-08-07></time>",
        "<p>7 August 2025</p>",
    ] {
        let expected = if lines.ends_with("></time>") { None } else { DAY };
        assert_eq!(page("", lines).as_deref(), expected, "{lines}");
    }
    assert_eq!(page("", ""), None);
    assert_eq!(page("", "<p>The vote is <time datetime=2025-08-07>on Thursday</time>.</p>"), None);
    assert_eq!(page("<meta name=dateModified content=2025-08-07>", ""), None);
}

#[test]
fn linked_data_goes_before_meta_and_what_is_in_doubt_is_not_taken() {
    let meta = "<meta property=article:published_time content=2025-08-08>";
    assert_eq!(page(&(linked("", "2025-08-07T10:00:00Z") + meta), "").as_deref(), DAY);
    let two = linked("", "2025-08-07") + &linked("", "2025-08-08");
    assert_eq!(page(&two, ""), None);
}

#[test]
fn a_moment_of_two_days_is_on_the_one_that_the_page_names() {
    let early = linked("", "2025-08-08T01:30:00Z");
    assert_eq!(page(&early, ""), None);
    assert_eq!(page(&early, "<p>August 7, 2025</p>").as_deref(), DAY);
    let meta = "<meta property=article:published_time content=2025-08-07T21:30:00-04:00>";
    assert_eq!(page(&(early.clone() + meta), "").as_deref(), DAY);
    assert_eq!(page(&linked("", "2025-08-07T00:00:00Z"), "").as_deref(), DAY);
    assert_eq!(page(&linked("", "2025-08-07T01:00:00+02:00"), "").as_deref(), DAY);
}
