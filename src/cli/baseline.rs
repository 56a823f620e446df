//! The file of known findings: read before a report, or written instead.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::baseline::{Known, Scope, apply, read, written};
use crate::cli::CheckArgs;
use crate::cli::output::{complain, replace};
use crate::cli::run::Checked;
use crate::load::{read_text, relative_to, shown};
use crate::report::plural;
use crate::source::SourceId;

/// Takes the known findings out of a report, or writes them down; how many there were.
///
/// # Errors
/// If the file cannot be read or written.
pub(super) fn consider(args: &CheckArgs, checked: &mut Checked) -> Result<usize, String> {
    let is_written = args.write_baseline.is_some();
    let configured = if is_written { None } else { checked.baseline.clone() };
    let named = args.write_baseline.as_ref().or(args.baseline.as_ref()).cloned();
    let Some(path) = named.or(configured) else { return Ok(0) };
    let name = shown(&path);
    let text = match read_text(&path) {
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
            if is_written && is_broken {
                return Err(format!("{name} is no file of known findings, and stays as it is"));
            }
            known
        }
        None => Vec::new(),
    };
    let folder = folder_of(&path);
    let relative = |file: &str| relative(file, &folder);
    let files: HashSet<String> =
        checked.report.sources.all().map(|source| relative(source.name())).collect();
    let of_file: HashMap<String, SourceId> = checked
        .texts
        .keys()
        .map(|&id| (relative(checked.report.sources.get(id).name()), id))
        .collect();
    let asked = &*checked;
    let asks_for = |rule: &str, file: &str| asked.asks_for(rule, of_file.get(file).copied());
    let asks_for = cached(&known, &asks_for);
    let reports = |rule: &str, file: &str| {
        asks_for.get(&(rule.to_owned(), file.to_owned())).copied().unwrap_or(true)
    };
    let is_part = args.changed_since.is_some();
    let none = HashSet::new();
    let scope = Scope {
        checked: if is_part { &none } else { &files },
        is_whole: checked.is_whole && !is_part,
        reports: &reports,
    };
    if is_written {
        if checked.failed || checked.report.has_broken_input() {
            return Err(format!("{name} is not written: not everything could be read"));
        }
        let new = written(&checked.report, &known, &relative, &scope);
        if text.as_deref() != Some(&*new) {
            replace(&path, text.as_deref(), &new)?;
        }
        let count = new.matches("\n[[known]]\n").count();
        if !args.quiet {
            complain(&format!("{} in {name}", plural(count, "known finding", "known findings")));
        }
    }
    Ok(apply(&mut checked.report, &known, &relative, &scope))
}

/// The answers about all that is known.
fn cached(
    known: &[Known],
    asks_for: &dyn Fn(&str, &str) -> bool,
) -> HashMap<(String, String), bool> {
    let all = known.iter();
    all.map(|one| ((one.rule.clone(), one.file.clone()), asks_for(&one.rule, &one.file))).collect()
}

fn folder_of(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    here.join(path.parent().unwrap_or(Path::new("")))
}

/// A file's path from the folder of the baseline.
fn relative(file: &str, folder: &Path) -> String {
    if Path::new(file).exists() { relative_to(Path::new(file), folder) } else { file.to_owned() }
}
