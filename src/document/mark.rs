//! Marks that lead to a source or a note, which a reader passes over: "50[1]", "[note 2]".
//!
//! Figures are read as if they were not there, nor characters that show nothing, such as a soft hyphen, nor
//! what an editor has struck out in `CriticMarkup` (`{--3,000--}{++4,000++}`); full-width digits are digits. What Markdown shows as a mark (`[1](url)` behind a
//! word, `<sup>1</sup>`) is prose as "[1]" at first, and is taken out with the others here.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::block::{Block, BlockKind, REMOVED, trimmed};
use crate::document::bytes::ByteSet;
use crate::document::map::{Prose, SourceMap};

/// What stands between the brackets of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// "1", "1, 2", "1–3", "^a", "note 1", "citation needed", "*", "¹".
    Sure,
    /// "a": a mark only right behind a word.
    Letter,
}

/// Bytes of the longest label.
const LONGEST_LABEL: usize = 32;

/// What is said of a source or of the words before.
const WORDS: [&str; 19] = [
    "by whom?", "citation", "clarify", "cite", "dubious", "footnote", "link", "note", "pdf", "ref",
    "sic", "source", "source?", "sources", "when?", "where?", "which?", "who?", "why?",
];

/// What stands before the number or letter of a note.
const NUMBERED: [&str; 10] =
    ["fn", "footnote", "footnotes", "n", "nb", "note", "notes", "ref", "refs", "source"];

impl Label {
    /// Reads what stands between brackets, or is the text of a link.
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() || LONGEST_LABEL < text.len() {
            return None;
        }
        let letter = matches!(text.as_bytes(), [letter] if letter.is_ascii_alphabetic());
        let lower = || text.to_ascii_lowercase();
        let sure = || {
            are_numbers(text)
                || text.strip_prefix('^').is_some_and(is_name)
                || text.chars().all(is_sign)
                || is_note(&lower())
                || WORDS.contains(&&*lower())
        };
        match () {
            () if letter => Some(Self::Letter),
            () if sure() => Some(Self::Sure),
            () => None,
        }
    }
}

/// "1", "12", "1, 2", "1–3"; "1,200" is one number, and "2024" is a year.
pub(super) fn are_numbers(text: &str) -> bool {
    let is_number =
        |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let mut parts = text.split([',', ';', '-', '–', '&']);
    let grouped = text.split(',').skip(1).any(|part| part.len() == 3 && is_number(part));
    !grouped && parts.all(|part| is_number(part.trim()))
}

/// The name of a footnote.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

