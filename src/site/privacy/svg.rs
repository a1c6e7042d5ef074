//! Pictures of shapes. They are opened on their own, where they could run and load
//! like a page: only what is known to draw is let through, whether it stands in an
//! attachment, a logo or a badge.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, QName, ResolveResult};
use quick_xml::{NsReader, XmlVersion};

use super::address::{is_elsewhere, is_picture};
use super::style;
use crate::message::Message;
use crate::say;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// What drawing programs write for themselves, which browsers pass over.
const NOTES: [&str; 9] = [
    "http://creativecommons.org/ns#",
    "http://purl.org/dc/elements/1.1/",
    "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
    "http://web.resource.org/cc/",
    "http://www.bohemiancoding.com/sketch/ns",
    "http://www.figma.com/figma/ns",
    "http://www.inkscape.org/namespaces/inkscape",
    "http://www.serif.com/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
];

/// Elements that draw, or say how and what for.
const ELEMENTS: &str = "
    a circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer
    feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight
    feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge
    feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
    feTurbulence filter g image line linearGradient marker mask metadata path pattern
    polygon polyline radialGradient rect stop style svg switch symbol text textPath title
    tspan use view";

/// Attributes of these elements that hold no address but in a `url()`.
const ATTRIBUTES: &str = "
    alignment-baseline amplitude azimuth baseFrequency baseProfile baseline-shift bias
    class clip clip-path clip-rule clipPathUnits color color-interpolation
    color-interpolation-filters color-rendering contentScriptType contentStyleType cx cy d
    diffuseConstant direction display divisor dominant-baseline dx dy edgeMode elevation
    enable-background exponent fill fill-opacity fill-rule filter filterRes filterUnits
    flood-color flood-opacity focusable font font-family font-feature-settings
    font-kerning font-size font-size-adjust font-stretch font-style font-variant
    font-variant-ligatures font-variation-settings font-weight fr fx fy
    glyph-orientation-horizontal glyph-orientation-vertical gradientTransform
    gradientUnits height id image-rendering in in2 inline-size intercept isolation k1 k2
    k3 k4 kernelMatrix kernelUnitLength kerning lang lengthAdjust letter-spacing
    lighting-color limitingConeAngle line-height marker marker-end marker-mid
    marker-start markerHeight markerUnits markerWidth mask mask-type maskContentUnits
    maskUnits media method mix-blend-mode mode name numOctaves offset opacity operator
    order orient overflow overlay paint-order path pathLength patternContentUnits
    patternTransform patternUnits pointer-events points pointsAtX pointsAtY pointsAtZ
    preserveAlpha preserveAspectRatio primitiveUnits r radius refX refY rel
    requiredFeatures result role rotate rx ry scale seed shape-inside shape-padding
    shape-rendering side slope spacing specularConstant specularExponent spreadMethod
    startOffset stdDeviation stitchTiles stop-color stop-opacity stroke stroke-dasharray
    stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity
    stroke-width surfaceScale systemLanguage tabindex tableValues target targetX targetY
    text-align text-anchor text-decoration text-indent text-orientation text-rendering
    text-transform textLength transform transform-origin type unicode-bidi values
    vector-effect version viewBox visibility white-space width word-spacing writing-mode
    x x1 x2 xChannelSelector y y1 y2 yChannelSelector z zoomAndPan";

/// What an SVG holds beside pictures, and in which line; the first of it.
#[must_use]
pub fn active_content(bytes: &[u8]) -> Option<(Message, usize)> {
    let line = |at: usize| {
        let before = bytes.get(..at).unwrap_or_default();
        memchr::memchr_iter(b'\n', before).count() + 1
    };
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Some((say!("text that is not UTF-8"), line(error.valid_up_to()))),
    };
    // Some readers change to other letters at some of them.
    let is_other = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    if let Some(at) = text.find(is_other) {
        return Some((say!("a character that controls a device"), line(at)));
    }
    let drawing = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = NsReader::from_str(drawing);
    reader.config_mut().enable_all_checks(true);
    let mut look = Look::default();
    loop {
        let start = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => return Some((unreadable(&Message::foreign(error)), line(start))),
        };
        if let Some(found) = look.event(&event, &reader) {
            return Some((found, line(start)));
        }
        if matches!(event, Event::Eof) {
            return None;
        }
    }
}

/// What was met so far.
#[derive(Default)]
struct Look {
    is_drawn: bool,
    open: usize,
    /// The style that is open, in pieces that are one text.
    style: Option<String>,
}

impl Look {
    fn event(&mut self, event: &Event, reader: &NsReader<&[u8]>) -> Option<Message> {
        match event {
            Event::Start(element) => {
                self.open += 1;
                self.element(element, reader)
            }
            Event::Empty(element) => {
                let found = self.element(element, reader);
                self.style = None;
                found
            }
            Event::End(_) => {
                self.open = self.open.saturating_sub(1);
                self.style.take().and_then(|css| loaded(&css))
            }
            Event::Text(text) => self.text(text),
            Event::CData(text) => self.text(text).or((self.open == 0).then(outside)),
            Event::GeneralRef(reference) => match referred(reference) {
                Some(text) => self.text(&text),
                None => Some(unreadable(&Message::foreign(format!(
                    "&{};",
                    reference.as_ref()
                )))),
            },
            Event::Comment(text) => {
                is_ambiguous(text).then(|| say!("a comment that browsers end before it ends"))
            }
            Event::Decl(declared) => {
                let encoding = declared.encoding();
                let is_known = |name: &str| {
                    // Of these, the letters of markup are the same.
                    let known = ["utf-8", "utf8", "us-ascii", "iso-8859-1", "windows-1252"];
                    known.contains(&name.to_ascii_lowercase().as_str())
                };
                let is_other = encoding.is_some_and(|name| !name.is_ok_and(|name| is_known(&name)));
                is_other.then(|| say!("text that is not UTF-8"))
            }
            // Others may define entities that hide what they stand for.
            Event::DocType(declared) => {
                (!is_doctype(declared)).then(|| say!("a document type of its own"))
            }
            Event::PI(_) => Some(say!("an instruction to a program")),
            Event::Eof if !self.is_drawn => {
                Some(say!("no `<svg xmlns=\"http://www.w3.org/2000/svg\">`"))
            }
            Event::Eof => {
                (self.open > 0).then(|| unreadable(&say!("it ends before its elements do")))
            }
        }
    }

