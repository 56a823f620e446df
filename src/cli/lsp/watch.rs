//! Changes of files that the client does not tell of, where it cannot be asked to.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;

use notify::event::EventKind;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::cli::lsp::wire::Heard;
use crate::load::Loaded;

/// Watches the folders of what was read.
pub(super) struct Watch {
    watcher: RecommendedWatcher,
    /// Whether something changed since it was asked last.
    changed: Arc<AtomicBool>,
    known: HashSet<PathBuf>,
}

impl Watch {
    /// Nothing is watched yet; `None` where the system does not let anything be watched.
    pub(super) fn new(waker: SyncSender<Heard>) -> Option<Self> {
        let changed = Arc::new(AtomicBool::new(false));
        let mark = Arc::clone(&changed);
        let told = move |event: notify::Result<Event>| {
            let is_change = |event: &Event| {
                matches!(
                    event.kind,
                    EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_)
                )
            };
            if event.is_ok_and(|event| is_change(&event)) {
                mark.store(true, Ordering::Release);
                // Where much is waiting to be done, it is seen behind that.
                let _ = waker.try_send(Heard::FilesChanged);
            }
        };
        let watcher = notify::recommended_watcher(told).ok()?;
        Some(Self { watcher, changed, known: HashSet::new() })
    }

    /// Whether something changed since this was asked last.
    pub(super) fn has_changed(&self) -> bool {
        self.changed.swap(false, Ordering::AcqRel)
    }

    /// Watches where something may change that a check of a file reads.
    pub(super) fn follow(&mut self, loaded: &Loaded, folder: &Path) {
        let parent = |path: &Path| path.parent().map(Path::to_owned);
        self.add(folder, RecursiveMode::NonRecursive);
        for project in &loaded.projects {
            let config = &project.config;
            if let Some(folder) = config.file.as_deref().and_then(parent) {
                self.add(&folder, RecursiveMode::NonRecursive);
            }
            self.add(&config.folder.join("rules"), RecursiveMode::Recursive);
            for (folder, _) in config.rules.iter().chain(&config.claims) {
                self.add(folder, RecursiveMode::Recursive);
            }
        }
        let named = loaded.claims.iter().filter_map(|input| loaded.article_of(input));
        let inputs = loaded.claims.iter().chain(&loaded.articles).map(|input| input.path.clone());
        for folder in named.chain(inputs).filter_map(|path| parent(&path)) {
            self.add(&folder, RecursiveMode::NonRecursive);
            self.add(&folder.join("claims"), RecursiveMode::NonRecursive);
        }
    }

    fn add(&mut self, folder: &Path, mode: RecursiveMode) {
        if folder.is_dir() && self.known.insert(folder.to_owned()) {
            let _ = self.watcher.watch(folder, mode);
        }
    }
}
