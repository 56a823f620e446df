//! Text cut into words, numbers and signs.

use std::ops::Range;

use crate::lexicon::class::ClassSet;
use crate::lexicon::{Known, Lexicon, WordId, bit, class, letters};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Letters; also an abbreviation with inner dots: "U.S."
    Word,
    /// Digits with their separators and decimals.
    Number,
    /// Any of the dashes and hyphens.
    Dash,
    /// Any other single character.
    Sign(char),
}

/// One token.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: TokenKind,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
    start: u32,
    end: u32,
    /// Its number in the lexicon.
    pub(super) word: WordId,
    /// The classes that it is in.
    pub(super) classes: ClassSet,
    /// What phrases that start with it can mean.
    pub(super) senses: u64,
}

impl Token {
    /// Where it stands in the text.
    pub(super) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A text with its tokens.
pub(super) struct Tokens<'t> {
    /// The text.
    pub(super) text: &'t str,
    all: Vec<Token>,
}

/// Texts are cut no longer than this; nothing that people write has a paragraph of a gigabyte.
const LONGEST_TEXT: usize = 1 << 30;

impl<'t> Tokens<'t> {
    /// Cuts a text.
    pub(super) fn new(text: &'t str, lexicon: &Lexicon) -> Self {
        Self::cut(text, lexicon, Vec::new())
    }

    /// Cuts a text, in the room that the tokens of another one took.
    pub(super) fn cut(text: &'t str, lexicon: &Lexicon, mut room: Vec<Token>) -> Self {
        room.clear();
        let mut tokens = Self { text: "", all: room };
        tokens.fill(text, lexicon);
        tokens
    }

    /// The room that they took, for the next text.
    pub(super) fn into_room(self) -> Vec<Token> {
        self.all
    }

    fn fill(&mut self, text: &'t str, lexicon: &Lexicon) {
        let text = if text.len() <= LONGEST_TEXT { text } else { "" };
        self.text = text;
        let bytes = text.as_bytes();
        let mut at = 0;
        let mut spaced = false;
        while let Some(&first) = bytes.get(at) {
            if first == b' ' {
                spaced = true;
                at += 1;
                continue;
            }
            if let Some((length, known)) = short_word(&bytes[at..], lexicon) {
                let (start, end) = (small(at), small(at + length));
                let Known { id: word, classes, senses } = known;
                let kind = TokenKind::Word;
                self.all.push(Token { kind, spaced, start, end, word, classes, senses });
                at += length;
                spaced = false;
                continue;
            }
            let (kind, length) = match first {
                b'\t'..=b'\r' => {
                    spaced = true;
                    at += 1;
                    continue;
                }
                b'0'..=b'9' => {
                    let length = number_length(&text[at..]);
                    let length = length + one_group(text, at..at + length, lexicon);
                    (TokenKind::Number, length + decimals(text, at..at + length, lexicon))
                }
                b'a'..=b'z' | b'A'..=b'Z' => (TokenKind::Word, word_length(&text[at..])),
                // ".5" and "$.50", but not the end of "5.5" or of a sentence.
                b'.' if bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
                    && (spaced || at == 0 || matches!(bytes[at - 1], b'$' | b'(')) =>
                {
                    (TokenKind::Number, 1 + number_length(&text[at + 1..]))
                }
                b'-' => (TokenKind::Dash, 1),
                ..0x80 => (TokenKind::Sign(char::from(first)), 1),
                _ => {
                    let Some(c) = text[at..].chars().next() else { break };
                    match c {
                        c if c.is_whitespace() || c == '\u{feff}' => {
                            spaced = true;
                            at += c.len_utf8();
                            continue;
                        }
                        c if c.is_alphabetic() => (TokenKind::Word, word_length(&text[at..])),
                        '‐' | '‑' | '‒' | '–' | '—' | '−' => {
                            (TokenKind::Dash, c.len_utf8())
                        }
                        c => (TokenKind::Sign(c), c.len_utf8()),
                    }
                }
            };
            self.push(kind, at..at + length, spaced, lexicon);
            at += length;
            spaced = false;
        }
    }

