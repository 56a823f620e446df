//! HTML is read as browsers read it: against html5ever on constructs of real pages, and on whole pages.

use std::fmt::Write as _;

use crossfoot::document::{Document, Format, REMOVED};
use html5ever::tendril::TendrilSink as _;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use proptest::prelude::*;

use crate::support::{cases, folder, ran, read};

/// Elements that are not shown, or are no prose.
const UNREAD: [&str; 18] = [
    "audio", "button", "canvas", "datalist", "dialog", "footer", "head", "iframe", "math", "nav",
    "noscript", "object", "script", "select", "style", "svg", "template", "textarea",
];

/// Elements in lines of their own.
const BLOCKS: [&str; 45] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "option",
];

/// Elements whose words are no prose, though their blocks part what stands around them.
const STRUCK: [&str; 6] = ["code", "del", "kbd", "s", "samp", "strike"];

/// The text of a tree with a line for each block, as a browser shows it without style.
fn shown(handle: &Handle, is_read: bool, out: &mut String) {
    match &handle.data {
        NodeData::Text { .. } if !is_read => {}
        NodeData::Text { contents } => out.push_str(&contents.borrow().replace('\n', " ")),
        NodeData::Element { name, attrs, .. } => {
            let name = &*name.local;
            let is_hidden = attrs.borrow().iter().any(|one| &*one.name.local == "hidden");
            if UNREAD.contains(&name) || is_hidden {
                return;
            }
            let is_read = is_read && !STRUCK.contains(&name);
            let is_block = BLOCKS.contains(&name);
            out.push_str(if is_block { "\n" } else { "" });
            handle.children.borrow().iter().for_each(|child| shown(child, is_read, out));
            out.push_str(if is_block { "\n" } else { "" });
        }
        _ => handle.children.borrow().iter().for_each(|child| shown(child, is_read, out)),
    }
}

/// Lines without white space, sorted: what stands between the cells of a table stands elsewhere in a browser.
fn lines(text: &str) -> Vec<String> {
    let line = |line: &str| {
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        words.concat()
    };
    let mut all: Vec<String> = text.lines().map(line).filter(|line| !line.is_empty()).collect();
    all.sort();
    all
}

fn by_html5ever(html: &str) -> Vec<String> {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    let mut out = String::new();
    shown(&dom.document, true, &mut out);
    lines(&out)
}

fn by_crossfoot(html: &str) -> Vec<String> {
    let document = Document::parse(html, Format::Html);
    let mut out = String::new();
    for block in document.blocks() {
        let words = document.prose()[block.range.clone()].replace(REMOVED, "").replace('\n', " ");
        let _ = writeln!(out, "{words}");
    }
    lines(&out)
}

