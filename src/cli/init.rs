//! `crossfoot init`.

use std::fs::OpenOptions;
use std::io::Write;

use crate::cli::Exit;
use crate::cli::output::{complain, print};
use crate::config::FILE_NAME;

/// Every key, explained and left out.
const TEMPLATE: &str = include_str!("init.toml");

/// Writes a configuration that changes nothing yet. One that is there stays.
pub(super) fn run() -> Exit {
    let file = OpenOptions::new().write(true).create_new(true).open(FILE_NAME);
    match file.and_then(|mut file| file.write_all(TEMPLATE.as_bytes())) {
        Ok(()) => print(&format!("{FILE_NAME} is written; every key in it is explained\n")),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            complain(&format!("there is a {FILE_NAME} here; it stays as it is"));
            Exit::Failed
        }
        Err(error) => {
            complain(&format!("{FILE_NAME} cannot be written: {error}"));
            Exit::Failed
        }
    }
}
