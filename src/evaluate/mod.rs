//! Evaluating: the model and a date become statuses, scores and changes.
//! Pure: no clock, no files, nothing but `scoring.md`.

pub mod action;
pub mod changes;
pub mod kpi;
pub mod result;
pub mod rollup;
pub mod status;
mod ties;
pub mod time;
pub mod value;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use self::action::ActionResult;
use self::changes::Changes;
use self::kpi::Rules;
use self::result::{KpiResult, PeriodResult, Scope, trend};
use self::rollup::{Composite, Part, composite};
use self::status::Counts;
use self::ties::Ties;
use crate::kept::Same;
use crate::model::arena::{
    ActionIx, Arena, KpiIx, ObjectiveIx, PerspectiveIx, ScorecardIx, ThemeIx,
};
use crate::model::period::Years;
use crate::model::quantity::Quantity;
use crate::model::scorecard::Scorecard;
use crate::model::watch::ByScorecard;
use crate::model::{OrganizationIx, Publication};

/// The results of a whole site.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// The date the site speaks of; without any date in the ledgers there is none.
    pub as_of: Option<Date>,
    /// The results of each scorecard.
    pub scorecards: ByScorecard<Arc<ScorecardResult>>,
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
    /// What changed; filled in once other years are known.
    pub changes: Changes,
}

impl ScorecardResult {
    /// Adds what other scorecards tell.
    fn tie(&mut self, ground: &Ground, ties: &Ties) {
        for (kpi, trend) in &ties.trends {
            self.kpis[*kpi].trend = Some(*trend);
        }
        self.changes = Changes::of(&ground.scorecard, ground.as_of, ties.renamed.clone());
    }
}

/// The results as they were before, by the path of the scorecard.
pub type Kept = BTreeMap<String, Tied>;

/// All that the results of a scorecard by itself come from.
#[derive(Clone, Debug, PartialEq)]
struct Ground {
    scorecard: Same<Scorecard>,
    years: Years,
    as_of: Option<Date>,
}

/// The results of a scorecard, beside all that they come from.
pub struct Tied {
    ground: Ground,
    ties: Ties,
    result: Arc<ScorecardResult>,
}

/// The results of a scorecard while those of others are not looked at yet.
enum Alone {
    /// The ones from before; what they have from others may have changed.
    Before(Tied),
    /// New ones.
    New(Ground, Box<ScorecardResult>),
}

impl Alone {
    fn of(before: Option<Tied>, ground: Ground) -> Self {
        match before {
            Some(before) if before.ground == ground => Self::Before(before),
            _ => {
                let result = Box::new(scorecard(&ground));
                Self::New(ground, result)
            }
        }
    }

    fn result(&self) -> &ScorecardResult {
        match self {
            Self::Before(tied) => &tied.result,
            Self::New(_, result) => result,
        }
    }

    /// Adds what the results have from others.
    fn tie(self, ties: Ties) -> Tied {
        let (ground, mut result) = match self {
            Self::Before(before) if before.ties == ties => return before,
            Self::Before(before) => {
                let result = scorecard(&before.ground);
                (before.ground, result)
            }
            Self::New(ground, result) => (ground, *result),
        };
        result.tie(&ground, &ties);
        let result = Arc::new(result);
        Tied {
            ground,
            ties,
            result,
        }
    }
}

/// Evaluates a publication as it was known on `as_of`; by default on the
/// latest date in its ledgers.
#[must_use]
pub fn evaluate(publication: &Publication, as_of: Option<Date>, kept: &mut Kept) -> Evaluation {
    let as_of = as_of
        .or(publication.settings.as_of)
        .or_else(|| publication.scorecards.iter().filter_map(|s| s.latest).max());
    let mut before = std::mem::take(kept);
    let work: Vec<_> = publication
        .scorecards
        .iter()
        .map(|scorecard| {
            let ground = Ground {
                scorecard: Same::of(scorecard),
                years: publication.years(),
                as_of,
            };
            (before.remove(&scorecard.path), ground)
        })
        .collect();
    let alone: Arena<ScorecardIx, Alone> = work
        .into_par_iter()
        .map(|(before, ground)| Alone::of(before, ground))
        .collect::<Vec<_>>()
        .into_iter()
        .collect();
    let series = series(publication);
    let mut ties = publication.scorecards.map(|_| Ties::default());
    for run in series.values() {
        ties::renamed(publication, run, &mut ties);
        ties::trends(publication, run, |at| alone[at].result(), &mut ties);
    }
    let work: Vec<_> = alone.into_iter().zip(ties).collect();
    let whole = work.into_par_iter().map(|(alone, ties)| alone.tie(ties));
    let whole: Vec<_> = whole.collect();
    let scorecards = whole.iter().map(|tied| Arc::clone(&tied.result)).collect();
    let name = |tied: Tied| (tied.ground.scorecard.path.clone(), tied);
    *kept = whole.into_iter().map(name).collect();
    Evaluation {
        as_of,
        scorecards,
        series,
    }
}

/// The results of a scorecard by itself.
fn scorecard(ground: &Ground) -> ScorecardResult {
    let scorecard = &ground.scorecard;
    let scoring = &scorecard.scoring;
    let (years, as_of) = (ground.years, ground.as_of);
    let rules = Rules {
        plan: scorecard.period,
        scoring,
        as_of,
        years,
    };
    let entries: Vec<_> = scorecard.kpis.entries().collect();
    let kpis: Vec<_> = entries
        .par_iter()
        .map(|(_, kpi)| {
            let mut result = kpi::kpi(kpi, &rules);
            result.trend = previous_part(&result)
                .filter(|_| !result.headline.starts_series)
                .and_then(|before| trend(kpi, before, &result.headline));
            result
        })
        .collect();
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
        actions: scorecard.actions.map(|(_, a)| action::action(a, as_of)),
        kpis,
        objectives,
        themes,
        cross_cutting,
        perspectives,
        overall,
        changes: Changes::default(),
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

/// The value a KPI had for its whole plan period, when that is settled.
#[must_use]
pub fn settled(result: &KpiResult) -> Option<&PeriodResult> {
    (result.scope == Scope::Plan).then_some(&result.headline)
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
