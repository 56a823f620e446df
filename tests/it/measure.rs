//! Trust that is measured: the measures of a collection of texts, the levels and limits that follow, and where
//! they are told.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crossfoot::lexicon::Lexicon;

use crossfoot::rule::link::{ADDED_UP, TENTATIVE, Takes};
use crossfoot::rule::{Examples, Join, Measure, Read, Registry, Rule, Trust};
use crossfoot::source::Sources;
use crossfoot::{Checker, Options, Rules, Severity};

use crate::support::{check_article, crossfoot, folder, ran, read, root};

const MAKES: &str = r#"
    id       = "more-sold-than-printed"
    summary  = "more copies were sold than printed"
    severity = "error"
    why      = "Returns are left out, and so are copies of the year before."
    [roles]
    sold    = "number"
    printed = "number"
    [holds]
    that = "sold <= printed"
    [[link]]
    text = "sold ..3 {sold} ..3 printed ..3 {printed}"
    [[link]]
    text  = "shifted ..3 {sold} ..3 printed ..3 {printed}"
    apart = "shifted"
    [message]
    contradicts = "{sold} copies are more than {printed}"
    [[pass]]
    sold    = "4,123"
    printed = "6,123"
    [[fail]]
    sold    = "7,123"
    printed = "6,123"
"#;

const RIGHT: &str = "They sold 4,123 copies of printed copies 6,123 in May.";
const WRONG: &str = "They sold 7,123 copies of printed copies 6,123 in May.";

/// Texts in lines, so many right ones and one that is not.
fn lines(right: usize) -> String {
    let mut out = String::new();
    for number in 0..right {
        let text = RIGHT.replace("4,123", &format!("4,{:03}", 100 + number));
        writeln!(out, "{{\"id\": \"a{number}\", \"text\": \"{text}\"}}").unwrap();
    }
    writeln!(out, "{{\"id\": \"b\", \"published\": \"2025-08-07\", \"text\": \"{WRONG}\"}}")
        .unwrap();
    out
}

fn of<'m>(table: &'m toml::Table, rule: &str) -> &'m toml::Table {
    table[rule].as_table().unwrap()
}

fn measured(folder: &Path, arguments: &[&str]) -> (toml::Table, String) {
    let (code, out, said) = ran(folder, &[&["rules", "--measure"], arguments].concat());
    assert_eq!(code, 0, "{out}{said}");
    let written = fs::read_to_string(folder.join("rules/measured.toml")).unwrap();
    (written.parse().unwrap(), out)
}

