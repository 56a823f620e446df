//! Where one sentence of a block ends and the next begins.

use std::ops::Range;

use crate::document::REMOVED;
use crate::document::bytes::ByteSet;
use crate::lexicon::{Abbreviation, Abbreviations};

/// The sentences of a block's text, as ranges of that text, in order.
///
/// They cover everything but white space between them. What is no sentence, a headline without a
/// stop, is one. A stop that may or may not be an end is none: half a sentence says other things
/// than the whole.
pub fn sentences<'a>(
    text: &'a str,
    abbreviations: &'a Abbreviations,
) -> impl Iterator<Item = Range<usize>> + 'a {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = text.len() - text[at..].trim_start().len();
        if start == text.len() {
            return None;
        }
        let mut search = start;
        while let Some(stop) = Stop::next(text, search) {
            search = stop.end;
            if stop.ends_sentence(text, start, abbreviations) {
                at = stop.end;
                return Some(start..stop.end);
            }
        }
        at = text.len();
        Some(start..text.trim_end().len())
    })
}

/// Full stops, question and exclamation marks in a row, with what closes behind them.
struct Stop {
    /// The first of the marks.
    start: usize,
    /// Behind the closing quotation marks and brackets.
    end: usize,
    mark: Mark,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// One full stop, which may belong to an abbreviation.
    Point,
    /// "…" or "...".
    Ellipsis,
    /// What holds "!" or "?".
    Strong,
}

const MARKS: [char; 4] = ['.', '!', '?', '…'];

impl Stop {
    fn next(text: &str, from: usize) -> Option<Self> {
        let start = find_mark(text, from)?;
        let behind = text[start..].trim_start_matches(MARKS);
        let marks = &text[start..text.len() - behind.len()];
        let mark = match marks {
            "." => Mark::Point,
            _ if marks.contains(['!', '?']) => Mark::Strong,
            _ => Mark::Ellipsis,
        };
        let end = text.len() - behind.trim_start_matches(is_closing).len();
        Some(Self { start, end, mark })
    }

    fn ends_sentence(&self, text: &str, sentence: usize, abbreviations: &Abbreviations) -> bool {
        let behind = &text[self.end..];
        let next = behind.trim_start();
        if next.is_empty() {
            return true;
        }
        if next.len() == behind.len() {
            return false;
        }
        let next = next.trim_start_matches(is_opening);
        let opener = || {
            let end = next.find(|c: char| !c.is_alphabetic()).unwrap_or(next.len());
            let more = next[end..].chars().next();
            // The "A." of "A. A. Writer" opens nothing, nor the "A" of "A-list".
            more.is_none_or(|c| c != '.' && c != '-' && !c.is_numeric())
                && abbreviations.opens(&next[..end])
        };
        match self.mark {
            Mark::Strong => begins_anew(next),
            Mark::Ellipsis => opener(),
            Mark::Point => {
                let word = word_before(&text[sentence..self.start]);
                let is_first = sentence + word.len() == self.start;
                // ". . ." is an ellipsis; "5 %." and "(left)." end as words do.
                let alone = word.is_empty() && text[..self.start].ends_with(char::is_whitespace);
                match abbreviations.kind(word) {
                    _ if is_first && is_marker(word) => false,
                    Some(Abbreviation::NeverEnds) => false,
                    Some(Abbreviation::MayEnd) => opener(),
                    Some(Abbreviation::BeforeFigures) if is_figure(next) => false,
                    Some(Abbreviation::BeforeFigures) => begins_anew(next),
                    None if alone || has_form_of_initials(word) => opener(),
                    None => begins_anew(next),
                }
            }
        }
    }
}

/// The bytes that marks begin with. The ellipsis shares its first byte with typographic quotation marks and dashes.
const FIRST_BYTES: ByteSet = ByteSet::new(b".!?\xE2");

fn find_mark(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += FIRST_BYTES.find(&bytes[at..])?;
        if bytes[at] != 0xE2 || text[at..].starts_with('…') {
            return Some(at);
        }
        at += 1;
    }
}

/// The word that a stop stands behind: letters and digits, with the stops between them.
///
/// Where nothing but white space follows a stop, no other stop looks at the same word, so the time
/// stays linear.
fn word_before(text: &str) -> &str {
    let part_of_word = |c: char| c.is_alphanumeric() || matches!(c, '.' | '\'' | '’' | '&');
    let start = text.trim_end_matches(part_of_word).len();
    &text[start..]
}

/// "J", "U.S", "Ph.D".
fn has_form_of_initials(word: &str) -> bool {
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (None, _) => false,
        (Some(only), None) => only.is_uppercase(),
        _ => {
            word.contains('.')
                && word.split('.').all(|part| {
                    matches!(part.len(), 1..=2) && part.bytes().all(|b| b.is_ascii_alphabetic())
                })
        }
    }
}

