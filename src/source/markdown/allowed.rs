//! The HTML that may appear in a note: elements and their attributes.

/// Attributes any element may have.
pub(super) const EVERYWHERE: [&str; 4] = ["class", "dir", "lang", "title"];

/// The elements authors may write, and what they may say of them. No `id`: ids
/// belong to headings, which are unique and known to the link check.
pub(super) const ELEMENTS: [(&str, &[&str]); 61] = [
    ("a", &["href", "hreflang"]),
    ("abbr", &[]),
    ("b", &[]),
    ("bdi", &[]),
    ("bdo", &[]),
    ("blockquote", &[]),
    ("br", &[]),
    ("caption", &[]),
    ("cite", &[]),
    ("code", &[]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("data", &["value"]),
    ("dd", &[]),
    ("del", &["datetime"]),
    ("details", &["open"]),
    ("dfn", &[]),
    ("div", &[]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("figcaption", &[]),
    ("figure", &[]),
    ("h1", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("hr", &[]),
    ("i", &[]),
    ("img", &["src", "alt", "width", "height"]),
    ("ins", &["datetime"]),
    ("kbd", &[]),
    ("li", &["value"]),
    ("mark", &[]),
    ("ol", &["reversed", "start", "type"]),
    ("p", &[]),
    ("pre", &[]),
    ("q", &[]),
    ("rp", &[]),
    ("rt", &[]),
    ("ruby", &[]),
    ("s", &[]),
    ("samp", &[]),
    ("small", &[]),
    ("span", &[]),
    ("strong", &[]),
    ("sub", &[]),
    ("summary", &[]),
    ("sup", &[]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["colspan", "rowspan"]),
    ("tfoot", &[]),
    ("th", &["abbr", "colspan", "rowspan", "scope"]),
    ("thead", &[]),
    ("time", &["datetime"]),
    ("tr", &[]),
    ("u", &[]),
    ("ul", &[]),
];

/// What only Scorepress itself writes, besides ids.
pub(super) const OURS: [(&str, &str, &[&str]); 3] = [
    ("div", "role", &["group", "note"]),
    ("div", "tabindex", &["0"]),
    ("span", "role", &["img"]),
];

/// The elements Scorepress labels for screen readers.
pub(super) const LABELLED: [&str; 3] = ["a", "div", "span"];

/// The element's own name in the list and the attributes it may have besides
/// those of [`EVERYWHERE`], or nothing for an element that may not appear.
pub(super) fn element(name: &str) -> Option<(&'static str, &'static [&'static str])> {
    ELEMENTS
        .binary_search_by(|(known, _)| (*known).cmp(name))
        .ok()
        .and_then(|index| ELEMENTS.get(index))
        .copied()
}

/// Whether the element never has content.
pub(super) fn is_void(name: &str) -> bool {
    matches!(name, "br" | "col" | "hr" | "img")
}

/// The open elements that a start tag ends without their end tag: `<li>` ends
/// the `<li>` before it.
pub(super) fn implied_ends(name: &str) -> &'static [&'static str] {
    match name {
        "li" => &["li", "p"],
        "dd" | "dt" => &["dd", "dt", "p"],
        "rp" | "rt" => &["rp", "rt"],
        "td" | "th" => &["p", "td", "th"],
        "tr" => &["p", "td", "th", "tr"],
        "tbody" | "tfoot" | "thead" => &["p", "tbody", "td", "tfoot", "th", "thead", "tr"],
        "blockquote" | "details" | "div" | "dl" | "figcaption" | "figure" | "h1" | "h2" | "h3"
        | "h4" | "h5" | "h6" | "hr" | "ol" | "p" | "pre" | "table" | "ul" => &["p"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::{ELEMENTS, element, is_void};

    #[test]
    fn the_list_is_sorted_so_that_it_can_be_searched() {
        assert!(ELEMENTS.is_sorted_by_key(|(name, _)| *name));
        assert!(ELEMENTS.iter().all(|(name, _)| element(name).is_some()));
    }

    #[test]
    fn nothing_that_runs_loads_or_asks_is_allowed() {
        for name in [
            "script", "style", "iframe", "object", "form", "input", "svg", "link", "base",
        ] {
            assert_eq!(element(name), None);
        }
        assert!(is_void("br") && !is_void("div"));
    }
}
