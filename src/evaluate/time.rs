//! What is known of a KPI on the date the site speaks of: rows dated later do
//! not exist, of several rows for one period the latest counts.

use std::sync::Arc;

use jiff::civil::Date;

use super::value::{Basis, Value, Working, aggregate};
use crate::model::kpi::{Aggregate, Kpi};
use crate::model::ledger::{Measure, Report, ResultRow, Target, TargetRow};
use crate::model::period::{Period, Years};
use crate::model::quantity::Quantity;

/// A KPI as it was known on a date.
pub struct Known<'a> {
    /// The KPI.
    pub kpi: &'a Kpi,
    /// The date; without one nothing is dated later.
    pub as_of: Option<Date>,
    /// How the site's years run.
    pub years: Years,
}

/// The targets of one period: the first stated and the one that counts.
#[derive(Clone, Copy, Debug)]
pub struct Targets<'a> {
    /// The first.
    pub original: &'a TargetRow,
    /// The latest.
    pub current: &'a TargetRow,
}

/// Whether what is dated so was known on a day; what has no date always was.
#[must_use]
pub fn is_known(as_of: Option<Date>, date: Option<Date>) -> bool {
    as_of.zip(date).is_none_or(|(today, date)| date <= today)
}

impl<'a> Known<'a> {
    fn sees(&self, date: Option<Date>) -> bool {
        is_known(self.as_of, date)
    }

    /// The rows of targets for a period, oldest first.
    #[must_use]
    pub fn target_rows(&self, period: Period) -> impl DoubleEndedIterator<Item = &'a TargetRow> {
        let rows = &self.kpi.targets;
        let start = rows.partition_point(|row| row.period < period);
        let end = rows.partition_point(|row| row.period <= period);
        let as_of = self.as_of;
        rows.get(start..end)
            .unwrap_or_default()
            .iter()
            .filter(move |row| is_known(as_of, row.set_on))
    }

    /// The row of results that counts for a period, and its place.
    fn placed_result(&self, period: Period) -> Option<(usize, &'a ResultRow)> {
        let rows = &self.kpi.results;
        let start = rows.partition_point(|row| row.period < period);
        let own = rows.iter().enumerate().skip(start);
        own.take_while(|(_, row)| row.period == period)
            .filter(|(_, row)| self.sees(row.published_on))
            .last()
    }

    /// The target of a period: first and latest.
    #[must_use]
    pub fn targets(&self, period: Period) -> Option<Targets<'a>> {
        let mut rows = self.target_rows(period);
        let original = rows.next()?;
        Some(Targets {
            original,
            current: rows.next_back().unwrap_or(original),
        })
    }

    /// The row of results that counts for a period.
    #[must_use]
    pub fn result(&self, period: Period) -> Option<&'a ResultRow> {
        self.placed_result(period).map(|(_, row)| row)
    }

    /// The published figure of a period, and the place of its row.
    fn measure(&self, period: Period) -> Option<(u32, &'a Measure)> {
        let (place, row) = self.placed_result(period)?;
        match &row.report {
            Report::Value { measure, .. } => Some((u32::try_from(place).ok()?, measure)),
            Report::Absent(_) => None,
        }
    }

    /// Every period that has a visible row, in order.
    #[must_use]
    pub fn periods(&self) -> Vec<Period> {
        let targets = self
            .kpi
            .targets
            .iter()
            .filter(|r| self.sees(r.set_on))
            .map(|r| r.period);
        let results = self
            .kpi
            .results
            .iter()
            .filter(|r| self.sees(r.published_on))
            .map(|r| r.period);
        let mut periods: Vec<_> = targets.chain(results).collect();
        periods.sort_unstable();
        periods.dedup();
        periods
    }

    /// The value of a period: stated, else made from all of its parts, else to
    /// date from the parts that are there from the first on.
    #[must_use]
    pub fn value(&self, period: Period) -> Option<(Value, Basis)> {
        if let Some(row) = self.result(period) {
            return match &row.report {
                Report::Value { measure, .. } => {
                    Some((Value::of_measure(self.kpi, measure), Basis::Published))
                }
                Report::Absent(_) => None,
            };
        }
        let frequency = self.kpi.frequency?;
        if period.frequency() == Some(frequency) {
            return None;
        }
        let parts = period.parts(frequency, self.years);
        let measured = |part: &Period| self.measure(*part);
        let (rows, there): (Vec<_>, Vec<_>) = parts.iter().map_while(measured).unzip();
        // Of nothing there is no sum: it would read as a result of zero.
        if there.is_empty() {
            return None;
        }
        let rule = self.kpi.aggregate;
        let value = aggregate(self.kpi, rule, &there)?;
        let complete = rows.len() == parts.len();
        let working = Arc::new(Working {
            aggregate: rule,
            whole: parts.len(),
            rows: rows.into(),
        });
        Some((
            value,
            if complete {
                Basis::Aggregated(working)
            } else {
                Basis::ToDate(working)
            },
        ))
    }

    /// The target that a value to date is held against: the one stated for
    /// exactly these days; else made from the targets of the same parts where
    /// parts add up or are averaged, else the target of the last of them.
    #[must_use]
    pub fn target_to_date(&self, working: &Working) -> Option<Target> {
        let mut parts = working.parts(self.kpi).map(|(period, _)| period);
        let first = parts.next()?;
        let last = parts.next_back().unwrap_or(first);
        let stated = self
            .kpi
            .targets
            .iter()
            .map(|row| row.period)
            .find(|period| {
                period.start() == first.start() && period.end() == last.end() && *period != last
            });
        if let Some(targets) = stated.and_then(|period| self.targets(period)) {
            return Some(targets.current.target.clone());
        }
        let target = |period: Period| self.targets(period).map(|t| t.current.target.clone());
        let numbers = || -> Option<Vec<Quantity>> {
            working
                .parts(self.kpi)
                .map(|(period, _)| match target(period) {
                    Some(Target::Value(number)) => Some(number),
                    _ => None,
                })
                .collect()
        };
        match working.aggregate {
            Aggregate::Sum => Some(Target::Value(numbers()?.into_iter().sum())),
            Aggregate::Mean => {
                let numbers = numbers()?;
                let count = Quantity::count(numbers.len());
                numbers
                    .into_iter()
                    .sum::<Quantity>()
                    .per(count)
                    .map(Target::Value)
            }
            _ => target(last),
        }
    }
}
