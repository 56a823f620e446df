//! Text that means something to a browser, a terminal, a runner or a parser is only text in every format.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::support::{FORMATS, crossfoot, crossfoot_with, folder, ran};

/// What an article, a claim or a rule may hold.
const BAIT: [&str; 17] = [
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
    "a\n::error file=README.md::forged",
    "a\r::warning::forged\r\n\t::notice::forged",
    "\n \u{a0}\u{200b}\u{feff}::notice::behind blanks",
    "##vso[task.complete result=Failed;]##teamcity[buildStop]####[group]",
    "section_start:1:x\r\u{1b}[0K\n::add-mask::a",
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

/// Lines that a runner takes for commands, as those of GitHub, Azure and `TeamCity` look for them.
fn commands(text: &str) -> Vec<&str> {
    let marked = regex::Regex::new(r"##[A-Za-z]*\[").unwrap();
    let is_blank = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}');
    let begins = |line: &str| line.trim_start_matches(is_blank).starts_with("::");
    text.split(['\n', '\r']).filter(|line| begins(line) || marked.is_match(line)).collect()
}

#[test]
fn nothing_acts_in_any_format() {
    let here = tempfile::tempdir().unwrap();
    write_bait(here.path());
    for format in FORMATS {
        let text = rendered(here.path(), format);
        // The lines of a sheet end with a carriage return.
        let text = if format == "csv" { text.replace("\r\n", "\n") } else { text };
        assert_eq!(text.chars().find(|&c| acts(c)), None, "{format}");
    }
}

