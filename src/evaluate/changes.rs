//! What changed: every target, every result, every name, with its date.

use jiff::civil::Date;

use super::time::Known;
use super::value::Value;
use crate::model::arena::{KpiIx, ScorecardIx};
use crate::model::kpi::Kpi;
use crate::model::ledger::{Absence, Report, Target};
use crate::model::period::Period;
use crate::model::revision::Shift;
use crate::model::text::Text;
use crate::span::Span;

/// One change of a scorecard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When, where a date is stated.
    pub date: Option<Date>,
    /// The KPI it is about.
    pub kpi: KpiIx,
    /// The period it is about.
    pub period: Option<Period>,
    /// What changed.
    pub what: What,
    /// Why, in the publisher's words.
    pub reason: Option<Box<str>>,
    /// Where it is written.
    pub span: Span,
}

/// What changed. Nearly all changes are results published for the first time: what is
/// rare and large lies behind a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A target was set for the first time.
    TargetSet(Box<Target>),
    /// A target was revised.
    TargetRevised {
        /// From.
        before: Box<Target>,
        /// To.
        after: Box<Target>,
        /// Easier or harder.
        shift: Shift,
    },
    /// A result was published for the first time.
    ResultPublished(Value, bool),
    /// A result was revised.
    ResultRevised {
        /// From; nothing where it had been absent.
        before: Option<Box<Value>>,
        /// To.
        after: Box<Value>,
        /// Whether it may still change.
        provisional: bool,
    },
    /// No result, and why.
    ResultAbsent(Absence),
    /// The KPI had another name in an earlier scorecard.
    Renamed {
        /// The name before.
        before: Box<Text>,
        /// The scorecard that used it.
        scorecard: ScorecardIx,
        /// The code there.
        code: Box<str>,
    },
}

/// The changes of one KPI, oldest first.
#[must_use]
pub fn of_kpi(at: KpiIx, known: &Known) -> Vec<Change> {
    let kpi = known.kpi;
    let mut changes = Vec::with_capacity(kpi.targets.len() + kpi.results.len());
    for period in known.periods() {
        let mut before: Option<&Target> = None;
        for row in known.target_rows(period) {
            let what = match before {
                None => What::TargetSet(Box::new(row.target.clone())),
                Some(before) => What::TargetRevised {
                    before: Box::new(before.clone()),
                    after: Box::new(row.target.clone()),
                    shift: Shift::between(kpi, before, &row.target),
                },
            };
            changes.push(Change {
                date: row.set_on,
                kpi: at,
                period: Some(period),
                what,
                reason: row.reason.as_deref().map(Box::from),
                span: row.span,
            });
            before = Some(&row.target);
        }
        results(at, kpi, period, known, &mut changes);
    }
    changes
}

fn results(at: KpiIx, kpi: &Kpi, period: Period, known: &Known, changes: &mut Vec<Change>) {
    let mut before: Option<Option<Value>> = None;
    for row in known.result_rows(period) {
        let now = match &row.report {
            Report::Value { measure, .. } => Some(Value::of_measure(kpi, measure)),
            Report::Absent(_) => None,
        };
        let what = match (&row.report, &before, &now) {
            (Report::Absent(absence), ..) => What::ResultAbsent(*absence),
            (Report::Value { provisional, .. }, None, Some(value)) => {
                What::ResultPublished(value.clone(), *provisional)
            }
            (Report::Value { provisional, .. }, Some(before), Some(value)) => What::ResultRevised {
                before: before.clone().map(Box::new),
                after: Box::new(value.clone()),
                provisional: *provisional,
            },
            (Report::Value { .. }, _, None) => continue,
        };
        changes.push(Change {
            date: row.published_on,
            kpi: at,
            period: Some(period),
            what,
            reason: row.remarks.note().map(Box::from),
            span: row.span,
        });
        before = Some(now);
    }
}
