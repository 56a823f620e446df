//! More of something than memory is to hold, in its order: sorted runs in files, and merged as they are read.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Bytes, as they are written, that are held in memory.
const HELD: usize = 32 << 20;
/// Files of runs; more are merged to one.
const MOST_RUNS: usize = 64;

/// What is put in order.
pub struct Runs<T> {
    held: Vec<T>,
    /// Bytes of what is held.
    bytes: usize,
    /// How many bytes are held at most.
    most: usize,
    files: Vec<Run>,
}

impl<T: Ord + Serialize + DeserializeOwned> Default for Runs<T> {
    fn default() -> Self {
        Self::holding(HELD)
    }
}

impl<T: Ord + Serialize + DeserializeOwned> Runs<T> {
    /// With so many bytes in memory, give or take the last ones.
    fn holding(most: usize) -> Self {
        Self { held: Vec::new(), bytes: 0, most, files: Vec::new() }
    }

    /// Takes something in.
    ///
    /// # Errors
    /// Why it cannot be written, where it is.
    pub fn push(&mut self, one: T) -> io::Result<()> {
        self.bytes += size_of::<T>() + postcard::experimental::serialized_size(&one).unwrap_or(0);
        self.held.push(one);
        if self.most <= self.bytes {
            self.spill()?;
        }
        Ok(())
    }

    /// Writes what is held as a run.
    fn spill(&mut self) -> io::Result<()> {
        self.bytes = 0;
        let mut held = std::mem::take(&mut self.held);
        held.sort_unstable();
        self.files.push(Run::written(held.into_iter().map(Ok))?);
        if MOST_RUNS <= self.files.len() {
            let all: Merged<T> = Merged::of(std::mem::take(&mut self.files), Vec::new())?;
            self.files.push(Run::written(all)?);
        }
        Ok(())
    }

    /// Everything, in order.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn sorted(self) -> io::Result<Merged<T>> {
        let mut held = self.held;
        held.sort_unstable();
        Merged::of(self.files, held)
    }
}

/// A file that nobody else has, and that is gone when it is let go of.
struct Run {
    file: File,
    /// Where it still stands, on systems that do not let go of a file which is open.
    path: Option<PathBuf>,
}

impl Drop for Run {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            let _ = fs::remove_file(path);
        }
    }
}

impl Run {
    fn new() -> io::Result<Self> {
        static MADE: AtomicU64 = AtomicU64::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("crossfoot-{}-{number}.run", std::process::id());
        let path = std::env::temp_dir().join(name);
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(&path)?;
        // A process that is killed leaves none behind.
        let is_gone = cfg!(unix) && fs::remove_file(&path).is_ok();
        Ok(Self { file, path: (!is_gone).then_some(path) })
    }

    fn written<T: Serialize>(all: impl Iterator<Item = io::Result<T>>) -> io::Result<Self> {
        let mut run = Self::new()?;
        let mut out = BufWriter::new(&run.file);
        for one in all {
            let bytes = postcard::to_stdvec(&one?).map_err(io::Error::other)?;
            let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
            out.write_all(&length.to_le_bytes())?;
            out.write_all(&bytes)?;
        }
        out.flush()?;
        drop(out);
        run.file.seek(SeekFrom::Start(0))?;
        Ok(run)
    }
}

/// Runs, merged.
pub struct Merged<T> {
    runs: Vec<(BufReader<File>, Run)>,
    /// The next of each run, by its number; what was held is the run behind all files.
    next: BinaryHeap<Reverse<(T, usize)>>,
    held: std::vec::IntoIter<T>,
}

impl<T: Ord + DeserializeOwned> Merged<T> {
    fn of(runs: Vec<Run>, held: Vec<T>) -> io::Result<Self> {
        let open = |run: Run| Ok((BufReader::new(run.file.try_clone()?), run));
        let runs = runs.into_iter().map(open).collect::<io::Result<Vec<_>>>()?;
        let mut merged = Self { runs, next: BinaryHeap::new(), held: held.into_iter() };
        for number in 0..=merged.runs.len() {
            merged.advance(number)?;
        }
        Ok(merged)
    }

    /// Takes the next one of a run up.
    fn advance(&mut self, number: usize) -> io::Result<()> {
        let next = match self.runs.get_mut(number) {
            Some((input, _)) => read(input)?,
            None => self.held.next(),
        };
        self.next.extend(next.map(|one| Reverse((one, number))));
        Ok(())
    }
}

impl<T: Ord + DeserializeOwned> Iterator for Merged<T> {
    type Item = io::Result<T>;

    fn next(&mut self) -> Option<Self::Item> {
        let Reverse((one, number)) = self.next.pop()?;
        Some(self.advance(number).map(|()| one))
    }
}

fn read<T: DeserializeOwned>(input: &mut impl Read) -> io::Result<Option<T>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        done => done?,
    }
    let mut bytes = vec![0; usize::try_from(u32::from_le_bytes(length)).map_err(io::Error::other)?];
    input.read_exact(&mut bytes)?;
    postcard::from_bytes(&bytes).map(Some).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_spilled_comes_back_in_order() {
        // A hundred runs and more, so that they are merged on the way too.
        for most in [1 << 20, 2_000, 300] {
            let mut runs = Runs::holding(most);
            for number in 0_u32..2_000 {
                runs.push((number.wrapping_mul(2_654_435_761) % 1_009, number)).unwrap();
            }
            assert_eq!(runs.files.is_empty(), most == 1 << 20);
            let sorted: Vec<(u32, u32)> = runs.sorted().unwrap().map(Result::unwrap).collect();
            assert_eq!(sorted.len(), 2_000);
            assert!(sorted.is_sorted());
        }
    }
}