    fn text(&mut self, text: &str) -> Option<Message> {
        if let Some(css) = &mut self.style {
            css.push_str(text);
        }
        let is_outside = self.open == 0 && !text.trim().is_empty();
        is_outside.then(outside)
    }

    fn element(&mut self, element: &BytesStart, reader: &NsReader<&[u8]>) -> Option<Message> {
        let (namespace, name) = reader.resolver().resolve_element(element.name());
        let name = name.as_ref();
        let unknown = || Some(say!("a `<{name}>`", name));
        if self.style.is_some() {
            return unknown();
        }
        let is_drawing = match namespace {
            ResolveResult::Bound(Namespace(SVG)) => true,
            ResolveResult::Bound(Namespace(other)) if NOTES.contains(&other) => false,
            _ if !self.is_drawn => {
                return Some(say!("no `<svg xmlns=\"http://www.w3.org/2000/svg\">`"));
            }
            _ => return unknown(),
        };
        self.is_drawn |= is_drawing && name == "svg";
        if !self.is_drawn {
            return Some(say!("no `<svg xmlns=\"http://www.w3.org/2000/svg\">`"));
        }
        if is_drawing && !is_listed(ELEMENTS, name) {
            return unknown();
        }
        if is_drawing && name == "style" {
            self.style = Some(String::new());
        }
        element.attributes().find_map(|attribute| match attribute {
            Ok(attribute) => judge(name, &attribute, reader),
            Err(_) => Some(say!("an attribute of `<{name}>` that cannot be read", name)),
        })
    }
}

fn judge(element: &str, attribute: &Attribute, reader: &NsReader<&[u8]>) -> Option<Message> {
    let QName(written) = attribute.key;
    if attribute.key.as_namespace_binding().is_some() {
        return None;
    }
    // References may hide any letter.
    let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) else {
        return Some(say!(
            "an attribute of `<{name}>` that cannot be read",
            name = element
        ));
    };
    let value = value.as_ref();
    let unknown = || Some(say!("`{set}` on `<{name}>`", set = written, name = element));
    let (namespace, name) = reader.resolver().resolve_attribute(attribute.key);
    match (namespace, name.as_ref()) {
        (ResolveResult::Unbound | ResolveResult::Bound(Namespace(XLINK)), "href") => {
            leads_out(element, value).then(|| say!("a link to `{value}`", value))
        }
        (ResolveResult::Unbound, "style") => loaded(value),
        (ResolveResult::Unbound, name) => {
            if name.starts_with("aria-") || name.starts_with("data-") {
                return None;
            }
            if !is_listed(ATTRIBUTES, name) {
                return unknown();
            }
            if value.contains(['(', '\\', '@']) {
                loaded(value)
            } else {
                None
            }
        }
        (ResolveResult::Bound(Namespace(XLINK)), "type" | "title" | "show")
        | (ResolveResult::Bound(Namespace(XML)), "space" | "lang" | "id") => None,
        (ResolveResult::Bound(Namespace(other)), _) if NOTES.contains(&other) => None,
        _ => unknown(),
    }
}

/// Whether an address in an SVG is more than a part of the same file, or of an image
/// a picture of dots, or of a link the address of a page.
fn leads_out(element: &str, address: &str) -> bool {
    let is_part = address.trim().starts_with('#') || address.trim().is_empty();
    let lower = address.trim().to_ascii_lowercase();
    let is_permitted = match element {
        "a" => lower.starts_with("https://") || lower.starts_with("http://"),
        "image" => is_picture(address),
        _ => false,
    };
    !(is_part || is_permitted)
}

/// What a style loads that is no part of the file.
fn loaded(css: &str) -> Option<Message> {
    let is_inside = |address: &str| {
        address.trim().starts_with('#') || is_picture(address) && !is_elsewhere(address)
    };
    let leaks = style::scan(css, is_inside);
    let leak = leaks.into_iter().next()?;
    Some(say!("`{text}` in a style", text = leak.text))
}

fn is_listed(list: &str, name: &str) -> bool {
    list.split_ascii_whitespace().any(|one| one == name)
}

/// Whether a comment ends elsewhere for those who take the file for a web page.
fn is_ambiguous(comment: &str) -> bool {
    comment.starts_with('>') || comment.starts_with("->")
}

/// Whether a document type is that of pictures, by its public name.
fn is_doctype(declared: &str) -> bool {
    let declared = declared.trim();
    let is_public = declared.starts_with("svg PUBLIC \"-//W3C//DTD SVG ");
    declared == "svg" || is_public && !declared.contains(['[', '<', '>'])
}

/// What a reference stands for; nothing for one that XML does not know.
fn referred(reference: &BytesRef) -> Option<String> {
    let character = reference.resolve_char_ref().ok()?;
    let named = || resolve_predefined_entity(reference.as_ref()).map(str::to_owned);
    character.map_or_else(named, |character| Some(character.to_string()))
}

fn outside() -> Message {
    say!("text outside `<svg>`")
}

fn unreadable(why: &Message) -> Message {
    say!("XML that cannot be read ({why})", why)
}

#[cfg(test)]
mod tests;
