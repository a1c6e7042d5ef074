//! Pictures: those that every page of an organisation or of the site shows (logos and
//! the accessibility badge), and those in notes and pages. They are published as they
//! are, so what browsers do not show is refused, and a logo that can do more than be
//! looked at.

mod shown;
mod style;

pub(super) use style::unescaped as style_unescaped;

use std::fs;
use std::path::Path;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::message::Message;
use crate::model::Publication;
use crate::model::link::{LinkTarget, folder_of};
use crate::say;
use crate::span::{At, Sources};

/// The kinds of pictures, by the end of the file's name.
const KINDS: &[&str] = &["svg", "png", "jpg", "jpeg", "webp"];
/// The namespace of the elements of web pages, which load and run wherever they stand.
const XHTML: &str = "http://www.w3.org/1999/xhtml";

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
    let active = match std::str::from_utf8(&text) {
        Ok(text) => active_content(text)?,
        Err(_) => say!("text that is not UTF-8"),
    };
    Some(
        Diagnostic::new(
            Rule::BadValue,
            picture.span,
            say!(
                "the {what} `{value}` contains {active}",
                what,
                value = picture.value,
                active
            ),
        )
        .expected(say!("an SVG of shapes and text alone"))
        .help(say!(
            "remove it from the file, or export the picture as a plain SVG or PNG"
        )),
    )
}

/// What an SVG contains that could run, load or not be read; the first of it.
fn active_content(text: &str) -> Option<Message> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let (mut drawn, mut open) = (false, 0_usize);
    // Pieces of a style are one text, whatever stands between them.
    let (mut styles, mut css) = (0_usize, String::new());
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => return Some(unreadable(&Message::foreign(error))),
        };
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                drawn |= element.local_name().as_ref() == "svg";
                if let Some(found) = active_element(element) {
                    return Some(found);
                }
                let opens = matches!(event, Event::Start(_));
                open += usize::from(opens);
                styles += usize::from(opens && is_style(element.local_name().as_ref()));
            }
            Event::End(element) => {
                open = open.saturating_sub(1);
                if is_style(element.local_name().as_ref()) {
                    styles = styles.saturating_sub(1);
                    css.push('\n');
                }
            }
            Event::Text(text) if styles > 0 => css.push_str(text),
            Event::CData(text) if styles > 0 => css.push_str(text),
            Event::GeneralRef(reference) if styles > 0 => match referred(reference) {
                Some(text) => css.push_str(&text),
                None => {
                    return Some(unreadable(&Message::foreign(format!(
                        "&{};",
                        reference.as_ref()
                    ))));
                }
            },
            // A document type may define entities that hide what they stand for.
            Event::DocType(declared) if declared.contains('[') => {
                return Some(say!("entities of its own"));
            }
            Event::PI(instruction) if instruction.starts_with("xml-stylesheet") => {
                return Some(say!("a link to a style sheet"));
            }
            Event::Eof if drawn => {
                let cut = || unreadable(&say!("it ends before its elements do"));
                return style::loaded(&css).or_else(|| (open > 0).then(cut));
            }
            Event::Eof => return Some(say!("no `<svg>`")),
            _ => {}
        }
    }
}

fn unreadable(why: &Message) -> Message {
    say!("XML that cannot be read ({why})", why)
}

fn is_style(name: &str) -> bool {
    name.eq_ignore_ascii_case("style")
}

/// What a reference stands for; nothing for one that XML does not know.
fn referred(reference: &BytesRef) -> Option<String> {
    let character = reference.resolve_char_ref().ok()?;
    let named = || resolve_predefined_entity(reference.as_ref()).map(str::to_owned);
    character.map_or_else(named, |character| Some(character.to_string()))
}

fn active_element(element: &BytesStart) -> Option<Message> {
    let name = element.local_name().as_ref().to_owned();
    if matches!(
        name.to_ascii_lowercase().as_str(),
        "script" | "foreignobject" | "iframe" | "object" | "embed" | "handler" | "listener"
    ) {
        return Some(say!("a `<{name}>`", name));
    }
    element.attributes().find_map(|attribute| {
        let unreadable = || Some(say!("an attribute of `<{name}>` that cannot be read", name));
        let Ok(attribute) = attribute else {
            return unreadable();
        };
        // References may hide any letter.
        let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) else {
            return unreadable();
        };
        let value = value.as_ref();
        if attribute.key.as_namespace_binding().is_some() {
            return (value == XHTML).then(|| say!("XHTML, declared on `<{name}>`", name));
        }
        let key = attribute.key.local_name().as_ref().to_ascii_lowercase();
        // An animation may set an attribute that could not stand there itself.
        let set = if key == "attributename" { value } else { &key };
        if set.to_ascii_lowercase().starts_with("on") {
            return Some(say!("`{set}` on `<{name}>`", set, name));
        }
        // Nothing in an SVG needs it but what loads.
        if matches!(set.to_ascii_lowercase().as_str(), "src" | "srcset") {
            return Some(say!("`{set}` on `<{name}>`", set, name));
        }
        let leads_out = match key.as_str() {
            "href" => leads_out(&name, value),
            // `xml:base` says where all other addresses begin.
            "base" => leads_out("", value),
            "attributename" => value.to_ascii_lowercase().contains("href"),
            _ => return style::loaded(value),
        };
        leads_out.then(|| say!("a link to `{value}`", value))
    })
}

