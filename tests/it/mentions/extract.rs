//! `crossfoot extract`: lines in order, offsets into the file, what cannot be read said.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{crossfoot, crossfoot_with};

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn extract(folder: &Path, arguments: &[&str]) -> Output {
    crossfoot(folder, &[&["extract", "--format", "jsonl"], arguments].concat())
}

fn lines(output: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(output).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn ids(output: &[u8]) -> Vec<String> {
    lines(output).iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect()
}

/// The bytes of a file that each of its mentions stands at.
fn places<'b>(bytes: &'b [u8], line: &Value) -> Vec<&'b [u8]> {
    let offset =
        |mention: &Value, key: &str| usize::try_from(mention[key].as_u64().unwrap()).unwrap();
    let mentions = line["mentions"].as_array().unwrap();
    mentions.iter().map(|at| &bytes[offset(at, "start")..offset(at, "end")]).collect()
}

#[test]
fn a_document_is_a_line() {
    let here = folder(&[("a.txt", b"Aid of $290 million."), ("b.md", b"Nothing."), ("c.txt", b"")]);
    let run = extract(here.path(), &["a.txt", "b.md", "c.txt"]);
    assert_eq!(run.status.code(), Some(0));
    let lines = lines(&run.stdout);
    let expected = serde_json::json!({ "id": "a.txt", "mentions": [{
        "start": 7, "end": 19, "kind": "money", "text": "$290 million",
        "low": "289500000", "high": "290500000", "value": "290000000",
        "unit": "USD", "per": null, "counted": null, "hedge": "exact",
    }] });
    assert_eq!(lines[0], expected);
    assert_eq!(lines[1], serde_json::json!({ "id": "b.md", "mentions": [] }));
    assert_eq!(lines[2], serde_json::json!({ "id": "c.txt", "mentions": [] }));
}

#[test]
fn many_jobs_keep_the_order() {
    let names: Vec<String> = (0..50).map(|i| format!("{i:02}.txt")).collect();
    // The first are the longest, so that the last are done before them.
    let texts: Vec<String> = (0..50).map(|i| "It cost $5. ".repeat(50 * (50 - i))).collect();
    let files: Vec<(&str, &[u8])> =
        names.iter().zip(&texts).map(|(name, text)| (&**name, text.as_bytes())).collect();
    let here = folder(&files);
    let one = extract(here.path(), &[".", "--jobs", "1"]);
    let two = extract(here.path(), &[".", "--jobs", "2"]);
    assert_eq!(ids(&two.stdout).len(), 50);
    assert!(ids(&two.stdout).is_sorted());
    assert!(one.stdout == two.stdout, "two jobs write other lines than one");
}

/// How a text is written in some encoding.
type Spelling = fn(&str) -> Vec<u8>;

/// A text in Windows-1252.
fn windows(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        '€' => 0x80,
        '“' => 0x93,
        '”' => 0x94,
        '–' => 0x96,
        c => u8::try_from(c).unwrap(),
    };
    text.chars().map(byte).collect()
}

