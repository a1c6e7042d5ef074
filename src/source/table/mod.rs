//! Tables: the rows and cells of a CSV file or of a workbook's sheet, each
//! cell with the bytes it was written in.

pub mod columns;
mod csv;
mod heading;
mod intake;
mod sheet;
pub mod workbook;

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::message::Message;
use crate::say;
use crate::source::{At, FileId, Span};

use columns::Column;
use heading::Heading;
use intake::Intake;
pub use sheet::{Chosen, choose};
pub use workbook::{Sheet, WorkbookFault, WorkbookKind, open_workbook};

/// How a table is laid out in its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// RFC 4180: commas, double quotes, line breaks inside quotes.
    Csv,
    /// A workbook's sheet as [`open_workbook`] writes it: one line a row, tabs
    /// between cells, no quoting.
    Sheet,
}

/// A table with a header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns, without empty ones at the end. Empty when the
    /// table has no readable header row, which is a fault already reported.
    pub header: Vec<At<String>>,
    /// The rows below the header, without those that are wholly empty.
    pub rows: Vec<Row>,
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As many cells as the header has columns, trimmed. The span of a plain
    /// cell covers its trimmed text, that of a quoted cell its quotes as well;
    /// a cell the row left out lies at the row's end.
    pub cells: Vec<At<String>>,
    /// From the row's first cell to its last.
    pub span: Span,
}

/// Reads a table out of `text`, which is the text of `file`.
///
/// Reports [`Rule::LedgerHeader`] where there is no header row, and
/// [`Rule::LedgerRow`] for cells beyond the header and for quotes that a reader
/// could take in two ways, [`Rule::UnreadableFile`] where it is larger than a
/// table may be. A row with either of the former is left out.
pub fn parse(text: &str, file: FileId, layout: Layout, faults: &mut Diagnostics) -> Table {
    parse_ledger(text, file, layout, &[], faults)
}

/// Does the same for a table whose columns are among those of a ledger: then a header
/// that is missing, or stands below a title, is told as what it is.
pub fn parse_ledger(
    text: &str,
    file: FileId,
    layout: Layout,
    columns: &[Column],
    faults: &mut Diagnostics,
) -> Table {
    let intake = take_in(text, layout);
    if let Some(excess) = intake.excess {
        faults.push(excess.diagnostic(file));
        return Table::default();
    }
    let mut lines = intake.lines;
    lines.retain(|line| !line.is_empty());
    if let Some(fault) = merge_mark(&lines, layout, file) {
        faults.push(fault);
        return Table::default();
    }
    if let Some(fault) = Heading::of(&lines, columns).fault(&lines, columns, text, file) {
        faults.push(fault);
        return Table::default();
    }
    let mut lines = lines.into_iter();
    let Some(header) = lines.next() else {
        faults.push(
            Diagnostic::new(
                Rule::LedgerHeader,
                Span::start_of(file),
                say!("this table is empty"),
            )
            .expected(say!("a header row that names the columns")),
        );
        return Table::default();
    };
    let Some(header) = header.sound(file, faults) else {
        return Table::default();
    };
    let header = header.cells(file);
    let mut rows: Vec<_> = lines.filter_map(|line| line.sound(file, faults)).collect();
    if let Some(fault) = unnamed_column(&rows, header.len(), file, layout) {
        faults.push(fault);
        rows.retain(|line| line.surplus(header.len()).is_none());
    }
    let rows = rows
        .into_iter()
        .filter_map(|line| line.under(&header, file, layout, faults))
        .collect();
    Table { header, rows }
}

fn take_in(text: &str, layout: Layout) -> Intake {
    let mut intake = Intake::default();
    match layout {
        Layout::Csv => csv::lines(text, &mut intake),
        Layout::Sheet => sheet::lines(text, &mut intake),
    }
    intake
}

