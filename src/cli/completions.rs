//! `crossfoot completions SHELL`.

use clap::CommandFactory;

use crate::cli::arguments::Cli;
use crate::cli::commands::CompletionsArgs;
use crate::cli::exit::Exit;
use crate::cli::output::print;

/// Prints the completions for a shell.
pub(super) fn run(args: &CompletionsArgs) -> Exit {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "crossfoot", &mut out);
    print(&String::from_utf8_lossy(&out))
}
