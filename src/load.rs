//! From paths to sources: the only place that reads files.

use std::collections::HashSet;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use ignore::WalkBuilder;
use regex::Regex;

use crate::config::{self, Config};
use crate::document::{Decoded, Document, Encoding, Format, Offsets};
use crate::finding::Finding;
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
    /// Claims files, each with the path that its article is relative to.
    pub claims: Vec<(SourceId, PathBuf)>,
    /// Articles that no claims file names.
    pub articles: Vec<SourceId>,
    /// Names of articles that are not in UTF-8, each with its encoding.
    pub foreign: Vec<(String, &'static str)>,
    /// Rule files.
    pub rules: Vec<SourceId>,
    /// Tables of a project's own lexicon.
    pub lexicon: Vec<SourceId>,
    /// The configuration.
    pub config: Config,
    /// Files in folders that are neither articles nor claims.
    pub skipped: usize,
    /// Mistakes in the configuration.
    pub findings: Vec<Finding>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// Reads the configuration and the rule files, but nothing to check.
pub fn load_rules(request: &Request) -> Loaded {
    let mut loaded = Loaded::default();
    load_config(&request.directory, &mut loaded);
    let mut folders = request.rules.clone();
    for (folder, span) in loaded.config.rules.clone() {
        if folder.is_dir() {
            folders.push(folder);
        } else {
            loaded.findings.push(
                Finding::broken(
                    "invalid-path",
                    format!("there is no folder {}", shown(&folder)),
                    span,
                )
                .labelled("no folder"),
            );
        }
    }
    let own = if loaded.config.folder.as_os_str().is_empty() {
        request.directory.join("rules")
    } else {
        loaded.config.folder.join("rules")
    };
    if own.is_dir() {
        folders.push(own);
    }
    let mut seen = HashSet::new();
    for folder in folders {
        if !folder.is_dir() {
            loaded.problems.push(Problem::new(&folder, "there is no such folder"));
            continue;
        }
        for path in files_below(&folder, &mut loaded.problems) {
            let in_lexicon = path.parent().is_some_and(|parent| parent.ends_with("lexicon"));
            let is_table = path.extension().is_some_and(|ending| ending == "toml");
            if is_table
                && seen.insert(canonical(&path))
                && let Some(id) = read(&path, &mut loaded)
            {
                if in_lexicon { loaded.lexicon.push(id) } else { loaded.rules.push(id) }
            }
        }
    }
    loaded
}

/// Reads everything that a check needs but the articles.
pub fn load(request: &Request) -> Loaded {
    let mut loaded = load_rules(request);
    let mut paths = request.paths.clone();
    if paths.is_empty() {
        paths.clone_from(&loaded.config.paths);
    }
    if paths.is_empty() {
        let default = request.directory.join("claims");
        if default.is_dir() {
            paths.push(default);
        } else {
            loaded.problems.push(Problem::new(
                Path::new("claims"),
                "there is no folder `claims` here; name the files to check",
            ));
        }
    }
    let mut search = Search::default();
    for path in paths {
        if path.as_os_str() == "-" {
            load_stdin(request, &mut loaded);
        } else if path.is_dir() {
            load_folder(&path, &mut search, &mut loaded);
        } else {
            load_file(&path, &mut search, &mut loaded);
        }
    }
    load_articles(request, search, &mut loaded);
    loaded
}

/// What was found on the way and is read when all paths are known.
#[derive(Default)]
struct Search {
    /// Files that were read.
    seen: HashSet<PathBuf>,
    /// Articles, in order.
    articles: Vec<PathBuf>,
}

/// Reads the claims files that name an article, and the articles that none names.
fn load_articles(request: &Request, mut search: Search, loaded: &mut Loaded) {
    if search.articles.is_empty() {
        return;
    }
    let mut claimed: HashSet<PathBuf> = HashSet::new();
    let named = loaded.claims.iter().filter_map(|(_, claims)| article_of(claims));
    claimed.extend(named.map(|article| canonical(&article)));
    // An article brings the claims file that names it.
    let folders = search.articles.iter().map(|article| folder_of(article));
    let wanted: HashSet<PathBuf> =
        search.articles.iter().map(|article| canonical(article)).collect();
    for (claims, article) in claims_near(&request.directory, folders) {
        if wanted.contains(&article) {
            add_claims(&claims, &mut search.seen, loaded);
            claimed.insert(article);
        }
    }
    for path in search.articles {
        let place = canonical(&path);
        if claimed.contains(&place) || !search.seen.insert(place) {
            continue;
        }
        match read_article(&path) {
            Ok(article) => add_article(shown(&path), article, loaded),
            Err(reason) => loaded.problems.push(Problem::new(&path, reason)),
        }
    }
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The claims files in `claims/` of the working directory and in some folders, each with the article
/// that it names, sorted.
fn claims_near<'p>(
    directory: &Path,
    folders: impl Iterator<Item = &'p Path>,
) -> Vec<(PathBuf, PathBuf)> {
    let mut candidates = files_below(&directory.join("claims"), &mut Vec::new());
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

/// The claims files that name an article, in `claims/` of the working directory or beside it.
pub fn claims_of(article: &Path, directory: &Path) -> Vec<PathBuf> {
    let wanted = canonical(article);
    let near = claims_near(directory, std::iter::once(folder_of(article)));
    near.into_iter().filter(|(_, named)| *named == wanted).map(|(claims, _)| claims).collect()
}

/// A path as a file in a folder names it: relative to that folder, with `/` between its parts.
pub fn relative_to(path: &Path, folder: &Path) -> String {
    // A folder that is not there yet lies in one that is.
    let folder = match (folder.canonicalize(), folder.parent(), folder.file_name()) {
        (Err(_), Some(parent), Some(name)) => canonical(parent).join(name),
        (found, ..) => found.unwrap_or_else(|_| folder.to_owned()),
    };
    let path = canonical(path);
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

fn add_article(name: String, article: Article, loaded: &mut Loaded) {
    loaded.foreign.extend(article.foreign_encoding().map(|encoding| (name.clone(), encoding)));
    loaded.articles.push(loaded.sources.add(name, article.text));
}

fn load_config(directory: &Path, loaded: &mut Loaded) {
    let Some(folder) =
        directory.ancestors().find(|folder| folder.join(config::FILE_NAME).is_file())
    else {
        return;
    };
    let Some(id) = read(&folder.join(config::FILE_NAME), loaded) else { return };
    let mut findings = Vec::new();
    if let Some(config) = config::read(&loaded.sources, id, folder, &mut findings) {
        loaded.config = config;
    }
    loaded.findings.append(&mut findings);
}

fn load_stdin(request: &Request, loaded: &mut Loaded) {
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
                let id = loaded.sources.add(name, text);
                loaded.claims.push((id, request.directory.join(path)));
            }
            Err(reason) => loaded.problems.push(Problem::new(&path, reason)),
        }
        return;
    }
    match Article::decoded(bytes, format.unwrap_or(Format::Plain)) {
        Ok(article) => add_article(name, article, loaded),
        Err(reason) => loaded.problems.push(Problem::new(&path, reason)),
    }
}

