//! Where output goes: standard output, or a file that is written whole or not at all.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::cli::{Colour, Exit};
use crate::load::{Problem, leads_out, read_found};
use crate::report::plain;
use crate::source::Sources;

/// Prints to standard output. A reader that has gone away is no error.
pub(super) fn print(text: &str) -> Exit {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Exit::Clean,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Clean,
        Err(error) => {
            complain(&format!("standard output cannot be written: {error}"));
            Exit::Failed
        }
    }
}

/// Writes a file beside its place and then moves it there, so that no half of it is ever seen.
fn write(path: &Path, text: &str) -> Exit {
    match put(path, text, || Ok(())) {
        Ok(()) => Exit::Clean,
        Err(reason) => {
            complain(&reason);
            Exit::Failed
        }
    }
}

/// Prints what was found in some sources, or writes it to a file where one is named, which is none of
/// them.
pub(super) fn deliver(output: Option<&Path>, text: &str, sources: &Sources) -> Exit {
    match output {
        None => print(text),
        Some(path) if is_input(path, sources) => {
            let path = path.display();
            complain(&format!("{path} is a file that was read; the report goes elsewhere"));
            Exit::Failed
        }
        Some(path) => write(path, text),
    }
}

/// Whether a path is one of the files that were read, which a report must not overwrite.
fn is_input(path: &Path, sources: &Sources) -> bool {
    let Ok(path) = path.canonicalize() else { return false };
    sources
        .all()
        .any(|source| Path::new(source.name()).canonicalize().is_ok_and(|read| read == path))
}

/// The same for a file that was read before, `old` being what was read of it: what somebody else has
/// written in the meantime stays.
pub(super) fn replace(path: &Path, old: Option<&str>, text: &str) -> Result<(), String> {
    put(path, text, || {
        let now = read_found(path).ok();
        if now.as_deref() == old { Ok(()) } else { Err("it was changed meanwhile; run this again") }
    })
}

/// Writes a file beside its place, and moves it there if nothing speaks against it by then.
fn put(path: &Path, text: &str, may: impl Fn() -> Result<(), &'static str>) -> Result<(), String> {
    let shown = path;
    let cannot =
        |reason: &dyn std::fmt::Display| format!("{} cannot be written: {reason}", shown.display());
    // Whoever put the link there would choose which file is written.
    if leads_out(path) {
        return Err(cannot(&"it is a link out of the repository; name the file itself"));
    }
    // A pipe or a device is written to, not replaced; a folder says so itself.
    if fs::metadata(path).is_ok_and(|known| !known.is_file()) {
        may().map_err(|reason| cannot(&reason))?;
        let opened = fs::OpenOptions::new().write(true).open(path);
        let written = opened.and_then(|mut file| file.write_all(text.as_bytes()));
        return written.map_err(|error| cannot(&error));
    }
    // A link stays a link: what it leads to is replaced.
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let beside = beside(path);
    let written = || -> io::Result<()> {
        let mut file = fs::File::create(&beside)?;
        file.write_all(text.as_bytes())?;
        if let Ok(known) = fs::metadata(path) {
            file.set_permissions(known.permissions())?;
        }
        file.sync_all()
    };
    let done = written().map_err(|error| cannot(&error)).and_then(|()| {
        may().map_err(|reason| cannot(&reason))?;
        fs::rename(&beside, path).map_err(|error| cannot(&error))
    });
    if done.is_err() {
        let _ = fs::remove_file(&beside);
    }
    done
}

/// The file that is written before it takes the place of another.
pub(super) fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.tmp", std::process::id()));
    path.with_file_name(name)
}

/// Says on standard error why something could not be done.
pub(super) fn complain(message: &str) {
    // The name of a file must not pass for a line of its own.
    let _ = writeln!(io::stderr(), "crossfoot: {}", plain(message));
}

/// Says on standard error what could not be read.
pub(super) fn complain_of(problems: &[Problem]) {
    for problem in problems {
        complain(&format!("{}: {}", problem.path, problem.reason));
    }
}

/// Whether to use colours: on a terminal, unless the user says otherwise here or by `NO_COLOR`
/// (no-color.org).
pub(super) fn colours(choice: Colour, to_file: bool) -> bool {
    let forbidden = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match choice {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => !to_file && !forbidden && io::stdout().is_terminal(),
    }
}

/// Columns to draw in: what `COLUMNS` says, else 100.
pub(super) fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    columns.filter(|columns| (40..=400).contains(columns)).unwrap_or(100)
}
