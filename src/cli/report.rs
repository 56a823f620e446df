//! `crossfoot report`.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use crate::Options;
use crate::checks::Check;
use crate::cli::commands::{Format, ReportArgs, ReportFormat};
use crate::cli::exit::Exit;
use crate::cli::formats::by_ending;
use crate::cli::output::{complain, deliver};
use crate::cli::run::checked;
use crate::cli::wanted::Wanted;
use crate::report::{html, markdown, sheet_csv, short};

/// Checks that ask for more than figures that agree.
const DEMANDS: [Check; 2] = [Check::LowCoverage, Check::MissingSource];

/// Where a page goes that nobody asked for as text.
const PAGE: &str = "crossfoot-report.html";

/// Writes the report. What the figures come to is for `check` to say; here only a file that is not
/// understood fails, and what was asked for and is not there.
pub(super) fn run(args: &ReportArgs) -> Exit {
    let format = match (args.format, args.output.as_deref().and_then(by_ending)) {
        (Some(format), _) => format,
        (None, Some(Format::Csv)) => ReportFormat::Csv,
        (None, Some(Format::Markdown)) => ReportFormat::Markdown,
        (None, None | Some(Format::Html)) => ReportFormat::Html,
        (None, Some(_)) => {
            complain(
                "a report is a page (.html), Markdown (.md) or a sheet (.csv); `check -o` writes the rest",
            );
            return Exit::Failed;
        }
    };
    let is_page = format == ReportFormat::Html;
    let wanted = Wanted {
        options: Options::new().lists_coverage(true).at_length(is_page),
        explains: is_page,
        ..args.asked.wanted(&args.paths, &args.demands)
    };
    let mut checked = checked(&wanted);
    let report = &mut checked.report;
    let text = match format {
        ReportFormat::Html => html(report),
        ReportFormat::Markdown => markdown(report),
        ReportFormat::Csv => sheet_csv(report),
    };
    let is_for_eyes = is_page && args.output.is_none() && io::stdout().is_terminal();
    let output: Option<PathBuf> =
        if is_for_eyes { Some(PathBuf::from(PAGE)) } else { args.output.clone() };
    let written = deliver(output.as_deref(), &text);
    if is_for_eyes && written == Exit::Clean {
        complain(&format!("{PAGE}: {}", report.summary()));
    }
    report.findings.retain(|finding| {
        finding.broken_input || DEMANDS.iter().any(|&check| finding.rule == check)
    });
    if !report.findings.is_empty() {
        let _ = io::stderr().write_all(short(report).as_bytes());
    }
    match () {
        () if checked.failed || report.has_broken_input() || written == Exit::Failed => {
            Exit::Failed
        }
        () if report.findings.is_empty() => Exit::Clean,
        () => Exit::Findings,
    }
}
