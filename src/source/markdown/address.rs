//! Which addresses a document may lead to, and how they are written down.

use ammonia::url::{ParseError, Url};

/// The schemes a link may have. Everything else with a scheme, `javascript:`
/// and `data:` first of all, is refused.
pub(super) const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// A link's destination as it can stand in `href`, or nothing when it is empty
/// or leads where no link may lead.
pub(super) fn link(target: &str) -> Option<String> {
    let written = written(target);
    let permitted = match Url::parse(&written) {
        Ok(url) => SCHEMES.contains(&url.scheme()),
        Err(ParseError::RelativeUrlWithoutBase) => !written.is_empty(),
        Err(_) => false,
    };
    permitted.then_some(written)
}

/// An image's address as it can stand in `src`, or nothing when the picture
/// would come from elsewhere: pages load nothing from other origins.
pub(super) fn image(target: &str) -> Option<String> {
    link(target).filter(|address| !address.starts_with("//") && Url::parse(address).is_err())
}

/// What browsers ignore is left out, so that what is judged is what is
/// followed; what may not stand in a URL is percent-encoded. Letters of any
/// script stay readable.
fn written(target: &str) -> String {
    let mut out = String::with_capacity(target.len());
    for c in target.trim_matches(|c: char| c <= ' ').chars() {
        match c {
            '\t' | '\n' | '\r' => {}
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '\u{a0}' => {
                encode(c, &mut out);
            }
            c if c.is_control() => encode(c, &mut out),
            c => out.push(c),
        }
    }
    out
}

fn encode(c: char, out: &mut String) {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied().unwrap_or('0');
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
    }
}

/// `text` with its percent escapes undone; escapes that are not UTF-8 stay.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let escaped = (*first == b'%')
            .then(|| std::str::from_utf8(tail.get(..2)?).ok())
            .flatten()
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() {
            tail.get(2..).unwrap_or(&[])
        } else {
            tail
        };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{decoded, image, link};

    #[test]
    fn links_lead_to_the_web_to_people_or_inside_the_site() {
        for fine in [
            "https://a.tw/x?y#z",
            "mailto:a@b.tw",
            "tel:1999",
            "a.html",
            "../A 1.html",
            "#目標",
            "//a.tw",
        ] {
            assert!(link(fine).is_some(), "{fine}");
        }
        assert_eq!(link("../A 1.html").as_deref(), Some("../A%201.html"));
        assert_eq!(link("時間:表.html").as_deref(), Some("時間:表.html"));
    }

    #[test]
    fn other_schemes_are_refused_however_they_are_spelt() {
        for refused in [
            "javascript:alert(1)",
            " JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "code:AC1.1",
            "http://[",
            "",
            " ",
        ] {
            assert_eq!(link(refused), None, "{refused:?}");
        }
    }

    #[test]
    fn images_come_from_the_site_itself() {
        assert_eq!(image("圖/a b.png").as_deref(), Some("圖/a%20b.png"));
        for refused in [
            "https://a.tw/b.png",
            "//a.tw/b.png",
            "data:image/png;base64,AA",
        ] {
            assert_eq!(image(refused), None, "{refused}");
        }
        // Browsers read a backslash as a slash; encoded, it is only a letter.
        assert_eq!(image("\\\\a.tw/b.png").as_deref(), Some("%5C%5Ca.tw/b.png"));
    }

    #[test]
    fn fragments_can_be_percent_encoded() {
        assert_eq!(decoded("%E7%9B%AE標"), "目標");
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("%ff%+1"), "%ff%+1");
    }
}
