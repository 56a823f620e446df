//! Records: texts that stand many to a file, a JSON object a line, packed or not. They are read one behind
//! another, and never are all of them there at once. Those of Parquet are read by `columns`.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::civil::Date;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::load::files::{LARGEST_ARTICLE, reason, too_large};
use crate::load::paths::shown;
use crate::load::seen::note;
use crate::load::unpack::{Frames, gunzip};

/// Bytes that are read of a file at once.
const BUFFER: usize = 1 << 16;

/// The most bytes of a line that is too long that are passed over to find the next one: it may have no end.
const LONGEST: u64 = 4 * LARGEST_ARTICLE;

/// How a file with a record a line is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    None,
    Gzip,
    Zstd,
}

impl Packing {
    /// By the ending of its name; `None` of what has no records.
    fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        let (name, packing) = match name.rsplit_once('.')? {
            (name, "gz") => (name, Self::Gzip),
            (name, "zst") => (name, Self::Zstd),
            _ => (name, Self::None),
        };
        let (_, ending) = name.rsplit_once('.')?;
        matches!(ending, "jsonl" | "ndjson").then_some(packing)
    }
}

/// What is said where nothing behind a place can be read.
const NOR: &str = "; nor is what follows read";

/// Whether a file has many records: one in each line, as `.jsonl` and `.ndjson` have, with `.gz` or `.zst`
/// behind it or not; or one in each row, as `.parquet` has.
pub fn is_records(path: &Path) -> bool {
    Packing::of(path).is_some() || is_parquet(path)
}

/// Whether a file has a table of Parquet.
pub fn is_parquet(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "parquet")
}

/// What is said of Parquet by a program that was built without it.
#[cfg(not(feature = "parquet"))]
pub const NO_PARQUET: &str = "this program was built without Parquet: build it with \
                              `--features parquet`, or write records a line (.jsonl)";

/// What the parts of a record are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    /// The name of the text.
    pub id: String,
    /// The text.
    pub text: String,
    /// The day of publication.
    pub published: String,
}

/// A text of many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its name, if it has one.
    pub id: Option<String>,
    /// All of it.
    pub text: String,
    /// The day of publication, if it is stated.
    pub published: Option<Date>,
}

/// A line of a file with records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it stands: `archive.jsonl:12`.
    pub place: String,
    /// The line, or why it cannot be read.
    pub text: Result<String, String>,
}

/// A record of a row, or why there is none.
#[cfg(feature = "parquet")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it stands: `archive.parquet:12`.
    pub place: String,
    /// The record.
    pub record: Result<Record, String>,
}

/// The lines of a file with records, empty ones left out.
pub struct Lines {
    input: Box<dyn BufRead>,
    name: String,
    number: usize,
    is_over: bool,
}

impl Lines {
    /// Opens a file, and counts the bytes that are read of it.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn open(path: &Path, counter: &Arc<AtomicU64>) -> Result<Self, String> {
        note(path);
        let file = File::open(path).map_err(|error| reason(&error))?;
        let known = file.metadata().map_err(|error| reason(&error))?;
        if known.is_dir() {
            return Err("this is a folder, not a file".to_owned());
        }
        let least = if known.is_file() { known.len() } else { 0 };
        let file = Counted { file, least, read: 0, counter: Arc::clone(counter) };
        Ok(Self::of(file, path, shown(path)))
    }

    /// The same of what is read from elsewhere under a name, whose ending says how it is packed.
    pub fn of(input: impl Read + 'static, path: &Path, name: String) -> Self {
        let input = BufReader::with_capacity(BUFFER, input);
        let input: Box<dyn BufRead> = match Packing::of(path) {
            Some(Packing::Gzip) => Box::new(BufReader::with_capacity(BUFFER, gunzip(input))),
            Some(Packing::Zstd) => Box::new(BufReader::with_capacity(BUFFER, Frames::new(input))),
            Some(Packing::None) | None => Box::new(input),
        };
        Self { input, name, number: 0, is_over: false }
    }

    /// The next line in bytes, without what is more than the most that is read; `None` at the end.
    fn bytes(&mut self) -> io::Result<Option<Result<Vec<u8>, String>>> {
        let mut bytes = Vec::new();
        let most = LARGEST_ARTICLE + 1;
        if (&mut self.input).take(most).read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        if bytes.len() as u64 == most && bytes.last() != Some(&b'\n') {
            drop(bytes);
            self.is_over = !self.pass_over()?;
            let nor = if self.is_over { NOR } else { "" };
            return Ok(Some(Err(too_large(LARGEST_ARTICLE) + nor)));
        }
        Ok(Some(Ok(bytes)))
    }

    /// Reads to the end of a line without keeping any of it; `false` where it is not found.
    fn pass_over(&mut self) -> io::Result<bool> {
        let mut left = LONGEST;
        while 0 < left {
            let buffer = self.input.fill_buf()?;
            let (len, end) = (buffer.len(), memchr::memchr(b'\n', buffer));
            self.input.consume(end.map_or(len, |at| at + 1));
            if end.is_some() || len == 0 {
                return Ok(true);
            }
            left = left.saturating_sub(len as u64);
        }
        Ok(false)
    }
}

