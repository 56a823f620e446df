//! Args in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    let program = std::env::current_exe().unwrap_or_default();
    ExitCode::from(crossfoot::command(std::env::args_os(), &program))
}
