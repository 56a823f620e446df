//! The cells of a table, each with the amount that it states.

use std::collections::HashMap;
use std::ops::Range;

use crate::document::{BlockKind, REMOVED, sentences};
use crate::finding::Severity;
use crate::lexicon::{Abbreviations, Lexicon, folded, phrases};
use crate::mention::{parse_number, parse_value};
use crate::prose::candidate::Taken;
use crate::prose::structure::Structure;
use crate::prose::words::{Where, has};
use crate::value::{
    Amount, Counting, Direction, Interval, Kind, Mode, Numeral, Rational, Unit, Value, as_written,
};

/// Cells beyond this many are data, not an article's table.
pub(super) const MOST_CELLS: usize = 20_000;

/// What stands in a cell.
#[expect(clippy::large_enum_variant, reason = "a table that is read is mostly figures")]
pub(super) enum Cell {
    /// Nothing, or a sign for it.
    Blank,
    /// Words, or figures that are not one amount.
    Words,
    /// One amount.
    Figure(Figure),
}

/// An amount in a cell.
#[derive(Clone)]
pub(super) struct Figure {
    pub(super) amount: Amount,
    /// Its bytes of the prose.
    pub(super) range: Range<usize>,
    /// Its digits as written.
    pub(super) digits: String,
}

impl Figure {
    /// The number as stated, in the base of its unit.
    pub(super) fn stated(&self) -> Rational {
        &self.amount.from * &self.amount.unit.factor
    }

    /// The numbers that it may stand for, in the base of its unit.
    pub(super) fn loose(&self) -> Interval {
        self.amount.in_base(Mode::Loose)
    }

    /// Whether two amounts can be added up.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let (a, b) = (&self.amount.unit, &other.amount.unit);
        let percent = |figure: &Self| figure.amount.kind == Kind::Percent;
        a.dimension == b.dimension
            && a.currency == b.currency
            && percent(self) == percent(other)
            && (a.currency.is_some() || !a.is_money() || a.name == b.name)
    }
}

/// A table of the prose.
pub(super) struct Table<'a> {
    prose: &'a str,
    /// Its first block, and the one behind its last.
    pub(super) blocks: Range<usize>,
    /// By row and column; the first row is the header.
    places: Vec<Vec<Range<usize>>>,
    /// The words of its headers, folded.
    pub(super) headers: Vec<String>,
    /// The words of its first column, folded.
    pub(super) labels: Vec<String>,
    /// By row and column; empty for headers and labels.
    cells: Vec<Vec<Cell>>,
    /// The figures that have become mentions: by row, column, and how they are read.
    taken: HashMap<(usize, usize, u8), Taken>,
}

/// Whether a label or header announces a total at all.
pub(super) fn is_total(lexicon: &Lexicon, words: &str) -> bool {
    named_total(lexicon, words) || has(lexicon, phrases::TABLE_ALL, words, Where::Whole)
}

/// Whether a label or header says "total" in so many words: "Total", "Total spending".
pub(super) fn named_total(lexicon: &Lexicon, words: &str) -> bool {
    has(lexicon, phrases::TABLE_TOTAL, words, Where::Whole)
        || has(lexicon, phrases::TABLE_TOTAL_OF, words, Where::Start)
        || has(lexicon, phrases::TABLE_TOTAL_OF, words, Where::End)
}

impl<'a> Table<'a> {
    /// Its cells, headers and labels; `None` if it is too small to relate anything.
    pub(super) fn outline(structure: &Structure<'a, '_>, blocks: Range<usize>) -> Option<Self> {
        let all = structure.article.document.blocks();
        let prose = structure.article.document.prose();
        let mut places: Vec<Vec<Range<usize>>> = Vec::new();
        for block in &all[blocks.clone()] {
            let BlockKind::TableCell { row, column, .. } = block.kind else { continue };
            let (row, column) = (row as usize, column as usize);
            if MOST_CELLS < row + column {
                return None;
            }
            if places.len() <= row {
                places.resize(row + 1, Vec::new());
            }
            if places[row].len() <= column {
                places[row].resize(column + 1, 0..0);
            }
            places[row][column] = block.range.clone();
        }
        let width = places.iter().map(Vec::len).max()?;
        if places.len() < 3 || width < 2 || MOST_CELLS < places.len() * width {
            return None;
        }
        for row in &mut places {
            row.resize(width, 0..0);
        }
        let label = |range: &Range<usize>| folded(without_notes(&prose[range.clone()]));
        let headers = places[0].iter().map(|range| folded(&prose[range.clone()])).collect();
        let labels = places.iter().map(|row| label(&row[0])).collect();
        let taken = HashMap::new();
        Some(Self { prose, blocks, places, headers, labels, cells: Vec::new(), taken })
    }

