//! What each command is asked.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use crate::cli::asked::{Asked, Demands, FieldArgs, ProjectArgs, day};
use crate::cli::output::Colour;
use crate::config::Settings;
use crate::shape::closest;

#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct CheckArgs {
    /// Claims files, articles or folders
    pub(super) paths: Vec<PathBuf>,
    /// Format of the report [default: human]
    #[arg(help_heading = "Output", long, value_enum)]
    pub(super) format: Option<Format>,
    /// Write the report to a file instead of standard output; with FORMAT=, in addition to it (may be given
    /// more than once)
    #[arg(help_heading = "Output", long, short, value_name = "[FORMAT=]FILE", value_parser = Target::parse)]
    pub(super) output: Vec<Target>,
    #[command(flatten)]
    pub(super) asked: Asked,
    /// Check texts one after another in bounded memory, and write the findings of each as JSON lines as soon
    /// as it is checked. Records (.jsonl, .jsonl.gz, .jsonl.zst, .parquet) are always checked like this
    #[arg(help_heading = "Records", long)]
    pub(super) stream: bool,
    #[command(flatten)]
    pub(super) records: FieldArgs,
    /// Also compare articles with each other: if two state a different figure for the same subject and past
    /// period, a note names both. Texts are then checked one after another
    #[arg(help_heading = "Records", long)]
    pub(super) across: bool,
    /// Keep the result of each text in this folder, and check only texts whose result is not there; a run that
    /// was killed can be resumed
    #[arg(help_heading = "Records", long, value_name = "DIR")]
    pub(super) cache: Option<PathBuf>,
    /// List every relation that was looked at, holding ones too
    #[arg(help_heading = "Output", long)]
    pub(super) show_relations: bool,
    /// List the figures that no claim covers
    #[arg(help_heading = "Output", long)]
    pub(super) show_coverage: bool,
    #[command(flatten)]
    pub(super) demands: Demands,
    /// Report only what an edit since a git revision touched: claims whose text changed, and every
    /// relation that they take part in
    #[arg(help_heading = "What is reported", long, value_name = "REV")]
    pub(super) changed_since: Option<String>,
    /// Report only what is not in this file of known findings, and what of it is mended
    #[arg(help_heading = "What is reported", long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write the findings to a file of known ones; those of files that are not checked stay in it
    #[arg(help_heading = "What is reported", long, value_name = "FILE", conflicts_with_all = ["baseline", "changed_since"])]
    pub(super) write_baseline: Option<PathBuf>,
    /// Write a copy of the article with each finding beside its words: comments in a Word document,
    /// `CriticMarkup` in Markdown and text; what an earlier run wrote into it is replaced
    #[arg(help_heading = "Output", long, value_name = "OUT", conflicts_with_all = ["watch", "diff"])]
    pub(super) annotate: Option<PathBuf>,
    /// Take over into the claims files where quotes stand now, if their words are the same
    #[arg(help_heading = "Doing more", long)]
    pub(super) fix: bool,
    /// Show what `--fix` would change, and change nothing; exits 1 if that is anything
    #[arg(help_heading = "Doing more", long, conflicts_with_all = ["watch", "write_baseline", "output"])]
    pub(super) diff: bool,
    /// Check again whenever a text, a rule or the configuration changes
    #[arg(help_heading = "Doing more", long, conflicts_with_all = ["fix", "write_baseline"])]
    pub(super) watch: bool,
    /// Print the settings that hold for each file, and check nothing
    #[arg(help_heading = "Configuration", long)]
    pub(super) show_settings: bool,
    /// Count what each rule found instead of showing it
    #[arg(help_heading = "Output", long)]
    pub(super) statistics: bool,
    /// Print findings and nothing else
    #[arg(help_heading = "Output", long, short)]
    pub(super) quiet: bool,
    /// Let warnings fail the run too
    #[arg(help_heading = "What is reported", long)]
    pub(super) deny_warnings: bool,
    /// Exit 0 whatever is found
    #[arg(help_heading = "What is reported", long)]
    pub(super) exit_zero: bool,
    /// Tell the report in words, for a screen reader
    #[arg(help_heading = "Output", long)]
    pub(super) narrated: bool,
    /// Use colours: auto does so on a terminal, unless `NO_COLOR` is set
    #[arg(help_heading = "Output", long, value_enum, default_value_t = Colour::Auto)]
    pub(super) color: Colour,
}

