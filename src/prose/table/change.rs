//! Columns of changes, next to the two columns that they are the change between.

use crate::lexicon::{Lexicon, phrases};
use crate::prose::structure::Structure;
use crate::prose::table::cells::{CERTAIN, Figure, Table, is_percent, measure};
use crate::prose::words::{Where, has};
use crate::rule::Join;
use crate::value::{Interval, Kind, Rational, Unit};

/// How a column of changes is to be read: from which column to which, and as what.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Columns {
    before: usize,
    after: usize,
    by_percent: bool,
}

/// Whether a header announces changes.
pub(super) fn is_change(lexicon: &Lexicon, header: &str) -> bool {
    has(lexicon, phrases::TABLE_CHANGE, header, Where::Anywhere)
}

/// Reads the changes of a table.
pub(super) fn read(structure: &mut Structure<'_, '_>, table: &mut Table<'_>) {
    let lexicon = structure.lexicon;
    let changes: Vec<usize> = (1..table.width())
        .filter(|&column| is_change(lexicon, &table.headers[column]))
        .filter(|&column| {
            !has(lexicon, phrases::TABLE_ADJUSTED, &table.headers[column], Where::Anywhere)
        })
        .collect();
    let levels: Vec<usize> = (1..table.width())
        .filter(|&column| {
            !is_change(lexicon, &table.headers[column])
                && 2 < table.rows().filter(|&row| table.figure(row, column).is_some()).count()
        })
        .collect();
    for &column in &changes {
        read_column(structure, table, column, &levels);
    }
}

fn read_column(
    structure: &mut Structure<'_, '_>,
    table: &mut Table<'_>,
    column: usize,
    levels: &[usize],
) {
    let lexicon = structure.lexicon;
    let by_percent = is_percent(lexicon, &table.headers[column]);
    let pairs = pairs(column, levels);
    let mut best: Option<(Score, Columns)> = None;
    let mut tied = false;
    for columns in pairs {
        let score = score(table, column, columns, by_percent, lexicon);
        match best {
            Some((most, _)) if score < most => {}
            Some((most, known)) if score == most => tied |= known != columns,
            _ => {
                best = Some((score, columns));
                tied = false;
            }
        }
    }
    let Some((Score { fits, rows, .. }, columns)) = best else { return };
    if fits < 2 || fits * 2 <= rows || (tied && fits < rows) {
        return;
    }
    let join = if columns.by_percent { Join::TableChange } else { Join::TableDifference };
    for row in table.rows() {
        let Some(cells) = cells(table, row, column, columns, by_percent, lexicon) else { continue };
        let way = 1 + u8::from(columns.by_percent);
        let places = [(row, columns.before), (row, columns.after), (row, column)];
        let roles: Vec<_> = places
            .into_iter()
            .zip(&cells)
            .map(|(place, figure)| vec![table.take(structure, place, way, figure)])
            .collect();
        structure.relate(join, &roles, Some(CERTAIN));
    }
}

/// The columns that may be the two: those next to it, or the first and the last on its left.
fn pairs(column: usize, levels: &[usize]) -> Vec<Columns> {
    let left: Vec<usize> = levels.iter().copied().filter(|&level| level < column).collect();
    let right: Vec<usize> = levels.iter().copied().filter(|&level| column < level).collect();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    if let [.., a, b] = *left {
        pairs.push((a, b));
    }
    if let [first, _, .., last] = *left {
        pairs.push((first, last));
    }
    if let [a, b, ..] = *right {
        pairs.push((a, b));
    }
    pairs.dedup();
    let ways = pairs.into_iter().flat_map(|(a, b)| [(a, b), (b, a)]);
    ways.flat_map(|(before, after)| {
        [true, false].map(|by_percent| Columns { before, after, by_percent })
    })
    .collect()
}

/// How well a reading fits a column.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    /// Rows that it fits.
    fits: usize,
    /// Rows that it fits as they are printed.
    as_printed: usize,
    /// Rows in which it can be tried.
    rows: usize,
}

fn score(
    table: &Table<'_>,
    column: usize,
    columns: Columns,
    by_percent: bool,
    lexicon: &Lexicon,
) -> Score {
    let mut score = Score { fits: 0, as_printed: 0, rows: 0 };
    for row in table.rows() {
        let Some(figures) = cells(table, row, column, columns, by_percent, lexicon) else {
            continue;
        };
        score.rows += 1;
        score.fits += usize::from(fits(columns, &figures, &Figure::loose));
        let printed = |figure: &Figure| figure.amount.stated_in_base();
        score.as_printed += usize::from(fits(columns, &figures, &printed));
    }
    score
}

/// The three figures of a row as a reading takes them; `None` if it cannot.
fn cells(
    table: &Table<'_>,
    row: usize,
    column: usize,
    columns: Columns,
    by_percent: bool,
    lexicon: &Lexicon,
) -> Option<[Figure; 3]> {
    let mut before = table.figure(row, columns.before)?.clone();
    let mut after = table.figure(row, columns.after)?.clone();
    let mut change = table.figure(row, column)?.clone();
    if !before.is_like(&after) {
        return None;
    }
    if columns.by_percent {
        let points = Unit::percentage_point().dimension;
        let is_percent =
            change.amount.kind == Kind::Percent && change.amount.unit.dimension != points;
        if !is_percent || before.amount.from.is_zero() {
            return None;
        }
        widen(&mut before);
        widen(&mut after);
    } else {
        let percent = before.amount.kind == Kind::Percent;
        if percent
            && (change.amount.unit == Unit::percentage_point()
                || change.amount.unit.name.is_empty())
        {
            change.amount.unit = Unit::percent();
            change.amount.kind = Kind::Percent;
            measure(&mut change.amount, lexicon);
        }
        if by_percent && !percent || !change.is_like(&before) {
            return None;
        }
        if percent || are_shares(table, columns) {
            for figure in [&mut before, &mut after, &mut change] {
                widen(figure);
            }
        }
    }
    Some([before, after, change])
}

/// Whether two columns of bare numbers are likely to be rounded shares: each comes to about 100.
fn are_shares(table: &Table<'_>, columns: Columns) -> bool {
    [columns.before, columns.after].into_iter().all(|column| {
        let figures = table.rows().filter_map(|row| table.figure(row, column));
        let sum = figures.fold(Rational::ZERO, |sum, figure| sum + figure.amount.from.clone());
        Rational::from(80) <= sum && sum <= Rational::from(205)
    })
}

/// Half a unit of its last digit on either side: what was printed may have been rounded.
fn widen(figure: &mut Figure) {
    let amount = &mut figure.amount;
    let half = Rational::power_of_ten(amount.style.place()) * Rational::fraction(1, 2);
    let around = Interval::around(&amount.from, &half);
    amount.allowed.loose = amount.allowed.loose.hull(&around);
}

fn fits(columns: Columns, figures: &[Figure; 3], of: &dyn Fn(&Figure) -> Interval) -> bool {
    let [before, after, change] = figures;
    let (from, to) = (of(before), of(after));
    let expected = if columns.by_percent {
        to.divided_by(&from).map(|ratio| ratio.shifted(&-Rational::ONE))
    } else {
        Some(to.minus(&from))
    };
    // A change has the rounding of its own digits in any case.
    expected.is_some_and(|expected| expected.meets(&change.loose()))
}
