//! Limits that keep a document from taking the build, or a browser, down.

use std::ops::Range;

use pulldown_cmark::Event;

use super::events;
use crate::model::prose::{Excess, TooMuch};

/// The longest body that is read, in bytes: some eighty pages. A page of nothing
/// but marks takes eight hundred times its length while it is made.
pub const MAX_BYTES: usize = 256 << 10;

/// How deep elements may lie in one another. Deeper ones are not written to the
/// page; their text is.
pub const MAX_NESTING: usize = 64;

/// The first limit that a document exceeds, if any. A document that exceeds one
/// is to be reported, not published; every function here copes with it anyway.
#[must_use]
pub fn excess(body: &str) -> Option<Excess> {
    if body.len() > MAX_BYTES {
        let start = (0..=MAX_BYTES)
            .rev()
            .find(|at| body.is_char_boundary(*at))
            .unwrap_or(0);
        return Some(Excess {
            kind: TooMuch::Text,
            range: start..body.len(),
        });
    }
    if let Some(range) = hopeless_line(body) {
        return Some(Excess {
            kind: TooMuch::Nesting,
            range,
        });
    }
    if nesting_at_most(body) <= MAX_NESTING {
        return None;
    }
    let mut depth = 0_usize;
    for (event, range) in events(body) {
        match event {
            Event::Start(_) if depth == MAX_NESTING => {
                return Some(Excess {
                    kind: TooMuch::Nesting,
                    range,
                });
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// How deep elements may lie in one another at most, told from the characters
/// alone: what begins a line opens or continues quotes and lists, a mark of
/// emphasis or a link opens one element until the paragraph ends, and tables and
/// the like add a few. Most documents need not be parsed to know that they are
/// flat.
fn nesting_at_most(body: &str) -> usize {
    const FIXED: usize = 8;
    let (mut deepest, mut widest, mut inline) = (0, 0, 0);
    for line in body.lines() {
        let rest = line.trim_start_matches(|c: char| {
            c.is_ascii_whitespace() || c.is_ascii_digit() || ">-+*.):[]".contains(c)
        });
        if rest.is_empty() {
            inline = 0;
        }
        widest = widest.max(line.len() - rest.len());
        inline += rest
            .bytes()
            .filter(|byte| matches!(byte, b'*' | b'_' | b'~' | b'[' | b'<'))
            .count();
        deepest = deepest.max(inline);
    }
    deepest + widest + FIXED
}

/// A line that opens so many quotes and lists that the parser, which goes
/// through them all again for each line that follows, would not come to an end.
/// Such a document is not parsed; it is shown as it was written.
pub(super) fn hopeless_line(body: &str) -> Option<Range<usize>> {
    const WORK: usize = 20_000_000;
    let mut at = 0;
    let mut deepest = (0, 0..0);
    let mut lines = 0_usize;
    for line in body.split_inclusive('\n') {
        let opened = containers(line);
        if opened > MAX_NESTING && opened > deepest.0 {
            deepest = (opened, at..at + line.len());
        }
        at += line.len();
        lines += 1;
    }
    let (depth, range) = deepest;
    (depth.saturating_mul(lines) > WORK).then_some(range)
}

/// How many quotes and lists a line may open.
fn containers(line: &str) -> usize {
    let bytes = line.as_bytes();
    let markers = bytes
        .iter()
        .zip(bytes.iter().skip(1))
        .take_while(|(byte, _)| {
            matches!(
                byte,
                b'>' | b'-' | b'+' | b'*' | b'.' | b')' | b' ' | b'\t' | b'0'..=b'9'
            )
        });
    markers
        .filter(|(byte, next)| {
            **byte == b'>'
                || (!byte.is_ascii_digit()
                    && !matches!(byte, b' ' | b'\t')
                    && matches!(next, b' ' | b'\t'))
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::{Excess, MAX_BYTES, MAX_NESTING, TooMuch, excess};

    #[test]
    fn what_people_write_is_within_the_limits() {
        assert_eq!(excess(&format!("{}深", "> ".repeat(20))), None);
        assert_eq!(excess(&"名".repeat(MAX_BYTES / 3)), None);
    }

    proptest::proptest! {
        #[test]
        fn no_document_is_deeper_than_its_characters_tell(
            body in "([ \t]{0,5}([->+*1][.)]? ?){0,9}[-*_~\\[\\]()|:#<>a-z\\n`=]{0,20}\n?){0,12}"
        ) {
            let (mut depth, mut deepest) = (0_usize, 0_usize);
            for (event, _) in super::events(&body) {
                match event {
                    pulldown_cmark::Event::Start(_) => depth += 1,
                    pulldown_cmark::Event::End(_) => depth = depth.saturating_sub(1),
                    _ => {}
                }
                deepest = deepest.max(depth);
            }
            proptest::prop_assert!(deepest <= super::nesting_at_most(&body), "{deepest}");
            let levels = super::events(&body).into_iter().any(|(event, _)| {
                matches!(event, pulldown_cmark::Event::Start(pulldown_cmark::Tag::Heading { .. }))
            });
            proptest::prop_assert_eq!(super::super::top_level(&body).is_some(), levels);
        }
    }

    #[test]
    fn the_excess_is_shown_where_it_starts() {
        let deep = format!("{}x", ">".repeat(MAX_NESTING + 1));
        assert_eq!(
            excess(&deep).map(|e| (e.kind, e.range.start)),
            Some((TooMuch::Nesting, 64))
        );
        let hopeless = format!("a\n{}\n{}", ">".repeat(10_000), "b\n".repeat(10_000));
        assert_eq!(excess(&hopeless).map(|e| e.range), Some(2..10_003));
        assert_eq!(excess(&format!("```\n{}\n```", ">".repeat(100))), None);
        let long = "名".repeat(MAX_BYTES / 3 + 1);
        let range = MAX_BYTES - 1..long.len();
        assert_eq!(
            excess(&long),
            Some(Excess {
                kind: TooMuch::Text,
                range
            })
        );
    }
}
