//! The labels of a trend: which values have one, and where it stands.

use super::super::measure::{fitted, text_width};
use super::super::placement::Placement;
use super::super::svg::{Anchor, Area, Svg};
use super::plot::Plot;

/// Up to so many values are all labelled; of more, the first, the last and
/// the extremes.
const LABEL_ALL: usize = 8;

impl Plot<'_> {
    /// The indices of the values that are labelled, the most important first.
    pub(super) fn labelled(&self) -> Vec<usize> {
        let mut marks: Vec<_> = self.marks().collect();
        let first = marks.first().copied();
        let last = marks.last().copied();
        // y grows downwards: the highest value has the least y.
        let by_y =
            |one: &(usize, (f64, f64)), other: &(usize, (f64, f64))| one.1.1.total_cmp(&other.1.1);
        let highest = marks.iter().copied().min_by(by_y);
        let lowest = marks.iter().copied().max_by(by_y);
        let all = if marks.len() <= LABEL_ALL {
            std::mem::take(&mut marks)
        } else {
            Vec::new()
        };
        let mut labelled = Vec::new();
        for (index, _) in [last, first, highest, lowest]
            .into_iter()
            .flatten()
            .chain(all)
        {
            if !labelled.contains(&index) {
                labelled.push(index);
            }
        }
        labelled
    }

    pub(super) fn draw_values(
        &self,
        labelled: &[usize],
        svg: &mut Svg<'_>,
        placement: &mut Placement,
    ) {
        let bold = self.layout.font * 1.06;
        let ys: Vec<_> = self.marks().collect();
        for &index in labelled {
            let Some(place) = ys.iter().position(|mark| mark.0 == index) else {
                continue;
            };
            let (Some(&(_, (x, y))), Some(point)) = (ys.get(place), self.trend.points.get(index))
            else {
                continue;
            };
            // A valley has its label below, everything else above.
            let lower =
                |other: Option<&(usize, (f64, f64))>| other.is_none_or(|mark| mark.1.1 <= y);
            let before = place.checked_sub(1).and_then(|place| ys.get(place));
            let valley = ys.len() > 1 && lower(before) && lower(ys.get(place + 1));
            let level = ys.iter().all(|mark| mark.1.1.total_cmp(&y).is_eq());
            let text = fitted(&point.value_label, bold, self.layout.width * 0.5);
            self.draw_label(&text, (x, y), valley && !level, svg, placement);
        }
    }

    pub(super) fn draw_target_label(&self, svg: &mut Svg<'_>, placement: &mut Placement) {
        let mut last = self.trend.points.iter().enumerate().rev();
        let last = last.find_map(|(index, point)| Some((index, point.target()?)));
        let (Some((index, target)), false) = (last, self.trend.target_label.is_empty()) else {
            return;
        };
        let bold = self.layout.font * 1.06;
        let text = fitted(self.trend.target_label, bold, self.layout.width * 0.6);
        let width = text_width(&text, bold);
        let right = (self.x(index) + self.step / 2.0).max(self.label_left() + width);
        let y = self.y(target);
        // How far back the line stays level: elsewhere a label would be of nothing.
        let level = self.trend.points.iter().take(index + 1).rev();
        let level = level.take_while(|point| point.target() == Some(target));
        let start = (0..=index)
            .rev()
            .take(level.count())
            .last()
            .unwrap_or(index);
        let start = self.x(start) - self.step / 2.0;
        let mut candidates = Vec::new();
        // At the end of the line first, then further back along it.
        for back in [0.0, 0.5, 1.0, 1.5] {
            let right = right - back * width;
            if back > 0.0 && right - width < start {
                break;
            }
            for baseline in [y - 5.0, y + bold + 1.0] {
                candidates.push(text_area(right - width / 2.0, baseline, width, bold));
            }
        }
        write_label(&text, &candidates, bold, svg, placement);
    }

    fn draw_label(
        &self,
        text: &str,
        (x, y): (f64, f64),
        below_first: bool,
        svg: &mut Svg<'_>,
        placement: &mut Placement,
    ) {
        if text.is_empty() {
            return;
        }
        let bold = self.layout.font * 1.06;
        let width = text_width(text, bold);
        let clear = self.radius + 4.0;
        let above = y - clear;
        let below = y + clear + bold * 0.75;
        let sides = if below_first {
            [below, above]
        } else {
            [above, below]
        };
        let (least, most) = (
            self.label_left() + width / 2.0,
            self.layout.width - width / 2.0,
        );
        let within = |x: f64| x.min(most).max(least);
        let mut candidates = Vec::new();
        for shift in [0.0, -0.3, 0.3, -0.55, 0.55] {
            for baseline in sides {
                let x = within(within(x) + shift * width);
                candidates.push(text_area(x, baseline, width, bold));
            }
        }
        for shift in [-0.5, 0.5] {
            let x = x + shift * (width + 2.0 * clear);
            candidates.push(text_area(x, y + bold * 0.35, width, bold));
        }
        write_label(text, &candidates, bold, svg, placement);
    }
}

/// The box of a bold text centred at `x`.
fn text_area(x: f64, baseline: f64, width: f64, font: f64) -> Area {
    Area {
        left: x - width / 2.0,
        top: baseline - font * 0.78,
        right: x + width / 2.0,
        bottom: baseline + font * 0.12,
    }
}

/// Writes the text where it finds room, or not at all: the table beside the
/// chart has every value.
fn write_label(
    text: &str,
    candidates: &[Area],
    font: f64,
    svg: &mut Svg<'_>,
    placement: &mut Placement,
) {
    if let Some(area) = placement.place(candidates) {
        let x = f64::midpoint(area.left, area.right);
        svg.text(
            "strong",
            (x, area.bottom - font * 0.12),
            Anchor::Middle,
            text,
        );
    }
}
