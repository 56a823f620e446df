//! Records that stand in the columns of a Parquet file: read a row group behind another, and of each column
//! that is wanted one page at a time.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use flate2::bufread::MultiGzDecoder;
use jiff::civil::Date;
use parquet::basic::{Compression, ConvertedType, LogicalType, TimeUnit, Type};
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::column::reader::ColumnReaderImpl;
use parquet::data_type::{ByteArrayType, DataType, Int32Type, Int64Type, Int96Type};
use parquet::errors::{ParquetError, Result as Parquet};
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};
use parquet::file::reader::{ChunkReader, Length, SerializedPageReader};
use parquet::schema::types::ColumnDescPtr;

use crate::finding::guarded;
use crate::load::files::{LARGEST_ARTICLE, reason, too_large, up_to};
use crate::load::paths::shown;
use crate::load::records::{Fields, Record, Row, day, missing};
use crate::load::seen::note;
use crate::load::unpack::Frames;

/// The most bytes of a page, packed or not, and of the description at the end of a file.
const LARGEST_PAGE: u64 = 256 << 20;

/// The rows of a Parquet file as records.
pub struct Rows {
    file: Arc<Source>,
    name: String,
    fields: Fields,
    known: ParquetMetaData,
    /// Where in the schema the text, its name and its day stand.
    columns: [Option<usize>; 3],
    /// Row groups that were begun.
    begun: usize,
    /// Rows that were passed before the group that is read.
    before: u64,
    group: Option<Group>,
    counter: Arc<AtomicU64>,
}

/// A row group that is being read.
struct Group {
    /// Its columns: text, name, day.
    columns: [Option<Column>; 3],
    rows: u64,
    /// Rows of it that were read.
    read: u64,
    /// Bytes that it takes in the file.
    bytes: u64,
}

impl Rows {
    /// Opens a file, and counts the bytes that are passed in it.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn open(path: &Path, fields: &Fields, counter: &Arc<AtomicU64>) -> Result<Self, String> {
        let known = std::fs::metadata(path).map_err(|error| reason(&error))?;
        if !known.is_file() {
            return Err("Parquet is read from a file, for it begins at its end".to_owned());
        }
        note(path);
        let file = File::open(path).map_err(|error| reason(&error))?;
        let file = Arc::new(Source { file, len: known.len() });
        let described = || ParquetMetaDataReader::new().parse_and_finish(&*file);
        let known = guarded(described).and_then(|known| known.map_err(|error| said(&error)))?;
        let columns = columns(&known, fields)?;
        Ok(Self {
            file,
            name: shown(path),
            fields: fields.clone(),
            known,
            columns,
            begun: 0,
            before: 0,
            group: None,
            counter: Arc::clone(counter),
        })
    }

    /// Begins the next row group; `None` where there is none.
    fn begin(&mut self) -> Option<Result<Group, String>> {
        let number = self.begun;
        if number == self.known.num_row_groups() {
            return None;
        }
        self.begun += 1;
        let (known, file) = (&self.known, &self.file);
        let columns = self.columns;
        let begun = guarded(|| -> Result<Group, String> {
            let group = known.row_group(number);
            let mut read: [Option<Column>; 3] = [None, None, None];
            for (column, at) in read.iter_mut().zip(columns) {
                let Some(at) = at else { continue };
                *column = Some(Column::of(file, known, number, at)?);
            }
            let bytes = u64::try_from(group.compressed_size()).unwrap_or(0);
            Ok(Group { columns: read, rows: rows(known, number), read: 0, bytes })
        });
        Some(begun.and_then(|begun| begun))
    }

    /// The next record of the group that is read; `None` at its end.
    fn row(&mut self) -> Option<Row> {
        let group = self.group.as_mut()?;
        if group.read == group.rows {
            self.before += group.rows;
            self.group = None;
            return None;
        }
        let done = |read: u64| part(group.bytes, read, group.rows);
        self.counter.fetch_add(done(group.read + 1) - done(group.read), Ordering::Relaxed);
        group.read += 1;
        let number = self.before + group.read;
        let read = guarded(|| group.next(&self.fields)).and_then(|read| read);
        let record = match read {
            Ok(record) => record,
            Err(reason) => {
                let last = self.before + group.rows;
                self.before = last;
                self.group = None;
                Err(unread(&reason, number, last))
            }
        };
        Some(Row { place: format!("{}:{number}", self.name), record })
    }
}

