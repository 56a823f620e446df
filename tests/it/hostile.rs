//! Text that means something to a browser, a terminal, a runner or a parser is only text in every format.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::support::{crossfoot, crossfoot_with};

/// What an article, a claim or a rule may hold.
const BAIT: [&str; 12] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"'`</title></style><svg onload=alert(1)>",
    "]]>--><![CDATA[&lt;",
    "\u{1b}[31mred\u{1b}[0m\u{1b}]8;;https://example.org\u{7}",
    "\u{9b}1m\u{0}\u{8}\u{7f}",
    "\u{202e}desrever\u{2066}isolate\u{200f}",
    "%0A::error::injected%0D",
    "##[error]injected ::set-output name=x::y",
    "[link](javascript:alert(1)) ![x](https://example.org/x.png) | a | b |",
    "{{ 7 * 7 }}{% include 'x' %}${{ secrets.TOKEN }}",
    "\u{2028}::warning::line separator",
];

/// Writes an article, claims and a rule full of it, with a finding over each of them.
pub(crate) fn write_bait(folder: &Path) {
    let toml = |text: &str| {
        let mut out = String::from("\"");
        for c in text.chars() {
            match c {
                '"' | '\\' => out.extend(['\\', c]),
                c if c.is_control() => write!(out, "\\u{:04x}", u32::from(c)).unwrap(),
                c => out.push(c),
            }
        }
        out + "\""
    };
    let mut article = String::from("# Aid\n\n");
    let mut claims = String::from("article = \"article.txt\"\npublished = 2025-08-07\n");
    for (number, bait) in BAIT.iter().enumerate() {
        let (old, new) = (146 + number, 100 + number);
        write!(
            article,
            "{bait}\n::error::at the start {bait} fell by 50 percent, from {old},000 {bait} to {new},000.\n\
             ::warning file=x::{bait}\n\n"
        )
        .unwrap();
        let bait = toml(bait);
        write!(
            claims,
            "[[claim]]\nid = \"c{number}\"\nvalue = \"{old},000\"\nquote = \"{old},000\"\n\
             subject = {bait}\nmeasure = {bait}\nnote = {bait}\nchecker = {bait}\n\
             source = {{ title = {bait}, url = {bait}, locator = {bait}, accessed = {bait} }}\n\
             [[claim]]\nid = \"d{number}\"\nvalue = \"999\"\nsource = {{ url = \"javascript:alert(1)\" }}\n\
             [[assert]]\nthat = \"c{number} < d{number}\"\nbecause = {bait}\n"
        )
        .unwrap();
    }
    claims.push_str("[[assert]]\nrule = \"hostile\"\na = \"c0\"\nb = \"d0\"\n");
    let all = toml(&BAIT.concat());
    let message = toml(&BAIT.concat().replace(['{', '}'], ""));
    let rule = format!(
        "id = \"hostile\"\nsummary = {all}\nseverity = \"error\"\nloosely = \"allow\"\nwhy = {all}\n\
         [roles]\na = \"number\"\nb = \"number\"\n[holds]\nthat = \"a <= b\"\n\
         [message]\ncontradicts = {message}\n\
         [[pass]]\na = \"1\"\nb = \"2\"\nnote = {all}\n[[fail]]\na = \"2\"\nb = \"1\"\n"
    );
    fs::create_dir_all(folder.join("rules")).unwrap();
    fs::write(folder.join("article.txt"), article).unwrap();
    fs::write(folder.join("claims.toml"), claims).unwrap();
    fs::write(folder.join("rules/hostile.toml"), rule).unwrap();
}

const FORMATS: [&str; 12] = [
    "human", "short", "json", "jsonl", "sarif", "junit", "github", "gitlab", "rdjson", "markdown",
    "html", "csv",
];

