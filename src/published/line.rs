//! One block at the head of an article, and whether it states the day of publication.

use std::ops::Range;

use jiff::civil::Date;

use crate::document::REMOVED;
use crate::lexicon::{Lexicon, PhraseClass, behind_phrase, phrases};
use crate::mention::Mention;
use crate::value::{Direction, Kind, Value};

/// A longer block is no date line, and no place is named later in the line of an agency.
pub(super) const LONGEST_LINE: usize = 200;

/// What one place says: the days it can be read as, none if its weekday is wrong.
#[derive(Debug)]
pub(super) struct Stated {
    pub(super) days: Vec<Date>,
    pub(super) range: Range<usize>,
    /// Whether it is the day of a change, which counts only where no other is stated.
    pub(super) is_change: bool,
}

/// A block with its figures and dates.
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    pub(super) mentions: Vec<Mention>,
    pub(super) lexicon: &'t Lexicon,
}

impl Line<'_> {
    /// The days of a block that is nothing but a day, with a label, a time or a place.
    pub(super) fn date_line(&self) -> Option<Stated> {
        self.days().find_map(|(mention, days)| {
            let Range { start, end } = mention.range;
            let label = self.label(start).filter(|_| self.is_tail(end))?;
            let is_change = label == Label::Change;
            Some(Stated { days, range: mention.range.clone(), is_change })
        })
    }

    /// Whether some words that stand for a moment say that it is the one of publication; `None` where
    /// those around them are more than labels.
    pub(super) fn dates(&self, words: Range<usize>) -> Option<bool> {
        let label = self.label(words.start).filter(|_| self.is_tail(words.end))?;
        Some(label == Label::Publication)
    }

    /// The days of a text that names one day and is a value by itself, as of a key of front matter.
    pub(super) fn value(&self) -> Option<Stated> {
        let mut days = self.days();
        let (mention, days) = days.next().filter(|_| days.next().is_none())?;
        Some(Stated { days, range: mention.range.clone(), is_change: false })
    }

    /// The days that a paragraph begins with, as an agency's reports do: "LONDON, 7 August 2025
    /// (Agency) - The …".
    pub(super) fn dateline(&self) -> Option<Stated> {
        let (mention, days) = self.days().next()?;
        let rest = self.text[mention.range.end..].trim_start_matches(')').trim_start();
        let rest = within(rest, '(', ')').or_else(|| within(rest, '/', '/')).unwrap_or(rest);
        let behind = rest.trim_start_matches(is_dash);
        let is_dateline = behind.len() < rest.len()
            && !behind.trim().is_empty()
            && self.is_place_of_report(&self.text[..mention.range.start]);
        is_dateline.then(|| Stated { days, range: mention.range.clone(), is_change: false })
    }

    /// Mentions that are one day or one of two, with those that their weekday allows.
    fn days(&self) -> impl Iterator<Item = (&Mention, Vec<Date>)> {
        self.mentions.iter().filter_map(|mention| Some((mention, days(mention)?)))
    }

    fn mention_at(&self, at: usize, kind: Kind) -> Option<&Mention> {
        let is_it = |mention: &&Mention| mention.value.kind() == Some(kind);
        self.mentions.iter().filter(is_it).find(|mention| mention.range.start == at)
    }

    /// What the words before a byte make of the day there; `None` if they are more than labels.
    fn label(&self, end: usize) -> Option<Label> {
        let mut at = 0;
        let mut label = Label::Publication;
        let mut is_first = true;
        loop {
            at = self.behind_separators(at, end);
            if at == end {
                return Some(label);
            }
            let words = &self.text[at..end];
            let labelled = self.behind(phrases::PUBLISHED_LABEL, words).inspect(|_| {
                label = Label::Publication;
            });
            let changed =
                || self.behind(phrases::PUBLISHED_CHANGE, words).inspect(|_| label = Label::Change);
            let rest = labelled
                .or_else(changed)
                .or_else(|| self.behind(phrases::PUBLISHED_TIE, words).filter(|_| !is_first))
                .or_else(|| {
                    let day = self.mention_at(at, Kind::Date).filter(|_| label == Label::Change)?;
                    self.text.get(day.range.end..end)
                })
                .or_else(|| self.behind_author(words))
                .or_else(|| {
                    self.time_at(at).filter(|&next| next <= end).map(|next| &self.text[next..end])
                })?;
            at = end - rest.len();
            is_first = false;
        }
    }

    /// Whether nothing but labels, a time of day, a place, a name, a change and the time it takes to
    /// read stand behind a byte.
    fn is_tail(&self, start: usize) -> bool {
        let end = self.text.len();
        let mut at = start + stamp_length(&self.text[start..]);
        loop {
            let before = at;
            at = self.behind_separators(at, end);
            if at == end || self.is_last(before, at) {
                return true;
            }
            let words = &self.text[at..];
            let known = self
                .behind(phrases::PUBLISHED_LABEL, words)
                .or_else(|| self.behind(phrases::PUBLISHED_TIE, words))
                .map(|rest| end - rest.len());
            let Some(next) = known
                .or_else(|| self.time_at(at))
                .or_else(|| self.behind_time_to_read(at))
                .or_else(|| self.behind_change(at))
            else {
                return false;
            };
            at = next;
        }
    }

    /// The byte behind a time of day, with the offset of its zone from Greenwich.
    fn time_at(&self, at: usize) -> Option<usize> {
        let is_clock = |mention: &&Mention| {
            // "10.00" is a number by itself.
            mention.range.start == at
                && (mention.value.kind() == Some(Kind::Time)
                    || is_clock(&self.text[mention.range.clone()]))
        };
        let end = match self.mentions.iter().find(is_clock) {
            Some(time) => time.range.end,
            None => at + clock_length(&self.text[at..])?,
        };
        let rest = self.text[end..].trim_start();
        // "GMT", "BST".
        let letters = rest.bytes().take_while(u8::is_ascii_uppercase).count();
        let letters = if (2..=4).contains(&letters) { letters } else { 0 };
        let offset = offset_length(&rest[letters..]);
        let zone = letters + offset;
        Some(if zone == 0 { end } else { self.text.len() - rest.len() + zone })
    }

    /// What follows one of some phrases that a text begins with.
    fn behind<'a>(&self, class: PhraseClass, text: &'a str) -> Option<&'a str> {
        let all = self.lexicon.phrases_of(class);
        all.iter().filter_map(|phrase| behind_phrase(text, phrase)).min_by_key(|rest| rest.len())
    }

    fn behind_separators(&self, at: usize, end: usize) -> usize {
        end - self.text[at..end].trim_start_matches(is_separator).len()
    }

    /// What follows "By Jane Doe |": a name, and something that sets it apart from the day.
    fn behind_author<'a>(&self, text: &'a str) -> Option<&'a str> {
        let rest = self.behind(phrases::PUBLISHED_BY, text)?;
        let is_apart = |c: char| matches!(c, '|' | '·' | '•' | '–' | '—' | '\n');
        // A comma may be part of the name: "Jane Doe, Health Editor |".
        let end = rest.find(is_apart).or_else(|| rest.find(','))?;
        let name = &rest[..end];
        let is_name = |word: &str| {
            word.starts_with(char::is_uppercase)
                || self.behind(phrases::PUBLISHED_NAME_PART, word).is_some()
        };
        let words = name.split_whitespace().count();
        ((1..=MOST_WORDS).contains(&words) && name.split_whitespace().all(is_name))
            .then(|| &rest[end..])
    }

    /// Whether a place or a name is all that follows: "7 August 2025, London", "by the newsroom".
    fn is_last(&self, before: usize, at: usize) -> bool {
        let is_apart = self.text[before..at].contains([',', '|', '/', '\n']);
        let last = self.text[at..].trim_end_matches(['.', ')']);
        is_apart && self.is_place(last)
            || self
                .behind(phrases::PUBLISHED_BY, last)
                .is_some_and(|name| self.is_place(name.trim()))
    }

    /// Whether a text can be the name of a place: a few words, each with a capital letter.
    fn is_place(&self, text: &str) -> bool {
        let is_letter = |c: char| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’');
        let mut words = 0;
        for word in text.split([' ', ',']).filter(|word| !word.is_empty()) {
            let is_name = word.starts_with(char::is_uppercase) && word.chars().all(is_letter);
            if !is_name || self.behind(phrases::PUBLISHED_NO_PLACE, word).is_some() {
                return false;
            }
            words += 1;
        }
        (1..=MOST_WORDS).contains(&words)
    }

    /// Whether a text is the place before the day of an agency's report: its first part in capitals.
    fn is_place_of_report(&self, text: &str) -> bool {
        let text = text.trim_end_matches(|c| is_separator(c) && c != '.');
        let first = text.split(',').next().unwrap_or_default();
        let letters = first.chars().filter(|c| c.is_alphabetic()).count();
        self.is_place(text) && 3 <= letters && !first.chars().any(char::is_lowercase)
    }

    /// "3 min read".
    fn behind_time_to_read(&self, at: usize) -> Option<usize> {
        let time = self.mention_at(at, Kind::Duration)?;
        let rest = self.text[time.range.end..].trim_start();
        let rest = self.behind(phrases::PUBLISHED_READ, rest)?;
        Some(self.text.len() - rest.len())
    }

    /// "Updated 9 August 2025".
    fn behind_change(&self, at: usize) -> Option<usize> {
        let end = self.text.len();
        let rest = self.behind(phrases::PUBLISHED_CHANGE, &self.text[at..])?;
        let mut at = self.behind_separators(end - rest.len(), end);
        if let Some(rest) = self.behind(phrases::PUBLISHED_TIE, &self.text[at..]) {
            at = self.behind_separators(end - rest.len(), end);
        }
        if let Some(next) = self.time_at(at) {
            at = self.behind_separators(next, end);
        }
        match self.mention_at(at, Kind::Date) {
            Some(day) => Some(day.range.end),
            // "Updated 01:10".
            None => (end - rest.len() < at).then_some(at),
        }
    }
}

