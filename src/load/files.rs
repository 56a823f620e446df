//! Files as they are opened: what has an end, and no more of it than a run can bear.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{File, FileType, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use ignore::{DirEntry, WalkBuilder};

use crate::load::{Bounds, Problem, note};

/// The most bytes of an article that are read, and of a line of many documents.
pub const LARGEST_ARTICLE: u64 = 64 << 20;
/// The most bytes of a TOML file that are read: claims, rules, a configuration, known findings.
pub(super) const LARGEST_TOML: u64 = 128 << 20;
/// The most bytes of a file that says what git ignores.
const LARGEST_IGNORE: u64 = 1 << 20;

/// Files that say what is ignored, read while a folder is walked.
const IGNORE_FILES: [&str; 2] = [".gitignore", ".ignore"];

/// Why a file could not be read, in words.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => error.to_string(),
    }
}

/// Reads what has perhaps no end, but no more than so many bytes.
///
/// # Errors
/// If there are more, or it cannot be read.
pub fn up_to(reader: impl Read, most: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    reader.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    if bytes.len() as u64 <= most { Ok(bytes) } else { Err(too_large(most)) }
}

/// Says that a file has more bytes than are read.
pub fn too_large(most: u64) -> String {
    format!("this is larger than {} MiB, the most that is read", most >> 20)
}

/// How a file came to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The command line names it: it may be a pipe or a device.
    Given,
    /// It was found in a folder, or another file names it: it must be a regular file.
    Found,
}

/// Reads a file of no more than so many bytes.
pub(super) fn read(path: &Path, most: u64, origin: Origin) -> Result<Vec<u8>, String> {
    let checked = |known: io::Result<Metadata>| match known {
        Ok(known) if known.is_file() => Ok(()),
        Ok(known) if origin == Origin::Given && !known.is_dir() => Ok(()),
        Ok(known) => Err(format!("this is a {}, not a file", kind(known.file_type()))),
        Err(error) => Err(reason(&error)),
    };
    // To open a pipe is to wait for whoever writes into it, so it is looked at before; and again when
    // it is open, for it may be another by then.
    checked(std::fs::metadata(path))?;
    note(path);
    let file = File::open(path).map_err(|error| reason(&error))?;
    checked(file.metadata())?;
    up_to(file, most)
}

/// Whether a path leads to what is read once, from its beginning: a pipe or a device.
pub(super) fn is_stream(path: &Path) -> bool {
    let is_special = |known: Metadata| !known.is_file() && !known.is_dir();
    ["/dev", "/proc/self/fd"].iter().any(|folder| path.starts_with(folder))
        || std::fs::metadata(path).is_ok_and(is_special)
}

/// What a file is that is no regular file.
fn kind(file: FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if file.is_fifo() {
            return "pipe";
        }
        if file.is_socket() {
            return "socket";
        }
        if file.is_block_device() || file.is_char_device() {
            return "device";
        }
    }
    match () {
        () if file.is_dir() => "folder",
        () if file.is_symlink() => "link",
        () => "special file",
    }
}

/// What is in the place of a file in a folder and cannot be read as one: a pipe, a device, a link that
/// leads nowhere, to a folder, or out of the repository. `None` for a file.
pub(super) fn oddity(path: &Path, leads_out: impl Fn(&Path) -> bool) -> Option<&'static str> {
    let own = std::fs::symlink_metadata(path).ok()?.file_type();
    match () {
        () if own.is_file() => None,
        () if !own.is_symlink() => Some(kind(own)),
        () => match std::fs::metadata(path) {
            Ok(known) if known.is_file() && !leads_out(path) => None,
            Ok(known) if !known.is_file() && !known.is_dir() => Some(kind(known.file_type())),
            _ => Some("link"),
        },
    }
}

/// What a folder has.
#[derive(Debug, Default)]
pub(super) struct Below {
    /// Files, sorted by path.
    pub(super) files: Vec<PathBuf>,
    /// What is in the place of a file and is none, each with what it is.
    pub(super) odd: Vec<(PathBuf, &'static str)>,
}

/// All that is below a folder and that git would not ignore.
pub(super) fn files_below(folder: &Path, bounds: &Bounds, problems: &mut Vec<Problem>) -> Below {
    let mut below = Below::default();
    let place = super::canonical(folder);
    if let Some(problem) = place.ancestors().find_map(|above| unusable(above, bounds)) {
        problems.push(problem);
        return below;
    }
    let unused: Arc<Mutex<Vec<Problem>>> = Arc::default();
    let (noted, known) = (Arc::clone(&unused), bounds.clone());
    let is_usable = move |entry: &DirEntry| {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let problem = if is_folder { unusable(entry.path(), &known) } else { None };
        let is_usable = problem.is_none();
        if let Ok(mut noted) = noted.lock() {
            noted.extend(problem);
        }
        is_usable
    };
    let walk = WalkBuilder::new(folder)
        .require_git(false)
        .sort_by_file_path(Path::cmp)
        .filter_entry(is_usable)
        .build();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_none_or(|kind| kind.is_dir()) => {}
            Ok(entry) => match oddity(entry.path(), |path| bounds.strays(path)) {
                None => below.files.push(entry.into_path()),
                Some(kind) => below.odd.push((entry.into_path(), kind)),
            },
            Err(error) => problems.push(Problem::new(folder, error.to_string())),
        }
    }
    if let Ok(mut unused) = unused.lock() {
        problems.append(&mut unused);
    }
    below
}

