//! A scorecard's folder: its files, and what stands in them.

use std::sync::Arc;

use rayon::prelude::*;

use super::decode::Decode;
use super::documents::MarkdownDocument;
use super::entry::{
    ActionEntry, ErratumEntry, KpiEntry, ObjectiveEntry, PageFrontMatter, PerspectiveEntry,
    ScorecardEntry, ThemeEntry,
};
use super::markdown::{self, split_front_matter, unclosed_front_matter};
use super::role::Part;
use super::table::columns::{Column, RESULT_COLUMNS, TARGET_COLUMNS};
use super::table::{self, Layout, Table};
use super::yaml::{self, Node};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::kept::Same;
use crate::say;
use crate::span::{At, FileId, Source, Span};

/// The files of a scorecard, in the order of their names.
#[derive(Clone, Debug, PartialEq)]
pub struct Folder {
    /// Where they lie: `organisation/period`.
    pub name: String,
    pub(super) pieces: Vec<Piece>,
}

/// A file of a scorecard.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub part: Part,
    pub file: FileId,
    pub source: Same<Source>,
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

/// What was made of one file.
enum Parsed {
    Head(FileId, Box<ScorecardEntry>),
    List(List),
    Targets(Table),
    Measurements(Table),
    Note(MarkdownDocument),
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

impl Folder {
    /// The organisation, as the folder's name has it.
    #[must_use]
    pub fn organization(&self) -> &str {
        self.name.split_once('/').map_or(&self.name, |(id, _)| id)
    }

    /// The plan period, as the folder's name has it.
    #[must_use]
    pub fn period(&self) -> &str {
        self.name.split_once('/').map_or("", |(_, period)| period)
    }

    /// `scorecard.yaml`, where it could be read.
    #[must_use]
    pub fn head(&self) -> Option<FileId> {
        let head = self.pieces.iter().find(|piece| piece.part == Part::Head);
        head.map(|piece| piece.file)
    }

    /// The files to be read: of a ledger that is there in two kinds of file the first.
    fn once(&self, faults: &mut Diagnostics) -> Vec<&Piece> {
        let mut pieces: Vec<&Piece> = Vec::with_capacity(self.pieces.len());
        for piece in &self.pieces {
            let is_ledger = matches!(piece.part, Part::Targets | Part::Measurements);
            let first = pieces.iter().find(|first| first.part == piece.part);
            match first.filter(|_| is_ledger) {
                None => pieces.push(piece),
                Some(first) => faults.push(
                    Diagnostic::new(
                        Rule::DuplicateRow,
                        Span::start_of(piece.file),
                        say!(
                            "`{one}` and `{other}` are one ledger in two files",
                            one = first.source.path,
                            other = piece.source.path
                        ),
                    )
                    .expected(say!("each ledger in one file"))
                    .help(say!(
                        "take over into one of them what only the other has, and remove the other"
                    ))
                    .related(Span::start_of(first.file), say!("the other one")),
                ),
            }
        }
        pieces
    }

    /// Reads the files of the folder; nothing where `scorecard.yaml` says nothing.
    pub fn read(&self, faults: &mut Diagnostics) -> Option<ScorecardDocument> {
        let pieces = self.once(faults);
        let parsed: Vec<_> = pieces
            .into_par_iter()
            .map(|piece| {
                let mut faults = Diagnostics::default();
                (piece.read(&mut faults), faults)
            })
            .collect();
        let mut head = None;
        let mut parts = Vec::with_capacity(parsed.len());
        for (parsed, found) in parsed {
            faults.append(found);
            match parsed {
                Parsed::Head(file, entry) => head = Some((file, *entry)),
                part => parts.push(part),
            }
        }
        let (file, entry) = head?;
        let mut document = ScorecardDocument {
            organization: self.organization().to_owned(),
            period: self.period().to_owned(),
            file,
            entry,
            notes: Vec::new(),
            targets: Vec::new(),
            measurements: Vec::new(),
        };
        for part in parts {
            match part {
                Parsed::List(list) => list.join(&mut document.entry),
                Parsed::Targets(table) => document.targets.push(table),
                Parsed::Measurements(table) => document.measurements.push(table),
                Parsed::Note(note) => document.notes.push(note),
                Parsed::Head(..) | Parsed::Nothing => {}
            }
        }
        Some(document)
    }
}

impl Piece {
    fn read(&self, faults: &mut Diagnostics) -> Parsed {
        let file = InFile {
            file: self.file,
            source: &self.source,
        };
        match &self.part {
            Part::Head => file.entry(faults).map_or(Parsed::Nothing, |entry| {
                Parsed::Head(self.file, Box::new(entry))
            }),
            Part::List(list) => file
                .filled(faults)
                .and_then(|node| parse_list(list, &node, faults))
                .map_or(Parsed::Nothing, Parsed::List),
            Part::Targets => Parsed::Targets(file.table(&TARGET_COLUMNS, faults)),
            Part::Measurements => Parsed::Measurements(file.table(&RESULT_COLUMNS, faults)),
            Part::Note(name) => Parsed::Note(file.markdown(name.clone(), faults)),
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

/// A file's text, to be read as what it is.
pub(super) struct InFile<'a> {
    pub file: FileId,
    pub source: &'a Source,
}

impl InFile<'_> {
    /// YAML, of any form.
    fn node(&self, faults: &mut Diagnostics) -> Option<Arc<At<Node>>> {
        match yaml::parse(self.source, self.file) {
            Ok(node) => Some(node),
            Err(fault) => {
                faults.push(*fault);
                None
            }
        }
    }

    /// The same for a file of which an item at least is expected.
    fn filled(&self, faults: &mut Diagnostics) -> Option<Arc<At<Node>>> {
        if self
            .source
            .text
            .trim_matches(['\u{feff}', ' ', '\r', '\n'])
            .is_empty()
        {
            faults.push(
                Diagnostic::new(
                    Rule::WrongType,
                    Span::start_of(self.file),
                    say!("this file is empty"),
                )
                .expected(say!("a list"))
                .help(say!("put back what stood in it, or remove the file"))
                .hiding(true),
            );
            return None;
        }
        self.node(faults)
    }

    /// One entry.
    pub fn entry<T: Decode>(&self, faults: &mut Diagnostics) -> Option<T> {
        T::decode(&*self.node(faults)?, faults)
    }

    /// A list of entries, which may be empty.
    pub fn list<T: Decode>(&self, faults: &mut Diagnostics) -> Option<Vec<T>> {
        let node = self
            .filled(faults)
            .filter(|node| node.value != Node::Null)?;
        Vec::decode(&node, faults)
    }

    fn table(&self, columns: &[Column], faults: &mut Diagnostics) -> Table {
        let layout = if self.source.sheet.is_some() {
            Layout::Sheet
        } else {
            Layout::Csv
        };
        table::parse_ledger(&self.source.text, self.file, layout, columns, faults)
    }

    /// Markdown, named by its path or file name.
    pub fn markdown(&self, stem: String, faults: &mut Diagnostics) -> MarkdownDocument {
        let file = self.file;
        let text = &self.source.text;
        let (front, body) = split_front_matter(text);
        if let Some(opening) = unclosed_front_matter(text) {
            faults.push(
                Diagnostic::new(
                    Rule::YamlSyntax,
                    Span::new(file, opening),
                    say!("the front matter that begins here has no end, so it is printed as text"),
                )
                .help(say!("write a line `---` below its last key")),
            );
        }
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
        let outline = markdown::outline(text.get(body.clone()).unwrap_or_default());
        MarkdownDocument {
            stem,
            file,
            front,
            outline,
            body: Span::new(file, body),
        }
    }
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
