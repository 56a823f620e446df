//! `crossfoot explain FILE:LINE`: what was made of a sentence, and why nothing is said of it.

use serde_json::Value;

use crate::support::{crossfoot, crossfoot_with, folder, ran, root};

/// A rule over two figures.
fn rule(id: &str, kinds: [&str; 2], holds: &str, rest: &str) -> String {
    let [low, high] = kinds;
    format!(
        "id = \"{id}\"\nsummary = \"the tide is wrong\"\nseverity = \"error\"\nwhy = \"for tests\"\n\
         [roles]\nlow = \"{low}\"\nhigh = \"{high}\"\n[holds]\n{holds}\n{rest}\n\
         [message]\ncontradicts = \"{{low}} is not below {{high}}\"\n"
    )
}

const QUANTITIES: [&str; 2] = ["quantity", "quantity"];
const ORDER: &str = "that = \"low <= high\"";

const SLOTS: &str = "[[frame]]\nslots = [\"low water ..3 {low}\", \"high water ..3 {high}\"]\n";
const LINK: &str = "[[link]]\ntext = \"low water ..3 {low} , high water ..3 {high}\"\n";
const CHANGE: &str = "[[frame]]\nrise = { from = \"{low}\", to = \"{high}\" }\n\
                      fall = { from = \"{high}\", to = \"{low}\" }\n";

/// What is told of the first line of an article under these rules, as JSON that fits its schema.
fn told_with(article: &str, rules: &[(&str, String)], further: &[&str]) -> Value {
    let mut files = vec![("a.md".to_owned(), article.to_owned())];
    files.extend(rules.iter().map(|(id, text)| (format!("r/{id}.toml"), text.clone())));
    files.push(("r/empty.txt".to_owned(), String::new()));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    let here = folder(&files);
    let fixed = ["explain", "a.md:1", "--isolated", "--rules", "r", "--format", "json"];
    let (code, out, said) = ran(here.path(), &[&fixed, further].concat());
    assert_eq!(code, 0, "{article}: {said}");
    let told: Value = serde_json::from_str(&out).unwrap();
    let schema = crossfoot(&root(), &["schema", "explain"]);
    let schema: Value = serde_json::from_slice(&schema.stdout).unwrap();
    let errors = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = errors.iter_errors(&told).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new(), "{article}");
    told
}

fn all<'t>(told: &'t Value, key: &str) -> Vec<&'t Value> {
    let sentences = told["sentences"].as_array().unwrap();
    sentences.iter().flat_map(|one| one[key].as_array().unwrap()).collect()
}

/// Why the rule `tide` makes no relation of an article.
fn why(rule: String, article: &str) -> Vec<(String, String)> {
    let told = told_with(article, &[("tide", rule)], &[]);
    let own = all(&told, "tried").into_iter().filter(|tried| tried["rule"] == "tide");
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    own.map(|tried| (word(&tried["kind"]), word(&tried["reason"]))).collect()
}

fn is_why(rule: String, article: &str, kind: &str, reason: &str) {
    assert_eq!(why(rule, article), [(kind.to_owned(), reason.to_owned())], "{article}");
}

#[test]
fn why_slots_are_not_filled() {
    let order = |rest: &str| rule("tide", QUANTITIES, ORDER, rest);
    let sentence =
        |slots: &str| order(&format!("[[frame]]\nscope = \"sentence\"\nslots = [{slots}]\n"));
    is_why(
        order(SLOTS),
        "High water is at 7 metres and ebb at 3 metres.",
        "unfilled",
        "no figure stands where `low` (quantity) would",
    );
    is_why(
        order(SLOTS),
        "High water is at 7 metres, the mole at 5 metres, low water at 9 metres.",
        "between",
        "\"5 metres\" stands between the figures and has no place",
    );
    is_why(
        order(SLOTS),
        "Low water is at 9 metres, high water at 7 metres, low water at 3 metres.",
        "ambiguous",
        "the figures may have their places in 2 ways, so nothing is said of them",
    );
    is_why(
        sentence("\"{low}\", \"high water ..3 {high}\""),
        "High water is at 7 metres, then 1 metre, 2 metres, 3 metres, 4 metres, 5 metres, 6 metres, 8 metres, \
         9 metres, 10 metres.",
        "crowded",
        "too many figures may be `low` (quantity)",
    );
    is_why(
        sentence("\"water ..3 {low}\", \"high water ..3 {high}\""),
        "High water is at 7 metres, the mole at 5 metres.",
        "shared",
        "only figures that have another place may be `high` (quantity)",
    );
}

