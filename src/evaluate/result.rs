//! A KPI's results: what is known of each period, what a reader sees first, and which way
//! it moved.

use std::sync::Arc;

use super::status::Status;
use super::value::{Basis, Value};
use crate::model::kpi::{Direction, Kpi};
use crate::model::ledger::{Remarks, Target};
use crate::model::period::Period;
use crate::model::quantity::Quantity;
use crate::model::scale::Anchors;
use crate::model::settings::Bands;

/// What is known of one period of a KPI.
#[derive(Clone, Debug)]
pub struct PeriodResult {
    /// The period.
    pub period: Period,
    /// Its value.
    pub value: Option<Value>,
    /// How the value came about.
    pub basis: Option<Basis>,
    /// Whether the publisher calls it provisional.
    pub provisional: bool,
    /// What it is held against, where there is anything: many periods have no target.
    pub(super) against: Option<Arc<Against>>,
    /// Where the period stands.
    pub status: Status,
    /// What the publisher says beside the figure.
    pub remarks: Remarks,
    /// Whether a new series begins here.
    pub starts_series: bool,
}

/// What a value is held against, and how it comes out.
#[derive(Clone, Debug)]
pub(super) struct Against {
    pub(super) target: Option<Target>,
    pub(super) original: Option<Original>,
    pub(super) scale: Option<Anchors>,
    pub(super) score: Option<Quantity>,
}

/// The first target of a period, where another one counts today.
#[derive(Clone, Debug)]
pub struct Original {
    /// The target.
    pub target: Target,
    /// The score under it, 0 to 100.
    pub score: Option<Quantity>,
}

impl PeriodResult {
    /// The score under the target that counts, 0 to 100.
    #[must_use]
    pub fn score(&self) -> Option<Quantity> {
        self.against.as_ref()?.score
    }

    /// The target that counts.
    #[must_use]
    pub fn target(&self) -> Option<&Target> {
        self.against.as_ref()?.target.as_ref()
    }

    /// The first target, where it was another.
    #[must_use]
    pub fn original(&self) -> Option<&Original> {
        self.against.as_ref()?.original.as_ref()
    }

    /// The scale the score was read from.
    #[must_use]
    pub fn scale(&self) -> Option<&Anchors> {
        self.against.as_ref()?.scale.as_ref()
    }
}

/// Which period the headline speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The plan period, published or complete.
    Plan,
    /// The latest published part of it.
    Latest,
    /// The plan period to date.
    ToDate,
    /// No value: the plan period's target or silence.
    Open,
}

impl Scope {
    /// Its name in data files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Latest => "latest",
            Self::ToDate => "to_date",
            Self::Open => "open",
        }
    }
}

/// Which way a KPI moved between its last two comparable periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// Toward what is wanted.
    Improving,
    /// Not at all.
    Steady,
    /// Away from what is wanted.
    Worsening,
}

impl Trend {
    /// Its name in word lists.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Improving => "improving",
            Self::Steady => "steady",
            Self::Worsening => "worsening",
        }
    }
}

/// A KPI's results.
#[derive(Clone, Debug)]
pub struct KpiResult {
    /// Every period with a row, in order.
    pub periods: Vec<PeriodResult>,
    /// What a reader sees first.
    pub headline: PeriodResult,
    /// Which period that is.
    pub scope: Scope,
    /// The bands its statuses go by.
    pub bands: Bands,
    /// Which way it moved; filled in once other years are known.
    pub trend: Option<Trend>,
}

impl KpiResult {
    /// Where the KPI stands.
    #[must_use]
    pub const fn status(&self) -> Status {
        self.headline.status
    }

    /// Its score, 0 to 100.
    #[must_use]
    pub fn score(&self) -> Option<Quantity> {
        self.headline.score()
    }
}

/// Which way a KPI moved from one value to a later one.
#[must_use]
pub fn trend(kpi: &Kpi, before: &PeriodResult, after: &PeriodResult) -> Option<Trend> {
    let (old, new) = (before.value.as_ref()?, after.value.as_ref()?);
    let (old, new) = (old.rank(kpi), new.rank(kpi));
    let better = match kpi.direction? {
        Direction::Higher | Direction::YesNo | Direction::Levels => new.cmp(&old),
        Direction::Lower => old.cmp(&new),
        Direction::Between | Direction::Exactly => {
            distance(old, before.target()?).cmp(&distance(new, after.target()?))
        }
    };
    Some(match better {
        std::cmp::Ordering::Greater => Trend::Improving,
        std::cmp::Ordering::Equal => Trend::Steady,
        std::cmp::Ordering::Less => Trend::Worsening,
    })
}

fn distance(value: Quantity, target: &Target) -> Quantity {
    let (low, high) = match target {
        Target::Value(target) => (*target, *target),
        Target::Range(low, high) => (*low, *high),
        Target::Level(_) | Target::YesNo(_) => return Quantity::ZERO,
    };
    if value < low {
        low - value
    } else if value > high {
        value - high
    } else {
        Quantity::ZERO
    }
}