/// Constructs as pages have them, right and wrong.
const CONSTRUCTS: [&str; 104] = [
    "plain words",
    "<p>one</p><p>two</p>",
    "<p>one<p>two",
    "<p>one<div>two</div>three",
    "<p>one<ul><li>two</ul>three",
    "<p>one<table><tr><td>two</table>three",
    "<p>one<h2>two</h2>three",
    "<p>one<hr>two",
    "<p>one<blockquote>two</blockquote>three",
    "<p>one<section>two<p>three</section>four",
    "<p>one<figure>two<figcaption>three</figure>four",
    "<p>one<details><summary>two</summary>three</details>four",
    "<p>one<center>two</center>three",
    "<p>one<pre>two</pre>three",
    "<p>one<form>two</form>three",
    "<p>one<address>two</address>three",
    "one</p>two",
    "<div>one</p>two</div>",
    "<div>one<p>two</div>three",
    "<span>one<p>two</span>three",
    "<b>one<p>two</b>three",
    "<b>one<p>two</p>three</b>four",
    "<a href=x>one<div>two</div>three</a>four",
    "<a href=x>one<a href=y>two</a>three",
    "<i>one<b>two</i>three</b>four",
    "<s>one</s>two",
    "<s>one<p>two</s>three",
    "<p><s>one<p>two</s>three",
    "<div><s>one</div>two</s>three",
    "<s>one<div>two</s>three</div>four",
    "<code>one<p>two</code>three",
    "<del>one<p>two</del>three",
    "<del>one</del>two",
    "<s><s>one</s>two</s>three",
    "<s>one<b>two</s>three</b>four",
    "<table><tr><td><s>one<td>two</table>three",
    "<table><tr><td>one</s><td><s>two</s>three</table>",
    "<ul><li>one<li>two</ul>",
    "<ul><li>one<p>two<li>three</ul>",
    "<ul><li>one<ul><li>two</ul>three<li>four</ul>",
    "<ul><li>one<div><li>two</div>three</ul>",
    "<ul><li><span>one<li>two</ul>",
    "<ul><li><section>one<li>two</section>three</ul>",
    "<ol><li>one</li></li><li>two</ol>",
    "<li>one<li>two",
    "<ul>one<li>two</ul></ul>three",
    "<dl><dt>one<dd>two<dt>three<dd>four</dl>",
    "<dl><dt>one<dd><p>two<dd>three</dl>",
    "<dl><div><dt>one<dd>two</div></dl>",
    "<table><tr><td>one<td>two<tr><td>three</table>",
    "<table><tbody><tr><td>one</tbody><tr><td>two</table>",
    "<table><caption>one<tr><td>two</table>",
    "<table><caption>one</caption><col><tr><th>two</table>",
    "<table><colgroup><col></colgroup><tr><td>one</table>",
    "<table><td>one<td>two</table>",
    "<table><tr><td>one</tr>two<tr><td>three</table>",
    "<table>one<tr><td>two</table>",
    "<table><tr>one<td>two</table>",
    "<table><tr><td>one<table><tr><td>two</table>three</table>four",
    "<table><tr><td>one</td></table></td>two",
    "<table><tr><td>one<table></td><p>two</table>",
    "<table><tr><td><p>one<td>two</table>three",
    "<table><tr><td><ul><li>one<td>two</table>three",
    "<table><tr><td><div>one</td></div><td>two</table>",
    "<table><thead><tr><th>one<tfoot><tr><td>two<tbody><tr><td>three</table>",
    "<table><tr><td>one</tbody></table>two",
    "<div><table><tr><td>one</div>two</table>three",
    "<table><form><tr><td>one</form>two</table>",
    "<td>one</td><tr>two",
    "<h1>one<h2>two</h1>three",
    "<h1>one</h3>two",
    "<h2><p>one</h2>two",
    "<button>one<p>two</button>three",
    "<button>one<button>two</button>three",
    "<p><button>one</p>two</button>three",
    "<select><option>one<option>two</select>three",
    "<option>one<option>two",
    "<template><p>one</template>two",
    "<noscript><p>one</noscript>two",
    "<script>one</script>two",
    "<script><!-- <script>one</script> --></script>two",
    "<script>'<!--'</script>two",
    "<style>one</style>two",
    "<title>one</title>two",
    "<textarea><p>one</textarea>two",
    "<iframe><p>one</iframe>two",
    "<svg><title>one</title><p>two</svg>three",
    "<svg><text>one</text></svg>two",
    "<svg><style>one</svg>two",
    "<svg><foreignObject><p>one</p></foreignObject></svg>two",
    "<svg/>one",
    "<math><mi>one</mi></math>two",
    "<math><mtext><p>one</p></mtext></math>two",
    "<!-- one -->two<!-->three<!--->four<!-- --!>five",
    "<!doctype html><?xml one?><![CDATA[two]]></>three</5>four",
    "one < two <3 a<b c>three",
    "one &amp; two &lt;three&gt; &nbsp; &euro;5 &#36;5 &#x24;6 &ampfour &notit; &copy2",
    "<p title='>'>one<p title=\">\" a=b/c>two",
    "<p\n  class = x\n>one</p\n>two",
    "<div hidden>one<p>two</div>three",
    "<foo-bar>one<baz>two</foo-bar>three</baz>four",
    "<hgroup><h1>one</h1><p>two</hgroup>three",
    "<fieldset><legend>one</legend>two</fieldset>three",
    "<body><p>one</body><p>two</html><p>three",
];

