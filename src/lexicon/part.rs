//! Text cut into words and marks, as links, phrases and tables compare them.
//!
//! The build script cuts the phrases of the lexicon with this file too.

use std::ops::Range;

use crate::lexicon::short::letters;

/// A mark in the form in which phrases are compared: all dashes are one, all apostrophes are one.
pub fn mark(c: char) -> char {
    match c {
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        '’' | '‘' => '\'',
        '“' | '”' | '„' => '"',
        c => c,
    }
}

/// A part of a text: a word, a number that is no figure, or a mark, with its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Letters.
    Word,
    /// Digits that are part of a name.
    Digits,
    /// Anything else that is no white space.
    Mark(char),
}

/// The parts of a text, in order.
pub fn parts(text: &str) -> impl Iterator<Item = (Part, Range<usize>)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let &first = bytes.get(at)?;
            let start = at;
            match first {
                b' ' | b'\t'..=b'\r' => at += 1,
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {
                    let is_word = first.is_ascii_alphabetic();
                    if is_word && let Some((length, _)) = letters(&bytes[at..]) {
                        at += length;
                    }
                    while let Some(&next) = bytes.get(at) {
                        if next < 0x80 {
                            let goes_on = if is_word {
                                next.is_ascii_alphabetic()
                            } else {
                                next.is_ascii_digit()
                            };
                            if !goes_on {
                                break;
                            }
                            at += 1;
                        } else {
                            let c = text[at..].chars().next()?;
                            if !is_word || !c.is_alphabetic() {
                                break;
                            }
                            at += c.len_utf8();
                        }
                    }
                    let part = if is_word { Part::Word } else { Part::Digits };
                    return Some((part, start..at));
                }
                0x80.. => {
                    let c = text[at..].chars().next()?;
                    if c.is_alphabetic() {
                        let rest = &text[at..];
                        let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
                        at += length;
                        return Some((Part::Word, start..at));
                    }
                    at += c.len_utf8();
                    if !c.is_whitespace() {
                        return Some((Part::Mark(mark(c)), start..at));
                    }
                }
                // Compounds are words beside each other: "year-on-year".
                b'-' if 0 < start
                    && bytes[start - 1].is_ascii_alphabetic()
                    && bytes.get(start + 1).is_some_and(u8::is_ascii_alphabetic) =>
                {
                    at += 1;
                }
                other => {
                    at += 1;
                    return Some((Part::Mark(mark(char::from(other))), start..at));
                }
            }
        }
    })
}

/// Words and marks of a text, folded, each behind a space and the last one before another: in
/// " cost ( $ m ) " the phrase " cost " is found by its bytes.
pub fn folded(text: &str) -> String {
    let mut out = String::from(" ");
    for (part, range) in parts(text) {
        match part {
            Part::Mark(mark) => out.push(mark),
            Part::Word | Part::Digits => fold(&text[range], &mut out),
        }
        out.push(' ');
    }
    out
}

/// How phrases and prose are compared: small letters, no dots.
pub fn fold(word: &str, out: &mut String) {
    for c in word.chars().filter(|&c| c != '.') {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            out.extend(c.to_lowercase());
        }
    }
}

/// What follows a phrase, as [`folded`] has it, that a text begins with.
pub fn behind_phrase<'t>(text: &'t str, phrase: &str) -> Option<&'t str> {
    let mut left = phrase.trim_start();
    let mut word = String::new();
    for (part, range) in parts(text) {
        word.clear();
        match part {
            Part::Mark(mark) => word.push(mark),
            Part::Word | Part::Digits => fold(&text[range.clone()], &mut word),
        }
        left = left.strip_prefix(&*word)?.strip_prefix(' ')?;
        if left.is_empty() {
            return Some(&text[range.end..]);
        }
    }
    None
}
