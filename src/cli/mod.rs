//! The command line: arguments in, text and an exit code out.

mod arguments;
mod baseline;
mod check;
mod completions;
mod diff;
mod explain;
mod extract;
mod fix;
mod formats;
mod git;
mod hint;
mod init;
mod man;
mod output;
mod progress;
mod record;
mod report;
mod review;
mod rules;
mod run;
mod schema;
mod settings;
mod terminal;
mod watch;
mod whole;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::cli::output::complain;
use crate::config::Level;
use crate::shape::closest;

/// Checks that the figures and dates of an article can all be true together.
#[derive(Parser, Debug)]
#[command(version, about, long_about = None, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Check articles, and the claims files that belong to them
    ///
    /// Without a path: what crossfoot.toml names, else the folder claims/, else the folder it is run in.
    /// An article brings the claims file in claims/ that names it, if there is one; `-` is standard input.
    #[command(
        after_help = "Exit codes: 0 nothing at error level, 1 something, 2 what was asked for could not be done."
    )]
    Check(CheckArgs),
    /// List every figure and date of texts, with the values they state
    ///
    /// Files, folders of them, or `-` for standard input. A `.jsonl` file holds a document a line:
    /// {"id": …, "text": …, "published": …}, the last optional.
    Extract(extract::ExtractArgs),
    /// Write down the claims of a draft: its figures and dates, and the relations between them
    ///
    /// Writes claims/<stem>.toml, or the claims file that names the draft already. There it keeps
    /// everything that was written, adds what is new, and marks what is gone.
    Record(RecordArgs),
    /// Compare two versions of an article or of a claims file, claim by claim
    ///
    /// Each is a file or REV:path, a file at a revision of a git repository. The claims of an article
    /// are those of its claims file, and its other figures.
    Diff(DiffArgs),
    /// Go through the claims whose article was edited, and take over or leave what it says now
    ///
    /// On a terminal it shows each of them and asks. With one of the options below it asks nothing.
    Review(ReviewArgs),
    /// Write a page on which an article is seen with all its figures: what was checked, and how
    ///
    /// One HTML file that needs no network; or, as Markdown, the findings and the sources; or, as CSV,
    /// the source sheet. Without `--output` on a terminal the page becomes crossfoot-report.html.
    Report(ReportArgs),
    /// List the rules, or test their examples
    Rules(RulesArgs),
    /// Explain a rule: what must hold, why it matters, examples; or a conflict of figures
    Explain(ExplainArgs),
    /// Print the JSON Schema of a file format
    Schema(SchemaArgs),
    /// Write a crossfoot.toml with every key explained
    Init,
    /// Print the completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or write those of all commands into a folder
    Man(ManArgs),
}

#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
struct CheckArgs {
    /// Claims files, articles or folders
    paths: Vec<PathBuf>,
    /// How to report [default: human]
    #[arg(help_heading = "Output", long, value_enum)]
    format: Option<Format>,
    /// Write the report to a file instead of standard output; with FORMAT=, beside it (may be given
    /// more than once)
    #[arg(help_heading = "Output", long, short, value_name = "[FORMAT=]FILE", value_parser = Target::parse)]
    output: Vec<Target>,
    #[command(flatten)]
    asked: Asked,
    /// List every relation that was looked at, holding ones too
    #[arg(help_heading = "Output", long)]
    show_relations: bool,
    /// List the figures that no claim covers
    #[arg(help_heading = "Output", long)]
    show_coverage: bool,
    #[command(flatten)]
    demands: Demands,
    /// Report only what an edit since a git revision touched: claims whose text changed, and every
    /// relation that they take part in
    #[arg(help_heading = "What is reported", long, value_name = "REV")]
    changed_since: Option<String>,
    /// Report only what is not in this file of known findings, and what of it is mended
    #[arg(help_heading = "What is reported", long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the findings to a file of known ones; those of files that are not checked stay in it
    #[arg(help_heading = "What is reported", long, value_name = "FILE", conflicts_with_all = ["baseline", "changed_since"])]
    write_baseline: Option<PathBuf>,
    /// Take over into the claims files where quotes stand now, if their words are the same
    #[arg(help_heading = "Doing more", long)]
    fix: bool,
    /// Show what `--fix` would change, and change nothing; exits 1 if that is anything
    #[arg(help_heading = "Doing more", long, conflicts_with_all = ["watch", "write_baseline", "output"])]
    diff: bool,
    /// Check again whenever a text, a rule or the configuration changes
    #[arg(help_heading = "Doing more", long, conflicts_with_all = ["fix", "write_baseline"])]
    watch: bool,
    /// Print the settings that hold for each file, and check nothing
    #[arg(help_heading = "Configuration", long)]
    show_settings: bool,
    /// Count what each rule found instead of showing it
    #[arg(help_heading = "Output", long)]
    statistics: bool,
    /// Print findings and nothing else
    #[arg(help_heading = "Output", long, short)]
    quiet: bool,
    /// Let warnings fail the run too
    #[arg(help_heading = "What is reported", long)]
    deny_warnings: bool,
    /// Exit 0 whatever is found
    #[arg(help_heading = "What is reported", long)]
    exit_zero: bool,
    /// Tell the report in words, for a screen reader
    #[arg(help_heading = "Output", long)]
    narrated: bool,
    /// Use colours: auto does so on a terminal, unless `NO_COLOR` is set
    #[arg(help_heading = "Output", long, value_enum, default_value_t = Colour::Auto)]
    color: Colour,
}

