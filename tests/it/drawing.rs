//! How findings are drawn in terminals of several widths, for paragraphs of one line each.

use crossfoot::Options;
use crossfoot::report::{Look, human};

use crate::support::{check_article, read};

/// Columns of a terminal.
const WIDTHS: [usize; 4] = [60, 80, 100, 200];

fn drawn(text: &str, width: usize, colour: bool) -> String {
    let report = check_article(text, &Options::default());
    human(&report, Look { colour, width, ..Look::default() })
}

#[test]
fn paragraphs_of_one_line_are_drawn_in_windows() {
    let text = read("fixtures/one-line.md");
    for width in WIDTHS {
        let drawn = drawn(&text, width, false);
        let (findings, _) = drawn.trim_end().rsplit_once('\n').unwrap();
        let widest = findings.lines().max_by_key(|line| line.chars().count()).unwrap();
        assert!(widest.chars().count() <= width, "{width}: {widest}");
        insta::assert_snapshot!(format!("one_line_at_{width}"), drawn);
    }
}

#[test]
fn a_folded_line_is_numbered_once_with_colours_too() {
    let text = read("fixtures/one-line.md");
    let plain = drawn(&text, 80, false);
    let coloured = drawn(&text, 80, true);
    let mut bare = String::new();
    let mut rest = &*coloured;
    while let Some(at) = rest.find('\u{1b}') {
        bare.push_str(&rest[..at]);
        rest = &rest[at + rest[at..].find('m').unwrap() + 1..];
    }
    bare.push_str(rest);
    assert_eq!(bare, plain);
}

#[test]
fn lines_that_fit_are_drawn_as_they_are() {
    let text = "Sales rose by 30 %, from €5.0 million\nto €6.0 million, it said.\n\nThe end.\n";
    let drawn = drawn(text, 80, false);
    assert!(drawn.contains(" 1 │ Sales rose by 30 %, from €5.0 million\n"), "{drawn}");
    assert!(drawn.contains(" 2 │ to €6.0 million, it said.\n"), "{drawn}");
    assert!(!drawn.contains('…'), "{drawn}");
}

#[test]
fn a_line_of_megabytes_is_drawn_around_its_figures() {
    let filler = "nothing happened here and nobody was seen ".repeat(50_000);
    let text = format!("{filler}. Sales rose by 30 %, from €5.0 million to €6.0 million. {filler}");
    let drawn = drawn(&text, 80, false);
    assert!(drawn.contains("1 │ …"), "{drawn}");
    assert!(drawn.len() < 4_000, "{}", drawn.len());
}
