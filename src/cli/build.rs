//! `scorepress build`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::thread;
use std::time::{Instant, SystemTime};

use ahash::AHashSet;

use super::arguments::{Build, Common, Summary};
use super::progress::Progress;
use super::site::{self, plural};
use super::summary::Done;
use super::{Exit, complain, print};
use crate::git::{self, Checkout};
use crate::grounds::Soil;
use crate::message::Language;
use crate::model::arena::{Arena, ScorecardIx};
use crate::model::watch::Seen;
use crate::provenance::Past;
use crate::publish::{
    self, Fault, Learnt, MadeFrom, Outcome, PublishError, Receipt, Shard, SigningKey, Staging,
};
use crate::say;
use crate::site::plan::{Kind, Planned};
use crate::source::fingerprint::{Files, Inventory};
use crate::span::Sources;
use crate::timing::{Phase, Timings};
use crate::{Options, Prepared, prepare, render};

/// Builds the site.
pub fn run(common: &Common, arguments: &Build) -> Exit {
    match build(common, arguments) {
        Ok(()) => Exit::Fine,
        Err(exit) => exit,
    }
}

fn build(common: &Common, arguments: &Build) -> Result<(), Exit> {
    let began = Instant::now();
    let mut options = site::options(common, arguments.base_url.as_deref(), arguments.drafts)?;
    options.timings = arguments.timings;
    options.asks_history = !arguments.no_history;
    let output = arguments
        .output
        .clone()
        .unwrap_or_else(|| options.root.join("public"));
    let language = site::told_in(&options);
    refuse_inside_content(&output, &options.root, language)?;
    let key = (arguments.sign.as_deref())
        .map(SigningKey::open)
        .transpose()
        .map_err(|fault| complain(Exit::Usage, fault.said().text(language)))?;
    let work = Work {
        common,
        arguments,
        output: &output,
        publishing: publish::Options {
            force: arguments.force,
            key,
            ..publish::Options::default()
        },
    };
    let done = work.build(&options)?;
    let (took, timings) = (began.elapsed(), arguments.timings);
    match arguments.format {
        Summary::Json => print(done.json(&output, took, timings)),
        Summary::Human if !common.quiet => print(done.sentence(&output, took, timings)),
        Summary::Human => {}
    }
    Ok(())
}

/// What is to be built, and where.
struct Work<'a> {
    common: &'a Common,
    arguments: &'a Build,
    output: &'a Path,
    publishing: publish::Options,
}

/// What was known before anything was made.
struct Before {
    /// When the build began, after what was changed just before was settled.
    began: SystemTime,
    /// The files of the site, where they can be told apart and were read to tell.
    files: Option<Files>,
    /// The checkout that they lie in.
    checkout: Option<Checkout>,
    /// What the build before left.
    receipt: Option<Receipt>,
}

