//! A scorecard as one JSON document: figures as exact decimal strings, words
//! in every language, statuses and scores as computed.

use serde_json::{Map, Value, json};

use crate::evaluate::Evaluation;
use crate::evaluate::kpi::{KpiResult, PeriodResult};
use crate::evaluate::rollup::Composite;
use crate::evaluate::value::Value as Result;
use crate::model::Publication;
use crate::model::arena::{ActionIx, KpiIx, ObjectiveIx, ScorecardIx};
use crate::model::kpi::{Kpi, Scale};
use crate::model::ledger::Target;
use crate::model::quantity::Quantity;
use crate::model::scorecard::Scorecard;
use crate::model::text::Text;

/// What documents are made from.
pub struct Source<'a> {
    /// The model.
    pub publication: &'a Publication,
    /// Its results.
    pub evaluation: &'a Evaluation,
}

impl Source<'_> {
    /// A scorecard as a document.
    #[must_use]
    pub fn scorecard(&self, at: ScorecardIx) -> Value {
        let scorecard = &self.publication.scorecards[at];
        let results = &self.evaluation.scorecards[at];
        let objectives = |list: &[ObjectiveIx]| -> Vec<Value> {
            list.iter().map(|ix| self.objective(at, *ix)).collect()
        };
        let loose: Vec<_> = scorecard.cross_cutting().map(|(ix, _)| ix).collect();
        json!({
            "scorecard": scorecard.path,
            "organization": self.publication.organizations[scorecard.organization].id,
            "period": scorecard.period.to_string(),
            "as_of": self.evaluation.as_of.map(|day| day.to_string()),
            "sample": scorecard.sample.is_some() || self.publication.settings.sample.is_some(),
            "title": self.text(&scorecard.title),
            "mission": self.optional(scorecard.mission.as_ref()),
            "vision": self.optional(scorecard.vision.as_ref()),
            "values": scorecard.values.iter().map(|v| self.text(v)).collect::<Vec<_>>(),
            "composite": composite(&results.overall),
            "perspectives": scorecard.perspectives.entries().map(|(ix, p)| json!({
                "code": p.code.as_str(),
                "name": self.text(&p.name),
                "composite": composite(&results.perspectives[ix]),
            })).collect::<Vec<_>>(),
            "themes": scorecard.themes.entries().map(|(ix, theme)| json!({
                "code": theme.code.as_str(),
                "name": self.text(&theme.name),
                "weight": theme.weight.to_string(),
                "lead": self.ids(&theme.lead),
                "members": self.ids(&theme.members),
                "composite": composite(&results.themes[ix]),
                "objectives": objectives(&theme.objectives),
            })).collect::<Vec<_>>(),
            "cross_cutting": objectives(&loose),
            "errata": scorecard.errata.iter().map(|e| json!({
                "code": e.code,
                "field": e.field,
                "published": e.published,
                "corrected": e.corrected,
            })).collect::<Vec<_>>(),
        })
    }

    fn objective(&self, at: ScorecardIx, ix: ObjectiveIx) -> Value {
        let scorecard = &self.publication.scorecards[at];
        let objective = &scorecard.objectives[ix];
        json!({
            "code": objective.code.as_str(),
            "name": self.text(&objective.name),
            "perspective": scorecard.perspectives[objective.perspective].code.as_str(),
            "weight": objective.weight.to_string(),
            "drives": objective.drives.iter()
                .map(|drive| scorecard.objectives[drive.to].code.as_str()).collect::<Vec<_>>(),
            "composite": composite(&self.evaluation.scorecards[at].objectives[ix]),
            "kpis": objective.kpis.iter().map(|kpi| self.kpi(at, *kpi)).collect::<Vec<_>>(),
        })
    }

    fn kpi(&self, at: ScorecardIx, ix: KpiIx) -> Value {
        let scorecard = &self.publication.scorecards[at];
        let kpi = &scorecard.kpis[ix];
        let result: &KpiResult = &self.evaluation.scorecards[at].kpis[ix];
        json!({
            "code": kpi.code.as_str(),
            "id": kpi.id.as_ref().map(|id| &id.value),
            "name": self.text(&kpi.name),
            "unit": self.optional(kpi.unit.as_ref()),
            "direction": kpi.direction.map(super::super::model::kpi::Direction::word),
            "frequency": kpi.frequency.map(super::super::model::kpi::Frequency::word),
            "aggregate": kpi.aggregate.word(),
            "weight": kpi.weight.to_string(),
            "baseline": kpi.baseline.map(|b| b.to_string()),
            "scope": result.scope.key(),
            "trend": result.trend.map(super::super::evaluate::kpi::Trend::key),
            "headline": period(kpi, &result.headline),
            "periods": result.periods.iter().map(|p| period(kpi, p)).collect::<Vec<_>>(),
            "contributes_to": kpi.contributes_to.iter().map(|c| {
                format!("{}/{}", self.publication.scorecards[c.scorecard].path, c.named)
            }).collect::<Vec<_>>(),
            "actions": kpi.actions.iter().map(|a| self.action(at, scorecard, *a)).collect::<Vec<_>>(),
        })
    }

    fn action(&self, at: ScorecardIx, scorecard: &Scorecard, ix: ActionIx) -> Value {
        let action = &scorecard.actions[ix];
        let result = &self.evaluation.scorecards[at].actions[ix];
        json!({
            "code": action.code.as_str(),
            "name": self.text(&action.name),
            "start": action.start.map(|d| d.to_string()),
            "end": action.end.map(|d| d.to_string()),
            "progress": result.progress.key(),
            "completion": result.completion.map(|c| c.to_string()),
            "planned_completion": result.planned.map(|c| c.to_string()),
            "budget_used": result.budget_used.map(|c| c.to_string()),
        })
    }

    fn ids(&self, list: &[crate::model::OrganizationIx]) -> Vec<&str> {
        list.iter()
            .map(|at| self.publication.organizations[*at].id.as_str())
            .collect()
    }

    fn text(&self, text: &Text) -> Value {
        let languages = self.publication.settings.languages.iter();
        let words: Map<String, Value> = languages
            .filter(|(lang, _)| text.has(*lang))
            .map(|(lang, tag)| (tag.to_owned(), text.read(lang).text.into()))
            .collect();
        Value::Object(words)
    }

    fn optional(&self, text: Option<&Text>) -> Value {
        text.map_or(Value::Null, |text| self.text(text))
    }
}

