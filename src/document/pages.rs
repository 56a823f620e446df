//! The text of pages, as `pdftotext` writes it: columns one after the other, without what stands at the head and
//! foot of every page, and with the words whole that the ends of lines cut.

use std::ops::Range;

use crate::document::block::is_blank;
use crate::document::map::Prose;
use crate::lexicon::{Lexicon, bit};

/// What ends a page.
const PAGE_BREAK: char = '\x0c';

/// Lines at either end of a page that may stand on every page.
const MARGIN: usize = 2;
/// Pages on either side that a line of the margin is looked for on: left and right pages may differ.
const NEAR: usize = 2;
/// Lines that show two columns.
const FEWEST_LINES: usize = 5;
/// Blanks between two columns.
const GUTTER: usize = 2;
/// Columns of a page.
const MOST_COLUMNS: usize = 6;
/// Bytes of a line of a page.
const LONGEST_LINE: usize = 1_000;
/// Letters of a line of a column.
const FEWEST_LETTERS: usize = 12;

/// Whether a text is the text of pages.
pub(super) fn has_pages(text: &str) -> bool {
    memchr::memchr(PAGE_BREAK as u8, text.as_bytes()).is_some()
}

/// The prose of such a text; `start` is its place in the source. Takes linear time.
pub(super) fn read(text: &str, start: usize) -> Prose {
    let mut pages: Vec<Vec<Range<usize>>> = Vec::new();
    let mut at = 0;
    for page in text.split(PAGE_BREAK) {
        pages.push(lines(text, at..at + page.len()));
        at += page.len() + PAGE_BREAK.len_utf8();
    }
    let has_more = 1 < pages.iter().filter(|page| !page.is_empty()).count();
    let margins: Vec<Margins> = pages.iter().map(|page| Margins::of(text, page)).collect();
    let mut writer = Writer { text, start, prose: Prose::default(), last: None };
    for (number, page) in pages.iter().enumerate() {
        let is_repeated = |line: usize| {
            let around = number.saturating_sub(NEAR)..(number + NEAR + 1).min(pages.len());
            margins[number].stands_at(line).is_some_and(|own| {
                is_page_number(own.1) && has_more
                    || around.filter(|other| *other != number).any(|other| {
                        let distance = other.abs_diff(number);
                        margins[other].all.iter().any(|(_, is_head, words)| {
                            *is_head == own.0 && is_same(words, own.1, distance)
                        })
                    })
            })
        };
        let kept: Vec<Range<usize>> = page
            .iter()
            .enumerate()
            .filter(|(at, line)| !is_repeated(*at) && !is_raised(text, page, *at, line))
            .map(|(_, line)| line.clone())
            .skip_while(|line| is_empty(&text[line.clone()]))
            .collect();
        writer.page_break(kept.first());
        for line in in_columns(text, &kept, MOST_COLUMNS) {
            writer.line(line);
        }
    }
    writer.prose
}

fn lines(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut at = part.start;
    let mut all = Vec::new();
    for line in text[part].split_inclusive('\n') {
        let words = line.trim_end_matches(['\n', '\r']);
        all.push(at..at + words.len());
        at += line.len();
    }
    all
}

fn is_empty(line: &str) -> bool {
    line.chars().all(is_blank)
}

/// The lines at the ends of a page: which they are, whether they stand at its head, and their words.
struct Margins<'t> {
    all: Vec<(usize, bool, &'t str)>,
}

impl<'t> Margins<'t> {
    fn of(text: &'t str, page: &[Range<usize>]) -> Self {
        let words = |line: &Range<usize>| text[line.clone()].trim();
        let written = || page.iter().enumerate().filter(|(_, line)| !words(line).is_empty());
        let head = written().take(MARGIN).map(|(at, line)| (at, true, words(line)));
        let foot = written().rev().take(MARGIN).map(|(at, line)| (at, false, words(line)));
        Self { all: head.chain(foot).collect() }
    }

    /// Whether a line is at the head, and its words, if it stands in the margin.
    fn stands_at(&self, line: usize) -> Option<(bool, &'t str)> {
        self.all.iter().find(|(at, ..)| *at == line).map(|(_, is_head, words)| (*is_head, *words))
    }
}

/// Whether a line is a number of a page and nothing else: "12", "– 12 –", "Page 3 of 10".
fn is_page_number(line: &str) -> bool {
    const WORDS: [&str; 3] = ["page", "p", "of"];
    let parts: Vec<&str> =
        line.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let is_number = |part: &&&str| part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    let numbers = parts.iter().filter(is_number).count();
    let is_word = |part: &&str| WORDS.contains(&&*part.to_ascii_lowercase());
    (1..=2).contains(&numbers)
        && numbers + parts.iter().filter(|part| is_word(part)).count() == parts.len()
        && !line.contains(['$', '€', '£', '%', '.', ','])
}

