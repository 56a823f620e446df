//! Paths: where they lead, what they name, and how they are shown.

use std::path::{Component, Path, PathBuf};

use crate::document::Format;

pub(super) fn folder_of(file: &Path) -> &Path {
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

/// Whether a file is TOML by its name, as claims files are.
pub fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "toml")
}

pub(super) fn is_article(path: &Path) -> bool {
    // Word keeps a file of this name beside a document that is open.
    let is_lock = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"~$"));
    !is_lock && Format::of(&path.to_string_lossy()).is_some()
}

/// A path that a file names relative to itself.
pub(crate) fn beside(file: &Path, relative: &str) -> PathBuf {
    without_dots(&file.parent().unwrap_or(Path::new("")).join(relative))
}

/// A path without the dots that it can do without, links not looked at.
pub(super) fn without_dots(path: &Path) -> PathBuf {
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