fn is_sign(c: char) -> bool {
    matches!(c, '*' | '†' | '‡' | '§' | '¶' | '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// "note 1", "nb a", "citation needed".
fn is_note(text: &str) -> bool {
    let Some((first, last)) = text.rsplit_once(' ') else { return false };
    let numbered = last.len() <= 3 && last.bytes().all(|b| b.is_ascii_digit())
        || last.len() == 1 && last.bytes().all(|b| b.is_ascii_alphabetic());
    let words = first.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ');
    numbered && NUMBERED.contains(&first) || last == "needed" && words
}

/// Whether what stands right behind a character is joined to a word, a figure, or the end of a
/// sentence. "$5" is one figure, and a quotation opens before what it quotes.
pub(super) fn joins(before: Option<char>) -> bool {
    before.is_some_and(|c| {
        c.is_alphanumeric()
            || matches!(
                c,
                '%' | '.' | ',' | ';' | '!' | '?' | ')' | ']' | '”' | '’' | '»' | '°' | '²' | '³'
            )
    })
}

/// Whether a figure begins with what stands right before a bracket: "$[5] million" is in the
/// writer's own words.
pub(super) fn opens_figure(before: Option<char>) -> bool {
    matches!(before, Some('$' | '€' | '£' | '¥' | '+' | '-' | '–' | '−' | '#'))
}

/// Bytes of prose to take out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cut {
    range: Range<usize>,
    /// What stands there instead, if anything; [`REMOVED`] where words would run together.
    instead: Option<&'static str>,
}

impl Cut {
    fn of(range: Range<usize>) -> Self {
        Self { range, instead: None }
    }
}

/// The mark whose bracket opens at a byte, with all that follow it: "[1]", "[1][2]", "[1], [2]".
fn marks_at(text: &str, start: usize) -> Option<usize> {
    let mut end = one_mark(text, start)?;
    while let Some(open) = text[end..].find('[').map(|length| end + length) {
        let between = &text[end..open];
        let joint = matches!(between, "" | "," | ", " | "–" | "-" | " ");
        match joint.then(|| one_mark(text, open)).flatten() {
            Some(next) => end = next,
            None => break,
        }
    }
    Some(end)
}

/// The byte behind a mark.
fn one_mark(text: &str, start: usize) -> Option<usize> {
    let inner = text[start..].strip_prefix('[')?;
    // "[[1]]" too.
    let (inner, closes) = match inner.strip_prefix('[') {
        Some(inner) => (inner, "]]"),
        None => (inner, "]"),
    };
    let reach =
        inner.bytes().take(LONGEST_LABEL + 1).position(|b| matches!(b, b']' | b'[' | b'\n'));
    let length = reach.filter(|&at| inner[at..].starts_with(closes))?;
    let end = start + closes.len() + length + closes.len();
    let before = text[..start].chars().next_back();
    let fits = match Label::of(&inner[..length])? {
        Label::Sure => !opens_figure(before),
        Label::Letter => joins(before) && !text[end..].starts_with(|c: char| c.is_alphanumeric()),
    };
    fits.then_some(end)
}

/// The bytes that marks, edits and characters which show nothing begin with.
const FIRST_BYTES: ByteSet = ByteSet::new(b"[{*<\xC2\xE2\xEF");

/// The marks of a block.
fn cuts(prose: &str, block: Range<usize>, cuts: &mut Vec<Cut>) {
    let text = &prose[block.clone()];
    // Most texts hold no byte that anything which is cut begins with.
    if FIRST_BYTES.find(text.as_bytes()).is_none() {
        return;
    }
    let first = cuts.len();
    let mut at = 0;
    while let Some(start) = memchr::memchr(b'[', &text.as_bytes()[at..]).map(|open| at + open) {
        let Some(end) = marks_at(text, start) else {
            at = start + 1;
            continue;
        };
        let words = text[at..start].trim_end_matches([' ', '\u{a0}']);
        let behind = text[end..].chars().next();
        // Of the spaces on its two sides one is enough.
        let ends = behind.is_none_or(|c| c.is_whitespace() || ".,;:!?)”’\"'".contains(c));
        let spaced = words.len() < start - at && !words.ends_with('\n') && !words.is_empty();
        let from = if spaced && ends { at + words.len() } else { start };
        let before = text[..from].chars().next_back();
        let parts = [before, behind].iter().all(|c| c.is_some_and(char::is_alphanumeric));
        let range = block.start + from..block.start + end;
        cuts.push(Cut { range, instead: parts.then_some("\u{fffc}") });
        at = end;
    }
    characters(text, block.start, cuts);
    edits(text, block.start, cuts);
    stars(text, block.start, cuts);
    // One that begins within another goes with it.
    let mut found = cuts.split_off(first);
    found.sort_by_key(|cut| cut.range.start);
    let mut behind = block.start;
    for cut in found {
        if behind <= cut.range.start {
            behind = cut.range.end;
            cuts.push(cut);
        }
    }
}

/// Stars and raised tags that lead to a note behind a figure: "1,200* people", "5,000<sup>1</sup>".
fn stars(text: &str, start: usize, cuts: &mut Vec<Cut>) {
    for at in memchr::memchr2_iter(b'*', b'<', text.as_bytes()) {
        if !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric()) {
            continue;
        }
        let is_figure = text[..at].ends_with(|c: char| c.is_ascii_digit());
        let behind = &text[at..];
        let raised = behind.strip_prefix("<sup>").and_then(|inner| {
            let length = inner.find("</sup>").filter(|&length| are_numbers(&inner[..length]))?;
            (!text[..at].ends_with("10")).then_some("<sup>".len() + length + "</sup>".len())
        });
        let star = || {
            let rest = behind.trim_start_matches('*');
            let ends = rest.is_empty() || rest.starts_with([' ', ',', '.', ';', '\n', ')']);
            (is_figure && rest.len() < behind.len() && ends).then_some(behind.len() - rest.len())
        };
        if let Some(length) = raised.or_else(star) {
            cuts.push(Cut::of(start + at..start + at + length));
        }
    }
}

