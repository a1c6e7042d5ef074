//! A colour in YAML.

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::message::Message;
use crate::model::colour::Colour;
use crate::say;
use crate::source::decode::{Decode, Definitions, scalar};
use crate::source::span::At;
use crate::source::yaml::Node;

/// What a colour looks like, in quotes because `#` begins a comment.
fn form() -> Message {
    say!("a colour such as \"#12345b\" or \"#135\", in quotes")
}

impl Decode for At<Colour> {
    fn decode(node: &At<Node>, faults: &mut Diagnostics) -> Option<Self> {
        let text = scalar(node, form(), faults)?.trim();
        if let Some(colour) = Colour::parse(text) {
            return Some(Self::new(colour, node.span));
        }
        faults.push(
            Diagnostic::new(
                Rule::BadValue,
                node.span,
                say!("`{text}` is not a colour", text),
            )
            .expected(form())
            .help(if text.starts_with(['“', '”', '＂', '「', '‘']) {
                say!("put it in the straight quotes of the Latin keyboard: \"#12345b\"")
            } else {
                say!("write red, green and blue as two hexadecimal digits each")
            }),
        );
        None
    }

    /// `accent: #12345b` is an empty value and a comment.
    fn decode_empty(key: &At<String>, faults: &mut Diagnostics) -> Option<Self> {
        faults.push(
            Diagnostic::new(
                Rule::BadValue,
                key.span,
                say!("`{value}` has no colour", value = key.value),
            )
            .expected(form())
            .help(say!(
                "put the colour in quotes: without them `#` begins a comment"
            )),
        );
        None
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({"type": "string", "pattern": "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"})
    }
}
