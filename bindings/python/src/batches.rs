//! Texts in Arrow's record batches, and the findings in them as record batches.

use std::sync::Arc;

use arrow_array::builder::{Int64Builder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::Date32Type;
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchReader};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use crossfoot::checks::Check;
use crossfoot::report::{FindingRow, rows};
use crossfoot::{Checker, Date, Options, Severity};
use rayon::prelude::*;

/// What the columns are called.
pub(crate) struct Columns {
    pub(crate) text: String,
    pub(crate) id: Option<String>,
    pub(crate) published: Option<String>,
}

/// A reader of findings over a reader of texts. Of each batch that is asked for, one batch of texts is read, the
/// rows of it are checked in parallel, and what they came to is all that stays.
pub(crate) struct Findings {
    texts: Box<dyn RecordBatchReader + Send>,
    text: usize,
    id: Option<usize>,
    published: Option<usize>,
    checker: Checker,
    options: Options,
    pool: Option<rayon::ThreadPool>,
    /// The rows that were read before.
    rows: i64,
    schema: SchemaRef,
}

/// The columns of findings. Their order, names and types are promised: new ones come at the end.
fn schema() -> SchemaRef {
    let field = |(name, kind, is_null): (&str, DataType, bool)| Field::new(name, kind, is_null);
    let fields = [
        ("row", DataType::Int64, false),
        ("id", DataType::Utf8, true),
        ("rule", DataType::Utf8, false),
        ("severity", DataType::Utf8, false),
        ("message", DataType::Utf8, false),
        ("start", DataType::Int64, false),
        ("end", DataType::Int64, false),
        ("text", DataType::Utf8, false),
        ("steps", DataType::Utf8, false),
        ("computed", DataType::Utf8, true),
    ];
    Arc::new(Schema::new(fields.into_iter().map(field).collect::<Vec<_>>()))
}

fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, values) => is_text(values),
        DataType::RunEndEncoded(_, values) => is_text(values.data_type()),
        _ => false,
    }
}

impl Findings {
    pub(crate) fn new(
        texts: Box<dyn RecordBatchReader + Send>,
        columns: Columns,
        (checker, options): (Checker, Options),
        jobs: Option<usize>,
    ) -> Result<Self, ArrowError> {
        let known = texts.schema();
        let at = |name: &str| {
            known.index_of(name).map_err(|_| {
                let names: Vec<&str> = known.fields().iter().map(|field| &**field.name()).collect();
                let names = names.join(", ");
                ArrowError::SchemaError(format!("there is no column `{name}`, but {names}"))
            })
        };
        let text = at(&columns.text)?;
        let kind = known.field(text).data_type();
        if !is_text(kind) {
            let name = &columns.text;
            return Err(ArrowError::SchemaError(format!("`{name}` is {kind}, and no text")));
        }
        let id = columns.id.as_deref().map(at).transpose()?;
        let published = columns.published.as_deref().map(at).transpose()?;
        let pool = match jobs {
            None => None,
            Some(jobs) => {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.clamp(1, 256)).build();
                Some(pool.map_err(|error| ArrowError::ExternalError(Box::new(error)))?)
            }
        };
        Ok(Self { texts, text, id, published, checker, options, pool, rows: 0, schema: schema() })
    }

    fn checked(&mut self, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let texts = Texts::of(batch.column(self.text))?;
        let text = |at: Option<usize>| -> Result<Option<ArrayRef>, ArrowError> {
            at.map(|at| cast(batch.column(at), &DataType::Utf8)).transpose()
        };
        let (ids, days) = (text(self.id)?, self.days(batch)?);
        let name = |row: usize| {
            let ids = ids.as_ref()?.as_string::<i32>();
            ids.is_valid(row).then(|| ids.value(row))
        };
        let check = |row: usize| -> Vec<FindingRow> {
            let Some(text) = texts.get(row) else { return Vec::new() };
            match days.as_ref().map_or(Ok(None), |days| days.get(row)) {
                Ok(day) => {
                    let options = self.options.clone().published(day);
                    let checker = self.checker.clone().options(options);
                    // What has no ending is plain text, whatever the rows are called.
                    rows(&checker.article("text", text))
                }
                Err(reason) => vec![unreadable(reason)],
            }
        };
        let all = 0..batch.num_rows();
        let all: Vec<Vec<FindingRow>> = match &self.pool {
            Some(pool) => pool.install(|| all.into_par_iter().map(check).collect()),
            None => all.into_par_iter().map(check).collect(),
        };
        let made = written(&self.schema, all, self.rows, name)?;
        self.rows += i64::try_from(batch.num_rows()).unwrap_or(i64::MAX);
        Ok(made)
    }

    fn days(&self, batch: &RecordBatch) -> Result<Option<Days>, ArrowError> {
        let Some(at) = self.published else { return Ok(None) };
        let column = batch.column(at);
        if is_text(column.data_type()) {
            return Ok(Some(Days::Written(Texts::of(column)?)));
        }
        Ok(Some(Days::Counted(cast(column, &DataType::Date32)?)))
    }
}