/// Whether two lines are the same, but for one number that counts the pages between them.
fn is_same(one: &str, other: &str, distance: usize) -> bool {
    let letters = one.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 4 {
        return false;
    }
    if one == other {
        return true;
    }
    let digit = |c: char| c.is_ascii_digit();
    let (one_words, other_words) = (one.split(digit), other.split(digit));
    if !one_words.filter(|part| !part.is_empty()).eq(other_words.filter(|part| !part.is_empty())) {
        return false;
    }
    let numbers = |line: &str| -> Vec<usize> {
        let parts = line.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        parts.map(|part| part.parse().unwrap_or(usize::MAX)).collect()
    };
    let (ones, others) = (numbers(one), numbers(other));
    let mut differ = ones.iter().zip(&others).filter(|(a, b)| a != b);
    ones.len() == others.len()
        && differ.next().is_some_and(|(a, b)| a.abs_diff(*b) == distance)
        && differ.next().is_none()
}

/// Whether a line has nothing but the marks of notes that are raised above the line below it.
fn is_raised(text: &str, page: &[Range<usize>], at: usize, line: &Range<usize>) -> bool {
    let is_mark = |word: &str| word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    let words = text[line.clone()].trim();
    let is_prose = |at: Option<usize>| {
        at.and_then(|at| page.get(at)).is_some_and(|line| {
            let letters = text[line.clone()].chars().filter(|c| c.is_alphabetic()).count();
            FEWEST_LETTERS * 2 <= letters
        })
    };
    !words.is_empty()
        && text[line.clone()].starts_with(' ')
        && words.split_whitespace().all(is_mark)
        && is_prose(at.checked_sub(1))
        && is_prose(Some(at + 1))
}

/// The lines of a page, those of columns one after the other.
fn in_columns(text: &str, page: &[Range<usize>], most: usize) -> Vec<Range<usize>> {
    if most == 1 {
        return page.to_vec();
    }
    let mut all = Vec::with_capacity(page.len());
    let mut rest = page;
    while !rest.is_empty() {
        let (length, gutter) = run(text, rest);
        let (part, behind) = rest.split_at(length);
        match gutter {
            None => all.extend_from_slice(part),
            Some(gutter) => {
                let (mut left, mut right) = (Vec::new(), Vec::new());
                for line in part {
                    let cut = line.start + byte_of(&text[line.clone()], gutter);
                    left.push(line.start..cut);
                    right.push(cut..line.end);
                }
                // What follows stands above what was before, so nothing reads on from one into the other.
                let apart = |at: usize| at..at;
                all.push(apart(part[0].start));
                all.extend(left);
                all.push(apart(part[0].start));
                all.extend(in_columns(text, &right, most - 1));
                all.push(apart(part[0].start));
            }
        }
        rest = behind;
    }
    all
}

/// The byte of a line at a column of characters.
fn byte_of(line: &str, column: usize) -> usize {
    line.char_indices().nth(column).map_or(line.len(), |(at, _)| at)
}

/// How many lines belong together, and the column of characters that parts them into two, if one does.
fn run(text: &str, lines: &[Range<usize>]) -> (usize, Option<usize>) {
    let Some(gutter) = lines.first().and_then(|line| first_gutter(&text[line.clone()])) else {
        // Up to the next line that may be of two columns.
        let plain =
            lines.iter().skip(1).take_while(|line| first_gutter(&text[(*line).clone()]).is_none());
        return (1 + plain.count(), None);
    };
    let mut gutter = gutter;
    let (mut length, mut both) = (0, 0);
    for line in lines {
        let line = &text[line.clone()];
        if is_empty(line) {
            length += 1;
            continue;
        }
        let Some(shared) = shared_gutter(line, &gutter) else { break };
        let middle = shared.start.midpoint(shared.end);
        let (left, right) = line.split_at(byte_of(line, middle));
        both += usize::from(is_column(left) && is_column(right));
        gutter = shared;
        length += 1;
    }
    if FEWEST_LINES <= both && length <= both * 2 {
        (length, Some(gutter.end))
    } else {
        (length.max(1), None)
    }
}