/// The "1" of "1. Harbours" or the "a" of "a. Harbours".
fn is_marker(word: &str) -> bool {
    let digits = word.bytes().all(|b| b.is_ascii_digit());
    (digits && word.len() <= 3) || (word.len() == 1 && word.bytes().all(|b| b.is_ascii_lowercase()))
}

/// Whether a sentence may begin so: with a capital, a letter of a script that has none, a figure,
/// or what stands for code.
fn begins_anew(text: &str) -> bool {
    text.chars()
        .next()
        .is_some_and(|first| (first.is_alphabetic() && !first.is_lowercase()) || first == REMOVED)
        || is_figure(text)
}

/// Whether a text begins with a figure, be it behind a sign: "5", "$5", "-5".
fn is_figure(text: &str) -> bool {
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(first), _) if first.is_numeric() => true,
        (Some(sign), Some(second)) => !sign.is_alphanumeric() && second.is_ascii_digit(),
        _ => false,
    }
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}' | REMOVED)
}

fn is_opening(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '„' | '«' | '‹' | '(' | '[' | '{' | '•' | '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares the sentences of a text without bars with those between its bars.
    #[track_caller]
    fn check(barred: &str) {
        let text = barred.replace("| ", "");
        let found: Vec<&str> =
            sentences(&text, Abbreviations::built_in()).map(|range| &text[range]).collect();
        let expected: Vec<&str> = barred.split("| ").map(str::trim).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_stop_before_a_capital_or_a_figure_ends_a_sentence() {
        check("Exports rose. | Imports fell.");
        check("Exports\nrose.\n| Imports fell.");
        check("He was born in 1975. | In 1999 he left.");
        check("It costs $5. | 3 people died.");
        check("It was a record. | $5 million came in.");
        check("It cost $1.2 billion. | Trade fell.");
        check("It fell by 3.5. | Élan returned.");
        check("It fell by 5%. | Trade grew (by 6 %). | Armenia “won”. | Five left.");
    }

    #[test]
    fn a_stop_before_a_small_letter_ends_nothing() {
        check("It was approx. five, incl. tax, per sq. mile in the U.S. of old.");
        check("The firm example.com. sold it");
    }

    #[test]
    fn abbreviations_that_stand_before_something_end_nothing() {
        check("Mr. Brown met Dr. A. A. Writer and Lt.-Gen. Smith (Prof. Jones).");
        check("See, e.g. Armenia, i.e. Yerevan, vs. Tbilisi.");
        check("The St. Louis office at No. 5 closed on Feb. 23 and Sept.\n24.");
        check("They live in Ft. Worth, Tex. and Mt. Pleasant.");
        check("J. K. Rowling and J.R.R. Tolkien wrote.");
    }

    #[test]
    fn abbreviations_that_may_end_do_so_before_an_opener() {
        check("It left the U.S. | The rest stayed.");
        check("The U.S. Treasury and the U.S. Senate met at 5 p.m. Monday.");
        check("It came at 5 p.m. | On Monday it left.");
        check("He sold Widget Inc. | It was old.");
        check("Widget Inc. Chairman Smith left.");
        check("They met in Feb. | But nothing came of it.");
        check("He has vitamin C. | It helps.");
        check("It left the U.S. A-list actors stayed.");
    }

    #[test]
    fn a_word_that_counts_figures_is_a_word_elsewhere() {
        check("They said no. | Armenia said yes.");
        check("He ranked no. 5 in the world.");
        check("The answer was No. | Five left.");
    }

    #[test]
    fn closing_marks_belong_to_the_sentence_before() {
        check("“It was five million.” | She left.");
        check("\"It was five million.\" | \"It was six.\"");
        check("(It was five million.) | She left [in May.] | (Then she came.)");
        check("“Is it?” she asked. | “It is!” | He left.");
    }

    #[test]
    fn an_ellipsis_ends_a_sentence_only_before_an_opener() {
        check("He waited … Armenia … five … and left.");
        check("He waited... and left. . . Armenia left.");
        check("He waited… | Then he left.");
    }

    #[test]
    fn markers_stay_with_their_text() {
        check("1. Harbours cost most. | 2. Roads cost less.");
        check("a. Harbours cost most.");
    }

    #[test]
    fn what_has_no_stop_is_one_sentence() {
        check("Harbours cost $5 million");
        check("Harbours cost $5 million:");
        assert_eq!(sentences(" \n ", Abbreviations::built_in()).count(), 0);
    }
}
