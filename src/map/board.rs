//! The board: where every box, heading and line of the map lies.

use std::collections::BTreeMap;

use super::badge;
use super::columns::{Columns, Runs};
use super::route::{Cell, Way, route};
use super::rows::Rows;
use crate::chart::{Phrase, StatusShape, widest_word_bold, wrapped, wrapped_bold};

/// The size of all text, in user units.
pub(super) const FONT: f64 = 13.0;
/// The size of the words of statuses.
pub(super) const WORD: f64 = 12.0;
/// The size of a status's shape.
pub(super) const SHAPE: f64 = 12.0;
/// From the left edge of that shape to its word.
pub(super) const INDENT: f64 = SHAPE + 4.0;
/// The smallest text on paper, in CSS pixels: 7 points.
const SMALLEST: f64 = 7.0 / 0.75;
/// The distance between two lines of text.
pub(super) const LINE: f64 = 18.0;
/// Between the edge of a box and its text.
pub(super) const PADDING: f64 = 8.0;
/// How far the ground of a theme reaches beyond its boxes.
pub(super) const GROUND: f64 = 6.0;
/// The coloured edge of a box.
pub(super) const EDGE: f64 = 4.0;
/// No box is narrower, however many columns there are.
pub(super) const NARROWEST: f64 = 100.0;
/// No box is wider, however few columns there are.
pub(super) const WIDEST: f64 = 250.0;
/// The column of the perspectives' names: where their words are short.
pub(super) const MARGIN: f64 = 112.0;
/// The same where there is no room for more.
pub(super) const TIGHT_MARGIN: f64 = 84.0;
/// The same however long their words are.
const WIDEST_MARGIN: f64 = 200.0;
/// Between two boxes of a perspective.
pub(super) const GAP: f64 = 8.0;
/// Between two perspectives.
pub(super) const GUTTER: f64 = 28.0;
/// Between two columns: where there are few, and where there are many.
pub(super) const AISLE: (f64, f64) = (28.0, 14.0);
/// From how many columns on there are many.
pub(super) const MANY: usize = 6;
/// From a column to the nearest lane.
pub(super) const ASIDE: f64 = 9.0;
/// The same where there is no room for more.
pub(super) const TIGHT_ASIDE: f64 = 7.0;
/// Between two tracks.
pub(super) const TRACK: f64 = 8.0;
/// The same where there is no room for more.
pub(super) const TIGHT_TRACK: f64 = 6.0;
/// From a box to the nearest track: room for the head of an arrow.
pub(super) const APPROACH: f64 = 14.0;
/// Between two ports, at least.
pub(super) const PORT: f64 = 6.0;

/// A theme or a perspective.
#[derive(Clone, Debug)]
pub struct Heading {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The language of the name, where it is not the page's.
    pub lang: Option<String>,
    /// The letter of its hue.
    pub hue: String,
}

/// An objective on the board.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its perspective, 0 at the top.
    pub band: usize,
    /// Its theme, 0 at the left; one without stands across all themes.
    pub theme: Option<usize>,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The language of the name, where it is not the page's.
    pub lang: Option<String>,
    /// The letter of its hue.
    pub hue: String,
    /// The address of its page, where the picture is part of one.
    pub url: Option<String>,
    /// Its status: shape, key and word.
    pub status: Option<(StatusShape, String, String)>,
}

/// What a map shows.
#[derive(Clone, Debug, Default)]
pub struct Board<'a> {
    /// Its title, for those who do not see it.
    pub title: Phrase<'a>,
    /// The themes; none on the diagram of one.
    pub themes: Vec<Heading>,
    /// The perspectives, from the top.
    pub bands: Vec<Heading>,
    /// The objectives.
    pub nodes: Vec<Node>,
    /// Declared causes and effects, as places among the objectives.
    pub links: Vec<(usize, usize)>,
    /// How many objectives of one theme and perspective stand side by side.
    pub abreast: usize,
    /// The width it is made for, in user units. Many columns may need more.
    pub width: f64,
    /// The width and height that a printed sheet has for it, in CSS pixels.
    pub sheet: (f64, f64),
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Frame {
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// A heading with its text in lines.
#[derive(Clone, Debug)]
pub(super) struct Headed {
    pub frame: Frame,
    pub lines: Vec<String>,
}

/// The line of a link.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its cause, as a place among the objectives.
    pub from: usize,
    /// Its effect.
    pub to: usize,
    /// Its corners, from cause to effect.
    pub corners: Vec<(f64, f64)>,
}