/// Whether an address in an SVG is more than a part or a picture of the same
/// file, or in a link the address of a page.
fn leads_out(element: &str, value: &str) -> bool {
    let address: String = value.split_whitespace().collect();
    let address = address.to_ascii_lowercase();
    if element == "a" {
        let web = address.starts_with("https://") || address.starts_with("http://");
        return !(web || address.starts_with('#'));
    }
    !(address.is_empty() || address.starts_with('#') || address.starts_with("data:image/"))
}

#[cfg(test)]
mod tests {
    use super::active_content;

    fn svg(inside: &str) -> Option<String> {
        active_content(&format!(
            "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">{inside}</svg>"
        ))
        .map(|said| said.to_string())
    }

    #[test]
    fn shapes_text_and_pictures_inside_the_file_are_shown() {
        for inside in [
            "<path d=\"M0 0h9\"/><text>a &amp; b</text>",
            "<defs><g id=\"a\"/></defs><use href=\"#a\"/>",
            "<image href=\"data:image/png;base64,AAAA\"/>",
            "<style>path { fill: #fff }</style>",
            "<style><![CDATA[path { fill: url(#a) }]]></style><g fill=\"url(&quot;#a&quot;)\"/>",
            "<a href=\"https://example.org/?a=1&amp;b=2\"/>",
            "<a href=\"https://example.org/\"><path d=\"M0 0\"/></a>",
        ] {
            assert_eq!(svg(inside), None, "{inside}");
        }
    }

    #[test]
    fn what_runs_or_loads_is_refused() {
        for (inside, found) in [
            ("<script>1</script>", "<script>"),
            ("<svg:script xmlns:svg=\"x\"/>", "<script>"),
            ("<SCRIPT/>", "<SCRIPT>"),
            ("<path OnLoad=\"x\"/>", "onload"),
            ("<a xlink:href=\" java\nscript:x\"/>", "java"),
            ("<a href=\"&#106;avascript:x\"/>", "`javascript:x`"),
            (
                "<a><set attributeName=\"hre&#102;\" to=\"javascript:x\"/></a>",
                "`href`",
            ),
            ("<path fill=\"&x;\"/>", "cannot be read"),
            (
                "<style>@import url(https://example.org/a.css);</style>",
                "@import",
            ),
            (
                "<style>@im<!-- -->po<![CDATA[rt]]> 'a.css'</style>",
                "@import",
            ),
            ("<style>&#64;import 'a.css'</style>", "@import"),
            ("<style>&x;</style>", "&x;"),
            (
                "<path fill=\"url(https://example.org/a.svg#b)\"/>",
                "example.org",
            ),
            (
                "<path style=\"fill:&#117;rl(//example.org/a#b)\"/>",
                "example.org",
            ),
            (
                "<h:img xmlns:h=\"http://www.w3.org/1999/xhtml\" src=\"a.png\"/>",
                "XHTML, declared on `<img>`",
            ),
            (
                "<meta xmlns=\"http://www.w3.org/1999/&#120;html\" http-equiv=\"refresh\"/>",
                "XHTML",
            ),
            ("<image src=\"a.png\"/>", "`src` on `<image>`"),
            ("<g xml:base=\"https://example.org/\"/>", "example.org"),
            ("<set attributeName=\"href\" to=\"x\"/>", "href"),
            ("<set attributeName=\"onclick\" to=\"x\"/>", "onclick"),
            ("<use href=\"https://example.org/a.svg#b\"/>", "example.org"),
            ("<foreignObject/>", "foreignObject"),
            ("<path></g>", "cannot be read"),
        ] {
            let told = svg(inside).unwrap_or_default();
            assert!(told.contains(found), "{inside}: {told}");
        }
        let entities = "<!DOCTYPE svg [<!ENTITY x \"<script/>\">]><svg/>";
        assert!(
            active_content(entities)
                .unwrap()
                .english()
                .contains("entities")
        );
        let open = active_content("<svg><style>@import 'a.css'");
        assert!(open.unwrap().english().contains("@import"));
        let cut = active_content("<svg><path d='M0 0'/>");
        assert!(cut.unwrap().english().contains("ends before"));
        assert!(
            active_content("plain text")
                .unwrap()
                .english()
                .contains("no `<svg>`")
        );
    }
}
