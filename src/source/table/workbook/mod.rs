//! Workbooks: the sheets of an `.xlsx` or `.ods` file, laid out as text.
//!
//! Both formats are XML in a zip, and both are read here directly. A ledger
//! needs the values of cells and no more, while a general reader takes in fonts,
//! formulas and pictures too; the one at hand (calamine 0.38) never returned from
//! a cut-off `.ods`, died of the count an `.xlsx` claims for its texts, and gave
//! the cell that shows `96.3%` as 0.963. Here every loop ends with its input, and
//! what is unpacked, laid out or repeated is counted against `Limits`.

mod cell;
mod grid;
mod number_format;
mod ods;
mod package;
mod xlsx;
mod xml;

use std::fmt;

use crate::message::Message;
use crate::say;
use grid::Grid;
use package::Package;

/// The file format of a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkbookKind {
    /// Office Open XML, as Excel writes it.
    Xlsx,
    /// `OpenDocument`, as `LibreOffice` writes it.
    Ods,
}

impl WorkbookKind {
    /// What the names of such files end in.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Ods => "ods",
        }
    }

    /// The format that files with this extension have, case aside.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "xlsx" => Some(Self::Xlsx),
            "ods" => Some(Self::Ods),
            _ => None,
        }
    }
}

/// One sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The name on its tab.
    pub name: String,
    /// Its cells: one line a row, tabs between cells, from A1 on, so that lines
    /// and tabs count out the spreadsheet's own cell names. Empty for a sheet
    /// without content.
    pub text: String,
}