impl Iterator for Lines {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        while !self.is_over {
            let text = match self.bytes() {
                Ok(None) => break,
                Ok(Some(bytes)) => bytes.and_then(|bytes| {
                    String::from_utf8(bytes).map_err(|_| "not UTF-8 text".to_owned())
                }),
                Err(error) => {
                    self.is_over = true;
                    self.number += 1;
                    Err(reason(&error) + NOR)
                }
            };
            if text.as_ref().is_ok_and(|line| line.trim().is_empty()) {
                continue;
            }
            return Some(Line { place: format!("{}:{}", self.name, self.number), text });
        }
        None
    }
}

/// A file whose bytes are counted as they are read, and that must not end before its end.
struct Counted {
    file: File,
    /// How long it was when it was opened.
    least: u64,
    read: u64,
    counter: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.read += count as u64;
        self.counter.fetch_add(count as u64, Ordering::Relaxed);
        if count == 0 && !buffer.is_empty() && self.read < self.least {
            return Err(io::Error::other("this has become shorter while it was read"));
        }
        Ok(count)
    }
}

impl Record {
    /// Reads a line.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(line: &str, fields: &Fields) -> Result<Self, String> {
        let mut input = serde_json::Deserializer::from_str(line);
        let parts = Parts(fields).deserialize(&mut input);
        let [id, text, published] = parts
            .and_then(|parts| input.end().map(|()| parts))
            .map_err(|error| error.to_string().replace(" at line 1 column ", " at column "))?;
        let text = text.ok_or_else(|| missing(fields))?;
        Ok(Self { id, text, published: day(published, fields)? })
    }
}

/// Says that a record has no text.
pub(super) fn missing(fields: &Fields) -> String {
    format!("missing field `{}`", fields.text)
}

/// The day that a record states: a day, or the day of a time stamp.
pub(super) fn day(stated: Option<String>, fields: &Fields) -> Result<Option<Date>, String> {
    let Some(text) = stated.filter(|day| !day.is_empty()) else { return Ok(None) };
    let day = text.get(..10).and_then(|day| day.parse().ok());
    let name = &fields.published;
    day.map(Some).ok_or_else(|| format!("`{name}` is to be a day: 2025-08-07, not \"{text}\""))
}

/// Reads name, text and day of publication of an object, and nothing else.
struct Parts<'f>(&'f Fields);

impl<'de> DeserializeSeed<'de> for Parts<'_> {
    type Value = [Option<String>; 3];

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Self::Value, D::Error> {
        input.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Parts<'_> {
    type Value = [Option<String>; 3];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with `{}`", self.0.text)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let Fields { id, text, published } = self.0;
        let names = [id, text, published];
        let mut parts: [Option<Word>; 3] = [None, None, None];
        while let Some(Key(key)) = map.next_key()? {
            match names.iter().position(|name| **name == *key) {
                Some(at) if parts[at].is_some() => {
                    return Err(Error::custom(format!("`{key}` stands twice")));
                }
                Some(at) => parts[at] = Some(map.next_value()?),
                None => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(parts.map(|part| part.and_then(|Word(word)| word)))
    }
}

/// The name of a part.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] std::borrow::Cow<'a, str>);

/// A text; a whole number, as archives have them for names, as it is written; nothing.
struct Word(Option<String>);

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_any(WordVisitor)
    }
}

struct WordVisitor;