#[test]
fn offsets_are_bytes_of_the_file() {
    let sentence = "Cafés – “open” – sold 1,200 buns\r\nfor €3.50 on 5 March 2024.\r\n";
    let expected = ["1,200", "€3.50", "5 March 2024"];
    let marked = format!("\u{feff}{sentence}");
    let spellings: [(&str, &str, Spelling); 5] = [
        ("plain.txt", sentence, |text| text.into()),
        ("marked.md", &marked, |text| text.into()),
        ("low.txt", &marked, |text| text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("high.txt", &marked, |text| text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ("windows.txt", sentence, windows),
    ];
    for (name, text, spelt) in spellings {
        let bytes = spelt(text);
        let here = folder(&[(name, &bytes)]);
        let run = extract(here.path(), &[name]);
        assert_eq!(run.status.code(), Some(0), "{name}");
        let expected: Vec<Vec<u8>> = expected.iter().map(|words| spelt(words)).collect();
        assert_eq!(places(&bytes, &lines(&run.stdout)[0]), expected, "{name}");
    }
}

#[test]
fn offsets_lead_through_markup() {
    let text = "Aid came to **$5** million, a [third](https://a.org/2024) of it in *2019*.";
    let here = folder(&[("a.md", text.as_bytes())]);
    let run = extract(here.path(), &["a.md"]);
    let found = places(text.as_bytes(), &lines(&run.stdout)[0]);
    assert_eq!(found, [&b"$5** million"[..], b"a [third", b"2019"]);
}

#[test]
fn lines_come_in_on_standard_input() {
    let input = "{\"id\": \"one\", \"text\": \"It fell 3 % last year.\", \"published\": \"2020-05-01\"}\n\
                 \n{\"id\": \"two\", \"text\": \"Caf\\u00e9s sold 12.\"}\n";
    let here = folder(&[]);
    let arguments = ["extract", "--format", "jsonl", "-", "--stdin-filename", "x.jsonl"];
    let run = crossfoot_with(here.path(), &arguments, input, &[]);
    assert_eq!(run.status.code(), Some(0));
    let lines = lines(&run.stdout);
    assert_eq!((lines.len(), &lines[0]["id"], &lines[1]["id"]), (2, &"one".into(), &"two".into()));
    assert_eq!(lines[0]["mentions"][1]["start_date"], "2019-01-01");
    // Bytes of the text, not of its JSON.
    assert_eq!(lines[1]["mentions"][0]["start"], "Cafés sold ".len());
}

#[test]
fn a_day_of_publication_given_for_all_yields_to_a_documents_own() {
    let input = "{\"id\": \"own\", \"text\": \"It fell last year.\", \"published\": \"2020-05-01T10:00:00Z\"}\n\
                 {\"id\": \"given\", \"text\": \"It fell last year.\"}\n";
    let here = folder(&[("x.jsonl", input.as_bytes())]);
    let start = |line: &Value| line["mentions"][0]["start_date"].clone();
    let dated = lines(&extract(here.path(), &["x.jsonl", "--published", "2025-08-07"]).stdout);
    assert_eq!(dated.iter().map(start).collect::<Vec<_>>(), ["2019-01-01", "2024-01-01"]);
    let undated = lines(&extract(here.path(), &["x.jsonl"]).stdout);
    assert_eq!(undated.iter().map(start).collect::<Vec<_>>(), ["2019-01-01".into(), Value::Null]);
}

#[test]
fn a_bad_line_is_named_and_the_others_are_written() {
    let input = "{\"id\": \"a\", \"text\": \"5 %\"}\n{\"id\": \"b\"\n{\"id\": \"c\", \"text\": \"6 %\"}\n\
                 {\"id\": \"d\", \"text\": \"7 %\", \"published\": \"May\"}\n\u{0}\n";
    let here = folder(&[("x.jsonl", input.as_bytes())]);
    let run = extract(here.path(), &["x.jsonl"]);
    assert_eq!(run.status.code(), Some(2));
    assert_eq!(ids(&run.stdout), ["a", "c"]);
    let said = String::from_utf8(run.stderr).unwrap();
    for place in ["x.jsonl:2: ", "x.jsonl:4: `published` is to be a day", "x.jsonl:5: "] {
        assert!(said.contains(place), "{place} in {said}");
    }
    assert_eq!(said.lines().count(), 3, "{said}");
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_written() {
    let here = folder(&[("a.txt", b"It cost $5."), ("b.txt", b"GIF89a\x00\xF7\xFF\x00")]);
    let run = extract(here.path(), &["missing.txt", "b.txt", "missing.jsonl", "a.txt"]);
    assert_eq!(run.status.code(), Some(2));
    assert_eq!(ids(&run.stdout), ["a.txt"]);
    let said = String::from_utf8(run.stderr).unwrap();
    for name in ["missing.txt: ", "b.txt: ", "missing.jsonl: "] {
        assert!(said.contains(name), "{name} in {said}");
    }
}

#[test]
fn the_output_is_written_whole_or_not_at_all() {
    let here = folder(&[("a.txt", b"It cost $5."), ("old.jsonl", b"as it was")]);
    let run = extract(here.path(), &["a.txt", "--output", "new.jsonl"]);
    assert_eq!((run.status.code(), run.stdout.len()), (Some(0), 0));
    assert_eq!(ids(&fs::read(here.path().join("new.jsonl")).unwrap()), ["a.txt"]);

    let nowhere = extract(here.path(), &["a.txt", "--output", "no/such/folder.jsonl"]);
    assert_eq!(nowhere.status.code(), Some(2));
    // What is read is never written over.
    let itself = extract(here.path(), &["old.jsonl", "--output", "./old.jsonl"]);
    assert_eq!(itself.status.code(), Some(2));
    assert_eq!(fs::read(here.path().join("old.jsonl")).unwrap(), b"as it was");
    let left: Vec<_> = fs::read_dir(here.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[test]
fn the_table() {
    let article = "# A bridge for €640 million\n\n\
                   The council voted on 5 March 2024: 31 members were for it, 12 against.\n\n\
                   About **a third** of the sum is paid, some €72.5 million a year since 2021.\n\
                   The old bridge, 1.2 km long, carries 18,000 cars a day.\n\n\
                   - It opens at 10:30 a.m. next month.\n- Tolls doubled, to between 3 and 4 euros.\n";
    let here = folder(&[("bridge.md", article.as_bytes())]);
    let arguments = ["extract", "--format", "table", "bridge.md", "--published", "2025-08-07"];
    let run = crossfoot(here.path(), &arguments);
    insta::assert_snapshot!(String::from_utf8(run.stdout).unwrap());
}

#[test]
fn one_json_document_has_what_the_lines_have() {
    let here = folder(&[
        ("a.txt", b"Aid of $290 million."),
        ("b.md", b"Nothing."),
        (
            "many.jsonl",
            b"{\"id\": \"x\", \"text\": \"5 km\"}\n{\n{\"id\": \"y\", \"text\": \"6 km\"}\n",
        ),
    ]);
    let schema = crossfoot(here.path(), &["schema", "extract"]).stdout;
    let schema = serde_json::from_slice(&schema).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for paths in [
        &["a.txt"][..],
        &["a.txt", "b.md", "many.jsonl"],
        &["many.jsonl", "missing.txt"],
        &["missing.txt"],
        &["."],
        &["a.txt", "b.md", "--jobs", "1"],
    ] {
        let one = crossfoot(here.path(), &[&["extract", "--format", "json"], paths].concat());
        let all: Value = serde_json::from_slice(&one.stdout).unwrap();
        let lines = extract(here.path(), paths);
        assert_eq!(one.status.code(), lines.status.code());
        assert_eq!(all, Value::Array(self::lines(&lines.stdout)), "{paths:?}");
        assert!(schema.is_valid(&all), "{all}");
        assert!(one.stdout.ends_with(b"]\n"));
    }
}

#[test]
fn an_article_is_read_with_the_day_that_it_states() {
    let here = tempfile::tempdir().unwrap();
    let article = "Membership fell last year.\n";
    fs::write(here.path().join("plain.md"), article).unwrap();
    fs::write(here.path().join("own.md"), format!("---\ndate: 2023-08-07\n---\n\n{article}"))
        .unwrap();
    let last_year = |arguments: &[&str]| {
        let read = &lines(&extract(here.path(), arguments).stdout)[0];
        read["mentions"].as_array().unwrap().last().unwrap()["start_date"].clone()
    };
    assert_eq!(last_year(&["own.md"]), "2022-01-01");
    assert_eq!(last_year(&["own.md", "--published", "2021-08-07"]), "2020-01-01");
    assert_eq!(last_year(&["plain.md"]), Value::Null);
    fs::write(here.path().join("crossfoot.toml"), "published = 2019-08-07\n").unwrap();
    assert_eq!(last_year(&["plain.md"]), "2018-01-01");
    assert_eq!(last_year(&["own.md"]), "2022-01-01");
}
