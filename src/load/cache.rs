//! What texts came to, kept in a folder: a run looks there before it works, and puts there what it did.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use redb::{Database, DatabaseError, ReadableTable, TableDefinition, TableError};
use sha2::{Digest, Sha256};

use crate::load::paths::shown;

/// The only file of a cache.
const FILE: &str = "crossfoot-results.redb";
/// Bytes of it that are held in memory.
const HELD: usize = 64 << 20;
/// Results by their keys.
const RESULTS: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("results");
/// What the keys of a run begin with, and the version of the program that made them.
const MADE_BY: TableDefinition<'_, &[u8], &str> = TableDefinition::new("made by");
/// Bytes that the keys of a run begin with.
const BEGINS: usize = 8;

/// Why the database could not do something.
type Failure = Box<dyn std::error::Error>;

/// What a result is known by: all that it hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CacheKey([u8; 32]);

/// What all results of a run hang on, and a text besides, put together to a key.
#[derive(Clone, Default)]
pub struct Digested(Sha256);

impl Digested {
    /// Adds a part. Where it ends counts too.
    #[must_use]
    pub fn with(mut self, part: &[u8]) -> Self {
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
        self
    }

    fn bytes(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

/// Results of earlier runs.
pub struct Cache {
    folder: PathBuf,
    database: Database,
    /// What all results of this run hang on.
    run: Digested,
    begins: [u8; BEGINS],
}

impl Cache {
    /// Opens the cache in a folder, and makes it where there is none, for a run whose results hang on this.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub fn open(folder: &Path, run: Digested, version: &str) -> Result<Self, String> {
        fs::create_dir_all(folder)
            .map_err(|error| format!("{} cannot be made: {error}", shown(folder)))?;
        let made = Database::builder().set_cache_size(HELD).create(folder.join(FILE));
        let database = made.map_err(|error| unusable(folder, error))?;
        let digest = run.clone().bytes();
        let begins = std::array::from_fn(|at| digest[at]);
        let cache = Self { folder: folder.to_owned(), database, run, begins };
        cache.begun(version).map_err(|error| cache.failed(&error))?;
        Ok(cache)
    }

    fn begun(&self, version: &str) -> Result<(), Failure> {
        let write = self.database.begin_write()?;
        write.open_table(MADE_BY)?.insert(&self.begins[..], version)?;
        write.open_table(RESULTS)?;
        write.commit()?;
        Ok(())
    }

    fn failed(&self, error: &Failure) -> String {
        format!("the cache {} cannot be used: {error}", shown(&self.folder))
    }

    /// The key of a result that hangs on these parts, and on what all of the run hang on.
    pub fn key(&self, parts: &[&[u8]]) -> CacheKey {
        let all = parts.iter().fold(self.run.clone(), |digested, part| digested.with(part));
        let mut key = all.bytes();
        key[..BEGINS].copy_from_slice(&self.begins);
        CacheKey(key)
    }

    /// A result; `None` where it is not known or cannot be read, so that it is made anew.
    pub fn get(&self, key: &CacheKey) -> Option<Vec<u8>> {
        let table = self.database.begin_read().ok()?.open_table(RESULTS).ok()?;
        let found = table.get(&key.0[..]).ok()??;
        Some(found.value().to_vec())
    }

    /// Keeps results, all of them or none.
    ///
    /// # Errors
    /// Why they cannot be written.
    pub fn keep(&self, results: impl Iterator<Item = (CacheKey, Vec<u8>)>) -> Result<(), String> {
        let mut results = results.peekable();
        if results.peek().is_none() {
            return Ok(());
        }
        let kept = || -> Result<(), Failure> {
            let write = self.database.begin_write()?;
            let mut table = write.open_table(RESULTS)?;
            for (key, result) in results {
                table.insert(&key.0[..], &result[..])?;
            }
            drop(table);
            write.commit()?;
            Ok(())
        };
        kept().map_err(|error| self.failed(&error))
    }
}

fn unusable(folder: &Path, error: DatabaseError) -> String {
    let folder = shown(folder);
    match error {
        DatabaseError::DatabaseAlreadyOpen => {
            format!("another run holds the cache {folder}")
        }
        error => format!("the cache {folder} cannot be used: {error}"),
    }
}

/// What a cache holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Bytes that it takes.
    pub bytes: u64,
    /// The results of each set of rules and options: what it is known by, the version of the program that
    /// made them, how many there are.
    pub runs: Vec<(String, String, u64)>,
}

/// Looks into the cache of a folder; `None` where there is none.
///
/// # Errors
/// Why it cannot be read.
pub fn held(folder: &Path) -> Result<Option<Held>, String> {
    let file = folder.join(FILE);
    let Ok(known) = fs::metadata(&file) else { return Ok(None) };
    let opened = Database::builder().set_cache_size(HELD).open(&file);
    let database = opened.map_err(|error| unusable(folder, error))?;
    let runs = runs(&database);
    let runs =
        runs.map_err(|error| format!("the cache {} cannot be used: {error}", shown(folder)))?;
    Ok(Some(Held { bytes: known.len(), runs }))
}

fn runs(database: &Database) -> Result<Vec<(String, String, u64)>, Failure> {
    let read = database.begin_read()?;
    let results = match read.open_table(RESULTS) {
        Err(TableError::TableDoesNotExist(_)) => return Ok(Vec::new()),
        table => table?,
    };
    let mut runs = Vec::new();
    for run in read.open_table(MADE_BY)?.iter()? {
        let (begins, version) = run?;
        let mut count = 0;
        // Keys of a run lie together.
        for result in results.range(begins.value()..)? {
            if !result?.0.value().starts_with(begins.value()) {
                break;
            }
            count += 1;
        }
        let name = begins.value().iter().fold(String::new(), |mut name, byte| {
            let _ = write!(name, "{byte:02x}");
            name
        });
        runs.push((name, version.value().to_owned(), count));
    }
    Ok(runs)
}

/// Removes the cache of a folder, and the folder if nothing else is in it.
///
/// # Errors
/// Why it cannot be removed.
pub fn clear(folder: &Path) -> Result<(), String> {
    let file = folder.join(FILE);
    if let Err(DatabaseError::DatabaseAlreadyOpen) = Database::open(&file) {
        return Err(unusable(folder, DatabaseError::DatabaseAlreadyOpen));
    }
    fs::remove_file(&file)
        .map_err(|error| format!("{} cannot be removed: {error}", shown(&file)))?;
    let _ = fs::remove_dir(folder);
    Ok(())
}
