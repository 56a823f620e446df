//! Rows and columns of totals: what they add up, and whether a sum that is off is an error at all.

use crate::finding::Severity;
use crate::lexicon::{Lexicon, phrases};
use crate::prose::structure::Structure;
use crate::prose::table::cells::{CERTAIN, Cell, Figure, Table, is_percent, is_total, named_total};
use crate::prose::table::change;
use crate::prose::words::{Where, has};
use crate::rule::Join;
use crate::value::{Allowed, Interval, Kind, Rational, Unit};

/// Figures of one sum; more of them are data, which no reader adds up.
const MOST_PARTS: usize = 200;

/// Totals of a table; more of them are no totals.
const MOST_TOTALS: usize = 40;

/// A row and the rows that it adds up.
struct Sum {
    total: usize,
    parts: Vec<usize>,
    /// Whether the label and the place of the row alone make it the total of all others.
    plain: bool,
}

/// How a column of a sum comes out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// It is no sum, or a figure is missing.
    None,
    /// With what rounding allows.
    Fits,
    /// As it is printed.
    FitsExactly,
    Off,
}

impl Outcome {
    fn fits(self) -> bool {
        matches!(self, Self::Fits | Self::FitsExactly)
    }
}

/// Why a row or column is taken for the sum of others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ground {
    /// The same sum comes out in other columns, or its like in other rows.
    Others,
    /// Its label says so, or other sums of its column come out.
    Label,
}

/// A sum that is off, and whether figures of its table are known not to be rounded.
#[derive(Clone, Copy)]
struct Off {
    ground: Ground,
    exact: bool,
    /// Whether its column counts what may stand in two rows.
    shared: bool,
}

/// Reads the totals of a table.
pub(super) fn read(structure: &mut Structure<'_, '_>, table: &mut Table<'_>) {
    let lexicon = structure.lexicon;
    let columns: Vec<usize> =
        (1..table.width()).filter(|&column| may_add_up(lexicon, table, column)).collect();
    let sums = sums(lexicon, table, &columns);
    let around = table.around(structure);
    let doubtful = table
        .labels
        .iter()
        .chain(&table.headers)
        .chain([&around])
        .any(|words| has(lexicon, phrases::TABLE_PARTIAL, words, Where::Anywhere));
    let outcomes: Vec<Vec<Outcome>> = sums
        .iter()
        .map(|sum| columns.iter().map(|&column| outcome(table, sum, column)).collect())
        .collect();
    for (index, sum) in sums.iter().enumerate() {
        let count = |wanted: Outcome| outcomes[index].iter().filter(|o| **o == wanted).count();
        let exactly = count(Outcome::FitsExactly);
        let (fits, off) = (exactly + count(Outcome::Fits), count(Outcome::Off));
        for (place, &column) in columns.iter().enumerate() {
            let by_columns = off <= fits && 0 < fits;
            // Several totals vouch for each other; two columns that are both off have rows left out.
            let by_label = off == 1 && sum.plain && !doubtful
                || outcomes
                    .iter()
                    .enumerate()
                    .any(|(other, all)| other != index && all[place].fits());
            let ground = if by_columns { Ground::Others } else { Ground::Label };
            let is_counted =
                has(lexicon, phrases::TABLE_COUNT, &table.headers[column], Where::Anywhere);
            let headers = [&table.headers[column], &table.headers[0]];
            let shared = headers
                .iter()
                .any(|words| has(lexicon, phrases::TABLE_SHARED, words, Where::Anywhere));
            let off = match outcomes[index][place] {
                Outcome::None => continue,
                Outcome::Fits | Outcome::FitsExactly => None,
                Outcome::Off if by_columns || by_label => {
                    Some(Off { ground, exact: 0 < exactly || is_counted, shared })
                }
                Outcome::Off => continue,
            };
            let cells = sum.parts.iter().map(|&row| (row, column)).collect();
            emit(structure, table, cells, (sum.total, column), off);
        }
    }
    across(structure, table, &columns);
}

