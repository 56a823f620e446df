//! `record`: what it writes, what it keeps, and that it is never half done.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crossfoot::Article;
use crossfoot::NoArticles;
use crossfoot::finding::Severity;
use crossfoot::follow::Desk;
use crossfoot::lexicon::Lexicon;
use crossfoot::rule::{Case, Examples, Registry};
use crossfoot::source::Sources;
use crossfoot::{Inputs, Options, check};

use super::recorded;
use crate::support::{crossfoot, root};

const DRAFT: &str = "\
The government will provide an aid package of $290 million over four years, or $72.5 million a year.

The road to the north was finished in June 2024. Some 5,200 volunteers helped to build it, 12 of them
from abroad.
";

fn folder(draft: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("draft.md"), draft).unwrap();
    folder
}

fn claims(folder: &Path) -> String {
    fs::read_to_string(folder.join("claims/draft.toml")).unwrap()
}

fn run(folder: &Path, arguments: &[&str]) -> String {
    let run = crossfoot(folder, arguments);
    let error = String::from_utf8(run.stderr).unwrap();
    assert!(run.status.success(), "{arguments:?}: {error}");
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn a_draft_becomes_a_claims_file() {
    let here = folder(DRAFT);
    let out = run(here.path(), &["record", "draft.md", "--published", "2025-01-31"]);
    assert_eq!(out, "claims/draft.toml: 6 claims, 1 relation\n");
    insta::assert_snapshot!(claims(here.path()));
    let out = run(here.path(), &["check"]);
    assert_eq!(out, "6 figures: 3 compared in 1 relation, no contradiction; 3 stand alone\n");
}

#[test]
fn its_own_output_is_left_as_it_is() {
    let here = folder(DRAFT);
    run(here.path(), &["record", "draft.md"]);
    let first = claims(here.path());
    let modified =
        || fs::metadata(here.path().join("claims/draft.toml")).unwrap().modified().unwrap();
    let before = modified();
    let out = run(here.path(), &["record", "draft.md"]);
    assert_eq!(out, "claims/draft.toml: 6 claims, 0 of them new, 1 relation, 0 of them new\n");
    assert_eq!(claims(here.path()), first);
    assert_eq!(modified(), before);
}

/// A file that a person has worked on: comments, another order, odd spaces, own ids, a source.
const BY_HAND: &str = "\
# The desk's own remark.
article = \"../draft.md\"   # the draft

[[claim]] # the road comes first, for it was checked first
   id='road_done'
quote = \"finished in June 2024\"
value   =    \"June 2024\"     # see the ministry
note = '''two
lines'''
[claim.source]
title = \"the ministry\"
locator = \"p. 3\"


[[claim]]
id = \"aid\"
value = \"$290 million\"
quote = \"aid package of $290 million\"
status = \"verified\"

[[assert]]
that = \"aid > $1 million\" # by hand
# The end.";

#[test]
fn what_a_person_wrote_is_kept() {
    let here = folder(DRAFT);
    fs::create_dir(here.path().join("claims")).unwrap();
    fs::write(here.path().join("claims/draft.toml"), BY_HAND).unwrap();
    run(here.path(), &["record", "draft.md"]);
    let text = claims(here.path());
    // Every line is there, in its order.
    let mut rest = text.lines();
    for line in BY_HAND.lines() {
        assert!(rest.any(|other| other == line), "{line} is lost in\n{text}");
    }
    assert!(text.contains("[[claim]]\nid        = "), "{text}");
    let again = run(here.path(), &["record", "draft.md"]);
    assert!(again.contains("0 of them new"), "{again}");
    assert_eq!(claims(here.path()), text);
    let out = run(here.path(), &["check", "--format", "short"]);
    assert!(!out.contains("error"), "{out}");
}

#[test]
fn what_is_gone_is_marked_and_comes_back() {
    let here = folder(DRAFT);
    run(here.path(), &["record", "draft.md"]);
    let first = claims(here.path());
    fs::write(here.path().join("draft.md"), DRAFT.replace(", 12 of them\nfrom abroad", ""))
        .unwrap();
    let out = run(here.path(), &["record", "draft.md"]);
    assert!(out.contains("gone: abroad"), "{out}");
    let marked = claims(here.path());
    assert_eq!(marked.lines().filter(|line| *line == "gone      = true").count(), 1, "{marked}");
    // The claim takes part in nothing, and nobody is told of it again.
    let out = run(here.path(), &["check", "--format", "short"]);
    assert!(!out.contains("gone-quote"), "{out}");
    fs::write(here.path().join("draft.md"), DRAFT).unwrap();
    run(here.path(), &["record", "draft.md"]);
    assert_eq!(claims(here.path()), first);
}

#[test]
fn line_ends_stay_what_they_are() {
    let here = folder(DRAFT);
    fs::create_dir(here.path().join("claims")).unwrap();
    fs::write(here.path().join("claims/draft.toml"), BY_HAND.replace('\n', "\r\n")).unwrap();
    run(here.path(), &["record", "draft.md"]);
    let text = claims(here.path());
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert!(text.starts_with(&BY_HAND.replace('\n', "\r\n")[..100]));
}

#[test]
fn a_file_that_cannot_be_added_to_is_left_alone() {
    for (text, says) in [
        (
            "article = \"../draft.md\"\nclaim = [{ id = \"a\", value = \"5\" }]\n",
            "list in one line",
        ),
        ("article = \"../draft.md\"\n[[claim]]\nid = \"a\"\nvalu = \"5\"\n", "unknown-key"),
        ("article = \"../draft.md\"\n[[claim\n", "invalid-toml"),
    ] {
        let here = folder(DRAFT);
        fs::create_dir(here.path().join("claims")).unwrap();
        fs::write(here.path().join("claims/draft.toml"), text).unwrap();
        let run = crossfoot(here.path(), &["record", "draft.md", "-o", "claims/draft.toml"]);
        assert_eq!(run.status.code(), Some(2), "{text}");
        let said = String::from_utf8(run.stdout).unwrap() + &String::from_utf8(run.stderr).unwrap();
        assert!(said.contains(says), "{said}");
        assert_eq!(claims(here.path()), text);
    }
}

#[test]
fn the_claims_of_another_article_are_not_written_over() {
    let here = folder(DRAFT);
    fs::create_dir(here.path().join("claims")).unwrap();
    fs::write(here.path().join("claims/draft.toml"), "article = \"../other.md\"\n").unwrap();
    let run = crossfoot(here.path(), &["record", "draft.md"]);
    assert_eq!(run.status.code(), Some(2));
    let error = String::from_utf8(run.stderr).unwrap();
    assert_eq!(
        error,
        "crossfoot: claims/draft.toml holds the claims of other.md, not of draft.md; \
         name another file with `--output`\n"
    );
    assert_eq!(crossfoot(here.path(), &["record", "nothing.md"]).status.code(), Some(2));
    assert_eq!(crossfoot(here.path(), &["record", "claims/draft.toml"]).status.code(), Some(2));
}

/// The folder of the drafts leads to the same claims files as the working directory does.
#[test]
fn drafts_in_a_folder_have_one_claims_file_each() {
    let here = tempfile::tempdir().unwrap();
    fs::create_dir(here.path().join("drafts")).unwrap();
    for name in ["a", "b", "c"] {
        let draft = format!("drafts/{name}.md");
        fs::write(here.path().join(&draft), DRAFT).unwrap();
        run(here.path(), &["record", &draft]);
    }
    for name in ["a", "b", "c"] {
        let draft = format!("drafts/{name}.md");
        let out = run(here.path(), &["record", &draft]);
        assert!(out.starts_with(&format!("claims/{name}.toml: 6 claims, 0 of them new")), "{out}");
        assert_eq!(run(here.path(), &["diff", &draft, &draft]), "claims: 6 the same\n");
    }
}

#[test]
fn figures_that_are_exempt_get_no_claim() {
    let here = folder(DRAFT);
    fs::create_dir(here.path().join("claims")).unwrap();
    let exempt = "article = \"../draft.md\"\n[[exempt]]\nquote = \"Some 5,200 volunteers\"\n";
    fs::write(here.path().join("claims/draft.toml"), exempt).unwrap();
    run(here.path(), &["record", "draft.md"]);
    assert!(!claims(here.path()).contains("\"Some 5,200\""));
    let out = run(here.path(), &["check", "--show-coverage"]);
    assert!(
        out.contains("draft.md: claims cover 5 of 5 figures, 100 %, 1 need no checking"),
        "{out}"
    );
}

/// The articles of the project, through the command.
#[test]
fn the_relations_of_an_article_are_those_of_its_claims() {
    for name in ["flood-aid.md", "city-marathon.md", "school-report.md", "armenia.md"] {
        let text = fs::read_to_string(root().join("fixtures/articles").join(name)).unwrap();
        let here = folder(&text);
        let alone = run(here.path(), &["check", "draft.md", "--format", "short", "--exit-zero"]);
        run(here.path(), &["record", "draft.md"]);
        let both = run(here.path(), &["check", "--format", "short", "--exit-zero"]);
        let findings = |out: &str| {
            let mut all: Vec<String> =
                out.lines().filter(|line| line.contains('[')).map(str::to_owned).collect();
            all.sort();
            all
        };
        assert_eq!(findings(&alone), findings(&both), "{name}");
        let checked = |out: &str| {
            let line = out.lines().last().unwrap();
            let relations = line.split("compared in ").nth(1).unwrap();
            relations.split(' ').next().unwrap().parse::<usize>().unwrap()
        };
        assert_eq!(checked(&alone), checked(&both), "{name}");
    }
}

/// Whenever the program is ended, the claims file is the old one or the new one.
#[test]
fn an_end_at_any_moment_leaves_the_old_file_or_the_new_one() {
    let mut draft = String::new();
    for copy in 0..40 {
        draft.push_str(
            &DRAFT
                .replace("290", &format!("{}", 300 + copy))
                .replace("5,200", &format!("{},200", copy + 6)),
        );
        draft.push('\n');
    }
    let old = BY_HAND.replace("aid package of $290 million", "aid package of $300 million");
    let here = folder(&draft);
    let path = here.path().join("claims/draft.toml");
    fs::create_dir(here.path().join("claims")).unwrap();
    fs::write(&path, &old).unwrap();
    let new = {
        run(here.path(), &["record", "draft.md"]);
        let text = claims(here.path());
        fs::write(&path, &old).unwrap();
        text
    };
    let (mut olds, mut news) = (0, 0);
    for micros in (0..60).map(|step| step * 700) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
            .args(["record", "draft.md"])
            .current_dir(here.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(micros));
        let _ = child.kill();
        child.wait().unwrap();
        let now = fs::read_to_string(&path).unwrap();
        if now == old {
            olds += 1;
        } else {
            assert_eq!(now, new);
            news += 1;
            fs::write(&path, &old).unwrap();
        }
    }
    assert!(0 < olds, "the program was never ended before it had written; {news} times after");
}

