//! What a drawing shows of a text: the lines around what is marked, and of a long line windows around the
//! marks, folded at the width of the terminal.
//!
//! A renderer counts the lines that it is given. A line that is folded is several of them, so all are numbered
//! anew, and [`Numbers::restored`] puts the numbers of the text back into the drawing.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use crate::report::formats::inert::{plain, printable};
use crate::source::Source;

/// Characters of a long line that are shown on either side of what is marked, if there are so many.
const AROUND: usize = 60;

/// Characters between two windows of which it is not worth leaving anything out.
const WORTH: usize = 24;

/// Stands for what is left out of a line.
const LEFT_OUT: &str = "…";

/// Columns that a drawing takes beside a line and its number.
const GUTTER: usize = 5;

/// Columns of the arrow before what is said below a row.
const BELOW: usize = 4;

/// The fewest columns that a line is folded at.
const NARROWEST: usize = 30;

/// The lines of a text that a drawing shows, as they are drawn.
pub(super) struct Window {
    text: String,
    rows: Vec<Row>,
    pieces: Vec<Piece>,
}

/// A line of a drawing.
struct Row {
    /// Its first byte in what is drawn.
    start: usize,
    /// The number that it is drawn under.
    number: usize,
}

/// A run of the text that is drawn as it is.
struct Piece {
    drawn: Range<usize>,
    start: usize,
}

/// What a drawing marks.
pub(super) struct Mark {
    pub(super) range: Range<usize>,
    /// Characters of what is said of it below its row.
    pub(super) said: usize,
}

/// A part of a row.
enum Shown {
    /// Bytes of the text.
    Words(Range<usize>),
    /// A sign for what is left out.
    LeftOut,
}

/// The numbers that the rows of a drawing were given, each with the line that it stands for.
#[derive(Default)]
pub(super) struct Numbers(Vec<Numbered>);

/// The rows of one text.
struct Numbered {
    /// The text's name as it is drawn.
    name: String,
    rows: BTreeMap<usize, Option<usize>>,
}

impl Window {
    /// The lines around some marks of a text, for so many columns; `None` folds nothing.
    ///
    /// Takes time in the lines that are marked, not in the text.
    pub(super) fn new(
        source: &Source,
        marks: &[Mark],
        width: Option<usize>,
        numbers: &mut Numbers,
    ) -> Self {
        numbers.0.push(Numbered { name: plain(source.name()), rows: BTreeMap::new() });
        let mut window = Self { text: String::new(), rows: Vec::new(), pieces: Vec::new() };
        let lines = lines(source, marks);
        let digits = lines.last().map_or(1, |&line| line.to_string().len() + 1);
        let width = width.map(|width| width.saturating_sub(GUTTER + digits).max(NARROWEST));
        let mut before = None;
        for line in lines {
            let Some(range) = source.numbered(line) else { continue };
            let is_next = before.is_some_and(|last| last + 1 == line);
            let shown = match width {
                Some(width) => shown(source.text(), range, marks, width),
                None => vec![vec![Shown::Words(range)]],
            };
            window.add_line(source.text(), &shown, line, is_next, numbers);
            before = Some(line);
        }
        window.text = printable(&window.text).into_owned();
        window
    }

    /// Adds a line in its rows.
    fn add_line(
        &mut self,
        text: &str,
        rows: &[Vec<Shown>],
        line: usize,
        is_next: bool,
        numbers: &mut Numbers,
    ) {
        for (at, row) in rows.iter().enumerate() {
            let goes_on = is_next || 0 < at;
            let number = numbers.add((at == 0).then_some(line), line, goes_on);
            if !self.text.is_empty() && !self.text.ends_with('\n') {
                self.text.push('\n');
            }
            self.rows.push(Row { start: self.text.len(), number });
            for piece in row {
                let Shown::Words(piece) = piece else {
                    self.text.push_str(LEFT_OUT);
                    continue;
                };
                let words = text[piece.clone()].trim_end_matches(['\n', '\r']);
                let start = self.text.len();
                self.text.extend(words.chars().map(|c| if c == '\t' { ' ' } else { c }));
                self.pieces.push(Piece { drawn: start..self.text.len(), start: piece.start });
            }
        }
    }

