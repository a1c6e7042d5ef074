//! The value of a period: published, or made from its parts.

use std::sync::Arc;

use crate::model::arena::LevelIx;
use crate::model::kpi::{Aggregate, Kpi};
use crate::model::ledger::{Measure, Ratio, Report};
use crate::model::period::Period;
use crate::model::quantity::Quantity;

/// A value a reader can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number in the KPI's unit.
    Number(Quantity),
    /// A level of the KPI.
    Level(LevelIx),
    /// Yes or no.
    YesNo(bool),
}

impl Value {
    /// The number, when it is one.
    #[must_use]
    pub const fn number(&self) -> Option<Quantity> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Level(_) | Self::YesNo(_) => None,
        }
    }

    /// The value of one published result.
    #[must_use]
    pub fn of_measure(kpi: &Kpi, measure: &Measure) -> Self {
        match measure {
            Measure::Number(number) => Self::Number(*number),
            Measure::Ratio(ratio) => Self::Number(share(kpi, ratio)),
            Measure::Level(level) => Self::Level(*level),
            Measure::YesNo(yes) => Self::YesNo(*yes),
        }
    }

    /// A number that orders values of one KPI: levels by score, no before yes.
    #[must_use]
    pub fn rank(&self, kpi: &Kpi) -> Quantity {
        match self {
            Self::Number(number) => *number,
            Self::YesNo(yes) => Quantity::count(usize::from(*yes)),
            Self::Level(at) => kpi.level(*at).map_or(Quantity::ZERO, |level| level.score),
        }
    }
}

/// A ratio in the KPI's unit.
fn share(kpi: &Kpi, ratio: &Ratio) -> Quantity {
    let top = ratio.numerator * kpi.per;
    top.per(ratio.denominator).unwrap_or(Quantity::ZERO)
}

/// How a period's value came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The publisher stated it.
    Published,
    /// All parts of the period are there, and it was made from them.
    Aggregated(Arc<Working>),
    /// Some parts are there, from the first on without a gap: to date.
    ToDate(Arc<Working>),
}

impl Basis {
    /// Its name in data files.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Aggregated(_) => "aggregated",
            Self::ToDate(_) => "to_date",
        }
    }
}

/// The steps from parts to whole, kept so that the page can print them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Working {
    /// How.
    pub aggregate: Aggregate,
    /// How many parts the whole period has.
    pub whole: usize,
    /// The rows of the parts that took part, by their places among the KPI's results.
    pub(super) rows: Box<[u32]>,
}

impl Working {
    /// The parts that took part, with their values, in order; of the KPI it was worked
    /// out for.
    #[must_use]
    pub fn parts<'a>(
        &'a self,
        kpi: &'a Kpi,
    ) -> impl DoubleEndedIterator<Item = (Period, &'a Measure)> {
        let rows = self.rows.iter();
        rows.filter_map(|place| {
            let row = kpi.results.get(*place as usize)?;
            match &row.report {
                Report::Value { measure, .. } => Some((row.period, measure)),
                Report::Absent(_) => None,
            }
        })
    }

    /// How many parts took part.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.rows.len()
    }
}

/// Makes one value from the results of several periods.
///
/// A ratio is the sum of numerators over the sum of denominators, never the
/// mean of shares: 2/4 and 2/100 make 4/104 = 3.8 %, not 26 %.
#[must_use]
pub fn aggregate(kpi: &Kpi, rule: Aggregate, parts: &[&Measure]) -> Option<Value> {
    let numbers = || -> Option<Vec<Quantity>> {
        parts
            .iter()
            .map(|measure| Value::of_measure(kpi, measure).number())
            .collect()
    };
    let number = match rule {
        Aggregate::Last => return parts.last().map(|last| Value::of_measure(kpi, last)),
        Aggregate::Sum => numbers()?.into_iter().sum(),
        Aggregate::Mean => {
            let numbers = numbers()?;
            let count = Quantity::count(numbers.len());
            numbers.into_iter().sum::<Quantity>().per(count)?
        }
        Aggregate::Min => numbers()?.into_iter().min()?,
        Aggregate::Max => numbers()?.into_iter().max()?,
        Aggregate::Ratio => {
            let ratios: Vec<_> = parts.iter().map(|m| m.ratio()).collect::<Option<_>>()?;
            let top: Quantity = ratios.iter().map(|ratio| ratio.numerator).sum();
            let bottom: Quantity = ratios.iter().map(|ratio| ratio.denominator).sum();
            (top * kpi.per).per(bottom)?
        }
    };
    Some(Value::Number(number))
}
