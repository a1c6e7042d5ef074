//! The abscissae of the board: columns, the lanes between them, ports, and the
//! horizontal runs that follow.

use std::collections::BTreeMap;

use super::board::{
    AISLE, ASIDE, Board, GROUND, MANY, MARGIN, NARROWEST, PORT, TIGHT_ASIDE, TIGHT_MARGIN,
    TIGHT_TRACK, TRACK, WIDEST, number,
};
use super::route::{Corridor, Port, Routing, Side};
use super::tracks::{Run, tracks};

/// How much room there is beside the columns.
#[derive(Clone, Copy, Debug)]
struct Spacing {
    /// The column of the perspectives' names.
    margin: f64,
    /// Between two columns, where no lane needs more.
    aisle: f64,
    /// From a column to the nearest lane.
    aside: f64,
    /// Between two tracks.
    track: f64,
}

impl Spacing {
    /// From the widest to the tightest.
    fn all(board: &Board) -> [Self; 3] {
        let many = board.column_count() >= MANY;
        let plain = Self {
            margin: board.margin(MARGIN),
            aisle: if many { AISLE.1 } else { AISLE.0 },
            aside: ASIDE,
            track: TRACK,
        };
        let tight = Self {
            aisle: AISLE.1,
            aside: TIGHT_ASIDE,
            track: TIGHT_TRACK,
            ..plain
        };
        let tightest = Self {
            margin: board.margin(TIGHT_MARGIN),
            ..tight
        };
        [plain, tight, tightest]
    }

    /// The room of a lane: what is left of a column.
    fn room(&self, lane: usize, routing: &Routing) -> f64 {
        let tracks = routing.lanes.get(&lane).map_or(0.0, |tracks| {
            2.0 * self.aside + self.track * number(tracks - 1)
        });
        self.aisle.max(tracks)
    }
}

/// Where columns and the lanes between them lie.
pub struct Columns {
    /// The left edge and the width of each column.
    edges: Vec<(f64, f64)>,
    spacing: Spacing,
    /// How many ports open to each corridor.
    ports: BTreeMap<Corridor, usize>,
    /// The right edge of the whole.
    pub end: f64,
}

impl Columns {
    pub fn of(board: &Board, routing: &Routing) -> Self {
        let count = board.column_count();
        let mut least = vec![NARROWEST; count];
        for (corridor, ports) in &routing.ports {
            if let Some(least) = least.get_mut(corridor.column) {
                *least = least.max(PORT * number(ports + 1));
            }
        }
        let beside = |spacing: &Spacing| {
            let rooms = (0..=count).map(|lane| spacing.room(lane, routing));
            spacing.margin + rooms.sum::<f64>()
        };
        let needed: f64 = least.iter().sum();
        let choices = Spacing::all(board);
        let fits = |spacing: &&Spacing| beside(spacing) + needed <= board.width;
        let spacing = *choices.iter().find(fits).unwrap_or(&choices[2]);
        let room = |lane| spacing.room(lane, routing);
        let width = (board.width - beside(&spacing)) / number(count);
        let width = width.clamp(NARROWEST, WIDEST);
        let mut x = spacing.margin;
        let edges = least
            .into_iter()
            .enumerate()
            .map(|(at, least)| {
                let width = width.max(least);
                let left = x + room(at);
                x = left + width;
                (left, width)
            })
            .collect();
        Self {
            edges,
            spacing,
            ports: routing.ports.clone(),
            // Right of the last column lies nothing but the ways that turn there.
            end: x + if routing.lanes.contains_key(&count) {
                room(count)
            } else {
                GROUND
            },
        }
    }

    /// The width of the column of the perspectives' names, left of them all.
    pub const fn margin(&self) -> f64 {
        self.spacing.margin
    }

    pub fn left(&self, column: usize) -> f64 {
        self.edges.get(column).map_or(self.end, |(left, _)| *left)
    }

    pub fn width(&self, column: usize) -> f64 {
        self.edges.get(column).map_or(0.0, |(_, width)| *width)
    }

    pub fn port(&self, port: &Port) -> f64 {
        let ports = self.ports.get(&port.corridor).copied();
        let share = number(port.place + 1) / number(ports.unwrap_or(1) + 1);
        let column = port.corridor.column;
        self.left(column) + self.width(column) * share
    }

    pub fn lane(&self, lane: super::route::Lane) -> f64 {
        let left = match lane.lane.checked_sub(1) {
            Some(column) => self.left(column) + self.width(column),
            None => self.margin(),
        };
        left + self.spacing.aside + self.spacing.track * number(lane.track)
    }

    /// The left and right edge of a theme's ground.
    pub fn theme(&self, theme: usize, abreast: usize) -> (f64, f64) {
        let last = (theme + 1) * abreast - 1;
        let right = self.left(last) + self.width(last);
        (self.left(theme * abreast) - GROUND, right + GROUND)
    }
}

/// The horizontal pieces of all ways, each on its track.
pub struct Runs {
    /// The tracks of each way in its first and its second channel.
    pub of_ways: Vec<(usize, usize)>,
    /// The number of tracks of each channel.
    pub channels: BTreeMap<usize, usize>,
}

impl Runs {
    pub fn of(routing: &Routing, columns: &Columns) -> Self {
        let mut by_channel: BTreeMap<usize, Vec<(usize, bool, Run)>> = BTreeMap::new();
        let mut add =
            |at: usize, channel: usize, second: bool, from: (f64, bool), to: (f64, bool)| {
                let (left, right) = if from.0 <= to.0 {
                    (from, to)
                } else {
                    (to, from)
                };
                let run = Run {
                    left: left.0,
                    right: right.0,
                    left_down: left.1,
                    right_down: right.1,
                };
                by_channel
                    .entry(channel)
                    .or_default()
                    .push((at, second, run));
            };
        for (at, way) in routing.ways.iter().enumerate() {
            let end = |port: &Port| (columns.port(port), port.side == Side::Top);
            let (start, finish) = (end(&way.start), end(&way.end));
            match way.lane {
                Some(lane) => {
                    let x = columns.lane(lane);
                    let upwards = way.end.channel < way.start.channel;
                    add(at, way.start.channel, false, start, (x, !upwards));
                    add(at, way.end.channel, true, (x, upwards), finish);
                }
                None if way.is_straight() => {}
                None => add(at, way.start.channel, false, start, finish),
            }
        }
        let mut of_ways = vec![(0, 0); routing.ways.len()];
        let mut channels = BTreeMap::new();
        for (channel, runs) in by_channel {
            let only: Vec<Run> = runs.iter().map(|(_, _, run)| *run).collect();
            let (taken, total) = tracks(&only);
            channels.insert(channel, total);
            for ((at, second, _), track) in runs.iter().zip(taken) {
                match of_ways.get_mut(*at) {
                    Some(way) if *second => way.1 = track,
                    Some(way) => way.0 = track,
                    None => {}
                }
            }
        }
        // A straight way needs the room of an arrow, though no track.
        for way in routing.ways.iter().filter(|way| way.is_straight()) {
            channels.entry(way.start.channel).or_insert(0);
        }
        Self { of_ways, channels }
    }
}
