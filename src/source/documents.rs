//! The documents of a site: each file read as what its path says it is.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::decode::Decode;
use super::entry::{
    ActionEntry, ErratumEntry, KpiEntry, ObjectiveEntry, OrganizationEntry, PageFrontMatter,
    PerspectiveEntry, ScorecardEntry, SiteEntry, ThemeEntry,
};
use super::markdown::split_front_matter;
use super::role::{Role, role, scorecard_folders};
use super::table::{self, Layout, Table, WorkbookKind};
use super::tree::{self, ContentFile, ReadError};
use super::yaml::{self, Node};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::span::{At, FileId, Source, Sources, Span};

/// Everything that was read.
#[derive(Debug, Default)]
pub struct Documents {
    /// `site.yaml`.
    pub site: Option<SiteEntry>,
    /// `organizations.yaml`.
    pub organizations: Vec<OrganizationEntry>,
    /// One for each folder with a `scorecard.yaml`.
    pub scorecards: Vec<ScorecardDocument>,
    /// Folders whose `scorecard.yaml` could not be read.
    pub lost: Vec<String>,
    /// Markdown files outside the notes.
    pub pages: Vec<MarkdownDocument>,
    /// Other files, relative to `content/`: pictures and attachments.
    pub attachments: Vec<String>,
}

/// A scorecard's folder.
#[derive(Debug)]
pub struct ScorecardDocument {
    /// The organisation's id, from the folder's name.
    pub organization: String,
    /// The plan period, from the folder's name.
    pub period: String,
    /// `scorecard.yaml`.
    pub file: FileId,
    /// What stands in it and in the lists beside it.
    pub entry: ScorecardEntry,
    /// `notes/*.md`.
    pub notes: Vec<MarkdownDocument>,
    /// The ledgers of targets.
    pub targets: Vec<Table>,
    /// The ledgers of results.
    pub measurements: Vec<Table>,
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
}

/// What was made of one file.
enum Parsed {
    Site(Box<SiteEntry>),
    Organizations(Vec<OrganizationEntry>),
    Scorecard(String, FileId, Box<ScorecardEntry>),
    List(String, List),
    Targets(String, Table),
    Measurements(String, Table),
    Note(String, MarkdownDocument),
    Page(MarkdownDocument),
    Nothing,
}

/// A list that stands in a file of its own.
enum List {
    Perspectives(Vec<PerspectiveEntry>),
    CrossCutting(Vec<ObjectiveEntry>),
    Themes(Vec<ThemeEntry>),
    Objectives(Vec<ObjectiveEntry>),
    Kpis(Vec<KpiEntry>),
    Actions(Vec<ActionEntry>),
    Errata(Vec<ErratumEntry>),
}

/// Reads the site under `root`.
///
/// # Errors
/// When `content/` cannot be listed at all; everything less is a diagnostic.
pub fn read(
    root: &Path,
    sources: &mut Sources,
    faults: &mut Diagnostics,
) -> Result<Documents, ReadError> {
    let files = tree::read(root, sources, faults)?;
    let folders = scorecard_folders(&files);
    let mut documents = Documents::default();
    let taken: Vec<_> = files
        .into_par_iter()
        .map(|file| match role(&file.path, &folders) {
            role @ (Role::Attachment | Role::Unknown(_)) => (role, Err(file.path)),
            role => (role, Ok(take_in(file))),
        })
        .collect();
    let mut work = Vec::new();
    for (role, taken) in taken {
        match (role, taken) {
            (Role::Unknown(help), Err(path)) => unknown_file(&path, &help, sources, faults),
            (_, Err(path)) => documents.attachments.push(path),
            (_, Ok(None)) => {}
            (role, Ok(Some(taken))) => {
                let id = sources.push(taken.source);
                match taken.fault {
                    Some(tell) => faults.push(tell(id)),
                    None => work.push((role, id)),
                }
            }
        }
    }
    let parsed: Vec<_> = work
        .into_par_iter()
        .map(|(role, file)| {
            let mut faults = Diagnostics::default();
            let parsed = parse(role, file, sources, &mut faults);
            (parsed, faults)
        })
        .collect();
    let mut lists = Vec::new();
    let mut scraps = Vec::new();
    for (parsed, found) in parsed {
        faults.append(found);
        match parsed {
            Parsed::Site(entry) => documents.site = Some(*entry),
            Parsed::Organizations(entries) => documents.organizations = entries,
            Parsed::Scorecard(folder, file, entry) => {
                documents
                    .scorecards
                    .push(ScorecardDocument::new(&folder, file, *entry));
            }
            Parsed::Page(page) => documents.pages.push(page),
            Parsed::List(folder, list) => lists.push((folder, list)),
            Parsed::Nothing => {}
            other => scraps.push(other),
        }
    }
    documents.lost = folders;
    let read: Vec<_> = documents
        .scorecards
        .iter()
        .map(ScorecardDocument::folder)
        .collect();
    documents.lost.retain(|folder| !read.contains(folder));
    for (folder, list) in lists {
        if let Some(scorecard) = documents.scorecard(&folder) {
            list.join(&mut scorecard.entry);
        }
    }
    for scrap in scraps {
        documents.place(scrap);
    }
    Ok(documents)
}

