//! Finds room for labels among marks, lines and other labels.

use super::svg::Area;

/// A point in user units.
pub type Point = (f64, f64);

/// Space to keep between two labels.
const GAP: f64 = 3.0;

/// What it costs a label to lie on a mark.
const ON_MARK: f64 = 20.0;

/// What already stands in a chart.
#[derive(Debug)]
pub struct Placement {
    bounds: Area,
    texts: Vec<Area>,
    marks: Vec<Area>,
    lines: Vec<(Point, Point, f64)>,
}

impl Placement {
    /// Nothing yet, and no label outside `bounds`.
    #[must_use]
    pub fn new(bounds: Area) -> Self {
        Self {
            bounds,
            texts: Vec::new(),
            marks: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// No label may touch this text.
    pub fn add_text(&mut self, area: Area) {
        self.texts.push(area);
    }

    /// Labels avoid this mark.
    pub fn add_mark(&mut self, (x, y): Point, radius: f64) {
        self.marks.push(Area {
            left: x - radius,
            top: y - radius,
            right: x + radius,
            bottom: y + radius,
        });
    }

    /// Labels avoid crossing this line, the more the greater its cost.
    pub fn add_line(&mut self, from: Point, to: Point, cost: f64) {
        self.lines.push((from, to, cost));
    }

    /// Takes the best of the candidates, the earlier the better; `None` if
    /// each one would touch another text or leave the bounds.
    pub fn place(&mut self, candidates: &[Area]) -> Option<Area> {
        let mut best: Option<(f64, Area)> = None;
        for (rank, &area) in (0_u32..).zip(candidates) {
            // A candidate costs its rank at least: no later one can be better.
            if best.is_some_and(|(least, _)| least <= f64::from(rank)) {
                break;
            }
            let Some(cost) = self.cost(area) else {
                continue;
            };
            let cost = cost + f64::from(rank);
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, area));
            }
        }
        let (_, area) = best?;
        self.texts.push(area);
        Some(area)
    }

    fn cost(&self, area: Area) -> Option<f64> {
        // A label pushed against an edge may round past it.
        let edge = 0.01;
        let inside = area.left >= self.bounds.left - edge
            && area.top >= self.bounds.top - edge
            && area.right <= self.bounds.right + edge
            && area.bottom <= self.bounds.bottom + edge;
        if !inside || self.texts.iter().any(|&text| overlap(area, text, GAP)) {
            return None;
        }
        let marks = self.marks.iter().filter(|&&mark| overlap(area, mark, 0.0));
        let lines = self
            .lines
            .iter()
            .filter(|line| crosses(area, line.0, line.1));
        Some(marks.map(|_| ON_MARK).sum::<f64>() + lines.map(|line| line.2).sum::<f64>())
    }
}

fn overlap(one: Area, other: Area, gap: f64) -> bool {
    one.left < other.right + gap
        && other.left < one.right + gap
        && one.top < other.bottom
        && other.top < one.bottom
}

/// Whether a line segment enters an area: Liang and Barsky's clipping.
fn crosses(area: Area, from: Point, to: Point) -> bool {
    // Most segments of a series are nowhere near a label.
    let is_far = from.0.max(to.0) < area.left
        || from.0.min(to.0) > area.right
        || from.1.max(to.1) < area.top
        || from.1.min(to.1) > area.bottom;
    if is_far {
        return false;
    }
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (delta, room) in [
        (-dx, from.0 - area.left),
        (dx, area.right - from.0),
        (-dy, from.1 - area.top),
        (dy, area.bottom - from.1),
    ] {
        if delta == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if delta < 0.0 {
            enter = enter.max(room / delta);
        } else {
            leave = leave.min(room / delta);
        }
    }
    enter <= leave
}