/// A file to write a report to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Target {
    /// The format, where it is named.
    format: Option<Format>,
    path: PathBuf,
}

impl Target {
    /// Reads `FORMAT=FILE` or `FILE`.
    fn parse(text: &str) -> Result<Self, String> {
        let is_word =
            |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphabetic());
        match text.split_once('=') {
            Some((word, path)) if is_word(word) => match Format::from_str(word, false) {
                Ok(_) if path.is_empty() => Err(format!("`{text}` names no file")),
                Ok(format) => Ok(Self { format: Some(format), path: PathBuf::from(path) }),
                Err(_) => {
                    let names: Vec<String> = Format::value_variants()
                        .iter()
                        .filter_map(|format| {
                            Some(format.to_possible_value()?.get_name().to_owned())
                        })
                        .collect();
                    let near = closest(word, names.iter().map(String::as_str));
                    Err(match near {
                        Some(near) => {
                            format!("there is no format `{word}`; did you mean `{near}`?")
                        }
                        None => format!(
                            "there is no format `{word}`, but {}; a file of such a name is ./{text}",
                            names.join(", ")
                        ),
                    })
                }
            },
            _ => Ok(Self { format: None, path: PathBuf::from(text) }),
        }
    }
}

/// Reads a day.
fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "this is no day; it is written as 2025-08-07".to_owned())
}

/// Reads a number of threads.
fn at_least_one(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|&number| 1 <= number);
    number.ok_or_else(|| "it is to be a whole number from 1 on".to_owned())
}

/// What claims must come up to.
#[derive(Args, Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch, of the command line or of a command"
)]
struct Demands {
    /// Fail where claims cover less than so many of a hundred figures of an article
    #[arg(help_heading = "What is reported", long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    min_coverage: Option<u8>,
    /// Fail where a claim has no source
    #[arg(help_heading = "What is reported", long)]
    require_source: bool,
    /// Whether the figures that no claim covers are listed.
    #[arg(skip)]
    lists_coverage: bool,
    /// Whether relations that hold are told at length.
    #[arg(skip)]
    at_length: bool,
    /// Whether it is told why rules matter.
    #[arg(skip)]
    explains: bool,
    /// Whether only findings are told.
    #[arg(skip)]
    is_quiet: bool,
}

impl Demands {
    /// Says on standard error what is good to know.
    fn notice(&self, message: &str) {
        if !self.is_quiet {
            complain(message);
        }
    }
}

