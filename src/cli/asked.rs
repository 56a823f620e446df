//! What several commands are asked: where settings come from, how texts are checked, what is told.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use crate::cli::output::complain;
use crate::config::Level;
use crate::lexicon::Lexicon;
use crate::published;

/// Reads a day: "2025-08-07", "7 August 2025".
pub(super) fn day(text: &str) -> Result<Date, String> {
    published::read_day(text, Lexicon::built_in()).map_err(|days| match days {
        0 => "this is no day; it is written as 2025-08-07".to_owned(),
        _ => "this may be two days; it is written as 2025-08-07".to_owned(),
    })
}

/// Reads a number of threads.
pub(super) fn at_least_one(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|&number| 1 <= number);
    number.ok_or_else(|| "it is to be a whole number from 1 on".to_owned())
}

/// What claims must come up to.
#[derive(Args, Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch, of the command line or of a command"
)]
pub(super) struct Demands {
    /// Fail where claims cover less than so many of a hundred figures of an article
    #[arg(help_heading = "What is reported", long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub(super) min_coverage: Option<u8>,
    /// Fail where a claim has no source
    #[arg(help_heading = "What is reported", long)]
    pub(super) require_source: bool,
    /// Whether the figures that no claim covers are listed.
    #[arg(skip)]
    pub(super) lists_coverage: bool,
    /// Whether relations that hold are told at length.
    #[arg(skip)]
    pub(super) at_length: bool,
    /// Whether it is told why rules matter.
    #[arg(skip)]
    pub(super) explains: bool,
    /// Whether only findings are told.
    #[arg(skip)]
    pub(super) is_quiet: bool,
}

impl Demands {
    /// Says on standard error what is good to know.
    pub(super) fn notice(&self, message: &str) {
        if !self.is_quiet {
            complain(message);
        }
    }
}

/// How texts are checked, whatever is then told of it.
#[derive(Args, Debug)]
pub(super) struct Asked {
    #[command(flatten)]
    pub(super) project: ProjectArgs,
    /// Report only these rules (with commas between them, or given more than once)
    #[arg(help_heading = "What is reported", long, value_name = "RULE", value_delimiter = ',')]
    pub(super) select: Vec<String>,
    /// Do not report these rules (with commas between them, or given more than once)
    #[arg(help_heading = "What is reported", long, value_name = "RULE", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,
    /// Give what a rule finds this level: error, warning, note or off (may be given more than once)
    #[arg(help_heading = "What is reported", long, value_name = "RULE=LEVEL", value_delimiter = ',', value_parser = Level::of_rule)]
    pub(super) level: Vec<(String, Level)>,
    /// The day of publication, where a claims file does not state it
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) published: Option<Date>,
    /// Let links of rules run that are still being tried
    #[arg(long)]
    pub(super) preview: bool,
    /// How many steps figures that hang together may take to be decided together
    #[arg(long, value_name = "STEPS")]
    pub(super) budget: Option<u64>,
    /// How many articles to read at once; as many as there are cores where not said
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub(super) jobs: Option<usize>,
    /// The name that standard input is reported under
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<String>,
}

/// Where rules, claims files and settings come from.
#[derive(Args, Debug)]
pub(super) struct ProjectArgs {
    /// Add the rule files below a folder (may be given more than once)
    #[arg(help_heading = "Configuration", long, value_name = "DIR")]
    pub(super) rules: Vec<PathBuf>,
    /// Look for the claims files of articles in this folder (may be given more than once)
    #[arg(help_heading = "Configuration", long = "claims-dir", value_name = "DIR")]
    pub(super) claims_dirs: Vec<PathBuf>,
    /// Let claims files and crossfoot.toml name files in this folder too, though it lies outside of the
    /// repository (may be given more than once)
    #[arg(help_heading = "Configuration", long, value_name = "DIR")]
    pub(super) allow_outside: Vec<PathBuf>,
    /// Use this configuration file, or set one of its keys: --config 'min-coverage = 90'
    #[arg(help_heading = "Configuration", long, value_name = "FILE|KEY=VALUE")]
    pub(super) config: Vec<String>,
    /// Leave out what the configuration excludes, though it is named here; for hooks, which name files
    #[arg(help_heading = "Configuration", long)]
    pub(super) force_exclude: bool,
    /// Look for no crossfoot.toml
    #[arg(help_heading = "Configuration", long)]
    pub(super) isolated: bool,
}
