//! Reporters: the only place where faults become words on a screen.

use std::fmt::Write as _;
use std::io;

use serde_json::{Value, json};

use super::human;
use super::{Diagnostic, Diagnostics, Level, Rule};
use crate::keywords;
use crate::span::{Sources, Span};

keywords! {
    /// How faults are printed.
    Format ("format") {
        /// For people.
        Human = "human",
        /// One JSON array.
        Json = "json",
        /// SARIF 2.1.0, for code review tools.
        Sarif = "sarif",
        /// Workflow commands that GitHub shows on changed lines.
        Github = "github",
    }
}

/// Prints every fault.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(
    format: Format,
    faults: &Diagnostics,
    sources: &Sources,
    colour: bool,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Human => human::write(faults, sources, colour, out),
        Format::Json => {
            let list: Vec<Value> = faults.iter().map(|d| json(d, sources)).collect();
            writeln!(out, "{:#}", Value::Array(list))
        }
        Format::Sarif => writeln!(out, "{:#}", sarif(faults, sources)),
        Format::Github => {
            for diagnostic in faults {
                writeln!(out, "{}", github(diagnostic, sources))?;
            }
            Ok(())
        }
    }
}

/// What is wrong and what was expected, in one text.
fn message(diagnostic: &Diagnostic) -> String {
    match &diagnostic.expected {
        Some(expected) => format!("{}; expected {expected}", diagnostic.message),
        None => diagnostic.message.clone(),
    }
}

fn json(diagnostic: &Diagnostic, sources: &Sources) -> Value {
    let (start, end) = (sources.start(diagnostic.span), sources.end(diagnostic.span));
    let source = sources.of(diagnostic.span);
    let related: Vec<Value> = diagnostic
        .related
        .iter()
        .map(|related| {
            let place = sources.start(related.span);
            json!({
                "message": related.message,
                "file": sources.of(related.span).path,
                "line": place.line,
                "column": place.column,
            })
        })
        .collect();
    let mut object = json!({
        "rule": diagnostic.rule.id(),
        "level": diagnostic.level.to_string(),
        "message": message(diagnostic),
        "help": diagnostic.help,
        "file": source.path,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "related": related,
    });
    if let (Some(sheet), Some(object)) = (&source.sheet, object.as_object_mut()) {
        object.insert("sheet".to_owned(), sheet.as_str().into());
        object.insert("cell".to_owned(), sources.cell(diagnostic.span).into());
    }
    object
}

fn sarif(faults: &Diagnostics, sources: &Sources) -> Value {
    let location = |span: Span| {
        let (start, end) = (sources.start(span), sources.end(span));
        json!({
            "physicalLocation": {
                "artifactLocation": {"uri": uri(&sources.of(span).path)},
                "region": {
                    "startLine": start.line,
                    "startColumn": start.column,
                    "endLine": end.line,
                    "endColumn": end.column,
                },
            },
        })
    };
    let rules: Vec<Value> = Rule::ALL
        .iter()
        .map(|rule| json!({"id": rule.id(), "shortDescription": {"text": rule.summary()}}))
        .collect();
    let results: Vec<Value> = faults
        .iter()
        .map(|diagnostic| {
            let help = diagnostic
                .help
                .as_deref()
                .map(|h| format!(" ({h})"))
                .unwrap_or_default();
            let related: Vec<Value> = diagnostic
                .related
                .iter()
                .map(|related| {
                    let mut place = location(related.span);
                    if let Some(place) = place.as_object_mut() {
                        place.insert("message".to_owned(), json!({"text": related.message}));
                    }
                    place
                })
                .collect();
            json!({
                "ruleId": diagnostic.rule.id(),
                "level": diagnostic.level.to_string(),
                "message": {"text": format!("{}{help}", message(diagnostic))},
                "locations": [location(diagnostic.span)],
                "relatedLocations": related,
            })
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "scorepress",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
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

fn github(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let (start, end) = (sources.start(diagnostic.span), sources.end(diagnostic.span));
    let command = match diagnostic.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let help = diagnostic
        .help
        .as_deref()
        .map(|h| format!("\n{h}"))
        .unwrap_or_default();
    let data = |text: &str| {
        text.replace('%', "%25")
            .replace('\r', "%0D")
            .replace('\n', "%0A")
    };
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    format!(
        "::{command} file={},line={},endLine={},col={},endColumn={},title={}::{}",
        property(&sources.of(diagnostic.span).path),
        start.line,
        end.line,
        start.column,
        end.column,
        property(diagnostic.rule.id()),
        data(&format!("{}{help}", message(diagnostic)))
    )
}
