//! The names that publishing to one output uses beside and inside it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::PublishError;
use super::clear::clear;
use crate::say;

/// The letters that `tempfile` adds to a prefix.
const RANDOM_LETTERS: usize = 6;

/// Where things are.
#[derive(Debug)]
pub(super) struct Places {
    /// The output, as an absolute path.
    pub output: PathBuf,
    /// The folder that holds it.
    pub parent: PathBuf,
    /// The file that only one build at a time may hold.
    pub lock: PathBuf,
    /// What the last build left for the next one.
    pub receipt: PathBuf,
    /// Where the former site waits for the moment in which two renames put the
    /// new one into its place.
    pub former: PathBuf,
    /// How the names of staging folders start. It starts with a dot itself.
    pub staging_prefix: String,
}

impl Places {
    /// The places for an output folder, which need not exist.
    pub(super) fn of(output: &Path) -> Result<Self, PublishError> {
        let nameless = || PublishError::Nameless {
            output: output.to_path_buf(),
        };
        let absolute = std::path::absolute(output).map_err(|_| nameless())?;
        // `a/` and `a/.` are the folder `a`, and not what a link `a` leads to.
        let output: PathBuf = absolute.components().collect();
        let (Some(parent), Some(name)) = (output.parent(), output.file_name()) else {
            return Err(nameless());
        };
        let name = name.to_string_lossy();
        Ok(Self {
            parent: parent.to_path_buf(),
            lock: parent.join(format!(".{name}.lock")),
            receipt: parent.join(format!(".{name}.receipt")),
            former: parent.join(format!(".{name}.former-site")),
            staging_prefix: format!(".{name}.staging-"),
            output: output.clone(),
        })
    }

    /// Makes a fresh staging folder in `folder`, with the mode of any new
    /// folder; it is removed when dropped.
    pub(super) fn stage_in(&self, folder: &Path) -> io::Result<TempDir> {
        let mut builder = tempfile::Builder::new();
        builder
            .prefix(&self.staging_prefix)
            .rand_bytes(RANDOM_LETTERS);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o777));
        }
        builder.tempdir_in(folder)
    }

    /// Puts back or clears away what a killed build left. No other build may be
    /// at work.
    pub(super) fn recover(&self) -> Result<(), PublishError> {
        let is_folder = |path: &Path| fs::symlink_metadata(path).is_ok_and(|found| found.is_dir());
        if is_folder(&self.former) {
            if fs::symlink_metadata(&self.output).is_err() {
                // Killed between the two renames: the former site is the last good one.
                fs::rename(&self.former, &self.output)
                    .map_err(PublishError::machine(say!("bring back"), &self.former))?;
            } else {
                let _ = clear(&self.former);
            }
        }
        for folder in [&self.parent, &self.output]
            .into_iter()
            .filter(|folder| is_folder(folder))
        {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            for leftover in entries.filter(|e| self.is_staging(&e.file_name().to_string_lossy())) {
                // What cannot be removed only takes space, and does not keep
                // the site from being published.
                let _ = match leftover.file_type() {
                    Ok(kind) if kind.is_dir() => clear(&leftover.path()),
                    Ok(kind) if kind.is_file() => fs::remove_file(leftover.path()),
                    _ => Ok(()),
                };
            }
        }
        Ok(())
    }

    /// Whether a file or folder of that name is a staging place of this output.
    pub(super) fn is_staging(&self, name: &str) -> bool {
        name.strip_prefix(&self.staging_prefix)
            .is_some_and(|random| {
                random.len() == RANDOM_LETTERS && random.bytes().all(|b| b.is_ascii_alphanumeric())
            })
    }
}
