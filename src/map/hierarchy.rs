//! The organisation chart: those above in a line, those below hanging from
//! rails in columns, however many and however deep.

use super::board::{Frame, LINE, PADDING, number};
use super::picture::{area, phrase};
use crate::chart::svg::{Anchor, Svg};
use crate::chart::wrapped_bold;

/// The size of the names, in user units.
const FONT: f64 = 13.0;
/// The width the chart is made for.
const WIDTH: f64 = 1140.0;
/// The width of a column, unless units lie very deep.
const COLUMN: f64 = 264.0;
/// Between two columns.
const GAP: f64 = 16.0;
/// Between two boxes, one above the other.
const SPACE: f64 = 10.0;
/// From a rail to the boxes that hang from it.
const STUB: f64 = 16.0;
/// From the edge of a box to the rail under it.
const INDENT: f64 = 12.0;
/// Between the line of those above and the columns.
const TRUNK: f64 = 36.0;
/// However deep a unit lies, its box keeps this width.
const NARROWEST: f64 = 120.0;

/// An organisation or a unit, and what belongs to it.
#[derive(Clone, Debug, Default)]
pub struct Branch {
    /// Its name.
    pub name: String,
    /// The language of the name, where it is not the page's.
    pub lang: Option<String>,
    /// The address of its page.
    pub url: Option<String>,
    /// What belongs to it.
    pub branches: Vec<Branch>,
}

/// An organisation chart.
#[derive(Clone, Debug, Default)]
pub struct Hierarchy<'a> {
    /// Its title, for those who do not see it.
    pub title: &'a str,
    /// Those above, from the top; nothing hangs from them but the next.
    pub above: Vec<Branch>,
    /// The organisation it is about.
    pub here: Branch,
}

/// A box with its text.
#[derive(Clone, Debug)]
struct Placed<'a> {
    frame: Frame,
    lines: Vec<String>,
    branch: &'a Branch,
}

/// Where everything lies.
#[derive(Clone, Debug, Default)]
struct Layout<'a> {
    boxes: Vec<Placed<'a>>,
    /// Straight lines from point to point.
    lines: Vec<((f64, f64), (f64, f64))>,
    size: (f64, f64),
}

impl Hierarchy<'_> {
    /// The chart as SVG; nothing for an organisation that stands alone.
    #[must_use]
    pub fn svg(&self) -> Option<String> {
        if self.above.is_empty() && self.here.branches.is_empty() {
            return None;
        }
        let layout = self.layout();
        let mut out = String::new();
        let mut svg = Svg::new(&mut out);
        let height_at = svg.begin_image("board", layout.size.0);
        svg.attribute("role", "group")
            .attribute("aria-label", self.title);
        svg.number("width", layout.size.0).end();
        svg.path("rail", |path| {
            for (from, to) in &layout.lines {
                path.move_to(from.0, from.1).line_to(to.0, to.1);
            }
        });
        for (at, placed) in layout.boxes.iter().enumerate() {
            placed.draw(at == self.above.len(), &mut svg);
        }
        svg.close("svg");
        svg.set_size(height_at, layout.size.1);
        Some(out)
    }

    fn layout(&self) -> Layout<'_> {
        let column = self.column();
        let columns = self.columns(column);
        let width = number(columns.len().max(1)) * (column + GAP) - GAP;
        let mut layout = Layout::default();
        let middle = width / 2.0;
        let mut y = 1.0;
        let mut below = None;
        for branch in self.above.iter().chain([&self.here]) {
            if let Some(bottom) = below {
                layout.lines.push(((middle, bottom), (middle, y)));
            }
            let bottom = layout.place(branch, (middle - column / 2.0, y), column - 1.0);
            below = Some(bottom);
            y = bottom + 2.0 * SPACE;
        }
        let bottom = below.unwrap_or(y);
        let mut end = bottom;
        if !self.here.branches.is_empty() {
            let bus = bottom + TRUNK / 2.0;
            layout.lines.push(((middle, bottom), (middle, bus)));
            let rails = (0..columns.len()).map(|at| number(at) * (column + GAP) + 1.0);
            let (first, last) = (1.0, number(columns.len() - 1) * (column + GAP) + 1.0);
            layout
                .lines
                .push(((middle.min(first), bus), (middle.max(last), bus)));
            for (rail, branches) in rails.zip(&columns) {
                let top = bottom + TRUNK;
                end = end.max(layout.hang(branches, rail, (bus, top), rail + column - 2.0));
            }
        }
        layout.size = (width, end + 1.0);
        layout
    }

    /// The width of a column: the box of the deepest unit still has room.
    fn column(&self) -> f64 {
        let depth = number(self.here.depth());
        COLUMN.max(depth * (STUB + INDENT) + NARROWEST)
    }

    /// The branches of the organisation in columns of about the same height,
    /// in their order.
    fn columns(&self, column: f64) -> Vec<Vec<&Branch>> {
        let branches = &self.here.branches;
        let fit = ((WIDTH + GAP) / (column + GAP)).floor();
        let mut count = 1;
        while number(count + 1) <= fit && count < branches.len() {
            count += 1;
        }
        let total: usize = branches.iter().map(Branch::size).sum();
        let mut columns: Vec<Vec<&Branch>> = Vec::new();
        let mut done = 0;
        for branch in branches {
            // The column in which the middle of the branch lies.
            let column = (2 * done + branch.size()) * count / (2 * total).max(1);
            while columns.len() <= column.min(count - 1)
                && columns.last().is_none_or(|last| !last.is_empty())
            {
                columns.push(Vec::new());
            }
            if let Some(last) = columns.last_mut() {
                last.push(branch);
            }
            done += branch.size();
        }
        columns
    }
}

