//! `docs/theme.md`: what templates are given, told from the types themselves.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::Value;

use super::context::{edition, kpi, lists, page, plan};
use super::theme::CONTRACT;

/// Asks a type for its schema.
type View = fn(&mut SchemaGenerator) -> Schema;

/// The templates and the type of their `view`.
const VIEWS: &[(&str, View)] = &[
    ("home.html", view::<lists::HomeView>),
    ("organization.html", view::<lists::OrganizationView>),
    ("map.html", view::<plan::MapView>),
    ("theme.html", view::<plan::ThemeView>),
    ("objective.html", view::<plan::ObjectiveView>),
    ("kpi.html", view::<kpi::KpiView>),
    ("action.html", view::<plan::ActionView>),
    ("perspective.html", view::<plan::PerspectiveView>),
    ("scorecard.html", view::<plan::TableView>),
    ("kpis.html", view::<lists::KpiListView>),
    ("actions.html", view::<lists::ActionListView>),
    ("status.html", view::<lists::StatusView>),
    ("cascade.html", view::<lists::CascadeView>),
    ("edition.html", view::<edition::EditionView>),
    ("changes.html", view::<lists::ChangesView>),
    ("errata.html", view::<lists::ErrataView>),
    ("data.html", view::<lists::DataView>),
    ("search.html", view::<lists::SearchView>),
    (
        "page.html, method.html, glossary.html, accessibility.html, not_found.html",
        view::<lists::ProseView>,
    ),
];

fn view<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// The reference part of the guide for theme authors.
#[must_use]
pub fn reference() -> String {
    let mut generator = SchemaGenerator::default();
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(text, "Contract version: {CONTRACT}\n\n## Templates\n");
    let mut given = |name: &str, make: View| {
        let schema = make(&mut generator);
        format!("| {name} | {} |\n", kind(schema.as_value()))
    };
    text.push_str("| in | is given |\n|---|---|\n");
    text.push_str(&given("every page: `site`", view::<page::SiteContext>));
    text.push_str(&given("every page: `page`", view::<page::PageContext>));
    for (name, make) in VIEWS {
        text.push_str(&given(&format!("{name}: `view`"), *make));
    }
    text.push_str("| every page: `w` | the words of `locale/<language>.yaml`, nested as there |\n");
    text.push_str("| every page: `csp` | the content security policy |\n");
    text.push_str("| edition.html: `style_address` | the style sheet as a `data:` address |\n");
    text.push_str("\n## Types\n");
    let types: BTreeMap<String, Value> = generator.take_definitions(true).into_iter().collect();
    for (name, schema) in &types {
        let _ = writeln!(text, "\n### {name}\n");
        if let Some(about) = schema["description"].as_str() {
            let _ = writeln!(text, "{}\n", one_line(about));
        }
        text.push_str("| field | type | |\n|---|---|---|\n");
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            let about = property["description"]
                .as_str()
                .map(one_line)
                .unwrap_or_default();
            let _ = writeln!(text, "| `{field}` | {} | {about} |", kind(property));
        }
    }
    text
}

fn one_line(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace('|', "\\|")
}

/// A type in words.
fn kind(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or(reference);
        return format!("[{name}](#{})", name.to_lowercase());
    }
    if let Some(options) = schema["anyOf"].as_array() {
        let some = options.iter().find(|option| option["type"] != "null");
        return some.map_or_else(String::new, |some| format!("{} or nothing", kind(some)));
    }
    let of = |name: &str| match name {
        "array" => format!("list of {}", kind(&schema["items"])),
        "string" => "text".to_owned(),
        "boolean" => "true or false".to_owned(),
        "integer" => "number".to_owned(),
        other => other.to_owned(),
    };
    match &schema["type"] {
        Value::String(name) => of(name),
        Value::Array(names) => {
            let all: Vec<_> = names.iter().filter_map(Value::as_str).collect();
            let some = all
                .iter()
                .find(|name| **name != "null")
                .map(|name| of(name));
            let empty = if all.contains(&"null") {
                " or nothing"
            } else {
                ""
            };
            format!("{}{empty}", some.unwrap_or_default())
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::reference;

    const GUIDE: &str = include_str!("../../docs/theme.md");
    const BEGIN: &str = "<!-- reference: begin -->\n";
    const END: &str = "<!-- reference: end -->\n";

    /// `SCOREPRESS_WRITE_DOCS=1 cargo test` writes the reference anew.
    #[test]
    fn the_guide_for_theme_authors_is_what_templates_are_given() {
        let (head, rest) = GUIDE.split_once(BEGIN).unwrap();
        let (written, tail) = rest.split_once(END).unwrap();
        if std::env::var_os("SCOREPRESS_WRITE_DOCS").is_some() {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/theme.md");
            std::fs::write(path, format!("{head}{BEGIN}{}{END}{tail}", reference())).unwrap();
            return;
        }
        assert!(
            written == reference(),
            "renew docs/theme.md: SCOREPRESS_WRITE_DOCS=1 cargo test guide"
        );
    }
}
