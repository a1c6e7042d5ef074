//! The columns of the two ledgers, and where a table has them.

use super::ledger::spelt;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, nearest};
use crate::say;
pub use crate::source::table::columns::{Column, RESULT_COLUMNS, TARGET_COLUMNS};
use crate::source::table::{Row, Table};
use crate::span::At;

// Places in the two lists of columns.
pub const KPI: usize = 0;
pub const PERIOD: usize = 1;
pub const TARGET: usize = 2;
pub const SET_ON: usize = 3;
pub const REASON: usize = 4;
pub const VALUE: usize = 2;
pub const NUMERATOR: usize = 3;
pub const DENOMINATOR: usize = 4;
pub const PUBLISHED_ON: usize = 5;
pub const STATE: usize = 6;
pub const OFFICIAL: usize = 7;
pub const NOTE: usize = 8;
pub const SOURCE: usize = 9;
pub const BREAK: usize = 10;

/// A ledger with its columns found.
pub struct Ledger<'a, const N: usize> {
    /// The table.
    pub table: &'a Table,
    places: [Option<usize>; N],
}

impl<'a, const N: usize> Ledger<'a, N> {
    /// Finds the columns; notes those that are unknown, repeated or missing.
    pub fn open(
        table: &'a Table,
        columns: &[Column; N],
        required: &[usize],
        faults: &mut Diagnostics,
    ) -> Option<Self> {
        let mut places = [None; N];
        let mut sound = true;
        let first = table.header.first()?;
        if let ([only], Some(mark)) = (
            table.header.as_slice(),
            first.value.chars().find(|c| SEPARATORS.contains(c)),
        ) {
            faults.push(other_separator(only, mark));
            return None;
        }
        for (index, header) in table.header.iter().enumerate() {
            let name = header.value.trim();
            if name.is_empty() && table.rows.iter().all(|row| cell_is_empty(row, index)) {
                continue;
            }
            let found = columns.iter().position(|c| c.is_named(name));
            match found {
                None => {
                    sound = false;
                    faults.push(if name.is_empty() {
                        unnamed_column(header, index)
                    } else {
                        unknown_column(header, columns)
                    });
                }
                Some(at) if places[at].is_some() => {
                    sound = false;
                    faults.push(
                        Diagnostic::new(
                            Rule::LedgerHeader,
                            header.span,
                            say!("the column `{name}` stands twice", name),
                        )
                        .expected(say!("each column once"))
                        .help(say!("remove one of the two")),
                    );
                }
                Some(at) => places[at] = Some(index),
            }
        }
        for at in required {
            // A name that nobody knows may be the one that is missing: one fault is enough.
            if sound && places[*at].is_none() {
                faults.push(
                    Diagnostic::new(
                        Rule::LedgerHeader,
                        first.span,
                        say!(
                            "the ledger has no column `{name}`",
                            name = columns[*at].name
                        ),
                    )
                    .expected(say!(
                        "a header with the columns {columns}",
                        columns = spelt(
                            (required.iter()).map(|at| (columns[*at].name, columns[*at].also))
                        )
                    ))
                    .help(say!("add the column `{name}`", name = columns[*at].name)),
                );
            }
        }
        // Under a header that is not understood, every row would look incomplete.
        let sound = sound && required.iter().all(|at| places[*at].is_some());
        sound.then_some(Self { table, places })
    }

    /// The cell of a column, when it is there and not empty.
    pub fn cell<'r>(&self, row: &'r Row, column: usize) -> Option<&'r At<String>> {
        let index = self.places.get(column).copied().flatten()?;
        row.cells.get(index).filter(|cell| !cell.value.is_empty())
    }

    /// A number that a comma parted into this cell and the one before it.
    pub fn parted_number<'r>(&self, row: &'r Row, column: usize) -> Option<[&'r At<String>; 2]> {
        let rest = self.cell(row, column)?;
        let index = self.places.get(column).copied().flatten()?;
        let whole = row.cells.get(index.checked_sub(1)?)?;
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        (digits(&whole.value) && digits(&rest.value) && rest.value.len() <= 3)
            .then_some([whole, rest])
    }

    /// The same as text.
    pub fn text(&self, row: &Row, column: usize) -> Option<String> {
        self.cell(row, column).map(|cell| cell.value.clone())
    }
}

/// What parts columns by mistake: some spreadsheet programs write semicolons or tabs,
/// some keyboards full-width marks.
const SEPARATORS: [char; 6] = [';', '\t', '|', '，', '、', '；'];

/// The fault of columns that are parted by another mark.
fn other_separator(header: &At<String>, mark: char) -> Diagnostic {
    let is_ascii = mark.is_ascii();
    let mark = if mark == '\t' {
        say!("tabs")
    } else {
        say!("`{mark}`", mark)
    };
    let help = if is_ascii {
        say!("save it as “CSV (comma separated)”, or as an .xlsx or .ods workbook")
    } else {
        say!(
            "put the comma of the Latin keyboard in its place in every row, or save the table from a spreadsheet program"
        )
    };
    Diagnostic::new(
        Rule::LedgerHeader,
        header.span,
        say!(
            "the columns of this ledger are parted by {mark}, not by commas",
            mark
        ),
    )
    .expected(say!("commas between the columns"))
    .help(help)
}

fn cell_is_empty(row: &Row, index: usize) -> bool {
    row.cells
        .get(index)
        .is_none_or(|cell| cell.value.is_empty())
}

fn unnamed_column(header: &At<String>, index: usize) -> Diagnostic {
    Diagnostic::new(
        Rule::LedgerHeader,
        header.span,
        say!(
            "column {column} has no name, and there is something below it",
            column = index + 1
        ),
    )
    .expected(say!("a name above every column that holds something"))
    .help(say!("name the column, or clear the cells below it"))
}

fn unknown_column(header: &At<String>, columns: &[Column]) -> Diagnostic {
    let known = columns
        .iter()
        .flat_map(|c| std::iter::once(c.name).chain(c.also.iter().copied()));
    let fault = Diagnostic::new(
        Rule::LedgerHeader,
        header.span,
        say!(
            "`{value}` is not a column of this ledger",
            value = header.value
        ),
    )
    .expected(say!(
        "one of {known}",
        known = spelt(columns.iter().map(|c| (c.name, c.also)))
    ));
    match nearest(&header.value, known).or_else(|| called_otherwise(&header.value, columns)) {
        Some(near) => fault.help(say!("did you mean `{near}`?", near)),
        None => fault.help(say!("rename the column, or remove it")),
    }
}

/// The column that a header names in words of its own, in the script of the header.
fn called_otherwise(header: &str, columns: &[Column]) -> Option<&'static str> {
    let header = header.trim().to_lowercase();
    let column = columns
        .iter()
        .find(|column| column.meant.contains(&header.as_str()))?;
    let own = column.also.first().filter(|_| !header.is_ascii());
    Some(own.copied().unwrap_or(column.name))
}
