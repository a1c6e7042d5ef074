//! Finding the site and its settings on the command line.

use std::env;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use super::arguments::Common;
use super::{Exit, complain};
use crate::diagnostic::{Diagnostics, report};
use crate::message::{Language, Message};
use crate::model::period::parse_date;
use crate::model::settings::Calendar;
use crate::provenance::Past;
use crate::say;
use crate::source::glance::Glance;
use crate::{Options, Prepared};

/// The folder of the site: the one that was named, or the nearest upwards that
/// holds `content/site.yaml`.
pub fn root(common: &Common) -> Result<PathBuf, Exit> {
    let holds = |folder: &Path| settings(folder).is_file();
    if let Some(root) = &common.root {
        if holds(root) {
            return Ok(root.clone());
        }
        let why = say!(
            "{root} holds no content/site.yaml; give --root the folder that does, or start one with `scorepress init DIR`",
            root = root.display().to_string()
        );
        return Err(complain(Exit::Usage, why.text(speech(common))));
    }
    let here = env::current_dir().map_err(|error| {
        let why = say!("cannot tell the current folder: {error}", error);
        complain(Exit::Machine, why.text(speech(common)))
    })?;
    match here.ancestors().find(|folder| holds(folder)) {
        // A relative root keeps messages short and alike on every machine.
        Some(folder) if folder == here => Ok(PathBuf::from(".")),
        Some(folder) => Ok(folder.to_owned()),
        None => {
            let why = say!(
                "there is no content/site.yaml here or in a folder above; start a site with `scorepress init DIR`, or name its folder with --root"
            );
            Err(complain(Exit::Usage, why.text(speech(common))))
        }
    }
}

/// Where a site's settings lie.
fn settings(root: &Path) -> PathBuf {
    root.join("content").join("site.yaml")
}

/// The language in which a command speaks before it has read a site: the one that was
/// asked for, that of the site's content, or else that of the environment. Pages never
/// hang on it.
pub fn speech(common: &Common) -> Language {
    let asked = common.lang.or_else(|| language(common));
    asked.or_else(Language::of_environment).unwrap_or_default()
}

/// The language of the site's content: nothing where there is none, or none that can be
/// read.
fn language(common: &Common) -> Option<Language> {
    let folders = match &common.root {
        Some(root) => vec![root.clone()],
        None => env::current_dir()
            .ok()?
            .ancestors()
            .map(Path::to_owned)
            .collect(),
    };
    let root = folders.iter().find(|folder| settings(folder).is_file())?;
    Language::of_tag(&Glance::at(root).language?)
}

/// What a build goes by.
pub fn options(common: &Common, base_url: Option<&str>, drafts: bool) -> Result<Options, Exit> {
    let root = root(common)?;
    let as_of = match &common.as_of {
        None => None,
        Some(text) => {
            if let Some(date) = parse_date(text, Calendar::Gregorian) {
                Some(date)
            } else {
                let why = say!(
                    "--as-of: `{text}` is not a date; write year-month-day, such as 2025-10-31",
                    text
                );
                return Err(complain(Exit::Usage, why.text(speech(common))));
            }
        }
    };
    let base_url = match base_url.filter(|url| !url.is_empty()) {
        None => None,
        Some(url) if url.starts_with("https://") || url.starts_with("http://") => {
            Some(format!("{}/", url.trim_end_matches('/')))
        }
        Some(url) => {
            let why = say!(
                "--base-url: `{url}` is not an address; write https://…",
                url
            );
            return Err(complain(Exit::Usage, why.text(speech(common))));
        }
    };
    Ok(Options {
        root,
        as_of,
        base_url,
        drafts,
        head: None,
        asks_history: false,
        past: Past::NotAsked,
        language: common.lang,
        timings: false,
    })
}

/// The language in which faults are told of a site that is not read.
pub fn told_in(options: &Options) -> Language {
    let own = || Language::of_tag(&Glance::at(&options.root).language?);
    options.language.or_else(own).unwrap_or_default()
}

/// Prints faults for people on standard error, notes only when asked for.
pub fn report(faults: &Diagnostics, site: &Prepared) {
    let colour = match anstream::stderr().current_choice() {
        anstream::ColorChoice::Never => false,
        anstream::ColorChoice::Always | anstream::ColorChoice::AlwaysAnsi => true,
        anstream::ColorChoice::Auto => std::io::stderr().is_terminal(),
    };
    let mut err = anstream::stderr().lock();
    // When nobody can be told, the exit code still says it.
    let _ = report::write(
        report::Format::Human,
        faults,
        &site.sources,
        site.language,
        colour,
        &mut err,
    );
}

/// How many warnings there are.
pub fn warnings(count: usize) -> Message {
    plural(
        count,
        say!("{count} warning", count),
        say!("{count} warnings", count),
    )
}

/// How many errors there are.
pub fn errors(count: usize) -> Message {
    plural(
        count,
        say!("{count} error", count),
        say!("{count} errors", count),
    )
}

/// What is said of one, or of many.
pub fn plural(count: usize, one: Message, many: Message) -> Message {
    if count == 1 { one } else { many }
}