    /// What is drawn.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Some bytes of the text as they are drawn: a run for each row that they stand in.
    pub(super) fn drawn(&self, marked: Range<usize>) -> Vec<Range<usize>> {
        let first = self.pieces.partition_point(|piece| {
            piece.start + piece.drawn.len() <= marked.start && piece.start != marked.start
        });
        let mut runs: Vec<Range<usize>> = Vec::new();
        for piece in &self.pieces[first..] {
            if marked.end < piece.start || marked.end == piece.start && marked.start < marked.end {
                break;
            }
            let at = |byte: usize| {
                piece.drawn.start + byte.clamp(piece.start, piece.start + piece.drawn.len())
                    - piece.start
            };
            let run = at(marked.start)..at(marked.end);
            let words = &self.text[run.clone()];
            let lead = words.len() - words.trim_start().len();
            let run = run.start + lead..run.start + lead.max(words.trim_end().len());
            if !run.is_empty() {
                runs.push(run);
            }
        }
        runs
    }

    /// The byte of the text that a drawn one is.
    pub(super) fn origin(&self, drawn: usize) -> usize {
        let behind = self.pieces.partition_point(|piece| piece.drawn.start <= drawn);
        let piece = self.pieces.get(behind.saturating_sub(1));
        piece.map_or(0, |piece| {
            piece.start + drawn.saturating_sub(piece.drawn.start).min(piece.drawn.len())
        })
    }

    /// Where something without bytes of its own is drawn.
    pub(super) fn nearest(&self, at: usize) -> Range<usize> {
        let behind = self.pieces.partition_point(|piece| piece.start <= at).saturating_sub(1);
        let place = self.pieces.get(behind).map_or(0, |piece| {
            piece.drawn.start + at.saturating_sub(piece.start).min(piece.drawn.len())
        });
        place..place
    }

    /// The number that the row of a byte is drawn under, and the byte where the row begins.
    pub(super) fn row(&self, at: usize) -> (usize, usize) {
        let behind = self.rows.partition_point(|row| row.start <= at).saturating_sub(1);
        self.rows.get(behind).map_or((1, 0), |row| (row.number, row.start))
    }

    /// The bytes of the row of a byte and of so many rows before and after it that follow each other.
    pub(super) fn around(&self, range: Range<usize>, before: usize, after: usize) -> Range<usize> {
        let row = |at: usize| self.rows.partition_point(|row| row.start <= at).saturating_sub(1);
        let (mut first, mut last) = (row(range.start), row(range.end.max(range.start + 1) - 1));
        let follows = |row: usize| {
            self.rows
                .get(row)
                .zip(self.rows.get(row + 1))
                .is_some_and(|(a, b)| a.number + 1 == b.number)
        };
        for _ in 0..before {
            if 0 < first && follows(first - 1) {
                first -= 1;
            }
        }
        for _ in 0..after {
            if follows(last) {
                last += 1;
            }
        }
        let start = self.rows.get(first).map_or(0, |row| row.start);
        let end = self.rows.get(last + 1).map_or(self.text.len(), |row| row.start - 1);
        start..end
    }
}

impl Numbers {
    /// A number for a row of a line of the last text: its own where none before needed more rows than lines.
    fn add(&mut self, shown: Option<usize>, line: usize, goes_on: bool) -> usize {
        let Some(Numbered { rows, .. }) = self.0.last_mut() else { return line };
        let next = match rows.last_key_value() {
            None => line,
            Some((&last, _)) if goes_on => last + 1,
            Some((&last, _)) => line.max(last + 2),
        };
        rows.insert(next, shown);
        next
    }

