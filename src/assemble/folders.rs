//! Folders of scorecards against the list of organisations: a folder's name is
//! an organisation's id.

use std::collections::{BTreeMap, BTreeSet};

use super::organizations::Ids;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, nearest};
use crate::message::Wording;
use crate::model::period::{Period, Years};
use crate::say;
use crate::source::folder::Folder;
use crate::span::Span;

/// Notes folders whose organisation is not listed. They are `lost`, and with them what
/// an organisation without a folder may have had in theirs; one fault tells of all the
/// years of an organisation.
pub fn check(folders: &[Folder], ids: &Ids, lost: &mut BTreeSet<String>, faults: &mut Diagnostics) {
    let mut with: BTreeSet<&str> = BTreeSet::new();
    let mut strangers: BTreeMap<&str, Vec<&Folder>> = BTreeMap::new();
    for folder in folders {
        let organization = folder.organization();
        if ids.get(organization).is_some() {
            with.insert(organization);
        } else {
            strangers.entry(organization).or_default().push(folder);
        }
    }
    let mut without: Vec<&str> = ids.all().collect();
    without.retain(|id| !with.contains(id));
    for (name, folders) in strangers {
        for folder in &folders {
            let period = folder.period();
            lost.extend(without.iter().map(|id| format!("{id}/{period}")));
        }
        if !ids.covers(name) {
            faults.extend(stranger(name, &folders, ids, &without));
        }
    }
}

/// The fault of a site that lists no organisations, though its folders, or its
/// `publisher`, name some.
pub fn no_list(folders: &[Folder], publisher: Option<String>, start: Span) -> Option<Diagnostic> {
    let named = folders
        .iter()
        .map(|folder| folder.organization().to_owned());
    let named: BTreeSet<String> = named.chain(publisher).collect();
    let id = named.first()?;
    let fault = Diagnostic::new(
        Rule::UnknownReference,
        start,
        say!("there is no content/organizations.yaml"),
    )
    .expected(say!(
        "a list of the organisations, each with its id and its name"
    ))
    .help(say!(
        "write the file, with a line `- {{id: {id}, name: …}}` for each of {named}",
        id,
        named = Wording::list(&named)
    ));
    Some(fault)
}

fn stranger(folder: &str, years: &[&Folder], ids: &Ids, without: &[&str]) -> Option<Diagnostic> {
    let heads = years.iter().filter_map(|year| year.head());
    let mut places = heads.map(Span::start_of);
    let fault = Diagnostic::new(
        Rule::UnknownReference,
        places.next()?,
        say!(
            "the folder `content/{folder}` is named after no organisation of organizations.yaml",
            folder
        ),
    )
    .expected(say!("an id from organizations.yaml as the folder's name"));
    // An organisation that has no folder has most likely lost this one.
    let near = nearest(folder, ids.all()).or(match without {
        [only] => Some(*only),
        _ => None,
    });
    let fault = match near {
        Some(near) => fault.help(say!("rename the folder to `content/{near}`, or write `id: {folder}` in organizations.yaml; the folder's name is the id", near, folder)),
        None if without.is_empty() => fault.help(say!("rename the folder to an id of organizations.yaml, or add an organisation with `id: {folder}`", folder)),
        None => fault.help(say!("rename the folder to the id of its organisation ({without} have none yet), or add one with `id: {folder}`", without = Wording::list(without), folder)),
    };
    Some(places.fold(fault, |fault, place| {
        fault.related(place, say!("and this year"))
    }))
}

/// What a folder without a scorecard may have been meant to be: itself, or, where its name
/// is no period of the site, any scorecard of its organisation.
pub fn may_be(folder: &str, years: Years) -> Option<String> {
    let (organization, period) = folder.split_once('/')?;
    let lost = match Period::parse(period, years) {
        Some(_) => folder,
        None => organization,
    };
    Some(lost.to_owned())
}