#[test]
fn what_holds_in_unaltered_texts_is_counted_and_judgements_are_kept() {
    let here = folder(&[
        ("rules/more-sold-than-printed.toml", MAKES),
        ("texts.jsonl", &lines(60)),
        ("more/one.md", "They shifted 7,123 copies of printed copies 6,123 in May.\n"),
    ]);
    let (table, out) = measured(here.path(), &["texts.jsonl", "more"]);
    assert_eq!(table["texts"].as_integer(), Some(62));
    assert!(out.contains("2 contradictions are to be read, and judged in judged.toml"), "{out}");
    let rule = of(&table, "more-sold-than-printed");
    let number = |table: &toml::Table, key: &str| table[key].as_integer().unwrap();
    assert_eq!((number(rule, "seen"), number(rule, "held"), number(rule, "unread")), (61, 60, 1));
    assert_eq!(number(rule, "different"), 61);
    let apart = of(of(rule, "apart"), "shifted");
    assert_eq!((number(apart, "seen"), number(apart, "held")), (1, 0));
    // Who reads them needs their words; what is judged keeps none.
    let path = here.path().join("judged.toml");
    let judged = fs::read_to_string(&path).unwrap();
    assert_eq!(judged.matches("copies of printed copies").count(), 2, "{judged}");
    let judged = judged.replacen("judged      = \"\"", "judged = \"true\"", 1);
    fs::write(&path, judged.replacen("judged      = \"\"", "judged = \"false\"", 1)).unwrap();
    let (table, out) = measured(here.path(), &["texts.jsonl", "more"]);
    let rule = of(&table, "more-sold-than-printed");
    assert_eq!((number(rule, "seen"), number(rule, "held")), (61, 61));
    let shifted = of(of(rule, "apart"), "shifted");
    let told = |table: &toml::Table| of(table, "read")["false"].as_integer().unwrap();
    assert_eq!((told(rule), told(shifted)), (0, 1));
    assert!(!out.contains("to be read"), "{out}");
    let judged = fs::read_to_string(&path).unwrap();
    assert!(!judged.contains("copies of printed"), "{judged}");
    // Nothing new, nothing written otherwise.
    measured(here.path(), &["texts.jsonl", "more"]);
    assert_eq!(fs::read_to_string(&path).unwrap(), judged);
    // What a newsroom measured of its own rule decides, and is shown.
    let (_, explained, _) = ran(here.path(), &["explain", "more-sold-than-printed"]);
    let told = "held in 61 of 61 places of 62 unaltered articles; 1 error was real";
    assert!(explained.contains(told), "{explained}");
    let told = "shifted: held in 0 of 1 place of 62 unaltered articles; 1 error was false";
    assert!(explained.contains(told), "{explained}");
    assert!(
        explained.contains("(rules/measured.toml); so in prose it is a warning"),
        "{explained}"
    );
    fs::write(here.path().join("c.md"), format!("{WRONG}\n")).unwrap();
    assert_eq!(ran(here.path(), &["check", "c.md"]).0, 1);
    assert_eq!(ran(here.path(), &["check", "more"]).0, 0);
    assert_eq!(ran(here.path(), &["check", "more", "--deny-warnings"]).0, 1);
}

#[test]
fn what_cannot_be_measured_leaves_no_file() {
    let files = [("a.jsonl", "{\"id\": \"a\"}\n"), ("rules/x.txt", "")];
    let here = folder(&files);
    let fails = |arguments: &[&str], part: &str| {
        let run = crossfoot(here.path(), &[&["rules", "--measure"], arguments].concat());
        let said = String::from_utf8_lossy(&run.stderr).into_owned()
            + &String::from_utf8_lossy(&run.stdout);
        assert_eq!(run.status.code(), Some(2), "{said}");
        assert!(said.contains(part), "{said}");
        assert!(!here.path().join("rules/measured.toml").exists());
        assert!(!here.path().join("judged.toml").exists());
    };
    fails(&["a.jsonl"], "a.jsonl:1: missing field `text`");
    fails(&["b.jsonl"], "b.jsonl");
    fs::write(here.path().join("c.md"), "It has 5 members.\n").unwrap();
    fails(&["c.md", "--output", "no/measured.toml"], "there is no folder");
    // Only measures are written over.
    fails(&["c.md", "--output", "a.jsonl"], "this is not TOML");
    assert_eq!(fs::read_to_string(here.path().join("a.jsonl")).unwrap(), files[0].1);
    fs::write(here.path().join("j.toml"), "[[found]]\ntext = \"a\"\njudged = \"perhaps\"\n")
        .unwrap();
    fails(&["c.md", "--judged", "j.toml"], "`judged` of a contradiction is to be one of");
}

#[test]
fn a_mistake_in_measures_is_told_at_its_place() {
    for (text, part) in [
        (
            "texts = 1\n[wrong-rate]\nseen = 1\nheld = 2\n",
            "rules/measured.toml:4:8: error[wrong-type] 2 of 1 relations cannot hold",
        ),
        ("texts = 1\n[wrong-rate]\nseen = 1.5\nheld = 1\n", "this is to be a whole number"),
        ("texts = 1\n[wrong-rate]\nseen = 1\n", "has no `held`"),
        (
            "texts = 1\n[wrong-rat]\nseen = 1\nheld = 1\n",
            "rules/measured.toml:2:2: error[unknown-rule] there is no rule `wrong-rat`",
        ),
        ("texts = 1\n[wrong-rate]\nseen = 1\nheld = 1\nheard = 1\n", "has no key `heard`"),
        (
            "texts = 1\n[wrong-rate]\nseen = 1\nheld = 1\nstrain = { p95 = \"3\", p99 = \"0\", max = \"0\" }\n",
            "a strain is a number from 0 to 2",
        ),
    ] {
        let here = folder(&[("rules/measured.toml", text), ("a.md", "It has 5 members.\n")]);
        let (code, out, _) = ran(here.path(), &["check", "a.md", "--format", "short"]);
        assert_eq!(code, 2, "{out}");
        assert!(
            out.contains("rules/measured.toml")
                && (out.contains(part)
                    || part
                        == "rules/measured.toml:4:8: error[wrong-type] 2 of 1 relations cannot hold"),
            "{out}"
        );
    }
}

