//! What the benchmarks share: a generator of sites, and the floor that no
//! program can go below.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each benchmark uses a part, and one that cannot go on should stop"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// What a generated site consists of. The same recipe is the same site, on any
/// machine.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    pub kpis: usize,
    /// Months with results, at most twelve.
    pub periods: usize,
    /// Words of Markdown for each KPI.
    pub words: usize,
    pub languages: usize,
    /// How many KPIs one scorecard has.
    pub per_scorecard: usize,
}

impl Recipe {
    /// KPI pages with a table of twelve rows and 150 words of Markdown each.
    pub const fn plain(kpis: usize) -> Self {
        Self {
            kpis,
            periods: 12,
            words: 150,
            languages: 1,
            per_scorecard: 500,
        }
    }

    /// Writes the site into a folder.
    pub fn write(&self, root: &Path) {
        let content = root.join("content");
        let tags = ["en", "zh-Hant", "ja", "fr"];
        let tags = tags.get(..self.languages.clamp(1, 4)).unwrap_or(&tags);
        put(
            &content.join("site.yaml"),
            &format!("title: Benchmark\nlanguages: [{}]\n", tags.join(", ")),
        );
        let mut organizations = String::new();
        let mut left = self.kpis;
        let mut number = 0;
        while left > 0 {
            let here = left.min(self.per_scorecard.max(1));
            let _ = writeln!(organizations, "- {{id: o{number}, name: Office {number}}}");
            self.scorecard(&content.join(format!("o{number}/2025")), here, tags);
            left -= here;
            number += 1;
        }
        put(&content.join("organizations.yaml"), &organizations);
    }

    fn scorecard(&self, folder: &Path, kpis: usize, tags: &[&str]) {
        let mut plan = String::from("title: Plan of the office\nthemes:\n");
        let mut ledger = String::from("kpi,period,value,published_on\n");
        let name = |text: String| match tags {
            [_] => text,
            tags => {
                let all: Vec<_> = tags.iter().map(|tag| format!("{tag}: {text}")).collect();
                format!("{{{}}}", all.join(", "))
            }
        };
        let objectives = kpis.div_ceil(10);
        let per_theme = objectives.div_ceil(5).max(1);
        for objective in 0..objectives {
            let theme = char::from(b'A' + u8::try_from(objective / per_theme).unwrap_or(0));
            let within = objective % per_theme;
            if within == 0 {
                let _ = writeln!(
                    plan,
                    "  - code: {theme}\n    name: {}\n    objectives:",
                    name(format!("Theme {theme}"))
                );
            }
            let code = format!("{theme}C{}", within + 1);
            let _ = writeln!(
                plan,
                "      - code: {code}\n        name: {}\n        kpis:",
                name(format!("Serve people better in field {objective}"))
            );
            for kpi in 0..10.min(kpis - objective * 10) {
                let code = format!("{code}.{}", kpi + 1);
                let _ = writeln!(
                    plan,
                    "          - {{code: {code}, name: {}, unit: \"%\", direction: higher, frequency: month, aggregate: mean, target: 85}}",
                    name(format!("Share of requests of kind {kpi} settled in time"))
                );
                for month in 1..=self.periods.min(12) {
                    let value = (objective * 7 + kpi * 3 + month * 5) % 40 + 55;
                    let _ = writeln!(
                        ledger,
                        "{code},2025-{month:02},{value}.{},2026-01-{month:02}",
                        (objective + kpi) % 10
                    );
                }
                if self.words > 0 {
                    put(
                        &folder.join(format!("notes/{code}.md")),
                        &self.note(objective + kpi),
                    );
                }
            }
        }
        put(&folder.join("scorecard.yaml"), &plan);
        put(&folder.join("measurements.csv"), &ledger);
    }

