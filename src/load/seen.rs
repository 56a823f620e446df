//! Which files this process has read, so that no output takes the place of one of them.
//!
//! It is one record for the whole process: whatever reads a file, on whichever thread, puts it down here,
//! and nobody has to hand it on.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

static SEEN: Mutex<Option<HashSet<PathBuf>>> = Mutex::new(None);

fn seen() -> MutexGuard<'static, Option<HashSet<PathBuf>>> {
    SEEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Puts down that a file is read, by the path that it is opened by.
pub fn note(path: &Path) {
    let mut seen = seen();
    let seen = seen.get_or_insert_default();
    if !seen.contains(path) {
        seen.insert(path.to_owned());
    }
}

/// The same of the file, if it is one, that standard input comes from.
pub fn note_standard_input() {
    if cfg!(unix) {
        note(Path::new("/dev/stdin"));
    }
}

/// Whether a path leads to a file that was read, whatever it is called there. A terminal or a pipe may be
/// read and written.
pub fn was_read(path: &Path) -> bool {
    if !path.is_file() {
        return false;
    }
    let Ok(identity) = identity(path) else { return false };
    let seen = seen();
    let mut all = seen.iter().flatten();
    all.any(|read| self::identity(read).is_ok_and(|read| read == identity))
}

/// Whether two paths lead to one file. A file that is not there yet is known by its place.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    match (identity(one), identity(other)) {
        (Ok(one), Ok(other)) => one == other,
        (Err(_), Err(_)) => super::canonical(one) == super::canonical(other),
        _ => false,
    }
}

/// What a file is, whatever it is called: its number on its device.
#[cfg(unix)]
fn identity(path: &Path) -> io::Result<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).map(|known| (known.dev(), known.ino()))
}

/// What a file is: where its path leads to.
#[cfg(not(unix))]
fn identity(path: &Path) -> io::Result<PathBuf> {
    path.canonicalize()
}