/// Why a workbook cannot be read. A fault of the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkbookFault {
    /// The file is larger than a ledger may be.
    FileSize {
        /// The limit, in bytes.
        limit: usize,
    },
    /// The file unpacks to more than a ledger may be.
    UnpackedSize {
        /// The limit, in bytes.
        limit: u64,
    },
    /// Its cells hold more text than a ledger may.
    TextSize {
        /// The limit, in bytes.
        limit: usize,
    },
    /// A cell holds more than a cell of a ledger may.
    CellSize {
        /// The sheet.
        sheet: String,
        /// The cell.
        cell: String,
        /// How many bytes it holds.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// Its sheets reach further than a ledger may.
    Cells {
        /// The sheet that went past the limit.
        sheet: String,
        /// The cell that did.
        cell: String,
        /// The limit, for all sheets together.
        limit: usize,
    },
    /// It has more sheets than a ledger may.
    Sheets {
        /// The limit.
        limit: usize,
    },
    /// An encrypted file, or the binary format of old.
    Protected,
    /// Not a zip, or a broken one.
    Archive(String),
    /// A part that such a workbook has is missing or cannot be found.
    Missing(String),
    /// A part that cannot be understood.
    Damaged {
        /// The part, as a path inside the workbook.
        part: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl WorkbookFault {
    /// What is wrong.
    #[must_use]
    pub fn said(&self) -> Message {
        match self {
            Self::FileSize { limit } => say!(
                "this workbook is larger than {limit} MiB",
                limit = *limit >> 20
            ),
            Self::UnpackedSize { limit } => say!(
                "this workbook unpacks to more than {limit} MiB",
                limit = *limit >> 20
            ),
            Self::TextSize { limit } => say!(
                "the cells of this workbook hold more than {limit} MiB of text",
                limit = *limit >> 20
            ),
            Self::CellSize {
                cell,
                sheet,
                bytes,
                limit,
            } => say!(
                "cell {cell} of sheet “{sheet}” holds {bytes} bytes, more than {limit}",
                cell,
                sheet,
                bytes,
                limit
            ),
            Self::Cells { sheet, cell, limit } => say!(
                "sheet “{sheet}” reaches to cell {cell}, past the {limit} cells of a workbook",
                sheet,
                cell,
                limit
            ),
            Self::Sheets { limit } => say!("this workbook has more than {limit} sheets", limit),
            Self::Protected => {
                say!("this workbook is protected by a password, or is in the old .xls format")
            }
            Self::Archive(_) => say!("this workbook is damaged: it cannot be unpacked"),
            Self::Missing(text) => say!(
                "this is not a workbook, or is damaged: it has no {text}",
                text
            ),
            Self::Damaged { part, reason } => {
                say!("this workbook is damaged: {part}: {reason}", part, reason)
            }
        }
    }
}

impl fmt::Display for WorkbookFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for WorkbookFault {}

impl WorkbookFault {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Message {
        match self {
            Self::FileSize { .. } | Self::UnpackedSize { .. } | Self::TextSize { .. } => {
                say!("save only the ledger, as a workbook of its own or as CSV")
            }
            Self::CellSize { .. } => say!("shorten the cell"),
            Self::Cells { .. } => say!("delete the rows and columns beyond the ledger"),
            Self::Sheets { .. } => say!("delete the sheets that are not part of the ledger"),
            Self::Protected => say!("save it without a password as .xlsx, .ods or CSV"),
            Self::Archive(_) | Self::Missing(_) | Self::Damaged { .. } => {
                say!("open it in a spreadsheet program and save it again")
            }
        }
    }
}

/// How much of a workbook is read before it is refused.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// Bytes of the file.
    file: usize,
    /// Bytes of all parts read, unpacked.
    unpacked: u64,
    /// Rows × columns of all sheets.
    cells: usize,
    /// Bytes of text in all cells.
    text: usize,
    /// Sheets.
    sheets: usize,
}

const LIMITS: Limits = Limits {
    file: 16 << 20,
    unpacked: 64 << 20,
    cells: 1_000_000,
    text: 64 << 20,
    sheets: 256,
};

/// The visible sheets of a workbook, in the order of their tabs; sheets of charts
/// and hidden sheets are left out.
///
/// A cell reads as its author sees it, in one form: numbers as the shortest
/// decimal that says the same to the fifteen digits a spreadsheet keeps, with a
/// percent sign where the cell shows one (0.963 as `96.3%`); dates as
/// `YYYY-MM-DD`, without the time of day; times and durations as `H:MM:SS`;
/// truth values as `TRUE` and `FALSE`; errors as their text; tabs and line breaks
/// as spaces. Cells covered by a merged one and comments do not count. A formula
/// gives the value saved with it, or itself (`=B2*2`) where no program has
/// calculated it yet.
///
/// # Errors
///
/// A workbook that is damaged, encrypted, or past the limits: 16 MiB as a file,
/// 64 MiB unpacked, one million cells counted as rows × columns, 64 MiB of
/// text, 64 KiB a cell, 256 sheets.
pub fn open_workbook(bytes: &[u8], kind: WorkbookKind) -> Result<Vec<Sheet>, WorkbookFault> {
    open(bytes, kind, &LIMITS)
}

fn open(bytes: &[u8], kind: WorkbookKind, limits: &Limits) -> Result<Vec<Sheet>, WorkbookFault> {
    let mut package = Package::open(bytes, limits)?;
    let mut sheets = Sheets {
        limits,
        cells: 0,
        text: 0,
        done: Vec::new(),
    };
    match kind {
        WorkbookKind::Xlsx => xlsx::read(&mut package, &mut sheets)?,
        WorkbookKind::Ods => ods::read(&mut package, &mut sheets)?,
    }
    Ok(sheets.done)
}

/// The sheets read so far, and what they take of the limits.
struct Sheets<'a> {
    limits: &'a Limits,
    cells: usize,
    text: usize,
    done: Vec<Sheet>,
}

impl<'a> Sheets<'a> {
    /// Starts a sheet with what the ones before it have left.
    fn begin(&self, name: String) -> Result<Grid<'a>, WorkbookFault> {
        if self.done.len() >= self.limits.sheets {
            return Err(WorkbookFault::Sheets {
                limit: self.limits.sheets,
            });
        }
        Ok(Grid::new(name, self.limits, self.cells, self.text))
    }

    /// Takes in a sheet that is complete.
    fn finish(&mut self, grid: Grid<'a>) {
        self.cells = grid.cells_used();
        self.text = grid.text_used();
        self.done.push(grid.into_sheet());
    }
}

#[cfg(test)]
mod tests;
