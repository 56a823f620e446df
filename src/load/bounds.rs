//! What a file may make the program read: what lies in its own repository, and what the command line
//! allows beside. Whoever can write a claims file or a configuration can read no more with it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::check::Error;
use crate::checks::Check;
use crate::config::{Config, FILE_NAME};
use crate::document::{Format, States};
use crate::finding::Finding;
use crate::load::article::{Article, article_in, largest};
use crate::load::files::{self, Origin};
use crate::load::paths::{beside, canonical, folder_of, shown, without_dots};
use crate::load::request::Request;
use crate::source::Span;

/// That the article of this name is no file to be read.
fn unusable(name: &str, reason: &str) -> Error {
    let message = format!("the article {name} cannot be read: {reason}");
    Error::new(message, "not read", "an article is a file of its own")
}

/// That the article of this name may not be named.
fn forbidden(name: &str, reason: &str, help: &str) -> Error {
    Error::new(format!("the article {name} {reason}"), "not read", help)
}

/// The repository that a folder lies in, without asking git.
pub fn repository(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned)
}

/// Where what a file names lies, if it may not name it.
fn outside(file: &Path) -> &'static str {
    match repository(folder_of(&canonical(file))) {
        Some(_) => "lies outside of the repository",
        None => "lies outside of the folders whose files it may name",
    }
}

/// Whether a path that lies in a repository as it is written leads out of it by a link, so that what is
/// written there would change another file.
pub fn leads_out(path: &Path) -> bool {
    let here = canonical(&std::env::current_dir().unwrap_or_default());
    Bounds { here, allowed: Vec::new() }.leads_out(path)
}

/// The folders that files of a run may name files in, beside those of their own repository.
#[derive(Clone, Debug, Default)]
pub struct Bounds {
    here: PathBuf,
    allowed: Vec<PathBuf>,
}

impl Bounds {
    /// What is wrong with a link that leads out.
    pub const LEADS_OUT: &'static str =
        "this is a link out of the repository; `--allow-outside DIR` allows what it leads to";

    const ALLOW: &'static str =
        "`--allow-outside DIR` on the command line allows files in a folder";

    /// Those of a run: what the command line names was allowed by naming it.
    pub fn of(request: &Request) -> Self {
        let here = canonical(&request.directory);
        let allowed = request.allowed.iter().map(|folder| canonical(folder)).collect();
        let mut bounds = Self { here, allowed };
        let is_plain = |path: &&PathBuf| path.as_os_str() != "-" && !bounds.leads_out(path);
        let named: Vec<PathBuf> =
            request.paths.iter().filter(is_plain).map(|path| canonical(path)).collect();
        bounds.allowed.extend(named);
        bounds
    }

    /// Whether a path that the command line names may be used.
    ///
    /// # Errors
    /// That it leads out of the repository.
    pub fn check(&self, path: &Path) -> Result<(), String> {
        if self.leads_out(path) { Err(Self::LEADS_OUT.to_owned()) } else { Ok(()) }
    }

    /// Whether a path that lies in a repository as it is written leads out of it by a link.
    pub fn leads_out(&self, path: &Path) -> bool {
        let path = self.here.join(path);
        let written = without_dots(&path);
        // A folder behind a link may have a `.git` of its own.
        let is_top = |folder: &&Path| folder.join(".git").exists() && canonical(folder) == **folder;
        let Some(top) = written.ancestors().skip(1).find(is_top) else { return false };
        let place = canonical(&path);
        !place.starts_with(top) && !self.allowed.iter().any(|folder| place.starts_with(folder))
    }

    /// Whether what was found in a folder leads out of what its files may name.
    pub(super) fn strays(&self, path: &Path) -> bool {
        let (place, home) = (canonical(path), self.home(&canonical(folder_of(path))));
        !home.iter().chain(&self.allowed).any(|folder| place.starts_with(folder))
    }

