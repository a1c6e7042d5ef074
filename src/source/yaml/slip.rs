//! The slips that break a YAML file most often. A parser stops where it can go on
//! no longer, often lines below the slip; these are found where they were made.

use std::ops::Range;

use crate::message::Message;
use crate::say;

/// A slip: where, what it is and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: Message,
    /// What to write.
    pub help: Message,
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
    let sure = [conflict, tab]
        .iter()
        .find_map(|find| upto.iter().rev().find_map(find));
    sure.or_else(|| {
        let own = lines.get(last.checked_sub(1)?)?;
        let find = |line: &Line| {
            wide_colon(line)
                .or_else(|| no_space(line))
                .or_else(|| no_dash_space(line))
                .or_else(|| bare_mark(line))
        };
        find(own)
            .or_else(|| near.iter().rev().find_map(find))
            .or_else(|| no_colon(own))
            .or_else(|| colon_in_text(own))
            .or_else(|| upto.iter().rev().find_map(open_quote))
            .or_else(|| uneven(&lines, last.checked_sub(1)?))
    })
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

impl Line<'_> {
    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
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
        Slip {
            range: self.start + range.start..self.start + range.end,
            message,
            help,
        }
    }

    fn is_comment(&self) -> bool {
        self.text.trim_start().starts_with('#')
    }
}

fn conflict(line: &Line) -> Option<Slip> {
    let mark = ["<<<<<<<", "=======", ">>>>>>>"]
        .into_iter()
        .find(|mark| line.text.trim_start().starts_with(mark))?;
    let at = line.indent();
    Some(line.slip(
        at..at + mark.len(),
        say!("`{mark}` is the mark of a merge that was not finished", mark),
        say!("keep one of the two versions between `<<<<<<<` and `>>>>>>>`, and delete the three marks"),
    ))
}

fn tab(line: &Line) -> Option<Slip> {
    let blank = line.text.len() - line.text.trim_start().len();
    let at = line.text.get(..blank)?.find('\t')?;
    Some(line.slip(
        at..at + 1,
        say!("there is a tab in the indentation"),
        say!("indent with spaces, as many as the lines beside this one have"),
    ))
}

fn wide_colon(line: &Line) -> Option<Slip> {
    let (at, key, rest) = line.key()?;
    rest.starts_with('：').then(|| {
        let at = at + key.len();
        line.slip(
            at..at + '：'.len_utf8(),
            say!("the colon after `{key}` is a full-width one", key),
            say!(
                "write `{key}: ` with the colon of the Latin keyboard and a space",
                key
            ),
        )
    })
}

fn no_space(line: &Line) -> Option<Slip> {
    let (at, key, rest) = line.key()?;
    let value = rest.strip_prefix(':')?;
    let address = value.starts_with("//");
    (!value.is_empty() && !value.starts_with(' ') && !address).then(|| {
        line.slip(
            at..at + key.len() + 1,
            say!("there is no space after `{key}:`", key),
            say!("write `{key}: ` with a space after the colon", key),
        )
    })
}

fn no_dash_space(line: &Line) -> Option<Slip> {
    let at = line.indent();
    let rest = line.text.get(at..)?.strip_prefix('-')?;
    let key = rest.starts_with(|c: char| c.is_ascii_alphabetic()) && rest.contains(':');
    key.then(|| {
        line.slip(
            at..at + 1,
            say!("there is no space after the dash"),
            say!("write `- ` with a space before the first key of the item"),
        )
    })
}

/// `unit: %`: some marks may not begin a text without quotes.
fn bare_mark(line: &Line) -> Option<Slip> {
    let (at, key, rest) = line.key()?;
    let value = rest.strip_prefix(": ")?.trim_start();
    let mark = value
        .chars()
        .next()
        .filter(|c| matches!(c, '%' | '@' | '`'))?;
    let start = at + key.len() + (rest.len() - value.len());
    let bare = value.split(" #").next().unwrap_or(value).trim_end();
    Some(line.slip(
        start..start + bare.len(),
        say!(
            "a text cannot begin with `{mark}` unless it is in quotes",
            mark
        ),
        say!("write `{key}: \"{bare}\"`", key, bare),
    ))
}

