//! Texts one behind another: read, worked on in parallel, handed on in their order, and let go. While a batch of
//! them is worked on, the next one is read, and what came of the one before is written.

use std::collections::VecDeque;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};

use jiff::civil::Date;
use rayon::Scope;
use rayon::prelude::*;

use crate::cli::asked::MOST_THREADS;
use crate::cli::formats::passed;
use crate::cli::output::complain;
use crate::cli::progress::Progress;
use crate::document::States;
use crate::finding;
use crate::load::{
    self, Article, Bounds, Fields, Line, Lines, Origin, Record, is_parquet, is_records,
    note_standard_input, read_article, read_standard_input, shown,
};

/// Bytes of input that are worked on at once, give or take the last text.
const BATCH: u64 = 8 << 20;
/// Texts that are worked on at once.
const MOST_JOBS: usize = 512;
/// Batches on their way beside the one that is read.
const UNDER_WAY: usize = 2;

/// A text that was read.
pub(super) struct Text {
    /// Its name: its path, the name of standard input, or what its record calls it.
    pub(super) name: String,
    pub(super) article: Article,
    /// The day of publication that its record states.
    pub(super) published: Option<Date>,
    /// Its file, where it has one of its own.
    pub(super) path: Option<PathBuf>,
}

impl Text {
    /// Of a record, which is called as its place is where it has no name.
    fn of(record: Record, place: String) -> Self {
        let Record { id, text, published } = record;
        let article = Article::plain(text);
        Self { name: id.unwrap_or(place), article, published, path: None }
    }
}

/// What could not be read or done.
pub(super) struct Damage {
    /// Where: a file, or a line of one.
    pub(super) place: String,
    /// Why.
    pub(super) reason: String,
}

impl Damage {
    /// Says so on standard error.
    pub(super) fn complain(&self) {
        complain(&format!("{}: {}", self.place, self.reason));
    }
}

/// What is read, and how.
pub(super) struct Stream<'a> {
    pub(super) bounds: &'a Bounds,
    pub(super) states: States,
    pub(super) fields: &'a Fields,
    /// The name of standard input, whose ending says how it is written.
    pub(super) stdin_name: Option<&'a str>,
    /// Texts that are worked on at once.
    pub(super) jobs: usize,
    /// Whether files of this path are left out.
    pub(super) excludes: &'a (dyn Fn(&Path) -> bool + Sync),
    /// Whether nothing is drawn on the terminal.
    pub(super) is_quiet: bool,
}

/// A text to read.
enum Job {
    File(PathBuf, Origin),
    Input(String, Box<Article>),
    Line(Line),
    #[cfg(feature = "parquet")]
    Row(load::Row),
    Damage(Damage),
}

impl Job {
    fn place(&self) -> String {
        match self {
            Self::File(path, _) => shown(path),
            Self::Input(name, _) => name.clone(),
            Self::Line(line) => line.place.clone(),
            #[cfg(feature = "parquet")]
            Self::Row(row) => row.place.clone(),
            Self::Damage(damage) => damage.place.clone(),
        }
    }

    fn text(self, stream: &Stream<'_>) -> Result<Text, Damage> {
        let place = self.place();
        let damaged = |reason| Damage { place: place.clone(), reason };
        match self {
            Self::File(path, origin) => {
                let article = read_article(&path, origin, stream.states).map_err(damaged)?;
                Ok(Text { name: place, article, published: None, path: Some(path) })
            }
            Self::Input(name, article) => {
                Ok(Text { name, article: *article, published: None, path: None })
            }
            Self::Line(line) => {
                let record = line.text.and_then(|text| Record::read(&text, stream.fields));
                record.map_err(damaged).map(|record| Text::of(record, place))
            }
            #[cfg(feature = "parquet")]
            Self::Row(row) => row.record.map_err(damaged).map(|record| Text::of(record, place)),
            Self::Damage(damage) => Err(damage),
        }
    }
}

/// How many threads are meant: as many as there are cores where that is not said.
pub(super) fn threads(asked: Option<usize>) -> usize {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    asked.unwrap_or_else(cores).clamp(1, MOST_THREADS)
}

impl Stream<'_> {
    /// Reads texts, does something with each, and hands on what came of them, a batch at a time, in the order
    /// in which they were read.
    ///
    /// # Errors
    /// What ended it, of what it was handed to.
    pub(super) fn run<T: Send>(
        &self,
        paths: &[PathBuf],
        work: impl Fn(Result<Text, Damage>) -> T + Sync,
        put: impl FnMut(Vec<T>) -> io::Result<()>,
    ) -> io::Result<()> {
        let (done, read) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicU64::new(0)));
        let _progress = (!self.is_quiet).then(|| {
            let sizes = paths.iter().map(|path| std::fs::metadata(path).ok());
            let total: Option<u64> =
                sizes.map(|known| known.filter(Metadata::is_file).map(|one| one.len())).sum();
            Progress::reading(total, &read, &done)
        });
        let worked = |pending: Vec<Job>| -> Vec<T> {
            let worked = |job: Job| {
                let made = self.worked(job, &work);
                done.fetch_add(1, Ordering::Relaxed);
                made
            };
            match self.jobs {
                1 => pending.into_iter().map(worked).collect(),
                _ => pending.into_par_iter().map(worked).collect(),
            }
        };
        let run = Run {
            stream: self,
            worked: &worked,
            put,
            scope: None,
            under_way: VecDeque::new(),
            pending: Vec::new(),
            bytes: 0,
            read: Arc::clone(&read),
        };
        match self.jobs {
            1 => run.all(paths),
            jobs => {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
                let pool = pool.map_err(io::Error::other)?;
                pool.in_place_scope(|scope| Run { scope: Some(scope), ..run }.all(paths))
            }
        }
    }

    /// Does something with a text, so that a fault of the program there is damage of that text.
    fn worked<T>(&self, job: Job, work: impl Fn(Result<Text, Damage>) -> T) -> T {
        let place = job.place();
        let done = finding::guarded(|| work(job.text(self)));
        done.unwrap_or_else(|reason| work(Err(Damage { place, reason })))
    }
}

