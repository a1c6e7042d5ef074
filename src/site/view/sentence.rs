//! Sentences computed from the data: the gap to the target, the step from the
//! period before, what is missing.

use std::cmp::Ordering;

use crate::evaluate::result::{KpiResult, PeriodResult, Scope};
use crate::evaluate::status::Status;
use crate::evaluate::value::{Basis, Value};
use crate::evaluate::{previous_part, settled};
use crate::model::arena::{KpiIx, ScorecardIx};
use crate::model::kpi::Kpi;
use crate::model::ledger::Target;
use crate::model::quantity::Quantity;
use crate::site::press::Press;

impl Press<'_> {
    /// The gap between a value and its target, in words.
    pub(super) fn gap_sentence(&self, kpi: &Kpi, result: &PeriodResult) -> Option<String> {
        let value = result.value.as_ref()?.number()?;
        let (key, gap) = match result.target()? {
            Target::Value(target) if value == *target => ("gap.equal", Quantity::ZERO),
            Target::Value(target) if value > *target => ("gap.above", value - *target),
            Target::Value(target) => ("gap.below", *target - value),
            Target::Range(low, _) if value < *low => ("gap.below_range", *low - value),
            Target::Range(_, high) if value > *high => ("gap.above_range", value - *high),
            Target::Range(..) => ("gap.inside", Quantity::ZERO),
            Target::Level(_) | Target::YesNo(_) => return None,
        };
        let gap = self.difference(kpi, gap, result.basis.as_ref());
        Some(self.words.fill(key, &[("gap", &gap)]))
    }

    /// The gap as a signed number, for tables.
    pub(super) fn gap_figure(&self, kpi: &Kpi, result: &PeriodResult) -> Option<String> {
        let value = result.value.as_ref()?.number()?;
        let gap = match result.target()? {
            Target::Value(target) => value - *target,
            Target::Range(low, _) if value < *low => value - *low,
            Target::Range(_, high) if value > *high => value - *high,
            Target::Range(..) => Quantity::ZERO,
            Target::Level(_) | Target::YesNo(_) => return None,
        };
        Some(
            self.words
                .signed(gap, places(kpi, gap, result.basis.as_ref())),
        )
    }

    /// The step from the comparable period before, in words.
    pub(super) fn step_sentence(&self, at: ScorecardIx, ix: KpiIx) -> Option<String> {
        let kpi = &self.scorecard(at).kpis[ix];
        let result = &self.results(at).kpis[ix];
        let before = self.before(at, ix)?;
        let (old, new) = (
            before.value.as_ref()?.number()?,
            result.headline.value.as_ref()?.number()?,
        );
        let period = self.period(before.period);
        let (key, step) = match new.cmp(&old) {
            Ordering::Equal => ("step.same", Quantity::ZERO),
            Ordering::Greater => ("step.up", new - old),
            Ordering::Less => ("step.down", old - new),
        };
        let step = self.difference(kpi, step, result.headline.basis.as_ref());
        Some(
            self.words
                .fill(key, &[("period", &period), ("step", &step)]),
        )
    }

    /// The comparable period before the headline's: of this scorecard, or of an
    /// earlier one through the KPI's id.
    pub(super) fn before(&self, at: ScorecardIx, ix: KpiIx) -> Option<&PeriodResult> {
        let result = &self.results(at).kpis[ix];
        if result.headline.starts_series {
            return None;
        }
        previous_part(result).or_else(|| {
            if result.scope != Scope::Plan {
                return None;
            }
            let plan = self.scorecard(at).period;
            self.series(at, ix)
                .filter(|(other, _)| self.scorecard(*other).period.end() < plan.start())
                .filter_map(|(other, kpi)| settled(&self.results(other).kpis[kpi]))
                .next_back()
        })
    }

    /// The KPIs of this organisation that share the KPI's id, oldest first.
    pub(super) fn series(
        &self,
        at: ScorecardIx,
        ix: KpiIx,
    ) -> impl DoubleEndedIterator<Item = (ScorecardIx, KpiIx)> {
        let scorecard = self.scorecard(at);
        let id = scorecard.kpis[ix].id.as_ref();
        let run = id.and_then(|id| {
            self.evaluation
                .series
                .get(&(scorecard.organization, id.value.clone()))
        });
        run.into_iter().flatten().copied()
    }

    /// A difference of values: percentages differ by percentage points.
    fn difference(&self, kpi: &Kpi, gap: Quantity, basis: Option<&Basis>) -> String {
        let number = self.words.fixed(gap, places(kpi, gap, basis));
        let unit = self.unit(kpi);
        let unit = if kpi.whole() == Some(Quantity::HUNDRED) {
            self.words.get("word.points").to_owned()
        } else {
            unit
        };
        format!("{number}\u{a0}{unit}").trim_end().to_owned()
    }

    /// Which period the headline speaks of, in words.
    pub(super) fn scope_sentence(&self, at: ScorecardIx, ix: KpiIx) -> String {
        let scorecard = self.scorecard(at);
        let result = &self.results(at).kpis[ix];
        let headline = &result.headline;
        let plan = self.period(scorecard.period);
        let period = self.period(headline.period);
        match (&headline.basis, result.scope) {
            (Some(Basis::ToDate(working)), _) => {
                let last = working.parts(&scorecard.kpis[ix]).next_back();
                let last = last.map(|(p, _)| self.period(p)).unwrap_or_default();
                let (n, of) = (working.count().to_string(), working.whole.to_string());
                let values = [
                    ("period", plan.as_str()),
                    ("last", &last),
                    ("n", &n),
                    ("of", &of),
                ];
                self.words.fill("scope.to_date", &values)
            }
            (Some(Basis::Aggregated(working)), _) => {
                let n = working.whole.to_string();
                self.words
                    .fill("scope.aggregated", &[("period", &period), ("n", &n)])
            }
            (_, Scope::Latest) => self
                .words
                .fill("scope.latest", &[("period", &period), ("plan", &plan)]),
            _ => self.words.fill("scope.plan", &[("period", &period)]),
        }
    }

    /// What is missing, when there is no result.
    pub(super) fn missing_sentence(&self, at: ScorecardIx, ix: KpiIx) -> Option<String> {
        let result = &self.results(at).kpis[ix];
        let headline = &result.headline;
        if headline.value.is_some() {
            return None;
        }
        let key = match headline.status {
            Status::None if headline.target().is_none() => "missing.both",
            Status::NotDue => "missing.not_due",
            Status::Late => "missing.late",
            Status::Withheld => "missing.withheld",
            Status::NotCollected => "missing.not_collected",
            Status::Discontinued => "missing.discontinued",
            _ => "missing.value",
        };
        Some(
            self.words
                .fill(key, &[("period", &self.period(headline.period))]),
        )
    }

    /// The target a list shows: of the headline's period, else of the plan.
    pub(super) fn shown_target(
        &self,
        at: ScorecardIx,
        ix: KpiIx,
    ) -> Option<&crate::model::ledger::Target> {
        self.results(at).kpis[ix].headline.target()
    }

    /// The named level of a score, where the plan names levels.
    pub(super) fn level_of(
        &self,
        result: &KpiResult,
    ) -> Option<crate::site::context::shared::Label> {
        let score = result.headline.score()?;
        let level = result
            .bands
            .levels
            .iter()
            .find(|level| score >= level.from)?;
        Some(self.label(&level.name))
    }

    /// A value in one piece, for sentences.
    pub(super) fn spoken_value(&self, kpi: &Kpi, value: &Value, basis: Option<&Basis>) -> String {
        self.spoken(&self.figure(kpi, value, basis))
    }
}

/// Differences are shown with the KPI's decimals, exact ones with more where
/// they have more.
fn places(kpi: &Kpi, gap: Quantity, basis: Option<&Basis>) -> u32 {
    let computed = matches!(basis, Some(Basis::Aggregated(_) | Basis::ToDate(_)));
    if computed || gap.places() > 9 {
        kpi.decimals
    } else {
        gap.places().max(kpi.decimals)
    }
}
