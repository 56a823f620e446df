//! What texts came to that are checked one behind another, as it is written: lines of JSON, or a table.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

#[cfg(feature = "parquet")]
use crate::cli::columns::Columns;
use crate::cli::output::Sink;
#[cfg(not(feature = "parquet"))]
use crate::load::NO_PARQUET;
use crate::report::{
    Differing, FindingRow, Report, Totals, across_jsonl, differing_row, end_jsonl, rows, text_jsonl,
};
use crate::severity::Severity;

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Lines of JSON, with relations or without.
    Lines { relations: bool },
    /// Parquet, a row for each finding.
    Table,
}

/// What a text came to.
#[derive(Deserialize, Serialize)]
pub(super) enum Told {
    Lines(String),
    Rows(Vec<FindingRow>),
}

impl Told {
    /// What a report says.
    pub(super) fn of(report: &Report, form: Form) -> Self {
        match form {
            Form::Lines { relations } => Self::Lines(text_jsonl(report, relations)),
            Form::Table => Self::Rows(rows(report)),
        }
    }

    /// What is said of a fact that articles state differently.
    pub(super) fn across(one: &Differing, level: Severity, form: Form) -> Self {
        match form {
            Form::Lines { .. } => Self::Lines(across_jsonl(one, level)),
            Form::Table => Self::Rows(vec![differing_row(one, level)]),
        }
    }
}

/// Where it goes.
pub(super) enum Output {
    Lines(Sink),
    #[cfg(feature = "parquet")]
    Table(Box<Columns<Sink>>),
}

impl Output {
    /// Begins to write.
    ///
    /// # Errors
    /// Why that cannot be done.
    #[cfg(feature = "parquet")]
    pub(super) fn begin(form: Form, sink: Sink) -> io::Result<Self> {
        Ok(match form {
            Form::Lines { .. } => Self::Lines(sink),
            Form::Table => Self::Table(Box::new(Columns::new(sink)?)),
        })
    }

    /// Begins to write.
    ///
    /// # Errors
    /// Why that cannot be done.
    #[cfg(not(feature = "parquet"))]
    pub(super) fn begin(form: Form, sink: Sink) -> io::Result<Self> {
        match form {
            Form::Lines { .. } => Ok(Self::Lines(sink)),
            Form::Table => Err(io::Error::other(NO_PARQUET)),
        }
    }

    /// Writes what a text came to.
    pub(super) fn put(&mut self, told: Told) -> io::Result<()> {
        match (self, told) {
            (Self::Lines(sink), Told::Lines(lines)) => sink.write_all(lines.as_bytes()),
            #[cfg(feature = "parquet")]
            (Self::Table(table), Told::Rows(rows)) => table.put(rows),
            // What is kept hangs on the form too, so that it is never of another one.
            _ => Ok(()),
        }
    }

    /// Lets whoever reads along see what there is.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Lines(sink) => sink.flush(),
            // A table cannot be read before it ends.
            #[cfg(feature = "parquet")]
            Self::Table(_) => Ok(()),
        }
    }

    /// Writes what stands behind everything.
    pub(super) fn end(self, totals: &Totals) -> io::Result<Sink> {
        match self {
            Self::Lines(mut sink) => {
                sink.write_all(end_jsonl(totals).as_bytes())?;
                Ok(sink)
            }
            #[cfg(feature = "parquet")]
            Self::Table(table) => table.end(),
        }
    }
}
