//! Judging a KPI: period by period, and which of them is its headline.

use std::sync::Arc;

use jiff::civil::Date;

use super::result::{Against, KpiResult, Original, PeriodResult, Scope};
use super::status::{Status, is_due};
use super::time::Known;
use super::value::{Basis, Value};
use crate::model::kpi::{Aggregate, Direction, Kpi};
use crate::model::ledger::{Report, Target};
use crate::model::period::{Period, Years};
use crate::model::quantity::Quantity;
use crate::model::scale::Anchors;
use crate::model::settings::{Bands, ScoringDefaults};

/// What a KPI is evaluated by.
pub struct Rules<'a> {
    /// The plan period.
    pub plan: Period,
    /// The scorecard's settings.
    pub scoring: &'a ScoringDefaults,
    /// The date the site speaks of.
    pub as_of: Option<Date>,
    /// How the site's years run.
    pub years: Years,
}

/// Evaluates one KPI.
#[must_use]
pub fn kpi(kpi: &Kpi, rules: &Rules) -> KpiResult {
    let known = Known {
        kpi,
        as_of: rules.as_of,
        years: rules.years,
    };
    let bands = kpi
        .bands
        .clone()
        .unwrap_or_else(|| rules.scoring.bands.clone());
    let days = kpi.reporting_days.unwrap_or(rules.scoring.reporting_days);
    let judge = Judge {
        known,
        bands: &bands,
        days,
    };
    let periods: Vec<_> = judge
        .known
        .periods()
        .into_iter()
        .map(|p| judge.period(p))
        .collect();
    let (headline, scope) = judge.headline(rules.plan, &periods);
    KpiResult {
        periods,
        headline,
        scope,
        trend: None,
        bands,
    }
}

struct Judge<'a> {
    known: Known<'a>,
    bands: &'a Bands,
    days: u32,
}