    /// A drawing with the numbers of the text's lines; a row that goes on with a line has none.
    pub(super) fn restored(&self, drawing: String) -> String {
        let is_own = |(number, shown): (&usize, &Option<usize>)| *shown == Some(*number);
        if self.0.iter().all(|text| text.rows.iter().all(is_own)) {
            return drawing;
        }
        let mut out = String::with_capacity(drawing.len());
        let mut rows = None;
        for line in drawing.split_inclusive('\n') {
            if let Some((_, place)) = line.split_once("╭─[") {
                let is_it = |text: &&Numbered| {
                    let place = &place[passed(place, 0)..];
                    place.strip_prefix(&*text.name).is_some_and(|rest| rest.starts_with([':', ',']))
                };
                rows = self.0.iter().find(is_it).map(|text| &text.rows);
            }
            match rows.and_then(|rows| number(line, rows)) {
                Some((digits, shown)) => {
                    let shown = shown.map_or_else(String::new, |number| number.to_string());
                    let _ = write!(
                        out,
                        "{}{shown:>2$}{}",
                        &line[..digits.start],
                        &line[digits.end..],
                        digits.len()
                    );
                }
                None => out.push_str(line),
            }
        }
        out
    }
}

/// The digits that number a drawn line, and the line that they stand for.
fn number(
    line: &str,
    rows: &BTreeMap<usize, Option<usize>>,
) -> Option<(Range<usize>, Option<usize>)> {
    let mut at = passed(line, 0);
    let digits = at..at + line[at..].bytes().take_while(u8::is_ascii_digit).count();
    at = passed(line, digits.end);
    if digits.is_empty() || !line[at..].starts_with('│') {
        return None;
    }
    Some((digits.clone(), *rows.get(&line[digits].parse().ok()?)?))
}

/// The byte behind blanks and colours.
fn passed(line: &str, mut at: usize) -> usize {
    loop {
        let rest = &line[at..];
        if rest.starts_with(' ') {
            at += 1;
        } else if rest.starts_with("\u{1b}[") {
            at += rest.find('m').map_or(rest.len(), |end| end + 1);
        } else {
            return at;
        }
    }
}

/// The numbers of the lines that are marked, and of those beside them.
fn lines(source: &Source, marks: &[Mark]) -> Vec<usize> {
    let mut lines = Vec::new();
    for Mark { range: mark, .. } in marks {
        let first = source.place(mark.start).line;
        let last = source.place(mark.end.max(mark.start + 1) - 1).line;
        lines.extend(first.saturating_sub(1).max(1)..=last + 1);
    }
    lines.sort_unstable();
    lines.dedup();
    lines
}

/// The rows of a line, each in parts.
fn shown(text: &str, line: Range<usize>, marks: &[Mark], width: usize) -> Vec<Vec<Shown>> {
    let end = line.start + text[line.clone()].trim_end_matches(['\n', '\r']).len();
    let line = line.start..end;
    let is_here = |mark: &&Mark| mark.range.start <= line.end && line.start <= mark.range.end;
    let here = || marks.iter().filter(is_here);
    let is_narrow = is_narrow(&text[line.clone()], width);
    // What is said below a row begins at the middle of its mark.
    let fits = |mark: &Mark| {
        let middle = line.start.max(mark.range.start)..line.end.min(mark.range.end);
        let half = middle.len() / 2;
        let before = text.get(line.start..middle.start).map_or(0, |text| text.chars().count());
        before + half + BELOW + mark.said <= width
    };
    if is_narrow && here().all(fits) {
        return vec![vec![Shown::Words(line)]];
    }
    let mut inside: Vec<Range<usize>> = here()
        .map(|mark| mark.range.start.max(line.start)..mark.range.end.min(line.end))
        .filter(|mark| !mark.is_empty())
        .collect();
    inside.sort_unstable_by_key(|mark| (mark.start, mark.end));
    let said = here().map(|mark| mark.said).max().unwrap_or(0);
    let width = width.saturating_sub(said).max(NARROWEST);
    if inside.is_empty() {
        // Beside what is marked, its beginning is enough.
        let cut = ahead(text, line.start, width.saturating_sub(1)).min(line.end);
        return vec![vec![Shown::Words(line.start..cut), Shown::LeftOut]];
    }
    let mut windows: Vec<Range<usize>> = Vec::new();
    for mark in &inside {
        let around =
            back(text, line.start, mark.start, AROUND)..ahead(text, mark.end, AROUND).min(line.end);
        match windows.last_mut() {
            Some(last) if around.start <= ahead(text, last.end, WORTH) => {
                last.end = last.end.max(around.end);
            }
            _ => windows.push(around),
        }
    }
    folded(text, &line, windows, &inside, width)
}

