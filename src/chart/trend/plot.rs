//! The plot of a trend: grid, periods, target, line, marks, labels.

use super::super::axis::Axis;
use super::super::measure::{fitted, text_width};
use super::super::placement::{Placement, even_stride};
use super::super::svg::{Anchor, Area, Svg};
use super::{Layout, Trend, Verdict};

/// Periods nearer to each other than this have no marks of their own.
const NEAREST_MARKS: f64 = 9.0;

pub(super) struct Plot<'a> {
    pub(super) trend: &'a Trend<'a>,
    axis: &'a Axis,
    pub(super) layout: Layout,
    /// Labels of the ticks, as short as the space demands.
    ticks: Vec<(f64, String)>,
    area: Area,
    /// The width of one period.
    pub(super) step: f64,
    /// Whether tick labels stand on their lines, too wide to stand beside.
    ticks_inside: bool,
    pub(super) radius: f64,
}

impl<'a> Plot<'a> {
    pub(super) fn new(trend: &'a Trend<'a>, axis: &'a Axis, layout: Layout) -> Self {
        let Layout { font, width, .. } = layout;
        let label = |&tick: &f64| {
            let text = (trend.tick_label)(tick, axis.decimals);
            (tick, fitted(&text, font, width * 0.45).into_owned())
        };
        let ticks: Vec<_> = axis.ticks.iter().map(label).collect();
        let gutter = ticks
            .iter()
            .map(|tick| text_width(&tick.1, font))
            .fold(0.0, f64::max)
            + 8.0;
        let ticks_inside = gutter > width * 0.34;
        let left = if ticks_inside { 4.0 } else { gutter };
        let top = (font * 1.7).round();
        let height = if layout.narrow { 170.0 } else { 200.0 };
        let area = Area {
            left,
            top,
            right: width - 4.0,
            bottom: top + height,
        };
        let periods = f64::from(u32::try_from(trend.points.len().max(1)).unwrap_or(u32::MAX));
        let step = (area.right - area.left) / periods;
        let radius = if step > 24.0 { 5.0 } else { 3.5 };
        Self {
            trend,
            axis,
            layout,
            ticks,
            area,
            step,
            ticks_inside,
            radius,
        }
    }

    /// Draws everything; returns where the text of the periods ends.
    pub(super) fn draw(&self, svg: &mut Svg<'_>) -> f64 {
        let mut placement = self.placement();
        self.draw_grid(svg, &mut placement);
        self.draw_breaks(svg);
        let bottom = self.draw_periods(svg);
        self.draw_target(svg, &mut placement);
        self.draw_line(svg, &mut placement);
        let labelled = self.labelled();
        self.draw_marks(&labelled, svg, &mut placement);
        self.draw_values(&labelled, svg, &mut placement);
        self.draw_target_label(svg, &mut placement);
        bottom
    }

    fn placement(&self) -> Placement {
        Placement::new(Area {
            left: self.label_left(),
            top: 0.0,
            right: self.layout.width,
            bottom: self.area.bottom + 3.0,
        })
    }

    /// How far left a value's label may reach: further, it would read as a
    /// label of the axis.
    pub(super) fn label_left(&self) -> f64 {
        (self.area.left - self.layout.font).max(0.0)
    }

    pub(super) fn x(&self, index: usize) -> f64 {
        let index = f64::from(u32::try_from(index).unwrap_or(u32::MAX));
        self.area.left + (index + 0.5) * self.step
    }

    pub(super) fn y(&self, value: f64) -> f64 {
        self.axis.place(value, self.area.bottom, self.area.top)
    }