fn load_file(path: &Path, search: &mut Search, loaded: &mut Loaded) {
    if is_toml(path) {
        add_claims(path, &mut search.seen, loaded);
    } else if !path.exists() {
        loaded.problems.push(Problem::new(path, "there is no such file"));
    } else if is_article(path) {
        search.articles.push(path.to_owned());
    } else {
        let reason = "this is neither an article (.md, .txt) nor a claims file (.toml)";
        loaded.problems.push(Problem::new(path, reason));
    }
}

fn load_folder(folder: &Path, search: &mut Search, loaded: &mut Loaded) {
    let mut found = false;
    for path in files_below(folder, &mut loaded.problems) {
        let is_config = path.file_name().is_some_and(|name| name == config::FILE_NAME);
        let text =
            if is_toml(&path) && !is_config { std::fs::read_to_string(&path).ok() } else { None };
        if text.is_some_and(|text| names_claims(&text)) {
            found = true;
            add_claims(&path, &mut search.seen, loaded);
        } else if is_article(&path) {
            found = true;
            search.articles.push(path);
        } else {
            loaded.skipped += 1;
        }
    }
    if !found {
        let reason = "there is no article and no claims file in this folder";
        loaded.problems.push(Problem::new(folder, reason));
    }
}

fn add_claims(path: &Path, seen: &mut HashSet<PathBuf>, loaded: &mut Loaded) {
    if seen.insert(canonical(path))
        && let Some(id) = read(path, loaded)
    {
        loaded.claims.push((id, path.to_owned()));
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

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "toml")
}

