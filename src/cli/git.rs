//! Texts as they were at a revision of a git repository, by way of `git` itself.

use std::path::Path;
use std::process::{Command, Output};

/// Runs git in a folder. A folder of the repository that looks like a bare repository is not taken for
/// one: the configuration in it could name programs to run.
fn git(folder: &Path, arguments: &[&str]) -> Result<Output, String> {
    let run = Command::new("git")
        .args(["-c", "safe.bareRepository=explicit", "-C"])
        .arg(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
        .args(arguments)
        .output();
    run.map_err(|error| format!("git cannot be run: {error}"))
}

/// The first line that git complains with.
fn complaint(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said.lines().next().unwrap_or("git says no").trim();
    line.strip_prefix("fatal: ").unwrap_or(line).to_owned()
}

/// The commit that a revision names, in the repository of a folder.
///
/// # Errors
/// If there is no repository, or no such revision.
pub(super) fn commit(folder: &Path, revision: &str) -> Result<String, String> {
    let name = format!("{revision}^{{commit}}");
    let found = git(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &name])?;
    if found.status.success() {
        return Ok(String::from_utf8_lossy(&found.stdout).trim().to_owned());
    }
    let inside = git(folder, &["rev-parse", "--git-dir"])?;
    Err(if inside.status.success() {
        format!("there is no revision `{revision}`; a shallow clone may lack it")
    } else {
        complaint(&inside)
    })
}

/// A file as it was at a commit; `None` if it was not there.
///
/// # Errors
/// If git cannot say.
pub(super) fn file_at(commit: &str, file: &Path) -> Result<Option<Vec<u8>>, String> {
    let folder = file.parent().unwrap_or(Path::new(""));
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let object = format!("{commit}:./{name}");
    if !git(folder, &["cat-file", "-e", &object])?.status.success() {
        return Ok(None);
    }
    contents(folder, &object).map(Some)
}

fn contents(folder: &Path, object: &str) -> Result<Vec<u8>, String> {
    let shown = git(folder, &["cat-file", "blob", object])?;
    if shown.status.success() { Ok(shown.stdout) } else { Err(complaint(&shown)) }
}

/// The file that `REV:path` names, its path counted from the top of the repository or from here, as
/// `REV:./path`; and the path.
///
/// # Errors
/// If there is no such revision, or no such file in it.
pub(super) fn at_revision(name: &str) -> Result<(Vec<u8>, String), String> {
    let (revision, path) =
        name.split_once(':').ok_or_else(|| "there is no such file".to_owned())?;
    let here = Path::new("");
    let commit = commit(here, revision)?;
    for path in [path.to_owned(), format!("./{path}")] {
        let object = format!("{commit}:{path}");
        let kind = git(here, &["cat-file", "-t", &object])?;
        if kind.stdout.starts_with(b"tree") {
            return Err(format!("{path} is a folder in {revision}"));
        }
        if kind.status.success() {
            return Ok((contents(here, &object)?, path));
        }
    }
    Err(format!("there is no {path} in {revision}"))
}