/// Texts in whatever kind of column Arrow has for them, none of them copied.
enum Texts {
    Short(ArrayRef),
    Long(ArrayRef),
    View(ArrayRef),
}

impl Texts {
    fn of(column: &ArrayRef) -> Result<Self, ArrowError> {
        Ok(match column.data_type() {
            DataType::Utf8 => Self::Short(Arc::clone(column)),
            DataType::LargeUtf8 => Self::Long(Arc::clone(column)),
            DataType::Utf8View => Self::View(Arc::clone(column)),
            // Of a dictionary each row is a view of its value.
            _ => Self::View(cast(column, &DataType::Utf8View)?),
        })
    }

    fn get(&self, row: usize) -> Option<&str> {
        let (Self::Short(column) | Self::Long(column) | Self::View(column)) = self;
        if column.is_null(row) {
            return None;
        }
        Some(match self {
            Self::Short(column) => column.as_string::<i32>().value(row),
            Self::Long(column) => column.as_string::<i64>().value(row),
            Self::View(column) => column.as_string_view().value(row),
        })
    }
}

/// Days of publication.
enum Days {
    Written(Texts),
    Counted(ArrayRef),
}

impl Days {
    fn get(&self, row: usize) -> Result<Option<Date>, String> {
        match self {
            Self::Written(texts) => match texts.get(row).filter(|text| !text.is_empty()) {
                None => Ok(None),
                Some(text) => {
                    let day = text.get(..10).and_then(|day| day.parse().ok());
                    day.map(Some)
                        .ok_or_else(|| format!("`{text}` is no day; it is written as 2025-08-07"))
                }
            },
            Self::Counted(days) if days.is_null(row) => Ok(None),
            Self::Counted(days) => {
                let day = days.as_primitive::<Date32Type>().value_as_date(row);
                let day = day.and_then(|day| day.to_string().parse().ok());
                day.map(Some)
                    .ok_or_else(|| "this day is before the year 1 or after 9999".to_owned())
            }
        }
    }
}

fn unreadable(reason: String) -> FindingRow {
    FindingRow {
        id: String::new(),
        rule: Check::UnreadableFile.to_string(),
        severity: Severity::Error.as_str().to_owned(),
        message: format!("this cannot be read: {reason}"),
        start: 0,
        end: 0,
        text: String::new(),
        steps: String::new(),
        computed: None,
    }
}

fn written<'n>(
    schema: &SchemaRef,
    all: Vec<Vec<FindingRow>>,
    before: i64,
    name: impl Fn(usize) -> Option<&'n str>,
) -> Result<RecordBatch, ArrowError> {
    let (mut rows, mut starts, mut ends) =
        (Int64Builder::new(), Int64Builder::new(), Int64Builder::new());
    let mut texts: [StringBuilder; 7] = std::array::from_fn(|_| StringBuilder::new());
    for (row, found) in all.into_iter().enumerate() {
        for one in found {
            rows.append_value(before.saturating_add(i64::try_from(row).unwrap_or(i64::MAX)));
            starts.append_value(one.start);
            ends.append_value(one.end);
            let [id, rule, severity, message, text, steps, computed] = &mut texts;
            id.append_option(name(row));
            rule.append_value(&one.rule);
            severity.append_value(&one.severity);
            message.append_value(&one.message);
            text.append_value(&one.text);
            steps.append_value(&one.steps);
            computed.append_option(one.computed.as_deref());
        }
    }
    let [id, rule, severity, message, text, steps, computed] =
        texts.map(|mut builder| Arc::new(builder.finish()) as ArrayRef);
    let columns: Vec<ArrayRef> = vec![
        Arc::new(rows.finish()),
        id,
        rule,
        severity,
        message,
        Arc::new(starts.finish()),
        Arc::new(ends.finish()),
        text,
        steps,
        computed,
    ];
    RecordBatch::try_new(Arc::clone(schema), columns)
}

impl Iterator for Findings {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.texts.next()?;
        Some(batch.and_then(|batch| self.checked(&batch)))
    }
}

impl RecordBatchReader for Findings {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}
