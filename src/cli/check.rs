//! `scorepress check`.

use std::convert::Infallible;

use super::arguments::{Check, Common};
use super::site::{self, plural};
use super::{Exit, complain, tell};
use crate::diagnostic::report::{self, Format};
use crate::model::keyword::Keyword;
use crate::{prepare, render};

/// Finds every fault; writes nothing.
pub fn run(common: &Common, arguments: &Check) -> Exit {
    let options = match site::options(common, None, arguments.drafts) {
        Ok(options) => options,
        Err(exit) => return exit,
    };
    let mut prepared = match prepare(&options) {
        Ok(prepared) => prepared,
        Err(error) => return complain(Exit::Machine, error),
    };
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
            site::report(faults, sources);
            if !common.quiet {
                let found = [
                    plural(faults.errors(), "error", "errors"),
                    plural(faults.warnings(), "warning", "warnings"),
                ];
                tell(found.join(", "));
            }
        }
        Some(format) => {
            let mut out = anstream::stdout().lock();
            if let Err(error) = report::write(format, faults, sources, false, &mut out) {
                return complain(Exit::Machine, format!("cannot print: {error}"));
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
