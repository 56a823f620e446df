//! What machines read fits the schemas that were published for it, for every fixture.
//!
//! `tests/schemas/README.md` says where the schemas come from.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::support::{FORMATS, crossfoot, ran, read, root};

/// Every file below a folder with one of these endings.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, endings));
        } else if path.extension().is_some_and(|e| endings.iter().any(|ending| e == *ending)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// What to check for each fixture.
fn runs() -> Vec<Vec<String>> {
    let below = |folder: &str, endings: &[&str]| files(&root().join(folder), endings);
    let text = |path: &PathBuf| path.to_string_lossy().into_owned();
    let mut runs: Vec<Vec<String>> = Vec::new();
    runs.extend(below("claims", &["toml"]).iter().map(|path| vec![text(path)]));
    runs.extend(below("fixtures/articles", &["md", "txt"]).iter().map(|path| vec![text(path)]));
    runs.extend(below("fixtures/newsroom", &["md", "toml"]).iter().map(|path| vec![text(path)]));
    runs.extend(below("fixtures/broken/claims", &["toml"]).iter().map(|path| vec![text(path)]));
    for config in below("fixtures/broken/config", &["toml"]) {
        let article = text(&root().join("fixtures/articles/city-marathon.md"));
        runs.push(vec![article, "--config".to_owned(), text(&config)]);
    }
    assert!(50 < runs.len(), "{}", runs.len());
    runs
}

fn validator(schema: &str) -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn fits(validator: &jsonschema::Validator, value: &Value, what: &str) {
    let errors: Vec<String> =
        validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
}

fn own(name: &str) -> jsonschema::Validator {
    let run = crossfoot(&root(), &["schema", name]);
    validator(&String::from_utf8(run.stdout).unwrap())
}

/// Whether an XML file fits the schema, by libxml2's `xmllint`.
fn xml_fits(file: &Path, what: &str) {
    let schema = root().join("tests/schemas/junit-10.xsd");
    let run = Command::new("xmllint").arg("--noout").arg("--schema").arg(schema).arg(file).output();
    match run {
        Ok(run) => {
            assert!(run.status.success(), "{what}: {}", String::from_utf8_lossy(&run.stderr));
        }
        Err(_) => assert!(std::env::var_os("CI").is_none(), "xmllint is missing"),
    }
}

/// What GitLab's documentation asks of an entry of a code quality report.
fn is_code_quality(report: &Value, what: &str) {
    let mut known = HashSet::new();
    for entry in report.as_array().unwrap() {
        for key in ["description", "check_name"] {
            assert!(entry[key].as_str().is_some_and(|text| !text.is_empty()), "{what}: {key}");
        }
        let fingerprint = entry["fingerprint"].as_str().unwrap();
        assert!(known.insert(fingerprint), "{what}: {fingerprint} is there twice");
        let levels = ["info", "minor", "major", "critical", "blocker"];
        assert!(levels.contains(&entry["severity"].as_str().unwrap()), "{what}");
        let path = entry["location"]["path"].as_str().unwrap();
        assert!(!path.starts_with("./"), "{what}: {path}");
        assert!(
            entry["location"]["lines"]["begin"].as_u64().is_some_and(|line| 0 < line),
            "{what}"
        );
    }
}

#[test]
fn every_fixture_fits_every_schema() {
    let here = tempfile::tempdir().unwrap();
    let file = |name: &str| here.path().join(name);
    let sarif = validator(&read("tests/schemas/sarif-schema-2.1.0.json"));
    let rdjson = validator(&read("tests/schemas/DiagnosticResult.jsonschema"));
    let (json, line) = (own("report"), own("report-line"));
    let parsed = |name: &str| -> Value {
        serde_json::from_str(&fs::read_to_string(file(name)).unwrap()).unwrap()
    };
    let names = ["json", "jsonl", "sarif", "junit", "gitlab", "rdjson", "web-annotation"];
    for run in runs() {
        let mut arguments = vec!["check".to_owned(), "--quiet".to_owned()];
        for name in names {
            arguments.push("-o".to_owned());
            arguments.push(format!("{name}={}", file(name).display()));
        }
        arguments.extend(run.iter().cloned());
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let done = crossfoot(&root(), &arguments);
        let code = done.status.code().unwrap();
        let what = run.join(" ");
        assert!(code <= 2, "{what}: {}", String::from_utf8_lossy(&done.stderr));
        let report = parsed("json");
        fits(&json, &report, &what);
        let lines = fs::read_to_string(file("jsonl")).unwrap();
        for text in lines.lines() {
            fits(&line, &serde_json::from_str(text).unwrap(), &what);
        }
        let found = report["findings"].as_array().unwrap().len();
        let kinds = lines.lines().filter(|line| line.starts_with("{\"type\":\"finding\"")).count();
        assert_eq!(kinds, found, "{what}");
        let log = parsed("sarif");
        fits(&sarif, &log, &what);
        assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), found, "{what}");
        assert_eq!(log["runs"][0]["invocations"][0]["exitCode"], code, "{what}");
        let diagnostics = parsed("rdjson");
        fits(&rdjson, &diagnostics, &what);
        assert_eq!(diagnostics["diagnostics"].as_array().unwrap().len(), found, "{what}");
        is_code_quality(&parsed("gitlab"), &what);
        assert_eq!(parsed("gitlab").as_array().unwrap().len(), found, "{what}");
        xml_fits(&file("junit"), &what);
        let page = parsed("web-annotation");
        is_annotation_page(&page, &what);
        assert_eq!(page["items"].as_array().unwrap().len(), found, "{what}");
    }
}

