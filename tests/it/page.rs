//! What the report's page says of each figure.

use std::collections::BTreeMap;
use std::path::Path;

use crossfoot::report::{brief_view, view};
use crossfoot::{Checker, Options, Rules};
use serde_json::Value;

use crate::support::{folder, ran, read, root};

/// The page of some files of a folder.
fn page(folder: &Path, arguments: &[&str]) -> String {
    let (code, out, said) = ran(folder, &[&["report"], arguments].concat());
    assert_ne!(code, 2, "{said}");
    out
}

/// The text that markup leaves, on one line.
fn text(html: &str) -> String {
    let folded =
        regex::Regex::new("(?s)<style>.*?</style>|</?(?:dt|dd|p|h[1-6]|li|t[rdh]|section)[ >]")
            .unwrap();
    let html = &folded.replace_all(html, " <i>");
    let hidden = regex::Regex::new("(?s)<span class=\"(?:hidden|marker)\">.*?</span>").unwrap();
    let tag = regex::Regex::new("<[^>]*>").unwrap();
    let html = hidden.replace_all(html, "");
    let text = tag.replace_all(&html, "").replace("&lt;", "<").replace("&gt;", ">");
    let text = text.replace("&quot;", "\"").replace("&#x27;", "'").replace("&#x2f;", "/");
    text.replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The part of a page between two marks.
fn part<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let from = page.split_once(from).unwrap_or_else(|| panic!("no {from} in {page}")).1;
    from.split_once(to).unwrap().0
}

/// Each figure of the article with its state.
fn states(page: &str) -> BTreeMap<String, String> {
    let figure =
        regex::Regex::new("(?s)<a class=\"figure ([a-z]+)\" id=\"[^\"]*\" href[^>]*>(.*?)</a>")
            .unwrap();
    let article = part(page, "<div class=\"prose\">", "<div class=\"panel\"");
    figure.captures_iter(article).map(|c| (text(&c[2]), c[1].to_owned())).collect()
}

fn expect(page: &str, expected: &[(&str, &str)]) {
    let states = states(page);
    for (figure, state) in expected {
        let found = states.get(*figure).map_or("not marked", String::as_str);
        assert_eq!(found, *state, "{figure} of {states:?}");
    }
}

#[test]
fn every_figure_has_the_state_of_the_first_thing_that_fits() {
    let draft = "---\ndate: 2025-08-07\n---\n\nMembership fell by 50 percent, from 146,000 to 100,000.\n\n\
                 Aid of $290 million over four years comes to $72.5 million a year. The bridge is 31 km long.\n\n\
                 It is to open by June 2025. They met on Thursday, 7 August 2025. There are 17 trees.\n";
    let claims = "article = \"draft.md\"\n[[claim]]\nid = \"bridge\"\nvalue = \"31 km\"\nquote = \"31 km long\"\n\
                  [[claim]]\nid = \"width\"\nvalue = \"12 m\"\n\
                  [[exempt]]\nquote = \"17 trees\"\n";
    let here = folder(&[("draft.md", draft), ("draft.toml", claims)]);
    let page = page(here.path(), &["draft.toml"]);
    expect(
        &page,
        &[
            ("50 percent", "clash"),
            ("146,000", "clash"),
            ("by June 2025", "doubt"),
            ("$290 million", "holds"),
            ("Thursday, 7 August 2025", "checked"),
            ("31 km", "claimed"),
            ("17", "exempt"),
        ],
    );
    assert!(text(&page).contains("Claims that do not stand in the text: 12 m width"), "{page}");
    assert!(
        text(&page).contains("1 of 9 figures are claimed (11 %), 1 need no checking."),
        "{}",
        text(&page)
    );
}

#[test]
fn what_stands_is_neither_clean_nor_a_contradiction() {
    let draft = "<!-- crossfoot-ignore wrong-percent-change: the party's own sum -->\n\n\
                 Membership fell by 50 percent, from 146,000 to 100,000.\n";
    let here = folder(&[("draft.md", draft)]);
    let silenced = page(here.path(), &["draft.md"]);
    expect(&silenced, &[("50 percent", "stands"), ("146,000", "stands")]);
    assert!(silenced.contains("<p class=\"summary note\">"), "{silenced}");
    assert!(text(&silenced).contains("It stands: the party's own sum"));
    let ignored = page(here.path(), &["draft.md", "--ignore", "wrong-percent-change"]);
    assert!(!ignored.contains("class=\"card relation clash\""), "{ignored}");
    expect(&ignored, &[("50 percent", "read"), ("146,000", "holds")]);
}

#[test]
fn a_page_without_comparisons_is_not_green() {
    let here = folder(&[("draft.md", "There are 17 trees.\n")]);
    let page = page(here.path(), &["draft.md"]);
    assert!(page.contains("<p class=\"summary nothing\">"), "{page}");
    assert!(text(&page).contains("nothing was compared"));
}

