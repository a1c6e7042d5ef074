//! What reading refused. Whatever depends on it looks wrong as well; only the
//! cause is worth telling.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostics;
use crate::model::link::folder_of;
use crate::span::{FileId, Sources, Span};

/// The faults of reading, by place.
#[derive(Debug, Default)]
pub struct Misread {
    places: Vec<(FileId, usize)>,
    files: BTreeSet<String>,
}

impl Misread {
    /// Takes stock of what was found before anything is assembled.
    pub fn of(faults: &Diagnostics, sources: &Sources) -> Self {
        let mut places: Vec<_> = faults
            .iter()
            .map(|fault| (fault.span.file, fault.span.range().start))
            .collect();
        places.sort_unstable();
        let files = faults.hiding().iter();
        Self {
            places,
            files: files
                .map(|file| folder_of(&sources.get(*file).path).to_owned() + "/")
                .collect(),
        }
    }

    /// Whether something inside `span` was refused.
    pub fn within(&self, span: Span) -> bool {
        let range = span.range();
        let at = self
            .places
            .partition_point(|p| *p < (span.file, range.start));
        self.places
            .get(at)
            .is_some_and(|(file, start)| *file == span.file && *start < range.end)
    }

    /// Whether a list of the scorecard in `folder` (relative to `content/`) stayed unread.
    pub fn hides(&self, folder: &str) -> bool {
        self.files.iter().any(|file| {
            file.strip_prefix(folder)
                .is_some_and(|rest| rest.starts_with('/'))
        })
    }
}
