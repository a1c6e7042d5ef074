//! Faults as SARIF 2.1.0, the form that code review tools read.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::report::statement;
use super::{Diagnostic, Diagnostics, Rule, explain};
use crate::message::Language;
use crate::say;
use crate::span::{Sources, Span};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The document, not yet safe for a terminal.
pub(super) fn document(
    faults: &Diagnostics,
    sources: &Sources,
    language: Language,
) -> serde_json::Result<String> {
    let rules: Vec<Value> = Rule::ALL
        .iter()
        .map(|rule| descriptor(*rule, language))
        .collect();
    let results: Vec<Value> = faults
        .iter()
        .map(|fault| result(fault, sources, language))
        .collect();
    serde_json::to_string_pretty(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "scorepress",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                },
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn descriptor(rule: Rule, language: Language) -> Value {
    let page = explain::page(rule, language);
    json!({
        "id": rule.id(),
        "shortDescription": {"text": explain::summary(rule, language)},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": rule.default_level().to_string()},
    })
}

fn result(diagnostic: &Diagnostic, sources: &Sources, language: Language) -> Value {
    let mut message = statement(diagnostic, language);
    if let Some(help) = &diagnostic.help {
        // Writing to a String cannot fail.
        let name = say!("help");
        let (name, help) = (name.text(language), help.text(language));
        let _ = write!(message, "\n{name}: {help}");
    }
    let related: Vec<Value> = diagnostic
        .related
        .iter()
        .enumerate()
        .map(|(index, related)| {
            let mut place = location(related.span, sources);
            place.insert("id".to_owned(), (index + 1).into());
            place.insert(
                "message".to_owned(),
                json!({"text": related.message.text(language)}),
            );
            place.into()
        })
        .collect();
    json!({
        "ruleId": diagnostic.rule.id(),
        "ruleIndex": Rule::ALL.iter().position(|rule| *rule == diagnostic.rule),
        "level": diagnostic.level.to_string(),
        "message": {"text": message},
        "locations": [location(diagnostic.span, sources)],
        "relatedLocations": related,
    })
}

fn location(span: Span, sources: &Sources) -> Map<String, Value> {
    let source = sources.of(span);
    let (start, mut end) = (sources.start(span), sources.end(span));
    if source.sheet.is_some() {
        // A column is a whole cell here, and the end lies behind it.
        end.column += 1;
    }
    let mut location = Map::new();
    location.insert(
        "physicalLocation".to_owned(),
        json!({
            "artifactLocation": {"uri": uri(&source.path)},
            "region": {
                "startLine": start.line,
                "startColumn": start.column,
                "endLine": end.line,
                "endColumn": end.column,
            },
        }),
    );
    if let (Some(sheet), Some(cell)) = (&source.sheet, sources.cell(span)) {
        let full = format!("{sheet}!{cell}");
        location.insert(
            "logicalLocations".to_owned(),
            json!([{"name": cell, "fullyQualifiedName": full, "kind": "cell"}]),
        );
    }
    location
}

/// A path as a relative URI reference.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(faults: &Diagnostics, sources: &Sources) -> Value {
        let log: Value =
            serde_json::from_str(&document(faults, sources, Language::English).unwrap()).unwrap();
        assert_eq!(log["version"], "2.1.0");
        log["runs"][0].clone()
    }

    #[test]
    fn a_result_points_at_its_rule_and_its_places() {
        let mut sources = Sources::default();
        let file = sources.add("content/市 府/a.yaml", "a: 臺北\na: 2\n".to_owned());
        let mut faults = Diagnostics::default();
        faults.push(
            Diagnostic::new(
                Rule::DuplicateKey,
                Span::new(file, 10..11),
                say!("`a` stands twice"),
            )
            .expected(say!("each key once"))
            .help(say!("keep one of the two"))
            .related(Span::new(file, 0..1), say!("first written here")),
        );
        let run = run(&faults, &sources);
        let result = &run["results"][0];
        let rule = result["ruleIndex"].as_u64().unwrap().to_string();
        let pointer = format!("/tool/driver/rules/{rule}/id");
        assert_eq!(run.pointer(&pointer).unwrap(), "duplicate-key");
        assert_eq!(
            result["message"]["text"],
            "`a` stands twice; expected each key once\nhelp: keep one of the two"
        );
        assert_eq!(
            result["locations"][0]["physicalLocation"],
            json!({
                "artifactLocation": {"uri": "content/%E5%B8%82%20%E5%BA%9C/a.yaml"},
                "region": {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 2},
            })
        );
        let related = &result["relatedLocations"][0];
        assert_eq!(related["message"]["text"], "first written here");
        assert_eq!(related["physicalLocation"]["region"]["startLine"], 1);
    }

    #[test]
    fn columns_are_counted_in_characters_and_say_so() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", "𠮷𠮷: x".to_owned());
        let mut faults = Diagnostics::default();
        faults.push(Diagnostic::new(
            Rule::BadValue,
            Span::new(file, 10..11),
            say!("x"),
        ));
        let run = run(&faults, &sources);
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let region = &run["results"][0]["locations"][0]["physicalLocation"]["region"];
        assert_eq!(region["startColumn"], 5);
    }

    #[test]
    fn a_cell_has_its_spreadsheet_name() {
        let mut sources = Sources::default();
        let file = sources.add_sheet("t.xlsx", "目標".into(), "kpi\tperiod\nA\tB\n".into());
        let mut faults = Diagnostics::default();
        faults.push(Diagnostic::new(
            Rule::BadNumber,
            Span::new(file, 13..14),
            say!("x"),
        ));
        let run = run(&faults, &sources);
        let location = &run["results"][0]["locations"][0];
        assert_eq!(
            location["logicalLocations"][0]["fullyQualifiedName"],
            "目標!B2"
        );
    }
}
