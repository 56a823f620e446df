//! Crossfoot for Python: what the package `crossfoot` rests on. Texts go in, JSON or Arrow comes out; the types
//! that people see are in `python/crossfoot`.

mod batches;

use std::ffi::OsString;
use std::path::Path;

use crossfoot::document::{Encoding, Offsets};
use crossfoot::report::{
    Differences, FactRow, FindingRow, MentionLine, differing_row, fact_rows, json,
};
use crossfoot::{Checker, Date, Options, Report, Sources};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3_arrow::PyRecordBatchReader;
use pyo3_arrow::input::AnyRecordBatch;

use crate::batches::{Columns, Findings};

/// The rules that are built in, and those of further files.
#[pyclass(frozen, module = "crossfoot._crossfoot")]
struct Rules(crossfoot::Rules);

#[pymethods]
impl Rules {
    #[new]
    #[pyo3(signature = (files = None))]
    fn new(files: Option<Vec<(String, String)>>) -> PyResult<Self> {
        let Some(files) = files else { return Ok(Self(crossfoot::Rules::built_in())) };
        let files = files.iter().map(|(name, text)| (&**name, &**text));
        let rules = crossfoot::Rules::with(files);
        rules.map(Self).map_err(|error| PyValueError::new_err(error.to_string()))
    }

    /// The names of the rules.
    fn ids(&self) -> Vec<String> {
        self.0.ids().map(str::to_owned).collect()
    }
}

/// What a text is checked by, beside the day of its publication.
#[pyclass(frozen, module = "crossfoot._crossfoot")]
struct Check(Checker, Options);

#[pymethods]
impl Check {
    #[new]
    fn new(
        rules: Option<&Rules>,
        select: Vec<String>,
        ignore: Vec<String>,
        preview: bool,
    ) -> PyResult<Self> {
        let rules = rules.map_or_else(crossfoot::Rules::built_in, |rules| rules.0.clone());
        if let Some(name) = select.iter().chain(&ignore).find(|name| !is_rule(&rules, name)) {
            return Err(PyValueError::new_err(format!("there is no rule `{name}`")));
        }
        let options = select.into_iter().fold(Options::new().preview(preview), Options::select);
        let options = ignore.into_iter().fold(options, Options::ignore);
        Ok(Self(Checker::new(&rules), options))
    }

    /// The report on a text, as JSON.
    fn report(
        &self,
        py: Python<'_>,
        name: &str,
        text: &str,
        published: Option<&str>,
    ) -> PyResult<String> {
        let day = published.map(day).transpose()?;
        py.detach(|| {
            let report = self.checked(name, text, day);
            match report.findings.iter().find(|finding| finding.broken_input) {
                Some(broken) => Err(PyRuntimeError::new_err(broken.message.clone())),
                None => Ok(json(&report)),
            }
        })
    }

    /// The figures and dates of a text, as JSON.
    fn mentions(
        &self,
        py: Python<'_>,
        name: &str,
        text: &str,
        published: Option<&str>,
    ) -> PyResult<String> {
        let day = published.map(day).transpose()?;
        py.detach(|| {
            crossfoot::finding::guarded(|| self.read(name, text, day))
                .map_err(PyRuntimeError::new_err)
        })
    }

    /// The facts of a text that those of others can be held against, as JSON.
    fn facts(
        &self,
        py: Python<'_>,
        name: &str,
        text: &str,
        published: Option<&str>,
    ) -> PyResult<String> {
        let day = published.map(day).transpose()?;
        py.detach(|| {
            let options = self.1.clone().published(day).lists_facts(true);
            let report = self.0.clone().options(options).article(name, text);
            Ok(serde_json::to_string(&fact_rows(&report)).unwrap_or_default())
        })
    }

    /// A reader of findings of what a reader of texts has, batch by batch.
    fn batches(
        &self,
        texts: AnyRecordBatch,
        text: String,
        id: Option<String>,
        published: Option<String>,
        jobs: Option<usize>,
    ) -> PyResult<PyRecordBatchReader> {
        let columns = Columns { text, id, published };
        let check = (self.0.clone(), self.1.clone());
        let findings = Findings::new(texts.into_reader()?, columns, check, jobs);
        let findings = findings.map_err(|error| PyValueError::new_err(error.to_string()))?;
        Ok(PyRecordBatchReader::new(Box::new(findings)))
    }
}

impl Check {
    fn checked(&self, name: &str, text: &str, day: Option<Date>) -> Report {
        self.0.clone().options(self.1.clone().published(day)).article(name, text)
    }

    fn read(&self, name: &str, text: &str, day: Option<Date>) -> String {
        let checker = self.0.clone().options(self.1.clone().published(day));
        let mut sources = Sources::new();
        let id = sources.add(name, text);
        let reading = checker.read(&sources, id);
        let mut offsets = Offsets::new(reading.text(), Encoding::Utf8);
        let mut all = Vec::new();
        for mention in reading.mentions() {
            let range = reading.place(mention.range.clone()).range();
            let words = &reading.text()[range.clone()];
            let counted = mention.counted.clone().map(|noun| &reading.prose()[noun]);
            let place = offsets.to_file(range.start)..offsets.to_file(range.end);
            all.extend(MentionLine::new(mention, place, words, counted));
        }
        serde_json::to_string(&all).unwrap_or_default()
    }
}

fn is_rule(rules: &crossfoot::Rules, name: &str) -> bool {
    rules.ids().any(|id| id == name) || crossfoot::Check::find(name).is_some()
}

fn day(text: &str) -> PyResult<Date> {
    let wrong =
        |_| PyValueError::new_err(format!("`{text}` is no day; it is written as 2025-08-07"));
    text.parse().map_err(wrong)
}

/// Where facts differ, all of a fact given together, as JSON of findings; the facts as JSON too.
#[pyfunction]
fn differing(py: Python<'_>, facts: &str) -> PyResult<String> {
    py.detach(|| {
        let facts: Result<Vec<FactRow>, _> = serde_json::from_str(facts);
        let mut facts = facts.map_err(|error| PyValueError::new_err(error.to_string()))?;
        facts.sort_unstable();
        let level = crossfoot::Check::DiffersAcrossArticles.severity();
        let all = Differences::of(facts.into_iter()).map(|one| differing_row(&one, level));
        Ok(serde_json::to_string(&all.collect::<Vec<FindingRow>>()).unwrap_or_default())
    })
}

/// Runs the command with these arguments, the name of the program first. Returns the exit code.
#[pyfunction]
fn command(py: Python<'_>, arguments: Vec<OsString>, program: &str) -> u8 {
    py.detach(|| crossfoot::cli::run(arguments, Path::new(program)))
}

#[pymodule]
fn _crossfoot(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<Rules>()?;
    module.add_class::<Check>()?;
    module.add_function(wrap_pyfunction!(differing, module)?)?;
    module.add_function(wrap_pyfunction!(command, module)?)
}
