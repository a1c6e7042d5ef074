//! The folder `content/`: which files are there, and their bytes.

use std::collections::HashMap;
use std::fmt;
use std::fs::{self, FileType, Metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;

use super::listing::{self, Listed, Wanted};
use super::stamp::Stamp;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::message::Message;
use crate::say;
use crate::span::{FileId, Read, Source, Sources, Span};

/// The largest file of each kind that is read, in bytes. Each kind takes another
/// multiple of its length in memory.
const LARGEST: [(&str, u64); 6] = [
    ("yaml", 8 << 20),
    ("yml", 8 << 20),
    ("md", 1 << 20),
    ("csv", 32 << 20),
    ("xlsx", 16 << 20),
    ("ods", 16 << 20),
];
/// The largest attachment, in bytes: it is hashed and written as a whole. What is longer
/// cannot be published, and nothing reads it to the end.
pub const LARGEST_ATTACHMENT: u64 = 64 << 20;
/// The most bytes that are read of all files together.
const LARGEST_SITE: u64 = 1 << 30;
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
#[derive(Debug)]
pub struct ReadError {
    /// What was being read.
    pub path: PathBuf,
    /// Why it failed.
    pub cause: io::Error,
}

impl ReadError {
    /// What is wrong.
    #[must_use]
    pub fn said(&self) -> Message {
        say!(
            "cannot read {path}: {cause}",
            path = self.path.display().to_string(),
            cause = self.cause
        )
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
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
    let visit = Visit {
        before: before.below("content/"),
        began: SystemTime::now(),
    };
    let wanted = Wanted {
        deepest: DEEPEST,
        name: |name| !is_hidden(&name.to_string_lossy()),
        state: |name, kind| kind.is_file() && is_read(&name.to_string_lossy()),
    };
    let mut accepted = Vec::new();
    for Listed { depth, path, found } in listing::below(&content, wanted) {
        let found = match found {
            Ok(found) => found,
            Err(error) if depth == 0 => return Err(failed(&content)(error)),
            Err(error) => {
                let path = relative(root, &path);
                let why = Message::foreign(error);
                unreadable(&path, &why, permissions(), sources, faults);
                continue;
            }
        };
        match accept(&path, found.kind, &inside) {
            Accept::Yes if path.to_str().is_none() => {
                let path = relative(root, &path);
                let why = say!("its name is not Unicode");
                let help = say!("rename the file");
                unreadable(&path, &why, help, sources, faults);
            }
            Accept::Yes => accepted.push((path, found.state)),
            Accept::Folder if depth == DEEPEST => {
                let path = relative(root, &path);
                let why = say!(
                    "it lies more than {deepest} folders deep",
                    deepest = DEEPEST
                );
                unreadable(&path, &why, say!("move it up"), sources, faults);
            }
            Accept::Folder => {}
            Accept::Special => {
                let path = relative(root, &path);
                let why = say!("it is a pipe, a socket or a device");
                let help = say!("put a file there, or remove it");
                unreadable(&path, &why, help, sources, faults);
            }
            Accept::Outside => {
                let path = relative(root, &path);
                let file = sources.add(path.clone(), String::new());
                faults.push(
                    Diagnostic::new(
                        Rule::PathEscape,
                        Span::start_of(file),
                        say!("`{path}` is a link that leads out of the site folder, to a folder, to a hidden file, or nowhere", path),
                    )
                    .expected(say!("a file, or a link to a file of this site"))
                    .help(say!("put a copy of the file here instead of the link")),
                );
            }
        }
    }
    let mut files = Vec::new();
    for (path, taken) in visit.all(&content, accepted) {
        match taken {
            Ok(file) => files.push(file),
            Err(why) => {
                let name = relative(&content, &path);
                unreadable(&relative(root, &path), &why, permissions(), sources, faults);
                // It is there: what belongs to it does not stand alone.
                files.push(visit.file(name, Taken::Nothing));
            }
        }
    }
    Ok(files)
}

/// One reading of the folder.
struct Visit<'a> {
    /// What was read the last time.
    before: HashMap<&'a str, (FileId, &'a Read)>,
    /// When this one began.
    began: SystemTime,
}

