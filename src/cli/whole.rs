//! Files that are written whole or not at all: beside their place, and moved there in the end.
//!
//! What is written beside it has a name that nobody else has, and is taken away when something fails, when
//! the process is interrupted or told to end. What is left where it is killed without notice, or the machine
//! stops, is taken away by the next one that writes into that folder a day later.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

const BEGINS: &str = ".crossfoot-";
const ENDS: &str = ".tmp";
/// How old a file must be that nobody is writing any more.
const STALE: Duration = Duration::from_secs(24 * 60 * 60);
/// How often another name is tried; one is enough unless something is wrong with the folder.
const MOST_TRIES: usize = 8;
/// How many links are followed to a file that is not there yet.
const MOST_LINKS: usize = 40;

/// The files of this process that are not in their places yet.
static UNFINISHED: Mutex<Option<HashSet<PathBuf>>> = Mutex::new(None);

fn unfinished() -> MutexGuard<'static, Option<HashSet<PathBuf>>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that takes its place when it is whole, and is gone if it never is.
pub(super) struct Whole {
    file: File,
    beside: PathBuf,
    path: PathBuf,
}

impl Whole {
    /// Begins a file for a place, where there may be one already.
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        signals::heed();
        // A link stays a link: what it leads to is replaced.
        let path = led_to(path);
        sweep(folder(&path));
        let (file, beside) = begun(&path)?;
        let whole = Self { file, beside, path };
        // What nobody else may read is read by nobody while it is written.
        if let Ok(known) = fs::metadata(&whole.path) {
            whole.file.set_permissions(known.permissions())?;
        }
        Ok(whole)
    }

    /// Moves the file to its place, if nothing speaks against it by then.
    pub(super) fn finish(self, may: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        self.file.sync_all()?;
        may()?;
        fs::rename(&self.beside, &self.path)
    }
}

impl Write for Whole {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Whole {
    fn drop(&mut self) {
        // There is none if it was moved.
        let _ = fs::remove_file(&self.beside);
        unfinished().get_or_insert_default().remove(&self.beside);
    }
}

/// From now on, a file that grows too large is an error like any other, and no end of the process.
pub(super) fn heed_signals() {
    signals::heed();
}

/// Makes a file of a new name in the folder of another.
fn begun(path: &Path) -> io::Result<(File, PathBuf)> {
    // Nothing is made while the process is ending.
    let mut unfinished = unfinished();
    let mut tries = 0;
    loop {
        let beside = path.with_file_name(name());
        match OpenOptions::new().write(true).create_new(true).open(&beside) {
            Ok(file) => {
                unfinished.get_or_insert_default().insert(beside.clone());
                return Ok((file, beside));
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tries < MOST_TRIES => {
                tries += 1;
            }
            Err(error) => return Err(error),
        }
    }
}

/// The folder that a file lies in.
pub(super) fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Where a path leads to, be there a file or not.
fn led_to(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            Ok(link) => path = folder(&path).join(link),
            Err(_) => break,
        }
    }
    path
}

/// A name that no other process makes up.
fn name() -> String {
    // The keys of a new hasher are random.
    let random = RandomState::new().hash_one(std::process::id());
    format!("{BEGINS}{random:016x}{ENDS}")
}

fn is_name(name: &str) -> bool {
    let random = name.strip_prefix(BEGINS).and_then(|name| name.strip_suffix(ENDS));
    random.is_some_and(|hex| hex.len() == 16 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Takes away what processes have left in a folder that could not do it themselves.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(is_name) && is_stale(&entry).unwrap_or(false) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_stale(entry: &fs::DirEntry) -> io::Result<bool> {
    let known = entry.metadata()?;
    let age = known.modified()?.elapsed().unwrap_or_default();
    Ok(known.is_file() && STALE < age)
}

#[cfg(unix)]
mod signals {
    //! What happens when the process is interrupted while it writes.

    use std::fs;
    use std::sync::{Arc, Once};

    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXFSZ};
    use signal_hook::iterator::Signals;
    use signal_hook::{flag, low_level};

    use super::unfinished;

    static HEEDED: Once = Once::new();

    /// From now on, a signal that ends the process takes away first what is not finished.
    pub(super) fn heed() {
        HEEDED.call_once(|| {
            // A file that grows too large is an error like any other.
            let _ = flag::register(SIGXFSZ, Arc::default());
            let ignored = ignored();
            let is_heeded = |signal: &i32| ignored >> (signal - 1) & 1 == 0;
            let ending = [SIGHUP, SIGINT, SIGQUIT, SIGTERM].into_iter().filter(is_heeded);
            if let Ok(mut signals) = Signals::new(ending) {
                std::thread::spawn(move || signals.forever().for_each(end));
            }
        });
    }

    fn end(signal: i32) {
        // Kept to the end, so that nothing new is begun.
        let unfinished = unfinished();
        for file in unfinished.iter().flatten() {
            let _ = fs::remove_file(file);
        }
        let _ = low_level::emulate_default_handler(signal);
    }

    /// The signals that whoever started the process wants ignored, as `nohup` does, by bits from 1; none
    /// where the system does not say.
    fn ignored() -> u64 {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
    }
}

#[cfg(not(unix))]
mod signals {
    //! Here a process cannot do anything more when it is ended.

    pub(super) fn heed() {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_names_differ_and_are_known_again() {
        let names = [name(), name()];
        assert_ne!(names[0], names[1]);
        assert!(names.iter().all(|name| is_name(name)), "{names:?}");
        for other in [".crossfoot-.tmp", ".crossfoot-0123456789abcdeg.tmp", "crossfoot.toml"] {
            assert!(!is_name(other), "{other}");
        }
    }
}
