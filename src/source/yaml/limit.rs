//! How much of a YAML file is taken in before it is refused.

use super::{Node, Scalar};
use crate::diagnostic::{Diagnostic, Rule};
use crate::message::Message;
use crate::say;
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
pub(super) fn limit_passed(said: &str) -> Option<(Message, Message)> {
    let is = |word: &str| said.contains(word);
    if is("recursion limit") || is("Depth {") {
        let expected = say!("at most {max_depth} levels", max_depth = MAX_DEPTH);
        return Some((
            say!("lists and mappings lie too deep in one another"),
            expected,
        ));
    }
    if is("alias") && is("limit") {
        let expected = say!(
            "aliases that repeat at most {max_repeated} nodes",
            max_repeated = MAX_REPEATED
        );
        return Some((
            say!("the aliases (`*name`) of this file repeat too much"),
            expected,
        ));
    }
    if is("Anchors {") || is("Aliases {") {
        let expected = say!("fewer anchors (`&name`)");
        return Some((say!("this file has too many anchors"), expected));
    }
    if is("ScalarBytes {") {
        let expected = say!("at most 16 MiB of text, aliases written out");
        return Some((say!("the texts of this file are too long"), expected));
    }
    if is("Nodes {") || is("Events {") {
        let expected = say!(
            "at most {max_nodes} keys, values and list items",
            max_nodes = MAX_NODES
        );
        return Some((say!("this file has too many entries"), expected));
    }
    None
}

/// The first node that is larger than a node may be.
pub(super) fn excess(node: &At<Node>) -> Option<Diagnostic> {
    let (message, expected) = match &node.value {
        Node::Scalar(Scalar { text, .. }) if text.len() > MAX_TEXT => (
            say!("this text has {count} bytes", count = text.len()),
            say!(
                "at most {max_text} bytes; longer prose belongs into a note",
                max_text = MAX_TEXT
            ),
        ),
        Node::List(items) if items.len() > MAX_LIST => (
            say!("this list has {count} entries", count = items.len()),
            say!("at most {max_list} entries", max_list = MAX_LIST),
        ),
        Node::Map(entries) if entries.len() > MAX_KEYS => (
            say!("this mapping has {count} keys", count = entries.len()),
            say!("at most {max_keys} keys", max_keys = MAX_KEYS),
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