#[test]
fn no_line_is_a_command_but_those_of_the_format() {
    let here = tempfile::tempdir().unwrap();
    write_bait(here.path());
    for format in FORMATS {
        let text = rendered(here.path(), format);
        for line in commands(&text) {
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
        assert!(!text.contains('\u{1b}'), "{format}");
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

/// Runs the program where nothing but its own annotations may be a command, in what it prints and in what
/// it says.
fn is_inert(folder: &Path, arguments: &[&str]) {
    let run = crossfoot(folder, arguments);
    assert_ne!(run.status.code(), None, "{arguments:?}");
    for (bytes, how) in [(run.stdout, "printed"), (run.stderr, "said")] {
        let text = String::from_utf8(bytes).unwrap();
        let own = ["::error title=", "::warning title=", "::notice title="];
        let is_own = |line: &&str| {
            arguments.contains(&"github") && own.iter().any(|own| line.starts_with(own))
        };
        let found: Vec<&str> = commands(&text).into_iter().filter(|line| !is_own(line)).collect();
        assert!(found.is_empty(), "{arguments:?} {how} {found:#?}");
        let text = text.replace("\r\n", "\n");
        assert_eq!(text.chars().find(|&c| acts(c)), None, "{arguments:?} {how} {text:?}");
    }
}

#[test]
fn a_reason_of_two_lines_forges_no_command_in_junit() {
    let claims = "[[claim]]\nid = \"a\"\nvalue = \"5\"\n[[claim]]\nid = \"b\"\nvalue = \"7\"\n\
                  [[assert]]\nthat = \"a = b\"\nbecause = \"a\\n::error file=README.md::forged\"\n";
    let here = folder(&[("claims.toml", claims)]);
    let (_, xml, _) = ran(here.path(), &["check", "claims.toml", "--format", "junit"]);
    assert!(xml.contains("\n&#58;:error file=README.md::forged"), "{xml}");
    assert_eq!(commands(&xml), [""; 0], "{xml}");
}

#[test]
fn no_command_prints_what_a_runner_obeys() {
    let here = tempfile::tempdir().unwrap();
    let here = here.path();
    write_bait(here);
    let article = fs::read_to_string(here.join("article.txt")).unwrap();
    fs::write(here.join("old.txt"), article.replace(",000", ",001")).unwrap();
    fs::write(here.join("moved.txt"), article.replace("fell by", "sank, by")).unwrap();
    let claims = fs::read_to_string(here.join("claims.toml")).unwrap();
    let moved = claims.replace("article.txt", "moved.txt").replace("quote = \"15", "quote = \"25");
    fs::write(here.join("moved.toml"), moved).unwrap();
    let name = "x\n::error::y\r::error::z##[error]\u{1b}[31m\u{202e}.md";
    let has_name = fs::write(here.join(name), article.as_str()).is_ok();
    let both = |command: &str, more: &[&str]| {
        is_inert(here, &[&[command, "claims.toml", "article.txt"], more].concat());
    };
    for format in FORMATS {
        both("check", &["--format", format]);
        is_inert(here, &["check", "moved.toml", name, "nothing.md", "--format", format]);
    }
    for more in [
        "--narrated",
        "--show-relations",
        "--show-coverage",
        "--statistics",
        "--show-settings",
        "--diff",
    ] {
        both("check", &[more]);
    }
    for format in ["html", "markdown", "csv"] {
        both("report", &["--format", format, "--min-coverage", "90", "--require-source"]);
    }
    for format in ["table", "jsonl"] {
        is_inert(here, &["extract", "article.txt", "--format", format]);
        is_inert(here, &["extract", name, "--format", format]);
    }
    for format in ["human", "json", "markdown", "notice"] {
        let sides =
            ["diff", "old.txt", "article.txt", "--claims", "claims.toml", "--format", format];
        is_inert(here, &sides);
        is_inert(here, &["diff", "old.txt", name, "--format", format]);
    }
    is_inert(here, &["review", "--list", "moved.toml", "claims.toml"]);
    for more in [&[][..], &["--markdown"], &["--test"]] {
        is_inert(here, &[&["rules"], more].concat());
    }
    is_inert(here, &["explain", "hostile"]);
    for line in [1, 4, 8] {
        for (file, format) in [("article.txt", "human"), ("article.txt", "json"), (name, "human")] {
            is_inert(here, &["explain", &format!("{file}:{line}"), "--all", "--format", format]);
        }
    }
    if has_name {
        is_inert(here, &["record", name]);
        is_inert(here, &["record", name]);
    }
    for schema in ["claims", "report", "diff", "explain"] {
        is_inert(here, &["schema", schema]);
    }
}

/// What a key, a name or a value in TOML forges.
const FORGED: &str = "\\n::error::forged\\r##[error]\\u001b[31m\u{202e}";

#[test]
fn a_broken_claims_file_forges_no_command() {
    let claim = "[[claim]]\nid = \"a\"\nvalue = \"5\"\n";
    for text in [
        format!("\"{FORGED}\" = 1\n{claim}"),
        format!("[[claim]]\nid = \"{FORGED}\"\nvalue = \"5\"\n\"{FORGED}\" = 1\n"),
        format!("[[claim]]\nid = \"a\"\nvalue = \"{FORGED}\"\n"),
        format!("{claim}[[assert]]\nthat = \"{FORGED}\"\n"),
        format!("{claim}[[assert]]\nrule = \"{FORGED}\"\n"),
        format!("article = \"{FORGED}\"\n{claim}quote = \"{FORGED}\"\n"),
        format!("{claim}[[exempt]]\nquote = \"{FORGED}\"\n"),
        format!("{claim}::error::forged = 1\n ##[error]\n"),
        "[[claim]]\nid = '''\n::error::a\n'''\nvalue = '''\n::error::b\n##vso[x]'''\n".to_owned(),
    ] {
        let here = folder(&[("claims/a.toml", &text)]);
        for format in FORMATS {
            is_inert(here.path(), &["check", "--format", format]);
        }
        is_inert(here.path(), &["check", "--narrated"]);
        is_inert(here.path(), &["review", "--list"]);
    }
}

#[test]
fn a_broken_configuration_or_rule_forges_no_command() {
    for text in [
        format!("\"{FORGED}\" = 1\n"),
        format!("select = [\"{FORGED}\"]\n"),
        format!("rules = [\"{FORGED}\"]\nclaims = [\"{FORGED}\"]\n"),
        format!("paths = [\"{FORGED}\"]\nbaseline = \"{FORGED}\"\n"),
        format!("[levels]\n\"{FORGED}\" = \"{FORGED}\"\n"),
        format!("exclude = [\"[{FORGED}\"]\npublished = \"{FORGED}\"\n"),
        format!("[[suppress]]\nrule = \"{FORGED}\"\nreason = \"{FORGED}\"\n"),
        "::error::forged\n".to_owned(),
    ] {
        let here = folder(&[("crossfoot.toml", &text), ("a.md", "It has 5 members.\n")]);
        for arguments in [
            &["check", "a.md"][..],
            &["check"],
            &["check", "a.md", "--format", "junit"],
            &["check", "a.md", "--format", "github"],
            &["check", "a.md", "--show-settings"],
            &["check", "a.md", "--write-baseline", "known.toml"],
            &["rules"],
            &["record", "a.md"],
        ] {
            is_inert(here.path(), arguments);
        }
    }
    for text in [
        format!("id = \"{FORGED}\"\n"),
        format!("\"{FORGED}\" = 1\nid = \"x\"\n"),
        format!("id = \"x\"\nsummary = \"a\"\nwhy = \"a\"\n[roles]\n\"{FORGED}\" = \"{FORGED}\"\n"),
        "id = \"x\"\n::error::forged\n".to_owned(),
    ] {
        let here = folder(&[("rules/x.toml", &text), ("a.md", "It has 5 members.\n")]);
        let test = &["rules", "--test"];
        for arguments in [&["check", "a.md"][..], &["rules"], test, &["explain", "x"]] {
            is_inert(here.path(), arguments);
        }
    }
}

#[test]
fn an_argument_forges_no_command() {
    let claims = "[[claim]]\nid = \"a\"\nvalue = \"5\"\n";
    let here = folder(&[("a.md", "It has 5 members.\n"), ("a.toml", claims)]);
    let forged = "a\n::error::forged\r##[error]\u{1b}[31m\u{202e}";
    let (setting, level) = (format!("{forged}=1"), format!("{forged}=note"));
    for arguments in [
        &[forged][..],
        &["check", forged],
        &["check", "--select", forged],
        &["check", "a.md", "--format", forged],
        &["check", "a.md", "--published", forged],
        &["check", "a.md", "--jobs", forged],
        &["check", "a.md", "--config", &setting],
        &["check", "a.md", "--config", forged],
        &["check", "a.md", "--level", &level],
        &["check", "a.md", "--level", forged],
        &["check", "a.md", "--rules", forged, "--claims-dir", forged],
        &["check", "a.md", "-o", &setting],
        &["check", "a.md", "--baseline", forged],
        &["check", "a.md", "--changed-since", forged],
        &["check", "-", "--stdin-filename", forged],
        &["check", "a.md", &format!("--{forged}")],
        &["explain", forged],
        &["explain", "--conflict", forged, "a.md"],
        &["man", forged],
        &["schema", forged],
        &["diff", forged, "a.md"],
        &["diff", &format!("HEAD:{forged}"), "a.md"],
        &["extract", forged],
        &["record", forged],
        &["review", "a.toml", "--accept", forged],
        &["review", "a.toml", "--edit", &setting],
        &["report", "a.md", "-o", forged, "--format", forged],
    ] {
        is_inert(here.path(), arguments);
    }
    // What is wrong is told as before, and help is no mistake.
    let (code, _, said) = ran(here.path(), &["check", "--format", forged]);
    assert_eq!(code, 2);
    assert!(said.contains("invalid value 'a\u{fffd}::error::forged"), "{said}");
    assert_eq!(ran(here.path(), &["--help"]).0, 0);
    assert_eq!(ran(here.path(), &[]).0, 2);
}

#[test]
fn json_keeps_what_is_not_seen_as_escapes() {
    let hidden = "\u{9b}\u{202e}\u{2028}\u{2029}\u{2066}\u{2069}\u{7f}\u{feff}\u{200b}\u{e0041}";
    let escaped = hidden.encode_utf16().fold(String::new(), |mut all, unit| {
        write!(all, "\\u{unit:04x}").unwrap();
        all
    });
    // A control character may not stand in TOML.
    let because = hidden.replace('\u{9b}', "\\u009b").replace('\u{7f}', "\\u007f");
    let claims = format!(
        "[[claim]]\nid = \"a\"\nvalue = \"5\"\n[[claim]]\nid = \"b\"\nvalue = \"7\"\n\
         [[assert]]\nthat = \"a = b\"\nbecause = \"{because}\"\n"
    );
    let here = folder(&[("claims.toml", &claims)]);
    for format in ["json", "jsonl"] {
        let (_, out, _) = ran(here.path(), &["check", "claims.toml", "--format", format]);
        assert!(out.contains(&format!("asserted because {escaped}")), "{format}: {out}");
        let text = if format == "json" { &*out } else { out.lines().next().unwrap() };
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        let finding = if format == "json" { &value["findings"][0] } else { &value };
        assert_eq!(finding["help"], format!("asserted because {hidden}"), "{out}");
    }
    let id = hidden.replace('\u{7f}', "\\u007f");
    let line = format!("{{\"id\":\"{id}\",\"text\":\"It has 5 members.\"}}\n");
    let here = folder(&[("all.jsonl", &line)]);
    let (_, out, _) = ran(here.path(), &["extract", "all.jsonl", "--format", "jsonl"]);
    assert!(out.starts_with(&format!("{{\"id\":\"{escaped}\"")), "{out}");
}

#[test]
fn a_megabyte_is_not_repeated() {
    let long = "x".repeat(1 << 20);
    let lines = "5\n".repeat(1 << 19);
    let claim = "[[claim]]\nid = \"a\"\nvalue = \"5\"\n";
    let named = format!("[[claim]]\nid = \"{long}\"\nvalue = \"5\"\n");
    for text in [
        format!("{long} = 1\n{claim}"),
        format!("[[claim]]\nid = \"{long}-\"\nvalue = \"5\"\n"),
        format!("[[claim]]\nid = \"a\"\nvalue = \"{long}\"\n"),
        format!("[[claim]]\nid = \"a\"\nvalue = \"\"\"\n{lines}\"\"\"\n"),
        format!("{claim}[[assert]]\nrule = \"{long}\"\n"),
        format!("{claim}[[assert]]\nthat = \"{long} = a\"\n"),
        format!("{claim}[[assert]]\nthat = \"a = 7\"\nbecause = \"{long}\"\n"),
        format!("article = \"{long}\"\n{claim}"),
        format!("{claim}{long}\n"),
        // Neither is it compared, letter by letter, with what it could have been meant for.
        format!("{named}[[assert]]\nthat = \"{long}y = 5\"\n"),
    ] {
        let here = folder(&[("claims.toml", &text), ("a.md", "It has 5 members.\n")]);
        for format in ["human", "short", "json", "sarif", "junit", "github", "rdjson", "markdown"] {
            let (code, out, said) = ran(here.path(), &["check", "claims.toml", "--format", format]);
            assert!(0 < code, "{format}: {text:.200}");
            assert!(out.len() < 40_000, "{format}: {} bytes of {text:.200}", out.len());
            assert!(said.len() < 4_000, "{format}: {} bytes of {text:.200}", said.len());
        }
        let here = folder(&[("crossfoot.toml", &text), ("a.md", "It has 5 members.\n")]);
        let (code, out, said) = ran(here.path(), &["check", "a.md"]);
        assert_eq!(code, 2, "{text:.200}");
        assert!(out.len() < 40_000 && said.len() < 4_000, "{} {}", out.len(), said.len());
    }
    // As much of an argument as a command line takes.
    let here = folder(&[("a.md", "It has 5 members.\n")]);
    let long = &long[..100_000];
    let select = &["check", "a.md", "--select", long];
    for arguments in [&select[..], &["check", long], &[long], &["explain", long]] {
        let (code, out, said) = ran(here.path(), arguments);
        assert_eq!(code, 2);
        assert!(out.len() + said.len() < 4_000, "{}", said.len());
    }
}