#[test]
fn constructs_are_read_as_html5ever_reads_them() {
    for construct in CONSTRUCTS {
        assert_eq!(by_crossfoot(construct), by_html5ever(construct), "{construct}");
    }
}

/// Tags and words of which pages are put together at random.
const BITS: [&str; 48] = [
    "one",
    " two",
    "5000",
    " ",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<s>",
    "</s>",
    "<a href=x>",
    "</a>",
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "<ol>",
    "</ol>",
    "<h1>",
    "</h1>",
    "<h2>",
    "</h2>",
    "<br>one",
    "<span>",
    "</span>",
    "<blockquote>",
    "</blockquote>",
    "<section>",
    "</section>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dl>",
    "<sub>six",
    "</sub>",
    "<del>",
    "</del>",
    "<button>",
    "</button>",
    "<svg>",
    "</svg>",
    "<template>",
    "</template>",
    "<!-- x -->",
    "&amp;",
    "<em>",
];

proptest! {
    #![proptest_config(cases(500))]

    /// No table is among them: what stands between cells stands elsewhere in a browser.
    #[test]
    fn random_tags_are_read_as_html5ever_reads_them(
        bits in prop::collection::vec(prop::sample::select(&BITS[..]), 0..24)
    ) {
        let html = bits.concat();
        prop_assert_eq!(by_crossfoot(&html), by_html5ever(&html), "{}", html);
    }
}

/// The fixtures: one article as several programs write it.
const FORMATS: [&str; 4] = ["grain.md", "grain.html", "grain-pandoc.html", "grain-writer.html"];

fn fixture(name: &str) -> String {
    read(format!("fixtures/formats/{name}"))
}

/// What a check says of a text: rules, messages and the words of each place.
fn said(name: &str, text: &str) -> Vec<(String, String, String)> {
    let here = folder(&[(name, text)]);
    let (_, out, err) = ran(here.path(), &["check", name, "--format", "json"]);
    let report: serde_json::Value =
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {err}"));
    let mut all: Vec<(String, String, String)> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            // A figure is told with the space that it is written with.
            let text = |key: &str| finding[key].as_str().unwrap().replace('\u{a0}', " ");
            let place = &finding["location"];
            let line = usize::try_from(place["line"].as_u64().unwrap()).unwrap();
            let column = usize::try_from(place["column"].as_u64().unwrap()).unwrap();
            let source = text_at(&fixture_line(name, line), column);
            (text("rule"), text("message"), source)
        })
        .collect();
    all.sort();
    all
}

fn fixture_line(name: &str, line: usize) -> String {
    fixture(name).lines().nth(line - 1).unwrap_or_default().to_owned()
}

/// The first digits from a column on.
fn text_at(line: &str, column: usize) -> String {
    let rest: String = line.chars().skip(column - 1).collect();
    let digits = rest.chars().skip_while(|c| !c.is_ascii_digit());
    digits.take_while(|c| c.is_ascii_digit() || *c == ',').collect()
}

#[test]
fn an_article_is_the_same_in_markdown_and_as_a_page() {
    let [markdown, others @ ..] = FORMATS;
    let expected = said(markdown, &fixture(markdown));
    assert!(3 <= expected.len(), "{expected:?}");
    for name in others {
        assert_eq!(said(name, &fixture(name)), expected, "{name}");
    }
}

/// What `check -` says of a text, with these arguments.
fn piped(text: &str, arguments: &[&str]) -> String {
    use std::io::Write as _;
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_crossfoot"))
        .args(arguments)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .and_then(|mut run| {
            run.stdin.take().unwrap().write_all(text.as_bytes())?;
            run.wait_with_output()
        });
    String::from_utf8(run.unwrap().stdout).unwrap()
}