/// The columns of characters of the first wide gap of a line between two pieces of prose.
fn first_gutter(line: &str) -> Option<Range<usize>> {
    gaps(line).into_iter().find(|gap| {
        let (left, right) = line.split_at(byte_of(line, gap.end));
        is_column(left) && is_column(right)
    })
}

/// The part of a gutter in which a line has blanks or has ended.
fn shared_gutter(line: &str, gutter: &Range<usize>) -> Option<Range<usize>> {
    let length = line.trim_end().chars().count();
    let ended = (length <= gutter.start).then(|| gutter.clone());
    ended.or_else(|| {
        gaps(line).into_iter().find_map(|gap| {
            let shared = gap.start.max(gutter.start)..gap.end.min(gutter.end);
            (shared.start + 1 < shared.end || shared.len() == 1).then_some(shared)
        })
    })
}

/// The gaps of a line, in characters.
fn gaps(line: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    if LONGEST_LINE < line.len() {
        return all;
    }
    let mut start = None;
    for (at, c) in line.chars().enumerate() {
        match (c.is_whitespace(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                if GUTTER <= at - from {
                    all.push(from..at);
                }
                start = None;
            }
            _ => {}
        }
    }
    all
}

/// Whether a piece of a line is prose: of letters mostly.
fn is_column(piece: &str) -> bool {
    let letters = piece.chars().filter(|c| c.is_alphabetic()).count();
    let signs = piece.chars().filter(|c| !c.is_whitespace()).count();
    let wide = gaps(piece.trim()).len();
    FEWEST_LETTERS <= letters && signs <= letters * 2 && wide <= 1
}

struct Writer<'t> {
    text: &'t str,
    start: usize,
    prose: Prose,
    /// The last line that was written.
    last: Option<Range<usize>>,
}

impl Writer<'_> {
    /// Writes a line behind the others.
    fn line(&mut self, line: Range<usize>) {
        let words = self.text[line.clone()].trim_matches(is_blank);
        let from = line.start + self.text[line.clone()].find(words).unwrap_or(0);
        let line = from..from + words.len();
        if words.is_empty() {
            if !self.prose.text.ends_with("\n\n") {
                self.prose.separate();
            }
            return;
        }
        let is_new = self.prose.text.is_empty() || self.prose.text.ends_with('\n');
        if !is_new && !self.joins(words) {
            let before = self.last.as_ref().map_or(line.start, |last| last.end);
            self.prose.push("\n", self.start + before..self.start + line.start, false);
        }
        let source = self.start + line.start..self.start + line.end;
        self.prose.push(words, source, true);
        self.last = Some(line);
    }

    /// Whether the last line goes on in the next one without a blank, for a hyphen or a dash ends it; what the
    /// hyphen cut is made whole.
    fn joins(&mut self, next: &str) -> bool {
        let Some(last) = self.last.clone() else { return false };
        let words = &self.text[last.clone()];
        let Some(hyphen) = words.chars().next_back() else { return false };
        if !self.prose.text.ends_with(hyphen) {
            return false;
        }
        let before = &words[..words.len() - hyphen.len_utf8()];
        let (left, right) = (before.chars().next_back(), next.chars().next());
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let letter = |c: Option<char>| c.is_some_and(char::is_lowercase);
        match hyphen {
            '–' => digit(left) && (digit(right) || right.is_some_and(|c| "$€£".contains(c))),
            '\u{ad}' => true,
            '-' | '‐' if digit(left) => right.is_some_and(char::is_alphanumeric),
            '-' | '‐' if left.is_some_and(char::is_alphabetic) && letter(right) => {
                if !keeps_hyphen(before, next) {
                    let end = self.prose.text.len() - hyphen.len_utf8();
                    self.prose.truncate(end);
                }
                true
            }
            _ => false,
        }
    }

    /// A paragraph may go on on the next page.
    fn page_break(&mut self, next: Option<&Range<usize>>) {
        let (Some(last), Some(next)) = (&self.last, next) else { return };
        let (last, next) = (&self.text[last.clone()], self.text[next.clone()].trim_start());
        let ends = last.ends_with(['.', '!', '?', ':', '”', '"', ')']);
        let goes_on =
            next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || "$€£".contains(c));
        if goes_on && !ends {
            let end = self.prose.text.trim_end_matches('\n').len();
            self.prose.truncate(end);
        } else if !self.prose.text.ends_with("\n\n") {
            self.prose.separate();
        }
    }
}

