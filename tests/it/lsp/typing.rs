//! A draft is typed at random, and what is said of it is what a fresh check says.

use std::fs;

use crossfoot::Options;
use crossfoot::report::{Report, said_beside};
use serde_json::{Value, json};

use super::client::{Client, able, place, uri};
use crate::support::{check_article, folder, ran, read};

/// Numbers that are the same in every run (Marsaglia's xorshift, 64 bits).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }
}

/// What is typed: figures that clash, characters of one to four bytes, ends of lines of all sorts.
const TYPED: [&str; 18] = [
    "",
    "",
    "5",
    "0",
    " ",
    "é",
    "€",
    "𝄞",
    "👩\u{200d}🚀",
    "“",
    "”",
    "\n\n",
    "\r\n",
    "\r",
    "\u{301}",
    " It rose by 50 percent, from 146,000 to 100,000. ",
    "\n\nAid of €290 million over four years, or €82.5 million a year — “zu viel” 𝄞.\n\n",
    "|a|b|\n|---|---|\n|5|6|\n|Total|12|\n",
];

/// What a check says, as the client is to show it.
fn expected(report: &Report, text: &str, uri: &str, in_bytes: bool) -> Vec<Value> {
    let range = |span: crossfoot::Span| json!({ "start": place(text, span.start, in_bytes), "end": place(text, span.end, in_bytes) });
    let shown = |finding: &crossfoot::Finding| {
        let severity = match finding.severity {
            crossfoot::Severity::Error => 1,
            crossfoot::Severity::Warning => 2,
            crossfoot::Severity::Note => 3,
        };
        let mut one = json!({
            "range": range(finding.primary.span),
            "severity": severity,
            "code": finding.rule.as_str(),
            "source": "crossfoot",
            "message": said_beside(finding, &report.sources).join("\n"),
        });
        let related: Vec<Value> = finding
            .related
            .iter()
            .map(|label| {
                let location = json!({ "uri": uri, "range": range(label.span) });
                json!({ "location": location, "message": label.text })
            })
            .collect();
        if !related.is_empty() {
            one["relatedInformation"] = json!(related);
        }
        one
    };
    let mut all: Vec<Value> = Vec::new();
    for one in report.findings.iter().map(shown) {
        if !all.contains(&one) {
            all.push(one);
        }
    }
    all
}

/// Types so often, with columns in bytes or UTF-16 units, and compares after each edit.
fn typed(edits: usize, in_bytes: bool, seed: u64) {
    let mut text = read("fixtures/articles/club-treasurer.md");
    text.truncate(1500);
    let here = folder(&[("draft.md", &text)]);
    let draft = uri(&here.path().join("draft.md"));
    let mut able = able();
    if in_bytes {
        able["general"]["positionEncodings"] = json!(["utf-16", "utf-8"]);
    }
    let mut client = Client::of(here.path(), &able, &Value::Null);
    let mut random = Random(seed);
    let mut said = client.open(&draft, &text);
    let mut found = 0;
    for version in 1..=edits {
        // Within the end of a line there is no place.
        let is_within = |at: usize| text[..at].ends_with('\r') && text[at..].starts_with('\n');
        let all = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let ends: Vec<usize> = all.filter(|&at| !is_within(at)).collect();
        let first = random.below(ends.len());
        // Now and then a part is deleted, so that the text stays as long as it is.
        let most = if 3000 < text.len() { 400 } else { 6 };
        let last = (first + random.below(most)).min(ends.len() - 1);
        let range = ends[first]..ends[last];
        let new = TYPED[random.below(TYPED.len())];
        let region = json!({
            "start": place(&text, range.start, in_bytes),
            "end": place(&text, range.end, in_bytes),
        });
        text.replace_range(range, new);
        let version = i32::try_from(version).unwrap();
        client.change(&draft, version, &json!({ "range": region, "text": new }));
        said = client.said(&draft);
        assert_eq!(*client.version(&draft), version);
        let mut report = check_article(&text, &Options::default());
        report.say_once();
        let fresh = expected(&report, &text, &draft, in_bytes);
        assert_eq!(said, fresh, "after edit {version}: {text}");
        found += said.len();
        // Now and then it is asked about a place too.
        if version % 20 == 0 {
            let at = ends[random.below(ends.len())].min(text.len());
            let at = (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap();
            let at = place(&text, at, in_bytes);
            let told = client.at("textDocument/hover", &draft, &at);
            assert!(told.is_null() || told["contents"]["kind"] == "markdown", "{told}");
            assert!(client.actions(&draft, &at).iter().all(|one| one["title"].is_string()));
        }
    }
    assert!(edits < found, "only {found} findings were compared");
    // And so does the command of the text as it is in the end.
    fs::write(here.path().join("draft.md"), &text).unwrap();
    let (_, out, _) = ran(here.path(), &["check", "draft.md", "--format", "json"]);
    let json: Value = serde_json::from_str(&out).unwrap();
    let of_command: Vec<(&Value, &Value)> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (&one["rule"], &one["message"]))
        .collect();
    let first = |one: &Value| json!(one["message"].as_str().unwrap().lines().next());
    let of_server: Vec<(Value, Value)> =
        said.iter().map(|one| (one["code"].clone(), first(one))).collect();
    let of_server: Vec<(&Value, &Value)> = of_server.iter().map(|(a, b)| (a, b)).collect();
    assert_eq!(of_server, of_command);
    // A text that is closed has no diagnostics any more.
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": draft } }));
    assert_eq!(client.said(&draft), [Value::Null; 0]);
    assert_eq!(client.end(), 0);
}

#[test]
fn after_each_of_a_thousand_edits_it_says_what_a_fresh_check_says() {
    typed(1000, false, 0x9e37_79b9_7f4a_7c15);
}

#[test]
fn the_same_holds_where_columns_count_bytes() {
    typed(200, true, 0x1234_5678_9abc_def1);
}
