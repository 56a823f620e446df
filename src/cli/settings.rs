//! `check --show-settings`: which settings hold for which files, as a `crossfoot.toml` would have them.

use std::fmt::Write as _;

use crate::cli::commands::CheckArgs;
use crate::cli::exit::Exit;
use crate::cli::output::{complain_of, print};
use crate::cli::rules::show_broken;
use crate::cli::run::{groups, tell_unknown_rules};
use crate::finding::Finding;
use crate::load::{load, shown};
use crate::report::{clean, plain, plural};

/// Files that are named of those under the same settings.
const SHOWN: usize = 5;

/// Prints the settings of every group of files.
pub(super) fn show(args: &CheckArgs) -> Exit {
    let mut loaded = load(&args.asked.request(&args.paths));
    tell_unknown_rules(&mut loaded);
    complain_of(&loaded.problems);
    let mut out = String::new();
    for (number, project) in loaded.projects.iter().enumerate() {
        for group in groups(&loaded, &loaded.sources, number) {
            let files: Vec<String> = group
                .claims
                .iter()
                .chain(&group.articles)
                .map(|&id| loaded.sources.get(id).name().to_owned())
                .collect();
            let from = project
                .config
                .file
                .as_ref()
                .map_or_else(|| "no configuration".to_owned(), |file| plain(&shown(file)));
            let _ = writeln!(out, "# {from}, for {}", plural(files.len(), "file", "files"));
            for file in files.iter().take(SHOWN) {
                let _ = writeln!(out, "#   {}", plain(file));
            }
            if SHOWN < files.len() {
                let _ = writeln!(out, "#   and {} more", files.len() - SHOWN);
            }
            match project.config.suppress.len() {
                0 => {}
                n => _ = writeln!(out, "# with {} of [[suppress]]", plural(n, "table", "tables")),
            }
            out.push_str(&project.config.written());
            let configured = project.config.settings_with(&group.tables);
            let settings = configured.replaced_by(&args.settings());
            out.push_str(&settings.written());
            out.push('\n');
        }
    }
    let findings: Vec<Finding> =
        loaded.projects.iter().flat_map(|project| project.findings.clone()).collect();
    if findings.iter().any(|finding| finding.broken_input) {
        return show_broken(loaded.sources, findings).unwrap_or(Exit::Failed);
    }
    let printed = print(&clean(out.trim_start_matches('\n')));
    if loaded.problems.is_empty() { printed } else { Exit::Failed }
}
