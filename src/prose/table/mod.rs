//! Tables: rows and columns of totals, and columns of changes.

mod cells;
mod change;
mod total;

use std::ops::Range;

use crate::document::BlockKind;
use crate::prose::structure::Structure;
use crate::prose::table::cells::{MOST_CELLS, Table, is_total};
use crate::rule::Join;

/// Reads all tables of an article.
pub(super) fn read(structure: &mut Structure<'_, '_>) {
    let blocks = structure.article.document.blocks();
    let mut at = 0;
    while at < blocks.len() {
        let BlockKind::TableCell { table, .. } = blocks[at].kind else {
            at += 1;
            continue;
        };
        let same =
            |kind: BlockKind| matches!(kind, BlockKind::TableCell { table: t, .. } if t == table);
        let length = blocks[at..].iter().take_while(|block| same(block.kind)).count();
        if length <= MOST_CELLS {
            read_table(structure, at..at + length);
        }
        at += length;
    }
}

fn read_table(structure: &mut Structure<'_, '_>, blocks: Range<usize>) {
    let lexicon = structure.lexicon;
    let Some(mut table) = Table::outline(structure, blocks) else { return };
    let has_total = table.labels.iter().chain(&table.headers).any(|words| is_total(lexicon, words));
    let has_change = table.headers.iter().any(|words| change::is_change(lexicon, words));
    let totals = has_total && structure.wants(Join::TableTotal);
    let changes = has_change
        && (structure.wants(Join::TableChange) || structure.wants(Join::TableDifference));
    if !totals && !changes {
        return;
    }
    table.fill(structure);
    if totals {
        total::read(structure, &mut table);
    }
    if changes {
        change::read(structure, &mut table);
    }
}
