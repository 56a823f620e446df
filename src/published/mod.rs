//! The day of publication, and who says so.
//!
//! Each article has one day, which everything that reads it is told: its claims, its prose, and what follows
//! claims from draft to draft. A claims file goes before the command line, that before what the article
//! says itself, and that before the configuration.
//!
//! Relative dates are counted from this day, so a wrong one is worse than none: what can be read in
//! two ways, or is said twice and differently, is not taken.

mod line;
mod linked;
mod marks;

use std::ops::Range;

use jiff::civil::Date;

use crate::document::{Block, BlockKind, Document};
pub use crate::home::Origin;
use crate::lexicon::Lexicon;
use crate::mention::Finder;
use crate::published::line::{LONGEST_LINE, Line, Stated};

/// A day of publication that stands in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The day.
    pub day: Date,
    /// The bytes of the source that say so.
    pub range: Range<usize>,
}

/// The day that counts for an article, with who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Publication {
    /// The day.
    pub day: Date,
    /// Who says so.
    pub origin: Origin,
}

impl Publication {
    /// A day that the file with the claims states.
    pub fn stated(day: Date) -> Self {
        Self { day, origin: Origin::ClaimsFile }
    }
}

/// What is known of an article's day of publication without reading it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Dated {
    /// What its claims file, or whoever has settled it already, says.
    pub stated: Option<Publication>,
    /// The day of the command line.
    pub given: Option<Date>,
    /// The day of the configuration.
    pub otherwise: Option<Date>,
}

impl Dated {
    /// A day that is settled, or that nobody knows.
    pub fn settled(published: Option<Publication>) -> Self {
        Self { stated: published, ..Self::default() }
    }

    /// The day that counts. The article is asked only where neither its claims file nor the command line
    /// knows.
    pub fn publication(self, article: impl FnOnce() -> Option<Published>) -> Option<Publication> {
        let by = |day: Option<Date>, origin| day.map(|day| Publication { day, origin });
        self.stated
            .or(by(self.given, Origin::CommandLine))
            .or_else(|| by(article().map(|found| found.day), Origin::Article))
            .or(by(self.otherwise, Origin::Configuration))
    }
}

/// Blocks from the top of an article in which a date line may stand: press releases put names,
/// offices and a headline before it. Dates further down are mostly the text's own.
const HEAD: usize = 8;

/// Bytes at the start of a paragraph that a dateline and the words around it take at most.
const LONGEST_DATELINE: usize = 120;

/// The day on which an article says it was published.
///
/// What the front matter says under one of the keys that site generators use comes first, in HTML what
/// linked data (JSON-LD), `<meta>` and `<time>` say, in this order. Else the
/// line of its head that is nothing but a day, or the place and day that an agency's report begins
/// with, count; a day of the last change counts where no other is stated.
///
/// ```
/// use crossfoot::document::{Document, Format};
/// use crossfoot::lexicon::Lexicon;
/// use crossfoot::published::published;
///
/// let text = "Aid is cut\n\nPublished: 7 August 2025\n\nOn 1 August 2025 it was cut.\n";
/// let document = Document::parse(text, Format::Plain);
/// let found = published(&document, text, Lexicon::built_in()).unwrap();
/// assert_eq!(found.day.to_string(), "2025-08-07");
/// assert_eq!(&text[found.range], "7 August 2025");
/// ```
pub fn published(
    document: &Document<'_>,
    source_text: &str,
    lexicon: &Lexicon,
) -> Option<Published> {
    let mut reader = Reader { finder: Finder::new(lexicon, None), lexicon };
    let matter = document.front_matter();
    let mut in_matter =
        |keys| reader.front_matter(source_text, matter.clone()?, keys).map(|stated| [stated]);
    if let Some(stated) = in_matter(KEYS) {
        return agreed(&stated);
    }
    let changed = in_matter(CHANGE_KEYS);
    let marked = reader.marked(document, source_text);
    if marked.iter().any(|stated| stated.days.len() == 1) {
        return agreed(&marked);
    }
    let head = document.blocks().iter().take(HEAD);
    let mut stated: Vec<Stated> = head
        .filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Deck))
        .filter_map(|block| reader.block(document, block))
        .collect();
    // A moment that falls on two days is on the one that the words name.
    stated.extend(marked);
    let (changes, stated): (Vec<Stated>, Vec<Stated>) =
        stated.into_iter().partition(|stated| stated.is_change);
    if stated.is_empty() {
        agreed(changed.as_ref().map_or(&changes, |changed| changed))
    } else {
        agreed(&stated)
    }
}

/// The one day that a text is: "2025-08-07", "March 12, 2026".
///
/// # Errors
/// How many days it can be read as: 0, or several.
pub fn read_day(text: &str, lexicon: &Lexicon) -> Result<Date, usize> {
    let mut reader = Reader { finder: Finder::new(lexicon, None), lexicon };
    let stated = || reader.line(text).date_line().map_or(Vec::new(), |stated| stated.days);
    let days = iso_day(text).map_or_else(stated, |day| vec![day]);
    if let [day] = *days { Ok(day) } else { Err(days.len()) }
}

