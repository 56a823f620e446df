//! Frames of slots: figures of a clause or a sentence in any order, each beside its own words.

use crossfoot::engine::Verdict;
use crossfoot::finding::Severity;
use crossfoot::lexicon::Lexicon;
use crossfoot::report::Report;
use crossfoot::rule::{Examples, Registry};
use crossfoot::source::Sources;
use crossfoot::{NoArticles, Options, check};

use crate::support::check_article;

fn checked(article: &str) -> Report {
    let options = Options::new().published(jiff::civil::date(2025, 11, 28));
    check_article(article, &options)
}

/// What is said above a note.
fn said(article: &str) -> Vec<String> {
    let report = checked(article);
    let loud = report.findings.iter().filter(|finding| finding.severity != Severity::Note);
    loud.map(|finding| finding.message.clone()).collect()
}

/// The rules of which a relation is found.
fn related(article: &str) -> Vec<String> {
    checked(article).relations.iter().map(|relation| relation.rule.as_str().to_owned()).collect()
}

/// What holds as it stands is related and let stand; with another figure it is found.
fn holds_until_altered(rule: &str, article: &str, figure: &str, other: &str) {
    assert!(article.contains(figure), "{article}");
    assert!(related(article).iter().any(|found| found == rule), "{rule}: {article}");
    assert_eq!(said(article), Vec::<String>::new(), "{article}");
    let altered = article.replace(figure, other);
    let report = checked(&altered);
    let wrong = report.relations.iter().filter(|relation| relation.verdict == Verdict::Contradicts);
    let found: Vec<_> = wrong.map(|relation| relation.rule.as_str()).collect();
    assert!(found.contains(&rule), "{rule}: {altered}: {found:?}");
    assert!(!said(&altered).is_empty(), "{altered}");
}

#[test]
fn the_order_of_the_slots_does_not_matter() {
    for article in [
        "Women make up 25 percent of the force: 410 of its 1,640 officers.",
        "The women, 410 of the 1,640 officers, represent 25 percent of the force.",
        "Imports covered 36 million tonnes of the 144 million consumed last year, or 25 percent.",
    ] {
        holds_until_altered("wrong-share", article, "25 percent", "35 percent");
    }
    for article in [
        "Over five years the authority spent $85 million, or $17 million a year, on consultants.",
        "The authority spent $85 million, or $17 million a year, over five years.",
    ] {
        holds_until_altered("wrong-rate", article, "$17 million", "$27 million");
    }
}

#[test]
fn each_kind_of_sums_is_related_and_found_when_altered() {
    for (rule, article, figure, other) in [
        (
            "wrong-per-head",
            "Nine firms were fined 700 euros apiece, 6,300 euros altogether.",
            "6,300",
            "5,400",
        ),
        (
            "wrong-per-head",
            "Six buses carrying 45 pupils each brought 270 pupils in all.",
            "270",
            "310",
        ),
        ("wrong-average", "The 24 lots brought $36,000, an average of $1,500.", "$1,500", "$2,100"),
        (
            "wrong-mean",
            "The bids, of $40,000, $52,000 and $58,000, averaged $50,000.",
            "$50,000",
            "$56,000",
        ),
        (
            "wrong-point-change",
            "The mayor leads by 48 percent to 41, a seven-point margin.",
            "seven",
            "nine",
        ),
        (
            "wrong-difference",
            "Bought for $310,000, the house was sold for $385,000, a profit of $75,000.",
            "$75,000",
            "$125,000",
        ),
        (
            "wrong-total",
            "The bill passed 58 to 37, with five abstentions and all 100 members voting.",
            "five",
            "nine",
        ),
        (
            "wrong-total",
            "Sales of $210 million in the first half and 260 million in the second gave $470 million for the year.",
            "$470",
            "$490",
        ),
    ] {
        holds_until_altered(rule, article, figure, other);
    }
}

#[test]
fn each_kind_of_dates_and_conversions_is_related_and_found_when_altered() {
    for (rule, article, figure, other) in [
        (
            "wrong-age-at-death",
            "Born in August 1930, the painter died in October 1999 at the age of 69.",
            "69",
            "74",
        ),
        (
            "wrong-age-then",
            "Born in 1946, he was 39 when he took over the paper in 1985.",
            "39",
            "31",
        ),
        ("wrong-period", "The conductor (1912-1990) died of pneumonia at 78.", "78", "88"),
        (
            "wrong-jubilee",
            "The paper, founded in 1867, is observing its 150th anniversary in 2017.",
            "150th",
            "125th",
        ),
        (
            "wrong-shift",
            "The late shift, from 3 p.m. to 11 p.m., is eight hours long.",
            "eight",
            "ten",
        ),
        (
            "wrong-shift",
            "The watch runs from 10 p.m. until 6 a.m., an eight-hour shift.",
            "eight",
            "ten",
        ),
        ("wrong-rate", "There were 11,000 births in the city in 2007, about 30 a day.", "30", "70"),
        (
            "wrong-conversion",
            "From 10 to 15 miles (16 to 24 kilometers) of road are closed.",
            "24",
            "34",
        ),
        (
            "wrong-conversion",
            "A boulder 12 feet high and weighing 9 tons (3.7 meters; 8.2 metric tons) fell.",
            "3.7",
            "5.7",
        ),
        (
            "wrong-stated-rate",
            "The fine is 300 million crowns, or $20 million at 15 crowns to the dollar.",
            "$20",
            "$30",
        ),
        (
            "wrong-share-of-change",
            "Output slipped to 62,000 tonnes from 70,000, with half of the decline, 4,000 tonnes, due to hail.",
            "4,000",
            "7,100",
        ),
        ("words-and-digits", "The tenants must leave within thirty (30) days.", "(30)", "(90)"),
        (
            "wrong-percent-change",
            "In 2021 fuel cost the line $1.4 billion and in 2022 it cost $2.1 billion. That was a jump of 50 percent.",
            "50 percent",
            "90 percent",
        ),
    ] {
        holds_until_altered(rule, article, figure, other);
    }
}

