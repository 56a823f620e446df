//! One block at the head of an article, and whether it states the day of publication.

use std::ops::Range;

use jiff::civil::Date;

use crate::document::REMOVED;
use crate::mention::Mention;
use crate::value::{Direction, Kind, Value};

/// A longer block is no date line, and no place is named later in the line of an agency.
pub(super) const LONGEST_LINE: usize = 200;

/// What one place says: the days it can be read as, none if its weekday is wrong.
#[derive(Debug)]
pub(super) struct Stated {
    pub(super) days: Vec<Date>,
    pub(super) range: Range<usize>,
}

/// A block with its figures and dates.
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    pub(super) mentions: Vec<Mention>,
}

/// What may stand before or behind the day of publication, longer ones before their beginnings.
const LABELS: &[&str] = &[
    "date of publication",
    "date posted",
    "date published",
    "date",
    "first published",
    "for immediate release",
    "for release",
    "immediate release",
    "issued",
    "joint media release",
    "joint press release",
    "media release",
    "media statement",
    "news release",
    "posted",
    "press release",
    "press statement",
    "publication date",
    "publish time",
    "published",
];

/// What stands before the day of a change, which is not the day of publication.
const CHANGES: &[&str] =
    &["last modified", "last reviewed", "last updated", "modified", "revised", "updated"];

/// What ties a label to its day, or a day to its time; nothing by itself.
const TIES: &[&str] = &["at", "on"];

/// Words in capitals before a day that name no place.
const NO_PLACES: &[&str] =
    &["corrected", "correction", "embargoed", "modified", "revised", "today", "update", "updated"];

impl Line<'_> {
    /// The days of a block that is nothing but a day, with a label, a time or a place.
    pub(super) fn date_line(&self) -> Option<Stated> {
        let (mention, days) = self.days().find(|(mention, _)| {
            let Range { start, end } = mention.range;
            self.is_label(0, start) && self.is_tail(end)
        })?;
        Some(Stated { days, range: mention.range.clone() })
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
            && is_place_of_report(&self.text[..mention.range.start]);
        is_dateline.then(|| Stated { days, range: mention.range.clone() })
    }

    /// Mentions that are one day or one of two, with those that their weekday allows.
    fn days(&self) -> impl Iterator<Item = (&Mention, Vec<Date>)> {
        self.mentions.iter().filter_map(|mention| Some((mention, days(mention)?)))
    }

    fn mention_at(&self, at: usize, kind: Kind) -> Option<&Mention> {
        let is_it = |mention: &&Mention| mention.value.kind() == Some(kind);
        self.mentions.iter().filter(is_it).find(|mention| mention.range.start == at)
    }

    /// Whether nothing but labels stands between two bytes.
    fn is_label(&self, start: usize, end: usize) -> bool {
        let mut at = start;
        let mut is_first = true;
        loop {
            at = self.behind_separators(at, end);
            if at == end {
                return true;
            }
            let words = &self.text[at..end];
            let labelled = behind_one_of(words, LABELS).or_else(|| behind_author(words));
            let tied = || behind_one_of(words, TIES).filter(|_| !is_first);
            let Some(rest) = labelled.or_else(tied) else { return false };
            at = end - rest.len();
            is_first = false;
        }
    }

    /// Whether nothing but labels, a time of day, a place, a change and the time it takes to read
    /// stand behind a byte.
    fn is_tail(&self, start: usize) -> bool {
        let end = self.text.len();
        let mut at = start;
        loop {
            let before = at;
            at = self.behind_separators(at, end);
            if at == end || self.is_place(before, at) {
                return true;
            }
            let words = &self.text[at..];
            let known = behind_one_of(words, LABELS).or_else(|| behind_one_of(words, TIES));
            let Some(next) = known
                .map(|rest| end - rest.len())
                .or_else(|| self.mention_at(at, Kind::Time).map(|time| time.range.end))
                .or_else(|| self.behind_time_to_read(at))
                .or_else(|| self.behind_change(at))
            else {
                return false;
            };
            at = next;
        }
    }

    fn behind_separators(&self, at: usize, end: usize) -> usize {
        end - self.text[at..end].trim_start_matches(is_separator).len()
    }

    /// Whether a place is all that follows: "7 August 2025, London".
    fn is_place(&self, before: usize, at: usize) -> bool {
        let is_apart = self.text[before..at].contains([',', '|', '\n']);
        is_apart && is_place(self.text[at..].trim_end_matches(['.', ')']))
    }

    /// "3 min read".
    fn behind_time_to_read(&self, at: usize) -> Option<usize> {
        let time = self.mention_at(at, Kind::Duration)?;
        let rest = behind_one_of(self.text[time.range.end..].trim_start(), &["read"])?;
        Some(self.text.len() - rest.len())
    }

    /// "Updated 9 August 2025".
    fn behind_change(&self, at: usize) -> Option<usize> {
        let end = self.text.len();
        let rest = behind_one_of(&self.text[at..], CHANGES)?;
        let mut at = self.behind_separators(end - rest.len(), end);
        if let Some(rest) = behind_one_of(&self.text[at..], TIES) {
            at = self.behind_separators(end - rest.len(), end);
        }
        self.mention_at(at, Kind::Date).map(|day| day.range.end)
    }
}