#[test]
fn a_page_on_standard_input_is_known_by_its_beginning() {
    let page = fixture("grain.html");
    let check = ["check", "-", "--format", "short"];
    let out = piped(&page, &check);
    assert!(out.contains("<stdin>:46:18: error[wrong-weekday]"), "{out}");
    assert!(out.contains("5 contradict;"), "{out}");
    for begins in
        ["<p>", "<!-- one -->\n<DIV class=x>", "<?xml version=\"1.0\"?>\n<html>", "<h1>A</h1>"]
    {
        let text = format!("{begins}It fell by 50 percent, from <b>146</b>,000 to 100,000.");
        assert!(piped(&text, &check).contains("error[wrong-percent-change]"), "{begins}");
        let named = [&check[..], &["--stdin-filename", "a.txt"]].concat();
        let as_text = piped(&text, &named);
        assert!(!as_text.contains("wrong-percent-change"), "{begins}: {as_text}");
    }
    let text = "It fell by 50 percent, from <b>146</b>,000 to 100,000.";
    assert!(!piped(text, &check).contains("wrong-percent-change"));
    let named = [&check[..], &["--stdin-filename", "a.htm"]].concat();
    assert!(piped(text, &named).contains("a.htm:1:12: error[wrong-percent-change]"));
    let extract = piped(&page, &["extract", "-", "--format", "jsonl"]);
    assert!(extract.contains("\"value\":\"290000000\""), "{extract}");
    assert!(!extract.contains("partners") && !extract.contains("812"), "{extract}");
}

#[test]
fn every_command_takes_a_page() {
    let page = fixture("grain.html");
    let edited = page.replace("100,000</ins>", "73,000</ins>");
    let here = folder(&[("a.html", &page), ("b.html", &edited)]);
    let run = |arguments: &[&str]| ran(here.path(), arguments);
    let (code, out, err) = run(&["record", "a.html", "-o", "claims.toml"]);
    assert_eq!(code, 0, "{out}{err}");
    let claims = std::fs::read_to_string(here.path().join("claims.toml")).unwrap();
    assert!(claims.contains("\"union fell by 50 percent\""), "{claims}");
    assert!(!claims.contains('<') && !claims.contains("&nbsp;"), "{claims}");
    // Each quote is found again.
    let (_, out, _) = run(&["check", "claims.toml", "--format", "short"]);
    assert!(!out.contains("quote"), "{out}");
    let (_, out, _) = run(&["diff", "a.html", "b.html"]);
    assert!(out.contains("100,000") && out.contains("73,000"), "{out}");
    let (_, out, _) = run(&["explain", "a.html:44"]);
    assert!(
        out.contains(
            "fell by 50 percent, from 146,000 in 2019 to 100,000 last year, it\n    said."
        ),
        "{out}"
    );
    let (_, out, _) = run(&["report", "a.html"]);
    assert!(out.contains("growers\u{2019} union") && !out.contains("812 partners"), "{out}");
    let (_, out, _) = run(&["extract", "a.html"]);
    assert!(out.contains("82.5 million") && !out.contains("&amp;"), "{out}");
    std::fs::write(here.path().join("claims.toml"), claims.replace("a.html", "b.html")).unwrap();
    let (_, out, _) = run(&["review", "claims.toml", "--list"]);
    assert!(out.contains("73,000"), "{out}");
    // A report is no article.
    run(&["check", "a.html", "-o", "html=report.html"]);
    let (_, out, _) = run(&["check", ".", "--format", "short"]);
    assert!(!out.contains("report.html"), "{out}");
}

#[test]
fn the_figures_of_a_deck_are_compared_with_the_text() {
    let page = |deck: &str| {
        format!(
            "<!doctype html><article><hgroup><h1>Harbour gets its money</h1><p>{deck}</p></hgroup><p>The \
             council met.<p>The storm that crossed the coast on Sunday cut power to 41,300 homes.</article>"
        )
    };
    for (deck, expected) in [
        ("The storm on the coast cut power to 61,000 homes", true),
        ("The storm on the coast cut power to 41,000 homes", false),
    ] {
        let here = folder(&[("a.html", &page(deck))]);
        let (_, out, _) = ran(here.path(), &["check", "a.html", "--format", "short"]);
        assert_eq!(out.contains("[headline-differs]"), expected, "{deck}: {out}");
    }
}