#[test]
fn every_figure_becomes_a_claim() {
    let text =
        "Of 120 ships, 40 were lost by 3 March 2021; it cost $5 million, or 12 percent more.\n";
    let recording = recorded(text, None);
    let values: Vec<&str> = recording.added.claims.iter().map(|claim| &*claim.value).collect();
    assert_eq!(values, ["120", "40", "by 3 March 2021", "$5 million", "12 percent"]);
    assert!(recording.added.left_out.is_empty());
}

/// What rules say of an article, alone or with a claims file: each rule with its level.
fn said(article: &str, claims: Option<&str>, options: &Options) -> Vec<(String, Severity)> {
    let (mut sources, rules) = (Sources::new(), Registry::built_in());
    let report = if let Some(claims) = claims {
        let id = sources.add("draft.toml", claims);
        let inputs = Inputs { claims: &[id], ..Inputs::default() };
        let mut find = |_, name: &str| Ok(Article::new(name, article));
        check(sources, rules, inputs, options, &mut find)
    } else {
        let id = sources.add("draft.md", article);
        let inputs = Inputs { articles: &[id], ..Inputs::default() };
        check(sources, rules, inputs, options, &mut NoArticles)
    };
    let of_rules = report.findings.iter().filter(|one| rules.get(one.rule.as_str()).is_some());
    let mut all: Vec<_> = of_rules.map(|one| (one.rule.to_string(), one.severity)).collect();
    all.sort();
    all
}