impl Branch {
    /// How many levels lie under it.
    fn depth(&self) -> usize {
        let deepest = self.branches.iter().map(Self::depth).max();
        deepest.map_or(0, |depth| depth + 1)
    }

    /// How many boxes it takes.
    fn size(&self) -> usize {
        1 + self.branches.iter().map(Self::size).sum::<usize>()
    }
}

impl<'a> Layout<'a> {
    /// Places a box and returns where it ends.
    fn place(&mut self, branch: &'a Branch, (x, y): (f64, f64), width: f64) -> f64 {
        let lines = wrapped_bold(&branch.name, FONT, width - 2.0 * PADDING);
        let frame = Frame {
            x,
            y,
            width,
            height: number(lines.len().max(1)) * LINE + PADDING + 2.0,
        };
        let end = frame.y + frame.height;
        self.boxes.push(Placed {
            frame,
            lines,
            branch,
        });
        end
    }

    /// Hangs branches from a rail that starts at `from`, boxes from `top` on
    /// and no further right than `right`; returns where they end.
    fn hang(
        &mut self,
        branches: &[&'a Branch],
        rail: f64,
        (from, top): (f64, f64),
        right: f64,
    ) -> f64 {
        let mut y = top;
        let mut last = from;
        for branch in branches {
            let x = rail + STUB;
            let bottom = self.place(branch, (x, y), right - x);
            let stub = y + f64::midpoint(LINE, PADDING) + 1.0;
            self.lines.push(((rail, stub), (x, stub)));
            last = stub;
            y = bottom + SPACE;
            if !branch.branches.is_empty() {
                let inner: Vec<&Branch> = branch.branches.iter().collect();
                y = self.hang(&inner, x + INDENT, (bottom, y), right) + SPACE;
            }
        }
        self.lines.push(((rail, from), (rail, last)));
        y - SPACE
    }
}

impl Placed<'_> {
    fn draw(&self, here: bool, svg: &mut Svg<'_>) {
        let tag = if self.branch.url.is_some() { "a" } else { "g" };
        svg.begin(tag).class(if here { "here" } else { "" });
        if let Some(url) = &self.branch.url {
            svg.attribute("href", url);
        }
        svg.end();
        svg.rect("box", area(self.frame));
        let left = self.frame.x + PADDING;
        for (text, at) in self.lines.iter().zip(0..) {
            let y = self.frame.y + PADDING / 2.0 + FONT + 1.0 + LINE * f64::from(at);
            let name = phrase(text, self.branch.lang.as_deref());
            svg.phrase("name", (left, y), Anchor::Start, name);
        }
        svg.close(tag);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn branch() -> impl Strategy<Value = Branch> {
        let leaf = "[a-z 局處科室]{1,60}".prop_map(|name| Branch {
            name,
            ..Branch::default()
        });
        leaf.prop_recursive(9, 80, 8, |inner| {
            ("[A-Z 局處科室]{1,40}", prop::collection::vec(inner, 0..8)).prop_map(
                |(name, branches)| Branch {
                    name,
                    url: Some("x.html".to_owned()),
                    branches,
                    ..Branch::default()
                },
            )
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn no_two_boxes_overlap_and_no_line_runs_through_one(
            here in branch(),
            above in prop::collection::vec(branch(), 0..3),
        ) {
            let chart = Hierarchy { title: "t", above, here };
            let layout = chart.layout();
            let expected = chart.above.len() + chart.here.size();
            prop_assert_eq!(layout.boxes.len(), expected);
            for (at, one) in layout.boxes.iter().enumerate() {
                let (a, size) = (one.frame, layout.size);
                prop_assert!(a.x >= 0.0 && a.y >= 0.0 && a.y + a.height <= size.1);
                for other in &layout.boxes[at + 1..] {
                    let b = other.frame;
                    let apart = a.y + a.height <= b.y || b.y + b.height <= a.y
                        || a.x + a.width <= b.x || b.x + b.width <= a.x;
                    prop_assert!(apart, "{a:?} lies on {b:?}");
                }
                for ((x0, y0), (x1, y1)) in &layout.lines {
                    let through = x0.max(*x1) > a.x + 0.01 && x0.min(*x1) < a.x + a.width - 0.01
                        && y0.max(*y1) > a.y + 0.01 && y0.min(*y1) < a.y + a.height - 0.01;
                    prop_assert!(!through, "a line runs through {a:?}");
                }
            }
            prop_assert_eq!(chart.svg(), chart.svg());
        }
    }

    #[test]
    fn an_organisation_that_stands_alone_has_no_chart() {
        assert_eq!(Hierarchy::default().svg(), None);
    }

    #[test]
    fn many_branches_share_the_columns() {
        let leaf = Branch {
            name: "科".to_owned(),
            ..Branch::default()
        };
        let here = Branch {
            branches: vec![leaf; 28],
            ..Branch::default()
        };
        let chart = Hierarchy {
            here,
            ..Hierarchy::default()
        };
        let lengths: Vec<usize> = chart.columns(COLUMN).iter().map(Vec::len).collect();
        assert_eq!(lengths, [7, 7, 7, 7]);
    }
}
