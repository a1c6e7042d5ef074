//! Reporters: the only place where faults become words on a screen.

use std::io;

use super::visible::escape_json;
use super::{Diagnostic, Diagnostics, github, human, json, sarif};
use crate::keywords;
use crate::message::Language;
use crate::say;
use crate::span::Sources;

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

/// Prints every fault, in the order of `faults`. Whatever the sources hold, the
/// output has no character that could deceive a terminal. Only the form for
/// people can be coloured. Whatever words a program goes by are English in every
/// `language`: keys, levels and rules.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(
    format: Format,
    faults: &Diagnostics,
    sources: &Sources,
    language: Language,
    colour: bool,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Human => human::write(faults, sources, language, colour, out),
        Format::Json => writeln!(
            out,
            "{}",
            escape_json(&json::document(faults, sources, language)?)
        ),
        Format::Sarif => writeln!(
            out,
            "{}",
            escape_json(&sarif::document(faults, sources, language)?)
        ),
        Format::Github => faults
            .iter()
            .try_for_each(|fault| writeln!(out, "{}", github::command(fault, sources, language))),
    }
}

/// What is wrong and what was expected, in one text, for the forms that have no
/// place of its own for the second.
pub(super) fn statement(diagnostic: &Diagnostic, language: Language) -> String {
    let message = &diagnostic.message;
    let statement = match &diagnostic.expected {
        Some(expected) => &say!("{message}; expected {expected}", message, expected),
        None => message,
    };
    statement.text(language).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::Rule;
    use crate::message::Message;
    use crate::span::Span;

    const FORMATS: [Format; 4] = [Format::Human, Format::Json, Format::Sarif, Format::Github];

    fn printed(format: Format, faults: &Diagnostics, sources: &Sources) -> String {
        let mut out = Vec::new();
        write(format, faults, sources, Language::English, false, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    proptest! {
        #[test]
        fn no_text_and_no_place_can_break_a_reporter(
            text in "([a-z:臺é🏛\u{301}\u{feff}\u{202e}\u{200d}\u{1}\u{1b}\t\r ]{0,9}\n?){0,12}",
            said in "\\PC{0,9}[\u{1}\u{202e}\r\n]?\\PC{0,9}",
            places in prop::collection::vec((0_usize..90, 0_usize..90), 1..4),
            in_a_sheet in any::<bool>(),
        ) {
            let mut sources = Sources::default();
            let file = if in_a_sheet {
                sources.add_sheet(said.clone(), said.clone(), text)
            } else {
                sources.add(said.clone(), text)
            };
            let at = |(start, end): (usize, usize)| Span::new(file, start..end);
            let mut fault = Diagnostic::new(Rule::BadValue, at(places[0]), Message::foreign(&said))
                .expected(Message::foreign(&said))
                .help(Message::foreign(&said));
            for place in &places[1..] {
                fault = fault.related(at(*place), Message::foreign(&said));
            }
            let mut faults = Diagnostics::default();
            faults.push(fault);
            for format in FORMATS {
                let shown = printed(format, &faults, &sources);
                prop_assert!(!shown.chars().any(crate::diagnostic::visible::is_hidden), "{shown}");
            }
            prop_assert_eq!(printed(Format::Github, &faults, &sources).lines().count(), 1);
        }
    }

    #[test]
    fn colour_is_for_people_only() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", "a: 1\n".to_owned());
        let mut faults = Diagnostics::default();
        faults.push(Diagnostic::new(
            Rule::BadValue,
            Span::new(file, 0..1),
            say!("x"),
        ));
        for format in FORMATS {
            let mut out = Vec::new();
            write(format, &faults, &sources, Language::English, true, &mut out).unwrap();
            assert_eq!(out.contains(&0x1b), format == Format::Human);
        }
    }
}
