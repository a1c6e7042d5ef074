//! Text and attribute values as HTML, spelt as HTML serialisers spell them, so
//! that the sanitiser leaves our own output as it is.

/// Appends text between tags.
pub(super) fn push_text(out: &mut String, text: &str) {
    push(out, text, false);
}

/// Appends the inside of a double-quoted attribute.
pub(super) fn push_attribute(out: &mut String, value: &str) {
    push(out, value, true);
}

fn push(out: &mut String, text: &str, quoted: bool) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\u{a0}', '\r', '\0']) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let mut after = special.chars();
        match after.next() {
            Some('&') => out.push_str("&amp;"),
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some('"') if quoted => out.push_str("&quot;"),
            Some('\u{a0}') => out.push_str("&nbsp;"),
            Some('\0') => out.push('\u{fffd}'),
            // HTML has one line ending.
            Some('\r') if after.as_str().starts_with('\n') => {}
            Some('\r') => out.push('\n'),
            Some(c) => out.push(c),
            None => {}
        }
        rest = after.as_str();
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::{push_attribute, push_text};

    #[test]
    fn nothing_in_a_text_is_markup() {
        let (mut text, mut value) = (String::new(), String::new());
        push_text(&mut text, "a < b & \"c\"\r\n\u{a0}");
        push_attribute(&mut value, "\"><b>");
        assert_eq!(text, "a &lt; b &amp; \"c\"\n&nbsp;");
        assert_eq!(value, "&quot;&gt;&lt;b&gt;");
    }
}