/// The day that all places say, if one of them leaves no doubt.
fn agreed(stated: &[Stated]) -> Option<Published> {
    let sure = stated.iter().find(|stated| stated.days.len() == 1)?;
    let day = sure.days[0];
    let all = stated.iter().all(|stated| stated.days.contains(&day));
    all.then(|| Published { day, range: sure.range.clone() })
}

struct Reader<'l> {
    finder: Finder<'l>,
    lexicon: &'l Lexicon,
}

impl<'l> Reader<'l> {
    fn line<'t>(&mut self, text: &'t str) -> Line<'t>
    where
        'l: 't,
    {
        let mut mentions = Vec::new();
        self.finder.find(text, &mut |mention| mentions.push(mention));
        Line { text, mentions, lexicon: self.lexicon }
    }

    fn block(&mut self, document: &Document<'_>, block: &Block) -> Option<Stated> {
        let text = &document.prose()[block.range.clone()];
        let (start, is_short) = (block.range.start, text.len() <= LONGEST_LINE);
        // A long paragraph has at most a dateline.
        let most = if is_short { text.len() } else { LONGEST_DATELINE };
        let head = &text[..floor(text, most)];
        // Most paragraphs name no year, and need no second look.
        if !has_year(head) {
            return None;
        }
        let line = self.line(head);
        let stated = line.dateline().or_else(|| is_short.then(|| line.date_line()).flatten())?;
        let range = start + stated.range.start..start + stated.range.end;
        Some(Stated { range: document.source_range(range), ..stated })
    }

    /// What YAML or TOML says of the day; `None` if it says nothing of one.
    fn front_matter(
        &mut self,
        source: &str,
        matter: Range<usize>,
        keys: &[&str],
    ) -> Option<Stated> {
        let is_toml = source[..matter.start].trim_end().ends_with("+++");
        let sign = if is_toml { '=' } else { ':' };
        keys.iter().find_map(|key| {
            let value = value_of(source, matter.clone(), key, sign)?;
            let text = &source[value.clone()];
            let stated = match iso_day(text) {
                Some(day) => Stated { days: vec![day], range: 0..ISO_DAY, is_change: false },
                None => self.line(text).value()?,
            };
            let range = value.start + stated.range.start..value.start + stated.range.end;
            Some(Stated { range, ..stated })
        })
    }
}

/// Keys of front matter that hold the day of publication, in the order in which they count, without
/// hyphens and underscores: those of Hugo, Jekyll, Zola, Astro, Hexo, Ghost, Pelican and Eleventy and
/// of schema.org's `Article`.
const KEYS: &[&str] = &[
    "published",
    "publishedat",
    "publishedon",
    "publisheddate",
    "publishdate",
    "pubdate",
    "datepublished",
    "publicationdate",
    "postdate",
    "date",
    "created",
    "createdat",
    "datecreated",
];

/// Those that hold the day of the last change, which counts where no other is stated.
const CHANGE_KEYS: &[&str] =
    &["lastmod", "modified", "datemodified", "updated", "updatedat", "lastupdated", "lastmodified"];

/// The bytes of what a key of the front matter's own table holds, without quotation marks. A table
/// below `date` has the day that a text was created: "date:", "  created: 2025-08-07".
fn value_of(source: &str, matter: Range<usize>, key: &str, sign: char) -> Option<Range<usize>> {
    let mut at = matter.start;
    let mut is_below = false;
    for line in source[matter].split_inclusive('\n') {
        let start = at;
        at += line.len();
        if sign == '=' && line.starts_with('[') {
            // What follows is in a table of its own.
            return None;
        }
        let Some((name, rest)) = line.split_once(sign) else { continue };
        let is_inner = sign == ':' && line.starts_with([' ', '\t']);
        let is_key = |name: &str, key: &str| {
            let name = name.trim().bytes().filter(|b| !matches!(b, b'-' | b'_' | b'"' | b'\''));
            name.map(|b| b.to_ascii_lowercase()).eq(key.bytes())
        };
        let is_it = if is_inner { is_below && is_key(name, "created") } else { is_key(name, key) };
        is_below = is_inner && is_below || !is_inner && is_it && rest.trim().is_empty();
        if !is_it || is_below && !is_inner {
            continue;
        }
        let value = rest.trim();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = match quote {
            Some(quote) => value[1..].split(quote).next()?.trim(),
            None => value.split(" #").next()?.trim(),
        };
        let value_at = start + line.len() - rest.len() + rest.find(value)?;
        return Some(value_at..value_at + value.len());
    }
    None
}

/// Bytes of "2025-08-07".
const ISO_DAY: usize = 10;

/// The day of "2025-08-07", "2025-08-07T10:00:00Z" or "2025-08-07 10:00".
fn iso_day(text: &str) -> Option<Date> {
    let (day, rest) = text.split_at_checked(ISO_DAY)?;
    let is_time = rest.is_empty() || rest.starts_with(['T', 't', ' ']);
    day.parse::<Date>().ok().filter(|day| is_time && 1 <= day.year())
}

/// Whether four digits stand together, or two numbers with a slash that may end in a short year.
fn has_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    let four = bytes.windows(4).any(|four| four.iter().all(u8::is_ascii_digit));
    four || bytes.iter().filter(|b| matches!(b, b'/' | b'-' | b'.')).nth(1).is_some()
        && bytes.windows(2).any(|two| two.iter().all(u8::is_ascii_digit))
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests;