impl Work<'_> {
    fn build(&self, options: &Options) -> Result<Done, Exit> {
        let progress = Progress::start(self.common.quiet);
        let mut timings = Timings::start(options.timings);
        let checkout = OnceLock::new();
        let ask = || {
            checkout
                .get_or_init(|| git::checkout(&options.root))
                .clone()
        };
        thread::scope(|scope| {
            // A thread that waits for a program is none of those that work.
            scope.spawn(ask);
            // What changes from here on is none that the receipt speaks of.
            let (inventory, began) = Inventory::settled(&options.root);
            let receipt = Receipt::of(self.output).filter(|_| !self.arguments.fresh);
            let is_made = receipt
                .as_ref()
                .is_some_and(|receipt| receipt.made_from().is_some());
            let files = (inventory.as_ref().filter(|_| is_made))
                .and_then(|inventory| inventory.hashed(&Sources::default()));
            let standing = self.standing(options, files.as_ref(), receipt.as_ref(), ask)?;
            timings.lap(Phase::Compare);
            if let Some((pages, outcome)) = standing {
                progress.finish();
                return Ok(Done {
                    pages,
                    warnings: 0,
                    kept: outcome.unchanged,
                    outcome,
                    laps: timings.laps().to_vec(),
                    language: site::told_in(options),
                });
            }
            let told = scope.spawn(|| options.look_back(ask()));
            let mut prepared = prepare(options).map_err(|error| {
                complain(Exit::Machine, error.said().text(site::told_in(options)))
            })?;
            prepared.timings.follow(timings);
            let (head, past) = told.join().unwrap_or_default();
            let options = Options {
                head,
                past,
                ..options.clone()
            };
            // Without a receipt to hold them against they are taken as they were read.
            let files = files.or_else(|| inventory.as_ref()?.hashed(&prepared.sources));
            let before = Before {
                began,
                files,
                checkout: ask(),
                receipt,
            };
            self.make(&options, prepared, &before, progress)
        })
    }

    /// What the build is made from, unless the same could come to make another site.
    fn made_from(
        &self,
        options: &Options,
        before: &Before,
        prepared: &Prepared,
    ) -> Option<MadeFrom> {
        let checkout = before.checkout.as_ref();
        // A history that could not be read may be readable the next time.
        let is_missing = matches!(options.past, Past::Absent) && checkout.is_some();
        let told = options.fingerprint(checkout, self.arguments.shard)?;
        let files = before.files.as_ref().filter(|_| !is_missing)?;
        Some(MadeFrom {
            files: files.fingerprint().to_string(),
            told: told.to_string(),
            pages: self.pages(prepared),
        })
    }

    /// The site as the ground of its pages, as far as that can be told.
    fn soil(&self, options: &Options, before: &Before, prepared: &Prepared) -> Option<Soil> {
        let (checkout, share) = (before.checkout.as_ref(), self.arguments.shard);
        let (publication, evaluation) = (&prepared.publication, &prepared.evaluation);
        let told = options.told_to_pages(checkout, share, &publication.settings)?;
        let files = before.files.as_ref()?;
        let sources = &prepared.sources;
        Some(Soil::of(publication, evaluation, sources, files, &told))
    }

    /// How many pages the site has that stands, and what there is to do, where the last
    /// build was made from the same.
    fn standing(
        &self,
        options: &Options,
        files: Option<&Files>,
        receipt: Option<&Receipt>,
        ask: impl Fn() -> Option<Checkout>,
    ) -> Result<Option<(usize, Outcome)>, Exit> {
        let made_from = receipt.and_then(|receipt| Some((receipt, receipt.made_from()?)));
        let Some(((receipt, made_from), files)) = made_from.zip(files) else {
            return Ok(None);
        };
        if files.fingerprint().to_string() != made_from.files {
            return Ok(None);
        }
        let told = options.fingerprint(ask().as_ref(), self.arguments.shard);
        if told.is_none_or(|told| told.to_string() != made_from.told) {
            return Ok(None);
        }
        let confirmed = receipt.confirm(self.output, &self.publishing);
        let outcome = confirmed.map_err(|error| refused(&error, site::told_in(options)))?;
        Ok(outcome.map(|outcome| (made_from.pages, outcome)))
    }

    fn make(
        &self,
        options: &Options,
        mut prepared: Prepared,
        before: &Before,
        progress: Progress,
    ) -> Result<Done, Exit> {
        let language = prepared.language;
        let refuse = |error: PublishError| refused(&error, language);
        let had_output = self.output.exists();
        let share = self.arguments.shard;
        let mut staged = None;
        let is_sound = prepared.settle();
        let found = prepared.faults.total();
        if is_sound {
            let publishing = publish::Options {
                shard: share.map(|share| Shard::new(share, prepared.identity(options))),
                origin: options.origin(),
                ..self.publishing.clone()
            };
            let mut open = Staging::open(self.output, &publishing).map_err(refuse)?;
            let soil = self.soil(options, before, &prepared);
            let kept = before.receipt.as_ref().zip(soil.as_ref());
            let kept = kept.map(|(receipt, soil)| keep(&mut open, receipt, soil, &prepared));
            let kept = kept.transpose().map_err(refuse)?.unwrap_or_default();
            // A staging that is not finished leaves no trace.
            let wanted = |file: &Planned| {
                share.is_none_or(|share| share.holds(&file.path)) && !open.has_kept(&file.path)
            };
            open.reserve(prepared.plan.iter().filter(|file| wanted(file)).count());
            let whole = render(options, &mut prepared, wanted, |artifact| {
                open.put(artifact)
            });
            let grounds = |mut seen: Arena<ScorecardIx, Seen>| {
                for (at, kept) in &kept {
                    seen[*at].merge(kept);
                }
                soil.map(|soil| soil.grounds(&seen)).unwrap_or_default()
            };
            staged = whole.map_err(refuse)?.map(|seen| (open, grounds(seen)));
        }
        progress.finish();
        if !self.common.quiet || staged.is_none() {
            site::report(&prepared.faults, &prepared);
        }
        let Some((staging, grounds)) = staged else {
            return Err(self.not_built(&prepared, had_output));
        };
        // What there is to tell has to be found again.
        let is_told = !prepared.faults.is_empty();
        let made_from = (!is_told).then(|| self.made_from(options, before, &prepared));
        let learnt = Learnt {
            made_from: made_from.flatten(),
            grounds,
        };
        // So has what rendering found. And a file that was changed meanwhile may have been
        // read in another state than it was in before and is in now.
        let is_settled = |now: Inventory| now.is_settled(before.began);
        let is_whole = prepared.faults.total() == found
            && Inventory::of(&options.root).is_some_and(is_settled);
        let learnt = if is_whole { learnt } else { Learnt::default() };
        let files_kept = staging.kept();
        // Nobody reads the texts any more; the lists of files need as much room.
        drop(std::mem::take(&mut prepared.sources));
        let outcome = staging.finish(learnt).map_err(refuse)?;
        prepared.timings.lap(Phase::Publish);
        let done = Done {
            pages: self.pages(&prepared),
            warnings: prepared.faults.warnings(),
            kept: files_kept,
            outcome,
            laps: prepared.timings.laps().to_vec(),
            language: prepared.language,
        };
        // The program ends here, and its memory with it: giving back a large model
        // piece by piece would only take time.
        std::mem::forget(prepared);
        Ok(done)
    }

    fn pages(&self, prepared: &Prepared) -> usize {
        let share = self.arguments.shard;
        let plan = prepared.plan.iter();
        plan.filter(|file| matches!(file.kind, Kind::Page(..)))
            .filter(|file| share.is_none_or(|share| share.holds(&file.path)))
            .count()
    }

    /// Says that there is no site.
    fn not_built(&self, prepared: &Prepared, had_output: bool) -> Exit {
        let output = self.output.display().to_string();
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
        complain(Exit::Faults, why.text(prepared.language))
    }
}