/// A path as a reference has it.
fn decoded(reference: &str) -> PathBuf {
    let path = reference.strip_prefix("file://").unwrap_or(reference);
    let mut parts = path.split('%');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(part[2..].bytes());
    }
    root().join(String::from_utf8(bytes).unwrap())
}

/// What the Web Annotation Data Model asks of a page of annotations and what stands in it: an IRI and a
/// type each, a target each; and that both selectors of a text lead to the same words.
fn is_annotation_page(page: &Value, what: &str) {
    let uuid = regex::Regex::new(
        "^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
    );
    let uuid = uuid.unwrap();
    assert_eq!(page["@context"], "http://www.w3.org/ns/anno.jsonld", "{what}");
    assert_eq!(page["type"], "AnnotationPage", "{what}");
    let mut ids = HashSet::from([page["id"].as_str().unwrap()]);
    for one in page["items"].as_array().unwrap() {
        let id = one["id"].as_str().unwrap();
        assert!(uuid.is_match(id) && ids.insert(id), "{what}: {id}");
        assert_eq!((&one["type"], &one["motivation"]), (&"Annotation".into(), &"assessing".into()));
        let bodies = one["body"].as_array().unwrap();
        for body in bodies {
            assert_eq!(body["type"], "TextualBody", "{what}");
            assert!(body["value"].as_str().is_some_and(|value| !value.is_empty()), "{what}");
        }
        let purposes: Vec<&Value> = bodies.iter().map(|body| &body["purpose"]).collect();
        assert_eq!(purposes, ["assessing", "tagging", "tagging"], "{what}");
        let targets = one["target"].as_array().unwrap();
        assert!(!targets.is_empty(), "{what}: {one}");
        for target in targets {
            assert_eq!(target["type"], "SpecificResource", "{what}");
            let selectors = target["selector"].as_array().map_or(&[][..], Vec::as_slice);
            let of = |kind: &str| selectors.iter().find(|one| one["type"] == kind);
            let source = decoded(target["source"].as_str().unwrap());
            let Some(position) = of("TextPositionSelector") else {
                assert!(selectors.is_empty(), "{what}: {target}");
                continue;
            };
            let text = fs::read_to_string(&source).unwrap();
            let text: Vec<char> = text.trim_start_matches('\u{feff}').chars().collect();
            let number = |key: &str| usize::try_from(position[key].as_u64().unwrap()).unwrap();
            let (start, end) = (number("start"), number("end"));
            assert!(start < end, "{what}: {target}");
            let Some(quote) = of("TextQuoteSelector") else {
                assert!(500 < end - start, "{what}: {target}");
                continue;
            };
            let word = |key: &str| quote[key].as_str().unwrap().chars().collect::<Vec<char>>();
            assert_eq!(text[start..end], word("exact"), "{what}: {target}");
            assert!(text[..start].ends_with(&word("prefix")), "{what}: {target}");
            assert!(text[end..].starts_with(&word("suffix")), "{what}: {target}");
        }
    }
}

