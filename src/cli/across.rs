//! `check --across`: what several articles state of the same fact, gathered while they are read, and held
//! against one another when all of them are.

use std::io;

use crate::Options;
use crate::checks::Check;
use crate::finding::Severity;
use crate::load::Runs;
use crate::report::{Differences, Differing, FactRow};

/// The level at which it is told where articles differ; `None` where it is not.
pub(super) fn level(options: &Options) -> Option<Severity> {
    let check = Check::DiffersAcrossArticles;
    let level = options.levels.get(check.id()).copied().unwrap_or(check.severity());
    options.reports(check.id()).then_some(level)
}

/// Hands on where articles differ.
///
/// # Errors
/// Why what was gathered cannot be read, or what is handed on not be written.
pub(super) fn tell(
    facts: Runs<FactRow>,
    mut put: impl FnMut(Differing) -> io::Result<()>,
) -> io::Result<()> {
    let mut failed = None;
    let rows = facts.sorted()?.map_while(|row| row.map_err(|error| failed = Some(error)).ok());
    for one in Differences::of(rows) {
        put(one)?;
    }
    failed.map_or(Ok(()), Err)
}