    fn push(&mut self, kind: TokenKind, range: Range<usize>, spaced: bool, lexicon: &Lexicon) {
        let nothing = |id| Known { id, ..Known::NOTHING };
        let Known { id: word, classes, senses } = match kind {
            // Phrases hold single digits and short numbers only: "Q3", "9/11", "S&P 500".
            TokenKind::Number if LONGEST_NUMBER_WORD < range.len() => Known::NOTHING,
            TokenKind::Dash => nothing(lexicon.hyphen()),
            TokenKind::Sign('.') => Known::NOTHING,
            TokenKind::Sign(c) if c.is_ascii() => lexicon.short_word(u64::from(u32::from(c))),
            _ => lexicon.look_up(&self.text[range.clone()]),
        };
        let (start, end) = (small(range.start), small(range.end));
        self.all.push(Token { kind, spaced, start, end, word, classes, senses });
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// The token at an index.
    pub(super) fn get(&self, i: usize) -> Option<&Token> {
        self.all.get(i)
    }

    /// The token at an index, if it stands right behind the one before it.
    pub(super) fn adjacent(&self, i: usize) -> Option<&Token> {
        self.get(i).filter(|token| !token.spaced)
    }

    /// The number of a token in the lexicon.
    pub(super) fn word(&self, i: usize) -> WordId {
        self.get(i).map_or(WordId::UNKNOWN, |token| token.word)
    }

    /// What phrases that start with a token can mean.
    pub(super) fn senses(&self, i: usize) -> u64 {
        self.get(i).map_or(0, |token| token.senses)
    }

    /// Whether a token starts with a capital letter.
    pub(super) fn is_capital(&self, i: usize) -> bool {
        self.str(i).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether a token is the first of its line.
    pub(super) fn begins_line(&self, i: usize) -> bool {
        self.text[self.end_before(i)..self.start(i)].contains('\n')
    }

    /// The text of a token as it stands.
    pub(super) fn str(&self, i: usize) -> &'t str {
        self.get(i).map_or("", |token| &self.text[token.range()])
    }

    /// Whether the token is this sign.
    pub(super) fn is_sign(&self, i: usize, sign: char) -> bool {
        self.get(i).is_some_and(|token| token.kind == TokenKind::Sign(sign))
    }

    /// Whether the token is of this kind.
    pub(super) fn is(&self, i: usize, kind: TokenKind) -> bool {
        self.get(i).is_some_and(|token| token.kind == kind)
    }

    /// Whether the token is a number of so many digits and nothing else.
    pub(super) fn is_digits(&self, i: usize, lengths: &[usize]) -> bool {
        let text = self.str(i);
        lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    }

    /// The first byte of a token; the end of the text behind the last.
    pub(super) fn start(&self, i: usize) -> usize {
        self.get(i).map_or(self.text.len(), |token| token.start as usize)
    }

    /// The byte behind the token before this index.
    pub(super) fn end_before(&self, i: usize) -> usize {
        i.checked_sub(1).and_then(|i| self.get(i)).map_or(0, |token| token.end as usize)
    }

    /// The text from the first of some tokens to the last.
    pub(super) fn text_of(&self, tokens: Range<usize>) -> &'t str {
        &self.text[self.start(tokens.start)..self.end_before(tokens.end)]
    }
}

/// Bytes of the longest number that a phrase holds.
const LONGEST_NUMBER_WORD: usize = 4;

fn small(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// A word of few ASCII letters that is looked up while it is read: most of prose is such words.
fn short_word(bytes: &[u8], lexicon: &Lexicon) -> Option<(usize, Known)> {
    let (length, number) = letters(bytes)?;
    let goes_on = match bytes.get(length) {
        Some(b'.') => length == 1,
        Some(byte) => !byte.is_ascii(),
        None => false,
    };
    (!goes_on).then(|| (length, lexicon.short_word(number)))
}

/// Bytes of a word: letters, and "U.S." or "p.a." with its dots.
fn word_length(text: &str) -> usize {
    let letters = |text: &str| {
        let ascii = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        match text.as_bytes().get(ascii) {
            Some(0x80..) => text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len()),
            _ => ascii,
        }
    };
    let first = letters(text);
    // Most words are no single letter, which a dot might go on from.
    let is_single = |length: usize, text: &str| {
        length == 1
            || length <= char::MAX.len_utf8()
                && text.chars().next().is_some_and(|c| c.len_utf8() == length)
    };
    if !is_single(first, text) {
        return first;
    }
    let mut end = first;
    while text[end..].starts_with('.') {
        let next = letters(&text[end + 1..]);
        if next == 0 || !is_single(next, &text[end + 1..]) {
            // The dot behind the last letter belongs to it where a dot stood before: "U.S."
            return if first < end { end + 1 } else { end };
        }
        end += 1 + next;
    }
    end
}