/// The days that a mention can be read as, if it is a day; none that its weekday forbids.
fn days(mention: &Mention) -> Option<Vec<Date>> {
    let Value::Date(date) = &mention.value else { return None };
    let is_day = matches!(date.kind, Kind::Date | Kind::Time)
        && date.bound.is_none()
        && date.hedge == Direction::Exact
        && !mention.leans
        && !date.readings.is_empty()
        && date.readings.iter().all(|days| days.first() == days.last());
    let fits = |day: &Date| date.weekday.is_none_or(|weekday| weekday == day.weekday());
    is_day.then(|| date.readings.iter().map(|days| days.first()).filter(fits).collect())
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—')
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || is_dash(c)
        || matches!(c, ',' | '.' | ':' | '|' | '/' | '·' | '•' | '(' | ')' | REMOVED)
}

/// Bytes of the time and zone in the stamp whose day stands before: "T10:00:00Z", "T23:30:00.000-05:00".
fn stamp_length(text: &str) -> usize {
    let Some(time) = text.strip_prefix(['T', 't']) else { return 0 };
    let Some(clock) = clock_length(time) else { return 0 };
    let zone = &time[clock..];
    1 + clock + if zone.starts_with(['Z', 'z']) { 1 } else { offset_length(zone) }
}

/// Bytes of "10:00", "10.00", "10:00:00" or "10:00:00.000" that a text begins with.
fn clock_length(text: &str) -> Option<usize> {
    let length =
        text.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b':' | b'.')).count();
    let length = text[..length].trim_end_matches(['.', ':']).len();
    is_clock(&text[..length]).then_some(length)
}

