//! A scorecard as one JSON document: figures as exact decimal strings, words
//! in every language, statuses and scores as computed.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::evaluate::Evaluation;
use crate::evaluate::result::{PeriodResult, Trend};
use crate::evaluate::rollup::Composite;
use crate::evaluate::time::Known;
use crate::evaluate::value::{Basis, Value as Result};
use crate::model::arena::{ActionIx, KpiIx, ObjectiveIx, OrganizationIx, ScorecardIx};
use crate::model::kpi::{Direction, Frequency, Kpi};
use crate::model::ledger::Target;
use crate::model::quantity::Quantity;
use crate::model::text::Text;
use crate::model::{Item, Publication};
use crate::provenance::{Place, Provenance};

/// What documents are made from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The model.
    pub publication: &'a Publication,
    /// Its results.
    pub evaluation: &'a Evaluation,
    /// Which lines and commits set the figures.
    pub provenance: &'a Provenance<'a>,
}

/// A text in every language it has.
type Words<'a> = BTreeMap<&'a str, &'a str>;

/// A list that is made while it is written: a scorecard's KPIs are many.
struct Each<F>(F);

impl<F, I> Serialize for Each<F>
where
    F: Fn() -> I,
    I: IntoIterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

#[derive(Serialize)]
struct ScorecardData<'a, P, T, C, E> {
    scorecard: &'a str,
    organization: &'a str,
    period: String,
    as_of: Option<String>,
    sample: bool,
    title: Words<'a>,
    mission: Option<Words<'a>>,
    vision: Option<Words<'a>>,
    values: Vec<Words<'a>>,
    composite: CompositeData,
    perspectives: P,
    themes: T,
    cross_cutting: C,
    errata: E,
}

#[derive(Serialize)]
struct PerspectiveData<'a> {
    code: &'a str,
    name: Words<'a>,
    composite: CompositeData,
}

#[derive(Serialize)]
struct ThemeData<'a, O> {
    code: &'a str,
    name: Words<'a>,
    weight: String,
    lead: Vec<&'a str>,
    members: Vec<&'a str>,
    composite: CompositeData,
    objectives: O,
}

#[derive(Serialize)]
struct ObjectiveData<'a, K> {
    code: &'a str,
    name: Words<'a>,
    perspective: &'a str,
    weight: String,
    drives: Vec<&'a str>,
    composite: CompositeData,
    kpis: K,
}

#[derive(Serialize)]
struct KpiData<'a, P, A> {
    code: &'a str,
    id: Option<&'a str>,
    name: Words<'a>,
    unit: Option<Words<'a>>,
    direction: Option<&'static str>,
    frequency: Option<&'static str>,
    aggregate: &'static str,
    weight: String,
    baseline: Option<String>,
    scope: &'static str,
    trend: Option<&'static str>,
    headline: PeriodData<'a>,
    periods: P,
    contributes_to: Vec<String>,
    actions: A,
}

#[derive(Serialize)]
struct PeriodData<'a> {
    period: String,
    value: Option<String>,
    basis: Option<&'static str>,
    provisional: bool,
    target: Option<String>,
    original_target: Option<String>,
    score: Option<String>,
    original_score: Option<String>,
    status: &'static str,
    official_status: Option<&'a str>,
    note: Option<&'a str>,
    value_set_by: Option<Place<'a>>,
    target_set_by: Option<Place<'a>>,
}

#[derive(Serialize)]
struct ActionData<'a> {
    code: &'a str,
    name: Words<'a>,
    start: Option<String>,
    end: Option<String>,
    progress: &'static str,
    completion: Option<String>,
    planned_completion: Option<String>,
    budget_used: Option<String>,
}

#[derive(Serialize)]
struct CompositeData {
    score: Option<String>,
    state: &'static str,
    coverage: String,
}

#[derive(Serialize)]
struct ErratumData<'a> {
    code: &'a str,
    field: &'a str,
    published: &'a str,
    corrected: Option<&'a str>,
}

/// How many bytes are set aside for a KPI, about a year of months. Room that stays empty
/// takes no memory; a long text that grows lies there twice while it is moved.
const ROOM: usize = 5000;
/// The most that are set aside at once, however many KPIs a plan lists.
const MOST_ROOM: usize = 16 << 20;