fn is_article(path: &Path) -> bool {
    Format::of(&path.to_string_lossy()).is_some()
}

/// The article that a claims file names, found without reading the rest of it as claims.
pub fn article_of(claims: &Path) -> Option<PathBuf> {
    let text = std::fs::read_to_string(claims).ok()?;
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
    decode(std::fs::read(path).map_err(|error| reason(&error))?)
}

/// An article that was read: its text, and how the file was written.
#[derive(Clone, Debug)]
pub struct Article {
    /// The whole text.
    pub text: String,
    encoding: Encoding,
    format: Format,
}

impl Article {
    /// A plain text that stands in no file of its own.
    pub fn plain(text: String) -> Self {
        Self { text, encoding: Encoding::Utf8, format: Format::Plain }
    }

    /// Its prose.
    pub fn document(&self) -> Document<'_> {
        Document::parse(&self.text, self.format)
    }

    /// From offsets of the text to bytes of the file.
    pub fn offsets(&self) -> Offsets<'_> {
        Offsets::new(&self.text, self.encoding)
    }

    /// The name of the encoding, where it is not UTF-8 and the user should know.
    pub fn foreign_encoding(&self) -> Option<&'static str> {
        (self.encoding != Encoding::Utf8).then(|| self.encoding.name())
    }

    /// An article of this name as it was at another time: plain text where the name has no known ending.
    ///
    /// # Errors
    /// Why it is no text.
    pub fn of(bytes: Vec<u8>, name: &str) -> Result<Self, String> {
        Self::decoded(bytes, Format::of(name).unwrap_or(Format::Plain))
    }

    fn decoded(bytes: Vec<u8>, format: Format) -> Result<Self, String> {
        let Decoded { text, encoding } = crate::document::decode(bytes)?;
        Ok(Self { text, encoding, format })
    }
}

/// Reads an article, in whatever encoding it is written.
///
/// # Errors
/// Why it cannot be read: not there, of no known format, no text.
pub fn read_article(path: &Path) -> Result<Article, String> {
    let format = Format::of(&path.to_string_lossy())
        .ok_or_else(|| "this is no article (.md, .txt)".to_owned())?;
    read_as(path, format)
}

/// Reads the article that a claims file names, whatever its name: without a known ending it is
/// plain text.
///
/// # Errors
/// Why it cannot be read: not there, no text.
pub fn read_named_article(path: &Path) -> Result<Article, String> {
    read_as(path, Format::of(&path.to_string_lossy()).unwrap_or(Format::Plain))
}

fn read_as(path: &Path, format: Format) -> Result<Article, String> {
    let bytes = std::fs::read(path).map_err(|error| reason(&error))?;
    Article::decoded(bytes, format)
}

/// Reads an article from standard input; the ending of its name says how it is written, and plain
/// text is what has none.
///
/// # Errors
/// Why it cannot be read.
pub fn read_standard_input(name: &str) -> Result<Article, String> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    Article::decoded(bytes, Format::of(name).unwrap_or(Format::Plain))
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

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
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
