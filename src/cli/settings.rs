//! `check --show-settings`: which settings hold for which files, as a `crossfoot.toml` would have them.

use std::fmt::Write as _;

use crate::cli::output::{complain_of, print};
use crate::cli::run::{groups, request, tell_unknown_rules};
use crate::cli::{CheckArgs, Exit};
use crate::config::{Level, Settings};
use crate::finding::Finding;
use crate::load::{load, shown};
use crate::report::plural;
use crate::source::Sources;

/// Files that are named of those under the same settings.
const SHOWN: usize = 5;

/// Prints the settings of every group of files.
pub(super) fn show(args: &CheckArgs) -> Exit {
    let asked = &args.asked;
    let mut loaded = load(&request(&args.paths, &asked.project, asked.stdin_filename.as_ref()));
    tell_unknown_rules(&mut loaded);
    complain_of(&loaded.problems);
    let mut out = String::new();
    for (number, project) in loaded.projects.iter().enumerate() {
        for group in groups(&loaded, number) {
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
                .map_or_else(|| "no configuration".to_owned(), |file| shown(file));
            let _ = writeln!(out, "# {from}, for {}", plural(files.len(), "file", "files"));
            for file in files.iter().take(SHOWN) {
                let _ = writeln!(out, "#   {}", crate::report::plain(file));
            }
            if SHOWN < files.len() {
                let _ = writeln!(out, "#   and {} more", files.len() - SHOWN);
            }
            match project.config.suppress.len() {
                0 => {}
                n => _ = writeln!(out, "# with {} of [[suppress]]", plural(n, "table", "tables")),
            }
            out.push_str(&project.config.written());
            let settings = project.config.settings_with(&group.tables);
            out.push_str(&given(args, settings).written());
            out.push('\n');
        }
    }
    let findings: Vec<Finding> =
        loaded.projects.iter().flat_map(|project| project.findings.clone()).collect();
    if findings.iter().any(|finding| finding.broken_input) {
        return crate::cli::rules::show_broken(loaded.sources, findings).unwrap_or(Exit::Failed);
    }
    let printed = print(out.trim_start_matches('\n'));
    if loaded.problems.is_empty() { printed } else { Exit::Failed }
}

/// The settings with what the command line says instead.
fn given(args: &CheckArgs, mut settings: Settings) -> Settings {
    let mut sources = Sources::new();
    let id = sources.add("the command line", "");
    let nowhere = sources.whole(id);
    let named = |rules: &[String]| rules.iter().map(|rule| (rule.clone(), nowhere)).collect();
    let asked = &args.asked;
    if !asked.select.is_empty() {
        settings.select = Some(named(&asked.select));
    }
    if !asked.ignore.is_empty() {
        settings.ignore = named(&asked.ignore);
    }
    let levels =
        asked.level.iter().map(|(rule, level): &(String, Level)| ((rule.clone(), nowhere), *level));
    settings.levels.extend(levels);
    settings.published = asked.published.or(settings.published);
    settings.budget = asked.budget.or(settings.budget);
    settings.min_coverage = args.demands.min_coverage.or(settings.min_coverage);
    let yes = |given: bool, configured: Option<bool>| if given { Some(true) } else { configured };
    settings.deny_warnings = yes(args.deny_warnings, settings.deny_warnings);
    settings.preview = yes(asked.preview, settings.preview);
    settings.require_source = yes(args.demands.require_source, settings.require_source);
    settings
}
