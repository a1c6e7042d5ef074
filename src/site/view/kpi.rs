//! The page of a KPI: the headline, the proof, the history.

use std::cmp::Reverse;

use crate::evaluate::result::{KpiResult, PeriodResult};
use crate::evaluate::status::Status;
use crate::evaluate::value::{Basis, Value};
use crate::model::arena::{KpiIx, ScorecardIx};
use crate::model::kpi::{Aggregate, Kpi, Scale};
use crate::model::ledger::{Measure, Ratio, ResultRow};
use crate::model::quantity::Quantity;
use crate::model::scorecard::Item;
use crate::site::context::kpi::{Headline, KpiView, PeriodRow, Step};
use crate::site::context::shared::Fact;
use crate::site::form::Printed;
use crate::site::plan::Subject;
use crate::site::press::Press;

impl Press<'_> {
    /// The page of a KPI.
    pub(super) fn kpi_view(&self, at: ScorecardIx, ix: KpiIx) -> KpiView {
        let scorecard = self.scorecard(at);
        let kpi = &scorecard.kpis[ix];
        let result = &self.results(at).kpis[ix];
        let item = Item::Kpi(ix);
        let mut periods: Vec<&PeriodResult> = result
            .periods
            .iter()
            // A stretch that only a target to date names is shown by the value to date.
            .filter(|p| p.period.frequency().is_some() || p.period == scorecard.period)
            .chain(computed_headline(result))
            .collect();
        periods.sort_by_key(|p| Reverse((p.period.end(), Reverse(p.period.start()))));
        let periods = periods
            .into_iter()
            .map(|period| self.period_row(at, ix, period, None));
        let periods = self.rows("period_row", periods);
        let mut statuses: Vec<Status> = result.periods.iter().map(|p| p.status).collect();
        statuses.push(result.status());
        KpiView {
            kpi: self.item(at, item),
            objective: self.item(at, Item::Objective(kpi.objective)),
            perspective: self.perspective(at, scorecard.objectives[kpi.objective].perspective),
            question: self.optional(kpi.question.as_ref()),
            headline: self.headline(at, ix),
            bullet: self.bullet(at, ix),
            trend: self.trend(at, ix),
            picture_url: self.chart_url(at, ix),
            periods,
            years: self.year_rows(at, ix),
            facts: self.kpi_facts(at, kpi),
            working: self.working(kpi, result),
            note: self.note(at, kpi.code.as_str(), 5),
            changes: {
                let changes = &self.results(at).changes;
                let kpis = [ix];
                let own = changes.of_kpis(scorecard, &kpis);
                self.rows("change_row", own.map(|c| self.own_change_row(at, &c)))
            },
            moved: self.register_of(at, ix),
            actions: kpi
                .actions
                .iter()
                .map(|action| self.action_row(at, *action))
                .collect(),
            contributes: self.contributes(at, item),
            receives: self.receives(at, item),
            erratum: self.erratum_of(at, item),
            legend: Status::ALL
                .into_iter()
                .filter(|status| statuses.contains(status))
                .map(|status| self.status(status))
                .collect(),
        }
    }

    fn headline(&self, at: ScorecardIx, ix: KpiIx) -> Headline {
        let kpi = &self.scorecard(at).kpis[ix];
        let result = &self.results(at).kpis[ix];
        let now = &result.headline;
        Headline {
            period: self.period(now.period),
            scope: self.scope_sentence(at, ix),
            value: now
                .value
                .as_ref()
                .map(|v| self.figure(kpi, v, now.basis.as_ref())),
            target: now.target().map(|target| self.target(kpi, target)),
            status: self.status(now.status),
            level: self.level_of(result),
            score: now.score().map(|score| self.words.fixed(score, 1)),
            gap: self.gap_sentence(kpi, now),
            step: self.step_sentence(at, ix),
            trend: result
                .trend
                .map(|t| self.words.get(&format!("trend.{}", t.key())).to_owned()),
            missing: self.missing_sentence(at, ix),
            note: now.remarks.note().map(str::to_owned),
            provisional: now.provisional,
            official_status: now.remarks.official_status().map(str::to_owned),
            original_score: now
                .original()
                .and_then(|original| original.score)
                .map(|score| self.words.fixed(score, 1)),
            original_target: now
                .original()
                .map(|original| self.target(kpi, &original.target)),
            source: self.figure_line(kpi, now),
        }
    }

    /// The line that set a published figure.
    fn figure_line(
        &self,
        kpi: &Kpi,
        period: &PeriodResult,
    ) -> Option<crate::site::context::shared::SourceLine> {
        self.figure_row(kpi, period)
            .map(|row| self.source(row.span))
    }

    /// The row that a published figure stands in.
    pub(super) fn figure_row<'k>(
        &self,
        kpi: &'k Kpi,
        period: &PeriodResult,
    ) -> Option<&'k ResultRow> {
        let today = self.evaluation.as_of;
        kpi.results.iter().rev().find(|row| {
            row.period == period.period
                && today
                    .zip(row.published_on)
                    .is_none_or(|(today, date)| date <= today)
        })
    }

    fn period_row(
        &self,
        at: ScorecardIx,
        ix: KpiIx,
        period: &PeriodResult,
        url: Option<String>,
    ) -> PeriodRow {
        let kpi = &self.scorecard(at).kpis[ix];
        let basis = match &period.basis {
            Some(basis @ (Basis::Aggregated(_) | Basis::ToDate(_))) => {
                Some(self.words.get(&format!("basis.{}", basis.key())).to_owned())
            }
            _ => None,
        };
        PeriodRow {
            period: self.period(period.period),
            url,
            value: period
                .value
                .as_ref()
                .map(|v| self.figure(kpi, v, period.basis.as_ref())),
            basis,
            target: period.target().map(|target| self.target(kpi, target)),
            gap: self.gap_figure(kpi, period),
            score: period.score().map(|score| self.words.fixed(score, 1)),
            status: self.status(period.status),
            provisional: period.provisional,
            official_status: period.remarks.official_status().map(str::to_owned),
            note: period.remarks.note().map(str::to_owned),
            source: period.remarks.source().map(str::to_owned),
            starts_series: period.starts_series,
            line: self.figure_line(kpi, period),
        }
    }

    /// Year by year across the organisation's scorecards, newest first.
    fn year_rows(&self, at: ScorecardIx, ix: KpiIx) -> Printed {
        let run: Vec<_> = self.series(at, ix).collect();
        if run.len() < 2 {
            return Printed::default();
        }
        let rows = run.into_iter().rev().map(|(other, kpi)| {
            let url = (other != at).then(|| self.url(Subject::Kpi(other, kpi)));
            let headline = &self.results(other).kpis[kpi].headline;
            let mut row = self.period_row(other, kpi, headline, url);
            row.period = self.period(self.scorecard(other).period);
            row
        });
        self.rows("period_row", rows)
    }

    fn kpi_facts(&self, at: ScorecardIx, kpi: &Kpi) -> Vec<Fact> {
        let words = |key: &str| self.own(self.words.get(key));
        let owner = self.owner(kpi.owner.as_ref());
        let owner_url = owner.as_ref().map(|owner| owner.url.clone());
        let original = kpi
            .targets
            .iter()
            .rfind(|row| row.period == self.scorecard(at).period);
        let target = original.map(|row| self.own(self.spoken(&self.target(kpi, &row.target))));
        let source_document = self.scorecard(at).source.as_ref();
        let data_source = kpi
            .data_source
            .as_ref()
            .or(source_document.map(|source| &source.title));
        let data_url = kpi.data_url.as_ref().map(|url| self.address(url));
        let mut facts = vec![
            self.fact("definition", self.optional(kpi.definition.as_ref()), None),
            self.fact("formula", self.optional(kpi.formula.as_ref()), None),
            self.fact("unit", self.optional(kpi.unit.as_ref()), None),
            self.fact(
                "direction",
                kpi.direction
                    .map(|d| words(&format!("direction.{}", d.word()))),
                None,
            ),
            self.fact("target", target, None),
            self.fact(
                "frequency",
                kpi.frequency
                    .map(|f| words(&format!("frequency.{}", f.word()))),
                None,
            ),
            self.fact("owner", owner.map(|owner| owner.label), owner_url),
            Fact {
                outside: data_url.as_ref().is_some_and(|(_, outside)| *outside),
                ..self.fact(
                    "data_source",
                    self.optional(data_source),
                    data_url.map(|(url, _)| url),
                )
            },
        ];
        if kpi.frequency.is_some() {
            let aggregate = words(&format!("aggregate.{}", kpi.aggregate.word()));
            facts.push(self.fact("aggregate", Some(aggregate), None));
        }
        if let Some(baseline) = kpi.baseline {
            let figure = self.figure(kpi, &Value::Number(baseline), None);
            facts.push(self.fact("baseline", Some(self.own(self.spoken(&figure))), None));
        }
        if let Some(indicator) = kpi.indicator {
            let word = words(&format!("indicator.{}", indicator.word()));
            facts.push(self.fact("indicator", Some(word), None));
        }
        if kpi.weight != Quantity::ONE {
            let weight = self.own(self.words.exact(kpi.weight));
            facts.push(self.fact("weight", Some(weight), None));
        }
        if let Some(id) = &kpi.id {
            facts.push(self.fact("id", Some(self.own(id.value.as_str())), None));
        }
        facts
    }

    /// The score, step by step, so that a reader can redo it by hand.
    fn working(&self, kpi: &Kpi, result: &KpiResult) -> Vec<Step> {
        let now = &result.headline;
        let Some(value) = &now.value else {
            return Vec::new();
        };
        let mut steps = Vec::new();
        steps.extend(self.value_step(kpi, now, value));
        let Some(score) = now.score() else {
            return steps;
        };
        let shown = self.words.fixed(score, 1);
        let step = |key: &str, text: String, result: String| Step {
            term: self.words.get(&format!("working.{key}")).to_owned(),
            text,
            result,
        };
        if let (Some(scale), Value::Number(number)) = (now.scale(), value) {
            let points: Vec<_> = scale
                .points()
                .iter()
                .map(|(v, s)| format!("{} → {}", self.words.exact(*v), self.words.exact(*s)))
                .collect();
            steps.push(step(
                "scale",
                points.join(self.words.get("format.list")),
                String::new(),
            ));
            steps.push(step("score", self.formula(scale.points(), *number), shown));
        } else if let (Value::Level(_), Scale::Levels(levels)) = (value, &kpi.scale) {
            let levels: Vec<_> = levels
                .iter()
                .map(|level| format!("{} → {}", level.name, self.words.exact(level.score)))
                .collect();
            steps.push(step(
                "scale",
                levels.join(self.words.get("format.list")),
                String::new(),
            ));
            steps.push(step("score", self.spoken_value(kpi, value, None), shown));
        } else {
            steps.push(step("score", self.spoken_value(kpi, value, None), shown));
        }
        let near = self.words.exact(result.bands.near);
        let rule = self.words.fill("working.bands", &[("near", &near)]);
        steps.push(step("status", rule, self.status(now.status).word));
        steps
    }

    /// How the value itself came about, where it was worked out.
    fn value_step(&self, kpi: &Kpi, now: &PeriodResult, value: &Value) -> Option<Step> {
        let result = self.spoken_value(kpi, value, now.basis.as_ref());
        let term = self.words.get("working.value").to_owned();
        let times = |text: String| {
            if kpi.per == Quantity::ONE {
                text
            } else {
                format!("{text} × {}", self.words.exact(kpi.per))
            }
        };
        let text = if let Some(Basis::Aggregated(working) | Basis::ToDate(working)) = &now.basis {
            let number = |m: &Measure| match Value::of_measure(kpi, m) {
                Value::Number(n) => self.number(kpi, n, None),
                other => self.spoken_value(kpi, &other, None),
            };
            let all: Vec<_> = working.parts(kpi).map(|(_, m)| number(m)).collect();
            let sum_of = |pick: fn(Ratio) -> Quantity| {
                let ratios = working.parts(kpi).filter_map(|(_, m)| m.ratio());
                let texts: Vec<_> = ratios.map(|ratio| self.words.exact(pick(ratio))).collect();
                format!("({})", texts.join(" + "))
            };
            match working.aggregate {
                Aggregate::Sum => all.join(" + "),
                Aggregate::Mean => format!("({}) ÷ {}", all.join(" + "), all.len()),
                Aggregate::Ratio => times(format!(
                    "{} ÷ {}",
                    sum_of(|ratio| ratio.numerator),
                    sum_of(|ratio| ratio.denominator)
                )),
                rule @ (Aggregate::Min | Aggregate::Max | Aggregate::Last) => {
                    let name = self
                        .words
                        .get(&format!("aggregate.{}", rule.word()))
                        .to_owned();
                    format!("{name}: {}", all.join(self.words.get("format.list")))
                }
            }
        } else {
            let row = self.figure_row(kpi, now)?;
            match &row.report {
                crate::model::ledger::Report::Value {
                    measure: Measure::Ratio(ratio),
                    ..
                } => times(format!(
                    "{} ÷ {}",
                    self.words.exact(ratio.numerator),
                    self.words.exact(ratio.denominator)
                )),
                _ => return None,
            }
        };
        Some(Step { term, text, result })
    }

    /// The line of the scale that a value falls on, with the numbers in it.
    fn formula(&self, points: &[(Quantity, Quantity)], value: Quantity) -> String {
        let number = |q: Quantity| {
            let text = if q.places() > 9 {
                self.words.fixed(q, 4)
            } else {
                self.words.exact(q)
            };
            if q.is_negative() {
                format!("({text})")
            } else {
                text
            }
        };
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            return String::new();
        };
        if value <= first.0 {
            return format!("{} ≤ {}", number(value), number(first.0));
        }
        if value >= last.0 {
            return format!("{} ≥ {}", number(value), number(last.0));
        }
        let pair = points
            .windows(2)
            .find(|pair| pair[0].0 <= value && value < pair[1].0);
        let Some([(v0, s0), (v1, s1)]) = pair else {
            return String::new();
        };
        format!(
            "{} + ({} − {}) × ({} − {}) ÷ ({} − {})",
            number(*s0),
            number(*s1),
            number(*s0),
            number(value),
            number(*v0),
            number(*v1),
            number(*v0)
        )
    }
}

/// The headline, where it is a value no row states, so that tables show it too.
fn computed_headline(result: &KpiResult) -> Option<&PeriodResult> {
    let known = result
        .periods
        .iter()
        .any(|p| p.period == result.headline.period);
    (!known && result.headline.value.is_some()).then_some(&result.headline)
}