/// The fault of a file in which a merge left both versions.
fn merge_mark(lines: &[Line], layout: Layout, file: FileId) -> Option<Diagnostic> {
    let mut starts = lines.iter().filter_map(|line| line.fields.first());
    let (field, mark) = starts.find_map(|field| {
        let marks = ["<<<<<<<", ">>>>>>>"];
        let mark = marks.into_iter().find(|mark| field.value.starts_with(mark));
        Some((field, mark?))
    })?;
    (layout == Layout::Csv).then(|| {
        let range = field.range.start..field.range.start + mark.len();
        Diagnostic::new(
            Rule::LedgerRow,
            Span::new(file, range),
            say!("`{mark}` is the mark of a merge that was not finished", mark),
        )
        .help(say!("keep one of the two versions between `<<<<<<<` and `>>>>>>>`, and delete the three marks"))
    })
}

/// How many rows make a column, if most of all have it.
const COLUMN: usize = 3;

/// The fault of a column that the header has no name for. Told once: it is one slip.
fn unnamed_column(rows: &[Line], width: usize, file: FileId, layout: Layout) -> Option<Diagnostic> {
    let mut over = rows.iter().filter(|line| line.surplus(width).is_some());
    let first = over.next()?;
    let count = over.count() + 1;
    if count < COLUMN || 2 * count <= rows.len() {
        return None;
    }
    let (column, field) = first.surplus(width)?;
    let fault = Diagnostic::new(
        Rule::LedgerRow,
        Span::new(file, field.range.clone()),
        say!(
            "{count} rows go on past the header's last column; the first has “{value}” in column {column}",
            count,
            value = field.value,
            column
        ),
    )
    .expected(say!("at most {count} cells, as in the header", count = width));
    Some(match (layout, first.parted_number(width)) {
        (Layout::Csv, Some((whole, rest))) => fault.help(comma_in_number(whole, rest)),
        _ => fault.help(say!("name the column in the header, or clear its cells")),
    })
}

/// One line of a table as its layout gave it, before the header has its say.
#[derive(Debug, Default)]
struct Line {
    fields: Vec<Field>,
}

/// One field of a line.
#[derive(Debug)]
struct Field {
    /// The trimmed value, quotes undone.
    value: String,
    /// Where it is written: the trimmed text, or everything between and with
    /// its quotes.
    range: Range<usize>,
    /// What is wrong with its quotes.
    fault: Option<QuoteFault>,
}

/// Quotes that RFC 4180 does not allow, and that readers take differently.
#[derive(Clone, Debug, PartialEq, Eq)]
enum QuoteFault {
    /// The quote that opens a cell is never closed.
    Unclosed,
    /// Blanks stand before the quote that opens a cell.
    Indented,
    /// Text follows the quote that closes a cell; the range covers it.
    Trailing(Range<usize>),
}

impl Field {
    /// A field without quotes, somewhere inside `range` of `text`.
    fn plain(text: &str, range: Range<usize>) -> Self {
        let raw = text.get(range.clone()).unwrap_or_default();
        let value = raw.trim();
        let start = range.start + (raw.len() - raw.trim_start().len());
        // A field of nothing but blanks lies where the field starts.
        let start = if value.is_empty() { range.start } else { start };
        Self {
            value: value.to_owned(),
            range: start..start + value.len(),
            fault: None,
        }
    }
}

impl Line {
    fn is_empty(&self) -> bool {
        self.fields
            .iter()
            .all(|field| field.value.is_empty() && field.fault.is_none())
    }

    fn end(&self) -> usize {
        self.fields.last().map_or(0, |field| field.range.end)
    }

    fn span(&self, file: FileId) -> Span {
        let start = self.fields.first().map_or(0, |field| field.range.start);
        Span::new(file, start..self.end())
    }

    /// The line, unless its quotes are broken: then where its cells part is
    /// anybody's guess, and checking them would only add noise.
    fn sound(self, file: FileId, faults: &mut Diagnostics) -> Option<Self> {
        let broken = self
            .fields
            .iter()
            .find_map(|f| Some((f, f.fault.as_ref()?)));
        let Some((field, fault)) = broken else {
            return Some(self);
        };
        faults.push(fault.diagnostic(field.range.start, file));
        None
    }

    /// The cells of a line up to the last that says something.
    fn cells(mut self, file: FileId) -> Vec<At<String>> {
        let used = self.used();
        self.fields.truncate(used);
        self.fields
            .into_iter()
            .map(|f| At::new(f.value, Span::new(file, f.range)))
            .collect()
    }