/// How texts are checked, whatever is then told of it.
#[derive(Args, Debug)]
struct Asked {
    #[command(flatten)]
    project: ProjectArgs,
    /// Report only these rules (with commas between them, or given more than once)
    #[arg(help_heading = "What is reported", long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// Do not report these rules (with commas between them, or given more than once)
    #[arg(help_heading = "What is reported", long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Give what a rule finds this level: error, warning, note or off (may be given more than once)
    #[arg(help_heading = "What is reported", long, value_name = "RULE=LEVEL", value_delimiter = ',', value_parser = Level::of_rule)]
    level: Vec<(String, Level)>,
    /// The day of publication, where a claims file does not state it
    #[arg(long, value_name = "DATE", value_parser = day)]
    published: Option<Date>,
    /// Let links of rules run that are still being tried
    #[arg(long)]
    preview: bool,
    /// How many steps figures that hang together may take to be decided together
    #[arg(long, value_name = "STEPS")]
    budget: Option<u64>,
    /// How many articles to read at once; as many as there are cores where not said
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    jobs: Option<usize>,
    /// The name that standard input is reported under
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
}

#[derive(Args, Debug)]
struct RecordArgs {
    /// The article (.md, .txt)
    draft: PathBuf,
    /// The claims file to write
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The day of publication, where the claims file and the article do not state it
    #[arg(long, value_name = "DATE", value_parser = day)]
    published: Option<Date>,
    #[command(flatten)]
    project: ProjectArgs,
}

#[derive(Args, Debug)]
struct DiffArgs {
    /// The earlier version
    old: String,
    /// The later version
    new: String,
    /// How to tell it
    #[arg(long, value_enum, default_value_t = DiffFormat::Human)]
    format: DiffFormat,
    /// Write it to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The claims file that names the figures, where it is not the one that names the article
    #[arg(long, value_name = "FILE")]
    claims: Option<PathBuf>,
    /// The day of publication, where neither a claims file nor the article states it
    #[arg(long, value_name = "DATE", value_parser = day)]
    published: Option<Date>,
    #[command(flatten)]
    project: ProjectArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// A line each, for people
    Human,
    /// For programs; see `crossfoot schema diff`
    Json,
    /// For a pull request
    Markdown,
    /// The notice under a corrected article
    Notice,
}

