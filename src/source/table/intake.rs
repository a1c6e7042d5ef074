//! How much of a table is taken in before it is refused.

use std::ops::Range;

use super::{Field, Line};
use crate::diagnostic::{Diagnostic, Rule};
use crate::say;
use crate::source::{FileId, Span};

/// The most rows of a table, its header with them.
const MAX_ROWS: usize = 200_000;
/// The most cells of a row.
const MAX_COLUMNS: usize = 256;
/// The most cells of a table.
const MAX_CELLS: usize = 1_000_000;
/// The longest cell, in bytes. A spreadsheet ends at 32 767 characters.
pub(super) const MAX_CELL: usize = 64 << 10;

/// The lines of a table while they are read.
#[derive(Debug, Default)]
pub(super) struct Intake {
    /// The lines that are complete and say something.
    pub lines: Vec<Line>,
    /// The first limit that was passed. Nothing is taken in after it.
    pub excess: Option<Excess>,
    line: Line,
    cells: usize,
}

/// A limit that a table passed, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excess {
    kind: Kind,
    range: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Rows,
    Columns,
    Cells,
    Cell(usize),
}

impl Intake {
    /// Takes in the next field of the line; says whether to go on.
    pub fn field(&mut self, field: Field) -> bool {
        self.cells += 1;
        let passed = if field.value.len() > MAX_CELL {
            Some(Kind::Cell(field.value.len()))
        } else if self.line.fields.len() >= MAX_COLUMNS && !field.value.is_empty() {
            Some(Kind::Columns)
        } else if self.lines.len() >= MAX_ROWS {
            Some(Kind::Rows)
        } else if self.cells > MAX_CELLS {
            Some(Kind::Cells)
        } else {
            None
        };
        if let Some(kind) = passed {
            self.excess = Some(Excess {
                kind,
                range: field.range,
            });
            return false;
        }
        // Empty cells to the right of everything are what spreadsheets leave.
        if self.line.fields.len() < MAX_COLUMNS {
            self.line.fields.push(field);
        } else {
            self.cells -= 1;
        }
        true
    }

    /// Ends the line. One of nothing is none.
    pub fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            self.cells -= line.fields.len();
        } else {
            self.lines.push(line);
        }
    }
}

impl Excess {
    pub fn diagnostic(&self, file: FileId) -> Diagnostic {
        let end = match self.kind {
            // What is too long to be read is too long to be shown.
            Kind::Cell(_) => self.range.start,
            _ => self.range.end,
        };
        let (message, expected) = match self.kind {
            Kind::Rows => (
                say!(
                    "this table has more than {max_rows} rows",
                    max_rows = MAX_ROWS
                ),
                say!("at most {max_rows} rows", max_rows = MAX_ROWS),
            ),
            Kind::Columns => (
                say!(
                    "this row has more than {max_columns} cells",
                    max_columns = MAX_COLUMNS
                ),
                say!("at most {max_columns} columns", max_columns = MAX_COLUMNS),
            ),
            Kind::Cells => (
                say!(
                    "this table has more than {max_cells} cells",
                    max_cells = MAX_CELLS
                ),
                say!("at most {max_cells} cells", max_cells = MAX_CELLS),
            ),
            Kind::Cell(bytes) => (
                say!("this cell has {bytes} bytes", bytes),
                say!("at most {max_cell} bytes", max_cell = MAX_CELL),
            ),
        };
        let help = match self.kind {
            Kind::Rows | Kind::Cells => {
                say!("keep the rows of other plans in their own scorecards")
            }
            Kind::Columns => say!("remove the columns that no ledger has"),
            Kind::Cell(_) => {
                say!(
                    "shorten it, or check the quotes: one that is never closed makes one cell of all that follows"
                )
            }
        };
        Diagnostic::new(
            Rule::UnreadableFile,
            Span::new(file, self.range.start..end),
            message,
        )
        .expected(expected)
        .help(help)
    }
}
