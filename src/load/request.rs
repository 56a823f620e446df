//! What is asked for, and what of it could not be read.

use std::path::{Path, PathBuf};

use crate::document::States;
use crate::load::files::Origin;
use crate::load::paths::shown;

/// A file that was asked for and could not be read or used.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Problem {
    /// The path as the user wrote it.
    pub path: String,
    /// Why.
    pub reason: String,
}

impl Problem {
    pub(super) fn new(path: &Path, reason: impl Into<String>) -> Self {
        Self { path: shown(path), reason: reason.into() }
    }
}

/// What to read.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Paths as given: files, folders, or `-` for standard input.
    pub paths: Vec<PathBuf>,
    /// Folders with rule files, beside those that are found.
    pub rules: Vec<PathBuf>,
    /// Folders with claims files, instead of those that are found.
    pub claims: Vec<PathBuf>,
    /// Folders with files that claims files and configurations may name, though they lie elsewhere.
    pub allowed: Vec<PathBuf>,
    /// Where the configuration comes from.
    pub configured: Configured,
    /// Which states of documents with tracked changes are read.
    pub states: States,
    /// The name that standard input is reported under.
    pub stdin_name: Option<String>,
    /// The working directory.
    pub directory: PathBuf,
}

impl Request {
    /// How the paths come to be read that are checked: the configuration names them where none is given.
    pub(super) fn origin(&self) -> Origin {
        if self.paths.is_empty() { Origin::Found } else { Origin::Given }
    }
}

/// Where configurations come from.
#[derive(Clone, Debug, Default)]
pub struct Configured {
    /// The file to use for everything, instead of those that are found.
    pub file: Option<PathBuf>,
    /// Whether none is looked for.
    pub isolated: bool,
    /// Whether what they exclude is left out where it is named too.
    pub excludes_named: bool,
    /// What goes before all of them, as TOML.
    pub overrides: Option<String>,
}
