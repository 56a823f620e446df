//! From paths to sources: the only place that reads files.

mod article;
mod project;
mod seen;

use std::collections::HashSet;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use ignore::WalkBuilder;
use regex::Regex;

pub use article::{Article, read_article, read_named_article, read_standard_input};
pub use project::{Configured, Project};
pub use seen::{is_same_file, note, note_standard_input, was_read};

use crate::config;
use crate::document::Format;
use crate::finding::{Finding, RuleId, Severity};
use crate::load::project::Projects;
use crate::source::{SourceId, Sources};

/// A file that was asked for and could not be read or used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The path as the user wrote it.
    pub path: String,
    /// Why.
    pub reason: String,
}

impl Problem {
    fn new(path: &Path, reason: impl Into<String>) -> Self {
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
    /// Where the configuration comes from.
    pub configured: Configured,
    /// The name that standard input is reported under.
    pub stdin_name: Option<String>,
    /// The working directory.
    pub directory: PathBuf,
}

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
    /// Names of articles that are not in UTF-8, each with its encoding.
    pub foreign: Vec<(String, &'static str)>,
    /// Files in folders that are neither articles nor claims.
    pub skipped: usize,
    /// What could not be read.
    pub problems: Vec<Problem>,
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

/// Reads the configuration of the working directory and its rule files, but nothing to check.
pub fn load_rules(request: &Request) -> Loaded {
    let mut loaded = Loaded::default();
    Projects::open(request, &mut loaded);
    loaded
}

/// The same with the configuration that holds for a file.
pub fn load_rules_for(request: &Request, path: &Path) -> (Loaded, usize) {
    let mut loaded = Loaded::default();
    let mut projects = Projects::open(request, &mut loaded);
    let project = projects.of(&canonical(path), &mut loaded);
    (loaded, project)
}

/// Reads everything that a check needs but the articles that claims files name.
pub fn load(request: &Request) -> Loaded {
    let mut loaded = Loaded::default();
    let mut projects = Projects::open(request, &mut loaded);
    let mut paths = paths(request, &mut loaded);
    // What is found does not hang on the order in which they are named.
    paths.sort();
    let mut search = Search::new(&mut projects);
    for path in paths {
        let may_be_excluded = request.configured.excludes_named && path.is_file();
        if may_be_excluded && search.projects.excludes(&canonical(&path), &mut loaded) {
            continue;
        }
        if path.as_os_str() == "-" {
            load_stdin(request, &mut loaded);
        } else if path.is_dir() {
            load_folder(&path, &mut search, &mut loaded);
        } else {
            load_file(&path, &mut search, &mut loaded);
        }
    }
    load_articles(request, search, &mut loaded);
    missing_folders(request, &mut loaded);
    loaded
}

/// Says which folders with claims files are not there: a misspelt one would lose findings.
fn missing_folders(request: &Request, loaded: &mut Loaded) {
    for folder in request.claims.iter().filter(|folder| !folder.is_dir()) {
        loaded.problems.push(Problem::new(folder, "there is no such folder"));
    }
    for project in &mut loaded.projects {
        for (folder, span) in &project.config.claims {
            if !folder.is_dir() {
                let rule = RuleId::new("invalid-path");
                let message = format!("there is no folder {}", shown(folder));
                project.findings.push(
                    Finding::new(&rule, Severity::Warning, message, *span)
                        .labelled("no folder yet")
                        .helped("`crossfoot record` makes it"),
                );
            }
        }
    }
}

/// What to check: the paths that are named, else what the configuration names, else the claims.
fn paths(request: &Request, loaded: &mut Loaded) -> Vec<PathBuf> {
    let config = &loaded.projects[0].config;
    let claims: Vec<PathBuf> = config.claims.iter().map(|(folder, _)| folder.clone()).collect();
    let named = [&request.paths, &config.paths, &request.claims, &claims];
    if let Some(named) = named.into_iter().find(|paths| !paths.is_empty()) {
        return named.clone();
    }
    let default = request.directory.join("claims");
    if default.is_dir() {
        return vec![default];
    }
    loaded.problems.push(Problem::new(
        Path::new("claims"),
        "there is no folder `claims` here; name the files to check",
    ));
    Vec::new()
}

/// What was found on the way and is read when all paths are known.
struct Search<'p> {
    projects: &'p mut Projects,
    /// Files that were read.
    seen: HashSet<PathBuf>,
    /// Articles, in order, each with the place that its path leads to.
    articles: Vec<(PathBuf, PathBuf)>,
}

impl<'p> Search<'p> {
    fn new(projects: &'p mut Projects) -> Self {
        Self { projects, seen: HashSet::new(), articles: Vec::new() }
    }
}

/// Reads the claims files that name an article, and the articles that none names.
fn load_articles(request: &Request, mut search: Search<'_>, loaded: &mut Loaded) {
    if search.articles.is_empty() {
        return;
    }
    let mut claimed: HashSet<PathBuf> = HashSet::new();
    let named = loaded.claims.iter().filter_map(|claims| article_of(&claims.path));
    claimed.extend(named.map(|article| canonical(&article)));
    // An article brings the claims file that names it.
    let folders = search.articles.iter().map(|(article, _)| folder_of(article));
    let wanted: HashSet<&PathBuf> = search.articles.iter().map(|(_, place)| place).collect();
    for (_, place) in &search.articles {
        search.projects.of(place, loaded);
    }
    let configured = claims_folders(request, &loaded.projects);
    let mut bring = claims_near(&configured, folders);
    bring.retain(|(_, article)| wanted.contains(article));
    for (claims, article) in bring {
        add_claims(&claims, &mut search, loaded);
        claimed.insert(article);
    }
    for (path, place) in std::mem::take(&mut search.articles) {
        if claimed.contains(&place) || !search.seen.insert(place.clone()) {
            continue;
        }
        match read_article(&path) {
            Ok(article) => {
                let project = search.projects.of(&place, loaded);
                add_article(shown(&path), article, (path, project), loaded);
            }
            Err(reason) => loaded.problems.push(Problem::new(&path, reason)),
        }
    }
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
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

/// The claims files in some folders and beside articles, each with the article that it names, sorted.
fn claims_near<'p>(
    configured: &[PathBuf],
    folders: impl Iterator<Item = &'p Path>,
) -> Vec<(PathBuf, PathBuf)> {
    let mut candidates: Vec<PathBuf> =
        configured.iter().flat_map(|folder| files_below(folder, &mut Vec::new())).collect();
    let mut seen = HashSet::new();
    let near = folders.flat_map(|own| [own.to_owned(), own.join("claims"), own.join("../claims")]);
    for folder in near {
        if seen.insert(folder.clone()) {
            let entries = std::fs::read_dir(folder).into_iter().flatten();
            candidates.extend(entries.filter_map(|entry| entry.ok().map(|entry| entry.path())));
        }
    }
    candidates.retain(|path| is_toml(path));
    candidates.sort();
    // One file may be reached by several folders.
    let mut seen = HashSet::new();
    candidates.retain(|path| seen.insert(canonical(path)));
    let named = |claims: PathBuf| {
        let article = canonical(&article_of(&claims)?);
        Some((claims, article))
    };
    candidates.into_iter().filter_map(named).collect()
}

/// The claims files that name an article, in some folders or beside it.
pub fn claims_of(article: &Path, configured: &[PathBuf]) -> Vec<PathBuf> {
    let wanted = canonical(article);
    let near = claims_near(configured, std::iter::once(folder_of(article)));
    near.into_iter().filter(|(_, named)| *named == wanted).map(|(claims, _)| claims).collect()
}

/// A path as a file in a folder names it: relative to that folder, with `/` between its parts.
pub fn relative_to(path: &Path, folder: &Path) -> String {
    let (path, folder) = (canonical(path), canonical(folder));
    let mut parts = path.components().peekable();
    let mut base = folder.components().peekable();
    while parts.peek().is_some() && parts.peek() == base.peek() {
        parts.next();
        base.next();
    }
    let up = base.map(|_| "..".to_owned());
    let down = parts.map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

fn add_article(
    name: String,
    article: Article,
    (path, project): (PathBuf, usize),
    loaded: &mut Loaded,
) {
    loaded.foreign.extend(article.foreign_encoding().map(|encoding| (name.clone(), encoding)));
    let source = loaded.sources.add(name, article.text);
    loaded.articles.push(Input { source, path, project });
}

fn load_stdin(request: &Request, loaded: &mut Loaded) {
    note_standard_input();
    let mut bytes = Vec::new();
    let name = request.stdin_name.clone().unwrap_or_else(|| "<stdin>".to_owned());
    let path = PathBuf::from(&name);
    if let Err(error) = io::stdin().lock().read_to_end(&mut bytes) {
        loaded.problems.push(Problem::new(&path, error.to_string()));
        return;
    }
    let format = Format::of(&name);
    let is_claims =
        format.is_none() && (is_toml(&path) || std::str::from_utf8(&bytes).is_ok_and(names_claims));
    if is_claims {
        match decode(bytes) {
            Ok(text) => {
                let source = loaded.sources.add(name, text);
                let path = request.directory.join(path);
                loaded.claims.push(Input { source, path, project: 0 });
            }
            Err(reason) => loaded.problems.push(Problem::new(&path, reason)),
        }
        return;
    }
    match Article::decoded(bytes, format.unwrap_or(Format::Plain)) {
        Ok(article) => add_article(name, article, (request.directory.join(path), 0), loaded),
        Err(reason) => loaded.problems.push(Problem::new(&path, reason)),
    }
}

fn load_file(path: &Path, search: &mut Search<'_>, loaded: &mut Loaded) {
    if is_toml(path) {
        add_claims(path, search, loaded);
    } else if !path.exists() {
        loaded.problems.push(Problem::new(path, "there is no such file"));
    } else if is_article(path) {
        search.articles.push((path.to_owned(), canonical(path)));
    } else {
        let reason = "this is neither an article (.md, .txt) nor a claims file (.toml)";
        loaded.problems.push(Problem::new(path, reason));
    }
}

fn load_folder(folder: &Path, search: &mut Search<'_>, loaded: &mut Loaded) {
    let (mut found, mut is_excluded) = (false, false);
    for path in files_below(folder, &mut loaded.problems) {
        let is_config = path.file_name().is_some_and(|name| name == config::FILE_NAME);
        let place = canonical(&path);
        if search.projects.excludes(&place, loaded) {
            is_excluded = true;
            continue;
        }
        let text = if is_toml(&path) && !is_config { read_text(&path).ok() } else { None };
        if text.is_some_and(|text| names_claims(&text)) {
            found = true;
            add_claims(&path, search, loaded);
        } else if is_article(&path) {
            found = true;
            search.articles.push((path, place));
        } else {
            loaded.skipped += 1;
        }
    }
    if !found {
        let reason = if is_excluded {
            "all that it has is excluded by the configuration"
        } else {
            "there is no article and no claims file in this folder"
        };
        loaded.problems.push(Problem::new(folder, reason));
    }
}

fn add_claims(path: &Path, search: &mut Search<'_>, loaded: &mut Loaded) {
    let place = canonical(path);
    if search.seen.insert(place.clone())
        && let Some(source) = read(path, loaded)
    {
        let project = search.projects.of(&place, loaded);
        loaded.claims.push(Input { source, path: path.to_owned(), project });
    }
}

/// Whether a text has the tables of a claims file, be the rest of it TOML or not.
fn names_claims(text: &str) -> bool {
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

/// Whether a file is TOML by its name, as claims files are.
pub fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "toml")
}

fn is_article(path: &Path) -> bool {
    Format::of(&path.to_string_lossy()).is_some()
}

/// The article that a claims file names, found without reading the rest of it as claims.
pub fn article_of(claims: &Path) -> Option<PathBuf> {
    let text = read_text(claims).ok()?;
    let table = toml::de::DeTable::parse(&text).ok()?;
    let article = table.get_ref().get("article")?.get_ref().as_str()?;
    Some(beside(claims, article))
}

/// A path that a file names relative to itself.
pub fn beside(file: &Path, relative: &str) -> PathBuf {
    let joined = file.parent().unwrap_or(Path::new("")).join(relative);
    let mut clean = PathBuf::new();
    for part in joined.components() {
        let above = part == Component::ParentDir
            && matches!(clean.components().next_back(), Some(Component::Normal(_)));
        if above {
            clean.pop();
        } else {
            clean.push(part);
        }
    }
    clean
}

/// Reads one more text into a run's sources.
///
/// # Errors
/// Why it cannot be read: not there, not text.
pub fn read_text(path: &Path) -> Result<String, String> {
    note(path);
    decode(std::fs::read(path).map_err(|error| reason(&error))?)
}

/// The articles below a folder, sorted by path, without what git ignores.
pub fn articles_below(folder: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let mut files = files_below(folder, problems);
    files.retain(|path| Format::of(&path.to_string_lossy()).is_some());
    files
}

/// Why a file could not be read, in words.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => error.to_string(),
    }
}

