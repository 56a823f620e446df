//! `crossfoot init`.

use std::path::Path;

use crate::cli::exit::Exit;
use crate::cli::output::{complain, print, replace};
use crate::config::FILE_NAME;

/// Every key, explained and left out.
const TEMPLATE: &str = include_str!("init.toml");

/// Writes a configuration that changes nothing yet. One that is there stays.
pub(super) fn run() -> Exit {
    let path = Path::new(FILE_NAME);
    if path.symlink_metadata().is_ok() {
        complain(&format!("there is a {FILE_NAME} here; it stays as it is"));
        return Exit::Failed;
    }
    match replace(path, None, TEMPLATE) {
        Ok(()) => print(&format!("{FILE_NAME} is written; every key in it is explained\n")),
        Err(reason) => {
            complain(&reason);
            Exit::Failed
        }
    }
}
