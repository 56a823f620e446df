//! Where a page says when it was published, other than in its words.

use std::ops::Range;

use crate::document::html::element::Element;
use crate::document::html::page::Page;
use crate::document::html::token::Attributes;
use crate::document::html::tree::{Kind, Node};

use Element as E;

/// Where a page states days other than in its words; ranges are of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateMark {
    /// A script of linked data (JSON-LD): its content.
    LinkedData(Range<usize>),
    /// A `<meta>`, or an element that bears a property of its own.
    Property {
        /// The name of the property.
        name: Range<usize>,
        /// What it holds.
        value: Range<usize>,
    },
    /// A `<time>` of the article.
    Time {
        /// The whole element, with the words that are shown.
        element: Range<usize>,
        /// What `datetime` holds.
        value: Range<usize>,
    },
}

/// Those of a page, in order, with `base` as the place of its text in the source.
pub(super) fn find(page: &Page<'_>, article: &Range<usize>, base: usize) -> Vec<DateMark> {
    let mut found = Vec::new();
    for (at, node) in page.tree.nodes.iter().enumerate() {
        let has_attributes = || page.text[node.range()].contains([' ', '\n', '\t']);
        match (node.kind, node.element) {
            (Kind::Raw, E::Script) if has_attributes() => {
                let is_data = value(page, node, &["type"]).is_some_and(|kind| {
                    page.text[kind].trim().eq_ignore_ascii_case("application/ld+json")
                });
                if is_data {
                    found.push(DateMark::LinkedData(node.range().end..node.last()));
                }
            }
            (Kind::Element, E::Meta) if has_attributes() => {
                let name = value(page, node, &["property", "name", "itemprop"]);
                let content = value(page, node, &["content"]);
                if let (Some(name), Some(value)) = (name, content) {
                    found.push(DateMark::Property { name, value });
                }
            }
            (Kind::Element, E::Time) if has_attributes() => {
                let Some(value_of) = value(page, node, &["datetime"]) else { continue };
                match value(page, node, &["itemprop", "pubdate"]) {
                    Some(name) => found.push(DateMark::Property { name, value: value_of }),
                    None if article.contains(&at) => {
                        let last = &page.tree.nodes[at..node.last()];
                        let end = last.last().map_or(node.range().end, |node| node.range().end);
                        let element = node.range().start..end;
                        found.push(DateMark::Time { element, value: value_of });
                    }
                    None => {}
                }
            }
            _ => {}
        }
    }
    for mark in &mut found {
        let moved = |range: &mut Range<usize>| *range = base + range.start..base + range.end;
        match mark {
            DateMark::LinkedData(range) => moved(range),
            DateMark::Property { name, value } => [name, value].into_iter().for_each(moved),
            DateMark::Time { element, value } => [element, value].into_iter().for_each(moved),
        }
    }
    found
}

/// The bytes of the value of the first of some attributes that an element has. An attribute without a value
/// stands for its name.
fn value(page: &Page<'_>, node: &Node, names: &[&str]) -> Option<Range<usize>> {
    names.iter().find_map(|name| {
        let mut all = Attributes::of(page.text, node.range().start);
        let found =
            all.find(|attribute| page.text[attribute.name.clone()].eq_ignore_ascii_case(name))?;
        Some(found.value.unwrap_or(found.name))
    })
}