/// Whether a hyphen at the end of a line belongs to the word: "twenty-five", "two-thirds", "year-old".
fn keeps_hyphen(before: &str, next: &str) -> bool {
    let lexicon = Lexicon::built_in();
    let word = |text: &str, at_end: bool| {
        let is_part = |c: char| c.is_alphabetic();
        if at_end {
            text[text.trim_end_matches(is_part).len()..].to_owned()
        } else {
            text[..text.len() - text.trim_start_matches(is_part).len()].to_owned()
        }
    };
    let (left, right) = (word(before, true), word(next, false));
    let numbers = bit::CARDINAL | bit::ORDINAL | bit::FRACTION;
    let is_one = |word: &str, of: u64| lexicon.look_up(word).senses & of != 0;
    // "year-" of "year-old" has another hyphen before it.
    let is_compound = before[..before.len() - left.len()].ends_with('-');
    is_compound || is_one(&left, numbers) || is_one(&right, numbers | bit::SCALE)
}

#[cfg(test)]
mod tests {
    use crate::document::{Document, Format};

    /// The blocks of a text, and that each character leads back.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let document = Document::parse(text, Format::Plain);
        let found: Vec<String> = document
            .blocks()
            .iter()
            .map(|block| document.prose()[block.range.clone()].replace('\n', " "))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_that_lines_cut_are_whole() {
        check(
            "The infor-\nmation of 2019-\n2020 on a 10-\nyear-old of twenty-\nfive.\x0c",
            &["The information of 2019-2020 on a 10-year-old of twenty-five."],
        );
        check(
            "From 5–\n10 to $3–\n$4 and 1,200 -\n300.\x0c",
            &["From 5–10 to $3–$4 and 1,200 - 300."],
        );
        check(
            "A three-year-\nold and two-\nthirds of the U.S.-\nled group.\x0c",
            &["A three-year-old and two-thirds of the U.S.- led group."],
        );
        let text = "The mil-\nlion.\x0c";
        let document = Document::parse(text, Format::Plain);
        let at = document.prose().find("million").unwrap();
        assert_eq!(&text[document.source_range(at..at + 7)], "mil-\nlion");
    }

    #[test]
    fn heads_and_feet_of_pages_are_left_out() {
        let page = |number: usize, words: &str| {
            format!(
                "Ministry of Trade          Report 2024\n\n{words}\n\n                 Page {number} of 3\n\x0c"
            )
        };
        let text = page(1, "It cost $5 million in the")
            + &page(2, "year to June. It rose to 7")
            + &page(3, "And so on.");
        check(&text, &["It cost $5 million in the year to June. It rose to 7", "And so on."]);
        let text = "One went.\n\n1\n\x0cTwo went.\n\n2\n\x0c";
        check(text, &["One went.", "Two went."]);
        // A number that is all of a page's end, of one page, is a figure.
        check("It has so many:\n\n12\n\x0c", &["It has so many:", "12"]);
        let rows = "Wheat 12\nRye 14\n\x0cWheat 30\nOats 31\n\x0c";
        check(rows, &["Wheat 12 Rye 14", "Wheat 30 Oats 31"]);
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let text = "\
          A headline over both of the columns
The ministry spent $5 million on      roads in the south and on
the harbours of the north, which      schools in the east. It is to
is half of what it had asked for      spend $7 million in the year
in the spring. The rest went to       to come, officials said on
repairs of ships and of all the       Monday in the capital.\n\x0c";
        check(
            text,
            &[
                "A headline over both of the columns",
                "The ministry spent $5 million on the harbours of the north, which is half of what it had asked \
                 for in the spring. The rest went to repairs of ships and of all the",
                "roads in the south and on schools in the east. It is to spend $7 million in the year to come, \
                 officials said on Monday in the capital.",
            ],
        );
    }

    #[test]
    fn tables_stay_as_they_are() {
        let text = "\
Wheat of the north      16.1      10.2
Maize of the south       9.0       6.1
Barley of the east       5.5       4.1
Oats of the west         1.5       1.1
Rye of the islands       2.5       2.1
All of the country      34.6      23.6\n\x0c";
        let document = Document::parse(text, Format::Plain);
        assert!(
            document.prose().contains("Wheat of the north      16.1      10.2\n"),
            "{}",
            document.prose()
        );
    }

    #[test]
    fn ligatures_are_letters() {
        check("The ﬁrst ﬂoods cost ﬁve million.", &["The first floods cost five million."]);
    }

    #[test]
    fn raised_marks_on_a_line_of_their_own_are_left_out() {
        check(
            "The ministry spent some of its money on\n                          1\nthe harbours of the south and the north.\n\x0c",
            &["The ministry spent some of its money on the harbours of the south and the north."],
        );
    }
}
