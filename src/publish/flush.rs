//! Getting staged files onto the disk before they are published, so that a
//! crash of the machine cannot turn published pages into empty files.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::OutputPath;

/// Flushes `files`, all of which lie in `folder`. On Linux that is one call for
/// the whole file system, which is much faster than one for each of thousands
/// of files.
pub(super) fn flush(folder: &Path, files: &[OutputPath]) -> io::Result<()> {
    if flush_at_once(folder) {
        return Ok(());
    }
    files.par_iter().try_for_each(|file| {
        let file = OpenOptions::new().write(true).open(file.under(folder))?;
        file.sync_all()
    })
}

#[cfg(target_os = "linux")]
fn flush_at_once(folder: &Path) -> bool {
    File::open(folder).is_ok_and(|folder| rustix::fs::syncfs(folder).is_ok())
}

#[cfg(not(target_os = "linux"))]
fn flush_at_once(_folder: &Path) -> bool {
    false
}

/// Flushes the names in `folder` after files or folders in it were renamed. The
/// site is published by then, so a system that cannot do this is no failure.
pub(super) fn flush_names(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}
