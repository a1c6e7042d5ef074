//! The folder `content/`: which files are there, and their bytes.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::stamp::Stamp;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::span::{Read, Source, Sources, Span};

/// The largest text file that is read, in bytes.
const LARGEST_TEXT: u64 = 256 << 20;
/// The deepest folder that is looked into.
const DEEPEST: usize = 32;

/// A file of the content folder.
#[derive(Debug)]
pub struct ContentFile {
    /// Its path relative to `content/`, with `/` between parts.
    pub path: String,
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
    let inside = root.canonicalize().map_err(failed(root))?;
    let mut found = Vec::new();
    for entry in WalkDir::new(&content)
        .max_depth(DEEPEST)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry))
    {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) if error.depth() == 0 => {
                return Err(failed(&content)(error.into()));
            }
            Err(error) => {
                let path = error.path().unwrap_or(&content).to_owned();
                unreadable(&relative(root, &path), &error.to_string(), sources, faults);
                continue;
            }
        };
        match accept(&entry, &inside) {
            Accept::Yes => found.push(entry.into_path()),
            Accept::No => {}
            Accept::Outside => {
                let path = relative(root, entry.path());
                let file = sources.add(path.clone(), String::new());
                faults.push(
                    Diagnostic::new(
                        Rule::PathEscape,
                        Span::start_of(file),
                        format!("`{path}` is a link that leads out of the site folder, to a folder, or nowhere"),
                    )
                    .expected("a file, or a link to a file of this site")
                    .help("put a copy of the file here instead of the link"),
                );
            }
        }
    }
    let before = before.by_path();
    let now = SystemTime::now();
    let loaded: Vec<_> = found
        .par_iter()
        .map(|path| {
            let name = relative(root, path);
            load(path, before.get(name.as_str()).copied(), now)
        })
        .collect();
    let mut files = Vec::new();
    for (path, taken) in found.iter().zip(loaded) {
        let name = relative(&content, path);
        match taken {
            Ok(taken) => files.push(ContentFile { path: name, taken }),
            Err(why) => unreadable(&relative(root, path), &why, sources, faults),
        }
    }
    Ok(files)
}

/// Whether a file holds text that the build reads, or a workbook.
#[must_use]
pub fn is_read(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, e)| e);
    matches!(extension, "yaml" | "yml" | "md" | "csv" | "xlsx" | "ods")
}

enum Accept {
    Yes,
    No,
    Outside,
}

fn accept(entry: &DirEntry, inside: &Path) -> Accept {
    if entry.file_type().is_file() {
        return Accept::Yes;
    }
    if !entry.file_type().is_symlink() {
        return Accept::No;
    }
    match entry.path().canonicalize() {
        Ok(target) if target.starts_with(inside) && target.is_file() => Accept::Yes,
        _ => Accept::Outside,
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with(['.', '~', '#']) || name.ends_with('~') || name.ends_with(".swp")
}

fn load(path: &Path, before: Option<&Read>, now: SystemTime) -> Result<Taken, String> {
    if !is_read(&path.to_string_lossy()) {
        return Ok(Taken::Nothing);
    }
    let state = fs::metadata(path).map_err(|error| error.to_string())?;
    let stamp = Stamp::of(&state, now);
    if let Some(before) = before
        && stamp.is_some()
        && before.stamp == stamp
    {
        return Ok(Taken::Before(before.clone()));
    }
    let size = state.len();
    if size > LARGEST_TEXT {
        return Err(format!(
            "it has {size} bytes; at most {LARGEST_TEXT} are read"
        ));
    }
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    let before = before.map(|before| Arc::clone(&before.source));
    Ok(Taken::Bytes(bytes, stamp, before))
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

/// A path relative to a folder, with `/` between its parts. Names that are not
/// Unicode come out with replacement characters, which no reference can match.
fn relative(folder: &Path, path: &Path) -> String {
    let path = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = path
        .components()
        .map(|c| c.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}
