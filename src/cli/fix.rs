//! `check --fix` and `check --diff`: quotes whose figures are the same are taken over as they stand now.

use std::path::PathBuf;

use similar::TextDiff;

use crate::claim::State;
use crate::cli::commands::CheckArgs;
use crate::cli::exit::Exit;
use crate::cli::output::{complain, print, replace};
use crate::cli::review::{Opened, Reviewed, open};
use crate::draft::{Decision, Drift, decided};
use crate::load::shown;
use crate::report::{clean, plain};

/// A claims file with what would become of it.
struct Fixed {
    file: Reviewed,
    text: String,
    count: usize,
}

/// Mends what is safe to mend; how many quotes that were.
pub(super) fn fix(args: &CheckArgs) -> Result<usize, Exit> {
    let (fixed, failed) = fixes(args)?;
    let mut count = 0;
    for Fixed { file, text, count: one } in fixed {
        if let Err(reason) = replace(&file.path, Some(&file.text), &text) {
            complain(&reason);
            return Err(Exit::Failed);
        }
        count += one;
    }
    if failed { Err(Exit::Failed) } else { Ok(count) }
}

/// Shows what would be mended.
pub(super) fn diff(args: &CheckArgs) -> Exit {
    let (fixed, failed) = match fixes(args) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    let mut out = String::new();
    for Fixed { file, text, .. } in &fixed {
        let name = plain(&shown(&file.path));
        let diff = TextDiff::from_lines(&file.text, text);
        out.push_str(&diff.unified_diff().header(&name, &name).to_string());
    }
    match print(&clean(&out)) {
        Exit::Failed => Exit::Failed,
        _ if failed => Exit::Failed,
        _ if fixed.is_empty() || args.exit_zero => Exit::Clean,
        _ => Exit::Findings,
    }
}

fn fixes(args: &CheckArgs) -> Result<(Vec<Fixed>, bool), Exit> {
    let asked = &args.asked;
    // Standard input is read once, by the check; nothing in it can be fixed.
    let paths: Vec<PathBuf> =
        args.paths.iter().filter(|path| path.as_os_str() != "-").cloned().collect();
    if paths.is_empty() && !args.paths.is_empty() {
        return Ok((Vec::new(), false));
    }
    let Opened { files, failed, .. } = open(&paths, &asked.project, asked.published)?;
    let mut all = Vec::new();
    for file in files {
        let drifts: Vec<(&Drift, Decision)> = file
            .followed
            .drifts
            .iter()
            .filter(|drift| is_safe(drift))
            .map(|drift| (drift, Decision::Accept(0)))
            .collect();
        if drifts.is_empty() {
            continue;
        }
        let count = drifts.len();
        let text = match decided(&file.text, &file.followed.file, &drifts) {
            Ok(text) => text,
            Err(reason) => {
                complain(&format!("{}: {}", shown(&file.path), reason.0));
                return Err(Exit::Failed);
            }
        };
        if text != file.text {
            all.push(Fixed { file, text, count });
        }
    }
    Ok((all, failed))
}

/// Whether a quote stands in one place now in the same words: elsewhere, or with other words around it,
/// in other letter case or with other marks. One other word may be a "not".
fn is_safe(drift: &Drift) -> bool {
    let is_there = matches!(drift.state, State::Moved | State::Reworded);
    let [place] = &*drift.now else { return false };
    let is_same = words(&drift.was) == words(&place.quote);
    is_there && is_same && place.value.is_none() && !place.needs_value
}

/// Its words in small letters, with the signs that figures have.
fn words(text: &str) -> Vec<String> {
    let is_mark = |c: char| !c.is_alphanumeric() && !"$€£¥%-−+/.".contains(c);
    let words = text.split(is_mark).map(|word| word.trim_end_matches('.').to_lowercase());
    words.filter(|word| !word.is_empty()).collect()
}
