//! How the parts of a bullet are drawn.

use super::super::axis::{Axis, drawable};
use super::super::legend::{self, Glyph, range_class};
use super::super::measure::{fitted, text_width};
use super::super::placement::{even_stride, spread};
use super::super::svg::{Anchor, Area, Svg};
use super::{Better, Bullet, Layout};

/// The bar of a bullet: its axis and its place.
pub(super) struct Plot<'a> {
    pub axis: &'a Axis,
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
}

impl Plot<'_> {
    pub fn x(&self, value: f64) -> f64 {
        self.axis.place(value, self.left, self.right)
    }

    fn area(&self, left: f64, right: f64, inset: f64) -> Area {
        Area {
            left,
            top: self.top + inset,
            right,
            bottom: self.bottom - inset,
        }
    }
}

/// The grey of a range, from its rank and the best rank: 1 the worst to 3.
fn level(rank: usize, best: usize) -> u8 {
    if rank >= best {
        3
    } else if rank * 2 >= best {
        2
    } else {
        1
    }
}

pub(super) fn widest(ticks: &[(f64, String)], font: f64) -> f64 {
    ticks
        .iter()
        .map(|tick| text_width(&tick.1, font))
        .fold(0.0, f64::max)
}

impl Bullet<'_> {
    /// The stretches of the ranges along the axis, each with its level.
    pub(super) fn stretches(&self, axis: &Axis) -> Vec<(f64, f64, u8)> {
        let mut edges: Vec<f64> = self.ranges.iter().copied().filter_map(drawable).collect();
        edges.sort_by(f64::total_cmp);
        let count = edges.len() + 1;
        let ends = edges.iter().copied().chain([axis.end]);
        let starts = [axis.start].into_iter().chain(edges.iter().copied());
        starts
            .zip(ends)
            .enumerate()
            .map(|(index, (start, end))| {
                let from_end = count - 1 - index;
                let (rank, best) = match self.better {
                    Better::Higher => (index, count - 1),
                    Better::Lower => (from_end, count - 1),
                    Better::Within => (index.min(from_end), (count - 1) / 2),
                };
                (start, end, level(rank, best))
            })
            .collect()
    }

    pub(super) fn draw_ranges(&self, plot: &Plot<'_>, svg: &mut Svg<'_>) {
        for (start, end, level) in self.stretches(plot.axis) {
            let (left, right) = (plot.x(start), plot.x(end));
            if right > left {
                svg.rect(range_class(level), plot.area(left, right, 0.0));
            }
        }
    }

    /// The value with its bar or gap, the target, the zero line. `slim` is the
    /// part of the height that the bar leaves free above and below it.
    pub(super) fn draw_marks(&self, plot: &Plot<'_>, value: f64, slim: f64, svg: &mut Svg<'_>) {
        let height = plot.bottom - plot.top;
        let middle = f64::midpoint(plot.top, plot.bottom);
        let x = plot.x(value);
        let from_zero = plot.axis.contains_zero();
        if from_zero {
            let zero = plot.x(0.0);
            let (left, right) = (zero.min(x), zero.max(x));
            // A value of zero is a value: it keeps a sliver of ink.
            let right = right.max(left + 2.0);
            svg.rect("value", plot.area(left, right, height * slim));
            if plot.axis.start < 0.0 {
                svg.line("zero", (zero, plot.top), (zero, plot.bottom));
            }
        } else if let Some((low, high)) = self.target() {
            let gap = plot.x(value.clamp(low, high));
            if (gap - x).abs() > 1.0 {
                svg.rect("value", plot.area(gap.min(x), gap.max(x), height * 0.4));
            }
        }
        match self.target() {
            Some((low, high)) if high > low => {
                svg.rect("band", plot.area(plot.x(low), plot.x(high), height * 0.06));
            }
            Some((at, _)) => {
                let half = (height * 0.055).max(1.2);
                let at = plot.x(at);
                svg.rect("target", plot.area(at - half, at + half, height * 0.06));
            }
            None => {}
        }
        if !from_zero {
            svg.circle("dot", (x, middle), height * 0.22);
        }
    }

    /// The labels above the bar; returns where the bar begins.
    pub(super) fn draw_labels(&self, plot: &Plot<'_>, layout: Layout, svg: &mut Svg<'_>) -> f64 {
        let Layout { font, width, .. } = layout;
        let bold = font * 1.08;
        let mut labels = Vec::new();
        if let (Some(target), Some((low, high))) = (&self.target, self.target()) {
            labels.push((f64::midpoint(plot.x(low), plot.x(high)), target.label()));
        }
        if let (Some(mark), Some(value)) = (&self.value, self.value()) {
            labels.push((plot.x(value), &mark.label));
        }
        labels.retain(|label| !label.1.is_empty());
        labels.sort_by(|one, other| one.0.total_cmp(&other.0));
        let texts: Vec<_> = labels
            .iter()
            .map(|label| fitted(label.1, bold, width))
            .collect();
        let sizes: Vec<_> = labels
            .iter()
            .zip(&texts)
            .map(|(label, text)| (label.0, text_width(text, bold)))
            .collect();
        let line = (font * 1.45).round();
        let mut baseline = font;
        if let Some(centres) = spread(&sizes, font, width) {
            for (x, text) in centres.iter().zip(&texts) {
                svg.text("strong", (*x, baseline), Anchor::Middle, text);
            }
            return baseline + (font * 0.6).round();
        }
        for ((centre, size), text) in sizes.iter().zip(&texts) {
            let x = centre.min(width - size / 2.0).max(size / 2.0);
            svg.text("strong", (x, baseline), Anchor::Middle, text);
            baseline += line;
        }
        baseline - line + (font * 0.6).round()
    }

    /// The ticks below the bar and as many labels as fit evenly; returns
    /// their baseline.
    pub(super) fn draw_ticks(&self, plot: &Plot<'_>, layout: Layout, svg: &mut Svg<'_>) -> f64 {
        let Layout { font, width, .. } = layout;
        let baseline = plot.bottom + 12.0 + font;
        let ticks = self.ticks(plot.axis, layout);
        svg.path("tick", |path| {
            for &(tick, _) in &ticks {
                path.move_to(plot.x(tick), plot.bottom)
                    .down_to(plot.bottom + 6.0);
            }
        });
        let labels: Vec<_> = ticks
            .iter()
            .map(|(tick, text)| {
                let half = text_width(text, font) / 2.0;
                (plot.x(*tick).min(width - half).max(half), half)
            })
            .collect();
        let stride = even_stride(&labels, font * 0.6, 1..=labels.len());
        for ((x, _), (_, text)) in labels.iter().zip(&ticks).step_by(stride) {
            svg.text("", (*x, baseline), Anchor::Middle, text);
        }
        baseline
    }

    pub(super) fn ticks(&self, axis: &Axis, layout: Layout) -> Vec<(f64, String)> {
        let label = |&tick: &f64| {
            let text = (self.tick_label)(tick, axis.decimals);
            (
                tick,
                fitted(&text, layout.font, layout.width / 2.0).into_owned(),
            )
        };
        axis.ticks.iter().map(label).collect()
    }

    pub(super) fn draw_key(&self, axis: &Axis, layout: Layout, top: f64, svg: &mut Svg<'_>) -> f64 {
        let value = if axis.contains_zero() {
            Glyph::Bar
        } else {
            Glyph::Disc
        };
        let mut entries = vec![(value, self.words.value)];
        if let Some((low, high)) = self.target() {
            let glyph = if high > low { Glyph::Band } else { Glyph::Tick };
            entries.push((glyph, self.words.target));
        }
        if let Some((_, label)) = self.previous() {
            entries.push((Glyph::Triangle, label));
        }
        let stretches = self.stretches(axis);
        let best = self.words.ranges.len().saturating_sub(1);
        for (rank, word) in self.words.ranges.iter().enumerate() {
            let level = level(rank, best);
            if stretches.len() > 1 && stretches.iter().any(|stretch| stretch.2 == level) {
                entries.push((Glyph::Range(level), word));
            }
        }
        legend::draw(svg, &entries, (layout.font, layout.width, top))
    }
}
