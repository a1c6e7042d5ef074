//! A plan in pieces: one for each theme, objective and KPI, so that of the hundred
//! versions of a plan only what changed is read anew.
//!
//! Lines are parted by how far they are indented, as most plans are written. Whoever
//! asks compares once with what a reader of YAML makes of the whole, and reads the
//! whole of those that are written otherwise.

use std::sync::Arc;

use super::facts::Level;

/// A piece: what it is, and its lines without those of the lists in it.
pub(super) type Piece = (Level, String);

/// A list that the lines are in.
struct Open {
    level: Level,
    /// How far its key is indented.
    key: usize,
    /// How far its items are.
    dash: Option<usize>,
    /// The piece of its last item.
    piece: usize,
}

/// The pieces of a plan; `list` is what the items are of a file that holds a list. The
/// first piece of a file that holds a plan are the lines outside of lists. Nothing where
/// the file is not written in lines that tell.
pub(super) fn of(lines: &[Arc<str>], list: Option<Level>) -> Option<Vec<Piece>> {
    let mut pieces: Vec<Piece> = Vec::new();
    if list.is_none() {
        pieces.push((Level::Scorecard, String::new()));
    }
    let mut open: Vec<Open> = Vec::new();
    open.extend(list.map(|level| blank(level, 0)));
    // Text of several lines goes on while they are indented further than this.
    let mut text: Option<usize> = None;
    for line in lines {
        let line = line.strip_prefix('\u{feff}').unwrap_or(line);
        let rest = line.trim_start_matches(' ');
        let indent = line.len() - rest.len();
        if rest.trim().is_empty() {
            continue;
        }
        if text.is_some_and(|start| indent <= start) {
            text = None;
        }
        if text.is_none() {
            if rest.starts_with('#') || rest.starts_with("---") {
                continue;
            }
            if rest.starts_with('\t') {
                return None;
            }
            let is_item = rest == "-" || rest.starts_with("- ");
            while open
                .last()
                .is_some_and(|list| list.is_over(indent, is_item))
            {
                open.pop();
            }
            if let Some(level) = list_key(rest) {
                open.push(blank(level, indent));
                continue;
            }
            if let Some(list) = open.last_mut()
                && is_item
                && list.dash.is_none_or(|dash| dash == indent)
            {
                if list_key(rest.get(1..)?.trim_start()).is_some() {
                    return None;
                }
                list.dash = Some(indent);
                list.piece = pieces.len();
                pieces.push((list.level, String::new()));
            }
            let value = rest.rsplit(' ').next().unwrap_or(rest);
            if matches!(value, "|" | ">" | "|-" | ">-" | "|+" | ">+") {
                text = Some(indent);
            }
        }
        let piece = match open.last() {
            // A list that begins with something else than an item is none of ours.
            Some(list) => list.dash.and(Some(list.piece))?,
            None => 0,
        };
        let (_, piece) = pieces.get_mut(piece)?;
        piece.push_str(line);
        piece.push('\n');
    }
    Some(pieces)
}

const fn blank(level: Level, key: usize) -> Open {
    Open {
        level,
        key,
        dash: None,
        piece: usize::MAX,
    }
}

impl Open {
    /// Whether a line is none of its own any more.
    fn is_over(&self, indent: usize, is_item: bool) -> bool {
        let start = self.dash.unwrap_or(self.key);
        indent < start || (indent == start && !is_item)
    }
}

/// The level of the list whose items follow the line.
fn list_key(line: &str) -> Option<Level> {
    let (key, rest) = line.split_once(':')?;
    let rest = rest.trim_start();
    (rest.is_empty() || rest.starts_with('#'))
        .then(|| Level::of_list(key))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_item_is_a_piece_without_the_lists_in_it() {
        let plan = "title: P\nthemes: # all\n- code: A\n  description: |\n    kpis:\n      - code: X\n  objectives:\n    - code: AC1\n      kpis:\n        - {code: AC1.1,\n           name: K}\n        - code: AC1.2\n          actions:\n            - {code: AC1.2.1}\n      weight: 2\n  weight: 3\ncross_cutting:\n  - code: T1\n";
        let lines: Vec<Arc<str>> = plan.lines().map(Arc::from).collect();
        let pieces = of(&lines, None).unwrap();
        let levels: Vec<_> = pieces.iter().map(|(level, _)| level.key()).collect();
        assert_eq!(
            levels,
            ["scorecard", "theme", "objective", "kpi", "kpi", "objective"]
        );
        assert_eq!(pieces[0].1, "title: P\n");
        assert!(pieces[1].1.ends_with("- code: X\n  weight: 3\n"));
        assert_eq!(pieces[2].1, "    - code: AC1\n      weight: 2\n");
        assert!(pieces[4].1.contains("AC1.2.1"));
    }

    #[test]
    fn what_is_written_otherwise_has_no_pieces() {
        for plan in ["themes:\n\t- code: A\n", "themes:\n  code: A\n"] {
            let lines: Vec<Arc<str>> = plan.lines().map(Arc::from).collect();
            assert_eq!(of(&lines, None), None, "{plan}");
        }
    }
}
