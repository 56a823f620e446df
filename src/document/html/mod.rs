//! The prose of HTML: what a browser shows of an article, with the bytes that it was read from.
//!
//! `token` cuts a text into tags and text, `tree` knows which element ends where, `page` finds the article in
//! it, and `walk` writes its blocks with their `words`. No parser at hand gives both a tree and the bytes of each word.

mod dates;
mod element;
mod page;
mod reference;
mod table;
mod tag;
mod token;
mod traits;
mod tree;
mod walk;
mod words;

pub use dates::DateMark;
pub(super) use tag::{Tag, ends_ordinal, power, raised};

use crate::document::block::{Block, is_blank};
use crate::document::html::page::Page;
use crate::document::html::walk::Walk;
use crate::document::map::Prose;
use crate::document::write::Writer;

/// Tags of which one begins HTML that says nothing else of itself, as browsers take it (the MIME Sniffing
/// standard, section 7.1), and those that have come to HTML since.
const BEGIN: &[&str] = &[
    "!doctype html",
    "a",
    "article",
    "b",
    "blockquote",
    "body",
    "br",
    "div",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "head",
    "header",
    "html",
    "iframe",
    "main",
    "meta",
    "ol",
    "p",
    "script",
    "section",
    "span",
    "style",
    "table",
    "title",
    "ul",
];

/// Whether a text begins as HTML does, behind white space, comments and what XML says of itself.
pub(super) fn begins(text: &str) -> bool {
    let mut rest = text.trim_start_matches(is_blank);
    loop {
        let end = match () {
            () if rest.starts_with("<!--") => rest.find("-->").map(|at| at + "-->".len()),
            () if rest.starts_with("<?xml") => rest.find("?>").map(|at| at + "?>".len()),
            () => break,
        };
        let Some(end) = end else { return false };
        rest = rest[end..].trim_start_matches(is_blank);
    }
    let Some(rest) = rest.strip_prefix('<') else { return false };
    BEGIN.iter().any(|tag| {
        rest.get(..tag.len()).is_some_and(|name| name.eq_ignore_ascii_case(tag))
            && rest[tag.len()..]
                .starts_with(|c: char| c == '>' || c == '/' || c.is_ascii_whitespace())
    })
}

/// Bytes of a text beyond which no place in it fits a node.
const LONGEST: usize = u32::MAX as usize;

/// What was read of a page.
pub(super) struct Read {
    pub(super) prose: Prose,
    pub(super) blocks: Vec<Block>,
    /// Where it says when it was published.
    pub(super) dates: Vec<DateMark>,
}

/// The prose and blocks of a page from a byte on.
pub(super) fn read(text: &str, start: usize) -> Read {
    let body = if text.len() < LONGEST { &text[start..] } else { "" };
    let tree = tree::tree(body);
    let page = Page::new(body, &tree, true);
    let mut writer = Writer::new(text, start);
    let article = page.article();
    let dates = dates::find(&page, &article, start);
    Walk::new(&page, start, &mut writer).write(article);
    Read { prose: writer.prose, blocks: writer.blocks, dates }
}

/// The prose and blocks of a part of HTML, wherever that begins and ends.
pub(super) fn part(html: &str) -> (Prose, Vec<Block>) {
    let mut writer = Writer::new(html, 0);
    read_part(html, 0, &mut writer);
    (writer.prose, writer.blocks)
}

/// What a part of HTML leaves open around what follows it.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// The name of the outermost element that is not shown or stands apart, and that no tag has ended.
    pub(super) hiding: Option<String>,
    /// How many elements of each name are open, or ended too many; in small letters.
    pub(super) open: Vec<(String, i32)>,
}

/// Writes a part of a text in HTML that begins at a byte of the source.
pub(super) fn read_part(html: &str, base: usize, writer: &mut Writer<'_>) -> Around {
    let tree = tree::tree(html);
    let page = Page::new(html, &tree, false);
    Walk::new(&page, base, writer).write(0..tree.nodes.len());
    around(html, &page)
}

/// What a part of HTML leaves open, where it is not read.
pub(super) fn pass_part(html: &str) -> Around {
    let tree = tree::tree(html);
    around(html, &Page::new(html, &tree, false))
}

fn around(html: &str, page: &Page<'_>) -> Around {
    let mut around = Around::default();
    for &node in &page.tree.unclosed {
        let start = page.tree.nodes[node].range().start;
        let name = Tag::of(&html[start..]).name.to_ascii_lowercase();
        if around.hiding.is_none()
            && (page.is_hidden(node) || page.is_apart(node, std::iter::empty()))
        {
            around.hiding = Some(name.clone());
        }
        around.open.push((name, 1));
    }
    let ended = page.tree.stray.iter().map(|name| (html[name.clone()].to_ascii_lowercase(), -1));
    around.open.extend(ended);
    around
}

/// Whether a tag begins an element that is not shown.
pub(super) fn hides(tag: &str) -> bool {
    if !tag.contains(|c: char| c.is_ascii_whitespace()) {
        return false;
    }
    let tree = tree::tree(tag);
    let page = Page::new(tag, &tree, false);
    !tree.nodes.is_empty() && page.is_hidden(0)
}

#[cfg(test)]
mod tests;