    /// Reads its figures, each column in the unit of its header.
    pub(super) fn fill(&mut self, structure: &Structure<'_, '_>) {
        let lexicon = structure.lexicon;
        let notes = self.around(structure);
        let all_rounded = has(lexicon, phrases::TABLE_ROUNDED, &notes, Where::Anywhere);
        let width = self.width();
        self.cells =
            self.places.iter().map(|row| row.iter().map(|_| Cell::Words).collect()).collect();
        for column in 1..width {
            let header = &self.headers[column];
            let is_percent = is_percent(lexicon, header);
            let rounded = all_rounded
                || is_percent
                || header.contains(" ( ")
                || header.chars().any(|c| matches!(c, '$' | '€' | '£' | '¥'))
                || has(lexicon, phrases::TABLE_ROUNDED, header, Where::Anywhere);
            for row in 1..self.places.len() {
                let place = self.places[row][column].clone();
                let mut cell = read_cell(self.prose, place, lexicon);
                if let Cell::Figure(figure) = &mut cell {
                    if is_percent && is_bare(&figure.amount) {
                        figure.amount.unit = Unit::percent();
                        figure.amount.kind = Kind::Percent;
                    }
                    if rounded {
                        measure(&mut figure.amount, lexicon);
                    }
                }
                self.cells[row][column] = cell;
            }
            self.share_unit(column, lexicon);
            self.share_place(column);
        }
    }

    /// Takes the figures of a column for as exact as the most exact of them: zeros at the end of
    /// one are no rounding where another ends in a one.
    fn share_place(&mut self, column: usize) {
        let mut figures = self.cells.iter_mut().filter_map(|row| match &mut row[column] {
            Cell::Figure(figure) if figure.amount.hedge == Direction::Exact => Some(figure),
            _ => None,
        });
        let mut all: Vec<&mut Figure> = figures.by_ref().collect();
        let Some(finest) = all.iter().filter_map(|figure| last_place(&figure.amount)).min() else {
            return;
        };
        for Figure { amount, .. } in &mut all {
            let width = Rational::power_of_ten(finest.max(amount.style.place()));
            let around = Interval::around(&amount.from, &width);
            if let Some(loose) = amount.allowed.loose.intersect(&around) {
                amount.allowed.loose = loose;
            }
        }
    }

    /// Gives bare figures the unit that the other figures of their column carry: accountants write
    /// the currency in the first row and the last.
    fn share_unit(&mut self, column: usize, lexicon: &Lexicon) {
        let mut unit: Option<(Unit, Kind)> = None;
        let mut bare = false;
        for row in &self.cells {
            let Cell::Figure(Figure { amount, .. }) = &row[column] else { continue };
            if is_bare(amount) {
                bare = true;
                continue;
            }
            if amount.style.scale.is_some() || unit.as_ref().is_some_and(|(u, _)| *u != amount.unit)
            {
                return;
            }
            unit = Some((amount.unit.clone(), amount.kind));
        }
        let Some((unit, kind)) = unit.filter(|_| bare) else { return };
        for row in &mut self.cells {
            if let Cell::Figure(Figure { amount, .. }) = &mut row[column]
                && is_bare(amount)
            {
                amount.unit = unit.clone();
                amount.kind = kind;
                measure(amount, lexicon);
            }
        }
    }

    /// The words of the sentences right before and behind the table, folded.
    pub(super) fn around(&self, structure: &Structure<'_, '_>) -> String {
        let all = structure.article.document.blocks();
        let text = |at: Option<usize>| {
            at.and_then(|at| all.get(at)).map_or("", |block| &self.prose[block.range.clone()])
        };
        let (before, behind) =
            (text(self.blocks.start.checked_sub(1)), text(Some(self.blocks.end)));
        let abbreviations = Abbreviations::built_in();
        let last = sentences(before, abbreviations).last().unwrap_or_default();
        let first = sentences(behind, abbreviations).next().unwrap_or_default();
        folded(&format!("{} {}", &before[last], &behind[first]))
    }

