//! What a published file may hold, whatever it was made from.

use std::fs;
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::Event;
use scraper::Html;

use crate::site::files;

/// Reads every file of a built site and finds nothing alive in it.
pub fn assert_harmless(public: &Path) {
    let mut kinds = std::collections::BTreeSet::new();
    for path in files(public) {
        let Ok(text) = fs::read_to_string(public.join(&path)) else {
            continue;
        };
        let kind = path.rsplit('.').next().unwrap_or_default().to_owned();
        match kind.as_str() {
            "html" => page(&path, &text),
            "svg" | "xml" | "atom" => xml(&path, &text),
            "json" | "jsonld" => {
                serde_json::from_str::<serde_json::Value>(&text)
                    .unwrap_or_else(|error| panic!("{path}: {error}"));
            }
            "csv" => table(&path, &text),
            _ => continue,
        }
        kinds.insert(kind);
    }
    for kind in ["html", "svg", "xml", "json", "csv"] {
        assert!(kinds.contains(kind), "no {kind} was looked at");
    }
}

fn page(path: &str, text: &str) {
    const NEVER: [&str; 9] = [
        "iframe",
        "object",
        "embed",
        "base",
        "applet",
        "frame",
        "math",
        "foreignobject",
        "template",
    ];
    let html = Html::parse_document(text);
    for element in html.tree.values().filter_map(|node| node.as_element()) {
        let name = element.name().to_ascii_lowercase();
        assert!(!NEVER.contains(&name.as_str()), "{path} has <{name}>");
        if name == "script" {
            let kind = element.attr("type").unwrap_or_default();
            assert_eq!(kind, "application/ld+json", "{path} runs a script");
        }
        for (attribute, value) in element.attrs() {
            let attribute = attribute.to_ascii_lowercase();
            assert!(
                !attribute.starts_with("on"),
                "{path}: <{name} {attribute}=…>"
            );
            assert!(
                !matches!(
                    attribute.as_str(),
                    "srcdoc" | "style" | "formaction" | "ping"
                ),
                "{path}: <{name} {attribute}=…>"
            );
            let is_address = matches!(
                attribute.as_str(),
                "href" | "src" | "action" | "data" | "poster" | "srcset"
            );
            if is_address {
                assert_ne!(value, "x", "{path}: <{name} {attribute}=x> came alive");
                address(path, &name, value);
            }
        }
        let refresh = element.attr("http-equiv").unwrap_or_default();
        assert!(!refresh.eq_ignore_ascii_case("refresh"), "{path}");
    }
    let selector = scraper::Selector::parse("script").unwrap();
    for script in html.select(&selector) {
        let text: String = script.text().collect();
        serde_json::from_str::<serde_json::Value>(&text)
            .unwrap_or_else(|error| panic!("{path}: {error}: {text}"));
    }
}

/// An address as browsers read it: without what they leave out.
fn address(path: &str, element: &str, value: &str) {
    let value: String = value.chars().filter(|c| *c > ' ').collect();
    let value = value.to_ascii_lowercase();
    let carries = matches!(element, "link" | "img") && value.starts_with("data:");
    if let Some((scheme, _)) = value.split_once(':')
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        && !carries
    {
        assert!(
            matches!(scheme, "http" | "https" | "mailto" | "tel"),
            "{path}: {value}"
        );
    }
}

fn xml(path: &str, text: &str) {
    let legal = |c: char| c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}') || "\t\n\r".contains(c);
    if let Some(bad) = text.chars().find(|c| !legal(*c)) {
        panic!("{path} holds {bad:?}, which XML does not");
    }
    let mut reader = Reader::from_str(text);
    let mut open = 0_usize;
    loop {
        let event = reader
            .read_event()
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                open += usize::from(matches!(event, Event::Start(_)));
                let name = element.local_name().as_ref().to_ascii_lowercase();
                assert!(
                    !matches!(name.as_str(), "script" | "foreignobject" | "iframe" | "img"),
                    "{path} has <{name}>"
                );
                for attribute in element.attributes() {
                    let attribute = attribute.unwrap_or_else(|error| panic!("{path}: {error}"));
                    let key = attribute.key.local_name().as_ref().to_ascii_lowercase();
                    assert!(!key.starts_with("on"), "{path}: <{name} {key}=…>");
                    let value = attribute
                        .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                        .unwrap_or_else(|error| panic!("{path}: {error}"));
                    if key == "href" {
                        address(path, &name, &value);
                    }
                }
            }
            Event::End(_) => open -= 1,
            Event::GeneralRef(reference) => {
                let name: &str = reference.as_ref();
                let known = name.starts_with('#')
                    || quick_xml::escape::resolve_predefined_entity(name).is_some();
                assert!(known, "{path}: &{name};");
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0, "{path}");
}

fn table(path: &str, text: &str) {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    for record in reader.records() {
        let record = record.unwrap_or_else(|error| panic!("{path}: {error}"));
        for cell in &record {
            let number = cell
                .strip_prefix('-')
                .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == '.'));
            let formula = cell
                .trim_start()
                .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
                || cell.starts_with(['\t', '\r', '\n']);
            assert!(!formula || number, "{path}: {cell:?}");
        }
    }
}
