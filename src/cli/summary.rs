//! What a build says of itself when it is done.

use std::path::Path;
use std::time::Duration;

use super::site::{plural, warnings};
use crate::message::{Language, Message};
use crate::publish::Outcome;
use crate::say;
use crate::timing::Lap;

/// A site that stands.
pub(super) struct Done {
    pub pages: usize,
    pub warnings: usize,
    pub outcome: Outcome,
    /// How many files were kept without being made; all of them, where nothing was to do.
    pub kept: usize,
    /// What each phase took that there was.
    pub laps: Vec<Lap>,
    /// The language in which it is told.
    pub language: Language,
}

impl Done {
    /// For programs.
    pub fn json(&self, output: &Path, took: Duration, timings: bool) -> serde_json::Value {
        let mut summary = serde_json::json!({
            "pages": self.pages,
            "files_written": self.outcome.written,
            "files_unchanged": self.outcome.unchanged,
            "files_kept": self.kept,
            "files_removed": self.outcome.removed,
            "warnings": self.warnings,
            "milliseconds": u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            "output": output.to_string_lossy(),
        });
        if timings {
            let lap = |lap: &Lap| {
                serde_json::json!({
                    "phase": lap.phase.name(),
                    "wall_milliseconds": milliseconds(lap.wall),
                    "cpu_milliseconds": lap.cpu.map(milliseconds),
                    "peak_memory_bytes": lap.memory,
                })
            };
            summary["timings"] = self.laps.iter().map(lap).collect();
        }
        summary
    }

    /// What each phase took, as a table.
    fn table(&self) -> String {
        let line = |lap: &Lap| {
            let cpu = lap.cpu.map(|cpu| {
                let cpu = milliseconds(cpu);
                format!(", {cpu:9.1} ms of processors")
            });
            let memory = lap.memory.map(|bytes| format!(", {:6} MiB", bytes >> 20));
            format!(
                "\n{:<9}{:9.1} ms{}{}",
                lap.phase.name(),
                milliseconds(lap.wall),
                cpu.unwrap_or_default(),
                memory.unwrap_or_default(),
            )
        };
        self.laps.iter().map(line).collect()
    }

    /// For people.
    pub fn sentence(&self, output: &Path, took: Duration, timings: bool) -> String {
        let Outcome {
            written,
            unchanged,
            removed,
            ..
        } = self.outcome;
        let sentence = say!(
            "{pages} in {output}: {written} written, {unchanged} unchanged, {removed} removed, {warnings}, {milliseconds} ms",
            pages = pages(self.pages),
            output = output.display().to_string(),
            written,
            unchanged,
            removed,
            warnings = warnings(self.warnings),
            milliseconds = took.as_millis()
        );
        let table = if timings { self.table() } else { String::new() };
        format!("{}{table}", sentence.text(self.language))
    }
}

fn pages(count: usize) -> Message {
    plural(
        count,
        say!("{count} page", count),
        say!("{count} pages", count),
    )
}

/// A duration in milliseconds, to the microsecond.
fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e6).round() / 1e3
}
