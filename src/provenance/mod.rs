//! Provenance: which commit set a line of the sources, as far as the checkout that
//! they lie in can tell.

mod past;

use std::sync::{Arc, PoisonError, RwLock};

use ahash::AHashMap;
use jiff::civil::Date;
use serde::Serialize;

pub use past::{Past, Remembered};

use crate::git::history::{Commit, Trace};
use crate::span::{FileId, Sources, Span};

/// What is known of the commits behind a site's sources.
pub struct Provenance<'a> {
    past: &'a Past,
    sources: &'a Sources,
    /// The lines of each file that was asked for.
    traced: RwLock<AHashMap<FileId, Arc<[Trace]>>>,
}

/// What set a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetBy<'a> {
    /// A commit.
    Commit(&'a Commit),
    /// Some commit up to this one, with which the history that is here begins.
    Before(&'a Commit),
    /// No commit has it yet.
    Pending,
}

impl<'a> SetBy<'a> {
    /// The commit, where it is known.
    #[must_use]
    pub const fn commit(self) -> Option<&'a Commit> {
        match self {
            Self::Commit(commit) => Some(commit),
            Self::Before(_) | Self::Pending => None,
        }
    }
}

/// A place in the sources, as tables of data tell it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place<'a> {
    /// The file, relative to the root of the sources.
    pub file: &'a str,
    /// The line, counted from 1.
    pub line: usize,
    /// The commit that set the line, where it is known.
    pub commit: Option<&'a str>,
    /// The day its author wrote it, as `2022-03-15`.
    pub committed_on: Option<String>,
}

impl Place<'_> {
    /// The cells of its columns: file, line, commit and day.
    #[must_use]
    pub fn cells(place: Option<Self>) -> [String; 4] {
        place.map_or_else(Default::default, |place| {
            [
                place.file.to_owned(),
                place.line.to_string(),
                place.commit.unwrap_or_default().to_owned(),
                place.committed_on.unwrap_or_default(),
            ]
        })
    }
}

/// What a site as a whole says of its history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Nobody asked.
    NotAsked,
    /// There is none, or it cannot be read.
    Absent,
    /// It begins with a commit that is not the first; that one's day.
    Cut(Option<Date>),
    /// It is all there.
    Whole,
}

impl<'a> Provenance<'a> {
    /// What can be known of these sources.
    #[must_use]
    pub fn new(past: &'a Past, sources: &'a Sources) -> Self {
        Self {
            past,
            sources,
            traced: RwLock::default(),
        }
    }

    /// How far the history goes.
    #[must_use]
    pub fn extent(&self) -> Extent {
        self.past.extent()
    }

    /// What set a line, counted from 1, of the file that a span lies in.
    #[must_use]
    pub fn of(&self, span: Span, line: usize) -> Option<SetBy<'a>> {
        let known = self.past.known()?;
        let trace = self.trace(known, span.file, line)?;
        Some(match trace {
            Trace::Pending => SetBy::Pending,
            Trace::Set(at) => {
                let commit = known.history().commit(at)?;
                if commit.is_cut {
                    SetBy::Before(commit)
                } else {
                    SetBy::Commit(commit)
                }
            }
        })
    }

    /// Where a span begins and what set it, for tables of data.
    #[must_use]
    pub fn place(&self, span: Span) -> Place<'a> {
        let line = self.sources.start_line(span);
        let commit = self.of(span, line).and_then(SetBy::commit);
        Place {
            file: &self.sources.of(span).path,
            line,
            commit: commit.map(|commit| commit.hash.as_str()),
            committed_on: commit
                .and_then(|commit| commit.date)
                .map(|day| day.to_string()),
        }
    }

    fn trace(&self, known: &Remembered, file: FileId, line: usize) -> Option<Trace> {
        let place = line.saturating_sub(1);
        let in_file = |traces: &[Trace]| traces.get(place).or(traces.last()).copied();
        let kept = self.traced.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(lines) = kept.get(&file) {
            return in_file(lines);
        }
        drop(kept);
        let lines = known.traces(self.sources.get(file));
        let found = in_file(&lines);
        let mut kept = self.traced.write().unwrap_or_else(PoisonError::into_inner);
        kept.insert(file, lines.into());
        found
    }
}
