//! How far a long run has come, on the terminal; gone when it is done.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

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
        let total = (FEW < total).then_some(total);
        Self::drawn(total.is_some() && !is_quiet, total, done, over)
    }

    /// Watches a counter of which nobody knows where it will end.
    pub(super) fn counting(done: &Arc<AtomicUsize>) -> Self {
        Self::drawn(true, None, done, Arc::new(AtomicBool::new(false)))
    }

    fn drawn(
        is_wanted: bool,
        total: Option<usize>,
        done: &Arc<AtomicUsize>,
        over: Arc<AtomicBool>,
    ) -> Self {
        let is_seen = is_wanted && std::io::stderr().is_terminal();
        let thread = is_seen.then(|| {
            let (done, over) = (Arc::clone(done), Arc::clone(&over));
            std::thread::spawn(move || draw(total, &done, &over))
        });
        Self { over, thread }
    }
}

fn draw(total: Option<usize>, done: &AtomicUsize, over: &AtomicBool) {
    std::thread::park_timeout(PATIENCE);
    if over.load(Ordering::Acquire) {
        return;
    }
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let bar = match total {
        Some(total) => ProgressBar::new(count(total)),
        None => ProgressBar::new_spinner(),
    };
    let template = match total {
        Some(_) => "{bar:30} {human_pos} of {human_len} texts, {eta} left",
        None => "{spinner} {human_pos} documents",
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    while !over.load(Ordering::Acquire) {
        bar.set_position(count(done.load(Ordering::Relaxed)));
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