    /// The points that have a value, each with its index.
    pub(super) fn marks(&self) -> impl Iterator<Item = (usize, (f64, f64))> + '_ {
        self.trend
            .points
            .iter()
            .enumerate()
            .filter_map(|(index, point)| Some((index, (self.x(index), self.y(point.value()?)))))
    }

    fn draw_grid(&self, svg: &mut Svg<'_>, placement: &mut Placement) {
        let font = self.layout.font;
        for (tick, text) in &self.ticks {
            let y = self.y(*tick);
            let class = if *tick == 0.0 { "zero" } else { "grid" };
            svg.line(class, (self.area.left, y), (self.area.right, y));
            let width = text_width(text, font);
            let (x, baseline, anchor, left) = if self.ticks_inside {
                (self.area.left, y - 3.0, Anchor::Start, self.area.left)
            } else {
                (
                    self.area.left - 8.0,
                    y + font * 0.35,
                    Anchor::End,
                    self.area.left - 8.0 - width,
                )
            };
            svg.text("", (x, baseline), anchor, text);
            placement.add_text(Area {
                left,
                top: baseline - font * 0.8,
                right: left + width,
                bottom: baseline + 2.0,
            });
        }
    }

    /// A break is a gap in the line, and a faint line where the gap is.
    fn draw_breaks(&self, svg: &mut Svg<'_>) {
        for (index, point) in self.trend.points.iter().enumerate().skip(1) {
            if point.starts_series {
                let x = self.x(index) - self.step / 2.0;
                svg.line("break", (x, self.area.top), (x, self.area.bottom));
            }
        }
    }

    /// Writes the periods under the plot: all of them, or every n-th back
    /// from the last.
    fn draw_periods(&self, svg: &mut Svg<'_>) -> f64 {
        let Layout { font, width, .. } = self.layout;
        let points = &self.trend.points;
        let room = (self.area.right - self.area.left) / 2.0 - font;
        let room = if points.len() < 2 { width } else { room };
        let labels: Vec<_> = points
            .iter()
            .enumerate()
            .rev()
            .map(|(index, point)| {
                let label = fitted(&point.label, font, room);
                let half = text_width(&label, font) / 2.0;
                (
                    index,
                    label,
                    (self.x(index).min(width - half).max(half), half),
                )
            })
            .collect();
        let places: Vec<_> = labels.iter().map(|label| label.2).collect();
        let stride = even_stride(&places, font * 0.5, strides(points.len()));
        // Sublabels are a help, not the name of the period: they go first.
        let sublabels = || points.iter().filter_map(|point| point.sublabel.as_deref());
        let fits = |text: &str| text_width(text, font) + font * 0.5 <= self.step;
        let two_rows = stride == 1 && sublabels().next().is_some() && sublabels().all(fits);
        let baseline = self.area.bottom + font * 1.35;
        for (index, label, (x, _)) in labels.iter().step_by(stride) {
            svg.text("", (*x, baseline), Anchor::Middle, label);
            let sublabel = points
                .get(*index)
                .and_then(|point| point.sublabel.as_deref());
            if let Some(sublabel) = sublabel.filter(|_| two_rows) {
                let at = (self.x(*index), baseline + font * 1.3);
                svg.text("", at, Anchor::Middle, sublabel);
            }
        }
        baseline + if two_rows { font * 1.7 } else { font * 0.4 }
    }

    /// The target as steps, each as wide as its period.
    fn draw_target(&self, svg: &mut Svg<'_>, placement: &mut Placement) {
        let steps: Vec<_> = self
            .trend
            .points
            .iter()
            .enumerate()
            .map(|(index, point)| {
                let middle = self.x(index);
                let half = self.step / 2.0;
                point
                    .target()
                    .map(|target| (middle - half, middle + half, self.y(target)))
            })
            .collect();
        if steps.iter().all(Option::is_none) {
            return;
        }
        svg.path("step", |path| {
            for run in steps.split(Option::is_none).filter(|run| !run.is_empty()) {
                let mut drawn: Option<(f64, f64)> = None;
                for &(left, right, y) in run.iter().flatten() {
                    match drawn {
                        None => drop(path.move_to(left, y)),
                        // A level stretch is one command, however long.
                        Some((_, before)) if y.total_cmp(&before).is_eq() => {}
                        Some((end, _)) => drop(path.across_to(end).down_to(y)),
                    }
                    drawn = Some((right, y));
                    placement.add_line((left, y), (right, y), 3.0);
                }
                if let Some((end, _)) = drawn {
                    path.across_to(end);
                }
            }
        });
    }

    /// The line, with gaps where values are missing or series break.
    fn draw_line(&self, svg: &mut Svg<'_>, placement: &mut Placement) {
        let mut runs: Vec<Vec<(f64, f64)>> = Vec::new();
        let mut next = None;
        for (index, at) in self.marks() {
            let breaks = self
                .trend
                .points
                .get(index)
                .is_some_and(|point| point.starts_series);
            match runs.last_mut() {
                Some(run) if next == Some(index) && !breaks => run.push(at),
                _ => runs.push(vec![at]),
            }
            next = Some(index + 1);
        }
        runs.retain(|run| run.len() > 1);
        if runs.is_empty() {
            return;
        }
        svg.path("line", |path| {
            for run in &runs {
                let mut before = None;
                for &(x, y) in run {
                    if let Some(before) = before {
                        path.line_to(x, y);
                        placement.add_line(before, (x, y), 8.0);
                    } else {
                        path.move_to(x, y);
                    }
                    before = Some((x, y));
                }
            }
        });
    }

    fn draw_marks(&self, labelled: &[usize], svg: &mut Svg<'_>, placement: &mut Placement) {
        let judged = self.trend.has_verdicts();
        let has_value = |index: Option<usize>| {
            let point = index.and_then(|index| self.trend.points.get(index));
            point.is_some_and(|point| point.value().is_some())
        };
        for (index, at) in self.marks() {
            // A value without neighbours has no line to be seen by.
            let alone = !has_value(index.checked_sub(1)) && !has_value(Some(index + 1));
            if self.step < NEAREST_MARKS && !alone && !labelled.contains(&index) {
                continue;
            }
            match self.trend.points.get(index).and_then(|point| point.verdict) {
                Some(Verdict::Near) => svg.delta("unmet", at, self.radius + 1.0),
                Some(Verdict::Missed) => svg.diamond("unmet", at, self.radius + 1.0),
                None if judged => svg.circle("unmet", at, self.radius - 0.5),
                Some(Verdict::Met) | None => svg.circle("met", at, self.radius),
            }
            placement.add_mark(at, self.radius);
        }
    }
}

/// How many periods one label may stand for: any number in a short series; in
/// a long one, whole quarters or years, which read better than every fifth
/// month.
fn strides(count: usize) -> Vec<usize> {
    const EVEN: [usize; 11] = [1, 2, 3, 4, 6, 12, 24, 36, 60, 120, 240];
    if count > 12 {
        EVEN.to_vec()
    } else {
        (1..=count).collect()
    }
}
