//! `scorepress verify`.

use std::path::Path;

use super::arguments::{Common, Summary, Verify};
use super::site::{self, plural};
use super::{Exit, complain, print, tell};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::visible::{escape_json, on_one_line};
use crate::git::{Checkout, Head};
use crate::message::{Language, Message};
use crate::model::period::parse_date;
use crate::model::settings::Calendar;
use crate::provenance::Past;
use crate::publish::signature::{KnownKey, Signed};
use crate::publish::{Extent, Origin};
use crate::say;
use crate::verify::{Finding, Kind, Report, VerifyError, hold_against_sources, verify};
use crate::{Options, git, prepare};

/// Proves that a site is whole.
pub fn run(common: &Common, arguments: &Verify) -> Exit {
    match prove(common, arguments) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn prove(common: &Common, arguments: &Verify) -> Result<Exit, Exit> {
    let language = common.lang.unwrap_or_default();
    let known = (arguments.key.as_deref())
        .map(KnownKey::open)
        .transpose()
        .map_err(|fault| complain(Exit::Usage, fault.said().text(language)))?;
    let folder = arguments.site.as_path();
    let report = verify(folder, known.as_ref()).map_err(|error| failed(&error, language))?;
    let foreign = match &arguments.source {
        Some(source) => Some(against(common, source, folder, &report)?),
        None => None,
    };
    let is_signed = match (&report.signed, known) {
        (Some(Signed::Broken | Signed::ByAnother(_)), _) | (None, Some(_)) => false,
        (Some(Signed::By(_)), _) | (None, None) => true,
    };
    let is_fine =
        report.findings.is_empty() && is_signed && foreign.as_ref().is_none_or(Vec::is_empty);
    match arguments.format {
        Summary::Json => {
            let report = json(&report, foreign.as_deref(), is_fine);
            print(escape_json(&report.to_string()));
        }
        Summary::Human => {
            findings(&report.findings, language);
            // What was found once need not be told twice.
            let further = foreign.iter().flatten().filter(|finding| {
                let same = |other: &&Finding| other.path == finding.path;
                !report.findings.iter().any(|other| same(&other))
            });
            findings(further, language);
            tell_signature(common, arguments, &report);
            if is_fine {
                prove_whole(common, &report, foreign.is_some());
            } else {
                let why = objection(arguments, &report, foreign.as_deref());
                complain(Exit::Faults, why.text(language));
            }
        }
    }
    Ok(if is_fine { Exit::Fine } else { Exit::Faults })
}

fn failed(error: &VerifyError, language: Language) -> Exit {
    let exit = match error {
        VerifyError::NoSite(_) => Exit::Usage,
        VerifyError::Unreadable { .. } => Exit::Machine,
    };
    complain(exit, error.said().text(language))
}

/// Builds the sources as the site was built, and compares.
fn against(
    common: &Common,
    source: &Path,
    folder: &Path,
    report: &Report,
) -> Result<Vec<Finding>, Exit> {
    let common = Common {
        root: Some(source.to_owned()),
        ..common.clone()
    };
    let language = common.lang.unwrap_or_default();
    let origin = &report.origin;
    let told = site::options(&common, origin.base_url.as_deref(), origin.drafts)?;
    let as_of = (origin.as_of.as_deref()).and_then(|day| parse_date(day, Calendar::Gregorian));
    let here = git::checkout(&told.root);
    let past = past(&common, &told.root, origin, here.as_ref());
    let here = here.map(|here| here.head);
    let options = Options {
        past,
        as_of: as_of.or(told.as_of),
        // Links name the commit that the site was built from.
        head: origin.commit.clone().map(|commit| Head {
            commit,
            modified: origin.modified,
        }),
        ..told
    };
    if let (Some(commit), Some(here)) = (&origin.commit, &here)
        && (*commit != here.commit || here.modified)
    {
        let here_at = &here.commit;
        note(
            &common,
            &if here.modified {
                say!(
                    "the site was built from commit {commit}; these sources are at {here_at}, with changes",
                    commit,
                    here_at
                )
            } else {
                say!(
                    "the site was built from commit {commit}; these sources are at {here_at}",
                    commit,
                    here_at
                )
            },
        );
    }
    let own = concat!("scorepress ", env!("CARGO_PKG_VERSION"));
    if report.generator != own {
        let generator = &report.generator;
        note(
            &common,
            &say!(
                "the site was built by {generator}; this is {own}, whose pages may differ",
                generator,
                own
            ),
        );
    }
    let mut prepared = prepare(&options).map_err(|error| complain(Exit::Machine, error))?;
    let found = if prepared.settle() {
        hold_against_sources(folder, &options, &mut prepared)
            .map_err(|error| failed(&error, language))?
    } else {
        None
    };
    found.ok_or_else(|| {
        let mut errors = Diagnostics::default();
        errors.append(std::mem::take(&mut prepared.faults));
        site::report(&errors, &prepared);
        complain(
            Exit::Faults,
            say!("these sources make no site").text(language),
        )
    })
}

/// What the pages of the site tell of the history of its sources, told again.
fn past(common: &Common, root: &Path, origin: &Origin, here: Option<&Checkout>) -> Past {
    let commit = match (origin.history, &origin.commit) {
        (Extent::Off, _) => return Past::NotAsked,
        (Extent::Absent, _) | (_, None) => return Past::Absent,
        (Extent::Cut | Extent::Whole, Some(commit)) => commit,
    };
    let same = here.filter(|here| here.head.commit == *commit);
    let checkout = Checkout {
        head: Head {
            commit: commit.clone(),
            modified: origin.modified,
        },
        changed: same.map(|here| here.changed.clone()).unwrap_or_default(),
        is_shallow: origin.history == Extent::Cut,
    };
    let past = Past::insist(root, &checkout);
    if Extent::from(past.extent()) != origin.history {
        note(
            common,
            &say!(
                "the pages of the site tell commits from a history that is not here as it was there; clone the whole of it to compare them"
            ),
        );
    }
    past
}

/// Says what explains a difference.
fn note(common: &Common, message: &Message) {
    let language = common.lang.unwrap_or_default();
    let (word, text) = (say!("note"), message.text(language));
    tell(on_one_line(&format!("{}: {text}", word.text(language))));
}

/// The word at the start of a line is for programs, the rest for people.
fn findings<'f>(list: impl IntoIterator<Item = &'f Finding>, language: Language) {
    for Finding { path, kind, detail } in list {
        let detail = detail.text(language);
        // What somebody put there may be named to deceive a terminal.
        print(on_one_line(&format!("{}: {path}: {detail}", kind.word())));
    }
}

