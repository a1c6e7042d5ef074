//! Quotes and brackets that are not closed, and what inside of them needs quotes.

use super::layout::{Bracket, Layout, Quote};
use super::{Slip, is_key_line, line_at, lines, quoted};
use crate::say;
use crate::source::meant::is_tag;

/// A quote that runs on over lines which are keys or items of their own.
pub fn open_quote(text: &str, seen: &Layout, stopped: usize) -> Option<Slip> {
    let here = line_at(text, stopped);
    let here = here.start..=here.end();
    let quote = seen.quotes.iter().rev().find(|quote| {
        let inside = text.get(quote.start..quote.end).unwrap_or_default();
        !quote.closed || (here.contains(&quote.end) && inside.split('\n').skip(1).any(is_key_line))
    })?;
    let line = line_at(text, quote.start);
    let mark = char::from(quote.mark);
    let help = if quote.mark == b'"' {
        say!(
            "close it with `\"` where the text ends; inside quotes write `\\\"` for a quote of the text itself"
        )
    } else {
        say!(
            "close it with `'` where the text ends; for an apostrophe of the text itself put the whole text in double quotes"
        )
    };
    let range = quote.start..line.end().max(quote.start);
    let message = say!("the quote `{mark}` that begins here is not closed", mark);
    Some(Slip::new(range, message, help).noticed(text, stopped))
}

/// Text behind the quote that closes.
pub fn after_quote(text: &str, seen: &Layout, stopped: usize) -> Option<Slip> {
    let quote = seen.quotes.iter().rev().find(|quote| quote.closed)?;
    let between = text.get(quote.end..stopped)?;
    if !between.trim_matches(' ').is_empty() {
        return None;
    }
    let line = line_at(text, quote.end);
    let line_end = line.end();
    let rest = text.get(quote.end..line_end)?;
    if rest.trim().is_empty() || rest.trim_start().starts_with([':', ',', '}', ']', '#']) {
        return None;
    }
    let mark = char::from(quote.mark);
    let inside = text.get(quote.start + 1..quote.end - 1)?;
    // Another quote further on is the one that was meant to close.
    let last = rest.rfind(mark).filter(|_| !rest.starts_with([' ', ',']));
    if let Some(last) = last {
        let meant = format!("{inside}{mark}{}", rest.get(..last)?);
        return Some(inner_quote(quote, line_end, &meant));
    }
    let inside_brackets = seen.open().next().is_some();
    if let Some(slip) = no_comma(text, quote.end).filter(|_| inside_brackets) {
        return Some(slip);
    }
    let more = until_end(rest, inside_brackets);
    let meant = quoted(&format!("{inside}{}", rest.get(..more)?));
    Some(Slip::new(
        quote.end..quote.end + more,
        say!("text follows behind the quote that closes"),
        say!(
            "put the whole text in quotes: `{meant}`; a remark begins with a blank, `#` and a blank",
            meant
        ),
    ))
}

fn inner_quote(quote: &Quote, line_end: usize, meant: &str) -> Slip {
    let range = quote.end - 1..quote.end.min(line_end);
    let meant = quoted(meant);
    if quote.mark == b'\'' {
        Slip::new(
            range,
            say!("the apostrophe ends the text, which is in single quotes"),
            say!("put the text in double quotes: `{meant}`", meant),
        )
    } else {
        Slip::new(
            range,
            say!("a quote inside the text ends it here"),
            say!(
                "put the text in quotes of the other kind, or write `\\\"` for its own: `{meant}`",
                meant
            ),
        )
    }
}

/// How far a text goes on that should be in quotes.
fn until_end(rest: &str, inside_brackets: bool) -> usize {
    let mut end = rest.split(" #").next().unwrap_or(rest).len();
    if inside_brackets && let Some(mark) = rest.find([',', '}', ']']) {
        end = end.min(mark);
    }
    rest.get(..end).unwrap_or(rest).trim_end().len()
}

/// What went wrong inside of brackets that are open where the parser stopped.
pub fn inside(text: &str, seen: &Layout, stopped: usize) -> Option<Slip> {
    let innermost = seen.open().next();
    // The parser may name the bracket that opens.
    let ahead = innermost.is_some_and(|open| open.start >= stopped);
    let ahead = ahead.then(|| Layout::upto(text, text.len()).mismatch);
    if let Some((mark, at)) = seen.mismatch.or(ahead.flatten()) {
        return text.get(at..=at).map(|close| mismatch(mark, at, close));
    }
    let innermost = innermost?;
    cut_off(text, seen, innermost)
        .or_else(|| open_bracket(text, seen, stopped))
        .or_else(|| wide_comma(text, seen, stopped))
        .or_else(|| colon(text, seen, stopped))
        .or_else(|| behind_bracket(text, seen, stopped))
}

fn mismatch(mark: u8, at: usize, close: &str) -> Slip {
    let open = char::from(mark);
    Slip::new(
        at..at + 1,
        say!("`{open}` is closed by `{close}`", open, close),
        say!("close a brace with a brace, and a square bracket with a square bracket"),
    )
}

/// A key inside of brackets without the comma that parts it from what is before it.
fn no_comma(text: &str, at: usize) -> Option<Slip> {
    let rest = text.get(at..)?;
    let key = rest.trim_start();
    let start = at + rest.len() - key.len();
    let end = key.find(|c| !is_key_char(c))?;
    let (key, rest) = key.split_at_checked(end)?;
    (!key.is_empty() && rest.starts_with(": ")).then(|| {
        Slip::new(
            start..start + end,
            say!("a comma is missing before `{key}`", key),
            say!(
                "write `, {key}: `: commas part the entries inside of brackets",
                key
            ),
        )
    })
}

