//! `crossfoot report`.

use crate::cli::check::checked;
use crate::cli::output::deliver;
use crate::cli::{Demands, Exit, ReportArgs, ReportFormat};
use crate::report::{sheet_csv, sheet_markdown, short};

/// Checks that ask for more than figures that agree.
const DEMANDS: [&str; 2] = ["low-coverage", "missing-source"];

/// Writes the source sheet. What the figures come to is for `check` to say; here only a file that is
/// not understood fails, and what was asked for and is not there.
pub(super) fn run(args: &ReportArgs) -> Exit {
    let demands = Demands { lists_coverage: true, ..args.demands.clone() };
    let mut checked = checked(&args.paths, &args.asked, &demands);
    let report = &mut checked.report;
    let text = match args.format {
        ReportFormat::Markdown => sheet_markdown(report),
        ReportFormat::Csv => sheet_csv(report),
    };
    let written = deliver(args.output.as_deref(), &text, &report.sources);
    report
        .findings
        .retain(|finding| finding.broken_input || DEMANDS.contains(&finding.rule.as_str()));
    if !report.findings.is_empty() {
        eprint!("{}", short(report));
    }
    match () {
        () if checked.failed || report.has_broken_input() || written == Exit::Failed => {
            Exit::Failed
        }
        () if report.findings.is_empty() => Exit::Clean,
        () => Exit::Findings,
    }
}
