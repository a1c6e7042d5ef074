//! A value over time, with its target as steps.

mod labels;
mod plot;

use super::axis::{Axis, Demands, Extent, Limits, drawable};
use super::document::{Document, Wide, standalone};
use super::legend::{self, Glyph};
use super::svg::{Phrase, Svg};
use super::{Drawing, Layout, TickLabel};
use plot::Plot;

/// How a value did against its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It met the target.
    Met,
    /// It came close.
    Near,
    /// It did not.
    Missed,
}

/// One period of a series.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// The period, such as 111.
    pub label: String,
    /// The period in other words, such as (2022); left out where it does not
    /// fit.
    pub sublabel: Option<String>,
    /// The value; `None` leaves a gap.
    pub value: Option<f64>,
    /// The value as written at its mark.
    pub value_label: String,
    /// The target of this period.
    pub target: Option<f64>,
    /// How the value did against its target; `None` if there is no verdict.
    pub verdict: Option<Verdict>,
    /// Whether the value cannot be compared with the one before it.
    pub starts_series: bool,
}

impl Point {
    fn value(&self) -> Option<f64> {
        self.value.and_then(drawable)
    }

    fn target(&self) -> Option<f64> {
        self.target.and_then(drawable)
    }
}

/// The words of the key. An empty word leaves its entry out.
#[derive(Clone, Copy, Debug, Default)]
pub struct TrendWords<'a> {
    /// A period that met its target.
    pub met: &'a str,
    /// A period that came close to it.
    pub near: &'a str,
    /// A period that did not.
    pub missed: &'a str,
    /// A period without a verdict, beside others that have one.
    pub unjudged: &'a str,
    /// The stepped target.
    pub target: &'a str,
    /// A break in the series.
    pub series_break: &'a str,
}

/// A trend chart.
pub struct Trend<'a> {
    /// The prefix of the ids, unique on the page.
    pub id: &'a str,
    /// What the chart is, in a line.
    pub title: Phrase<'a>,
    /// What the chart shows, in a sentence or two.
    pub desc: &'a str,
    /// The periods in order of time.
    pub points: Vec<Point>,
    /// The text at the last target, such as 「目標 95」; empty for none.
    pub target_label: &'a str,
    /// Natural ends of the quantity.
    pub limits: Limits,
    /// The decimals of the figures.
    pub decimals: u8,
    /// The words of the key.
    pub words: TrendWords<'a>,
    /// Writes an axis label.
    pub tick_label: &'a TickLabel<'a>,
}

impl Trend<'_> {
    /// Writes the chart in both layouts. Writes nothing and returns `false`
    /// if no period has a value to draw.
    #[must_use]
    pub fn svg(&self, out: &mut String) -> bool {
        self.svg_and_wide(out).is_some()
    }

    /// The same, with what the wide layout shows; nothing if no period has a value.
    #[must_use]
    pub fn svg_and_wide(&self, out: &mut String) -> Option<Wide> {
        let mut wide = None;
        if self.has_values() {
            self.write("chart-box chart-trend", out, &mut |markup, height| {
                wide = Some(Wide {
                    layout: self.wide(),
                    markup: markup.to_owned(),
                    height,
                    desc: self.desc.to_owned(),
                });
            });
        }
        wide
    }

    /// The chart as a document of its own; `None` if there is no value.
    #[must_use]
    pub fn standalone(&self, document: &Document<'_>) -> Option<String> {
        self.has_values().then(|| standalone(self, document))
    }

    /// The label of the end of the axis nearest to zero, if zero is not on it
    /// and the subtitle has to say so.
    #[must_use]
    pub fn truncated(&self) -> Option<String> {
        let axis = self.axis()?;
        axis.truncated()
            .map(|start| (self.tick_label)(start, axis.decimals))
    }

    fn has_values(&self) -> bool {
        self.points.iter().any(|point| point.value().is_some())
    }

    fn axis(&self) -> Option<Axis> {
        let shown = self
            .points
            .iter()
            .flat_map(|point| [point.value(), point.target()]);
        let extent = Extent::of(shown.flatten())?;
        Some(Axis::fitting(
            extent,
            &Demands {
                limits: self.limits,
                decimals: self.decimals,
                intervals: 6,
                room: (0.08, 0.05),
                zero: false,
            },
        ))
    }

    /// Whether some periods have a verdict, so that its absence needs a mark.
    fn has_verdicts(&self) -> bool {
        self.points
            .iter()
            .any(|point| point.value().is_some() && point.verdict.is_some())
    }

    fn draw_key(&self, layout: Layout, top: f64, svg: &mut Svg<'_>) -> f64 {
        let some = |verdict| {
            self.points
                .iter()
                .any(|point| point.value().is_some() && point.verdict == verdict)
        };
        let mut entries = Vec::new();
        if some(Some(Verdict::Met)) {
            entries.push((Glyph::Disc, self.words.met));
        }
        if some(Some(Verdict::Near)) {
            entries.push((Glyph::Delta, self.words.near));
        }
        if some(Some(Verdict::Missed)) {
            entries.push((Glyph::Diamond, self.words.missed));
        }
        if self.has_verdicts() && some(None) {
            entries.push((Glyph::Ring, self.words.unjudged));
        }
        if self.points.iter().any(|point| point.target().is_some()) {
            entries.push((Glyph::Step, self.words.target));
        }
        if self.points.iter().skip(1).any(|point| point.starts_series) {
            entries.push((Glyph::Break, self.words.series_break));
        }
        legend::draw(svg, &entries, (layout.font, layout.width, top))
    }
}

impl Drawing for Trend<'_> {
    fn id(&self) -> &str {
        self.id
    }

    fn title(&self) -> Phrase<'_> {
        self.title
    }

    fn desc(&self) -> &str {
        self.desc
    }

    fn wide(&self) -> Layout {
        Layout::wide(700.0, 15.0)
    }

    fn draw(&self, layout: Layout, svg: &mut Svg<'_>) -> f64 {
        let Some(axis) = self.axis() else { return 0.0 };
        let plot = Plot::new(self, &axis, layout);
        let bottom = plot.draw(svg);
        self.draw_key(layout, bottom, svg)
    }
}
