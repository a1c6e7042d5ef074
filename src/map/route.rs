//! Routing: every link gets a way of its own through the channels between rows
//! and the lanes between columns, so that no line runs through a box and no two
//! lines lie on each other.

use std::collections::BTreeMap;

/// Where a box stands.
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

/// The way of one link: out of the cause, along a channel, through a lane where
/// rows lie between, along another channel, into the effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// Where it leaves the cause: the side, and its place among the ports there.
    pub out: (Side, usize),
    /// Where it enters the effect.
    pub into: (Side, usize),
    /// The channel it leaves through and its track there. Channel 0 is above
    /// row 0, channel 1 between rows 0 and 1, and so on.
    pub first: (usize, usize),
    /// The lane (0 is left of column 0) and its track, then the second channel
    /// and its track, where rows lie between the two boxes.
    pub detour: Option<((usize, usize), (usize, usize))>,
}

/// How much room the ways take.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demand {
    /// Tracks in each channel.
    pub channels: BTreeMap<usize, usize>,
    /// Tracks in each lane.
    pub lanes: BTreeMap<usize, usize>,
    /// Ports on each side of each box.
    pub ports: BTreeMap<(usize, Side), usize>,
}

impl Demand {
    fn take<K: Ord>(map: &mut BTreeMap<K, usize>, key: K) -> usize {
        let count = map.entry(key).or_default();
        *count += 1;
        *count - 1
    }
}

/// Finds a way for each link between boxes, links given as (cause, effect).
pub fn route(cells: &[Cell], links: &[(usize, usize)]) -> (Vec<Way>, Demand) {
    let mut demand = Demand::default();
    let ways = links
        .iter()
        .filter_map(|(from, to)| Some((*from, *to, *cells.get(*from)?, *cells.get(*to)?)))
        .map(|(from, to, cause, effect)| one(from, to, cause, effect, &mut demand))
        .collect();
    (ways, demand)
}

fn one(from: usize, to: usize, cause: Cell, effect: Cell, demand: &mut Demand) -> Way {
    // Effects lie above as a rule; one in the same row is reached over the top.
    let (out, into, leaving, arriving) = match effect.row.cmp(&cause.row) {
        std::cmp::Ordering::Less => (Side::Top, Side::Bottom, cause.row, effect.row + 1),
        std::cmp::Ordering::Equal => (Side::Top, Side::Top, cause.row, effect.row),
        std::cmp::Ordering::Greater => (Side::Bottom, Side::Top, cause.row + 1, effect.row),
    };
    let first = (leaving, Demand::take(&mut demand.channels, leaving));
    let detour = (leaving != arriving).then(|| {
        // The lane beside the effect, on the side the cause lies.
        let lane = if cause.column <= effect.column {
            effect.column
        } else {
            effect.column + 1
        };
        let lane = (lane, Demand::take(&mut demand.lanes, lane));
        (
            lane,
            (arriving, Demand::take(&mut demand.channels, arriving)),
        )
    });
    Way {
        out: (out, Demand::take(&mut demand.ports, (from, out))),
        into: (into, Demand::take(&mut demand.ports, (to, into))),
        first,
        detour,
    }
}