#[test]
fn annotations_count_characters_and_quote_what_a_reader_sees() {
    let text = "\u{feff}𝄞 Membership fell by 50 percent, from 146,000 to 100,000 — so it was said at last.\n";
    let here = folder(text);
    let page = report(here.path(), "web-annotation");
    let target = &page["items"][0]["target"][0];
    assert_eq!(target["source"], "draft.md");
    let [quote, position] = [&target["selector"][0], &target["selector"][1]];
    assert_eq!(quote["exact"], "50 percent");
    assert_eq!(quote["prefix"], "𝄞 Membership fell by ");
    assert_eq!(quote["suffix"].as_str().unwrap().chars().count(), 32);
    assert_eq!((&position["start"], &position["end"]), (&21.into(), &31.into()), "{page}");
    assert_eq!(page["items"][0]["target"].as_array().unwrap().len(), 3, "{page}");

    // In HTML the words are those on the page, and no characters are counted.
    let html = "<p>First.</p>\n<p>It <em>fell</em> by <b>50</b>&nbsp;percent, from 146,000 to 100,000.</p>\n";
    fs::write(here.path().join("draft.html"), html).unwrap();
    let run = crossfoot(here.path(), &["check", "draft.html", "--format", "web-annotation"]);
    let page: Value = serde_json::from_slice(&run.stdout).unwrap();
    let selectors = page["items"][0]["target"][0]["selector"].as_array().unwrap();
    assert_eq!(selectors.len(), 1, "{page}");
    assert_eq!(selectors[0]["exact"], "50\u{a0}percent", "{page}");
    assert_eq!(selectors[0]["prefix"], "It fell by ");

    // A further paragraph above changes no name.
    let ids = |text: &str| {
        let page = report(folder(text).path(), "web-annotation");
        let ids = page["items"].as_array().unwrap().iter().map(|one| one["id"].clone());
        ids.collect::<Vec<Value>>()
    };
    assert_eq!(ids(DRAFT), ids(&format!("A new paragraph about 17 things.\n\n{DRAFT}")));
    // A file by the ending.
    let run = crossfoot(here.path(), &["check", "draft.md", "-o", "a.jsonld"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(fs::read_to_string(here.path().join("a.jsonld")).unwrap().contains("AnnotationPage"));
    let run = crossfoot(here.path(), &["check", "draft.md", "-q", "-o", "web-annotation=b"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(here.path().join("b").exists());
}

const DRAFT: &str = "Membership fell by 50 percent, from 146,000 in 2019 to 100,000 last year.\n\n\
                     Costs rose by 50 percent, from €146,000 to €100,000 — “too much”.\n";

fn folder(draft: &str) -> tempfile::TempDir {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("draft.md"), draft).unwrap();
    here
}

fn report(folder: &Path, format: &str) -> Value {
    let run = crossfoot(folder, &["check", "draft.md", "--format", format]);
    serde_json::from_slice(&run.stdout).unwrap()
}

#[test]
fn fingerprints_survive_a_paragraph_above() {
    let moved = format!("A new paragraph about 17 things.\n\n{DRAFT}");
    let prints = |draft: &str| {
        let here = folder(draft);
        let of = |format: &str, at: &str| -> Vec<Value> {
            let report = report(here.path(), format);
            let all = report.pointer(at).unwrap().as_array().unwrap().clone();
            assert!(1 < all.len(), "{report}");
            all
        };
        let sarif = of("sarif", "/runs/0/results");
        let sarif: Vec<Value> = sarif.iter().map(|r| r["partialFingerprints"].clone()).collect();
        let gitlab = report(here.path(), "gitlab");
        let gitlab: Vec<Value> =
            gitlab.as_array().unwrap().iter().map(|e| e["fingerprint"].clone()).collect();
        (sarif, gitlab)
    };
    assert_eq!(prints(DRAFT), prints(&moved));
    assert_ne!(prints(DRAFT), prints(&DRAFT.replace("50 percent, from €", "60 percent, from €")));
}

#[test]
fn sarif_has_rules_related_places_and_fixes() {
    let here = tempfile::tempdir().unwrap();
    fs::write(
        here.path().join("draft.toml"),
        "[[claim]]\nid = \"a\"\nvalue = \"33\"\n[[claim]]\nid = \"b\"\nvalue = \"25\"\n\
         [[claim]]\nid = \"c\"\nvalue = \"54\"\n[[assert]]\nthat = \"a + b = c\"\n",
    )
    .unwrap();
    let run = crossfoot(here.path(), &["check", "draft.toml", "--format", "sarif"]);
    let log: Value = serde_json::from_slice(&run.stdout).unwrap();
    let driver = &log["runs"][0]["tool"]["driver"];
    assert_eq!(driver["name"], "Crossfoot");
    let result = &log["runs"][0]["results"][0];
    let rule = &driver["rules"][0];
    assert_eq!(result["ruleIndex"], 0);
    assert_eq!(rule["id"], result["ruleId"]);
    assert!(rule["help"]["text"].as_str().unwrap().contains("crossfoot explain"), "{rule}");
    assert_eq!(result["relatedLocations"].as_array().unwrap().len(), 3, "{result}");
    // Each fix puts one figure right, and mends the sum.
    let fixes = result["fixes"].as_array().unwrap();
    let texts: Vec<&str> = fixes
        .iter()
        .map(|fix| {
            let change = &fix["artifactChanges"][0]["replacements"][0];
            change["insertedContent"]["text"].as_str().unwrap()
        })
        .collect();
    assert_eq!(texts, ["29", "21", "58"], "{result}");
    // What a figure counts would be lost.
    let claims = fs::read_to_string(here.path().join("draft.toml")).unwrap();
    fs::write(here.path().join("draft.toml"), claims.replace("\"54\"", "\"54 seats\"")).unwrap();
    let run = crossfoot(here.path(), &["check", "draft.toml", "--format", "sarif"]);
    let log: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(log["runs"][0]["results"][0]["fixes"].as_array().unwrap().len(), 2, "{log}");
}

#[test]
fn rdjson_counts_columns_in_bytes() {
    let here = folder("€€ fell by 50 percent, from 146,000 to 100,000.\n");
    let report = report(here.path(), "rdjson");
    let start = &report["diagnostics"][0]["location"]["range"]["start"];
    let text = "€€ fell by 50 percent";
    assert_eq!(start["column"], text.find("50").unwrap() + 1, "{report}");
}

#[test]
fn paths_begin_at_the_top_of_the_repository() {
    let here = tempfile::tempdir().unwrap();
    fs::create_dir_all(here.path().join(".git")).unwrap();
    fs::create_dir_all(here.path().join("desk")).unwrap();
    fs::write(here.path().join("desk/draft.md"), DRAFT).unwrap();
    let desk = here.path().join("desk");
    assert_eq!(report(&desk, "gitlab")[0]["location"]["path"], "desk/draft.md");
    let log = report(&desk, "sarif");
    let at = "/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri";
    assert_eq!(log.pointer(at).unwrap(), "desk/draft.md");
    let run = crossfoot(&desk, &["check", "draft.md", "--format", "github"]);
    let out = String::from_utf8(run.stdout).unwrap();
    assert!(
        out.starts_with("::error title=wrong-percent-change,file=desk/draft.md,line=1,"),
        "{out}"
    );
}

#[test]
fn junit_has_a_case_for_what_holds_and_a_failure_for_what_fails() {
    let here = folder(
        "It fell by 50 percent, from 146,000 to 100,000. Aid of $290 million over four years comes \
         to $72.5 million a year.\n",
    );
    let run = crossfoot(here.path(), &["check", "draft.md", "--format", "junit"]);
    let out = String::from_utf8(run.stdout).unwrap();
    assert!(out.contains("tests=\"3\" failures=\"1\""), "{out}");
    assert!(out.contains("<testcase name=\"line 1: wrong-rate: total $290 million"), "{out}");
}

#[test]
fn one_run_writes_many_reports() {
    let here = folder(DRAFT);
    let run = crossfoot(
        here.path(),
        &["check", "draft.md", "--format", "short", "-o", "sarif=a.sarif", "-o", "markdown=a.txt"],
    );
    assert_eq!(run.status.code(), Some(1));
    assert!(String::from_utf8(run.stdout).unwrap().starts_with("draft.md:1:20: error["));
    let written = |name: &str| fs::read_to_string(here.path().join(name)).unwrap();
    assert!(written("a.sarif").starts_with('{'));
    assert!(written("a.txt").starts_with("## Figures"));
    // Without a format of its own, it is standard output that goes to the file.
    let run = crossfoot(here.path(), &["check", "draft.md", "-o", "b.jsonl"]);
    assert!(run.stdout.is_empty());
    assert!(written("b.jsonl").starts_with("{\"type\":\"finding\""));
    let run = crossfoot(here.path(), &["check", "draft.md", "--format", "gitlab", "-o", "c.txt"]);
    assert!(run.stdout.is_empty());
    assert!(written("c.txt").starts_with('['));
    let run = crossfoot(here.path(), &["check", "draft.md", "-o", "json=-", "-o", "short=d=e.txt"]);
    assert!(run.stdout.starts_with(b"{"));
    assert!(written("d=e.txt").starts_with("draft.md:1:20"));
}

#[test]
fn a_report_that_cannot_be_written_as_asked_is_refused() {
    let here = folder(DRAFT);
    for (arguments, reason) in [
        (&["-o", "sarfi=a"][..], "did you mean `sarif`?"),
        (&["-o", "sarif="], "names no file"),
        (&["-o", "json=a", "-o", "short=a"], "two reports cannot both go to a"),
        (&["-o", "json=-", "-o", "-"], "standard output"),
        (&["-o", "json=draft.md"], "is a file that was read"),
        (&["-o", "json=no/such/folder"], "cannot be written"),
    ] {
        let mut all = vec!["check", "draft.md"];
        all.extend(arguments);
        let run = crossfoot(here.path(), &all);
        let said = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(reason), "{arguments:?}: {said}");
    }
    assert_eq!(fs::read_to_string(here.path().join("draft.md")).unwrap(), DRAFT);
}

#[test]
fn a_file_that_cannot_be_read_is_in_every_report() {
    let here = folder(DRAFT);
    fs::write(here.path().join("bad.toml"), [0xff, 0xfe, 0x00, 0xd8, 0x00]).unwrap();
    let bad = ["check", "draft.md", "missing.md", "bad.toml", "--format"];
    let told = ["human", "short", "csv"];
    for format in FORMATS.into_iter().filter(|format| !told.contains(format)) {
        let run = crossfoot(here.path(), &[&bad[..], &[format]].concat());
        assert_eq!(run.status.code(), Some(2), "{format}");
        let out = String::from_utf8(run.stdout).unwrap();
        for name in ["missing.md", "bad.toml"] {
            assert!(out.contains(name), "{format}: {name}");
        }
        assert!(out.contains("this file cannot be read"), "{format}");
    }
    // People are told on standard error, once.
    for format in ["human", "short"] {
        let run = crossfoot(here.path(), &[&bad[..], &[format]].concat());
        assert!(!String::from_utf8(run.stdout).unwrap().contains("missing.md"), "{format}");
        let said = String::from_utf8(run.stderr).unwrap();
        assert_eq!(said.matches("missing.md: there is no such file").count(), 1, "{said}");
    }
}

#[test]
fn what_stands_is_told_with_its_reason() {
    let comment = "<!-- crossfoot-ignore wrong-percent-change: the party's own sum -->\n\n";
    let here = folder(&format!("{comment}{DRAFT}"));
    let json = report(here.path(), "json");
    assert_eq!(json["let_stand"][0]["reason"], "the party's own sum", "{json}");
    assert_eq!(json["let_stand"].as_array().unwrap().len(), 1, "{json}");
    let others = json["findings"].as_array().unwrap();
    assert!(others.iter().all(|finding| finding["location"]["line"] == 5), "{json}");
    let log = report(here.path(), "sarif");
    let results = log["runs"][0]["results"].as_array().unwrap();
    let stands: Vec<&Value> = results.iter().filter(|r| r["suppressions"].is_array()).collect();
    assert_eq!(stands.len(), 1, "{log}");
    assert_eq!(stands[0]["suppressions"][0]["kind"], "inSource");
    assert_eq!(stands[0]["suppressions"][0]["status"], "accepted");
    assert_eq!(stands[0]["suppressions"][0]["justification"], "the party's own sum");
    fits(&validator(&read("tests/schemas/sarif-schema-2.1.0.json")), &log, "what stands");
    // Of a baseline it is external.
    let known = ["check", "draft.md", "--write-baseline", "known.toml"];
    assert!(crossfoot(here.path(), &known).status.success());
    let run = crossfoot(
        here.path(),
        &["check", "draft.md", "--baseline", "known.toml", "--format", "sarif"],
    );
    let text = String::from_utf8(run.stdout).unwrap();
    assert_eq!(text.matches("\"external\"").count(), others.len(), "{text}");
}

#[test]
fn a_pipe_is_written_to_and_not_replaced() {
    let here = folder(DRAFT);
    let script = "mkfifo pipe; cat pipe > read & \"$0\" check draft.md -q -o json=pipe; wait; \
                  test -p pipe && head -c 1 read";
    let run = Command::new("bash")
        .args(["-c", script, env!("CARGO_BIN_EXE_crossfoot")])
        .current_dir(here.path())
        .output()
        .unwrap();
    let out = String::from_utf8(run.stdout).unwrap();
    assert!(
        run.status.success() && out.ends_with('{'),
        "{out}{}",
        String::from_utf8_lossy(&run.stderr)
    );
}

#[test]
fn one_file_by_two_names_is_one_file() {
    let here = folder(DRAFT);
    fs::create_dir(here.path().join("d")).unwrap();
    let whole = here.path().join("a").to_string_lossy().into_owned();
    for other in ["short=./a", "short=d/../a", &format!("short={whole}")] {
        let run = crossfoot(here.path(), &["check", "draft.md", "-o", "json=a", "-o", other]);
        let said = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(2), "{other}: {said}");
        assert!(said.contains("two reports cannot both go to"), "{said}");
    }
}

#[test]
fn a_byte_order_mark_is_in_no_column() {
    let here = folder(&format!("\u{feff}{DRAFT}"));
    assert_eq!(report(here.path(), "json")["findings"][0]["location"]["column"], 20);
    let start = &report(here.path(), "rdjson")["diagnostics"][0]["location"]["range"]["start"];
    assert_eq!(start["column"], 20);
}

/// The same in every format but those that never have a summary.
const SUMMED: [&str; 5] = ["human", "short", "github", "markdown", "html"];

#[test]
fn where_nothing_was_checked_every_summary_says_so() {
    let html =
        "<div hidden>\n<p>Membership fell by 50 percent, from 146,000 to 100,000.</p>\n</div>\n";
    let files: [(&str, &str); 6] = [
        ("empty.md", ""),
        ("blank.txt", "\n\n"),
        ("front.md", "---\ndate: 2025-08-07\n---\n"),
        ("block.md", html),
        ("empty.toml", ""),
        ("claimless.toml", "article = \"empty.md\"\n"),
    ];
    let here = crate::support::folder(&files);
    fs::write(here.path().join("bad.md"), [0xff, 0xfe, 0x00, 0xd8, 0x00]).unwrap();
    for name in
        ["empty.md", "blank.txt", "front.md", "block.md", "claimless.toml", "bad.md", "missing.md"]
    {
        for format in SUMMED {
            let (_, out, _) = ran(here.path(), &["check", name, "--format", format]);
            assert!(out.contains("0 figures, nothing was checked"), "{name}, {format}: {out}");
            let comforts = ["no contradiction", "No contradiction"];
            assert!(
                !comforts.iter().any(|comfort| out.contains(comfort)),
                "{name}, {format}: {out}"
            );
        }
        let (_, out, _) = ran(here.path(), &["check", name, "--statistics"]);
        assert!(out.contains("0 figures, nothing was checked"), "{name}: {out}");
        let (_, out, _) = ran(here.path(), &["check", name, "--format", "json"]);
        let json: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(json["summary"]["figures"], 0, "{name}");
        assert_eq!(json["summary"]["compared"], 0, "{name}");
        assert_eq!(json["together"]["verdict"], "unknown", "{name}");
        let (_, out, _) = ran(here.path(), &["check", name, "--format", "junit"]);
        assert!(!out.contains("no contradiction"), "{name}: {out}");
        let is_read = !["bad.md", "missing.md"].contains(&name);
        let skipped = out.contains("<skipped message=\"nothing was compared\">");
        assert_eq!(skipped, is_read, "{name}: {out}");
    }
    // Everything is excluded, or left out by a hook.
    fs::write(here.path().join("crossfoot.toml"), "exclude = [\"*.md\"]\n").unwrap();
    let (code, out, _) = ran(here.path(), &["check", "empty.md", "--force-exclude"]);
    assert_eq!((code, &*out), (0, "0 figures, nothing was checked\n"));
}

#[test]
fn figures_that_nothing_relates_are_no_comfort() {
    let here = folder("The town has 40 schools. It has 12 bridges.\n");
    for format in SUMMED {
        let (_, out, _) = ran(here.path(), &["check", "draft.md", "--format", format]);
        assert!(out.contains("2 figures: nothing was compared"), "{format}: {out}");
        assert!(!out.contains("o contradiction"), "{format}: {out}");
    }
    // What cannot be decided was not compared either.
    let here = folder("They met on Thursday, 7 August.\n");
    let (_, out, _) = ran(here.path(), &["check", "draft.md"]);
    assert!(out.contains(": 1 undecided"), "{out}");
    // One that holds is.
    let here = folder("Membership fell by 50 percent, from 146,000 in 2019 to 73,000 last year.\n");
    for format in SUMMED {
        let (_, out, _) = ran(here.path(), &["check", "draft.md", "--format", format]);
        assert!(out.contains("compared in 2 relations, no contradiction"), "{format}: {out}");
    }
}

#[test]
fn an_article_in_another_language_gets_one_warning_and_no_figure() {
    let story = "# Umsatz\n\nDer Umsatz stieg um 50 Prozent, von 100 auf 120 Millionen Euro, wie der \
                 Vorstand des Unternehmens am Dienstag mitteilte.\n";
    let here = folder(story);
    let (code, out, _) = ran(here.path(), &["check", "draft.md", "--format", "short"]);
    assert_eq!(code, 0);
    let message =
        "draft.md:1:3: warning[foreign-language] this looks like German; only English is read";
    assert!(out.starts_with(message), "{out}");
    assert!(out.contains("0 figures, nothing was checked. 1 warning"), "{out}");
    let (_, out, err) = ran(here.path(), &["extract", "draft.md", "--format", "jsonl"]);
    assert!(out.contains("\"mentions\":[]"), "{out}");
    assert!(err.contains("draft.md: this looks like German; only English is read"), "{err}");
    // It can be let stand as any other finding.
    let (_, out, _) = ran(here.path(), &["check", "draft.md", "--ignore", "foreign-language"]);
    assert!(!out.contains("German"), "{out}");
}

#[test]
fn an_article_in_block_html_is_read() {
    let story =
        "<section>\n<p>Membership fell by 50 percent, from 146,000 to 100,000.</p>\n</section>\n";
    for draft in [story.to_owned(), format!("# News\n\n{story}")] {
        let report = report(folder(&draft).path(), "json");
        assert_eq!(report["findings"][0]["rule"], "wrong-percent-change", "{draft}");
        let line = draft.lines().position(|line| line.starts_with("<p>")).unwrap() + 1;
        assert_eq!(report["findings"][0]["location"]["line"], line, "{draft}");
        assert_eq!(report["findings"][0]["location"]["column"], 23, "{draft}");
    }
}

#[test]
fn what_stands_and_what_warns_is_seen_in_junit_and_gitlab() {
    let comment = "<!-- crossfoot-ignore wrong-percent-change: the party's own sum -->\n\n";
    let here = folder(&format!("{comment}{DRAFT}"));
    let args = [
        "check",
        "draft.md",
        "--level",
        "wrong-percent-change=warning",
        "--ignore",
        "wrong-direction",
        "-o",
        "junit=a.xml",
        "-o",
        "gitlab=a.json",
    ];
    let (code, _, _) = ran(here.path(), &args);
    assert_eq!(code, 0);
    let xml = fs::read_to_string(here.path().join("a.xml")).unwrap();
    assert!(xml.contains("<skipped message=\"let stand: the party&apos;s own sum\">"), "{xml}");
    assert!(
        xml.contains("<skipped message=\"warning: from €146,000 to €100,000 is a fall"),
        "{xml}"
    );
    assert!(xml.contains("tests=\"3\" failures=\"0\" errors=\"0\" skipped=\"2\""), "{xml}");
    xml_fits(&here.path().join("a.xml"), "what stands");
    let entries = fs::read_to_string(here.path().join("a.json")).unwrap();
    let entries: Value = serde_json::from_str(&entries).unwrap();
    is_code_quality(&entries, "what stands");
    assert_eq!(entries.as_array().unwrap().len(), 2, "{entries}");
    assert_eq!(entries[0]["severity"], "minor");
    assert_eq!(entries[1]["severity"], "info");
    let said = entries[1]["description"].as_str().unwrap();
    assert!(said.starts_with("let stand: ") && said.ends_with("(the party's own sum)"), "{said}");
    // Where warnings fail the run, they are failures.
    let (code, out, _) = ran(
        here.path(),
        &[
            "check",
            "draft.md",
            "--level",
            "wrong-percent-change=warning",
            "--ignore",
            "wrong-direction",
            "--deny-warnings",
            "--format",
            "junit",
        ],
    );
    assert_eq!(code, 1);
    assert!(out.contains("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\""), "{out}");
}

#[test]
fn the_order_of_arguments_changes_no_byte() {
    let claims =
        "article = \"b.md\"\n[[claim]]\nid = \"a\"\nvalue = \"5\"\n[[assert]]\nthat = \"a = 7\"\n";
    let files = [("a.md", DRAFT), ("b.md", DRAFT), ("c.toml", claims), ("d/e.md", DRAFT)];
    let here = crate::support::folder(&files);
    let orders = [
        ["a.md", "c.toml", "d", "missing.md"],
        ["missing.md", "d", "c.toml", "a.md"],
        ["d", "missing.md", "a.md", "c.toml"],
    ];
    for format in
        ["json", "jsonl", "sarif", "junit", "gitlab", "rdjson", "markdown", "html", "csv", "human"]
    {
        let run = |order: &[&str]| {
            let run = [&["check", "--format", format], order].concat();
            ran(here.path(), &run)
        };
        let first = run(&orders[0]);
        assert!(first.1.contains("c.toml"), "{}", first.1);
        for order in &orders[1..] {
            assert_eq!(run(order), first, "{format}");
        }
    }
}