/// A run over paths.
struct Run<'a, 's, T, W, P> {
    stream: &'a Stream<'a>,
    worked: &'s W,
    put: P,
    /// Where batches are worked on while others are read, if there are several threads.
    scope: Option<&'a Scope<'s>>,
    under_way: VecDeque<Receiver<Vec<T>>>,
    pending: Vec<Job>,
    /// Bytes of what is pending.
    bytes: u64,
    /// Bytes that were read.
    read: Arc<AtomicU64>,
}

impl<'s, T: Send + 's, W, P> Run<'_, 's, T, W, P>
where
    W: Fn(Vec<Job>) -> Vec<T> + Sync,
    P: FnMut(Vec<T>) -> io::Result<()>,
{
    fn all(mut self, paths: &[PathBuf]) -> io::Result<()> {
        for path in paths {
            self.path(path)?;
        }
        self.flush()?;
        while !self.under_way.is_empty() {
            self.put_next()?;
        }
        Ok(())
    }

    fn path(&mut self, path: &Path) -> io::Result<()> {
        if path.as_os_str() == "-" {
            self.standard_input()
        } else if let Err(reason) = self.stream.bounds.check(path) {
            self.damaged(shown(path), reason)
        } else if path.is_dir() {
            self.folder(path)
        } else if is_parquet(path) {
            self.rows(path)
        } else if is_records(path) {
            match Lines::open(path, &self.read) {
                Ok(lines) => self.lines(lines),
                Err(reason) => self.damaged(shown(path), reason),
            }
        } else {
            self.file(path, Origin::Given)
        }
    }

    fn folder(&mut self, folder: &Path) -> io::Result<()> {
        let mut problems = Vec::new();
        let (files, others) = load::articles_below(folder, self.stream.bounds, &mut problems);
        for file in files.iter().filter(|file| !(self.stream.excludes)(file)) {
            self.file(file, Origin::Found)?;
        }
        for problem in problems {
            self.damaged(problem.path, problem.reason)?;
        }
        if let Some(told) = passed(&others)
            && !self.stream.is_quiet
        {
            complain(&told);
        }
        Ok(())
    }

    fn standard_input(&mut self) -> io::Result<()> {
        let name = self.stream.stdin_name.unwrap_or("-").to_owned();
        let path = PathBuf::from(&name);
        if is_parquet(&path) {
            let reason = "Parquet is read from a file, for it begins at its end";
            return self.damaged(name, reason.to_owned());
        }
        if is_records(&path) {
            note_standard_input();
            return self.lines(Lines::of(io::stdin(), &path, name));
        }
        match read_standard_input(&name, self.stream.states) {
            Ok(article) => {
                let bytes = article.text.text().len() as u64;
                self.push(Job::Input(name, Box::new(article)), bytes)
            }
            Err(reason) => self.damaged(name, reason),
        }
    }

    fn file(&mut self, path: &Path, origin: Origin) -> io::Result<()> {
        let size = std::fs::metadata(path).map_or(0, |data| data.len());
        self.read.fetch_add(size, Ordering::Relaxed);
        self.push(Job::File(path.to_owned(), origin), size)
    }

    fn lines(&mut self, lines: Lines) -> io::Result<()> {
        for line in lines {
            let size = line.text.as_ref().map_or(0, String::len) as u64;
            self.push(Job::Line(line), size)?;
        }
        Ok(())
    }

    #[cfg(feature = "parquet")]
    fn rows(&mut self, path: &Path) -> io::Result<()> {
        let rows = match load::Rows::open(path, self.stream.fields, &self.read) {
            Ok(rows) => rows,
            Err(reason) => return self.damaged(shown(path), reason),
        };
        for row in rows {
            let size = row.record.as_ref().map_or(0, |record| record.text.len()) as u64;
            self.push(Job::Row(row), size)?;
        }
        Ok(())
    }

    #[cfg(not(feature = "parquet"))]
    fn rows(&mut self, path: &Path) -> io::Result<()> {
        self.damaged(shown(path), load::NO_PARQUET.to_owned())
    }

    fn damaged(&mut self, place: String, reason: String) -> io::Result<()> {
        self.push(Job::Damage(Damage { place, reason }), 0)
    }

    fn push(&mut self, job: Job, bytes: u64) -> io::Result<()> {
        self.pending.push(job);
        self.bytes += bytes;
        if BATCH <= self.bytes || MOST_JOBS <= self.pending.len() { self.flush() } else { Ok(()) }
    }

    /// Has what is pending worked on, and hands on what is done, in order.
    fn flush(&mut self) -> io::Result<()> {
        let pending = std::mem::take(&mut self.pending);
        self.bytes = 0;
        let worked = self.worked;
        let Some(scope) = self.scope else { return (self.put)(worked(pending)) };
        let (send, made) = sync_channel(1);
        // Nobody waits for it any more where the run has failed.
        scope.spawn(move |_| _ = send.send(worked(pending)));
        self.under_way.push_back(made);
        if UNDER_WAY < self.under_way.len() { self.put_next() } else { Ok(()) }
    }

    /// Hands on what came of the batch that was begun first, when it is done.
    fn put_next(&mut self) -> io::Result<()> {
        let Some(made) = self.under_way.pop_front() else { return Ok(()) };
        (self.put)(made.recv().map_err(io::Error::other)?)
    }
}