impl Visitor<'_> for WordVisitor {
    type Value = Word;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E>(self, text: &str) -> Result<Word, E> {
        Ok(Word(Some(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Word, E> {
        Ok(Word(Some(text)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Word, E> {
        Ok(Word(Some(number.to_string())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Word, E> {
        Ok(Word(Some(number.to_string())))
    }

    fn visit_unit<E>(self) -> Result<Word, E> {
        Ok(Word(None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> Fields {
        let [id, text, published] = ["id", "body", "day"].map(str::to_owned);
        Fields { id, text, published }
    }

    fn lines(input: &'static [u8], name: &str) -> Vec<Line> {
        Lines::of(input, Path::new(name), name.to_owned()).collect()
    }

    #[test]
    fn a_record_is_read_by_the_names_of_its_parts() {
        let line =
            r#"{"x": [1, {"body": 2}], "id": 7, "body": "A \"b\"", "day": "2025-08-07T10:00:00Z"}"#;
        let record = Record::read(line, &fields()).unwrap();
        assert_eq!(record.id.as_deref(), Some("7"));
        assert_eq!(record.text, "A \"b\"");
        assert_eq!(record.published, Some(Date::constant(2025, 8, 7)));
        let bare = Record::read(r#"{"body": "a", "day": null, "id": null}"#, &fields()).unwrap();
        assert_eq!(bare, Record { id: None, text: "a".to_owned(), published: None });
    }

    #[test]
    fn what_is_wrong_with_a_record_is_said() {
        for (line, said) in [
            ("{\"id\": \"a\"}", "missing field `body`"),
            ("{\"body\": null}", "missing field `body`"),
            ("{\"body\": \"a\", \"body\": \"b\"}", "`body` stands twice"),
            ("{\"body\": [\"a\"]}", "expected a text"),
            ("{\"body\": \"a\", \"day\": \"7 August\"}", "`day` is to be a day"),
            ("{\"body\": \"a\"} {}", "trailing characters at column 15"),
            ("[]", "an object with `body`"),
            ("{\"body\": \"a", "EOF while parsing"),
        ] {
            let error = Record::read(line, &fields()).unwrap_err();
            assert!(error.contains(said), "{line}: {error}");
        }
    }

    #[test]
    fn lines_know_their_places_and_bad_ones_end_nothing() {
        let all = lines(b"a\n\n \xff\nb", "x.jsonl");
        let places: Vec<&str> = all.iter().map(|line| &*line.place).collect();
        assert_eq!(places, ["x.jsonl:1", "x.jsonl:3", "x.jsonl:4"]);
        assert_eq!(all[1].text.as_ref().unwrap_err(), "not UTF-8 text");
        assert_eq!(all[2].text.as_deref(), Ok("b"));
    }

    #[test]
    fn what_is_packed_and_broken_ends_with_an_error() {
        let all = lines(b"this is no gzip", "x.jsonl.gz");
        let [only] = &*all else { panic!("{all:?}") };
        assert!(
            only.text.as_ref().unwrap_err().ends_with("; nor is what follows read"),
            "{only:?}"
        );
        let all = lines(b"this is no zstd", "x.ndjson.zst");
        assert!(all.len() == 1 && all[0].text.is_err(), "{all:?}");
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over_as_far_as_its_end_is_found() {
        let long = |len: u64| io::repeat(b'a').take(len).chain(&b"\nb"[..]);
        let all: Vec<Line> =
            Lines::of(long(LARGEST_ARTICLE + 9), Path::new("x.jsonl"), "x".to_owned()).collect();
        assert_eq!(all[0].text, Err(too_large(LARGEST_ARTICLE)));
        assert_eq!((&*all[1].place, all[1].text.as_deref()), ("x:2", Ok("b")));
        let endless = Lines::of(io::repeat(b'a'), Path::new("x.jsonl"), "x".to_owned());
        let all: Vec<Line> = endless.collect();
        assert_eq!(all.len(), 1);
        assert!(all[0].text.as_ref().unwrap_err().ends_with(NOR));
    }

    #[test]
    fn a_file_that_gets_shorter_is_told() {
        let path = std::env::temp_dir().join(format!("crossfoot-{}.jsonl", std::process::id()));
        std::fs::write(&path, "a\nb\n").unwrap();
        let (file, counter) = (File::open(&path).unwrap(), Arc::new(AtomicU64::new(0)));
        let file = Counted { file, least: 9, read: 0, counter: Arc::clone(&counter) };
        let all: Vec<Line> = Lines::of(file, &path, "x".to_owned()).collect();
        std::fs::remove_file(&path).unwrap();
        assert_eq!(all.len(), 3, "{all:?}");
        let said = all[2].text.as_ref().unwrap_err();
        assert_eq!(said, "this has become shorter while it was read; nor is what follows read");
        assert_eq!(counter.load(Ordering::Relaxed), 4);
    }

    #[test]
    fn a_file_is_known_by_its_ending() {
        for name in ["a.jsonl", "a.ndjson", "b/a.jsonl.gz", "a.b.ndjson.zst", "b/a.parquet"] {
            assert!(is_records(Path::new(name)), "{name}");
        }
        for name in ["a.json", "a.gz", "jsonl", "a.jsonl.bz2", "a.md"] {
            assert!(!is_records(Path::new(name)), "{name}");
        }
    }
}
