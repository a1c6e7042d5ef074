//! Blanks that look like spaces and are none: from a web page, a word processor, or the
//! full-width form of an input method.

use super::{Line, Slip, is_key_line};
use crate::message::Message;
use crate::say;

/// A blank of another kind where YAML wants a space.
pub fn of_another_kind(line: &Line) -> Option<Slip> {
    if !line.text.contains(is_odd) {
        return None;
    }
    indentation(line)
        .or_else(|| behind_dash(line))
        .or_else(|| behind_colon(line))
}

/// Blanks that are neither the space nor the tab.
fn is_odd(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii_whitespace()
        || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Such a blank, by its name.
fn name(blank: char) -> Message {
    match blank {
        '\u{a0}' | '\u{202f}' => say!("a non-breaking space"),
        '\u{3000}' => say!("a full-width space"),
        '\u{200b}' | '\u{2060}' | '\u{feff}' => say!("an invisible character"),
        other => say!(
            "a blank of another kind ({code})",
            code = format!("U+{:04X}", u32::from(other))
        ),
    }
}

fn indentation(line: &Line) -> Option<Slip> {
    let body = line.text.trim_start_matches(|c| c == ' ' || is_odd(c));
    let blank = line.text.get(..line.text.len() - body.len())?;
    let odd = blank.chars().find(|c| is_odd(*c))?;
    let is_item = |rest: &str| rest.starts_with([' ', '\u{a0}', '\u{3000}']);
    let is_meant = is_key_line(body) || body.strip_prefix('-').is_some_and(is_item);
    is_meant.then(|| {
        let help = say!("delete the blanks in front of the line and type spaces, as many as the lines beside it have");
        line.slip(
            0..blank.len(),
            say!("this line is indented with {what}", what = name(odd)),
            help,
        )
    })
}

fn behind_dash(line: &Line) -> Option<Slip> {
    let rest = line.text.trim_start_matches(' ').strip_prefix('-')?;
    let odd = rest.chars().next().filter(|c| is_odd(*c))?;
    let at = line.text.len() - rest.len();
    Some(line.slip(
        at..at + odd.len_utf8(),
        say!("behind the dash stands {what}", what = name(odd)),
        say!("delete it and type a space of the Latin keyboard"),
    ))
}

fn behind_colon(line: &Line) -> Option<Slip> {
    let (at, key, rest) = line.key()?;
    let odd = rest
        .strip_prefix(':')?
        .chars()
        .next()
        .filter(|c| is_odd(*c))?;
    let at = at + key.len() + 1;
    Some(line.slip(
        at..at + odd.len_utf8(),
        say!("behind `{key}:` stands {what}", key, what = name(odd)),
        say!("delete it and type a space of the Latin keyboard"),
    ))
}
