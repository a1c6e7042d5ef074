//! Files beside the content that pages use: only these are published.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::model::Publication;
use crate::model::link::{LinkTarget, folder_of};
use crate::source::documents::{Stray, unknown_file};
use crate::span::{Sources, Span};

/// An attachment that is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Used {
    /// Its path relative to `content/`.
    pub path: String,
    /// The first link that leads to it.
    pub link: Span,
}

/// The attachments that notes, pages and addresses lead to, sorted.
#[must_use]
pub fn used(publication: &Publication, sources: &Sources) -> Vec<Used> {
    let mut used = BTreeMap::new();
    for (path, link) in uses(publication, sources) {
        used.entry(path).or_insert(link);
    }
    let used = used.into_iter();
    used.map(|(path, link)| Used { path, link }).collect()
}

/// Notes files that look like a part of the site and that nothing leads to: who links to
/// a file knows that it is an attachment.
pub fn check(strays: Vec<Stray>, used: &[Used], sources: &mut Sources, faults: &mut Diagnostics) {
    for stray in strays {
        if used
            .binary_search_by(|used| used.path.cmp(&stray.path))
            .is_err()
        {
            faults.push(unknown_file(&stray.path, stray.help, sources));
        }
    }
}

/// Every attachment that something leads to, with the place.
fn uses<'a>(
    publication: &'a Publication,
    sources: &'a Sources,
) -> impl Iterator<Item = (String, Span)> + 'a {
    let addresses = publication
        .addresses()
        .map(|address| (address.value.as_str(), address.span));
    let links = publication.prose().flat_map(|(body, outline)| {
        let links = outline.links.iter();
        links.map(move |link| (link.target.as_str(), link.place(body)))
    });
    addresses.chain(links).filter_map(|(link, place)| {
        let folder = folder_of(&sources.of(place).path);
        match LinkTarget::find(link, folder, None, publication) {
            Ok(LinkTarget::Attachment(path)) => Some((path, place)),
            _ => None,
        }
    })
}
