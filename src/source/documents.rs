//! The documents of a site: each file read as what its path says it is. Those of a
//! scorecard's folder are read together, when the scorecard is assembled.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::entry::{OrganizationEntry, PageFrontMatter, SiteEntry};
use super::folder::{Folder, InFile, Piece};
use super::role::{Role, role, scorecard_folders};
use super::table::{self, WorkbookKind};
use super::tree::{self, ContentFile, ReadError};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::kept::Same;
use crate::message::Message;
use crate::model::prose::Outline;
use crate::say;
use crate::span::{FileId, Read, Source, Sources, Span};

/// Everything that was read.
#[derive(Debug, Default)]
pub struct Documents {
    /// `site.yaml`.
    pub site: Option<SiteEntry>,
    /// `organizations.yaml`; nothing where there is no such file.
    pub organizations: Option<Vec<OrganizationEntry>>,
    /// One for each folder with a `scorecard.yaml`.
    pub scorecards: Vec<Folder>,
    /// Markdown files outside the notes.
    pub pages: Vec<MarkdownDocument>,
    /// Other files, relative to `content/`: pictures and attachments.
    pub attachments: Vec<String>,
}

/// A Markdown file.
#[derive(Debug)]
pub struct MarkdownDocument {
    /// The path relative to `content/` (for a note: the file name), without `.md`.
    pub stem: String,
    /// The file.
    pub file: FileId,
    /// Its front matter.
    pub front: Option<PageFrontMatter>,
    /// The Markdown after it.
    pub body: Span,
    /// What is known of it.
    pub outline: Outline,
}

/// Reads the site under `root`; what is in the state in which it was read `before` is
/// not read again.
///
/// # Errors
/// When `content/` cannot be listed at all; everything less is a diagnostic.
pub fn read(
    root: &Path,
    before: &Sources,
    sources: &mut Sources,
    faults: &mut Diagnostics,
) -> Result<Documents, ReadError> {
    let files = tree::read(root, before, sources, faults)?;
    let folders = scorecard_folders(&files);
    let mut documents = Documents::default();
    let taken: Vec<_> = files
        .into_par_iter()
        .map(|file| match role(&file.path, &folders) {
            role @ (Role::Attachment | Role::Unknown(_)) => (role, Err(file.path)),
            role => (role, Ok((file.id, take_in(file)))),
        })
        .collect();
    let none = |folder: &String| (folder.clone(), Vec::new());
    let mut scorecards: BTreeMap<String, Vec<Piece>> = folders.iter().map(none).collect();
    let mut pages = Vec::new();
    for (role, taken) in taken {
        let taken = match (role, taken) {
            (Role::Unknown(help), Err(path)) => {
                unknown_file(&path, help, sources, faults);
                continue;
            }
            (_, Err(path)) => {
                documents.attachments.push(path);
                continue;
            }
            (_, Ok((_, None))) => continue,
            (role, Ok((id, Some(taken)))) => (role, id, taken),
        };
        let (role, id, Taken { read, fault }) = taken;
        let source = Same::of(&read.source);
        let file = sources.push(read, id);
        if let Some(tell) = fault {
            faults.push(tell(file));
            continue;
        }
        let file = InFile {
            file,
            source: &source,
        };
        match role {
            Role::Site => documents.site = file.entry(faults),
            Role::Organizations => {
                documents.organizations = Some(file.list(faults).unwrap_or_default());
            }
            Role::Page(stem) => pages.push((stem, file.file, source)),
            Role::Scorecard(folder, part) => {
                let file = file.file;
                let piece = Piece { part, file, source };
                scorecards.entry(folder).or_default().push(piece);
            }
            Role::Attachment | Role::Unknown(_) => {}
        }
    }
    let pages = pages.into_par_iter().map(|(stem, file, source)| {
        let mut faults = Diagnostics::default();
        let file = InFile {
            file,
            source: &source,
        };
        (file.markdown(stem, &mut faults), faults)
    });
    for (page, found) in pages.collect::<Vec<_>>() {
        documents.pages.push(page);
        faults.append(found);
    }
    let folder = |(name, pieces)| Folder { name, pieces };
    documents.scorecards = scorecards.into_iter().map(folder).collect();
    Ok(documents)
}

