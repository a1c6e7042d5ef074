//! Watching the sources: one word for any burst of changes.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::workshop::Message;

/// How long files must be quiet before the site is made anew. An editor's save
/// is several events a millisecond or two apart.
const QUIET: Duration = Duration::from_millis(6);
/// The same where the last event ended the save of a file: it was closed after
/// writing, or moved to its place.
const DONE: Duration = Duration::from_millis(1);
/// How long a burst is waited for. A checkout of thousands of files shows its
/// first results before it is through.
const PATIENCE: Duration = Duration::from_millis(250);
/// How often it is looked whether a watched folder came back.
const LOOK: Duration = Duration::from_secs(1);

/// The folders whose files make the site.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// A watch, which ends when it is dropped.
pub(super) struct Watch {
    _watcher: Sender<()>,
}

/// Starts to watch the sources under `root`.
pub(super) fn start(root: &Path, tell: Sender<Message>) -> notify::Result<Watch> {
    let (event, events) = channel();
    let watcher = notify::recommended_watcher(move |found: notify::Result<Event>| {
        // Whoever listened is gone when this fails.
        let _ = match found {
            Ok(found) if is_change(found.kind) => event.send(quiet_after(found.kind)),
            Ok(_) => Ok(()),
            // Events were lost: anything may have changed.
            Err(_) => event.send(QUIET),
        };
    })?;
    let (end, ended) = channel();
    let mut folders = Folders::new(root, watcher);
    folders.renew();
    thread::Builder::new()
        .name("watch".to_owned())
        .spawn(move || folders.follow(&events, &ended, &tell))
        .map_err(notify::Error::io)?;
    Ok(Watch { _watcher: end })
}

/// Whether an event is more than somebody reading, the site's own build among them.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

/// How long to wait for what may follow an event.
fn quiet_after(kind: EventKind) -> Duration {
    match kind {
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => DONE,
        _ => QUIET,
    }
}

/// The watched folders.
struct Folders {
    root: PathBuf,
    watcher: RecommendedWatcher,
    /// Which folder stood there when it was last watched.
    watched: [Option<Identity>; 2],
}

/// What tells a folder from another at the same place.
type Identity = (u64, Option<std::time::SystemTime>);

impl Folders {
    fn new(root: &Path, watcher: RecommendedWatcher) -> Self {
        Self {
            root: root.to_owned(),
            watcher,
            watched: [None, None],
        }
    }

    /// Watches folders that appeared, and forgets those that are gone. Says
    /// whether anything was new.
    fn renew(&mut self) -> bool {
        let mut is_new = false;
        for (name, watched) in FOLDERS.iter().zip(&mut self.watched) {
            let folder = self.root.join(name);
            let now = identity(&folder);
            if now == *watched {
                continue;
            }
            is_new = true;
            // A watch on a folder that is gone may be gone with it.
            let _ = self.watcher.unwatch(&folder);
            *watched = now.filter(|_| {
                self.watcher
                    .watch(&folder, RecursiveMode::Recursive)
                    .is_ok()
            });
        }
        is_new
    }

    /// Sends a word for every burst of changes, until nobody wants it.
    fn follow(mut self, events: &Receiver<Duration>, ended: &Receiver<()>, tell: &Sender<Message>) {
        loop {
            let burst = match events.recv_timeout(LOOK) {
                Ok(mut quiet) => {
                    let begun = Instant::now();
                    while begun.elapsed() < PATIENCE {
                        match events.recv_timeout(quiet) {
                            Ok(next) => quiet = next,
                            Err(_) => break,
                        }
                    }
                    true
                }
                Err(RecvTimeoutError::Timeout) => false,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let is_over = matches!(
                ended.try_recv(),
                Err(std::sync::mpsc::TryRecvError::Disconnected)
            );
            if is_over {
                return;
            }
            if (self.renew() || burst) && tell.send(Message::Changed).is_err() {
                return;
            }
        }
    }
}

#[cfg(unix)]
fn identity(folder: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    let found = std::fs::metadata(folder)
        .ok()
        .filter(std::fs::Metadata::is_dir)?;
    Some((found.ino(), found.created().ok()))
}

#[cfg(not(unix))]
fn identity(folder: &Path) -> Option<Identity> {
    let found = std::fs::metadata(folder)
        .ok()
        .filter(std::fs::Metadata::is_dir)?;
    Some((0, found.created().ok()))
}