/// Whether the figures of a column may be parts of a sum at all.
fn may_add_up(lexicon: &Lexicon, table: &Table<'_>, column: usize) -> bool {
    let header = &table.headers[column];
    if has(lexicon, phrases::TABLE_RATE, header, Where::Anywhere)
        || change::is_change(lexicon, header)
    {
        return false;
    }
    let figures: Vec<&Figure> = table.rows().filter_map(|row| table.figure(row, column)).collect();
    let is_year = |figure: &&Figure| {
        figure.digits.len() == 4
            && !figure.amount.style.grouped
            && (1900..2100).contains(&figure.amount.from.to_i64().unwrap_or(0))
    };
    2 < figures.len() && !figures.iter().all(is_year)
}

/// The rows of totals, each with what it adds up; where a total can be read in several ways, the
/// one that more columns bear out.
fn sums(lexicon: &Lexicon, table: &Table<'_>, columns: &[usize]) -> Vec<Sum> {
    let totals: Vec<usize> =
        table.rows().filter(|&row| is_total(lexicon, &table.labels[row])).collect();
    let mut left_out = false;
    let mut parts = Vec::new();
    for row in table.rows().filter(|row| !totals.contains(row)) {
        let label = &table.labels[row];
        let no_part = has(lexicon, phrases::INCLUDING, label, Where::Start)
            || has(lexicon, phrases::TABLE_NO_PART, label, Where::Anywhere);
        // The title of a group of rows; where there are no groups, a row without its figure.
        let is_title = 1 < totals.len()
            && (1..table.width()).all(|column| matches!(table.cell(row, column), Cell::Blank));
        left_out |= no_part;
        if !no_part && !is_title {
            parts.push(row);
        }
    }
    let between = |from: usize, to: usize| -> Vec<usize> {
        parts.iter().copied().filter(|row| (from..to).contains(row)).collect()
    };
    let end = table.rows().end;
    if let [total] = *totals {
        let (above, below) = (between(1, total), between(total + 1, end));
        let named = named_total(lexicon, &table.labels[total]);
        return match (above.len(), below.len()) {
            (2.., _) => {
                let plain = named && total + 1 == end && !left_out;
                vec![Sum { total, parts: above, plain }]
            }
            (0, 2..) => vec![Sum { total, parts: below, plain: false }],
            _ => Vec::new(),
        };
    }
    if MOST_TOTALS < totals.len() {
        return Vec::new();
    }
    let mut sums: Vec<Sum> = Vec::new();
    let mut last = 0;
    for (index, &total) in totals.iter().enumerate() {
        let own = between(last + 1, total);
        let earlier = &totals[..index];
        let mut readings = vec![own.clone()];
        if 1 < earlier.len() || !own.is_empty() && !earlier.is_empty() {
            readings.push([earlier, &own].concat());
        }
        if !earlier.is_empty() {
            readings.push(between(1, total));
        }
        last = total;
        let fits = |parts: &Vec<usize>| {
            let sum = Sum { total, parts: parts.clone(), plain: false };
            columns.iter().filter(|&&c| outcome(table, &sum, c).fits()).count()
        };
        let best = readings.into_iter().filter(|parts| 1 < parts.len()).rev().max_by_key(fits);
        // A total of totals that no column bears out may be anything.
        if let Some(parts) = best
            && (parts == own || 0 < fits(&parts))
        {
            sums.push(Sum { total, parts, plain: false });
        }
    }
    sums
}

fn outcome(table: &Table<'_>, sum: &Sum, column: usize) -> Outcome {
    let parts: Option<Vec<&Figure>> =
        sum.parts.iter().map(|&row| table.figure(row, column)).collect();
    let (Some(parts), Some(total)) = (parts, table.figure(sum.total, column)) else {
        return Outcome::None;
    };
    adds_up(&parts, total)
}

/// Whether parts come to a total, loosely.
fn adds_up(parts: &[&Figure], total: &Figure) -> Outcome {
    let points = total.amount.unit.dimension == Unit::percentage_point().dimension;
    let is_percent = total.amount.kind == Kind::Percent;
    if points || parts.iter().any(|part| !part.is_like(total)) {
        return Outcome::None;
    }
    let zero = Interval::point(Rational::ZERO);
    let sum = parts.iter().fold(zero, |sum, part| sum.plus(&part.loose()));
    let stated = if is_percent { Interval::point(total.stated()) } else { total.loose() };
    // Shares are added up where they come to all of it, by the total or by themselves.
    if is_percent && total.stated() != Rational::ONE && !sum.contains(&Rational::ONE) {
        return Outcome::None;
    }
    let printed = parts.iter().fold(Rational::ZERO, |sum, part| sum + part.stated());
    match sum.meets(&stated) {
        true if printed == total.stated() => Outcome::FitsExactly,
        true => Outcome::Fits,
        false => Outcome::Off,
    }
}

