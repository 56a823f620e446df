//! `check --annotate OUT`: a copy of the article with each finding beside its words.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::checks::Check;
use crate::cli::output::{Sink, cannot, is_free};
use crate::cli::run::Checked;
use crate::document::{Note, annotate};
use crate::load::{is_toml, read_again, shown};
use crate::report::said_beside;
use crate::source::SourceId;

/// Writes the copy.
///
/// # Errors
/// Why it cannot be written.
pub(super) fn write(checked: &Checked, out: &Path) -> Result<(), String> {
    let report = &checked.report;
    let mut articles: Vec<(SourceId, &PathBuf)> = checked
        .texts
        .iter()
        .filter(|(_, path)| !is_toml(path))
        .map(|(source, path)| (*source, path))
        .collect();
    articles.sort_unstable();
    let [(article, path)] = *articles else {
        return Err(format!("--annotate takes one article, and these are {}", articles.len()));
    };
    let source = report.sources.get(article);
    if !path.is_file() {
        return Err("--annotate needs a file, not standard input or a pipe".to_owned());
    }
    is_free(out).map_err(|error| cannot(out, &error))?;
    let failed = |reason: String| format!("{}: {reason}", shown(path));
    let file = read_again(path).map_err(failed)?;
    let notes: Vec<Note> = report
        .findings
        .iter()
        .filter_map(|finding| {
            let place = finding.places().find(|place| place.source == article)?;
            Some(Note {
                range: place.range(),
                rule: finding.rule.to_string(),
                lines: said_beside(finding, &report.sources),
                is_of_markup: finding.rule == Check::SwallowedFigure,
            })
        })
        .collect();
    let content = source.content();
    let copy = annotate(&file, (&content, &path.to_string_lossy()), &notes, &checked.author)
        .map_err(failed)?;
    let written = || -> io::Result<()> {
        let mut sink = Sink::file(out)?;
        sink.write_all(&copy)?;
        sink.finish(|| is_free(out))
    };
    written().map_err(|error| cannot(out, &error))
}
