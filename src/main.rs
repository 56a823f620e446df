//! Args in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    crossfoot::cli::run()
}
