//! The prose of HTML: what a browser shows of an article, with the bytes that it was read from.
//!
//! `token` cuts a text into tags and words, `tree` knows which element ends where, `page` finds the article in
//! it, and `walk` writes its prose. No parser at hand gives both a tree and the bytes of each word.

mod element;
mod page;
mod reference;
mod table;
mod tag;
mod token;
mod traits;
mod tree;
mod walk;

pub(super) use tag::{Tag, ends_ordinal, power, raised};

use crate::document::block::{Block, is_blank};
use crate::document::html::page::Page;
use crate::document::html::walk::Walk;
use crate::document::map::Prose;
use crate::document::write::Writer;

/// Tags of which one begins HTML that says nothing else of itself, as browsers take it (the MIME Sniffing
/// standard, section 7.1), and those that have come to HTML since.
const BEGIN: &[&str] = &[
    "!doctype html", "a", "article", "b", "blockquote", "body", "br", "div", "figure", "font", "h1",
    "h2", "h3", "head", "header", "html", "iframe", "main", "meta", "ol", "p", "script", "section",
    "span", "style", "table", "title", "ul",
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
            && rest[tag.len()..].starts_with(|c: char| c == '>' || c == '/' || c.is_ascii_whitespace())
    })
}

/// Bytes of a text beyond which no place in it fits a node.
const LONGEST: usize = u32::MAX as usize;

/// The prose and blocks of a page from a byte on.
pub(super) fn read(text: &str, start: usize) -> (Prose, Vec<Block>) {
    let body = if text.len() < LONGEST { &text[start..] } else { "" };
    let tree = tree::tree(body);
    let page = Page::new(body, &tree, true);
    let mut writer = Writer::new(text, start);
    Walk::new(&page, start, &mut writer).write(page.article());
    (writer.prose, writer.blocks)
}

#[cfg(test)]
mod tests;
