//! A sign of life on a terminal, and only when the work takes long.

use std::io::IsTerminal;
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::ProgressBar;

/// How long work may take in silence.
const PATIENCE: Duration = Duration::from_millis(500);

/// A spinner that waits before it shows itself.
pub struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Starts waiting; does nothing away from a terminal.
    pub fn start(quiet: bool) -> Self {
        if quiet || !std::io::stderr().is_terminal() {
            return Self { running: None };
        }
        let (done, wait) = channel::<()>();
        let thread = thread::spawn(move || {
            if wait.recv_timeout(PATIENCE).is_ok() {
                return;
            }
            let bar = ProgressBar::new_spinner().with_message("building");
            bar.enable_steady_tick(Duration::from_millis(100));
            // Ends when the work does, whichever way.
            let _ = wait.recv();
            bar.finish_and_clear();
        });
        Self {
            running: Some((done, thread)),
        }
    }

    /// Ends it before anything else is printed.
    pub fn finish(mut self) {
        if let Some((done, thread)) = self.running.take() {
            // The thread may have ended on its own; both are fine.
            let _ = done.send(());
            let _ = thread.join();
        }
    }
}