#[test]
fn why_filled_slots_are_no_relation() {
    let order = |rest: &str| rule("tide", QUANTITIES, ORDER, rest);
    for (rest, article, kind, reason) in [
        (
            "unless = [\"spring tide\"]",
            "High water is at 7 metres, low water at 9 metres, in a spring tide.",
            "excluded",
            "the words \"spring tide\" exclude it",
        ),
        (
            "with = [\"spring tide\"]",
            "High water is at 7 metres, low water at 9 metres.",
            "without",
            "it needs one of these words: spring tide",
        ),
        (
            "",
            "High water is at 7 tonnes, low water at 9 people.",
            "no-partner",
            "no partner: metric ton and people (\"7 tonnes\" and \"9\")",
        ),
        (
            "",
            "High water is at 7 percent, low water at 9 people.",
            "no-partner",
            "no partner: percent and people (\"7 percent\" and \"9\")",
        ),
        (
            "",
            "High water is at $7 each, low water at $9.",
            "rates",
            "\"$9\" and \"$7 each\" are not for each of the same thing",
        ),
        (
            "",
            "High water is at 7 gulls, low water at 9 crabs.",
            "counts",
            "they count different things: gulls and crabs",
        ),
        (
            "",
            "High water is at $7, low water at €9.",
            "currencies",
            "they are in two currencies: USD and EUR",
        ),
        (
            "alike = [\"low\"]",
            "High water is at $7, low water at $9.",
            "currencies",
            "its money is not in the currencies that it takes",
        ),
    ] {
        is_why(order(&format!("{SLOTS}{rest}")), article, kind, reason);
    }
    let percent = "[[frame]]\nslots = [\"low water ..3 {low:bare}\", \"high water ..3 {high}\"]";
    is_why(
        rule("tide", ["percent", "number"], ORDER, percent),
        "High water is at 7, low water at 9.",
        "wrong-kind",
        "\"9\" is no `low` (percent)",
    );
    is_why(
        rule("tide", ["number", "money"], "that = \"low >= 1\"", &format!("{SLOTS}mixed = true")),
        "High water is $7 a night, low water 9 crabs.",
        "price",
        "the price is for other things than those that are counted",
    );
    let twice = "[[frame]]\nslots = [\"low water ..3 {low}\", \"high water ..3 {high}\", \"mole ..3 {high}\"]";
    is_why(
        order(twice),
        "High water is at 7 metres, the mole at 5 metres, low water at 9 metres.",
        "several",
        "several figures are there for `high` (quantity)",
    );
}

#[test]
fn an_open_slot_is_shown_as_it_is_written_with_the_figures_that_are_there() {
    let tide = rule("tide", QUANTITIES, ORDER, SLOTS);
    let article = "High water is at 7 metres and ebb at 3 metres.";
    let told = told_with(article, &[("tide", tide)], &[]);
    let tried = all(&told, "tried");
    let own = tried.iter().find(|tried| tried["rule"] == "tide").unwrap();
    assert_eq!(own["open"][0]["written"], "low water ..3 {low}");
    assert_eq!(own["open"][0]["roles"], serde_json::json!([{ "name": "low", "kind": "quantity" }]));
    assert_eq!(own["filled"], serde_json::json!([{ "role": "high", "figure": "7 metres" }]));
}