/// A `#` that makes a comment of the bracket which should close.
fn cut_off(text: &str, seen: &Layout, innermost: &Bracket) -> Option<Slip> {
    let line = line_at(text, innermost.start);
    let line = line.start..=line.end();
    let comment = seen.comments.iter().rev().find(|comment| {
        let said = text.get((*comment).clone()).unwrap_or_default();
        comment.start > innermost.start
            && said.contains(closing(innermost.mark))
            && line.contains(&comment.start)
    })?;
    let said = text.get(comment.clone())?.trim_end();
    Some(Slip::new(
        comment.start..comment.start + said.len(),
        say!(
            "a blank and `#` begin a comment, so the rest of this line with its `{mark}` is not read",
            mark = closing(innermost.mark)
        ),
        say!("put the text that holds ` #` in quotes"),
    ))
}

/// A bracket under which a line stands that belongs to what is around it.
fn open_bracket(text: &str, seen: &Layout, stopped: usize) -> Option<Slip> {
    let outermost = seen.open().last()?;
    let line = line_at(text, outermost.start);
    let column = line.body().0;
    let reached = line_at(text, stopped).start;
    let is_left = lines(text).iter().any(|below| {
        let passed = below.start > line.start && below.start <= reached;
        passed && below.indent() <= column && is_key_line(below.text)
    });
    let whole = Layout::upto(text, text.len());
    let is_end = stopped >= text.trim_end().len() || outermost.start >= stopped;
    let is_end = is_end && whole.open().any(|open| open.start == outermost.start);
    (is_left || is_end).then(|| {
        let mark = char::from(outermost.mark);
        let close = closing(outermost.mark);
        let range = outermost.start..line.end();
        let message = say!("the bracket `{mark}` that begins here is not closed", mark);
        let help = say!("close it with `{close}` where the entry ends", close);
        Slip::new(range, message, help).noticed(text, stopped)
    })
}

/// `{en: Accidents， zh-Hant: 事故}`
fn wide_comma(text: &str, seen: &Layout, stopped: usize) -> Option<Slip> {
    let plain = seen
        .plains
        .iter()
        .rev()
        .find(|plain| plain.end <= stopped)?;
    let said = text.get(plain.clone())?;
    let (at, comma) = said
        .char_indices()
        .rev()
        .find(|(_, c)| matches!(c, '，' | '、'))?;
    let next = said.get(at + comma.len_utf8()..)?.trim_start();
    let is_key = !next.is_empty() && next.chars().all(is_key_char);
    (is_key && text.get(stopped..)?.starts_with(':')).then(|| {
        let start = plain.start + at;
        Slip::new(
            start..start + comma.len_utf8(),
            say!("the comma before `{next}` is a full-width one", next),
            say!("write `, {next}: ` with the comma of the Latin keyboard and a space; a full-width comma is part of the text before it", next),
        )
    })
}

/// `{en: Drowning: accidents}`
fn colon(text: &str, seen: &Layout, stopped: usize) -> Option<Slip> {
    let rest = text.get(stopped..)?.strip_prefix(':')?;
    let plain = seen
        .plains
        .iter()
        .rev()
        .find(|plain| plain.end <= stopped)?;
    if !text.get(plain.end..stopped)?.trim().is_empty() {
        return None;
    }
    let line = line_at(text, stopped);
    let line_end = line.end();
    let end = stopped + 1 + until_end(rest.get(..line_end.saturating_sub(stopped + 1))?, true);
    let said = text.get(plain.clone())?;
    // The tag of a language is no word of a text.
    if let Some((_, tag)) = said.rsplit_once(' ')
        && tag.contains('-')
        && is_tag(tag)
    {
        return no_comma(text, plain.end - tag.len());
    }
    let meant = quoted(text.get(plain.start..end)?);
    let before = text.get(..plain.start)?.trim_end();
    let key = before.strip_suffix(':').and_then(|_| {
        let keys = seen.plains.iter().rev().nth(1)?;
        text.get(keys.clone())
    });
    let help = match key {
        Some(key) => say!("put the text in quotes: `{key}: {meant}`", key, meant),
        None => say!("put the text in quotes: `{meant}`", meant),
    };
    Some(Slip::new(
        plain.start..end,
        say!("this text holds a colon and a space, which part a key from its value"),
        help,
    ))
}

/// `[new] visitors`: a text that begins with a bracket.
pub fn behind_bracket(text: &str, seen: &Layout, stopped: usize) -> Option<Slip> {
    let bracket = seen.brackets.iter().rev().find(|b| b.end.is_some())?;
    let end = bracket.end?;
    let between = text.get(end..stopped.max(end))?;
    let line = line_at(text, bracket.start);
    let line_end = line.end();
    let rest = text.get(end..line_end)?;
    let inside_brackets = seen.open().next().is_some();
    if between.trim_matches(' ').is_empty()
        && let Some(slip) = no_comma(text, end).filter(|_| inside_brackets)
    {
        return Some(slip);
    }
    let more = until_end(rest, inside_brackets);
    let odd = rest.get(..more)?.trim_start();
    // A bracket that begins no value is closed by the one after it.
    let is_text = !odd.is_empty() && !odd.starts_with([',', ':', '#', '}', ']']);
    (between.trim_matches(' ').is_empty() && is_text).then(|| {
        let mark = char::from(bracket.mark);
        let range = bracket.start..end + more;
        let meant = quoted(text.get(range.clone()).unwrap_or_default());
        Slip::new(
            range,
            say!(
                "a text cannot begin with `{mark}` unless it is in quotes",
                mark
            ),
            say!("put the text in quotes: `{meant}`", meant),
        )
    })
}

const fn closing(mark: u8) -> char {
    if mark == b'[' { ']' } else { '}' }
}

fn is_key_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}
