//! Addresses beside names lead somewhere, and only where a public page may.

use super::prose::broken;
use crate::diagnostic::Diagnostics;
use crate::model::Publication;
use crate::model::link::{LinkTarget, folder_of};
use crate::span::Sources;

/// Checks every address outside Markdown.
pub fn check(publication: &Publication, sources: &Sources, faults: &mut Diagnostics) {
    for address in publication.addresses() {
        let folder = folder_of(&sources.of(address.span).path);
        if let Err(fault) = LinkTarget::find(&address.value, folder, None, publication) {
            faults.push(broken(&fault, None, publication, address.span));
        }
    }
}
