//! Faults for people, in the manner of rustc and cargo: the line, a caret
//! under the offending text, what was expected, what to do.

use std::io;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level as Heading, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Level};
use crate::span::{Sources, Span};

/// The most lines of one excerpt.
const MOST_LINES: usize = 3;

/// Prints every fault.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(
    faults: &Diagnostics,
    sources: &Sources,
    colour: bool,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    for diagnostic in faults {
        writeln!(out, "{}\n", one(diagnostic, sources, &renderer))?;
    }
    Ok(())
}

fn one(diagnostic: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let heading = match diagnostic.level {
        Level::Error => Heading::ERROR,
        Level::Warning => Heading::WARNING,
        Level::Note => Heading::NOTE,
    };
    let title = visible(&diagnostic.message);
    let main = Excerpt::of(diagnostic.span, sources);
    let label = diagnostic
        .expected
        .as_deref()
        .map(|e| visible(&format!("expected {e}")));
    let mut annotation = AnnotationKind::Primary.span(main.range.clone());
    if let Some(label) = &label {
        annotation = annotation.label(label.as_str());
    }
    let mut group = heading
        .primary_title(title.as_str())
        .id(diagnostic.rule.id())
        .element(main.snippet().annotation(annotation));
    let help = diagnostic.help.as_deref().map(visible);
    if let Some(help) = &help {
        group = group.element(Heading::HELP.message(help.as_str()));
    }
    let mut groups: Vec<Group> = vec![group];
    let related: Vec<_> = diagnostic
        .related
        .iter()
        .map(|related| {
            (
                Excerpt::of(related.span, sources),
                visible(&related.message),
            )
        })
        .collect();
    for (excerpt, message) in &related {
        let annotation = AnnotationKind::Context.span(excerpt.range.clone());
        groups.push(
            Heading::NOTE
                .secondary_title(message.as_str())
                .element(excerpt.snippet().annotation(annotation)),
        );
    }
    renderer.render(&groups)
}

/// The lines that a span lies in, and where it lies in them.
struct Excerpt<'a> {
    path: String,
    text: &'a str,
    first_line: usize,
    range: Range<usize>,
}

impl<'a> Excerpt<'a> {
    fn of(span: Span, sources: &'a Sources) -> Self {
        let source = sources.of(span);
        let text = source.text.as_str();
        let clip = |mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (start, end) = (clip(span.range().start), clip(span.range().end));
        let begin = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let stop = text[begin..]
            .match_indices('\n')
            .map(|(at, _)| begin + at)
            .enumerate()
            .find(|(lines, at)| *at >= end || lines + 1 == MOST_LINES)
            .map_or(text.len(), |(_, at)| at);
        let path = match (&source.sheet, sources.cell(span)) {
            (Some(sheet), Some(cell)) => format!("{} sheet “{sheet}” cell {cell}", source.path),
            _ => source.path.clone(),
        };
        // A byte order mark has no width, so a caret must not count it.
        let begin = if text[begin..].starts_with('\u{feff}') {
            begin + 3
        } else {
            begin
        };
        let start = start.max(begin);
        Self {
            path: visible(&path),
            text: &text[begin..stop.max(start)],
            first_line: sources.start(span).line,
            range: start - begin..end.min(stop).max(start) - begin,
        }
    }

    fn snippet<T: Clone>(&self) -> Snippet<'_, T> {
        Snippet::source(self.text)
            .line_start(self.first_line)
            .path(self.path.as_str())
    }
}

/// Text without anything that could move the cursor or turn the writing
/// direction of a terminal.
fn visible(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        let hidden = c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
        if hidden {
            safe.extend(c.escape_unicode());
        } else {
            safe.push(c);
        }
    }
    safe
}
