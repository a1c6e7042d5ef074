//! The relation diagram: the objectives of a theme in their rows, with the
//! causes and effects that the plan declares.

use std::fmt::Write as _;

use super::route::{Cell, Demand, Side, Way, route};
use crate::chart::wrapped;
use crate::interchange::atom::escape;

const BOX_WIDTH: f64 = 176.0;
const PADDING: f64 = 10.0;
const LINE: f64 = 18.0;
const FONT: f64 = 13.0;
/// The distance between neighbouring tracks.
const TRACK: f64 = 9.0;
/// The room of a channel or lane without tracks.
const ROOM: f64 = 18.0;
/// The length of an arrow's head.
const HEAD: f64 = 7.0;

/// An objective of the diagram.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its row, 0 at the top.
    pub row: usize,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The letter of its hue.
    pub hue: String,
}

/// A relation diagram.
pub struct Relation<'a> {
    /// Its title, for those who do not see it.
    pub title: &'a str,
    /// Its objectives, row by row.
    pub nodes: &'a [Node],
    /// Causes and effects, as places among the objectives.
    pub links: &'a [(usize, usize)],
}

/// Where everything lies, in user units.
struct Layout {
    cells: Vec<Cell>,
    /// The left edge of each column, and of the room after the last.
    columns: Vec<f64>,
    /// The upper edge of each row, and of the room under the last.
    rows: Vec<f64>,
    heights: Vec<f64>,
    demand: Demand,
}

impl Relation<'_> {
    /// The diagram as SVG; nothing without a link.
    #[must_use]
    pub fn svg(&self) -> Option<String> {
        if self.links.is_empty() {
            return None;
        }
        let names: Vec<Vec<String>> = self
            .nodes
            .iter()
            .map(|node| wrapped(&node.name, FONT, BOX_WIDTH - 2.0 * PADDING))
            .collect();
        let cells = self.cells();
        let (ways, demand) = route(&cells, self.links);
        let layout = Layout::of(cells, &names, demand);
        let (width, height) = layout.size();
        let mut out = String::new();
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            "<svg class=\"relation\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" role=\"img\"><title>{}</title>",
            escape(self.title)
        );
        for (way, (from, to)) in ways.iter().zip(self.links) {
            layout.line(way, *from, *to, &mut out);
        }
        for ((node, lines), at) in self.nodes.iter().zip(&names).zip(0..) {
            layout.node(at, node, lines, &mut out);
        }
        out.push_str("</svg>");
        Some(out)
    }

    fn cells(&self) -> Vec<Cell> {
        let mut taken = std::collections::BTreeMap::new();
        self.nodes
            .iter()
            .map(|node| {
                let next: &mut usize = taken.entry(node.row).or_default();
                *next += 1;
                Cell {
                    row: node.row,
                    column: *next - 1,
                }
            })
            .collect()
    }
}

impl Layout {
    fn of(cells: Vec<Cell>, names: &[Vec<String>], demand: Demand) -> Self {
        let row_count = cells.iter().map(|cell| cell.row + 1).max().unwrap_or(0);
        let column_count = cells.iter().map(|cell| cell.column + 1).max().unwrap_or(0);
        let room = |tracks: Option<&usize>| ROOM + TRACK * number(tracks.copied().unwrap_or(0));
        let mut heights = vec![0.0_f64; row_count];
        for (cell, lines) in cells.iter().zip(names) {
            let height = LINE * number(lines.len() + 1) + 2.0 * PADDING;
            if let Some(row) = heights.get_mut(cell.row) {
                *row = row.max(height);
            }
        }
        let mut rows = Vec::with_capacity(row_count + 1);
        let mut y = 0.0;
        for (row, height) in heights.iter().enumerate() {
            y += room(demand.channels.get(&row));
            rows.push(y);
            y += height;
        }
        rows.push(y + room(demand.channels.get(&row_count)));
        let mut columns = Vec::with_capacity(column_count + 1);
        let mut x = 0.0;
        for column in 0..column_count {
            x += room(demand.lanes.get(&column));
            columns.push(x);
            x += BOX_WIDTH;
        }
        columns.push(x + room(demand.lanes.get(&column_count)));
        Self {
            cells,
            columns,
            rows,
            heights,
            demand,
        }
    }

    fn size(&self) -> (f64, f64) {
        (
            self.columns.last().copied().unwrap_or(0.0),
            self.rows.last().copied().unwrap_or(0.0),
        )
    }

    /// The upper left corner of a box and its height.
    fn corner(&self, at: usize) -> (f64, f64, f64) {
        let cell = self
            .cells
            .get(at)
            .copied()
            .unwrap_or(Cell { row: 0, column: 0 });
        let of = |list: &[f64], index: usize| list.get(index).copied().unwrap_or(0.0);
        (
            of(&self.columns, cell.column),
            of(&self.rows, cell.row),
            of(&self.heights, cell.row),
        )
    }

    /// Where a link meets a box: the ports of a side are spread over its width.
    fn port(&self, at: usize, (side, place): (Side, usize)) -> (f64, f64) {
        let (x, y, height) = self.corner(at);
        let ports = self.demand.ports.get(&(at, side)).copied().unwrap_or(1);
        let x = x + BOX_WIDTH * number(place + 1) / number(ports + 1);
        (x, if side == Side::Top { y } else { y + height })
    }

