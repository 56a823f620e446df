//! Where output goes: standard output, or a file that is written whole or not at all.

use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::cli::exit::Exit;
use crate::cli::whole::{Whole, folder, heed_signals};
use crate::finding::MOST_SAID;
use crate::load::{Problem, leads_out, read_found, shown, was_read};
use crate::report::{Syntax, inert, plain};
use crate::source::shortened;

/// Whether output is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    Auto,
    Always,
    Never,
}

/// Prints lines for people to standard output, none of which a runner takes for a command.
pub(super) fn print(text: &str) -> Exit {
    print_as_it_is(&inert(text, Syntax::Text))
}

/// Prints what has seen to that itself, or has commands of its own. A reader that has gone away is no
/// error.
fn print_as_it_is(text: &str) -> Exit {
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

/// Prints the help or the version that was asked for.
pub(super) fn print_help(asked: &clap::Error) -> Exit {
    let text = asked.render();
    let is_coloured = colours(Colour::Auto, false);
    print_as_it_is(&if is_coloured { text.ansi().to_string() } else { text.to_string() })
}

/// Prints what came of some files, or writes it to a file where one is named, which is none of those that
/// were read; `-` is standard output.
pub(super) fn deliver(output: Option<&Path>, text: &str) -> Exit {
    let Some(path) = output.filter(|path| !is_standard(path)) else {
        return print_as_it_is(text);
    };
    match put(path, text, || is_free(path)) {
        Ok(()) => Exit::Clean,
        Err(error) => {
            complain(&cannot(path, &error));
            Exit::Failed
        }
    }
}

/// Whether an output is standard output.
pub(super) fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Sees to it that an output does not go to a file that was read, by whatever name.
pub(super) fn is_free(path: &Path) -> io::Result<()> {
    if was_read(path) {
        return Err(io::Error::other("it is a file that was read; name another one"));
    }
    Ok(())
}

/// Writes a file that was read before, `old` being what was read of it, `None` where there was none: what
/// somebody else has written in the meantime stays.
///
/// # Errors
/// Why it cannot be written.
pub(super) fn replace(path: &Path, old: Option<&str>, text: &str) -> Result<(), String> {
    let is_as_it_was = || {
        let is_same = match read_found(path) {
            Ok(now) => old == Some(&*now),
            Err(_) => old.is_none() && !path.exists(),
        };
        let changed = || io::Error::other("it was changed meanwhile; run this again");
        if is_same { Ok(()) } else { Err(changed()) }
    };
    put(path, text, is_as_it_was).map_err(|error| cannot(path, &error))
}

/// Writes a file, if nothing speaks against it when it is whole.
pub(super) fn put(path: &Path, text: &str, may: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    let mut sink = Sink::file(path)?;
    sink.write_all(text.as_bytes())?;
    sink.finish(may)
}

/// Makes a folder, and those that it lies in.
///
/// # Errors
/// Why it cannot be made.
pub(super) fn make_folder(path: &Path) -> Result<(), String> {
    fs::create_dir_all(path).map_err(|error| format!("{} cannot be made: {error}", shown(path)))
}

/// Says why a file cannot be written.
pub(super) fn cannot(path: &Path, error: &io::Error) -> String {
    let folder = folder(path);
    match error.kind() {
        io::ErrorKind::NotFound if !folder.exists() => {
            format!("{} cannot be written: there is no folder {}", shown(path), shown(folder))
        }
        _ => format!("{} cannot be written: {error}", shown(path)),
    }
}

/// Where an output goes, opened.
pub(super) enum Sink {
    /// Standard output, a pipe or a device: what is written is gone.
    Stream(BufWriter<Box<dyn Write + Send>>),
    /// A file that takes its place in the end.
    Whole(BufWriter<Whole>),
    /// A file that grows beside its place under a name of its own, stays there if it is never whole, and takes
    /// its place in the end.
    Growing(BufWriter<fs::File>, PathBuf),
}

/// What is behind the name of a file that grows.
const GROWING: &str = ".part";

/// Bytes that are kept back before they are written.
const BUFFER: usize = 1 << 16;

impl Sink {
    /// Standard output.
    pub(super) fn standard() -> Self {
        Self::stream(Box::new(io::stdout()))
    }

    /// A file. A pipe or a device is written to, not replaced; a folder says itself what it is.
    pub(super) fn file(path: &Path) -> io::Result<Self> {
        // Whoever put the link there would choose which file is written.
        if leads_out(path) {
            return Err(io::Error::other(
                "it is a link out of the repository; name the file itself",
            ));
        }
        if fs::metadata(path).is_ok_and(|known| !known.is_file()) {
            let file = fs::OpenOptions::new().write(true).open(path)?;
            return Ok(Self::stream(Box::new(file)));
        }
        Ok(Self::Whole(BufWriter::with_capacity(BUFFER, Whole::create(path)?)))
    }

    /// A file that takes long to write: what there is of it stands in a file of its name and `.part`, and stays
    /// there whatever happens. A pipe or a device is written to.
    pub(super) fn growing(path: &Path) -> io::Result<Self> {
        if leads_out(path) || fs::metadata(path).is_ok_and(|known| !known.is_file()) {
            return Self::file(path);
        }
        heed_signals();
        let beside = beside(path);
        is_free(&beside)?;
        let file = fs::File::create(&beside)?;
        Ok(Self::Growing(BufWriter::with_capacity(BUFFER, file), path.to_owned()))
    }

    fn stream(out: Box<dyn Write + Send>) -> Self {
        Self::Stream(BufWriter::with_capacity(BUFFER, out))
    }

    /// Writes what is kept back, and moves a file to its place if nothing speaks against it by then.
    pub(super) fn finish(self, may: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        match self {
            Self::Stream(mut out) => out.flush(),
            Self::Whole(out) => out.into_inner()?.finish(may),
            Self::Growing(out, path) => {
                out.into_inner()?.sync_all()?;
                may()?;
                fs::rename(beside(&path), path)
            }
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stream(out) => out.write(bytes),
            Self::Whole(out) => out.write(bytes),
            Self::Growing(out, _) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stream(out) => out.flush(),
            Self::Whole(out) => out.flush(),
            Self::Growing(out, _) => out.flush(),
        }
    }
}

/// Says where what was written of a file is that is not whole, if it is anywhere.
pub(super) fn left(path: &Path) -> String {
    let beside = beside(path);
    if beside.exists() {
        format!("; what was written so far is in {}", shown(&beside))
    } else {
        String::new()
    }
}

/// Where a file grows.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(GROWING);
    name.into()
}

/// Says on standard error why something could not be done.
pub(super) fn complain(message: &str) {
    // The name of a file must not pass for a line of its own.
    let message = plain(&shortened(message, MOST_SAID));
    let _ = writeln!(io::stderr(), "crossfoot: {message}");
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

/// Columns to draw in: what `COLUMNS` says, else those of the terminal, else 100.
pub(super) fn width() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || console::Term::stdout().size_checked().map(|(_, columns)| columns.into());
    said.or_else(terminal).filter(|columns| (40..=400).contains(columns)).unwrap_or(100)
}
