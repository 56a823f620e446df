//! The arguments of this process, and what is said of wrong ones.

use std::ffi::OsString;

use clap::Parser;

use crate::cli::output::{complain, print_help};
use crate::cli::{Cli, Exit, hint};
use crate::report::plain;
use crate::source::shortened;

/// Characters of an argument that are repeated.
const REPEATED: usize = 200;

/// Reads them. Help is printed, and so is what is wrong; to exit is then all that is left to do.
pub(super) fn read() -> Result<Cli, Exit> {
    let given: Vec<OsString> = std::env::args_os().collect();
    Cli::try_parse_from(&given).map_err(|error| {
        if !error.use_stderr() {
            return print_help(&error);
        }
        // What is wrong is told with the arguments as they are; those that can be shown are wrong likewise.
        let shown = given.iter().map(|one| plain(&shortened(&one.to_string_lossy(), REPEATED)));
        match Cli::try_parse_from(shown) {
            Err(error) => {
                let _ = hint::told(error).print();
            }
            Ok(_) => {
                let said = error.to_string();
                complain(said.lines().next().unwrap_or_default().trim_start_matches("error: "));
            }
        }
        Exit::Failed
    })
}
