//! Faults as workflow commands, which GitHub shows on the changed lines.

use super::human::place;
use super::report::statement;
use super::visible::visible;
use super::{Diagnostic, Level};
use crate::message::Language;
use crate::say;
use crate::span::Sources;

/// One fault as one command on one line.
pub(super) fn command(diagnostic: &Diagnostic, sources: &Sources, language: Language) -> String {
    let command = match diagnostic.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let source = sources.of(diagnostic.span);
    let mut message = statement(diagnostic, language);
    let mut properties = vec![("file", source.path.clone())];
    if source.sheet.is_some() {
        // A workbook has no lines to hang the message on.
        message = format!("{}: {message}", place(sources, diagnostic.span));
    } else {
        let (start, end) = (sources.start(diagnostic.span), sources.end(diagnostic.span));
        properties.push(("line", start.line.to_string()));
        properties.push(("endLine", end.line.to_string()));
        // The runner refuses columns where the lines differ.
        if start.line == end.line {
            properties.push(("col", start.column.to_string()));
            properties.push(("endColumn", end.column.to_string()));
        }
    }
    properties.push(("title", diagnostic.rule.id().to_owned()));
    if let Some(help) = &diagnostic.help {
        let name = say!("help").text(language).into_owned();
        message = format!("{message}\n{name}: {}", help.text(language));
    }
    for related in &diagnostic.related {
        let place = place(sources, related.span);
        message = format!("{message}\n{place}: {}", related.message.text(language));
    }
    let properties: Vec<String> = properties
        .iter()
        .map(|(key, value)| format!("{key}={}", property(value)))
        .collect();
    format!("::{command} {}::{}", properties.join(","), data(&message))
}

/// Text after the second `::`, with the escapes that the runner undoes.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\n', "%0A")
}

/// The value of a property, which moreover ends at a comma or colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Rule;
    use crate::span::Span;

    #[test]
    fn a_fault_is_one_command_on_one_line() {
        let mut sources = Sources::default();
        let file = sources.add("content/a,b:c.csv", "kpi,value\nAC1.1,95%\n".to_owned());
        let fault = Diagnostic::new(
            Rule::BadNumber,
            Span::new(file, 16..19),
            say!("95% is\r\n100% odd"),
        )
        .expected(say!("a number"))
        .help(say!("write 95"))
        .related(Span::new(file, 4..9), say!("this column"));
        assert_eq!(
            command(&fault, &sources, Language::English),
            "::error file=content/a%2Cb%3Ac.csv,line=2,endLine=2,col=7,endColumn=10,\
             title=bad-number::95%25 is\\u{d}%0A100%25 odd; expected a number%0Ahelp: write 95\
             %0Acontent/a,b:c.csv:1:5: this column"
        );
    }

    #[test]
    fn columns_are_left_out_where_lines_differ() {
        let mut sources = Sources::default();
        let file = sources.add("a.md", "one\ntwo\n".to_owned());
        let fault = Diagnostic::new(Rule::UnknownFile, Span::new(file, 0..7), say!("x"));
        assert_eq!(
            command(&fault, &sources, Language::English),
            "::warning file=a.md,line=1,endLine=2,title=unknown-file::x"
        );
    }

    #[test]
    fn a_cell_is_named_in_the_message() {
        let mut sources = Sources::default();
        let file = sources.add_sheet("t.xlsx", "Targets".into(), "kpi\tperiod\nA\tB\n".into());
        let fault = Diagnostic::new(Rule::MissingTranslation, Span::new(file, 13..14), say!("x"));
        assert_eq!(
            command(&fault, &sources, Language::English),
            "::notice file=t.xlsx,title=missing-translation::t.xlsx sheet \"Targets\" cell B2: x"
        );
    }
}