/// Bytes of a number: digits, thousands in threes (or in lakhs), a decimal point.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = digits(0);
    if end <= 3 {
        end += groups(bytes, end, digits);
        if end <= 3 {
            end += spaced_groups(bytes, end, digits);
        }
    }
    if bytes.get(end) == Some(&b'.') && 0 < digits(end + 1) {
        end += 1 + digits(end + 1);
    }
    end
}

/// Bytes of the groups behind the first digits: ",234,567", or ",34,567" after lakhs, or three
/// digits behind a thin or no-break space.
fn groups(bytes: &[u8], first: usize, digits: impl Fn(usize) -> usize) -> usize {
    let separator = |at: usize| match &bytes[at.min(bytes.len())..] {
        // "30, 000": a space got in before the noughts.
        [b',', b' ', b'0', b'0', b'0', ..] if digits(at + 2) == 3 => Some(2),
        [b',', ..] => Some(1),
        // "5'000", as the Swiss write; a word in quotation marks begins with no digits.
        [b'\'', ..] if digits(at + 1) == 3 => Some(1),
        [0xE2, 0x80, 0x99, ..] if digits(at + 3) == 3 => Some(3),
        // U+00A0 no-break space; U+2009 thin and U+202F narrow no-break space.
        [0xC2, 0xA0, ..] => Some(2),
        [0xE2, 0x80, 0x89 | 0xAF, ..] => Some(3),
        _ => None,
    };
    let mut end = first;
    let mut pending = 0;
    while let Some(width) = separator(end + pending) {
        match digits(end + pending + width) {
            3 => {
                end += pending + width + 3;
                pending = 0;
            }
            2 if first <= 2 && width == 1 => pending += width + 2,
            _ => break,
        }
    }
    end - first
}

/// Bytes of groups of three behind plain spaces: "1 414 021 100", "40 000". One group alone is taken
/// only if it is all zeros, for two figures may stand side by side.
fn spaced_groups(bytes: &[u8], first: usize, digits: impl Fn(usize) -> usize) -> usize {
    if bytes[0] == b'0' {
        return 0;
    }
    let mut end = first;
    while bytes.get(end) == Some(&b' ') && digits(end + 1) == 3 {
        end += 4;
    }
    // "13 100 200 300,5" goes on otherwise.
    let goes_on = bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
    let taken = end - first;
    match taken {
        4 if &bytes[first + 1..end] != b"000" => 0,
        _ if goes_on => 0,
        _ => taken,
    }
}

/// Bytes of one group of three digits behind a plain space, where a sign of money before the number or a
/// scale, a unit, money or what is counted behind it says that the two are one: "€12 500", "1 943
/// million", "13 500 people".
fn one_group(text: &str, number: Range<usize>, lexicon: &Lexicon) -> usize {
    const GROUP: usize = 4;
    let bytes = text.as_bytes();
    let Some(group) = bytes.get(number.end..number.end + GROUP) else { return 0 };
    let is_group = group[0] == b' ' && group[1..].iter().all(u8::is_ascii_digit);
    let leads = 3 < number.len() || bytes[number.start] == b'0';
    if !is_group || leads || !bytes[number.clone()].iter().all(u8::is_ascii_digit) {
        return 0;
    }
    let behind = &text[number.end + GROUP..];
    let before = text[..number.start].trim_end_matches(' ');
    let ends = !behind.starts_with(|c: char| {
        c.is_alphanumeric()
            || matches!(c, ',' | '.') && behind[1..].starts_with(|c: char| c.is_ascii_digit())
    });
    let is_money = before.ends_with(['$', '€', '£', '¥', '₹']);
    let word = behind.strip_prefix(' ').unwrap_or_default();
    let word = &word[..word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len())];
    let is_measured = || {
        let measures = bit::SCALE | bit::UNIT | bit::MONEY;
        2 < word.len() && lexicon.look_up(word).senses & measures != 0
    };
    // "On May 13 500 people came".
    let is_counted = || {
        let word_before = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let dates = bit::MONTH | bit::LABEL;
        let is_free = !word_before.starts_with(|c: char| c.is_ascii_digit())
            && lexicon.look_up(word_before).senses & dates == 0;
        is_free && lexicon.look_up(word).senses & bit::PLURAL != 0
    };
    // "An increase of 20 000 from the total of 93 914."
    let ends_there = || {
        let next = behind.chars().next();
        let word_before = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let senses = lexicon.look_up(word_before).senses;
        let is_hedged =
            senses & bit::HEDGE != 0 && lexicon.look_up(word).senses & bit::FUNCTION != 0;
        (is_hedged || next.is_none_or(|c| matches!(c, '.' | ',' | ';' | ')')))
            && !before.ends_with(|c: char| !c.is_alphabetic())
            && senses & (bit::FUNCTION | bit::HEDGE) != 0
            && !lexicon.is(word_before, class::BEFORE_TELEPHONE)
    };
    if ends && (is_money || is_measured() || is_counted() || ends_there()) { GROUP } else { 0 }
}

