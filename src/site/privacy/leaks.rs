//! The leaks of a whole site: each told once, however many pages it is on.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::{Leak, What, attachment, scan};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::say;
use crate::span::{Sources, Span};

/// What was found so far, by what it does and the text that does it.
#[derive(Debug, Default)]
pub struct Leaks {
    found: Mutex<BTreeMap<(What, String), Places>>,
}

/// Where a leak is.
#[derive(Debug)]
struct Places {
    /// The first file by name.
    path: String,
    /// The line in it.
    line: usize,
    /// How many files.
    files: usize,
}

impl Leaks {
    /// Looks at a finished file, or at what a source becomes in one.
    pub fn look(&self, path: &str, media_type: &str, bytes: &[u8]) {
        self.note(path, bytes, scan(media_type, bytes));
    }

    /// Looks at an attachment, which is opened without a page around it.
    pub fn look_at_attachment(&self, path: &str, bytes: &[u8]) {
        self.note(path, bytes, attachment::scan(path, bytes));
    }

    fn note(&self, path: &str, bytes: &[u8], leaks: Vec<Leak>) {
        if leaks.is_empty() {
            return;
        }
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        for leak in leaks {
            let before = bytes.get(..leak.at).unwrap_or_default();
            let line = memchr::memchr_iter(b'\n', before).count() + 1;
            let places = found
                .entry((leak.what, leak.text))
                .or_insert_with(|| Places {
                    path: path.to_owned(),
                    line,
                    files: 0,
                });
            places.files += 1;
            if (path, line) < (places.path.as_str(), places.line) {
                (places.path, places.line) = (path.to_owned(), line);
            }
        }
    }

    /// Tells what was found since the last time: at its place in the site's own
    /// theme, where it is written there, or else at `otherwise`.
    pub fn tell(&self, sources: &Sources, otherwise: Span, faults: &mut Diagnostics) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        for ((what, text), places) in std::mem::take(&mut *found) {
            let Places { path, line, files } = places;
            let span = in_theme(sources, &text).unwrap_or(otherwise);
            let place = match files {
                0 | 1 => say!("{path}, line {line} as published", path, line),
                _ => say!(
                    "{path}, line {line} as published and {files} more places",
                    path,
                    line,
                    files = files - 1
                ),
            };
            let message = say!(
                "{place}, {words}: `{text}`",
                place,
                words = what.words(),
                text
            );
            faults.push(
                Diagnostic::new(Rule::Privacy, span, message)
                    .expected(say!("files that load, run, send and keep nothing"))
                    .help(say!("take it out, or serve a copy from the site itself")),
            );
        }
    }
}

/// Where a text stands in the site's own theme.
fn in_theme(sources: &Sources, text: &str) -> Option<Span> {
    let mut own = sources
        .entries()
        .filter(|(_, source)| source.path.starts_with("themes/"));
    own.find_map(|(file, source)| {
        let start = source.text.find(text)?;
        Some(Span::new(file, start..start + text.len()))
    })
}
