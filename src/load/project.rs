//! Which configuration holds for a file: the nearest one above it.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::checks::Check;
use crate::config::{self, Config};
use crate::finding::Finding;
use crate::load::bounds::Bounds;
use crate::load::files::{oddity, read_found, read_text};
use crate::load::folder::files_below;
use crate::load::loaded::{Loaded, Project, add};
use crate::load::paths::{canonical, is_toml, shown};
use crate::load::request::{Configured, Problem, Request};
use crate::rule::MEASURED_FILE;
use crate::source::SourceId;

/// The configurations of a run, found folder by folder.
pub(super) struct Projects {
    /// The project of each folder that was asked for.
    known: HashMap<PathBuf, usize>,
    /// The project of each file.
    files: HashMap<PathBuf, usize>,
    /// Whether the first one holds for everything.
    is_only: bool,
    /// Folders of rules that hold for all.
    rules: Vec<PathBuf>,
    /// Mistakes in that which the first project tells.
    told: Vec<Finding>,
    /// What goes before all files.
    overrides: Option<Config>,
    /// The sources of rule files that were read.
    read: HashMap<PathBuf, SourceId>,
}

impl Projects {
    /// Reads the configuration of the working directory, which is the first.
    pub(super) fn open(request: &Request, loaded: &mut Loaded) -> Self {
        let Configured { file, isolated, excludes_named: _, overrides } = &request.configured;
        let mut projects = Self {
            known: HashMap::new(),
            files: HashMap::new(),
            is_only: file.is_some() || *isolated,
            rules: request.rules.clone(),
            told: Vec::new(),
            overrides: None,
            read: HashMap::new(),
        };
        let directory = canonical(&request.directory);
        if let Some(text) = overrides {
            let id = loaded.sources.add(config::COMMAND_LINE, text.clone());
            let findings = &mut projects.told;
            projects.overrides = config::read(&loaded.sources, id, &directory, findings);
        }
        let found = match file {
            Some(file) if loaded.bounds.leads_out(file) => {
                loaded.problems.push(Problem::new(file, Bounds::LEADS_OUT));
                None
            }
            Some(file) if !file.exists() => {
                loaded.problems.push(Problem::new(file, "there is no such file"));
                None
            }
            Some(file) => Some(directory.join(file)),
            None if *isolated => None,
            None => nearest(&directory, loaded),
        };
        let first = projects.add(found.as_deref(), &directory, loaded);
        projects.known.insert(directory, first);
        projects
    }

    /// The number of the configuration that holds for the file at a place.
    pub(super) fn of(&mut self, place: &Path, loaded: &mut Loaded) -> usize {
        if self.is_only {
            return 0;
        }
        let folder = place.parent().unwrap_or(Path::new(""));
        if let Some(&known) = self.known.get(folder) {
            return known;
        }
        let number = match nearest(folder, loaded) {
            Some(file) => match self.files.get(&file) {
                Some(&known) => known,
                None => self.add(Some(&file), file.parent().unwrap_or(folder), loaded),
            },
            None => 0,
        };
        self.known.insert(folder.to_owned(), number);
        number
    }

    /// Whether the file at a place is left out.
    pub(super) fn excludes(&mut self, place: &Path, loaded: &mut Loaded) -> bool {
        let project = self.of(place, loaded);
        loaded.projects[project].config.excludes(place)
    }

    /// Reads a configuration file, and the rules that it brings.
    fn add(&mut self, file: Option<&Path>, folder: &Path, loaded: &mut Loaded) -> usize {
        let mut config = Config::none(folder);
        let mut findings = std::mem::take(&mut self.told);
        if let Some(file) = file {
            self.files.insert(file.to_owned(), loaded.projects.len());
            // A file that is named counts from the working directory, as what is set beside it does.
            let folder = if self.is_only { folder } else { file.parent().unwrap_or(folder) };
            let text = if self.is_only { read_text(file) } else { read_found(file) };
            if let Some(id) = add(file, text, loaded)
                && let Some(found) = config::read(&loaded.sources, id, folder, &mut findings)
            {
                config = found;
                loaded.bounds.keep(&mut config, file, &mut findings);
            }
            config.file = Some(file.to_owned());
        }
        if let Some(overrides) = &self.overrides {
            config.take(overrides.clone());
        }
        let folders = self.rule_folders(&config, &mut findings);
        let (rules, measured, lexicon) = (Vec::new(), Vec::new(), Vec::new());
        let mut project = Project { config, rules, measured, lexicon, findings };
        let mut seen = HashSet::new();
        for folder in folders {
            if !folder.is_dir() {
                loaded.problems.push(Problem::new(&folder, "there is no such folder"));
                continue;
            }
            if loaded.bounds.leads_out(&folder) {
                loaded.problems.push(Problem::new(&folder, Bounds::LEADS_OUT));
                continue;
            }
            let below = files_below(&folder, &loaded.bounds, &mut loaded.problems);
            for (path, kind) in below.odd.into_iter().filter(|(path, _)| is_toml(path)) {
                let reason = format!("this is a {kind}, not a file");
                loaded.problems.push(Problem::new(&path, reason));
            }
            for path in below.files {
                let in_lexicon = path.parent().is_some_and(|parent| parent.ends_with("lexicon"));
                let place = canonical(&path);
                if !is_toml(&path) || !seen.insert(place.clone()) {
                    continue;
                }
                let known = self.read.get(&place).copied();
                let read = || add(&path, read_found(&path), loaded);
                let Some(id) = known.or_else(read) else { continue };
                self.read.insert(place, id);
                let is_measure = path.file_name().is_some_and(|name| name == MEASURED_FILE);
                let of = match (in_lexicon, is_measure) {
                    (true, _) => &mut project.lexicon,
                    (false, true) => &mut project.measured,
                    (false, false) => &mut project.rules,
                };
                of.push(id);
            }
        }
        loaded.projects.push(project);
        loaded.projects.len() - 1
    }

    /// The folders with rule files: those of the command line, those that the configuration names, and
    /// `rules/` beside it.
    fn rule_folders(&self, config: &Config, findings: &mut Vec<Finding>) -> Vec<PathBuf> {
        let mut folders = self.rules.clone();
        for (folder, span) in &config.rules {
            if folder.is_dir() {
                folders.push(folder.clone());
            } else {
                findings.push(
                    Finding::broken(
                        Check::InvalidPath,
                        format!("there is no folder {}", shown(folder)),
                        *span,
                    )
                    .labelled("no folder"),
                );
            }
        }
        let own = config.folder.join("rules");
        if own.is_dir() {
            folders.push(own);
        }
        folders
    }
}

/// The configuration file in a folder or the nearest one above it. One that cannot be used is told.
fn nearest(folder: &Path, loaded: &mut Loaded) -> Option<PathBuf> {
    let all = folder.ancestors().map(|folder| folder.join(config::FILE_NAME));
    let file = all.into_iter().find(|file| file.symlink_metadata().is_ok() && !file.is_dir())?;
    let reason = match oddity(&file, |file| loaded.bounds.leads_out(file)) {
        None => return Some(file),
        Some("link") if loaded.bounds.leads_out(&file) => Bounds::LEADS_OUT.to_owned(),
        Some("link") => "this is a link that leads nowhere".to_owned(),
        Some(kind) => format!("this is a {kind}, not a file"),
    };
    loaded.problems.push(Problem::new(&file, reason));
    None
}
