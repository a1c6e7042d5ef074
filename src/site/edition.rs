//! Editions: a page that carries everything with it, style sheet and pictures
//! as addresses that are data. (A `<style>` would do as well, but checkers of
//! HTML know less of CSS than browsers do.)

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::render::CONTENT_SECURITY_POLICY;
use crate::model::link::decode;
use crate::publish::OutputPath;

/// What an edition allows itself: what it carries, and nothing else.
#[must_use]
pub fn policy() -> String {
    CONTENT_SECURITY_POLICY
        .replace("style-src 'self'", "style-src data:")
        .replace("img-src 'self' data:", "img-src data:")
}

/// The style sheet as an address that carries it.
#[must_use]
pub fn style_address(style: &str) -> String {
    format!(
        "data:text/css;charset=utf-8;base64,{}",
        BASE64_STANDARD.encode(style)
    )
}

/// Puts pictures into the page: every `<img>` whose `src` begins with `root`
/// and whose file `read` can bring. What it cannot bring stays a link.
#[must_use]
pub fn embed(html: &str, root: &str, read: impl Fn(&str) -> Option<Vec<u8>>) -> String {
    let mut whole = String::with_capacity(html.len());
    let mut rest = html;
    // A `<` inside text or an attribute is written `&lt;`.
    while let Some(start) = rest.find("<img ") {
        let (before, image) = rest.split_at(start);
        whole.push_str(before);
        let end = image.get(1..).and_then(|after| after.find('<'));
        let (image, after) = image.split_at(end.map_or(image.len(), |end| end + 1));
        match embedded(image, root, &read) {
            Some(embedded) => whole.push_str(&embedded),
            None => whole.push_str(image),
        }
        rest = after;
    }
    whole.push_str(rest);
    whole
}

/// A picture's tag with the picture in it.
fn embedded(image: &str, root: &str, read: impl Fn(&str) -> Option<Vec<u8>>) -> Option<String> {
    let (before, source) = image.split_once(" src=\"")?;
    let (link, after) = source.split_once('"')?;
    let path = OutputPath::new(&decode(link.strip_prefix(root)?)).ok()?;
    let data = BASE64_STANDARD.encode(read(&path.to_string())?);
    Some(format!(
        "{before} src=\"data:{};base64,{data}\"{after}",
        path.media_type()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_become_part_of_the_page() {
        let html = "<img src=\"../a.svg\" alt=\"\"><img src=\"../b.png\"><p>x src=\"../a.svg\"</p>";
        let read = |path: &str| (path == "a.svg").then(|| b"<svg/>".to_vec());
        assert_eq!(
            embed(html, "../", read),
            "<img src=\"data:image/svg+xml;base64,PHN2Zy8+\" alt=\"\"><img src=\"../b.png\"><p>x src=\"../a.svg\"</p>"
        );
    }

    #[test]
    fn a_picture_is_found_by_the_name_that_its_address_stands_for() {
        let html = "<img src=\"../%E6%A8%99%20%26%201.svg\">";
        let read = |path: &str| (path == "標 & 1.svg").then(|| b"<svg/>".to_vec());
        assert_eq!(
            embed(html, "../", read),
            "<img src=\"data:image/svg+xml;base64,PHN2Zy8+\">"
        );
    }

    #[test]
    fn the_policy_allows_nothing_from_anywhere() {
        assert!(policy().contains("style-src data:; img-src data:;"));
    }
}
