//! Writes a site of any size: `cargo bench --bench generate -- DIR [KPIS [PERIODS [WORDS [LANGUAGES [PER_SCORECARD]]]]]`.

#![allow(clippy::unwrap_used, reason = "a tool for developers")]

mod support;

use std::path::PathBuf;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let Some((folder, numbers)) = arguments.split_first() else {
        // Nothing to measure: this is a tool beside the benchmarks.
        return;
    };
    let number = |at: usize, default: usize| {
        numbers
            .get(at)
            .map_or(default, |text| text.parse().unwrap())
    };
    let plain = support::Recipe::plain(number(0, 10_000));
    support::Recipe {
        periods: number(1, plain.periods),
        words: number(2, plain.words),
        languages: number(3, plain.languages),
        per_scorecard: number(4, plain.per_scorecard),
        ..plain
    }
    .write(&PathBuf::from(folder));
}
