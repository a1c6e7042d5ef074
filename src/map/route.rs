//! Routing: every link gets a way of its own through the channels between rows,
//! the corridors between the boxes of a column and the lanes between columns,
//! so that no line runs through a box. Ports, lanes and tracks are taken in an
//! order in which few lines cross.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::ops::Range;

/// Where a box stands. No two boxes share a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// Its row, 0 at the top.
    pub row: usize,
    /// Its column, 0 at the left.
    pub column: usize,
}

/// A side of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The upper edge.
    Top,
    /// The lower edge.
    Bottom,
}

/// Where a way meets a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Port {
    /// The box.
    pub at: usize,
    /// The side of the box.
    pub side: Side,
    /// The channel its line goes to. Channel 0 is above row 0, channel 1 between
    /// rows 0 and 1, and so on.
    pub channel: usize,
    /// Where the line runs upright.
    pub corridor: Corridor,
    /// Its place among the ports that open to this corridor, from the left.
    pub place: usize,
}

/// The free room in a column between one box and the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Corridor {
    /// The column.
    pub column: usize,
    /// How many boxes of the column are above.
    pub below: usize,
}

/// A vertical piece between two columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lane {
    /// The lane: 0 is left of column 0.
    pub lane: usize,
    /// Its track there, from the left.
    pub track: usize,
}

/// The way of one link from its cause to its effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// Where it leaves the cause.
    pub start: Port,
    /// Where it enters the effect.
    pub end: Port,
    /// The lane it takes where rows lie between the two. Without one it goes
    /// through a single channel.
    pub lane: Option<Lane>,
}

impl Way {
    /// Whether it goes straight from box to box: nothing lies between the two.
    pub fn is_straight(&self) -> bool {
        self.lane.is_none()
            && self.start.at != self.end.at
            && self.start.corridor == self.end.corridor
    }
}

/// The ways of all links, and the room they need.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Routing {
    /// One way for each link whose boxes are there, in the order of the links.
    pub ways: Vec<Way>,
    /// The number of ports that open to each corridor that is used.
    pub ports: BTreeMap<Corridor, usize>,
    /// The number of tracks of each lane that is used.
    pub lanes: BTreeMap<usize, usize>,
}

/// Finds a way for each link between boxes, links given as (cause, effect).
/// A link of a box that is not there is left out.
pub fn route(cells: &[Cell], links: &[(usize, usize)]) -> Routing {
    let mut columns: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for cell in cells {
        columns.entry(cell.column).or_default().push(cell.row);
    }
    for rows in columns.values_mut() {
        rows.sort_unstable();
    }
    let mut ways: Vec<Way> = links
        .iter()
        .filter_map(|(from, to)| {
            let (cause, effect) = (*cells.get(*from)?, *cells.get(*to)?);
            Some(way((*from, cause), (*to, effect), &columns))
        })
        .collect();
    let ports = settle_ports(&mut ways);
    let lanes = settle_lanes(&mut ways);
    Routing { ways, ports, lanes }
}

/// A way with its places and tracks still open.
fn way(
    (from, cause): (usize, Cell),
    (to, effect): (usize, Cell),
    columns: &BTreeMap<usize, Vec<usize>>,
) -> Way {
    // Effects lie above as a rule; one in the same row is reached over the top.
    let (out, into) = match effect.row.cmp(&cause.row) {
        std::cmp::Ordering::Less => (Side::Top, Side::Bottom),
        std::cmp::Ordering::Equal => (Side::Top, Side::Top),
        std::cmp::Ordering::Greater => (Side::Bottom, Side::Top),
    };
    let (start, reach) = opening(from, cause, out, columns);
    let (end, reach_back) = opening(to, effect, into, columns);
    let shared = reach.start.max(reach_back.start)..reach.end.min(reach_back.end);
    let straight_ahead = match (out, into) {
        _ if shared.is_empty() => None,
        // Near the effect; over the top of both in the same row.
        (Side::Top, Side::Bottom) => Some(shared.start),
        _ => Some(shared.end - 1),
    };
    if let Some(channel) = straight_ahead {
        return Way {
            start: Port { channel, ..start },
            end: Port { channel, ..end },
            lane: None,
        };
    }
    // The lane beside the effect, on the side where the cause lies.
    let lane = if cause.column <= effect.column {
        effect.column
    } else {
        effect.column + 1
    };
    Way {
        start,
        end,
        lane: Some(Lane { lane, track: 0 }),
    }
}

