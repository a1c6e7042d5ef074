//! Tracks: which of the parallel tracks of a channel each horizontal run takes,
//! so that runs on one track keep apart and few lines cross.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

/// A horizontal run in a channel, from the left to the right, and whether the
/// line goes on downwards at each end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// Its left end.
    pub left: f64,
    /// Its right end.
    pub right: f64,
    /// Whether the line leaves the left end downwards.
    pub left_down: bool,
    /// Whether the line leaves the right end downwards.
    pub right_down: bool,
}

/// Runs on one track keep at least so far apart that they look like two.
const APART: f64 = 6.0;

/// The track of each run, counted from the top, and how many tracks there are.
///
/// Two runs that overlap in part cross twice or not at all, depending on which
/// lies above. Of runs that rise to the right, the one further left has to lie
/// higher; of runs that fall to the right, lower. Runs with both ends down lie
/// under all others and those with both ends up above. Within a kind, runs take
/// tracks like the steps of a stair until the channel would grow out of measure.
pub fn tracks(runs: &[Run]) -> (Vec<usize>, usize) {
    let mut taken = vec![0; runs.len()];
    let mut total = 0;
    for kind in [(false, false), (true, false), (false, true), (true, true)] {
        // Mirrored, a run that falls to the right rises.
        let mirrored = kind == (false, true);
        let mut group: Vec<(f64, f64, usize)> = runs
            .iter()
            .enumerate()
            .filter(|(_, run)| (run.left_down, run.right_down) == kind)
            .map(|(at, run)| {
                if mirrored {
                    (-run.right, -run.left, at)
                } else {
                    (run.left, run.right, at)
                }
            })
            .collect();
        group.sort_by(|a, b| {
            let order = a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1));
            order.then(a.2.cmp(&b.2))
        });
        let stair = stair(&group);
        for ((_, _, at), track) in group.iter().zip(&stair) {
            if let Some(taken) = taken.get_mut(*at) {
                *taken = total + track;
            }
        }
        total += stair.iter().map(|track| track + 1).max().unwrap_or(0);
    }
    (taken, total)
}

/// Tracks for runs in order of their left ends: below all runs still going on,
/// or in the first gap once the stair is half as deep again as it has to be.
fn stair(runs: &[(f64, f64, usize)]) -> Vec<usize> {
    let limit = depth(runs) * 3 / 2 + 1;
    let mut going: BinaryHeap<Reverse<(Place, usize)>> = BinaryHeap::new();
    let mut busy: BTreeSet<usize> = BTreeSet::new();
    let mut free: BTreeSet<usize> = BTreeSet::new();
    runs.iter()
        .map(|(left, right, _)| {
            while let Some(Reverse((end, track))) = going.peek().copied() {
                if end.0 + APART > *left {
                    break;
                }
                going.pop();
                busy.remove(&track);
                free.insert(track);
            }
            let below = busy.last().map_or(0, |track| track + 1);
            let track = match free.first() {
                Some(first) if below >= limit => *first,
                _ => below,
            };
            // Every track below all that are busy is free, or not yet opened.
            free.remove(&track);
            busy.insert(track);
            going.push(Reverse((Place(*right), track)));
            track
        })
        .collect()
}

/// How many runs lie over one another at most.
fn depth(runs: &[(f64, f64, usize)]) -> usize {
    let mut ends: BinaryHeap<Reverse<Place>> = BinaryHeap::new();
    let mut depth = 0;
    for (left, right, _) in runs {
        while ends.peek().is_some_and(|end| end.0.0 + APART <= *left) {
            ends.pop();
        }
        ends.push(Reverse(Place(*right)));
        depth = depth.max(ends.len());
    }
    depth
}

/// A coordinate with a total order.
#[derive(Clone, Copy, Debug)]
struct Place(f64);

impl Ord for Place {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Place {}

#[cfg(test)]
mod tests {
    use super::*;

    const fn run(left: f64, right: f64, left_down: bool, right_down: bool) -> Run {
        Run {
            left,
            right,
            left_down,
            right_down,
        }
    }

    #[test]
    fn of_rising_runs_the_one_further_left_lies_higher() {
        let runs = [run(20.0, 60.0, true, false), run(0.0, 40.0, true, false)];
        assert_eq!(tracks(&runs), (vec![1, 0], 2));
    }

    #[test]
    fn of_falling_runs_the_one_further_left_lies_lower() {
        let runs = [run(20.0, 60.0, false, true), run(0.0, 40.0, false, true)];
        assert_eq!(tracks(&runs), (vec![0, 1], 2));
    }

    #[test]
    fn runs_that_keep_apart_share_a_track() {
        let runs = [run(0.0, 10.0, true, false), run(20.0, 30.0, true, false)];
        assert_eq!(tracks(&runs), (vec![0, 0], 1));
    }

    #[test]
    fn a_stair_does_not_grow_with_the_number_of_runs() {
        let runs: Vec<Run> = (0..100)
            .map(|at| f64::from(at) * 10.0)
            .map(|left| run(left, left + 12.0, true, false))
            .collect();
        let (_, total) = tracks(&runs);
        assert!(total <= 4, "{total} tracks for runs of which two overlap");
    }
}
