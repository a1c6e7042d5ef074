//! The folder `content/`: which files are there, and their bytes.

use std::collections::HashMap;
use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;

use super::stamp::Stamp;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::span::{FileId, Read, Source, Sources, Span};

/// The largest text file that is read, in bytes.
const LARGEST_TEXT: u64 = 256 << 20;
/// The deepest folder that is looked into.
const DEEPEST: usize = 32;

/// A file of the content folder.
#[derive(Debug)]
pub struct ContentFile {
    /// Its path relative to `content/`, with `/` between parts.
    pub path: String,
    /// The id it had when it was read before.
    pub id: Option<FileId>,
    /// What was taken of it.
    pub taken: Taken,
}

/// What was taken of a file.
#[derive(Debug)]
pub enum Taken {
    /// Nothing: an attachment, which nothing reads until it is published.
    Nothing,
    /// Its bytes, the state it was in before they were read, and what was read of it
    /// the last time.
    Bytes(Vec<u8>, Option<Stamp>, Option<Arc<Source>>),
    /// What was read of it before: it is in the same state.
    Before(Read),
}

/// The folder could not be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {path}: {cause}", path = path.display())]
pub struct ReadError {
    /// What was being read.
    pub path: PathBuf,
    /// Why it failed.
    #[source]
    pub cause: io::Error,
}

/// Reads every file under `content/`, in the order of their names.
///
/// Files that are in the state in which they were read `before` are not read again.
/// Hidden files and editors' backups are passed over. A link is followed only
/// to a file inside the site folder.
///
/// # Errors
/// When the folder itself cannot be listed.
pub fn read(
    root: &Path,
    before: &Sources,
    sources: &mut Sources,
    faults: &mut Diagnostics,
) -> Result<Vec<ContentFile>, ReadError> {
    let content = root.join("content");
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |cause| ReadError { path, cause }
    };
    let visit = Visit {
        inside: root.canonicalize().map_err(failed(root))?,
        before: before.below("content/"),
        now: SystemTime::now(),
    };
    let found = visit.folder(&content, "", 1).map_err(failed(&content))?;
    let mut files = Vec::new();
    sort_out(found, &mut files, sources, faults);
    Ok(files)
}

/// What was found under a name.
enum Found {
    File(ContentFile),
    Folder(Vec<Self>),
    /// Something that is neither.
    Other,
    /// A link that is not followed.
    Outside(String),
    /// What cannot be read, and why.
    Unreadable(String, String),
}

/// Puts files in a row, and tells what is none.
fn sort_out(
    found: Vec<Found>,
    files: &mut Vec<ContentFile>,
    sources: &mut Sources,
    faults: &mut Diagnostics,
) {
    for found in found {
        match found {
            Found::File(file) => files.push(file),
            Found::Folder(found) => sort_out(found, files, sources, faults),
            Found::Other => {}
            Found::Outside(name) => outside(&format!("content/{name}"), sources, faults),
            Found::Unreadable(name, why) => {
                unreadable(&format!("content/{name}"), &why, sources, faults);
            }
        }
    }
}

/// A visit to all folders, each by whoever is free.
struct Visit<'a> {
    /// The folder of the site, which no link may leave.
    inside: PathBuf,
    /// What was read the last time.
    before: HashMap<&'a str, (FileId, &'a Read)>,
    /// When the visit began.
    now: SystemTime,
}

impl Visit<'_> {
    /// What is in a folder, in the order of the names.
    fn folder(&self, folder: &Path, name: &str, depth: usize) -> io::Result<Vec<Found>> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let own = entry.file_name();
            if !is_hidden(&own.to_string_lossy()) {
                entries.push((own, entry));
            }
        }
        entries.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let found = entries.into_par_iter().map(|(own, entry)| {
            // Names that are not Unicode come out with replacement characters, which
            // no reference can match.
            let own = own.to_string_lossy();
            let name = match name {
                "" => own.into_owned(),
                folder => format!("{folder}/{own}"),
            };
            self.entry(&entry, &name, depth)
                .unwrap_or_else(|error| Found::Unreadable(name, error.to_string()))
        });
        Ok(found.collect())
    }

    fn entry(&self, entry: &DirEntry, name: &str, depth: usize) -> io::Result<Found> {
        let kind = entry.file_type()?;
        if kind.is_dir() {
            if depth == DEEPEST {
                return Ok(Found::Other);
            }
            return Ok(Found::Folder(self.folder(
                &entry.path(),
                name,
                depth + 1,
            )?));
        }
        if kind.is_symlink() {
            let path = entry.path();
            return match path.canonicalize() {
                Ok(target) if target.starts_with(&self.inside) && target.is_file() => {
                    self.file(&path, name, || fs::metadata(&path))
                }
                _ => Ok(Found::Outside(name.to_owned())),
            };
        }
        if kind.is_file() {
            return self.file(&entry.path(), name, || entry.metadata());
        }
        Ok(Found::Other)
    }

    fn file(
        &self,
        path: &Path,
        name: &str,
        state: impl FnOnce() -> io::Result<Metadata>,
    ) -> io::Result<Found> {
        let (id, before) = self.before.get(name).copied().unzip();
        let taken = if is_read(name) {
            match load(path, &state()?, before, self.now)? {
                Ok(taken) => taken,
                Err(why) => return Ok(Found::Unreadable(name.to_owned(), why)),
            }
        } else {
            Taken::Nothing
        };
        Ok(Found::File(ContentFile {
            path: name.to_owned(),
            id,
            taken,
        }))
    }
}

/// Whether a file holds text that the build reads, or a workbook.
#[must_use]
pub fn is_read(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, e)| e);
    matches!(extension, "yaml" | "yml" | "md" | "csv" | "xlsx" | "ods")
}

fn is_hidden(name: &str) -> bool {
    let is_swap = matches!(name.rsplit_once('.'), Some((_, "swp")));
    name.starts_with(['.', '~', '#']) || name.ends_with('~') || is_swap
}

/// Takes what a file holds, or says why not.
fn load(
    path: &Path,
    state: &Metadata,
    before: Option<&Read>,
    now: SystemTime,
) -> io::Result<Result<Taken, String>> {
    let stamp = Stamp::of(state, now);
    if let Some(before) = before
        && stamp.is_some()
        && before.stamp == stamp
    {
        return Ok(Ok(Taken::Before(before.clone())));
    }
    let size = state.len();
    if size > LARGEST_TEXT {
        return Ok(Err(format!(
            "it has {size} bytes; at most {LARGEST_TEXT} are read"
        )));
    }
    let bytes = fs::read(path)?;
    let before = before.map(|before| Arc::clone(&before.source));
    Ok(Ok(Taken::Bytes(bytes, stamp, before)))
}

fn outside(path: &str, sources: &mut Sources, faults: &mut Diagnostics) {
    let file = sources.add(path, String::new());
    faults.push(
        Diagnostic::new(
            Rule::PathEscape,
            Span::start_of(file),
            format!(
                "`{path}` is a link that leads out of the site folder, to a folder, or nowhere"
            ),
        )
        .expected("a file, or a link to a file of this site")
        .help("put a copy of the file here instead of the link"),
    );
}

fn unreadable(path: &str, why: &str, sources: &mut Sources, faults: &mut Diagnostics) {
    let file = sources.add(path, String::new());
    faults.push(
        Diagnostic::new(
            Rule::UnreadableFile,
            Span::start_of(file),
            format!("`{path}` cannot be read: {why}"),
        )
        .help("check the file's permissions and size"),
    );
}
