//! `scorepress merge`.

use std::path::{Path, PathBuf};

use super::arguments::Common;
use super::build::refused;
use super::site::plural;
use super::{Exit, complain, say};
use crate::publish::{self, Options, SigningKey};

/// Puts the parts of a site together.
pub fn run(
    common: &Common,
    output: &Path,
    parts: &[PathBuf],
    force: bool,
    sign: Option<&Path>,
) -> Exit {
    let key = match sign.map(SigningKey::open).transpose() {
        Ok(key) => key,
        Err(fault) => return complain(Exit::Usage, fault),
    };
    let options = Options {
        force,
        key,
        ..Options::default()
    };
    match publish::merge(output, parts, &options) {
        Ok(outcome) => {
            if !common.quiet {
                say(format_args!(
                    "{} in {}: {} written, {} unchanged, {} removed",
                    plural(parts.len(), "part", "parts"),
                    output.display(),
                    outcome.written,
                    outcome.unchanged,
                    outcome.removed
                ));
            }
            Exit::Fine
        }
        Err(error) => refused(error),
    }
}
