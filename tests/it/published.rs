//! What holds of the day of publication of any text: it leads back to words that state it.

use crossfoot::Options;
use crossfoot::document::{Document, Format};
use crossfoot::finding::Severity;
use crossfoot::follow::Desk;
use crossfoot::lexicon::Lexicon;
use crossfoot::published::published;
use crossfoot::report::Report;
use crossfoot::rule::{Examples, Registry};
use crossfoot::source::Sources;
use jiff::civil::date;
use proptest::prelude::*;

use crate::support::{always, check_article, check_text};

const BITS: [&str; 40] = [
    "7 August 2025",
    "08/07/2025",
    "2025-08-07",
    "Thursday",
    "9 May 2020",
    "10:00",
    "3 min read",
    "Published",
    "date",
    "updated",
    "on",
    "By",
    "Jane Doe",
    "LONDON",
    "London",
    "ß",
    "(Agency)",
    "/Wire/",
    "é",
    "\u{fffc}",
    "\u{feff}",
    "\u{a0}",
    "𝟓",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    ",",
    ".",
    ":",
    "|",
    "(",
    ")",
    "-",
    "—",
    "---\n",
    "+++\n",
    "=",
    "\"",
];

proptest! {
    #[test]
    fn a_day_leads_back_to_words(bits in prop::collection::vec(prop::sample::select(&BITS[..]), 0..24)) {
        let text = bits.concat();
        for format in [Format::Plain, Format::Markdown] {
            let document = Document::parse(&text, format);
            if let Some(found) = published(&document, &text, Lexicon::built_in()) {
                let words = text.get(found.range).expect("on the bounds of characters");
                prop_assert!(words.contains("20"), "{words:?}");
            }
        }
    }
}

/// Texts of one article: what a claims file, the command line, the article itself and the configuration
/// say of the day of publication, each of another year.
struct Dated {
    claims: String,
    article: String,
    options: Options,
}

/// The years of the four, in the order in which they count.
const YEARS: [i16; 4] = [2015, 2016, 2017, 2018];

impl Dated {
    /// Those of a mixture: a bit for each of the four.
    fn of(mixture: usize) -> Self {
        let says = |origin: usize| mixture >> origin & 1 == 1;
        let day = |origin: usize| says(origin).then(|| date(YEARS[origin], 8, 7));
        let line = |origin: usize, before: &str, behind: &str| match day(origin) {
            Some(day) => format!("{before}{day}{behind}"),
            None => String::new(),
        };
        let matter = line(2, "---\ndate: ", "\n---\n\n");
        let article = format!(
            "{matter}The bridge is expected to open by June 2015.\n\nMembership fell by half last year.\n"
        );
        let stated = line(0, "published = ", "\n");
        let claims = format!(
            "article = \"article.md\"\n{stated}\
             [[claim]]\nid = \"opening\"\nquote = \"expected to open by June 2015\"\nvalue = \"June 2015\"\n\
             [[claim]]\nid = \"year\"\nquote = \"fell by half last year\"\nvalue = \"unknown\"\n\
             [[assert]]\nrule = \"stale-forecast\"\ndeadline = \"opening\"\n"
        );
        let options = Options::new().published(day(1)).published_else(day(3)).at_length(true);
        Self { claims, article, options }
    }

    fn expected(mixture: usize) -> Option<i16> {
        (0..4).find(|origin| mixture >> origin & 1 == 1).map(|origin| YEARS[origin])
    }

    fn checked(&self, with_claims: bool) -> Report {
        if !with_claims {
            return check_article(&self.article, &self.options);
        }
        check_text(("claims.toml", &self.claims), &self.options, &mut always(Some(&self.article)))
    }
}

#[test]
fn every_mixture_of_origins_gives_claims_and_prose_one_day() {
    for mixture in 0..16 {
        let dated = Dated::of(mixture);
        let report = dated.checked(true);
        let of_claims = report.files[0].published.map(|known| known.day.year());
        let of_prose = report.articles[0].published.map(|known| known.day.year());
        assert_eq!(of_claims, Dated::expected(mixture), "{mixture:04b}");
        assert_eq!(of_prose, of_claims, "{mixture:04b}");
        let last_year = report.articles[0].figures.last().unwrap().days();
        let counted = last_year.map(|days| days.first().year() + 1);
        assert_eq!(counted, of_claims, "{mixture:04b}: \"last year\"");
    }
}