#[test]
fn what_has_no_slot_is_not_passed_over() {
    for article in [
        // A figure between that a slot takes.
        "The firm lost 300 men in 3 days of 12 hours, or 200 a day.",
        // Two that may be the whole.
        "Five of the 17 provinces have 72 percent of the cases.",
        // A price beside a number that it does not belong to.
        "Tickets cost $25 each, and 4,000 people paid $9 for parking.",
        "The other five get £2,500 each, so the prize costs £62,500 in all.",
        // A measure that is a place.
        "She attacked three kilometres from the top and won in 4 hours, an average of 42.4 km/h.",
        // A year that is not over.
        "Exporters registered 1,322,804 bags this year, or 440,000 bags a month.",
        // How long somebody ran is no time of day.
        "She improved the record of 2:28:42 by 51 seconds to 2:27:51.",
        // Whose age it is, nobody can tell.
        "She was born in 1950, her father died in 1974, aged 60.",
        // A part that is more than its whole is one of something else.
        "There were 86 acts on five stages, of which 37 were led by women (43%).",
    ] {
        assert_eq!(said(article), Vec::<String>::new(), "{article}");
    }
}

#[test]
fn what_can_be_read_in_two_ways_says_nothing() {
    let article = "Her lead was 4 points and is 6 points, with 49 percent to 35.";
    assert_eq!(said(article), Vec::<String>::new());
}

#[test]
fn a_bracket_is_passed_over_whatever_stands_in_it() {
    let article = "Income rose to 1.5 billion yen (its best since the company listed in 2011) from 1.2 billion, \
                   a gain of 25 percent.";
    holds_until_altered("wrong-percent-change", article, "25 percent", "45 percent");
}

fn broken(slots: &str) -> Vec<String> {
    let mut sources = Sources::new();
    let text = format!(
        "id = \"tide\"\nsummary = \"the tide is wrong\"\nseverity = \"error\"\nwhy = \"for tests\"\n\
         [roles]\nlow = \"length\"\nhigh = \"length\"\n[holds]\nthat = \"low <= high\"\n[[frame]]\n{slots}\n\
         [message]\ncontradicts = \"{{low}} is not below {{high}}\"\n",
    );
    let rule = sources.add("rules/tide.toml", text);
    let mut findings = Vec::new();
    let (lexicon, examples) = (Lexicon::built_in(), Examples::Read);
    let rules = Registry::new(&mut sources, &[rule], lexicon, examples, &mut findings);
    if !findings.is_empty() {
        return findings.into_iter().map(|finding| finding.message).collect();
    }
    let article = sources.add("article.md", "High water is at 7 metres, low water at 15 metres.\n");
    let inputs = crossfoot::Inputs { articles: &[article], ..crossfoot::Inputs::default() };
    let report = check(sources, &rules, inputs, &Options::default(), &mut NoArticles);
    report.findings.iter().map(|finding| finding.message.clone()).collect()
}

#[test]
fn a_newsroom_may_have_slots_of_its_own_and_is_told_what_is_wrong_with_them() {
    let tide = "slots = [\"low water ..2 {low}\", \"high water ..3 {high}\"]";
    assert_eq!(broken(tide), ["15 metres is not below 7 metres"]);
    assert_eq!(broken(&format!("{tide}\nwith = [\"ebb\"]")), Vec::<String>::new());
    assert_eq!(broken(&format!("{tide}\nunless = [\"at\"]")), Vec::<String>::new());
    assert_eq!(broken(&format!("{tide}\ntentative = true")), Vec::<String>::new());
    assert_eq!(broken(&format!("{tide}\ntentative = 1")).len(), 1);
    assert_eq!(
        broken(&format!("{tide}\nscope = \"sentence\"")),
        ["15 metres is not below 7 metres"]
    );
    for (slots, expected) in [
        ("slots = [\"low water {low}\"]", "this frame leaves out the role `high`"),
        (
            "slots = [\"low water {low}\", \"high water\", \"high {high}\"]",
            "this link cannot be used: this slot has no role",
        ),
        (
            "slots = [\"low water {low}\", \"high {hi}\"]",
            "this link cannot be used: this rule has no role `hi`",
        ),
        ("slots = [\"{low}\", \"{high}\"]\nalike = [\"lo\"]", "this rule has no role `lo`"),
    ] {
        assert_eq!(broken(slots), [expected], "{slots}");
    }
}
