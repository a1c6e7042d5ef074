//! The trend of a KPI: its values over time, on its page, in lists, and as a
//! picture of its own.

use super::chart::{SVG, is_number, limits, shown_decimals};
use crate::chart::{Document, Palette, Point, Sparkline, Trend, TrendWords, Verdict};
use crate::evaluate::result::PeriodResult;
use crate::evaluate::settled;
use crate::evaluate::status::Status;
use crate::evaluate::value::Value;
use crate::model::arena::{KpiIx, ScorecardIx};
use crate::model::kpi::Kpi;
use crate::model::ledger::Target;
use crate::model::quantity::Quantity;
use crate::site::context::shared::Chart;
use crate::site::plan::{chart_picture, localized};
use crate::site::press::Press;

impl Press<'_> {
    /// The trend of a KPI: by part of the plan period where it has parts, else
    /// by year across scorecards.
    pub(super) fn trend(&self, at: ScorecardIx, ix: KpiIx) -> Option<Chart> {
        let kpi = &self.scorecard(at).kpis[ix];
        let periods = self.trend_periods(at, ix);
        let mut with_numbers = periods.iter().filter(|p| is_number(p));
        let (first, last) = (with_numbers.next()?, with_numbers.next_back()?);
        let sentence = self.trend_sentence(kpi, first, last)?;
        let mut svg = String::with_capacity(SVG);
        let truncated = self.with_trend(kpi, &periods, &sentence, |trend| {
            let wide = trend.svg_and_wide(&mut svg)?;
            if let Some(drawn) = self.drawn {
                drawn.keep((at, ix, self.lang), wide);
            }
            Some(trend.truncated())
        })?;
        let values = [
            ("first", &*self.period(first.period)),
            ("last", &self.period(last.period)),
            ("unit", &self.unit_note(kpi)),
        ];
        let end = truncated.map(|start| self.words.fill("chart.truncated", &[("start", &start)]));
        let captions = self.captions("chart.trend", self.label(&kpi.name), &values, end);
        Some(Chart::new(sentence, captions, svg))
    }

    /// The chart of a KPI as a document of its own: its trend, or the headline
    /// figure where there is no other. Nothing without a number.
    pub(in crate::site) fn chart_document(
        &self,
        at: ScorecardIx,
        ix: KpiIx,
        palette: &Palette,
    ) -> Option<String> {
        let kpi = &self.scorecard(at).kpis[ix];
        let headline = &self.results(at).kpis[ix].headline;
        let note = self.picture_note(at, Some(ix));
        let document = Document {
            lang: self.html_lang(),
            note: &note,
            palette,
        };
        let drawn = self.drawn.and_then(|drawn| drawn.take((at, ix, self.lang)));
        if let Some(wide) = drawn {
            let title = self.label(&kpi.name);
            return Some(wide.standalone(title.phrase(), &document));
        }
        let periods = self.trend_periods(at, ix);
        let mut with_numbers = periods.iter().filter(|p| is_number(p));
        if let (Some(first), Some(last)) = (with_numbers.next(), with_numbers.next_back()) {
            let sentence = self.trend_sentence(kpi, first, last)?;
            return self.with_trend(kpi, &periods, &sentence, |trend| {
                trend.standalone(&document)
            });
        }
        let sentence = self.gap_sentence(kpi, headline).unwrap_or_default();
        self.with_bullet(at, ix, &sentence, |bullet| bullet.standalone(&document))
            .flatten()
            .or_else(|| self.with_trend(kpi, &[headline], "", |trend| trend.standalone(&document)))
    }

    /// The address of that document.
    pub(super) fn chart_url(&self, at: ScorecardIx, ix: KpiIx) -> Option<String> {
        let headline = &self.results(at).kpis[ix].headline;
        let path = || chart_picture(self.scorecard(at), ix);
        is_number(headline).then(|| self.href(localized(&path(), self.lang, self.publication)))
    }

    /// From where to where a series went.
    fn trend_sentence(
        &self,
        kpi: &Kpi,
        first: &PeriodResult,
        last: &PeriodResult,
    ) -> Option<String> {
        let number = |result: &PeriodResult| result.value.as_ref()?.number();
        let (from, to) = (number(first)?, number(last)?);
        let spoken = |result: &PeriodResult, value: Quantity| {
            self.spoken_value(kpi, &Value::Number(value), result.basis.as_ref())
        };
        let key = match to.cmp(&from) {
            std::cmp::Ordering::Greater => "chart.trend_up",
            std::cmp::Ordering::Equal => "chart.trend_same",
            std::cmp::Ordering::Less => "chart.trend_down",
        };
        Some(self.words.fill(
            key,
            &[
                ("first", &self.period(first.period)),
                ("last", &self.period(last.period)),
                ("from", &spoken(first, from)),
                ("to", &spoken(last, to)),
            ],
        ))
    }

    /// Makes the trend and hands it to `draw`.
    fn with_trend<T>(
        &self,
        kpi: &Kpi,
        periods: &[&PeriodResult],
        sentence: &str,
        draw: impl FnOnce(&Trend) -> Option<T>,
    ) -> Option<T> {
        let target = periods.iter().rev().find_map(|p| match p.target() {
            Some(target @ Target::Value(_)) => Some(self.brief(&self.target(kpi, target))),
            _ => None,
        });
        let target_label = target
            .map(|t| format!("{} {t}", self.words.get("chart.target")))
            .unwrap_or_default();
        let name = self.label(&kpi.name);
        let tick_label = |at: f64, decimals: u8| self.tick(at, decimals, "");
        let numbers = periods
            .iter()
            .filter_map(|p| p.value.as_ref().and_then(Value::number));
        draw(&Trend {
            id: &self.id("trend", kpi.code.as_str()),
            title: name.phrase(),
            desc: sentence,
            points: periods.iter().map(|p| self.point(kpi, p)).collect(),
            target_label: &target_label,
            limits: limits(kpi),
            decimals: numbers.map(|n| shown_decimals(kpi, n)).max().unwrap_or(0),
            words: TrendWords {
                met: self.words.get("status.met"),
                near: self.words.get("status.near"),
                missed: self.words.get("status.missed"),
                unjudged: self.words.get("chart.unjudged"),
                target: self.words.get("chart.period_target"),
                series_break: self.words.get("chart.break"),
            },
            tick_label: &tick_label,
        })
    }

    /// The values over time as a small line beside the figures of a row.
    pub(super) fn sparkline(&self, at: ScorecardIx, ix: KpiIx) -> String {
        let periods = self.trend_periods(at, ix);
        let number = |p: &&PeriodResult| p.value.as_ref().and_then(Value::number);
        let values: Vec<Option<f64>> = periods
            .iter()
            .map(|p| number(p).map(Quantity::approximate))
            .collect();
        let starts = |(at, p): (usize, &&PeriodResult)| p.starts_series.then_some(at);
        let breaks = periods.iter().enumerate().filter_map(starts).collect();
        let mut svg = String::new();
        let enough = values.iter().flatten().count() > 2;
        let name = "";
        let line = Sparkline {
            values,
            breaks,
            name,
        };
        if enough && line.svg(&mut svg) {
            return svg;
        }
        String::new()
    }

    /// The periods the trend shows, oldest first.
    fn trend_periods(&self, at: ScorecardIx, ix: KpiIx) -> Vec<&PeriodResult> {
        let kpi = &self.scorecard(at).kpis[ix];
        let result = &self.results(at).kpis[ix];
        let frequency = kpi
            .frequency
            .or_else(|| self.scorecard(at).period.frequency());
        let parts: Vec<_> = result
            .periods
            .iter()
            .filter(|p| p.period.frequency() == frequency)
            .collect();
        if parts.iter().filter(|p| p.value.is_some()).count() > 1 {
            return parts;
        }
        self.series(at, ix)
            .filter(|(other, _)| self.scorecard(*other).period <= self.scorecard(at).period)
            .filter_map(|(other, kpi)| settled(&self.results(other).kpis[kpi]))
            .collect()
    }

    fn point(&self, kpi: &Kpi, period: &PeriodResult) -> Point {
        let number = period.value.as_ref().and_then(Value::number);
        let target = match period.target() {
            Some(Target::Value(target)) => Some(target.approximate()),
            _ => None,
        };
        Point {
            label: self.short_period(period.period),
            sublabel: None,
            value: number.map(Quantity::approximate),
            value_label: number
                .map(|n| self.number(kpi, n, period.basis.as_ref()))
                .unwrap_or_default(),
            target,
            verdict: match period.status {
                Status::Met => Some(Verdict::Met),
                Status::Near => Some(Verdict::Near),
                Status::Missed => Some(Verdict::Missed),
                _ => None,
            },
            starts_series: period.starts_series,
        }
    }
}