    pub(super) fn rows(&self) -> Range<usize> {
        1..self.places.len()
    }

    pub(super) fn width(&self) -> usize {
        self.headers.len()
    }

    pub(super) fn cell(&self, row: usize, column: usize) -> &Cell {
        &self.cells[row][column]
    }

    pub(super) fn figure(&self, row: usize, column: usize) -> Option<&Figure> {
        match &self.cells[row][column] {
            Cell::Figure(figure) => Some(figure),
            Cell::Blank | Cell::Words => None,
        }
    }

    /// The figure of a cell as a mention, read in one of several ways.
    pub(super) fn take(
        &mut self,
        structure: &mut Structure<'_, '_>,
        (row, column): (usize, usize),
        way: u8,
        figure: &Figure,
    ) -> Taken {
        *self.taken.entry((row, column, way)).or_insert_with(|| {
            structure.figure(Value::Amount(figure.amount.clone()), figure.range.clone())
        })
    }
}

/// Whether a header says that its column is in percent.
pub(super) fn is_percent(lexicon: &Lexicon, header: &str) -> bool {
    header.contains(" % ") || has(lexicon, phrases::TABLE_SHARE, header, Where::Anywhere)
}

/// The power of ten of the last digit that is not zero; none for zero itself. A zero behind the
/// point is written for its place.
fn last_place(amount: &Amount) -> Option<i32> {
    let written = amount.style.place();
    if 0 < amount.style.decimals {
        return Some(written);
    }
    let magnitude = amount.from.magnitude()?;
    (written..=magnitude)
        .rev()
        .find(|&place| (&amount.from / &Rational::power_of_ten(place)).is_whole())
}

fn is_bare(amount: &Amount) -> bool {
    amount.kind == Kind::Number && amount.unit.name.is_empty() && amount.unit.per.is_none()
}

/// Takes the last digit of a figure for rounded, as one of a measure is.
pub(super) fn measure(amount: &mut Amount, lexicon: &Lexicon) {
    if amount.hedge == Direction::Exact && amount.from == amount.to {
        let numeral = Numeral {
            number: amount.from.clone(),
            place: amount.style.place(),
            rounded: true,
            in_words: false,
        };
        amount.allowed = as_written(&numeral, Counting::Measured, lexicon.in_words());
    }
}

/// A text before its footnote marks and what stands in parentheses.
fn without_notes(text: &str) -> &str {
    let is_note = |c: char| {
        matches!(c, '(' | '[' | '*' | '†' | '‡' | '§' | '¹' | '²' | '³' | ':') || c == REMOVED
    };
    text[..text.find(is_note).unwrap_or(text.len())].trim()
}

/// Reads a cell: "1,234", "$1.2m", "12 (34%)", "–18.8 %*".
fn read_cell(prose: &str, place: Range<usize>, lexicon: &Lexicon) -> Cell {
    let text = &prose[place.clone()];
    let core = without_notes(text);
    // An accountant's loss, "(5)", is left to the reader: it may be a share as well.
    if core.is_empty() {
        return if text.is_empty() { Cell::Blank } else { Cell::Words };
    }
    let is_empty_sign = |c: char| matches!(c, '-' | '‐' | '‑' | '–' | '—' | '−' | '.' | '…' | '/');
    if core.chars().all(is_empty_sign)
        || has(lexicon, phrases::TABLE_BLANK, &folded(core), Where::Whole)
    {
        return Cell::Blank;
    }
    let value = parse_number(core, lexicon).or_else(|_| parse_value(core, lexicon));
    let Ok(Value::Amount(amount)) = value else { return Cell::Words };
    let plain = matches!(
        amount.kind,
        Kind::Money | Kind::Percent | Kind::Quantity | Kind::Number | Kind::Duration
    );
    if !plain || amount.from != amount.to || amount.unit.offset.is_some() {
        return Cell::Words;
    }
    let start = place.start + text.find(core).unwrap_or(0);
    let digits = core.chars().filter(char::is_ascii_digit).collect();
    Cell::Figure(Figure { amount, range: start..start + core.len(), digits })
}

/// The severity of what is certain.
pub(super) const CERTAIN: Severity = Severity::Error;
