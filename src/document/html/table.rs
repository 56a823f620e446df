//! The cells of a table by row and column, with those that stand for several of either.

use crate::document::html::element::Element;
use crate::document::html::page::Page;
use crate::document::html::token::Attributes;
use crate::document::html::traits::Traits;
use crate::document::html::tree::Kind;

use Element as E;

/// A cell, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Its node.
    pub(super) node: usize,
    pub(super) row: u32,
    pub(super) column: u32,
    /// Whether it names its column.
    pub(super) header: bool,
    /// Whether it stands for several rows or columns.
    pub(super) spans: bool,
}

/// Columns that a cell may stand for, as in the standard, and columns that are counted.
const MOST_COLUMNS: u32 = 1000;
/// Rows that a cell may stand for, as in the standard.
const MOST_ROWS: u32 = 65_534;

/// The part of a table that a row stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Body,
    Foot,
}

struct Row {
    part: Part,
    cells: Vec<Place>,
}

/// The cells of a table in the order of the text; `None` where it only stands for the look of a page:
/// tables, headings, lists or several paragraphs stand in its cells, or it has one column or row.
pub(super) fn cells(page: &Page<'_>, table: usize) -> Option<Vec<Place>> {
    let nodes = &page.tree.nodes;
    if page.traits(table).has(Traits::LAYOUT) {
        return None;
    }
    let mut rows: Vec<Row> = Vec::new();
    // For each column, how many rows more a cell from above stands for.
    let mut taken: Vec<u32> = Vec::new();
    let (mut part, mut part_end) = (Part::Body, 0);
    let mut paragraphs = 0;
    let mut at = table + 1;
    while at < nodes[table].last() {
        let node = &nodes[at];
        let here = at;
        at += 1;
        if node.kind != Kind::Element {
            continue;
        }
        if page.is_hidden(here) {
            at = node.last();
            continue;
        }
        if part_end <= here {
            part = Part::Body;
        }
        match node.element {
            E::Thead | E::Tfoot | E::Tbody => {
                part = match node.element {
                    E::Thead => Part::Head,
                    E::Tfoot => Part::Foot,
                    _ => Part::Body,
                };
                part_end = node.last();
                // What stands for several rows does not reach into another part.
                taken.clear();
            }
            E::Tr => {
                for rows in &mut taken {
                    *rows = rows.saturating_sub(1);
                }
                rows.push(Row { part, cells: Vec::new() });
            }
            E::Td | E::Th => {
                paragraphs = 0;
                place(page, here, &mut rows, &mut taken);
            }
            E::P => {
                paragraphs += 1;
                if paragraphs == 2 {
                    return None;
                }
            }
            E::Table
            | E::Ul
            | E::Ol
            | E::Dl
            | E::Figure
            | E::Blockquote
            | E::Form
            | E::Article
            | E::Section => return None,
            element if element.level().is_some() => return None,
            _ => {}
        }
    }
    let width = rows.iter().flat_map(|row| &row.cells).map(|cell| cell.column + 1).max()?;
    if width < 2 || rows.len() < 2 {
        return None;
    }
    Some(numbered(page, &rows))
}

/// Gives a cell its column, and takes the places that it stands for.
fn place(page: &Page<'_>, node: usize, rows: &mut [Row], taken: &mut Vec<u32>) {
    let start = page.tree.nodes[node].range().start;
    let span = |name: &str, most: u32| {
        if !page.text[page.tree.nodes[node].range()].contains(' ') {
            return 1;
        }
        let value = Attributes::of(page.text, start).value(name);
        let digits = value.map_or(String::new(), |(value, _)| value);
        let digits = digits.trim_start();
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        match digits[..length].parse::<u32>() {
            // To the end of the part.
            Ok(0) if name == "rowspan" => most,
            Ok(0) => 1,
            Ok(number) => number.min(most),
            Err(_) => 1,
        }
    };
    let (columns, deep) = (span("colspan", MOST_COLUMNS), span("rowspan", MOST_ROWS));
    let Some(row) = rows.last_mut() else { return };
    let next = row.cells.last().map_or(0, |cell| cell.column + 1);
    let free = |column: &u32| taken.get(*column as usize).is_none_or(|rows| *rows == 0);
    let column = (next..next.saturating_add(MOST_COLUMNS)).find(free).unwrap_or(next);
    let end = (column + columns).min(MOST_COLUMNS);
    if taken.len() < end as usize {
        taken.resize(end as usize, 0);
    }
    for column in column..end {
        // The row itself is counted off with the next one.
        taken[column as usize] = deep;
    }
    let header = page.tree.nodes[node].element == E::Th;
    row.cells.push(Place { node, row: 0, column, header, spans: 1 < columns || 1 < deep });
}

/// Gives the rows their numbers: 0 to those that head the table, of which the last one counts, and to
/// others in the order in which a browser shows them.
fn numbered(page: &Page<'_>, rows: &[Row]) -> Vec<Place> {
    let heads = heads(page, rows);
    let is_head = |at: usize, row: &Row| row.part == Part::Head || heads.contains(&at);
    let counts = |at: usize, row: &Row, part: Part| row.part == part && !is_head(at, row);
    let bodies = rows.iter().enumerate().filter(|(at, row)| counts(*at, row, Part::Body)).count();
    let mut body = 0;
    let mut foot = u32::try_from(bodies).unwrap_or(u32::MAX);
    let mut all = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let is_head = is_head(at, row);
        let number = match row.part {
            _ if is_head => 0,
            Part::Foot => {
                foot += 1;
                foot
            }
            _ => {
                body += 1;
                body
            }
        };
        all.extend(row.cells.iter().map(|cell| Place { row: number, header: is_head, ..*cell }));
    }
    all
}

/// The rows that name the columns of those below them, where no `thead` does: what stands over the whole
/// width, rows of header cells, or a row without figures but years above rows that have some.
fn heads(page: &Page<'_>, rows: &[Row]) -> std::ops::Range<usize> {
    let has_head = rows.iter().any(|row| row.part == Part::Head);
    let Some(first) = rows.iter().position(|row| row.part == Part::Body) else { return 0..0 };
    let mut end = first;
    let mut named = has_head;
    while let Some(row) = rows.get(end) {
        let is_title = matches!(*row.cells, [only] if only.spans) || row.cells.is_empty();
        let is_named = !is_title
            && row.cells.iter().all(|cell| cell.header || cell.column == 0)
            && row.cells.iter().any(|cell| cell.header && cell.column != 0);
        if !is_title && !is_named {
            break;
        }
        named |= is_named;
        end += 1;
    }
    if end == rows.len() {
        return first..first;
    }
    let is_figure = |cell: &&Place| {
        let text = words(page, cell.node);
        text.bytes().any(|byte| byte.is_ascii_digit()) && !is_year(text.trim())
    };
    let figures =
        |row: &Row| row.cells.iter().filter(|cell| cell.column != 0).filter(is_figure).count();
    let is_plain = !named && figures(&rows[end]) == 0;
    if is_plain && rows[end + 1..].iter().any(|row| figures(row) != 0) {
        end += 1;
    }
    first..end
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && (text.starts_with("19") || text.starts_with("20"))
}

/// The first text of a cell.
fn words<'p>(page: &'p Page<'_>, node: usize) -> &'p str {
    let nodes = &page.tree.nodes[node..page.tree.nodes[node].last()];
    let mut texts =
        nodes.iter().filter(|node| node.kind == Kind::Text).map(|node| &page.text[node.range()]);
    texts.find(|text| !text.trim().is_empty()).unwrap_or_default()
}
