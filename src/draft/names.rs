//! What a figure of an article is called: its subject, its measure, when it held, and its id.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::claim::is_name;
use crate::lexicon::{Lexicon, bit};
use crate::mention::Mention;
use crate::value::{Kind, Value};

/// Words of a measure or a subject.
const MOST_WORDS: usize = 4;
/// Letters of an id.
const LONGEST_ID: usize = 32;

/// What the words around a figure call it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) subject: Option<String>,
    pub(super) measure: Option<String>,
    pub(super) when: Option<String>,
}

/// A figure in its sentence.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) prose: &'a str,
    pub(super) sentence: &'a Range<usize>,
    /// The figures of the sentence, itself among them, in order.
    pub(super) figures: &'a [Mention],
    /// Which of them it is.
    pub(super) own: usize,
}

/// Reads what the words around a figure call it.
pub(super) fn named(place: Place<'_>, lexicon: &Lexicon) -> Named {
    let own = &place.figures[place.own];
    let prose = place.prose;
    let before =
        place.own.checked_sub(1).map_or(place.sentence.start, |at| place.figures[at].range.end);
    let after =
        place.figures.get(place.own + 1).map_or(place.sentence.end, |next| next.range.start);
    // What a comma parts from the figure says little of it.
    let marks = |c: char| matches!(c, ',' | ';' | ':' | '(' | ')' | '–' | '—');
    let left = &prose[before.min(own.range.start)..own.range.start];
    let left = words(left.rsplit(marks).find(|part| !part.trim().is_empty()).unwrap_or_default());
    let right = &prose[own.range.end..after.max(own.range.end)];
    let right = words(right.split(marks).next().unwrap_or_default());
    let means = |word: &&str| lexicon.look_up(word).senses & (bit::FUNCTION | bit::HEDGE) == 0;
    let is_date = matches!(own.value, Value::Date(_));
    let counted = own.counted.clone().map(|noun| prose[noun].to_owned());
    let from_left: Vec<&str> = run(left.iter().rev().copied(), means).into_iter().rev().collect();
    let from_right = run(right.iter().copied(), means);
    // "The aid package of $290 million" names it better than what follows, a single verb does not.
    let is_named = left.last() == Some(&"of") || 1 < from_left.len();
    let words = if is_named || from_right.is_empty() { from_left } else { from_right };
    let measure = counted.or_else(|| (!words.is_empty()).then(|| words.join(" ")));
    let when = if is_date { None } else { date_beside(place) };
    Named { subject: proper_name(place, lexicon), measure, when }
}

/// The words nearest to a figure that say something, up to one that does not.
fn run<'t>(words: impl Iterator<Item = &'t str>, means: impl Fn(&&'t str) -> bool) -> Vec<&'t str> {
    words.skip_while(|word| !means(word)).take_while(&means).take(MOST_WORDS).collect()
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '&')))
        .map(|word| word.trim_matches(['\'', '’', '-', '&']))
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect()
}

/// The last name of several capitals, or of one in mid-sentence, before a figure.
fn proper_name(place: Place<'_>, lexicon: &Lexicon) -> Option<String> {
    let own = &place.figures[place.own];
    let text = &place.prose[place.sentence.start..own.range.start.max(place.sentence.start)];
    let mut best: Option<String> = None;
    let mut name: Vec<&str> = Vec::new();
    let mut is_first = true;
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let bare = bare.trim_end_matches("'s").trim_end_matches("’s");
        let is_capital = bare.chars().next().is_some_and(char::is_uppercase);
        let is_plain = is_first && lexicon.look_up(bare).senses != 0;
        let is_calendar =
            lexicon.look_up(bare).senses & bit::FUNCTION == 0 && lexicon.look_up(bare).senses != 0;
        if is_capital && !is_plain && !is_calendar && !bare.bytes().any(|b| b.is_ascii_digit()) {
            name.push(bare);
        } else if !name.is_empty() {
            best = Some(name.join(" "));
            name.clear();
        }
        if word.ends_with([',', ';', ':']) && !name.is_empty() {
            best = Some(name.join(" "));
            name.clear();
        }
        is_first = false;
    }
    if !name.is_empty() {
        best = Some(name.join(" "));
    }
    // The first word of a sentence has a capital, name or not.
    let is_name = |name: &String| name.contains(' ') || !text.trim_start().starts_with(&**name);
    best.filter(|name| name.split(' ').count() <= MOST_WORDS && is_name(name))
}

/// The date that a figure is of: a month, a year or longer, a few words before or behind it.
fn date_beside(place: Place<'_>) -> Option<String> {
    let own = &place.figures[place.own];
    let before = place.own.checked_sub(1).and_then(|at| place.figures.get(at));
    let after = place.figures.get(place.own + 1);
    let is_near = |date: &&Mention| {
        let gap = if date.range.end <= own.range.start {
            date.range.end..own.range.start
        } else {
            own.range.end..date.range.start
        };
        let gap = place.prose.get(gap).unwrap_or(";");
        !gap.contains([',', ';', ':', '(', ')', '"']) && gap.split_whitespace().count() <= 5
    };
    let mut near = after.into_iter().chain(before).filter(is_near);
    near.find_map(|mention| match &mention.value {
        Value::Date(date) if date.bound.is_none() && date.kind != Kind::Time => {
            match &*date.readings {
                [days] if days.first() != days.last() => Some(days.to_string()),
                _ => None,
            }
        }
        _ => None,
    })
}

/// Ids that are not taken.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: HashSet<String>,
    /// For each stem, the number that was tried last.
    last: HashMap<String, u32>,
}

impl Ids {
    /// With those that are.
    pub(super) fn new(taken: impl Iterator<Item = String>) -> Self {
        Self { taken: taken.collect(), last: HashMap::new() }
    }

    /// A free id made of some words, or of what the figure is.
    pub(super) fn free(&mut self, words: Option<&str>, kind: &str) -> String {
        let stem = words.map(snake_case).filter(|id| is_name(id));
        let stem = stem.unwrap_or_else(|| snake_case(kind));
        let last = self.last.entry(stem.clone()).or_default();
        loop {
            *last += 1;
            let id = if *last == 1 { stem.clone() } else { format!("{stem}_{last}") };
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// Words in small letters with underscores between them.
fn snake_case(words: &str) -> String {
    let mut id = String::new();
    for word in words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if !id.is_empty() && LONGEST_ID < id.len() + word.len() {
            break;
        }
        if !id.is_empty() {
            id.push('_');
        }
        id.push_str(&word.to_ascii_lowercase());
    }
    id.trim_start_matches(|c: char| !c.is_ascii_lowercase()).to_owned()
}
