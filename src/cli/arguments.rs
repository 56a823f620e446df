//! The arguments of the command, and what is said of wrong ones.

use std::ffi::OsString;

use clap::{Parser, Subcommand};

use crate::cli::cache::CacheArgs;
use crate::cli::commands::{
    CheckArgs, CompletionsArgs, DiffArgs, ExplainArgs, ManArgs, RecordArgs, ReportArgs, ReviewArgs,
    RulesArgs, SchemaArgs,
};
use crate::cli::exit::Exit;
use crate::cli::extract::ExtractArgs;
use crate::cli::hint;
use crate::cli::output::{complain, print_help};
use crate::cli::place::STANDARD_INPUT;
#[cfg(feature = "page")]
use crate::cli::serve::ServeArgs;
use crate::report::plain;
use crate::source::shortened;

/// Characters of an argument that are repeated.
const REPEATED: usize = 200;

/// Checks that the figures and dates of an article can all be true together.
#[derive(Parser, Debug)]
#[command(version, about, long_about = None, max_term_width = 100)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Subcommand, Debug)]
#[allow(rustdoc::invalid_html_tags, reason = "`<stem>` stands for a name")]
pub(super) enum Command {
    /// Check articles, and the claims files that belong to them
    ///
    /// Without a path: the paths in crossfoot.toml, else the folder claims/, else the current folder.
    /// An article is checked with the claims file in claims/ that names it, if there is one; `-` is standard
    /// input. A `.jsonl` file, also packed as `.jsonl.gz` or `.jsonl.zst`, holds a record in each line:
    /// {"id": …, "text": …, "published": …}; a `.parquet` file a record in each row, in columns of these names.
    /// There may be any number of records, and with `--stream` of articles.
    #[command(
        after_help = "Exit codes: 0 nothing at error level, 1 something, 2 what was asked for could not be done."
    )]
    Check(Box<CheckArgs>),
    /// List every figure and date of texts, with the values they state
    ///
    /// Files, folders of them, or `-` for standard input. A `.jsonl` file, also packed as `.jsonl.gz` or
    /// `.jsonl.zst`, holds a record in each line: {"id": …, "text": …, "published": …}; a `.parquet` file a
    /// record in each row, in columns of these names.
    Extract(ExtractArgs),
    /// Write down the claims of a draft: its figures and dates, and the relations between them
    ///
    /// Writes claims/<stem>.toml, or updates the claims file that already names the draft: existing claims
    /// are kept, new ones added, and those whose words are gone marked.
    Record(RecordArgs),
    /// Compare two versions of an article or of a claims file, claim by claim
    ///
    /// Each is a file or REV:path, a file at a revision of a git repository. The claims of an article
    /// are those of its claims file, and its other figures.
    Diff(DiffArgs),
    /// Go through the claims whose article was edited, and accept or reject each change
    ///
    /// On a terminal it shows each claim and asks. With one of the options below it does not ask.
    Review(ReviewArgs),
    /// Write a page that shows an article with all its figures: what was checked, and how
    ///
    /// One HTML file that needs no network; or, as Markdown, the findings and the sources; or, as CSV,
    /// the source sheet. Without `--output` on a terminal the page becomes crossfoot-report.html.
    Report(ReportArgs),
    /// List the rules, or test their examples
    Rules(RulesArgs),
    /// Explain a rule, a conflict of figures, or how a line of an article was read
    ///
    /// For a rule: what must hold, why it matters, examples. For a place, `FILE:LINE` or
    /// `FILE:LINE:COLUMN` (`-` is standard input): the figures that are read there, their relations, and
    /// which rules were tried and why they did not apply.
    Explain(ExplainArgs),
    /// Show or clear what `check --cache` has kept in a folder
    Cache(CacheArgs),
    /// Print the JSON Schema of a file format
    Schema(SchemaArgs),
    /// Serve the page on which one writes, and an interface for programs, to this machine
    ///
    /// The page is at `/`. `POST /v1/check` takes JSON or a form and answers with the report, as
    /// `check --format json` prints it; `GET /v1/schema/request` and `GET /v1/schema/report` describe both. No
    /// file is read, and nothing is kept.
    #[cfg(feature = "page")]
    Serve(ServeArgs),
    /// Write a crossfoot.toml with every key explained
    Init,
    /// Serve an editor: findings while one types, over standard input and output
    ///
    /// The Language Server Protocol. docs/editors.md has the settings of editors.
    #[cfg(feature = "lsp")]
    Lsp,
    /// Serve an assistant: tools to check its own sums with, over standard input and output
    ///
    /// The Model Context Protocol, with the tools `check_text`, `extract_figures`, `explain_line` and
    /// `check_claims`. docs/editors.md has the settings.
    #[cfg(feature = "mcp")]
    Mcp(crate::cli::mcp::McpArgs),
    /// Print the completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or write those of all commands into a folder
    Man(ManArgs),
}

/// Writes a place of standard input, `-:3`, so that it is no option.
fn name_input(argument: &mut OsString) {
    if let Some(place) = argument.to_str().and_then(|text| text.strip_prefix("-:"))
        && place.starts_with(|c: char| c.is_ascii_digit())
    {
        *argument = format!("{STANDARD_INPUT}:{place}").into();
    }
}

/// Reads them. Help is printed, and so is what is wrong; to exit is then all that is left to do.
pub(super) fn read(mut given: Vec<OsString>) -> Result<Cli, Exit> {
    if given.get(1).is_some_and(|command| command == "explain") {
        given.iter_mut().skip(2).for_each(name_input);
    }
    Cli::try_parse_from(&given).map_err(|error| {
        if !error.use_stderr() {
            return print_help(&error);
        }
        // What is wrong is told with the arguments as they are; those that can be shown are wrong likewise.
        let shown = given.iter().map(|one| plain(&shortened(&one.to_string_lossy(), REPEATED)));
        match Cli::try_parse_from(shown) {
            Err(error) => {
                let _ = hint::told(error).print();
            }
            Ok(_) => {
                let said = error.to_string();
                complain(said.lines().next().unwrap_or_default().trim_start_matches("error: "));
            }
        }
        Exit::Failed
    })
}