    /// The folders that the files of a folder may name files in: its repository; else that of its
    /// configuration; else itself, the one above it if it is called `claims`, and the working directory.
    fn home(&self, folder: &Path) -> Vec<PathBuf> {
        let configured = || folder.ancestors().find(|folder| folder.join(FILE_NAME).exists());
        let mut home = match repository(folder).or_else(|| configured().map(Path::to_owned)) {
            Some(top) => vec![top],
            None => vec![folder.to_owned(), self.here.clone()],
        };
        if home.len() == 2 && folder.file_name() == Some(OsStr::new("claims")) {
            home.extend(folder.parent().map(Path::to_owned));
        }
        // The top of the file system bounds nothing.
        home.retain(|folder| folder.parent().is_some());
        home
    }

    /// The shortest way from a folder that bounds a file to a place that it names.
    fn way<'p>(&self, file: &Path, place: &'p Path) -> Option<&'p Path> {
        let home = self.home(folder_of(&canonical(file)));
        let all = home.iter().chain(&self.allowed);
        let ways = all.filter_map(|folder| place.strip_prefix(folder).ok());
        ways.min_by_key(|way| way.as_os_str().len())
    }

    /// Reads the article that a claims file names, whatever its ending: without a known one it is plain
    /// text. Returns it with the path to report it under. Every command reads it here.
    ///
    /// # Errors
    /// Why it is not read.
    pub fn read_named_article(
        &self,
        claims: &Path,
        name: &str,
        states: States,
    ) -> Result<(PathBuf, Article), Error> {
        let path = beside(claims, name);
        let place = canonical(&path);
        let Some(way) = self.way(claims, &place) else {
            return Err(forbidden(name, outside(claims), Self::ALLOW));
        };
        if way.iter().any(|part| part.as_encoded_bytes().starts_with(b".")) {
            let reason = "is a hidden file, or lies in a hidden folder";
            let help = "a claims file cannot name hidden files, which may hold secrets";
            return Err(forbidden(name, reason, help));
        }
        let format = Format::of(&path.to_string_lossy());
        match files::read(&place, largest(format), Origin::Found) {
            Ok(bytes) => match Article::opened(bytes, format, states) {
                Ok(article) => Ok((path, article)),
                Err(_) if format.is_none_or(Format::is_text) => Err(Error::missing(name)),
                Err(reason) => Err(unusable(name, &reason)),
            },
            Err(_) if !place.exists() => Err(Error::missing(name)),
            Err(reason) => Err(unusable(name, &reason)),
        }
    }

    /// The article that a claims file names, by its text; `None` where it names none that may be read.
    pub fn article_of(&self, claims: &Path, text: &str) -> Option<PathBuf> {
        let path = beside(claims, &article_in(text)?);
        self.way(claims, &canonical(&path)).is_some().then_some(path)
    }

    /// Takes out of a configuration the paths that it may not name, each with a finding.
    pub(super) fn keep(&self, config: &mut Config, file: &Path, findings: &mut Vec<Finding>) {
        // A configuration that is named counts from the working directory.
        let own = config.folder.join(FILE_NAME);
        let mut is_inside = |(path, span): &(PathBuf, Span)| {
            let place = canonical(path);
            let way = self.way(file, &place).or_else(|| self.way(&own, &place));
            let mut parts = way.into_iter().flatten();
            let in_git = parts.any(|part| part.eq_ignore_ascii_case(OsStr::new(".git")));
            let (reason, help) = match way {
                _ if path.as_os_str() == "-" => return true,
                Some(_) if in_git => ("is git's own", "it may hold secrets"),
                Some(_) => return true,
                None => (outside(file), Self::ALLOW),
            };
            let message = format!("{} {reason}", shown(path));
            let finding = Finding::broken(Check::InvalidPath, message, *span);
            findings.push(finding.labelled("not read").helped(help));
            false
        };
        config.paths.retain(&mut is_inside);
        config.claims.retain(&mut is_inside);
        config.rules.retain(&mut is_inside);
        config.baseline = config.baseline.take().filter(is_inside);
    }
}
