//! Where the header of a ledger stands, if not in its first row.

use super::columns::Column;
use super::{FileId, Line};
use crate::diagnostic::{Diagnostic, Rule};
use crate::say;

/// How many rows a title and its like may take.
const TITLE: usize = 20;
/// How many names make a header of a row.
const NAMES: usize = 2;

/// Where the names of the columns stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    /// In the first row.
    First,
    /// In a row below.
    Below(usize),
    /// Nowhere: the first row holds figures.
    Missing,
    /// Nobody knows; names may be misspelt.
    Unknown,
}

impl Heading {
    pub fn of(lines: &[Line], columns: &[Column]) -> Self {
        let names = |line: &Line| {
            let named = |column: &&Column| {
                let mut fields = line.fields.iter();
                fields.any(|field| column.is_named(&field.value))
            };
            columns.iter().filter(named).count()
        };
        let Some(first) = lines.first() else {
            return Self::Unknown;
        };
        if names(first) >= NAMES {
            return Self::First;
        }
        let mut upper = lines.iter().take(TITLE);
        if let Some(below) = upper.position(|line| names(line) >= NAMES) {
            return Self::Below(below);
        }
        if !columns.is_empty() && names(first) == 0 && is_row(first) {
            return Self::Missing;
        }
        Self::Unknown
    }

    /// Whether there is a header somewhere.
    pub const fn is_there(self) -> bool {
        matches!(self, Self::First | Self::Below(_))
    }

    /// The fault of a header that does not stand in the first row.
    pub fn fault(
        self,
        lines: &[Line],
        columns: &[Column],
        text: &str,
        file: FileId,
    ) -> Option<Diagnostic> {
        let first = lines.first()?;
        let row = |line: &Line| {
            let above = text.get(..line.fields.first()?.range.start)?;
            Some(above.matches('\n').count() + 1)
        };
        match self {
            Self::First | Self::Unknown => None,
            Self::Below(at) => Some(
                Diagnostic::new(
                    Rule::LedgerHeader,
                    first.span(file),
                    say!(
                        "row {row} is not the header; it stands in row {header}",
                        row = row(first)?,
                        header = row(lines.get(at)?)?
                    ),
                )
                .expected(say!("the names of the columns in the first row"))
                .help(say!(
                    "delete what stands above the header: a title, a date, empty rows"
                )),
            ),
            Self::Missing => {
                let needed: Vec<_> = columns.iter().take(3).map(|column| column.name).collect();
                let columns = needed.join(",");
                Some(
                    Diagnostic::new(
                        Rule::LedgerHeader,
                        first.span(file),
                        say!("the header row is missing: the first row holds figures already"),
                    )
                    .expected(say!("the names of the columns in the first row"))
                    .help(say!(
                        "put a row above it that names every column, such as `{columns}`",
                        columns
                    )),
                )
            }
        }
    }
}

/// Whether a line begins with a code and goes on with a period or a figure.
fn is_row(line: &Line) -> bool {
    let mut said = line.fields.iter().map(|field| field.value.as_str());
    let is_code = |text: &str| {
        text.starts_with(|first: char| first.is_ascii_uppercase())
            && text.contains(|sign: char| sign.is_ascii_digit())
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
    };
    said.next().is_some_and(is_code)
        && said.any(|text| text.starts_with(|first: char| first.is_ascii_digit()))
}
