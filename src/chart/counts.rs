//! How many KPIs have which status: one bar, a piece for each status.

use super::status::StatusShape;
use super::svg::{Area, Svg};

const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 20.0;
/// Between two pieces.
const GAP: f64 = 2.0;
/// The size of a status's shape.
const SHAPE: f64 = 12.0;

/// A status: its shape, its class and how many have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// Its shape, drawn where the piece is wide enough.
    pub shape: StatusShape,
    /// Its class, such as `s-met`.
    pub class: &'a str,
    /// How many KPIs have it.
    pub count: usize,
}

/// A bar of statuses, in the order of the list beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusCounts<'a> {
    /// What it shows, in a sentence.
    pub title: &'a str,
    /// The statuses.
    pub parts: Vec<Part<'a>>,
}

impl StatusCounts<'_> {
    /// Writes the bar. Writes nothing and returns `false` if nothing is counted.
    #[must_use]
    pub fn svg(&self, out: &mut String) -> bool {
        let parts: Vec<&Part> = self.parts.iter().filter(|part| part.count > 0).collect();
        let total: f64 = parts.iter().map(|part| number(part.count)).sum();
        if parts.is_empty() {
            return false;
        }
        let room = WIDTH - GAP * (number(parts.len()) - 1.0);
        let mut svg = Svg::new(out);
        let height_at = svg.begin_image("chart chart-counts", WIDTH);
        svg.attribute("role", "img").end();
        svg.begin("title")
            .end()
            .characters(self.title)
            .close("title");
        let mut left = 0.0;
        for part in parts {
            let width = room * number(part.count) / total;
            svg.begin("g").class(part.class).end();
            svg.rect(
                "piece",
                Area {
                    left,
                    top: 0.0,
                    right: left + width,
                    bottom: HEIGHT,
                },
            );
            if width > SHAPE + 4.0 {
                let corner = (left + (width - SHAPE) / 2.0, (HEIGHT - SHAPE) / 2.0);
                part.shape.draw_at(corner, SHAPE, &mut svg);
            }
            svg.close("g");
            left += width + GAP;
        }
        svg.close("svg");
        svg.set_height(height_at, HEIGHT);
        true
    }
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::markup::Markup;

    fn bar(counts: &[usize]) -> StatusCounts<'static> {
        let shapes = StatusShape::ALL.into_iter().cycle();
        let part = |(count, shape): (&usize, StatusShape)| Part {
            shape,
            class: "s-met",
            count: *count,
        };
        StatusCounts {
            title: "All met",
            parts: counts.iter().zip(shapes).map(part).collect(),
        }
    }

    #[test]
    fn pieces_are_as_wide_as_their_counts_and_fill_the_bar() {
        let mut out = String::new();
        assert!(bar(&[3, 1, 0, 1]).svg(&mut out));
        let markup = Markup::of(&out);
        let pieces = markup.with_class("piece");
        let widths: Vec<f64> = pieces
            .iter()
            .map(|piece| piece.points()[1].0 - piece.points()[0].0)
            .collect();
        assert_eq!(widths.len(), 3);
        assert!((widths[0] - 3.0 * widths[1]).abs() < 0.3);
        assert!((widths.iter().sum::<f64>() + 2.0 * GAP - WIDTH).abs() < 0.3);
    }

    #[test]
    fn one_among_thousands_leaves_the_others_their_place() {
        let mut out = String::new();
        assert!(bar(&[1, 9_999, 1]).svg(&mut out));
        assert!(!bar(&[0, 0]).svg(&mut out));
        assert!(!bar(&[]).svg(&mut out));
    }
}
