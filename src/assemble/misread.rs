//! What reading refused. Whatever depends on it looks wrong as well; only the
//! cause is worth telling.

use std::collections::HashMap;

use crate::diagnostic::Diagnostics;
use crate::model::doubt::Doubt;
use crate::span::{FileId, Span};

/// The faults of reading a scorecard's files, by place.
#[derive(Debug, Default)]
pub struct Misread {
    places: HashMap<FileId, Vec<usize>>,
    hides: bool,
}

impl Misread {
    /// Takes stock of what was found before anything is assembled.
    pub fn of(reading: &Diagnostics) -> Self {
        let mut places: HashMap<_, Vec<_>> = HashMap::new();
        for fault in reading {
            let start = fault.span.range().start;
            places.entry(fault.span.file).or_default().push(start);
        }
        for starts in places.values_mut() {
            starts.sort_unstable();
        }
        Self {
            places,
            hides: reading.hides(),
        }
    }

    /// Whether something inside `span` was refused.
    pub fn within(&self, span: Span) -> bool {
        let range = span.range();
        self.places.get(&span.file).is_some_and(|starts| {
            let at = starts.partition_point(|start| *start < range.start);
            starts.get(at).is_some_and(|start| *start < range.end)
        })
    }

    /// What is in doubt from the start: everything, where a list stayed unread.
    pub fn doubt(&self) -> Doubt {
        let mut doubt = Doubt::default();
        if self.hides {
            doubt.doubt_all();
        }
        doubt
    }
}
