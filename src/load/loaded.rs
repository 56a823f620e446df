//! What was read: texts, and the configurations that hold for them.

use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::finding::Finding;
use crate::load::bounds::Bounds;
use crate::load::folder::Passed;
use crate::load::paths::shown;
use crate::load::request::{Problem, Request};
use crate::source::{SourceId, Sources};

/// What was read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// All texts.
    pub sources: Sources,
    /// The configurations that hold for the texts; that of the working directory is the first.
    pub projects: Vec<Project>,
    /// Claims files; their articles are relative to their paths.
    pub claims: Vec<Input>,
    /// Articles that no claims file names.
    pub articles: Vec<Input>,
    /// Articles with tracked changes, each with what it was before them, where both are wanted.
    pub originals: Vec<(SourceId, SourceId)>,
    /// Names of articles that are not in UTF-8, each with its encoding.
    pub foreign: Vec<(String, &'static str)>,
    /// What in folders is neither an article nor claims.
    pub passed: Passed,
    /// Files and folders that were looked at.
    pub paths: Vec<PathBuf>,
    /// What files may name.
    pub bounds: Bounds,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

impl Loaded {
    /// Nothing yet.
    pub(super) fn of(request: &Request) -> Self {
        Self { bounds: Bounds::of(request), ..Self::default() }
    }

    /// The article that a claims file of the run names, where it may.
    pub fn article_of(&self, claims: &Input) -> Option<PathBuf> {
        self.bounds.article_of(&claims.path, self.sources.get(claims.source).text())
    }
}

/// A text to check.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its source.
    pub source: SourceId,
    /// Its path.
    pub path: PathBuf,
    /// The number of the configuration that holds for it.
    pub project: usize,
}

/// Adds a text that was read, or why it was not.
pub(super) fn add(
    path: &Path,
    text: Result<String, String>,
    loaded: &mut Loaded,
) -> Option<SourceId> {
    match text {
        Ok(text) => Some(loaded.sources.add(shown(path), text)),
        Err(reason) => {
            loaded.problems.push(Problem::new(path, reason));
            None
        }
    }
}

/// A configuration with the rules that it brings.
#[derive(Clone, Debug)]
pub struct Project {
    /// The configuration.
    pub config: Config,
    /// Rule files beside the built-in ones.
    pub rules: Vec<SourceId>,
    /// What was measured of rules.
    pub measured: Vec<SourceId>,
    /// Tables of a lexicon of its own.
    pub lexicon: Vec<SourceId>,
    /// Mistakes in the configuration.
    pub findings: Vec<Finding>,
}