/// Where everything lies, in user units.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The box of each objective.
    pub boxes: Vec<Frame>,
    /// The lines of text of each objective's name.
    pub names: Vec<Vec<String>>,
    /// The lines of text of each objective's status.
    pub words: Vec<Vec<String>>,
    /// The line of each link whose objectives are there.
    pub lines: Vec<Line>,
    /// The size of the whole.
    pub size: (f64, f64),
    pub(super) themes: Vec<Headed>,
    pub(super) bands: Vec<Headed>,
    /// The distance that arrows between perspectives have, where no link is declared.
    pub(super) gutter: f64,
}

impl Board<'_> {
    /// Lays the board out. Links of objectives that are not there are left out.
    #[must_use]
    pub fn layout(&self) -> Layout {
        let Grid { cells, bands } = self.grid();
        let routing = route(&cells, &self.links);
        let columns = Columns::of(self, &routing);
        let names: Vec<Vec<String>> = self
            .nodes
            .iter()
            .zip(&cells)
            .map(|(node, cell)| {
                let room = columns.width(cell.column) - EDGE - 2.0 * PADDING;
                wrapped_bold(&node.name, FONT, room)
            })
            .collect();
        let words: Vec<Vec<String>> = self
            .nodes
            .iter()
            .zip(&cells)
            .map(|(node, cell)| {
                let room = columns.width(cell.column) - EDGE - 2.0 * PADDING - INDENT;
                let word = node.status.as_ref().map(|(.., word)| word);
                word.map_or_else(Vec::new, |word| wrapped(word, WORD, room))
            })
            .collect();
        let runs = Runs::of(&routing, &columns);
        let headings = self.band_names(columns.margin());
        let head = self.head(&columns);
        let rows = Rows::of(
            self,
            (&cells, &bands),
            [&names, &words, &headings],
            &runs,
            head,
        );
        let boxes: Vec<Frame> = cells
            .iter()
            .map(|cell| Frame {
                x: columns.left(cell.column),
                y: rows.top(cell.row),
                width: columns.width(cell.column),
                height: rows.height(cell.row),
            })
            .collect();
        let lines = routing
            .ways
            .iter()
            .zip(&runs.of_ways)
            .map(|(way, tracks)| Line {
                from: way.start.at,
                to: way.end.at,
                corners: corners(way, *tracks, &cells, &columns, &rows),
            })
            .collect();
        Layout {
            themes: self.theme_frames(&columns, &rows),
            bands: Self::band_frames(headings, &bands, (&columns, &rows)),
            size: (columns.end, rows.end),
            boxes,
            names,
            words,
            lines,
            gutter: GUTTER,
        }
    }

    pub(super) fn abreast(&self) -> usize {
        self.abreast.max(1)
    }

    pub(super) fn column_count(&self) -> usize {
        self.themes.len().max(1) * self.abreast()
    }

    /// The cell of each objective: those of one theme and perspective side by
    /// side and then below one another, those across all themes above them. A
    /// perspective without any keeps a row.
    fn grid(&self) -> Grid {
        let mut across = vec![0_usize; self.bands.len()];
        for node in self.nodes.iter().filter(|node| node.theme.is_none()) {
            if let Some(across) = across.get_mut(node.band) {
                *across += 1;
            }
        }
        // The first row of its perspective, the first column and the number of columns.
        let slot = |node: &Node| match node.theme {
            Some(theme) => {
                let across = across.get(node.band).copied().unwrap_or(0);
                let above = across.div_ceil(self.column_count());
                (above, theme * self.abreast(), self.abreast())
            }
            None => (0, 0, self.column_count()),
        };
        let mut taken: BTreeMap<(usize, Option<usize>), usize> = BTreeMap::new();
        let mut depths = vec![1; self.bands.len()];
        let places: Vec<(usize, usize)> = self
            .nodes
            .iter()
            .map(|node| {
                let count = taken.entry((node.band, node.theme)).or_default();
                let (above, first, width) = slot(node);
                let (depth, column) = (above + *count / width, first + *count % width);
                *count += 1;
                if let Some(deepest) = depths.get_mut(node.band) {
                    *deepest = depth.max(*deepest - 1) + 1;
                }
                (depth, column)
            })
            .collect();
        let mut bands = Vec::new();
        let mut first_rows = Vec::with_capacity(depths.len());
        for (band, depth) in depths.into_iter().enumerate() {
            first_rows.push(bands.len());
            bands.extend(std::iter::repeat_n(band, depth));
        }
        let cell = |(node, (depth, column)): (&Node, (usize, usize))| Cell {
            row: first_rows.get(node.band).copied().unwrap_or(0) + depth,
            column,
        };
        Grid {
            cells: self.nodes.iter().zip(places).map(cell).collect(),
            bands,
        }
    }

    /// The lines of the themes' headings.
    fn headings(&self, columns: &Columns) -> Vec<Vec<String>> {
        self.themes
            .iter()
            .enumerate()
            .map(|(at, theme)| {
                let frame = columns.theme(at, self.abreast());
                let width = frame.1 - frame.0;
                let left = PADDING + badge::indent(&theme.code, width);
                wrapped_bold(&theme.name, FONT, width - left)
            })
            .collect()
    }

    /// The height of the themes' headings.
    fn head(&self, columns: &Columns) -> f64 {
        let lines = self.headings(columns);
        let most = lines.iter().map(Vec::len).max().unwrap_or(0);
        if most == 0 {
            0.0
        } else {
            number(most) * LINE + 2.0 * PADDING + EDGE
        }
    }

    fn theme_frames(&self, columns: &Columns, rows: &Rows) -> Vec<Headed> {
        let lines = self.headings(columns).into_iter().enumerate();
        lines
            .map(|(at, lines)| {
                let (left, right) = columns.theme(at, self.abreast());
                Headed {
                    frame: Frame {
                        x: left,
                        y: 0.0,
                        width: right - left,
                        height: rows.end,
                    },
                    lines,
                }
            })
            .collect()
    }

    /// The width of the column of the perspectives' names, at least `least`: no
    /// word of theirs is broken, unless it is very long.
    pub(super) fn margin(&self, least: f64) -> f64 {
        let needed = self.bands.iter().map(|band| {
            let left = badge::indent(&band.code, WIDEST_MARGIN);
            left + widest_word_bold(&band.name, FONT).ceil() + PADDING + 1.0
        });
        needed.fold(least, f64::max).min(WIDEST_MARGIN)
    }

    /// The lines of the perspectives' names.
    fn band_names(&self, margin: f64) -> Vec<Vec<String>> {
        let lines = |band: &Heading| {
            let left = badge::indent(&band.code, margin);
            wrapped_bold(&band.name, FONT, margin - PADDING - left)
        };
        self.bands.iter().map(lines).collect()
    }

    /// Where each perspective begins and ends.
    fn band_frames(
        names: Vec<Vec<String>>,
        bands: &[usize],
        (columns, rows): (&Columns, &Rows),
    ) -> Vec<Headed> {
        let frame = |at: usize| {
            let first = bands.partition_point(|band| *band < at);
            let last = bands.partition_point(|band| *band <= at) - 1;
            let y = rows.top(first);
            Frame {
                x: 0.0,
                y,
                width: columns.margin(),
                height: rows.top(last) + rows.height(last) - y,
            }
        };
        let headed = |(at, lines)| Headed {
            frame: frame(at),
            lines,
        };
        names.into_iter().enumerate().map(headed).collect()
    }
}

