//! Texts as they were at a revision of a git repository, by way of `git` itself.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::LazyLock;

/// The repository that the environment names, as it stands from any folder: a path in it counts from the
/// working directory, and where it names no working tree, git looks for that from there too.
static NAMED: LazyLock<Vec<(&str, OsString)>> = LazyLock::new(|| {
    if std::env::var_os("GIT_DIR").is_none() && std::env::var_os("GIT_WORK_TREE").is_none() {
        return Vec::new();
    }
    let asked = [("GIT_DIR", "--absolute-git-dir"), ("GIT_WORK_TREE", "--show-toplevel")];
    let answer = |(name, option)| {
        let found = plain_git().args(["rev-parse", option]).output().ok()?;
        let path = String::from_utf8(found.stdout).ok()?;
        found.status.success().then(|| (name, OsString::from(path.trim_end_matches('\n'))))
    };
    asked.into_iter().filter_map(answer).collect()
});

/// Git, which asks nothing, shows nothing page by page, changes nothing, and complains in English.
fn plain_git() -> Command {
    let mut git = Command::new("git");
    git.args(["--no-pager", "--no-optional-locks"]);
    git.env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
    git
}

/// Runs git in a folder. A folder of the repository that looks like a bare repository is not taken for
/// one: the configuration in it could name programs to run.
fn git(folder: &Path, arguments: &[&str]) -> Result<Output, String> {
    let run = plain_git()
        .envs(NAMED.iter().map(|(name, value)| (name, value)))
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
/// If there is no repository, or no such revision, or it is none or several commits.
pub(super) fn commit(folder: &Path, revision: &str) -> Result<String, String> {
    let verify = ["rev-parse", "--verify", "--quiet", "--end-of-options"];
    let found = git(folder, &[&verify[..], &[revision]].concat())?;
    if found.stdout.is_empty() {
        let inside = git(folder, &["rev-parse", "--git-dir"])?;
        return Err(match inside.status.success() {
            true if revision.is_empty() => "no revision is named".to_owned(),
            true => format!("there is no revision `{revision}`; a shallow clone may lack it"),
            false => complaint(&inside),
        });
    }
    // A range is several, and what is left out, as `^main`, is no object; a tag leads to a commit, a file
    // to none.
    let commit = match object_name(&found) {
        Some(object) => {
            let commit = format!("{object}^{{commit}}");
            object_name(&git(folder, &[&verify[..], &[&*commit]].concat())?)
        }
        None => None,
    };
    commit
        .ok_or_else(|| format!("`{revision}` is not one commit; name a branch, a tag or a commit"))
}

/// The name of the one object that git prints.
fn object_name(output: &Output) -> Option<String> {
    let name = std::str::from_utf8(&output.stdout).ok()?.trim_end();
    let is_name = matches!(name.len(), 40 | 64) && name.bytes().all(|b| b.is_ascii_hexdigit());
    (is_name && output.status.success()).then(|| name.to_owned())
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