impl CheckArgs {
    /// What the command line says of settings.
    pub(super) fn settings(&self) -> Settings {
        let deny_warnings = self.deny_warnings.then_some(true);
        Settings { deny_warnings, ..self.asked.settings(&self.demands) }
    }
}

/// A file to write a report to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// The format, where it is named.
    pub(super) format: Option<Format>,
    pub(super) path: PathBuf,
}

impl Target {
    /// Reads `FORMAT=FILE` or `FILE`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let is_word =
            |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphabetic());
        let is_word = |word: &str| is_word(word) || Format::from_str(word, false).is_ok();
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Drawn, with the article and the claims file
    Human,
    /// A line for each finding
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
    /// The source sheet, a row for each claim
    Csv,
    /// W3C Web Annotations, for a CMS that places marks
    WebAnnotation,
    /// A Parquet file with a row for each finding, of texts that are checked one behind another
    Parquet,
}

#[derive(Args, Debug)]
pub(super) struct RecordArgs {
    /// The article (.md, .txt, .html, .docx, .odt)
    pub(super) draft: PathBuf,
    /// The claims file to write
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// The day of publication, where the claims file and the article do not state it
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) published: Option<Date>,
    #[command(flatten)]
    pub(super) project: ProjectArgs,
}

#[derive(Args, Debug)]
pub(super) struct DiffArgs {
    /// The earlier version
    pub(super) old: String,
    /// The later version; without one, the first with the changes accepted that are tracked in it
    pub(super) new: Option<String>,
    /// Format of the comparison
    #[arg(long, value_enum, default_value_t = DiffFormat::Human)]
    pub(super) format: DiffFormat,
    /// Write it to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// The claims file that names the figures, where it is not the one that names the article
    #[arg(long, value_name = "FILE")]
    pub(super) claims: Option<PathBuf>,
    /// The day of publication, where neither a claims file nor the article states it
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) published: Option<Date>,
    #[command(flatten)]
    pub(super) project: ProjectArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    /// A line for each change, for people
    Human,
    /// For programs; see `crossfoot schema diff`
    Json,
    /// For a pull request
    Markdown,
    /// The notice under a corrected article
    Notice,
    /// The same for programs: schema.org `CorrectionComment` as JSON-LD
    JsonLd,
}

#[derive(Args, Debug)]
pub(super) struct ReviewArgs {
    /// Claims files, articles or folders; without one, what `check` takes then
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) project: ProjectArgs,
    /// Take the article's words and figure over for a claim; ID=2 means the second place of an
    /// ambiguous one
    #[arg(long, value_name = "ID")]
    pub(super) accept: Vec<String>,
    /// Take them over for all claims, or for all in one state
    #[arg(long, value_enum, value_name = "STATE", num_args = 0..=1, default_missing_value = "any")]
    pub(super) accept_all: Option<Accepted>,
    /// Leave a claim as it is: the article is to be mended
    #[arg(long, value_name = "ID")]
    pub(super) reject: Vec<String>,
    /// Take the words over, with this value
    #[arg(long, value_name = "ID=VALUE")]
    pub(super) edit: Vec<String>,
    /// Leave a claim for later
    #[arg(long, value_name = "ID")]
    pub(super) skip: Vec<String>,
    /// List the claims whose article changed, and do nothing
    #[arg(long)]
    pub(super) list: bool,
    /// Use colours: auto does so on a terminal, unless `NO_COLOR` is set
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    pub(super) color: Colour,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Accepted {
    /// All but those that need an answer
    Any,
    /// Claims whose words were moved
    Moved,
    /// Claims whose sentence was reworded
    Reworded,
    /// Claims whose figure changed
    Changed,
    /// Claims whose words are gone; they are marked as gone
    Gone,
}