/// Says what is not read where the rest of a row group cannot be.
fn unread(reason: &str, first: u64, last: u64) -> String {
    if first < last {
        format!("{reason}; rows {first} to {last} are not read")
    } else {
        reason.to_owned()
    }
}

/// So many of `all` as `some` are of `whole`.
fn part(all: u64, some: u64, whole: u64) -> u64 {
    let part = u128::from(all) * u128::from(some) / u128::from(whole.max(1));
    u64::try_from(part).unwrap_or(all)
}

/// The rows of a group.
fn rows(known: &ParquetMetaData, group: usize) -> u64 {
    u64::try_from(known.row_group(group).num_rows()).unwrap_or(0)
}

impl Iterator for Rows {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        loop {
            if let Some(row) = self.row() {
                return Some(row);
            }
            match self.begin()? {
                Ok(group) => self.group = Some(group),
                Err(reason) => {
                    let first = self.before + 1;
                    self.before += rows(&self.known, self.begun - 1);
                    let place = format!("{}:{first}", self.name);
                    return Some(Row { place, record: Err(unread(&reason, first, self.before)) });
                }
            }
        }
    }
}

impl Group {
    /// The next row. What is wrong with it alone is the inner error; behind the outer one nothing of the
    /// group can be read.
    fn next(&mut self, fields: &Fields) -> Result<Result<Record, String>, String> {
        let [text, id, published] = &mut self.columns;
        let cell = |column: &mut Option<Column>| column.as_mut().map_or(Ok(None), Column::next);
        let (text, id, published) = (cell(text)?, cell(id)?, cell(published)?);
        let written = |cell: Option<Cell>, name: &str| match cell {
            None => Ok(None),
            Some(Cell::Whole(number)) => Ok(Some(number)),
            Some(Cell::Bytes(bytes)) => match String::from_utf8(bytes) {
                Ok(text) => Ok(Some(text)),
                Err(_) => Err(format!("`{name}` is not UTF-8 text")),
            },
            Some(Cell::Day(_)) => Ok(None),
        };
        let record = || {
            if let Some(Cell::Bytes(bytes)) = &text
                && LARGEST_ARTICLE < bytes.len() as u64
            {
                return Err(too_large(LARGEST_ARTICLE));
            }
            let published = match published {
                Some(Cell::Day(Some(day))) => Some(day),
                Some(Cell::Day(None)) => return Err(no_day(&fields.published)),
                stated => day(written(stated, &fields.published)?, fields)?,
            };
            let text = written(text, &fields.text)?.ok_or_else(|| missing(fields))?;
            Ok(Record { id: written(id, &fields.id)?, text, published })
        };
        Ok(record())
    }
}

fn no_day(name: &str) -> String {
    format!("`{name}` is no day between the years 1 and 9999")
}

/// Where text, name and day stand; that there is a text is all that must be.
fn columns(known: &ParquetMetaData, fields: &Fields) -> Result<[Option<usize>; 3], String> {
    let all = known.file_metadata().schema_descr();
    let names = [&fields.text, &fields.id, &fields.published];
    let at = |name: &str| all.columns().iter().position(|one| one.path().parts() == [name]);
    let found = names.map(|name| at(name));
    if found[0].is_none() {
        let names: Vec<String> = all.columns().iter().map(|one| one.path().string()).collect();
        let (text, names) = (&fields.text, names.join(", "));
        return Err(format!("there is no column `{text}`, but {names}; name one by --text-field"));
    }
    Ok(found)
}

/// What a row has in a column.
enum Cell {
    Bytes(Vec<u8>),
    /// A whole number, as it is written.
    Whole(String),
    /// A day; `None` where the calendar has none.
    Day(Option<Date>),
}

/// A column of a row group.
struct Column {
    values: Values,
    kind: Kind,
}