#[test]
fn what_came_nearest_comes_first() {
    let far = SLOTS.replace("low water", "neap water");
    let rules = [
        ("far", rule("far", QUANTITIES, ORDER, &far)),
        ("tide", rule("tide", QUANTITIES, ORDER, &format!("{SLOTS}with = [\"spring tide\"]"))),
    ];
    let article = "High water is at 7 metres, low water at 9 metres.";
    let told = told_with(article, &rules, &[]);
    let order: Vec<&str> =
        all(&told, "tried").iter().map(|tried| tried["rule"].as_str().unwrap()).collect();
    assert_eq!(order[..2], ["tide", "far"]);
}

#[test]
fn why_links_and_changes_are_no_relation_of_a_rule() {
    let order = |rest: &str| rule("tide", QUANTITIES, ORDER, rest);
    is_why(
        order("[[link]]\ntext = \"low water ..3 {low} (, high water ..3 {high})?\""),
        "Low water is at 9 metres today, not 5 metres.",
        "empty-role",
        "there is no figure for `high` (quantity)",
    );
    is_why(
        order(&format!("{LINK}converts = true")),
        "Low water is at 9 metres, high water at 5 metres.",
        "no-conversion",
        "neither figure is the other one in another unit",
    );
    is_why(
        rule("tide", ["money", "money"], ORDER, CHANGE),
        "The harvest rose to 12 metres from 7 metres.",
        "not-taken",
        "\"7 metres\" is no `low` (money)",
    );
    is_why(
        order(CHANGE),
        "The river stood at 12 metres, compared with 7 metres a year ago.",
        "no-direction",
        "no words say for sure which way it goes",
    );
    let by = "[[frame]]\nrise = { from = \"{low}\", to = \"{high}\", by = \"{by}\" }\n\
              fall = { from = \"{low}\", to = \"{high}\", by = \"{-by}\" }";
    let by = rule("tide", QUANTITIES, "that = \"by = percent_change(low, high)\"", by);
    is_why(
        by.replace("[holds]", "by = \"percent\"\n[holds]"),
        "The river rose to 12 metres from 7 metres.",
        "no-amount",
        "no figure says by how much, as it would for `by` (percent)",
    );
    let whole = "[[frame]]\nwhole = \"{high:money}\"\nparts = \"{low:money}\"";
    is_why(
        rule("tide", ["list of money", "money"], "that = \"sum(low) = high\"", whole),
        "The mill sold 115 tonnes, comprising 40 tonnes of wheat, 35 tonnes of rye and 40 tonnes of oats.",
        "not-taken",
        "\"115 tonnes\" is no `high` (money)",
    );
}

/// What was read of the changes of an article: whether each is one, and what is told of it.
fn changes(article: &str) -> Vec<(String, String)> {
    let told = told_with(article, &[], &[]);
    let word = |value: &Value| value.as_str().unwrap_or("a change").to_owned();
    let change = |change: &&Value| {
        let reasons = change["reasons"].as_array().unwrap();
        let reasons: Vec<String> = reasons.iter().map(word).collect();
        (word(&change["kind"]), reasons.join("; "))
    };
    all(&told, "changes").iter().map(change).collect()
}

