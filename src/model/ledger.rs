//! The ledgers: targets and results, row by row, revisions kept.

use std::sync::Arc;

use jiff::civil::Date;

use super::arena::LevelIx;
use super::period::Period;
use super::quantity::Quantity;
use crate::keywords;
use crate::span::Span;

/// A target as stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// One value.
    Value(Quantity),
    /// From low to high, both included.
    Range(Quantity, Quantity),
    /// A level of the KPI.
    Level(LevelIx),
    /// Yes or no.
    YesNo(bool),
}

/// One row of `targets.csv`, or the target written beside the KPI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetRow {
    /// The period it is for.
    pub period: Period,
    /// The target.
    pub target: Target,
    /// When it was set; `None` (from the plan itself) is the earliest.
    pub set_on: Option<Date>,
    /// Why.
    pub reason: Option<String>,
    /// Where it is written.
    pub span: Span,
}

/// A result as published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A number.
    Number(Quantity),
    /// A ratio.
    Ratio(Box<Ratio>),
    /// A level of the KPI.
    Level(LevelIx),
    /// Yes or no.
    YesNo(bool),
}

/// A ratio as published. It lies behind a box: few rows are ratios, and there are many
/// rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    /// What was counted.
    pub numerator: Quantity,
    /// Among how many; not 0.
    pub denominator: Quantity,
}

impl Measure {
    /// The ratio, where it is one.
    #[must_use]
    pub fn ratio(&self) -> Option<Ratio> {
        match self {
            Self::Ratio(ratio) => Some(**ratio),
            _ => None,
        }
    }
}

keywords! {
    /// Why a row has no value.
    Absence ("state") {
        /// The publisher keeps it back.
        Withheld = "withheld",
        /// It was not measured.
        NotCollected = "not_collected",
        /// The KPI is measured no more.
        Discontinued = "discontinued",
    }
}

/// What a row reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// A value, final or provisional.
    Value {
        /// The value.
        measure: Measure,
        /// Whether it may still change.
        provisional: bool,
    },
    /// No value, and why; the row's note says more.
    Absent(Absence),
}

/// One row of `measurements.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultRow {
    /// The period it is for.
    pub period: Period,
    /// What it reports.
    pub report: Report,
    /// When it was published; `None` is the earliest.
    pub published_on: Option<Date>,
    /// What stands beside the figure.
    pub remarks: Remarks,
    /// Whether a new series begins here.
    pub starts_series: bool,
    /// Where it is written.
    pub span: Span,
}

/// What a publisher says beside a figure. Most rows say nothing, and there are many
/// rows: what is said lies apart, and is shared by the result that is made of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks(Option<Arc<Said>>);

#[derive(Debug, Default, PartialEq, Eq)]
struct Said {
    official_status: Option<String>,
    note: Option<String>,
    source: Option<String>,
}

impl Remarks {
    /// The publisher's own status, a note, and where the figure comes from.
    #[must_use]
    pub fn new(
        official_status: Option<String>,
        note: Option<String>,
        source: Option<String>,
    ) -> Self {
        let said = Said {
            official_status,
            note,
            source,
        };
        Self((said != Said::default()).then(|| Arc::new(said)))
    }

    /// The publisher's own status, in its words.
    #[must_use]
    pub fn official_status(&self) -> Option<&str> {
        self.0.as_ref()?.official_status.as_deref()
    }

    /// A note.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.0.as_ref()?.note.as_deref()
    }

    /// Where the figure comes from.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.0.as_ref()?.source.as_deref()
    }
}