/// How values are laid down.
enum Values {
    Bytes(ColumnReaderImpl<ByteArrayType>),
    Int(ColumnReaderImpl<Int32Type>),
    Long(ColumnReaderImpl<Int64Type>),
    /// A day of the Julian count and nanoseconds, as older programs write time stamps.
    Julian(ColumnReaderImpl<Int96Type>),
}

/// What values stand for.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Signed,
    Unsigned,
    /// So many of a day from the beginning of 1970.
    Since(i64),
}

/// The day that the Julian count gives 1 January 1970.
const JULIAN: i64 = 2_440_588;
const SECONDS: i64 = 86_400;

impl Column {
    fn of(
        file: &Arc<Source>,
        known: &ParquetMetaData,
        group: usize,
        at: usize,
    ) -> Result<Self, String> {
        let chunk = known.row_group(group).column(at);
        let described = known.file_metadata().schema_descr().column(at);
        let name = described.path().string();
        if 0 < described.max_rep_level() {
            return Err(format!("the column `{name}` is a list"));
        }
        let kind = Kind::of(&described).ok_or_else(|| {
            format!("the column `{name}` is {}, no text and no day", described.physical_type())
        })?;
        let (begins, length) = chunk.byte_range();
        if begins.checked_add(length).is_none_or(|end| file.len < end) {
            return Err(broken("a column ends behind the end of the file"));
        }
        // Pages come as they are, and are unpacked here, up to a limit.
        let packing = chunk.compression();
        let bare = chunk.clone().into_builder().set_compression(Compression::UNCOMPRESSED).build();
        let rows = usize::try_from(rows(known, group)).unwrap_or(usize::MAX);
        let pages = bare
            .and_then(|bare| SerializedPageReader::new(Arc::clone(file), &bare, rows, None))
            .map_err(|error| said(&error))?;
        let pages: Box<dyn PageReader> = Box::new(Pages { pages, packing });
        let values = match described.physical_type() {
            Type::BYTE_ARRAY => Values::Bytes(ColumnReaderImpl::new(described, pages)),
            Type::INT32 => Values::Int(ColumnReaderImpl::new(described, pages)),
            Type::INT64 => Values::Long(ColumnReaderImpl::new(described, pages)),
            _ => Values::Julian(ColumnReaderImpl::new(described, pages)),
        };
        Ok(Self { values, kind })
    }

    fn next(&mut self) -> Result<Option<Cell>, String> {
        let read = match &mut self.values {
            Values::Bytes(values) => {
                let value = one(values)?;
                return Ok(value.map(|value| Cell::Bytes(value.data().to_vec())));
            }
            Values::Int(values) => one(values)?.map(|value| match self.kind {
                Kind::Unsigned => i64::from(value.cast_unsigned()),
                _ => i64::from(value),
            }),
            Values::Long(values) => one(values)?,
            Values::Julian(values) => {
                let day = one(values)?.and_then(|value| value.data().last().copied());
                day.map(|day| i64::from(day) - JULIAN)
            }
        };
        Ok(read.map(|value| match self.kind {
            Kind::Since(parts) => Cell::Day(day_since(value.div_euclid(parts))),
            Kind::Unsigned => Cell::Whole(value.cast_unsigned().to_string()),
            Kind::Text | Kind::Signed => Cell::Whole(value.to_string()),
        }))
    }
}

/// The day so many days behind 1 January 1970.
fn day_since(days: i64) -> Option<Date> {
    let days = jiff::Span::new().try_days(days).ok()?;
    let day = Date::constant(1970, 1, 1).checked_add(days).ok()?;
    (1 <= day.year()).then_some(day)
}