#[test]
fn the_panel_has_the_arithmetic_in_words() {
    let draft = "Aid of $290 million over four years comes to $72.5 million a year.\n";
    let claims = "article = \"draft.md\"\n[[claim]]\nid = \"aid\"\nvalue = \"$290 million\"\n\
                  quote = \"Aid of $290 million\"\nstatus = \"verified\"\nchecker = \"desk\"\n\
                  source = { title = \"fact sheet\", url = \"https://example.org/aid\", locator = \"p. 3\" }\n";
    let here = folder(&[("draft.md", draft), ("draft.toml", claims)]);
    let page = page(here.path(), &["draft.toml"]);
    let detail = text(part(&page, "id=\"a1-d1\" tabindex=\"-1\">", "</section>"));
    for words in [
        "$290 million agrees with others",
        "Strictly stands for 289,500,000 to 290,500,000",
        "Loosely 285,000,000 to 295,000,000",
        "Claim aid Value $290 million",
        "Source fact sheet, p. 3",
        "Status verified, by desk",
        "holds: $290 million = $72.5 million a year × four years",
        "$72.5 million a year × four years = $290 million",
    ] {
        assert!(detail.contains(words), "{words}: {detail}");
    }
    assert!(
        page.contains("<a href=\"https:&#x2f;&#x2f;example.org&#x2f;aid\" rel=\"noreferrer\">"),
        "{page}"
    );
}

#[test]
fn a_bar_shows_both_sides() {
    let here = folder(&[(
        "draft.md",
        "Aid of $290 million over four years comes to $82.5 million a year.\n",
    )]);
    let page = page(here.path(), &["draft.md"]);
    let title = part(&page, "role=\"img\" aria-label=\"", "\"");
    assert!(
        title.contains("stated: $290 million, that is $285 million to $295 million"),
        "{title}"
    );
    assert!(title.contains("implied: $82.5 million a year × four years"), "{title}");
    assert!(title.ends_with("They have no number in common."), "{title}");
    assert!(!part(&page, "<div class=\"bar\">", "</svg>").contains("class=\"common\""));
}

#[test]
fn the_whole_text_of_an_article_is_on_its_page() {
    for name in ["fixtures/articles/city-marathon.md", "fixtures/newsroom/draft-1.md"] {
        let page = page(&root(), &[name]);
        let shown = text(part(&page, "<div class=\"prose\">", "<div class=\"panel\""));
        let source = read(name);
        let document =
            crossfoot::document::Document::parse(&source, crossfoot::document::Format::Markdown);
        let mut at = 0;
        for block in document.blocks() {
            let prose = &document.prose()[block.range.clone()];
            let words = prose.replace('\u{fffc}', "[…]");
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let found = shown[at..].find(&words);
            at += found.unwrap_or_else(|| panic!("{name}: {words} is not in {}", &shown[at..]));
        }
    }
}

#[test]
fn an_image_is_marked_where_its_words_are() {
    let here = folder(&[("draft.md", "Here is ![a crowd of 300 people](x.png), and 500 more.\n")]);
    let page = page(here.path(), &["draft.md"]);
    let ids = regex::Regex::new(" id=\"([^\"]*)\"").unwrap();
    let mut ids: Vec<&str> = ids.captures_iter(&page).map(|c| c.get(1).unwrap().as_str()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    assert!(!page.contains('\u{fffc}'));
}

#[test]
fn items_keep_their_numbers() {
    let here = folder(&[("draft.txt", "Steps\n\n1. Raise 5 percent.\n2. Lower 3 percent.\n")]);
    let page = page(here.path(), &["draft.txt"]);
    assert!(page.contains("<span class=\"marker\">2.</span>"), "{page}");
}

#[test]
fn places_in_the_data_of_a_page_are_counted_as_scripts_count() {
    let text = "\u{1f600} It fell by 50 percent, from €146,000 in 2019 to €100,000 – and 5 km.";
    let options = Options::new().at_length(true);
    let report = Checker::new(&Rules::built_in()).options(options).article("a.txt", text);
    let whole: Value = serde_json::from_str(&view(&report)).unwrap();
    let units: Vec<u16> = text.encode_utf16().collect();
    let places = whole["places"][0].as_array().unwrap();
    let details = whole["units"][0]["details"].as_array().unwrap();
    assert_eq!(places.len(), details.len());
    for (place, detail) in places.iter().zip(details) {
        let at = |n: usize| usize::try_from(place[n].as_u64().unwrap()).unwrap();
        let words = String::from_utf16(&units[at(0)..at(1)]).unwrap();
        assert_eq!(words, detail["text"].as_str().unwrap());
    }
    assert!(5 <= places.len(), "{places:?}");
    let brief: Value = serde_json::from_str(&brief_view(&report)).unwrap();
    for key in ["places", "standings", "summary"] {
        assert_eq!(brief[key], whole[key]);
    }
    assert_eq!(brief["units"][0]["findings"].as_array().unwrap().len(), 1);
    assert!(brief["units"][0]["details"].as_array().unwrap().is_empty());
}
