//! The day of publication in linked data (JSON-LD), as search engines ask newsrooms for it.

use std::ops::Range;

/// Objects within objects beyond this depth are none of an article's own.
const DEEPEST: usize = 32;

/// Keys whose objects speak of the article itself.
const OWN: &[&str] = &["@graph", "mainEntity", "mainEntityOfPage"];

/// Types whose day counts only where no article states one.
const PAGES: &[&str] = &["WebPage", "ItemPage"];

/// Whether a type of schema.org is an article: `Article` and what is below it.
fn is_article(name: &str) -> bool {
    name.ends_with("Article")
        || name.ends_with("BlogPosting")
        || matches!(name, "Report" | "Review")
}

/// What an object speaks of.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    #[default]
    Other,
    Page,
    Article,
}

/// An object or array that is being read.
#[derive(Default)]
struct Object {
    /// Whether it speaks of the article itself.
    is_own: bool,
    is_array: bool,
    /// The key that is being read; of an array that of the object around it. Empty where there is none.
    key: Range<usize>,
    sort: Sort,
    published: Option<Range<usize>>,
}

/// The bytes of each `datePublished` of an article that a text of JSON speaks of; of the page, where it
/// speaks of no article. What is no JSON is passed by. Takes linear time.
pub(super) fn published(json: &str) -> Vec<Range<usize>> {
    let (mut articles, mut pages) = (Vec::new(), Vec::new());
    let mut open: Vec<Object> = Vec::new();
    let mut too_deep = 0_usize;
    let mut last = 0..0;
    let bytes = json.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'"' => {
                last = at..end_of_string(bytes, at);
                at = last.end + 1;
                value(json, &mut open, last.clone());
            }
            b':' => {
                if let Some(object) = open.last_mut() {
                    object.key = last.clone();
                }
            }
            b',' => {
                if let Some(object) = open.last_mut().filter(|object| !object.is_array) {
                    object.key = 0..0;
                }
            }
            b'{' | b'[' if too_deep != 0 || DEEPEST <= open.len() => too_deep += 1,
            b'{' | b'[' => {
                let around = open.last();
                let key = around.map_or(0..0, |object| object.key.clone());
                let is_own = around.is_none_or(|object| {
                    let name = &json[key.clone()];
                    object.is_own && (key.is_empty() || OWN.contains(&name))
                });
                let is_array = byte == b'[';
                let key = if is_array { key } else { 0..0 };
                open.push(Object { is_own, is_array, key, ..Object::default() });
            }
            b'}' | b']' if too_deep != 0 => too_deep -= 1,
            b'}' | b']' => {
                if let Some(object) = open.pop().filter(|object| object.is_own) {
                    match (object.sort, object.published) {
                        (Sort::Article, Some(day)) => articles.push(day),
                        (Sort::Page, Some(day)) => pages.push(day),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    if articles.is_empty() { pages } else { articles }
}

/// Takes in a string that is the value of a key, or one of its values.
fn value(json: &str, open: &mut [Object], string: Range<usize>) {
    let [around @ .., last] = open else { return };
    let key = json[last.key.clone()].to_owned();
    let object = if last.is_array {
        match around.last_mut() {
            Some(object) if !object.is_array => object,
            _ => return,
        }
    } else {
        last
    };
    match key.as_str() {
        "@type" => {
            let name = json[string].rsplit(['/', ':']).next().unwrap_or_default();
            let sort = match () {
                () if is_article(name) => Sort::Article,
                () if PAGES.contains(&name) => Sort::Page,
                () => Sort::Other,
            };
            object.sort = object.sort.max(sort);
        }
        "datePublished" => object.published = Some(string),
        _ => {}
    }
}

fn end_of_string(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(length) = memchr::memchr2(b'"', b'\\', &bytes[at..]) {
        at += length;
        if bytes[at] == b'"' {
            return at;
        }
        at = (at + 2).min(bytes.len());
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, expected: &[&str]) {
        let found: Vec<&str> = published(json).into_iter().map(|range| &json[range]).collect();
        assert_eq!(found, expected, "{json}");
    }

    #[test]
    fn an_article_says_when_it_was_published() {
        check(r#"{"@type":"NewsArticle","datePublished":"2025-08-07"}"#, &["2025-08-07"]);
        check(
            r#"[{"datePublished" : "a\"b", "@type": ["Thing", "http://schema.org/Article"]}]"#,
            &["a\\\"b"],
        );
        check(
            r#"{"@graph":[{"@type":"WebPage","datePublished":"1"},{"@type":"Article","datePublished":"2"}]}"#,
            &["2"],
        );
        check(r#"{"@type":"WebPage","datePublished":"1","name":"a, b: {"}"#, &["1"]);
        check(
            r#"{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","datePublished":"2"}}"#,
            &["2"],
        );
    }

    #[test]
    fn what_another_thing_says_does_not_count() {
        check(
            r#"{"@type":"NewsArticle","dateModified":"1","video":{"@type":"NewsArticle","datePublished":"2"}}"#,
            &[],
        );
        check(
            r#"{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","datePublished":"2"}]}"#,
            &[],
        );
        check(
            r#"{"@type":"NewsArticle","hasPart":[{"@type":"Article","datePublished":"2"}],"datePublished":"3"}"#,
            &["3"],
        );
        check(r#"{"@type":"Event","datePublished":"2"}"#, &[]);
    }

    #[test]
    fn what_is_no_json_is_passed_by() {
        for json in ["", "{", "}]", "\"", "\"\\", "{\"@type\":", "[[[\"datePublished\"", ":,"] {
            check(json, &[]);
        }
        check(&"[{\"a\":".repeat(100_000), &[]);
    }
}
