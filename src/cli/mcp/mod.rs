//! `crossfoot mcp`: the tools of an assistant, over standard input and output.

mod asked;
mod desk;
mod server;
mod told;

use std::path::PathBuf;

use clap::Args;

use crate::cli::exit::Exit;
use crate::cli::mcp::desk::Desk;
use crate::cli::output::complain;
use crate::load::canonical;

#[derive(Args, Debug)]
pub(super) struct McpArgs {
    /// The folder whose claims files and articles may be read; without one, no file is
    folder: Option<PathBuf>,
}

/// Serves an assistant until it closes the connection.
pub(super) fn run(args: &McpArgs) -> Exit {
    if let Some(folder) = args.folder.as_ref().filter(|folder| !folder.is_dir()) {
        complain(&format!("{}: there is no such folder", crate::load::shown(folder)));
        return Exit::Failed;
    }
    let desk = Desk::new(args.folder.as_deref().map(canonical));
    match server::serve(desk) {
        Ok(()) => Exit::Clean,
        Err(reason) => {
            complain(&reason);
            Exit::Failed
        }
    }
}