#[derive(Args, Debug)]
struct ReviewArgs {
    /// Claims files, articles or folders; without one, what `check` takes then
    paths: Vec<PathBuf>,
    #[command(flatten)]
    project: ProjectArgs,
    /// Take the article's words and figure over for a claim; ID=2 means the second place of an
    /// ambiguous one
    #[arg(long, value_name = "ID")]
    accept: Vec<String>,
    /// Take them over for all claims, or for those of a state
    #[arg(long, value_enum, value_name = "STATE", num_args = 0..=1, default_missing_value = "any")]
    accept_all: Option<Accepted>,
    /// Leave a claim as it is: the article is to be mended
    #[arg(long, value_name = "ID")]
    reject: Vec<String>,
    /// Take the words over, with this value
    #[arg(long, value_name = "ID=VALUE")]
    edit: Vec<String>,
    /// Leave a claim for later
    #[arg(long, value_name = "ID")]
    skip: Vec<String>,
    /// List what drifted, and do nothing
    #[arg(long)]
    list: bool,
    /// Use colours: auto does so on a terminal, unless `NO_COLOR` is set
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    color: Colour,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Accepted {
    /// All but those that need an answer
    Any,
    /// Those that stand elsewhere
    Moved,
    /// Those that are worded otherwise
    Reworded,
    /// Those whose figure is another one
    Changed,
    /// Those that are gone, which are then marked so
    Gone,
}

#[derive(Args, Debug)]
struct ReportArgs {
    /// Claims files, articles or folders; without one, what `check` takes then
    paths: Vec<PathBuf>,
    /// How to write it; by the ending of the file where not said, else as a page [default: html]
    #[arg(long, value_enum)]
    format: Option<ReportFormat>,
    /// Write it to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    demands: Demands,
    #[command(flatten)]
    asked: Asked,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// A page for a browser
    Html,
    /// Findings, relations, sources, and the figures without a claim
    Markdown,
    /// A row a claim, for a spreadsheet
    Csv,
}

/// Where rules, claims files and settings come from.
#[derive(Args, Debug)]
struct ProjectArgs {
    /// Add the rule files below a folder (may be given more than once)
    #[arg(help_heading = "Configuration", long, value_name = "DIR")]
    rules: Vec<PathBuf>,
    /// Look for the claims files of articles in this folder (may be given more than once)
    #[arg(help_heading = "Configuration", long = "claims-dir", value_name = "DIR")]
    claims_dirs: Vec<PathBuf>,
    /// Let claims files and crossfoot.toml name files in this folder too, though it lies outside of the
    /// repository (may be given more than once)
    #[arg(help_heading = "Configuration", long, value_name = "DIR")]
    allow_outside: Vec<PathBuf>,
    /// Use this configuration file, or set one of its keys: --config 'min-coverage = 90'
    #[arg(help_heading = "Configuration", long, value_name = "FILE|KEY=VALUE")]
    config: Vec<String>,
    /// Leave out what the configuration excludes, though it is named here; for hooks, which name files
    #[arg(help_heading = "Configuration", long)]
    force_exclude: bool,
    /// Look for no crossfoot.toml
    #[arg(help_heading = "Configuration", long)]
    isolated: bool,
}

#[derive(Args, Debug)]
struct RulesArgs {
    #[command(flatten)]
    project: ProjectArgs,
    /// Run the examples of every rule
    #[arg(long, conflicts_with = "markdown")]
    test: bool,
    /// Print all of them with why they matter and their examples, as one Markdown page
    #[arg(long)]
    markdown: bool,
}

#[derive(Args, Debug)]
struct ExplainArgs {
    /// The rule's id; with `--conflict`, what to check
    #[arg(value_name = "RULE", required_unless_present = "conflict")]
    what: Vec<String>,
    /// Tell one conflict at length, by its fingerprint or the beginning of it
    #[arg(long, value_name = "FINGERPRINT")]
    conflict: Option<String>,
    #[command(flatten)]
    asked: Asked,
}

#[derive(Args, Debug)]
struct SchemaArgs {
    /// The format
    #[arg(value_enum)]
    name: SchemaName,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Drawn, with the article and the claims file
    Human,
    /// A line each
    Short,
    /// For programs; see `crossfoot schema report`
    Json,
    /// A line of JSON each; see `crossfoot schema report-line`
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML, for test reports
    Junit,
    /// GitHub's annotations
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// reviewdog's diagnostics
    Rdjson,
    /// Findings, relations and sources, for a pull request
    Markdown,
    /// A page for a browser
    Html,
    /// The source sheet, a row a claim
    Csv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SchemaName {
    /// Claims files
    Claims,
    /// Rule files
    Rule,
    /// crossfoot.toml
    Config,
    /// Files of known findings
    Baseline,
    /// What `check --format json` prints
    Report,
    /// A line of `check --format jsonl`
    ReportLine,
    /// What `extract --format json` prints
    Extract,
    /// A line of `extract --format jsonl`
    Mentions,
    /// What `diff --format json` prints
    Diff,
}

#[derive(Args, Debug)]
struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

#[derive(Args, Debug)]
struct ManArgs {
    /// The command; without one, the program as a whole
    #[arg(conflicts_with = "dir")]
    command: Option<String>,
    /// Write the pages of all commands into this folder
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// What a command came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// Nothing at error level.
    Clean,
    /// Findings at error level.
    Findings,
    /// Could not do what was asked.
    Failed,
}

impl Exit {
    /// The code that the process ends with.
    fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Failed => 2,
        }
    }
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    // A fault of the program is one line on standard error, whatever the text that it stumbled over.
    std::panic::set_hook(Box::new(|fault| complain(&format!("a fault of Crossfoot: {fault}"))));
    let exit = match arguments::read() {
        Ok(cli) => catch_unwind(AssertUnwindSafe(|| done(cli.command))).unwrap_or(Exit::Failed),
        Err(exit) => exit,
    };
    ExitCode::from(exit.code())
}

fn done(command: Command) -> Exit {
    match command {
        Command::Check(args) => check::run(&args),
        Command::Extract(args) => extract::run(&args),
        Command::Record(args) => record::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Review(args) => review::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Init => init::run(),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    }
}