#[test]
fn why_what_was_read_is_no_change() {
    for (article, kind, reasons) in [
        ("The river rose to 12 metres from 7 metres.", "a change", ""),
        ("Exports rose 20 percent to 600 tonnes in May.", "no-first", "there is no first level"),
        (
            "Sales rose from 500 tonnes and then from 450 tonnes.",
            "no-last",
            "there is no last level; \"450 tonnes\" may be the first level too, and begins \
             another change",
        ),
        (
            "Income was $62 million, versus the $60 million that analysts expected, up 3 percent.",
            "no-levels",
            "there is no level, neither a first nor a last; \"$60 million\" was only expected, so it is no \
             level",
        ),
        (
            "Sales fell from 40 people to 30 tonnes.",
            "no-partner",
            "no partner: people and metric ton (\"40\" and \"30 tonnes\")",
        ),
        (
            "Sales rose 5 percent from 500 tonnes, with 12 barges, to 525 tonnes.",
            "no-last",
            "there is no last level; \"12\" stands there and has no place",
        ),
        (
            "Income grew 3.3 percent to $70 million, versus $80 million a year ago.",
            "other-way",
            "it is only compared, and the figures go the other way than the words",
        ),
        (
            "Sales rose 4 percent from May, from 300 tonnes to 312 tonnes.",
            "two-bases",
            "it is compared with a time, and then with a figure",
        ),
        (
            "Sales rose by 40 tonnes to 310 tonnes this year, from 190 tonnes a decade ago.",
            "long-ago",
            "the first level is of long before what else is told",
        ),
        (
            "Costs went from $89 billion to $93 billion to $84 billion.",
            "was-range",
            "the first figures are a range; \"$84 billion\" may be the last level too, and begins \
             another change",
        ),
        (
            "Exports rose to 60 tonnes against 50 tonnes and 40 tonnes.",
            "two-in-one",
            "two changes are told in one",
        ),
        (
            "Rye rose from 30 percent to 35 percent of all revenue.",
            "of-another",
            "what the first figure is a share of is not told",
        ),
        (
            "Sales rose to 60 tonnes, and the very large new mill by the old harbour bridge then stood much \
             higher in the list from 50 tonnes.",
            "no-first",
            "there is no first level; \"50 tonnes\" stands too far off to belong to it",
        ),
        (
            "Sales rose from 500 tonnes and prices fell to 450 euros.",
            "no-last",
            "there is no last level; words follow that tell of another change",
        ),
    ] {
        assert_eq!(changes(article)[0], (kind.to_owned(), reasons.to_owned()), "{article}");
    }
    let second =
        changes("Sales rose 5 percent from 500 tonnes, 12 barges, to 525 tonnes from 510 tonnes.");
    let strayed = ("strayed".to_owned(), "a figure without a place stands before these".to_owned());
    assert_eq!(second[1], strayed);
}

/// What came of each relation of these rules: its rule and the outcome.
fn outcomes(article: &str, rules: &[(&str, String)], further: &[&str]) -> Vec<(String, String)> {
    let told = told_with(article, rules, further);
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let relations = all(&told, "relations").into_iter();
    relations.map(|one| (word(&one["rule"]), word(&one["outcome"]))).collect()
}

#[test]
fn why_a_relation_is_silent() {
    let tide = |rest: &str| [("tide", rule("tide", QUANTITIES, ORDER, &format!("{LINK}{rest}")))];
    let article = "Low water is at 9 metres, high water at 5 metres.";
    let is = |article: &str, rules: &[(&str, String)], further: &[&str], expected: &str| {
        let found = outcomes(article, rules, further);
        let own: Vec<_> = found.iter().filter(|(rule, _)| rule == "tide").collect();
        assert_eq!(own, [&("tide".to_owned(), expected.to_owned())], "{article}");
    };
    is(article, &tide(""), &[], "reported, as an error");
    is(article, &tide(""), &["--level", "tide=note"], "reported, as a note");
    is(article, &tide(""), &["--ignore", "tide"], "not reported, for its rule is left out");
    is(
        "Low water is at 5 metres, high water at 9 metres.",
        &tide(""),
        &[],
        "not reported, for it holds",
    );
    is(
        &format!("{article} <!-- crossfoot-ignore tide: measured in the dock -->"),
        &tide(""),
        &[],
        "not reported, for it is to stand: measured in the dock",
    );
    is(
        "\"Low water is at 9 metres, high water at 5 metres.\"",
        &tide(""),
        &[],
        "reported, as a warning; a level lower, for it stands in quotation marks",
    );
    is(
        article,
        &tide("excuses = true"),
        &[],
        "not reported, for it is read only to excuse other readings of its figures",
    );
    let not_meant = format!("{ORDER}\nif = \"high <= low / 3\"");
    is(
        article,
        &[("tide", rule("tide", QUANTITIES, &not_meant, LINK))],
        &[],
        "not reported, for by the `if` of its rule these figures are not meant together",
    );
    let other = rule("spring", QUANTITIES, "that = \"low >= high\"", LINK);
    is(
        article,
        &[tide("")[0].clone(), ("spring", other)],
        &[],
        "not reported, for spring reads its figures too (9 metres, 5 metres), and that reading holds",
    );
    let quiet = rule("tide", QUANTITIES, ORDER, LINK).replace("[roles]", "quiet = true\n[roles]");
    is(
        "Low water is at 5 metres, high water at 9 metres.",
        &[("tide", quiet)],
        &[],
        "not reported: a figure by itself, of which there is nothing to say",
    );
}

