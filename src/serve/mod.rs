//! The preview: the site as it would be published, kept true to its sources
//! while they are edited.
//!
//! ```text
//! files ──► watch ──► workshop ◄──► http ◄──► browser
//!           "changed"  prepares,     answers,  patches the page,
//!                      then makes    tells     shows faults
//!                      what is asked
//! ```
//!
//! Nothing is rendered before somebody asks for it, and everything is rendered
//! from the model of that moment: no list, count or chart can be older than the
//! text beside it, because none is kept. Nothing is written to a disk.

mod http;
mod page;
mod watch;
mod workshop;

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::mpsc;
use std::thread;

use tokio::net::TcpListener;
use tokio::sync::watch as latest;

use crate::Options;
use crate::message::Message as Said;
use crate::say;
use workshop::{Message, State, Workshop};

/// Where the port search begins.
const FIRST_PORT: u16 = 4000;
/// How many ports are tried.
const PORTS: u16 = 100;

/// How a preview is served.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address to listen on; by default this machine alone.
    pub host: IpAddr,
    /// The port; by default the next free one.
    pub port: Option<u16>,
    /// The address that opens a file in the author's editor, with `{path}`,
    /// `{line}` and `{column}`.
    pub editor: String,
}

/// Why there is no preview.
#[derive(Debug)]
pub enum ServeError {
    /// The port is taken, or the address is not this machine's.
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The system gives no watch on files, no threads or no sockets.
    Start(String),
}

impl ServeError {
    /// What is wrong, and what to do.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            Self::Listen { address, cause } => say!(
                "cannot listen on {address}: {cause}; choose another --port or --host",
                address = address.to_string(),
                cause
            ),
            Self::Start(why) => say!("cannot start the preview: {why}", why),
        }
    }
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for ServeError {}

/// What the workshop tells whoever runs it.
pub trait Audience: Send + 'static {
    /// The site was prepared anew.
    fn prepared(&mut self, site: &crate::Prepared, milliseconds: u128);
    /// The sources could not be read at all.
    fn unreadable(&mut self, why: &str);
}

/// Serves a preview until it is interrupted. `ready` is told its address.
///
/// # Errors
/// When nothing can be served.
pub fn serve(
    options: Options,
    settings: &Settings,
    audience: impl Audience,
    ready: impl FnOnce(&str),
) -> Result<(), ServeError> {
    let start = |why: &dyn std::fmt::Display| ServeError::Start(why.to_string());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| start(&error))?;
    let listener = runtime.block_on(listen(settings))?;
    let address = listener.local_addr().map_err(|error| start(&error))?;

    let (ask, inbox) = mpsc::channel();
    let watch = watch::start(&options.root, ask.clone()).map_err(|error| start(&error))?;
    let (tell, told) = latest::channel(State::blank());
    let workshop = Workshop::new(options, settings.editor.clone(), audience, tell);
    let work = thread::Builder::new()
        .name("workshop".to_owned())
        .spawn(move || workshop.run(&inbox))
        .map_err(|error| start(&error))?;

    ready(&format!("http://{address}/"));
    let stopped = runtime.block_on(http::run(listener, settings.host, ask.clone(), told));
    drop(watch);
    // A workshop that is gone already needs no word.
    let _ = ask.send(Message::Stop);
    let _ = work.join();
    runtime.shutdown_background();
    stopped.map_err(|error| start(&error))
}

/// Takes the port that was asked for, or the next free one.
async fn listen(settings: &Settings) -> Result<TcpListener, ServeError> {
    let ports = match settings.port {
        Some(port) => port..=port,
        None => FIRST_PORT..=FIRST_PORT + PORTS,
    };
    let mut failure = None;
    for port in ports {
        let address = SocketAddr::new(settings.host, port);
        match TcpListener::bind(address).await {
            Ok(listener) => return Ok(listener),
            Err(cause) => failure = Some(ServeError::Listen { address, cause }),
        }
    }
    Err(failure.unwrap_or_else(|| ServeError::Start("no port was tried".to_owned())))
}
