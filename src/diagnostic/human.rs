//! Faults for people, in the manner of rustc and cargo: the line, a caret
//! under the offending text, what was expected, what to do.

use std::io;

use annotate_snippets::{AnnotationKind, Element, Level as Heading, Origin, Renderer, Snippet};

use super::excerpt::{self, Excerpt};
use super::visible::{on_one_line, visible};
use super::{Diagnostic, Diagnostics, Level};
use crate::message::Language;
use crate::say;
use crate::span::{Sources, Span};

/// Ends the name of a place. The renderer appends the line and column it counts
/// in the excerpt, which are not those of the source where the excerpt was cut
/// or made visible; what follows this mark is taken away again. No text holds
/// it: it is a control character, and those are written out.
const END_OF_PLACE: char = '\u{1}';

/// Prints every fault, an empty line after each.
///
/// # Errors
/// When `out` cannot be written.
pub(super) fn write(
    faults: &Diagnostics,
    sources: &Sources,
    language: Language,
    colour: bool,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    // Excerpts are cut to their own measure.
    let renderer = renderer.term_width(usize::from(u16::MAX));
    for diagnostic in faults {
        let shown = renderer.render(&[group(diagnostic, sources, language)]);
        writeln!(out, "{}\n", without_counted_places(&shown))?;
    }
    for (rule, more) in faults.untold() {
        let note = say!("note").text(language).into_owned();
        let rest = say!(
            "{more} more of {rule} are not listed",
            more,
            rule = rule.id()
        );
        writeln!(out, "{note}: {}\n", rest.text(language))?;
    }
    Ok(())
}

/// The name of a place as people look for it: `path:line:column`, or the path,
/// sheet and cell.
pub(super) fn place(sources: &Sources, span: Span) -> String {
    let source = sources.of(span);
    let path = on_one_line(&source.path);
    match (&source.sheet, sources.cell(span)) {
        (Some(sheet), Some(cell)) => {
            format!("{path} sheet \"{}\" cell {cell}", on_one_line(sheet))
        }
        _ if source.text.is_empty() => path,
        _ => {
            let start = sources.start(span);
            format!("{path}:{}:{}", start.line, start.column)
        }
    }
}

/// A place with what is said of it.
struct Mark {
    span: Span,
    label: Option<String>,
    kind: AnnotationKind,
}

fn group<'a>(
    diagnostic: &'a Diagnostic,
    sources: &Sources,
    language: Language,
) -> annotate_snippets::Group<'a> {
    let heading = match diagnostic.level {
        Level::Error => Heading::ERROR,
        Level::Warning => Heading::WARNING,
        Level::Note => Heading::NOTE,
    };
    let name = diagnostic.level.said().text(language).into_owned();
    let group = heading
        .with_name(name)
        .primary_title(visible(&diagnostic.message.text(language)).into_owned())
        .id(diagnostic.rule.id())
        .elements(
            snippets(marks(diagnostic, language), sources)
                .iter()
                .map(|marks| element(marks, sources)),
        );
    match &diagnostic.help {
        Some(help) => {
            let name = say!("help").text(language).into_owned();
            let help = visible(&help.text(language)).into_owned();
            group.element(Heading::HELP.with_name(name).message(help))
        }
        None => group,
    }
}

fn marks(diagnostic: &Diagnostic, language: Language) -> Vec<Mark> {
    let expected = diagnostic.expected.as_ref();
    let expected = expected.map(|expected| say!("expected {expected}", expected));
    let main = Mark {
        span: diagnostic.span,
        label: expected.map(|expected| on_one_line(&expected.text(language))),
        kind: AnnotationKind::Primary,
    };
    let related = diagnostic.related.iter().map(|related| Mark {
        span: related.span,
        label: Some(on_one_line(&related.message.text(language))),
        kind: AnnotationKind::Context,
    });
    std::iter::once(main).chain(related).collect()
}

/// Puts the marks that lie near each other into one snippet.
fn snippets(marks: Vec<Mark>, sources: &Sources) -> Vec<Vec<Mark>> {
    let mut snippets: Vec<Vec<Mark>> = Vec::new();
    for mark in marks {
        let near = |first: &Mark| {
            let (one, other) = (first.span, mark.span);
            let source = sources.of(one);
            one.file == other.file && excerpt::share(source, one.range().start, other.range().start)
        };
        match snippets
            .iter_mut()
            .find(|snippet| snippet.first().is_some_and(near))
        {
            Some(snippet) => snippet.push(mark),
            None => snippets.push(vec![mark]),
        }
    }
    snippets
}

fn element(marks: &[Mark], sources: &Sources) -> Element<'static> {
    let Some(first) = marks.first() else {
        return Element::Padding(annotate_snippets::Padding);
    };
    let name = format!("{}{END_OF_PLACE}", place(sources, first.span));
    let ranges: Vec<_> = marks.iter().map(|mark| mark.span.range()).collect();
    let Some(excerpt) = Excerpt::of(sources.of(first.span), &ranges) else {
        return Origin::path(name).into();
    };
    let annotations = marks
        .iter()
        .zip(excerpt.places)
        .map(|(mark, range)| mark.kind.span(range).label(mark.label.clone()));
    Snippet::source(excerpt.text)
        .line_start(excerpt.first_line)
        .path(name)
        .annotations(annotations)
        .into()
}

fn without_counted_places(shown: &str) -> String {
    let mut pieces = shown.split(END_OF_PLACE);
    let mut kept = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        kept.push_str(piece.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
    }
    kept
}

#[cfg(test)]
mod tests;
