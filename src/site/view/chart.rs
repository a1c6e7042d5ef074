//! Charts of KPIs: the model's figures handed to the chart makers, every label
//! written exactly, every headline computed.

use crate::chart::{Better, Bullet, BulletWords, Limits, Mark, TargetMark};
use crate::evaluate::result::PeriodResult;
use crate::evaluate::status::Status;
use crate::evaluate::value::Value;
use crate::model::arena::{KpiIx, ScorecardIx};
use crate::model::kpi::{Direction, Kpi};
use crate::model::ledger::Target;
use crate::model::quantity::Quantity;
use crate::site::context::shared::{Chart, Label};
use crate::site::figure::stated_places;
use crate::site::press::Press;

/// How long the SVG of a chart usually is: room made at once.
pub(super) const SVG: usize = 6 << 10;

impl Press<'_> {
    /// The bullet chart of a KPI's headline, where there is something to draw.
    pub(super) fn bullet(&self, at: ScorecardIx, ix: KpiIx) -> Option<Chart> {
        let kpi = &self.scorecard(at).kpis[ix];
        let headline = &self.results(at).kpis[ix].headline;
        let name = self.label(&kpi.name);
        let period = self.period(headline.period);
        let sentence = self
            .gap_sentence(kpi, headline)
            .unwrap_or_else(|| self.words.fill("chart.value_only", &[("period", &period)]));
        let unit = self.unit_note(kpi);
        let mut svg = String::with_capacity(SVG);
        let truncated = self.with_bullet(at, ix, &sentence, |bullet| {
            bullet.svg(&mut svg).then(|| bullet.truncated())
        })??;
        let values = [("period", &*period), ("unit", &unit)];
        let end = truncated.map(|start| {
            let values = [("start", &*start)];
            self.words.fill("chart.bullet_truncated", &values)
        });
        let captions = self.captions("chart.bullet", name, &values, end);
        Some(Chart::new(sentence, captions, svg))
    }

    /// The small bullet chart of a list's row, which states the same figures.
    pub(super) fn small_bullet(&self, at: ScorecardIx, ix: KpiIx) -> String {
        let mut svg = String::new();
        let drawn = self.with_bullet(at, ix, "", |bullet| bullet.compact("", &mut svg));
        if drawn == Some(true) {
            svg
        } else {
            String::new()
        }
    }

    /// Makes the bullet and hands it to `draw`; nothing without a number and a scale.
    pub(super) fn with_bullet<T>(
        &self,
        at: ScorecardIx,
        ix: KpiIx,
        sentence: &str,
        draw: impl FnOnce(&Bullet) -> T,
    ) -> Option<T> {
        let kpi = &self.scorecard(at).kpis[ix];
        let result = &self.results(at).kpis[ix];
        let headline = &result.headline;
        let value = headline.value.as_ref()?;
        let number = value.number()?;
        if headline.target().is_none() && headline.scale().is_none() {
            return None;
        }
        let mark = |word: &str, value: &Value, period: &PeriodResult| {
            let brief = self.brief(&self.figure(kpi, value, period.basis.as_ref()));
            Some(Mark {
                at: value.number()?.approximate(),
                label: format!("{} {brief}", self.words.get(word)),
            })
        };
        let previous = self.before(at, ix).and_then(|before| {
            let period = self.short_period(before.period);
            let value = before.value.as_ref()?;
            let brief = self.brief(&self.figure(kpi, value, before.basis.as_ref()));
            Some(Mark {
                at: value.number()?.approximate(),
                label: format!("{period} {brief}"),
            })
        });
        let target = headline
            .target()
            .and_then(|target| self.target_mark(kpi, target));
        let (ranges, words) = self.ranges(kpi, headline, result.bands.near);
        let word = |key: &str| self.words.get(key).to_owned();
        let (result_word, target_word) = (word("chart.result"), word("chart.target"));
        let name = self.label(&kpi.name);
        let unit = self.unit(kpi);
        let tick_label = |at: f64, decimals: u8| self.tick(at, decimals, &unit);
        let bullet = Bullet {
            id: &self.id("bullet", kpi.code.as_str()),
            title: name.phrase(),
            desc: sentence,
            value: Some(Mark {
                at: number.approximate(),
                ..mark("chart.result", value, headline)?
            }),
            target,
            previous,
            ranges,
            better: match kpi.direction {
                Some(Direction::Lower) => Better::Lower,
                Some(Direction::Between | Direction::Exactly) => Better::Within,
                _ => Better::Higher,
            },
            limits: limits(kpi),
            decimals: shown_decimals(kpi, number),
            words: BulletWords {
                value: &result_word,
                target: &target_word,
                ranges: words.iter().map(String::as_str).collect(),
            },
            tick_label: &tick_label,
        };
        Some(draw(&bullet))
    }

    fn target_mark(&self, kpi: &Kpi, target: &Target) -> Option<TargetMark> {
        let brief = self.brief(&self.target(kpi, target));
        let label = format!("{} {brief}", self.words.get("chart.target"));
        match target {
            Target::Value(at) => Some(TargetMark::Point(Mark {
                at: at.approximate(),
                label,
            })),
            Target::Range(low, high) => Some(TargetMark::Band {
                low: low.approximate(),
                high: high.approximate(),
                label,
            }),
            Target::Level(_) | Target::YesNo(_) => None,
        }
    }

    /// The edges between missed, near and met on the value's own axis.
    fn ranges(
        &self,
        kpi: &Kpi,
        headline: &PeriodResult,
        near: Quantity,
    ) -> (Vec<f64>, Vec<String>) {
        let Some(scale) = headline.scale() else {
            return (Vec::new(), Vec::new());
        };
        let mut edges = scale.values_at(near);
        if near < Quantity::HUNDRED {
            edges.extend(scale.values_at(Quantity::HUNDRED));
        }
        if matches!(kpi.direction, Some(Direction::Between))
            && let Some(Target::Range(low, high)) = headline.target()
        {
            edges.retain(|edge| edge != low && edge != high);
            edges.extend([*low, *high]);
        }
        if matches!(kpi.direction, Some(Direction::Exactly)) {
            // Full score is a single point: the band around it is the near one.
            edges = scale.values_at(near);
        }
        edges.sort();
        edges.dedup();
        let words = [Status::Missed, Status::Near, Status::Met]
            .iter()
            .map(|status| {
                self.words
                    .get(&format!("status.{}", status.key()))
                    .to_owned()
            });
        (
            edges.into_iter().map(Quantity::approximate).collect(),
            words.collect(),
        )
    }

    /// The caption of a chart in parts: the name may be in another language
    /// than the words around it. `end` is what the caption closes with.
    pub(super) fn captions(
        &self,
        key: &str,
        name: Label,
        values: &[(&str, &str)],
        end: Option<String>,
    ) -> Vec<Label> {
        let (before, after) = self.words.around(key, "name", values);
        let parts = [
            self.own(before),
            name,
            self.own(after + &end.unwrap_or_default()),
        ];
        let parts = parts.into_iter().filter(|part| !part.text.is_empty());
        parts.collect()
    }

    /// A number of an axis. The geometry is approximate, the labels are round.
    pub(super) fn tick(&self, at: f64, decimals: u8, unit: &str) -> String {
        let decimals = u32::from(decimals);
        let number = self.words.fixed(Quantity::nearest(at, decimals), decimals);
        if unit == "%" {
            format!("{number}%")
        } else {
            number
        }
    }

    /// The unit in brackets, where there is one.
    pub(super) fn unit_note(&self, kpi: &Kpi) -> String {
        let unit = self.unit(kpi);
        if unit.is_empty() {
            unit
        } else {
            self.words.fill("chart.unit", &[("unit", &unit)])
        }
    }
}

pub(super) fn is_number(period: &PeriodResult) -> bool {
    period.value.as_ref().and_then(Value::number).is_some()
}

/// A share lies between nothing and the whole.
pub(super) fn limits(kpi: &Kpi) -> Limits {
    let whole = kpi.whole().filter(|_| !kpi.may_exceed);
    Limits {
        low: whole
            .map(|_| 0.0)
            .filter(|_| kpi.results.iter().all(|r| !is_negative(r))),
        high: whole.map(Quantity::approximate),
    }
}

fn is_negative(row: &crate::model::ledger::ResultRow) -> bool {
    use crate::model::ledger::{Measure, Report};
    matches!(&row.report, Report::Value { measure: Measure::Number(n), .. } if n.is_negative())
}

pub(super) fn shown_decimals(kpi: &Kpi, number: Quantity) -> u8 {
    let places = stated_places(number).unwrap_or(kpi.decimals);
    u8::try_from(places.min(6)).unwrap_or(6)
}
