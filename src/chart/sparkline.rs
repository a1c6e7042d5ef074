//! A series as a line without words, for lists.

use super::axis::{Extent, drawable};
use super::svg::Svg;

const WIDTH: f64 = 96.0;
const HEIGHT: f64 = 24.0;
const MARGIN: f64 = 4.0;

/// A small line: gaps where values are missing and where a new series begins, a
/// disc on the last value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sparkline<'a> {
    /// The values in order of time.
    pub values: Vec<Option<f64>>,
    /// The places of values that cannot be compared with the one before, ascending.
    pub breaks: Vec<usize>,
    /// What it shows, for those who do not see it; empty where the figures
    /// stand beside it.
    pub name: &'a str,
}

impl Sparkline<'_> {
    /// Writes the line. Writes nothing and returns `false` if no value can be
    /// drawn.
    #[must_use]
    pub fn svg(&self, out: &mut String) -> bool {
        let values: Vec<_> = self
            .values
            .iter()
            .map(|value| value.and_then(drawable))
            .collect();
        let Some(extent) = Extent::of(values.iter().copied().flatten()) else {
            return false;
        };
        let steps = f64::from(u32::try_from(values.len().saturating_sub(1)).unwrap_or(1)).max(1.0);
        let points = (0_u32..).zip(&values).map(|(index, value)| {
            let part = if values.len() == 1 {
                0.5
            } else {
                f64::from(index) / steps
            };
            let x = MARGIN + part * (WIDTH - 2.0 * MARGIN);
            value.map(|value| (x, height(value, extent)))
        });
        let points: Vec<_> = points.collect();

        let mut svg = Svg::new(out);
        let height_at = svg.begin_image("chart chart-spark", WIDTH);
        if self.name.is_empty() {
            svg.attribute("aria-hidden", "true").end();
        } else {
            svg.attribute("role", "img").end();
            svg.begin("title")
                .end()
                .characters(self.name)
                .close("title");
        }
        let runs = self.runs(&points);
        if runs.iter().any(|run| run.len() > 1) {
            svg.path("line", |path| {
                for run in runs.iter().filter(|run| run.len() > 1) {
                    for (index, &(x, y)) in run.iter().enumerate() {
                        if index == 0 {
                            path.move_to(x, y)
                        } else {
                            path.line_to(x, y)
                        };
                    }
                }
            });
        }
        for run in &runs {
            if let [alone] = run.as_slice() {
                svg.circle("met", *alone, 1.6);
            }
        }
        if let Some(&last) = points.iter().flatten().last() {
            svg.circle("met", last, 3.0);
        }
        svg.close("svg");
        svg.set_height(height_at, HEIGHT);
        true
    }

    /// The points that a line joins.
    fn runs(&self, points: &[Option<(f64, f64)>]) -> Vec<Vec<(f64, f64)>> {
        let mut runs = Vec::new();
        let mut run = Vec::new();
        for (at, point) in points.iter().enumerate() {
            if point.is_none() || self.breaks.binary_search(&at).is_ok() {
                runs.push(std::mem::take(&mut run));
            }
            run.extend(*point);
        }
        runs.push(run);
        runs
    }
}

fn height(value: f64, extent: Extent) -> f64 {
    if extent.is_flat() {
        return HEIGHT / 2.0;
    }
    let part = (value - extent.low) / (extent.high - extent.low);
    MARGIN + (1.0 - part.clamp(0.0, 1.0)) * (HEIGHT - 2.0 * MARGIN)
}