fn composite(composite: &Composite) -> Value {
    json!({
        "score": composite.score.map(exact_score),
        "state": composite.state.key(),
        "coverage": composite.coverage.to_string(),
    })
}

fn period(kpi: &Kpi, period: &PeriodResult) -> Value {
    json!({
        "period": period.period.to_string(),
        "value": period.value.as_ref().map(|v| result(kpi, v)),
        "basis": period.basis.as_ref().map(crate::evaluate::value::Basis::key),
        "provisional": period.provisional,
        "target": period.target.as_ref().map(|t| target(kpi, t)),
        "original_target": period.original_target.as_ref().map(|t| target(kpi, t)),
        "score": period.score.map(exact_score),
        "original_score": period.original_score.map(exact_score),
        "status": period.status.key(),
        "official_status": period.official_status,
        "note": period.note,
    })
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
        Result::Level(at) => level(kpi, *at),
        Result::YesNo(yes) => yes_no(*yes),
    }
}

/// A target as data.
#[must_use]
pub fn target(kpi: &Kpi, target: &Target) -> String {
    match target {
        Target::Value(number) => number.to_string(),
        Target::Range(low, high) => format!("{low}..{high}"),
        Target::Level(at) => level(kpi, *at),
        Target::YesNo(yes) => yes_no(*yes),
    }
}

fn level(kpi: &Kpi, at: usize) -> String {
    match &kpi.scale {
        Scale::Levels(levels) => levels.get(at).map_or_else(String::new, |l| l.name.clone()),
        _ => String::new(),
    }
}

fn yes_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}