impl ScorecardDocument {
    fn new(folder: &str, file: FileId, entry: ScorecardEntry) -> Self {
        let (organization, period) = folder.split_once('/').unwrap_or((folder, ""));
        Self {
            organization: organization.to_owned(),
            period: period.to_owned(),
            file,
            entry,
            notes: Vec::new(),
            targets: Vec::new(),
            measurements: Vec::new(),
        }
    }

    /// The folder, relative to `content/`.
    #[must_use]
    pub fn folder(&self) -> String {
        format!("{}/{}", self.organization, self.period)
    }
}

impl Documents {
    fn scorecard(&mut self, folder: &str) -> Option<&mut ScorecardDocument> {
        self.scorecards
            .iter_mut()
            .find(|s| folder.split_once('/') == Some((&s.organization, &s.period)))
    }

    fn place(&mut self, scrap: Parsed) {
        match scrap {
            Parsed::Targets(folder, table) => {
                if let Some(scorecard) = self.scorecard(&folder) {
                    scorecard.targets.push(table);
                }
            }
            Parsed::Measurements(folder, table) => {
                if let Some(scorecard) = self.scorecard(&folder) {
                    scorecard.measurements.push(table);
                }
            }
            Parsed::Note(folder, note) => {
                if let Some(scorecard) = self.scorecard(&folder) {
                    scorecard.notes.push(note);
                }
            }
            _ => {}
        }
    }
}

impl List {
    fn join(self, entry: &mut ScorecardEntry) {
        match self {
            Self::Perspectives(mut items) => entry.perspectives.append(&mut items),
            Self::CrossCutting(mut items) => entry.cross_cutting.append(&mut items),
            Self::Themes(mut items) => entry.themes.append(&mut items),
            Self::Objectives(mut items) => entry.objectives.append(&mut items),
            Self::Kpis(mut items) => entry.kpis.append(&mut items),
            Self::Actions(mut items) => entry.actions.append(&mut items),
            Self::Errata(mut items) => entry.errata.append(&mut items),
        }
    }
}

fn unknown_file(path: &str, help: &str, sources: &mut Sources, faults: &mut Diagnostics) {
    let path = format!("content/{path}");
    let file = sources.add(path.clone(), String::new());
    faults.push(
        Diagnostic::new(
            Rule::UnknownFile,
            Span::start_of(file),
            format!("nothing reads `{path}`"),
        )
        .help(help),
    );
}

/// A file's text, and the fault that keeps it from being read.
struct Taken {
    source: Source,
    fault: Option<Box<dyn FnOnce(FileId) -> Diagnostic + Send>>,
}

/// Takes a text as it is, a workbook by the sheet that has the file's name, or
/// else by its first.
fn take_in(file: ContentFile) -> Option<Taken> {
    let path = format!("content/{}", file.path);
    let kind = match path.rsplit_once('.').map_or("", |(_, e)| e) {
        "xlsx" => Some(WorkbookKind::Xlsx),
        "ods" => Some(WorkbookKind::Ods),
        _ => None,
    };
    match kind {
        Some(kind) => take_workbook(path, &file.bytes, kind),
        None => Some(take_text(path, file.bytes)),
    }
}

fn take_workbook(path: String, bytes: &[u8], kind: WorkbookKind) -> Option<Taken> {
    // A workbook unpacks to many times its size: one after the other.
    static ONE_BY_ONE: Mutex<()> = Mutex::new(());
    let turn = ONE_BY_ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let opened = table::open_workbook(bytes, kind);
    drop(turn);
    let mut sheets = match opened {
        Ok(sheets) => sheets,
        Err(fault) => {
            let tell = move |id| {
                Diagnostic::new(Rule::UnreadableFile, Span::start_of(id), fault.to_string())
                    .help(fault.help())
            };
            return Some(Taken {
                source: Source::new(path, String::new(), None),
                fault: Some(Box::new(tell)),
            });
        }
    };
    let stem = (path.rsplit('/').next()).and_then(|name| name.split('.').next());
    let named = sheets
        .iter()
        .position(|sheet| Some(sheet.name.to_lowercase().as_str()) == stem);
    let sheet = (!sheets.is_empty()).then(|| sheets.swap_remove(named.unwrap_or(0)))?;
    Some(Taken {
        source: Source::new(path, sheet.text, Some(sheet.name)),
        fault: None,
    })
}