/// Bytes of one or two decimals behind a comma, as the continent writes them, where a percent sign, a scale,
/// a unit or money behind them says that the two are one: "12,5 percent", "1.234,5 million", "€14,50".
fn decimals(text: &str, number: Range<usize>, lexicon: &Lexicon) -> usize {
    let bytes = text.as_bytes();
    if bytes.get(number.end) != Some(&b',') || text[number.clone()].contains(',') {
        return 0;
    }
    let count = bytes[number.end + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
    let end = number.end + 1 + count;
    let behind = &text[end..];
    let goes_on = behind.starts_with(char::is_alphanumeric)
        || behind.starts_with([',', '.', '-', '/'])
            && behind[1..].starts_with(|c: char| c.is_ascii_digit());
    // "1.234,5" has its thousands behind a point.
    let whole = &text[number.clone()];
    let fits = whole.split_once('.').is_none_or(|(_, group)| group.len() == 3);
    if !(1..=2).contains(&count) || goes_on || !fits {
        return 0;
    }
    let word = behind.strip_prefix(' ').unwrap_or(behind);
    let word = &word[..word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len())];
    let measures = bit::PERCENT | bit::SCALE | bit::UNIT | bit::MONEY;
    let is_measured = behind.trim_start().starts_with(['%', '€'])
        || text[..number.start].ends_with('€')
        || 1 < word.len()
            && (lexicon.look_up(word).senses & measures != 0 || !lexicon.symbol(word).is_empty());
    if is_measured { 1 + count } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let tokens = Tokens::new(text, Lexicon::built_in());
        (0..tokens.len()).map(|i| tokens.str(i)).collect()
    }

    #[test]
    fn numbers_keep_their_separators() {
        assert_eq!(cut("1,234,567.8"), ["1,234,567.8"]);
        assert_eq!(cut("12,34,567"), ["12,34,567"]);
        assert_eq!(cut("2019,2020"), ["2019", ",", "2020"]);
        assert_eq!(cut("10,20"), ["10", ",", "20"]);
        assert_eq!(cut("1\u{a0}234"), ["1\u{a0}234"]);
        assert_eq!(cut("5."), ["5", "."]);
    }

    #[test]
    fn abbreviations_keep_their_dots() {
        assert_eq!(cut("U.S. aid p.a."), ["U.S.", "aid", "p.a."]);
        assert_eq!(cut("20.6m in Feb. 23"), ["20.6", "m", "in", "Feb", ".", "23"]);
        assert_eq!(cut("A$4.5m"), ["A", "$", "4.5", "m"]);
        let tokens = Tokens::new("U.S. €", Lexicon::built_in());
        assert_eq!(tokens.word(0), Lexicon::built_in().word("us"));
    }

    #[test]
    fn every_token_lies_on_character_boundaries() {
        for text in ["٣٤ €—½", "a\u{301}.b", "\u{feff}1\u{2009}000", "é.é."] {
            for word in cut(text) {
                assert!(text.contains(word));
            }
        }
    }
}