#[test]
fn of_two_readings_of_the_same_figures_one_is_reported() {
    let article = "The company will close two of its 14 plants, leaving 13 open.\n";
    let told = told_with(article, &[], &[]);
    let relations = all(&told, "relations");
    let said = relations.iter().filter(|one| one["verdict"] == "contradicts");
    let levels: Vec<&Value> = said.map(|one| &one["reported"]).collect();
    assert_eq!(levels.iter().filter(|level| level.is_string()).count(), 1, "{levels:?}");
    assert_eq!(levels.len(), 2, "{levels:?}");
}

#[test]
fn what_a_more_special_rule_says_is_told() {
    let spring = rule("spring", QUANTITIES, ORDER, LINK);
    let spring = spring.replace("[roles]", "over = [\"tide\"]\n[roles]");
    let rules = [("tide", rule("tide", QUANTITIES, ORDER, LINK)), ("spring", spring)];
    let told = told_with("Low water is at 9 metres, high water at 5 metres.", &rules, &[]);
    let tried = all(&told, "tried");
    let own = tried.iter().find(|tried| tried["rule"] == "tide").unwrap();
    assert_eq!(own["kind"], "gives-way");
    assert_eq!(own["reason"], "it gives way to spring, which takes the same figures");
}

/// A rule that was measured to be wrong in so many of 50.
fn measured(held: usize, further: &[&str]) -> String {
    let measures = format!(
        "texts = 100\n[tide]\nseen = 100\nheld = {held}\ndifferent = 100\nread = {{ true = 0, arguable = 0, \
         false = {} }}\nunread = 0\n",
        100 - held
    );
    let rules = [("tide", rule("tide", QUANTITIES, ORDER, LINK)), ("measured", measures)];
    outcomes("Low water is at 9 metres, high water at 5 metres.", &rules, further)[0].1.clone()
}

#[test]
fn what_was_measured_of_a_rule_is_told() {
    assert_eq!(
        measured(95, &[]),
        "reported, as a warning; its rule was wrong too often for an error"
    );
    assert_eq!(
        measured(50, &[]),
        "not reported, for this rule was measured to be wrong too often; `--preview` lets it speak"
    );
    assert!(measured(50, &["--preview"]).starts_with("reported, as a warning"));
}

#[test]
fn an_assert_goes_before_the_prose() {
    let claims = "article = \"../a.md\"\n[[claim]]\nid = \"total\"\nquote = \"$90 million\"\n\
                  value = \"$90 million\"\n[[claim]]\nid = \"span\"\nquote = \"four years\"\n\
                  value = \"four years\"\n[[claim]]\nid = \"rate\"\nquote = \"$25 million a year\"\n\
                  value = \"$25 million a year\"\n[[assert]]\nrule = \"wrong-rate\"\ntotal = \"total\"\n\
                  span = \"span\"\nrate = \"rate\"\n";
    let article = "The board has $90 million over four years, or $25 million a year.\n";
    let here = folder(&[("a.md", article), ("claims/a.toml", claims)]);
    let (code, out, said) = ran(here.path(), &["explain", "a.md:1"]);
    assert_eq!((code, said.as_str()), (0, ""));
    assert!(out.contains("for an assert of the claims file decides it"), "{out}");
}