#[derive(Args, Debug)]
pub(super) struct ReportArgs {
    /// Claims files, articles or folders; without one, what `check` takes then
    pub(super) paths: Vec<PathBuf>,
    /// Format of the page; by default from the ending of the file, else HTML [default: html]
    #[arg(long, value_enum)]
    pub(super) format: Option<ReportFormat>,
    /// Write it to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) demands: Demands,
    #[command(flatten)]
    pub(super) asked: Asked,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// A page for a browser
    Html,
    /// Findings, relations, sources, and the figures without a claim
    Markdown,
    /// A row for each claim, for a spreadsheet
    Csv,
}

#[derive(Args, Debug)]
pub(super) struct RulesArgs {
    #[command(flatten)]
    pub(super) project: ProjectArgs,
    /// Run the examples of every rule
    #[arg(long, conflicts_with = "markdown")]
    pub(super) test: bool,
    /// Print all of them with why they matter and their examples, as one Markdown page
    #[arg(long)]
    pub(super) markdown: bool,
    /// Print what was measured of them in prose, as a Markdown table
    #[arg(long, conflicts_with_all = ["test", "markdown"])]
    pub(super) measured: bool,
    /// Measure them on unaltered texts: folders of articles, articles, or records (.jsonl, .jsonl.gz,
    /// .jsonl.zst, .parquet)
    #[arg(long, value_name = "PATH", num_args = 1.., conflicts_with_all = ["test", "markdown", "measured"])]
    pub(super) measure: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) records: FieldArgs,
    /// The file with the judgements of contradictions in those texts
    #[arg(long, value_name = "FILE", requires = "measure", default_value = "judged.toml")]
    pub(super) judged: PathBuf,
    /// The file to write the measures to
    #[arg(
        long,
        short,
        value_name = "FILE",
        requires = "measure",
        default_value = "rules/measured.toml"
    )]
    pub(super) output: PathBuf,
}

#[derive(Args, Debug)]
pub(super) struct ExplainArgs {
    /// The rule's id, or a place of an article; with `--conflict`, what to check
    #[arg(value_name = "RULE|FILE:LINE[:COLUMN]", required_unless_present = "conflict")]
    pub(super) what: Vec<String>,
    /// Explain one conflict in full, by its fingerprint or the start of it
    #[arg(long, value_name = "FINGERPRINT")]
    pub(super) conflict: Option<String>,
    /// For a place: show everything that was tried, not only the nearest ten
    #[arg(long, conflicts_with = "conflict")]
    pub(super) all: bool,
    /// For a place: the format [default: human]
    #[arg(long, value_enum, conflicts_with = "conflict")]
    pub(super) format: Option<ExplainFormat>,
    #[command(flatten)]
    pub(super) asked: Asked,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ExplainFormat {
    /// For people
    Human,
    /// For programs; see `crossfoot schema explain`
    Json,
}

#[derive(Args, Debug)]
pub(super) struct SchemaArgs {
    /// The format
    #[arg(value_enum)]
    pub(super) name: SchemaName,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaName {
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
    /// What `explain FILE:LINE --format json` prints
    Explain,
}

#[derive(Args, Debug)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Args, Debug)]
pub(super) struct ManArgs {
    /// The command; without one, the program as a whole
    #[arg(conflicts_with = "dir")]
    pub(super) command: Option<String>,
    /// Write the pages of all commands into this folder
    #[arg(long, value_name = "DIR")]
    pub(super) dir: Option<PathBuf>,
}
