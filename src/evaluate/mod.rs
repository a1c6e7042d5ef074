//! Evaluating: the model and a date become statuses, scores and changes.
//! Pure: no clock, no files, nothing but `scoring.md`.

pub mod action;
pub mod changes;
pub mod kpi;
pub mod rollup;
pub mod status;
pub mod time;
pub mod value;

use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;

use self::action::ActionResult;
use self::changes::{Change, What};
use self::kpi::{KpiResult, PeriodResult, Rules, Scope, trend};
use self::rollup::{Composite, Part, composite};
use self::status::Counts;
use self::time::Known;
use crate::model::arena::{
    ActionIx, Arena, KpiIx, ObjectiveIx, PerspectiveIx, ScorecardIx, ThemeIx,
};
use crate::model::quantity::Quantity;
use crate::model::scorecard::Scorecard;
use crate::model::{OrganizationIx, Publication};

/// The results of a whole site.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// The date the site speaks of; without any date in the ledgers there is none.
    pub as_of: Option<Date>,
    /// The results of each scorecard.
    pub scorecards: Arena<ScorecardIx, ScorecardResult>,
    /// The KPIs of an organisation that share an id, oldest scorecard first.
    pub series: BTreeMap<(OrganizationIx, String), Vec<(ScorecardIx, KpiIx)>>,
}

/// The results of one scorecard.
#[derive(Clone, Debug)]
pub struct ScorecardResult {
    /// Of each KPI.
    pub kpis: Arena<KpiIx, KpiResult>,
    /// Of each action plan.
    pub actions: Arena<ActionIx, ActionResult>,
    /// Of each objective.
    pub objectives: Arena<ObjectiveIx, Composite>,
    /// Of each theme.
    pub themes: Arena<ThemeIx, Composite>,
    /// Of the cross-cutting objectives together.
    pub cross_cutting: Composite,
    /// Of each perspective; feeds nothing.
    pub perspectives: Arena<PerspectiveIx, Composite>,
    /// Of the scorecard.
    pub overall: Composite,
    /// How many KPIs have each status.
    pub counts: Counts,
    /// What changed, newest first.
    pub changes: Vec<Change>,
    /// The changes of each KPI, by their places in `changes`.
    pub changes_of: Arena<KpiIx, Vec<usize>>,
}

impl ScorecardResult {
    /// The changes of one KPI, newest first.
    pub fn changes_of(&self, kpi: KpiIx) -> impl Iterator<Item = &Change> {
        self.changes_of[kpi]
            .iter()
            .filter_map(|at| self.changes.get(*at))
    }

    /// Puts the changes in order, newest first, and notes where each KPI's are.
    fn order_changes(&mut self) {
        self.changes
            .sort_by(|a, b| (b.date, a.kpi, b.period).cmp(&(a.date, b.kpi, a.period)));
        for (place, change) in self.changes.iter().enumerate() {
            self.changes_of[change.kpi].push(place);
        }
    }
}

/// Evaluates a publication as it was known on `as_of`; by default on the
/// latest date in its ledgers.
#[must_use]
pub fn evaluate(publication: &Publication, as_of: Option<Date>) -> Evaluation {
    let as_of = as_of
        .or(publication.settings.as_of)
        .or_else(|| latest_date(publication));
    let at: Vec<_> = publication.scorecards.positions().collect();
    let mut scorecards: Arena<ScorecardIx, ScorecardResult> = at
        .par_iter()
        .map(|at| scorecard(&publication.scorecards[*at], publication, as_of))
        .collect::<Vec<_>>()
        .into_iter()
        .collect();
    let series = series(publication);
    for run in series.values() {
        connect(publication, run, &mut scorecards);
    }
    for (at, scorecard) in publication.scorecards.entries() {
        set_trends(scorecard, at, publication, &series, &mut scorecards);
    }
    (scorecards.as_mut_slice().par_iter_mut()).for_each(ScorecardResult::order_changes);
    Evaluation {
        as_of,
        scorecards,
        series,
    }
}

/// The latest date that any ledger row carries.
fn latest_date(publication: &Publication) -> Option<Date> {
    let kpis = publication.scorecards.iter().flat_map(|s| s.kpis.iter());
    kpis.flat_map(|kpi| {
        let targets = kpi.targets.iter().filter_map(|row| row.set_on);
        targets.chain(kpi.results.iter().filter_map(|row| row.published_on))
    })
    .max()
}