/// Whose signature it is, if it is one.
fn tell_signature(common: &Common, arguments: &Verify, report: &Report) {
    let language = common.lang.unwrap_or_default();
    let fault = match &report.signed {
        Some(Signed::By(key)) => {
            if !common.quiet {
                print(say!("signed by {key}", key).text(language));
            }
            return;
        }
        None if arguments.key.is_none() => return,
        None => say!("the site is not signed"),
        Some(Signed::ByAnother(key)) => say!("the site is signed by another key: {key}", key),
        Some(Signed::Broken) => {
            say!("the signature is not one of this manifest: one of the two was changed")
        }
    };
    tell(fault.text(language));
}

/// What was not proven.
fn objection(arguments: &Verify, report: &Report, foreign: Option<&[Finding]>) -> Message {
    let count = |kind| {
        let of = |finding: &&Finding| finding.kind == kind;
        report.findings.iter().filter(of).count()
    };
    let site = arguments.site.display().to_string();
    let foreign = foreign.map(<[_]>::len).filter(|count| *count > 0);
    if report.findings.is_empty() {
        return match (foreign, &report.signed) {
            (Some(count), _) => plural(
                count,
                say!(
                    "{site} is whole, but {count} file is not from these sources",
                    site,
                    count
                ),
                say!(
                    "{site} is whole, but {count} files are not from these sources",
                    site,
                    count
                ),
            ),
            (None, Some(Signed::Broken)) => {
                say!("{site} is whole, but its signature does not hold", site)
            }
            (None, _) => say!("{site} is whole, but not signed with this key", site),
        };
    }
    let why = say!(
        "{site} is not what was published: {changed} changed, {missing} missing, {added} added",
        site,
        changed = count(Kind::Changed),
        missing = count(Kind::Missing),
        added = count(Kind::Added)
    );
    match foreign {
        None => why,
        Some(count) => plural(
            count,
            say!("{why}; {count} file is not from these sources", why, count),
            say!(
                "{why}; {count} files are not from these sources",
                why,
                count
            ),
        ),
    }
}

/// What was proven.
fn prove_whole(common: &Common, report: &Report, is_from_sources: bool) {
    if common.quiet {
        return;
    }
    let language = common.lang.unwrap_or_default();
    let origin = &report.origin;
    let (files, generator) = (report.files, &report.generator);
    let said = plural(
        files,
        say!(
            "{files} file is as published by {generator}",
            files,
            generator
        ),
        say!(
            "{files} files are as published by {generator}",
            files,
            generator
        ),
    );
    let said = match (&origin.commit, origin.modified) {
        (Some(commit), false) => say!("{said} from commit {commit}", said, commit),
        (Some(commit), true) => say!("{said} from commit {commit} with changes", said, commit),
        (None, _) => said,
    };
    let said = if is_from_sources {
        say!("{said}, and these sources make every byte", said)
    } else {
        said
    };
    print(on_one_line(&said.text(language)));
    let root = &report.root;
    print(say!("SHA256SUMS has the hash {root}", root).text(language));
}

fn json(report: &Report, foreign: Option<&[Finding]>, is_fine: bool) -> serde_json::Value {
    let (state, key) = match &report.signed {
        None => ("none", None),
        Some(Signed::By(key)) => ("valid", Some(key)),
        Some(Signed::ByAnother(key)) => ("other_key", Some(key)),
        Some(Signed::Broken) => ("broken", None),
    };
    serde_json::json!({
        "whole": is_fine,
        "files": report.files,
        "findings": report.findings,
        "not_from_sources": foreign,
        "signature": {"state": state, "key": key},
        "sha256sums": report.root,
        "generator": report.generator,
        "origin": report.origin,
    })
}
