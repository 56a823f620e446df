//! The same fact in several articles: where they differ, and how many stand on each side.

use serde::{Deserialize, Serialize};

use crate::draft::Fact;
use crate::reading::Reading;
use crate::report::characters::Characters;
use crate::source::{Sources, Span, one_line};
use crate::value::{End, Interval, Mode, Rational, Value};

/// Values of one fact that are told apart. What has more of them is no fact, but a name for several.
const MOST_STATED: usize = 16;

/// What an article states of a subject, a measure and a period, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactRead {
    /// Who or what it is about.
    pub subject: String,
    /// Which figure of it.
    pub measure: String,
    /// The first and the last day of the period in which it held.
    pub period: [String; 2],
    /// What is measured: "money USD".
    pub unit: String,
    /// What the figure allows, in the base of its unit.
    pub allowed: Interval,
    /// The figure.
    pub span: Span,
    /// Its words.
    pub words: String,
}

impl FactRead {
    /// A fact of an article.
    pub fn of(fact: Fact<'_>, reading: &Reading<'_>) -> Self {
        let Fact { subject, measure, period, amount, range } = fact;
        let unit = &amount.unit;
        let currency = unit.currency.as_ref().map_or("", |currency| currency.as_str());
        let per = unit.per.as_deref().unwrap_or_default();
        let measures = Value::Amount(amount.clone()).measures();
        let unit = [&*measures, currency, per];
        let unit = unit.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        Self {
            subject,
            measure,
            period: [period.first().to_string(), period.last().to_string()],
            unit,
            allowed: amount.in_base(Mode::Loose),
            words: one_line(&reading.prose()[range.clone()]),
            span: reading.place(range),
        }
    }
}

/// A fact as a row. Rows in their order have those of one fact together, and of those the ones of an article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FactRow {
    /// Who or what it is about.
    pub subject: String,
    /// Which figure of it.
    pub measure: String,
    /// The first day of the period in which it held.
    pub first: String,
    /// The last day.
    pub last: String,
    /// What is measured.
    pub unit: String,
    /// The article that states it.
    pub id: String,
    /// Where the figure begins in it, in characters.
    pub start: i64,
    /// Where it ends.
    pub end: i64,
    /// The figure as it is written.
    pub text: String,
    /// What the figure allows, in the base of its unit, exactly: `[2950;3050]`, `(100/3;)`.
    pub allowed: String,
    /// Where the figure begins, in bytes.
    pub byte: usize,
    /// How many bytes it has.
    pub bytes: usize,
    /// Its line and column, if its file has lines.
    pub place: Option<(usize, usize)>,
}

impl FactRead {
    /// As a row.
    pub(super) fn row(&self, sources: &Sources, characters: &mut Characters<'_>) -> FactRow {
        let source = sources.get(self.span.source);
        let (start, end) = characters.of(self.span);
        let place = source.place(self.span.start);
        let [first, last] = self.period.clone();
        FactRow {
            subject: self.subject.clone(),
            measure: self.measure.clone(),
            first,
            last,
            unit: self.unit.clone(),
            id: source.name().to_owned(),
            start,
            end,
            text: self.words.clone(),
            allowed: written(&self.allowed),
            byte: self.span.start,
            bytes: self.span.end - self.span.start,
            place: source.layout().is_none().then_some((place.line, place.column)),
        }
    }
}

impl FactRow {
    /// What the same fact has in common.
    pub fn key(&self) -> [&str; 5] {
        [&self.subject, &self.measure, &self.first, &self.last, &self.unit]
    }

    /// The period, in words that say it wholly.
    fn period(&self) -> String {
        let (first, last) = (&self.first, &self.last);
        let is_year = first.ends_with("-01-01") && last.ends_with("-12-31");
        match first.get(..4).filter(|year| is_year && last.starts_with(year)) {
            Some(year) => year.to_owned(),
            None => format!("{first} to {last}"),
        }
    }
}

