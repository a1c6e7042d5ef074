//! What rows of a ledger said at some commit.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::facts::plain;
use crate::assemble::columns::{
    DENOMINATOR, KPI, Ledger, NUMERATOR, OFFICIAL, PERIOD, PUBLISHED_ON, RESULT_COLUMNS, SET_ON,
    STATE, TARGET, TARGET_COLUMNS, VALUE,
};
use crate::diagnostic::Diagnostics;
use crate::source::table::{self, Layout, Row};
use crate::span::Sources;

/// A ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Book {
    /// Of targets.
    Targets,
    /// Of results.
    Results,
}

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The KPI's code.
    pub kpi: String,
    /// The period, as written.
    pub period: String,
    /// The day it was set or published, as written.
    pub date: String,
}

/// What a row says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// The target or the result; where there is none, why.
    pub figure: String,
    /// Whether a result may still change.
    pub state: String,
    /// The publisher's own status.
    pub official: String,
}

/// Rows, and what each says.
pub type Rows = BTreeMap<(Book, Key), Cells>;

impl Book {
    /// The column of the day of a row.
    pub(super) const fn day(self) -> &'static str {
        match self {
            Self::Targets => "set_on",
            Self::Results => "published_on",
        }
    }
}

/// Takes in the rows that stand in some lines of a ledger; `header` is its first line.
pub fn read(
    book: Book,
    header: &str,
    lines: &[Arc<str>],
    ranges: impl Iterator<Item = Range<usize>>,
    rows: &mut Rows,
) {
    let in_hunk = |range: Range<usize>| lines.get(range).unwrap_or_default();
    let mut plain_rows = String::new();
    for range in ranges {
        let hunk = in_hunk(range);
        // Part of a cell of several lines may swallow what follows, but no other hunk.
        if hunk.iter().any(|line| line.contains('"')) {
            read_text(book, header, &hunk.join("\n"), rows);
        } else {
            for line in hunk {
                plain_rows.push_str(line);
                plain_rows.push('\n');
            }
        }
    }
    read_text(book, header, &plain_rows, rows);
}

fn read_text(book: Book, header: &str, text: &str, rows: &mut Rows) {
    if text.is_empty() {
        return;
    }
    let text = format!("{header}\n{text}");
    let file = Sources::default().add("", String::new());
    let mut faults = Diagnostics::default();
    let table = table::parse(&text, file, Layout::Csv, &mut faults);
    match book {
        Book::Targets => {
            let ledger = Ledger::open(&table, &TARGET_COLUMNS, &[KPI, PERIOD, TARGET], &mut faults);
            let Some(ledger) = ledger else { return };
            rows.extend(table.rows.iter().filter_map(|row| {
                let cells = Cells {
                    figure: plain(&ledger.text(row, TARGET)?),
                    ..Cells::default()
                };
                Some(((book, key(&ledger, row, SET_ON)?), cells))
            }));
        }
        Book::Results => {
            let ledger = Ledger::open(&table, &RESULT_COLUMNS, &[KPI, PERIOD], &mut faults);
            let Some(ledger) = ledger else { return };
            rows.extend(table.rows.iter().filter_map(|row| {
                let part = |column| ledger.text(row, column).map(|text| plain(&text));
                let ratio = part(NUMERATOR).zip(part(DENOMINATOR));
                let figure =
                    part(VALUE).or_else(|| ratio.map(|(top, bottom)| format!("{top}/{bottom}")));
                let state = match (&figure, part(STATE).as_deref()) {
                    (None, _) => "",
                    (_, Some("provisional" | "初步" | "暫定")) => "provisional",
                    _ => "final",
                };
                let cells = Cells {
                    state: state.to_owned(),
                    figure: figure.or_else(|| part(STATE))?,
                    official: ledger.text(row, OFFICIAL).unwrap_or_default(),
                };
                Some(((book, key(&ledger, row, PUBLISHED_ON)?), cells))
            }));
        }
    }
}

fn key<const N: usize>(ledger: &Ledger<N>, row: &Row, date: usize) -> Option<Key> {
    Some(Key {
        kpi: ledger.text(row, KPI)?,
        period: ledger.text(row, PERIOD)?,
        date: ledger.text(row, date).unwrap_or_default(),
    })
}
