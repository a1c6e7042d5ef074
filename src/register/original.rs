//! Scores under the first target beside those of today.

use std::collections::{BTreeMap, HashMap};

use super::former;
use super::{Entry, Kind, Said, Scores, Seen, Sight};
use crate::evaluate::kpi::{self, Rules};
use crate::evaluate::result::PeriodResult;
use crate::evaluate::value::Basis;
use crate::model::Item;
use crate::model::arena::{KpiIx, ScorecardIx};
use crate::model::kpi::Kpi;
use crate::model::ledger::{Target, TargetRow};
use crate::model::period::Period;
use crate::model::quantity::Quantity;

/// The first target of a KPI whose target was revised, and the score under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// The KPI.
    pub kpi: KpiIx,
    /// The first target of what its headline speaks of.
    pub target: Target,
    /// The score under it.
    pub score: Option<Quantity>,
}

/// The first targets of a KPI that its ledger does not hold any more, by period.
type AtFirst<'e> = BTreeMap<Period, &'e Target>;

impl Sight<'_> {
    /// The KPIs of a scorecard whose headline is held against another target than the
    /// first one: by the ledger, or else by the history.
    pub(super) fn originals(&self, at: ScorecardIx, entries: &[Entry]) -> Vec<Original> {
        let scorecard = &self.publication.scorecards[at];
        // Of several entries the oldest, which comes last, tells what there was at first.
        let mut at_first: HashMap<KpiIx, AtFirst> = HashMap::new();
        for entry in entries {
            if let (Kind::Target, Seen::History(_)) = (entry.kind, entry.seen)
                && let (Some(Item::Kpi(ix)), Some(period)) = (entry.item, entry.period)
                && let Some(Said::Target(target)) = &entry.before
                && !former::is_in_other_unit(entry, entries)
            {
                at_first.entry(ix).or_default().insert(period, target);
            }
        }
        let nothing = AtFirst::new();
        let originals = scorecard.kpis.entries().filter_map(|(ix, kpi)| {
            let rows = first_rows(kpi, at_first.get(&ix).unwrap_or(&nothing))?;
            let now = &self.evaluation.scorecards[at].kpis[ix].headline;
            let first = Kpi {
                targets: rows,
                ..kpi.clone()
            };
            let first = self.headline(at, &first);
            let is_same = first.target() == now.target() || first.period != now.period;
            Some(Original {
                kpi: ix,
                score: first.score(),
                target: first.target().filter(|_| !is_same)?.clone(),
            })
        });
        originals.collect()
    }

    /// What readers would see first of a KPI of a scorecard if it were like this.
    pub(super) fn headline(&self, at: ScorecardIx, kpi: &Kpi) -> PeriodResult {
        let scorecard = &self.publication.scorecards[at];
        let rules = Rules {
            plan: scorecard.period,
            scoring: &scorecard.scoring,
            as_of: self.evaluation.as_of,
            years: self.publication.years(),
        };
        kpi::kpi(kpi, &rules).headline
    }

    /// Adds the scores of targets, and takes those away that figures in another unit
    /// would make.
    pub(super) fn score(&self, at: ScorecardIx, entries: &mut [Entry], originals: &[Original]) {
        let scored = |entry: &Entry| {
            let scores = entry.scores;
            let scores = scores.or_else(|| self.scores_of_target(at, entry, originals));
            scores.filter(|_| !former::is_in_other_unit(entry, entries))
        };
        let all: Vec<_> = entries.iter().map(scored).collect();
        for (entry, scores) in entries.iter_mut().zip(all) {
            entry.scores = scores;
        }
    }

    /// The scores of a KPI whose target for a period was moved, where that target is
    /// one that its headline is held against.
    fn scores_of_target(
        &self,
        at: ScorecardIx,
        entry: &Entry,
        originals: &[Original],
    ) -> Option<Scores> {
        let (Kind::Target, Some(Item::Kpi(ix))) = (entry.kind, entry.item) else {
            return None;
        };
        if matches!(entry.before, Some(Said::Key { .. })) {
            return None;
        }
        let place = originals.binary_search_by_key(&ix, |original| original.kpi);
        let original = originals.get(place.ok()?)?;
        let now = &self.evaluation.scorecards[at].kpis[ix].headline;
        let kpi = &self.publication.scorecards[at].kpis[ix];
        is_held_against(kpi, now, entry.period?).then_some(Scores {
            before: original.score,
            today: now.score(),
        })
    }
}

/// The first target of each period; nothing where those are the targets of today.
fn first_rows(kpi: &Kpi, at_first: &AtFirst) -> Option<Vec<TargetRow>> {
    let mut rows = kpi.targets.clone();
    rows.dedup_by_key(|row| row.period);
    if rows.len() == kpi.targets.len() && at_first.is_empty() {
        return None;
    }
    rows.retain(|row| !at_first.contains_key(&row.period));
    rows.extend(at_first.iter().map(|(period, target)| TargetRow {
        period: *period,
        target: (*target).clone(),
        set_on: None,
        reason: None,
        span: kpi.span,
    }));
    rows.sort_by_key(|row| row.period);
    Some(rows)
}

/// Whether the target for a period is what a result is held against, or part of it.
fn is_held_against(kpi: &Kpi, result: &PeriodResult, period: Period) -> bool {
    let Some(Basis::ToDate(working)) = &result.basis else {
        return period == result.period;
    };
    let parts: Vec<Period> = working.parts(kpi).map(|(part, _)| part).collect();
    let ends = parts.first().zip(parts.last());
    let is_all = ends.is_some_and(|(a, b)| period.start() == a.start() && period.end() == b.end());
    is_all || parts.contains(&period)
}