/// Why a folder cannot be walked: what says there what is ignored has no end.
fn unusable(folder: &Path, bounds: &Bounds) -> Option<Problem> {
    IGNORE_FILES.iter().find_map(|name| {
        let file = folder.join(name);
        let known = std::fs::metadata(&file).ok()?;
        let reason = match () {
            () if known.is_dir() => return None,
            () if !known.is_file() => format!("this is a {}, not a file", kind(known.file_type())),
            () if LARGEST_IGNORE < known.len() => too_large(LARGEST_IGNORE),
            () if bounds.leads_out(&file) => Bounds::LEADS_OUT.to_owned(),
            () => return None,
        };
        Some(Problem::new(&file, format!("{reason}; the folder is not read")))
    })
}

/// What was passed over in folders: how many files of which kind.
#[derive(Clone, Debug, Default)]
pub struct Passed {
    kinds: BTreeMap<String, usize>,
    /// What is no file, each with what it is; it may be met twice.
    odd: BTreeMap<PathBuf, &'static str>,
}

impl Passed {
    /// Kinds that are named, the most frequent ones.
    const NAMED: usize = 5;

    /// Adds a file that is neither an article nor claims.
    pub(super) fn file(&mut self, path: &Path) {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let is_word = |ending: &String| {
            ending.len() <= 8 && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        let kind = ending
            .filter(is_word)
            .map_or("without an ending".to_owned(), |ending| format!(".{ending}"));
        *self.kinds.entry(kind).or_default() += 1;
    }

    /// Adds what is no file, once.
    pub(super) fn odd(&mut self, path: &Path, kind: &'static str) {
        let name = path.file_name().unwrap_or_default();
        self.odd.insert(super::canonical(super::folder_of(path)).join(name), kind);
    }

    /// Adds those of another folder.
    pub(super) fn add(&mut self, other: Self) {
        for (path, kind) in other.odd {
            self.odd.insert(path, kind);
        }
        for (kind, count) in other.kinds {
            *self.kinds.entry(kind).or_default() += count;
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.odd.len() + self.kinds.values().sum::<usize>()
    }

    /// How many of which kind: "3 .docx, 1 .pdf".
    pub fn told(&self) -> String {
        let mut odd: BTreeMap<&str, usize> = BTreeMap::new();
        for kind in self.odd.values() {
            *odd.entry(kind).or_default() += 1;
        }
        let odd = odd.into_iter().map(|(kind, count)| match count {
            1 => (kind.to_owned(), count),
            _ => (format!("{kind}s"), count),
        });
        let kinds = self.kinds.iter().map(|(kind, count)| (kind.clone(), *count));
        let mut kinds: Vec<(String, usize)> = kinds.chain(odd).collect();
        kinds.sort_by(|(one, few), (other, many)| many.cmp(few).then_with(|| one.cmp(other)));
        let named = kinds.iter().take(Self::NAMED).map(|(kind, count)| format!("{count} {kind}"));
        let mut told = named.collect::<Vec<_>>().join(", ");
        let others: usize = kinds.iter().skip(Self::NAMED).map(|(_, count)| count).sum();
        if 0 < others {
            let _ = write!(told, " and {others} of other kinds");
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_passed_over_is_told_by_kind_the_most_frequent_first() {
        let mut passed = Passed::default();
        for name in ["a.pdf", "b.DOCX", "c.docx", "LICENSE", "d.no word", ".e", "f.x"] {
            passed.file(Path::new(name));
        }
        for name in ["p", "p", "q"] {
            passed.odd(Path::new(name), "pipe");
        }
        assert_eq!(passed.count(), 9);
        assert_eq!(passed.told(), "3 without an ending, 2 .docx, 2 pipes, 1 .pdf, 1 .x");
        for name in ["g.b", "h.c"] {
            passed.file(Path::new(name));
        }
        let told = "3 without an ending, 2 .docx, 2 pipes, 1 .b, 1 .c and 2 of other kinds";
        assert_eq!(passed.told(), told);
    }

    #[test]
    fn no_more_than_the_most_is_read() {
        assert_eq!(up_to(&b"four"[..], 4).unwrap(), b"four");
        assert!(up_to(&b"fives"[..], 4).unwrap_err().contains("larger than"));
        let endless = io::repeat(b'a');
        assert_eq!(up_to(endless, 1 << 20).unwrap_err(), too_large(1 << 20));
    }
}