#[test]
fn a_comment_lets_a_finding_stand_in_html_too() {
    let text = "<!doctype html>\n<!-- crossfoot-ignore wrong-percent-change: their own sum -->\n\
                <p>It fell by 50 percent, from 146,000 to 100,000.</p>\n";
    let here = folder(&[("a.html", text)]);
    let (code, out, _) = ran(here.path(), &["check", "a.html", "--format", "short"]);
    assert_eq!(code, 0, "{out}");
    assert!(!out.contains("error["), "{out}");
}

/// A text checked in no more than some seconds, whatever it is.
fn soon(text: &str, what: &str) -> Document<'static> {
    let text: &'static str = Box::leak(text.to_owned().into_boxed_str());
    let start = std::time::Instant::now();
    let document = Document::parse(text, Format::Html);
    let took = start.elapsed();
    assert!(took.as_secs() < 60, "{what}: {took:?}");
    document
}

#[test]
fn hostile_pages_are_read_in_linear_time() {
    const DEEP: usize = 10_000;
    for open in [
        "<div>",
        "<p>",
        "<b>",
        "<s>",
        "<a href=x>",
        "<ul><li>",
        "<table><tr><td>",
        "<dl><dd>",
        "<svg>",
        "<span>",
        "<x-y>",
        "<button>",
        "<h1>",
        "<aside>",
        "<article>",
        "<blockquote>",
        "<sup>",
        "<q>",
        "<template>",
        "<object>",
        "<select><option>",
        "<font color=x>",
        "<math><mtext>",
    ] {
        soon(&format!("{}five million{}", open.repeat(DEEP), "</div></p></li>".repeat(DEEP)), open);
        let name = open[1..].split([' ', '>']).next().unwrap();
        soon(&format!("{}{}", open.repeat(DEEP), format!("five</{name}>").repeat(DEEP)), open);
        let mixed = format!("{open}<li></x><p></span></s><td><b></b>");
        soon(&mixed.repeat(DEEP), open);
    }
    for flood in [
        "&",
        "&amp;",
        "&a",
        "&#",
        "&#x",
        "&#1",
        "&notin",
        "&CounterClockwiseContourIntegra",
        "<",
        "</",
        "<!",
        "<!-",
        "<!--",
        "<!-- --",
        "<?",
        "<a",
        "<a b=",
        "<a b='",
        "<script>",
        "<script><!--<script>",
        "</script",
        "<title>",
        "<textarea></textare",
        "<td colspan=1000 rowspan=0>",
        "<tr>",
        "\n",
        "&nbsp;",
        "<br>",
        "<img alt=5>",
        "<p/>",
    ] {
        soon(&flood.repeat(50_000), flood);
        soon(&format!("<table><tr>{}", flood.repeat(50_000)), flood);
    }
    let wide = format!(
        "<table>{}",
        format!("<tr>{}", "<td colspan=1000 rowspan=65534>5".repeat(5)).repeat(2_000)
    );
    soon(&wide, "spans");
}

#[test]
fn hostile_text_of_pages_is_read_in_linear_time() {
    for flood in [
        "\x0c",
        "\x0c1\n",
        "a  ",
        "some words here   and there\n",
        "a-\n",
        "1\n",
        "\n \n",
        "ab-\ncd",
    ] {
        let text = format!("\x0c{}", flood.repeat(200_000));
        let start = std::time::Instant::now();
        Document::parse(&text, Format::Plain);
        assert!(start.elapsed().as_secs() < 60, "{flood:?}");
    }
}

#[test]
fn deep_pages_keep_their_words() {
    let deep = 10_000;
    let text = format!("{}It cost $5 million.{}", "<div>".repeat(deep), "</div>".repeat(deep));
    assert_eq!(soon(&text, "deep").prose().trim(), "It cost $5 million.");
}

#[test]
fn a_page_of_two_hundred_megabytes_is_refused() {
    let here = folder(&[]);
    let file = std::fs::File::create(here.path().join("large.html")).unwrap();
    file.set_len(200 << 20).unwrap();
    let (code, _, err) = ran(here.path(), &["check", "large.html"]);
    assert_eq!(code, 2);
    assert!(err.contains("larger than 64 MiB") || !err.is_empty(), "{err}");
}
