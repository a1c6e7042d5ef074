//! Statuses: what a reader is told first. Values first, score second.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::ledger::Absence;
use crate::model::period::Period;
use crate::model::quantity::Quantity;
use crate::model::settings::Bands;

/// Where a KPI stands. The words, shapes and colours are the theme's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// The target is met.
    Met,
    /// Missed, but the score is inside the near band.
    Near,
    /// Missed.
    Missed,
    /// A value without a target: shown, not scored.
    NoTarget,
    /// The period has not ended, or its result may still come.
    NotDue,
    /// Due, and not published.
    Late,
    /// Kept back by the publisher.
    Withheld,
    /// Not measured.
    NotCollected,
    /// Measured no more.
    Discontinued,
    /// Neither targets nor values.
    None,
}

impl Status {
    /// Every status, in the order of a legend.
    pub const ALL: [Self; 10] = [
        Self::Met,
        Self::Near,
        Self::Missed,
        Self::NoTarget,
        Self::NotDue,
        Self::Late,
        Self::Withheld,
        Self::NotCollected,
        Self::Discontinued,
        Self::None,
    ];

    /// Its name in data files, style classes and word lists.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Near => "near",
            Self::Missed => "missed",
            Self::NoTarget => "no_target",
            Self::NotDue => "not_due",
            Self::Late => "late",
            Self::Withheld => "withheld",
            Self::NotCollected => "not_collected",
            Self::Discontinued => "discontinued",
            Self::None => "none",
        }
    }

    /// Whether it rests on a score.
    #[must_use]
    pub const fn is_scored(self) -> bool {
        matches!(self, Self::Met | Self::Near | Self::Missed)
    }

    /// The status of a score; lower bounds are inclusive.
    #[must_use]
    pub fn of_score(score: Quantity, bands: &Bands) -> Self {
        if score == Quantity::HUNDRED {
            Self::Met
        } else if score >= bands.near {
            Self::Near
        } else {
            Self::Missed
        }
    }

    /// The status of an absence.
    #[must_use]
    pub const fn of_absence(absence: Absence) -> Self {
        match absence {
            Absence::Withheld => Self::Withheld,
            Absence::NotCollected => Self::NotCollected,
            Absence::Discontinued => Self::Discontinued,
        }
    }

    /// The status of a period for which nothing is published.
    #[must_use]
    pub fn of_silence(period: Period, reporting_days: u32, as_of: Option<Date>) -> Self {
        if is_due(period, reporting_days, as_of) {
            Self::Late
        } else {
            Self::NotDue
        }
    }
}

/// Whether a period has ended and its reporting days have passed on `as_of`.
#[must_use]
pub fn is_due(period: Period, reporting_days: u32, as_of: Option<Date>) -> bool {
    // A deadline past the end of the calendar never comes.
    let deadline = period.end().checked_add(i64::from(reporting_days).days());
    matches!((as_of, deadline), (Some(today), Ok(deadline)) if today > deadline)
}

/// How many KPIs have each status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts([usize; 10]);

impl Counts {
    /// Counts statuses.
    pub fn of(statuses: impl IntoIterator<Item = Status>) -> Self {
        let mut counts = Self::default();
        for status in statuses {
            counts.0[status as usize] += 1;
        }
        counts
    }

    /// How many have this status.
    #[must_use]
    pub const fn get(&self, status: Status) -> usize {
        self.0[status as usize]
    }

    /// How many there are in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }

    /// How many have a score.
    #[must_use]
    pub fn scored(&self) -> usize {
        Status::ALL
            .iter()
            .filter(|s| s.is_scored())
            .map(|s| self.get(*s))
            .sum()
    }
}
