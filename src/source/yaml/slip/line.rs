//! Slips that are seen in one line alone.

use super::layout::is_header;
use super::{Line, Slip, quoted};
use crate::say;

/// What is wrong in a line whatever stands around it.
pub fn provable(line: &Line) -> Option<Slip> {
    wide_colon(line)
        .or_else(|| no_space(line))
        .or_else(|| wide_dash(line))
        .or_else(|| no_dash_space(line))
        .or_else(|| bare_mark(line))
}

/// What is wrong in a line where the parser stopped.
pub fn likely(line: &Line) -> Option<Slip> {
    alias(line)
        .or_else(|| folded(line))
        .or_else(|| wide_bracket(line))
        .or_else(|| list_behind_key(line))
        .or_else(|| no_colon(line))
        .or_else(|| colon_in_text(line))
}

/// The mark of a merge.
pub fn conflict(line: &Line) -> Option<Slip> {
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

/// A tab that indents.
pub fn tab(line: &Line) -> Option<Slip> {
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
    let (key, start, bare) = value(line)?;
    let mark = bare
        .chars()
        .next()
        .filter(|c| matches!(c, '%' | '@' | '`'))?;
    Some(line.slip(
        start..start + bare.len(),
        say!(
            "a text cannot begin with `{mark}` unless it is in quotes",
            mark
        ),
        say!("write `{key}: {meant}`", key, meant = quoted(bare)),
    ))
}

/// The value of a line's key, without its comment, and where it begins.
fn value<'a>(line: &'a Line) -> Option<(&'a str, usize, &'a str)> {
    let (at, key, rest) = line.key()?;
    let value = rest.strip_prefix(": ")?.trim_start();
    let bare = value.split(" #").next().unwrap_or(value).trim_end();
    Some((key, at + key.len() + (rest.len() - value.len()), bare))
}

/// `name: *Visitors who feel safe`
fn alias(line: &Line) -> Option<Slip> {
    let (key, start, bare) = value(line)?;
    let name = bare.strip_prefix('*')?.split(' ').next()?;
    Some(line.slip(
        start..start + bare.len(),
        say!(
            "`*{name}` repeats what is marked as `&{name}`, and nothing above is",
            name
        ),
        say!(
            "put it in quotes if it is a text: `{key}: {meant}`",
            key,
            meant = quoted(bare)
        ),
    ))
}

/// `target: >=82`
fn folded(line: &Line) -> Option<Slip> {
    let (key, start, bare) = value(line)?;
    let mark = bare.chars().next().filter(|c| matches!(c, '>' | '|'))?;
    if is_header(bare) {
        return None;
    }
    let number = bare.trim_start_matches(['>', '=', ' ']);
    let help = if number.starts_with(|c: char| c.is_ascii_digit()) {
        say!(
            "write `{key}: {number}` alone; whether more or less is better is said by `direction`",
            key,
            number
        )
    } else {
        say!(
            "put the text in quotes: `{key}: {meant}`",
            key,
            meant = quoted(bare)
        )
    };
    Some(line.slip(
        start..start + bare.len(),
        say!(
            "a text cannot begin with `{mark}` unless it is in quotes",
            mark
        ),
        help,
    ))
}

/// `members: - fire`
fn list_behind_key(line: &Line) -> Option<Slip> {
    let (key, start, bare) = value(line)?;
    let item = bare.strip_prefix("- ")?.trim();
    Some(line.slip(
        start..start + bare.len(),
        say!("a list with dashes cannot begin behind its key"),
        say!(
            "write `{key}: [{item}]`, or put every item on a line of its own below the key",
            key,
            item
        ),
    ))
}

/// `name: ｛en: …`
fn wide_bracket(line: &Line) -> Option<Slip> {
    let (key, start, bare) = value(line)?;
    let wide = bare.chars().next()?;
    let mark = match wide {
        '｛' => '{',
        '［' => '[',
        '＂' => '"',
        _ => return None,
    };
    Some(line.slip(
        start..start + wide.len_utf8(),
        say!("`{wide}` is a full-width character", wide),
        say!(
            "write `{key}: {mark}…` with `{mark}` of the Latin keyboard, also where it closes",
            key,
            mark
        ),
    ))
}

/// `– code: A` with a dash of another kind, as word processors put it.
fn wide_dash(line: &Line) -> Option<Slip> {
    let at = line.indent();
    let rest = line.text.get(at..)?;
    let dash = rest.chars().next().filter(|c| {
        matches!(
            c,
            '\u{2010}'
                ..='\u{2015}'
                    | '\u{2022}'
                    | '\u{2212}'
                    | '\u{fe63}'
                    | '－'
                    | '·'
                    | '・'
                    | '‧'
                    | '●'
        )
    })?;
    let item = rest.get(dash.len_utf8()..)?.trim_start();
    let end = item.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))?;
    let is_key = end > 0 && item.get(end..)?.starts_with(':');
    is_key.then(|| {
        line.slip(
            at..at + dash.len_utf8(),
            say!(
                "`{dash}` is not the dash that begins an item of a list",
                dash
            ),
            say!(
                "write `- {item}` with the hyphen of the Latin keyboard and a space",
                item
            ),
        )
    })
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
    let (key, start, bare) = value(line)?;
    let in_quotes = bare.starts_with(['"', '\'', '{', '[', '|', '>']);
    (!in_quotes && (bare.contains(": ") || bare.ends_with(':'))).then(|| {
        line.slip(
            start..start + bare.len(),
            say!("this text holds a colon and a space, which part a key from its value"),
            say!(
                "put the text in quotes: `{key}: {meant}`",
                key,
                meant = quoted(bare)
            ),
        )
    })
}