#[test]
fn what_a_newsroom_measured_is_shown_beside_ours_and_decides_nothing_there() {
    let own = "texts = 1_200\n[wrong-weekday]\nseen = 100\nheld = 10\nunread = 90\n";
    let files = [("rules/measured.toml", own), ("a.md", "It opened on Monday, 7 August 2025.\n")];
    let here = folder(&files);
    let (_, explained, _) = ran(here.path(), &["explain", "wrong-weekday"]);
    let ours = &registry().get("wrong-weekday").unwrap().measures_told()[0];
    let theirs = "held in 10 of 100 places of 1,200 unaltered articles; 90 contradictions are not read yet \
                  (rules/measured.toml)";
    assert!(explained.contains(&format!("measured    {ours}\n")), "{explained}");
    assert!(explained.contains(&format!("            {theirs}\n")), "{explained}");
    let (code, out, _) = ran(here.path(), &["check", "a.md", "--format", "short"]);
    assert!(code == 1 && out.contains("error[wrong-weekday]"), "{out}");
}

fn of_shares(seen: u64, held: u64, falsely: u64) -> Measure {
    let read = Read { falsely, ..Read::default() };
    Measure { seen, held, read, ..Measure::default() }
}

#[test]
fn trust_follows_from_what_was_measured() {
    for (seen, held, falsely, trust) in [
        (0, 0, 0, Trust::Full),
        (1, 1, 0, Trust::Full),
        (49, 49, 0, Trust::Full),
        (49, 48, 1, Trust::Doubtful),
        (50, 49, 1, Trust::Full),
        (99, 97, 2, Trust::Doubtful),
        (100, 98, 2, Trust::Full),
        (100, 90, 10, Trust::Doubtful),
        (100, 89, 11, Trust::Preview),
        (10, 8, 1, Trust::Preview),
        (10, 9, 1, Trust::Doubtful),
        // A tenth of fewer than ten is none.
        (3, 2, 1, Trust::Doubtful),
    ] {
        assert_eq!(
            of_shares(seen, held, falsely).trust(),
            trust,
            "{held} of {seen}, {falsely} false"
        );
    }
}

fn registry() -> Registry {
    let (mut sources, mut findings) = (Sources::new(), Vec::new());
    let registry =
        Registry::new(&mut sources, &[], Lexicon::built_in(), Examples::Skip, &mut findings);
    assert!(findings.is_empty(), "{findings:#?}");
    registry
}

/// The level that the numbers of the file ask for, computed from the file by itself.
fn asked(measure: &toml::Table, own: Severity) -> Option<Severity> {
    let number = |key: &str| measure.get(key).map_or(0, |value| value.as_integer().unwrap());
    let (seen, held) = (number("seen"), number("held"));
    let falsely = measure.get("read").map_or(0, |read| read["false"].as_integer().unwrap());
    let is_error = if seen < 50 { falsely == 0 } else { 98 * seen <= 100 * held };
    match () {
        () if is_error => Some(own),
        () if 10 <= seen && 100 * held < 90 * seen => None,
        () => Some(own.min(Severity::Warning)),
    }
}

