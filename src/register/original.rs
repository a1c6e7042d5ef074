//! Scores under the first target beside those of today.

use std::collections::HashMap;

use super::{Kind, Register, Said, Seen};
use crate::evaluate::Evaluation;
use crate::evaluate::kpi::score_under;
use crate::model::arena::{KpiIx, ScorecardIx};
use crate::model::ledger::Target;
use crate::model::period::Period;
use crate::model::quantity::Quantity;
use crate::model::{Item, Publication};

/// The first target of a KPI whose target was revised, and the score under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// The KPI.
    pub kpi: KpiIx,
    /// The first target of the period that its headline speaks of.
    pub target: Target,
    /// The score under it.
    pub score: Option<Quantity>,
}

impl Register {
    /// The KPIs of a scorecard whose target for the period of their headline is
    /// another than the first one: by the ledger, or else by the history.
    #[must_use]
    pub fn originals(
        &self,
        at: ScorecardIx,
        publication: &Publication,
        evaluation: &Evaluation,
    ) -> Vec<Original> {
        let results = &evaluation.scorecards[at].kpis;
        // Of several entries the oldest, which comes last, tells what there was at first.
        let at_first: HashMap<(KpiIx, Period), &Target> = (self.entries[at].iter())
            .filter(|entry| matches!(entry.seen, Seen::History(_)) && entry.kind == Kind::Target)
            .filter_map(|entry| match (entry.item, entry.period, &entry.before) {
                (Some(Item::Kpi(ix)), Some(period), Some(Said::Target(target))) => {
                    Some(((ix, period), target))
                }
                _ => None,
            })
            .collect();
        let mut originals = Vec::new();
        for (ix, result) in results.entries() {
            let now = &result.headline;
            let in_history = at_first.get(&(ix, now.period)).copied().cloned();
            let target = in_history.or_else(|| now.original_target.clone());
            let Some(target) = target.filter(|target| Some(target) != now.target.as_ref()) else {
                continue;
            };
            let kpi = &publication.scorecards[at].kpis[ix];
            let score = now
                .value
                .as_ref()
                .and_then(|v| score_under(kpi, v, &target));
            originals.push(Original {
                kpi: ix,
                target,
                score,
            });
        }
        originals
    }
}