/// Moves labels of the given `(centre, width)` apart so that they keep `gap`
/// between them and lie within `0..=room`; `None` if they cannot. Labels keep
/// the order they are given in.
#[must_use]
pub fn spread(labels: &[(f64, f64)], gap: f64, room: f64) -> Option<Vec<f64>> {
    let total: f64 = labels.iter().map(|label| label.1).sum();
    let gaps = f64::from(u32::try_from(labels.len().saturating_sub(1)).unwrap_or(u32::MAX));
    if total + gap * gaps > room {
        return None;
    }
    // Two neighbours share the shift; then the ends push back inwards.
    let mut lefts: Vec<f64> = labels
        .iter()
        .map(|&(centre, width)| centre - width / 2.0)
        .collect();
    for index in 1..labels.len() {
        let (Some(&before), Some(&here)) = (lefts.get(index - 1), lefts.get(index)) else {
            break;
        };
        let end = before + labels.get(index - 1)?.1 + gap;
        if here < end {
            let shift = (end - here) / 2.0;
            *lefts.get_mut(index - 1)? -= shift;
            *lefts.get_mut(index)? += shift;
        }
    }
    let mut least = 0.0_f64;
    for (left, label) in lefts.iter_mut().zip(labels) {
        *left = left.max(least);
        least = *left + label.1 + gap;
    }
    let mut most = room;
    for (left, label) in lefts.iter_mut().zip(labels).rev() {
        *left = left.min(most - label.1);
        most = *left - gap;
    }
    Some(
        lefts
            .iter()
            .zip(labels)
            .map(|(left, label)| left + label.1 / 2.0)
            .collect(),
    )
}

/// The first of the strides at which labels in a row, each `(centre, half its
/// width)`, keep `gap` between them, counted from the first label; if there is
/// none, a stride that leaves only the first label.
#[must_use]
pub fn even_stride(
    labels: &[(f64, f64)],
    gap: f64,
    strides: impl IntoIterator<Item = usize>,
) -> usize {
    let apart = |stride: &usize| {
        let shown = labels.iter().step_by((*stride).max(1));
        shown
            .clone()
            .zip(shown.skip(1))
            .all(|(one, other)| (one.0 - other.0).abs() >= one.1 + other.1 + gap)
    };
    strides
        .into_iter()
        .find(apart)
        .unwrap_or(labels.len())
        .max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Area = Area {
        left: 0.0,
        top: 0.0,
        right: 100.0,
        bottom: 100.0,
    };

    fn area(left: f64, top: f64) -> Area {
        Area {
            left,
            top,
            right: left + 20.0,
            bottom: top + 10.0,
        }
    }

    #[test]
    fn a_label_goes_where_no_text_is() {
        let mut placement = Placement::new(PAGE);
        placement.add_text(area(10.0, 10.0));
        let found = placement.place(&[area(12.0, 12.0), area(90.0, 10.0), area(12.0, 40.0)]);
        assert_eq!(found, Some(area(12.0, 40.0)));
        assert_eq!(placement.place(&[area(15.0, 45.0)]), None);
    }

    #[test]
    fn a_label_prefers_not_to_cross_a_line() {
        let mut placement = Placement::new(PAGE);
        placement.add_line((0.0, 0.0), (50.0, 50.0), 5.0);
        assert_eq!(
            placement.place(&[area(20.0, 25.0), area(60.0, 25.0)]),
            Some(area(60.0, 25.0))
        );
    }

    #[test]
    fn labels_too_close_share_the_shift() {
        assert_eq!(
            spread(&[(50.0, 20.0), (52.0, 20.0)], 4.0, 100.0),
            Some(vec![39.0, 63.0])
        );
        assert_eq!(spread(&[(99.0, 20.0)], 4.0, 100.0), Some(vec![90.0]));
        assert_eq!(spread(&[(20.0, 60.0), (60.0, 60.0)], 4.0, 100.0), None);
    }

    #[test]
    fn labels_are_left_out_evenly() {
        let row: Vec<_> = (0..9).map(|index| (f64::from(index) * 10.0, 8.0)).collect();
        assert_eq!(even_stride(&row, 1.0, 1..9), 2);
        assert_eq!(even_stride(&row, 1.0, [1]), 9);
        assert_eq!(even_stride(&[], 1.0, 1..9), 1);
    }
}