fn unknown_file(path: &str, help: Message, sources: &mut Sources, faults: &mut Diagnostics) {
    let path = format!("content/{path}");
    let file = sources.add(path.clone(), String::new());
    faults.push(
        Diagnostic::new(
            Rule::UnknownFile,
            Span::start_of(file),
            say!("nothing reads `{path}`", path),
        )
        .help(help),
    );
}

/// A file's text, and the fault that keeps it from being read.
struct Taken {
    read: Read,
    fault: Option<Tell>,
}

/// A fault that only waits for the file's id.
type Tell = Box<dyn FnOnce(FileId) -> Diagnostic + Send>;

/// Takes a text as it is, a workbook by the sheet that has the file's name, or
/// else by its first.
fn take_in(file: ContentFile) -> Option<Taken> {
    let (bytes, stamp, before) = match file.taken {
        tree::Taken::Nothing => return None,
        tree::Taken::Before(read) => return Some(Taken { read, fault: None }),
        tree::Taken::Bytes(bytes, stamp, before) => (bytes, stamp, before),
    };
    let path = format!("content/{path}", path = file.path);
    let kind = match path.rsplit_once('.').map_or("", |(_, e)| e) {
        "xlsx" => Some(WorkbookKind::Xlsx),
        "ods" => Some(WorkbookKind::Ods),
        _ => None,
    };
    let taken = match kind {
        Some(kind) => take_workbook(path, &bytes, kind),
        None => Some(take_text(path, bytes)),
    };
    let (source, fault) = taken?;
    // A file that was written anew with what it held did not change.
    let source = match before {
        Some(before) if before.says_what(&source) => before,
        _ => Arc::new(source),
    };
    // What is wrong with a file is seen by reading it.
    let stamp = stamp.filter(|_| fault.is_none());
    let read = Read { source, stamp };
    Some(Taken { read, fault })
}

fn take_workbook(path: String, bytes: &[u8], kind: WorkbookKind) -> Option<(Source, Option<Tell>)> {
    // A workbook unpacks to many times its size: one after the other.
    static ONE_BY_ONE: Mutex<()> = Mutex::new(());
    let turn = ONE_BY_ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let opened = table::open_workbook(bytes, kind);
    drop(turn);
    let mut sheets = match opened {
        Ok(sheets) => sheets,
        Err(fault) => {
            let tell = move |id| {
                Diagnostic::new(Rule::UnreadableFile, Span::start_of(id), fault.said())
                    .help(fault.help())
            };
            let source = Source::new(path, String::new(), None);
            return Some((source, Some(Box::new(tell))));
        }
    };
    let stem = (path.rsplit('/').next()).and_then(|name| name.split('.').next());
    let named = sheets
        .iter()
        .position(|sheet| Some(sheet.name.to_lowercase().as_str()) == stem);
    let sheet = (!sheets.is_empty()).then(|| sheets.swap_remove(named.unwrap_or(0)))?;
    Some((Source::new(path, sheet.text, Some(sheet.name)), None))
}

fn take_text(path: String, bytes: Vec<u8>) -> (Source, Option<Tell>) {
    match String::from_utf8(bytes) {
        Ok(text) => (Source::new(path, text, None), None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let tell = move |id| {
                Diagnostic::new(
                    Rule::UnreadableFile,
                    Span::new(id, at..at + '\u{fffd}'.len_utf8()),
                    say!("the file is not UTF-8: a byte here belongs to another encoding"),
                )
                .expected(say!("UTF-8"))
                .help(say!(
                    "save it again as UTF-8 (in a spreadsheet program: “CSV UTF-8”)"
                ))
            };
            let tell: Tell = Box::new(tell);
            (Source::new(path, text, None), Some(tell))
        }
    }
}
