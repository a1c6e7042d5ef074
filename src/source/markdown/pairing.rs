//! Which runs of `*` and `~~` belong together: `CommonMark`'s algorithm. Deleted
//! together with [`super::emphasis`].

use std::collections::BTreeMap;
use std::ops::Range;

use super::cjk::Flanks;

/// A run of `*` or `~` in the source, and what became of it.
#[derive(Debug)]
pub(super) struct Run {
    /// The element it stands in directly, emphasis aside.
    pub(super) frame: usize,
    /// `*` or `~`.
    pub(super) letter: char,
    /// Where it stands in the body.
    pub(super) range: Range<usize>,
    /// What it may do.
    pub(super) flanks: Flanks,
    /// Whether pairing it anew may change anything.
    pub(super) differs: bool,
    /// How many of its letters have no partner.
    pub(super) left: usize,
    /// The widths of the emphasis it ends, innermost first.
    pub(super) ends: Vec<usize>,
    /// The widths of the emphasis it starts, innermost first.
    pub(super) starts: Vec<usize>,
}

impl Run {
    /// A run that may do nothing yet and has no partners.
    pub(super) fn new(frame: usize, letter: char, range: Range<usize>) -> Self {
        Self {
            frame,
            letter,
            range,
            flanks: Flanks {
                open: false,
                close: false,
            },
            differs: false,
            left: 0,
            ends: Vec::new(),
            starts: Vec::new(),
        }
    }
}

/// Pairs the runs of one frame: the procedure that the specification calls
/// "process emphasis".
pub(super) fn pair(runs: &mut [Run], members: &[usize]) {
    let mut openers: Vec<usize> = Vec::new();
    // How far down `openers` a closer of a kind has already looked in vain;
    // without it, many unmatched closers would take quadratic time.
    let mut searched: BTreeMap<(char, bool, usize), usize> = BTreeMap::new();
    for &closer in members {
        let Some(run) = runs.get(closer) else {
            continue;
        };
        let length = run.range.len();
        let class = if run.letter == '~' {
            length.min(3)
        } else {
            length % 3
        };
        let key = (run.letter, run.flanks.open, class);
        let (flanks, mut left) = (run.flanks, run.left);
        while flanks.close && left > 0 {
            let bottom = searched.get(&key).copied().unwrap_or(0).min(openers.len());
            let found = openers
                .iter()
                .skip(bottom)
                .rposition(|opener| runs.get(*opener).is_some_and(|o| fits(o, runs.get(closer))));
            let Some(place) = found.map(|place| place + bottom) else {
                searched.insert(key, openers.len());
                break;
            };
            openers.truncate(place + 1);
            for bottom in searched.values_mut() {
                *bottom = (*bottom).min(place);
            }
            let Some(opener) = openers.last().and_then(|index| runs.get_mut(*index)) else {
                break;
            };
            let width = opener.left.min(left).min(2);
            opener.left -= width;
            opener.starts.push(width);
            if opener.left == 0 {
                openers.pop();
            }
            left -= width;
            if let Some(run) = runs.get_mut(closer) {
                run.left = left;
                run.ends.push(width);
            }
        }
        if flanks.open && left > 0 {
            openers.push(closer);
        }
    }
}

/// Whether an opener may be a closer's partner: the same letter; for `~~`
/// exactly two on both sides; for `*` the "rule of three".
fn fits(opener: &Run, closer: Option<&Run>) -> bool {
    let Some(closer) = closer.filter(|closer| closer.letter == opener.letter) else {
        return false;
    };
    let (before, after) = (opener.range.len(), closer.range.len());
    if closer.letter == '~' {
        return before == 2 && after == 2;
    }
    let ambiguous = opener.flanks.close || closer.flanks.open;
    !ambiguous || (before + after) % 3 != 0 || (before % 3 == 0 && after % 3 == 0)
}