impl<'a> Source<'a> {
    /// A scorecard as a document.
    #[must_use]
    pub fn scorecard(self, at: ScorecardIx) -> Vec<u8> {
        let scorecard = &self.publication.scorecards[at];
        let results = &self.evaluation.scorecards[at];
        let themes = || {
            scorecard
                .themes
                .entries()
                .map(move |(ix, theme)| ThemeData {
                    code: theme.code.as_str(),
                    name: self.text(&theme.name),
                    weight: theme.weight.to_string(),
                    lead: self.ids(&theme.lead),
                    members: self.ids(&theme.members),
                    composite: composite(&results.themes[ix]),
                    objectives: self.objectives(at, &theme.objectives),
                })
        };
        let perspectives = || {
            let all = scorecard.perspectives.entries();
            all.map(|(ix, perspective)| PerspectiveData {
                code: perspective.code.as_str(),
                name: self.text(&perspective.name),
                composite: composite(&results.perspectives[ix]),
            })
        };
        let errata = || {
            scorecard.errata.iter().map(|erratum| ErratumData {
                code: &erratum.code,
                field: &erratum.field,
                published: &erratum.published,
                corrected: erratum.corrected.as_deref(),
            })
        };
        let loose: Vec<_> = scorecard.cross_cutting().map(|(ix, _)| ix).collect();
        let data = ScorecardData {
            scorecard: &scorecard.path,
            organization: &self.publication.organizations[scorecard.organization].id,
            period: scorecard.period.to_string(),
            as_of: self.evaluation.as_of.map(|day| day.to_string()),
            sample: scorecard.sample.is_some() || self.publication.settings.sample.is_some(),
            title: self.text(&scorecard.title),
            mission: scorecard.mission.as_ref().map(|text| self.text(text)),
            vision: scorecard.vision.as_ref().map(|text| self.text(text)),
            values: scorecard.values.iter().map(|v| self.text(v)).collect(),
            composite: composite(&results.overall),
            perspectives: Each(perspectives),
            themes: Each(themes),
            cross_cutting: self.objectives(at, &loose),
            errata: Each(errata),
        };
        let mut json = Vec::with_capacity((scorecard.kpis.len() * ROOM).min(MOST_ROOM));
        // Strings, numbers and lists cannot fail to be written.
        serde_json::to_writer(&mut json, &data).unwrap_or_default();
        json.push(b'\n');
        json
    }