    fn used(&self) -> usize {
        self.fields
            .iter()
            .rposition(|f| !f.value.is_empty())
            .map_or(0, |last| last + 1)
    }

    /// The first cell beyond the last of `width` columns, and its column.
    fn surplus(&self, width: usize) -> Option<(usize, &Field)> {
        let mut beyond = self.fields.iter().enumerate().skip(width);
        let (index, field) = beyond.find(|(_, field)| !field.value.is_empty())?;
        Some((index + 1, field))
    }

    /// The line as a row under `header`, its empty cells filled in; nothing where
    /// it has more cells: then which belong under which column is anybody's guess.
    fn under(
        self,
        header: &[At<String>],
        file: FileId,
        layout: Layout,
        faults: &mut Diagnostics,
    ) -> Option<Row> {
        let (span, end) = (self.span(file), self.end());
        if let Some((column, field)) = self.surplus(header.len()) {
            let fault = Diagnostic::new(
                Rule::LedgerRow,
                Span::new(file, field.range.clone()),
                say!(
                    "“{value}” stands in column {column}, past the header's last",
                    value = field.value,
                    column
                ),
            )
            .expected(say!(
                "at most {count} cells, as in the header",
                count = header.len()
            ));
            faults.push(match (layout, self.parted_number(header.len())) {
                (Layout::Csv, Some((whole, rest))) => fault.help(comma_in_number(whole, rest)),
                (Layout::Csv, None) => fault.help(say!(
                    "put a text that holds a comma in double quotes, or remove the cell"
                )),
                (Layout::Sheet, _) => {
                    fault.help(say!("name the column in the header, or clear the cell"))
                }
            });
            return None;
        }
        let mut cells: Vec<_> = self
            .fields
            .into_iter()
            .take(header.len())
            .map(|f| At::new(f.value, Span::new(file, f.range)))
            .collect();
        cells.resize_with(header.len(), || {
            At::new(String::new(), Span::new(file, end..end))
        });
        Some(Row { cells, span })
    }

    /// Two neighbours that may be one number with a comma in it: the last pair,
    /// as codes and periods come first. A comma makes cells right behind those of the header.
    fn parted_number(&self, width: usize) -> Option<(&str, &str)> {
        if self.fields.get(width)?.value.is_empty() {
            return None;
        }
        let digits = |field: &Field| {
            !field.value.is_empty() && field.value.bytes().all(|b| b.is_ascii_digit())
        };
        let pair = self
            .fields
            .windows(2)
            .rfind(|pair| pair.iter().all(digits))?;
        let [whole, decimals] = pair else { return None };
        Some((&whole.value, &decimals.value))
    }
}

/// What to do about a comma that parted a number.
#[must_use]
pub fn comma_in_number(whole: &str, rest: &str) -> Message {
    say!(
        "a comma parts cells, also inside a number: write `{whole}.{rest}` if it is a decimal comma, `{whole}{rest}` if it parts thousands; a text that holds a comma needs double quotes around it",
        whole,
        rest
    )
}

impl QuoteFault {
    /// The fault of a field that starts at `start`.
    fn diagnostic(&self, start: usize, file: FileId) -> Diagnostic {
        let quote = Span::new(file, start..start + 1);
        match self {
            Self::Unclosed => Diagnostic::new(
                Rule::LedgerRow,
                quote,
                say!("the quote that opens this cell is never closed"),
            )
            .expected(say!("a closing double quote before the next comma or line break"))
            .help(say!("close the cell with a double quote, or remove the one that opens it; a double quote of the text itself is written twice")),
            Self::Indented => Diagnostic::new(
                Rule::LedgerRow,
                quote,
                say!("there are blanks before the quote that opens this cell"),
            )
            .expected(say!("the opening quote right after the comma"))
            .help(say!("remove the blanks before the quote")),
            Self::Trailing(range) => Diagnostic::new(
                Rule::LedgerRow,
                Span::new(file, range.clone()),
                say!("text follows the quote that closes this cell"),
            )
            .expected(say!("a comma or a line break after the closing quote"))
            .help(say!("write a double quote inside a quoted cell twice")),
        }
    }
}

#[cfg(test)]
mod tests;
