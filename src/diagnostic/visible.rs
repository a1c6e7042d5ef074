//! Characters that nobody sees but that change what is seen: they are written
//! out, so that neither a terminal nor a reader can be deceived by a file.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Text as it may go to a terminal: hidden characters become `\u{202e}` and the
/// like. Line breaks and tabs stay.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        push(&mut shown, c);
    }
    Cow::Owned(shown)
}

/// The same on one line, for paths and labels.
pub(crate) fn on_one_line(text: &str) -> String {
    visible(text).replace(['\n', '\t'], " ")
}

/// Adds a character in its visible form.
pub(super) fn push(shown: &mut String, c: char) {
    if is_hidden(c) {
        shown.extend(c.escape_unicode());
    } else {
        shown.push(c);
    }
}

/// A JSON document with its hidden characters in JSON's own escapes: harmless
/// where it is printed, the same where it is read. They can only stand inside
/// strings, so no other part of the document changes.
pub(crate) fn escape_json(document: &str) -> String {
    let mut safe = String::with_capacity(document.len());
    for c in document.chars() {
        if is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a String cannot fail.
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(c);
        }
    }
    safe
}

/// A character of a text that nobody sees and nobody typed: it came with what was pasted.
pub(super) fn pasted(text: &str) -> Option<char> {
    text.chars().find(|c| {
        matches!(c,
            '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    })
}

/// Control characters except line break and tab; marks that turn the writing
/// direction; characters without width, which make two different codes look
/// alike; other line separators.
pub(super) fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_written_out() {
        assert_eq!(visible("AC1\u{200b}.1"), r"AC1\u{200b}.1");
        assert_eq!(visible("\u{202e}gnp.exe"), r"\u{202e}gnp.exe");
        assert_eq!(visible("\u{1b}[2J\r"), r"\u{1b}[2J\u{d}");
    }

    #[test]
    fn what_people_write_stays() {
        let text = "名稱:\t臺北 é e\u{301} 🏛\n  − 95 %　";
        assert_eq!(visible(text), text);
        assert_eq!(on_one_line("a\nb"), "a b");
    }

    #[test]
    fn json_says_the_same_in_escapes() {
        let text = "\u{202e}\u{7f}\u{e0001}x";
        let safe = escape_json(&serde_json::json!([text]).to_string());
        assert!(safe.is_ascii(), "{safe}");
        assert_eq!(
            serde_json::from_str::<Vec<String>>(&safe).unwrap(),
            vec![text]
        );
    }
}