impl Kind {
    /// What a column has; `None` where it is neither a text nor a number nor a day.
    fn of(described: &ColumnDescPtr) -> Option<Self> {
        let logical = described.logical_type_ref();
        let converted = described.converted_type();
        let since = |parts: i64| Some(Self::Since(SECONDS * parts));
        match (described.physical_type(), logical, converted) {
            (Type::BYTE_ARRAY, ..) => Some(Self::Text),
            (Type::INT32, Some(LogicalType::Date), _) | (Type::INT32, _, ConvertedType::DATE) => {
                Some(Self::Since(1))
            }
            (Type::INT64, Some(LogicalType::Timestamp(stamp)), _) => match stamp.unit {
                TimeUnit::MILLIS => since(1_000),
                TimeUnit::MICROS => since(1_000_000),
                TimeUnit::NANOS => since(1_000_000_000),
            },
            (Type::INT64, _, ConvertedType::TIMESTAMP_MILLIS) => since(1_000),
            (Type::INT64, _, ConvertedType::TIMESTAMP_MICROS) => since(1_000_000),
            (
                Type::INT32 | Type::INT64,
                _,
                ConvertedType::UINT_8
                | ConvertedType::UINT_16
                | ConvertedType::UINT_32
                | ConvertedType::UINT_64,
            ) => Some(Self::Unsigned),
            (Type::INT32 | Type::INT64, ..) => Some(Self::Signed),
            (Type::INT96, ..) => Some(Self::Since(1)),
            _ => None,
        }
    }
}

/// The next value of a column; `None` where the row has none.
fn one<T: DataType>(values: &mut ColumnReaderImpl<T>) -> Result<Option<T::T>, String> {
    let (mut read, mut levels) = (Vec::with_capacity(1), Vec::with_capacity(1));
    let done = values.read_records(1, Some(&mut levels), None, &mut read);
    match done.map_err(|error| said(&error))? {
        (0, ..) => Err(broken("a column ends before its last row")),
        _ => Ok(read.pop()),
    }
}

fn broken(what: &str) -> String {
    format!("this is no Parquet, or damaged: {what}")
}

fn said(error: &ParquetError) -> String {
    match error {
        ParquetError::General(what) | ParquetError::NYI(what) | ParquetError::EOF(what) => {
            broken(what)
        }
        ParquetError::External(error) => error.to_string(),
        error => broken(&error.to_string()),
    }
}

/// A file of which no more is read at once than a page may have.
struct Source {
    file: File,
    len: u64,
}

impl Source {
    fn at(&self, start: u64) -> std::io::Result<File> {
        let mut file = self.file.try_clone()?;
        file.seek(SeekFrom::Start(start))?;
        Ok(file)
    }
}

impl Length for Source {
    fn len(&self) -> u64 {
        self.len
    }
}

impl ChunkReader for Source {
    type T = BufReader<File>;

    fn get_read(&self, start: u64) -> Parquet<Self::T> {
        Ok(BufReader::new(self.at(start)?))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Parquet<Bytes> {
        let wanted = length as u64;
        if LARGEST_PAGE < wanted {
            return Err(ParquetError::General(format!("a page of {wanted} bytes")));
        }
        let mut bytes = Vec::new();
        self.at(start)?.take(wanted).read_to_end(&mut bytes)?;
        if bytes.len() < length {
            return Err(ParquetError::EOF("the file ends within a page".to_owned()));
        }
        Ok(bytes.into())
    }
}

/// Pages, unpacked as they come.
struct Pages {
    pages: SerializedPageReader<Source>,
    packing: Compression,
}

/// Unpacks a page, or its values.
fn unpack(packing: Compression, packed: &Bytes) -> Parquet<Bytes> {
    // Of a page in which no row has a value nothing is packed.
    if packed.is_empty() || packing == Compression::UNCOMPRESSED {
        return Ok(packed.clone());
    }
    let packed: &[u8] = packed;
    let unpacked = match packing {
        Compression::SNAPPY => unsnap(packed),
        Compression::GZIP(_) => up_to(MultiGzDecoder::new(packed), LARGEST_PAGE),
        Compression::ZSTD(_) => up_to(Frames::new(packed), LARGEST_PAGE),
        other => Err(format!("pages packed as {other} are not read, but snappy, gzip and zstd")),
    };
    unpacked.map(Bytes::from).map_err(ParquetError::General)
}

fn unsnap(packed: &[u8]) -> Result<Vec<u8>, String> {
    let size = snap::raw::decompress_len(packed).map_err(|error| error.to_string())?;
    if LARGEST_PAGE < size as u64 {
        return Err(too_large(LARGEST_PAGE));
    }
    snap::raw::Decoder::new().decompress_vec(packed).map_err(|error| error.to_string())
}

impl Pages {
    fn page(&self, mut page: Page) -> Parquet<Page> {
        if self.packing == Compression::UNCOMPRESSED {
            return Ok(page);
        }
        match &mut page {
            Page::DataPage { buf, .. } | Page::DictionaryPage { buf, .. } => {
                *buf = unpack(self.packing, buf)?;
            }
            Page::DataPageV2 { is_compressed: false, .. } => {}
            Page::DataPageV2 { buf, def_levels_byte_len, rep_levels_byte_len, .. } => {
                // What says which rows have a value is not packed.
                let levels = u64::from(*def_levels_byte_len) + u64::from(*rep_levels_byte_len);
                let levels = usize::try_from(levels).unwrap_or(usize::MAX);
                if buf.len() < levels {
                    return Err(ParquetError::EOF("a page ends early".to_owned()));
                }
                let values = unpack(self.packing, &buf.slice(levels..))?;
                *buf = [&buf[..levels], &values].concat().into();
            }
        }
        Ok(page)
    }
}

impl Iterator for Pages {
    type Item = Parquet<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> Parquet<Option<Page>> {
        self.pages.get_next_page()?.map(|page| self.page(page)).transpose()
    }

