//! Whole builds, each phase of them, and the floor, in one run on one machine:
//! `cargo bench --bench build [-- KPIS…]`. The README's table is printed by it.

#![allow(
    clippy::unwrap_used,
    reason = "a benchmark that cannot go on should stop"
)]

mod support;

use std::fs;
use std::time::Duration;

use support::{Cost, Recipe, build, floor, folder};

fn main() {
    let sizes: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let sizes = if sizes.is_empty() {
        vec![1_000, 10_000]
    } else {
        sizes
    };
    println!(
        "| KPI pages | build | processors | memory | × write floor | nothing changed | × compare floor | one edit |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let mut phases = Vec::new();
    for kpis in sizes {
        let site = folder();
        Recipe::plain(kpis).write(site.path());
        let output = site.path().join("public");
        let (cold, summary) = build(site.path(), &output);
        let (again, _) = build(site.path(), &output);
        let ledger = site.path().join("content/o0/2025/measurements.csv");
        let text = fs::read_to_string(&ledger).unwrap();
        fs::write(&ledger, text.replacen(".0,2026", ".1,2026", 1)).unwrap();
        let (edit, _) = build(site.path(), &output);
        let (write, compare) = floor(&output);
        println!(
            "| {kpis} | {:.2} s | {:.2} s | {} MiB | {:.1} | {:.2} s | {:.1} | {:.2} s |",
            cold.wall.as_secs_f64(),
            cold.cpu.as_secs_f64(),
            cold.memory >> 20,
            ratio(cold, write),
            again.wall.as_secs_f64(),
            ratio(again, compare),
            edit.wall.as_secs_f64(),
        );
        phases.push((kpis, summary));
    }
    println!();
    println!("| KPI pages | phase | clock | processors |");
    println!("|---|---|---|---|");
    for (kpis, summary) in phases {
        for lap in summary["timings"].as_array().unwrap() {
            println!(
                "| {kpis} | {} | {:.0} ms | {:.0} ms |",
                lap["phase"].as_str().unwrap(),
                lap["wall_milliseconds"].as_f64().unwrap(),
                lap["cpu_milliseconds"].as_f64().unwrap_or(0.0),
            );
        }
    }
}

/// How many times the processor time of the floor.
fn ratio(cost: Cost, floor: Cost) -> f64 {
    cost.cpu.as_secs_f64() / floor.cpu.max(Duration::from_millis(1)).as_secs_f64()
}
