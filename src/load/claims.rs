//! Claims files: what is one, and where they are looked for.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use crate::load::article::article_in;
use crate::load::bounds::Bounds;
use crate::load::files::{LARGEST_TOML, Origin, decode, oddity, read, too_large};
use crate::load::folder::{Passed, files_below};
use crate::load::loaded::Project;
use crate::load::paths::{beside, canonical, folder_of, is_toml, without_dots};
use crate::load::request::{Problem, Request};

/// The claims files that were found, with what was met on the way.
#[derive(Debug, Default)]
pub(super) struct Near {
    /// Each with the article that it names, sorted.
    pub(super) files: Vec<(PathBuf, PathBuf)>,
    /// What could not be read.
    pub(super) problems: Vec<Problem>,
    /// What is named like a claims file and is no file.
    pub(super) passed: Vec<(PathBuf, &'static str)>,
}

impl Near {
    /// Takes down what was met on the way.
    pub(super) fn told(self, passed: &mut Passed, problems: &mut Vec<Problem>) {
        for (path, kind) in self.passed {
            passed.odd(&path, kind);
        }
        problems.extend(self.problems);
    }
}

/// Whether a text has the tables of a claims file, be the rest of it TOML or not.
pub fn names_claims(text: &str) -> bool {
    static TABLE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?m)^[ \t]*\[\[[ \t]*(?:claim|assert)[ \t]*\]\]").expect("a fixed pattern")
    });
    TABLE.is_match(text) || {
        // Tables in one line, or no claims yet.
        let keys = ["article", "published", "claim", "assert", "exempt"];
        toml::de::DeTable::parse(text).is_ok_and(|table| {
            let table = table.get_ref();
            !table.is_empty() && table.keys().all(|key| keys.contains(&&**key.get_ref()))
        })
    }
}

/// The path of the article that a claims file names; it is not read here.
pub fn article_of(claims: &Path) -> Option<PathBuf> {
    article_beside(claims).ok()?
}

/// The same.
///
/// # Errors
/// Why the claims file cannot be read.
fn article_beside(claims: &Path) -> Result<Option<PathBuf>, String> {
    let bytes = read(claims, LARGEST_TOML, Origin::Found)?;
    // What is no text is no claims file.
    let article = decode(bytes).ok().and_then(|text| article_in(&text));
    Ok(article.map(|article| beside(claims, &article)))
}

/// The folders with claims files: those that are named, else `claims/` of the working directory.
pub fn claims_folders(request: &Request, projects: &[Project]) -> Vec<PathBuf> {
    if !request.claims.is_empty() {
        return request.claims.clone();
    }
    let named: Vec<PathBuf> = projects
        .iter()
        .flat_map(|project| &project.config.claims)
        .map(|(folder, _)| folder.clone())
        .collect();
    if named.is_empty() { vec![request.directory.join("claims")] } else { named }
}

/// The claims files in some folders and beside articles.
pub(super) fn claims_near<'p>(
    configured: &[PathBuf],
    folders: impl Iterator<Item = &'p Path>,
    bounds: &Bounds,
) -> Near {
    let mut near = Near::default();
    let mut candidates = Vec::new();
    let leads_out = |folder: &PathBuf| bounds.leads_out(folder);
    for folder in configured.iter().filter(|folder| folder.is_dir()) {
        if leads_out(folder) {
            near.problems.push(Problem::new(folder, Bounds::LEADS_OUT));
            continue;
        }
        let below = files_below(folder, bounds, &mut near.problems);
        candidates.extend(below.files);
        near.passed.extend(below.odd);
    }
    let mut seen = HashSet::new();
    for folder in
        folders.flat_map(|own| [own.to_owned(), own.join("claims"), own.join("../claims")])
    {
        if !seen.insert(folder.clone()) || !folder.is_dir() {
            continue;
        }
        if leads_out(&folder) {
            near.problems.push(Problem::new(&without_dots(&folder), Bounds::LEADS_OUT));
            continue;
        }
        let entries = std::fs::read_dir(folder).into_iter().flatten();
        for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
            match oddity(&path, |path| bounds.leads_out(path)) {
                _ if !is_toml(&path) => {}
                None => candidates.push(path),
                Some(kind) => near.passed.push((path, kind)),
            }
        }
    }
    near.passed.retain(|(path, kind)| is_toml(path) && *kind != "folder");
    candidates.retain(|path| is_toml(path));
    near.problems.dedup();
    candidates.sort();
    // One file may be reached by several folders.
    let mut seen = HashSet::new();
    candidates.retain(|path| seen.insert(canonical(path)));
    for claims in candidates {
        match article_beside(&claims) {
            Ok(article) => {
                near.files.extend(article.map(|article| (claims, canonical(&article))));
            }
            // It may be the one that names the article.
            Err(reason) if reason == too_large(LARGEST_TOML) => {
                near.problems.push(Problem::new(&claims, reason));
            }
            Err(_) => near.passed.push((claims, "unreadable file")),
        }
    }
    near
}

/// The claims files that name an article, in some folders or beside it; and what could not be read on
/// the way.
pub fn claims_of(
    article: &Path,
    configured: &[PathBuf],
    bounds: &Bounds,
) -> (Vec<PathBuf>, Vec<Problem>) {
    let wanted = canonical(article);
    let near = claims_near(configured, std::iter::once(folder_of(article)), bounds);
    let named = near.files.into_iter().filter(|(_, named)| *named == wanted);
    (named.map(|(claims, _)| claims).collect(), near.problems)
}
