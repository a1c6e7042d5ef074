//! The documents of a site: each file read as what its path says it is. Those of a
//! scorecard's folder are read together, when the scorecard is assembled.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::entry::{OrganizationEntry, PageFrontMatter, SiteEntry};
use super::folder::{Folder, InFile, Piece};
use super::medium;
use super::role::{Names, Role};
use super::table::{self, WorkbookKind};
use super::tree::{self, ContentFile, ReadError};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, nearest};
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
    /// Those of them that nobody would attach on purpose, by their names.
    pub strays: Vec<Stray>,
}

/// A file that is nearly a part of the site, by its name.
#[derive(Debug)]
pub struct Stray {
    /// Its path, relative to `content/`.
    pub path: String,
    /// What to do about it.
    pub help: Message,
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
    let names = Names::of(&files);
    let roles: Vec<_> = (files.par_iter())
        .map(|file| names.role(&file.path))
        .collect();
    let folders = names.folders;
    let mut documents = Documents::default();
    let taken: Vec<_> = (files.into_par_iter().zip(roles))
        .map(|(file, role)| match role {
            Role::Attachment | Role::Stray(_) | Role::Unknown(_) => (role, Err(file.path)),
            role => (role, Ok((file.id, take_in(file)))),
        })
        .collect();
    let none = |folder: &String| (folder.clone(), Vec::new());
    let mut scorecards: BTreeMap<String, Vec<Piece>> = folders.iter().map(none).collect();
    let mut pages = Vec::new();
    for (role, taken) in taken {
        let taken = match (role, taken) {
            (role, Err(path)) => {
                documents.pass_over(role, path, sources, faults);
                continue;
            }
            (_, Ok((_, None))) => continue,
            (role, Ok((id, Some(taken)))) => (role, id, taken),
        };
        let (role, id, Taken { read, fault }) = taken;
        let source = Same::of(&read.source);
        let file = sources.push(read, id);
        if let Some(tell) = fault {
            faults.push(tell(file).hiding(role.is_plan()));
            continue;
        }
        let file = InFile {
            file,
            source: &source,
        };
        match role {
            Role::Site => documents.site = read_site(&file, faults),
            Role::Organizations => {
                documents.organizations = Some(file.list(faults).unwrap_or_default());
            }
            Role::Page(stem) => pages.push((stem, file.file, source)),
            Role::Scorecard(folder, part) => {
                let file = file.file;
                let piece = Piece { part, file, source };
                scorecards.entry(folder).or_default().push(piece);
            }
            Role::Attachment | Role::Stray(_) | Role::Unknown(_) => {}
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

impl Documents {
    /// Takes note of a file that is not read.
    fn pass_over(
        &mut self,
        role: Role,
        path: String,
        sources: &mut Sources,
        faults: &mut Diagnostics,
    ) {
        match role {
            Role::Unknown(help) => faults.push(unknown_file(&path, help, sources)),
            Role::Stray(meant) if !meant.may_be_linked => {
                faults.push(unknown_file(&path, meant.help, sources).hiding(meant.hides));
            }
            Role::Stray(meant) => {
                self.attachments.push(path.clone());
                let help = meant.help;
                self.strays.push(Stray { path, help });
            }
            _ => self.attachments.push(path),
        }
    }
}

/// Reads `site.yaml`. Where languages or calendar stay unread, every text and every period
/// would look wrong.
fn read_site(file: &InFile, faults: &mut Diagnostics) -> Option<SiteEntry> {
    let mut found = Diagnostics::default();
    let site: Option<SiteEntry> = file.entry(&mut found);
    let lacks = |key: &str| match (&site, key) {
        (Some(site), "languages") => site.languages.is_empty(),
        (Some(site), "calendar") => site.calendar.is_none(),
        (Some(site), "fiscal_year_start") => site.fiscal_year_start.is_none(),
        _ => false,
    };
    let text = file.source.text.as_str();
    for fault in &found {
        let line_start = (text.get(..fault.span.range().start))
            .and_then(|above| above.rfind('\n'))
            .map_or(0, |at| at + 1);
        let line = text.get(line_start..).unwrap_or_default();
        let key = line
            .split([':', '\n'])
            .next()
            .unwrap_or_default()
            .trim_end();
        let keys = ["languages", "calendar", "fiscal_year_start"];
        let meant = keys.into_iter().find(|known| *known == key);
        let hides = meant.or_else(|| nearest(key, keys)).is_some_and(lacks);
        faults.push(fault.clone().hiding(fault.hides || hides));
    }
    site
}

/// The fault of a file that nothing reads.
pub fn unknown_file(path: &str, help: Message, sources: &mut Sources) -> Diagnostic {
    let path = format!("content/{path}");
    let file = sources.add(path.clone(), String::new());
    Diagnostic::new(
        Rule::UnknownFile,
        Span::start_of(file),
        say!("nothing reads `{path}`", path),
    )
    .help(help)
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
    let is_exact = fault.is_none() && source.sheet.is_none();
    let read = Read {
        source,
        stamp,
        is_exact,
    };
    Some(Taken { read, fault })
}

fn take_workbook(path: String, bytes: &[u8], kind: WorkbookKind) -> Option<(Source, Option<Tell>)> {
    // A workbook unpacks to many times its size: one after the other.
    static ONE_BY_ONE: Mutex<()> = Mutex::new(());
    if let Some(medium) = medium::instead_of_workbook(bytes, kind) {
        return Some(unreadable(path, |path| medium.of_workbook(path)));
    }
    let turn = ONE_BY_ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let opened = table::open_workbook(bytes, kind);
    drop(turn);
    let sheets = match opened {
        Ok(sheets) => sheets,
        Err(fault) => return Some(unreadable(path, move |_| (fault.said(), fault.help()))),
    };
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    let chosen = table::choose(sheets, stem)?;
    let tell = chosen.fault.map(|(message, help)| -> Tell {
        Box::new(move |id| {
            Diagnostic::new(Rule::LedgerHeader, Span::start_of(id), message)
                .expected(say!("the ledger on a sheet of its own"))
                .help(help)
        })
    });
    let sheet = chosen.sheet;
    Some((Source::new(path, sheet.text, Some(sheet.name)), tell))
}

/// A file of which nothing can be shown.
fn unreadable(
    path: String,
    said: impl FnOnce(&str) -> (Message, Message),
) -> (Source, Option<Tell>) {
    let (message, help) = said(&path);
    let tell =
        move |id| Diagnostic::new(Rule::UnreadableFile, Span::start_of(id), message).help(help);
    let tell: Tell = Box::new(tell);
    (Source::new(path, String::new(), None), Some(tell))
}

fn take_text(path: String, bytes: Vec<u8>) -> (Source, Option<Tell>) {
    if let Some(medium) = medium::instead_of_text(&bytes) {
        return unreadable(path, |path| medium.of_text(path));
    }
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
