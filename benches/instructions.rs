//! The hot path, counted: how many instructions one more KPI page takes, and a
//! build without any. Times are noisy, instructions are not; more than the
//! tolerance above what `instructions.txt` states fails.
//!
//! `cargo bench --profile dev --bench instructions` checks, with `-- --write` it states
//! anew. It needs valgrind, which `benches/install` installs on Debian and the like.

#![allow(
    clippy::unwrap_used,
    reason = "a benchmark that cannot go on should stop"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use support::{Recipe, folder};

/// How far a count may lie above the stated one, in percent: other builds of
/// the C library allocate and copy a little differently.
const TOLERANCE: u64 = 5;
/// Sites that differ by so many KPIs.
const SIZES: (usize, usize) = (50, 150);

fn main() -> ExitCode {
    let stated = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/instructions.txt");
    if Command::new("valgrind").arg("--version").output().is_err() {
        eprintln!("valgrind is missing: run benches/install");
        return ExitCode::FAILURE;
    }
    let program = program();
    let (few, many) = (count(&program, SIZES.0), count(&program, SIZES.1));
    let page = many.saturating_sub(few) / u64::try_from(SIZES.1 - SIZES.0).unwrap();
    let start = few - page * u64::try_from(SIZES.0).unwrap();
    let found = [("page", page), ("start", start)];
    if std::env::args().any(|argument| argument == "--write") {
        let lines = found.map(|(name, count)| format!("{name} {count}\n"));
        fs::write(&stated, lines.concat()).unwrap();
        return ExitCode::SUCCESS;
    }
    let known = fs::read_to_string(&stated).unwrap();
    let mut code = ExitCode::SUCCESS;
    for (name, count) in found {
        let limit: u64 = known
            .lines()
            .find_map(|line| line.strip_prefix(name)?.trim().parse().ok())
            .unwrap();
        let most = limit + limit * TOLERANCE / 100;
        println!("{name}: {count} instructions, stated {limit}, at most {most}");
        if count > most {
            eprintln!(
                "{name} takes more instructions than before: mend it, or state the new count with --write and say why in the commit"
            );
            code = ExitCode::FAILURE;
        }
    }
    code
}

/// The program as `tests/run` tries it, compiled here: the one that comes with this
/// benchmark has libraries with more features, which only tests ask for.
fn program() -> PathBuf {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--locked", "--profile", "tried"])
        .arg("--message-format=json-render-diagnostics")
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(built.status.success());
    let told = String::from_utf8(built.stdout).unwrap();
    let executable = |line: &str| -> Option<PathBuf> {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(message["executable"].as_str()?.into())
    };
    told.lines().find_map(executable).unwrap()
}

/// The instructions of a build of so many KPIs by one thread.
fn count(program: &Path, kpis: usize) -> u64 {
    let site = folder();
    Recipe::plain(kpis).write(site.path());
    let counts = site.path().join("counts");
    let done = Command::new("valgrind")
        .args(["--tool=callgrind", "--quiet"])
        .arg(format!("--callgrind-out-file={}", counts.display()))
        .arg(program)
        .args(["build", "--quiet", "--root"])
        .arg(site.path())
        .env("RAYON_NUM_THREADS", "1")
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let counts = fs::read_to_string(counts).unwrap();
    let line = counts
        .lines()
        .find_map(|line| line.strip_prefix("summary:"));
    line.unwrap().trim().parse().unwrap()
}
