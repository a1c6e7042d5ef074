//! `scorepress build`.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::thread;
use std::time::{Instant, SystemTime};

use super::arguments::{Build, Common, Summary};
use super::progress::Progress;
use super::site::{self, plural};
use super::summary::Done;
use super::{Exit, complain, print};
use crate::git::{self, Checkout};
use crate::message::Language;
use crate::provenance::Past;
use crate::publish::{
    self, Fault, MadeFrom, Outcome, PublishError, Receipt, Shard, SigningKey, Staging,
};
use crate::say;
use crate::site::plan::{Kind, Planned};
use crate::source::fingerprint;
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

impl Work<'_> {
    fn build(&self, options: &Options) -> Result<Done, Exit> {
        let progress = Progress::start(self.common.quiet);
        let began = SystemTime::now();
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
            // The files are looked at before they are read: one that changes in
            // between is none that the receipt speaks of.
            let files = fingerprint::of(&options.root).map(|hash| hash.to_string());
            let standing = self.standing(options, files.as_deref(), ask)?;
            timings.lap(Phase::Compare);
            if let Some((pages, outcome)) = standing {
                progress.finish();
                return Ok(Done {
                    pages,
                    warnings: 0,
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
            let made_from =
                files.and_then(|files| self.made_from(&options, files, ask().as_ref(), &prepared));
            self.make(&options, prepared, (made_from, began), progress)
        })
    }

    /// What the build is made from, unless the same could come to make another site.
    fn made_from(
        &self,
        options: &Options,
        files: String,
        checkout: Option<&Checkout>,
        prepared: &Prepared,
    ) -> Option<MadeFrom> {
        // A history that could not be read may be readable the next time.
        let is_missing = matches!(options.past, Past::Absent) && checkout.is_some();
        let told = options.fingerprint(checkout, self.arguments.shard)?;
        (!is_missing).then(|| MadeFrom {
            files,
            told: told.to_string(),
            pages: self.pages(prepared),
        })
    }

    /// How many pages the site has that stands, and what there is to do, where the last
    /// build was made from the same.
    fn standing(
        &self,
        options: &Options,
        files: Option<&str>,
        ask: impl Fn() -> Option<Checkout>,
    ) -> Result<Option<(usize, Outcome)>, Exit> {
        let receipt = Receipt::of(self.output).filter(|receipt| {
            !self.arguments.fresh && files == Some(receipt.made_from.files.as_str())
        });
        let Some(receipt) = receipt else {
            return Ok(None);
        };
        let told = options.fingerprint(ask().as_ref(), self.arguments.shard);
        if told.is_none_or(|told| told.to_string() != receipt.made_from.told) {
            return Ok(None);
        }
        let confirmed = receipt.confirm(self.output, &self.publishing);
        let outcome = confirmed.map_err(|error| refused(&error, site::told_in(options)))?;
        Ok(outcome.map(|outcome| (receipt.made_from.pages, outcome)))
    }

    fn make(
        &self,
        options: &Options,
        mut prepared: Prepared,
        (made_from, began): (Option<MadeFrom>, SystemTime),
        progress: Progress,
    ) -> Result<Done, Exit> {
        let language = prepared.language;
        let refuse = |error: PublishError| refused(&error, language);
        let had_output = self.output.exists();
        let share = self.arguments.shard;
        let mut staging = None;
        if prepared.settle() {
            let publishing = publish::Options {
                shard: share.map(|share| Shard::new(share, prepared.identity(options))),
                origin: options.origin(),
                ..self.publishing.clone()
            };
            let open = Staging::open(self.output, &publishing).map_err(refuse)?;
            // A staging that is not finished leaves no trace.
            let wanted = |file: &Planned| share.is_none_or(|share| share.holds(&file.path));
            let whole = render(options, &mut prepared, wanted, |artifact| {
                open.put(&artifact)
            });
            staging = whole.map_err(refuse)?.then_some(open);
        }
        progress.finish();
        if !self.common.quiet || staging.is_none() {
            site::report(&prepared.faults, &prepared);
        }
        let Some(staging) = staging else {
            return Err(self.not_built(&prepared, had_output));
        };
        // What there is to tell has to be found again.
        let made_from = made_from.filter(|_| prepared.faults.is_empty());
        // A file that was changed meanwhile may have been read in another state than it
        // was in before and is in now.
        let made_from = made_from.filter(|_| fingerprint::is_settled(&options.root, began));
        let outcome = staging.finish(made_from.as_ref()).map_err(refuse)?;
        prepared.timings.lap(Phase::Publish);
        let done = Done {
            pages: self.pages(&prepared),
            warnings: prepared.faults.warnings(),
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