/// Whether a text is a time of day in figures.
fn is_clock(text: &str) -> bool {
    let mut parts = text.split([':', '.']);
    let mut two = || parts.next().filter(|part| (1..=2).contains(&part.len()))?.parse::<u8>().ok();
    let (hour, minute) = (two(), two());
    hour.is_some_and(|hour| hour < 24)
        && minute.is_some_and(|minute| minute < 60)
        && parts
            .all(|part| (2..=9).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

/// Bytes of the offset of a zone that a text begins with: "+0100", "-05:00", "+1".
fn offset_length(text: &str) -> usize {
    let Some(digits) = text.strip_prefix(['+', '-']) else { return 0 };
    let length = digits.bytes().take_while(|b| b.is_ascii_digit() || *b == b':').count();
    if (1..=5).contains(&length) { 1 + length } else { 0 }
}

/// What the words before a day say that it is the day of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Publication,
    Change,
}

/// Words that a name or a place has at most.
const MOST_WORDS: usize = 8;

/// What follows a part in brackets that a text begins with.
fn within(text: &str, open: char, close: char) -> Option<&str> {
    let rest = text.strip_prefix(open)?;
    let end = rest.find(close)?;
    (end <= LONGEST_LINE).then(|| rest[end + close.len_utf8()..].trim_start())
}
