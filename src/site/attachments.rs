//! Files beside the content that pages use: only these are published.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostics;
use crate::model::Publication;
use crate::model::link::{LinkTarget, folder_of};
use crate::source::documents::{Stray, unknown_file};
use crate::span::{Sources, Span};

/// The attachments that notes, pages and addresses lead to, sorted.
#[must_use]
pub fn used(publication: &Publication, sources: &Sources) -> Vec<String> {
    let mut used = BTreeSet::new();
    let mut keep = |link: &str, place: Span| {
        let folder = folder_of(&sources.of(place).path);
        if let Ok(LinkTarget::Attachment(path)) = LinkTarget::find(link, folder, None, publication)
        {
            used.insert(path);
        }
    };
    for address in publication.addresses() {
        keep(&address.value, address.span);
    }
    let notes = publication
        .scorecards
        .iter()
        .flat_map(|s| s.notes.iter().map(|note| (note.body, &note.outline)));
    let pages = publication.pages.iter().flat_map(|p| {
        p.versions
            .iter()
            .map(|version| (version.body, &version.outline))
    });
    for (body, outline) in notes.chain(pages) {
        for link in &outline.links {
            keep(&link.target, body);
        }
    }
    used.into_iter().collect()
}

/// Notes files that look like a part of the site and that nothing leads to: who links to
/// a file knows that it is an attachment.
pub fn check(strays: Vec<Stray>, used: &[String], sources: &mut Sources, faults: &mut Diagnostics) {
    for stray in strays {
        if used.binary_search(&stray.path).is_err() {
            faults.push(unknown_file(&stray.path, stray.help, sources));
        }
    }
}