/// Characters that show nothing, raised digits that lead to a note, and full-width digits and signs,
/// ligatures.
fn characters(text: &str, start: usize, cuts: &mut Vec<Cut>) {
    let bytes = text.as_bytes();
    // C2 for soft hyphens and the raised digits of Latin-1, E2 for the others and what joins or parts
    // words unseen, EF for full-width forms.
    for at in memchr::memchr3_iter(0xC2, 0xE2, 0xEF, bytes) {
        // What most bytes of these three begin: no-break spaces, dashes, quotation marks.
        if matches!(&bytes[at..], [0xC2, 0xA0..=0xAC | 0xAE..=0xB1 | 0xB4..=0xB8 | 0xBA.., ..] | [0xE2, 0x80, 0x8C..=0x9F | 0xA2.., ..])
        {
            continue;
        }
        let Some(c) = text[at..].chars().next() else { continue };
        let range = start + at..start + at + c.len_utf8();
        match c {
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{2063}' => cuts.push(Cut::of(range)),
            '\u{feff}' if at != 0 => cuts.push(Cut::of(range)),
            '０'..='９' | '％' | '，' | '．' | '＄' | '￡' | '￥' | '－' | '＋' => {
                cuts.push(Cut { range, instead: half_width(c) });
            }
            'ﬀ'..='ﬆ' => cuts.push(Cut { range, instead: ligature(c) }),
            '†' | '‡' if text[..at].ends_with(|c: char| c.is_ascii_digit()) => {
                cuts.push(Cut::of(range));
            }
            '¹' | '²' | '³' | '⁰' | '⁴'..='⁹'
                if leads_to_note(&text[..at])
                    || counts(&text[..at], &text[at + c.len_utf8()..]) =>
            {
                cuts.push(Cut::of(range));
            }
            _ => {}
        }
    }
}

/// Whether a figure of few digits counts what stands behind a raised digit: "12² bars", no square.
fn counts(before: &str, behind: &str) -> bool {
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let is_ten = digits == 2 && before.ends_with("10");
    (1..=2).contains(&digits)
        && !is_ten
        && behind.strip_prefix(' ').is_some_and(|word| word.starts_with(|c: char| c.is_lowercase()))
}

/// Whether a raised digit behind a text is a mark: behind a figure of three digits or more, or one
/// with a point, but not behind the ten of a power or the sign of a unit.
fn leads_to_note(before: &str) -> bool {
    let before = before.trim_end_matches(|c| is_sign(c) || c == ',');
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
    let figure = &before[digits.len()..];
    figure.ends_with(|c: char| c.is_ascii_digit())
        && (3 <= figure.len() || figure.contains(['.', ',']))
        && !digits.ends_with('^')
}

fn half_width(c: char) -> Option<&'static str> {
    /// What full width begins with.
    const FIRST: char = '！';
    const HALF: &str = "!\"#$%&'()*+,-./0123456789";
    match c {
        '￡' => Some("£"),
        '￥' => Some("¥"),
        c => {
            let at = usize::try_from(u32::from(c).checked_sub(u32::from(FIRST))?).ok()?;
            HALF.get(at..=at)
        }
    }
}

/// The letters that a ligature stands for.
fn ligature(c: char) -> Option<&'static str> {
    const ALL: [&str; 7] = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];
    ALL.get(usize::try_from(u32::from(c).checked_sub(0xFB00)?).ok()?).copied()
}

/// Deletions, comments and the braces around insertions of `CriticMarkup`.
fn edits(text: &str, start: usize, cuts: &mut Vec<Cut>) {
    const OPENING: usize = 3;
    for (at, _) in text.match_indices('{') {
        let Some(sign) = text[at..].get(1..OPENING) else { continue };
        let (closing, is_kept) = match sign {
            "--" => ("--}", false),
            "++" => ("++}", true),
            ">>" => ("<<}", false),
            "==" => ("==}", true),
            "~~" => ("~~}", false),
            _ => continue,
        };
        let inner = at + OPENING;
        let Some(length) = text[inner..].find(closing) else { continue };
        let (last, end) = (inner + length, inner + length + closing.len());
        let kept = match text[inner..last].find("~>") {
            Some(old) if sign == "~~" => inner + old + 2..last,
            None if sign == "~~" => continue,
            _ if is_kept => inner..last,
            _ => end..end,
        };
        cuts.push(Cut::of(start + at..start + kept.start));
        if kept.end < end {
            cuts.push(Cut::of(start + kept.end..start + end));
        }
    }
}

