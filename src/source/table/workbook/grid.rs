//! The cells of one sheet, each at its address.

use std::collections::BTreeMap;

use super::super::intake::MAX_CELL;
use super::{Limits, Sheet, WorkbookFault, cell};
use crate::source::span::column_letters;

/// A sheet while it is read. Empty cells take no place in it.
pub(super) struct Grid<'a> {
    name: String,
    limits: &'a Limits,
    /// What earlier sheets took of the limits.
    cells_before: usize,
    text: usize,
    rows: usize,
    columns: usize,
    cells: BTreeMap<(usize, usize), String>,
}

impl<'a> Grid<'a> {
    pub(super) fn new(name: String, limits: &'a Limits, cells: usize, text: usize) -> Self {
        let (rows, columns) = (0, 0);
        Self {
            name,
            limits,
            cells_before: cells,
            text,
            rows,
            columns,
            cells: BTreeMap::new(),
        }
    }

    /// Puts a text into the cell at `row` and `column`, both from 0.
    pub(super) fn put(
        &mut self,
        row: usize,
        column: usize,
        text: &str,
    ) -> Result<(), WorkbookFault> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        let name = || {
            let letters = column_letters(column.saturating_add(1));
            format!("{letters}{}", row.saturating_add(1))
        };
        if text.len() > MAX_CELL {
            return Err(WorkbookFault::CellSize {
                sheet: self.name.clone(),
                cell: name(),
                bytes: text.len(),
                limit: MAX_CELL,
            });
        }
        self.rows = self.rows.max(row.saturating_add(1));
        self.columns = self.columns.max(column.saturating_add(1));
        if self.cells_used() > self.limits.cells {
            return Err(WorkbookFault::Cells {
                sheet: self.name.clone(),
                cell: name(),
                limit: self.limits.cells,
            });
        }
        self.text = self.text.saturating_add(text.len());
        if self.text > self.limits.text {
            return Err(WorkbookFault::TextSize {
                limit: self.limits.text,
            });
        }
        self.cells.insert((row, column), cell::one_line(text));
        Ok(())
    }

    /// Rows × columns, with those of earlier sheets.
    pub(super) fn cells_used(&self) -> usize {
        self.rows
            .saturating_mul(self.columns)
            .saturating_add(self.cells_before)
    }

    /// Bytes of text, with those of earlier sheets.
    pub(super) fn text_used(&self) -> usize {
        self.text
    }

    pub(super) fn into_sheet(self) -> Sheet {
        let mut text = String::new();
        let (mut at_row, mut at_column) = (0, 0);
        for ((row, column), cell) in self.cells {
            while at_row < row {
                text.push('\n');
                (at_row, at_column) = (at_row + 1, 0);
            }
            while at_column < column {
                text.push('\t');
                at_column += 1;
            }
            text.push_str(&cell);
        }
        if !text.is_empty() {
            text.push('\n');
        }
        Sheet {
            name: self.name,
            text,
        }
    }
}
