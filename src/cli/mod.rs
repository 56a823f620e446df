//! The command line: arguments in, text and an exit code out.

mod across;
mod annotate;
mod archive;
mod arguments;
mod asked;
mod baseline;
mod cache;
mod check;
#[cfg(feature = "parquet")]
mod columns;
mod commands;
mod completions;
mod diff;
mod exit;
mod explain;
mod extract;
mod findings;
mod fix;
mod formats;
mod git;
mod hint;
mod init;
#[cfg(feature = "lsp")]
mod lsp;
mod man;
#[cfg(feature = "mcp")]
mod mcp;
mod measure;
mod output;
mod place;
mod progress;
mod record;
mod report;
mod review;
mod rules;
mod run;
mod schema;
#[cfg(feature = "page")]
mod serve;
mod settings;
mod stream;
mod terminal;
mod wanted;
mod watch;
mod whole;

use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::cli::arguments::Command;
use crate::cli::exit::Exit;
use crate::cli::output::complain;

/// Runs the command with these arguments, the name of the program first, and returns its exit code. `program` is the
/// file that has this code: what results are kept of is known by it.
pub fn run(arguments: impl IntoIterator<Item = OsString>, program: &Path) -> u8 {
    // A fault of the program is one line on standard error, whatever the text that it stumbled over.
    std::panic::set_hook(Box::new(|fault| complain(&format!("a fault of Crossfoot: {fault}"))));
    let exit = match arguments::read(arguments.into_iter().collect()) {
        Ok(cli) => {
            catch_unwind(AssertUnwindSafe(|| done(cli.command, program))).unwrap_or(Exit::Failed)
        }
        Err(exit) => exit,
    };
    exit.code()
}

fn done(command: Command, program: &Path) -> Exit {
    match command {
        Command::Check(args) if args.show_settings => settings::show(&args),
        Command::Check(args) if archive::is_meant(&args) => archive::run(&args, program),
        Command::Check(args) if args.watch => watch::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Extract(args) => extract::run(&args),
        Command::Record(args) => record::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Review(args) => review::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Rules(args) if !args.measure.is_empty() => measure::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Cache(args) => cache::run(&args),
        Command::Schema(args) => schema::run(&args),
        #[cfg(feature = "page")]
        Command::Serve(args) => serve::run(&args),
        Command::Init => init::run(),
        #[cfg(feature = "lsp")]
        Command::Lsp => lsp::run(),
        #[cfg(feature = "mcp")]
        Command::Mcp(args) => mcp::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    }
}
