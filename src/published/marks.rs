//! What a page says of its day of publication in linked data, `<meta>` and `<time>`.

use std::ops::Range;

use jiff::civil::Date;

use crate::document::{Block, DateMark, Document};
use crate::published::line::{LONGEST_LINE, Stated};
use crate::published::{HEAD, ISO_DAY, Reader, iso_day, linked};

/// Properties of a `<meta>` that hold the day of publication, in the order in which they count, in small
/// letters: those of schema.org, Open Graph, Dublin Core, and what indexes of news ask for.
const PROPERTIES: &[&str] = &[
    "datepublished",
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "date",
];

/// Hours of the day in Greenwich in which it is the day before where most who would publish then are awake.
const HOURS_OF_TWO_DAYS: u32 = 5;

impl Reader<'_> {
    /// What the marks of a page say, of the sort that counts most; several days where they do not agree.
    pub(super) fn marked(&mut self, document: &Document<'_>, source: &str) -> Vec<Stated> {
        let marks = document.date_marks();
        if marks.is_empty() {
            return Vec::new();
        }
        let mut all = Vec::new();
        for sort in [Self::linked, Self::property, Self::times] {
            all.extend(sort(self, document, source));
            // What falls on two days is on the one that the next sort states.
            if all.iter().any(|stated| stated.days.len() == 1) {
                break;
            }
        }
        all
    }

    fn linked(&mut self, document: &Document<'_>, source: &str) -> Vec<Stated> {
        let mut all = Vec::new();
        for mark in document.date_marks() {
            let DateMark::LinkedData(json) = mark else { continue };
            let days = linked::published(&source[json.clone()]).into_iter();
            let days = days.map(|range| json.start + range.start..json.start + range.end);
            all.extend(days.filter_map(|range| self.day(source, range)));
        }
        all
    }

    fn property(&mut self, document: &Document<'_>, source: &str) -> Vec<Stated> {
        for wanted in PROPERTIES {
            let mut all = Vec::new();
            for mark in document.date_marks() {
                let DateMark::Property { name, value } = mark else { continue };
                if source[name.clone()].trim().eq_ignore_ascii_case(wanted) {
                    all.extend(self.day(source, value.clone()));
                }
            }
            if !all.is_empty() {
                return all;
            }
        }
        Vec::new()
    }

    /// The first `<time>` at the head of the article that its words do not call something else.
    fn times(&mut self, document: &Document<'_>, source: &str) -> Vec<Stated> {
        let head = document.blocks().iter().take(HEAD);
        let mut short = head.filter(|block| block.range.len() <= LONGEST_LINE);
        let found = short.find_map(|block| self.time_of(document, block, source));
        found.into_iter().collect()
    }

    fn time_of(&mut self, document: &Document<'_>, block: &Block, source: &str) -> Option<Stated> {
        let place = document.source_range(block.range.clone());
        let mark = document.date_marks().iter().find_map(|mark| match mark {
            DateMark::Time { element, value }
                if place.start < element.end && element.start < place.end =>
            {
                Some((element.clone(), value.clone()))
            }
            _ => None,
        });
        let (element, value) = mark?;
        let text = &document.prose()[block.range.clone()];
        let before = |at: usize, end: usize| {
            let at = block.range.start + at;
            document.source_range(at..at + 1).start < end
        };
        let places: Vec<usize> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let place =
            |end: usize| places[places[..places.len() - 1].partition_point(|at| before(*at, end))];
        let words: Range<usize> = place(element.start)..place(element.end);
        let is_publication = self.line(text).dates(words)?;
        is_publication.then(|| self.day(source, value)).flatten()
    }

    /// The day that some bytes of the source are.
    fn day(&mut self, source: &str, range: Range<usize>) -> Option<Stated> {
        let text = &source[range.clone()];
        let blank = text.len() - text.trim_start().len();
        let text = text.trim();
        let start = range.start + blank;
        match iso_day(text) {
            Some(day) => {
                let range = start..start + ISO_DAY;
                Some(Stated { days: days_of(day, &text[ISO_DAY..]), range, is_change: false })
            }
            None if text.len() <= LONGEST_LINE => {
                let stated = self.line(text).value()?;
                let range = start + stated.range.start..start + stated.range.end;
                Some(Stated { range, ..stated })
            }
            None => None,
        }
    }
}

/// The days that a moment may be on where it was published. In its own zone it is on the day that it names.
/// Early in the morning in Greenwich it is mostly evening where the newsroom is; midnight sharp is a day
/// without a time.
fn days_of(day: Date, time: &str) -> Vec<Date> {
    let time = time.trim_start_matches(['T', 't', ' ']);
    let is_greenwich = time.ends_with(['Z', 'z'])
        || ["+00:00", "+0000", "-00:00"].iter().any(|zone| time.ends_with(zone));
    let hour = time.get(..2).and_then(|hour| hour.parse::<u32>().ok());
    let is_midnight = ["00:00:00", "00:00"].iter().any(|midnight| {
        time.strip_prefix(midnight).is_some_and(|rest| {
            rest.trim_start_matches(['.', '0']).starts_with(['Z', 'z', '+', '-'])
        })
    });
    match hour {
        Some(hour) if is_greenwich && hour < HOURS_OF_TWO_DAYS && !is_midnight => {
            day.yesterday().into_iter().chain([day]).collect()
        }
        _ => vec![day],
    }
}
