//! From paths to sources: the only place that reads files.

mod article;
mod bounds;
mod claims;
mod files;
mod project;
mod seen;

use std::collections::HashSet;
use std::io;
use std::path::{Component, Path, PathBuf};

pub use article::{Article, in_shell, read_article, read_standard_input};
pub use bounds::{Bounds, leads_out, repository};
pub use claims::{article_of, claims_folders, claims_of};
pub use files::{LARGEST_ARTICLE, Origin, Passed, reason, too_large, up_to};
pub use project::{Configured, Project};
pub use seen::{is_same_file, note, note_standard_input, was_read};

use crate::config;
use crate::document::Format;
use crate::finding::{Finding, RuleId, Severity};
use crate::load::article::unread;
use crate::load::claims::{claims_near, names_claims};
use crate::load::files::{Below, LARGEST_TOML, files_below, is_stream, read};
use crate::load::project::Projects;
use crate::source::{SourceId, Sources, Span};

/// A file that was asked for and could not be read or used.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
    /// Folders with files that claims files and configurations may name, though they lie elsewhere.
    pub allowed: Vec<PathBuf>,
    /// Where the configuration comes from.
    pub configured: Configured,
    /// The name that standard input is reported under.
    pub stdin_name: Option<String>,
    /// The working directory.
    pub directory: PathBuf,
}