#[test]
fn the_levels_in_prose_are_those_that_were_measured() {
    let table: toml::Table = read("rules/measured.toml").parse().unwrap();
    let registry = registry();
    let rules: Vec<(&String, &toml::Table)> =
        table.iter().filter_map(|(id, of)| Some((id, of.as_table()?))).collect();
    assert!(20 <= rules.len(), "only {} rules are measured", rules.len());
    for (id, measure) in rules {
        let rule = registry.get(id).unwrap_or_else(|| panic!("there is no rule {id}"));
        assert_ne!(rule.severity, Severity::Note, "{id}");
        let all = measure.get("apart").and_then(toml::Value::as_table);
        let apart =
            all.into_iter().flatten().map(|(name, of)| (Some(&**name), of.as_table().unwrap()));
        for (name, measure) in std::iter::once((None, measure)).chain(apart) {
            assert_eq!(
                rule.level_in_prose(name, rule.severity),
                asked(measure, rule.severity),
                "{id} {name:?}"
            );
        }
    }
}

/// Each name under which links are measured is one that they have.
#[test]
fn what_is_measured_apart_is_there() {
    for rule in registry().all() {
        let links = rule.links.iter().filter_map(|link| link.apart.as_deref());
        let frames = rule.frames.iter().filter_map(|frame| frame.apart.as_deref());
        let has_parts = rule.frames.iter().any(|frame| matches!(frame.takes, Takes::Whole { .. }));
        // Changes are also told of what was before, lists and headlines by weak signs.
        let has_change =
            rule.frames.iter().any(|frame| matches!(frame.takes, Takes::Change { .. }));
        let is_tentative = rule.links.iter().any(|link| link.tentative)
            || rule.frames.iter().any(|frame| frame.tentative)
            || has_change
            || matches!(rule.join, Some(Join::List | Join::Headline));
        let names: Vec<&str> = links
            .chain(frames)
            .chain(has_parts.then_some(ADDED_UP))
            .chain(is_tentative.then_some(TENTATIVE))
            .collect();
        for known in &rule.measured {
            for name in known.of.apart.keys() {
                assert!(names.contains(&&**name), "{} has nothing named {name}", rule.id);
            }
        }
    }
}

#[test]
fn limits_are_measured_where_no_rule_says_them() {
    let registry = registry();
    let percent = registry.get("wrong-percent-change").unwrap();
    assert_eq!(percent.strain, None);
    let measure = percent.measure(None).unwrap();
    let (limit, strain) = (measure.limit().unwrap(), measure.strain.unwrap());
    assert_eq!(limit, strain.max.widened());
    // $2.6bn to $2.9bn is a rise of 11.5 %, and of 19 % only if all three figures were cut off.
    let text = "Sales rose 19% to $2.9bn from $2.6bn.";
    let report = check_article(text, &Options::default());
    assert_eq!(report.findings.len(), 1, "{:#?}", report.findings);
}

fn spoken(rules: &Rules, options: Options, text: &str) -> Vec<(Severity, String)> {
    let report = Checker::new(rules).options(options).article("a.md", text);
    report.findings.into_iter().map(|found| (found.severity, found.rule.to_string())).collect()
}

#[test]
fn levels_fall_in_prose_and_nowhere_else() {
    let rules = |seen: u64, held: u64| {
        let measured = format!(
            "texts = 900\n[more-sold-than-printed]\nseen = {seen}\nheld = {held}\nread = {{ true = 0, arguable = 0, \
             false = {} }}\n",
            seen - held
        );
        Rules::with([
            ("rules/more-sold-than-printed.toml", MAKES),
            ("rules/measured.toml", &measured),
        ])
        .unwrap()
    };
    let rule = || "more-sold-than-printed".to_owned();
    let all = |rules: &Rules| spoken(rules, Options::new(), WRONG);
    assert_eq!(all(&rules(200, 199)), [(Severity::Error, rule())]);
    assert_eq!(all(&rules(200, 190)), [(Severity::Warning, rule())]);
    assert_eq!(all(&rules(200, 150)), []);
    let preview = Options::new().preview(true);
    assert_eq!(spoken(&rules(200, 150), preview, WRONG), [(Severity::Warning, rule())]);
    // Whoever gives the rule a level has it.
    let level = Options::new().level("more-sold-than-printed", Severity::Error);
    assert_eq!(spoken(&rules(200, 150), level, WRONG), [(Severity::Error, rule())]);
    // An assert is somebody's word that the figures belong together.
    let claims = "[[claim]]\nid = \"sold\"\nvalue = 7123\n[[claim]]\nid = \"run\"\nvalue = 6123\n\
                  [[assert]]\nrule = \"more-sold-than-printed\"\nsold = \"sold\"\nprinted = \"run\"\n";
    let mut texts = Sources::new();
    let id = texts.add("a.toml", claims);
    let inputs = crossfoot::Inputs { claims: &[id], ..crossfoot::Inputs::default() };
    let report = Checker::new(&rules(200, 150)).check(&texts, inputs, &mut crossfoot::NoArticles);
    assert_eq!(report.findings[0].severity, Severity::Error);
}

