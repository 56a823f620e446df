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

/// The fixtures: one article in three formats.
const FORMATS: [&str; 3] = ["grain.md", "grain.html", "grain-as-saved.html"];

fn fixture(name: &str) -> String {
    read(format!("fixtures/articles/{name}"))
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
            let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
            let place = &finding["location"];
            let line = usize::try_from(place["line"].as_u64().unwrap()).unwrap();
            let column = usize::try_from(place["column"].as_u64().unwrap()).unwrap();
            let source = text_at(fixture_line(name, line), column);
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
fn text_at(line: String, column: usize) -> String {
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