/// The days that a mention can be read as, if it is a day; none that its weekday forbids.
fn days(mention: &Mention) -> Option<Vec<Date>> {
    let Value::Date(date) = &mention.value else { return None };
    let is_day = date.kind == Kind::Date
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
        || matches!(c, ',' | '.' | ':' | '|' | '·' | '•' | '(' | ')' | REMOVED)
}

/// What follows one of some phrases that a text begins with, in any case of letters.
fn behind_one_of<'t>(text: &'t str, phrases: &[&str]) -> Option<&'t str> {
    phrases.iter().find_map(|phrase| {
        let (start, rest) = text.split_at_checked(phrase.len())?;
        let ends = !rest.starts_with(char::is_alphanumeric);
        (ends && start.eq_ignore_ascii_case(phrase)).then_some(rest)
    })
}

/// What follows "By Jane Doe |": a name, and something that sets it apart from the day.
fn behind_author(text: &str) -> Option<&str> {
    let rest = behind_one_of(text, &["by"])?;
    let is_apart = |c: char| matches!(c, '|' | '·' | '•' | '–' | '—' | '\n');
    let end = rest.find(is_apart)?;
    let name = &rest[..end];
    let is_name = |word: &str| {
        word.starts_with(char::is_uppercase) || matches!(word, "and" | "de" | "for" | "of" | "von")
    };
    let words = name.split_whitespace().count();
    ((1..=MOST_WORDS).contains(&words) && name.split_whitespace().all(is_name))
        .then(|| &rest[end..])
}

/// Words that a name or a place has at most.
const MOST_WORDS: usize = 8;

/// Whether a text can be the name of a place: a few words, each with a capital letter.
fn is_place(text: &str) -> bool {
    let is_letter = |c: char| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’');
    let mut words = 0;
    for word in text.split([' ', ',']).filter(|word| !word.is_empty()) {
        let lower = word.to_lowercase();
        let is_name = word.starts_with(char::is_uppercase) && word.chars().all(is_letter);
        if !is_name || NO_PLACES.contains(&&*lower) {
            return false;
        }
        words += 1;
    }
    (1..=MOST_WORDS).contains(&words)
}

/// Whether a text is the place before the day of an agency's report: its first part in capitals.
fn is_place_of_report(text: &str) -> bool {
    let text = text.trim_end_matches(|c| is_separator(c) && c != '.');
    let first = text.split(',').next().unwrap_or_default();
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    is_place(text) && 3 <= letters && !first.chars().any(char::is_lowercase)
}

/// What follows a part in brackets that a text begins with.
fn within(text: &str, open: char, close: char) -> Option<&str> {
    let rest = text.strip_prefix(open)?;
    let end = rest.find(close)?;
    (end <= LONGEST_LINE).then(|| rest[end + close.len_utf8()..].trim_start())
}
