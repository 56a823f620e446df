//! The file of known findings: read before a report, or written instead.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::baseline::{Known, apply, read, written};
use crate::cli::commands::CheckArgs;
use crate::cli::output::{complain, replace};
use crate::cli::run::Checked;
use crate::finding;
use crate::load::{read_found, read_text, relative_to, shown, was_read};
use crate::report::plural;
use crate::source::{SourceId, Span};

/// What is asked of the file.
#[derive(Default)]
pub(super) struct Wish<'a> {
    /// The file that is named, instead of the one of the configuration.
    named: Option<&'a Path>,
    /// Whether it is written.
    is_written: bool,
    /// Whether the report is of a part of what its texts have.
    is_narrowed: bool,
    is_quiet: bool,
}

impl<'a> From<&'a CheckArgs> for Wish<'a> {
    fn from(args: &'a CheckArgs) -> Self {
        Self {
            named: args.write_baseline.as_deref().or(args.baseline.as_deref()),
            is_written: args.write_baseline.is_some(),
            is_narrowed: args.changed_since.is_some(),
            is_quiet: args.quiet,
        }
    }
}

/// Takes the known findings out of a report, or writes them down; how many there were.
///
/// # Errors
/// If the file cannot be read or written.
pub(super) fn consider(wish: &Wish<'_>, checked: &mut Checked) -> Result<usize, String> {
    let is_written = wish.is_written;
    let configured = if is_written { None } else { checked.baseline.clone() };
    let named = wish.named.map(Path::to_owned);
    let is_given = named.is_some();
    let Some(path) = named.or(configured) else { return Ok(0) };
    let name = shown(&path);
    let was_read = was_read(&path);
    checked.bounds.check(&path).map_err(|reason| format!("{name}: {reason}"))?;
    let text = match if is_given { read_text(&path) } else { read_found(&path) } {
        Ok(text) => Some(text),
        Err(_) if is_written && !path.exists() => None,
        Err(reason) => return Err(format!("{name}: {reason}")),
    };
    let known = match &text {
        Some(text) => {
            let id = checked.report.sources.add(&*name, &**text);
            let mut findings = Vec::new();
            let known = read(&checked.report.sources, id, &mut findings);
            let is_broken = !findings.is_empty();
            checked.report.findings.append(&mut findings);
            // An empty file that was read as something else would pass for an empty list.
            if is_written && (is_broken || was_read && text.trim().is_empty()) {
                return Err(format!("{name} is no file of known findings, and stays as it is"));
            }
            known
        }
        None => Vec::new(),
    };
    let folder = folder_of(&path);
    let relative = |file: &str| relative(file, &folder);
    // A run over a part of the texts says nothing of what else was known.
    let sources = &checked.report.sources;
    let files: HashMap<String, SourceId> = if wish.is_narrowed {
        HashMap::new()
    } else {
        sources.ids().map(|id| (relative(sources.get(id).name()), id)).collect()
    };
    let is_whole = checked.is_whole && !wish.is_narrowed;
    let is_covered = |one: &&Known| {
        let file = files.get(&one.file).copied();
        (is_whole || file.is_some()) && checked.asks_for(&one.rule, file)
    };
    let covered: HashSet<Span> = known.iter().filter(is_covered).map(|one| one.span).collect();
    let covers = |one: &Known| covered.contains(&one.span);
    if is_written {
        if checked.failed || checked.report.has_broken_input() {
            return Err(format!("{name} is not written: not everything could be read"));
        }
        let new = written(&checked.report, &known, &relative, &covers);
        if text.as_deref() != Some(&*new) {
            replace(&path, text.as_deref(), &new)?;
        }
        let count = new.matches("\n[[known]]\n").count();
        if !wish.is_quiet {
            complain(&format!("{} in {name}", plural(count, "known finding", "known findings")));
        }
    }
    let count = apply(&mut checked.report, &known, &relative, &covers);
    finding::sort(&mut checked.report.findings);
    Ok(count)
}

fn folder_of(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    here.join(path.parent().unwrap_or(Path::new("")))
}

/// A file's path from the folder of the baseline.
fn relative(file: &str, folder: &Path) -> String {
    if Path::new(file).exists() { relative_to(Path::new(file), folder) } else { file.to_owned() }
}
