//! What several commands are asked: where settings come from, how texts are checked, what is told.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use crate::Options;
use crate::cli::wanted::Wanted;
use crate::config::{Level, Named, Settings, home_currency};
use crate::document::{Revision, States};
use crate::home::{DateOrder, Home, Imperial, Origin};
use crate::lexicon::Lexicon;
use crate::load::{Configured, Fields, Request};
use crate::published;
use crate::source::Sources;
use crate::value::Currency;

/// Reads a day: "2025-08-07", "7 August 2025".
pub(super) fn day(text: &str) -> Result<Date, String> {
    published::read_day(text, Lexicon::built_in()).map_err(|days| match days {
        0 => "this is no day; it is written as 2025-08-07".to_owned(),
        _ => "this may be two days; it is written as 2025-08-07".to_owned(),
    })
}

/// Reads which of day and month comes first.
fn date_order(word: &str) -> Result<DateOrder, String> {
    DateOrder::parse(word).ok_or_else(|| there_are(&DateOrder::WORDS))
}

/// Reads whose units are meant.
fn imperial(word: &str) -> Result<Imperial, String> {
    Imperial::parse(word).ok_or_else(|| there_are(&Imperial::WORDS))
}

fn there_are(words: &[&str]) -> String {
    format!("there are {}", words.join(" and "))
}

/// Reads a number of threads.
pub(super) fn at_least_one(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|&number| 1 <= number);
    number.ok_or_else(|| "it is to be a whole number from 1 on".to_owned())
}

/// Threads that are started at most, however many are asked for.
pub(super) const MOST_THREADS: usize = 256;

/// What the parts of a record are called.
#[derive(Args, Debug)]
#[expect(clippy::struct_field_names, reason = "the options are called so")]
pub(super) struct FieldArgs {
    /// The part of a record that is the name of its text
    #[arg(help_heading = "Records", long, value_name = "NAME", default_value = "id")]
    id_field: String,
    /// The part of a record that is its text
    #[arg(help_heading = "Records", long, value_name = "NAME", default_value = "text")]
    text_field: String,
    /// The part of a record that is its day of publication
    #[arg(help_heading = "Records", long, value_name = "NAME", default_value = "published")]
    date_field: String,
}

impl FieldArgs {
    /// What they are called.
    pub(super) fn fields(&self) -> Fields {
        let Self { id_field, text_field, date_field } = self;
        Fields { id: id_field.clone(), text: text_field.clone(), published: date_field.clone() }
    }
}

/// What claims must come up to.
#[derive(Args, Debug, Default)]
pub(super) struct Demands {
    /// Fail if claims cover less than this percentage of the figures of an article
    #[arg(help_heading = "What is reported", long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub(super) min_coverage: Option<u8>,
    /// Fail where a claim has no source
    #[arg(help_heading = "What is reported", long)]
    pub(super) require_source: bool,
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
    /// Set the level of the findings of a rule: error, warning, note or off (may be given more than once)
    #[arg(help_heading = "What is reported", long, value_name = "RULE=LEVEL", value_delimiter = ',', value_parser = Level::of_rule)]
    pub(super) level: Vec<(String, Level)>,
    /// The day of publication, if the claims file does not state it
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) published: Option<Date>,
    /// Also use links and rules that are still on trial, or that were measured to be wrong too often
    #[arg(long)]
    pub(super) preview: bool,
    /// The most steps for deciding figures that depend on each other
    #[arg(long, value_name = "STEPS")]
    pub(super) budget: Option<u64>,
    /// The number of articles to read at once; by default the number of cores
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub(super) jobs: Option<usize>,
    /// The name that standard input is reported under
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<String>,
}

