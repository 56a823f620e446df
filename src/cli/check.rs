//! `crossfoot check`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::Options;
use crate::cli::commands::{CheckArgs, Format};
use crate::cli::exit::Exit;
use crate::cli::formats::{Plan, deliver_all};
use crate::cli::output::complain;
use crate::cli::run::{Checked, checked};
use crate::cli::wanted::Wanted;
use crate::cli::{annotate, baseline, fix, git};
use crate::document::States;
use crate::follow::{Before, narrow};
use crate::lexicon::Lexicon;
use crate::load::{Article, shown};
use crate::source::SourceId;

/// Checks, reports, and says how it went, in a process that ends then or goes on.
pub(super) fn run(args: &CheckArgs) -> Exit {
    let plan = match Plan::of(args) {
        Ok(plan) => plan,
        Err(reason) => {
            complain(&reason);
            return Exit::Failed;
        }
    };
    if args.diff {
        return fix::diff(args);
    }
    let wanted = Wanted {
        settings: args.settings(),
        options: Options::new()
            .lists_coverage(args.show_coverage)
            .at_length(plan.has(Format::Html)),
        explains: plan.has(Format::Html) || plan.has(Format::Sarif),
        is_quiet: args.quiet,
        ..args.asked.wanted(&args.paths, &args.demands)
    };
    let mut failed = false;
    if args.fix {
        match fix::fix(args) {
            Ok(0) => {}
            Ok(1) => wanted.notice("1 quote is taken over as it stands now"),
            Ok(n) => wanted.notice(&format!("{n} quotes are taken over as they stand now")),
            Err(exit) => failed = exit == Exit::Failed,
        }
    }
    let mut checked = checked(&wanted);
    failed |= checked.failed;
    if let Some(revision) = &args.changed_since
        && let Err(reason) = narrowed(&mut checked, revision)
    {
        complain(&reason);
        return Exit::Failed;
    }
    let known = match baseline::consider(&args.into(), &mut checked) {
        Ok(known) => known,
        Err(reason) => {
            complain(&reason);
            return Exit::Failed;
        }
    };
    checked.report.say_once();
    let exit = match () {
        () if failed || checked.report.has_broken_input() => Exit::Failed,
        () if args.exit_zero || args.write_baseline.is_some() => Exit::Clean,
        () if checked.report.findings.iter().any(|f| checked.fails(f)) => Exit::Findings,
        () => Exit::Clean,
    };
    let exit = match args.annotate.as_deref().map(|out| annotate::write(&checked, out)) {
        Some(Err(reason)) => {
            complain(&reason);
            Exit::Failed
        }
        _ => exit,
    };
    let written = deliver_all(args, &plan, &checked, known, exit);
    if written == Exit::Failed { Exit::Failed } else { exit }
}

/// Leaves in a report what an edit since a revision touched.
fn narrowed(checked: &mut Checked, revision: &str) -> Result<(), String> {
    let lexicon = checked.lexicon.clone();
    let lexicon = lexicon.as_deref().unwrap_or_else(|| Lexicon::built_in());
    let texts = &checked.texts;
    let mut commits: HashMap<PathBuf, String> = HashMap::new();
    let mut before = |id: SourceId| {
        let Some(path) = texts.get(&id) else { return Ok(Before::Unknown) };
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let commit = match commits.get(&folder) {
            Some(known) => known.clone(),
            None => {
                let found = git::commit(&folder, revision)?;
                commits.insert(folder, found.clone());
                found
            }
        };
        let Some(bytes) = git::file_at(&commit, path)? else { return Ok(Before::Unknown) };
        let text = Article::of(bytes, &path.to_string_lossy(), States::default())
            .map_err(|reason| format!("{} at {revision}: {reason}", shown(path)))?;
        Ok(Before::Text(text.text))
    };
    narrow(&mut checked.report, lexicon, &mut before)
}