/// Keeps the pages of scorecards whose ground is the same, and tells what those look at.
fn keep(
    staging: &mut Staging,
    receipt: &Receipt,
    soil: &Soil,
    prepared: &Prepared,
) -> Result<BTreeMap<ScorecardIx, Seen>, PublishError> {
    let still: BTreeMap<_, _> = (prepared.publication.scorecards.positions())
        .filter_map(|at| Some((at, soil.still(at, receipt.grounds())?)))
        .collect();
    let is_still = |file: &&Planned| {
        let at = file.kind.scorecard();
        at.is_some_and(|at| still.contains_key(&at))
    };
    let paths: AHashSet<_> = (prepared.plan.iter().filter(is_still))
        .map(|file| file.path.as_str())
        .collect();
    staging.keep(receipt, |path| paths.contains(path.as_str()))?;
    Ok(still)
}

/// Says why a site was not published.
pub(super) fn refused(error: &PublishError, language: Language) -> Exit {
    let exit = match error.fault() {
        Fault::Content => Exit::Faults,
        Fault::Usage => Exit::Usage,
        Fault::Machine => Exit::Machine,
    };
    complain(exit, error.said().text(language))
}

/// An output in, or around, the content would mix what is written with what is read.
fn refuse_inside_content(output: &Path, root: &Path, language: Language) -> Result<(), Exit> {
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
        let why = say!(
            "--output: {output} holds the site's own sources; choose a folder of its own, such as `public`",
            output = output.display().to_string()
        );
        return Err(complain(Exit::Usage, why.text(language)));
    }
    Ok(())
}
