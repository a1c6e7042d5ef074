//! Addresses beside names lead somewhere, and only where a public page may.

use super::prose::{Written, broken};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, nearest};
use crate::model::Publication;
use crate::model::link::{LinkTarget, folder_of};
use crate::say;
use crate::span::{Sources, Span};

/// Checks every address outside Markdown.
pub fn check(publication: &Publication, sources: &Sources, faults: &mut Diagnostics) {
    let logos = publication.looks().filter_map(|look| look.logo.as_ref());
    let badge = publication.settings.badge.iter().map(|badge| &badge.image);
    let pictures: Vec<Span> = logos.chain(badge).map(|picture| picture.span).collect();
    for address in publication.addresses() {
        let folder = folder_of(&sources.of(address.span).path);
        if let Err(fault) = LinkTarget::find(&address.value, folder, None, publication) {
            let link = Written {
                text: &address.value,
                is_picture: pictures.contains(&address.span),
                span: address.span,
            };
            faults.extend(broken(&fault, &link, None, publication));
        }
    }
    faults.extend(unknown_home(publication));
}

/// The scorecard that leads the home page has to be there.
fn unknown_home(publication: &Publication) -> Option<Diagnostic> {
    let home = publication.settings.home.as_ref()?;
    if publication.find_scorecard(&home.value).is_some() || publication.is_lost(&home.value) {
        return None;
    }
    let known = publication.scorecards.iter().map(|s| s.folder.as_str());
    let fault = Diagnostic::new(
        Rule::UnknownReference,
        home.span,
        say!(
            "there is no scorecard `{value}` to lead the home page",
            value = home.value
        ),
    )
    .expected(say!(
        "the folder of a scorecard under content/, such as parks/2025"
    ));
    Some(match nearest(&home.value, known) {
        Some(near) => fault.help(say!("did you mean `{near}`?", near)),
        None => fault.help(say!("correct the path, or remove the line")),
    })
}
