//! Tables: where a paragraph stands in one (ECMA-376 Part 1, 17.4).

use crate::document::docx::body::Then::{self, Done, Enter};
use crate::document::docx::body::{Around, Body, Table, Tag, WIDEST};
use crate::document::docx::properties::{CellProperties, RowProperties, each};
use crate::document::office::Element;
use crate::source::BlockKind;

impl<'x> Body<'x, '_> {
    /// The cell that stands around, unless a text box stands between.
    pub(super) fn cell(&self) -> Option<BlockKind> {
        let [.., Around::Table(table), Around::Row { is_header, .. }] = &*self.around else {
            return None;
        };
        Some(BlockKind::TableCell {
            table: table.number,
            row: table.row,
            column: table.column,
            header: *is_header || table.row == 0 && table.has_header,
        })
    }

    /// Elements of tables.
    pub(super) fn table(&mut self, name: &'x [u8]) -> Result<Then, String> {
        match name {
            b"tbl" => {
                self.flow.part_here();
                self.tables = self.tables.saturating_add(1);
                let table = Table { number: self.tables - 1, has_header: true, ..Table::default() };
                self.around.push(Around::Table(table));
                return Ok(Enter(Tag::Table));
            }
            b"tr" => {
                if let Some(table) = self.innermost_table() {
                    table.column = 0;
                }
                self.around.push(Around::Row { is_gone: false, is_header: false });
                return Ok(Enter(Tag::Row));
            }
            b"tc" => return Ok(Enter(Tag::Cell { is_gone: false, span: 1 })),
            b"tblPr" => {
                let mut special = true;
                each(&mut self.xml, |_, element, name| {
                    if name == b"tblLook" {
                        special = is_first_row_special(element);
                    }
                    Ok(())
                })?;
                if let Some(Around::Table(table)) = self.around.last_mut() {
                    table.has_header = special;
                }
            }
            b"trPr" => {
                let row = RowProperties::read(&mut self.xml, self.shared.revision)?;
                self.has_changes |= row.has_changes;
                if let (Some(Tag::Row), Some(Around::Row { is_gone, is_header })) =
                    (self.stack.last(), self.around.last_mut())
                    && !*is_gone
                {
                    (*is_gone, *is_header) = (row.is_gone, row.is_header);
                    self.hidden += usize::from(row.is_gone);
                }
                if let Some(table) = self.innermost_table() {
                    table.column = row.before.min(WIDEST);
                }
            }
            _ => {
                let cell = CellProperties::read(&mut self.xml, self.shared.revision)?;
                self.has_changes |= cell.has_changes;
                if let Some(Tag::Cell { is_gone, span }) = self.stack.last_mut()
                    && !*is_gone
                {
                    *is_gone = cell.is_gone;
                    *span = cell.span.unwrap_or(1).clamp(1, WIDEST);
                    self.hidden += usize::from(cell.is_gone);
                }
            }
        }
        Ok(Done)
    }

    /// The table of the row that is open, or was last.
    pub(super) fn innermost_table(&mut self) -> Option<&mut Table> {
        match &mut *self.around {
            [.., Around::Table(table), Around::Row { .. }] | [.., Around::Table(table)] => {
                Some(table)
            }
            _ => None,
        }
    }
}

/// Whether the first row of a table is one of headers (17.4.55): in words, or as a number of bits.
fn is_first_row_special(element: &Element<'_>) -> bool {
    match (element.attribute("firstRow"), element.value()) {
        (Some(value), _) => !matches!(&*value, "0" | "false" | "off"),
        (None, Some(bits)) => u32::from_str_radix(&bits, 16).is_ok_and(|bits| bits & 0x20 != 0),
        (None, None) => true,
    }
}