fn rendered(folder: &Path, format: &str) -> String {
    let run = crossfoot(folder, &["check", "claims.toml", "article.txt", "--format", format]);
    assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn every_text_field_is_in_the_formats() {
    let here = tempfile::tempdir().unwrap();
    write_bait(here.path());
    let json = rendered(here.path(), "json");
    let rules = ["\"hostile\"", "\"assertion\"", "\"wrong-percent-change\""];
    assert!(rules.iter().all(|rule| json.contains(rule)), "{json}");
    // A reason, a source, a rule's words: as text.
    assert!(rendered(here.path(), "sarif").contains("asserted because <script>"));
    assert!(rendered(here.path(), "html").contains("&lt;script&gt;"));
    assert!(rendered(here.path(), "csv").contains("<script>"));
}

/// Characters that act on those around them.
fn acts(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{2028}' | '\u{2029}')
}

#[test]
fn nothing_acts_in_any_format() {
    let here = tempfile::tempdir().unwrap();
    write_bait(here.path());
    for format in FORMATS {
        let text = rendered(here.path(), format);
        // JSON gives back what was read, within strings, where nothing is left to act on; a sheet is
        // data too, and its lines end with a carriage return.
        let is_data = ["json", "jsonl", "csv"].contains(&format);
        let found = text.chars().find(|&c| acts(c));
        assert!(is_data || found.is_none(), "{format}: {found:?}");
        if is_data {
            assert!(!text.contains('\u{1b}') || format == "csv", "{format}");
        }
    }
}

#[test]
fn no_line_is_a_command_but_those_of_the_format() {
    let here = tempfile::tempdir().unwrap();
    write_bait(here.path());
    for format in FORMATS {
        let text = rendered(here.path(), format);
        assert!(format == "github" || !text.contains("##["), "{format}");
        for line in text.lines().filter(|line| line.trim_start().starts_with("::")) {
            assert_eq!(format, "github", "{line}");
            let is_command = ["::error title=", "::warning title=", "::notice title="]
                .iter()
                .any(|command| line.starts_with(command));
            assert!(is_command, "{line}");
            let (properties, message) = line[2..].split_once("::").unwrap();
            assert!(!properties.contains('%') || properties.contains("%3A"), "{properties}");
            assert!(!message.contains('\r'), "{message}");
        }
    }
}

#[test]
fn markup_is_text_on_the_page_and_in_a_pull_request() {
    let here = tempfile::tempdir().unwrap();
    write_bait(here.path());
    let page = rendered(here.path(), "html");
    for bait in ["<script>alert", "<img", "<svg onload", "javascript:alert(1)\"", "{{ 7"] {
        let is_there = page.replace("{{ 7 * 7 }}", "").contains(bait);
        assert!(!is_there, "{bait}");
    }
    assert!(page.contains("{{ 7 * 7 }}"), "the template is not filled in twice");
    assert_eq!(page.matches("<script>").count(), 1);
    let markdown = rendered(here.path(), "markdown");
    let options = pulldown_cmark::Options::all();
    for event in pulldown_cmark::Parser::new_ext(&markdown, options) {
        use pulldown_cmark::{Event, Tag};
        match event {
            // Its own.
            Event::Html(html) | Event::InlineHtml(html) => {
                let is_own = ["<details>", "</details>"].iter().any(|own| html.starts_with(own));
                assert!(is_own, "{html}");
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => panic!("{event:?}"),
            _ => {}
        }
    }
}

#[test]
fn names_of_files_are_text_too() {
    let here = tempfile::tempdir().unwrap();
    let name = "a\n::error::b\u{1b}[31m<script>.md";
    if fs::write(here.path().join(name), "It fell by 50 percent, from 146,000 to 100,000.\n")
        .is_err()
    {
        return;
    }
    for format in FORMATS {
        let run = crossfoot(here.path(), &["check", ".", "--format", format]);
        let text = String::from_utf8(run.stdout).unwrap();
        assert!(!text.lines().any(|line| line.starts_with("::error::b")), "{format}: {text}");
        assert!(!text.contains('\u{1b}') || format == "csv", "{format}");
        let scripts = text.matches("<script>").count();
        assert!(scripts == usize::from(format == "html") || !is_markup(format), "{format}");
    }
    let run = crossfoot_with(here.path(), &["check", "no\n::error::such.md"], "", &[]);
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(!said.lines().any(|line| line.starts_with("::")), "{said}");
}

fn is_markup(format: &str) -> bool {
    ["junit", "markdown", "html"].contains(&format)
}
