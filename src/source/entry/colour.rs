//! A colour in YAML.

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::model::colour::Colour;
use crate::source::decode::{Decode, Definitions, scalar};
use crate::source::span::At;
use crate::source::yaml::Node;

/// What a colour looks like, in quotes because `#` begins a comment.
const FORM: &str = "a colour such as \"#12345b\" or \"#135\", in quotes";

impl Decode for At<Colour> {
    fn decode(node: &At<Node>, faults: &mut Diagnostics) -> Option<Self> {
        let text = scalar(node, FORM, faults)?.trim();
        if let Some(colour) = Colour::parse(text) {
            return Some(Self::new(colour, node.span));
        }
        faults.push(
            Diagnostic::new(
                Rule::BadValue,
                node.span,
                format!("`{text}` is not a colour"),
            )
            .expected(FORM)
            .help(if text.starts_with(['“', '”', '＂', '「', '‘']) {
                "put it in the straight quotes of the Latin keyboard: \"#12345b\""
            } else {
                "write red, green and blue as two hexadecimal digits each"
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
                format!("`{}` has no colour", key.value),
            )
            .expected(FORM)
            .help("put the colour in quotes: without them `#` begins a comment"),
        );
        None
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({"type": "string", "pattern": "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"})
    }
}