fn no_colon(line: &Line) -> Option<Slip> {
    let (at, key, rest) = line.key()?;
    (rest.starts_with(' ') && !line.is_comment() && !line.text.contains(": ")).then(|| {
        line.slip(
            at..at + key.len(),
            say!("there is no colon after `{key}`", key),
            say!("write `{key}: ` with a colon and a space, or put the text in quotes if it belongs to the line above", key),
        )
    })
}

fn colon_in_text(line: &Line) -> Option<Slip> {
    let (at, key, rest) = line.key()?;
    let value = rest.strip_prefix(": ")?.trim_start();
    let bare = value.split(" #").next().unwrap_or(value).trim_end();
    let quoted = bare.starts_with(['"', '\'', '{', '[', '|', '>']);
    (!quoted && bare.contains(": ")).then(|| {
        let start = at + key.len() + (rest.len() - value.len());
        line.slip(
            start..start + bare.len(),
            say!("this text holds a colon and a space, which part a key from its value"),
            say!("put the text in quotes: `{key}: \"{bare}\"`", key, bare),
        )
    })
}

fn open_quote(line: &Line) -> Option<Slip> {
    if line.is_comment() {
        return None;
    }
    let quotes: Vec<_> = line.text.match_indices('"').map(|(at, _)| at).collect();
    let at = *quotes.last().filter(|_| quotes.len() % 2 == 1)?;
    // The quote that opens is the one after a mark; that at the end closes.
    let opens = quotes.iter().find(|at| {
        let before = line.text.get(..**at).unwrap_or_default().trim_end();
        before.ends_with([':', '[', '{', ',', '-']) || before.is_empty()
    });
    let at = opens.copied().unwrap_or(at);
    Some(line.slip(
        at..line.text.len(),
        say!("a quote on this line is not closed"),
        say!("close it with `\"` where the text ends; inside quotes write `\\\"` for a quote of the text itself"),
    ))
}

/// A line that stands a little to the left or right of its neighbours.
fn uneven(lines: &[Line], at: usize) -> Option<Slip> {
    let line = lines.get(at)?;
    line.key()?;
    let above = lines
        .get(..at)?
        .iter()
        .rev()
        .find(|line| !line.text.trim().is_empty() && !line.is_comment())?;
    let (wanted, found) = (above.body().0, line.body().0);
    (wanted != found).then(|| {
        line.slip(
            0..line.text.len(),
            say!(
                "this line begins in column {found}, the line above in column {wanted}",
                found = found + 1,
                wanted = wanted + 1
            ),
            say!("begin the keys of one thing in the same column: indent this line like its neighbours"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use crate::span::Sources;

    /// The line of the fault and its help.
    fn told(text: &str) -> (usize, String) {
        let mut sources = Sources::default();
        let file = sources.add("x.yaml", text.to_owned());
        let fault = parse(sources.get(file), file).unwrap_err();
        (
            sources.start(fault.span).line,
            format!("{} {}", fault.message, fault.help.unwrap()),
        )
    }

    #[test]
    fn usual_slips_are_told_where_they_were_made() {
        for (text, line, words) in [
            ("a:\n  b: 1\n\tc: 2\n", 3, "a tab"),
            ("a: 1\nname：x\nb: 2\n", 2, "full-width"),
            ("- code：A\n  name: x\n", 1, "full-width"),
            ("a: 1\nname:x\nb: 2\n", 2, "no space after `name:`"),
            ("- a: 1\n-b: 2\n", 2, "after the dash"),
            ("a: 1\nunit: %\n", 2, "`unit: \"%\"`"),
            (
                "a: 1\ndirection lower\nb: 2\n",
                2,
                "no colon after `direction`",
            ),
            ("a: 1\nslogan: Go: out\n", 2, "`slogan: \"Go: out\"`"),
            ("a: \"one\nb: 2\nc: \"three\"\n", 1, "not closed"),
            ("a: 1\n<<<<<<< HEAD\nb: 2\n=======\n", 2, "merge"),
            ("- a: 1\n  b: 2\n c: 3\n", 3, "the same column"),
            ("- a: 1\n  b: 2\n    c: 3\n", 3, "the same column"),
        ] {
            let (found, said) = told(text);
            assert!(said.contains(words), "{text:?}: {said}");
            assert_eq!(found, line, "{text:?}: {said}");
        }
    }

    #[test]
    fn what_is_no_usual_slip_keeps_the_words_of_the_parser() {
        let (_, said) = told("a: [1, 2\nb: 3\n");
        assert!(said.contains("well-formed"), "{said}");
    }
}
