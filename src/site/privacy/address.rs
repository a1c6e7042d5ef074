//! Where an address leads, as browsers read it.

use std::borrow::Cow;

/// An address without the white space and control characters that browsers drop.
fn plain(address: &str) -> Cow<'_, str> {
    let is_dropped = |c: char| c.is_ascii_control() || c == ' ';
    let address = address.trim_matches(is_dropped);
    if address.contains(['\t', '\n', '\r']) {
        Cow::Owned(address.replace(['\t', '\n', '\r'], ""))
    } else {
        Cow::Borrowed(address)
    }
}

/// The scheme of a plain address, in lower case, if it has one.
fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let mut letters = scheme.bytes();
    let is_scheme = letters.next().is_some_and(|b| b.is_ascii_alphabetic())
        && letters.all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

/// Whether an address leads to another origin, or may.
pub fn is_elsewhere(address: &str) -> bool {
    let address = plain(address);
    let slashes = address.bytes().take_while(|b| b"/\\".contains(b)).count();
    slashes >= 2 || scheme(&address).is_some_and(|scheme| scheme != "data")
}

/// Whether an address is a document written into itself.
pub fn is_data(address: &str) -> bool {
    scheme(&plain(address)).is_some_and(|scheme| scheme == "data")
}

/// Whether following an address runs something, or shows a document that no site
/// has published.
pub fn runs(address: &str) -> bool {
    const RUN: [&str; 5] = ["blob", "data", "filesystem", "javascript", "vbscript"];
    scheme(&plain(address)).is_some_and(|scheme| RUN.contains(&scheme.as_str()))
}

/// Whether an address is a picture of dots, written into itself.
pub fn is_picture(address: &str) -> bool {
    const KINDS: [&str; 4] = ["png", "jpeg", "gif", "webp"];
    let address = plain(address).to_ascii_lowercase();
    let kind = address.strip_prefix("data:image/");
    let kind = kind.and_then(|rest| rest.split([';', ',']).next());
    kind.is_some_and(|kind| KINDS.contains(&kind) || kind == "jpg")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_browsers_drop_hides_no_address() {
        for address in [
            "https://x",
            "//x",
            "\\\\x",
            "/\\x",
            " \thttps://x",
            "ht\ntps://x",
            "/\n/x",
            "https:x",
            "\u{1}https://x",
        ] {
            assert!(is_elsewhere(address), "{address:?}");
        }
        for address in ["", "a.png", "/a", "#a:b", "?a:b", "data:,x", "a/b:c", "1:2"] {
            assert!(!is_elsewhere(address), "{address:?}");
        }
        for address in ["javascript:x", " JaVa\tscript:x", "data:text/html,x"] {
            assert!(runs(address), "{address:?}");
        }
        assert!(is_picture("data:image/png;base64,AA") && is_picture("DATA:image/jpeg,x"));
        for address in [
            "data:image/svg+xml,x",
            "data:image/png+xml,x",
            "data:text/html,x",
        ] {
            assert!(!is_picture(address), "{address:?}");
        }
    }
}
