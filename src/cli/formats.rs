//! Which format goes where: one run serves them all.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::cli::commands::{CheckArgs, Format};
use crate::cli::exit::Exit;
use crate::cli::output::{colours, deliver, is_standard, width};
use crate::cli::run::Checked;
use crate::load::{Passed, is_same_file, repository, shown};
use crate::report::{
    Look, Root, github, gitlab, html, human, json, jsonl, junit, markdown, plural, rdjson, sarif,
    sheet_csv, short, statistics, web_annotation,
};

/// Each format with the file it goes to; without one, standard output.
pub(super) struct Plan(Vec<(Format, Option<PathBuf>)>);

impl Plan {
    /// What the options ask for.
    ///
    /// # Errors
    /// Why it cannot be done.
    pub(super) fn of(args: &CheckArgs) -> Result<Self, String> {
        let mut all: Vec<(Format, Option<PathBuf>)> = Vec::new();
        let mut goes_elsewhere = false;
        for target in &args.output {
            let is_standard = is_standard(&target.path);
            let format = match target.format {
                Some(format) => {
                    goes_elsewhere |= is_standard;
                    format
                }
                None => {
                    goes_elsewhere = true;
                    args.format.or_else(|| by_ending(&target.path)).unwrap_or(Format::Human)
                }
            };
            let path = (!is_standard).then(|| target.path.clone());
            let is_taken = all.iter().any(|(_, other)| match (other, &path) {
                (Some(other), Some(path)) => is_same_file(other, path),
                (other, path) => other.is_none() && path.is_none(),
            });
            if is_taken {
                let name = path.map_or_else(|| "standard output".to_owned(), |path| shown(&path));
                return Err(format!("two reports cannot both go to {name}"));
            }
            let known = args.write_baseline.iter().chain(&args.baseline);
            if let Some(path) =
                path.iter().find(|path| known.clone().any(|one| is_same_file(one, path)))
            {
                return Err(format!("{} is the baseline; the report goes elsewhere", shown(path)));
            }
            all.push((format, path));
        }
        if !goes_elsewhere {
            all.insert(0, (args.format.unwrap_or(Format::Human), None));
        }
        if all.iter().any(|(format, _)| *format == Format::Parquet) {
            return Err(
                "Parquet is written of texts that are checked one behind another: say --stream"
                    .to_owned(),
            );
        }
        Ok(Self(all))
    }

    /// Whether a format is among them.
    pub(super) fn has(&self, format: Format) -> bool {
        self.0.iter().any(|(other, _)| *other == format)
    }
}

/// The format that a file is written in, by its ending.
pub(super) fn by_ending(path: &Path) -> Option<Format> {
    let ending = path.extension()?.to_str()?;
    Some(match ending {
        "json" => Format::Json,
        "jsonl" => Format::Jsonl,
        "sarif" => Format::Sarif,
        "xml" => Format::Junit,
        "md" => Format::Markdown,
        "html" | "htm" => Format::Html,
        "csv" => Format::Csv,
        "jsonld" => Format::WebAnnotation,
        "parquet" => Format::Parquet,
        _ => return None,
    })
}

/// Writes everything that is planned; the rest too where one cannot be written.
pub(super) fn deliver_all(
    args: &CheckArgs,
    plan: &Plan,
    checked: &Checked,
    known: usize,
    exit: Exit,
) -> Exit {
    let mut done = Exit::Clean;
    for (format, path) in &plan.0 {
        let text = rendered(args, *format, path.as_deref(), checked, known, exit);
        if deliver(path.as_deref(), &text) == Exit::Failed {
            done = Exit::Failed;
        }
    }
    done
}

fn rendered(
    args: &CheckArgs,
    format: Format,
    path: Option<&Path>,
    checked: &Checked,
    known: usize,
    exit: Exit,
) -> String {
    let report = &checked.report;
    match format {
        _ if args.statistics && path.is_none() => {
            summed(args, statistics(report) + &report.summary() + "\n", &report.summary())
        }
        Format::Json => json(report),
        Format::Jsonl => jsonl(report),
        Format::Sarif => sarif(report, &root(), exit.code()),
        Format::Junit => junit(report, &|finding| checked.fails(finding)),
        Format::Gitlab => gitlab(report, &root()),
        Format::Rdjson => rdjson(report, &root()),
        Format::Markdown => markdown(report),
        Format::Html => html(report),
        Format::Csv => sheet_csv(report),
        Format::WebAnnotation => web_annotation(report, &root()),
        // It is none of the formats of a report of all texts; `Plan::of` refuses it.
        Format::Parquet => String::new(),
        Format::Github => summed(args, github(report, &root()), &report.summary()),
        Format::Short => summed(args, short(report), &report.summary()),
        Format::Human => {
            let look = Look {
                colour: colours(args.color, path.is_some()),
                narrated: args.narrated,
                width: width(),
                relations: args.show_relations,
                coverage: args.show_coverage,
            };
            let text = summed(args, human(report, look), &report.summary());
            if args.quiet { text } else { text + &besides(checked, known) }
        }
    }
}

/// A report without its last line, where only findings are wanted.
fn summed(args: &CheckArgs, text: String, summary: &str) -> String {
    match text.strip_suffix(&format!("{summary}\n")) {
        Some(findings) if args.quiet => findings.to_owned(),
        _ => text,
    }
}

/// What was left out.
fn besides(checked: &Checked, known: usize) -> String {
    let mut out = String::new();
    match known {
        0 => {}
        1 => out.push_str("1 known finding is in the baseline\n"),
        n => _ = writeln!(out, "{n} known findings are in the baseline"),
    }
    match checked.silenced {
        0 => {}
        1 => out.push_str("1 finding stands for a reason that was given\n"),
        n => _ = writeln!(out, "{n} findings stand for reasons that were given"),
    }
    if let Some(told) = passed(&checked.passed) {
        let _ = writeln!(out, "{told}");
    }
    out
}

/// Says what was passed over in folders, if anything was.
pub(super) fn passed(passed: &Passed) -> Option<String> {
    let count = passed.count();
    let files = plural(count, "other file", "other files");
    let were = if count == 1 { "was" } else { "were" };
    let told = || format!("{files} in these folders {were} not read: {}", passed.told());
    (count != 0).then(told)
}

/// Where paths begin that a CI system reads: at GitHub's workspace, else at the top of the repository.
fn root() -> Root {
    let here = std::env::current_dir().unwrap_or_default();
    let workspace = std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from);
    let top = workspace.filter(|top| here.starts_with(top)).or_else(|| repository(&here));
    let below = top.as_ref().and_then(|top| here.strip_prefix(top).ok());
    let parts = below.into_iter().flat_map(Path::components);
    let mut prefix = String::new();
    for part in parts {
        prefix.push_str(&part.as_os_str().to_string_lossy());
        prefix.push('/');
    }
    Root { prefix }
}
