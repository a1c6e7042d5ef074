//! Faults for programs: one array, documented with the command line.

use std::borrow::Cow;

use serde::Serialize;

use super::report::statement;
use super::{Diagnostic, Diagnostics, Related};
use crate::message::Language;
use crate::span::Sources;

/// One fault. Lines and columns count from 1, columns in characters, and the
/// end lies behind the last character. In a sheet they are row and column of the
/// cell.
#[derive(Serialize)]
struct Fault<'a> {
    rule: &'static str,
    level: String,
    message: String,
    expected: Option<Cow<'a, str>>,
    help: Option<Cow<'a, str>>,
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(flatten)]
    cell: Option<Cell<'a>>,
    related: Vec<Place<'a>>,
}

/// Where in a workbook.
#[derive(Serialize)]
struct Cell<'a> {
    sheet: &'a str,
    cell: String,
}

/// Another place that belongs to a fault.
#[derive(Serialize)]
struct Place<'a> {
    message: Cow<'a, str>,
    file: &'a str,
    line: usize,
    column: usize,
    #[serde(flatten)]
    cell: Option<Cell<'a>>,
}

/// The document, not yet safe for a terminal.
pub(super) fn document(
    faults: &Diagnostics,
    sources: &Sources,
    language: Language,
) -> serde_json::Result<String> {
    let list: Vec<Fault> = faults
        .iter()
        .map(|fault| view(fault, sources, language))
        .collect();
    serde_json::to_string_pretty(&list)
}

fn view<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources, language: Language) -> Fault<'a> {
    let span = diagnostic.span;
    let (start, end) = (sources.start(span), sources.end(span));
    Fault {
        rule: diagnostic.rule.id(),
        level: diagnostic.level.to_string(),
        message: statement(diagnostic, language),
        expected: diagnostic.expected.as_ref().map(|said| said.text(language)),
        help: diagnostic.help.as_ref().map(|said| said.text(language)),
        file: &sources.of(span).path,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        cell: cell(span, sources),
        related: diagnostic
            .related
            .iter()
            .map(|related| place(related, sources, language))
            .collect(),
    }
}

fn place<'a>(related: &'a Related, sources: &'a Sources, language: Language) -> Place<'a> {
    let start = sources.start(related.span);
    Place {
        message: related.message.text(language),
        file: &sources.of(related.span).path,
        line: start.line,
        column: start.column,
        cell: cell(related.span, sources),
    }
}

fn cell(span: crate::span::Span, sources: &Sources) -> Option<Cell<'_>> {
    Some(Cell {
        sheet: sources.of(span).sheet.as_deref()?,
        cell: sources.cell(span)?,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::{Diagnostic, Diagnostics, Rule};
    use super::*;
    use crate::say;
    use crate::span::Span;

    fn read(faults: &Diagnostics, sources: &Sources) -> Value {
        serde_json::from_str(&document(faults, sources, Language::English).unwrap()).unwrap()
    }

    #[test]
    fn a_fault_has_every_key_and_keeps_what_was_expected() {
        let mut sources = Sources::default();
        let file = sources.add(
            "content/x/scorecard.yaml",
            "名稱: 臺\nmision: x\n".to_owned(),
        );
        let fault = Diagnostic::new(
            Rule::UnknownKey,
            Span::new(file, 12..18),
            say!("no key `mision`"),
        )
        .expected(say!("one of mission, vision"))
        .related(Span::new(file, 8..11), say!("beside this"));
        let mut faults = Diagnostics::default();
        faults.push(fault);
        assert_eq!(
            read(&faults, &sources),
            json!([{
                "rule": "unknown-key",
                "level": "error",
                "message": "no key `mision`; expected one of mission, vision",
                "expected": "one of mission, vision",
                "help": null,
                "file": "content/x/scorecard.yaml",
                "line": 2,
                "column": 1,
                "end_line": 2,
                "end_column": 7,
                "related": [{
                    "message": "beside this",
                    "file": "content/x/scorecard.yaml",
                    "line": 1,
                    "column": 5,
                }],
            }])
        );
    }

    #[test]
    fn a_cell_is_named_too() {
        let mut sources = Sources::default();
        let file = sources.add_sheet("t.xlsx", "Targets".into(), "kpi\tperiod\nA\tB\n".into());
        let mut faults = Diagnostics::default();
        faults.push(Diagnostic::new(
            Rule::BadNumber,
            Span::new(file, 13..14),
            say!("x"),
        ));
        let fault = &read(&faults, &sources)[0];
        assert_eq!(
            (
                &fault["sheet"],
                &fault["cell"],
                &fault["line"],
                &fault["column"]
            ),
            (&json!("Targets"), &json!("B2"), &json!(2), &json!(2))
        );
    }

    #[test]
    fn no_faults_are_an_empty_array() {
        assert_eq!(
            read(&Diagnostics::default(), &Sources::default()),
            json!([])
        );
    }
}