/// An interval, exactly.
fn written(interval: &Interval) -> String {
    let number = |end: &End| end.number().map_or_else(String::new, |number| format!("{number:?}"));
    let (low, high) = (interval.low(), interval.high());
    let open = if low.is_closed() { '[' } else { '(' };
    let close = if high.is_closed() { ']' } else { ')' };
    format!("{open}{};{}{close}", number(low), number(high))
}

/// Reads it again; `None` of what is none.
fn read(text: &str) -> Option<Interval> {
    let end = |text: &str, is_closed: bool| match text {
        "" => Some(End::Unbounded),
        number if is_closed => Some(End::Closed(Rational::parse(number)?)),
        number => Some(End::Open(Rational::parse(number)?)),
    };
    let inner = text.strip_prefix(['[', '('])?.strip_suffix([']', ')'])?;
    let (low, high) = inner.split_once(';')?;
    Interval::new(end(low, text.starts_with('['))?, end(high, text.ends_with(']'))?)
}

/// One fact that articles state differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    /// The figure of fewer articles, and how many they are.
    pub fewer: (FactRow, usize),
    /// The figure of more articles, and how many they are.
    pub more: (FactRow, usize),
}

impl Differing {
    /// Both sides, a line each.
    pub fn steps(&self) -> Vec<String> {
        let side = |(row, articles): &(FactRow, usize)| {
            format!("{}: {}, the first of them {}", row.text, stand(*articles), row.id)
        };
        vec![side(&self.fewer), side(&self.more)]
    }

    /// What is to be said of it: what it is, both figures, one article for each, how many have each.
    pub fn message(&self) -> String {
        let (one, few) = &self.fewer;
        let (other, many) = &self.more;
        format!(
            "{}: {} ({}) is {} in {}, and {} in {}; {} against {}",
            one.subject,
            one.measure,
            one.period(),
            one.text,
            one.id,
            other.text,
            other.id,
            stand(*few),
            stand(*many)
        )
    }
}

fn stand(count: usize) -> String {
    if count == 1 { "1 article".to_owned() } else { format!("{count} articles") }
}

/// What articles state of one fact.
#[derive(Default)]
struct Group {
    stated: Vec<Stated>,
    /// The article that was added last, and what it stated.
    last: Option<(String, Interval)>,
    /// Whether it is no fact: an article gives it two values, or there are too many.
    is_vague: bool,
}

/// A value of a fact, the first article that states it, and how many do.
struct Stated {
    allowed: Interval,
    row: FactRow,
    articles: usize,
}

impl Group {
    fn add(&mut self, row: FactRow) {
        let Some(allowed) = read(&row.allowed).filter(|_| !self.is_vague) else { return };
        match &self.last {
            Some((id, before)) if *id == row.id => {
                self.is_vague |= !before.meets(&allowed);
                return;
            }
            _ => self.last = Some((row.id.clone(), allowed.clone())),
        }
        if let Some(known) = self.stated.iter_mut().find(|one| one.allowed == allowed) {
            known.articles += 1;
            return;
        }
        self.is_vague |= self.stated.len() == MOST_STATED;
        self.stated.push(Stated { allowed, row, articles: 1 });
    }

    /// The value that most articles state, and that of most of the others which has nothing in common with it.
    /// An article stands with the one of the two that its own agrees with, where that is one.
    fn differing(self) -> Option<Differing> {
        if self.is_vague {
            return None;
        }
        // Of as many articles, the first.
        let most = |of: &mut dyn Iterator<Item = &Stated>| -> Option<usize> {
            let at =
                |one: &Stated| self.stated.iter().position(|other| other.allowed == one.allowed);
            of.filter_map(at).max_by_key(|&at| (self.stated[at].articles, usize::MAX - at))
        };
        let more = &self.stated[most(&mut self.stated.iter())?];
        let mut others = self.stated.iter().filter(|one| !one.allowed.meets(&more.allowed));
        let fewer = &self.stated[most(&mut others)?];
        let count = |own: &Stated, other: &Stated| -> usize {
            let stands = |one: &&Stated| {
                one.allowed.meets(&own.allowed) && !one.allowed.meets(&other.allowed)
            };
            self.stated.iter().filter(stands).map(|one| one.articles).sum()
        };
        Some(Differing {
            fewer: (fewer.row.clone(), count(fewer, more)),
            more: (more.row.clone(), count(more, fewer)),
        })
    }
}

