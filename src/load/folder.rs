//! Folders as they are walked: the files that count, and what is passed over.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use ignore::{DirEntry, WalkBuilder};

use crate::load::bounds::Bounds;
use crate::load::files::{kind, oddity, too_large};
use crate::load::paths::{canonical, folder_of, is_article};
use crate::load::request::Problem;

/// The most bytes of a file that says what git ignores.
const LARGEST_IGNORE: u64 = 1 << 20;

/// Files that say what is ignored, read while a folder is walked.
const IGNORE_FILES: [&str; 2] = [".gitignore", ".ignore"];

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
    let place = canonical(folder);
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
        self.odd.insert(canonical(folder_of(path)).join(name), kind);
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
}
