//! A document written as Markdown, so that what came from a Word document or from a page can be edited as text.

use std::fmt::Write as _;

use crate::document::Document;
use crate::document::block::{Block, BlockKind, REMOVED};
use crate::document::dialect::begins_figure;

/// The prose of a document as Markdown that is read as the same blocks: headings, lists, quotations, tables.
/// Images, formatting and links are no prose and are left out.
pub fn as_markdown(document: &Document<'_>) -> String {
    let mut out = String::new();
    let mut last: Option<&Block> = None;
    let mut table = Table::default();
    for block in document.blocks() {
        let words = words(&document.prose()[block.range.clone()]);
        if let BlockKind::TableCell { table: number, row, column, .. } = block.kind {
            if table.number.is_some_and(|known| known != number) {
                table.finish(&mut out);
            }
            table.number = Some(number);
            table.add(row, column, &words.replace('|', "\\|"));
            last = None;
            continue;
        }
        table.finish(&mut out);
        if words.is_empty() {
            continue;
        }
        // Items of a list stand close together.
        let is_item = |one: &Block| matches!(one.kind, BlockKind::ListItem { .. });
        let goes_on = is_item(block) && last.is_some_and(is_item);
        if !out.is_empty() && !goes_on {
            out.push('\n');
        }
        paragraph(&mut out, block.kind, last.map(|one| one.kind), &words);
        last = Some(block);
    }
    table.finish(&mut out);
    out
}

/// Writes a block that is no cell.
fn paragraph(out: &mut String, kind: BlockKind, last: Option<BlockKind>, words: &str) {
    match kind {
        BlockKind::Heading(level) => {
            out.extend(std::iter::repeat_n('#', usize::from(level.clamp(1, 6))));
            out.push(' ');
        }
        BlockKind::ListItem { list, number, depth } => {
            let goes_on = matches!(last, Some(BlockKind::ListItem { list: l, number: n, .. })
                if (l, n) == (list, number));
            if goes_on {
                out.push('\n');
            }
            out.extend(std::iter::repeat_n(' ', 2 * usize::from(depth)));
            out.push_str(if goes_on { "  " } else { "- " });
        }
        BlockKind::Quote => out.push_str("> "),
        _ => {}
    }
    out.push_str(&at_start(words));
    out.push('\n');
}

/// A table in the making: its rows of cells.
#[derive(Default)]
struct Table {
    number: Option<u32>,
    rows: Vec<Vec<String>>,
}

/// Cells of a row, and rows of a table, beyond which nothing is written: a document may claim any number.
const MOST: usize = 10_000;

impl Table {
    fn add(&mut self, row: u32, column: u32, words: &str) {
        let (row, column) = (row as usize, column as usize);
        if MOST <= row || MOST <= column {
            return;
        }
        if self.rows.len() <= row {
            self.rows.resize(row + 1, Vec::new());
        }
        let cells = &mut self.rows[row];
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        if !cells[column].is_empty() {
            cells[column].push(' ');
        }
        cells[column].push_str(words);
    }

    fn finish(&mut self, out: &mut String) {
        let rows = std::mem::take(&mut self.rows);
        self.number = None;
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        for (number, row) in rows.iter().enumerate() {
            if number == 0 && !out.is_empty() {
                out.push('\n');
            }
            let cell = |at: usize| row.get(at).map_or("", String::as_str);
            let cells: Vec<&str> = (0..columns).map(cell).collect();
            _ = writeln!(out, "| {} |", cells.join(" | "));
            if number == 0 {
                _ = writeln!(out, "|{}", " --- |".repeat(columns));
            }
        }
    }
}

/// Words on one line, in which Markdown finds no markup.
fn words(prose: &str) -> String {
    let line = prose.replace(REMOVED, " ");
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(line.len());
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        let rest = &line[at + c.len_utf8()..];
        let next = rest.chars().next().unwrap_or(' ');
        let is_markup = match c {
            '\\' => next.is_ascii_punctuation(),
            '*' | '`' => true,
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '~' => next == '~' || begins_figure(rest),
            '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
            '[' => true,
            '&' => next == '#' || rest.split(';').next().is_some_and(is_name) && rest.contains(';'),
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// Whether a text may be the name of a character.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() < 32 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The same at the start of a line, where more is markup.
fn at_start(words: &str) -> String {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = words.split_at(digits);
    let is_sign =
        words.starts_with(['#', '>', '+', '-', '=', ':', '|']) || words.starts_with("~~~");
    match () {
        () if is_sign => format!("\\{words}"),
        () if 0 < digits && rest.starts_with(['.', ')']) => format!("{number}\\{rest}"),
        () => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;

    /// The blocks of a text with their words.
    fn blocks(text: &str, format: Format) -> Vec<(String, String)> {
        let document = Document::parse(text, format);
        let kind = |kind: &BlockKind| match kind {
            BlockKind::TableCell { row, column, .. } => format!("cell {row} {column}"),
            BlockKind::ListItem { depth, .. } => format!("item {depth}"),
            other => format!("{other:?}"),
        };
        let all = document.blocks().iter();
        all.map(|one| (kind(&one.kind), document.prose()[one.range.clone()].to_owned())).collect()
    }

    #[test]
    fn a_page_is_the_same_as_markdown() {
        let page = "<h2>Rents &amp; costs</h2><p>It rose from 5*3 to ~20, or <b>1. that</b>, 10<sup>6</sup> <del>7</del>.</p>\
            <ul><li>4 of 5 [sic]<ul><li>2 within</li></ul></li><li>and 3</li></ul>\
            <blockquote><p>- 5 degrees</p></blockquote><p>2019. A year</p>\
            <table><tr><th>Town</th><th>Rent | month</th></tr><tr><td>A_b_</td><td>$5</td></tr></table>\
            <table><tr><td>1</td><td>2</td></tr></table><p>&lt;p&gt; and &amp;amp; \\* `x`</p>";
        let markdown = as_markdown(&Document::parse(page, Format::Html));
        assert_eq!(blocks(&markdown, Format::Markdown), blocks(page, Format::Html), "{markdown}");
    }

    #[test]
    fn what_no_table_has_is_not_written() {
        let mut table = Table::default();
        table.add(u32::MAX, 0, "a");
        table.add(0, u32::MAX, "a");
        assert!(table.rows.is_empty());
    }
}