/// Windows of a line in rows of so many columns, broken between words that are not marked, if they can be.
fn folded(
    text: &str,
    line: &Range<usize>,
    mut windows: Vec<Range<usize>>,
    marks: &[Range<usize>],
    width: usize,
) -> Vec<Vec<Shown>> {
    for window in &mut windows {
        window.start = word_start(text, line, window.start, marks);
        window.end = word_end(text, line, window.end, marks);
    }
    let mut rows: Vec<Vec<Shown>> = Vec::new();
    for (at, window) in windows.iter().enumerate() {
        let mut start = window.start;
        let mut row: Vec<Shown> = Vec::new();
        let is_cut = if at == 0 { line.start < start } else { true };
        let mut room = width;
        if is_cut {
            row.push(Shown::LeftOut);
            room = room.saturating_sub(1);
        }
        while start < window.end {
            let far = ahead(text, start, room.saturating_sub(1)).min(window.end);
            let end = if far == window.end { far } else { broken(text, start..far, marks) };
            row.push(Shown::Words(start..end));
            rows.push(std::mem::take(&mut row));
            start = end + text[end..window.end].len() - text[end..window.end].trim_start().len();
            room = width;
        }
        let ends_cut = at + 1 == windows.len() && window.end < line.end;
        if let Some(last) = rows.last_mut().filter(|_| ends_cut) {
            last.push(Shown::LeftOut);
        }
    }
    rows
}

/// Where a row ends that could go as far as a range does: behind its last word that no mark runs over, if
/// there is one.
fn broken(text: &str, row: Range<usize>, marks: &[Range<usize>]) -> usize {
    let is_free = |at: usize| !marks.iter().any(|mark| mark.start < at && at < mark.end);
    let blanks = |at: &(usize, &str)| row.start < row.start + at.0;
    let mut ends = text[row.clone()].rmatch_indices(' ').filter(blanks);
    let words = ends.clone().map(|(at, _)| row.start + at).find(|&at| is_free(at));
    // Where a mark fills the row, it is broken too.
    words.or_else(|| ends.next().map(|(at, _)| row.start + at)).unwrap_or(row.end)
}

fn is_narrow(text: &str, width: usize) -> bool {
    text.len() <= width || text.chars().nth(width).is_none()
}

/// The byte so many characters behind another.
fn ahead(text: &str, from: usize, characters: usize) -> usize {
    text[from..].char_indices().nth(characters).map_or(text.len(), |(at, _)| from + at)
}

/// The byte so many characters before another, not before `least`.
fn back(text: &str, least: usize, from: usize, characters: usize) -> usize {
    let mut before = text[least..from].char_indices().rev();
    before.nth(characters.saturating_sub(1)).map_or(least, |(at, _)| least + at)
}

/// The beginning of a word at a byte or behind it, but not within a mark.
fn word_start(text: &str, line: &Range<usize>, at: usize, marks: &[Range<usize>]) -> usize {
    if at == line.start {
        return at;
    }
    let most = marks.iter().map(|mark| mark.start).find(|&start| at <= start).unwrap_or(at);
    text[at..most].find(' ').map_or(at, |blank| at + blank + 1)
}

/// The end of a word at a byte or before it, but not within a mark.
fn word_end(text: &str, line: &Range<usize>, at: usize, marks: &[Range<usize>]) -> usize {
    if at == line.end {
        return at;
    }
    let least = marks.iter().rev().map(|mark| mark.end).find(|&end| end <= at).unwrap_or(at);
    text[least..at].rfind(' ').map_or(at, |blank| least + blank)
}