/// The facts that articles state differently, of rows in their order.
pub struct Differences<I: Iterator<Item = FactRow>> {
    rows: std::iter::Peekable<I>,
}

impl<I: Iterator<Item = FactRow>> Differences<I> {
    /// Of rows in their order.
    pub fn of(rows: I) -> Self {
        Self { rows: rows.peekable() }
    }
}

impl<I: Iterator<Item = FactRow>> Iterator for Differences<I> {
    type Item = Differing;

    fn next(&mut self) -> Option<Differing> {
        while let Some(first) = self.rows.next() {
            let mut group = Group::default();
            group.add(first.clone());
            while let Some(row) = self.rows.next_if(|row| row.key() == first.key()) {
                group.add(row);
            }
            if let Some(differing) = group.differing() {
                return Some(differing);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(id: &str, text: &str, allowed: &str) -> FactRow {
        let [subject, measure, first, last, unit, id, text, allowed] =
            ["Oakfield", "population was", "2020-01-01", "2020-12-31", "number", id, text, allowed]
                .map(str::to_owned);
        FactRow {
            subject,
            measure,
            first,
            last,
            unit,
            id,
            start: 0,
            end: 0,
            text,
            allowed,
            byte: 0,
            bytes: 0,
            place: None,
        }
    }

    fn differing(rows: &[(&str, &str, &str)]) -> Vec<String> {
        let mut rows: Vec<FactRow> =
            rows.iter().map(|(id, text, allowed)| stated(id, text, allowed)).collect();
        rows.sort();
        Differences::of(rows.into_iter()).map(|one| one.message()).collect()
    }

    #[test]
    fn intervals_are_written_and_read_exactly() {
        for text in ["[1;1]", "(100/3;)", "(;-5/2]", "(;)", "[0;7)"] {
            assert_eq!(written(&read(text).unwrap()), text);
        }
        for none in ["", "[", "[2;1]", "[a;b]", "1;2", "[1]"] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn articles_are_counted_on_the_side_that_they_stand_on() {
        let rows = [
            ("a", "5,012", "[5012;5012]"),
            ("b", "about 5,000", "[4500;5500]"),
            ("c", "5,012", "[5012;5012]"),
            ("d", "6,012", "[6012;6012]"),
            ("e", "more than 5,000", "(5000;)"),
        ];
        assert_eq!(
            differing(&rows),
            [
                "Oakfield: population was (2020) is 6,012 in d, and 5,012 in a; 1 article against 3 articles"
            ]
        );
        // What agrees with everything is no difference, however different the words.
        assert_eq!(differing(&rows[..3]), [""; 0]);
        assert_eq!(differing(&rows[3..]), [""; 0]);
    }

    #[test]
    fn what_one_article_gives_two_values_is_no_fact() {
        let rows = [("a", "5", "[5;5]"), ("b", "6", "[6;6]"), ("a", "5", "[5;5]")];
        assert_eq!(differing(&rows).len(), 1);
        let rows = [("a", "5", "[5;5]"), ("b", "6", "[6;6]"), ("a", "6", "[6;6]")];
        assert_eq!(differing(&rows).len(), 0);
        let many: Vec<(String, String)> =
            (0..40).map(|n| (format!("a{n}"), format!("[{n};{n}]"))).collect();
        let many: Vec<(&str, &str, &str)> =
            many.iter().map(|(id, allowed)| (&**id, "", &**allowed)).collect();
        assert_eq!(differing(&many[..16]).len(), 1);
        assert_eq!(differing(&many).len(), 0);
    }
}
