//! The slips that break a YAML file most often. A parser stops where it can go on
//! no longer, often lines below the slip; these are found where they were made.

mod blank;
mod column;
mod flow;
mod layout;
mod line;

use std::ops::Range;

use crate::message::Message;
use layout::Layout;

/// A slip: where, what it is and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: Message,
    /// What to write.
    pub help: Message,
    /// Another place that belongs to it.
    pub related: Option<(Range<usize>, Message)>,
}

/// How many lines below the slip the parser may have noticed it, where a line
/// alone does not prove it wrong.
const NEAR: usize = 4;

/// The slip that made a parser stop at byte `stopped`, if it is one of the usual.
pub fn slip(text: &str, stopped: usize) -> Option<Slip> {
    let lines = lines(text);
    let last = lines.partition_point(|line| line.start <= stopped);
    // A parser may name the line before the one that it could not take.
    let upto = lines.get(..(last + 1).min(lines.len()))?;
    let near = upto.get(upto.len().saturating_sub(NEAR)..)?;
    let own = lines.get(last.checked_sub(1)?)?;
    let seen = Layout::upto(text, stopped.saturating_add(1));
    let sure = |line| line::conflict(line).or_else(|| line::tab(line));
    let sure = upto.iter().rev().find_map(sure);
    let nearby =
        |find: fn(&Line) -> Option<Slip>| find(own).or_else(|| near.iter().rev().find_map(find));
    sure.or_else(|| flow::open_quote(text, &seen, stopped))
        .or_else(|| nearby(blank::of_another_kind))
        .or_else(|| nearby(line::provable))
        .or_else(|| flow::after_quote(text, &seen, stopped))
        .or_else(|| flow::inside(text, &seen, stopped))
        .or_else(|| flow::behind_bracket(text, &seen, stopped))
        .or_else(|| line::likely(own))
        .or_else(|| column::uneven(text, own))
}

/// A line without its end, comments included.
struct Line<'a> {
    start: usize,
    text: &'a str,
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let found = Line {
                start,
                text: line.trim_end(),
            };
            start += line.len();
            found
        })
        .collect()
}

/// The line of a byte.
fn line_at(text: &str, at: usize) -> Line<'_> {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let rest = text.get(start..).unwrap_or_default();
    Line {
        start,
        text: rest.split('\n').next().unwrap_or(rest).trim_end(),
    }
}

/// Whether a line begins a key or an item of its own.
fn is_key_line(line: &str) -> bool {
    let body = line.trim_start();
    let is_item = body.starts_with("- ");
    let body = body.trim_start_matches("- ").trim_end();
    let end = body.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')));
    let rest = end.and_then(|end| body.get(end..)).unwrap_or_default();
    let is_key = end.is_some_and(|end| end > 0) && (rest == ":" || rest.starts_with(": "));
    is_key || (is_item && !body.is_empty())
}

/// A text in straight quotes, those of another kind around it taken off.
fn quoted(text: &str) -> String {
    let text = crate::source::meant::without_quotes(text).unwrap_or(text);
    match (text.contains(['"', '\\']), text.contains('\'')) {
        (false, _) => format!("\"{text}\""),
        (true, false) => format!("'{text}'"),
        (true, true) => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

impl Slip {
    fn new(range: Range<usize>, message: Message, help: Message) -> Self {
        Self {
            range,
            message,
            help,
            related: None,
        }
    }

    /// Points at the place where the slip was noticed, where that is another line.
    fn noticed(mut self, text: &str, stopped: usize) -> Self {
        let line = line_at(text, stopped);
        if line.start > self.range.start {
            let at = line.start + line.indent();
            self.related = Some((at..line.end().max(at), crate::say!("noticed only here")));
        }
        self
    }
}

impl Line<'_> {
    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// The byte behind its last letter.
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// What stands after the indentation and the dashes of list items.
    fn body(&self) -> (usize, &str) {
        let body = self.text.trim_start_matches([' ', '-']);
        (self.text.len() - body.len(), body)
    }

    /// The key and what follows it at once.
    fn key(&self) -> Option<(usize, &str, &str)> {
        let (at, body) = self.body();
        let end = body.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')))?;
        let (key, rest) = body.split_at_checked(end)?;
        (!key.is_empty()).then_some((at, key, rest))
    }

    fn slip(&self, range: Range<usize>, message: Message, help: Message) -> Slip {
        Slip::new(
            self.start + range.start..self.start + range.end,
            message,
            help,
        )
    }

    fn is_comment(&self) -> bool {
        self.text.trim_start().starts_with('#')
    }
}

#[cfg(test)]
mod tests;
