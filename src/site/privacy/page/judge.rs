//! What a tag of a page does.

use html5ever::tokenizer::Tag;

use super::super::address::{is_data, is_elsewhere, runs};
use super::super::{What, style};
use super::is_inside;

/// What a tag does by its name alone.
pub fn judge_name(tag: &Tag) -> Option<What> {
    let is_script = local(&tag.name) == "script";
    (is_script && !value(tag, "type").is_some_and(is_json)).then_some(What::Runs)
}

/// A name without a prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The value of an attribute.
pub fn value<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    let mut attributes = tag.attrs.iter();
    let found = attributes.find(|attribute| &*attribute.name.local == name)?;
    Some(&found.value)
}

/// Whether a script is data, which no browser runs.
fn is_json(kind: &str) -> bool {
    kind.trim().to_ascii_lowercase().ends_with("json")
}

/// Elements that show what they load as a page of its own, scripts and all.
const FRAMES: [&str; 6] = ["iframe", "frame", "embed", "object", "applet", "use"];
/// Relations of a `<link>` that no browser loads.
const NOT_LOADED: [&str; 8] = [
    "alternate",
    "author",
    "canonical",
    "help",
    "license",
    "next",
    "prev",
    "self",
];

/// What an attribute does that it should not.
pub fn judge(tag: &Tag, attribute: &str, value: &str) -> Option<What> {
    let name = local(&tag.name);
    match local(attribute) {
        handler if handler.len() > 2 && handler.starts_with("on") => Some(What::Runs),
        "style" | "fill" | "stroke" | "filter" | "mask" | "clip-path" | "cursor" | "marker"
        | "marker-start" | "marker-mid" | "marker-end" => style_loads(value),
        "srcdoc" => Some(What::Runs),
        "ping" => Some(What::Sends),
        "action" | "formaction" => follows(value).or(is_elsewhere(value).then_some(What::Sends)),
        "src" | "data" if FRAMES.contains(&name) => follows(value).or(loads(value)),
        "src" | "poster" | "background" | "data" | "codebase" | "archive" | "manifest"
        | "classid" | "lowsrc" | "dynsrc" | "attributionsrc" => loads(value),
        "srcset" | "imagesrcset" => {
            let is_end = |c: char| c.is_ascii_whitespace() || c == ',';
            value.split(is_end).find_map(loads)
        }
        "http-equiv" => judge_order(tag, value),
        "charset" if name == "meta" => is_other_encoding(value).then_some(What::Hides),
        "href" => judge_link(tag, name, value),
        // An animation can set any attribute, an address among them.
        "to" | "from" | "values" | "by" => {
            let mut values = value.split(';');
            values.find_map(|value| follows(value).or(loads(value)))
        }
        _ => None,
    }
}

fn judge_link(tag: &Tag, name: &str, address: &str) -> Option<What> {
    match name {
        "a" | "area" => follows(address),
        "link" => {
            let relation = value(tag, "rel").unwrap_or_default().to_ascii_lowercase();
            let mut relations = relation.split_ascii_whitespace();
            if relations.clone().all(|one| NOT_LOADED.contains(&one)) {
                return None;
            }
            let is_style = !relations.any(|one| one == "icon");
            if is_style && is_data(address) {
                return Some(What::Hides);
            }
            loads(address)
        }
        _ if FRAMES.contains(&name) => follows(address).or(loads(address)),
        _ => loads(address),
    }
}

/// What a page does that speaks for its server.
fn judge_order(tag: &Tag, order: &str) -> Option<What> {
    match order.trim().to_ascii_lowercase().as_str() {
        "content-security-policy" => None,
        "content-type" => {
            let kind = value(tag, "content").unwrap_or_default();
            let charset = kind.rsplit_once('=').map_or("", |(_, charset)| charset);
            is_other_encoding(charset).then_some(What::Hides)
        }
        "refresh" => Some(What::Sends),
        _ => Some(What::Orders),
    }
}

fn is_other_encoding(name: &str) -> bool {
    !name.trim().eq_ignore_ascii_case("utf-8")
}

fn style_loads(css: &str) -> Option<What> {
    style::scan(css, is_inside).first().map(|leak| leak.what)
}

/// What following this address does that it should not.
fn follows(address: &str) -> Option<What> {
    runs(address).then_some(What::Runs)
}

/// What loading from this address does that it should not: what is carried along
/// is only shown.
fn loads(address: &str) -> Option<What> {
    if is_data(address) {
        return None;
    }
    follows(address).or(is_elsewhere(address).then_some(What::Loads))
}