/// The marks of some blocks, in order.
pub(super) fn find(prose: &str, blocks: &[Block]) -> Vec<Cut> {
    let mut all = Vec::new();
    for block in blocks {
        cuts(prose, block.range.clone(), &mut all);
    }
    all
}

/// Prose and its blocks without what is cut out.
pub(super) fn without(old: &Prose, cuts: Vec<Cut>, blocks: &mut Vec<Block>) -> Prose {
    let mut new = Prose::default();
    let mut at = 0;
    // Where each cut ends in the old prose and in the new one.
    let mut moved = vec![(0, 0)];
    for Cut { range, instead } in cuts {
        new.append_part(old, at..range.start);
        if let Some(instead) = instead {
            let source = old.map.source(range.clone());
            new.push(instead, source, false);
        }
        at = range.end;
        moved.push((at, new.text.len()));
    }
    new.append_part(old, at..old.text.len());
    let place = |old: usize| {
        let &(from, to) = &moved[moved.partition_point(|&(from, _)| from <= old).max(1) - 1];
        to + old - from
    };
    blocks.retain_mut(|block| {
        // A block that begins with a mark begins behind it.
        let end = place(block.range.end);
        block.range = trimmed(&new.text, place(block.range.start).min(end)..end);
        !new.text[block.range.clone()].chars().all(|c| c == REMOVED || c.is_whitespace())
    });
    new
}

/// A text without its marks, as a quote may stand in a claims file.
pub(crate) fn unmarked(text: &str) -> Cow<'_, str> {
    let range = 0..text.len();
    let mut all = Vec::new();
    cuts(text, range.clone(), &mut all);
    if all.is_empty() {
        return Cow::Borrowed(text);
    }
    let whole = Prose { text: text.to_owned(), map: SourceMap::verbatim(0, text.len()) };
    let mut blocks = vec![Block { kind: BlockKind::Paragraph, range }];
    Cow::Owned(without(&whole, all, &mut blocks).text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, Format};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let document = Document::parse(text, Format::Plain);
        assert_eq!(document.prose(), expected, "{text}");
        assert_eq!(unmarked(text), expected);
    }

    #[test]
    fn marks_leave_nothing_in_plain_text() {
        for mark in [
            "[1]",
            " [1]",
            "[12]",
            "[1,2]",
            "[1–3]",
            "[1][2]",
            "[1], [2]",
            "[^1]",
            "[a]",
            "[note 1]",
            "[nb a]",
            "[citation needed]",
            " [citation needed]",
            "[*]",
            "[sic]",
            "[who?]",
        ] {
            check(
                &format!("It cost $5{mark} million, 50{mark} percent in 2024{mark}."),
                "It cost $5 million, 50 percent in 2024.",
            );
        }
        check("[1] A report.", " A report.");
        check("one[1]two", "one\u{fffc}two");
    }

    #[test]
    fn words_of_the_writers_own_stay() {
        for text in [
            "It cost $[5] million.",
            "In [2024] it cost [1,200] euros.",
            "[T]he harbour",
            "a [b] c",
            "[They] left [in May].",
            "x[i]y",
            "open [1",
            "[",
            "[]",
            "[[",
            "[1\n]",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn a_place_behind_a_mark_leads_back() {
        let text = "It cost $5[1] million[2], 7 in all.\n\n[3]\n\nThen [4] 9.";
        let document = Document::parse(text, Format::Plain);
        for (words, source) in
            [("$5 million", "$5[1] million"), ("7 in all", "7 in all"), ("Then 9", "Then [4] 9")]
        {
            let at = document.prose().find(words).unwrap();
            assert_eq!(&text[document.source_range(at..at + words.len())], source);
        }
        assert_eq!(document.blocks().len(), 2);
    }
}