fn take_text(path: String, bytes: Vec<u8>) -> Taken {
    match String::from_utf8(bytes) {
        Ok(text) => Taken {
            source: Source::new(path, text, None),
            fault: None,
        },
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let tell = move |id| {
                Diagnostic::new(
                    Rule::UnreadableFile,
                    Span::new(id, at..at + '\u{fffd}'.len_utf8()),
                    "the file is not UTF-8: a byte here belongs to another encoding",
                )
                .expected("UTF-8")
                .help("save it again as UTF-8 (in a spreadsheet program: “CSV UTF-8”)")
            };
            Taken {
                source: Source::new(path, text, None),
                fault: Some(Box::new(tell)),
            }
        }
    }
}

fn parse(role: Role, file: FileId, sources: &Sources, faults: &mut Diagnostics) -> Parsed {
    let mut node = || match yaml::parse(sources.get(file), file) {
        Ok(node) => Some(node),
        Err(fault) => {
            faults.push(*fault);
            None
        }
    };
    match role {
        Role::Site => node()
            .and_then(|n| SiteEntry::decode(&n, faults))
            .map_or(Parsed::Nothing, |entry| Parsed::Site(Box::new(entry))),
        Role::Organizations => node()
            .filter(|n| n.value != Node::Null)
            .and_then(|n| Vec::decode(&n, faults))
            .map_or(Parsed::Nothing, Parsed::Organizations),
        Role::Scorecard(folder) => node()
            .and_then(|n| ScorecardEntry::decode(&n, faults))
            .map_or(Parsed::Nothing, |entry| {
                Parsed::Scorecard(folder, file, Box::new(entry))
            }),
        Role::List(folder, list) => node()
            .and_then(|n| parse_list(list, &n, faults))
            .map_or(Parsed::Nothing, |list| Parsed::List(folder, list)),
        Role::Targets(folder) => Parsed::Targets(folder, parse_table(file, sources, faults)),
        Role::Measurements(folder) => {
            Parsed::Measurements(folder, parse_table(file, sources, faults))
        }
        Role::Note(folder, name) => {
            Parsed::Note(folder, parse_markdown(name, file, sources, faults))
        }
        Role::Page(stem) => Parsed::Page(parse_markdown(stem, file, sources, faults)),
        Role::Attachment | Role::Unknown(_) => Parsed::Nothing,
    }
}

fn parse_table(file: FileId, sources: &Sources, faults: &mut Diagnostics) -> Table {
    let source = sources.get(file);
    let layout = if source.sheet.is_some() {
        Layout::Sheet
    } else {
        Layout::Csv
    };
    table::parse(&source.text, file, layout, faults)
}

/// A list's file holds the list, or one item of it.
fn parse_list(list: &str, node: &At<Node>, faults: &mut Diagnostics) -> Option<List> {
    fn items<T: Decode>(node: &At<Node>, faults: &mut Diagnostics) -> Option<Vec<T>> {
        match &node.value {
            Node::Map(_) => T::decode(node, faults).map(|item| vec![item]),
            Node::Null => Some(Vec::new()),
            _ => Vec::decode(node, faults),
        }
    }
    match list {
        "perspectives" => items(node, faults).map(List::Perspectives),
        "cross_cutting" => items(node, faults).map(List::CrossCutting),
        "themes" => items(node, faults).map(List::Themes),
        "objectives" => items(node, faults).map(List::Objectives),
        "kpis" => items(node, faults).map(List::Kpis),
        "actions" => items(node, faults).map(List::Actions),
        _ => items(node, faults).map(List::Errata),
    }
}

fn parse_markdown(
    stem: String,
    file: FileId,
    sources: &Sources,
    faults: &mut Diagnostics,
) -> MarkdownDocument {
    let text = &sources.get(file).text;
    let (front, body) = split_front_matter(text);
    let front = front.and_then(|range| {
        let start = range.start;
        match yaml::parse_slice(text.get(range)?, file, start) {
            Ok(node) if node.value == Node::Null => None,
            Ok(node) => PageFrontMatter::decode(&node, faults),
            Err(fault) => {
                faults.push(*fault);
                None
            }
        }
    });
    MarkdownDocument {
        stem,
        file,
        front,
        body: Span::new(file, body),
    }
}
