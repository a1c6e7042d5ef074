//! How much of a YAML file is taken in before it is refused.

use super::Node;
use crate::diagnostic::{Diagnostic, Rule};
use crate::span::{At, Span};

/// The deepest nesting a file may have.
pub(super) const MAX_DEPTH: usize = 32;
/// The most nodes a file may have, aliases expanded.
pub(super) const MAX_NODES: usize = 500_000;
/// The most entries of a list.
const MAX_LIST: usize = 10_000;
/// The most keys of a mapping.
const MAX_KEYS: usize = 1000;
/// The longest text, in bytes.
const MAX_TEXT: usize = 64 << 10;
/// How many nodes all aliases together may repeat.
pub(super) const MAX_REPEATED: usize = 100_000;

/// What a limit of the library means to an author, by the words it is told in.
pub(super) fn limit_passed(said: &str) -> Option<(&'static str, String)> {
    let is = |word: &str| said.contains(word);
    if is("recursion limit") || is("Depth {") {
        let expected = format!("at most {MAX_DEPTH} levels");
        return Some(("lists and mappings lie too deep in one another", expected));
    }
    if is("alias") && is("limit") {
        let expected = format!("aliases that repeat at most {MAX_REPEATED} nodes");
        return Some((
            "the aliases (`*name`) of this file repeat too much",
            expected,
        ));
    }
    if is("Anchors {") || is("Aliases {") {
        let expected = "fewer anchors (`&name`)".to_owned();
        return Some(("this file has too many anchors", expected));
    }
    if is("ScalarBytes {") {
        let expected = "at most 16 MiB of text, aliases written out".to_owned();
        return Some(("the texts of this file are too long", expected));
    }
    if is("Nodes {") || is("Events {") {
        let expected = format!("at most {MAX_NODES} keys, values and list items");
        return Some(("this file has too many entries", expected));
    }
    None
}

/// The first node that is larger than a node may be.
pub(super) fn excess(node: &At<Node>) -> Option<Diagnostic> {
    let (message, expected) = match &node.value {
        Node::Scalar(text) if text.len() > MAX_TEXT => (
            format!("this text has {} bytes", text.len()),
            format!("at most {MAX_TEXT} bytes; longer prose belongs into a note"),
        ),
        Node::List(items) if items.len() > MAX_LIST => (
            format!("this list has {} entries", items.len()),
            format!("at most {MAX_LIST} entries"),
        ),
        Node::Map(entries) if entries.len() > MAX_KEYS => (
            format!("this mapping has {} keys", entries.len()),
            format!("at most {MAX_KEYS} keys"),
        ),
        Node::Null | Node::Scalar(_) => return None,
        Node::List(items) => return items.iter().find_map(excess),
        Node::Map(entries) => return entries.iter().find_map(|(_, value)| excess(value)),
    };
    let start = node.span.range().start;
    // What is too long to be read is too long to be shown.
    let fault = Diagnostic::new(
        Rule::YamlSyntax,
        Span::new(node.span.file, start..start),
        message,
    );
    Some(fault.expected(expected))
}
