//! From paths to sources: the only place that reads files.

mod article;
mod bounds;
mod cache;
mod claims;
#[cfg(feature = "parquet")]
mod columns;
mod files;
mod folder;
mod loaded;
mod paths;
mod project;
mod records;
mod request;
mod runs;
mod seen;
mod unpack;

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

pub use article::{Article, in_shell, read_again, read_article, read_standard_input};
pub use bounds::{Bounds, leads_out, repository};
pub use cache::{Cache, CacheKey, Digested, Held, clear, held};
pub use claims::{article_of, claims_folders, claims_of, names_claims};
pub use files::{LARGEST_ARTICLE, Origin, read_found, read_text, too_large, up_to};
pub use folder::{Passed, articles_below};
pub use loaded::{Input, Loaded, Project};
#[cfg(feature = "mcp")]
pub(crate) use paths::beside;
pub use paths::{canonical, is_toml, relative_to, shown};
#[cfg(not(feature = "parquet"))]
pub use records::NO_PARQUET;
pub use records::{Fields, Line, Lines, Record, is_parquet, is_records};
pub use request::{Configured, Problem, Request};
pub use runs::Runs;
pub use seen::{is_same_file, note, note_standard_input, was_read};
#[cfg(feature = "parquet")]
pub use {columns::Rows, records::Row};

use crate::checks::Check;
use crate::config;
use crate::document::Format;
use crate::finding::{Finding, Severity};
use crate::load::article::{ARTICLES, largest, unread};
use crate::load::claims::claims_near;
use crate::load::files::{LARGEST_TOML, decode, is_own_page, is_stream, read};
use crate::load::folder::{Below, files_below};
use crate::load::loaded::add;
use crate::load::paths::{folder_of, is_article};
use crate::load::project::Projects;
use crate::source::Span;

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
                let message = format!("there is no folder {}", shown(folder));
                project.findings.push(
                    Finding::new(Check::InvalidPath, Severity::Warning, message, *span)
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
        match read_article(&path, origin, request.states) {
            Ok(article) => {
                let project = search.projects.of(&place, loaded);
                add_article(shown(&path), article, (path, project), loaded);
            }
            Err(reason) => loaded.problems.push(Problem::new(&path, reason)),
        }
    }
}

fn add_article(
    name: String,
    article: Article,
    (path, project): (PathBuf, usize),
    loaded: &mut Loaded,
) {
    loaded.foreign.extend(article.foreign_encoding().map(|encoding| (name.clone(), encoding)));
    let original = article.original.map(|text| loaded.sources.add(&*name, text));
    let source = loaded.sources.add(name, article.text);
    loaded.originals.extend(original.map(|original| (source, original)));
    loaded.articles.push(Input { source, path, project });
}

fn load_stdin(request: &Request, loaded: &mut Loaded) {
    note_standard_input();
    let name = request.stdin_name.clone().unwrap_or_else(|| "<stdin>".to_owned());
    let path = PathBuf::from(&name);
    match up_to(io::stdin().lock(), largest(Format::of(&name))) {
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
    match Article::opened(bytes, format, request.states) {
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
        let other = || format!("this is neither an article ({ARTICLES}) nor a claims file (.toml)");
        let reason = unread(path, " | crossfoot check -").unwrap_or_else(other);
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
        } else if is_article(&path) && is_own_page(&path) {
            passed.file(&path);
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

/// The same for what came without a name that says what it is.
fn decode_toml(bytes: Vec<u8>) -> Result<String, String> {
    if LARGEST_TOML < bytes.len() as u64 { Err(too_large(LARGEST_TOML)) } else { decode(bytes) }
}