    fn peek_next_page(&mut self) -> Parquet<Option<PageMetadata>> {
        self.pages.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Parquet<()> {
        self.pages.skip_next_page()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression as Level;
    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    /// A page as it stands in a file that is packed in some way, unpacked.
    fn unpacked(packing: Compression, packed: Vec<u8>) -> Parquet<Bytes> {
        unpack(packing, &packed.into())
    }

    #[test]
    fn pages_are_unpacked_up_to_a_limit() {
        let text = b"one two two two two".repeat(9);
        let mut gzip = GzEncoder::new(Vec::new(), Level::fast());
        gzip.write_all(&text).unwrap();
        let snappy = snap::raw::Encoder::new().compress_vec(&text).unwrap();
        let zstd = compress_to_vec(&text[..], CompressionLevel::Fastest);
        for (packing, packed) in [
            (Compression::UNCOMPRESSED, text.clone()),
            (Compression::SNAPPY, snappy),
            (Compression::GZIP(parquet::basic::GzipLevel::default()), gzip.finish().unwrap()),
            (Compression::ZSTD(parquet::basic::ZstdLevel::default()), zstd),
        ] {
            assert_eq!(unpacked(packing, packed.clone()).unwrap(), text);
            assert!(unpacked(packing, Vec::new()).unwrap().is_empty());
            if packing != Compression::UNCOMPRESSED {
                assert!(unpacked(packing, packed[..packed.len() - 9].to_vec()).is_err());
            }
        }
        // The size that a page states is not believed.
        let lying = [0xff, 0xff, 0xff, 0xff, 0x0f];
        assert!(unpacked(Compression::SNAPPY, lying.to_vec()).is_err());
        let other = unpacked(Compression::LZ4_RAW, vec![1]).unwrap_err().to_string();
        assert!(other.contains("LZ4_RAW") && other.contains("snappy, gzip and zstd"), "{other}");
    }

    #[test]
    fn days_are_counted_from_1970() {
        let day = |days| day_since(days).map(|day| day.to_string());
        assert_eq!(day(0).as_deref(), Some("1970-01-01"));
        assert_eq!(day(-1).as_deref(), Some("1969-12-31"));
        assert_eq!(day(18_383).as_deref(), Some("2020-05-01"));
        assert_eq!(day(-719_162).as_deref(), Some("0001-01-01"));
        for none in [-719_163, 2_932_897, i64::MIN, i64::MAX] {
            assert_eq!(day(none), None);
        }
        // The evening before the beginning of the count is the day before.
        assert_eq!((-1_i64).div_euclid(SECONDS), -1);
    }

    #[test]
    fn what_is_not_read_is_told_by_its_rows() {
        assert_eq!(unread("this", 3, 9), "this; rows 3 to 9 are not read");
        assert_eq!(unread("this", 9, 9), "this");
        assert_eq!([part(10, 0, 3), part(10, 1, 3), part(10, 3, 3)], [0, 3, 10]);
        assert_eq!(part(u64::MAX, u64::MAX, u64::MAX), u64::MAX);
    }
}