#[test]
fn an_assert_finds_what_the_bare_article_shows_whoever_states_the_day() {
    for mixture in 0..16 {
        let dated = Dated::of(mixture);
        // Nobody knows what a claims file says where there is none.
        let bare = Dated { claims: String::new(), ..Dated::of(mixture & !1) };
        let rules = |report: &Report| -> Vec<(String, Severity)> {
            let rules = report.findings.iter().filter(|finding| !finding.broken_input);
            rules.map(|finding| (finding.rule.to_string(), finding.severity)).collect()
        };
        let stale = |report: &Report| {
            rules(report)
                .into_iter()
                .filter(|(rule, _)| rule == "stale-forecast")
                .collect::<Vec<_>>()
        };
        let with = stale(&dated.checked(true));
        assert_eq!(with.len(), usize::from(mixture != 0), "{mixture:04b}: {with:?}");
        if mixture & 1 == 0 {
            assert_eq!(with, stale(&bare.checked(false)), "{mixture:04b}");
        }
        let undated = dated.checked(true).summary().contains("--published");
        assert_eq!(undated, mixture == 0, "{mixture:04b}");
    }
}

#[test]
fn every_mixture_of_origins_gives_following_and_recording_that_day() {
    let mut sources = Sources::new();
    let lexicon = Lexicon::built_in();
    let rules = Registry::new(&mut sources, &[], lexicon, Examples::Skip, &mut Vec::new());
    for mixture in 0..16 {
        let dated = Dated::of(mixture);
        let desk = Desk { rules: &rules, options: &dated.options };
        let mut sources = sources.clone();
        let article = sources.add("article.md", &*dated.article);
        let claims = sources.add("claims.toml", &*dated.claims);
        let expected = Dated::expected(mixture);
        let followed = desk.follow(&sources, article, claims).unwrap();
        let day = followed.file.published.map(|known| known.day.year());
        assert_eq!(day, expected, "{mixture:04b}");
        if mixture & 1 == 0 {
            let recorded = desk.record(&sources, (article, "article.md"), None).unwrap().text;
            let line = recorded.lines().find(|line| line.starts_with("published"));
            let written = expected.map(|year| format!("published = {}", date(year, 8, 7)));
            assert_eq!(line.map(str::to_owned), written, "{mixture:04b}");
        }
    }
}

#[test]
fn versions_that_are_compared_have_their_own_days() {
    let mut sources = Sources::new();
    let lexicon = Lexicon::built_in();
    let rules = Registry::new(&mut sources, &[], lexicon, Examples::Skip, &mut Vec::new());
    let text =
        |day: &str| format!("---\ndate: {day}\n---\n\nThe road is to be finished by June 2025.\n");
    let old = sources.add("old.md", text("2025-01-07"));
    let new = sources.add("new.md", text("2025-08-07"));
    let options = Options::default();
    let diff = Desk { rules: &rules, options: &options }
        .compare_articles(&mut sources, [old, new], None)
        .unwrap();
    let broken: Vec<&str> = diff
        .relations
        .iter()
        .filter(|relation| relation.broke())
        .map(|relation| relation.rule.as_str())
        .collect();
    assert_eq!(broken, ["stale-forecast"]);
}

#[test]
fn prose_gives_way_to_what_an_assert_decides_and_to_nothing_else() {
    let article = "The grant is $290 million over four years, or $82.5 million a year.\n";
    let claims = |value: &str| {
        format!(
            "article = \"article.md\"\n\
             [[claim]]\nid = \"total\"\nquote = \"$290 million\"\nvalue = \"{value}\"\n\
             [[claim]]\nid = \"years\"\nquote = \"four years\"\nvalue = \"four years\"\n\
             [[claim]]\nid = \"yearly\"\nquote = \"$82.5 million a year\"\nvalue = \"$82.5 million a year\"\n\
             [[assert]]\nrule = \"wrong-rate\"\ntotal = \"total\"\nspan = \"years\"\nrate = \"yearly\"\n"
        )
    };
    for value in ["unknown", "$290 million"] {
        let report = crate::support::check_with(&claims(value), Some(article));
        let rates = report.findings.iter().filter(|one| one.rule.as_str() == "wrong-rate");
        assert_eq!(rates.count(), 1, "{value}: {:#?}", report.findings);
    }
}