/// Totals that stand in a column, of the figures beside them.
fn across(structure: &mut Structure<'_, '_>, table: &mut Table<'_>, columns: &[usize]) {
    let lexicon = structure.lexicon;
    let is_sum = |&&column: &&usize| is_total(lexicon, &table.headers[column]);
    let totals: Vec<usize> = columns.iter().filter(is_sum).copied().collect();
    let [total] = *totals else { return };
    let share = is_percent(lexicon, &table.headers[total]);
    let beside = |range: std::ops::Range<usize>| -> Vec<usize> {
        let fits = |&column: &usize| {
            range.contains(&column) && is_percent(lexicon, &table.headers[column]) == share
        };
        columns.iter().copied().filter(fits).collect()
    };
    let (left, right) = (beside(1..total), beside(total + 1..table.width()));
    let parts = match (left.len(), right.len()) {
        (2.., _) => left,
        (0, 2..) => right,
        _ => return,
    };
    let mut rows = Vec::new();
    for row in table.rows() {
        let figures: Option<Vec<&Figure>> =
            parts.iter().map(|&column| table.figure(row, column)).collect();
        if let (Some(figures), Some(stated)) = (figures, table.figure(row, total)) {
            match adds_up(&figures, stated) {
                Outcome::None => {}
                outcome => rows.push((row, outcome)),
            }
        }
    }
    let fits = rows.iter().filter(|(_, outcome)| outcome.fits()).count();
    if fits < 2 || fits * 2 <= rows.len() {
        return;
    }
    let exact = rows.iter().all(|(_, outcome)| *outcome != Outcome::Fits);
    for (row, outcome) in rows {
        let cells = parts.iter().map(|&column| (row, column)).collect();
        let off = (!outcome.fits()).then_some(Off { ground: Ground::Others, exact, shared: false });
        emit(structure, table, cells, (row, total), off);
    }
}

/// Hands a sum on, if it holds or if what is off can only be an error.
fn emit(
    structure: &mut Structure<'_, '_>,
    table: &mut Table<'_>,
    cells: Vec<(usize, usize)>,
    total: (usize, usize),
    off: Option<Off>,
) {
    if MOST_PARTS < cells.len() {
        return;
    }
    let figures: Option<Vec<Figure>> =
        cells.iter().map(|&(row, column)| table.figure(row, column).cloned()).collect();
    let (Some(figures), Some(sum)) = (figures, table.figure(total.0, total.1).cloned()) else {
        return;
    };
    let severity = match off {
        None => Some(CERTAIN),
        Some(off) => severity(&figures, &sum, off),
    };
    let Some(severity) = severity else { return };
    let parts = cells
        .into_iter()
        .zip(&figures)
        .map(|(place, figure)| table.take(structure, place, 0, figure))
        .collect();
    let mut sum = sum;
    if sum.amount.kind == Kind::Percent {
        // All of it is 100 %, and not about 100.
        sum.amount.allowed = Allowed::exactly(sum.amount.from.clone());
    }
    let stated = table.take(structure, total, 0, &sum);
    structure.relate(Join::TableTotal, &[parts, vec![stated]], Some(severity));
}

