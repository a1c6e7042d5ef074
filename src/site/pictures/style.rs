//! What a style inside a picture loads: sheets and pictures from elsewhere.

use crate::message::Message;
use crate::say;

/// The first thing that a style or an attribute names and the file does not
/// contain, in words.
pub fn loaded(css: &str) -> Option<Message> {
    let css = unescaped(css).to_ascii_lowercase();
    if css.contains("@import") {
        return Some(say!("an `@import`"));
    }
    // Takes addresses as plain strings, too.
    if css.contains("image-set(") {
        return Some(say!("an `image-set()`"));
    }
    let is_quote = |character: char| matches!(character, '"' | '\'');
    css.split("url(").skip(1).find_map(|after| {
        let address = after.trim_start().trim_start_matches(is_quote).trim_start();
        let inside = address.starts_with('#') || address.starts_with("data:image/");
        let end = address.find(|character| character == ')' || is_quote(character));
        let address = address.get(..end.unwrap_or(address.len()));
        (!inside).then(|| {
            say!(
                "a link to `{value}`",
                value = address.unwrap_or_default().trim()
            )
        })
    })
}

/// A style without its escapes, in which letters hide: `\75rl(` is `url(`.
pub fn unescaped(css: &str) -> String {
    let mut plain = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        let digits = after
            .bytes()
            .take(6)
            .take_while(u8::is_ascii_hexdigit)
            .count();
        let (code, after) = after.split_at(digits);
        let character = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
        plain.extend(character);
        // The space that ends a code is part of it.
        let space = after.starts_with([' ', '\t', '\n', '\r', '\u{c}']);
        rest = match after.get(1..) {
            Some(after) if digits > 0 && space => after,
            _ => after,
        };
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::loaded;

    #[test]
    fn parts_and_pictures_of_the_file_itself_are_not_loaded() {
        for css in [
            "path { fill: url(#a) } g { mask: url( '#b' ) }",
            "fill:url(\"data:image/png;base64,AAAA\")",
            "font-family: 'Noto Sans'; content: \"\\2022\"",
        ] {
            assert_eq!(loaded(css), None, "{css}");
        }
    }

    #[test]
    fn what_lies_elsewhere_is_found_however_it_is_written() {
        for (css, found) in [
            ("@import 'https://example.org/a.css';", "@import"),
            ("@\\69mport 'a.css'", "@import"),
            ("fill: URL( https://example.org/a#b )", "example.org/a#b`"),
            ("fill: url(#a) url('//example.org/b')", "`//example.org/b`"),
            ("fill: \\75 rl(a.svg#b)", "`a.svg#b`"),
            ("fill: u\\rl(a.svg)", "`a.svg`"),
            ("src: url(data:text/css,x)", "data:text/css"),
            ("x: image-set(\"a.png\" 1x)", "image-set"),
        ] {
            let told = loaded(css).map_or_else(String::new, |said| said.to_string());
            assert!(told.contains(found), "{css}: {told}");
        }
    }
}
