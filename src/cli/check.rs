//! `scorepress check`.

use std::convert::Infallible;

use super::arguments::{Check, Common};
use super::site::{self, errors, warnings};
use super::{Exit, complain, tell};
use crate::check::past::{self, Edition};
use crate::diagnostic::report::{self, Format};
use crate::model::keyword::Keyword;
use crate::say;
use crate::{Options, Prepared, git, prepare, render};

/// Finds every fault; writes nothing.
pub fn run(common: &Common, arguments: &Check) -> Exit {
    let options = match site::options(common, None, arguments.drafts) {
        Ok(options) => options,
        Err(exit) => return exit,
    };
    let mut prepared = match prepare(&options) {
        Ok(prepared) => prepared,
        Err(error) => return complain(Exit::Machine, error.said().text(site::told_in(&options))),
    };
    if let Some(revision) = &arguments.against
        && let Err(exit) = hold_against(revision, &options, &mut prepared)
    {
        return exit;
    }
    if prepared.settle() {
        // Rendered and let go, so that faults of templates are found as well.
        let Ok(_) = render(
            &options,
            &mut prepared,
            |_| true,
            |_| Ok::<(), Infallible>(()),
        );
    }
    let (faults, sources) = (&prepared.faults, &prepared.sources);
    match Format::from_word(&arguments.format) {
        None | Some(Format::Human) => {
            site::report(faults, &prepared);
            if !common.quiet {
                let found = say!(
                    "{errors}, {warnings}",
                    errors = errors(faults.errors()),
                    warnings = warnings(faults.warnings())
                );
                tell(found.text(prepared.language));
            }
        }
        Some(format) => {
            let mut out = anstream::stdout().lock();
            if let Err(error) =
                report::write(format, faults, sources, prepared.language, false, &mut out)
            {
                let why = say!("cannot print: {error}", error);
                return complain(Exit::Machine, why.text(prepared.language));
            }
        }
    }
    let denied = arguments.deny.is_some() && faults.warnings() > 0;
    if faults.errors() > 0 || denied {
        Exit::Faults
    } else {
        Exit::Fine
    }
}

/// Finds what was altered or taken away since an earlier commit.
fn hold_against(revision: &str, options: &Options, prepared: &mut Prepared) -> Result<(), Exit> {
    let language = prepared.language;
    let folder = git::content_at(&options.root, revision).map_err(|error| {
        complain(
            Exit::Usage,
            say!("--against: {error}", error = error.said()).text(language),
        )
    })?;
    let then = Options {
        root: folder.path().to_owned(),
        ..options.clone()
    };
    // Faults of then are no faults of now: what can be read of it counts.
    let past =
        prepare(&then).map_err(|error| complain(Exit::Machine, error.said().text(language)))?;
    // What cannot be read would seem to be gone.
    if prepared.faults.iter().any(|fault| fault.hides) {
        return Ok(());
    }
    let then = Edition {
        publication: &past.publication,
        sources: &past.sources,
    };
    let now = Edition {
        publication: &prepared.publication,
        sources: &prepared.sources,
    };
    past::check(then, now, revision, &mut prepared.faults);
    Ok(())
}