fn decode(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|error| {
        format!("not UTF-8 text: byte {} is no character", error.utf8_error().valid_up_to())
    })
}

fn read(path: &Path, loaded: &mut Loaded) -> Option<SourceId> {
    match read_text(path) {
        Ok(text) => Some(loaded.sources.add(shown(path), text)),
        Err(reason) => {
            loaded.problems.push(Problem::new(path, reason));
            None
        }
    }
}

/// All files below a folder that git would not ignore, sorted by path.
fn files_below(folder: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let walk = WalkBuilder::new(folder).require_git(false).sort_by_file_path(Path::cmp).build();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                files.push(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => problems.push(Problem::new(folder, error.to_string())),
        }
    }
    files
}

/// Where a path leads, without links and dots. What is not there yet lies in a folder that is.
pub fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) if parent.as_os_str().is_empty() => {
            canonical(Path::new(".")).join(name)
        }
        (Some(parent), Some(name)) => canonical(parent).join(name),
        _ => path.to_owned(),
    })
}

/// A path as findings show it: relative to the working directory where it lies below it, with
/// forward slashes.
pub fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let relative = path.strip_prefix(&here).unwrap_or(path);
    let text = relative.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").map_or(text.clone(), ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_beside_a_file_loses_its_dots() {
        let article = beside(Path::new("claims/armenia.toml"), "../fixtures/articles/armenia.md");
        assert_eq!(article, Path::new("fixtures/articles/armenia.md"));
        assert_eq!(beside(Path::new("a.toml"), "../b.md"), Path::new("../b.md"));
    }
}
