//! Blocks of plain text: paragraphs, be they one line or hard-wrapped, and list items.

use std::ops::Range;

use memchr::memchr2;

use crate::document::block::{Block, BlockKind, is_blank, trimmed};

/// A longest line beyond this is no hard wrap: the text has one paragraph a line.
const WIDEST_WRAP: usize = 160;

/// The blocks of a text.
///
/// Lines without an empty line between them are one block unless they clearly do not read on: a
/// sentence cut in two loses its figures, two paragraphs in one lose nothing.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut run: Option<Run> = None;
    for line in lines(text, 0..text.len()) {
        if is_empty(&text[line.clone()]) {
            run.take().inspect(|run| run.split(text, &mut blocks));
        } else {
            let length = line.len();
            let run = run.get_or_insert(Run { range: line.clone(), longest: 0 });
            run.range.end = line.end;
            run.longest = run.longest.max(length);
        }
    }
    run.inspect(|run| run.split(text, &mut blocks));
    number_lists(text, &mut blocks);
    blocks
}

/// Tells the lists apart: items that follow each other with one sort of bullet, or with numbers
/// that count on, are of one list.
fn number_lists(text: &str, blocks: &mut [Block]) {
    let mut lists = 0;
    let mut last: Option<(Option<char>, u32)> = None;
    for block in blocks {
        let BlockKind::ListItem { list, number, .. } = &mut block.kind else {
            last = None;
            continue;
        };
        let sign = text[..block.range.start].trim_end_matches(is_blank).chars().next_back();
        // A number has a sign behind it, not a bullet.
        let bullet = sign.filter(|_| *number == 0);
        let goes_on = last.filter(|&(known, before)| {
            known == bullet && (*number == 0 || before.checked_add(1) == Some(*number))
        });
        if goes_on.is_none() {
            lists += 1;
        }
        *list = lists - 1;
        if *number == 0 {
            *number = goes_on.map_or(1, |(_, before)| before + 1);
        }
        last = Some((bullet, *number));
    }
}

/// The lines of a part of a text, without what ends them.
fn lines(text: &str, part: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let (mut at, end) = (part.start, part.end);
    std::iter::from_fn(move || {
        if end <= at {
            return None;
        }
        let start = at;
        let stop = memchr2(b'\n', b'\r', &bytes[start..end]).map_or(end, |length| start + length);
        let two = bytes[stop..end].starts_with(b"\r\n");
        at = stop + 1 + usize::from(two);
        Some(start..stop)
    })
}

fn is_empty(line: &str) -> bool {
    // Nearly every line begins with what can be told by its first byte.
    !matches!(line.as_bytes().first(), Some(b'!'..=b'~')) && line.chars().all(is_blank)
}

/// Lines without an empty one between them.
struct Run {
    range: Range<usize>,
    /// Bytes of its longest line.
    longest: usize,
}

impl Run {
    fn split(&self, text: &str, blocks: &mut Vec<Block>) {
        let mut open: Option<Block> = None;
        let mut previous = "";
        let mut number = None;
        for line in lines(text, self.range.clone()) {
            let line = trimmed(text, line);
            let words = &text[line.clone()];
            let marker = Marker::of(words).filter(|marker| match marker.number {
                Some(now) => open.is_none() || now == 1 || number == now.checked_sub(1),
                None => true,
            });
            let block = match (&mut open, marker) {
                (_, Some(marker)) => {
                    number = marker.number;
                    let start = line.start + marker.length;
                    let kind =
                        BlockKind::ListItem { list: 0, number: number.unwrap_or(0), depth: 0 };
                    Block { kind, range: start..line.end }
                }
                (Some(block), None) if self.reads_on(previous, words) => {
                    block.range.end = line.end;
                    previous = words;
                    continue;
                }
                _ => Block { kind: BlockKind::Paragraph, range: line },
            };
            previous = words;
            blocks.extend(open.replace(block));
        }
        blocks.extend(open);
    }

    /// Whether a sentence may run from one line of this run into the next.
    fn reads_on(&self, line: &str, next: &str) -> bool {
        // Wrapped prose has no tabs inside a line; rows of a table have.
        if line.contains('\t') || next.contains('\t') {
            return false;
        }
        let ends = ends_sentence(line);
        let half = line.len() * 2 < self.longest;
        let much_shorter = line.len() * 4 < self.longest * 3;
        let first = next.chars().find(|c| !is_opening(*c));
        let upper = first.is_some_and(char::is_uppercase);
        let anew = first.is_some_and(|c| !c.is_lowercase());
        let new_paragraph = ends && anew && (much_shorter || WIDEST_WRAP < self.longest);
        !(new_paragraph || half && upper)
    }
}

fn ends_sentence(line: &str) -> bool {
    let closing = |c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']');
    line.trim_end_matches(closing).ends_with(['.', '!', '?', '…', ':'])
}