impl Visit<'_> {
    /// Takes in files, or says why not.
    fn all(
        &self,
        content: &Path,
        found: Vec<(PathBuf, Option<io::Result<Metadata>>)>,
    ) -> Vec<(PathBuf, Result<ContentFile, Message>)> {
        let seen: Vec<_> = (found.into_par_iter())
            .map(|(path, state)| {
                let name = relative(content, &path);
                // What a link leads to was not looked at yet.
                let state = is_read(&name).then(|| state.unwrap_or_else(|| fs::metadata(&path)));
                (path, name, state)
            })
            .collect();
        let mut total = 0_u64;
        let fits: Vec<_> = (seen.iter())
            .map(|(_, _, state)| {
                let state = state.as_ref().and_then(|state| state.as_ref().ok());
                let size = state.map_or(0, Metadata::len);
                let fits = total.saturating_add(size) <= LARGEST_SITE;
                total = if fits { total + size } else { total };
                fits
            })
            .collect();
        (seen.into_par_iter().zip(fits))
            .map(|((path, name, state), fits)| {
                let file = match state {
                    None => Ok(self.file(name, Taken::Nothing)),
                    Some(_) if !fits => Err(say!(
                        "with the files before it, it makes more than {limit} MiB",
                        limit = LARGEST_SITE >> 20
                    )),
                    Some(Err(error)) => Err(Message::foreign(error)),
                    Some(Ok(state)) => self
                        .load(&path, &name, &state)
                        .map(|taken| self.file(name, taken)),
                };
                (path, file)
            })
            .collect()
    }

    fn file(&self, path: String, taken: Taken) -> ContentFile {
        let id = self.before.get(path.as_str()).map(|(id, _)| *id);
        ContentFile { path, id, taken }
    }

    fn load(&self, path: &Path, name: &str, state: &Metadata) -> Result<Taken, Message> {
        let before = self.before.get(name).map(|(_, read)| *read);
        let stamp = Stamp::of(state, self.began);
        if let Some(before) = before
            && stamp.is_some()
            && before.stamp == stamp
        {
            return Ok(Taken::Before(before.clone()));
        }
        let before = before.map(|read| Arc::clone(&read.source));
        Ok(Taken::Bytes(bytes(path, state.len())?, stamp, before))
    }
}

/// Whether a file holds text that the build reads, or a workbook.
#[must_use]
pub fn is_read(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, e)| e);
    matches!(extension, "yaml" | "yml" | "md" | "csv" | "xlsx" | "ods")
}

enum Accept {
    Yes,
    Folder,
    /// What would be waited for, or never ends.
    Special,
    Outside,
}

fn accept(path: &Path, kind: FileType, inside: &Path) -> Accept {
    if kind.is_file() {
        return Accept::Yes;
    }
    if kind.is_dir() {
        return Accept::Folder;
    }
    if !kind.is_symlink() {
        return Accept::Special;
    }
    match path.canonicalize() {
        Ok(target) if is_open(&target, inside) && target.is_file() => Accept::Yes,
        _ => Accept::Outside,
    }
}

/// Whether a path lies in the folder of the site and is not hidden there: what
/// is kept in `.git` or `.env` is no content.
fn is_open(target: &Path, inside: &Path) -> bool {
    let hidden = |part: &std::ffi::OsStr| part.to_string_lossy().starts_with('.');
    target
        .strip_prefix(inside)
        .is_ok_and(|path| !path.iter().any(hidden))
}

/// Whether nothing is read that has such a path, because it is hidden or a backup.
#[must_use]
pub fn is_passed_over(path: &str) -> bool {
    let inside = path.strip_prefix("content/");
    inside.is_some_and(|inside| inside.split('/').any(is_hidden))
}

fn is_hidden(name: &str) -> bool {
    let is_swap = matches!(name.rsplit_once('.'), Some((_, "swp")));
    name.starts_with(['.', '~', '#']) || name.ends_with('~') || is_swap
}

/// What a file of that size holds, unless that is too much.
fn bytes(path: &Path, size: u64) -> Result<Vec<u8>, Message> {
    let limit = LARGEST
        .iter()
        .find(|(kind, _)| path.extension().is_some_and(|own| own == *kind))
        .map_or(0, |(_, limit)| *limit);
    let too_large = |size: u64| say!("it has {size} bytes; at most {limit} are read", size, limit);
    if size > limit {
        return Err(too_large(size));
    }
    // Room for what it holds and no more: the text is kept. It may have grown since it
    // was looked at.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    fs::File::open(path)
        .and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut bytes))
        .map_err(Message::foreign)?;
    if bytes.len() as u64 > limit {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}

fn permissions() -> Message {
    say!("check the file's permissions and size")
}

fn unreadable(
    path: &str,
    why: &Message,
    help: Message,
    sources: &mut Sources,
    faults: &mut Diagnostics,
) {
    let file = sources.add(path, String::new());
    // Without a dot it is a folder, which may hold anything.
    let name = path.rsplit('/').next().unwrap_or(path);
    let hides = match name.rsplit_once('.') {
        Some((_, extension)) => extension == "yaml",
        None => true,
    };
    faults.push(
        Diagnostic::new(
            Rule::UnreadableFile,
            Span::start_of(file),
            say!("`{path}` cannot be read: {why}", path, why),
        )
        .help(help)
        .hiding(hides),
    );
}

/// A path relative to a folder, with `/` between its parts. Names that are not
/// Unicode come out with replacement characters, which no reference can match.
fn relative(folder: &Path, path: &Path) -> String {
    let path = path.strip_prefix(folder).unwrap_or(path);
    if let (Some(path), '/') = (path.to_str(), std::path::MAIN_SEPARATOR) {
        return path.to_owned();
    }
    let parts: Vec<_> = path
        .components()
        .map(|c| c.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}
