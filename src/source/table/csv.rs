//! The lines of a CSV file, each field with the bytes it was written in.
//!
//! `csv-core` does the reading; asked for one field at a time it tells how many
//! bytes each took, which is what places are made of. It never refuses a text,
//! so the quotes that RFC 4180 forbids are looked for here.

use csv_core::{ReadFieldResult, Reader};
use std::ops::Range;

use super::{Field, Intake, QuoteFault};

/// Reads every record of `text`. Lines of nothing at all are no records.
pub(super) fn lines(text: &str, intake: &mut Intake) {
    // The order mark is not the reader's to skip: the first field starts after it.
    let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut reader = Reader::new();
    // Unescaping only ever shortens, so a field fits into the length of the text.
    let mut buffer = vec![0; text.len() + 1];
    let (mut start, mut filled) = (at, 0);
    loop {
        let input = text.as_bytes().get(at..).unwrap_or_default();
        let output = buffer.get_mut(filled..).unwrap_or_default();
        let (result, read, written) = reader.read_field(input, output);
        at += read;
        filled += written;
        match result {
            ReadFieldResult::InputEmpty => {}
            ReadFieldResult::Field { record_end } => {
                let ended_by_input = input.is_empty();
                let raw = without_terminator(text, start..at, ended_by_input);
                let value = buffer.get(..filled).unwrap_or_default();
                if !intake.field(field(text, raw, value)) {
                    return;
                }
                (start, filled) = (at, 0);
                if record_end {
                    intake.end_line();
                }
            }
            ReadFieldResult::OutputFull | ReadFieldResult::End => return,
        }
    }
}

/// The bytes of a field without the line breaks skipped before it and the comma
/// or line break that ended it. The end of the text ends a field without one.
fn without_terminator(text: &str, range: Range<usize>, ended_by_input: bool) -> Range<usize> {
    let raw = text.get(range.clone()).unwrap_or_default();
    let begun = raw.trim_start_matches(['\r', '\n']);
    let start = range.start + (raw.len() - begun.len());
    let kept = match begun.strip_suffix(',') {
        _ if ended_by_input => begun,
        Some(kept) => kept,
        None => begun.trim_end_matches(['\r', '\n']),
    };
    start..start + kept.len()
}

fn field(text: &str, range: Range<usize>, unquoted: &[u8]) -> Field {
    let raw = text.get(range.clone()).unwrap_or_default();
    if raw.starts_with('"') {
        let value = String::from_utf8_lossy(unquoted).trim().to_owned();
        let quoted = range.start..range.start + raw.trim_end().len();
        return Field {
            value,
            fault: quote_fault(text, quoted.clone()),
            range: quoted,
        };
    }
    let mut field = Field::plain(text, range);
    if field.value.starts_with('"') {
        field.fault = Some(QuoteFault::Indented);
    }
    field
}

/// What is wrong with a field that opens with a quote.
fn quote_fault(text: &str, range: Range<usize>) -> Option<QuoteFault> {
    let raw = text.get(range.clone()).unwrap_or_default();
    let mut quotes = raw.match_indices('"').map(|(at, _)| at).skip(1).peekable();
    while let Some(quote) = quotes.next() {
        if quotes.next_if_eq(&(quote + 1)).is_some() {
            continue;
        }
        let after = range.start + quote + 1;
        return (after < range.end).then_some(QuoteFault::Trailing(after..range.end));
    }
    Some(QuoteFault::Unclosed)
}