    /// Markdown with the marks that notes have.
    fn note(&self, seed: usize) -> String {
        const WORDS: [&str; 16] = [
            "the",
            "office",
            "settles",
            "requests",
            "within",
            "*thirty*",
            "days",
            "and",
            "tells",
            "**everybody**",
            "why",
            "one",
            "took",
            "longer",
            "than",
            "promised",
        ];
        let mut text = String::new();
        for index in 0..self.words {
            let word = WORDS[(index * 7 + seed + index / 16) % WORDS.len()];
            text.push_str(word);
            text.push_str(if index % 50 == 49 { ".\n\n" } else { " " });
        }
        text.push_str(".\n");
        text
    }
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A folder on the fastest disk there is.
pub fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        tempfile::tempdir_in(memory).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    }
}

/// What some work took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    pub wall: Duration,
    /// Of all processors together; nothing where the system does not tell.
    pub cpu: Duration,
    /// The most memory at once, in bytes.
    pub memory: u64,
}

/// Builds a site with the command; what it says of itself comes along.
pub fn build(root: &Path, output: &Path) -> (Cost, serde_json::Value) {
    let before = children();
    let begun = Instant::now();
    let done = Command::new(env!("CARGO_BIN_EXE_scorepress"))
        .args([
            "build",
            "--quiet",
            "--timings",
            "--format",
            "json",
            "--root",
        ])
        .arg(root)
        .arg("--output")
        .arg(output)
        .output()
        .unwrap();
    let wall = begun.elapsed();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let summary: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    let laps = summary["timings"].as_array().unwrap();
    let memory = laps
        .iter()
        .filter_map(|lap| lap["peak_memory_bytes"].as_u64());
    let cost = Cost {
        wall,
        cpu: children().saturating_sub(before),
        memory: memory.max().unwrap_or(0),
    };
    (cost, summary)
}

/// The processor time of ended children, in hundredths of a second.
fn children() -> Duration {
    let Ok(text) = fs::read_to_string("/proc/self/stat") else {
        return Duration::ZERO;
    };
    let after_name = text.rsplit(") ").next().unwrap_or_default();
    let field = |at: usize| -> u64 {
        let field = after_name.split(' ').nth(at);
        field.and_then(|field| field.parse().ok()).unwrap_or(0)
    };
    Duration::from_millis((field(13) + field(14)) * 10)
}

/// The processor time of this program so far.
fn own() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    Duration::try_from(clock_gettime(ClockId::ProcessCPUTime)).unwrap_or_default()
}

/// The floor: the bytes of a built site, written once more from memory with two
/// threads, and then compared without writing.
pub fn floor(output: &Path) -> (Cost, Cost) {
    let files: Vec<(PathBuf, Vec<u8>)> = walkdir::WalkDir::new(output)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let relative = entry.path().strip_prefix(output).unwrap().to_owned();
            (relative, fs::read(entry.path()).unwrap())
        })
        .collect();
    let copy = folder();
    let folders: std::collections::BTreeSet<_> =
        files.iter().filter_map(|(path, _)| path.parent()).collect();
    for folder in folders {
        fs::create_dir_all(copy.path().join(folder)).unwrap();
    }
    let halves = files.split_at(files.len() / 2);
    let measure = |work: &(dyn Fn(&Path, &[u8]) + Sync)| {
        let (cpu, begun) = (own(), Instant::now());
        std::thread::scope(|scope| {
            for half in [halves.0, halves.1] {
                scope.spawn(move || {
                    for (path, bytes) in half {
                        work(&copy_of(path), bytes);
                    }
                });
            }
        });
        Cost {
            wall: begun.elapsed(),
            cpu: own().saturating_sub(cpu),
            memory: 0,
        }
    };
    let root = copy.path().to_owned();
    let write = measure(&|path, bytes| fs::write(root.join(path), bytes).unwrap());
    let compare = measure(&|path, bytes| assert!(fs::read(root.join(path)).unwrap() == bytes));
    (write, compare)
}

fn copy_of(path: &Path) -> PathBuf {
    path.to_owned()
}