impl Asked {
    /// What is said of settings.
    pub(super) fn settings(&self, demands: &Demands) -> Settings {
        // Names of the command line stand in no file.
        let mut sources = Sources::new();
        let id = sources.add("the command line", "");
        let named = |rule: &String| (rule.clone(), sources.whole(id));
        let all = |rules: &[String]| -> Vec<Named> { rules.iter().map(named).collect() };
        Settings {
            published: self.published,
            home: self.project.home(),
            select: (!self.select.is_empty()).then(|| all(&self.select)),
            ignore: all(&self.ignore),
            levels: self.level.iter().map(|(rule, level)| (named(rule), *level)).collect(),
            deny_warnings: None,
            preview: self.preview.then_some(true),
            min_coverage: demands.min_coverage,
            require_source: demands.require_source.then_some(true),
            budget: self.budget,
        }
    }

    /// What is to be read.
    pub(super) fn request(&self, paths: &[PathBuf]) -> Request {
        self.project.request(paths, self.stdin_filename.as_ref())
    }

    /// A check of these paths, of which no more than findings is wanted.
    pub(super) fn wanted(&self, paths: &[PathBuf], demands: &Demands) -> Wanted {
        Wanted {
            request: self.request(paths),
            settings: self.settings(demands),
            jobs: self.jobs,
            options: Options::default(),
            explains: false,
            is_quiet: false,
        }
    }
}

/// Which state of a document with tracked changes is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Revisions {
    /// As if all changes were accepted
    #[default]
    Accepted,
    /// As if none had been made
    Original,
    /// Both; a finding in only one of them names it
    Both,
}

impl Revisions {
    /// The states that are read.
    pub(super) fn all(self) -> States {
        match self {
            Self::Accepted => States::One(Revision::Accepted),
            Self::Original => States::One(Revision::Original),
            Self::Both => States::Both,
        }
    }
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
    /// Skip files that the configuration excludes, even if they are named here; for hooks
    #[arg(help_heading = "Configuration", long)]
    pub(super) force_exclude: bool,
    /// Look for no crossfoot.toml
    #[arg(help_heading = "Configuration", long)]
    pub(super) isolated: bool,
    /// The currency that `$`, "dollar" and other signs and words stand for that several share: AUD
    #[arg(help_heading = "Where articles are at home", long, value_name = "CODE", value_parser = home_currency)]
    pub(super) currency: Option<Currency>,
    /// The state of documents with tracked changes to read: accepted, original, or (`check` only) both
    #[arg(help_heading = "Documents", long, value_name = "STATE", value_enum, default_value_t = Revisions::Accepted)]
    pub(super) revisions: Revisions,
    /// Which comes first in a date in digits: day-first or month-first
    #[arg(help_heading = "Where articles are at home", long, value_name = "ORDER", value_parser = date_order)]
    pub(super) date_order: Option<DateOrder>,
    /// The country of gallons, pints and tons: uk or us
    #[arg(help_heading = "Where articles are at home", long, value_name = "COUNTRY", value_parser = imperial)]
    pub(super) imperial: Option<Imperial>,
}

impl ProjectArgs {
    /// Where the articles are at home.
    pub(super) fn home(&self) -> Home {
        Home::of(Origin::CommandLine, self.currency, self.date_order, self.imperial)
    }

    /// What is to be read.
    pub(super) fn request(&self, paths: &[PathBuf], stdin: Option<&String>) -> Request {
        let (files, settings): (Vec<&String>, Vec<&String>) =
            self.config.iter().partition(|text| Path::new(text).is_file() || !text.contains('='));
        let settings: Vec<&str> = settings.into_iter().map(|text| &**text).collect();
        Request {
            paths: paths.to_vec(),
            rules: self.rules.clone(),
            claims: self.claims_dirs.clone(),
            allowed: self.allow_outside.clone(),
            configured: Configured {
                file: files.last().map(PathBuf::from),
                isolated: self.isolated,
                excludes_named: self.force_exclude,
                overrides: (!settings.is_empty()).then(|| settings.join("\n")),
            },
            states: self.revisions.all(),
            stdin_name: stdin.cloned(),
            directory: std::env::current_dir().unwrap_or_default(),
        }
    }
}
