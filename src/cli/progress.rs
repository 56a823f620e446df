//! How far a long run has come, on the terminal; gone when it is done.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::value::grouped;

/// Texts that are read before anybody could wonder.
const FEW: usize = 50;
/// How long nothing is drawn.
const PATIENCE: Duration = Duration::from_millis(400);
/// How often it is drawn anew.
const PACE: Duration = Duration::from_millis(100);

/// A bar that counts texts, drawn by a thread of its own until it is dropped.
pub(super) struct Progress {
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Watches a counter, where there is a terminal and enough to do.
    pub(super) fn start(total: usize, done: &Arc<AtomicUsize>, is_quiet: bool) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let done = Arc::clone(done);
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        Self::drawn(FEW < total && !is_quiet, over, move || {
            let template = "{bar:30} {human_pos} of {human_len} texts, {eta} left".to_owned();
            let show =
                move |bar: &ProgressBar| bar.set_position(count(done.load(Ordering::Relaxed)));
            (ProgressBar::new(count(total)), template, Box::new(show))
        })
    }

    /// Watches how many bytes were read, of so many where that is known, and how many texts are done.
    pub(super) fn reading(
        total: Option<u64>,
        read: &Arc<AtomicU64>,
        done: &Arc<AtomicUsize>,
    ) -> Self {
        let (read, done) = (Arc::clone(read), Arc::clone(done));
        let bar = move || match total {
            Some(total) => (ProgressBar::new(total), "{bar:30} {msg} texts, {prefix}, {eta} left"),
            None => (ProgressBar::new_spinner(), "{spinner} {msg} texts, {prefix}"),
        };
        let begun = Instant::now();
        Self::drawn(true, Arc::new(AtomicBool::new(false)), move || {
            let (bar, template) = bar();
            let show = move |bar: &ProgressBar| {
                let done = done.load(Ordering::Relaxed);
                bar.set_position(read.load(Ordering::Relaxed));
                bar.set_message(grouped(&done.to_string()));
                bar.set_prefix(rate(done, begun.elapsed()));
            };
            (bar, template.to_owned(), Box::new(show))
        })
    }

    fn drawn(
        is_wanted: bool,
        over: Arc<AtomicBool>,
        made: impl FnOnce() -> Drawn + Send + 'static,
    ) -> Self {
        let is_seen = is_wanted && std::io::stderr().is_terminal();
        let thread = is_seen.then(|| {
            let over = Arc::clone(&over);
            std::thread::spawn(move || draw(made, &over))
        });
        Self { over, thread }
    }
}

/// A bar, how it looks, and what brings it up to date.
type Drawn = (ProgressBar, String, Box<dyn Fn(&ProgressBar)>);

/// How many texts are done in a second, or in a minute where they are few.
fn rate(done: usize, time: Duration) -> String {
    let millis = time.as_millis().max(1);
    match u128::try_from(done).unwrap_or(0) * 1000 / millis {
        0 => format!("{} a minute", u128::try_from(done).unwrap_or(0) * 60_000 / millis),
        each => format!("{} a second", grouped(&each.to_string())),
    }
}

fn draw(made: impl FnOnce() -> Drawn, over: &AtomicBool) {
    std::thread::park_timeout(PATIENCE);
    if over.load(Ordering::Acquire) {
        return;
    }
    let (bar, template, show) = made();
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    while !over.load(Ordering::Acquire) {
        show(&bar);
        bar.tick();
        std::thread::park_timeout(PACE);
    }
    bar.finish_and_clear();
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            let _ = thread.join();
        }
    }
}