/// A port of a box, opening to the channel next to the box, and the channels
/// that its line can reach without a turn.
fn opening(
    at: usize,
    cell: Cell,
    side: Side,
    columns: &BTreeMap<usize, Vec<usize>>,
) -> (Port, Range<usize>) {
    let rows = columns.get(&cell.column).map_or(&[][..], Vec::as_slice);
    let place = rows.partition_point(|row| *row < cell.row);
    let (channel, below, reach) = match side {
        Side::Top => {
            let above = place.checked_sub(1).and_then(|above| rows.get(above));
            (
                cell.row,
                place,
                above.map_or(0, |row| row + 1)..cell.row + 1,
            )
        }
        Side::Bottom => {
            // Below the last box there is room as far as any line goes.
            let last = rows.get(place + 1).copied().unwrap_or(usize::MAX - 1);
            (cell.row + 1, place + 1, cell.row + 1..last + 1)
        }
    };
    let corridor = Corridor {
        column: cell.column,
        below,
    };
    let port = Port {
        at,
        side,
        channel,
        corridor,
        place: 0,
    };
    (port, reach)
}

/// Gives each port its place: those whose line comes from or goes to the left
/// are left of those of the right, so that lines need not cross at the box.
fn settle_ports(ways: &mut [Way]) -> BTreeMap<Corridor, usize> {
    // Columns and lanes alternate from left to right.
    let column = |port: Port| 2 * port.corridor.column + 1;
    let mut claims = Vec::with_capacity(2 * ways.len());
    for (at, way) in ways.iter().enumerate() {
        let (start, end) = (way.start, way.end);
        let claim = |port: Port, towards: usize, far: usize, is_end: bool| {
            (port.corridor, towards, far, at, is_end)
        };
        match way.lane {
            Some(lane) => {
                claims.push(claim(start, 2 * lane.lane, end.channel, false));
                claims.push(claim(end, 2 * lane.lane, column(start), true));
            }
            // One port for both ends makes a straight line.
            None if way.is_straight() => claims.push(claim(start, column(end), 0, false)),
            None => {
                claims.push(claim(start, column(end), end.at, false));
                claims.push(claim(end, column(start), start.at, true));
            }
        }
    }
    claims.sort_unstable();
    let mut ports = BTreeMap::new();
    for (corridor, _, _, at, is_end) in claims {
        let count: &mut usize = ports.entry(corridor).or_default();
        if let Some(way) = ways.get_mut(at) {
            if is_end || way.is_straight() {
                way.end.place = *count;
            }
            if !is_end {
                way.start.place = *count;
            }
        }
        *count += 1;
    }
    ports
}

/// Gives each way with a lane its track there: tracks are used again where one
/// line ends before the next begins.
fn settle_lanes(ways: &mut [Way]) -> BTreeMap<usize, usize> {
    let mut spans: Vec<(usize, usize, usize, usize)> = ways
        .iter()
        .enumerate()
        .filter_map(|(at, way)| {
            let (from, to) = (way.start.channel, way.end.channel);
            Some((way.lane?.lane, from.min(to), from.max(to), at))
        })
        .collect();
    spans.sort_unstable();
    let mut tracks: BTreeMap<usize, usize> = BTreeMap::new();
    let mut going: BinaryHeap<Reverse<(usize, usize)>> = BinaryHeap::new();
    let mut here = None;
    for (lane, first, last, at) in spans {
        if here != Some(lane) {
            here = Some(lane);
            going.clear();
        }
        let open = tracks.entry(lane).or_default();
        let track = match going.peek() {
            Some(Reverse((end, track))) if *end < first => {
                let track = *track;
                going.pop();
                track
            }
            _ => {
                *open += 1;
                *open - 1
            }
        };
        going.push(Reverse((last, track)));
        if let Some(lane) = ways.get_mut(at).and_then(|way| way.lane.as_mut()) {
            lane.track = track;
        }
    }
    tracks
}
