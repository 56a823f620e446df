//! Archives: texts that are checked one behind another, from folders and records, with results that are kept.

use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use serde_json::{Value, json};

use crate::support::{crossfoot, crossfoot_with, folder, ran};

const WRONG: &str =
    "Membership fell by 50 percent, from 146,000 in 2019 to 100,000 last year. It has 12 offices.";
const RIGHT: &str = "Membership fell by 50 percent, from 146,000 in 2019 to 73,000 last year.";

fn records(texts: &[(&str, &str)]) -> String {
    let line = |(id, text): &(&str, &str)| json!({"id": id, "text": text}).to_string() + "\n";
    texts.iter().map(line).collect()
}

fn gzip(text: &str) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    packed.finish().unwrap()
}

fn zstd(text: &str) -> Vec<u8> {
    compress_to_vec(text.as_bytes(), CompressionLevel::Fastest)
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Of each finding its rule and its file.
fn findings(out: &str) -> Vec<(String, String)> {
    let of = |line: &Value| {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        (text(&line["rule"]), text(&line["location"]["file"]))
    };
    lines(out).iter().filter(|line| line["type"] == "finding").map(of).collect()
}

#[test]
fn records_packed_or_not_and_a_folder_say_the_same() {
    let texts = [("a.txt", WRONG), ("b.txt", RIGHT), ("c.txt", WRONG)];
    let here = folder(&texts.map(|(name, text)| (name, text)));
    let here = here.path();
    let all = records(&texts);
    let parts = [gzip(&records(&texts[..1])), gzip(&records(&texts[1..]))].concat();
    let frames = [zstd(&records(&texts[..2])), zstd(&records(&texts[2..]))].concat();
    fs::create_dir(here.join("packed")).unwrap();
    fs::write(here.join("packed/all.jsonl"), &all).unwrap();
    fs::write(here.join("packed/all.ndjson.gz"), parts).unwrap();
    fs::write(here.join("packed/all.jsonl.zst"), frames).unwrap();
    let (code, plain, said) = ran(here, &["check", "packed/all.jsonl"]);
    assert_eq!((code, &*said), (1, ""));
    assert!(findings(&plain).iter().any(|(_, file)| file == "c.txt"), "{plain}");
    assert!(findings(&plain).iter().all(|(_, file)| file != "b.txt"), "{plain}");
    for arguments in [
        &["check", "packed/all.ndjson.gz"][..],
        &["check", "packed/all.jsonl.zst", "--jobs", "1"],
        &["check", "packed/all.jsonl.zst", "--jobs", "3", "--format", "jsonl"],
        &["check", "--stream", ".", "--quiet"],
        &["check", "--stream", "a.txt", "b.txt", "c.txt"],
    ] {
        assert_eq!(ran(here, arguments), (1, plain.clone(), String::new()), "{arguments:?}");
    }
    let run = crossfoot_with(here, &["check", "-", "--stdin-filename", "all.jsonl"], &all, &[]);
    assert_eq!(String::from_utf8(run.stdout).unwrap(), plain);
    // The same findings as without, but for what only a report of all texts has.
    let (_, report, _) = ran(here, &["check", "a.txt", "b.txt", "c.txt", "--format", "jsonl"]);
    assert_eq!(findings(&report), findings(&plain));
    assert_eq!(lines(&report).last(), lines(&plain).last());
}

#[test]
fn each_line_is_as_its_schema_says() {
    let here = folder(&[("a.jsonl", &records(&[("a", WRONG), ("b", RIGHT)]))]);
    let (_, schema, _) = ran(here.path(), &["schema", "report-line"]);
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    for arguments in [&["check", "a.jsonl"][..], &["check", "a.jsonl", "--show-relations"]] {
        let (_, out, _) = ran(here.path(), arguments);
        let all = lines(&out);
        assert!(all.iter().all(|line| schema.is_valid(line)), "{out}");
        assert_eq!(all.last().unwrap()["type"], "summary");
        let relations = all.iter().filter(|line| line["type"] == "relation").count();
        assert_eq!(relations != 0, arguments.len() == 3, "{out}");
    }
}

#[test]
fn a_damaged_record_is_told_at_its_place_and_passed_over() {
    let all = format!(
        "{}{{\"id\": \"b\"}}\n\n{{\"text\": \n{}",
        records(&[("a", WRONG)]),
        records(&[("c", WRONG)])
    );
    let here = folder(&[("a.jsonl", &all)]);
    let here = here.path();
    let (code, out, said) = ran(here, &["check", "a.jsonl", "none.jsonl.gz", "none.md"]);
    assert_eq!(code, 2);
    let files: Vec<String> = findings(&out).into_iter().map(|(_, file)| file).collect();
    let mut order = files.clone();
    order.dedup();
    let expected = ["a", "a.jsonl:2", "a.jsonl:4", "c", "none.jsonl.gz", "none.md"];
    assert_eq!(order, expected);
    assert_eq!(said.lines().count(), 4, "{said}");
    assert!(said.contains("crossfoot: a.jsonl:2: missing field `text`"), "{said}");
    // What is packed and broken in the middle is told, and what stands before it is there.
    let packed = gzip(&records(&[("a", WRONG), ("b", RIGHT)]));
    fs::write(here.join("cut.jsonl.gz"), &packed[..packed.len() - 9]).unwrap();
    let (code, out, said) = ran(here, &["check", "cut.jsonl.gz", "a.jsonl"]);
    assert_eq!(code, 2);
    assert!(said.contains("nor is what follows read"), "{said}");
    assert!(findings(&out).iter().any(|(_, file)| file == "c"), "{out}");
}

#[test]
fn names_and_days_are_those_of_the_record() {
    let story = "It opened last year, on 1 February 2019.";
    let all = json!({"key": 7, "body": story, "day": "2020-05-01T10:00:00Z"}).to_string()
        + "\n"
        + &json!({"key": 8, "body": story, "day": "2025-05-01"}).to_string()
        + "\n"
        + &json!({"body": "<p>It has 5 members.</p>", "key": "a.html"}).to_string();
    let here = folder(&[("a.jsonl", &all)]);
    let here = here.path();
    let fields = ["--id-field", "key", "--text-field", "body", "--date-field", "day"];
    let run = |arguments: &[&str]| ran(here, &[arguments, &fields].concat());
    let (_, out, said) = run(&["extract", "a.jsonl", "--format", "jsonl"]);
    assert_eq!(said, "");
    let all = lines(&out);
    let ids: Vec<&str> = all.iter().map(|line| line["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["7", "8", "a.html"]);
    let years = [&all[0], &all[1]].map(|line| line["mentions"][0]["start_date"].clone());
    assert_eq!(years, ["2019-01-01", "2024-01-01"]);
    let (code, out, said) = run(&["check", "a.jsonl", "--show-relations"]);
    assert_eq!((code, &*said), (0, ""), "{out}");
    assert_eq!(ran(here, &["check", "a.jsonl"]).0, 2);
}

#[test]
fn what_is_known_is_not_checked_again() {
    let texts = [("a", WRONG), ("b", RIGHT), ("c", WRONG)];
    let here = folder(&[("a.jsonl", &records(&texts)), ("b.jsonl", &records(&texts[1..]))]);
    let here = here.path();
    let run = |arguments: &[&str]| ran(here, &[&["check", "--cache", "kept"], arguments].concat());
    let plain = ran(here, &["check", "a.jsonl"]);
    let known = |count: &str| format!("crossfoot: {count} texts were known\n");
    assert_eq!(run(&["a.jsonl"]), (1, plain.1.clone(), known("0 of 3")));
    assert_eq!(run(&["a.jsonl"]), (1, plain.1.clone(), known("3 of 3")));
    assert_eq!(run(&["b.jsonl"]).2, known("2 of 2"));
    // Another text, name, day, option: another result.
    let edited = records(&[("a", RIGHT), ("x", RIGHT), ("c", WRONG)]);
    fs::write(here.join("a.jsonl"), edited).unwrap();
    assert_eq!(run(&["a.jsonl"]).2, known("1 of 3"));
    assert_eq!(run(&["a.jsonl", "--published", "2025-08-07"]).2, known("0 of 3"));
    assert_eq!(run(&["a.jsonl", "--ignore", "wrong-rate"]).2, known("0 of 3"));
    assert_eq!(run(&["a.jsonl", "--deny-warnings"]).2, known("0 of 3"));
    fs::write(here.join("crossfoot.toml"), "preview = true\n").unwrap();
    assert_eq!(run(&["a.jsonl"]).2, known("0 of 3"));
    assert_eq!(run(&["a.jsonl"]).2, known("3 of 3"));
    let (code, told, _) = ran(here, &["cache", "kept"]);
    assert_eq!(code, 0);
    assert!(told.contains(concat!("version ", env!("CARGO_PKG_VERSION"), ": 5 results")), "{told}");
    assert_eq!(told.matches("3 results").count(), 4, "{told}");
    assert_eq!(ran(here, &["cache", "kept", "--clear"]).0, 0);
    assert!(!here.join("kept").exists());
    assert_eq!(ran(here, &["cache", "kept"]).0, 2);
    assert_eq!(run(&["a.jsonl"]).2, known("0 of 3"));
}

#[test]
fn what_is_no_cache_is_left_alone() {
    let here = folder(&[
        ("a.jsonl", &records(&[("a", RIGHT)])),
        ("kept/crossfoot-results.redb", "this is none"),
        ("file", ""),
    ]);
    for (cache, reason) in [("kept", "the cache kept cannot be used"), ("file", "cannot be made")] {
        let (code, _, said) = ran(here.path(), &["check", "a.jsonl", "--cache", cache]);
        assert_eq!(code, 2);
        assert!(said.contains(reason), "{said}");
    }
    let kept = fs::read_to_string(here.path().join("kept/crossfoot-results.redb")).unwrap();
    assert_eq!(kept, "this is none");
}

#[test]
fn what_needs_all_texts_is_refused() {
    let here = folder(&[("a.jsonl", &records(&[("a", RIGHT)]))]);
    for arguments in [
        &["--baseline", "b.toml"][..],
        &["--statistics"],
        &["--format", "human"],
        &["-o", "a.sarif", "-o", "b.jsonl"],
        &["--revisions", "both"],
        &["-o", "a.jsonl"],
    ] {
        let (code, out, said) = ran(here.path(), &[&["check", "a.jsonl"], arguments].concat());
        assert_eq!((code, &*out), (2, ""), "{arguments:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{arguments:?}: {said}");
    }
}

#[test]
fn of_many_findings_in_one_record_none_is_lost() {
    let paragraph = format!("{WRONG}\n\n");
    let here = folder(&[
        ("a.jsonl", &records(&[("one", WRONG)])),
        ("b.jsonl", &records(&[("many", &paragraph.repeat(300)), ("one", WRONG)])),
    ]);
    let count = |file: &str| findings(&ran(here.path(), &["check", file]).1).len();
    assert_eq!(count("b.jsonl"), 301 * count("a.jsonl"));
}

/// Numbers that look random and are the same in every run (Knuth's MMIX).
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

/// Records of which every third has a finding, enough for several batches.
fn many() -> String {
    let mut all = String::new();
    for number in 0..1800 {
        let level = if number % 3 == 0 { 100 } else { 73 };
        let text = format!(
            "Membership fell by 50 percent, from 146,000 in 2019 to {level},000 last year."
        );
        writeln!(all, "{}", json!({"id": format!("t{number}"), "text": text})).unwrap();
    }
    all
}

#[test]
fn a_run_that_is_killed_goes_on_where_it_was() {
    let here = folder(&[("a.jsonl", &many())]);
    let here = here.path();
    let (_, whole, _) = ran(here, &["check", "a.jsonl"]);
    let arguments = ["check", "a.jsonl", "--cache", "kept", "-o", "out.jsonl"];
    let part = here.join("out.jsonl.part");
    let mut random = Random(24);
    let mut killed = 0;
    for _ in 0..3 {
        let _ = fs::remove_file(&part);
        let moment = 1 + random.below(whole.len() * 2 / 3) as u64;
        let mut child = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
            .args(arguments)
            .current_dir(here)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // `kill` is SIGKILL.
        let written = || fs::metadata(&part).map_or(0, |known| known.len());
        while written() < moment && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        killed += usize::from(child.wait().unwrap().code().is_none());
        if let Ok(begun) = fs::read_to_string(&part) {
            assert!(whole.starts_with(&begun), "{} bytes are others", begun.len());
        }
    }
    assert!(0 < killed);
    let (code, _, said) = ran(here, &arguments);
    assert_eq!(code, 1);
    assert!(!said.contains(" 0 of"), "{said}");
    assert!(fs::read_to_string(here.join("out.jsonl")).unwrap() == whole, "it is another report");
    assert!(!part.exists());
}

#[test]
fn a_reader_that_goes_away_is_no_error_and_a_full_disk_is_one() {
    let here = folder(&[("a.jsonl", &many())]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
        .args(["check", "a.jsonl"])
        .current_dir(here.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 8];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let run = child.wait_with_output().unwrap();
    assert_eq!((run.status.code(), &*run.stderr), (Some(1), &b""[..]));
    if cfg!(target_os = "linux") {
        let (code, _, said) = ran(here.path(), &["check", "a.jsonl", "-o", "/dev/full"]);
        assert_eq!(code, 2);
        assert!(said.starts_with("crossfoot: /dev/full cannot be written: No space"), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn where_no_more_fits_what_was_written_stays() {
    let here = folder(&[("a.jsonl", &many())]);
    let here = here.path();
    let script = "ulimit -f 300; exec \"$0\" check a.jsonl -o out.jsonl";
    let run = Command::new("bash")
        .args(["-c", script, env!("CARGO_BIN_EXE_crossfoot")])
        .current_dir(here)
        .output()
        .unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2), "{said}");
    assert!(said.contains("what was written so far is in out.jsonl.part"), "{said}");
    let begun = fs::read_to_string(here.join("out.jsonl.part")).unwrap();
    assert!(!here.join("out.jsonl").exists());
    let whole = String::from_utf8(crossfoot(here, &["check", "a.jsonl"]).stdout).unwrap();
    assert!(100_000 < begun.len() && whole.starts_with(&begun), "{} bytes", begun.len());
}

#[test]
fn a_pattern_of_files_is_one_call() {
    let here = folder(&[]);
    let here: &Path = here.path();
    fs::write(here.join("a.jsonl.gz"), gzip(&records(&[("a", WRONG)]))).unwrap();
    fs::write(here.join("b.jsonl.gz"), gzip(&records(&[("b", WRONG)]))).unwrap();
    let (code, out, _) = ran(here, &["check", "a.jsonl.gz", "b.jsonl.gz"]);
    assert_eq!(code, 1);
    assert!(findings(&out).iter().any(|(_, file)| file == "b"), "{out}");
    let measure = ["rules", "--measure", "a.jsonl.gz", "b.jsonl.gz", "-o", "measured.toml"];
    let (code, out, said) = ran(here, &measure);
    assert_eq!(code, 0, "{said}");
    assert!(out.starts_with("2 texts, "), "{out}");
}

#[cfg(feature = "parquet")]
#[test]
fn a_table_of_findings_is_itself_read_as_records() {
    let here = folder(&[("a.jsonl", &many())]);
    let here = here.path();
    let (_, out, _) = ran(here, &["check", "a.jsonl"]);
    let kept = ["check", "a.jsonl", "--cache", "kept", "-o", "found.parquet"];
    assert_eq!(ran(here, &kept).0, 1);
    let table = fs::read(here.join("found.parquet")).unwrap();
    // What is known comes to the same bytes.
    let (code, _, said) = ran(here, &kept);
    assert_eq!((code, &*said), (1, "crossfoot: 1,800 of 1,800 texts were known\n"));
    assert!(fs::read(here.join("found.parquet")).unwrap() == table);
    let messages: Vec<String> = lines(&out)
        .iter()
        .filter(|line| line["type"] == "finding")
        .map(|line| json!({"id": line["location"]["file"], "text": line["message"]}).to_string())
        .collect();
    fs::write(here.join("messages.jsonl"), messages.join("\n")).unwrap();
    let read =
        |arguments: &[&str]| ran(here, &[&["extract", "--format", "jsonl"], arguments].concat());
    let expected = read(&["messages.jsonl"]);
    assert_eq!(read(&["found.parquet", "--text-field", "message"]), expected);
    // A file that breaks off is told, and one that is none.
    fs::write(here.join("cut.parquet"), &table[..table.len() / 2]).unwrap();
    fs::write(here.join("none.parquet"), "none").unwrap();
    for name in ["cut.parquet", "none.parquet"] {
        let (code, out, said) = ran(here, &["check", name, "--text-field", "message"]);
        assert_eq!((code, said.lines().count()), (2, 1), "{said}");
        assert!(out.contains("unreadable-file"), "{out}");
    }
    // A table begins at its end, so it cannot come by a pipe.
    let run = crossfoot_with(here, &["check", "-", "--stdin-filename", "a.parquet"], "", &[]);
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.contains("a.parquet: Parquet is read from a file"), "{said}");
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_program_without_parquet_says_so() {
    let here = folder(&[("a.jsonl", &records(&[("a", RIGHT)])), ("a.parquet", "PAR1")]);
    for arguments in [&["a.parquet"][..], &["a.jsonl", "-o", "found.parquet"]] {
        let (code, _, said) = ran(here.path(), &[&["check"], arguments].concat());
        assert_eq!((code, said.lines().count()), (2, 1), "{said}");
        assert!(
            said.contains("built without Parquet: build it with `--features parquet`"),
            "{said}"
        );
    }
    assert!(!here.path().join("found.parquet").exists());
}

#[test]
fn a_table_is_written_of_texts_one_behind_another_only() {
    let here = folder(&[("a.md", RIGHT), ("a.jsonl", &records(&[("a", RIGHT)]))]);
    let (code, _, said) = ran(here.path(), &["check", "a.md", "-o", "found.parquet"]);
    assert_eq!(code, 2);
    assert!(said.contains("say --stream"), "{said}");
    let relations = ["check", "a.jsonl", "-o", "found.parquet", "--show-relations"];
    let (code, _, said) = ran(here.path(), &relations);
    assert_eq!(code, 2);
    assert!(said.contains("a table has findings only"), "{said}");
}

/// Records of articles published in 2022.
fn published(texts: &[(&str, &str)]) -> String {
    let line = |(id, text): &(&str, &str)| {
        let text = format!("{text} Many people in Oakfield were glad.");
        json!({"id": id, "published": "2022-03-04", "text": text}).to_string() + "\n"
    };
    texts.iter().map(line).collect()
}

#[test]
fn what_articles_state_differently_names_both_and_counts_the_sides() {
    let grew = |to: &str| format!("Oakfield's population grew to {to} people in 2020.");
    let all_texts =
        [grew("5,012"), grew("5,021"), grew("about 5,000"), grew("5,012"), grew("6,100")];
    let mut texts: Vec<(&str, &str)> =
        ["a", "b", "c", "d", "f"].into_iter().zip(all_texts.iter().map(|text| &**text)).collect();
    texts.push(("e", "It rained."));
    let mut back = texts.clone();
    back.reverse();
    let here = folder(&[
        ("a.jsonl", &published(&texts)),
        ("back.jsonl", &published(&back)),
        ("same.jsonl", &published(&[texts[0], texts[2], texts[3]])),
    ]);
    let here = here.path();
    let told = |arguments: &[&str]| -> Vec<Value> {
        let (code, out, said) = ran(here, &[&["check", "--across"], arguments].concat());
        assert!(code < 2, "{said}");
        lines(&out).into_iter().filter(|line| line["rule"] == "differs-across-articles").collect()
    };
    let all = told(&["a.jsonl"]);
    let [only] = &*all else { panic!("{all:?}") };
    let said = "Oakfield: population people (2020) is 5,021 in b, and 5,012 in a; 1 article against 2 articles";
    assert_eq!(only["message"], said);
    assert_eq!(only["severity"], "note");
    assert_eq!(
        (&only["location"]["file"], &only["related"][0]["file"]),
        (&json!("b"), &json!("a"))
    );
    let start = usize::try_from(only["location"]["start"].as_u64().unwrap()).unwrap();
    assert!(all_texts[1][start..].starts_with("5,021"));
    // Their order says nothing, nor what is known.
    assert_eq!(told(&["back.jsonl"]), all);
    for _ in 0..2 {
        assert_eq!(told(&["a.jsonl", "--cache", "kept"]), all);
    }
    // What agrees is no difference; what was not asked for is not told.
    assert_eq!(told(&["same.jsonl"]), [json!(null); 0]);
    assert_eq!(told(&["a.jsonl", "--ignore", "differs-across-articles"]), [json!(null); 0]);
    let raised = told(&["a.jsonl", "--level", "differs-across-articles=error", "--exit-zero"]);
    assert_eq!(raised[0]["severity"], "error");
    let (_, out, _) = ran(here, &["check", "a.jsonl"]);
    assert_eq!(findings(&out), []);
}
