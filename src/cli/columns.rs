//! Findings as a Parquet file: a row each, a row group at a time.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::errors::{ParquetError, Result as Parquet};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use crate::report::FindingRow;

/// Rows of a row group at most.
const MOST_ROWS: usize = 1 << 16;
/// Bytes of rows that are held, give or take the last one.
const HELD: usize = 16 << 20;

/// The columns of `FindingRow`, in their order.
const COLUMNS: &str = "message findings {
    required binary id (UTF8);
    required binary rule (UTF8);
    required binary severity (UTF8);
    required binary message (UTF8);
    required int64 start;
    required int64 end;
    required binary text (UTF8);
    required binary steps (UTF8);
    optional binary computed (UTF8);
}";

/// A Parquet file of findings that grows.
pub(super) struct Columns<W: Write + Send> {
    file: SerializedFileWriter<W>,
    held: Vec<FindingRow>,
    /// Bytes of what is held.
    bytes: usize,
}

impl<W: Write + Send> Columns<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub(super) fn new(out: W) -> io::Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("crossfoot version ", env!("CARGO_PKG_VERSION")).to_owned());
        let begun = parse_message_type(COLUMNS).and_then(|columns| {
            SerializedFileWriter::new(out, Arc::new(columns), Arc::new(properties.build()))
        });
        Ok(Self { file: begun.map_err(failed)?, held: Vec::new(), bytes: 0 })
    }

    /// Adds findings, and writes a row group where there are enough for one.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub(super) fn put(&mut self, rows: impl IntoIterator<Item = FindingRow>) -> io::Result<()> {
        for row in rows {
            self.bytes += [&row.id, &row.message, &row.text, &row.steps]
                .map(String::len)
                .iter()
                .sum::<usize>();
            self.held.push(row);
            if HELD <= self.bytes || MOST_ROWS <= self.held.len() {
                self.group()?;
            }
        }
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub(super) fn end(mut self) -> io::Result<W> {
        if !self.held.is_empty() {
            self.group()?;
        }
        self.file.into_inner().map_err(failed)
    }

    fn group(&mut self) -> io::Result<()> {
        self.bytes = 0;
        let held = std::mem::take(&mut self.held);
        let mut written = || {
            let mut group = self.file.next_row_group()?;
            write(&mut group, &held)?;
            group.close().map(|_| ())
        };
        written().map_err(failed)
    }
}

/// Writes rows, a column behind another.
fn write<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    rows: &[FindingRow],
) -> Parquet<()> {
    let texts: [fn(&FindingRow) -> &String; 4] =
        [|row| &row.id, |row| &row.rule, |row| &row.severity, |row| &row.message];
    for text in texts {
        put_texts(group, rows.iter().map(|row| Some(text(row))), false)?;
    }
    let places: [fn(&FindingRow) -> i64; 2] = [|row| row.start, |row| row.end];
    for place in places {
        let values: Vec<i64> = rows.iter().map(place).collect();
        let mut column = group.next_column()?.ok_or_else(too_few)?;
        column.typed::<Int64Type>().write_batch(&values, None, None)?;
        column.close()?;
    }
    put_texts(group, rows.iter().map(|row| Some(&row.text)), false)?;
    put_texts(group, rows.iter().map(|row| Some(&row.steps)), false)?;
    put_texts(group, rows.iter().map(|row| row.computed.as_ref()), true)
}

fn put_texts<'r, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    texts: impl Iterator<Item = Option<&'r String>> + Clone,
    may_be_absent: bool,
) -> Parquet<()> {
    let values: Vec<ByteArray> = texts.clone().flatten().map(|text| (&**text).into()).collect();
    let levels: Vec<i16> = texts.map(|text| i16::from(text.is_some())).collect();
    let levels = may_be_absent.then_some(&*levels);
    let mut column = group.next_column()?.ok_or_else(too_few)?;
    column.typed::<ByteArrayType>().write_batch(&values, levels, None)?;
    column.close()
}

fn too_few() -> ParquetError {
    ParquetError::General("a row group has fewer columns than its file".to_owned())
}

/// The error of the file itself, where it is one.
fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        error => io::Error::other(error.to_string()),
    }
}