/// Where each objective stands, and the perspective of each row.
struct Grid {
    cells: Vec<Cell>,
    bands: Vec<usize>,
}

/// The corners of a way, from cause to effect.
fn corners(
    way: &Way,
    tracks: (usize, usize),
    cells: &[Cell],
    columns: &Columns,
    rows: &Rows,
) -> Vec<(f64, f64)> {
    let start = (columns.port(&way.start), rows.port(&way.start, cells));
    let end = (columns.port(&way.end), rows.port(&way.end, cells));
    if way.is_straight() {
        return vec![start, end];
    }
    let first = rows.track(way.start.channel, tracks.0);
    let mut corners = vec![start, (start.0, first)];
    let mut last = first;
    if let Some(lane) = way.lane {
        let x = columns.lane(lane);
        last = rows.track(way.end.channel, tracks.1);
        corners.extend([(x, first), (x, last)]);
    }
    corners.extend([(end.0, last), end]);
    corners
}

impl Layout {
    /// Whether its text can be read once it is as small as a sheet makes it.
    pub(super) fn prints_on(&self, sheet: (f64, f64)) -> bool {
        let scale = (sheet.0 / self.size.0).min(sheet.1 / self.size.1);
        FONT * scale >= SMALLEST
    }
}

/// A small count as a coordinate.
pub(super) fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
