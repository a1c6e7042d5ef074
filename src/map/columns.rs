//! The abscissae of the board: columns, the lanes between them, ports, and the
//! horizontal runs that follow.

use std::collections::BTreeMap;

use super::board::{AISLE, ASIDE, Board, GROUND, MANY, NARROWEST, PORT, TRACK, WIDEST, number};
use super::route::{Corridor, Port, Routing, Side};
use super::tracks::{Run, tracks};

/// Where columns and the lanes between them lie.
pub struct Columns {
    /// The left edge and the width of each column.
    edges: Vec<(f64, f64)>,
    /// The width of the column of the perspectives' names, left of them all.
    pub margin: f64,
    /// How many ports open to each corridor.
    ports: BTreeMap<Corridor, usize>,
    /// The right edge of the whole.
    pub end: f64,
}

impl Columns {
    pub fn of(board: &Board, routing: &Routing) -> Self {
        let count = board.column_count();
        let aisle = if count < MANY { AISLE.0 } else { AISLE.1 };
        let room = |lane: usize| match routing.lanes.get(&lane) {
            Some(tracks) => aisle.max(2.0 * ASIDE + TRACK * number(tracks - 1)),
            None => aisle,
        };
        let rooms: f64 = (0..=count).map(room).sum();
        let margin = board.margin();
        let width = (board.width - margin - rooms) / number(count);
        let width = width.clamp(NARROWEST, WIDEST);
        let mut needed = vec![width; count];
        for (corridor, ports) in &routing.ports {
            if let Some(needed) = needed.get_mut(corridor.column) {
                *needed = needed.max(PORT * number(ports + 1));
            }
        }
        let mut x = margin;
        let edges = needed
            .into_iter()
            .enumerate()
            .map(|(at, width)| {
                let left = x + room(at);
                x = left + width;
                (left, width)
            })
            .collect();
        Self {
            edges,
            margin,
            ports: routing.ports.clone(),
            end: x + room(count),
        }
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
            None => self.margin,
        };
        left + ASIDE + TRACK * number(lane.track)
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