    fn objectives<'o>(
        self,
        at: ScorecardIx,
        list: &'o [ObjectiveIx],
    ) -> impl Serialize + use<'a, 'o> {
        Each(move || list.iter().map(move |ix| self.objective(at, *ix)))
    }

    fn objective(self, at: ScorecardIx, ix: ObjectiveIx) -> impl Serialize + use<'a> {
        let scorecard = &self.publication.scorecards[at];
        let objective = &scorecard.objectives[ix];
        let code = |ix: ObjectiveIx| scorecard.objectives[ix].code.as_str();
        ObjectiveData {
            code: objective.code.as_str(),
            name: self.text(&objective.name),
            perspective: scorecard.perspectives[objective.perspective].code.as_str(),
            weight: objective.weight.to_string(),
            drives: objective
                .drives
                .iter()
                .map(|drive| code(drive.to))
                .collect(),
            composite: composite(&self.evaluation.scorecards[at].objectives[ix]),
            kpis: Each(move || objective.kpis.iter().map(move |kpi| self.kpi(at, *kpi))),
        }
    }

    fn kpi(self, at: ScorecardIx, ix: KpiIx) -> impl Serialize + use<'a> {
        let kpi = &self.publication.scorecards[at].kpis[ix];
        let result = &self.evaluation.scorecards[at].kpis[ix];
        let cascades = self.publication.reach[at].of(Item::Kpi(ix));
        let contributes_to = cascades.iter().map(|cascade| {
            let scorecard = &self.publication.scorecards[cascade.scorecard];
            format!("{}/{}", scorecard.path, cascade.named)
        });
        KpiData {
            code: kpi.code.as_str(),
            id: kpi.id.as_ref().map(|id| id.value.as_str()),
            name: self.text(&kpi.name),
            unit: kpi.unit.as_ref().map(|unit| self.text(unit)),
            direction: kpi.direction.map(Direction::word),
            frequency: kpi.frequency.map(Frequency::word),
            aggregate: kpi.aggregate.word(),
            weight: kpi.weight.to_string(),
            baseline: kpi.baseline.map(|baseline| baseline.to_string()),
            scope: result.scope.key(),
            trend: result.trend.map(Trend::key),
            headline: self.period(kpi, &result.headline),
            periods: Each(move || result.periods.iter().map(move |p| self.period(kpi, p))),
            contributes_to: contributes_to.collect(),
            actions: Each(move || kpi.actions.iter().map(move |a| self.action(at, *a))),
        }
    }

    fn period(self, kpi: &'a Kpi, period: &'a PeriodResult) -> PeriodData<'a> {
        let known = Known {
            kpi,
            as_of: self.evaluation.as_of,
            years: self.publication.years(),
        };
        let place = |span| self.provenance.place(span);
        let target_row = known.targets(period.period).map(|targets| targets.current);
        PeriodData {
            period: period.period.to_string(),
            value: period.value.as_ref().map(|value| result(kpi, value)),
            basis: period.basis.as_ref().map(Basis::key),
            provisional: period.provisional,
            target: period.target().map(|t| target(kpi, t)),
            original_target: period.original().map(|o| target(kpi, &o.target)),
            score: period.score().map(exact_score),
            original_score: period.original().and_then(|o| o.score).map(exact_score),
            status: period.status.key(),
            official_status: period.remarks.official_status(),
            note: period.remarks.note(),
            value_set_by: known.result(period.period).map(|row| place(row.span)),
            target_set_by: target_row.map(|row| place(row.span)),
        }
    }

    fn action(self, at: ScorecardIx, ix: ActionIx) -> ActionData<'a> {
        let action = &self.publication.scorecards[at].actions[ix];
        let result = &self.evaluation.scorecards[at].actions[ix];
        ActionData {
            code: action.code.as_str(),
            name: self.text(&action.name),
            start: action.start.map(|day| day.to_string()),
            end: action.end.map(|day| day.to_string()),
            progress: result.progress.key(),
            completion: result.completion.map(|share| share.to_string()),
            planned_completion: result.planned.map(|share| share.to_string()),
            budget_used: result.budget_used.map(|share| share.to_string()),
        }
    }

    fn ids(self, list: &[OrganizationIx]) -> Vec<&'a str> {
        list.iter()
            .map(|at| self.publication.organizations[*at].id.as_str())
            .collect()
    }

    fn text(self, text: &'a Text) -> Words<'a> {
        let languages = self.publication.settings.languages.iter();
        languages
            .filter(|(lang, _)| text.has(*lang))
            .map(|(lang, tag)| (tag, text.read(lang).text))
            .collect()
    }
}

fn composite(composite: &Composite) -> CompositeData {
    CompositeData {
        score: composite.score.map(exact_score),
        state: composite.state.key(),
        coverage: composite.coverage.to_string(),
    }
}

/// Scores to ten decimals: enough to round again, none of a division's dust.
fn exact_score(score: Quantity) -> String {
    score.rounded(10).to_string()
}

/// A value as data: exact numbers, level names, yes or no.
#[must_use]
pub fn result(kpi: &Kpi, value: &Result) -> String {
    match value {
        Result::Number(number) => number.rounded(10).to_string(),
        Result::Level(at) => kpi.level_name(*at).to_owned(),
        Result::YesNo(yes) => yes_no(*yes),
    }
}

/// A target as data.
#[must_use]
pub fn target(kpi: &Kpi, target: &Target) -> String {
    match target {
        Target::Value(number) => number.to_string(),
        Target::Range(low, high) => format!("{low}..{high}"),
        Target::Level(at) => kpi.level_name(*at).to_owned(),
        Target::YesNo(yes) => yes_no(*yes),
    }
}

fn yes_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}
