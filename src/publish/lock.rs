//! One build at a time: two that publish to the same output take turns.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::PublishError;
use crate::say;

/// How long a build waits for another to finish publishing.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often it looks.
const PAUSE: Duration = Duration::from_millis(50);

/// The right to publish to one output, held until it is dropped; the system
/// takes it back from a process that dies.
#[derive(Debug)]
pub(super) struct Lock {
    held: Option<File>,
    path: PathBuf,
}

impl Lock {
    /// Waits for the lock file `path` beside `output`; where nothing may be
    /// created there, for a lock on the output folder itself.
    pub(super) fn take(path: &Path, output: &Path) -> Result<Self, PublishError> {
        Self::take_within(path, output, PATIENCE)
    }

    fn take_within(path: &Path, output: &Path, patience: Duration) -> Result<Self, PublishError> {
        let start = Instant::now();
        loop {
            let open = OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(false)
                .open(path);
            let (file, shared) = match open {
                Ok(file) => (file, true),
                Err(error) if is_closed(&error) => match File::open(output) {
                    Ok(folder) => (folder, false),
                    Err(_) => {
                        return Ok(Self {
                            held: None,
                            path: path.to_path_buf(),
                        });
                    }
                },
                Err(error) => return Err(PublishError::machine(say!("create"), path)(error)),
            };
            match file.try_lock() {
                Ok(()) if !shared || is_still_at(&file, path) => {
                    return Ok(Self {
                        held: Some(file),
                        path: path.to_path_buf(),
                    });
                }
                // Held by another build, or on a file which its former holder
                // removed after we opened it, and which nobody else can find.
                Ok(()) | Err(TryLockError::WouldBlock) => {}
                // Some network file systems know no locks; then there is none.
                Err(TryLockError::Error(_)) => {
                    return Ok(Self {
                        held: None,
                        path: path.to_path_buf(),
                    });
                }
            }
            if start.elapsed() >= patience {
                return Err(PublishError::Busy {
                    output: output.to_path_buf(),
                });
            }
            thread::sleep(PAUSE);
        }
    }

    /// Whether no other build can be at work. Without this, what looks like the
    /// leftover of a killed build may be in use.
    pub(super) fn is_exclusive(&self) -> bool {
        self.held.is_some()
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Only where the next holder can tell that the file is gone; elsewhere
        // the empty file stays.
        if cfg!(unix) && self.held.is_some() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Whether nothing may be created in that place at all.
pub(super) fn is_closed(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
    )
}

#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    let identity = |m: std::fs::Metadata| (m.dev(), m.ino());
    matches!(
        (file.metadata().map(identity), fs::symlink_metadata(path).map(identity)),
        (Ok(held), Ok(found)) if held == found
    )
}

#[cfg(not(unix))]
fn is_still_at(_file: &File, _path: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_build_waits_and_then_gives_up() {
        let folder = tempfile::tempdir().unwrap();
        let (path, output) = (folder.path().join(".site.lock"), folder.path().join("site"));
        let first = Lock::take(&path, &output).unwrap();
        assert!(first.is_exclusive());
        let refused = Lock::take_within(&path, &output, Duration::ZERO).unwrap_err();
        assert!(
            refused
                .to_string()
                .starts_with("another build is publishing to"),
            "{refused}"
        );
        drop(first);
        assert!(
            Lock::take_within(&path, &output, Duration::ZERO)
                .unwrap()
                .is_exclusive()
        );
    }

    #[test]
    fn many_builds_take_turns() {
        let folder = tempfile::tempdir().unwrap();
        let (path, output) = (folder.path().join(".site.lock"), folder.path().join("site"));
        let busy = folder.path().join("busy");
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..5 {
                        let _lock = Lock::take(&path, &output).unwrap();
                        File::create_new(&busy).unwrap();
                        fs::remove_file(&busy).unwrap();
                    }
                });
            }
        });
        assert!(
            cfg!(not(unix)) || !path.exists(),
            "the lock file is cleaned away"
        );
    }
}