impl Request {
    /// How the paths come to be read that are checked: the configuration names them where none is given.
    fn origin(&self) -> Origin {
        if self.paths.is_empty() { Origin::Found } else { Origin::Given }
    }
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
    fn of(request: &Request) -> Self {
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

/// Reads the configuration of the working directory and its rule files, but nothing to check.
pub fn load_rules(request: &Request) -> Loaded {
    let mut loaded = Loaded::of(request);
    Projects::open(request, &mut loaded);
    loaded
}

/// The same with the configuration that holds for a file.
pub fn load_rules_for(request: &Request, path: &Path) -> (Loaded, usize) {
    let mut loaded = Loaded::of(request);
    let mut projects = Projects::open(request, &mut loaded);
    let project = projects.of(&canonical(path), &mut loaded);
    (loaded, project)
}

/// Reads everything that a check needs but the articles that claims files name.
pub fn load(request: &Request) -> Loaded {
    let mut loaded = Loaded::of(request);
    let mut projects = Projects::open(request, &mut loaded);
    loaded.paths = paths(request, &loaded);
    // What is found does not hang on the order in which they are named.
    loaded.paths.sort();
    let mut search = Search::new(&mut projects);
    for path in loaded.paths.clone() {
        let may_be_excluded = request.configured.excludes_named && path.is_file();
        if may_be_excluded && search.projects.excludes(&canonical(&path), &mut loaded) {
            continue;
        }
        if path.as_os_str() == "-" {
            load_stdin(request, &mut loaded);
        } else if loaded.bounds.leads_out(&path) {
            loaded.problems.push(Problem::new(&path, Bounds::LEADS_OUT));
        } else if path.is_dir() {
            load_folder(&path, &mut search, &mut loaded);
        } else {
            load_file(&path, request, &mut search, &mut loaded);
        }
    }
    load_articles(request, search, &mut loaded);
    missing_folders(request, &mut loaded);
    // A file may be met on several ways.
    let mut told = HashSet::new();
    loaded.problems.retain(|problem| told.insert(problem.clone()));
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

/// What to check: the paths that are named, else what the configuration names, else the claims, else all
/// that is here.
fn paths(request: &Request, loaded: &Loaded) -> Vec<PathBuf> {
    let config = &loaded.projects[0].config;
    let first = |all: &[(PathBuf, Span)]| all.iter().map(|(path, _)| path.clone()).collect();
    let (paths, claims): (Vec<PathBuf>, Vec<PathBuf>) =
        (first(&config.paths), first(&config.claims));
    let named = [&request.paths, &paths, &request.claims, &claims];
    if let Some(named) = named.into_iter().find(|paths| !paths.is_empty()) {
        return named.clone();
    }
    let default = request.directory.join("claims");
    vec![if default.is_dir() { default } else { PathBuf::from(".") }]
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
    let named = loaded.claims.iter().filter_map(|claims| loaded.article_of(claims));
    claimed.extend(named.map(|article| canonical(&article)));
    // An article brings the claims file that names it.
    let folders = search.articles.iter().map(|(article, _)| folder_of(article));
    let wanted: HashSet<&PathBuf> = search.articles.iter().map(|(_, place)| place).collect();
    for (_, place) in &search.articles {
        search.projects.of(place, loaded);
    }
    let configured = claims_folders(request, &loaded.projects);
    let mut near = claims_near(&configured, folders, &loaded.bounds);
    let mut bring = std::mem::take(&mut near.files);
    near.told(&mut loaded.passed, &mut loaded.problems);
    bring.retain(|(_, article)| wanted.contains(article));
    for (claims, article) in bring {
        add_claims(&claims, read_found(&claims), &mut search, loaded);
        claimed.insert(article);
    }
    for (path, place) in std::mem::take(&mut search.articles) {
        if claimed.contains(&place) || !search.seen.insert(place.clone()) {
            continue;
        }
        let is_given = request.paths.contains(&path);
        let origin = if is_given { Origin::Given } else { Origin::Found };
        match read_article(&path, origin) {
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
    let name = request.stdin_name.clone().unwrap_or_else(|| "<stdin>".to_owned());
    let path = PathBuf::from(&name);
    match up_to(io::stdin().lock(), LARGEST_ARTICLE) {
        Ok(bytes) => add_stream(name, (path, request), bytes, loaded),
        Err(reason) => loaded.problems.push(Problem::new(&path, reason)),
    }
}

/// Adds what comes once: an article or a claims file, by the ending of its name if it has one, else by
/// what it says.
fn add_stream(
    name: String,
    (path, request): (PathBuf, &Request),
    bytes: Vec<u8>,
    loaded: &mut Loaded,
) {
    let format = Format::of(&name);
    let is_claims =
        format.is_none() && (is_toml(&path) || std::str::from_utf8(&bytes).is_ok_and(names_claims));
    let place = request.directory.join(&path);
    if is_claims {
        match decode_toml(bytes) {
            Ok(text) => {
                let source = loaded.sources.add(name, text);
                loaded.claims.push(Input { source, path: place, project: 0 });
            }
            Err(reason) => loaded.problems.push(Problem::new(&path, reason)),
        }
        return;
    }
    match Article::decoded(bytes, format.unwrap_or(Format::Plain)) {
        Ok(article) => add_article(name, article, (place, 0), loaded),
        Err(reason) => loaded.problems.push(Problem::new(&path, reason)),
    }
}

fn load_file(path: &Path, request: &Request, search: &mut Search<'_>, loaded: &mut Loaded) {
    let problem = |reason: &str| Problem::new(path, reason);
    if is_toml(path) {
        let text = read(path, LARGEST_TOML, request.origin()).and_then(decode);
        add_claims(path, text, search, loaded);
    } else if !path.exists() {
        loaded.problems.push(problem("there is no such file"));
    } else if is_article(path) {
        search.articles.push((path.to_owned(), canonical(path)));
    } else if is_stream(path) {
        match read(path, LARGEST_ARTICLE, request.origin()) {
            Ok(bytes) => add_stream(shown(path), (path.to_owned(), request), bytes, loaded),
            Err(reason) => loaded.problems.push(problem(&reason)),
        }
    } else {
        let other = "this is neither an article (.md, .txt) nor a claims file (.toml)";
        let reason = unread(path, " | crossfoot check -").unwrap_or_else(|| other.to_owned());
        loaded.problems.push(problem(&reason));
    }
}

fn load_folder(folder: &Path, search: &mut Search<'_>, loaded: &mut Loaded) {
    let (mut found, mut is_excluded) = (false, false);
    let Below { files, odd } = files_below(folder, &loaded.bounds, &mut loaded.problems);
    let mut passed = Passed::default();
    for path in files {
        let is_config = path.file_name().is_some_and(|name| name == config::FILE_NAME);
        let place = canonical(&path);
        if search.projects.excludes(&place, loaded) {
            is_excluded = true;
        } else if is_article(&path) {
            found = true;
            search.articles.push((path, place));
        } else if is_config || !is_toml(&path) {
            passed.file(&path);
        } else {
            match read(&path, LARGEST_TOML, Origin::Found).map(String::from_utf8) {
                Ok(Ok(text)) if names_claims(&text) => {
                    found = true;
                    add_claims(&path, Ok(text), search, loaded);
                }
                Ok(_) => passed.file(&path),
                Err(reason) => loaded.problems.push(Problem::new(&path, reason)),
            }
        }
    }
    for (path, kind) in odd {
        passed.odd(&path, kind);
    }
    if !found {
        let reason = match () {
            () if is_excluded => "all that it has is excluded by the configuration".to_owned(),
            () if passed.count() == 0 => {
                "there is no article and no claims file in this folder".to_owned()
            }
            () => {
                let told = passed.told();
                format!("there is no article and no claims file in this folder, but {told}")
            }
        };
        loaded.problems.push(Problem::new(folder, reason));
    }
    loaded.passed.add(passed);
}

/// Adds a claims file that was read, once.
fn add_claims(
    path: &Path,
    text: Result<String, String>,
    search: &mut Search<'_>,
    loaded: &mut Loaded,
) {
    let place = canonical(path);
    if search.seen.insert(place.clone())
        && let Some(source) = add(path, text, loaded)
    {
        let project = search.projects.of(&place, loaded);
        loaded.claims.push(Input { source, path: path.to_owned(), project });
    }
}

/// Whether a file is TOML by its name, as claims files are.
pub fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "toml")
}

fn is_article(path: &Path) -> bool {
    Format::of(&path.to_string_lossy()).is_some()
}

/// A path that a file names relative to itself.
pub fn beside(file: &Path, relative: &str) -> PathBuf {
    without_dots(&file.parent().unwrap_or(Path::new("")).join(relative))
}

/// A path without the dots that it can do without, links not looked at.
fn without_dots(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
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

/// Reads a file in TOML that the command line names.
///
/// # Errors
/// Why it cannot be read: not there, not text.
pub fn read_text(path: &Path) -> Result<String, String> {
    decode(read(path, LARGEST_TOML, Origin::Given)?)
}

/// Reads a file in TOML that was found, or that another file names.
///
/// # Errors
/// Why it cannot be read: not there, no file, not text.
pub fn read_found(path: &Path) -> Result<String, String> {
    decode(read(path, LARGEST_TOML, Origin::Found)?)
}

/// The articles below a folder, sorted by path, without what git ignores; and what else is there.
pub fn articles_below(
    folder: &Path,
    bounds: &Bounds,
    problems: &mut Vec<Problem>,
) -> (Vec<PathBuf>, Passed) {
    let mut passed = Passed::default();
    let Below { files, odd } = files_below(folder, bounds, problems);
    let (articles, others): (Vec<PathBuf>, Vec<PathBuf>) =
        files.into_iter().partition(|path| is_article(path));
    for path in &others {
        passed.file(path);
    }
    for (path, kind) in odd {
        passed.odd(&path, kind);
    }
    (articles, passed)
}

fn decode(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|error| {
        format!("not UTF-8 text: byte {} is no character", error.utf8_error().valid_up_to())
    })
}

/// The same for what came without a name that says what it is.
fn decode_toml(bytes: Vec<u8>) -> Result<String, String> {
    if LARGEST_TOML < bytes.len() as u64 { Err(too_large(LARGEST_TOML)) } else { decode(bytes) }
}

/// Adds a text that was read, or why it was not.
fn add(path: &Path, text: Result<String, String>, loaded: &mut Loaded) -> Option<SourceId> {
    match text {
        Ok(text) => Some(loaded.sources.add(shown(path), text)),
        Err(reason) => {
            loaded.problems.push(Problem::new(path, reason));
            None
        }
    }
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
