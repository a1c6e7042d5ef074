//! `scorepress merge`.

use std::path::{Path, PathBuf};

use super::arguments::Common;
use super::build::refused;
use super::site::{self, plural};
use super::{Exit, complain, print};
use crate::publish::{self, Options, SigningKey};
use crate::say;

/// Puts the parts of a site together.
pub fn run(
    common: &Common,
    output: &Path,
    parts: &[PathBuf],
    force: bool,
    sign: Option<&Path>,
) -> Exit {
    let language = site::speech(common);
    let key = match sign.map(SigningKey::open).transpose() {
        Ok(key) => key,
        Err(fault) => return complain(Exit::Usage, fault.said().text(language)),
    };
    let options = Options {
        force,
        key,
        ..Options::default()
    };
    match publish::merge(output, parts, &options) {
        Ok(outcome) => {
            if !common.quiet {
                let count = parts.len();
                let said = say!(
                    "{parts} in {output}: {written} written, {unchanged} unchanged, {removed} removed",
                    parts = plural(
                        count,
                        say!("{count} part", count),
                        say!("{count} parts", count)
                    ),
                    output = output.display().to_string(),
                    written = outcome.written,
                    unchanged = outcome.unchanged,
                    removed = outcome.removed
                );
                print(said.text(language));
            }
            Exit::Fine
        }
        Err(error) => refused(&error, language),
    }
}
