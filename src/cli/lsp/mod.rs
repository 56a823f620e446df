//! `crossfoot lsp`: the language server, over standard input and output.

mod actions;
mod answers;
mod client;
mod completion;
mod desk;
mod diagnostics;
mod edits;
mod goto;
mod hints;
mod hover;
mod kind;
mod position;
mod server;
mod silence;
mod symbols;
mod texts;
mod watch;
mod wire;

use std::io::{self, BufReader, BufWriter};
use std::sync::mpsc::{SyncSender, TryRecvError, sync_channel};

use crate::cli::exit::Exit;
use crate::cli::lsp::server::Server;
use crate::cli::lsp::wire::{Heard, heard};

/// Messages that wait at most; whoever sends more waits.
const WAITING: usize = 256;

/// Serves an editor until it says that it is done.
pub(super) fn run() -> Exit {
    let (sender, hears) = sync_channel(WAITING);
    let reader = sender.clone();
    std::thread::spawn(move || listen(&reader));
    let mut server = Server::new(BufWriter::new(io::stdout()), sender);
    loop {
        let next = match hears.try_recv() {
            Ok(next) => next,
            // What was typed in the meantime is checked once.
            Err(TryRecvError::Empty) => {
                server.settle();
                hears.recv().unwrap_or(Heard::End)
            }
            Err(TryRecvError::Disconnected) => Heard::End,
        };
        if let Some(exit) = server.take(next) {
            return exit;
        }
    }
}

/// Hands on what comes in.
fn listen(sender: &SyncSender<Heard>) {
    let mut input = BufReader::new(io::stdin());
    loop {
        let one = heard(&mut input);
        let is_last = match &one {
            Heard::End => true,
            Heard::Malformed(malformed) => malformed.is_lost,
            _ => false,
        };
        if sender.send(one).is_err() {
            return;
        }
        if is_last {
            let _ = sender.send(Heard::End);
            return;
        }
    }
}