fn scorecard(
    scorecard: &Scorecard,
    publication: &Publication,
    as_of: Option<Date>,
) -> ScorecardResult {
    let scoring = &scorecard.scoring;
    let years = publication.years();
    let rules = Rules {
        plan: scorecard.period,
        scoring,
        as_of,
        years,
    };
    let entries: Vec<_> = scorecard.kpis.entries().collect();
    let (kpis, changes): (Vec<_>, Vec<_>) = entries
        .par_iter()
        .map(|(at, kpi)| {
            let known = Known { kpi, as_of, years };
            (kpi::kpi(kpi, &rules), changes::of_kpi(*at, &known))
        })
        .unzip();
    let kpis: Arena<KpiIx, KpiResult> = kpis.into_iter().collect();
    let objectives = scorecard.objectives.map(|(_, objective)| {
        let parts: Vec<_> = objective
            .kpis
            .iter()
            .map(|at| Part {
                weight: scorecard.kpis[*at].weight,
                score: kpis[*at].score(),
            })
            .collect();
        composite(&parts, scoring)
    });
    let of_objectives = |list: &[ObjectiveIx]| {
        let part = |at: &ObjectiveIx| Part {
            weight: scorecard.objectives[*at].weight,
            score: objectives[*at].score,
        };
        composite(&list.iter().map(part).collect::<Vec<_>>(), scoring)
    };
    let themes = scorecard
        .themes
        .map(|(_, theme)| of_objectives(&theme.objectives));
    let cross_cutting: Vec<_> = scorecard.cross_cutting().map(|(at, _)| at).collect();
    let cross_cutting = of_objectives(&cross_cutting);
    let perspectives = scorecard.perspectives.map(|(row, _)| {
        let inside = scorecard
            .objectives
            .entries()
            .filter(|(_, o)| o.perspective == row);
        of_objectives(&inside.map(|(at, _)| at).collect::<Vec<_>>())
    });
    let mut parts: Vec<_> = scorecard
        .themes
        .entries()
        .map(|(at, theme)| Part {
            weight: theme.weight,
            score: themes[at].score,
        })
        .collect();
    if cross_cutting.score.is_some() {
        parts.push(Part {
            weight: Quantity::ONE,
            score: cross_cutting.score,
        });
    }
    let overall = composite(&parts, scoring);
    ScorecardResult {
        counts: Counts::of(kpis.iter().map(KpiResult::status)),
        changes_of: scorecard.kpis.map(|_| Vec::new()),
        actions: scorecard.actions.map(|(_, a)| action::action(a, as_of)),
        kpis,
        objectives,
        themes,
        cross_cutting,
        perspectives,
        overall,
        changes: changes.into_iter().flatten().collect(),
    }
}

/// KPIs of one organisation that share an id.
fn series(
    publication: &Publication,
) -> BTreeMap<(OrganizationIx, String), Vec<(ScorecardIx, KpiIx)>> {
    let mut series: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (at, scorecard) in publication.scorecards.entries() {
        for (kpi, entry) in scorecard.kpis.entries() {
            if let Some(id) = &entry.id {
                let key = (scorecard.organization, id.value.clone());
                series.entry(key).or_default().push((at, kpi));
            }
        }
    }
    series
}

/// Notes where a KPI changed its name from one scorecard to the next.
fn connect(
    publication: &Publication,
    run: &[(ScorecardIx, KpiIx)],
    results: &mut Arena<ScorecardIx, ScorecardResult>,
) {
    for pair in run.windows(2) {
        let ((before_at, before), (after_at, after)) = (pair[0], pair[1]);
        let old = &publication.scorecards[before_at].kpis[before];
        let new = &publication.scorecards[after_at].kpis[after];
        if old.name.original() != new.name.original() {
            results[after_at].changes.push(Change {
                date: None,
                kpi: after,
                period: None,
                what: What::Renamed {
                    before: old.name.clone(),
                    scorecard: before_at,
                    code: old.code.to_string(),
                },
                reason: None,
                span: new.span,
            });
        }
    }
}

/// The value a KPI had for its whole plan period, when that is settled.
#[must_use]
pub fn settled(result: &KpiResult) -> Option<&PeriodResult> {
    (result.scope == Scope::Plan).then_some(&result.headline)
}

fn set_trends(
    scorecard: &Scorecard,
    at: ScorecardIx,
    publication: &Publication,
    series: &BTreeMap<(OrganizationIx, String), Vec<(ScorecardIx, KpiIx)>>,
    results: &mut Arena<ScorecardIx, ScorecardResult>,
) {
    for (kpi_at, kpi) in scorecard.kpis.entries() {
        let run = kpi
            .id
            .as_ref()
            .and_then(|id| series.get(&(scorecard.organization, id.value.clone())));
        let result = &results[at].kpis[kpi_at];
        let own = previous_part(result).or_else(|| match run {
            Some(run) if result.scope == Scope::Plan => run
                .iter()
                .rev()
                .filter(|(other, _)| {
                    publication.scorecards[*other].period.end() < scorecard.period.start()
                })
                .find_map(|(other, kpi)| settled(&results[*other].kpis[*kpi])),
            _ => None,
        });
        let trend = own
            .filter(|_| !result.headline.starts_series)
            .and_then(|before| trend(kpi, before, &result.headline));
        results[at].kpis[kpi_at].trend = trend;
    }
}

/// The last period before the headline's, of the same length and in the same series.
#[must_use]
pub fn previous_part(result: &KpiResult) -> Option<&PeriodResult> {
    let now = &result.headline;
    now.value.as_ref()?;
    let same = |p: &&PeriodResult| {
        p.period.frequency() == now.period.frequency()
            && p.period.end() < now.period.start()
            && p.value.is_some()
    };
    let before = result.periods.iter().rev().find(same)?;
    let broken = |p: &PeriodResult| {
        p.starts_series && p.period.start() > before.period.end() && p.period <= now.period
    };
    (!result.periods.iter().any(broken)).then_some(before)
}