    /// The height of a channel's track; channels are counted from above row 0.
    fn channel(&self, (channel, track): (usize, usize)) -> f64 {
        let above = channel.checked_sub(1);
        let top = above.map_or(0.0, |row| {
            self.rows.get(row).copied().unwrap_or(0.0)
                + self.heights.get(row).copied().unwrap_or(0.0)
        });
        top + ROOM / 2.0 + TRACK * number(track) + HEAD / 2.0
    }

    fn lane(&self, (lane, track): (usize, usize)) -> f64 {
        let left = lane.checked_sub(1).map_or(0.0, |column| {
            self.columns.get(column).copied().unwrap_or(0.0) + BOX_WIDTH
        });
        left + ROOM / 2.0 + TRACK * number(track)
    }

    fn line(&self, way: &Way, from: usize, to: usize, out: &mut String) {
        let (start_x, start_y) = self.port(from, way.out);
        let (end_x, end_y) = self.port(to, way.into);
        let first = self.channel(way.first);
        let _ = write!(
            out,
            "<path class=\"way\" d=\"M{start_x:.1} {start_y:.1}V{first:.1}"
        );
        if let Some((lane, second)) = way.detour {
            let _ = write!(out, "H{:.1}V{:.1}", self.lane(lane), self.channel(second));
        }
        // The line ends where the arrow's head begins.
        let back = if way.into.0 == Side::Bottom {
            HEAD
        } else {
            -HEAD
        };
        let _ = write!(out, "H{end_x:.1}V{:.1}\"/>", end_y + back);
        let base = end_y + back;
        let _ = write!(
            out,
            "<path class=\"tip\" d=\"M{end_x:.1} {end_y:.1}L{:.1} {base:.1}H{:.1}Z\"/>",
            end_x - HEAD / 2.0,
            end_x + HEAD / 2.0
        );
    }

    fn node(&self, at: usize, node: &Node, lines: &[String], out: &mut String) {
        let (x, y, height) = self.corner(at);
        let _ = write!(
            out,
            "<g class=\"hue-{}\"><rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{BOX_WIDTH:.1}\" height=\"{height:.1}\" rx=\"4\"/>",
            escape(&node.hue)
        );
        let left = x + PADDING;
        let mut line = y + PADDING + FONT;
        let _ = write!(
            out,
            "<text class=\"code\" x=\"{left:.1}\" y=\"{line:.1}\">{}</text>",
            escape(&node.code)
        );
        for text in lines {
            line += LINE;
            let _ = write!(
                out,
                "<text x=\"{left:.1}\" y=\"{line:.1}\">{}</text>",
                escape(text)
            );
        }
        out.push_str("</g>");
    }
}

/// A small count as a coordinate.
fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn diagram(rows: &[usize], links: &[(usize, usize)]) -> (Relation<'static>, Layout, Vec<Way>) {
        let nodes: Vec<Node> = rows
            .iter()
            .map(|row| Node {
                row: *row,
                code: "AC1".into(),
                name: "提升市民對政府信任度 and more words".into(),
                hue: "a".into(),
            })
            .collect();
        let nodes: &'static [Node] = nodes.leak();
        let links: &'static [(usize, usize)] = links.to_vec().leak();
        let relation = Relation {
            title: "t",
            nodes,
            links,
        };
        let cells = relation.cells();
        let names = vec![vec!["x".to_owned(); 2]; nodes.len()];
        let (ways, demand) = route(&cells, links);
        let layout = Layout::of(cells, &names, demand);
        (relation, layout, ways)
    }

    /// The corners of a way, in order.
    fn points(layout: &Layout, way: &Way, from: usize, to: usize) -> Vec<(f64, f64)> {
        let (start, end) = (layout.port(from, way.out), layout.port(to, way.into));
        let first = layout.channel(way.first);
        let mut points = vec![start, (start.0, first)];
        let mut last = first;
        if let Some((lane, second)) = way.detour {
            let (x, y) = (layout.lane(lane), layout.channel(second));
            points.extend([(x, first), (x, y)]);
            last = y;
        }
        points.extend([(end.0, last), end]);
        points
    }

    proptest! {
        #[test]
        fn no_line_runs_through_a_box_or_out_of_the_picture(
            mut rows in prop::collection::vec(0_usize..5, 2..24),
            picks in prop::collection::vec((0_usize..24, 0_usize..24), 1..40),
        ) {
            rows.sort_unstable();
            let links: Vec<_> = picks
                .into_iter()
                .map(|(a, b)| (a % rows.len(), b % rows.len()))
                .filter(|(a, b)| a != b)
                .collect();
            prop_assume!(!links.is_empty());
            let (relation, layout, ways) = diagram(&rows, &links);
            let (width, height) = layout.size();
            for (way, (from, to)) in ways.iter().zip(&links) {
                for pair in points(&layout, way, *from, *to).windows(2) {
                    let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
                    for (x, y) in [pair[0], pair[1]] {
                        prop_assert!((0.0..=width).contains(&x) && (0.0..=height).contains(&y));
                    }
                    for at in 0..rows.len() {
                        let (left, top, tall) = layout.corner(at);
                        let (low, high) = (x0.min(x1), x0.max(x1));
                        let (up, down) = (y0.min(y1), y0.max(y1));
                        let inside = low < left + BOX_WIDTH - 0.01
                            && high > left + 0.01
                            && up < top + tall - 0.01
                            && down > top + 0.01;
                        prop_assert!(!inside, "{pair:?} runs through box {at}");
                    }
                }
            }
            let svg = relation.svg().unwrap();
            prop_assert_eq!(svg.matches("class=\"way\"").count(), links.len());
            prop_assert_eq!(&svg, &relation.svg().unwrap());
        }
    }
}
