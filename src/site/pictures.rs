//! Pictures: those that every page of an organisation or of the site shows (logos and
//! the accessibility badge), and those in notes and pages. They are published as they
//! are, so what browsers do not show is refused, and a logo that can do more than be
//! looked at.

mod shown;

use std::fs;
use std::path::Path;

use super::privacy::active_content;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::message::Message;
use crate::model::Publication;
use crate::model::link::{LinkTarget, folder_of};
use crate::say;
use crate::span::{At, Sources};

/// The kinds of pictures, by the end of the file's name.
const KINDS: &[&str] = &["svg", "png", "jpg", "jpeg", "webp"];

/// Checks the logos, the badge and the pictures in prose of a site in the folder `root`.
/// Files that are not there are told with the other addresses.
pub fn check(root: &Path, publication: &Publication, sources: &Sources, faults: &mut Diagnostics) {
    let logos = publication
        .looks()
        .filter_map(|look| look.logo.as_ref())
        .map(|logo| (logo, say!("logo")));
    let badge = publication.settings.badge.iter();
    for (picture, what) in logos.chain(badge.map(|badge| (&badge.image, say!("badge")))) {
        let folder = folder_of(&sources.of(picture.span).path);
        match LinkTarget::find(&picture.value, folder, None, publication) {
            Ok(LinkTarget::Attachment(path)) => {
                faults.extend(refused(root, &path, picture, &what));
            }
            Ok(LinkTarget::External) => faults.push(
                Diagnostic::new(
                    Rule::BrokenLink,
                    picture.span,
                    say!(
                        "the {what} `{value}` lies on another site",
                        what,
                        value = picture.value
                    ),
                )
                .expected(say!("a file under content/"))
                .help(say!(
                    "put a copy of the picture under content/: pages load nothing from elsewhere"
                )),
            ),
            Ok(_) => faults.push(no_picture(picture, &what)),
            Err(_) => {}
        }
    }
    check_prose(root, publication, sources, faults);
}

/// Checks the pictures in notes and pages.
fn check_prose(
    root: &Path,
    publication: &Publication,
    sources: &Sources,
    faults: &mut Diagnostics,
) {
    for (body, outline) in publication.prose() {
        let folder = folder_of(&sources.of(body).path);
        for link in outline.links.iter().filter(|link| link.image) {
            let target = &link.target;
            let Ok(LinkTarget::Attachment(path)) =
                LinkTarget::find(target, folder, None, publication)
            else {
                continue;
            };
            let fault = |said| Diagnostic::new(Rule::BrokenLink, link.place(body), said);
            if !shown::is_named_as_one(&path) {
                let said = say!(
                    "the picture `{target}` is not of a kind that browsers show",
                    target
                );
                faults.push(
                    fault(said)
                        .expected(say!("an svg, png, jpg, gif, webp or avif file"))
                        .help(say!(
                            "export it as PNG or JPEG from a picture program, and name that file here"
                        )),
                );
            } else if !shown::holds_one(&root.join("content").join(&path)) {
                faults.push(no_content(fault(say!(
                    "the picture `{target}` holds no picture",
                    target
                ))));
            }
        }
    }
}

/// What is said of a file that only has the name of a picture.
fn no_content(fault: Diagnostic) -> Diagnostic {
    fault
        .expected(say!(
            "a file that was saved as svg, png, jpg, gif, webp or avif"
        ))
        .help(say!(
            "open it in a picture program and export it: another ending of its name makes no picture of a file"
        ))
}

fn no_picture(picture: &At<String>, what: &Message) -> Diagnostic {
    Diagnostic::new(
        Rule::BadValue,
        picture.span,
        say!(
            "the {what} `{value}` is not a picture of a kind that is shown",
            what,
            value = picture.value
        ),
    )
    .expected(say!("an svg, png, jpg or webp file under content/"))
}

fn refused(root: &Path, path: &str, picture: &At<String>, what: &Message) -> Option<Diagnostic> {
    let extension = path.rsplit_once('.').map_or("", |(_, end)| end);
    if !KINDS.contains(&extension.to_ascii_lowercase().as_str()) {
        return Some(no_picture(picture, what));
    }
    let file = root.join("content").join(path);
    if !extension.eq_ignore_ascii_case("svg") {
        let holds_none = !shown::holds_one(&file);
        return holds_none.then(|| {
            let said = say!(
                "the {what} `{value}` holds no picture",
                what,
                value = picture.value
            );
            no_content(Diagnostic::new(Rule::BadValue, picture.span, said))
        });
    }
    // What cannot be read is told when it is published.
    let text = fs::read(file).ok()?;
    let (active, line) = active_content(&text)?;
    Some(
        Diagnostic::new(
            Rule::BadValue,
            picture.span,
            say!(
                "the {what} `{value}` contains {active} (line {line})",
                what,
                value = picture.value,
                active,
                line
            ),
        )
        .expected(say!("an SVG of shapes and text alone"))
        .help(say!(
            "remove it from the file, or export the picture as a plain SVG or PNG"
        )),
    )
}
