//! The leaks of a whole site: each told once, however many pages it is on.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::page::is_inside;
use super::{Leak, What, scan, style};
use crate::diagnostic::{Diagnostic, Diagnostics, Guess, Rule};
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
    /// Looks at a page, which carries its `policy`, or at what a note becomes in one.
    pub fn look(&self, path: &str, html: &str, policy: Option<&str>) {
        self.note(path, scan(html, policy));
    }

    /// Looks at a style sheet of the site.
    pub fn look_at_style(&self, path: &str, css: &str) {
        self.note(path, style::scan(css, is_inside));
    }

    fn note(&self, path: &str, leaks: Vec<Leak>) {
        if leaks.is_empty() {
            return;
        }
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        for leak in leaks {
            let line = leak.line;
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
            faults.work_out(Rule::Privacy, |guess| {
                let span = (guess == Guess::Worth).then(|| in_theme(sources, &text));
                let span = span.flatten().unwrap_or(otherwise);
                let fault = Diagnostic::new(Rule::Privacy, span, message)
                    .expected(say!("files that load, run, send and keep nothing"))
                    .help(what.help());
                Some(fault)
            });
        }
    }
}

/// Where a text stands in the site's own theme. An attribute may be written there
/// with other quotes, or none.
fn in_theme(sources: &Sources, text: &str) -> Option<Span> {
    let single = text.replace('"', "'");
    let bare = text.replace('"', "");
    let value = text.split_once('"').map_or("", |(_, value)| value);
    let spellings = [text, &single, &bare, value.trim_end_matches('"')];
    let find = |spelling: &str| {
        let mut own = sources
            .entries()
            .filter(|(_, source)| source.path.starts_with("themes/"));
        own.find_map(|(file, source)| {
            let start = source.text.find(spelling)?;
            Some(Span::new(file, start..start + spelling.len()))
        })
    };
    let mut worth = spellings.into_iter().filter(|spelling| spelling.len() > 2);
    worth.find_map(find)
}
