//! Which lines of a text were there before: a comparison of lines by what they say,
//! anchored at lines that occur once (“patience”), so that a line is never taken for
//! another one far from it.

use std::collections::HashMap;
use std::ops::Range;

/// How often what lies between anchors is looked at again.
const DEEPEST: u8 = 32;

/// For each line of `new` the line of `old` that it is; nothing for a line that was
/// not there.
pub(super) fn matched(old: &[u64], new: &[u64]) -> Vec<Option<usize>> {
    let mut found = vec![None; new.len()];
    let mut work = vec![(0..old.len(), 0..new.len(), DEEPEST)];
    while let Some((mut before, mut after, depth)) = work.pop() {
        let line = |of: &[u64], at: usize| of.get(at).copied();
        while !before.is_empty()
            && !after.is_empty()
            && line(old, before.start) == line(new, after.start)
        {
            set(&mut found, after.start, before.start);
            before.start += 1;
            after.start += 1;
        }
        while !before.is_empty()
            && !after.is_empty()
            && line(old, before.end - 1) == line(new, after.end - 1)
        {
            before.end -= 1;
            after.end -= 1;
            set(&mut found, after.end, before.end);
        }
        if before.is_empty() || after.is_empty() || depth == 0 {
            continue;
        }
        let mut from = (before.start, after.start);
        let anchors = anchors(old, before.clone(), new, after.clone());
        if anchors.is_empty() {
            continue;
        }
        for (there, here) in anchors {
            set(&mut found, here, there);
            work.push((from.0..there, from.1..here, depth - 1));
            from = (there + 1, here + 1);
        }
        work.push((from.0..before.end, from.1..after.end, depth - 1));
    }
    found
}

fn set(found: &mut [Option<usize>], at: usize, line: usize) {
    if let Some(place) = found.get_mut(at) {
        *place = Some(line);
    }
}

/// How often a line occurs on either side, and where.
#[derive(Default)]
struct Seen {
    old: (usize, usize),
    new: (usize, usize),
}

/// The longest row of lines that occur once on each side, in the same order on both.
fn anchors(
    old: &[u64],
    before: Range<usize>,
    new: &[u64],
    after: Range<usize>,
) -> Vec<(usize, usize)> {
    let mut seen: HashMap<u64, Seen> = HashMap::new();
    for at in before {
        if let Some(line) = old.get(at) {
            let entry = seen.entry(*line).or_default();
            entry.old = (entry.old.0 + 1, at);
        }
    }
    for at in after {
        if let Some(line) = new.get(at)
            && let Some(entry) = seen.get_mut(line)
        {
            entry.new = (entry.new.0 + 1, at);
        }
    }
    let mut pairs: Vec<(usize, usize)> = (seen.into_values())
        .filter(|seen| seen.old.0 == 1 && seen.new.0 == 1)
        .map(|seen| (seen.old.1, seen.new.1))
        .collect();
    pairs.sort_unstable();
    longest_rising(&pairs)
}

/// The longest run of pairs, sorted by their first, whose second rises too.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length the pair that ends such a run lowest, and what comes before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let second = |at: &usize| pairs.get(*at).map_or(usize::MAX, |pair| pair.1);
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| second(end) < pair.1);
        previous.push(
            length
                .checked_sub(1)
                .and_then(|before| ends.get(before).copied()),
        );
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut run = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(at) = next {
        run.extend(pairs.get(at));
        next = previous.get(at).copied().flatten();
    }
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::matched;

    fn lines(text: &str) -> Vec<u64> {
        text.bytes().map(u64::from).collect()
    }

    fn shown(old: &str, new: &str) -> String {
        let found = matched(&lines(old), &lines(new));
        let sign =
            |place: &Option<usize>| place.map_or('-', |at| old.chars().nth(at).unwrap_or('?'));
        found.iter().map(sign).collect()
    }

    #[test]
    fn what_was_there_is_found_and_what_was_not_is_not() {
        assert_eq!(shown("abc", "abc"), "abc");
        assert_eq!(shown("", "abc"), "---");
        assert_eq!(shown("abc", ""), "");
        assert_eq!(shown("abcd", "abXd"), "ab-d");
        assert_eq!(shown("abcdef", "fabXde"), "-ab-de");
        assert_eq!(shown("axbxc", "axYbxc"), "ax-bxc");
    }

    #[test]
    fn lines_keep_their_order() {
        let found = matched(&lines("abcdefgh"), &lines("efghabcd"));
        let places: Vec<_> = found.into_iter().flatten().collect();
        assert!(places.is_sorted() && places.len() == 4, "{places:?}");
    }
}
