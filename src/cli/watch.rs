//! `check --watch`: again at every change, until the process is ended.

use std::collections::HashSet;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use notify::event::EventKind;
use notify::{Event, RecursiveMode, Watcher};

use crate::cli::check;
use crate::cli::commands::CheckArgs;
use crate::cli::exit::Exit;
use crate::cli::output::complain;
use crate::config::FILE_NAME;
use crate::load::load;

/// How long it must be still after a change: editors write in several steps.
const STILL: Duration = Duration::from_millis(80);

/// Checks, waits for a change, and checks again.
pub(super) fn run(args: &CheckArgs) -> Exit {
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        complain("standard input comes once; there is nothing to watch");
        return Exit::Failed;
    }
    match watched(args) {
        Ok(()) => Exit::Clean,
        Err(reason) => {
            complain(&format!("changes cannot be watched: {reason}"));
            Exit::Failed
        }
    }
}

fn watched(args: &CheckArgs) -> Result<(), notify::Error> {
    let (changed, changes) = channel();
    let mut watcher = notify::recommended_watcher(move |event| {
        let _ = changed.send(event);
    })?;
    let mut known: HashSet<PathBuf> = HashSet::new();
    loop {
        for (folder, mode) in folders(args) {
            if known.insert(folder.clone()) {
                watcher.watch(&folder, mode)?;
            }
        }
        clear();
        let _ = check::run(args);
        let _ = writeln!(io::stderr(), "crossfoot: watching; Ctrl-C ends it");
        // The first change that matters, and then stillness.
        loop {
            let Ok(event) = changes.recv() else { return Ok(()) };
            if matters(&event?, args) {
                break;
            }
        }
        loop {
            match changes.recv_timeout(STILL) {
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    }
}

/// Begins a screen of its own on a terminal.
fn clear() {
    let mut out = io::stdout();
    if out.is_terminal() {
        let _ = out.write_all(b"\x1b[2J\x1b[3J\x1b[H").and_then(|()| out.flush());
    }
}

/// Whether something changed that a check reads.
fn matters(event: &Event, args: &CheckArgs) -> bool {
    let is_change =
        matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_));
    let is_output = |path: &Path| {
        let name = path.file_name();
        args.output.iter().any(|target| target.path.file_name() == name)
    };
    let endings = ["md", "markdown", "txt", "text", "toml"];
    is_change
        && event.paths.iter().any(|path| {
            let ending = path.extension().and_then(|ending| ending.to_str());
            let is_read = ending.is_none_or(|ending| endings.contains(&ending));
            is_read && !is_output(path)
        })
}

/// The folders in which something may change.
fn folders(args: &CheckArgs) -> Vec<(PathBuf, RecursiveMode)> {
    let request = args.asked.request(&args.paths);
    let here = request.directory.clone();
    let loaded = load(&request);
    let mut all: Vec<(PathBuf, RecursiveMode)> = Vec::new();
    let mut add = |path: PathBuf, mode| {
        let path = here.join(path);
        if path.is_dir() && !all.iter().any(|(known, _)| *known == path) {
            all.push((path, mode));
        }
    };
    let parent = |path: &Path| path.parent().unwrap_or(Path::new("")).to_owned();
    for path in loaded.paths.iter().filter(|path| path.is_dir()) {
        add(path.clone(), RecursiveMode::Recursive);
    }
    for project in &loaded.projects {
        let config = &project.config;
        let named = config.paths.iter().chain(&config.claims).map(|(path, _)| path);
        for path in named.filter(|path| path.is_dir()) {
            add(path.clone(), RecursiveMode::Recursive);
        }
        for (path, _) in &config.rules {
            add(path.clone(), RecursiveMode::Recursive);
        }
        add(config.folder.join("rules"), RecursiveMode::Recursive);
        if let Some(file) = config.file.as_ref().filter(|file| file.ends_with(FILE_NAME)) {
            add(parent(file), RecursiveMode::NonRecursive);
        }
    }
    add(here.join("claims"), RecursiveMode::Recursive);
    for input in loaded.claims.iter().chain(&loaded.articles) {
        add(parent(&input.path), RecursiveMode::NonRecursive);
    }
    for article in loaded.claims.iter().filter_map(|input| loaded.article_of(input)) {
        add(parent(&article), RecursiveMode::NonRecursive);
    }
    for path in args.paths.iter().filter(|path| !path.is_dir()) {
        add(parent(path), RecursiveMode::NonRecursive);
    }
    all
}
