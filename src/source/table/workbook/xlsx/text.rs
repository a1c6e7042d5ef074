//! The texts of cells: shared or their own, plain or in runs.

use super::super::WorkbookFault;
use super::super::xml::{Element, Node, Xml};

/// The table of shared texts, in order, up to `limit` bytes.
pub(super) fn shared(path: &str, text: &str, limit: usize) -> Result<Vec<String>, WorkbookFault> {
    let mut xml = Xml::new(path, text);
    let mut strings = Vec::new();
    let mut size = 0_usize;
    while let Some(node) = xml.next()? {
        if let Node::Open(element) = node
            && element.local_name() == "si"
        {
            let string = item(&mut xml, &element)?;
            // A text without a letter still takes its place in the table.
            size = size.saturating_add(string.len() + size_of::<String>());
            if size > limit {
                return Err(WorkbookFault::TextSize { limit });
            }
            strings.push(string);
        }
    }
    Ok(strings)
}

/// The text of an element that just opened (`si`, `is`): its `t` elements,
/// without those that only give a reading (`rPh`).
pub(super) fn item(xml: &mut Xml<'_>, element: &Element<'_>) -> Result<String, WorkbookFault> {
    let mut text = String::new();
    let mut inside = false;
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(inner) if inner.local_name() == "rPh" => xml.skip(&inner)?,
            Node::Open(inner) => inside = inner.local_name() == "t",
            Node::Text(part) if inside => text.push_str(&part),
            Node::Text(_) => {}
            Node::Close(closed) if closed.name() == element.name() => break,
            Node::Close(_) => inside = false,
        }
    }
    // Trimmed here, so that a text of blanks costs nothing however often it is used.
    Ok(unescaped(&text).trim().to_owned())
}

/// A text with `_xHHHH_` resolved, which is how characters are written that XML
/// cannot hold or would normalise (ECMA-376, 22.9.2.19).
pub(super) fn unescaped(text: &str) -> String {
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        resolved.push_str(before);
        if let Some((character, after)) = escape(from) {
            resolved.push(character);
            rest = after;
        } else {
            resolved.push_str("_x");
            rest = from.strip_prefix("_x").unwrap_or_default();
        }
    }
    resolved.push_str(rest);
    resolved
}

/// The character that an escape at the start of `text` stands for, and the text
/// after it.
fn escape(text: &str) -> Option<(char, &str)> {
    let hex = text
        .get(2..6)
        .filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let after = text.get(6..)?.strip_prefix('_')?;
    Some((char::from_u32(u32::from_str_radix(hex, 16).ok()?)?, after))
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn escapes_stand_for_characters() {
        assert_eq!(unescaped("a_x000D_b"), "a\rb");
        assert_eq!(unescaped("_x005F_x000D_"), "_x000D_");
        assert_eq!(unescaped("max_x_市_x00_x"), "max_x_市_x00_x");
        assert_eq!(unescaped("_xD800_"), "_xD800_");
    }
}
