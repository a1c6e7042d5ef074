//! Where something was written: files, byte ranges, and the line and column
//! a person finds them by.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use crate::source::stamp::Stamp;
use crate::source::yaml;

/// The index of a file in [`Sources`]. It says nothing of its place among the files: one
/// that was added while a preview runs comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FileId(u32);

impl FileId {
    fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// A byte range of one source file. Twelve bytes, so that every node of the
/// model can afford one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// The file the range lies in.
    pub file: FileId,
    start: u32,
    end: u32,
}

impl Span {
    /// A span over `range` of `file`; offsets past 4 GiB saturate, and the size
    /// limit on source files keeps them from ever getting there.
    #[must_use]
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            file,
            start: clip(range.start),
            end: clip(range.end.max(range.start)),
        }
    }

    /// The very start of a file, for faults of the file as a whole.
    #[must_use]
    pub fn start_of(file: FileId) -> Self {
        Self::new(file, 0..0)
    }

    /// The byte range inside the file.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// What was written.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> At<T> {
    /// Pairs a value with its place.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// Keeps the place, changes the value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> At<U> {
        At::new(change(self.value), self.span)
    }

    /// Borrows the value, keeps the place.
    pub const fn as_ref(&self) -> At<&T> {
        At::new(&self.value, self.span)
    }
}

/// A position as a person counts it: from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1. In a spreadsheet: the row.
    pub line: usize,
    /// Column in characters, from 1. In a spreadsheet: the column of the cell.
    pub column: usize,
}

/// One file that was read, or one sheet of a workbook laid out as text.
#[derive(Debug)]
pub struct Source {
    /// The path relative to the site root, with `/` between its parts.
    pub path: String,
    /// The whole text. For a sheet: one line a row, cells parted by tabs.
    pub text: String,
    /// The sheet's name, when the source is a sheet of a workbook.
    pub sheet: Option<String>,
    /// What was read of it as YAML, where that was asked for again.
    pub(crate) tree: yaml::Kept,
    line_starts: Vec<u32>,
}

impl Source {
    /// A text, or a sheet by its name.
    pub(crate) fn new(path: String, text: String, sheet: Option<String>) -> Self {
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .map(|offset| u32::try_from(offset).unwrap_or(u32::MAX))
            .collect();
        Self {
            path,
            text,
            sheet,
            tree: yaml::Kept::default(),
            line_starts,
        }
    }

    /// Whether there is nothing to tell them apart.
    pub(crate) fn says_what(&self, other: &Self) -> bool {
        (&self.path, &self.sheet, &self.text) == (&other.path, &other.sheet, &other.text)
    }

    /// The bytes of a line, counted from 1; of the last where there are not so many.
    #[must_use]
    pub fn line(&self, line: usize) -> Range<usize> {
        let text = self.text.trim_end_matches('\n');
        let mut start = 0;
        for (number, words) in (1..).zip(text.split('\n')) {
            let end = start + words.len();
            if number == line || end == text.len() {
                return start..end;
            }
            start = end + 1;
        }
        0..0
    }

    /// Line and column of a byte offset; offsets inside a character or past the
    /// end are clipped to the nearest place that exists.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_at(offset);
        let start = self.line_starts.get(line - 1).map_or(0, |s| *s as usize);
        let before = &self.text[start..offset];
        let column = if self.sheet.is_some() {
            before.matches('\t').count() + 1
        } else {
            before
                .strip_prefix('\u{feff}')
                .unwrap_or(before)
                .chars()
                .count()
                + 1
        };
        Position { line, column }
    }

    /// The line of a byte offset, counted from 1; of the last one past the end.
    fn line_at(&self, offset: usize) -> usize {
        let before = |start: &u32| *start as usize <= offset;
        self.line_starts.partition_point(before).max(1)
    }
}

/// Every source of a site.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// By their ids; nothing where a file is gone that was there before.
    files: Vec<Option<Read>>,
}

/// What a file holds that is not there.
static NOTHING: LazyLock<Arc<Source>> =
    LazyLock::new(|| Arc::new(Source::new(String::new(), String::new(), None)));

/// A source, and the state its file was in when it was read, where that can tell
/// whether the file is still the same.
#[derive(Clone, Debug)]
pub struct Read {
    /// The source.
    pub source: Arc<Source>,
    /// The state.
    pub(crate) stamp: Option<Stamp>,
    /// Whether its text is what the file held, byte for byte.
    pub(crate) is_exact: bool,
}

impl Sources {
    /// Room for the sources of a site that was read before, where files keep their ids.
    /// After too many of them are gone, all are numbered anew.
    pub(crate) fn after(before: &Self) -> Self {
        let (all, here) = (before.files.len(), before.iter().count());
        let kept = if all > 2 * here { 0 } else { all };
        Self {
            files: vec![None; kept],
        }
    }

    /// Takes in a text file.
    pub fn add(&mut self, path: impl Into<String>, text: String) -> FileId {
        self.take_in(Source::new(path.into(), text, None))
    }