fn is_opening(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '„' | '(' | '[')
}

/// What a list item begins with: a bullet or a number.
struct Marker {
    /// Its bytes with the white space behind it.
    length: usize,
    number: Option<u32>,
}

impl Marker {
    fn of(line: &str) -> Option<Self> {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = match digits {
            0 => (None, line.strip_prefix(is_bullet)?),
            // "1975." ends a sentence.
            1..=3 => (line[..digits].parse().ok(), line[digits..].strip_prefix(['.', ')'])?),
            _ => return None,
        };
        let words = rest.trim_start_matches(is_blank);
        let length = line.len() - words.len();
        (words.len() < rest.len() && !words.is_empty()).then_some(Self { length, number })
    }
}

/// The signs that begin list items, with the one that Word's Symbol font has for it.
///
/// Neither "+", which may be a figure's sign, nor the dash of "word – word", which may be wrapped.
fn is_bullet(c: char) -> bool {
    matches!(c, '-' | '*' | '•' | '‣' | '⁃' | '·' | '▪' | '■' | '□' | '◦' | '●' | '○' | '\u{f0b7}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares the blocks of a text, each in brackets if it is a list item.
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = blocks(text)
            .iter()
            .map(|block| {
                let words = text[block.range.clone()].replace("\r\n", "\n").replace('\r', "\n");
                if matches!(block.kind, BlockKind::ListItem { .. }) {
                    format!("[{words}]")
                } else {
                    words
                }
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn empty_lines_part_blocks_whatever_they_hold() {
        check("One.\n\nTwo.\n \t\u{a0}\n\u{c}\n\u{feff}\nThree.\n", &["One.", "Two.", "Three."]);
        check("One.\r\n\r\nTwo.\r\rThree.\r", &["One.", "Two.", "Three."]);
        check("", &[]);
        check(" \n\n ", &[]);
    }

    #[test]
    fn a_hard_wrapped_sentence_is_one_block() {
        let text = "\
The ministry spent $290 million over four years on the harbours of the
south, of which a third came from abroad, said the head of the U.S.
Treasury in March.";
        check(text, &[text]);
        check(&text.replace('\n', "\r"), &[text]);
        check(&text.replace('\n', "\r\n"), &[text]);
    }

    #[test]
    fn a_headline_and_a_byline_do_not_read_on() {
        check(
            "\
Harbours cost more
By A. Writer
The ministry spent $290 million over four years on the harbours of the
south, officials said.
Last year it spent far less than that, a sum of $72.5 million, they said.",
            &[
                "Harbours cost more",
                "By A. Writer",
                "The ministry spent $290 million over four years on the harbours of the\n\
                 south, officials said.",
                "Last year it spent far less than that, a sum of $72.5 million, they said.",
            ],
        );
    }

    #[test]
    fn paragraphs_of_one_line_each_are_told_from_a_wrap() {
        let long = "The ministry spent a sum of money on the harbours of the south. ".repeat(4);
        let long = long.trim();
        check(&format!("{long}\n{long}\n{long}"), &[long, long, long]);
    }

    #[test]
    fn list_items_stand_alone_without_their_bullets() {
        check(
            "Spent so far:\n- $5 million\n  on harbours\n* $6 million\n• $7 million",
            &["Spent so far:", "[$5 million\n  on harbours]", "[$6 million]", "[$7 million]"],
        );
        check("1. Harbours\n2) Roads\n3. Rails", &["[Harbours]", "[Roads]", "[Rails]"]);
        check("7. Ports", &["[Ports]"]);
    }

    #[test]
    fn lists_are_told_apart() {
        let numbered = |text: &str| -> Vec<(u32, u32)> {
            let kinds = blocks(text).into_iter().map(|block| block.kind);
            let items = kinds.filter_map(|kind| match kind {
                BlockKind::ListItem { list, number, .. } => Some((list, number)),
                _ => None,
            });
            items.collect()
        };
        assert_eq!(numbered("- One\n- Two\n\n- Three"), [(0, 1), (0, 2), (0, 3)]);
        assert_eq!(numbered("- One\n* Two\n\nText\n\n* Three"), [(0, 1), (1, 1), (2, 1)]);
        assert_eq!(numbered("1. One\n2. Two\n\n1. One\n\n- One"), [(0, 1), (0, 2), (1, 1), (2, 1)]);
    }

    #[test]
    fn a_number_that_ends_a_sentence_is_no_list_item() {
        for text in [
            "The ministry closed all its harbours but\n17. Trade fell at once.",
            "The ministry closed all its harbours in\n1975. Trade fell at once.",
            "It fell by\n-5 percent.",
        ] {
            check(text, &[text]);
        }
    }

    #[test]
    fn rows_with_tabs_stand_alone() {
        check("Year\tSpent\n2023\t$5 million", &["Year\tSpent", "2023\t$5 million"]);
    }
}
