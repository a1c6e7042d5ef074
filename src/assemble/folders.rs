//! Folders of scorecards against the list of organisations: a folder's name is
//! an organisation's id.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics, Rule, nearest};
use crate::model::arena::OrganizationIx;
use crate::source::documents::ScorecardDocument;
use crate::span::Span;

/// The scorecards whose organisation is listed. The others are `lost`, and with
/// them what an organisation without a folder may have had in theirs; one fault
/// tells of all the years of an organisation.
pub fn known(
    scorecards: Vec<ScorecardDocument>,
    ids: &BTreeMap<String, OrganizationIx>,
    lost: &mut BTreeSet<String>,
    faults: &mut Diagnostics,
) -> Vec<ScorecardDocument> {
    let (known, strangers): (Vec<_>, Vec<_>) = scorecards
        .into_iter()
        .partition(|document| ids.contains_key(&document.organization));
    let mut without: Vec<&str> = ids.keys().map(String::as_str).collect();
    without.retain(|id| known.iter().all(|document| document.organization != *id));
    let mut folders: BTreeMap<String, Vec<ScorecardDocument>> = BTreeMap::new();
    for stranger in strangers {
        lost.insert(stranger.folder());
        lost.extend(without.iter().map(|id| format!("{id}/{}", stranger.period)));
        folders
            .entry(stranger.organization.clone())
            .or_default()
            .push(stranger);
    }
    for (folder, documents) in folders {
        faults.extend(stranger(&folder, &documents, ids, &without));
    }
    known
}

fn stranger(
    folder: &str,
    documents: &[ScorecardDocument],
    ids: &BTreeMap<String, OrganizationIx>,
    without: &[&str],
) -> Option<Diagnostic> {
    let mut places = documents
        .iter()
        .map(|document| Span::start_of(document.file));
    let fault = Diagnostic::new(
        Rule::UnknownReference,
        places.next()?,
        format!(
            "the folder `content/{folder}` is named after no organisation of organizations.yaml"
        ),
    )
    .expected("an id from organizations.yaml as the folder's name");
    // An organisation that has no folder has most likely lost this one.
    let near = nearest(folder, ids.keys().map(String::as_str)).or(match without {
        [only] => Some(*only),
        _ => None,
    });
    let fault = match near {
        Some(near) => fault.help(format!(
            "rename the folder to `content/{near}`, or write `id: {folder}` in organizations.yaml; the folder's name is the id"
        )),
        None if without.is_empty() => fault.help(format!(
            "rename the folder to an id of organizations.yaml, or add an organisation with `id: {folder}`"
        )),
        None => fault.help(format!(
            "rename the folder to the id of its organisation ({} have none yet), or add one with `id: {folder}`",
            without.join(", ")
        )),
    };
    Some(places.fold(fault, |fault, place| fault.related(place, "and this year")))
}