    /// Takes in one sheet of a workbook, laid out as text (see [`Source::text`]).
    pub fn add_sheet(&mut self, path: impl Into<String>, sheet: String, text: String) -> FileId {
        self.take_in(Source::new(path.into(), text, Some(sheet)))
    }

    fn take_in(&mut self, source: Source) -> FileId {
        let source = Arc::new(source);
        let read = Read {
            source,
            stamp: None,
            is_exact: false,
        };
        self.push(read, None)
    }

    /// Takes in what was read, under the id that the file had before.
    pub(crate) fn push(&mut self, read: Read, before: Option<FileId>) -> FileId {
        if let Some(id) = before
            && let Some(place @ None) = self.files.get_mut(id.0 as usize)
        {
            *place = Some(read);
            return id;
        }
        let id = FileId::at(self.files.len());
        self.files.push(Some(read));
        id
    }

    /// Every file that was read, with its id.
    pub fn entries(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.reads().map(|(id, read)| (id, &*read.source))
    }

    /// Every file that was read.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.reads().map(|(_, read)| &*read.source)
    }

    /// The paths and texts of the files whose texts are what they held, byte for byte.
    pub(crate) fn exact(&self) -> impl Iterator<Item = (&str, &str)> {
        let exact = self.reads().filter(|(_, read)| read.is_exact);
        exact.map(|(_, Read { source, .. })| (source.path.as_str(), source.text.as_str()))
    }

    fn reads(&self) -> impl Iterator<Item = (FileId, &Read)> {
        let files = self.files.iter().enumerate();
        files.filter_map(|(at, read)| Some((FileId::at(at), read.as_ref()?)))
    }

    /// The files below a folder, by their paths inside it.
    pub(crate) fn below(&self, folder: &str) -> HashMap<&str, (FileId, &Read)> {
        self.reads()
            .filter_map(|(id, read)| Some((read.source.path.strip_prefix(folder)?, (id, read))))
            .collect()
    }

    /// The file behind an id.
    #[must_use]
    pub fn get(&self, id: FileId) -> &Source {
        let read = self.files.get(id.0 as usize).and_then(Option::as_ref);
        read.map_or(&NOTHING, |read| &read.source)
    }

    /// A hold on the file behind an id.
    pub(crate) fn share(&self, id: FileId) -> Arc<Source> {
        let read = self.files.get(id.0 as usize).and_then(Option::as_ref);
        Arc::clone(read.map_or(&NOTHING, |read| &read.source))
    }

    /// The file a span lies in.
    #[must_use]
    pub fn of(&self, span: Span) -> &Source {
        self.get(span.file)
    }

    /// The text a span covers.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.of(span).text.get(span.range()).unwrap_or("")
    }

    /// Where a span starts, as a person counts.
    #[must_use]
    pub fn start(&self, span: Span) -> Position {
        self.of(span).position(span.range().start)
    }

    /// The line that a span starts on, from 1: far cheaper than its column, which is
    /// counted letter by letter.
    #[must_use]
    pub fn start_line(&self, span: Span) -> usize {
        self.of(span).line_at(span.range().start)
    }

    /// Where a span ends, as a person counts.
    #[must_use]
    pub fn end(&self, span: Span) -> Position {
        self.of(span).position(span.range().end)
    }

    /// The spreadsheet's own name for the cell a span lies in (`C5`), when the
    /// source is a sheet.
    #[must_use]
    pub fn cell(&self, span: Span) -> Option<String> {
        self.of(span).sheet.as_ref()?;
        let Position { line, column } = self.start(span);
        Some(format!("{}{line}", column_letters(column)))
    }
}

/// The letters a spreadsheet gives its columns: 1 → A, 26 → Z, 27 → AA.
pub(crate) fn column_letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        let digit = u8::try_from((column - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        column = (column - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", "名稱: 臺北\nb: 1\n".to_owned());
        assert_eq!(
            sources.start(Span::new(file, 8..14)),
            Position { line: 1, column: 5 }
        );
        assert_eq!(
            sources.start(Span::new(file, 15..16)),
            Position { line: 2, column: 1 }
        );
        assert_eq!(
            sources.start(Span::new(file, 9..9)),
            Position { line: 1, column: 5 }
        );
        assert_eq!(sources.start(Span::new(file, 999..999)).line, 3);
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let mut sources = Sources::default();
        let file = sources.add("a.csv", "\u{feff}kpi,period\n".to_owned());
        assert_eq!(
            sources.start(Span::new(file, 3..6)),
            Position { line: 1, column: 1 }
        );
    }

    #[test]
    fn cells_have_the_names_a_spreadsheet_gives_them() {
        let mut sources = Sources::default();
        let file = sources.add_sheet("t.xlsx", "Sheet1".into(), "kpi\tperiod\nA\tB\n".into());
        assert_eq!(sources.cell(Span::new(file, 13..14)).as_deref(), Some("B2"));
        assert_eq!(column_letters(27), "AA");
        assert_eq!(column_letters(703), "AAA");
    }
}
