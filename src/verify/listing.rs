//! What stands in the folder of a published site.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use walkdir::WalkDir;

use super::{Finding, Kind, VerifyError};
use crate::message::Message;
use crate::publish::{MANIFEST, SIGNATURE, SUMS};

/// What stands in the folder of a site, links not followed: nothing outside is read.
pub(super) struct Listing<'a> {
    folder: &'a Path,
    /// Every file that a build could have written there.
    files: BTreeSet<String>,
    /// Everything else, as it can be shown.
    others: Vec<String>,
}

impl<'a> Listing<'a> {
    pub fn of(folder: &'a Path) -> Result<Self, VerifyError> {
        let is_hidden = |entry: &walkdir::DirEntry| {
            entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.')
        };
        let mut listing = Self {
            folder,
            files: BTreeSet::new(),
            others: Vec::new(),
        };
        for entry in WalkDir::new(folder)
            .into_iter()
            .filter_entry(|entry| !is_hidden(entry))
        {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) if error.depth() == 0 && is_absent(&error) => continue,
                Err(error) => {
                    return Err(VerifyError::Unreadable {
                        path: error.path().unwrap_or(folder).to_path_buf(),
                        cause: error.into(),
                    });
                }
            };
            if entry.file_type().is_dir() {
                continue;
            }
            let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let parts: Option<Vec<_>> = relative.iter().map(|part| part.to_str()).collect();
            match parts {
                Some(parts) if entry.file_type().is_file() => {
                    listing.files.insert(parts.join("/"));
                }
                _ => {
                    let parts = relative.iter().map(|part| part.to_string_lossy());
                    let parts: Vec<_> = parts.collect();
                    listing.others.push(parts.join("/"));
                }
            }
        }
        Ok(listing)
    }

    /// A file, opened; nothing where there is none.
    pub fn open(&self, path: &str) -> Result<Option<fs::File>, VerifyError> {
        if !self.files.contains(path) {
            return Ok(None);
        }
        fs::File::open(self.folder.join(path))
            .map(Some)
            .map_err(self.unreadable(path))
    }

    /// What a file holds; where it is longer than any that a build writes, as good as
    /// nothing.
    pub fn read_own(&self, path: &str, longest: u64) -> Result<Option<Vec<u8>>, VerifyError> {
        let Some(file) = self.open(path)? else {
            return Ok(None);
        };
        let length = file.metadata().map_err(self.unreadable(path))?.len();
        self.read(path, if length > longest { 0 } else { length })
    }

    /// What a file holds, up to a number of bytes; nothing where there is none.
    pub fn read(&self, path: &str, most: u64) -> Result<Option<Vec<u8>>, VerifyError> {
        let Some(file) = self.open(path)? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        file.take(most)
            .read_to_end(&mut bytes)
            .map_err(self.unreadable(path))?;
        Ok(Some(bytes))
    }

    pub fn unreadable(&self, path: &str) -> impl FnOnce(io::Error) -> VerifyError {
        let path = self.folder.join(path);
        |cause| VerifyError::Unreadable { path, cause }
    }

    /// Whatever is not known, and what is to be said of it.
    pub fn added(&self, is_known: impl Fn(&str) -> bool, detail: &Message) -> Vec<Finding> {
        let own = [MANIFEST, SUMS, SIGNATURE];
        let files = self.files.iter();
        let files = files.filter(|path| !is_known(path) && !own.contains(&path.as_str()));
        (files.chain(&self.others))
            .map(|path| Finding {
                path: path.clone(),
                kind: Kind::Added,
                detail: detail.clone(),
            })
            .collect()
    }
}

fn is_absent(error: &walkdir::Error) -> bool {
    let error = error.io_error().map(io::Error::kind);
    matches!(
        error,
        Some(io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
    )
}