#[test]
fn what_is_recorded_speaks_as_loudly_as_the_bare_article() {
    let mut sources = Sources::new();
    let lexicon = Lexicon::built_in();
    let rules = Registry::new(&mut sources, &[], lexicon, Examples::Read, &mut Vec::new());
    let (mut weaker, mut seen) = (Vec::new(), 0);
    for rule in rules.all() {
        for example in &rule.examples {
            let Case::Text { text, .. } = &example.case else { continue };
            let quoted = format!("\u{201c}{text}\u{201d} the minister said.");
            for text in [text, &quoted] {
                let options = Options::new().published(example.published);
                let bare = said(text, None, &options);
                let desk = Desk { rules: Registry::built_in(), options: &options };
                let mut sources = Sources::new();
                let id = sources.add("draft.md", &**text);
                let recorded = desk.record(&sources, (id, "draft.md"), None).unwrap().text;
                let with = said(text, Some(&recorded), &options);
                seen += bare.len();
                let is_kept = |one: &&(String, Severity)| {
                    let like = |other: &&(String, Severity)| other.0 == one.0 && one.1 <= other.1;
                    with.iter().filter(like).count() < bare.iter().filter(like).count()
                };
                weaker.extend(bare.iter().find(is_kept).map(|one| (one.clone(), text.clone())));
            }
        }
    }
    assert!(300 < seen, "{seen} findings");
    assert!(weaker.is_empty(), "{} of {seen}: {weaker:#?}", weaker.len());
}

