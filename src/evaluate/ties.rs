//! What the results of a scorecard have from earlier scorecards of the organisation:
//! what a KPI was called there, and where it stood.

use super::changes::Renamed;
use super::result::{Scope, Trend, trend};
use super::{ScorecardResult, previous_part, settled};
use crate::model::Publication;
use crate::model::arena::{Arena, KpiIx, ScorecardIx};

/// What one scorecard has from others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ties {
    /// Its KPIs that had another name.
    pub renamed: Vec<Renamed>,
    /// The trends that only an earlier scorecard tells.
    pub trends: Vec<(KpiIx, Trend)>,
}

/// A KPI through the years, oldest first.
type Run = [(ScorecardIx, KpiIx)];

/// Notes where a KPI changed its name from one scorecard to the next.
pub(super) fn renamed(publication: &Publication, run: &Run, ties: &mut Arena<ScorecardIx, Ties>) {
    for pair in run.windows(2) {
        let &[(before_at, before), (after_at, after)] = pair else {
            continue;
        };
        let old = &publication.scorecards[before_at].kpis[before];
        let new = &publication.scorecards[after_at].kpis[after];
        if old.name.original() != new.name.original() {
            ties[after_at].renamed.push(Renamed {
                kpi: after,
                before: old.name.clone(),
                scorecard: before_at,
                code: old.code.as_str().into(),
                span: new.places.name,
            });
        }
    }
}

/// Notes which way a KPI moved since the scorecard before, where its own periods do
/// not tell.
pub(super) fn trends<'a>(
    publication: &Publication,
    run: &Run,
    result_of: impl Fn(ScorecardIx) -> &'a ScorecardResult,
    ties: &mut Arena<ScorecardIx, Ties>,
) {
    for &(at, ix) in run {
        let result = &result_of(at).kpis[ix];
        let now = &result.headline;
        if result.scope != Scope::Plan || now.starts_series || previous_part(result).is_some() {
            continue;
        }
        let start = publication.scorecards[at].period.start();
        let before = run
            .iter()
            .rev()
            .filter(|(other, _)| publication.scorecards[*other].period.end() < start)
            .find_map(|(other, kpi)| settled(&result_of(*other).kpis[*kpi]));
        let kpi = &publication.scorecards[at].kpis[ix];
        if let Some(trend) = before.and_then(|before| trend(kpi, before, now)) {
            ties[at].trends.push((ix, trend));
        }
    }
}