const DRAFT: &str = "# Ferries\n\nOf the 1,640 officers on the ferries, 410 are women, a share of 25 percent. \
                     Exports rose\n20 percent to 600 tonnes in May 2025; nearly 40 people were hired since \
                     2019.\n\nNothing is counted here.\n";

#[test]
fn a_whole_explanation() {
    let tide = rule("tide", QUANTITIES, ORDER, &format!("{SLOTS}{CHANGE}{LINK}"));
    let mole =
        rule("mole", QUANTITIES, ORDER, "[[frame]]\nslots = [\"the mole ..3 {high}\", \"{low}\"]");
    let text = "# Harbour\n\nLow water is at about 9 metres, high water at 5 metres. Low\nwater rose 20 percent \
                to 6 metres in May 2025; since 2019 the mole is up to 12 metres from 20 people.\n";
    let here = folder(&[("draft.md", text), ("r/tide.toml", &tide), ("r/mole.toml", &mole)]);
    let asked = ["--isolated", "--rules", "r", "--select", "tide,mole"];
    let (code, out, said) = ran(here.path(), &[&["explain", "draft.md:3"], &asked[..]].concat());
    assert_eq!((code, said.as_str()), (0, ""));
    insta::assert_snapshot!(out);
}

#[test]
fn a_column_means_its_sentence_and_a_line_all_that_touch_it() {
    let here = folder(&[("draft.md", DRAFT)]);
    let told = |place: &str| {
        let (code, out, said) =
            ran(here.path(), &["explain", place, "--isolated", "--format", "json"]);
        assert_eq!((code, said.as_str()), (0, ""), "{place}");
        let told: Value = serde_json::from_str(&out).unwrap();
        let sentences = told["sentences"].as_array().unwrap();
        sentences
            .iter()
            .map(|one| one["text"].as_str().unwrap()[..7].to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(told("draft.md:3"), ["Of the ", "Exports"]);
    assert_eq!(told("draft.md:4"), ["Exports"]);
    assert_eq!(told("draft.md:3:1"), ["Of the "]);
    assert_eq!(told("draft.md:3:85"), ["Exports"]);
    let run = crossfoot_with(
        here.path(),
        &["explain", "-:3", "--stdin-filename", "x.md", "--isolated"],
        DRAFT,
        &[],
    );
    assert!(
        String::from_utf8(run.stdout).unwrap().starts_with("x.md:3:1\n  Of the 1,640 officers")
    );
}

#[test]
fn options_fix_how_the_article_is_read() {
    let here = folder(&[("a.md", "It was $5 on 08/07/2025 and 10 gallons last year.\n")]);
    let figures = |further: &[&str]| {
        let all = [&["explain", "a.md:1", "--isolated"][..], further].concat();
        let (code, out, said) = ran(here.path(), &all);
        assert_eq!((code, said.as_str()), (0, ""));
        out
    };
    assert!(figures(&[]).contains("\"last year\": date; days unknown"));
    let fixed =
        figures(&["--published", "2025-11-28", "--currency", "AUD", "--date-order", "day-first"]);
    for words in ["5 AUD", "2024-01-01 to 2024-12-31", "2025-07-08"] {
        assert!(fixed.contains(words), "{words}: {fixed}");
    }
    assert_ne!(figures(&["--imperial", "uk"]), figures(&["--imperial", "us"]));
}

#[test]
fn lines_are_folded_at_the_width_of_the_terminal() {
    let here = folder(&[("draft.md", DRAFT)]);
    for width in ["40", "72"] {
        let all = ["explain", "draft.md:3", "--isolated"];
        let run = crossfoot_with(here.path(), &all, "", &[("COLUMNS", width)]);
        let out = String::from_utf8(run.stdout).unwrap();
        let most: usize = width.parse().unwrap();
        for line in out.lines().filter(|line| line.trim().contains(' ')) {
            assert!(line.chars().count() <= most, "{width}: {line}");
        }
    }
}

#[test]
fn ten_are_shown_and_all_where_asked_for() {
    let tides: Vec<(String, String)> = (0..14)
        .map(|number| {
            let id = format!("tide-{number}");
            let text = rule(&id, QUANTITIES, ORDER, &format!("{SLOTS}with = [\"spring tide\"]"));
            (format!("r/{id}.toml"), text)
        })
        .collect();
    let mut files: Vec<(&str, &str)> =
        tides.iter().map(|(path, text)| (&**path, &**text)).collect();
    files.push(("a.md", "High water is at 7 metres, low water at 9 metres.\n"));
    let here = folder(&files);
    let shown = |further: &[&str]| {
        let all = [&["explain", "a.md:1", "--isolated", "--rules", "r"][..], further].concat();
        let (_, out, _) = ran(here.path(), &all);
        (out.matches("tide-").count(), out.contains("more; `--all` shows them"))
    };
    assert_eq!((shown(&[]), shown(&["--all"])), ((10, true), (14, false)));
}

#[test]
fn a_place_that_is_not_there_or_has_no_figure_is_an_error() {
    let german = "Die Stadt hat im vergangenen Jahr mehr als 3.000 Wohnungen gebaut, und der Bürgermeister \
                  sagte, dass es in diesem Jahr noch einmal so viele werden sollen.\n";
    let here = folder(&[
        ("draft.md", DRAFT),
        ("bare.md", "Nothing is counted.\n"),
        ("g.md", german),
        ("c.toml", ""),
        ("odd:3", "It was 5 metres.\n"),
    ]);
    for (place, expected) in [
        ("draft.md:99", "draft.md has no line 99; it has 7 lines"),
        ("draft.md:0", "draft.md has no line 0; it has 7 lines"),
        (
            "draft.md:99999999999999999999999",
            "draft.md has no line 18446744073709551615; it has 7 lines",
        ),
        ("draft.md:1:99", "draft.md:1 has no column 99; it has 9 columns"),
        (
            "draft.md:6",
            "draft.md:6: no figure is read in this line; the nearest line with figures is draft.md:4",
        ),
        (
            "draft.md:1:3",
            "draft.md:1:3: no sentence with figures stands here; the nearest line with figures is draft.md:3",
        ),
        (
            "bare.md:1",
            "bare.md:1: no figure is read in this line, nor anywhere else in this article",
        ),
        ("g.md:1", "g.md: this looks like German; only English is read"),
        ("c.toml:1", "c.toml is no article; places of articles are explained"),
        ("nosuch.md:3", "nosuch.md: there is no such file"),
        ("draft.md", "draft.md is a file: which line of it? `crossfoot explain draft.md:LINE`"),
        ("odd:3", "odd:3 is a file: which line of it? `crossfoot explain odd:3:LINE`"),
    ] {
        let (code, out, said) = ran(here.path(), &["explain", place, "--isolated"]);
        assert_eq!((code, out.as_str()), (2, ""), "{place}");
        assert_eq!(said, format!("crossfoot: {expected}\n"), "{place}");
    }
    // Of a file with a colon in its name the line is what follows.
    let (code, _, said) = ran(here.path(), &["explain", "odd:3:1", "--isolated"]);
    assert!(
        code == 2 && said.starts_with("crossfoot: odd:3: this is neither an article"),
        "{said}"
    );
    let (code, _, said) = ran(here.path(), &["explain", "wrong-rate", "--all"]);
    assert!(code == 2 && said.contains("are for places"), "{said}");
}