#[test]
fn a_slip_is_not_lowered_twice_by_recording() {
    let text = "Unemployment fell from 6.5 per cent to 5.5 per cent, a drop of 1 per cent.";
    let options = Options::default();
    let claims = recorded(text, None).text;
    let expected = [("percent-for-points".to_owned(), Severity::Warning)];
    assert_eq!(said(text, None, &options), expected);
    assert_eq!(said(text, Some(&claims), &options), expected);
    // The level that somebody writes is the one that is meant.
    let stated = claims.replace("rule      = \"wrong-percent-change\"", "$0\nseverity = \"error\"");
    let stated = stated.replace("$0", "rule = \"wrong-percent-change\"");
    let expected = [("percent-for-points".to_owned(), Severity::Error)];
    assert_eq!(said(text, Some(&stated), &options), expected);
}

/// The id, subject and date of the claim of the first figure with some words.
fn named(article: &str, figure: &str) -> (String, String, String) {
    let file: toml::Table = recorded(article, None).text.parse().unwrap();
    let claims = file["claim"].as_array().unwrap();
    let claim = claims.iter().find(|claim| claim["quote"].as_str().unwrap().contains(figure));
    let text = |key: &str| {
        claim.unwrap_or_else(|| panic!("{file:?}")).get(key).map_or("", |it| it.as_str().unwrap())
    };
    (text("id").to_owned(), text("subject").to_owned(), text("when").to_owned())
}

#[test]
fn claims_are_named_after_what_their_figures_are_of() {
    for (article, figure, id) in [
        (
            "Total aid in response to the impacts of the drought is $320 billion.",
            "$320",
            "total_aid",
        ),
        (
            "The level of unemployment in the valley fell by 17,300.",
            "17,300",
            "level_of_unemployment",
        ),
        ("Approvals for private houses rose 15.1 percent.", "15.1", "approvals_change"),
        ("The price of oil rose to $80.", "$80", "price_of_oil"),
        (
            "The undergraduate full-time employment rate fell to 68.7 percent.",
            "68.7",
            "full_time_employment_rate",
        ),
        ("The council is extending a 50 percent waiver of charges.", "50 percent", "waiver"),
        (
            "It is part of the council's $1.7 billion security strategy.",
            "$1.7",
            "security_strategy",
        ),
        ("The council announced $580,000 in funding on Monday.", "$580,000", "funding"),
        // A level is of what reached it.
        ("Shares climbed to $76.90 in late trading.", "$76.90", "shares"),
        ("The council spent $5 million in recent years.", "$5 million", "council_spent"),
    ] {
        assert_eq!(named(article, figure).0, id, "{article}");
    }
}

#[test]
fn a_subject_is_a_name_that_the_figure_may_be_of() {
    for (article, figure, subject) in [
        ("Northern Valley Council hired 12 nurses.", "12", "Northern Valley Council"),
        ("Halloran: The fund should have 15 nurses. He met Halloran.", "15", ""),
        ("We're building 12 schools.", "12", ""),
        ("With the Job-ready Graduates scheme, there will be 300 places.", "300", ""),
    ] {
        assert_eq!(named(article, figure).1, subject, "{article}");
    }
}

#[test]
fn the_year_of_a_name_dates_nothing() {
    let article = "The county pays for its $1.7 billion Security Strategy 2020 with a loan.";
    assert_eq!(named(article, "$1.7").2, "");
    assert_eq!(named("Output fell by 4 percent in 2020.", "4 percent").2, "2020");
}