impl Judge<'_> {
    /// What is known of one period.
    fn period(&self, period: Period) -> PeriodResult {
        let known = &self.known;
        let row = known.result(period);
        let (value, basis) = known.value(period).unzip();
        let targets = known.targets(period);
        let mut target = targets.map(|t| t.current.target.clone());
        let original = targets.map(|t| t.original.target.clone());
        let mut original = original.filter(|original| Some(original) != target.as_ref());
        if let Some(Basis::ToDate(working)) = &basis {
            // Part of the period can only be held against the target of that part.
            target = known.target_to_date(working);
            original = None;
        }
        let scale = self.scale(target.as_ref());
        let score = value
            .as_ref()
            .and_then(|v| self.score(v, target.as_ref(), scale.as_ref()));
        let original = original.map(|target| Original {
            score: value.as_ref().and_then(|value| {
                let scale = self.scale(Some(&target));
                self.score(value, Some(&target), scale.as_ref())
            }),
            target,
        });
        let is_held = target.is_some() || original.is_some() || scale.is_some() || score.is_some();
        let against = Against {
            target,
            original,
            scale,
            score,
        };
        let provisional = matches!(
            row.map(|r| &r.report),
            Some(Report::Value {
                provisional: true,
                ..
            })
        );
        let mut result = PeriodResult {
            period,
            status: Status::None,
            value,
            basis,
            provisional,
            against: is_held.then(|| Arc::new(against)),
            remarks: row.map(|r| r.remarks.clone()).unwrap_or_default(),
            starts_series: row.is_some_and(|r| r.starts_series),
        };
        result.status = self.status(&result, row.map(|r| &r.report));
        result
    }

    fn status(&self, result: &PeriodResult, report: Option<&Report>) -> Status {
        if let Some(Report::Absent(absence)) = report {
            return Status::of_absence(*absence);
        }
        let to_date = matches!(result.basis, Some(Basis::ToDate(_)));
        let targeted = self.known.targets(result.period).is_some();
        match (&result.value, result.score()) {
            (Some(_), _) if to_date && self.is_due(result.period) => Status::Late,
            (Some(value), Some(score)) => {
                if self.reaches(value, result.target()) {
                    Status::Met
                } else {
                    Status::of_score(score, self.bands)
                }
            }
            (Some(_), None) if to_date && targeted => Status::NotDue,
            (Some(_), None) => Status::NoTarget,
            (None, _) if targeted => self.silence(result.period),
            (None, _) => Status::None,
        }
    }

    /// A level at or above the target level meets it, whatever its score.
    fn reaches(&self, value: &Value, target: Option<&Target>) -> bool {
        match target {
            Some(Target::Level(at)) => {
                value.rank(self.known.kpi) >= Value::Level(*at).rank(self.known.kpi)
            }
            Some(Target::YesNo(wanted)) => *value == Value::YesNo(*wanted),
            _ => false,
        }
    }

    fn silence(&self, period: Period) -> Status {
        Status::of_silence(period, self.days, self.known.as_of)
    }

    fn is_due(&self, period: Period) -> bool {
        is_due(period, self.days, self.known.as_of)
    }

    /// A scale that cannot be made was reported by the checks; here it is none.
    fn scale(&self, target: Option<&Target>) -> Option<Anchors> {
        Anchors::of(self.known.kpi, target).ok().flatten()
    }

    fn score(
        &self,
        value: &Value,
        target: Option<&Target>,
        scale: Option<&Anchors>,
    ) -> Option<Quantity> {
        score(self.known.kpi, value, target, scale)
    }

    /// The value for the plan period when it is published or complete; until
    /// then the latest published part against its own target, or the period to
    /// date against the target to date.
    fn headline(&self, plan: Period, periods: &[PeriodResult]) -> (PeriodResult, Scope) {
        let known = periods.iter().find(|result| result.period == plan);
        let whole = known.cloned().unwrap_or_else(|| self.period(plan));
        if matches!(whole.basis, Some(Basis::Published | Basis::Aggregated(_))) {
            return (whole, Scope::Plan);
        }
        if self.known.result(plan).is_some() {
            return (whole, Scope::Open);
        }
        let is_part = |p: &&PeriodResult| {
            plan.contains(p.period) && p.period != plan && self.known.result(p.period).is_some()
        };
        let latest = periods
            .iter()
            .filter(is_part)
            .max_by_key(|p| (p.period.end(), p.period));
        let Some(latest) = latest else {
            return (self.waiting(whole, periods), Scope::Open);
        };
        if latest.value.is_none() {
            // The last word on this KPI is why there is no value.
            return (
                PeriodResult {
                    period: plan,
                    ..latest.clone()
                },
                Scope::Open,
            );
        }
        let cumulative = self.known.kpi.aggregate != Aggregate::Last;
        if cumulative && whole.value.is_some() {
            return (whole, Scope::ToDate);
        }
        let mut latest = latest.clone();
        if self.is_due(plan) {
            latest.status = Status::Late;
            if let Some(against) = &mut latest.against {
                Arc::make_mut(against).score = None;
            }
        } else if latest.status == Status::NoTarget && self.known.targets(plan).is_some() {
            latest.status = Status::NotDue;
        }
        (latest, Scope::Latest)
    }

    /// Nothing is published for the plan period. If a part of it should have
    /// been by now, that is the first thing to tell.
    fn waiting(&self, mut whole: PeriodResult, periods: &[PeriodResult]) -> PeriodResult {
        if whole.status == Status::None && !periods.is_empty() {
            whole.status = self.silence(whole.period);
        }
        let overdue = match (whole.status, self.known.kpi.frequency) {
            (Status::NotDue, Some(frequency)) => {
                let parts = whole.period.parts(frequency, self.known.years);
                parts.into_iter().rev().find(|part| self.is_due(*part))
            }
            _ => None,
        };
        match overdue {
            Some(part) => PeriodResult {
                status: Status::Late,
                ..self.period(part)
            },
            None => whole,
        }
    }
}

/// The score of a value under another target than the one that counts.
#[must_use]
pub fn score_under(kpi: &Kpi, value: &Value, target: &Target) -> Option<Quantity> {
    let scale = Anchors::of(kpi, Some(target)).ok().flatten();
    score(kpi, value, Some(target), scale.as_ref())
}

fn score(
    kpi: &Kpi,
    value: &Value,
    target: Option<&Target>,
    scale: Option<&Anchors>,
) -> Option<Quantity> {
    match value {
        Value::Number(number) => scale.map(|scale| scale.score(*number)),
        Value::Level(at) => kpi.level(*at).map(|level| level.score),
        Value::YesNo(yes) => {
            let wanted = !matches!(target, Some(Target::YesNo(false)));
            let full = kpi.direction == Some(Direction::YesNo) && *yes == wanted;
            Some(if full {
                Quantity::HUNDRED
            } else {
                Quantity::ZERO
            })
        }
    }
}
