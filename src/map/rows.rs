//! The ordinates of the board: rows, the channels between them and their tracks.

use super::board::{APPROACH, Board, GAP, GUTTER, LINE, PADDING, TRACK, number};
use super::columns::Runs;
use super::route::{Cell, Port, Side};

/// Where rows and the channels between them lie.
pub struct Rows {
    /// The upper edge and the height of each row.
    edges: Vec<(f64, f64)>,
    /// The lower edge of the headings.
    head: f64,
    /// The lower edge of the whole.
    pub end: f64,
}

impl Rows {
    pub fn of(
        board: &Board,
        (cells, bands): (&[Cell], &[usize]),
        [names, words, headings]: [&[Vec<String>]; 3],
        runs: &Runs,
        head: f64,
    ) -> Self {
        let mut heights = vec![LINE + 2.0 * PADDING; bands.len()];
        for ((node, cell), (name, word)) in
            board.nodes.iter().zip(cells).zip(names.iter().zip(words))
        {
            // A shape without a word has a line, too.
            let status = word.len().max(usize::from(node.status.is_some()));
            let text = number(1 + name.len() + status);
            if let Some(height) = heights.get_mut(cell.row) {
                *height = height.max(LINE * text + 2.0 * PADDING);
            }
        }
        // The name of a perspective may be taller than all that is in it.
        for (at, lines) in headings.iter().enumerate() {
            let rows =
                bands.partition_point(|band| *band < at)..bands.partition_point(|band| *band <= at);
            let rows = heights.get_mut(rows).unwrap_or_default();
            let gaps = GAP * number(rows.len().saturating_sub(1));
            let missing = LINE * number(lines.len()) - gaps - rows.iter().sum::<f64>();
            if let Some(last) = rows.last_mut() {
                *last += missing.max(0.0);
            }
        }
        let band = |row: Option<usize>| row.and_then(|row| bands.get(row));
        let room = |channel: usize| {
            let (above, below) = (band(channel.checked_sub(1)), band(Some(channel)));
            let plain = match (above, below) {
                (Some(above), Some(below)) if above == below => GAP,
                (Some(_), Some(_)) => GUTTER,
                _ => PADDING,
            };
            runs.channels.get(&channel).map_or(plain, |tracks| {
                plain.max(2.0 * APPROACH + TRACK * number(tracks.saturating_sub(1)))
            })
        };
        let mut y = head;
        let mut edges = Vec::with_capacity(heights.len());
        for (row, height) in heights.into_iter().enumerate() {
            y += room(row);
            edges.push((y, height));
            y += height;
        }
        let end = y + room(edges.len());
        Self { edges, head, end }
    }

    pub fn top(&self, row: usize) -> f64 {
        self.edges.get(row).map_or(self.end, |(top, _)| *top)
    }

    pub fn height(&self, row: usize) -> f64 {
        self.edges.get(row).map_or(0.0, |(_, height)| *height)
    }

    /// The upper edge of a channel.
    pub fn channel(&self, channel: usize) -> f64 {
        let above = channel.checked_sub(1);
        above.map_or(self.head, |row| self.top(row) + self.height(row))
    }

    /// The height of a track. Tracks are counted from the top of a channel.
    pub fn track(&self, channel: usize, track: usize) -> f64 {
        self.channel(channel) + APPROACH + TRACK * number(track)
    }

    /// The edge of the box that a port is on.
    pub fn port(&self, port: &Port, cells: &[Cell]) -> f64 {
        let row = cells.get(port.at).map_or(0, |cell| cell.row);
        match port.side {
            Side::Top => self.top(row),
            Side::Bottom => self.top(row) + self.height(row),
        }
    }
}
