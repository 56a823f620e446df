//! `crossfoot serve`: the page on which one writes, and a small interface for programs, on this machine.

mod answer;
mod asked;
mod gate;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::runtime;
use tokio::sync::Semaphore;

use crate::cli::exit::Exit;
use crate::cli::output::{complain, print};
use crate::cli::serve::gate::Gate;

/// Connections at once; who comes later waits.
const MOST_CONNECTIONS: usize = 256;

/// How long the head of a request may take to arrive; as long may a connection idle.
const HEAD_TIME: Duration = Duration::from_secs(15);

/// Bytes of a request's head.
const MOST_HEAD: usize = 16 << 10;

#[derive(Args, Debug)]
pub(in crate::cli) struct ServeArgs {
    /// The port; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 8620)]
    port: u16,
    /// The address of this machine to listen on. Any but the default lets other machines in: whoever reaches
    /// the port can use it
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    listen: IpAddr,
    /// A name that requests may call this machine by, beside localhost and its address (may be given more
    /// than once)
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,
}

/// Serves until the process is ended.
pub(in crate::cli) fn run(args: &ServeArgs) -> Exit {
    match served(args) {
        Ok(()) => Exit::Clean,
        Err(error) => {
            let place = SocketAddr::from((args.listen, args.port));
            complain(&format!("{place} cannot be served: {error}"));
            Exit::Failed
        }
    }
}

fn served(args: &ServeArgs) -> io::Result<()> {
    let runtime = runtime::Builder::new_multi_thread().enable_io().enable_time().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind((args.listen, args.port)).await?;
        let address = listener.local_addr()?;
        if !args.listen.is_loopback() {
            complain(&format!("{address} can be reached from other machines"));
        }
        print(&format!("http://{address}/ shows the page; end it with Control and C\n"));
        accept(&listener, &Arc::new(Gate::new(args.listen, &args.hosts))).await
    })
}

/// Answers whoever connects.
async fn accept(listener: &TcpListener, gate: &Arc<Gate>) -> io::Result<()> {
    let room = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let router = answer::router(gate);
    loop {
        let Ok(place) = Arc::clone(&room).acquire_owned().await else { return Ok(()) };
        let Ok((stream, _)) = listener.accept().await else {
            // Whoever it was has gone, or there are no file descriptors for a moment.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let service = TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_buf_size(MOST_HEAD);
            // A connection that breaks off is nobody's fault here.
            let _ = http.serve_connection(TokioIo::new(stream), service).await;
            drop(place);
        });
    }
}