/// How sure it is that a sum which is off is an error; `None` if it may well be no sum.
///
/// A total no larger than its largest part is an average or a rate, one far from the sum adds up
/// something else, and one just above it may count rows that are not shown; unless what happens in
/// typing makes the difference.
fn severity(parts: &[Figure], total: &Figure, off: Off) -> Option<Severity> {
    let stated = total.stated();
    let numbers: Vec<Rational> = parts.iter().map(Figure::stated).collect();
    let sum = numbers.iter().fold(Rational::ZERO, |sum, next| &sum + next);
    let count = i64::try_from(parts.len()).ok()?;
    let gap = (&sum - &stated).abs();
    let last =
        Rational::power_of_ten(total.amount.style.place()) * total.amount.unit.factor.clone();
    // What each part and the total may have lost by rounding, be it said or not.
    let slack = last * Rational::fraction(count + 1, 2);
    let mean_gap = (&(&stated * &Rational::from(count)) - &sum).abs();
    if mean_gap <= slack || !off.exact && gap <= slack {
        return None;
    }
    let exceeds = |without: Option<usize>| {
        let others = numbers.iter().enumerate().filter(|&(at, _)| Some(at) != without);
        others.clone().any(|(_, number)| number.is_negative())
            || others.map(|(_, number)| number).max().is_none_or(|largest| largest < &stated)
    };
    let slip = exceeds(None) && is_slip(total, &sum)
        || parts.iter().zip(&numbers).enumerate().any(|(at, (part, number))| {
            exceeds(Some(at)) && is_slip(part, &(&stated - &(&sum - number)))
        });
    if slip {
        return Some(CERTAIN);
    }
    if !exceeds(None) {
        return None;
    }
    // Shares that come to all of it cannot come to anything else.
    if total.amount.kind == Kind::Percent && (&sum - &Rational::ONE).abs() <= slack {
        return Some(CERTAIN);
    }
    let most = sum.abs().max(stated.abs());
    let within = |percent: i64| gap <= &most * &Rational::fraction(percent, 100);
    // What is counted may be counted in two rows and once in the total: stations of two lines.
    let may_overlap = stated < sum && total.amount.kind == Kind::Number;
    match off.ground {
        _ if may_overlap && off.shared => None,
        Ground::Others if may_overlap => within(25).then_some(Severity::Warning),
        Ground::Others => within(50).then_some(CERTAIN),
        Ground::Label => {
            let may_be_longer = may_overlap || sum < stated;
            let is_near = within(if may_be_longer { 10 } else { 25 });
            // Rows may be left out of the table, or counted twice; that is for its author to say.
            is_near.then_some(Severity::Warning).or_else(|| within(50).then_some(Severity::Note))
        }
    }
}

/// Whether the digits of a figure become those of a number by what happens in typing: a digit
/// altered, left out or doubled, or two that change places. Short figures say nothing.
fn is_slip(figure: &Figure, needed: &Rational) -> bool {
    let Some(inverse) = figure.amount.unit.factor.recip() else { return false };
    let style = &figure.amount.style;
    let scale = style.scale.as_ref().map_or(0, |&(_, power)| power);
    let own = needed * &inverse * Rational::power_of_ten(-scale);
    if own.is_negative() != figure.amount.from.is_negative() {
        return false;
    }
    let digits: Vec<u8> = own.to_fixed(style.decimals).bytes().filter(u8::is_ascii_digit).collect();
    let written = figure.digits.as_bytes();
    2 < written.len() && near(written, &digits)
}

fn near(a: &[u8], b: &[u8]) -> bool {
    let same = |a: &[u8], b: &[u8]| a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let start = same(a, b);
    let back: (Vec<u8>, Vec<u8>) =
        (a.iter().rev().copied().collect(), b.iter().rev().copied().collect());
    let end = same(&back.0, &back.1);
    let (shorter, longer) = (a.len().min(b.len()), a.len().max(b.len()));
    match longer - shorter {
        0 => {
            let middle = start..a.len().saturating_sub(end);
            match middle.len() {
                0 | 1 => true,
                2 => {
                    a[middle.start] == b[middle.start + 1] && a[middle.start + 1] == b[middle.start]
                }
                _ => false,
            }
        }
        1 => shorter <= start + end,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn slips_of_the_finger() {
        for (a, b) in [("1234", "1284"), ("1234", "1324"), ("1234", "124"), ("1234", "12334")] {
            assert!(near(a.as_bytes(), b.as_bytes()), "{a} {b}");
            assert!(near(b.as_bytes(), a.as_bytes()), "{b} {a}");
        }
        for (a, b) in [("1234", "1432"), ("1234", "5678"), ("1234", "12"), ("1234", "1243 5")] {
            assert!(!near(a.as_bytes(), b.as_bytes()), "{a} {b}");
        }
    }
}
