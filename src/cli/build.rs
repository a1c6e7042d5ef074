//! `scorepress build`.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Instant;

use super::arguments::{Build, Common, Summary};
use super::progress::Progress;
use super::site::{self, plural, warnings};
use super::{Exit, complain, print};
use crate::message::{Language, Message};
use crate::publish::{self, Fault, Outcome, PublishError, Shard, SigningKey, Staging};
use crate::say;
use crate::site::plan::{Kind, Planned};
use crate::timing::{Lap, Phase};
use crate::{prepare, render};

/// Builds the site.
pub fn run(common: &Common, arguments: &Build) -> Exit {
    match build(common, arguments) {
        Ok(()) => Exit::Fine,
        Err(exit) => exit,
    }
}

fn build(common: &Common, arguments: &Build) -> Result<(), Exit> {
    let begun = Instant::now();
    let mut options = site::options(common, arguments.base_url.as_deref(), arguments.drafts)?;
    options.timings = arguments.timings;
    options.asks_history = !arguments.no_history;
    let output = arguments
        .output
        .clone()
        .unwrap_or_else(|| options.root.join("public"));
    refuse_inside_content(&output, &options.root)?;
    let key = (arguments.sign.as_deref())
        .map(SigningKey::open)
        .transpose()
        .map_err(|fault| complain(Exit::Usage, fault))?;
    let progress = Progress::start(common.quiet);
    // A thread that waits for a program is none of those that work.
    let (told, prepared) = thread::scope(|scope| {
        let told = scope.spawn(|| options.look());
        let prepared = prepare(&options);
        (told.join(), prepared)
    });
    let mut prepared = prepared.map_err(|error| complain(Exit::Machine, error))?;
    (options.head, options.past) = told.unwrap_or_default();
    let had_output = output.exists();
    let mut staging = None;
    if prepared.settle() {
        let open = Staging::open(
            &output,
            &publish::Options {
                force: arguments.force,
                shard: arguments
                    .shard
                    .map(|share| Shard::new(share, prepared.identity(&options))),
                origin: options.origin(),
                key,
            },
        );
        let open = open.map_err(refused)?;
        // A staging that is not finished leaves no trace.
        let wanted = |file: &Planned| arguments.shard.is_none_or(|share| share.holds(&file.path));
        let whole = render(&options, &mut prepared, wanted, |artifact| {
            open.put(&artifact)
        });
        staging = whole.map_err(refused)?.then_some(open);
    }
    progress.finish();
    if !common.quiet || staging.is_none() {
        site::report(&prepared.faults, &prepared);
    }
    let Some(staging) = staging else {
        let output = output.display();
        let output = output.to_string();
        let left = if had_output {
            say!("{output} is as it was", output)
        } else {
            say!("nothing was written to {output}", output)
        };
        let count = prepared.faults.errors();
        let why = plural(
            count,
            say!(
                "the site was not built: {count} fault in the content; {left}",
                count,
                left
            ),
            say!(
                "the site was not built: {count} faults in the content; {left}",
                count,
                left
            ),
        );
        return Err(complain(Exit::Faults, why.text(prepared.language)));
    };
    let outcome = staging.finish().map_err(refused)?;
    prepared.timings.lap(Phase::Publish);
    let pages = prepared
        .plan
        .iter()
        .filter(|p| matches!(p.kind, Kind::Page(..)))
        .filter(|p| arguments.shard.is_none_or(|share| share.holds(&p.path)))
        .count();
    let language = prepared.language;
    let done = Done {
        pages,
        warnings: prepared.faults.warnings(),
        milliseconds: begun.elapsed().as_millis(),
        outcome,
        output,
        laps: arguments.timings.then(|| prepared.timings.laps().to_vec()),
    };
    // The program ends here, and its memory with it: giving back a large model
    // piece by piece would only take time.
    std::mem::forget(prepared);
    match arguments.format {
        Summary::Json => print(done.json()),
        Summary::Human if !common.quiet => print(done.sentence(language)),
        Summary::Human => {}
    }
    Ok(())
}

/// Says why a site was not published.
pub(super) fn refused(error: PublishError) -> Exit {
    let exit = match error.fault() {
        Fault::Content => Exit::Faults,
        Fault::Usage => Exit::Usage,
        Fault::Machine => Exit::Machine,
    };
    complain(exit, error)
}

/// An output in, or around, the content would mix what is written with what is read.
fn refuse_inside_content(output: &Path, root: &Path) -> Result<(), Exit> {
    let settle = |path: &Path| -> PathBuf {
        let existing = path
            .ancestors()
            .find_map(|a| Some((a, a.canonicalize().ok()?)));
        match existing {
            Some((a, real)) => real.join(path.strip_prefix(a).unwrap_or(Path::new(""))),
            None => path.to_owned(),
        }
    };
    let absolute = std::path::absolute(output).unwrap_or_else(|_| output.to_owned());
    let (output, root) = (settle(&absolute), settle(root));
    let folders = ["content", "themes"].map(|name| root.join(name));
    if folders.iter().any(|folder| output.starts_with(folder)) || root.starts_with(&output) {
        let why = format!(
            "--output: {} holds the site's own sources; choose a folder of its own, such as `public`",
            output.display()
        );
        return Err(complain(Exit::Usage, why));
    }
    Ok(())
}

struct Done {
    pages: usize,
    warnings: usize,
    milliseconds: u128,
    outcome: Outcome,
    output: PathBuf,
    /// Where they were asked for.
    laps: Option<Vec<Lap>>,
}

impl Done {
    fn json(&self) -> serde_json::Value {
        let mut summary = serde_json::json!({
            "pages": self.pages,
            "files_written": self.outcome.written,
            "files_unchanged": self.outcome.unchanged,
            "files_removed": self.outcome.removed,
            "warnings": self.warnings,
            "milliseconds": u64::try_from(self.milliseconds).unwrap_or(u64::MAX),
            "output": self.output.to_string_lossy(),
        });
        if let Some(laps) = &self.laps {
            let lap = |lap: &Lap| {
                serde_json::json!({
                    "phase": lap.phase.name(),
                    "wall_milliseconds": milliseconds(lap.wall),
                    "cpu_milliseconds": lap.cpu.map(milliseconds),
                    "peak_memory_bytes": lap.memory,
                })
            };
            summary["timings"] = laps.iter().map(lap).collect();
        }
        summary
    }

    /// What each phase took, as a table.
    fn table(&self) -> String {
        let laps = self.laps.iter().flatten();
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
        laps.map(line).collect()
    }

    fn sentence(&self, language: Language) -> String {
        let Outcome {
            written,
            unchanged,
            removed,
            ..
        } = self.outcome;
        let sentence = say!(
            "{pages} in {output}: {written} written, {unchanged} unchanged, {removed} removed, {warnings}, {milliseconds} ms",
            pages = pages(self.pages),
            output = self.output.display().to_string(),
            written,
            unchanged,
            removed,
            warnings = warnings(self.warnings),
            milliseconds = self.milliseconds
        );
        format!("{}{}", sentence.text(language), self.table())
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
fn milliseconds(duration: std::time::Duration) -> f64 {
    (duration.as_secs_f64() * 1e6).round() / 1e3
}