#[test]
fn what_holds_by_unusual_strain_is_a_note() {
    let rule = r#"
        id       = "so-many-each"
        summary  = "boxes times bottles are not the bottles"
        severity = "error"
        why      = "Deliveries are counted twice, and half boxes are not."
        [roles]
        each  = "number"
        times = "number"
        all   = "number"
        [holds]
        that = "each * times = all"
        [[link]]
        text  = "{times} boxes of {each} bottles make {all}"
        mixed = true
        [message]
        contradicts = "{times} boxes of {each} are not {all}"
        [[pass]]
        each  = "12"
        times = "100"
        all   = "1,200"
        [[fail]]
        each  = "12"
        times = "100"
        all   = "1,500"
    "#;
    let rules = |strain: &str| {
        let measured =
            format!("texts = 900\n[so-many-each]\nseen = 200\nheld = 200\nstrain = {strain}\n");
        Rules::with([("rules/so-many-each.toml", rule), ("rules/measured.toml", &measured)])
            .unwrap()
    };
    // 1.8 million boxes are strictly 1.75 to 1.85, with up to 22.2 million bottles, and loosely 1.7 to 1.9.
    let text = "The 1.8 million boxes of 12 bottles make 22.3 million.";
    let all = |strain: &str| spoken(&rules(strain), Options::new(), text);
    let note = all("{ p95 = \"0.5\", p99 = \"1\", max = \"2\" }");
    assert_eq!(note, [(Severity::Note, "so-many-each".to_owned())]);
    assert_eq!(all("{ p95 = \"0.5\", p99 = \"1.75\", max = \"2\" }"), []);
    let error = all("{ p95 = \"0.5\", p99 = \"0.5\", max = \"0.5\" }");
    assert_eq!(error, [(Severity::Error, "so-many-each".to_owned())]);
}

#[test]
fn the_table_of_precision_is_what_was_measured() {
    let page = read("docs/precision.md");
    let table = crossfoot::report::measured_table(&registry());
    let known =
        page.split_once("<!-- measured -->\n").and_then(|(_, rest)| rest.split_once("<!-- -->"));
    let known = known.expect("docs/precision.md has no measured table").0;
    assert!(known.trim() == table.trim(), "run `benches/measured.py --docs`");
    let (_, printed, _) = ran(&root(), &["rules", "--measured"]);
    assert_eq!(printed, table);
}

#[test]
fn reports_tell_what_was_measured_of_the_rules_that_speak() {
    let here = folder(&[("a.md", "Membership fell by 50 percent, from 146,000 to 100,000.\n")]);
    let rule: &Rule = &registry().get("wrong-percent-change").unwrap().clone();
    let told = &rule.measures_told()[0];
    assert!(told.starts_with("held in ") && told.contains(" unaltered articles"), "{told}");
    let (_, sarif, _) = ran(here.path(), &["check", "a.md", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    let about = &log["runs"][0]["tool"]["driver"]["rules"][0];
    assert_eq!(about["properties"]["measured"][0].as_str(), Some(&**told), "{about}");
    let (_, page, _) = ran(here.path(), &["report", "a.md"]);
    assert!(
        page.contains(&format!("The rule wrong-percent-change in prose: <bdi>{told}</bdi>")),
        "{page}"
    );
    let (_, explained, _) = ran(here.path(), &["explain", "wrong-percent-change"]);
    assert!(explained.contains(&format!("  measured    {told}")), "{explained}");
    assert!(read("docs/rules.md").contains(told));
}
