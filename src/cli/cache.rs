//! `crossfoot cache`.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;

use crate::cli::exit::Exit;
use crate::cli::output::{complain, print};
use crate::load::{Held, clear, held, shown};
use crate::report::plural;
use crate::value::grouped;

/// What `crossfoot cache` takes.
#[derive(Args, Debug)]
pub(super) struct CacheArgs {
    /// The folder that `check --cache` was given
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Remove everything that is kept in it
    #[arg(long)]
    clear: bool,
}

/// Shows what a cache holds, or clears it.
pub(super) fn run(args: &CacheArgs) -> Exit {
    let name = shown(&args.folder);
    let done = held(&args.folder).and_then(|held| match held {
        None => Err(format!("there is no cache in {name}")),
        Some(_) if args.clear => clear(&args.folder).map(|()| format!("{name} is cleared\n")),
        Some(held) => Ok(told(&name, &held)),
    });
    match done {
        Ok(told) => print(&told),
        Err(reason) => {
            complain(&reason);
            Exit::Failed
        }
    }
}

fn told(name: &str, Held { bytes, runs }: &Held) -> String {
    let mut out = format!("{name}: {} KiB\n", grouped(&bytes.div_ceil(1024).to_string()));
    for (run, version, count) in runs {
        let count = plural(usize::try_from(*count).unwrap_or(usize::MAX), "result", "results");
        let _ = writeln!(out, "rules and options {run}, version {version}: {count}");
    }
    out
}
