//! What a command wants of a check: the arguments as a request, settings and options.

use std::collections::{HashMap, HashSet};

use crate::Options;
use crate::cli::output::complain;
use crate::config::{Level, Named, Settings};
use crate::load::Request;

/// What a command wants of a check.
pub(super) struct Wanted {
    /// What is read, and which configurations hold.
    pub(super) request: Request,
    /// What the command line says, which goes before all configurations.
    pub(super) settings: Settings,
    /// How many articles are read at once.
    pub(super) jobs: Option<usize>,
    /// The options that no configuration has.
    pub(super) options: Options,
    /// Whether it is told why rules matter.
    pub(super) explains: bool,
    /// Whether only findings are told.
    pub(super) is_quiet: bool,
}

impl Wanted {
    /// Whether the run is over everything that the configuration is about.
    pub(super) fn is_whole(&self) -> bool {
        self.request.paths.is_empty()
    }

    /// Says on standard error what is good to know.
    pub(super) fn notice(&self, message: &str) {
        if !self.is_quiet {
            complain(message);
        }
    }

    /// The options of texts for which configurations say this.
    pub(super) fn options(&self, configured: Settings) -> Options {
        let settings = configured.replaced_by(&self.settings);
        let names = |all: Vec<Named>| -> HashSet<String> {
            all.into_iter().map(|(name, _)| name).collect()
        };
        let mut ignore = names(settings.ignore);
        // Of several levels of a rule, the last counts.
        let wanted: HashMap<String, Level> =
            settings.levels.into_iter().map(|((rule, _), level)| (rule, level)).collect();
        let mut levels = HashMap::new();
        for (rule, level) in wanted {
            match level {
                Level::On(severity) => _ = levels.insert(rule, severity),
                Level::Off => _ = ignore.insert(rule),
            }
        }
        Options {
            published: self.settings.published,
            published_else: settings.published,
            preview: settings.preview.unwrap_or(false),
            min_coverage: settings.min_coverage,
            require_source: settings.require_source.unwrap_or(false),
            budget: settings.budget,
            select: names(settings.select.unwrap_or_default()),
            ignore,
            levels,
            ..self.options.clone()
        }
    }
}
